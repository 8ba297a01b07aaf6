/* Figures: pictures, charts and drawings, with their captions and keys. */
#include "read/build.h"

#include "doc/part_number.h"
#include "flow/detect.h"
#include "text/chars.h"
#include "text/utf8.h"

/* Below a picture a caption is one in any form. */
static bool
read_caption_below(const struct gb_unit *u, struct gb_caption_mark *mark)
{
    return gb_read_caption(u, mark) || (gb_unit_is_text(u) && gb_mark_faulty_caption(u->text.str, mark));
}

bool
gb_is_chart(const struct gb_block *code, struct gb_str *out_language)
{
    /* What a fence that is never closed swallows is no chart: the rest of the draft is in it. */
    if (code->flags & GB_BLOCK_UNCLOSED)
        return false;
    enum gb_flow_format format = gb_flow_format_of(code->info.str, code->text.str);

    if (format != GB_FLOW_UNKNOWN && out_language)
        *out_language = gb_str_from(gb_flow_format_name(format));
    return format != GB_FLOW_UNKNOWN;
}

static struct gb_node *
add_figure(struct gb_builder *b, struct gb_node *parent, const struct gb_unit *u)
{
    struct gb_node *figure = gb_add(b, parent, GB_NODE_FIGURE, GB_ENCODING_PICTURE, NULL);

    figure->u.figure = gb_arena_new(b->arena, struct gb_figure);
    figure->span = u->block->span;
    if (!(u->block->flags & GB_BLOCK_APPROX))
        figure->flags &= ~(uint32_t)GB_NODE_APPROX;
    return figure;
}

/* The part of the figure that has no file (no chart) yet. */
static struct gb_figure *
free_part(struct gb_builder *b, struct gb_figure *f, bool is_file)
{
    while (is_file ? f->file.str.len : f->chart.str.len) {
        if (!f->next)
            f->next = gb_arena_new(b->arena, struct gb_figure);
        f = f->next;
    }
    return f;
}

static void
add_picture(struct gb_builder *b, struct gb_node *figure, const struct gb_block *block)
{
    struct gb_figure *f = figure->u.figure;
    struct gb_str language;

    if (block->kind == GB_BLOCK_IMAGE) {
        if (!f->alt.str.len)
            f->alt = block->text;
        free_part(b, f, true)->file = block->info;
    } else if (block->kind == GB_BLOCK_CODE && gb_is_chart(block, &language)) {
        struct gb_figure *part = free_part(b, f, false);
        part->chart = block->text;
        part->language = language;
        /* drawn with characters it may be anything: a frame of data, a device */
        if (!gb_str_is(language, gb_flow_format_name(GB_FLOW_ASCII)))
            figure->flags |= GB_NODE_FLOWCHART;
        if (!f->file.str.len)
            figure->encoding = block->flags & GB_BLOCK_HTML ? GB_ENCODING_HTML : GB_ENCODING_FENCE;
    } else if (block->kind == GB_BLOCK_CODE) {
        gb_add_para(b, figure, &block->text, GB_ENCODING_FENCE)->span = block->span;
    }
}

static bool
is_picture(const struct gb_unit *u)
{
    return u->kind == GB_BLOCK_IMAGE || (u->kind == GB_BLOCK_CODE && gb_is_chart(u->block, NULL));
}

/* 1-投入口； 1——投入口；: a line of the key, with any dash; 1：投入口； where the lead-in stands above. */
static bool
is_key_line(struct gb_str line, bool is_led_in)
{
    size_t at = 0, next;

    while (at < line.len && at < 2 && gb_is_digit(line.ptr[at]))
        at++;
    if (at == 0 || gb_str_han_length(line) > 30)
        return false;
    at = gb_skip_any(line, at, " ");
    size_t dash = at;
    while (at < line.len) {
        uint32_t c = gb_utf8_at(line, at, &next);
        bool is_colon = is_led_in && at == dash && (c == ':' || c == U'：');
        if (!is_colon && c != '-' && c != 0x2013 && c != 0x2014 && c != 0xFF0D && c != ' ')
            return at > dash && gb_char_is_han(c);
        at = next;
    }
    return false;
}

/* What leads in a key: 说明：, 标引序号说明：, 字母符号说明：. */
static bool
opens_legend(struct gb_str line)
{
    enum { LONGEST = 8 };
    GB_WORDS(leads, "说明：", "说明:", "标引序号说明", "标引说明", "图例：", "图例:", "图注：", "图注:", "图中：",
             "图中:");

    return GB_STARTS_ANY(line, leads) || (gb_str_han_length(line) <= LONGEST && gb_str_ends_any(line, leads, 2));
}

/* Between a picture and its caption: further pictures, captions of parts (a) …), notes, the unit, legends. */
static bool
belongs_to_figure(const struct gb_unit *u)
{
    struct gb_item_mark item;
    struct gb_note_mark note;

    if (is_picture(u) || (u->block->flags & GB_BLOCK_DETAILS))
        return true;
    if (!gb_unit_is_line(u))
        return false;
    struct gb_str line = u->text.str;
    if (gb_mark_note(line, &note))
        return note.has_colon && !note.is_example;
    if (gb_mark_item(line, &item) && item.form == GB_ITEM_ALPHA)
        return gb_str_han_length(line) < 25 && !gb_ends_with(line, "。");
    return gb_is_unit_statement(line) || gb_is_legend_line(line) || is_key_line(line, false) || opens_legend(line);
}

/* a) 正面: the caption of a part of a figure. */
static bool
is_part_caption(const struct gb_unit *u)
{
    struct gb_item_mark item;

    return gb_unit_is_line(u) && gb_mark_item(u->text.str, &item) && item.form == GB_ITEM_ALPHA;
}

/* 1) 正面, （2）背面 in the place of letters: the number that is due for a part behind its picture. */
static bool
is_numbered_part(const struct gb_builder *b, size_t k, unsigned due)
{
    const struct gb_unit *u = &b->units[k];
    unsigned value;

    return gb_unit_is_line(u) && k > 0 && is_picture(&b->units[k - 1]) && gb_part_number(u->text.str, &value) &&
           value == due;
}

/* 虚线框内为可选部分。: a sentence on the picture above it, with the caption below it. *out_caption is the unit of that. */
static bool
is_sentence_of_figure(const struct gb_builder *b, size_t k, size_t *out_caption)
{
    enum { LONGEST = 30 };
    const struct gb_unit *u = &b->units[k];
    size_t caption = k + 1, behind = caption + 1;
    struct gb_caption_mark mark;

    *out_caption = caption;
    return gb_unit_is_line(u) && !u->item && gb_str_han_length(u->text.str) <= LONGEST &&
           gb_ends_with(u->text.str, "。") && !gb_str_has(u->text.str, GB_STR("图")) && !gb_is_structural(b, k) &&
           caption < b->n && gb_read_caption(&b->units[caption], &mark) && !mark.is_table && mark.num.n &&
           !(behind < b->n && is_picture(&b->units[behind]));
}

/*
 * The unit with the caption of the picture at unit i, or b->n. Behind 说明： any text may stand between both, up to the next
 * picture, which has a caption of its own unless both are parts of one figure.
 */
static size_t
find_caption(const struct gb_builder *b, size_t i)
{
    enum { LOOK_AHEAD = 64, MOST_LOOSE = 12 }; /* lines below 说明： that are no line of a key */
    struct gb_caption_mark mark;
    bool in_legend = false, has_parts = false;
    unsigned n_parts = 0, n_loose = 0;
    size_t caption;

    for (size_t k = i + 1; k < b->n && k < i + LOOK_AHEAD; k++) {
        const struct gb_unit *u = &b->units[k];
        if (read_caption_below(u, &mark))
            return mark.is_table ? b->n : k;
        if (in_legend && is_picture(u) && !has_parts)
            return b->n;
        bool is_part = is_part_caption(u) || is_numbered_part(b, k, n_parts + 1);
        n_parts += is_part;
        has_parts = has_parts || is_part;
        in_legend = in_legend && !is_picture(u);
        if (is_part && !is_part_caption(u))
            continue;
        if (!in_legend && is_sentence_of_figure(b, k, &caption))
            return caption;
        if (belongs_to_figure(u))
            in_legend = in_legend || (gb_unit_is_line(u) && opens_legend(u->text.str));
        else if (!in_legend || ++n_loose > MOST_LOOSE || !gb_unit_is_line(u) || u->item || gb_is_structural(b, k))
            return b->n;
    }
    return b->n;
}

/* Machine-made alternative texts say nothing: Image, image-2021…, img_1.png. */
static bool
caption_in_alt(const struct gb_block *image, struct gb_caption_mark *mark)
{
    struct gb_str alt = gb_str_trim(image->text.str), stop = GB_STR("。");

    if (gb_str_ends(alt, stop)) /* below a picture it would be a sentence; here it is nothing but a caption */
        alt.len -= stop.len;
    return gb_mark_caption(alt, mark) && !mark->is_table;
}

/* 1—书柜；2—书架；3—书: the key of a figure in one line. */
static bool
is_key_in_line(struct gb_str line)
{
    size_t stop = gb_str_find(line, GB_STR("；"), 0), next = stop + strlen("；");

    return stop != GB_NOT_FOUND && is_key_line(gb_str_sub(line, 0, stop), false) && gb_char_at(line, next) == '2' &&
           !gb_is_digit(gb_char_at(line, next + 1));
}

/* The key below the caption, or below the picture where the caption stands above: 标引序号说明： and its lines. */
static void
take_key_behind(struct gb_builder *b, struct gb_node *figure)
{
    size_t lead = b->i, line = lead < b->n ? lead + 1 : b->n;

    if (lead < b->n && gb_unit_is_line(&b->units[lead]) && is_key_in_line(b->units[lead].text.str)) {
        enum gb_encoding encoding = gb_unit_encoding(&b->units[lead]);
        b->i = lead;
        struct gb_text key = gb_take_lines(b, false);
        gb_add_para(b, figure, &key, encoding);
        b->figure = figure;
        b->figure_end = b->i;
        return;
    }
    if (line >= b->n || !gb_unit_is_line(&b->units[lead]) || !opens_legend(b->units[lead].text.str) ||
        !gb_unit_is_line(&b->units[line]) || !is_key_line(b->units[line].text.str, true))
        return;
    for (size_t k = lead; k < b->n && gb_unit_is_line(&b->units[k]); k++) {
        const struct gb_unit *u = &b->units[k];
        if (k != lead && !is_key_line(u->text.str, true))
            break;
        gb_add_para(b, figure, &u->text, gb_unit_encoding(u));
        b->i = k + 1;
    }
    b->figure = figure;
    b->figure_end = b->i;
}

/* What stands between a picture and its caption, and the caption. */
static void
take_to_caption(struct gb_builder *b, struct gb_node *figure, size_t caption)
{
    struct gb_caption_mark mark;
    struct gb_node *at = b->at;
    unsigned lists = b->n_lists;
    b->at = figure;
    b->n_lists = 0;
    while (b->i < caption) {
        const struct gb_unit *part = &b->units[b->i];
        if (is_picture(part)) {
            add_picture(b, figure, part->block);
            b->i++;
        } else if (part->kind == GB_BLOCK_COMMENT) {
            gb_take_remnant(b);
        } else if (gb_unit_is_line(part) && part->text.str.len) {
            b->figure_end = b->i;
            if (!gb_take_note(b)) {
                gb_add_para(b, figure, &part->text, gb_unit_encoding(part));
                b->i++;
            }
        } else {
            b->i++;
        }
    }
    b->at = at;
    b->n_lists = lists;
    read_caption_below(&b->units[caption], &mark);
    gb_set_caption(figure, &b->units[caption], &mark);
    b->i = b->figure_end = caption + 1;
    take_key_behind(b, figure);
}

void
gb_take_picture(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];
    struct gb_caption_mark mark;
    size_t caption = find_caption(b, b->i);

    if (caption == b->n && u->kind == GB_BLOCK_IMAGE && gb_take_pictured_formula(b))
        return;
    struct gb_node *figure = add_figure(b, gb_content_parent(b), u);

    add_picture(b, figure, u->block);
    b->i++;
    b->figure = figure;
    b->figure_end = b->i;
    if (caption == b->n) {
        if (u->kind == GB_BLOCK_IMAGE && caption_in_alt(u->block, &mark)) {
            struct gb_unit alt = {.block = u->block, .kind = u->kind, .text = u->block->text};
            gb_set_caption(figure, &alt, &mark);
        } else if (u->block->text.str.len && u->block->label.str.len) {
            figure->title = u->block->text;
            figure->number = u->block->label;
        }
        return;
    }
    take_to_caption(b, figure, caption);
}

/* A drawing made of characters, in a paragraph above its caption. */
static bool
is_drawn_above(const struct gb_node *parent)
{
    GB_WORDS(strokes, "│", "└", "┌", "├");

    return parent->last && parent->last->kind == GB_NODE_PARA && GB_HAS_ANY(parent->last->text.str, strokes);
}

void
gb_take_figure_caption(struct gb_builder *b, const struct gb_caption_mark *mark)
{
    const struct gb_unit *u = &b->units[b->i];
    struct gb_node *parent = gb_content_parent(b);
    enum gb_encoding encoding = is_drawn_above(parent) ? GB_ENCODING_FENCE : GB_ENCODING_LOST;
    struct gb_node *figure = gb_add(b, parent, GB_NODE_FIGURE, encoding, &u->text);
    size_t k = b->i + 1;

    const struct gb_unit *unit =
        k < b->n && gb_unit_is_line(&b->units[k]) && gb_is_unit_statement(b->units[k].text.str) ? &b->units[k] : NULL;
    if (unit)
        k++;
    figure->u.figure = gb_arena_new(b->arena, struct gb_figure);
    gb_set_caption(figure, u, mark);
    if ((b->i > 0 && gb_stands_for(u - 1, "image")) || (b->i + 1 < b->n && gb_stands_for(u + 1, "image")))
        figure->encoding = GB_ENCODING_PICTURE;
    b->i++;
    bool has_picture = k < b->n && is_picture(&b->units[k]);
    if (!has_picture)
        take_key_behind(b, figure);
    else if (find_caption(b, k) == b->n) {
        figure->encoding = GB_ENCODING_PICTURE;
        if (unit)
            gb_add_para(b, figure, &unit->text, gb_unit_encoding(unit));
        add_picture(b, figure, b->units[k].block);
        b->i = k + 1;
        b->figure = figure;
        b->figure_end = b->i;
        take_key_behind(b, figure);
    }
}

/*
 * The unit with the caption of a figure element that is typed below it, as where a converter made the title of the alternative
 * text, which may be the number alone; or b->n.
 */
static size_t
caption_below_element(const struct gb_builder *b, const struct gb_node *figure)
{
    size_t caption = find_caption(b, b->i);
    struct gb_caption_mark own, mark;
    bool is_numbered = figure->number.n_runs, is_titled = figure->title.str.len;

    if (caption == b->n || gb_mark_caption(figure->title.str, &own) || (is_numbered && is_titled) ||
        !read_caption_below(&b->units[caption], &mark))
        return b->n;
    struct gb_str title = gb_str_sub(b->units[caption].text.str, mark.title, mark.title_end);
    bool is_same = (!is_numbered && (!is_titled || gb_str_same(title, figure->title.str))) ||
                   (figure->num.n && gb_number_cmp(&mark.num, &figure->num) == 0);
    return is_same ? caption : b->n;
}

void
gb_take_figure_element(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];
    const struct gb_block *block = u->block;
    struct gb_node *figure = add_figure(b, gb_content_parent(b), u);
    struct gb_caption_mark mark;

    if (gb_mark_caption(block->text.str, &mark)) {
        struct gb_unit title = {.block = u->block, .kind = u->kind, .text = block->text};
        gb_set_caption(figure, &title, &mark);
    } else if (block->text.str.len > 0) {
        figure->title = figure->head = block->text;
        figure->span = gb_text_whole(&block->text, NULL);
    }
    if (block->label.str.len > 0) {
        figure->number = block->label;
        gb_parse_single(block->label.str, &figure->num);
    }
    figure->encoding = GB_ENCODING_LOST;
    for (const struct gb_block *part = block->first; part; part = part->next) {
        struct gb_unit probe = {.block = (struct gb_block *)part, .kind = part->kind, .text = part->text};
        if (is_picture(&probe)) {
            figure->encoding = GB_ENCODING_PICTURE;
            add_picture(b, figure, part);
            continue;
        }
        struct gb_block one = *part;
        one.next = NULL;
        gb_place_blocks(b, figure, &one);
    }
    size_t caption = caption_below_element(b, figure);
    b->i++;
    if (caption < b->n)
        take_to_caption(b, figure, caption);
}

/* A fence that no notation of charts is known for, above the caption of a figure: a drawing made of characters. */
static bool
is_drawing(const struct gb_builder *b, size_t i)
{
    size_t caption = b->units[i].block->flags & GB_BLOCK_FENCED ? find_caption(b, i) : b->n;
    size_t behind = caption + 1;

    return caption < b->n && !(behind < b->n && is_picture(&b->units[behind]));
}

void
gb_take_code(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];
    struct gb_str language = {NULL, 0};

    /* Words with arrows between them may be anything, 设置→网络→代理: the caption of a figure tells. */
    bool is_chart = gb_is_chart(u->block, &language);
    if (is_chart ? !gb_str_is(language, gb_flow_format_name(GB_FLOW_ARROWS)) || find_caption(b, b->i) < b->n
                 : is_drawing(b, b->i)) {
        gb_take_picture(b);
        return;
    }
    if (gb_take_formula_line(b))
        return;
    struct gb_node *para = gb_add_para(b, gb_content_parent(b), &u->text, GB_ENCODING_FENCE);
    para->span = u->block->span;
    b->i++;
}
