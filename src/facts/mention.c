/* The mentions of a draft: its texts in order, what they name, and for each part who names it. See mention.h. */
#include "facts/mention_priv.h"

#include "text/chars.h"

const char *
gb_mention_kind_name(enum gb_mention_kind kind)
{
    static const char *const names[] = {
#define X(id, name) name,
        GB_MENTION_KINDS(X)
#undef X
    };

    return names[kind];
}

const char *
gb_mention_verb_name(enum gb_mention_verb verb)
{
    static const char *const names[] = {
#define X(id, name) name,
        GB_MENTION_VERBS(X)
#undef X
    };

    return names[verb];
}

/* ── texts ─────────────────────────────────────────────────────────────── */

static void
scan_cells(struct gb_mention_scanner *scanner, const struct gb_node *table)
{
    for (uint32_t i = 0; table->u.table && i < table->u.table->n_cells; i++)
        gb_scan_mentions(scanner, table, &table->u.table->cells[i].text, GB_MENTION_IN_CELL);
}

/* Titles name other parts too (抽样方法见附录A); that of an annex stands behind its letter, that of a term is the term. */
static bool
has_title(const struct gb_node *node)
{
    return node->kind == GB_NODE_CLAUSE || node->kind == GB_NODE_TABLE || node->kind == GB_NODE_FIGURE;
}

static void
scan_nodes(struct gb_mention_scanner *scanner, const struct gb_nodes *nodes)
{
    for (uint32_t i = 0; i < nodes->n; i++) {
        const struct gb_node *node = nodes->items[i];
        if (node->encoding == GB_ENCODING_FENCE || (node->parent && node->parent->kind == GB_NODE_COVER))
            continue;
        if (has_title(node) && node->title.str.len)
            gb_scan_mentions(scanner, node, &node->title, GB_MENTION_IN_TITLE);
        if (node->kind == GB_NODE_TABLE)
            scan_cells(scanner, node);
        else if (node->text.str.len)
            gb_scan_mentions(scanner, node, &node->text, 0);
    }
}

/* Lists of mentions, each in document order, are merged two and two. */
static void
merge(const struct gb_mention_list *a, const struct gb_mention_list *b, struct gb_mention_list *out)
{
    size_t i = 0, k = 0;

    while (i < a->items.len || k < b->items.len) {
        bool first = k == b->items.len || (i < a->items.len && a->items.items[i].node->id <= b->items.items[k].node->id);
        *gb_push(&out->items) = first ? a->items.items[i++] : b->items.items[k++];
    }
}

/* Nodes of one kind after the other: a walk over the tree would cost a cache miss for each of its nodes. */
static void
scan_all(struct gb_facts *facts, struct gb_mention_list *out)
{
    static const enum gb_node_kind kinds[] = {GB_NODE_PARA, GB_NODE_ITEM,  GB_NODE_NOTE,     GB_NODE_EXAMPLE, GB_NODE_FOOTNOTE,
                                              GB_NODE_ABBR, GB_NODE_WHERE, GB_NODE_CLAUSE, GB_NODE_TABLE,   GB_NODE_FIGURE};
    struct gb_buf own = {0};

    gb_normalise(facts->code, &own);
    struct gb_mention_scanner scanner = {.facts = facts, .own_code = gb_buf_str(&own)};
    for (size_t i = 0; i < GB_COUNT(kinds); i++) {
        struct gb_mention_list list = {0}, merged = {0};
        scanner.out = &list;
        scan_nodes(&scanner, &facts->of_kind[kinds[i]]);
        if (list.items.len == 0 || out->items.len == 0) {
            merged = list.items.len ? list : *out;
        } else {
            merge(out, &list, &merged);
            gb_array_release(&list.items);
            gb_array_release(&out->items);
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

    for (size_t i = 0; i < list->items.len; i++) {
        struct gb_mention *mention = &list->items.items[i];
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

static bool
has_number(const struct gb_mention *mention)
{
    return mention->num.n > 0 || mention->num.letter;
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

/*
 * Parts between the ends of a range are mentioned as well. Only those that nothing mentioned before are told, so that such
 * mentions are no more than the parts.
 */
static void
add_implied(const struct gb_facts *facts, bool *is_mentioned, const struct gb_mention *first, uint32_t run,
            struct gb_mention_list *out)
{
    enum { LONGEST_RANGE = 64 };
    struct gb_mention implied = out->items.items[out->items.len - 1];
    struct gb_number num = first->num;
    uint16_t end = last_part(&implied.num);

    if (!are_siblings(&num, &implied.num))
        return;
    implied.flags = (uint16_t)((implied.flags | GB_MENTION_IMPLIED) & ~GB_MENTION_RANGE_LAST);
    implied.num_end = implied.num_begin;
    implied.run = run;
    step(&num);
    for (unsigned n = 0; last_part(&num) < end && n < LONGEST_RANGE; n++, step(&num)) {
        implied.num = num;
        implied.target = gb_find_part(facts, implied.kind, &num);
        if (!implied.target || is_mentioned[implied.target->id])
            continue;
        is_mentioned[implied.target->id] = true;
        *gb_push(&out->items) = implied;
    }
}

/* Finds what each mention names; those that ranges imply come behind the end of the range. */
static void
resolve(const struct gb_facts *facts, const struct gb_mention_list *found, struct gb_mention_list *out)
{
    bool *is_mentioned = gb_arena_new_array(facts->arena, bool, facts->n_nodes);
    uint32_t run = 0;

    for (size_t i = 0; i < found->items.len; i++) {
        struct gb_mention mention = found->items.items[i];
        if (mention.run == i)
            run = (uint32_t)out->items.len;
        mention.run = run;
        if (!(mention.flags & GB_MENTION_EXTERNAL) && has_number(&mention))
            mention.target = gb_find_part(facts, mention.kind, &mention.num);
        if (mention.target)
            is_mentioned[mention.target->id] = true;
        *gb_push(&out->items) = mention;
        if (mention.flags & GB_MENTION_RANGE_LAST && !(mention.flags & GB_MENTION_EXTERNAL))
            add_implied(facts, is_mentioned, &found->items.items[i - 1], run, out);
    }
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
    struct gb_mention_list found = {0}, list = {0};

    gb_index_parts(facts);
    scan_all(facts, &found);
    find_sentences(facts, &found);
    resolve(facts, &found, &list);
    gb_array_release(&found.items);
    facts->n_mentions = (uint32_t)list.items.len;
    struct gb_mention *mentions =
        gb_arena_copy_bytes(facts->arena, list.items.items, list.items.len * sizeof(*list.items.items));
    gb_array_release(&list.items);
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
