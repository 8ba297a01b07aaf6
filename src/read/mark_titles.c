/* What a title looks like, the titles that the standard fixes, how sentences end, and units above tables. See marks.h. */
#include "read/marks.h"

#include "text/cursor.h"

/*
 * V2X vehicle to everything, V2X Vehicle-to-Everything: a short form is the designation, what it stands for is the English. API Gateway is
 * one name. The length with the blank.
 */
static size_t
behind_short_form(struct gb_str line)
{
    enum { LONGEST = 10 };
    size_t at = 0;
    bool has_capital = false;

    while (at < line.len && at <= LONGEST && (gb_is_upper(line.ptr[at]) || gb_is_digit(line.ptr[at]))) {
        has_capital = has_capital || line.ptr[at] >= 'A';
        at++;
    }
    bool is_parted =
        at + 2 < line.len && line.ptr[at] == ' ' &&
        (gb_is_lower(line.ptr[at + 1]) || (line.ptr[at + 1] == line.ptr[0] && gb_is_lower(line.ptr[at + 2])));
    return has_capital && at > 1 && at <= LONGEST && is_parted ? at + 1 : line.len;
}

/* 终端 ID terminal ID: the capitals behind the last Han character are part of the term where the English has them again. Their length. */
static size_t
shared_capitals(struct gb_str foreign)
{
    enum { LONGEST = 6 };
    size_t n = 0;

    while (n < foreign.len && n <= LONGEST && gb_is_upper(foreign.ptr[n]))
        n++;
    if (n < 2 || n > LONGEST || n + 1 >= foreign.len || foreign.ptr[n] != ' ')
        return 0;
    struct gb_str rest = gb_str_skip(foreign, n + 1), word = gb_str_sub(foreign, 0, n);
    for (size_t at = 0; (at = gb_str_find(rest, word, at)) != GB_NOT_FOUND; at += n) {
        bool is_cut = (at > 0 && gb_is_upper(rest.ptr[at - 1])) ||
                      (at + n < rest.len && gb_is_letter((unsigned char)rest.ptr[at + n]));
        if (!is_cut) /* RDF schema; RDFS has the letters in another short form */
            return n + 1;
    }
    return 0;
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
        } else if (gb_is_letter(narrow) && !in_bracket) {
            latin = true;
        }
        at = next;
    }
    if (!any_han)
        return behind_short_form(line);
    if (!latin)
        return line.len;
    struct gb_cursor cur = cursor_at(line, split);
    while (is_blank(cur.c))
        advance(&cur);
    return cur.at + (cur.at > split ? shared_capitals(gb_str_skip(line, cur.at)) : 0);
}

/* 缩略语 Abbreviations: the title once more in English. 缩略语 abbreviation is a term. */
static bool
is_title_in_english(struct gb_str s)
{
    s = gb_str_trim(s);
    return s.len && gb_is_upper(s.ptr[0]) && gb_is_foreign(s);
}

/* 术语、定义、符号和缩略语 and the like, from the words that it may be made of. */
static enum gb_fixed_title
mark_terms(struct gb_cursor cur, struct gb_str line)
{
    static const char *const terms[] = {"术语", "定义"};
    static const char *const symbols[] = {"缩略语", "缩略词", "缩写词", "缩写", "简称", "符号", "代号"};
    static const char *const units[] = {"计量单位", "单位"}; /* 术语和计量单位, of specifications of metrology */
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
        else if (has_terms && take_any(&cur, units, GB_COUNT(units)))
            continue;
        else if ((has_terms || has_symbols) && is_title_in_english(gb_str_skip(line, cur.at)))
            break;
        else
            return GB_FIXED_NONE;
    }
    if (is_linked)
        return GB_FIXED_NONE;
    return has_terms ? (has_symbols ? GB_FIXED_TERMS_SYMBOLS : GB_FIXED_TERMS) : GB_FIXED_SYMBOLS;
}

/* Does a fixed title begin with c? */
static bool
begins_fixed(uint32_t c)
{
    return c == U'目' || c == U'C' || c == U'前' || c == U'序' || c == U'引' || c == U'范' || c == U'适' ||
           c == U'规' || c == U'术' || c == U'定' || c == U'符' || c == U'缩' || c == U'代' || c == U'简' ||
           c == U'参' || c == U'參' || c == U'索' || c == U'汉' || c == U'英' || c == U'中' || c == U'全' ||
           c == U'.' || c == U'_' || c == U'─';
}

enum gb_fixed_title
gb_mark_fixed(struct gb_str line)
{
    static const struct {
        const char *title;
        enum gb_fixed_title which;
    } titles[] = {
        {"目次", GB_FIXED_TOC},
        {"目录", GB_FIXED_TOC},
        {"Contents", GB_FIXED_TOC},
        {"前言", GB_FIXED_FOREWORD},
        {"序言", GB_FIXED_FOREWORD},
        {"序", GB_FIXED_FOREWORD},
        {"引言", GB_FIXED_INTRO},
        {"范围", GB_FIXED_SCOPE},
        {"适用范围", GB_FIXED_SCOPE},
        {"规范性引用文件", GB_FIXED_REFERENCES},
        {"规范性引用标准", GB_FIXED_REFERENCES},
        {"引用标准", GB_FIXED_REFERENCES},
        {"引用文件", GB_FIXED_REFERENCES},
        {"规范性文件", GB_FIXED_REFERENCES},
        {"参考文献", GB_FIXED_BIBLIO},
        {"参考资料", GB_FIXED_BIBLIO},
        {"参考文件", GB_FIXED_BIBLIO},
        {"参考书目", GB_FIXED_BIBLIO},
        {"參考文献", GB_FIXED_BIBLIO},
        {"索引", GB_FIXED_INDEX},
        {"汉语拼音索引", GB_FIXED_INDEX},
        {"英文对应词索引", GB_FIXED_INDEX},
        {"中文索引", GB_FIXED_INDEX},
        {"英文索引", GB_FIXED_INDEX},
        {"全文完", GB_FIXED_END},
        {"全文结束", GB_FIXED_END},
    };

    if (line.len > 80 || !begins_fixed(first_char(line)))
        return GB_FIXED_NONE;
    struct gb_cursor head = cursor_at(line, 0);
    skip_blanks(&head);
    if (head.c == '.')
        advance(&head);
    for (size_t i = 0; i < GB_COUNT(titles); i++) {
        struct gb_cursor cur = head;
        if (take_word(&cur, titles[i].title)) {
            skip_blanks(&cur);
            if (cur.c == 0)
                return titles[i].which;
        }
    }
    enum gb_fixed_title fixed = head.c ? mark_terms(head, line) : GB_FIXED_NONE;
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
    size_t end = text.len, begin = 0;

    while (end > 0 && is_blank(gb_utf8_before(text, end, &begin)))
        end = begin;
    if (end == 0)
        return false;
    /* Of one of the marks: the last bytes of characters differ more than the first. */
    size_t len = end - begin;
    for (const char *hit = marks; (hit = strchr(hit, text.ptr[end - 1])); hit++) {
        if ((size_t)(hit - marks) + 1 >= len && memcmp(hit + 1 - len, text.ptr + begin, len) == 0)
            return true;
    }
    return false;
}

bool
gb_ends_sentence(struct gb_str text)
{
    if (gb_ends_with(text, "。！？；：!?;:"))
        return true;
    GB_WORDS(ends, "。”", "。）", "！”", "。\"", "。)", "！\"");
    struct gb_str s = gb_str_trim(text);
    return GB_ENDS_ANY(s, ends);
}

bool
gb_is_left_open(struct gb_str text)
{
    return gb_ends_with(text, "，、按照据见合足守在中由至到和与及或第除从对将如以于的为但");
}

/* Words that hold 应 or 宜. */
GB_WORDS(modal_words, "相应", "适应", "响应", "反应", "供应", "对应", "效应", "感应", "呼应", "照应", "应急", "应用",
         "应力", "应变", "应答", "应激", "应收", "应付", "应缴", "应税", "应届", "应聘", "应诉", "应对", "应邀", "应试",
         "适宜", "便宜", "事宜", "制宜", "宜居", "宜人", "宜昌", "宜宾", "宜春", "宜兴");

bool
gb_has_modal(struct gb_str s)
{
    for (size_t at = 0, next; at < s.len; at = next) {
        uint32_t c = gb_utf8_at(s, at, &next);
        if (c != U'应' && c != U'宜')
            continue;
        bool is_word = GB_STARTS_ANY(gb_str_skip(s, at), modal_words) ||
                       (at >= GB_HAN && GB_STARTS_ANY(gb_str_skip(s, at - GB_HAN), modal_words));
        if (!is_word)
            return true;
    }
    return false;
}

/* 出厂检验的项目见表4: no title sends its reader elsewhere. */
static bool
sends_elsewhere(struct gb_str s)
{
    GB_WORDS(words, "见表", "见图", "见附录");

    for (size_t i = 0; i < GB_COUNT(words); i++) {
        size_t at = gb_str_find(s, words[i], 0), next;
        uint32_t c = at != GB_NOT_FOUND && at + words[i].len < s.len ? gb_utf8_at(s, at + words[i].len, &next) : 0;
        if (gb_char_digit(c) >= 0 || (c >= 'A' && c <= 'Z') || c == ' ')
            return true;
    }
    return false;
}

bool
gb_looks_like_title(struct gb_str text)
{
    return text.len > 0 && !gb_ends_with(text, "。；：，、;:,.!?！？") && !gb_str_has(text, GB_STR("，")) &&
           !gb_str_has(text, GB_STR("。")) && !gb_str_has(text, GB_STR("；")) && gb_str_han_length(text) <= 25 &&
           (gb_str_has(text, GB_STR("”")) || !gb_str_has(text, GB_STR("“"))) && !gb_has_modal(text) &&
           !sends_elsewhere(text);
}

bool
gb_is_foreign(struct gb_str text)
{
    size_t han = 0, latin = 0;

    for (size_t at = 0; at < text.len;) {
        uint32_t c = gb_utf8_at(text, at, &at);
        han += gb_char_is_han(c);
        latin += gb_is_letter(gb_char_narrow(c));
    }
    return han == 0 && latin > 2;
}

/* ── units above tables ────────────────────────────────────────────────── */

bool
gb_is_unit_statement(struct gb_str line)
{
    GB_WORDS(words, "单位为", "单位：", "单位:", "（单位", "计量单位");

    return GB_STARTS_ANY(line, words);
}

bool
gb_is_bare_unit(struct gb_str s)
{
    enum { LONGEST = 12 };
    bool is_share = gb_str_starts(s, GB_STR("%（")) && gb_str_ends(s, GB_STR("）"));

    return s.len > 0 && (is_share || (s.len <= LONGEST && !gb_is_digit(s.ptr[0]) && !gb_str_has_han(s)));
}
