/* What the pass over a Markdown file refuses: texts that would cost the parser time or memory out of all proportion. */
#include "read/markdown/scanner_priv.h"

enum {
    CHUNK_MOST = 4 * 1024 * 1024, /* without a place to cut */
    PARAGRAPH_MOST = 256 * 1024,
    WEIGHT_MOST = 1500 * 1000, /* of a chunk: marks, and lines times three; each may cost 200 bytes */
    BLOCKS_MOST = 600 * 1000,
    DELIMITER_CELLS_MOST = 256,
    TABLE_CELLS_MOST = 200 * 1000,
    DELIMITER_ROWS_MOST = 500,
    DECLARATIONS_MOST = 500,               /* "<?" and "<!" in one paragraph */
    IMAGES_MOST = 2000,                    /* "![" in one paragraph */
    STRETCH_COST_MOST = 100 * 1000 * 1000, /* nanoseconds, as estimated */
    FILE_COST_MOST = 500 * 1000 * 1000,
    CHEAP = 50 * 1000, /* what is parsed even when the file has used up its cost */
    LINK_WORK_MOST = 64 * 1024 * 1024,
    FAULTS_MOST = 50, /* limits reported singly; then only the last of them grows */
};

void
gb_scan_blank_out(struct gb_scanner *s, uint32_t begin, uint32_t end)
{
    char *copy = gb_scan_feed(s);

    for (uint32_t i = begin; i < end; i++) {
        if (!gb_is_line_end(copy[i]))
            copy[i] = ' ';
    }
}

static void
exceed(struct gb_scanner *s, const char *zh, const char *en)
{
    if (s->stretch.zh)
        return;
    s->stretch.zh = zh;
    s->stretch.en = en;
}

void
gb_scan_begin_paragraph(struct gb_scanner *s, uint32_t at)
{
    uint32_t len = at > s->stretch.text_begin ? at - s->stretch.text_begin : 0;

    if (len > s->stretch.longest)
        s->stretch.longest = len;
    s->stretch.text_begin = at;
}

/*
 * What cmark-gfm 0.29.0.gfm.6 does in more than linear time: how much of it a stretch may hold, and what it costs in
 * nanoseconds, as measured.
 */
static void
check_stretch(struct gb_scanner *s)
{
    const struct gb_scan_stretch *t = &s->stretch;
    const struct {
        uint64_t n, most, cost;
        const char *zh, *en;
    } limits[] = {
        {t->longest, PARAGRAPH_MOST, 0, "一段超过256 kB", "one paragraph has more than 256 kB"},
        {t->n_declarations, DECLARATIONS_MOST, (uint64_t)t->n_declarations * t->longest / 2, "一段中的“<?”或“<!”过多",
         "too many “<?” or “<!” in one paragraph"},
        {t->n_images, IMAGES_MOST, (uint64_t)t->n_images * t->n_images * 4, "一段中的“![”过多",
         "too many “![” in one paragraph"},
        {t->n_delimiter_rows, DELIMITER_ROWS_MOST,
         t->n_delimiter_rows > 1 ? (uint64_t)t->n_delimiter_rows * t->longest * 30 : 0, "一段中的表格分隔行过多",
         "too many table delimiter rows in one paragraph"},
        {t->columns, DELIMITER_CELLS_MOST, 0, "表格超过256列", "a table has more than 256 columns"},
        {(uint64_t)t->columns * t->n_rows, TABLE_CELLS_MOST,
         (uint64_t)t->columns * t->n_rows > t->longest ? (uint64_t)t->columns * t->n_rows * 300 : 0, "表格的格过多",
         "too many cells in a table"},
        {0, 0, (uint64_t)t->n_brackets * t->n_delimiters * 3, "一段中的链接和强调过多",
         "too many links and marks of emphasis in one paragraph"},
    };

    for (size_t i = 0; i < GB_COUNT(limits); i++) {
        bool is_dear =
            limits[i].cost > STRETCH_COST_MOST || (limits[i].cost > CHEAP && s->cost + limits[i].cost > FILE_COST_MOST);
        if (limits[i].n > limits[i].most || is_dear)
            exceed(s, limits[i].zh, limits[i].en);
    }
    for (size_t i = 0; i < GB_COUNT(limits) && !t->zh; i++)
        s->cost += limits[i].cost;
}

void
gb_scan_report_limit(struct gb_scanner *s, uint32_t begin, uint32_t end, const char *zh, const char *en)
{
    struct gb_fault *last = s->blocks->faults.len ? &s->blocks->faults.items[s->blocks->faults.len - 1] : NULL;
    bool is_next = last && last->kind == GB_FAULT_LIMIT && last->zh.ptr == zh && last->span.end >= begin + s->base;

    if (s->n_limits && (is_next || (s->n_limits >= FAULTS_MOST && last))) {
        last->span.end = end + s->base;
        return;
    }
    s->n_limits++;
    while (begin + 1 < end && (gb_is_blank(s->text[begin]) || gb_is_line_end(s->text[begin])))
        begin++;
    gb_fault_add(s->blocks, s->base, GB_FAULT_LIMIT, (struct gb_span){begin, end}, zh, en);
}

void
gb_scan_end_stretch(struct gb_scanner *s, uint32_t end)
{
    gb_scan_begin_paragraph(s, end);
    check_stretch(s);
    if (s->stretch.zh && s->stretch.begin < end) {
        gb_scan_report_limit(s, s->stretch.begin, end, s->stretch.zh, s->stretch.en);
        gb_scan_blank_out(s, s->stretch.begin, end);
        gb_plain_drop(&s->plain, &s->scan->runs, s->stretch.begin);
    }
    s->stretch = (struct gb_scan_stretch){.begin = end, .text_begin = end};
}

void
gb_scan_check_chunk(struct gb_scanner *s, uint32_t at)
{
    if (s->n_blocks > BLOCKS_MOST)
        exceed(s, "文件中的段落和列项超过60万", "more than 600000 paragraphs and list items in the file");
    else if (at - s->chunk_begin > CHUNK_MOST)
        exceed(s, "4 MB以内没有可以分开处理之处", "no place to part the text within 4 MB");
    else if (s->weight > WEIGHT_MOST)
        exceed(s, "一部分中的标记和行过多", "too many marks and lines in one part");
}

void
gb_scan_check_links(struct gb_scanner *s)
{
    size_t longest = 0;

    for (size_t i = 0; i < s->scan->links.len; i++) {
        struct gb_span span = s->scan->links.items[i].span;
        if (span.end - span.begin > longest)
            longest = span.end - span.begin;
    }
    if (longest * s->n_links <= LINK_WORK_MOST)
        return;
    gb_fault_add(s->blocks, s->base, GB_FAULT_LIMIT, s->scan->links.items[0].span, "链接定义过长，未作为链接处理",
                 "link definitions are too long and were not followed");
    for (size_t i = 0; i < s->scan->links.len; i++)
        gb_scan_feed(s)[s->scan->links.items[i].span.begin] = 'x';
    s->scan->links.len = 0;
}
