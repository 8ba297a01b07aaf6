/*
 * The chapter of normative references as such, and what a registry says of the documents in it: REF-002, REF-014,
 * REF-022. Its entries are judged in reference_entries.c, their order in reference_order.c.
 */
#include "check/references/citations_priv.h"
#include "check/structure/elements_priv.h"
#include "check/references/references_priv.h"
#include "check/terms/terms_priv.h"

#include "doc/identifier.h"
#include "facts/citations/registry.h"

void
gb_replace_part(struct gb_check *check, struct gb_finding *finding, const struct gb_text *text, struct gb_str wanted)
{
    size_t begin, end;

    gb_difference(text->str, wanted, &begin, &end);
    gb_fix(check, finding, gb_text_span(text, begin, end, NULL),
           gb_str_sub(wanted, begin, wanted.len - (text->str.len - end)));
}

/* ---- REF-002: nothing to list ---- */

/* What stands in the chapter. */
struct content {
    const struct gb_node *statement; /* says that there are no references */
    const struct gb_node *lead_in;
    const struct gb_node *entry; /* the first */
    bool has_other;              /* anything that may be a list that was not read as one */
    bool is_empty;
};

/* 无。 本章无内容。 本文件没有规范性引用文件。 */
static bool
says_none(struct gb_str text)
{
    GB_WORDS(alone, "无", "无。", "没有", "没有。", "暂无", "暂无。", "略", "略。", "不涉及", "不涉及。");
    GB_WORDS(no, "没有", "无", "未引用", "不引用", "不涉及");
    enum { LONGEST = 30 };

    GB_FIND(word, alone, GB_COUNT(alone), gb_str_same(text, *word));
    return word || (gb_str_han_length(text) <= LONGEST && GB_HAS_ANY(text, no) &&
                    GB_HAS_ONE_OF(text, "引用", "本章", "内容", "文件") && !gb_str_has(text, GB_STR("《")));
}

static bool
is_lead_in(struct gb_str text)
{
    GB_WORDS(words, "必不可少", "下列文件", "适用于本文件");
    struct gb_identifier_shape shape;

    return GB_HAS_ANY(text, words) && !gb_identifier_next(text, 0, &shape) && !gb_str_has(text, GB_STR("《"));
}

static void
look_at(struct content *content, const struct gb_node *n)
{
    if (n->kind == GB_NODE_COMMENT)
        return;
    content->is_empty = false;
    if (n->kind == GB_NODE_REFS)
        content->entry = gb_node_child(n, GB_NODE_REF);
    else if (n->kind == GB_NODE_PARA && says_none(n->text.str))
        content->statement = n;
    else if (n->kind == GB_NODE_PARA && is_lead_in(n->text.str))
        content->lead_in = n;
    else
        content->has_other = true;
}

/* Source: GB/T 1.1—2020, 8.6.2. In 2009 there is no such chapter where nothing is cited. */
static void
check_no_references(struct gb_check *c)
{
    const struct gb_node *chapter = c->facts->references;
    enum { MOST_ENTRIES = 20 };
    struct content content = {.is_empty = true};
    const struct gb_str *wanted;

    if (!chapter || !gb_param_words(c, "text", &wanted))
        return;
    for (const struct gb_node *n = chapter->first; n; n = n->next)
        look_at(&content, n);
    if (content.is_empty) {
        gb_report_case(c, "empty", gb_at_head(chapter), chapter, GB_ARGS(wanted[0]));
    } else if (content.statement && content.entry) {
        struct gb_finding *f = gb_report_case(c, "list", gb_at_text(&content.statement->text), content.statement,
                                              GB_ARGS(content.statement->text.str));
        gb_also(c, f, gb_at_head(chapter), gb_say(c, "本章", "the chapter"));
        const struct gb_facts *facts = c->facts;
        for (uint32_t i = 0; i < facts->n_entries && i < MOST_ENTRIES;
             i++) { /* nothing else is said of the list: REF-004, REF-008 */
            if (gb_node_top(facts->entries[i].node) == chapter)
                gb_also_there(c, f, gb_reference_at(&facts->entries[i]));
        }
    } else if (content.statement && !content.has_other && !content.lead_in &&
               !gb_str_same(content.statement->text.str, wanted[0])) {
        const struct gb_text *text = &content.statement->text;
        struct gb_finding *f = gb_report(c, gb_at_text(text), content.statement, GB_ARGS(text->str, wanted[0]));
        gb_replace_part(c, f, text, wanted[0]);
    } else if (content.lead_in && !content.entry && !content.has_other && !content.statement) {
        gb_report_case(c, "no-entries", gb_at_text(&content.lead_in->text), content.lead_in, GB_ARGS(wanted[0]));
    }
}

/* ---- REF-014, REF-022: what the registry says ---- */

/* Why nothing could be said. */
static bool
has_registry(struct gb_check *c)
{
    const struct gb_facts *facts = c->facts;
    bool has_entries = facts->references && gb_node_child(facts->references, GB_NODE_REFS);

    if (!facts->registry && has_entries)
        gb_not_checked(c,
                       gb_say(c, "引用文件的状态和名称（REF-014、REF-022）",
                              "state and titles of references (REF-014, REF-022)"),
                       gb_say(c, "没有标准名录，用--registry给出", "no registry, give one with --registry"));
    return facts->registry != NULL;
}

/* Replaced or withdrawn on the day that counts. */
static bool
is_out(const struct gb_registry_row *row, uint32_t as_of)
{
    return (row->state == GB_REGISTRY_WITHDRAWN || row->state == GB_REGISTRY_SUPERSEDED) && row->from <= as_of;
}

/* The edition of that year, or NULL. */
static const struct gb_registry_row *
row_of_year(const struct gb_registry_row *row, struct gb_str year)
{
    GB_FIND_NEXT(found, row, found->next, gb_str_eq(found->year, year));
    return found;
}

/*
 * What tells that an undated reference has no edition in force: the latest of its editions, when all are out and none
 * is replaced by a later one of the same document, which the table need not have.
 */
static const struct gb_registry_row *
row_of_undated(const struct gb_registry *registry, const struct gb_registry_row *first, uint32_t as_of)
{
    const struct gb_registry_row *latest = first;

    for (const struct gb_registry_row *row = first; row; row = row->next) {
        const struct gb_registry_row *by = gb_registry_find_text(registry, row->replaced_by);
        if (!is_out(row, as_of) || (by && gb_str_eq(by->key, row->key)))
            return NULL;
        if (gb_str_cmp(row->year, latest->year) >= 0)
            latest = row;
    }
    return latest;
}

/* 自2018-09-01起由GB/T 13016—2018代替 */
static struct gb_str
fate_of(struct gb_check *c, const struct gb_registry_row *row)
{
    bool is_chinese = gb_say(c, "zh", "en").ptr[0] == 'z';
    unsigned year = row->from / 10000, month = row->from / 100 % 100, day = row->from % 100;
    struct gb_buf out = {0};

    if (row->from && is_chinese)
        gb_buf_printf(&out, "自%04u-%02u-%02u起", year, month, day);
    if (row->replaced_by.len)
        gb_buf_printf(&out, is_chinese ? "由%.*s代替" : "replaced by %.*s", GB_FMT(row->replaced_by));
    else if (row->state == GB_REGISTRY_WITHDRAWN)
        gb_buf_puts(&out, is_chinese ? "废止" : "withdrawn");
    else
        gb_buf_puts(&out, is_chinese ? "被代替" : "superseded");
    if (row->from && !is_chinese)
        gb_buf_printf(&out, " since %04u-%02u-%02u", year, month, day);
    return gb_buf_take(&out, c->arena);
}

/* The editions of an entry's document in the registry; NULL where there is nothing to ask. */
static const struct gb_registry_row *
editions_of(const struct gb_facts *facts, const struct gb_reference *entry)
{
    if (entry->is_loose || !entry->id.serial.len || !gb_extent_is_empty(entry->id.at.all_parts) ||
        entry->id.at.flags & GB_SHAPE_NO_YEAR)
        return NULL;
    return gb_registry_find(facts->registry, entry->id.base, entry->id.serial);
}

/*
 * Source: GB/T 1.1—2020, 9.5.4.4.2; 2009, 8.1.3.1. The day that counts is the publication of the draft: what was in force
 * then was rightly cited.
 */
static void
check_superseded(struct gb_check *c)
{
    const struct gb_facts *facts = c->facts;

    if (!has_registry(c))
        return;
    GB_EACH(const struct gb_reference, entry, facts->entries, facts->n_entries) {
        const struct gb_registry_row *row = editions_of(facts, entry);
        if (row && entry->id.year.len)
            row = row_of_year(row, entry->id.year);
        else if (row)
            row = row_of_undated(facts->registry, row, facts->as_of);
        if (!row || !is_out(row, facts->as_of))
            continue;
        const char *which = row->replaced_by.len ? NULL : "withdrawn";
        if (entry->list == GB_LIST_BIBLIOGRAPHY)
            which = "biblio";
        gb_report_case(c, which, gb_at_text(&entry->node->code), entry->node,
                       GB_ARGS(gb_entry_name(c, entry), fate_of(c, row), row->replaced_by));
    }
}

/* The edition that a reference means: that of its year; undated, the latest in force. */
static const struct gb_registry_row *
row_meant(const struct gb_registry_row *first, struct gb_str year, uint32_t as_of)
{
    const struct gb_registry_row *best = NULL;

    if (year.len)
        return row_of_year(first, year);
    for (const struct gb_registry_row *row = first; row; row = row->next) {
        bool is_ahead = row->state == GB_REGISTRY_UPCOMING || (row->state == GB_REGISTRY_CURRENT && row->from > as_of);
        if (!is_ahead && !is_out(row, as_of) && (!best || gb_str_cmp(row->year, best->year) > 0))
            best = row;
    }
    return best;
}

/* The title itself: without 《》, end mark, and the original title behind a translation. */
static struct gb_text
title_proper(const struct gb_text *title)
{
    GB_WORDS(ends, "。", "；", "，", ".", ";");
    struct gb_text t = gb_text_trim(title);

    for (size_t i = 0; i < GB_COUNT(ends); i++) {
        if (gb_str_ends(t.str, ends[i]))
            t = gb_text_slice(&t, 0, t.str.len - ends[i].len);
    }
    if (gb_str_starts(t.str, GB_STR("《")) && gb_str_ends(t.str, GB_STR("》")))
        t = gb_text_slice(&t, strlen("《"), t.str.len - strlen("》"));
    return gb_text_trim(&t);
}

/* Blanks between elements of a title and the marks between them are no other words. A foreign title stands behind its
 * translation, or the translation before it. */
static bool
is_same_title(struct gb_arena *arena, struct gb_str is, struct gb_str should)
{
    struct gb_str a = gb_bare_title(arena, is), b = gb_bare_title(arena, should);

    return gb_str_eq_nocase(a, b) || (GB_HAS_ONE_OF(is, "（", "(") && gb_str_has(a, b));
}

/* Source: GB/T 1.1—2020, 8.6.3.1; 2009, 6.2.3. */
static void
check_registry_title(struct gb_check *c)
{
    const struct gb_facts *facts = c->facts;

    for (uint32_t i = 0; facts->registry && i < facts->n_entries; i++) {
        const struct gb_reference *entry = &facts->entries[i];
        const struct gb_registry_row *row = row_meant(editions_of(facts, entry), entry->id.year, facts->as_of);
        struct gb_text title = title_proper(&entry->title);
        if (!row || !row->title.len || !title.str.len || is_same_title(c->arena, title.str, row->title))
            continue;
        struct gb_at at = gb_at_text(&title);
        struct gb_finding *f = gb_report(c, at, entry->node, GB_ARGS(gb_entry_name(c, entry), title.str, row->title));
        gb_replace_part(c, f, &title, row->title);
    }
}

const struct gb_check_def gb_reference_checks[] = {
    {.name = "no-references", .whole = check_no_references, .cases = "empty list no-entries", .params = "text:words"},
    {.name = "superseded-reference", .whole = check_superseded, .cases = "withdrawn biblio"},
    {.name = "registry-title", .whole = check_registry_title},
    {0},
};
