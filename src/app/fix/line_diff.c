#include "app/fix/line_diff.h"

#include "base/arena.h"
#include "base/sort.h"

#include <stdlib.h>

/*
 * Between lines that hold, so many levels of such lines are looked for. What is left is compared line by line: at once where the table has
 * no more than MOST_CELLS, else so many lines after the other.
 */
enum { MOST_DEPTH = 24, MOST_CELLS = 1 << 20, PIECE = 128 };

/* Lines [old, old_end) against [now, now_end). */
struct range {
    uint32_t old, old_end, now, now_end;
};

struct differ {
    const uint64_t *old, *now;
    uint32_t *old_of;
};

/* A line by its hash. */
struct line {
    uint64_t hash;
    uint32_t index;
    bool is_now;
};

/* A line that both ranges have once. */
struct anchor {
    uint32_t old, now;
    uint32_t before; /* the anchor before it in the longest rising list; GB_NO_LINE: none */
};

GB_ORDER(compare_lines, struct line, GB_KEY(hash) GB_KEY(is_now) GB_KEY(index))

GB_ORDER(compare_anchors, struct anchor, GB_KEY(now))

static uint32_t
find_anchors(const struct differ *d, struct range r, struct anchor *anchors)
{
    size_t n = 0;
    struct line *lines = gb_alloc(((size_t)(r.old_end - r.old) + (r.now_end - r.now) + 1) * sizeof(*lines));
    uint32_t found = 0;

    for (uint32_t i = r.old; i < r.old_end; i++)
        lines[n++] = (struct line){d->old[i], i, false};
    for (uint32_t i = r.now; i < r.now_end; i++)
        lines[n++] = (struct line){d->now[i], i, true};
    gb_sort(lines, n, sizeof(*lines), compare_lines);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && lines[end].hash == lines[i].hash;)
            end++;
        if (end - i == 2 && !lines[i].is_now && lines[i + 1].is_now)
            anchors[found++] = (struct anchor){lines[i].index, lines[i + 1].index, GB_NO_LINE};
    }
    free(lines);
    gb_sort(anchors, found, sizeof(*anchors), compare_anchors);
    return found;
}

/* Of anchors in the order of `now` the longest list that rises in `old` too, in its order at the front; gives its length. */
static uint32_t
longest_rise(struct anchor *anchors, uint32_t n)
{
    uint32_t *ends = gb_alloc(((size_t)n + 1) * sizeof(*ends)); /* of each length the list that ends lowest */
    uint32_t length = 0;
    struct anchor *list;

    for (uint32_t i = 0; i < n; i++) {
        GB_SEEK(uint32_t, at, length, anchors[ends[at]].old < anchors[i].old);
        anchors[i].before = at ? ends[at - 1] : GB_NO_LINE;
        ends[at] = i;
        length += at == length;
    }
    list = gb_alloc(((size_t)length + 1) * sizeof(*list));
    for (uint32_t k = length, i = length ? ends[length - 1] : 0; k--; i = anchors[i].before)
        list[k] = anchors[i];
    if (length)
        memcpy(anchors, list, length * sizeof(*list));
    free(list);
    free(ends);
    return length;
}

/* The longest common list of few lines, by a table. */
static void
compare_all(const struct differ *d, struct range r)
{
    size_t n = r.old_end - r.old, m = r.now_end - r.now, width = m + 1;
    uint32_t *best;

    if (!n || !m)
        return;
    best = gb_alloc_zeroed((n + 1) * width * sizeof(*best));
    for (size_t i = n; i--;) {
        for (size_t k = m; k--;) {
            uint32_t down = best[(i + 1) * width + k], right = best[i * width + k + 1];
            best[i * width + k] = d->old[r.old + i] == d->now[r.now + k] ? best[(i + 1) * width + k + 1] + 1
                                  : down > right                         ? down
                                                                         : right;
        }
    }
    for (size_t i = 0, k = 0; i < n && k < m;) {
        if (d->old[r.old + i] == d->now[r.now + k])
            d->old_of[r.now + k++] = r.old + (uint32_t)i++;
        else if (best[(i + 1) * width + k] >= best[i * width + k + 1])
            i++;
        else
            k++;
    }
    free(best);
}

/* Text that repeats itself has no lines that hold. Each piece goes on behind what the one before has found, mostly to its end. */
static void
compare_pieces(const struct differ *d, struct range r)
{
    while (r.now < r.now_end && r.old_end - r.old > MOST_CELLS / (r.now_end - r.now)) {
        struct range piece = r;
        piece.old_end = r.old_end - r.old < PIECE ? r.old_end : r.old + PIECE;
        piece.now_end = r.now_end - r.now < PIECE ? r.now_end : r.now + PIECE;
        compare_all(d, piece);
        uint32_t behind = piece.now_end;
        while (behind > r.now && d->old_of[behind - 1] == GB_NO_LINE)
            behind--;
        bool is_far = behind - r.now > PIECE / 2;
        r.old = is_far ? d->old_of[behind - 1] + 1 : piece.old_end;
        r.now = is_far ? behind : piece.now_end;
    }
    compare_all(d, r);
}

static void
compare(const struct differ *d, struct range r, unsigned depth)
{
    while (r.old < r.old_end && r.now < r.now_end && d->old[r.old] == d->now[r.now])
        d->old_of[r.now++] = r.old++;
    while (r.old < r.old_end && r.now < r.now_end && d->old[r.old_end - 1] == d->now[r.now_end - 1])
        d->old_of[--r.now_end] = --r.old_end;
    if (r.old == r.old_end || r.now == r.now_end)
        return;
    uint32_t most = r.old_end - r.old < r.now_end - r.now ? r.old_end - r.old : r.now_end - r.now;
    struct anchor *anchors = gb_alloc(((size_t)most + 1) * sizeof(*anchors));
    uint32_t n = depth < MOST_DEPTH ? longest_rise(anchors, find_anchors(d, r, anchors)) : 0;
    if (!n)
        compare_pieces(d, r);
    for (uint32_t i = 0; n && i <= n; i++) {
        struct range part = {i ? anchors[i - 1].old : r.old, i < n ? anchors[i].old : r.old_end,
                             i ? anchors[i - 1].now : r.now, i < n ? anchors[i].now : r.now_end};
        compare(d, part, depth + 1);
    }
    free(anchors);
}

void
gb_line_diff(const uint64_t *old, uint32_t n_old, const uint64_t *now, uint32_t n_now, uint32_t *old_of)
{
    struct differ d = {old, now, old_of};

    for (uint32_t i = 0; i < n_now; i++)
        old_of[i] = GB_NO_LINE;
    compare(&d, (struct range){0, n_old, 0, n_now}, 0);
}
