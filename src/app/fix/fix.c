#include "app/fix/fix.h"

#include "base/hash.h"
#include "diag/edits.h"
#include "facts/mentions/renumber.h"

#include <stdlib.h>

enum { MAX_ROUNDS = 10, MAX_STARTS = 5 };

/* A file as it was before a round, or before all of them. */
struct before {
    const char *path, *shown;
    struct gb_str bytes; /* allocated */
    struct gb_traces traces;
};

typedef GB_ARRAY(struct before) before_array;

/* While one draft is mended. */
struct fixer {
    const struct gb_fix_options *options;
    struct gb_overlay *overlay;
    const struct gb_input *input;
    struct gb_draft *draft;
    struct gb_fix_result *result;
    before_array before, first;
    GB_ARRAY(uint64_t) states;            /* of the files' content after each round */
    uint32_t n_faults;                    /* of the draft at first */
    uint32_t n_parts[GB_NODE_KIND_COUNT]; /* before its numbers changed */
    bool is_renumbered, is_fresh;         /* FRESH: by the round just done */
};

/* ---- What no fix may touch ---- */

static void
protect_text(struct gb_edits *edits, const struct gb_text *text)
{
    for (uint32_t i = 0; i < text->n_runs; i++) {
        if (text->runs[i].flags & (GB_RUN_CODE | GB_RUN_MATH) && !(text->runs[i].flags & GB_RUN_APPROX))
            gb_edits_protect(edits, text->runs[i].src);
    }
}

/* The runs of a part of a line reach beyond it: the number of a formula may stand behind it in the same one. */
static void
protect_whole(struct gb_edits *edits, const struct gb_text *text)
{
    struct gb_span whole = gb_text_whole(text, NULL);

    for (uint32_t i = 0; i < text->n_runs; i++) {
        struct gb_span span = text->runs[i].src;
        span.begin = span.begin > whole.begin ? span.begin : whole.begin;
        span.end = span.end < whole.end ? span.end : whole.end;
        if (!(text->runs[i].flags & GB_RUN_APPROX) && span.begin < span.end)
            gb_edits_protect(edits, span);
    }
}

/* Code, formulas and charts: what looks like a fault there belongs to another language. */
static void
protect(struct gb_edits *edits, const struct gb_doc *doc)
{
    for (const struct gb_node *n = doc->root; n; n = gb_node_walk(n, doc->root)) {
        protect_text(edits, &n->text);
        protect_text(edits, &n->title);
        if (n->kind == GB_NODE_FORMULA || n->encoding == GB_ENCODING_FENCE)
            protect_whole(edits, &n->text);
        if (n->kind == GB_NODE_FIGURE && n->u.figure)
            protect_whole(edits, &n->u.figure->chart);
        for (uint32_t i = 0; n->kind == GB_NODE_TABLE && n->u.table && i < n->u.table->n_cells; i++)
            protect_text(edits, &n->u.table->cells[i].text);
    }
}

/* ---- Gathering ---- */

/* An edit that leaves the text as it is mends nothing. */
static bool
changes_anything(const struct gb_source *source, const struct gb_finding *finding)
{
    for (uint32_t i = 0; i < finding->n_edits; i++) {
        struct gb_span span = finding->edits[i].span;
        if (!gb_str_eq(gb_source_text(source, span), finding->edits[i].text))
            return true;
    }
    return false;
}

static bool
is_wanted(const struct fixer *f, const struct gb_finding *finding)
{
    return finding->n_edits && !finding->is_suppressed && finding->level >= f->input->settings->level &&
           (finding->fix_safe || f->options->unsafe) &&
           !gb_str_has(gb_buf_str(&f->result->recurring), finding->rule->code) &&
           changes_anything(&f->draft->source, finding);
}

static void
count_fault(struct gb_fix_result *result, enum gb_edit_fault fault)
{
    result->n_protected += fault == GB_EDIT_PROTECTED;
    result->n_undecoded += fault == GB_EDIT_UNDECODED;
    result->n_unencodable += fault == GB_EDIT_UNENCODABLE;
}

static void
add_rule(struct gb_buf *rules, struct gb_str code)
{
    if (gb_str_has(gb_buf_str(rules), code))
        return;
    if (rules->len)
        gb_buf_puts(rules, ", ");
    gb_buf_add(rules, code);
}

/* Takes the fixes that fit together; those that do not come in the next round. Gives their number. */
static uint32_t
gather(struct fixer *f, struct gb_edits *edits)
{
    struct gb_fix_result *result = f->result;
    uint32_t n = 0;
    bool is_guarded = false;

    result->n_protected = result->n_undecoded = result->n_unencodable = 0;
    result->rules.len = 0;
    GB_EACH_IN(finding, &f->draft->report.findings) {
        if (!is_wanted(f, finding))
            continue;
        if (!is_guarded)
            protect(edits, f->draft->doc);
        is_guarded = true;
        enum gb_edit_fault fault = gb_edits_add(edits, finding->edits, finding->n_edits,
                                                (struct gb_edit_cause){finding->rule->code, !finding->fix_safe});
        count_fault(result, fault);
        if (fault != GB_EDIT_GOOD)
            continue;
        add_rule(&result->rules, finding->rule->code);
        n++;
    }
    return n;
}

static void
tell_doubts(struct fixer *f, const struct gb_renumbering *renumbering)
{
    static const struct {
        const char *zh, *en;
    } whys[] = {
        [GB_RENUMBER_NO_TARGET] = {"所指的内容不存在", "nothing has this number"},
        [GB_RENUMBER_MANY_TARGETS] = {"有几处用这个编号", "several have this number"},
        [GB_RENUMBER_UNSURE] = {"在引语中，或不能确定是否指本文件的内容", "it is quoted, or perhaps no mention"},
        [GB_RENUMBER_NO_PLACE] = {"位置不确定", "its place is not certain"},
    };
    bool english = f->input->settings->english;

    f->result->doubts.len = 0;
    GB_EACH_IN(doubt, &renumbering->doubts) {
        struct gb_place place = gb_source_place(&f->draft->source, doubt->at.span.begin);
        gb_buf_printf(&f->result->doubts,
                      GB_SAY(english, "gblint: %s:%u: 编号“%.*s”未改：%s\n",
                             "gblint: %s:%u: “%.*s” is left as it is: %s\n"),
                      place.file->path, place.line, GB_FMT(doubt->text),
                      GB_SAY(english, whys[doubt->why].zh, whys[doubt->why].en));
    }
}

/* New numbers and their mentions: all or none. */
static uint32_t
renumber(struct fixer *f, struct gb_edits *edits)
{
    struct gb_renumbering renumbering = {0};
    GB_ARRAY(struct gb_edit) list = {0};
    uint32_t n = 0;

    gb_renumber(f->draft->doc, &f->draft->facts, &renumbering);
    GB_EACH_IN(change, &renumbering.edits)
        *gb_push(&list) = change->edit;
    enum gb_edit_fault fault =
        gb_edits_add(edits, list.items, list.len, (struct gb_edit_cause){.name = GB_STR("--renumber")});
    gb_array_release(&list);
    if (fault == GB_EDIT_GOOD)
        n = (uint32_t)renumbering.edits.len;
    else
        f->result->numbers_failed = true;
    tell_doubts(f, &renumbering);
    gb_renumbering_release(&renumbering);
    for (int kind = 0; kind < GB_NODE_KIND_COUNT; kind++)
        f->n_parts[kind] = f->draft->facts.of_kind[kind].n;
    f->is_renumbered = f->is_fresh = true;
    f->result->n_numbers += n;
    return n;
}

/* With its new numbers the draft has the parts that it had, and nothing is left to be numbered. */
static bool
runs_now(struct fixer *f)
{
    /* Lists that were cut where a marker was missing grow together. */
    static const enum gb_node_kind kinds[] = {GB_NODE_CLAUSE, GB_NODE_TERM,    GB_NODE_ANNEX, GB_NODE_ITEM,
                                              GB_NODE_FIGURE, GB_NODE_FORMULA, GB_NODE_TABLE};
    struct gb_renumbering again = {0};

    for (size_t i = 0; i < GB_COUNT(kinds); i++) {
        if (f->draft->facts.of_kind[kinds[i]].n != f->n_parts[kinds[i]])
            return false;
    }
    gb_renumber(f->draft->doc, &f->draft->facts, &again);
    bool runs = again.edits.len == 0;
    gb_renumbering_release(&again);
    return runs;
}

/* ---- Applying ---- */

/* Are these bytes read as the text meant, in the same charset, with the same flaws? */
static bool
reads_as(const struct gb_source_file *file, struct gb_str bytes, struct gb_str text)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_source source;

    gb_source_init(&source, &arena);
    const struct gb_source_file *again = gb_source_add(&source, file->path, gb_arena_copy(&arena, bytes));
    bool same = again->charset == file->charset && again->has_bom == file->has_bom && again->n_flaws == file->n_flaws &&
                gb_str_eq(again->text, text);
    gb_arena_release(&arena);
    return same;
}

static void
forget(before_array *list)
{
    for (size_t i = 0; i < list->len; i++) {
        free((void *)(uintptr_t)list->items[i].bytes.ptr);
        gb_array_release(&list->items[i].traces.list);
    }
    gb_array_release(list);
}

/* The traces that other edits, of this draft or of one before, have left in the file. */
static struct gb_traces
traces_of(const struct fixer *f, const char *path)
{
    const struct gb_overlay_file *changed = gb_overlay_find(f->overlay, path);
    struct gb_traces traces = {0};

    for (size_t i = 0; changed && i < changed->traces.list.len; i++)
        *gb_push(&traces.list) = changed->traces.list.items[i];
    return traces;
}

static void
keep(struct fixer *f, before_array *list, const struct gb_source_file *file, const char *path)
{
    struct gb_buf bytes = {0};

    gb_buf_add(&bytes, file->stored);
    *gb_push(list) = (struct before){gb_arena_copy(&f->overlay->arena, gb_str_from(path)).ptr,
                                     gb_arena_copy(&f->overlay->arena, gb_str_from(file->path)).ptr, gb_buf_str(&bytes),
                                     traces_of(f, path)};
}

/* As the file was before the first round that changed it. */
static void
keep_first(struct fixer *f, const struct gb_source_file *file, const char *path)
{
    GB_EACH_IN(kept, &f->first) {
        if (strcmp(kept->path, path) == 0)
            return;
    }
    keep(f, &f->first, file, path);
}

static void
restore(struct fixer *f, const before_array *list)
{
    GB_EACH(const struct before, b, list->items, list->len) {
        gb_overlay_put(f->overlay, b->path, b->shown, b->bytes, b->bytes, &b->traces);
    }
}

static void
put(struct fixer *f, struct gb_edits *edits, const struct gb_source_file *file, const char *path, struct gb_str bytes)
{
    struct gb_traces traces = traces_of(f, path);

    gb_edits_trace(edits, file, &traces);
    gb_overlay_put(f->overlay, path, file->path, file->stored, bytes, &traces);
    gb_array_release(&traces.list);
}

/* False, with nothing changed, when a file would be read as something else afterwards. */
static bool
apply(struct fixer *f, struct gb_edits *edits)
{
    const struct gb_source *source = &f->draft->source;
    struct gb_buf bytes = {0}, text = {0};
    uint64_t state = GB_HASH;
    bool ok = true;

    forget(&f->before);
    for (uint32_t i = 0; ok && i < source->n_files; i++) {
        const struct gb_source_file *file = &source->files[i];
        const char *path = i < f->input->n_paths ? f->input->paths[i] : file->path;
        bytes.len = text.len = 0;
        gb_edits_apply(edits, file, &bytes, &text);
        state = gb_hash_str(state, gb_buf_str(&bytes));
        if (!gb_edits_touch(edits, file))
            continue;
        ok = reads_as(file, gb_buf_str(&bytes), gb_buf_str(&text));
        keep(f, &f->before, file, path);
        keep_first(f, file, path);
        if (ok)
            put(f, edits, file, path, gb_buf_str(&bytes));
    }
    if (!ok)
        restore(f, &f->before);
    *gb_push(&f->states) = state;
    gb_buf_release(&bytes);
    gb_buf_release(&text);
    return ok;
}

/* Was the last state there before? */
static bool
recurs(const struct fixer *f)
{
    return GB_ANY(for (size_t i = 0; i + 1 < f->states.len; i++),
                  f->states.items[i] == f->states.items[f->states.len - 1]);
}

/* ---- Rounds ---- */

static enum gb_outcome
read_again(struct fixer *f, struct gb_error *error)
{
    gb_draft_release(f->draft);
    enum gb_outcome outcome = gb_draft_read(f->draft, f->input, error);
    /* What is not told would not be mended. */
    if (outcome == GB_DRAFT_READY)
        gb_draft_judge(f->draft, f->input, (struct gb_wanted){.fixes = true, .all = true});
    return outcome;
}

/* One round; false when it was the last. */
static bool
run_round(struct fixer *f, unsigned round)
{
    struct gb_edits edits;
    struct gb_fix_result *result = f->result;

    gb_edits_init(&edits, &f->draft->source);
    uint32_t n = gather(f, &edits), n_numbers = 0;
    if (!n && f->options->renumber && !f->is_renumbered)
        n_numbers = renumber(f, &edits);
    bool goes_on = n || n_numbers;
    if (goes_on && (round == MAX_ROUNDS || recurs(f))) {
        result->halt = GB_FIX_ENDLESS;
        goes_on = false;
    } else if (goes_on && !apply(f, &edits)) {
        result->halt = GB_FIX_BREAKS;
        goes_on = false;
    }
    result->n_fixed += goes_on ? n : 0;
    /* What was mended may let the reader see more. */
    f->is_renumbered = f->is_renumbered && !n;
    gb_edits_release(&edits);
    return goes_on;
}

/* Looks at what a round has made of the draft; false, and the round is undone, when it was mended badly. */
static bool
is_well(struct fixer *f)
{
    struct gb_fix_result *result = f->result;

    if (f->draft->doc->n_faults > f->n_faults)
        result->halt = GB_FIX_BREAKS;
    else if (f->is_fresh && !runs_now(f))
        result->numbers_failed = true;
    else
        return true;
    restore(f, &f->before);
    return false;
}

/* Was a part of the draft not read, as too large? */
static bool
is_cut(const struct gb_doc *doc)
{
    GB_FIND(fault, doc->faults, doc->n_faults, fault->kind == GB_FAULT_LIMIT);
    return fault != NULL;
}

/* Rounds until nothing is left to mend. */
static enum gb_outcome
run_rounds(struct fixer *f, struct gb_error *error)
{
    struct gb_fix_result *result = f->result;
    enum gb_outcome outcome = read_again(f, error);
    uint32_t n_fixed = 0, n_numbers = 0;

    f->n_faults = outcome == GB_DRAFT_READY ? f->draft->doc->n_faults : 0;
    result->is_cut = outcome == GB_DRAFT_READY && is_cut(f->draft->doc);
    for (unsigned round = 0; !result->is_cut && outcome == GB_DRAFT_READY && run_round(f, round); round++) {
        outcome = read_again(f, error);
        if (outcome == GB_DRAFT_READY && !is_well(f)) {
            result->n_fixed = n_fixed;
            result->n_numbers = n_numbers;
            return read_again(f, error);
        }
        f->is_fresh = false;
        n_fixed = result->n_fixed;
        n_numbers = result->n_numbers;
    }
    return outcome;
}

/* Fixes that come again and again are left out, and all is begun anew. */
static void
begin_anew(struct fixer *f)
{
    struct gb_fix_result *result = f->result;

    restore(f, &f->first);
    if (result->recurring.len)
        gb_buf_puts(&result->recurring, ", ");
    gb_buf_add(&result->recurring, gb_buf_str(&result->rules));
    result->n_fixed = result->n_numbers = 0;
    result->doubts.len = 0;
    result->halt = GB_FIX_DONE;
    result->numbers_failed = false;
    f->states.len = 0;
    f->is_renumbered = f->is_fresh = false;
}

/* The content of the draft's files. */
static uint64_t
state_of(const struct gb_source *source)
{
    uint64_t state = GB_HASH;

    for (uint32_t i = 0; i < source->n_files; i++)
        state = gb_hash_str(state, source->files[i].stored);
    return state;
}

static enum gb_outcome
run_starts(struct fixer *f, struct gb_error *error)
{
    struct gb_fix_result *result = f->result;
    enum gb_outcome outcome = run_rounds(f, error);

    for (int start = 1; outcome == GB_DRAFT_READY && result->halt == GB_FIX_ENDLESS && start < MAX_STARTS; start++) {
        begin_anew(f);
        outcome = run_rounds(f, error);
    }
    if (outcome == GB_DRAFT_READY && result->halt == GB_FIX_ENDLESS) {
        restore(f, &f->first);
        result->n_fixed = result->n_numbers = 0;
        outcome = read_again(f, error);
    }
    return outcome;
}

/*
 * What came again and again may be mended by itself when all else is: as a second run over the files would do, so that there is
 * nothing left to do for one.
 */
static enum gb_outcome
run_again(struct fixer *f, struct gb_error *error)
{
    struct gb_fix_result *result = f->result;
    uint32_t n_fixed = result->n_fixed, n_numbers = result->n_numbers;

    forget(&f->first);
    f->states.len = 0;
    f->is_renumbered = f->is_fresh = false;
    result->recurring.len = 0;
    result->n_fixed = result->n_numbers = 0;
    result->halt = GB_FIX_DONE;
    result->numbers_failed = false;
    enum gb_outcome outcome = run_starts(f, error);
    result->n_fixed += n_fixed;
    result->n_numbers += n_numbers;
    return outcome;
}

enum gb_outcome
gb_fix_draft(const struct gb_fix_options *options, struct gb_overlay *overlay, const struct gb_input *input,
             struct gb_draft *draft, struct gb_fix_result *result, struct gb_error *error)
{
    struct fixer f = {.options = options, .overlay = overlay, .input = input, .draft = draft, .result = result};

    *draft = (struct gb_draft){0};
    *result = (struct gb_fix_result){0};
    enum gb_outcome outcome = run_starts(&f, error);
    for (int again = 1; outcome == GB_DRAFT_READY && result->recurring.len && again < MAX_STARTS; again++) {
        uint64_t before = state_of(&draft->source);
        outcome = run_again(&f, error);
        if (outcome != GB_DRAFT_READY || state_of(&draft->source) == before)
            break;
    }
    forget(&f.before);
    forget(&f.first);
    gb_array_release(&f.states);
    return outcome;
}

void
gb_fix_result_release(struct gb_fix_result *result)
{
    gb_buf_release(&result->rules);
    gb_buf_release(&result->recurring);
    gb_buf_release(&result->doubts);
}
