/*
 * Brackets and quotation marks: TYP-008, TYP-010, and brackets in half width for TYP-001. They pair inside of a text; what a
 * paragraph leaves open, one of the next may close.
 */
#include "check/typography/typography_priv.h"

enum { MOST_OPEN = 64 }; /* nested deeper than this, nothing is judged */

static const struct family {
    uint32_t open, close;
    struct gb_str opening, closing;
} families[] = {
    {U'（', U'）', GB_WORD("（"), GB_WORD("）")}, {U'《', U'》', GB_WORD("《"), GB_WORD("》")},
    {U'〈', U'〉', GB_WORD("〈"), GB_WORD("〉")}, {U'【', U'】', GB_WORD("【"), GB_WORD("】")},
    {U'〔', U'〕', GB_WORD("〔"), GB_WORD("〕")}, {0x201C, 0x201D, GB_WORD("“"), GB_WORD("”")},
};

/* The opening bracket that c closes, in full width; 0: c opens. */
static uint32_t
opening_of(uint32_t c)
{
    c = c == ')' ? U'）' : c;
    GB_FIND(family, families, GB_COUNT(families), family->close == c);
    return family ? family->open : 0;
}

static uint32_t
wide(uint32_t c)
{
    return c == '(' ? U'（' : c == ')' ? U'）' : c;
}

static void
add_half(struct gb_typography *typ, uint32_t c, size_t at, bool is_opening)
{
    if (typ->halves.len < typ->most)
        *gb_push(&typ->halves) = (struct gb_half_pair){typ->node, typ->text, c, (uint32_t)at, is_opening};
}

/* ---- Half-width pairs: TYP-001 ---- */

static bool
is_operator(uint32_t c)
{
    return c == '=' || c == '+' || c == '-' || c == '*' || c == '/' || c == '^' || c == '<' || c == '>' || c == U'×' ||
           c == U'÷' || c == U'≤' || c == U'≥' || c == U'±' || c == U'·' || c == U'−' || c == U'√' || c == U'∑' ||
           c == U'Σ';
}

/* f(速度), and (合格数/总数)×100%: terms of a formula in the text. */
static bool
is_formula(struct gb_str s, size_t open, size_t close)
{
    size_t before = open, behind = close + 1;
    uint32_t first, second;

    before = gb_skip_any_back(s, before, " ");
    behind = gb_skip_any(s, behind, " ");
    first = gb_char_before(s, before);
    second = before > 1 ? gb_char_before(s, before - 1) : 0;
    return is_operator(first) || is_operator(gb_char_at(s, behind)) ||
           (gb_is_letter(first) && before == open && !gb_is_letter(second) && !gb_is_digit(second));
}

/* 二(2-乙基己基)酯, 聚(乙烯醇): a group inside the name of a substance. Its brackets are narrow, as those of a formula. */
static bool
is_of_substance(struct gb_str s, size_t open, size_t close)
{
    GB_WORDS(multipliers, "一", "二", "三", "四", "五", "六", "双", "聚", "-");
    GB_WORDS(groups, "基", "烷", "烯", "炔", "醇", "酚", "醛", "酮", "酸", "酯", "醚", "胺", "苯", "萘", "氧", "甲",
             "乙");
    struct gb_str inside = gb_str_sub(s, open + 1, close);
    size_t locants = gb_skip_any(inside, 0, "0123456789,'NOS");
    bool has_locants = locants > 0 && locants < inside.len && inside.ptr[locants] == '-';

    return GB_ENDS_ANY(inside, groups) && gb_char_is_han(gb_char_at(s, close + 1)) &&
           (has_locants || GB_ENDS_ANY(gb_str_sub(s, 0, open), multipliers));
}

/* Half-width brackets around Chinese text. Around Latin text and numbers they are right: (SAC/TC 180), (80±2) mm. */
static void
judge_half_pair(struct gb_typography *typ, size_t open, size_t close)
{
    struct gb_str inside = gb_str_sub(typ->s, open + 1, close);
    bool is_own = typ->zone != GB_ZONE_TOC && typ->zone != GB_ZONE_BIBLIO && typ->zone != GB_ZONE_INDEX &&
                  typ->node->kind != GB_NODE_REF && typ->node->kind != GB_NODE_SOURCE &&
                  typ->node->kind != GB_NODE_TERM;

    /* 20(无量纲): a unit of its own. */
    if (!is_own || !gb_has_han(inside) || gb_str_is(inside, "无量纲") || is_formula(typ->s, open, close) ||
        is_of_substance(typ->s, open, close) || gb_is_markup_text(typ, open) || gb_is_latin_text(typ->s, open) ||
        gb_is_reference_text(typ->s, open))
        return;
    bool is_fixable = !gb_is_cited_text(typ, open);
    gb_add_slip(typ, GB_SLIP_HALF, open, open + 1, NULL, GB_STR("（"), is_fixable);
    gb_add_slip(typ, GB_SLIP_HALF, close, close + 1, NULL, GB_STR("）"), is_fixable);
}

/* ---- Pairs in one text ---- */

/* The marker of an item that the bracket closes, a), 12）, ①）: its length; 0: it is none. */
static size_t
marker_length(struct gb_str s, size_t at)
{
    size_t begin = at, prev;
    uint32_t c = gb_char_before(s, at);

    if (c == ' ') { /* "1 ）" at the head of a text that was printed wide */
        while (begin > 0 && s.ptr[begin - 1] == ' ')
            begin--;
        return begin && marker_length(s, begin) == begin ? at : 0;
    }
    if ((c >= 0x2460 && c <= 0x2473) || (c >= 0x2170 && c <= 0x2179)) /* ①, ⅰ */
        return strlen("①");
    if (at == 1 && gb_is_upper(c)) /* A）: a marker in a wrong form, which LST-004 tells */
        return 1;
    if (gb_is_lower(c)) {
        begin--;
    } else {
        while (begin > 0 && at - begin < 2 && gb_is_digit(s.ptr[begin - 1]))
            begin--;
    }
    if (begin == at)
        return 0;
    bool is_letter = gb_is_lower(c);
    c = begin ? gb_utf8_before(s, begin, &prev) : 0;
    if (is_letter && gb_is_digit(c)) /* 图6a)所示, 6.2b)中 */
        return 1;
    /* 公式1）: a number, not a marker. */
    bool is_number = gb_is_alnum(c) || c == '.' || c == '-' || c == '/' || c == U'式';
    return is_number ? 0 : at - begin;
}

static size_t
bracket_length(uint32_t c)
{
    return c < 0x80 ? 1 : 3;
}

/* Index behind the innermost open bracket that c closes; 0: there is none. */
static size_t
find_open(const struct gb_typography *typ, uint32_t c)
{
    uint32_t open = opening_of(c);
    size_t i = typ->brackets.len;

    while (i > 0 && wide(typ->brackets.items[i - 1].c) != open)
        i--;
    return i;
}

static bool
has_outer(const struct gb_typography *typ, size_t n, uint32_t c)
{
    GB_FIND(bracket, typ->brackets.items, n, bracket->c == c);
    return bracket != NULL;
}

/* Halves of different width pair in no interval: (0，1]、[1，2）. */
static void
judge_pair(struct gb_typography *typ, size_t i, uint32_t c, size_t at)
{
    struct gb_open_bracket open = typ->brackets.items[i];
    struct gb_str inside = gb_str_sub(typ->s, open.at, at);

    if (open.c == '(' && c == ')') {
        judge_half_pair(typ, open.at, at);
    } else if ((open.c == '(') != (c == ')') && GB_HAS_ONE_OF(inside, "]", "[")) {
        return;
    } else if (open.c == '(') {
        gb_add_slip(typ, GB_SLIP_BRACKET, open.at, open.at + 1, NULL, GB_STR("（"), !gb_is_cited_text(typ, open.at));
    } else if (c == ')') {
        gb_add_slip(typ, GB_SLIP_BRACKET, at, at + 1, NULL, GB_STR("）"), !gb_is_cited_text(typ, at));
    } else if (c == U'）' && has_outer(typ, i, U'（') && gb_has_han(gb_str_sub(typ->s, open.at, at)) &&
               gb_is_running_text(typ)) {
        gb_add_slip(typ, GB_SLIP_BRACKET, open.at, open.at + 3, "nested", GB_NO_WORDS, false);
    }
}

static void
close_bracket(struct gb_typography *typ, size_t at, uint32_t c)
{
    size_t i = find_open(typ, c), marker = c == ')' || c == U'）' ? marker_length(typ->s, at) : 0;
    bool holds_marker =
        i && typ->brackets.items[i - 1].at + bracket_length(typ->brackets.items[i - 1].c) == at - marker;

    /* （见5.2 a)）, （见5.2a））: the marker's bracket closes nothing, unless it is all that stands in a pair: (1). */
    bool is_other = i && (typ->brackets.items[i - 1].c == U'（') == (c == ')');
    bool is_doubled = marker && i && !has_outer(typ, i - 1, U'（') && !has_outer(typ, i - 1, '(') &&
                      wide(gb_char_at(typ->s, at + bracket_length(c))) == U'）';
    if (marker && !holds_marker && (!i || is_other || is_doubled)) {
        if (i)
            *gb_push(&typ->brackets) = (struct gb_open_bracket){0, (uint32_t)at};
        return;
    }
    if (!i) {
        if (!marker && typ->n_marker_closes)
            typ->n_marker_closes--;
        else if (!marker)
            add_half(typ, c, at, false);
        return;
    }
    typ->n_marker_closes += marker && !holds_marker;
    for (size_t k = i; k < typ->brackets.len; k++) {
        if (typ->brackets.items[k].c)
            add_half(typ, typ->brackets.items[k].c, typ->brackets.items[k].at, true);
    }
    judge_pair(typ, i - 1, c, at);
    typ->brackets.len = i - 1;
}

/* The next of these words, where it stands near; else GB_NOT_FOUND. */
static size_t
find_near(const struct gb_typography *typ, size_t at, const char *close)
{
    enum { LONGEST = 300 };
    size_t end = gb_str_find(gb_str_sub(typ->s, at, at + LONGEST), gb_str_from(close), 0);

    return end == GB_NOT_FOUND ? end : at + end;
}

/* A title in 《 》 that ends near: what stands in it is cited. */
static void
enter_cited(struct gb_typography *typ, size_t at, const char *close)
{
    size_t end = find_near(typ, at, close);

    if (end != GB_NOT_FOUND && end > typ->cited_end)
        typ->cited_end = end;
}

/* Half of a tag of code, 〈book. The halves of a title are a pair: 《关于印发〈2026年旧书计划〉的通知》. */
static bool
is_of_tag(const struct gb_typography *typ, size_t at, uint32_t c, size_t next)
{
    return c == U'〈' ? gb_char_at(typ->s, next) < 0x80 && find_near(typ, next, "〉") == GB_NOT_FOUND
                      : c == U'〉' && gb_char_before(typ->s, at) < 0x80 && !find_open(typ, c);
}

size_t
gb_scan_bracket(struct gb_typography *typ, size_t at, uint32_t c, size_t next)
{
    if (gb_is_markup_text(typ, at)) {
        typ->formula_balance += wide(c) == U'（' ? 1 : wide(c) == U'）' ? -1 : 0;
        return next;
    }
    if (typ->zone == GB_ZONE_TOC || is_of_tag(typ, at, c, next))
        return next;
    if (c == U'《')
        enter_cited(typ, at, "》");
    typ->n_narrow_opens += c == '(';
    typ->n_wide_opens += c == U'（';
    if (c != '(' && opening_of(c))
        close_bracket(typ, at, c);
    else if (typ->brackets.len < MOST_OPEN)
        *gb_push(&typ->brackets) = (struct gb_open_bracket){c, (uint32_t)at};
    return next;
}

/* （表1): the bracket read for a marker's closes, where nothing else does. */
static bool
closes_as_marker(struct gb_typography *typ, size_t i)
{
    for (size_t k = typ->brackets.len; k > i + 1; k--) {
        size_t at = typ->brackets.items[k - 1].at;
        if (typ->brackets.items[k - 1].c)
            continue;
        bool is_half = typ->s.ptr[at] == ')';
        if (is_half != (typ->brackets.items[i].c == U'（') || !gb_is_digit(gb_char_before(typ->s, at)))
            continue;
        judge_pair(typ, i, is_half ? ')' : U'）', at);
        return true;
    }
    return false;
}

static void
end_quotes(struct gb_typography *typ)
{
    GB_WORDS(marks, "“", "”");
    uint32_t open = 0, open_at = 0;

    /* Both point the same way: one of them was typed, or read, wrongly. */
    if (typ->quotes.len == 2 && typ->quotes.items[0].c == typ->quotes.items[1].c) {
        bool is_first = typ->quotes.items[0].c == 0x201D;
        uint32_t at = typ->quotes.items[!is_first].at;
        gb_add_slip(typ, GB_SLIP_QUOTE, at, at + 3, "direction", marks[!is_first], true);
        return;
    }
    for (size_t i = 0; i < typ->quotes.len; i++) {
        struct gb_open_bracket q = typ->quotes.items[i];
        if (q.c == 0x201D && !open)
            add_half(typ, q.c, q.at, false);
        if (q.c == 0x201C && open)
            add_half(typ, open, open_at, true);
        open = q.c == 0x201C ? q.c : 0;
        open_at = q.at;
    }
    if (open)
        add_half(typ, open, open_at, true);
}

/* The round brackets of a text whose formulas hold halves as well. */
static void
drop_round_halves(struct gb_typography *typ)
{
    size_t kept = typ->first_half;

    for (size_t i = typ->first_half; i < typ->halves.len; i++) {
        uint32_t c = wide(typ->halves.items[i].c);
        if (c != U'（' && c != U'）')
            typ->halves.items[kept++] = typ->halves.items[i];
    }
    typ->halves.len = kept;
}

void
gb_end_brackets(struct gb_typography *typ)
{
    for (size_t i = 0; i < typ->brackets.len; i++) {
        if (!typ->brackets.items[i].c)
            continue;
        if (typ->brackets.items[i].c != U'（' && typ->brackets.items[i].c != '(')
            add_half(typ, typ->brackets.items[i].c, typ->brackets.items[i].at, true);
        else if (!closes_as_marker(typ, i))
            add_half(typ, typ->brackets.items[i].c, typ->brackets.items[i].at, true);
    }
    if (typ->formula_balance)
        drop_round_halves(typ);
    end_quotes(typ);
}

/* ---- Quotation marks ---- */

/* "√", "—": none of ASCII. */
static bool
is_sign(struct gb_str s)
{
    GB_FIND(byte, s.ptr, s.len, (unsigned char)*byte < 0x80);
    return byte == NULL;
}

static void
judge_straight_pair(struct gb_typography *typ, size_t open, size_t close)
{
    struct gb_str s = typ->s, inside = gb_str_sub(s, open + 1, close);
    uint32_t before = gb_char_before(s, open), behind = gb_char_at(s, close + 1);
    bool is_double = s.ptr[open] == '"';
    bool is_chinese = gb_has_han(inside), is_beside = gb_is_chinese(before) || gb_is_chinese(behind);
    bool is_word = inside.len > 0 && inside.len <= 30;

    for (size_t i = 0; is_word && i < inside.len; i++)
        is_word = gb_is_letter(inside.ptr[i]) || (i > 0 && inside.ptr[i] == ' ') || inside.ptr[i] == '-';
    is_word = is_word || (inside.len && inside.len <= 4 * strlen("√") && is_sign(inside));
    bool stands_alone = (!before || gb_is_chinese(before)) && (!behind || gb_is_chinese(behind)) && is_beside;
    if (!is_chinese && !(is_double && is_word && stands_alone && gb_is_running_text(typ)))
        return;
    /* {"名称": "值"}: data, not text. */
    if (before == '=' || before == '{' || before == '[' || before == ':' || before == '<' || behind == ':' ||
        behind == '}' || behind == ']' || behind == '>' || (!is_beside && before && behind))
        return;
    gb_add_slip(typ, GB_SLIP_QUOTE, open, open + 1, is_double ? NULL : "single", is_double ? GB_STR("“") : GB_STR("‘"),
                true);
    gb_add_slip(typ, GB_SLIP_QUOTE, close, close + 1, is_double ? NULL : "single",
                is_double ? GB_STR("”") : GB_STR("’"), true);
}

/* Inches, minutes and apostrophes are none. */
static size_t
scan_straight(struct gb_typography *typ, size_t at)
{
    uint32_t before = gb_char_before(typ->s, at);
    char mark = typ->s.ptr[at];

    if (typ->quote_at != GB_NOT_FOUND && typ->s.ptr[typ->quote_at] == mark) {
        judge_straight_pair(typ, typ->quote_at, at);
        typ->quote_at = GB_NOT_FOUND;
    } else if (typ->quote_at == GB_NOT_FOUND && !gb_is_digit(before) && !gb_is_letter(before)) {
        typ->quote_at = at;
    }
    return at + 1;
}

static const struct {
    uint32_t corner;
    struct gb_str mark;
} corners[] = {
    {U'「', GB_WORD("“")},
    {U'」', GB_WORD("”")},
    {U'『', GB_WORD("‘")},
    {U'』', GB_WORD("’")},
};

size_t
gb_scan_quote(struct gb_typography *typ, size_t at, uint32_t c, size_t next)
{
    enum { MOST_QUOTES = 4096 };

    if (gb_is_markup_text(typ, at) || typ->zone == GB_ZONE_TOC || typ->zone == GB_ZONE_BIBLIO ||
        typ->node->kind == GB_NODE_REF)
        return next;
    if (c < 0x80)
        return scan_straight(typ, at);
    for (size_t i = 0; i < GB_COUNT(corners); i++) {
        if (corners[i].corner == c)
            gb_add_slip(typ, GB_SLIP_QUOTE, at, next, "corner", corners[i].mark, true);
    }
    if (c == 0x201C)
        enter_cited(typ, at, "”");
    bool is_inch = c == 0x201D && gb_is_digit(gb_char_before(typ->s, at)) &&
                   (!typ->quotes.len || typ->quotes.items[typ->quotes.len - 1].c == 0x201D);
    if ((c == 0x201C || c == 0x201D) && !is_inch && typ->quotes.len < MOST_QUOTES)
        *gb_push(&typ->quotes) = (struct gb_open_bracket){c, (uint32_t)at};
    return next;
}

/* ---- Halves in several texts ---- */

GB_ORDER(by_place, struct gb_half_pair, GB_KEY(node->id) GB_KEY(at))

/* In the words of a node; an abbreviation and a legend have them behind what they explain, and may go on in the next line. */
static bool
is_in_words(const struct gb_half_pair *half)
{
    const struct gb_node *node = half->node;

    return half->text == &node->text || (half->text == &node->head && gb_str_ends(node->head.str, node->text.str));
}

/* A half that closes what one of the texts before left open, no further up than this. */
static bool
is_closed_by(const struct gb_half_pair *open, const struct gb_half_pair *close)
{
    enum { FAR = 40 };

    return open->is_opening && !close->is_opening && opening_of(close->c) == wide(open->c) &&
           close->node->id > open->node->id && close->node->id - open->node->id <= FAR && is_in_words(open) &&
           is_in_words(close);
}

/* (0，1] and [0，1): the other half is a square one. Around words it is a slip. */
static bool
is_interval(struct gb_str s, const struct gb_half_pair *half)
{
    enum { NEAR = 30 };
    size_t from = half->at > NEAR ? half->at - NEAR : 0;
    struct gb_str near = half->is_opening ? gb_str_sub(s, half->at, half->at + NEAR) : gb_str_sub(s, from, half->at);
    struct gb_str other = half->is_opening ? GB_STR("]") : GB_STR("[");
    size_t at = gb_str_find(near, other, 0);

    while (!half->is_opening && at != GB_NOT_FOUND && gb_str_find(near, other, at + 1) != GB_NOT_FOUND)
        at = gb_str_find(near, other, at + 1);
    return at != GB_NOT_FOUND &&
           !gb_has_han(half->is_opening ? gb_str_sub(near, bracket_length(half->c), at) : gb_str_skip(near, at));
}

/* In a cell, or in a list of documents. */
static bool
is_in_pieces(const struct gb_half_pair *half)
{
    bool is_cell =
        half->node->kind == GB_NODE_TABLE && half->text != &half->node->text && half->text != &half->node->title;

    return is_cell || half->node->kind == GB_NODE_REF;
}

/* Only text that reads as Chinese; cells and lists of documents are cut too often, unless it is the only half in all of them. */
static bool
is_judged_half(const struct gb_half_pair *half, size_t n_in_pieces)
{
    struct gb_str s = half->text->str;
    bool is_text = is_in_words(half) || half->text == &half->node->title;
    size_t end = half->at + bracket_length(half->c);
    enum gb_zone zone = gb_zone_of(half->node);
    bool is_word = (half->c == U'（' || half->c == U'）') && gb_is_chinese(gb_char_before(s, half->at)) &&
                   (half->c == U'）' || gb_is_chinese(gb_char_at(s, end)));

    if (is_in_pieces(half) && (n_in_pieces > 1 || !is_word))
        return false;
    if (!(is_text || is_in_pieces(half)) || zone == GB_ZONE_TOC || zone == GB_ZONE_BIBLIO || zone == GB_ZONE_INDEX ||
        is_interval(s, half))
        return false;
    return half->c >= 0x80 || gb_is_chinese(gb_char_before(s, half->at)) || gb_is_chinese(gb_char_at(s, end));
}

static void
add_unpaired(struct gb_typography *typ, const struct gb_half_pair *half)
{
    bool is_quote = half->c == 0x201C || half->c == 0x201D;
    uint32_t c = wide(half->c);
    GB_FIND(family, families, GB_COUNT(families), family->open == c || family->close == c);
    struct gb_str other = family->open == c ? family->closing : family->opening;

    typ->node = half->node;
    typ->text = half->text;
    gb_add_slip(typ, is_quote ? GB_SLIP_QUOTE : GB_SLIP_BRACKET, half->at, half->at + bracket_length(half->c),
                half->is_opening ? "open" : "close", other, false);
}

/* Each closing half takes the nearest opening one before it that it fits. */
void
gb_pair_halves(struct gb_typography *typ)
{
    GB_ARRAY(struct gb_half_pair) left = {0};

    gb_sort(typ->halves.items, typ->halves.len, sizeof(struct gb_half_pair), by_place);
    GB_EACH(const struct gb_half_pair, half, typ->halves.items, typ->halves.len) {
        size_t k = left.len, near = left.len > MOST_OPEN ? left.len - MOST_OPEN : 0;
        while (k > near && !is_closed_by(&left.items[k - 1], half))
            k--;
        if (k == near) {
            *gb_push(&left) = *half;
            continue;
        }
        memmove(&left.items[k - 1], &left.items[k], (left.len - k) * sizeof(*left.items));
        left.len--;
    }
    size_t n_in_pieces = 0;
    for (size_t i = 0; i < left.len; i++)
        n_in_pieces += is_in_pieces(&left.items[i]);
    for (size_t i = 0; i < left.len; i++) {
        if (is_judged_half(&left.items[i], n_in_pieces))
            add_unpaired(typ, &left.items[i]);
    }
    gb_array_release(&left);
}

/* ---- Telling ---- */

/*
 * Which of its slips tell of one fault? The two marks of a pair stand together, and so do those on one line; an unpaired mark is
 * told by itself, for it has no other.
 */
GB_CHECK_WHOLE(check_quotes, gb_report_slips(c, GB_SLIP_QUOTE, true))

/* Source: GB/T 1.1—2020, 9.4.1; 2009, 7.1.4. */
GB_CHECK_WHOLE(check_brackets, gb_report_slips(c, GB_SLIP_BRACKET, false))

const struct gb_check_def gb_bracket_checks[] = {
    {.name = "quotation-marks", .whole = check_quotes, .cases = "single corner direction open close"},
    {.name = "bracket-pairs", .whole = check_brackets, .cases = "nested open close"},
    {0},
};
