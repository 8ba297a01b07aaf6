/* What checks of several files ask of clauses, their numbers and their titles. */
#ifndef GB_CHECK_CLAUSE_PRIV_H
#define GB_CHECK_CLAUSE_PRIV_H

#include "rule/check.h"

/* Does the node stand in a chapter of terms or symbols, whose entries are no clauses? */
bool gb_clause_in_terms(const struct gb_node *node);

/* First and next clause below `parent` that its number places there; one that a lost heading left there is none. */
const struct gb_node *gb_clause_first(const struct gb_node *parent);
const struct gb_node *gb_clause_next(const struct gb_node *clause);

/* Is its place certain? Where a number was not written, only heading levels told it, and conversions get those wrong. */
bool gb_clause_is_placed(const struct gb_node *clause);

/* A heading, or a line with a number of its own, that the reader left a paragraph: the structure is not certain here. */
bool gb_clause_is_doubtful(const struct gb_node *node);

/* Title, else number as written: how messages name a clause. */
struct gb_str gb_clause_name(const struct gb_node *node);

/* Does it have a title or not? UNSURE where a conversion may have blurred it. */
enum gb_clause_form { GB_CLAUSE_UNSURE, GB_CLAUSE_TITLED, GB_CLAUSE_UNTITLED };

enum gb_clause_form gb_clause_form(const struct gb_node *node);

/* 6.3 判定： as a line of text, and a paragraph below: a title with a colon too many, where its siblings have titles. */
bool gb_clause_is_marked_line(const struct gb_node *node);

/*
 * Does the chapter list what a test takes, reagents or apparatus? Its entries are numbered names (5.1 盐酸：……。), and a
 * sentence on all of them stands before the first: GB/T 20001.4.
 */
bool gb_clause_is_inventory(const struct gb_node *chapter);

/* The paragraph that is the text of an untitled clause, or NULL. */
const struct gb_node *gb_clause_text(const struct gb_node *node);

/* 警告——使用本文件的人员应……, 安全警示：……: a warning of a method (GB/T 20001.4) speaks to its users, wherever it stands. */
bool gb_is_warning(struct gb_str text);

/* A predicate 应, 宜 or 可, as far as titles need it. */
bool gb_title_has_modal(struct gb_str title);

/* Short, without modal, comma, stop or a mark at its end that titles do not have. */
bool gb_title_is_plain(struct gb_str title);

/* Lines far shorter than those of a page: a paragraph of the cells of a table that a conversion took apart. */
bool gb_holds_cells(struct gb_str text);

/* The last character that is no blank, and where it begins; 0 for an empty text. */
uint32_t gb_last_char(struct gb_str text, size_t *out_begin);

/* Most texts end in a Han character: three bytes, the first from E4 to E9. False says nothing. */
static inline bool
gb_ends_in_han(struct gb_str text)
{
    unsigned char first = text.len >= 3 ? (unsigned char)text.ptr[text.len - 3] : 0;

    return first >= 0xE4 && first <= 0xE9;
}

/*
 * A clause number at the head of a text: digits and dots of any width, a letter before them in annexes. *out_end is
 * behind its last digit. False where what follows makes it part of a sentence, or nothing follows.
 */
bool gb_number_at_head(struct gb_str text, struct gb_number *out_number, size_t *out_end);

/* Digits of a number without its dots, which a conversion loses or misreads first; returns how many. */
enum { GB_NUMBER_DIGITS = GB_MAX_COMPONENTS * 5 };
size_t gb_number_digits(const struct gb_number *number, char *out);

/*
 * Does the number begin a line, a sentence or a cell in [begin, end) of the source? Then it is not missing: the reader
 * could not tell it from text. A chapter's number says little, so it counts only before a title.
 */
bool gb_number_stands(const struct gb_source *source, const struct gb_number *number, uint32_t begin, uint32_t end);

/* Place of the number as written; of the whole head where it was not written. */
struct gb_at gb_at_number(const struct gb_node *node);
/* The same of a figure or a table with its label, as a mention has it: 图3. */
struct gb_at gb_at_label(const struct gb_node *node);

/* A heading without number, which the reader kept as text; in a draft whose chapters are bold lines, a bold line. */
static inline bool
gb_is_heading_left(const struct gb_facts *facts, const struct gb_node *para)
{
    bool is_bold =
        para->encoding == GB_ENCODING_BOLD && facts->n_chapters && facts->chapters[0]->encoding == GB_ENCODING_BOLD;

    return para->kind == GB_NODE_PARA && (para->encoding == GB_ENCODING_HEADING || is_bold);
}

/* Does the number stand in the draft: it is not counted, nor given by the markup? */
static inline bool
gb_number_is_written(const struct gb_node *node)
{
    return !(node->flags & GB_NODE_GIVEN) && node->number.str.len && node->number.n_runs;
}

/* Does the text begin with a), or b）? */
static inline bool
gb_has_letter_marker(struct gb_str s)
{
    return s.len && gb_is_lower(s.ptr[0]) && GB_STARTS_WITH(gb_str_skip(s, 1), ")", "）");
}

#endif
