/* What the pass over a Markdown file found: its regions and footnotes by place and name, its faults. */
#include "read/markdown/scan_priv.h"

#include "base/sort.h"

void
gb_fault_add(struct gb_blocks *blocks, uint32_t base, enum gb_fault_kind kind, struct gb_span span, const char *zh,
             const char *en)
{
    *gb_push(&blocks->faults) = (struct gb_fault){
        .kind = kind,
        .span = {span.begin + base, span.end + base},
        .by_line = true,
        .zh = gb_str_from(zh),
        .en = gb_str_from(en),
    };
}

void
gb_scan_release(struct gb_scan *scan)
{
    free(scan->copy);
    GB_RELEASE(&scan->regions, &scan->chunks, &scan->runs, &scan->footnotes, &scan->links, &scan->form_feeds,
               &scan->marks);
    free(scan->slots);
}

size_t
gb_scan_region(const struct gb_scan *scan, uint32_t offset)
{
    GB_SEEK(size_t, i, scan->regions.len, scan->regions.items[i].span.end <= offset);
    return i;
}

/* ---- Footnotes ---- */

static struct gb_str
label_of(const struct gb_scan *scan, const struct gb_definition *definition)
{
    return gb_str_sub(scan->raw, definition->label.begin, definition->label.end);
}

/* The slot of a label, or the free one where it belongs. */
static uint32_t
find_slot(const struct gb_scan *scan, struct gb_str label)
{
    uint32_t hash = 2166136261u;

    for (size_t i = 0; i < label.len; i++) {
        char c = label.ptr[i];
        hash = (hash ^ (unsigned char)(gb_is_upper(c) ? c + 32 : c)) * 16777619u;
    }
    for (uint32_t slot = hash;; slot++) {
        slot &= scan->n_slots - 1;
        uint32_t i = scan->slots[slot];
        if (i == 0 || gb_str_eq_nocase(label_of(scan, &scan->footnotes.items[i - 1]), label))
            return slot;
    }
}

const struct gb_definition *
gb_scan_footnote(const struct gb_scan *scan, struct gb_str label)
{
    uint32_t i = scan->n_slots ? scan->slots[find_slot(scan, label)] : 0;

    return i ? &scan->footnotes.items[i - 1] : NULL;
}

void
gb_scan_add_footnote(struct gb_scan *scan, struct gb_definition definition)
{
    *gb_push(&scan->footnotes) = definition;
    if (scan->footnotes.len * 2 > scan->n_slots) {
        scan->n_slots = scan->n_slots ? scan->n_slots * 2 : 64;
        free(scan->slots);
        scan->slots = gb_alloc_zeroed(scan->n_slots * sizeof(uint32_t));
        for (uint32_t i = 0; i + 1 < scan->footnotes.len; i++)
            scan->slots[find_slot(scan, label_of(scan, &scan->footnotes.items[i]))] = i + 1;
    }
    scan->slots[find_slot(scan, label_of(scan, &definition))] = (uint32_t)scan->footnotes.len;
}
