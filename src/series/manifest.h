/*
 * The table of a standards system: one row for each document. DB32/T 2796—2015, 6.1.2, 6.2.1 b), 7.3.5.2; rule catalogue, 8.6.
 *
 * CSV with a header row, in UTF-8 or any other charset that drafts may have; columns in any order, by their English or Chinese names. Only
 * the number is required: what else is missing is for rules to tell.
 */
#ifndef GB_SERIES_MANIFEST_H
#define GB_SERIES_MANIFEST_H

#include "facts/citations/identifier.h"
#include "source/source.h"

#define GB_MANIFEST_COLUMNS(X)                                                                                         \
    X(NUMBER, "number", "编号")                                                                                        \
    X(TITLE, "title", "名称")                                                                                          \
    X(SUBSYSTEM, "subsystem", "子体系")                                                                                \
    X(KIND, "kind", "类别")                                                                                            \
    X(STATUS, "status", "状态")                                                                                        \
    X(PUBLISHED, "published", "发布日期")                                                                              \
    X(EFFECTIVE, "effective", "实施日期")                                                                              \
    X(REVIEW_BY, "review-by", "复审日期")                                                                              \
    X(REPLACES, "replaces", "代替")                                                                                    \
    X(FILE, "file", "文件")                                                                                            \
    X(SERIES, "series", "系列")

enum gb_manifest_column {
#define X(id, name, zh) GB_MANIFEST_##id,
    GB_MANIFEST_COLUMNS(X)
#undef X
        GB_MANIFEST_COLUMN_COUNT
};

/* How far a document is in force. */
#define GB_MANIFEST_STATES(X)                                                                                          \
    X(UNTOLD, "", "")                                                                                                  \
    X(CURRENT, "现行", "current")                                                                                      \
    X(UPCOMING, "即将实施", "upcoming")                                                                                \
    X(WITHDRAWN, "作废", "withdrawn")                                                                                  \
    X(SUPERSEDED, "被代替", "superseded")                                                                              \
    X(DRAFT, "制定中", "draft")                                                                                        \
    X(UNKNOWN, "", "")

enum gb_manifest_state {
#define X(id, zh, en) GB_MANIFEST_##id##_STATE,
    GB_MANIFEST_STATES(X)
#undef X
};

struct gb_manifest_row {
    unsigned line;                                  /* in the file, from 1 */
    struct gb_span span;                            /* of its line */
    struct gb_str fields[GB_MANIFEST_COLUMN_COUNT]; /* without blanks at both ends; empty where the row has none */
    /* Of the fields; that of the line for a field with doubled quotes. */
    struct gb_span spans[GB_MANIFEST_COLUMN_COUNT];
    bool is_requirement; /* kind: a working requirement, no standard */
    enum gb_manifest_state state;
    uint32_t published, effective, review_by; /* 20200331; 0: not told */
    bool has_identifier;
    struct gb_identifier id; /* of its number */
    const char *file;        /* path, seen from the current folder; NULL: none told */
};

struct gb_manifest {
    const char *path;
    struct gb_source source;
    const struct gb_manifest_row *rows;
    uint32_t n_rows;
    uint32_t columns; /* bits: those that the header has */
    struct gb_span header;
};

/* Reads a manifest; all lives in the arena, and `bytes` too. NULL and *error with file and line when it is faulty. */
const struct gb_manifest *gb_manifest_read(const char *path, struct gb_str bytes, const struct gb_lexicon *lexicon,
                                           bool english, struct gb_arena *arena, struct gb_error *error);

#endif
