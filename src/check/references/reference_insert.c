/* Puts a document that is cited into the list of normative references: the fix of REF-005. */
#include "check/references/references_priv.h"

/* The title of the edition that is cited; of an undated citation, that of the latest edition in force. */
static struct gb_str
title_of(struct gb_check *check, const struct gb_identifier *id)
{
    const struct gb_registry_row *row, *best = NULL;

    if (!check->facts->registry)
        return (struct gb_str){0};
    row = gb_registry_find(check->facts->registry, id->base, id->serial);
    for (; row; row = row->next) {
        bool fits = id->year.len ? gb_str_eq(row->year, id->year) : row->state == GB_REGISTRY_CURRENT;
        if (fits && row->title.len && (!best || gb_str_cmp(row->year, best->year) > 0))
            best = row;
    }
    return best ? best->title : (struct gb_str){0};
}

/* The text goes in beside markup that is copied: it must not hold any itself. */
static bool
is_plain(struct gb_str title)
{
    return !GB_ANY(GB_ITEMS(byte, title.ptr, title.len), strchr("&<>*_`[]\\$|~", *byte));
}

/* What stands between two entries of the file: line ends, bullets, tags. Empty where it counts, or holds words. */
static struct gb_str
separator(const struct gb_source *source, const struct gb_node *a, const struct gb_node *b)
{
    enum { LONGEST = 80 };
    struct gb_at of_a = gb_at_text(&a->text), of_b = gb_at_text(&b->text);

    if (of_a.by_line || of_b.by_line || of_a.span.end >= of_b.span.begin || of_b.span.begin - of_a.span.end > LONGEST ||
        gb_source_file_at(source, of_a.span.begin) != gb_source_file_at(source, of_b.span.begin))
        return (struct gb_str){0};
    struct gb_str between = gb_source_text(source, (struct gb_span){of_a.span.end, of_b.span.begin});
    bool has_line = false;
    for (size_t i = 0; i < between.len; i++) {
        unsigned char c = (unsigned char)between.ptr[i];
        has_line = has_line || c == '\n' || c == '<';
        if (c >= 0x80 || gb_is_digit(c) || c == '[')
            return (struct gb_str){0};
    }
    return has_line ? between : (struct gb_str){0};
}

/* The separator that all entries share, and the entry behind which the new one belongs (NULL: before the first). */
static bool
find_place(struct gb_check *check, const struct gb_reference *own, struct gb_str *out_separator,
           const struct gb_reference **out_first, const struct gb_reference **out_before)
{
    const struct gb_reference *last = NULL;
    bool is_behind = false;

    *out_separator = (struct gb_str){0};
    *out_first = *out_before = NULL;
    GB_EACH_REFERENCE(entry, check->facts, GB_LIST_REFERENCES) {
        struct gb_str between = last ? separator(check->doc->source, last->node, entry->node) : *out_separator;
        if (last && (between.len == 0 || (out_separator->len && !gb_str_eq(between, *out_separator))))
            return false;
        *out_separator = between;
        if (!*out_first)
            *out_first = entry;
        is_behind = is_behind || gb_cmp_entries(entry, own, check->facts->edition) > 0;
        if (!is_behind)
            *out_before = entry;
        last = entry;
    }
    return out_separator->len > 0;
}

void
gb_fix_missing_entry(struct gb_check *check, struct gb_finding *finding, const struct gb_identifier *id)
{
    struct gb_arena *arena = check->arena;
    struct gb_reference own = {.list = GB_LIST_REFERENCES, .id = *id};
    struct gb_str title = title_of(check, id), between;
    const struct gb_reference *first, *before;

    if (!finding || title.len == 0 || !is_plain(title) || !find_place(check, &own, &between, &first, &before))
        return;
    struct gb_str text = gb_identifier_text(arena, id);
    struct gb_span span = gb_at_text(&(before ? before : first)->node->text).span;
    uint32_t place = before ? span.end : span.begin;
    struct gb_str entry = before
                              ? gb_arena_printf(arena, "%.*s%.*s　%.*s", GB_FMT(between), GB_FMT(text), GB_FMT(title))
                              : gb_arena_printf(arena, "%.*s　%.*s%.*s", GB_FMT(text), GB_FMT(title), GB_FMT(between));
    gb_fix_markup(check, finding, (struct gb_span){place, place}, entry);
}
