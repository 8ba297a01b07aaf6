#include "facts/terms/term_bank_priv.h"
#include "base/hash.h"
#include "base/sort.h"
#include "facts/words.h"

enum { LONGEST_RUN = 64 }; /* names of a concept that stand together */

#define NONE UINT32_MAX

struct gb_term_bank {
    const struct gb_bank_file *files;
    const struct gb_bank_entry *entries;
    const struct gb_bank_row *rows;
    uint32_t n_files, n_rows;
};

/* First rows of the preferred names, by the hash of their concept. */
struct concepts {
    uint32_t *rows;
    uint32_t mask;
};

/*
 * Bits for what the texts have at the beginning of a character: two bytes, and by a hash six and twelve, which are mostly two and four
 * characters.
 */
enum { TWO = 2 * GB_HAN, FOUR = 4 * GB_HAN };

struct windows {
    uint64_t *short_bits, *bits;
    unsigned shift;
};

struct gb_bank_view {
    const struct gb_term_bank *bank;
    struct gb_arena *arena;
    struct windows windows;
    struct gb_bank_entry *entries;
    struct gb_term_index index; /* words → the first entry with them */
    struct concepts concepts;   /* made when it is needed */
    const char *faulty;         /* a file in which an entry cannot be read */
};

static const struct {
    struct gb_str name;
    enum gb_bank_status status;
} statuses[] = {
    {GB_WORD("preferred"), GB_BANK_PREFERRED}, {GB_WORD("首选"), GB_BANK_PREFERRED},
    {GB_WORD("admitted"), GB_BANK_ADMITTED},   {GB_WORD("许用"), GB_BANK_ADMITTED},
    {GB_WORD("short"), GB_BANK_ADMITTED},      {GB_WORD("deprecated"), GB_BANK_DEPRECATED},
    {GB_WORD("拒用"), GB_BANK_DEPRECATED},     {GB_WORD("superseded"), GB_BANK_DEPRECATED},
};

const char *const gb_bank_field_names[GB_BANK_FIELD_COUNT] = {GB_BANK_FIELDS(GB_NAMED)};

/* ---- Reading the files ---- */

struct gb_bank_reader *
gb_bank_reader_new(struct gb_arena *arena)
{
    struct gb_bank_reader *reader = gb_arena_new(arena, struct gb_bank_reader);

    reader->arena = arena;
    return reader;
}

bool
gb_bank_status_of(struct gb_str word, enum gb_bank_status *out)
{
    *out = GB_BANK_PREFERRED;
    for (size_t i = 0; word.len && i < GB_COUNT(statuses); i++) {
        if (word.ptr[0] == statuses[i].name.ptr[0] && gb_str_eq(statuses[i].name, word)) {
            *out = statuses[i].status;
            return true;
        }
    }
    return word.len == 0;
}

bool
gb_bank_check_row(const char *path, unsigned line, struct gb_str term, struct gb_str status, struct gb_error *error)
{
    enum gb_bank_status known;

    if (!gb_bank_status_of(status, &known)) {
        gb_error_set(error, path, line, 0, "“status”不能是“%.*s”，可以是preferred、admitted、deprecated",
                     GB_FMT(status));
        return false;
    }
    if (!term.len)
        gb_error_set(error, path, line, 0, "这一行没有术语（“term”）");
    return term.len > 0;
}

struct gb_bank_entry
gb_bank_entry_of(const struct gb_str *fields)
{
    struct gb_bank_entry entry = {
        .term = fields[GB_BANK_FIELD_TERM],
        .concept = fields[GB_BANK_FIELD_CONCEPT],
        .en = fields[GB_BANK_FIELD_EN],
        .definition = fields[GB_BANK_FIELD_DEFINITION],
        .source = fields[GB_BANK_FIELD_SOURCE],
    };
    enum gb_bank_status status;

    (void)gb_bank_status_of(fields[GB_BANK_FIELD_STATUS], &status);
    entry.status = status;
    return entry;
}

bool
gb_bank_add(struct gb_bank_reader *reader, const char *path, unsigned line, const struct gb_str *fields,
            struct gb_error *error)
{
    if (!gb_bank_check_row(path, line, fields[GB_BANK_FIELD_TERM], fields[GB_BANK_FIELD_STATUS], error))
        return false;
    *gb_push(&reader->rows) = (struct gb_bank_row){(uint32_t)reader->entries.len, 0};
    *gb_push(&reader->entries) = gb_bank_entry_of(fields);
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
gb_bank_check_utf8(const struct gb_bank_file *file, struct gb_error *error)
{
    size_t valid = gb_utf8_check(file->text);
    unsigned line = 1;

    if (valid == file->text.len)
        return true;
    for (size_t i = 0; i < valid; i++)
        line += file->text.ptr[i] == '\n';
    gb_error_set(error, file->path, line, 0, "不是UTF-8：把术语库另存为UTF-8");
    return false;
}

bool
gb_bank_read(struct gb_bank_reader *reader, const char *path, struct gb_str bytes, struct gb_error *error)
{
    struct gb_str text = gb_str_starts(bytes, GB_STR("\xEF\xBB\xBF")) ? gb_str_skip(bytes, 3) : bytes;
    struct gb_bank_file *file = gb_push(&reader->files);

    *file = (struct gb_bank_file){.path = path, .text = text, .first = (uint32_t)reader->rows.len};
    if (is_markup(path, text))
        return gb_bank_read_tbx(reader, file, error);
    return gb_bank_check_utf8(file, error) &&
           (is_yaml(path, text) ? gb_bank_read_yaml(reader, file, error) : gb_bank_read_csv(reader, file, error));
}

const struct gb_term_bank *
gb_bank_finish(struct gb_bank_reader *reader)
{
    struct gb_term_bank *bank = gb_arena_new(reader->arena, struct gb_term_bank);

    /* Not copied: a bank is larger than most drafts. */
    *bank = (struct gb_term_bank){reader->files.items, reader->entries.items, reader->rows.items,
                                  (uint32_t)reader->files.len, (uint32_t)reader->rows.len};
    return bank;
}

void
gb_term_bank_free(const struct gb_term_bank *bank)
{
    if (!bank)
        return;
    free((void *)(uintptr_t)bank->rows);
    free((void *)(uintptr_t)bank->entries);
    free((void *)(uintptr_t)bank->files);
}

/* ---- What a draft has ---- */

static inline uint16_t
short_window(const char *p)
{
    uint16_t word;

    memcpy(&word, p, sizeof(word));
    return word;
}

static inline uint64_t
window_of_two(const char *p, unsigned shift)
{
    uint32_t word;

    memcpy(&word, p, sizeof(word));
    return (word | (uint64_t)short_window(p + sizeof(word)) << 32) * UINT64_C(0x9E3779B97F4A7C15) >> shift;
}

static inline uint64_t
window_of_four(const char *p, unsigned shift)
{
    uint64_t word;
    uint32_t rest;

    memcpy(&word, p, sizeof(word));
    memcpy(&rest, p + sizeof(word), sizeof(rest));
    return (word ^ (uint64_t)rest << 29) * UINT64_C(0xC2B2AE3D27D4EB4F) >> shift;
}

static inline void
set_bit(uint64_t *bits, uint64_t at)
{
    bits[at >> 6] |= UINT64_C(1) << (at & 63);
}

static inline bool
has_bit(const uint64_t *bits, uint64_t at)
{
    return bits[at >> 6] >> (at & 63) & 1;
}

struct gb_bank_view *
gb_bank_view_new(const struct gb_term_bank *bank, size_t size, struct gb_arena *arena)
{
    enum { LEAST = 18, MOST = 22, SHORT = 16, SPARSE = 32 };
    struct gb_bank_view *view = gb_arena_new(arena, struct gb_bank_view);
    unsigned bits = LEAST;

    while (bits < MOST && (size_t)1 << bits < SPARSE * size)
        bits++;
    view->bank = bank;
    view->arena = arena;
    view->windows = (struct windows){gb_arena_new_array(arena, uint64_t, (size_t)1 << (SHORT - 6)),
                                     gb_arena_new_array(arena, uint64_t, (size_t)1 << (bits - 6)), 64 - bits};
    return view;
}

void
gb_bank_expect(struct gb_bank_view *view, struct gb_str text)
{
    struct windows w = view->windows;

    for (size_t at = 0, next; at + 2 <= text.len; at = next) {
        const char *p = text.ptr + at;
        next = at + gb_utf8_length(*p);
        set_bit(w.short_bits, short_window(p));
        if (at + TWO <= text.len)
            set_bit(w.bits, window_of_two(p, w.shift));
        if (at + FOUR <= text.len)
            set_bit(w.bits, window_of_four(p, w.shift));
    }
}

/* May the texts have a name that begins so? */
static inline bool
may_begin(const struct windows *w, const char *name, size_t len)
{
    if (len >= FOUR)
        return has_bit(w->bits, window_of_four(name, w->shift));
    if (len >= TWO)
        return has_bit(w->bits, window_of_two(name, w->shift));
    return len >= 2 && has_bit(w->short_bits, short_window(name));
}

/* And that goes on so? */
static bool
may_have(const struct windows *w, const char *name, size_t len)
{
    for (size_t at = 0; at + FOUR <= len; at += gb_utf8_length(name[at])) {
        if (!has_bit(w->bits, window_of_four(name + at, w->shift)))
            return false;
    }
    return true;
}

/* ---- Its entries ---- */

static const struct gb_bank_file *
file_of(const struct gb_term_bank *bank, uint32_t row)
{
    GB_SEEK(uint32_t, i, bank->n_files, bank->files[i].first <= row);
    return &bank->files[i - 1];
}

/* Its strings lie in the bank or in the arena. */
static bool
read_row(struct gb_bank_view *view, uint32_t row, struct gb_bank_entry *out)
{
    const struct gb_bank_row *r = &view->bank->rows[row];

    if (r->len == 0) {
        *out = view->bank->entries[r->at];
    } else {
        const struct gb_bank_file *file = file_of(view->bank, row);
        enum gb_bank_read result = file->read(file, r->at, view->arena, out);
        if (result == GB_BANK_FAULTY)
            view->faulty = file->path;
        if (result != GB_BANK_READ)
            return false;
    }
    out->row = row;
    return true;
}

/* Rows of names that the draft may have, into `out`; how many. */
static uint32_t
select_rows(const struct gb_bank_view *view, uint32_t *out)
{
    const struct gb_term_bank *bank = view->bank;
    const struct windows w = view->windows;
    uint32_t n = 0, row = 0;

    for (uint32_t i = 0; i <= bank->n_files; i++) {
        /* Entries of configs stand behind the files. */
        const char *text = i < bank->n_files ? bank->files[i].text.ptr : NULL;
        uint32_t end = i + 1 < bank->n_files ? bank->files[i + 1].first : bank->n_rows;
        for (; row < end; row++) {
            const struct gb_bank_row *r = &bank->rows[row];
            struct gb_str name = r->len ? (struct gb_str){text + r->at, r->len} : bank->entries[r->at].term;
            if (may_begin(&w, name.ptr, name.len) && may_have(&w, name.ptr, name.len))
                out[n++] = row;
        }
    }
    return n;
}

void
gb_bank_open(struct gb_bank_view *view)
{
    uint32_t *rows = gb_alloc((view->bank->n_rows + 1) * sizeof(*rows)), n = select_rows(view, rows);

    view->entries = gb_arena_new_array(view->arena, struct gb_bank_entry, n + 1);
    gb_index_init(&view->index, view->arena, n);
    for (uint32_t i = 0; i < n; i++) {
        struct gb_bank_entry *entry = &view->entries[i];
        uint32_t first, *lasts = rows; /* of those that were read: the last one with their words */
        if (!read_row(view, rows[i], entry) || !gb_index_add(&view->index, entry->term, i, &first))
            continue;
        if (first != i)
            view->entries[lasts[first]].next = entry;
        lasts[first] = i;
    }
    free(rows);
}

void
gb_bank_mark(const struct gb_bank_view *view, struct gb_term_index *index)
{
    gb_index_merge_filter(index, &view->index);
}

const struct gb_bank_entry *
gb_bank_longest(const struct gb_bank_view *view, struct gb_str s, size_t at)
{
    uint32_t which;

    return gb_index_longest(&view->index, s, at, &which) ? &view->entries[which] : NULL;
}

const struct gb_bank_entry *
gb_bank_find(const struct gb_bank_view *view, struct gb_str words)
{
    uint32_t which;

    return gb_index_get(&view->index, words, &which) ? &view->entries[which] : NULL;
}

/* ---- Names of a concept ---- */

static bool
is_preferred_of(struct gb_bank_view *view, uint32_t row, struct gb_str concept, struct gb_bank_entry *out)
{
    return read_row(view, row, out) && out->status == GB_BANK_PREFERRED && gb_str_eq(out->concept, concept);
}

/* Slot of the first preferred name of the concept, or the free one where it belongs. */
static uint32_t *
concept_slot(struct gb_bank_view *view, struct gb_str concept, struct gb_bank_entry *out)
{
    for (uint32_t at = gb_hash_slot(concept);; at++) {
        uint32_t *slot = &view->concepts.rows[at & view->concepts.mask];
        if (*slot == NONE || is_preferred_of(view, *slot, concept, out))
            return slot;
    }
}

static void
find_concepts(struct gb_bank_view *view)
{
    uint32_t size = 16;

    while (size < 2 * view->bank->n_rows)
        size *= 2;
    view->concepts = (struct concepts){gb_arena_take(view->arena, size * sizeof(uint32_t)), size - 1};
    memset(view->concepts.rows, 0xFF, size * sizeof(uint32_t));
    for (uint32_t row = 0; row < view->bank->n_rows; row++) {
        struct gb_bank_entry entry, other;
        if (!read_row(view, row, &entry) || entry.status != GB_BANK_PREFERRED || !entry.concept.len)
            continue;
        uint32_t *slot = concept_slot(view, entry.concept, &other);
        *slot = *slot == NONE ? row : *slot;
    }
}

/* Where the rows begin that have the concept's names together with this one. */
static uint32_t
run_begin(struct gb_bank_view *view, const struct gb_bank_entry *entry)
{
    struct gb_bank_entry other;
    uint32_t begin = entry->row;

    for (uint32_t row = begin; row-- > 0 && entry->row - row < LONGEST_RUN;) {
        if (!read_row(view, row, &other))
            continue;
        if (!gb_str_eq(other.concept, entry->concept))
            break;
        begin = row;
    }
    return begin;
}

const struct gb_bank_entry *
gb_bank_preferred(struct gb_bank_view *view, const struct gb_bank_entry *entry)
{
    struct gb_bank_entry found = *entry;

    if (!entry->concept.len)
        return entry->status == GB_BANK_PREFERRED ? entry : NULL;
    /* Names of a concept mostly stand side by side. */
    uint32_t begin = run_begin(view, entry),
             end = view->bank->n_rows - begin > 2 * LONGEST_RUN ? begin + 2 * LONGEST_RUN : view->bank->n_rows;
    for (uint32_t row = begin; row < end; row++) {
        if (!read_row(view, row, &found))
            continue;
        if (!gb_str_eq(found.concept, entry->concept))
            break;
        if (found.status == GB_BANK_PREFERRED)
            return gb_arena_copy_bytes(view->arena, &found, sizeof(found));
    }
    if (!view->concepts.rows)
        find_concepts(view);
    return *concept_slot(view, entry->concept, &found) == NONE
               ? NULL
               : gb_arena_copy_bytes(view->arena, &found, sizeof(found));
}

const char *
gb_bank_fault(const struct gb_bank_view *view)
{
    return view->faulty;
}
