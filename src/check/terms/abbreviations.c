/*
 * Abbreviations: whether the first use says what they are short for, whether the list and the text agree, their form. TRM-024,
 * TRM-027, TRM-031. Source: GB/T 1.1—2020, 8.8.1, 9.4.3.3; 2009, 6.3.3, 8.2.
 */
#include "check/structure/elements_priv.h"

/* ---- Words of capitals, each once ---- */

struct acronym {
    struct gb_str word;
    const struct gb_capitals *first; /* in running text of the body; NULL without */
    bool is_explained;               /* anywhere: （OA） behind words, OA（…） */
    bool is_explained_first;         /* at its first place, or before it */
    bool is_listed;
};

struct acronyms {
    struct acronym *items;
    size_t n;
};

static uint32_t
before_of(const struct gb_capitals *word)
{
    size_t at = word->begin;
    uint32_t c = ' ';

    while (at > 0 && ((c = gb_utf8_before(word->text->str, at, &at)) == ' ' || c == '\n' || c == 0xA0))
        continue;
    return gb_char_narrow(c);
}

static uint32_t
behind_of(const struct gb_capitals *word, size_t *out_next)
{
    struct gb_str s = word->text->str;
    size_t at = word->end;
    uint32_t c = 0;

    while (at < s.len && ((c = gb_utf8_at(s, at, &at)) == ' ' || c == '\n' || c == 0xA0))
        continue;
    *out_next = at;
    return at > word->end ? gb_char_narrow(c) : 0;
}

/* OA：办公自动化（Office Automation）, as in the footnote of a figure. */
static bool
is_meaning(struct gb_str s)
{
    enum { LONGEST = 60 };
    size_t at = 0, next;

    while (at < s.len && at < LONGEST && gb_char_is_han(gb_utf8_at(s, at, &next)))
        at = next;
    s = gb_str_trim(gb_str_skip(s, at));
    return at > 0 && s.len > 0 && gb_char_narrow(gb_utf8_at(s, 0, &next)) == '(' && next < s.len &&
           gb_char_is_latin(gb_utf8_at(s, next, &next));
}

/* （OA）, （简称OA）, （Office Automation，OA） behind Chinese words; OA（办公自动化）. */
static bool
is_explained_at(const struct gb_capitals *word)
{
    enum { FARTHEST = 160 };
    struct gb_str s = word->text->str;
    size_t open = GB_NOT_FOUND, next, close;

    uint32_t behind = behind_of(word, &next);
    if (behind == '(' || (behind == ':' && is_meaning(gb_str_trim(gb_str_skip(s, next)))))
        return true;
    for (size_t at = word->begin, previous; at > 0 && word->begin - at < FARTHEST; at = previous) {
        uint32_t c = gb_char_narrow(gb_utf8_before(s, at, &previous));
        if (c == ')' || c == 0x3002 || c == '\n')
            return false;
        if (c == '(') {
            open = previous;
            break;
        }
    }
    while (open != GB_NOT_FOUND && open > 0 && s.ptr[open - 1] == ' ') /* 字节 (BYTE) */
        open--;
    if (open == GB_NOT_FOUND || open == 0)
        return false;
    close = word->end;
    uint32_t before = gb_utf8_before(s, open, &next);
    if (!gb_char_is_han(before) && !gb_char_is_latin(before) && before != 0x201D && before != 0x300B)
        return false;
    /* What follows up to the bracket is no sentence. */
    while (close < s.len && gb_char_narrow(gb_utf8_at(s, close, &next)) != ')') {
        if (gb_char_is_han(gb_utf8_at(s, close, &next)) && close - word->end > 30)
            return false;
        close = next;
    }
    return true;
}

/* Ⅱ of ASCⅡ, CDMAⅠ: the rest of a name that is written with it. */
static bool
is_roman(uint32_t c)
{
    return c >= 0x2160 && c <= 0x217F;
}

/* NH₄, SO_4, NO~3~: an atom or a group of them with its number. */
static bool
is_subscript(uint32_t c)
{
    return (c >= U'₀' && c <= U'₉') || c == '_' || c == '~';
}

/* AB→CD: an index that tells a direction, or two states. */
static bool
is_arrow(uint32_t c)
{
    enum { FIRST = 0x2190, LAST = 0x21FF };

    return c >= FIRST && c <= LAST;
}

/* YD／T 2399: a code whose slash is none (TYP-005). */
static bool
is_broken_code(struct gb_str behind)
{
    GB_WORDS(slashes, "／T", "∕T", "\\T", "／Z", "∕Z");
    size_t slash = GB_START(behind, slashes), digits = gb_skip_any(behind, slash, " ");

    return slash && digits < behind.len && gb_is_digit((unsigned char)behind.ptr[digits]);
}

/* GB 50016, ISO 9001: the code of a document; DN 300: a size; AB123; NH₄: a group of atoms; XXBDI: signs to be filled in. */
static bool
is_code(const struct gb_capitals *word)
{
    GB_WORDS(parts, "附录", "图", "表"); /* 附录NA: of the adopting body */
    size_t next;
    uint32_t behind = behind_of(word, &next), before = before_of(word);

    if (gb_str_starts(word->word, GB_STR("XX")) ||
        GB_ENDS_ANY(gb_str_trim(gb_str_sub(word->text->str, 0, word->begin)), parts))
        return true;
    return gb_is_digit(behind) || behind == 0xD7 || gb_is_digit(before) || gb_char_is_latin(before) ||
           gb_char_is_latin(behind) || behind == 0x2014 || behind == '.' || before == '.' || is_subscript(behind) ||
           is_subscript(before) || is_roman(behind) || is_arrow(before) || is_arrow(behind) ||
           is_broken_code(gb_str_skip(word->text->str, word->begin + word->word.len));
}

/* Capitals, and what joins them in a list: BS、BK、CS和CK. */
static bool
is_in_list(uint32_t c)
{
    return gb_is_upper(c) || gb_is_digit(c) || c == ' ' || c == '\n' || c == 0x3001 || c == U'和' || c == U'或' ||
           c == U'及' || c == U'与' || c == '/';
}

static size_t
list_begin(const struct gb_capitals *word)
{
    enum { FARTHEST = 100 };
    size_t at = word->begin, before;

    while (at > 0 && word->begin - at < FARTHEST && is_in_list(gb_utf8_before(word->text->str, at, &before)))
        at = before;
    return at;
}

static size_t
list_end(const struct gb_capitals *word)
{
    enum { FARTHEST = 100 };
    struct gb_str s = word->text->str;
    size_t at = word->end, next;

    while (at < s.len && at - word->end < FARTHEST && is_in_list(gb_utf8_at(s, at, &next)))
        at = next;
    return at;
}

/* KM in 以KM表示, 记为KM, KM型: a value, a letter symbol. */
static bool
is_value(const struct gb_capitals *word)
{
    GB_WORDS(before, "为", "记", "作", "号", "码", "填", "写", "选", "线", "点", "面", "轴", "段", "角", "级", "型",
             "字母", "标志", "字样");
    GB_WORDS(behind, "表示", "代表", "标识", "标注", "标示", "标记", "编号", "来表示", "型", "级", "类", "区", "线",
             "面", "轴", "点", "段", "字母", "字样", "系列", "标志", "两", "为", "：", "三", "四", "五", "六", "种",
             "等级", "股");
    struct gb_str head = gb_str_trim(gb_str_sub(word->text->str, 0, list_begin(word))),
                  tail = gb_str_trim(gb_str_skip(word->text->str, list_end(word)));

    return GB_ENDS_ANY(head, before) || GB_STARTS_ANY(tail, behind);
}

/* 以PDF、KTX等格式: what stands beside the name of a known format is the name of one, no abbreviation. */
static bool
is_format(struct gb_check *c, const struct gb_capitals *word)
{
    enum { FARTHEST = 24 }; /* 等版式文档格式 */
    GB_WORDS(stops, "，", "。", "；", "、", ",", ";");
    struct gb_str s = word->text->str, list = gb_str_sub(s, list_begin(word), list_end(word)),
                  tail = gb_str_trim(gb_str_skip(s, list_end(word)));
    size_t format = gb_str_find(tail, GB_STR("格式"), 0);

    if (format == GB_NOT_FOUND || format > FARTHEST || GB_HAS_ANY(gb_str_sub(tail, 0, format), stops))
        return false;
    for (size_t at = 0, end; at < list.len; at = end) {
        for (end = at; end < list.len && (gb_is_upper(list.ptr[end]) || gb_is_digit(list.ptr[end])); end++)
            continue;
        struct gb_str name = gb_str_sub(list, at, end);
        if (name.len > 1 && !gb_str_eq(name, word->word) && gb_param_is(c, "known", name))
            return true;
        end += end == at;
    }
    return false;
}

/* IV, XII, and letters that repeat: AA, AAA, XXX are grades and placeholders. */
static bool
is_numeral(struct gb_str word)
{
    bool roman = true, same = true;

    for (size_t i = 0; i < word.len; i++) {
        roman = roman && strchr("IVX", word.ptr[i]);
        same = same && word.ptr[i] == word.ptr[0];
    }
    return roman || same;
}

/* An abbreviation in the draft's own sentences: not in cells, headings, entries or lists, nor in the rows of a table that lost its cells. */
static bool
is_running(const struct gb_capitals *word)
{
    GB_WORDS(marks, "。", "；", "：", ";", ":");
    bool is_text =
        word->node->kind == GB_NODE_ITEM || (word->node->kind == GB_NODE_PARA && GB_HAS_ANY(word->text->str, marks));

    return is_text && !(word->flags & (GB_USE_FRONT | GB_USE_IN_TITLE | GB_USE_IN_CELL | GB_USE_IN_ENTRY)) &&
           !word->is_quoted;
}

GB_ORDER_OF_POINTERS(by_word, struct gb_capitals, GB_KEY_STR(word) GB_KEY_PLACE)

static void
count_acronym(struct gb_check *c, struct acronym *acronym, const struct gb_capitals *word)
{
    bool is_here = is_explained_at(word);

    acronym->is_explained = acronym->is_explained || is_here;
    acronym->is_listed = acronym->is_listed || word->flags & GB_USE_IN_ENTRY; /* the English of an entry, or its text */
    if (!acronym->first && is_here)
        acronym->is_explained_first = true;
    if (!is_running(word) || is_code(word) || is_value(word) || is_format(c, word))
        return;
    acronym->first = acronym->first ? acronym->first : word;
}

static struct acronym *
find_acronym(const struct acronyms *all, struct gb_str word)
{
    GB_SEEK(size_t, i, all->n, gb_str_cmp(all->items[i].word, word) < 0);
    return i < all->n && gb_str_eq(all->items[i].word, word) ? &all->items[i] : NULL;
}

/* 接口标准（DMIS） in the title of a normative reference: the list stands before all uses. */
static void
count_referenced(const struct acronyms *all, const struct gb_facts *facts)
{
    GB_EACH_NODE(ref, &facts->of_kind[GB_NODE_REF]) {
        struct gb_str s = ref->title.str;
        if (ref->parent->kind != GB_NODE_REFS)
            continue;
        for (size_t at = 0, next; at < s.len; at = next) {
            uint32_t c = gb_char_narrow(gb_utf8_at(s, at, &next));
            if (c != '(' || !gb_char_is_han(gb_char_before(s, at)))
                continue;
            size_t end = next;
            while (end < s.len && (gb_is_upper(s.ptr[end]) || gb_is_digit(s.ptr[end])))
                end++;
            struct acronym *acronym = find_acronym(all, gb_str_sub(s, next, end));
            if (acronym && gb_char_narrow(gb_char_at(s, end)) == ')')
                acronym->is_explained = acronym->is_explained_first = true;
        }
    }
}

/* In the arena. */
static struct acronyms
acronyms_of(struct gb_check *c)
{
    const struct gb_terms *terms = c->facts->vocabulary;
    struct acronyms all = {.n = 0};
    const struct gb_capitals **sorted = gb_arena_new_array(c->arena, const struct gb_capitals *, terms->n_capitals + 1);
    for (uint32_t i = 0; i < terms->n_capitals; i++)
        sorted[i] = &terms->capitals[i];
    if (terms->n_capitals)
        gb_sort(sorted, terms->n_capitals, sizeof(*sorted), by_word);
    all.items = gb_arena_new_array(c->arena, struct acronym, terms->n_capitals + 1);
    for (uint32_t i = 0; i < terms->n_capitals; i++) {
        if (i == 0 || !gb_str_eq(sorted[i]->word, sorted[i - 1]->word)) {
            enum gb_designation_status status;
            all.items[all.n++] = (struct acronym){.word = sorted[i]->word};
            all.items[all.n - 1].is_listed = gb_term_called(c->facts, sorted[i]->word, &status) != GB_NO_TERM;
        }
        count_acronym(c, &all.items[all.n - 1], sorted[i]);
    }
    count_referenced(&all, c->facts);
    return all;
}

/* CREATE, TEXT: words of a language or of a program, by their vowels. */
static bool
is_like_word(struct gb_str word)
{
    enum { SHORTEST = 4 };
    size_t vowels = 0;

    for (size_t i = 0; i < word.len; i++)
        vowels += strchr("AEIOU", word.ptr[i]) != NULL;
    return word.len >= SHORTEST && vowels * 3 >= word.len;
}

/* RFID标签 is a term: its letters are explained with it. */
static bool
is_part_of_term(const struct gb_facts *facts, struct gb_str word)
{
    const struct gb_terms *terms = facts->vocabulary;

    return GB_ANY(GB_ITEMS(designation, terms->designations, terms->n_designations),
                  gb_str_has(designation->words, word) && !gb_str_eq(designation->words, word));
}

static bool
has_list(const struct gb_facts *facts)
{
    return GB_ANY(GB_ITEMS(term, facts->vocabulary->items, facts->vocabulary->n), term->kind == GB_TERM_ABBREVIATION);
}

/* An abbreviation that nothing explains: neither the list, nor an entry, nor everyday use. */
static bool
is_unknown(struct gb_check *c, const struct acronym *acronym)
{
    return acronym->first && !acronym->is_listed && !acronym->is_explained_first && !is_numeral(acronym->word) &&
           (acronym->is_explained || !is_like_word(acronym->word)) && !gb_param_is(c, "known", acronym->word) &&
           !is_part_of_term(c->facts, acronym->word);
}

/* One finding for each; where there is a list, only for those that are explained nowhere. */
static void
report_unknown(struct gb_check *c, bool has_list)
{
    enum { MOST = 200 }; /* more of them are no abbreviations */
    struct acronyms all = acronyms_of(c);
    unsigned n = 0;

    for (size_t i = 0; i < all.n && n < MOST; i++) {
        const struct acronym *acronym = &all.items[i];
        const struct gb_capitals *first = acronym->first;
        n += first != NULL;
        if (!is_unknown(c, acronym) || (has_list && acronym->is_explained))
            continue;
        const char *which = has_list ? "unlisted" : acronym->is_explained ? "late" : NULL;
        gb_report_case(c, which, GB_AT(first), first->node, GB_ARGS(acronym->word));
    }
}

/* ---- TRM-024 ---- */

/*
 * Without a list of abbreviations the first use gives the Chinese words. A list of them that is titled so but was not read says that
 * there is one.
 */
static void
check_first_uses(struct gb_check *c)
{
    if (c->facts->scope && !c->facts->symbols && !has_list(c->facts))
        report_unknown(c, false);
}

/* ---- TRM-031 ---- */

typedef bool text_function(const struct gb_node *node, const struct gb_text *text, struct gb_str word);

/* Has a text of one of the nodes the word, but for its own entry? */
static bool
has_node(const struct gb_nodes *nodes, const struct gb_node *own, struct gb_str word, text_function *has)
{
    return GB_ANY(GB_EACH_NODE(n, nodes), n != own && (has(n, &n->text, word) || has(n, &n->title, word) ||
                                                       GB_ANY(GB_EACH_CELL(cell, n), has(n, &cell->text, word))));
}

/* The title of an entry is what it is about. */
static bool
has_word(const struct gb_node *node, const struct gb_text *text, struct gb_str word)
{
    return gb_str_has(text->str, word) && !(node->kind == GB_NODE_ABBR && text == &node->title);
}

/* Does the letters' word stand anywhere at all: in code, a formula, a list of documents? */
static bool
is_anywhere(struct gb_check *c, struct gb_str word, const struct gb_node *own)
{
    static const enum gb_node_kind kinds[] = {GB_NODE_FORMULA, GB_NODE_WHERE,  GB_NODE_PARA, GB_NODE_ITEM,
                                              GB_NODE_TERM,    GB_NODE_FIGURE, GB_NODE_REF,  GB_NODE_TITLE,
                                              GB_NODE_TABLE,   GB_NODE_ABBR};

    return gb_str_has(c->doc->root->title.str, word) ||
           GB_ANY(GB_ITEMS(kind, kinds, GB_COUNT(kinds)), has_node(&c->facts->of_kind[*kind], own, word, has_word));
}

/* Where most abbreviations are not used, most of the draft is missing. */
static bool
is_cut(const struct gb_terms *terms)
{
    enum { SEVERAL = 4 };
    unsigned n = 0, unused = 0;

    for (uint32_t i = 0; i < terms->n; i++) {
        const struct gb_designation *form = gb_term_name(terms, &terms->items[i]);
        n += terms->items[i].kind == GB_TERM_ABBREVIATION;
        unused += terms->items[i].kind == GB_TERM_ABBREVIATION && !form->n_uses && !form->n_quoted;
    }
    return unused >= SEVERAL && unused * 2 > n;
}

/* A picture may use what no text does. */
static bool
has_picture(const struct gb_facts *facts)
{
    return GB_ANY(GB_EACH_NODE(figure, &facts->of_kind[GB_NODE_FIGURE]), !(figure->flags & GB_NODE_FLOWCHART));
}

static void
check_unused(struct gb_check *c)
{
    enum { MOST = 30 }; /* each is searched in the whole draft before it is told */
    const struct gb_terms *terms = c->facts->vocabulary;
    const char *unused = has_picture(c->facts) ? "unseen" : "unused";
    unsigned n = 0;

    if (is_cut(terms))
        return;

    for (uint32_t i = 0; i < terms->n && n < MOST; i++) {
        const struct gb_term *term = &terms->items[i];
        const struct gb_designation *form = gb_term_name(terms, term);
        if (term->kind != GB_TERM_ABBREVIATION || form->n_uses || form->n_quoted || !form->is_searched)
            continue;
        n++;
        if (!is_anywhere(c, form->words, term->node))
            gb_report_case(c, unused, gb_at_text(&form->text), term->node, GB_ARGS(form->words));
    }
}

/* The list is in the order of the alphabet, so that the same letters stand side by side. */
static void
check_listed_twice(struct gb_check *c)
{
    GB_EACH_NODE(abbr, &c->facts->of_kind[GB_NODE_ABBR]) {
        const struct gb_node *before = abbr->prev;
        if (!before || before->kind != GB_NODE_ABBR || !abbr->title.str.len ||
            !gb_str_eq(gb_str_trim(before->title.str), gb_str_trim(abbr->title.str)))
            continue;
        struct gb_finding *f =
            gb_report_case(c, "twice", gb_at_text(&abbr->title), abbr, GB_ARGS(gb_str_trim(abbr->title.str)));
        gb_also(c, f, gb_at_text(&before->title), gb_str_trim(before->title.str));
    }
}

/* Does the letter stand in the text: anywhere in a formula, elsewhere with no letter or digit beside it? */
static bool
has_symbol(const struct gb_node *node, const struct gb_text *text, struct gb_str letter)
{
    GB_EACH_FOUND(at, text->str, letter, 0) {
        size_t end = at + letter.len;
        unsigned char before = at > 0 ? (unsigned char)text->str.ptr[at - 1] : 0,
                      behind = end < text->str.len ? (unsigned char)text->str.ptr[end] : 0;
        if (node->kind == GB_NODE_FORMULA || gb_text_flags(text, at) & GB_RUN_MATH ||
            (!gb_char_is_latin(before) && !gb_char_is_latin(behind) && !gb_is_digit(before)))
            return true;
    }
    return false;
}

static bool
is_symbol_anywhere(const struct gb_facts *facts, struct gb_str letter, const struct gb_node *own)
{
    static const enum gb_node_kind kinds[] = {GB_NODE_FORMULA, GB_NODE_WHERE,  GB_NODE_PARA,  GB_NODE_ITEM,
                                              GB_NODE_TERM,    GB_NODE_CLAUSE, GB_NODE_NOTE,  GB_NODE_EXAMPLE,
                                              GB_NODE_FIGURE,  GB_NODE_TABLE,  GB_NODE_ANNEX, GB_NODE_FOOTNOTE};

    return GB_ANY(GB_ITEMS(kind, kinds, GB_COUNT(kinds)), has_node(&facts->of_kind[*kind], own, letter, has_symbol));
}

/* The letter that a symbol of the list is, without the marks of a formula; empty for others: with an index it is written in many ways. */
static struct gb_str
letter_of(struct gb_str words)
{
    size_t end;

    words = gb_str_skip(words, gb_skip_any(words, 0, "$ "));
    words.len = gb_skip_any_back(words, words.len, "$ ");
    if (!words.len || !gb_char_is_latin(gb_utf8_at(words, 0, &end)) || end != words.len)
        return (struct gb_str){NULL, 0};
    return words;
}

/* Symbols that no text and no formula has. Where others are missing too, formulas may be pictures; none of a draft without figures. */
static void
check_unused_symbols(struct gb_check *c)
{
    enum { MOST = 30 };
    const struct gb_nodes *of_kind = c->facts->of_kind;
    bool is_text = !of_kind[GB_NODE_FORMULA].n && !of_kind[GB_NODE_WHERE].n && !has_picture(c->facts);
    const struct gb_terms *terms = c->facts->vocabulary;
    const struct gb_term *unused[MOST];
    size_t n = 0, n_used = 0;

    if (!of_kind[GB_NODE_FORMULA].n && !is_text)
        return;
    for (uint32_t i = 0; i < terms->n && n + n_used < MOST; i++) {
        const struct gb_term *term = &terms->items[i];
        struct gb_str letter =
            term->kind == GB_TERM_SYMBOL ? letter_of(gb_term_name(terms, term)->words) : (struct gb_str){NULL, 0};
        if (!letter.len)
            continue;
        if (is_symbol_anywhere(c->facts, letter, term->node))
            n_used++;
        else
            unused[n++] = term;
    }
    for (size_t i = 0; i < n && n < n_used + is_text; i++) {
        const struct gb_designation *form = gb_term_name(terms, unused[i]);
        gb_report_case(c, "symbol", gb_at_text(&form->text), unused[i]->node, GB_ARGS(letter_of(form->words)));
    }
}

/* AM：…（…）ATC：…: entries that run together were not all told from each other. */
static bool
is_run_together(const struct gb_facts *facts)
{
    return GB_ANY(GB_EACH_NODE(node, &facts->of_kind[GB_NODE_ABBR]), GB_HAS_ONE_OF(node->text.str, "：", ":"));
}

/* GB/T 5271界定的以及下列缩略语适用于本文件: others are listed there. */
static bool
leads_elsewhere(const struct gb_facts *facts)
{
    GB_EACH(const struct gb_identifier, id, facts->identifiers, facts->n_identifiers) {
        const struct gb_node *clause = id->node->kind == GB_NODE_PARA ? gb_node_clause(id->node) : NULL;
        if (clause && clause->role != GB_ROLE_NONE && clause->role != GB_ROLE_SCOPE &&
            clause->role != GB_ROLE_REFERENCES && gb_str_has(id->node->text.str, GB_STR("适用于")) &&
            (GB_HAS_ONE_OF(id->node->text.str, "缩略语", "符号") || clause->role == GB_ROLE_SYMBOLS))
            return true;
    }
    return false;
}

static void
check_list_and_text(struct gb_check *c)
{
    if (!c->facts->scope || !gb_is_whole_draft(c))
        return;
    check_unused_symbols(c);
    if (!has_list(c->facts))
        return;
    check_listed_twice(c);
    check_unused(c);
    if (!leads_elsewhere(c->facts) && !is_run_together(c->facts))
        report_unknown(c, true);
}

/* ---- TRM-027: D.N.A. ---- */

/* Initials stand before a name; A.B.1 is a number. */
static void
hit_dotted(struct gb_check *c, const struct gb_found *found)
{
    struct gb_str s = found->str, written = gb_found_str(found);
    struct gb_buf bare = {0};

    if (found->match.end < s.len) {
        size_t at = gb_skip_any(s, found->match.end, " ");
        if (at < s.len && (gb_char_is_latin(gb_char_at(s, at)) || gb_char_digit(gb_char_at(s, at)) >= 0))
            return;
    }
    if (found->match.begin > 0 && (unsigned char)s.ptr[found->match.begin - 1] < 0x80 &&
        s.ptr[found->match.begin - 1] > ' ' && s.ptr[found->match.begin - 1] != '(')
        return;
    for (size_t i = 0; i < written.len; i++) {
        if (written.ptr[i] != '.')
            gb_buf_add_char(&bare, written.ptr[i]);
    }
    struct gb_str wanted = gb_buf_take(&bare, c->arena);
    struct gb_at at = gb_at_found(found);
    gb_report_fix(c, NULL, at, found->node, wanted, GB_ARGS(written, wanted));
}

const struct gb_check_def gb_abbreviation_checks[] = {
    {.name = "abbreviation-first-use", .whole = check_first_uses, .cases = "late", .params = "known:words"},
    {.name = "abbreviation-list",
     .whole = check_list_and_text,
     .cases = "unused unseen unlisted symbol twice",
     .params = "known:words"},
    {.name = "abbreviation-dots", .hit = hit_dotted, .params = GB_SEARCH_PARAMS "words:words"},
    {0},
};
