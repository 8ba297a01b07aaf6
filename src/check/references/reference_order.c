/* The order of the list of normative references: REF-003. REF-026 asks the same of the bibliography. */
#include "check/references/references_priv.h"

/* Places of a publisher's documents in the list; where the standard leaves room, the first and the last of them. */
struct rank {
    uint8_t low, high;
};

enum { LITERATURE = GB_PUBLISHER_COUNT };

static const struct rank ranks[GB_PUBLISHER_COUNT + 1][GB_EDITION_COUNT] = {
    [GB_PUBLISHER_NATIONAL] = {[GB_EDITION_2020] = {1, 1}, [GB_EDITION_2009] = {1, 1}},
    [GB_PUBLISHER_MILITARY] = {[GB_EDITION_2020] = {1, 2}, [GB_EDITION_2009] = {1, 4}},
    [GB_PUBLISHER_SECTOR] = {[GB_EDITION_2020] = {2, 2}, [GB_EDITION_2009] = {2, 2}},
    [GB_PUBLISHER_METROLOGY] = {[GB_EDITION_2020] = {2, 2}, [GB_EDITION_2009] = {2, 2}},
    [GB_PUBLISHER_LOCAL] = {[GB_EDITION_2020] = {3, 3}, [GB_EDITION_2009] = {3, 3}},
    [GB_PUBLISHER_GROUP] = {[GB_EDITION_2020] = {4, 4}, [GB_EDITION_2009] = {4, 4}},
    [GB_PUBLISHER_ENTERPRISE] = {[GB_EDITION_2020] = {4, 6}, [GB_EDITION_2009] = {4, 4}},
    [GB_PUBLISHER_ISO] = {[GB_EDITION_2020] = {5, 5}, [GB_EDITION_2009] = {5, 5}},
    [GB_PUBLISHER_ISO_IEC] = {[GB_EDITION_2020] = {5, 5}, [GB_EDITION_2009] = {5, 5}},
    [GB_PUBLISHER_IEC] = {[GB_EDITION_2020] = {5, 5}, [GB_EDITION_2009] = {5, 5}},
    [GB_PUBLISHER_ITU] = {[GB_EDITION_2020] = {6, 6}, [GB_EDITION_2009] = {6, 6}},
    [GB_PUBLISHER_FOREIGN] = {[GB_EDITION_2020] = {6, 6}, [GB_EDITION_2009] = {6, 6}},
    [GB_PUBLISHER_OTHER] = {[GB_EDITION_2020] = {2, 6}, [GB_EDITION_2009] = {2, 6}},
    /* In 2009 laws are domestic documents, books stand at the end. */
    [LITERATURE] = {[GB_EDITION_2020] = {7, 7}, [GB_EDITION_2009] = {4, 7}},
};

/* GBZ are standards of a sector by their code and national ones by their publisher. */
static const struct rank of_occupational_health = {1, 2};

const struct gb_reference *
gb_next_entry(const struct gb_facts *facts, enum gb_reference_list list, const struct gb_reference *before)
{
    size_t n_before = before ? (size_t)(before - facts->entries) + 1 : 0;

    GB_FIND(entry, before ? before + 1 : facts->entries, facts->n_entries - n_before,
            entry->list == list && !entry->is_loose);
    return entry;
}

/* A law, a book: it says so. An entry without a number may be one whose number was damaged. */
static bool
is_literature(const struct gb_reference *entry)
{
    struct gb_str s = entry->node->text.str;

    return gb_str_starts(s, GB_STR("《")) || (gb_str_has(s, GB_STR("〔")) && gb_str_has(s, GB_STR("号")));
}

static struct rank
rank_of(const struct gb_reference *entry, enum gb_edition edition)
{
    static const struct rank unknown = {0, UINT8_MAX};

    if (!entry->id.serial.len)
        return is_literature(entry) ? ranks[LITERATURE][edition] : unknown;
    if (gb_str_is(entry->id.base, "GBZ"))
        return of_occupational_health;
    return ranks[entry->id.publisher][edition];
}

static bool
is_certain(struct rank rank)
{
    return rank.low == rank.high;
}

static int
sign(int n)
{
    return (n > 0) - (n < 0);
}

static int
cmp_serial(const struct gb_identifier *a, const struct gb_identifier *b)
{
    int order = gb_serial_cmp(a->serial, b->serial);

    return order ? order : (a->year.len == b->year.len ? gb_str_cmp(a->year, b->year) : 0);
}

/* By one thing or by the other: what is out of order is so in both. */
static int
both(int order, int other)
{
    return sign(order) == sign(other) ? sign(order) : 0;
}

/* ISO, ISO/IEC and IEC may be sorted by publisher, or by number alone. */
static int
cmp_international(const struct gb_identifier *a, const struct gb_identifier *b)
{
    int by_serial = gb_serial_cmp(a->serial, b->serial);

    return a->publisher == b->publisher ? cmp_serial(a, b) : both((int)a->publisher - (int)b->publisher, by_serial);
}

/* GB, GB/T and GB/Z by number alone; GBJ and GSB are national as well, but nothing tells their place. */
static int
cmp_national(const struct gb_identifier *a, const struct gb_identifier *b)
{
    return gb_str_eq(a->base, b->base) ? cmp_serial(a, b) : 0;
}

/* Codes of metrology stand among or behind those of sectors, bodies outside of China have no order among them. */
static bool
is_sorted_by_code(const struct gb_identifier *id)
{
    return id->publisher == GB_PUBLISHER_SECTOR || id->publisher == GB_PUBLISHER_LOCAL ||
           id->publisher == GB_PUBLISHER_GROUP;
}

/* HJ and HJ/T are sorted by the whole code, or as one. */
static int
cmp_codes(const struct gb_identifier *a, const struct gb_identifier *b)
{
    int by_base = gb_str_cmp(a->base, b->base);

    if (by_base)
        return is_sorted_by_code(a) && is_sorted_by_code(b) ? by_base : 0;
    if (gb_str_eq(a->code, b->code))
        return cmp_serial(a, b);
    return both(gb_str_cmp(a->code, b->code), gb_serial_cmp(a->serial, b->serial));
}

int
gb_cmp_entries(const struct gb_reference *a, const struct gb_reference *b, enum gb_edition edition)
{
    struct rank of_a = rank_of(a, edition), of_b = rank_of(b, edition);

    if (of_a.low > of_b.high)
        return 1;
    if (of_a.high < of_b.low)
        return -1;
    if (!is_certain(of_a) || !is_certain(of_b) || !a->id.serial.len || !b->id.serial.len)
        return 0;
    switch (a->id.publisher) {
    case GB_PUBLISHER_NATIONAL:
        return sign(cmp_national(&a->id, &b->id));
    case GB_PUBLISHER_ISO:
    case GB_PUBLISHER_ISO_IEC:
    case GB_PUBLISHER_IEC:
        return sign(cmp_international(&a->id, &b->id));
    default:
        return sign(cmp_codes(&a->id, &b->id));
    }
}

/* ---- Finding ---- */

/* The same document a second time is REF-010, wherever it stands. */
static bool
repeats_one(const struct gb_facts *facts, const struct gb_reference *entry)
{
    enum { MOST = 8 };
    size_t n;
    const uint32_t *same = gb_references_same(facts, &entry->id, &n);

    for (size_t i = 0; i < n && i < MOST; i++) {
        const struct gb_reference *other = &facts->entries[same[i]];
        if (other < entry && other->list == entry->list && gb_str_eq(other->id.year, entry->id.year) &&
            gb_str_eq(other->id.code, entry->id.code))
            return true;
    }
    return false;
}

/* ---- Sorting ---- */

struct sorted {
    const struct gb_reference *entry;
    struct rank rank;
    size_t at; /* in the list: keeps equal ones apart, since qsort does not */
};

/* An order of all certain entries, where gb_cmp_entries leaves some pairs open. */
static int
by_order(const void *a, const void *b)
{
    const struct sorted *x = a, *y = b;
    const struct gb_identifier *of_x = &x->entry->id, *of_y = &y->entry->id;
    int order = x->rank.low - y->rank.low;

    if (!order && of_x->serial.len && of_y->serial.len) {
        bool is_international = of_x->publisher >= GB_PUBLISHER_ISO && of_x->publisher <= GB_PUBLISHER_IEC;
        if (is_international)
            order = (int)of_x->publisher - (int)of_y->publisher;
        else if (of_x->publisher != GB_PUBLISHER_NATIONAL)
            order = gb_str_cmp(of_x->base, of_y->base);
        order = order ? order : cmp_serial(of_x, of_y);
    }
    return order ? order : (x->at > y->at) - (x->at < y->at);
}

/* May its text change places with that of another? It is exact, on one line, with code and title in it, and the entry
 * before it, if any, ends on a line above. */
static bool
is_movable(const struct gb_source *source, const struct gb_node *ref, bool is_first)
{
    struct gb_at at = gb_at_text(&ref->text);
    bool is_plain = ref->encoding != GB_ENCODING_TABLE && ref->encoding != GB_ENCODING_MARKER;

    if (!is_plain || at.by_line || ref->first || (!is_first && (!ref->prev || ref->prev->kind != GB_NODE_REF)))
        return false;
    if (!is_first && gb_source_line_begin(source, at.span.begin) < ref->prev->span.end)
        return false;
    return memchr(gb_source_text(source, at.span).ptr, '\n', at.span.end - at.span.begin) == NULL;
}

/* Edits that put the entries of the list in order: each takes the text of the one that belongs in its place. None where an
 * entry is not surely placed, or not alone on its line. */
static void
fix_order(struct gb_check *check, struct gb_finding *finding, enum gb_reference_list list)
{
    GB_ARRAY(struct sorted) sorted = {0};
    GB_ARRAY(const struct gb_node *) places = {0};
    bool can_move = finding != NULL;

    for (const struct gb_reference *entry = NULL; can_move && (entry = gb_next_entry(check->facts, list, entry));) {
        struct rank rank = rank_of(entry, check->facts->edition);
        can_move = is_certain(rank) && is_movable(check->doc->source, entry->node, sorted.len == 0);
        *gb_push(&sorted) = (struct sorted){entry, rank, sorted.len};
        *gb_push(&places) = entry->node;
    }
    if (can_move) {
        gb_sort(sorted.items, sorted.len, sizeof(*sorted.items), by_order);
        for (size_t i = 0; i < sorted.len; i++) {
            if (sorted.items[i].entry->node == places.items[i])
                continue;
            struct gb_span span = gb_at_text(&sorted.items[i].entry->node->text).span;
            gb_fix_markup(check, finding, gb_at_text(&places.items[i]->text).span,
                          gb_source_text(check->doc->source, span));
        }
    }
    GB_RELEASE(&sorted, &places);
}

/* ---- REF-003 ---- */

struct gb_str
gb_entry_name(struct gb_check *check, const struct gb_reference *entry)
{
    enum { LONGEST = 60 };
    struct gb_str text = entry->node->text.str;

    if (entry->id.serial.len)
        return gb_str_trim(entry->node->code.str);
    if (text.len <= LONGEST)
        return text;
    return gb_arena_printf(check->arena, "%.*s…", (int)gb_utf8_floor(text, LONGEST), text.ptr);
}

/* The entry belongs before another one. */
static struct gb_finding *
report_behind(struct gb_check *check, const char *which, const struct gb_reference *entry,
              const struct gb_reference *before)
{
    const struct gb_text *text = entry->id.serial.len ? &entry->node->code : &entry->node->text;
    struct gb_finding *f = gb_report_case(check, which, gb_at_text(text), entry->node,
                                          GB_ARGS(gb_entry_name(check, entry), gb_entry_name(check, before)));

    gb_also(check, f, gb_at_text(&before->node->text), gb_say(check, "应在它之前", "belongs before this one"));
    return f;
}

void
gb_report_disorder(struct gb_check *check, enum gb_reference_list list, const char *which)
{
    const struct gb_facts *facts = check->facts;
    GB_ARRAY(const struct gb_reference *)
    heads = {0}; /* each behind all before it: a binary search finds a place */
    bool is_first = true, is_in_run = false;

    GB_EACH_REFERENCE(entry, facts, list) {
        if (!is_certain(rank_of(entry, facts->edition)) || repeats_one(facts, entry))
            continue;
        int order = heads.len ? gb_cmp_entries(heads.items[heads.len - 1], entry, facts->edition) : -1;
        if (order <= 0) {
            *gb_push(&heads) = entry;
            is_in_run = false;
            continue;
        }
        if (is_in_run)
            continue;
        GB_SEEK(size_t, next, heads.len - 1, gb_cmp_entries(heads.items[next], entry, facts->edition) <= 0);
        struct gb_finding *f = report_behind(check, which, entry, heads.items[next]);
        if (is_first && list == GB_LIST_REFERENCES) /* in a bibliography the text may cite [1] */
            fix_order(check, f, list);
        is_in_run = true;
        is_first = false;
    }
    gb_array_release(&heads);
}

GB_CHECK_WHOLE(check_list_order, gb_report_disorder(c, GB_LIST_REFERENCES, NULL))

const struct gb_check_def gb_reference_order_checks[] = {
    {.name = "list-order", .whole = check_list_order},
    {0},
};
