/* What one line of the cover says: classification, number, dates, stage, bodies. */
#include "read/cover_priv.h"

#include "base/buf.h"
#include "doc/identifier.h"
#include "text/chars.h"
#include "text/utf8.h"

/* Text in which blanks between single Han characters are dropped: 地 方 标 准. */
static struct gb_str
close_up(struct gb_str s, struct gb_buf *out)
{
    out->len = 0;
    for (size_t at = 0; at < s.len;) {
        size_t next;
        uint32_t c = gb_char_narrow(gb_utf8_at(s, at, &next));
        if (!gb_char_is_space(c) && !gb_char_is_invisible(c)) {
            char bytes[4];
            size_t n = gb_utf8_put(bytes, c);
            gb_buf_add(out, (struct gb_str){bytes, n});
        }
        at = next;
    }
    return gb_buf_str(out);
}

/* A year, or four X in its place, that no digit stands before or behind. */
static bool
is_year_at(struct gb_str s, size_t i)
{
    struct gb_str year = gb_str_sub(s, i, i + 4);

    if (year.len < 4 || (i > 0 && gb_is_digit(s.ptr[i - 1])) || (i + 4 < s.len && gb_is_digit(s.ptr[i + 4])))
        return false;
    if (GB_IS_ONE_OF(year, "XXXX", "xxxx"))
        return true;
    return GB_STARTS_WITH(year, "19", "20") &&
           ((gb_is_digit(year.ptr[2]) && gb_is_digit(year.ptr[3])) || GB_ENDS_WITH(year, "XX", "xx"));
}

/* 2026-01-05, 2026年1月5日, 20××-××-××, XXXX-XX-XX, and 20260105 before 发布 or 实施. */
static bool
has_date(struct gb_str closed)
{
    for (size_t i = 0; i + 7 < closed.len; i++) {
        if (GB_STARTS_WITH(gb_str_skip(closed, i + 4), "-", ".", "/", "年", "—", "–") && is_year_at(closed, i))
            return true;
    }
    for (size_t i = 0; i + 8 < closed.len; i++) {
        if (gb_skip_digits(gb_str_sub(closed, i, i + 8), 0) == 8 &&
            GB_STARTS_WITH(gb_str_skip(closed, i + 8), "发布", "实施"))
            return true;
    }
    return GB_HAS_ONE_OF(closed, "××-", "××—", "××年", "xx-xx"); /* to be filled in */
}

void
gb_cover_set(struct gb_text *field, const struct gb_text *value)
{
    if (!field->str.len)
        *field = gb_text_trim(value);
}

/* Text behind a label of so many bytes at the head of the closed form: steps over as many non-blank characters of the line. */
static struct gb_text
behind_label(const struct gb_text *line, struct gb_str closed, size_t label)
{
    size_t skip = gb_utf8_count(gb_str_sub(closed, 0, label)), at = 0;

    while (at < line->str.len && skip > 0) {
        uint32_t c = gb_utf8_at(line->str, at, &at);
        skip -= !gb_char_is_space(c) && !gb_char_is_invisible(c);
    }
    struct gb_text rest = gb_text_between(line, at, line->str.len);
    for (;;) { /* a colon between */
        size_t next;
        if (!rest.str.len)
            return rest;
        uint32_t c = gb_char_narrow(gb_utf8_at(rest.str, 0, &next));
        if (c != ':')
            return rest;
        rest = gb_text_between(&rest, next, rest.str.len);
    }
}

/* The text behind one of the labels fills the field; false when none leads the line. */
static bool
take_labelled(struct gb_text *field, const struct gb_text *line, struct gb_str closed, const struct gb_str *labels,
              size_t n)
{
    size_t label = gb_str_start(closed, labels, n);

    if (label) {
        struct gb_text value = behind_label(line, closed, label);
        gb_cover_set(field, &value);
    }
    return label > 0;
}

/* Words that name the two dates, of two characters. */
static const char *const words_of_issue[] = {"发布", "批准"}, *const words_of_force[] = {"实施", "施行"};

/* The first of the words in the line, perhaps with blanks between its characters. */
static size_t
find_word(struct gb_str line, const char *const words[2], size_t *out_len)
{
    for (size_t i = 0; i < 2; i++) {
        struct gb_str first = {words[i], GB_HAN}, second = {words[i] + GB_HAN, GB_HAN};
        GB_EACH_FOUND(at, line, first, 0) {
            size_t end = gb_str_skip_space(line, at + GB_HAN);
            if (gb_str_starts(gb_str_skip(line, end), second)) {
                *out_len = end + GB_HAN - at;
                return at;
            }
        }
    }
    *out_len = 0;
    return GB_NOT_FOUND;
}

/* 发布日期：2026-01-05. False when no such label leads the line. */
static bool
take_labelled_date(struct gb_cover *cover, const struct gb_text *line, struct gb_str closed)
{
    GB_WORDS(of_issue, "发布日期", "批准日期", "发布时间");
    GB_WORDS(of_force, "实施日期", "施行日期", "实施时间");

    return take_labelled(&cover->issued, line, closed, of_issue, GB_COUNT(of_issue)) ||
           take_labelled(&cover->in_force, line, closed, of_force, GB_COUNT(of_force));
}

void
gb_cover_add_publisher(struct gb_cover *cover, const struct gb_text *name)
{
    struct gb_text value = gb_text_trim(name);

    if (!value.str.len)
        return;
    if (!cover->publisher.str.len)
        cover->publisher = value;
    else if (cover->n_more_publishers < GB_MORE_PUBLISHERS)
        cover->more_publishers[cover->n_more_publishers++] = value;
}

/* Does the line end as the name of an authority, an association or a company does? */
static bool
names_body(struct gb_str closed)
{
    GB_WORDS(ends, "局", "委员会", "部", "厅", "协会", "学会", "公司", "联合会", "中心", "商会", "政府", "总会",
             "研究院", "署", "促进会", "联盟", "银行", "办公室", "总队", "集团");

    return closed.len >= 12 && closed.len <= 120 && GB_ENDS_ANY(closed, ends);
}

/* Where the date in these words begins; their end where there is none. */
static size_t
date_begin(struct gb_str s)
{
    size_t at = 0;

    while (at < s.len && !is_year_at(s, at))
        at++;
    if (at < s.len)
        return at;
    at = gb_str_find(s, GB_STR("×"), 0);
    GB_FIND(digit, s.ptr, s.len, gb_is_digit(*digit));
    size_t first = digit ? (size_t)(digit - s.ptr) : s.len;
    return at < first ? at : first;
}

/* One line with one date or both, perhaps with the body: 2026-01-05 发布 2026-08-01 实施, …协会发布 2026-01-05 发布. */
static bool
take_dates(struct gb_cover *cover, const struct gb_text *line, struct gb_str closed)
{
    struct gb_text rest = *line;
    bool any = false;

    if (gb_ends_with(line->str, "。")) /* a sentence about dates */
        return true;
    if (take_labelled_date(cover, line, closed))
        return true;
    for (;;) {
        size_t issue_len, force_len;
        size_t issue = find_word(rest.str, words_of_issue, &issue_len),
               force = find_word(rest.str, words_of_force, &force_len), at = issue < force ? issue : force;
        if (at == GB_NOT_FOUND)
            return any;
        size_t date = date_begin(gb_str_sub(rest.str, 0, at));
        struct gb_text body = gb_text_slice(&rest, 0, date), value = gb_text_slice(&rest, date, at);
        body = gb_text_trim(&body);
        if (date < at)
            gb_cover_set(at == issue ? &cover->issued : &cover->in_force, &value);
        if (names_body(body.str))
            gb_cover_add_publisher(cover, &body);
        any = any || at > 0;
        rest = gb_text_slice(&rest, at + (at == issue ? issue_len : force_len), rest.str.len);
    }
}

/* A line of nothing but a date: the line behind it says which one. */
static bool
take_bare_date(struct gb_builder *b, const struct gb_text *line, struct gb_str closed)
{
    struct gb_cover *cover = b->cover->u.cover;
    size_t len;

    for (size_t at = 0; at < closed.len;) {
        uint32_t c = gb_utf8_at(closed, at, &at);
        if (gb_char_is_han(c) && c != 0x5E74 && c != 0x6708 && c != 0x65E5) /* 年 月 日 */
            return false;
        if (gb_char_is_latin(c) && c != 'X' && c != 'x')
            return false;
    }
    bool is_force = find_word(b->units[b->i + 1].text.str, words_of_force, &len) == 0;
    gb_cover_set(is_force || cover->issued.str.len ? &cover->in_force : &cover->issued, line);
    return true;
}

GB_WORDS(ccs_labels, "CCS", "中国标准文献分类号", "中标分类号", "文献分类号", "分类号");

/* 中国标准文献分类号: a letter, two digits. */
static bool
is_ccs(struct gb_str closed)
{
    if (GB_STARTS_ANY(closed, ccs_labels))
        return true;
    if (closed.len < 3 || closed.len > 9 || closed.ptr[0] < 'A' || closed.ptr[0] > 'Z')
        return false;
    return gb_is_digit(closed.ptr[1]) && gb_is_digit(closed.ptr[2]) && (closed.len == 3 || closed.ptr[3] == '/');
}

/* Q 780 below the ICS, before anything else: meant as one. */
static bool
is_misspelt_ccs(const struct gb_cover *cover, struct gb_str closed)
{
    enum { LONGEST = 5 };

    if (!cover->ics.str.len || cover->ccs.str.len || cover->code.str.len || cover->title.str.len || closed.len < 2 ||
        closed.len > LONGEST || closed.ptr[0] < 'A' || closed.ptr[0] > 'Z')
        return false;
    return gb_skip_digits(closed, 1) == closed.len;
}

static bool
take_ccs(struct gb_cover *cover, const struct gb_text *line, struct gb_str closed)
{
    if (!is_ccs(closed) && !is_misspelt_ccs(cover, closed))
        return false;
    if (!take_labelled(&cover->ccs, line, closed, ccs_labels, GB_COUNT(ccs_labels)))
        gb_cover_set(&cover->ccs, line);
    return true;
}

/* ICS 03.080.30; the CCS may stand on the same line: ICS 03.080.30 CCS A 12, ICS 03.080.30 分类号：A 12. */
static bool
take_ics(struct gb_cover *cover, const struct gb_text *line, struct gb_str closed, struct gb_buf *scratch)
{
    if (!gb_str_starts(closed, GB_STR("ICS")))
        return false;
    enum { MOST_LETTERS = 12 };
    struct gb_text value = behind_label(line, closed, strlen("ICS"));
    unsigned n_letters = 0;

    for (size_t at = 0, next; at < value.str.len && n_letters < MOST_LETTERS; at = next) {
        uint32_t c = gb_utf8_at(value.str, at, &next);
        if (!gb_char_is_latin(c) && c != U'分')
            continue;
        struct gb_text rest = gb_text_slice(&value, at, value.str.len);
        if (is_ccs(close_up(rest.str, scratch))) {
            value = gb_text_slice(&value, 0, at);
            take_ccs(cover, &rest, gb_buf_str(scratch));
            break;
        }
        if (gb_char_narrow(c) != 'X') /* ICS XX.XXX, to be filled in */
            break;
        n_letters++;
    }
    gb_cover_set(&cover->ics, &value);
    return true;
}

static bool
take_record(struct gb_cover *cover, const struct gb_text *line, struct gb_str closed)
{
    GB_WORDS(labels, "备案号");

    return take_labelled(&cover->record, line, closed, labels, GB_COUNT(labels));
}

/* 代替GB/T 1.1—2009; the words that are not the right ones (COV-005) as well. A title that begins so has no number. */
static bool
take_replaced(struct gb_cover *cover, const struct gb_text *line, struct gb_str closed)
{
    GB_WORDS(labels, "部分代替", "代替", "部分替代", "替代", "取代", "替换", "代");
    struct gb_identifier_shape shape;
    size_t label = gb_identifier_next(line->str, 0, &shape) ? GB_START(closed, labels) : 0;

    if (!label)
        return false;
    struct gb_text value = behind_label(line, closed, label);
    if (label == strlen("代") && (!gb_identifier_next(value.str, 0, &shape) || shape.begin > 0))
        return false;
    gb_cover_set(&cover->replaces, &value);
    return true;
}

static bool
names_stage(struct gb_str closed)
{
    GB_WORDS(stages, "征求意见稿", "送审稿", "送审讨论稿", "报批稿", "草案", "工作组讨论稿", "讨论稿", "预审稿",
             "征求意见", "草案稿", "草稿");

    if (GB_HAS_ONE_OF(closed, "完成时间", "完成日期"))
        return false;
    GB_FIND(stage, stages, GB_COUNT(stages),
            gb_str_has(closed, *stage) &&
                (strchr("([", closed.ptr[0]) || GB_STARTS_WITH(closed, "【", "〔") || gb_str_starts(closed, *stage)));
    return stage != NULL;
}

static bool
is_open_bracket(uint32_t c)
{
    return c == '(' || c == '[' || c == 0x3010 || c == 0x3014; /* 【〔 */
}

static bool
is_close_bracket(uint32_t c)
{
    return c == ')' || c == ']' || c == 0x3011 || c == 0x3015;
}

static struct gb_text
strip_brackets(const struct gb_text *line)
{
    struct gb_text text = gb_text_trim(line);
    size_t next, prev;

    if (text.str.len && is_open_bracket(gb_char_narrow(gb_utf8_at(text.str, 0, &next))) &&
        is_close_bracket(gb_char_narrow(gb_utf8_before(text.str, text.str.len, &prev))) && next <= prev)
        text = gb_text_slice(&text, next, prev);
    return text;
}

static bool
take_stage(struct gb_cover *cover, const struct gb_text *line, struct gb_str closed)
{
    if (!closed.len || closed.len >= 90 || !names_stage(closed))
        return false;
    struct gb_text value = strip_brackets(line);
    gb_cover_set(&cover->stage, &value);
    return true;
}

/* Behind dates and publisher a stage without brackets is of a former version: a history of versions tells of it. */
static bool
is_of_history(const struct gb_cover *cover, struct gb_str closed)
{
    struct gb_str issued = cover->issued.str;

    return cover->publisher.str.len && cover->in_force.str.len && issued.len && gb_is_digit(issued.ptr[0]) &&
           gb_is_digit(issued.ptr[issued.len - 1]) && closed.len && !strchr("([", closed.ptr[0]) &&
           !gb_str_starts(closed, GB_STR("【")) && !gb_str_starts(closed, GB_STR("〔"));
}

struct gb_text
gb_cover_without_stage(struct gb_cover *cover, const struct gb_text *line, struct gb_buf *scratch)
{
    struct gb_text whole = gb_text_trim(line);
    size_t at = whole.str.len, prev;

    if (!at || !is_close_bracket(gb_char_narrow(gb_utf8_before(whole.str, at, &prev))))
        return whole;
    while (at > 0 && !is_open_bracket(gb_char_narrow(gb_utf8_before(whole.str, at, &prev))))
        at = prev;
    if (at == 0 || prev == 0)
        return whole;
    struct gb_text mark = gb_text_slice(&whole, prev, whole.str.len), rest = gb_text_slice(&whole, 0, prev);
    if (!take_stage(cover, &mark, close_up(mark.str, scratch)))
        return whole;
    return gb_text_trim(&rest);
}

/* （ISO 9001:2015，Quality management systems—Requirements，IDT）, perhaps wrapped; GB/T 1.1—2020, 8.1. */
static bool
take_adoption(struct gb_builder *b, const struct gb_text *line, struct gb_str closed)
{
    GB_WORDS(degrees, "IDT", "MOD", "NEQ");
    struct gb_cover *cover = b->cover->u.cover;
    bool is_open = closed.len && closed.ptr[0] == '(' && !gb_ends_with(line->str, ")）");

    if (cover->adoption.str.len) { /* goes on until its bracket closes */
        if (gb_ends_with(cover->adoption.str, ")）") || !gb_is_foreign(line->str) ||
            gb_utf8_count(cover->adoption.str) > 400)
            return false;
        cover->adoption = gb_text_join(b->arena, &cover->adoption, line, "\n");
        return true;
    }
    bool is_foreign = GB_STARTS_WITH(closed, "(ISO", "(IEC", "(ITU");
    for (size_t i = 0; i < GB_COUNT(degrees) && !is_foreign; i++) {
        struct gb_str tail =
            closed.len && closed.ptr[closed.len - 1] == ')' ? gb_str_sub(closed, 0, closed.len - 1) : closed;
        is_foreign = gb_str_ends(tail, degrees[i]) && (closed.ptr[0] == '(' || gb_mark_code(line->str));
    }
    if (!is_foreign || (!is_open && closed.len < 8))
        return false;
    cover->adoption = gb_text_trim(line);
    return true;
}

/* ── the publishing body ── */

/* Offset of 发布 (or 发 布) at the end of the line. */
static size_t
last_two_characters(struct gb_str s)
{
    size_t at = s.len;

    for (unsigned n = 0; n < 2 && at > 0;)
        n += !gb_char_is_space(gb_utf8_before(s, at, &at));
    return at;
}

/* 江苏省市场监督管理局 发布, 发布机构：…; of several bodies behind the dates all but the last stand alone on their lines. */
static bool
take_publisher(struct gb_cover *cover, const struct gb_text *whole, struct gb_buf *scratch)
{
    GB_WORDS(labels, "发布机构", "发布单位", "发布部门", "批准部门");
    enum { LONGEST = 200 };
    struct gb_text line = *whole;
    struct gb_str without = gb_without_page(line.str);

    if (without.len < line.str.len && without.len) { /* the page number that followed it */
        size_t begin = (size_t)(without.ptr - line.str.ptr);
        line = gb_text_slice(&line, begin, begin + without.len);
    }
    struct gb_str closed = close_up(line.str, scratch);
    size_t label = GB_START(closed, labels);
    if (label && closed.len > label) {
        struct gb_text value = behind_label(&line, closed, label);
        gb_cover_add_publisher(cover, &value);
        return true;
    }
    if (gb_str_ends(closed, GB_STR("发布")) && closed.len < LONGEST) {
        struct gb_text value = gb_text_slice(&line, 0, last_two_characters(line.str));
        if (gb_str_ends(closed, GB_STR("联合发布")))
            value = gb_text_slice(&value, 0, last_two_characters(gb_text_trim(&value).str));
        gb_cover_add_publisher(cover, &value);
        return true;
    }
    if ((cover->issued.str.len || cover->in_force.str.len) && names_body(closed)) {
        gb_cover_add_publisher(cover, &line);
        return true;
    }
    return false;
}

/* ── number and band ── */

size_t
gb_code_before_title(struct gb_str line)
{
    enum { SHORTEST = 8 };
    size_t code = gb_mark_code(line), next;
    struct gb_str title = gb_str_trim(gb_str_skip(line, code));

    if (code < SHORTEST || code >= line.len || line.ptr[code] != ' ' || !title.len || gb_ends_sentence(title))
        return 0;
    uint32_t c = gb_utf8_at(title, 0, &next);
    return gb_char_is_han(c) || c == 0x300A ? code : 0;
}

/* The last three are those of HJ, of HJ before 2021, and of GBZ. */
GB_WORDS(bands, "国家标准", "行业标准", "地方标准", "团体标准", "企业标准", "国家标准化指导性技术文件", "计量技术规范",
         "计量检定规程", "国家生态环境标准", "国家环境保护标准", "国家职业卫生标准");

bool
gb_is_band(struct gb_str closed)
{
    enum { LONGEST = 60 };

    return closed.len <= LONGEST && GB_ENDS_ANY(closed, bands);
}

/* 中华人民共和国国家标准 GB/T 90001—2026; P GB 50001—2026: the class and the number of a standard of construction engineering. */
static bool
take_band_and_code(struct gb_cover *cover, const struct gb_text *line, struct gb_buf *scratch)
{
    struct gb_identifier_shape shape;

    if (!gb_identifier_next(line->str, 0, &shape) || shape.begin == 0 || shape.end != line->str.len)
        return false;
    struct gb_text band = gb_text_slice(line, 0, shape.begin), code = gb_text_slice(line, shape.begin, line->str.len);
    struct gb_str closed = close_up(band.str, scratch);
    bool is_class = closed.len == 1 && gb_is_upper(closed.ptr[0]);
    if (!is_class && !gb_is_band(closed))
        return false;
    gb_cover_set(is_class ? &cover->ccs : &cover->band, &band);
    gb_cover_set(&cover->code, &code);
    return true;
}

/* The number, alone, with the band before it or with the title behind it. GB/T XXXXX—XXXX: it is not given yet. */
static bool
take_code(struct gb_cover *cover, const struct gb_text *line, struct gb_buf *scratch)
{
    struct gb_identifier_shape shape;
    size_t code = gb_identifier_at(line->str, 0, &shape) ? shape.end : 0;

    if (code && gb_str_trim(gb_str_skip(line->str, code)).len == 0) {
        gb_cover_set(&cover->code, line);
        return true;
    }
    /* GB/T 19001—2016/ISO 9001:2015: an identical adoption bears both numbers. */
    if (code && code + 1 < line->str.len && line->str.ptr[code] == '/' &&
        gb_mark_code(gb_str_skip(line->str, code + 1)) == line->str.len - code - 1) {
        gb_cover_set(&cover->code, line);
        return true;
    }
    if (take_band_and_code(cover, line, scratch))
        return true;
    code = gb_code_before_title(line->str);
    if (!code || cover->title.str.len)
        return false;
    struct gb_text number = gb_text_slice(line, 0, code), title = gb_text_slice(line, code, line->str.len);
    gb_cover_set(&cover->code, &number);
    gb_cover_set(&cover->title, &title);
    return true;
}

/* "DB 32", "GB", and 32 whose letters a conversion lost: the sign of the level, beside the number. */
static bool
is_sign(const struct gb_text *line, struct gb_str closed)
{
    enum { LONGEST_REGION = 6 };

    if (closed.len && closed.len <= LONGEST_REGION && gb_skip_digits(closed, 0) == closed.len)
        return true;
    return closed.len && closed.len <= 6 && gb_is_upper(closed.ptr[0]) && !gb_is_foreign(line->str) &&
           (gb_str_starts(closed, GB_STR("DB")) || gb_str_is(closed, "GB") || closed.len == 2);
}

bool
gb_read_cover_line(struct gb_builder *b, const struct gb_text *line, struct gb_buf *scratch)
{
    struct gb_cover *cover = b->cover->u.cover;
    struct gb_str closed = close_up(line->str, scratch);

    if (take_ics(cover, line, closed, scratch))
        return true;
    closed = close_up(line->str, scratch);
    if (take_ccs(cover, line, closed) || take_record(cover, line, closed) || take_replaced(cover, line, closed))
        return true;
    if (gb_str_has(closed, GB_STR("反馈意见时"))) {
        gb_cover_set(&cover->patent_call, line);
        return true;
    }
    if (!is_of_history(cover, closed) && take_stage(cover, line, closed))
        return true;
    if (has_date(closed) && (take_dates(cover, line, closed) || take_bare_date(b, line, closed)))
        return true;
    if (gb_is_band(closed) &&
        (!cover->band.str.len || cover->title.str.len)) { /* a second one is the title: 食品安全国家标准 */
        gb_cover_set(&cover->band, line);
        return true;
    }
    if (take_code(cover, line, scratch))
        return true;
    closed = close_up(line->str, scratch);
    return is_sign(line, closed) || take_adoption(b, line, closed) || take_publisher(cover, line, scratch);
}
