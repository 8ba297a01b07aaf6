/* The bibliography: markers [1], [2] …, order and form of its entries: REF-026. */
#include "check/references/references_priv.h"

/* Markers as written. */
enum marker {
    MARKER_NONE,  /* nothing, or a bullet of the markup */
    MARKER_RIGHT, /* [1], also in full-width brackets */
    MARKER_OTHER, /* 1. 1) （1） */
};

/* Number in a marker; 0 without. */
static unsigned
number_in(struct gb_str marker)
{
    unsigned number = 0;

    for (size_t at = 0; at < marker.len;) {
        int digit = gb_char_digit(gb_utf8_at(marker, at, &at));
        if (digit >= 0 && number < 100000)
            number = number * 10 + (unsigned)digit;
    }
    return number;
}

static enum marker
marker_of(const struct gb_node *ref)
{
    struct gb_str marker = ref->marker.str;

    if (!number_in(marker))
        return MARKER_NONE;
    if (GB_STARTS_WITH(marker, "[", "［", "【"))
        return MARKER_RIGHT;
    return MARKER_OTHER;
}

static struct gb_at
at_marker(const struct gb_node *ref)
{
    return gb_at_text(ref->marker.n_runs ? &ref->marker : &ref->text);
}

/* How many entries have markers of each kind. */
struct count {
    uint32_t of[MARKER_OTHER + 1];
    uint32_t n;
};

static struct count
count_markers(const struct gb_facts *facts)
{
    struct count count = {.n = 0};

    GB_EACH_REFERENCE(entry, facts, GB_LIST_BIBLIOGRAPHY) {
        count.of[marker_of(entry->node)]++;
        count.n++;
    }
    return count;
}

static struct gb_str
bracketed(struct gb_check *c, unsigned number)
{
    return gb_arena_printf(c->arena, "[%u]", number);
}

/* 1. where [1] should stand: one finding for all of them. */
static void
report_other_markers(struct gb_check *c, const struct gb_facts *facts)
{
    enum { MOST_NAMED = 20 };
    struct gb_finding *f = NULL;
    unsigned n = 0;

    GB_EACH_REFERENCE(entry, facts, GB_LIST_BIBLIOGRAPHY) {
        const struct gb_node *ref = entry->node;
        if (marker_of(ref) != MARKER_OTHER)
            continue;
        struct gb_str wanted = bracketed(c, number_in(ref->marker.str));
        if (n++ == 0)
            f = gb_report_case(c, "form", at_marker(ref), ref, GB_ARGS(ref->marker.str, wanted));
        else if (n <= MOST_NAMED)
            gb_also(c, f, at_marker(ref), gb_say(c, "同样", "the same"));
        if (ref->marker.n_runs)
            gb_fix(c, f, gb_text_whole(&ref->marker, NULL), wanted);
        if (ref->encoding == GB_ENCODING_ORDERED) /* the items of a list become one paragraph */
            gb_fix_unsafe(f);
    }
}

/* On the line behind another entry, in one paragraph with it: the line of a book's title may begin with an identifier. */
static bool
may_be_wrapped(struct gb_check *c, const struct gb_node *ref)
{
    const struct gb_source *source = c->doc->source;

    return ref->prev && ref->prev->kind == GB_NODE_REF &&
           gb_source_line(source, ref->prev->span.end) + 1 >= gb_source_line(source, ref->span.begin);
}

/* Numbers from [1] on, one after the other; a gap is told once. */
static void
check_sequence(struct gb_check *c, const struct gb_facts *facts)
{
    unsigned expected = 1;

    GB_EACH_REFERENCE(entry, facts, GB_LIST_BIBLIOGRAPHY) {
        const struct gb_node *ref = entry->node;
        unsigned number = number_in(ref->marker.str);
        bool is_bare = entry->id.code.len &&
                       gb_str_trim(ref->text.str).len == entry->id.at.end - entry->id.at.begin; /* of a page */
        if (!number && (may_be_wrapped(c, ref) || is_bare))
            continue;
        if (!number) {
            gb_report_case(c, "unmarked", gb_at_text(&ref->text), ref,
                           GB_ARGS(gb_entry_name(c, entry), bracketed(c, expected)));
        } else if (number != expected) {
            gb_report(c, at_marker(ref), ref, GB_ARGS(ref->marker.str, bracketed(c, expected)));
            expected = number;
        }
        expected++;
    }
}

/* Numbers that a word processor counts are lost in conversion, unless those of lists were kept. */
static bool
keeps_counted_markers(const struct gb_facts *facts)
{
    enum { ENOUGH = 3 };
    const struct gb_nodes *items = &facts->of_kind[GB_NODE_ITEM];
    unsigned n = 0;

    for (uint32_t i = 0; i < items->n && n < ENOUGH; i++)
        n += items->items[i]->encoding == GB_ENCODING_PARAGRAPH && items->items[i]->marker.n_runs > 0;
    return n >= ENOUGH;
}

/* Entries, all without a marker. A style sheet of DocBook gives them. */
static void
report_unmarked(struct gb_check *c, const struct gb_facts *facts)
{
    const struct gb_node *title = facts->bibliography;
    const struct gb_reference *first = gb_next_entry(facts, GB_LIST_BIBLIOGRAPHY, NULL);

    if (!c->doc->blanks_matter)
        return;
    if (first->node->encoding == GB_ENCODING_PARAGRAPH && keeps_counted_markers(facts))
        gb_report_case(c, "unmarked", gb_at_text(&first->node->text), first->node,
                       GB_ARGS(gb_entry_name(c, first), bracketed(c, 1)));
    else
        gb_report_case(c, "none", gb_at_head(title), title, GB_NO_ARGS);
}

static void
check_markers(struct gb_check *c, const struct gb_facts *facts)
{
    struct count count = count_markers(facts);

    if (count.n == 0)
        return;
    if (count.of[MARKER_NONE] == count.n) {
        report_unmarked(c, facts);
        return;
    }
    report_other_markers(c, facts);
    check_sequence(c, facts);
}

/* Entries with a number have no end mark; books and articles have one (GB/T 7714). */
static void
check_end_marks(struct gb_check *c, const struct gb_facts *facts)
{
    GB_EACH_REFERENCE(entry, facts, GB_LIST_BIBLIOGRAPHY) {
        struct gb_text mark = gb_entry_end_mark(&entry->node->text);
        if (!entry->id.serial.len || !mark.str.len)
            continue;
        gb_report_fix(c, "end", gb_at_text(&mark), entry->node, GB_STR(""), GB_ARGS(gb_entry_name(c, entry), mark.str));
    }
}

/* Source: GB/T 1.1—2020, 8.13 and 10.3.6; 2009, 6.4.2. */
static void
check_bibliography(struct gb_check *c)
{
    check_markers(c, c->facts);
    check_end_marks(c, c->facts);
    gb_report_disorder(c, GB_LIST_BIBLIOGRAPHY, "order");
}

const struct gb_check_def gb_bibliography_checks[] = {
    {.name = "bibliography-form", .whole = check_bibliography, .cases = "form unmarked none end order"},
    {0},
};
