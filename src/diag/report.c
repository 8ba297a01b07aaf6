/* The report: what findings are, in which order they stand and which of them are one. */
#include "diag/report.h"

#include "base/hash.h"
#include "base/sort.h"

#include <stdlib.h>

GB_NAME_OF(gb_level_name, enum gb_level, GB_LEVELS)

void
gb_report_init(struct gb_report *report, struct gb_arena *arena, const struct gb_source *source)
{
    *report = (struct gb_report){.arena = arena, .source = source};
    gb_report_limit(report, GB_MOST_FINDINGS);
}

void
gb_report_limit(struct gb_report *report, uint32_t most)
{
    report->most = most;
    report->most_taken = most < GB_MOST_TAKEN / GB_TAKEN_PER_TOLD ? most * GB_TAKEN_PER_TOLD : GB_MOST_TAKEN;
}

void
gb_report_release(struct gb_report *report)
{
    if (!report)
        return;
    GB_RELEASE(&report->findings, &report->not_checked, &report->tallies);
}

static struct gb_tally *
tally_of(struct gb_report *report, const struct gb_rule_info *rule)
{
    while (report->tallies.len <= rule->index)
        *gb_push(&report->tallies) = (struct gb_tally){0};
    report->tallies.items[rule->index].rule = rule;
    return &report->tallies.items[rule->index];
}

struct gb_finding *
gb_report_add(struct gb_report *report, const struct gb_rule_info *rule, enum gb_level level)
{
    struct gb_tally *tally = tally_of(report, rule);

    if (tally->n[level] >= report->most_taken) {
        tally->left_out++;
        return NULL;
    }
    tally->n[level]++;
    struct gb_finding *finding = gb_push(&report->findings);
    *finding = (struct gb_finding){.rule = rule, .level = level};
    return finding;
}

void
gb_report_leave_out(struct gb_report *report, const struct gb_rule_info *rule, size_t n)
{
    if (n)
        tally_of(report, rule)->left_out += (uint32_t)n;
}

void
gb_report_not_checked(struct gb_report *report, struct gb_str what, struct gb_str why)
{
    *gb_push(&report->not_checked) = (struct gb_not_checked){what, why};
}

struct gb_related *
gb_finding_relate(struct gb_report *report, struct gb_finding *finding, struct gb_at at, struct gb_str message)
{
    finding->related = gb_arena_more(report->arena, finding->related, finding->n_related, sizeof(*finding->related));
    struct gb_related *related = &finding->related[finding->n_related++];
    *related = (struct gb_related){.at = at, .message = message};
    return related;
}

void
gb_finding_move(struct gb_finding *finding, uint32_t i)
{
    struct gb_related *there = &finding->related[i], own = *there;

    there->at = finding->at;
    there->clause = finding->clause;
    finding->at = own.at;
    finding->clause = own.clause;
}

void
gb_finding_edit(struct gb_report *report, struct gb_finding *finding, struct gb_span span, struct gb_str text)
{
    finding->edits = gb_arena_more(report->arena, finding->edits, finding->n_edits, sizeof(*finding->edits));
    finding->edits[finding->n_edits++] = (struct gb_edit){.span = span, .text = text};
}

/* By start, end, rule; then by message, so that the order never depends on the order of the checks. */
GB_ORDER(compare_findings, struct gb_finding,
         GB_KEY(at.span.begin) GB_KEY(at.span.end) GB_KEY_STR(rule->code) GB_KEY_STR(message)
             GB_KEY_DOWN(is_suppressed))

/* A finding by its first byte. */
struct key {
    uint32_t begin, index;
};

/* Orders keys by `begin`, those with the same stay in their order: eleven bits at a time, as a list of cards is. */
static void
order_keys(struct key *keys, struct key *spare, size_t n)
{
    enum { BITS = 11, PILES = 1 << BITS };

    for (unsigned shift = 0; shift < 32; shift += BITS) {
        uint32_t ends[PILES + 1] = {0};
        for (size_t i = 0; i < n; i++)
            ends[(keys[i].begin >> shift & (PILES - 1)) + 1]++;
        for (size_t pile = 0; pile < PILES; pile++)
            ends[pile + 1] += ends[pile];
        for (size_t i = 0; i < n; i++)
            spare[ends[keys[i].begin >> shift & (PILES - 1)]++] = keys[i];
        memcpy(keys, spare, n * sizeof(*keys));
    }
}

/* Puts the finding of each key at the key's place, round by round: a second list would be as large as the draft. */
static void
move_to_keys(struct gb_finding *findings, struct key *keys, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct gb_finding first = findings[i];
        size_t at = i;
        for (size_t from; (from = keys[at].index) != i; at = from) {
            findings[at] = findings[from];
            keys[at].index = (uint32_t)at;
        }
        findings[at] = first;
        keys[at].index = (uint32_t)at;
    }
}

/* Many findings: their places in order first, then those that begin at one byte. Each moves once. */
static void
order_many(struct gb_report *report)
{
    size_t n = report->findings.len;
    struct gb_finding *findings = report->findings.items;
    struct key *keys = gb_alloc(2 * n * sizeof(*keys));

    for (size_t i = 0; i < n; i++)
        keys[i] = (struct key){findings[i].at.span.begin, (uint32_t)i};
    order_keys(keys, keys + n, n);
    move_to_keys(findings, keys, n);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && keys[end].begin == keys[i].begin;)
            end++;
        gb_sort(findings + i, end - i, sizeof(*findings), compare_findings);
    }
    free(keys);
}

static void
order(struct gb_report *report)
{
    enum { FEW = 500 };

    if (report->findings.len < FEW)
        gb_sort(report->findings.items, report->findings.len, sizeof(struct gb_finding), compare_findings);
    else
        order_many(report);
}

static bool
is_double(const struct gb_finding *a, const struct gb_finding *b)
{
    return a->rule == b->rule && a->at.span.begin == b->at.span.begin && a->at.span.end == b->at.span.end &&
           gb_str_eq(a->message, b->message);
}

static void
drop_doubles(struct gb_report *report)
{
    size_t kept = 0;

    GB_EACH_IN(finding, &report->findings) {
        if (!kept || !is_double(&report->findings.items[kept - 1], finding))
            report->findings.items[kept++] = *finding;
    }
    report->findings.len = kept;
}

/* The whole lines that a place stands on, as a range that is never empty. */
static struct gb_span
lines_of(const struct gb_report *report, const struct gb_at *at)
{
    struct gb_span span = at->span;
    uint32_t last = span.end > span.begin ? span.end - 1 : span.begin;

    return (struct gb_span){gb_source_line_begin(report->source, span.begin),
                            gb_source_line_end(report->source, last) + 1};
}

/* Findings of rule `code` on these lines are folded. */
struct fold {
    struct gb_str code;
    struct gb_span lines;
    uint32_t reach; /* greatest end among the folds of this code up to this one */
};

struct folds {
    GB_ARRAY(struct fold) list;
    uint64_t codes; /* bit n: there is a code with this hash */
};

static uint64_t
code_bit(struct gb_str code)
{
    return UINT64_C(1) << gb_hash_slot(code) % 64;
}

GB_ORDER(compare_folds, struct fold, GB_KEY_STR(code) GB_KEY(lines.begin))

/* A finding folds at its own place and at those related to it, which are places of the same fault. */
static void
collect_folds(const struct gb_report *report, struct folds *folds)
{
    const struct gb_rule_info *last = NULL;
    uint64_t present = 0; /* the codes of all findings: what no rule spoke of cannot be folded */

    GB_EACH_IN(finding, &report->findings) {
        const struct gb_rule_info *rule = finding->rule;
        present |= rule == last ? 0 : code_bit(rule->code);
        last = rule;
    }
    GB_EACH_IN(finding, &report->findings) {
        for (uint32_t k = 0; k < finding->rule->n_folds; k++) {
            struct gb_str code = finding->rule->folds[k];
            if (!(present & code_bit(code)))
                continue;
            folds->codes |= code_bit(code);
            *gb_push(&folds->list) = (struct fold){.code = code, .lines = lines_of(report, &finding->at)};
            for (uint32_t r = 0; r < finding->n_related; r++) {
                if (finding->related[r].source)
                    continue;
                *gb_push(&folds->list) =
                    (struct fold){.code = code, .lines = lines_of(report, &finding->related[r].at)};
            }
        }
    }
    gb_sort(folds->list.items, folds->list.len, sizeof(struct fold), compare_folds);
    for (size_t i = 0; i < folds->list.len; i++) {
        struct fold *fold = &folds->list.items[i];
        fold->reach = fold->lines.end;
        if (i && gb_str_eq(fold->code, fold[-1].code) && fold[-1].reach > fold->reach)
            fold->reach = fold[-1].reach;
    }
}

/*
 * Some fold of the finding's code shares a line with it. Among the folds that begin before the finding's lines end, the
 * greatest end decides, which `reach` of the last of them holds.
 */
static bool
is_folded(const struct gb_report *report, const struct folds *folds, const struct gb_finding *finding)
{
    if (!(folds->codes & code_bit(finding->rule->code)))
        return false;
    struct gb_span lines = lines_of(report, &finding->at);
    struct fold bound = {.code = finding->rule->code, .lines = {lines.end, 0}};
    GB_SEEK(size_t, i, folds->list.len, compare_folds(&folds->list.items[i], &bound) < 0);
    if (i == 0)
        return false;
    const struct fold *last = &folds->list.items[i - 1];
    return gb_str_eq(last->code, finding->rule->code) && last->reach > lines.begin;
}

static void
drop_folded(struct gb_report *report)
{
    struct folds folds = {0};
    size_t kept = 0;

    collect_folds(report, &folds);
    if (!folds.list.len)
        return;
    GB_EACH_IN(finding, &report->findings) {
        if (!is_folded(report, &folds, finding))
            report->findings.items[kept++] = *finding;
    }
    report->findings.len = kept;
    gb_array_release(&folds.list);
}

/* The first of each rule and level stay, and all that the draft excuses. A rule whose findings are all folded left out nothing. */
static void
drop_surplus(struct gb_report *report)
{
    size_t kept = 0;

    GB_EACH_IN_PLACE(tally, &report->tallies)
        memset(tally->n, 0, sizeof(tally->n));
    GB_EACH_IN(finding, &report->findings) {
        struct gb_tally *tally = &report->tallies.items[finding->rule->index];
        if (!finding->is_suppressed && tally->n[finding->level] >= report->most) {
            tally->left_out++;
            continue;
        }
        tally->n[finding->level]++;
        report->findings.items[kept++] = *finding;
    }
    report->findings.len = kept;
    GB_EACH_IN_PLACE(tally, &report->tallies) {
        if (!tally->n[GB_LEVEL_INFO] && !tally->n[GB_LEVEL_WARNING] && !tally->n[GB_LEVEL_ERROR])
            tally->left_out = 0;
    }
}

static void
count(struct gb_report *report)
{
    memset(report->counts, 0, sizeof(report->counts));
    report->n_suppressed = report->n_known = 0;
    GB_EACH_IN(finding, &report->findings) {
        if (finding->is_known)
            report->n_known++;
        else if (finding->is_suppressed)
            report->n_suppressed++;
        else
            report->counts[finding->level]++;
    }
}

GB_ORDER(by_place, struct gb_edit, GB_KEY(span.begin) GB_KEY(span.end))

/* Checks add edits as they walk the tree, where what a table left open has taken in stands elsewhere than in the file. */
static void
order_edits(struct gb_report *report)
{
    GB_EACH_IN(f, &report->findings) {
        for (uint32_t i = 1; i < f->n_edits; i++) {
            if (by_place(&f->edits[i - 1], &f->edits[i]) > 0) {
                gb_sort(f->edits, f->n_edits, sizeof(*f->edits), by_place);
                break;
            }
        }
    }
}

void
gb_report_finish(struct gb_report *report)
{
    if (report->findings.len) {
        order(report);
        order_edits(report);
        drop_doubles(report);
        drop_folded(report);
        drop_surplus(report);
    }
    count(report);
}

static void
copy_finding(struct gb_arena *arena, struct gb_finding *f)
{
    f->clause = gb_arena_copy(arena, f->clause);
    f->message = gb_arena_copy(arena, f->message);
    f->remedy = gb_arena_copy(arena, f->remedy);
    f->source = gb_arena_copy(arena, f->source);
    f->reason = gb_arena_copy(arena, f->reason);
    f->related = f->n_related ? gb_arena_copy_bytes(arena, f->related, f->n_related * sizeof(*f->related)) : NULL;
    for (uint32_t i = 0; i < f->n_related; i++) {
        f->related[i].message = gb_arena_copy(arena, f->related[i].message);
        f->related[i].clause = gb_arena_copy(arena, f->related[i].clause);
    }
    f->edits = f->n_edits ? gb_arena_copy_bytes(arena, f->edits, f->n_edits * sizeof(*f->edits)) : NULL;
    for (uint32_t i = 0; i < f->n_edits; i++)
        f->edits[i].text = gb_arena_copy(arena, f->edits[i].text);
}

void
gb_report_copy(const struct gb_report *report, struct gb_arena *arena, const struct gb_source *source,
               struct gb_report *out)
{
    struct gb_str *const texts[] = {&out->edition, &out->stage,       &out->type,        &out->function,
                                    &out->profile, &out->profile_why, &out->edition_why, &out->format};

    *out = *report;
    out->arena = arena;
    out->source = source;
    out->findings.items = NULL;
    out->findings.len = out->findings.cap = 0;
    out->not_checked.items = NULL;
    out->not_checked.len = out->not_checked.cap = 0;
    out->tallies.items = NULL;
    out->tallies.len = out->tallies.cap = 0;
    for (size_t i = 0; i < GB_COUNT(texts); i++)
        *texts[i] = gb_arena_copy(arena, *texts[i]);
    if (report->score)
        out->score = gb_arena_copy_bytes(arena, report->score, sizeof(*report->score));
    GB_EACH_IN(old, &report->findings) {
        struct gb_finding *f = gb_report_add(out, old->rule, old->level);
        if (!f)
            continue;
        *f = *old;
        copy_finding(arena, f);
    }
    GB_EACH_IN(n, &report->not_checked)
        gb_report_not_checked(out, gb_arena_copy(arena, n->what), gb_arena_copy(arena, n->why));
}
