/*
 * How the draft was written down: marks of headings, bullets before numbers, annex heads, captions without pictures, page
 * furniture. What a conversion leaves behind; group MDC, with source_lines.c for what is seen on lines and characters.
 */
#include "base/array.h"
#include "base/buf.h"
#include "base/sort.h"
#include "check/contents_priv.h"
#include "check/figures_priv.h"
#include "text/chars.h"
#include "text/utf8.h"

extern const struct gb_check_def gb_source_form_checks[];

/* More places than this help nobody; the fix still reaches all of them. */
enum { MOST_RELATED = 30 };

/* ---- The bytes around a place ---- */

static uint32_t
line_begin(const struct gb_check *c, uint32_t offset)
{
    return gb_source_line_begin(gb_check_context(c)->doc->source, offset);
}

static struct gb_span
line_of(const struct gb_check *c, uint32_t offset)
{
    return (struct gb_span){line_begin(c, offset), gb_source_line_end(gb_check_context(c)->doc->source, offset)};
}

static struct gb_str
bytes(const struct gb_check *c, struct gb_span span)
{
    return gb_source_text(gb_check_context(c)->doc->source, span);
}

/* What stands on the line before the node's head. */
static struct gb_span
before_head(const struct gb_check *c, const struct gb_node *node)
{
    return (struct gb_span){line_begin(c, node->span.begin), node->span.begin};
}

static bool
is_exact(const struct gb_node *node)
{
    return !(node->flags & GB_NODE_APPROX);
}

/* Does a blank line, or nothing at all, stand above the line that begins here? */
static bool
is_blank_above(const struct gb_source_file *file, uint32_t begin)
{
    const char *text = file->text.ptr;
    uint32_t at = begin - file->base;

    if (at > 0 && text[at - 1] == '\n')
        at--;
    if (at > 0 && text[at - 1] == '\r')
        at--;
    while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t'))
        at--;
    return at == 0 || text[at - 1] == '\n' || text[at - 1] == '\r';
}

/* The line below the one that ends here, empty where there is none. */
static struct gb_str
line_below(const struct gb_source *source, const struct gb_source_file *file, uint32_t end)
{
    struct gb_str rest = gb_str_skip(file->text, end - file->base);
    struct gb_span below = {end, end};

    if (rest.len && rest.ptr[0] == '\r')
        below.begin++;
    if (rest.len > below.begin - end && rest.ptr[below.begin - end] == '\n')
        below.begin++;
    below.end = below.begin;
    if (below.begin - file->base < file->text.len)
        below.end = gb_source_line_end(source, below.begin);
    return gb_str_sub(file->text, below.begin - file->base, below.end - file->base);
}

static struct gb_str
line_end_of(const struct gb_source_file *file)
{
    return file->n_crlf > file->n_lf ? GB_STR("\r\n") : GB_STR("\n");
}

/* In digits, as printf would write it, which costs a multiple. */
static struct gb_str
number_text(const struct gb_check *c, size_t n)
{
    char text[24], *end = text + sizeof(text), *at = end;

    do
        *--at = (char)('0' + n % 10);
    while (n /= 10);
    return gb_arena_copy(gb_check_context(c)->arena, (struct gb_str){at, (size_t)(end - at)});
}

static struct gb_str
concat(const struct gb_check *c, const struct gb_str *parts, size_t n)
{
    struct gb_buf out = {0};

    for (size_t i = 0; i < n; i++)
        gb_buf_add(&out, parts[i]);
    struct gb_str text = gb_buf_take(&out, gb_check_context(c)->arena);
    gb_buf_release(&out);
    return text;
}

static void
relate(struct gb_check *c, struct gb_finding *f, size_t i, struct gb_at at, struct gb_str message)
{
    if (i < MOST_RELATED)
        gb_also(c, f, at, message);
}

/* ---- MDC-001: depth of headings ---- */

struct heading {
    const struct gb_node *node;
    uint8_t expected;
    uint8_t dots;      /* in its number; 0 for chapters and annexes */
    bool is_wrong;
    bool is_told;      /* with all of its rank */
    struct gb_span marks; /* once it is reported */
};

typedef GB_ARRAY(struct heading) heading_array;

enum {
    DEEPEST = 6,       /* heading of Markdown */
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
    size_t next;

    for (size_t at = 0; at < s.len; at = next)
        n += gb_char_narrow(gb_utf8_at(s, at, &next)) == '.';
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

static const struct gb_node *
top_of(const struct gb_node *node)
{
    while (node->parent->kind != GB_NODE_DOC)
        node = node->parent;
    return node;
}

/* Of chapters and annexes; numbers in the introduction count for themselves. */
static void
collect_headings(const struct gb_facts *facts, heading_array *out)
{
    for (uint32_t i = 0; i < facts->numbered.n; i++) {
        const struct gb_node *n = facts->numbered.items[i];
        enum gb_node_kind top = top_of(n)->kind;
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

    for (size_t i = 0; i < headings->len; i++) {
        const struct heading *h = &headings->items[i];
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
}

/* The # of the heading; an empty span where it is not written so. */
static struct gb_span
heading_marks(const struct gb_check *c, const struct gb_node *node)
{
    struct gb_span span = before_head(c, node), none = {0, 0};
    struct gb_str text = bytes(c, span);
    size_t begin = 0, end;

    while (begin < text.len && text.ptr[begin] == ' ')
        begin++;
    for (end = begin; end < text.len && text.ptr[end] == '#'; end++)
        ;
    if (!is_exact(node) || end - begin != node->depth || end == text.len || gb_str_trim(gb_str_skip(text, end)).len)
        return none;
    return (struct gb_span){span.begin + (uint32_t)begin, span.begin + (uint32_t)end};
}

static struct gb_at
at_number(const struct gb_node *node)
{
    return node->number.str.len && node->number.n_runs ? gb_at_text(&node->number) : gb_at_head(node);
}

static struct gb_str
label_of(const struct gb_check *c, const struct gb_node *node)
{
    if (node->kind == GB_NODE_ANNEX)
        return concat(c, (const struct gb_str[]){GB_STR("附录"), node->number.str}, 2);
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
        const struct gb_str parts[] = {gb_say(c, "应为", "should be level "), number_text(c, depth), gb_say(c, "级", "")};
        group->should[depth] = concat(c, parts, GB_COUNT(parts));
    }
    return group->should[depth];
}

static void
report_headings(struct gb_check *c, const char *which, const struct heading_group *group)
{
    static const char marks[] = "######";
    const struct heading *first = group->list[0];
    const struct gb_str args[] = {label_of(c, first->node), number_text(c, first->node->depth),
                                  number_text(c, first->expected), number_text(c, group->n)};
    struct gb_finding *f = gb_report_case(c, which, at_number(first->node), first->node, args, GB_COUNT(args));
    bool is_fixable;

    for (size_t i = 1; i < group->n && i < MOST_RELATED; i++) {
        const struct heading *h = group->list[i];
        relate(c, f, i, at_number(h->node), should_be(c, group, h->expected));
    }
    is_fixable = gb_wants_fix(c, f);
    for (size_t i = 0; is_fixable && i < group->n; i++) {
        group->list[i]->marks = heading_marks(c, group->list[i]->node);
        is_fixable = group->list[i]->marks.end;
    }
    for (size_t i = 0; is_fixable && i < group->n; i++)
        gb_fix_markup(c, f, group->list[i]->marks, (struct gb_str){marks, group->list[i]->expected});
}

/* Ranks of which nearly all headings are wrong have one cause, and give one finding together. */
static void
report_ranks(struct gb_check *c, heading_array *headings, struct heading **group, struct gb_str *should)
{
    unsigned long all[MOST_DOTS] = {0}, wrong[MOST_DOTS] = {0};
    size_t n = 0;

    for (size_t i = 0; i < headings->len; i++) {
        const struct heading *h = &headings->items[i];
        all[h->dots]++;
        wrong[h->dots] += h->is_wrong;
    }
    for (size_t i = 0; i < headings->len; i++) {
        struct heading *h = &headings->items[i];
        h->is_told = h->is_wrong && h->dots && all[h->dots] >= RANK_LEAST &&
                     wrong[h->dots] * 100 >= all[h->dots] * RANK_PERCENT;
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
check_heading_depth(struct gb_check *c, const struct gb_node *doc)
{
    heading_array headings = {0};
    struct gb_str should[DEEPEST + 1] = {0};

    (void)doc;
    collect_headings(gb_check_context(c)->facts, &headings);
    unsigned depth = depth_of_chapters(&headings);
    struct heading **group = gb_alloc(sizeof(*group) * (headings.len + 1));
    for (size_t i = 0; depth && i < headings.len; i++)
        judge_heading(&headings.items[i], depth);
    report_ranks(c, &headings, group, should);
    for (size_t i = 0; i < headings.len;) {
        size_t n = 0;
        const struct gb_node *top = top_of(headings.items[i].node);
        while (i < headings.len && headings.items[i].is_wrong && !headings.items[i].is_told &&
               top_of(headings.items[i].node) == top)
            group[n++] = &headings.items[i++];
        if (n)
            report_headings(c, n > 1 ? "run" : NULL, &(struct heading_group){group, n, should});
        else
            i++;
    }
    free(group);
    gb_array_release(&headings);
}

/* ---- MDC-002, MDC-003: bullets before numbers and markers ---- */

/* Length of "- " or "* " with the blanks behind it, at the end of the text; *out_begin is where it begins. 0: there is none. */
static size_t
bullet_length(struct gb_str before, size_t *out_begin)
{
    size_t end = before.len;

    while (end > 0 && (before.ptr[end - 1] == ' ' || before.ptr[end - 1] == '\t'))
        end--;
    if (end == 0 || end == before.len || !strchr("-*+", before.ptr[end - 1]))
        return 0;
    *out_begin = end - 1;
    return before.len - (end - 1);
}

/* What the bullet's place is to hold: a line end more where a line of text stands right above, so that both stay apart. */
static bool
bullet_edit(const struct gb_check *c, const struct gb_node *node, struct gb_edit *out)
{
    const struct gb_source *source = gb_check_context(c)->doc->source;
    const struct gb_source_file *file = gb_source_file_at(source, node->span.begin);
    struct gb_span before = before_head(c, node);
    struct gb_str text = gb_str_sub(file->text, before.begin - file->base, before.end - file->base);
    size_t begin = 0, length = bullet_length(text, &begin);

    if (!is_exact(node) || !length || gb_str_trim(gb_str_sub(text, 0, begin)).len)
        return false;
    /* Lines below that belong to the bullet by their blanks would lose their owner. */
    struct gb_str below = line_below(source, file, gb_source_line_end(source, node->span.begin));
    if (below.len && (below.ptr[0] == ' ' || below.ptr[0] == '\t') && gb_str_trim(below).len) {
        size_t at = 0, other;
        while (at < below.len && (below.ptr[at] == ' ' || below.ptr[at] == '\t'))
            at++;
        if (at + 1 >= below.len || !bullet_length(gb_str_sub(below, 0, at + 2), &other))
            return false;
    }
    out->span = before;
    out->text = is_blank_above(file, before.begin) ? GB_STR("") : line_end_of(file);
    return true;
}

static bool
is_bulleted_clause(const struct gb_node *node)
{
    return node && node->kind == GB_NODE_CLAUSE && node->encoding == GB_ENCODING_BULLET &&
           !(node->flags & GB_NODE_GIVEN) && node->num.n;
}

static const struct gb_node *
clause_beside(const struct gb_node *node, bool is_before)
{
    do {
        node = is_before ? node->prev : node->next;
    } while (node && node->kind != GB_NODE_CLAUSE);
    return node;
}

/* Bulleted nodes that are told together. */
struct bulleted {
    GB_ARRAY(const struct gb_node *) nodes;
};

/* None is mended where one of them cannot be. */
static void
fix_bulleted(struct gb_check *c, struct gb_finding *f, const struct bulleted *all)
{
    GB_ARRAY(struct gb_edit) edits = {0};
    bool ok = gb_wants_fix(c, f);

    for (size_t i = 0; ok && i < all->nodes.len; i++)
        ok = bullet_edit(c, all->nodes.items[i], gb_push(&edits));
    for (size_t i = 0; ok && i < edits.len; i++)
        gb_fix_markup(c, f, edits.items[i].span, edits.items[i].text);
    gb_array_release(&edits);
}

/* A clause is no item of a list. Clauses one after the other give one finding. */
static void
check_clause_in_bullet(struct gb_check *c, const struct gb_node *node)
{
    struct bulleted all = {0};

    if (!is_bulleted_clause(node) || is_bulleted_clause(clause_beside(node, true)))
        return;
    for (const struct gb_node *k = node; is_bulleted_clause(k); k = clause_beside(k, false))
        *gb_push(&all.nodes) = k;
    const struct gb_str args[] = {node->number.str, number_text(c, all.nodes.len)};
    const char *which = all.nodes.len > 1 ? "run" : NULL;
    struct gb_finding *f = gb_report_case(c, which, at_number(node), node, args, GB_COUNT(args));
    for (size_t i = 1; i < all.nodes.len && i < MOST_RELATED; i++)
        relate(c, f, i, at_number(all.nodes.items[i]), GB_STR(""));
    fix_bulleted(c, f, &all);
    gb_array_release(&all.nodes);
}

/* A bullet of the markup before a marker of the standard: read as one marker, told once. */
static void
check_double_marker(struct gb_check *c, const struct gb_node *doc)
{
    const struct gb_nodes *all = &gb_check_context(c)->facts->of_kind[GB_NODE_ITEM];
    struct bulleted doubles = {0};

    (void)doc;
    for (uint32_t i = 0; i < all->n; i++) {
        if (all->items[i]->flags & GB_NODE_DOUBLE)
            *gb_push(&doubles.nodes) = all->items[i];
    }
    if (!doubles.nodes.len)
        return;
    const struct gb_node *first = doubles.nodes.items[0];
    const struct gb_str args[] = {first->marker.str, number_text(c, doubles.nodes.len)};
    struct gb_finding *f = gb_report(c, gb_at_text(&first->marker), first, args, GB_COUNT(args));
    for (size_t i = 1; i < doubles.nodes.len && i < MOST_RELATED; i++)
        relate(c, f, i, gb_at_text(&doubles.nodes.items[i]->marker), GB_STR(""));
    fix_bulleted(c, f, &doubles);
    gb_array_release(&doubles.nodes);
}

/* ---- MDC-004: annex heads ---- */

/* A chapter with a heading of the usual depth; NULL where chapters are no headings. */
static const struct gb_node *
model_chapter(const struct gb_check *c)
{
    const struct gb_facts *facts = gb_check_context(c)->facts;
    heading_array headings = {0};
    const struct gb_node *model = NULL;

    collect_headings(gb_check_context(c)->facts, &headings);
    unsigned depth = depth_of_chapters(&headings);
    for (uint32_t i = 0; i < facts->n_chapters && !model; i++) {
        unsigned own = facts->chapters[i]->depth;
        model = own && (own == depth || !depth) ? facts->chapters[i] : NULL;
    }
    gb_array_release(&headings);
    return model;
}

/* Brackets made full-width, blanks between them and the words dropped: （规范性附录）. */
static struct gb_str
nature_words(struct gb_str written, struct gb_buf *out)
{
    out->len = 0;
    gb_normalise(written, out);
    return gb_buf_str(out);
}

static void
fix_annex_head(struct gb_check *c, struct gb_finding *f, const struct gb_node *annex, const struct gb_node *model)
{
    struct gb_span marks = heading_marks(c, model), title = gb_text_whole(&annex->title, NULL);
    struct gb_span head = {annex->span.begin, title.end};
    struct gb_buf nature = {0};

    if (!marks.end || annex->encoding == GB_ENCODING_HTML || !is_exact(annex) || title.end <= head.begin ||
        gb_str_trim(bytes(c, before_head(c, annex))).len)
        return;
    nature_words(annex->u.nature_text->str, &nature);
    const struct gb_str line[] = {bytes(c, marks),     GB_STR(" 附录"), annex->number.str,
                                  gb_buf_str(&nature), GB_STR("　"),    annex->title.str};
    head.begin = line_begin(c, head.begin);
    gb_fix_markup(c, f, head, concat(c, line, GB_COUNT(line)));
    gb_buf_release(&nature);
}

/* A whole head that is plain lines. A mention at the head of a line has a verb, and is read as none. */
static bool
is_annex_in_lines(const struct gb_node *annex)
{
    bool is_line = annex->encoding == GB_ENCODING_PARAGRAPH || annex->encoding == GB_ENCODING_BOLD ||
                   annex->encoding == GB_ENCODING_HTML;

    return is_line && !annex->depth && !(annex->flags & GB_NODE_GIVEN) && annex->title.str.len && annex->u.nature_text;
}

/* In a draft with headings the head of an annex is one too. */
static void
check_annex_heads(struct gb_check *c, const struct gb_node *doc)
{
    const struct gb_nodes *annexes = &gb_check_context(c)->facts->of_kind[GB_NODE_ANNEX];
    const struct gb_node *model = NULL;

    (void)doc;
    for (uint32_t i = 0; i < annexes->n; i++) {
        const struct gb_node *annex = annexes->items[i];
        if (!is_annex_in_lines(annex))
            continue;
        if (!model && !(model = model_chapter(c)))
            return;
        const struct gb_str args[] = {annex->number.str, annex->title.str};
        fix_annex_head(c, gb_report(c, gb_at_head(annex), annex, args, GB_COUNT(args)), annex, model);
    }
}

/* ---- MDC-006: leaders and pages typed in the contents ---- */

/* Where the leader before the page begins; GB_NOT_FOUND when there is none of three dots. */
static size_t
leader_begin(const struct gb_node *entry)
{
    struct gb_str head = gb_str_trim(entry->head.str);
    size_t at, prev;
    unsigned dots = 0;

    if (!entry->page.str.len || !gb_str_ends(head, entry->page.str))
        return GB_NOT_FOUND;
    for (at = head.len - entry->page.str.len; at > 0; at = prev) {
        uint32_t ch = gb_utf8_before(head, at, &prev);
        if (ch == '.' || ch == 0xFF0E || ch == 0xB7 || ch == 0x30FB)
            dots++;
        else if (ch == 0x2026 || ch == 0x22EF || ch == 0x2025)
            dots += 3;
        else if (!gb_char_is_space(ch))
            break;
    }
    return dots >= 3 ? at : GB_NOT_FOUND;
}

/*
 * Is the entry read as one without its page as well: a number that stands apart from the title, or the title of an element that
 * contents list?
 */
static bool
is_plain_entry(const struct gb_check *c, const struct gb_node *entry)
{
    static const struct gb_str titles[] = {GB_WORD("前言"), GB_WORD("引言"), GB_WORD("参考文献"), GB_WORD("索引")};
    struct gb_span number = gb_text_whole(&entry->number, NULL), title = gb_text_whole(&entry->title, NULL);

    if (entry->num.letter && entry->num.n == 0)
        return true;
    if (entry->num.n > 0)
        return number.end < title.begin && !gb_str_trim(bytes(c, (struct gb_span){number.end, title.begin})).len;
    for (size_t i = 0; i < GB_COUNT(titles); i++) {
        if (gb_str_same(entry->title.str, titles[i]))
            return true;
    }
    return gb_str_starts(entry->title.str, GB_STR("图")) || gb_str_starts(entry->title.str, GB_STR("表"));
}

/*
 * Takes leaders and pages out, all of them or none: of entries without pages and such with pages nobody knows what they mean. Entries
 * that share a line would run together.
 */
static void
fix_leaders(struct gb_check *c, struct gb_finding *f, const struct gb_node *toc)
{
    GB_ARRAY(struct gb_edit) edits = {0};
    bool ok = gb_wants_fix(c, f);

    for (const struct gb_node *e = toc->first; ok && e; e = e->next) {
        struct gb_span tail;
        if (e->kind != GB_NODE_ENTRY)
            continue;
        ok = is_plain_entry(c, e);
        if (!e->page.str.len)
            continue;
        ok = ok && e->encoding != GB_ENCODING_TABLE && gb_entry_tail(gb_check_context(c)->doc, e, &tail);
        if (ok)
            *gb_push(&edits) = (struct gb_edit){.span = tail, .text = GB_STR(""), .is_markup = true};
    }
    if (ok)
        gb_fix_edits(c, f, edits.items, edits.len);
    gb_array_release(&edits);
}

/* Contents with leaders and pages are made by a program, not typed. */
static void
check_toc_leaders(struct gb_check *c, const struct gb_node *toc)
{
    struct gb_finding *f = NULL;
    unsigned long n = 0;

    for (const struct gb_node *e = toc->first; e; e = e->next)
        n += e->kind == GB_NODE_ENTRY && leader_begin(e) != GB_NOT_FOUND;
    size_t i = 0;
    for (const struct gb_node *e = toc->first; e; e = e->next) {
        size_t begin = e->kind == GB_NODE_ENTRY ? leader_begin(e) : GB_NOT_FOUND;
        if (begin == GB_NOT_FOUND)
            continue;
        struct gb_text rest = gb_text_slice(&e->head, begin, e->head.str.len);
        rest = gb_text_trim(&rest);
        const struct gb_str args[] = {number_text(c, n)};
        if (i++ == 0)
            f = gb_report(c, gb_at_text(&rest), e, args, GB_COUNT(args));
        else if (i >= MOST_RELATED)
            break;
        else
            relate(c, f, i, gb_at_text(&rest), GB_STR(""));
    }
    if (f)
        fix_leaders(c, f, toc);
}

/* ---- MDC-009: captions without pictures ---- */

static bool
is_drawn(const struct gb_node *n)
{
    bool has_caption = n->number.str.len || n->title.str.len;

    switch (n->kind) {
    case GB_NODE_FIGURE:
        return n->encoding != GB_ENCODING_LOST && !has_caption;
    case GB_NODE_TABLE:
        return n->encoding != GB_ENCODING_LOST && !has_caption;
    case GB_NODE_PARA: /* a drawing made of characters */
        return n->encoding == GB_ENCODING_FENCE;
    default:
        return false;
    }
}

/* Something between the caption and the one before it, or the next, may be the picture: in doubt it is. */
static bool
has_picture_near(const struct gb_node *caption)
{
    for (const struct gb_node *n = caption->prev; n && n->kind != GB_NODE_CLAUSE; n = n->prev) {
        if (is_drawn(n))
            return true;
        if (n->kind == GB_NODE_FIGURE)
            break;
    }
    const struct gb_node *next = caption->next;
    while (next && next->kind == GB_NODE_COMMENT)
        next = next->next;
    return next && is_drawn(next);
}

/* 图1 below 图1-1 and 图1-2: its pictures are those of its parts, FIG-009. */
static bool
is_below_parts(struct gb_check *c, const struct gb_node *figure)
{
    const struct gb_node *before = gb_object_before(figure);

    return before && before->kind == GB_NODE_FIGURE && before->encoding != GB_ENCODING_LOST && figure->num.n == 1 &&
           before->num.part[0] == figure->num.part[0] && gb_figure_is_part_of_other(gb_check_context(c), before);
}

/* A caption has its picture. */
static void
check_figure_lost(struct gb_check *c, const struct gb_node *figure)
{
    struct gb_arena *arena = gb_check_context(c)->arena;

    if (figure->encoding != GB_ENCODING_LOST || has_picture_near(figure) || is_below_parts(c, figure))
        return;
    struct gb_str label = gb_arena_printf(arena, "图%.*s", GB_FMT(figure->number.str));
    const struct gb_str args[] = {label, figure->title.str};
    gb_report_case(c, figure->title.str.len ? NULL : "untitled", gb_at_head(figure), figure, args, GB_COUNT(args));
    gb_not_checked(c, label, gb_say(c, "图形已丢失", "the picture is lost"));
}

/* ---- MDC-010: headings on the cover ---- */

/*
 * Takes the marks of a heading off a line of the cover. Where a line of text stands right above or below, a blank line keeps
 * them apart. False where it is another form of heading.
 */
static bool
plain_line(const struct gb_check *c, const struct gb_node *node, struct gb_edit *out)
{
    const struct gb_source *source = gb_check_context(c)->doc->source;
    const struct gb_source_file *file = gb_source_file_at(source, node->span.begin);
    struct gb_span marks = heading_marks(c, node), line = line_of(c, node->span.begin);
    bool is_exact_text = false;
    struct gb_span text = gb_text_whole(&node->text, &is_exact_text);

    if (!marks.end || !is_exact_text || text.begin < marks.end || text.end > line.end ||
        gb_str_trim(bytes(c, (struct gb_span){text.end, line.end})).len)
        return false;
    bool is_free = !gb_str_trim(line_below(source, file, line.end)).len;
    *out = (struct gb_edit){.span = {line.begin, line.end}, .is_markup = true};
    const struct gb_str parts[] = {is_blank_above(file, line.begin) ? GB_STR("") : GB_STR("\n"), bytes(c, text),
                                   is_free ? GB_STR("") : GB_STR("\n")};
    out->text = concat(c, parts, GB_COUNT(parts));
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
    size_t i = 0;

    for (const struct gb_node *k = cover->first; k; k = k->next)
        n += k->kind == GB_NODE_PARA && k->depth;
    for (const struct gb_node *k = cover->first; k; k = k->next) {
        if (k->kind != GB_NODE_PARA || !k->depth)
            continue;
        const struct gb_str args[] = {k->text.str, number_text(c, n)};
        if (i++ == 0)
            f = gb_report(c, gb_at_text(&k->text), k, args, GB_COUNT(args));
        else
            relate(c, f, i, gb_at_text(&k->text), GB_STR(""));
    }
    if (f)
        fix_cover_headings(c, f, cover);
}

/* ---- MDC-011: one text with brackets of both widths ---- */

struct bracketed {
    const struct gb_text *text;
    const struct gb_node *node;
    struct gb_str key;  /* the text under N */
    struct gb_str stem; /* of it, up to the end of the first brackets: 标准制（修）of two titles that go on differently */
    bool is_half;
};

struct bracketed_list {
    GB_ARRAY(struct bracketed) list;
    struct gb_buf scratch;
    struct gb_arena arena;
};

static bool
has_half_brackets(struct gb_str s)
{
    return s.len && (memchr(s.ptr, '(', s.len) || memchr(s.ptr, ')', s.len));
}

/* Most titles have no byte of the full-width forms at all. */
static bool
has_full_brackets(struct gb_str s)
{
    return s.len && memchr(s.ptr, '\xEF', s.len) && gb_str_has(s, GB_STR("（")) && !has_half_brackets(s);
}

static void
add_bracketed(struct bracketed_list *all, const struct gb_node *node, const struct gb_text *text, bool is_half)
{
    struct gb_str s = text->str;

    if (!(is_half ? has_half_brackets(s) : has_full_brackets(s)))
        return;
    all->scratch.len = 0;
    gb_normalise(s, &all->scratch);
    struct gb_str key = gb_arena_copy(&all->arena, gb_buf_str(&all->scratch));
    size_t close = gb_str_find(key, GB_STR("）"), 0);
    struct gb_str stem = close == GB_NOT_FOUND || close == 0 ? key : gb_str_sub(key, 0, close + strlen("）"));
    *gb_push(&all->list) = (struct bracketed){text, node, key, stem, is_half};
}

/* Titles, captions and natures of the draft with brackets of one width, in no order. */
static void
collect_bracketed(const struct gb_facts *facts, struct bracketed_list *all, bool is_half)
{
    static const enum gb_node_kind kinds[] = {GB_NODE_ANNEX, GB_NODE_ENTRY,  GB_NODE_TITLE,
                                              GB_NODE_CLAUSE, GB_NODE_FIGURE, GB_NODE_TABLE};

    for (size_t k = 0; k < GB_COUNT(kinds); k++) {
        const struct gb_nodes *nodes = &facts->of_kind[kinds[k]];
        for (uint32_t i = 0; i < nodes->n; i++) {
            const struct gb_node *n = nodes->items[i];
            bool has_nature = n->kind == GB_NODE_ANNEX || n->kind == GB_NODE_ENTRY;
            if (has_nature && n->u.nature_text)
                add_bracketed(all, n, n->u.nature_text, is_half);
            add_bracketed(all, n, &n->title, is_half);
        }
    }
    if (facts->cover)
        add_bracketed(all, facts->cover, &facts->cover->u.cover->title, is_half);
}

static int
compare_keys(const void *left, const void *right)
{
    const struct bracketed *a = left, *b = right;
    int order = gb_str_cmp(a->stem, b->stem);

    return order ? order : (int)a->is_half - (int)b->is_half;
}

static uint32_t
place_of(const struct bracketed *b)
{
    return b->text->n_runs ? gb_text_whole(b->text, NULL).begin : b->node->span.begin;
}

static int
compare_places(const void *left, const void *right)
{
    uint32_t a = place_of(left), b = place_of(right);

    return (a > b) - (a < b);
}

/* Keeps the half-width forms of stems that have a full-width form too, in the order of the draft. */
static void
keep_differing(struct bracketed_list *all)
{
    size_t kept = 0, end;

    if (!all->list.len)
        return;
    gb_sort(all->list.items, all->list.len, sizeof(*all->list.items), compare_keys);
    for (size_t i = 0; i < all->list.len; i = end) {
        struct bracketed first = all->list.items[i];
        for (end = i; end < all->list.len && gb_str_eq(all->list.items[end].stem, first.stem); end++) {
            if (!first.is_half && all->list.items[end].is_half)
                all->list.items[kept++] = all->list.items[end];
        }
    }
    all->list.len = kept;
    if (kept)
        gb_sort(all->list.items, kept, sizeof(*all->list.items), compare_places);
}

static void
fix_brackets(struct gb_check *c, struct gb_finding *f, const struct gb_text *text)
{
    for (size_t i = 0; i < text->str.len; i++) {
        bool is_exact_place = false;
        char ch = text->str.ptr[i];
        if (ch != '(' && ch != ')')
            continue;
        struct gb_span span = gb_text_span(text, i, i + 1, &is_exact_place);
        if (is_exact_place)
            gb_fix(c, f, span, ch == '(' ? GB_STR("（") : GB_STR("）"));
    }
}

/* The same title or nature is written with brackets of one width, the Chinese one. */
static void
check_bracket_width(struct gb_check *c, const struct gb_node *doc)
{
    struct bracketed_list all = {0};
    struct gb_finding *f = NULL;

    (void)doc;
    collect_bracketed(gb_check_context(c)->facts, &all, true);
    if (all.list.len)
        collect_bracketed(gb_check_context(c)->facts, &all, false);
    keep_differing(&all);
    for (size_t i = 0; i < all.list.len; i++) {
        const struct bracketed *b = &all.list.items[i];
        const struct gb_str args[] = {b->text->str, number_text(c, all.list.len), gb_arena_copy(gb_check_context(c)->arena, b->key)};
        if (i == 0)
            f = gb_report(c, gb_at_text(b->text), b->node, args, GB_COUNT(args));
        else
            relate(c, f, i, gb_at_text(b->text), GB_STR(""));
        fix_brackets(c, f, b->text);
    }
    gb_array_release(&all.list);
    gb_buf_release(&all.scratch);
    gb_arena_release(&all.arena);
}

/* ---- MDC-012: running heads and page numbers ---- */

static bool
is_furniture(const struct gb_node *n)
{
    return n && n->kind == GB_NODE_COMMENT && n->flags & GB_NODE_FURNITURE;
}

static bool
has_han_or_letters(struct gb_str s)
{
    size_t next;

    for (size_t at = 0; at < s.len; at = next) {
        uint32_t ch = gb_utf8_at(s, at, &next);
        if (gb_char_is_han(ch))
            return true;
        /* Roman numerals are pages as well. */
        if (gb_char_is_latin(ch) && !strchr("IVXivx", (int)gb_char_narrow(ch)))
            return true;
    }
    return false;
}

/* A bit of text as cells of a broken table and words of a lost picture are: short, and no sentence. */
static bool
is_fragment(const struct gb_node *n)
{
    enum { SHORT = 8 };

    if (!n || n->kind != GB_NODE_PARA || n->flags & GB_NODE_JOINED)
        return false;
    size_t prev;
    uint32_t last = n->text.str.len ? gb_utf8_before(n->text.str, n->text.str.len, &prev) : 0;
    return gb_str_han_length(n->text.str) <= SHORT && last != 0x3002 && last != 0xFF1B && last != 0xFF1A && last != ';';
}

/* Another lone number a few blocks away: the numbers belong to the text between them. */
static bool
has_number_near(const struct gb_node *node, bool is_before)
{
    enum { NEAR = 3 };
    const struct gb_node *n = node;

    for (unsigned i = 0; i < NEAR; i++) {
        n = is_before ? n->prev : n->next;
        if (!n)
            return false;
        if (is_furniture(n) && !has_han_or_letters(n->text.str))
            return true;
    }
    return false;
}

/* V and X below a chapter are symbols; pages have Roman numerals before the first only. */
static bool
is_symbol(const struct gb_node *node)
{
    size_t next;

    return node->text.str.len && gb_char_is_latin(gb_utf8_at(node->text.str, 0, &next)) && gb_node_clause(node);
}

/*
 * A running head is one for sure. A lone number is none beside other numbers or bits of text: cells of a table, words of a
 * picture, numbers of items.
 */
static bool
is_page_break(const struct gb_node *first, const struct gb_node *last)
{
    if (has_han_or_letters(first->text.str) || has_han_or_letters(last->text.str))
        return true;
    return first == last && !is_symbol(first) && !is_fragment(first->prev) && !is_fragment(first->next) &&
           !has_number_near(first, true) && !has_number_near(first, false);
}

/* Whole lines of the furniture with the blank lines behind them; inside a cut sentence all up to its next half. */
static bool
furniture_span(const struct gb_check *c, const struct gb_node *first, const struct gb_node *last, struct gb_span *out)
{
    const struct gb_doc *doc = gb_check_context(c)->doc;
    const struct gb_source_file *file = gb_source_file_at(doc->source, first->span.begin);
    struct gb_span begin = line_of(c, first->span.begin), end = line_of(c, last->span.begin);

    if (!doc->blanks_matter || file != gb_source_file_at(doc->source, end.begin))
        return false;
    for (const struct gb_node *n = first;; n = n->next) {
        struct gb_str line = gb_str_trim(bytes(c, line_of(c, n->span.begin)));
        while (line.len && (line.ptr[0] == '#' || line.ptr[0] == ' '))
            line = gb_str_skip(line, 1);
        if (!is_exact(n) || !gb_str_eq(line, gb_str_trim(bytes(c, n->span))))
            return false;
        if (n == last)
            break;
    }
    uint32_t stop = file->base + (uint32_t)file->text.len;
    const char *text = file->text.ptr - file->base;
    while (end.end < stop && memchr(" \t\r\n", text[end.end], 4))
        end.end++;
    const struct gb_node *cut = first->prev;
    if (cut && cut->flags & GB_NODE_JOINED && cut->text.n_runs && gb_text_whole(&cut->text, NULL).end > end.end) {
        while (begin.begin > file->base && memchr(" \t\r\n", text[begin.begin - 1], 4))
            begin.begin--;
    } else {
        /* The blanks before text of the next line are its own, and a blank line stays where none stands above. */
        uint32_t own = end.begin;
        while (end.end > begin.begin && text[end.end - 1] != '\n' && text[end.end - 1] != '\r')
            end.end--;
        uint32_t next = gb_source_line(doc->source, own) + 1;
        if (!is_blank_above(file, begin.begin) && next <= file->n_lines)
            end.end = gb_source_line_span(file, next).begin;
    }
    *out = (struct gb_span){begin.begin, end.end};
    return out->begin < out->end;
}

/* Running heads and page numbers are no text. Those of one page give one finding. */
static void
check_furniture(struct gb_check *c, const struct gb_node *first)
{
    const struct gb_node *last = first;
    struct gb_span span;

    if (!is_furniture(first) || is_furniture(first->prev))
        return;
    while (is_furniture(last->next))
        last = last->next;
    if (!is_page_break(first, last))
        return;
    bool is_head = has_han_or_letters(first->text.str);
    const struct gb_str args[] = {first->text.str};
    struct gb_finding *f = gb_report_case(c, is_head ? NULL : "page", gb_at_text(&first->text), first, args, GB_COUNT(args));
    for (const struct gb_node *n = first; n != last; n = n->next)
        gb_also(c, f, gb_at_text(&n->next->text), GB_STR(""));
    if (furniture_span(c, first, last, &span))
        gb_fix_markup(c, f, span, GB_STR(""));
    if (first == last && !is_head)
        gb_fix_unsafe(f);
}

/* ---- MDC-013: sentences cut by a blank line ---- */

/* Bytes of some characters at the end, at the beginning of a text. */
static size_t
step(struct gb_str s, size_t at, int by)
{
    for (; by > 0 && at < s.len && s.ptr[at] != '\n'; by--)
        gb_utf8_at(s, at, &at);
    for (; by < 0 && at > 0 && s.ptr[at - 1] != '\n'; by++)
        gb_utf8_before(s, at, &at);
    return at;
}

/*
 * Is the line end at byte `at` of the text one that joined two paragraphs: a blank line, or the end of an element? *out_blank: only
 * blanks stand between them.
 */
static bool
is_cut(const struct gb_check *c, const struct gb_text *text, size_t at, struct gb_span *out_gap, bool *out_blank)
{
    bool is_exact_place = false;
    struct gb_span gap = gb_text_span(text, at, at + 1, &is_exact_place);
    struct gb_str between = bytes(c, gap);
    unsigned ends = 0;

    *out_gap = gap;
    *out_blank = is_exact_place && !gb_str_trim(between).len;
    if (gb_text_flags(text, at) & GB_RUN_HARD)
        return false;
    for (size_t i = 0; i < between.len; i++)
        ends += between.ptr[i] == '\n' || (between.ptr[i] == '\r' && !gb_str_has(between, GB_STR("\n")));
    return ends > 1 || gb_str_has(between, GB_STR("</"));
}

/* The furniture between the halves has its own finding. */
static bool
has_furniture(const struct gb_node *node, struct gb_span gap)
{
    for (const struct gb_node *n = node->next; n && n->kind == GB_NODE_COMMENT; n = n->next) {
        if (is_furniture(n) && n->span.begin >= gap.begin && n->span.end <= gap.end)
            return true;
    }
    return false;
}

static bool
is_word(uint32_t ch)
{
    return ch < 0x80 && (gb_char_is_latin(ch) || gb_char_digit(ch) >= 0);
}

/* A sentence goes on behind a blank line; told at the words on both sides. */
static void
check_broken_paragraph(struct gb_check *c, const struct gb_node *node)
{
    enum { SHOWN = 4 };
    struct gb_str s = node->text.str;
    struct gb_finding *f = NULL;
    unsigned n = 0;

    if (!(node->flags & GB_NODE_JOINED))
        return;
    for (size_t at = gb_str_find(s, GB_STR("\n"), 0); at != GB_NOT_FOUND; at = gb_str_find(s, GB_STR("\n"), at + 1)) {
        struct gb_span gap;
        bool is_blank;
        if (at == 0 || at + 1 >= s.len || !is_cut(c, &node->text, at, &gap, &is_blank) || has_furniture(node, gap))
            continue;
        size_t begin = step(s, at, -SHOWN), end = step(s, at + 1, SHOWN), other;
        struct gb_at place = gb_at_part(&node->text, begin, end);
        const struct gb_str args[] = {gb_str_sub(s, begin, at), gb_str_sub(s, at + 1, end)};
        if (n++ == 0)
            f = gb_report(c, place, node, args, GB_COUNT(args));
        else
            gb_also(c, f, place, GB_STR(""));
        bool is_spaced = is_word(gb_utf8_before(s, at, &other)) && is_word(gb_utf8_at(s, at + 1, &other));
        if (is_blank)
            gb_fix(c, f, gap, is_spaced ? GB_STR(" ") : GB_STR(""));
    }
}

/* ---- MDC-015: numbers that lost their dots ---- */

/* "421 型号" behind 4.2 is 4.2.1. */
static void
check_lost_dots(struct gb_check *c, const struct gb_node *node)
{
    if (node->flags & GB_NODE_GIVEN || !has_lost_dots(node))
        return;
    struct gb_str number = gb_number_text(&node->num, gb_check_context(c)->arena);
    const struct gb_str args[] = {node->number.str, number, node->title.str};
    gb_report(c, at_number(node), node, args, GB_COUNT(args));
}

const struct gb_check_def gb_source_form_checks[] = {
    {.name = "heading-depth", .run = check_heading_depth, .on = GB_ON(DOC), .cases = "run all"},
    {.name = "clause-in-bullet", .run = check_clause_in_bullet, .on = GB_ON(CLAUSE), .cases = "run"},
    {.name = "double-marker", .run = check_double_marker, .on = GB_ON(DOC)},
    {.name = "annex-not-heading", .run = check_annex_heads, .on = GB_ON(DOC)},
    {.name = "toc-leaders", .run = check_toc_leaders, .on = GB_ON(TOC)},
    {.name = "figure-lost", .run = check_figure_lost, .on = GB_ON(FIGURE), .cases = "untitled"},
    {.name = "cover-as-headings", .run = check_cover_headings, .on = GB_ON(COVER)},
    {.name = "bracket-width-run", .run = check_bracket_width, .on = GB_ON(DOC)},
    {.name = "page-furniture", .run = check_furniture, .on = GB_ON(COMMENT), .cases = "page"},
    {.name = "broken-paragraph", .run = check_broken_paragraph, .on = GB_ON(PARA) | GB_ON(NOTE)},
    {.name = "title-lost-number", .run = check_lost_dots, .on = GB_ON(CLAUSE) | GB_ON(TERM)},
    {0},
};
