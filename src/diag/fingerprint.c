#include "diag/fingerprint.h"

#include "base/sort.h"

/* FNV-1a. */
#define BASIS 14695981039346656037u
#define PRIME 1099511628211u

static uint64_t
add_byte(uint64_t hash, unsigned char byte)
{
    return (hash ^ byte) * PRIME;
}

/* Blanks are left out: a paragraph that is wrapped anew stays the same. The end is marked. */
static uint64_t
add(uint64_t hash, struct gb_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] > ' ')
            hash = add_byte(hash, (unsigned char)text.ptr[i]);
    return add_byte(hash, 0);
}

/* A finding whose key is yet that of its words alone. */
struct keyed {
    uint64_t key;
    uint32_t index;
};

GB_ORDER(compare, struct keyed, GB_KEY(key) GB_KEY(index))

void
gb_fingerprints(const struct gb_report *report, uint64_t *out)
{
    size_t n = report->findings.len;
    struct keyed *list = gb_alloc((n + 1) * sizeof(*list));

    for (uint32_t i = 0; i < n; i++) {
        const struct gb_finding *finding = &report->findings.items[i];
        struct gb_span span = finding->at.span;
        uint64_t key = add(add(BASIS, finding->rule->code), finding->clause);
        list[i] = (struct keyed){add(key, gb_source_text(report->source, span)), i};
    }
    gb_sort(list, n, sizeof(*list), compare);
    uint32_t nth = 0;
    for (size_t i = 0; i < n; i++) {
        nth = i > 0 && list[i].key == list[i - 1].key ? nth + 1 : 0;
        uint64_t key = list[i].key;
        for (uint32_t rest = nth; rest; rest >>= 8)
            key = add_byte(key, (unsigned char)rest);
        out[list[i].index] = key;
    }
    free(list);
}

uint64_t
gb_fingerprint_in(struct gb_str path, uint64_t key)
{
    for (size_t i = 0; i < path.len; i++)
        key = add_byte(key, (unsigned char)path.ptr[i]);
    return key;
}
