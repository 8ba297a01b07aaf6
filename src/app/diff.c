/*
 * Fixes change a few lines here and there, so both contents are read side by side; where they differ, the nearest pair of
 * lines that agree again is looked for. That is not always the shortest diff, but linear in the length of the files.
 */
#include "app/diff.h"

#include "base/array.h"

enum {
    CONTEXT = 3, /* lines around a change */
    REACH = 100, /* lines that are looked ahead for those that agree again */
};

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

/* Do both agree at these lines? At their common end they do. */
static bool
agrees(const struct differ *d, size_t old, size_t now)
{
    bool is_old_end = old >= d->old.list.len, is_now_end = now >= d->now.list.len;

    if (is_old_end || is_now_end)
        return is_old_end && is_now_end;
    return gb_str_eq(d->old.list.items[old], d->now.list.items[now]);
}

/* Blank lines are all alike: one alone is no sign that both go on together. */
static bool
goes_on(const struct differ *d, size_t old, size_t now)
{
    if (!agrees(d, old, now))
        return false;
    return old >= d->old.list.len || gb_str_trim(d->old.list.items[old]).len || agrees(d, old + 1, now + 1);
}

/* The change that begins at these lines, up to the nearest place where both go on. */
static struct change
change_at(const struct differ *d, size_t old, size_t now)
{
    size_t old_left = d->old.list.len - old, now_left = d->now.list.len - now;

    for (size_t sum = 1; sum <= 2 * REACH; sum++) {
        /* Changed lines are mostly as many as before. */
        for (size_t k = 0; k <= sum; k++) {
            size_t n_old = k & 1 ? sum / 2 - (k + 1) / 2 : sum / 2 + k / 2;
            if (n_old > sum || n_old > old_left || sum - n_old > now_left)
                continue;
            if (goes_on(d, old + n_old, now + sum - n_old))
                return (struct change){old, n_old, now, sum - n_old};
        }
    }
    return (struct change){old, old_left < REACH ? old_left : REACH, now,
                           now_left < REACH ? now_left : REACH};
}

static void
add_change(struct differ *d, struct change change)
{
    struct change *last = d->changes.len ? &d->changes.items[d->changes.len - 1] : NULL;

    if (last && last->old + last->n_old == change.old && last->now + last->n_now == change.now) {
        last->n_old += change.n_old;
        last->n_now += change.n_now;
    } else {
        *gb_push(&d->changes) = change;
    }
}

/* Of as many lines as before those that are the same, mostly blank ones between paragraphs, are no change. */
static void
add_changes(struct differ *d, struct change change)
{
    if (change.n_old != change.n_now) {
        add_change(d, change);
        return;
    }
    for (size_t i = 0; i < change.n_old; i++) {
        if (!agrees(d, change.old + i, change.now + i))
            add_change(d, (struct change){change.old + i, 1, change.now + i, 1});
    }
}

static void
find_changes(struct differ *d)
{
    size_t old = 0, now = 0;

    while (old < d->old.list.len || now < d->now.list.len) {
        if (agrees(d, old, now)) {
            old++;
            now++;
            continue;
        }
        struct change change = change_at(d, old, now);
        old += change.n_old;
        now += change.n_now;
        add_changes(d, change);
    }
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

/* Changes [first, last] whose context touches, as one hunk. */
static void
write_hunk(struct gb_out *out, const struct differ *d, size_t first, size_t last)
{
    const struct change *a = &d->changes.items[first], *z = &d->changes.items[last];
    size_t before = a->old < CONTEXT ? a->old : CONTEXT, end = z->old + z->n_old;
    size_t after = d->old.list.len - end < CONTEXT ? d->old.list.len - end : CONTEXT;
    size_t at = a->old - before;

    gb_out_puts(out, "@@ ");
    write_range(out, '-', at, end + after - at);
    gb_out_char(out, ' ');
    write_range(out, '+', a->now - before, z->now + z->n_now + after - (a->now - before));
    gb_out_puts(out, " @@\n");
    for (size_t i = first; i <= last; i++) {
        const struct change *c = &d->changes.items[i];
        write_lines(out, ' ', &d->old, at, c->old - at);
        write_lines(out, '-', &d->old, c->old, c->n_old);
        write_lines(out, '+', &d->now, c->now, c->n_now);
        at = c->old + c->n_old;
    }
    write_lines(out, ' ', &d->old, end, after);
}

/* A name that patch would misread is quoted as in C; one with a blank ends in a tab. */
static void
write_name(struct gb_out *out, const char *mark, const char *path)
{
    bool is_odd = false;

    for (const char *p = path; *p; p++)
        is_odd = is_odd || (unsigned char)*p < ' ' || *p == '"' || *p == '\\' || *p == 0x7F;
    gb_out_puts(out, mark);
    if (!is_odd) {
        gb_out_puts(out, path);
        gb_out_puts(out, strchr(path, ' ') ? "\t\n" : "\n");
        return;
    }
    gb_out_char(out, '"');
    for (const char *p = path; *p; p++) {
        if ((unsigned char)*p < ' ' || *p == '"' || *p == '\\' || *p == 0x7F)
            gb_out_printf(out, "\\%03o", (unsigned char)*p);
        else
            gb_out_char(out, *p);
    }
    gb_out_puts(out, "\"\n");
}

void
gb_diff(struct gb_out *out, const char *path, struct gb_str old, struct gb_str now)
{
    struct differ d = {0};
    size_t first = 0;

    if (gb_str_eq(old, now))
        return;
    split(old, &d.old);
    split(now, &d.now);
    find_changes(&d);
    write_name(out, "--- ", path);
    write_name(out, "+++ ", path);
    for (size_t i = 0; i < d.changes.len; i++) {
        const struct change *c = &d.changes.items[i];
        bool is_last = i + 1 == d.changes.len;
        if (!is_last && c[1].old - (c->old + c->n_old) <= 2 * CONTEXT)
            continue;
        write_hunk(out, &d, first, i);
        first = i + 1;
    }
    gb_array_release(&d.changes);
    gb_array_release(&d.old.list);
    gb_array_release(&d.now.list);
}
