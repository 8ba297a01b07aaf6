/* Clauses, their numbers and titles, as checks of several files see them. */
#include "check/clause_priv.h"

bool
gb_clause_in_terms(const struct gb_node *node)
{
    while (node &&
           !(node->role == GB_ROLE_TERMS || node->role == GB_ROLE_SYMBOLS || node->role == GB_ROLE_TERMS_SYMBOLS))
        node = node->parent;
    return node != NULL;
}

bool
gb_clause_is_placed(const struct gb_node *clause)
{
    return !(clause->flags & GB_NODE_GIVEN) || clause->flags & GB_NODE_COUNTED;
}

static const struct gb_node *
placed_clause(const struct gb_node *node, const struct gb_node *parent)
{
    while (node && !(node->kind == GB_NODE_CLAUSE && gb_number_is_child(&node->num, &parent->num)))
        node = node->next;
    return node;
}

const struct gb_node *
gb_clause_first(const struct gb_node *parent)
{
    return placed_clause(parent->first, parent);
}

const struct gb_node *
gb_clause_next(const struct gb_node *clause)
{
    return placed_clause(clause->next, clause->parent);
}

struct gb_str
gb_clause_name(const struct gb_node *node)
{
    return node->title.str.len ? node->title.str : node->number.str;
}

bool
gb_clause_is_inventory(const struct gb_node *chapter)
{
    GB_WORDS(means, "试剂", "材料", "仪器", "设备", "装置", "器具", "器材", "用具");
    GB_WORDS(others, "主要", "试验", "实验", "检验", "检测", "测试", "测定", "测量", "分析", "用", "和", "与", "及",
             "以及", "或", "、", "/", " ");
    bool has_means = false;

    for (struct gb_str title = chapter->title.str; title.len;) {
        size_t n = gb_str_start(title, means, GB_COUNT(means));
        has_means = has_means || n > 0;
        if (n == 0)
            n = gb_str_start(title, others, GB_COUNT(others));
        if (n == 0)
            return false;
        title = gb_str_skip(title, n);
    }
    return has_means;
}

uint32_t
gb_last_char(struct gb_str text, size_t *out_begin)
{
    size_t at = text.len, prev;

    while (at > 0) {
        uint32_t c = gb_utf8_before(text, at, &prev);
        at = prev;
        if (!gb_char_is_space(c) && !gb_char_is_invisible(c)) {
            *out_begin = at;
            return c;
        }
    }
    *out_begin = 0;
    return 0;
}

/* ---- Titles ---- */

/* Words in which the character is no modal: what stands before it, and what behind. 可 counts only before `only`. */
static const struct modal {
    const char *word, *before, *behind;
    const char *only;
} modals[] = {
    {"应", "相适响反供对效感呼照", "急届税诉力变答聘邀激试收付缴对用", NULL},
    {"宜", "适事便制时权", "居人昌宾春兴性", NULL},
    {"可", "许认", "", "以采按由在将根不允设选"},
};

static bool
is_modal(const struct modal *modal, struct gb_str s, size_t begin, size_t end)
{
    uint32_t before = gb_char_before(s, begin);
    uint32_t behind = gb_char_at(s, end);

    if (before && gb_is_one_of(before, modal->before))
        return false;
    if (!behind || gb_is_one_of(behind, modal->behind))
        return false;
    return !modal->only || gb_is_one_of(behind, modal->only);
}

/* 制造厂应提供的资料, 应符合的要求: a verb of two characters between modal and 的, and what it is said of behind. */
static bool
is_attribute(struct gb_str s, size_t end)
{
    enum { VERB = 2 * GB_HAN };
    GB_WORDS(no_verbs, "有", "为", "是");
    struct gb_str rest = gb_str_skip(s, end);

    return gb_str_starts(gb_str_skip(rest, VERB), GB_STR("的")) && gb_str_han_length(gb_str_sub(rest, 0, VERB)) == 2 &&
           gb_str_han_length(gb_str_skip(rest, VERB + GB_HAN)) >= 2 && !GB_STARTS_ANY(rest, no_verbs);
}

bool
gb_title_has_modal(struct gb_str title)
{
    /* All three characters begin with this byte in UTF-8; from LEAD on, they have three bytes or more. */
    enum { LEAD = 0xE0, FIRST_BYTE = 0xE5, LENGTH = 3 };

    for (size_t at = 0, next; at + LENGTH <= title.len; at = next) {
        unsigned char first = (unsigned char)title.ptr[at];
        next = at + (first >= LEAD ? LENGTH : 1);
        if (first != FIRST_BYTE)
            continue;
        for (size_t i = 0; i < GB_COUNT(modals); i++) {
            if (memcmp(title.ptr + at, modals[i].word, LENGTH) == 0 && is_modal(&modals[i], title, at, at + LENGTH) &&
                !is_attribute(title, at + LENGTH))
                return true;
        }
    }
    return false;
}

bool
gb_is_warning(struct gb_str text)
{
    GB_WORDS(words, "警告", "警示", "危险", "注意", "提示");
    enum { LONGEST = 6 };
    size_t end = 0, next;

    for (unsigned n = 0; n < LONGEST && end < text.len && gb_char_is_han(gb_utf8_at(text, end, &next)); n++)
        end = next;
    size_t behind = gb_skip_digits(text, end); /* 警告1： */
    return behind < text.len && gb_is_one_of(gb_char_at(text, behind), "—-：: \u3000") &&
           GB_ENDS_ANY(gb_str_sub(text, 0, end), words);
}

bool
gb_title_is_plain(struct gb_str title)
{
    enum { LONGEST = 25, LONGEST_BYTES = 200 };
    size_t begin;

    if (title.len == 0 || title.len > LONGEST_BYTES ||
        (!gb_ends_in_han(title) && gb_is_one_of(gb_last_char(title, &begin), "。；，：、;:,.!?！？")))
        return false;
    /* Most titles hold none of the first bytes of the three marks. */
    bool may_hold_mark = memchr(title.ptr, 0xEF, title.len) || memchr(title.ptr, 0xE3, title.len);
    for (size_t at = 0; may_hold_mark && at < title.len;) {
        uint32_t c = gb_utf8_at(title, at, &at);
        if (c == 0xFF0C || c == 0x3002 || c == 0xFF1B) /* ，。； */
            return false;
    }
    /* Two bytes at least count as one character. */
    return (title.len / 2 < LONGEST || gb_str_han_length(title) <= LONGEST) && !gb_title_has_modal(title);
}

/* ---- Titled or not ---- */

static const struct gb_node *
first_content(const struct gb_node *node)
{
    const struct gb_node *n = node->first;

    while (n && (n->kind == GB_NODE_COMMENT || n->kind == GB_NODE_FOOTNOTE))
        n = n->next;
    return n;
}

const struct gb_node *
gb_clause_text(const struct gb_node *node)
{
    const struct gb_node *n = node->title.str.len ? NULL : first_content(node);

    return n && n->kind == GB_NODE_PARA ? n : NULL;
}

/* "人员要求 服务人员应……": a title and its text that have run together on one line, a blank between two Han characters. */
static bool
has_title_before_blank(struct gb_str text)
{
    enum { LONGEST = 15, REST = 8 };
    uint32_t last = 0;
    size_t at = 0, next = 0, unused;

    for (unsigned n_han = 0; at < text.len; at = next) {
        uint32_t c = gb_utf8_at(text, at, &next);
        if (c >= 0x4E00 && c <= 0x9FFF) {
            if (++n_han > LONGEST)
                return false;
        } else if (gb_char_is_space(c)) {
            break;
        }
        last = c;
    }
    if (at >= text.len || !gb_char_is_han(last))
        return false;
    struct gb_str head = gb_str_sub(text, 0, at), rest = gb_str_skip(text, gb_str_skip_space(text, at));
    return rest.len && gb_char_is_han(gb_utf8_at(rest, 0, &unused)) && gb_str_han_length(head) >= 2 &&
           gb_str_han_length(head) <= LONGEST && gb_title_is_plain(head) && gb_str_han_length(rest) >= REST;
}

static bool
is_sentence(struct gb_str text)
{
    size_t at;

    return gb_is_one_of(gb_last_char(text, &at), "。；：！？;:") || GB_HAS_ONE_OF(text, "，", "。") ||
           gb_title_has_modal(text);
}

bool
gb_clause_is_marked_line(const struct gb_node *node)
{
    enum { SHORT = 8 };
    const struct gb_node *text = gb_clause_text(node), *next = text ? text->next : NULL;
    size_t mark;

    if (!text || node->flags & GB_NODE_SENTENCE || !next || next->kind != GB_NODE_PARA ||
        gb_last_char(text->text.str, &mark) != U'：')
        return false;
    struct gb_str title = gb_str_sub(text->text.str, 0, mark);
    return gb_str_han_length(title) <= SHORT && gb_title_is_plain(title) && gb_ends_in_han(title);
}

static enum gb_clause_form
form_of_text(const struct gb_node *node, struct gb_str text)
{
    enum { SHORT = 15 };
    size_t mark;

    if (has_title_before_blank(text) || gb_clause_is_marked_line(node))
        return GB_CLAUSE_UNSURE;
    if (node->flags & GB_NODE_SENTENCE) { /* a heading that ends in a mark: a title with a stop too many? */
        gb_last_char(text, &mark);
        struct gb_str title = gb_str_sub(text, 0, mark);
        return gb_title_is_plain(title) && gb_str_han_length(title) <= SHORT ? GB_CLAUSE_UNSURE : GB_CLAUSE_UNTITLED;
    }
    return is_sentence(text) ? GB_CLAUSE_UNTITLED : GB_CLAUSE_UNSURE;
}

enum gb_clause_form
gb_clause_form(const struct gb_node *node)
{
    if (node->title.str.len) {
        /* A line of text alone may be an untitled clause that lost its stop. */
        if ((node->depth == 0 && !first_content(node)) || !gb_title_is_plain(node->title.str))
            return GB_CLAUSE_UNSURE;
        return GB_CLAUSE_TITLED;
    }
    const struct gb_node *content = first_content(node);
    if (!content)
        return GB_CLAUSE_UNSURE;
    return content->kind == GB_NODE_PARA ? form_of_text(node, content->text.str) : GB_CLAUSE_UNTITLED;
}

/* ---- Numbers ---- */

/* What follows a number in a sentence: "5.2 的要求", "3.5 kg" and the like. */
static bool
continues_sentence(struct gb_str rest)
{
    GB_WORDS(words, "的", "中", "和", "或", "与", "及", "、", "第", "规定", "给出", "至", "～", "~", "—", "-", "）",
             ")", "%", "，", "。", "；", "×", "±", "=", "<", ">", "/", ":", "：");

    return GB_STARTS_ANY(rest, words);
}

/* Most paragraphs begin with a Han character; full-width forms and the ideographic space begin with these bytes. */
static bool
may_begin_number(struct gb_str text)
{
    unsigned char c = text.len ? (unsigned char)text.ptr[0] : 0;

    return gb_is_digit(c) || gb_is_upper(c) || c == ' ' || c == 0xE3 || c == 0xEF;
}

bool
gb_number_at_head(struct gb_str text, struct gb_number *out_number, size_t *out_end)
{
    struct gb_number num = {0};
    if (!may_begin_number(text))
        return false;
    size_t at = gb_str_skip_space(text, 0), next = at;
    bool wants_digit = true;

    if (at < text.len) {
        uint32_t c = gb_char_narrow(gb_utf8_at(text, at, &next));
        if (gb_is_upper(c)) {
            num.letter = (char)c;
            at = next;
            if (at >= text.len || gb_char_narrow(gb_utf8_at(text, at, &next)) != '.')
                return false;
            at = next;
        }
    }
    for (; at < text.len; at = next) {
        uint32_t c = gb_utf8_at(text, at, &next);
        int digit = gb_char_digit(c);
        if (digit >= 0) {
            if (wants_digit && num.n == GB_MAX_COMPONENTS)
                return false;
            num.n = (uint8_t)(num.n + wants_digit);
            unsigned value = num.part[num.n - 1] * 10u + (unsigned)digit;
            if (value > 999)
                return false;
            num.part[num.n - 1] = (uint16_t)value;
            wants_digit = false;
            *out_end = next;
        } else if (gb_char_narrow(c) == '.' && !wants_digit) {
            wants_digit = true;
        } else {
            break;
        }
    }
    if (num.n == 0)
        return false;
    size_t rest = gb_str_skip_space(text, at);
    if (rest == text.len || continues_sentence(gb_str_skip(text, rest)))
        return false;
    *out_number = num;
    return true;
}

struct gb_at
gb_at_number(const struct gb_node *node)
{
    return node->number.str.len && node->number.n_runs ? gb_at_text(&node->number) : gb_at_head(node);
}

struct gb_at
gb_at_label(const struct gb_node *node)
{
    GB_WORDS(labels, "图", "表");
    struct gb_str head = node->head.str, number = node->number.str;
    size_t at = (uintptr_t)number.ptr - (uintptr_t)head.ptr; /* beyond the head, where the number is no part of it */

    if (!node->number.n_runs || at >= head.len)
        return gb_at_number(node);
    size_t end = gb_skip_any_back(head, at, " ");
    return gb_at_part(&node->head, end - GB_END(gb_str_sub(head, 0, end), labels), at + number.len);
}

/* ---- Numbers that stand in the text all the same ---- */

size_t
gb_number_digits(const struct gb_number *num, char *out)
{
    size_t len = 0;

    for (unsigned i = 0; i < num->n; i++) {
        char part[8];
        size_t n = 0;
        for (unsigned v = num->part[i]; v || n == 0; v /= 10)
            part[n++] = (char)('0' + v % 10);
        while (n)
            out[len++] = part[--n];
    }
    return len;
}

/* A digit, or a letter that is read for one. */
static char
as_digit(uint32_t c)
{
    int digit = gb_char_digit(c);

    if (digit >= 0)
        return (char)('0' + digit);
    return c == 'l' || c == 'I' || c == '|' ? '1' : c == 'O' || c == 'o' ? '0' : 0;
}

/* Do the digits stand at this place of the text, whatever dots and blanks lie between, and something behind them? */
static bool
digits_stand_at(struct gb_str text, size_t at, const char *digits, size_t n)
{
    size_t i = 0, next;

    for (; at < text.len && i < n; at = next) {
        uint32_t c = gb_utf8_at(text, at, &next);
        if (c == '\n' || c == '\r')
            return false;
        if (as_digit(c) == digits[i])
            i++;
        else if (i == 0 || (!gb_is_one_of(gb_char_narrow(c), ".,。·、") && !gb_char_is_space(c)))
            return false;
    }
    if (i < n || at >= text.len)
        return false;
    uint32_t behind = gb_char_narrow(gb_utf8_at(text, at, &next));
    if (behind == ')' || as_digit(behind))
        return false;
    return behind != '.' || next >= text.len || !as_digit(gb_utf8_at(text, next, &next));
}

bool
gb_number_stands(const struct gb_source *source, const struct gb_number *num, uint32_t begin, uint32_t end)
{
    char digits[GB_NUMBER_DIGITS];
    size_t n = gb_number_digits(num, digits);
    struct gb_str text = begin < end ? gb_source_text(source, (struct gb_span){begin, end}) : GB_STR("");
    bool is_start = true, has_letter = false, is_cell = false;

    for (size_t at = 0, next; at < text.len; at = next) {
        uint32_t c = gb_utf8_at(text, at, &next);
        if (c == '\n' || c == '\r' || gb_is_one_of(c, "。；;>|")) {
            is_start = true;
            has_letter = false;
            is_cell = c == '|'; /* 2 in the column of serial numbers is not A.2 */
        } else if (is_start && !gb_char_is_space(c) && !gb_is_one_of(c, "#*-+_`{<([（")) {
            if (num->letter && c == (unsigned char)num->letter) {
                has_letter = true;
                continue;
            }
            is_start = num->letter && c == '.';
            struct gb_str rest = gb_str_skip(text, at);
            if (digits_stand_at(rest, 0, digits, n)) {
                size_t line = gb_str_find(rest, GB_STR("\n"), 0);
                struct gb_str title = gb_str_trim(gb_str_skip(gb_str_sub(rest, 0, line), n));
                /* 2——支架; in the key of a figure is not A.2. */
                bool is_key = !has_letter && gb_str_starts(title, GB_STR("—"));
                if (num->n > 1 || has_letter || (!is_key && !is_cell && gb_title_is_plain(title)))
                    return true;
            }
        }
    }
    return false;
}

bool
gb_clause_is_doubtful(const struct gb_node *node)
{
    struct gb_number num;
    size_t end;

    if (node->kind != GB_NODE_PARA && node->kind != GB_NODE_ITEM)
        return false;
    if (node->encoding == GB_ENCODING_HEADING) /* but not the text of a clause that is a sentence */
        return !(node->parent->flags & GB_NODE_SENTENCE && node == node->parent->first);
    return gb_number_at_head(node->text.str, &num, &end) && num.n > 1;
}

bool
gb_holds_cells(struct gb_str s)
{
    enum { FEWEST = 4, SHORT = 24 }; /* bytes of the line */
    size_t n = 0;

    for (size_t at = 0, end; (end = gb_str_find(s, GB_STR("\n"), at)) != GB_NOT_FOUND && n < FEWEST; at = end + 1)
        n += end - at < SHORT;
    return n >= FEWEST;
}
