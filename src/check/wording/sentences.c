/* Single sentences: too long, without subject, of several types, or promising a list that does not come: WRD-023, WRD-030 to WRD-032. */
#include "check/wording/clause_types_priv.h"

#include "check/clause_priv.h"
#include "check/wording/wording_priv.h"

/* ---- WRD-023 ---- */

/* Elements whose sentences the standard fixes, or that hold lists of bodies and documents. */
static bool
is_judged(const struct gb_node *top)
{
    return GB_AMONG(top->kind, GB_NODE_INTRO, GB_NODE_ANNEX) ||
           (top->kind == GB_NODE_CLAUSE && GB_AMONG(top->role, GB_ROLE_NONE, GB_ROLE_SCOPE, GB_ROLE_TERMS));
}

/* Running text. */
static bool
is_running(const struct gb_node *node)
{
    return GB_AMONG(node->kind, GB_NODE_PARA, GB_NODE_ITEM, GB_NODE_NOTE) && node->encoding != GB_ENCODING_LOST &&
           !gb_node_is_quotation(node);
}

static bool
is_part_mark(uint32_t c)
{
    return c == 0xFF1B || c == 0xFF1A || c == ';' || c == ':';
}

/* More names than one for each dozen of characters. */
static bool
is_enumeration(struct gb_str part)
{
    const struct gb_str mark = GB_STR("、");

    return GB_HOW_MANY(GB_EACH_FOUND(at, part, mark, 0), true) * 12 * GB_HAN > part.len;
}

/* Words, and not a sample of data or code, or a formula, with a few words between. */
static bool
is_in_words(struct gb_str part)
{
    return 2 * GB_HOW_MANY(GB_ITEMS(byte, part.ptr, part.len), (unsigned char)*byte >= 0x80) >= part.len;
}

/* What has neither a comma nor a predicate nor an end is a formula, a row of a table that was lost, a list of names. */
static bool
is_told(const struct gb_sentence *s, struct gb_str part)
{
    return is_in_words(part) && (s->n_modals > 0 || GB_HAS_ONE_OF(part, "，", ",") ||
                                 (gb_str_ends(part, GB_STR("。")) && !is_enumeration(part)));
}

/* Without the titles of works: nobody can shorten them. */
static size_t
own_length(struct gb_str part)
{
    const struct gb_str opens = GB_STR("《"), closes = GB_STR("》");
    size_t n = gb_str_han_length(part), end;

    for (size_t at = 0; (at = gb_str_find(part, opens, at)) != GB_NOT_FOUND; at = end) {
        end = gb_str_find(part, closes, at);
        if (end == GB_NOT_FOUND)
            break;
        n -= gb_str_han_length(gb_str_sub(part, at, end));
    }
    return n;
}

static void
judge_length(struct gb_check *c, const struct gb_sentence *s, size_t begin, size_t end)
{
    double limit = gb_param_number(c, "limit"), most = gb_param_number(c, "most");
    struct gb_str part = gb_str_sub(s->text->str, begin, end);
    size_t n;

    if ((double)part.len < limit * GB_HAN || !is_told(s, part) || (double)(n = own_length(part)) <= limit)
        return;
    gb_report_case(c, (double)n > most ? NULL : "long", gb_at_part(s->text, begin, end), s->node,
                   GB_ARGS(gb_count_text(c, n)));
}

/* Source: GB/T 1.1—2020, 5.4.3; 2009, 4.4. What stands between ；and ： counts alone. */
static void
check_length(struct gb_check *c)
{
    const struct gb_facts *facts = c->facts;
    size_t least = (size_t)gb_param_number(c, "limit") * GB_HAN;

    for (const struct gb_node *top = c->doc->root->first; top; top = top->next) {
        uint32_t stop = top->next ? top->next->id : facts->n_nodes;
        if (!is_judged(top))
            continue;
        for (uint32_t i = facts->first_sentence[top->id]; i < facts->first_sentence[stop]; i++) {
            const struct gb_sentence *s = &facts->sentences[i];
            if (s->end - s->begin < least || s->flags & GB_SENTENCE_PARTIES || !is_running(s->node) ||
                gb_str_has(s->text->str, GB_STR("::="))) /* ASN.1, of which no fence tells */
                continue;
            size_t begin = s->begin;
            for (size_t at = s->begin; at < s->end;) {
                if (is_part_mark(gb_utf8_at(s->text->str, at, &at))) {
                    judge_length(c, s, begin, at);
                    begin = at;
                }
            }
            judge_length(c, s, begin, s->end);
        }
    }
}

/* ---- WRD-030 ---- */

/* The modal with which the text of the clause begins; NULL. */
static const struct gb_modal *
first_word_modal(const struct gb_facts *facts, const struct gb_node *text, const struct gb_sentence **out_sentence)
{
    uint32_t n;
    const struct gb_sentence *s = gb_sentences_of(facts, text, &n);

    if (n == 0 || s->n_modals == 0)
        return NULL;
    const struct gb_modal *m = &facts->modals[s->modals];
    *out_sentence = s;
    return m->begin == s->begin && m->type != GB_TYPE_INSTRUCTION && m->type != GB_TYPE_STATEMENT ? m : NULL;
}

/*
 * Who has to do it? The title of a clause is its subject; a clause without title names it itself. Source: GB/T 1.1—2020, 3.3.2 and
 * 9.1; 2009, 7.1.2. One summary for a draft.
 */
static void
check_subjects(struct gb_check *c)
{
    struct gb_finding *f = NULL;
    const struct gb_sentence *s = NULL;

    GB_EACH_NODE(node, &c->facts->of_kind[GB_NODE_CLAUSE]) {
        const struct gb_node *clause = node, *text;
        if (gb_node_is_titled(clause) || !(text = gb_clause_text(clause)))
            continue;
        const struct gb_modal *m = first_word_modal(c->facts, text, &s);
        /* 只准许复核通过的申请进入支付阶段: the typical form of GB/T 20001.6—2017, 6.4.2 */
        if (!m || gb_str_is(m->word, "只准许") || !gb_holds_provisions(c, text))
            continue;
        struct gb_at at = gb_at_part(s->text, m->begin, m->end);
        if (f)
            gb_also(c, f, at, clause->number.str);
        else
            f = gb_report(c, at, clause, GB_ARGS(m->word, clause->number.str));
    }
}

/* ---- WRD-031 ---- */

/* The next thing behind a paragraph that a reader sees. */
static const struct gb_node *
thing_behind(const struct gb_node *node)
{
    GB_FIND_NEXT(next, node->next, next->next, !GB_AMONG(next->kind, GB_NODE_COMMENT, GB_NODE_FOOTNOTE, GB_NODE_NOTE));
    return next;
}

/* 如下：, 包括下列内容：: words that promise something below. */
static bool
promises(struct gb_check *c, struct gb_str sentence)
{
    const struct gb_str *words, *last;
    size_t n = gb_param_words(c, "inside", &words), n_last = gb_param_words(c, "last", &last);
    struct gb_str s = gb_str_sub(sentence, 0, sentence.len - (gb_str_ends(sentence, GB_STR("：")) ? GB_HAN : 1));

    return gb_str_ends_any(s, last, n_last) || gb_str_has_any(gb_last_clause(s), words, n);
}

/* 分为以下3类 */
static bool
promises_several(struct gb_str lead)
{
    GB_WORDS(words, "以下", "下列", "如下");

    for (size_t i = 0; i < GB_COUNT(words); i++) {
        size_t at = gb_str_find(lead, words[i], 0), behind = at + words[i].len;
        if (at != GB_NOT_FOUND && gb_take_numeral(lead, &behind) > 1)
            return true;
    }
    return false;
}

/*
 * 附件包括：, and then a sentence about something else: neither a list that lost its markers, which would be several paragraphs or parts
 * of one, nor the one thing that 要求如下： promises.
 */
static bool
breaks_off(struct gb_check *c, struct gb_str lead, const struct gb_node *next)
{
    uint32_t n;

    if (next->kind != GB_NODE_PARA || thing_behind(next) || !gb_str_ends(next->text.str, GB_STR("。")) ||
        gb_str_has(next->text.str, GB_STR("；")) ||
        !(GB_ENDS_WITH(lead, "包括", "包含", "如下", "分为") || promises_several(lead)) ||
        gb_param_has(c, "sentences", lead))
        return false;
    const struct gb_sentence *s = gb_sentences_of(c->facts, next, &n);
    return n && s->n_modals && (s->type == GB_TYPE_REQUIREMENT || s->type == GB_TYPE_RECOMMENDATION) &&
           c->facts->modals[s->modals].begin > s->begin + 2 * GB_HAN;
}

/* Bytes of the colon at the end; 0: there is none. */
static size_t
final_colon(struct gb_str s)
{
    return gb_str_ends(s, GB_STR("：")) ? GB_HAN : gb_str_ends(s, GB_STR(":")) ? 1 : 0;
}

/* Does nothing stand behind the paragraph that it may lead in, or a sentence about something else? */
static bool
leads_nowhere(struct gb_check *c, const struct gb_node *para)
{
    struct gb_str s = para->text.str;
    const struct gb_node *next = thing_behind(para);

    return (!next || breaks_off(c, gb_last_clause(gb_str_sub(s, 0, s.len - final_colon(s))), next)) &&
           para->encoding != GB_ENCODING_LOST && para->encoding != GB_ENCODING_QUOTE &&
           (para->parent->kind == GB_NODE_CLAUSE || para->parent->kind == GB_NODE_ANNEX);
}

/* The last item of a list behind which nothing stands. */
static bool
ends_list(const struct gb_node *item)
{
    const struct gb_node *list = item->parent, *outer = list->parent;

    return !item->first && !thing_behind(item) && !thing_behind(list) &&
           (outer->kind == GB_NODE_CLAUSE || outer->kind == GB_NODE_ANNEX);
}

static void
judge_promise(struct gb_check *c, const struct gb_node *node)
{
    struct gb_str s = node->text.str;
    uint32_t n;
    const struct gb_sentence *all = gb_sentences_of(c->facts, node, &n);

    if (!n || !promises(c, gb_str_sub(s, all[n - 1].begin, all[n - 1].end)))
        return;
    struct gb_str clause = gb_last_clause(gb_str_sub(s, all[n - 1].begin, s.len - final_colon(s)));
    gb_report(c, gb_at_part(&node->text, (size_t)(clause.ptr - s.ptr), all[n - 1].end), node, GB_ARGS(clause));
}

/*
 * A lead-in with nothing behind it. Source: GB/T 1.1—2020, 7.5.1; 2009, 5.2.6. A paragraph behind it may be the list, whose markers a
 * conversion lost; subclauses may be what it promises.
 */
static void
check_promises(struct gb_check *c)
{
    GB_EACH_NODE(para, &c->facts->of_kind[GB_NODE_PARA]) {
        if (final_colon(para->text.str) && leads_nowhere(c, para))
            judge_promise(c, para);
    }
    GB_EACH_NODE(item, &c->facts->of_kind[GB_NODE_ITEM]) {
        if (final_colon(item->text.str) && ends_list(item))
            judge_promise(c, item);
    }
}

/* ---- WRD-032 ---- */

/* The second of two modals of different types in coordinated predicates; exceptions (但…可…) and conditions are clear. */
static const struct gb_modal *
mixed_modal(struct gb_check *c, const struct gb_sentence *s)
{
    GB_WORDS(openers, "但", "除", "如", "若"); /* not 清除, 例如 */
    const struct gb_modal *first = &c->facts->modals[s->modals];

    for (uint32_t i = 1; i < s->n_modals; i++) {
        const struct gb_modal *m = first + i;
        if (m->type == first->type || m->type == GB_TYPE_STATEMENT || first->type == GB_TYPE_STATEMENT)
            continue;
        struct gb_str before = gb_words_before(c, s, m->begin);
        if (!GB_STARTS_ANY(before, openers) && !gb_param_has(c, "exceptions", before))
            return m;
    }
    return NULL;
}

/* Source: GB/T 1.1—2020, 9.1; 2009, 7.1.1. */
static void
check_mixture(struct gb_check *c)
{
    const struct gb_provisions *all = gb_provisions_of(c);
    double limit = gb_param_number(c, "limit");

    for (size_t i = 0; i < all->n; i++) {
        const struct gb_sentence *s = all->items[i].sentence;
        if (s->n_modals < 2 || (double)(s->end - s->begin) <= limit * GB_HAN)
            continue;
        const struct gb_modal *m = mixed_modal(c, s);
        if (m && (double)gb_str_han_length(GB_WORDS_OF(s)) > limit)
            gb_report(c, gb_at_part(s->text, m->begin, m->end), s->node,
                      GB_ARGS(c->facts->modals[s->modals].word, m->word));
    }
}

const struct gb_check_def gb_sentence_checks[] = {
    {.name = "sentence-length", .whole = check_length, .cases = "long", .params = "limit:number most:number"},
    {.name = "subject", .whole = check_subjects},
    {.name = "promise", .whole = check_promises, .params = "inside:words last:words sentences:words"},
    {.name = "mixed-types", .whole = check_mixture, .params = "limit:number exceptions:words"},
    {0},
};
