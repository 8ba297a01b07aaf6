/*
 * The clause tree: what a draft consists of, whatever file format it came in.
 *
 * Readers write it; after that it is const. All nodes of a document live in its arena.
 */
#ifndef GB_DOC_NODE_H
#define GB_DOC_NODE_H

#include "doc/text.h"
#include "source/source.h"

/* Kinds of nodes and their names in the outline. */
#define GB_NODE_KINDS(X)                                                                                               \
    X(DOC, "doc")                                                                                                      \
    X(COVER, "cover")       /* 封面 */                                                                               \
    X(TOC, "toc")           /* 目次 */                                                                               \
    X(ENTRY, "entry")       /* a line of the contents */                                                               \
    X(FOREWORD, "foreword") /* 前言 */                                                                               \
    X(INTRO, "intro")       /* 引言 */                                                                               \
    X(TITLE, "title")       /* title on the first body page */                                                         \
    X(CLAUSE, "clause")     /* 章, 条 */                                                                             \
    X(PARA, "para")         /* 段 */                                                                                  \
    X(LIST, "list")         /* 列项 */                                                                               \
    X(ITEM, "item")                                                                                                    \
    X(NOTE, "note")         /* 注, 警告 … */                                                                      \
    X(EXAMPLE, "example")   /* 示例 */                                                                               \
    X(FOOTNOTE, "footnote") /* 脚注 */                                                                               \
    X(TERM, "term")         /* 术语条目 */                                                                         \
    X(SOURCE, "source")     /* [来源：…] */                                                                       \
    X(REFS, "refs")         /* the list of normative references */                                                     \
    X(REF, "ref")           /* one entry of it, or of the bibliography */                                              \
    X(ABBR, "abbr")         /* 缩略语, 符号 */                                                                    \
    X(TABLE, "table")       /* 表 */                                                                                  \
    X(FIGURE, "figure")     /* 图 */                                                                                  \
    X(FORMULA, "formula")   /* 公式 */                                                                               \
    X(WHERE, "where")       /* 式中 */                                                                               \
    X(ANNEX, "annex")       /* 附录 */                                                                               \
    X(BIBLIO, "biblio")     /* 参考文献 */                                                                         \
    X(INDEX, "index")       /* 索引 */                                                                               \
    X(COMMENT, "comment")

enum gb_node_kind {
#define X(id, name) GB_NODE_##id,
    GB_NODE_KINDS(X)
#undef X
        GB_NODE_KIND_COUNT
};

/* The form a node came in. */
#define GB_ENCODINGS(X)                                                                                                \
    X(NONE, "none")                                                                                                    \
    X(HEADING, "heading")                                                                                              \
    X(PARAGRAPH, "paragraph")                                                                                          \
    X(BULLET, "bullet") /* inside a bullet of the markup */                                                            \
    X(GLUED, "glued")   /* number and title without a blank, in a heading or paragraph */                              \
    X(BOLD, "bold")                                                                                                    \
    X(MARKER, "marker") /* {术语：…}, {表：…}, {无标题条:3} */                                            \
    X(TABLE, "table")                                                                                                  \
    X(HTML, "html")                                                                                                    \
    X(FENCE, "fence")                                                                                                  \
    X(FRONT_MATTER, "front-matter")                                                                                    \
    X(PICTURE, "picture") /* an image stands in its place */                                                           \
    X(LOST, "lost")       /* only the caption, or only unmarked lines, are left */                                     \
    X(ORDERED, "ordered") /* 1. 2. of the markup where the printed list has letters */                                 \
    X(QUOTE, "quote")                                                                                                  \
    X(ELEMENT, "element") /* an element of DocBook made for it */

enum gb_encoding {
#define X(id, name) GB_ENCODING_##id,
    GB_ENCODINGS(X)
#undef X
};

/* What an element of the standard is, where the kind of node does not say so. */
#define GB_ROLES(X)                                                                                                    \
    X(NONE, "")                                                                                                        \
    X(SCOPE, "scope")                 /* 范围 */                                                                     \
    X(REFERENCES, "references")       /* 规范性引用文件 */                                                      \
    X(TERMS, "terms")                 /* 术语和定义 */                                                            \
    X(SYMBOLS, "symbols")             /* 符号和缩略语 */                                                         \
    X(TERMS_SYMBOLS, "terms-symbols") /* 术语、定义和缩略语 */

enum gb_role {
#define X(id, name) GB_ROLE_##id,
    GB_ROLES(X)
#undef X
};

enum gb_nature { GB_NATURE_NONE, GB_NATURE_NORMATIVE, GB_NATURE_INFORMATIVE };

enum gb_node_flag {
    GB_NODE_GIVEN = 1 << 0,       /* the number or letter was given by the reader, not written */
    GB_NODE_OLD_NATURE = 1 << 1,  /* （规范性附录）: the wording of 2009 */
    GB_NODE_CONTINUED = 1 << 2,   /* a table or figure with a （续） part joined to it */
    GB_NODE_DOUBLE = 1 << 3,      /* an item whose marker stands behind a bullet of the markup */
    GB_NODE_SPLIT = 1 << 4,       /* head in several lines: number and title, or 附录 / nature / title */
    GB_NODE_JOINED = 1 << 5,      /* a paragraph put together from pieces that a blank line or page cut */
    GB_NODE_SENTENCE = 1 << 6,    /* clause in a heading that is a sentence: untitled, the text is its first para */
    GB_NODE_FURNITURE = 1 << 7,   /* comment: running head or page number that was taken out */
    GB_NODE_SUPPRESSION = 1 << 8, /* comment: a gblint-disable… comment */
    GB_NODE_DEDUCED = 1 << 9,     /* title or number put together from other evidence (contents list) */
    GB_NODE_APPROX = 1 << 10,     /* its head's place is known by line only */
    GB_NODE_FLOWCHART = 1 << 12,  /* figure with the source of a flowchart */
    GB_NODE_COUNTED = 1 << 13,    /* with GIVEN: counted from elements, whose nesting leaves no doubt */
};

enum { GB_MAX_COMPONENTS = 10 };

/* A clause number as read: 5.1.2 is letter 0, parts 5 1 2; C.1 is letter 'C', parts 1. */
struct gb_number {
    char letter; /* 'A'… in annexes, 'a'… in those that an adopting country adds (NA, NB), else 0 */
    uint8_t n;   /* number of parts */
    uint16_t part[GB_MAX_COMPONENTS];
};

/* One cell of a table: its text and the cells it covers. */
struct gb_cell {
    struct gb_text text;
    uint16_t row, column, rows, columns;
    bool is_header;
};

/* Facts on the cover, from lines, front matter or info elements; each absent one has a NULL str. */
/* clang-format off */
#define GB_COVER_FIELDS(X) \
    X(ics) X(ccs) X(band) X(code) X(title) X(en) X(issued) X(in_force) X(stage) X(replaces) X(record) \
    X(publisher) X(patent_call) X(adoption)
/* clang-format on */

enum { GB_MORE_PUBLISHERS = 4 };

struct gb_cover {
#define X(name) struct gb_text name;
    GB_COVER_FIELDS(X)
#undef X
    struct gb_text more_publishers[GB_MORE_PUBLISHERS]; /* bodies behind the first */
    uint8_t n_more_publishers;
    bool has_picture; /* an image stands on it: the words of a logo or of the publisher may be in it */
};

struct gb_table {
    struct gb_cell *cells; /* by row, then column */
    uint32_t n_cells;
    uint16_t rows, columns;
    struct gb_text unit; /* 单位为… above it */
};

/* Designations of a term behind the first and its English, as the reader met them. */
struct gb_name {
    struct gb_text text; /* may hold several: 旧货；二手货 */
    struct gb_str role;  /* admitted, deprecated, abbreviation; empty where the markup does not tell */
};

struct gb_names {
    const struct gb_name *items;
    uint32_t n;
};

struct gb_figure {
    struct gb_text file; /* path of the picture as written; empty when it is lost or a chart */
    struct gb_text alt;
    struct gb_text chart;   /* source of a flowchart */
    struct gb_str language; /* its notation: mermaid, dot, plantuml, svg … or empty */
    struct gb_figure *next; /* a further picture under the same caption, or NULL */
};

/* A long draft has more nodes than the cache holds: they are kept small, and what most passes read stands first. */
struct gb_node {
    enum gb_node_kind kind : 8;
    enum gb_encoding encoding : 8;
    enum gb_role role : 4;
    enum gb_nature nature : 4; /* of an annex or its entry in the contents */
    uint8_t depth;             /* of a heading in the markup, from 1; 0 where it was none */
    uint16_t last_part;        /* last part of the number of its last clause or term; 0 when it has none */
    uint32_t flags;
    uint32_t id; /* place in document order, from 0; given by facts */
    struct gb_node *parent, *first, *last, *prev, *next;

    struct gb_span span;       /* all of its head: number, title, text; children not counted */
    struct gb_number num;      /* clause, term, annex, entry, table, figure, formula */
    struct gb_text text;       /* text of its own: para, item, note, example, ref, comment … */
    struct gb_text title;      /* of clause, annex, entry; caption; designation of a term; short form of an abbr */
    struct gb_text number;     /* as written (a letter for annexes); with GIVEN the text has no runs */
    struct gb_text head;       /* 附录 line, nature and title, or number and title: the whole head as written */
    union {                    /* no kind has both */
        struct gb_text marker; /* list, item, note, example, footnote, ref: a), ——, 注1, [1] … as written */
        struct gb_text en;     /* doc, title, term: the English of it */
    };
    union {
        struct gb_text code; /* doc, ref, source: identifier */
        struct gb_text page; /* entry: as written */
    };
    union {
        struct gb_cover *cover;
        struct gb_table *table;
        struct gb_figure *figure;     /* figure; formula that is a picture */
        struct gb_text *nature_text;  /* annex, entry: 规范性 as written with its brackets */
        const struct gb_names *names; /* term; NULL: it has none */
    } u;
};

static inline uint32_t
gb_n_cells(const struct gb_node *node)
{
    return node->kind == GB_NODE_TABLE && node->u.table ? node->u.table->n_cells : 0;
}

/* A loop over the cells of a table; a node of another kind has none: GB_EACH_CELL(cell, node) { … } */
#define GB_EACH_CELL(cell, node)                                                                                       \
    GB_EACH(const struct gb_cell, cell, gb_n_cells(node) ? (node)->u.table->cells : NULL, gb_n_cells(node))

/* What a reader could not read, kept for the INP rules to report. */
enum gb_fault_kind {
    GB_FAULT_MALFORMED,  /* INP-002: what = sentence on it */
    GB_FAULT_ID,         /* INP-002, too: an id of an element; no words are lost by it */
    GB_FAULT_LIMIT,      /* INP-004 */
    GB_FAULT_UNREADABLE, /* INP-005: an include outside the root, or not to be opened */
};

struct gb_fault {
    enum gb_fault_kind kind;
    struct gb_span span;
    bool is_whole;        /* nothing after it (or of the file) was read */
    bool by_line;         /* no column */
    struct gb_str zh, en; /* what is wrong, in both languages, without end mark */
};

/* A picture file that is not as it should be, told by who can look for files. */
enum gb_picture_fault {
    GB_PICTURE_MISSING,
    GB_PICTURE_NO_FOLDER, /* not even the folder that it is to lie in is there */
    GB_PICTURE_SMALL,     /* few dots */
};

/* A picture file that is there to be read, inside the project. */
struct gb_picture_file {
    const struct gb_figure *of;
    const char *path; /* the real one */
    uint64_t size;    /* in bytes */
};

struct gb_picture {
    enum gb_picture_fault fault;
    const struct gb_node *figure;
    const struct gb_figure *of; /* its part */
    uint32_t width;             /* SMALL: in dots */
};

struct gb_doc {
    struct gb_arena *arena;
    const struct gb_source *source;
    struct gb_node *root; /* kind DOC */
    struct gb_str format; /* "markdown" or "docbook" */
    bool is_standard;     /* false: INP-003, nothing else is judged */
    bool has_numbers;     /* false: all clause numbers were given */
    const struct gb_fault *faults;
    uint32_t n_faults;
    bool is_partial;                   /* some of its text was not read: what seems to be missing may stand there */
    const struct gb_picture *pictures; /* of figures, then of formulas */
    uint32_t n_pictures;
    const struct gb_picture_file *picture_files; /* ordered by the address of `of` */
    uint32_t n_picture_files;
    bool has_front_matter; /* cover data came as metadata: a body title may be generated */
    bool blanks_matter;    /* line ends and blanks are marks of the markup; false: they only lay out its source */
};

const char *gb_node_kind_name(enum gb_node_kind kind);
const char *gb_encoding_name(enum gb_encoding encoding);

struct gb_node *gb_node_new(struct gb_arena *arena, enum gb_node_kind kind, enum gb_encoding encoding);
/* Puts a node at the end of the parent's children. */
void gb_node_append(struct gb_node *parent, struct gb_node *child);
/* Takes a node out of its parent; its children stay with it. */
void gb_node_detach(struct gb_node *node);

/* Next node in document order, inside `top` (NULL at its end); children come after their parent. */
const struct gb_node *gb_node_walk(const struct gb_node *node, const struct gb_node *top);
/* The same, without going into the node's children. */
const struct gb_node *gb_node_walk_past(const struct gb_node *node, const struct gb_node *top);

/* First child of the kind, or NULL; next sibling of the same kind as the node. */
const struct gb_node *gb_node_child(const struct gb_node *node, enum gb_node_kind kind);
const struct gb_node *gb_node_next_same(const struct gb_node *node);
/* The child of the document that the node stands in, or is. */
const struct gb_node *gb_node_top(const struct gb_node *node);
/* Nearest ancestor (or the node itself) of the kind, or NULL. */
const struct gb_node *gb_node_inside(const struct gb_node *node, enum gb_node_kind kind);
/* The clause, term or annex that holds the node (or the node itself); NULL outside of them. */
const struct gb_node *gb_node_clause(const struct gb_node *node);
/* A chapter: a clause that is a child of the document. */
bool gb_node_is_chapter(const struct gb_node *node);
/* A clause with a title. */
static inline bool
gb_node_is_titled(const struct gb_node *node)
{
    return node->title.str.len > 0;
}

/* What somebody else says: a block quotation. "> 注：" is a note of the draft, whatever its markup. */
static inline bool
gb_node_is_quotation(const struct gb_node *node)
{
    return node->encoding == GB_ENCODING_QUOTE && node->kind != GB_NODE_NOTE;
}

/* Order and equality of numbers; text form "5.1.2", "C.1" in the arena. */
int gb_number_cmp(const struct gb_number *a, const struct gb_number *b);
struct gb_str gb_number_text(const struct gb_number *number, struct gb_arena *arena);
/* `number` without its last part equals `parent`. */
static inline bool
gb_number_is_child(const struct gb_number *number, const struct gb_number *parent)
{
    if (number->n != parent->n + 1 || number->letter != parent->letter)
        return false;
    for (unsigned i = 0; i < parent->n; i++) {
        if (number->part[i] != parent->part[i])
            return false;
    }
    return true;
}

/* 1.0.1 and A.0.1: of a chapter or annex that is not divided, in the manner of standards for engineering construction. */
static inline bool
gb_number_skips_section(const struct gb_number *num)
{
    unsigned section = num->letter ? 0 : 1;

    return num->n == section + 2 && num->part[section] == 0;
}

/* 3 of 5.2.3; 0 where there is no number. */
static inline unsigned
gb_number_last(const struct gb_number *num)
{
    return num->n ? num->part[num->n - 1] : 0;
}

/* 旧书回收规程 of 旧书回收规程　第2部分：登记; of any other title all. */
struct gb_str gb_title_of_whole(struct gb_str title);

#endif
