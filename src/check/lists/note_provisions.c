/*
 * Notes, examples and footnotes add information, they hold no provisions: NEF-002, NEF-003, NEF-006, NEF-009. GB/T 1.1—2020,
 * 9.2, 9.10 to 9.12.
 */
#include "check/lists/lists_priv.h"

#include "check/structure/elements_priv.h"

enum { LOOK_BACK = 100 }; /* over so many examples or footnotes in a row */

static struct gb_str
sentence_part(const struct gb_sentence *s, size_t begin, size_t end)
{
    return gb_str_sub(s->text->str, begin, end);
}

/* ---- Citations that bind ---- */

/* A word that makes what follows binding stands right before the identifier: 符合GB/T …, 按照现行国家标准GB/T …. */
static bool
is_bound(struct gb_str before)
{
    GB_WORDS(words, "符合", "遵守", "满足", "遵循", "按照", "按", "依据", "根据", "执行", "遵照", "采用", "达到");
    GB_WORDS(kinds, "国家标准", "行业标准", "标准", "现行", "现行的");

    for (size_t i = 0; i < GB_COUNT(kinds); i++)
        before.len -= gb_str_ends(before, kinds[i]) ? kinds[i].len : 0;
    return GB_ENDS_ANY(before, words);
}

/* What somebody does by a document. Classifying, naming and the like may only be told of: 按GB/T 4754分类. */
GB_WORDS(acts, "执行", "进行", "实施", "测定", "测量", "测试", "试验", "检验", "检测", "检查", "计算", "评定", "判定",
         "调节", "制备", "配制", "采样", "取样", "抽样", "校准", "标定", "编制", "编写", "标注", "标识", "包装", "运输",
         "贮存", "处置", "处理", "安装", "验收", "选取", "选用", "填写", "填报", "记录", "归档", "报送", "保存", "清洗",
         "消毒", "设置", "布置", "配备", "维护", "养护");

/* Such a word at the head of s: what is behind it; false where none is there. */
static bool
take_act(struct gb_str *s)
{
    if (!GB_STARTS_ANY(*s, acts))
        return false;
    *s = gb_str_skip(*s, acts[0].len);
    return true;
}

/* 按照GB/T … 的规定执行。, 按GB/T … 测定。 bind without a modal, where nothing else follows: 测定的值 is what was measured. */
static bool
is_to_be_followed(struct gb_str behind)
{
    GB_WORDS(objects, "的规定", "的要求", "规定的方法", "规定", "要求", "的方法");

    behind = gb_str_skip(behind, GB_START(behind, objects));
    if (!take_act(&behind))
        return false;
    take_act(&behind);                         /* 进行测定 */
    if (gb_str_starts(behind, GB_STR("后"))) { /* 调节后测定 */
        behind = gb_str_skip(behind, strlen("后"));
        if (!take_act(&behind))
            return false;
    }
    return !behind.len || GB_IS_ONE_OF(behind, "。", "；");
}

/* The modal of a requirement or recommendation before the place; NULL without. */
static const struct gb_modal *
modal_before(const struct gb_facts *facts, const struct gb_sentence *s, size_t at)
{
    GB_FIND(m, facts->modals + s->modals, s->n_modals,
            m->end <= at && GB_AMONG(m->type, GB_TYPE_REQUIREMENT, GB_TYPE_RECOMMENDATION));
    return m;
}

static bool
binds(const struct gb_facts *facts, const struct gb_citation *citation)
{
    const struct gb_sentence *s = citation->sentence;

    if (!s || !(citation->flags & GB_CITATION_NOTE) || citation->id->text != s->text)
        return false;
    const struct gb_node *note = gb_node_inside(s->node, GB_NODE_NOTE);
    if (!note || !gb_is_note(note) || !is_bound(gb_str_trim(sentence_part(s, s->begin, citation->id->at.begin))))
        return false;
    if (modal_before(facts, s, citation->id->at.begin))
        return true;
    size_t end = citation->target.end > citation->id->at.end ? citation->target.end : citation->id->at.end;
    return is_to_be_followed(sentence_part(s, end, s->end));
}

/* Source: GB/T 1.1—2020, 9.5.4.2.1, 9.11.1; 2009, 7.2. */
static void
check_citations(struct gb_check *c)
{
    const struct gb_facts *facts = c->facts;
    const struct gb_sentence *told = NULL;

    GB_EACH(const struct gb_citation, citation, facts->citations, facts->n_citations) {
        if (citation->sentence == told || !binds(facts, citation) || gb_is_in_sample(citation->sentence->node))
            continue;
        told = citation->sentence;
        gb_report(c, gb_at_part(citation->id->text, citation->id->at.begin, citation->id->at.end), told->node,
                  GB_ARGS(gb_str_sub(citation->id->text->str, citation->id->at.begin, citation->id->at.end)));
    }
}

/* Is the sentence told of by NEF-003? */
static bool
has_binding(const struct gb_facts *facts, const struct gb_sentence *s)
{
    for (uint32_t i = gb_first_citation(facts, s->node->id); i < facts->n_citations; i++) {
        if (facts->citations[i].id->node != s->node)
            return false;
        if (facts->citations[i].sentence == s && binds(facts, &facts->citations[i]))
            return true;
    }
    return false;
}

/* ---- Provisions ---- */

/* 可分为, 可称为, 不需要: the sentence says what something is or takes, and allows nothing. */
static bool
describes(struct gb_check *c, const struct gb_sentence *s, const struct gb_modal *modal)
{
    if (s->type != GB_TYPE_PERMISSION)
        return false;
    if (GB_IS_ONE_OF(modal->word, "不需要", "不需", "无需", "毋需"))
        return true;
    return gb_param_starts(c, "descriptive", sentence_part(s, modal->end, s->end));
}

/* 标准有规定的，应……: the words say when, and tell of nothing. */
static bool
is_condition(struct gb_str before, struct gb_str behind)
{
    return gb_str_ends(before, GB_STR("有")) && gb_str_starts(behind, GB_STR("的"));
}

/* GB/T … 规定……应……: it tells of a provision that stands elsewhere. */
static bool
tells_of_other(const struct gb_sentence *s, const struct gb_modal *modal)
{
    GB_WORDS(words, "规定", "要求", "指出", "明确", "认为");
    struct gb_str before = sentence_part(s, s->begin, modal->begin);

    for (size_t i = 0; i < GB_COUNT(words); i++) {
        size_t at = gb_str_find(before, words[i], 0);
        if (at != GB_NOT_FOUND && is_condition(gb_str_sub(before, 0, at), gb_str_skip(before, at + words[i].len)))
            continue;
        if (at != GB_NOT_FOUND && at > 0 && !gb_str_ends(before, words[i]))
            return true;
        if (at != GB_NOT_FOUND && gb_str_has(before, GB_STR("《")))
            return true;
    }
    return false;
}

/* ○表示应检验, “Y”代表允许, ○指可检项目: what a sign stands for, told without a pause between. 指 and 为 follow a letter of a word as well. */
static bool
explains_sign(const struct gb_sentence *s, const struct gb_modal *modal)
{
    enum { SURE = 2 };
    GB_WORDS(words, "表示", "代表", "指", "为");
    GB_WORDS(pauses, "，", "；");
    struct gb_str before = sentence_part(s, s->begin, modal->begin);

    for (size_t i = 0; i < GB_COUNT(words); i++) {
        GB_EACH_FOUND(at, before, words[i], 0) {
            size_t sign = 0;
            struct gb_str behind = gb_str_skip(before, at + words[i].len);
            uint32_t c = at > 0 ? gb_utf8_before(before, at, &sign) : U'无';
            if (!gb_char_is_han(c) && (i < SURE || !gb_is_alnum(c)) &&
                !GB_STARTS_ANY(gb_str_skip(before, sign), pauses) && !GB_HAS_ANY(behind, pauses))
                return true;
        }
    }
    return false;
}

/* In 2009 notes hold no requirement, examples and footnotes no recommendation either. */
static bool
is_provision(struct gb_check *c, const struct gb_sentence *s)
{
    enum gb_clause_type of_2009 = gb_node_inside(s->node, GB_NODE_NOTE) || s->node->kind == GB_NODE_NOTE
                                      ? GB_TYPE_REQUIREMENT
                                      : GB_TYPE_RECOMMENDATION;
    enum gb_clause_type least = c->facts->edition == GB_EDITION_2020 ? GB_TYPE_PERMISSION : of_2009;

    return s->type >= least && s->type != GB_TYPE_INSTRUCTION &&
           !(s->flags & (GB_SENTENCE_INHERITS | GB_SENTENCE_PARTIES)) && s->node->encoding != GB_ENCODING_FENCE;
}

static const char *
case_of(enum gb_clause_type type)
{
    return type == GB_TYPE_RECOMMENDATION ? "recommendation" : type == GB_TYPE_PERMISSION ? "permission" : NULL;
}

/* In a term entry 可 says what the concept covers. */
static bool
is_of_concept(const struct gb_sentence *s)
{
    return s->type == GB_TYPE_PERMISSION && gb_node_inside(s->node, GB_NODE_TERM);
}

/* Conversions set the paragraph that follows a note on a line of its own in the same block. */
static bool
stands_below(const struct gb_sentence *s)
{
    size_t at = gb_skip_any_back(s->text->str, s->begin, " \n");

    while (at < s->begin && !(gb_text_flags(s->text, at) & GB_RUN_HARD))
        at++;
    return at < s->begin;
}

/* One finding for the node and what stands in it, at the modal of the first provision. */
static struct gb_finding *
judge(struct gb_check *c, const struct gb_node *top)
{
    const struct gb_facts *facts = c->facts;
    const struct gb_node *next = gb_node_walk_past(top, c->doc->root);
    uint32_t end = facts->first_sentence[next ? next->id : facts->n_nodes];
    struct gb_finding *f = NULL;

    for (uint32_t i = facts->first_sentence[top->id]; i < end; i++) {
        const struct gb_sentence *s = &facts->sentences[i];
        const struct gb_modal *modal = is_provision(c, s) ? gb_strongest_modal(facts, s) : NULL;
        if (!modal || describes(c, s, modal) || tells_of_other(s, modal) || explains_sign(s, modal) ||
            has_binding(facts, s) || stands_below(s))
            continue;
        struct gb_at at = gb_at_part(s->text, modal->begin, modal->end);
        if (f) {
            gb_also_there(c, f, at);
            continue;
        }
        f = gb_report_case(c, is_of_concept(s) ? "concept" : case_of(s->type), at, s->node, GB_ARGS(modal->word));
        if (!f)
            return NULL;
    }
    return f;
}

/* Source: GB/T 1.1—2020, 9.2, 9.11.1; 2009, 7.2: no requirement. A note alone becomes text of its clause without its label. */
static void
check_note(struct gb_check *c, const struct gb_node *note)
{
    if (!gb_is_note(note) || gb_node_inside(note, GB_NODE_EXAMPLE) || gb_is_in_sample(note))
        return;
    struct gb_finding *f = judge(c, note);
    bool is_text = note->parent->kind == GB_NODE_CLAUSE && note->encoding == GB_ENCODING_PARAGRAPH && !note->num.n;
    if (f && is_text && note->marker.n_runs && note->text.str.len) {
        struct gb_span label = gb_text_whole(&note->marker, NULL), text = gb_text_whole(&note->text, NULL);
        if (label.begin < text.begin)
            gb_fix(c, f, (struct gb_span){label.begin, text.begin}, GB_STR(""));
    }
}

/* Examples of wording show it in a box, a quotation or a block of code; the text before may say so. */
static bool
shows_wording(const struct gb_node *example)
{
    GB_WORDS(words, "表述", "表达", "措辞", "写为", "写作", "写成", "用语", "条文", "条款", "句", "编写", "起草",
             "书写", "文字");
    const struct gb_node *before = gb_block_before(example), *clause = gb_node_clause(example);

    if (example->encoding == GB_ENCODING_QUOTE || example->first)
        return true;
    for (int i = 0; before && before->kind == GB_NODE_EXAMPLE && i < LOOK_BACK; i++)
        before = before->prev;
    return GB_ANY(GB_ITEMS(word, words, GB_COUNT(words)),
                  (before && gb_str_has(before->text.str, *word)) || (clause && gb_str_has(clause->title.str, *word)));
}

/* Source: GB/T 1.1—2020, 9.2, 9.10.1; 2009, 7.2. */
static void
check_example(struct gb_check *c, const struct gb_node *example)
{
    if (!shows_wording(example) && !gb_is_in_sample(example))
        judge(c, example);
}

/* ¹⁾ 颜色…: a footnote of the text that is typed as a paragraph; below a table it is that table's. */
static bool
is_typed_footnote(const struct gb_node *para)
{
    GB_WORDS(marks, "¹⁾", "²⁾", "³⁾", "⁴⁾", "⁵⁾", "⁶⁾", "⁷⁾", "⁸⁾", "⁹⁾");
    struct gb_str s = para->text.str;
    const struct gb_node *before = para;

    if (!s.len || ((unsigned char)s.ptr[0] != 0xC2 && (unsigned char)s.ptr[0] != 0xE2) || !GB_STARTS_ANY(s, marks))
        return false;
    for (int i = 0; i < LOOK_BACK; i++) {
        before = gb_block_before(before);
        if (!before || (before->kind != GB_NODE_NOTE && !GB_STARTS_ANY(before->text.str, marks)))
            break;
    }
    return before && before->kind != GB_NODE_TABLE && before->kind != GB_NODE_FIGURE;
}

/* Source: GB/T 1.1—2020, 9.2, 9.12.1; 2009, 7.2. Footnotes of tables and figures may hold requirements (9.12.2). */
static void
check_footnote_or_line(struct gb_check *c, const struct gb_node *node)
{
    bool is_of_text = node->kind == GB_NODE_FOOTNOTE
                          ? !gb_node_inside(node, GB_NODE_TABLE) && !gb_node_inside(node, GB_NODE_FIGURE)
                          : is_typed_footnote(node);

    if (is_of_text && !gb_is_in_sample(node))
        judge(c, node);
}

const struct gb_check_def gb_note_provision_checks[] = {
    {.name = "note-provision",
     .run = check_note,
     .on = GB_ON(NOTE),
     .cases = "recommendation permission concept",
     .params = "descriptive:words"},
    {.name = "note-citation", .whole = check_citations},
    {.name = "example-provision",
     .run = check_example,
     .on = GB_ON(EXAMPLE),
     .cases = "recommendation permission concept",
     .params = "descriptive:words"},
    {.name = "footnote-provision",
     .run = check_footnote_or_line,
     .on = GB_ON(FOOTNOTE) | GB_ON(PARA),
     .cases = "recommendation permission concept",
     .params = "descriptive:words"},
    {0},
};
