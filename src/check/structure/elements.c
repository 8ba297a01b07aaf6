/*
 * Which elements a document has, in which order and under which titles: STR-001 to STR-004, STR-006 to
 * STR-008, STR-014. What stands behind the body is judged in end_matter.c, what stands inside of them in content.c.
 */
#include "check/structure/elements_priv.h"

/* ---- What is what ---- */

bool
gb_element_has_content(const struct gb_node *node)
{
    GB_FIND_NEXT(n, node->first, n->next, n->kind != GB_NODE_COMMENT);
    return n != NULL;
}

static bool
title_is(const struct gb_node *node, const char *title)
{
    return gb_str_same(node->title.str, gb_str_from(title));
}

static bool
title_has(const struct gb_node *node, const char *part)
{
    return gb_str_has(node->title.str, gb_str_from(part));
}

/* May it hold one of 范 (E8 8C 83), 参 (E5 8F 82), 引 (E5 BC 95), 术 (E6 9C AF), which element_by_title looks for? Most titles do not. */
static bool
may_be_fixed(struct gb_str title)
{
    const unsigned char *p = (const unsigned char *)title.ptr;

    for (size_t i = 2; i < title.len; i++) {
        bool is_third = p[i] == 0x82 || p[i] == 0x83 || p[i] == 0x95 || p[i] == 0xAF;
        if (is_third && (p[i - 1] == 0x8F || p[i - 1] == 0x8C || p[i - 1] == 0xBC || p[i - 1] == 0x9C))
            return true;
    }
    return false;
}

/* A chapter whose title the reader takes for none of the fixed ones, but that plays their part. */
static enum gb_element
element_by_title(const struct gb_node *chapter)
{
    if (!may_be_fixed(chapter->title.str))
        return GB_ELEMENT_TECHNICAL;
    if (title_is(chapter, "参考文献") || title_is(chapter, "参考资料"))
        return GB_ELEMENT_BIBLIO;
    /* 主题内容与适用范围; 范围 with the page of a line of the contents */
    if ((title_has(chapter, "适用范围") || gb_str_starts(chapter->title.str, GB_STR("范围"))) &&
        chapter->num.part[0] <= 2)
        return GB_ELEMENT_SCOPE;
    if (title_has(chapter, "引用文件") || title_has(chapter, "引用标准"))
        return GB_ELEMENT_REFERENCES;
    if (title_has(chapter, "术语") && (title_has(chapter, "定义") || title_has(chapter, "符号")))
        return GB_ELEMENT_TERMS;
    /* 术语说明 where the terms stand: STR-008 gives its title */
    if (gb_str_starts(chapter->title.str, GB_STR("术语")) && chapter->num.part[0] <= 3)
        return GB_ELEMENT_TERMS;
    return GB_ELEMENT_TECHNICAL;
}

static enum gb_element
element_of_chapter(const struct gb_node *chapter)
{
    switch (chapter->role) {
    case GB_ROLE_SCOPE:
        return GB_ELEMENT_SCOPE;
    case GB_ROLE_REFERENCES:
        return GB_ELEMENT_REFERENCES;
    case GB_ROLE_TERMS:
    case GB_ROLE_TERMS_SYMBOLS:
        return GB_ELEMENT_TERMS;
    case GB_ROLE_SYMBOLS:
        return GB_ELEMENT_SYMBOLS;
    default:
        return element_by_title(chapter);
    }
}

enum gb_element
gb_element_of(const struct gb_node *node)
{
    switch (node->kind) {
    case GB_NODE_COVER:
        return GB_ELEMENT_COVER;
    case GB_NODE_TOC:
        return GB_ELEMENT_TOC;
    case GB_NODE_FOREWORD:
        return GB_ELEMENT_FOREWORD;
    case GB_NODE_INTRO:
        return GB_ELEMENT_INTRO;
    case GB_NODE_TITLE:
        return GB_ELEMENT_TITLE;
    case GB_NODE_CLAUSE:
        return element_of_chapter(node);
    case GB_NODE_ANNEX:
        return gb_element_has_content(node) ? GB_ELEMENT_ANNEX : GB_ELEMENT_NONE;
    case GB_NODE_BIBLIO:
        return GB_ELEMENT_BIBLIO;
    case GB_NODE_INDEX:
        return GB_ELEMENT_INDEX;
    default:
        return GB_ELEMENT_NONE;
    }
}

const struct gb_node *
gb_element_find(const struct gb_doc *doc, enum gb_element element)
{
    GB_FIND_NEXT(n, doc->root->first, n->next, gb_element_of(n) == element);
    return n;
}

bool
gb_has_real_cover(const struct gb_facts *facts)
{
    if (!facts->cover)
        return false;
    const struct gb_cover *cover = facts->cover->u.cover;
    return cover->code.str.len || cover->ics.str.len || cover->issued.str.len;
}

/* A title, 范围 as chapter 1, and no chapter left out behind it. */
static bool
has_title_and_body(const struct gb_facts *facts)
{
    enum { LEAST_CHAPTERS = 4 };

    if (!facts->title || !facts->scope || facts->n_chapters < LEAST_CHAPTERS)
        return false;
    for (uint32_t i = 0; i < facts->n_chapters; i++) {
        if (facts->chapters[i]->num.part[0] != i + 1)
            return false;
    }
    return facts->scope == facts->chapters[0];
}

/* A cover with more than the title or a foreword, and a body. */
static bool
has_front(const struct gb_check *c)
{
    const struct gb_facts *facts = c->facts;

    return (gb_has_real_cover(facts) || facts->foreword) && facts->n_chapters >= 2 &&
           facts->chapters[0]->num.part[0] <= 2;
}

bool
gb_is_whole_draft(const struct gb_check *c)
{
    if (c->doc->is_partial || c->facts->is_engineering)
        return false;
    return has_front(c) || has_title_and_body(c->facts);
}

struct gb_str
gb_bare_title(struct gb_arena *arena, struct gb_str title)
{
    struct gb_buf normal = {0}, bare = {0};

    gb_normalise(title, &normal);
    struct gb_str s = gb_buf_str(&normal);
    for (size_t at = 0; at < s.len;) {
        size_t begin = at;
        uint32_t c = gb_utf8_at(s, at, &at);
        if (gb_char_is_han(c) || gb_char_is_latin(c) || gb_char_digit(c) >= 0)
            gb_buf_add(&bare, gb_str_sub(s, begin, at));
    }
    gb_buf_release(&normal);
    return gb_buf_take(&bare, arena);
}

struct gb_str
gb_element_name(struct gb_check *check, const struct gb_node *node)
{
    if (node->kind == GB_NODE_ANNEX)
        return gb_arena_printf(check->arena, "附录%.*s", GB_FMT(node->number.str));
    if (node->kind == GB_NODE_CLAUSE && node->number.str.len)
        return gb_arena_printf(check->arena, "%.*s %.*s", GB_FMT(node->number.str), GB_FMT(node->title.str));
    return node->title.str.len ? node->title.str : GB_STR("目次");
}

/* ---- STR-001: required elements ---- */

struct required {
    enum gb_element element;
    const char *name, *which; /* case of the rule */
    bool in[GB_EDITION_COUNT];
};

static const struct required required[] = {
    {GB_ELEMENT_COVER, "封面", "cover", {true, true}},
    {GB_ELEMENT_FOREWORD, "前言", "front", {true, true}},
    {GB_ELEMENT_TITLE, "标准名称", "front", {[GB_EDITION_2009] = true}},
    {GB_ELEMENT_SCOPE, "范围", NULL, {true, true}},
    {GB_ELEMENT_REFERENCES, "规范性引用文件", NULL, {[GB_EDITION_2020] = true}},
    {GB_ELEMENT_TERMS, "术语和定义", NULL, {[GB_EDITION_2020] = true}},
    {GB_ELEMENT_TECHNICAL, "核心技术要素", "core", {[GB_EDITION_2020] = true}},
};

/* Are there term entries somewhere else, as in a vocabulary with several chapters of terms? */
static bool
has_terms_elsewhere(const struct gb_check *c)
{
    if (gb_str_is(c->facts->function, "术语"))
        return true;
    GB_FIND(chapter, c->facts->chapters, c->facts->n_chapters,
            title_has(*chapter, "术语") || gb_node_child(*chapter, GB_NODE_TERM));
    return chapter != NULL;
}

/* 1 总则, with what the scope says in it, before the references: the scope under another title, STR-003; NULL where there is none. */
static const struct gb_node *
scope_of_other_title(const struct gb_check *c)
{
    const struct gb_facts *facts = c->facts;
    const struct gb_node *first = facts->n_chapters > 1 ? facts->chapters[0] : NULL;

    if (!first || first->num.part[0] != 1 || gb_element_of(first) != GB_ELEMENT_TECHNICAL ||
        gb_element_of(facts->chapters[1]) != GB_ELEMENT_REFERENCES || gb_element_find(c->doc, GB_ELEMENT_SCOPE))
        return NULL;
    GB_FIND_NEXT(n, first->first, n->next, gb_str_has(n->text.str, GB_STR("适用于")));
    return n ? first : NULL;
}

/* Can the draft be said to lack the element? In doubt it cannot. */
static bool
is_missing(const struct gb_check *c, enum gb_element element)
{
    const struct gb_facts *facts = c->facts;
    bool is_single = gb_str_is(facts->function, "术语") || gb_str_is(facts->function, "符号");

    if (gb_element_find(c->doc, element))
        return element == GB_ELEMENT_COVER && !gb_has_real_cover(facts) && !facts->cover->u.cover->title.str.len;
    switch (element) {
    case GB_ELEMENT_COVER: /* where numbers are made by the style sheet, so is the cover */
        return facts->scope && c->doc->has_numbers;
    case GB_ELEMENT_FOREWORD:
        return facts->scope != NULL;
    case GB_ELEMENT_TITLE:
        return gb_has_real_cover(facts) && !c->doc->root->title.str.len;
    case GB_ELEMENT_TERMS:
        return !has_terms_elsewhere(c);
    case GB_ELEMENT_SCOPE:
        return !scope_of_other_title(c);
    case GB_ELEMENT_TECHNICAL: /* without what follows the body, the body may go on in another file */
        return !is_single && (facts->first_annex || facts->bibliography || facts->index);
    default:
        return true;
    }
}

/* The head that stands where the element should: the first one behind those that come before it. */
static const struct gb_node *
stands_in_place(const struct gb_doc *doc, enum gb_element missing)
{
    const struct gb_node *place = NULL;

    for (const struct gb_node *n = doc->root->first; n; n = n->next) {
        enum gb_element element = gb_element_of(n);
        if (element == GB_ELEMENT_NONE)
            continue;
        if (element < missing)
            place = NULL;
        else if (!place)
            place = n;
    }
    return place ? place : doc->root->last;
}

/* Elements that every document has. Source: GB/T 1.1—2020, 6.2.2.3 and table 3; 2009, 5.1.3. */
static void
check_required_elements(struct gb_check *c)
{
    if (!gb_is_whole_draft(c) || !has_front(c))
        return;
    for (size_t i = 0; i < GB_COUNT(required); i++) {
        if (!required[i].in[c->facts->edition] || !is_missing(c, required[i].element))
            continue;
        const struct gb_node *place = stands_in_place(c->doc, required[i].element);
        gb_report_case(c, required[i].which, gb_at_head(place), place,
                       GB_ARGS(gb_str_from(required[i].name), gb_element_name(c, place)));
    }
}

/* ---- STR-002: order ---- */

/* What the order rule looks at: chapters among themselves, the index and chapters behind annexes have rules
 * of their own. */
static int
rank_of(enum gb_element element)
{
    switch (element) {
    case GB_ELEMENT_TOC:
    case GB_ELEMENT_FOREWORD:
    case GB_ELEMENT_INTRO:
    case GB_ELEMENT_ANNEX:
    case GB_ELEMENT_BIBLIO:
        return (int)element;
    default:
        return gb_element_is_chapter(element) ? (int)GB_ELEMENT_SCOPE : 0;
    }
}

static bool
is_second(const struct gb_node *node)
{
    GB_FIND_NEXT(n, node->prev, n->prev, n->kind == node->kind);
    return n != NULL;
}

/*
 * Source: GB/T 1.1—2020, 6.2.2.3 and table 3. Once for each element that the others should stand before. Where annexes stand on both sides
 * of the bibliography, those behind it are in a wrong place: STR-009.
 */
static void
check_element_order(struct gb_check *c)
{
    const struct gb_node *highest = NULL, *blamed = NULL;
    int rank = 0;
    bool has_annex = false, has_annex_before = false; /* the bibliography */

    for (const struct gb_node *n = c->doc->root->first; n; n = n->next) {
        int own = rank_of(gb_element_of(n));
        if (own == 0 || (own == GB_ELEMENT_SCOPE && rank > GB_ELEMENT_SCOPE))
            continue;
        bool is_left = n->kind == GB_NODE_ANNEX && rank == GB_ELEMENT_BIBLIO && has_annex_before;
        has_annex = has_annex || n->kind == GB_NODE_ANNEX;
        if (own >= rank) {
            has_annex_before = has_annex;
            rank = own;
            highest = n;
        } else if (highest != blamed && !is_left && (n->kind == GB_NODE_ANNEX || !is_second(n))) {
            struct gb_finding *f =
                gb_report(c, gb_at_head(n), n, GB_ARGS(gb_element_name(c, n), gb_element_name(c, highest)));
            gb_also(c, f, gb_at_head(highest), gb_say(c, "在它之后的要素", "the element that comes after it"));
            blamed = highest;
        }
    }
}

/* ---- STR-003, STR-004, STR-006, STR-007: the first chapters ---- */

static const struct gb_node *
next_chapter(const struct gb_node *chapter)
{
    const struct gb_node *n = chapter->next;

    while (n && n->kind != GB_NODE_CLAUSE)
        n = n->next;
    return n;
}

static bool
stands_before(const struct gb_node *a, const struct gb_node *b)
{
    while (a && a->next != b)
        a = a->next;
    return a != NULL;
}

/* `wanted` should stand where `actual` does. */
static void
report_place(struct gb_check *c, const struct gb_node *actual, const struct gb_node *wanted)
{
    struct gb_finding *f =
        gb_report(c, gb_at_head(actual), actual, GB_ARGS(gb_element_name(c, actual), gb_element_name(c, wanted)));

    gb_also(c, f, gb_at_head(wanted), gb_say(c, "应移到前面的章", "the chapter to be moved"));
}

/* Source: GB/T 1.1—2020, 8.5.2. Without any scope this is STR-001. */
static void
check_scope_first(struct gb_check *c)
{
    const struct gb_facts *facts = c->facts;
    const struct gb_node *scope = gb_element_find(c->doc, GB_ELEMENT_SCOPE);

    const struct gb_node *other = scope_of_other_title(c);

    if (other)
        gb_report_case(c, "title", gb_at_text(&other->title), other, GB_ARGS(gb_element_name(c, other)));
    if (scope && scope != facts->chapters[0] && facts->chapters[0]->num.part[0] == 1)
        report_place(c, facts->chapters[0], scope);
}

/* Source: GB/T 1.1—2020, 8.6.1; 2009, 6.2.3. */
static void
check_references_second(struct gb_check *c)
{
    const struct gb_node *scope = gb_element_find(c->doc, GB_ELEMENT_SCOPE);
    const struct gb_node *references = gb_element_find(c->doc, GB_ELEMENT_REFERENCES);

    if (!scope || !references || !stands_before(scope, references))
        return;
    const struct gb_node *actual = next_chapter(scope);
    if (actual != references)
        report_place(c, actual, references);
}

/*
 * Terms follow the references, or the scope where there are none. Terms before the references are STR-004.
 * Source: GB/T 1.1—2020, 8.7.1. A vocabulary has terms as its core and may divide them.
 */
static void
check_terms_third(struct gb_check *c)
{
    const struct gb_node *terms = gb_element_find(c->doc, GB_ELEMENT_TERMS);
    const struct gb_node *before = gb_element_find(c->doc, GB_ELEMENT_REFERENCES);

    if (!before)
        before = gb_element_find(c->doc, GB_ELEMENT_SCOPE);
    if (!terms || !before || !stands_before(before, terms) || gb_str_is(c->facts->function, "术语"))
        return;
    const struct gb_node *actual = next_chapter(before);
    if (actual != terms && gb_element_of(actual) != GB_ELEMENT_SCOPE)
        report_place(c, actual, terms);
}

/* The title of the other edition. */
static void
check_symbols_title(struct gb_check *c, const struct gb_node *symbols)
{
    static const char *const other[] = {[GB_EDITION_2009] = "符号和缩略语", [GB_EDITION_2020] = "符号、代号和缩略语"};
    static const char *const own[] = {[GB_EDITION_2009] = "符号、代号和缩略语", [GB_EDITION_2020] = "符号和缩略语"};
    enum gb_edition edition = c->facts->edition;

    if (title_is(symbols, other[edition]))
        gb_report_case(c, "title", gb_at_text(&symbols->title), symbols,
                       GB_ARGS(symbols->title.str, gb_str_from(own[edition])));
}

/* Symbols stand before the technical chapters. Source: GB/T 1.1—2020, 8.8.1; 2009, 6.3.3. In a standard on
 * symbols they are the core. */
static void
check_symbols_place(struct gb_check *c)
{
    const struct gb_node *technical = NULL;

    if (gb_str_is(c->facts->function, "符号"))
        return;
    for (const struct gb_node *n = c->doc->root->first; n; n = n->next) {
        enum gb_element element = gb_element_of(n);
        if (element == GB_ELEMENT_TECHNICAL && !technical && n->num.n < 2) /* 3.14, of a chapter that an excerpt cuts */
            technical = n;
        if (element >= GB_ELEMENT_SCOPE && element <= GB_ELEMENT_TERMS)
            technical = NULL; /* these are late themselves: STR-003, STR-004, STR-006 */
        if (element != GB_ELEMENT_SYMBOLS)
            continue;
        check_symbols_title(c, n);
        /* Chapter 4 is its place, whatever stands where the terms should. */
        bool is_fourth =
            n->num.part[0] == 4 && c->facts->edition == GB_EDITION_2020 && !gb_element_find(c->doc, GB_ELEMENT_TERMS);
        if (technical && !is_fourth) {
            struct gb_finding *f =
                gb_report(c, gb_at_head(n), n, GB_ARGS(gb_element_name(c, n), gb_element_name(c, technical)));
            gb_also(c, f, gb_at_head(technical), gb_say(c, "应排在它之前", "it should stand before this chapter"));
        }
    }
}

/* ---- STR-008: fixed titles ---- */

static const struct {
    const char *title;
    const char *which; /* case of the entry */
    const char *variants[6];
} fixed_titles[] = {
    [GB_ELEMENT_TOC] = {"目次", NULL, {"目录"}},
    [GB_ELEMENT_FOREWORD] = {"前言", NULL, {"序言", "序"}},
    [GB_ELEMENT_INTRO] = {"引言", NULL, {NULL}},
    [GB_ELEMENT_SCOPE] = {"范围", "normative", {"适用范围", "范围和目的", "目的和范围", "范围与目的", "范围和适用性"}},
    [GB_ELEMENT_REFERENCES] = {"规范性引用文件",
                               NULL,
                               {"规范性引用标准", "引用标准", "引用文件", "规范性文件", "规范引用文件"}},
    [GB_ELEMENT_TERMS] = {"术语和定义",
                          "normative",
                          {"术语与定义", "术语及定义", "术语、定义", "术语定义", "术语", "定义"}},
    [GB_ELEMENT_BIBLIO] = {"参考文献", NULL, {"参考资料", "参考文件", "参考书目"}},
    [GB_ELEMENT_INDEX] = {"索引", NULL, {NULL}},
};

static bool
is_variant(size_t element, struct gb_str title)
{
    return GB_ANY(for (size_t i = 0; i < GB_COUNT(fixed_titles[element].variants) && fixed_titles[element].variants[i];
                       i++),
                  gb_str_same(title, gb_str_from(fixed_titles[element].variants[i])));
}

/* A chapter of terms by its title, but with more in it than the words that it may be made of: 术语说明. */
static bool
is_loose_terms(const struct gb_node *chapter, size_t element)
{
    return element == GB_ELEMENT_TERMS && chapter->role == GB_ROLE_NONE && gb_node_child(chapter, GB_NODE_CLAUSE) &&
           gb_str_starts(chapter->title.str, GB_STR("术语"));
}

/* The line of the contents for the chapter: that its title differs there is the same fault (TOC-002). */
static void
relate_entry(struct gb_check *c, struct gb_finding *f, const struct gb_node *chapter)
{
    enum { SEARCHED = 200 };
    const struct gb_nodes *entries = &c->facts->of_kind[GB_NODE_ENTRY];

    for (uint32_t i = 0; i < entries->n && i < SEARCHED && chapter->num.n == 1; i++) {
        const struct gb_node *entry = entries->items[i];
        if (gb_number_cmp(&entry->num, &chapter->num) == 0 && entry->title.n_runs)
            gb_also(c, f, gb_at_text(&entry->title), gb_say(c, "目次中的标题", "the title in the contents"));
    }
}

/* Source: GB/T 1.1—2020, 6.2.2.3. Only known variants: what else stands there may be another element. */
static void
check_element_titles(struct gb_check *c)
{
    for (const struct gb_node *n = c->doc->root->first; n; n = n->next) {
        size_t element = gb_element_of(n);
        if (element >= GB_COUNT(fixed_titles) || !(is_variant(element, n->title.str) || is_loose_terms(n, element)))
            continue;
        if (element == GB_ELEMENT_TERMS && gb_str_is(c->facts->function, "术语"))
            continue;
        struct gb_str title = gb_str_from(fixed_titles[element].title);
        struct gb_finding *f = gb_report_fix(c, fixed_titles[element].which, gb_at_text(&n->title), n, title,
                                             GB_ARGS(n->title.str, title));
        relate_entry(c, f, n);
    }
}

/* ---- STR-014: elements that occur twice ---- */

/* Text of its own: a line of the contents, or a running head, has none. */
static bool
has_sentence(const struct gb_node *node)
{
    GB_FIND_NEXT(n, node->first, gb_node_walk(n, node),
                 n->kind == GB_NODE_REF || gb_str_ends(gb_str_trim(n->text.str), GB_STR("。")));
    return n != NULL;
}

static const struct gb_node *
earlier_twin(const struct gb_node *node)
{
    enum gb_element element = gb_element_of(node);

    GB_FIND_NEXT(n, node->prev, n->prev,
                 gb_element_of(n) == element && gb_str_same(n->title.str, node->title.str) && has_sentence(n));
    return n;
}

static bool
occurs_once(enum gb_element element)
{
    return element != GB_ELEMENT_NONE && element != GB_ELEMENT_TITLE && element != GB_ELEMENT_COVER &&
           element != GB_ELEMENT_TOC && element != GB_ELEMENT_TECHNICAL && element != GB_ELEMENT_ANNEX;
}

/* Source: GB/T 1.1—2020, 6.2.2.3. Elements of one kind under other titles (国际标准前言) are others. */
static void
check_duplicate_elements(struct gb_check *c)
{
    for (const struct gb_node *n = c->doc->root->first; n; n = n->next) {
        const struct gb_node *twin;
        if (!occurs_once(gb_element_of(n)) || !has_sentence(n) || !(twin = earlier_twin(n)))
            continue;
        struct gb_finding *f = gb_report(c, gb_at_head(n), n, GB_ARGS(n->title.str));
        gb_also(c, f, gb_at_head(twin), gb_say(c, "前一个", "the first one"));
    }
}

const struct gb_check_def gb_element_checks[] = {
    {.name = "required-elements", .whole = check_required_elements, .cases = "core cover front"},
    {.name = "element-order", .whole = check_element_order},
    {.name = "scope-first", .whole = check_scope_first, .cases = "title"},
    {.name = "references-second", .whole = check_references_second},
    {.name = "terms-third", .whole = check_terms_third},
    {.name = "symbols-place", .whole = check_symbols_place, .cases = "title"},
    {.name = "element-titles", .whole = check_element_titles, .cases = "normative"},
    {.name = "duplicate-elements", .whole = check_duplicate_elements},
    {0},
};
