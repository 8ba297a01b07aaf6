/* Readers of term banks by format. */
#ifndef GB_FACTS_TERM_BANK_PRIV_H
#define GB_FACTS_TERM_BANK_PRIV_H

#include "base/array.h"
#include "facts/term_bank.h"

struct gb_bank_reader {
    struct gb_arena *arena;
    GB_ARRAY(struct gb_bank_entry) entries;
};

#define GB_BANK_FIELDS(X) X(TERM, "term") X(STATUS, "status") X(CONCEPT, "concept") X(EN, "en") X(DEFINITION, "definition") X(SOURCE, "source")

enum gb_bank_field {
#define X(id, name) GB_BANK_FIELD_##id,
    GB_BANK_FIELDS(X)
#undef X
        GB_BANK_FIELD_COUNT
};

/* A row with its fields; false and *error when it has no term or an unknown status. */
bool gb_bank_add(struct gb_bank_reader *reader, const char *path, unsigned line, const struct gb_str *fields,
                 struct gb_error *error);

bool gb_bank_read_csv(struct gb_bank_reader *reader, const char *path, struct gb_str text, struct gb_error *error);
bool gb_bank_read_yaml(struct gb_bank_reader *reader, const char *path, struct gb_str text, struct gb_error *error);
bool gb_bank_read_tbx(struct gb_bank_reader *reader, const char *path, struct gb_str text, struct gb_error *error);

#endif
