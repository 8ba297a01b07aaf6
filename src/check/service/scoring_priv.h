/* Tables by which something is scored, as the rules on evaluation see them. Inside of check/ only. */
#ifndef GB_CHECK_SERVICE_SCORING_PRIV_H
#define GB_CHECK_SERVICE_SCORING_PRIV_H

#include "check/objects/objects_priv.h"
#include "check/objects/tables_priv.h"

enum { GB_NO_COLUMN = -1, GB_SCORE_COLUMNS = 2 };

/* What a row is beside an item. */
enum gb_score_row_kind { GB_SCORE_ITEM, GB_SCORE_SUBTOTAL, GB_SCORE_TOTAL, GB_SCORE_BONUS };

struct gb_score_row {
    uint32_t begin, end; /* its cells of the table's */
    enum gb_score_row_kind kind;
};

struct gb_scoring {
    const struct gb_node *node;
    const struct gb_table *table;
    int item, content, method, basis;       /* columns; content and method may be one */
    int scores[GB_SCORE_COLUMNS], n_scores; /* 分值, of an item and of its parts */
    int weights[GB_SCORE_COLUMNS], n_weights;
    struct gb_score_row *rows; /* without the header */
    uint32_t n_rows;
};

struct gb_scorings {
    const struct gb_scoring *items; /* in document order */
    size_t n;
    bool is_made;
};

/* All scoring tables of the draft; made for the rule that asks first. */
const struct gb_scorings *gb_scorings_of(struct gb_check *check);

/* The cell of a row in a column, NULL where it is covered by another or there is none. */
const struct gb_cell *gb_score_cell(const struct gb_scoring *scoring, const struct gb_score_row *row, int column);

/* Its header cell. */
const struct gb_cell *gb_score_header(const struct gb_scoring *scoring, int column);

/* A number in thousandths. */
typedef int64_t gb_score;

/* The number that a cell consists of: 10, 2.5分, （10）, 20%. False for anything else. *out_percent may be NULL. */
bool gb_score_read(struct gb_str text, gb_score *out, bool *out_percent);

/* A decimal number at *at, which moves behind it; digits of any width. */
bool gb_score_number(struct gb_str s, size_t *at, gb_score *out);

/* "2.5" for 2500. */
struct gb_str gb_score_text(struct gb_arena *arena, gb_score score);

#endif
