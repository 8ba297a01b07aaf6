#include "facts/summary/json.h"

#include "base/json.h"
#include "base/json_read.h"

#include <stdio.h>
#include <stdlib.h>

enum { FORM = 1 }; /* of the lines; another one is refused */

/* Names of the fields of each kind. */
static const struct names {
    const char *kind, *key, *value, *about, *number;
} names[] = {
#define X(id, kind, key, value, about, number) {kind, key, value, about, number},
    GB_FACT_KINDS(X)
#undef X
};

static const char *const bound_names[] = {"exact", "most", "least", "range"};

/* Texts of a draft, by their names. */
#define DRAFT_TEXTS(X) X(type) X(function) X(profile) X(number) X(base) X(serial) X(year) X(title) X(title_key)

/* ---- Writing ---- */

static void
write_place(struct gb_json *json, const char *key, struct gb_at at, const struct gb_source *source)
{
    gb_json_begin(json, key, "{");
    if (source && source->n_files) {
        struct gb_place place = gb_source_place(source, at.span.begin);
        gb_json_count(json, "line", place.line);
        if (!at.by_line)
            gb_json_count(json, "column", place.column);
    }
    gb_json_count(json, "begin", at.span.begin);
    gb_json_count(json, "end", at.span.end);
    if (at.by_line) {
        gb_json_flag(json, "by_line", true);
    }
    gb_json_close(json, "}");
}

static void
write_number(struct gb_json *json, const char *key, double number)
{
    char text[40];
    int n = snprintf(text, sizeof(text), "%.17g", number);

    gb_json_key(json, key);
    if (number >= 0 && number < 1e15 && number == (double)(uint64_t)number)
        gb_json_number(json, (uint64_t)number);
    else
        gb_json_str(json, (struct gb_str){text, (size_t)n});
}

static void
write_draft(struct gb_json *json, const struct gb_summary *s, const struct gb_source *source)
{
    gb_json_open(json, "{");
    gb_json_count(json, "facts", FORM);
    gb_json_field(json, "kind", GB_STR("draft"));
    gb_json_field(json, "path", gb_str_from(s->path));
    char hash[24];
    snprintf(hash, sizeof(hash), "%016llx", (unsigned long long)s->hash);
    gb_json_field(json, "hash", gb_str_from(hash));
    gb_json_field(json, "edition", s->edition == GB_EDITION_2009 ? GB_STR("2009") : GB_STR("2020"));
    gb_json_count(json, "stage", s->stage);
    gb_json_flag(json, "is_standard", s->is_standard);
#define X(name) gb_json_given(json, #name, s->name);
    DRAFT_TEXTS(X)
#undef X
    write_place(json, "number_at", s->number_at, source);
    write_place(json, "title_at", s->title_at, source);
    gb_json_count(json, "issued", s->issued);
    gb_json_count(json, "as_of", s->as_of);
    gb_json_begin(json, "sketch", "[");
    for (size_t i = 0; i < GB_SKETCH; i++)
        gb_json_number(json, s->sketch[i]);
    gb_json_close(json, "]}");
}

static void
write_fact(struct gb_json *json, const struct gb_fact *f, const struct gb_source *source)
{
    const struct names *n = &names[f->kind];

    gb_json_open(json, "{");
    gb_json_field(json, "kind", gb_str_from(n->kind));
    gb_json_field(json, n->key, f->key);
    if (n->value[0])
        gb_json_field(json, n->value, f->value);
    if (n->about[0])
        gb_json_given(json, n->about, f->about);
    if (n->number[0])
        write_number(json, n->number, f->number);
    if (f->kind == GB_FACT_VALUE) {
        gb_json_field(json, "bound", gb_str_from(bound_names[f->bound]));
        if (f->bound == GB_BOUND_RANGE)
            write_number(json, "upper", f->upper);
        gb_json_flag(json, "is_generic", f->is_generic);
    }
    gb_json_given(json, "text", f->text);
    gb_json_given(json, "clause", f->clause);
    write_place(json, "at", f->at, source);
    gb_json_given(json, "source", f->source);
    if (f->more.span.end)
        write_place(json, f->kind == GB_FACT_CITATION ? "listed_at" : "definition_at", f->more, source);
    gb_json_close(json, "}");
}

void
gb_summary_write(struct gb_out *out, const struct gb_summary *s, const struct gb_source *source)
{
    struct gb_json json;

    gb_json_init(&json, out, GB_JSON_COMPACT);
    write_draft(&json, s, source);
    gb_out_char(out, '\n');
    for (uint32_t i = 0; i < s->n_facts; i++) {
        gb_json_init(&json, out, GB_JSON_COMPACT);
        write_fact(&json, &s->facts[i], source);
        gb_out_char(out, '\n');
    }
}

/* ---- Reading ---- */

struct reader {
    const char *path;
    unsigned line;
    struct gb_arena *arena;
    struct gb_error *error;
    struct gb_summary draft;
    bool has_draft;
    GB_ARRAY(struct gb_fact) facts;
};

static bool
fail(struct reader *r, const char *what)
{
    gb_error_set(r->error, r->path, r->line, 0, "%s", what);
    return false;
}

static double
number_of(const struct gb_json_value *map, const char *key)
{
    const struct gb_json_value *value = gb_json_get(map, key);
    char *end;

    if (!value)
        return 0;
    return value->kind == GB_JSON_STRING   ? strtod(value->text.ptr, &end)
           : value->kind == GB_JSON_NUMBER ? value->number
                                           : 0;
}

/* A whole number from 0 to 2^32 - 1; others are 0. */
static uint32_t
count_of(const struct gb_json_value *map, const char *key)
{
    double number = number_of(map, key);

    return number >= 0 && number <= UINT32_MAX ? (uint32_t)number : 0;
}

static struct gb_str
text_of(const struct gb_json_value *map, const char *key)
{
    struct gb_str text = gb_json_text(map, key);

    return text.ptr ? text : GB_STR("");
}

static bool
is_true(const struct gb_json_value *map, const char *key)
{
    const struct gb_json_value *value = gb_json_get(map, key);

    return value && value->kind == GB_JSON_BOOL && value->is_true;
}

static struct gb_at
place_of(const struct gb_json_value *map, const char *key)
{
    const struct gb_json_value *place = gb_json_get(map, key);
    struct gb_at at = {{count_of(place, "begin"), count_of(place, "end")}, is_true(place, "by_line")};

    if (at.span.end < at.span.begin)
        at.span.end = at.span.begin;
    return at;
}

static void
end_draft(struct reader *r, gb_summary_array *out)
{
    if (!r->has_draft)
        return;
    gb_summary_sort(&r->draft, r->facts.items, r->facts.len, r->arena);
    *gb_push(out) = r->draft;
    r->facts.len = 0;
    r->has_draft = false;
}

static bool
read_draft(struct reader *r, const struct gb_json_value *map, gb_summary_array *out)
{
    const struct gb_json_value *sketch = gb_json_get(map, "sketch");
    struct gb_summary *s = &r->draft;
    size_t n = 0;

    end_draft(r, out);
    if (count_of(map, "facts") != FORM)
        return fail(r, "facts of another form than this version of gblint reads");
    *s = (struct gb_summary){.path = text_of(map, "path").ptr, .is_standard = is_true(map, "is_standard")};
    s->hash = strtoull(text_of(map, "hash").ptr, NULL, 16);
    s->edition = gb_str_is(text_of(map, "edition"), "2009") ? GB_EDITION_2009 : GB_EDITION_2020;
    s->stage = (enum gb_stage)(count_of(map, "stage") % GB_STAGE_COUNT);
#define X(name) s->name = text_of(map, #name);
    DRAFT_TEXTS(X)
#undef X
    s->number_at = place_of(map, "number_at");
    s->title_at = place_of(map, "title_at");
    s->issued = count_of(map, "issued");
    s->as_of = count_of(map, "as_of");
    if (!sketch || sketch->kind != GB_JSON_LIST || sketch->n != GB_SKETCH || !s->path[0])
        return fail(r, "a draft without path or sketch: these are no facts of gblint");
    GB_JSON_EACH(item, sketch)
        s->sketch[n++] = item->kind == GB_JSON_NUMBER && item->number >= 0 && item->number <= UINT32_MAX
                             ? (uint32_t)item->number
                             : UINT32_MAX;
    r->has_draft = true;
    return true;
}

static bool
read_fact(struct reader *r, const struct gb_json_value *map, struct gb_str kind)
{
    size_t k = 0, bound = 0;

    while (k < GB_COUNT(names) && !gb_str_is(kind, names[k].kind))
        k++;
    if (k == GB_COUNT(names) || !r->has_draft)
        return fail(r, k < GB_COUNT(names) ? "a fact before the draft that it is of"
                                           : "no kind of fact that this version of gblint knows");
    while (bound + 1 < GB_COUNT(bound_names) && !gb_str_is(text_of(map, "bound"), bound_names[bound]))
        bound++;
    if (!gb_str_is(text_of(map, "bound"), bound_names[bound]))
        bound = 0;
    *gb_push(&r->facts) = (struct gb_fact){
        .kind = (enum gb_fact_kind)k,
        .bound = (enum gb_bound)bound,
        .is_generic = is_true(map, "is_generic"),
        .at = place_of(map, "at"),
        .more = place_of(map, k == GB_FACT_CITATION ? "listed_at" : "definition_at"),
        .source = text_of(map, "source"),
        .clause = text_of(map, "clause"),
        .key = text_of(map, names[k].key),
        .value = names[k].value[0] ? text_of(map, names[k].value) : GB_STR(""),
        .about = names[k].about[0] ? text_of(map, names[k].about) : GB_STR(""),
        .text = text_of(map, "text"),
        .number = names[k].number[0] ? number_of(map, names[k].number) : 0,
        .upper = bound == GB_BOUND_RANGE ? number_of(map, "upper") : 0,
    };
    return true;
}

bool
gb_summaries_read(struct gb_str text, const char *path, struct gb_arena *arena, gb_summary_array *out,
                  struct gb_error *error)
{
    struct reader r = {.path = path, .arena = arena, .error = error};
    struct gb_str line;
    bool ok = true;

    while (ok && gb_str_next_line(&text, &line)) {
        r.line++;
        if (!gb_str_trim(line).len)
            continue;
        const struct gb_json_value *map = gb_json_parse(line, path, r.line, arena, error);
        if (!map)
            ok = false;
        else if (map->kind != GB_JSON_MAP || !gb_json_text(map, "kind").ptr)
            ok = fail(&r, "a line that is no fact of gblint");
        else if (gb_str_is(gb_json_text(map, "kind"), "draft"))
            ok = read_draft(&r, map, out);
        else
            ok = read_fact(&r, map, gb_json_text(map, "kind"));
    }
    if (ok)
        end_draft(&r, out);
    gb_array_release(&r.facts);
    return ok;
}
