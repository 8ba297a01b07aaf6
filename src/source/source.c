/* The files of a draft as text: recoding, the table of lines, places for people. */
#include "source/source.h"

#include "source/charset_priv.h"
#include "text/utf8.h"

#include <assert.h>

enum {
    STAND_IN = 0x1A,       /* a flaw's bytes in the text */
    MARK_EVERY = 4096,     /* bytes from one mark to the next inside a line */
};

void
gb_source_init(struct gb_source *source, struct gb_arena *arena)
{
    *source = (struct gb_source){.arena = arena};
}

/* --- Recoding --- */

struct recoder {
    char *out;
    size_t out_len;
    GB_ARRAY(struct gb_flaw) flaws;
};

/* Stands in for `n` stored bytes at `stored`; a run of one kind is one flaw. */
static void
add_flaw(struct recoder *r, uint32_t base, uint64_t stored, uint32_t n, bool is_nul)
{
    struct gb_flaw *last = r->flaws.len ? &r->flaws.items[r->flaws.len - 1] : NULL;

    if (last && last->is_nul == is_nul && last->stored + last->stored_len == stored) {
        last->span.end += n;
        last->stored_len += n;
    } else {
        uint32_t begin = base + (uint32_t)r->out_len;
        *gb_push(&r->flaws) = (struct gb_flaw){{begin, begin + n}, stored, n, is_nul};
    }
    memset(r->out + r->out_len, STAND_IN, n);
    r->out_len += n;
}

/* Decodes the stored bytes behind the mark into file->text and file->flaws. */
static void
recode(struct gb_source_file *file, size_t bom_len, struct gb_arena *arena)
{
    const struct gb_decoder *decoder = gb_decoder(file->charset);
    const unsigned char *p = (const unsigned char *)file->stored.ptr;
    size_t len = file->stored.len;
    /* Two bytes become three at most; UTF-8 stays as long as it is. */
    size_t room = file->charset == GB_CHARSET_UTF_8 ? len : len + len / 2 + 1;
    struct recoder r = {.out = gb_arena_alloc(arena, room)};

    for (size_t at = bom_len; at < len;) {
        uint32_t c = 0;
        size_t n = decoder->next(p + at, len - at, &c);
        if (n > 0 && c != 0) {
            r.out_len += gb_utf8_put(r.out + r.out_len, c);
        } else {
            bool is_nul = n > 0;
            if (n == 0)
                n = len - at < decoder->unit ? len - at : decoder->unit;
            add_flaw(&r, file->base, at, (uint32_t)n, is_nul);
        }
        at += n;
    }
    file->text = (struct gb_str){r.out, r.out_len};
    file->n_flaws = (uint32_t)r.flaws.len;
    if (r.flaws.len)
        file->flaws = gb_arena_copy_bytes(arena, r.flaws.items, r.flaws.len * sizeof(*r.flaws.items));
    gb_array_release(&r.flaws);
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

    do {
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
    } while (begin < text.len);

    file->lines = gb_arena_copy_bytes(arena, lines.items, lines.len * sizeof(*lines.items));
    file->n_lines = (uint32_t)lines.len;
    gb_array_release(&lines);
}

/* Index of the last line that begins at or before `at`. */
static uint32_t
line_index(const struct gb_source_file *file, size_t at)
{
    uint32_t low = 0, high = file->n_lines;

    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (file->lines[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* --- Places --- */

/* A walk along a line, one column a step. */
struct walk {
    const struct gb_source_file *file;
    struct gb_source_mark at;
    uint32_t flaw;         /* index of the first flaw that does not end before `at` */
};

static uint32_t
bom_length(const struct gb_source_file *file)
{
    static const uint32_t lengths[] = {
        [GB_CHARSET_UTF_8] = 3, [GB_CHARSET_GB18030] = 4, [GB_CHARSET_UTF_16LE] = 2, [GB_CHARSET_UTF_16BE] = 2,
        [GB_CHARSET_UNKNOWN] = 0,
    };

    return file->has_bom ? lengths[file->charset] : 0;
}

/* Index of the first flaw that ends after offset `at` of the text. */
static uint32_t
flaw_index(const struct gb_source_file *file, uint32_t at)
{
    uint32_t low = 0, high = file->n_flaws;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (file->flaws[middle].span.end <= file->base + at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static struct walk
walk_from(const struct gb_source_file *file, struct gb_source_mark at)
{
    return (struct walk){file, at, flaw_index(file, at.text)};
}

/* Stored length of the character that takes `n` bytes in the text. */
static uint32_t
stored_length(const struct gb_source_file *file, uint32_t stored, uint32_t n)
{
    const unsigned char *p = (const unsigned char *)file->stored.ptr + stored;

    switch (file->charset) {
    case GB_CHARSET_UTF_16LE:
    case GB_CHARSET_UTF_16BE:
        return n == 4 ? 4 : 2;
    case GB_CHARSET_GB18030:
        return p[0] < 0x80 ? 1 : p[1] < 0x40 ? 4 : 2;
    default:
        return n;
    }
}

/* One step, unless it would lead beyond offset `end` of the text; false then. */
static bool
walk_step(struct walk *w, uint32_t end)
{
    const struct gb_source_file *file = w->file;
    const struct gb_flaw *flaw = w->flaw < file->n_flaws ? &file->flaws[w->flaw] : NULL;
    uint32_t n, stored;

    if (w->at.text >= end)
        return false;
    if (flaw && flaw->span.begin <= file->base + w->at.text) {
        n = flaw->span.end - file->base - w->at.text;
        stored = n;
        w->flaw++;
    } else {
        size_t next;
        gb_utf8_at(file->text, w->at.text, &next);
        n = (uint32_t)next - w->at.text;
        stored = stored_length(file, w->at.stored, n);
    }
    if (n > end - w->at.text)
        return false;
    w->at.text += n;
    w->at.stored += stored;
    w->at.column++;
    return true;
}

static bool
is_utf8(const struct gb_source_file *file)
{
    return file->charset == GB_CHARSET_UTF_8;
}

static uint32_t
line_end(const struct gb_source_file *file, uint32_t index)
{
    return index + 1 < file->n_lines ? file->lines[index + 1] : (uint32_t)file->text.len;
}

/*
 * Marks long lines, so that many places in one line do not mean as many walks from its beginning, and in recoded
 * text each line, so that its stored bytes are found.
 */
static void
mark_lines(struct gb_source_file *file, struct gb_arena *arena)
{
    GB_ARRAY(struct gb_source_mark) marks = {0};
    struct walk w = walk_from(file, (struct gb_source_mark){0, 1, bom_length(file)});

    for (uint32_t i = 0; i < file->n_lines; i++) {
        uint32_t begin = file->lines[i], end = line_end(file, i);
        if (is_utf8(file) && end - begin <= MARK_EVERY)
            continue;
        if (is_utf8(file))
            w = walk_from(file, (struct gb_source_mark){begin, 1, bom_length(file) + begin});
        w.at.column = 1;
        uint32_t due = begin;
        do {
            if (w.at.text >= due) {
                *gb_push(&marks) = w.at;
                due = w.at.text + MARK_EVERY;
            }
        } while (walk_step(&w, end));
    }
    file->n_marks = (uint32_t)marks.len;
    if (marks.len)
        file->marks = gb_arena_copy_bytes(arena, marks.items, marks.len * sizeof(*marks.items));
    gb_array_release(&marks);
}

/* The last known place at or before `at`, in the same line. */
static struct gb_source_mark
nearest_mark(const struct gb_source_file *file, uint32_t line_begin, uint32_t at)
{
    uint32_t low = 0, high = file->n_marks;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (file->marks[middle].text <= at)
            low = middle + 1;
        else
            high = middle;
    }
    if (low > 0 && file->marks[low - 1].text >= line_begin)
        return file->marks[low - 1];
    return (struct gb_source_mark){line_begin, 1, bom_length(file) + line_begin};
}

/* --- Files --- */

/* A new element; the array doubles when its length is a power of two. */
static struct gb_source_file *
new_file(struct gb_source *source)
{
    uint32_t n = source->n_files;

    if ((n & (n - 1)) == 0) {
        struct gb_source_file *grown =
            gb_arena_new_array(source->arena, struct gb_source_file, n ? (size_t)n * 2 : 1);
        if (n)
            memcpy(grown, source->files, n * sizeof(*grown));
        source->files = grown;
    }
    source->n_files++;
    return &source->files[n];
}

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
    struct gb_source_file *file = new_file(source);
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
        file->text = (struct gb_str){"", 0};
    else if (!found.clean)
        recode(file, found.bom_len, source->arena);
    assert((uint64_t)base + file->text.len < UINT32_MAX);
    index_lines(file, source->arena);
    mark_lines(file, source->arena);
    return file;
}

const struct gb_source_file *
gb_source_file_at(const struct gb_source *source, uint32_t offset)
{
    uint32_t low = 0, high = source->n_files;

    assert(source->n_files > 0);
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (source->files[middle].base <= offset)
            low = middle;
        else
            high = middle;
    }
    return &source->files[low];
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
    struct walk w = walk_from(file, nearest_mark(file, file->lines[index], at));

    if (is_utf8(file) && (w.flaw == file->n_flaws || file->flaws[w.flaw].span.begin >= file->base + at)) {
        /* Nothing but characters up to there; one that `at` lies inside of is not behind us. */
        while (at > w.at.text && at < file->text.len && ((unsigned char)file->text.ptr[at] & 0xC0) == 0x80)
            at--;
        w.at.column += (uint32_t)gb_utf8_count(gb_str_sub(file->text, w.at.text, at));
        w.at.stored += at - w.at.text;
    } else {
        while (walk_step(&w, at)) {
        }
    }
    return (struct gb_place){file, index + 1, w.at.column, w.at.stored};
}

uint32_t
gb_source_line(const struct gb_source *source, uint32_t offset)
{
    const struct gb_source_file *file = gb_source_file_at(source, offset);

    return line_index(file, offset_in_file(file, offset)) + 1;
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
