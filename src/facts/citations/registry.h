/*
 * A registry of standards: a table that the user gives, which tells of each document its title, whether it is in force and
 * what replaced it. gblint ships none. Read once per run and shared by all drafts and threads.
 *
 * CSV with a header row (code,year,title,status,replaced_by,from; in any order, all but code may be missing), or a YAML
 * list of maps with the same keys.
 */
#ifndef GB_FACTS_CITATIONS_REGISTRY_H
#define GB_FACTS_CITATIONS_REGISTRY_H

#include "base/arena.h"
#include "base/error.h"

/* Empty: current. */
#define GB_REGISTRY_STATES(X)                                                                                          \
    X(CURRENT, "现行", "current")                                                                                      \
    X(WITHDRAWN, "废止", "withdrawn")                                                                                  \
    X(SUPERSEDED, "被代替", "superseded")                                                                              \
    X(UPCOMING, "即将实施", "upcoming")

enum gb_registry_state {
#define X(id, zh, en) GB_REGISTRY_##id,
    GB_REGISTRY_STATES(X)
#undef X
};

/* One dated edition of a document; without a year in the table, the document as such. */
struct gb_registry_row {
    struct gb_str code;        /* normal form without the year: GB/T 13016 */
    struct gb_str key;         /* the same for GB and GB/T of one serial */
    struct gb_str year;        /* digits, or empty */
    struct gb_str title;       /* as written, or empty */
    struct gb_str replaced_by; /* as written, or empty */
    enum gb_registry_state state;
    uint32_t from;                      /* day from which the state holds, 20180901; 0: not told */
    unsigned line;                      /* in the file */
    const struct gb_registry_row *next; /* another edition of the same document, in the order of the file */
};

struct gb_registry;

/* Reads a registry; the bytes (UTF-8, with or without byte order mark) live in the arena, as the result does. NULL and
 * *error with file and line when it is faulty. */
const struct gb_registry *gb_registry_read(const char *path, struct gb_str bytes, struct gb_arena *arena,
                                           struct gb_error *error);

/* The editions of a document by code (without /T or /Z) and serial number in normal form, or NULL: base and serial of
 * a gb_identifier. */
const struct gb_registry_row *gb_registry_find(const struct gb_registry *registry, struct gb_str base,
                                               struct gb_str serial);

/* The same for an identifier as the table writes it, whatever its year. */
const struct gb_registry_row *gb_registry_find_text(const struct gb_registry *registry, struct gb_str identifier);

#endif
