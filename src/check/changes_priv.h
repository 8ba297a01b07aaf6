/* A fix in several places: numbers, markers and what mentions them. All of its edits are offered or none. Inside of check/ only. */
#ifndef GB_CHECK_CHANGES_PRIV_H
#define GB_CHECK_CHANGES_PRIV_H

#include "rule/check.h"

/* Zeroed it is ready for use; gb_apply_changes or gb_drop_changes frees it. */
struct gb_changes {
    GB_ARRAY(struct gb_edit) list;
    bool is_inexact; /* a place is known by line only: nothing is offered */
    bool is_unsure;  /* something may be meant that is left as it is */
};

/* Bytes [begin, end) of a text. */
void gb_change_part(struct gb_changes *changes, const struct gb_text *text, size_t begin, size_t end, struct gb_str by);

/* The number of a part where it stands, and in all mentions unless nobody knows what they mean. */
void gb_change_number(struct gb_check *check, struct gb_changes *changes, const struct gb_node *part,
                      bool with_mentions, struct gb_str by);

/* A number in a form that the facts do not read for a mention, wherever the running text has it behind the label: 图5-1, 图一. */
void gb_change_written(struct gb_check *check, struct gb_changes *changes, const char *label, struct gb_str number,
                       struct gb_str by);

void gb_apply_changes(struct gb_check *check, struct gb_finding *finding, struct gb_changes *changes);
void gb_drop_changes(struct gb_changes *changes);

#endif
