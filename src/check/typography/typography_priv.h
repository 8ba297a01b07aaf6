/*
 * What is wrong with single characters of a draft: all texts are read once, character by character, and each slip is written
 * down for the rule of group TYP that tells of it. Inside of check/ only.
 */
#ifndef GB_CHECK_TYPOGRAPHY_TYPOGRAPHY_PRIV_H
#define GB_CHECK_TYPOGRAPHY_TYPOGRAPHY_PRIV_H

#include "rule/check.h"

enum gb_slip_kind {
    GB_SLIP_HALF,  /* half-width mark in Chinese text */
    GB_SLIP_WIDE,  /* letters and digits in full width */
    GB_SLIP_RANGE, /* sign of a range of values */
    GB_SLIP_QUOTE,
    GB_SLIP_PAUSE, /* 、 between quotations or titles */
    GB_SLIP_BRACKET,
    GB_SLIP_DOUBLE, /* marks that do not follow each other */
    GB_SLIP_SPREAD, /* blanks between single Han */
    GB_SLIP_INVISIBLE,
    GB_SLIP_BLANK, /* beside a full-width mark */
    GB_SLIP_DASH,
    GB_SLIP_DATE,
    GB_SLIP_MISREAD, /* a letter for a digit */
    GB_SLIP_STAR,    /* ** that the markup left in the text */
    GB_SLIP_SPACED,  /* Han beside Latin, with a blank */
    GB_SLIP_TIGHT,   /* the same without */
    GB_SLIP_KIND_COUNT
};

struct gb_slip {
    const struct gb_node *node;
    const struct gb_text *text;
    uint32_t begin, end;  /* bytes of the text */
    uint32_t place;       /* in the source */
    const char *which;    /* case of the rule's entry; NULL: none */
    struct gb_str wanted; /* what to write there; ptr NULL: that is for the drafter to say */
    bool is_fixable;      /* `wanted` may be written by itself */
};

struct gb_slips {
    const struct gb_slip *items;
    size_t n;
};

struct gb_open_bracket {
    uint32_t c, at;
};

/* A bracket or quotation mark whose other half is not in its text. */
struct gb_half_pair {
    const struct gb_node *node;
    const struct gb_text *text;
    uint32_t c, at;
    bool is_opening;
};

/* The pass over the texts. */
struct gb_typography {
    const struct gb_facts *facts;
    struct gb_arena *arena;
    GB_ARRAY(struct gb_slip) found[GB_SLIP_KIND_COUNT];
    size_t most; /* slips of a kind that are kept: more come from a broken file, and would only take memory and time */
    size_t n_spaced, n_tight;
    size_t n_left_out[GB_SLIP_KIND_COUNT]; /* slips more than are kept */

    /* The text in hand. */
    const struct gb_node *node;
    const struct gb_text *text;
    struct gb_str s;
    enum gb_part part;
    enum gb_zone zone;
    size_t cited_end;   /* behind the title or quotation that the scan came to; 0: there was none yet */
    size_t address_end; /* the same of an address */
    size_t quote_at;    /* of the straight quotation mark that is open, or GB_NOT_FOUND */

    GB_ARRAY(struct gb_open_bracket) brackets;
    GB_ARRAY(struct gb_open_bracket) quotes; /* “ and ” of the text */
    GB_ARRAY(struct gb_half_pair) halves;
    size_t first_half;           /* of the text in hand */
    const struct gb_node *waved; /* the table that was looked through for ～, and whether it is there */
    bool has_waves;
    unsigned n_marker_closes; /* pairs that the bracket of a marker may have closed: 、b）of （见a）、b）） */
    size_t n_narrow_opens, n_wide_opens; /* round brackets of all texts, half and full width */
    int formula_balance;                 /* round brackets that open in its code and formulas, less those that close */
};

/* The slips of the document, found at the first call. */
struct gb_slips gb_slips_of(struct gb_check *check, enum gb_slip_kind kind);

/* Round brackets are half-width nearly all through, as publishers set them. */
bool gb_has_narrow_brackets(struct gb_check *check);

/*
 * Reports slips, those on one line of a text and of one case together: {0} what is written, {1} what is wanted, {2} how many.
 * `together` false: each by itself.
 */
void gb_report_slips(struct gb_check *check, enum gb_slip_kind kind, bool together);
void gb_report_slips_of(struct gb_check *check, struct gb_slips slips, bool together);
/* One finding for all of them, at the first; {0} and {1} as above, {2} how many. */
void gb_report_all_slips(struct gb_check *check, const char *which, struct gb_slips slips);

/* The steps of that: how many from `first` on go together; the fix of one; a further place of a finding. */
size_t gb_slips_together(const struct gb_slips *slips, size_t first);
void gb_fix_slip(struct gb_check *check, struct gb_finding *finding, const struct gb_slip *slip);
void gb_add_place(struct gb_check *check, struct gb_finding *finding, const struct gb_slip *slip);

/* TYP-006: letters for digits, in numbers of documents and of the text. */
void gb_report_misread(struct gb_check *check);

/* ---- for the files that find slips ---- */

void gb_add_slip(struct gb_typography *typ, enum gb_slip_kind kind, size_t begin, size_t end, const char *which,
                 struct gb_str wanted, bool is_fixable);
#define GB_NO_WORDS ((struct gb_str){NULL, 0})

/* Han, or a mark that belongs to Chinese text. */
bool gb_is_chinese(uint32_t c);

/* ，。；：？！、 */
static inline bool
gb_is_pause(uint32_t c)
{
    return c == U'，' || c == U'。' || c == U'；' || c == U'：' || c == U'？' || c == U'！' || c == U'、';
}

static inline bool
gb_is_private(uint32_t c)
{
    return (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
}

/* The text without white space: 目 次 is 目次. */
struct gb_str gb_closed_up(struct gb_arena *arena, struct gb_str s);
/* Any Han in these bytes? Looks at no more than a few hundred of them. */
bool gb_has_han(struct gb_str s);
/* Around this place the text is mostly in Latin letters: marks follow their language. */
bool gb_is_latin_text(struct gb_str s, size_t at);
/* In a reference with the mark of its type beside, [J]. or [C]//: GB/T 7714 has half-width marks. */
bool gb_is_reference_text(struct gb_str s, size_t at);
/* Code or formula. */
bool gb_is_markup_text(const struct gb_typography *typ, size_t at);
/* In a quotation or a cited title: what others wrote is not changed by itself. */
bool gb_is_cited_text(const struct gb_typography *typ, size_t at);
/* Running text of the draft's own: paragraphs, items, notes; not lists of documents. */
bool gb_is_running_text(const struct gb_typography *typ);

/* Characters of the text, each by the file that judges them; the result is where to read on. */
size_t gb_scan_half_mark(struct gb_typography *typ, size_t at);
size_t gb_scan_stop(struct gb_typography *typ, size_t at);
size_t gb_scan_full_mark(struct gb_typography *typ, size_t at, uint32_t c, size_t next);
size_t gb_scan_dash(struct gb_typography *typ, size_t at, uint32_t c, size_t next);
size_t gb_scan_bracket(struct gb_typography *typ, size_t at, uint32_t c, size_t next);
size_t gb_scan_quote(struct gb_typography *typ, size_t at, uint32_t c, size_t next);
size_t gb_scan_blank(struct gb_typography *typ, size_t at, size_t next);
size_t gb_scan_word(struct gb_typography *typ, size_t at);
size_t gb_scan_wide(struct gb_typography *typ, size_t at);
size_t gb_scan_invisible(struct gb_typography *typ, size_t at, uint32_t c, size_t next);
size_t gb_scan_star(struct gb_typography *typ, size_t at);

/* At the end of a text, and of all. */
void gb_end_brackets(struct gb_typography *typ);
void gb_pair_halves(struct gb_typography *typ);

/* A word of Latin letters and digits: a date, a letter read for a digit. */
void gb_judge_word(struct gb_typography *typ, size_t begin, size_t end);
/* A sign of a range between two values at [at, next)? */
bool gb_scan_range(struct gb_typography *typ, size_t at, uint32_t c, size_t next);

/* The full-width form of one of ,;:?! and no words for others. */
struct gb_str gb_full_width(char half);

#endif
