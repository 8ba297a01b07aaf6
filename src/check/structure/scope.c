/*
 * The scope: how object and applicability are stated: SCP-001, SCP-002, SCP-004, SCP-005, SCP-008. Whether they fit title and chapters
 * is judged in scope_content.c, provisions in it in wording/provisions.c.
 */
#include "check/structure/scope_priv.h"

#include "check/structure/elements_priv.h"

#include "doc/joined.h"

extern const struct gb_check_def gb_scope_checks[];

/* ---- Sentences ---- */

/* The verbs of the fixed forms, in both editions. */
GB_WORDS(verbs, "规定", "确立", "描述", "提供", "给出", "界定");

bool
gb_scope_verb(struct gb_str s, size_t from, size_t *out_begin, size_t *out_end)
{
    struct gb_str mark = GB_STR("了");

    GB_EACH_FOUND(at, s, mark, from) {
        size_t verb = GB_END(gb_str_sub(s, from, at), verbs);
        if (!verb)
            continue;
        *out_begin = at - verb;
        *out_end = at + mark.len;
        return true;
    }
    return false;
}

static struct gb_str
joined_part(struct gb_arena *arena, const struct gb_text *text, size_t begin, size_t end)
{
    struct gb_text slice = gb_text_slice(text, begin, end);
    struct gb_joined joined = {0};

    gb_join(&slice, &joined);
    struct gb_str str = joined.str.ptr == slice.str.ptr ? slice.str : gb_arena_copy(arena, joined.str);
    gb_joined_release(&joined);
    return str;
}

/* Running text, but for notes and what stands in tables. */
static bool
is_statement(const struct gb_sentence *s)
{
    const struct gb_node *n = s->node;

    return GB_AMONG(n->kind, GB_NODE_PARA, GB_NODE_ITEM, GB_NODE_CLAUSE) && s->text->str.ptr == n->text.str.ptr;
}

const struct gb_scope *
gb_scope_of(struct gb_check *c)
{
    const struct gb_facts *facts = c->facts;
    struct gb_scope *scope = gb_check_shared(c, gb_scope_checks, sizeof(*scope));

    if (scope->is_known)
        return scope;
    scope->is_known = true;
    scope->node = gb_element_find(c->doc, GB_ELEMENT_SCOPE);
    if (!scope->node)
        return scope;
    uint32_t end = facts->first_sentence[scope->node->next ? scope->node->next->id : facts->n_nodes];
    for (uint32_t i = facts->first_sentence[scope->node->id]; i < end && scope->n < GB_MOST_STATEMENTS; i++) {
        if (!is_statement(&facts->sentences[i]))
            continue;
        const struct gb_sentence *sentence = &facts->sentences[i];
        struct gb_statement *s = &scope->items[scope->n++];
        s->sentence = sentence;
        s->str = joined_part(c->arena, sentence->text, sentence->begin, sentence->end);
        gb_scope_verb(s->str, 0, &s->verb, &s->verb_end);
        s->modal = s->str.len;
        if (sentence->n_modals)
            s->modal =
                joined_part(c->arena, sentence->text, sentence->begin, facts->modals[sentence->modals].begin).len;
    }
    return scope;
}

struct gb_at
gb_at_words(const struct gb_statement *s, size_t begin, size_t end)
{
    struct gb_text slice = gb_text_slice(s->sentence->text, s->sentence->begin, s->sentence->end);
    struct gb_joined joined = {0};

    gb_join(&slice, &joined);
    struct gb_at at = gb_at_part(&slice, gb_joined_begin(&joined, begin), gb_joined_end(&joined, end));
    gb_joined_release(&joined);
    return at;
}

const struct gb_statement *
gb_scope_stated(const struct gb_scope *scope)
{
    GB_FIND(item, scope->items, scope->n, item->verb_end > item->verb);
    return item;
}

/* ---- SCP-001: the object ---- */

/* Does the parameter find something in the statement? The place of its first group. */
static bool
find_words(struct gb_check *c, const char *key, const struct gb_statement *s, struct gb_match *match,
           struct gb_at *out_at)
{
    if (!gb_param_match(c, key, s->str, 0, match) || !match->groups[0].ptr)
        return false;
    size_t begin = (size_t)(match->groups[0].ptr - s->str.ptr);
    *out_at = gb_at_words(s, begin, begin + match->groups[0].len);
    return true;
}

/* 规定 for 规定了, at the beginning or behind a form: the words that lack it, and the 了 that goes behind them. */
static bool
report_bare(struct gb_check *c, const struct gb_statement *s)
{
    struct gb_match match;
    struct gb_at at;

    if (!find_words(c, "bare", s, &match, &at) && !find_words(c, "later", s, &match, &at))
        return false;
    struct gb_finding *f = gb_report_case(c, "bare", at, s->sentence->node, GB_ARGS(match.groups[0]));
    gb_fix(c, f, (struct gb_span){at.span.end, at.span.end}, GB_STR("了"));
    return true;
}

/* 本文件阐述了: another verb. */
static bool
report_other(struct gb_check *c, const struct gb_statement *s)
{
    struct gb_match match;
    struct gb_at at;

    if (!find_words(c, "other", s, &match, &at))
        return false;
    gb_report_case(c, gb_str_starts(match.groups[0], GB_STR("定义")) ? "definition" : "verb", at, s->sentence->node,
                   GB_ARGS(match.groups[0]));
    return true;
}

/* 本文件主要介绍了……，规定了……: the first verb is none of the forms, whatever follows. */
static bool
begins_with_other(struct gb_check *c, const struct gb_statement *s)
{
    struct gb_match match;

    if (!gb_param_match(c, "other", s->str, 0, &match) || match.begin != 0 || !match.groups[0].ptr)
        return false;
    return !GB_STARTS_ANY(match.groups[0], verbs);
}

/* 本文件对……, 本文件是关于……, 本文件的主要内容包括……: no form begins so, whatever form follows in a later part of the sentence. */
static bool
begins_otherwise(struct gb_check *c, const struct gb_statement *s)
{
    struct gb_match match;

    if (!gb_param_match(c, "self", s->str, 0, &match) || match.begin != 0 ||
        !gb_param_starts(c, "openers", gb_str_skip(s->str, match.end)))
        return false;
    size_t comma = gb_str_find(s->str, GB_STR("，"), 0);
    return s->verb_end == 0 || (comma != GB_NOT_FOUND && comma < s->verb);
}

/* Does a later sentence say of the draft what it is for? Then the first one is there for the object. */
static bool
states_applicability_behind(struct gb_check *c, const struct gb_scope *scope)
{
    struct gb_match match;

    for (size_t i = 1; i < scope->n; i++) {
        struct gb_str s = scope->items[i].str;
        if (gb_param_match(c, "self", s, 0, &match) && match.begin == 0 &&
            gb_str_starts(gb_str_skip(s, match.end), GB_STR("适用于")))
            return gb_str_ends(gb_str_trim(scope->items[0].str), GB_STR("。"));
    }
    return false;
}

/*
 * Source: GB/T 1.1—2020, 8.5.3; 2009, 6.2.2. Without a form anywhere, and where the draft speaks of itself so that the text is no
 * damage of a conversion, the statement is missing.
 */
static void
check_statement_form(struct gb_check *c)
{
    const struct gb_scope *scope = gb_scope_of(c);
    struct gb_match match;

    if (!scope->node || !scope->n || report_bare(c, &scope->items[0]))
        return;
    if (begins_with_other(c, &scope->items[0]) && report_other(c, &scope->items[0]))
        return;
    if (gb_scope_stated(scope) &&
        !(gb_scope_stated(scope) == &scope->items[0] && begins_otherwise(c, &scope->items[0])))
        return;
    for (size_t i = 0; i < scope->n; i++) {
        if (report_bare(c, &scope->items[i]) || report_other(c, &scope->items[i]))
            return;
    }
    const struct gb_statement *first = &scope->items[0];
    if (!gb_is_whole_draft(c))
        return;
    bool is_by_name = gb_param_match(c, "self", first->str, 0, &match) && match.begin == 0;
    if (is_by_name || (!gb_str_has(first->str, GB_STR("适用")) && states_applicability_behind(c, scope)))
        gb_report(c, gb_at_words(first, 0, first->str.len), first->sentence->node, GB_ARGS(scope->node->number.str));
}

/* ---- SCP-002: applicability ---- */

/* 适用于, but not of other documents: ……的最新版本适用于本文件. */
static bool
states_applicability(struct gb_str s)
{
    GB_WORDS(itself, "本文件", "本标准", "本部分");
    struct gb_str word = GB_STR("适用于");

    return GB_ANY(GB_EACH_FOUND(at, s, word, 0), !GB_STARTS_ANY(gb_str_skip(s, at + word.len), itself));
}

/* 用于指导……, 供……使用: not the form, but it says what for. */
static bool
says_what_for(struct gb_str s)
{
    /* 供 alone stands in 提供了, 供餐 as well */
    return GB_HAS_ONE_OF(s, "用于", "作为", "适用", "，供", "可供", "供各", "文件供", "标准供");
}

/*
 * Source: GB/T 1.1—2020, 8.5.3; 2009, 6.2.2. The sentence that should state it is 适用范围：……; without any, the scope is reported,
 * where it is one of a whole draft.
 */
static void
check_applicability(struct gb_check *c)
{
    const struct gb_scope *scope = gb_scope_of(c);
    const struct gb_statement *bare = NULL; /* 适用于…… as a sentence of its own */
    bool has_purpose = false;

    if (!scope->node || !scope->n)
        return;
    for (size_t i = 0; i < scope->n; i++) {
        const struct gb_statement *s = &scope->items[i];
        if (i && !bare && gb_str_starts(s->str, GB_STR("适用于")) && gb_str_ends(gb_str_trim(s->str), GB_STR("。")))
            bare = s;
        else if (states_applicability(s->str))
            return;
        has_purpose = has_purpose || says_what_for(s->str);
    }
    if (bare) {
        struct gb_str words = GB_STR("适用于");
        struct gb_at at = gb_at_words(bare, 0, words.len);
        struct gb_finding *f = gb_report_case(c, "subject", at, bare->sentence->node, GB_ARGS(words));
        bool is_new = c->facts->edition == GB_EDITION_2020;
        gb_fix(c, f, (struct gb_span){at.span.begin, at.span.begin}, is_new ? GB_STR("本文件") : GB_STR("本标准"));
        return;
    }
    GB_EACH(const struct gb_statement, s, scope->items, scope->n) {
        struct gb_match match;
        if (gb_param_match(c, "label", s->str, 0, &match)) {
            gb_report_case(c, "form", gb_at_words(s, 0, s->str.len), s->sentence->node, GB_ARGS(s->str));
            return;
        }
    }
    if (!has_purpose && gb_scope_stated(scope) && gb_is_whole_draft(c))
        gb_report(c, gb_at_head(scope->node), scope->node, GB_NO_ARGS);
}

/* ---- SCP-004: 可参照执行 ---- */

/* Source: GB/T 1.1—2020, 8.5.3. The first group is the word that makes it a permission. */
static void
on_reference_use(struct gb_check *c, const struct gb_found *found)
{
    struct gb_str modal = found->match.groups[0];
    struct gb_finding *f = gb_report(c, gb_at_found(found), found->node,
                                     GB_ARGS(gb_found_str(found),
                                             gb_str_sub(found->str, found->match.begin + modal.len, found->match.end)));

    gb_fix(c, f, gb_at_part(found->text, found->begin, found->begin + modal.len).span, GB_STR(""));
}

/* ---- SCP-005: verb and function type ---- */

/* Bits of the verbs, in their order. */
enum {
    VERB_RULES = 1,
    VERB_ESTABLISHES = 2,
    VERB_DESCRIBES = 4,
    VERB_PROVIDES = 8,
    VERB_GIVES = 16,
    VERB_DEFINES = 32
};

static const struct {
    const char *function;
    unsigned verbs; /* one of them suffices */
    const char *form[GB_EDITION_COUNT];
} functions[] = {
    {"规范", VERB_RULES, {"规定了……的要求", "规定了……的要求”“描述了……的证实方法"}},
    {"规程", VERB_ESTABLISHES | VERB_RULES, {"规定了……的程序", "确立了……的程序”“规定了……的指示"}},
    {"试验", VERB_DESCRIBES, {"描述了……的方法", "描述了……的方法"}},
    {"指南", VERB_PROVIDES | VERB_GIVES, {"给出了……的指南", "提供了……的指导"}},
    {"术语", VERB_DEFINES, {"界定了……的术语", "界定了……的术语"}},
    {"符号", VERB_DEFINES | VERB_RULES, {"界定了……的符号", "界定了……的符号"}},
    {"分类", VERB_RULES | VERB_ESTABLISHES | VERB_GIVES, {"规定了……的分类", "规定了……的分类”“确立了……的分类体系"}},
};

/* The form of 2009 for methods: 规定了……的方法. */
static unsigned
allowed_verbs(size_t function, enum gb_edition edition)
{
    bool is_old_method = edition == GB_EDITION_2009 && functions[function].verbs == VERB_DESCRIBES;

    return functions[function].verbs | (is_old_method ? VERB_RULES : 0);
}

/* 规定了, 本文件规定, ，规定: the verb of a form, with 了 or without; no 提供 of 提供服务的机构. */
static bool
uses_verb(struct gb_str s, struct gb_str verb)
{
    GB_EACH_FOUND(at, s, verb, 0) {
        if (at == 0 || gb_str_starts(gb_str_skip(s, at + verb.len), GB_STR("了")))
            return true;
        if (GB_ENDS_WITH(gb_str_sub(s, 0, at), "，", "、", "；", "并", "本文件", "本标准", "本部分", "性文件", "并且"))
            return true;
    }
    return false;
}

static bool
uses_any(const struct gb_scope *scope, unsigned wanted)
{
    for (size_t i = 0; i < scope->n; i++) {
        for (size_t k = 0; k < GB_COUNT(verbs); k++) {
            if (wanted >> k & 1 && uses_verb(scope->items[i].str, verbs[k]))
                return true;
        }
    }
    return false;
}

/*
 * Source: GB/T 1.1—2020, 8.5.3 and 4.2 b); GB/T 20001.5—2017, 6.2; GB/T 20001.6—2017, 6.2. A document of several types needs one verb that
 * fits.
 */
static void
check_verb_of_type(struct gb_check *c)
{
    const struct gb_scope *scope = gb_scope_of(c);
    const struct gb_facts *facts = c->facts;
    struct gb_match verb;
    struct gb_at at;

    for (size_t i = 0; i < GB_COUNT(functions) && scope->node; i++) {
        if (!gb_str_is(facts->function, functions[i].function))
            continue;
        if (uses_any(scope, allowed_verbs(i, facts->edition)))
            return;
        GB_FIND(s, scope->items, scope->n,
                find_words(c, "verb", s, &verb, &at)); /* the verb that is there in place of it */
        if (s)
            gb_report(c, at, s->sentence->node,
                      GB_ARGS(verb.groups[0], facts->function, gb_str_from(functions[i].form[facts->edition])));
    }
}

/* ---- SCP-008: length ---- */

/* Source: GB/T 1.1—2020, 8.5.3. Items are left out: what is not covered is best listed. */
static void
check_length(struct gb_check *c)
{
    const struct gb_scope *scope = gb_scope_of(c);
    size_t n = 0, han = 0;

    for (size_t i = 0; i < scope->n; i++) {
        if (scope->items[i].sentence->node->kind == GB_NODE_ITEM || gb_str_has(scope->items[i].str, GB_STR("不适用")))
            continue;
        n++;
        han += gb_str_han_length(scope->items[i].str);
    }
    if (n <= (size_t)gb_param_number(c, "sentences") && han <= (size_t)gb_param_number(c, "characters"))
        return;
    struct gb_arena *arena = c->arena;
    gb_report(c, gb_at_head(scope->node), scope->node,
              GB_ARGS(gb_arena_printf(arena, "%zu", n), gb_arena_printf(arena, "%zu", han)));
}

const struct gb_check_def gb_scope_checks[] = {
    {.name = "scope-statement",
     .whole = check_statement_form,
     .cases = "bare verb definition",
     .params = "bare:pattern later:pattern other:pattern self:pattern openers:words"},
    {.name = "scope-applicability", .whole = check_applicability, .cases = "form subject", .params = "label:pattern"},
    {.name = "scope-reference-use", .hit = on_reference_use, .params = GB_SEARCH_PARAMS "words:words"},
    {.name = "scope-verb", .whole = check_verb_of_type, .params = "verb:pattern"},
    {.name = "scope-length", .whole = check_length, .params = "sentences:number characters:number"},
    {0},
};
