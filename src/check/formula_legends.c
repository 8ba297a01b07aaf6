/*
 * Symbols of formulas and what the draft says of them: EQN-002. Symbols are told apart by their letter alone, whatever subscript they
 * have; a letter that is explained anywhere counts as explained. Only where the legend below a formula tells V1 from V2 is V3 missed.
 */
#include "check/objects_priv.h"

#include "check/elements_priv.h"
#include "check/tex_priv.h"
#include "text/chars.h"
#include "text/utf8.h"

extern const struct gb_check_def gb_formula_legend_checks[];

/* Sets of Latin letters, one bit each: A to Z, a to z. */
typedef uint64_t letters;

static letters
letter_bit(char ch)
{
    return UINT64_C(1) << (ch >= 'a' ? ch - 'a' + 26 : ch - 'A');
}

/* Behind a subscript, and behind commands whose group holds words. */
static size_t
behind_words(struct gb_str s, size_t at)
{
    static const struct gb_str commands[] = {GB_WORD("\\mathrm"), GB_WORD("\\text"), GB_WORD("\\rm"), GB_WORD("\\tag"),
                                             GB_WORD("\\begin"), GB_WORD("\\end"), GB_WORD("\\operatorname"), GB_WORD("\\label")};
    bool is_words = s.ptr[at] == '\\' && gb_str_starts_any(gb_str_skip(s, at), commands, GB_COUNT(commands));
    size_t next = at + 1;

    if (s.ptr[at] != '_' && s.ptr[at] != '\\')
        return at;
    if (s.ptr[at] == '_' && next < s.len && s.ptr[next] == '\\')
        next++;
    while (next < s.len && gb_tex_is_letter(s.ptr[next]) && (s.ptr[at] == '\\' || s.ptr[next - 1] != '_'))
        next++;
    while (next < s.len && s.ptr[next] == ' ')
        next++;
    if (s.ptr[at] == '\\' && !is_words)
        return next;
    if (next < s.len && s.ptr[next] == '{')
        return gb_tex_behind_group(s, next);
    return s.ptr[at] == '_' && next < s.len && gb_tex_is_letter(s.ptr[next]) ? next + 1 : next;
}

/* Letters that stand alone in a formula: not those of functions, of f(x), of differentials and indexes. */
static letters
symbols_of(struct gb_str s)
{
    letters found = 0;

    for (size_t at = 0, next; at < s.len; at = next) {
        next = behind_words(s, at);
        if (next > at)
            continue;
        next = at + 1;
        if (!gb_tex_is_letter(s.ptr[at]))
            continue;
        while (next < s.len && gb_tex_is_letter(s.ptr[next]))
            next++;
        bool is_call = next < s.len && (s.ptr[next] == '(' || s.ptr[next] == '{');
        if (next == at + 1 && !is_call && !strchr("deijk", s.ptr[at]))
            found |= letter_bit(s.ptr[at]);
    }
    return found;
}

/* Behind eight bytes of which none is ASCII; `at` itself where one is, or the text ends. */
static size_t
behind_others(struct gb_str s, size_t at)
{
    const uint64_t high = UINT64_C(0x8080808080808080);
    uint64_t word;

    if (s.len - at < sizeof(word))
        return at;
    memcpy(&word, s.ptr + at, sizeof(word));
    return (word & high) == high ? at + sizeof(word) : at;
}

/* All letters of a text that are no part of a longer word. */
static letters
letters_in(struct gb_str s)
{
    letters found = 0;

    for (size_t at = 0, next; at < s.len; at = next) {
        next = behind_others(s, at);
        if (next > at)
            continue;
        for (next = at + 1; gb_tex_is_letter(s.ptr[at]) && next < s.len && gb_tex_is_letter(s.ptr[next]); next++) {
        }
        if (gb_tex_is_letter(s.ptr[at]) && next - at <= 3 && (at == 0 || s.ptr[at - 1] != '\\')) {
            for (size_t i = at; i < next; i++)
                found |= letter_bit(s.ptr[i]);
        }
    }
    return found;
}

/* Where symbols are explained. */
static const enum gb_node_kind explaining[] = {GB_NODE_PARA, GB_NODE_ITEM, GB_NODE_NOTE, GB_NODE_ABBR, GB_NODE_WHERE, GB_NODE_TERM};

/* What the draft explains: letters in running text, legends, lists, notes and the chapter of symbols. */
static letters
explained(const struct gb_facts *facts)
{
    letters found = 0;

    for (size_t k = 0; k < GB_COUNT(explaining); k++) {
        const struct gb_nodes *all = &facts->of_kind[explaining[k]];
        for (uint32_t i = 0; i < all->n; i++)
            found |= letters_in(all->items[i]->text.str) | letters_in(all->items[i]->title.str);
    }
    return found;
}

/* Are symbols listed in a table? What stands there is not looked into. */
static bool
lists_symbols(const struct gb_facts *facts)
{
    const struct gb_nodes *all = &facts->of_kind[GB_NODE_TABLE];

    for (uint32_t i = 0; i < all->n; i++) {
        const struct gb_table *t = all->items[i]->u.table;
        if (gb_str_has(all->items[i]->title.str, GB_STR("符号")))
            return true;
        for (uint32_t k = 0; t && k < t->n_cells && t->cells[k].row == 0; k++) {
            if (gb_str_has(t->cells[k].text.str, GB_STR("符号")) || gb_str_has(t->cells[k].text.str, GB_STR("参数")))
                return true;
        }
    }
    return false;
}

/* A formula of quantities: one sign of equality, no cases, words or reactions, which have letters of other kinds. */
static bool
is_judged(const struct gb_node *formula)
{
    static const struct gb_str others[] = {GB_WORD("\\begin"), GB_WORD("arrow"), GB_WORD("\\to"), GB_WORD("\\mathbf"),
                                           GB_WORD("\\in"),    GB_WORD("\\int"), GB_WORD("\\lim"), GB_WORD("&")};
    struct gb_str s = formula->text.str;

    return gb_object_is_own(formula) && s.len < 400 && gb_str_has(s, GB_STR("=")) && gb_str_han_length(s) < 60 &&
           !gb_str_has_any(s, others, GB_COUNT(others));
}

/* Does a legend stand behind it, with no more than other formulas between? */
static bool
has_legend(const struct gb_node *formula)
{
    const struct gb_node *n = formula->next;

    while (n && (n->kind == GB_NODE_FORMULA || n->kind == GB_NODE_COMMENT))
        n = n->next;
    return n && n->kind == GB_NODE_WHERE && n->first;
}

/* Two letters or more? */
static bool
has_several(letters set)
{
    return (set & (set - 1)) != 0;
}

/* The first letter of a set in a formula from a byte on; the end of the text where none is. */
static size_t
find_letter(struct gb_str s, size_t at, letters set)
{
    for (size_t next; at < s.len; at = next) {
        next = behind_words(s, at);
        if (next > at)
            continue;
        if (gb_tex_is_letter(s.ptr[at]) && (letter_bit(s.ptr[at]) & set))
            return at;
        next = at + 1;
    }
    return s.len;
}

/* ---- Numbered symbols: V1, V_2, V_{3}, V₄ ---- */

enum { N_LETTERS = 52 };

struct numbered {
    uint16_t digits[N_LETTERS]; /* one bit per digit that the letter is seen with */
    letters others;             /* letters that stand alone, or for several numbers: V1～V4, V_{1,2} */
};

static unsigned
letter_index(char ch)
{
    return (unsigned)(ch >= 'a' ? ch - 'a' + 26 : ch - 'A');
}

/* The digit that numbers the letter at `at`: -1 for a letter alone, -2 for one with any other mark. *out_end: behind it. */
static int
number_behind(struct gb_str s, size_t at, size_t *out_end)
{
    size_t i = at + 1, next;
    bool is_marked = i < s.len && s.ptr[i] == '_', is_group;

    i += is_marked;
    is_group = is_marked && i < s.len && s.ptr[i] == '{';
    i += is_group;
    uint32_t c = i < s.len ? gb_utf8_at(s, i, &next) : 0;
    int digit = c >= '0' && c <= '9' ? (int)(c - '0') : c >= 0x2080 && c <= 0x2089 ? (int)(c - 0x2080) : -1;
    *out_end = i;
    if (digit < 0)
        return is_marked ? -2 : -1;
    c = next < s.len ? (unsigned char)s.ptr[next] : 0;
    *out_end = next;
    if ((c >= '0' && c <= '9') || gb_tex_is_letter((char)c) || (is_group && c != '}'))
        return -2;
    return digit;
}

/* Does a range go on behind a number: V1～V4, V_1，…，V_4? */
static bool
is_in_range(struct gb_str s, size_t end)
{
    static const struct gb_str marks[] = {GB_WORD("～"), GB_WORD("~"), GB_WORD("…"), GB_WORD("至"), GB_WORD("到"), GB_WORD("\\")};

    while (end < s.len && strchr("}$ *,", s.ptr[end]))
        end++;
    while (gb_str_starts(gb_str_skip(s, end), GB_STR("，")) || gb_str_starts(gb_str_skip(s, end), GB_STR("、")))
        end += GB_HAN;
    return gb_str_starts_any(gb_str_skip(s, end), marks, GB_COUNT(marks));
}

/* Adds the numbered symbols of a text, and what is said of their letters otherwise. */
static void
add_numbered(struct gb_str s, struct numbered *set)
{
    for (size_t at = 0, end; at < s.len; at = end) {
        end = at + 1;
        if (!gb_tex_is_letter(s.ptr[at]))
            continue;
        bool is_word = at > 0 && (gb_tex_is_letter(s.ptr[at - 1]) || s.ptr[at - 1] == '\\');
        int digit = is_word ? -2 : number_behind(s, at, &end);
        unsigned letter = letter_index(s.ptr[at]);
        bool is_alone = digit == -1 && !(end < s.len && gb_tex_is_letter(s.ptr[end]));
        if (digit >= 0)
            set->digits[letter] |= (uint16_t)(1U << digit);
        if (is_alone || (digit == -2 && !is_word) || (digit >= 0 && is_in_range(s, end)))
            set->others |= letter_bit(s.ptr[at]);
    }
}

/* What the legend below a formula tells apart. Letters behind the dash of a line are units. */
static void
read_own_legend(const struct gb_node *formula, struct numbered *out)
{
    const struct gb_node *where = formula->next;

    while (where && where->kind != GB_NODE_WHERE)
        where = where->next;
    for (const struct gb_node *n = where ? where->first : NULL; n; n = n->next) {
        size_t dash = gb_str_find(n->text.str, GB_STR("—"), 0);
        add_numbered(gb_str_sub(n->text.str, 0, dash == GB_NOT_FOUND ? n->text.str.len : dash), out);
    }
}

/* The first numbered symbol on the right whose letter the legend numbers, and which `set` lacks; the end of the text without. */
static size_t
find_unnumbered(struct gb_str s, size_t right, const struct numbered *own, const struct numbered *set, size_t *out_end)
{
    for (size_t at = right, next; at < s.len; at = next) {
        next = behind_words(s, at);
        if (next > at)
            continue;
        next = at + 1;
        if (!gb_tex_is_letter(s.ptr[at]) || gb_tex_is_letter(s.ptr[at - 1]))
            continue;
        unsigned letter = letter_index(s.ptr[at]);
        int digit = number_behind(s, at, out_end);
        if (digit >= 0 && own->digits[letter] && !(own->others & letter_bit(s.ptr[at])) && !(set->digits[letter] & (1U << digit)))
            return at;
    }
    return s.len;
}

/* V_4 where the legend explains V_3 and V_0, and nothing else in the draft speaks of V_4. */
static void
judge_numbered(struct gb_check *c, const struct gb_node *formula, size_t right, struct numbered **all)
{
    const struct gb_facts *facts = gb_check_context(c)->facts;
    struct gb_str s = formula->text.str;
    struct numbered own = {0};
    size_t end;

    read_own_legend(formula, &own);
    if (find_unnumbered(s, right, &own, &own, &end) == s.len)
        return;
    if (!*all) {
        *all = gb_arena_new(gb_check_context(c)->arena, struct numbered);
        for (size_t k = 0; k < GB_COUNT(explaining); k++) {
            const struct gb_nodes *nodes = &facts->of_kind[explaining[k]];
            for (uint32_t i = 0; i < nodes->n; i++) {
                add_numbered(nodes->items[i]->text.str, *all);
                add_numbered(nodes->items[i]->title.str, *all);
            }
        }
    }
    size_t at = find_unnumbered(s, right, &own, *all, &end);
    if (at == s.len)
        return;
    size_t close = end < s.len && s.ptr[end] == '}' ? end + 1 : end;
    gb_report(c, gb_at_part(&formula->text, at, close), formula, GB_ARGS(gb_str_sub(s, at, close)));
    add_numbered(s, *all); /* told once */
}

/*
 * The sign on the left of a formula is often named by the words that lead it in (容积按公式（1）计算): only those on the right are
 * judged. Without any legend one letter may be a number or a constant. Source: GB/T 1.1—2020, 9.9.3.1; 2009, 8.8.1, 8.8.2.
 */
static void
check_legends(struct gb_check *c, const struct gb_node *root)
{
    const struct gb_check_context *context = gb_check_context(c);
    const struct gb_nodes *all = &context->facts->of_kind[GB_NODE_FORMULA];

    (void)root;
    if (!all->n || !gb_is_whole_draft(context) || gb_is_engineering(context) || lists_symbols(context->facts))
        return;
    letters known = explained(context->facts);
    struct numbered *numbered = NULL;
    for (uint32_t i = 0; i < all->n; i++) {
        const struct gb_node *formula = all->items[i];
        struct gb_str s = formula->text.str;
        size_t right = is_judged(formula) ? gb_str_find(s, GB_STR("="), 0) : s.len;
        letters missing = symbols_of(gb_str_skip(s, right)) & ~known;
        if (!missing && right < s.len && has_legend(formula))
            judge_numbered(c, formula, right, &numbered);
        if (!missing || (!has_legend(formula) && !has_several(missing)))
            continue;
        size_t at = find_letter(s, right, missing);
        if (at < s.len)
            gb_report(c, gb_at_part(&formula->text, at, at + 1), formula, GB_ARGS(gb_str_sub(s, at, at + 1)));
        known |= missing; /* told once */
    }
}

const struct gb_check_def gb_formula_legend_checks[] = {
    {.name = "formula-legend", .run = check_legends, .on = GB_ON(DOC)},
    {0},
};
