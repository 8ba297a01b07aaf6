/* The pass over a Markdown file before it is parsed: regions, limits, places where it can be cut. */
#include "read/markdown_scan_priv.h"

#include "read/markdown_html_priv.h"

#include <endian.h>

enum {
    CHUNK = 64 * 1024,             /* bytes after which a place to cut is looked for: a part that fits the cache parses faster */
    CHUNK_MOST = 4 * 1024 * 1024,  /* without a place to cut */
    FILE_MOST = 16 * 1024 * 1024,
    PARAGRAPH_MOST = 256 * 1024,
    WEIGHT_MOST = 1500 * 1000,     /* of a chunk: marks, and lines times three; each may cost 200 bytes */
    BLOCKS_MOST = 600 * 1000,
    DELIMITER_CELLS_MOST = 256,
    TABLE_CELLS_MOST = 200 * 1000,
    DELIMITER_ROWS_MOST = 500,
    DECLARATIONS_MOST = 500,       /* "<?" and "<!" in one paragraph */
    IMAGES_MOST = 2000,            /* "![" in one paragraph */
    STRETCH_COST_MOST = 100 * 1000 * 1000,  /* nanoseconds, as estimated */
    FILE_COST_MOST = 500 * 1000 * 1000,
    CHEAP = 50 * 1000,             /* what is parsed even when the file has used up its cost */
    DEPTH_MOST = 50,               /* container marks in one line */
    INDENT_MOST = 200,             /* bytes before a list marker */
    FORMULA_MOST = 16 * 1024,
    NUMBER_MOST = 60,              /* bytes behind $$ that can be a number */
    LABEL_MOST = 200,
    LINK_WORK_MOST = 64 * 1024 * 1024,
    TICKS_MOST = 16,               /* of a code span that formulas are not looked for in */
    BLANK_LINES_MOST = 16,         /* one after the other, as the parser sees them */
    PAGES_MOST = 10 * 1000,
    FAULTS_MOST = 50,              /* limits reported singly; then only the last of them grows */
};

/* HIGH: of a character beyond ASCII; ODD: means nothing here, but a line with it is not plain. */
enum { CLASS_NONE, CLASS_HIGH, CLASS_END, CLASS_ODD, CLASS_MARK, CLASS_TICK, CLASS_DOLLAR, CLASS_LESS, CLASS_ESCAPE, CLASS_BANG };

static const uint8_t classes[256] = {
    ['\n'] = CLASS_END, ['\r'] = CLASS_END, ['`'] = CLASS_TICK, ['$'] = CLASS_DOLLAR, ['<'] = CLASS_LESS,
    ['\\'] = CLASS_ESCAPE, ['!'] = CLASS_BANG, ['*'] = CLASS_MARK, ['_'] = CLASS_MARK, ['['] = CLASS_MARK,
    [']'] = CLASS_MARK, ['&'] = CLASS_MARK, ['|'] = CLASS_MARK, ['~'] = CLASS_ODD, ['\t'] = CLASS_ODD, ['\f'] = CLASS_ODD,
    ['\v'] = CLASS_ODD, [0x80 ... 0xFF] = CLASS_HIGH,
};

/* Consecutive lines without a blank one: the most that can become one paragraph. */
struct stretch {
    uint32_t begin;
    uint32_t text_begin;           /* where the bytes that may be one paragraph begin */
    uint32_t longest;              /* of such paragraphs */
    uint32_t n_declarations, n_images, n_delimiter_rows, n_brackets, n_delimiters;
    uint32_t columns, n_rows;      /* of the table that may be in it */
    const char *zh, *en;           /* the limit that it goes beyond */
};

struct scanner {
    struct gb_scan *scan;
    struct gb_blocks *blocks;
    uint32_t base;
    const char *text;
    uint32_t len;
    struct stretch stretch;
    struct gb_span line;           /* part of the line last asked for, up to its end */
    char fence;                    /* of an open code fence, or 0 */
    uint32_t fence_len, fence_indent;
    const char *raw_end;           /* what ends the HTML block that is open, or NULL */
    uint32_t no_ticks[TICKS_MOST + 1]; /* by length: end of the line in which no code span ends any more */
    bool was_blank;                /* the line before */
    uint32_t n_blank;              /* lines before that are blank */
    struct gb_plain plain;
    uint32_t chunk_begin;
    uint32_t weight, n_blocks;
    uint64_t cost;                 /* of all stretches */
    struct gb_html_search search;
    uint32_t no_comment_end;       /* no --> is found from here on */
    size_t n_links;                /* brackets that may be links */
    unsigned n_limits;
};

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool
is_end(char c)
{
    return c == '\n' || c == '\r';
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool
is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static uint32_t
skip_blanks(const struct scanner *s, uint32_t at)
{
    while (at < s->len && is_blank(s->text[at]))
        at++;
    return at;
}

/* Columns from the start of the line, with tab stops of four. */
static uint32_t
column_of(const struct scanner *s, uint32_t begin, uint32_t at)
{
    uint32_t column = 0;

    for (uint32_t i = begin; i < at; i++)
        column = s->text[i] == '\t' ? (column + 4) & ~3u : column + 1;
    return column;
}

/* End of the line that holds `at`, without its line end. It is asked for again and again in one line. */
static uint32_t
line_end(struct scanner *s, uint32_t at)
{
    if (at < s->line.begin || at > s->line.end) {
        s->line.begin = at;
        while (at < s->len && !is_end(s->text[at]))
            at++;
        s->line.end = at;
    }
    return s->line.end;
}

static uint32_t
next_line(const struct scanner *s, uint32_t end)
{
    if (end < s->len && s->text[end] == '\r')
        end++;
    else if (end < s->len)
        return end + 1;
    return end < s->len && s->text[end] == '\n' ? end + 1 : end;
}

/* The copy that may be changed. */
static char *
feed(struct scanner *s)
{
    if (!s->scan->copy) {
        s->scan->copy = gb_alloc(s->len);
        memcpy(s->scan->copy, s->text, s->len);
        s->scan->feed.ptr = s->scan->copy;
    }
    return s->scan->copy;
}

/* Blanks out whole lines, so that the parser sees empty ones. */
static void
blank_out(struct scanner *s, uint32_t begin, uint32_t end)
{
    char *copy = feed(s);

    for (uint32_t i = begin; i < end; i++) {
        if (!is_end(copy[i]))
            copy[i] = ' ';
    }
}

static void
add_region(struct scanner *s, enum gb_region_kind kind, uint32_t begin, uint32_t end, bool is_whole)
{
    char *copy = feed(s);

    *gb_push(&s->scan->regions) = (struct gb_region){{begin, end}, kind, is_whole};
    for (uint32_t i = begin; i < end; i++) {
        if (is_end(copy[i]))
            s->scan->has_joined_lines = true;
        copy[i] = 'x';
    }
    if (is_whole) {
        copy[begin] = '#';
        if (end - begin > 1)
            copy[begin + 1] = ' ';
    }
    /* The words of a region are no part of the paragraph that the parser reads. */
    s->stretch.text_begin += end - begin;
}

static void
exceed(struct scanner *s, const char *zh, const char *en)
{
    if (s->stretch.zh)
        return;
    s->stretch.zh = zh;
    s->stretch.en = en;
}

/* A line that ends the paragraph before it, or stands by itself. */
static void
begin_paragraph(struct scanner *s, uint32_t at)
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
check_stretch(struct scanner *s)
{
    const struct stretch *t = &s->stretch;
    const struct {
        uint64_t n, most, cost;
        const char *zh, *en;
    } limits[] = {
        {t->longest, PARAGRAPH_MOST, 0, "一段超过256 kB", "one paragraph has more than 256 kB"},
        {t->n_declarations, DECLARATIONS_MOST, (uint64_t)t->n_declarations * t->longest / 2,
         "一段中的“<?”或“<!”过多", "too many “<?” or “<!” in one paragraph"},
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
        bool is_dear = limits[i].cost > STRETCH_COST_MOST ||
                       (limits[i].cost > CHEAP && s->cost + limits[i].cost > FILE_COST_MOST);
        if (limits[i].n > limits[i].most || is_dear)
            exceed(s, limits[i].zh, limits[i].en);
    }
    for (size_t i = 0; i < GB_COUNT(limits) && !t->zh; i++)
        s->cost += limits[i].cost;
}

static void
report_limit(struct scanner *s, uint32_t begin, uint32_t end, const char *zh, const char *en)
{
    struct gb_fault *last = s->blocks->faults.len ? &s->blocks->faults.items[s->blocks->faults.len - 1] : NULL;
    bool is_next = last && last->kind == GB_FAULT_LIMIT && last->zh.ptr == zh && last->span.end >= begin + s->base;

    if (s->n_limits && (is_next || (s->n_limits >= FAULTS_MOST && last))) {
        last->span.end = end + s->base;
        return;
    }
    s->n_limits++;
    while (begin + 1 < end && (is_blank(s->text[begin]) || is_end(s->text[begin])))
        begin++;
    gb_fault_add(s->blocks, s->base, GB_FAULT_LIMIT, (struct gb_span){begin, end}, zh, en);
}

/* A blank line, a fence or the end: what was read since the last one is judged. */
static void
end_stretch(struct scanner *s, uint32_t end)
{
    begin_paragraph(s, end);
    check_stretch(s);
    if (s->stretch.zh && s->stretch.begin < end) {
        report_limit(s, s->stretch.begin, end, s->stretch.zh, s->stretch.en);
        blank_out(s, s->stretch.begin, end);
        gb_plain_drop(&s->plain, &s->scan->runs, s->stretch.begin);
    }
    s->stretch = (struct stretch){.begin = end, .text_begin = end};
}

/* Cells of a table's delimiter row, or 0. */
static uint32_t
delimiter_cells(const struct scanner *s, uint32_t begin, uint32_t end)
{
    uint32_t pipes = 0, dashes = 0;

    for (uint32_t i = begin; i < end; i++) {
        char c = s->text[i];
        pipes += c == '|';
        dashes += c == '-';
        if (c != '|' && c != '-' && c != ':' && !is_blank(c) && c != '>')
            return 0;
    }
    return dashes ? pipes + 1 : 0;
}

struct prefix {
    uint32_t content;    /* where the text of the line begins */
    uint32_t depth;      /* container marks before it */
    bool in_item;        /* the last of them is a list marker */
};

/* Length of a list marker with the blank behind it, or 0. */
static uint32_t
list_marker(const struct scanner *s, uint32_t at)
{
    uint32_t p = at;

    if (p < s->len && (s->text[p] == '-' || s->text[p] == '*' || s->text[p] == '+')) {
        p++;
    } else {
        while (p < s->len && p - at < 9 && is_digit(s->text[p]))
            p++;
        if (p == at || p >= s->len || (s->text[p] != '.' && s->text[p] != ')'))
            return 0;
        p++;
    }
    return p < s->len && is_blank(s->text[p]) ? p - at : 0;
}

static struct prefix
read_prefix(const struct scanner *s, uint32_t begin)
{
    struct prefix prefix = {skip_blanks(s, begin), 0, false};
    uint32_t marker;

    for (;;) {
        if (prefix.content < s->len && s->text[prefix.content] == '>') {
            prefix.content = skip_blanks(s, prefix.content + 1);
            prefix.in_item = false;
        } else if ((marker = list_marker(s, prefix.content))) {
            prefix.content = skip_blanks(s, prefix.content + marker);
            prefix.in_item = true;
        } else {
            return prefix;
        }
        prefix.depth++;
    }
}

/* A line of one character and blanks, such as "* * *": a rule, however long. */
static bool
is_rule(struct scanner *s, uint32_t begin, uint32_t end)
{
    uint32_t at = skip_blanks(s, begin);
    char c = at < end ? s->text[at] : 0;

    if (c != '*' && c != '-' && c != '_')
        return false;
    for (; at < end; at++) {
        if (s->text[at] != c && !is_blank(s->text[at]))
            return false;
    }
    return true;
}

static uint32_t
run_length(const struct scanner *s, uint32_t at, char c)
{
    uint32_t n = 0;

    while (at + n < s->len && s->text[at + n] == c)
        n++;
    return n;
}

/* A code fence opens at `at`: its info string must hold no backtick. */
static bool
opens_fence(struct scanner *s, uint32_t at)
{
    char c = at < s->len ? s->text[at] : 0;

    if (c != '`' && c != '~')
        return false;
    uint32_t n = run_length(s, at, c), end = line_end(s, at);
    if (n < 3 || (c == '`' && memchr(s->text + at + n, '`', end - at - n)))
        return false;
    s->fence = c;
    s->fence_len = n;
    return true;
}

static bool
closes_fence(const struct scanner *s, uint32_t at)
{
    while (at < s->len && (is_blank(s->text[at]) || s->text[at] == '>'))
        at++;
    uint32_t n = run_length(s, at, s->fence);
    if (n < s->fence_len)
        return false;
    at = skip_blanks(s, at + n);
    return at >= s->len || is_end(s->text[at]);
}

/* HTML blocks that go on over blank lines until their end. */
static const struct {
    const char *start, *end;
    bool is_declaration;
} raw_blocks[] = {
    {"<?", "?>", true},
    {"<![CDATA[", "]]>", true},
    {"<!", ">", true},
};

static bool
starts_with(const struct scanner *s, uint32_t at, const char *what)
{
    size_t n = strlen(what);

    return s->len - at >= n && memcmp(s->text + at, what, n) == 0;
}

static uint32_t
find(const struct scanner *s, uint32_t from, uint32_t limit, const char *what)
{
    size_t n = strlen(what);

    if (limit > s->len)
        limit = s->len;
    const char *hit = from < limit ? memmem(s->text + from, limit - from, what, n) : NULL;
    return hit ? (uint32_t)(hit - s->text) : UINT32_MAX;
}

/* Nothing but blanks up to the end of the line. */
static bool
ends_line(const struct scanner *s, uint32_t at)
{
    at = skip_blanks(s, at);
    return at >= s->len || is_end(s->text[at]);
}

/* A comment at `at`: the end of it, or `at` where there is none. */
static uint32_t
scan_comment(struct scanner *s, uint32_t at, bool is_first)
{
    if (at >= s->no_comment_end)
        return at;
    uint32_t end = find(s, at + 4, s->len, "-->");
    if (end == UINT32_MAX) {
        s->no_comment_end = at;
        gb_fault_add(s->blocks, s->base, GB_FAULT_MALFORMED, (struct gb_span){at, line_end(s, at)},
                     "注释“<!--”没有以“-->”结束", "the comment “<!--” is not ended by “-->”");
        feed(s)[at] = 'x';
        return at;
    }
    end += 3;
    add_region(s, GB_REGION_COMMENT, at, end, is_first && ends_line(s, end));
    return end;
}

static uint32_t
scan_html(struct scanner *s, uint32_t at, bool is_first)
{
    bool is_block;
    uint32_t end = gb_html_region((struct gb_str){s->text, s->len}, at, is_first, &s->search, &is_block);

    if (end == 0)
        return at;
    bool is_whole = is_first && ends_line(s, end);
    /* A <div> with text behind it in its line is left to the parser: only tables and pictures stand by themselves. */
    if (is_block && !is_whole)
        return at;
    add_region(s, GB_REGION_HTML, at, end, is_whole);
    return end;
}

/* What may stand behind a formula: its number. */
static bool
is_formula_number(const struct scanner *s, uint32_t at, uint32_t end)
{
    at = skip_blanks(s, at);
    if (at == end)
        return true;
    if (end - at > NUMBER_MOST)
        return false;
    return s->text[at] == '(' || s->text[at] == '{' || s->text[at] == '.' || starts_with(s, at, "\xEF\xBC\x88") ||
           starts_with(s, at, "\xE2\x80\xA6") || starts_with(s, at, "\xC2\xB7") || starts_with(s, at, "\\tag");
}

static uint32_t
scan_display(struct scanner *s, uint32_t at, bool is_first)
{
    uint32_t limit = is_first ? at + FORMULA_MOST : line_end(s, at);
    uint32_t close = find(s, at + 2, limit, "$$");

    if (close == UINT32_MAX)
        return at;
    uint32_t end = line_end(s, close);
    if (is_first && is_formula_number(s, close + 2, end)) {
        while (is_blank(s->text[end - 1]))
            end--;
        add_region(s, GB_REGION_DISPLAY, at, end, true);
        return end;
    }
    if (close > line_end(s, at))
        return at;
    add_region(s, GB_REGION_DISPLAY, at, close + 2, false);
    return close + 2;
}

/* Inside of $ … $ looks like a formula, not like the words between two sums of money. */
static bool
is_formula(struct gb_str inside)
{
    bool has_wide = false;

    for (size_t i = 0; i < inside.len; i++) {
        char c = inside.ptr[i];
        if (c == '\\' || c == '^' || c == '_' || c == '=' || c == '{')
            return true;
        has_wide = has_wide || (unsigned char)c >= 0xE3;
    }
    return !has_wide;
}

uint32_t
gb_scan_math(struct gb_str text, uint32_t at, uint32_t end)
{
    uint32_t close = at + 1;

    while (close < end && text.ptr[close] != '$')
        close += text.ptr[close] == '\\' && close + 1 < end ? 2 : 1;
    if (close >= end || close == at + 1)
        return 0;
    bool blank_before = is_blank(text.ptr[at + 1]), blank_after = is_blank(text.ptr[close - 1]);
    if (blank_before != blank_after || (!blank_after && close + 1 < end && is_digit(text.ptr[close + 1])))
        return 0;
    return is_formula(gb_str_sub(text, at + 1, close)) ? close + 1 : 0;
}

static uint32_t
scan_math(struct scanner *s, uint32_t at)
{
    uint32_t end = gb_scan_math(s->scan->raw, at, line_end(s, at));

    if (end)
        add_region(s, GB_REGION_MATH, at, end, false);
    return end ? end : at;
}

/* The code span that begins at `at`, if it ends in its line. */
static uint32_t
skip_code_span(struct scanner *s, uint32_t at)
{
    uint32_t n = run_length(s, at, '`'), p = at + n, end = line_end(s, at);

    /* Looked for once in a line for each length. */
    if (n > TICKS_MOST || s->no_ticks[n] == end)
        return p;
    while (p < end) {
        const char *hit = memchr(s->text + p, '`', end - p);
        if (!hit)
            break;
        p = (uint32_t)(hit - s->text);
        uint32_t close = run_length(s, p, '`');
        p += close;
        if (close == n)
            return p;
    }
    s->no_ticks[n] = end;
    return at + n;
}

/* "[^label]", where it is no definition. */
static void
scan_mark(struct scanner *s, uint32_t at)
{
    uint32_t end = at + 2;

    while (end < s->len && end - at < LABEL_MOST && s->text[end] != ']' && !is_end(s->text[end]))
        end++;
    if (end < s->len && s->text[end] == ']' && !starts_with(s, end, "]:"))
        *gb_push(&s->scan->marks) = (struct gb_span){at + 2, end};
}

/* Passes over a byte and those behind it that have their top bit, eight at a time: Chinese consists of them. */
static uint32_t
skip_high(const struct scanner *s, uint32_t at)
{
    const uint64_t tops = UINT64_C(0x8080808080808080);
    uint64_t word;

    for (at++; s->len - at >= sizeof(word); at += (uint32_t)sizeof(word)) {
        memcpy(&word, s->text + at, sizeof(word));
        uint64_t low = ~le64toh(word) & tops;
        if (low)
            return at + (uint32_t)__builtin_ctzll(low) / 8;
    }
    return at;
}

/* Looks at one special byte of a line; returns where to go on. */
static uint32_t
scan_special(struct scanner *s, uint32_t at, bool is_first)
{
    uint32_t next = at;

    s->weight++;
    switch (classes[(unsigned char)s->text[at]]) {
    case CLASS_TICK:
        return skip_code_span(s, at);
    case CLASS_ESCAPE:
        return at + 1 < s->len && !is_end(s->text[at + 1]) ? at + 2 : at + 1;
    case CLASS_DOLLAR:
        if (at + 1 < s->len && s->text[at + 1] == '$') {
            next = scan_display(s, at, is_first);
            return next > at ? next : at + run_length(s, at, '$');
        }
        next = scan_math(s, at);
        break;
    case CLASS_LESS:
        if (starts_with(s, at, "<!--"))
            next = scan_comment(s, at, is_first);
        else if (at + 1 < s->len && (s->text[at + 1] == '?' || s->text[at + 1] == '!'))
            s->stretch.n_declarations++;
        else if (at + 1 < s->len && is_letter(s->text[at + 1]))
            next = scan_html(s, at, is_first);
        break;
    case CLASS_BANG:
        s->stretch.n_images += at + 1 < s->len && s->text[at + 1] == '[';
        break;
    case CLASS_MARK:
        if (s->text[at] == '[') {
            s->n_links++;
            if (at + 1 < s->len && s->text[at + 1] == '^')
                scan_mark(s, at);
        }
        s->stretch.n_brackets += s->text[at] == ']';
        s->stretch.n_delimiters += s->text[at] == '*' || s->text[at] == '_';
        break;
    default:
        break;
    }
    return next > at ? next : at + 1;
}

/* A destination of a link definition: not just a word with a colon before it. */
static bool
looks_like_target(struct gb_str s)
{
    return s.len && (s.ptr[0] == '<' || s.ptr[0] == '#' || s.ptr[0] == '/' || s.ptr[0] == '.' ||
                     gb_str_has(s, GB_STR("://")) || gb_str_starts(s, GB_STR("mailto:")));
}

/* The label can stand in a reference that cmark-gfm finds: it must be one text to it. */
static bool
is_plain_label(struct gb_str label)
{
    for (size_t i = 0; i < label.len; i++) {
        if (strchr("*_`&<!\\'\"", label.ptr[i]))
            return false;
    }
    return label.len > 0;
}

/* "[label]:" at the start of a line. What cmark-gfm would take out of the text without need is left in it. */
static void
scan_definition(struct scanner *s, uint32_t at)
{
    uint32_t end = line_end(s, at), close = at + 1;

    while (close < end && s->text[close] != ']' && s->text[close] != '[')
        close += s->text[close] == '\\' ? 2 : 1;
    if (close + 1 >= end || s->text[close] != ']' || s->text[close + 1] != ':')
        return;
    struct gb_definition definition = {{at, end}, {at + 1, close}};
    s->weight += 10;
    if (s->text[at + 1] == '^') {
        definition.label.begin++;
        struct gb_str label = gb_str_sub(s->scan->raw, definition.label.begin, definition.label.end);
        if (is_plain_label(label) && !gb_scan_footnote(s->scan, label))
            gb_scan_add_footnote(s->scan, definition);
        else
            feed(s)[at] = 'x';
        return;
    }
    uint32_t target = skip_blanks(s, close + 2);
    if (looks_like_target(gb_str_sub(s->scan->raw, target, end)))
        *gb_push(&s->scan->links) = definition;
    else
        feed(s)[at] = 'x';
}

/* The place to begin a new chunk: text at the margin behind a blank line, which closes all that was open. */
static bool
is_cut(const struct scanner *s, uint32_t begin)
{
    char c = s->text[begin];

    return s->was_blank && begin - s->chunk_begin >= CHUNK && (c == '#' || is_letter(c) || (unsigned char)c >= 0x80);
}

static void
begin_chunk(struct scanner *s, uint32_t at)
{
    gb_plain_end(&s->plain, &s->scan->runs, at);
    *gb_push(&s->scan->chunks) = at;
    s->chunk_begin = at;
    s->weight = 0;
}

/* True when nothing of the line is to be scanned further. */
static bool
scan_line_start(struct scanner *s, uint32_t begin, struct prefix *prefix)
{
    uint32_t end;

    if (s->fence) {
        if (closes_fence(s, begin)) {
            s->fence = 0;
            return true;
        }
        uint32_t content = skip_blanks(s, begin);
        bool is_outside = s->fence_indent && content < s->len && !is_end(s->text[content]) &&
                          s->text[content] != '>' && column_of(s, begin, content) < s->fence_indent;
        if (!is_outside)
            return true;
        s->fence = 0;
    }
    if (s->raw_end) {
        end = line_end(s, begin);
        if (find(s, begin, end, s->raw_end) != UINT32_MAX)
            s->raw_end = NULL;
        return true;
    }
    *prefix = read_prefix(s, begin);
    if (prefix->content >= s->len || is_end(s->text[prefix->content])) {
        end_stretch(s, begin);
        s->n_blocks += prefix->depth;
        return true;
    }
    if (is_cut(s, begin)) {
        end_stretch(s, begin);
        begin_chunk(s, begin);
    }
    char c = s->text[prefix->content];
    if (prefix->depth > DEPTH_MOST || (prefix->in_item && prefix->content - begin > INDENT_MOST)) {
        end = line_end(s, begin);
        if (!is_rule(s, begin, end)) {
            report_limit(s, begin, end, "嵌套超过50层", "nested more than 50 deep");
            blank_out(s, begin, end);
            return true;
        }
    }
    if (opens_fence(s, prefix->content)) {
        end_stretch(s, begin);
        s->fence_indent = prefix->depth ? column_of(s, begin, prefix->content) : 0;
        return true;
    }
    for (size_t i = 0; c == '<' && i < GB_COUNT(raw_blocks); i++) {
        if (!starts_with(s, prefix->content, raw_blocks[i].start) || starts_with(s, prefix->content, "<!--"))
            continue;
        end = line_end(s, begin);
        s->stretch.n_declarations++;
        if (find(s, prefix->content + 2, end, raw_blocks[i].end) == UINT32_MAX)
            s->raw_end = raw_blocks[i].end;
        break;
    }
    if (c == '#' || prefix->in_item || (c == '|' && s->stretch.columns))
        begin_paragraph(s, begin);
    if (s->was_blank || prefix->depth || c == '#')
        s->n_blocks += prefix->depth + 1;
    if (c == '[')
        scan_definition(s, prefix->content);
    if (c == '|' || c == '-' || c == ':') {
        end = line_end(s, begin);
        uint32_t cells = delimiter_cells(s, prefix->content, end);
        if (cells) {
            s->stretch.n_delimiter_rows++;
            if (cells > s->stretch.columns)
                s->stretch.columns = cells;
        }
    }
    if (s->stretch.columns)
        s->stretch.n_rows++;
    return false;
}

/* Too much that hangs together: the rest of it is not parsed. */
static void
check_chunk(struct scanner *s, uint32_t at)
{
    if (s->n_blocks > BLOCKS_MOST)
        exceed(s, "文件中的段落和列项超过60万", "more than 600000 paragraphs and list items in the file");
    else if (at - s->chunk_begin > CHUNK_MOST)
        exceed(s, "4 MB以内没有可以分开处理之处", "no place to part the text within 4 MB");
    else if (s->weight > WEIGHT_MOST)
        exceed(s, "一部分中的标记和行过多", "too many marks and lines in one part");
}

/* Each blank line costs the parser a step for every list that is open: those behind the first few become one. */
static void
join_to_last(struct scanner *s, uint32_t begin)
{
    char *copy = feed(s);

    s->scan->has_joined_lines = true;
    if (begin > 1 && copy[begin - 1] == '\n' && copy[begin - 2] == '\r')
        copy[begin - 2] = ' ';
    copy[begin - 1] = ' ';
}

/* Looks at the text of a line; returns the end of it, or of the line where a region that begins in it ends. */
static uint32_t
scan_content(struct scanner *s, uint32_t content, bool *out_is_clean)
{
    uint32_t at = content;
    bool is_clean = true;

    while (at < s->len) {
        uint8_t class = classes[(unsigned char)s->text[at]];
        if (class == CLASS_NONE) {
            at++;
            continue;
        }
        if (class == CLASS_HIGH) {
            at = skip_high(s, at);
            continue;
        }
        if (class == CLASS_END)
            break;
        is_clean = false;
        at = class == CLASS_ODD ? at + 1 : scan_special(s, at, at == content);
    }
    *out_is_clean = is_clean;
    return at;
}

static uint32_t
scan_line(struct scanner *s, uint32_t begin)
{
    struct prefix prefix = {begin, 0, false};
    uint32_t at;

    bool is_done = scan_line_start(s, begin, &prefix);
    s->was_blank = is_done && !s->fence && !s->raw_end && ends_line(s, prefix.content);
    s->n_blank = s->was_blank ? s->n_blank + 1 : 0;
    s->weight += s->was_blank ? 0 : 3;
    enum gb_line_kind kind = s->was_blank && !prefix.depth ? GB_LINE_BLANK : GB_LINE_OTHER;
    if (kind == GB_LINE_BLANK && s->n_blank > BLANK_LINES_MOST)
        join_to_last(s, begin);
    if (is_done) {
        at = line_end(s, begin);
    } else {
        bool is_clean;
        at = scan_content(s, prefix.content, &is_clean);
        kind = gb_plain_line(s->scan->raw, begin, at, is_clean);
    }
    gb_plain_take(&s->plain, &s->scan->runs, kind, s->scan->raw, begin);
    return next_line(s, at);
}

/* A form feed is no blank to the parser: it would begin a paragraph. */
static void
blank_form_feeds(struct scanner *s)
{
    const char *hit = s->text, *end = s->text + s->len;

    while ((hit = memchr(hit, '\f', (size_t)(end - hit)))) {
        uint32_t at = (uint32_t)(hit - s->text);
        if (s->scan->form_feeds.len < PAGES_MOST)
            *gb_push(&s->scan->form_feeds) = at;
        feed(s)[at] = ' ';
        hit++;
    }
}

/* Links made through definitions copy their target: the work is targets times brackets. */
static void
check_links(struct scanner *s)
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
        feed(s)[s->scan->links.items[i].span.begin] = 'x';
    s->scan->links.len = 0;
}

void
gb_scan_markdown(struct gb_scan *scan, struct gb_blocks *blocks, const struct gb_source_file *file, uint32_t begin)
{
    struct scanner s = {
        .scan = scan,
        .blocks = blocks,
        .base = file->base,
        .text = file->text.ptr,
        .len = (uint32_t)file->text.len,
        .was_blank = true,
        .line = {UINT32_MAX, 0},
        .search = {.no_table_end = UINT32_MAX},
        .no_comment_end = UINT32_MAX,
    };

    *scan = (struct gb_scan){.raw = file->text, .feed = file->text};
    if (file->text.len > FILE_MOST) {
        gb_fault_add(blocks, s.base, GB_FAULT_LIMIT, (struct gb_span){0, 0}, "文件超过16 MB，未检查",
                     "the file has more than 16 MB and was not checked");
        blocks->faults.items[blocks->faults.len - 1].is_whole = true;
        return;
    }
    begin_chunk(&s, begin);
    s.stretch = (struct stretch){.begin = begin, .text_begin = begin};
    blank_form_feeds(&s);
    for (uint32_t at = begin; at < s.len;) {
        at = scan_line(&s, at);
        check_chunk(&s, at);
    }
    end_stretch(&s, s.len);
    gb_plain_end(&s.plain, &scan->runs, s.len);
    if (blocks->by_parser)
        scan->runs.len = 0;
    check_links(&s);
}
