/*
 * How long the layout of generated flowcharts takes: charts that can be drawn without a crossing, and the same with further edges that
 * leave crossings. CPU time, the least of some runs, beside the bars: 2 ms for 100 boxes, 30 ms for 400. Fails where one is missed.
 */
#include "base/buf.h"
#include "flow/layout/layout.h"
#include "flow/layout/layout_priv.h"

#include <stdio.h>
#include <time.h>

enum { RUNS = 7 };

static uint32_t
next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static void
add_edge(struct gb_buf *buf, uint32_t from, uint32_t to)
{
    gb_buf_printf(buf, "n%u[步骤%u] --> n%u[步骤%u]\n", from, from, to, to);
}

/* Steps in a row, some of them parted in two ways that meet again; `extra` edges more over a few steps. */
static struct gb_str
chart(uint32_t n_nodes, uint32_t extra, struct gb_arena *arena)
{
    struct gb_buf buf = {0};
    uint32_t seed = 7, at = 0;

    gb_buf_puts(&buf, "flowchart TD\n");
    while (at + 1 < n_nodes) {
        if (at + 3 < n_nodes && next_random(&seed) % 5 < 2) {
            add_edge(&buf, at, at + 1);
            add_edge(&buf, at, at + 2);
            add_edge(&buf, at + 1, at + 3);
            add_edge(&buf, at + 2, at + 3);
            at += 3;
        } else {
            add_edge(&buf, at, at + 1);
            at++;
        }
    }
    for (uint32_t i = 0; i < extra; i++) {
        uint32_t from = next_random(&seed) % (n_nodes - 12);
        add_edge(&buf, from, from + 2 + next_random(&seed) % 10);
    }
    struct gb_str text = gb_buf_take(&buf, arena);
    gb_buf_release(&buf);
    return text;
}

static double
milliseconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Prints a line; false where it took longer than the bar (0: there is none). */
static bool
measure(uint32_t n_nodes, uint32_t extra, double bar)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_flows flows = gb_flow_read(GB_FLOW_MERMAID, chart(n_nodes, extra, &arena), &arena);
    const struct gb_flow *flow = &flows.charts[0];
    struct gb_flow_layout layout = {0};
    double least = 1e9;

    for (int i = 0; i < RUNS; i++) {
        struct gb_arena own = GB_ARENA_ZERO;
        double begin = milliseconds();
        layout = gb_flow_layout_within(flow, 2000, 4000, &own);
        double took = milliseconds() - begin;
        least = took < least ? took : least;
        gb_arena_release(&own);
    }
    printf("%5u boxes %5u arrows %4u crossings left %8.2f ms", flow->n_nodes, flow->n_edges, layout.n_crossings, least);
    if (bar > 0)
        printf("   bar %.0f ms%s", bar, least > bar ? ": missed" : "");
    putchar('\n');
    gb_arena_release(&arena);
    return bar == 0 || least <= bar;
}

int
main(void)
{
    bool is_met = true;

    puts("layout of flowcharts, CPU time");
    is_met &= measure(33, 0, 0);
    is_met &= measure(100, 0, 2);
    is_met &= measure(100, 20, 2);
    is_met &= measure(400, 0, 30);
    is_met &= measure(400, 20, 30);
    is_met &= measure(330, 100, 30);
    is_met &= measure(1000, 0, 0);
    is_met &= measure(1000, 200, 0);
    is_met &= measure(1000, 800, 0);
    return !is_met;
}
