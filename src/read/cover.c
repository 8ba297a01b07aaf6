/* The cover: one line of it, or one fact given as metadata, after another. GB/T 1.1—2020, 8.1. */
#include "read/build.h"

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

static bool
is_ascii_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A year, or four X in its place, that no digit stands before or behind. */
static bool
is_year_at(struct gb_str s, size_t i)
{
    struct gb_str year = gb_str_sub(s, i, i + 4);

    if (year.len < 4 || (i > 0 && is_ascii_digit(s.ptr[i - 1])) || (i + 4 < s.len && is_ascii_digit(s.ptr[i + 4])))
        return false;
    if (gb_str_is(year, "XXXX") || gb_str_is(year, "xxxx"))
        return true;
    return (gb_str_starts(year, GB_STR("19")) || gb_str_starts(year, GB_STR("20"))) &&
           ((is_ascii_digit(year.ptr[2]) && is_ascii_digit(year.ptr[3])) || gb_str_ends(year, GB_STR("XX")) ||
            gb_str_ends(year, GB_STR("xx")));
}

/* 2026-01-05, 2026年1月5日, 20××-××-××, XXXX-XX-XX, and 20260105 before 发布 or 实施. */
static bool
has_date(struct gb_str closed)
{
    static const char *const behind[] = {"-", ".", "/", "年", "—", "–"};

    for (size_t i = 0; i + 7 < closed.len; i++) {
        for (size_t k = 0; k < GB_COUNT(behind); k++) {
            if (gb_str_starts(gb_str_skip(closed, i + 4), gb_str_from(behind[k])) && is_year_at(closed, i))
                return true;
        }
    }
    for (size_t i = 0; i + 8 < closed.len; i++) {
        struct gb_str tail = gb_str_skip(closed, i + 8);
        size_t digits = 0;
        while (digits < 8 && is_ascii_digit(closed.ptr[i + digits]))
            digits++;
        if (digits == 8 && (gb_str_starts(tail, GB_STR("发布")) || gb_str_starts(tail, GB_STR("实施"))))
            return true;
    }
    return gb_str_has(closed, GB_STR("××")) || gb_str_has(closed, GB_STR("xx-xx"));
}

static void
set_field(struct gb_text *field, const struct gb_text *value)
{
    if (!field->str.len)
        *field = gb_text_trim(value);
}

/* Text behind a label of `label` bytes in narrow closed form: steps over as many non-blank characters of the line. */
static struct gb_text
behind_label(const struct gb_text *line, const char *label)
{
    size_t skip = gb_utf8_count(gb_str_from(label)), at = 0;

    while (at < line->str.len && skip > 0) {
        uint32_t c = gb_utf8_at(line->str, at, &at);
        skip -= !gb_char_is_space(c) && !gb_char_is_invisible(c);
    }
    struct gb_text rest = gb_text_slice(line, at, line->str.len);
    rest = gb_text_trim(&rest);
    for (;;) { /* a colon between */
        size_t next;
        if (!rest.str.len)
            return rest;
        uint32_t c = gb_char_narrow(gb_utf8_at(rest.str, 0, &next));
        if (c != ':')
            return rest;
        rest = gb_text_slice(&rest, next, rest.str.len);
        rest = gb_text_trim(&rest);
    }
}

/* One line with both dates: 2026-01-05 发布 2026-08-01 实施. */
static bool
take_dates(struct gb_cover *cover, const struct gb_text *line)
{
    if (gb_ends_with(line->str, "。")) /* a sentence about dates */
        return true;
    static const char issued[] = "发布", force[] = "实施";
    size_t at = gb_str_find(line->str, GB_STR(issued), 0), to = gb_str_find(line->str, GB_STR(force), 0);

    if (at != GB_NOT_FOUND && to != GB_NOT_FOUND && at < to) {
        struct gb_text first = gb_text_slice(line, 0, at), second = gb_text_slice(line, at + sizeof(issued) - 1, to);
        set_field(&cover->issued, &first);
        set_field(&cover->in_force, &second);
        return true;
    }
    if (at != GB_NOT_FOUND && at > 0) {
        struct gb_text first = gb_text_slice(line, 0, at);
        set_field(&cover->issued, &first);
        return true;
    }
    if (to != GB_NOT_FOUND && to > 0) {
        struct gb_text first = gb_text_slice(line, 0, to);
        set_field(&cover->in_force, &first);
        return true;
    }
    return false;
}

/* 中国标准文献分类号: a letter, two digits. */
static bool
is_ccs(struct gb_str closed)
{
    if (gb_str_starts(closed, GB_STR("CCS")))
        return true;
    if (closed.len < 3 || closed.len > 9 || closed.ptr[0] < 'A' || closed.ptr[0] > 'Z')
        return false;
    return closed.ptr[1] >= '0' && closed.ptr[1] <= '9' && closed.ptr[2] >= '0' && closed.ptr[2] <= '9' &&
           (closed.len == 3 || closed.ptr[3] == '/');
}

static struct gb_text
strip_brackets(const struct gb_text *line)
{
    struct gb_text text = gb_text_trim(line);
    size_t next, prev;

    if (text.str.len && gb_char_narrow(gb_utf8_at(text.str, 0, &next)) == '(' &&
        gb_char_narrow(gb_utf8_before(text.str, text.str.len, &prev)) == ')' && next <= prev)
        text = gb_text_slice(&text, next, prev);
    return text;
}

/* Offset of 发布 (or 发 布) at the end of the line. */
static size_t
last_two_characters(struct gb_str s)
{
    size_t at = s.len;

    for (unsigned n = 0; n < 2 && at > 0;)
        n += !gb_char_is_space(gb_utf8_before(s, at, &at));
    return at;
}

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

/* 中华人民共和国国家标准 GB/T 90001—2026 */
static bool
take_band_and_code(struct gb_cover *cover, const struct gb_text *line, const char *const *bands, size_t n_bands,
                   struct gb_buf *scratch)
{
    struct gb_identifier_shape shape;

    if (!gb_identifier_next(line->str, 0, &shape) || shape.begin == 0 || shape.end != line->str.len ||
        shape.flags & GB_SHAPE_NO_SERIAL)
        return false;
    struct gb_text band = gb_text_slice(line, 0, shape.begin), code = gb_text_slice(line, shape.begin, line->str.len);
    struct gb_str closed = close_up(band.str, scratch);
    for (size_t i = 0; i < n_bands; i++) {
        if (gb_str_ends(closed, gb_str_from(bands[i])) && closed.len <= 60) {
            set_field(&cover->band, &band);
            set_field(&cover->code, &code);
            return true;
        }
    }
    return false;
}

/* Reads one line of the cover; false when nothing is recognised: then it may be a title. */
static bool
read_cover_line(struct gb_cover *cover, const struct gb_text *line, struct gb_buf *scratch)
{
    struct gb_str closed = close_up(line->str, scratch);
    static const char *const stages[] = {"征求意见稿", "送审稿", "送审讨论稿", "报批稿", "草案", "工作组讨论稿", "讨论稿",
                                         "预审稿"};
    static const char *const bands[] = {"国家标准", "行业标准", "地方标准", "团体标准", "企业标准",
                                        "国家标准化指导性技术文件", "计量技术规范", "计量检定规程"};

    if (gb_str_starts(closed, GB_STR("ICS"))) {
        struct gb_text value = behind_label(line, "ICS");
        set_field(&cover->ics, &value);
        return true;
    }
    if (is_ccs(closed)) {
        struct gb_text value = gb_str_starts(closed, GB_STR("CCS")) ? behind_label(line, "CCS") : *line;
        set_field(&cover->ccs, &value);
        return true;
    }
    if (gb_str_starts(closed, GB_STR("备案号"))) {
        struct gb_text value = behind_label(line, "备案号");
        set_field(&cover->record, &value);
        return true;
    }
    if (gb_str_starts(closed, GB_STR("代替")) || gb_str_starts(closed, GB_STR("部分代替"))) {
        struct gb_text value = behind_label(line, gb_str_starts(closed, GB_STR("代替")) ? "代替" : "部分代替");
        set_field(&cover->replaces, &value);
        return true;
    }
    if (gb_str_has(closed, GB_STR("反馈意见时"))) {
        set_field(&cover->patent_call, line);
        return true;
    }
    for (size_t i = 0; i < GB_COUNT(stages); i++) {
        if (gb_str_has(closed, gb_str_from(stages[i])) && closed.len < 90 &&
            (closed.ptr[0] == '(' || gb_str_starts(closed, gb_str_from(stages[i])))) {
            struct gb_text value = strip_brackets(line);
            set_field(&cover->stage, &value);
            return true;
        }
    }
    if (has_date(closed) && take_dates(cover, line))
        return true;
    for (size_t i = 0; i < GB_COUNT(bands); i++) {
        if (gb_str_ends(closed, gb_str_from(bands[i])) && closed.len <= 60) {
            set_field(&cover->band, line);
            return true;
        }
    }
    size_t code = gb_mark_code(line->str);
    if (code && gb_str_trim(gb_str_skip(line->str, code)).len == 0) {
        set_field(&cover->code, line);
        return true;
    }
    if (take_band_and_code(cover, line, bands, GB_COUNT(bands), scratch))
        return true;
    code = gb_code_before_title(line->str);
    if (code && !cover->title.str.len) {
        struct gb_text number = gb_text_slice(line, 0, code), title = gb_text_slice(line, code, line->str.len);
        set_field(&cover->code, &number);
        set_field(&cover->title, &title);
        return true;
    }
    /* "DB 32", "GB": the sign of the level, beside the number. */
    if (closed.len <= 6 && closed.ptr && closed.ptr[0] >= 'A' && closed.ptr[0] <= 'Z' && !gb_is_foreign(line->str) &&
        (gb_str_starts(closed, GB_STR("DB")) || gb_str_is(closed, "GB") || closed.len == 2))
        return true;
    if (gb_str_ends(closed, GB_STR("发布")) && closed.len < 200) {
        struct gb_text value = gb_text_slice(line, 0, last_two_characters(line->str));
        value = gb_text_trim(&value);
        if (value.str.len)
            set_field(&cover->publisher, &value);
        return true;
    }
    return false;
}

struct gb_node *
gb_open_cover(struct gb_builder *b, enum gb_encoding encoding)
{
    if (!b->cover) {
        b->cover = gb_add(b, b->root, GB_NODE_COVER, encoding, NULL);
        b->cover->u.cover = gb_arena_new(b->arena, struct gb_cover);
    }
    return b->cover;
}

struct gb_text
gb_join_titles(struct gb_builder *b, const struct gb_text *title, const struct gb_unit *u)
{
    bool is_wrapped = u > b->units && u[-1].block == u->block && gb_unit_is_line(u);

    return gb_text_join(b->arena, title, &u->text, is_wrapped ? "\n" : " ");
}

/* A fact given as metadata: key and value. */
void
gb_take_meta(struct gb_builder *b)
{
    static const struct {
        const char *key;
        size_t field;
    } keys[] = {
#define F(name) offsetof(struct gb_cover, name)
        {"ics", F(ics)}, {"ICS", F(ics)}, {"ccs", F(ccs)}, {"CCS", F(ccs)}, {"band", F(band)}, {"code", F(code)},
        {"number", F(code)}, {"standard-number", F(code)}, {"标准号", F(code)}, {"标准编号", F(code)}, {"编号", F(code)},
        {"title", F(title)}, {"标题", F(title)}, {"名称", F(title)}, {"标准名称", F(title)}, {"中文名称", F(title)},
        {"en", F(en)}, {"title_en", F(en)}, {"title-en", F(en)}, {"english", F(en)}, {"english_title", F(en)},
        {"英文名称", F(en)}, {"英文译名", F(en)}, {"subtitle", F(en)}, {"title.zh", F(title)}, {"title.en", F(en)},
        {"issued", F(issued)}, {"date", F(issued)}, {"published", F(issued)}, {"pubdate", F(issued)}, {"发布日期", F(issued)},
        {"in_force", F(in_force)}, {"effective", F(in_force)}, {"implementation", F(in_force)}, {"实施日期", F(in_force)},
        {"implemented", F(in_force)}, {"stage", F(stage)}, {"阶段", F(stage)}, {"文稿版次", F(stage)},
        {"replaces", F(replaces)}, {"代替", F(replaces)}, {"record", F(record)}, {"备案号", F(record)},
        {"publisher", F(publisher)}, {"发布机构", F(publisher)}, {"发布部门", F(publisher)}, {"发布", F(issued)},
        {"实施", F(in_force)}, {"标准层次", F(band)}, {"patent_call", F(patent_call)}, {"patent-call", F(patent_call)},
#undef F
    };
    const struct gb_block *block = b->units[b->i].block;
    struct gb_node *cover = gb_open_cover(b, GB_ENCODING_FRONT_MATTER);

    for (size_t i = 0; i < GB_COUNT(keys); i++) {
        if (gb_str_is(block->info.str, keys[i].key)) {
            set_field((struct gb_text *)((char *)cover->u.cover + keys[i].field), &block->text);
            break;
        }
    }
    if (cover->span.end == 0) {
        cover->span = block->span;
        cover->flags &= ~(uint32_t)GB_NODE_APPROX;
    } else if (block->span.end > cover->span.end) {
        cover->span.end = block->span.end;
    }
    b->i++;
}

/* Is `last` the last line that the field was made of? */
static bool
ends_in(const struct gb_text *field, const struct gb_text *last)
{
    return last->str.len > 0 && gb_str_ends(field->str, last->str);
}

/* Does the line go on the title of the cover: the heading behind it, or the next line of its paragraph? */
static bool
goes_on_title(const struct gb_builder *b, const struct gb_cover *cover)
{
    const struct gb_unit *u = &b->units[b->i], *before = b->i > 0 ? u - 1 : NULL;

    if (!before || cover->en.str.len || cover->issued.str.len)
        return false;
    if (gb_unit_is_heading(u))
        return gb_unit_is_heading(before);
    return before->block == u->block && ends_in(&cover->title, &before->text) &&
           gb_str_han_length(u->text.str) <= 60 && !gb_ends_with(u->text.str, "。；：");
}

/* A line that names no fact: the title in one of both languages. */
static void
take_cover_title(struct gb_builder *b, struct gb_cover *cover)
{
    enum { SHORTEST_FOREIGN = 15 };
    const struct gb_unit *u = &b->units[b->i];

    if (gb_is_foreign(u->text.str)) {
        bool is_behind = cover->title.str.len > 0;
        bool is_before = gb_unit_is_heading(u) && u->text.str.len >= SHORTEST_FOREIGN;
        if (!cover->en.str.len && (is_behind || is_before))
            cover->en = u->text;
        else if (cover->en.str.len && ends_in(&cover->en, &u[-1].text) && !cover->issued.str.len)
            cover->en = gb_text_join(b->arena, &cover->en, &u->text, " ");
    } else if (!cover->title.str.len && gb_str_han_length(u->text.str) <= 60 && !gb_ends_with(u->text.str, "。")) {
        cover->title = u->text;
    } else if (cover->title.str.len && goes_on_title(b, cover)) {
        cover->title = gb_join_titles(b, &cover->title, u);
    }
}

/* One unit of the cover. */
void
gb_take_cover_unit(struct gb_builder *b, struct gb_buf *scratch)
{
    const struct gb_unit *u = &b->units[b->i];
    struct gb_node *node = gb_open_cover(b, gb_unit_encoding(u));
    struct gb_cover *cover = node->u.cover;
    bool exact;
    struct gb_span span = gb_text_whole(&u->text, &exact);

    if (node->span.end == 0) {
        node->span = span;
        node->flags &= ~(uint32_t)GB_NODE_APPROX;
    } else if (span.end > node->span.end) {
        node->span.end = span.end;
    }
    /* Each line is kept as it was written, for the rules on the source. */
    struct gb_node *line = gb_add_para(b, node, &u->text, gb_unit_encoding(u));
    line->depth = gb_unit_is_heading(u) ? u->block->level : 0;
    if (!read_cover_line(cover, &u->text, scratch))
        take_cover_title(b, cover);
    b->i++;
}

