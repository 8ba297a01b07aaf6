#include "facts/term_bank_priv.h"

static const struct {
    struct gb_str name;
    enum gb_bank_status status;
} statuses[] = {
    {GB_WORD("preferred"), GB_BANK_PREFERRED},   {GB_WORD("首选"), GB_BANK_PREFERRED},   {GB_WORD("admitted"), GB_BANK_ADMITTED},
    {GB_WORD("许用"), GB_BANK_ADMITTED},         {GB_WORD("short"), GB_BANK_ADMITTED},   {GB_WORD("deprecated"), GB_BANK_DEPRECATED},
    {GB_WORD("拒用"), GB_BANK_DEPRECATED},       {GB_WORD("superseded"), GB_BANK_DEPRECATED},
};

struct gb_bank_reader *
gb_bank_reader_new(struct gb_arena *arena)
{
    struct gb_bank_reader *reader = gb_arena_new(arena, struct gb_bank_reader);

    reader->arena = arena;
    return reader;
}

bool
gb_bank_add(struct gb_bank_reader *reader, const char *path, unsigned line, const struct gb_str *fields,
            struct gb_error *error)
{
    struct gb_str status = fields[GB_BANK_FIELD_STATUS];
    size_t i = 0;

    while (status.len && i < GB_COUNT(statuses) && !gb_str_eq(statuses[i].name, status))
        i++;
    if (i == GB_COUNT(statuses)) {
        gb_error_set(error, path, line, 0, "“status”不能是“%.*s”，可以是preferred、admitted、deprecated", GB_FMT(status));
        return false;
    }
    if (!fields[GB_BANK_FIELD_TERM].len) {
        gb_error_set(error, path, line, 0, "这一行没有术语（“term”）");
        return false;
    }
    *gb_push(&reader->entries) = (struct gb_bank_entry){
        .term = fields[GB_BANK_FIELD_TERM],
        .concept = fields[GB_BANK_FIELD_CONCEPT],
        .en = fields[GB_BANK_FIELD_EN],
        .definition = fields[GB_BANK_FIELD_DEFINITION],
        .source = fields[GB_BANK_FIELD_SOURCE],
        .status = statuses[i].status,
        .next = GB_NO_BANK_ENTRY,
        .line = line,
    };
    return true;
}

static bool
is_markup(const char *path, struct gb_str text)
{
    struct gb_str name = gb_str_from(path);

    return gb_str_ends(name, GB_STR(".tbx")) || gb_str_ends(name, GB_STR(".xml")) || (text.len && text.ptr[0] == '<');
}

/* By its extension, else by its first character. */
static bool
is_yaml(const char *path, struct gb_str text)
{
    struct gb_str name = gb_str_from(path);

    if (gb_str_ends(name, GB_STR(".yaml")) || gb_str_ends(name, GB_STR(".yml")))
        return true;
    return !gb_str_ends(name, GB_STR(".csv")) && text.len && strchr("-[#", text.ptr[0]);
}

bool
gb_bank_read(struct gb_bank_reader *reader, const char *path, struct gb_str bytes, struct gb_error *error)
{
    struct gb_str text = gb_str_starts(bytes, GB_STR("\xEF\xBB\xBF")) ? gb_str_skip(bytes, 3) : bytes;
    size_t valid = gb_utf8_check(text);

    if (valid < text.len) {
        unsigned line = 1;
        for (size_t i = 0; i < valid; i++)
            line += text.ptr[i] == '\n';
        gb_error_set(error, path, line, 0, "不是UTF-8：把术语库另存为UTF-8");
        return false;
    }
    if (is_markup(path, text))
        return gb_bank_read_tbx(reader, path, text, error);
    return is_yaml(path, text) ? gb_bank_read_yaml(reader, path, text, error)
                               : gb_bank_read_csv(reader, path, text, error);
}

const struct gb_term_bank *
gb_bank_finish(struct gb_bank_reader *reader)
{
    struct gb_term_bank *bank = gb_arena_new(reader->arena, struct gb_term_bank);
    uint32_t n = (uint32_t)reader->entries.len;
    struct gb_bank_entry *entries = reader->entries.items; /* not copied: a bank is larger than most drafts */

    gb_index_init(&bank->index, reader->arena, n);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t first = i;
        bank->has_definitions = bank->has_definitions || entries[i].definition.len;
        if (gb_index_add(&bank->index, entries[i].term, i, &first) && first != i) {
            entries[i].next = entries[first].next;
            entries[first].next = i;
        }
    }
    bank->entries = entries;
    bank->n_entries = n;
    return bank;
}

void
gb_term_bank_free(const struct gb_term_bank *bank)
{
    if (bank)
        free((void *)(uintptr_t)bank->entries);
}

const struct gb_bank_entry *
gb_bank_find(const struct gb_term_bank *bank, struct gb_str words)
{
    uint32_t which;

    return gb_index_get(&bank->index, words, &which) ? &bank->entries[which] : NULL;
}

static bool
is_preferred_of(const struct gb_bank_entry *other, const struct gb_bank_entry *entry)
{
    return other->status == GB_BANK_PREFERRED && gb_str_eq(other->concept, entry->concept);
}

/* Entries of one concept mostly stand side by side. */
const struct gb_bank_entry *
gb_bank_preferred(const struct gb_term_bank *bank, const struct gb_bank_entry *entry)
{
    uint32_t at = (uint32_t)(entry - bank->entries);

    if (!entry->concept.len)
        return entry->status == GB_BANK_PREFERRED ? entry : NULL;
    for (uint32_t i = 0; i <= at || at + i < bank->n_entries; i++) {
        if (i <= at && is_preferred_of(&bank->entries[at - i], entry))
            return &bank->entries[at - i];
        if (at + i < bank->n_entries && is_preferred_of(&bank->entries[at + i], entry))
            return &bank->entries[at + i];
    }
    return NULL;
}
