/*
 * What a document about a service covers: SVC-001 to SVC-008. DB32/T 2796—2015, 7.3.1.6, 7.3.3, 7.3.4.2, 7.3.5; GB/T
 * 20001.5—2017, 6.3. How the words are chosen is told by rules/words/service.yaml.
 */
#include "check/service/service_priv.h"

#include "facts/cover.h"
#include "facts/quantity.h"

/* ---- Vocabularies ---- */

static size_t
count_words(struct gb_str words)
{
    size_t n = 0;

    for (struct gb_str word; gb_str_cut(&words, ' ', &word);)
        n += word.len > 0;
    return n;
}

static void
add_words(struct gb_vocabulary *v, struct gb_str words, size_t thing)
{
    for (struct gb_str word; gb_str_cut(&words, ' ', &word);) {
        if (!word.len)
            continue;
        v->words[v->n_words] = word;
        v->thing[v->n_words++] = (uint8_t)thing;
    }
}

static unsigned
chain_of(struct gb_str word)
{
    return word.len < GB_HAN ? 0 : (unsigned char)word.ptr[GB_HAN - 1] & 63;
}

struct gb_vocabulary
gb_vocabulary_of(struct gb_check *check, const char *key)
{
    struct gb_arena *arena = check->arena;
    struct gb_vocabulary v = {0};
    size_t total = 0;

    v.n = gb_param_words(check, key, &v.names);
    if (v.n > GB_MOST_THINGS)
        v.n = GB_MOST_THINGS;
    for (size_t i = 0; i < v.n; i++)
        total += count_words(v.names[2 * i + 1]);
    v.words = gb_arena_new_array(arena, struct gb_str, total + 1);
    v.thing = gb_arena_new_array(arena, uint8_t, total + 1);
    for (size_t i = 0; i < v.n; i++)
        add_words(&v, v.names[2 * i + 1], i);
    v.set = gb_words_new(arena, v.words, v.n_words);
    v.next = gb_arena_new_array(arena, uint16_t, v.n_words + 1);
    for (size_t i = v.n_words < UINT16_MAX ? v.n_words : UINT16_MAX - 1; i > 0; i--) {
        uint16_t *chain = &v.heads[chain_of(v.words[i - 1])];
        v.next[i] = *chain;
        *chain = (uint16_t)i;
    }
    return v;
}

/* The next of its words in s at or behind *at, which moves behind it: which thing it names. False when there is none. */
static bool
vocabulary_next(const struct gb_vocabulary *v, struct gb_str s, size_t *at, size_t *out_begin, unsigned *out_thing)
{
    size_t here = *at;

    for (; here + GB_HAN <= s.len; here += gb_utf8_length((unsigned char)s.ptr[here])) {
        if (!gb_words_bit(v->set->heads, s.ptr + here))
            continue;
        struct gb_str word = gb_str_sub(s, here, here + gb_words_longest_start(v->set, gb_str_skip(s, here)));
        for (size_t i = word.len ? v->heads[chain_of(word)] : 0; i; i = v->next[i]) {
            /* 渔业主管部门 is no 业主. */
            if (!gb_str_eq(v->words[i - 1], word) ||
                gb_str_starts(gb_str_skip(s, here + word.len - GB_HAN), GB_STR("主管")))
                continue;
            *out_begin = here;
            *out_thing = v->thing[i - 1];
            *at = here + word.len;
            return true;
        }
    }
    *at = s.len;
    return false;
}

uint32_t
gb_vocabulary_in(const struct gb_vocabulary *v, struct gb_str s)
{
    uint32_t mask = 0;
    unsigned thing;

    for (size_t at = 0, begin; vocabulary_next(v, s, &at, &begin, &thing);)
        mask |= UINT32_C(1) << thing;
    return mask;
}

struct gb_str
gb_thing_names(struct gb_check *check, const struct gb_vocabulary *v, uint32_t mask)
{
    struct gb_buf names = {0};

    for (size_t i = 0; i < v->n; i++) {
        if (!(mask >> i & 1))
            continue;
        gb_buf_puts(&names, names.len ? "、" : "");
        gb_buf_add(&names, gb_thing_name(v, i));
    }
    return gb_buf_take(&names, check->arena);
}

static uint32_t
all_of(const struct gb_vocabulary *v)
{
    return v->n == GB_MOST_THINGS ? UINT32_MAX : (UINT32_C(1) << v->n) - 1;
}

/* ---- Which documents ---- */

/* The title of the draft: where it stands before chapter 1, else on the cover, else the head of its first chapter. */
static struct gb_at
at_title(const struct gb_facts *facts, const struct gb_node **out_node)
{
    *out_node = facts->title;
    if (facts->title)
        return gb_at_head(facts->title);
    *out_node = facts->cover;
    if (facts->cover && facts->cover->u.cover->title.str.len)
        return gb_at_text(&facts->cover->u.cover->title);
    *out_node = facts->n_chapters ? facts->chapters[0] : NULL;
    return *out_node ? gb_at_head(*out_node) : (struct gb_at){.by_line = true};
}

static void
report_at_title(struct gb_check *c, const char *which, struct gb_str what)
{
    const struct gb_node *node;
    struct gb_at at = at_title(c->facts, &node);

    gb_report_case(c, which, at, node, GB_ARGS(what));
}

static struct gb_str
title_of(const struct gb_check *c)
{
    return c->doc->root->title.str;
}

static bool
is_about_documents(struct gb_str title)
{
    return GB_HAS_ONE_OF(title, "工作指南", "标准体系", "术语", "编制导则", "评价");
}

static bool
is_about_standards(struct gb_str title)
{
    return is_about_documents(title) || gb_str_has(title, GB_STR("管理规范"));
}

/* How surely the document describes the handling of a business. */
enum business { NO_BUSINESS, LIKE_BUSINESS, BUSINESS };

static enum business
business_of(const struct gb_check *c)
{
    GB_WORDS(subjects, "经办", "办理", "业务", "服务", "办事", "流程");
    GB_WORDS(handled, "经办", "办理", "业务流程", "业务规程");
    struct gb_str title = title_of(c);
    bool inferred = gb_facts_has_profile(c->facts, GB_STR("service-business"));

    if (is_about_standards(title))
        return NO_BUSINESS;
    if (inferred)
        return !title.len || GB_HAS_ANY(title, subjects) ? BUSINESS : LIKE_BUSINESS;
    return GB_HAS_ANY(title, handled) ? LIKE_BUSINESS : NO_BUSINESS;
}

/* 服务规范, and what the profile says is one. */
static bool
is_service_specification(const struct gb_check *c)
{
    struct gb_str title = title_of(c);

    return !is_about_standards(title) && (gb_facts_has_profile(c->facts, GB_STR("service-business")) ||
                                          (gb_str_is(c->facts->function, "规范") && gb_str_has(title, GB_STR("服务"))));
}

/* Does the node hold text of a normative element: scope, technical chapters, normative annexes? Notes and examples are none. */
static bool
is_normative_text(const struct gb_node *node)
{
    if (!GB_AMONG(node->kind, GB_NODE_PARA, GB_NODE_ITEM, GB_NODE_TABLE))
        return false;
    if (GB_ANY(GB_CHAIN(n, node->parent, n->parent),
               GB_AMONG(n->kind, GB_NODE_NOTE, GB_NODE_EXAMPLE, GB_NODE_FOOTNOTE, GB_NODE_TERM)))
        return false;
    enum gb_zone zone = gb_zone_of(node);
    return GB_AMONG(zone, GB_ZONE_SCOPE, GB_ZONE_BODY, GB_ZONE_NORMATIVE_ANNEX);
}

/* ---- SVC-001 ---- */

/* The slots that titles of clauses name, beside those that were found before. */
static uint32_t
slots_in_titles(struct gb_check *c, const struct gb_vocabulary *v, uint32_t found)
{
    const struct gb_nodes *clauses = &c->facts->of_kind[GB_NODE_CLAUSE];

    for (uint32_t i = 0; i < clauses->n && found != all_of(v); i++) {
        if (clauses->items[i]->role == GB_ROLE_NONE)
            found |= gb_vocabulary_in(v, clauses->items[i]->title.str);
    }
    return found;
}

static uint32_t
slots_in_text(struct gb_check *c, const struct gb_vocabulary *v, uint32_t wanted, bool with_scope)
{
    uint32_t found = 0;

    for (uint32_t i = 0; i < c->facts->n_sentences && (found & wanted) != wanted; i++) {
        const struct gb_sentence *s = &c->facts->sentences[i];
        uint32_t here = gb_vocabulary_in(v, GB_WORDS_OF(s));
        if (here & ~found && is_normative_text(s->node) && (with_scope || gb_zone_of(s->node) != GB_ZONE_SCOPE))
            found |= here;
    }
    return found;
}

/* The scope is chapter 1, and where that is missing STR-001 says so. */
enum { SCOPE_SLOT = 1 };

/* The content that 7.3.4.2 lists: a title is silent, text alone is told, nothing is warned of. */
static void
check_content_list(struct gb_check *c)
{
    enum business business = business_of(c);

    if (business == NO_BUSINESS || !gb_is_whole_draft(c))
        return;
    struct gb_vocabulary v = gb_vocabulary_of(c, "slots");
    uint32_t open = all_of(&v) & ~slots_in_titles(c, &v, SCOPE_SLOT);
    uint32_t in_text = open ? slots_in_text(c, &v, open, true) & open : 0;
    if (open & ~in_text)
        report_at_title(c, business == BUSINESS ? NULL : "like", gb_thing_names(c, &v, open & ~in_text));
    if (in_text)
        report_at_title(c, "text", gb_thing_names(c, &v, in_text));
}

/* ---- SVC-002, SVC-003 ---- */

struct element {
    const struct gb_sentence *first; /* that names it */
    size_t begin, end;
    bool regulated;
};

static bool
is_provision(const struct gb_sentence *s)
{
    return GB_AMONG(s->type, GB_TYPE_REQUIREMENT, GB_TYPE_RECOMMENDATION, GB_TYPE_INSTRUCTION);
}

/* What the titles above a node name; asked again for the next sentence of the same clause. */
struct above {
    const struct gb_node *clause;
    uint32_t named;
};

static uint32_t
named_above(const struct gb_vocabulary *v, struct above *above, const struct gb_node *node)
{
    const struct gb_node *clause = gb_node_clause(node);

    if (clause == above->clause)
        return above->named;
    above->clause = clause;
    above->named = 0;
    for (const struct gb_node *n = clause; n; n = n->parent)
        above->named |=
            gb_vocabulary_in(v, n->kind == GB_NODE_CLAUSE || n->kind == GB_NODE_ANNEX ? n->title.str : GB_STR(""));
    return above->named;
}

/* What the normative text says of the elements, and how many sentences of it were read: to where all have a provision. */
struct elements {
    struct gb_vocabulary v;
    struct element of[GB_MOST_THINGS];
    size_t n_sentences;
};

static size_t
find_elements(struct gb_check *c, const struct gb_vocabulary *v, struct element *elements)
{
    struct above above = {0};
    uint32_t open = all_of(v);
    size_t n = 0;

    for (uint32_t i = 0; i < c->facts->n_sentences && open; i++) {
        const struct gb_sentence *s = &c->facts->sentences[i];
        if (!is_normative_text(s->node))
            continue;
        n++;
        struct gb_str str = GB_WORDS_OF(s);
        uint32_t provided = is_provision(s) ? named_above(v, &above, s->node) : 0;
        unsigned thing;
        for (size_t at = 0, begin; vocabulary_next(v, str, &at, &begin, &thing);) {
            if (!elements[thing].first)
                elements[thing] = (struct element){s, s->begin + begin, s->begin + at,
                                                   elements[thing].regulated}; /* under a title, before */
            if (is_provision(s))
                provided |= UINT32_C(1) << thing;
        }
        open &= ~provided;
        for (size_t k = 0; k < v->n; k++)
            elements[k].regulated |= provided >> k & 1;
    }
    return n;
}

/* The two rules have the same elements, unless a user gives one of them others. */
static const struct elements *
elements_of(struct gb_check *c)
{
    static const char keys[2];
    const struct gb_str *names;
    size_t n = gb_param_words(c, "elements", &names);

    for (size_t i = 0; i < GB_COUNT(keys); i++) {
        struct elements *known = gb_check_shared(c, &keys[i], sizeof(*known));
        if (!known->v.names) {
            known->v = gb_vocabulary_of(c, "elements");
            known->n_sentences = find_elements(c, &known->v, known->of);
        }
        bool is_same = known->v.n == n;
        for (size_t k = 0; is_same && k < 2 * n; k++)
            is_same = gb_str_eq(known->v.names[k], names[k]);
        if (is_same || i + 1 == GB_COUNT(keys))
            return known;
    }
    return NULL;
}

/* Does the scope list what the document treats? Then it need not treat more. */
static bool
scope_lists_aspects(const struct gb_facts *facts)
{
    return GB_ANY(GB_CHAIN(n, facts->scope ? facts->scope->first : NULL, n->next),
                  n->kind == GB_NODE_LIST || gb_str_has(n->text.str, GB_STR("、")));
}

/* Key service elements are named: the missing ones as one summary. */
static void
check_key_elements(struct gb_check *c)
{
    uint32_t missing = 0;
    size_t n = 0;

    if (!is_service_specification(c) || !gb_is_whole_draft(c))
        return;
    const struct elements *elements = elements_of(c);
    for (size_t i = 0; i < elements->v.n; i++) {
        if (!elements->of[i].first && !elements->of[i].regulated) {
            missing |= UINT32_C(1) << i;
            n++;
        }
    }
    /* A text this short, or that names none at all, is a part of a draft or a damaged one. */
    if ((double)elements->n_sentences < gb_param_number(c, "least") || n == elements->v.n)
        return;
    bool many = (double)n >= gb_param_number(c, "many") && !scope_lists_aspects(c->facts);
    if (missing)
        report_at_title(c, many ? NULL : "few", gb_thing_names(c, &elements->v, missing));
}

/* Each element that is named has a provision. Told where it is named first. */
static void
check_elements_regulated(struct gb_check *c)
{
    if (!is_service_specification(c) || !gb_is_whole_draft(c))
        return;
    const struct elements *elements = elements_of(c);
    for (size_t i = 0; i < elements->v.n; i++) {
        const struct element *e = &elements->of[i];
        if (!e->first || e->regulated)
            continue;
        gb_report(c, gb_at_part(e->first->text, e->begin, e->end), e->first->node,
                  GB_ARGS(gb_str_sub(e->first->text->str, e->begin, e->end), gb_thing_name(&elements->v, i)));
    }
}

/* ---- SVC-004 to SVC-006: what the requirements are about ---- */

/* The subject of a requirement: what stands before its first modal, or nothing. */
static struct gb_str
subject_of(const struct gb_facts *facts, const struct gb_sentence *s)
{
    return !s->n_modals ? GB_STR("") : gb_str_sub(s->text->str, s->begin, facts->modals[s->modals].begin);
}

struct requirements {
    size_t n, inner, measured;
};

/* A value that a service is measured by: a time or a share. */
static bool
has_service_value(const struct gb_facts *facts, struct gb_str s)
{
    const struct gb_measures *units = gb_lexicon_measures(facts->lexicon);
    struct gb_quantity q;

    for (size_t at = 0; gb_quantity_next(units, s, &at, &q);) {
        const struct gb_measure_expression *unit = &q.amounts[q.n - 1].unit;
        if (gb_measure_is(unit, GB_MEASURE_PERCENT) || gb_measure_is(unit, GB_MEASURE_DURATION))
            return true;
        struct gb_str word = gb_str_sub(s, unit->begin, unit->end);
        if (unit->n && GB_IS_ONE_OF(word, "min", "s", "h", "d"))
            return true;
    }
    return GB_HAS_ONE_OF(s, "工作日", "当日", "当场");
}

static struct requirements
look_at_requirements(struct gb_check *c, const struct gb_han_words *inner)
{
    const struct gb_facts *facts = c->facts;
    struct requirements r = {0};

    GB_EACH(const struct gb_sentence, s, facts->sentences, facts->n_sentences) {
        if (s->type != GB_TYPE_REQUIREMENT || s->flags & GB_SENTENCE_INHERITS || !is_normative_text(s->node))
            continue;
        r.n++;
        if (inner)
            r.inner += gb_words_in(inner, subject_of(facts, s));
        else if (!r.measured) /* one is enough */
            r.measured += has_service_value(facts, GB_WORDS_OF(s));
    }
    return r;
}

static void
check_contact_surface(struct gb_check *c)
{
    if (!is_service_specification(c) || !gb_is_whole_draft(c))
        return;
    struct requirements r = look_at_requirements(c, gb_param_set(c, "inner"));
    if ((double)r.n >= gb_param_number(c, "least") && (double)r.inner > gb_param_number(c, "share") * (double)r.n)
        report_at_title(c, NULL, GB_STR(""));
}

static void
check_measurable(struct gb_check *c)
{
    if (!is_service_specification(c) || !gb_is_whole_draft(c))
        return;
    struct requirements r = look_at_requirements(c, NULL);
    if ((double)r.n >= gb_param_number(c, "least") && !r.measured)
        report_at_title(c, NULL, GB_STR(""));
}

/* People whom the service meets; what happens behind the counter needs none. */
static void
check_vulnerable(struct gb_check *c)
{
    const struct gb_facts *facts = c->facts;
    bool meets = false;

    if (!is_service_specification(c) || !gb_is_whole_draft(c))
        return;
    const struct gb_han_words *groups = gb_param_set(c, "groups"), *contact = gb_param_set(c, "contact");
    if (gb_words_in(groups, title_of(c)))
        return;
    for (uint32_t i = 0; i < facts->n_sentences; i++) {
        struct gb_str s = GB_WORDS_OF(&facts->sentences[i]);
        if (gb_words_in(groups, s))
            return;
        meets = meets || (gb_words_in(contact, s) && is_normative_text(facts->sentences[i].node));
    }
    if (meets)
        report_at_title(c, NULL, GB_STR(""));
}

/* ---- SVC-007 ---- */

/* Standards on a post or a department: 岗位职责, 岗位管理规范. */
static void
check_post(struct gb_check *c)
{
    struct gb_str title = title_of(c);

    if (!GB_HAS_ONE_OF(title, "岗位", "部门职责") || is_about_documents(title) || !gb_is_whole_draft(c))
        return;
    struct gb_vocabulary v = gb_vocabulary_of(c, "slots");
    uint32_t missing = all_of(&v) & ~slots_in_titles(c, &v, 0);
    missing &= ~(slots_in_text(c, &v, missing, false) & missing); /* 适用于救生员的管理和考核 tells of neither */
    if (missing)
        report_at_title(c, NULL, gb_thing_names(c, &v, missing));
}

/* ---- SVC-008 ---- */

/* 编号：Q/JSD 201—2024, 日期：2024-03-01: what a working requirement without a cover says at its head. */
static void
read_head(struct gb_check *c, bool *out_number, bool *out_date)
{
    enum { HEAD = 8 };
    const struct gb_node *n = c->doc->root->first;

    for (int i = 0; n && i < HEAD; n = n->next, i++) {
        struct gb_str s = gb_str_trim(n->text.str);
        size_t wide = gb_str_find(s, GB_STR("："), 0), narrow = gb_str_find(s, GB_STR(":"), 0);
        struct gb_date date = gb_cover_date(wide != GB_NOT_FOUND     ? gb_str_skip(s, wide + GB_HAN)
                                            : narrow != GB_NOT_FOUND ? gb_str_skip(s, narrow + 1)
                                                                     : s);
        uint32_t first = gb_first_identifier(c->facts, n);
        *out_date = *out_date || gb_date_is_valid(&date);
        *out_number = *out_number || (first < c->facts->n_identifiers && c->facts->identifiers[first].node == n);
    }
}

/* A working requirement needs no form of a standard, but its number, title and date put it into the system. */
static void
check_working_requirement(struct gb_check *c)
{
    const struct gb_facts *facts = c->facts;
    const struct gb_cover *cover = facts->cover ? facts->cover->u.cover : NULL;
    struct gb_buf missing = {0};
    const struct gb_node *node;

    if (!gb_facts_has_profile(facts, GB_STR("working-requirement")))
        return;
    bool has_number = facts->code.len > 0, has_date = cover && (cover->issued.str.len || cover->in_force.str.len);
    read_head(c, &has_number, &has_date);
    if (!has_number)
        gb_buf_puts(&missing, "编号");
    if (!c->doc->root->title.str.len)
        gb_buf_puts(&missing, missing.len ? "、名称" : "名称");
    if (!has_date)
        gb_buf_puts(&missing, missing.len ? "、日期" : "日期");
    struct gb_at at = at_title(facts, &node);
    if (!node && c->doc->root->first)
        at = gb_at_head(c->doc->root->first);
    if (missing.len)
        gb_report(c, at, node, GB_ARGS(gb_buf_take(&missing, c->arena)));
}

const struct gb_check_def gb_service_checks[] = {
    {.name = "service-content", .whole = check_content_list, .cases = "like text", .params = "slots:pairs"},
    {.name = "service-elements",
     .whole = check_key_elements,
     .cases = "few",
     .params = "elements:pairs many:number least:number"},
    {.name = "service-elements-regulated", .whole = check_elements_regulated, .params = "elements:pairs"},
    {.name = "contact-surface", .whole = check_contact_surface, .params = "inner:words least:number share:number"},
    {.name = "measurable-service", .whole = check_measurable, .params = "least:number"},
    {.name = "vulnerable-groups", .whole = check_vulnerable, .params = "groups:words contact:words"},
    {.name = "post-content", .whole = check_post, .params = "slots:pairs"},
    {.name = "working-requirement", .whole = check_working_requirement},
    {0},
};
