#include "app/suppress.h"

#include "base/sort.h"
#include "text/chars.h"
#include "text/utf8.h"

#include <stdlib.h>

enum verb { DISABLE, ENABLE, LINE, NEXT_LINE, WHOLE_FILE, UNKNOWN };

static const struct {
    const char *word;
    enum verb verb;
} verbs[] = {
    {"gblint-disable", DISABLE},         {"gblint-enable", ENABLE},
    {"gblint-disable-line", LINE},       {"gblint-disable-next-line", NEXT_LINE},
    {"gblint-disable-file", WHOLE_FILE},
};

/* One rule of one comment. */
struct entry {
    struct gb_str rule; /* empty: an enable of all */
    uint32_t comment;
    struct gb_span range; /* findings that begin in it; its end counts too */
    bool used, has_no_end;
};

struct comment {
    const struct gb_node *node;
    enum verb verb;
    struct gb_str reason;
    bool has_rule, is_faulty;
};

/* Findings in the order of a key (code, group or ALL) and place; `next` leads past those already suppressed. */
struct finding_index {
    struct row {
        struct gb_str key;
        uint32_t begin, finding;
    } * rows;
    size_t *next;
    size_t n;
};

struct suppressor {
    const struct gb_doc *doc;
    const struct gb_ruleset *rules;
    const struct gb_facts *facts;
    struct gb_report *report;
    GB_ARRAY(struct comment) comments;
    GB_ARRAY(struct entry) entries; /* of disabling comments */
    GB_ARRAY(struct entry) enables; /* sorted by rule and place */
};

/* What a suppression can name. */
enum scope { BY_CODE, BY_GROUP, BY_ALL, SCOPE_COUNT };

static enum scope
scope_of(struct gb_str rule)
{
    if (gb_str_is(rule, "ALL"))
        return BY_ALL;
    return gb_str_has(rule, GB_STR("-")) ? BY_CODE : BY_GROUP;
}

static struct gb_str
key_of(struct gb_str code, enum scope scope)
{
    return scope == BY_CODE ? code : scope == BY_GROUP ? gb_rule_group(code) : GB_STR("ALL");
}

GB_ORDER(compare_rows, struct row, GB_KEY_STR(key) GB_KEY(begin) GB_KEY(finding))

static struct finding_index
make_index(const struct gb_report *report, enum scope scope)
{
    struct finding_index index = {.n = report->findings.len};

    index.rows = gb_alloc(sizeof(*index.rows) * (index.n + 1));
    index.next = gb_alloc(sizeof(*index.next) * (index.n + 1));
    for (size_t i = 0; i < index.n; i++) {
        const struct gb_finding *f = &report->findings.items[i];
        index.rows[i] = (struct row){key_of(f->rule->code, scope), f->at.span.begin, (uint32_t)i};
        index.next[i] = i;
    }
    index.next[index.n] = index.n;
    if (index.n)
        gb_sort(index.rows, index.n, sizeof(*index.rows), compare_rows);
    return index;
}

static void
release_index(struct finding_index *index)
{
    free(index->rows);
    free(index->next);
}

/* First row at or after `at` that is not suppressed; shortens the way for the next search. */
static size_t
skip(struct finding_index *index, size_t at)
{
    while (index->next[at] != at) {
        index->next[at] = index->next[index->next[at]];
        at = index->next[at];
    }
    return at;
}

static size_t
lower_bound(const struct finding_index *index, struct gb_str key, uint32_t begin)
{
    struct row bound = {key, begin, 0};

    GB_SEEK(size_t, i, index->n, compare_rows(&index->rows[i], &bound) < 0);
    return i;
}

static bool
in_range(const struct finding_index *index, size_t i, const struct entry *entry)
{
    return i < index->n && gb_str_eq(index->rows[i].key, entry->rule) && index->rows[i].begin <= entry->range.end;
}

static void
suppress_entry(struct suppressor *s, struct finding_index *index, struct entry *entry)
{
    size_t first = lower_bound(index, entry->rule, entry->range.begin);

    entry->used = in_range(index, first, entry);
    for (size_t i = skip(index, first); in_range(index, i, entry); i = skip(index, i)) {
        struct gb_finding *f = &s->report->findings.items[index->rows[i].finding];
        if (!f->is_suppressed) {
            f->is_suppressed = true;
            f->reason = s->comments.items[entry->comment].reason;
        }
        index->next[i] = i + 1;
    }
}

static void
report_comment(struct suppressor *s, const struct comment *comment, const char *code, const char *which,
               struct gb_str rule, struct gb_str near)
{
    const struct gb_node *node = comment->node, *clause = gb_node_clause(node);
    struct gb_at at = {.span = node->span, .by_line = node->flags & GB_NODE_APPROX};
    const struct gb_str args[] = {rule, near};
    struct gb_str number = {0};

    if (clause)
        number =
            clause->num.n || clause->num.letter ? gb_number_text(&clause->num, s->report->arena) : clause->number.str;
    struct gb_finding *f =
        gb_ruleset_report(s->rules, code, which, s->facts, s->report, at, number, args, GB_COUNT(args));
    if (f && strcmp(code, "INP-008") == 0 && !at.by_line) {
        gb_finding_edit(s->report, f, node->span, GB_STR(""));
        f->fix_safe = false;
    }
}

/* A comment that is about gblint: its text without blanks at both ends, else empty. */
static struct gb_str
directive_of(const struct gb_node *node)
{
    struct gb_str text = gb_str_trim(node->text.str);

    if (node->kind != GB_NODE_COMMENT || !gb_str_starts(text, GB_STR("gblint-")))
        return (struct gb_str){0};
    return text;
}

/* Bytes of the word up to a blank, a colon or a comma of either width. */
static size_t
word_length(struct gb_str text)
{
    size_t at = 0, next;

    while (at < text.len) {
        uint32_t c = gb_char_narrow(gb_utf8_at(text, at, &next));
        if (gb_char_is_space(c) || c == ':' || c == ',' || c == 0x3001)
            break;
        at = next;
    }
    return at;
}

/* Takes blanks and commas off the front; true when a colon stood there too: what follows is the reason. */
static bool
skip_between(struct gb_str *text)
{
    size_t next;

    while (text->len) {
        uint32_t c = gb_char_narrow(gb_utf8_at(*text, 0, &next));
        if (!gb_char_is_space(c) && c != ':' && c != ',' && c != 0x3001)
            return false;
        *text = gb_str_skip(*text, next);
        if (c == ':')
            return true;
    }
    return false;
}

static enum verb
verb_of(struct gb_str word)
{
    GB_FIND(row, verbs, GB_COUNT(verbs), gb_str_is(word, row->word));
    return row ? row->verb : UNKNOWN;
}

static void
read_comment(struct suppressor *s, const struct gb_node *node, struct gb_str text)
{
    size_t n = word_length(text);
    struct comment *comment = gb_push(&s->comments);
    bool has_reason;

    *comment = (struct comment){.node = node, .verb = verb_of(gb_str_sub(text, 0, n))};
    text = gb_str_skip(text, n);
    while (!(has_reason = skip_between(&text)) && text.len) {
        struct entry entry = {.comment = (uint32_t)(s->comments.len - 1)};
        n = word_length(text);
        entry.rule = gb_str_sub(text, 0, n);
        text = gb_str_skip(text, n);
        comment->has_rule = true;
        if (comment->verb == ENABLE)
            *gb_push(&s->enables) = entry;
        else
            *gb_push(&s->entries) = entry;
    }
    if (has_reason)
        comment->reason = gb_str_trim(text);
    if (comment->verb == ENABLE && !comment->has_rule)
        *gb_push(&s->enables) = (struct entry){.comment = (uint32_t)(s->comments.len - 1)};
    comment->is_faulty =
        comment->verb == UNKNOWN || (comment->verb != ENABLE && (!comment->has_rule || !comment->reason.len));
}

static const struct comment *
comment_of(const struct suppressor *s, const struct entry *entry)
{
    return &s->comments.items[entry->comment];
}

GB_ORDER(compare_entries, struct entry, GB_KEY_STR(rule) GB_KEY(range.begin))

/* Where the first enable of the rule behind `after` begins; UINT32_MAX when there is none. */
static uint32_t
next_enable(const struct suppressor *s, struct gb_str rule, uint32_t after)
{
    struct entry bound = {.rule = rule, .range = {after, after}};

    GB_SEEK(size_t, i, s->enables.len, compare_entries(&s->enables.items[i], &bound) < 0);
    if (i < s->enables.len && gb_str_eq(s->enables.items[i].rule, rule))
        return s->enables.items[i].range.begin;
    return UINT32_MAX;
}

/* The first line behind the comment that is neither blank nor another comment of gblint. */
static struct gb_span
next_line(const struct gb_source *source, const struct gb_node *node)
{
    uint32_t last = node->span.end > node->span.begin ? node->span.end - 1 : node->span.begin;
    const struct gb_source_file *file = gb_source_file_at(source, last);

    for (uint32_t line = gb_source_line(source, last) + 1; line <= file->n_lines; line++) {
        struct gb_str text = gb_str_trim(gb_source_line_text(file, line));
        if (text.len && !gb_str_starts(text, GB_STR("<!-- gblint-")))
            return gb_source_line_span(file, line);
    }
    return (struct gb_span){node->span.end, node->span.end};
}

/* Gives each entry its range; a disable without its enable reaches to the end of its file and is a fault. */
static void
find_range(struct suppressor *s, struct entry *entry)
{
    const struct comment *comment = comment_of(s, entry);
    const struct gb_source *source = s->doc->source;
    struct gb_span span = comment->node->span;
    const struct gb_source_file *file = gb_source_file_at(source, span.begin);
    uint32_t end_of_file = file->base + (uint32_t)file->text.len, end;

    switch (comment->verb) {
    case LINE:
        entry->range = gb_source_line_span(file, gb_source_line(source, span.begin));
        break;
    case NEXT_LINE:
        entry->range = next_line(source, comment->node);
        break;
    case WHOLE_FILE:
        entry->range = (struct gb_span){file->base, end_of_file};
        break;
    default:
        end = next_enable(s, entry->rule, span.end);
        uint32_t end_of_all = next_enable(s, GB_STR(""), span.end);
        if (end_of_all < end)
            end = end_of_all;
        entry->range = (struct gb_span){span.end, end < end_of_file ? end : end_of_file};
        entry->has_no_end = comment->verb == DISABLE && end == UINT32_MAX;
    }
}

/* Faults by rule: unknown names, missing ends. Those of the whole comment were found when it was read. */
static void
tell_entry_faults(struct suppressor *s)
{
    size_t n_unknown = 0;

    GB_EACH_IN(entry, &s->entries) {
        struct comment *comment = &s->comments.items[entry->comment];
        struct gb_str near = {0};
        /* What is meant is looked for as often as it can be told. */
        bool is_known = comment->verb == UNKNOWN ||
                        gb_ruleset_knows(s->rules, entry->rule, n_unknown < GB_MOST_FINDINGS ? &near : NULL);
        n_unknown += !is_known;
        if (!is_known)
            report_comment(s, comment, "INP-007", "unknown-rule", entry->rule, near);
        else if (entry->has_no_end)
            report_comment(s, comment, "INP-007", "no-end", entry->rule, near);
        comment->is_faulty |= !is_known || entry->has_no_end;
    }
}

static void
tell_comment_faults(struct suppressor *s)
{
    GB_EACH_IN(comment, &s->comments) {
        struct gb_str text = directive_of(comment->node), none = {0};
        struct gb_str word = gb_str_sub(text, 0, word_length(text));
        if (comment->verb == UNKNOWN)
            report_comment(s, comment, "INP-007", "unknown-word", word, none);
        else if (comment->verb != ENABLE && !comment->has_rule)
            report_comment(s, comment, "INP-007", "no-rule", word, none);
        else if (comment->verb != ENABLE && !comment->reason.len)
            report_comment(s, comment, "INP-007", "no-reason", word, none);
    }
}

bool
gb_is_of_series(struct gb_str code)
{
    return gb_str_starts(code, GB_STR("SYS-")) && !gb_str_is(code, "SYS-011");
}

bool
gb_has_judged(const struct gb_doc *doc, const struct gb_ruleset *rules, const struct gb_facts *facts,
              struct gb_str rule)
{
    if (gb_is_of_series(rule) || gb_str_is(rule, "SYS"))
        return false;
    GB_FIND(fault, doc->faults, doc->n_faults, fault->is_whole);
    return !fault && (doc->is_standard || gb_str_is(gb_rule_group(rule), "INP")) && gb_ruleset_ran(rules, rule, facts);
}

static void
tell_unused(struct suppressor *s)
{
    GB_EACH_IN(entry, &s->entries) {
        const struct comment *comment = comment_of(s, entry);
        if (!entry->used && !comment->is_faulty && gb_has_judged(s->doc, s->rules, s->facts, entry->rule))
            report_comment(s, comment, "INP-008", NULL, entry->rule, (struct gb_str){0});
    }
}

static void
mark_findings(struct suppressor *s)
{
    struct finding_index indexes[SCOPE_COUNT];

    for (enum scope scope = 0; scope < SCOPE_COUNT; scope++)
        indexes[scope] = make_index(s->report, scope);
    GB_EACH_IN_PLACE(entry, &s->entries) {
        const struct comment *comment = comment_of(s, entry);
        if (comment->verb == UNKNOWN || !comment->reason.len)
            continue;
        suppress_entry(s, &indexes[scope_of(entry->rule)], entry);
    }
    for (enum scope scope = 0; scope < SCOPE_COUNT; scope++)
        release_index(&indexes[scope]);
}

/* The comments of the draft with the ranges of what they switch off. */
static void
read_comments(struct suppressor *s)
{
    GB_EACH_NODE(node, &s->facts->of_kind[GB_NODE_COMMENT]) {
        struct gb_str text = directive_of(node);
        if (text.len)
            read_comment(s, node, text);
    }
    GB_EACH_IN_PLACE(enable, &s->enables)
        enable->range = comment_of(s, enable)->node->span;
    gb_sort(s->enables.items, s->enables.len, sizeof(struct entry), compare_entries);
    GB_EACH_IN_PLACE(entry, &s->entries)
        find_range(s, entry);
}

static void
release(struct suppressor *s)
{
    GB_RELEASE(&s->comments, &s->entries, &s->enables);
}

void
gb_suppress(const struct gb_doc *doc, const struct gb_ruleset *rules, const struct gb_facts *facts,
            struct gb_report *report)
{
    struct suppressor s = {.doc = doc, .rules = rules, .facts = facts, .report = report};

    read_comments(&s);
    if (s.comments.len) {
        mark_findings(&s);
        tell_comment_faults(&s);
        tell_entry_faults(&s);
        tell_unused(&s);
    }
    release(&s);
}

void
gb_find_excuses(const struct gb_doc *doc, const struct gb_facts *facts, struct gb_excuses *out)
{
    struct suppressor s = {.doc = doc, .facts = facts};

    read_comments(&s);
    GB_EACH_IN(entry, &s.entries) {
        const struct comment *comment = comment_of(&s, entry);
        bool is_meant = gb_is_of_series(entry->rule) || gb_str_is(entry->rule, "SYS") || gb_str_is(entry->rule, "ALL");
        if (is_meant && comment->verb != UNKNOWN && comment->reason.len)
            *gb_push(&out->list) = (struct gb_fact){.kind = GB_FACT_EXCUSE,
                                                    .key = entry->rule,
                                                    .value = comment->reason,
                                                    .at = {.span = entry->range}};
    }
    release(&s);
}
