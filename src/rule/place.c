/* The texts of nodes and where they stand. */
#include "rule/run_priv.h"

static void
visit_text(const struct gb_node *node, const struct gb_text *text, enum gb_part part, enum gb_zone zone,
           struct gb_places places, void (*visit)(void *data, const struct gb_piece *piece), void *data)
{
    if (!text->str.len || !gb_has_bit(places.parts, part))
        return;
    struct gb_joined joined = {.str = text->str};
    bool has_break = memchr(text->str.ptr, '\n', text->str.len);
    if (has_break)
        gb_join(text, &joined);
    visit(data, &(struct gb_piece){node, text, joined.str, &joined, part, zone});
    if (has_break)
        gb_joined_release(&joined);
}

void
gb_each_piece(const struct gb_node *node, enum gb_zone zone, struct gb_places places,
              void (*visit)(void *data, const struct gb_piece *piece), void *data)
{
    bool has_caption = node->kind == GB_NODE_TABLE || node->kind == GB_NODE_FIGURE;

    if (!gb_has_bit(places.kinds, node->kind) || !gb_has_bit(places.zones, zone))
        return;
    visit_text(node, &node->title, has_caption ? GB_PART_CAPTION : GB_PART_TITLE, zone, places, visit, data);
    visit_text(node, &node->text, GB_PART_TEXT, zone, places, visit, data);
    if (node->kind == GB_NODE_TABLE && node->u.table) {
        GB_EACH_CELL(cell, node)
            visit_text(node, &cell->text, GB_PART_CELL, zone, places, visit, data);
    }
    if (node->kind == GB_NODE_COVER && node->u.cover) {
#define X(name) visit_text(node, &node->u.cover->name, GB_PART_TEXT, zone, places, visit, data);
        GB_COVER_FIELDS(X)
#undef X
    }
}

static enum gb_zone
zone_of_clause(const struct gb_node *clause)
{
    switch (clause->role) {
    case GB_ROLE_SCOPE:
        return GB_ZONE_SCOPE;
    case GB_ROLE_REFERENCES:
        return GB_ZONE_REFERENCES;
    case GB_ROLE_TERMS:
    case GB_ROLE_TERMS_SYMBOLS:
        return GB_ZONE_TERMS;
    case GB_ROLE_SYMBOLS:
        return GB_ZONE_SYMBOLS;
    default:
        return GB_ZONE_BODY;
    }
}

enum gb_zone
gb_zone_of_top(const struct gb_node *top)
{
    static const struct {
        enum gb_node_kind kind;
        enum gb_zone zone;
    } zones[] = {
        {GB_NODE_COVER, GB_ZONE_COVER},       {GB_NODE_TITLE, GB_ZONE_COVER}, {GB_NODE_TOC, GB_ZONE_TOC},
        {GB_NODE_FOREWORD, GB_ZONE_FOREWORD}, {GB_NODE_INTRO, GB_ZONE_INTRO}, {GB_NODE_REFS, GB_ZONE_REFERENCES},
        {GB_NODE_BIBLIO, GB_ZONE_BIBLIO},     {GB_NODE_INDEX, GB_ZONE_INDEX},
    };

    for (size_t i = 0; i < GB_COUNT(zones); i++) {
        if (zones[i].kind == top->kind)
            return zones[i].zone;
    }
    if (top->kind == GB_NODE_ANNEX)
        return top->nature == GB_NATURE_NORMATIVE ? GB_ZONE_NORMATIVE_ANNEX : GB_ZONE_INFORMATIVE_ANNEX;
    return top->kind == GB_NODE_CLAUSE ? zone_of_clause(top) : GB_ZONE_BODY;
}

enum gb_zone
gb_zone_of(const struct gb_node *node)
{
    return gb_zone_of_top(gb_node_top(node));
}

void
gb_each_piece_in(const struct gb_node *top, struct gb_places places,
                 void (*visit)(void *data, const struct gb_piece *piece), void *data)
{
    enum gb_zone zone = top->kind == GB_NODE_DOC ? GB_ZONE_BODY : gb_zone_of(top);

    for (const struct gb_node *node = top; node; node = gb_node_walk(node, top)) {
        if (node->parent && node->parent->kind == GB_NODE_DOC)
            zone = gb_zone_of_top(node);
        if (node->kind != GB_NODE_DOC)
            gb_each_piece(node, zone, places, visit, data);
    }
}
