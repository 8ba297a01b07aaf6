/*
 * How terms and short forms are used: TRM-015, TRM-023, TRM-025. Source: GB/T 1.1—2020, 8.7.3.2, 9.4.3.2; 2009, 6.3.2,
 * 8.2.
 */
#include "check/structure/elements_priv.h"
#include "check/terms/terms_priv.h"

enum { MOST_PLACES = 50 };

/* ---- TRM-015: defined, not used ---- */

struct count {
    uint32_t n;
    const struct gb_term_use *first;
    uint32_t n_notes; /* in notes and examples of its own entry */
    bool is_unsure;   /* quoted somewhere, too short to be looked for, or two names in one (板/壳) */
};

/* 板/壳: a stroke behind a Chinese name. */
static bool
is_pair(struct gb_str words)
{
    size_t at = gb_str_find(words, GB_STR("/"), 0);

    return at != GB_NOT_FOUND && at > 0 && (unsigned char)words.ptr[at - 1] >= 0x80;
}

/* Uses of what the list gives as its abbreviation: VIS 上门服务（visiting service）. */
static uint32_t
count_short_uses(const struct gb_terms *terms, const struct gb_term *term)
{
    struct gb_str name = gb_term_name(terms, term)->words;
    uint32_t n = 0;

    for (uint32_t i = 0; i < terms->n && n <= 1; i++) {
        const struct gb_term *other = &terms->items[i];
        if (other->kind != GB_TERM_ABBREVIATION || !gb_str_starts(other->node->text.str, name))
            continue;
        struct gb_str behind = gb_str_skip(other->node->text.str, name.len);
        n += !behind.len || GB_STARTS_WITH(behind, "（", "(", "；", ";", "。", "，", " ") ? other->n_uses : 0;
    }
    return n;
}

static struct count
count_uses(const struct gb_terms *terms, const struct gb_term *term)
{
    struct count count = {.n = count_short_uses(terms, term)};

    GB_EACH(const struct gb_designation, designation, terms->designations + term->first, term->n) {
        if (designation->status == GB_DESIGNATION_DEPRECATED)
            continue;
        count.is_unsure =
            count.is_unsure || designation->n_quoted || !designation->is_searched || is_pair(designation->words);
        count.n += designation->n_uses;
        /* No more are looked at than it takes to see that there are enough. */
        for (uint32_t k = designation->first_use; k != GB_NO_USE && count.n <= 1; k = terms->uses[k].next) {
            const struct gb_term_use *use = &terms->uses[k];
            if (!(use->flags & GB_USE_OWN))
                count.first = count.first ? count.first : use;
            else
                count.n_notes += use->node != term->definition;
        }
    }
    return count;
}

/* A chapter of provisions behind the terms: without one the draft is a part of a draft, or a vocabulary. */
static bool
has_provisions(const struct gb_facts *facts)
{
    return GB_ANY(GB_ITEMS(chapter, facts->chapters, facts->n_chapters),
                  (*chapter)->role == GB_ROLE_NONE && (*chapter)->first);
}

/* Where most terms are not used, most of the draft is missing. */
static bool
is_cut(const struct gb_terms *terms)
{
    enum { SEVERAL = 5 };
    uint32_t n = 0, unused = 0;

    for (; n < terms->n && terms->items[n].kind == GB_TERM_ENTRY; n++)
        unused += count_uses(terms, &terms->items[n]).n == 0;
    return unused >= SEVERAL && unused * 2 > n;
}

/* The document is about it: it stands in the title, or in a name for which the text declares a short form (不锈钢真空保温杯，以下简称“保温杯”). */
static bool
is_subject(const struct gb_check *c, const struct gb_term *term)
{
    enum { MOST_DECLARED = 50 };
    const struct gb_terms *terms = c->facts->vocabulary;
    struct gb_str name = gb_term_name(terms, term)->words;
    unsigned n = 0;

    if (gb_str_has(c->doc->root->title.str, name))
        return true;
    for (uint32_t i = terms->n; i > 0 && terms->items[i - 1].kind == GB_TERM_DECLARED && n < MOST_DECLARED; i--, n++) {
        const struct gb_term *declared = &terms->items[i - 1];
        if (GB_ANY(GB_ITEMS(form, terms->designations + declared->first, declared->n), gb_str_has(form->words, name)))
            return true;
    }
    return false;
}

/*
 * A defined term is used, since 2020 twice. The part of a longer defined term is no use of it; other definitions use terms. Where
 * it is quoted, doubts remain; what the document is about may go by a shorter name.
 */
static void
check_unused_terms(struct gb_check *c)
{
    const struct gb_terms *terms = c->facts->vocabulary;

    if (!gb_is_whole_draft(c) || gb_str_is(c->facts->function, "术语") || !has_provisions(c->facts) || is_cut(terms))
        return;
    for (uint32_t i = 0; i < terms->n && terms->items[i].kind == GB_TERM_ENTRY; i++) {
        const struct gb_term *term = &terms->items[i];
        struct count count = count_uses(terms, term);
        enum gb_designation_status status;
        bool is_told =
            gb_term_called(c->facts, gb_term_name(terms, term)->words, &status) != i; /* with an entry before it */
        if (count.is_unsure || count.n > 1 || is_told || is_subject(c, term))
            continue;
        struct gb_at at = gb_at_text(&term->node->title);
        if (count.n == 0) {
            gb_report(c, at, term->node, GB_ARGS(term->node->title.str));
        } else if (count.first && count.n_notes == 0) {
            struct gb_finding *f = gb_report_case(c, "once", at, term->node, GB_ARGS(term->node->title.str));
            gb_also(c, f, GB_AT(count.first), gb_say(c, "唯一的一处", "the only place"));
        }
    }
}

/* ---- TRM-025: short forms that the text declares ---- */

/* Where the short form is given. */
struct declaration {
    const struct gb_designation *form, *full;
    bool is_front;
};

/* The place where it is given is none before it. */
static bool
is_behind(const struct declaration *d, const struct gb_term_use *use)
{
    if (use->node != d->form->node)
        return use->node->id > d->form->node->id;
    return use->text->str.ptr + use->begin >= d->form->text.str.ptr;
}

/* Front matter and body have declarations of their own. */
static bool
is_same_part(const struct declaration *d, const struct gb_term_use *use)
{
    return d->is_front == ((use->flags & GB_USE_FRONT) != 0) && !(use->flags & GB_USE_IN_ENTRY);
}

/* 社会保险经办机构 itself, not a longer name that ends with it. */
static bool
begins_as_word(const struct gb_term_use *use)
{
    uint32_t c = use->begin ? gb_char_before(use->text->str, use->begin) : 0;

    return !c || !gb_char_is_han(c) || gb_is_joint(c);
}

static void
judge_full_form(struct gb_check *c, const struct declaration *d)
{
    const struct gb_terms *terms = c->facts->vocabulary;
    struct gb_finding *f = NULL;
    const struct gb_term_use *title = NULL; /* or the scope, which may say in full to what the document applies */
    unsigned n = 0;

    if (!d->full || !d->full->is_searched)
        return;
    for (uint32_t i = d->full->first_use; i != GB_NO_USE && n < MOST_PLACES; i = terms->uses[i].next) {
        const struct gb_term_use *use = &terms->uses[i];
        if (!is_behind(d, use) || !is_same_part(d, use) || gb_node_inside(use->node, GB_NODE_EXAMPLE))
            continue; /* a designation is explained with the whole name */
        if (use->flags & GB_USE_IN_TITLE || gb_node_top(use->node) == c->facts->scope) {
            title = title ? title : use;
        } else if (!f) {
            f = gb_report(c, GB_AT(use), use->node, GB_ARGS(d->full->words, d->form->words));
            gb_also(c, f, gb_at_text(&d->form->text), gb_say(c, "在此规定简称", "the short form is given here"));
        } else {
            gb_also(c, f, GB_AT(use), d->full->words);
            n++;
        }
    }
    if (!f && title) {
        f = gb_report_case(c, "title", GB_AT(title), title->node, GB_ARGS(d->full->words, d->form->words));
        gb_also(c, f, gb_at_text(&d->form->text), gb_say(c, "在此规定简称", "the short form is given here"));
    }
}

/* A short form before it is given; one that is a common word (中心) may be one there as well. */
static void
judge_early_uses(struct gb_check *c, const struct declaration *d)
{
    enum { SHORTEST = 4 * GB_HAN };
    const struct gb_terms *terms = c->facts->vocabulary;

    if (d->form->words.len < SHORTEST || !d->full)
        return;
    for (uint32_t i = d->form->first_use; i != GB_NO_USE; i = terms->uses[i].next) {
        const struct gb_term_use *use = &terms->uses[i];
        if (is_behind(d, use))
            return;
        if (!is_same_part(d, use) || use->flags & GB_USE_IN_TITLE || !begins_as_word(use))
            continue;
        struct gb_finding *f =
            gb_report_case(c, "early", GB_AT(use), use->node, GB_ARGS(d->form->words, d->full->words));
        gb_also(c, f, gb_at_text(&d->form->text), gb_say(c, "在此规定简称", "the short form is given here"));
        return;
    }
}

static bool
is_quoted(const struct gb_text *form, const struct gb_str whole)
{
    size_t at = (size_t)(form->str.ptr - whole.ptr), before;
    uint32_t c = at > 0 && at <= whole.len ? gb_utf8_before(whole, at, &before) : 0;

    return c == 0x201C || c == '"' || c == 0x300C || c == 0x2018;
}

static bool
is_in_front(const struct gb_node *node)
{
    return gb_node_inside(node, GB_NODE_FOREWORD) || gb_node_inside(node, GB_NODE_INTRO);
}

static void
judge_declaration(struct gb_check *c, const struct gb_term *term)
{
    const struct gb_terms *terms = c->facts->vocabulary;
    struct declaration d = {&terms->designations[term->first], NULL, is_in_front(term->node)};
    enum gb_designation_status status;

    if (term->n > 1) {
        /* A defined term has its entry, which says by what names it goes. */
        uint32_t other = gb_term_called(c->facts, terms->designations[term->first + 1].words, &status);
        if (other != GB_NO_TERM && terms->items[other].kind != GB_TERM_ENTRY)
            d.full = &terms->designations[term->first + 1];
    }
    if (!is_quoted(&d.form->text, term->node->text.str) && gb_char_is_han(gb_utf8_at(d.form->words, 0, &(size_t){0})))
        gb_report_case(c, "quotes", gb_at_text(&d.form->text), term->node, GB_ARGS(d.form->words));
    judge_full_form(c, &d);
    judge_early_uses(c, &d);
}

static void
check_short_forms(struct gb_check *c)
{
    const struct gb_terms *terms = c->facts->vocabulary;

    for (uint32_t i = terms->n; i > 0 && terms->items[i - 1].kind == GB_TERM_DECLARED; i--)
        judge_declaration(c, &terms->items[i - 1]);
}

/* ---- TRM-023: words in quotes that nothing defines ---- */

enum { MOST_WORDS = 10 };

struct quoted {
    struct gb_str words[MOST_WORDS];
    size_t n;
};

/* Told once for each, and of ten at most. */
static bool
is_new(struct gb_check *c, struct gb_str word)
{
    static const char key;
    struct quoted *seen = gb_check_shared(c, &key, sizeof(*seen));

    if (gb_str_is_any(word, seen->words, seen->n) || seen->n == MOST_WORDS)
        return false;
    seen->words[seen->n++] = gb_arena_copy(c->arena, word);
    return true;
}

/* “流动书架体系”, “暖心归还”服务; 实行“首问包干”. */
static bool
is_concept(struct gb_check *c, struct gb_str before, struct gb_str word, struct gb_str behind)
{
    const struct gb_han_words *ends = gb_param_set(c, "ends");
    size_t len = gb_words_end(ends, word);

    return (len > 0 && len < word.len) || gb_words_start(ends, behind) > GB_HAN || gb_param_ends(c, "verbs", before);
}

static void
hit_quoted_word(struct gb_check *c, const struct gb_found *found)
{
    enum { LONGEST = 10 };
    struct gb_str word = found->match.groups[0], before = gb_found_before(found);
    enum gb_designation_status status;

    if (!word.ptr || gb_str_han_length(word) > LONGEST || !is_concept(c, before, word, gb_found_behind(found)) ||
        gb_term_called(c->facts, word, &status) != GB_NO_TERM || gb_str_is(c->facts->function, "术语"))
        return;
    if (gb_param_ends(c, "marking", before))
        return;
    if (is_new(c, word))
        gb_report(c, gb_at_found(found), found->node, GB_ARGS(word));
}

const struct gb_check_def gb_term_use_checks[] = {
    {.name = "unused-terms", .whole = check_unused_terms, .cases = "once"},
    {.name = "short-forms", .whole = check_short_forms, .cases = "quotes early title"},
    {.name = "undefined-words",
     .hit = hit_quoted_word,
     .params = GB_SEARCH_PARAMS "words:words ends:words marking:words verbs:words"},
    {0},
};
