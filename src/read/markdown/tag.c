/* HTML tags inside of a paragraph: flags of the text between them, pictures, line breaks. */
#include "read/markdown/markdown_priv.h"

/* Text of an attribute's value. */
static struct gb_text
attribute_text(struct gb_markdown_walk *w, const struct gb_tag *tag, const char *name)
{
    struct gb_markdown *r = w->r;
    struct gb_span value;
    size_t first = r->pieces.list.len;

    if (!gb_html_attribute((struct gb_str){w->content, w->size}, tag, name, &value))
        return (struct gb_text){0};
    gb_markdown_put_content(w, value.begin, value.end, 0);
    struct gb_text text = gb_pieces_text(&r->pieces, first, r->pieces.list.len, r->blocks->arena, &r->blocks->n_exact,
                                         &r->blocks->n_approx);
    r->pieces.list.len = first;
    return text;
}

static void
walk_html_image(struct gb_markdown_walk *w, const struct gb_tag *tag)
{
    struct gb_markdown_item item = {.kind = GB_MARKDOWN_IMAGE, .is_html = true};

    item.path = attribute_text(w, tag, "src");
    item.alt = attribute_text(w, tag, "alt");
    item.span = (struct gb_span){gb_markdown_source_at(w, tag->begin), gb_markdown_source_at(w, tag->end - 1) + 1};
    gb_pieces_item(&w->r->pieces, (uint32_t)w->r->items.len, item.span);
    *gb_push(&w->r->items) = item;
}

/* A tag inside of a paragraph. */
static void
walk_tag(struct gb_markdown_walk *w, const struct gb_tag *tag)
{
    const struct {
        uint32_t flag;
        unsigned *count;
    } counts[] = {
        {GB_RUN_STRONG, &w->strong}, {GB_RUN_EMPH, &w->emph}, {GB_RUN_SUP, &w->sup},
        {GB_RUN_SUB, &w->sub},       {GB_RUN_CODE, &w->code},
    };

    switch (tag->kind) {
    case GB_TAG_NONE:
        gb_markdown_put_content(w, tag->begin, tag->end, gb_markdown_flags(w));
        break;
    case GB_TAG_INLINE:
        for (size_t i = 0; i < GB_COUNT(counts); i++) {
            if (!(tag->flags & counts[i].flag))
                continue;
            if (!tag->is_end)
                ++*counts[i].count;
            else if (*counts[i].count)
                --*counts[i].count;
        }
        break;
    case GB_TAG_IMAGE:
        walk_html_image(w, tag);
        break;
    case GB_TAG_HIDDEN:
        break;
    default: /* <br>, and blocks that begin or end in a line */
        if (!w->after_break)
            gb_markdown_put_decoded(w, GB_STR("\n"), tag->begin, tag->end, GB_RUN_BREAK | GB_RUN_HARD);
        w->after_break = true;
        break;
    }
}

void
gb_markdown_walk_html(struct gb_markdown_walk *w, struct gb_str html)
{
    struct gb_tag tag;

    if (html.ptr < w->content || html.ptr >= w->content + w->size) {
        w->is_lost = true;
        return;
    }
    uint32_t at = (uint32_t)(html.ptr - w->content);
    w->at = at + (uint32_t)html.len;
    w->is_lost = false;
    if (gb_html_tag((struct gb_str){w->content, w->at}, at, &tag))
        walk_tag(w, &tag);
}
