/*
 * What term entries consist of: TRM-003 to TRM-005, TRM-010, TRM-014, TRM-017, TRM-020. Source: GB/T 1.1—2020,
 * 8.7.1, 8.7.3; 2009, 6.3.2.
 */
#include "check/structure/elements_priv.h"

enum { MOST_PLACES = 50 };

/* ---- TRM-003: an entry has number, term, English, definition ---- */

static bool
has_latin_word(struct gb_str s)
{
    enum { LETTERS = 3 };
    unsigned letters = 0;

    for (size_t at = 0; at < s.len && letters < LETTERS;)
        letters = gb_char_is_latin(gb_utf8_at(s, at, &at)) ? letters + 1 : 0;
    return letters >= LETTERS;
}

static bool
is_all_latin(struct gb_str s)
{
    return !gb_str_has_han(s) && has_latin_word(s);
}

/* In its place, in brackets behind the term, on a line of its own, or the term itself is English. */
static bool
has_english(const struct gb_facts *facts, const struct gb_term *term)
{
    if (term->en.str.len || is_all_latin(term->node->title.str))
        return true;
    for (uint32_t i = 1; i < term->n; i++) {
        if (has_latin_word(facts->vocabulary->designations[term->first + i].words))
            return true;
    }
    for (const struct gb_node *n = term->node->first; n && n != term->definition; n = n->next) {
        if (is_all_latin(n->text.str))
            return true;
    }
    const struct gb_str domain_or_english = term->definition ? term->definition->text.str : GB_STR("");
    return is_all_latin(gb_str_sub(domain_or_english, 0, 40)) || has_latin_word(term->node->head.str);
}

static bool
has_definition(const struct gb_term *term)
{
    return term->definition ||
           GB_ANY(GB_CHAIN(n, term->node->first, n->next),
                  !GB_AMONG(n->kind, GB_NODE_NOTE, GB_NODE_EXAMPLE, GB_NODE_SOURCE, GB_NODE_COMMENT));
}

static struct gb_at
at_term(const struct gb_node *node)
{
    return node->title.str.len && node->title.n_runs ? gb_at_text(&node->title) : gb_at_head(node);
}

struct missing {
    const struct gb_node *first;
    uint32_t n, n_entries;
};

/* Entries without English; whether one is missing or all, is one habit or several slips. */
static struct missing
count_without_english(const struct gb_facts *facts)
{
    struct missing missing = {0};

    GB_EACH(const struct gb_term, term, facts->vocabulary->items, facts->vocabulary->n) {
        if (term->kind != GB_TERM_ENTRY)
            continue;
        missing.n_entries++;
        if (has_english(facts, term))
            continue;
        missing.n++;
        missing.first = missing.first ? missing.first : term->node;
    }
    return missing;
}

static void
report_all_without_english(struct gb_check *c, const struct missing *missing)
{
    const struct gb_facts *facts = c->facts;
    struct gb_finding *f =
        gb_report_case(c, "all", at_term(missing->first), missing->first,
                       GB_ARGS(missing->first->title.str, gb_arena_printf(c->arena, "%u", missing->n)));
    unsigned n = 0;

    for (uint32_t i = 0; i < facts->vocabulary->n && n < MOST_PLACES; i++) {
        const struct gb_term *term = &facts->vocabulary->items[i];
        if (term->kind != GB_TERM_ENTRY || term->node == missing->first || has_english(facts, term))
            continue;
        gb_also(c, f, at_term(term->node), term->node->title.str);
        n++;
    }
}

/* The line before the number may be the term: 证书认证机构 certificate authority / 3.4 / definition. */
static bool
is_term_above(const struct gb_node *node)
{
    const struct gb_node *before = node->prev ? node->prev->last ? node->prev->last : node->prev : NULL;

    return before && before->kind == GB_NODE_PARA && !gb_str_ends(gb_str_trim(before->text.str), GB_STR("。"));
}

/* A head that took up its definition, or was cut out of running text. */
static bool
is_misread(const struct gb_node *node)
{
    enum { LONGEST = 40 };

    return gb_str_has(node->title.str, GB_STR("。")) || gb_str_han_length(node->title.str) > LONGEST;
}

/* A head without English and definition is the title of a group, or was taken for a term. */
static void
check_incomplete_entry(struct gb_check *c)
{
    enum { SEVERAL = 5 };
    const struct gb_facts *facts = c->facts;
    bool is_enterprise = gb_facts_has_profile(facts, GB_STR("q")) || gb_str_is(facts->type, "Q/");
    struct missing missing = count_without_english(facts);
    bool all = missing.n >= SEVERAL && missing.n * 2 > missing.n_entries;

    if (all && !is_enterprise)
        report_all_without_english(c, &missing);
    GB_EACH(const struct gb_term, term, facts->vocabulary->items, facts->vocabulary->n) {
        if (term->kind != GB_TERM_ENTRY || is_misread(term->node))
            continue;
        bool english = has_english(facts, term), definition = has_definition(term);
        if (!english && definition && !all && !is_enterprise)
            gb_report_case(c, "english", at_term(term->node), term->node, GB_ARGS(term->node->title.str));
        if (english && !definition && !has_latin_word(term->node->text.str))
            gb_report_case(c, "definition", at_term(term->node), term->node, GB_ARGS(term->node->title.str));
    }
    GB_EACH_NODE(node, &facts->of_kind[GB_NODE_TERM]) {
        const struct gb_node *para = gb_node_child(node, GB_NODE_PARA);
        if (!node->title.str.len && para && !is_term_above(node) && !gb_node_child(node, GB_NODE_TERM) &&
            !(node->flags & GB_NODE_GIVEN) && gb_str_ends(para->text.str, GB_STR("。")))
            gb_report_case(c, "term", gb_at_head(node), node, GB_ARGS(node->number.str));
    }
}

/* ---- TRM-004: order inside of an entry ---- */

static unsigned
rank_of(const struct gb_node *node)
{
    return node->kind == GB_NODE_EXAMPLE ? 2 : node->kind == GB_NODE_NOTE ? 3 : node->kind == GB_NODE_SOURCE ? 4 : 0;
}

/* A node that is one stretch of bytes and nothing else. */
static bool
is_movable(const struct gb_node *node)
{
    bool exact = true;

    if (node->first || node->flags & (GB_NODE_APPROX | GB_NODE_JOINED) || !node->text.n_runs)
        return false;
    gb_text_whole(&node->text, &exact);
    return exact && node->prev && node->prev->span.end <= node->span.begin;
}

/* Puts the later of two neighbours first. */
static void
fix_exchange(struct gb_check *c, struct gb_finding *f, const struct gb_node *first, const struct gb_node *second)
{
    const struct gb_source *source = c->doc->source;

    if (first->next != second || !is_movable(first) || !is_movable(second) || first->span.end > second->span.begin)
        return;
    struct gb_edit edits[] = {
        {.span = first->span, .text = gb_source_text(source, second->span), .is_markup = true, .is_move = true},
        {.span = second->span, .text = gb_source_text(source, first->span), .is_markup = true, .is_move = true},
    };
    gb_fix_edits(c, f, edits, GB_COUNT(edits));
}

/* A paragraph that is a letter with its index: neither words nor a formula. */
static bool
is_symbol(const struct gb_node *node)
{
    enum { LONGEST = 24 };
    struct gb_str s = node->text.str;

    return node->kind == GB_NODE_PARA && s.len > 0 && s.len <= LONGEST && !gb_str_has_han(s) &&
           gb_char_is_latin(gb_char_at(s, 0)) && !GB_HAS_ONE_OF(s, " ", "=");
}

static struct gb_str
name_of_part(struct gb_check *c, const struct gb_node *node)
{
    switch (node->kind) {
    case GB_NODE_EXAMPLE:
        return gb_say(c, "示例", "example");
    case GB_NODE_NOTE:
        return gb_say(c, "注", "note");
    case GB_NODE_SOURCE:
        return gb_say(c, "来源", "source");
    default:
        return is_symbol(node) ? gb_say(c, "符号", "symbol") : gb_say(c, "定义", "definition");
    }
}

/* The definition behind a note, an example or the source: there is no paragraph before them that could be it. */
static bool
is_late_definition(const struct gb_node *node, const struct gb_node *late)
{
    if (node->kind != GB_NODE_PARA || late->next != node || !gb_str_ends(gb_str_trim(node->text.str), GB_STR("。")))
        return false;
    return !GB_ANY(GB_CHAIN(n, late, n->prev), n->kind == GB_NODE_PARA || n->kind == GB_NODE_LIST);
}

/* The symbol behind the definition. */
static bool
is_late_symbol(const struct gb_node *node)
{
    const struct gb_node *before = node->prev;

    return is_symbol(node) && before && before->kind == GB_NODE_PARA &&
           gb_str_ends(gb_str_trim(before->text.str), GB_STR("。")) && gb_str_has_han(before->text.str);
}

/* Symbol, definition, examples, notes, source. A table or a paragraph behind a note belongs to it. */
static void
check_entry_order(struct gb_check *c, const struct gb_node *term)
{
    const struct gb_node *latest = NULL;

    for (const struct gb_node *n = term->first; n; n = n->next) {
        unsigned rank = rank_of(n);
        bool is_late = rank > 0 && latest && rank < rank_of(latest);
        if (!is_late && latest && (latest->kind != GB_NODE_EXAMPLE || latest->text.str.len) &&
            is_late_definition(n, latest))
            is_late = true;
        if (is_late_symbol(n)) {
            latest = n->prev;
            is_late = true;
        }
        if (is_late) {
            struct gb_finding *f = gb_report(c, gb_at_head(n), n, GB_ARGS(name_of_part(c, n), name_of_part(c, latest)));
            gb_also(c, f, gb_at_head(latest), name_of_part(c, latest));
            fix_exchange(c, f, latest, n);
            return;
        }
        if (rank > 0)
            latest = n;
    }
}

/* ---- TRM-005: numbers of entries ---- */

/* This entry and those behind it take the numbers that follow each other, with their mentions. */
static void
fix_numbers(struct gb_check *c, struct gb_finding *f, const struct gb_node *from, unsigned expected)
{
    GB_ARRAY(struct gb_edit) edits = {0};
    bool is_sure = true, exact;

    for (const struct gb_node *n = from; n && is_sure; n = gb_node_next_same(n), expected++) {
        struct gb_number num = n->num;
        if (n->flags & GB_NODE_GIVEN || num.n == 0 || !n->number.n_runs || num.part[num.n - 1] == expected)
            break;
        num.part[num.n - 1] = (uint16_t)expected;
        struct gb_str text = gb_number_text(&num, c->arena);
        struct gb_span span = gb_text_whole(&n->number, &exact);
        is_sure = exact;
        *gb_push(&edits) = (struct gb_edit){.span = span, .text = text};
        if (gb_first_mention(c->facts, n)) /* mentions elsewhere would have to follow: fix --renumber does it */
            is_sure = false;
    }
    if (is_sure)
        gb_fix_edits(c, f, edits.items, edits.len);
    gb_array_release(&edits);
}

static bool
is_sibling_number(const struct gb_node *term, const struct gb_node *before)
{
    return term->num.n > 1 && term->num.n == before->num.n && term->num.letter == before->num.letter &&
           memcmp(term->num.part, before->num.part, (term->num.n - 1u) * sizeof(term->num.part[0])) == 0;
}

/* Text above the first entry may hold entries that were not told from it. */
static bool
is_led_in_by(const struct gb_node *node)
{
    enum { LONGEST = 60 };

    return node->kind == GB_NODE_PARA && gb_str_has(node->text.str, GB_STR("适用于")) &&
           gb_str_han_length(node->text.str) < LONGEST;
}

static const struct gb_node *
entry_before(const struct gb_node *term)
{
    const struct gb_node *before = term->prev;

    while (before && before->kind != GB_NODE_TERM)
        before = before->kind == GB_NODE_CLAUSE ? NULL : before->prev;
    return before;
}

static void
judge_number(struct gb_check *c, const struct gb_node *term, const struct gb_node *before)
{
    unsigned own = term->num.n ? term->num.part[term->num.n - 1] : 0, expected = 1;

    if (before && !is_sibling_number(term, before))
        return;
    if (before)
        expected = before->num.part[before->num.n - 1] + 1u;
    else if (term->parent && !gb_number_is_child(&term->num, &term->parent->num))
        return;
    bool is_twice = before && own + 1u == expected; /* NUM-005 */
    /* 3.1, 3.1, 3.3 and 3.1, 3.7, 3.3: the fault is that of the one before. */
    const struct gb_node *earlier = before ? entry_before(before) : NULL;
    if (earlier && is_sibling_number(before, earlier) && own == earlier->num.part[earlier->num.n - 1] + 2u &&
        before->num.part[before->num.n - 1] != own - 1u)
        return;
    if (own == expected || own == 0 || is_twice || is_misread(term) || (before && is_misread(before)))
        return;
    if (!before && term->prev && !is_led_in_by(term->prev))
        return;
    struct gb_number want = term->num;
    want.part[want.n - 1] = (uint16_t)expected;
    struct gb_finding *f =
        gb_report(c, gb_at_text(&term->number), term, GB_ARGS(term->number.str, gb_number_text(&want, c->arena)));
    fix_numbers(c, f, term, expected);
}

static bool
is_on_one_line(const struct gb_node *term)
{
    return !(term->flags & (GB_NODE_SPLIT | GB_NODE_GIVEN)) && term->title.str.len && term->number.n_runs &&
           !term->depth && term->encoding != GB_ENCODING_ELEMENT && term->encoding != GB_ENCODING_MARKER;
}

/*
 * Entries are numbered from 1 in each chapter or group. That the number stands on a line of its own is a matter of layout: one
 * finding for all, for information. In a heading of the markup both stand together as a matter of course.
 */
static void
check_entry_numbers(struct gb_check *c)
{
    const struct gb_nodes *terms = &c->facts->of_kind[GB_NODE_TERM];
    struct gb_finding *f = NULL;
    unsigned n_lines = 0;

    for (uint32_t i = 0; i < terms->n; i++) {
        const struct gb_node *term = terms->items[i], *before = entry_before(term);
        if (!(term->flags & GB_NODE_GIVEN) && (!before || !(before->flags & GB_NODE_GIVEN)) && term->number.n_runs)
            judge_number(c, term, before);
    }
    if (c->doc->blanks_matter && !c->facts->is_engineering) {
        for (uint32_t i = 0; i < terms->n && n_lines < MOST_PLACES; i++) {
            const struct gb_node *term = terms->items[i];
            if (!is_on_one_line(term))
                continue;
            if (n_lines++ == 0)
                f = gb_report_case(c, "line", gb_at_text(&term->number), term,
                                   GB_ARGS(term->number.str, term->title.str));
            else
                gb_also(c, f, gb_at_text(&term->number), term->title.str);
        }
    }
}

/* ---- TRM-010: capitals in the English ---- */

static bool
next_word(struct gb_str s, size_t *at, struct gb_span *out)
{
    while (*at < s.len && !gb_char_is_latin((unsigned char)s.ptr[*at]))
        (*at)++;
    out->begin = (uint32_t)*at;
    while (*at < s.len && (unsigned char)s.ptr[*at] > ' ' && !strchr("-/(),;", s.ptr[*at]))
        (*at)++;
    out->end = (uint32_t)*at;
    return out->end > out->begin;
}

/*
 * Length of the syllable of pinyin at the head of a word in lower case; 0 without one. Behind it stands no vowel: Henan is He and nan.
 */
static size_t
syllable_at(struct gb_str s)
{
    GB_WORDS(initials, "zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r", "z",
             "c", "s", "y", "w");
    GB_WORDS(finals, "iang", "iong", "uang", "ang", "eng", "ian", "iao", "ing", "ong", "uai", "uan", "ai", "an", "ao",
             "ei", "en", "er", "ia", "ie", "in", "iu", "ou", "ua", "ue", "ui", "un", "uo", "a", "e", "i", "o", "u");
    size_t initial = GB_START(s, initials), final = GB_START(gb_str_skip(s, initial), finals), end = initial + final;

    if (!final || (initial && strchr("gkh", s.ptr[0]) && s.ptr[initial] == 'i'))
        return 0;
    if (!initial)
        return strchr("aeo", s.ptr[0]) ? end : 0;
    return end < s.len && strchr("aeiou", s.ptr[end]) && strchr("ngr", s.ptr[end - 1]) ? end - 1 : end;
}

/* Data, Machine and Menu might be pinyin as well: a syllable of another kind must be there. */
static bool
is_chinese(struct gb_str syllable)
{
    GB_WORDS(tails, "n", "ng", "ai", "ao", "ei", "ou", "ui", "uo", "iu", "ie", "ua");

    return GB_STARTS_WITH(syllable, "x", "q", "zh") || GB_ENDS_ANY(syllable, tails);
}

/* Yunwu: a Chinese name of two syllables or more. */
static bool
is_pinyin(struct gb_str word)
{
    enum { LONGEST = 24, FEWEST = 2 };
    char small[LONGEST];
    unsigned n = 0, n_chinese = 0;

    if (word.len > LONGEST)
        return false;
    for (size_t i = 0; i < word.len; i++)
        small[i] = (char)(word.ptr[i] | 0x20);
    for (struct gb_str rest = {small, word.len}; rest.len; n++) {
        size_t syllable = syllable_at(rest);
        if (!syllable || (n && strchr("aeo", rest.ptr[0])))
            return false;
        n_chinese += is_chinese(gb_str_sub(rest, 0, syllable));
        rest = gb_str_skip(rest, syllable);
    }
    return n >= FEWEST && n_chinese;
}

/* A name: listed, of China, or one that the Chinese has as well. */
static bool
is_name(struct gb_check *c, const struct gb_node *term, struct gb_str word)
{
    return gb_str_has(term->title.str, word) || gb_param_is(c, "names", word) || is_pinyin(word);
}

/* Genus and species; Latin endings of the first word. */
static bool
is_species(struct gb_str en, struct gb_str first)
{
    GB_WORDS(endings, "us", "um", "a", "is", "as", "ys", "es", "ii", "ae", "ensis");
    struct gb_str second = gb_str_trim(gb_str_skip(en, first.len));
    bool genus = false, species = false;

    for (size_t i = 0; i < GB_COUNT(endings); i++) {
        genus = genus || gb_str_ends(first, endings[i]);
        species = species || gb_str_ends(second, endings[i]) || gb_str_ends(second, GB_STR("i"));
    }
    return genus && (second.len == 0 || species);
}

/* The first fault of the English, and how many words are capitalised. */
static unsigned
count_capitals(struct gb_check *c, const struct gb_node *term)
{
    struct gb_str en = term->en.str;
    struct gb_span word;
    unsigned n = 0;
    size_t at = 0;

    while (next_word(en, &at, &word)) {
        struct gb_str text = gb_str_sub(en, word.begin, word.end);
        n += gb_str_is_capitalised(text) && !is_name(c, term, text);
    }
    return n;
}

/* 10.3.5: lower case, unless the words are written with capitals everywhere. */
static void
check_english_case(struct gb_check *c, const struct gb_node *term)
{
    const struct gb_text *en = &term->en;
    struct gb_span first;
    size_t at = 0;

    if (!en->str.len || !en->n_runs || !next_word(en->str, &at, &first) || first.begin != 0 ||
        gb_text_flags(en, 0) & (GB_RUN_EMPH | GB_RUN_CODE))
        return;
    struct gb_str word = gb_str_sub(en->str, first.begin, first.end);
    if (!gb_str_is_capitalised(word) || is_name(c, term, word) || is_species(en->str, word) ||
        GB_HAS_ONE_OF(en->str, "'s", "’s"))
        return;
    struct gb_finding *f = gb_report(c, gb_at_text(en), term, GB_ARGS(en->str));
    struct gb_span span;
    for (at = 0; next_word(en->str, &at, &span);) {
        struct gb_str each = gb_str_sub(en->str, span.begin, span.end);
        if (!gb_str_is_capitalised(each) || is_name(c, term, each))
            continue;
        char lower = (char)(each.ptr[0] + ('a' - 'A'));
        struct gb_str small = gb_arena_copy(c->arena, (struct gb_str){&lower, 1});
        gb_fix(c, f, gb_text_span(en, span.begin, span.begin + 1, NULL), small);
    }
    if (count_capitals(c, term) == 1 && gb_str_has(en->str, GB_STR(" "))) /* may be a name */
        gb_fix_unsafe(f);
}

/* ---- TRM-014: tables and footnotes among entries ---- */

static void
check_term_table(struct gb_check *c, const struct gb_node *node)
{
    const struct gb_node *clause = gb_node_clause(node);

    if (!clause || (clause->kind != GB_NODE_TERM && clause->role != GB_ROLE_TERMS))
        return;
    bool is_footnote = node->kind == GB_NODE_FOOTNOTE;
    if (is_footnote && node->parent && node->parent->kind == GB_NODE_TABLE)
        return;
    gb_report_case(c, is_footnote ? "footnote" : NULL, gb_at_head(node), node,
                   GB_ARGS(clause->title.str.len ? clause->title.str : clause->number.str));
}

/* ---- TRM-017: one entry for a term ---- */

static const struct gb_term *
entry_called(const struct gb_facts *facts, const struct gb_designation *designation)
{
    enum gb_designation_status status;
    uint32_t which = gb_term_called(facts, designation->words, &status);
    const struct gb_term *term = which == GB_NO_TERM ? NULL : &facts->vocabulary->items[which];

    return term && term->kind == GB_TERM_ENTRY && status != GB_DESIGNATION_DEPRECATED ? term : NULL;
}

/* ---- the same English for two terms ---- */

struct english {
    const struct gb_node **items; /* entries, by their English and place */
    size_t n;
    bool is_ready;
};

static int
compare_english(struct gb_str a, struct gb_str b)
{
    size_t n = a.len < b.len ? a.len : b.len;

    for (size_t i = 0; i < n; i++) {
        int x = gb_is_upper(a.ptr[i]) ? a.ptr[i] + ('a' - 'A') : a.ptr[i],
            y = gb_is_upper(b.ptr[i]) ? b.ptr[i] + ('a' - 'A') : b.ptr[i];
        if (x != y)
            return x < y ? -1 : 1;
    }
    return (a.len > b.len) - (a.len < b.len);
}

GB_ORDER_OF_POINTERS(by_english, struct gb_node, GB_KEY_BY(compare_english, en.str) GB_KEY(id))

static const struct english *
english_of(struct gb_check *c)
{
    static const char key;
    const struct gb_nodes *terms = &c->facts->of_kind[GB_NODE_TERM];
    struct english *all = gb_check_shared(c, &key, sizeof(*all));

    if (all->is_ready)
        return all;
    all->is_ready = true;
    all->items = gb_arena_new_array(c->arena, const struct gb_node *, terms->n + 1);
    for (uint32_t i = 0; i < terms->n; i++) {
        if (terms->items[i]->en.str.len)
            all->items[all->n++] = terms->items[i];
    }
    if (all->n)
        gb_sort(all->items, all->n, sizeof(*all->items), by_english);
    return all;
}

/* accounting / archives 单位在…: the rest of the English went to the next line. */
static bool
is_cut_english(const struct gb_term *term)
{
    struct gb_str s = term->definition ? term->definition->text.str : GB_STR("");

    return s.len && gb_is_lower(s.ptr[0]);
}

/* The first entry before the node that has the same English; of another field it may. */
static void
judge_english(struct gb_check *c, const struct gb_node *node, const struct gb_term *term)
{
    const struct english *all = english_of(c);

    GB_SEEK(size_t, i, all->n, compare_english(all->items[i]->en.str, node->en.str) < 0);
    const struct gb_node *first = node->en.str.len && i < all->n ? all->items[i] : node;
    const struct gb_term *other = first == node ? NULL : gb_term_of_node(c->facts, first);
    if (!other || first->id >= node->id || is_cut_english(term) || is_cut_english(other) || other->domain.len ||
        term->domain.len || gb_str_eq(first->title.str, node->title.str))
        return;
    struct gb_finding *f = gb_report_case(c, "english", gb_at_text(&node->en), node,
                                          GB_ARGS(node->en.str, first->number.str, first->title.str));
    gb_also(c, f, at_term(first), gb_say(c, "前一个条目", "the entry before"));
}

/* Other fields may define the word in their way. */
static void
check_duplicate_term(struct gb_check *c, const struct gb_node *node)
{
    const struct gb_facts *facts = c->facts;
    const struct gb_term *term = gb_term_of_node(facts, node);

    if (!term)
        return;
    const struct gb_designation *name = gb_term_name(facts->vocabulary, term);
    const struct gb_term *other = entry_called(facts, name);
    if (!other || other == term) {
        judge_english(c, node, term);
        return;
    }
    if (other->domain.len || term->domain.len)
        return;
    struct gb_finding *f = gb_report(c, at_term(node), node, GB_ARGS(name->words, other->node->number.str));
    gb_also(c, f, at_term(other->node), gb_say(c, "前一个条目", "the entry before"));
}

/* ---- TRM-020: groups have titles ---- */

static void
check_group_title(struct gb_check *c, const struct gb_node *node)
{
    bool is_group =
        node->kind == GB_NODE_TERM || (node->kind == GB_NODE_CLAUSE && node->role == GB_ROLE_TERMS && node->num.n > 1);
    const struct gb_node *entry = is_group ? gb_node_child(node, GB_NODE_TERM) : NULL;

    if (!entry || node->title.str.len || node->flags & GB_NODE_GIVEN || !gb_number_is_child(&entry->num, &node->num))
        return;
    gb_report(c, gb_at_head(node), node, GB_ARGS(node->number.str, entry->number.str));
}

const struct gb_check_def gb_term_entry_checks[] = {
    {.name = "entry-parts", .whole = check_incomplete_entry, .cases = "english definition term all"},
    {.name = "entry-order", .run = check_entry_order, .on = GB_ON(TERM)},
    {.name = "entry-numbers", .whole = check_entry_numbers, .cases = "line"},
    {.name = "english-case", .run = check_english_case, .on = GB_ON(TERM), .params = "names:words"},
    {.name = "terms-in-table", .run = check_term_table, .on = GB_ON(TABLE) | GB_ON(FOOTNOTE), .cases = "footnote"},
    {.name = "duplicate-terms", .run = check_duplicate_term, .on = GB_ON(TERM), .cases = "english"},
    {.name = "group-titles", .run = check_group_title, .on = GB_ON(TERM) | GB_ON(CLAUSE)},
    {0},
};
