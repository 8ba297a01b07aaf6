/* The steps of a procedure: their texts, names and ordinals. See procedure.h. */
#include "facts/procedures/procedure_priv.h"

#include "text/chars.h"
#include "text/utf8.h"

void
gb_step_place(const struct gb_step_text *text, size_t begin, size_t end, size_t *out_begin, size_t *out_end)
{
    struct gb_joined joined = {.gaps = {(uint32_t *)text->gaps, text->n_gaps, text->n_gaps}};

    *out_begin = gb_joined_begin(&joined, text->off + begin);
    *out_end = gb_joined_end(&joined, text->off + end);
}

/* The text as the reader sees it. */
static struct gb_step_text
step_text_of(struct gb_procedure_reader *r, const struct gb_node *node, const struct gb_text *text)
{
    struct gb_step_text out = {.node = node, .text = text};

    gb_join(text, &r->joined);
    out.str = r->joined.str;
    out.n_gaps = (uint32_t)r->joined.gaps.len;
    if (out.str.ptr != text->str.ptr)
        out.str = gb_arena_copy(r->facts->arena, out.str);
    if (out.n_gaps)
        out.gaps = gb_arena_copy_bytes(r->facts->arena, r->joined.gaps.items, out.n_gaps * sizeof(uint32_t));
    return out;
}

/* ---- Ordinals ---- */

uint32_t
gb_ordinal_of(struct gb_str s, bool *out_is_word)
{
    static const struct {
        struct gb_str word;
        uint32_t rank;
    } words[] = {{GB_WORD("首先"), 1}, {GB_WORD("其次"), 2}, {GB_WORD("然后"), 3},
                 {GB_WORD("再次"), 3}, {GB_WORD("接着"), 3}, {GB_WORD("最后"), 9}};
    size_t at = 0;

    *out_is_word = false;
    for (size_t i = 0; i < GB_COUNT(words); i++) {
        if (gb_str_starts(s, words[i].word)) {
            *out_is_word = true;
            return words[i].rank;
        }
    }
    if (gb_str_starts(s, GB_STR("第"))) {
        at = GB_HAN;
        uint32_t value = gb_take_numeral(s, &at);
        return gb_str_starts(gb_str_skip(s, at), GB_STR("步")) ? value : 0;
    }
    if (gb_str_starts(s, GB_STR("步骤"))) {
        at = gb_str_skip_space(s, strlen("步骤"));
        return gb_take_numeral(s, &at);
    }
    return 0;
}

/* Of a marker: c) 3, 3) 3, (3) 3. */
static uint32_t
marker_value(struct gb_str marker)
{
    size_t at = 0, next;

    while (at < marker.len &&
           (marker.ptr[at] == '(' || marker.ptr[at] == ' ' || gb_str_starts(gb_str_skip(marker, at), GB_STR("（"))))
        at += marker.ptr[at] == '(' || marker.ptr[at] == ' ' ? 1 : GB_HAN;
    if (at >= marker.len)
        return 0;
    uint32_t c = gb_char_narrow(gb_utf8_at(marker, at, &next));
    return gb_is_lower(c) ? c - 'a' + 1 : gb_take_numeral(marker, &at);
}

/* ---- Texts and names ---- */

GB_WORDS(name_ends, "：", ":", "，", "。", "；", "（", "(", "——", ";", ",", "\n");

/* A name says no more than what is done: no modal, few characters. */
static struct gb_str
name_of(struct gb_str s)
{
    enum { LONGEST = 14 };
    bool is_word;

    if (gb_ordinal_of(s, &is_word) && !is_word) {
        size_t step = gb_str_find(s, GB_STR("步"), 0),
               from = gb_str_skip_space(s, step == GB_NOT_FOUND ? 0 : step + GB_HAN);
        while (from < s.len && GB_STARTS_ANY(gb_str_skip(s, from), name_ends))
            from += (unsigned char)s.ptr[from] < 0x80 ? 1 : GB_HAN;
        s = gb_str_skip(s, from);
    }
    s = gb_str_trim(gb_str_sub(s, 0, GB_UNTIL(s, 0, name_ends)));
    size_t han = gb_str_han_length(s);
    return han >= 2 && han <= LONGEST && !gb_str_has(s, GB_STR("应")) && !gb_str_has(s, GB_STR("的"))
               ? s
               : (struct gb_str){NULL, 0};
}

static void
add_text(struct gb_procedure_reader *r, const struct gb_node *node, const struct gb_text *text, bool is_title)
{
    if (!text->str.len || r->texts.len == GB_MOST_STEP_TEXTS)
        return;
    *gb_push(&r->texts) = step_text_of(r, node, text);
    r->texts.items[r->texts.len - 1].is_title = is_title;
}

static bool
push_step(struct gb_procedure_reader *r, const struct gb_node *node, struct gb_str marker)
{
    bool is_word;

    if (!r->texts.len || r->steps.len == GB_MOST_STEPS)
        return false;
    struct gb_step_text *texts = gb_arena_copy_bytes(r->facts->arena, r->texts.items, r->texts.len * sizeof(*texts));
    struct gb_procedure_step step = {.node = node, .texts = texts, .n_texts = (uint32_t)r->texts.len};
    step.name = texts->is_title ? gb_str_trim(texts->str) : name_of(texts->str);
    step.rank = gb_ordinal_of(texts->str, &is_word);
    step.ordinal = step.rank && !is_word ? step.rank : marker_value(marker);
    *gb_push(&r->steps) = step;
    return true;
}

bool
gb_add_step(struct gb_procedure_reader *r, const struct gb_node *node)
{
    bool is_clause = node->kind == GB_NODE_CLAUSE;

    r->texts.len = 0;
    add_text(r, node, is_clause ? &node->title : &node->text, is_clause);
    for (const struct gb_node *n = gb_node_walk(node, node); n && r->texts.len < GB_MOST_STEP_TEXTS;) {
        bool is_aside = n->kind == GB_NODE_NOTE || n->kind == GB_NODE_EXAMPLE || n->kind == GB_NODE_FOOTNOTE ||
                        n->kind == GB_NODE_TABLE || n->kind == GB_NODE_FIGURE || n->kind == GB_NODE_COMMENT;
        if (!is_aside)
            add_text(r, n, n->kind == GB_NODE_CLAUSE ? &n->title : &n->text, n->kind == GB_NODE_CLAUSE);
        n = is_aside ? gb_node_walk_past(n, node) : gb_node_walk(n, node);
    }
    return push_step(r, node, node->kind == GB_NODE_ITEM ? node->marker.str : GB_STR(""));
}

void
gb_add_to_last_step(struct gb_procedure_reader *r, const struct gb_node *para)
{
    struct gb_procedure_step *step = &r->steps.items[r->steps.len - 1];
    struct gb_step_text *texts;

    if (step->n_texts >= GB_MOST_STEP_TEXTS || !para->text.str.len)
        return;
    texts = gb_arena_new_array(r->facts->arena, struct gb_step_text, step->n_texts + 1);
    memcpy(texts, step->texts, step->n_texts * sizeof(*texts));
    texts[step->n_texts++] = step_text_of(r, para, &para->text);
    step->texts = texts;
}

void
gb_add_rows(struct gb_procedure_reader *r, const struct gb_node *table)
{
    const struct gb_table *t = table->u.table;
    uint32_t i = 0;

    while (i < t->n_cells && t->cells[i].is_header)
        i++;
    while (i < t->n_cells) {
        uint16_t row = t->cells[i].row;
        struct gb_str first = gb_str_trim(t->cells[i].text.str);
        bool is_number = first.len && gb_skip_digits(first, 0) == first.len; /* 1 | 受理申请 | 登记员 */
        r->texts.len = 0;
        for (i += is_number; i < t->n_cells && t->cells[i].row == row; i++)
            add_text(r, table, &t->cells[i].text, false);
        if (r->texts.len && !push_step(r, table, is_number ? first : GB_STR("")))
            return;
    }
}

/* ---- Stages in a sentence ---- */

/* Length of what joins two stages at `at`: 、 or, before the last one, 和, 及, 以及; 0: none. */
static size_t
joint_at(struct gb_str s, size_t at)
{
    GB_WORDS(joints, "、", "→", "—", "以及", "和", "及", "与");

    return GB_START(gb_str_skip(s, at), joints);
}

/* Behind the last stage: 等阶段, 四个环节, 等步骤. Its length; 0: nothing of the kind. */
static size_t
stage_noun_at(struct gb_str s, size_t at)
{
    GB_WORDS(fill, "等", "共", "两", "二", "三", "四", "五", "六", "七", "八", "九", "十", "几", "多", "个", "大",
             "主要", "工作");
    GB_WORDS(nouns, "阶段", "环节", "步骤", "程序", "流程", "过程");
    size_t from = at;

    for (size_t len = 1; len > 0; at += len) {
        at = gb_skip_any(s, at, "0123456789 ");
        len = GB_START(gb_str_skip(s, at), fill);
    }
    size_t noun = GB_START(gb_str_skip(s, at), nouns);
    return noun ? at + noun - from : 0;
}

GB_WORDS(in_order, "依次完成", "依次进行", "依次经过", "依次开展", "依次办理");

bool
gb_tells_in_order(struct gb_str before)
{
    return GB_ENDS_ANY(before, in_order);
}

size_t
gb_in_order_end(struct gb_str s)
{
    for (size_t i = 0; i < GB_COUNT(in_order); i++) {
        size_t at = gb_str_find(s, in_order[i], 0);
        if (at != GB_NOT_FOUND)
            return at + in_order[i].len;
    }
    return 0;
}

/* 分为四个阶段：, 包括以下环节：: all behind it up to the end of the sentence are stages. */
static bool
announces_stages(struct gb_str before)
{
    GB_WORDS(ends, "阶段：", "环节：", "步骤：", "阶段:", "环节:", "步骤:");

    return GB_ENDS_ANY(before, ends);
}

/* 程序由申请、受理和决定构成: what it consists of are stages, even where no word says so. */
bool
gb_says_composed(struct gb_str before)
{
    GB_WORDS(words, "程序", "流程", "步骤");

    return gb_str_ends(before, GB_STR("由")) && GB_HAS_ANY(before, words);
}

size_t
gb_composed_end(struct gb_str s)
{
    GB_WORDS(words, "构成", "组成");

    return GB_START(s, words);
}

/* Where the first stage begins: behind 包括, 分为 and the like. GB_NOT_FOUND: the sentence opens no list. */
static size_t
stages_begin(struct gb_str s, size_t joint)
{
    GB_WORDS(openers, "依次完成", "依次进行", "依次经过", "依次开展", "依次办理", "包括", "包含", "分为", "依次为",
             "依次是", "经过", "经历", "经", "按照", "按", "为", "由", "分", "有", "：", "“");
    size_t begin = GB_NOT_FOUND;

    for (size_t i = 0; i < GB_COUNT(openers); i++) {
        GB_EACH_FOUND(at, gb_str_sub(s, 0, joint), openers[i], 0) {
            if (at + openers[i].len < joint && (begin == GB_NOT_FOUND || at + openers[i].len > begin))
                begin = at + openers[i].len;
        }
    }
    return begin;
}

static void
push_stage(struct gb_procedure_reader *r, const struct gb_step_text *whole, size_t begin, size_t end)
{
    struct gb_step_text *text = gb_arena_new(r->facts->arena, struct gb_step_text);

    *text = *whole;
    text->str = gb_str_sub(whole->str, begin, end);
    text->off = (uint32_t)begin;
    *gb_push(&r->steps) =
        (struct gb_procedure_step){.node = whole->node, .texts = text, .n_texts = 1, .name = text->str};
}

/* Reads the stages of s from `begin` on; returns the end of the last one, or GB_NOT_FOUND where they are none. */
static size_t
read_stages(struct gb_procedure_reader *r, const struct gb_step_text *whole, size_t begin, size_t limit,
            bool is_ordered)
{
    enum { LONGEST = 12 };
    struct gb_str s = whole->str, inner = {0};
    bool is_composed = gb_says_composed(gb_str_sub(s, 0, begin));

    for (size_t at = begin; at < limit;) {
        size_t joint = at > begin ? joint_at(s, at) : 0, noun = at > begin ? stage_noun_at(s, at) : 0, next = 0;
        if (!noun && is_composed)
            noun = gb_composed_end(gb_str_skip(s, at));
        /* 采购与验收、分拣与加工、交接与退换: where 、 parts the stages, 与 does not. */
        struct gb_str word = gb_str_sub(s, at, at + joint);
        bool has_more = joint && gb_str_find(gb_str_sub(s, 0, limit), GB_STR("、"), at + joint) != GB_NOT_FOUND;
        if (joint && !gb_str_is(word, "、") && (has_more || (inner.len && gb_str_eq(word, inner)))) {
            inner = word;
            joint = 0;
        }
        if (!joint && !noun) {
            bool ends = GB_STARTS_ANY(gb_str_skip(s, at), name_ends);
            if (ends && is_ordered && r->steps.len >= 2 && gb_str_han_length(gb_str_sub(s, begin, at)) >= 2) {
                push_stage(r, whole, begin, at);
                return at;
            }
            if (ends || gb_str_starts(gb_str_skip(s, at), GB_STR("的")))
                return GB_NOT_FOUND;
            gb_utf8_at(s, at, &at);
            continue;
        }
        size_t han = gb_str_han_length(gb_str_sub(s, begin, at));
        if (han < 2 && joint && !noun) { /* 和 inside of a word of one character before it */
            gb_utf8_at(s, at, &at);
            continue;
        }
        if (han < 2 || han > LONGEST || r->steps.len == GB_MOST_STEPS)
            return GB_NOT_FOUND;
        push_stage(r, whole, begin, at);
        if (noun && !joint)
            return at;
        next = at + joint;
        begin = at = next;
    }
    return GB_NOT_FOUND;
}

/* 办理程序包括登记、核实和归档。: no word says that these are stages, but each is an act. */
static bool
opens_acts(struct gb_str before)
{
    return gb_str_ends(before, GB_STR("包括")) || gb_str_ends(before, GB_STR("包含")) ||
           gb_str_ends(before, GB_STR("分为")) || gb_str_ends(before, GB_STR("依次为"));
}

static bool
are_acts(const struct gb_procedure_reader *r)
{
    for (size_t i = 0; i < r->steps.len; i++) {
        bool is_noun;
        if (!gb_act_at(r->facts->lexicon, r->steps.items[i].name, &is_noun) || is_noun)
            return false;
    }
    return true;
}

bool
gb_add_stages(struct gb_procedure_reader *r, const struct gb_node *para, bool is_overview)
{
    enum { LONGEST = 600 };
    struct gb_step_text whole = step_text_of(r, para, &para->text);
    struct gb_str s = whole.str;

    for (size_t line = 0, end; line < s.len; line = end) {
        size_t stop = gb_str_find(s, GB_STR("。"), line);
        end = stop == GB_NOT_FOUND ? s.len : stop + GB_HAN;
        struct gb_str sentence = gb_str_sub(s, 0, end);
        /* 由医师、护士依次完成登记、征询: the stages come behind the persons */
        size_t order = gb_in_order_end(gb_str_sub(sentence, line, end));
        size_t joint = gb_str_find(gb_str_sub(sentence, line, end), GB_STR("、"), order);
        if (joint == GB_NOT_FOUND)
            joint = gb_str_find(gb_str_sub(sentence, line, end), GB_STR("、"), 0);
        if (joint == GB_NOT_FOUND || end - line > LONGEST)
            continue;
        size_t begin = stages_begin(gb_str_sub(s, line, end), joint);
        if (begin == GB_NOT_FOUND)
            continue;
        r->steps.len = 0;
        struct gb_str before = gb_str_sub(s, line, line + begin);
        bool is_ordered = (is_overview && gb_tells_in_order(before)) || announces_stages(before);
        if (read_stages(r, &whole, line + begin, end, is_ordered) != GB_NOT_FOUND && r->steps.len >= 3)
            return true;
        r->steps.len = 0;
        if (opens_acts(before) && read_stages(r, &whole, line + begin, end, true) != GB_NOT_FOUND &&
            r->steps.len >= 3 && are_acts(r))
            return true;
    }
    r->steps.len = 0;
    return false;
}

/* ---- Steps in running text ---- */

/* Does a part of a sentence begin with a word of order, or has it 先 behind its subject: 窗口先核对? */
static bool
tells_order(struct gb_str part)
{
    GB_WORDS(order, "首先", "其次", "然后", "再次", "再", "接着", "随后", "之后", "最后");
    GB_WORDS(others, "再生", "再造", "再利用", "再加工");
    GB_WORDS(other_first, "先进", "先行", "先后", "先期", "先例");
    GB_WORDS(compounds, "优", "事", "预"); /* 优先 */
    enum { SUBJECT = 8 * GB_HAN };

    if (GB_STARTS_ANY(part, order))
        return !GB_STARTS_ANY(part, others);
    size_t at = gb_str_find(part, GB_STR("先"), 0);
    if (at == GB_NOT_FOUND || at > SUBJECT || GB_STARTS_ANY(gb_str_skip(part, at), other_first))
        return false;
    return !GB_ENDS_ANY(gb_str_sub(part, 0, at), compounds);
}

/* 登记，然后核对: what the first word of order follows on is a step as well; no 收到申请后，再核对. */
static bool
is_followed(struct gb_str before, struct gb_str part)
{
    return before.len && GB_STARTS_WITH(part, "然后", "再", "接着", "随后", "之后") &&
           !GB_ENDS_WITH(before, "后", "时", "前", "的", "中");
}

bool
gb_add_running(struct gb_procedure_reader *r, const struct gb_node *para)
{
    GB_WORDS(marks, "，", "；", "。", ",", ";");
    enum { LONGEST = 1500 };
    struct gb_step_text whole = step_text_of(r, para, &para->text);
    struct gb_str s = whole.str;
    size_t begin = 0, before = 0, before_end = 0;

    r->steps.len = 0;
    if (s.len > LONGEST)
        return false;
    for (size_t at = 0, next; at < s.len && r->steps.len < GB_MOST_STEPS; at = next) {
        gb_utf8_at(s, at, &next);
        if (!GB_STARTS_ANY(gb_str_skip(s, at), marks) && next < s.len)
            continue;
        size_t end = GB_STARTS_ANY(gb_str_skip(s, at), marks) ? at : next;
        struct gb_str part = gb_str_sub(s, begin, end);
        if (tells_order(part)) {
            if (!r->steps.len && is_followed(gb_str_sub(s, before, before_end), part))
                push_stage(r, &whole, before, before_end);
            push_stage(r, &whole, begin, end);
        }
        before = begin;
        before_end = end;
        begin = next;
    }
    if (r->steps.len >= 3)
        return true;
    r->steps.len = 0;
    return false;
}
