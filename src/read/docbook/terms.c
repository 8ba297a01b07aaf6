/* Entries of glossaries and bibliographies. */
#include "read/docbook/docbook_priv.h"

static struct gb_block *
entry_of(struct gb_docbook *r)
{
    const struct gb_docbook_frame *above = gb_docbook_above(r);

    return above && above->element->kind == &gb_docbook_glossentry ? above->block : NULL;
}

static void
start_designation_as(struct gb_docbook *r, const struct gb_xml_tag *tag, struct gb_str what)
{
    gb_docbook_end_para(r, 0);
    struct gb_block *block = gb_docbook_block(r, tag, GB_BLOCK_DESIGNATION);

    block->info.str = what;
    gb_docbook_open_text(r, &block->text);
}

static void
start_glossterm(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct gb_block *term = entry_of(r);

    if (!term)
        return;
    if (gb_docbook_attr_is(tag, "role", "deprecated")) {
        start_designation_as(r, tag, GB_STR("deprecated"));
    } else if (gb_docbook_attr_is(tag, "lang", "en") && !term->en.str.len) {
        gb_docbook_open_text(r, &term->en);
    } else if (gb_docbook_attr_is(tag, "lang", "en")) {
        start_designation_as(r, tag, GB_STR("en"));
    } else if (term->text.str.len || gb_docbook_attr_is(tag, "role", "admitted")) {
        start_designation_as(r, tag, GB_STR("admitted"));
    } else {
        gb_docbook_open_text(r, &term->text);
        gb_docbook_top(r)->flow->owner = term;
    }
}

/* acronym, abbrev: in the bibliography they are the label of an entry, elsewhere words like others. */
static void
start_designation(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    const struct gb_docbook_frame *ref = gb_docbook_nearest(r, &gb_docbook_ref);

    if (entry_of(r)) {
        start_designation_as(r, tag, gb_str_from(gb_docbook_top(r)->element->word));
    } else if (ref && ref->block && !gb_buf_str(&gb_docbook_top(r)->flow->str).len) {
        struct gb_text *label = gb_arena_new(r->arena, struct gb_text);
        gb_docbook_top(r)->state = label;
        gb_docbook_open_text(r, label);
    }
}

/* 1 as the label of an entry is printed as [1]. */
static void
end_designation(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct gb_docbook_frame *top = gb_docbook_top(r);
    const struct gb_text *label = top->state;

    if (!label) {
        gb_docbook_end_block(r, tag);
        return;
    }
    gb_docbook_close_flow(r);
    bool is_bare = label->str.len && gb_is_digit(label->str.ptr[0]);
    gb_docbook_put_words(r, is_bare ? GB_STR("[") : GB_STR(""), top->tag);
    gb_docbook_put_text(r, label, top->style);
    gb_docbook_put_words(r, is_bare ? GB_STR("] ") : GB_STR(""), tag->span);
}

/* glosssee, glossseealso. */
static void
start_glosssee(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    gb_docbook_begin_para(r, tag->span, GB_BLOCK_PARA);
    gb_docbook_put_words(r, gb_str_from(gb_docbook_top(r)->element->word), tag->span);
}

static void
start_ref(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct gb_block *block = gb_docbook_block(r, tag, GB_BLOCK_REF);

    gb_docbook_open_text(r, &block->text);
}

const struct gb_docbook_kind gb_docbook_glossentry = {gb_docbook_start_holder, gb_docbook_end_block, GB_DOCBOOK_BLOCK,
                                                      GB_BLOCK_TERM},
                             gb_docbook_glossterm = {start_glossterm, gb_docbook_end_block, 0},
                             gb_docbook_designation = {start_designation, end_designation, 0},
                             gb_docbook_glosssee = {start_glosssee, gb_docbook_end_para_here, 0},
                             gb_docbook_ref = {start_ref, gb_docbook_end_block, GB_DOCBOOK_BLOCK};
