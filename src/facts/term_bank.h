/*
 * A term bank of the user: names of concepts, which of them to use and which not, and where they are defined. From CSV, YAML or
 * TBX (ISO 30042). Read once for a run, used by all drafts and threads.
 */
#ifndef GB_FACTS_TERM_BANK_H
#define GB_FACTS_TERM_BANK_H

#include "base/error.h"
#include "facts/term_index.h"

enum gb_bank_status { GB_BANK_PREFERRED, GB_BANK_ADMITTED, GB_BANK_DEPRECATED };

struct gb_bank_entry {
    struct gb_str term;
    struct gb_str concept;           /* entries of one concept share it; empty: its own */
    struct gb_str en, definition, source; /* as written, or empty; source: GB/T 20000.1—2014，5.3 */
    enum gb_bank_status status : 8;
    uint32_t next;                   /* another entry with these words, or GB_NO_BANK_ENTRY */
    unsigned line;                   /* in its file */
};

#define GB_NO_BANK_ENTRY UINT32_MAX

struct gb_term_bank {
    const struct gb_bank_entry *entries;
    uint32_t n_entries;
    bool has_definitions;
    struct gb_term_index index;      /* words → the first entry with them */
};

struct gb_bank_reader;
struct gb_yaml;

/* A reader of several files, in the arena. */
struct gb_bank_reader *gb_bank_reader_new(struct gb_arena *arena);

/* Adds the entries of a file; its bytes live in the arena. False and *error with file and line when it is faulty. */
bool gb_bank_read(struct gb_bank_reader *reader, const char *path, struct gb_str bytes, struct gb_error *error);

/* Adds an entry written in a config: {preferred: …, admitted: […], deprecated: […], concept: …, en: …, definition: …, source: …}. */
bool gb_bank_read_map(struct gb_bank_reader *reader, const char *path, const struct gb_yaml *map, struct gb_error *error);

/* What was read, also when a file was faulty. The reader is of no use afterwards. */
const struct gb_term_bank *gb_bank_finish(struct gb_bank_reader *reader);
void gb_term_bank_free(const struct gb_term_bank *bank);

/* The preferred name of the entry's concept; NULL without. */
const struct gb_bank_entry *gb_bank_preferred(const struct gb_term_bank *bank, const struct gb_bank_entry *entry);

/* The first entry with these words; NULL without. */
const struct gb_bank_entry *gb_bank_find(const struct gb_term_bank *bank, struct gb_str words);

#endif
