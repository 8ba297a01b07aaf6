/*
 * Lists of symbols and abbreviations: their order, what their explanations say. TRM-029, TRM-030. Source: GB/T 1.1—2020, 8.8.3;
 * 2009, 6.3.3.
 */
#include "rule/check.h"

/* ---- TRM-029: the key of a symbol ---- */

enum class { FIGURE, LATIN, GREEK, OTHER };

/* Symbols are compared by their first letter and its case, then by index: none, letters, figures. */
struct key {
    enum class class;
    uint32_t letter; /* small; Greek from alpha on */
    bool is_small;
    struct gb_str rest; /* behind the first letter, without marks of TeX */
};

static const char *const greek[] = {"alpha",   "beta", "gamma", "delta",    "epsilon", "zeta", "eta",
                                    "theta",   "iota", "kappa", "lambda",   "mu",      "nu",   "xi",
                                    "omicron", "pi",   "rho",   "varsigma", "sigma",   "tau",  "upsilon",
                                    "phi",     "chi",  "psi",   "omega"};

/* \alpha and \Delta at the head of s: their length, 0 for others. */
static size_t
greek_command(struct gb_str s, struct key *out)
{
    if (s.len < 2 || s.ptr[0] != '\\')
        return 0;
    struct gb_str name = gb_str_skip(s, 1);
    for (size_t i = 0; i < GB_COUNT(greek); i++) {
        struct gb_str word = gb_str_from(greek[i]);
        if (name.len < word.len || !gb_str_eq_nocase(gb_str_sub(name, 0, word.len), word))
            continue;
        *out = (struct key){GREEK, 0x3B1 + (uint32_t)i, name.ptr[0] >= 'a', {0}};
        return 1 + word.len;
    }
    return 0;
}

/* False: a symbol whose place is not told by its letters. */
static bool
read_key(struct gb_check *c, struct gb_str s, struct key *out)
{
    struct gb_buf rest = {0};
    size_t at = 0, next = 0;

    at = gb_skip_any(s, at, "$ {");
    size_t command = greek_command(gb_str_skip(s, at), out);
    if (command) {
        at += command;
    } else {
        if (at >= s.len)
            return false;
        uint32_t letter = gb_char_narrow(gb_utf8_at(s, at, &next));
        bool is_capital = gb_is_upper(letter) || (letter >= 0x391 && letter <= 0x3A9);
        bool is_latin = letter < 0x80 && gb_char_is_latin(letter), is_greek = letter >= 0x391 && letter <= 0x3C9;
        if (letter == '\\')
            return false;
        *out = (struct key){is_latin              ? LATIN
                            : is_greek            ? GREEK
                            : gb_is_digit(letter) ? FIGURE
                                                  : OTHER,
                            is_capital ? letter + 0x20 : letter,
                            !is_capital,
                            {0}};
        at = next;
    }
    for (; at < s.len; at++) {
        if (s.ptr[at] == '\\')
            break;
        if (!strchr("$ {}_^", s.ptr[at]))
            gb_buf_add_char(&rest, s.ptr[at]);
    }
    bool is_known = at >= s.len;
    out->rest = gb_buf_take(&rest, c->arena);
    return is_known;
}

/* Letters come before figures, both before everything else. */
static unsigned
order_of(unsigned char c)
{
    if (gb_char_is_latin(c))
        return (unsigned)((c | 0x20) - 'a') * 2 + (c >= 'a');
    return gb_is_digit(c) ? 60u + c : 200u + c;
}

/* The next byte that counts at `at`: hyphens do not where they are passed over. */
static size_t
next_byte(struct gb_str s, size_t at, bool is_whole)
{
    while (!is_whole && at < s.len && s.ptr[at] == '-')
        at++;
    return at;
}

static int
cmp_rest(struct gb_str a, struct gb_str b, bool is_whole)
{
    size_t i = next_byte(a, 0, is_whole), k = next_byte(b, 0, is_whole);

    for (; i < a.len && k < b.len; i = next_byte(a, i + 1, is_whole), k = next_byte(b, k + 1, is_whole)) {
        unsigned x = order_of((unsigned char)a.ptr[i]), y = order_of((unsigned char)b.ptr[k]);
        if (x != y)
            return x < y ? -1 : 1;
    }
    return (i < a.len) - (k < b.len);
}

/* Words of letters, as abbreviations are, are in the order of a dictionary, with their hyphens passed over or not (C-ITS, CSS; I2V, I-KE). */
static int
cmp_keys(const struct key *a, const struct key *b, bool is_whole)
{
    if (a->class != b->class)
        return a->class < b->class ? -1 : 1;
    if (a->class == OTHER)
        return 0;
    if (a->letter != b->letter)
        return a->letter < b->letter ? -1 : 1;
    if (a->is_small != b->is_small)
        return a->is_small ? 1 : -1;
    return cmp_rest(a->rest, b->rest, is_whole);
}

/* ---- TRM-029: lists ---- */

struct listed {
    const struct gb_node *node;
    struct key key;
    size_t place;
};

typedef GB_ARRAY(struct listed) listed_array;

static int
by_key(const void *a, const void *b)
{
    const struct listed *x = a, *y = b;
    int order = cmp_keys(&x->key, &y->key, false);

    return order ? order : (x->place > y->place) - (x->place < y->place);
}

static bool
is_alone(const struct gb_node *node)
{
    bool exact = true;

    gb_text_whole(&node->text, &exact);
    return exact && !node->first && !(node->flags & (GB_NODE_APPROX | GB_NODE_JOINED));
}

/* Each place takes the text of the symbol that belongs there; those from the second part on stay in it. */
static void
fix_symbols(struct gb_check *c, struct gb_finding *f, const listed_array *list, size_t second)
{
    size_t n = list->len;
    struct listed *sorted = gb_arena_copy_bytes(c->arena, list->items, n * sizeof(*sorted));

    for (size_t i = 0; i < n; i++) {
        if (!is_alone(list->items[i].node) ||
            (i > 0 && list->items[i - 1].node->span.end > list->items[i].node->span.begin))
            return;
    }
    gb_sort(sorted, second, sizeof(*sorted), by_key);
    gb_sort(sorted + second, n - second, sizeof(*sorted), by_key);
    struct gb_edit *edits = gb_arena_new_array(c->arena, struct gb_edit, n);
    size_t n_edits = 0;
    for (size_t i = 0; i < n; i++) {
        if (sorted[i].node == list->items[i].node)
            continue;
        edits[n_edits++] = (struct gb_edit){.span = list->items[i].node->span,
                                            .text = gb_source_text(c->doc->source, sorted[i].node->span),
                                            .is_markup = true,
                                            .is_move = true};
    }
    gb_fix_edits(c, f, edits, n_edits);
}

static enum gb_term_kind
kind_of(struct gb_check *c, const struct listed *item)
{
    const struct gb_term *term = gb_term_of_node(c->facts, item->node);

    return term ? term->kind : GB_TERM_SYMBOL;
}

/* Where the abbreviations begin of a list that has its symbols first: each part has an order of its own. 0: there is no such place. */
static size_t
second_part(struct gb_check *c, const listed_array *list)
{
    size_t at = 0;

    while (at < list->len && kind_of(c, &list->items[at]) == GB_TERM_SYMBOL)
        at++;
    bool is_parted = !GB_ANY(GB_ITEMS(item, list->items + at, list->len - at), kind_of(c, item) == GB_TERM_SYMBOL);
    return is_parted && at < list->len ? at : 0;
}

static void
judge_list(struct gb_check *c, const struct gb_node *clause, const listed_array *list)
{
    struct gb_finding *f = NULL;
    size_t latest = 0, second = second_part(c, list);

    for (size_t i = 1; i < list->len; i++) {
        if (i == second) {
            latest = i;
            continue;
        }
        const struct key *key = &list->items[i].key, *last = &list->items[latest].key;
        if (key->class == FIGURE) /* 5G: the standard does not say whether figures come before letters or behind them */
            continue;
        if (last->class == FIGURE || cmp_keys(key, last, false) >= 0 || cmp_keys(key, last, true) >= 0) {
            latest = i;
            continue;
        }
        const struct gb_node *node = list->items[i].node;
        if (!f)
            f = gb_report(c, gb_at_text(&node->title), clause,
                          GB_ARGS(node->title.str, list->items[latest].node->title.str));
        else if (i < 50)
            gb_also(c, f, gb_at_text(&node->title), node->title.str);
    }
    if (f)
        fix_symbols(c, f, list, second);
}

/* a) t——…; 1) t——…: symbols have no serial numbers. */
static void
judge_serials(struct gb_check *c, const struct gb_node *clause)
{
    for (const struct gb_node *n = clause->first; n; n = n->next) {
        if (n->kind != GB_NODE_ABBR || !n->marker.str.len)
            continue;
        gb_report_case(c, "serial", gb_at_text(&n->marker), n, GB_ARGS(n->marker.str));
        return;
    }
    for (const struct gb_node *n = clause->first; n; n = n->next) {
        const struct gb_node *item = n->kind == GB_NODE_LIST ? n->first : NULL;
        bool has_letters = n->kind == GB_NODE_LIST && GB_IS_ONE_OF(n->marker.str, "alpha", "digit");
        if (!has_letters || !item || item->kind != GB_NODE_ITEM || item->encoding == GB_ENCODING_ORDERED ||
            !item->marker.n_runs)
            continue;
        if (GB_HAS_ONE_OF(item->text.str, "——", "：", "—"))
            gb_report_case(c, "serial", gb_at_text(&item->marker), item, GB_ARGS(item->marker.str));
        return;
    }
}

/* The symbols of one clause; a list that is broken by other text is ordered by subject. */
static void
check_symbol_order(struct gb_check *c, const struct gb_node *clause)
{
    listed_array list = {0};
    bool is_known = true;
    const struct gb_node *last = NULL;

    /* Only the chapter and its clauses 符号 and 缩略语. */
    if (clause->role != GB_ROLE_SYMBOLS && clause->role != GB_ROLE_TERMS_SYMBOLS)
        return;
    judge_serials(c, clause);
    for (const struct gb_node *n = clause->first; n && is_known; n = n->next) {
        struct listed item = {.node = n, .place = list.len};
        if (n->kind != GB_NODE_ABBR) {
            is_known = !last; /* text between, or a second list */
            continue;
        }
        is_known = read_key(c, n->title.str, &item.key);
        *gb_push(&list) = item;
        last = n;
    }
    /* Text behind the list says nothing of its order. */
    if (!is_known && last) {
        is_known = true;
        for (const struct gb_node *n = last; n; n = n->next)
            is_known = is_known && (n == last || n->kind != GB_NODE_ABBR);
        for (size_t i = 0; i < list.len; i++) {
            struct key key;
            is_known = is_known && read_key(c, list.items[i].node->title.str, &key);
        }
    }
    if (is_known)
        judge_list(c, clause, &list);
    gb_array_release(&list);
}

/* ---- TRM-030 ---- */

static void
check_symbol_provisions(struct gb_check *c, const struct gb_node *node)
{
    uint32_t n;
    const struct gb_sentence *sentences = gb_sentences_of(c->facts, node, &n);

    for (uint32_t i = 0; i < n; i++) {
        GB_EACH_MODAL(modal, c->facts, &sentences[i]) {
            if (modal->type != GB_TYPE_REQUIREMENT && modal->type != GB_TYPE_RECOMMENDATION)
                continue;
            gb_report(c, gb_at_part(sentences[i].text, modal->begin, modal->end), node,
                      GB_ARGS(node->title.str, modal->word));
            return;
        }
    }
}

const struct gb_check_def gb_symbol_checks[] = {
    {.name = "symbol-order", .run = check_symbol_order, .on = GB_ON(CLAUSE), .cases = "serial"},
    {.name = "symbol-provisions", .run = check_symbol_provisions, .on = GB_ON(ABBR)},
    {0},
};
