/*
 * The document as a whole: title in two places, citations without a bibliography, marks of two editions, the
 * core that the title promises: STR-012, STR-016, STR-021, STR-022.
 */
#include "check/references/citations_priv.h"
#include "check/structure/elements_priv.h"

/* ---- STR-012: informative citations and no bibliography ---- */

enum { MOST_CITATIONS = 3 };

/* The first ones, each document (or part of it) once. */
static size_t
collect_information(const struct gb_facts *facts, const struct gb_citation *out[MOST_CITATIONS])
{
    size_t n = 0;

    for (uint32_t i = 0; i < facts->n_citations && n < MOST_CITATIONS; i++) {
        const struct gb_citation *citation = &facts->citations[i];
        if (!(citation->flags & GB_CITATION_CERTAIN) || !citation->id->serial.len ||
            !gb_is_unlisted_information(facts, citation))
            continue;
        GB_FIND(kin, out, n, gb_identifier_is_kin((*kin)->id, citation->id));
        if (!kin)
            out[n++] = citation;
    }
    return n;
}

/* Source: GB/T 1.1—2020, 8.13 and 9.5.4.2.2. */
static void
check_bibliography_missing(struct gb_check *check)
{
    const struct gb_citation *found[MOST_CITATIONS];
    struct gb_buf names = {0};
    size_t n;

    if (!gb_is_whole_draft(check) || gb_element_find(check->doc, GB_ELEMENT_BIBLIO) ||
        (n = collect_information(check->facts, found)) == 0)
        return;
    for (size_t i = 0; i < n; i++) {
        gb_buf_puts(&names, i ? "、" : "");
        gb_buf_add(&names, gb_citation_written(found[i]));
    }
    struct gb_str list = gb_buf_take(&names, check->arena);
    struct gb_finding *f = gb_report(check, gb_citation_at(found[0]), found[0]->id->node, GB_ARGS(list));
    for (size_t i = 1; i < n; i++)
        gb_also(check, f, gb_citation_at(found[i]), gb_say(check, "另一处资料性引用", "another informative citation"));
}

/* ---- STR-016: the title on the cover and on the first page ---- */

/* The title without the stage that a cover may add: （征求意见稿）. */
static struct gb_str
title_proper(struct gb_arena *arena, struct gb_str title)
{
    GB_WORDS(stages, "征求意见稿", "送审稿", "报批稿", "草案", "讨论稿", "预审稿");
    struct gb_str bare = gb_bare_title(arena, title);

    return gb_str_sub(bare, 0, bare.len - GB_END(bare, stages));
}

/* All lines of the cover as one: a title in several lines is found in it even where the reader kept only the
 * first. */
static struct gb_str
cover_lines(struct gb_arena *arena, const struct gb_node *cover)
{
    struct gb_buf all = {0};

    for (const struct gb_node *n = cover->first; n; n = n->next)
        gb_buf_add(&all, gb_bare_title(arena, n->text.str));
    return gb_buf_take(&all, arena);
}

/* Two wordings of one title, not a title and some other line of the cover. */
static bool
are_akin(struct gb_str a, struct gb_str b)
{
    enum { TWO_HAN = 6 };
    unsigned limit = (unsigned)(a.len > b.len ? a.len : b.len) / 2;
    bool same_begin = a.len >= TWO_HAN && gb_str_starts(b, gb_str_sub(a, 0, TWO_HAN));
    bool same_end = a.len >= TWO_HAN && gb_str_ends(b, gb_str_skip(a, a.len - TWO_HAN));

    return same_begin || same_end || gb_str_distance(a, b, limit) <= limit;
}

/* Is the title anywhere in the text between cover and chapter 1, though not as a title? */
static bool
stands_somewhere(struct gb_arena *arena, const struct gb_doc *doc, struct gb_str title)
{
    for (const struct gb_node *n = doc->root->first; n && n->kind != GB_NODE_CLAUSE; n = gb_node_walk(n, doc->root)) {
        if (n->kind == GB_NODE_COVER || gb_node_inside(n, GB_NODE_COVER) || n->kind == GB_NODE_ENTRY)
            continue;
        if (n->text.str.len > 4 * title.len) /* no title, but text */
            continue;
        struct gb_str bare = gb_bare_title(arena, n->text.str);
        if (bare.len && (gb_str_eq(bare, title) || (bare.len >= title.len / 2 && gb_str_has(title, bare))))
            return true;
    }
    return false;
}

/* The lines of the cover's title with their markup, to stand before the first chapter; attributes {#id} are not for two. */
static void
offer_title(struct gb_check *c, struct gb_finding *f, const struct gb_text *title, const struct gb_node *chapter)
{
    const struct gb_source *source = c->doc->source;
    struct gb_span whole = gb_text_whole(title, NULL);
    const struct gb_source_file *file = gb_source_file_at(source, whole.begin);

    if (file != gb_source_file_at(source, chapter->span.begin))
        return;
    uint32_t begin = gb_source_line_span(file, gb_source_line(source, whole.begin)).begin;
    uint32_t end = gb_source_line_span(file, gb_source_line(source, whole.end - 1)).end;
    if (gb_str_starts(gb_str_trim(gb_source_text(source, (struct gb_span){whole.end, end})), GB_STR("{")))
        end = whole.end;
    uint32_t place = gb_source_line_span(file, gb_source_line(source, chapter->span.begin)).begin;
    const char *line_end = file->n_crlf > file->n_lf ? "\r\n" : "\n";
    struct gb_str lines = gb_source_text(source, (struct gb_span){begin, end});
    gb_fix_markup(c, f, (struct gb_span){place, place},
                  gb_arena_printf(c->arena, "%.*s%s%s", GB_FMT(lines), line_end, line_end));
}

/* Source: GB/T 1.1—2020, 6.1.1; 2009, 6.2.1. Blanks and punctuation between the parts of a title are a matter
 * of layout. */
static void
check_body_title(struct gb_check *c)
{
    const struct gb_facts *facts = c->facts;

    if (!facts->cover || !facts->cover->u.cover->title.str.len || !facts->n_chapters)
        return;
    const struct gb_text *on_cover = &facts->cover->u.cover->title;
    struct gb_str wanted = title_proper(c->arena, on_cover->str);
    if (facts->title && facts->title->title.str.len) {
        struct gb_str actual = title_proper(c->arena, facts->title->title.str);
        if (gb_str_eq(actual, wanted) || !wanted.len || !actual.len ||
            gb_str_has(cover_lines(c->arena, facts->cover), actual) || !are_akin(actual, wanted))
            return;
        struct gb_finding *f = gb_report_case(c, "differs", gb_at_text(&facts->title->title), facts->title,
                                              GB_ARGS(facts->title->title.str, on_cover->str));
        gb_also(c, f, gb_at_text(on_cover), gb_say(c, "封面上的名称", "the title on the cover"));
        return;
    }
    /* Where the headings have become lines of text, the title is one of the lines. */
    bool is_lost =
        facts->scope && facts->scope->flags & GB_NODE_GIVEN && facts->scope->encoding == GB_ENCODING_PARAGRAPH;
    if (facts->title || !gb_is_whole_draft(c) || !facts->scope || is_lost || facts->scope != facts->chapters[0] ||
        stands_somewhere(c->arena, c->doc, wanted))
        return;
    /* Where the cover is metadata, the style sheet puts the title on both pages; a head of one line stands for both, and so does a
     * title with nothing between it and chapter 1. */
    const struct gb_node *last = facts->cover->last;
    bool is_generated =
        facts->cover->encoding == GB_ENCODING_FRONT_MATTER || !gb_has_real_cover(facts) ||
        facts->cover->first == last ||
        (facts->cover->next == facts->scope && last && gb_str_eq(title_proper(c->arena, last->text.str), wanted));
    struct gb_finding *f = gb_report_case(c, is_generated ? "generated" : NULL, gb_at_head(facts->scope), facts->scope,
                                          GB_ARGS(on_cover->str));
    if (!is_generated)
        offer_title(c, f, on_cover, facts->scope);
}

/* ---- STR-021: marks of two editions ---- */

/*
 * Marks that belong to one edition alone. A publication date or the label of the classification says nothing
 * of how the text was drafted, and 没有规范性引用文件 was written before 2020 as well.
 */
static bool
is_mark(const struct gb_evidence *e)
{
    return e->rank <= GB_EVIDENCE_ANNEX;
}

/* Self names of the other edition are slips (and findings of their own) until there are many. */
static const struct gb_evidence *
first_foreign_mark(const struct gb_facts *facts)
{
    const struct gb_evidence *first = NULL;

    size_t n_names = GB_HOW_MANY(GB_ITEMS(e, facts->evidence, facts->n_evidence),
                                 e->edition != facts->edition && e->rank == GB_EVIDENCE_SELF_NAME);
    GB_EACH(const struct gb_evidence, e, facts->evidence, facts->n_evidence) {
        if (e->edition == facts->edition || !is_mark(e) ||
            (e->rank == GB_EVIDENCE_SELF_NAME && n_names < GB_SELF_NAMES))
            continue;
        if (!first || e->at.span.begin < first->at.span.begin)
            first = e;
    }
    return first;
}

/* Is it the one mark of its edition, against several of other sorts? Then it is the one to change, even the drafting statement. */
static bool
stands_alone(const struct gb_facts *facts, const struct gb_evidence *own)
{
    enum { LEAST = 3, NEAR = 40 }; /* bytes from 本标准 of 本标准按照GB/T 1.1—2009: one mark with it */
    bool has[GB_EVIDENCE_ANNEX + 1] = {false};
    size_t n = 0;

    GB_EACH(const struct gb_evidence, e, facts->evidence, facts->n_evidence) {
        bool is_near = e->at.span.begin < own->at.span.begin && own->at.span.begin - e->at.span.begin < NEAR;
        if (!is_mark(e) || e == own || (is_near && e->edition == own->edition))
            continue;
        if (e->edition == own->edition)
            return false;
        n += !has[e->rank];
        has[e->rank] = true;
    }
    return n >= LEAST;
}

/* The innermost clause or annex, for the finding's number. */
static const struct gb_node *
node_at(const struct gb_doc *doc, uint32_t offset)
{
    const struct gb_node *found = NULL;

    for (const struct gb_node *n = doc->root->first; n && (n->span.end == 0 || n->span.begin <= offset);
         n = gb_node_walk(n, doc->root)) {
        if (n->kind == GB_NODE_CLAUSE || n->kind == GB_NODE_ANNEX)
            found = n;
    }
    return found;
}

/* Source: GB/T 1.1—2020, 9.5.2. Where the edition was asked for, marks of the other one are what the user
 * wants to see singly. */
static void
check_mixed_editions(struct gb_check *c)
{
    const struct gb_facts *facts = c->facts;
    const struct gb_evidence *own = NULL, *foreign;

    if (facts->edition_is_forced || facts->edition_is_assumed || !(foreign = first_foreign_mark(facts)))
        return;
    GB_EACH(const struct gb_evidence, e, facts->evidence, facts->n_evidence) {
        if (e->edition == facts->edition && is_mark(e) && (!own || e->rank < own->rank))
            own = e;
    }
    if (!own)
        return;
    bool is_odd = stands_alone(facts, own);
    if (is_odd) {
        const struct gb_evidence *other = foreign;
        foreign = own;
        own = other;
    }
    struct gb_finding *f =
        gb_report_case(c, is_odd ? "odd" : NULL, foreign->at, node_at(c->doc, foreign->at.span.begin),
                       GB_ARGS(foreign->what, gb_str_from(gb_edition_names[foreign->edition]), own->what,
                               gb_str_from(gb_edition_names[own->edition])));
    gb_also(c, f, own->at, gb_say(c, "另一版的标志", "the mark of the other edition"));
    GB_EACH(const struct gb_evidence, e, facts->evidence, facts->n_evidence) {
        if (e != foreign && e->edition == foreign->edition && is_mark(e))
            gb_also_there(c, f, e->at);
    }
}

/* ---- STR-022: the core that the title promises ---- */

static const struct {
    const char *function, *key, *zh, *en;
    bool in_text; /* running text may hold it as well as a title */
} cores[] = {
    {"规范", "verification", "证实方法（检验、试验、评价等）", "verification (inspection, test, assessment)", false},
    {"规程", "procedure", "程序的确立（阶段、步骤）", "the procedure (stages, steps)", true},
    {"规程", "tracing", "追溯或证实方法", "tracing or verification", true},
    {"试验", "steps", "试验步骤", "test steps", true},
    {"试验", "data", "试验数据处理", "treatment of test data", true},
    {"分类", "classes", "分类和编码", "classification and codes", true},
};

/* The scope only names what other chapters hold. */
static bool
says(const struct gb_facts *facts, const struct gb_node *root, const struct gb_str *words, size_t n, bool in_text)
{
    bool has_more = facts->n_chapters > 1 && facts->chapters[0] == facts->scope;

    return GB_ANY(GB_CHAIN(node, facts->chapters[has_more], gb_node_walk(node, root)),
                  !GB_AMONG(node->kind, GB_NODE_REF, GB_NODE_SOURCE) &&
                      (gb_str_has_any(node->title.str, words, n) ||
                       (in_text && gb_str_has_any(node->text.str, words, n))));
}

/* Nothing but scope, references and an empty chapter of terms. A vocabulary names its other chapters as it
 * likes. */
static bool
has_no_entries(const struct gb_facts *facts)
{
    return !GB_ANY(GB_ITEMS(chapter, facts->chapters, facts->n_chapters),
                   (*chapter)->role == GB_ROLE_NONE || gb_node_child(*chapter, GB_NODE_TERM) ||
                       gb_node_child(*chapter, GB_NODE_CLAUSE) || gb_node_child(*chapter, GB_NODE_TABLE));
}

static void
report_core(struct gb_check *c, const struct gb_facts *facts, struct gb_str name)
{
    const struct gb_text *title = facts->title ? &facts->title->title : &facts->cover->u.cover->title;

    gb_report(c, gb_at_text(title), NULL, GB_ARGS(facts->function, name));
}

/* Source: GB/T 1.1—2020, 8.11 and table 4; GB/T 20001.5, GB/T 20001.6. Guides and symbols have no words to
 * look for. */
static void
check_core_elements(struct gb_check *c)
{
    const struct gb_facts *facts = c->facts;

    if (!gb_is_whole_draft(c) || facts->function.len == 0 || !facts->cover)
        return;
    for (size_t i = 0; i < GB_COUNT(cores); i++) {
        const struct gb_str *words, *verified; /* phrases that are the verification itself, wherever they stand */
        if (!gb_str_is(facts->function, cores[i].function))
            continue;
        size_t n = gb_param_words(c, cores[i].key, &words), n_verified = gb_param_words(c, "verified", &verified);
        if (!says(facts, c->doc->root, words, n, cores[i].in_text) &&
            (cores[i].in_text || !says(facts, c->doc->root, verified, n_verified, true)))
            report_core(c, facts, gb_say(c, cores[i].zh, cores[i].en));
    }
    if (gb_str_is(facts->function, "术语") && has_no_entries(facts))
        report_core(c, facts, gb_say(c, "术语条目", "term entries"));
}

const struct gb_check_def gb_structure_checks[] = {
    {.name = "bibliography-missing", .whole = check_bibliography_missing},
    {.name = "body-title", .whole = check_body_title, .cases = "differs generated"},
    {.name = "mixed-editions", .whole = check_mixed_editions, .cases = "odd"},
    {.name = "core-elements",
     .whole = check_core_elements,
     .params = "verification:words verified:words procedure:words tracing:words steps:words data:words "
               "classes:words"},
    {0},
};
