/*
 * Elements of a document as the rules of structure see them: what each child of the document is, by kind,
 * role and, where the title is near a fixed one, by title. Inside of check/ only.
 */
#ifndef GB_CHECK_STRUCTURE_ELEMENTS_PRIV_H
#define GB_CHECK_STRUCTURE_ELEMENTS_PRIV_H

#include "rule/check.h"

/* In the order in which they stand (GB/T 1.1—2020, table 3); the same in both editions. */
enum gb_element {
    GB_ELEMENT_NONE, /* loose text, comments */
    GB_ELEMENT_COVER,
    GB_ELEMENT_TOC,
    GB_ELEMENT_FOREWORD,
    GB_ELEMENT_INTRO,
    GB_ELEMENT_TITLE,
    GB_ELEMENT_SCOPE,
    GB_ELEMENT_REFERENCES,
    GB_ELEMENT_TERMS,
    GB_ELEMENT_SYMBOLS,
    GB_ELEMENT_TECHNICAL, /* any other chapter */
    GB_ELEMENT_ANNEX,
    GB_ELEMENT_BIBLIO,
    GB_ELEMENT_INDEX,
};

/* What a child of the document is. An empty annex is NONE: such heads are left over from contents and running
 * heads. */
enum gb_element gb_element_of(const struct gb_node *node);

/* The first child of the document that is the element, NULL without. */
const struct gb_node *gb_element_find(const struct gb_doc *doc, enum gb_element element);

/* "3 基本要求", "附录A", "参考文献": how messages name an element; in the arena. */
struct gb_str gb_element_name(struct gb_check *check, const struct gb_node *node);

/* Does it hold more than comments? */
bool gb_element_has_content(const struct gb_node *node);

static inline bool
gb_element_is_chapter(enum gb_element element)
{
    return element >= GB_ELEMENT_SCOPE && element <= GB_ELEMENT_TECHNICAL;
}

/*
 * The text is all of the draft, so that what is not there is missing: front and body, or a title and chapters from 范围 on without a gap.
 * False for one chapter of a draft kept in several files, and under the profile engineering.
 */
bool gb_is_whole_draft(const struct gb_check *check);

/* The cover bears more than the title: number, ICS, date. */
bool gb_has_real_cover(const struct gb_facts *facts);

/* What the draft is to call itself: 本文件; in 2009 本标准, 本部分 or 本指导性技术文件. */
struct gb_str gb_self_name_of(const struct gb_check *check);

/* Han characters, letters and digits only, for comparing titles; in the arena. */
struct gb_str gb_bare_title(struct gb_arena *arena, struct gb_str title);

/* The title as it stands nearest to the body: above it, or on the cover; NULL: nowhere. */
static inline const struct gb_text *
gb_title_near_body(const struct gb_facts *facts)
{
    if (facts->title && facts->title->title.str.len)
        return &facts->title->title;
    return facts->cover && facts->cover->u.cover->title.str.len ? &facts->cover->u.cover->title : NULL;
}

#endif
