/* Facts on the cover: elements of info, bookinfo, articleinfo. */
#include "read/docbook/docbook_priv.h"

/* role of bibliomisc, class or otherclass of biblioid: key of the META block. */
static const struct {
    const char *role, *key;
} keys[] = {
    {"standard-number", "code"},
    {"code", "code"},
    {"ics", "ics"},
    {"ccs", "ccs"},
    {"band", "band"},
    {"stage", "stage"},
    {"patent-call", "patent_call"},
    {"implementation", "in_force"},
    {"in-force", "in_force"},
    {"issued", "issued"},
    {"publisher", "publisher"},
    {"replaces", "replaces"},
    {"record", "record"},
    {"en", "en"},
    {"adoption", "adoption"},
};

struct fact {
    const char *key;
    struct gb_text text;
};

static const char *
key_of(const struct gb_xml_tag *tag, const char *attribute)
{
    struct gb_xml_attr attr;

    if (!gb_xml_attr(tag, attribute, &attr))
        return NULL;
    GB_FIND(key, keys, GB_COUNT(keys), gb_str_is(gb_str_trim(attr.value), key->role));
    return key ? key->key : NULL;
}

/* Does it read as a standard's number: GB/T 1.1—2020, DB32/T 2796, T/ABC 1, GB/T ×××××—×××× of a draft? */
static bool
is_code(struct gb_str s)
{
    bool has_digit = GB_HAS_ONE_OF(s, "××", "XX");

    for (size_t i = 0; i < s.len; i++)
        has_digit = has_digit || gb_is_digit(s.ptr[i]);
    return has_digit && s.len > 3 && gb_is_upper(s.ptr[0]) && !gb_str_starts(s, GB_STR("ISBN")) &&
           !gb_str_starts(s, GB_STR("ISSN"));
}

static bool
is_of_document(struct gb_docbook *r)
{
    size_t i = r->frames.len - 1;

    while (i > 0 && !r->frames.items[i].is_section && r->frames.items[i].element->kind != &gb_docbook_root)
        i--;
    return i > 0 && !r->frames.items[i].is_section;
}

static void
start_meta(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct gb_docbook_frame *top = gb_docbook_top(r);
    struct gb_docbook_frame *ref = gb_docbook_nearest(r, &gb_docbook_ref);

    if (ref && ref->block) {
        if (top->element->word && strcmp(top->element->word, "code") == 0 && !ref->block->label.str.len) {
            gb_docbook_open_text(r, &ref->block->label);
            top->state = ref->block;
        }
        return;
    }
    if (!gb_docbook_nearest(r, &gb_docbook_info))
        return;
    struct fact *fact = gb_arena_new(r->arena, struct fact);
    fact->key = key_of(tag, "role");
    if (!fact->key)
        fact->key = key_of(tag, "otherclass");
    if (!fact->key)
        fact->key = top->element->word;
    if (!fact->key || !is_of_document(r)) {
        gb_docbook_skip(r);
        return;
    }
    top->state = fact;
    gb_docbook_open_text(r, &fact->text);
}

static void
end_meta(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct gb_docbook_frame *top = gb_docbook_top(r);
    struct gb_docbook_frame *ref = gb_docbook_nearest(r, &gb_docbook_ref);

    if (!top->state)
        return;
    gb_docbook_close_flow(r);
    if (ref && ref->block) {
        /* The code is marked, and part of the entry's text as well. */
        gb_docbook_put_text(r, &ref->block->label, top->style);
        return;
    }
    const struct fact *fact = top->state;
    if (fact->text.str.len == 0 || (strcmp(fact->key, "code") == 0 && !is_code(fact->text.str)))
        return;
    struct gb_block *meta = gb_docbook_new_block(r, gb_docbook_container(r), GB_BLOCK_META);
    r->blocks->has_front_matter = true; /* the title on the first page of the body is made by the style sheet */
    meta->span = (struct gb_span){top->tag.begin, tag->span.end};
    meta->info.str = gb_str_from(fact->key);
    meta->text = fact->text;
}

const struct gb_docbook_kind gb_docbook_info = {NULL, NULL, GB_DOCBOOK_HEAD | GB_DOCBOOK_INFO},
                             gb_docbook_meta = {start_meta, end_meta, GB_DOCBOOK_INFO};
