/* Figures, tables and formulas bear numbers of one kind: what the checks on them share. Inside of check/ only. */
#ifndef GB_CHECK_OBJECTS_OBJECTS_PRIV_H
#define GB_CHECK_OBJECTS_OBJECTS_PRIV_H

#include "rule/check.h"

/* A fix that reaches more places than this is left to --renumber. */
enum { GB_MOST_OBJECT_PLACES = 30 };

/* Does it bear a number that was written? */
static inline bool
gb_object_has_number(const struct gb_node *node)
{
    bool is_han = node->number.str.len && ((unsigned char)node->number.str.ptr[0] == 0xE4 ||
                                           (unsigned char)node->number.str.ptr[0] == 0xE5); /* 图一 */

    return node->num.n > 0 && !(node->flags & GB_NODE_GIVEN) && node->number.str.len && node->number.n_runs && !is_han;
}

/*
 * Is it an object of the draft's own, which the rules hold for? Not one on the cover, in lists of documents, in examples, notes
 * and tables, or in a sample document.
 */
bool gb_object_is_own(const struct gb_node *node);

/* Part of a sample, not of the draft; what bears the letter of the annex is the draft's own. */
bool gb_object_is_of_sample(const struct gb_node *node, const struct gb_node *annex);

/* 图1（续）, 续图1, 表1（续）: the object on a further page. */
bool gb_object_is_continued(const struct gb_node *node);

/* The number alone again, right behind the one that has it: the same object on a further page. */
bool gb_object_repeats(const struct gb_node *node, const struct gb_node *before);

/* The sibling before or behind that is no comment; NULL: none. */
const struct gb_node *gb_object_before(const struct gb_node *node);
const struct gb_node *gb_object_behind(const struct gb_node *node);
/* The same before a table, past the line 单位为毫米: what may be its caption. */
const struct gb_node *gb_caption_before(const struct gb_node *table);

/* "图1", "表A.1"; words for one without number. In the arena. */
struct gb_str gb_object_name(struct gb_check *check, const struct gb_node *node);

/* 3, A.3 at the head of s, behind blanks; false: no number. */
bool gb_read_object_number(struct gb_str s, struct gb_number *out, size_t *out_begin, size_t *out_end);

/* ---- Numbers: object_runs.c ---- */

/* Objects of one kind, which are counted through the body from 1 on. */
struct gb_object_run {
    enum gb_node_kind kind;
    enum gb_mention_kind mention;
    const char *label;                              /* that captions begin with; NULL: the number of a formula */
    bool (*is_counted)(const struct gb_node *node); /* NULL: all with such a number */
};

/* Reports each number that is out of sequence; cases "double" and "missing". */
void gb_judge_object_run(struct gb_check *check, const struct gb_object_run *run);

/* ---- Lines of the markup, where lines are parts: object_lines.c ---- */

/* The line that holds the text and nothing else; false: there is no such line, or its place is not exact. */
bool gb_line_of_text(struct gb_check *check, const struct gb_text *text, struct gb_span *out);

/* Moves whole lines above the line that begins at `to`, or below the one that ends there; blank lines part them from others. */
void gb_fix_lines_up(struct gb_check *check, struct gb_finding *finding, struct gb_span lines, uint32_t to);
void gb_fix_lines_down(struct gb_check *check, struct gb_finding *finding, struct gb_span lines, uint32_t to);

/* A new line above the one that begins at `to`. */
void gb_fix_line_above(struct gb_check *check, struct gb_finding *finding, uint32_t to, struct gb_str words);

/* ---- Captions ---- */

/* Are numbers and titles of the draft mostly glued, or parted by blanks of any width? A conversion that lost the blanks. */
bool gb_loses_blanks(struct gb_check *check);

/* What the checks on captions of figures, or of tables, differ in. */
struct gb_captioned {
    enum gb_node_kind kind;
    enum gb_mention_kind mention;
    const char *label;
    const struct gb_str *pointers; /* 下图: words that mention one by its place */
    size_t n_pointers;
    bool (*is_titled_or_not)(const struct gb_node *node); /* whether it has a title can be told */
    bool (*lacks_title)(const struct gb_node *node);
    bool (*is_due)(const struct gb_node *node); /* a mention of it is due */
};

/* All have a title, or none has; case "none". */
void gb_judge_titles(struct gb_check *check, const struct gb_captioned *what);

/* Each is mentioned in the text. */
void gb_judge_mentioned(struct gb_check *check, const struct gb_captioned *what);

/* ---- 单位为…… ---- */

/* 单位：mm, （计量单位：毫米）: a line that is no more than this; *out_unit is the unit as written. */
bool gb_read_unit_line(struct gb_str line, struct gb_str *out_unit);

/* 毫米 for mm and 毫米; empty where it is not known. */
struct gb_str gb_unit_name(struct gb_str written);

#endif
