/* Paragraphs that end without a mark: TYP-016. Source: GB/T 1.1—2020, 9.4.1; 2009, 7.1.4. */
#include "check/clause_priv.h"
#include "check/objects/objects_priv.h"
#include "check/typography/typography_priv.h"

#include <stdlib.h>

enum { SHORTEST = 8 }; /* Han */

static bool
is_clause(const struct gb_node *node)
{
    return node && GB_AMONG(node->kind, GB_NODE_CLAUSE, GB_NODE_ANNEX, GB_NODE_FOREWORD, GB_NODE_INTRO);
}

/* The last character that is seen, and where it ends. */
static uint32_t
last_char(struct gb_str s, size_t *out_end)
{
    uint32_t c = gb_last_char(s, out_end);

    if (c)
        gb_utf8_at(s, *out_end, out_end);
    return c;
}

/* A word or a number stands at the end: no mark, no bracket, no sign of markup. */
static bool
is_open(struct gb_str s, size_t *out_end)
{
    if (gb_str_ends(s, GB_STR("。"))) /* as most do */
        return false;
    uint32_t c = last_char(s, out_end);
    return gb_char_is_han(c) || gb_is_digit(c) || gb_is_letter(c) || gb_is_one_of(c, "%℃‰ΩΩ°²³");
}

/* 本文件适用于……, 本标准由……提出并归口: what a draft says of itself. */
static bool
tells_of_itself(struct gb_str s)
{
    GB_WORDS(names, "本文件", "本标准", "本部分");
    GB_WORDS(verbs, "规定了", "给出了", "描述了", "界定了", "提供了", "适用于");

    return GB_STARTS_ANY(s, names) && (GB_HAS_ANY(s, verbs) || GB_ENDS_WITH(s, "起草", "提出", "归口", "首次发布"));
}

/* A limit, 由…确定 at the end, what the draft or a part of it does: a statement without modal. */
static bool
tells_something(struct gb_str s)
{
    GB_WORDS(acts, "确定", "决定", "规定", "提供", "组成", "负责", "完成", "承担", "给出", "保存", "处理", "更换",
             "维护", "安装", "保管", "验收", "填写", "签字", "处置", "管理", "实施", "审批", "批准", "编制", "控制",
             "商定", "约定");
    size_t by = gb_str_find(s, GB_STR("由"), 0);

    return GB_HAS_ONE_OF(s, "不少于", "不大于", "不小于", "不超过", "不低于", "不高于") ||
           (by != GB_NOT_FOUND && by > 0 && GB_ENDS_ANY(s, acts));
}

/* A predicate, or the marks of a sentence inside: a label, a line of a form, a signature has none. */
static bool
is_sentence(const struct gb_facts *facts, const struct gb_node *node, struct gb_str s)
{
    enum { LONG = 15 };
    uint32_t n;
    const struct gb_sentence *sentences = gb_sentences_of(facts, node, &n);
    size_t han = gb_str_han_length(s);

    if (!n || han < SHORTEST)
        return false;
    return sentences[n - 1].n_modals > 0 || tells_of_itself(s) || sentences[n - 1].type == GB_TYPE_INSTRUCTION ||
           (han >= LONG && tells_something(s)) ||
           (han >= LONG && (gb_str_has(s, GB_STR("。")) || (gb_str_has(s, GB_STR("，")) && n == 1)));
}

static bool
is_finished(const struct gb_node *clause)
{
    return clause && clause->kind == GB_NODE_CLAUSE && clause->title.str.len == 0 && clause->first &&
           clause->first->kind == GB_NODE_PARA && gb_str_ends(gb_str_trim(clause->first->text.str), GB_STR("。"));
}

/* All that an untitled clause says, and its neighbours are sentences with their mark: so is this one. */
static bool
is_sentence_among_others(const struct gb_node *node)
{
    const struct gb_node *clause = node->parent;

    if (clause->kind != GB_NODE_CLAUSE || clause->title.str.len || node->prev || node->next ||
        gb_clause_in_terms(clause))
        return false;
    return (clause->prev || clause->next) &&
           (!clause->prev || clause->prev->kind != GB_NODE_CLAUSE || is_finished(clause->prev)) &&
           (!clause->next || is_finished(clause->next)) && (is_finished(clause->prev) || is_finished(clause->next));
}

/* 说明：…, 单位: …: a line of a form, whose label is a short word. */
static bool
is_field(const struct gb_node *node)
{
    return node && node->kind == GB_NODE_PARA && gb_begins_with_label(node->text.str);
}

/* The page was cut: what follows is the rest of a sentence that leads in something, …计算指定时间 / 段内每一个时刻的…，按公式（1）计算：. */
static bool
is_rest_of_lead_in(struct gb_str next)
{
    size_t end;

    return last_char(next, &end) == U'：' && gb_str_has(next, GB_STR("，"));
}

/* …应符合表2的规定, 按图A.1布置: its last sentence has the number, and so is no lead-in of the one that follows. */
static bool
names_object(struct gb_str s, struct gb_str word)
{
    for (size_t at; (at = gb_str_find(s, GB_STR("。"), 0)) != GB_NOT_FOUND;)
        s = gb_str_skip(s, at + strlen("。"));
    GB_EACH_FOUND(at, s, word, 0) {
        uint32_t c = gb_char_at(s, at + word.len);
        if (at > 0 && (gb_char_digit(c) >= 0 || gb_is_upper(c)))
            return true;
    }
    return false;
}

/* What follows makes it a lead-in, or shows that the page, or the sentence, goes on. In a tidy draft lead-ins have their colon. */
static bool
goes_on(const struct gb_node *node, bool is_tidy)
{
    const struct gb_node *next = gb_object_behind(node);
    size_t end;

    if (!next)
        return false;
    if (GB_AMONG(next->kind, GB_NODE_TABLE, GB_NODE_FIGURE))
        return !is_tidy && !names_object(node->text.str, next->kind == GB_NODE_TABLE ? GB_STR("表") : GB_STR("图"));
    /* Lines of one sort one after the other: an address, a form, words of a picture; or code. */
    if (next->kind == GB_NODE_PARA)
        return next->encoding == GB_ENCODING_FENCE || is_open(next->text.str, &end) ||
               is_rest_of_lead_in(next->text.str) || gb_str_han_length(next->text.str) < SHORTEST;
    /* 可简化为: the formula is a part of the sentence. */
    return GB_AMONG(next->kind, GB_NODE_FORMULA, GB_NODE_LIST, GB_NODE_WHERE);
}

static bool
follows_open_line(const struct gb_node *node, bool is_tidy)
{
    const struct gb_node *prev = gb_object_before(node);
    size_t end;

    if (!prev)
        return false;
    if (prev->kind == GB_NODE_PARA)
        return is_open(prev->text.str, &end) || prev->encoding == GB_ENCODING_FENCE;
    if (is_tidy)
        return prev->kind == GB_NODE_FIGURE;
    return GB_AMONG(prev->kind, GB_NODE_WHERE, GB_NODE_FIGURE, GB_NODE_TABLE, GB_NODE_FORMULA);
}

/* The last line of the foreword, behind a sentence, may be the title: nothing parts them in a text without markup. */
static bool
may_be_title(const struct gb_node *node)
{
    struct gb_str s = node->text.str;
    size_t line = s.len;

    while (line > 0 && s.ptr[line - 1] != '\n')
        line--;
    return line > 1 && node->parent->kind == GB_NODE_FOREWORD && !gb_str_has(gb_str_skip(s, line), GB_STR("，"));
}

/* Lines that the author broke, that begin with a marker or tell where to write or call are no paragraph. */
static bool
is_line_like(const struct gb_text *text)
{
    GB_WORDS(beginnings, "注", "图", "表", "附录", "示例", "——", "—", "·", "•", "[", "（");
    struct gb_str s = text->str;

    if (GB_STARTS_ANY(s, beginnings) || (gb_char_at(s, 0) < 0x80 && gb_is_one_of(gb_char_at(s, 1), ").")))
        return true;
    if (GB_ANY(GB_ITEMS(run, text->runs, text->n_runs), run->flags & GB_RUN_HARD))
        return true;
    /* how a type code is made up; boxes to be ticked; where to write */
    return gb_holds_cells(s) || GB_HAS_ONE_OF(s, "\n|", "│", "└", "□", "☐", "http", "@", "=", "电话：", "电话:");
}

static bool
is_judged(const struct gb_node *node)
{
    return node->kind == GB_NODE_PARA &&
           !GB_AMONG(node->encoding, GB_ENCODING_FENCE, GB_ENCODING_HTML, GB_ENCODING_QUOTE) &&
           is_clause(node->parent) && !node->depth && node->parent->role != GB_ROLE_REFERENCES;
}

/* 3.14 旧书 used book, in an excerpt that does not hold the head of its chapter: Han, then only words of Latin letters. */
static bool
is_designation(const struct gb_node *node)
{
    struct gb_str s = node->text.str;
    bool is_behind = false;

    if (node->parent->first != node || node->parent->title.str.len || node->parent->num.n < 2 || !node->next)
        return false;
    for (size_t at = 0; at < s.len;) {
        uint32_t c = gb_utf8_at(s, at, &at);
        if (c == U'，' || c == U'。' || (is_behind && gb_char_is_han(c)))
            return false;
        is_behind = is_behind || c == ' ';
    }
    return is_behind;
}

/* 分析天平的分度值为0.1 mg, 样式见表A.1: short, and with a predicate. Enough where nearly all paragraphs have their mark. */
static bool
states(const struct gb_node *node)
{
    GB_WORDS(predicates, "为", "是", "见", "按", "由", "从", "用", "在", "不", "将", "给出", "规定", "符合", "进行",
             "包括");
    struct gb_str s = node->text.str;

    return gb_str_han_length(s) >= SHORTEST && GB_HAS_ANY(s, predicates) && node->encoding == GB_ENCODING_PARAGRAPH &&
           node->parent->role != GB_ROLE_TERMS && node->parent->role != GB_ROLE_SYMBOLS;
}

/* Do nearly all paragraphs of the draft end in a mark? Then one that does not lacks it, whatever it says. */
static bool
is_tidy(const struct gb_nodes *paras)
{
    enum { LEAST = 8, ONE_IN = 20 };
    uint32_t n = 0, open = 0;
    size_t end;

    GB_EACH_NODE(para, paras) {
        bool is_para = is_judged(para);
        n += is_para;
        open += is_para && is_open(para->text.str, &end) && !is_line_like(&para->text);
    }
    return n >= LEAST && open <= 1 + n / ONE_IN;
}

/* …处理错误。/ 错误处理示例: the line above ends before the edge of the page, and so the last one is one of its own, with few words. */
static bool
ends_in_label(struct gb_str s)
{
    enum { LONGEST = 10 };
    size_t widest = 0, before = 0, at = 0;

    for (size_t end; (end = gb_str_find(s, GB_STR("\n"), at)) != GB_NOT_FOUND; at = end + 1) {
        before = end - at;
        widest = before > widest ? before : widest;
    }
    struct gb_str last = gb_str_skip(s, at);
    size_t colon = gb_str_find(last, GB_STR("："), 0); /* 域32：Used Book Identifier */
    return at > 0 && before * 4 < widest * 3 &&
           (gb_str_han_length(last) <= LONGEST || (colon != GB_NOT_FOUND && !gb_str_has_han(gb_str_skip(last, colon))));
}

static bool
lacks_mark(const struct gb_facts *facts, const struct gb_node *node, bool is_tidy, size_t *out_end)
{
    if (!is_judged(node) || !is_open(node->text.str, out_end) || is_line_like(&node->text) ||
        ends_in_label(node->text.str))
        return false;
    if (gb_text_flags(&node->text, *out_end - 1) & (GB_RUN_CODE | GB_RUN_MATH | GB_RUN_SUP))
        return false;
    if (is_field(node) && (is_field(node->prev) || is_field(node->next)))
        return false;
    if (is_sentence_among_others(node))
        return true;
    bool is_said = is_sentence(facts, node, node->text.str) || (is_tidy && states(node));
    return is_said && !is_designation(node) && !goes_on(node, is_tidy) && !follows_open_line(node, is_tidy) &&
           !may_be_title(node);
}

/* A provision that ends in a comma, with nothing behind it that goes on: the mark is the wrong one, or the rest is lost. */
static void
judge_comma(struct gb_check *c, const struct gb_node *node)
{
    struct gb_str s = node->text.str;
    size_t end, begin;
    uint32_t n, mark = last_char(s, &end);

    if ((mark != U'，' && mark != ',' && mark != U'、') || is_line_like(&node->text) ||
        node->encoding == GB_ENCODING_LOST)
        return;
    const struct gb_node *next = gb_object_behind(node);
    const struct gb_sentence *sentences = gb_sentences_of(c->facts, node, &n);
    if ((next && next->kind != GB_NODE_CLAUSE) || !n || !sentences[n - 1].n_modals || gb_str_han_length(s) < SHORTEST)
        return;
    gb_utf8_before(s, end, &begin);
    struct gb_at at = gb_at_part(&node->text, begin, end);
    gb_fix(c, gb_report_case(c, "comma", at, node, GB_ARGS(gb_str_sub(s, begin, end))), at.span, GB_STR("。"));
}

static void
report(struct gb_check *c, const struct gb_node *node, size_t end)
{
    size_t begin;
    bool is_exact = false;

    gb_utf8_before(node->text.str, end, &begin);
    struct gb_span span = gb_text_span(&node->text, begin, end, &is_exact);
    struct gb_finding *f =
        gb_report(c, gb_at_part(&node->text, begin, end), node, GB_ARGS(gb_str_sub(node->text.str, begin, end)));
    if (is_exact)
        gb_fix(c, f, (struct gb_span){span.end, span.end}, GB_STR("。"));
}

/* ---- Definitions and notes ---- */

static const struct gb_node *
definition_of(const struct gb_node *node)
{
    const struct gb_node *para = NULL;

    if (node->kind != GB_NODE_TERM)
        return node->first ? NULL : node;
    for (const struct gb_node *n = node->first; n; n = n->next)
        para = n->kind == GB_NODE_PARA ? n : para; /* further designations stand before it */
    return para;
}

/* Most begin with that many Han, and need not be counted. */
static bool
is_long(struct gb_str s)
{
    size_t n = 0;

    while (n < SHORTEST && (n + 1) * GB_HAN <= s.len && (unsigned char)s.ptr[n * GB_HAN] >= 0xE4 &&
           (unsigned char)s.ptr[n * GB_HAN] <= 0xE9)
        n++;
    return n == SHORTEST || gb_str_han_length(s) >= SHORTEST;
}

static bool
is_judged_by_others(const struct gb_node *node)
{
    return node && is_long(node->text.str) && gb_has_han(node->text.str) && !is_line_like(&node->text) &&
           node->encoding != GB_ENCODING_TABLE;
}

/* Definitions and notes often have no predicate that tells them from a label: one lacks a mark where most others have one. */
static void
judge_by_others(struct gb_check *c, enum gb_node_kind kind, bool is_tidy)
{
    enum { LEAST = 2, PERCENT = 66 };
    const struct gb_nodes *nodes = &c->facts->of_kind[kind];
    uint32_t n = 0, closed = 0;
    size_t end;

    GB_EACH_NODE(node, nodes) {
        const struct gb_node *para = definition_of(node);
        bool is_judged = is_judged_by_others(para);
        n += is_judged;
        closed += is_judged && last_char(para->text.str, &end) == U'。';
    }
    bool is_custom = closed >= LEAST && closed * 100 >= n * PERCENT;
    if (closed == n || (!is_custom && !(is_tidy && n - closed == 1)))
        return;
    GB_EACH_NODE(node, nodes) {
        const struct gb_node *para = definition_of(node);
        if (is_judged_by_others(para) && gb_char_is_han(last_char(para->text.str, &end)) && !goes_on(para, is_tidy))
            report(c, para, end);
    }
}

/* ---- Paragraphs that the reader took for one ---- */

/* The beginning of a sentence of its own: a first word of conditions and names, or the word that the paragraph before begins with. */
static bool
begins_sentence(struct gb_str before, struct gb_str line)
{
    enum { ALIKE = 9 }; /* bytes: three Han */
    GB_WORDS(openings, "本文件", "本标准", "本部分", "如果", "当", "对于", "为了", "此外", "另外", "必要时");
    return GB_STARTS_ANY(line, openings) ||
           (before.len > ALIKE && line.len > ALIKE && memcmp(before.ptr, line.ptr, ALIKE) == 0);
}

/*
 * A paragraph without end mark before another one reads like a sentence that a page cut, and is joined to it. It is two where the
 * second begins like a sentence and the first is one.
 */
static void
judge_joined(struct gb_check *c, const struct gb_node *node)
{
    struct gb_str s = node->text.str;

    GB_EACH(const struct gb_run, run, node->text.runs, node->text.n_runs) {
        size_t at = run->at - node->text.off, end = 0;
        bool is_seam = (run->flags & GB_RUN_BREAK) && run->src.end - run->src.begin > 1;
        if (!is_seam || at >= s.len || s.ptr[at] != '\n' || !is_open(gb_str_sub(s, 0, at), &end))
            continue;
        size_t begin = end;
        while (begin > 0 && s.ptr[begin - 1] != '\n' && !gb_str_ends(gb_str_sub(s, 0, begin), GB_STR("。")))
            begin--;
        struct gb_str first = gb_str_sub(s, begin, end);
        if (gb_str_han_length(first) >= SHORTEST &&
            (GB_HAS_ONE_OF(first, "应", "宜", "可") || tells_of_itself(first)) &&
            begins_sentence(first, gb_str_skip(s, at + 1)))
            report(c, node, end);
    }
}

/* Each line of the pages became a paragraph of its own: a line without mark before another one goes on there. */
static bool
has_wrapped_lines(const struct gb_facts *facts)
{
    enum { FEW = 4 };
    static const enum gb_node_kind kinds[] = {GB_NODE_PARA, GB_NODE_ITEM};
    uint32_t n = 0;

    for (size_t k = 0; k < GB_COUNT(kinds); k++) {
        GB_EACH_NODE(node, &facts->of_kind[kinds[k]])
            n += (node->flags & GB_NODE_JOINED) != 0;
    }
    return n > FEW;
}

static void
check_paragraph_ends(struct gb_check *c)
{
    enum { MANY = 10, PERCENT = 20 };
    const struct gb_facts *facts = c->facts;
    const struct gb_nodes *paras = &facts->of_kind[GB_NODE_PARA];
    uint32_t n = 0, open = 0;
    bool is_wrapped = has_wrapped_lines(facts);
    size_t *ends = gb_alloc((paras->n + 1) * sizeof(*ends)); /* where the mark is missing; 0: none is */

    bool tidy = is_tidy(paras);

    judge_by_others(c, GB_NODE_TERM, tidy);
    judge_by_others(c, GB_NODE_NOTE, tidy);
    for (uint32_t i = 0; i < paras->n; i++) {
        size_t end;
        bool is_para = is_judged(paras->items[i]);
        ends[i] = is_para && lacks_mark(facts, paras->items[i], tidy, &end) ? end : 0;
        n += is_para;
        open += ends[i] > 0;
    }
    /* Many: a draft that does without, or a conversion that lost them. */
    bool is_habit = open > MANY && open * 100 > n * PERCENT;
    for (uint32_t i = 0; i < paras->n && !is_habit; i++) {
        const struct gb_node *node = paras->items[i];
        if (ends[i] && !(is_wrapped && node->next && node->next->kind == GB_NODE_PARA))
            report(c, node, ends[i]);
        if (is_judged(node) && node->flags & GB_NODE_JOINED)
            judge_joined(c, node);
        if (is_judged(node) && !is_wrapped)
            judge_comma(c, node);
    }
    free(ends);
}

const struct gb_check_def gb_paragraph_end_checks[] = {
    {.name = "paragraph-ends", .whole = check_paragraph_ends, .cases = "comma"},
    {0},
};
