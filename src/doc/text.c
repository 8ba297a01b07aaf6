/* Mapped text: slices, lines, and the way back to the source. */
#include "doc/text.h"

/* Index of the run that holds offset `at` of the whole; the runs are in order and the first begins at 0. */
static uint32_t
run_index(const struct gb_text *text, size_t at)
{
    uint32_t low = 0, high = text->n_runs;

    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (text->runs[middle].at <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* A loop over the runs of one of thousands of lines must not see those of all. */
enum { FEW_RUNS = 16 };

/* Leaves out the runs that end before the text or begin behind it; empty ones at its ends stay. */
static void
narrow(struct gb_text *text)
{
    uint32_t first = run_index(text, text->off), end = run_index(text, text->off + text->str.len) + 1;

    while (first > 0 && text->runs[first].at == text->off)
        first--;
    text->runs += first;
    text->n_runs = end - first;
}

struct gb_text
gb_text_slice(const struct gb_text *text, size_t begin, size_t end)
{
    struct gb_text slice = *text;

    slice.str = gb_str_sub(text->str, begin, end);
    slice.off += (uint32_t)(slice.str.ptr - text->str.ptr);
    if (slice.n_runs > FEW_RUNS)
        narrow(&slice);
    return slice;
}

/* Is the byte the first or the last of white space, perhaps? Of most texts neither the first nor the last is. */
static bool
may_be_blank(char c)
{
    /* Up to the blank; 80 to 8A, A0; C2, E2, E3. */
    static const uint64_t blanks[4] = {0x1FFFFFFFF, 0, 0x1000007FF, 0xC00000004};
    unsigned char byte = (unsigned char)c;

    return blanks[byte / 64] >> (byte % 64) & 1;
}

/* U+2000 to U+200A, which &emsp; and its kin are. */
static bool
is_wide_blank(const char *s)
{
    return s[0] == '\xE2' && s[1] == '\x80' && (unsigned char)s[2] <= 0x8A;
}

/* Length of the white space at the start of the text: ASCII blanks, U+00A0, U+2000 to U+200A, U+3000. */
static size_t
blank_at_start(struct gb_str s)
{
    if (s.len == 0)
        return 0;
    if (s.ptr[0] == ' ' || s.ptr[0] == '\t' || s.ptr[0] == '\n' || s.ptr[0] == '\r')
        return 1;
    if (gb_str_starts(s, GB_STR("\xE3\x80\x80")) || (s.len >= 3 && is_wide_blank(s.ptr)))
        return 3;
    return gb_str_starts(s, GB_STR("\xC2\xA0")) ? 2 : 0;
}

static size_t
blank_at_end(struct gb_str s)
{
    if (s.len == 0)
        return 0;
    char last = s.ptr[s.len - 1];
    if (last == ' ' || last == '\t' || last == '\n' || last == '\r')
        return 1;
    if (!may_be_blank(last))
        return 0;
    if (gb_str_ends(s, GB_STR("\xE3\x80\x80")) || (s.len >= 3 && is_wide_blank(s.ptr + s.len - 3)))
        return 3;
    return gb_str_ends(s, GB_STR("\xC2\xA0")) ? 2 : 0;
}

struct gb_text
gb_text_trim(const struct gb_text *text)
{
    size_t begin = 0, end = text->str.len, n;

    if (end && !may_be_blank(text->str.ptr[0]) && !blank_at_end(text->str))
        return *text;
    while ((n = blank_at_start(gb_str_sub(text->str, begin, end))))
        begin += n;
    while ((n = blank_at_end(gb_str_sub(text->str, begin, end))))
        end -= n;
    return gb_text_slice(text, begin, end);
}

struct gb_text
gb_text_between(const struct gb_text *text, size_t begin, size_t end)
{
    struct gb_text slice = gb_text_slice(text, begin, end);

    return gb_text_trim(&slice);
}

/* The run that holds byte `at` of the text; NULL for an empty text. */
static const struct gb_run *
text_run(const struct gb_text *text, size_t at)
{
    return text->n_runs ? &text->runs[run_index(text, text->off + at)] : NULL;
}

uint32_t
gb_text_flags(const struct gb_text *text, size_t at)
{
    const struct gb_run *run = text_run(text, at);

    return run ? run->flags : 0;
}

struct gb_span
gb_text_span(const struct gb_text *text, size_t begin, size_t end, bool *out_exact)
{
    struct gb_span span = {0, 0};

    if (out_exact)
        *out_exact = false;
    if (text->n_runs == 0)
        return span;

    size_t first = text->off + begin;
    uint32_t i = run_index(text, first);
    /* Empty runs (footnote marks) may share the offset: the one that holds the byte is the last of them. */
    const struct gb_run *head = &text->runs[i];
    span.begin = head->flags & GB_RUN_EXACT ? head->src.begin + (uint32_t)(first - head->at) : head->src.begin;

    if (end <= begin) {
        span.end = span.begin;
        if (out_exact)
            *out_exact = !(head->flags & GB_RUN_APPROX);
        return span;
    }
    size_t last = text->off + end - 1;
    const struct gb_run *tail = &text->runs[run_index(text, last)];
    span.end = tail->flags & GB_RUN_EXACT ? tail->src.begin + (uint32_t)(last - tail->at) + 1 : tail->src.end;
    if (out_exact)
        *out_exact = !((head->flags | tail->flags) & GB_RUN_APPROX) && span.begin <= span.end;
    if (span.end < span.begin)
        span.end = span.begin;
    return span;
}

struct gb_span
gb_text_whole(const struct gb_text *text, bool *out_exact)
{
    return gb_text_span(text, 0, text->str.len, out_exact);
}

bool
gb_text_next_line(const struct gb_text *text, size_t *at, struct gb_text *out_line, bool *out_hard)
{
    if (*at > text->str.len || (*at == text->str.len && *at > 0) || text->str.len == 0)
        return false;
    const char *start = text->str.ptr + *at;
    const char *newline = memchr(start, '\n', text->str.len - *at);
    size_t end = newline ? (size_t)(newline - text->str.ptr) : text->str.len;

    *out_line = gb_text_slice(text, *at, end);
    if (out_hard)
        *out_hard = newline && (gb_text_flags(text, end) & GB_RUN_HARD);
    *at = newline ? end + 1 : end;
    return true;
}

struct gb_text
gb_text_exact(struct gb_arena *arena, struct gb_str str, uint32_t src_begin)
{
    struct gb_run *run = gb_arena_new(arena, struct gb_run);

    *run = (struct gb_run){0, GB_RUN_EXACT, {src_begin, src_begin + (uint32_t)str.len}};
    return (struct gb_text){str, run, 1, 0};
}

/* Copies the runs that a text uses, moved to begin at `at`; returns how many. */
static uint32_t
copy_runs(const struct gb_text *text, uint32_t at, struct gb_run *out)
{
    uint32_t n = 0, end = text->off + (uint32_t)text->str.len;

    if (text->n_runs == 0 || text->str.len == 0)
        return 0;
    uint32_t first = run_index(text, text->off);
    for (uint32_t i = first; i < text->n_runs && text->runs[i].at < end; i++) {
        struct gb_run run = text->runs[i];
        uint32_t cut = run.at < text->off ? text->off - run.at : 0;
        if (run.flags & GB_RUN_EXACT) {
            run.src.begin += cut;
            if (run.src.end - run.src.begin > end - run.at - cut)
                run.src.end = run.src.begin + (end - run.at - cut);
        }
        run.at = at + run.at + cut - text->off;
        out[n++] = run;
    }
    return n;
}

/* Behind the bytes put at `at`: an empty text may have none to be copied from. */
static char *
put(char *at, struct gb_str s)
{
    return s.len ? (char *)memcpy(at, s.ptr, s.len) + s.len : at;
}

struct gb_text
gb_text_join(struct gb_arena *arena, const struct gb_text *a, const struct gb_text *b, const char *between)
{
    size_t gap = strlen(between);
    size_t len = a->str.len + gap + b->str.len;
    char *joined = gb_arena_alloc(arena, len + 1);
    struct gb_run *runs = gb_arena_new_array(arena, struct gb_run, a->n_runs + b->n_runs + 1);

    put(put(put(joined, a->str), (struct gb_str){between, gap}), b->str);
    uint32_t n = copy_runs(a, 0, runs);
    if (gap) {
        bool exact_a, exact_b;
        struct gb_span left = gb_text_whole(a, &exact_a), right = gb_text_whole(b, &exact_b);
        uint32_t end = right.begin > left.end ? right.begin : left.end;
        uint32_t flags = GB_RUN_DECODED | (between[0] == '\n' ? GB_RUN_BREAK : 0u);
        if (!exact_a || !exact_b)
            flags |= GB_RUN_APPROX;
        runs[n++] = (struct gb_run){(uint32_t)a->str.len, flags, {left.end, end}};
    }
    n += copy_runs(b, (uint32_t)(a->str.len + gap), runs + n);
    return (struct gb_text){{joined, len}, runs, n, 0};
}
