/* Pages in the contents. */
#include "check/front/contents_priv.h"

/* ---- Pages ---- */

/* Value of an Arabic page, 0 for a Roman one. */
static unsigned
arabic_page(struct gb_str page)
{
    unsigned value = 0;

    for (size_t at = 0; at < page.len;) {
        int digit = gb_char_digit(gb_utf8_at(page, at, &at));
        if (digit < 0)
            return 0;
        value = value * 10 + (unsigned)digit;
    }
    return value;
}

/* Roman for certain: a letter I may be a misread 1. */
static bool
is_roman_page(struct gb_str page)
{
    bool is_certain = false;

    for (size_t at = 0; at < page.len;) {
        uint32_t ch = gb_utf8_at(page, at, &at);
        if (gb_char_digit(ch) >= 0)
            return false;
        is_certain = is_certain || ch == 'V' || ch == 'X' || ch == 'v' || ch == 'x' || (ch >= 0x2160 && ch <= 0x217F);
    }
    return is_certain;
}

static bool
has_small_roman(struct gb_str page)
{
    uint32_t first = page.len ? gb_char_at(page, 0) : 0;

    return first == 'i' || first == 'v' || first == 'x' || (first >= 0x2170 && first <= 0x217F);
}

static bool
is_in_brackets(const struct gb_node *entry)
{
    struct gb_str head = entry->head.str, page = entry->page.str;
    size_t begin = page.ptr >= head.ptr && page.ptr < head.ptr + head.len ? (size_t)(page.ptr - head.ptr)
                                                                          : gb_str_find(head, page, 0);

    return begin != GB_NOT_FOUND && gb_char_narrow(gb_char_before(head, begin)) == '(';
}

/* What may be wrong with the page of one entry: the name of its case, or NULL. */
static const char *
page_fault(const struct gb_node *entry)
{
    enum gb_entry_rank rank = gb_entry_rank(entry);

    if (!entry->page.str.len)
        return NULL;
    if (is_in_brackets(entry))
        return "bracket";
    if (rank == GB_RANK_FOREWORD || rank == GB_RANK_INTRO)
        return arabic_page(entry->page.str) || has_small_roman(entry->page.str) ? "roman" : NULL;
    return rank >= GB_RANK_CLAUSE && rank <= GB_RANK_INDEX && is_roman_page(entry->page.str) ? "arabic" : NULL;
}

/* Each fault once, at its first entry. */
static void
report_page_faults(struct gb_check *c, const struct gb_node *toc)
{
    static const char *const cases[] = {"bracket", "roman", "arabic"};

    for (size_t i = 0; i < GB_COUNT(cases); i++) {
        struct gb_finding *f = NULL;
        for (const struct gb_node *e = gb_node_child(toc, GB_NODE_ENTRY); e; e = gb_entry_next(e)) {
            const char *fault = page_fault(e);
            if (!fault || strcmp(fault, cases[i]) != 0)
                continue;
            f = gb_report_one(c, f, fault, gb_at_text(&e->page), NULL, GB_ARGS(e->title.str, e->page.str));
        }
    }
}

/* Pages do not decrease; of two, the one whose neighbours agree without it is wrong. */
static void
report_page_order(struct gb_check *c, const struct gb_node *toc)
{
    enum { MOST = 2 };
    const struct gb_node *before = NULL, *last = NULL, *odd[MOST], *beside[MOST];
    size_t n = 0;

    for (const struct gb_node *e = gb_node_child(toc, GB_NODE_ENTRY); e; e = gb_entry_next(e)) {
        unsigned page = arabic_page(e->page.str);
        enum gb_entry_rank rank = gb_entry_rank(e);
        if (!page || rank == GB_RANK_FOREWORD || rank == GB_RANK_INTRO)
            continue;
        if (rank >= GB_RANK_FIGURE)
            break;
        if (last && page < arabic_page(last->page.str)) {
            bool is_last_odd = before && arabic_page(before->page.str) <= page;
            if (!gb_entry_is_in_order(last, e)) { /* the entry itself is misplaced: TOC-001 */
                last = is_last_odd ? e : last;
                continue;
            }
            if (n == MOST)
                return;
            odd[n] = is_last_odd ? last : e;
            beside[n++] = is_last_odd ? e : last;
            last = is_last_odd ? e : last;
            continue;
        }
        before = last;
        last = e;
    }
    for (size_t i = 0; i < n; i++)
        gb_report_case(c, "order", gb_at_text(&odd[i]->page), NULL,
                       GB_ARGS(gb_contents_name(c, odd[i]), odd[i]->page.str, gb_contents_name(c, beside[i]),
                               beside[i]->page.str));
}

/* One or two entries without page in a list that has them all. */
static void
report_missing_pages(struct gb_check *c, const struct gb_node *toc, size_t n_without, size_t n_with)
{
    enum { MOST = 2, LEAST = 5 };

    if (n_without == 0 || n_without > MOST || n_with < LEAST)
        return;
    for (const struct gb_node *e = gb_node_child(toc, GB_NODE_ENTRY); e; e = gb_entry_next(e)) {
        if (!e->page.str.len && gb_entry_rank(e) != GB_RANK_NONE && !gb_entry_second_line(e))
            gb_report(c, gb_entry_at(e), NULL, GB_ARGS(gb_contents_name(c, e)));
    }
}

/*
 * Pages without brackets, Roman capitals for 前言 and 引言, Arabic from chapter 1 on, not decreasing. Source: GB/T 1.1—2020, 8.2
 * and 10.1.3. A source that is read on a screen has none: at least half of the entries must.
 */
static void
check_toc_pages(struct gb_check *c, const struct gb_node *toc)
{
    size_t n_with = 0, n_without = 0;

    for (const struct gb_node *e = gb_node_child(toc, GB_NODE_ENTRY); e; e = gb_entry_next(e)) {
        n_with += e->page.str.len > 0;
        n_without += e->page.str.len == 0;
    }
    if (n_with == 0 || n_with < n_without)
        return;
    report_page_faults(c, toc);
    report_page_order(c, toc);
    report_missing_pages(c, toc, n_without, n_with);
}

const struct gb_check_def gb_contents_page_checks[] = {
    {.name = "toc-pages", .run = check_toc_pages, .on = GB_ON(TOC), .cases = "bracket roman arabic order"},
    {0},
};
