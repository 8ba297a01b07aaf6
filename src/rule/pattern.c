/*
 * The only user of pcre2 (10.42). Measured: match_limit counts per start position, so the subject is bounded too; JIT
 * returns -46 for want of stack on some patterns: then the interpreter tries.
 */
#include "rule/pattern_priv.h"

#include "rule/image_priv.h"
#include "text/utf8.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <assert.h>
#include <pcre2.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    MATCH_LIMIT = 100000,
    HEAP_LIMIT_KB = 4096,
    JIT_AFTER = 2560, /* bytes seen before compiling to machine code pays */
    ATTEMPT = 64,     /* what an attempt at one place counts as */
    JIT_STACK_MAX = 1 << 20,
};

/* Threads share it: the code is compiled by whoever needs it first, a second one throws its own away. */
struct gb_pattern {
    struct gb_str text;
    uint32_t options; /* of compiling */
    _Atomic(pcre2_code *) code, fast;
    atomic_uint seen; /* bytes */
};

struct gb_pattern *
gb_pattern_new(struct gb_arena *arena, struct gb_str text)
{
    struct gb_pattern *pattern = gb_arena_new(arena, struct gb_pattern);

    pattern->text = text;
    pattern->options = PCRE2_UTF;
    return pattern;
}

/* A match that begins at a given place looks ahead for nothing: the library would search each time for the last byte that it must have. */
#define ANCHORED (PCRE2_ANCHORED | PCRE2_NO_START_OPTIMIZE)

struct gb_pattern *
gb_pattern_new_anchored(struct gb_arena *arena, struct gb_str text)
{
    struct gb_pattern *pattern = gb_pattern_new(arena, text);

    pattern->options |= ANCHORED;
    return pattern;
}

void
gb_pattern_release(struct gb_pattern *pattern)
{
    pcre2_code_free(atomic_load(&pattern->code));
    pcre2_code_free(atomic_load(&pattern->fast));
}

static pcre2_code *
compile(struct gb_str text, uint32_t options, int *out_error, size_t *out_at)
{
    PCRE2_SIZE at = 0;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)text.ptr, text.len, options, out_error, &at, NULL);

    *out_at = at;
    return code;
}

bool
gb_pattern_check(struct gb_str text, char *message, size_t size, size_t *out_at)
{
    int error = 0;
    pcre2_code *code = compile(text, PCRE2_UTF, &error, out_at);

    if (!code) {
        PCRE2_UCHAR words[160];
        pcre2_get_error_message(error, words, sizeof(words));
        snprintf(message, size, "%s", (const char *)words);
        return false;
    }
    uint32_t empty = 0;
    pcre2_pattern_info(code, PCRE2_INFO_MATCHEMPTY, &empty);
    pcre2_code_free(code);
    if (empty) {
        snprintf(message, size, "它能匹配空文字");
        *out_at = text.len;
        return false;
    }
    return true;
}

bool
gb_pattern_encode(struct gb_str text, bool is_anchored, struct gb_buf *out)
{
    int error = 0;
    size_t at;
    pcre2_code *code = compile(text, is_anchored ? PCRE2_UTF | ANCHORED : PCRE2_UTF, &error, &at);
    uint8_t *bytes = NULL;
    PCRE2_SIZE size = 0;
    bool is_done = code && pcre2_serialize_encode((const pcre2_code **)&code, 1, &bytes, &size, NULL) == 1;

    if (is_done)
        gb_buf_add(out, (struct gb_str){(const char *)bytes, size});
    pcre2_serialize_free(bytes);
    pcre2_code_free(code);
    return is_done;
}

/* The code that was made with the program; NULL where there is none, or where the library at hand is not the one that made it. */
static pcre2_code *
stored_code(const struct gb_pattern *pattern)
{
    const uint8_t *bytes = gb_made_of(gb_builtin_codes, pattern->text.ptr, (pattern->options & PCRE2_ANCHORED) != 0);
    pcre2_code *code = NULL;

    return bytes && pcre2_serialize_decode(&code, 1, bytes, NULL) == 1 ? code : NULL;
}

static pcre2_code *
make_code(const struct gb_pattern *pattern)
{
    pcre2_code *code = stored_code(pattern);
    int error = 0;
    size_t at;

    return code ? code : compile(pattern->text, pattern->options, &error, &at);
}

/* Puts a fresh code into the slot, or takes the one that another thread has put there. */
static pcre2_code *
settle(_Atomic(pcre2_code *) *slot, pcre2_code *mine)
{
    pcre2_code *expected = NULL;

    if (!mine || atomic_compare_exchange_strong(slot, &expected, mine))
        return mine;
    pcre2_code_free(mine);
    return expected;
}

/* The code for the next match: the interpreted one until the pattern has seen enough text. */
static pcre2_code *
code_of(struct gb_pattern *pattern, size_t bytes, bool *out_fast)
{
    pcre2_code *code = atomic_load(&pattern->fast);

    *out_fast = code != NULL;
    if (code)
        return code;
    code = atomic_load(&pattern->code);
    if (!code)
        code = settle(&pattern->code, make_code(pattern));
    if (code && atomic_fetch_add(&pattern->seen, (unsigned)bytes) < JIT_AFTER)
        return code;
    pcre2_code *fast = make_code(pattern);
    if (fast && pcre2_jit_compile(fast, PCRE2_JIT_COMPLETE) == 0) {
        *out_fast = true;
        return settle(&pattern->fast, fast);
    }
    pcre2_code_free(fast);
    return code;
}

static void
prepare(struct gb_matcher *m)
{
    if (m->data)
        return;
    m->data = pcre2_match_data_create(GB_MATCH_GROUPS + 1, NULL);
    m->context = pcre2_match_context_create(NULL);
    m->stack = pcre2_jit_stack_create(32 * 1024, JIT_STACK_MAX, NULL);
    if (!m->data || !m->context)
        abort();
    pcre2_set_match_limit(m->context, MATCH_LIMIT);
    pcre2_set_heap_limit(m->context, HEAP_LIMIT_KB);
    pcre2_jit_stack_assign(m->context, NULL, m->stack);
}

void
gb_matcher_release(struct gb_matcher *m)
{
    pcre2_match_data_free(m->data);
    pcre2_match_context_free(m->context);
    pcre2_jit_stack_free(m->stack);
    *m = (struct gb_matcher){0};
}

/*
 * A subject longer than SUBJECT_MAX is matched window by window; each overlaps the one before, so that what stands
 * across an edge is found, and look-behind sees some text.
 */
enum { OVERLAP = 1024 };

static void
take_groups(struct gb_matcher *m, struct gb_str window, size_t shift, int n, struct gb_match *out)
{
    const PCRE2_SIZE *pairs = pcre2_get_ovector_pointer(m->data);

    *out = (struct gb_match){.begin = pairs[0] + shift, .end = pairs[1] + shift};
    for (int i = 1; i < n && i <= GB_MATCH_GROUPS; i++) {
        if (pairs[2 * i] != PCRE2_UNSET)
            out->groups[i - 1] = gb_str_sub(window, pairs[2 * i], pairs[2 * i + 1]);
        out->n_groups = (size_t)i;
    }
    if (out->end < out->begin) /* \K in a look-ahead */
        out->end = out->begin;
}

/* pcre2_match's own result. */
static int
match_window(struct gb_pattern *pattern, struct gb_matcher *m, struct gb_str window, size_t from, uint32_t options)
{
    bool is_fast = false;
    size_t left = window.len - from, seen = pattern->options & PCRE2_ANCHORED && left > ATTEMPT ? ATTEMPT : left;
    pcre2_code *code = code_of(pattern, seen, &is_fast);

    prepare(m);
    if (!code)
        return PCRE2_ERROR_INTERNAL;
    int n = pcre2_match(code, (PCRE2_SPTR)window.ptr, window.len, from, options, m->data, m->context);
    if (n == PCRE2_ERROR_JIT_STACKLIMIT && is_fast)
        n = pcre2_match(code, (PCRE2_SPTR)window.ptr, window.len, from, options | PCRE2_NO_JIT, m->data, m->context);
    return n;
}

/* Matches in the window around `from`; *out_end is where the window ends. */
static bool
match_around(struct gb_pattern *pattern, struct gb_matcher *m, struct gb_str subject, size_t from, size_t *out_end,
             struct gb_match *out)
{
    size_t begin = subject.len <= GB_SUBJECT_MAX || from < OVERLAP ? 0 : gb_utf8_floor(subject, from - OVERLAP);
    size_t end = subject.len - begin <= GB_SUBJECT_MAX ? subject.len : gb_utf8_floor(subject, begin + GB_SUBJECT_MAX);
    struct gb_str window = gb_str_sub(subject, begin, end);
    uint32_t options = PCRE2_NO_UTF_CHECK | (begin ? PCRE2_NOTBOL : 0) | (end < subject.len ? PCRE2_NOTEOL : 0);
    int n = match_window(pattern, m, window, from - begin, options);

    *out_end = end;
    if (n >= 0)
        take_groups(m, window, begin, n ? n : GB_MATCH_GROUPS + 1, out);
    else if (n != PCRE2_ERROR_NOMATCH)
        m->failures++;
    return n >= 0;
}

bool
gb_pattern_match(struct gb_pattern *pattern, struct gb_matcher *m, struct gb_str subject, size_t from,
                 struct gb_match *out)
{
    while (from < subject.len) {
        size_t end;
        if (match_around(pattern, m, subject, from, &end, out))
            return true;
        if (end == subject.len)
            return false;
        from = gb_utf8_floor(subject, end - OVERLAP);
    }
    return false;
}

bool
gb_pattern_match_at(struct gb_pattern *pattern, struct gb_matcher *m, struct gb_str subject, size_t at,
                    struct gb_match *out)
{
    size_t end;

    assert(pattern->options & PCRE2_ANCHORED);
    return match_around(pattern, m, subject, at, &end, out);
}

struct steps {
    size_t n, most;
};

/* Called by the library before each item of the pattern. */
static int
count_step(pcre2_callout_block *block, void *data)
{
    struct steps *steps = data;

    (void)block;
    return ++steps->n > steps->most ? PCRE2_ERROR_CALLOUT : 0;
}

size_t
gb_pattern_steps(struct gb_str pattern, struct gb_str text, size_t most)
{
    struct steps steps = {.most = most};
    int error = 0;
    size_t at, from = 0;
    pcre2_code *code = compile(pattern, PCRE2_UTF | PCRE2_AUTO_CALLOUT, &error, &at);
    pcre2_match_data *data = pcre2_match_data_create(1, NULL);
    pcre2_match_context *context = pcre2_match_context_create(NULL);

    if (!data || !context)
        abort();
    pcre2_set_callout(context, count_step, &steps);
    if (!code) /* too large with its calls */
        steps.n = most + 1;
    while (code && pcre2_match(code, (PCRE2_SPTR)text.ptr, text.len, from, PCRE2_NO_JIT, data, context) >= 0 &&
           pcre2_get_ovector_pointer(data)[1] > from)
        from = pcre2_get_ovector_pointer(data)[1];
    pcre2_match_context_free(context);
    pcre2_match_data_free(data);
    pcre2_code_free(code);
    return steps.n;
}

/* ---- Literals that every match holds ---- */

/*
 * A set of literals of which each match holds one. `is_whole`: the part matches exactly these and nothing else, so that
 * it can be joined to a neighbour. Beside it goes the set `first`, with one of which each match begins.
 */
enum { SET_MAX = 32, LITERAL_MAX = 48 };

struct set {
    unsigned n; /* 0: none known */
    bool is_whole;
    struct {
        char text[LITERAL_MAX];
        unsigned len;
    } items[SET_MAX];
};

struct parser {
    struct gb_str s;
    size_t at;
    bool no_case;   /* (?i): letters are no literals */
    bool is_spaced; /* (?x): blanks, and what stands behind # on its line, are no part of the pattern */
    unsigned depth;
};

static void parse_alternatives(struct parser *p, struct set *out, struct set *first);

static const struct set *
empty_set(void)
{
    static const struct set empty = {.n = 1, .is_whole = true};

    return &empty;
}

/* How much a set is worth: its shortest literal in code points, then few literals. */
static unsigned
worth(const struct set *set)
{
    unsigned shortest = 99;

    for (unsigned i = 0; i < set->n; i++) {
        unsigned n = (unsigned)gb_utf8_count((struct gb_str){set->items[i].text, set->items[i].len});
        shortest = n < shortest ? n : shortest;
    }
    if (set->n == 0 || shortest == 0)
        return 0;
    return (shortest > 3 ? 3 : shortest) * 100 - set->n;
}

/* a, which is whole, followed by b; false when that is unknown or too large. */
static bool
join(const struct set *a, const struct set *b, struct set *out)
{
    if (!a->is_whole || a->n * b->n > SET_MAX || a->n * b->n == 0)
        return false;
    out->n = 0;
    out->is_whole = b->is_whole;
    for (unsigned i = 0; i < a->n; i++) {
        for (unsigned j = 0; j < b->n; j++) {
            unsigned len = a->items[i].len + b->items[j].len;
            if (len > LITERAL_MAX)
                return false;
            memcpy(out->items[out->n].text, a->items[i].text, a->items[i].len);
            memcpy(out->items[out->n].text + a->items[i].len, b->items[j].text, b->items[j].len);
            out->items[out->n++].len = len;
        }
    }
    return true;
}

static void
forget(struct set *set)
{
    set->n = 0;
    set->is_whole = false;
}

static void
set_char(struct set *set, struct gb_str c)
{
    set->n = 1;
    set->is_whole = true;
    memcpy(set->items[0].text, c.ptr, c.len);
    set->items[0].len = (unsigned)c.len;
}

static struct gb_str
take_char(struct parser *p)
{
    size_t next = p->at;

    gb_utf8_at(p->s, p->at, &next);
    struct gb_str c = gb_str_sub(p->s, p->at, next);
    p->at = next;
    return c;
}

/* [abc] with a few characters is a set of them; ranges, classes and [^…] are not. */
static void
parse_class(struct parser *p, struct set *out)
{
    bool is_plain = true;
    size_t begin = ++p->at;

    forget(out);
    if (p->at < p->s.len && p->s.ptr[p->at] == '^') {
        is_plain = false;
        begin = ++p->at;
    }
    while (p->at < p->s.len && (p->s.ptr[p->at] != ']' || p->at == begin)) {
        char c = p->s.ptr[p->at];
        if (c == '[' && p->at + 1 < p->s.len && p->s.ptr[p->at + 1] == ':') { /* [:alpha:] */
            size_t end = gb_str_find(p->s, GB_STR(":]"), p->at);
            p->at = end == GB_NOT_FOUND ? p->s.len : end + 2;
            is_plain = false;
            continue;
        }
        if (c == '\\') {
            p->at++;
            is_plain = is_plain && p->at < p->s.len && !gb_is_letter(p->s.ptr[p->at]) && !gb_is_digit(p->s.ptr[p->at]);
        } else if (c == '-' && p->at > begin && p->at + 1 < p->s.len && p->s.ptr[p->at + 1] != ']') {
            is_plain = false;
        }
        if (p->at >= p->s.len)
            break;
        struct gb_str one = take_char(p);
        if (out->n == SET_MAX || (p->no_case && gb_is_letter(one.ptr[0])))
            is_plain = false;
        if (is_plain) {
            memcpy(out->items[out->n].text, one.ptr, one.len);
            out->items[out->n++].len = (unsigned)one.len;
        }
    }
    p->at += p->at < p->s.len;
    out->is_whole = is_plain && out->n > 0;
    if (!out->is_whole)
        out->n = 0;
}

/* A backslash and what follows: \. \/ are literals, \d \b and the like are not. */
static void
parse_escape(struct parser *p, struct set *out)
{
    static const char assertions[] = "bBAzZGK";

    p->at++;
    if (p->at >= p->s.len)
        return;
    char c = p->s.ptr[p->at];
    if (strchr(assertions, c)) {
        *out = *empty_set();
        p->at++;
    } else if (gb_is_alnum(c)) {
        out->n = 0;
        p->at++;
        if (p->at < p->s.len && strchr("pPxogkN", c) && strchr("{<'", p->s.ptr[p->at])) {
            const char *close = p->s.ptr[p->at] == '{' ? "}" : p->s.ptr[p->at] == '<' ? ">" : "'";
            size_t end = gb_str_find(p->s, gb_str_from(close), p->at + 1);
            p->at = end == GB_NOT_FOUND ? p->s.len : end + 1;
        }
    } else {
        set_char(out, take_char(p));
    }
}

/* A group of any sort; look-around at what is not there gives nothing. */
static void
parse_group(struct parser *p, struct set *out, struct set *first)
{
    static const struct {
        const char *open;
        char sort; /* ':' group, '=' look-around, '!' negative look-around */
    } sorts[] = {{"?:", ':'}, {"?>", ':'}, {"?|", ':'}, {"?=", '='}, {"?<=", '='}, {"?!", '!'}, {"?<!", '!'}};
    char sort = ':';
    bool was_no_case = p->no_case, was_spaced = p->is_spaced, is_flags = true;

    p->at++;
    for (size_t i = 0; i < GB_COUNT(sorts); i++) {
        struct gb_str open = gb_str_from(sorts[i].open);
        if (gb_str_starts(gb_str_skip(p->s, p->at), open)) {
            p->at += open.len;
            sort = sorts[i].sort;
            goto inside;
        }
    }
    if (p->at < p->s.len && p->s.ptr[p->at] == '?') {
        bool is_name = p->at + 1 < p->s.len && strchr("P<'", p->s.ptr[p->at + 1]);
        while (p->at < p->s.len && !strchr(is_name ? ">')" : ":)", p->s.ptr[p->at])) {
            p->no_case = p->no_case || (!is_name && p->s.ptr[p->at] == 'i');
            p->is_spaced = p->is_spaced || (!is_name && p->s.ptr[p->at] == 'x');
            is_flags = is_flags && (is_name || strchr("?^-imnsxJU", p->s.ptr[p->at]));
            p->at++;
        }
        if (p->at < p->s.len && p->s.ptr[p->at] == ')') { /* (?i) holds for what follows; (?1) matches anything */
            p->at++;
            *out = *first = *empty_set();
            if (is_name || !is_flags)
                forget(out), forget(first);
            return;
        }
        p->at++;
    } else if (p->at < p->s.len && p->s.ptr[p->at] == '*') { /* (*VERB) */
        size_t end = gb_str_find(p->s, GB_STR(")"), p->at);
        p->at = end == GB_NOT_FOUND ? p->s.len : end + 1;
        *out = *first = *empty_set();
        return;
    }
inside:
    parse_alternatives(p, out, first);
    p->at += p->at < p->s.len; /* ) */
    p->no_case = was_no_case;
    p->is_spaced = was_spaced;
    if (sort == '!')
        *out = *empty_set();
    else if (sort == '=')
        out->is_whole = false;
    if (sort != ':')
        *first = *empty_set();
}

/* Passes over what (?x) leaves out; true: there was something. */
static bool
skip_spaces(struct parser *p)
{
    size_t begin = p->at;

    while (p->is_spaced && p->at < p->s.len && strchr(" \t\n\r\f\v#", p->s.ptr[p->at])) {
        bool is_comment = p->s.ptr[p->at++] == '#';
        while (is_comment && p->at < p->s.len && p->s.ptr[p->at] != '\n')
            p->at++;
    }
    return p->at > begin;
}

/* What stands behind an atom: the least number of times, and whether it is exactly once. */
static void
parse_quantifier(struct parser *p, struct set *set, struct set *first)
{
    skip_spaces(p);
    if (p->at >= p->s.len)
        return;
    char c = p->s.ptr[p->at];
    bool is_optional = c == '?' || c == '*', is_more = c == '+';

    if (c == '{' && p->at + 1 < p->s.len && gb_is_digit(p->s.ptr[p->at + 1])) {
        size_t end = gb_str_find(p->s, GB_STR("}"), p->at);
        is_optional = p->s.ptr[p->at + 1] == '0';
        is_more = !is_optional;
        p->at = end == GB_NOT_FOUND ? p->s.len : end;
    }
    if (!is_optional && !is_more)
        return;
    p->at++;
    if (p->at < p->s.len && (p->s.ptr[p->at] == '?' || p->s.ptr[p->at] == '+'))
        p->at++;
    set->is_whole = first->is_whole = false;
    if (is_optional)
        set->n = first->n = 0;
}

static void
parse_atom(struct parser *p, struct set *out, struct set *first)
{
    char c = p->s.ptr[p->at];
    bool is_start = c == '\\' && p->at + 1 < p->s.len && p->s.ptr[p->at + 1] == 'G'; /* not of a match in a text */

    forget(out);
    if (c == '(') {
        parse_group(p, out, first);
    } else {
        if (c == '[') {
            parse_class(p, out);
        } else if (c == '\\') {
            parse_escape(p, out);
        } else if (c == '^' || c == '$') {
            p->at++;
            *out = *empty_set();
        } else if (c == '.' || (p->no_case && gb_is_letter(c))) {
            p->at++;
        } else {
            set_char(out, take_char(p));
        }
        *first = *out;
    }
    if (is_start)
        forget(first);
    parse_quantifier(p, out, first);
}

static void
keep_better(struct set *best, const struct set *other)
{
    if (worth(other) > worth(best))
        *best = *other;
}

/* One alternative: neighbours that are whole are joined; the best set of all stays. */
static void
parse_sequence(struct parser *p, struct set *out, struct set *first)
{
    struct set *work = gb_alloc(5 * sizeof(*work)), *run = &work[0], *best = &work[1], *atom = &work[2],
               *joined = &work[3], *head = &work[4];
    bool is_whole = true;

    *run = *first = *empty_set();
    forget(best);
    while (p->at < p->s.len && p->s.ptr[p->at] != '|' && p->s.ptr[p->at] != ')') {
        if (skip_spaces(p))
            continue;
        parse_atom(p, atom, head);
        if (join(first, head, joined))
            *first = *joined;
        else
            first->is_whole = false;
        if (atom->is_whole && join(run, atom, joined)) {
            *run = *joined;
            continue;
        }
        is_whole = false;
        keep_better(best, run);
        keep_better(best, atom);
        *run = atom->is_whole ? *atom : *empty_set();
    }
    keep_better(best, run);
    *out = is_whole ? *run : *best;
    out->is_whole = is_whole;
    free(work);
}

/* Cuts the literals to their first characters, of which some are the same: less is known, of more matches. */
static void
cut_to_heads(struct set *set)
{
    unsigned kept = 0;

    if (worth(set) == 0)
        return;
    for (unsigned i = 0; i < set->n; i++) {
        size_t len;
        unsigned k = 0;
        gb_utf8_at((struct gb_str){set->items[i].text, set->items[i].len}, 0, &len);
        while (k < kept && (set->items[k].len != len || memcmp(set->items[k].text, set->items[i].text, len)))
            k++;
        set->items[k] = set->items[i];
        set->items[k].len = (unsigned)len;
        kept += k == kept;
    }
    set->n = kept;
    set->is_whole = false;
}

/* Adds the literals of one alternative to those of the others. */
static void
unite(struct set *all, const struct set *one)
{
    if (one->n == 0 || all->n + one->n > SET_MAX) {
        all->n = SET_MAX + 1; /* never known again */
        return;
    }
    for (unsigned i = 0; i < one->n; i++)
        all->items[all->n++] = one->items[i];
    all->is_whole = all->is_whole && one->is_whole;
}

static void
parse_alternatives(struct parser *p, struct set *out, struct set *first)
{
    struct set *work = gb_alloc(2 * sizeof(*work)), *one = &work[0], *head = &work[1];
    bool more = ++p->depth <= 50;

    out->n = first->n = more ? 0 : SET_MAX + 1;
    out->is_whole = first->is_whole = true;
    if (!more)
        p->at = p->s.len;
    while (more) {
        parse_sequence(p, one, head);
        unite(out, one);
        bool is_much = first->n <= SET_MAX && first->n + head->n > SET_MAX;
        if (is_much) {
            cut_to_heads(first);
            cut_to_heads(head);
        }
        unite(first, head);
        if (is_much && first->n <= SET_MAX)
            cut_to_heads(first);
        more = p->at < p->s.len && p->s.ptr[p->at] == '|';
        p->at += more;
    }
    if (out->n > SET_MAX)
        forget(out);
    if (first->n > SET_MAX)
        forget(first);
    p->depth--;
    free(work);
}

/* Both sets of the pattern; nothing is known of one that the parser does not understand to its end. */
static void
parse_pattern(struct gb_str text, struct set *out, struct set *first)
{
    struct parser p = {.s = text};

    parse_alternatives(&p, out, first);
    if (p.at < text.len || worth(out) == 0)
        forget(out);
    if (p.at < text.len || worth(first) == 0)
        forget(first);
}

static void
put_set(const struct set *set, struct gb_buf *out)
{
    for (unsigned i = 0; i < set->n; i++) {
        gb_buf_add(out, (struct gb_str){set->items[i].text, set->items[i].len});
        gb_buf_add_char(out, 0);
    }
}

bool
gb_pattern_openers(struct gb_str text, struct gb_buf *out)
{
    struct set *work = gb_alloc(2 * sizeof(*work)), *first = &work[1];

    parse_pattern(text, &work[0], first);
    put_set(first, out);
    bool is_known = first->n > 0;
    free(work);
    return is_known;
}

bool
gb_pattern_keys(struct gb_str text, struct gb_buf *out, bool *out_opens)
{
    enum { TWO_CHARACTERS = 200 - SET_MAX };
    struct set *work = gb_alloc(2 * sizeof(*work)), *set = &work[0], *first = &work[1];

    parse_pattern(text, set, first);
    /* To try where a match may begin costs less than to search the whole text, unless that is at each other character. */
    *out_opens = worth(first) >= TWO_CHARACTERS || (first->n && worth(set) < TWO_CHARACTERS);
    const struct set *keys = *out_opens ? first : set;
    bool is_known = keys->n > 0;
    put_set(keys, out);
    free(work);
    return is_known;
}

bool
gb_pattern_opens(struct gb_str text, const struct gb_str *keys, size_t n)
{
    struct set *work = gb_alloc(2 * sizeof(*work)), *first = &work[1];

    parse_pattern(text, &work[0], first);
    bool opens = first->n > 0;
    for (unsigned i = 0; opens && i < first->n; i++) {
        struct gb_str literal = {first->items[i].text, first->items[i].len};
        size_t k = 0;
        while (k < n && !gb_str_starts(literal, keys[k]))
            k++;
        opens = k < n;
    }
    free(work);
    return opens;
}
