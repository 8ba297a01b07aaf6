#include "app/fix/text.h"

#include "app/files/input.h"
#include "base/sort.h"

/* What the bytes of an XML file are, from `begin` on to the next of these. */
enum context { CONTENT, MARKUP, ATTRIBUTE, CDATA, COMMENT };

struct stretch {
    uint32_t begin;
    enum context context;
};

/* One file of the draft; its contexts are looked for when the first fix asks. */
struct fixed_file {
    const struct gb_source_file *file;
    bool is_markdown, is_scanned;
    uint32_t front_matter; /* Markdown: bytes of it */
    GB_ARRAY(struct stretch) stretches;
};

struct fix_texts {
    const struct gb_source *source;
    struct gb_arena *arena;
    struct fixed_file *files;
    struct gb_buf words;
};

/* ---- XML ---- */

static const struct {
    struct gb_str open, close;
    enum context context;
} sections[] = {
    {GB_WORD("<!--"), GB_WORD("-->"), COMMENT},
    {GB_WORD("<![CDATA["), GB_WORD("]]>"), CDATA},
    {GB_WORD("<?"), GB_WORD("?>"), MARKUP},
};

static void
begin_stretch(struct fixed_file *f, size_t at, enum context context)
{
    *gb_push(&f->stretches) = (struct stretch){(uint32_t)at, context};
}

/* Behind the tag or declaration that begins at `at`; values of attributes are stretches of their own. */
static size_t
scan_tag(struct fixed_file *f, struct gb_str text, size_t at)
{
    unsigned depth = 0; /* of the [ ] of a document type */

    begin_stretch(f, at, MARKUP);
    for (at++; at < text.len; at++) {
        char c = text.ptr[at];
        if (depth && gb_str_starts(gb_str_skip(text, at), GB_STR("<!--"))) {
            size_t end = gb_str_find(text, GB_STR("-->"), at);
            if (end == GB_NOT_FOUND)
                return text.len;
            at = end + 2;
        } else if (c == '"' || c == '\'') {
            const char *end = memchr(text.ptr + at + 1, c, text.len - at - 1);
            if (!end)
                return text.len;
            begin_stretch(f, at + 1, ATTRIBUTE);
            at = (size_t)(end - text.ptr);
            begin_stretch(f, at, MARKUP);
        } else if (c == '[') {
            depth++;
        } else if (c == ']' && depth) {
            depth--;
        } else if (c == '>' && !depth) {
            return at + 1;
        }
    }
    return at;
}

static size_t
scan_markup(struct fixed_file *f, struct gb_str text, size_t at)
{
    for (size_t i = 0; i < GB_COUNT(sections); i++) {
        if (!gb_str_starts(gb_str_skip(text, at), sections[i].open))
            continue;
        size_t inside = at + sections[i].open.len, end = gb_str_find(text, sections[i].close, inside);
        begin_stretch(f, at, MARKUP);
        begin_stretch(f, inside, sections[i].context);
        if (end == GB_NOT_FOUND)
            return text.len;
        begin_stretch(f, end, MARKUP);
        return end + sections[i].close.len;
    }
    return scan_tag(f, text, at);
}

static void
scan_xml(struct fixed_file *f)
{
    struct gb_str text = f->file->text;
    size_t at = 0;

    begin_stretch(f, 0, CONTENT);
    while (at < text.len) {
        const char *hit = memchr(text.ptr + at, '<', text.len - at);
        if (!hit)
            break;
        at = scan_markup(f, text, (size_t)(hit - text.ptr));
        begin_stretch(f, at, CONTENT);
    }
    f->is_scanned = true;
}

/* What text put in at the offset becomes a part of; stretches of no bytes are those of what comes before. */
static enum context
context_at(struct fixed_file *f, uint32_t at)
{
    if (!f->is_scanned)
        scan_xml(f);
    GB_SEEK(size_t, i, f->stretches.len, f->stretches.items[i].begin <= at);
    return f->stretches.items[i ? i - 1 : 0].context;
}

/* Between the bytes of a tag nothing can be put in; right before it, or before the end of a section, is still outside. */
static enum context
context_of_edit(struct fixed_file *f, uint32_t begin, uint32_t end)
{
    enum context context = context_at(f, begin);

    if (begin == end && begin && context == MARKUP)
        context = context_at(f, begin - 1);
    else if (begin < end && context == MARKUP && context_at(f, end) == CONTENT)
        context = CONTENT; /* whole elements */
    return context;
}

static bool
escape_xml(enum context context, struct gb_str text, struct gb_buf *out)
{
    if (context == MARKUP)
        return false;
    if (context == CDATA)
        gb_buf_add(out, text);
    if (context == CDATA || context == COMMENT) {
        const char *end = context == CDATA ? "]]>" : "--";
        if (context == COMMENT)
            gb_buf_add(out, text);
        return !gb_str_has(text, gb_str_from(end));
    }
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '&')
            gb_buf_puts(out, "&amp;");
        else if (c == '<')
            gb_buf_puts(out, "&lt;");
        else if (c == '>')
            gb_buf_puts(out, "&gt;");
        else if (c == '"' && context == ATTRIBUTE)
            gb_buf_puts(out, "&quot;");
        else if (c == '\'' && context == ATTRIBUTE)
            gb_buf_puts(out, "&apos;");
        else
            gb_buf_add_char(out, c);
    }
    return true;
}

/* Has the span a reference to an entity that the draft itself declares, whose text may be anything? */
static bool
has_own_entity(struct gb_str whole, struct gb_str span)
{
    GB_EACH_FOUND(at, span, GB_STR("&"), 0) {
        size_t end = gb_str_find(span, GB_STR(";"), at);
        struct gb_str name = gb_str_sub(span, at + 1, end);
        struct gb_str rest = whole;
        size_t hit;
        while (name.len && (hit = gb_str_find(rest, GB_STR("<!ENTITY"), 0)) != GB_NOT_FOUND) {
            rest = gb_str_skip(rest, hit + strlen("<!ENTITY"));
            if (gb_str_starts(gb_str_trim(gb_str_sub(rest, 0, name.len + 8)), name))
                return true;
        }
    }
    return false;
}

/* ---- What both have ---- */

/* Elements of HTML that are never closed. */
static bool
is_void(struct gb_str tag)
{
    GB_WORDS(names, "<br", "<img", "<hr", "<wbr");

    GB_FIND(name, names, GB_COUNT(names),
            gb_str_starts(tag, *name) && (tag.len == name->len || !gb_is_alnum(tag.ptr[name->len])));
    return name != NULL;
}

/* What is replaced holds both tags of an element, or none: each tag closed is open, and none is left. */
static bool
is_whole(struct gb_str span)
{
    unsigned depth = 0;

    for (size_t at = 0; at < span.len; at++) {
        if (span.ptr[at] != '<' || at + 1 == span.len)
            continue;
        char next = span.ptr[at + 1];
        if (!gb_is_alnum(next) && next != '/' && next != '!' && next != '?')
            continue;
        size_t end = gb_str_find(span, GB_STR(">"), at);
        if (end == GB_NOT_FOUND)
            return false;
        struct gb_str tag = gb_str_sub(span, at, end + 1);
        at = end;
        if (next == '/' && !depth)
            return false;
        if (next == '/')
            depth--;
        else if (gb_is_alnum(next) && span.ptr[end - 1] != '/' && !is_void(tag))
            depth++;
    }
    return depth == 0;
}

/* ---- Markdown ---- */

/* Marks of emphasis and code come in pairs; half of one would leave the other half in the text. */
static bool
is_paired(struct gb_str span)
{
    GB_WORDS(marks, "`", "**", "~~", "__", "$");

    for (size_t i = 0; i < GB_COUNT(marks); i++) {
        unsigned n = 0;
        GB_EACH_FOUND(at, span, marks[i], 0)
            n += !at || span.ptr[at - 1] != '\\';
        if (n & 1)
            return false;
    }
    return true;
}

static uint32_t
front_matter_length(struct gb_str text)
{
    size_t end;

    if (!GB_STARTS_WITH(text, "---\n", "---\r\n"))
        return 0;
    end = gb_str_find(text, GB_STR("\n---"), 3);
    return end == GB_NOT_FOUND ? 0 : (uint32_t)end;
}

/* A block of HTML, where a backslash is a backslash: its first line begins with a tag. */
static bool
is_in_html(struct gb_str text, size_t at)
{
    enum { FAR = 64 * 1024 };
    size_t stop = at > FAR ? at - FAR : 0, begin = at;

    while (begin > stop && !(text.ptr[begin - 1] == '\n' && begin > 1 &&
                             (text.ptr[begin - 2] == '\n' ||
                              (text.ptr[begin - 2] == '\r' && begin > 2 && text.ptr[begin - 3] == '\n'))))
        begin--;
    struct gb_str block = gb_str_trim(gb_str_sub(text, begin, at));
    return block.len && block.ptr[0] == '<';
}

static bool
is_reference(struct gb_str text)
{
    size_t n = text.len > 1 && text.ptr[1] == '#' ? 2 : 1;
    size_t begin = n;

    while (n < text.len && gb_is_alnum(text.ptr[n]))
        n++;
    return n > begin && n < text.len && text.ptr[n] == ';';
}

/* Would the byte at `at` be read as a mark? `before` is the byte before the text, 0 at the beginning of a line. */
static bool
is_mark(struct gb_str text, size_t at, char before, bool in_table)
{
    char c = text.ptr[at], last = at ? text.ptr[at - 1] : before;
    char next = at + 1 < text.len ? text.ptr[at + 1] : 0;

    switch (c) {
    case '*':
    case '`':
        return true;
    case '_':
        return !gb_is_alnum(last) || !gb_is_alnum(next);
    case '~':
        return next == '~' || last == '~';
    case '<':
        return gb_is_alnum(next) || !next || strchr("/!?", next);
    case '&':
        return is_reference(gb_str_skip(text, at));
    case '\\':
        return !next || (next > ' ' && next < 0x7F && !gb_is_alnum(next));
    case '|':
        return in_table;
    case '[':
        return next == '^' || gb_str_has(text, GB_STR("]("));
    default:
        return false;
    }
}

/* Bytes of a mark of a block at the beginning of a line, up to the byte to be escaped; GB_NOT_FOUND: none. */
static size_t
block_mark(struct gb_str text)
{
    size_t digits = gb_skip_digits(text, 0);

    if (text.len && (text.ptr[0] == '#' || text.ptr[0] == '>'))
        return 0;
    if (text.len && strchr("-+", text.ptr[0]) && (text.len == 1 || text.ptr[1] == ' '))
        return 0;
    if (digits && digits < text.len && strchr(".)", text.ptr[digits]) &&
        (digits + 1 == text.len || text.ptr[digits + 1] == ' '))
        return digits;
    return GB_NOT_FOUND;
}

static bool
has_mark(struct gb_str text)
{
    GB_FIND(byte, text.ptr, text.len, *byte && strchr("*`_~<&\\|[", *byte));
    return byte != NULL;
}

static void
escape_markdown(const struct fix_texts *t, const struct fixed_file *f, uint32_t begin, struct gb_str text,
                struct gb_buf *out)
{
    struct gb_str whole = f->file->text;
    uint32_t line = gb_source_line_begin(t->source, f->file->base + begin) - f->file->base;
    struct gb_str before = gb_str_sub(whole, line, begin);
    size_t first = gb_str_trim(before).len ? GB_NOT_FOUND : block_mark(text);
    bool is_plain = !has_mark(text) && first == GB_NOT_FOUND, in_html = !is_plain && is_in_html(whole, begin);

    if (is_plain) {
        gb_buf_add(out, text);
        return;
    }
    size_t end = gb_str_find(whole, GB_STR("\n"), begin);
    bool in_table = gb_str_has(gb_str_sub(whole, line, end), GB_STR("|"));
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool is_marked = i == first || is_mark(text, i, before.len ? before.ptr[before.len - 1] : 0, in_table);
        if (in_html && (c == '<' || c == '&'))
            gb_buf_puts(out, c == '<' ? "&lt;" : "&amp;");
        else if (!in_html && is_marked)
            gb_buf_printf(out, "\\%c", c);
        else
            gb_buf_add_char(out, c);
    }
}

/* ---- Fixes ---- */

static struct fixed_file *
file_of(struct fix_texts *t, uint32_t offset)
{
    const struct gb_source_file *file = gb_source_file_at(t->source, offset);
    struct fixed_file *f = &t->files[file - t->source->files];

    if (!f->file) {
        f->file = file;
        f->is_markdown = gb_format_of(file->path, file->text) == GB_FORMAT_MARKDOWN;
        f->front_matter = f->is_markdown ? front_matter_length(file->text) : 0;
    }
    return f;
}

/* Gives the edit its text in the markup of its file; false where it cannot be made. */
static bool
write_edit(struct fix_texts *t, struct gb_edit *edit)
{
    struct fixed_file *f = file_of(t, edit->span.begin);
    uint32_t begin = edit->span.begin - f->file->base, end = edit->span.end - f->file->base;
    struct gb_str span = gb_str_sub(f->file->text, begin, end);

    if (!is_whole(span))
        return false;
    t->words.len = 0;
    if (!f->is_markdown) {
        if (has_own_entity(f->file->text, span) || !escape_xml(context_of_edit(f, begin, end), edit->text, &t->words))
            return false;
    } else if (begin < f->front_matter) {
        gb_buf_add(&t->words, edit->text);
    } else if (!is_paired(span)) {
        return false;
    } else {
        escape_markdown(t, f, begin, edit->text, &t->words);
    }
    if (!gb_str_eq(gb_buf_str(&t->words), edit->text))
        edit->text = gb_arena_copy(t->arena, gb_buf_str(&t->words));
    return true;
}

void
gb_fix_texts(const struct gb_doc *doc, struct gb_report *report)
{
    struct fix_texts t = {.source = doc->source, .arena = doc->arena};

    t.files = gb_arena_new_array(doc->arena, struct fixed_file, doc->source->n_files);
    GB_EACH_IN_PLACE(finding, &report->findings) {
        for (uint32_t k = 0; k < finding->n_edits; k++) {
            if (!finding->edits[k].is_markup && !write_edit(&t, &finding->edits[k]))
                finding->n_edits = 0;
        }
    }
    for (uint32_t i = 0; i < doc->source->n_files; i++)
        gb_array_release(&t.files[i].stretches);
    gb_buf_release(&t.words);
}
