#include "emit/terms.h"

#include "base/array.h"
#include "base/json.h"
#include "emit/escape_priv.h"
#include "emit/place_priv.h"
#include "facts/term_index.h"

#include <stdio.h>

/* A designation on its way out. */
struct name {
    const struct gb_term_draft *draft;
    const struct gb_term *term;
    const struct gb_designation *designation;
};

static const struct gb_terms *
terms_of(const struct gb_term_draft *draft)
{
    return draft->facts->vocabulary;
}

/* In the classes of the documented output: a short form of an entry is a form that may be used. */
static const char *
status_of(const struct gb_designation *d)
{
    switch (d->status) {
    case GB_DESIGNATION_PREFERRED:
        return "preferred";
    case GB_DESIGNATION_DEPRECATED:
        return "deprecated";
    default:
        return "admitted";
    }
}

static struct gb_range
place_of(const struct gb_term_draft *draft, const struct gb_text *text, size_t begin, size_t end)
{
    bool exact;
    struct gb_span span = gb_text_span(text, begin, end, &exact);

    return gb_range_of(draft->doc->source, (struct gb_at){span, !exact});
}

static struct gb_range
place_of_name(const struct name *name)
{
    return place_of(name->draft, &name->designation->text, 0, name->designation->text.str.len);
}

/* Where names are the same, the uses stand with the first: as many lists of all of them as there are such names are of no use. */
static uint32_t
first_use(const struct name *name)
{
    const struct gb_terms *terms = terms_of(name->draft);
    uint32_t first = name->designation->first_use;
    bool is_own = first != GB_NO_USE && &terms->designations[terms->uses[first].designation] == name->designation;

    return is_own ? first : GB_NO_USE;
}

/* The definition without its domain, line ends taken out. */
static void
put_definition(const struct gb_term *term, struct gb_buf *out)
{
    struct gb_str s = term->definition ? term->definition->text.str : GB_STR("");

    out->len = 0;
    for (size_t i = term->definition_from; i < s.len; i++) {
        if (s.ptr[i] != '\n')
            gb_buf_add_char(out, s.ptr[i]);
    }
}

typedef void each_function(void *data, const struct name *name);

/* All names of terms (entries), or of abbreviations, in the order of drafts and text. */
static void
each_name(const struct gb_term_list *list, bool entries, each_function *call, void *data)
{
    for (size_t i = 0; i < list->n; i++) {
        const struct gb_terms *terms = terms_of(&list->drafts[i]);
        GB_EACH(const struct gb_term, term, terms->items, terms->n) {
            if ((term->kind == GB_TERM_ENTRY) != entries)
                continue;
            for (uint32_t d = 0; d < term->n; d++)
                call(data, &(struct name){&list->drafts[i], term, &terms->designations[term->first + d]});
        }
    }
}

/* ---- uses in other drafts ---- */

/* A place in a draft that has no such name of its own. */
struct foreign_use {
    const struct gb_term_draft *draft;
    const struct gb_text *text;
    size_t begin, end;
    uint32_t next;                /* of the same words, NONE */
};

#define NONE UINT32_MAX

/* The uses of some words. */
struct chain {
    uint32_t first, last;
};

/* The words of all names, and where drafts that do not enter them use them: one pass over the sentences. */
struct foreign_uses {
    struct gb_arena arena;
    struct gb_term_index index;   /* words → place in chains */
    GB_ARRAY(struct foreign_use) uses;
    GB_ARRAY(struct chain) chains;
};

/* Shorter words are parts of others. */
enum { SHORTEST_FOREIGN = 2 * 3 };

static void
add_words(void *data, const struct name *name)
{
    struct foreign_uses *f = data;
    struct gb_str words = name->designation->words;
    uint32_t which = (uint32_t)f->chains.len;

    if (words.len >= SHORTEST_FOREIGN && gb_index_add(&f->index, words, which, &which) && which == f->chains.len)
        *gb_push(&f->chains) = (struct chain){NONE, NONE};
}

static void
find_in_sentence(struct foreign_uses *f, const struct gb_term_draft *draft, const struct gb_sentence *sentence)
{
    struct gb_str s = gb_str_sub(sentence->text->str, 0, sentence->end);
    enum gb_designation_status status;
    uint32_t which;

    for (size_t at = sentence->begin, next; at < s.len; at = next) {
        size_t len = gb_index_longest(&f->index, s, at, &which);
        uint32_t use = (uint32_t)f->uses.len;
        (void)gb_utf8_at(s, at, &next);
        if (!len)
            continue;
        next = at + len;
        if (gb_term_called(draft->facts, gb_str_sub(s, at, next), &status) != GB_NO_TERM)
            continue; /* what a draft enters itself is listed with that entry */
        struct chain *chain = &f->chains.items[which];
        *gb_push(&f->uses) = (struct foreign_use){draft, sentence->text, at, next, NONE};
        if (chain->first == NONE)
            chain->first = use;
        else
            f->uses.items[chain->last].next = use;
        chain->last = use;
    }
}

static void
find_foreign_uses(const struct gb_term_list *list, struct foreign_uses *f)
{
    size_t n = 0;

    for (size_t i = 0; i < list->n; i++)
        n += terms_of(&list->drafts[i])->n_designations;
    gb_index_init(&f->index, &f->arena, n);
    each_name(list, true, add_words, f);
    each_name(list, false, add_words, f);
    for (size_t i = 0; i < list->n && list->n > 1; i++) {
        const struct gb_facts *facts = list->drafts[i].facts;
        for (uint32_t k = 0; k < facts->n_sentences; k++)
            find_in_sentence(f, &list->drafts[i], &facts->sentences[k]);
    }
}

static void
release_foreign_uses(struct foreign_uses *f)
{
    gb_array_release(&f->uses);
    gb_array_release(&f->chains);
    gb_arena_release(&f->arena);
}

/* ---- JSON ---- */

struct json_writer {
    struct gb_json json;
    struct gb_buf words;
    struct foreign_uses foreign;
};

static void
write_range(struct json_writer *w, const struct gb_range *range)
{
    gb_json_open(&w->json, '{');
    w->words.len = 0;
    gb_add_clean(&w->words, gb_str_from(range->start.file->path));
    gb_json_field(&w->json, "path", gb_buf_str(&w->words));
    gb_json_count(&w->json, "line", range->start.line);
    if (!range->by_line)
        gb_json_count(&w->json, "column", range->start.column);
    gb_json_count(&w->json, "byte", range->start.byte);
    gb_json_close(&w->json, '}');
}

/* Places where other drafts of the list use the same words. */
static void
write_foreign_uses(struct json_writer *w, const struct name *name)
{
    const struct foreign_uses *f = &w->foreign;
    uint32_t which;

    if (!gb_index_get(&f->index, name->designation->words, &which))
        return;
    for (uint32_t i = f->chains.items[which].first; i != NONE; i = f->uses.items[i].next) {
        const struct foreign_use *use = &f->uses.items[i];
        struct gb_range range = place_of(use->draft, use->text, use->begin, use->end);
        write_range(w, &range);
    }
}

static void
write_uses(struct json_writer *w, const struct name *name)
{
    const struct gb_terms *terms = terms_of(name->draft);

    gb_json_key(&w->json, "uses");
    gb_json_open(&w->json, '[');
    for (uint32_t i = first_use(name); i != GB_NO_USE; i = terms->uses[i].next) {
        const struct gb_term_use *use = &terms->uses[i];
        if (use->flags & GB_USE_OWN)
            continue;
        struct gb_range range = place_of(name->draft, use->text, use->begin, use->end);
        write_range(w, &range);
    }
    write_foreign_uses(w, name);
    gb_json_close(&w->json, ']');
}

/* Each name has the others of its term beside it. No term has so many; an entry that lost its end may have thousands. */
static void
write_variants(struct json_writer *w, const struct name *name)
{
    enum { MOST_VARIANTS = 100 };
    const struct gb_terms *terms = terms_of(name->draft);
    uint32_t n_told = 0;

    gb_json_key(&w->json, "variants");
    gb_json_open(&w->json, '[');
    for (uint32_t i = 0; i < name->term->n && n_told < MOST_VARIANTS; i++) {
        struct name other = {name->draft, name->term, &terms->designations[name->term->first + i]};
        if (other.designation == name->designation)
            continue;
        n_told++;
        gb_json_open(&w->json, '{');
        gb_json_field(&w->json, "form", other.designation->words);
        gb_json_field(&w->json, "status", gb_str_from(status_of(other.designation)));
        write_uses(w, &other);
        gb_json_close(&w->json, '}');
    }
    gb_json_close(&w->json, ']');
    if (n_told + 1 < name->term->n)
        gb_json_count(&w->json, "variants_left_out", name->term->n - 1 - n_told);
}

static void
write_name(void *data, const struct name *name)
{
    struct json_writer *w = data;
    struct gb_range range = place_of_name(name);
    struct gb_buf definition = {0};

    put_definition(name->term, &definition);
    gb_json_open(&w->json, '{');
    gb_json_field(&w->json, "term", name->designation->words);
    gb_json_field(&w->json, "en", name->term->en.str);
    gb_json_field(&w->json, "status", gb_str_from(status_of(name->designation)));
    gb_json_field(&w->json, "kind", gb_str_from(gb_term_kind_name(name->term->kind)));
    gb_json_given(&w->json, "domain", name->term->domain);
    gb_json_given(&w->json, "definition", gb_buf_str(&definition));
    gb_json_key(&w->json, "defined");
    write_range(w, &range);
    write_uses(w, name);
    write_variants(w, name);
    gb_json_close(&w->json, '}');
    gb_buf_release(&definition);
}

static void
write_json(struct gb_out *out, const struct gb_term_list *list)
{
    struct json_writer w = {.words = {0}};

    find_foreign_uses(list, &w.foreign);
    gb_json_init(&w.json, out, 2);
    gb_json_open(&w.json, '{');
    gb_json_key(&w.json, "terms");
    gb_json_open(&w.json, '[');
    each_name(list, true, write_name, &w);
    gb_json_close(&w.json, ']');
    gb_json_key(&w.json, "abbreviations");
    gb_json_open(&w.json, '[');
    each_name(list, false, write_name, &w);
    gb_json_close(&w.json, ']');
    gb_json_close(&w.json, '}');
    gb_out_char(out, '\n');
    gb_buf_release(&w.words);
    release_foreign_uses(&w.foreign);
}

/* ---- Text and CSV ---- */

struct table_writer {
    struct gb_out *out;
    bool english;
    struct gb_buf words;
};

static void
put_clean(struct table_writer *w, struct gb_str text)
{
    w->words.len = 0;
    gb_add_clean(&w->words, text);
    gb_out_add(w->out, gb_buf_str(&w->words));
}

/* 经办机构 (agency)：preferred，a.md:12，7 处 */
static void
put_line(void *data, const struct name *name)
{
    struct table_writer *w = data;
    struct gb_range range = place_of_name(name);
    const struct gb_terms *terms = terms_of(name->draft);

    put_clean(w, name->designation->words);
    if (name->term->en.str.len) {
        gb_out_puts(w->out, " (");
        put_clean(w, name->term->en.str);
        gb_out_char(w->out, ')');
    }
    gb_out_printf(w->out, "  %s %s  ", gb_term_kind_name(name->term->kind), gb_designation_status_name(name->designation->status));
    put_clean(w, gb_str_from(range.start.file->path));
    gb_out_printf(w->out, w->english ? ":%u  %u uses" : ":%u  使用 %u 处", range.start.line, name->designation->n_uses);
    bool first = true;
    for (uint32_t i = first_use(name); i != GB_NO_USE; i = terms->uses[i].next) {
        if (terms->uses[i].flags & GB_USE_OWN)
            continue;
        struct gb_range use = place_of(name->draft, terms->uses[i].text, terms->uses[i].begin, terms->uses[i].end);
        gb_out_printf(w->out, "%s%u", first ? (w->english ? ", lines " : "，行 ") : ", ", use.start.line);
        first = false;
    }
    gb_out_char(w->out, '\n');
}

static void
write_text(struct gb_out *out, const struct gb_term_list *list)
{
    struct table_writer w = {.out = out, .english = list->english};

    each_name(list, true, put_line, &w);
    each_name(list, false, put_line, &w);
    gb_buf_release(&w.words);
}

static void
put_row(void *data, const struct name *name)
{
    struct table_writer *w = data;
    struct gb_range range = place_of_name(name);
    struct gb_buf definition = {0};
    char number[24];

    put_definition(name->term, &definition);
    gb_put_csv(w->out, name->designation->words, false);
    gb_put_csv(w->out, name->term->en.str, false);
    gb_put_csv(w->out, gb_str_from(gb_designation_status_name(name->designation->status)), false);
    gb_put_csv(w->out, gb_str_from(gb_term_kind_name(name->term->kind)), false);
    gb_put_csv(w->out, gb_term_name(terms_of(name->draft), name->term)->words, false);
    gb_put_csv(w->out, gb_buf_str(&definition), false);
    gb_put_csv(w->out, gb_str_from(range.start.file->path), false);
    snprintf(number, sizeof(number), "%u", range.start.line);
    gb_put_csv(w->out, gb_str_from(number), false);
    snprintf(number, sizeof(number), "%u", name->designation->n_uses);
    gb_put_csv(w->out, gb_str_from(number), true);
    gb_buf_release(&definition);
}

static void
write_csv(struct gb_out *out, const struct gb_term_list *list)
{
    struct table_writer w = {.out = out};

    gb_out_puts(out, GB_CSV_MARK "term,en,status,kind,of,definition,path,line,uses\r\n");
    each_name(list, true, put_row, &w);
    each_name(list, false, put_row, &w);
    gb_buf_release(&w.words);
}

/* ---- TBX ---- */

static const char *
admn_status(const struct gb_designation *d)
{
    return d->status == GB_DESIGNATION_PREFERRED    ? "preferredTerm-admn-sts"
           : d->status == GB_DESIGNATION_DEPRECATED ? "deprecatedTerm-admn-sts"
                                                    : "admittedTerm-admn-sts";
}

/* One concept: its definition, its Chinese names, its English one. */
static void
put_concept(struct gb_out *out, const struct gb_term_draft *draft, const struct gb_term *term, unsigned id)
{
    const struct gb_terms *terms = terms_of(draft);
    struct gb_buf definition = {0};

    put_definition(term, &definition);
    gb_out_printf(out, "      <conceptEntry id=\"c%u\">\n", id);
    if (term->domain.len) {
        gb_out_puts(out, "        <descrip type=\"subjectField\">");
        gb_put_xml(out, term->domain);
        gb_out_puts(out, "</descrip>\n");
    }
    gb_out_puts(out, "        <langSec xml:lang=\"zh\">\n");
    if (definition.len) {
        gb_out_puts(out, "          <descripGrp>\n            <descrip type=\"definition\">");
        gb_put_xml(out, gb_buf_str(&definition));
        gb_out_puts(out, "</descrip>\n          </descripGrp>\n");
    }
    for (uint32_t i = 0; i < term->n; i++) {
        const struct gb_designation *d = &terms->designations[term->first + i];
        gb_out_puts(out, "          <termSec>\n            <term>");
        gb_put_xml(out, d->words);
        gb_out_printf(out, "</term>\n            <termNote type=\"administrativeStatus\">%s</termNote>\n          </termSec>\n", admn_status(d));
    }
    gb_out_puts(out, "        </langSec>\n");
    if (term->en.str.len) {
        gb_out_puts(out, "        <langSec xml:lang=\"en\">\n          <termSec>\n            <term>");
        gb_put_xml(out, term->en.str);
        gb_out_puts(out, "</term>\n          </termSec>\n        </langSec>\n");
    }
    gb_out_puts(out, "      </conceptEntry>\n");
    gb_buf_release(&definition);
}

static void
write_tbx(struct gb_out *out, const struct gb_term_list *list)
{
    unsigned id = 0;

    gb_out_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                     "<tbx type=\"TBX-Basic\" style=\"dca\" xml:lang=\"zh\" xmlns=\"urn:iso:std:iso:30042:ed-2\">\n"
                     "  <tbxHeader>\n    <fileDesc>\n      <sourceDesc>\n");
    for (size_t i = 0; i < list->n; i++) {
        gb_out_puts(out, "        <p>");
        gb_put_xml(out, gb_str_from(list->drafts[i].doc->source->files[0].path));
        gb_out_puts(out, "</p>\n");
    }
    gb_out_puts(out, "      </sourceDesc>\n    </fileDesc>\n  </tbxHeader>\n  <text>\n    <body>\n");
    for (size_t i = 0; i < list->n; i++) {
        const struct gb_terms *terms = terms_of(&list->drafts[i]);
        for (uint32_t k = 0; k < terms->n; k++)
            put_concept(out, &list->drafts[i], &terms->items[k], ++id);
    }
    gb_out_puts(out, "    </body>\n  </text>\n</tbx>\n");
}

static const struct {
    const char *name;
    gb_terms_writer *write;
} writers[] = {{"text", write_text}, {"json", write_json}, {"csv", write_csv}, {"tbx", write_tbx}};

gb_terms_writer *
gb_terms_writer_find(const char *format)
{
    for (size_t i = 0; i < GB_COUNT(writers); i++) {
        if (strcmp(writers[i].name, format) == 0)
            return writers[i].write;
    }
    return NULL;
}
