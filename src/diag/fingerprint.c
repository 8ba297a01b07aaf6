#include "diag/fingerprint.h"

#include "base/hash.h"
#include "base/sort.h"

/* A finding whose key is yet that of its words alone. */
struct keyed {
    uint64_t key;
    uint32_t index;
};

GB_ORDER(compare, struct keyed, GB_KEY(key) GB_KEY(index))

uint64_t *
gb_fingerprints(const struct gb_report *report)
{
    size_t n = report->findings.len;
    struct keyed *list = gb_alloc(n * sizeof(*list));
    uint64_t *keys = gb_alloc(n * sizeof(*keys));

    for (uint32_t i = 0; i < n; i++) {
        const struct gb_finding *finding = &report->findings.items[i];
        struct gb_span span = finding->at.span;
        uint64_t key = gb_hash_words(gb_hash_words(GB_HASH, finding->rule->code), finding->clause);
        list[i] = (struct keyed){gb_hash_words(key, gb_source_text(report->source, span)), i};
    }
    gb_sort(list, n, sizeof(*list), compare);
    uint32_t nth = 0;
    for (size_t i = 0; i < n; i++) {
        nth = i > 0 && list[i].key == list[i - 1].key ? nth + 1 : 0;
        uint64_t key = list[i].key;
        for (uint32_t rest = nth; rest; rest >>= 8)
            key = gb_hash_byte(key, (unsigned char)rest);
        keys[list[i].index] = key;
    }
    free(list);
    return keys;
}

uint64_t
gb_fingerprint_in(struct gb_str path, uint64_t key)
{
    return gb_hash_str(key, path);
}
