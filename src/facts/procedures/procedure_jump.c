/* Where the steps of a procedure lead but to the next one, and the graph of it all. See procedure.h. */
#include "facts/procedures/procedure_priv.h"

#include "text/chars.h"
#include "text/utf8.h"

/* ---- Words of jumping ---- */

/*
 * Longer ones first. A `soft` word says little: what follows must be a step by its number or name; a `by` word needs 办理 or the
 * like behind the target.
 */
static const struct {
    struct gb_str word;
    bool is_soft, is_by;
} cues[] = {
    {GB_WORD("跳转"), false, false}, {GB_WORD("跳"), false, false},   {GB_WORD("流转"), false, false},
    {GB_WORD("转"), false, false},   {GB_WORD("返回"), false, false}, {GB_WORD("退回"), false, false},
    {GB_WORD("回到"), false, false}, {GB_WORD("进入"), true, false},  {GB_WORD("重新"), true, false},
    {GB_WORD("重复"), true, false},  {GB_WORD("继续"), true, false},  {GB_WORD("执行"), true, false},
    {GB_WORD("按照"), true, true},   {GB_WORD("按"), true, true},
};

/* Between the word and its target. */
GB_WORDS(fillers, "至", "到", "入", "向", "回", "并", "重新", "进入", "进行", "执行", "开始", "“", "\"", " ", "「",
         "（", "本条");

GB_WORDS(flow_nouns, "步骤", "环节", "流程", "程序", "阶段");
GB_WORDS(vague_words, "相关", "有关", "相应", "上述", "前述", "对应", "其他");
GB_WORDS(relative_words, "上一", "下一", "前一", "后一", "上个", "下个", "前面的", "后面的");
GB_WORDS(acting, "办理", "处理", "执行", "进行", "操作", "重新", "另行");

enum { NO_CUE = GB_COUNT(cues) };

static size_t
cue_at(struct gb_str s, size_t at)
{
    struct gb_str rest = gb_str_skip(s, at);

    GB_FIND(cue, cues, GB_COUNT(cues), gb_str_starts(rest, cue->word));
    return cue ? (size_t)(cue - cues) : NO_CUE;
}

/* Length of 步骤, 环节, … at `at`, behind 业务, 办理 and the like; 0: none. *out_noun: which. */
static size_t
flow_noun_at(struct gb_str s, size_t at, size_t *out_noun)
{
    enum { WITHIN = 6 };
    size_t end = at;

    for (int i = 0; i <= WITHIN && end < s.len; i++) {
        GB_FIND(word, flow_nouns, GB_COUNT(flow_nouns), gb_str_starts(gb_str_skip(s, end), *word));
        if (word) {
            *out_noun = (size_t)(word - flow_nouns);
            return end + word->len - at;
        }
        size_t next;
        if (!gb_char_is_han(gb_utf8_at(s, end, &next)))
            return 0;
        end = next;
    }
    return 0;
}

/* ---- Targets ---- */

struct target {
    size_t end;
    enum gb_jump_kind kind;
    uint32_t step;
    const struct gb_node *node;
};

/* By its marker or ordinal; steps without any are counted. */
static uint32_t
step_numbered(const struct gb_procedure *p, uint32_t ordinal)
{
    if (!p->steps[0].ordinal)
        return ordinal <= p->n_steps ? ordinal - 1 : GB_NO_STEP;
    GB_FIND(step, p->steps, p->n_steps, step->ordinal == ordinal);
    return step ? (uint32_t)(step - p->steps) : GB_NO_STEP;
}

/* 步骤c）, 第3步, 步骤三, c）. */
static bool
read_step(const struct gb_procedure *p, struct gb_str s, size_t at, struct target *out)
{
    size_t end = at, next;
    uint32_t ordinal = 0;

    if (gb_str_starts(gb_str_skip(s, at), GB_STR("第"))) {
        bool is_word;
        ordinal = gb_ordinal_of(gb_str_skip(s, at), &is_word);
        size_t step = ordinal && !is_word ? gb_str_find(s, GB_STR("步"), at) : GB_NOT_FOUND;
        if (step == GB_NOT_FOUND)
            return false;
        end = step + GB_HAN;
    } else {
        bool has_word = gb_str_starts(gb_str_skip(s, at), GB_STR("步骤"));
        end = has_word ? gb_str_skip_space(s, at + strlen("步骤")) : at;
        if (end >= s.len)
            return false;
        uint32_t c = gb_char_narrow(gb_utf8_at(s, end, &next));
        if (gb_is_lower(c)) {
            ordinal = c - 'a' + 1;
            end = next;
        } else if (has_word) {
            bool is_word;
            ordinal = gb_ordinal_of(gb_str_skip(s, at), &is_word);
            gb_take_numeral(s, &end);
        }
        size_t bracket = end;
        uint32_t behind = end < s.len ? gb_char_narrow(gb_utf8_at(s, end, &next)) : 0;
        if (behind == ')')
            end = next;
        if (!ordinal || (!has_word && end == bracket))
            return false;
    }
    out->end = end;
    out->step = step_numbered(p, ordinal);
    out->kind = out->step == GB_NO_STEP ? GB_JUMP_MISSING : GB_JUMP_STEP;
    return true;
}

/* 5.2, A.1.3, 第6章, and the 4 of 转4。, at *at, which moves behind it; false: none of these. */
static bool
read_number(struct gb_str s, size_t *at, struct gb_number *out)
{
    GB_WORDS(marks, "，", "。", "；", "）");
    size_t place = *at, next;
    bool is_chapter = gb_str_starts(gb_str_skip(s, place), GB_STR("第"));

    *out = (struct gb_number){.n = 0};
    place += is_chapter ? GB_HAN : 0;
    if (place < s.len && gb_is_upper(s.ptr[place]) && place + 1 < s.len && s.ptr[place + 1] == '.') {
        out->letter = s.ptr[place];
        place += 2;
    }
    while (place < s.len && out->n < GB_MAX_COMPONENTS) {
        uint32_t value = 0;
        size_t begin = place;
        for (int digit; place < s.len && (digit = gb_char_digit(gb_utf8_at(s, place, &next))) >= 0 && value < 1000;
             place = next)
            value = value * 10 + (uint32_t)digit;
        if (place == begin)
            return false;
        out->part[out->n++] = (uint16_t)value;
        if (place + 1 >= s.len || s.ptr[place] != '.' || gb_char_digit((unsigned char)s.ptr[place + 1]) < 0)
            break;
        place++;
    }
    if (is_chapter && gb_str_starts(gb_str_skip(s, place), GB_STR("章")))
        place += GB_HAN;
    else if (is_chapter || (out->n + !!out->letter < 2 && !GB_STARTS_ANY(gb_str_skip(s, place), marks)))
        return false;
    *at = place;
    return true;
}

/* The step that the part is, or lies in; GB_NO_STEP: none of the procedure. */
static uint32_t
step_at(const struct gb_procedure *p, const struct gb_node *part)
{
    for (const struct gb_node *n = part; n && n != p->clause; n = n->parent) {
        for (uint32_t i = 0; i < p->n_steps; i++) {
            if (p->steps[i].node == n)
                return i;
        }
    }
    return GB_NO_STEP;
}

/* A step of the clause before it: 7.3步骤a), 7.3的步骤a), 7.3 a). */
static bool
read_inner_step(const struct gb_procedure *p, struct gb_str s, size_t at, struct target *out)
{
    at = gb_str_skip_space(s, at + (gb_str_starts(gb_str_skip(s, at), GB_STR("的")) ? GB_STR("的").len : 0));
    return at < s.len && !gb_str_starts(gb_str_skip(s, at), GB_STR("第")) && read_step(p, s, at, out);
}

/* A clause by its number, and nothing behind it that would make the number a quantity. */
static bool
read_clause(struct gb_procedure_reader *r, const struct gb_procedure *p, const struct gb_step_text *text, size_t at,
            struct target *out)
{
    GB_WORDS(behind, "，", "。", "；", "、", "）", ",", ";", ")", "办理", "处理", "执行", "进行", "继续", "重新", "复",
             "再", "补", "或", "的", "规定");
    struct gb_str s = text->str;
    struct gb_number num;
    size_t end = at;

    if (!read_number(s, &end, &num))
        return false;
    const struct gb_node *part = gb_find_part(r->facts, GB_MENTION_CLAUSE, &num);
    bool is_bare = num.n == 1 && !num.letter && gb_is_digit(gb_char_at(s, at));
    struct target inner;
    if (is_bare && (!part || p->steps[0].ordinal)) /* 转4 among steps with numbers is one of these */
        return false;
    if (read_inner_step(p, s, end, &inner)) {
        if (part && part == p->clause) {
            *out = inner;
            return true;
        }
        end = inner.end;
    }
    if (end < s.len && !GB_STARTS_ANY(gb_str_skip(s, end), behind) && !(part && s.ptr[end] == ' '))
        return false;
    *out = (struct target){.end = end,
                           .kind = part ? GB_JUMP_CLAUSE : GB_JUMP_MISSING,
                           .node = part,
                           .step = part ? step_at(p, part) : GB_NO_STEP};
    if (out->step != GB_NO_STEP)
        out->kind = GB_JUMP_STEP;
    return true;
}

/* A step by its name, the longest that stands there; what follows must end the words. */
static bool
read_name(const struct gb_procedure *p, struct gb_str s, size_t at, struct target *out)
{
    GB_WORDS(ends, "，", "。", "；", "”", "\"", "」", "）", ";", ",");
    size_t longest = 0, noun;

    for (uint32_t i = 0; i < p->n_steps; i++) {
        struct gb_str name = p->steps[i].name;
        if (name.len <= longest || !gb_str_starts(gb_str_skip(s, at), name))
            continue;
        size_t end = at + name.len;
        if (end < s.len && !GB_STARTS_ANY(gb_str_skip(s, end), ends) &&
            flow_noun_at(s, end, &noun) != flow_nouns[0].len)
            continue;
        longest = name.len;
        *out = (struct target){.end = end, .kind = GB_JUMP_STEP, .step = i};
    }
    return longest > 0;
}

/* 审核环节, where no step has that name. */
static bool
read_unknown_name(struct gb_str s, size_t at, struct target *out)
{
    size_t noun, len = flow_noun_at(s, at, &noun);

    if (len < flow_nouns[0].len + 2 * GB_HAN || noun == 2 || noun == 3)
        return false;
    *out = (struct target){.end = at + len, .kind = GB_JUMP_UNKNOWN, .step = GB_NO_STEP};
    return true;
}

static bool
read_target(struct gb_procedure_reader *r, const struct gb_procedure *p, const struct gb_step_text *text, size_t at,
            struct target *out)
{
    struct gb_str s = text->str, rest = gb_str_skip(s, at);
    size_t noun, len;

    *out = (struct target){.step = GB_NO_STEP};
    size_t vague = GB_START(rest, vague_words), relative = GB_START(rest, relative_words),
           behind = at + vague + relative;
    if (vague || relative) {
        bool is_step = relative && gb_str_starts(gb_str_skip(s, behind), GB_STR("步"));
        len = is_step ? (size_t)GB_HAN : flow_noun_at(s, behind, &noun);
        if (len > 0) {
            out->end = behind + len;
            out->kind = vague ? GB_JUMP_VAGUE : GB_JUMP_RELATIVE;
            return true;
        }
    }
    return read_step(p, s, at, out) || read_clause(r, p, text, at, out) || read_name(p, s, at, out) ||
           read_unknown_name(s, at, out);
}

/* ---- Jumps ---- */

/* Does the sentence make the jump depend on something? Its words before the jump; 收到材料后 only tells when the step begins. */
static bool
is_conditional(struct gb_str before)
{
    GB_WORDS(words, "如", "若", "否则", "不", "未", "有误", "缺", "时，", "后，", "补正", "整改", "修改", "的，",
             "的应", "的则", "需", "可", "或");
    GB_WORDS(receiving, "收到", "接到");
    size_t behind = gb_str_find(before, GB_STR("后，"), 0);

    if (GB_STARTS_ANY(before, receiving) && behind != GB_NOT_FOUND)
        before = gb_str_skip(before, behind + strlen("后，"));
    return gb_str_ends(before, GB_STR("的")) || GB_HAS_ANY(before, words); /* 证明过期的转4.2 */
}

static size_t
sentence_begin(struct gb_str s, size_t at)
{
    GB_WORDS(ends, "。", "；", ";");

    while (at > 0 && !GB_ENDS_ANY(gb_str_sub(s, 0, at), ends))
        gb_utf8_before(s, at, &at);
    return at;
}

/* 进行了6次重复测定, 重复测定结果: measurements that were repeated, a noun. */
static bool
is_repetition(struct gb_str before, struct gb_str behind)
{
    GB_WORDS(things, "结果", "的结果", "次数", "的次数", "数据", "之间", "的相对", "的标准");

    return gb_str_ends(before, GB_STR("次")) || gb_str_ends(before, GB_STR("次的")) || GB_STARTS_ANY(behind, things);
}

/* 返回步骤b) in a list of a clause that is a step: a letter means the list that it stands in. */
static bool
is_of_own_list(const struct gb_procedure *p, const struct gb_step_text *text, size_t place)
{
    struct gb_str s = gb_str_skip(text->str, place);

    if (p->form != GB_PROCEDURE_CLAUSES || !(gb_str_starts(s, GB_STR("步骤")) || gb_is_lower((unsigned char)s.ptr[0])))
        return false;
    for (const struct gb_node *n = text->node; n && n != p->clause; n = n->parent) {
        if (n->kind == GB_NODE_LIST)
            return true;
    }
    return false;
}

/* The target of a jump word at `at`; false where it is none: 转账, 退回材料, 进入大厅. */
static bool
read_jump(struct gb_procedure_reader *r, const struct gb_procedure *p, uint32_t step, uint32_t which, size_t at,
          size_t cue, struct gb_jump *out)
{
    const struct gb_step_text *text = &p->steps[step].texts[which];
    struct gb_str s = text->str;
    size_t place = GB_SKIP(s, at + cues[cue].word.len, fillers);
    struct target target;

    if (place >= s.len || is_of_own_list(p, text, place) || !read_target(r, p, text, place, &target))
        return false;
    struct gb_str behind = gb_str_skip(s, target.end);
    bool is_provision = (target.kind == GB_JUMP_CLAUSE || target.kind == GB_JUMP_MISSING) &&
                        (gb_str_starts(behind, GB_STR("的")) || gb_str_starts(behind, GB_STR("规定")));
    if (is_provision || (target.kind == GB_JUMP_UNKNOWN && cues[cue].is_soft))
        return false;
    if (cues[cue].is_by &&
        (target.kind == GB_JUMP_CLAUSE || target.kind == GB_JUMP_MISSING || target.kind == GB_JUMP_RELATIVE ||
         !GB_STARTS_ANY(behind, acting) || gb_str_ends(gb_str_sub(s, 0, target.end), GB_STR("程序"))))
        return false;
    size_t begin = sentence_begin(s, at);
    *out = (struct gb_jump){.step = step,
                            .text = which,
                            .begin = (uint32_t)at,
                            .end = (uint32_t)target.end,
                            .target_begin = (uint32_t)place,
                            .kind = target.kind,
                            .target = target.step,
                            .node = target.node};
    out->is_conditional = is_conditional(gb_str_sub(s, begin, at));
    if (gb_str_is(cues[cue].word, "重复") && (!out->is_conditional || is_repetition(gb_str_sub(s, 0, at), behind)))
        return false;                        /* 从另一端加压，重复步骤c）: once more, and then on */
    GB_WORDS(again, "重新", "继续", "再次"); /* 返回步骤b)重新调查 says no more than 返回步骤b) */
    GB_WORDS(conditions, "的", "时，", "如", "若");
    out->is_all = begin == 0 && GB_HAS_ANY(gb_str_sub(s, 0, at), conditions) &&
                  gb_str_han_length(behind) <= (GB_STARTS_ANY(behind, again) ? 6 : 2);
    return true;
}

static void
read_text(struct gb_procedure_reader *r, const struct gb_procedure *p, uint32_t step, uint32_t which)
{
    enum { LONGEST = 6000 }; /* what is longer is no step */
    struct gb_str s = p->steps[step].texts[which].str;

    for (size_t at = 0; at + GB_HAN < s.len && at < LONGEST;) {
        unsigned char c = (unsigned char)s.ptr[at];
        size_t cue = c >= 0xE5 ? cue_at(s, at) : NO_CUE;
        struct gb_jump jump;
        if (cue != NO_CUE && read_jump(r, p, step, which, at, cue, &jump)) {
            *gb_push(&r->jumps) = jump;
            at = jump.end;
        } else {
            at += c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
        }
    }
}

/* In a list that is a procedure itself, and has its own steps to go to? */
static bool
is_of_inner(const struct gb_procedure_reader *r, const struct gb_procedure *p, const struct gb_node *node)
{
    for (const struct gb_node *n = node; n && n != p->holder && n != p->clause; n = n->parent) {
        if (n->kind == GB_NODE_LIST && r->is_taken[n->id])
            return true;
    }
    return false;
}

void
gb_read_jumps(struct gb_procedure_reader *r, struct gb_procedure *p)
{
    r->jumps.len = 0;
    for (uint32_t i = 0; i < p->n_steps; i++) {
        for (uint32_t k = 0; k < p->steps[i].n_texts; k++) {
            if (!p->steps[i].texts[k].is_title && !is_of_inner(r, p, p->steps[i].texts[k].node))
                read_text(r, p, i, k);
        }
    }
    p->jumps = gb_arena_copy_bytes(r->facts->arena, r->jumps.items, r->jumps.len * sizeof(struct gb_jump));
    p->n_jumps = (uint32_t)r->jumps.len;
}

/* ---- The graph ---- */

static void
add_edge(struct gb_flow *flow, uint32_t from, uint32_t to, struct gb_str text)
{
    flow->edges[flow->n_edges++] = (struct gb_flow_edge){.from = {(int32_t)from, -1},
                                                         .to = {(int32_t)to, -1},
                                                         .text = text,
                                                         .head = GB_FLOW_ARROW};
}

/* A jump that nothing makes conditional, at the end of its step: the next step does not follow. */
static bool
leads_away(const struct gb_procedure *p, const struct gb_jump *jump)
{
    const struct gb_procedure_step *step = &p->steps[jump->step];

    return (jump->kind == GB_JUMP_STEP || jump->kind == GB_JUMP_CLAUSE) && !jump->is_conditional &&
           jump->text + 1 == step->n_texts &&
           gb_str_han_length(gb_str_skip(step->texts[jump->text].str, jump->end)) <= 3;
}

const struct gb_flow_graph *
gb_procedure_graph(const struct gb_procedure *p, struct gb_arena *arena)
{
    struct gb_flow *flow = gb_arena_new(arena, struct gb_flow);
    struct gb_flow_graph *graph = gb_arena_new(arena, struct gb_flow_graph);
    uint32_t start = p->n_steps, end = p->n_steps + 1;

    flow->nodes = gb_arena_new_array(arena, struct gb_flow_node, p->n_steps + 2);
    flow->edges = gb_arena_new_array(arena, struct gb_flow_edge, p->n_steps + p->n_jumps + 2);
    flow->n_nodes = p->n_steps + 2;
    for (uint32_t i = 0; i < flow->n_nodes; i++)
        flow->nodes[i] = (struct gb_flow_node){.group = -1,
                                               .kind = i == start ? GB_FLOW_START
                                                       : i == end ? GB_FLOW_END
                                                                  : GB_FLOW_STEP,
                                               .is_declared = true};
    add_edge(flow, start, 0, GB_STR(""));
    for (uint32_t i = 0, k = 0; i < p->n_steps; i++) {
        bool goes_on = true;
        for (; k < p->n_jumps && p->jumps[k].step == i; k++) {
            const struct gb_jump *jump = &p->jumps[k];
            /* What cannot be resolved may lead anywhere, out of the procedure too. */
            uint32_t to = jump->kind == GB_JUMP_STEP ? jump->target : end;
            add_edge(flow, i, to, jump->is_conditional ? GB_STR("?") : GB_STR(""));
            goes_on = goes_on && !leads_away(p, jump);
        }
        if (goes_on)
            add_edge(flow, i, i + 1 < p->n_steps ? i + 1 : end, GB_STR(""));
    }
    *graph = gb_flow_graph_of(flow, arena);
    return graph;
}
