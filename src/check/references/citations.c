/*
 * The citation graph held against the lists: what is listed and not cited, cited and not listed, with which date and
 * with which force: REF-004 to REF-009, REF-025, REF-027. How the text words its citations is looked at in citing.c.
 */
#include "check/references/citations_priv.h"

#include "base/strmap.h"
#include "check/structure/elements_priv.h"
#include "check/references/references_priv.h"

extern const struct gb_check_def gb_citation_checks[];

struct gb_str
gb_citation_written(const struct gb_citation *citation)
{
    return gb_str_sub(citation->id->text->str, citation->id->at.begin, citation->id->at.end);
}

struct gb_at
gb_citation_at(const struct gb_citation *citation)
{
    return gb_at_part(citation->id->text, citation->id->at.begin, citation->id->at.end);
}

struct gb_at
gb_reference_at(const struct gb_reference *reference)
{
    const struct gb_node *node = reference->node;

    return gb_at_text(node->code.str.len ? &node->code : &node->text);
}

/* ---- entries and what cites them ---- */

/* How often an entry is cited, and how. */
struct tally {
    uint32_t n, n_informative;
    const struct gb_citation *first;
};

struct tallies {
    struct tally *items; /* one for each entry; NULL: not counted yet */
};

/* Does the citation speak for this entry, where the list has one of the very year that is cited? */
static bool
is_meant(const struct gb_facts *facts, const struct gb_citation *citation, uint32_t index)
{
    const struct gb_reference *entry = &facts->entries[index];
    uint32_t best = citation->matches[entry->list];

    return best == index || !gb_str_eq(facts->entries[best].id.year, citation->id->year) ||
           gb_identifier_cmp(&entry->id, citation->id) != 0;
}

static void
count_citation(const struct gb_facts *facts, const struct gb_citation *citation, struct tally *tallies)
{
    enum { MOST_PARTS = 500 };
    size_t n;
    const uint32_t *kin = gb_references_kin(facts, citation->id, &n);

    if (n > MOST_PARTS)
        kin = gb_references_same(facts, citation->id, &n);
    for (size_t i = 0; i < n && i < MOST_PARTS; i++) {
        struct tally *tally = &tallies[kin[i]];
        if (!gb_reference_covers(&facts->entries[kin[i]], citation->id) || !is_meant(facts, citation, kin[i]))
            continue;
        tally->n++;
        tally->n_informative += citation->force == GB_CITED_INFORMATIVE && citation->flags & GB_CITATION_CERTAIN;
        if (!tally->first)
            tally->first = citation;
    }
}

static const struct tally *
tallies_of(struct gb_check *check)
{
    const struct gb_facts *facts = check->facts;
    struct tallies *shared = gb_check_shared(check, gb_citation_checks, sizeof(*shared));

    if (!shared->items) {
        shared->items = gb_arena_new_array(check->arena, struct tally, facts->n_entries + 1);
        for (uint32_t i = 0; i < facts->n_citations; i++)
            count_citation(facts, &facts->citations[i], shared->items);
    }
    return shared->items;
}

/* An entry of chapter 2 whose number was read. */
static bool
is_listed_document(const struct gb_reference *entry)
{
    return entry->list == GB_LIST_REFERENCES && !entry->is_loose && entry->id.serial.len > 0;
}

/* GB/T 1.1 is what drafts are written by: many list it for that alone. */
static bool
is_drafting_basis(const struct gb_identifier *id)
{
    return gb_str_is(id->base, "GB") && gb_str_is(id->serial, "1.1");
}

/* ---- REF-004, REF-025: listed and not cited ---- */

/* Numbers that stand anywhere in the text, for entries that the graph does not find: the code before one may be lost. */
struct numbers {
    struct gb_strmap of; /* serials; what they stand for is the first entry with it */
    bool *is_seen;       /* by entry */
};

static void
look_for_numbers(struct numbers *numbers, struct gb_str s)
{
    for (size_t at = 0; at < s.len; at++) {
        if (s.ptr[at] < '0' || s.ptr[at] > '9')
            continue;
        size_t end = gb_skip_any(s, at, "0123456789.");
        size_t last = end;
        while (s.ptr[last - 1] == '.')
            last--;
        uint32_t entry;
        if (gb_strmap_find(&numbers->of, gb_str_sub(s, at, last), &entry))
            numbers->is_seen[entry] = true;
        at = end;
    }
}

/* All texts but those of the lists, the cover and the foreword. */
static void
look_everywhere(const struct gb_facts *facts, const struct gb_node *root, struct numbers *numbers)
{
    for (const struct gb_node *n = root->first; n;) {
        bool is_left_out = n->kind == GB_NODE_COVER || n->kind == GB_NODE_TOC || n->kind == GB_NODE_FOREWORD ||
                           n == facts->references || n == facts->bibliography;
        if (is_left_out) {
            n = gb_node_walk_past(n, root);
            continue;
        }
        look_for_numbers(numbers, n->text.str);
        look_for_numbers(numbers, n->title.str);
        GB_EACH_CELL(cell, n)
            look_for_numbers(numbers, cell->text.str);
        n = gb_node_walk(n, root);
    }
}

/* Short numbers stand everywhere for something else. */
static bool
is_telling(struct gb_str serial)
{
    return serial.len >= 4 && gb_is_digit(serial.ptr[0]);
}

/* Entries that are not cited, and whose number stands nowhere either. */
static struct numbers
numbers_of(struct gb_check *check, const struct gb_node *root, const struct tally *tallies)
{
    const struct gb_facts *facts = check->facts;
    struct numbers numbers = {.is_seen = gb_arena_new_array(check->arena, bool, facts->n_entries)};
    bool is_new;

    for (uint32_t i = 0; i < facts->n_entries; i++) {
        const struct gb_reference *entry = &facts->entries[i];
        if (!is_listed_document(entry) || tallies[i].n || !is_telling(entry->id.serial))
            continue;
        gb_strmap_add(&numbers.of, entry->id.serial, i, &is_new);
    }
    if (numbers.of.items.len)
        look_everywhere(facts, root, &numbers);
    return numbers;
}

/* A table that is a picture, or was lost, may hold what is missed in the text. */
static bool
has_lost_table(const struct gb_facts *facts)
{
    return GB_ANY(GB_EACH_NODE(node, &facts->of_kind[GB_NODE_TABLE]),
                  node->encoding == GB_ENCODING_PICTURE || node->encoding == GB_ENCODING_LOST);
}

/* The contents name chapters behind the last one: the file holds only the beginning of the draft. */
static bool
ends_early(const struct gb_facts *facts)
{
    const struct gb_nodes *entries = &facts->of_kind[GB_NODE_ENTRY];
    unsigned last = 0, listed = 0;

    if (facts->n_chapters)
        last = facts->chapters[facts->n_chapters - 1]->num.part[0];
    for (uint32_t i = 0; i < entries->n; i++) {
        const struct gb_number *num = &entries->items[i]->num;
        if (num->n == 1 && !num->letter && num->part[0] > listed)
            listed = num->part[0];
    }
    return listed > last;
}

/* 附录A, 表3, where the file has no annex or no table at all. */
static bool
mentions_lost_parts(const struct gb_facts *facts)
{
    static const struct {
        enum gb_mention_kind mention;
        enum gb_node_kind node;
    } kinds[] = {
        {GB_MENTION_ANNEX, GB_NODE_ANNEX},
        {GB_MENTION_TABLE, GB_NODE_TABLE},
        {GB_MENTION_FIGURE, GB_NODE_FIGURE},
    };

    GB_EACH(const struct gb_mention, mention, facts->mentions, facts->n_mentions) {
        if (mention->target || mention->flags & (GB_MENTION_EXTERNAL | GB_MENTION_DOUBTFUL))
            continue;
        for (size_t k = 0; k < GB_COUNT(kinds); k++) {
            if (mention->kind == kinds[k].mention && facts->of_kind[kinds[k].node].n == 0)
                return true;
        }
    }
    return false;
}

/* Where most of the list is not cited in a short text, or in one that lacks more, the clauses that cite it are not in the file. */
static bool
lacks_citing_clauses(const struct gb_facts *facts, const struct tally *tallies)
{
    enum { LEAST_CHAPTERS = 5 };
    uint32_t n = 0, n_uncited = 0;

    for (uint32_t i = 0; i < facts->n_entries; i++) {
        if (!is_listed_document(&facts->entries[i]))
            continue;
        n++;
        n_uncited += tallies[i].n == 0;
    }
    return 2 * n_uncited > n && (facts->n_chapters < LEAST_CHAPTERS || mentions_lost_parts(facts));
}

/* Source: GB/T 1.1—2020, 8.6.3.1. An entry that is cited informatively only is REF-008's. */
static void
check_listed_not_cited(struct gb_check *check)
{
    const struct gb_facts *facts = check->facts;

    if (facts->n_entries == 0 || !gb_is_whole_draft(check))
        return;
    const struct tally *tallies = tallies_of(check);
    struct numbers numbers = numbers_of(check, check->doc->root, tallies);
    bool is_partial = has_lost_table(facts) || ends_early(facts) || lacks_citing_clauses(facts, tallies);
    const char *which = is_partial ? "partial" : NULL;
    for (uint32_t i = 0; i < facts->n_entries; i++) {
        const struct gb_reference *entry = &facts->entries[i];
        if (!is_listed_document(entry) || tallies[i].n || is_drafting_basis(&entry->id) ||
            gb_is_own_identifier(facts, &entry->id))
            continue;
        uint32_t first;
        if (!gb_strmap_find(&numbers.of, entry->id.serial, &first) || !numbers.is_seen[first])
            gb_report_case(check, which, gb_reference_at(entry), entry->node, GB_ARGS(entry->node->code.str));
    }
    gb_strmap_release(&numbers.of);
}

/* Source: GB/T 1.1—2020, 8.3 a) and 8.6.1: the drafting statement cites GB/T 1.1 without making it a condition. */
static void
check_drafting_basis_listed(struct gb_check *check)
{
    if (!gb_is_whole_draft(check))
        return;
    for (uint32_t i = 0; i < check->facts->n_entries; i++) {
        const struct gb_reference *entry = &check->facts->entries[i];
        if (is_listed_document(entry) && is_drafting_basis(&entry->id) && tallies_of(check)[i].n == 0)
            gb_report(check, gb_reference_at(entry), entry->node, GB_ARGS(entry->node->code.str));
    }
}

/* ---- REF-008: listed, and cited informatively only ---- */

/* Source: GB/T 1.1—2020, 9.5.4.2.2 and 8.13. */
static void
check_informative_listed(struct gb_check *check)
{
    const struct gb_facts *facts = check->facts;

    if (facts->n_entries == 0 || !gb_is_whole_draft(check))
        return;
    const struct tally *tallies = tallies_of(check);
    for (uint32_t i = 0; i < facts->n_entries; i++) {
        const struct gb_reference *entry = &facts->entries[i];
        const struct tally *tally = &tallies[i];
        if (!is_listed_document(entry) || tally->n == 0 || tally->n_informative < tally->n)
            continue;
        struct gb_finding *f = gb_report(check, gb_reference_at(entry), entry->node, GB_ARGS(entry->node->code.str));
        gb_also(check, f, gb_citation_at(tally->first), gb_say(check, "引用之处", "the citation"));
    }
}

/* ---- citations, one finding for each document ---- */

/* Which citations a rule speaks of. */
typedef bool citation_test(const struct gb_check *check, const struct gb_citation *citation);

GB_ORDER_OF_POINTERS(by_document, struct gb_citation, GB_KEY_BY(gb_identifier_cmp, id) GB_KEY_PLACE)

typedef void group_report(struct gb_check *check, const struct gb_citation *const *group, size_t n);

/* Gathers the citations that pass by document, so that each is told of once, at its first citation. */
static void
report_groups(struct gb_check *check, citation_test *passes, group_report *report)
{
    const struct gb_facts *facts = check->facts;
    GB_ARRAY(const struct gb_citation *) found = {0};

    for (uint32_t i = 0; i < facts->n_citations; i++) {
        if (facts->citations[i].id->serial.len && passes(check, &facts->citations[i]))
            *gb_push(&found) = &facts->citations[i];
    }
    gb_sort(found.items, found.len, sizeof(*found.items), by_document);
    for (size_t begin = 0, end; begin < found.len; begin = end) {
        end = begin + 1;
        while (end < found.len && gb_identifier_cmp(found.items[begin]->id, found.items[end]->id) == 0)
            end++;
        report(check, found.items + begin, end - begin);
    }
    gb_array_release(&found);
}

static void
also_cited(struct gb_check *check, struct gb_finding *f, const struct gb_citation *const *group, size_t n)
{
    for (size_t i = 1; i < n; i++)
        gb_also_there(check, f, gb_citation_at(group[i]));
}

/* As it should be written, without the year. */
static struct gb_str
name_of(struct gb_check *check, const struct gb_identifier *id)
{
    struct gb_identifier undated = *id;

    undated.year = (struct gb_str){0};
    undated.at.flags &= ~(uint32_t)GB_SHAPE_NO_YEAR;
    return gb_identifier_text(check->arena, &undated);
}

/* ---- REF-005: cited and not listed ---- */

/* The list was read, or the draft says that there is none. Where all that chapter 2 has is text, the list may be lost. */
static bool
has_readable_list(const struct gb_check *c)
{
    const struct gb_facts *facts = c->facts;
    if (!facts->references)
        return facts->edition == GB_EDITION_2009 && gb_is_whole_draft(c);
    if (facts->n_entries && facts->entries[0].list == GB_LIST_REFERENCES)
        return true;
    return GB_ANY(GB_CHAIN(n, facts->references, gb_node_walk(n, facts->references)),
                  gb_str_has(n->text.str, GB_STR("没有规范性引用文件")));
}

/* A citation of the text proper: notes, sources and the like may name another year. */
static bool
is_in_text(const struct gb_citation *citation)
{
    enum {
        ELSEWHERE = GB_CITATION_NOTE | GB_CITATION_EXAMPLE | GB_CITATION_SOURCE | GB_CITATION_INTRO |
                    GB_CITATION_INFORMATIVE_ANNEX | GB_CITATION_SCOPE,
    };
    return !(citation->flags & ELSEWHERE);
}

static bool
is_unlisted(const struct gb_check *c, const struct gb_citation *citation)
{
    /* Loose text between the elements is what is left of a foreword, say. */
    if (citation->id->node->parent == c->doc->root && citation->id->node->kind == GB_NODE_PARA)
        return false;
    if (citation->force != GB_CITED_NORMATIVE || citation->matches[GB_LIST_REFERENCES] != GB_NO_REFERENCE)
        return false;
    if (citation->flags & GB_CITATION_CERTAIN)
        return true;
    /* 应……（见GB/T ×××××）: normative by the sentence; in no list at all it is missing in any reading. */
    return citation->flags & GB_CITATION_VERB && citation->matches[GB_LIST_BIBLIOGRAPHY] == GB_NO_REFERENCE &&
           is_in_text(citation) && !gb_node_inside(citation->id->node, GB_NODE_TERM);
}

/* 94—2022 at the head of a paragraph: the code ended the one before. */
static bool
starts_with_dated_serial(struct gb_str text, const struct gb_identifier *id)
{
    size_t next;

    if (!id->serial.len || !id->year.len || !gb_str_starts(text, id->serial) || text.len <= id->serial.len)
        return false;
    uint32_t c = gb_utf8_at(text, id->serial.len, &next);
    return (c == 0x2014 || c == 0x2013 || c == '-') && gb_str_starts(gb_str_skip(text, next), id->year);
}

/* GB.T 19714 in the list: its code was not read, but the number is there. What is wrong is the code. */
static bool
is_listed_garbled(const struct gb_facts *facts, const struct gb_identifier *id)
{
    enum { MOST_ENTRIES = 200, SHORTEST_SERIAL = 4 };
    const struct gb_node *list = facts->references;
    unsigned n = 0;

    if (!list)
        return false;
    return GB_ANY(for (const struct gb_node *k = list->first; k && n < MOST_ENTRIES; k = gb_node_walk(k, list), n++),
                  (k->kind == GB_NODE_REF || k->kind == GB_NODE_PARA) && k->code.str.len == 0 &&
                      ((id->serial.len >= SHORTEST_SERIAL && gb_str_has(k->text.str, id->serial)) ||
                       starts_with_dated_serial(k->text.str, id)));
}

static void
report_unlisted(struct gb_check *check, const struct gb_citation *const *group, size_t n)
{
    const char *which = group[0]->matches[GB_LIST_BIBLIOGRAPHY] != GB_NO_REFERENCE ? "bibliography" : NULL;

    if (is_listed_garbled(check->facts, group[0]->id))
        return;
    struct gb_finding *f = gb_report_case(check, which, gb_citation_at(group[0]), group[0]->id->node,
                                          GB_ARGS(gb_citation_written(group[0])));

    also_cited(check, f, group, n);
    if (!which)
        gb_fix_missing_entry(check, f, group[0]->id);
}

/* GB 19001 where the list has GB/T 19001. */
static bool
is_of_other_nature(const struct gb_check *c, const struct gb_citation *citation)
{
    uint32_t match = citation->matches[GB_LIST_REFERENCES];

    return match != GB_NO_REFERENCE && !gb_publisher_is_foreign(citation->id->publisher) &&
           gb_identifier_differs_in_nature(&c->facts->entries[match].id, citation->id);
}

static void
report_nature(struct gb_check *check, const struct gb_citation *const *group, size_t n)
{
    const struct gb_reference *entry = &check->facts->entries[group[0]->matches[GB_LIST_REFERENCES]];
    struct gb_finding *f = gb_report_case(check, "nature", gb_citation_at(group[0]), group[0]->id->node,
                                          GB_ARGS(gb_citation_written(group[0]), entry->id.code));

    gb_also(check, f, gb_reference_at(entry), gb_say(check, "清单中的条目", "the entry"));
    also_cited(check, f, group, n);
}

/* Source: GB/T 1.1—2020, 9.5.4.2.1; 2009, 6.2.3. */
static void
check_cited_not_listed(struct gb_check *check)
{
    if (!has_readable_list(check))
        return;
    report_groups(check, is_unlisted, report_unlisted);
    report_groups(check, is_of_other_nature, report_nature);
}

/* ---- REF-006: dates of text and list ---- */

/* 98 is 1998. */
static bool
is_same_year(struct gb_str a, struct gb_str b)
{
    return gb_str_eq(a, b) || (a.len && b.len && a.len != b.len && (gb_str_ends(a, b) || gb_str_ends(b, a)));
}

static const struct gb_reference *
entry_of(const struct gb_facts *facts, const struct gb_citation *citation)
{
    uint32_t match = citation->matches[GB_LIST_REFERENCES];

    return match == GB_NO_REFERENCE ? NULL : &facts->entries[match];
}

static bool
has_other_date(const struct gb_check *c, const struct gb_citation *citation)
{
    const struct gb_reference *entry = entry_of(c->facts, citation);

    return entry && is_in_text(citation) && !((entry->id.at.flags | citation->id->at.flags) & GB_SHAPE_NO_YEAR) &&
           gb_extent_is_empty(entry->id.at.all_parts) && gb_identifier_cmp(&entry->id, citation->id) == 0 &&
           !is_same_year(entry->id.year, citation->id->year);
}

/* Does the text cite the document somewhere as the entry has it? */
static bool
is_cited_as_listed(struct gb_check *check, const struct gb_reference *entry, size_t n_other)
{
    return tallies_of(check)[entry - check->facts->entries].n > n_other;
}

/* Several citations agree against the list: then it is the entry that has to change. */
static bool
is_fault_of_entry(struct gb_check *check, const struct gb_reference *entry, const struct gb_citation *const *group,
                  size_t n)
{
    for (size_t i = 1; i < n; i++) {
        if (!gb_str_eq(group[i]->id->year, group[0]->id->year))
            return false;
    }
    return n > 1 && !is_cited_as_listed(check, entry, n);
}

static void
report_dates(struct gb_check *check, const struct gb_citation *const *group, size_t n)
{
    const struct gb_reference *entry = entry_of(check->facts, group[0]);
    struct gb_str written = gb_citation_written(group[0]), listed = entry->node->code.str;
    const char *which = entry->id.year.len == 0       ? "undated-entry"
                        : group[0]->id->year.len == 0 ? "undated-citation"
                                                      : NULL;
    struct gb_finding *f;

    if (is_fault_of_entry(check, entry, group, n)) {
        f = gb_report_case(check, which, gb_reference_at(entry), entry->node, GB_ARGS(written, listed));
        gb_also(check, f, gb_citation_at(group[0]), gb_say(check, "引用之处", "the citation"));
    } else {
        f = gb_report_case(check, which, gb_citation_at(group[0]), group[0]->id->node, GB_ARGS(written, listed));
        gb_also(check, f, gb_reference_at(entry), gb_say(check, "清单中的条目", "the entry"));
    }
    also_cited(check, f, group, n);
}

/* Source: GB/T 1.1—2020, 8.6.3.1 and 9.5.4.1. */
GB_CHECK_WHOLE(check_date_mismatch, report_groups(c, has_other_date, report_dates))

/* ---- REF-007: a clause cited of an undated document ---- */

/* Source: GB/T 1.1—2020, 9.5.4.1.1; 2009, 8.1.3.2. The form of sources is TRM-011's. */
static void
check_clause_undated(struct gb_check *check)
{
    GB_EACH(const struct gb_citation, c, check->facts->citations, check->facts->n_citations) {
        if (gb_extent_is_empty(c->target) || c->id->year.len || !c->id->serial.len ||
            c->id->at.flags & GB_SHAPE_NO_YEAR || c->id->flags & GB_IDENTIFIER_MEMBER ||
            c->flags & (GB_CITATION_EXAMPLE | GB_CITATION_INTRO | GB_CITATION_SOURCE))
            continue;
        gb_report(check, gb_citation_at(c), c->id->node,
                  GB_ARGS(gb_citation_written(c), gb_extent_str(c->id->text->str, c->target), name_of(check, c->id)));
    }
}

/* ---- REF-009: informative and in no list ---- */

/* 本文件修改采用ISO 24166-3:2022: the foreword says what the document is to the draft, and the list of references does not. */
static bool
is_adopted(const struct gb_facts *facts, const struct gb_identifier *id)
{
    enum { SEARCHED = 60 }; /* documents of a foreword */
    GB_WORDS(words, "采用", "一致性程度");
    const struct gb_node *foreword = facts->foreword;

    if (!foreword || !gb_publisher_is_foreign(id->publisher))
        return false;
    uint32_t i = gb_first_identifier(facts, foreword), end = i + SEARCHED;
    for (; i < facts->n_identifiers && i < end && gb_node_inside(facts->identifiers[i].node, GB_NODE_FOREWORD); i++) {
        const struct gb_identifier *other = &facts->identifiers[i];
        const struct gb_sentence *s =
            gb_identifier_cmp(other, id) == 0 ? gb_sentence_at(facts, other->node, other->text, other->at.begin) : NULL;
        if (s && GB_HAS_ANY(GB_WORDS_OF(s), words))
            return true;
    }
    return false;
}

bool
gb_is_unlisted_information(const struct gb_facts *facts, const struct gb_citation *citation)
{
    uint32_t left_out = GB_CITATION_EXAMPLE | GB_CITATION_INTRO;

    if (facts->edition == GB_EDITION_2009)
        left_out |= GB_CITATION_SOURCE;
    return citation->force == GB_CITED_INFORMATIVE && !(citation->flags & left_out) &&
           citation->matches[GB_LIST_REFERENCES] == GB_NO_REFERENCE &&
           citation->matches[GB_LIST_BIBLIOGRAPHY] == GB_NO_REFERENCE && !is_adopted(facts, citation->id);
}

static bool
is_told_information(const struct gb_check *c, const struct gb_citation *citation)
{
    enum gb_clause_type type = citation->sentence ? citation->sentence->type : GB_TYPE_STATEMENT;
    bool is_told =
        citation->flags & GB_CITATION_CERTAIN || type == GB_TYPE_RECOMMENDATION || type == GB_TYPE_PERMISSION;

    return is_told && gb_is_unlisted_information(c->facts, citation);
}

static void
report_unlisted_information(struct gb_check *check, const struct gb_citation *const *group, size_t n)
{
    struct gb_finding *f =
        gb_report(check, gb_citation_at(group[0]), group[0]->id->node, GB_ARGS(gb_citation_written(group[0])));

    also_cited(check, f, group, n);
}

/* Source: GB/T 1.1—2020, 8.13. Without a bibliography STR-012 speaks. */
static void
check_bibliography_unlisted(struct gb_check *check)
{
    const struct gb_facts *facts = check->facts;
    bool has_entries = facts->n_entries && facts->entries[facts->n_entries - 1].list == GB_LIST_BIBLIOGRAPHY;

    /* Chapters from 4 on, kept in a file of their own: what is cited may stand in the other list. */
    bool is_part = !facts->references && facts->n_chapters && facts->chapters[0]->num.part[0] > 2;

    if (has_entries && !is_part)
        report_groups(check, is_told_information, report_unlisted_information);
}

/* ---- REF-027: a citation whose wording does not tell ---- */

/* Source: GB/T 1.1—2020, 9.5.4.2.1. Once for each document, and only in sentences of the text. */
static bool
is_untold(const struct gb_check *c, const struct gb_citation *citation)
{
    (void)c;
    return citation->force == GB_CITED_OPEN && citation->sentence && is_in_text(citation) &&
           !(citation->flags & (GB_CITATION_CELL | GB_CITATION_VERB)) &&
           !gb_node_inside(citation->id->node, GB_NODE_TERM);
}

GB_CHECK_WHOLE(check_citation_verb, report_groups(c, is_untold, report_unlisted_information))

const struct gb_check_def gb_citation_checks[] = {
    {.name = "listed-not-cited", .whole = check_listed_not_cited, .cases = "partial"},
    {.name = "cited-not-listed", .whole = check_cited_not_listed, .cases = "bibliography nature"},
    {.name = "date-mismatch", .whole = check_date_mismatch, .cases = "undated-entry undated-citation"},
    {.name = "clause-cited-undated", .whole = check_clause_undated},
    {.name = "informative-listed", .whole = check_informative_listed},
    {.name = "bibliography-unlisted", .whole = check_bibliography_unlisted},
    {.name = "drafting-basis-listed", .whole = check_drafting_basis_listed},
    {.name = "citation-verb", .whole = check_citation_verb},
    {0},
};
