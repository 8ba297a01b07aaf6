/*
 * What pandoc writes and CommonMark does not know: by its extension "smart" dashes as hyphens, curly quotes as straight ones, an
 * ellipsis as dots; what is raised or lowered between "^" or "~"; attributes in braces; titles behind tables. Its readers see what stood
 * in the draft, and so do the rules.
 */
#include "read/markdown/markdown_priv.h"

#include "base/sort.h"

#define DASH "\xE2\x80\x94"
#define ELLIPSIS "\xE2\x80\xA6"

static bool
is_year(struct gb_str raw, size_t at)
{
    if (raw.len - at < 4 || (raw.ptr[at] != '1' && raw.ptr[at] != '2'))
        return false;
    return !GB_ANY(for (size_t i = at + 1; i < at + 4; i++), !gb_is_digit(raw.ptr[i]));
}

/* Codes with their year behind that dash. */
static size_t
count_codes(struct gb_str text, struct gb_str dash)
{
    size_t n = 0;

    for (size_t at = 1; (at = gb_str_find(text, dash, at)) != GB_NOT_FOUND; at += dash.len)
        n += gb_is_digit(text.ptr[at - 1]) && is_year(text, at + dash.len);
    return n;
}

/*
 * Most codes have three hyphens before their year, and none of the dashes of Chinese is left: a single one may have come in by a fix. The
 * first codes stand near the beginning.
 */
bool
gb_markdown_is_smart(struct gb_str raw)
{
    enum { NEAR = 64 * 1024 };
    struct gb_str text = raw.len > NEAR ? gb_str_sub(raw, 0, NEAR) : raw;
    size_t n = count_codes(text, GB_STR("---"));

    return n > 0 && n > count_codes(text, GB_STR(DASH)) && !gb_str_has(text, GB_STR(DASH DASH));
}

static size_t
run_length(struct gb_str raw, size_t at)
{
    size_t n = 1;

    while (at + n < raw.len && raw.ptr[at + n] == raw.ptr[at])
        n++;
    return n;
}

/* Quotes of Chinese open and close in turn; those of a word within it do neither. */
static struct gb_str
quote(struct gb_markdown_walk *w, size_t at)
{
    struct gb_str raw = w->r->scan.raw;
    bool is_double = raw.ptr[at] == '"';

    if (!is_double && at > 0 && at + 1 < raw.len && gb_is_alnum(raw.ptr[at - 1]) && gb_is_alnum(raw.ptr[at + 1]))
        return GB_STR("’");
    bool *is_open = is_double ? &w->in_double : &w->in_single;
    *is_open = !*is_open;
    if (is_double)
        return *is_open ? GB_STR("“") : GB_STR("”");
    return *is_open ? GB_STR("‘") : GB_STR("’");
}

/* What stands for other characters at `at`, and how many bytes of it; more of them, as in lines drawn or leaders, is left. */
static struct gb_str
meaning(struct gb_markdown_walk *w, size_t at, size_t *out_len)
{
    struct gb_str raw = w->r->scan.raw;
    char c = raw.ptr[at];
    size_t n = c == '-' || c == '.' ? run_length(raw, at) : 1;

    *out_len = n;
    if (!w->r->scan.is_smart)
        return GB_STR("");
    switch (c) {
    case '-':
        return n == 2 ? GB_STR("–") : n == 3 ? GB_STR(DASH) : n == 6 ? GB_STR(DASH DASH) : GB_STR("");
    case '.':
        return n == 3 ? GB_STR(ELLIPSIS) : n == 6 ? GB_STR(ELLIPSIS ELLIPSIS) : GB_STR("");
    case '"':
    case '\'':
        return quote(w, at);
    default:
        return GB_STR("");
    }
}

/* "m^2^", "H~2~O": where the word between the marks ends that begins at `at`; 0 for none. */
static uint32_t
raised_end(struct gb_str raw, uint32_t at, uint32_t end)
{
    uint32_t close = at + 1;

    while (close < end && raw.ptr[close] != raw.ptr[at] && !gb_markdown_is_space(raw.ptr[close]))
        close++;
    return close < end && raw.ptr[close] == raw.ptr[at] && close > at + 1 ? close : 0;
}

/* Marks at `at` that give other text a form: its flags and where it lies, and where the marks end behind it. False without. */
static bool
read_mark(const struct gb_markdown_walk *w, uint32_t at, uint32_t end, struct gb_span *out, uint32_t *out_flags,
          uint32_t *out_end)
{
    struct gb_str raw = w->r->scan.raw;
    char c = raw.ptr[at];
    uint32_t close = 0;

    *out_flags = c == '^' ? GB_RUN_SUP : c == '~' ? GB_RUN_SUB : GB_RUN_MATH;
    if (c == '^' || c == '~')
        close = raised_end(raw, at, end);
    *out = (struct gb_span){at + 1, close};
    *out_end = close + 1;
    if (c == '$' && w->is_drawn) {
        close = gb_scan_math(raw, at, end);
        *out = (struct gb_span){at, close};
        *out_end = close;
    }
    return close > 0;
}

void
gb_markdown_put_smart(struct gb_markdown_walk *w, uint32_t begin, uint32_t end, uint32_t flags)
{
    struct gb_str raw = w->r->scan.raw;
    struct gb_pieces *pieces = &w->r->pieces;
    /* The byte behind an escape is itself. */
    uint32_t at = begin > 0 && begin < end && raw.ptr[begin - 1] == '\\' ? begin + 1 : begin;

    while (at < end) {
        size_t n;
        uint32_t next, form;
        struct gb_span inside;
        if (raw.ptr[at] == '\\' && at + 1 < end && gb_markdown_is_punct(raw.ptr[at + 1])) {
            gb_pieces_exact(pieces, begin, at, flags);
            begin = at + 1;
            at += 2;
            continue;
        }
        if (w->is_drawn && raw.ptr[at] == '*') { /* of emphasis */
            gb_pieces_exact(pieces, begin, at, flags);
            begin = at += 1;
            continue;
        }
        if (read_mark(w, at, end, &inside, &form, &next)) {
            gb_pieces_exact(pieces, begin, at, flags);
            gb_pieces_exact(pieces, inside.begin, inside.end, flags | form);
            begin = at = next;
            continue;
        }
        struct gb_str text = meaning(w, at, &n);
        next = n < end - at ? at + (uint32_t)n : end;
        if (text.len) {
            gb_pieces_exact(pieces, begin, at, flags);
            gb_pieces_other(pieces, text, (struct gb_span){at, next}, flags | GB_RUN_DECODED);
            begin = next;
        }
        at = next;
    }
    gb_pieces_exact(pieces, begin, end, flags);
}

/* ---- attributes ---- */

/* "{#id .class key="value"}" at `at` of the file, perhaps wrapped: its end; 0 for other braces. */
static uint32_t
attributes_end(struct gb_str raw, uint32_t at)
{
    enum { MOST = 400 };
    uint32_t end = at + 1, limit = raw.len - at > MOST ? at + MOST : (uint32_t)raw.len;

    if (at >= limit || raw.ptr[at] != '{')
        return 0;
    while (end < limit && raw.ptr[end] != '}' && raw.ptr[end] != '{')
        end++;
    if (end >= limit || raw.ptr[end] != '}')
        return 0;
    uint32_t name = at + 1;
    if (raw.ptr[name] == '#' || raw.ptr[name] == '.')
        return end + 1;
    while (name < end && (raw.ptr[name] == '-' || gb_is_lower(raw.ptr[name])))
        name++;
    return name > at + 1 && raw.ptr[name] == '=' ? end + 1 : 0;
}

/* What may stand behind a bracket: attributes; of an entry of the contents, whose page is a link in the link, the target. */
static uint32_t
tail_end(struct gb_str raw, uint32_t at)
{
    enum { MOST = 400 };

    if (raw.len - at < 3 || raw.ptr[at] != '(' || raw.ptr[at + 1] != '#')
        return attributes_end(raw, at);
    for (uint32_t end = at + 2;
         end < raw.len && end - at < MOST && raw.ptr[end] != ']' && !gb_markdown_is_space(raw.ptr[end]); end++) {
        if (raw.ptr[end] == ')')
            return end + 1;
    }
    return 0;
}

GB_ORDER(by_begin, struct gb_span, GB_KEY(begin))

void
gb_markdown_drop_attributes(struct gb_markdown *r)
{
    struct gb_str raw = r->scan.raw;
    GB_ARRAY(uint32_t) open = {0}; /* brackets, by their place in the file */
    gb_spans cuts = {0};
    uint32_t end, passed = 0;

    GB_EACH(const struct gb_piece, piece, r->pieces.list.items, r->pieces.list.len) {
        bool is_plain = piece->flags & GB_RUN_EXACT && !(piece->flags & (GB_RUN_CODE | GB_RUN_MATH));
        uint32_t begin = piece->src.begin;
        if (piece->item && (end = attributes_end(raw, piece->src.end))) {
            *gb_push(&cuts) = (struct gb_span){piece->src.end, end};
            passed = end;
        }
        for (uint32_t at = begin; is_plain && at < piece->src.end; at++) {
            char c = raw.ptr[at];
            if (at < passed || (at == begin && at > 0 && raw.ptr[at - 1] == '\\'))
                continue;
            if (c == '[') {
                *gb_push(&open) = at;
            } else if (c == ']' && open.len) {
                uint32_t from = open.items[--open.len];
                if (!(end = tail_end(raw, at + 1)))
                    continue;
                *gb_push(&cuts) = (struct gb_span){from, from + 1};
                *gb_push(&cuts) = (struct gb_span){at, end};
                passed = end;
            }
        }
    }
    if (cuts.len)
        gb_sort(cuts.items, cuts.len, sizeof(*cuts.items), by_begin);
    gb_pieces_cut(&r->pieces, &r->formula, &cuts);
    GB_RELEASE(&open, &cuts);
}

/* ---- titles of tables ---- */

void
gb_markdown_lift_caption(struct gb_block *table, struct gb_block *para)
{
    GB_WORDS(marks, ": ", "Table: ");
    struct gb_text text = gb_text_trim(&para->text);
    size_t len = gb_str_starts(text.str, marks[0])   ? marks[0].len
                 : gb_str_starts(text.str, marks[1]) ? marks[1].len
                                                     : 0;

    if (!len)
        return;
    struct gb_block first = *table, second = *para, *behind = para->next;
    second.text = gb_text_between(&text, len, text.str.len);
    *table = second;
    *para = first;
    table->next = para;
    para->next = behind;
}
