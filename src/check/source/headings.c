/* Headings as they were written down: their depth, those of annexes and on the cover, numbers that lost their dots. Group MDC. */
#include "check/clause_priv.h"
#include "check/source/markup_priv.h"

/* ---- MDC-001: depth of headings ---- */

struct heading {
    const struct gb_node *node;
    uint8_t expected;
    uint8_t dots; /* in its number; 0 for chapters and annexes */
    bool is_wrong;
    bool is_told;         /* with all of its rank */
    struct gb_span marks; /* once it is reported */
};

typedef GB_ARRAY(struct heading) heading_array;

enum {
    DEEPEST = 6, /* heading of Markdown */
    MOST_DOTS = GB_MAX_COMPONENTS,
    RANK_LEAST = 5,    /* so many headings of one rank, and */
    RANK_PERCENT = 80, /* so many of them wrong: one cause */
};

static unsigned
dots_of(const struct gb_node *node)
{
    return node->kind == GB_NODE_ANNEX ? 0 : node->num.letter ? node->num.n : node->num.n - 1u;
}

static bool
is_numbered(const struct gb_node *node)
{
    return node->kind == GB_NODE_CLAUSE || node->kind == GB_NODE_TERM;
}

/* The number goes on from the one before it, below its parent: else it is the number that is wrong, not the depth. */
static bool
number_fits(const struct gb_node *node)
{
    const struct gb_node *before = node->prev;

    if (node->kind == GB_NODE_ANNEX)
        return true;
    while (before && !is_numbered(before))
        before = before->prev;
    if (node->parent->kind != GB_NODE_DOC && !gb_number_is_child(&node->num, &node->parent->num))
        return false;
    unsigned last = before && before->num.n ? before->num.part[before->num.n - 1] : 0;
    return node->num.part[node->num.n - 1] == last + 1 || (!before && node->parent->kind == GB_NODE_DOC);
}

static unsigned
count_dots(struct gb_str s)
{
    unsigned n = 0;

    for (size_t at = 0; at < s.len;)
        n += gb_char_narrow(gb_utf8_at(s, at, &at)) == '.';
    return n;
}

/* The number was read with dots that are not written: "421" behind 4.2. */
static bool
has_lost_dots(const struct gb_node *node)
{
    struct gb_str number = node->number.str;

    return !node->num.letter && node->num.n > 1 && !(number.len && memchr(number.ptr, '.', number.len)) &&
           !count_dots(number);
}

static bool
is_judged_heading(const struct gb_node *node)
{
    if (!node->depth || node->flags & (GB_NODE_GIVEN | GB_NODE_DEDUCED | GB_NODE_SENTENCE))
        return false;
    if (node->kind == GB_NODE_ANNEX)
        return true;
    return is_numbered(node) && node->num.n && dots_of(node) < MOST_DOTS && !has_lost_dots(node);
}

/* Of chapters and annexes; numbers in the introduction count for themselves. */
static void
collect_headings(const struct gb_facts *facts, heading_array *out)
{
    for (uint32_t i = 0; i < facts->numbered.n; i++) {
        const struct gb_node *n = facts->numbered.items[i];
        enum gb_node_kind top = gb_node_top(n)->kind;
        if ((top == GB_NODE_CLAUSE || top == GB_NODE_ANNEX) && is_judged_heading(n))
            *gb_push(out) = (struct heading){.node = n, .dots = (uint8_t)dots_of(n)};
    }
}

/* The depth of most chapters; of two, the one that more clauses agree with. 0: no heading tells. */
static unsigned
depth_of_chapters(const heading_array *headings)
{
    unsigned long chapters[UINT8_MAX + 1] = {0}, others[UINT8_MAX + 1] = {0};
    unsigned best = 0;

    GB_EACH(const struct heading, h, headings->items, headings->len) {
        if (h->node->kind == GB_NODE_CLAUSE && h->dots == 0)
            chapters[h->node->depth]++;
        else if (h->node->depth > h->dots)
            others[h->node->depth - h->dots]++;
    }
    for (unsigned depth = 1; depth <= UINT8_MAX; depth++) {
        if (chapters[depth] > chapters[best] || (chapters[depth] == chapters[best] && others[depth] > others[best]))
            best = depth;
    }
    return best;
}

/* Clauses of an annex may also be counted from its head, where that stands higher than the chapters. */
static void
judge_heading(struct heading *h, unsigned chapter_depth)
{
    const struct gb_node *annex = gb_node_inside(h->node, GB_NODE_ANNEX);
    unsigned expected = chapter_depth + h->dots, depth = h->node->depth;

    if (annex && annex->depth && annex->depth < chapter_depth)
        expected = annex->depth + h->dots;
    h->marks = (struct gb_span){0, 0};
    h->expected = expected <= DEEPEST ? (uint8_t)expected : 0;
    h->is_wrong = expected <= DEEPEST && depth != expected && number_fits(h->node);
    if (annex && (depth == chapter_depth + h->dots || (annex == h->node && depth < chapter_depth)))
        h->is_wrong = false;
    if (annex && !annex->depth && depth + 1 == expected) /* its head is a line of text: MDC-004 */
        h->is_wrong = false;
}

/* The # of the heading; an empty span where it is not written so. */
static struct gb_span
heading_marks(const struct gb_check *c, const struct gb_node *node)
{
    struct gb_span span = gb_markup_before_head(c, node), none = {0, 0};
    struct gb_str text = gb_source_text(c->doc->source, span);
    size_t begin = 0, end;

    begin = gb_skip_any(text, begin, " ");
    for (end = begin; end < text.len && text.ptr[end] == '#'; end++)
        ;
    if (!gb_markup_is_exact(node) || end - begin != node->depth || end == text.len ||
        gb_str_trim(gb_str_skip(text, end)).len)
        return none;
    return (struct gb_span){span.begin + (uint32_t)begin, span.begin + (uint32_t)end};
}

static struct gb_str
label_of(const struct gb_check *c, const struct gb_node *node)
{
    if (node->kind == GB_NODE_ANNEX)
        return gb_arena_printf(c->arena, "附录%.*s", GB_FMT(node->number.str));
    return node->number.str;
}

struct heading_group {
    struct heading *const *list;
    size_t n;
    struct gb_str *should; /* what is said of each depth, once it was */
};

static struct gb_str
should_be(const struct gb_check *c, const struct heading_group *group, unsigned depth)
{
    if (!group->should[depth].len) {
        group->should[depth] = gb_arena_printf(c->arena, "%s%u%s", gb_say(c, "应为", "should be level ").ptr, depth,
                                               gb_say(c, "级", "").ptr);
    }
    return group->should[depth];
}

static void
report_headings(struct gb_check *c, const char *which, const struct heading_group *group)
{
    static const char marks[] = "######";
    const struct heading *first = group->list[0];
    const struct gb_str args[] = {label_of(c, first->node), gb_count_text(c, first->node->depth),
                                  gb_count_text(c, first->expected), gb_count_text(c, group->n)};
    struct gb_finding *f = gb_report_case(c, which, gb_at_number(first->node), first->node, args, GB_COUNT(args));
    bool is_fixable;

    for (size_t i = 1; i < group->n && i < GB_MOST_PLACES; i++) {
        const struct heading *h = group->list[i];
        gb_also(c, f, gb_at_number(h->node), should_be(c, group, h->expected));
    }
    is_fixable = gb_wants_fix(c, f);
    for (size_t i = 0; is_fixable && i < group->n; i++) {
        group->list[i]->marks = heading_marks(c, group->list[i]->node);
        is_fixable = group->list[i]->marks.end;
    }
    for (size_t i = 0; is_fixable && i < group->n; i++)
        gb_fix_markup(c, f, group->list[i]->marks, (struct gb_str){marks, group->list[i]->expected});
}

static bool
is_nearly_all(unsigned long wrong, unsigned long all)
{
    return all >= RANK_LEAST && wrong * 100 >= all * RANK_PERCENT;
}

/* Ranks of which nearly all headings are wrong have one cause, and give one finding together; so have all below the chapters. */
static void
report_ranks(struct gb_check *c, heading_array *headings, struct heading **group, struct gb_str *should)
{
    unsigned long all[MOST_DOTS] = {0}, wrong[MOST_DOTS] = {0}, n_all = 0, n_wrong = 0;
    size_t n = 0;

    GB_EACH(const struct heading, h, headings->items, headings->len) {
        all[h->dots]++;
        wrong[h->dots] += h->is_wrong;
        n_all += h->dots > 0;
        n_wrong += h->dots > 0 && h->is_wrong;
    }
    GB_EACH(struct heading, h, headings->items, headings->len) {
        h->is_told =
            h->is_wrong && h->dots && (is_nearly_all(wrong[h->dots], all[h->dots]) || is_nearly_all(n_wrong, n_all));
        if (h->is_told)
            group[n++] = h;
    }
    if (n)
        report_headings(c, "all", &(struct heading_group){group, n, should});
}

/*
 * The depth of a heading follows its number: a chapter d, each dot one more. d is the depth of most chapters. Headings one after
 * the other in one chapter give one finding. Markdown has six levels: deeper clauses are judged no more.
 */
static void
check_heading_depth(struct gb_check *c)
{
    heading_array headings = {0};
    struct gb_str should[DEEPEST + 1] = {0};

    collect_headings(c->facts, &headings);
    unsigned depth = depth_of_chapters(&headings);
    struct heading **group = gb_alloc(sizeof(*group) * (headings.len + 1));
    for (size_t i = 0; depth && i < headings.len; i++)
        judge_heading(&headings.items[i], depth);
    report_ranks(c, &headings, group, should);
    for (size_t i = 0; i < headings.len;) {
        size_t n = 0;
        const struct gb_node *top = gb_node_top(headings.items[i].node);
        while (i < headings.len && headings.items[i].is_wrong && !headings.items[i].is_told &&
               gb_node_top(headings.items[i].node) == top)
            group[n++] = &headings.items[i++];
        if (n)
            report_headings(c, n > 1 ? "run" : NULL, &(struct heading_group){group, n, should});
        else
            i++;
    }
    free(group);
    gb_array_release(&headings);
}

/* ---- MDC-004: annex heads ---- */

/* A chapter with a heading of the usual depth; NULL where chapters are no headings. */
static const struct gb_node *
model_chapter(const struct gb_check *c)
{
    const struct gb_facts *facts = c->facts;
    heading_array headings = {0};
    const struct gb_node *model = NULL;

    collect_headings(c->facts, &headings);
    unsigned depth = depth_of_chapters(&headings);
    for (uint32_t i = 0; i < facts->n_chapters && !model; i++) {
        unsigned own = facts->chapters[i]->depth;
        model = own && (own == depth || !depth) ? facts->chapters[i] : NULL;
    }
    gb_array_release(&headings);
    return model;
}

static void
fix_annex_head(struct gb_check *c, struct gb_finding *f, const struct gb_node *annex, const struct gb_node *model)
{
    struct gb_span marks = heading_marks(c, model), title = gb_text_whole(&annex->title, NULL);
    struct gb_span head = {annex->span.begin, title.end};
    struct gb_buf nature = {0};

    if (!marks.end || annex->encoding == GB_ENCODING_HTML || !gb_markup_is_exact(annex) || title.end <= head.begin ||
        gb_str_trim(gb_source_text(c->doc->source, gb_markup_before_head(c, annex))).len)
        return;
    gb_normalise(annex->u.nature_text->str, &nature); /* （规范性附录）: full-width brackets, no blanks */
    struct gb_str line =
        gb_arena_printf(c->arena, "%.*s 附录%.*s%.*s　%.*s", GB_FMT(gb_source_text(c->doc->source, marks)),
                        GB_FMT(annex->number.str), GB_FMT(gb_buf_str(&nature)), GB_FMT(annex->title.str));
    head.begin = gb_source_line_begin(c->doc->source, head.begin);
    gb_fix_markup(c, f, head, line);
    gb_buf_release(&nature);
}

/* A whole head that is plain lines. A mention at the head of a line has a verb, and is read as none. */
static bool
is_annex_in_lines(const struct gb_node *annex)
{
    bool is_line = GB_AMONG(annex->encoding, GB_ENCODING_PARAGRAPH, GB_ENCODING_BOLD, GB_ENCODING_HTML);

    return is_line && !annex->depth && !(annex->flags & GB_NODE_GIVEN) && annex->title.str.len && annex->u.nature_text;
}

/* In a draft with headings the head of an annex is one too. */
static void
check_annex_heads(struct gb_check *c)
{
    const struct gb_node *model = NULL;

    GB_EACH_NODE(annex, &c->facts->of_kind[GB_NODE_ANNEX]) {
        if (!is_annex_in_lines(annex))
            continue;
        if (!model && !(model = model_chapter(c)))
            return;
        fix_annex_head(c, gb_report(c, gb_at_head(annex), annex, GB_ARGS(annex->number.str, annex->title.str)), annex,
                       model);
    }
}

/* ---- MDC-010: headings on the cover ---- */

/*
 * Takes the marks of a heading off a line of the cover. Where a line of text stands right above or below, a blank line keeps
 * them apart. False where it is another form of heading.
 */
static bool
plain_line(const struct gb_check *c, const struct gb_node *node, struct gb_edit *out)
{
    const struct gb_source *source = c->doc->source;
    const struct gb_source_file *file = gb_source_file_at(source, node->span.begin);
    struct gb_span marks = heading_marks(c, node), line = gb_markup_line(c, node->span.begin);
    bool is_exact_text = false;
    struct gb_span text = gb_text_whole(&node->text, &is_exact_text);

    if (!marks.end || !is_exact_text || text.begin < marks.end || text.end > line.end ||
        gb_str_trim(gb_source_text(c->doc->source, (struct gb_span){text.end, line.end})).len)
        return false;
    bool is_free = !gb_str_trim(gb_markup_line_below(source, file, line.end)).len;
    *out = (struct gb_edit){.span = {line.begin, line.end}, .is_markup = true};
    out->text = gb_arena_printf(c->arena, "%s%.*s%s", gb_markup_is_blank_above(file, line.begin) ? "" : "\n",
                                GB_FMT(gb_source_text(source, text)), is_free ? "" : "\n");
    return true;
}

/* All of them or none: what a plain line between headings is nobody could tell. */
static void
fix_cover_headings(struct gb_check *c, struct gb_finding *f, const struct gb_node *cover)
{
    GB_ARRAY(struct gb_edit) edits = {0};

    /* Of two headings in two languages the first would be taken for the title. */
    const struct gb_cover *says = cover->u.cover;
    bool ok = gb_wants_fix(c, f) && (!says || !says->en.n_runs || !says->title.n_runs ||
                                     gb_text_whole(&says->title, NULL).begin < gb_text_whole(&says->en, NULL).begin);

    for (const struct gb_node *k = cover->first; ok && k; k = k->next) {
        struct gb_edit edit;
        if (k->kind != GB_NODE_PARA || !k->depth)
            continue;
        ok = plain_line(c, k, &edit);
        if (ok)
            *gb_push(&edits) = edit;
    }
    if (ok)
        gb_fix_edits(c, f, edits.items, edits.len);
    gb_array_release(&edits);
}

/* What stands on the cover is no heading: it would be an entry of the contents. */
static void
check_cover_headings(struct gb_check *c, const struct gb_node *cover)
{
    struct gb_finding *f = NULL;
    unsigned long n = 0;

    for (const struct gb_node *k = cover->first; k; k = k->next)
        n += k->kind == GB_NODE_PARA && k->depth;
    for (const struct gb_node *k = cover->first; k; k = k->next) {
        if (k->kind != GB_NODE_PARA || !k->depth)
            continue;
        f = gb_report_one(c, f, NULL, gb_at_text(&k->text), k, GB_ARGS(k->text.str, gb_count_text(c, n)));
    }
    if (f)
        fix_cover_headings(c, f, cover);
}

/* ---- MDC-015: numbers that lost their dots ---- */

/* "421 型号" behind 4.2 is 4.2.1. */
static void
check_lost_dots(struct gb_check *c, const struct gb_node *node)
{
    if (node->flags & GB_NODE_GIVEN || !has_lost_dots(node))
        return;
    struct gb_str number = gb_number_text(&node->num, c->arena);
    gb_report(c, gb_at_number(node), node, GB_ARGS(node->number.str, number, node->title.str));
}

const struct gb_check_def gb_source_heading_checks[] = {
    {.name = "heading-depth", .whole = check_heading_depth, .cases = "run all"},
    {.name = "annex-not-heading", .whole = check_annex_heads},
    {.name = "cover-as-headings", .run = check_cover_headings, .on = GB_ON(COVER)},
    {.name = "title-lost-number", .run = check_lost_dots, .on = GB_ON(CLAUSE) | GB_ON(TERM)},
    {0},
};
