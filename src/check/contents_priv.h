/* Entries of the contents and changes to them. Inside of check/ only. */
#ifndef GB_CHECK_CONTENTS_PRIV_H
#define GB_CHECK_CONTENTS_PRIV_H

#include "rule/check.h"

static inline const struct gb_node *
gb_entry_next(const struct gb_node *entry)
{
    return gb_node_next_same(entry);
}

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
