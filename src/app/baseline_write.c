/* The form of a baseline file. */
#include "app/baseline.h"
#include "base/json.h"
#include "base/sort.h"

/* 5.2 before 5.10, chapters before annexes. */
static int
compare_clauses(struct gb_str a, struct gb_str b)
{
    while (a.len && b.len) {
        size_t n = gb_skip_digits(a, 0), k = gb_skip_digits(b, 0);
        if (n && k && n != k)
            return n < k ? -1 : 1;
        size_t step = n && k ? n : 1;
        int order = gb_str_cmp(gb_str_sub(a, 0, step), gb_str_sub(b, 0, step));
        if (order)
            return order;
        a = gb_str_skip(a, step);
        b = gb_str_skip(b, step);
    }
    return (a.len > 0) - (b.len > 0);
}

GB_ORDER(compare_known, struct gb_known,
         GB_KEY_STR(file) GB_KEY_BY(compare_clauses, clause) GB_KEY_STR(clause) GB_KEY_STR(rule) GB_KEY(words)
             GB_KEY(around) GB_KEY(level) GB_KEY_STR(quote))

static bool
is_alike(const struct gb_known *a, const struct gb_known *b)
{
    return a->level == b->level && a->words == b->words && a->around == b->around && gb_str_eq(a->rule, b->rule) &&
           gb_str_eq(a->clause, b->clause) && gb_str_eq(a->file, b->file);
}

void
gb_baseline_order(struct gb_known *entries, size_t *n, bool adds)
{
    size_t kept = 0;

    if (*n)
        gb_sort(entries, *n, sizeof(*entries), compare_known);
    for (size_t i = 0; i < *n; i++) {
        struct gb_known *last = kept ? &entries[kept - 1] : NULL;
        if (!last || !is_alike(last, &entries[i]))
            entries[kept++] = entries[i];
        else if (adds)
            last->n += entries[i].n;
        else if (entries[i].n > last->n)
            last->n = entries[i].n;
    }
    *n = kept;
}

static void
write_entry(struct gb_out *out, const struct gb_known *e)
{
    struct gb_json json;

    gb_json_init(&json, out, GB_JSON_COMPACT);
    gb_json_open(&json, "{");
    gb_json_field(&json, "file", e->file);
    gb_json_field(&json, "clause", e->clause);
    gb_json_field(&json, "rule", e->rule);
    if (e->level)
        gb_json_field(&json, "level", gb_str_from(gb_level_name(e->level)));
    gb_json_field(&json, "quote", e->quote);
    gb_json_hash(&json, "words", e->words);
    gb_json_hash(&json, "around", e->around);
    gb_json_count(&json, "n", e->n);
    gb_json_close(&json, "}");
    gb_out_puts(out, ",\n");
}

void
gb_baseline_write(const struct gb_known *entries, size_t n, struct gb_buf *bytes)
{
    struct gb_out out = GB_OUT_ZERO;

    gb_out_puts(&out, "{\"schema\":1,\"known\":[\n");
    for (size_t i = 0; i < n; i++)
        write_entry(&out, &entries[i]);
    /* The last entry is empty, so that every line before it ends alike. */
    gb_out_puts(&out, "{}]}\n");
    gb_buf_add(bytes, gb_buf_str(&out.buf));
    gb_out_release(&out);
}
