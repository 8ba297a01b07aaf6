/* What stands in the lines of a Markdown file that the parser must not touch: comments, elements of HTML, formulas; code spans are passed over. */
#include "read/markdown/scanner_priv.h"

#include <endian.h>

enum {
    FORMULA_MOST = 16 * 1024,
    NUMBER_MOST = 60, /* bytes behind $$ and what leads to its number */
    LABEL_MOST = 200,
};

/* HIGH: of a character beyond ASCII; ODD: means nothing here, but a line with it is not plain. */
enum {
    CLASS_NONE,
    CLASS_HIGH,
    CLASS_END,
    CLASS_ODD,
    CLASS_MARK,
    CLASS_TICK,
    CLASS_DOLLAR,
    CLASS_LESS,
    CLASS_ESCAPE,
    CLASS_BANG
};

static const uint8_t classes[256] = {
    ['\n'] = CLASS_END,           ['\r'] = CLASS_END, ['`'] = CLASS_TICK,
    ['$'] = CLASS_DOLLAR,         ['<'] = CLASS_LESS, ['\\'] = CLASS_ESCAPE,
    ['!'] = CLASS_BANG,           ['*'] = CLASS_MARK, ['_'] = CLASS_MARK,
    ['['] = CLASS_MARK,           [']'] = CLASS_MARK, ['&'] = CLASS_MARK,
    ['|'] = CLASS_MARK,           ['~'] = CLASS_ODD,  ['='] = CLASS_ODD,
    ['\t'] = CLASS_ODD,           ['\f'] = CLASS_ODD, ['\v'] = CLASS_ODD,
    [0x80 ... 0xFF] = CLASS_HIGH,
};

void
gb_scan_add_region(struct gb_scanner *s, enum gb_region_kind kind, uint32_t begin, uint32_t end, bool is_whole)
{
    char *copy = gb_scan_feed(s);

    *gb_push(&s->scan->regions) = (struct gb_region){{begin, end}, kind, is_whole};
    for (uint32_t i = begin; i < end; i++) {
        if (gb_is_line_end(copy[i]))
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

/* A comment at `at`: the end of it, or `at` where there is none. */
static uint32_t
scan_comment(struct gb_scanner *s, uint32_t at, bool is_first)
{
    if (at >= s->no_comment_end)
        return at;
    uint32_t end = gb_scan_find(s, at + 4, s->len, "-->");
    if (end == UINT32_MAX) {
        s->no_comment_end = at;
        gb_fault_add(s->blocks, s->base, GB_FAULT_MALFORMED, (struct gb_span){at, gb_scan_line_end(s, at)},
                     "注释“<!--”没有以“-->”结束", "the comment “<!--” is not ended by “-->”");
        gb_scan_feed(s)[at] = 'x';
        return at;
    }
    end += 3;
    gb_scan_add_region(s, GB_REGION_COMMENT, at, end, is_first && gb_scan_ends_line(s, end));
    return end;
}

static uint32_t
scan_html(struct gb_scanner *s, uint32_t at, bool is_first)
{
    bool is_block;
    uint32_t end = gb_html_region((struct gb_str){s->text, s->len}, at, is_first, &s->search, &is_block);

    if (end == 0)
        return at;
    bool is_whole = is_first && gb_scan_ends_line(s, end);
    /* A <div> with text behind it in its line is left to the parser: only tables and pictures stand by themselves. */
    if (is_block && !is_whole)
        return at;
    gb_scan_add_region(s, GB_REGION_HTML, at, end, is_whole);
    return end;
}

/* What may stand behind a formula: its number, led to by dots or blanks of any width. */
static bool
is_formula_number(const struct gb_scanner *s, uint32_t at, uint32_t end)
{
    GB_WORDS(leaders, " ", "\t", "\r", "　", ".", "…", "⋯", "·", "&emsp;", "&ensp;", "&nbsp;");
    struct gb_str rest = {s->text + at, end - at};

    for (size_t n; (n = GB_START(rest, leaders)) > 0;)
        rest = gb_str_skip(rest, n);
    return rest.len == 0 || (rest.len <= NUMBER_MOST && GB_STARTS_WITH(rest, "(", "（", "{", "\\tag"));
}

static uint32_t
scan_display(struct gb_scanner *s, uint32_t at, bool is_first)
{
    uint32_t limit = is_first ? at + FORMULA_MOST : gb_scan_line_end(s, at);
    uint32_t close = gb_scan_find(s, at + 2, limit, "$$");

    if (close == UINT32_MAX)
        return at;
    uint32_t end = gb_scan_line_end(s, close);
    if (is_first && is_formula_number(s, close + 2, end)) {
        while (gb_is_blank(s->text[end - 1]))
            end--;
        gb_scan_add_region(s, GB_REGION_DISPLAY, at, end, true);
        return end;
    }
    if (close > gb_scan_line_end(s, at))
        return at;
    gb_scan_add_region(s, GB_REGION_DISPLAY, at, close + 2, false);
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
    bool blank_before = gb_is_blank(text.ptr[at + 1]), blank_after = gb_is_blank(text.ptr[close - 1]);
    if (blank_before != blank_after || (!blank_after && close + 1 < end && gb_is_digit(text.ptr[close + 1])))
        return 0;
    return is_formula(gb_str_sub(text, at + 1, close)) ? close + 1 : 0;
}

static uint32_t
scan_math(struct gb_scanner *s, uint32_t at)
{
    uint32_t end = gb_scan_math(s->scan->raw, at, gb_scan_line_end(s, at));

    if (end)
        gb_scan_add_region(s, GB_REGION_MATH, at, end, false);
    return end ? end : at;
}

/* The code span that begins at `at`, if it ends in its line. */
static uint32_t
skip_code_span(struct gb_scanner *s, uint32_t at)
{
    uint32_t n = gb_scan_run_length(s, at, '`'), p = at + n, end = gb_scan_line_end(s, at);

    /* Looked for once in a line for each length. */
    if (n > GB_SCAN_TICKS_MOST || s->no_ticks[n] == end)
        return p;
    while (p < end) {
        const char *hit = memchr(s->text + p, '`', end - p);
        if (!hit)
            break;
        p = (uint32_t)(hit - s->text);
        uint32_t close = gb_scan_run_length(s, p, '`');
        p += close;
        if (close == n)
            return p;
    }
    s->no_ticks[n] = end;
    return at + n;
}

/* "[^label]", where it is no definition. */
static void
scan_mark(struct gb_scanner *s, uint32_t at)
{
    uint32_t end = at + 2;

    while (end < s->len && end - at < LABEL_MOST && s->text[end] != ']' && !gb_is_line_end(s->text[end]))
        end++;
    if (end < s->len && s->text[end] == ']' && !gb_scan_starts(s, end, "]:"))
        *gb_push(&s->scan->marks) = (struct gb_span){at + 2, end};
}

/* Passes over a byte and those behind it that have their top bit, eight at a time: Chinese consists of them. */
static uint32_t
skip_high(const struct gb_scanner *s, uint32_t at)
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
scan_special(struct gb_scanner *s, uint32_t at, bool is_first)
{
    uint32_t next = at;

    s->weight++;
    switch (classes[(unsigned char)s->text[at]]) {
    case CLASS_TICK:
        return skip_code_span(s, at);
    case CLASS_ESCAPE:
        return at + 1 < s->len && !gb_is_line_end(s->text[at + 1]) ? at + 2 : at + 1;
    case CLASS_DOLLAR:
        if (at + 1 < s->len && s->text[at + 1] == '$') {
            next = scan_display(s, at, is_first);
            return next > at ? next : at + gb_scan_run_length(s, at, '$');
        }
        next = scan_math(s, at);
        break;
    case CLASS_LESS:
        if (gb_scan_starts(s, at, "<!--"))
            next = scan_comment(s, at, is_first);
        else if (at + 1 < s->len && (s->text[at + 1] == '?' || s->text[at + 1] == '!'))
            s->stretch.n_declarations++;
        else if (at + 1 < s->len && gb_is_letter(s->text[at + 1]))
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

uint32_t
gb_scan_content(struct gb_scanner *s, uint32_t content, bool *out_is_clean)
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
