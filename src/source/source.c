/* The files of a draft: the table of lines, places for people. */
#include "source/source.h"

#include "base/sort.h"
#include "source/charset_priv.h"
#include "text/utf8.h"

#include <assert.h>

void
gb_source_init(struct gb_source *source, struct gb_arena *arena)
{
    *source = (struct gb_source){.arena = arena};
}

/* --- Lines --- */

/* Offset of the next `c` at or after `at`, or the length of the text. */
static size_t
find_byte(struct gb_str text, char c, size_t at)
{
    const char *hit = at < text.len ? memchr(text.ptr + at, c, text.len - at) : NULL;

    return hit ? (size_t)(hit - text.ptr) : text.len;
}

static void
index_lines(struct gb_source_file *file, struct gb_arena *arena)
{
    struct gb_str text = file->text;
    GB_ARRAY(uint32_t) lines = {0};
    size_t lf = find_byte(text, '\n', 0), cr = find_byte(text, '\r', 0), begin = 0;

    /* Nearly all drafts have no CR. */
    while (cr == text.len && lf < text.len) {
        *gb_push(&lines) = (uint32_t)begin;
        file->n_lf++;
        begin = lf + 1;
        lf = find_byte(text, '\n', begin);
    }
    while (begin < text.len || !lines.len) {
        *gb_push(&lines) = (uint32_t)begin;
        if (cr + 1 == lf && lf < text.len) {
            file->n_crlf++;
            begin = lf + 1;
        } else if (lf < cr) {
            file->n_lf++;
            begin = lf + 1;
        } else if (cr < lf) {
            file->n_cr++;
            begin = cr + 1;
        } else {
            begin = text.len;
        }
        if (lf < begin)
            lf = find_byte(text, '\n', begin);
        if (cr < begin)
            cr = find_byte(text, '\r', begin);
    }

    GB_KEEP(arena, &lines, file->lines, file->n_lines);
}

/* Index of the last line that begins at or before `at`. */
static uint32_t
line_index(const struct gb_source_file *file, size_t at)
{
    GB_SEEK(uint32_t, i, file->n_lines, file->lines[i] <= at);
    return i ? i - 1 : 0;
}

/* --- Places --- */

static uint32_t
line_end(const struct gb_source_file *file, uint32_t index)
{
    return index + 1 < file->n_lines ? file->lines[index + 1] : (uint32_t)file->text.len;
}

/* Is the text the stored bytes behind the mark, so that an offset needs no table? */
static bool
is_as_stored(const struct gb_source_file *file)
{
    return file->n_flaws == 0 && (file->charset == GB_CHARSET_UTF_8 || file->charset == GB_CHARSET_UNKNOWN);
}

/* Of text as stored. */
static uint32_t
bom_length(const struct gb_source_file *file)
{
    return file->has_bom ? (uint32_t)(file->stored.len - file->text.len) : 0;
}

/* Moves a place in text as stored on to offset `to`. */
static void
count_on(const struct gb_source_file *file, struct gb_source_mark *at, uint32_t to)
{
    at->column += (uint32_t)gb_utf8_count(gb_str_sub(file->text, at->text, to));
    at->stored += to - at->text;
    at->text = to;
}

/* Marks long lines of text as stored, so that many places in one line do not mean as many counts from its beginning. */
static void
mark_long_lines(struct gb_source_file *file, struct gb_arena *arena)
{
    GB_ARRAY(struct gb_source_mark) marks = {0};

    for (uint32_t i = 0; i < file->n_lines; i++) {
        uint32_t end = line_end(file, i);
        if (end - file->lines[i] <= GB_MARK_EVERY)
            continue;
        struct gb_source_mark at = {file->lines[i], 1, bom_length(file) + file->lines[i]};
        while (end - at.text > GB_MARK_EVERY) {
            count_on(file, &at, (uint32_t)gb_utf8_floor(file->text, at.text + GB_MARK_EVERY));
            *gb_push(&marks) = at;
        }
    }
    GB_KEEP(arena, &marks, file->marks, file->n_marks);
}

/* The last known place at or before `at`, in the same line. */
static struct gb_source_mark
nearest_mark(const struct gb_source_file *file, uint32_t line_begin, uint32_t at)
{
    GB_SEEK(uint32_t, i, file->n_marks, file->marks[i].text <= at);
    if (i > 0 && file->marks[i - 1].text >= line_begin)
        return file->marks[i - 1];
    assert(is_as_stored(file));
    return (struct gb_source_mark){line_begin, 1, bom_length(file) + line_begin};
}

/* Index of the first flaw that ends after offset `at` of the text. */
static uint32_t
flaw_index(const struct gb_source_file *file, uint32_t at)
{
    GB_SEEK(uint32_t, i, file->n_flaws, file->flaws[i].span.end <= file->base + at);
    return i;
}

/* Moves a place in recoded text on to offset `to`, or to the beginning of the character or flaw that it lies in. */
static void
walk_on(const struct gb_source_file *file, struct gb_source_mark *at, uint32_t to)
{
    const struct gb_decoder *decoder = gb_decoder(file->charset);
    uint32_t flaw = flaw_index(file, at->text);

    while (at->text < to) {
        size_t next, stored;
        if (flaw < file->n_flaws && file->flaws[flaw].span.begin == file->base + at->text) {
            next = file->flaws[flaw].span.end - file->base;
            stored = file->flaws[flaw++].stored_len;
        } else {
            uint32_t c;
            gb_utf8_at(file->text, at->text, &next);
            stored =
                decoder->next((const unsigned char *)file->stored.ptr + at->stored, file->stored.len - at->stored, &c);
        }
        if (next > to)
            break;
        at->text = (uint32_t)next;
        at->stored += (uint32_t)stored;
        at->column++;
    }
}

/* --- Files --- */

/* Between two files one offset is left out, so that the end of a file is not the beginning of the next. */
static uint32_t
next_base(const struct gb_source *source)
{
    if (source->n_files == 0)
        return 0;
    const struct gb_source_file *last = &source->files[source->n_files - 1];
    return last->base + (uint32_t)last->text.len + 1;
}

struct gb_source_file *
gb_source_add(struct gb_source *source, const char *path, struct gb_str bytes)
{
    uint32_t base = next_base(source);
    source->files = gb_arena_more(source->arena, source->files, source->n_files, sizeof(*source->files));
    struct gb_source_file *file = &source->files[source->n_files++];
    if (bytes.len == 0)
        bytes = GB_STR("");
    struct gb_detected found = gb_detect(bytes);

    *file = (struct gb_source_file){
        .path = path,
        .base = base,
        .charset = found.charset,
        .has_bom = found.bom_len > 0 && found.charset != GB_CHARSET_UNKNOWN,
        .stored = bytes,
        .text = gb_str_skip(bytes, found.bom_len),
    };
    if (found.charset == GB_CHARSET_UNKNOWN)
        file->text = GB_STR("");
    else if (!found.clean)
        gb_recode(file, found.bom_len, source->arena);
    assert((uint64_t)base + file->text.len < UINT32_MAX);
    index_lines(file, source->arena);
    if (is_as_stored(file))
        mark_long_lines(file, source->arena);
    return file;
}

const struct gb_source_file *
gb_source_file_at(const struct gb_source *source, uint32_t offset)
{
    assert(source->n_files > 0);
    GB_SEEK(uint32_t, i, source->n_files, source->files[i].base <= offset);
    return &source->files[i ? i - 1 : 0];
}

/* Offset in the file's text; at most its length. */
static uint32_t
offset_in_file(const struct gb_source_file *file, uint32_t offset)
{
    uint32_t at = offset - file->base;

    return at < file->text.len ? at : (uint32_t)file->text.len;
}

struct gb_place
gb_source_place(const struct gb_source *source, uint32_t offset)
{
    const struct gb_source_file *file = gb_source_file_at(source, offset);
    uint32_t at = offset_in_file(file, offset), index = line_index(file, at);
    struct gb_source_mark mark = nearest_mark(file, file->lines[index], at);

    if (is_as_stored(file))
        count_on(file, &mark, (uint32_t)gb_utf8_floor(file->text, at));
    else
        walk_on(file, &mark, at);
    return (struct gb_place){file, index + 1, mark.column, mark.stored};
}

uint32_t
gb_source_line(const struct gb_source *source, uint32_t offset)
{
    const struct gb_source_file *file = gb_source_file_at(source, offset);

    return line_index(file, offset_in_file(file, offset)) + 1;
}

/* Lines are looked through so far before the table is asked: one without end must not be read for each of its places. */
enum { NEAR = 256 };

uint32_t
gb_source_line_begin(const struct gb_source *source, uint32_t offset)
{
    const struct gb_source_file *file = gb_source_file_at(source, offset);
    const char *text = file->text.ptr;
    uint32_t at = offset_in_file(file, offset), stop = at > NEAR ? at - NEAR : 0;

    /* The very end is of the last line, even behind its line end. */
    if (!file->n_cr && at < file->text.len) {
        const char *hit = memrchr(text + stop, '\n', at - stop);
        return file->base + (hit ? (uint32_t)(hit - text) + 1 : file->lines[line_index(file, at)]);
    }
    for (uint32_t i = at; at < file->text.len && i > stop; i--) {
        if (text[i - 1] == '\n' || (text[i - 1] == '\r' && text[i] != '\n'))
            return file->base + i;
    }
    return file->base + file->lines[line_index(file, at)];
}

uint32_t
gb_source_line_end(const struct gb_source *source, uint32_t offset)
{
    const struct gb_source_file *file = gb_source_file_at(source, offset);
    uint32_t at = offset_in_file(file, offset);
    size_t left = file->text.len - at;
    const char *text = file->text.ptr, *hit = NULL;

    if (!file->n_cr && left)
        hit = memchr(text + at, '\n', left < NEAR ? left : NEAR);
    if (!hit)
        return gb_source_line_span(file, line_index(file, at) + 1).end;
    return file->base + (uint32_t)(hit - text) - (hit > text && hit[-1] == '\r');
}

struct gb_span
gb_source_line_span(const struct gb_source_file *file, uint32_t line)
{
    assert(line >= 1 && line <= file->n_lines);
    uint32_t begin = file->lines[line - 1], end = line_end(file, line - 1);

    if (end > begin && file->text.ptr[end - 1] == '\n')
        end--;
    if (end > begin && file->text.ptr[end - 1] == '\r')
        end--;
    return (struct gb_span){file->base + begin, file->base + end};
}

struct gb_str
gb_source_line_text(const struct gb_source_file *file, uint32_t line)
{
    struct gb_span span = gb_source_line_span(file, line);

    return gb_str_sub(file->text, span.begin - file->base, span.end - file->base);
}

struct gb_str
gb_source_text(const struct gb_source *source, struct gb_span span)
{
    const struct gb_source_file *file = gb_source_file_at(source, span.begin);

    return gb_str_sub(file->text, span.begin - file->base, span.end - file->base);
}
