/* The mentions of a draft: its texts in order, what they name, and for each part who names it. See mention.h. */
#include "facts/mentions/mention_priv.h"

#include "text/chars.h"

/* ── texts ─────────────────────────────────────────────────────────────── */

/* Titles name other parts too (抽样方法见附录A); that of an annex stands behind its letter, that of a term is the term. */
static bool
has_title(const struct gb_node *node)
{
    return node->kind == GB_NODE_CLAUSE || node->kind == GB_NODE_TABLE || node->kind == GB_NODE_FIGURE;
}

static void
scan_nodes(struct gb_mention_scanner *scanner, const struct gb_nodes *nodes)
{
    GB_EACH_NODE(node, nodes) {
        if (node->encoding == GB_ENCODING_FENCE || (node->parent && node->parent->kind == GB_NODE_COVER))
            continue;
        if (has_title(node) && node->title.str.len)
            gb_scan_mentions(scanner, node, &node->title, GB_MENTION_IN_TITLE);
        GB_EACH_CELL(cell, node)
            gb_scan_mentions(scanner, node, &cell->text, GB_MENTION_IN_CELL);
        if (node->kind != GB_NODE_TABLE && node->text.str.len)
            gb_scan_mentions(scanner, node, &node->text, 0);
    }
}

/* Lists of mentions, each in document order, are merged two and two. */
static void
merge(const struct gb_mention_list *a, const struct gb_mention_list *b, struct gb_mention_list *out)
{
    size_t i = 0, k = 0;

    while (i < a->items.len || k < b->items.len) {
        bool first =
            k == b->items.len || (i < a->items.len && a->items.items[i].node->id <= b->items.items[k].node->id);
        *gb_push(&out->items) = first ? a->items.items[i++] : b->items.items[k++];
    }
}

/* Nodes of one kind after the other: a walk over the tree would cost a cache miss for each of its nodes. */
static void
scan_all(struct gb_facts *facts, struct gb_mention_list *out)
{
    static const enum gb_node_kind kinds[] = {GB_NODE_PARA,     GB_NODE_ITEM,  GB_NODE_NOTE,  GB_NODE_EXAMPLE,
                                              GB_NODE_FOOTNOTE, GB_NODE_ABBR,  GB_NODE_WHERE, GB_NODE_CLAUSE,
                                              GB_NODE_TABLE,    GB_NODE_FIGURE};
    struct gb_buf own = {0};

    gb_normalise(facts->code, &own);
    struct gb_mention_scanner scanner = {.facts = facts,
                                         .words = gb_lexicon_mentions(facts->lexicon),
                                         .own_code = gb_buf_str(&own)};
    for (size_t i = 0; i < GB_COUNT(kinds); i++) {
        struct gb_mention_list list = {0}, merged = {0};
        scanner.out = &list;
        scan_nodes(&scanner, &facts->of_kind[kinds[i]]);
        if (list.items.len == 0 || out->items.len == 0) {
            merged = list.items.len ? list : *out;
        } else {
            merge(out, &list, &merged);
            GB_RELEASE(&list.items, &out->items);
        }
        *out = merged;
    }
    gb_joined_release(&scanner.joined);
    gb_buf_release(&own);
}

/* ── what they name ────────────────────────────────────────────────────── */

/* The sentence of a mention. Mentions and sentences of a node come in the same order, so that each is passed once. */
static void
find_sentences(const struct gb_facts *facts, struct gb_mention_list *list)
{
    const struct gb_node *node = NULL;
    uint32_t at = 0, end = 0;

    GB_EACH(struct gb_mention, mention, list->items.items, list->items.len) {
        if (mention->node != node) {
            node = mention->node;
            at = facts->first_sentence[node->id];
            end = facts->first_sentence[node->id + 1];
        }
        if (mention->flags & GB_MENTION_IN_TITLE)
            continue;
        const struct gb_sentence *sentences = facts->sentences;
        while (at < end && (sentences[at].text < mention->text ||
                            (sentences[at].text == mention->text && sentences[at].end <= mention->begin)))
            at++;
        if (at < end && sentences[at].text == mention->text && sentences[at].begin <= mention->begin)
            mention->sentence = at;
    }
}

static uint16_t
last_part(const struct gb_number *num)
{
    return num->n ? num->part[num->n - 1] : (uint16_t)num->letter;
}

static void
step(struct gb_number *num)
{
    if (num->n)
        num->part[num->n - 1]++;
    else
        num->letter++;
}

/* Do both numbers differ in their last part only? */
static bool
are_siblings(const struct gb_number *a, const struct gb_number *b)
{
    return a->n == b->n && (a->n == 0 || a->letter == b->letter) &&
           (a->n < 2 || memcmp(a->part, b->part, (a->n - 1u) * sizeof(a->part[0])) == 0);
}

/* Mentions that ranges imply: each stands behind the mention that ends its range. */
struct implied {
    GB_ARRAY(struct gb_mention) items;
    GB_ARRAY(uint32_t) behind; /* for each the index of that mention among those found */
    bool *is_mentioned;        /* by node->id: nothing implies a part that has been mentioned */
    size_t budget; /* numbers that may still be tried: ranges of a hostile text are not all walked through */
};

/* Parts between the ends of a range are mentioned as well: 图2 by 图1～图3. */
static void
add_implied(struct implied *implied, const struct gb_facts *facts, const struct gb_mention *first,
            const struct gb_mention *last, uint32_t index)
{
    enum { LONGEST_RANGE = 64 };
    struct gb_mention between = *last;
    struct gb_number num = first->num;
    uint16_t end = last_part(&last->num);

    if (!are_siblings(&num, &last->num))
        return;
    between.flags = (uint16_t)((between.flags | GB_MENTION_IMPLIED) & ~GB_MENTION_RANGE_LAST);
    between.num_end = between.num_begin;
    step(&num);
    for (unsigned n = 0; last_part(&num) < end && n < LONGEST_RANGE && implied->budget > 0; n++, step(&num)) {
        implied->budget--;
        between.num = num;
        between.target = gb_find_part(facts, between.kind, &num);
        if (!between.target || implied->is_mentioned[between.target->id])
            continue;
        implied->is_mentioned[between.target->id] = true;
        *gb_push(&implied->items) = between;
        *gb_push(&implied->behind) = index;
    }
}

/* Finds what each mention names, and what the ranges imply. */
static void
resolve(const struct gb_facts *facts, struct gb_mention_list *found, struct implied *implied)
{
    enum { TRIES_PER_NODE = 16, TRIES = 4096 };

    implied->is_mentioned = gb_arena_new_array(facts->arena, bool, facts->n_nodes);
    implied->budget = TRIES + (size_t)facts->n_nodes * TRIES_PER_NODE;
    for (uint32_t i = 0; i < found->items.len; i++) {
        struct gb_mention *mention = &found->items.items[i];
        if (mention->flags & GB_MENTION_EXTERNAL || !(mention->num.n > 0 || mention->num.letter))
            continue;
        mention->target = gb_find_part(facts, mention->kind, &mention->num);
        if (mention->target)
            implied->is_mentioned[mention->target->id] = true;
        if (mention->flags & GB_MENTION_RANGE_LAST)
            add_implied(implied, facts, mention - 1, mention, i);
    }
}

/* Both lists as one in the arena; runs are told by index. */
static struct gb_mention *
gather(struct gb_facts *facts, const struct gb_mention_list *found, const struct implied *implied)
{
    size_t n = found->items.len, k = 0, at = 0;
    struct gb_mention *all = gb_arena_new_array(facts->arena, struct gb_mention, n + implied->items.len);
    uint32_t run = 0;

    for (uint32_t i = 0; i < n; i++) {
        if (found->items.items[i].run == i)
            run = (uint32_t)at;
        all[at] = found->items.items[i];
        all[at++].run = run;
        for (; k < implied->items.len && implied->behind.items[k] == i; k++) {
            all[at] = implied->items.items[k];
            all[at++].run = run;
        }
    }
    facts->n_mentions = (uint32_t)at;
    return all;
}

/* For each part the first mention of it, and from each to the next. */
static void
link_mentions(struct gb_facts *facts, struct gb_mention *mentions)
{
    uint32_t *first = gb_arena_new_array(facts->arena, uint32_t, facts->n_nodes);

    for (uint32_t i = 0; i < facts->n_nodes; i++)
        first[i] = GB_NO_MENTION;
    for (uint32_t i = facts->n_mentions; i-- > 0;) {
        if (!mentions[i].target)
            continue;
        uint32_t id = mentions[i].target->id;
        mentions[i].next = first[id];
        first[id] = i;
    }
    facts->first_mention = first;
}

void
gb_find_mentions(struct gb_facts *facts)
{
    struct gb_mention_list found = {0};
    struct implied implied = {0};

    gb_index_parts(facts);
    scan_all(facts, &found);
    find_sentences(facts, &found);
    resolve(facts, &found, &implied);
    struct gb_mention *mentions = gather(facts, &found, &implied);
    GB_RELEASE(&found.items, &implied.items, &implied.behind);
    link_mentions(facts, mentions);
    facts->mentions = mentions;
}

const struct gb_mention *
gb_first_mention(const struct gb_facts *facts, const struct gb_node *part)
{
    uint32_t i = facts->first_mention[part->id];

    return i == GB_NO_MENTION ? NULL : &facts->mentions[i];
}

const struct gb_mention *
gb_next_mention(const struct gb_facts *facts, const struct gb_mention *mention)
{
    return mention->next == GB_NO_MENTION ? NULL : &facts->mentions[mention->next];
}
