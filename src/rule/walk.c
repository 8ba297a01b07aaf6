/*
 * The one walk over a document: each node goes to the checks that ask for its kind, each text through one literal pass to
 * the rules on words and patterns. Findings get level, message, source and clause number here.
 */
#include "rule/context_priv.h"
#include "rule/literal_priv.h"
#include "rule/ruleset_priv.h"
#include "text/utf8.h"

#include <assert.h>
#include <stdio.h>

struct run;

/* Parameters that a check asked for: its keys are literals, so the same key is the same pointer. */
struct param_memo {
    const char *key;
    struct gb_value value;
    const struct gb_han_words *set; /* made of its words, when they were asked for as one */
};

enum { MEMO = 8, SHARED = 64 };

/* Characters by ten of their bits: of most it tells that they are not among them. */
struct characters {
    uint64_t bits[16];
};

/* Words in which a hit does not count. */
struct exempt {
    struct gb_value words;
    size_t shortest;              /* bytes of the shortest of them */
    struct characters characters; /* all of theirs: beside most hits stands none */
};

/* Literals with which the matches of a pattern begin. */
struct openers {
    const struct gb_str *items;
    size_t n;
    struct characters heads; /* their first characters */
};

/* Memory that checks share under a key. */
struct shared {
    const void *key;
    void *memory;
    struct shared *next;
};

/* After so many texts that were too much for its patterns a rule tries none on the rest of the draft. */
enum { MOST_FAILURES = 3 };

struct gb_check {
    struct run *run;
    const struct gb_rule *rule;
    const struct exempt *exempt;   /* NULL: not asked for yet */
    const struct openers *openers; /* the same */
    uint32_t piece;    /* serial of the piece that `end` and `is_marked` are about */
    size_t end;        /* behind the last word found in it */
    size_t from;       /* where its pattern may be tried next */
    bool is_marked;    /* its pattern is to run on it */
    bool is_done;      /* `once` and reported */
    uint32_t failures; /* texts on which its pattern was given up */
    bool is_on;
};

struct on {
    gb_check_function *run;
    struct gb_check *check;
};

struct run {
    const struct gb_ruleset *rules;
    struct gb_check_context context;
    struct gb_report *report;
    struct gb_check *checks;                   /* one for each rule */
    struct param_memo **memos;                 /* for each MEMO of them, from its first question on */
    GB_ARRAY(struct on) on[GB_NODE_KIND_COUNT]; /* checks called on the kind */
    GB_ARRAY(uint32_t) slow;                   /* rules whose pattern runs on every text */
    struct gb_places places;                   /* where any rule searches */
    struct gb_matcher matcher;
    struct shared *shared[SHARED];             /* what checks share, in chains by a hash of its key */

    /* The piece in hand, and a hit of a word in it: what differs from hit to hit is filled in for each. */
    struct gb_piece piece;
    struct gb_found found;
    uint32_t serial;
    const struct gb_literal_table *table;
    struct gb_stretches stretches;
    bool has_stretches;
    GB_ARRAY(uint32_t) marked;
};

/* ---- Places ---- */

struct gb_at
gb_at_part(const struct gb_text *text, size_t begin, size_t end)
{
    bool is_exact = true;
    struct gb_span span = gb_text_span(text, begin, end, &is_exact);

    return (struct gb_at){span, !is_exact};
}

struct gb_at
gb_piece_at(const struct gb_piece *piece, size_t begin, size_t end)
{
    return gb_at_part(piece->text, gb_joined_begin(piece->joined, begin), gb_joined_end(piece->joined, end));
}

struct gb_at
gb_at_text(const struct gb_text *text)
{
    bool is_exact = true;
    struct gb_span span = gb_text_whole(text, &is_exact);

    return (struct gb_at){span, !is_exact};
}

struct gb_at
gb_at_span(struct gb_span span)
{
    return (struct gb_at){span, false};
}

struct gb_at
gb_at_lines(struct gb_span span)
{
    return (struct gb_at){span, true};
}

struct gb_at
gb_at_head(const struct gb_node *node)
{
    const struct gb_text *texts[] = {node->kind == GB_NODE_ITEM ? &node->marker : &node->head, &node->head,
                                     &node->title, &node->number, &node->text};

    for (size_t i = 0; i < GB_COUNT(texts); i++) {
        if (texts[i]->str.len && texts[i]->n_runs)
            return gb_at_text(texts[i]);
    }
    return gb_at_lines(node->span);
}

/* ---- What checks ask ---- */

const struct gb_check_context *
gb_check_context(const struct gb_check *check)
{
    return &check->run->context;
}

const struct gb_rule *
gb_check_rule(const struct gb_check *check)
{
    return check->rule;
}

void *
gb_check_shared(struct gb_check *check, const void *key, size_t size)
{
    struct run *run = check->run;
    struct shared **chain = &run->shared[((uintptr_t)key >> 3) % SHARED], *shared = *chain;

    while (shared && shared->key != key)
        shared = shared->next;
    if (!shared) {
        shared = gb_arena_new(run->context.arena, struct shared);
        *shared = (struct shared){key, gb_arena_alloc(run->context.arena, size), *chain};
        *chain = shared;
    }
    return shared->memory;
}

/* The memo of a parameter; its key is NULL where it was not asked for yet. NULL: there are too many. */
static struct param_memo *
memo_of(const struct gb_check *check, const char *key)
{
    struct param_memo **memo = &check->run->memos[check - check->run->checks];
    size_t i = 0;

    if (!*memo)
        *memo = gb_arena_new_array(check->run->context.arena, struct param_memo, MEMO);
    while (i < MEMO && (*memo)[i].key && (*memo)[i].key != key)
        i++;
    return i < MEMO ? &(*memo)[i] : NULL;
}

static struct gb_value
param_of(const struct gb_check *check, const char *key)
{
    struct param_memo *memo = memo_of(check, key);

    if (memo && memo->key)
        return memo->value;
    struct gb_value value = gb_rule_param(check->rule, key);
    if (memo)
        *memo = (struct param_memo){.key = key, .value = value};
    return value;
}

const struct gb_han_words *
gb_param_set(struct gb_check *check, const char *key)
{
    struct gb_value value = param_of(check, key);
    struct param_memo *memo = memo_of(check, key);

    assert(memo && "a check asks for more parameters than are remembered");
    if (!memo->set)
        memo->set = gb_words_new(check->run->context.arena, value.words, gb_value_count(&value));
    return memo->set;
}

double
gb_param_number(const struct gb_check *check, const char *key)
{
    struct gb_value value = param_of(check, key);

    return gb_value_number(&value);
}

bool
gb_param_bool(const struct gb_check *check, const char *key)
{
    return param_of(check, key).data->number[0] != 0;
}

struct gb_str
gb_param_text(const struct gb_check *check, const char *key)
{
    struct gb_value value = param_of(check, key);

    return value.data->is_set ? gb_image_str(value.image, value.data->text) : GB_STR("");
}

size_t
gb_param_words(const struct gb_check *check, const char *key, const struct gb_str **out_words)
{
    struct gb_value value = param_of(check, key);

    *out_words = value.words;
    return gb_value_count(&value);
}

bool
gb_check_match(struct gb_check *check, struct gb_pattern *pattern, struct gb_str text, size_t from,
               struct gb_match *out)
{
    uint32_t before = check->run->matcher.failures;

    if (check->failures >= MOST_FAILURES)
        return false;
    bool is_found = gb_pattern_match(pattern, &check->run->matcher, text, from, out);

    check->failures += check->run->matcher.failures - before;
    return is_found;
}

bool
gb_param_match(struct gb_check *check, const char *key, struct gb_str text, size_t from, struct gb_match *out)
{
    struct gb_value value = param_of(check, key);

    return value.data->is_set && gb_check_match(check, value.patterns[0], text, from, out);
}

struct gb_str
gb_count_text(const struct gb_check *check, size_t n)
{
    char digits[24], *at = digits + sizeof(digits);

    do
        *--at = (char)('0' + n % 10);
    while (n /= 10);
    return gb_arena_copy(check->run->context.arena, (struct gb_str){at, (size_t)(digits + sizeof(digits) - at)});
}

struct gb_str
gb_say(const struct gb_check *check, const char *zh, const char *en)
{
    return gb_str_from(check->run->rules->english ? en : zh);
}

void
gb_not_checked(struct gb_check *check, struct gb_str what, struct gb_str why)
{
    gb_report_not_checked(check->run->report, what, why);
}

void
gb_leave_out(struct gb_check *check, size_t n)
{
    gb_report_leave_out(check->run->report, gb_rule_info_of(check->run->rules, check->rule), n);
}

/* ---- Reporting ---- */

/* Writes the template with {0} … {9} replaced by the arguments, other braces as they are; `out` NULL: only counts. */
static size_t
put_expanded(struct gb_str template, const struct gb_str *args, size_t n_args, char *out)
{
    const char *at = template.ptr, *end = at + template.len, *brace;
    size_t len = 0;

    for (; (brace = memchr(at, '{', (size_t)(end - at))); at = brace) {
        bool is_arg = end - brace > 2 && brace[2] == '}' && brace[1] >= '0' && brace[1] <= '9';
        size_t which = is_arg ? (size_t)(brace[1] - '0') : n_args, before = (size_t)(brace - at) + !is_arg;
        if (out)
            memcpy(out + len, at, before);
        len += before;
        if (out && which < n_args && args[which].len)
            memcpy(out + len, args[which].ptr, args[which].len);
        len += which < n_args ? args[which].len : 0;
        brace += is_arg ? 3 : 1;
    }
    if (out)
        memcpy(out + len, at, (size_t)(end - at));
    return len + (size_t)(end - at);
}

static struct gb_str
expand(struct gb_str template, const struct gb_str *args, size_t n_args, struct gb_arena *arena)
{
    if (!memchr(template.ptr, '{', template.len))
        return template;
    size_t len = put_expanded(template, args, n_args, NULL);
    char *out = gb_arena_alloc(arena, len + 1);
    put_expanded(template, args, n_args, out);
    return (struct gb_str){out, len};
}

static const struct gb_image_case *
find_case(const struct gb_rule *rule, const char *which)
{
    const struct gb_image_case *cases = gb_image_at(rule->image, rule->data->cases);

    for (size_t i = 0; which && i < rule->data->cases.n; i++) {
        if (gb_str_is(gb_image_str(rule->image, cases[i].name), which))
            return &cases[i];
    }
    return NULL;
}

static struct gb_str
words_of(const struct gb_ruleset *rules, const struct gb_rule *rule, const struct gb_words *own,
         const struct gb_words *inherited)
{
    const struct gb_words *words = own && own->in[GB_ZH].n ? own : inherited;

    return gb_image_str(rule->image, words->in[rules->english ? GB_EN : GB_ZH]);
}

/* One finding with all that follows from the rule and the draft; NULL when the case is off, or enough was told. */
static struct gb_finding *
add_finding(const struct gb_ruleset *rules, const struct gb_rule *rule, const char *which,
            const struct gb_facts *facts, struct gb_report *report, struct gb_at at, struct gb_str clause,
            const struct gb_str *args, size_t n_args)
{
    const struct gb_image_case *c = find_case(rule, which);
    uint8_t level = rule->level[facts->edition];

    if (c && c->level[facts->edition] != GB_LEVEL_INHERIT && c->level[facts->edition] < level)
        level = c->level[facts->edition];
    if (level == GB_LEVEL_OFF)
        return NULL;
    bool is_lowered = rule->data->stages && facts->stage != GB_STAGE_UNKNOWN &&
                      !(rule->data->stages >> facts->stage & 1) && level > GB_LEVEL_INFO;
    struct gb_finding *f =
        gb_report_add(report, gb_rule_info_of(rules, rule), is_lowered ? GB_LEVEL_INFO : (enum gb_level)level);
    if (!f)
        return NULL;
    f->is_lowered = is_lowered;
    f->at = at;
    f->clause = clause;
    f->message = expand(words_of(rules, rule, c ? &c->message : NULL, &rule->data->message), args, n_args,
                        report->arena);
    f->remedy = expand(words_of(rules, rule, c ? &c->remedy : NULL, &rule->data->remedy), args, n_args,
                       report->arena);
    f->source = gb_image_str(rule->image, rule->data->source_line[facts->edition]);
    return f;
}

struct gb_finding *
gb_report_case(struct gb_check *check, const char *which, struct gb_at at, const struct gb_node *node,
               const struct gb_str *args, size_t n_args)
{
    const struct gb_node *clause = node ? gb_node_clause(node) : NULL;
    struct run *run = check->run;

    if (check->is_done)
        return NULL;
    check->is_done = check->rule->head->is_once;
    return add_finding(run->rules, check->rule, which, run->context.facts, run->report, at,
                       clause ? clause->number.str : GB_STR(""), args, n_args);
}

struct gb_finding *
gb_report(struct gb_check *check, struct gb_at at, const struct gb_node *node, const struct gb_str *args,
          size_t n_args)
{
    return gb_report_case(check, NULL, at, node, args, n_args);
}

struct gb_finding *
gb_ruleset_report(const struct gb_ruleset *rules, const char *code, const char *which,
                  const struct gb_facts *facts, struct gb_report *report, struct gb_at at,
                  struct gb_str clause, const struct gb_str *args, size_t n_args)
{
    const struct gb_rule *rule = gb_ruleset_find(rules, gb_str_from(code));

    struct gb_switches switches = gb_find_switches(rules, facts);

    if (!rule || !gb_rule_is_on(rules, rule, facts, &switches))
        return NULL;
    return add_finding(rules, rule, which, facts, report, at, clause, args, n_args);
}

void
gb_also(struct gb_check *check, struct gb_finding *finding, struct gb_at at, struct gb_str message)
{
    if (finding)
        gb_finding_relate(check->run->report, finding, at, message);
}

bool
gb_wants_fix(const struct gb_check *check, const struct gb_finding *finding)
{
    return finding && check->run->report->wants_fixes && check->rule->data->fix != GB_FIX_NONE &&
           !finding->at.by_line;
}

void
gb_fix(struct gb_check *check, struct gb_finding *finding, struct gb_span span, struct gb_str text)
{
    if (!gb_wants_fix(check, finding))
        return;
    if (finding->n_edits == 0)
        finding->fix_safe = check->rule->data->fix == GB_FIX_SAFE;
    gb_finding_edit(check->run->report, finding, span, text);
}

void
gb_fix_markup(struct gb_check *check, struct gb_finding *finding, struct gb_span span, struct gb_str text)
{
    uint32_t before = finding ? finding->n_edits : 0;

    gb_fix(check, finding, span, text);
    if (finding && finding->n_edits > before)
        finding->edits[before].is_markup = true;
}

void
gb_fix_edits(struct gb_check *check, struct gb_finding *finding, const struct gb_edit *edits, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        uint32_t before = finding ? finding->n_edits : 0;
        gb_fix(check, finding, edits[i].span, edits[i].text);
        if (finding && finding->n_edits > before)
            finding->edits[before] = edits[i];
    }
}

void
gb_fix_unsafe(struct gb_finding *finding)
{
    if (finding)
        finding->fix_safe = false;
}

/* ---- Texts of nodes ---- */

static bool
has_bit(uint32_t bits, unsigned i)
{
    return bits >> i & 1;
}

static void
visit_text(const struct gb_node *node, const struct gb_text *text, enum gb_part part, enum gb_zone zone,
           struct gb_places places, void (*visit)(void *data, const struct gb_piece *piece), void *data)
{
    if (!text->str.len || !has_bit(places.parts, part))
        return;
    struct gb_joined joined = {.str = text->str};
    bool has_break = memchr(text->str.ptr, '\n', text->str.len);
    if (has_break)
        gb_join(text, &joined);
    visit(data, &(struct gb_piece){node, text, joined.str, &joined, part, zone});
    if (has_break)
        gb_joined_release(&joined);
}

void
gb_each_piece(const struct gb_node *node, enum gb_zone zone, struct gb_places places,
              void (*visit)(void *data, const struct gb_piece *piece), void *data)
{
    bool has_caption = node->kind == GB_NODE_TABLE || node->kind == GB_NODE_FIGURE;

    if (!has_bit(places.kinds, node->kind) || !has_bit(places.zones, zone))
        return;
    visit_text(node, &node->title, has_caption ? GB_PART_CAPTION : GB_PART_TITLE, zone, places, visit, data);
    visit_text(node, &node->text, GB_PART_TEXT, zone, places, visit, data);
    if (node->kind == GB_NODE_TABLE && node->u.table) {
        for (uint32_t i = 0; i < node->u.table->n_cells; i++)
            visit_text(node, &node->u.table->cells[i].text, GB_PART_CELL, zone, places, visit, data);
    }
    if (node->kind == GB_NODE_COVER && node->u.cover) {
#define X(name) visit_text(node, &node->u.cover->name, GB_PART_TEXT, zone, places, visit, data);
        GB_COVER_FIELDS(X)
#undef X
    }
}

static enum gb_zone
zone_of_clause(const struct gb_node *clause)
{
    switch (clause->role) {
    case GB_ROLE_SCOPE:
        return GB_ZONE_SCOPE;
    case GB_ROLE_REFERENCES:
        return GB_ZONE_REFERENCES;
    case GB_ROLE_TERMS:
    case GB_ROLE_TERMS_SYMBOLS:
        return GB_ZONE_TERMS;
    case GB_ROLE_SYMBOLS:
        return GB_ZONE_SYMBOLS;
    default:
        return GB_ZONE_BODY;
    }
}

/* Zone of a child of the document. */
static enum gb_zone
zone_of(const struct gb_node *top)
{
    static const struct {
        enum gb_node_kind kind;
        enum gb_zone zone;
    } zones[] = {
        {GB_NODE_COVER, GB_ZONE_COVER},   {GB_NODE_TITLE, GB_ZONE_COVER},
        {GB_NODE_TOC, GB_ZONE_TOC},       {GB_NODE_FOREWORD, GB_ZONE_FOREWORD},
        {GB_NODE_INTRO, GB_ZONE_INTRO},   {GB_NODE_REFS, GB_ZONE_REFERENCES},
        {GB_NODE_BIBLIO, GB_ZONE_BIBLIO}, {GB_NODE_INDEX, GB_ZONE_INDEX},
    };

    for (size_t i = 0; i < GB_COUNT(zones); i++) {
        if (zones[i].kind == top->kind)
            return zones[i].zone;
    }
    if (top->kind == GB_NODE_ANNEX)
        return top->nature == GB_NATURE_NORMATIVE ? GB_ZONE_NORMATIVE_ANNEX : GB_ZONE_INFORMATIVE_ANNEX;
    return top->kind == GB_NODE_CLAUSE ? zone_of_clause(top) : GB_ZONE_BODY;
}

enum gb_zone
gb_zone_of(const struct gb_node *node)
{
    return zone_of(gb_node_top(node));
}

void
gb_each_piece_in(const struct gb_node *top, struct gb_places places,
                 void (*visit)(void *data, const struct gb_piece *piece), void *data)
{
    enum gb_zone zone = top->kind == GB_NODE_DOC ? GB_ZONE_BODY : gb_zone_of(top);

    for (const struct gb_node *node = top; node; node = gb_node_walk(node, top)) {
        if (node->parent && node->parent->kind == GB_NODE_DOC)
            zone = zone_of(node);
        if (node->kind != GB_NODE_DOC)
            gb_each_piece(node, zone, places, visit, data);
    }
}

/* ---- Searching ---- */

static bool
looks_here(const struct gb_check *check, const struct gb_piece *piece)
{
    const struct gb_places *places = &check->rule->head->places;

    return check->is_on && has_bit(places->kinds, piece->node->kind) && has_bit(places->zones, piece->zone) &&
           has_bit(places->parts, piece->part);
}

static bool
is_alnum(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* A Latin word counts only as a whole: "ISO" is not in "ISOMER". */
static bool
is_part_of_word(struct gb_str s, size_t begin, size_t end)
{
    return (begin > 0 && is_alnum(s.ptr[begin]) && is_alnum(s.ptr[begin - 1])) ||
           (end < s.len && is_alnum(s.ptr[end - 1]) && is_alnum(s.ptr[end]));
}

/* Ten bits of a character, of its last two bytes. */
static unsigned
character_key(const char *last)
{
    unsigned third = (unsigned char)last[0], second = third < 0x80 ? third : (unsigned char)last[-1];

    return (third & 0xF) << 6 | (second & 0x3F);
}

static bool
has_character(const struct characters *characters, const char *last)
{
    unsigned key = character_key(last);

    return characters->bits[key / 64] >> (key % 64) & 1;
}

static void
add_character(struct characters *characters, const char *last)
{
    unsigned key = character_key(last);

    characters->bits[key / 64] |= UINT64_C(1) << (key % 64);
}

static const struct exempt *
exempt_of(struct gb_check *check)
{
    struct exempt *exempt;

    if (check->exempt)
        return check->exempt;
    exempt = gb_arena_new(check->run->context.arena, struct exempt);
    exempt->words = gb_rule_value(check->rule, GB_SEARCH_EXEMPT);
    exempt->shortest = SIZE_MAX;
    for (size_t i = 0, n = gb_value_count(&exempt->words); i < n; i++) {
        struct gb_str word = gb_value_word(&exempt->words, i);
        exempt->shortest = word.len < exempt->shortest ? word.len : exempt->shortest;
        for (size_t at = 0; at < word.len;) {
            gb_utf8_at(word, at, &at);
            add_character(&exempt->characters, word.ptr + at - 1);
        }
    }
    return check->exempt = exempt;
}

/* Where one of the words holds the hit and more, one of its characters stands beside it. */
static bool
may_be_exempt(const struct exempt *exempt, struct gb_str s, size_t begin, size_t end)
{
    size_t next = end;

    if (end - begin >= exempt->shortest || (begin > 0 && has_character(&exempt->characters, s.ptr + begin - 1)))
        return true;
    if (end < s.len)
        gb_utf8_at(s, end, &next);
    return next > end && has_character(&exempt->characters, s.ptr + next - 1);
}

/* Does the hit lie inside one of the words that the entry exempts? */
static bool
is_exempt(const struct exempt *exempt, struct gb_str s, size_t begin, size_t end)
{
    size_t n = gb_value_count(&exempt->words);

    if (!n || !may_be_exempt(exempt, s, begin, end))
        return false;
    for (size_t i = 0; i < n; i++) {
        struct gb_str word = gb_value_word(&exempt->words, i);
        size_t from = end > word.len ? end - word.len : 0;

        for (size_t at = from; word.len && at <= begin && at + word.len <= s.len; at++) {
            if (s.ptr[at] == word.ptr[0] && s.ptr[at + word.len - 1] == word.ptr[word.len - 1] &&
                memcmp(s.ptr + at, word.ptr, word.len) == 0)
                return true;
        }
    }
    return false;
}

/* Does it stand where the rule does not look? The range of the hit is that of its text. */
static bool
is_excepted(struct run *run, struct gb_check *check, const struct gb_found *found)
{
    uint32_t contexts = check->rule->head->contexts;

    if (is_exempt(exempt_of(check), found->str, found->match.begin, found->match.end))
        return true;
    if (!contexts)
        return false;
    if (!run->has_stretches)
        gb_find_stretches(run->piece.text, &run->stretches);
    run->has_stretches = true;
    return run->stretches.items.len && gb_in_stretch(&run->stretches, contexts, found->begin, found->end);
}

static void
begin_piece(struct run *run, struct gb_check *check)
{
    if (check->piece == run->serial)
        return;
    check->piece = run->serial;
    check->end = check->from = 0;
    check->is_marked = false;
}

/* Hands a hit, of which `match` and `word` are set, to the rule's check unless it stands where the rule does not look. */
static void
call_hit(struct run *run, struct gb_check *check, struct gb_found *found)
{
    const struct gb_joined *joined = run->piece.joined;
    const struct gb_rule *rule = check->rule;

    found->begin = found->match.begin;
    found->end = found->match.end;
    if (joined->gaps.len) {
        found->begin = gb_joined_begin(joined, found->begin);
        found->end = gb_joined_end(joined, found->end);
    }
    if (found->end > found->begin && !is_excepted(run, check, found))
        (rule->native ? rule->native->hit : rule->kind->hit)(check, found);
}

static void
call_match(struct run *run, struct gb_check *check, const struct gb_match *match)
{
    struct gb_found found = run->found;

    if (match->end == match->begin)
        return;
    found.match = *match;
    found.word = GB_NOT_FOUND;
    call_hit(run, check, &found);
}

/* The pattern is tried at a key with which a match may begin. */
static void
try_pattern(struct run *run, struct gb_check *check, size_t at)
{
    uint32_t before = run->matcher.failures;
    struct gb_match match;

    if (at < check->from || check->failures >= MOST_FAILURES)
        return;
    check->from = at + 1;
    if (gb_pattern_match_at(check->rule->pattern, &run->matcher, run->piece.str, at, &match)) {
        check->from = match.end > at ? match.end : at + 1;
        call_match(run, check, &match);
    }
    check->failures += run->matcher.failures - before;
}

static void
on_key(struct run *run, struct gb_check *check, size_t at)
{
    if (check->rule->opens) {
        try_pattern(run, check, at);
        return;
    }
    if (!check->is_marked)
        *gb_push(&run->marked) = (uint32_t)(check - run->checks);
    check->is_marked = true;
}

static void
on_literal(void *data, const struct gb_literal_hit *hit)
{
    struct run *run = data;
    struct gb_check *check = &run->checks[run->table->first + hit->id / 2];

    if (check->rule->in_extra != run->table->is_extra || !looks_here(check, &run->piece))
        return;
    begin_piece(run, check);
    if (hit->id & 1) {
        on_key(run, check, hit->begin);
        return;
    }
    if (hit->begin < check->end || is_part_of_word(run->piece.str, hit->begin, hit->end))
        return;
    check->end = hit->end;
    run->found.match.begin = hit->begin;
    run->found.match.end = hit->end;
    run->found.word = hit->word;
    call_hit(run, check, &run->found);
}

static const struct openers *
openers_of(struct gb_check *check)
{
    const struct gb_rule *rule = check->rule;
    struct gb_arena *arena = check->run->context.arena;

    if (check->openers)
        return check->openers;
    struct openers *openers = gb_arena_new(arena, struct openers);
    struct gb_str *items = gb_arena_new_array(arena, struct gb_str, rule->data->openers.n);
    for (size_t i = 0, next; i < rule->data->openers.n; i++) {
        items[i] = gb_image_word(rule->image, rule->data->openers, i);
        gb_utf8_at(items[i], 0, &next);
        add_character(&openers->heads, items[i].ptr + next - 1);
    }
    openers->items = items;
    openers->n = rule->data->openers.n;
    return check->openers = openers;
}

/* The pattern is tried at its openers: the library would try it at each character. */
static void
run_at_openers(struct run *run, struct gb_check *check)
{
    const struct openers *openers = openers_of(check);
    struct gb_str str = run->piece.str;

    for (size_t at = 0, next; at < str.len; at = next) {
        gb_utf8_at(str, at, &next);
        if (!has_character(&openers->heads, str.ptr + next - 1))
            continue;
        for (size_t i = 0; i < openers->n; i++) {
            if (gb_str_starts(gb_str_skip(str, at), openers->items[i])) {
                try_pattern(run, check, at);
                break;
            }
        }
    }
}

static void
run_pattern(struct run *run, struct gb_check *check)
{
    struct gb_str str = run->piece.str;
    struct gb_match match;
    size_t from = 0;

    while (gb_check_match(check, check->rule->pattern, str, from, &match)) {
        call_match(run, check, &match);
        from = match.end > from ? match.end : from + 1;
        while (from < str.len && (str.ptr[from] & 0xC0) == 0x80)
            from++;
    }
}

static void
search_piece(void *data, const struct gb_piece *piece)
{
    struct run *run = data;

    run->piece = *piece;
    run->found.node = piece->node;
    run->found.text = piece->text;
    run->found.part = piece->part;
    run->found.zone = piece->zone;
    run->found.str = piece->str;
    run->serial++;
    run->has_stretches = false;
    run->marked.len = 0;
    for (size_t i = 0; i < run->rules->tables.len; i++) {
        run->table = &run->rules->tables.items[i];
        gb_literals_scan(run->table->words, piece->str, on_literal, run);
    }
    for (size_t i = 0; i < run->marked.len; i++) {
        struct gb_check *check = &run->checks[run->marked.items[i]];

        if (check->rule->has_openers)
            run_at_openers(run, check);
        else
            run_pattern(run, check);
    }
    for (size_t i = 0; i < run->slow.len; i++) {
        if (looks_here(&run->checks[run->slow.items[i]], piece))
            run_pattern(run, &run->checks[run->slow.items[i]]);
    }
}

/* ---- The walk ---- */

static void
call(const struct run *run, const struct gb_node *node)
{
    const struct on *on = run->on[node->kind].items;

    for (size_t i = 0; i < run->on[node->kind].len; i++)
        on[i].run(on[i].check, node);
}

static void
add_check(struct run *run, uint32_t i)
{
    const struct gb_rule *rule = run->checks[i].rule;

    run->checks[i].is_on = true;
    if (rule->head->does_search) {
        run->places.kinds |= rule->head->places.kinds;
        run->places.zones |= rule->head->places.zones;
        run->places.parts |= rule->head->places.parts;
        if (rule->pattern && rule->is_slow)
            *gb_push(&run->slow) = i;
        return;
    }
    for (int kind = 0; kind < GB_NODE_KIND_COUNT; kind++) {
        if (has_bit(rule->on, (unsigned)kind))
            *gb_push(&run->on[kind]) =
                (struct on){rule->native ? rule->native->run : rule->kind->run, &run->checks[i]};
    }
}

static void
prepare(struct run *run)
{
    const struct gb_check_context *context = &run->context;
    struct gb_switches switches = gb_find_switches(run->rules, context->facts);

    run->checks = gb_arena_new_array(context->arena, struct gb_check, run->rules->n_rules + 1);
    run->memos = gb_arena_new_array(context->arena, struct param_memo *, run->rules->n_rules + 1);
    for (uint32_t i = 0; i < run->rules->n_rules; i++) {
        const struct gb_rule *rule = &run->rules->rules[i];

        run->checks[i].run = run;
        run->checks[i].rule = rule;
        if ((rule->head->is_report && !rule->native) || !gb_rule_is_on(run->rules, rule, context->facts, &switches))
            continue;
        if (context->doc->is_standard || gb_str_starts(gb_rule_code(rule), GB_STR("INP-")))
            add_check(run, i);
    }
}

/* Checks that collected their hits tell of them. */
static void
finish_checks(struct run *run)
{
    for (uint32_t i = 0; i < run->rules->n_rules; i++) {
        struct gb_check *check = &run->checks[i];

        if (check->is_on && check->rule->native && check->rule->native->finish)
            check->rule->native->finish(check, run->context.doc->root);
    }
}

static void
report_failures(struct run *run)
{
    for (uint32_t i = 0; i < run->rules->n_rules; i++) {
        struct gb_check *check = &run->checks[i];

        if (check->failures)
            gb_not_checked(check, gb_rule_code(check->rule),
                           gb_arena_printf(run->context.arena,
                                           run->rules->english
                                               ? "its pattern reached the match limit %u times%s"
                                               : "正则表达式有%u次超出匹配限度，相应的文字没有检查%s",
                                           check->failures,
                                           check->failures < MOST_FAILURES ? ""
                                           : run->rules->english           ? "; what follows was not checked by it"
                                                                           : "，其后的文字也没有用它检查"));
    }
}

void
gb_rules_run(const struct gb_ruleset *rules, const struct gb_doc *doc, const struct gb_facts *facts,
             struct gb_report *report)
{
    struct run run = {.rules = rules, .report = report, .context = {doc, facts, doc->arena}};

    prepare(&run);
    call(&run, doc->root);
    for (const struct gb_node *top = doc->root->first; top; top = top->next) {
        enum gb_zone zone = zone_of(top);

        for (const struct gb_node *node = top; node; node = gb_node_walk(node, top)) {
            call(&run, node);
            gb_each_piece(node, zone, run.places, search_piece, &run);
        }
    }
    finish_checks(&run);
    report_failures(&run);
    gb_matcher_release(&run.matcher);
    gb_array_release(&run.stretches.items);
    gb_array_release(&run.marked);
    gb_array_release(&run.slow);
    for (int i = 0; i < GB_NODE_KIND_COUNT; i++)
        gb_array_release(&run.on[i]);
}
