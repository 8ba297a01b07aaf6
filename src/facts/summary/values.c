/*
 * Values in requirements, with what they are of: 转移申请应在3个工作日内办结 is 转移申请办结, at most 3 工作日. What is left of a clause when the value,
 * modals and words of bounding are taken off tells the object; two drafts speak of one thing when that is equal.
 */
#include "facts/lexicon_priv.h"
#include "facts/summary/summary_priv.h"

#include "facts/quantity.h"
#include "text/chars.h"
#include "text/utf8.h"

/* Words that bound, longest first; they stand before the number, or behind its unit. */
static const struct {
    const char *word;
    enum gb_bound bound;
    bool is_behind;
} bounds[] = {
    {"大于或等于", GB_BOUND_LEAST, false}, {"小于或等于", GB_BOUND_MOST, false}, {"不应超过", GB_BOUND_MOST, false},
    {"不得超过", GB_BOUND_MOST, false},    {"不应少于", GB_BOUND_LEAST, false},  {"不应低于", GB_BOUND_LEAST, false},
    {"不得少于", GB_BOUND_LEAST, false},   {"不得低于", GB_BOUND_LEAST, false},  {"不应大于", GB_BOUND_MOST, false},
    {"不应小于", GB_BOUND_LEAST, false},   {"不应高于", GB_BOUND_MOST, false},   {"不应多于", GB_BOUND_MOST, false},
    {"不超过", GB_BOUND_MOST, false},      {"不大于", GB_BOUND_MOST, false},     {"不高于", GB_BOUND_MOST, false},
    {"不多于", GB_BOUND_MOST, false},      {"不晚于", GB_BOUND_MOST, false},     {"不少于", GB_BOUND_LEAST, false},
    {"不低于", GB_BOUND_LEAST, false},     {"不小于", GB_BOUND_LEAST, false},    {"至少", GB_BOUND_LEAST, false},
    {"少于", GB_BOUND_MOST, false},        {"小于", GB_BOUND_MOST, false},       {"低于", GB_BOUND_MOST, false},
    {"大于", GB_BOUND_LEAST, false},       {"高于", GB_BOUND_LEAST, false},      {"多于", GB_BOUND_LEAST, false},
    {"达到", GB_BOUND_LEAST, false},       {"≤", GB_BOUND_MOST, false},          {"≥", GB_BOUND_LEAST, false},
    {"之内", GB_BOUND_MOST, true},         {"以内", GB_BOUND_MOST, true},        {"内", GB_BOUND_MOST, true},
    {"以上", GB_BOUND_LEAST, true},        {"以下", GB_BOUND_MOST, true},
};

/* Words that bound from before the verb: 应至少保存3年. */
static const struct {
    struct gb_str word;
    enum gb_bound bound;
} early_bounds[] = {
    {GB_WORD("至少"), GB_BOUND_LEAST},
    {GB_WORD("最少"), GB_BOUND_LEAST},
    {GB_WORD("最多"), GB_BOUND_MOST},
    {GB_WORD("最长"), GB_BOUND_MOST},
};

/* Units of one quantity in one form: 分钟 and min, and their size in it. */
static const struct {
    const char *unit, *as;
    double size;
} units[] = {
    {"min", "s", 60},  {"分钟", "s", 60}, {"h", "s", 3600}, {"小时", "s", 3600}, {"s", "s", 1},
    {"秒", "s", 1},    {"d", "天", 1},    {"天", "天", 1},  {"日", "天", 1},     {"年", "年", 1},
    {"个月", "月", 1}, {"月", "月", 1},   {"％", "%", 1},   {"%", "%", 1},       {"‰", "%", 0.1},
};

/* Units and counts that people give, and what they must not be a part of: 2年级, 60周岁; of days what must follow: 3月10日 is a date. */
static const struct {
    const char *word, *not_before, *only_before;
} counters[] = {
    {"个工作日", "", ""}, {"工作日", "", ""}, {"个自然日", "", ""}, {"自然日", "", ""},
    {"个月", "", ""},     {"分钟", "", ""},   {"天", "平窗", ""},   {"年", "级代份龄度月底前初", ""},
    {"人次", "", ""},     {"次", "", ""},     {"人", "", ""},       {"名", "", ""},
    {"家", "", ""},       {"份", "", ""},     {"册", "", ""},       {"台", "", ""},
    {"间", "", ""},       {"级", "", ""},     {"分", "", ""},       {"日", "", "内以之"},
};

/* As years of the calendar are written. */
enum { FIRST_DATE = 1000 };

/* A stretch of a sentence between two marks. */
static struct gb_str
stretch_around(struct gb_str s, size_t begin, size_t end, size_t *out_begin)
{
    GB_WORDS(marks, "，", "；", "。", "：", ",", ";", "\n");
    size_t from = 0, to = s.len;

    for (size_t i = 0; i < GB_COUNT(marks); i++) {
        for (size_t at = gb_str_find(s, marks[i], from); at < begin; at = gb_str_find(s, marks[i], from))
            from = at + marks[i].len;
        size_t at = gb_str_find(s, marks[i], end);
        if (at != GB_NOT_FOUND && at < to)
            to = at;
    }
    *out_begin = from;
    return gb_str_sub(s, from, to);
}

/* Adds the words without those of the list (NULL: none), blanks and marks. */
static void
add_without(struct gb_buf *out, struct gb_str s, const struct gb_rel *words)
{
    for (size_t at = 0; at < s.len;) {
        size_t next, skipped = words ? gb_words_start(gb_rel_at(words), gb_str_skip(s, at)) : 0;
        uint32_t c = gb_utf8_at(s, at, &next);
        if (skipped) {
            at += skipped;
            continue;
        }
        if (gb_char_is_han(c) || gb_char_is_latin(c))
            gb_buf_add(out, gb_str_sub(s, at, next));
        at = next;
    }
}

/* A value as it was read, with the bytes that it takes up together with its bound. */
struct value {
    size_t begin, end;
    double amount, upper; /* end of a range; else the same */
    struct gb_str unit;
    enum gb_bound bound;
};

/* False for a year of the calendar. */
static bool
in_one_form(struct value *v)
{
    for (size_t i = 0; i < GB_COUNT(units); i++) {
        if (gb_str_is(v->unit, units[i].unit)) {
            v->unit = gb_str_from(units[i].as);
            v->amount *= units[i].size;
            v->upper *= units[i].size;
            break;
        }
    }
    return !(gb_str_is(v->unit, "年") && v->amount >= FIRST_DATE);
}

static bool
read_unit(struct gb_str s, const struct gb_amount *amount, struct value *v)
{
    struct gb_str behind = gb_str_skip(s, amount->end);
    size_t blanks = gb_skip_any(behind, 0, " ");

    behind = gb_str_skip(behind, blanks);
    for (size_t i = 0; i < GB_COUNT(counters); i++) {
        struct gb_str word = gb_str_from(counters[i].word), rest = gb_str_skip(behind, word.len);
        struct gb_str only = gb_str_from(counters[i].only_before);
        size_t next = 0;
        if (!gb_str_starts(behind, word))
            continue;
        if (rest.len)
            gb_utf8_at(rest, 0, &next);
        struct gb_str following = gb_str_sub(rest, 0, next);
        if ((next && gb_str_has(gb_str_from(counters[i].not_before), following)) ||
            (only.len && !(next && gb_str_has(only, following))))
            return false;
        v->end = amount->end + blanks + word.len;
        v->unit = gb_str_starts(word, GB_STR("个")) ? gb_str_skip(word, GB_STR("个").len) : word;
        return in_one_form(v);
    }
    if (!amount->unit.n)
        return false;
    v->unit = gb_str_sub(s, amount->unit.begin, amount->unit.end);
    v->end = amount->unit.end;
    return in_one_form(v);
}

static void
read_bound(struct gb_str s, struct value *v)
{
    for (size_t i = 0; i < GB_COUNT(bounds); i++) {
        struct gb_str word = gb_str_from(bounds[i].word), before = gb_str_sub(s, 0, v->begin);
        before.len = gb_skip_any_back(before, before.len, " ");
        if (bounds[i].is_behind ? gb_str_starts(gb_str_skip(s, v->end), word) : gb_str_ends(before, word)) {
            v->bound = bounds[i].bound;
            if (bounds[i].is_behind)
                v->end += word.len;
            else
                v->begin = before.len - word.len;
            return;
        }
    }
}

/* The titles above, and what the sentence says before the stretch: two values under different ones are no contradiction. */
static struct gb_str
condition_of(struct gb_taker *t, const struct gb_node *node, struct gb_str before)
{
    const struct gb_node *clause = gb_node_clause(node);

    while (clause && clause->kind == GB_NODE_CLAUSE && !gb_node_is_titled(clause))
        clause = clause->parent;
    t->words.len = 0;
    add_without(&t->words, clause ? clause->title.str : GB_STR(""), NULL);
    gb_buf_add_char(&t->words, '/');
    add_without(&t->words, before, &t->facts->lexicon->value_empty_words);
    return gb_arena_copy(t->arena, gb_buf_str(&t->words));
}

/*
 * 管理员 of 管理员应佩戴工牌，每日巡查2次: what the sentence is about, where the stretch at `from` goes on with what is done. What stands
 * between them is another provision, and no condition.
 */
static struct gb_str
subject_for(const struct gb_taker *t, const struct gb_sentence *sentence, struct gb_str s, size_t from,
            struct gb_str stretch)
{
    GB_WORDS(goes_on, "在", "于", "每", "至少", "并");
    GB_WORDS(no_names, "，", "的", "；", "：");
    enum { LONGEST = 10 };

    stretch = gb_str_trim(stretch);
    if (from == 0 || !sentence->n_modals || gb_str_has(stretch, GB_STR("应")) ||
        !(GB_STARTS_ANY(stretch, goes_on) || gb_words_start(gb_rel_at(&t->facts->lexicon->verbs), stretch)))
        return GB_STR("");
    struct gb_str subject = gb_str_sub(s, 0, t->facts->modals[sentence->modals].begin - sentence->begin);
    return GB_HAS_ANY(subject, no_names) || gb_str_han_length(subject) > LONGEST ? GB_STR("") : subject;
}

/*
 * A value at [v->begin, v->end) of the stretch at `from` of the sentence; its object is what the stretch and the subject say besides, which
 * `parts` are.
 */
static void
tell_value(struct gb_taker *t, const struct gb_sentence *sentence, const struct value *v, size_t from,
           struct gb_str subject, const struct gb_str *parts, size_t n)
{
    enum { SHORTEST = 2 * GB_HAN };
    struct gb_str s = gb_str_sub(sentence->text->str, sentence->begin, sentence->end);

    t->scratch.len = 0;
    add_without(&t->scratch, subject, &t->facts->lexicon->value_empty_words);
    for (size_t i = 0; i < n; i++)
        add_without(&t->scratch, parts[i], &t->facts->lexicon->value_empty_words);
    struct gb_str object = gb_arena_copy(t->arena, gb_buf_str(&t->scratch));
    if (object.len < SHORTEST)
        return;
    t->scratch.len = 0;
    add_without(&t->scratch, object, &t->facts->lexicon->value_generic_words);
    bool is_generic = t->scratch.len < SHORTEST;
    struct gb_str condition = condition_of(t, sentence->node, gb_str_sub(s, 0, subject.len ? 0 : from));
    struct gb_fact *fact =
        gb_take(t, GB_FACT_VALUE, sentence->node, sentence->text, sentence->begin + v->begin, sentence->begin + v->end);
    fact->key = object;
    fact->about = condition;
    fact->number = v->amount;
    fact->upper = v->upper;
    fact->value = gb_arena_copy(t->arena, v->unit);
    fact->bound = v->bound;
    fact->is_generic = is_generic;
}

/* ---- How often: 每季度检查一次 ---- */

/* Length of the period at the start of s (每季度), and how often it comes in four hundred years; 0: none. */
static size_t
period_at(const struct gb_lexicon *lexicon, struct gb_str s, double *out_times)
{
    const struct gb_rel *words = gb_rel_at(&lexicon->value_periods);

    for (uint32_t i = 0; i + 1 < lexicon->value_periods.n; i += 2) {
        struct gb_str word = gb_rel_str(&words[i]), times = gb_rel_str(&words[i + 1]);
        if (!gb_str_starts(s, word))
            continue;
        *out_times = 0;
        for (size_t k = 0; k < times.len; k++)
            *out_times = *out_times * 10 + (times.ptr[k] - '0');
        *out_times /= 3;
        return word.len;
    }
    return 0;
}

/* Times: a digit or a Chinese one, with 次. Its bytes at the head of s; 0: none. */
static size_t
times_at(struct gb_str s, double *out)
{
    size_t len = 0;
    uint32_t c = s.len ? gb_utf8_at(s, 0, &len) : 0;
    unsigned n = gb_is_digit(c) ? c - '0' : c == U'两' ? 2 : gb_han_digit(c);

    if (n < 1 || n > 9)
        return 0;
    *out = n;
    len = gb_skip_any(s, len, " ");
    return gb_str_starts(gb_str_skip(s, len), GB_STR("次")) ? len + GB_STR("次").len : 0;
}

/* The object is what is left of the stretch without period, times and bound. */
static bool
take_frequency(struct gb_taker *t, const struct gb_sentence *sentence, struct gb_str s, size_t at)
{
    double times = 0, count = 0;
    size_t period = period_at(t->facts->lexicon, gb_str_skip(s, at), &times), from, begin = 0, len = 0;

    if (!period)
        return false;
    struct gb_str stretch = stretch_around(s, at, at + period, &from);
    for (begin = at - from + period; begin < stretch.len; gb_utf8_at(stretch, begin, &begin)) {
        if ((len = times_at(gb_str_skip(stretch, begin), &count)) > 0)
            break;
    }
    if (!len)
        return false;
    GB_WORDS(least, "不少于", "至少", "不低于", "最少");
    struct gb_str between = gb_str_sub(stretch, at - from + period, begin), behind = gb_str_skip(stretch, begin + len);
    bool is_least = GB_HAS_ANY(stretch, least) || gb_str_starts(behind, GB_STR("以上"));
    const struct gb_str parts[] = {gb_str_sub(stretch, 0, at - from),
                                   gb_str_sub(between, 0, between.len - GB_END(between, least)), behind};
    struct value v = {.begin = at,
                      .end = from + begin + len,
                      .amount = times * count,
                      .unit = GB_STR("次数"),
                      .bound = is_least ? GB_BOUND_LEAST : GB_BOUND_EXACT};
    tell_value(t, sentence, &v, from, subject_for(t, sentence, s, from, stretch), parts, GB_COUNT(parts));
    return true;
}

/* 每年培训2次: the 2 is told with its period. */
static bool
is_told_as_frequency(struct gb_str s, const struct gb_quantity *q, size_t frequency)
{
    return frequency < q->begin && gb_str_starts(gb_str_skip(s, q->amounts[0].end), GB_STR("次"));
}

/* 40 h, 20 h～30 h, 3至5个工作日, 20 ℃±2 ℃. The unit of a range is that of its last number, and of the first where it has one. */
static bool
read_value(struct gb_str s, const struct gb_quantity *q, struct value *v)
{
    const struct gb_amount *first = &q->amounts[0], *last = &q->amounts[q->n - 1];

    *v = (struct value){.begin = q->begin, .end = q->end, .amount = first->value, .upper = last->value};
    if (q->n == 1)
        return read_unit(s, first, v);
    if (q->n != 2 || q->joints[0].kind == GB_AMOUNT_TIMES)
        return false;
    if (first->unit.n && (!last->unit.n || !gb_str_eq(gb_str_sub(s, first->unit.begin, first->unit.end),
                                                      gb_str_sub(s, last->unit.begin, last->unit.end))))
        return false;
    if (q->joints[0].kind == GB_AMOUNT_PLUS_MINUS) {
        v->amount = first->value - last->value;
        v->upper = first->value + last->value;
    }
    v->bound = GB_BOUND_RANGE;
    return v->amount < v->upper && read_unit(s, last, v);
}

static void
take_value(struct gb_taker *t, const struct gb_sentence *sentence, struct gb_str s, const struct gb_quantity *q)
{
    struct value v;
    size_t from;

    if (!read_value(s, q, &v))
        return;
    if (v.bound != GB_BOUND_RANGE)
        read_bound(s, &v);
    struct gb_str stretch = stretch_around(s, v.begin, v.end, &from);
    for (size_t i = 0; i < GB_COUNT(early_bounds) && v.bound == GB_BOUND_EXACT; i++) {
        if (gb_str_has(gb_str_sub(stretch, 0, v.begin - from), early_bounds[i].word))
            v.bound = early_bounds[i].bound;
    }
    const struct gb_str parts[] = {gb_str_sub(stretch, 0, v.begin - from), gb_str_skip(stretch, v.end - from)};
    tell_value(t, sentence, &v, from, subject_for(t, sentence, s, from, stretch), parts, GB_COUNT(parts));
}

/* Text of the draft's own provisions: no note, example or table. */
static bool
is_provision(const struct gb_sentence *s)
{
    if (s->type != GB_TYPE_REQUIREMENT || (s->node->kind != GB_NODE_PARA && s->node->kind != GB_NODE_ITEM))
        return false;
    GB_FIND_NEXT(n, s->node->parent, n->parent,
                 n->kind == GB_NODE_NOTE || n->kind == GB_NODE_EXAMPLE || n->kind == GB_NODE_TERM ||
                     n->kind == GB_NODE_FOREWORD || n->kind == GB_NODE_INTRO);
    return n == NULL;
}

void
gb_take_values(struct gb_taker *t)
{
    enum { LONGEST = 900 };
    const struct gb_measures *measures = gb_lexicon_measures(t->facts->lexicon);

    GB_EACH(const struct gb_sentence, sentence, t->facts->sentences, t->facts->n_sentences) {
        struct gb_str s = gb_str_sub(sentence->text->str, sentence->begin, sentence->end);
        struct gb_quantity q;
        if (s.len > LONGEST)
            continue;
        size_t every = gb_str_find(s, GB_STR("每"), 0), frequency = GB_NOT_FOUND;
        bool has_digit = gb_str_has_digit(s);
        if ((every == GB_NOT_FOUND && !has_digit) || !is_provision(sentence))
            continue;
        for (; every != GB_NOT_FOUND; every = gb_str_find(s, GB_STR("每"), every + GB_STR("每").len)) {
            if (take_frequency(t, sentence, s, every) && frequency == GB_NOT_FOUND)
                frequency = every;
        }
        for (size_t at = 0; has_digit && gb_quantity_next(measures, s, &at, &q);) {
            if (!is_told_as_frequency(s, &q, frequency))
                take_value(t, sentence, s, &q);
        }
    }
}
