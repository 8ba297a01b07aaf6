/*
 * The sentences that lead in term entries, symbols and abbreviations: TRM-001, TRM-002, TRM-018, TRM-028. Source:
 * GB/T 1.1—2020, 8.7.2, 8.8.2; 2009, 6.3.2, 6.3.3.
 */
#include "check/structure/elements_priv.h"
#include "check/references/references_priv.h"
#include "check/terms/terms_priv.h"
#include "doc/joined.h"

/* ---- Where a lead-in stands ---- */

/* What the entries below it are. */
enum content { TERMS, SYMBOLS, ABBREVIATIONS, SYMBOLS_AND_ABBREVIATIONS };

struct zone {
    const struct gb_node *node;
    const struct gb_node *para; /* the lead-in, or what stands in its place; NULL: none */
    struct gb_str normal;       /* its text under normalisation N */
    bool has_entries;
    bool has_more; /* texts that may be entries in a form that was not read */
};

/* A clause of that role that is not inside of another. */
static bool
is_zone(const struct gb_node *clause, bool of_terms)
{
    bool is_terms = clause->role == GB_ROLE_TERMS || clause->role == GB_ROLE_TERMS_SYMBOLS;

    if (of_terms ? !is_terms : clause->role != GB_ROLE_SYMBOLS)
        return false;
    return !clause->parent || clause->parent->kind != GB_NODE_CLAUSE || clause->parent->role != clause->role;
}

static struct gb_str
normal_of(struct gb_check *c, const struct gb_text *text)
{
    struct gb_joined joined = {0};
    struct gb_buf normal = {0};

    gb_join(text, &joined);
    gb_normalise(joined.str, &normal);
    struct gb_str out = gb_buf_take(&normal, c->arena);
    gb_joined_release(&joined);
    return out;
}

/* Words of a sentence that leads in, in whatever form. */
static bool
leads_in(struct gb_str normal)
{
    GB_WORDS(words, "下列", "以下", "界定", "确立", "没有需要", "如下", "给出", "规定", "无需", "采用", "下述", "列出",
             "适用于本", "使用的");

    return GB_HAS_ANY(normal, words) && GB_HAS_ONE_OF(normal, "术语", "定义", "符号", "缩略语", "缩写", "代号");
}

/* The paragraph that leads in, among those before the first entry. */
static struct zone
read_zone(struct gb_check *c, const struct gb_node *clause)
{
    enum { FARTHEST = 12 };
    struct zone zone = {.node = clause};
    unsigned n_paras = 0, n = 0;

    for (const struct gb_node *node = clause->first; node; node = gb_node_walk(node, clause)) {
        if (node->kind == GB_NODE_TERM || node->kind == GB_NODE_ABBR) {
            zone.has_entries = true;
            break;
        }
        bool is_other_zone =
            node->kind == GB_NODE_CLAUSE && node->role == GB_ROLE_SYMBOLS && clause->role != GB_ROLE_SYMBOLS;
        if (is_other_zone)
            break;
        zone.has_more = zone.has_more || !GB_AMONG(node->kind, GB_NODE_PARA, GB_NODE_COMMENT, GB_NODE_NOTE);
        if (node->kind != GB_NODE_PARA || n++ >= FARTHEST)
            continue;
        struct gb_str normal = normal_of(c, &node->text);
        if (leads_in(normal) && (!zone.para || !gb_str_has(zone.normal, GB_STR("适用于本文件。")))) {
            zone.para = node;
            zone.normal = normal;
        } else {
            n_paras++;
        }
    }
    zone.has_more = zone.has_more || n_paras > 0;
    return zone;
}

/* ---- The sentence ---- */

static struct gb_str
things_of(enum content content)
{
    GB_WORDS(things, "术语和定义", "符号", "缩略语", "符号和缩略语");

    return things[content];
}

/* 术语、定义和缩略语 of a chapter that holds both: its lead-in names what its title names. */
static bool
is_right_for_both(struct gb_str normal)
{
    GB_WORDS(parts, "术语", "定义", "符号", "缩略语", "代号", "、", "和", "及", "与", "以及");
    size_t begin = gb_str_find(normal, GB_STR("下列"), 0), at = begin + strlen("下列");

    if (begin == GB_NOT_FOUND)
        return false;
    for (size_t n; (n = GB_START(gb_str_skip(normal, at), parts)) > 0;)
        at += n;
    return gb_str_starts(gb_str_skip(normal, at), GB_STR("适用于本文件。"));
}

static bool
has_form(struct gb_check *c, struct gb_str normal, const char *begin, struct gb_str things)
{
    return gb_str_has(normal, gb_arena_printf(c->arena, "%s%.*s适用于本文件。", begin, GB_FMT(things)));
}

/* 下列……适用于本文件。 with nothing before it in its sentence, but a document and 界定的以及: not 确立的以及下列. */
static bool
has_own_form(struct gb_check *c, struct gb_str normal, struct gb_str things)
{
    struct gb_str form = gb_arena_printf(c->arena, "下列%.*s适用于本文件。", GB_FMT(things));
    GB_WORDS(others, "确立的以及", "确立的和", "规定的以及", "给出的以及", "确定的以及", "定义的以及", "中的以及",
             "界定的和", "界定的及", "界定以及", "术语和定义以及", "术语和定义和", "术语、定义以及", "术语和定义及");
    size_t at = gb_str_find(normal, form, 0);

    return at != GB_NOT_FOUND && !GB_ENDS_ANY(gb_str_sub(normal, 0, at), others);
}

static const char none_form[] = "本文件没有需要界定的术语和定义。";

static bool
is_right(struct gb_check *c, const struct zone *zone, struct gb_str things)
{
    struct gb_str normal = zone->normal;

    return has_own_form(c, normal, things) || has_form(c, normal, "界定的", things) ||
           has_form(c, normal, "界定的以及下列", things) || gb_str_has(normal, gb_str_from(none_form)) ||
           (zone->node->role == GB_ROLE_TERMS_SYMBOLS && is_right_for_both(normal));
}

/* Behind the last document that the sentence names; 0 when it names none. */
static size_t
behind_documents(struct gb_check *c, const struct gb_node *para, size_t end)
{
    const struct gb_facts *facts = c->facts;
    struct gb_str s = para->text.str;
    size_t at = 0;

    for (uint32_t i = gb_first_identifier(facts, para); i < facts->n_identifiers; i++) {
        const struct gb_identifier *id = &facts->identifiers[i];
        if (id->node != para)
            break;
        if (id->text == &para->text && id->at.end <= end) {
            at = id->at.end;
            if (!gb_extent_is_empty(id->at.all_parts))
                at = id->at.all_parts.end;
        }
    }
    GB_EACH_FOUND(mark, gb_str_sub(s, 0, end), GB_STR("》"), 0)
        at = mark + strlen("》") > at ? mark + strlen("》") : at;
    return at;
}

/* End of the first sentence of the text, its mark included. */
static size_t
first_sentence_end(struct gb_str s)
{
    size_t at = gb_str_find(s, GB_STR("。"), 0);

    return at == GB_NOT_FOUND ? s.len : at + strlen("。");
}

/* The whole text with its first sentence made the right one. */
static struct gb_str
wanted_text(struct gb_check *c, const struct zone *zone, struct gb_str things)
{
    struct gb_str s = zone->para->text.str;
    size_t end = first_sentence_end(s), applies = gb_str_find(s, GB_STR("适用于"), 0);
    size_t documents =
        behind_documents(c, zone->para, applies < end ? applies : end); /* 均适用于GB/T 90001的本部分 names this one */
    struct gb_str rest = gb_str_skip(s, end);

    if (documents == 0)
        return gb_arena_printf(c->arena, "下列%.*s适用于本文件。%.*s", GB_FMT(things), GB_FMT(rest));
    return gb_arena_printf(c->arena, "%.*s界定的%s%.*s适用于本文件。%.*s", GB_FMT(gb_str_sub(s, 0, documents)),
                           zone->has_entries ? "以及下列" : "", GB_FMT(things), GB_FMT(rest));
}

/* Reports the paragraph at what differs from the wanted text, with a fix. */
static void
report_difference(struct gb_check *c, const char *which, const struct zone *zone, struct gb_str wanted)
{
    const struct gb_text *text = &zone->para->text;
    size_t begin, end;

    gb_difference(text->str, wanted, &begin, &end);
    size_t sentence = first_sentence_end(text->str);
    struct gb_at at = gb_at_part(text, begin, end > begin ? end : sentence > begin ? sentence : end);
    struct gb_finding *f =
        gb_report_case(c, which, at, zone->para, GB_ARGS(gb_str_sub(wanted, 0, first_sentence_end(wanted))));
    /* A first sentence that is about something else must not be lost. */
    if (!zone->normal.len || leads_in(gb_str_sub(zone->normal, 0, first_sentence_end(zone->normal))))
        gb_replace_part(c, f, text, wanted);
}

/* ---- TRM-001, TRM-028 ---- */

/* 无。 本文件没有术语。 as all that the chapter of terms holds: what says so in 2020 has fixed words. */
static bool
says_none(struct gb_check *c, struct zone *zone)
{
    enum { LONGEST = 16 };
    GB_WORDS(words, "无", "没有");
    const struct gb_node *only = zone->node->first;

    if (c->facts->edition != GB_EDITION_2020 || zone->node->role != GB_ROLE_TERMS || !only || only->next ||
        only->kind != GB_NODE_PARA || gb_str_han_length(only->text.str) > LONGEST || !GB_HAS_ANY(only->text.str, words))
        return false;
    zone->para = only;
    return true;
}

/*
 * The lead-in has its fixed words. A vocabulary has entries and nothing else; construction standards have rules of their own;
 * further sentences may follow.
 */
static void
judge_words(struct gb_check *c, struct zone *zone, struct gb_str things)
{
    if (!zone->para && says_none(c, zone)) {
        report_difference(c, NULL, zone, gb_str_from(none_form));
        return;
    }
    if (!zone->para) {
        if (zone->has_entries && gb_is_whole_draft(c))
            gb_report_case(c, "missing", gb_at_head(zone->node), zone->node,
                           GB_ARGS(gb_arena_printf(c->arena, "下列%.*s适用于本文件。", GB_FMT(things))));
        return;
    }
    if (is_right(c, zone, things))
        return;
    bool denies = !zone->has_entries && gb_str_has(zone->normal, GB_STR("没有需要界定"));
    /* The sentence is of 2020; a draft of 2009 that has it may call itself 本部分 in it. */
    if (!denies || c->facts->edition == GB_EDITION_2020)
        report_difference(c, NULL, zone, denies ? gb_str_from(none_form) : wanted_text(c, zone, things));
}

/* The terms are its subject: it may do without a lead-in, and has none for symbols. */
static bool
is_vocabulary(const struct gb_check *c)
{
    return gb_str_is(c->facts->function, "术语");
}

/* 3 术语和缩略语 may lead in for its clauses 3.1 术语 and 3.2 缩略语. */
static bool
is_led_in_above(struct gb_check *c, const struct gb_node *clause)
{
    const struct gb_node *above = clause->parent;

    if (!above || above->role != GB_ROLE_TERMS_SYMBOLS)
        return false;
    return GB_ANY(for (const struct gb_node *n = above->first; n && n != clause; n = n->next),
                  n->kind == GB_NODE_PARA && leads_in(normal_of(c, &n->text)));
}

static void
check_terms_lead_in(struct gb_check *c, const struct gb_node *clause)
{
    if (!is_zone(clause, true))
        return;
    struct zone zone = read_zone(c, clause);
    if (!zone.para && (is_led_in_above(c, clause) || is_vocabulary(c)))
        return;
    /* 术语、定义和缩略语 in one chapter: what leads in is not told by its entries. */
    if (clause->role == GB_ROLE_TERMS_SYMBOLS && (!zone.para || GB_HAS_ONE_OF(zone.normal, "缩略语", "符号")))
        return;
    judge_words(c, &zone, things_of(TERMS));
}

/* By the entries, else by the title. */
static enum content
content_of(const struct gb_facts *facts, const struct gb_node *clause)
{
    bool symbols = false, abbreviations = false;
    struct gb_str title = clause->title.str;

    for (const struct gb_node *n = clause->first; n; n = n->next) {
        const struct gb_term *term = n->kind == GB_NODE_ABBR ? gb_term_of_node(facts, n) : NULL;
        symbols = symbols || (term && term->kind == GB_TERM_SYMBOL);
        abbreviations = abbreviations || (term && term->kind == GB_TERM_ABBREVIATION);
    }
    bool says_symbols = GB_HAS_ONE_OF(title, "符号", "代号"), says_abbreviations = gb_str_has(title, GB_STR("缩略语"));
    if (says_symbols && says_abbreviations)
        return symbols == abbreviations ? SYMBOLS_AND_ABBREVIATIONS : symbols ? SYMBOLS : ABBREVIATIONS;
    return says_abbreviations || (abbreviations && !says_symbols) ? ABBREVIATIONS : SYMBOLS;
}

/* One letter with its index, and one of several capitals: nobody takes the first for an abbreviation, or the second for a symbol. */
static bool
lists_both(const struct gb_facts *facts, const struct gb_node *clause)
{
    bool symbols = false, abbreviations = false;

    for (const struct gb_node *n = clause->first; n; n = n->next) {
        const struct gb_term *term = n->kind == GB_NODE_ABBR ? gb_term_of_node(facts, n) : NULL;
        if (!term)
            continue;
        GB_FIND(letter, n->title.str.ptr, n->title.str.len, letter > n->title.str.ptr && gb_is_letter(*letter));
        symbols = symbols || (term->kind == GB_TERM_SYMBOL && !letter);
        abbreviations = abbreviations || term->kind == GB_TERM_ABBREVIATION;
    }
    return symbols && abbreviations;
}

static bool
has_right_things(struct gb_check *c, const struct zone *zone)
{
    return GB_ANY(for (enum content content = SYMBOLS; content <= SYMBOLS_AND_ABBREVIATIONS; content++),
                  is_right(c, zone, things_of(content)));
}

/* 4.1 符号 and 4.2 缩略语 of a chapter that is divided into them: those without a sentence are no fault. */
static bool
is_own_part(const struct gb_node *clause)
{
    struct gb_str title = clause->title.str;
    const struct gb_node *above = clause->parent;

    return GB_IS_ONE_OF(title, "符号", "缩略语") && clause->role == GB_ROLE_SYMBOLS && above &&
           above->kind == GB_NODE_CLAUSE && above->role == GB_ROLE_SYMBOLS;
}

/*
 * Which of the three sentences is right is told by the entries; one of the others is no fault where the title names both.
 * Clauses 符号 and 缩略语 of one chapter have a sentence each.
 */
static void
check_symbols_lead_in(struct gb_check *c, const struct gb_node *clause)
{
    bool is_part = is_own_part(clause);
    if ((!is_part && !is_zone(clause, false)) || is_vocabulary(c))
        return;
    if (GB_ANY(GB_CHAIN(n, clause->first, n->next), n->kind == GB_NODE_CLAUSE))
        return;
    struct zone zone = read_zone(c, clause);
    if (!zone.para && (is_part || is_led_in_above(c, clause)))
        return;
    enum content content = content_of(c->facts, clause);
    bool is_loose = GB_HAS_ONE_OF(clause->title.str, "和", "、", "代号", "与");
    bool names_both = gb_str_has(zone.normal, GB_STR("缩略语")) && GB_HAS_ONE_OF(zone.normal, "符号", "代号");
    if (zone.para && is_loose && (names_both || !lists_both(c->facts, clause)) &&
        (has_right_things(c, &zone) || is_right_for_both(zone.normal)))
        return;
    judge_words(c, &zone, things_of(content));
}

/* ---- TRM-002 ---- */

/* Does the first sentence name anything before 界定? Numbers that a conversion lost leave their marks behind. */
static bool
names_document(const struct zone *zone)
{
    GB_WORDS(nothing, "下列文件", "以下文件", "下列标准", "以下标准", "有关标准", "相关标准", "有关文件", "相关文件",
             "国家标准", "行业标准");
    size_t at = gb_str_find(zone->normal, GB_STR("界定"), 0);
    struct gb_str before = gb_str_sub(zone->normal, 0, at);

    return !GB_IS_ANY(before, nothing) && at != GB_NOT_FOUND && at > 0;
}

/* Source: GB/T 1.1—2020, 8.7.2: which of the sentences stands there depends on what follows it. */
static void
check_lead_in_content(struct gb_check *c, const struct gb_node *clause)
{
    struct gb_str things = things_of(TERMS);
    bool is_2020 = c->facts->edition == GB_EDITION_2020;

    if (!is_zone(clause, true) || clause->role != GB_ROLE_TERMS)
        return;
    struct zone zone = read_zone(c, clause);
    if (!zone.para || !is_right(c, &zone, things))
        return;
    bool own = has_form(c, zone.normal, "下列", things), external = has_form(c, zone.normal, "界定的", things),
         both = has_form(c, zone.normal, "界定的以及下列", things),
         none = gb_str_has(zone.normal, gb_str_from(none_form));
    struct gb_str s = zone.para->text.str, rest = gb_str_skip(s, first_sentence_end(s));

    if ((external || both) && !names_document(&zone)) {
        gb_report_case(c, "document", gb_at_text(&zone.para->text), zone.para, GB_NO_ARGS);
    } else if (both && !zone.has_entries && !zone.has_more) {
        report_difference(c, "external", &zone, wanted_text(c, &zone, things));
    } else if (own && !both && !zone.has_entries && !zone.has_more) {
        struct gb_finding *f = gb_report(c, gb_at_text(&zone.para->text), zone.para, GB_NO_ARGS);
        if (is_2020)
            gb_replace_part(c, f, &zone.para->text, gb_arena_printf(c->arena, "%s%.*s", none_form, GB_FMT(rest)));
    } else if (none && zone.has_entries) {
        report_difference(c, "entries", &zone,
                          gb_arena_printf(c->arena, "下列术语和定义适用于本文件。%.*s", GB_FMT(rest)));
    } else if (external && !both && zone.has_entries && !gb_str_has(zone.normal, GB_STR("重复列出"))) {
        report_difference(c, "both", &zone, wanted_text(c, &zone, things));
    }
}

/* ---- TRM-018 ---- */

/* Source: GB/T 1.1—2020, 9.5.4.2.1 d): what is named in the lead-in is cited normatively. */
static void
check_lead_in_documents(struct gb_check *c)
{
    const struct gb_facts *facts = c->facts;

    if (!facts->references || !gb_node_child(facts->references, GB_NODE_REFS))
        return;
    GB_EACH(const struct gb_citation, citation, facts->citations, facts->n_citations) {
        if (!(citation->flags & GB_CITATION_LEAD_IN) || citation->id->flags & GB_IDENTIFIER_SECOND ||
            citation->id->at.flags & GB_SHAPE_NO_SERIAL || citation->matches[GB_LIST_REFERENCES] != GB_NO_REFERENCE)
            continue;
        struct gb_str words = gb_str_sub(citation->id->text->str, citation->id->at.begin, citation->id->at.end);
        struct gb_finding *f =
            gb_report(c, gb_at_part(citation->id->text, citation->id->at.begin, citation->id->at.end),
                      citation->id->node, GB_ARGS(words));
        gb_fix_missing_entry(c, f, citation->id);
    }
}

const struct gb_check_def gb_term_lead_in_checks[] = {
    {.name = "terms-lead-in", .run = check_terms_lead_in, .on = GB_ON(CLAUSE), .cases = "missing"},
    {.name = "symbols-lead-in", .run = check_symbols_lead_in, .on = GB_ON(CLAUSE), .cases = "missing"},
    {.name = "lead-in-content",
     .run = check_lead_in_content,
     .on = GB_ON(CLAUSE),
     .cases = "document external entries both"},
    {.name = "lead-in-documents", .whole = check_lead_in_documents},
    {0},
};
