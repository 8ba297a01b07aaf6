/*
 * What definitions say: TRM-006 to TRM-009, TRM-021, TRM-022. A definition can take the place of its term in any sentence: it is a
 * phrase that names genus and difference, and requires nothing. Source: GB/T 1.1—2020, 8.7.3.2, 8.7.3.3; 2009, 6.3.2.
 */
#include "check/terms/terms_priv.h"
#include "check/wording/wording_priv.h"

/* The entry that the node is, with a definition; NULL. */
static const struct gb_term *
defined_term(struct gb_check *c, const struct gb_node *node)
{
    const struct gb_term *term = gb_term_of_node(c->facts, node);

    return term && term->definition ? term : NULL;
}

/* ---- TRM-006: the term itself, or 是指, at the head ---- */

/* Length of one of the words at the head of s, 0 when it is the beginning of one of the others. */
static size_t
word_at_head(struct gb_check *c, struct gb_str s, const char *words_key, const char *exempt_key)
{
    const struct gb_str *words;
    size_t n = gb_param_words(c, exempt_key, &words), best = 0;

    if (gb_str_starts_any(s, words, n))
        return 0;
    n = gb_param_words(c, words_key, &words);
    for (size_t i = 0; i < n; i++) {
        if (gb_str_starts(s, words[i]) && words[i].len > best)
            best = words[i].len;
    }
    return best;
}

static size_t
skip_marks(struct gb_str s, size_t at)
{
    size_t next;

    for (; at < s.len; at = next) {
        uint32_t c = gb_char_narrow(gb_utf8_at(s, at, &next));
        if (c != ',' && c != ':' && c != 0x2014 && c != 0x2013 && !gb_char_is_space(c) && c != 0x201C && c != 0x201D)
            return at;
    }
    return at;
}

/* Bytes of a bracket at `at`: （used book）; 0 when there is none. */
static size_t
bracket_at(struct gb_str s, size_t at)
{
    size_t next, end = at;

    if (at >= s.len || gb_char_narrow(gb_utf8_at(s, at, &next)) != '(')
        return 0;
    for (unsigned n = 0; end < s.len && n < 40; end = next, n++) {
        if (gb_char_narrow(gb_utf8_at(s, end, &next)) == ')')
            return next - at;
    }
    return 0;
}

/* A name of the term at the head of its definition, with the marks behind it; 0 without. */
static size_t
own_name_at_head(const struct gb_facts *facts, const struct gb_term *term, struct gb_str s)
{
    size_t best = 0;
    size_t begin = skip_marks(s, 0);

    for (uint32_t i = 0; i < term->n; i++) {
        struct gb_str words = facts->vocabulary->designations[term->first + i].words;
        if (gb_str_starts(gb_str_skip(s, begin), words) && begin + words.len > best)
            best = begin + words.len;
    }
    return best ? best + bracket_at(s, best) : 0;
}

static void
check_definition_head(struct gb_check *c, const struct gb_node *node)
{
    const struct gb_term *term = defined_term(c, node);

    if (!term)
        return;
    struct gb_text text = gb_defining_text(term);
    size_t name = own_name_at_head(c->facts, term, text.str), behind = skip_marks(text.str, name);
    size_t copula = word_at_head(c, gb_str_skip(text.str, behind), "copulas", "exempt");
    bool is_marked = name > 0 && behind > name; /* 旧书：已经售出的图书 */
    if (name > 0 && copula == 0 &&
        gb_str_starts(gb_str_skip(text.str, behind), GB_STR("即将"))) /* 留样即|将餐食…备查 */
        copula = strlen("即");
    if (name > 0 && copula == 0 && !is_marked)
        copula = word_at_head(c, gb_str_skip(text.str, behind), "copulas-behind", "exempt");
    if (copula == 0 && !is_marked)
        return;
    size_t end = skip_marks(text.str, behind + copula);
    if (end >= text.str.len)
        return;
    struct gb_at at = gb_at_part(&text, 0, copula ? behind + copula : name);
    struct gb_finding *f = gb_report_case(c, name ? "term" : NULL, at, node,
                                          GB_ARGS(gb_str_sub(text.str, 0, copula ? behind + copula : name)));
    gb_fix(c, f, gb_text_span(&text, 0, end, NULL), GB_STR(""));
}

/* ---- TRM-007: requirements ---- */

/* Paragraphs and items before the first note: what defines. */
static bool
is_defining(const struct gb_node *n)
{
    return n->kind == GB_NODE_PARA || n->kind == GB_NODE_LIST || n->kind == GB_NODE_ITEM;
}

/* 产品的应抛光部位: what ought to be so is a kind of parts. 检验不合格的应返工: what is to be done with some. */
static bool
is_in_attribute(const struct gb_sentence *s, const struct gb_modal *modal)
{
    GB_WORDS(conditions, "不", "未", "无", "合格", "超", "符合", "满足", "完成", "达到");
    struct gb_str before = gb_last_clause(gb_str_sub(s->text->str, s->begin, modal->begin));

    return gb_str_ends(before, GB_STR("的")) && !GB_HAS_ANY(before, conditions);
}

/* 达到时应停止接收的册数: a limit is told by what is to be done where it is reached. */
static bool
is_limit(const struct gb_sentence *s, const struct gb_modal *modal)
{
    GB_WORDS(reached, "达到", "到达", "超过", "超出", "低于", "高于", "大于", "小于");
    struct gb_str before = gb_str_sub(s->text->str, s->begin, modal->begin), comma = GB_STR("，");
    before.len -= gb_str_ends(before, comma) ? comma.len : 0;
    before = gb_last_clause(before);

    return gb_str_ends(before, GB_STR("时")) && GB_HAS_ANY(before, reached) &&
           gb_str_has(gb_str_sub(s->text->str, modal->end, s->end), GB_STR("的"));
}

/* True: it was reported. */
static bool
judge_modals(struct gb_check *c, const struct gb_node *term, const struct gb_node *node)
{
    uint32_t n;
    const struct gb_sentence *sentences = gb_sentences_of(c->facts, node, &n);

    for (uint32_t i = 0; i < n; i++) {
        GB_EACH_MODAL(modal, c->facts, &sentences[i]) {
            bool is_strong = modal->type == GB_TYPE_REQUIREMENT || modal->type == GB_TYPE_RECOMMENDATION;
            if ((!is_strong && modal->type != GB_TYPE_PERMISSION) || is_in_attribute(&sentences[i], modal) ||
                is_limit(&sentences[i], modal))
                continue;
            struct gb_at at = gb_at_part(sentences[i].text, modal->begin, modal->end);
            gb_report_case(c, is_strong ? NULL : "permission", at, node, GB_ARGS(term->title.str, modal->word));
            return true;
        }
    }
    return false;
}

/* A modal at the head of an attribute: 转运货物、宜持有驾驶证的人员; not 适宜, 宜居. Behind 时 or a comma 应 tells of a limit. */
static bool
judge_word(struct gb_check *c, const struct gb_node *term, const struct gb_node *node, struct gb_str word)
{
    static const uint32_t heads[] = {U'、', U'且', U'并', U'，', U'不', U'时', U'后'};
    struct gb_str s = node->text.str;
    size_t n_heads = gb_str_is(word, "应") ? 3 : GB_COUNT(heads);

    for (size_t at = gb_str_find(s, word, 0); at != GB_NOT_FOUND; at = gb_str_find(s, word, at + 1)) {
        size_t other = 0;
        uint32_t before = at > 0 ? gb_utf8_before(s, at, &other) : U'，';
        GB_FIND(head, heads, n_heads, *head == before);
        size_t begin = before == U'不' ? other : at;
        if (!head || gb_param_starts(c, "names", gb_str_skip(s, at)))
            continue;
        gb_report(c, gb_at_part(&node->text, begin, at + word.len), node,
                  GB_ARGS(term->title.str, gb_str_sub(s, begin, at + word.len)));
        return true;
    }
    return false;
}

/* A definition has no room for a modal that is no predicate either; 表示车辆须…，不得…: what a sign says. */
static bool
judge_attribute(struct gb_check *c, const struct gb_node *term, const struct gb_node *node)
{
    GB_WORDS(words, "应", "宜", "不应", "不得", "必须");

    if (gb_str_has(node->text.str, GB_STR("，表示")))
        return false;
    GB_FIND(word, words, GB_COUNT(words), judge_word(c, term, node, *word));
    return word != NULL;
}

static void
check_definition_modals(struct gb_check *c, const struct gb_node *node)
{
    const struct gb_term *term = defined_term(c, node);

    if (!term)
        return;
    for (const struct gb_node *n = term->definition; n && is_defining(n); n = n->next) {
        if (judge_modals(c, node, n) || judge_attribute(c, node, n))
            return;
        for (const struct gb_node *item = n->kind == GB_NODE_LIST ? n->first : NULL; item; item = item->next) {
            if (judge_modals(c, node, item))
                return;
        }
    }
}

/* ---- TRM-008: one phrase ---- */

static bool
has_requirement(const struct gb_facts *facts, const struct gb_sentence *sentence)
{
    return GB_ANY(GB_EACH_MODAL(m, facts, sentence), GB_AMONG(m->type, GB_TYPE_REQUIREMENT, GB_TYPE_RECOMMENDATION));
}

/* 注：…, [来源…] that stand in the paragraph of the definition are no second sentence of it. */
static bool
is_of_other_part(struct gb_str s)
{
    GB_WORDS(heads, "注", "备注：", "附注：", "备注:", "附注:", "示例", "例：", "[", "［", "（", "(", "〈", "【");

    return GB_STARTS_ANY(s, heads);
}

/* 清单；清单由…编制: what follows a semicolon tells of the term, or of its genus. Its begin; GB_NOT_FOUND: no such statement. */
static size_t
second_statement(const struct gb_term *term, const struct gb_designation *name)
{
    GB_WORDS(heads, "该", "其", "通常", "一般", "不包括", "此", "它", "这");
    struct gb_str s = term->definition->text.str, mark = GB_STR("；");
    size_t at = gb_str_find(s, mark, term->definition_from);

    if (at == GB_NOT_FOUND || at < term->definition_from + 2 * GB_HAN ||
        gb_str_find(s, GB_STR("："), term->definition_from) < at)
        return GB_NOT_FOUND;
    struct gb_str genus = gb_str_sub(s, at - 2 * GB_HAN, at), behind = gb_str_skip(s, at + mark.len);
    bool is_about = GB_STARTS_ANY(behind, heads) || gb_str_starts(behind, genus) || gb_str_starts(behind, name->words);

    return is_about ? at + mark.len : GB_NOT_FOUND;
}

/* What stands behind the first full stop belongs into a note. A second sentence that requires is a fault of its own, TRM-007. */
static void
check_definition_sentences(struct gb_check *c, const struct gb_node *node)
{
    const struct gb_facts *facts = c->facts;
    const struct gb_term *term = defined_term(c, node);
    const struct gb_sentence *first = NULL;
    size_t statement = term ? second_statement(term, gb_term_name(facts->vocabulary, term)) : GB_NOT_FOUND;

    if (statement != GB_NOT_FOUND) {
        const struct gb_text *text = &term->definition->text;
        gb_report(c, gb_at_part(text, statement, text->str.len), term->definition,
                  GB_ARGS(node->title.str, gb_str_skip(text->str, statement)));
        return;
    }
    for (const struct gb_node *n = term ? term->definition : NULL; n && n->kind == GB_NODE_PARA; n = n->next) {
        uint32_t count;
        const struct gb_sentence *sentences = gb_sentences_of(facts, n, &count);
        for (uint32_t i = 0; i < count; i++) {
            struct gb_str s = gb_str_sub(sentences[i].text->str, sentences[i].begin, sentences[i].end);
            if (!gb_str_ends(s, GB_STR("。")) || is_of_other_part(s))
                continue;
            if (!first) {
                first = &sentences[i];
                continue;
            }
            if (!has_requirement(facts, &sentences[i]))
                gb_report(c, gb_at_part(sentences[i].text, sentences[i].begin, sentences[i].end), n,
                          GB_ARGS(node->title.str, s));
            return;
        }
    }
}

/* ---- TRM-009: circles ---- */

/* A character beside which a word begins or ends. */
static bool
parts_words(uint32_t c)
{
    return gb_char_is_han(c) ? gb_is_joint(c) : !gb_char_is_latin(c) && gb_char_digit(c) < 0;
}

/* 由旧书构成, 以旧书方式: words that leave the term between them what it is. */
static bool
is_between_particles(const struct gb_term_use *use)
{
    GB_WORDS(before, "由", "以", "对", "在", "将", "从", "用", "通过", "按", "承担", "履行", "从事", "开展", "提供",
             "进行", "实施", "接受", "参加", "担任", "说明", "描述", "表示", "表征", "反映", "体现", "关于", "属于",
             "作为");
    GB_WORDS(behind, "使", "来", "后", "构成", "组成", "方式", "进行", "形成", "产生", "造成", "引起", "导致", "过程",
             "期间", "季节", "阶段", "状态", "的", "时", "中", "职责", "任务", "工作", "活动", "作用");
    struct gb_str head = gb_str_sub(use->text->str, 0, use->begin);
    return (use->begin == 0 || GB_ENDS_ANY(head, before)) &&
           GB_STARTS_ANY(gb_str_skip(use->text->str, use->end), behind);
}

/* The use stands for itself: 经办服务, not the beginning of 经办服务大厅. */
static bool
is_word_of_its_own(const struct gb_term_use *use)
{
    struct gb_str s = use->text->str;

    return is_between_particles(use) || ((use->begin == 0 || parts_words(gb_char_before(s, use->begin))) &&
                                         (use->end >= s.len || parts_words(gb_char_at(s, use->end))));
}

/* The genus: the definition ends with the word. */
static bool
is_genus(const struct gb_term_use *use)
{
    struct gb_str behind = gb_str_skip(use->text->str, use->end);
    size_t stop = gb_str_find(behind, GB_STR("。"), 0);
    bool is_numbered = GB_STARTS_WITH(behind, "（", "(");

    return behind.len == 0 || stop == 0 || (is_numbered && stop != GB_NOT_FOUND && stop < 20);
}

/* What a second sentence says of the term, as how it is computed, does not define it. */
static bool
is_in_definition(const struct gb_term *term, const struct gb_term_use *use)
{
    return term->definition && use->node == term->definition &&
           !gb_str_has(gb_str_sub(use->text->str, term->definition_from, use->begin), GB_STR("。"));
}

static void
judge_own_use(struct gb_check *c, const struct gb_term *term, const struct gb_term_use *use)
{
    const struct gb_designation *name = gb_term_name(c->facts->vocabulary, term);
    size_t head = skip_marks(use->text->str, term->definition_from);

    /* At the head, before a copula, it is TRM-006. */
    if (use->begin > head ? is_word_of_its_own(use) : GB_STARTS_WITH(gb_str_skip(use->text->str, use->end), "中", "的"))
        gb_report(c, GB_AT(use), use->node, GB_ARGS(name->words));
}

/* The first use of `other` in the definition of `term`. */
static const struct gb_term_use *
use_in_definition(const struct gb_terms *terms, const struct gb_term *term, const struct gb_term *other)
{
    enum { FARTHEST = 200 };
    unsigned n = 0;

    for (uint32_t i = gb_term_name(terms, other)->first_use; i != GB_NO_USE && n < FARTHEST;
         i = terms->uses[i].next, n++) {
        if (is_in_definition(term, &terms->uses[i]))
            return &terms->uses[i];
        if (terms->uses[i].node->id > term->definition->id)
            break;
    }
    return NULL;
}

/* Two definitions that need each other; each pair once, at the later of both. */
static void
judge_other_use(struct gb_check *c, const struct gb_term *term, const struct gb_term_use *use)
{
    const struct gb_terms *terms = c->facts->vocabulary;
    const struct gb_term *other = &terms->items[terms->designations[use->designation].term];

    if (other->kind != GB_TERM_ENTRY || !other->definition || other >= term)
        return;
    const struct gb_term_use *back = use_in_definition(terms, other, term);
    if (!back)
        return;
    bool is_certain = is_genus(use) || is_genus(back);
    struct gb_finding *f = gb_report_case(c, is_certain ? "pair" : "loose", GB_AT(use), use->node,
                                          GB_ARGS(gb_term_name(terms, term)->words, gb_term_name(terms, other)->words));
    gb_also(c, f, GB_AT(back), gb_term_name(terms, term)->words);
}

static void
check_circles(struct gb_check *c)
{
    const struct gb_terms *terms = c->facts->vocabulary;
    const struct gb_term *last = NULL, *last_own = NULL;

    GB_EACH(const struct gb_term_use, use, terms->uses, terms->n_uses) {
        if (!(use->flags & GB_USE_IN_ENTRY))
            continue;
        const struct gb_node *entry = gb_node_inside(use->node, GB_NODE_TERM);
        if (!entry)
            continue;
        if (!last || last->node != entry)
            last = gb_term_of_node(c->facts, entry);
        if (!last || !is_in_definition(last, use))
            continue;
        if (use->flags & GB_USE_OWN) {
            if (last != last_own && use->designation == last->first)
                judge_own_use(c, last, use);
            last_own = use->designation == last->first ? last : last_own;
        } else {
            judge_other_use(c, last, use);
        }
    }
}

/* ---- TRM-021, TRM-022: what need not be defined ---- */

static const struct gb_term *
entry_of_words(const struct gb_facts *facts, struct gb_str words)
{
    enum gb_designation_status status;
    uint32_t which = gb_term_called(facts, words, &status);

    return which != GB_NO_TERM && facts->vocabulary->items[which].kind == GB_TERM_ENTRY &&
                   status == GB_DESIGNATION_PREFERRED
               ? &facts->vocabulary->items[which]
               : NULL;
}

/* The sum of two other terms of the draft. */
static void
check_combined_term(struct gb_check *c, const struct gb_node *node)
{
    struct gb_str words = node->title.str;

    for (size_t at = 2 * GB_HAN; words.len <= 20 * GB_HAN && at + 2 * GB_HAN <= words.len; at += GB_HAN) {
        if (gb_utf8_is_inside(words.ptr[at]))
            return;
        const struct gb_term *first = entry_of_words(c->facts, gb_str_sub(words, 0, at)),
                             *second = first ? entry_of_words(c->facts, gb_str_skip(words, at)) : NULL;
        if (!second)
            continue;
        struct gb_finding *f = gb_report(c, gb_at_text(&node->title), node,
                                         GB_ARGS(words, first->node->title.str, second->node->title.str));
        gb_also(c, f, gb_at_text(&first->node->title), first->node->title.str);
        gb_also(c, f, gb_at_text(&second->node->title), second->node->title.str);
        return;
    }
}

/* A word of everyday use, in a document whose title does not hold it, without a source that defines it. */
static void
check_common_term(struct gb_check *c, const struct gb_node *node)
{
    const struct gb_term *term = defined_term(c, node);

    if (term && !term->source && !term->domain.len && !gb_str_is(c->facts->function, "术语") &&
        !gb_str_has(c->doc->root->title.str, node->title.str) && gb_param_is(c, "words", node->title.str))
        gb_report(c, gb_at_text(&node->title), node, GB_ARGS(node->title.str));
}

const struct gb_check_def gb_definition_checks[] = {
    {.name = "definition-head",
     .run = check_definition_head,
     .on = GB_ON(TERM),
     .cases = "term",
     .params = "copulas:words copulas-behind:words exempt:words"},
    {.name = "definition-modals",
     .run = check_definition_modals,
     .on = GB_ON(TERM),
     .cases = "permission",
     .params = "names:words"},
    {.name = "definition-sentences", .run = check_definition_sentences, .on = GB_ON(TERM)},
    {.name = "definition-circles", .whole = check_circles, .cases = "pair loose"},
    {.name = "combined-terms", .run = check_combined_term, .on = GB_ON(TERM)},
    {.name = "common-terms", .run = check_common_term, .on = GB_ON(TERM), .params = "words:words"},
    {0},
};
