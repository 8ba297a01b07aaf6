/*
 * Symbols of formulas and what the draft says of them: EQN-002. Symbols are told apart by their letter alone, whatever subscript they
 * have; a letter that is explained anywhere counts as explained. Only where the legend below a formula tells V1 from V2 is V3 missed,
 * and where a formula has both N and N1 is it N1 that a legend of N does not explain.
 */
#include "check/objects/objects_priv.h"

#include "check/structure/elements_priv.h"
#include "check/objects/formula_priv.h"
#include "check/objects/tex_priv.h"

/* Where symbols are explained. */
static const enum gb_node_kind explaining[] = {GB_NODE_PARA, GB_NODE_ITEM,  GB_NODE_NOTE,
                                               GB_NODE_ABBR, GB_NODE_WHERE, GB_NODE_TERM};

struct numbered;

/* A formula, and the legend behind it with no more than other formulas between; NULL: there is none. */
struct formula {
    const struct gb_node *node, *where;
    struct gb_str s;
    struct gb_formula_symbol symbols[GB_FORMULA_SYMBOLS];
    size_t n;
};

/* What a legend explains. A line whose letter no formula before it has was misread, or is a slip: then a letter that lacks may be meant. */
struct legend {
    struct gb_letters keys;
    struct gb_letters unused; /* those that no formula before it has */
    bool is_sure;
    bool is_bare;    /* no key is of several letters */
    bool has_digits; /* there is a key without letters: a constant, or l that was read as 1 */
};

/* What the draft explains: letters in running text, legends, lists, notes and the chapter of symbols. */
struct draft {
    const struct gb_facts *facts;
    struct gb_letters all, sure; /* sure: as no symbol of a unit */
    struct gb_letters lefts;     /* what formulas themselves give a value to */
    struct numbered *numbered;   /* NULL: not asked for yet */
    const struct gb_node *last;  /* the last formula that was looked at */
    const struct gb_node *where; /* the legend behind it, with no more than other formulas between; or NULL */
    struct legend legend;
    struct gb_str letter, index; /* of the symbol that is looked for, and whether a text has it */
    bool is_found;
    unsigned n_searches;
    bool has_signs; /* Greek letters and those of mathematics are in the sets */
};

typedef void (*visitor)(struct draft *d, struct gb_str s);

/* Are symbols listed in the table: by its title, a header, or the chapter that it stands in? */
static bool
lists_symbols(const struct gb_facts *facts, const struct gb_node *table)
{
    const struct gb_table *t = table->u.table;

    if (gb_str_has(table->title.str, GB_STR("符号")) || (facts->symbols && gb_node_top(table) == facts->symbols))
        return true;
    return GB_ANY(for (uint32_t k = 0; t && k < t->n_cells && t->cells[k].row == 0; k++),
                  GB_HAS_ONE_OF(t->cells[k].text.str, "符号", "参数"));
}

static void
visit_texts(struct draft *d, visitor visit)
{
    for (size_t k = 0; k < GB_COUNT(explaining); k++) {
        GB_EACH_NODE(n, &d->facts->of_kind[explaining[k]]) {
            if (n->parent->kind == GB_NODE_COVER)
                continue; /* words of the English title are no symbols */
            visit(d, n->text.str);
            visit(d, n->title.str);
        }
    }
    GB_EACH_NODE(table, &d->facts->of_kind[GB_NODE_TABLE]) {
        if (!lists_symbols(d->facts, table))
            continue;
        GB_EACH_CELL(cell, table)
            visit(d, cell->text.str);
    }
}

static void
add_explained(struct draft *d, struct gb_str s)
{
    gb_add_explained(s, &d->all, &d->sure);
}

static void
add_signs(struct draft *d, struct gb_str s)
{
    gb_add_signs(s, &d->all);
    gb_add_signs(s, &d->sure);
}

/* A formula of quantities: one sign of equality, no cases, words or reactions, which have letters of other kinds. */
static bool
is_judged(const struct gb_node *formula)
{
    GB_WORDS(others, "\\begin", "arrow", "\\to", "\\mathbf", "\\in ", "\\inf", "\\lim", "&");
    GB_WORDS(relations, "=", "\\leq", "\\geq", "\\le ", "\\ge ", "≤", "≥");
    struct gb_str s = formula->text.str;

    return gb_object_is_own(formula) && s.len <= GB_LONGEST_FORMULA && GB_HAS_ANY(s, relations) &&
           gb_str_han_length(s) < 60 && !GB_HAS_ANY(s, others);
}

/* ---- Numbered symbols: V1, V_2, V_{3}, V₄ ---- */

enum { N_LATIN = 52, N_LETTERS = N_LATIN + 25 };

struct numbered {
    uint16_t digits[N_LETTERS]; /* one bit per digit that the letter is seen with */
    struct gb_letters alone;    /* letters that stand alone */
    struct gb_letters several;  /* letters that stand for several numbers: V1～V4, V_{1,2} */
};

static unsigned
letter_index(struct gb_letters letter)
{
    unsigned i = 0;

    if (letter.greek) {
        while (!(letter.greek >> i & 1))
            i++;
        return N_LATIN + i;
    }
    while (i < N_LATIN - 1 && !(letter.latin >> i & 1))
        i++;
    return i;
}

/* The digit that numbers the letter that ends at `at`: -1 for a letter alone, -2 for one with any other mark. *out_end: behind it. */
static int
number_behind(struct gb_str s, size_t at, size_t *out_end)
{
    size_t mark = gb_skip_any(s, at, " "), i = at, next;
    mark += gb_str_starts(gb_str_skip(s, mark), GB_STR("\\_")); /* V\_1: escaped as in running text */
    bool is_marked = gb_str_at(s, mark) == '_';
    bool is_between = gb_str_at(s, at) == '~' && gb_str_at(s, at + 2) == '~'; /* V~1~ */
    char close = is_between ? '~' : 0;

    if (is_marked)
        i = gb_skip_any(s, mark + 1, " ");
    if (is_marked && gb_str_at(s, i) == '{')
        close = '}';
    if (close)
        i = gb_skip_any(s, i + 1, " ");
    uint32_t c = i < s.len ? gb_utf8_at(s, i, &next) : 0;
    int digit = gb_is_digit(c) ? (int)(c - '0') : c >= 0x2080 && c <= 0x2089 ? (int)(c - 0x2080) : -1;
    *out_end = i;
    if (digit < 0)
        return is_marked ? -2 : -1;
    if (close)
        next = gb_skip_any(s, next, " ");
    c = next < s.len ? (unsigned char)s.ptr[next] : 0;
    *out_end = close && c == (unsigned char)close ? next + 1 : next;
    if (gb_is_digit(c) || gb_is_letter((char)c) || (close && c != (unsigned char)close))
        return -2;
    return digit;
}

/* Does a range go on behind a number: V1～V4, V_1，…，V_4? */
static bool
is_in_range(struct gb_str s, size_t end)
{
    GB_WORDS(marks, "～", "~", "…", "至", "到", "\\");

    end = gb_skip_any(s, end, "}$ *,");
    while (gb_str_starts(gb_str_skip(s, end), GB_STR("，")) || gb_str_starts(gb_str_skip(s, end), GB_STR("、")))
        end += strlen("，");
    return GB_STARTS_ANY(gb_str_skip(s, end), marks);
}

/* Adds the numbered symbols of a text, and what is said of their letters otherwise. */
static void
add_numbered(struct numbered *set, struct gb_str s)
{
    for (size_t at = 0, end, next; at < s.len; at = end) {
        struct gb_letters letter = gb_letter_at(s, at, &next);
        end = next;
        if (gb_is_empty(letter))
            continue;
        bool is_word = at > 0 && gb_is_letter(s.ptr[at - 1]) && gb_is_letter(s.ptr[at]);
        int digit = is_word ? -2 : number_behind(s, next, &end);
        bool is_alone = digit == -1 && !(next < s.len && gb_is_letter(s.ptr[next]));
        if (digit >= 0)
            set->digits[letter_index(letter)] |= (uint16_t)(1U << digit);
        if (is_alone)
            gb_add_letters(&set->alone, letter);
        bool is_index = digit == -2 && !is_word &&
                        (end >= s.len || !gb_is_letter(s.ptr[end]) || strchr("ijklmnpqtxN", s.ptr[end])); /* not m_s */
        if (is_index || (digit >= 0 && is_in_range(s, end)))
            gb_add_letters(&set->several, letter);
    }
}

static void
add_to_numbered(struct draft *d, struct gb_str s)
{
    add_numbered(d->numbered, s);
}

/* Does the legend tell the letter's numbers apart, or the numbered letter from the same without, as the formula does? */
static bool
tells_apart(const struct numbered *own, const struct gb_letters *alone, struct gb_letters letter)
{
    bool is_numbered = own->digits[letter_index(letter)], is_alone = gb_has_letter(&own->alone, letter);

    return (!is_numbered || !gb_has_letter(&own->several, letter)) &&
           (is_alone ? gb_has_letter(alone, letter) : is_numbered);
}

/* Letters that stand in the formula without any mark. */
static struct gb_letters
letters_alone(const struct formula *f)
{
    struct gb_letters alone = {0, 0};
    size_t end;

    GB_EACH(const struct gb_formula_symbol, symbol, f->symbols, f->n) {
        if (!symbol->is_joined && number_behind(f->s, symbol->end, &end) == -1)
            gb_add_letters(&alone, symbol->letter);
    }
    return alone;
}

/* The first numbered symbol on the right whose letter the legend tells apart by numbers, and which `set` lacks; NULL: none. */
static const struct gb_formula_symbol *
find_unnumbered(const struct formula *f, const struct numbered *own, const struct numbered *set, size_t *out_end)
{
    struct gb_letters alone = letters_alone(f);

    GB_EACH(const struct gb_formula_symbol, symbol, f->symbols, f->n) {
        if (symbol->is_left || symbol->is_joined)
            continue;
        int digit = number_behind(f->s, symbol->end, out_end);
        if (digit >= 0 && tells_apart(own, &alone, symbol->letter) &&
            !(set->digits[letter_index(symbol->letter)] & (1U << digit)))
            return symbol;
    }
    return NULL;
}

/* ---- Symbols with an index of letters: V_t ---- */

/* Behind the marks that an index at `at` begins with: _{, _{\mathrm{, *~. */
static size_t
behind_index_marks(struct gb_str s, size_t at)
{
    GB_WORDS(fonts, "mathrm", "textrm", "text", "rm");

    at = gb_skip_any(s, at, " _{}$*~\\");
    size_t font = at > 0 && s.ptr[at - 1] == '\\' ? GB_START(gb_str_skip(s, at), fonts) : 0;
    return font ? gb_skip_any(s, at + font, " {") : at;
}

/* The letters that are the index behind a symbol (V_t, V_{tot}); empty: a count (x_i), a Greek letter (x_{\alpha}), or anything else. */
static struct gb_str
index_behind(struct gb_str s, size_t at, size_t *out_end)
{
    size_t end = gb_tex_behind_index(s, at), begin = behind_index_marks(gb_str_sub(s, 0, end), at), n;

    *out_end = end;
    n = gb_skip_letters(gb_str_sub(s, 0, end), begin) - begin;
    bool is_whole = gb_skip_any(s, begin + n, "} ") >= end && gb_str_at(s, begin - 1) != '\\';
    return n && is_whole && !(n == 1 && strchr("ijklmnpqN", s.ptr[begin])) ? gb_str_sub(s, begin, begin + n)
                                                                           : gb_str_sub(s, at, at);
}

/* Is the symbol of letter and index in the text, in any markup: $V_{t}$, Vt, *V*~t~? */
static bool
has_indexed(struct gb_str s, struct gb_str letter, struct gb_str index)
{
    for (size_t at = 0; (at = gb_str_find(s, letter, at)) != GB_NOT_FOUND; at++) {
        size_t behind = behind_index_marks(s, at + letter.len);
        if (gb_str_starts(gb_str_skip(s, behind), index) &&
            !(behind + index.len < s.len && gb_is_letter(s.ptr[behind + index.len])))
            return true;
    }
    return false;
}

static void
look_for(struct draft *d, struct gb_str s)
{
    d->is_found = d->is_found || has_indexed(s, d->letter, d->index);
}

/* Each search reads the whole draft: behind so many of them, all is said to be found. */
static bool
speaks_of(struct draft *d, struct gb_str letter, struct gb_str index)
{
    enum { MOST = 64 };

    if (d->n_searches++ >= MOST)
        return true;
    d->letter = letter;
    d->index = index;
    d->is_found = false;
    visit_texts(d, look_for);
    return d->is_found;
}

static bool
legend_has(const struct formula *f, struct gb_str letter, struct gb_str index)
{
    GB_FIND_NEXT(line, gb_legend_first(f->where), line->next, has_indexed(gb_legend_key(line), letter, index));
    return line != NULL;
}

/* N_r beside N_s in the formula, and in the legend: it tells the letter apart by the index. */
static bool
tells_index_apart(const struct formula *f, struct gb_str letter, struct gb_str index)
{
    for (size_t i = 0; i < f->n; i++) {
        size_t end;
        struct gb_str other = index_behind(f->s, f->symbols[i].end, &end);
        if (other.len && !gb_str_eq(other, index) &&
            gb_str_eq(gb_str_sub(f->s, f->symbols[i].begin, f->symbols[i].end), letter) && legend_has(f, letter, other))
            return true;
    }
    return false;
}

/* Has the key, of the legend, the letter with an index that the formula does not have? R_m and R_mi may be one. */
static bool
is_strange(const struct formula *f, struct gb_str key, struct gb_str letter, struct gb_str index)
{
    key = gb_str_skip(key, gb_skip_any(key, 0, "$ *"));
    if (!gb_str_starts(key, letter) || gb_str_at(key, letter.len) != '_')
        return false;
    struct gb_str other = gb_str_skip(key, behind_index_marks(key, letter.len));
    other = gb_str_sub(other, 0, gb_skip_digits(other, gb_skip_letters(other, 0)));
    return other.len && !gb_str_starts(other, index) && !gb_str_starts(index, other) &&
           !has_indexed(f->s, letter, other);
}

/* R_e in the legend, and R_m alone in the formula: the index of one of them is wrong. */
static bool
has_strange_index(const struct formula *f, struct gb_str letter, struct gb_str index)
{
    GB_FIND_NEXT(line, gb_legend_first(f->where), line->next, is_strange(f, gb_legend_key(line), letter, index));
    return line != NULL;
}

/*
 * The first symbol with an index of letters on the right that nothing explains, where the legend tells its letter apart: it has the letter
 * alone, as the formula has (V and V_t), with another index of the formula, or with one that the formula does not have.
 */
static void
judge_indexed(struct gb_check *c, struct draft *d, const struct formula *f, const struct numbered *own)
{
    struct gb_letters alone = letters_alone(f);

    for (size_t i = 0; d->legend.is_sure && i < f->n; i++) {
        const struct gb_formula_symbol *symbol = &f->symbols[i];
        size_t end;
        struct gb_str letter = gb_str_sub(f->s, symbol->begin, symbol->end),
                      index = index_behind(f->s, symbol->end, &end);
        if (!index.len || symbol->is_left)
            continue;
        bool is_apart = (gb_has_letter(&own->alone, symbol->letter) && gb_has_letter(&alone, symbol->letter)) ||
                        tells_index_apart(f, letter, index) || has_strange_index(f, letter, index);
        if (!is_apart || legend_has(f, letter, index) || speaks_of(d, letter, index))
            continue;
        gb_report(c, gb_at_part(&f->node->text, symbol->begin, end), f->node,
                  GB_ARGS(gb_str_sub(f->s, symbol->begin, end)));
        return;
    }
}

/* The symbols with numbers of the whole draft, read once. */
static const struct numbered *
numbered_of(struct gb_check *c, struct draft *d)
{
    if (!d->numbered) {
        d->numbered = gb_arena_new(c->arena, struct numbered);
        visit_texts(d, add_to_numbered);
    }
    return d->numbered;
}

/* n on the right, where the legend explains n_1 alone, and nothing else in the draft speaks of n; NULL: none. */
static const struct gb_formula_symbol *
find_alone(struct gb_check *c, struct draft *d, const struct formula *f, const struct numbered *own)
{
    size_t end;

    for (size_t i = 0; d->legend.is_sure && i < f->n; i++) {
        const struct gb_formula_symbol *symbol = &f->symbols[i];
        if (symbol->is_left || symbol->is_joined || !own->digits[letter_index(symbol->letter)] ||
            gb_has_letter(&own->alone, symbol->letter) || gb_has_letter(&own->several, symbol->letter) ||
            number_behind(f->s, symbol->end, &end) != -1)
            continue;
        if (!gb_has_letter(&numbered_of(c, d)->alone, symbol->letter))
            return symbol;
    }
    return NULL;
}

/* V_4 where the legend explains V_3 and V_0, and nothing else in the draft speaks of V_4. */
static void
judge_numbered(struct gb_check *c, struct draft *d, const struct formula *f)
{
    struct gb_str s = f->s;
    struct numbered own = {0};
    size_t end;

    /* Letters behind the dash of a line are units. */
    for (const struct gb_node *n = gb_legend_first(f->where); n; n = n->next) {
        size_t dash = gb_str_find(n->text.str, GB_STR("—"), 0);
        add_numbered(&own, gb_str_sub(n->text.str, 0, dash == GB_NOT_FOUND ? n->text.str.len : dash));
    }
    const struct gb_formula_symbol *alone = find_alone(c, d, f, &own);
    if (alone) {
        gb_report(c, gb_at_part(&f->node->text, alone->begin, alone->end), f->node,
                  GB_ARGS(gb_str_sub(s, alone->begin, alone->end)));
        return;
    }
    if (!find_unnumbered(f, &own, &own, &end)) {
        judge_indexed(c, d, f, &own);
        return;
    }
    const struct gb_formula_symbol *symbol = find_unnumbered(f, &own, numbered_of(c, d), &end);
    if (!symbol)
        return;
    gb_report(c, gb_at_part(&f->node->text, symbol->begin, end), f->node, GB_ARGS(gb_str_sub(s, symbol->begin, end)));
    add_numbered(d->numbered, s); /* told once */
}

/* ---- Legends ---- */

/* Is the key of several letters: Um, U_{m}, BMI? Letters side by side may be such a one. */
static bool
is_name(struct gb_str key)
{
    for (size_t at = 0, end; at < key.len; at = end) {
        end = gb_skip_letters(key, at);
        if (end > at + 1 && !(at > 0 && key.ptr[at - 1] == '\\'))
            return true;
        end += end == at;
    }
    return gb_str_has(key, GB_STR("_"));
}

static struct legend
read_legend(const struct gb_facts *facts, const struct gb_node *where)
{
    struct legend legend = {.is_sure = !gb_legend_goes_on(where), .is_bare = true};
    struct gb_letters used = gb_letters_before_legend(facts, where), ignored = {0, 0};

    for (const struct gb_node *line = gb_legend_first(where); line; line = line->next) {
        struct gb_letters own = {0, 0};
        gb_add_explained(gb_legend_key(line), &own, &ignored);
        gb_add_signs(gb_legend_key(line), &own);
        bool is_used = gb_has_letter(&used, own);
        legend.has_digits = legend.has_digits || gb_is_empty(own);
        legend.is_sure = legend.is_sure && (is_used || gb_is_empty(own));
        if (!is_used)
            gb_add_letters(&legend.unused, own);
        legend.is_bare = legend.is_bare && !is_name(gb_legend_key(line));
        gb_add_letters(&legend.keys, own);
    }
    return legend;
}

/* A formula ends the item: the legend is that of a later item, or stands behind the list. */
static const struct gb_node *
legend_of_list(const struct gb_node *item)
{
    enum { FARTHEST = 20 };
    const struct gb_node *n = item->next;

    for (int i = 0; i < FARTHEST && n; i++, n = n->next) {
        const struct gb_node *where = gb_node_child(n, GB_NODE_WHERE);
        if (where)
            return where;
    }
    return n ? NULL : gb_object_behind(item->parent);
}

/* Does the legend have a line for a letter of the formula? That of another item may be of the formula before it alone. */
static bool
explains_any(const struct draft *d, const struct gb_node *formula)
{
    struct gb_formula_symbol symbols[GB_FORMULA_SYMBOLS];
    size_t n = gb_formula_symbols(gb_lexicon_measures(d->facts->lexicon), &formula->text, symbols);

    GB_FIND(known, symbols, n, gb_has_letter(&d->legend.keys, known->letter));
    return known != NULL;
}

/* Formulas in a row have one legend, which is looked for once. */
static void
find_legend(struct draft *d, const struct gb_node *formula)
{
    const struct gb_node *before = gb_object_before(formula), *n = formula->next;
    bool is_far = false;

    if (d->last && before == d->last) {
        d->last = formula;
        return;
    }
    while (n && (n->kind == GB_NODE_FORMULA || n->kind == GB_NODE_COMMENT))
        n = n->next;
    if (!n && formula->parent->kind == GB_NODE_ITEM) {
        n = legend_of_list(formula->parent);
        is_far = true;
    }
    d->last = formula;
    d->where = n && n->kind == GB_NODE_WHERE && gb_legend_first(n) ? n : NULL;
    d->legend = d->where ? read_legend(d->facts, d->where) : (struct legend){.is_sure = false};
    if (is_far && d->where && !explains_any(d, formula)) {
        d->where = NULL;
        d->legend = (struct legend){.is_sure = false};
    }
}

/* ---- Judging ---- */

static void
add_lefts(struct draft *d, const struct gb_nodes *formulas)
{
    struct gb_formula_symbol symbols[GB_FORMULA_SYMBOLS];

    for (uint32_t i = 0; i < formulas->n; i++) {
        size_t n = gb_formula_symbols(gb_lexicon_measures(d->facts->lexicon), &formulas->items[i]->text, symbols);
        for (size_t k = 0; k < n && symbols[k].is_left; k++)
            gb_add_letters(&d->lefts, symbols[k].letter);
    }
}

/* A letter is easily taken for another that looks like it, in its other case too: then the legend has the other one. */
static bool
looks_like_a_key(struct gb_letters letter, const struct legend *legend)
{
    static const struct {
        uint32_t letter;
        const char *others;
    } all[] = {{U'α', "a"},  {U'β', "B"},  {U'γ', "yr"}, {U'ε', "eE"}, {U'η', "n"},  {U'θ', "O"},  {U'κ', "kK"},
               {U'λ', "A"},  {U'μ', "u"},  {U'ν', "v"},  {U'ρ', "pP"}, {U'σ', "oO"}, {U'τ', "tT"}, {U'φ', "O"},
               {U'χ', "xX"}, {U'ω', "wW"}, {'c', "C"},   {'C', "c"},   {'k', "K"},   {'K', "k"},   {'o', "O"},
               {'O', "oQ"},  {'p', "P"},   {'P', "p"},   {'s', "S"},   {'S', "s"},   {'u', "U"},   {'U', "u"},
               {'v', "V"},   {'V', "v"},   {'w', "W"},   {'W', "w"},   {'x', "X"},   {'X', "x"},   {'z', "Z"},
               {'Z', "z"},   {'l', "I"},   {'I', "l"},   {'g', "q"},   {'q', "g"}};

    for (const char *ch = "lIOoQ"; legend->has_digits && *ch; ch++) {
        struct gb_letters round = gb_letter((unsigned char)*ch);
        if (gb_has_letter(&letter, round))
            return true;
    }
    for (size_t i = 0; i < GB_COUNT(all); i++) {
        struct gb_letters one = gb_letter(all[i].letter);
        for (const char *ch = all[i].others; gb_has_letter(&letter, one) && *ch; ch++) {
            if (gb_has_letter(&legend->unused, gb_letter((unsigned char)*ch)))
                return true;
        }
    }
    return false;
}

/* Letters side by side are a product where the formula is written in TeX, and the legend explains the one beside it. */
static bool
is_factor(const struct formula *f, size_t i, const struct legend *legend)
{
    const struct gb_formula_symbol *symbol = &f->symbols[i];
    bool behind = i > 0 && symbol[-1].end == symbol->begin && gb_has_letter(&legend->keys, symbol[-1].letter);
    bool before = i + 1 < f->n && symbol[1].begin == symbol->end && gb_has_letter(&legend->keys, symbol[1].letter);

    return legend->is_sure && legend->is_bare && memchr(f->s.ptr, '\\', f->s.len) && (before || behind);
}

/* A sum on the left: the symbols of it were explained where each was introduced. */
static bool
has_one_left(const struct formula *f)
{
    return f->n < 2 || !f->symbols[1].is_left;
}

/*
 * Does the symbol lack an explanation? What the right side of a formula uses may be what another one gives; the left one is judged only
 * where it is one, and the legend is whole.
 */
static bool
is_missing(const struct draft *d, const struct formula *f, size_t i)
{
    const struct legend *legend = &d->legend;
    const struct gb_formula_symbol *symbol = &f->symbols[i];
    struct gb_letters letter = symbol->letter;
    const struct gb_letters *known = legend->is_sure ? &d->sure : &d->all;
    bool may_count = strchr("dk", f->s.ptr[symbol->begin]); /* a differential, an index */

    if (may_count && !legend->is_sure)
        return false;
    if (gb_has_letter(known, letter) || (!symbol->is_left && gb_has_letter(&d->lefts, letter)) ||
        (symbol->is_joined && !is_factor(f, i, legend)) || looks_like_a_key(letter, legend))
        return false;
    return legend->is_sure ? !symbol->is_left || has_one_left(f) : !symbol->is_left && !letter.greek;
}

/* Symbols that lack an explanation, each once, as they are written. */
struct missing {
    struct gb_letters letters;
    struct gb_str names[GB_FORMULA_SYMBOLS];
    size_t n;
};

/* Where a legend knows nothing of a letter, the first index of it stands for all. */
static void
add_missing(struct missing *missing, const struct formula *f, const struct gb_formula_symbol *symbol)
{
    struct gb_str name = gb_str_sub(f->s, symbol->begin, gb_tex_behind_index(f->s, symbol->end));
    bool is_known = f->where && gb_has_letter(&missing->letters, symbol->letter);

    GB_FIND(same, missing->names, missing->n, gb_str_eq(*same, name));
    if (!is_known && !same)
        missing->names[missing->n++] = name;
    gb_add_letters(&missing->letters, symbol->letter);
}

static struct gb_str
names_of(const struct missing *missing, struct gb_arena *arena)
{
    struct gb_buf names = {0};

    GB_EACH(const struct gb_str, name, missing->names, missing->n) {
        gb_buf_puts(&names, names.len ? "、" : "");
        gb_buf_add(&names, *name);
    }
    return gb_buf_take(&names, arena);
}

static void
judge(struct gb_check *c, struct draft *d, const struct gb_node *node)
{
    struct formula f = {.node = node, .s = node->text.str};
    const struct gb_formula_symbol *first = NULL;
    struct missing missing = {0};

    find_legend(d, node);
    f.where = d->where;
    f.n = gb_formula_symbols(gb_lexicon_measures(d->facts->lexicon), &node->text, f.symbols);
    for (size_t i = 0; i < f.n; i++) {
        const struct gb_formula_symbol *symbol = &f.symbols[i];
        if (!gb_is_letter(f.s.ptr[symbol->begin]) && !d->has_signs) {
            visit_texts(d, add_signs);
            d->has_signs = true;
        }
        if (!is_missing(d, &f, i))
            continue;
        add_missing(&missing, &f, symbol);
        first = first ? first : symbol;
    }
    if (!first && f.where)
        judge_numbered(c, d, &f);
    /* Without any legend one symbol may be a number or a constant. */
    if (!first || (!f.where && missing.n < 2))
        return;
    struct gb_at at = gb_at_part(&node->text, first->begin, first->begin + missing.names[0].len);
    gb_report_case(c, missing.n > 1 ? "several" : NULL, at, node, GB_ARGS(names_of(&missing, c->arena)));
    gb_add_letters(&d->all, missing.letters); /* told once */
    gb_add_letters(&d->sure, missing.letters);
}

/* Source: GB/T 1.1—2020, 9.9.3.1; 2009, 8.8.1, 8.8.2. */
static void
check_legends(struct gb_check *c)
{
    const struct gb_nodes *all = &c->facts->of_kind[GB_NODE_FORMULA];
    struct draft d = {.facts = c->facts};

    gb_judge_legend_forms(c);
    if (!all->n || !gb_is_whole_draft(c))
        return;
    visit_texts(&d, add_explained);
    add_lefts(&d, all);
    for (uint32_t i = 0; i < all->n; i++) {
        if (is_judged(all->items[i]))
            judge(c, &d, all->items[i]);
        else
            find_legend(&d, all->items[i]);
    }
}

const struct gb_check_def gb_formula_legend_checks[] = {
    {.name = "formula-legend", .whole = check_legends, .cases = "colon end lead no-lead several open"},
    {0},
};
