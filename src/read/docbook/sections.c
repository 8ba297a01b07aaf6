/* Sections and titles: of the document, of sections, of figures, tables and notes. */
#include "read/docbook/docbook_priv.h"
#include "read/marks.h"

/* The heading is made at the start and put in its place when the title or other content comes. */

static void
start_section(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct gb_docbook_frame *top = gb_docbook_top(r);
    struct gb_block *heading = gb_docbook_new_block(r, NULL, GB_BLOCK_HEADING);

    if (top->level < UINT8_MAX)
        top->level++;
    heading->span = tag->span;
    heading->level = top->level;
    heading->flags = GB_BLOCK_SECTION | top->element->bits;
    heading->label = gb_docbook_attr(r, tag, "label");
    if (top->element->bits & GB_BLOCK_ANNEX) {
        if (gb_docbook_attr_is(tag, "role", "normative"))
            heading->nature = GB_NATURE_NORMATIVE;
        else if (gb_docbook_attr_is(tag, "role", "informative"))
            heading->nature = GB_NATURE_INFORMATIVE;
    }
    top->block = heading;
    top->is_section = true;
    gb_docbook_name_block(r, heading);
}

static void
place_heading(struct gb_docbook_frame *frame)
{
    struct gb_block *heading = frame->block, *parent = frame->flow->container;

    frame->is_headed = true;
    if (parent)
        gb_docbook_append(parent, heading);
}

/* An element whose name is its title: the start tag stands for it. */
static void
default_title(struct gb_docbook *r, struct gb_docbook_frame *frame)
{
    struct gb_run *run = gb_arena_new(r->arena, struct gb_run);

    *run = (struct gb_run){0, GB_RUN_DECODED, frame->tag};
    frame->block->text = (struct gb_text){gb_str_from(frame->element->word), run, 1, 0};
    r->blocks->n_exact++;
}

/* A section without a title opens an untitled clause; parts of glossaries and bibliographies need none. */
static void
settle_untitled(struct gb_docbook *r, struct gb_docbook_frame *frame)
{
    const char *word = frame->element->word;

    if (word && (frame->level > 1 || !word[0])) {
        frame->is_headed = true;
        return;
    }
    if (word)
        default_title(r, frame);
    place_heading(frame);
}

void
gb_docbook_need_heading(struct gb_docbook *r)
{
    for (size_t i = r->frames.len - 1; i > 0; i--) {
        struct gb_docbook_frame *frame = &r->frames.items[i];
        if (!frame->is_section)
            continue;
        if (!frame->is_headed)
            settle_untitled(r, frame);
        return;
    }
}

static void
end_section(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    (void)tag;
    gb_docbook_end_para(r, 0);
    gb_docbook_need_heading(r);
}

/* Contents: made by a program when the element is empty. */
static void
end_toc(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct gb_docbook_frame *top = gb_docbook_top(r);

    gb_docbook_end_para(r, 0);
    if (!top->is_headed) {
        top->block->kind = GB_BLOCK_TOC;
        top->block->flags = 0;
        top->block->level = 0;
        top->block->span.end = tag->span.end;
        place_heading(top);
    }
}

/* article, book: its title is on the cover, unless it stands inside another one. */
static void
start_root(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    if (r->frames.len > 2)
        start_section(r, tag);
    else
        gb_docbook_top(r)->level = 0;
}

static void
end_root(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    if (gb_docbook_top(r)->is_section)
        end_section(r, tag);
}

static void
start_skipped(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    (void)tag;
    gb_docbook_skip(r);
}

/* Titles: whose they are is told by the element around, info elements left out. */

static struct gb_docbook_frame *
title_owner(struct gb_docbook *r)
{
    size_t i = r->frames.len - 2;

    while (i > 0 && r->frames.items[i].element->kind == &gb_docbook_info)
        i--;
    return i > 0 ? &r->frames.items[i] : NULL;
}

static void
start_cover_title(struct gb_docbook *r, const struct gb_xml_tag *tag, bool is_subtitle)
{
    struct gb_block *meta = gb_docbook_block(r, tag, GB_BLOCK_META);
    bool is_english = gb_docbook_attr_is(tag, "lang", "en");

    meta->info.str = is_english ? GB_STR("en") : GB_STR("title");
    if (!is_english && is_subtitle)
        r->subtitle = meta;
    else if (!is_english && !r->title)
        r->title = meta;
    gb_docbook_open_text(r, &meta->text);
}

static void
start_title(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct gb_docbook_frame *owner = title_owner(r);
    struct gb_docbook_frame *top = gb_docbook_top(r);
    struct gb_text *target = NULL;

    if (!owner || (owner->element->kind == &gb_docbook_root && !owner->is_section)) {
        start_cover_title(r, tag, false);
        return;
    }
    if (owner->element->kind == &gb_docbook_ref)
        return;
    if (owner->is_section) {
        if (!owner->is_headed)
            place_heading(owner);
        owner->block->span = tag->span;
        if (gb_docbook_attr_is(tag, "lang", "en"))
            target = &owner->block->en;
        else
            target = &owner->block->text;
    } else if (owner->block && owner->block->text.str.len == 0 &&
               (owner->element->kind == &gb_docbook_figure || owner->element->kind == &gb_docbook_table ||
                owner->element->kind == &gb_docbook_example || owner->element->kind == &gb_docbook_note)) {
        target = &owner->block->text;
    } else if (owner->block && owner->element->kind == &gb_docbook_formula) {
        target = &owner->block->label;
    }
    if (target && target->str.len == 0) {
        gb_docbook_open_text(r, target);
        if (owner->is_section)
            top->flow->owner = owner->block;
        return;
    }
    /* Titles of lists, paragraphs and quotes: a paragraph. */
    if (top->flow->container)
        top->style |= GB_RUN_STRONG;
    gb_docbook_begin_para(r, tag->span, GB_BLOCK_PARA);
}

/* The title of a note or example may be its marker, with number: 注1, 示例. What is more is text of it. */
static void
settle_marker(struct gb_docbook *r, struct gb_block *block)
{
    struct gb_text title = block->text;
    struct gb_note_mark mark;
    size_t rest = 0;

    block->text = (struct gb_text){0};
    if (gb_mark_note(title.str, &mark)) {
        if (mark.number_end > mark.number_begin && !block->label.str.len)
            block->label = gb_text_slice(&title, mark.number_begin, mark.number_end);
        block->info = gb_text_slice(&title, mark.begin, mark.end);
        rest = mark.rest;
    }
    if (rest < title.str.len) {
        struct gb_block *para = gb_docbook_new_block(r, block, GB_BLOCK_PARA);
        para->text = gb_text_slice(&title, rest, title.str.len);
        para->span = gb_text_whole(&para->text, NULL);
    }
}

/* 注： as the title of a paragraph is its beginning. */
static bool
runs_in(struct gb_docbook_flow *flow)
{
    if (!flow->block || !gb_ends_with(gb_buf_str(&flow->str), "：:"))
        return false;
    flow->join = "";
    return true;
}

static void
end_title(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct gb_docbook_frame *top = gb_docbook_top(r);
    const struct gb_docbook_frame *owner = title_owner(r);

    gb_docbook_end_block(r, tag);
    if (!top->own) {
        if (owner && owner->element->kind == &gb_docbook_formalpara && runs_in(top->flow))
            return;
        if (owner && owner->element->kind != &gb_docbook_ref)
            gb_docbook_end_para(r, tag->span.end);
        return;
    }
    gb_docbook_close_flow(r);
    if (!owner || !owner->block)
        return;
    if (owner->is_section)
        owner->block->span.end = tag->span.end;
    else if (owner->element->kind == &gb_docbook_note || owner->element->kind == &gb_docbook_example)
        settle_marker(r, owner->block);
}

static void
start_subtitle(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    const struct gb_docbook_frame *owner = title_owner(r);

    if (!owner || (owner->element->kind == &gb_docbook_root && !owner->is_section)) {
        start_cover_title(r, tag, true);
        return;
    }
    if (owner->element->kind == &gb_docbook_ref)
        return;
    gb_docbook_need_heading(r);
    gb_docbook_begin_para(r, tag->span, GB_BLOCK_PARA);
}

void
gb_docbook_finish_titles(struct gb_docbook *r)
{
    if (!r->subtitle)
        return;
    if (gb_is_foreign(r->subtitle->text.str))
        r->subtitle->info.str = GB_STR("en");
    else if (r->title && r->subtitle->text.str.len)
        r->title->text = gb_text_join(r->arena, &r->title->text, &r->subtitle->text, " ");
}

const struct gb_docbook_kind gb_docbook_root = {start_root, end_root, GB_DOCBOOK_BLOCK},
                             gb_docbook_section = {start_section, end_section, GB_DOCBOOK_BLOCK},
                             gb_docbook_toc = {start_section, end_toc, GB_DOCBOOK_BLOCK},
                             gb_docbook_group = {NULL, gb_docbook_end_para_here, GB_DOCBOOK_BLOCK | GB_DOCBOOK_INFO},
                             gb_docbook_formalpara = {NULL, gb_docbook_end_para_here,
                                                      GB_DOCBOOK_BLOCK | GB_DOCBOOK_INFO},
                             gb_docbook_skipped = {start_skipped, NULL, GB_DOCBOOK_HEAD},
                             gb_docbook_title = {start_title, end_title, GB_DOCBOOK_HEAD | GB_DOCBOOK_INFO},
                             gb_docbook_subtitle = {start_subtitle, end_title, GB_DOCBOOK_HEAD | GB_DOCBOOK_INFO};
