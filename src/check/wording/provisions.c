/*
 * Elements that state facts and hold no provisions: the introduction, the scope, informative annexes: INT-001, SCP-003, ANX-010. What a
 * sentence is, facts/ say.
 */
#include "check/annexes/annex_priv.h"
#include "check/clause_priv.h"
#include "check/structure/elements_priv.h"
#include "check/wording/wording_priv.h"

/* A sentence that is a provision by a word of its own, at the strongest of these words. */
struct provision {
    const struct gb_sentence *sentence;
    const struct gb_modal *modal;
};

typedef GB_ARRAY(struct provision) provision_array;

/* Running text: notes have a rule of their own (NEF-002), examples and quotations speak for others, and cells of tables are forms. */
static bool
is_running(const struct gb_sentence *s)
{
    const struct gb_node *n = s->node;

    return GB_AMONG(n->kind, GB_NODE_PARA, GB_NODE_ITEM, GB_NODE_CLAUSE) && n->encoding != GB_ENCODING_QUOTE &&
           n->encoding != GB_ENCODING_LOST && s->text->str.ptr == n->text.str.ptr &&
           !gb_node_inside(n, GB_NODE_EXAMPLE) && !gb_node_inside(n, GB_NODE_NOTE);
}

/* Items of 活动包括以下内容 name things, and 将…代入 derives a formula: neither tells anybody what to do. */
static bool
is_told(const struct gb_sentence *s)
{
    const struct gb_node *list = s->node->kind == GB_NODE_ITEM ? s->node->parent : NULL,
                         *lead = list ? list->prev : NULL;

    if (s->type != GB_TYPE_INSTRUCTION)
        return false;
    if (lead && lead->kind == GB_NODE_PARA && GB_HAS_ONE_OF(lead->text.str, "包括", "包含"))
        return true;
    return gb_str_has(GB_WORDS_OF(s), GB_STR("代入"));
}

/*
 * All below a child of the document that are at least as strong, in document order; to be released. What the law provides is told there
 * as a fact.
 */
static provision_array
provisions_of(const struct gb_facts *facts, const struct gb_node *top, enum gb_clause_type least)
{
    provision_array found = {0};
    uint32_t end = top->next ? top->next->id : facts->n_nodes;

    for (uint32_t i = facts->first_sentence[top->id]; i < facts->first_sentence[end]; i++) {
        const struct gb_sentence *s = &facts->sentences[i];
        if (s->type < least || (s->flags & (GB_SENTENCE_INHERITS | GB_SENTENCE_PARTIES)) || !is_running(s) ||
            is_told(s))
            continue;
        const struct gb_modal *modal = gb_strongest_modal(facts, s);
        if (modal && !gb_reports_law(gb_str_sub(s->text->str, s->begin, modal->begin)))
            *gb_push(&found) = (struct provision){s, modal};
    }
    return found;
}

static struct gb_at
at_modal(const struct provision *p)
{
    return gb_at_part(p->sentence->text, p->modal->begin, p->modal->end);
}

static const char *
case_of(enum gb_clause_type type)
{
    return type == GB_TYPE_REQUIREMENT ? NULL : gb_clause_type_name(type);
}

/* ---- INT-001 ---- */

/* Source: GB/T 1.1—2020, 8.4; 2009, 6.1.4. */
static void
check_introduction(struct gb_check *c, const struct gb_node *intro)
{
    provision_array found = provisions_of(c->facts, intro, GB_TYPE_REQUIREMENT);

    for (size_t i = 0; i < found.len; i++)
        gb_report(c, at_modal(&found.items[i]), found.items[i].sentence->node, GB_ARGS(found.items[i].modal->word));
    gb_array_release(&found);
}

/* ---- SCP-003 ---- */

enum { MOST_IN_SCOPE = 6 }; /* more provisions are those of chapters whose titles were not read */

/* What follows the modal in its sentence. */
static struct gb_str
behind(const struct provision *p)
{
    return gb_str_sub(p->sentence->text->str, p->modal->end, p->sentence->end);
}

/* 可参照执行 is SCP-004. */
static bool
is_reference_use(const struct provision *p)
{
    return GB_STARTS_WITH(behind(p), "参照", "参考", "予以参照");
}

/* 可用于, 可作为 say what the document is good for, rather than allow it. */
static bool
is_use(const struct provision *p)
{
    return GB_STARTS_WITH(behind(p), "用于", "作为", "供", "用作", "适用", "应用", "支持", "实现");
}

/* Source: GB/T 1.1—2020, 8.5.3; 2009, 6.2.2. */
static void
check_scope_provisions(struct gb_check *c)
{
    const struct gb_node *scope = gb_element_find(c->doc, GB_ELEMENT_SCOPE);

    if (!scope)
        return;
    provision_array found = provisions_of(c->facts, scope, GB_TYPE_PERMISSION);
    if (found.len > MOST_IN_SCOPE) {
        const struct provision *first = found.items;
        gb_report_case(c, "many", at_modal(first), first->sentence->node,
                       GB_ARGS(first->modal->word, gb_count_text(c, found.len)));
        found.len = 0;
    }
    GB_EACH(const struct provision, p, found.items, found.len) {
        bool is_permission = p->sentence->type == GB_TYPE_PERMISSION;
        if ((is_permission && is_reference_use(p)) || p->sentence->type == GB_TYPE_INSTRUCTION ||
            gb_is_warning(p->sentence->text->str))
            continue;
        gb_report_case(c, is_permission && is_use(p) ? "use" : case_of(p->sentence->type), at_modal(p),
                       p->sentence->node, GB_ARGS(p->modal->word));
    }
    gb_array_release(&found);
}

/* ---- ANX-010 ---- */

enum {
    FEW = 3, /* so many requirements are slips; more of them: the annex is normative in truth */
};

static bool
is_strong(const struct provision *p)
{
    return p->sentence->type >= GB_TYPE_INSTRUCTION;
}

static void
report_each(struct gb_check *c, const struct gb_node *annex, const provision_array *found)
{
    GB_EACH(const struct provision, p, found->items, found->len) {
        if (is_strong(p))
            gb_report_case(c, case_of(p->sentence->type), at_modal(p), p->sentence->node,
                           GB_ARGS(annex->number.str, p->modal->word));
    }
}

/* One finding for all that are strong, or for all that are not, at the first of them. */
static void
report_all(struct gb_check *c, const struct gb_node *annex, const provision_array *found, bool strong)
{
    struct gb_finding *f = NULL;
    size_t n = 0;
    bool has_requirement = false, has_recommendation = false;

    for (size_t i = 0; i < found->len; i++) {
        n += is_strong(&found->items[i]) == strong;
        has_requirement = has_requirement || found->items[i].sentence->type == GB_TYPE_REQUIREMENT;
        has_recommendation = has_recommendation || found->items[i].sentence->type == GB_TYPE_RECOMMENDATION;
    }
    const char *which = strong ? (has_requirement ? "requirements" : "instructions")
                               : (has_recommendation ? "recommendation" : "permission");
    struct gb_str count = gb_count_text(c, n);
    GB_EACH(const struct provision, p, found->items, found->len) {
        if (is_strong(p) != strong)
            continue;
        f = gb_report_one(c, f, which, at_modal(p), p->sentence->node,
                          GB_ARGS(annex->number.str, p->modal->word, count));
    }
}

/*
 * Until 2020 an informative annex might hold optional requirements: those of a method that need not be used. The form of a test report
 * is no method.
 */
static bool
may_be_optional(struct gb_check *c, const struct gb_node *annex)
{
    return c->facts->edition == GB_EDITION_2009 && gb_param_has(c, "optional", annex->title.str) &&
           !gb_annex_is_sample(annex);
}

/* Does the paragraph speak of a table or figure of the annex: 表B.1给出了……? Then it is the author's, and no part of a sample. */
static bool
introduces_object(const struct gb_node *annex, const struct gb_node *node)
{
    GB_WORDS(words, "表", "图");
    struct gb_str s = node->text.str;

    for (size_t i = 0; i < GB_COUNT(words) && node->kind == GB_NODE_PARA; i++) {
        GB_EACH_FOUND(at, s, words[i], 0) {
            size_t letter = at + words[i].len;
            letter += letter < s.len && s.ptr[letter] == ' ';
            if (letter + 1 < s.len && s.ptr[letter] == annex->num.letter && s.ptr[letter + 1] == '.')
                return true;
        }
    }
    return false;
}

/* Of an annex that is a sample: what its author says of it. */
static void
drop_samples(const struct gb_node *annex, provision_array *found)
{
    size_t n = 0;

    for (size_t i = 0; i < found->len; i++) {
        if (introduces_object(annex, found->items[i].sentence->node))
            found->items[n++] = found->items[i];
    }
    found->len = n;
}

/*
 * Source: GB/T 1.1—2020, 9.2 and 9.6.1.2; 2009, 6.4.1. Samples of other documents have provisions of their own. Where the text makes the
 * annex normative its label is wrong, and not what it holds: ANX-005.
 */
static void
check_informative_annex(struct gb_check *c, const struct gb_node *annex)
{
    bool is_mislabelled = c->facts->edition == GB_EDITION_2020 && gb_annex_is_bound(c, annex);
    if (annex->nature != GB_NATURE_INFORMATIVE || may_be_optional(c, annex) || is_mislabelled)
        return;
    provision_array found = provisions_of(c->facts, annex, GB_TYPE_PERMISSION);

    if (gb_annex_is_sample(annex))
        drop_samples(annex, &found);

    if (GB_HOW_MANY(GB_ITEMS(provision, found.items, found.len), is_strong(provision)) > FEW) {
        report_all(c, annex, &found, true);
    } else {
        report_each(c, annex, &found);
        report_all(c, annex, &found, false);
    }
    gb_array_release(&found);
}

const struct gb_check_def gb_provision_checks[] = {
    {.name = "intro-requirement", .run = check_introduction, .on = GB_ON(INTRO)},
    {.name = "scope-provisions", .whole = check_scope_provisions, .cases = "many recommendation permission use"},
    {.name = "informative-annex-provision",
     .run = check_informative_annex,
     .on = GB_ON(ANNEX),
     .cases = "instruction recommendation permission requirements instructions",
     .params = "optional:words"},
    {0},
};
