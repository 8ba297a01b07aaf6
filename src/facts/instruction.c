#include "facts/instruction_priv.h"

static bool
has_any(struct gb_str s, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (gb_str_has(s, gb_str_from(words[i])))
            return true;
    }
    return false;
}

/* A title near the node decides; without one, whether the whole document is of that kind. */
bool
gb_gives_instructions(const struct gb_facts *facts, const struct gb_node *node)
{
    static const char *const descriptions[] = {"原理", "概述", "总则", "范围", "术语", "通则", "目的", "要求"};
    static const char *const methods[] = {"步骤", "程序", "流程", "操作", "方法", "试验", "测定", "检验", "测试", "测量", "制备", "检测", "处理", "安装", "校准"};
    bool in_body = false;

    for (const struct gb_node *n = node; n && n->kind != GB_NODE_DOC; n = n->parent) {
        if (n->kind == GB_NODE_FOREWORD || n->kind == GB_NODE_INTRO || n->role != GB_ROLE_NONE)
            return false;
        in_body = in_body || n->kind == GB_NODE_CLAUSE || n->kind == GB_NODE_ANNEX;
        if (n->kind != GB_NODE_CLAUSE && n->kind != GB_NODE_ANNEX)
            continue;
        if (has_any(n->title.str, descriptions, GB_COUNT(descriptions)))
            return false;
        if (has_any(n->title.str, methods, GB_COUNT(methods)))
            return true;
    }
    return in_body && (gb_str_is(facts->function, "规程") || gb_str_is(facts->function, "试验"));
}

/* 检查结果为…, 测量范围见…: the verb is a part of a noun, the subject of its clause. */
static bool
is_noun(const struct gb_lexicon *lexicon, struct gb_str behind)
{
    static const char *const copulas[] = {"为", "是", "见", "包括", "表明", "显示", "由", "分为", "如下", "不超过", "不大于", "不小于", "有", "以", "不低于"};
    size_t noun = gb_words_start(&lexicon->nouns, behind), comma = gb_str_find(behind, GB_STR("，"), 0);

    return noun > 0 && has_any(gb_str_sub(behind, noun, comma), copulas, GB_COUNT(copulas));
}

/* Behind a phrase or condition that stands before the verb: 按4.3规定，称取…. */
static size_t
skip_condition(const struct gb_lexicon *lexicon, struct gb_str s)
{
    static const struct gb_str conditions[] = {GB_WORD("如"), GB_WORD("若"), GB_WORD("待"), GB_WORD("当"), GB_WORD("每")};
    size_t comma = gb_str_find(s, GB_STR("，"), 0);

    if (comma == GB_NOT_FOUND)
        return 0;
    if (gb_words_start(&lexicon->prepositions, s) || gb_str_starts_any(s, conditions, GB_COUNT(conditions)))
        return comma + strlen("，");
    return 0;
}

struct gb_span
gb_instruction_verb(const struct gb_lexicon *lexicon, struct gb_str s, size_t begin, size_t end)
{
    struct gb_str sentence = gb_str_sub(s, begin, end);
    size_t at = 0, len = gb_words_start(&lexicon->instructions, sentence);

    if (!len) {
        at = skip_condition(lexicon, sentence);
        len = at ? gb_words_start(&lexicon->instructions, gb_str_skip(sentence, at)) : 0;
    }
    if (!len || is_noun(lexicon, gb_str_skip(sentence, at + len)))
        return (struct gb_span){0, 0};
    return (struct gb_span){(uint32_t)(begin + at), (uint32_t)(begin + at + len)};
}
