/* Half-width punctuation and letterspaced words that a conversion left behind: MDC-005, MDC-007. */
#include "check/typography/typography_priv.h"

/* ---- MDC-005: half-width punctuation of some pages ---- */

/* A line of running text with Chinese punctuation. */
struct text_line {
    const struct gb_node *node;
    uint32_t end;  /* in the node's text */
    uint32_t mark; /* first half-width mark in Chinese text, where is_half */
    bool is_half;
};

typedef GB_ARRAY(struct text_line) line_array;

struct stretch {
    size_t begin, end; /* lines */
};

enum {
    LEAST_LINES = 10, /* of the stretch, and of the rest of the draft */
    STRETCH_PERCENT = 60,
    REST_PERCENT = 5,
};

static const char half_marks[] = {',', ';', ':', '?', '!'};

static struct gb_str
full_width(char half)
{
    return half == '.' ? GB_STR("。") : gb_full_width(half);
}

static bool
is_chinese(uint32_t ch)
{
    return gb_char_is_han(ch) || (gb_char_is_cjk_punct(ch) && ch != 0x2026 && ch != 0x2014);
}

/* A half-width mark behind Chinese text, or between a word and Chinese text; not in 3:1, ISO 9001:2015, code. A dot ends a Chinese sentence. */
static bool
is_half_mark(const struct gb_text *text, size_t at)
{
    struct gb_str s = text->str;

    if (at == 0 || !full_width(s.ptr[at]).len)
        return false;
    bool is_behind = is_chinese(gb_char_before(s, at));
    bool is_before = at + 1 < s.len && gb_char_is_han(gb_char_at(s, at + 1));
    if (s.ptr[at] == '.' && !(is_behind && (is_before || at + 1 == s.len || s.ptr[at + 1] == '\n')))
        return false;
    return (is_behind || is_before) && !(gb_text_flags(text, at) & (GB_RUN_CODE | GB_RUN_MATH));
}

static bool
is_full_mark(uint32_t ch)
{
    return ch == 0xFF0C || ch == 0x3002 || ch == 0xFF1B || ch == 0xFF1A || ch == 0xFF1F || ch == 0xFF01;
}

/* Most lines end with a full-width mark. */
static bool
has_full_mark(struct gb_str line)
{
    static const char leads[] = {'\xEF', '\xE3'}; /* no Han begins so */

    /* All of them are three bytes long. */
    if (line.len >= 3 && ((unsigned char)line.ptr[line.len - 3] & 0xF0) == 0xE0 &&
        is_full_mark(gb_char_at(line, line.len - 3)))
        return true;
    for (size_t i = 0; i < GB_COUNT(leads); i++) {
        const char *end = line.ptr + line.len, *hit = line.ptr;
        while (hit < end && (hit = memchr(hit, leads[i], (size_t)(end - hit)))) {
            if (is_full_mark(gb_char_at(line, (size_t)(hit - line.ptr))))
                return true;
            hit++;
        }
    }
    return false;
}

/* The first half-width mark from `at` on, or `end`. Eight bytes without ASCII among them are passed over together. */
static size_t
find_half_mark(const struct gb_text *text, size_t at, size_t end)
{
    const char *ptr = text->str.ptr;
    uint64_t word;

    while (at < end) {
        if (at + sizeof(word) <= end &&
            (memcpy(&word, ptr + at, sizeof(word)), !(~word & UINT64_C(0x8080808080808080)))) {
            at += sizeof(word);
            continue;
        }
        size_t stop = at + sizeof(word) < end ? at + sizeof(word) : end;
        for (; at < stop; at++) {
            if ((unsigned char)ptr[at] < '@' && GB_AMONG(ptr[at], ',', ';', ':', '?', '!', '.') &&
                is_half_mark(text, at))
                return at;
        }
    }
    return end;
}

static void
add_lines(const struct gb_node *node, line_array *out)
{
    struct gb_str s = node->text.str;
    size_t end;

    for (size_t begin = 0; begin < s.len; begin = end + 1) {
        const char *hit = memchr(s.ptr + begin, '\n', s.len - begin);
        end = hit ? (size_t)(hit - s.ptr) : s.len;
        size_t mark = find_half_mark(&node->text, begin, end);
        bool is_half = mark < end;
        if (is_half || has_full_mark(gb_str_sub(s, begin, end)))
            *gb_push(out) = (struct text_line){node, (uint32_t)end, is_half ? (uint32_t)mark : 0, is_half};
    }
}

static bool
is_running_text(const struct gb_node *n)
{
    if (n->kind == GB_NODE_PARA)
        return n->encoding != GB_ENCODING_FENCE && n->parent->kind != GB_NODE_COVER;
    return GB_AMONG(n->kind, GB_NODE_ITEM, GB_NODE_NOTE, GB_NODE_EXAMPLE);
}

/* Are there enough half-width marks behind other than ASCII that the lines are worth a look? */
static bool
may_have_stretch(const struct gb_source *source)
{
    unsigned n = 0;

    for (uint32_t i = 0; i < source->n_files; i++) {
        struct gb_str text = source->files[i].text;
        for (size_t m = 0; m < GB_COUNT(half_marks) && n < LEAST_LINES / 2; m++) {
            const char *at = text.ptr, *end = text.ptr + text.len;
            while (n < LEAST_LINES / 2 && at < end && (at = memchr(at, half_marks[m], (size_t)(end - at)))) {
                n += at > text.ptr && (unsigned char)at[-1] >= 0x80;
                at++;
            }
        }
    }
    return n >= LEAST_LINES / 2;
}

/* The stretch of [begin, end) with the most half-width lines above the share asked for; it begins and ends with one. */
static struct stretch
densest(const line_array *lines, struct stretch in)
{
    struct stretch best = {in.begin, in.begin};
    long sum = 0, most = 0;
    size_t from = in.begin;

    for (size_t i = in.begin; i < in.end; i++) {
        sum += lines->items[i].is_half ? 100 - STRETCH_PERCENT : -STRETCH_PERCENT;
        if (sum <= 0) {
            sum = 0;
            from = i + 1;
        } else if (sum > most) {
            most = sum;
            best = (struct stretch){from, i + 1};
        }
    }
    return best;
}

/* The next half-width line beside the stretch, forward or back, past a few full-width ones; GB_NOT_FOUND when there is none. */
static size_t
half_beside(const line_array *lines, struct stretch in, struct stretch of, bool is_forward)
{
    enum { FEW = 3 };

    for (size_t k = 0; k <= FEW; k++) {
        if (is_forward ? of.end + k >= in.end : of.begin < in.begin + k + 1)
            break;
        size_t i = is_forward ? of.end + k : of.begin - 1 - k;
        if (lines->items[i].is_half)
            return i;
    }
    return GB_NOT_FOUND;
}

static size_t
half_in(const line_array *lines, struct stretch of)
{
    return GB_HOW_MANY(GB_ITEMS(line, lines->items + of.begin, of.end - of.begin), line->is_half);
}

static bool
is_dense(const line_array *lines, struct stretch of)
{
    return half_in(lines, of) * 100 >= (of.end - of.begin) * STRETCH_PERCENT;
}

/* The stretch grown to half-width lines near its ends, as long as it keeps its share of them. */
static struct stretch
widened(const line_array *lines, struct stretch in, struct stretch of)
{
    size_t i;

    while ((i = half_beside(lines, in, of, true)) != GB_NOT_FOUND && is_dense(lines, (struct stretch){of.begin, i + 1}))
        of.end = i + 1;
    while ((i = half_beside(lines, in, of, false)) != GB_NOT_FOUND && is_dense(lines, (struct stretch){i, of.end}))
        of.begin = i;
    return of;
}

/* Ten lines, or fewer that are the share asked for of the ten lines around them. */
static bool
is_enough(const line_array *lines, struct stretch of)
{
    return of.end - of.begin >= LEAST_LINES || half_in(lines, of) * 100 >= LEAST_LINES * STRETCH_PERCENT;
}

/* All stretches, in order; false when the rest of the draft is half-width here and there as well, or there is too little of it. */
static bool
find_stretches(const line_array *lines, struct stretch *out, size_t max, size_t *out_n)
{
    struct stretch todo[16] = {{0, lines->len}};
    size_t n = 0, n_todo = 1, inside = 0, half_inside = 0;

    while (n_todo > 0) {
        struct stretch in = todo[--n_todo], got = densest(lines, in);
        if (got.end > got.begin)
            got = widened(lines, in, got);
        if (!is_enough(lines, got) || n == max || n_todo + 2 > GB_COUNT(todo))
            continue;
        size_t at = n++;
        for (; at > 0 && out[at - 1].begin > got.begin; at--)
            out[at] = out[at - 1];
        out[at] = got;
        todo[n_todo++] = (struct stretch){in.begin, got.begin};
        todo[n_todo++] = (struct stretch){got.end, in.end};
    }
    for (size_t k = 0; k < n; k++) {
        inside += out[k].end - out[k].begin;
        half_inside += half_in(lines, out[k]);
    }
    *out_n = n;
    return lines->len - inside >= LEAST_LINES &&
           (half_in(lines, (struct stretch){0, lines->len}) - half_inside) * 100 < (lines->len - inside) * REST_PERCENT;
}

static void
fix_line(struct gb_check *c, struct gb_finding *f, const struct text_line *line)
{
    for (size_t at = line->mark; at < line->end; at++) {
        if (is_half_mark(&line->node->text, at))
            gb_fix_part(c, f, &line->node->text, at, at + 1, full_width(line->node->text.str.ptr[at]));
    }
}

static void
report_stretch(struct gb_check *c, const line_array *lines, struct stretch stretch)
{
    const struct text_line *first = &lines->items[stretch.begin], *last = &lines->items[stretch.end - 1];
    const struct gb_node *from = gb_node_clause(first->node), *to = gb_node_clause(last->node);
    struct gb_finding *f = NULL;
    const struct gb_str args[] = {from ? from->number.str : GB_STR(""), to ? to->number.str : GB_STR(""),
                                  gb_count_text(c, half_in(lines, stretch)),
                                  gb_count_text(c, stretch.end - stretch.begin)};
    for (size_t i = stretch.begin; i < stretch.end; i++) {
        const struct text_line *line = &lines->items[i];
        if (!line->is_half)
            continue;
        struct gb_at at = gb_at_part(&line->node->text, line->mark, line->mark + 1);
        f = gb_report_one(c, f, from && to ? NULL : "unnumbered", at, line->node, args, GB_COUNT(args));
        fix_line(c, f, line);
    }
}

/* Half-width punctuation on most lines of some pages, in a draft that has none elsewhere, came with the conversion. */
static void
check_punctuation_run(struct gb_check *c)
{
    struct stretch stretches[16];
    line_array lines = {0};
    size_t n = 0;

    if (!may_have_stretch(c->doc->source))
        return;
    for (const struct gb_node *node = c->doc->root; node; node = gb_node_walk(node, c->doc->root)) {
        if (is_running_text(node))
            add_lines(node, &lines);
    }
    if (find_stretches(&lines, stretches, GB_COUNT(stretches), &n)) {
        for (size_t i = 0; i < n; i++)
            report_stretch(c, &lines, stretches[i]);
    }
    gb_array_release(&lines);
}

/* ---- MDC-007: blanks between the characters of a word ---- */

/* A run of single Han with blanks between them that begins at `at`: how many; *out_end is behind the last. */
static unsigned
spaced_han(struct gb_str s, size_t at, size_t *out_end)
{
    unsigned n = 0;
    size_t next;

    while (at < s.len && gb_char_is_han(gb_utf8_at(s, at, &next))) {
        size_t behind = gb_str_skip_space(s, next);
        if (next < s.len && behind == next) /* a word of several, or a mark behind it */
            return n > 1 ? n : 0;
        *out_end = next;
        n++;
        at = behind;
    }
    return n;
}

struct gb_str
gb_closed_up(struct gb_arena *arena, struct gb_str s)
{
    struct gb_buf out = {0};
    size_t next;

    for (size_t at = 0; at < s.len; at = next) {
        if (!gb_char_is_space(gb_utf8_at(s, at, &next)))
            gb_buf_add(&out, gb_str_sub(s, at, next));
    }
    return gb_buf_take(&out, arena);
}

static size_t
dash_at(struct gb_str s, size_t at)
{
    GB_WORDS(dashes, "-", "–", "—", "－");

    return GB_START(gb_str_skip(s, at), dashes);
}

/* "2015 - 09 - 10" with at least one blank: its end; 0 when there is none at `at`. */
static size_t
spaced_date(struct gb_str s, size_t at)
{
    static const size_t widths[] = {4, 2, 2};
    size_t begin = at, blanks = 0;

    for (size_t i = 0; i < GB_COUNT(widths); i++) {
        if (gb_skip_digits(s, at) != at + widths[i])
            return 0;
        at += widths[i];
        if (i + 1 == GB_COUNT(widths))
            break;
        size_t dash = gb_str_skip_space(s, at), length = dash_at(s, dash);
        size_t behind = gb_str_skip_space(s, dash + length);
        if (!length)
            return 0;
        blanks += (dash - at) + (behind - dash - length);
        at = behind;
    }
    return blanks && at > begin ? at : 0;
}

/* The first word or date from *at on that is spaced out; a word of two only when it is all of the text, or one of the cover. */
static bool
find_spaced(struct gb_str s, size_t *at, size_t *out_begin, size_t *out_end)
{
    bool after_blank = true;
    size_t next;

    for (; *at < s.len; *at = next) {
        uint32_t ch = gb_utf8_at(s, *at, &next);
        size_t end = 0;
        unsigned n = after_blank ? spaced_han(s, *at, &end) : 0;
        bool is_all = *at == 0 && gb_str_skip_space(s, end) == s.len;
        after_blank = gb_char_is_space(ch);
        if (n < 2 && !(end = spaced_date(s, *at)))
            continue;
        if (n == 2 && !is_all) { /* 发 布 */
            size_t first, second;
            gb_utf8_at(s, *at, &first);
            second = gb_str_skip_space(s, first);
            char word[8] = {0};
            size_t len = end - second + first - *at;
            if (len >= sizeof(word))
                continue;
            memcpy(word, s.ptr + *at, first - *at);
            memcpy(word + (first - *at), s.ptr + second, end - second);
            if (!GB_IS_ONE_OF(gb_str_from(word), "发布", "实施"))
                continue;
        }
        *out_begin = *at;
        *out_end = *at = end;
        return true;
    }
    return false;
}

static void
check_spaced_text(struct gb_check *c, const struct gb_node *node, const struct gb_text *whole)
{
    struct gb_text text = gb_text_trim(whole);
    size_t at = 0, begin, end;

    while (find_spaced(text.str, &at, &begin, &end)) {
        struct gb_str word = gb_closed_up(c->arena, gb_str_sub(text.str, begin, end));
        struct gb_at place = gb_at_part(&text, begin, end);
        gb_fix(c, gb_report(c, place, node, GB_ARGS(gb_str_sub(text.str, begin, end), word)), place.span, word);
    }
}

/* Blanks that only spread words over the page, on the cover and in the titles before chapter 1. */
static void
check_letterspacing(struct gb_check *c, const struct gb_node *node)
{
    if (node->kind != GB_NODE_COVER) {
        check_spaced_text(c, node, &node->title);
        return;
    }
    for (const struct gb_node *line = node->first; line; line = line->next) {
        if (line->kind == GB_NODE_PARA)
            check_spaced_text(c, line, &line->text);
    }
}

const struct gb_check_def gb_source_character_checks[] = {
    {.name = "punctuation-run", .whole = check_punctuation_run, .cases = "unnumbered"},
    {.name = "letterspacing",
     .run = check_letterspacing,
     .on = GB_ON(COVER) | GB_ON(TOC) | GB_ON(FOREWORD) | GB_ON(INTRO)},
    {0},
};
