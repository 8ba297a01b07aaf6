#include "doc/region.h"

/* ---- Lines ---- */

/* Nothing stands before a head on its line but marks of headings and emphasis. */
static bool
is_at_line_begin(struct gb_str before)
{
    GB_FIND(byte, before.ptr, before.len, !strchr("# *", *byte));
    return byte == NULL;
}

static bool
region_of_lines(const struct gb_doc *doc, const struct gb_node *part, struct gb_region *out)
{
    const struct gb_source *source = doc->source;
    const struct gb_source_file *file = gb_source_file_at(source, part->span.begin);
    const struct gb_node *behind = gb_node_walk_past(part, doc->root);
    uint32_t begin = gb_source_line_begin(source, part->span.begin), end = file->base + (uint32_t)file->text.len;

    if (behind && behind->span.begin >= file->base && behind->span.begin < end)
        end = gb_source_line_begin(source, behind->span.begin);
    if (!is_at_line_begin(gb_source_text(source, (struct gb_span){begin, part->span.begin})) ||
        part->span.end <= begin || part->span.end > end)
        return false;
    for (const struct gb_node *n = gb_node_walk(part, part); n; n = gb_node_walk(n, part)) {
        if (n->span.begin < begin || n->span.end > end)
            return false;
    }
    *out = (struct gb_region){{begin, end}, gb_source_line_end(source, part->span.end - 1), GB_STR("")};
    return true;
}

/* ---- Elements ---- */

/* The name of the element whose tag begins at `at`, with its prefix. */
static struct gb_str
name_at(struct gb_str text, size_t at)
{
    size_t end = at + 1;

    while (end < text.len && (gb_is_alnum(text.ptr[end]) || strchr("_:.-", text.ptr[end])))
        end++;
    return gb_str_sub(text, at + 1, end);
}

/* Behind the tag, comment, section or instruction that begins at `at`; GB_NOT_FOUND where it has no end. */
static size_t
behind_markup(struct gb_str text, size_t at)
{
    static const struct {
        struct gb_str open, close;
    } rows[] = {
        {GB_WORD("<!--"), GB_WORD("-->")},
        {GB_WORD("<![CDATA["), GB_WORD("]]>")},
        {GB_WORD("<?"), GB_WORD("?>")},
    };

    for (size_t i = 0; i < GB_COUNT(rows); i++) {
        if (!gb_str_starts(gb_str_skip(text, at), rows[i].open))
            continue;
        size_t end = gb_str_find(text, rows[i].close, at);
        return end == GB_NOT_FOUND ? end : end + rows[i].close.len;
    }
    for (at++; at < text.len && text.ptr[at] != '>'; at++) {
        if (text.ptr[at] != '"' && text.ptr[at] != '\'')
            continue;
        const char *end = memchr(text.ptr + at + 1, text.ptr[at], text.len - at - 1);
        if (!end)
            return GB_NOT_FOUND;
        at = (size_t)(end - text.ptr);
    }
    return at < text.len ? at + 1 : GB_NOT_FOUND;
}

/* Behind the end tag of the element whose start tag begins at `at`; GB_NOT_FOUND. */
static size_t
behind_element(struct gb_str text, size_t at)
{
    struct gb_str name = name_at(text, at);
    unsigned depth = 0;

    while (at < text.len) {
        const char *hit = memchr(text.ptr + at, '<', text.len - at);
        if (!hit)
            break;
        size_t begin = (size_t)(hit - text.ptr);
        bool is_end = begin + 1 < text.len && text.ptr[begin + 1] == '/';
        bool is_same = gb_str_eq(name_at(text, begin + is_end), name);
        if ((at = behind_markup(text, begin)) == GB_NOT_FOUND)
            break;
        bool is_empty = text.ptr[at - 2] == '/';
        if (is_same && is_end)
            depth--;
        else if (is_same && !is_empty)
            depth++;
        if (is_same && !depth)
            return at;
    }
    return GB_NOT_FOUND;
}

/* The start tag before `at`, past blanks, that nothing stands between; GB_NOT_FOUND where it is another thing. */
static size_t
start_tag_before(struct gb_str text, size_t at)
{
    at = gb_skip_any_back(text, at, " \t\r\n");
    if (at == 0 || text.ptr[at - 1] != '>')
        return GB_NOT_FOUND;
    size_t end = at;
    while (at > 0 && text.ptr[at - 1] != '<')
        at--;
    bool is_start = at > 0 && name_at(text, at - 1).len && end >= 2 && text.ptr[end - 2] != '/';
    return is_start && behind_markup(text, at - 1) == end ? at - 1 : GB_NOT_FOUND;
}

/*
 * The head is the element of the title, or its text. Elements before it that open nothing but the title, as info does, belong to the
 * head.
 */
static bool
region_of_element(const struct gb_doc *doc, const struct gb_node *part, struct gb_region *out)
{
    const struct gb_source *source = doc->source;
    uint32_t place = part->title.n_runs ? gb_text_whole(&part->title, NULL).begin : part->span.begin;
    const struct gb_source_file *file = gb_source_file_at(source, place);
    struct gb_str text = file->text;
    size_t at = place - file->base, begin, title_end;

    while (at < text.len && at > 0 && text.ptr[at] != '<')
        at--;
    if (!gb_str_is(name_at(text, at), "title"))
        return false;
    title_end = behind_element(text, at);
    begin = start_tag_before(text, at);
    if (begin != GB_NOT_FOUND && gb_str_is(name_at(text, begin), "info")) {
        title_end = behind_element(text, begin);
        begin = start_tag_before(text, begin);
    }
    if (begin == GB_NOT_FOUND || title_end == GB_NOT_FOUND)
        return false;
    size_t end = behind_element(text, begin);
    if (end == GB_NOT_FOUND || end < title_end)
        return false;
    out->whole = (struct gb_span){file->base + (uint32_t)begin, file->base + (uint32_t)end};
    out->head_end = file->base + (uint32_t)title_end;
    out->tag = gb_str_sub(text, begin, behind_markup(text, begin));
    GB_FIND_NEXT(n, gb_node_walk(part, part), gb_node_walk(n, part),
                 n->span.begin < out->whole.begin || n->span.end > out->whole.end);
    return n == NULL;
}

bool
gb_region_of(const struct gb_doc *doc, const struct gb_node *part, struct gb_region *out)
{
    return doc->blanks_matter ? region_of_lines(doc, part, out) : region_of_element(doc, part, out);
}
