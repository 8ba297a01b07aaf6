/*
 * A term bank of the user: names of concepts, which of them to use and which not, and where they are defined. From CSV, YAML or
 * TBX (ISO 30042).
 *
 * A bank is larger than most drafts, and a draft has few of its names. So the files are looked through once for a run, which finds
 * their faults and where each name stands. Entries are read for a draft, into its view of the bank, when the name may stand in it: when
 * the draft has the name's first characters.
 */
#ifndef GB_FACTS_TERMS_TERM_BANK_H
#define GB_FACTS_TERMS_TERM_BANK_H

#include "base/error.h"
#include "facts/terms/term_index.h"

enum gb_bank_status { GB_BANK_PREFERRED, GB_BANK_ADMITTED, GB_BANK_DEPRECATED };

struct gb_bank_entry {
    struct gb_str term;
    struct gb_str concept;                /* entries of one concept share it; empty: its own */
    struct gb_str en, definition, source; /* as written, or empty; source: GB/T 20000.1—2014，5.3 */
    enum gb_bank_status status : 8;
    uint32_t row;                     /* its place in the order of the bank */
    const struct gb_bank_entry *next; /* another entry with these words, behind this one */
};

struct gb_term_bank;
struct gb_bank_reader;
struct gb_bank_view;
struct gb_yaml;

/* A reader of several files, in the arena. */
struct gb_bank_reader *gb_bank_reader_new(struct gb_arena *arena);

/* Adds the entries of a file; its bytes live in the arena. False and *error with file and line when it is faulty. */
bool gb_bank_read(struct gb_bank_reader *reader, const char *path, struct gb_str bytes, struct gb_error *error);

/* Adds an entry written in a config: {preferred: …, admitted: […], deprecated: […], concept: …, en: …, definition: …, source: …}. */
bool gb_bank_read_map(struct gb_bank_reader *reader, const char *path, const struct gb_yaml *map,
                      struct gb_error *error);

/* What was read, also when a file was faulty; for all drafts and threads. The reader is of no use afterwards. */
const struct gb_term_bank *gb_bank_finish(struct gb_bank_reader *reader);
void gb_term_bank_free(const struct gb_term_bank *bank);

/* A view of the bank for one draft of about `size` bytes, in its arena. */
struct gb_bank_view *gb_bank_view_new(const struct gb_term_bank *bank, size_t size, struct gb_arena *arena);

/* Names will be looked for in this text of the draft. When all texts are told: reads the entries. */
void gb_bank_expect(struct gb_bank_view *view, struct gb_str text);
void gb_bank_open(struct gb_bank_view *view);

/* Lets an index stop where a name of the bank may begin. */
void gb_bank_mark(const struct gb_bank_view *view, struct gb_term_index *index);

/* The first entry with the longest name that begins at `at` of an expected text; NULL without. */
const struct gb_bank_entry *gb_bank_longest(const struct gb_bank_view *view, struct gb_str s, size_t at);

/* The first entry with these words of an expected text; NULL without. */
const struct gb_bank_entry *gb_bank_find(const struct gb_bank_view *view, struct gb_str words);

/* The first preferred name of the entry's concept, of those that stand together with it if any do; NULL without. */
const struct gb_bank_entry *gb_bank_preferred(struct gb_bank_view *view, const struct gb_bank_entry *entry);

/* The path of a file in which an entry that the draft asks for cannot be read; NULL without. */
const char *gb_bank_fault(const struct gb_bank_view *view);

#endif
