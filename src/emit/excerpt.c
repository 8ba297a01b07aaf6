/*
 * A line of the draft with carets under a place, by display width: tabs are drawn as blanks, characters that would
 * act on the terminal or that nobody sees are spelt out, and of a long line only a window around the place is shown.
 * The work is bounded by the window, however long the line is.
 */
#include "emit/excerpt_priv.h"

#include "source/source.h"
#include "text/chars.h"
#include "text/utf8.h"

enum { BEFORE = 30, TAB_CELLS = 4 };

static const char ellipsis[] = "…";

/* U+202A-202E and U+2066-2069 turn the direction of all that follows: source text could draw anything. */
static bool
is_turning(uint32_t c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

/* Appends the character as shown and gives its cells. */
static unsigned
add_shown(struct gb_buf *out, uint32_t c, unsigned ambiguous)
{
    char utf8[4];

    if (c == '\t') {
        gb_buf_printf(out, "%*s", TAB_CELLS, "");
        return TAB_CELLS;
    }
    if (c == GB_STAND_IN || (c >= 0x80 && c < 0xA0))
        c = 0xFFFD;
    else if (c < 0x20)
        c += 0x2400;
    else if (c == 0x7F)
        c = 0x2421;
    else if (is_turning(c) || gb_char_is_invisible(c)) {
        size_t before = out->len;
        gb_buf_printf(out, "<U+%04X>", c);
        return (unsigned)(out->len - before);
    }
    gb_buf_add(out, (struct gb_str){utf8, gb_utf8_put(utf8, c)});
    return gb_char_width(c, ambiguous);
}

struct window {
    struct gb_str line;
    unsigned ambiguous;
    size_t begin, end; /* bytes of the line that are shown */
    unsigned cells;
    struct gb_buf scratch;
};

/* Cells of a character that is shown as it is: Han, printable ASCII. 0: of another. */
static unsigned
plain_cells(uint32_t c)
{
    if (c - 0x4E00 <= 0x9FFF - 0x4E00)
        return 2;
    return c >= ' ' && c < 0x7F ? 1 : 0;
}

static unsigned
cells_of(struct window *w, uint32_t c)
{
    unsigned cells = plain_cells(c);

    if (cells)
        return cells;
    w->scratch.len = 0;
    return add_shown(&w->scratch, c, w->ambiguous);
}

static void
widen_left(struct window *w, unsigned limit)
{
    while (w->begin > 0) {
        size_t prev;
        unsigned cells = cells_of(w, gb_utf8_before(w->line, w->begin, &prev));
        if (w->cells + cells > limit)
            return;
        w->cells += cells;
        w->begin = prev;
    }
}

static void
widen_right(struct window *w, unsigned limit)
{
    while (w->end < w->line.len) {
        size_t next;
        unsigned cells = cells_of(w, gb_utf8_at(w->line, w->end, &next));
        if (w->cells + cells > limit)
            return;
        w->cells += cells;
        w->end = next;
    }
}

void
gb_excerpt_draw(struct gb_excerpt *out, struct gb_str line, size_t begin, size_t end, unsigned most, unsigned ambiguous)
{
    struct window w = {.line = line, .ambiguous = ambiguous, .begin = begin, .end = begin};

    widen_left(&w, BEFORE < most / 2 ? BEFORE : most / 2);
    widen_right(&w, most);
    widen_left(&w, most);
    out->text.len = 0;
    out->indent = out->carets = 0;
    if (w.begin > 0) {
        gb_buf_puts(&out->text, ellipsis);
        out->indent = gb_str_width(gb_str_from(ellipsis), ambiguous);
    }
    for (size_t at = w.begin; at < w.end;) {
        size_t next;
        uint32_t c = gb_utf8_at(line, at, &next);
        /* A run of undecoded bytes is one sign, as columns count it. */
        bool is_same_flaw = c == GB_STAND_IN && at > w.begin && line.ptr[at - 1] == GB_STAND_IN;
        unsigned cells = is_same_flaw ? 0 : plain_cells(c);
        if (cells)
            gb_buf_add(&out->text, gb_str_sub(line, at, next));
        else if (!is_same_flaw)
            cells = add_shown(&out->text, c, ambiguous);
        if (at < begin)
            out->indent += cells;
        else if (at < end)
            out->carets += cells;
        at = next;
    }
    if (w.end < line.len)
        gb_buf_puts(&out->text, ellipsis);
    if (out->carets == 0)
        out->carets = 1;
    gb_buf_release(&w.scratch);
}
