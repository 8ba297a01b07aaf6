/* Baselines as they are found and read, and the findings that they know. */
#include "app/baseline.h"

#include "app/files/path.h"
#include "app/suppress.h"
#include "base/hash.h"
#include "base/json_read.h"
#include "base/yaml.h"
#include "base/sort.h"
#include "text/utf8.h"

#include <stdlib.h>

#define FILE_NAME ".gblint-baseline.json"

/* ---- Reading ---- */

struct reader {
    struct gb_baseline *baseline;
    struct gb_str text;
    bool english;
    struct gb_error *error;
};

/* The line of entry `index`: entries are written one a line. */
static unsigned
line_of(struct gb_str text, uint32_t index)
{
    struct gb_str line;
    bool is_list = false;

    for (unsigned n = 1; gb_str_next_line(&text, &line); n++) {
        bool is_entry = is_list && gb_str_starts(gb_str_trim(line), GB_STR("{"));
        is_list = is_list || gb_str_has(line, GB_STR("\"known\""));
        if (is_entry && index-- == 0)
            return n;
    }
    return 0;
}

#define FAIL(r, index, zh, en, ...)                                                                                    \
    (gb_error_set((r)->error, (r)->baseline->path, line_of((r)->text, index), 0,                                       \
                  GB_SAY((r)->english, zh, en) __VA_OPT__(, ) __VA_ARGS__),                                            \
     false)

enum { NO_ENTRY = 0x7FFFFFFF };

static bool
read_hash(struct gb_str text, uint64_t *out)
{
    *out = 0;
    for (size_t i = 0; i < text.len; i++) {
        const char *digits = "0123456789abcdef", *digit = strchr(digits, text.ptr[i]);
        if (!digit || !*digit)
            return false;
        *out = *out << 4 | (uint64_t)(digit - digits);
    }
    return text.len == 16;
}

static bool
is_count(const struct gb_json_value *value)
{
    return value->kind == GB_JSON_NUMBER && value->number >= 1 && value->number < 1e9 &&
           value->number == (double)(uint32_t)value->number;
}

static bool
read_entry(struct reader *r, const struct gb_json_value *value, uint32_t index, struct gb_known *out)
{
    static const char *const names[] = {"file", "clause", "rule", "level", "quote", "words", "around", "n"};
    struct gb_str hashes[2] = {{0}}, level = {0};
    struct {
        const char *name;
        struct gb_str *to;
    } texts[] = {{"file", &out->file},  {"clause", &out->clause}, {"rule", &out->rule}, {"quote", &out->quote},
                 {"words", &hashes[0]}, {"around", &hashes[1]},   {"level", &level}};

    *out = (struct gb_known){.n = 1};
    if (value->kind != GB_JSON_MAP)
        return FAIL(r, index, "“known”的每一项须为对象", "each entry of “known” is an object");
    GB_JSON_EACH(field, value) {
        GB_FIND(text, texts, GB_COUNT(texts), gb_str_is(field->key, text->name));
        if (!text && !gb_str_is(field->key, "n")) {
            const char *near = gb_nearest(field->key, names, GB_COUNT(names));
            return FAIL(r, index, "没有键“%.*s”%s%s", "no key “%.*s”%s%s", GB_FMT(field->key),
                        near ? GB_SAY(r->english, "；是否指 ", "; did you mean ") : "", near ? near : "");
        }
        if (!(text ? field->kind == GB_JSON_STRING : is_count(field)))
            return FAIL(r, index, "“%.*s”的值不对", "the value of “%.*s” is wrong", GB_FMT(field->key));
        if (text)
            *text->to = field->text;
        else
            out->n = (uint32_t)field->number;
    }
    for (size_t i = 0; i < GB_COUNT(texts); i++) {
        if (!texts[i].to->ptr && texts[i].to != &level)
            return FAIL(r, index, "缺少键“%s”", "the key “%s” is missing", texts[i].name);
    }
    while (level.ptr && !gb_str_is(level, gb_level_name(out->level))) {
        if (out->level++ == GB_LEVEL_ERROR)
            return FAIL(r, index, "“%s”的值不对", "the value of “%s” is wrong", "level");
    }
    if (!read_hash(hashes[0], &out->words) || !read_hash(hashes[1], &out->around))
        return FAIL(r, index, "“words”和“around”须为16个十六进制数字",
                    "“words” and “around” have 16 hexadecimal digits");
    return true;
}

static bool
read_root(struct reader *r, const struct gb_json_value *root)
{
    const struct gb_json_value *schema = gb_json_get(root, "schema"), *known = gb_json_get(root, "known");
    uint32_t index = 0;

    if (!schema || schema->kind != GB_JSON_NUMBER || schema->number != 1 || !known || known->kind != GB_JSON_LIST)
        return FAIL(r, NO_ENTRY, "不是基线文件：须有 \"schema\":1 和列表“known”",
                    "no baseline: it has \"schema\":1 and the list “known”");
    GB_JSON_EACH(field, root) {
        if (field != schema && field != known)
            return FAIL(r, NO_ENTRY, "没有键“%.*s”", "no key “%.*s”", GB_FMT(field->key));
    }
    GB_JSON_EACH(value, known) {
        if (value->kind == GB_JSON_MAP && value->n == 0)
            continue;
        if (!read_entry(r, value, index++, gb_push(&r->baseline->entries)))
            return false;
    }
    gb_baseline_order(r->baseline->entries.items, &r->baseline->entries.len, false);
    return true;
}

bool
gb_baseline_read(struct gb_baseline *baseline, struct gb_str bytes, bool english, struct gb_error *error)
{
    const struct gb_json_value *root = gb_json_parse(bytes, baseline->path, 1, &baseline->arena, error);
    struct reader reader = {baseline, bytes, english, error};

    baseline->bytes = bytes;
    baseline->is_stored = true;
    return root && read_root(&reader, root);
}

static bool
read_baseline(struct gb_baseline *baseline, bool english, struct gb_error *error)
{
    struct gb_str bytes;

    return gb_read_regular_file(baseline->path, &baseline->arena, &bytes, error) &&
           gb_baseline_read(baseline, bytes, english, error);
}

/* ---- Finding ---- */

static struct gb_baseline *
add_baseline(struct gb_baselines *baselines, const char *folder)
{
    struct gb_baseline *baseline = gb_arena_new(&baselines->arena, struct gb_baseline);

    baseline->folder = folder;
    baseline->path = gb_path_shown(&baselines->arena, gb_path_join(&baselines->arena, folder, FILE_NAME));
    *gb_push(&baselines->list) = baseline;
    return baseline;
}

static struct gb_baseline *
loaded(const struct gb_baselines *baselines, const char *folder)
{
    GB_FIND(baseline, baselines->list.items, baselines->list.len, strcmp((*baseline)->folder, folder) == 0);
    return baseline ? *baseline : NULL;
}

/* The baseline of the folder or above it, NULL when there is none. As gb_baselines_part. */
static bool
baselines_find(struct gb_baselines *baselines, const char *folder, struct gb_baseline **out, struct gb_error *error)
{
    const char *found = gb_path_upward(&baselines->arena, folder, FILE_NAME, ".git");

    *out = found ? loaded(baselines, found) : NULL;
    if (!found || *out)
        return true;
    *out = add_baseline(baselines, found);
    return read_baseline(*out, baselines->english, error);
}

static struct gb_baseline *
create_at_root(struct gb_baselines *baselines, const char *path)
{
    const char *root = gb_path_root(&baselines->arena, path);
    struct gb_baseline *baseline = root ? loaded(baselines, root) : NULL;

    return baseline || !root ? baseline : add_baseline(baselines, root);
}

/* A name as it stands in a baseline: checked UTF-8. */
static struct gb_str
clean_name(struct gb_arena *arena, const char *name)
{
    struct gb_buf buf = {0};

    if (gb_utf8_check(gb_str_from(name)) == strlen(name))
        return gb_str_from(name);
    for (const char *p = name; *p; p++)
        gb_buf_printf(&buf, (unsigned char)*p < 0x80 ? "%c" : "%%%02X", (unsigned char)*p);
    return gb_buf_take(&buf, arena);
}

/* Entries are in the order of their files. */
static const struct gb_known *
first_of(const struct gb_baseline *baseline, struct gb_str file)
{
    GB_SEEK(size_t, i, baseline->entries.len, gb_str_cmp(baseline->entries.items[i].file, file) < 0);
    return baseline->entries.items + i;
}

static const struct gb_baseline_part *
part_of(struct gb_baselines *baselines, struct gb_baseline *baseline, const char *path)
{
    struct gb_baseline_part *part = gb_arena_new(&baselines->arena, struct gb_baseline_part);
    const char *place = gb_path_place(&baselines->arena, path), *below = gb_path_below(place, baseline->folder);

    part->whole = baseline;
    part->file = clean_name(&baselines->arena, below ? below : place); /* a link may lead to another project */
    part->entries = first_of(baseline, part->file);
    while (part->entries + part->n < baseline->entries.items + baseline->entries.len &&
           gb_str_eq(part->entries[part->n].file, part->file))
        part->n++;
    return part;
}

bool
gb_baselines_part(struct gb_baselines *baselines, const char *path, bool create, const struct gb_baseline_part **out,
                  struct gb_error *error)
{
    struct gb_str given = gb_path_folder(&baselines->arena, path);
    const char *folder = gb_path_real(&baselines->arena, given.ptr);

    *out = NULL;
    error->message[0] = '\0';
    if (strcmp(path, "-") == 0 || !folder)
        return true;
    if (!gb_str_eq(given, baselines->last_folder)) {
        baselines->last_folder = given;
        if (!baselines_find(baselines, folder, &baselines->last, error))
            return false;
    }
    struct gb_baseline *baseline = baselines->last;
    if (!baseline && create)
        baseline = create_at_root(baselines, path);
    if (baseline && (baseline->is_stored || create))
        *out = part_of(baselines, baseline, path);
    return true;
}

void
gb_baselines_release(struct gb_baselines *baselines)
{
    GB_EACH_IN_PLACE(baseline, &baselines->list) {
        gb_array_release(&(*baseline)->entries);
        gb_arena_release(&(*baseline)->arena);
    }
    gb_array_release(&baselines->list);
    gb_arena_release(&baselines->arena);
}

/* ---- Matching ---- */

static uint64_t
add_number(uint64_t hash, uint64_t number)
{
    for (int i = 0; i < 8; i++, number >>= 8)
        hash = gb_hash_byte(hash, (unsigned char)number);
    return hash;
}

/* A line without the marks and the number that it begins with: those of a clause that moved are others. */
static struct gb_str
without_number(struct gb_str line)
{
    size_t i = 0;

    while (i < line.len && (strchr("#*_>|-+ \t.", line.ptr[i]) || gb_is_digit(line.ptr[i]) ||
                            (gb_is_upper(line.ptr[i]) && i + 1 < line.len && line.ptr[i + 1] == '.')))
        i++;
    return gb_str_skip(line, i);
}

/* Of a finding and of an entry: equal texts, equal keys. */
struct trace {
    struct gb_str clause, rule;
    uint64_t words, around;
};

/* How a finding is found again, from the surest way to the loosest. */
enum pass {
    SAME_LINE,   /* in the same clause, in a line that has not changed */
    SAME_CLAUSE, /* in the same clause */
    SAME_TEXT,   /* in a line that has not changed, of a clause that has another number now */
    PASS_COUNT
};

static uint64_t
key_of(const struct trace *t, enum pass pass)
{
    uint64_t key = add_number(gb_hash_words(GB_HASH, t->rule), t->words);

    if (pass != SAME_TEXT)
        key = gb_hash_words(key, t->clause);
    return pass == SAME_CLAUSE ? key : add_number(key, t->around);
}

/* So many bytes of a finding's words count, and so many of its line on either side of where it begins: lines may be endless. */
enum { MOST_WORDS = 4096, MOST_AROUND = 1024 };

static uint64_t
hash_line(const struct gb_source *source, uint32_t at)
{
    struct gb_span line = {gb_source_line_begin(source, at), gb_source_line_end(source, at)};
    bool is_cut = line.end - line.begin > 2 * MOST_AROUND;

    if (is_cut && at - line.begin > MOST_AROUND)
        line.begin = at - MOST_AROUND;
    if (is_cut && line.end > at && line.end - at > MOST_AROUND)
        line.end = at + MOST_AROUND;
    return gb_hash_words(GB_HASH, without_number(gb_source_text(source, line)));
}

/* One place of a finding: its own, or one that is alike. Each is known by itself, so that one more is new. */
struct spot {
    struct gb_finding *finding;
    uint32_t related; /* OWN, or its index */
    struct gb_span span;
    struct trace trace;
    uint32_t entry;  /* NONE: it is new, or the draft itself excuses it */
    uint32_t milder; /* of a new one that was known at a lower level; else NONE */
};

enum { NONE = UINT32_MAX, OWN = UINT32_MAX };

static struct spot
spot_of(const struct gb_report *report, struct gb_finding *f, uint32_t related)
{
    struct gb_span span = related == OWN ? f->at.span : f->related[related].at.span;
    struct gb_str words = gb_source_text(report->source, span);
    struct trace trace = {.clause = related == OWN ? f->clause : f->related[related].clause,
                          .rule = f->rule->code,
                          .words = gb_hash_words(GB_HASH, gb_str_sub(words, 0, MOST_WORDS)),
                          .around = hash_line(report->source, span.begin)};

    return (struct spot){f, related, span, trace, NONE, NONE};
}

struct keyed {
    uint64_t key;
    uint32_t index;
    enum gb_level level;
};

GB_ORDER(compare_keys, struct keyed, GB_KEY(key) GB_KEY_DOWN(level) GB_KEY(index))

/* Which entry each place is, and how many of each entry were not found. */
struct match {
    GB_ARRAY(struct spot) spots; /* in the order of the findings, the own one first */
    uint32_t *left;              /* by entry */
};

/* In the last pass a line of nothing but a number says too little. */
static bool
counts(const struct trace *trace, enum pass pass)
{
    return pass != SAME_TEXT || trace->around != gb_hash_words(GB_HASH, GB_STR(""));
}

/* Each place gets an entry of its level or a graver one; with `is_milder` those without get one of any level. */
static void
run_pass(struct match *m, const struct gb_baseline_part *part, enum pass pass, bool is_milder)
{
    size_t n_found = 0, n_known = 0;
    struct keyed *found = gb_alloc((m->spots.len + 1) * sizeof(*found)),
                 *known = gb_alloc(((size_t)part->n + 1) * sizeof(*known));

    for (uint32_t i = 0; i < m->spots.len; i++) {
        const struct spot *spot = &m->spots.items[i];
        if (spot->entry == NONE && spot->milder == NONE && (!spot->finding->is_suppressed || spot->finding->is_known) &&
            counts(&spot->trace, pass))
            found[n_found++] = (struct keyed){key_of(&spot->trace, pass), i, spot->finding->level};
    }
    for (uint32_t i = 0; i < part->n; i++) {
        const struct gb_known *e = &part->entries[i];
        struct trace trace = {e->clause, e->rule, e->words, e->around};
        if (m->left[i] && counts(&trace, pass))
            known[n_known++] =
                (struct keyed){key_of(&trace, pass), i, e->level && !is_milder ? e->level : GB_LEVEL_ERROR};
    }
    gb_sort(found, n_found, sizeof(*found), compare_keys);
    gb_sort(known, n_known, sizeof(*known), compare_keys);
    for (size_t i = 0, k = 0; i < n_found && k < n_known;) {
        bool is_same = found[i].key == known[k].key;
        if (found[i].key < known[k].key || (is_same && m->left[known[k].index] && found[i].level > known[k].level)) {
            i++; /* or all that are left of this key are milder */
        } else if (found[i].key > known[k].key || !m->left[known[k].index]) {
            k++;
        } else {
            struct spot *spot = &m->spots.items[found[i++].index];
            *(is_milder ? &spot->milder : &spot->entry) = known[k].index;
            m->left[known[k].index]--;
        }
    }
    free(found);
    free(known);
}

static struct match
match(const struct gb_baseline_part *part, const struct gb_report *report)
{
    struct match m = {.left = gb_alloc(((size_t)part->n + 1) * sizeof(*m.left))};

    GB_EACH_IN_PLACE(f, &report->findings) {
        *gb_push(&m.spots) = spot_of(report, f, OWN);
        for (uint32_t i = 0; i < f->n_related; i++) {
            if (f->related[i].is_alike)
                *gb_push(&m.spots) = spot_of(report, f, i);
        }
    }
    for (uint32_t i = 0; i < part->n; i++)
        m.left[i] = part->entries[i].n;
    for (int pass = 0; part->n && pass < 2 * PASS_COUNT; pass++)
        run_pass(&m, part, (enum pass)(pass % PASS_COUNT), pass >= PASS_COUNT);
    return m;
}

static void
release_match(struct match *m)
{
    gb_array_release(&m->spots);
    free(m->left);
}

const bool *
gb_baseline_ran(const struct gb_baseline_part *part, const struct gb_doc *doc, const struct gb_ruleset *rules,
                const struct gb_facts *facts, struct gb_arena *arena)
{
    bool *ran = gb_arena_new_array(arena, bool, (size_t)part->n + 1);
    GB_ARRAY(uint32_t) firsts = {0}; /* the first entry of each rule: few */

    for (uint32_t i = 0; i < part->n; i++) {
        struct gb_str rule = part->entries[i].rule;
        size_t k = 0;
        while (k < firsts.len && !gb_str_eq(part->entries[firsts.items[k]].rule, rule))
            k++;
        if (k < firsts.len) {
            ran[i] = ran[firsts.items[k]];
            continue;
        }
        *gb_push(&firsts) = i;
        ran[i] = !gb_ruleset_knows(rules, rule, NULL) || gb_has_judged(doc, rules, facts, rule);
    }
    gb_array_release(&firsts);
    return ran;
}

const bool *
gb_baseline_ran_with_series(const struct gb_baseline_part *part, const bool *ran, struct gb_arena *arena)
{
    bool *all = gb_arena_new_array(arena, bool, (size_t)part->n + 1);

    for (uint32_t i = 0; i < part->n; i++)
        all[i] = (ran && ran[i]) || gb_is_of_series(part->entries[i].rule);
    return all;
}

/* A finding is known when all its places are; else it stands at the first that is new. How many places it has. */
static size_t
settle(const struct spot *spots, size_t n, bool english)
{
    struct gb_finding *f = spots->finding;
    size_t n_own = 1, first = spots->entry == NONE ? 0 : SIZE_MAX;

    for (; n_own < n && spots[n_own].finding == f; n_own++) {
        if (spots[n_own].entry == NONE && first == SIZE_MAX)
            first = n_own;
    }
    if (first == SIZE_MAX) {
        f->is_suppressed = f->is_known = true;
        f->reason = english ? GB_STR("in the baseline") : GB_STR("记在基线中");
    } else if (first > 0 && !f->is_suppressed) {
        gb_finding_move(f, spots[first].related);
    }
    return n_own;
}

void
gb_baseline_apply(const struct gb_baseline_part *part, const bool *ran, struct gb_report *report, bool english)
{
    struct match m = match(part, report);
    struct gb_fixed *fixed = gb_arena_new_array(report->arena, struct gb_fixed, (size_t)part->n + 1);

    report->has_baseline = true;
    report->fixed = fixed;
    report->n_fixed = 0;
    for (size_t i = 0; i < m.spots.len;)
        i += settle(&m.spots.items[i], m.spots.len - i, english);
    for (uint32_t i = 0; i < part->n; i++) {
        const struct gb_known *e = &part->entries[i];
        if (m.left[i] && ran && ran[i])
            fixed[report->n_fixed++] = (struct gb_fixed){e->rule, e->clause, e->quote, m.left[i]};
    }
    release_match(&m);
}

/* ---- Bringing up to date ---- */

/* The beginning of the words, for people; blanks and line ends drawn together. */
static struct gb_str
quote_of(const struct gb_report *report, struct gb_span span, struct gb_arena *arena)
{
    enum { MOST = 40 };
    struct gb_str text = gb_str_trim(gb_source_text(report->source, span));
    struct gb_buf buf = {0};
    size_t next;

    for (size_t i = 0, n = 0; i < text.len; i = next, n++) {
        bool is_blank = (unsigned char)text.ptr[i] <= ' ';
        (void)gb_utf8_at(text, i, &next);
        if (n == MOST) {
            gb_buf_puts(&buf, "…");
            break;
        }
        if (!is_blank)
            gb_buf_add(&buf, gb_str_sub(text, i, next));
        else if (buf.len && buf.ptr[buf.len - 1] != ' ')
            gb_buf_add_char(&buf, ' ');
    }
    return gb_buf_take(&buf, arena);
}

void
gb_baseline_update(const struct gb_baseline_part *part, const bool *ran, const struct gb_report *report, bool prune,
                   struct gb_arena *arena, struct gb_known **out, size_t *out_n, struct gb_baseline_counts *counts)
{
    struct match m = match(part, report);
    GB_ARRAY(struct gb_known) now = {0};

    GB_EACH_IN(spot, &m.spots) {
        const struct gb_finding *f = spot->finding;
        bool is_new = spot->entry == NONE;
        if (prune && spot->milder != NONE) { /* still there: the level that it was known at stays */
            *gb_push(&now) = part->entries[spot->milder];
            now.items[now.len - 1].n = 1;
            counts->known++;
        }
        if ((f->is_suppressed && !f->is_known) || (is_new && prune))
            continue;
        *gb_push(&now) = (struct gb_known){.file = part->file,
                                           .clause = gb_arena_copy(arena, spot->trace.clause),
                                           .rule = gb_arena_copy(arena, f->rule->code),
                                           .level = f->level,
                                           .quote = quote_of(report, spot->span, arena),
                                           .words = spot->trace.words,
                                           .around = spot->trace.around,
                                           .n = 1};
        counts->added += is_new;
        counts->known++;
    }
    for (uint32_t i = 0; i < part->n; i++) {
        if (!m.left[i])
            continue;
        if (ran && ran[i]) {
            *(prune ? &counts->removed : &counts->stale) += m.left[i];
            if (prune)
                continue;
        }
        *gb_push(&now) = part->entries[i];
        now.items[now.len - 1].n = m.left[i];
        counts->known += m.left[i];
    }
    gb_baseline_order(now.items, &now.len, true);
    *out = now.len ? gb_arena_copy_bytes(arena, now.items, now.len * sizeof(*now.items)) : NULL;
    *out_n = now.len;
    gb_array_release(&now);
    release_match(&m);
}
