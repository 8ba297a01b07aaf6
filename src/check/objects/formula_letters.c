/* How the symbols of a formula, and the letters that a text explains, are told from units, functions and words. See formula_priv.h. */
#include "check/objects/formula_priv.h"

#include "check/objects/tex_priv.h"
#include "text/chars.h"
#include "text/utf8.h"

#define LATIN(ch) (UINT64_C(1) << ((ch) >= 'a' ? (ch) - 'a' + 26 : (ch) - 'A'))

/* Letters that are symbols of units as well. */
static const uint64_t unit_letters = LATIN('A') | LATIN('B') | LATIN('C') | LATIN('F') | LATIN('H') | LATIN('J') |
                                     LATIN('K') | LATIN('L') | LATIN('N') | LATIN('S') | LATIN('T') | LATIN('V') |
                                     LATIN('W') | LATIN('a') | LATIN('b') | LATIN('d') | LATIN('g') | LATIN('h') |
                                     LATIN('l') | LATIN('m') | LATIN('s') | LATIN('t') | LATIN('u');

/* ---- Letters ---- */

struct gb_letters
gb_letter(uint32_t c)
{
    enum { ITALIC_H = 0x210E, MATH = 0x1D400, MATH_END = 0x1D6A4, ALPHABET = 52, MICRO = 0xB5, PHI = 0x3D5 };

    if (c >= MATH && c < MATH_END) {
        uint32_t i = (c - MATH) % ALPHABET;
        c = i < 26 ? 'A' + i : 'a' + i - 26;
    } else if (c == ITALIC_H) {
        c = 'h';
    }
    c = gb_char_narrow(c);
    if (gb_is_letter(c))
        return (struct gb_letters){LATIN((int)c), 0};
    if (c == MICRO || c == PHI)
        c = c == MICRO ? U'μ' : U'φ';
    if (c >= U'Α' && c <= U'Ω')
        c += U'α' - U'Α';
    if (c >= U'α' && c <= U'ω')
        return (struct gb_letters){0, UINT32_C(1) << (c == U'ς' ? U'σ' - U'α' : c - U'α')};
    return (struct gb_letters){0, 0};
}

/* Greek letters by their commands; those for operators and numbers are no symbols. */
static struct gb_letters
greek_command(struct gb_str name)
{
    static const struct {
        const char *name;
        uint32_t letter;
    } all[] = {
        {"alpha", U'α'}, {"beta", U'β'}, {"gamma", U'γ'},  {"delta", U'δ'},    {"epsilon", U'ε'}, {"varepsilon", U'ε'},
        {"zeta", U'ζ'},  {"eta", U'η'},  {"theta", U'θ'},  {"vartheta", U'θ'}, {"kappa", U'κ'},   {"lambda", U'λ'},
        {"mu", U'μ'},    {"nu", U'ν'},   {"xi", U'ξ'},     {"rho", U'ρ'},      {"varrho", U'ρ'},  {"sigma", U'σ'},
        {"tau", U'τ'},   {"phi", U'φ'},  {"varphi", U'φ'}, {"chi", U'χ'},      {"psi", U'ψ'},     {"omega", U'ω'},
        {"Phi", U'φ'},   {"Psi", U'ψ'},  {"Omega", U'ω'},  {"Theta", U'θ'},    {"Lambda", U'λ'},
    };

    GB_FIND(row, all, GB_COUNT(all), gb_str_is(name, row->name));
    return row ? gb_letter(row->letter) : (struct gb_letters){0, 0};
}

struct gb_letters
gb_letter_at(struct gb_str s, size_t at, size_t *out_end)
{
    unsigned char byte = (unsigned char)s.ptr[at];
    size_t end = at + 1;

    *out_end = end;
    if (byte == '\\') {
        end = gb_skip_letters(s, end);
        *out_end = end;
        return greek_command(gb_str_sub(s, at + 1, end));
    }
    return byte < 0x80 ? gb_letter(byte) : gb_letter(gb_utf8_at(s, at, out_end));
}

/* ---- Formulas ---- */

bool
gb_opens_upright(struct gb_str s)
{
    GB_WORDS(all, "\\mathrm{", "\\text{", "\\textrm{", "\\mathrm {");

    return s.len && s.ptr[0] == '\\' && GB_STARTS_ANY(s, all);
}

/* Where the group closes that is open at `at`; the end of the text, where it does not. */
static size_t
end_of_group(struct gb_str s, size_t at)
{
    unsigned depth = 0;

    for (; at < s.len && (depth || s.ptr[at] != '}'); at++) {
        depth += s.ptr[at] == '{';
        depth -= s.ptr[at] == '}';
    }
    return at;
}

/* Where the gap begins that ends at `at`: a blank, \, or another of TeX; `at`: there is none. */
static size_t
before_gap(struct gb_str s, size_t at)
{
    GB_WORDS(gaps, " ", "\\,", "\\;", "\\:", "\\ ", "~", "\\quad", "\\!");

    for (size_t i = 0; i < GB_COUNT(gaps);) {
        bool ends = gb_str_ends(gb_str_sub(s, 0, at), gaps[i]);
        at -= ends ? gaps[i].len : 0;
        i = ends ? 0 : i + 1;
    }
    return at;
}

/* Nothing stands behind it but what closes the formula. */
static bool
is_end(struct gb_str behind)
{
    behind = gb_str_trim(behind);
    return !behind.len || GB_STARTS_WITH(behind, "\\quad", "\\tag");
}

/* Behind the unit that begins at `begin`; 0: none. */
static size_t
unit_at(const struct gb_measures *units, struct gb_str s, size_t begin, struct gb_measure_expression *out)
{
    *out = gb_measure_expression_at(units, s, begin);
    for (unsigned i = 0; i < out->n; i++) {
        if (out->uses[i].unit->kind != GB_MEASURE_SYMBOL)
            return 0;
    }
    return out->n ? out->end : 0;
}

/* Letters that are a product of symbols as well as a unit: m/s, mg/A. */
static bool
may_be_product(const struct gb_measure_expression *unit, struct gb_str words)
{
    GB_WORDS(usual, "m/s", "m/s^2", "m/s^{2}", "g/L", "mg/L", "N/m", "t/h", "m^2", "m^{2}", "m^3", "m^{3}", "W/m²",
             "m³/h", "m^3/h", "m^{3}/h", "m³/s", "m³/d", "g/m²", "g/m³", "N/m²");
    GB_WORDS(alone, "km", "kg", "mm", "cm", "mL", "kW", "kN", "kJ", "kPa", "MPa", "GPa", "kHz", "MHz", "℃", "μm");

    if (unit->n == 1 && !unit->has_power)
        return !GB_IS_ANY(words, alone);
    for (unsigned i = 0; i < unit->n; i++) {
        struct gb_str word = gb_rel_str(&unit->uses[i].unit->word);
        if (word.len > 1 && !(word.len == 2 && word.ptr[0] == 'm' && memchr("gAVT", word.ptr[1], 4)))
            return false;
    }
    return !GB_IS_ANY(words, usual);
}

/* \mathrm{…}: upright letters that name a function, a count or a quantity as well. */
static bool
may_be_name(struct gb_str words)
{
    GB_WORDS(names, "min", "var", "cd", "rad", "d", "r", "pm", "lm", "tex");

    return GB_IS_ANY(words, names);
}

/* Bytes of a unit in upright letters, whose group begins at `open`. One letter alone is one behind a number and a gap, or a gap at the end. */
static size_t
upright_unit(const struct gb_measures *units, struct gb_str s, size_t command, size_t open, size_t *out_begin)
{
    struct gb_measure_expression unit;
    size_t close = end_of_group(s, open), begin = open;

    while (begin < close && (s.ptr[begin] == ' ' || s.ptr[begin] == '~'))
        begin++;
    size_t end = unit_at(units, s, begin, &unit);
    if (!end || gb_str_trim(gb_str_sub(s, end, close)).len)
        return 0;
    struct gb_str words = gb_str_sub(s, begin, end);
    bool is_short = unit.n == 1 && (words.len == 1 || may_be_name(words));
    size_t gap = before_gap(s, command);
    bool is_behind = gap < command && ((gap > 0 && gb_is_digit(s.ptr[gap - 1])) || is_end(gb_str_skip(s, close + 1)));
    *out_begin = begin;
    return is_short && !is_behind ? 0 : end;
}

/* Bytes of a unit in other letters: behind a gap, where a number stands before that or the formula ends behind it. */
static size_t
slanted_unit(const struct gb_measures *units, struct gb_str s, size_t begin)
{
    struct gb_measure_expression unit;
    size_t gap = before_gap(s, begin), end = gap < begin ? unit_at(units, s, begin, &unit) : 0;

    if (!end || may_be_product(&unit, gb_str_sub(s, begin, end)))
        return 0;
    return (gap > 0 && gb_is_digit(s.ptr[gap - 1])) || is_end(gb_str_skip(s, end)) ? end : 0;
}

size_t
gb_formula_unit(const struct gb_measures *units, struct gb_str s, size_t *out_begin)
{
    s = gb_str_sub(s, 0, gb_str_find(s, GB_STR("\\tag"), 0));
    for (size_t at = 0, next; at < s.len; at = next) {
        next = gb_tex_behind_index(s, at);
        if (next > at)
            continue;
        gb_utf8_at(s, at, &next);
        *out_begin = at;
        size_t end = gb_opens_upright(gb_str_skip(s, at))
                         ? upright_unit(units, s, at, gb_str_find(s, GB_STR("{"), at) + 1, out_begin)
                         : slanted_unit(units, s, at);
        if (end)
            return end;
    }
    return 0;
}

size_t
gb_relation_in(struct gb_str s)
{
    GB_WORDS(others, "\\leq", "\\geq", "\\le ", "\\ge ", "≤", "≥");
    size_t at = gb_str_find(s, GB_STR("="), 0);

    for (size_t i = 0; at == GB_NOT_FOUND && i < GB_COUNT(others); i++)
        at = gb_str_find(s, others[i], 0);
    return at;
}

/* A formula while it is read. */
struct reader {
    const struct gb_text *text;
    struct gb_str s;
    size_t equals, unit_begin, unit_end;
    struct gb_formula_symbol *out;
    size_t n;
};

static void
add_symbol(struct reader *r, size_t begin, size_t end, struct gb_letters letter, bool is_joined)
{
    bool is_unit = begin >= r->unit_begin && begin < r->unit_end;

    if (r->n < GB_FORMULA_SYMBOLS && !is_unit && !gb_is_empty(letter))
        r->out[r->n++] = (struct gb_formula_symbol){begin, end, letter, begin < r->equals, is_joined};
}

/* Commands whose group holds words. */
static bool
holds_words(struct gb_str name)
{
    GB_WORDS(words, "mathrm", "text", "rm", "tag", "begin", "end", "operatorname", "label");

    return GB_STARTS_ANY(name, words);
}

/* \alpha, \frac, \mathrm{…}: behind it. */
static size_t
read_command(struct reader *r, size_t at)
{
    size_t end = gb_skip_letters(r->s, at + 1);
    struct gb_str name = gb_str_sub(r->s, at + 1, end);
    if (name.len == 0)
        return at + 2 < r->s.len ? at + 2 : r->s.len;
    size_t open = gb_skip_any(r->s, end, " ");
    bool is_prefix =
        gb_str_is(name, "mu") && (gb_str_starts(gb_str_skip(r->s, open), GB_STR("\\mathrm")) ||
                                  gb_str_starts(gb_str_skip(r->s, open), GB_STR("\\text"))); /* of a unit */
    if (!is_prefix)
        add_symbol(r, at, end, greek_command(name), false);
    if (!holds_words(name))
        return end;
    return open < r->s.len && r->s.ptr[open] == '{' ? gb_tex_behind_group(r->s, open) : end;
}

/* d of \frac{d v}{d t} and of ∫ … dt, where a letter stands behind it. */
static bool
is_differential(struct gb_str s, size_t at)
{
    size_t next = at + 1;

    if (s.ptr[at] != 'd')
        return false;
    next = gb_skip_any(s, next, " ");
    return next < s.len && (gb_is_letter(s.ptr[next]) || s.ptr[next] == '\\' || (unsigned char)s.ptr[next] >= 0xCE);
}

/* ∫ … dt: is the letter what a formula integrates over? */
static bool
is_integrated(struct gb_str s, char letter)
{
    if (!gb_str_has(s, GB_STR("\\int")))
        return false;
    for (size_t at = 0; at + 1 < s.len; at++) {
        size_t next = at + 1;
        if (s.ptr[at] != 'd' || (at > 0 && gb_is_letter(s.ptr[at - 1])))
            continue;
        next = gb_skip_any(s, next, " ");
        if (next < s.len && s.ptr[next] == letter && !(next + 1 < s.len && gb_is_letter(s.ptr[next + 1])))
            return true;
    }
    return false;
}

/* Does the letter count things, as the index of others: k of x_k, of Σ from k = 1? */
static bool
counts(struct gb_str s, char letter)
{
    for (size_t at = 0; at < s.len; at++) {
        size_t end = s.ptr[at] == '_' ? gb_tex_behind_index(s, at) : at;
        if (end > at && memchr(s.ptr + at, letter, end - at))
            return true;
    }
    return false;
}

/* Is i the number of a thing, or the imaginary unit? Not in a formula without sums, indexes and powers of e. */
static bool
may_count(struct gb_str s)
{
    GB_WORDS(signs, "\\sum", "\\prod", "Σ", "∑", "Π", "∏", "e^", "\\exp", "\\omega", "\\sin", "\\cos");

    return counts(s, 'i') || GB_HAS_ANY(s, signs);
}

static bool
is_function(struct gb_str name)
{
    static const char all[] =
        " lg ln exp sin cos tan cot sec csc tg ctg max min mod lim log int abs avg sum det sgn th sh ch ";
    char word[6] = " ";

    memcpy(word + 1, name.ptr, name.len);
    word[name.len + 1] = ' ';
    return strstr(all, word);
}

/* The character before `at` that is no blank; 0 at the beginning. *out_begin: where it begins. */
static uint32_t
char_before(struct gb_str s, size_t at, size_t *out_begin)
{
    uint32_t c = 0;

    while (at > 0) {
        c = gb_utf8_before(s, at, &at);
        if (!gb_char_is_space(c) && c != '$')
            break;
        c = 0;
    }
    *out_begin = at;
    return c;
}

/* 2 x b: the letter in the place of the sign of multiplication. */
static bool
is_times(struct gb_str s, size_t at)
{
    size_t begin, behind = at + 1;

    if ((s.ptr[at] != 'x' && s.ptr[at] != 'X') || at == 0 || s.ptr[at - 1] != ' ' || behind >= s.len ||
        s.ptr[behind] != ' ')
        return false;
    uint32_t before = gb_char_narrow(char_before(s, at, &begin));
    behind = gb_skip_any(s, behind, " ");
    char after = behind < s.len ? s.ptr[behind] : 0;
    return (gb_char_is_latin(before) || gb_char_digit(before) >= 0 || before == ')') &&
           (gb_is_alnum(after) || after == '(') && !memchr(s.ptr, '\\', s.len);
}

/* f(x), and f_1(x, y): a function. A bracket with one thing in it stands as well for a factor behind a symbol with an index. */
static bool
is_call(struct gb_str s, size_t end)
{
    size_t at = end;

    if (at < s.len && (s.ptr[at] == '(' || s.ptr[at] == '{'))
        return true;
    at = gb_skip_any(s, at, " ");
    at = at < s.len ? gb_tex_behind_index(s, at) : at;
    at = gb_skip_any(s, at, " ");
    if (at >= s.len || s.ptr[at] != '(')
        return false;
    struct gb_str inside = gb_str_sub(s, at, gb_str_find(s, GB_STR(")"), at));
    return GB_HAS_ONE_OF(inside, ",", "，");
}

/* Letters of the same run of text: a word, a product, or one symbol. */
static size_t
read_letters(struct reader *r, size_t at)
{
    struct gb_str s = r->s;
    size_t end = at + 1;

    while (end < s.len && gb_is_letter(s.ptr[end]) && !(gb_text_flags(r->text, end) & GB_RUN_SUB))
        end++;
    bool is_alone = end == at + 1;
    if (is_alone) {
        char ch = s.ptr[at];
        bool is_index = strchr("ej", ch) || (ch == 'i' && may_count(s)) || is_times(s, at) ||
                        (ch == 'k' && counts(s, 'k')) || is_differential(s, at) || is_integrated(s, ch);
        bool is_transposed = ch == 'T' && at > 0 && !gb_str_has(s, GB_STR("\\int")) &&
                             (s.ptr[at - 1] == '^' || gb_str_ends(gb_str_sub(s, 0, at), GB_STR("^{")));
        if (!is_call(s, end) && !is_index && !is_transposed)
            add_symbol(r, at, end, gb_letter((unsigned char)ch), false);
        return end;
    }
    if (end == at + 2 && s.ptr[at] == 'd' && is_integrated(s, s.ptr[at + 1]))
        return end;
    for (size_t i = at; i < end && end - at <= 3 && !is_function(gb_str_sub(s, at, end)); i++)
        add_symbol(r, i, i + 1, gb_letter((unsigned char)s.ptr[i]), true);
    return end;
}

size_t
gb_formula_symbols(const struct gb_measures *units, const struct gb_text *formula, struct gb_formula_symbol *out)
{
    struct reader r = {.text = formula, .s = formula->str, .out = out};
    struct gb_str s = r.s;

    if (s.len > GB_LONGEST_FORMULA)
        return 0;
    r.equals = gb_relation_in(s);
    r.unit_end = gb_formula_unit(units, s, &r.unit_begin);
    for (size_t at = 0, next; at < s.len; at = next) {
        uint32_t c = gb_utf8_at(s, at, &next);
        if (c == '_')
            next = gb_tex_behind_index(s, at);
        else if (gb_text_flags(formula, at) & (GB_RUN_SUB | GB_RUN_SUP))
            continue;
        else if (c == '\\')
            next = read_command(&r, at);
        else if (next == at + 1 && gb_is_letter((char)c))
            next = read_letters(&r, at);
        else if (c != U'π' && c != U'Δ' && c != U'Σ' && c != U'Π')
            add_symbol(&r, at, next, gb_letter(c), false);
    }
    return r.n;
}

/* ---- What a text explains ---- */

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

/* Is the letter at `at` the symbol of a unit: 5 m, 米（m）, m/s, 单位为m? */
static bool
is_unit_here(struct gb_str s, size_t at, size_t end)
{
    GB_WORDS(names, "米", "秒", "安", "伏", "瓦", "牛", "焦", "开", "克", "吨", "升", "时", "天", "日", "年", "仑",
             "培", "特", "顿", "耳", "法", "亨", "拉", "文");
    size_t begin;
    uint32_t before = gb_char_narrow(char_before(s, at, &begin));
    uint32_t after = gb_char_at(s, end);
    struct gb_str head = gb_str_sub(s, 0, begin);

    if (gb_is_digit(before) || before == '/' || before == U'·' || after == '/' || after == U'·')
        return true;
    if (before == ')' && gb_is_digit(char_before(s, begin, &(size_t){0}))) /* (3.7±0.2)V */
        return true;
    if (before == U'为' || before == ':')
        return gb_str_ends(head, GB_STR("单位"));
    return before == '(' && GB_ENDS_ANY(head, names);
}

/* Is the short word at `at` the symbol of a unit, or the head of a document's number (GB/T 1.1, ISO 9001)? */
static bool
is_unit_word(struct gb_str s, size_t at, size_t end)
{
    static const char units[] =
        " mm cm km dm nm kg mg ng mL ml dL kW kV kN kJ kA Pa kPa MPa GPa Hz kHz MHz GHz mA mV mW mS mT mH dB GB DB JB HJ "
        "mol rad min lx lm VA kVA Wh kWh MW MV MN MJ ms ps ns Bq Sv Gy Wb eV cd sr CCS ICS ISO IEC ";
    char word[6] = " ";
    size_t begin, n = 1, behind = end;
    uint32_t before = char_before(s, at, &begin);

    for (size_t i = at; i < end; i++)
        word[n++] = s.ptr[i];
    word[n] = ' ';
    behind = gb_skip_any(s, behind, " ");
    bool is_capital = s.ptr[at] < 'a' && s.ptr[end - 1] < 'a';
    bool is_code =
        is_capital && behind < s.len && (s.ptr[behind] == '/' || (behind > end && gb_is_digit(s.ptr[behind])));
    return is_code || gb_is_digit(before) || strstr(units, word);
}

/* A of 附录A, 表A.1, A.2.1. */
static bool
is_part_letter(struct gb_str s, size_t at)
{
    struct gb_str before = gb_str_sub(s, 0, at);

    if (s.ptr[at] < 'A' || s.ptr[at] > 'Z')
        return false;
    return gb_str_ends(before, GB_STR("附录")) || (gb_str_at(s, at + 1) == '.' && gb_is_digit(gb_str_at(s, at + 2)));
}

void
gb_add_explained(struct gb_str s, struct gb_letters *all, struct gb_letters *sure)
{
    for (size_t at = 0, next; at < s.len; at = next) {
        next = behind_others(s, at);
        if (next > at)
            continue;
        next = gb_is_letter(s.ptr[at]) ? gb_skip_letters(s, at) : at + 1;
        if (!gb_is_letter(s.ptr[at]) || next - at > 3 || (at > 0 && s.ptr[at - 1] == '\\'))
            continue;
        if (next == at + 1 && is_part_letter(s, at))
            continue;
        struct gb_letters found = {0, 0};
        for (size_t i = at; i < next; i++)
            found.latin |= LATIN(s.ptr[i]);
        all->latin |= found.latin;
        bool is_unit =
            next > at + 1 ? is_unit_word(s, at, next) : (found.latin & unit_letters) && is_unit_here(s, at, next);
        if (!is_unit)
            sure->latin |= found.latin;
    }
}

void
gb_add_signs(struct gb_str s, struct gb_letters *set)
{
    for (size_t at = 0, next; at < s.len; at = next) {
        unsigned char byte = (unsigned char)s.ptr[at];
        next = byte >= 0xE3 && byte <= 0xEF ? at + 3 : at + 1; /* Han, as most are */
        if (byte == '\\' || byte == 0xC2 || byte == 0xCE || byte == 0xCF || byte == 0xE2 || byte == 0xF0)
            gb_add_letters(set, gb_letter_at(s, at, &next));
    }
}
