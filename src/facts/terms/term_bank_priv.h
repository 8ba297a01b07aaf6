/* Readers of term banks by format. */
#ifndef GB_FACTS_TERMS_TERM_BANK_PRIV_H
#define GB_FACTS_TERMS_TERM_BANK_PRIV_H

#include "base/array.h"
#include "facts/terms/term_bank.h"
#include "text/scan.h"

#define GB_BANK_FIELDS(X)                                                                                              \
    X(TERM, "term")                                                                                                    \
    X(STATUS, "status") X(CONCEPT, "concept") X(EN, "en") X(DEFINITION, "definition") X(SOURCE, "source")

enum gb_bank_field {
#define X(id, name) GB_BANK_FIELD_##id,
    GB_BANK_FIELDS(X)
#undef X
        GB_BANK_FIELD_COUNT
};

extern const char *const gb_bank_field_names[GB_BANK_FIELD_COUNT];

enum { GB_BANK_MOST_COLUMNS = 24 };

/* Columns of a table: an enum gb_bank_field, or GB_BANK_FIELD_COUNT for one that says nothing here. */
struct gb_bank_columns {
    uint8_t field[GB_BANK_MOST_COLUMNS];
    uint32_t n;
};

struct gb_bank_file;

enum gb_bank_read { GB_BANK_READ, GB_BANK_NO_NAME, GB_BANK_FAULTY };

/* The entry whose name stands at a byte of the file; NO_NAME where there is none after all. */
typedef enum gb_bank_read gb_bank_reading(const struct gb_bank_file *file, uint32_t at, struct gb_arena *arena,
                                          struct gb_bank_entry *out);

struct gb_bank_file {
    const char *path;
    struct gb_str text;
    gb_bank_reading *read; /* NULL: its entries were read at once */
    struct gb_bank_columns columns;
    struct gb_byte_class marks; /* that its reader stops at */
    uint32_t first;             /* row; its rows end where those of the next file begin */
};

/* Where a name stands: bytes of its file; of an entry that was read at once its index, and 0. */
struct gb_bank_row {
    uint32_t at, len;
};

struct gb_bank_reader {
    struct gb_arena *arena;
    GB_ARRAY(struct gb_bank_file) files;
    GB_ARRAY(struct gb_bank_row) rows;
    GB_ARRAY(struct gb_bank_entry) entries; /* read at once: their form is not one of those that can be read later */
};

/* Takes a name down that stands in the text of a file. */
static inline void
gb_bank_note(struct gb_bank_reader *reader, const char *text, struct gb_str name)
{
    *gb_push(&reader->rows) = (struct gb_bank_row){(uint32_t)(name.ptr - text), (uint32_t)name.len};
}

/* What was read is taken back to this many names and entries. */
static inline void
gb_bank_take_back(struct gb_bank_reader *reader, size_t n_rows, size_t n_entries)
{
    reader->rows.len = n_rows;
    reader->entries.len = n_entries;
}

/* False and *error when the text is no UTF-8. */
bool gb_bank_check_utf8(const struct gb_bank_file *file, struct gb_error *error);

/* Empty is preferred; false for a word that is no status. */
bool gb_bank_status_of(struct gb_str word, enum gb_bank_status *out);

/* A row with its fields; false and *error when it has no term or an unknown status. */
bool gb_bank_check_row(const char *path, unsigned line, struct gb_str term, struct gb_str status,
                       struct gb_error *error);
struct gb_bank_entry gb_bank_entry_of(const struct gb_str *fields);

/* Checks it and adds an entry that is not read again. */
bool gb_bank_add(struct gb_bank_reader *reader, const char *path, unsigned line, const struct gb_str *fields,
                 struct gb_error *error);

bool gb_bank_read_csv(struct gb_bank_reader *reader, struct gb_bank_file *file, struct gb_error *error);
bool gb_bank_read_yaml(struct gb_bank_reader *reader, struct gb_bank_file *file, struct gb_error *error);
bool gb_bank_read_tbx(struct gb_bank_reader *reader, struct gb_bank_file *file, struct gb_error *error);

/* The same, every entry read at once: what the others must agree with, and do where a file is not of the form that they know. */
bool gb_bank_read_csv_at_once(struct gb_bank_reader *reader, struct gb_bank_file *file, struct gb_error *error);
bool gb_bank_read_yaml_at_once(struct gb_bank_reader *reader, struct gb_bank_file *file, struct gb_error *error);
bool gb_bank_read_tbx_at_once(struct gb_bank_reader *reader, struct gb_bank_file *file, struct gb_error *error);

#endif
