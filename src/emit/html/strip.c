/* The draft from its first to its last byte as a strip: chapters below, a bar for the findings of each stretch. */
#include "emit/html/html_priv.h"

enum { WIDTH = 1000, HEIGHT = 64, BASE = 46, BARS = 160, BAR = 5, TALLEST = 42, NARROW = 16 };

struct bar {
    uint32_t counts[4];
    uint32_t first; /* the worst of its findings, and of those the first */
};

static uint32_t
length(const struct gb_html *h)
{
    const struct gb_source_file *last = &h->report->source->files[h->report->source->n_files - 1];
    uint32_t end = last->base + (uint32_t)last->text.len;

    return end ? end : 1;
}

static unsigned
place_of(const struct gb_html *h, uint32_t offset, unsigned width)
{
    unsigned at = (unsigned)((uint64_t)offset * width / length(h));

    return at < width ? at : width - 1;
}

static void
collect(const struct gb_html *h, struct bar bars[BARS])
{
    for (uint32_t i = 0; i < h->report->findings.len; i++) {
        const struct gb_finding *f = &h->report->findings.items[i];
        if (f->is_suppressed)
            continue;
        struct bar *bar = &bars[place_of(h, f->at.span.begin, BARS)];
        bool is_worst = true;
        for (int level = (int)f->level; level <= GB_LEVEL_ERROR; level++)
            is_worst &= !bar->counts[level];
        if (is_worst)
            bar->first = i;
        bar->counts[f->level]++;
    }
}

static uint32_t
sum(const struct bar *bar)
{
    return bar->counts[GB_LEVEL_INFO] + bar->counts[GB_LEVEL_WARNING] + bar->counts[GB_LEVEL_ERROR];
}

/* Height of n findings: few are seen, many do not dwarf them. */
static unsigned
height_of(uint32_t n, uint32_t most)
{
    unsigned root = 0, full = 0;

    while ((uint64_t)root * root < (uint64_t)n * 10000)
        root++;
    while ((uint64_t)full * full < (uint64_t)most * 10000)
        full++;
    return full ? root * TALLEST / full : 0;
}

static void
put_bar(struct gb_html *h, unsigned at, const struct bar *bar, uint32_t most)
{
    uint32_t n = sum(bar), done = 0;
    unsigned height = height_of(n, most), y = BASE;

    if (height < 4)
        height = 4;
    gb_out_puts(h->out, "<a href=\"#");
    gb_html_finding_id(h, bar->first);
    gb_html_put(h->out, "\"><title>", h->report->findings.items[bar->first].clause, "");
    for (int level = GB_LEVEL_ERROR; level >= GB_LEVEL_INFO; level--) {
        const char *name = gb_html_counted((enum gb_level)level, bar->counts[level], h->e->english);
        if (bar->counts[level])
            gb_out_printf(h->out, gb_html_say(h, " %s%u", " %s %u"), name, bar->counts[level]);
    }
    gb_out_puts(h->out, "</title>");
    for (int level = GB_LEVEL_ERROR; level >= GB_LEVEL_INFO; level--) {
        if (!bar->counts[level])
            continue;
        unsigned before = height * done / n;
        done += bar->counts[level];
        unsigned part = height * done / n - before;
        y -= part;
        gb_out_printf(h->out, "<rect class=\"%s\" x=\"%u\" y=\"%u\" width=\"%u\" height=\"%u\"/>",
                      gb_level_name((enum gb_level)level), at * WIDTH / BARS, y, BAR, part ? part : 1);
    }
    gb_out_puts(h->out, "</a>");
}

/*
 * Chapters in turn light and dark, with their numbers where there is room. Those of one shade are one path: a rectangle for each
 * of a thousand chapters would cost more than the text.
 */
static void
put_chapters(struct gb_html *h)
{
    struct gb_buf shades[2] = {{0}, {0}};
    struct gb_out numbers = GB_OUT_ZERO;
    unsigned n = 0, free_from = 0;

    for (const struct gb_node *node = h->doc->root->first; node; node = node->next) {
        const struct gb_node *next = node->next;
        while (next && !gb_html_is_part(next))
            next = next->next;
        if (!gb_html_is_part(node))
            continue;
        unsigned from = place_of(h, node->span.begin, WIDTH), to = next ? place_of(h, next->span.begin, WIDTH) : WIDTH;
        struct gb_buf *shade = &shades[n++ % 2];
        if (to > from)
            gb_buf_printf(shade, "M%u %dh%uv4h-%uz", from, BASE, to - from, to - from);
        struct gb_str number = node->num.n || node->num.letter ? gb_number_text(&node->num, h->arena) : GB_STR("");
        if (number.len && from >= free_from && to >= from + NARROW / 2) {
            gb_out_printf(&numbers, "<text x=\"%u\" y=\"%d\">", from + 1, HEIGHT - 2);
            gb_out_markup(&numbers, number);
            gb_out_puts(&numbers, "</text>");
            free_from = from + NARROW;
        }
    }
    for (unsigned i = 0; i < 2; i++) {
        gb_out_printf(h->out, "<path class=\"c%u\" d=\"", i);
        gb_out_add(h->out, gb_buf_str(&shades[i]));
        gb_out_puts(h->out, "\"/>");
        gb_buf_release(&shades[i]);
    }
    gb_out_add(h->out, gb_buf_str(&numbers.buf));
    gb_out_release(&numbers);
}

void
gb_html_strip(struct gb_html *h)
{
    struct bar bars[BARS] = {0};
    uint32_t most = 0;

    collect(h, bars);
    for (unsigned i = 0; i < BARS; i++)
        most = sum(&bars[i]) > most ? sum(&bars[i]) : most;
    if (!most)
        return;
    gb_out_printf(h->out, "<div class=\"scroll\"><svg class=\"strip\" viewBox=\"0 0 %d %d\" role=\"group\"", WIDTH,
                  HEIGHT);
    gb_html_put_attribute(h->out, "aria-label",
                          gb_str_from(gb_html_say(h, "问题在文稿中的分布", "Where the findings lie in the draft")));
    gb_out_char(h->out, '>');
    put_chapters(h);
    for (unsigned i = 0; i < BARS; i++) {
        if (sum(&bars[i]))
            put_bar(h, i, &bars[i], most);
    }
    gb_out_puts(h->out, "</svg></div>\n");
}
