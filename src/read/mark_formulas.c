/* What a formula looks like that stands as a plain line: P = U × I ……（1）. See marks.h. */
#include "read/marks.h"

#include "text/cursor.h"

enum { LONGEST_FORMULA = 240, LONGEST_NUMBER = 12, LONGEST_INDEX = 4, MOST_WORDS = 60, FEWEST_WORDS = 4 };

/* ── the number at the end ─────────────────────────────────────────────── */

/* 1, A.1, 2a, 5-1: what stands in the brackets. */
static bool
is_number(struct gb_str s)
{
    struct gb_cursor cur = cursor_at(s, 0);
    uint16_t value;
    unsigned digits;

    skip_blanks(&cur);
    if (gb_is_upper(cur.c)) {
        advance(&cur);
        skip_blanks(&cur);
        if (cur.c == '.')
            advance(&cur);
        skip_blanks(&cur);
    }
    for (unsigned parts = 0;; parts++) {
        if (parts == 3 || !take_integer(&cur, &value, &digits) || digits > 3)
            return false;
        if (cur.c != '.' && cur.c != '-' && cur.c != U'–')
            break;
        advance(&cur);
    }
    if (cur.c >= 'a' && cur.c <= 'h')
        advance(&cur);
    skip_blanks(&cur);
    return cur.c == 0;
}

/* The number in brackets, or of \tag{…}; *out_begin is where it starts with these. */
static bool
find_number(struct gb_str line, struct gb_formula_mark *out, size_t *out_begin)
{
    size_t close, at;
    uint32_t c = gb_char_narrow(gb_utf8_before(line, line.len, &close));

    if (c == '}') {
        at = gb_str_find(line, GB_STR("\\tag"), 0);
        size_t open = at == GB_NOT_FOUND ? at : gb_str_find(line, GB_STR("{"), at);
        if (open == GB_NOT_FOUND || !is_number(gb_str_sub(line, open + 1, close)))
            return false;
        *out_begin = at;
        out->number_begin = open + 1;
        out->number_end = close;
        out->has_leader = true;
        return true;
    }
    if (c != ')')
        return false;
    for (at = close; at > 0 && close - at <= LONGEST_NUMBER;) {
        size_t end = at;
        c = gb_char_narrow(gb_utf8_before(line, end, &at));
        if (c == '(') {
            if (!is_number(gb_str_sub(line, end, close)))
                return false;
            *out_begin = at;
            out->number_begin = end;
            out->number_end = close;
            return true;
        }
    }
    return false;
}

/* Dots and the like between a formula and its number, the word 式 before it, and one mark that ends the formula. */
static size_t
before_leader(struct gb_str line, size_t end, bool *out_leader)
{
    GB_WORDS(commands, "\\cdots", "\\ldots", "\\dots", "\\qquad", "\\quad");
    GB_WORDS(words, "公式", "式");
    unsigned dots = 0, dashes = 0, blanks = 0;
    size_t prev;

    for (size_t i = 0; i < GB_COUNT(words); i++) {
        struct gb_str before = gb_str_trim(gb_str_sub(line, 0, end));
        if (gb_str_ends(before, words[i]))
            end = before.len - words[i].len;
    }
    while (end > 0) {
        uint32_t c = gb_utf8_before(line, end, &prev);
        bool is_command = false;
        for (size_t i = 0; i < GB_COUNT(commands) && !is_command && gb_char_is_latin(c); i++) {
            is_command = gb_str_ends(gb_str_sub(line, 0, end), commands[i]);
            prev = is_command ? end - commands[i].len : prev;
        }
        if (c == U'…' || c == U'⋯' || c == U'‥' || is_command)
            dots += 2;
        else if (c == '.' || c == U'·' || c == U'•' || c == U'．')
            dots++;
        else if (c == U'—' || c == U'─' || c == '-' || c == '_')
            dashes++;
        else if (is_blank(gb_char_narrow(c)))
            blanks += c == '\t' ? 3 : c == ' ' ? 1 : 2;
        else
            break;
        end = prev;
    }
    *out_leader = *out_leader || dots > 1 || dashes > 2 || blanks > 2;
    if (end > 0) {
        uint32_t c = gb_char_narrow(gb_utf8_before(line, end, &prev));
        if (c == ',' || c == ';' || c == U'。')
            end = prev;
    }
    return gb_str_trim(gb_str_sub(line, 0, end)).len;
}

/* 见（1）, 与（1）: it is mentioned. */
static bool
points_to_number(struct gb_str before)
{
    return gb_ends_with(before, "见按如由同以与和或及据在");
}

/* ── what stands in it ─────────────────────────────────────────────────── */

/* What was met on one side of the sign of equality. */
struct side {
    bool has_symbol, has_words, has_sign; /* letters; names instead; a sign of calculation */
    bool has_comma;
    unsigned longest; /* letters that stand together */
};

static bool
is_symbol(uint32_t c)
{
    return gb_is_letter(c) || (c >= 0x391 && c <= 0x3C9) || (c >= 0x1D400 && c <= 0x1D7FF) || c == U'∑' || c == U'∆' ||
           c == U'∫' || c == U'√' || c == U'∏' || c == U'∂' || c == U'ϕ' || c == U'µ' || c == U'ℓ';
}

static bool
is_sign(uint32_t c)
{
    return (c < 0x80 && strchr("+-*/^\\", (int)c)) || c == U'×' || c == U'÷' || c == U'·' || c == U'•' || c == U'−' ||
           c == U'–' || c == U'—' || c == U'∙' || c == U'⋅' || c == U'∑' || c == U'√' || c == U'∏' || c == U'±' ||
           c == U'∕' || c == U'²' || c == U'³' || c == U'∫';
}

/* Brackets, digits, indexes and what else stands between symbols. */
static bool
is_filling(uint32_t c)
{
    return gb_is_digit(c) || is_blank(c) || (c < 0x80 && strchr("()[]{}|.,_%'~", (int)c)) ||
           (c >= 0x2070 && c <= 0x209C) || c == U'¹' || c == U'‰' || c == U'°' || c == U'′' || c == U'″' || c == U'℃' ||
           c == U'…' || c == U'⋯' || c == U'∞' || c == 0x304 || c == 0x305 || c == U'¯' || c == U'ˉ' || c == U'_' ||
           c == U'∣';
}

static bool
is_relation(uint32_t c)
{
    return c == '=' || c == U'≤' || c == U'≥' || c == U'≈' || c == U'⩽' || c == U'⩾' || c == U'≠' || c == U'∝' ||
           c == '<' || c == '>';
}

/* The names of functions are longer than symbols. */
static bool
is_function(struct gb_str name)
{
    GB_WORDS(all, "sqrt", "arctan", "arcsin", "arccos", "sinh", "cosh", "tanh", "round", "SQRT", "ROUND");

    return GB_IS_ANY(name, all);
}

/* Letters from `at` on, and those of one name that are joined by _: max_count. Commands of TeX count as nothing. */
static size_t
behind_letters(struct gb_str s, size_t at, struct side *side)
{
    size_t end = at;
    unsigned n = 0;

    while (end < s.len && (gb_is_letter((unsigned char)s.ptr[end]) || (s.ptr[end] == '_' && end > at)))
        n += s.ptr[end++] != '_';
    bool is_command = at > 0 && s.ptr[at - 1] == '\\';
    side->has_symbol = true;
    if (!is_command && !is_function(gb_str_sub(s, at, end)) && n > side->longest)
        side->longest = n;
    return end;
}

/* Words from `at` on: an index behind a symbol when they are few, else names of quantities. */
static size_t
behind_words(struct gb_str s, size_t at, bool is_index, struct side *side)
{
    unsigned n = 0;
    size_t next;

    for (; at < s.len && gb_char_is_han(gb_utf8_at(s, at, &next)); at = next)
        n++;
    if (!is_index || n > LONGEST_INDEX)
        side->has_words = true;
    return at;
}

/* One side of the formula; false: there is something in it that no formula has. */
static bool
read_side(struct gb_str s, struct side *out)
{
    uint32_t before = 0;

    for (size_t at = 0, next; at < s.len; at = next) {
        uint32_t c = gb_char_narrow(gb_utf8_at(s, at, &next));
        if (gb_is_letter(c) && next == at + 1) {
            next = behind_letters(s, at, out);
        } else if (gb_char_is_han(c)) {
            next = behind_words(s, at, is_symbol(before) || gb_is_digit(before) || before == '_' || before == '{', out);
        } else if (is_symbol(c)) {
            out->has_symbol = true;
        } else if ((!is_sign(c) && !is_filling(c) && !is_relation(c)) || (c == '>' && before == '-')) {
            return false;
        }
        out->has_sign = out->has_sign || is_sign(c);
        out->has_comma = out->has_comma || (c == ',' && next > at + 1);
        before = c;
    }
    return true;
}

/* ── reactions ─────────────────────────────────────────────────────────── */

static bool
is_element(struct gb_str name)
{
    static const char all[] =
        " H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y "
        "Zr Nb Mo Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Nd Sm Eu Gd W Re Os Ir Pt Au Hg Tl Pb Bi U ";
    char word[5] = {' ', name.ptr[0], name.len > 1 ? name.ptr[1] : ' ', ' ', 0};

    if (name.len == 1)
        word[3] = 0;
    return strstr(all, word) != NULL;
}

/* 2NaOH + H2SO4 = Na2SO4 + 2H2O: symbols of elements on both sides, and compounds among them. */
static bool
is_reaction(struct gb_str s)
{
    unsigned n_compounds = 0, n_elements = 0;
    bool has_count = false, is_counted = false, has_relation = false, has_plus = false;

    for (size_t at = 0, next = 0; at <= s.len; at = next) {
        uint32_t c = at < s.len ? gb_char_narrow(gb_utf8_at(s, at, &next)) : '+';
        if (c == '=' || c == '+') { /* the end of a substance */
            n_compounds += n_elements > 1;
            is_counted = is_counted || (n_elements > 1 && has_count);
            has_relation = has_relation || c == '=';
            has_plus = has_plus || (c == '+' && at < s.len);
            n_elements = 0;
            has_count = false;
            next = at < s.len ? next : at + 1;
        } else if (gb_is_upper(c) && next == at + 1) {
            next += next < s.len && gb_is_lower(s.ptr[next]);
            if (!is_element(gb_str_sub(s, at, next)))
                return false;
            n_elements++;
        } else if (gb_is_digit(c) || (c >= 0x2080 && c <= 0x2089)) {
            has_count = has_count || n_elements > 0;
        } else if (!is_blank(c) && c != '(' && c != ')' && c != U'↑' && c != U'↓') {
            return false;
        }
    }
    return has_relation && has_plus && (n_compounds > 1 || is_counted);
}

/* ── the line ──────────────────────────────────────────────────────────── */

/* Behind the first sign of a relation outside of brackets; 0: none. *out_begin is where it stands. A comparison of a program is none. */
static size_t
find_relation(struct gb_str s, bool has_leader, size_t *out_begin)
{
    uint32_t before = 0;
    int depth = 0;

    for (size_t at = 0, next, behind; at < s.len; at = next) {
        uint32_t c = gb_char_narrow(gb_utf8_at(s, at, &next));
        depth += (c == '(' || c == '[' || c == '{') - (c == ')' || c == ']' || c == '}');
        if (depth == 0 && is_relation(c) && (has_leader || (c != '<' && c != '>'))) {
            uint32_t after = next < s.len ? gb_utf8_at(s, next, &behind) : 0;
            bool is_code =
                (before && before < 0x80 && strchr("=!:<>~+*/&|", (int)before)) || after == '=' || after == '>';
            *out_begin = at;
            return is_code ? 0 : next;
        }
        before = c;
    }
    return 0;
}

/* Words with which a sentence on a formula begins, not the name of a quantity. */
static bool
begins_sentence(struct gb_str s)
{
    GB_WORDS(words, "若", "如", "则", "即", "其中", "见", "公式", "计算", "故", "因此", "所以", "令", "且", "或");

    return GB_STARTS_ANY(s, words) || (gb_str_starts(s, GB_STR("当")) && gb_str_has(s, GB_STR("时")));
}

/* $ … $ or \[ … \], which Markdown reads as [ … ], around all of it: what stands between. False: there is some $ inside. */
static bool
take_off_marks(struct gb_str line, struct gb_formula_mark *mark)
{
    struct gb_str s = gb_str_sub(line, mark->begin, mark->end);
    char close = s.ptr[0] == '[' ? ']' : '$';

    if (s.len > 2 && (s.ptr[0] == '$' || s.ptr[0] == '[') &&
        gb_str_find(s, (struct gb_str){&close, 1}, 1) == s.len - 1) {
        s = gb_str_trim(gb_str_sub(s, 1, s.len - 1));
        mark->begin = (size_t)(s.ptr - line.ptr);
        mark->end = mark->begin + s.len;
    }
    return s.len > 0 && !memchr(s.ptr, '$', s.len);
}

bool
gb_mark_formula(struct gb_str line, struct gb_formula_mark *out)
{
    struct gb_formula_mark mark = {0};
    struct side left = {0}, right = {0};
    size_t begin, relation;

    if (line.len < 3 || line.len > LONGEST_FORMULA)
        return false;
    mark.end = line.len;
    if (find_number(line, &mark, &begin)) {
        size_t end = before_leader(line, begin, &mark.has_leader);
        bool is_glued = end == begin && line.ptr[begin] == '(';
        uint32_t last = end ? gb_char_narrow(gb_char_before(line, end)) : 0;
        if (!is_glued && last && !is_sign(last) && !is_relation(last) && last != '(' &&
            !points_to_number(gb_str_sub(line, 0, end)))
            mark.end = end;
    }
    if (mark.end == line.len)
        mark.number_begin = mark.number_end = 0;
    if (!take_off_marks(line, &mark))
        return false;
    bool is_inside = mark.begin > 0 && mark.number_begin == mark.number_end; /* \[ … \tag{1} \] */
    if (is_inside && find_number(gb_str_sub(line, 0, mark.end), &mark, &begin))
        mark.end = before_leader(line, begin, &mark.has_leader);
    struct gb_str s = gb_str_sub(line, mark.begin, mark.end);
    size_t behind = find_relation(s, mark.has_leader, &relation);
    if (!behind || relation == 0 || begins_sentence(s) || is_reaction(s) ||
        !read_side(gb_str_sub(s, 0, relation), &left) || !read_side(gb_str_skip(s, behind), &right))
        return false;
    mark.has_words = left.has_words || right.has_words;
    mark.has_comma = left.has_comma || right.has_comma;
    mark.longest = left.longest > right.longest ? left.longest : right.longest;
    *out = mark;
    if (!left.has_symbol && !left.has_words)
        return false;
    if (!mark.has_words)
        return right.has_symbol || right.has_sign;
    return right.has_sign && gb_str_han_length(s) <= MOST_WORDS &&
           (mark.has_leader || gb_str_han_length(gb_str_skip(s, behind)) >= FEWEST_WORDS);
}
