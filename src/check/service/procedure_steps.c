/*
 * The steps of a procedure one by one: who does what, one act in each, terse, nothing vague, nothing twice: PRC-004, PRC-005, PRC-009,
 * PRC-010, PRC-012. DB32/T 2796—2015, 7.3.4.5 b) and d).
 */
#include "check/service/procedure_priv.h"

GB_WORDS(part_ends, "，", "；", "。", "：", ",", ";", ":", "\n");

static size_t
part_end(struct gb_str s, size_t at)
{
    while (at < s.len && !GB_STARTS_ANY(gb_str_skip(s, at), part_ends))
        at += gb_utf8_length(s.ptr[at]);
    return at < s.len ? at : s.len;
}

/* ---- PRC-004 ---- */

static struct gb_str
without_end(struct gb_str s)
{
    s = gb_str_trim(s);
    GB_FIND(part_end, part_ends, GB_COUNT(part_ends), gb_str_ends(s, *part_end));
    return part_end ? gb_str_trim(gb_str_sub(s, 0, s.len - part_end->len)) : s;
}

/* 审核。: an act alone, on what and by whom is not said. */
static bool
is_bare(struct gb_check *c, const struct gb_procedure_step *step)
{
    struct gb_str s = without_end(step->texts->str);
    bool is_noun;

    if (step->rank && gb_str_starts(s, GB_STR("第"))) { /* 第二步，复核 */
        size_t at = part_end(s, 0);
        s = gb_str_skip(s, at + (at < s.len ? gb_utf8_length(s.ptr[at]) : 0));
    }

    return step->n_texts == 1 && s.len > 0 && gb_act_at(c->facts->lexicon, s, &is_noun) == s.len;
}

/* 组装；: two characters are a verb alone where the other steps are told in full. */
static bool
is_terse(const struct gb_procedure *p, const struct gb_procedure_step *step)
{
    enum { TERSE = 2, FULL = 8 };
    struct gb_str s = without_end(step->texts->str);

    if (step->n_texts > 1 || gb_str_han_length(s) != TERSE || s.len != TERSE * GB_HAN)
        return false;
    uint32_t n_full = GB_HOW_MANY(GB_ITEMS(other, p->steps, p->n_steps), gb_str_han_length(other->texts->str) >= FULL);
    return n_full + 1 == p->n_steps;
}

/* 应核对材料: the subject is left out where others have one. */
static bool
lacks_actor(struct gb_str s)
{
    GB_WORDS(others, "应急", "应用", "应付", "应收", "应征", "应聘", "应邀", "应诉", "应缴", "须知");

    return GB_STARTS_WITH(s, "应", "宜", "须") && !GB_STARTS_ANY(s, others);
}

/* Does a verb stand before that byte, or in all of the words? */
static bool
has_verb_before(struct gb_check *c, struct gb_str s, size_t end)
{
    const struct gb_lexicon *lexicon = c->facts->lexicon;
    bool is_noun;
    size_t at = 0;

    end = end < s.len ? end : s.len;
    while (at < end && !gb_act_at(lexicon, gb_str_skip(s, at), &is_noun) && !gb_verb_at(lexicon, gb_str_skip(s, at)))
        at += gb_utf8_length(s.ptr[at]);
    return at < end;
}

/* Ends in a thing, and in front of 的, or of all, stands no verb: 案卷的保管期限. */
static bool
is_thing(struct gb_check *c, struct gb_str s)
{
    enum { LONGEST = 10 };

    return gb_str_han_length(s) <= LONGEST && gb_words_end(gb_param_set(c, "things"), s) && part_end(s, 0) == s.len &&
           !gb_actor_at(c->facts->lexicon, s) && !has_verb_before(c, s, gb_str_find(s, GB_STR("的"), 0));
}

/* 采血护士，采血时间应不大于13 min: who does it, and not what. The name is that of an actor in another step. */
static bool
names_actor_alone(struct gb_check *c, const struct gb_procedure *p, const struct gb_procedure_step *step)
{
    struct gb_str s = step->texts->str, name = gb_str_sub(s, 0, part_end(s, 0)), behind;

    if (name.len == s.len || name.len == 0)
        return false;
    behind = gb_str_skip(s, name.len + gb_utf8_length(s.ptr[name.len]));
    bool is_noun;
    if (lacks_actor(behind) || gb_act_at(c->facts->lexicon, behind, &is_noun) || gb_verb_at(c->facts->lexicon, behind))
        return false;
    return GB_ANY(GB_ITEMS(other, p->steps, p->n_steps),
                  other != step && gb_str_eq(gb_first_actor(c->facts->lexicon, other->texts->str), name));
}

/* A step that says what it is about, or who does it, and not what is done, where all others do. */
static bool
lacks_verb(struct gb_check *c, const struct gb_procedure *p, const struct gb_procedure_step *step)
{
    if (step->n_texts > 1)
        return false;
    if (names_actor_alone(c, p, step))
        return true;
    if (!is_thing(c, without_end(step->texts->str)))
        return false;
    return !GB_ANY(GB_ITEMS(other, p->steps, p->n_steps), other != step && is_thing(c, without_end(other->texts->str)));
}

/* 划转资金; where the other steps say who does it: begins with the act. */
static bool
begins_with_act(struct gb_check *c, struct gb_str s)
{
    enum { LONGEST_LIMIT = 24 };
    const struct gb_lexicon *lexicon = c->facts->lexicon;
    bool is_noun = false;
    size_t within = gb_str_starts(s, GB_STR("在")) ? gb_str_find(s, GB_STR("日内"), 0) : GB_NOT_FOUND;

    if (within <= LONGEST_LIMIT) /* 在3个工作日内核对材料 */
        s = gb_str_skip(s, within + strlen("日内"));
    size_t len = gb_act_at(lexicon, s, &is_noun);
    len = len ? len : gb_verb_at(lexicon, s);
    bool is_name = len && gb_begins_with_post(lexicon, gb_str_skip(s, len)); /* 收集员沿路线 … */
    return (len && !is_noun && !is_name && !gb_str_has(s, GB_STR("的，"))) || lacks_actor(s);
}

/* 引航卡, 费用的计算: a few words without actor or modal, where all other steps have an actor. */
static bool
is_fragment(struct gb_check *c, const struct gb_procedure *p, const struct gb_procedure_step *step, uint32_t n_actors)
{
    enum { LONGEST = 10 };
    struct gb_str s = without_end(step->texts->str);

    return p->n_steps > 2 && n_actors + 1 == p->n_steps && step->n_texts == 1 && !step->rank &&
           gb_str_han_length(s) <= LONGEST && part_end(s, 0) == s.len && !GB_HAS_ONE_OF(s, "应", "宜", "可", "须") &&
           !gb_first_actor(c->facts->lexicon, s).len && !has_verb_before(c, s, gb_str_find(s, GB_STR("的"), 0));
}

static bool
names_actor(struct gb_check *c, const struct gb_procedure *p)
{
    struct gb_str lead = p->lead ? without_end(p->lead->text.str) : GB_STR("");

    for (size_t comma; (comma = gb_str_find(lead, GB_STR("，"), 0)) != GB_NOT_FOUND;)
        lead = gb_str_skip(lead, comma + GB_HAN);
    if (p->lead && lacks_actor(lead)) /* 支付岗收到核定表后，应按下列步骤办理 */
        lead = without_end(p->lead->text.str);
    return (p->lead && (gb_first_actor(c->facts->lexicon, lead).len ||
                        gb_str_ends(without_end(p->lead->text.str), GB_STR("应")))) ||
           (p->clause && gb_ends_with_post(c->facts->lexicon, gb_str_trim(p->clause->title.str)));
}

/* 6.3.1 应在3日内评审。 below 6.3 评审: of clauses that are steps the first text says who acts, where most others do. */
static void
judge_titled_slots(struct gb_check *c, const struct gb_procedure *p)
{
    if (!(p->flags & GB_PROCEDURE_BY_PERSONS) || p->flags & GB_PROCEDURE_DRAWN)
        return;
    GB_EACH(const struct gb_procedure_step, step, p->steps, p->n_steps) {
        GB_FIND(text, step->texts, step->n_texts, !text->is_title);
        if (text && lacks_actor(text->str) && !gb_first_actor(c->facts->lexicon, text->str).len &&
            !gb_ends_with_post(c->facts->lexicon, step->name))
            gb_report_case(c, "actor", gb_at_step(text, 0, part_end(text->str, 0)), text->node,
                           GB_ARGS(gb_step_quote(c, gb_str_sub(text->str, 0, part_end(text->str, 0)))));
    }
}

static void
judge_slots(struct gb_check *c, const struct gb_procedure *p)
{
    uint32_t n_bare = 0, n_actors = 0;

    if (p->form == GB_PROCEDURE_CLAUSES)
        judge_titled_slots(c, p);

    if (!GB_AMONG(p->form, GB_PROCEDURE_LIST, GB_PROCEDURE_PARAGRAPHS, GB_PROCEDURE_UNTITLED))
        return;
    if (p->flags & GB_PROCEDURE_DRAWN || gb_list_is_overview(c, p))
        return;
    for (uint32_t i = 0; i < p->n_steps; i++) {
        n_bare += is_bare(c, &p->steps[i]);
        n_actors += gb_first_actor(c->facts->lexicon, p->steps[i].texts->str).len > 0;
    }
    bool is_told = names_actor(c, p);
    GB_EACH(const struct gb_procedure_step, step, p->steps, p->n_steps) {
        struct gb_at at = gb_at_step_head(step);
        struct gb_str words = gb_step_quote(c, gb_step_words(step));
        if (is_bare(c, step) || is_terse(p, step))
            gb_report(c, at, step->node, GB_ARGS(words));
        else if (lacks_verb(c, p, step) || is_fragment(c, p, step, n_actors))
            gb_report_case(c, "verb", at, step->node, GB_ARGS(words));
        else if (!is_told && 2 * n_actors >= p->n_steps && !gb_first_actor(c->facts->lexicon, step->texts->str).len &&
                 (3 * n_actors >= 2 * p->n_steps ? begins_with_act(c, step->texts->str)
                                                 : lacks_actor(step->texts->str)))
            gb_report_case(c, "actor", at, step->node, GB_ARGS(words));
    }
    if (!is_told && !n_actors && !n_bare)
        gb_report_case(c, "no-actors", gb_at_step_head(&p->steps[0]), p->steps[0].node,
                       GB_ARGS(gb_procedure_title(c, p)));
}

/* Source: DB32/T 2796—2015, 7.3.4.5 b). */
GB_CHECK_WHOLE(check_slots, gb_each_service_procedure(c, judge_slots))

/* ---- PRC-005 ---- */

/* Different acts of a text; those glued together (受理登记) are one. */
static size_t
count_acts(struct gb_check *c, struct gb_str s)
{
    enum { MOST = 16 };
    struct gb_str seen[MOST];
    size_t n = 0, last_end = SIZE_MAX;

    for (size_t at = 0; at < s.len && n < MOST;) {
        bool is_noun;
        size_t len = gb_act_at(c->facts->lexicon, gb_str_skip(s, at), &is_noun);
        if (!len) {
            at += gb_utf8_length(s.ptr[at]);
            continue;
        }
        struct gb_str act = gb_str_sub(s, at, at + len);
        if (at != last_end && !is_noun && !gb_str_is_any(act, seen, n))
            seen[n++] = act;
        last_end = at += len;
    }
    return n;
}

/* 划转资金、加盖印章并录入系统: parts that begin with a verb and have an object. */
static size_t
count_verbs(struct gb_check *c, struct gb_str s)
{
    GB_WORDS(joints, "、", "，", "并", "再", "；");
    GB_WORDS(ways, "返回", "退回", "终止", "结束", "转入", "转至"); /* where one goes on is no act of its own */
    const struct gb_lexicon *lexicon = c->facts->lexicon;
    size_t n = 0;

    for (size_t begin = 0; begin < s.len;) {
        struct gb_str part = gb_str_sub(s, begin, part_end(s, begin));
        size_t end = 0, actor = gb_actor_at(lexicon, part);
        bool is_noun = false;
        actor += GB_STARTS_WITH(gb_str_skip(part, actor), "应", "宜", "须", "可") ? GB_HAN : 0;
        part = gb_str_skip(part, actor);
        while (end < part.len && (end == 0 || !GB_STARTS_ANY(gb_str_skip(part, end), joints)))
            end += gb_utf8_length(part.ptr[end]);
        size_t len = gb_act_at(lexicon, part, &is_noun);
        len = len ? len : gb_verb_at(lexicon, part);
        bool is_condition = GB_ENDS_WITH(gb_str_sub(part, 0, end), "后", "时", "的");
        n += len && !is_noun && !is_condition && end >= len + 2 * GB_HAN && !GB_STARTS_ANY(part, ways);
        begin += actor + end;
        for (size_t i = 0; i < GB_COUNT(joints); i++)
            begin += gb_str_starts(gb_str_skip(s, begin), joints[i]) ? joints[i].len : 0;
        if (end == 0 && actor == 0)
            begin += begin < s.len ? gb_utf8_length(s.ptr[begin]) : 1;
    }
    return n;
}

/* Different subjects in the parts of a text. */
static size_t
count_actors(struct gb_check *c, struct gb_str s)
{
    enum { MOST = 8 };
    struct gb_str seen[MOST];
    size_t n = 0, begin = 0;

    while (begin < s.len && n < MOST) {
        size_t end = part_end(s, begin), len = gb_actor_at(c->facts->lexicon, gb_str_sub(s, begin, end));
        struct gb_str actor = gb_str_sub(s, begin, begin + len);
        if (len && !gb_str_is_any(actor, seen, n))
            seen[n++] = actor;
        begin = end + (end < s.len ? gb_utf8_length(s.ptr[end]) : 0);
    }
    return n;
}

static void
judge_acts(struct gb_check *c, const struct gb_procedure *p)
{
    size_t most_acts = (size_t)gb_param_number(c, "most-acts"), most_actors = (size_t)gb_param_number(c, "most-actors");

    if (p->form != GB_PROCEDURE_LIST && p->form != GB_PROCEDURE_PARAGRAPHS)
        return;
    for (uint32_t i = 0; i < p->n_steps; i++) {
        struct gb_str s = p->steps[i].texts->str;
        size_t n_acts = count_acts(c, s), n_verbs = count_verbs(c, s), n = n_acts > n_verbs ? n_acts : n_verbs,
               n_actors = count_actors(c, s);
        if (n > most_acts)
            gb_report(c, gb_at_step_head(&p->steps[i]), p->steps[i].node, GB_ARGS(gb_count_text(c, n)));
        else if (n_actors > most_actors)
            gb_report_case(c, "actors", gb_at_step_head(&p->steps[i]), p->steps[i].node,
                           GB_ARGS(gb_count_text(c, n_actors)));
    }
}

/* Source: DB32/T 2796—2015, 7.3.4.5 b) and d). */
GB_CHECK_WHOLE(check_acts, gb_each_service_procedure(c, judge_acts))

/* ---- PRC-009 ---- */

/* Characters of the longest sentence. */
static size_t
longest_sentence(struct gb_str s)
{
    size_t longest = 0;

    for (size_t begin = 0; begin < s.len;) {
        size_t stop = gb_str_find(s, GB_STR("。"), begin), semicolon = gb_str_find(s, GB_STR("；"), begin);
        size_t end = stop < semicolon ? stop : semicolon;
        end = end == GB_NOT_FOUND ? s.len : end;
        size_t n = gb_str_han_length(gb_str_sub(s, begin, end));
        longest = n > longest ? n : longest;
        begin = end < s.len ? end + GB_HAN : s.len;
    }
    return longest;
}

/* Characters of words that say nothing; *out_begin, *out_end: the first one. */
static size_t
padding_of(struct gb_check *c, struct gb_str s, size_t *out_begin, size_t *out_end)
{
    const struct gb_han_words *words = gb_param_set(c, "padding"), *exempt = gb_param_set(c, "exempt");
    size_t n = 0;

    for (size_t at = 0; at < s.len;) {
        size_t skip = gb_words_start(exempt, gb_str_skip(s, at)),
               len = skip ? 0 : gb_words_start(words, gb_str_skip(s, at));
        if (len && !n) {
            *out_begin = at;
            *out_end = at + len;
        }
        n += len / GB_HAN;
        at += skip ? skip : len ? len : gb_utf8_length(s.ptr[at]);
    }
    return n;
}

static void
judge_length(struct gb_check *c, const struct gb_step_text *text, struct gb_at head)
{
    struct gb_str s = text->str;
    size_t n = gb_str_han_length(s), longest, begin = 0, end = 0;
    size_t most = (size_t)gb_param_number(c, "step"), in_sentence = (size_t)gb_param_number(c, "sentence");

    if (n <= in_sentence) {
        size_t padding = padding_of(c, s, &begin, &end);
        if (padding > 2 && (double)padding * 100 > gb_param_number(c, "share") * (double)n)
            gb_report_case(c, "padding", gb_at_step(text, begin, end), text->node,
                           GB_ARGS(gb_str_sub(s, begin, end), gb_count_text(c, padding), gb_count_text(c, n)));
        return;
    }
    longest = longest_sentence(s);
    if (n > most)
        gb_report(c, head, text->node, GB_ARGS(gb_count_text(c, n)));
    else if (longest > in_sentence)
        gb_report_case(c, "sentence", head, text->node, GB_ARGS(gb_count_text(c, longest)));
}

static void
judge_lengths(struct gb_check *c, const struct gb_procedure *p)
{
    GB_EACH(const struct gb_procedure_step, step, p->steps, p->n_steps) {
        if (GB_AMONG(p->form, GB_PROCEDURE_LIST, GB_PROCEDURE_PARAGRAPHS, GB_PROCEDURE_UNTITLED))
            judge_length(c, step->texts, gb_at_step_head(step));
        for (uint32_t k = 0; k < step->n_texts && p->form == GB_PROCEDURE_CLAUSES;
             k++) { /* 6.3.1, 6.3.2 of the step 6.3 */
            const struct gb_step_text *text = &step->texts[k];
            if (!text->is_title && text->node->kind == GB_NODE_PARA)
                judge_length(c, text, gb_at_step(text, 0, text->str.len));
        }
    }
}

/* Source: DB32/T 2796—2015, 7.3.4.5 d); GB/T 1.1—2009, 4.4. */
GB_CHECK_WHOLE(check_lengths, gb_each_service_procedure(c, judge_lengths))

/* ---- PRC-010 ---- */

/* A run of so many Han, by its hash, and where it stands. Longer texts, and more runs, are in no procedure that people write. */
enum { WINDOW = 20, LONGEST_TEXT = 6000, MOST_WINDOWS = 300000 };
struct window {
    uint64_t hash;
    const struct gb_step_text *text;
    uint32_t step, at, len; /* number of the step in the draft; bytes of the text */
};

typedef GB_ARRAY(struct window) window_array;

/* A comma parts no run: what is said twice has its commas twice. */
static bool
is_han_at(struct gb_str s, size_t at)
{
    return gb_utf8_length(s.ptr[at]) == GB_HAN &&
           (gb_char_is_han(gb_char_at(s, at)) || GB_STARTS_WITH(gb_str_skip(s, at), "，", "、"));
}

/* Numbers and units part no run either (在3个工作日内), and are no part of its length. */
static bool
is_in_quantity(char c)
{
    return gb_is_digit(c) || gb_is_letter(c) || c == ' ' || c == '.' || c == '%';
}

/* Every run of WINDOW Han in the text; a rolling sum over the last ones. */
static void
add_windows(window_array *all, const struct gb_step_text *text, uint32_t step)
{
    static const uint64_t base = 0x100000001B3u;
    struct gb_str s = text->str;
    uint64_t hash = 0, top = 1;
    size_t n = 0, places[WINDOW]; /* of the last Han */

    for (int i = 0; i < WINDOW; i++)
        top *= base;
    for (size_t at = 0; at < s.len && at < LONGEST_TEXT && all->len < MOST_WINDOWS; at += gb_utf8_length(s.ptr[at])) {
        if (n && is_in_quantity(s.ptr[at]))
            continue;
        if (!is_han_at(s, at)) {
            n = 0;
            hash = 0;
            continue;
        }
        hash = hash * base + gb_char_at(s, at);
        if (n >= WINDOW)
            hash -= top * gb_char_at(s, places[n % WINDOW]);
        places[n++ % WINDOW] = at;
        if (n < WINDOW)
            continue;
        uint32_t from = (uint32_t)places[n % WINDOW];
        *gb_push(all) = (struct window){hash, text, step, from, (uint32_t)(at + GB_HAN) - from};
    }
}

GB_ORDER(compare_windows, struct window, GB_KEY(hash) GB_KEY(step) GB_KEY(at))

GB_ORDER_OF_POINTERS(compare_window_places, struct window, GB_KEY(step) GB_KEY(text) GB_KEY(at))

static bool
are_equal(const struct window *a, const struct window *b)
{
    return gb_str_eq(gb_str_sub(a->text->str, a->at, a->at + a->len), gb_str_sub(b->text->str, b->at, b->at + b->len));
}

/* End of what both have in common. */
static size_t
common_length(const struct window *a, const struct window *b)
{
    struct gb_str left = gb_str_skip(a->text->str, a->at), right = gb_str_skip(b->text->str, b->at);
    size_t n = 0;

    while (n < left.len && n < right.len && left.ptr[n] == right.ptr[n])
        n++;
    return gb_utf8_floor(left, n);
}

/* Each window that stands in an earlier step as well, with that one. */
static void
report_repeats(struct gb_check *c, const window_array *all)
{
    GB_ARRAY(const struct window *) pairs = {0}; /* repeat, original, … */
    const struct gb_step_text *told = NULL;

    for (size_t i = 0, first = 0; i < all->len; i++) {
        const struct window *w = &all->items[i];
        if (i == 0 || w->hash != all->items[first].hash)
            first = i;
        else if (w->step != all->items[first].step && are_equal(w, &all->items[first])) {
            *gb_push(&pairs) = w;
            *gb_push(&pairs) = &all->items[first];
        }
    }
    if (pairs.len)
        gb_sort(pairs.items, pairs.len / 2, 2 * sizeof(*pairs.items), compare_window_places);
    for (size_t i = 0; i + 1 < pairs.len; i += 2) {
        const struct window *repeat = pairs.items[i], *original = pairs.items[i + 1];
        if (repeat->text == told)
            continue;
        told = repeat->text;
        size_t len = common_length(repeat, original);
        struct gb_finding *f =
            gb_report(c, gb_at_step(repeat->text, repeat->at, repeat->at + len), repeat->text->node,
                      GB_ARGS(gb_step_quote(c, gb_str_sub(repeat->text->str, repeat->at, repeat->at + len))));
        gb_also(c, f, gb_at_step(original->text, original->at, original->at + len),
                gb_say(c, "已写在这里", "said here already"));
    }
    gb_array_release(&pairs);
}

/* Source: DB32/T 2796—2015, 7.3.4.5 d); GB/T 1.1—2020, 9.5.1; 2009, 8.1.1. */
static void
check_repeats(struct gb_check *c)
{
    const struct gb_procedures *all = &c->facts->procedures;
    window_array windows = {0};
    uint32_t step = 0;

    GB_EACH(const struct gb_procedure, p, all->items, all->n) {
        for (uint32_t k = 0; k < p->n_steps && !(p->flags & GB_PROCEDURE_INNER) && gb_is_service_procedure(p);
             k++, step++) {
            for (uint32_t t = 0; t < p->steps[k].n_texts; t++) {
                step += t > 0 && p->steps[k].texts[t].node->kind == GB_NODE_ITEM; /* a step of the step */
                add_windows(&windows, &p->steps[k].texts[t], step);
            }
        }
    }
    if (windows.len) {
        gb_sort(windows.items, windows.len, sizeof(struct window), compare_windows);
        report_repeats(c, &windows);
    }
    gb_array_release(&windows);
}

/* ---- PRC-012 ---- */

/* 及时 beside a limit of time says something: in its part of the sentence, or in the one before or behind. */
static bool
has_limit(struct gb_str s, size_t at)
{
    enum { NEAR = 240 }; /* bytes; steps may be long */
    GB_WORDS(words, "当场", "当日", "当天", "次日", "工作日", "日内", "小时", "分钟", "立即", "即时");
    size_t begin = gb_utf8_ceil(s, at > NEAR ? at - NEAR : 0), before, end;

    s = gb_str_sub(s, begin, at + NEAR);
    at -= begin;
    before = begin = 0;
    for (size_t stop = part_end(s, 0); stop < at; stop = part_end(s, begin)) {
        before = begin;
        begin = stop + gb_utf8_length(s.ptr[stop]);
    }
    end = part_end(s, at);
    if (end < s.len)
        end = part_end(s, end + gb_utf8_length(s.ptr[end]));
    s = gb_str_sub(s, before, end);
    GB_FIND(byte, s.ptr, s.len, gb_is_digit(*byte));
    return byte || GB_HAS_ANY(s, words);
}

/* The first vague word of a text; false: none. */
static bool
find_vague(struct gb_check *c, struct gb_str s, size_t *out_begin, size_t *out_end)
{
    const struct gb_han_words *words = gb_param_set(c, "words"), *exempt = gb_param_set(c, "exempt"),
                              *timing = gb_param_set(c, "timing");

    for (size_t at = 0; at < s.len;) {
        struct gb_str rest = gb_str_skip(s, at);
        size_t skip = gb_words_start(exempt, rest), len = gb_words_start(words, rest);
        size_t when = len ? 0 : gb_words_start(timing, rest);
        if (!skip && (len || (when && !has_limit(s, at)))) {
            *out_begin = at;
            *out_end = at + (len ? len : when);
            return true;
        }
        at += skip ? skip : gb_utf8_length(s.ptr[at]);
    }
    return false;
}

static void
judge_vague(struct gb_check *c, const struct gb_procedure *p)
{
    if (p->flags & GB_PROCEDURE_INNER && p->form == GB_PROCEDURE_CLAUSES)
        return;
    for (uint32_t i = 0; i < p->n_steps && gb_has_step_texts(p); i++) {
        GB_EACH(const struct gb_step_text, text, p->steps[i].texts, p->steps[i].n_texts) {
            size_t begin, end;
            if (text->is_title || !find_vague(c, text->str, &begin, &end))
                continue;
            gb_report(c, gb_at_step(text, begin, end), text->node, GB_ARGS(gb_str_sub(text->str, begin, end)));
            break;
        }
    }
}

/* One in each step. Source: DB32/T 2796—2015, 7.3.4.5 b) and e); GB/T 1.1—2020, C.1; 2009, 6.3.4. */
GB_CHECK_WHOLE(check_vague, gb_each_service_procedure(c, judge_vague))

const struct gb_check_def gb_procedure_step_checks[] = {
    {.name = "procedure-slots", .whole = check_slots, .cases = "verb actor no-actors", .params = "things:words"},
    {.name = "procedure-acts", .whole = check_acts, .cases = "actors", .params = "most-acts:number most-actors:number"},
    {.name = "procedure-length",
     .whole = check_lengths,
     .cases = "sentence padding",
     .params = "step:number sentence:number share:number padding:words exempt:words"},
    {.name = "procedure-repeats", .whole = check_repeats},
    {.name = "procedure-vague", .whole = check_vague, .params = "words:words exempt:words timing:words"},
    {0},
};
