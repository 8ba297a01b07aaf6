/*
 * Numbers of term entries in brackets behind a term: TRM-019. Source: GB/T 1.1—2020, 8.7.3.3; 2009, 6.3.2.
 */
#include "check/terms/terms_priv.h"
#include "doc/joined.h"

/* The designation with which the text ends, the longest. */
static const struct gb_term *
term_before(const struct gb_facts *facts, struct gb_str before)
{
    enum { LONGEST = 24 };
    const struct gb_term *best = NULL;
    size_t at = before.len;

    for (unsigned n = 0; at > 0 && n < LONGEST; n++) {
        enum gb_designation_status status;
        gb_utf8_before(before, at, &at);
        uint32_t which = gb_term_called(facts, gb_str_skip(before, at), &status);
        if (which != GB_NO_TERM && facts->vocabulary->items[which].kind == GB_TERM_ENTRY)
            best = &facts->vocabulary->items[which];
    }
    return best;
}

static bool
ends_with_term(const struct gb_facts *facts, const struct gb_term *term, struct gb_str before)
{
    return GB_ANY(for (uint32_t i = 0; i < term->n; i++),
                  gb_str_ends(before, facts->vocabulary->designations[term->first + i].words));
}

/* Would the entry have the number, were its chapter's numbers in order? Then TRM-005 tells what is wrong, at the entry. */
static bool
is_due(const struct gb_node *entry, const struct gb_number *num)
{
    unsigned place = 1;

    for (const struct gb_node *n = entry->prev; n; n = n->prev)
        place += n->kind == GB_NODE_TERM;
    return num->n > 0 && num->part[num->n - 1] == place && entry->num.n == num->n &&
           entry->num.part[num->n - 1] != place;
}

/* 标准体系（3.2）: the brackets hold the number alone, and 3.2 is the entry of these words. */
static void
judge_entry_mention(struct gb_check *c, const struct gb_mention *mention)
{
    const struct gb_facts *facts = c->facts;
    struct gb_str s = mention->text->str;
    size_t open;

    if (mention->begin == 0 || mention->end >= s.len ||
        gb_char_narrow(gb_utf8_before(s, mention->begin, &open)) != '(' ||
        gb_char_narrow(gb_char_at(s, mention->end)) != ')')
        return;
    const struct gb_term *target = gb_term_of_node(facts, mention->target);
    struct gb_text words = gb_text_slice(mention->text, 0, open);
    struct gb_joined joined = {0};
    gb_join(&words, &joined);
    struct gb_str before = gb_str_trim(joined.str);
    const struct gb_term *named = target && !ends_with_term(facts, target, before) ? term_before(facts, before) : NULL;
    if (named && named != target && !is_due(named->node, &mention->num)) {
        struct gb_at at = gb_at_part(mention->text, mention->num_begin, mention->num_end);
        struct gb_finding *f = gb_report(c, at, mention->node,
                                         GB_ARGS(gb_mention_words(mention), mention->target->title.str,
                                                 named->node->title.str, named->node->number.str));
        gb_also(c, f, gb_at_text(&named->node->title), named->node->number.str);
        if (!(named->node->flags & GB_NODE_GIVEN))
            gb_fix(c, f, at.span, named->node->number.str);
    }
    gb_joined_release(&joined);
}

/* 3.8 at `at`, with a closing bracket behind it; false: something else. */
static bool
number_in_bracket(struct gb_str s, size_t at, struct gb_number *out, size_t *out_end)
{
    *out = (struct gb_number){.n = 0};
    while (at < s.len && out->n < GB_MAX_COMPONENTS) {
        size_t begin = at, next;
        out->part[out->n++] = (uint16_t)gb_take_digits(s, &at, 4);
        if (at == begin || at >= s.len)
            return false;
        *out_end = at;
        if (gb_char_narrow(gb_utf8_at(s, at, &next)) == ')')
            return out->n > 1;
        if (s.ptr[at++] != '.')
            return false;
    }
    return false;
}

/* 旧书（3.8）, where the entries end with 3.4: a number that nothing has is no mention of anything. `opening`: the bracket with the chapter of terms, （3. */
static void
judge_missing_entry(struct gb_check *c, const struct gb_node *para, struct gb_str bracket, struct gb_str opening)
{
    struct gb_str s = para->text.str;
    size_t open = bracket.len;

    for (size_t at = 0, end; (at = gb_str_find(s, opening, at)) != GB_NOT_FOUND; at += open) {
        struct gb_number num;
        if (!number_in_bracket(s, at + open, &num, &end) || gb_find_part(c->facts, GB_MENTION_CLAUSE, &num))
            continue;
        const struct gb_term *named = term_before(c->facts, gb_str_trim(gb_str_sub(s, 0, at)));
        if (!named || !named->node->number.str.len || num.n != named->node->num.n ||
            num.part[0] != named->node->num.part[0] || is_due(named->node, &num))
            continue;
        struct gb_at place = gb_at_part(&para->text, at + open, end);
        struct gb_finding *f = gb_report_case(c, "missing", place, para,
                                              GB_ARGS(gb_str_sub(s, at + open, end), GB_STR(""), named->node->title.str,
                                                      named->node->number.str));
        if (!(named->node->flags & GB_NODE_GIVEN))
            gb_fix(c, f, place.span, named->node->number.str);
    }
}

static void
check_missing_entries(struct gb_check *c)
{
    GB_WORDS(brackets, "（", "(");
    static const enum gb_node_kind kinds[] = {GB_NODE_PARA, GB_NODE_ITEM, GB_NODE_NOTE};
    const struct gb_number *first = &c->facts->of_kind[GB_NODE_TERM].items[0]->num;

    for (size_t i = 0; i < GB_COUNT(brackets) && first->n; i++) {
        struct gb_str opening = gb_arena_printf(c->arena, "%.*s%u.", GB_FMT(brackets[i]), (unsigned)first->part[0]);
        for (size_t k = 0; k < GB_COUNT(kinds); k++) {
            GB_EACH_NODE(node, &c->facts->of_kind[kinds[k]])
                judge_missing_entry(c, node, brackets[i], opening);
        }
    }
}

static void
check_entry_mentions(struct gb_check *c)
{
    const struct gb_facts *facts = c->facts;

    if (!facts->of_kind[GB_NODE_TERM].n)
        return;
    GB_EACH(const struct gb_mention, mention, facts->mentions, facts->n_mentions) {
        /* A number in brackets behind a word that is no title of its target counts as doubtful. */
        if (mention->kind == GB_MENTION_CLAUSE && mention->target && mention->target->kind == GB_NODE_TERM &&
            !(mention->flags & (GB_MENTION_EXTERNAL | GB_MENTION_IMPLIED)))
            judge_entry_mention(c, mention);
    }
    check_missing_entries(c);
}

const struct gb_check_def gb_entry_mention_checks[] = {
    {.name = "entry-mentions", .whole = check_entry_mentions, .cases = "missing"},
    {0},
};
