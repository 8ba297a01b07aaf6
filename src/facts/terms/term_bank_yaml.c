/* Term banks in YAML. */
#include "base/yaml.h"
#include "facts/terms/term_bank_priv.h"
#include "text/scan.h"

static const char *const map_keys[] = {"term",   "status",    "concept",  "en",        "definition",
                                       "source", "preferred", "admitted", "deprecated"};

static bool
add_names(struct gb_bank_reader *reader, const char *path, const struct gb_yaml *value, const char *status,
          struct gb_str *fields, struct gb_error *error)
{
    if (!value)
        return true;
    fields[GB_BANK_FIELD_STATUS] = gb_str_from(status);
    if (value->kind == GB_YAML_SCALAR) {
        fields[GB_BANK_FIELD_TERM] = gb_arena_copy(reader->arena, value->text);
        return gb_bank_add(reader, path, value->line, fields, error);
    }
    if (!gb_yaml_expect(value, GB_YAML_LIST, status, path, error))
        return false;
    GB_YAML_EACH(item, value) {
        if (!gb_yaml_expect(item, GB_YAML_SCALAR, status, path, error))
            return false;
        fields[GB_BANK_FIELD_TERM] = gb_arena_copy(reader->arena, item->text);
        if (!gb_bank_add(reader, path, item->line, fields, error))
            return false;
    }
    return true;
}

bool
gb_bank_read_map(struct gb_bank_reader *reader, const char *path, const struct gb_yaml *map, struct gb_error *error)
{
    struct gb_str fields[GB_BANK_FIELD_COUNT] = {0};
    bool has_names = false;

    if (!gb_yaml_expect(map, GB_YAML_MAP, "术语库的一项", path, error))
        return false;
    GB_YAML_EACH(value, map) {
        size_t i = 0;
        while (i < GB_COUNT(map_keys) && !gb_str_is(value->key->text, map_keys[i]))
            i++;
        if (i == GB_COUNT(map_keys)) {
            const char *near = gb_nearest(value->key->text, map_keys, GB_COUNT(map_keys));
            gb_error_set(error, path, value->key->line, value->key->column,
                         near ? "没有键“%.*s”；是否指“%s”？" : "没有键“%.*s”%s", GB_FMT(value->key->text),
                         near ? near : "");
            return false;
        }
        has_names = has_names || i >= GB_BANK_FIELD_COUNT;
        if (i >= GB_BANK_FIELD_COUNT)
            continue;
        if (!gb_yaml_expect(value, GB_YAML_SCALAR, map_keys[i], path, error))
            return false;
        fields[i] = gb_arena_copy(reader->arena, value->text);
    }
    if (!has_names)
        return gb_bank_add(reader, path, map->line, fields, error);
    /* One map holds all names of a concept: without a number of its own it gets one. */
    if (!fields[GB_BANK_FIELD_CONCEPT].len)
        fields[GB_BANK_FIELD_CONCEPT] = gb_arena_printf(reader->arena, "%s:%u", path, map->line);
    return add_names(reader, path, gb_yaml_get(map, "preferred"), "preferred", fields, error) &&
           add_names(reader, path, gb_yaml_get(map, "admitted"), "admitted", fields, error) &&
           add_names(reader, path, gb_yaml_get(map, "deprecated"), "deprecated", fields, error);
}

/* ---- names now, entries when they are asked for ---- */

/*
 * Most banks are a list of maps with one key a line, plain or quoted values without escapes, names in one line or one a line:
 *     - preferred: 经办机构
 *       deprecated: [经办处, 社保所]
 *       en: agency
 * Of these a scan finds the marks that mean something to YAML; between them nothing needs to be looked at. Anything else is left to the
 * library. What the library takes for line ends beside those of ASCII, and controls that it refuses, are characters here.
 */
enum { INDENT = 2, MOST_INDENT = 4, MOST_MARKS = 128 };

static const char marked[] =
    "\n\r\t\x01\x02\x03\x04\x05\x06\x07\x08\x0B\x0C\x0E\x0F\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1A\x1B\x1C\x1D\x1E"
    "\x1F\x7F:#[]{},\"'\\";

/* A line without its end, and where its marks stand in it. */
struct line {
    const char *text;
    uint32_t len, n_marks; /* n_marks: MOST_MARKS when there are more */
    uint32_t marks[MOST_MARKS + 1];
};

/* What a map has said up to the line in hand. */
struct map_lines {
    struct gb_str fields[GB_BANK_FIELD_COUNT];
    unsigned seen;   /* keys, by their place in map_keys */
    uint32_t open;   /* a key of names whose names follow, one a line; 0: none */
    uint32_t indent; /* of these; 0: none followed yet */
};

/* What a name is given to, with the place of its key in map_keys. */
typedef void name_function(void *data, struct gb_str name, uint32_t key);

/* The words of a line from `begin` to `end`, without the blanks around them. */
static inline struct gb_str
words_of(const struct line *line, uint32_t begin, uint32_t end)
{
    while (begin < end && line->text[begin] == ' ')
        begin++;
    while (end > begin && line->text[end - 1] == ' ')
        end--;
    return (struct gb_str){line->text + begin, end - begin};
}

/* May a plain scalar begin with it? That it is no mark is known. */
static inline bool
begins_plain(char c)
{
    switch (c) {
    case '-':
    case '?':
    case '&':
    case '*':
    case '!':
    case '|':
    case '>':
    case '%':
    case '@':
    case '`':
        return false;
    default:
        return true;
    }
}

/*
 * A scalar from `begin` to the end of the line, marks from the one numbered `mark` on: a plain one, or one in quotes without escapes.
 * False for another form.
 */
static bool
read_scalar(const struct line *line, uint32_t begin, uint32_t mark, struct gb_str *out)
{
    struct gb_str words = words_of(line, begin, line->len);
    bool is_marked = mark < line->n_marks && line->text + line->marks[mark] == words.ptr;

    *out = words;
    if (!words.len || (!is_marked && !begins_plain(words.ptr[0])))
        return false;
    char quote = words.ptr[0];
    if (is_marked) {
        if ((quote != '"' && quote != '\'') || words.len < 3 || words.ptr[words.len - 1] != quote)
            return false;
        *out = gb_str_sub(words, 1, words.len - 1);
    }
    for (uint32_t i = mark + is_marked; i + is_marked < line->n_marks; i++) {
        char c = line->text[line->marks[i]],
             next = line->marks[i] + 1 < line->len ? line->text[line->marks[i] + 1] : ' ';
        if ((unsigned char)c < ' ' || c == 0x7F ||
            (is_marked ? c == quote || c == '\\' : c == '#' || (c == ':' && next == ' ')))
            return false;
    }
    return true;
}

/* Names in brackets, from the mark numbered `mark` on: plain ones. */
static bool
read_flow(const struct line *line, uint32_t mark, name_function *name, void *data, uint32_t key)
{
    uint32_t last = line->n_marks - 1, begin = line->marks[mark] + 1;

    if (last <= mark || line->text[line->marks[last]] != ']' || words_of(line, line->marks[last] + 1, line->len).len)
        return false;
    for (uint32_t i = mark + 1; i <= last; i++) {
        struct gb_str words = words_of(line, begin, line->marks[i]);
        if ((i < last && line->text[line->marks[i]] != ',') || !words.len || !begins_plain(words.ptr[0]))
            return false;
        name(data, words, key);
        begin = line->marks[i] + 1;
    }
    return true;
}

/* The only key that a key of this length and third character can be; GB_COUNT(map_keys) without. */
static inline uint32_t
likely_key(const char *words, size_t len)
{
    switch (len) {
    case 2:
        return 3; /* en */
    case 4:
        return 0; /* term */
    case 6:
        return words[2] == 'a' ? 1 : 5; /* status, source */
    case 7:
        return 2; /* concept */
    case 8:
        return 7; /* admitted */
    case 9:
        return 6; /* preferred */
    case 10:
        return words[2] == 'f' ? 4 : 8; /* definition, deprecated */
    default:
        return GB_COUNT(map_keys);
    }
}

/* Place of a key in map_keys, GB_COUNT(map_keys) without. */
static inline uint32_t
key_of(const char *words, size_t len)
{
    uint32_t key = likely_key(words, len);

    if (key == GB_COUNT(map_keys))
        return key;
    for (size_t i = 0; i < len; i++) {
        if (words[i] != map_keys[key][i])
            return GB_COUNT(map_keys);
    }
    return key;
}

/* A line "key: value" behind its indentation. */
static bool
read_pair(struct map_lines *m, const struct line *line, name_function *name, void *data)
{
    uint32_t colon = line->marks[0], key = key_of(line->text + INDENT, colon - INDENT), begin = colon + 1;
    struct gb_str value;

    if (key == GB_COUNT(map_keys) || m->seen & 1u << key || (begin < line->len && line->text[begin] != ' '))
        return false;
    m->seen |= 1u << key;
    while (begin < line->len && line->text[begin] == ' ')
        begin++;
    if (begin == line->len) {
        m->open = key;
        m->indent = 0;
        return key >= GB_BANK_FIELD_COUNT;
    }
    if (key >= GB_BANK_FIELD_COUNT && line->text[begin] == '[')
        return read_flow(line, 1, name, data, key);
    if (line->n_marks == 1 && begins_plain(line->text[begin]) && line->text[line->len - 1] != ' ')
        value = (struct gb_str){line->text + begin, line->len - begin};
    else if (!read_scalar(line, begin, 1, &value))
        return false;
    if (key >= GB_BANK_FIELD_COUNT)
        name(data, value, key);
    else
        m->fields[key] = value;
    return true;
}

/* Where a line stands in its list. */
enum line_kind { BLANK, FIRST, MORE, NAME, OTHER };

static inline enum line_kind
kind_of(const struct line *line)
{
    const char *p = line->text;

    if (line->len == 0 || p[0] == '#')
        return BLANK;
    if (line->len <= INDENT + 1 || p[1] != ' ')
        return OTHER;
    if (p[0] == '-')
        return FIRST;
    if (p[0] != ' ')
        return OTHER;
    if (p[INDENT] == '-')
        return NAME;
    if (p[INDENT] == ' ')
        return line->len > MOST_INDENT && p[INDENT + 1] == ' ' && p[MOST_INDENT] == '-' ? NAME : OTHER;
    return MORE;
}

/* One name a line: "  - name". */
static bool
read_name(struct map_lines *m, const struct line *line, name_function *name, void *data)
{
    uint32_t indent = line->text[INDENT] == '-' ? INDENT : MOST_INDENT;
    struct gb_str words;

    if (!m->open || (m->indent && m->indent != indent) || indent + 1 >= line->len || line->text[indent + 1] != ' ')
        return false;
    m->indent = indent;
    /* "a: b" would be a map. */
    if (!read_scalar(line, indent + 2, 0, &words))
        return false;
    name(data, words, m->open);
    return true;
}

/* A line that is not blank. */
static bool
read_line(struct map_lines *m, const struct line *line, enum line_kind kind, name_function *name, void *data)
{
    if (kind == OTHER || line->n_marks == MOST_MARKS)
        return false;
    if (kind == NAME)
        return read_name(m, line, name, data);
    if ((m->open && !m->indent) || !line->n_marks || line->text[line->marks[0]] != ':' || line->marks[0] < INDENT)
        return false;
    m->open = 0;
    return read_pair(m, line, name, data);
}

/* Names under keys of their own, or else under `term`; anything else is for the library to complain of. */
static bool
is_complete(const struct map_lines *m)
{
    bool has_names = m->seen >> GB_BANK_FIELD_COUNT != 0;
    enum gb_bank_status status;

    return !(m->open && !m->indent) && (has_names || m->fields[GB_BANK_FIELD_TERM].len) &&
           gb_bank_status_of(m->fields[GB_BANK_FIELD_STATUS], &status);
}

struct noting {
    struct gb_bank_reader *reader;
    const char *text;
};

static void
note_name(void *data, struct gb_str name, uint32_t key)
{
    struct noting *noting = data;

    (void)key;
    gb_bank_note(noting->reader, noting->text, name);
}

static bool
end_map(const struct map_lines *m, struct noting *noting)
{
    if (!is_complete(m))
        return false;
    if (m->seen >> GB_BANK_FIELD_COUNT == 0)
        note_name(noting, m->fields[GB_BANK_FIELD_TERM], 0);
    return true;
}

/* The next line; `begin` is where it begins, and then where the one behind it does. False at the end. */
static inline bool
next_line(struct gb_marks *marks, size_t *begin, struct line *line)
{
    size_t at, end = marks->text.len;

    if (*begin >= end)
        return false;
    line->text = marks->text.ptr + *begin;
    line->n_marks = 0;
    while (gb_marks_next(marks, &at)) {
        if (marks->text.ptr[at] == '\n') {
            end = at;
            break;
        }
        line->marks[line->n_marks] = (uint32_t)(at - *begin);
        line->n_marks += line->n_marks < MOST_MARKS;
    }
    line->len = (uint32_t)(end - *begin);
    if (line->n_marks && line->marks[line->n_marks - 1] + 1 == line->len && line->text[line->len - 1] == '\r') {
        line->n_marks--;
        line->len--;
    }
    *begin = end + 1;
    return true;
}

static bool
read_maps(struct gb_bank_reader *reader, struct gb_str text, const struct gb_byte_class *class)
{
    struct noting noting = {reader, text.ptr};
    struct gb_marks marks = {.text = text, .class = *class};
    struct map_lines map = {.open = 0};
    struct line line;
    bool begun = false;

    if (memchr(text.ptr, '\0', text.len))
        return false;
    for (size_t begin = 0; next_line(&marks, &begin, &line);) {
        enum line_kind kind = kind_of(&line);
        if (kind == BLANK)
            continue;
        if (kind == FIRST) {
            if (begun && !end_map(&map, &noting))
                return false;
            map = (struct map_lines){.open = 0};
            begun = true;
        }
        if (!begun || !read_line(&map, &line, kind, note_name, &noting))
            return false;
    }
    return begun && end_map(&map, &noting);
}

/* ---- one map once more ---- */

struct wanted {
    const char *at; /* of the name */
    struct gb_str name;
    uint32_t key; /* of it, in map_keys */
};

static void
want_name(void *data, struct gb_str name, uint32_t key)
{
    struct wanted *wanted = data;

    if (name.ptr == wanted->at) {
        wanted->name = name;
        wanted->key = key;
    }
}

/* Where the map that has this byte begins. */
static size_t
map_begin(struct gb_str text, size_t at)
{
    for (;;) {
        const char *before = memrchr(text.ptr, '\n', at);
        size_t begin = before ? (size_t)(before - text.ptr) + 1 : 0;
        if (begin == 0 || text.ptr[begin] == '-')
            return begin;
        at = begin - 1;
    }
}

static enum gb_bank_read
read_map_at(const struct gb_bank_file *file, uint32_t at, struct gb_arena *arena, struct gb_bank_entry *out)
{
    struct wanted wanted = {.at = file->text.ptr + at};
    struct map_lines map = {.open = 0};
    struct gb_marks marks = {.text = file->text, .class = file->marks};
    size_t first = map_begin(file->text, at), begin = first;
    struct line line;

    (void)arena;
    gb_marks_seek(&marks, first);
    for (bool is_first = true; next_line(&marks, &begin, &line); is_first = false) {
        enum line_kind kind = kind_of(&line);
        if (kind == FIRST && !is_first)
            break;
        if (kind != BLANK && !read_line(&map, &line, kind, want_name, &wanted))
            return GB_BANK_FAULTY;
    }
    *out = gb_bank_entry_of(map.fields);
    if (!wanted.name.len)
        return GB_BANK_READ;
    /* Without a name of its own the map is one: its words are no other's. */
    if (!out->concept.len)
    out->concept = gb_str_sub(file->text, first, begin);
    enum gb_bank_status status;
    (void)gb_bank_status_of(gb_str_from(map_keys[wanted.key]), &status);
    out->status = status;
    out->term = wanted.name;
    return GB_BANK_READ;
}

/* ---- */

bool
gb_bank_read_yaml_at_once(struct gb_bank_reader *reader, struct gb_bank_file *file, struct gb_error *error)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    const struct gb_yaml *root = gb_yaml_parse(file->text, file->path, &arena, error);
    bool ok = root && gb_yaml_expect(root, GB_YAML_LIST, "术语库", file->path, error);

    for (const struct gb_yaml *item = ok ? root->first : NULL; item && ok; item = item->next)
        ok = gb_bank_read_map(reader, file->path, item, error);
    gb_arena_release(&arena);
    return ok;
}

bool
gb_bank_read_yaml(struct gb_bank_reader *reader, struct gb_bank_file *file, struct gb_error *error)
{
    size_t n_rows = reader->rows.len, n_entries = reader->entries.len;

    file->read = read_map_at;
    gb_byte_class_init(&file->marks, marked);
    if (read_maps(reader, file->text, &file->marks))
        return true;
    gb_bank_take_back(reader, n_rows, n_entries);
    return gb_bank_read_yaml_at_once(reader, file, error);
}
