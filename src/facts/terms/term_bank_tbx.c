/* Term banks in TBX (ISO 30042): termEntry or conceptEntry, langSet or langSec, tig, ntig or termSec, term and its notes. */
#include "base/buf.h"
#include "base/xml.h"
#include "facts/terms/term_bank_priv.h"
#include "text/utf8.h"

struct tbx {
    struct gb_bank_reader *reader;
    const char *path;
    struct gb_str text;
    struct gb_error *error;
    bool ok;

    struct gb_str concept, en, definition, source;
    size_t first;    /* entries of the concept begin here */
    bool is_english; /* of the language in hand */
    struct gb_str fields[GB_BANK_FIELD_COUNT];
    uint32_t counted; /* bytes of the text whose line ends are counted */
    unsigned lines, line;
    struct gb_str type;         /* of the note or description in hand */
    struct gb_buf words;        /* text of the element in hand */
    uint32_t words_at, term_at; /* where it begins; where the name does */
    uint32_t wanted;            /* a name that is asked for, by its place */
    size_t found;               /* its entry, and 1; 0: none yet */
};

/* Events come in the order of the text: lines are counted on from the last question. */
static unsigned
line_of(struct tbx *t, uint32_t at)
{
    for (; t->counted < at && t->counted < t->text.len; t->counted++)
        t->lines += t->text.ptr[t->counted] == '\n';
    return t->lines + 1;
}

static bool
is(const struct gb_xml_tag *tag, const char *name)
{
    return gb_str_is(tag->name, name);
}

static bool
begins_concept(const struct gb_xml_tag *tag)
{
    return is(tag, "termEntry") || is(tag, "conceptEntry");
}

static bool
holds_term(const struct gb_xml_tag *tag)
{
    return is(tag, "tig") || is(tag, "ntig") || is(tag, "termSec");
}

static void
start(void *data, const struct gb_xml_tag *tag)
{
    struct tbx *t = data;
    struct gb_xml_attr attr;

    t->words.len = 0;
    if (begins_concept(tag)) {
        t->concept = gb_xml_attr(tag, "id", &attr)
                         ? gb_arena_copy(t->reader->arena, attr.value)
                         : gb_arena_printf(t->reader->arena, "%s:%u", t->path, (unsigned)tag->span.begin);
        t->en = t->definition = t->source = (struct gb_str){0};
        t->first = t->reader->entries.len;
    } else if (is(tag, "langSet") || is(tag, "langSec")) {
        t->is_english = gb_xml_attr(tag, "lang", &attr) && gb_str_starts(attr.value, GB_STR("en"));
    } else if (holds_term(tag)) {
        memset(t->fields, 0, sizeof(t->fields));
        t->line = line_of(t, tag->span.begin);
    }
    if (is(tag, "termNote") || is(tag, "descrip") || is(tag, "admin"))
        t->type = gb_xml_attr(tag, "type", &attr) ? gb_arena_copy(t->reader->arena, attr.value) : GB_STR("");
}

static struct gb_str
status_of(struct gb_str words)
{
    GB_WORDS(deprecated, "deprecated", "superseded", "obsolete", "notRecommended");

    if (GB_HAS_ANY(words, deprecated))
        return GB_STR("deprecated");
    return gb_str_has(words, GB_STR("admitted")) ? GB_STR("admitted") : GB_STR("preferred");
}

static void
end_term(struct tbx *t)
{
    if (!t->fields[GB_BANK_FIELD_TERM].len)
        return;
    if (t->is_english) {
        t->en = t->en.len ? t->en : t->fields[GB_BANK_FIELD_TERM];
        return;
    }
    t->fields[GB_BANK_FIELD_CONCEPT] = t->concept;
    t->ok = t->ok && gb_bank_add(t->reader, t->path, t->line, t->fields, t->error);
    if (t->ok && t->wanted && t->term_at == t->wanted)
        t->found = t->reader->entries.len;
}

static void
end(void *data, const struct gb_xml_tag *tag)
{
    struct tbx *t = data;
    struct gb_str words = gb_str_trim(gb_buf_str(&t->words));

    if (is(tag, "term")) {
        t->fields[GB_BANK_FIELD_TERM] = gb_arena_copy(t->reader->arena, words);
        t->term_at = t->words_at + (words.len ? (uint32_t)(words.ptr - t->words.ptr) : 0);
    }
    if (is(tag, "termNote") && gb_str_is(t->type, "administrativeStatus"))
        t->fields[GB_BANK_FIELD_STATUS] = status_of(words);
    else if (is(tag, "descrip") && gb_str_is(t->type, "definition") && !t->is_english)
        t->definition = gb_arena_copy(t->reader->arena, words);
    else if (is(tag, "admin") && gb_str_is(t->type, "source"))
        t->source = gb_arena_copy(t->reader->arena, words);
    else if (holds_term(tag))
        end_term(t);
    for (size_t i = t->first; begins_concept(tag) && i < t->reader->entries.len; i++) {
        t->reader->entries.items[i].en = t->en;
        t->reader->entries.items[i].definition = t->definition;
        t->reader->entries.items[i].source = t->source;
    }
    t->words.len = 0;
}

static void
add_words(struct tbx *t, struct gb_str words, uint32_t at)
{
    t->words_at = t->words.len ? t->words_at : at;
    gb_buf_add(&t->words, words);
}

static void
text(void *data, const struct gb_xml_piece *piece)
{
    add_words(data, piece->str, piece->span.begin);
}

static void
fault(void *data, const struct gb_xml_fault *fault)
{
    struct tbx *t = data;

    if (t->ok)
        gb_error_set(t->error, t->path, line_of(t, fault->span.begin), 0, "%.*s", GB_FMT(fault->zh));
    t->ok = false;
}

static const struct gb_xml_events events = {.start = start, .end = end, .text = text, .fault = fault};

bool
gb_bank_read_tbx_at_once(struct gb_bank_reader *reader, struct gb_bank_file *file, struct gb_error *error)
{
    struct tbx t = {.reader = reader, .path = file->path, .text = file->text, .error = error, .ok = true};

    gb_xml_read(file->text, 0, &events, &t);
    gb_buf_release(&t.words);
    return t.ok;
}

/* ---- names now, entries when they are asked for ---- */

/*
 * XML is read at some hundred instructions a tag, and a bank of ten thousand names has a hundred thousand tags. So of a large file only the
 * ends of the terms are looked for, and a concept is read when a draft may have one of its names. What is wrong in concepts
 * that no draft asks for is not found; a file that is cut short is.
 */
enum { LARGE = 64 * 1024, LONGEST_TERM = 512, DEEPEST = 16 };

/* A prolog without declarations of entities, a root, and its end tag at the end. */
static bool
is_whole(struct gb_str text)
{
    struct gb_str rest = gb_str_trim(text), name;
    size_t at = 0, open = gb_str_starts(rest, GB_STR("<?")) ? gb_str_find(rest, GB_STR("?>"), 0) : 0, end;

    if (open == GB_NOT_FOUND)
        return false;
    while (open < rest.len && rest.ptr[open] != '<')
        open++;
    for (at = ++open; at < rest.len && !strchr(" \t\r\n/>", rest.ptr[at]);)
        at++;
    name = gb_str_sub(rest, open, at);
    if (!name.len || name.ptr[0] == '!' || name.ptr[0] == '?' || name.len > 64)
        return false;
    for (end = rest.len; end > at && rest.ptr[end - 1] != '<';)
        end--;
    return end > at && gb_str_eq(gb_str_sub(rest, end, end + 1), GB_STR("/")) &&
           gb_str_starts(gb_str_skip(rest, end + 1), name) &&
           gb_str_is(gb_str_trim(gb_str_skip(rest, end + 1 + name.len)), ">");
}

/* The name that ends at `end`, where </term> stands; false when there is more than characters before it. */
static bool
name_before(struct gb_str text, size_t end, struct gb_str *out)
{
    size_t from = end > LONGEST_TERM ? end - LONGEST_TERM : 0;
    const char *close = memrchr(text.ptr + from, '>', end - from);
    size_t begin = close ? (size_t)(close - text.ptr) + 1 : 0;

    if (!close)
        return false;
    if (begin < 6 || memcmp(close - 5, "<term>", 6) != 0) {
        const char *open = memrchr(text.ptr + from, '<', begin - from);
        if (!open || close - open < 6 || memcmp(open, "<term", 5) != 0 || !strchr(" \t\r\n", open[5]))
            return false;
    }
    *out = (struct gb_str){text.ptr + begin, end - begin};
    if (out->len && ((unsigned char)out->ptr[0] <= ' ' || (unsigned char)out->ptr[out->len - 1] <= ' '))
        *out = gb_str_trim(*out);
    return true;
}

static bool
note_names(struct gb_bank_reader *reader, struct gb_str text, bool has_references, size_t at, uint64_t bits)
{
    for (; bits; bits &= bits - 1) {
        size_t end = at + (size_t)__builtin_ctzll(bits);
        struct gb_str name;
        if (memcmp(text.ptr + end, "</term>", 7) != 0)
            continue;
        if (!name_before(text, end, &name) || (has_references && memchr(name.ptr, '&', name.len)))
            return false;
        if (name.len)
            gb_bank_note(reader, text.ptr, name);
    }
    return true;
}

static bool
read_names(struct gb_bank_reader *reader, struct gb_str text)
{
    size_t distance = GB_STR("</term>").len - 1, at = 0, n_rows = reader->rows.len;
    bool has_references = memchr(text.ptr, '&', text.len) != NULL;
    uint64_t bits[GB_SCAN_BLOCKS];

    while (text.len - at >= GB_SCAN_BLOCK + distance) {
        size_t n = (text.len - at - distance) / GB_SCAN_BLOCK;
        n = n < GB_SCAN_BLOCKS ? n : GB_SCAN_BLOCKS;
        gb_scan_pairs(text.ptr + at, n, '<', '>', distance, bits);
        for (size_t i = 0; i < n; i++, at += GB_SCAN_BLOCK) {
            if (!note_names(reader, text, has_references, at, bits[i]))
                return false;
        }
    }
    for (; at + distance < text.len; at++) {
        if (!note_names(reader, text, has_references, at, text.ptr[at] == '<'))
            return false;
    }
    return reader->rows.len > n_rows;
}

/* ---- one concept ---- */

GB_WORDS(concept_names, "conceptEntry", "termEntry");

/* The concept that has this byte, from tag to tag. */
static bool
find_concept(struct gb_str text, size_t at, struct gb_str *out)
{
    const char *open = text.ptr + at;

    while ((open = memrchr(text.ptr, '<', (size_t)(open - text.ptr))) != NULL) {
        struct gb_str rest = gb_str_skip(text, (size_t)(open - text.ptr));
        for (size_t i = 0; i < GB_COUNT(concept_names); i++) {
            struct gb_str name = concept_names[i];
            if (!gb_str_starts(gb_str_skip(rest, 1), name) || !strchr(" \t\r\n>", rest.ptr[1 + name.len]))
                continue;
            size_t end = at - (size_t)(open - text.ptr);
            do
                end = gb_str_find(rest, name, end + 1);
            while (end != GB_NOT_FOUND && !(rest.ptr[end - 1] == '/' && rest.ptr[end - 2] == '<'));
            const char *close = end == GB_NOT_FOUND ? NULL : memchr(rest.ptr + end, '>', rest.len - end);
            *out = close ? gb_str_sub(rest, 0, (size_t)(close - rest.ptr) + 1) : rest;
            return close != NULL;
        }
    }
    return false;
}

/* Tags and characters, nothing else: the same events as the library's. False, and maybe some events, for anything else. */
static bool
read_tags(struct gb_str xml, struct tbx *t)
{
    struct gb_str open[DEEPEST];
    size_t depth = 0, at = 0;

    do {
        const char *close = memchr(xml.ptr + at, '>', xml.len - at);
        struct gb_str raw = gb_str_sub(xml, at, close ? (size_t)(close - xml.ptr) + 1 : at);
        bool is_end = raw.len > 3 && raw.ptr[1] == '/', is_empty = raw.len > 3 && raw.ptr[raw.len - 2] == '/';
        size_t begin = 1 + is_end, stop = begin;
        stop = gb_skip_letters(raw, stop);
        struct gb_xml_tag tag = {.name = gb_str_sub(raw, begin, stop),
                                 .raw = raw,
                                 .attrs = stop,
                                 .span = {(uint32_t)(raw.ptr - t->text.ptr),
                                          (uint32_t)(raw.ptr + raw.len - t->text.ptr)}};
        if (!tag.name.len || !strchr(" \t\r\n/>", raw.ptr[stop]) || depth == DEEPEST ||
            memchr(raw.ptr + 1, '<', raw.len - 1))
            return false;
        if (!is_end) {
            start(t, &tag);
            open[depth++] = tag.name;
        }
        if (is_end || is_empty) {
            if (!depth || !gb_str_eq(open[--depth], tag.name))
                return false;
            end(t, &tag);
        }
        at = (size_t)(raw.ptr + raw.len - xml.ptr);
        const char *next = memchr(xml.ptr + at, '<', xml.len - at);
        struct gb_str words = gb_str_sub(xml, at, next ? (size_t)(next - xml.ptr) : xml.len);
        if (memchr(words.ptr, '&', words.len))
            return false;
        if (words.len)
            add_words(t, words, (uint32_t)(words.ptr - t->text.ptr));
        at += words.len;
    } while (depth > 0 && at < xml.len);
    return depth == 0 && at == xml.len;
}

static enum gb_bank_read
read_concept_at(const struct gb_bank_file *file, uint32_t at, struct gb_arena *arena, struct gb_bank_entry *out)
{
    struct gb_bank_reader entries = {.arena = arena};
    struct gb_error error;
    struct tbx t = {.reader = &entries,
                    .path = file->path,
                    .text = file->text,
                    .error = &error,
                    .ok = true,
                    .wanted = at,
                    .counted = UINT32_MAX};
    struct gb_str xml;

    if (!find_concept(file->text, at, &xml) || gb_utf8_check(xml) < xml.len)
        return GB_BANK_FAULTY;
    if (!read_tags(xml, &t)) {
        gb_bank_take_back(&entries, 0, 0);
        t.words.len = t.first = t.found = 0;
        t.is_english = false;
        gb_xml_read(xml, (uint32_t)(xml.ptr - file->text.ptr), &events, &t);
    }
    if (t.ok && t.found)
        *out = entries.entries.items[t.found - 1];
    gb_buf_release(&t.words);
    GB_RELEASE(&entries.rows, &entries.entries);
    return !t.ok ? GB_BANK_FAULTY : t.found ? GB_BANK_READ : GB_BANK_NO_NAME;
}

bool
gb_bank_read_tbx(struct gb_bank_reader *reader, struct gb_bank_file *file, struct gb_error *error)
{
    size_t n_rows = reader->rows.len;

    file->read = read_concept_at;
    if (file->text.len >= LARGE && is_whole(file->text) && read_names(reader, file->text))
        return true;
    gb_bank_take_back(reader, n_rows, reader->entries.len);
    return gb_bank_check_utf8(file, error) && gb_bank_read_tbx_at_once(reader, file, error);
}
