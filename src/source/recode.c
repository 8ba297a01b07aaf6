/* From stored bytes to UTF-8, with a stand-in for what cannot be decoded. */
#include "source/charset_priv.h"

#include "text/utf8.h"

struct recoder {
    const struct gb_source_file *file;
    char *out;
    struct gb_source_mark at; /* what was read and written so far */
    uint32_t last;            /* the character before, 0 after a flaw */
    GB_ARRAY(struct gb_flaw) flaws;
    GB_ARRAY(struct gb_source_mark) marks;
};

/* Marks where the reading stands, if a line begins with `c` here or the last mark is far behind. */
static void
mark_if_due(struct recoder *r, uint32_t c)
{
    bool new_line = r->last == '\n' || (r->last == '\r' && c != '\n');

    if (new_line)
        r->at.column = 1;
    if (new_line || r->at.text - r->marks.items[r->marks.len - 1].text >= GB_MARK_EVERY)
        *gb_push(&r->marks) = r->at;
}

/* Stands in for `n` stored bytes; a run of one kind is one flaw and one column. */
static void
add_flaw(struct recoder *r, uint32_t n, bool is_nul)
{
    struct gb_flaw *last = r->flaws.len ? &r->flaws.items[r->flaws.len - 1] : NULL;

    if (last && last->is_nul == is_nul && last->stored + last->stored_len == r->at.stored) {
        last->span.end += n;
        last->stored_len += n;
    } else {
        uint32_t begin = r->file->base + r->at.text;
        mark_if_due(r, 0);
        *gb_push(&r->flaws) = (struct gb_flaw){{begin, begin + n}, r->at.stored, n, is_nul};
        r->at.column++;
    }
    memset(r->out + r->at.text, GB_STAND_IN, n);
    r->at.text += n;
    r->last = 0;
}

static void
add_character(struct recoder *r, uint32_t c)
{
    mark_if_due(r, c);
    r->at.text += (uint32_t)gb_utf8_put(r->out + r->at.text, c);
    r->at.column++;
    r->last = c;
}

void
gb_recode(struct gb_source_file *file, size_t bom_len, struct gb_arena *arena)
{
    const struct gb_decoder *decoder = gb_decoder(file->charset);
    const unsigned char *p = (const unsigned char *)file->stored.ptr;
    size_t len = file->stored.len;
    /* Two bytes become four at most, those of GB18030 beyond the first plane; UTF-8 stays as long as it is. */
    size_t room = file->charset == GB_CHARSET_UTF_8 ? len : 2 * len;
    struct recoder r = {.file = file, .out = gb_arena_alloc(arena, room), .at = {0, 1, (uint32_t)bom_len}};

    *gb_push(&r.marks) = r.at;
    while (r.at.stored < len) {
        uint32_t c = 0;
        size_t left = len - r.at.stored, n = decoder->next(p + r.at.stored, left, &c);
        if (n > 0 && c != 0) {
            add_character(&r, c);
        } else {
            bool is_nul = n > 0;
            if (n == 0)
                n = left < decoder->unit ? left : decoder->unit;
            add_flaw(&r, (uint32_t)n, is_nul);
        }
        r.at.stored += (uint32_t)n;
    }
    file->text = (struct gb_str){r.out, r.at.text};
    GB_KEEP(arena, &r.flaws, file->flaws, file->n_flaws);
    GB_KEEP(arena, &r.marks, file->marks, file->n_marks);
}
