/* Takes down what a draft says: the draft itself, its chapters, terms and citations. Values and style have files of their own. */
#include "facts/summary/summary_priv.h"

#include "base/hash.h"
#include "facts/cover.h"
#include "text/chars.h"
#include "text/utf8.h"

#include <stdlib.h>

/* More facts of a draft than this say no more of it; what is left out is the end of the kind. */
enum { MOST_FACTS = 20000 };

uint64_t
gb_source_hash(const struct gb_source *source)
{
    uint64_t hash = GB_HASH, word;

    for (uint32_t i = 0; i < source->n_files; i++) {
        struct gb_str s = source->files[i].text;
        for (; s.len >= sizeof(word); s = gb_str_skip(s, sizeof(word))) {
            memcpy(&word, s.ptr, sizeof(word));
            hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
            hash ^= hash >> 29;
        }
        hash = gb_hash_str(hash, s);
    }
    return hash;
}

static void
put_bare(struct gb_str text, struct gb_buf *normal, struct gb_buf *out)
{
    normal->len = out->len = 0;
    gb_normalise(text, normal);
    struct gb_str s = gb_buf_str(normal);
    for (size_t at = 0; at < s.len;) {
        size_t begin = at;
        uint32_t c = gb_utf8_at(s, at, &at);
        if (gb_char_is_han(c) || gb_char_is_latin(c) || gb_char_digit(c) >= 0)
            gb_buf_add(out, gb_str_sub(s, begin, at));
    }
}

struct gb_str
gb_bare_text(struct gb_arena *arena, struct gb_str text)
{
    struct gb_buf normal = {0}, out = {0};

    put_bare(text, &normal, &out);
    struct gb_str bare = gb_arena_copy(arena, gb_buf_str(&out));
    gb_buf_release(&normal);
    gb_buf_release(&out);
    return bare;
}

static struct gb_str
take_bare(struct gb_taker *t, struct gb_str text)
{
    put_bare(text, &t->scratch, &t->words);
    return gb_arena_copy(t->arena, gb_buf_str(&t->words));
}

/* A text under N, without blanks and the marks at its end; in the arena of the summary. */
static struct gb_str
take_normal(struct gb_taker *t, struct gb_str text)
{
    GB_WORDS(ends, "。", "；", "，", ".", "：");

    t->scratch.len = 0;
    gb_normalise(text, &t->scratch);
    struct gb_str s = gb_buf_str(&t->scratch);
    for (size_t i = 0; i < GB_COUNT(ends); i++) {
        while (s.len && gb_str_ends(s, ends[i])) {
            s.len -= ends[i].len;
            i = 0;
        }
    }
    return gb_arena_copy(t->arena, s);
}

/* Length of the number of an entry in brackets at the start of s: （3.1）; 0: none. */
static size_t
entry_number_at(struct gb_str s)
{
    struct gb_str open = GB_STR("（"), close = GB_STR("）");
    size_t at = open.len;
    bool has_dot = false;

    if (!gb_str_starts(s, open))
        return 0;
    for (; at < s.len && (gb_is_digit(s.ptr[at]) || s.ptr[at] == '.'); at++)
        has_dot = has_dot || s.ptr[at] == '.';
    return has_dot && gb_str_starts(gb_str_skip(s, at), close) ? at + close.len : 0;
}

/* A definition without the numbers of the entries that it names: 退房的宾客（3.1） and 退房的宾客 define one thing. */
static struct gb_str
take_definition(struct gb_taker *t, struct gb_str text)
{
    struct gb_str s = take_normal(t, text);

    t->scratch.len = 0;
    for (size_t at = 0, next; at < s.len; at = next) {
        size_t skipped = entry_number_at(gb_str_skip(s, at));
        gb_utf8_at(s, at, &next);
        if (skipped)
            next = at + skipped;
        else
            gb_buf_add(&t->scratch, gb_str_sub(s, at, next));
    }
    return gb_buf_str(&t->scratch).len == s.len ? s : gb_arena_copy(t->arena, gb_buf_str(&t->scratch));
}

/* As a reader sees it, on one line. */
static struct gb_str
take_text(struct gb_taker *t, struct gb_str text)
{
    t->words.len = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] != '\n')
            gb_buf_add_char(&t->words, text.ptr[i]);
        else if (i && i + 1 < text.len && (unsigned char)text.ptr[i - 1] < 0x80 &&
                 (unsigned char)text.ptr[i + 1] < 0x80)
            gb_buf_add_char(&t->words, ' ');
    }
    return gb_arena_copy(t->arena, gb_buf_str(&t->words));
}

struct gb_fact *
gb_take(struct gb_taker *t, enum gb_fact_kind kind, const struct gb_node *node, const struct gb_text *text,
        size_t begin, size_t end)
{
    const struct gb_node *clause = gb_node_clause(node);
    struct gb_fact *fact = gb_push(&t->list);

    *fact = (struct gb_fact){.kind = kind, .at = gb_at_part(text, begin, end)};
    fact->text = take_text(t, gb_str_sub(text->str, begin, end));
    if (clause)
        fact->clause = gb_arena_copy(t->arena, clause->number.str);
    return fact;
}

static struct gb_fact *
take_whole(struct gb_taker *t, enum gb_fact_kind kind, const struct gb_node *node, const struct gb_text *text)
{
    return gb_take(t, kind, node, text, 0, text->str.len);
}

/* ---- Chapters and clauses ---- */

static void
take_chapters(struct gb_taker *t)
{
    for (uint32_t i = 0; i < t->facts->n_chapters; i++) {
        const struct gb_node *chapter = t->facts->chapters[i];
        if (chapter->role != GB_ROLE_NONE || !gb_node_is_titled(chapter))
            continue;
        struct gb_fact *fact = take_whole(t, GB_FACT_CHAPTER, chapter, &chapter->title);
        fact->key = take_bare(t, chapter->title.str);
        fact->number = chapter->num.n ? chapter->num.part[0] : 0;
    }
}

/* The titled clause whose text the node is; NULL outside of technical chapters. */
static const struct gb_node *
titled_clause(const struct gb_node *node)
{
    const struct gb_node *clause = gb_node_clause(node);

    while (clause && clause->kind == GB_NODE_CLAUSE && !gb_node_is_titled(clause))
        clause = clause->parent;
    return clause && clause->kind == GB_NODE_CLAUSE && clause->role == GB_ROLE_NONE ? clause : NULL;
}

static void
take_clause(struct gb_taker *t, const struct gb_node *clause, enum gb_clause_type strength)
{
    const struct gb_node *chapter = clause;

    while (chapter->parent && chapter->parent->kind == GB_NODE_CLAUSE)
        chapter = chapter->parent;
    if (chapter->role != GB_ROLE_NONE)
        return;
    struct gb_fact *fact = take_whole(t, GB_FACT_CLAUSE, clause, &clause->title);
    struct gb_str above = take_bare(t, chapter->title.str);
    fact->key = gb_arena_printf(t->arena, "%.*s/%.*s", GB_FMT(above), GB_FMT(take_bare(t, clause->title.str)));
    fact->number = strength;
}

/* The strongest provision of each titled clause; its sentences stand together. */
static void
take_clauses(struct gb_taker *t)
{
    const struct gb_node *open = NULL, *last = NULL;
    enum gb_clause_type strength = GB_TYPE_STATEMENT;

    GB_EACH(const struct gb_sentence, s, t->facts->sentences, t->facts->n_sentences) {
        if (s->node != last && s->node->kind != GB_NODE_PARA && s->node->kind != GB_NODE_ITEM)
            continue;
        const struct gb_node *clause = s->node == last ? open : titled_clause(s->node);
        last = s->node;
        if (clause != open && open)
            take_clause(t, open, strength);
        strength = clause != open || s->type > strength ? s->type : strength;
        open = clause;
    }
    if (open)
        take_clause(t, open, strength);
}

/* ---- Terms and symbols ---- */

/* Does the entry name a source, and say that the definition was changed? */
static void
take_source(struct gb_taker *t, const struct gb_node *term, struct gb_fact *fact)
{
    GB_WORDS(marks, "修改", "改写");
    bool is_marked = false;

    for (const struct gb_node *n = term->first; n; n = n->next) {
        is_marked = is_marked || GB_HAS_ANY(n->text.str, marks);
        if (n->kind != GB_NODE_SOURCE && !gb_str_has(n->text.str, GB_STR("改写")) &&
            !gb_str_has(n->text.str, GB_STR("来源：")))
            continue;
        fact->number = 2;
        uint32_t first = n->kind == GB_NODE_SOURCE ? gb_first_identifier(t->facts, n) : UINT32_MAX;
        const struct gb_identifier *id = first < t->facts->n_identifiers && t->facts->identifiers[first].node == n
                                             ? &t->facts->identifiers[first]
                                             : NULL;
        if (id && id->serial.len)
            fact->source = gb_arena_printf(t->arena, "%.*s %.*s", GB_FMT(id->base), GB_FMT(id->serial));
    }
    if (fact->number > 0 && is_marked)
        fact->number = 1;
}

static void
take_terms(struct gb_taker *t)
{
    GB_EACH(const struct gb_term, term, t->facts->vocabulary->items, t->facts->vocabulary->n) {
        if (term->kind != GB_TERM_ENTRY || !term->definition)
            continue;
        const struct gb_text *words = &term->definition->text;
        struct gb_fact *fact = take_whole(t, GB_FACT_TERM, term->node, &term->node->title);
        fact->key = take_normal(t, term->node->title.str);
        fact->value = take_definition(t, gb_str_skip(words->str, term->definition_from));
        fact->about = take_normal(t, gb_str_sub(words->str, 0, term->definition_from));
        take_source(t, term->node, fact);
        fact->more = gb_at_part(words, term->definition_from, words->str.len);
    }
}

static void
take_symbols(struct gb_taker *t)
{
    GB_EACH_NODE(symbol, &t->facts->of_kind[GB_NODE_ABBR]) {
        if (!symbol->title.str.len || !symbol->text.str.len)
            continue;
        struct gb_fact *fact = take_whole(t, GB_FACT_SYMBOL, symbol, &symbol->title);
        fact->key = take_normal(t, symbol->title.str);
        fact->value = take_normal(t, symbol->text.str);
        fact->more = gb_at_part(&symbol->text, 0, symbol->text.str.len);
    }
}

/* ---- Citations ---- */

/* The documents of one draft that were taken down: each once for a year and a force. */
struct seen {
    uint64_t *slots; /* hashes; 0: free */
    size_t mask;
};

static uint64_t
hash_of(const struct gb_identifier *id, bool normative)
{
    const struct gb_str parts[] = {id->base, id->serial, id->year};
    uint64_t hash = gb_hash_byte(GB_HASH, normative);

    for (size_t i = 0; i < GB_COUNT(parts); i++)
        hash = gb_hash_byte(gb_hash_str(hash, parts[i]), 0xFF);
    return hash ? hash : 1;
}

static bool
is_new(struct seen *seen, uint64_t hash)
{
    size_t at = hash & seen->mask;

    for (; seen->slots[at]; at = (at + 1) & seen->mask) {
        if (seen->slots[at] == hash)
            return false;
    }
    seen->slots[at] = hash;
    return true;
}

static void
take_citation(struct gb_taker *t, struct seen *seen, const struct gb_node *node, const struct gb_identifier *id,
              bool normative)
{
    if (!id->serial.len || !id->text || !is_new(seen, hash_of(id, normative)))
        return;
    struct gb_fact *fact = gb_take(t, GB_FACT_CITATION, node, id->text, id->at.begin, id->at.end);
    fact->key = gb_arena_printf(t->arena, "%.*s %.*s", GB_FMT(id->base), GB_FMT(id->serial));
    fact->value = gb_arena_copy(t->arena, id->year);
    fact->about = gb_arena_copy(t->arena, id->code);
    fact->number = normative;
    size_t n;
    const uint32_t *entries = gb_references_same(t->facts, id, &n);
    for (size_t i = 0; i < n; i++) {
        const struct gb_reference *entry = &t->facts->entries[entries[i]];
        if (entry->list == GB_LIST_REFERENCES && entry->id.text && gb_str_eq(entry->id.year, id->year)) {
            fact->more = gb_at_part(entry->id.text, entry->id.at.begin, entry->id.at.end);
            break;
        }
    }
}

/* What the text cites, then what only the lists name; each document at its first place. */
static void
take_citations(struct gb_taker *t)
{
    const struct gb_facts *facts = t->facts;
    size_t size = 16;

    while (size < 2 * ((size_t)facts->n_citations + facts->n_entries))
        size *= 2;
    struct seen seen = {.slots = gb_alloc(size * sizeof(uint64_t)), .mask = size - 1};
    memset(seen.slots, 0, size * sizeof(uint64_t));
    for (uint32_t i = 0; i < facts->n_citations; i++)
        take_citation(t, &seen, facts->citations[i].id->node, facts->citations[i].id,
                      facts->citations[i].force == GB_CITED_NORMATIVE);
    for (uint32_t i = 0; i < facts->n_entries; i++)
        take_citation(t, &seen, facts->entries[i].node, &facts->entries[i].id,
                      facts->entries[i].list == GB_LIST_REFERENCES);
    free(seen.slots);
}

/* ---- Likeness ---- */

/* In a technical chapter or an annex: what stands before them is of fixed words. */
static bool
is_technical(const struct gb_node *node)
{
    const struct gb_node *top = gb_node_top(node);

    return (top->kind == GB_NODE_CLAUSE && top->role == GB_ROLE_NONE) || top->kind == GB_NODE_ANNEX;
}

/*
 * One-permutation sketch: each run of five characters has a hash, and of each sixty-fourth of all hashes the least is kept. Texts with
 * many runs in common have many of these in common.
 */
static void
sketch(const struct gb_facts *facts, uint32_t *out)
{
    enum { RUN = 5 };
    const struct gb_node *last = NULL;
    uint32_t run[RUN] = {0};
    bool is_own = false;
    size_t n = 0;

    for (size_t i = 0; i < GB_SKETCH; i++)
        out[i] = UINT32_MAX;
    GB_EACH(const struct gb_sentence, s, facts->sentences, facts->n_sentences) {
        if (s->node != last)
            is_own = is_technical(s->node);
        last = s->node;
        if (!is_own)
            continue;
        struct gb_str str = gb_str_sub(s->text->str, s->begin, s->end);
        for (size_t at = 0; at < str.len;) {
            uint32_t c = gb_utf8_at(str, at, &at), hash = 0;
            if (c < 0x4E00 || c > 0x9FFF)
                continue;
            memmove(run, run + 1, sizeof(run) - sizeof(run[0]));
            run[RUN - 1] = c;
            if (++n < RUN)
                continue;
            for (size_t k = 0; k < RUN; k++)
                hash = (hash ^ run[k]) * UINT32_C(0x9E3779B1);
            hash ^= hash >> 15;
            if (hash / GB_SKETCH < out[hash % GB_SKETCH])
                out[hash % GB_SKETCH] = hash / GB_SKETCH;
        }
    }
}

/* ---- All of it ---- */

static void
take_excuse(struct gb_taker *t, const struct gb_fact *excuse)
{
    struct gb_fact *fact = gb_push(&t->list);

    *fact = *excuse;
    fact->kind = GB_FACT_EXCUSE;
    fact->key = gb_arena_copy(t->arena, excuse->key);
    fact->value = gb_arena_copy(t->arena, excuse->value);
}

static void
take_draft(struct gb_taker *t, struct gb_summary *s)
{
    const struct gb_facts *facts = t->facts;
    const struct gb_cover *cover = facts->cover ? facts->cover->u.cover : NULL;
    const struct gb_text *title = facts->title
                                      ? (facts->title->title.str.len ? &facts->title->title : &facts->title->text)
                                  : cover ? &cover->title
                                          : NULL;
    struct gb_date date = gb_cover_date(cover ? cover->issued.str : GB_STR(""));

    s->path = gb_arena_copy(t->arena, gb_str_from(t->doc->source->files[0].path)).ptr;
    s->hash = gb_source_hash(t->doc->source);
    s->edition = facts->edition;
    s->stage = facts->stage;
    s->is_standard = t->doc->is_standard;
    s->type = gb_arena_copy(t->arena, facts->type);
    s->function = gb_arena_copy(t->arena, facts->function);
    s->profile = gb_arena_copy(t->arena, facts->profile);
    s->number = gb_arena_copy(t->arena, facts->code);
    s->base = gb_arena_copy(t->arena, facts->own.base);
    s->serial = gb_arena_copy(t->arena, facts->own.serial);
    s->year = gb_arena_copy(t->arena, facts->own.year);
    s->title = take_text(t, t->doc->root->title.str);
    s->title_key = take_bare(t, t->doc->root->title.str);
    s->issued = gb_date_is_valid(&date) ? gb_date_number(&date) : 0;
    s->as_of = facts->as_of;
    s->title_at = title && title->str.len ? gb_at_part(title, 0, title->str.len) : (struct gb_at){.by_line = true};
    s->number_at = cover && cover->code.str.len ? gb_at_part(&cover->code, 0, cover->code.str.len) : s->title_at;
}

void
gb_summary_sort(struct gb_summary *s, const struct gb_fact *facts, size_t n_facts, struct gb_arena *arena)
{
    struct gb_fact *sorted = gb_arena_new_array(arena, struct gb_fact, n_facts + 1);
    uint32_t n[GB_FACT_KIND_COUNT] = {0};

    for (size_t i = 0; i < n_facts; i++)
        n[facts[i].kind]++;
    for (int k = 0; k < GB_FACT_KIND_COUNT; k++) {
        s->first[k + 1] = s->first[k] + n[k];
        n[k] = s->first[k];
    }
    for (size_t i = 0; i < n_facts; i++)
        sorted[n[facts[i].kind]++] = facts[i];
    s->facts = sorted;
    s->n_facts = (uint32_t)n_facts;
}

struct gb_summary
gb_summary_take(const struct gb_doc *doc, const struct gb_facts *facts, const struct gb_fact *excuses, size_t n_excuses,
                struct gb_arena *arena)
{
    static void (*const steps[])(struct gb_taker *) = {take_chapters,  take_clauses,   take_terms,      take_symbols,
                                                       take_citations, gb_take_values, gb_take_features};
    struct gb_taker t = {.doc = doc, .facts = facts, .arena = arena};
    struct gb_summary summary = {0};

    take_draft(&t, &summary);
    for (size_t i = 0; doc->is_standard && i < GB_COUNT(steps) && t.list.len < MOST_FACTS; i++)
        steps[i](&t);
    for (size_t i = 0; i < n_excuses; i++)
        take_excuse(&t, &excuses[i]);
    gb_summary_sort(&summary, t.list.items, t.list.len, arena);
    sketch(facts, summary.sketch);
    gb_array_release(&t.list);
    gb_buf_release(&t.scratch);
    gb_buf_release(&t.words);
    return summary;
}
