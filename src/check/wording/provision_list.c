/* The list of the draft's own provisions, and what titles ask of them; see clause_types_priv.h. */
#include "check/wording/clause_types_priv.h"

#include "check/wording/wording_priv.h"

#include "doc/joined.h"

enum {
    KNOWN = 1 << 15,             /* in the memory of titles: the clause was asked before */
    LONGEST_TITLE = 12 * GB_HAN, /* blanks in a longer title are not those of 总 则 */
};

/* ---- What a title asks ---- */

/* A short title that conversion or layout has spaced out (总 则) is read without its blanks. */
static struct gb_str
plain_title(struct gb_arena *arena, struct gb_str title)
{
    return title.len > LONGEST_TITLE || title.len % GB_HAN == 0 ? title : gb_bare_title(arena, title);
}

/* *out_ends: sentences below it are not what the title around it asks. */
static unsigned
asked_by_title(struct gb_arena *arena, const struct gb_node *clause, bool *out_ends)
{
    struct gb_str title = plain_title(arena, clause->title.str);

    *out_ends = title.len > 0;
    if (!title.len)
        return 0;
    if (gb_str_is(title, "总则") && clause->parent && clause->parent->kind != GB_NODE_DOC)
        return GB_UNDER_INNER;
    if (gb_str_is(title, "总则") && clause->num.n == 1 && clause->num.part[0] == 1)
        return 0; /* in the manner of construction engineering */
    if (GB_IS_ONE_OF(title, "总体原则", "总则", "原则", "基本原则", "实施原则"))
        return GB_UNDER_PRINCIPLES | GB_UNDER_SLOGANS;
    if (GB_IS_ONE_OF(title, "总体要求", "通用要求"))
        return GB_UNDER_REQUIREMENTS;
    if (gb_str_is(title, "基本要求"))
        return GB_UNDER_BASIC;
    if (GB_IS_ONE_OF(title, "概述", "通则"))
        return gb_str_is(title, "概述") ? GB_UNDER_OVERVIEW : GB_UNDER_GENERAL;
    /* Of another kind than the clause around it. */
    *out_ends = GB_ENDS_WITH(title, "要求", "规定", "职责", "条件", "程序", "流程", "管理", "方法", "机构", "人员");
    return GB_ENDS_WITH(title, "原则", "理念", "宗旨", "方针", "目标", "目的") ? GB_UNDER_SLOGANS : 0;
}

static bool
is_clause(const struct gb_node *node)
{
    return node->kind == GB_NODE_CLAUSE || node->kind == GB_NODE_ANNEX;
}

/* What each clause was found to ask, by node->id. */
static uint16_t *
titles_of(struct gb_check *check)
{
    static const char key;

    return gb_check_shared(check, &key, sizeof(uint16_t) * (check->facts->n_nodes + 1));
}

/* Clauses are nested no deeper than numbers and headings are. */
static unsigned
asked_of(uint16_t *memory, struct gb_arena *arena, const struct gb_node *clause)
{
    uint16_t *known = &memory[clause->id];
    bool ends;

    if (*known)
        return *known & ~(unsigned)KNOWN;
    unsigned around = clause->parent && is_clause(clause->parent) ? asked_of(memory, arena, clause->parent) : 0;
    unsigned own = asked_by_title(arena, clause, &ends);
    if (ends && !own && around & (GB_UNDER_REQUIREMENTS | GB_UNDER_BASIC))
        around = (around & (GB_UNDER_ANNEX | GB_UNDER_REQUIREMENTS | GB_UNDER_BASIC)) | GB_UNDER_WITHIN;
    else if (ends)
        around &= GB_UNDER_ANNEX;
    if (clause->kind == GB_NODE_ANNEX)
        own |= GB_UNDER_ANNEX;
    *known = (uint16_t)(own | around | KNOWN);
    return own | around;
}

unsigned
gb_under(struct gb_check *check, const struct gb_node *clause)
{
    return asked_of(titles_of(check), check->arena, clause);
}

const struct gb_node *
gb_under_holder(struct gb_check *check, const struct gb_node *clause, enum gb_under under)
{
    uint16_t *memory = titles_of(check);

    while (clause->parent && is_clause(clause->parent) && asked_of(memory, check->arena, clause->parent) & under)
        clause = clause->parent;
    return clause;
}

/* ---- The list ---- */

typedef GB_ARRAY(struct gb_provision) provision_array;

/* Paragraphs and items, whose parents up to the clause are lists and items alone. */
static const struct gb_node *
clause_of(const struct gb_node *node)
{
    if ((node->kind != GB_NODE_PARA && node->kind != GB_NODE_ITEM) || node->encoding == GB_ENCODING_QUOTE ||
        node->encoding == GB_ENCODING_LOST)
        return NULL;
    const struct gb_node *n = node->parent;
    while (n && (n->kind == GB_NODE_LIST || n->kind == GB_NODE_ITEM) && n->encoding != GB_ENCODING_QUOTE)
        n = n->parent;
    return n && is_clause(n) ? n : NULL;
}

/* Sentences of one child of the document. */
static void
add_sentences(struct gb_check *check, const struct gb_node *top, provision_array *list)
{
    const struct gb_facts *facts = check->facts;
    uint16_t *memory = titles_of(check);
    uint32_t end = top->next ? top->next->id : facts->n_nodes;
    const struct gb_node *node = NULL, *clause = NULL;

    for (uint32_t i = facts->first_sentence[top->id]; i < facts->first_sentence[end]; i++) {
        const struct gb_sentence *s = &facts->sentences[i];
        if (s->node != node) {
            node = s->node;
            clause = clause_of(node);
        }
        if (clause)
            *gb_push(list) = (struct gb_provision){s, clause, top, (uint16_t)asked_of(memory, check->arena, clause)};
    }
}

const struct gb_provisions *
gb_provisions_of(struct gb_check *check)
{
    static const char key;
    struct gb_provisions *made = gb_check_shared(check, &key, sizeof(*made));
    provision_array list = {0};

    if (made->is_made)
        return made;
    for (const struct gb_node *top = check->doc->root->first; top; top = top->next) {
        if (is_clause(top) && top->role == GB_ROLE_NONE && gb_holds_provisions(check, top))
            add_sentences(check, top, &list);
    }
    GB_KEEP(check->arena, &list, made->items, made->n);
    made->is_made = true;
    return made;
}

/* ---- Sentences ---- */

struct gb_str
gb_sentence_words(const struct gb_check *c, const struct gb_sentence *sentence)
{
    struct gb_str s = GB_WORDS_OF(sentence);
    GB_WORDS(marks, "。", "；", ";", ".");

    if (memchr(s.ptr, '\n', s.len)) {
        struct gb_joined joined = {0};
        struct gb_text text = gb_text_slice(sentence->text, sentence->begin, sentence->end);
        gb_join(&text, &joined);
        s = gb_arena_copy(c->arena, joined.str);
        gb_joined_release(&joined);
    }
    return gb_str_sub(s, 0, s.len - GB_END(s, marks));
}
