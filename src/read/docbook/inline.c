/* Elements inside text: styles, quotes, links, references, footnotes, foreign phrases. */
#include "read/docbook/docbook_priv.h"

static void
start_style(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct gb_docbook_frame *top = gb_docbook_top(r);
    uint32_t bits = top->element->bits;

    if (bits == GB_RUN_EMPH && (gb_docbook_attr_is(tag, "role", "strong") || gb_docbook_attr_is(tag, "role", "bold")))
        bits = GB_RUN_STRONG;
    else if (bits == GB_RUN_EMPH &&
             (gb_docbook_attr_is(tag, "role", "strikethrough") || gb_docbook_attr_is(tag, "role", "underline")))
        bits = 0;
    top->style |= bits;
}

/* quote and the like: the marks stand for the tags. */
struct marks {
    const char *open, *close;
};

static const struct marks quote_marks[] = {{"“", "”"}, {"‘", "’"}}, citation_marks = {"[", "]"};

static void
start_wrapped(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct gb_docbook_frame *top = gb_docbook_top(r);
    const struct marks *marks = &citation_marks;

    if (top->element->bits & GB_RUN_QUOTE)
        marks = &quote_marks[(top->style & GB_RUN_QUOTE) != 0];
    top->state = (void *)marks;
    gb_docbook_put_words(r, gb_str_from(marks->open), tag->span);
    top->style |= top->element->bits;
}

static void
end_wrapped(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct gb_docbook_frame *top = gb_docbook_top(r);
    const struct marks *marks = top->state;

    top->style = r->frames.items[r->frames.len - 2].style;
    gb_docbook_put_words(r, gb_str_from(marks->close), tag->span);
}

/* Where a link that has no text of its own leads to. */
struct link {
    struct gb_text url;
    struct gb_str id;
    struct gb_span tag;
    const struct gb_block *block;
    size_t length;
};

static void
start_link(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct gb_docbook_frame *top = gb_docbook_top(r);
    struct link *link = gb_arena_new(r->arena, struct link);

    link->id = gb_docbook_attr(r, tag, "linkend").str;
    link->url = gb_docbook_attr(r, tag, "href");
    if (!link->url.str.len)
        link->url = gb_docbook_attr(r, tag, "url");
    if (!link->id.len && gb_str_starts(link->url.str, GB_STR("#")))
        link->id = gb_str_skip(link->url.str, 1);
    link->tag = tag->span;
    link->block = top->flow->block;
    link->length = top->flow->str.len;
    top->state = link;
    top->style |= GB_RUN_LINK;
}

static void
end_link(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct gb_docbook_frame *top = gb_docbook_top(r);
    const struct link *link = top->state;

    (void)tag;
    if (top->flow->block != link->block || top->flow->str.len != link->length)
        return;
    if (link->id.len)
        gb_docbook_put_xref(r, link->id, link->tag);
    else
        gb_docbook_put_text(r, &link->url, top->style);
}

static void
start_xref(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct gb_str id = gb_docbook_attr(r, tag, "linkend").str;

    if (!id.len) {
        id = gb_docbook_attr(r, tag, "href").str;
        id = gb_str_skip(id, gb_str_starts(id, GB_STR("#")));
    }
    gb_docbook_put_xref(r, id, tag->span);
}

/* The start tag is the mark, and the block, which comes behind the one that holds it, begins where its mark does. */
static void
start_footnote(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    gb_docbook_put_mark(r, tag->span);
    struct gb_block *note = gb_docbook_block_in(r, tag, GB_BLOCK_FOOTNOTE, gb_docbook_margin(r));

    r->footnotes++;
    if (!note->label.str.len) {
        struct gb_run *run = gb_arena_new(r->arena, struct gb_run);
        *run = (struct gb_run){0, GB_RUN_DECODED, tag->span};
        note->label = (struct gb_text){gb_arena_printf(r->arena, "%u", r->footnotes), run, 1, 0};
        note->flags |= GB_BLOCK_COUNTED;
    }
    gb_docbook_open_blocks(r, note);
    gb_docbook_top(r)->style = 0;
}

static void
start_footnoteref(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    gb_docbook_put_mark(r, tag->span);
}

/* In the title of a section, or in a term: the English designation. */
static void
start_foreign(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct gb_docbook_frame *top = gb_docbook_top(r);
    struct gb_block *owner = top->flow->owner;

    (void)tag;
    if (!owner || owner->en.str.len)
        return;
    if (owner->kind == GB_BLOCK_HEADING)
        owner->flags |= GB_BLOCK_TERM_ENTRY;
    gb_docbook_open_text(r, &owner->en);
    top->style = 0;
}

static void
start_remark(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct gb_block *block = gb_docbook_block_in(r, tag, GB_BLOCK_COMMENT, gb_docbook_margin(r));

    gb_docbook_open_text(r, &block->text);
    gb_docbook_top(r)->style = 0;
}

/* Its id names the block around. */
static void
start_anchor(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    uint32_t id = gb_docbook_top(r)->id;

    (void)tag;
    for (size_t i = r->frames.len - 1; id && i > 0; i--) {
        if (r->frames.items[i].block) {
            r->ids.items[id - 1].block = r->frames.items[i].block;
            return;
        }
    }
}

const struct gb_docbook_kind gb_docbook_style = {start_style, NULL, 0},
                             gb_docbook_wrapped = {start_wrapped, end_wrapped, 0},
                             gb_docbook_link = {start_link, end_link, 0}, gb_docbook_xref = {start_xref, NULL, 0},
                             gb_docbook_footnote = {start_footnote, gb_docbook_end_block, 0},
                             gb_docbook_footnoteref = {start_footnoteref, NULL, 0},
                             gb_docbook_foreign = {start_foreign, NULL, 0},
                             gb_docbook_remark = {start_remark, gb_docbook_end_block, 0},
                             gb_docbook_anchor = {start_anchor, NULL, GB_DOCBOOK_HEAD};
