/* Recognisers of heads of lines; see marks.h. */
#include "read/marks.h"

#include "base/buf.h"
#include "text/chars.h"
#include "text/utf8.h"

/* A reader of code points over one line: `at` is the offset of `c`; c is 0 at the end. */
struct cursor {
    struct gb_str s;
    size_t at, next;
    uint32_t c;            /* narrow form */
};

static void
cursor_set(struct cursor *cur, size_t at)
{
    cur->at = at;
    if (at >= cur->s.len) {
        cur->at = cur->next = cur->s.len;
        cur->c = 0;
        return;
    }
    cur->c = gb_char_narrow(gb_utf8_at(cur->s, at, &cur->next));
}

static struct cursor
cursor_at(struct gb_str s, size_t at)
{
    struct cursor cur = {.s = s};

    cursor_set(&cur, at);
    return cur;
}

static void
advance(struct cursor *cur)
{
    cursor_set(cur, cur->next);
}

static bool
is_blank(uint32_t c)
{
    /* Letters, digits and Han are most of what is asked for. */
    if ((c > ' ' && c < 0x7F) || (c >= 0x4E00 && c <= 0x9FFF))
        return false;
    return c != 0 && (gb_char_is_space(c) || gb_char_is_invisible(c));
}

static void
skip_blanks(struct cursor *cur)
{
    while (is_blank(cur->c))
        advance(cur);
}

static bool
is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static bool
is_latin(uint32_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/*
 * The first character that is no blank, narrow. Most lines are told apart by it, so that each recogniser below begins with
 * a look at it: they run over every line of a draft, several times.
 */
static uint32_t
first_char(struct gb_str line)
{
    for (size_t at = 0; at < line.len;) {
        uint32_t c = gb_char_narrow(gb_utf8_at(line, at, &at));
        if (!is_blank(c))
            return c;
    }
    return 0;
}

static bool
starts_like(struct gb_str line, const uint32_t *firsts, size_t n)
{
    uint32_t c = first_char(line);

    for (size_t i = 0; i < n; i++) {
        if (firsts[i] == c)
            return true;
    }
    return false;
}

#define STARTS_LIKE(line, ...) \
    starts_like((line), (const uint32_t[]){__VA_ARGS__}, GB_COUNT(((const uint32_t[]){__VA_ARGS__})))

/* One of the numerals that 三、 and 第三章 are made of. */
static bool
is_numeral(uint32_t c)
{
    return c == U'一' || c == U'二' || c == U'三' || c == U'四' || c == U'五' || c == U'六' || c == U'七' || c == U'八' ||
           c == U'九' || c == U'十';
}

/* Steps over a literal; blanks between its Han characters are allowed (目 次). */
static bool
take_word(struct cursor *cur, const char *word)
{
    struct cursor w = cursor_at(gb_str_from(word), 0), here = *cur;

    while (w.c) {
        if (here.c != w.c)
            return false;
        advance(&here);
        advance(&w);
        struct cursor ahead = here;
        if (w.c && gb_char_is_han(w.c)) {
            skip_blanks(&ahead);
            if (ahead.c == w.c)
                here = ahead;
        }
    }
    *cur = here;
    return true;
}

static bool
take_any(struct cursor *cur, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (take_word(cur, words[i]))
            return true;
    }
    return false;
}

/* Digits with a value of at most 9999; *out_digits is how many. */
static bool
take_integer(struct cursor *cur, uint16_t *out, unsigned *out_digits)
{
    unsigned value = 0, digits = 0;

    while (is_digit(cur->c)) {
        value = value * 10 + (cur->c - '0');
        if (++digits > 4)
            return false;
        advance(cur);
    }
    *out = (uint16_t)value;
    *out_digits = digits;
    return digits > 0;
}

/* 1 to 99 in Chinese numerals. */
static unsigned
take_chinese_integer(struct cursor *cur)
{
    static const char numerals[] = "一二三四五六七八九";
    unsigned value = 0, digit = 0;
    bool any = false;

    for (;; advance(cur)) {
        struct cursor n = cursor_at(GB_STR(numerals), 0);
        unsigned i = 0;
        while (n.c && n.c != cur->c) {
            advance(&n);
            i++;
        }
        if (n.c) {
            digit = i + 1;
            any = true;
        } else if (cur->c == 0x5341) { /* 十 */
            value += (digit ? digit : 1) * 10;
            digit = 0;
            any = true;
        } else {
            break;
        }
    }
    return any ? value + digit : 0;
}

static bool
mark_word_number(struct gb_str line, struct gb_number_mark *out)
{
    struct cursor cur = cursor_at(line, 0);
    unsigned value;
    uint16_t part;
    unsigned digits;

    skip_blanks(&cur);
    size_t begin = cur.at;
    bool is_word = take_word(&cur, "第");
    skip_blanks(&cur);
    if (is_digit(cur.c)) {
        if (!is_word || !take_integer(&cur, &part, &digits))
            return false;
        value = part;
    } else {
        value = take_chinese_integer(&cur);
    }
    if (value == 0)
        return false;
    skip_blanks(&cur);
    if (is_word ? !take_word(&cur, "章") : !take_word(&cur, "、"))
        return false;
    *out = (struct gb_number_mark){.num = {.n = 1, .part = {(uint16_t)value}},
                                   .form = is_word ? GB_NUMBER_WORD : GB_NUMBER_CHINESE,
                                   .begin = begin, .end = cur.at};
    skip_blanks(&cur);
    out->rest = cur.at;
    return true;
}

/* What may follow a number's last digit when it is no clause number: 5), 5%, 5-6, 5/6, 5:30 … */
static bool
spoils_number(uint32_t c)
{
    switch (c) {
    case ')': case '%': case U'‰': case U'°': case U'℃': case '/': case ':': case '~': case U'～': case '-': case U'–':
    case U'—': case U'―': case U'×': case '*': case '+': case '=': case '<': case '>': case U'≤': case U'≥': case '"':
    case '\'': case U'”': case U'’': case ']': case '}':
        return true;
    default:
        return false;
    }
}

bool
gb_mark_number(struct gb_str line, struct gb_number_mark *out)
{
    struct cursor cur = cursor_at(line, 0);
    struct gb_number_mark mark = {0};
    unsigned digits;

    if (gb_char_is_han(cur.c) && cur.c != U'第' && !is_numeral(cur.c))
        return false;
    skip_blanks(&cur);
    mark.begin = cur.at;
    if (cur.c >= 'A' && cur.c <= 'Z') {
        mark.num.letter = (char)cur.c;
        advance(&cur);
        struct cursor dot = cur;
        skip_blanks(&dot);
        if (dot.c != '.')
            return false;
        advance(&dot);
        skip_blanks(&dot);
        if (!is_digit(dot.c))
            return false;
        cur = dot;
    } else if (!is_digit(cur.c)) {
        return (cur.c == U'第' || is_numeral(cur.c)) && mark_word_number(line, out);
    }
    for (;;) {
        if (mark.num.n == GB_MAX_COMPONENTS || !take_integer(&cur, &mark.num.part[mark.num.n], &digits))
            return false;
        mark.num.n++;
        mark.end = cur.at;
        struct cursor dot = cur;
        /* A stray blank before or after the dot is taken along: "5 . 1", "C. 1", but not "5 .". */
        skip_blanks(&dot);
        if (dot.c != '.')
            break;
        advance(&dot);
        bool blank_behind = is_blank(dot.c);
        skip_blanks(&dot);
        if (!is_digit(dot.c) || (blank_behind && (mark.num.n > 1 || !mark.num.letter)))
            break;
        cur = dot;
    }
    if (cur.c == '.' || cur.c == 0x3001) { /* 、 */
        mark.has_final_dot = true;
        advance(&cur);
    }
    if (spoils_number(cur.c) && !mark.has_final_dot)
        return false;
    struct cursor text = cur;
    skip_blanks(&text);
    mark.is_glued = text.at == cur.at && text.c != 0;
    mark.rest = text.at;
    if (!mark.is_glued && spoils_number(text.c) && text.c != '"' && text.c != ')')
        return false;
    *out = mark;
    return true;
}

bool
gb_mark_number_shorten(struct gb_str line, struct gb_number_mark *mark)
{
    if (mark->form != GB_NUMBER_ARABIC || !mark->is_glued || mark->has_final_dot)
        return false;
    uint16_t *last = &mark->num.part[mark->num.n - 1];
    if (*last < 10)
        return false;
    *last = (uint16_t)(*last / 10);
    size_t prev;
    gb_utf8_before(line, mark->end, &prev);
    mark->end = mark->rest = prev;
    return true;
}

bool
gb_mark_item(struct gb_str line, struct gb_item_mark *out)
{
    struct cursor cur = cursor_at(line, 0);
    struct gb_item_mark mark = {0};
    uint16_t value;
    unsigned digits;

    if (gb_char_is_han(cur.c))
        return false;
    skip_blanks(&cur);
    mark.begin = cur.at;
    if (cur.c >= 'a' && cur.c <= 'z') {
        mark.form = GB_ITEM_ALPHA;
        mark.value = cur.c - 'a' + 1;
        advance(&cur);
    } else if (is_digit(cur.c)) {
        mark.form = GB_ITEM_DIGIT;
        if (!take_integer(&cur, &value, &digits) || digits > 2)
            return false;
        mark.value = value;
    } else {
        /* ——, —, –, ―, －, ·, •, ●, ○, ◆, ■ */
        static const char dashes[] = "—–―-";
        static const char dots[] = "·•●○◆■";
        struct cursor d = cursor_at(GB_STR(dashes), 0);
        while (d.c && d.c != cur.c)
            advance(&d);
        mark.form = GB_ITEM_DASH;
        if (!d.c) {
            d = cursor_at(GB_STR(dots), 0);
            while (d.c && d.c != cur.c)
                advance(&d);
            mark.form = GB_ITEM_DOT;
        }
        if (!d.c)
            return false;
        uint32_t first = cur.c;
        while (cur.c == first)
            advance(&cur);
        mark.end = cur.at;
        bool blank = is_blank(cur.c);
        skip_blanks(&cur);
        mark.rest = cur.at;
        /* "-5 ℃", "--option" and the like are no markers. */
        if (first == '-' && (!blank || is_digit(cur.c)))
            return false;
        *out = mark;
        return cur.c != 0;
    }
    skip_blanks(&cur);
    if (cur.c != ')')
        return false;
    advance(&cur);
    mark.end = cur.at;
    skip_blanks(&cur);
    mark.rest = cur.at;
    *out = mark;
    return true;
}

/* The converters' "$ ^{1} $" for a raised number. */
static void
skip_tex(struct cursor *cur)
{
    while (cur->c == '$' || cur->c == '^' || cur->c == '{' || cur->c == '}' || is_blank(cur->c))
        advance(cur);
}

bool
gb_mark_note(struct gb_str line, struct gb_note_mark *out)
{
    static const char *const notices[] = {"重要提示", "警告", "危险", "注意"};
    struct cursor cur = cursor_at(line, 0);
    struct gb_note_mark mark = {0};
    unsigned digits;

    if (!STARTS_LIKE(line, U'注', U'示', U'警', U'危', U'重'))
        return false;
    skip_blanks(&cur);
    mark.begin = cur.at;
    if (take_any(&cur, notices, GB_COUNT(notices))) {
        mark.is_notice = true;
    } else if (take_word(&cur, "示例")) {
        mark.is_example = true;
    } else if (!take_word(&cur, "注")) {
        return false;
    }
    mark.end = mark.number_begin = mark.number_end = cur.at;
    if (!mark.is_notice) {
        struct cursor number = cur;
        skip_tex(&number);
        if (is_digit(number.c)) {
            mark.number_begin = number.at;
            if (!take_integer(&number, &mark.num.part[0], &digits) || digits > 2)
                return false;
            mark.num.n = 1;
            mark.end = mark.number_end = number.at;
            cur = number;
            skip_tex(&cur);
        }
    }
    skip_blanks(&cur);
    mark.has_colon = cur.c == ':';
    if (mark.has_colon)
        advance(&cur);
    else if (mark.is_notice || cur.at < line.len)
        return false;
    skip_blanks(&cur);
    mark.rest = cur.at;
    *out = mark;
    return true;
}

/*
 * Words behind "图1" that make a sentence or a mention of it. A sentence that is whole was told by its end mark; what is left
 * is the first half of one that a line or page end cut, which is long: a short line with a verb is a title (表3规定值).
 */
static bool
continues_mention(struct cursor cur)
{
    enum { LONGEST_TITLE = 14 };
    static const char *const words[] = {
        "所示", "所列", "说明了", "给出了", "规定了", "列出了", "描述了", "显示了", "提供了", "示出了", "为", "中", "的", "是", "、",
        "和", "或", "与", "及", "至", "~", "，", ",", "。", "；", "）", ")", "所", "应", "宜", "可", "见", "以及",
    };
    static const char *const verbs[] = {"给出", "规定", "列出", "表示", "描述", "显示", "提供", "示出", "包括"};
    static const char *const nouns[] = {
        "应用", "应急", "应力", "应变", "应答", "应收", "应付", "可靠", "可用", "可选", "可信", "可视", "可编", "可燃", "可变", "可追溯",
        "中央", "中心", "中间", "中国", "中文", "中型", "中小", "中压", "中继", "中断", "中控", "中转", "中性", "是否", "和谐", "所有",
        "所属", "所需", "及格", "与会",
    };
    struct cursor here = cur;

    if (take_any(&here, nouns, GB_COUNT(nouns)))
        return false;
    if (take_any(&here, words, GB_COUNT(words)))
        return true;
    return take_any(&here, verbs, GB_COUNT(verbs)) && gb_str_han_length(gb_str_skip(cur.s, cur.at)) > LONGEST_TITLE;
}

/* （续） at the end of a title: where the title ends before it, or its length. */
static size_t
behind_continued(struct gb_str title)
{
    static const char *const marks[] = {"（续）", "(续)", "（续表）", "(续表)"};
    struct gb_str s = gb_str_trim(title);

    for (size_t i = 0; i < GB_COUNT(marks); i++) {
        if (gb_str_ends(s, gb_str_from(marks[i])))
            return s.len - strlen(marks[i]);
    }
    return title.len;
}

/* No title begins with these: "图 1 所示的结构", "表 2 给出了代码". */
static bool
begins_predicate(struct gb_str title)
{
    static const struct gb_str words[] = {GB_WORD("所示"), GB_WORD("所列"), GB_WORD("给出了"), GB_WORD("规定了"), GB_WORD("列出了"),
                                          GB_WORD("示出"), GB_WORD("中的"), GB_WORD("描述了")};

    return gb_str_starts_any(title, words, GB_COUNT(words));
}

bool
gb_mark_caption(struct gb_str line, struct gb_caption_mark *out)
{
    static const char *const continued[] = {"(续)", "(续", "续"};
    struct cursor cur = cursor_at(line, 0);
    struct gb_caption_mark mark = {0};
    unsigned digits;

    if (!STARTS_LIKE(line, U'图', U'表', U'续'))
        return false;
    skip_blanks(&cur);
    bool continuation = take_word(&cur, "续");
    if (take_word(&cur, "表"))
        mark.is_table = true;
    else if (!take_word(&cur, "图"))
        return false;
    skip_blanks(&cur);
    mark.number_begin = cur.at;
    if (cur.c >= 'A' && cur.c <= 'Z') {
        mark.num.letter = (char)cur.c;
        advance(&cur);
        skip_blanks(&cur);
        if (cur.c == '.')
            advance(&cur);
        skip_blanks(&cur);
    }
    if (!take_integer(&cur, &mark.num.part[0], &digits) || digits > 3)
        return false;
    mark.num.n = 1;
    mark.number_end = cur.at;
    while ((cur.c == '.' || cur.c == '-') && mark.num.n < GB_MAX_COMPONENTS) {
        struct cursor part = cur;
        advance(&part);
        if (!take_integer(&part, &mark.num.part[mark.num.n], &digits))
            break;
        mark.num.n++;
        cur = part;
        mark.number_end = cur.at;
    }
    bool glued = cur.c != 0 && !is_blank(cur.c);
    struct cursor behind = cur;
    skip_blanks(&cur);
    if (take_any(&cur, continued, GB_COUNT(continued)))
        continuation = true;
    skip_blanks(&cur);
    mark.title = cur.at;
    struct gb_str title = gb_str_skip(line, mark.title);
    mark.title_end = mark.title + behind_continued(title);
    mark.is_continued = continuation || mark.title_end < line.len;
    if (gb_ends_with(title, "。；;，,：:") || gb_str_has(title, GB_STR("。")) || gb_str_han_length(title) > 60)
        return false;
    if (glued && !continuation && continues_mention(behind))
        return false;
    if (!glued && cur.c && ((gb_str_han_length(title) > 20 && continues_mention(cur)) || begins_predicate(title)))
        return false;
    *out = mark;
    return true;
}

/* （规范性附录）, (资料性), 规范性: at the cursor. */
static bool
take_nature(struct cursor *cur, struct gb_annex_mark *out)
{
    struct cursor here = *cur;
    struct gb_annex_mark mark = *out;

    mark.nature_begin = here.at;
    bool bracket = here.c == '(' || here.c == '[';
    if (bracket)
        advance(&here);
    skip_blanks(&here);
    if (take_word(&here, "规范性"))
        mark.nature = GB_NATURE_NORMATIVE;
    else if (take_word(&here, "资料性"))
        mark.nature = GB_NATURE_INFORMATIVE;
    else
        return false;
    skip_blanks(&here);
    mark.is_old_nature = take_word(&here, "附录");
    struct cursor close = here;
    skip_blanks(&close);
    if (close.c == ')' || close.c == ']') {
        advance(&close);
        here = close;
    } else if (bracket) {
        return false;
    }
    mark.nature_end = here.at;
    *cur = here;
    *out = mark;
    return true;
}

bool
gb_mark_nature(struct gb_str line, struct gb_annex_mark *out)
{
    struct cursor cur = cursor_at(line, 0);
    struct gb_annex_mark mark = {0};

    skip_blanks(&cur);
    if (cur.c != '(' || !take_nature(&cur, &mark))
        return false;
    skip_blanks(&cur);
    mark.title = cur.at;
    if (cur.c && (gb_ends_sentence(line) || gb_str_han_length(gb_str_skip(line, cur.at)) > 40))
        return false;
    *out = mark;
    return true;
}

/* "附录A给出了…", "附录A的规定", "附录A.1": a mention, not a head. */
static bool
mentions_annex(struct cursor cur)
{
    static const char *const words[] = {
        "给出", "规定", "描述", "提供", "列出", "中", "的", "是", "为", "、", "和", "或", "与", "及", "至", "~", "，", ",",
        "。", "；", ".", "图", "表", "应", "宜", "可", "所", "适用", "说明了", "包括", "包含", "对", "以及", "(见", "第", "-",
    };
    return take_any(&cur, words, GB_COUNT(words));
}

bool
gb_mark_annex(struct gb_str line, struct gb_annex_mark *out)
{
    struct cursor cur = cursor_at(line, 0);
    struct gb_annex_mark mark = {0};

    if (!STARTS_LIKE(line, U'附'))
        return false;
    skip_blanks(&cur);
    if (!take_word(&cur, "附录"))
        return false;
    bool blank = is_blank(cur.c);
    skip_blanks(&cur);
    mark.letter_begin = mark.letter_end = cur.at;
    struct cursor behind = cur;
    if (cur.c >= 'A' && cur.c <= 'Z') {
        advance(&behind);
        if (!is_latin(behind.c) && !is_digit(behind.c)) {
            mark.letter = (char)cur.c;
            cur = behind;
            mark.letter_end = cur.at;
            if (mentions_annex(cur))
                return false;
            skip_blanks(&cur);
        }
    } else if (!blank && cur.c && cur.c != '(' && cur.c != ':') {
        return false;
    }
    mark.nature_begin = mark.nature_end = cur.at;
    take_nature(&cur, &mark);
    skip_blanks(&cur);
    if (cur.c == ':' || cur.c == '-') {
        advance(&cur);
        skip_blanks(&cur);
    }
    mark.title = cur.at;
    struct gb_str title = gb_str_skip(line, cur.at);
    if (gb_ends_sentence(title) || gb_str_has(title, GB_STR("。")) || gb_str_han_length(title) > 50)
        return false;
    if (!mark.letter && mark.nature == GB_NATURE_NONE && title.len)
        return false;
    *out = mark;
    return true;
}

static bool
is_leader(uint32_t c)
{
    return c == '.' || c == 0x2026 || c == 0x00B7 || c == 0x2022 || c == 0x22EF || c == '_' || c == 0x30FB ||
           c == 0x2025 || is_blank(c);
}

static bool
is_page(struct gb_str s)
{
    size_t at = 0, n = 0;
    bool digits = true, roman = true;

    while (at < s.len && (digits || roman)) {
        uint32_t c = gb_char_narrow(gb_utf8_at(s, at, &at));
        digits = digits && is_digit(c);
        roman = roman && (c == 'I' || c == 'V' || c == 'X' || c == 'i' || c == 'v' || c == 'x' ||
                          (c >= 0x2160 && c <= 0x216B));
        n++;
    }
    return n > 0 && n <= 5 && (digits || roman);
}

bool
gb_is_page_number(struct gb_str line)
{
    static const char *const dashes[] = {"-", "—", "–", "·"};
    struct gb_str s = gb_str_trim(line);

    for (size_t i = 0; i < GB_COUNT(dashes); i++) {
        struct gb_str dash = gb_str_from(dashes[i]);
        if (gb_str_starts(s, dash) && gb_str_ends(s, dash) && s.len > 2 * dash.len)
            s = gb_str_trim(gb_str_sub(s, dash.len, s.len - dash.len));
    }
    return is_page(s);
}

void
gb_mark_entry(struct gb_str line, struct gb_entry_mark *out)
{
    size_t end = line.len, at = end, prev;
    struct gb_entry_mark mark = {0};

    while (at > 0 && is_blank(gb_char_narrow(gb_utf8_before(line, at, &prev))))
        at = prev;
    end = at;
    /* Brackets around the page are stepped over: (3), —3—. */
    while (at > 0) {
        uint32_t c = gb_char_narrow(gb_utf8_before(line, at, &prev));
        if (is_leader(c) || c == '(' || c >= 0x2E80)
            break;
        at = prev;
    }
    size_t page = at;
    struct gb_str tail = gb_str_sub(line, page, end);
    while (tail.len) {
        uint32_t c = gb_char_narrow(gb_utf8_before(tail, tail.len, &prev));
        if (c != ')' && c != '(')
            break;
        tail.len = prev;
    }
    size_t leader = page;
    unsigned dots = 0, blanks = 0;
    while (leader > 0) {
        uint32_t c = gb_char_narrow(gb_utf8_before(line, leader, &prev));
        if (!is_leader(c) && c != '(')
            break;
        if (c != '(') {
            dots += !is_blank(c);
            blanks += is_blank(c);
        }
        leader = prev;
    }
    mark.text_end = end;
    mark.page_begin = mark.page_end = end;
    mark.has_leader = dots >= 2 || (dots == 1 && gb_str_has(gb_str_sub(line, leader, page), GB_STR("…")));
    bool page_ok = is_page(tail) && leader > 0 && (mark.has_leader || blanks > 0);
    if (page_ok) {
        mark.page_begin = page;
        mark.page_end = page + tail.len;
        mark.text_end = leader;
    } else if (mark.has_leader && tail.len == 0) {
        mark.text_end = leader;
    } else {
        mark.has_leader = false;
    }
    *out = mark;
}

/* Publishers whose serials may begin with letters: 3GPP TS36.321, SAE J3161, ANSI/NISO Z39.9, ITU-T G.984. */
static bool
take_foreign_publisher(struct cursor *cur)
{
    static const char *const publishers[] = {
        "ANSI", "ASTM", "SAE", "ITU-T", "ITU-R", "3GPP2", "3GPP", "ETSI", "NIST", "NISO", "IEEE", "JIS", "FIPS", "IETF", "ASME", "OMA",
    };
    static const char *const documents[] = {"FIPS", "PUB", "Std", "STD", "std", "TS", "TR", "EN", "SP", "Recommendation", "Rec."};
    struct cursor here = *cur;

    if (!take_any(&here, publishers, GB_COUNT(publishers)))
        return false;
    while (here.c == '/') { /* ANSI/NISO */
        advance(&here);
        while (here.c >= 'A' && here.c <= 'Z')
            advance(&here);
    }
    if (!is_blank(here.c))
        return false;
    skip_blanks(&here);
    for (unsigned n = 0; n < 2 && take_any(&here, documents, GB_COUNT(documents)); n++)
        skip_blanks(&here);
    /* At most two letters of the serial itself. */
    for (unsigned n = 0; n < 2 && here.c >= 'A' && here.c <= 'Z'; n++)
        advance(&here);
    if (here.c == '.')
        advance(&here);
    if (!is_digit(here.c))
        return false;
    *cur = here;
    return true;
}

/* One of the letter groups before a serial number: longest first. */
static bool
take_publisher(struct cursor *cur)
{
    struct cursor here = *cur;
    unsigned letters = 0;

    if (take_foreign_publisher(cur))
        return true;
    while (here.c >= 'A' && here.c <= 'Z' && letters < 8) {
        advance(&here);
        letters++;
    }
    if (letters < 1)
        return false;
    bool local = letters == 2 && cur->s.ptr[cur->at] == 'D' && cur->s.ptr[cur->at + 1] == 'B';
    if (local) {
        struct cursor region = here;
        uint16_t value;
        unsigned digits;
        skip_blanks(&region);
        if (take_integer(&region, &value, &digits) && (digits == 2 || digits == 4 || digits == 6))
            here = region;
    }
    /* /T, /Z, /T ABC, /ABC 001 (enterprise, association); digits belong to it only where the serial follows: /ABC001 002. */
    bool slash = false;
    struct cursor part = here;
    skip_blanks(&part);
    while (part.c == '/') {
        advance(&part);
        skip_blanks(&part);
        unsigned n = 0;
        while (part.c >= 'A' && part.c <= 'Z') {
            advance(&part);
            n++;
        }
        if (n == 0)
            break;
        slash = true;
        here = part;
        while ((part.c >= 'A' && part.c <= 'Z') || is_digit(part.c))
            advance(&part);
        struct cursor serial = part;
        skip_blanks(&serial);
        if (part.c != '/' && (serial.at == part.at || !is_digit(serial.c)))
            break;
        here = part;
    }
    if (letters == 1 && !slash)
        return false;
    *cur = here;
    return true;
}

/* Digits of a serial number. More than seven are a serial and a year whose dash was lost: 501572013. */
static bool
take_serial(struct cursor *cur)
{
    enum { LONGEST_SERIAL = 7, YEAR = 4 };
    struct cursor here = *cur;
    size_t digits = 0;

    while (is_digit(here.c)) {
        advance(&here);
        digits++;
    }
    if (digits == 0 || digits > LONGEST_SERIAL + YEAR)
        return false;
    struct gb_str year = gb_str_sub(here.s, here.at - YEAR, here.at);
    if (digits > LONGEST_SERIAL && !gb_str_starts(year, GB_STR("19")) && !gb_str_starts(year, GB_STR("20")))
        return false;
    *cur = here;
    return true;
}

size_t
gb_mark_code(struct gb_str line)
{
    struct cursor cur = cursor_at(line, 0);
    uint16_t value;
    unsigned digits;

    /* Han begins none, and most lines begin with Han. */
    if ((cur.c < 'A' && !gb_str_starts(line, GB_STR("3GPP"))) || gb_char_is_han(cur.c) || !take_publisher(&cur))
        return 0;
    unsigned blanks = 0;
    while (is_blank(cur.c) && blanks++ < 3)
        advance(&cur);
    if (cur.c == '-' && blanks == 0)
        advance(&cur);
    /* Serial: digits with dots, or with hyphens (ISO). */
    if (!take_serial(&cur))
        return 0;
    for (;;) {
        struct cursor part = cur;
        if (part.c != '.')
            break;
        advance(&part);
        bool has_blank = is_blank(part.c); /* 33133. 1—2016, but not "GB/T 1. 1 …" */
        skip_blanks(&part);
        if (!take_serial(&part) || (has_blank && part.c != U'—' && part.c != '-' && part.c != U'–'))
            break;
        cur = part;
    }
    size_t end = cur.at;
    /* Year behind a dash of any kind or a colon; ISO part numbers behind hyphens. */
    for (;;) {
        struct cursor year = cur;
        skip_blanks(&year);
        static const char *const dashes[] = {"——", "—", "–", "―", "-", "一", ":", "－"};
        if (!take_any(&year, dashes, GB_COUNT(dashes)))
            break;
        skip_blanks(&year);
        if (!take_integer(&year, &value, &digits) || digits > 4)
            break;
        cur = year;
        end = cur.at;
        if (digits == 4)
            break;
    }
    return end;
}

size_t
gb_find_code(struct gb_str line, size_t from, size_t *out_len)
{
    for (size_t at = from; at < line.len; at++) {
        char c = line.ptr[at];
        if ((c < 'A' || c > 'Z') && c != '3') /* 3GPP */
            continue;
        if (at > 0 && (is_latin((unsigned char)line.ptr[at - 1]) || is_digit((unsigned char)line.ptr[at - 1]) ||
                       line.ptr[at - 1] == '/'))
            continue;
        size_t len = gb_mark_code(gb_str_skip(line, at));
        if (len) {
            *out_len = len;
            return at;
        }
    }
    return GB_NOT_FOUND;
}

size_t
gb_split_foreign(struct gb_str line)
{
    /*
     * Behind the last Han character and the brackets that open right behind it: 单线图（SLD） single line diagram, but
     * 列车控制 train control（TC）. What follows must hold a Latin letter.
     */
    size_t at = 0, split = 0;
    bool latin = false, any_han = false, in_bracket = false;

    while (at < line.len) {
        size_t next;
        uint32_t c = gb_utf8_at(line, at, &next), narrow = gb_char_narrow(c);
        if (gb_char_is_han(c) || (!latin && !in_bracket && gb_char_is_cjk_punct(c) && narrow != '(')) {
            split = next;
            latin = in_bracket = false;
            any_han = any_han || gb_char_is_han(c);
        } else if (narrow == '(' && !latin && any_han) {
            in_bracket = true;
        } else if (narrow == ')' && in_bracket) {
            in_bracket = false;
            split = next;
        } else if (is_latin(narrow) && !in_bracket) {
            latin = true;
        }
        at = next;
    }
    if (!any_han || !latin)
        return line.len;
    struct cursor cur = cursor_at(line, split);
    while (is_blank(cur.c))
        advance(&cur);
    return cur.at;
}

/* 术语、定义、符号和缩略语 and the like, from the words that it may be made of. */
static enum gb_fixed_title
mark_terms(struct cursor cur)
{
    static const char *const terms[] = {"术语", "定义"};
    static const char *const symbols[] = {"缩略语", "缩略词", "缩写词", "缩写", "简称", "符号", "代号"};
    static const char *const links[] = {"、", "和", "与", "及", "以及", "，", ","};
    bool has_terms = false, has_symbols = false, is_linked = false;

    for (; cur.c; skip_blanks(&cur)) {
        if (!is_linked && (has_terms || has_symbols) && take_any(&cur, links, GB_COUNT(links))) {
            is_linked = true;
            continue;
        }
        is_linked = false;
        if (take_any(&cur, terms, GB_COUNT(terms)))
            has_terms = true;
        else if (take_any(&cur, symbols, GB_COUNT(symbols)))
            has_symbols = true;
        else
            return GB_FIXED_NONE;
    }
    if (is_linked)
        return GB_FIXED_NONE;
    return has_terms ? (has_symbols ? GB_FIXED_TERMS_SYMBOLS : GB_FIXED_TERMS) : GB_FIXED_SYMBOLS;
}

enum gb_fixed_title
gb_mark_fixed(struct gb_str line)
{
    static const struct {
        const char *title;
        enum gb_fixed_title which;
    } titles[] = {
        {"目次", GB_FIXED_TOC}, {"目录", GB_FIXED_TOC}, {"Contents", GB_FIXED_TOC},
        {"前言", GB_FIXED_FOREWORD}, {"序言", GB_FIXED_FOREWORD}, {"引言", GB_FIXED_INTRO},
        {"范围", GB_FIXED_SCOPE}, {"适用范围", GB_FIXED_SCOPE},
        {"规范性引用文件", GB_FIXED_REFERENCES}, {"规范性引用标准", GB_FIXED_REFERENCES},
        {"引用标准", GB_FIXED_REFERENCES}, {"引用文件", GB_FIXED_REFERENCES}, {"规范性文件", GB_FIXED_REFERENCES},
        {"参考文献", GB_FIXED_BIBLIO}, {"参考资料", GB_FIXED_BIBLIO}, {"参考文件", GB_FIXED_BIBLIO},
        {"索引", GB_FIXED_INDEX}, {"全文完", GB_FIXED_END}, {"全文结束", GB_FIXED_END},
    };
    struct cursor head = cursor_at(line, 0);

    if (line.len > 80 || !STARTS_LIKE(line, U'目', U'C', U'前', U'序', U'引', U'范', U'适', U'规', U'术', U'定', U'符', U'缩',
                                      U'代', U'简', U'参', U'索', U'全', U'.', U'_', U'─'))
        return GB_FIXED_NONE;
    skip_blanks(&head);
    if (head.c == '.')
        advance(&head);
    for (size_t i = 0; i < GB_COUNT(titles); i++) {
        struct cursor cur = head;
        if (take_word(&cur, titles[i].title)) {
            skip_blanks(&cur);
            if (cur.c == 0)
                return titles[i].which;
        }
    }
    enum gb_fixed_title fixed = head.c ? mark_terms(head) : GB_FIXED_NONE;
    if (fixed != GB_FIXED_NONE)
        return fixed;
    unsigned underscores = 0;
    while (head.c == '_' || head.c == 0x2500) {
        underscores++;
        advance(&head);
    }
    return underscores >= 3 && head.c == 0 ? GB_FIXED_END : GB_FIXED_NONE;
}

bool
gb_ends_with(struct gb_str text, const char *marks)
{
    size_t at = text.len, prev;
    uint32_t c = 0;

    while (at > 0 && is_blank(c = gb_utf8_before(text, at, &prev)))
        at = prev;
    if (at == 0)
        return false;
    struct gb_str list = gb_str_from(marks);
    for (size_t i = 0; i < list.len;) {
        if (gb_utf8_at(list, i, &i) == c)
            return true;
    }
    return false;
}

bool
gb_ends_sentence(struct gb_str text)
{
    if (gb_ends_with(text, "。！？；：!?;:"))
        return true;
    struct gb_str s = gb_str_trim(text);
    return gb_str_ends(s, GB_STR("。”")) || gb_str_ends(s, GB_STR("。）")) || gb_str_ends(s, GB_STR("！”"));
}

/* 应 or 宜 as a predicate, as far as a title needs it: the sentence model of facts/ is finer. */
static bool
has_modal(struct gb_str s)
{
    static const char *const before[] = {"相", "适", "响", "反", "供", "对", "效", "感", "呼", "照", "便", "事", "制", "不适"};
    static const char *const behind[] = {"急", "用", "力", "变", "答", "激", "收", "付", "缴", "税", "届", "聘",
                                         "诉", "对", "居", "人", "昌", "宾", "春", "兴", "性", "邀", "试"};
    for (size_t at = 0; at < s.len;) {
        size_t next;
        uint32_t c = gb_utf8_at(s, at, &next);
        if (c == 0x5E94 || c == 0x5B9C) { /* 应, 宜 */
            bool word = false;
            struct gb_str head = gb_str_sub(s, 0, at), tail = gb_str_skip(s, next);
            for (size_t i = 0; i < GB_COUNT(before); i++)
                word = word || gb_str_ends(head, gb_str_from(before[i]));
            for (size_t i = 0; i < GB_COUNT(behind); i++)
                word = word || gb_str_starts(tail, gb_str_from(behind[i]));
            if (!word)
                return true;
        }
        at = next;
    }
    return false;
}

bool
gb_looks_like_title(struct gb_str text)
{
    return text.len > 0 && !gb_ends_with(text, "。；：，、;:,.!?！？") && !gb_str_has(text, GB_STR("，")) &&
           !gb_str_has(text, GB_STR("。")) && !gb_str_has(text, GB_STR("；")) && gb_str_han_length(text) <= 25 &&
           !has_modal(text);
}

bool
gb_is_foreign(struct gb_str text)
{
    size_t han = 0, latin = 0;

    for (size_t at = 0; at < text.len;) {
        uint32_t c = gb_utf8_at(text, at, &at);
        han += gb_char_is_han(c);
        latin += is_latin(gb_char_narrow(c));
    }
    return han == 0 && latin > 2;
}
