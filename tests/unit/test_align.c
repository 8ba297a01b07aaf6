/* Distances by columns of bits against the plain table of costs, and the differences that follow from them. */
#include "rule/align_priv.h"

#include "unit.h"

enum { MOST = 200 };

static uint32_t seed = 1;

static uint32_t
next_random(uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 16) % below;
}

static void
fill(struct gb_glyphs *glyphs, size_t n, uint32_t from, uint32_t to)
{
    glyphs->len = 0;
    for (size_t i = 0; i < n; i++)
        *gb_push(glyphs) = (struct gb_glyph){.c = from + next_random(to - from)};
}

static size_t
least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t
plain_distance(const struct gb_glyphs *wording, const struct gb_glyphs *draft)
{
    static size_t costs[MOST + 1][MOST + 1];
    size_t best = MOST;

    for (size_t j = 0; j <= draft->len; j++)
        costs[0][j] = 0;
    for (size_t i = 1; i <= wording->len; i++) {
        uint32_t c = wording->items[i - 1].c;

        costs[i][0] = costs[i - 1][0] + (c != GB_OWN_WORDS);
        for (size_t j = 1; j <= draft->len; j++) {
            costs[i][j] = least(costs[i - 1][j], costs[i][j - 1]) + (c != GB_OWN_WORDS);
            if (c != GB_OWN_WORDS)
                costs[i][j] = least(costs[i][j], costs[i - 1][j - 1] + (c != draft->items[j - 1].c));
        }
    }
    for (size_t j = 0; j <= draft->len; j++)
        best = least(best, costs[wording->len][j]);
    return best;
}

/* What the hunks change, counted character by character. */
static size_t
cost_of(const struct gb_alignment *a)
{
    size_t cost = 0;

    for (size_t i = 0; i < a->hunks.len; i++) {
        size_t in_wording = a->hunks.items[i].to - a->hunks.items[i].from;
        size_t in_draft = a->hunks.items[i].end - a->hunks.items[i].begin;
        cost += in_wording > in_draft ? in_wording : in_draft;
    }
    return cost;
}

TEST(test_distances)
{
    struct gb_aligner aligner = {0};
    struct gb_alignment a = {0};
    struct gb_glyphs draft = {0};

    for (int round = 0; round < 2000; round++) {
        struct gb_arena arena = GB_ARENA_ZERO;
        struct gb_wording wording = {0};
        bool has_own = next_random(2);

        fill(&wording.glyphs, 1 + next_random(MOST - 1), !has_own, 2 + next_random(30));
        fill(&draft, next_random(MOST), 1, 2 + next_random(30));
        gb_wording_prepare(&wording, &arena);
        size_t expected = plain_distance(&wording.glyphs, &draft);
        assert_int_equal(gb_align_distance(&aligner, &wording, &draft), expected);
        gb_align(&aligner, &wording, &draft, &a);
        assert_int_equal(a.distance, expected);
        assert_true(has_own || cost_of(&a) >= expected);
        gb_arena_release(&arena);
        free(wording.glyphs.items);
    }
    free(a.hunks.items);
    free(draft.items);
    gb_aligner_release(&aligner);
}
