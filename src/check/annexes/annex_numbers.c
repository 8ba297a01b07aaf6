/* Numbers inside of annexes: clauses B.1, figures, tables and formulas 图B.1: ANX-007, ANX-008, ANX-011. */
#include "check/annexes/annex_priv.h"
#include "check/changes_priv.h"
#include "check/clause_priv.h"

#include <string.h>

/* ---- ANX-007: clauses ---- */

static const struct gb_node *
clause_behind(const struct gb_node *node, const struct gb_node *top)
{
    const struct gb_node *n = gb_node_walk(node, top);

    while (n && n->kind != GB_NODE_CLAUSE)
        n = gb_node_walk(n, top);
    return n;
}

/* A clause that bears the letter of another annex. */
static bool
is_foreign_clause(const struct gb_node *node, const struct gb_annex *annex)
{
    return node->kind == GB_NODE_CLAUSE && node->num.n > 0 && !(node->flags & GB_NODE_GIVEN) && node->number.n_runs &&
           node->num.letter && node->num.letter != annex->node->num.letter;
}

/* The letter in the number: a byte, or a full-width one of three. */
static struct gb_span
letter_span(const struct gb_node *node)
{
    size_t end = 0;

    gb_utf8_at(node->number.str, 0, &end);
    end += node->num.letter >= 'a' && end < node->number.str.len; /* NA */
    return gb_at_part(&node->number, 0, end).span;
}

static struct gb_str
letters_of(struct gb_check *c, const struct gb_node *node)
{
    struct gb_number letter = {.letter = node->num.letter};

    return gb_number_text(&letter, c->arena);
}

/* The head of a later annex is lost: its clauses stand in the one before. */
static bool
lacks_head(struct gb_check *c, const struct gb_annex *annex, const struct gb_node *clause)
{
    return clause->num.letter > annex->node->num.letter &&
           !gb_annex_of_letter(gb_annexes_of(c), clause->num.letter, false);
}

/*
 * Clauses right below the annex, and those below them, that bear the letter of another. One finding for the annex, at the first of
 * them: they come from one slip.
 */
static void
check_foreign_letters(struct gb_check *c, const struct gb_annex *annex)
{
    struct gb_finding *f = NULL;
    struct gb_str letter = annex->node->number.str;

    for (const struct gb_node *k = gb_node_walk(annex->node, annex->node); k; k = gb_node_walk(k, annex->node)) {
        if (!is_foreign_clause(k, annex))
            continue;
        if (!f) {
            struct gb_str rest = gb_str_skip(gb_number_text(&k->num, c->arena), letters_of(c, k).len);
            struct gb_str want = gb_arena_printf(c->arena, "%.*s%.*s", GB_FMT(letter), GB_FMT(rest));
            if (lacks_head(c, annex, k)) {
                gb_report_case(c, "head", gb_at_number(k), k, GB_ARGS(k->number.str, letters_of(c, k)));
                return;
            }
            f = gb_report(c, gb_at_number(k), k, GB_ARGS(k->number.str, letter, want));
        } else {
            gb_also_there(c, f, gb_at_number(k));
        }
        gb_fix(c, f, letter_span(k), letter);
    }
}

/*
 * A heading that begins with a number without letter, which the reader left a paragraph, since it fits no clause of the annex; or a
 * section whose label is such a number. The text that has the number.
 */
static const struct gb_text *
plain_number(const struct gb_node *node, struct gb_number *num, size_t *end)
{
    const struct gb_text *text = &node->text;

    if (node->kind == GB_NODE_CLAUSE && node->num.n > 0 && node->number.n_runs) {
        text = &node->number;
        *num = node->num;
        *end = text->str.len;
    } else if (node->kind != GB_NODE_PARA || node->encoding != GB_ENCODING_HEADING ||
               !gb_number_at_head(text->str, num, end)) {
        return NULL;
    }
    return !num->letter && num->part[num->n - 1] > 0 ? text : NULL;
}

/* Headings with numbers in one annex: with its letter, and without. */
struct headings {
    const struct gb_node *first; /* without letter */
    const struct gb_text *text;
    struct gb_number num;
    size_t end; /* of its number in the text */
    size_t n_plain, n_lettered;
    unsigned before; /* last part of the lettered number before the first plain one */
    bool is_run;     /* the plain ones count 1, 2, 3 … */
};

static struct headings
find_headings(const struct gb_node *annex)
{
    struct headings found = {.is_run = true};

    for (const struct gb_node *k = annex->first; k; k = k->next) {
        struct gb_number num;
        size_t end = 0;
        if (k->kind == GB_NODE_CLAUSE && k->num.letter) {
            found.n_lettered++;
            if (!found.first && k->num.n > 0)
                found.before = k->num.part[k->num.n - 1];
        }
        for (const struct gb_node *n = k; n; n = gb_node_walk(n, k)) {
            const struct gb_text *text = plain_number(n, &num, &end);
            if (!text)
                continue;
            found.is_run = found.is_run && (num.part[num.n - 1] == found.n_plain + 1 || num.part[num.n - 1] == 1);
            if (found.n_plain++ == 0) {
                found.first = n;
                found.text = text;
                found.num = num;
                found.end = end;
            }
        }
    }
    return found;
}

/*
 * Headings 1, 1.1 … in place of B.1: one of them between lettered ones whose turn it is, or all of a run that counts from 1. A
 * sample document has numbers of its own.
 */
static void
check_plain_numbers(struct gb_check *c, const struct gb_annex *annex)
{
    enum { LARGEST = 50 };
    struct headings h = find_headings(annex->node);
    unsigned last = h.first ? h.num.part[h.num.n - 1] : 0;

    if (!h.first || h.num.n > 2 || last > LARGEST)
        return;
    bool fills = h.n_lettered && h.n_plain == 1 && last == h.before + 1;
    bool is_all = !h.n_lettered && h.n_plain >= 2 && h.is_run && last == 1 && !gb_annex_is_sample(annex->node);
    if (!fills && !is_all)
        return;
    struct gb_str want = gb_annex_number(c, annex->node->num.letter, last);
    struct gb_finding *f = gb_report_fix(c, "plain", gb_at_part(h.text, 0, h.end), h.first, want,
                                         GB_ARGS(gb_str_sub(h.text->str, 0, h.end), annex->node->number.str, want));
    if (is_all)
        gb_fix_unsafe(f);
    const struct gb_node *next = clause_behind(h.first, annex->node);
    if (fills && next) /* NUM-004 misses the number there */
        gb_also(c, f, gb_at_number(next), gb_say(c, "其后的条", "the clause behind it"));
}

/* ---- A line among lettered clauses whose number lost its letter, or the dot behind it ---- */

/* 2 试剂, 2.2 测点……, A2 记录表, A.2 of another annex: a number, then words; not a quantity, whose unit is no Han character. */
static bool
begins_with_number(const struct gb_node *para, char letter, struct gb_number *out_num, size_t *out_end)
{
    struct gb_str text = para->text.str;
    bool has_letter = text.len && gb_is_upper(text.ptr[0]), has_dot = has_letter && text.len > 1 && text.ptr[1] == '.';
    size_t skip = (size_t)has_letter + has_dot, unused;

    /* A2 in annex A, A.2 in annex B. */
    if (has_letter && (text.ptr[0] == letter) == has_dot)
        return false;
    if (text.len <= skip || text.ptr[skip] < '1' || text.ptr[skip] > '9' ||
        !gb_number_at_head(gb_str_skip(text, skip), out_num, out_end) || out_num->letter)
        return false;
    *out_end += skip;
    size_t rest = gb_str_skip_space(text, *out_end);
    return rest > *out_end && rest < text.len && gb_char_is_han(gb_utf8_at(text, rest, &unused));
}

/* The number that a clause behind `before` may have: its next sibling, or that of one above it. */
static bool
is_turn(const struct gb_number *before, const struct gb_number *num)
{
    if (num->n == 0 || num->n > before->n || num->part[num->n - 1] != before->part[num->n - 1] + 1)
        return false;
    return memcmp(num->part, before->part, (num->n - 1u) * sizeof(num->part[0])) == 0;
}

/*
 * The right number of the line behind the clause `before` and before `next`: its own with the letter, where it is its turn; else the
 * one that is missing between the two.
 */
static bool
right_number(const struct gb_node *before, const struct gb_node *next, struct gb_number *num, bool is_title)
{
    bool is_gap = next && next->num.letter == before->num.letter && next->num.n <= before->num.n &&
                  next->num.part[next->num.n - 1] == before->num.part[next->num.n - 1] + 2;
    bool is_own = is_turn(&before->num, num);

    if (is_own && num->n == 1 && !is_gap && !is_title) /* 2 of a list, where nothing is missing */
        return false;
    if (!is_own) {
        if (!is_gap || num->n != 2)
            return false;
        *num = next->num;
        num->part[num->n - 1]--;
    }
    num->letter = before->num.letter;
    return true;
}

/* A.2 in annex B, where no annex has such a clause: no mention of one. */
static bool
is_nowhere(const struct gb_check *c, const struct gb_node *para, const struct gb_number *num)
{
    struct gb_number foreign = *num;

    foreign.letter = para->text.str.ptr[0];
    return !gb_find_part(c->facts, GB_MENTION_CLAUSE, &foreign);
}

/* B1 平面度 before B.2: the first clause of its annex. */
static bool
is_first_without_dot(const struct gb_node *para, const struct gb_node *next, const struct gb_number *num)
{
    return next && num->n == 1 && num->part[0] == 1 && next->num.n == 1 && next->num.part[0] == 2 &&
           para->text.str.ptr[0] == next->num.letter;
}

static void
check_lost_letters(struct gb_check *c, const struct gb_annex *annex)
{
    const struct gb_node *clause = NULL, *next = NULL; /* the clauses before and behind */

    for (const struct gb_node *n = gb_node_walk(annex->node, annex->node); n; n = gb_node_walk(n, annex->node)) {
        struct gb_number num;
        size_t end = 0;
        if (n->kind == GB_NODE_CLAUSE) {
            bool is_own = !(n->flags & GB_NODE_GIVEN) && n->num.letter == annex->node->num.letter && n->num.n;
            clause = is_own ? n : NULL;
            next = is_own ? clause_behind(n, annex->node) : NULL;
        }
        if (n->kind != GB_NODE_PARA || !begins_with_number(n, annex->node->num.letter, &num, &end))
            continue;
        bool is_first = !clause && is_first_without_dot(n, next = clause_behind(n, annex->node), &num);
        if (!clause && !is_first)
            continue;
        bool is_heading = n->encoding == GB_ENCODING_HEADING,
             has_letter = n->text.str.ptr[0] == annex->node->num.letter;
        bool is_foreign = !has_letter && n->text.str.ptr[0] > '9';
        bool is_title =
            is_heading || (is_foreign && (!gb_str_ends(n->text.str, GB_STR("。")) || /* B.2 操作 in annex A */
                                          is_nowhere(c, n, &num)));
        if ((is_heading && !has_letter) || (!is_first && !right_number(clause, next, &num, is_title)))
            continue;
        num.letter = annex->node->num.letter;
        struct gb_str want = gb_number_text(&num, c->arena);
        struct gb_finding *f = gb_report_fix(c,
                                             is_foreign   ? NULL
                                             : has_letter ? "dot"
                                                          : "plain",
                                             gb_at_part(&n->text, 0, end), n, want,
                                             GB_ARGS(gb_str_sub(n->text.str, 0, end), annex->node->number.str, want));
        if (clause) /* NUM-007 misses the clause behind it */
            gb_also(c, f, gb_at_number(clause), gb_say(c, "其前的条", "the clause before it"));
        if (next) /* NUM-004 misses the number there */
            gb_also(c, f, gb_at_number(next), gb_say(c, "其后的条", "the clause behind it"));
        return;
    }
}

/* Clauses of annex B are B.1, B.1.1 … Source: GB/T 1.1—2020, 9.6.3.1; 2009, 5.2.7. Their sequence is that of NUM-004. */
static void
check_clause_numbers(struct gb_check *c)
{
    const struct gb_annexes *annexes = gb_annexes_of(c);

    if (!c->doc->has_numbers)
        return;
    for (size_t i = 0; i < annexes->n; i++) {
        if (!gb_annex_is_sure(&annexes->items[i]))
            continue;
        check_foreign_letters(c, &annexes->items[i]);
        check_plain_numbers(c, &annexes->items[i]);
        check_lost_letters(c, &annexes->items[i]);
    }
}

/* ---- ANX-008: figures, tables, formulas ---- */

static const struct object_kind {
    enum gb_node_kind kind;
    enum gb_mention_kind mention;
    const char *zh, *en;
} object_kinds[] = {
    {GB_NODE_FIGURE, GB_MENTION_FIGURE, "图", "figure"},
    {GB_NODE_TABLE, GB_MENTION_TABLE, "表", "table"},
    {GB_NODE_FORMULA, GB_MENTION_FORMULA, "公式", "formula"},
};

/* All of one kind, in document order; those of the body come before those of annexes. */
struct objects {
    const struct object_kind *kind;
    const struct gb_nodes *nodes;
    GB_ARRAY(bool) body; /* numbers that the body has */
    unsigned most;       /* the largest of them */
};

/* Numbers beyond this are none of a figure, but a misread year or the like. */
enum { LARGEST_OBJECT = 500 };

static bool
is_judged(const struct gb_node *node)
{
    return node->num.n > 0 && !(node->flags & GB_NODE_GIVEN) && node->number.str.len && node->number.n_runs;
}

static void
collect_body(struct objects *o)
{
    GB_EACH_NODE(n, o->nodes) {
        if (!is_judged(n) || n->num.letter || n->num.n != 1 || n->num.part[0] > LARGEST_OBJECT ||
            gb_node_inside(n, GB_NODE_ANNEX))
            continue;
        while (o->body.len <= n->num.part[0])
            *gb_push(&o->body) = false;
        o->body.items[n->num.part[0]] = true;
        o->most = n->num.part[0] > o->most ? n->num.part[0] : o->most;
    }
}

/* The text of the annex mentions one of its own, 表A.1, that is not there. */
static bool
misses_one(const struct gb_facts *facts, const struct objects *o, const struct gb_node *annex)
{
    enum { MOST = 200 };

    GB_SEEK(uint32_t, i, facts->n_mentions, facts->mentions[i].node->id < annex->id);
    for (uint32_t end = i + MOST; i < facts->n_mentions && i < end; i++) {
        const struct gb_mention *m = &facts->mentions[i];
        if (gb_node_inside(m->node, GB_NODE_ANNEX) != annex)
            return false;
        if (m->kind == o->kind->mention && m->num.letter == annex->num.letter && !m->target)
            return true;
    }
    return false;
}

/*
 * A table of the body that a conversion put behind it: its number is missing there, or goes on from there. One that its annex is
 * the first to mention goes on from there by mistake, so does one that its annex looks for by another number.
 */
static bool
is_displaced(const struct gb_facts *facts, const struct objects *o, const struct gb_node *node)
{
    unsigned n = node->num.part[0];

    if (node->encoding == GB_ENCODING_LOST || (o->most && n <= o->most && !o->body.items[n]))
        return true;
    if (!o->most || n != o->most + 1)
        return false;
    const struct gb_mention *first = gb_first_mention(facts, node);
    const struct gb_node *annex = gb_node_inside(node, GB_NODE_ANNEX);
    return first ? gb_node_inside(first->node, GB_NODE_ANNEX) != annex : !misses_one(facts, o, annex);
}

static struct gb_finding *
report_object(struct gb_check *c, const char *which, const struct objects *o, const struct gb_node *node,
              const struct gb_annex *annex, struct gb_str want)
{
    struct gb_str kind = gb_say(c, o->kind->zh, o->kind->en);

    return gb_report_case(c, which, gb_at_label(node), node,
                          GB_ARGS(node->number.str, kind, annex->node->number.str, want));
}

/*
 * The number where it stands and where it is mentioned. A mention goes to the first part that bears the number: where that is one of
 * the body, those in the annex may mean either.
 */
static void
fix_object(struct gb_check *c, struct gb_finding *f, const struct objects *o, const struct gb_node *node,
           struct gb_str want)
{
    const struct gb_node *annex = gb_node_inside(node, GB_NODE_ANNEX);
    struct gb_changes changes = {0};

    gb_change_number(c, &changes, node, true, want);
    const struct gb_node *bearer = gb_find_part(c->facts, o->kind->mention, &node->num);
    for (const struct gb_mention *m = bearer && bearer != node ? gb_first_mention(c->facts, bearer) : NULL; m;
         m = gb_next_mention(c->facts, m)) {
        if (gb_node_inside(m->node, GB_NODE_ANNEX) != annex)
            continue;
        gb_change_part(&changes, m->text, m->num_begin, m->num_end, want);
        changes.is_unsure = true;
    }
    gb_apply_changes(c, f, &changes);
}

/* What the objects of one kind in one annex have counted so far. */
struct count {
    unsigned last; /* number of the one before */
    unsigned n;    /* how many stood before */
    bool is_off;   /* a number was at fault that later ones may follow */
    const struct gb_node *before;
};

/* Without a letter: the letter, and the place in the annex, make it. */
static void
judge_plain(struct gb_check *c, struct objects *o, const struct gb_node *node, const struct gb_annex *annex,
            struct count *count)
{
    if (node->num.n > 1 || is_displaced(c->facts, o, node))
        return;
    count->last++;
    struct gb_str want = gb_annex_number(c, annex->node->num.letter, count->last);
    fix_object(c, report_object(c, "plain", o, node, annex, want), o, node, want);
}

/* Does the caption of the number that is missing begin a line all the same, or a formula's number stand in brackets? Then the reader did not take it for one. */
static bool
caption_stands(struct gb_check *c, const struct objects *o, struct gb_str number, struct gb_span span)
{
    struct gb_str s = gb_source_text(c->doc->source, span), word = gb_str_from(o->kind->zh);
    GB_WORDS(opening, "（", "(", "{");

    GB_EACH_FOUND(at, s, number, 0) {
        size_t begin = gb_skip_any_back(s, at, " *");
        if (o->kind->kind == GB_NODE_FORMULA) {
            if (GB_ENDS_ANY(gb_str_sub(s, 0, begin), opening))
                return true;
            continue;
        }
        if (begin < word.len || memcmp(s.ptr + begin - word.len, word.ptr, word.len) != 0)
            continue;
        begin -= word.len;
        begin = gb_skip_any_back(s, begin, " #*|-");
        if (begin == 0 || s.ptr[begin - 1] == '\n' || s.ptr[begin - 1] == '>')
            return true;
    }
    return false;
}

/* 表A.1（续）, or one caption above and below its picture. */
static bool
is_continuation(const struct gb_node *node, const struct gb_node *before)
{
    return gb_str_has(node->title.str, GB_STR("续")) || (node->flags & GB_NODE_CONTINUED) ||
           node->encoding == GB_ENCODING_LOST || before->encoding == GB_ENCODING_LOST ||
           (node->title.str.len && gb_str_same(node->title.str, before->title.str));
}

/* With the right letter: from 1 on, without gap. More than one missing in a row is a conversion that lost them. */
static void
judge_sequence(struct gb_check *c, struct objects *o, const struct gb_node *node, const struct gb_annex *annex,
               struct count *count)
{
    unsigned own = node->num.part[0], expected = count->last + 1;
    struct gb_str want = gb_annex_number(c, annex->node->num.letter, expected);

    if (own == count->last && count->n) {
        if (is_continuation(node, count->before))
            return;
        if (!count->is_off)
            report_object(c, "double", o, node, annex, want);
        count->is_off = true;
        return;
    }
    struct gb_span between = {count->before ? count->before->span.end : annex->node->span.end, node->span.begin};
    if (own == expected + 1 && !count->is_off && between.begin <= between.end && !caption_stands(c, o, want, between))
        report_object(c, "missing", o, node, annex, want);
    count->is_off = own < expected;
    count->last = own > count->last ? own : count->last;
}

/* Does the annex speak of it as 图A.2? Then it belongs there, and the page was laid out so that it stands in the next. */
static bool
is_mentioned_in(struct gb_check *c, const struct objects *o, const struct gb_node *node, const struct gb_annex *other)
{
    struct gb_span span = {other->node->span.begin, other[1].node->span.begin};
    struct gb_str s = gb_source_text(c->doc->source, span);
    struct gb_str number = gb_annex_number(c, other->node->num.letter, node->num.part[0]);
    static const char *const gaps[] = {"", " "};

    GB_FIND(gap, gaps, GB_COUNT(gaps),
            gb_str_has(s, gb_arena_printf(c->arena, "%s%s%.*s", o->kind->zh, *gap, GB_FMT(number))));
    return gap != NULL;
}

static void
judge_foreign(struct gb_check *c, struct objects *o, const struct gb_node *node, const struct gb_annex *annex,
              struct count *count)
{
    const struct gb_annex *other = gb_annex_of_letter(gb_annexes_of(c), node->num.letter, false);

    if (other && other->node->id > annex->node->id)
        return; /* it stands too early */
    if (other && other + 1 == annex && is_mentioned_in(c, o, node, other))
        return;
    count->last++;
    struct gb_str want = gb_annex_number(c, annex->node->num.letter, count->last);
    fix_object(c, report_object(c, NULL, o, node, annex, want), o, node, want);
}

/* 表A1: the dot behind the letter is left out. */
static bool
lacks_dot(const struct gb_node *node)
{
    return !GB_HAS_ONE_OF(node->number.str, ".", "．") && node->number.str.len < strlen("A.1") + 1;
}

/* The objects of one annex: nodes of the kind from *at on; *at moves behind them. */
static void
judge_annex(struct gb_check *c, struct objects *o, const struct gb_annex *annex, uint32_t *at)
{
    struct count count = {0};
    bool is_told = false; /* one for all: who left one dot out left out the others */

    while (*at < o->nodes->n && o->nodes->items[*at]->id < annex->node->id)
        ++*at;
    for (; *at < o->nodes->n && gb_node_inside(o->nodes->items[*at], GB_NODE_ANNEX) == annex->node; ++*at) {
        const struct gb_node *n = o->nodes->items[*at];
        if (!is_judged(n) || !gb_annex_is_sure(annex) || n->num.n > 1 || n->num.part[0] > LARGEST_OBJECT)
            continue;
        if (n->num.letter == annex->node->num.letter && lacks_dot(n) && !is_told) {
            report_object(c, "dot", o, n, annex,
                          gb_annex_number(c, n->num.letter, n->num.part[0])); /* no fix: mentions may lack it too */
            is_told = true;
        }
        if (!n->num.letter)
            judge_plain(c, o, n, annex, &count);
        else if (n->num.letter == annex->node->num.letter)
            judge_sequence(c, o, n, annex, &count);
        else
            judge_foreign(c, o, n, annex, &count);
        count.n++;
        count.before = n;
    }
}

/* Each kind is numbered from X.1 on in each annex. Source: GB/T 1.1—2020, 9.6.3.1; 2009, 5.2.7. */
static void
check_object_numbers(struct gb_check *c)
{
    const struct gb_annexes *annexes = gb_annexes_of(c);

    for (size_t k = 0; k < GB_COUNT(object_kinds) && annexes->n; k++) {
        struct objects o = {.kind = &object_kinds[k], .nodes = &c->facts->of_kind[object_kinds[k].kind]};
        uint32_t at = 0;
        collect_body(&o);
        for (size_t i = 0; i < annexes->n; i++)
            judge_annex(c, &o, &annexes->items[i], &at);
        gb_array_release(&o.body);
    }
}

/* ---- ANX-011: blanks between label and number ---- */

/* One finding for each label. */
static const struct label {
    const char *word;
    bool has_letter_only; /* 附录 A; the others need a digit */
} labels[] = {{"附录", true}, {"图", false}, {"表", false}};

struct spaced {
    struct gb_span span, blanks;
    struct gb_str words;
    const struct gb_node *node;
    size_t label;
};

struct spaced_list {
    GB_ARRAY(struct spaced) items;
};

static const char spaced_key;

static struct spaced_list *
spaced_of(struct gb_check *c)
{
    return gb_check_shared(c, &spaced_key, sizeof(struct spaced_list));
}

/* Is the label a word of its own, and not the end of another one: 列表 1, 地图 2? */
static bool
is_whole_label(struct gb_str s, size_t begin)
{
    uint32_t before = gb_char_before(s, begin);

    return !gb_char_is_han(before) || gb_is_one_of(before, "见和与及或至到在由按如从中为的对将以用依据照合当各是");
}

/* Behind the label at `at`: blanks, then A, A.1 or 1. *out_begin, *out_end: of that number. */
static bool
number_behind(struct gb_str s, size_t at, bool is_letter_only, size_t *out_begin, size_t *out_end)
{
    size_t next = at;
    uint32_t ch = 0;

    while (next < s.len && gb_char_is_space(ch = gb_utf8_at(s, next, &at)) && ch != '\n')
        next = at;
    *out_begin = next;
    if (next >= s.len)
        return false;
    bool has_letter = gb_is_upper(ch);
    *out_end = has_letter ? next + 1 : next;
    if (is_letter_only) {
        uint32_t behind = *out_end < s.len ? gb_utf8_at(s, *out_end, &at) : 0;
        return has_letter && !gb_char_is_latin(behind) && gb_char_digit(behind) < 0;
    }
    if (has_letter && *out_end < s.len && s.ptr[*out_end] == '.')
        ++*out_end;
    size_t digits = *out_end;
    *out_end = gb_skip_digits(s, *out_end);
    return *out_end > digits && (!has_letter || digits == *out_begin + strlen("A."));
}

/* Looks at the label that begins at a byte of the text. */
static void
collect_spaced(struct gb_check *c, const struct gb_node *node, const struct gb_text *text, size_t begin, size_t label)
{
    struct gb_str s = text->str, word = gb_str_from(labels[label].word);
    size_t from = begin + word.len, number, end;

    if (!is_whole_label(s, begin) || !number_behind(s, from, labels[label].has_letter_only, &number, &end) ||
        number == from)
        return;
    struct gb_at at = gb_at_part(text, begin, end), blanks = gb_at_part(text, from, number);
    if (!at.by_line && !blanks.by_line)
        *gb_push(&spaced_of(c)->items) = (struct spaced){at.span, blanks.span, gb_str_sub(s, begin, end), node, label};
}

static void
on_label(struct gb_check *c, const struct gb_found *found)
{
    for (size_t i = 0; i < GB_COUNT(labels); i++) {
        if (gb_str_starts(gb_str_skip(found->text->str, found->begin), gb_str_from(labels[i].word))) {
            collect_spaced(c, found->node, found->text, found->begin, i);
            return;
        }
    }
}

/* Heads of annexes, figures and tables, which are no running text. */
static void
collect_heads(struct gb_check *c)
{
    static const struct {
        enum gb_node_kind kind;
        size_t label;
    } kinds[] = {{GB_NODE_ANNEX, 0}, {GB_NODE_FIGURE, 1}, {GB_NODE_TABLE, 2}, {GB_NODE_ENTRY, 0}};

    for (size_t k = 0; k < GB_COUNT(kinds); k++) {
        const struct gb_nodes *nodes = &c->facts->of_kind[kinds[k].kind];
        struct gb_str word = gb_str_from(labels[kinds[k].label].word);
        for (uint32_t i = 0; i < nodes->n; i++) {
            const struct gb_text *head = &nodes->items[i]->head;
            if (head->n_runs && gb_str_starts(head->str, word))
                collect_spaced(c, nodes->items[i], head, 0, kinds[k].label);
        }
    }
}

GB_ORDER(by_place, struct spaced, GB_KEY(label) GB_KEY(span.begin))

/* Source: GB/T 1.1—2020, 9.5.3 and 9.6.2. Converters put the blank everywhere: one finding for all places of a label. */
static void
report_spaced(struct gb_check *c)
{
    struct spaced_list *list = spaced_of(c);
    struct gb_finding *f = NULL;

    collect_heads(c);
    gb_sort(list->items.items, list->items.len, sizeof(*list->items.items), by_place);
    for (size_t i = 0; i < list->items.len; i++) {
        const struct spaced *s = &list->items.items[i], *before = i ? s - 1 : NULL;
        if (before && before->span.begin == s->span.begin)
            continue;
        if (!before || before->label != s->label) {
            size_t n = i;
            while (n < list->items.len && list->items.items[n].label == s->label)
                n++;
            struct gb_str count = gb_count_text(c, n - i);
            struct gb_str word = gb_str_from(labels[s->label].word);
            f = gb_report(c, gb_at_span(s->span), s->node, GB_ARGS(s->words, word, count));
        } else {
            gb_also_there(c, f, gb_at_span(s->span));
        }
        gb_fix(c, f, s->blanks, GB_STR(""));
    }
    gb_array_release(&list->items);
}

const struct gb_check_def gb_annex_number_checks[] = {
    {.name = "annex-clause-number", .whole = check_clause_numbers, .cases = "plain head dot"},
    {.name = "annex-object-number", .whole = check_object_numbers, .cases = "plain dot double missing"},
    {.name = "annex-label-spacing", .hit = on_label, .finish = report_spaced, .params = GB_SEARCH_PARAMS "words:words"},
    {0},
};
