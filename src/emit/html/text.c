/* Text in the page: the draft's words with their marks and inline form. */
#include "base/sort.h"
#include "doc/joined.h"
#include "emit/html/html_priv.h"
#include "text/chars.h"

void
gb_html_put(struct gb_out *out, const char *before, struct gb_str text, const char *behind)
{
    gb_out_puts(out, before);
    gb_out_markup(out, text);
    gb_out_puts(out, behind);
}

void
gb_html_short(struct gb_out *out, struct gb_str text, size_t most)
{
    size_t end = text.len > most ? gb_utf8_floor(text, most) : text.len;

    gb_out_markup(out, gb_str_sub(text, 0, end));
    if (end < text.len)
        gb_out_puts(out, "…");
}

void
gb_html_put_attribute(struct gb_out *out, const char *name, struct gb_str value)
{
    gb_out_char(out, ' ');
    gb_out_puts(out, name);
    gb_html_put(out, "=\"", value, "\"");
}

void
gb_html_finding_id(struct gb_html *h, uint32_t finding)
{
    gb_out_char(h->out, 'd');
    gb_out_number(h->out, h->draft);
    gb_out_puts(h->out, h->report->findings.items[finding].is_known ? "-k" : "-f");
    gb_out_number(h->out, h->findings[finding].number);
}

void
gb_html_open_link(struct gb_html *h, const struct gb_node *node)
{
    struct gb_str id = h->nodes[node->id].id;

    gb_out_puts(h->out, "<a href=\"#");
    if (id.len)
        gb_out_markup(h->out, id);
    else
        gb_out_printf(h->out, "d%u-b%u", h->draft, node->id);
    gb_out_puts(h->out, "\">");
}

void
gb_html_lost(struct gb_html *h, const char *zh, const char *en)
{
    gb_out_printf(h->out, "<p class=\"lost\">%s</p>", gb_html_say(h, zh, en));
}

void
gb_html_quote(struct gb_html *h, struct gb_span span, size_t most)
{
    struct gb_str text = gb_source_text(h->report->source, span);

    if (text.len > most + 4) /* no more than is shown is read, whole characters and one to tell of more */
        span.end = span.begin + (uint32_t)gb_utf8_floor(text, most + 4);
    gb_html_short(h->out, GB_FRESH(&h->words, gb_add_source_text(&h->words, h->report->source, span)), most);
}

/* ---- The draft's words ---- */

enum { MOST_OPEN = 10 }; /* marks inside each other; browsers nest no deeper than some hundred elements */

/* Words of one finding in a text: bytes [begin, end) of its str. */
struct piece {
    uint32_t begin, end, finding;
};

struct writer {
    struct gb_html *h;
    const struct gb_text *text;
    enum gb_html_lines lines;
    GB_ARRAY(struct piece) pieces;
    const struct piece *open[MOST_OPEN];
    unsigned n_open;
    uint32_t form; /* flags of the inline elements that are open */
};

/* Inline elements, the outermost first. */
static const struct {
    uint32_t flag;
    const char *open, *close;
} forms[] = {
    {GB_RUN_LINK, "<span class=\"link\">", "</span>"},
    {GB_RUN_STRONG, "<strong>", "</strong>"},
    {GB_RUN_EMPH, "<em>", "</em>"},
    {GB_RUN_CODE, "<code>", "</code>"},
    {GB_RUN_MATH, "<span class=\"math\">", "</span>"},
    {GB_RUN_SUP, "<sup>", "</sup>"},
    {GB_RUN_SUB, "<sub>", "</sub>"},
};

enum { ALL_FORMS = GB_RUN_LINK | GB_RUN_STRONG | GB_RUN_EMPH | GB_RUN_CODE | GB_RUN_MATH | GB_RUN_SUP | GB_RUN_SUB };

static void
set_form(struct writer *w, uint32_t form)
{
    form &= ALL_FORMS;
    if (form == w->form)
        return;
    for (size_t i = GB_COUNT(forms); i-- > 0;) {
        if (w->form & forms[i].flag)
            gb_out_puts(w->h->out, forms[i].close);
    }
    for (size_t i = 0; i < GB_COUNT(forms); i++) {
        if (form & forms[i].flag)
            gb_out_puts(w->h->out, forms[i].open);
    }
    w->form = form;
}

/* A line end beside a Chinese character is kept for who reads the bytes, and not shown. */
static void
write_break(struct writer *w, const struct gb_run *run, size_t at)
{
    struct gb_str s = w->text->str;

    if (w->lines == GB_HTML_AS_IS)
        gb_out_char(w->h->out, '\n');
    else if (w->lines == GB_HTML_BROKEN || run->flags & GB_RUN_HARD)
        gb_out_puts(w->h->out, "<br>\n");
    else if (gb_is_tight_break(s, at))
        gb_out_puts(w->h->out, "<span class=\"nl\">\n</span>");
    else
        gb_out_char(w->h->out, '\n');
}

/* The mark of a footnote has no text of its own: its label, without the signs round it. */
static void
write_note_mark(struct writer *w, const struct gb_run *run)
{
    struct gb_buf *words = &w->h->words;

    struct gb_str label = gb_str_trim(GB_FRESH(words, gb_add_source_text(words, w->h->report->source, run->src)));
    if (gb_str_starts(label, GB_STR("[^")) && gb_str_ends(label, GB_STR("]")))
        label = gb_str_sub(label, 2, label.len - 1);
    if (label.len && label.ptr[0] == '<')
        label = GB_STR("*");
    set_form(w, 0);
    gb_out_puts(w->h->out, "<sup class=\"fn\">");
    gb_html_short(w->h->out, label, 12);
    gb_out_puts(w->h->out, "</sup>");
}

/* A formula in a line, between its dollar signs, where nothing in it is marked. */
static bool
write_formula(struct writer *w, struct gb_str text)
{
    text = gb_str_trim(text);
    while (text.len > 1 && text.ptr[0] == '$' && text.ptr[text.len - 1] == '$')
        text = gb_str_trim(gb_str_sub(text, 1, text.len - 1));
    if (w->n_open || w->lines == GB_HTML_AS_IS)
        return false;
    set_form(w, 0);
    return gb_html_math(w->h->out, text, false);
}

static void
write_piece(struct writer *w, const struct gb_run *run, size_t begin, size_t end, bool is_whole)
{
    if (run && run->flags & GB_RUN_BREAK && w->text->str.ptr[begin] == '\n') {
        write_break(w, run, begin);
        begin++;
    }
    if (is_whole && run->flags & GB_RUN_MATH && write_formula(w, gb_str_sub(w->text->str, begin, end)))
        return;
    set_form(w, run ? run->flags : 0);
    gb_out_markup(w->h->out, gb_str_sub(w->text->str, begin, end));
}

/* Closes the marks that end at `at`, and opens again what lay inside of them and goes on. */
static void
close_marks(struct writer *w, uint32_t at)
{
    const struct piece *on[MOST_OPEN];
    unsigned n_on = 0, lowest = w->n_open;

    for (unsigned i = w->n_open; i-- > 0;) {
        if (w->open[i]->end <= at)
            lowest = i;
    }
    if (lowest == w->n_open)
        return;
    set_form(w, 0);
    for (unsigned i = lowest; i < w->n_open; i++) {
        if (w->open[i]->end > at)
            on[n_on++] = w->open[i];
        gb_out_puts(w->h->out, "</mark>");
    }
    w->n_open = lowest;
    for (unsigned i = 0; i < n_on; i++) {
        gb_html_open_mark(w->h, on[i]->finding, "");
        w->open[w->n_open++] = on[i];
    }
}

static void
open_mark(struct writer *w, const struct piece *piece)
{
    if (w->n_open == MOST_OPEN)
        return;
    set_form(w, 0);
    gb_html_open_mark(w->h, piece->finding, "");
    w->h->findings[piece->finding].is_marked = true;
    w->open[w->n_open++] = piece;
}

/* Where the run that holds an offset begins and ends in the text's own str. */
static size_t
run_at(const struct gb_text *text, uint32_t run)
{
    uint32_t at = text->runs[run].at;

    return at > text->off ? at - text->off : 0;
}

static size_t
run_end(const struct gb_text *text, uint32_t run)
{
    size_t end = run + 1 < text->n_runs ? run_at(text, run + 1) : text->str.len;

    return end < text->str.len ? end : text->str.len;
}

static void
write_text(struct writer *w)
{
    const struct gb_text *text = w->text;
    size_t at = 0, piece = 0;
    uint32_t run = 0;

    while (run < text->n_runs || at < text->str.len) {
        bool has_run = run < text->n_runs;
        size_t end = has_run ? run_end(text, run) : text->str.len;
        if (has_run && end <= at) {
            if (text->runs[run].flags & GB_RUN_NOTE && run_at(text, run) == at && text->runs[run].at >= text->off)
                write_note_mark(w, &text->runs[run]);
            run++;
            continue;
        }
        close_marks(w, (uint32_t)at);
        for (; piece < w->pieces.len && w->pieces.items[piece].begin <= at; piece++)
            open_mark(w, &w->pieces.items[piece]);
        if (piece < w->pieces.len && w->pieces.items[piece].begin < end)
            end = w->pieces.items[piece].begin;
        for (unsigned i = 0; i < w->n_open; i++) {
            if (w->open[i]->end < end)
                end = w->open[i]->end;
        }
        write_piece(w, has_run ? &text->runs[run] : NULL, at, end,
                    has_run && at == run_at(text, run) && end == run_end(text, run));
        at = end;
    }
    set_form(w, 0);
    while (w->n_open) {
        gb_out_puts(w->h->out, "</mark>");
        w->n_open--;
    }
}

/* ---- Which words are marked ---- */

static void
add_piece(struct writer *w, size_t begin, size_t end, uint32_t finding)
{
    if (begin >= end)
        return;
    if (w->pieces.len) {
        struct piece *last = &w->pieces.items[w->pieces.len - 1];
        if (last->finding == finding && last->end == begin) {
            last->end = (uint32_t)end;
            return;
        }
    }
    *gb_push(&w->pieces) = (struct piece){(uint32_t)begin, (uint32_t)end, finding};
}

/* The bytes of one run that come from the range. */
static void
take_run(struct writer *w, uint32_t index, const struct gb_html_range *range)
{
    const struct gb_run *run = &w->text->runs[index];
    size_t begin = run_at(w->text, index), end = run_end(w->text, index);

    if (run->flags & GB_RUN_EXACT) {
        uint32_t cut = run->at < w->text->off ? w->text->off - run->at : 0, src = run->src.begin + cut;
        size_t from = range->begin > src ? range->begin - src : 0;
        size_t to = range->end > src ? range->end - src : 0;
        if (begin + to < end)
            end = begin + to;
        begin += from;
    }
    add_piece(w, begin, end, range->finding);
}

/* Runs mostly stand in the order of their source: the first that may hold bytes of the range, by halves. */
static uint32_t
first_run(const struct gb_text *text, uint32_t begin)
{
    GB_SEEK(uint32_t, i, text->n_runs, text->runs[i].src.end <= begin);
    return i;
}

static bool
is_blank(struct gb_str text)
{
    return gb_str_skip_space(text, 0) == text.len;
}

/* Where all that is seen of some words is the blank that the reader put in their place, they are not seen. */
static void
drop_lone_blank(struct writer *w, size_t before, const struct gb_html_range *range)
{
    if (w->pieces.len != before + 1)
        return;
    const struct piece *piece = &w->pieces.items[before];
    if (is_blank(gb_str_sub(w->text->str, piece->begin, piece->end)) &&
        !is_blank(gb_source_text(w->h->report->source, (struct gb_span){range->begin, range->end})))
        w->pieces.len = before;
}

static void
take_range(void *data, const struct gb_html_range *range)
{
    struct writer *w = data;
    size_t before = w->pieces.len;

    for (uint32_t i = first_run(w->text, range->begin); i < w->text->n_runs; i++) {
        struct gb_span src = w->text->runs[i].src;
        if (src.begin >= range->end)
            break;
        if (src.end > range->begin)
            take_run(w, i, range);
    }
    drop_lone_blank(w, before, range);
}

/* By begin; of two that begin together the longer is the outer. */
GB_ORDER(compare_pieces, struct piece, GB_KEY(begin) GB_KEY_DOWN(end) GB_KEY(finding))

/* A slice has the runs of the whole: only its own are looked at. */
static struct gb_text
with_own_runs(const struct gb_text *text)
{
    struct gb_text own = *text;
    uint32_t ends[2] = {0, 0}, at[2] = {text->off, text->off + (uint32_t)text->str.len};

    for (int i = 0; i < 2; i++) {
        GB_SEEK(uint32_t, behind, text->n_runs, text->runs[behind].at <= at[i]);
        ends[i] = behind;
    }
    uint32_t first = ends[0];
    while (first > 0 && text->runs[first - 1].at == at[0])
        first--; /* runs without text stand before the one that begins there */
    if (first > 0 && (first == ends[1] || text->runs[first].at > at[0]))
        first--;
    own.runs = text->runs + first;
    own.n_runs = ends[1] - first;
    return own;
}

void
gb_html_runs(struct gb_html *h, const struct gb_text *whole, enum gb_html_lines lines)
{
    struct gb_text own = with_own_runs(whole), *text = &own;
    struct writer w = {.h = h, .text = text, .lines = lines};

    if (text->n_runs) {
        struct gb_span all = text->runs[0].src;
        for (uint32_t i = 1; i < text->n_runs; i++) {
            all.begin = text->runs[i].src.begin < all.begin ? text->runs[i].src.begin : all.begin;
            all.end = text->runs[i].src.end > all.end ? text->runs[i].src.end : all.end;
        }
        gb_html_each_range(h, all.begin, all.end, take_range, &w);
    }
    if (w.pieces.len > 1)
        gb_sort(w.pieces.items, w.pieces.len, sizeof(*w.pieces.items), compare_pieces);
    write_text(&w);
    gb_array_release(&w.pieces);
}

void
gb_html_put_runs(struct gb_html *h, const char *before, const struct gb_text *text, const char *behind)
{
    if (!text->str.len)
        return;
    gb_out_puts(h->out, before);
    gb_html_runs(h, text, GB_HTML_JOINED);
    gb_out_puts(h->out, behind);
}
