/*
 * Annexes as wholes: their heads, letters, titles and what may not stand in them: ANX-001, ANX-002, ANX-006, ANX-009, ANX-012,
 * ANX-013. The numbers inside are judged in annex_numbers.c.
 */
#include "check/annexes/annex_priv.h"
#include "check/clause_priv.h"
#include "check/structure/elements_priv.h"

#include <limits.h>

extern const struct gb_check_def gb_annex_checks[];

/* ---- Letters ---- */

static const struct gb_nodes *
annex_nodes(struct gb_check *c)
{
    return &c->facts->of_kind[GB_NODE_ANNEX];
}

static bool
is_given(const struct gb_node *annex)
{
    return annex->flags & GB_NODE_GIVEN;
}

/* 附录B（续） and its like; a head without title is the running head of a page. */
static bool
is_continuation(const struct gb_node *annex, const struct gb_node *before)
{
    return annex->title.str.len == 0 || gb_str_has(annex->title.str, GB_STR("续")) ||
           gb_str_same(annex->title.str, before->title.str);
}

/* Does the line, or cell, begin at the byte, but for marks of headings, emphasis, tables and lists? */
static bool
begins_line(struct gb_str s, size_t at)
{
    while (at > 0 && memchr("#*_|- \t", s.ptr[at - 1], 7))
        at--;
    return at == 0 || s.ptr[at - 1] == '\n' || s.ptr[at - 1] == '>';
}

/* 录 and the letter behind 附, however spaced. */
static bool
is_head_of(struct gb_str s, size_t at, char letter)
{
    uint32_t ch = ' ';
    bool has_second = false;

    while (at < s.len && (gb_char_is_space(ch) || (ch == 0x5F55 && !has_second))) {
        has_second = has_second || ch == 0x5F55; /* 录 */
        ch = gb_char_narrow(gb_utf8_at(s, at, &at));
    }
    return has_second && ch == (uint32_t)letter;
}

/* Does a line begin with 附录 and the letter, or with its clause B.1? Then the annex is there, and the reader did not take its head. */
static bool
annex_stands(const struct gb_source *source, struct gb_span span, char letter)
{
    struct gb_str s = gb_source_text(source, span), word = GB_STR("附");
    const char first[] = {letter, '.', '1'};
    struct gb_str clause = {first, sizeof(first)};

    GB_EACH_FOUND(at, s, word, 0) {
        if (begins_line(s, at) && is_head_of(s, at + word.len, letter))
            return true;
    }
    return GB_ANY(GB_EACH_FOUND(at, s, clause, 0), begins_line(s, at));
}

/* Letters from `first` to before that of the annex: is none of them found between it and the one before? I and O are often left out. */
static bool
are_missing(struct gb_check *c, const struct gb_node *before, const struct gb_node *annex, char first)
{
    const struct gb_source *source = c->doc->source;
    struct gb_span between = {before ? before->span.end : annex->span.begin, annex->span.begin};
    bool is_any = false;

    if (between.begin > between.end)
        return false;
    for (char letter = first; letter < annex->num.letter; letter++) {
        if (letter == 'I' || letter == 'O')
            continue;
        if (annex_stands(source, between, letter))
            return false;
        is_any = true;
    }
    return is_any;
}

/* The letter of the next annex that has one of its own; 0 at the end, or where many have none. */
static char
next_letter(const struct gb_annexes *annexes, size_t i)
{
    enum { LOOK_AHEAD = 4 };

    for (size_t k = i + 1; k < annexes->n && k <= i + LOOK_AHEAD; k++) {
        if (!is_given(annexes->items[k].node) && annexes->items[k].node->num.letter < 'a')
            return annexes->items[k].node->num.letter;
    }
    return 0;
}

/* A fragment may begin with any annex. */
static bool
begins_at_start(const struct gb_facts *facts)
{
    return facts->scope || (facts->n_chapters && facts->chapters[0]->num.part[0] == 1);
}

static void
judge_letters(struct gb_check *c, struct gb_annexes *annexes)
{
    const struct gb_node *first_with[UCHAR_MAX + 1] = {NULL};
    char expected = begins_at_start(c->facts) || !annexes->n ? 'A' : annexes->items[0].node->num.letter;

    for (size_t i = 0; i < annexes->n; i++) {
        struct gb_annex *a = &annexes->items[i];
        char letter = a->node->num.letter, next = next_letter(annexes, i);
        const struct gb_node **other = &first_with[(unsigned char)letter];
        a->expected = expected;
        a->is_double = *other && !is_given(a->node);
        if (expected > 'Z')
            return;
        if (letter >= 'a') { /* NA, NB of an adopting country are counted apart */
            a->expected = letter;
            *other = *other ? *other : a->node;
            continue;
        }
        if (is_given(a->node) || letter == expected) {
            expected++;
        } else if (letter < expected) {
            if (!*other || is_continuation(a->node, *other))
                continue;
            a->fault = GB_LETTER_WRONG;
            expected = next == expected ? expected : (char)(expected + 1);
        } else if (next == expected + 1) {
            a->fault = GB_LETTER_WRONG;
            expected++;
        } else {
            if (are_missing(c, i ? annexes->items[i - 1].node : NULL, a->node, expected))
                a->fault = GB_LETTER_MISSING;
            expected = (char)(letter + 1);
        }
        if (!*other && !is_given(a->node))
            *other = a->node;
    }
}

const struct gb_annexes *
gb_annexes_of(struct gb_check *c)
{
    struct gb_annexes *annexes = gb_check_shared(c, gb_annex_checks, sizeof(*annexes));
    const struct gb_nodes *nodes = annex_nodes(c);

    if (annexes->is_known)
        return annexes;
    annexes->is_known = true;
    annexes->items = gb_arena_new_array(c->arena, struct gb_annex, nodes->n + 1);
    for (uint32_t i = 0; i < nodes->n; i++) {
        if (gb_element_of(nodes->items[i]) == GB_ELEMENT_ANNEX)
            annexes->items[annexes->n++].node = nodes->items[i];
    }
    judge_letters(c, annexes);
    return annexes;
}

const struct gb_annex *
gb_annex_of_letter(const struct gb_annexes *annexes, char letter, bool is_sure)
{
    size_t n = annexes->n < UCHAR_MAX ? annexes->n : UCHAR_MAX; /* more have no letters of their own */

    GB_FIND(annex, annexes->items, n, annex->node->num.letter == letter && (!is_sure || gb_annex_is_sure(annex)));
    return annex;
}

bool
gb_annex_is_sure(const struct gb_annex *annex)
{
    bool has_letter = !is_given(annex->node) || annex->node->flags & GB_NODE_COUNTED;

    return has_letter && annex->node->encoding != GB_ENCODING_LOST && annex->fault == GB_LETTER_RIGHT &&
           !annex->is_double;
}

bool
gb_annex_is_sample(const struct gb_node *annex)
{
    GB_WORDS(words, "示例", "样例", "案例", "实例", "范例", "举例", "示范", "范本", "样本", "模板", "样式", "式样",
             "格式", "大纲", "提纲", "框架", "合同", "协议", "样表", "表样", "报告");

    return GB_HAS_ANY(annex->title.str, words);
}

struct gb_str
gb_annex_number(struct gb_check *c, char letter, unsigned n)
{
    struct gb_number number = {.letter = letter, .n = 1, .part = {(uint16_t)n}};

    return gb_number_text(&number, c->arena);
}

/* ---- Heads with another label or number ---- */

enum label { LABEL_NONE, LABEL_ATTACHMENT, LABEL_NO_LETTER };

static bool
is_numeral(uint32_t ch)
{
    return gb_char_digit(ch) >= 0 || gb_han_digit(ch) || gb_is_lower(ch);
}

/* Behind 附录 or 附件 at the head of a title, blanks inside allowed (附 录); 0: it begins with something else. */
static size_t
behind_word(struct gb_str title)
{
    size_t at = strlen("附");

    if (!gb_str_starts(title, GB_STR("附")))
        return 0;
    while (at < title.len && gb_char_is_space(gb_utf8_at(title, at, &(size_t){0})))
        gb_utf8_at(title, at, &at);
    struct gb_str rest = gb_str_skip(title, at);
    return GB_STARTS_WITH(rest, "录", "件") ? at + strlen("录") : 0;
}

/*
 * 附件1, 附件A, 附录1, 附录一, 附录a at the head of a title; *out_end is behind the number. A sentence, or a word that goes on
 * (附件一览表), is none.
 */
static enum label
label_of(struct gb_str title, size_t *out_end)
{
    size_t at = behind_word(title), n = 0;

    if (at == 0)
        return LABEL_NONE;
    bool is_attachment = gb_str_ends(gb_str_sub(title, 0, at), GB_STR("件"));
    *out_end = at;
    while (at < title.len) {
        size_t next;
        uint32_t ch = gb_char_narrow(gb_utf8_at(title, at, &next));
        bool is_number = is_numeral(ch) || (is_attachment && gb_is_upper(ch));
        if (!is_number && !(gb_char_is_space(ch) && n == 0))
            break;
        n += is_number;
        at = next;
        if (is_number)
            *out_end = at;
    }
    uint32_t behind = at < title.len ? gb_char_narrow(gb_char_at(title, at)) : ' ';
    if (n > 2 || (n == 0 && !is_attachment) || !(gb_char_is_space(behind) || gb_is_one_of(behind, ":(")))
        return LABEL_NONE;
    return is_attachment ? LABEL_ATTACHMENT : LABEL_NO_LETTER;
}

/* Are some headings deeper than this depth? Where all have one depth, it says nothing. */
static bool
has_deeper(const struct gb_facts *facts, uint8_t depth)
{
    return GB_ANY(GB_EACH_NODE(n, &facts->numbered), n->depth > depth);
}

/* Does a heading that the reader left a paragraph stand where an annex may: behind the last chapter, as high as chapters? */
static bool
stands_as_annex(const struct gb_facts *facts, const struct gb_node *heading)
{
    const struct gb_node *top = gb_node_top(heading),
                         *last = facts->n_chapters ? facts->chapters[facts->n_chapters - 1] : NULL;

    if (top->kind != GB_NODE_ANNEX && top != last)
        return false;
    /* Nature and title below it were read as an annex that has lost its letter. */
    const struct gb_node *next = gb_node_walk_past(heading, top->parent);
    if (next && next->kind == GB_NODE_ANNEX && is_given(next))
        return true;
    return top->depth > 0 && heading->depth > 0 && heading->depth <= top->depth && has_deeper(facts, heading->depth);
}

static void
tell_label(struct gb_check *c, const char *which, const struct gb_node *node, const struct gb_text *text, size_t end)
{
    struct gb_at at = gb_at_part(text, 0, end);
    struct gb_str label = gb_str_sub(text->str, 0, end), letter = node->number.str;
    struct gb_finding *f = gb_report_case(c, which, at, node, GB_ARGS(label));

    if (node->kind == GB_NODE_ANNEX && gb_str_ends(label, letter)) /* 附件B, the second annex */
        gb_fix(c, f, at.span, gb_arena_printf(c->arena, "附录%.*s", GB_FMT(letter)));
}

/* Each heading with such a label. */
static void
tell_labels(struct gb_check *c, enum label wanted, const char *which)
{
    enum { SHORT = 12 };
    size_t end = 0;

    GB_EACH_NODE(n, &c->facts->of_kind[GB_NODE_PARA]) {
        bool is_line = n->text.str.len <= SHORT; /* 附件一 in a line of its own, where headings are lines */
        if ((n->encoding == GB_ENCODING_HEADING || is_line) && label_of(n->text.str, &end) == wanted &&
            stands_as_annex(c->facts, n))
            tell_label(c, which, n, &n->text, end);
    }
    GB_EACH_NODE(n, annex_nodes(c)) { /* an element made for annexes, with such a title */
        if (is_given(n) && n->title.n_runs && label_of(n->title.str, &end) == wanted)
            tell_label(c, which, n, &n->title, end);
    }
}

/* ---- ANX-001: the head ---- */

struct gb_str
gb_annex_nature_words(enum gb_nature nature, enum gb_edition edition)
{
    static const char *const words[][GB_EDITION_COUNT] = {
        [GB_NATURE_NORMATIVE] = {[GB_EDITION_2009] = "（规范性附录）", [GB_EDITION_2020] = "（规范性）"},
        [GB_NATURE_INFORMATIVE] = {[GB_EDITION_2009] = "（资料性附录）", [GB_EDITION_2020] = "（资料性）"},
    };
    return gb_str_from(words[nature][edition]);
}

static bool
has_nature_words(struct gb_str s)
{
    return GB_HAS_ONE_OF(s, "规范性", "资料性");
}

/* Does the nature stand in the title or in a line or two below the head, where a conversion put it? */
static bool
has_nature_near(const struct gb_node *annex)
{
    enum { LINES = 3, SHORT = 60 };
    const struct gb_node *n = annex->first;

    return has_nature_words(annex->title.str) || GB_ANY(for (unsigned i = 0; n && i < LINES; i++, n = n->next),
                                                        n->text.str.len < SHORT && has_nature_words(n->text.str));
}

/* 附录 goes out of （规范性附录）, or into （规范性）. */
static void
fix_nature(struct gb_check *c, struct gb_finding *f, const struct gb_text *written, enum gb_edition edition)
{
    struct gb_str word = GB_STR("附录");
    size_t at = gb_str_find(written->str, word, 0), stem = gb_str_find(written->str, GB_STR("性"), 0);

    if (edition == GB_EDITION_2020 && at != GB_NOT_FOUND) {
        gb_fix_part(c, f, written, at, at + word.len, GB_STR(""));
    } else if (edition == GB_EDITION_2009 && stem != GB_NOT_FOUND) {
        struct gb_span span = gb_at_part(written, stem, stem + strlen("性")).span;
        gb_fix(c, f, (struct gb_span){span.end, span.end}, word);
    }
}

static bool
has_bracket(struct gb_str nature)
{
    return nature.len && gb_is_one_of(gb_char_narrow(gb_char_at(nature, 0)), "([【〔［");
}

static void
check_nature(struct gb_check *c, const struct gb_annex *annex)
{
    const struct gb_node *node = annex->node;
    enum gb_edition edition = c->facts->edition;

    /* Where no letter was written, the style sheet makes it, and the nature with it; elements say theirs themselves. */
    if (is_given(node) && !(node->flags & GB_NODE_COUNTED))
        return;
    if (node->nature == GB_NATURE_NONE) {
        if (!annex->is_double && node->encoding != GB_ENCODING_LOST && !has_nature_near(node))
            gb_report_case(c, "missing", gb_at_head(node), node,
                           GB_ARGS(node->number.str, gb_annex_nature_words(GB_NATURE_NORMATIVE, edition),
                                   gb_annex_nature_words(GB_NATURE_INFORMATIVE, edition)));
        return;
    }
    if (!node->u.nature_text || !node->u.nature_text->n_runs)
        return;
    struct gb_text trimmed = gb_text_trim(node->u.nature_text), *written = &trimmed;
    struct gb_str want = gb_annex_nature_words(node->nature, edition);
    bool is_old = node->flags & GB_NODE_OLD_NATURE;
    /* （参考件） of the editions before 2000, [资料性], and （资料性), whose brackets are of two widths. */
    bool is_mixed = gb_str_starts(written->str, GB_STR("（")) != gb_str_ends(written->str, GB_STR("）"));
    bool is_other = !has_nature_words(written->str) || gb_char_narrow(gb_char_at(written->str, 0)) != '(' || is_mixed;
    struct gb_at at = gb_at_text(written);
    if (!has_bracket(written->str)) {
        gb_report_fix(c, "brackets", at, node, want, GB_ARGS(node->number.str, written->str, want));
    } else if (is_other) {
        gb_report_fix(c, NULL, at, node, want, GB_ARGS(node->number.str, written->str, want));
    } else if (is_old != (edition == GB_EDITION_2009)) {
        struct gb_finding *f = gb_report(c, at, node, GB_ARGS(node->number.str, written->str, want));
        fix_nature(c, f, written, edition);
    }
}

/*
 * 附录 and letter, nature, title. Source: GB/T 1.1—2020, 9.6.2 and 10.4.1; 2009, 5.2.7. One line or three is a matter of layout.
 */
static void
check_annex_head(struct gb_check *c)
{
    const struct gb_annexes *annexes = gb_annexes_of(c);

    for (size_t i = 0; i < annexes->n; i++)
        check_nature(c, &annexes->items[i]);
    tell_labels(c, LABEL_ATTACHMENT, "label");
}

/* ---- ANX-002: letters ---- */

/* 附录 with nature or title, and no letter. */
static void
check_letter_left_out(struct gb_check *c, const struct gb_annex *annex)
{
    const struct gb_node *node = annex->node;
    size_t end = behind_word(node->head.str);

    if (!c->doc->has_numbers || !node->head.n_runs || node->encoding == GB_ENCODING_ELEMENT ||
        !gb_str_ends(gb_str_sub(node->head.str, 0, end), GB_STR("录")))
        return;
    struct gb_at at = gb_at_part(&node->head, 0, end);
    struct gb_str letter = gb_arena_copy(c->arena, (struct gb_str){&annex->expected, 1});
    struct gb_finding *f = gb_report_case(c, "none", at, node, GB_ARGS(node->title.str, letter));
    gb_fix(c, f, (struct gb_span){at.span.end, at.span.end}, letter);
}

/* The line of the contents that lists the annex by the letter it should have: it is right (and no TOC-002). */
static void
relate_entry(struct gb_check *c, struct gb_finding *f, const struct gb_annex *annex)
{
    const struct gb_nodes *entries = &c->facts->of_kind[GB_NODE_ENTRY];

    GB_FIND(entry, entries->items, entries->n,
            (*entry)->num.letter == annex->expected && (*entry)->num.n == 0 &&
                gb_str_same((*entry)->title.str, annex->node->title.str));
    if (entry)
        gb_also(c, f, gb_at_number(*entry), gb_say(c, "目次中的编号", "the letter in the contents"));
}

/* Source: GB/T 1.1—2020, 9.6.2; 2009, 5.2.7. Mentions follow a letter, so that changing one is no small fix. */
static void
check_annex_letters(struct gb_check *c)
{
    const struct gb_annexes *annexes = gb_annexes_of(c);

    GB_EACH(const struct gb_annex, a, annexes->items, annexes->n) {
        if (is_given(a->node)) {
            check_letter_left_out(c, a);
            continue;
        }
        if (a->fault == GB_LETTER_RIGHT)
            continue;
        struct gb_str expected = gb_arena_copy(c->arena, (struct gb_str){&a->expected, 1});
        struct gb_finding *f = gb_report_case(c,
                                              a->fault == GB_LETTER_MISSING ? "missing"
                                              : a->is_double                ? "double"
                                                                            : NULL,
                                              gb_at_number(a->node), a->node, GB_ARGS(a->node->number.str, expected));
        relate_entry(c, f, a);
        const struct gb_node *clause = gb_node_child(a->node, GB_NODE_CLAUSE);
        if (clause && clause->num.letter == a->expected) /* NUM-003 misses the letter there */
            gb_also(c, f, gb_at_number(clause), gb_say(c, "附录的条", "a clause of the annex"));
    }
    tell_labels(c, LABEL_NO_LETTER, "form");
}

/* ---- ANX-006: title ---- */

/* Titles of annexes may be longer than those of clauses; no sentence ends in a word. */
static bool
is_long_title(struct gb_str s)
{
    enum { LONGEST = 40 };

    return gb_ends_in_han(s) && gb_str_han_length(s) <= LONGEST && !gb_str_has(s, GB_STR("，")) &&
           !gb_str_has(s, GB_STR("。"));
}

/* May the first line below the head be the title, which a conversion cut off? */
static bool
may_be_title(const struct gb_node *first)
{
    while (first && first->kind == GB_NODE_COMMENT && !(first->flags & GB_NODE_FURNITURE))
        first = first->next;
    if (!first)
        return true;
    if (first->kind != GB_NODE_PARA)
        return first->kind == GB_NODE_COMMENT;
    return first->encoding == GB_ENCODING_HEADING || gb_title_is_plain(first->text.str) ||
           is_long_title(first->text.str);
}

/* Source: GB/T 1.1—2020, 9.6.2 and 10.4.1; 2009, 5.2.7. */
static void
check_annex_title(struct gb_check *c)
{
    const struct gb_annexes *annexes = gb_annexes_of(c);

    for (size_t i = 0; i < annexes->n; i++) {
        const struct gb_node *n = annexes->items[i].node;
        if (!n->title.str.len && (!is_given(n) || n->flags & GB_NODE_COUNTED) && !annexes->items[i].is_double &&
            !may_be_title(n->first))
            gb_report(c, gb_at_head(n), n, GB_ARGS(n->number.str));
    }
}

/* ---- ANX-009: elements that an annex does not have ---- */

/* Source: GB/T 1.1—2020, 9.6.3.2. A sample document in an annex has them. */
static void
check_annex_clause(struct gb_check *c, const struct gb_node *clause)
{
    GB_WORDS(titles, "范围", "规范性引用文件", "术语和定义");
    const struct gb_node *annex = clause->parent;

    if (annex->kind != GB_NODE_ANNEX || !clause->title.str.len || gb_annex_is_sample(annex) ||
        clause->num.letter != annex->num.letter)
        return;
    if (GB_ANY(GB_ITEMS(title, titles, GB_COUNT(titles)), gb_str_same(clause->title.str, *title)))
        gb_report(c, gb_at_head(clause), clause, GB_ARGS(clause->number.str, clause->title.str, annex->number.str));
}

/* ---- ANX-012: the nature in the contents ---- */

/* Only the first word of （规范性附录） changes: the wording of the other edition is TOC-005. */
static void
fix_entry(struct gb_check *c, struct gb_finding *f, const struct gb_text *written, enum gb_nature nature)
{
    static const struct gb_str words[] = {
        [GB_NATURE_NORMATIVE] = GB_WORD("规范性"), [GB_NATURE_INFORMATIVE] = GB_WORD("资料性")};
    enum gb_nature other = nature == GB_NATURE_NORMATIVE ? GB_NATURE_INFORMATIVE : GB_NATURE_NORMATIVE;
    size_t at = gb_str_find(written->str, words[other], 0);

    if (at != GB_NOT_FOUND)
        gb_fix_part(c, f, written, at, at + words[other].len, words[nature]);
}

/* Source: GB/T 1.1—2020, 8.2 e); 2009, 6.1.2. An entry without nature is TOC-005. */
static void
check_nature_in_contents(struct gb_check *c, const struct gb_node *entry)
{
    if (!entry->num.letter || entry->num.n > 0 || entry->nature == GB_NATURE_NONE || !entry->u.nature_text)
        return;
    const struct gb_annex *listed = gb_annex_of_letter(gb_annexes_of(c), entry->num.letter, true);
    const struct gb_node *annex = listed ? listed->node : NULL;
    if (!annex || annex->nature == GB_NATURE_NONE || annex->nature == entry->nature)
        return;
    struct gb_text written = gb_text_trim(entry->u.nature_text);
    struct gb_str nature = gb_annex_nature_words(annex->nature, c->facts->edition);
    struct gb_finding *f = gb_report(c, gb_at_text(&written), entry, GB_ARGS(entry->number.str, written.str, nature));
    gb_also(c, f, gb_at_head(annex), gb_say(c, "附录处", "the annex"));
    fix_entry(c, f, &written, annex->nature);
}

/* ---- ANX-013: an annex for each example ---- */

/* A single figure or table, and by its title an example. */
static bool
is_single_example(struct gb_check *c, const struct gb_node *annex)
{
    size_t n_objects = 0;

    if (annex->nature != GB_NATURE_INFORMATIVE)
        return false;
    for (const struct gb_node *n = annex->first; n; n = n->next) {
        if (n->kind == GB_NODE_CLAUSE)
            return false;
        n_objects += n->kind == GB_NODE_FIGURE || n->kind == GB_NODE_TABLE;
    }
    return n_objects == 1 && gb_param_has(c, "words", annex->title.str);
}

/* Source: GB/T 1.1—2020, 9.10.3. Told once, at the first of them. */
static void
check_single_examples(struct gb_check *c)
{
    const struct gb_annexes *annexes = gb_annexes_of(c);
    GB_ARRAY(const struct gb_node *) found = {0};

    for (size_t i = 0; i < annexes->n; i++) {
        if (is_single_example(c, annexes->items[i].node))
            *gb_push(&found) = annexes->items[i].node;
    }
    if (found.len >= 2) {
        struct gb_str count = gb_count_text(c, found.len);
        struct gb_finding *f = gb_report(c, gb_at_head(found.items[0]), found.items[0],
                                         GB_ARGS(count, found.items[0]->number.str, found.items[0]->title.str));
        for (size_t i = 1; i < found.len; i++)
            gb_also(c, f, gb_at_head(found.items[i]), gb_say(c, "另一个单例附录", "another annex with one example"));
    }
    gb_array_release(&found);
}

const struct gb_check_def gb_annex_checks[] = {
    {.name = "annex-head", .whole = check_annex_head, .cases = "missing brackets label"},
    {.name = "annex-letters", .whole = check_annex_letters, .cases = "missing double none form"},
    {.name = "annex-title", .whole = check_annex_title},
    {.name = "annex-clause", .run = check_annex_clause, .on = GB_ON(CLAUSE)},
    {.name = "annex-nature-toc", .run = check_nature_in_contents, .on = GB_ON(ENTRY)},
    {.name = "annex-single-examples", .whole = check_single_examples, .params = "words:words"},
    {0},
};
