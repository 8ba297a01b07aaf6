/* Recognisers of what a line begins with: numbers, markers, captions, annex heads; and of lines of the contents. See marks.h. */
#include "read/marks.h"

#include "doc/identifier.h"
#include "text/cursor.h"

/* 1 to 99 in Chinese numerals. */
static unsigned
take_chinese_integer(struct gb_cursor *cur)
{
    size_t at = cur->at;
    unsigned value = gb_take_han_number(cur->s, &at);

    cursor_set(cur, at);
    return value;
}

static bool
mark_word_number(struct gb_str line, struct gb_number_mark *out)
{
    struct gb_cursor cur = cursor_at(line, 0);
    unsigned value;
    uint16_t part;
    unsigned digits;

    skip_blanks(&cur);
    size_t begin = cur.at;
    bool is_word = take_word(&cur, "第");
    skip_blanks(&cur);
    if (gb_is_digit(cur.c)) {
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
                                   .begin = begin,
                                   .end = cur.at};
    skip_blanks(&cur);
    out->rest = cur.at;
    return true;
}

/* 5.2 ——对应: recognition of characters read 一一 as a dash. */
static bool
is_misread_title(struct gb_str line, size_t at)
{
    return GB_STARTS_WITH(gb_str_skip(line, at), "——对应", "——映射", "——匹配");
}

/* What may follow a number's last digit when it is no clause number: 5), 5%, 5-6, 5/6, 5:30 … */
static bool
spoils_number(uint32_t c)
{
    return c == ')' || c == '%' || c == U'‰' || c == U'°' || c == U'℃' || c == '/' || c == ':' || c == '~' ||
           c == U'～' || c == '-' || c == U'–' || c == U'—' || c == U'―' || c == U'×' || c == '*' || c == '+' ||
           c == '=' || c == '<' || c == '>' || c == U'≤' || c == U'≥' || c == '"' || c == '\'' || c == U'”' ||
           c == U'’' || c == ']' || c == '}';
}

/* A, or NA with 'a' for its letter, of an annex that the adopting country adds; 0 where none stands. */
static char
take_annex_letter(struct gb_cursor *cur)
{
    struct gb_cursor here = *cur;

    if (here.c < 'A' || here.c > 'Z')
        return 0;
    char letter = (char)here.c;
    advance(&here);
    if (letter == 'N' && gb_is_upper(here.c)) {
        letter = (char)(here.c - 'A' + 'a');
        advance(&here);
    }
    *cur = here;
    return letter;
}

/* 5.1.2, .1.2 without its dot behind a letter. */
static bool
take_components(struct gb_cursor *cur, struct gb_number_mark *mark)
{
    unsigned digits;

    for (;;) {
        if (mark->num.n == GB_MAX_COMPONENTS || !take_integer(cur, &mark->num.part[mark->num.n], &digits))
            return false;
        mark->num.n++;
        mark->end = cur->at;
        struct gb_cursor dot = *cur;
        /* A stray blank before or after the dot is taken along: "5 . 1", "C. 1", but not "5 .". */
        skip_blanks(&dot);
        if (dot.c != '.')
            return true;
        advance(&dot);
        bool blank_behind = is_blank(dot.c);
        skip_blanks(&dot);
        if (!gb_is_digit(dot.c) || (blank_behind && (mark->num.n > 1 || !mark->num.letter)))
            return true;
        *cur = dot;
    }
}

bool
gb_mark_number(struct gb_str line, struct gb_number_mark *out)
{
    struct gb_cursor cur = cursor_at(line, 0);
    struct gb_number_mark mark = {0};

    if (gb_char_is_han(cur.c) && cur.c != U'第' && !gb_han_digit(cur.c))
        return false;
    skip_blanks(&cur);
    mark.begin = cur.at;
    if (gb_is_upper(cur.c)) {
        mark.num.letter = take_annex_letter(&cur);
        struct gb_cursor dot = cur;
        skip_blanks(&dot);
        if (dot.c != '.')
            return false;
        advance(&dot);
        skip_blanks(&dot);
        if (!gb_is_digit(dot.c))
            return false;
        cur = dot;
    } else if (!gb_is_digit(cur.c)) {
        return (cur.c == U'第' || gb_han_digit(cur.c)) && mark_word_number(line, out);
    }
    if (!take_components(&cur, &mark))
        return false;
    if (cur.c == '.' || cur.c == 0x3001) { /* 、 */
        mark.has_final_dot = true;
        advance(&cur);
    }
    if (spoils_number(cur.c) && !mark.has_final_dot)
        return false;
    struct gb_cursor text = cur;
    skip_blanks(&text);
    mark.is_glued = text.at == cur.at && text.c != 0;
    mark.rest = text.at;
    if (!mark.is_glued && spoils_number(text.c) && text.c != '"' && !is_misread_title(line, text.at))
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

static bool
is_item_dash(uint32_t c)
{
    return c == U'—' || c == U'–' || c == U'―' || c == '-';
}

static bool
is_item_dot(uint32_t c)
{
    static const uint32_t dots[] = {U'·', U'•', U'●', U'○', U'◆', U'■', U'▪', U'◦', U'◇', U'◎',
                                    U'➢', U'➤', U'►', U'▶', U'▲', U'★', U'☆', U'✓', U'✔'};

    GB_FIND(dot, dots, c > 0x7F ? GB_COUNT(dots) : 0, *dot == c);
    return dot != NULL;
}

bool
gb_parse_single(struct gb_str s, struct gb_number *out)
{
    struct gb_number num = {0};
    bool digits = false;

    for (size_t at = 0; at < s.len;) {
        uint32_t c = gb_char_narrow(gb_utf8_at(s, at, &at));
        if (gb_is_digit(c)) {
            if (num.n == 0 || (!digits && num.n < GB_MAX_COMPONENTS))
                num.n++;
            unsigned value = num.part[num.n - 1] * 10u + (c - '0');
            if (value > 9999)
                return false;
            num.part[num.n - 1] = (uint16_t)value;
            digits = true;
        } else if (gb_is_upper(c) && num.n == 0 && !num.letter) {
            num.letter = (char)c;
        } else if (gb_is_upper(c) && num.n == 0 && num.letter == 'N') {
            num.letter = (char)(c - 'A' + 'a'); /* NA */
        } else if (c == '.' || c == '-') {
            digits = false;
        } else if (!gb_char_is_space(c) && c != '(' && c != ')') {
            return false;
        }
    }
    *out = num;
    return num.n > 0;
}

/* —2014相比: the year of the number before, which the end of a line or page cut off; not —2014年首次发布. */
static bool
is_cut_off_year(struct gb_str rest)
{
    size_t n = gb_skip_digits(rest, 0);

    return n == 4 && GB_STARTS_WITH(rest, "19", "20") && !gb_str_starts(gb_str_skip(rest, n), GB_STR("年"));
}

bool
gb_mark_item(struct gb_str line, struct gb_item_mark *out)
{
    struct gb_cursor cur = cursor_at(line, 0);
    struct gb_item_mark mark = {0};
    uint16_t value;
    unsigned digits;

    if (gb_char_is_han(cur.c))
        return false;
    skip_blanks(&cur);
    mark.begin = cur.at;
    if (gb_is_lower(cur.c)) {
        mark.form = GB_ITEM_ALPHA;
        mark.value = cur.c - 'a' + 1;
        advance(&cur);
    } else if (gb_is_digit(cur.c)) {
        mark.form = GB_ITEM_DIGIT;
        if (!take_integer(&cur, &value, &digits) || digits > 2)
            return false;
        mark.value = value;
    } else {
        if (!is_item_dash(cur.c) && !is_item_dot(cur.c))
            return false;
        mark.form = is_item_dash(cur.c) ? GB_ITEM_DASH : GB_ITEM_DOT;
        uint32_t first = cur.c;
        while (cur.c == first)
            advance(&cur);
        mark.end = cur.at;
        bool blank = is_blank(cur.c),
             is_typed = mark.end - mark.begin == 2 && (gb_char_is_han(cur.c) || gb_is_upper(cur.c)); /* --登记 */
        skip_blanks(&cur);
        mark.rest = cur.at;
        /* "-5 ℃", "--option" and the like are no markers. */
        if (first == '-' && !is_typed && (!blank || gb_is_digit(cur.c)))
            return false;
        if (first == U'—' && mark.end - mark.begin == strlen("—") && is_cut_off_year(gb_str_skip(line, mark.end)))
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
skip_tex(struct gb_cursor *cur)
{
    while (cur->c == '$' || cur->c == '^' || cur->c == '{' || cur->c == '}' || is_blank(cur->c))
        advance(cur);
}

/* "**" that the markup left: "**注：**旧书" is not strong to CommonMark. */
static bool
take_stars(struct gb_cursor *cur)
{
    if (cur->c != '*')
        return false;
    struct gb_cursor second = *cur;
    advance(&second);
    if (second.c != '*')
        return false;
    advance(&second);
    *cur = second;
    return true;
}

bool
gb_mark_note(struct gb_str line, struct gb_note_mark *out)
{
    static const char *const notices[] = {"重要提示", "警告", "危险", "注意"};
    struct gb_cursor cur = cursor_at(line, 0);
    struct gb_note_mark mark = {0};
    unsigned digits;

    if (!STARTS_LIKE(line, U'注', U'示', U'警', U'危', U'重', U'*'))
        return false;
    skip_blanks(&cur);
    bool is_starred = take_stars(&cur);
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
        struct gb_cursor number = cur;
        skip_tex(&number);
        if (gb_is_digit(number.c)) {
            mark.number_begin = number.at;
            if (!take_integer(&number, &mark.num.part[0], &digits) || digits > 3) /* 注101 changes another document */
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
    if (is_starred && !take_stars(&cur))
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
continues_mention(struct gb_cursor cur)
{
    enum { LONGEST_TITLE = 14 };
    static const char *const words[] = {
        "所示", "所列", "说明了", "给出了", "规定了", "列出了", "描述了", "显示了", "提供了", "示出了", "为",
        "中",   "的",   "是",     "、",     "和",     "或",     "与",     "及",     "至",     "~",      "，",
        ",",    "。",   "；",     "）",     ")",      "所",     "应",     "宜",     "可",     "见",     "以及",
    };
    static const char *const verbs[] = {"给出", "规定", "列出", "表示", "描述", "显示", "提供", "示出", "包括"};
    static const char *const nouns[] = {
        "应用", "应急", "应力", "应变",   "应答", "应收", "应付", "可靠", "可用", "可选", "可信", "可视",
        "可编", "可燃", "可变", "可追溯", "中央", "中心", "中间", "中国", "中文", "中型", "中小", "中压",
        "中继", "中断", "中控", "中转",   "中性", "是否", "和谐", "所有", "所属", "所需", "及格", "与会",
    };
    struct gb_cursor here = cur;

    if (take_any(&here, nouns, GB_COUNT(nouns)))
        return false;
    if (take_any(&here, words, GB_COUNT(words)))
        return true;
    return take_any(&here, verbs, GB_COUNT(verbs)) && gb_str_han_length(gb_str_skip(cur.s, cur.at)) > LONGEST_TITLE;
}

/* （续）, （续1）, （第2页/共5页） at the end of a title: where the title ends before it, or its length. */
static size_t
behind_continued(struct gb_str title)
{
    enum { LONGEST = 30 };
    struct gb_str s = gb_str_trim(title);

    if (!gb_ends_with(s, "）)"))
        return title.len;
    for (size_t at = s.len > LONGEST ? s.len - LONGEST : 0; at < s.len; at++) {
        struct gb_str rest = gb_str_skip(s, at);
        if (!GB_STARTS_WITH(rest, "（续", "(续", "（第", "(第"))
            continue;
        bool is_page = gb_str_has(gb_str_sub(rest, 0, strlen("（第")), GB_STR("第"));
        return !is_page || GB_ENDS_WITH(s, "页）", "页)") ? at : title.len;
    }
    return title.len;
}

/* No title begins with these: "图 1 所示的结构", "表 2 给出了代码". */
static bool
begins_predicate(struct gb_str title)
{
    GB_WORDS(words, "所示", "所列", "给出了", "规定了", "列出了", "示出", "中的", "中有", "描述了");

    return GB_STARTS_ANY(title, words);
}

/* 1, A.1, 1.2 or 1-2 behind 图 or 表. */
static bool
take_caption_number(struct gb_cursor *cur, struct gb_caption_mark *mark)
{
    enum { MOST_DIGITS = 3 };
    unsigned digits;

    mark->number_begin = cur->at;
    if (gb_is_upper(cur->c)) {
        mark->num.letter = take_annex_letter(cur);
        skip_blanks(cur);
        if (cur->c == '.')
            advance(cur);
        skip_blanks(cur);
    }
    if (!take_integer(cur, &mark->num.part[0], &digits) || digits > MOST_DIGITS)
        return false;
    mark->num.n = 1;
    while ((cur->c == '.' || cur->c == '-' || cur->c == U'–') && mark->num.n < GB_MAX_COMPONENTS) {
        struct gb_cursor part = *cur;
        advance(&part);
        if (!take_integer(&part, &mark->num.part[mark->num.n], &digits))
            break;
        mark->num.n++;
        *cur = part;
    }
    mark->number_end = cur->at;
    return true;
}

bool
gb_mark_caption(struct gb_str line, struct gb_caption_mark *out)
{
    static const char *const continued[] = {"(续)", "(续", "续"};
    struct gb_cursor cur = cursor_at(line, 0);
    struct gb_caption_mark mark = {0};

    if (!STARTS_LIKE(line, U'图', U'表', U'续'))
        return false;
    skip_blanks(&cur);
    bool continuation = take_word(&cur, "续");
    if (take_word(&cur, "表"))
        mark.is_table = true;
    else if (!take_word(&cur, "图"))
        return false;
    skip_blanks(&cur);
    if (!take_caption_number(&cur, &mark))
        return false;
    bool glued = cur.c != 0 && !is_blank(cur.c);
    struct gb_cursor behind = cur;
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

/* Words with which a short line below a picture is a sentence about it: "图2为接缝的构造。" */
static bool
tells_of_figure(struct gb_str title)
{
    GB_WORDS(verbs, "为", "是", "给出", "规定", "所", "表示", "应", "说明", "中", "显示", "列出", "描述", "适用",
             "示出", "可", "有", "包括", "宜", "由", "提供", "，", "；", "：", "、");

    return GB_HAS_ANY(title, verbs);
}

bool
gb_mark_faulty_caption(struct gb_str line, struct gb_caption_mark *out)
{
    enum { LONGEST = 20 };
    struct gb_str stop = GB_STR("。");
    struct gb_cursor cur = cursor_at(line, 0);
    struct gb_caption_mark mark = {.num = {.n = 1}};
    bool has_stop = gb_str_ends(line, stop) || GB_ENDS_WITH(line, "；", "，");

    if (gb_str_han_length(line) > LONGEST + 3)
        return false;
    skip_blanks(&cur);
    if (!take_word(&cur, "图"))
        return false;
    skip_blanks(&cur);
    mark.number_begin = cur.at;
    unsigned value = take_chinese_integer(&cur), digits;
    if (value) {
        if (cur.c && !is_blank(cur.c) && cur.c != ':')
            return false;
        mark.num.part[0] = (uint16_t)value;
    } else {
        if (gb_is_upper(cur.c)) {
            mark.num.letter = take_annex_letter(&cur);
            if (cur.c != '.')
                return false;
            advance(&cur);
        }
        if (!take_integer(&cur, &mark.num.part[0], &digits) || digits > 3)
            return false;
    }
    mark.number_end = cur.at;
    bool has_mark = cur.c == U'、';
    if (has_mark)
        advance(&cur);
    else if (cur.c == ':' && value)
        advance(&cur);
    else if (!value && cur.c && !is_blank(cur.c))
        return false;
    skip_blanks(&cur);
    mark.title = cur.at;
    mark.title_end = line.len;
    struct gb_str title = gb_str_sub(line, mark.title, has_stop ? line.len - stop.len : line.len);
    if (!value && (!title.len || (!has_mark && !has_stop)))
        return false;
    if (gb_str_has(title, stop) || tells_of_figure(title))
        return false;
    *out = mark;
    return true;
}

/* （规范性附录）, (资料性), 规范性: at the cursor. */
static bool
take_nature(struct gb_cursor *cur, struct gb_annex_mark *out)
{
    struct gb_cursor here = *cur;
    struct gb_annex_mark mark = *out;

    mark.nature_begin = here.at;
    bool bracket = here.c == '(' || here.c == '[';
    if (bracket)
        advance(&here);
    skip_blanks(&here);
    if (take_word(&here, "规范性"))
        mark.nature = GB_NATURE_NORMATIVE;
    else if (take_word(&here, "资料性") || (bracket && (take_word(&here, "提示的附录") || take_word(&here, "参考件"))))
        mark.nature = GB_NATURE_INFORMATIVE;
    else if (bracket && (take_word(&here, "标准的附录") || take_word(&here, "补充件"))) /* as before 2000 */
        mark.nature = GB_NATURE_NORMATIVE;
    else
        return false;
    skip_blanks(&here);
    mark.is_old_nature = take_word(&here, "附录");
    struct gb_cursor close = here;
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
    struct gb_cursor cur = cursor_at(line, 0);
    struct gb_annex_mark mark = {0};

    skip_blanks(&cur);
    if ((cur.c != '(' && cur.c != '[') || !take_nature(&cur, &mark))
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
mentions_annex(struct gb_cursor cur)
{
    static const char *const words[] = {
        "给出", "规定", "描述", "提供", "列出",   "中",   "的",   "是", "为",   "、",  "和", "或",
        "与",   "及",   "至",   "~",    "，",     ",",    "。",   "；", ".",    "图",  "表", "应",
        "宜",   "可",   "所",   "适用", "说明了", "包括", "包含", "对", "以及", "(见", "第", "-",
    };
    return take_any(&cur, words, GB_COUNT(words));
}

bool
gb_mark_annex(struct gb_str line, struct gb_annex_mark *out)
{
    struct gb_cursor cur = cursor_at(line, 0);
    struct gb_annex_mark mark = {0};

    if (!STARTS_LIKE(line, U'附'))
        return false;
    skip_blanks(&cur);
    if (!take_word(&cur, "附录"))
        return false;
    bool blank = is_blank(cur.c);
    skip_blanks(&cur);
    mark.letter_begin = mark.letter_end = cur.at;
    struct gb_cursor behind = cur;
    char letter = take_annex_letter(&behind);
    if (letter) {
        if (!gb_is_letter(behind.c) && !gb_is_digit(behind.c)) {
            mark.letter = letter;
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
    enum { LONGEST = 5 };
    size_t at = 0, n = 0;
    bool digits = true, roman = true;

    while (at < s.len && n <= LONGEST && (digits || roman)) {
        uint32_t c = gb_char_narrow(gb_utf8_at(s, at, &at));
        digits = digits && gb_is_digit(c);
        roman = roman &&
                (c == 'I' || c == 'V' || c == 'X' || c == 'i' || c == 'v' || c == 'x' || (c >= 0x2160 && c <= 0x216B));
        n++;
    }
    return n > 0 && n <= LONGEST && (digits || roman);
}

/* What stands between dashes; all of a line without them. */
static struct gb_str
between_dashes(struct gb_str line)
{
    GB_WORDS(dashes, "-", "—", "–", "·");
    struct gb_str s = gb_str_trim(line);

    for (size_t i = 0; i < GB_COUNT(dashes); i++) {
        if (gb_str_starts(s, dashes[i]) && gb_str_ends(s, dashes[i]) && s.len > 2 * dashes[i].len)
            s = gb_str_trim(gb_str_sub(s, dashes[i].len, s.len - dashes[i].len));
    }
    return s;
}

bool
gb_is_page_number(struct gb_str line)
{
    return is_page(between_dashes(line));
}

bool
gb_is_dashed_page_number(struct gb_str line)
{
    if (!line.len || !strchr("-\xC2\xE2", line.ptr[0])) /* the first bytes of dashes */
        return false;
    struct gb_str s = between_dashes(line);
    return s.len < gb_str_trim(line).len && is_page(s);
}

struct gb_entry_mark
gb_mark_entry(struct gb_str line)
{
    GB_WORDS(lost, "错误!未定义书签。", "错误！未定义书签。"); /* a word processor found no page */
    line = gb_str_trim(line);
    for (size_t i = 0; i < GB_COUNT(lost); i++)
        line.len -= gb_str_ends(line, lost[i]) ? lost[i].len : 0;
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
    return mark;
}

size_t
gb_mark_code(struct gb_str line)
{
    struct gb_identifier_shape shape;

    if (!gb_identifier_at(line, 0, &shape) || shape.flags & GB_SHAPE_NO_SERIAL)
        return 0;
    return shape.end;
}
