/*
 * The fix command: each draft is mended and judged until nothing is left to mend, then its files are written. With --diff
 * nothing is written but the changes, as a unified diff. Told are the number of fixes and what is left to be done by hand.
 */
#include "app/app.h"
#include "app/files/collect.h"
#include "app/files/confine.h"
#include "app/fix/diff.h"
#include "app/fix/fix.h"
#include "app/jobs.h"
#include "app/terminal.h"
#include "app/files/output.h"
#include "app/files/path.h"
#include "app/files/replace.h"
#include "base/strmap.h"
#include "emit/emit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* A draft that is mended in memory. */
struct mended {
    struct gb_input input; /* that reads the overlay */
    struct gb_overlay overlay;
    enum gb_outcome outcome;
    struct gb_error error;
    struct gb_draft draft;
    struct gb_fix_result result;
};

struct run {
    const struct gb_options *options;
    struct gb_fix_options fix;
    const struct gb_inputs *inputs;
    struct mended *mended; /* of input i: at i % window */
    size_t window;
    struct gb_overlay overlay; /* with --diff: all that drafts before have changed */
    struct gb_arena arena;     /* for the names in changed */
    struct gb_strmap changed;  /* where the files really are that drafts before have changed */
    struct gb_output text;     /* standard output when it holds a diff or a mended draft */
    struct gb_output told;     /* what was done, what is left */
    const struct gb_emitter *emitter;
    struct gb_emit emit;
    struct gb_totals totals;
    bool is_failing;
    uint32_t n_failed;
};

static void
fail(struct run *run, const struct gb_error *error)
{
    gb_error_print(error);
    run->n_failed++;
}

/* ---- What was done ---- */

static void
tell_halt(const struct run *run, const struct gb_input *input, const struct gb_fix_result *result)
{
    bool english = run->options->english;

    const struct gb_buf *rules = result->halt == GB_FIX_ENDLESS ? &result->rules : &result->recurring;

    if (rules->len)
        fprintf(stderr,
                GB_SAY(english, "gblint: %s: 规则 %.*s 的修正反复出现，未予应用（请报告这一缺陷）\n",
                       "gblint: %s: not applied: fixes of %.*s come again and again (please report this bug)\n"),
                input->shown, GB_FMT(gb_buf_str(rules)));
    if (result->halt == GB_FIX_BREAKS)
        fprintf(stderr,
                GB_SAY(english, "gblint: %s: 修正后文件将无法正确读取，未予应用（规则 %.*s）\n",
                       "gblint: %s: fixes were not applied, the file would not be read right afterwards "
                       "(rules %.*s)\n"),
                input->shown, GB_FMT(gb_buf_str(&result->rules)));
}

static void
tell_left(const struct run *run, const struct gb_input *input, uint32_t n, const char *zh, const char *en)
{
    if (!n)
        return;
    fprintf(stderr,
            GB_SAY(run->options->english, "gblint: %s: %u处修正未应用：%s\n", "gblint: %s: %u fixes not applied: %s\n"),
            input->shown, n, GB_SAY(run->options->english, zh, en));
}

/* Standard error: what could not be done. */
static void
tell_troubles(const struct run *run, const struct gb_input *input, const struct gb_fix_result *result)
{
    tell_left(run, input, result->n_protected, "在代码或公式中", "they lie in code or in a formula");
    tell_left(run, input, result->n_undecoded, "紧接无法解码的字节", "they touch bytes that cannot be decoded");
    tell_left(run, input, result->n_unencodable, "文件的编码没有所需的字符",
              "the file's encoding has no code for them");
    if (result->is_cut)
        fprintf(stderr,
                GB_SAY(run->options->english, "gblint: %s: 文件没有全部读出（INP-004），未作修正\n",
                       "gblint: %s: nothing was fixed, a part of it was not read (INP-004)\n"),
                input->shown);
    if (result->numbers_failed)
        fprintf(stderr,
                GB_SAY(run->options->english, "gblint: %s: 编号未改：有的位置不能改动，或改后仍不连续\n",
                       "gblint: %s: no number was changed: a place cannot be written, or they would not run\n"),
                input->shown);
    if (result->doubts.len)
        fwrite(result->doubts.ptr, 1, result->doubts.len, stderr);
    tell_halt(run, input, result);
}

/* Findings shown that --unsafe would mend. */
static uint32_t
count_unsafe(const struct gb_input *input, const struct gb_report *report)
{
    uint32_t n = 0;

    GB_EACH_IN(f, &report->findings) {
        n += f->n_edits && !f->fix_safe && !f->is_suppressed && f->level >= input->settings->level;
    }
    return n;
}

static void
tell_count(struct run *run, const struct gb_input *input, const struct gb_draft *draft,
           const struct gb_fix_result *result)
{
    struct gb_out *out = &run->told.out;
    bool english = run->options->english;
    uint32_t n_unsafe = run->options->unsafe ? 0 : count_unsafe(input, &draft->report);

    gb_out_puts(out, input->shown);
    if (!result->n_fixed && !result->n_numbers)
        gb_out_puts(out, GB_SAY(english, "：没有可自动修正的问题", ": nothing to fix"));
    else if (run->options->diff)
        gb_out_printf(out, GB_SAY(english, "：可修正%u处", ": %u to be fixed"), result->n_fixed);
    else
        gb_out_printf(out, GB_SAY(english, "：修正了%u处", ": %u fixed"), result->n_fixed);
    if (result->n_numbers)
        gb_out_printf(out, GB_SAY(english, "，改动了%u个编号", ", %u numbers changed"), result->n_numbers);
    if (n_unsafe)
        gb_out_printf(out,
                      GB_SAY(english, "；另有%u处的修正须由人确认（--unsafe）",
                             "; %u more can be fixed, but need a look (--unsafe)"),
                      n_unsafe);
    gb_out_char(out, '\n');
}

static void
tell(struct run *run, const struct gb_input *input, const struct gb_draft *draft, const struct gb_fix_result *result)
{
    const struct gb_settings *settings = input->settings;
    struct gb_totals totals = gb_totals_of(&draft->report, settings->level);

    totals.fixed = 0; /* what is found no more is no news of this command */
    run->emit.english = settings->english;
    run->emit.level = settings->level;
    if (!run->options->quiet)
        tell_count(run, input, draft, result);
    run->emit.report = &draft->report;
    run->emit.doc = draft->doc;
    if (!run->options->diff)
        run->emitter->draft(&run->emit);
    gb_totals_add(&run->totals, &totals);
    run->is_failing |= gb_is_failing(settings, &draft->report);
}

/* ---- Files ---- */

static void
tell_links(const struct run *run, const struct gb_replacing *replacing)
{
    GB_EACH_IN(new, &replacing->list) {
        if (new->has_links)
            fprintf(stderr,
                    GB_SAY(run->options->english, "gblint: %s: 该文件另有硬链接，其内容仍是原来的\n",
                           "gblint: %s: its other names (hard links) still lead to the old content\n"),
                    new->shown);
    }
}

/*
 * The files of a draft that is done, all or none; false when they could not be written. A diff waits for the end of the run: two
 * drafts may share a file.
 */
static bool
write_files(struct run *run, const struct gb_overlay *overlay)
{
    struct gb_replacing replacing = {.english = run->options->english};
    struct gb_error error;
    bool ok = true;

    for (size_t i = 0; ok && i < overlay->files.len; i++) {
        const struct gb_overlay_file *file = &overlay->files.items[i];
        if (strcmp(file->path, "-") && !gb_str_eq(file->old, file->now))
            ok = gb_replacing_add(&replacing, file->path, file->shown, file->old, file->now, &error);
    }
    ok = ok && gb_replacing_commit(&replacing, &error);
    if (ok)
        tell_links(run, &replacing);
    else
        fail(run, &error);
    gb_replacing_release(&replacing);
    return ok;
}

/* A diff holds the bytes of its file, so that it applies. */
static void
tell_charset(const struct run *run, const struct gb_overlay_file *file)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_source source;

    gb_source_init(&source, &arena);
    enum gb_charset charset = gb_source_add(&source, file->shown, gb_arena_copy(&arena, file->old))->charset;
    if (charset != GB_CHARSET_UTF_8 && !run->options->quiet)
        fprintf(stderr,
                GB_SAY(run->options->english, "gblint: %s: 文件编码为%s，差异中的各行也是\n",
                       "gblint: %s: the file is in %s, and so are its lines in the diff\n"),
                file->shown, gb_charset_name(charset));
    gb_arena_release(&arena);
}

/*
 * The path that git and patch find the file by from the current folder: the file itself, where it is reached by a
 * link. Of files elsewhere, from the root.
 */
static const char *
diff_path(struct gb_arena *arena, const struct gb_overlay_file *file)
{
    const char *path = strcmp(file->path, "-") == 0 ? file->shown : gb_path_shown(arena, file->real);

    while (strncmp(path, "./", 2) == 0)
        path += 2;
    return path + strspn(path, "/");
}

static void
write_diff(struct run *run)
{
    struct gb_arena arena = GB_ARENA_ZERO;

    GB_EACH_IN(file, &run->overlay.files) {
        if (gb_str_eq(file->old, file->now))
            continue;
        tell_charset(run, file);
        gb_diff(&run->text.out, diff_path(&arena, file), file->old, file->now, &file->traces);
    }
    gb_arena_release(&arena);
}

/* ---- The run ---- */

static void
mend(struct run *run, struct mended *mended, const struct gb_input *input, struct gb_overlay *overlay)
{
    mended->input = *input;
    mended->input.overlay = overlay;
    mended->outcome = gb_fix_draft(&run->fix, overlay, &mended->input, &mended->draft, &mended->result, &mended->error);
}

static void
release(struct mended *mended)
{
    gb_draft_release(&mended->draft);
    gb_fix_result_release(&mended->result);
    gb_overlay_release(&mended->overlay);
}

static void
mend_one(void *data, size_t i)
{
    struct run *run = data;
    struct mended *mended = &run->mended[i % run->window];

    *mended = (struct mended){0};
    mend(run, mended, &run->inputs->list.items[i], &mended->overlay);
}

/* Has a draft before changed one of its files, which this one may have read as it was? */
static bool
is_outdated(const struct run *run, const struct gb_source *source)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    bool is_one = false;
    uint32_t value;

    for (uint32_t i = 0; run->changed.items.len && !is_one && i < source->n_files; i++) {
        const char *real = gb_path_real(&arena, source->files[i].path);
        is_one = real && gb_strmap_find(&run->changed, gb_str_from(real), &value);
    }
    gb_arena_release(&arena);
    return is_one;
}

/* Takes down what the draft has changed, for those behind it. */
static void
note_changes(struct run *run, const struct gb_overlay *overlay)
{
    bool is_new;

    GB_EACH_IN(file, &overlay->files) {
        if (gb_str_eq(file->old, file->now))
            continue;
        gb_strmap_add(&run->changed, gb_arena_copy(&run->arena, gb_str_from(file->real)), 0, &is_new);
        if (run->options->diff && overlay != &run->overlay)
            gb_overlay_put(&run->overlay, file->path, file->shown, file->old, file->now, &file->traces);
    }
}

/* Writes and tells what became of a draft, in order. One that shares a file with a draft before it is mended now, on top of that. */
static void
write_one(void *data, size_t i)
{
    struct run *run = data;
    struct mended *mended = &run->mended[i % run->window];
    struct gb_overlay *overlay = &mended->overlay;

    if (mended->outcome == GB_DRAFT_READY && is_outdated(run, &mended->draft.source)) {
        release(mended);
        *mended = (struct mended){0};
        overlay = run->options->diff ? &run->overlay : &mended->overlay;
        mend(run, mended, &run->inputs->list.items[i], overlay);
    }
    switch (mended->outcome) {
    case GB_DRAFT_READY:
        tell_troubles(run, &mended->input, &mended->result);
        if (run->options->diff || write_files(run, overlay))
            tell(run, &mended->input, &mended->draft, &mended->result);
        if (!run->options->diff && strcmp(mended->input.paths[0], "-") == 0)
            gb_out_add(&run->text.out, mended->draft.source.files[0].stored);
        note_changes(run, overlay);
        break;
    case GB_DRAFT_FAILED:
        fail(run, &mended->error);
        break;
    case GB_DRAFT_SKIPPED:
        break;
    }
    release(mended);
}

static void
mend_all(struct run *run)
{
    unsigned threads = gb_jobs_threads(run->options->jobs, run->inputs->list.len);

    run->window = gb_jobs_window(threads);
    run->mended = gb_alloc(sizeof(*run->mended) * run->window);
    gb_jobs_run(&(struct gb_jobs){
        .n = run->inputs->list.len, .threads = threads, .data = run, .work = mend_one, .settle = write_one});
    free(run->mended);
    gb_strmap_release(&run->changed);
    gb_arena_release(&run->arena);
}

/* A diff or a mended draft has standard output to itself; what is told then goes to standard error. */
static bool
open_outputs(struct run *run, const struct gb_inputs *inputs, struct gb_error *error)
{
    bool english = run->options->english, is_text = run->options->diff;

    GB_EACH_IN(input, &inputs->list)
        is_text = is_text || strcmp(input->paths[0], "-") == 0;
    if (is_text && !gb_output_open(&run->text, NULL, english, error))
        return false;
    return gb_output_open(&run->told, is_text ? "/dev/stderr" : NULL, english, error);
}

static void
fix_all(struct run *run, const struct gb_inputs *inputs)
{
    struct gb_error error;

    gb_confine_to(&(struct gb_plans){run->options, inputs->list.items, inputs->list.len, .mends = !run->options->diff});
    run->emitter = gb_emitter_find(GB_STR("text"));
    run->emit = (struct gb_emit){
        .out = &run->told.out,
        .totals = &run->totals,
        .english = run->options->english,
        .quiet = run->options->quiet,
        .single = inputs->list.len == 1,
        .color = gb_wants_color(run->options, run->text.out.write ? STDERR_FILENO : STDOUT_FILENO),
        .columns = gb_terminal_columns(run->text.out.write ? STDERR_FILENO : STDOUT_FILENO),
        .ambiguous = gb_ambiguous_width(run->options),
    };
    run->inputs = inputs;
    mend_all(run);
    if (run->options->diff)
        write_diff(run);
    else
        run->emitter->end(&run->emit);
    if (run->text.out.write && !gb_output_close(&run->text, run->options->english, &error))
        fail(run, &error);
    if (!gb_output_close(&run->told, run->options->english, &error))
        fail(run, &error);
}

int
gb_cmd_fix(const struct gb_options *options)
{
    struct run run = {.options = options, .fix = {options->unsafe, options->renumber}};
    struct gb_inputs inputs = {0};
    struct gb_baselines baselines = {0};
    struct gb_error error;

    if (!options->operands.len)
        return gb_refuse(options->english, "fix 须给出草案", "fix takes drafts");
    struct gb_configs *configs = gb_configs_new(options, true);
    gb_inputs_collect(&inputs, options, configs);
    run.n_failed = inputs.n_failed;
    bool is_told = run.n_failed && !inputs.list.len; /* why nothing can be done */
    /* What is known is not shown, so not mended. */
    if (!is_told && gb_collect_baselines(&inputs, options->english, false, &baselines, &error) &&
        open_outputs(&run, &inputs, &error))
        fix_all(&run, &inputs);
    else if (!is_told)
        fail(&run, &error);
    gb_overlay_release(&run.overlay);
    gb_inputs_release(&inputs);
    gb_baselines_release(&baselines);
    gb_configs_free(configs);
    return run.n_failed ? GB_STATUS_FAILED : run.is_failing ? GB_STATUS_FOUND : GB_STATUS_CLEAN;
}
