/*
 * Inside of the clause builder, shared by its files: units.c (blocks as one sequence of lines), furniture.c (running heads, page numbers),
 * dotted_chapters.c, clauses.c (the walk), opening.c (nodes, clauses), numbers.c, annexes.c, front.c (foreword, title), toc.c (contents),
 * cover.c, cover_lines.c, content.c (paragraphs, notes), lists.c, objects.c (captions, tables), figures.c, formulas.c, terms.c (terms,
 * abbreviations), references.c, footnotes.c, standard.c; marks.c, mark_titles.c and mark_formulas.c recognise heads of lines. No other
 * room includes this.
 */
#ifndef GB_READ_BUILD_H
#define GB_READ_BUILD_H

#include "read/block.h"
#include "read/marks.h"

/* One line of a paragraph, one heading, or one other block, in reading order. */
struct gb_unit {
    struct gb_block *block;
    enum gb_block_kind kind;     /* of the block: asked so often that a look at the block would cost */
    struct gb_text text;         /* of a line or heading, blanks at its ends taken off */
    const struct gb_block *item; /* innermost list item that it lies in */
    uint8_t list_level;          /* nesting of that item's list, from 1 */
    bool starts_item;            /* first thing in that item */
    bool is_first;               /* first line of its block */
    bool after_hard_break;
    bool begins_para; /* indented by two wide blanks, as office programs paste it; a symbol with its meaning */
    bool is_quoted;
    bool is_furniture; /* running head or foot, or the page number beside it */
};

/* A comment, a mark or rule between pages, a running head, metadata, a footnote: what stands between the lines and is none. */
struct gb_aside {
    struct gb_unit unit;
    size_t at; /* the unit that it stands before */
};

enum gb_zone {
    GB_ZONE_COVER,
    GB_ZONE_TOC,
    GB_ZONE_FOREWORD,
    GB_ZONE_INTRO,
    GB_ZONE_BODY,
    GB_ZONE_ANNEX,
    GB_ZONE_BIBLIO,
    GB_ZONE_INDEX
};

enum { GB_MAX_OPEN = 12, GB_MAX_LISTS = 16 };

struct gb_open_list {
    struct gb_node *list, *item; /* item: the last one */
    enum gb_item_form form;
    unsigned value; /* of the last item */
    uint8_t level;  /* of the markup's list; 0 when the markers stand in plain paragraphs */
    char bullet;    /* - * + of the markup; 0 when its markers are others */
};

struct gb_builder {
    struct gb_arena *arena;
    struct gb_blocks *blocks;
    struct gb_doc *doc;
    struct gb_node *root;
    /* Owned, until the tree is there; two empty ones stand behind the last, so that each may be asked for the next. */
    struct gb_unit *units;
    size_t n, i; /* units, and the one to be placed next */
    GB_ARRAY(struct gb_aside) asides;
    size_t i_aside; /* the one to be placed next */

    enum gb_zone zone;
    struct gb_node *at;                /* takes the content */
    struct gb_node *open[GB_MAX_OPEN]; /* open clauses, outermost first; an annex is none of them */
    unsigned n_open;
    struct gb_node *annex; /* the one in force */
    struct gb_node *foreword, *intro, *toc, *cover;
    unsigned last_chapter; /* number of the last body chapter, 0 before the first */
    unsigned n_annexes;
    bool chapters_have_dot; /* 1. 范围, 1、范围 */
    bool has_title;         /* the title before chapter 1 was met */
    uint8_t chapter_level;  /* heading level of the first chapter; 0 when it was no heading */
    unsigned stray_number;  /* of the last heading with a number that opened no chapter: words of a lost table */

    struct gb_open_list lists[GB_MAX_LISTS];
    unsigned n_lists;

    struct gb_node *terms;  /* chapter or grouping clause that takes term entries, while inside it */
    bool is_vocabulary;     /* the title before the scope ends in 术语 or 词汇: chapters of terms are its core */
    struct gb_node *refs;   /* list of references, while inside it */
    struct gb_node *table;  /* last table, for continuations */
    struct gb_cell *joined; /* its cells when parts were joined to it, with room for joined_cap */
    uint32_t joined_cap;
    struct gb_node *figure; /* picture that waits for its caption, or was the last thing before unit figure_end */
    size_t figure_end;
    struct gb_node *formula;                /* last formula, while its legend may follow */
    bool has_general;                       /* 1.0.1 was met */
    bool explains;                          /* 条文说明 has begun */
    bool in_example;                        /* the lines of an example are being taken */
    const struct gb_node *next_entry;       /* of the contents, for numbers by equal titles */
    size_t *looked;                         /* units that were looked at far ahead: so many, that the time is bounded */
    struct gb_chapter_lines *chapter_lines; /* where the chapters that the contents name stand; NULL: they name none */
};

/* ── units.c, furniture.c ── */
/* Ends in Han or 。, as neither the number of a page nor most numbers of documents do. */
bool gb_ends_in_words(struct gb_str line);
/* The line without a page number at one of its ends: "IV GB/T 90001—2026". */
struct gb_str gb_without_page(struct gb_str line);
/* Marks what recurs at the edges of pages. */
void gb_mark_furniture(struct gb_builder *b);
void gb_make_units(struct gb_builder *b);

static inline bool
gb_unit_is_line(const struct gb_unit *u)
{
    return u->kind == GB_BLOCK_PARA;
}

static inline bool
gb_unit_is_heading(const struct gb_unit *u)
{
    return u->kind == GB_BLOCK_HEADING;
}

static inline bool
gb_unit_is_text(const struct gb_unit *u)
{
    return gb_unit_is_line(u) || gb_unit_is_heading(u);
}

/* <!-- image -->, <!-- formula-not-decoded -->: what a converter leaves in the place of such. */
bool gb_stands_for(const struct gb_unit *u, const char *what);

/* Is the unit all of its block: a paragraph of one line? */
static inline bool
gb_is_whole(const struct gb_builder *b, size_t i)
{
    return b->units[i].is_first && b->units[i + 1].block != b->units[i].block;
}

/* ── dotted_chapters.c ── */
/* Takes chapters that the markup took for items of a list out of it. */
void gb_unlist_chapters(struct gb_builder *b);

/* ── opening.c: nodes ── */
struct gb_node *gb_add(struct gb_builder *b, struct gb_node *parent, enum gb_node_kind kind, enum gb_encoding encoding,
                       const struct gb_text *head);
struct gb_text gb_given(struct gb_builder *b, struct gb_str text); /* text without a place */
enum gb_encoding gb_unit_encoding(const struct gb_unit *u);

/* ── number_fit.c ── */
/* How well a number continues what is open. */
enum gb_fit { GB_FIT_NONE, GB_FIT_BACK, GB_FIT_ORPHAN, GB_FIT_SAME, GB_FIT_GAP, GB_FIT_NEXT };
enum gb_fit gb_fit(const struct gb_builder *b, const struct gb_number *num);
/* The node whose children the number would join; NULL: it is not open. */
struct gb_node *gb_find_parent(const struct gb_builder *b, const struct gb_number *num);

/* ── number_words.c ── */
/* What follows the number makes it part of a sentence: "5.2 的要求", "3.5 kg", "5 个工作日内". */
bool gb_continues_sentence(struct gb_str rest, unsigned n_parts, bool is_glued);

/* ── numbers.c ── */
/* Does the unit open a clause here? Then *mark is how it was read. */
bool gb_opens_clause(const struct gb_builder *b, size_t i, struct gb_number_mark *mark);
/* Is the item 4. of a list of the markup rather "4. 1 标题", a clause whose number goes on exactly? Then the unit gets its
 * whole number back. */
bool gb_item_is_clause(const struct gb_builder *b, size_t i);
void gb_restore_item_number(struct gb_builder *b);
enum { GB_LARGEST_CHAPTER = 60 };
/* 1.0.1 behind the last chapters: the clauses are counted a second time, as in explanations of them. */
bool gb_counts_anew_behind(const struct gb_builder *b, size_t i);
/* The next number below is of the first chapters, or there is none. */
bool gb_counts_from_start(const struct gb_builder *b, size_t i);
/* 5 救援网络：, and then 5.1: a title but for the mark at its end, NUM-014. */
bool gb_is_title_with_mark(const struct gb_builder *b, size_t i, struct gb_str rest, const struct gb_number *num);

/* ── number_contents.c ── */
/* Notes down that the contents name chapters; where they stand is looked for when it is asked. */
void gb_note_chapters(struct gb_builder *b);
/* The contents name the chapter with this title. */
bool gb_is_in_contents(const struct gb_builder *b, const struct gb_number *num, struct gb_str title);
/* Do the contents have the title with the number that is due? Then it is the chapter, with a slip in its number. */
bool gb_is_due_in_contents(const struct gb_builder *b, struct gb_str title);
/* 6 音频 in the rows of a table that a conversion lost, where the contents name another chapter 6 that stands further below. */
bool gb_stands_further_below(const struct gb_builder *b, size_t i, const struct gb_number_mark *mark);
/* The heading of the chapter that is due, without its number: the contents have both, and no line behind them does. */
bool gb_lacks_number(const struct gb_builder *b, size_t i);

/* ── opening.c: clauses ── */
/* Does 范围 stand alone on line i, with the first sentence of the scope below it? */
bool gb_is_bare_scope(const struct gb_builder *b, size_t i);
/* The last step: what was taken for the title of a clause, and is the sentence of one that has none. */
void gb_untitle_sentences(struct gb_builder *b);
/* Opens the clause that unit i begins with; *mark as gb_opens_clause read it. */
void gb_take_clause(struct gb_builder *b, const struct gb_number_mark *mark);
/*
 * A line that was a heading with a number before a conversion took both: 范围 and the next fixed titles, or what the contents
 * name next.
 */
bool gb_is_bare_heading(const struct gb_builder *b, size_t i);
/* In a draft without numbers, levels give the tree; the contents list gives the numbers if it has them. */
bool gb_take_unnumbered_clause(struct gb_builder *b);
/* {无标题条:3} …: a drafting notation for an untitled clause of that level; its number is left to a program. */
bool gb_take_noted_clause(struct gb_builder *b);
/* A number that DocBook gives in a label (or that was counted there). */
bool gb_take_labelled_clause(struct gb_builder *b);
struct gb_node *gb_open_clause(struct gb_builder *b, enum gb_node_kind kind, const struct gb_number *num,
                               const struct gb_text *head, enum gb_encoding encoding);
/* Is the line so much shorter than others of its paragraph that the next word would have found room on it? */
bool gb_has_room(const struct gb_builder *b, size_t i);
bool gb_title_follows(const struct gb_builder *b, size_t i);

/* ── clauses.c ── */
/* Does the unit begin something of its own, so that a paragraph before it ends? */
bool gb_is_structural(const struct gb_builder *b, size_t i);
/* Takes a table, picture, formula, note …, a block that is what it is wherever it stands; false for any other. */
bool gb_take_object(struct gb_builder *b);
/* Takes a running head or page number out of the text that is known as such only where it stands. */
bool gb_take_furniture(struct gb_builder *b);

/* ── annexes.c ── */
/* Is there an annex head at unit i? */
bool gb_opens_annex(const struct gb_builder *b, size_t i, struct gb_annex_mark *mark);
void gb_take_annex(struct gb_builder *b, const struct gb_annex_mark *mark);
/* The nature as it is written in the line, where it is. */
void gb_set_nature_text(struct gb_builder *b, struct gb_node *node, const struct gb_text *line,
                        const struct gb_annex_mark *mark);

/* ── footnotes.c ── */
void gb_attach_footnotes(struct gb_builder *b);

/* ── standard.c ── */
/* Known once the tree is there. */
bool gb_is_standard(const struct gb_builder *b);

/* ── front.c ── */
/* Places the unit when it belongs before chapter 1; false when the body begins with it. */
bool gb_take_front(struct gb_builder *b);
/* Is line i the title above chapter 1, in one paragraph with the foreword or introduction? */
bool gb_is_title_line(const struct gb_builder *b, size_t i);

/* ── toc.c ── */
struct gb_node *gb_open_toc(struct gb_builder *b, const struct gb_text *head, enum gb_encoding encoding);
/* Takes the unit as an entry, or the first one in it; false when the contents end before it. */
bool gb_take_entry(struct gb_builder *b);
/* Has the line a leader and a page? */
bool gb_has_printed_entry(const struct gb_unit *u);

/* ── cover.c ── */
struct gb_buf;
struct gb_node *gb_open_cover(struct gb_builder *b, enum gb_encoding encoding);
void gb_take_cover_unit(struct gb_builder *b, struct gb_buf *scratch);
/* A table that only lays out the cover; false, and nothing taken, when it is a table of the text. */
bool gb_take_cover_table(struct gb_builder *b);
void gb_take_meta(struct gb_builder *b, const struct gb_block *block);
/* Adds the title that unit `u` holds to the one before it. Two headings are two parts; two lines are one wrapped text. */
struct gb_text gb_join_titles(struct gb_builder *b, const struct gb_text *title, const struct gb_unit *u);

/* ── cover_lines.c ── */
/* "GB/T 90001—2026 旧书柜 通用规范": length of the number that stands before the title, 0 if none. */
size_t gb_code_before_title(struct gb_str line);
/* 中华人民共和国国家标准, 食品安全国家标准: the level of a document, blanks taken out. */
bool gb_is_band(struct gb_str closed);

/* ── content.c ── */
void gb_take_paragraph(struct gb_builder *b, struct gb_node *parent);
/*
 * The lines of one paragraph from unit b->i on, up to one that begins something of its own. Behind an item in plain text the
 * next paragraph has no mark: there a short line that ends a sentence ends the item.
 */
struct gb_text gb_take_lines(struct gb_builder *b, bool is_item);
bool gb_is_broken_off(const struct gb_builder *b, size_t i);
/* Joins the pieces of a cut sentence to its first one; page marks and comments between them are placed on the way. */
void gb_join_pieces(struct gb_builder *b, struct gb_node *node, bool is_note);
/* The unit behind page numbers and running heads that are still among the lines. */
size_t gb_next_past_page(const struct gb_builder *b, size_t k);
bool gb_has_open_bracket(struct gb_str s);
bool gb_take_note(struct gb_builder *b);
void gb_take_container(struct gb_builder *b); /* note, example, quote elements with blocks inside */
void gb_add_aside(struct gb_builder *b, struct gb_node *parent,
                  const struct gb_block *block); /* a note or example that is an element */
void gb_take_remnant(struct gb_builder *b);      /* what a converter left in the place of something */
void gb_add_comment(struct gb_builder *b, const struct gb_unit *u);
void gb_place_blocks(struct gb_builder *b, struct gb_node *parent, const struct gb_block *first);
/* Puts text into a new para; cuts nothing. */
struct gb_node *gb_add_para(struct gb_builder *b, struct gb_node *parent, const struct gb_text *text,
                            enum gb_encoding encoding);

/* ── lists.c ── */
/* Does the unit begin with the marker of an item, by its words or by those around it? */
bool gb_marks_item(const struct gb_builder *b, size_t i, struct gb_item_mark *out);
bool gb_take_item(struct gb_builder *b);
void gb_close_lists(struct gb_builder *b);
/* Node that takes a note, table, formula …: the open item when the list goes on behind it, else b->at. */
struct gb_node *gb_content_parent(struct gb_builder *b);
struct gb_node *gb_item_of_note(const struct gb_builder *b, size_t i);
/*
 * "步骤如下：a）登记；b）上架。" in one paragraph: the lead-in, and the list in *out_list. All of the text where it holds no list
 * of at least two items.
 */
struct gb_text gb_cut_list_off(const struct gb_text *text, struct gb_text *out_list);
/* alpha, digit …: what a list is called in the outline. */
const char *gb_list_marker_name(enum gb_item_form form);

/* ── objects.c ── */
bool gb_read_caption(const struct gb_unit *u, struct gb_caption_mark *mark);
void gb_set_caption(struct gb_node *node, const struct gb_unit *u, const struct gb_caption_mark *mark);
bool gb_take_caption(struct gb_builder *b);
void gb_take_table(struct gb_builder *b);

/* ── figures.c ── */
/* Is the code a flowchart, and in which notation? */
bool gb_is_chart(const struct gb_block *code, struct gb_str *out_language);
/* A caption that no picture came before: the picture stands below it, or is lost. */
void gb_take_figure_caption(struct gb_builder *b, const struct gb_caption_mark *mark);
void gb_take_picture(struct gb_builder *b);
void gb_take_code(struct gb_builder *b);
void gb_take_figure_element(struct gb_builder *b);

/* ── formulas.c ── */
void gb_take_formula(struct gb_builder *b);
/* A picture with the number or the legend of a formula behind it; false where it is none, and nothing is taken. */
bool gb_take_pictured_formula(struct gb_builder *b);
/* Is the line a formula that no markup marks as one: P = U × I ……（1）? In an example it is left to the example. */
bool gb_is_formula_line(const struct gb_builder *b, size_t i);
bool gb_take_formula_line(struct gb_builder *b);
bool gb_take_legend(struct gb_builder *b);       /* 式中 */
bool gb_take_legend_table(struct gb_builder *b); /* its parts in the columns of a table */
/* 符号——说明： one line of a legend. */
bool gb_is_legend_line(struct gb_str line);

/* ── terms.c ── */
bool gb_take_term(struct gb_builder *b, const struct gb_number_mark *mark); /* mark NULL: no number written */
void gb_take_term_element(struct gb_builder *b);
/* Is the line a source: [来源：…], or in an entry [GB/T 1.1—2009，定义 3.4]? */
bool gb_is_source(const struct gb_builder *b, const struct gb_unit *u);
bool gb_take_source(struct gb_builder *b);
/* Cuts [来源：…] at the end of a definition off into a source node behind it. */
void gb_split_source(struct gb_builder *b, struct gb_node *para);
bool gb_take_abbreviation(struct gb_builder *b);
bool gb_opens_abbreviation(const struct gb_builder *b, size_t i);
bool gb_is_group_of_terms(const struct gb_builder *b, size_t i, const struct gb_number_mark *mark);

/* ── references.c ── */
bool gb_take_reference(struct gb_builder *b);
/* The list that goes on behind the note in unit `i`, which is then a part of it; NULL. */
struct gb_node *gb_refs_of_note(const struct gb_builder *b, size_t i);
bool gb_take_bibliography_entry(struct gb_builder *b);

#endif
