/* Entries of the contents and changes to them. Inside of check/ only. */
#ifndef GB_CHECK_FRONT_CONTENTS_PRIV_H
#define GB_CHECK_FRONT_CONTENTS_PRIV_H

#include "check/structure/numbers_priv.h"
#include "rule/check.h"

static inline const struct gb_node *
gb_entry_next(const struct gb_node *entry)
{
    return gb_node_next_same(entry);
}

/* Kinds of entries in the order they are to stand in. */
enum gb_entry_rank {
    GB_RANK_NONE,
    GB_RANK_FOREWORD,
    GB_RANK_INTRO,
    GB_RANK_CLAUSE,
    GB_RANK_ANNEX,
    GB_RANK_BIBLIO,
    GB_RANK_INDEX,
    GB_RANK_FIGURE,
    GB_RANK_TABLE,
};

enum gb_entry_rank gb_entry_rank(const struct gb_node *entry);

/* Is entry a to stand before b? Both have a rank. */
bool gb_entry_is_in_order(const struct gb_node *a, const struct gb_node *b);

/* The second line of a long entry: a title or nature without number of its own; NULL. */
const struct gb_node *gb_entry_second_line(const struct gb_node *entry);

/* A title without marks at its end: those are NUM-014, or what is left of a leader. */
struct gb_str gb_entry_without_mark(struct gb_str title);

/* How messages name an entry or a clause: number and title; in the arena. */
struct gb_str gb_contents_name(struct gb_check *check, const struct gb_node *node);

/* Number, nature and title, without leader and page. */
struct gb_at gb_entry_at(const struct gb_node *entry);

/* ── contents_index.c ── */

/* The numbers of body and annexes: made for the rule that asks first, in the document's arena. */
const struct gb_numbers *gb_contents_body(struct gb_check *check);

/* The numbers of the entries; to be released. */
struct gb_numbers gb_contents_index(const struct gb_node *toc);

/* The first with the number, or behind `from` the next one; NULL. */
const struct gb_numbered *gb_contents_next(const struct gb_numbers *index, const struct gb_number *num,
                                           const struct gb_numbered *from);
const struct gb_node *gb_contents_find(const struct gb_numbers *index, const struct gb_number *num);

/* Does it hold a number right below `parent`? */
bool gb_contents_has_below(const struct gb_numbers *index, const struct gb_number *parent);

/* Titles are looked for among so many numbers. */
enum { GB_CONTENTS_SEARCHED = 1000 };

/* Among the nodes with as many parts, the one with that title; NULL. */
const struct gb_node *gb_contents_titled(const struct gb_numbers *index, const struct gb_number *like,
                                         struct gb_str title);

/* Where headings have no numbers: an entry and the chapter that it stands for. One of them is NULL where nothing answers the other. */
struct gb_contents_pair {
    const struct gb_node *entry, *chapter;
};

/*
 * Entries and chapters that do not answer each other, by their order and titles; in the arena. None where there are so many that the
 * lists were not read well.
 */
size_t gb_contents_unpaired(struct gb_check *check, const struct gb_node *toc, const struct gb_contents_pair **out);

/* Does the entry only push others on: its title is none of the draft's, and the heading of its number is listed by another entry? */
bool gb_contents_is_pushed_in(const struct gb_numbers *body, const struct gb_numbers *listed,
                              const struct gb_node *entry);

/* Does the draft lack the number, though it has a later one beside it? Then a number of the draft is at fault: NUM-001, 004. */
bool gb_contents_is_gap(const struct gb_numbers *body, const struct gb_number *num);

/* ── contents_fix.c ── */

/*
 * The line of an entry, or its text in an element, when nothing else stands there: what can be taken out, moved, or copied.
 * False where the entry has no such place.
 */
bool gb_entry_line(const struct gb_doc *doc, const struct gb_node *entry, struct gb_span *out);

/* Leader and page of an entry that has a page, with the blanks before them. */
bool gb_entry_tail(const struct gb_doc *doc, const struct gb_node *entry, struct gb_span *out);

/* Takes the entry out, where it stands alone. */
void gb_fix_entry_out(struct gb_check *check, struct gb_finding *finding, const struct gb_node *entry);

/* Puts the entries of the contents in another order, each into the place of another; nothing is offered where one cannot move. */
void gb_fix_entry_order(struct gb_check *check, struct gb_finding *finding, const struct gb_node *const *old,
                        const struct gb_node *const *now, size_t n);

/* What a new entry says. */
struct gb_new_entry {
    struct gb_str number, title, page; /* page: not used where `like` has none */
};

/*
 * New entries in the form of the entry `like`, behind the entry `behind`: the text to put in, in the arena, and where. False
 * where the form cannot be had.
 */
bool gb_entries_behind(struct gb_check *check, const struct gb_node *behind, const struct gb_node *like,
                       const struct gb_new_entry *entries, size_t n, struct gb_edit *out);

#endif
