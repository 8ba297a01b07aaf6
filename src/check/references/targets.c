/*
 * Mentions of parts that the draft does not have: XRF-001, XRF-010. A part that a conversion lost, or that the reader did not
 * take for one, is there: what follows looks for every sign of it, and where the numbers of a draft were not read, or
 * parts of it were left out, nothing is said.
 */
#include "check/structure/elements_priv.h"
#include "check/references/lost_parts_priv.h"
#include "check/references/mentions_priv.h"

/* A number that is mentioned and not found, once for all mentions of it. */
struct missing {
    enum gb_mention_kind kind;
    struct gb_number num;
    uint16_t item;                /* ITEM, STEP */
    const struct gb_node *clause; /* STEP and ITEM without number: where it is mentioned */
    bool is_certain;
    bool is_broken; /* with others of its series: the draft breaks off before them */
};

/* More of them than this, and the draft's numbers were not read. */
enum { MOST_MISSING = 12 };

struct targets {
    bool is_known;
    struct missing *missing;
    size_t n;
    const uint32_t *mentions; /* those that name something missing: indexes in facts->mentions */
    size_t n_mentions;
    unsigned budget; /* nodes that may still be looked at for items of lists */
};

/* ---- Numbers and their kin ---- */

static bool
is_given(const struct gb_node *node)
{
    return node->flags & GB_NODE_GIVEN && !(node->flags & GB_NODE_COUNTED);
}

static bool
is_numbered_part(const struct gb_node *node)
{
    return node->kind == GB_NODE_CLAUSE || node->kind == GB_NODE_TERM;
}

/* The entry of the contents with that number: then the part was in the draft, and its head was lost. */
static bool
is_in_contents(const struct gb_facts *facts, const struct gb_number *num)
{
    const struct gb_nodes *entries = &facts->of_kind[GB_NODE_ENTRY];

    return (num->n || num->letter) && GB_ANY(GB_EACH_NODE(entry, entries), gb_number_cmp(&entry->num, num) == 0);
}

static size_t
count_paras(const struct gb_node *parent)
{
    return GB_HOW_MANY(GB_CHAIN(n, parent->first, n->next), n->kind == GB_NODE_PARA);
}

/*
 * The clauses below `parent` (chapters below the document): all numbered as written, 1, 2, 3 …, up to a number below `wanted`.
 * Any gap, or a number that the reader gave, and the one that is looked for may be there; the next one may be a paragraph of
 * the last untitled clause, which has lost its number.
 */
static bool
ends_before(const struct gb_node *parent, unsigned wanted)
{
    const struct gb_node *last = NULL;
    unsigned expected = 1;

    for (const struct gb_node *n = parent->first; n; n = n->next) {
        if (!is_numbered_part(n))
            continue;
        if (is_given(n) || gb_number_last(&n->num) != expected)
            return false;
        expected++;
        last = n;
    }
    bool may_be_para = last && wanted == expected && !gb_node_is_titled(last) && count_paras(last) > 1;
    return expected > 1 && wanted >= expected && !may_be_para;
}

/* Text of a clause without subclauses where their numbers may have been lost: as many paragraphs, or a list that the markup counts. */
static bool
may_hold_lost_clauses(const struct gb_node *parent, unsigned wanted)
{
    enum { MANY = 3 };
    size_t n_paras = count_paras(parent);

    GB_FIND_NEXT(n, parent->first, n->next,
                 n->kind == GB_NODE_LIST && (n->encoding == GB_ENCODING_ORDERED || n->encoding == GB_ENCODING_LOST ||
                                             n->encoding == GB_ENCODING_BULLET || gb_str_is(n->marker.str, "digit")));
    return n || n_paras >= MANY || (n_paras > 1 && n_paras >= wanted);
}

/* The deepest part of the draft whose number the missing one begins with; NULL where not even its chapter or annex is there. */
static const struct gb_node *
nearest_part(const struct gb_facts *facts, const struct gb_number *num)
{
    struct gb_number above = *num;

    while (above.n > (above.letter ? 0 : 1)) {
        above.n--;
        const struct gb_node *node = gb_find_part(facts, GB_MENTION_CLAUSE, &above);
        if (node)
            return node;
    }
    return NULL;
}

/* ---- What is certainly not there ---- */

static bool
is_chapter_unlisted(const struct gb_check *c, const struct gb_number *num)
{
    struct gb_number chapter = {.n = 1, .part = {num->part[0]}};

    return gb_is_whole_draft(c) && ends_before(c->doc->root, num->part[0]) && !is_in_contents(c->facts, &chapter);
}

/* Letters as written, from A on without a gap, end before this one. */
static bool
annexes_end_before(const struct gb_facts *facts, char letter)
{
    char expected = 'A';

    GB_EACH_NODE(node, &facts->of_kind[GB_NODE_ANNEX]) {
        if (is_given(node) || node->num.letter != expected)
            return false;
        expected++;
    }
    return letter >= expected;
}

static bool
is_annex_missing(const struct gb_check *c, const struct gb_number *num)
{
    struct gb_number annex = {.letter = num->letter};

    return gb_is_whole_draft(c) && annexes_end_before(c->facts, num->letter) && !is_in_contents(c->facts, &annex) &&
           !gb_head_stands(c, GB_STR("附录"), &annex) && !gb_head_stands(c, GB_STR("附 录"), &annex);
}

bool
gb_clause_is_unlisted(const struct gb_check *c, const struct gb_number *num)
{
    const struct gb_node *parent = nearest_part(c->facts, num);

    if (!c->doc->has_numbers)
        return false;
    if (!parent)
        return num->letter ? is_annex_missing(c, num) : is_chapter_unlisted(c, num);
    /* In scope and references 1.5 is a number, not a clause. */
    if (is_given(parent) || GB_AMONG(parent->role, GB_ROLE_SCOPE, GB_ROLE_REFERENCES) || is_in_contents(c->facts, num))
        return false;
    unsigned wanted = num->part[parent->num.n];
    if (GB_ANY(GB_CHAIN(n, parent->first, n->next), is_numbered_part(n)))
        return ends_before(parent, wanted);
    return parent->kind != GB_NODE_ANNEX && !may_hold_lost_clauses(parent, wanted);
}

static bool
is_clause_missing(const struct gb_check *c, const struct gb_number *num)
{
    struct gb_number chapter = {.n = 1, .part = {num->part[0]}};

    return gb_clause_is_unlisted(c, num) && !gb_number_begins_line(c, num) &&
           (num->letter || num->n == 1 || nearest_part(c->facts, num) || !gb_number_begins_line(c, &chapter));
}

/* ---- Figures, tables, formulas ---- */

static enum gb_node_kind
object_kind(enum gb_mention_kind kind)
{
    return kind == GB_MENTION_FIGURE ? GB_NODE_FIGURE : kind == GB_MENTION_TABLE ? GB_NODE_TABLE : GB_NODE_FORMULA;
}

/* The figure with the number of a table that is missing, or the other way round; NULL. */
static const struct gb_node *
other_object(const struct gb_facts *facts, enum gb_mention_kind kind, const struct gb_number *num)
{
    if (kind != GB_MENTION_FIGURE && kind != GB_MENTION_TABLE)
        return NULL;
    return gb_find_part(facts, kind == GB_MENTION_FIGURE ? GB_MENTION_TABLE : GB_MENTION_FIGURE, num);
}

/* A text that begins behind chapter 1 is cut from a draft, whose first tables and figures stand in what is not there. */
static bool
begins_later(const struct gb_facts *facts)
{
    const struct gb_node *first = facts->numbered.n ? facts->numbered.items[0] : NULL;

    return first && first->kind == GB_NODE_CLAUSE && !first->num.letter && (first->num.n > 1 || first->num.part[0] > 1);
}

/*
 * Objects of one kind, in the body or in one annex. Those without a number may be the one that is looked for: between the last
 * with a lower and the first with a higher number there must be too few of them. Where there is none, the number may be that of
 * the other kind.
 */
static bool
is_object_missing(const struct gb_check *c, const struct missing *wanted)
{
    const struct gb_facts *facts = c->facts;
    const struct gb_nodes *objects = &facts->of_kind[object_kind(wanted->kind)];
    unsigned number = gb_number_last(&wanted->num), lower = 0, n_numbered = 0, n_between = 0;
    bool has_any = false;

    if (wanted->num.n != 1)
        return false;
    if (wanted->num.letter) {
        struct gb_number annex = {.letter = wanted->num.letter};
        const struct gb_node *node = gb_find_part(facts, GB_MENTION_ANNEX, &annex);
        if (!node)
            return is_annex_missing(c, &wanted->num);
        if (is_given(node))
            return false;
    }
    for (uint32_t i = 0; i < objects->n; i++) {
        const struct gb_node *object = objects->items[i], *annex = gb_node_inside(object, GB_NODE_ANNEX);
        if ((annex ? annex->num.letter : 0) != wanted->num.letter)
            continue;
        has_any = true;
        if (object->num.n > 1 || is_given(object))
            return false; /* 图3.2: numbers of another form */
        if (object->num.n == 0) {
            n_between++;
        } else if (object->num.letter == wanted->num.letter) {
            n_numbered++;
            if (gb_number_last(&object->num) > number)
                break;
            if (gb_number_last(&object->num) > lower) {
                lower = gb_number_last(&object->num);
                n_between = 0;
            }
        }
    }
    if (has_any && !lower && !wanted->num.letter && begins_later(facts))
        return false;
    return has_any ? n_numbered > 0 && number - lower > n_between
                   : other_object(facts, wanted->kind, &wanted->num) != NULL;
}

/* 表5.2 where tables are numbered through, and there is no fifth: the number is that of another draft, or a clause. */
static bool
has_chapter_in_number(const struct gb_facts *facts, const struct missing *wanted)
{
    const struct gb_nodes *objects = &facts->of_kind[object_kind(wanted->kind)];
    struct gb_number first = {.n = 1, .part = {wanted->num.part[0]}};
    bool has_plain = false;

    if (wanted->num.n != 2 || wanted->num.letter || gb_find_part(facts, wanted->kind, &first))
        return false;
    GB_EACH_NODE(object, objects) {
        if (object->num.n > 1 || is_given(object))
            return false;
        has_plain = has_plain || (object->num.n == 1 && !object->num.letter);
    }
    return has_plain;
}

/* Without any object of the kind a lost first one is likely, a ninth is not. */
static bool
has_no_object(const struct gb_check *c, const struct missing *wanted)
{
    return gb_is_whole_draft(c) && c->facts->of_kind[object_kind(wanted->kind)].n == 0 && wanted->num.n == 1 &&
           gb_number_last(&wanted->num) > 1 && wanted->kind != GB_MENTION_FORMULA;
}

/* ---- List items ---- */

/* Looks through the lists of a clause (not of its subclauses). A list without markers of its own may hold any item. */
struct item_search {
    uint16_t marker;
    bool is_found, is_lost, has_list;
    unsigned *budget; /* of all searches: hostile drafts have any number of items and of mentions of them */
};

static void
search_items(struct item_search *search, const struct gb_node *parent)
{
    for (const struct gb_node *n = parent->first; n && *search->budget > 0; n = n->next) {
        --*search->budget;
        if (n->kind == GB_NODE_TABLE || n->kind == GB_NODE_FIGURE || is_numbered_part(n))
            continue;
        if (n->kind == GB_NODE_LIST) {
            bool is_alpha = gb_str_is(n->marker.str, "alpha"), is_digit = gb_str_is(n->marker.str, "digit");
            /* 1. of Markdown may stand for a); an orderedlist of letters has them. */
            search->is_lost =
                search->is_lost || n->encoding == GB_ENCODING_LOST || (n->encoding == GB_ENCODING_ORDERED && !is_alpha);
            search->has_list = search->has_list || (search->marker >= 'a' ? is_alpha : is_digit);
        } else if (n->kind == GB_NODE_ITEM) {
            struct gb_str marker = n->marker.str;
            unsigned value = gb_take_digits(marker, &(size_t){0}, marker.len);
            if (search->marker >= 'a' ? marker.len && marker.ptr[0] == (char)search->marker : value == search->marker)
                search->is_found = true;
        }
        search_items(search, n);
    }
}

static bool
is_item_missing(const struct gb_check *c, const struct missing *wanted, unsigned *budget)
{
    struct item_search search = {.marker = wanted->item, .budget = budget};
    const struct gb_node *clause = wanted->clause;

    if (wanted->num.n) {
        clause = gb_find_part(c->facts, GB_MENTION_CLAUSE, &wanted->num);
        if (!clause)
            return is_clause_missing(c, &wanted->num);
    }
    if (!clause || is_given(clause))
        return false;
    search_items(&search, clause);
    if (search.is_found || search.is_lost || *budget == 0)
        return false;
    return search.has_list || (wanted->num.n && !gb_marker_stands(c, clause, wanted->item));
}

static bool
is_missing(const struct gb_check *c, const struct missing *wanted, unsigned *budget)
{
    struct gb_str word = wanted->kind == GB_MENTION_FIGURE ? GB_STR("图") : GB_STR("表");

    switch (wanted->kind) {
    case GB_MENTION_CHAPTER:
    case GB_MENTION_CLAUSE:
        return is_clause_missing(c, &wanted->num);
    case GB_MENTION_ANNEX:
        return is_annex_missing(c, &wanted->num);
    case GB_MENTION_FIGURE:
    case GB_MENTION_TABLE:
        return (is_object_missing(c, wanted) || has_no_object(c, wanted) || has_chapter_in_number(c->facts, wanted)) &&
               !gb_head_stands(c, word, &wanted->num);
    case GB_MENTION_FORMULA:
        return is_object_missing(c, wanted) && !gb_formula_number_stands(c, &wanted->num) &&
               !gb_formula_is_lost(c, &wanted->num);
    case GB_MENTION_ITEM:
    case GB_MENTION_STEP:
        return is_item_missing(c, wanted, budget);
    default:
        return false;
    }
}

/* ---- The draft as a whole ---- */

/* Does the number of a clause go on from that of the clause before it under the same parent? */
static bool
goes_on(const struct gb_node *node)
{
    const struct gb_node *before = node->prev;

    while (before && !is_numbered_part(before))
        before = before->prev;
    return before ? gb_number_last(&node->num) <= gb_number_last(&before->num) + 1 : gb_number_last(&node->num) <= 1;
}

bool
gb_is_excerpt(const struct gb_facts *facts)
{
    const struct gb_nodes *entries = &facts->of_kind[GB_NODE_ENTRY];
    unsigned n_lost = 0, n_gaps = 0;

    for (uint32_t i = 0; i < entries->n && n_lost < 2; i++) {
        const struct gb_number *num = &entries->items[i]->num;
        n_lost += (num->n || num->letter) && !gb_find_part(facts, GB_MENTION_CLAUSE, num);
    }
    for (uint32_t i = 0; i < facts->numbered.n && n_gaps < 2; i++)
        n_gaps += is_numbered_part(facts->numbered.items[i]) && !goes_on(facts->numbered.items[i]);
    return n_lost > 1 || n_gaps > 1;
}

/* Behind words on what was deleted stand numbers of the edition before. */
static bool
tells_of_deletion(const struct gb_mention *mention)
{
    return gb_node_inside(mention->node, GB_NODE_FOREWORD) &&
           GB_HAS_ONE_OF(mention->text->str, "删", "取消", "原", "代替");
}

/* Does it name something by number that may be missing? */
static bool
is_open(const struct gb_mention *mention)
{
    if (!gb_mention_is_sure(mention) || tells_of_deletion(mention))
        return false;
    switch (mention->kind) {
    case GB_MENTION_NOTE:
    case GB_MENTION_EXAMPLE:
        return false;
    case GB_MENTION_STEP:
        return mention->item[0] >= 'a';
    case GB_MENTION_ITEM:
        return true;
    default:
        return !mention->target;
    }
}

static struct missing
missing_of(const struct gb_mention *mention)
{
    struct missing missing = {.kind = mention->kind, .num = mention->num};

    if (mention->kind == GB_MENTION_ITEM || mention->kind == GB_MENTION_STEP) {
        missing.item = mention->item[0];
        missing.clause = mention->num.n ? NULL : gb_node_clause(mention->node);
    }
    return missing;
}

static struct missing *
find_missing(const struct targets *targets, const struct missing *wanted)
{
    GB_FIND(m, targets->missing, targets->n,
            m->kind == wanted->kind && m->item == wanted->item && m->clause == wanted->clause &&
                gb_number_cmp(&m->num, &wanted->num) == 0);
    return m;
}

/* Several missing numbers, and a good part of all that are mentioned: the draft was not read as it was meant. */
static bool
is_unreliable(const struct targets *targets, size_t n_found)
{
    enum { FEW = 3, SHARE = 3 };
    size_t n = 0;

    for (size_t i = 0; i < targets->n; i++)
        n += targets->missing[i].is_certain;
    return n > FEW && n * SHARE > n + n_found;
}

/* 附录B and 附录C, 图5 and 图6: numbers of one series. */
static bool
is_same_series(const struct missing *a, const struct missing *b)
{
    if (a->kind == GB_MENTION_ANNEX || b->kind == GB_MENTION_ANNEX)
        return a->kind == b->kind;
    return a->kind == b->kind && a->item == 0 && b->item == 0 && a->num.n == b->num.n &&
           a->num.letter == b->num.letter && a->num.n > 0 &&
           memcmp(a->num.part, b->num.part, (a->num.n - 1u) * sizeof(a->num.part[0])) == 0;
}

/* Is the one before it in the series there? Then it is the next, which a draft that breaks off lacks first. */
static bool
is_next(const struct gb_facts *facts, const struct missing *missing)
{
    struct gb_number before = missing->num;

    if (missing->kind == GB_MENTION_ANNEX)
        before.letter--;
    else if (before.n && before.part[before.n - 1] > 1)
        before.part[before.n - 1]--;
    else
        return true;
    return gb_find_part(facts, missing->kind, &before) != NULL;
}

/* Several numbers that a series would have had if it went on: what was mentioned is left out. */
static void
drop_broken_series(const struct gb_facts *facts, struct targets *targets)
{
    enum { SEVERAL = 3 };

    for (size_t i = 0; i < targets->n; i++) {
        unsigned n = 0;
        bool has_next = false;
        for (size_t k = 0; k < targets->n; k++) {
            if (!targets->missing[k].is_certain || !is_same_series(&targets->missing[i], &targets->missing[k]))
                continue;
            n++;
            has_next = has_next || is_next(facts, &targets->missing[k]);
        }
        targets->missing[i].is_broken = targets->missing[i].is_broken || n >= SEVERAL || (n > 1 && has_next);
    }
}

/* The last words of the draft announce the next table or figure: the draft breaks off there. */
static bool
is_broken_off(const struct gb_facts *facts, const struct gb_mention *mention, const struct missing *missing)
{
    return mention->node->id + 1 == facts->n_nodes && is_next(facts, missing);
}

/* Both ends of a range are missing, or its end and the one before: 表1至表6 in a draft with one table. */
static bool
ends_lost_range(const struct gb_facts *facts, const struct gb_mention *mention)
{
    if (mention->flags & GB_MENTION_RANGE_FIRST)
        return !mention[1].target;
    if (!(mention->flags & GB_MENTION_RANGE_LAST))
        return false;
    const struct gb_mention *first = mention - 1;
    struct gb_number before = mention->num;
    if (!first->target)
        return true;
    if (before.n)
        before.part[before.n - 1]--;
    else
        before.letter--;
    return gb_number_cmp(&before, &first->num) > 0 && !gb_find_part(facts, mention->kind, &before);
}

static void
find_targets(const struct gb_check *c, struct targets *targets)
{
    enum { BUDGET = 1000000 };
    const struct gb_facts *facts = c->facts;
    GB_ARRAY(uint32_t) found = {0};
    size_t n_found = 0;
    bool is_over = false;

    targets->missing = gb_arena_new_array(c->arena, struct missing, MOST_MISSING);
    targets->budget = BUDGET;
    for (uint32_t i = 0; i < facts->n_mentions && !is_over; i++) {
        const struct gb_mention *mention = &facts->mentions[i];
        /* Of the mentions of a part the first counts. */
        n_found += mention->target && facts->first_mention[mention->target->id] == i;
        if (!is_open(mention) || ends_lost_range(facts, mention))
            continue;
        struct missing wanted = missing_of(mention), *known = find_missing(targets, &wanted);
        if (!known) {
            wanted.is_certain = is_missing(c, &wanted, &targets->budget);
            if (!wanted.is_certain && (wanted.kind == GB_MENTION_ITEM || wanted.kind == GB_MENTION_STEP))
                continue;
            is_over = targets->n == MOST_MISSING;
            if (is_over)
                continue;
            wanted.is_broken = is_broken_off(facts, mention, &wanted);
            known = &targets->missing[targets->n++];
            *known = wanted;
        }
        if (known->is_certain)
            *gb_push(&found) = i;
    }
    if (!is_over && !is_unreliable(targets, n_found)) {
        uint32_t *mentions = gb_arena_new_array(c->arena, uint32_t, found.len);
        drop_broken_series(facts, targets);
        for (size_t i = 0; i < found.len; i++) {
            struct missing wanted = missing_of(&facts->mentions[found.items[i]]);
            if (!find_missing(targets, &wanted)->is_broken)
                mentions[targets->n_mentions++] = found.items[i];
        }
        targets->mentions = mentions;
    }
    gb_array_release(&found);
}

static const struct targets *
targets_of(struct gb_check *c)
{
    static const char key;
    struct targets *targets = gb_check_shared(c, &key, sizeof(*targets));

    if (!targets->is_known) {
        targets->is_known = true;
        /* What could not be read, and what was left out, may hold what is mentioned. */
        if (!c->doc->is_partial && !gb_is_excerpt(c->facts))
            find_targets(c, targets);
    }
    return targets;
}

/* ---- XRF-001, XRF-010 ---- */

/*
 * Every part that is mentioned exists. Source: GB/T 1.1—2020, 9.5.3, 9.5.5.
 */
static void
check_target(struct gb_check *c)
{
    const struct targets *targets = targets_of(c);

    for (size_t i = 0; i < targets->n_mentions; i++) {
        const struct gb_mention *mention = &c->facts->mentions[targets->mentions[i]];
        if (!other_object(c->facts, mention->kind, &mention->num))
            gb_report(c, gb_mention_at(mention), mention->node, GB_ARGS(gb_mention_name(c->arena, mention)));
    }
    gb_check_cell_targets(c);
}

/*
 * What is mentioned as a table is a table. Source: GB/T 1.1—2020, 9.5.3.
 */
static void
check_type(struct gb_check *c)
{
    const struct targets *targets = targets_of(c);

    for (size_t i = 0; i < targets->n_mentions; i++) {
        const struct gb_mention *mention = &c->facts->mentions[targets->mentions[i]];
        const struct gb_node *other = other_object(c->facts, mention->kind, &mention->num);
        if (!other)
            continue;
        struct gb_str right = gb_arena_printf(c->arena, "%s%.*s", other->kind == GB_NODE_FIGURE ? "图" : "表",
                                              GB_FMT(gb_number_text(&other->num, c->arena)));
        struct gb_finding *finding =
            gb_report(c, gb_mention_at(mention), mention->node, GB_ARGS(gb_mention_name(c->arena, mention), right));
        gb_also(c, finding, gb_at_head(other), right);
    }
}

static bool
is_astray(const struct gb_mention *mention, enum gb_mention_kind kind, char letter)
{
    bool is_object = kind == GB_MENTION_FIGURE || kind == GB_MENTION_TABLE;
    bool is_kind = mention->kind == kind || (is_object && GB_AMONG(mention->kind, GB_MENTION_FIGURE, GB_MENTION_TABLE));

    return is_kind && (!is_object || mention->num.letter == letter) && !mention->target && gb_mention_is_sure(mention);
}

size_t
gb_mentions_astray(const struct gb_facts *facts, enum gb_mention_kind kind, char letter)
{
    return GB_HOW_MANY(GB_ITEMS(m, facts->mentions, facts->n_mentions), is_astray(m, kind, letter));
}

const struct gb_check_def gb_target_checks[] = {
    {.name = "mention-target", .whole = check_target},
    {.name = "mention-type", .whole = check_type},
    {0},
};
