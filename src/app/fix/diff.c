#include "app/fix/diff.h"

#include "app/fix/line_diff.h"
#include "base/hash.h"

enum { CONTEXT = 3 }; /* lines around a change */

/* Lines with their line feeds. */
struct lines {
    GB_ARRAY(struct gb_str) list;
};

/* Lines [old, old + n_old) become [now, now + n_now). */
struct change {
    size_t old, n_old, now, n_now;
};

struct differ {
    struct lines old, now;
    GB_ARRAY(struct change) changes;
    struct gb_str text; /* all of `now` */
    const struct gb_traces *traces;
    size_t passed;                         /* of the traces: they end before the hunk */
    GB_ARRAY(struct gb_edit_cause) causes; /* of a hunk */
};

static void
split(struct gb_str text, struct lines *out)
{
    while (text.len) {
        const char *end = memchr(text.ptr, '\n', text.len);
        size_t n = end ? (size_t)(end - text.ptr) + 1 : text.len;
        *gb_push(&out->list) = gb_str_sub(text, 0, n);
        text = gb_str_skip(text, n);
    }
}

static uint64_t *
hashes_of(const struct lines *lines)
{
    uint64_t *hashes = gb_alloc(lines->list.len * sizeof(*hashes));

    for (size_t i = 0; i < lines->list.len; i++)
        hashes[i] = gb_hash_str(GB_HASH, lines->list.items[i]);
    return hashes;
}

/* What stands between lines that both have. */
static void
find_changes(struct differ *d)
{
    uint32_t n_old = (uint32_t)d->old.list.len, n_now = (uint32_t)d->now.list.len;
    uint64_t *old_hashes = hashes_of(&d->old), *now_hashes = hashes_of(&d->now);
    uint32_t *old_of = gb_alloc(((size_t)n_now + 1) * sizeof(*old_of));
    struct change change = {0};

    gb_line_diff(old_hashes, n_old, now_hashes, n_now, old_of);
    old_of[n_now] = n_old;
    for (uint32_t i = 0; i <= n_now; i++) {
        if (old_of[i] == GB_NO_LINE)
            continue;
        change.n_old = old_of[i] - change.old;
        change.n_now = i - change.now;
        if (change.n_old || change.n_now)
            *gb_push(&d->changes) = change;
        change = (struct change){.old = old_of[i] + 1, .now = i + 1};
    }
    free(old_hashes);
    free(now_hashes);
    free(old_of);
}

static void
write_lines(struct gb_out *out, char mark, const struct lines *lines, size_t from, size_t n)
{
    for (size_t i = from; i < from + n; i++) {
        struct gb_str line = lines->list.items[i];
        gb_out_char(out, mark);
        gb_out_add(out, line);
        if (!gb_str_ends(line, GB_STR("\n")))
            gb_out_puts(out, "\n\\ No newline at end of file\n");
    }
}

/* "12,3": an empty range is named by the line before it. */
static void
write_range(struct gb_out *out, char mark, size_t from, size_t n)
{
    gb_out_printf(out, "%c%zu", mark, n ? from + 1 : from);
    if (n != 1)
        gb_out_printf(out, ",%zu", n);
}

static size_t
offset_of(const struct differ *d, size_t line)
{
    return line < d->now.list.len ? (size_t)(d->now.list.items[line].ptr - d->text.ptr) : d->text.len;
}

static void
add_cause(struct differ *d, struct gb_edit_cause cause)
{
    GB_EACH_IN(known, &d->causes) {
        if (gb_str_eq(known->name, cause.name) && known->is_unsafe == cause.is_unsafe)
            return;
    }
    *gb_push(&d->causes) = cause;
}

/* Has the trace anything in [begin, end)? What was taken out left a place: it may lie at an end. */
static bool
lies_in(const struct differ *d, const struct gb_trace *t, size_t begin, size_t end)
{
    if (t->begin == t->end || begin == end || end == d->text.len)
        return t->end >= begin && t->begin <= end;
    return t->end > begin && t->begin < end;
}

/* What has made lines [from, from + n) of the new content. */
static void
find_causes(struct differ *d, size_t from, size_t n)
{
    size_t begin = offset_of(d, from), end = offset_of(d, from + n);

    while (d->passed < d->traces->list.len && d->traces->list.items[d->passed].end < begin)
        d->passed++;
    for (size_t i = d->passed; i < d->traces->list.len && d->traces->list.items[i].begin <= end; i++) {
        if (lies_in(d, &d->traces->list.items[i], begin, end))
            add_cause(d, d->traces->list.items[i].cause);
    }
}

/* Of two lines that are the same it cannot be seen which was taken out: then it was in what stands around. */
static void
write_causes(struct gb_out *out, struct differ *d, size_t first, size_t last, size_t from, size_t n)
{
    d->causes.len = 0;
    size_t passed = d->passed;
    for (size_t i = first; i <= last; i++)
        find_causes(d, d->changes.items[i].now, d->changes.items[i].n_now);
    if (!d->causes.len) {
        d->passed = passed;
        find_causes(d, from, n);
    }
    for (size_t i = 0; i < d->causes.len; i++)
        gb_out_printf(out, "%s%.*s%s", i ? ", " : " ", GB_FMT(d->causes.items[i].name),
                      d->causes.items[i].is_unsafe ? " (unsafe)" : "");
}

/* Changes [first, last] whose context touches, as one hunk. */
static void
write_hunk(struct gb_out *out, struct differ *d, size_t first, size_t last)
{
    const struct change *a = &d->changes.items[first], *z = &d->changes.items[last];
    size_t before = a->old < CONTEXT ? a->old : CONTEXT, end = z->old + z->n_old;
    size_t after = d->old.list.len - end < CONTEXT ? d->old.list.len - end : CONTEXT;
    size_t at = a->old - before, now = a->now - before, n_now = z->now + z->n_now + after - now;

    gb_out_puts(out, "@@ ");
    write_range(out, '-', at, end + after - at);
    gb_out_char(out, ' ');
    write_range(out, '+', now, n_now);
    gb_out_puts(out, " @@");
    write_causes(out, d, first, last, now, n_now);
    gb_out_char(out, '\n');
    for (size_t i = first; i <= last; i++) {
        const struct change *c = &d->changes.items[i];
        write_lines(out, ' ', &d->old, at, c->old - at);
        write_lines(out, '-', &d->old, c->old, c->n_old);
        write_lines(out, '+', &d->now, c->now, c->n_now);
        at = c->old + c->n_old;
    }
    write_lines(out, ' ', &d->old, end, after);
}

/*
 * A name as git writes it: with a tab at the end where there is a blank in it, since readers of diffs know dates there;
 * quoted as in C where it holds what would end the line or the name.
 */
static void
write_name(struct gb_out *out, const char *mark, const char *path)
{
    static const char escaped[] = "\a\b\t\n\v\f\r\"\\", letters[] = "abtnvfr\"\\";
    bool is_odd = false;

    for (const char *p = path; *p; p++)
        is_odd = is_odd || (unsigned char)*p < ' ' || *p == '"' || *p == '\\' || *p == 0x7F;
    if (!is_odd) {
        gb_out_printf(out, "%s%s%s\n", mark, path, strchr(path, ' ') ? "\t" : "");
        return;
    }
    gb_out_printf(out, "%.4s\"%s", mark, mark + 4);
    for (const char *p = path; *p; p++) {
        const char *at = strchr(escaped, *p);
        if (at)
            gb_out_printf(out, "\\%c", letters[at - escaped]);
        else if ((unsigned char)*p < ' ' || *p == 0x7F)
            gb_out_printf(out, "\\%03o", (unsigned)*p);
        else
            gb_out_char(out, *p);
    }
    gb_out_puts(out, "\"\n");
}

void
gb_diff(struct gb_out *out, const char *path, struct gb_str old, struct gb_str now, const struct gb_traces *traces)
{
    struct differ d = {.text = now, .traces = traces};
    size_t first = 0;

    if (gb_str_eq(old, now))
        return;
    split(old, &d.old);
    split(now, &d.now);
    find_changes(&d);
    write_name(out, "--- a/", path);
    write_name(out, "+++ b/", path);
    for (size_t i = 0; i < d.changes.len; i++) {
        const struct change *c = &d.changes.items[i];
        bool is_last = i + 1 == d.changes.len;
        if (!is_last && c[1].old - (c->old + c->n_old) <= 2 * CONTEXT)
            continue;
        write_hunk(out, &d, first, i);
        first = i + 1;
    }
    GB_RELEASE(&d.causes, &d.changes, &d.old.list, &d.now.list);
}
