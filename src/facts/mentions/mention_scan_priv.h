/*
 * How one text is scanned for mentions: the parts of mention_scan.c, which leads, mention_token.c, which reads numbers and the
 * words beside them, and mention_judge.c, which decides what they are.
 */
#ifndef GB_FACTS_MENTIONS_MENTION_SCAN_PRIV_H
#define GB_FACTS_MENTIONS_MENTION_SCAN_PRIV_H

#include "facts/mentions/mention_priv.h"

#include "text/chars.h"
#include "text/utf8.h"

/* A number or letter of the text. */
struct gb_token {
    size_t begin, end;
    struct gb_number num;
    bool has_zero; /* a part that begins with 0 */
    bool is_huge;  /* a part that no part of a draft has */
};

/* Where reading stands. */
struct gb_scan {
    struct gb_mention_scanner *scanner;
    const struct gb_node *node;
    const struct gb_text *text;
    unsigned flags;  /* of all mentions of this text */
    struct gb_str s; /* the text, joined */
    size_t gap;      /* soft breaks before the place that were taken out: joined.gaps[0 … gap] */
    size_t tracked;  /* brackets and quotes are counted up to here */
    unsigned depth;  /* （ ） */
    bool in_quote, in_title;
    size_t document_begin;     /* the last name of another document */
    size_t document_end;       /* behind it; GB_NOT_FOUND */
    unsigned document_part;    /* first part of its serial; 0: it has none */
    size_t run_begin, run_end; /* numbers joined to each other; see behind_joined_numbers */
    size_t last_end;           /* behind the last mention, in s; GB_NOT_FOUND: it is not the last of this text */
    uint32_t last;             /* its index */
};

/* A mention while it is put together; offsets in the joined text. */
struct gb_candidate {
    enum gb_mention_kind kind;
    struct gb_token token;
    size_t begin, end; /* with the words of kind and 章, 条 */
    size_t item_begin, item_end;
    uint16_t item[GB_MENTION_ITEMS];
    bool is_bare;      /* nothing says its kind */
    bool is_bracketed; /* brackets of its own: 公式（3） */
    bool is_doubtful;
    enum gb_joint joint; /* to the last mention */
};

static inline const struct gb_mention_words *
gb_scan_words(const struct gb_scan *scan)
{
    return scan->scanner->words;
}

/* The character at `at` in half width, 0 at the end. */
static inline uint32_t
gb_narrow_at(struct gb_str s, size_t at, size_t *out_next)
{
    *out_next = at;
    return at < s.len ? gb_char_narrow(gb_utf8_at(s, at, out_next)) : 0;
}

/* ── mention_token.c ── */

/* 5, 5.2, A.1.3; a lone letter has no parts. */
struct gb_token gb_read_token(struct gb_str s, size_t begin);
/* Digits at *at, which moves behind them: the next part of the token. False where there are none. */
bool gb_read_part(struct gb_token *token, size_t *at, struct gb_str s);
/* May a clause have the number? */
bool gb_may_be_clause(const struct gb_token *token);

/* The word of kind that ends at `at`; NULL for none. *out_begin is where it begins. */
const struct gb_listed_word *gb_kind_before(const struct gb_scan *scan, size_t at, size_t *out_begin);
/* May the word of kind that begins at `at` stand there, or is it the end of a longer noun (登记表1, 流程图1)? */
bool gb_is_free_kind_word(const struct gb_scan *scan, size_t at);
/* 章, 条, 节, 款, 步 behind a number. *out_end is behind it. */
enum gb_suffix gb_suffix_at(const struct gb_scan *scan, size_t at, size_t *out_end);
/* Behind the last of the numbers that 、和至 and the like join to the one that ends at `at`. */
size_t gb_behind_joined_numbers(struct gb_scan *scan, size_t at);

/* One marker: a letter or one or two digits, then ) or ）; 第b项 has none. *out_end behind it. */
bool gb_marker_at(const struct gb_scan *scan, size_t at, uint16_t *out_item, size_t *out_end);
/* Markers behind a number: 5.2 b）, 5.2中第b）项, 5.2 a）1）. */
void gb_take_markers(const struct gb_scan *scan, struct gb_candidate *candidate);
/* （3） behind 公式: the bracket belongs to the mention. */
bool gb_take_brackets(struct gb_str s, struct gb_candidate *candidate);

/* ── mention_judge.c ── */

/* What joins the place to the last mention. */
enum gb_joint gb_joint_before(const struct gb_scan *scan, size_t begin);

/* Right behind the name of another document, with 中 or 的 at most; beside it: GB 4943.1和5.7. */
bool gb_is_behind_document(const struct gb_scan *scan, size_t begin);
bool gb_is_beside_document(const struct gb_scan *scan, const struct gb_token *token);

/*
 * Is the candidate a mention? Each fills in kind and extent. Bare: 5.2, A.1, or 7 behind 见. Kind: 图1, 附录B, 公式（3）. Ordinal: 第5章.
 * Joined: a number without words of its own behind a mention, 图1和2.
 */
bool gb_judge_bare(struct gb_scan *scan, struct gb_candidate *candidate);
bool gb_judge_kind(struct gb_scan *scan, struct gb_candidate *candidate, const struct gb_listed_word *word,
                   size_t word_begin);
bool gb_judge_ordinal(struct gb_scan *scan, struct gb_candidate *candidate, size_t word_begin);
bool gb_judge_joined(struct gb_scan *scan, struct gb_candidate *candidate);

/* The caption of a figure or table, or the head of an annex, that the reader left as text. */
bool gb_is_caption(const struct gb_scan *scan, const struct gb_candidate *candidate);

#endif
