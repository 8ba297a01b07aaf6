/* The cover: units before the contents, a fact given as metadata, a table that lays it out. GB/T 1.1—2020, 8.1. */
#include "read/cover_priv.h"

#include "base/buf.h"
#include "text/chars.h"

struct gb_node *
gb_open_cover(struct gb_builder *b, enum gb_encoding encoding)
{
    if (!b->cover) {
        b->cover = gb_add(b, b->root, GB_NODE_COVER, encoding, NULL);
        b->cover->u.cover = gb_arena_new(b->arena, struct gb_cover);
    }
    return b->cover;
}

/* The cover reaches from its first part to its last. */
static void
reach(struct gb_node *cover, struct gb_span span)
{
    if (cover->span.end == 0) {
        cover->span = span;
        cover->flags &= ~(uint32_t)GB_NODE_APPROX;
    } else if (span.end > cover->span.end) {
        cover->span.end = span.end;
    }
}

struct gb_text
gb_join_titles(struct gb_builder *b, const struct gb_text *title, const struct gb_unit *u)
{
    bool is_wrapped = u > b->units && u[-1].block == u->block && gb_unit_is_line(u);

    return gb_text_join(b->arena, title, &u->text, is_wrapped ? "\n" : " ");
}

/* The metadata that a generator of web pages asks for: what it calls title and date are the page's, not the standard's. */
static bool
is_of_page(const struct gb_builder *b)
{
    GB_WORDS(of_pages, "order", "layout", "tags", "categories", "category", "weight", "slug", "permalink", "sidebar",
             "draft", "isTimeLine", "aliases", "comments");
    bool is_page = false;

    GB_EACH_IN(aside, &b->asides) {
        if (aside->unit.kind != GB_BLOCK_META)
            continue;
        struct gb_str key = aside->unit.block->info.str;
        if (GB_IS_ANY(key, of_pages))
            is_page = true;
        else if (!GB_IS_ONE_OF(key, "title", "date"))
            return false;
    }
    return is_page;
}

/* The fields of the cover, and the keys of metadata that fill them, in whatever language and case. */
static const struct {
    size_t field;
    const char *keys;
} meta_keys[] = {
#define F(name) offsetof(struct gb_cover, name)
    {F(ics), "ics|ICS号|ICS分类号"},
    {F(ccs), "ccs|CCS号|CCS分类号|中国标准文献分类号|中标分类号"},
    {F(band), "band|level|层次|标准层次|文件层次|标准级别|标准类别"},
    {F(code), "code|number|standard|standard-number|标准号|标准编号|文件编号|编号"},
    {F(title), "title|标题|名称|标准名称|文件名称|中文名称|title.zh"},
    {F(en), "en|title_en|title-en|english|english_title|英文名称|英文译名|英文标题|subtitle|title.en"},
    {F(issued), "issued|date|published|pubdate|发布日期|发布"},
    {F(in_force), "in_force|effective|implementation|实施日期|implemented|实施"},
    {F(stage), "stage|阶段|文稿版次"},
    {F(replaces), "replaces|代替"},
    {F(record), "record|备案号"},
    {F(publisher), "publisher|发布机构|发布部门|发布单位"},
    {F(patent_call), "patent_call|patent-call"},
    {F(adoption), "adoption|采用标识|一致性程度"},
#undef F
};

static bool
meta_field(struct gb_str key, size_t *out_field)
{
    for (size_t i = 0; i < GB_COUNT(meta_keys); i++) {
        struct gb_str rest = gb_str_from(meta_keys[i].keys), known;
        while (gb_str_cut(&rest, '|', &known)) {
            if (gb_str_eq_nocase(key, known)) {
                *out_field = meta_keys[i].field;
                return true;
            }
        }
    }
    return false;
}

static void
set_meta(struct gb_cover *cover, size_t field, const struct gb_text *value)
{
    struct gb_buf scratch = {0};

    if (field == offsetof(struct gb_cover, publisher)) {
        gb_cover_add_publisher(cover, value);
    } else {
        struct gb_text plain = *value;
        if (field == offsetof(struct gb_cover, title))
            plain = gb_cover_without_stage(cover, value, &scratch);
        gb_cover_set((struct gb_text *)((char *)cover + field), &plain);
    }
    gb_buf_release(&scratch);
}

/* A fact given as metadata: key and value. */
void
gb_take_meta(struct gb_builder *b, const struct gb_block *block)
{
    size_t field;

    if (!b->cover && is_of_page(b))
        return;
    struct gb_node *cover = gb_open_cover(b, GB_ENCODING_FRONT_MATTER);
    if (meta_field(block->info.str, &field))
        set_meta(cover->u.cover, field, &block->text);
    reach(cover, block->span);
}

/* The value beside the cell, where that is a key of metadata; else NULL. */
static const struct gb_text *
value_beside(const struct gb_table *table, uint32_t i, size_t *out_field)
{
    const struct gb_cell *key = &table->cells[i], *value = key + 1;

    return i + 1 < table->n_cells && value->row == key->row && meta_field(gb_str_trim(key->text.str), out_field)
               ? &value->text
               : NULL;
}

/* | 标准号 | GB/T 90001—2026 |: facts beside their names are metadata. */
static bool
take_labelled_table(struct gb_builder *b)
{
    enum { LEAST = 3 };
    const struct gb_block *block = b->units[b->i].block;
    size_t field, n = 0;

    for (uint32_t i = 0; i < block->table->n_cells; i++)
        n += value_beside(block->table, i, &field) != NULL;
    if (n < LEAST)
        return false;
    struct gb_node *cover = gb_open_cover(b, GB_ENCODING_FRONT_MATTER);
    for (uint32_t i = 0; i < block->table->n_cells; i++) {
        const struct gb_text *value = value_beside(block->table, i, &field);
        if (value) {
            struct gb_text text = gb_text_trim(value);
            set_meta(cover->u.cover, field, &text);
            i++;
        }
    }
    reach(cover, block->span);
    b->i++;
    return true;
}

/* Is `last` the last line that the field was made of? */
static bool
ends_in(const struct gb_text *field, const struct gb_text *last)
{
    return last->str.len > 0 && gb_str_ends(field->str, last->str);
}

/* 第1部分：总则 */
static bool
begins_with_part(struct gb_str line)
{
    enum { LONGEST = 12 }; /* bytes of the number with its blanks */
    size_t at = gb_str_find(line, GB_STR("部"), 0);

    return gb_str_starts(line, GB_STR("第")) && at != GB_NOT_FOUND && at <= strlen("第") + LONGEST;
}

/*
 * Does the line go on the title of the cover: the heading behind it, the next line of its paragraph, the part's title, or
 * what stands below a band (食品安全国家标准)?
 */
static bool
goes_on_title(const struct gb_builder *b, const struct gb_cover *cover)
{
    const struct gb_unit *u = &b->units[b->i], *before = b->i > 0 ? u - 1 : NULL;

    if (!before || cover->en.str.len || cover->issued.str.len)
        return false;
    if (gb_unit_is_heading(u) || begins_with_part(u->text.str))
        return gb_unit_is_heading(before) || ends_in(&cover->title, &before->text);
    return (before->block == u->block || gb_is_band(cover->title.str)) && ends_in(&cover->title, &before->text) &&
           gb_str_han_length(u->text.str) <= 60 && !gb_ends_with(u->text.str, "。；：");
}

/* 封面, 封面信息: a heading that names the element. */
static bool
is_cover_name(struct gb_str s)
{
    enum { LONGEST = 4 };

    return GB_STARTS_WITH(s, "封面", "封 面", "封　面") && gb_str_han_length(s) <= LONGEST;
}

/* > 来源：馆藏扫描件: of who converted the draft. */
static bool
is_remark(const struct gb_unit *u)
{
    return u->is_quoted && GB_HAS_ONE_OF(u->text.str, "：", ":");
}

/* A line that names no fact: the title in one of both languages. */
static void
take_cover_title(struct gb_builder *b, struct gb_cover *cover)
{
    enum { SHORTEST_FOREIGN = 15, LONGEST = 1000 }; /* bytes; lines beyond are of something else */
    const struct gb_unit *u = &b->units[b->i];

    if (gb_is_foreign(u->text.str)) {
        bool is_behind = cover->title.str.len > 0;
        bool is_before = gb_unit_is_heading(u) && u->text.str.len >= SHORTEST_FOREIGN;
        if (!cover->en.str.len && (is_behind || is_before))
            cover->en = u->text;
        else if (cover->en.str.len && cover->en.str.len < LONGEST && ends_in(&cover->en, &u[-1].text) &&
                 !cover->issued.str.len)
            cover->en = gb_text_join(b->arena, &cover->en, &u->text, " ");
    } else if (is_cover_name(u->text.str)) {
        return;
    } else if (!cover->title.str.len && gb_str_han_length(u->text.str) <= 60 && !gb_ends_with(u->text.str, "。")) {
        cover->title = u->text;
    } else if (cover->title.str.len && cover->title.str.len < LONGEST && goes_on_title(b, cover)) {
        cover->title = gb_join_titles(b, &cover->title, u);
    }
}

void
gb_take_cover_unit(struct gb_builder *b, struct gb_buf *scratch)
{
    const struct gb_unit *u = &b->units[b->i];
    struct gb_node *node = gb_open_cover(b, gb_unit_encoding(u));
    struct gb_cover *cover = node->u.cover;
    bool exact;
    struct gb_span span = gb_text_whole(&u->text, &exact);

    reach(node, span);
    /* Each line is kept as it was written, for the rules on the source. */
    struct gb_node *line = gb_add_para(b, node, &u->text, gb_unit_encoding(u));
    line->depth = gb_unit_is_heading(u) ? u->block->level : 0;
    b->units[b->i].text = gb_cover_without_stage(cover, &u->text, scratch);
    if (!gb_read_cover_line(b, &u->text, scratch)) {
        if (is_remark(u))
            line->kind = GB_NODE_COMMENT;
        else
            take_cover_title(b, cover);
    }
    b->i++;
}

/* One line of a cell. */
static bool
take_cell_line(struct gb_builder *b, const struct gb_text *line, struct gb_buf *scratch)
{
    struct gb_cover *cover = b->cover->u.cover;
    struct gb_text rest = gb_cover_without_stage(cover, line, scratch);
    bool is_known = rest.str.len < line->str.len || gb_read_cover_line(b, &rest, scratch);

    if (!is_known && gb_is_foreign(rest.str))
        gb_cover_set(&cover->en, &rest);
    else if (!is_known && !gb_ends_with(rest.str, "。；："))
        gb_cover_set(&cover->title, &rest);
    return is_known;
}

bool
gb_take_cover_table(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];
    struct gb_buf scratch = {0};
    bool is_known = false;
    enum { MOST_CELLS = 40 };

    if (!u->block->table || u->block->table->n_cells > MOST_CELLS)
        return false;
    if (take_labelled_table(b))
        return true;
    struct gb_cover before = b->cover ? *b->cover->u.cover : (struct gb_cover){0};
    bool was_open = b->cover != NULL;
    struct gb_node *node = gb_open_cover(b, GB_ENCODING_TABLE);
    struct gb_node *last = node->last;
    for (uint32_t i = 0; i < u->block->table->n_cells; i++) {
        struct gb_text line;
        for (size_t at = 0; gb_text_next_line(&u->block->table->cells[i].text, &at, &line, NULL);) {
            line = gb_text_trim(&line);
            if (!line.str.len)
                continue;
            gb_add_para(b, node, &line, GB_ENCODING_TABLE);
            is_known = take_cell_line(b, &line, &scratch) || is_known;
        }
    }
    gb_buf_release(&scratch);
    if (is_known) {
        if (node->span.end == 0)
            node->span = u->block->span;
        b->i++;
        return true;
    }
    *node->u.cover = before;
    while (node->last != last)
        gb_node_detach(node->last);
    if (!was_open) {
        gb_node_detach(node);
        b->cover = NULL;
    }
    return false;
}
