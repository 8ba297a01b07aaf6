/* Reading one identifier: code, publisher, normal form; comparing two. See identifier_scan.c for those of a draft. */
#include "facts/citations/identifier_priv.h"
#include "facts/lexicon_priv.h"

#include "base/buf.h"
#include "text/chars.h"
#include "text/utf8.h"

/* ---- code and publisher ---- */

/* Kinds of documents behind the code of their publisher: they do not change who published it. */
static bool
cut_kind(struct gb_str *code)
{
    size_t at = code->len;

    while (at > 0 && code->ptr[at - 1] != '/' && code->ptr[at - 1] != ' ')
        at--;
    if (at == 0)
        return false;
    code->len = at - 1;
    return true;
}

/* ISO/TC 176 is a committee. */
static bool
is_committee(struct gb_str code)
{
    GB_WORDS(bodies, "/TC", "/SC", "/WG", "/JTC");

    return GB_ENDS_ANY(code, bodies);
}

/* GBT 19001, DB32T 2796: the slash is lost. */
static bool
lost_slash(struct gb_str code)
{
    return code.len > 2 && (gb_str_ends(code, GB_STR("T")) || gb_str_ends(code, GB_STR("Z")));
}

static bool
is_region(const struct gb_lexicon *lexicon, struct gb_str code)
{
    struct gb_str digits = gb_str_skip(code, 2);

    if (!gb_str_starts(code, GB_STR("DB")) || (digits.len != 2 && digits.len != 4))
        return false;
    const struct gb_rel *regions = gb_rel_at(&lexicon->regions);
    for (size_t i = 0; i + 1 < lexicon->regions.n; i += 2) {
        if (gb_str_starts(digits, gb_rel_str(&regions[i])))
            return true;
    }
    return false;
}

/* The nature is no part of the code: GB of GB/T. */
static struct gb_str
without_nature(struct gb_str code)
{
    bool has_nature = code.len > 3 && (gb_str_ends(code, GB_STR("/T")) || gb_str_ends(code, GB_STR("/Z")));

    return has_nature ? gb_str_sub(code, 0, code.len - 2) : code;
}

/* Who published it; *out_code is the entry that tells, NULL without. */
static enum gb_publisher
publisher_of(const struct gb_lexicon *lexicon, struct gb_str code, uint32_t shape, const struct gb_code **out_code)
{
    struct gb_str base = without_nature(code);

    *out_code = NULL;
    if (shape & GB_SHAPE_ONE_LETTER)
        return code.ptr[0] == 'T'   ? GB_PUBLISHER_GROUP
               : code.ptr[0] == 'Q' ? GB_PUBLISHER_ENTERPRISE
                                    : GB_PUBLISHER_OTHER;
    if (is_region(lexicon, base))
        return GB_PUBLISHER_LOCAL;
    struct gb_str foreign = code;
    if (is_committee(code))
        return GB_PUBLISHER_OTHER;
    do {
        *out_code = gb_lexicon_code(lexicon, shape & GB_SHAPE_FOREIGN ? foreign : base);
    } while (!*out_code && shape & GB_SHAPE_FOREIGN && cut_kind(&foreign));
    return *out_code ? (*out_code)->publisher : GB_PUBLISHER_OTHER;
}

/* The bytes themselves where they are the normal form, as most are. */
static struct gb_str
keep(struct gb_arena *arena, struct gb_str normal, struct gb_str written)
{
    return gb_str_eq(normal, written) ? written : gb_arena_copy(arena, normal);
}

bool
gb_identifier_read(struct gb_arena *arena, const struct gb_lexicon *lexicon, struct gb_str s,
                   const struct gb_identifier_shape *shape, struct gb_buf *scratch, struct gb_identifier *out)
{
    const struct gb_code *entry;

    scratch->len = 0;
    gb_identifier_put_code(s, shape, scratch);
    enum gb_publisher publisher = publisher_of(lexicon, gb_buf_str(scratch), shape->flags, &entry);
    if (publisher == GB_PUBLISHER_OTHER && lost_slash(gb_buf_str(scratch))) {
        struct gb_str base = gb_str_sub(gb_buf_str(scratch), 0, scratch->len - 1);
        publisher = publisher_of(lexicon, base, shape->flags, &entry);
        if (publisher != GB_PUBLISHER_OTHER) {
            char nature = scratch->ptr[scratch->len - 1];
            scratch->ptr[scratch->len - 1] = '/';
            gb_buf_add_char(scratch, nature);
        }
    }
    *out = (struct gb_identifier){
        .at = *shape,
        .cell = GB_NO_CELL,
        .publisher = publisher,
        .code = keep(arena, gb_buf_str(scratch), gb_extent_str(s, shape->code)),
    };
    out->base = without_nature(out->code);
    gb_identifier_read_number(arena, s, shape, scratch, out);
    return entry && entry->is_ambiguous;
}

void
gb_identifier_read_number(struct gb_arena *arena, struct gb_str s, const struct gb_identifier_shape *shape,
                          struct gb_buf *scratch, struct gb_identifier *out)
{
    if (!(shape->flags & GB_SHAPE_NO_SERIAL)) {
        scratch->len = 0;
        gb_identifier_put_digits(s, shape->serial, scratch);
        out->serial = keep(arena, gb_buf_str(scratch), gb_extent_str(s, shape->serial));
    }
    if (!(shape->flags & GB_SHAPE_NO_YEAR)) {
        scratch->len = 0;
        gb_identifier_put_digits(s, shape->year, scratch);
        out->year = keep(arena, gb_buf_str(scratch), gb_extent_str(s, shape->year));
    }
}

/* Blanks, a marker such as [1], an opening 《. */
static size_t
skip_opening(struct gb_str s)
{
    size_t at = 0, next;

    while (at < s.len) {
        uint32_t c = gb_char_narrow(gb_utf8_at(s, at, &next));
        size_t close = c == '[' ? gb_str_find(s, GB_STR("]"), at) : GB_NOT_FOUND;
        if (close != GB_NOT_FOUND && close - at < 6)
            next = close + 1;
        else if (!gb_char_is_space(c) && !gb_char_is_invisible(c) && c != U'《')
            break;
        at = next;
    }
    return at;
}

bool
gb_identifier_parse(struct gb_arena *arena, const struct gb_lexicon *lexicon, const struct gb_text *text,
                    struct gb_identifier *out)
{
    struct gb_identifier_shape shape;
    struct gb_buf scratch = {0};

    if (!gb_identifier_at(text->str, skip_opening(text->str), &shape))
        return false;
    gb_identifier_read(arena, lexicon, text->str, &shape, &scratch, out);
    out->text = text;
    gb_buf_release(&scratch);
    return true;
}

struct gb_str
gb_identifier_text(struct gb_arena *arena, const struct gb_identifier *id)
{
    bool is_foreign = gb_publisher_is_foreign(id->publisher);
    struct gb_str serial = id->at.flags & GB_SHAPE_NO_SERIAL ? GB_STR("×××××") : id->serial;
    struct gb_str year = id->at.flags & GB_SHAPE_NO_YEAR ? GB_STR("××××") : id->year;

    return gb_arena_printf(arena, "%.*s %.*s%s%.*s%s", GB_FMT(id->code), GB_FMT(serial),
                           year.len == 0 ? ""
                           : is_foreign  ? ":"
                                         : "—",
                           GB_FMT(year), gb_extent_is_empty(id->at.all_parts) ? "" : "（所有部分）");
}

/* ---- comparing ---- */

/* Digits of any length as integers. */
static int
cmp_integers(struct gb_str a, struct gb_str b)
{
    while (a.len > 1 && a.ptr[0] == '0')
        a = gb_str_skip(a, 1);
    while (b.len > 1 && b.ptr[0] == '0')
        b = gb_str_skip(b, 1);
    if (a.len != b.len)
        return a.len < b.len ? -1 : 1;
    return gb_str_cmp(a, b);
}

int
gb_serial_cmp(struct gb_str a, struct gb_str b)
{
    size_t i = 0, j = 0;

    while (i < a.len && j < b.len) {
        size_t end_a = gb_skip_digits(a, i), end_b = gb_skip_digits(b, j);
        int order;
        if (end_a > i && end_b > j) {
            order = cmp_integers(gb_str_sub(a, i, end_a), gb_str_sub(b, j, end_b));
            i = end_a;
            j = end_b;
        } else {
            order = (unsigned char)a.ptr[i++] - (unsigned char)b.ptr[j++];
        }
        if (order)
            return order;
    }
    return (i < a.len) - (j < b.len);
}

int
gb_identifier_cmp(const struct gb_identifier *a, const struct gb_identifier *b)
{
    int order = gb_str_cmp(a->base, b->base);

    return order ? order : gb_serial_cmp(a->serial, b->serial);
}

struct gb_str
gb_serial_head(struct gb_str serial)
{
    size_t begin = 0;

    while (begin < serial.len && gb_skip_digits(serial, begin) == begin) /* G.984 */
        begin++;
    return gb_str_sub(serial, 0, gb_skip_digits(serial, begin));
}

bool
gb_identifier_is_kin(const struct gb_identifier *a, const struct gb_identifier *b)
{
    return gb_str_eq(a->base, b->base) && a->serial.len && b->serial.len &&
           gb_serial_cmp(gb_serial_head(a->serial), gb_serial_head(b->serial)) == 0;
}
