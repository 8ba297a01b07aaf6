/*
 * Edit distances by columns of bits (Myers 1999): one column for each character of the draft, in it the steps from one
 * character of the wording to the next, 64 of them in a word. A wording is cut into blocks of that size, and where the
 * draft's own words stand.
 */
#include "rule/align_priv.h"

#include "text/chars.h"

enum { BLOCK = 64, SLOTS = 2 * BLOCK };

struct slot {
    uint32_t c; /* 0: free */
    uint64_t places;
};

/* Characters of the wording behind its first `first` ones. */
struct gb_align_block {
    size_t first;
    unsigned n;
    bool is_behind_own;       /* any length of the draft's own words may stand before it */
    struct slot slots[SLOTS]; /* where a character stands in the block */
};

/* A block in a column. */
struct gb_align_cell {
    uint64_t up, down;    /* characters that cost one more, one less than those before them */
    uint32_t top, bottom; /* the costs before its first character and behind its last */
};

/* ---- Wordings ---- */

/* Where the search for a character begins. */
static size_t
home_of(uint32_t c)
{
    return (c * 0x9E3779B1u) >> 25;
}

/* The slot of the character, whose home is `at`, or the free one where it belongs. */
static size_t
slot_of(const struct gb_align_block *block, uint32_t c, size_t at)
{
    while (block->slots[at].c && block->slots[at].c != c)
        at = (at + 1) % SLOTS;
    return at;
}

static void
add_place(struct gb_align_block *block, uint32_t c)
{
    struct slot *slot = &block->slots[slot_of(block, c, home_of(c))];

    slot->c = c;
    slot->places |= UINT64_C(1) << block->n++;
}

void
gb_wording_prepare(struct gb_wording *wording, struct gb_arena *arena)
{
    size_t most = 2 + wording->glyphs.len / BLOCK;

    for (size_t i = 0; i < wording->glyphs.len; i++)
        most += wording->glyphs.items[i].c == GB_OWN_WORDS;
    wording->blocks = gb_arena_new_array(arena, struct gb_align_block, most);
    struct gb_align_block *block = wording->blocks;
    for (size_t i = 0; i < wording->glyphs.len; i++) {
        bool is_own = wording->glyphs.items[i].c == GB_OWN_WORDS;
        if (is_own || block->n == BLOCK) {
            (++block)->first = i + is_own;
            block->is_behind_own = is_own;
        }
        if (!is_own)
            add_place(block, wording->glyphs.items[i].c);
    }
    wording->n_blocks = (size_t)(block - wording->blocks) + 1;
}

/* ---- Costs ---- */

static void
first_column(const struct gb_wording *wording, struct gb_align_cell *cells)
{
    uint32_t cost = 0;

    for (size_t b = 0; b < wording->n_blocks; b++) {
        cells[b] = (struct gb_align_cell){.up = ~UINT64_C(0), .top = cost};
        cost += wording->blocks[b].n;
        cells[b].bottom = cost;
    }
}

/* The block behind one more character of the draft, which is at `same` places: `cell` has its top, `before` is the column before. */
static void
step(const struct gb_align_block *block, uint64_t same, const struct gb_align_cell *before, struct gb_align_cell *cell)
{
    uint64_t last = UINT64_C(1) << (block->n - 1) % BLOCK;
    bool is_less = cell->top<before->top, is_more = cell->top> before->top;
    uint64_t either = same | before->down;

    same |= is_less;
    uint64_t across = (((same & before->up) + before->up) ^ before->up) | same;
    uint64_t more = before->down | ~(across | before->up), less = before->up & across;
    cell->bottom = before->bottom + (more & last ? 1 : 0) - (less & last ? 1 : 0);
    more = more << 1 | is_more;
    less = less << 1 | is_less;
    cell->up = less | ~(either | more);
    cell->down = more & either;
}

static void
fill(struct gb_aligner *a, const struct gb_wording *wording, const struct gb_glyphs *draft)
{
    size_t n = wording->n_blocks;

    gb_array_grow((void **)&a->cells.items, &a->cells.cap, n * (draft->len + 1), sizeof(*a->cells.items));
    first_column(wording, a->cells.items);
    for (size_t j = 1; j <= draft->len; j++) {
        struct gb_align_cell *column = a->cells.items + j * n;
        uint32_t c = draft->items[j - 1].c, cost = 0; /* the sentence may begin anywhere in the draft */
        size_t home = home_of(c);
        for (size_t b = 0; b < n; b++) {
            const struct gb_align_block *block = &wording->blocks[b];
            struct gb_align_cell *cell = &column[b], *before = cell - n;
            cell->top = block->is_behind_own && before->top < cost ? before->top : cost;
            cell->bottom = cell->top;
            if (block->n)
                step(block, block->slots[slot_of(block, c, home)].places, before, cell);
            cost = cell->bottom;
        }
    }
}

/* The cost of the wording's first i characters at the draft's stretches that end before its character j. */
static size_t
cost_at(const struct gb_aligner *a, const struct gb_wording *wording, size_t i, size_t j)
{
    size_t b = wording->n_blocks - 1;

    while (wording->blocks[b].first > i)
        b--;
    const struct gb_align_cell *cell = &a->cells.items[j * wording->n_blocks + b];
    size_t n = i - wording->blocks[b].first;
    uint64_t mask = n == BLOCK ? ~UINT64_C(0) : (UINT64_C(1) << n) - 1;
    return cell->top + (size_t)__builtin_popcountll(cell->up & mask) - (size_t)__builtin_popcountll(cell->down & mask);
}

static size_t
end_cost(const struct gb_aligner *a, const struct gb_wording *wording, size_t j)
{
    return a->cells.items[(j + 1) * wording->n_blocks - 1].bottom;
}

/* Where the sentence ends in the draft. */
static size_t
nearest_end(const struct gb_aligner *a, const struct gb_wording *wording, const struct gb_glyphs *draft)
{
    size_t end = 0;

    for (size_t j = 1; j <= draft->len; j++) {
        if (end_cost(a, wording, j) < end_cost(a, wording, end))
            end = j;
    }
    return end;
}

/* A mark that stands for another mark at the end belongs to the sentence. */
static size_t
take_mark(const struct gb_aligner *a, const struct gb_wording *wording, const struct gb_glyphs *draft, size_t end)
{
    uint32_t last = wording->glyphs.items[wording->glyphs.len - 1].c;

    if (end < draft->len && end_cost(a, wording, end + 1) == end_cost(a, wording, end) && gb_char_is_cjk_punct(last) &&
        !gb_char_is_han(draft->items[end].c) && !gb_char_is_latin(draft->items[end].c))
        end++;
    return end;
}

/* ---- Differences ---- */

/* Adds a step of the way back to the hunk in hand: to its front, as the way goes. */
static void
add_step(struct gb_alignment *out, bool is_open, size_t i, size_t j, bool in_form, bool in_draft)
{
    if (!is_open)
        *gb_push(&out->hunks) = (struct gb_hunk){i, i, j, j};
    struct gb_hunk *hunk = &out->hunks.items[out->hunks.len - 1];
    hunk->from = i - in_form;
    hunk->begin = j - in_draft;
}

/* Follows the least costs from the end to the beginning of the wording. */
static void
walk_back(const struct gb_aligner *a, const struct gb_wording *wording, const struct gb_glyphs *draft,
          struct gb_alignment *out)
{
    size_t i = wording->glyphs.len, j = out->end;
    bool is_open = false;

    while (i > 0) {
        uint32_t c = wording->glyphs.items[i - 1].c;
        if (j > 0 && c == draft->items[j - 1].c) { /* no way costs less than through a character that both have */
            is_open = false;
            i--, j--;
            continue;
        }
        size_t cost = cost_at(a, wording, i, j), above = cost_at(a, wording, i - 1, j);
        if (c == GB_OWN_WORDS) {
            is_open = false;
            if (cost == above)
                i--;
            else
                j--;
            continue;
        }
        bool both = j > 0 && cost == cost_at(a, wording, i - 1, j - 1) + 1;
        bool in_form = both || cost == above + 1;
        bool in_draft = both || !in_form;
        add_step(out, is_open, i, j, in_form, in_draft);
        is_open = true;
        i -= in_form;
        j -= in_draft;
    }
    out->begin = j;
}

/* In order, those joined that only one character keeps apart. */
static void
order_hunks(struct gb_alignment *out)
{
    size_t n = 0;

    for (size_t i = 0, k = out->hunks.len; i + 1 < k; i++) {
        struct gb_hunk swap = out->hunks.items[i];
        out->hunks.items[i] = out->hunks.items[--k];
        out->hunks.items[k] = swap;
    }
    for (size_t i = 0; i < out->hunks.len; i++) {
        struct gb_hunk hunk = out->hunks.items[i], *last = n ? &out->hunks.items[n - 1] : NULL;
        if (last && hunk.from - last->to <= 1 && hunk.begin - last->end <= 1) {
            last->to = hunk.to;
            last->end = hunk.end;
        } else {
            out->hunks.items[n++] = hunk;
        }
    }
    out->hunks.len = n;
}

size_t
gb_align_distance(struct gb_aligner *aligner, const struct gb_wording *wording, const struct gb_glyphs *draft)
{
    fill(aligner, wording, draft);
    return end_cost(aligner, wording, nearest_end(aligner, wording, draft));
}

void
gb_align(struct gb_aligner *aligner, const struct gb_wording *wording, const struct gb_glyphs *draft,
         struct gb_alignment *out)
{
    fill(aligner, wording, draft);
    size_t end = nearest_end(aligner, wording, draft);
    out->hunks.len = 0;
    out->distance = end_cost(aligner, wording, end);
    out->end = take_mark(aligner, wording, draft, end);
    walk_back(aligner, wording, draft, out);
    order_hunks(out);
}

void
gb_aligner_release(struct gb_aligner *aligner)
{
    gb_array_release(&aligner->cells);
}
