#include "emit/terms_priv.h"

#include "base/json.h"
#include "emit/escape_priv.h"

#include <stdio.h>

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
place_of_name(const struct gb_listed_name *name)
{
    return gb_place_in_draft(name->draft, &name->designation->text, 0, name->designation->text.str.len);
}

/* Where names are the same, the uses stand with the first: as many lists of all of them as there are such names are of no use. */
static uint32_t
first_use(const struct gb_listed_name *name)
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

/* ---- JSON ---- */

struct json_writer {
    struct gb_json json;
    struct gb_buf words;
    struct gb_listed_uses foreign;
};

static void
write_range(struct json_writer *w, const struct gb_range *range)
{
    gb_json_open(&w->json, "{");
    gb_json_field(&w->json, "path", GB_FRESH(&w->words, gb_add_clean(&w->words, gb_str_from(range->start.file->path))));
    gb_json_count(&w->json, "line", range->start.line);
    if (!range->by_line)
        gb_json_count(&w->json, "column", range->start.column);
    gb_json_count(&w->json, "byte", range->start.byte);
    gb_json_close(&w->json, "}");
}

/* Places where other drafts of the list use the same words. */
static void
write_foreign_uses(struct json_writer *w, const struct gb_listed_name *name)
{
    for (uint32_t i = gb_first_foreign_use(&w->foreign, name); i != GB_NO_FOREIGN_USE;
         i = w->foreign.uses.items[i].next) {
        const struct gb_foreign_use *use = &w->foreign.uses.items[i];
        struct gb_range range = gb_place_in_draft(use->draft, use->text, use->begin, use->end);
        write_range(w, &range);
    }
}

static void
write_uses(struct json_writer *w, const struct gb_listed_name *name)
{
    const struct gb_terms *terms = terms_of(name->draft);

    gb_json_begin(&w->json, "uses", "[");
    for (uint32_t i = first_use(name); i != GB_NO_USE; i = terms->uses[i].next) {
        const struct gb_term_use *use = &terms->uses[i];
        if (use->flags & GB_USE_OWN)
            continue;
        struct gb_range range = gb_place_in_draft(name->draft, use->text, use->begin, use->end);
        write_range(w, &range);
    }
    write_foreign_uses(w, name);
    gb_json_close(&w->json, "]");
}

static void
write_form_uses(struct json_writer *w, const struct gb_term_draft *draft, const struct gb_variant_form *form)
{
    gb_json_begin(&w->json, "uses", "[");
    for (uint32_t k = 0; k < form->n_places; k++) {
        struct gb_range range = gb_place_of_form(draft, form, k);
        write_range(w, &range);
    }
    gb_json_close(&w->json, "]");
}

/* Names that seem to stand for the words. */
static void
write_suspects(struct json_writer *w, struct gb_str words)
{
    size_t n;
    const struct gb_suspect *all = gb_suspects_of(&w->foreign, words, &n);

    for (size_t i = 0; i < n; i++) {
        gb_json_open(&w->json, "{");
        gb_json_field(&w->json, "form", all[i].variant->other.words);
        gb_json_field(&w->json, "status", gb_str_from(all[i].variant->is_certain ? "suspected" : "likely"));
        write_form_uses(w, all[i].draft, &all[i].variant->other);
        gb_json_close(&w->json, "}");
    }
}

/* Each name has the others of its term beside it. No term has so many; an entry that lost its end may have thousands. */
static void
write_variants(struct json_writer *w, const struct gb_listed_name *name)
{
    enum { MOST_VARIANTS = 100 };
    const struct gb_terms *terms = terms_of(name->draft);
    uint32_t n_told = 0;

    gb_json_begin(&w->json, "variants", "[");
    for (uint32_t i = 0; i < name->term->n && n_told < MOST_VARIANTS; i++) {
        struct gb_listed_name other = {name->draft, name->term, &terms->designations[name->term->first + i]};
        if (other.designation == name->designation)
            continue;
        n_told++;
        gb_json_open(&w->json, "{");
        gb_json_field(&w->json, "form", other.designation->words);
        gb_json_field(&w->json, "status", gb_str_from(status_of(other.designation)));
        write_uses(w, &other);
        gb_json_close(&w->json, "}");
    }
    write_suspects(w, name->designation->words);
    gb_json_close(&w->json, "]");
    if (n_told + 1 < name->term->n)
        gb_json_count(&w->json, "variants_left_out", name->term->n - 1 - n_told);
}

static void
write_name(void *data, const struct gb_listed_name *name)
{
    struct json_writer *w = data;
    struct gb_range range = place_of_name(name);
    struct gb_buf definition = {0};

    put_definition(name->term, &definition);
    gb_json_open(&w->json, "{");
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
    gb_json_close(&w->json, "}");
    gb_buf_release(&definition);
}

static void
write_kept(void *data, const struct gb_suspect *first)
{
    struct json_writer *w = data;

    gb_json_open(&w->json, "{");
    gb_json_field(&w->json, "term", first->variant->kept.words);
    write_form_uses(w, first->draft, &first->variant->kept);
    gb_json_begin(&w->json, "variants", "[");
    write_suspects(w, first->variant->kept.words);
    gb_json_close(&w->json, "]}");
}

static void
write_json(struct gb_out *out, const struct gb_term_list *list)
{
    struct json_writer w = {.words = {0}};

    gb_find_listed_uses(list, &w.foreign);
    gb_json_init(&w.json, out, 2);
    gb_json_open(&w.json, "{");
    gb_json_begin(&w.json, "terms", "[");
    gb_each_listed_name(list, true, write_name, &w);
    gb_json_close(&w.json, "]");
    gb_json_begin(&w.json, "abbreviations", "[");
    gb_each_listed_name(list, false, write_name, &w);
    gb_json_close(&w.json, "]");
    gb_json_begin(&w.json, "names", "[");
    gb_each_kept(&w.foreign, write_kept, &w);
    gb_json_close(&w.json, "]}");
    gb_out_char(out, '\n');
    gb_buf_release(&w.words);
    gb_listed_uses_release(&w.foreign);
}

/* ---- Text and CSV ---- */

struct table_writer {
    struct gb_out *out;
    bool english;
    struct gb_buf words;
    struct gb_listed_uses foreign;
};

/* Lines of one draft: a.md行 3, 7. */
struct line_list {
    struct table_writer *w;
    const struct gb_term_draft *draft;
    uint32_t last;
};

static void
put_place(struct line_list *list, const struct gb_term_draft *draft, const struct gb_range *range)
{
    struct table_writer *w = list->w;

    bool is_told = draft == list->draft && range->start.line == list->last;
    list->last = range->start.line;
    if (draft == list->draft) {
        if (!is_told)
            gb_out_printf(w->out, ", %u", range->start.line);
        return;
    }
    list->draft = draft;
    gb_put_clean(w->out, gb_str_from(range->start.file->path));
    gb_out_printf(w->out, w->english ? " lines %u" : "行 %u", range->start.line);
}

static void
put_form_places(struct table_writer *w, const struct gb_term_draft *draft, const struct gb_variant_form *form)
{
    struct line_list list = {w, NULL, 0};

    for (uint32_t i = 0; i < form->n_places; i++) {
        struct gb_range range = gb_place_of_form(draft, form, i);
        put_place(&list, draft, &range);
    }
}

/* The names that seem to stand for the words, each on a line below. */
static void
put_suspects(struct table_writer *w, struct gb_str words)
{
    size_t n;
    const struct gb_suspect *all = gb_suspects_of(&w->foreign, words, &n);

    for (size_t i = 0; i < n; i++) {
        bool certain = all[i].variant->is_certain;
        gb_out_puts(w->out, w->english ? (certain ? "    variant " : "    likely variant ")
                                       : (certain ? "    异名 " : "    疑似异名 "));
        gb_put_clean(w->out, all[i].variant->other.words);
        gb_out_puts(w->out, "  ");
        put_form_places(w, all[i].draft, &all[i].variant->other);
        gb_out_char(w->out, '\n');
    }
}

static uint32_t
count_uses(const struct table_writer *w, const struct gb_listed_name *name)
{
    uint32_t n = name->designation->n_uses;

    for (uint32_t i = gb_first_foreign_use(&w->foreign, name); i != GB_NO_FOREIGN_USE;
         i = w->foreign.uses.items[i].next)
        n++;
    return n;
}

/* 术语 首选: what a name is, in words for readers. */
static void
put_nature(struct table_writer *w, const struct gb_listed_name *name)
{
    static const char *const kinds[] = {[GB_TERM_ENTRY] = "术语",
                                        [GB_TERM_ABBREVIATION] = "缩略语",
                                        [GB_TERM_SYMBOL] = "符号",
                                        [GB_TERM_DECLARED] = "简称"};
    static const char *const statuses[] = {[GB_DESIGNATION_PREFERRED] = "首选",
                                           [GB_DESIGNATION_ADMITTED] = "许用",
                                           [GB_DESIGNATION_SHORT] = "简写",
                                           [GB_DESIGNATION_DEPRECATED] = "拒用"};
    enum gb_term_kind kind = name->term->kind;
    enum gb_designation_status status = name->designation->status;

    gb_out_printf(w->out, "  %s", w->english ? gb_term_kind_name(kind) : kinds[kind]);
    if (kind != GB_TERM_SYMBOL)
        gb_out_printf(w->out, " %s", w->english ? gb_designation_status_name(status) : statuses[status]);
    gb_out_puts(w->out, "  ");
}

/* 经办机构 (agency)  术语 首选  a.md:12  使用 7 处，行 20, 31；b.md行 3, 7. Of a line with several uses the number stands once. */
static void
put_line(void *data, const struct gb_listed_name *name)
{
    struct table_writer *w = data;
    struct gb_range range = place_of_name(name);
    const struct gb_terms *terms = terms_of(name->draft);

    gb_put_clean(w->out, name->designation->words);
    if (name->term->en.str.len) {
        gb_out_puts(w->out, " (");
        gb_put_clean(w->out, name->term->en.str);
        gb_out_char(w->out, ')');
    }
    put_nature(w, name);
    gb_put_clean(w->out, gb_str_from(range.start.file->path));
    gb_out_printf(w->out, ":%u  ", range.start.line);
    if (name->designation->is_searched)
        gb_out_printf(w->out, w->english ? "%u uses" : "使用 %u 处", count_uses(w, name));
    else
        gb_out_puts(w->out, w->english ? "uses not looked for" : "未查使用处");
    uint32_t last = 0;
    for (uint32_t i = first_use(name); i != GB_NO_USE; i = terms->uses[i].next) {
        if (terms->uses[i].flags & GB_USE_OWN)
            continue;
        struct gb_range use =
            gb_place_in_draft(name->draft, terms->uses[i].text, terms->uses[i].begin, terms->uses[i].end);
        if (use.start.line != last)
            gb_out_printf(w->out, "%s%u", last ? ", " : w->english ? ", lines " : "，行 ", use.start.line);
        last = use.start.line;
    }
    struct line_list list = {w, NULL, 0};
    for (uint32_t i = gb_first_foreign_use(&w->foreign, name); i != GB_NO_FOREIGN_USE;
         i = w->foreign.uses.items[i].next) {
        const struct gb_foreign_use *use = &w->foreign.uses.items[i];
        struct gb_range place = gb_place_in_draft(use->draft, use->text, use->begin, use->end);
        if (use->draft != list.draft)
            gb_out_puts(w->out, w->english ? "; " : "；");
        put_place(&list, use->draft, &place);
    }
    gb_out_char(w->out, '\n');
    put_suspects(w, name->designation->words);
}

static void
put_kept_line(void *data, const struct gb_suspect *first)
{
    struct table_writer *w = data;

    gb_put_clean(w->out, first->variant->kept.words);
    gb_out_puts(w->out, w->english ? "  not defined  " : "  未界定  ");
    put_form_places(w, first->draft, &first->variant->kept);
    gb_out_char(w->out, '\n');
    put_suspects(w, first->variant->kept.words);
}

static void
write_text(struct gb_out *out, const struct gb_term_list *list)
{
    struct table_writer w = {.out = out, .english = list->english};

    gb_find_listed_uses(list, &w.foreign);
    gb_each_listed_name(list, true, put_line, &w);
    gb_each_listed_name(list, false, put_line, &w);
    gb_each_kept(&w.foreign, put_kept_line, &w);
    gb_buf_release(&w.words);
    gb_listed_uses_release(&w.foreign);
}

static void
put_number(struct gb_out *out, uint32_t value)
{
    char number[24];

    snprintf(number, sizeof(number), "%u", value);
    gb_put_csv(out, gb_str_from(number), false);
}

static void
put_variants_field(struct table_writer *w, struct gb_str words)
{
    gb_put_suspects(&w->foreign, words, &w->words);
    gb_put_csv(w->out, gb_buf_str(&w->words), true);
}

static void
put_row(void *data, const struct gb_listed_name *name)
{
    struct table_writer *w = data;
    struct gb_range range = place_of_name(name);
    struct gb_buf definition = {0};

    put_definition(name->term, &definition);
    gb_put_csv(w->out, name->designation->words, false);
    gb_put_csv(w->out, name->term->en.str, false);
    gb_put_csv(w->out, gb_str_from(gb_designation_status_name(name->designation->status)), false);
    gb_put_csv(w->out, gb_str_from(gb_term_kind_name(name->term->kind)), false);
    gb_put_csv(w->out, gb_term_name(terms_of(name->draft), name->term)->words, false);
    gb_put_csv(w->out, gb_buf_str(&definition), false);
    gb_put_csv(w->out, gb_str_from(range.start.file->path), false);
    put_number(w->out, range.start.line);
    if (name->designation->is_searched)
        put_number(w->out, count_uses(w, name));
    else
        gb_put_csv(w->out, GB_STR(""), false);
    put_variants_field(w, name->designation->words);
    gb_buf_release(&definition);
}

/* A name without an entry is preferred to its variants. */
static void
put_kept_row(void *data, const struct gb_suspect *first)
{
    struct table_writer *w = data;
    const struct gb_variant_form *kept = &first->variant->kept;
    struct gb_range range = gb_place_of_form(first->draft, kept, 0);

    gb_put_csv(w->out, kept->words, false);
    gb_put_csv(w->out, GB_STR(""), false);
    gb_put_csv(w->out, GB_STR("preferred"), false);
    gb_put_csv(w->out, GB_STR("name"), false);
    gb_put_csv(w->out, kept->words, false);
    gb_put_csv(w->out, GB_STR(""), false);
    gb_put_csv(w->out, gb_str_from(range.start.file->path), false);
    put_number(w->out, range.start.line);
    put_number(w->out, kept->n_places);
    put_variants_field(w, kept->words);
}

static void
write_csv(struct gb_out *out, const struct gb_term_list *list)
{
    struct table_writer w = {.out = out};

    gb_find_listed_uses(list, &w.foreign);
    gb_out_puts(out, GB_CSV_MARK "term,en,status,kind,of,definition,path,line,uses,variants\r\n");
    gb_each_listed_name(list, true, put_row, &w);
    gb_each_listed_name(list, false, put_row, &w);
    gb_each_kept(&w.foreign, put_kept_row, &w);
    gb_buf_release(&w.words);
    gb_listed_uses_release(&w.foreign);
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
put_concept(struct gb_out *out, const struct gb_listed_uses *f, const struct gb_term_draft *draft,
            const struct gb_term *term, unsigned id)
{
    const struct gb_terms *terms = terms_of(draft);
    struct gb_buf definition = {0}, suspects = {0};

    gb_put_suspects(f, gb_term_name(terms, term)->words, &suspects);

    put_definition(term, &definition);
    gb_out_printf(out, "      <conceptEntry id=\"c%u\">\n", id);
    if (term->domain.len)
        gb_put_xml_in(out, "        <descrip type=\"subjectField\">", term->domain, "</descrip>\n");
    if (suspects.len)
        gb_put_xml_in(out, "        <note>疑似异名：", gb_buf_str(&suspects), "</note>\n");
    gb_buf_release(&suspects);
    gb_out_puts(out, "        <langSec xml:lang=\"zh\">\n");
    if (definition.len)
        gb_put_xml_in(out, "          <descripGrp>\n            <descrip type=\"definition\">", gb_buf_str(&definition),
                      "</descrip>\n          </descripGrp>\n");
    GB_EACH(const struct gb_designation, d, terms->designations + term->first, term->n) {
        gb_put_xml_in(out, "          <termSec>\n            <term>", d->words, "</term>\n            <termNote type=");
        gb_out_printf(out, "\"administrativeStatus\">%s</termNote>\n          </termSec>\n", admn_status(d));
    }
    gb_out_puts(out, "        </langSec>\n");
    if (term->en.str.len)
        gb_put_xml_in(out, "        <langSec xml:lang=\"en\">\n          <termSec>\n            <term>", term->en.str,
                      "</term>\n          </termSec>\n        </langSec>\n");
    gb_out_puts(out, "      </conceptEntry>\n");
    gb_buf_release(&definition);
}

static void
write_tbx(struct gb_out *out, const struct gb_term_list *list)
{
    unsigned id = 0;
    struct gb_listed_uses foreign = {0};

    gb_find_listed_uses(list, &foreign);
    gb_out_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                     "<tbx type=\"TBX-Basic\" style=\"dca\" xml:lang=\"zh\" xmlns=\"urn:iso:std:iso:30042:ed-2\">\n"
                     "  <tbxHeader>\n    <fileDesc>\n      <sourceDesc>\n");
    for (size_t i = 0; i < list->n; i++)
        gb_put_xml_in(out, "        <p>", gb_str_from(list->drafts[i].doc->source->files[0].path), "</p>\n");
    gb_out_puts(out, "      </sourceDesc>\n    </fileDesc>\n  </tbxHeader>\n  <text>\n    <body>\n");
    for (size_t i = 0; i < list->n; i++) {
        const struct gb_terms *terms = terms_of(&list->drafts[i]);
        GB_EACH(const struct gb_term, term, terms->items, terms->n) {
            if (term->n)
                put_concept(out, &foreign, &list->drafts[i], term, ++id);
        }
    }
    gb_listed_uses_release(&foreign);
    gb_out_puts(out, "    </body>\n  </text>\n</tbx>\n");
}

static const struct {
    const char *name;
    gb_terms_writer *write;
} writers[] = {{"text", write_text}, {"json", write_json}, {"csv", write_csv}, {"tbx", write_tbx}};

gb_terms_writer *
gb_terms_writer_find(const char *format)
{
    GB_FIND(writer, writers, GB_COUNT(writers), strcmp(writer->name, format) == 0);
    return writer ? writer->write : NULL;
}
