/* The format for people: each finding with its lines, the clause of the standard and what to do. */
#include "emit/emitters_priv.h"
#include "emit/excerpt_priv.h"
#include "emit/finding_priv.h"

/* Of a rule with more than FOLD_ABOVE findings in a draft, FOLD_SHOWN are shown; then the lines of the others. */
enum { FOLD_ABOVE = 5, FOLD_SHOWN = 3, EXCERPT_LINES = 3 };
/* Up to so many other places of a finding are shown one by one; lists of lines end after MOST_LINES. */
enum { RELATED_SHOWN = 3, MOST_LINES = 40 };

enum ink { PLAIN, BOLD, DIM, RED, YELLOW, CYAN, GREEN };

static const char *const inks[] = {
    [PLAIN] = "\x1B[0m",     [BOLD] = "\x1B[1m",    [DIM] = "\x1B[2m",    [RED] = "\x1B[1;31m",
    [YELLOW] = "\x1B[1;33m", [CYAN] = "\x1B[1;36m", [GREEN] = "\x1B[32m",
};

static const enum ink level_inks[] = {
    [GB_LEVEL_OFF] = DIM,
    [GB_LEVEL_INFO] = CYAN,
    [GB_LEVEL_WARNING] = YELLOW,
    [GB_LEVEL_ERROR] = RED,
};

struct terminal {
    const struct gb_emit *e;
    struct gb_out *out;
    struct gb_excerpt excerpt;
};

static void
ink(const struct terminal *t, enum ink which)
{
    if (t->e->color)
        gb_out_puts(t->out, inks[which]);
}

/* draft.md:12:1: 警告 NUM-012 hanging-paragraph：… */
static void
put_head(struct terminal *t, const struct gb_finding *f, const struct gb_range *range)
{
    ink(t, BOLD);
    gb_put_position(t->out, range);
    gb_out_puts(t->out, ": ");
    ink(t, PLAIN);
    ink(t, level_inks[f->level]);
    gb_out_puts(t->out, gb_level_word(f->level, t->e->english));
    gb_out_char(t->out, ' ');
    gb_out_add(t->out, f->rule->code);
    ink(t, PLAIN);
    gb_out_char(t->out, ' ');
    gb_out_add(t->out, f->rule->name);
    gb_out_puts(t->out, gb_say_of(t->e, "：", ": "));
    gb_put_clean(t->out, f->message);
    gb_out_char(t->out, '\n');
}

static void
put_gutter(struct terminal *t, uint32_t line, char mark)
{
    unsigned width = 6;

    ink(t, DIM);
    for (uint32_t rest = line; rest && width; rest /= 10)
        width--;
    gb_out_repeat(t->out, ' ', width);
    if (line)
        gb_out_number(t->out, line);
    gb_out_char(t->out, ' ');
    gb_out_char(t->out, mark);
    gb_out_char(t->out, ' ');
    ink(t, PLAIN);
}

/* Cells of a line of the draft, so that what stands below it is seen below it: with the gutter and signs that it is cut. */
static unsigned
excerpt_cells(const struct gb_emit *e)
{
    enum { MOST = 100, FEWEST = 20, GUTTER = 9, SIGNS = 4 };
    unsigned room = e->columns > GUTTER + SIGNS + FEWEST ? e->columns - GUTTER - SIGNS : FEWEST;

    return e->columns && room < MOST ? room : MOST;
}

static void
put_line(struct terminal *t, const struct gb_finding *f, const struct gb_range *range, uint32_t number)
{
    const struct gb_source_file *file = range->start.file;
    struct gb_span span = gb_source_line_span(file, number);
    struct gb_str line = gb_source_line_text(file, number);
    uint32_t begin = range->span.begin > span.begin ? range->span.begin - span.begin : 0;
    uint32_t end = range->span.end < span.end ? range->span.end - span.begin : (uint32_t)line.len;

    if (begin > line.len)
        begin = (uint32_t)line.len;
    gb_excerpt_draw(&t->excerpt, line, begin, end, excerpt_cells(t->e), t->e->ambiguous);
    put_gutter(t, number, '|');
    gb_out_add(t->out, gb_buf_str(&t->excerpt.text));
    gb_out_char(t->out, '\n');
    if (range->by_line || (line.len == 0 && number != range->start.line))
        return;
    put_gutter(t, 0, '|');
    gb_out_repeat(t->out, ' ', t->excerpt.indent);
    ink(t, level_inks[f->level]);
    gb_out_repeat(t->out, '^', t->excerpt.carets);
    ink(t, PLAIN);
    gb_out_char(t->out, '\n');
}

static void
put_lines(struct terminal *t, const struct gb_finding *f, const struct gb_range *range)
{
    uint32_t first = range->start.line, last = range->end.line;

    /* A range that ends before the first character of a line does not reach it. */
    if (last > first && !range->by_line && range->end.column == 1)
        last--;
    bool cut = last - first >= EXCERPT_LINES;
    for (uint32_t n = first; n <= (cut ? first + EXCERPT_LINES - 2 : last); n++)
        put_line(t, f, range, n);
    if (cut) {
        put_gutter(t, 0, ':');
        gb_out_printf(t->out, gb_say_of(t->e, "至第 %u 行\n", "to line %u\n"), last);
    }
}

static void
put_note(struct terminal *t, const char *label, struct gb_str text, enum ink which)
{
    put_gutter(t, 0, '=');
    gb_out_puts(t->out, label);
    gb_out_puts(t->out, gb_say_of(t->e, "：", ": "));
    ink(t, which);
    gb_put_clean(t->out, text);
    ink(t, PLAIN);
}

/* One item of a list of lines: " 12", ", 草案/2.md:3"; the lines of the draft's first file without their path. */
static void
put_line_item(struct terminal *t, const struct gb_source *source, struct gb_at at, size_t listed)
{
    const struct gb_source_file *file = gb_source_file_at(source, at.span.begin);

    gb_out_puts(t->out, listed ? ", " : " ");
    if (file != t->e->report->source->files) {
        gb_put_clean(t->out, gb_str_from(file->path));
        gb_out_char(t->out, ':');
    }
    gb_out_number(t->out, gb_source_line(source, at.span.begin));
}

static void
put_related_lines(struct terminal *t, const struct gb_finding *f)
{
    uint32_t n = f->n_related < MOST_LINES ? f->n_related : MOST_LINES;

    put_gutter(t, 0, '=');
    gb_out_printf(t->out, gb_say_of(t->e, "参见另外 %u 处，行", "see %u more, lines"), f->n_related);
    for (uint32_t i = 0; i < n; i++)
        put_line_item(t, gb_source_of(t->e->report, &f->related[i]), f->related[i].at, i);
    gb_out_puts(t->out, n < f->n_related ? " …\n" : "\n");
}

static void
put_related(struct terminal *t, const struct gb_related *related)
{
    struct gb_range range = gb_range_of(gb_source_of(t->e->report, related), related->at);

    put_gutter(t, 0, '=');
    gb_out_puts(t->out, gb_say_of(t->e, "参见 ", "see "));
    gb_put_position(t->out, &range);
    if (related->message.len) {
        gb_out_puts(t->out, gb_say_of(t->e, "：", ": "));
        gb_put_clean(t->out, related->message);
    }
    gb_out_char(t->out, '\n');
}

/* The clause of the standard, and where in the draft the finding stands. */
static void
put_source(struct terminal *t, const struct gb_finding *f)
{
    bool is_own = gb_str_is(f->source, "gblint"), is_annex = f->clause.len == 1 && f->clause.ptr[0] >= 'A';
    const char *own = gb_say_of(t->e, "gblint（标准未作规定，关系到文稿能否正确读出）",
                                "gblint (no standard asks for it; it keeps drafts readable)");

    put_note(t, gb_say_of(t->e, "依据", "source"), is_own ? gb_str_from(own) : f->source, PLAIN);
    if (f->clause.len && is_annex)
        gb_out_printf(t->out, gb_say_of(t->e, "；位于附录%.*s", "; in annex %.*s"), GB_FMT(f->clause));
    else if (f->clause.len)
        gb_out_printf(t->out, gb_say_of(t->e, "；位于%.*s", "; in clause %.*s"), GB_FMT(f->clause));
    gb_out_char(t->out, '\n');
}

static void
put_notes(struct terminal *t, const struct gb_finding *f)
{
    if (f->source.len)
        put_source(t, f);
    if (f->n_related > RELATED_SHOWN)
        put_related_lines(t, f);
    for (uint32_t i = 0; f->n_related <= RELATED_SHOWN && i < f->n_related; i++)
        put_related(t, &f->related[i]);
    if (f->remedy.len) {
        put_note(t, gb_say_of(t->e, "改法", "remedy"), f->remedy, GREEN);
        gb_out_char(t->out, '\n');
    }
}

static void
put_finding(struct terminal *t, const struct gb_finding *f)
{
    struct gb_range range = gb_range_of(t->e->report->source, f->at);

    put_head(t, f, &range);
    put_lines(t, f, &range);
    put_notes(t, f);
    gb_out_char(t->out, '\n');
}

/* Findings of one rule that are shown, in order of place. */
struct run {
    const struct gb_rule_info *rule;
    size_t n, done;
};

struct runs {
    GB_ARRAY(struct run) list;
};

/* There are as many as rules that spoke: few. NULL: none yet. */
static struct run *
find_run(const struct runs *runs, const struct gb_rule_info *rule)
{
    GB_FIND(item, runs->list.items, runs->list.len, item->rule == rule);
    return item;
}

static void
count_runs(const struct terminal *t, struct runs *runs)
{
    GB_EACH_SHOWN(f, t->e) {
        struct run *run = find_run(runs, f->rule);
        if (run)
            run->n++;
        else
            *gb_push(&runs->list) = (struct run){.rule = f->rule, .n = 1};
    }
}

/* NUM-012 hanging-paragraph：另有 14 处，行 12, 15 … */
static void
put_rest(struct terminal *t, const struct gb_finding *last, const struct run *run)
{
    size_t rest = run->n - FOLD_SHOWN, listed = 0;

    ink(t, level_inks[last->level]);
    gb_out_printf(t->out, "%.*s", GB_FMT(run->rule->code));
    ink(t, PLAIN);
    gb_out_printf(t->out, gb_say_of(t->e, " %.*s：另有 %zu 处，行", " %.*s: %zu more, lines"), GB_FMT(run->rule->name),
                  rest);
    for (const struct gb_finding *f = last + 1; listed < rest && listed < MOST_LINES; f++) {
        if (f->rule == run->rule && gb_is_shown(t->e, f))
            put_line_item(t, t->e->report->source, f->at, listed++);
    }
    gb_out_puts(t->out, listed < rest ? " …\n\n" : "\n\n");
}

static void
put_findings(struct terminal *t, const struct runs *runs)
{
    GB_EACH_SHOWN(f, t->e) {
        struct run *run = find_run(runs, f->rule);
        bool folded = run->n > FOLD_ABOVE;
        if (folded && run->done >= FOLD_SHOWN)
            continue;
        put_finding(t, f);
        if (++run->done == FOLD_SHOWN && folded)
            put_rest(t, f, run);
    }
}

static void
put_why(struct terminal *t, struct gb_str why)
{
    if (!why.len)
        return;
    gb_out_puts(t->out, gb_say_of(t->e, "（", " ("));
    gb_put_clean(t->out, why);
    gb_out_puts(t->out, gb_say_of(t->e, "）", ")"));
}

static void
put_fact(struct terminal *t, const char *label, struct gb_str value, struct gb_str why)
{
    if (!value.len)
        return;
    gb_out_printf(t->out, "%s%s ", gb_say_of(t->e, "；", "; "), label);
    gb_put_clean(t->out, value);
    put_why(t, why);
}

/* draft.md：按 2009 版（…）；阶段 报；类型 GB/T 规程；方案 gb11（…） */
static void
put_facts(struct terminal *t)
{
    const struct gb_report *r = t->e->report;
    struct gb_str none = GB_STR("");

    ink(t, DIM);
    gb_put_clean(t->out, gb_str_from(r->source->files[0].path));
    gb_out_printf(t->out, gb_say_of(t->e, "：GB/T 1.1—%.*s", ": GB/T 1.1—%.*s"), GB_FMT(r->edition));
    put_why(t, r->edition_why);
    put_fact(t, gb_say_of(t->e, "阶段", "stage"), r->stage, none);
    put_fact(t, gb_say_of(t->e, "类型", "type"), r->type, none);
    put_fact(t, gb_say_of(t->e, "功能", "function"), r->function, none);
    put_fact(t, gb_say_of(t->e, "方案", "profile"), r->profile, r->profile_why);
    ink(t, PLAIN);
    gb_out_char(t->out, '\n');
}

static void
put_not_checked(struct terminal *t)
{
    GB_EACH_IN(n, &t->e->report->not_checked) {
        gb_put_clean(t->out, gb_str_from(t->e->report->source->files[0].path));
        gb_out_puts(t->out, gb_say_of(t->e, "：未检查", ": not checked: "));
        gb_put_clean(t->out, n->what);
        gb_out_puts(t->out, gb_say_of(t->e, "——", " - "));
        gb_put_clean(t->out, n->why);
        gb_out_char(t->out, '\n');
    }
}

void
gb_terminal_draft(const struct gb_emit *e)
{
    struct terminal t = {.e = e, .out = e->out};
    const struct gb_doc *doc = e->doc;
    struct runs runs = {0};

    count_runs(&t, &runs);
    put_findings(&t, &runs);
    /* Of a file that is no standard nothing was to be checked. */
    if (!e->quiet || !doc || doc->is_standard || runs.list.len)
        put_not_checked(&t);
    if (!e->quiet && e->report->edition.len && (!doc || doc->is_standard) &&
        (runs.list.len || e->report->not_checked.len || e->single))
        put_facts(&t);
    gb_array_release(&runs.list);
    gb_buf_release(&t.excerpt.text);
}

static void
put_counts(const struct gb_emit *e, const uint32_t *counts)
{
    for (int level = GB_LEVEL_ERROR; level >= GB_LEVEL_INFO; level--) {
        const char *word = gb_level_word((enum gb_level)level, e->english);
        if (level < GB_LEVEL_ERROR)
            gb_out_puts(e->out, gb_say_of(e, "，", ", "));
        if (e->english)
            gb_out_printf(e->out, "%u %s%s", counts[level], word, counts[level] == 1 ? "" : "s");
        else
            gb_out_printf(e->out, "%u 个%s", counts[level], word);
    }
}

void
gb_terminal_end(const struct gb_emit *e)
{
    const struct gb_totals *totals = e->totals;
    const uint32_t *n = totals->counts;

    if (e->quiet)
        return;
    if (!totals->drafts) {
        gb_out_puts(e->out, gb_say_of(e, "没有检查任何文件。\n", "No file was checked.\n"));
        return;
    }
    gb_out_printf(e->out, gb_say_of(e, "共检查 %u 个文件：", "%u checked: "), totals->drafts);
    if (n[GB_LEVEL_ERROR] + n[GB_LEVEL_WARNING] + n[GB_LEVEL_INFO] == 0)
        gb_out_puts(e->out, gb_say_of(e, "没有发现问题", "nothing found"));
    else
        put_counts(e, n);
    if (totals->hidden)
        gb_out_printf(e->out,
                      gb_say_of(e, "（%u 个未显示，用 --level info 显示）", " (%u not shown, see --level info)"),
                      totals->hidden);
    if (totals->suppressed)
        gb_out_printf(e->out, gb_say_of(e, "；已抑制 %u 个", "; %u suppressed"), totals->suppressed);
    if (totals->is_since && totals->unchanged)
        gb_out_printf(e->out, gb_say_of(e, "；未改动的条中的 %u 个未计入", "; %u in unchanged clauses left out"),
                      totals->unchanged);
    if (totals->known)
        gb_out_printf(e->out, gb_say_of(e, "；另有 %u 个记在基线中", "; %u more are in the baseline"), totals->known);
    gb_out_puts(e->out, gb_say_of(e, "。\n", ".\n"));
}
