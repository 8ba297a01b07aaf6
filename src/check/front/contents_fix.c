/* Changes to the contents as they were typed: entries that go, come or change places. */
#include "check/front/contents_priv.h"

/* Marks of lists, tables and links before and behind an entry on its line. */
static bool
is_mark_before(struct gb_str s)
{
    GB_FIND(byte, s.ptr, s.len, !strchr(" \t-*+|[", *byte));
    return byte == NULL;
}

static bool
is_mark_behind(struct gb_str s)
{
    s = gb_str_trim(s);
    if (gb_str_starts(s, GB_STR("](")))
        return gb_str_ends(s, GB_STR(")"));
    GB_FIND(byte, s.ptr, s.len, !strchr(" \\|*", *byte));
    return byte == NULL;
}

static bool
is_link(const struct gb_node *entry)
{
    return gb_text_flags(&entry->head, 0) & GB_RUN_LINK;
}

bool
gb_entry_line(const struct gb_doc *doc, const struct gb_node *entry, struct gb_span *out)
{
    const struct gb_source *source = doc->source;
    bool is_exact = false;
    struct gb_span head = gb_text_whole(&entry->head, &is_exact);

    if (!is_exact || !entry->head.str.len || gb_str_has(entry->head.str, GB_STR("\n")))
        return false;
    if (!doc->blanks_matter) {
        *out = head;
        return !is_link(entry) && !gb_str_has(gb_source_text(source, head), GB_STR("<"));
    }
    struct gb_span line = {gb_source_line_begin(source, head.begin), gb_source_line_end(source, head.begin)};
    if (head.end > line.end || !is_mark_before(gb_source_text(source, (struct gb_span){line.begin, head.begin})) ||
        !is_mark_behind(gb_source_text(source, (struct gb_span){head.end, line.end})))
        return false;
    *out = line;
    return true;
}

bool
gb_entry_tail(const struct gb_doc *doc, const struct gb_node *entry, struct gb_span *out)
{
    bool is_exact = false;
    struct gb_span line, head = gb_text_whole(&entry->head, NULL), page, title;

    if (!entry->page.str.len || !entry->page.n_runs || !entry->title.n_runs || !gb_entry_line(doc, entry, &line))
        return false;
    title = gb_text_whole(&entry->title, &is_exact);
    page = gb_text_whole(&entry->page, NULL);
    *out = (struct gb_span){title.end, head.end};
    return is_exact && title.end < page.begin && page.end <= head.end &&
           gb_str_ends(entry->head.str, gb_source_text(doc->source, *out)); /* no markup in it */
}

static bool
is_blank_line(const struct gb_source_file *file, uint32_t number)
{
    return number > 0 && number < file->n_lines && !gb_str_trim(gb_source_line_text(file, number)).len;
}

void
gb_fix_entry_out(struct gb_check *c, struct gb_finding *f, const struct gb_node *entry)
{
    const struct gb_source *source = c->doc->source;
    struct gb_span line;

    if (!c->doc->blanks_matter || !gb_entry_line(c->doc, entry, &line))
        return;
    const struct gb_source_file *file = gb_source_file_at(source, line.begin);
    uint32_t number = gb_source_line(source, line.begin);
    bool is_alone = is_blank_line(file, number - 1) && is_blank_line(file, number + 1);
    number += is_alone; /* with one of the two blank lines */
    line.end = number < file->n_lines ? gb_source_line_span(file, number + 1).begin : line.end;
    gb_fix_markup(c, f, line, GB_STR(""));
}

/* ---- Order ---- */

/* Entries in lists and such that are not would take each other's place only with the marks of the other. */
static bool
is_alike(const struct gb_source *source, struct gb_span a, struct gb_span b)
{
    struct gb_str x = gb_str_trim(gb_source_text(source, a)), y = gb_str_trim(gb_source_text(source, b));
    bool x_marked = x.len && strchr("-*+|", x.ptr[0]), y_marked = y.len && strchr("-*+|", y.ptr[0]);

    return gb_source_file_at(source, a.begin) == gb_source_file_at(source, b.begin) && x_marked == y_marked;
}

/* The line without the marks of a hard break, which stay where they are. */
static bool
movable_line(const struct gb_doc *doc, const struct gb_node *entry, struct gb_span *out)
{
    if (!gb_entry_line(doc, entry, out))
        return false;
    struct gb_str line = gb_source_text(doc->source, *out);
    line.len = gb_skip_any_back(line, line.len, " \t\\");
    out->end = out->begin + (uint32_t)line.len;
    return true;
}

void
gb_fix_entry_order(struct gb_check *c, struct gb_finding *f, const struct gb_node *const *old,
                   const struct gb_node *const *now, size_t n)
{
    const struct gb_doc *doc = c->doc;
    GB_ARRAY(struct gb_edit) edits = {0};
    struct gb_span first = {0, 0}, before = {0, 0};
    bool ok = gb_wants_fix(c, f);

    for (size_t i = 0; ok && i < n; i++) {
        struct gb_span place, from;
        ok = movable_line(doc, old[i], &place) && movable_line(doc, now[i], &from) && place.begin >= before.end;
        first = i ? first : place;
        ok = ok && is_alike(doc->source, first, place);
        before = place;
        if (ok && old[i] != now[i])
            *gb_push(&edits) = (struct gb_edit){.span = place,
                                                .text = gb_source_text(doc->source, from),
                                                .is_markup = true,
                                                .is_move = true};
    }
    if (ok)
        gb_fix_edits(c, f, edits.items, edits.len);
    gb_array_release(&edits);
}

/* ---- New entries ---- */

struct part {
    const struct gb_text *text;
    struct gb_str now;
};

/* The line of `like` with other words. */
static bool
write_entry(const struct gb_doc *doc, const struct gb_node *like, const struct gb_new_entry *entry, struct gb_buf *out)
{
    const struct part parts[] = {{&like->number, entry->number},
                                 {&like->title, entry->title},
                                 {&like->page, entry->page}};
    struct gb_span line;

    if (!doc->blanks_matter || is_link(like) || !gb_entry_line(doc, like, &line))
        return false;
    uint32_t done = line.begin;
    for (size_t i = 0; i < GB_COUNT(parts); i++) {
        bool is_exact = false;
        struct gb_span span = gb_text_whole(parts[i].text, &is_exact);
        if (parts[i].text == &like->page && !like->page.str.len)
            continue;
        if (!is_exact || !parts[i].text->n_runs || span.begin < done || span.end > line.end || !parts[i].now.len)
            return false;
        gb_buf_add(out, gb_source_text(doc->source, (struct gb_span){done, span.begin}));
        gb_buf_add(out, parts[i].now);
        done = span.end;
    }
    gb_buf_add(out, gb_source_text(doc->source, (struct gb_span){done, line.end}));
    return true;
}

/* Line ends and blank lines between the entry and the one behind it, or where it is the last the one before. */
static bool
find_gap(const struct gb_doc *doc, const struct gb_node *entry, struct gb_str *out)
{
    const struct gb_node *next = gb_entry_next(entry), *first = next ? entry : entry->prev;
    struct gb_span a, b;

    if (!first || first->kind != GB_NODE_ENTRY || !gb_entry_line(doc, first, &a) ||
        !gb_entry_line(doc, next ? next : entry, &b) || a.end >= b.begin)
        return false;
    *out = gb_source_text(doc->source, (struct gb_span){a.end, b.begin});
    return !gb_str_trim(*out).len;
}

bool
gb_entries_behind(struct gb_check *c, const struct gb_node *behind, const struct gb_node *like,
                  const struct gb_new_entry *entries, size_t n, struct gb_edit *out)
{
    const struct gb_doc *doc = c->doc;
    struct gb_span line;
    struct gb_str gap;
    struct gb_buf text = {0};
    bool ok = gb_entry_line(doc, behind, &line) && find_gap(doc, behind, &gap);

    for (size_t i = 0; ok && i < n; i++) {
        gb_buf_add(&text, gap);
        ok = write_entry(doc, like, &entries[i], &text);
    }
    if (ok)
        *out = (struct gb_edit){.span = {line.end, line.end}, .text = gb_buf_take(&text, c->arena), .is_markup = true};
    gb_buf_release(&text);
    return ok;
}
