/*
 * Blocks: what a markup parser sees, before anyone asks what part of a standard it is. Both readers yield
 * them, and clauses.c builds the clause tree from them. They live in the document's arena until it is freed.
 */
#ifndef GB_READ_BLOCK_H
#define GB_READ_BLOCK_H

#include "doc/node.h"

#define GB_BLOCK_KINDS(X)                                                                                                                                                 \
    X(ROOT)    /* children: everything */                                                                                                                                 \
    X(HEADING) /* level, text */                                                                                                                                          \
    X(PARA)    /* text; line breaks are runs flagged BREAK */                                                                                                             \
    X(LIST)    /* children: ITEM; ordered, numeration */                                                                                                                  \
    X(ITEM)    /* children: blocks; marker as written */                                                                                                                  \
    X(QUOTE)   /* children: blocks */                                                                                                                                     \
    X(TABLE)   /* table; text = title where the markup has one */                                                                                                         \
    X(CODE)    /* text = the code (runs per line), info = language */                                                                                                     \
    X(IMAGE) /* an image that is alone in its paragraph, or a mediaobject: info = path, text = alternative text or title */                                               \
    X(FIGURE)   /* DocBook figure: text = title, children: IMAGE, CODE … */                                                                                             \
    X(FORMULA)  /* text = content without $$, label = number where the markup gives one */                                                                                \
    X(COMMENT)  /* text = inside of the comment */                                                                                                                        \
    X(RULE)     /* --- between paragraphs, or a line of underscores as DocBook cannot have it */                                                                          \
    X(PAGE)     /* form feed or page mark */                                                                                                                              \
    X(FOOTNOTE) /* children: blocks; label = mark */                                                                                                                      \
    X(META)     /* a fact on the cover: info = key, text = value */                                                                                                       \
    X(NOTE) /* DocBook note, important, warning, caution; Markdown has none: children: blocks; info = the element's Chinese marker (注, 重要提示, 警告, 注意) */ \
    X(EXAMPLE)     /* DocBook example: text = title, children: blocks */                                                                                                  \
    X(TERM)        /* DocBook glossentry: text = designation, label = number; children: blocks, DESIGNATION, SOURCE */                                                    \
    X(DESIGNATION) /* further designation or English of a term: text, info = admitted | deprecated | en | abbreviation */                                                 \
    X(SOURCE)      /* source of a term entry */                                                                                                                           \
    X(REF)         /* entry of a bibliography: text = all of it, label = its code where the markup marks it */                                                            \
    X(TOC)         /* [TOC], <toc/>: contents made by a program */

enum gb_block_kind {
#define X(id) GB_BLOCK_##id,
    GB_BLOCK_KINDS(X)
#undef X
};

enum gb_block_flag {
    GB_BLOCK_ORDERED = 1 << 0,  /* LIST: 1. 2. 3. of the markup */
    GB_BLOCK_HTML = 1 << 1,     /* came as HTML inside Markdown */
    GB_BLOCK_UNCLOSED = 1 << 2, /* CODE: the fence is never closed */
    GB_BLOCK_APPROX = 1 << 3,   /* the place is known by line only */
    GB_BLOCK_SETEXT = 1 << 4,   /* HEADING underlined, not with # */
    GB_BLOCK_FENCED = 1 << 5,   /* CODE with a fence (or programlisting) */
    GB_BLOCK_BOLD = 1 << 6,     /* PARA that is one strong run as a whole */
    GB_BLOCK_CENTER = 1 << 7,   /* <center>, <div style="text-align: center;"> */
    GB_BLOCK_SECTION = 1 << 8,  /* HEADING that DocBook's structure stands behind: even an empty title opens a clause */
    GB_BLOCK_ANNEX = 1 << 9,    /* HEADING of an appendix element */
    GB_BLOCK_REFS = 1 << 10,    /* HEADING of a bibliography element */
    GB_BLOCK_TERMS = 1 << 11,   /* HEADING of a glossary element */
    GB_BLOCK_DETAILS = 1 << 12, /* inside <details> */
    GB_BLOCK_COUNTED = 1 << 13, /* label was counted from the structure: `given` */
    GB_BLOCK_INDENT = 1 << 14,  /* QUOTE that only sets the items of a list in */
    GB_BLOCK_TERM_ENTRY =
        1
        << 14, /* HEADING of a section that is a term entry: it has a foreignphrase, or stands as one below 术语和定义 */
};

struct gb_block {
    enum gb_block_kind kind : 8;
    enum gb_nature nature : 4; /* HEADING with ANNEX: from role="…" */
    uint8_t level;             /* HEADING: 1 …; LIST: nesting depth from 1 */
    uint32_t flags;
    struct gb_block *parent, *first, *last, *next;
    struct gb_span span; /* the whole block with its marks; lines at least are right */
    struct gb_text text;
    struct gb_text label;    /* number, marker or mark that the markup gives apart from the text */
    union {                  /* no kind has both */
        struct gb_text en;   /* HEADING, TERM: English title or designation that the markup marks as such */
        struct gb_text info; /* language of code, path of an image, key of a META */
    };
    union {
        struct gb_str numeration; /* LIST of DocBook: loweralpha, arabic, bullet, dash … */
        struct gb_table *table;   /* TABLE */
    };
};

struct gb_blocks {
    struct gb_arena *arena; /* of the draft: texts, which the clause tree takes over */
    struct gb_arena own;    /* the blocks themselves, which nobody needs behind it */
    struct gb_source *source;
    struct gb_block *root;
    GB_ARRAY(struct gb_fault) faults;
    struct gb_str format;       /* "markdown", "docbook" */
    uint32_t n_exact, n_approx; /* runs whose place was proved, and not */
    bool has_front_matter;      /* there are META blocks */
    bool by_parser;             /* plain lines of Markdown, too, go through the parser: tests compare */
};

/* Opens a file that a draft includes; set by app/, which knows the project root. False: *why says it (not outside the root,
 * not found …). The file is added to the source. */
struct gb_includer {
    bool (*open)(void *data, struct gb_source *source, const char *from, struct gb_str href, uint32_t *out_file,
                 struct gb_error *why);
    void *data;
};

/* Each appends the blocks of file number `file` of blocks->source to blocks->root. Never fails: see faults. */
void gb_read_markdown(struct gb_blocks *blocks, uint32_t file);
void gb_read_docbook(struct gb_blocks *blocks, uint32_t file, const struct gb_includer *includer);

/* To be called once, in main, before any Markdown is read: cmark-gfm registers its extensions unguarded. */
void gb_markdown_startup(void);

/* Builds the clause tree; blocks->source must outlive it. */
struct gb_doc *gb_build_clauses(struct gb_blocks *blocks);

struct gb_block *gb_block_new(struct gb_blocks *blocks, struct gb_block *parent, enum gb_block_kind kind);
void gb_blocks_init(struct gb_blocks *blocks, struct gb_source *source);
void gb_blocks_release(struct gb_blocks *blocks);

#endif
