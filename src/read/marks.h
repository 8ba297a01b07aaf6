/*
 * Recognisers of what stands at the head of a line: numbers, list markers, captions, annex heads … Pure functions on
 * text, no state; clauses.c decides whether what was recognised fits where it stands. Offsets are bytes from 0 in the line.
 * Full-width and half-width forms are one (markdown-shapes, rule 4).
 */
#ifndef GB_READ_MARKS_H
#define GB_READ_MARKS_H

#include "doc/node.h"

/* Form of a clause number as written. */
enum gb_number_form {
    GB_NUMBER_ARABIC,  /* 5.1 */
    GB_NUMBER_WORD,    /* 第五章 */
    GB_NUMBER_CHINESE, /* 五、 */
};

struct gb_number_mark {
    struct gb_number num;
    enum gb_number_form form;
    size_t begin, end;  /* the number with its inner blanks, without a final dot */
    size_t rest;        /* where the text behind it begins; the length of the line if there is none */
    bool is_glued;      /* no blank between number and text */
    bool has_final_dot; /* 5.1. or 5、 */
};

/* A clause number at the head of the line: 5, 5.1, A.1, ５．１, "C. 1", 第五章, 五、. False for 5), (5), 5% and the like. */
bool gb_mark_number(struct gb_str line, struct gb_number_mark *out);
/* The same number without its last part, or without the last digits of its last part; false when nothing is left. Used
 * when the longest number does not fit: 5.12时限 may be 5.1 and "2时限". */
bool gb_mark_number_shorten(struct gb_str line, struct gb_number_mark *mark);
/* "(A.1)", "1": a number and nothing else. */
bool gb_parse_single(struct gb_str s, struct gb_number *out);

enum gb_item_form {
    GB_ITEM_ALPHA, /* a) */
    GB_ITEM_DIGIT, /* 1) */
    GB_ITEM_PLAIN, /* 1, in standards for engineering construction */
    GB_ITEM_DASH,  /* —— */
    GB_ITEM_DOT,   /* · */
};

struct gb_item_mark {
    enum gb_item_form form;
    unsigned value;    /* a = 1, 1 = 1; 0 for dashes and dots */
    size_t begin, end; /* marker as written, bracket included */
    size_t rest;
};

bool gb_mark_item(struct gb_str line, struct gb_item_mark *out);

struct gb_note_mark {
    bool is_example;
    struct gb_number num; /* n = 0: not numbered */
    size_t begin, end;    /* 注1, without the colon; 示例; 警告 */
    size_t number_begin, number_end;
    size_t rest;    /* behind the colon and blanks */
    bool is_notice; /* 警告, 危险, 注意, 重要提示 */
    bool has_colon;
};

bool gb_mark_note(struct gb_str line, struct gb_note_mark *out);

struct gb_caption_mark {
    bool is_table;
    struct gb_number num; /* letter for A.1 */
    size_t number_begin, number_end;
    size_t title, title_end; /* title may be empty */
    bool is_continued;       /* （续） */
};

/* 图 1 … / 表A.1 …: a caption line, not a sentence that begins with a mention. */
bool gb_mark_caption(struct gb_str line, struct gb_caption_mark *out);

/*
 * 图1　结构。, 图1、结构, 图一　结构: what is none by its form, and is one where it stands right below a picture and what belongs to it. The
 * number of 图一 is 1.
 */
bool gb_mark_faulty_caption(struct gb_str line, struct gb_caption_mark *out);

struct gb_annex_mark {
    char letter; /* 0: none written */
    enum gb_nature nature;
    bool is_old_nature; /* （规范性附录） */
    size_t letter_begin, letter_end;
    size_t nature_begin, nature_end; /* with brackets; equal when there is none */
    size_t title;                    /* length of the line when there is none */
};

/* 附录A（规范性）标题, any part but 附录 may lack. */
bool gb_mark_annex(struct gb_str line, struct gb_annex_mark *out);
/* A line that is only （规范性附录） or the like. */
bool gb_mark_nature(struct gb_str line, struct gb_annex_mark *out);

struct gb_entry_mark {           /* line of a contents list */
    size_t text_end;             /* behind the title */
    size_t page_begin, page_end; /* equal when there is none */
    bool has_leader;
};

/* Cuts leader and page off; always succeeds. */
struct gb_entry_mark gb_mark_entry(struct gb_str line);

/* A document identifier at the head of the line (GB/T 1.1—2020, ISO 9001:2015, DB 32/T 2796—2015 …): its length, 0 if none. */
size_t gb_mark_code(struct gb_str line);

/* P = U × I ……（1） */
struct gb_formula_mark {
    size_t begin, end;               /* the formula itself, without $ around it, and dots behind it */
    size_t number_begin, number_end; /* equal when there is none */
    bool has_leader;                 /* dots or a wide gap lead to the number */
    bool has_words;                  /* names of quantities in it, not only symbols */
    bool has_comma;                  /* ， */
    unsigned longest;                /* letters that stand together in it */
};

/* A line of symbols, or of names with signs of calculation between them, with a sign of equality; no reaction, nothing of a
 * program. Without a number it may still be anything: who asks looks at what stands around it. */
bool gb_mark_formula(struct gb_str line, struct gb_formula_mark *out);

/* Offset at which the foreign part of "旧书 used book" begins; length of the line when there is none. */
size_t gb_split_foreign(struct gb_str line);

/* Fixed titles, blanks and full-width forms ignored. */
enum gb_fixed_title {
    GB_FIXED_NONE,
    GB_FIXED_TOC,
    GB_FIXED_FOREWORD,
    GB_FIXED_INTRO,
    GB_FIXED_SCOPE,
    GB_FIXED_REFERENCES,
    GB_FIXED_TERMS,
    GB_FIXED_TERMS_SYMBOLS,
    GB_FIXED_SYMBOLS,
    GB_FIXED_BIBLIO,
    GB_FIXED_INDEX,
    GB_FIXED_END, /* 全文完, a line of underscores */
};

enum gb_fixed_title gb_mark_fixed(struct gb_str line);

/* Could the text be a title: short, no final 。；：，, no comma, no predicate 应 or 宜? */
bool gb_looks_like_title(struct gb_str text);
/* 应 or 宜 as a predicate, as far as a title needs it: the sentence model of facts/ is finer. */
bool gb_has_modal(struct gb_str text);
/* Does the text end a sentence: 。！？；： or a closing quote behind one? */
bool gb_ends_sentence(struct gb_str text);
/* Ends in a word or mark behind which a sentence goes on, mostly with what it mentions: 应符合, 见, 5.1和. */
bool gb_is_left_open(struct gb_str text);
bool gb_ends_with(struct gb_str text,
                  const char *marks); /* one of the characters of `marks`, blanks at the end ignored */
/* 单位为毫米, above a table; mg/kg or %（质量分数） alone, a unit where a table follows. */
bool gb_is_unit_statement(struct gb_str line);
bool gb_is_bare_unit(struct gb_str s);
/* A lone page number: 12, III, — 3 —; between dashes it can be nothing else. */
bool gb_is_page_number(struct gb_str line);
bool gb_is_dashed_page_number(struct gb_str line);
/* Letters of Latin against Han: is the text foreign? */
bool gb_is_foreign(struct gb_str text);

#endif
