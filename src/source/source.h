/*
 * The text of one draft: the bytes of its file, or files, decoded once to checked UTF-8.
 *
 * A draft kept in several files is one source: each file's text has a `base`, and an offset into the
 * source is base + offset into that file's text. Offset 0 is the first byte of the first file. One offset
 * lies between two files, so that the end of a file is not the beginning of the next.
 */
#ifndef GB_SOURCE_SOURCE_H
#define GB_SOURCE_SOURCE_H

#include "base/arena.h"
#include "base/array.h"
#include "base/buf.h"
#include "base/error.h"

#define GB_CHARSETS(X)                                                                                                 \
    X(UTF_8, "UTF-8")                                                                                                  \
    X(GB18030, "GB18030")                                                                                              \
    X(UTF_16LE, "UTF-16LE")                                                                                            \
    X(UTF_16BE, "UTF-16BE")                                                                                            \
    X(UNKNOWN, "unknown")

enum gb_charset {
#define X(id, name) GB_CHARSET_##id,
    GB_CHARSETS(X)
#undef X
};

/* Stands in the text for each byte that was not decoded, and for a NUL. */
enum { GB_STAND_IN = 0x1A };

/*
 * A run of stored bytes that the charset does not decode, or a NUL. In the text each such run stands as
 * as many GB_STAND_IN (one byte each) as `span` is long, so that no parser sees a NUL or a broken sequence.
 */
struct gb_flaw {
    struct gb_span span; /* in the source */
    uint64_t stored;     /* byte offset in the file as stored */
    uint32_t stored_len;
    bool is_nul; /* a NUL byte: decodable, but never meant */
};

/* A place in a file that gb_source_place starts counting from. */
struct gb_source_mark {
    uint32_t text;   /* offset in the file's text */
    uint32_t column; /* from 1 */
    uint32_t stored; /* byte offset in the file as stored */
};

struct gb_source_file {
    const char *path;   /* as messages show it */
    struct gb_str text; /* checked UTF-8, without a byte order mark, lines as stored */
    uint32_t base;      /* offset of the text in the source */
    enum gb_charset charset;
    bool has_bom;
    bool is_staged;        /* not the work tree's content */
    const uint32_t *lines; /* offset in `text` of each line's first byte; line ends: LF, CRLF, lone CR */
    uint32_t n_lines;      /* at least 1; text that ends with a line end has no further empty line */
    uint32_t n_lf, n_crlf, n_cr;
    const struct gb_flaw *flaws;
    uint32_t n_flaws;
    struct gb_str stored;               /* the bytes as stored; the same memory as text where they are equal */
    const struct gb_source_mark *marks; /* in long lines, and at each line of recoded text; ordered */
    uint32_t n_marks;
};

struct gb_source {
    struct gb_arena *arena; /* borrowed; holds all that the source holds */
    struct gb_source_file *files;
    uint32_t n_files;
};

/* A place for people and machine formats. Lines and columns from 1, columns in code points. */
struct gb_place {
    const struct gb_source_file *file;
    uint32_t line, column;
    uint64_t byte; /* from 0, in the file as stored on disk, whatever its charset */
};

void gb_source_init(struct gb_source *source, struct gb_arena *arena);

/*
 * Adds a file whose stored bytes are given; takes over `bytes` (they live in the source's arena). The
 * returned file stays where it is until the next call. Never fails: what cannot be decoded is in `flaws`, and a
 * file in none of the charsets has charset UNKNOWN and an empty text. Texts over 2 GB in all are refused
 * by the reader of the file, not here.
 */
struct gb_source_file *gb_source_add(struct gb_source *source, const char *path, struct gb_str bytes);

/* Reads a whole file (or standard input for "-") into the arena. False and *error when it cannot be opened or read. */
bool gb_read_file(const char *path, struct gb_arena *arena, struct gb_str *out_bytes, struct gb_error *error);
/* The same for a file that no command line names: a FIFO or device, which may never end, is refused. */
bool gb_read_regular_file(const char *path, struct gb_arena *arena, struct gb_str *out_bytes, struct gb_error *error);

/*
 * The file that an offset lies in, and its place. An offset inside a character is the place of that character. The
 * characters of a line end count as columns of their line, and an offset at the very end as the end of the last line.
 */
const struct gb_source_file *gb_source_file_at(const struct gb_source *source, uint32_t offset);
struct gb_place gb_source_place(const struct gb_source *source, uint32_t offset);

/* Line number (from 1, in its file) of an offset: cheaper than the whole place. */
uint32_t gb_source_line(const struct gb_source *source, uint32_t offset);

/*
 * Where the line that holds the offset begins, and ends without its line end: mostly seen on the bytes beside the offset, so
 * cheaper than by its number.
 */
uint32_t gb_source_line_begin(const struct gb_source *source, uint32_t offset);
uint32_t gb_source_line_end(const struct gb_source *source, uint32_t offset);

/* The text of a line (from 1) without its line end, and of a span (which lies in one file). */
struct gb_str gb_source_line_text(const struct gb_source_file *file, uint32_t line);
struct gb_str gb_source_text(const struct gb_source *source, struct gb_span span);
/* Span of a line (from 1) in the source, without its line end. */
struct gb_span gb_source_line_span(const struct gb_source_file *file, uint32_t line);

/* Appends the text in the charset of a file; false, with part of it appended, when the charset has no code for a character. */
bool gb_encode(enum gb_charset charset, struct gb_str text, struct gb_buf *out);

const char *gb_charset_name(enum gb_charset charset);

#endif
