/*
 * Modal verbs: which words requirements, recommendations and permissions are worded in: WRD-001 to WRD-005, WRD-013.
 * GB/T 1.1—2020, 9.1 and annex C; 2009, annex F. That a word is the predicate of the draft's own words is known from facts/.
 */
#include "check/annexes/annex_priv.h"
#include "check/wording/wording_priv.h"

#include "doc/joined.h"

enum {
    WINDOW = 80 * GB_HAN, /* how far around a word others are looked at */
};

/* ---- What checks of wording share ---- */

bool
gb_holds_provisions(const struct gb_check *c, const struct gb_node *node)
{
    const struct gb_node *top = node;

    if (node->encoding == GB_ENCODING_QUOTE || c->facts->is_engineering)
        return false;
    for (const struct gb_node *n = node; n->parent; n = n->parent) {
        if (GB_AMONG(n->kind, GB_NODE_NOTE, GB_NODE_EXAMPLE, GB_NODE_FOOTNOTE, GB_NODE_TERM, GB_NODE_WHERE) ||
            n->encoding == GB_ENCODING_QUOTE)
            return false;
        top = n;
    }
    if (top->kind == GB_NODE_ANNEX)
        return top->nature != GB_NATURE_INFORMATIVE && !gb_annex_is_sample(top);
    if (top->kind != GB_NODE_CLAUSE || (top->role != GB_ROLE_NONE && top->role != GB_ROLE_SYMBOLS))
        return false;
    enum gb_element element = gb_element_of(top);
    return element != GB_ELEMENT_SCOPE && element != GB_ELEMENT_REFERENCES;
}

const struct gb_modal *
gb_modal_from(const struct gb_facts *facts, const struct gb_sentence *sentence, size_t at)
{
    const struct gb_modal *all = facts->modals + sentence->modals;

    GB_SEEK(uint32_t, i, sentence->n_modals, all[i].begin < at);
    return i < sentence->n_modals ? &all[i] : NULL;
}

const struct gb_modal *
gb_modal_before(const struct gb_facts *facts, const struct gb_sentence *sentence, size_t at)
{
    const struct gb_modal *all = facts->modals + sentence->modals, *next = gb_modal_from(facts, sentence, at);
    const struct gb_modal *end = next ? next : all + sentence->n_modals;

    return end > all && end[-1].end <= at ? end - 1 : NULL;
}

struct gb_str
gb_words_between(const struct gb_check *c, const struct gb_text *text, size_t begin, size_t end)
{
    if (end - begin > WINDOW)
        begin = gb_utf8_ceil(text->str, end - WINDOW);
    struct gb_text slice = gb_text_slice(text, begin, end);
    if (!slice.str.len || !memchr(slice.str.ptr, '\n', slice.str.len))
        return slice.str;
    struct gb_joined joined = {0};
    gb_join(&slice, &joined);
    struct gb_str words = gb_arena_copy(c->arena, joined.str);
    gb_joined_release(&joined);
    return words;
}

struct gb_str
gb_words_before(const struct gb_check *c, const struct gb_sentence *sentence, size_t at)
{
    return gb_words_between(c, sentence->text, sentence->begin, at);
}

struct gb_str
gb_words_behind(const struct gb_check *c, const struct gb_sentence *sentence, size_t at)
{
    struct gb_str s = sentence->text->str;
    size_t end = sentence->end;

    if (end - at > WINDOW)
        end = gb_utf8_floor(s, at + WINDOW);
    return gb_words_between(c, sentence->text, at, end);
}

static bool
is_mark(uint32_t c)
{
    enum { FULL_WIDTH = 0xFF00 };

    if (c < '@')
        return GB_AMONG(c, ',', ';', ':', '(', ')', '\n');
    return c == 0x3002 || (c - FULL_WIDTH < '@' && GB_AMONG(c - FULL_WIDTH, 0x01, 0x08, 0x09, 0x0C, 0x1A, 0x1B, 0x1F));
}

/* Characters that begin so are no marks, and three bytes long. */
static bool
is_han_lead(char c)
{
    return (unsigned char)c - 0xE4U <= 0xE9 - 0xE4;
}

struct gb_str
gb_last_clause(struct gb_str s)
{
    size_t at = s.len, before;

    while (at > 0) {
        if (at >= GB_HAN && is_han_lead(s.ptr[at - GB_HAN]))
            at -= GB_HAN;
        else if (!is_mark(gb_utf8_before(s, at, &before)))
            at = before;
        else
            break;
    }
    return gb_str_skip(s, at);
}

struct gb_str
gb_first_clause(struct gb_str s)
{
    size_t at = 0, next;

    while (at < s.len) {
        if (is_han_lead(s.ptr[at]))
            at += GB_HAN;
        else if (!is_mark(gb_utf8_at(s, at, &next)))
            at = next;
        else
            break;
    }
    return gb_str_sub(s, 0, at);
}

size_t
gb_any_at_start(struct gb_str s, const struct gb_str *words, size_t n)
{
    size_t longest = 0;

    if (s.len < GB_HAN)
        return 0;
    for (size_t i = 0; i < n; i++) {
        /* The last byte of the first character tells most words apart; lists have hundreds of them. */
        if (words[i].len > longest && words[i].len <= s.len && words[i].ptr[GB_HAN - 1] == s.ptr[GB_HAN - 1] &&
            gb_str_starts(s, words[i]))
            longest = words[i].len;
    }
    return longest;
}

bool
gb_reports_law(struct gb_str before)
{
    GB_WORDS(laws, "法》", "条例》", "规定》", "办法》", "规则》", "决定》", "法律", "法规", "规章", "条例", "条约",
             "公约》");
    GB_WORDS(reports, "依据", "按照", "根据", "依照", "遵照", "规定", "要求", "明确");
    GB_WORDS(directly, "法律", "法规", "依法", "国家", "法》", "条例》");

    return GB_ENDS_ANY(before, directly) || (GB_HAS_ANY(before, laws) && GB_HAS_ANY(before, reports));
}

/* ---- The words of a draft that are no 应, 宜, 可 ---- */

struct use {
    uint32_t sentence, modal;
};

typedef GB_ARRAY(struct use) use_array;

/* Modals other than those that most provisions have, and pairs of modals side by side. Found once for all rules. */
struct uses {
    bool is_made;
    const struct use *words, *pairs;
    size_t n_words, n_pairs;
};

/* Nothing but a soft line break stands between. */
static bool
is_adjacent(const struct gb_sentence *s, const struct gb_modal *a, const struct gb_modal *b)
{
    return a->end == b->begin || (a->end + 1 == b->begin && s->text->str.ptr[a->end] == '\n');
}

static const struct uses *
uses_of(struct gb_check *c)
{
    static const char key;
    const struct gb_facts *facts = c->facts;
    struct uses *uses = gb_check_shared(c, &key, sizeof(*uses));
    use_array words = {0}, pairs = {0};

    if (uses->is_made)
        return uses;
    for (uint32_t i = 0; i < facts->n_sentences; i++) {
        const struct gb_sentence *s = &facts->sentences[i];
        for (uint32_t k = s->modals; k < s->modals + s->n_modals; k++) {
            const struct gb_modal *m = &facts->modals[k];
            if (m->type == GB_TYPE_INSTRUCTION)
                continue;
            if (k > s->modals && is_adjacent(s, m - 1, m))
                *gb_push(&pairs) = (struct use){i, k - 1};
            if (!GB_IS_ONE_OF(m->word, "应", "宜", "可", "不应", "不宜"))
                *gb_push(&words) = (struct use){i, k};
        }
    }
    GB_KEEP(c->arena, &words, uses->words, uses->n_words);
    GB_KEEP(c->arena, &pairs, uses->pairs, uses->n_pairs);
    uses->is_made = true;
    return uses;
}

/* ---- WRD-013: one predicate, one modal ---- */

/* A modal that stands alone: none of the words that may be the verb of another (能, 允许, 禁止). */
static bool
is_exclusive(struct gb_str word)
{
    GB_WORDS(words, "应", "不应", "应该", "不应该", "应当", "不应当", "必须", "务必", "须", "不得", "不可", "不准",
             "不许", "宜", "不宜", "可", "可以", "不必", "可以不");

    return GB_IS_ANY(word, words);
}

/* 可拆卸, 可调节高度 behind 应: a property of a thing, told by its verb or because nothing but the verb stands behind 可. */
static bool
is_property(struct gb_str behind)
{
    GB_WORDS(ends, "的", "且", "并", "和", "或", "、");
    GB_WORDS(verbs, "拆", "调", "更换", "移动", "折叠", "重复", "追溯", "识别", "恢复", "升级", "扩展", "配置", "检测",
             "承受", "旋转", "开启", "关闭", "锁", "观察", "清洗", "显示", "设置", "辨", "查", "互换", "修改", "编辑",
             "回收", "测量", "读", "切换", "支持");
    struct gb_str clause = gb_first_clause(behind), rest = gb_str_skip(behind, clause.len);
    bool is_cut = GB_STARTS_WITH(rest, "(", "（");

    return (clause.len <= 3 * GB_HAN && !is_cut) || GB_STARTS_ANY(clause, verbs) ||
           GB_STARTS_ANY(gb_str_skip(clause, GB_HAN), ends) || GB_STARTS_ANY(gb_str_skip(clause, 2 * GB_HAN), ends);
}

/* 可应用户请求打印, 可应对中断: 应 is "at", or part of a verb. */
static bool
is_at_request(struct gb_str behind)
{
    struct gb_str clause = gb_first_clause(behind);

    return GB_STARTS_WITH(behind, "对", "付", "急") ||
           GB_HAS_ONE_OF(gb_str_sub(clause, 0, 8 * GB_HAN), "请求", "要求", "申请", "邀请", "之邀");
}

/* Two modals that exclude each other, or say the same twice. 应能, 应允许, 应禁止, 可能 are one modal and a verb. */
static bool
is_double(const struct gb_check *c, const struct gb_sentence *s, const struct gb_modal *first)
{
    const struct gb_modal *second = first + 1;

    if (!is_exclusive(first->word) || !is_exclusive(second->word) ||
        (gb_str_is(first->word, "可") && is_at_request(gb_words_behind(c, s, second->end))))
        return false;
    return !(first->type == GB_TYPE_REQUIREMENT && gb_str_is(second->word, "可") &&
             is_property(gb_words_behind(c, s, second->end)));
}

static void
check_double_modals(struct gb_check *c)
{
    const struct uses *uses = uses_of(c);

    for (size_t i = 0; i < uses->n_pairs; i++) {
        const struct gb_sentence *s = &c->facts->sentences[uses->pairs[i].sentence];
        const struct gb_modal *m = &c->facts->modals[uses->pairs[i].modal];
        if (is_double(c, s, m) && gb_holds_provisions(c, s->node))
            gb_report(c, gb_at_part(s->text, m->begin, m[1].end), s->node, GB_ARGS(m->word, m[1].word));
    }
}

/* Is the modal one of two that are one fault? */
static bool
is_in_double(const struct gb_check *c, const struct gb_sentence *s, const struct gb_modal *m)
{
    const struct gb_modal *first = c->facts->modals + s->modals, *last = first + s->n_modals - 1;

    return (m > first && is_adjacent(s, m - 1, m) && is_double(c, s, m - 1)) ||
           (m < last && is_adjacent(s, m, m + 1) && is_double(c, s, m));
}

/* ---- WRD-001 to WRD-004: words in place of 应, 不应, 宜, 可 ---- */

/* Do neighbours, written as in rules/words/modals.yaml (-分 behind the word, 无- before it, … -$ at the clause's end), undo it? */
static bool
is_undone(struct gb_str undo, struct gb_str before, struct gb_str behind)
{
    struct gb_str one;

    while (gb_str_cut(&undo, ' ', &one)) {
        if (gb_str_ends(one, GB_STR("-"))) {
            if (gb_str_ends(before, gb_str_sub(one, 0, one.len - 1)))
                return true;
        } else if (gb_str_ends(one, GB_STR("$"))) {
            if (gb_str_eq(gb_first_clause(behind), gb_str_sub(one, 1, one.len - 1)))
                return true;
        } else if (gb_str_starts(behind, gb_str_skip(one, 1))) {
            return true;
        }
    }
    return false;
}

/* A title over the node holds the word. */
static bool
is_under(const struct gb_node *node, struct gb_str word)
{
    return GB_ANY(GB_CHAIN(n, gb_node_clause(node), n->parent), gb_str_has(n->title.str, word));
}

/* Is the word a list's only one in its clause: 必须 in a cell names a column, and on a line of its own where the table was lost? */
static bool
stands_alone(const struct gb_sentence *s, const struct gb_modal *m, struct gb_str before, struct gb_str behind)
{
    struct gb_str text = s->text->str;
    bool is_line = m->begin > 0 && text.ptr[m->begin - 1] == '\n' && m->end < text.len && text.ptr[m->end] == '\n';

    return is_line || (s->node->kind == GB_NODE_TABLE && before.len == 0 && gb_first_clause(behind).len <= GB_HAN);
}

/* 螺栓不可拆卸时，应…: what is the case, not what is forbidden or required. */
static bool
is_condition(struct gb_str behind)
{
    struct gb_str clause = gb_first_clause(behind);

    return GB_ENDS_WITH(clause, "时", "情况下") && gb_str_starts(gb_str_skip(behind, clause.len), GB_STR("，"));
}

/* 禁止转均充原因：1表示…, 不可扩展: in a cell, the name of a value. */
static bool
is_name_of_value(const struct gb_sentence *s, struct gb_str before, struct gb_str behind)
{
    static const struct gb_str names[] = {GB_WORD("原因"), GB_WORD("标志"), GB_WORD("信号")},
                               whole[] = {GB_WORD("扩展"), GB_WORD("重复")};
    struct gb_str clause = gb_first_clause(behind);
    size_t colon = gb_str_find(clause, GB_STR(":"), 0);

    clause = colon == GB_NOT_FOUND ? clause : gb_str_sub(clause, 0, colon);
    return s->node->kind == GB_NODE_TABLE && before.len == 0 &&
           (GB_ENDS_ANY(clause, names) || GB_IS_ANY(gb_str_trim(behind), whole));
}

/* N：不可重复，…, 0=不可重复: behind a code, what the code means; 可重复性：不可重复 of a quality. */
static bool
is_meaning_of_code(struct gb_str before, struct gb_str behind)
{
    enum { LONGEST = 4 };
    struct gb_str code = gb_str_trim(before), colon = gb_str_ends(code, GB_STR("：")) ? GB_STR("：") : GB_STR(":");

    if (gb_str_ends(code, GB_STR("=")) && code.len > 1 && (unsigned char)code.ptr[code.len - 2] < 0x80)
        return true;
    if (!gb_str_ends(code, colon) || gb_str_han_length(gb_first_clause(behind)) > LONGEST)
        return false;
    code = gb_str_trim(gb_str_sub(code, 0, code.len - colon.len));
    if (gb_str_ends(code, GB_STR("性")))
        return true;
    GB_FIND(byte, code.ptr, code.len, (unsigned char)*byte >= 0x80 || *byte == ' ');
    return !byte && code.len > 0 && code.len <= LONGEST;
}

static bool
is_excused(struct gb_check *c, const struct gb_sentence *s, const struct gb_modal *m, struct gb_str before,
           struct gb_str behind)
{
    struct gb_str under = gb_param_pair(c, "under", m->word);

    return is_undone(gb_param_pair(c, "undo", m->word), before, behind) || stands_alone(s, m, before, behind) ||
           is_name_of_value(s, before, behind) || is_meaning_of_code(before, behind) || is_condition(behind) ||
           (under.len && !is_under(s->node, under)) || (gb_param_bool(c, "law") && gb_reports_law(before));
}

/* The word was found by the model as a part of a longer one that the pairs have: 不可 in 不可以. */
static struct gb_str
whole_word(const struct gb_str *pairs, size_t n, struct gb_str word, struct gb_str behind)
{
    struct gb_str longest = word;

    for (size_t i = 0; i < n; i++) {
        if (pairs[2 * i].len > longest.len && gb_str_starts(pairs[2 * i], word) &&
            gb_str_starts(behind, gb_str_skip(pairs[2 * i], word.len)))
            longest = pairs[2 * i];
    }
    return longest;
}

static bool
starts_with_verb(struct gb_check *c, struct gb_str behind)
{
    return gb_words_start(gb_param_set(c, "verbs"), behind) > 0;
}

static void
report_word(struct gb_check *c, const struct gb_sentence *s, const struct gb_modal *m)
{
    const struct gb_str *pairs;
    size_t n = gb_param_words(c, "words", &pairs);

    /* 只准许 is how a 规程 words the condition of a step: GB/T 20001.6—2017, 6.4.2. */
    if (!gb_param_pair(c, "words", m->word).ptr || !gb_holds_provisions(c, s->node) ||
        (gb_str_is(m->word, "只准许") && gb_str_is(c->facts->function, "规程")))
        return;
    struct gb_str before = gb_words_before(c, s, m->begin), behind = gb_words_behind(c, s, m->end);
    if (is_in_double(c, s, m) || is_excused(c, s, m, before, behind))
        return;
    struct gb_str word = whole_word(pairs, n, m->word, behind);
    size_t end = m->end + (word.len - m->word.len); /* not exact where a line break cuts the longer word: no fix then */
    struct gb_str by = gb_param_pair(c, "words", word), which = gb_param_pair(c, "case", word);
    struct gb_at at = gb_at_part(s->text, m->begin, end < s->end ? end : s->end);
    struct gb_finding *f = gb_report_case(c, which.len ? which.ptr : NULL, at, s->node, GB_ARGS(word, by));
    if (word.len == m->word.len || gb_str_starts(gb_str_skip(s->text->str, m->begin), word))
        gb_fix(c, f, at.span, by);
    if (gb_param_is(c, "unsafe", word) && !starts_with_verb(c, gb_str_skip(behind, word.len - m->word.len)))
        gb_fix_unsafe(f);
}

/* Words in place of the usual modal: the pairs say what is to be written. Source: GB/T 1.1—2020, annex C and 9.1; 2009, annex F. */
static void
check_modal_words(struct gb_check *c)
{
    const struct uses *uses = uses_of(c);

    for (size_t i = 0; i < uses->n_words; i++)
        report_word(c, &c->facts->sentences[uses->words[i].sentence], &c->facts->modals[uses->words[i].modal]);
}

/* ---- WRD-005: 不必 ---- */

/* 不用助浴员陪同, 不用家属到场: somebody, then what he would do. */
static bool
waits_for_people(struct gb_check *c, struct gb_str behind)
{
    GB_WORDS(people, "员", "人", "家属", "单位", "机构", "部门");
    enum { FARTHEST = 6 * GB_HAN };

    for (size_t at = 0, next; at < behind.len && at < FARTHEST; at = next) {
        size_t len = gb_any_at_start(gb_str_skip(behind, at), people, GB_COUNT(people));
        gb_utf8_at(behind, at, &next);
        if (len && (at > 0 || len > GB_HAN))
            return starts_with_verb(c, gb_str_skip(behind, at + len)) ||
                   gb_str_starts(gb_str_skip(behind, at + len), GB_STR("陪同"));
    }
    return false;
}

/* 不用 and 用不着 are no modals of the lists; the others are, where they are predicates. */
static bool
is_negated_need(struct gb_check *c, const struct gb_found *found, const struct gb_sentence *s, struct gb_str word)
{
    const struct gb_modal *m = gb_modal_from(c->facts, s, found->begin);

    if (gb_str_is(word, "用不着"))
        return true;
    if (!gb_str_is(word, "不用") && !(m && m->begin == found->begin))
        return false;
    if (gb_str_is(word, "不用") && waits_for_people(c, gb_found_behind(found)))
        return true;
    enum { NEAR = 12 * GB_HAN };
    struct gb_str behind = gb_first_clause(gb_str_sub(found->str, found->match.end, found->match.end + NEAR));
    if (GB_ENDS_WITH(behind, "。", "；"))
        behind.len -= GB_HAN;
    /* 不需身份核验: the act at the end of the clause */
    bool ends_in_act = !gb_str_is(word, "不用") && behind.len <= 8 * GB_HAN && !gb_str_has(behind, GB_STR("的")) &&
                       gb_words_end(gb_param_set(c, "verbs"), behind) >= 2 * GB_HAN;
    return ends_in_act || starts_with_verb(c, gb_found_behind(found));
}

/* 填写 is done, 清洗剂 is used: a verb that is a part of a noun. */
static bool
is_part_of_noun(struct gb_check *c, struct gb_str behind)
{
    const struct gb_str *nouns;

    if (gb_words_start(gb_param_set(c, "plain"), behind)) /* 不用单独记录, 无需进行型式检验 */
        return false;
    size_t verb = gb_words_start(gb_param_set(c, "verbs"), behind), n_nouns = gb_param_words(c, "nouns", &nouns);

    return verb > GB_HAN && gb_str_starts_any(gb_str_skip(behind, verb), nouns, n_nouns);
}

/* Source: GB/T 1.1—2020, C.4; 2009, annex F. */
static void
hit_not_necessary(struct gb_check *c, const struct gb_found *found)
{
    const struct gb_sentence *s = gb_sentence_at(c->facts, found->node, found->text, found->begin);
    struct gb_str word = gb_found_str(found);

    if (!s || !gb_holds_provisions(c, found->node) || !is_negated_need(c, found, s, word) ||
        is_part_of_noun(c, gb_found_behind(found)) || gb_reports_law(gb_words_before(c, s, found->begin)))
        return;
    struct gb_str which = gb_param_pair(c, "case", word), by = gb_param_pair(c, "words", word);
    struct gb_at at = gb_at_found(found);
    struct gb_finding *f = gb_report_case(c, which.len ? which.ptr : NULL, at, found->node, GB_ARGS(word, by));
    gb_fix(c, f, at.span, by);
}

const struct gb_check_def gb_wording_checks[] = {
    {.name = "modal-words",
     .whole = check_modal_words,
     .cases = "*",
     .params = "words:pairs case:pairs undo:pairs under:pairs unsafe:words law:bool verbs:words"},
    {.name = "not-necessary",
     .hit = hit_not_necessary,
     .cases = "*",
     .params = GB_SEARCH_PARAMS "words:pairs verbs:words nouns:words plain:words"},
    {.name = "double-modal", .whole = check_double_modals},
    {0},
};
