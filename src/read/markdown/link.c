/* Ends of links and images in the content, scanned as the library does, and paths of images. */
#include "read/markdown/markdown_priv.h"

static uint32_t
skip_spaces(const struct gb_markdown_walk *w, uint32_t at)
{
    while (at < w->size && gb_markdown_is_space(w->content[at]))
        at++;
    return at;
}

/* End of a link target at `at`, as the library scans it; 0 where there is none. *out_target is the target itself. */
static uint32_t
scan_target(const struct gb_markdown_walk *w, uint32_t at, struct gb_span *out_target)
{
    uint32_t p = at, depth = 0;

    if (p < w->size && w->content[p] == '<') {
        for (p++; p < w->size && w->content[p] != '>'; p++) {
            if (w->content[p] == '\n' || w->content[p] == '<')
                return 0;
            if (w->content[p] == '\\')
                p++;
        }
        *out_target = (struct gb_span){at + 1, p};
        return p + 1;
    }
    while (p < w->size && !gb_markdown_is_space(w->content[p])) {
        if (w->content[p] == '\\' && p + 1 < w->size && gb_markdown_is_punct(w->content[p + 1])) {
            p++;
        } else if (w->content[p] == '(') {
            depth++;
        } else if (w->content[p] == ')') {
            if (depth == 0)
                break;
            depth--;
        }
        p++;
    }
    *out_target = (struct gb_span){at, p};
    return p;
}

static uint32_t
scan_title(const struct gb_markdown_walk *w, uint32_t at)
{
    char open = at < w->size ? w->content[at] : 0;
    char close = open == '(' ? ')' : open;

    if (open != '"' && open != '\'' && open != '(')
        return at;
    for (uint32_t p = at + 1; p < w->size; p++) {
        if (w->content[p] == '\\' && p + 1 < w->size && gb_markdown_is_punct(w->content[p + 1]))
            p++;
        else if (w->content[p] == close)
            return p + 1;
        else if (open == '(' && w->content[p] == '(')
            return at;
    }
    return at;
}

/* "(target "title")" at the cursor; false where it is not that. */
static bool
walk_inline_target(struct gb_markdown_walk *w, struct gb_span *out_target)
{
    if (w->at >= w->size || w->content[w->at] != '(')
        return false;
    uint32_t p = skip_spaces(w, w->at + 1);
    uint32_t end = scan_target(w, p, out_target);
    if (end == 0)
        return false;
    p = skip_spaces(w, end);
    if (p > end)
        p = skip_spaces(w, scan_title(w, p));
    if (p >= w->size || w->content[p] != ')')
        return false;
    w->at = p + 1;
    return true;
}

/* Steps behind what closes a link or image: "]", then a target or a label. */
static void
walk_link_end(struct gb_markdown_walk *w, struct gb_span *out_target)
{
    *out_target = (struct gb_span){0, 0};
    if (w->is_lost)
        return;
    if (w->at >= w->size || w->content[w->at] != ']') {
        w->is_lost = true;
        return;
    }
    w->at++;
    if (walk_inline_target(w, out_target) || w->at >= w->size || w->content[w->at] != '[')
        return;
    uint32_t p = w->at + 1;
    while (p < w->size && w->content[p] != ']' && w->content[p] != '[')
        p += w->content[p] == '\\' && p + 1 < w->size && gb_markdown_is_punct(w->content[p + 1]) ? 2 : 1;
    if (p < w->size && w->content[p] == ']')
        w->at = p + 1;
}

/* The path of an image: from the bytes of its target, or from the definition it refers to. */
static struct gb_text
image_path(struct gb_markdown_walk *w, struct gb_str url, struct gb_span target)
{
    struct gb_markdown *r = w->r;
    size_t first = r->pieces.list.len;
    struct gb_markdown_walk path = *w;

    path.at = target.begin;
    path.strong = path.emph = path.link = path.sup = path.sub = path.code = 0;
    if (url.len == 0)
        return (struct gb_text){0};
    if (target.end == target.begin || !gb_markdown_align(&path, url, true)) {
        r->pieces.list.len = first;
        gb_markdown_put_lost(&path, url);
    }
    w->hint = 0;
    struct gb_text text = gb_pieces_text(&r->pieces, first, r->pieces.list.len, r->blocks->arena, &r->blocks->n_exact,
                                         &r->blocks->n_approx);
    r->pieces.list.len = first;
    return text;
}

void
gb_markdown_enter_link(struct gb_markdown_walk *w, bool is_image)
{
    uint32_t n = is_image ? 2 : 1;

    if (is_image)
        *gb_push(&w->r->images) = (uint32_t)w->r->pieces.list.len;
    else
        w->link++;
    if (w->is_lost)
        return;
    bool fits = w->at + n <= w->size && (is_image ? memcmp(w->content + w->at, "![", 2) == 0
                                                  : w->content[w->at] == '[' || w->content[w->at] == '<');
    if (fits)
        w->at += n;
    else
        w->is_lost = true;
}

void
gb_markdown_leave_link(struct gb_markdown_walk *w, uint32_t begin)
{
    struct gb_span target;

    w->link--;
    if (!w->is_lost && w->at < w->size && w->content[w->at] == '>' && w->content[begin] == '<')
        w->at++;
    else
        walk_link_end(w, &target);
}

void
gb_markdown_leave_image(struct gb_markdown_walk *w, struct gb_str url, uint32_t begin)
{
    struct gb_markdown *r = w->r;
    struct gb_span target;
    size_t first = r->images.items[--r->images.len];

    walk_link_end(w, &target);
    struct gb_markdown_item item = {.kind = GB_MARKDOWN_IMAGE};
    item.alt = gb_pieces_text(&r->pieces, first, r->pieces.list.len, r->blocks->arena, &r->blocks->n_exact,
                              &r->blocks->n_approx);
    r->pieces.list.len = first;
    item.path = image_path(w, url, target);
    uint32_t end = w->at > begin && !w->is_lost ? w->at - 1 : begin;
    item.span = (struct gb_span){gb_markdown_source_at(w, begin), gb_markdown_source_at(w, end) + 1};
    if (item.span.end < item.span.begin)
        item.span.end = item.span.begin;
    gb_pieces_item(&r->pieces, (uint32_t)r->items.len, item.span);
    *gb_push(&r->items) = item;
    w->after_break = false;
}
