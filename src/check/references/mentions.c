/*
 * How parts of the draft are mentioned: XRF-002, XRF-005 to XRF-009, XRF-011, XRF-012. Whether they exist is judged in targets.c, pages
 * and 上文, 下表 (XRF-003, XRF-004) are searched for by their words.
 */
#include "check/clause_priv.h"
#include "check/structure/elements_priv.h"
#include "check/references/mentions_priv.h"

struct gb_str
gb_mention_name(struct gb_arena *arena, const struct gb_mention *mention)
{
    struct gb_str words = gb_mention_words(mention);
    struct gb_buf name = {0};

    for (size_t at = 0, next; at < words.len; at = next) {
        uint32_t c = gb_utf8_at(words, at, &next);
        /* A blank stands before a marker only: 5.2 b）. */
        bool is_kept = !gb_char_is_space(c) ||
                       (mention->item_end > mention->item_begin && mention->begin + next == mention->item_begin);
        if (is_kept)
            gb_buf_add(&name, c == '\n' ? GB_STR(" ") : gb_str_sub(words, at, next));
    }
    return gb_buf_take(&name, arena);
}

/* ---- What a mention is written with ---- */

static struct gb_str
number_of(const struct gb_mention *mention)
{
    return gb_str_sub(mention->text->str, mention->num_begin, mention->num_end);
}

/* Words before the number: 第, 附录; between it and the marker: 中第; behind: 条, 项. */
static struct gb_str
words_before(const struct gb_mention *mention)
{
    return gb_str_sub(mention->text->str, mention->begin, mention->num_begin);
}

static struct gb_str
words_behind(const struct gb_mention *mention)
{
    return gb_str_sub(mention->text->str, mention->num_end, mention->end);
}

static bool
is_blank(struct gb_str s)
{
    return gb_str_skip_space(s, 0) == s.len;
}

/* The mention before it in the same text; NULL. */
static const struct gb_mention *
mention_before(const struct gb_facts *facts, const struct gb_mention *mention)
{
    for (size_t i = (size_t)(mention - facts->mentions); i-- > 0 && facts->mentions[i].text == mention->text;) {
        if (!(facts->mentions[i].flags & GB_MENTION_IMPLIED))
            return &facts->mentions[i];
    }
    return NULL;
}

/* 第5章的5.2, 附录B图B.1: only 的, 中 or blanks between them. */
static bool
is_inside(const struct gb_mention *outer, const struct gb_mention *inner, bool *out_is_direct)
{
    struct gb_str between = gb_str_trim(gb_str_sub(inner->text->str, outer->end, inner->begin));

    *out_is_direct = is_blank(between);
    return *out_is_direct || GB_IS_ONE_OF(between, "中", "的", "中的");
}

static void
report_and_fix(struct gb_check *c, const char *which, const struct gb_mention *mention, uint32_t begin, uint32_t end,
               struct gb_str right)
{
    struct gb_finding *finding = gb_report_case(c, which, gb_at_part(mention->text, begin, end), mention->node,
                                                GB_ARGS(gb_str_sub(mention->text->str, begin, end), right));

    gb_fix(c, finding, gb_text_span(mention->text, begin, end, NULL), right);
}

/* ---- XRF-002 ---- */

/* 附件A, where the annex itself is called 附录A: elsewhere ANX-001 says so. */
static bool
is_attachment(const struct gb_mention *mention)
{
    return mention->kind == GB_MENTION_ANNEX && mention->target && !(mention->target->flags & GB_NODE_GIVEN) &&
           gb_str_starts(gb_mention_words(mention), GB_STR("附件"));
}

/*
 * Clauses are mentioned by the number alone: no 第5.2条, 5.2节, 第5章的5.2, 附录A.1; annexes as 附录A. Source: GB/T 1.1—2020, 9.5.3.
 */
static void
check_form(struct gb_check *c, const struct gb_mention *mention)
{
    if (is_attachment(mention)) {
        report_and_fix(c, NULL, mention, mention->begin, mention->end,
                       gb_arena_printf(c->arena, "附录%.*s", GB_FMT(number_of(mention))));
        return;
    }

    const struct gb_mention *outer = mention_before(c->facts, mention);
    bool is_direct, is_nested = mention->kind == GB_MENTION_CLAUSE && outer && outer->kind == GB_MENTION_CHAPTER &&
                                gb_mention_is_sure(outer) && outer->num.part[0] == mention->num.part[0] &&
                                !mention->num.letter && is_inside(outer, mention, &is_direct);
    bool has_words = mention->kind == GB_MENTION_CLAUSE &&
                     (!is_blank(words_before(mention)) || !is_blank(words_behind(mention))) &&
                     !gb_str_is(gb_str_trim(words_behind(mention)), "章");

    if (is_nested || has_words)
        report_and_fix(c, NULL, mention, is_nested ? outer->begin : mention->begin, mention->end, number_of(mention));
}

/* ---- XRF-005 ---- */

/*
 * 2020: 见 for what is only to be looked up, no 参见, 参阅, 参照. 2009: 参见 for informative, 见 for normative annexes.
 * Source: GB/T 1.1—2020, 9.5.5.2; GB/T 1.1—2009, 8.1.2.2.
 */
static void
check_verb(struct gb_check *c, const struct gb_mention *mention)
{
    bool is_2009 = c->facts->edition == GB_EDITION_2009;
    struct gb_at at = gb_at_part(mention->text, mention->verb_begin, mention->verb_end);
    struct gb_str verb = gb_str_sub(mention->text->str, mention->verb_begin, mention->verb_end);
    struct gb_str name = gb_mention_name(c->arena, mention);

    if (mention->flags & GB_MENTION_JOINED || mention->verb_begin == mention->verb_end)
        return;
    /* ……的我国文件见附录NA: the fixed words of GB/T 20000.2, which say 见. */
    if (mention->num.letter >= 'a' && gb_node_inside(mention->node, GB_NODE_FOREWORD))
        return;
    if (is_2009) {
        const struct gb_node *annex = mention->kind == GB_MENTION_ANNEX && mention->target
                                          ? gb_node_inside(mention->target, GB_NODE_ANNEX)
                                          : NULL;
        if (annex && annex->nature == GB_NATURE_INFORMATIVE && mention->verb == GB_VERB_SEE && gb_str_is(verb, "见"))
            gb_report_case(c, "informative", at, mention->node, GB_ARGS(verb, name));
        else if (annex && annex->nature == GB_NATURE_NORMATIVE && mention->verb == GB_VERB_SEE_ALSO)
            gb_report_case(c, "normative", at, mention->node, GB_ARGS(verb, name));
        return;
    }
    if (mention->verb == GB_VERB_SEE_ALSO && !gb_str_is(verb, "参考")) {
        struct gb_finding *finding = gb_report(c, at, mention->node, GB_ARGS(verb, name));
        gb_fix(c, finding, gb_text_span(mention->text, mention->verb_begin, mention->verb_end, NULL), GB_STR("见"));
    } else if (mention->verb == GB_VERB_CONSULT) {
        gb_report_case(c, "consult", at, mention->node, GB_ARGS(verb, name));
    }
}

/* ---- XRF-006 ---- */

/*
 * The number of a figure, table or formula holds the letter of its annex. Source: GB/T 1.1—2020, 9.5.3.
 */
static void
check_path(struct gb_check *c, const struct gb_mention *mention)
{
    const struct gb_mention *outer = mention_before(c->facts, mention);
    bool is_object = GB_AMONG(mention->kind, GB_MENTION_FIGURE, GB_MENTION_TABLE, GB_MENTION_FORMULA);
    bool is_direct;

    if (!is_object || !outer || outer->kind != GB_MENTION_ANNEX || !gb_mention_is_sure(outer) ||
        outer->num.letter != mention->num.letter || outer->flags & GB_MENTION_JOINED ||
        !is_inside(outer, mention, &is_direct))
        return;
    struct gb_str written = gb_str_sub(mention->text->str, outer->begin, mention->end);
    struct gb_finding *finding =
        gb_report_case(c, is_direct ? NULL : "pointed", gb_at_part(mention->text, outer->begin, mention->end),
                       mention->node, GB_ARGS(written, gb_mention_name(c->arena, mention)));
    gb_fix(c, finding, gb_text_span(mention->text, outer->begin, mention->begin, NULL), GB_STR(""));
}

/* ---- XRF-007 ---- */

/*
 * List items are mentioned by clause number and marker: 6.3.2 b）. Source: GB/T 1.1—2020, 9.5.3.
 */
static void
check_item(struct gb_check *c, const struct gb_mention *mention)
{
    if (mention->kind != GB_MENTION_ITEM || mention->item[0] < 'a')
        return;
    struct gb_arena *arena = c->arena;
    struct gb_str marker = gb_str_sub(mention->text->str, mention->item_begin, mention->item_end);
    if (marker.len == 1) /* 第b项 */
        marker = gb_arena_printf(arena, "%.*s）", GB_FMT(marker));
    if (mention->num_end == mention->num_begin) { /* 第b）项, 第b）项和第c）项: of which clause? */
        if (mention->end > mention->item_end && !mention->num.n) {
            const struct gb_node *clause = gb_node_clause(mention->node);
            struct gb_str right =
                gb_arena_printf(arena, "%.*s %.*s", GB_FMT(clause ? clause->number.str : GB_STR("")), GB_FMT(marker));
            if (clause && clause->number.str.len)
                gb_report_case(c, "own", gb_mention_at(mention), mention->node,
                               GB_ARGS(gb_mention_words(mention), right));
        }
        return;
    }
    if (is_blank(gb_str_sub(mention->text->str, mention->num_end, mention->item_begin)) &&
        mention->end == mention->item_end && is_blank(words_before(mention)))
        return;
    report_and_fix(c, NULL, mention, mention->begin, mention->end,
                   gb_arena_printf(arena, "%.*s %.*s", GB_FMT(number_of(mention)), GB_FMT(marker)));
}

/* ---- XRF-008 ---- */

/*
 * Ranges of clauses are written with ～ or 至. Source: GB/T 1.1—2020, 9.5.3; GB/T 15835—2011.
 */
static void
check_range(struct gb_check *c, const struct gb_mention *mention)
{
    const struct gb_mention *first = mention_before(c->facts, mention);
    bool is_clause = mention->kind == GB_MENTION_CLAUSE || mention->kind == GB_MENTION_CHAPTER;

    if (!(mention->flags & GB_MENTION_RANGE_LAST) || !is_clause || !first)
        return;
    struct gb_str between = gb_str_trim(gb_str_sub(mention->text->str, first->end, mention->begin));
    if (GB_IS_ONE_OF(between, "～", "至", "到"))
        return;
    struct gb_finding *finding = gb_report(c, gb_at_part(mention->text, first->begin, mention->end), mention->node,
                                           GB_ARGS(gb_str_sub(mention->text->str, first->begin, mention->end),
                                                   gb_mention_words(first), gb_mention_words(mention)));
    gb_fix(c, finding, gb_text_span(mention->text, first->end, mention->begin, NULL), GB_STR("～"));
}

/* ---- XRF-009 ---- */

/*
 * A clause does not send its reader to itself, or to the whole that it is a part of. Source: GB/T 1.1—2020, 9.5.3.
 */
static void
check_self(struct gb_check *c, const struct gb_mention *mention)
{
    bool is_clause = mention->kind == GB_MENTION_CLAUSE || mention->kind == GB_MENTION_CHAPTER;

    if (!is_clause || !mention->target || mention->flags & (GB_MENTION_IN_TITLE | GB_MENTION_NEGATED))
        return;
    for (const struct gb_node *n = gb_node_clause(mention->node); n; n = n->parent) {
        if (n != mention->target)
            continue;
        gb_report(c, gb_mention_at(mention), mention->node, GB_ARGS(gb_mention_name(c->arena, mention)));
        return;
    }
}

/* ---- XRF-011 ---- */

/*
 * Chapters are mentioned with 第 and 章, clauses without. Source: GB/T 1.1—2020, 9.5.3.
 */
static void
check_chapter(struct gb_check *c, const struct gb_mention *mention)
{
    if (mention->kind == GB_MENTION_CLAUSE && gb_str_is(gb_str_trim(words_behind(mention)), "章")) {
        report_and_fix(c, "clause", mention, mention->begin, mention->end, number_of(mention));
        return;
    }
    if (mention->kind != GB_MENTION_CHAPTER || !is_blank(words_before(mention)))
        return;
    /* 第4、5章 and 第4～6章 have the words once for both. */
    const struct gb_mention *first = mention_before(c->facts, mention);
    if (mention->flags & GB_MENTION_JOINED &&
        !(first && (first->kind != GB_MENTION_CHAPTER || gb_str_is(gb_str_trim(words_behind(first)), "章"))))
        return;
    report_and_fix(c, NULL, mention, mention->begin, mention->end,
                   gb_arena_printf(c->arena, "第%.*s章", GB_FMT(number_of(mention))));
}

/* ---- XRF-012 ---- */

/* Is one of the sentences of the clause (not too many are looked at) a requirement? */
static bool
has_requirement(const struct gb_facts *facts, const struct gb_node *clause)
{
    enum { MOST = 64 };
    uint32_t end = clause->next ? facts->first_sentence[clause->next->id] : facts->n_sentences;

    return GB_ANY(for (uint32_t i = facts->first_sentence[clause->id], n = 0; i < end && n < MOST; i++, n++),
                  facts->sentences[i].type == GB_TYPE_REQUIREMENT);
}

/*
 * A clause that has to be followed is mentioned by a requirement or an instruction, not by 见 alone. Source:
 * GB/T 1.1—2020, 9.5.5.1.
 */
static void
check_prompt(struct gb_check *c, const struct gb_mention *mention)
{
    bool is_clause = mention->kind == GB_MENTION_CLAUSE || mention->kind == GB_MENTION_CHAPTER;

    if (!is_clause || mention->verb != GB_VERB_SEE ||
        mention->flags & (GB_MENTION_BRACKETED | GB_MENTION_JOINED | GB_MENTION_IN_CELL) ||
        mention->sentence == GB_NO_SENTENCE || !mention->target || gb_zone_of(mention->node) != GB_ZONE_BODY ||
        (mention->node->kind != GB_NODE_PARA && mention->node->kind != GB_NODE_ITEM))
        return;
    const struct gb_sentence *sentence = &c->facts->sentences[mention->sentence];
    struct gb_str behind = gb_str_trim(gb_str_sub(mention->text->str, mention->end, sentence->end));
    bool ends = behind.len == 0 || GB_IS_ONE_OF(behind, "。", "；");
    if (sentence->type == GB_TYPE_STATEMENT && ends && has_requirement(c->facts, mention->target))
        gb_report(c, gb_at_part(mention->text, mention->verb_begin, mention->end), mention->node,
                  GB_ARGS(gb_mention_name(c->arena, mention)));
}

/* ---- All of them ---- */

typedef void mention_check(struct gb_check *c, const struct gb_mention *mention);

static void
check_each(struct gb_check *c, mention_check *check)
{
    GB_EACH(const struct gb_mention, mention, c->facts->mentions, c->facts->n_mentions) {
        if (gb_mention_is_sure(mention))
            check(c, mention);
    }
}

static const struct gb_node *
find_number(const struct gb_nodes *nodes, struct gb_str number)
{
    enum { SEARCHED = 500 };

    GB_FIND(node, nodes->items, nodes->n < SEARCHED ? nodes->n : SEARCHED, gb_str_eq((*node)->number.str, number));
    return node ? *node : NULL;
}

/* 第1表, 附表A.1, where there is a table of that number: groups are the number and 表 or 图, or the other way round. */
static void
hit_object_form(struct gb_check *c, const struct gb_found *found)
{
    const struct gb_match *match = &found->match;
    bool is_ordinal = match->n_groups > 1 && match->groups[0].ptr && match->groups[0].len;

    if (!is_ordinal && match->n_groups < 4)
        return;
    struct gb_str number = is_ordinal ? match->groups[0] : match->groups[3],
                  word = is_ordinal ? match->groups[1] : match->groups[2];
    const struct gb_node *target =
        word.ptr ? find_number(&c->facts->of_kind[gb_str_is(word, "表") ? GB_NODE_TABLE : GB_NODE_FIGURE], number)
                 : NULL;
    if (!target)
        return;
    struct gb_str right = gb_arena_printf(c->arena, "%.*s%.*s", GB_FMT(word), GB_FMT(number));
    struct gb_at at = gb_at_found(found);
    struct gb_finding *f =
        gb_report(c, at, found->node, GB_ARGS(gb_str_sub(found->str, match->begin, match->end), right));
    gb_also(c, f, gb_at_number(target), gb_say(c, "所提及的图表", "what is meant"));
    gb_fix(c, f, at.span, right);
}

/* 第五章, where there is a chapter 5. */
static void
hit_han_chapter(struct gb_check *c, const struct gb_found *found)
{
    enum { SEARCHED = 200 };
    unsigned value = gb_take_han_number(found->match.groups[0], &(size_t){0});

    for (uint32_t i = 0; i < c->facts->n_chapters && i < SEARCHED && value; i++) {
        const struct gb_node *chapter = c->facts->chapters[i];
        if (chapter->num.part[0] != value || chapter->num.letter)
            continue;
        struct gb_str right = gb_arena_printf(c->arena, "第%u章", value);
        struct gb_at at = gb_at_found(found);
        gb_fix(c, gb_report(c, at, found->node, GB_ARGS(gb_found_str(found), right)), at.span, right);
        return;
    }
}

/* 见7 is doubtful, but where there is a chapter 7 it is that. */
static void
check_chapters(struct gb_check *c)
{
    enum { FOREIGN = GB_MENTION_EXTERNAL | GB_MENTION_QUOTED | GB_MENTION_IMPLIED };

    GB_EACH(const struct gb_mention, mention, c->facts->mentions, c->facts->n_mentions) {
        if (gb_mention_is_sure(mention) || (mention->kind == GB_MENTION_CHAPTER && mention->target &&
                                            !(mention->flags & FOREIGN) && mention->node->kind != GB_NODE_EXAMPLE))
            check_chapter(c, mention);
    }
}

#define RUN(name) GB_CHECK_WHOLE(run_##name, check_each(c, check_##name))

/* 6.3.1条 needs no verb before it, where there is such a clause: so many parts are no quantity. */
static void
run_form(struct gb_check *c)
{
    enum { FOREIGN = GB_MENTION_EXTERNAL | GB_MENTION_QUOTED | GB_MENTION_IMPLIED, LEAST_PARTS = 3 };

    GB_EACH(const struct gb_mention, mention, c->facts->mentions, c->facts->n_mentions) {
        bool is_plain = mention->kind == GB_MENTION_CLAUSE && mention->target && mention->num.n >= LEAST_PARTS &&
                        !(mention->flags & FOREIGN) && mention->node->kind != GB_NODE_EXAMPLE;
        if (is_plain || gb_mention_is_sure(mention))
            check_form(c, mention);
    }
}

RUN(verb)
RUN(path)
RUN(item)
RUN(range)
RUN(self)
RUN(prompt)
#undef RUN

const struct gb_check_def gb_mention_checks[] = {
    {.name = "mention-form", .hit = hit_object_form, .finish = run_form, .params = GB_SEARCH_PARAMS "words:words"},
    {.name = "mention-verb", .whole = run_verb, .cases = "informative normative consult"},
    {.name = "mention-path", .whole = run_path, .cases = "pointed"},
    {.name = "mention-item", .whole = run_item, .cases = "own"},
    {.name = "mention-range", .whole = run_range},
    {.name = "mention-self", .whole = run_self},
    {.name = "mention-chapter",
     .hit = hit_han_chapter,
     .finish = check_chapters,
     .cases = "clause",
     .params = GB_SEARCH_PARAMS "words:words"},
    {.name = "mention-prompt", .whole = run_prompt},
    {0},
};
