/* The rule kinds. Each is one small function over the parameters of an entry; rules/README.md tells authors of them. */
#include "rule/ruleset_priv.h"

#include <stdio.h>

#define KIND(id) (UINT32_C(1) << GB_NODE_##id)
#define ZONE(id) (UINT32_C(1) << GB_ZONE_##id)
#define PART(id) (UINT32_C(1) << GB_PART_##id)

/* Running text: all that the author words, without lists of references, contents and cover. */
#define PROSE_KINDS                                                                                                    \
    (((UINT32_C(1) << GB_NODE_KIND_COUNT) - 1) &                                                                       \
     ~(KIND(COMMENT) | KIND(REF) | KIND(ENTRY) | KIND(REFS) | KIND(SOURCE) | KIND(TOC) | KIND(COVER)))
#define PROSE_ZONES                                                                                                    \
    (ZONE(FOREWORD) | ZONE(INTRO) | ZONE(SCOPE) | ZONE(TERMS) | ZONE(SYMBOLS) | ZONE(BODY) | ZONE(NORMATIVE_ANNEX) |   \
     ZONE(INFORMATIVE_ANNEX))
#define PROSE                                                                                                          \
    {                                                                                                                  \
        PROSE_KINDS, PROSE_ZONES, PART(TEXT) | PART(CELL)                                                              \
    }
#define ANYWHERE                                                                                                       \
    {                                                                                                                  \
        ((UINT32_C(1) << GB_NODE_KIND_COUNT) - 1) & ~KIND(COMMENT), (UINT32_C(1) << GB_ZONE_COUNT) - 1,                \
            (UINT32_C(1) << GB_PART_COUNT) - 1                                                                         \
    }

/* ---- forbid: words or a pattern must not occur ---- */

const char *
gb_verify_search(const struct gb_image_param *params)
{
    if (!params[GB_SEARCH_PATTERN].is_set && !params[GB_SEARCH_WORDS].is_set)
        return GB_ERROR_SAY("缺“words”或“pattern”", "“words” or “pattern” is missing");
    if (params[GB_SEARCH_KEYS].is_set && !params[GB_SEARCH_PATTERN].is_set)
        return GB_ERROR_SAY("“keys”只与“pattern”同用", "“keys” goes with “pattern” only");
    return NULL;
}

/* Arguments of a hit: {0} what was found, {1} … the groups of the pattern. */
static size_t
hit_args(const struct gb_found *found, struct gb_str *args)
{
    size_t n = 0;

    args[n++] = gb_found_str(found);
    for (size_t i = 0; i < found->match.n_groups; i++)
        args[n++] = found->match.groups[i].ptr ? found->match.groups[i] : GB_STR("");
    return n;
}

/* The case that the entry gives to a word, or NULL. */
static const char *
case_of(const struct gb_rule *rule, const struct gb_str *found)
{
    struct gb_value cases = gb_rule_value(rule, GB_SEARCH_CASE);

    for (size_t i = 0; i < gb_value_count(&cases); i++) {
        if (gb_str_eq(gb_value_word(&cases, 2 * i), *found))
            return gb_value_word(&cases, 2 * i + 1).ptr;
    }
    return NULL;
}

static void
forbid_hit(struct gb_check *check, const struct gb_found *found)
{
    struct gb_str args[GB_MATCH_GROUPS + 1];
    size_t n = hit_args(found, args);

    gb_report_case(check, case_of(gb_check_rule(check), &args[0]), gb_at_found(found), found->node, args, n);
}

/* ---- replace: word → word, or pattern → template ---- */

enum { REPLACE_BY = GB_SEARCH_WORDS + 1 };

static const char *
verify_replace(const struct gb_image_param *params)
{
    if (params[GB_SEARCH_PATTERN].is_set != params[REPLACE_BY].is_set)
        return GB_ERROR_SAY("“pattern”与“by”应同时给出", "“pattern” and “by” go together");
    return gb_verify_search(params);
}

/* The template with {0}, {1} … as in messages. */
static struct gb_str
expand_template(struct gb_str template, const struct gb_str *args, size_t n, struct gb_arena *arena)
{
    struct gb_buf out = {0};

    for (size_t i = 0; i < template.len; i++) {
        bool is_slot = template.ptr[i] == '{' && i + 2 < template.len && template.ptr[i + 2] == '}';
        size_t which = is_slot ? (size_t)(template.ptr[i + 1] - '0') : 0;
        if (is_slot && which < n) {
            gb_buf_add(&out, args[which]);
            i += 2;
        } else {
            gb_buf_add_char(&out, template.ptr[i]);
        }
    }
    return gb_buf_take(&out, arena);
}

static void
replace_hit(struct gb_check *check, const struct gb_found *found)
{
    const struct gb_rule *rule = gb_check_rule(check);
    struct gb_value words = gb_rule_value(rule, GB_SEARCH_WORDS);
    struct gb_str args[GB_MATCH_GROUPS + 1], by;
    struct gb_at at = gb_at_found(found);
    size_t n = hit_args(found, args);

    if (found->word == GB_NOT_FOUND)
        by = expand_template(gb_param_text(check, "by"), args, n, check->arena);
    else
        by = gb_value_word(&words, 2 * found->word + 1);
    struct gb_finding *f = gb_report_case(check, case_of(rule, &args[0]), at, found->node, GB_ARGS(args[0], by));
    if (by.len || found->word == GB_NOT_FOUND)
        gb_fix(check, f, at.span, by);
}

/* ---- What the kinds below share ---- */

bool
gb_kind_is_of(struct gb_check *check, const struct gb_node *node)
{
    uint32_t of = gb_check_rule(check)->head->of;

    return of < 0x100 || of - 0x100 == (uint32_t)node->role;
}

struct gb_at
gb_kind_head(const struct gb_node *node)
{
    return node->kind == GB_NODE_DOC ? gb_at_lines((struct gb_span){0, 0}) : gb_at_head(node);
}

/* Title of the node for messages, else its number. */
static struct gb_str
name_of(const struct gb_node *node)
{
    return node->title.str.len ? node->title.str : node->number.str;
}

/* ---- require: words or a pattern must occur in each node `of` a kind ---- */

struct require {
    struct gb_check *check;
    struct gb_value pattern, words, when;
    bool *found; /* one for each word; the last is the pattern's */
    bool is_due; /* `when` was met */
};

static void
require_piece(void *data, const struct gb_piece *piece)
{
    struct require *r = data;
    size_t n = gb_value_count(&r->words);
    struct gb_match match;

    for (size_t i = 0; i < n; i++)
        r->found[i] = r->found[i] || gb_str_has(piece->str, gb_value_word(&r->words, i));
    if (r->pattern.data->is_set && !r->found[n])
        r->found[n] = gb_check_match(r->check, r->pattern.patterns[0], piece->str, 0, &match);
    if (!r->is_due)
        r->is_due = gb_check_match(r->check, r->when.patterns[0], piece->str, 0, &match);
}

static void
run_require(struct gb_check *check, const struct gb_node *node)
{
    const struct gb_rule *rule = gb_check_rule(check);
    struct require r = {
        .check = check,
        .pattern = gb_rule_param(rule, "pattern"),
        .words = gb_rule_param(rule, "words"),
        .when = gb_rule_param(rule, "when"),
    };
    size_t n = gb_value_count(&r.words), missing = GB_NOT_FOUND;
    bool is_any = false, wants_all = gb_param_bool(check, "all");

    if (!gb_kind_is_of(check, node))
        return;
    r.is_due = !r.when.data->is_set;
    r.found = gb_arena_new_array(check->arena, bool, n + 1);
    gb_each_piece_in(node, rule->head->places, require_piece, &r);
    for (size_t i = 0; i < n + 1; i++) {
        if (i == n && !r.pattern.data->is_set)
            break;
        is_any = is_any || r.found[i];
        missing = missing == GB_NOT_FOUND && !r.found[i] ? i : missing;
    }
    if (!r.is_due || (wants_all ? missing == GB_NOT_FOUND : is_any))
        return;
    struct gb_str what = missing < n ? gb_value_word(&r.words, missing) : GB_STR("");
    gb_report(check, gb_kind_head(node), node, GB_ARGS(name_of(node), what));
}

static const char *
verify_require(const struct gb_image_param *params)
{
    return params[0].is_set || params[1].is_set
               ? NULL
               : GB_ERROR_SAY("缺“words”或“pattern”", "“words” or “pattern” is missing");
}

/* ---- order: texts that match the patterns come in the patterns' order ---- */

struct order {
    struct gb_check *check;
    struct gb_value patterns;
    size_t highest; /* rank seen so far, from 1 */
    struct gb_str highest_text;
};

static void
order_piece(void *data, const struct gb_piece *piece)
{
    struct order *o = data;
    struct gb_match match;

    for (size_t i = 0; i < gb_value_count(&o->patterns); i++) {
        if (!gb_check_match(o->check, o->patterns.patterns[i], piece->str, 0, &match))
            continue;
        struct gb_str text = gb_str_sub(piece->str, match.begin, match.end);
        if (i + 1 >= o->highest) {
            o->highest = i + 1;
            o->highest_text = text;
        } else {
            gb_report(o->check, gb_piece_at(piece, match.begin, match.end), piece->node,
                      GB_ARGS(text, o->highest_text));
        }
        return;
    }
}

static void
run_order(struct gb_check *check, const struct gb_node *node)
{
    struct order o = {.check = check, .patterns = gb_rule_param(gb_check_rule(check), "patterns")};

    if (gb_kind_is_of(check, node))
        gb_each_piece_in(node, gb_check_rule(check)->head->places, order_piece, &o);
}

static const char *
verify_order(const struct gb_image_param *params)
{
    return params[0].words.n >= 2 ? NULL : GB_ERROR_SAY("“patterns”至少要两个", "“patterns” must be two at least");
}

/* ---- count: how often a kind of node, or a pattern, occurs under a node ---- */

struct count {
    struct gb_check *check;
    struct gb_pattern *pattern;
    double max;
    size_t n;
    struct gb_at excess; /* the first one too many */
    bool has_excess;
};

static void
count_one(struct count *c, struct gb_at at)
{
    c->n++;
    if ((double)c->n > c->max && !c->has_excess) {
        c->excess = at;
        c->has_excess = true;
    }
}

static void
count_piece(void *data, const struct gb_piece *piece)
{
    struct count *c = data;
    struct gb_match match;
    size_t from = 0;

    while (gb_check_match(c->check, c->pattern, piece->str, from, &match) && match.end > from) {
        count_one(c, gb_piece_at(piece, match.begin, match.end));
        from = match.end;
    }
}

static void
count_nodes(struct count *c, const struct gb_node *top, enum gb_node_kind kind, bool deep)
{
    for (const struct gb_node *n = top->first; n; n = deep ? gb_node_walk(n, top) : n->next) {
        if (n->kind == kind)
            count_one(c, gb_at_head(n));
    }
}

static void
run_count(struct gb_check *check, const struct gb_node *node)
{
    const struct gb_rule *rule = gb_check_rule(check);
    struct gb_value pattern = gb_rule_param(rule, "pattern"), what = gb_rule_param(rule, "what"),
                    max = gb_rule_param(rule, "max"), min = gb_rule_param(rule, "min");
    struct count c = {.check = check, .max = max.data->is_set ? gb_value_number(&max) : 1e9};
    char number[32], limit[32];

    if (!gb_kind_is_of(check, node))
        return;
    if (pattern.data->is_set) {
        c.pattern = pattern.patterns[0];
        gb_each_piece_in(node, rule->head->places, count_piece, &c);
    } else {
        count_nodes(&c, node, (enum gb_node_kind)what.data->number[0], gb_param_bool(check, "deep"));
    }
    bool is_few = min.data->is_set && (double)c.n < gb_value_number(&min);
    if (!is_few && !c.has_excess)
        return;
    snprintf(number, sizeof(number), "%zu", c.n);
    snprintf(limit, sizeof(limit), "%g", is_few ? gb_value_number(&min) : c.max);
    gb_report_case(check, is_few ? "few" : "many", is_few ? gb_kind_head(node) : c.excess, node,
                   GB_ARGS(name_of(node), gb_arena_copy(check->arena, gb_str_from(number)),
                           gb_arena_copy(check->arena, gb_str_from(limit))));
}

static const char *
verify_count(const struct gb_image_param *params)
{
    if (params[0].is_set == params[1].is_set)
        return GB_ERROR_SAY("“what”与“pattern”应给且只给一个", "give either “what” or “pattern”");
    if (params[0].is_set && params[0].number[0] >= 0x100)
        return GB_ERROR_SAY("“what”应为节点的种类", "“what” must be a kind of node");
    return params[2].is_set || params[3].is_set ? NULL : GB_ERROR_SAY("缺“min”或“max”", "“min” or “max” is missing");
}

const struct gb_places gb_prose = PROSE;

const struct gb_kind_def gb_kinds[] = {
    {
        .name = "forbid",
        .params = GB_SEARCH_PARAMS "words:words",
        .cases = "*",
        .places = PROSE,
        .verify = gb_verify_search,
        .hit = forbid_hit,
    },
    {
        .name = "replace",
        .params = GB_SEARCH_PARAMS "words:pairs by:text",
        .cases = "*",
        .places = PROSE,
        .verify = verify_replace,
        .hit = replace_hit,
    },
    {
        .name = "require",
        .of = 3,
        .params = "pattern:pattern words:words all:bool of:node in:places when:pattern",
        .places = ANYWHERE,
        .verify = verify_require,
        .run = run_require,
    },
    {
        .name = "order",
        .of = 1,
        .params = "patterns:patterns of:node in:places",
        .places = ANYWHERE,
        .verify = verify_order,
        .run = run_order,
    },
    {
        .name = "count",
        .of = 5,
        .params = "what:node pattern:pattern min:number max:number deep:bool of:node in:places",
        .cases = "few many",
        .places = ANYWHERE,
        .verify = verify_count,
        .run = run_count,
    },
    {
        /* Reported by the program itself, before or after the walk. */
        .name = "outside",
        .params = "",
        .cases = "*",
    },
    {
        .name = "fixed-text",
        .of = 9,
        .params = "texts:words texts-2009:words texts-2020:words variants:pairs like:words unlike:words near:number "
                  "required:bool has:node of:node in:places",
        .cases = "*",
        .places = {PROSE_KINDS, (UINT32_C(1) << GB_ZONE_COUNT) - 1, PART(TEXT)},
        .verify = gb_verify_fixed_text,
        .run = gb_run_fixed_text,
    },
    {0},
};
