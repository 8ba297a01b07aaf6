/*
 * The cover as the rules of group COV see it: who publishes, what is there, and whether what is not there may have been
 * lost by a conversion. Inside of check/ only.
 */
#ifndef GB_CHECK_FRONT_COVER_PRIV_H
#define GB_CHECK_FRONT_COVER_PRIV_H

#include "check/structure/elements_priv.h"
#include "facts/cover.h"

/* Items that each cover has, in the order in which they stand; GB/T 1.1—2020, 8.1. */
#define GB_COVER_ITEMS(X)                                                                                              \
    X(ICS, ics, "ICS号", "ICS number")                                                                                 \
    X(CCS, ccs, "CCS号", "CCS number")                                                                                 \
    X(BAND, band, "文件的层次", "band that names the level")                                                           \
    X(CODE, code, "文件编号", "number")                                                                                \
    X(TITLE, title, "文件名称", "title")                                                                               \
    X(ISSUED, issued, "发布日期", "date of publication")                                                               \
    X(FORCE, in_force, "实施日期", "date of implementation")                                                           \
    X(PUBLISHER, publisher, "发布机构", "publishing body")

enum gb_cover_item {
#define X(id, field, zh, en) GB_COVER_##id,
    GB_COVER_ITEMS(X)
#undef X
        GB_COVER_ITEM_COUNT
};

struct gb_cover_view {
    bool is_ready;
    const struct gb_node *node; /* NULL: there is nothing that the rules could judge */
    const struct gb_cover *cover;
    enum gb_authority authority;
    uint32_t missing; /* 1 << GB_COVER_ICS … */
    unsigned n_present;
    bool is_metadata;  /* given as keys and values: the style sheet sets the lines */
    bool is_complete;  /* nothing is missing, so what else is not there was not lost */
    bool asks_english; /* of this authority, in this edition */
    bool asks_record;
    bool is_doubtful; /* so much is missing that a conversion, or the author's intent, explains it */
    struct gb_date issued, in_force;
};

/* Computed once for a document. Its node is NULL for a fragment. */
const struct gb_cover_view *gb_cover_view(struct gb_check *check);

/* The line of the cover that holds the field's text, NULL for metadata and joined lines. */
const struct gb_text *gb_cover_line(const struct gb_cover_view *view, const struct gb_text *field);

/* Where something that is not there should stand: the nearest field behind it, else before it. Both are fields of the cover. */
struct gb_at gb_cover_place(const struct gb_cover_view *view, size_t field);
#define GB_COVER_FIELD(name) offsetof(struct gb_cover, name)

/* The draft is published: a day of publication is on the cover, and no mark of a stage. */
bool gb_cover_is_published(const struct gb_cover_view *view);

/* Title on the cover, else on the first page of the body; NULL without. */
const struct gb_text *gb_draft_title(const struct gb_facts *facts, const struct gb_node **out_node);

#endif
