/* Figures, pictures, drawings and formulas. */
#include "flow/detect.h"
#include "read/docbook/docbook_priv.h"
#include "read/marks.h"

/* Formulas: what each of the ways to write it holds. */
struct formula {
    struct gb_text plain, phrase, alternative, markup;
};

static struct formula *
formula_of(struct gb_docbook *r)
{
    struct gb_docbook_frame *frame = gb_docbook_nearest(r, &gb_docbook_inline_formula);

    if (!frame)
        frame = gb_docbook_nearest(r, &gb_docbook_formula);
    return frame ? frame->state : NULL;
}

/* Pictures: one block for all the formats of one picture. */
struct media {
    struct gb_block *image;
    struct gb_text alternative;
};

static struct media *
media_of(struct gb_docbook *r)
{
    struct gb_docbook_frame *frame = gb_docbook_nearest(r, &gb_docbook_media);

    if (!frame)
        frame = gb_docbook_nearest(r, &gb_docbook_inline_media);
    return frame ? frame->state : NULL;
}

static void
start_media(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct gb_docbook_frame *top = gb_docbook_top(r);

    top->block = gb_docbook_new_block(r, NULL, GB_BLOCK_IMAGE);
    top->block->span = tag->span;
    top->state = gb_arena_new(r->arena, struct media);
}

/* Has a picture been named? Then its block is complete. */
static bool
complete_image(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct gb_docbook_frame *top = gb_docbook_top(r);
    struct media *media = top->state;

    top->block->span.end = tag->span.end;
    top->block->text = media->alternative;
    return media->image != NULL;
}

static void
end_media(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    gb_docbook_end_para(r, 0);
    complete_image(r, tag);
}

static void
end_inline_media(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    if (complete_image(r, tag))
        gb_docbook_put_image(r, gb_docbook_top(r)->block);
}

/* How much a file may tell of a chart: its source, a drawing, a picture with its drawing inside, nothing. */
static int
rank_of(struct gb_str path)
{
    enum gb_flow_format format = gb_flow_format_of_file(gb_str_trim(path));

    if (format == GB_FLOW_UNKNOWN)
        return 0;
    if (format == GB_FLOW_SVG)
        return 2;
    return GB_ENDS_WITH(path, ".png", ".PNG") ? 1 : 3;
}

/*
 * imagedata, graphic, inlinegraphic: several files are the same picture in other formats. The one that a chart can be read from counts,
 * else the first.
 */
static void
start_image(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct media *media = media_of(r);
    struct gb_text path = gb_docbook_attr(r, tag, "fileref");

    /* A picture in a cell belongs to the table. */
    bool is_in_cell = !gb_docbook_top(r)->flow->container;

    if (!path.str.len || is_in_cell)
        return;
    if (media && media->image) {
        if (rank_of(path.str) > rank_of(media->image->info.str))
            media->image->info = path;
        return;
    }
    if (!media) {
        struct gb_block *image = gb_docbook_block(r, tag, GB_BLOCK_IMAGE);
        image->info = path;
        return;
    }
    struct gb_docbook_frame *frame = gb_docbook_nearest(r, &gb_docbook_media);
    if (frame)
        gb_docbook_append(gb_docbook_container(r), frame->block);
    else
        frame = gb_docbook_nearest(r, &gb_docbook_inline_media);
    media->image = frame->block;
    media->image->info = path;
}

static void
start_textobject(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct media *media = media_of(r);

    (void)tag;
    if (!media)
        return;
    if (media->alternative.str.len) {
        gb_docbook_skip(r);
        return;
    }
    gb_docbook_open_text(r, &media->alternative);
    gb_docbook_top(r)->flow->is_alternative = true;
    gb_docbook_top(r)->style = 0;
}

/* alt and, inside MathML, annotation. */
static void
start_alt(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct formula *formula = formula_of(r);
    struct media *media = media_of(r);
    struct gb_text *target = formula ? &formula->alternative : media ? &media->alternative : NULL;

    (void)tag;
    if (!target || target->str.len)
        gb_docbook_skip(r);
    else
        gb_docbook_open_text(r, target);
}

/* A drawing inside the document: its source is code. */
static void
start_svg(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct gb_docbook_frame *top = gb_docbook_top(r);

    if (!tag->is_expanded) {
        gb_docbook_block(r, tag, GB_BLOCK_CODE);
        top->block->info.str = GB_STR("svg");
        top->block->flags |= GB_BLOCK_FENCED;
        top->state = top->block;
    }
    gb_docbook_skip(r);
}

static void
end_svg(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct gb_block *block = gb_docbook_top(r)->block;

    if (!block)
        return;
    block->span.end = tag->span.end;
    block->text = gb_docbook_raw_text(r, gb_source_text(r->blocks->source, block->span), block->span.begin);
}

static void
start_formula(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct formula *formula = gb_arena_new(r->arena, struct formula);
    bool is_block = gb_docbook_top(r)->element->kind == &gb_docbook_formula && gb_docbook_top(r)->flow->container;

    gb_docbook_top(r)->state = formula;
    if (is_block)
        gb_docbook_block(r, tag, GB_BLOCK_FORMULA)->flags |= gb_docbook_top(r)->element->bits;
    gb_docbook_open_text(r, &formula->plain);
    gb_docbook_top(r)->style = 0;
}

/* The text as its author typed it, else TeX, else the letters of the markup. */
static const struct gb_text *
chosen(const struct formula *formula)
{
    const struct gb_text *const ways[] = {&formula->phrase, &formula->alternative, &formula->markup};

    GB_FIND(way, ways, GB_COUNT(ways), (*way)->str.len);
    return way ? *way : &formula->plain;
}

/* The title of a formula is its number, in brackets or without; other words are a paragraph. */
static void
settle_number(struct gb_docbook *r, struct gb_block *formula)
{
    struct gb_text title = gb_text_trim(&formula->label);
    struct gb_number num;
    size_t begin = 0, end = title.str.len;

    if (gb_parse_single(title.str, &num)) {
        while (begin < end && !gb_is_alnum((unsigned char)title.str.ptr[begin]))
            begin++;
        while (end > begin && !gb_is_alnum((unsigned char)title.str.ptr[end - 1]))
            end--;
        formula->label = gb_text_slice(&title, begin, end);
    } else if (title.str.len) {
        struct gb_block *para = gb_docbook_new_block(r, formula->parent, GB_BLOCK_PARA);
        para->text = title;
        para->span = gb_text_whole(&title, NULL);
        formula->label = (struct gb_text){0};
    }
}

/* In a cell a formula is a word of the text. */
static void
end_formula(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct gb_docbook_frame *top = gb_docbook_top(r);

    gb_docbook_close_flow(r);
    if (top->block) {
        top->block->text = *chosen(top->state);
        top->block->span.end = tag->span.end;
        settle_number(r, top->block);
    } else {
        gb_docbook_put_text(r, chosen(top->state), GB_RUN_MATH);
    }
}

static void
start_phrase(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct formula *formula = formula_of(r);

    (void)tag;
    if (formula && !formula->phrase.str.len)
        gb_docbook_open_text(r, &formula->phrase);
}

static void
start_math(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct formula *formula = formula_of(r);

    (void)tag;
    if (formula && !formula->markup.str.len) {
        gb_docbook_open_text(r, &formula->markup);
        gb_docbook_top(r)->flow->is_math = true;
    } else {
        gb_docbook_top(r)->style |= GB_RUN_MATH;
    }
}

const struct gb_docbook_kind gb_docbook_figure = {gb_docbook_start_holder, gb_docbook_end_holder, GB_DOCBOOK_BLOCK,
                                                  GB_BLOCK_FIGURE},
                             gb_docbook_media = {start_media, end_media, GB_DOCBOOK_BLOCK},
                             gb_docbook_inline_media = {start_media, end_inline_media, 0},
                             gb_docbook_image = {start_image, NULL, 0},
                             gb_docbook_textobject = {start_textobject, NULL, 0}, gb_docbook_alt = {start_alt, NULL, 0},
                             gb_docbook_svg = {start_svg, end_svg, 0},
                             gb_docbook_formula = {start_formula, end_formula, GB_DOCBOOK_BLOCK},
                             gb_docbook_inline_formula = {start_formula, end_formula, 0},
                             gb_docbook_phrase = {start_phrase, NULL, 0}, gb_docbook_math = {start_math, NULL, 0};
