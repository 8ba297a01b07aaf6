/* Ids of elements, and the words of references to them. */
#include "read/docbook/docbook_priv.h"

#include "base/hash.h"
#include "base/sort.h"

static void
link_id(struct gb_docbook *r, uint32_t index)
{
    uint32_t *bucket = &r->buckets[gb_hash_slot(r->ids.items[index].name) & (r->n_buckets - 1)];

    r->ids.items[index].next = *bucket;
    *bucket = index + 1;
}

static void
grow_buckets(struct gb_docbook *r)
{
    if (r->ids.len < r->n_buckets)
        return;
    r->n_buckets = r->n_buckets ? r->n_buckets * 2 : 64;
    r->buckets = gb_realloc(r->buckets, r->n_buckets * sizeof(*r->buckets));
    memset(r->buckets, 0, r->n_buckets * sizeof(*r->buckets));
    for (uint32_t i = 0; i < r->ids.len; i++)
        link_id(r, i);
}

static struct gb_docbook_id *
find_id(const struct gb_docbook *r, struct gb_str name)
{
    uint32_t i = r->n_buckets ? r->buckets[gb_hash_slot(name) & (r->n_buckets - 1)] : 0;

    while (i && !gb_str_eq(r->ids.items[i - 1].name, name))
        i = r->ids.items[i - 1].next;
    return i ? &r->ids.items[i - 1] : NULL;
}

void
gb_docbook_add_id(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct gb_xml_attr attr;
    uint32_t file = r->files[r->n_files - 1];

    /*
     * asciidoctor writes empty ids for titles without words. Nor need an id be a name of XML: pandoc writes “1-范围” for a title with its
     * number, which says nothing against the draft.
     */
    if (!gb_xml_attr(tag, "id", &attr) || attr.value.len == 0)
        return;
    struct gb_str name = gb_arena_copy(r->arena, gb_str_trim(attr.value));
    const struct gb_docbook_id *other = find_id(r, name);
    if (other && other->file == file && !tag->is_expanded) {
        gb_docbook_fault(r, GB_FAULT_ID, attr.span,
                         gb_arena_printf(r->arena, "id“%.*s”用了两次：改掉一个", GB_FMT(name)),
                         gb_arena_printf(r->arena, "the id “%.*s” is used twice: change one", GB_FMT(name)));
        return;
    }
    grow_buckets(r);
    *gb_push(&r->ids) =
        (struct gb_docbook_id){.name = name, .label = gb_docbook_attr(r, tag, "xreflabel"), .file = file};
    gb_docbook_top(r)->id = (uint32_t)r->ids.len;
    link_id(r, (uint32_t)r->ids.len - 1);
}

/* References: what they say is known when all numbers are. */

static struct gb_str
reference_words(struct gb_docbook *r, struct gb_str name)
{
    const struct gb_docbook_id *id = find_id(r, name);

    if (!id)
        return GB_STR("");
    if (id->label.str.len)
        return id->label.str;
    return id->block ? gb_docbook_reference(r, id->block) : GB_STR("");
}

/* Puts words into the empty runs of one text. */
static void
fill_references(struct gb_docbook *r, struct gb_text *text, const struct gb_docbook_xref *xrefs, size_t n)
{
    struct gb_run *runs = gb_arena_copy_bytes(r->arena, text->runs, text->n_runs * sizeof(*runs));
    struct gb_buf buf = {0};
    size_t x = 0, taken = 0;

    for (uint32_t i = 0; i < text->n_runs; i++) {
        size_t end = i + 1 < text->n_runs ? text->runs[i + 1].at : text->str.len;
        runs[i].at = (uint32_t)buf.len;
        if (x < n && xrefs[x].run == i)
            gb_buf_add(&buf, reference_words(r, xrefs[x++].id));
        else
            gb_buf_add(&buf, gb_str_sub(text->str, taken, end));
        taken = end;
    }
    text->runs = runs;
    text->str = gb_buf_take(&buf, r->arena);
}

GB_ORDER(by_text, struct gb_docbook_xref, GB_KEY(text) GB_KEY(run))

void
gb_docbook_finish_references(struct gb_docbook *r)
{
    struct gb_docbook_xref *xrefs = r->xrefs.items;
    size_t n = r->xrefs.len, first = 0;

    if (n)
        gb_sort(xrefs, n, sizeof(*xrefs), by_text);
    while (first < n) {
        size_t end = first + 1;
        while (end < n && xrefs[end].text == xrefs[first].text)
            end++;
        if (xrefs[first].text)
            fill_references(r, xrefs[first].text, xrefs + first, end - first);
        first = end;
    }
}
