/* Term banks in TBX (ISO 30042): termEntry or conceptEntry, langSet or langSec, tig, ntig or termSec, term and its notes. */
#include "base/buf.h"
#include "base/xml.h"
#include "facts/term_bank_priv.h"

struct tbx {
    struct gb_bank_reader *reader;
    const char *path;
    struct gb_str text;
    struct gb_error *error;
    bool ok;

    struct gb_str concept, en, definition, source;
    size_t first;             /* entries of the concept begin here */
    bool is_english;          /* of the language in hand */
    struct gb_str fields[GB_BANK_FIELD_COUNT];
    uint32_t counted;         /* bytes of the text whose line ends are counted */
    unsigned lines, line;
    struct gb_str type;       /* of the note or description in hand */
    struct gb_buf words;      /* text of the element in hand */
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
        t->concept = gb_xml_attr(tag, "id", &attr) ? gb_arena_copy(t->reader->arena, attr.value)
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
    static const struct gb_str deprecated[] = {GB_WORD("deprecated"), GB_WORD("superseded"), GB_WORD("obsolete"), GB_WORD("notRecommended")};

    if (gb_str_has_any(words, deprecated, GB_COUNT(deprecated)))
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
}

static void
end(void *data, const struct gb_xml_tag *tag)
{
    struct tbx *t = data;
    struct gb_str words = gb_str_trim(gb_buf_str(&t->words));

    if (is(tag, "term"))
        t->fields[GB_BANK_FIELD_TERM] = gb_arena_copy(t->reader->arena, words);
    else if (is(tag, "termNote") && gb_str_is(t->type, "administrativeStatus"))
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
text(void *data, const struct gb_xml_piece *piece)
{
    gb_buf_add(&((struct tbx *)data)->words, piece->str);
}

static void
comment(void *data, struct gb_str inside, struct gb_span span)
{
    (void)data, (void)inside, (void)span;
}

static void
instruction(void *data, struct gb_str target, struct gb_str rest, struct gb_span span)
{
    (void)data, (void)target, (void)rest, (void)span;
}

static void
fault(void *data, const struct gb_xml_fault *fault)
{
    struct tbx *t = data;

    if (t->ok)
        gb_error_set(t->error, t->path, line_of(t, fault->span.begin), 0, "%.*s", GB_FMT(fault->zh));
    t->ok = false;
}

bool
gb_bank_read_tbx(struct gb_bank_reader *reader, const char *path, struct gb_str bytes, struct gb_error *error)
{
    static const struct gb_xml_events events = {start, end, text, comment, instruction, fault};
    struct tbx t = {.reader = reader, .path = path, .text = bytes, .error = error, .ok = true};

    gb_xml_read(bytes, 0, &events, &t);
    gb_buf_release(&t.words);
    return t.ok;
}
