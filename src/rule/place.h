/*
 * Where a text stands: the zone of the draft, the part of its node, and stretches that rules on wording leave alone. The
 * names are those of `in:` and `except:` in packs.
 */
#ifndef GB_RULE_PLACE_H
#define GB_RULE_PLACE_H

#include "doc/node.h"

/* Zones of a draft: the element a node stands in. */
#define GB_ZONES(X)                                                                                                    \
    X(COVER, "cover")                                                                                                  \
    X(TOC, "toc")                                                                                                      \
    X(FOREWORD, "foreword")                                                                                            \
    X(INTRO, "intro")                                                                                                  \
    X(SCOPE, "scope")                                                                                                  \
    X(REFERENCES, "references")                                                                                        \
    X(TERMS, "terms")                                                                                                  \
    X(SYMBOLS, "symbols")                                                                                              \
    X(BODY, "body") /* the other chapters */                                                                           \
    X(NORMATIVE_ANNEX, "normative-annex")                                                                              \
    X(INFORMATIVE_ANNEX, "informative-annex")                                                                          \
    X(BIBLIO, "biblio")                                                                                                \
    X(INDEX, "index")

enum gb_zone {
#define X(id, name) GB_ZONE_##id,
    GB_ZONES(X)
#undef X
        GB_ZONE_COUNT
};

/* Texts of a node. */
#define GB_PARTS(X)                                                                                                    \
    X(TEXT, "text")                                                                                                    \
    X(TITLE, "title")                                                                                                  \
    X(CAPTION, "caption") /* title of a table or figure */                                                             \
    X(CELL, "cell")

enum gb_part {
#define X(id, name) GB_PART_##id,
    GB_PARTS(X)
#undef X
        GB_PART_COUNT
};

#define GB_CONTEXTS(X)                                                                                                 \
    X(QUOTES, "quotes") /* “…” ‘…’ 「…」 and quoted runs */                                            \
    X(TITLES, "titles") /* 《…》 */                                                                                \
    X(CODE, "code")                                                                                                    \
    X(FORMULA, "formula")                                                                                              \
    X(IDENTIFIERS, "identifiers") /* GB/T 1.1—2020 */                                                                \
    X(URLS, "urls")

enum gb_context {
#define X(id, name) GB_CONTEXT_##id,
    GB_CONTEXTS(X)
#undef X
        GB_CONTEXT_COUNT
};

#define GB_ALL_CONTEXTS ((UINT32_C(1) << GB_CONTEXT_COUNT) - 1)

/* Zone of a node that is not the document itself. */
enum gb_zone gb_zone_of(const struct gb_node *node);

#endif
