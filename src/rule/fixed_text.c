/*
 * The kind fixed-text: a sentence in its fixed words (rule catalogue, section 5). A text that holds the sentence is
 * right; one that is near it, or near a variant of it, is compared character by character under normalisation N, so
 * that the finding stands at what differs and the fix changes no more than that.
 */
#include "rule/ruleset_priv.h"

#include "text/chars.h"
#include "text/utf8.h"

#include <stdlib.h>

#define OWN_TEXT "……" /* stands for words of the draft's own */

enum {
    OWN = 0,            /* the character that OWN_TEXT becomes */
    SET_WORDS = 64,     /* 4096 pairs of neighbours */
    MOST_GLYPHS = 2000, /* of a draft's text that are compared one by one */
    MOST_NEAR = 30,     /* texts compared in one node: a draft has the sentence once */
    MOST_JOINED = 3,    /* paragraphs that a sentence may be spread over */
};

/* Beyond this share of differing characters the sentence is replaced as a whole. */
static const double most_edited = 0.25;
/* Beyond this share the text is no form of the sentence; it only has the words that tell its purpose. */
static const double most_different = 0.8;

/* A character as N leaves it, and the bytes that it stands for. */
struct glyph {
    uint32_t c;
    uint32_t begin, end;
};

struct glyphs {
    struct glyph *items;
    size_t len, cap;
};

/* Pairs of neighbouring characters of a text, as bits of their hash: how alike texts are is counted from them. */
struct pairs {
    uint64_t bits[SET_WORDS];
    unsigned n;
};

/* One form of the sentence. */
struct form {
    struct gb_str text;
    const char *which; /* case of a variant; NULL: a right form */
    struct glyphs glyphs;
    struct pairs pairs;
    struct gb_buf normal;
};

/* Characters [from, to) of the form stand in place of [begin, end) of the draft. */
struct hunk {
    size_t from, to, begin, end;
};

/* The draft's text beside a form. */
struct alignment {
    size_t distance, begin, end; /* where the sentence stands in the draft */
    GB_ARRAY(struct hunk) hunks;
};

struct fixed {
    struct gb_check *check;
    struct gb_value like, unlike;
    double near;
    GB_ARRAY(struct form) forms;
    bool is_found;
    unsigned n_near;
    struct gb_buf normal; /* of the text in hand */
    struct glyphs draft;  /* its first characters, with bytes of the source */
    bool is_exact;
    const struct gb_node *done; /* last paragraph that was judged together with the one before */
    GB_ARRAY(uint16_t) costs;
};

/* ---- Texts as characters ---- */

static void
add_pair(struct pairs *pairs, uint32_t a, uint32_t b)
{
    uint32_t hash = (a * 0x9E3779B1u ^ b * 0x85EBCA6Bu) >> 16;
    uint64_t bit = UINT64_C(1) << (hash & 63), *word = &pairs->bits[(hash >> 6) & (SET_WORDS - 1)];

    pairs->n += !(*word & bit);
    *word |= bit;
}

static void
find_pairs(const struct glyphs *glyphs, struct pairs *out)
{
    *out = (struct pairs){0};
    for (size_t i = 1; i < glyphs->len; i++) {
        if (glyphs->items[i - 1].c != OWN && glyphs->items[i].c != OWN)
            add_pair(out, glyphs->items[i - 1].c, glyphs->items[i].c);
    }
}

/* Share of the pairs of the smaller text that the other has too. Short texts are like anything. */
static double
likeness(const struct pairs *a, const struct pairs *b)
{
    enum { FEWEST = 12 };
    unsigned common = 0, least = a->n < b->n ? a->n : b->n;

    if (least < FEWEST)
        return 0;
    for (size_t i = 0; i < SET_WORDS; i++)
        common += (unsigned)__builtin_popcountll(a->bits[i] & b->bits[i]);
    return (double)common / least;
}

static void
read_form(struct gb_str text, struct glyphs *out)
{
    struct gb_normal n = {.s = text};

    for (uint32_t c = gb_normal_next(&n); c; c = gb_normal_next(&n)) {
        bool is_own = gb_str_starts(gb_str_skip(text, n.begin), GB_STR(OWN_TEXT));
        if (is_own)
            gb_normal_next(&n);
        *gb_push(out) = (struct glyph){is_own ? OWN : c, (uint32_t)n.begin, (uint32_t)n.at};
    }
}

static void
add_form(struct fixed *f, struct gb_str text, const char *which)
{
    if (!text.len)
        return;
    struct form *form = gb_push(&f->forms);
    *form = (struct form){.text = text, .which = which};
    gb_normalise(text, &form->normal);
    read_form(text, &form->glyphs);
    find_pairs(&form->glyphs, &form->pairs);
}

/* Adds the characters of a text of the draft, with their places in the source. */
static void
read_draft(struct fixed *f, const struct gb_text *text, const struct gb_joined *joined)
{
    struct gb_normal n = {.s = joined->str};

    for (uint32_t c = gb_normal_next(&n); c && f->draft.len < MOST_GLYPHS; c = gb_normal_next(&n)) {
        bool is_exact;
        struct gb_span span =
            gb_text_span(text, gb_joined_begin(joined, n.begin), gb_joined_end(joined, n.at), &is_exact);
        *gb_push(&f->draft) = (struct glyph){c, span.begin, span.end};
        f->is_exact = f->is_exact && is_exact;
    }
}

/* ---- Comparing ---- */

/* Does the text hold the sentence? OWN_TEXT stands for anything. */
static bool
holds(struct gb_str draft, struct gb_str form)
{
    size_t at = 0;

    for (size_t from = 0; from < form.len;) {
        size_t own = gb_str_find(form, GB_STR(OWN_TEXT), from);
        struct gb_str part = gb_str_sub(form, from, own);
        at = part.len ? gb_str_find(draft, part, at) : at;
        if (at == GB_NOT_FOUND)
            return false;
        at += part.len;
        from = own == GB_NOT_FOUND ? form.len : own + strlen(OWN_TEXT);
    }
    return true;
}

static uint16_t
least(unsigned a, unsigned b)
{
    return (uint16_t)(a < b ? a : b);
}

/* Edit distances of the form's beginnings to the draft's stretches that end at each character: rows by the form. */
static void
fill_costs(struct fixed *f, const struct glyphs *form)
{
    size_t width = f->draft.len + 1, need = width * (form->len + 1);

    gb_array_grow((void **)&f->costs.items, &f->costs.cap, need, sizeof(*f->costs.items));
    memset(f->costs.items, 0, width * sizeof(*f->costs.items));
    for (size_t i = 1; i <= form->len; i++) {
        const uint16_t *above = f->costs.items + (i - 1) * width;
        uint16_t *row = f->costs.items + i * width;
        uint32_t c = form->items[i - 1].c;

        row[0] = (uint16_t)(above[0] + (c != OWN));
        for (size_t j = 1; j < width; j++) {
            if (c == OWN)
                row[j] = least(above[j], row[j - 1]);
            else
                row[j] = least(above[j - 1] + (unsigned)(c != f->draft.items[j - 1].c),
                               least(above[j], row[j - 1]) + 1u);
        }
    }
}

/* Where the sentence ends in the draft. A mark that stands for another mark at the end belongs to it. */
static size_t
find_end(const struct fixed *f, const struct glyphs *form)
{
    const uint16_t *last = f->costs.items + form->len * (f->draft.len + 1);
    size_t end = 0;

    for (size_t j = 1; j <= f->draft.len; j++) {
        if (last[j] < last[end])
            end = j;
    }
    if (end < f->draft.len && last[end + 1] == last[end] &&
        gb_char_is_cjk_punct(form->items[form->len - 1].c) && !gb_char_is_han(f->draft.items[end].c) &&
        !gb_char_is_latin(f->draft.items[end].c))
        end++;
    return end;
}

/* Adds a step of the way back to the hunk in hand: to its front, as the way goes. */
static void
add_step(struct alignment *a, bool is_open, size_t i, size_t j, bool in_form, bool in_draft)
{
    if (!is_open)
        *gb_push(&a->hunks) = (struct hunk){i, i, j, j};
    struct hunk *hunk = &a->hunks.items[a->hunks.len - 1];
    hunk->from = i - in_form;
    hunk->begin = j - in_draft;
}

/* Follows the least costs from the end to the beginning of the form. */
static void
walk_back(struct fixed *f, const struct glyphs *form, struct alignment *a)
{
    size_t width = f->draft.len + 1, i = form->len, j = a->end;
    bool is_open = false;

    while (i > 0) {
        const uint16_t *row = f->costs.items + i * width, *above = row - width;
        uint32_t c = form->items[i - 1].c;
        if (c == OWN) {
            is_open = false;
            if (row[j] == above[j])
                i--;
            else
                j--;
            continue;
        }
        bool is_same = j > 0 && c == f->draft.items[j - 1].c;
        bool both = j > 0 && row[j] == above[j - 1] + !is_same;
        bool in_form = both || row[j] == above[j] + 1;
        bool in_draft = both || !in_form;
        if (!both || !is_same)
            add_step(a, is_open, i, j, in_form, in_draft);
        is_open = !both || !is_same;
        i -= in_form;
        j -= in_draft;
    }
    a->begin = j;
}

/* In order, those joined that only one character keeps apart. */
static void
order_hunks(struct alignment *a)
{
    size_t n = 0;

    for (size_t i = 0, k = a->hunks.len; i + 1 < k; i++) {
        struct hunk swap = a->hunks.items[i];
        a->hunks.items[i] = a->hunks.items[--k];
        a->hunks.items[k] = swap;
    }
    for (size_t i = 0; i < a->hunks.len; i++) {
        struct hunk hunk = a->hunks.items[i], *last = n ? &a->hunks.items[n - 1] : NULL;
        if (last && hunk.from - last->to <= 1 && hunk.begin - last->end <= 1) {
            last->to = hunk.to;
            last->end = hunk.end;
        } else {
            a->hunks.items[n++] = hunk;
        }
    }
    a->hunks.len = n;
}

static void
align(struct fixed *f, const struct form *form, struct alignment *out)
{
    out->hunks.len = 0;
    fill_costs(f, &form->glyphs);
    out->end = find_end(f, &form->glyphs);
    out->distance = f->costs.items[form->glyphs.len * (f->draft.len + 1) + out->end];
    walk_back(f, &form->glyphs, out);
    order_hunks(out);
}

static double
share(size_t distance, const struct form *form)
{
    return (double)distance / (double)form->glyphs.len;
}

/* The nearest of the right forms, or of the variants. NULL where there is none. */
static const struct form *
nearest(struct fixed *f, bool is_variant, struct alignment *out)
{
    const struct form *best = NULL;
    struct alignment a = {0};

    for (size_t i = 0; i < f->forms.len; i++) {
        const struct form *form = &f->forms.items[i];
        if (is_variant != (form->which != NULL))
            continue;
        align(f, form, &a);
        if (best && share(a.distance, form) >= share(out->distance, best))
            continue;
        struct alignment swap = *out;
        *out = a;
        a = swap;
        best = form;
    }
    gb_array_release(&a.hunks);
    return best;
}

/* ---- Reporting ---- */

static struct gb_at
place_of(const struct fixed *f, size_t begin, size_t end)
{
    /* What is missing stands behind the character before it. */
    if (begin == end && begin > 0)
        begin--;
    else if (begin == end)
        end++;
    struct gb_span span = {f->draft.items[begin].begin, f->draft.items[end - 1].end};

    return f->is_exact ? gb_at_span(span) : gb_at_lines(span);
}

/* Ten characters from a place on, and five before it. */
static struct gb_str
excerpt(struct gb_arena *arena, const struct glyphs *glyphs, size_t at)
{
    enum { BEFORE = 5, FROM = 10 };
    struct gb_buf out = {0};

    for (size_t i = at > BEFORE ? at - BEFORE : 0; i < glyphs->len && i < at + FROM; i++) {
        char bytes[4];
        if (glyphs->items[i].c == OWN)
            gb_buf_puts(&out, OWN_TEXT);
        else
            gb_buf_add(&out, (struct gb_str){bytes, gb_utf8_put(bytes, glyphs->items[i].c)});
    }
    struct gb_str text = gb_buf_take(&out, arena);
    gb_buf_release(&out);
    return text;
}

static struct gb_str
form_part(const struct form *form, size_t from, size_t to)
{
    if (from == to)
        return GB_STR("");
    return gb_str_sub(form->text, form->glyphs.items[from].begin, form->glyphs.items[to - 1].end);
}

/* Bytes of the source that characters [begin, end) of the draft stand for. */
static struct gb_span
source_of(const struct fixed *f, size_t begin, size_t end)
{
    if (begin < end)
        return (struct gb_span){f->draft.items[begin].begin, f->draft.items[end - 1].end};
    uint32_t at = begin > 0 ? f->draft.items[begin - 1].end : f->draft.items[0].begin;
    return (struct gb_span){at, at};
}

/* A few characters differ: the place reaches from the first to the last, each difference is an edit. */
static void
report_edits(struct fixed *f, const struct gb_piece *piece, const struct form *form, const char *which,
             const struct alignment *a)
{
    struct gb_arena *arena = gb_check_context(f->check)->arena;
    const struct hunk *first = &a->hunks.items[0], *last = &a->hunks.items[a->hunks.len - 1];
    struct gb_finding *finding =
        gb_report_case(f->check, which, place_of(f, first->begin, last->end), piece->node,
                       GB_ARGS(form->text, excerpt(arena, &f->draft, first->begin),
                               excerpt(arena, &form->glyphs, first->from)));

    for (size_t i = 0; i < a->hunks.len; i++) {
        const struct hunk *hunk = &a->hunks.items[i];
        gb_fix(f->check, finding, source_of(f, hunk->begin, hunk->end),
               form_part(form, hunk->from, hunk->to));
    }
}

/* The sentence, at [begin, end) of the draft, is another one: what both have at its ends stays. */
static void
report_whole(struct fixed *f, const struct gb_piece *piece, const struct form *form, const char *which,
             size_t begin, size_t end)
{
    struct gb_arena *arena = gb_check_context(f->check)->arena;
    const struct glyph *is = f->draft.items, *should = form->glyphs.items;
    size_t from = 0, to = form->glyphs.len, first = begin, last = end;

    while (first < last && from < to && is[first].c == should[from].c)
        first++, from++;
    while (last > first && to > from && is[last - 1].c == should[to - 1].c)
        last--, to--;
    struct gb_finding *finding = gb_report_case(
        f->check, which, place_of(f, begin, end), piece->node,
        GB_ARGS(form->text, excerpt(arena, &f->draft, first), excerpt(arena, &form->glyphs, from)));
    /* Words around the sentence are the draft's own. */
    if (!gb_str_has(form->text, GB_STR(OWN_TEXT)) && end - begin <= 2 * form->glyphs.len)
        gb_fix(f->check, finding, source_of(f, first, last), form_part(form, from, to));
}

/* A variant in its own words is that case; with a slip of its own it is a slip. */
static void
report(struct fixed *f, const struct gb_piece *piece)
{
    struct alignment right = {0}, other = {0};
    const struct form *form = nearest(f, false, &right), *variant = nearest(f, true, &other);
    double distance = share(right.distance, form);
    double other_distance = variant ? share(other.distance, variant) : 1;
    bool is_near = distance <= most_edited;

    if (other_distance < distance && other_distance <= most_different) {
        if (is_near && other.distance > 0)
            report_edits(f, piece, variant, "differs", &other);
        else if (is_near)
            report_edits(f, piece, form, variant->which, &right);
        else
            report_whole(f, piece, form, variant->which, other.begin, other.end);
    } else if (is_near) {
        report_edits(f, piece, form, "differs", &right);
    } else if (distance <= most_different) {
        report_whole(f, piece, form, "differs", right.begin, right.end);
    } else {
        report_whole(f, piece, form, "differs", 0, f->draft.len);
    }
    gb_array_release(&right.hunks);
    gb_array_release(&other.hunks);
}

/* ---- The search ---- */

static bool
is_meant(const struct fixed *f, struct gb_str str)
{
    struct pairs pairs;

    for (size_t i = 0; i < gb_value_count(&f->unlike); i++) {
        if (gb_str_has(str, gb_value_word(&f->unlike, i)))
            return false;
    }
    for (size_t i = 0; i < gb_value_count(&f->like); i++) {
        if (gb_str_has(str, gb_value_word(&f->like, i)))
            return true;
    }
    if (f->near <= 0)
        return false;
    find_pairs(&f->draft, &pairs);
    for (size_t i = 0; i < f->forms.len; i++) {
        if (likeness(&pairs, &f->forms.items[i].pairs) >= f->near)
            return true;
    }
    return false;
}

/* Does the text hold one of the right forms, or one of the variants, word for word? */
static bool
holds_one(const struct fixed *f, bool is_variant)
{
    for (size_t i = 0; i < f->forms.len; i++) {
        if (is_variant == (f->forms.items[i].which != NULL) &&
            holds(gb_buf_str(&f->normal), gb_buf_str(&f->forms.items[i].normal)))
            return true;
    }
    return false;
}

/* Share of the nearest form that the draft lacks. */
static double
distance_now(struct fixed *f)
{
    struct alignment a = {0};
    double least_share = 1;

    for (size_t i = 0; i < f->forms.len; i++) {
        align(f, &f->forms.items[i], &a);
        double now = share(a.distance, &f->forms.items[i]);
        least_share = now < least_share ? now : least_share;
    }
    gb_array_release(&a.hunks);
    return least_share;
}

/* A sentence that a blank line or a page end cut goes on in the next paragraph: it is added where that brings the whole
 * nearer. */
static void
join_next(struct fixed *f, const struct gb_node *node)
{
    double before = -1;

    for (unsigned i = 0; i < MOST_JOINED && before != 0; i++) {
        size_t len = f->draft.len, normal = f->normal.len;
        struct gb_joined joined = {0};

        node = node->next;
        if (!node || node->kind != GB_NODE_PARA)
            return;
        if (before < 0)
            before = distance_now(f);
        gb_join(&node->text, &joined);
        read_draft(f, &node->text, &joined);
        gb_normalise(joined.str, &f->normal);
        gb_joined_release(&joined);
        double now = distance_now(f);
        if (now >= before) {
            f->draft.len = len;
            f->normal.len = normal;
            return;
        }
        f->done = node;
        before = now;
    }
}

static void
visit(void *data, const struct gb_piece *piece)
{
    struct fixed *f = data;

    if (f->done && piece->node->id <= f->done->id)
        return;
    f->normal.len = 0;
    gb_normalise(piece->str, &f->normal);
    if (holds_one(f, false)) {
        f->is_found = true;
        return;
    }
    f->draft.len = 0;
    f->is_exact = true;
    if (f->n_near >= MOST_NEAR)
        return;
    read_draft(f, piece->text, piece->joined);
    if (!f->draft.len || !is_meant(f, piece->str))
        return;
    f->n_near++;
    f->is_found = true;
    if (piece->node->kind == GB_NODE_PARA && !holds_one(f, true))
        join_next(f, piece->node);
    if (!holds_one(f, false))
        report(f, piece);
}

/* Does a node of the kind lie in it? */
static bool
has_kind(const struct gb_node *top, const struct gb_value *kind)
{
    for (const struct gb_node *n = top->first; n; n = gb_node_walk(n, top)) {
        if (n->kind == (enum gb_node_kind)kind->data->number[0])
            return true;
    }
    return false;
}

static void
add_forms(struct fixed *f)
{
    static const char *const by_edition[] = {
        [GB_EDITION_2009] = "texts-2009",
        [GB_EDITION_2020] = "texts-2020",
    };
    const struct gb_rule *rule = gb_check_rule(f->check);
    struct gb_value lists[] = {gb_rule_param(rule, "texts"),
                               gb_rule_param(rule, by_edition[gb_check_context(f->check)->facts->edition])};
    struct gb_value variants = gb_rule_param(rule, "variants");

    for (size_t k = 0; k < GB_COUNT(lists); k++) {
        for (size_t i = 0; i < gb_value_count(&lists[k]); i++)
            add_form(f, gb_value_word(&lists[k], i), NULL);
    }
    for (size_t i = 0; f->forms.len && i < gb_value_count(&variants); i++)
        add_form(f, gb_value_word(&variants, 2 * i), gb_value_word(&variants, 2 * i + 1).ptr);
}

void
gb_run_fixed_text(struct gb_check *check, const struct gb_node *node)
{
    const struct gb_rule *rule = gb_check_rule(check);
    struct gb_value near = gb_rule_param(rule, "near"), has = gb_rule_param(rule, "has");
    struct fixed f = {
        .check = check, .like = gb_rule_param(rule, "like"), .unlike = gb_rule_param(rule, "unlike")};

    if (!gb_kind_is_of(check, node))
        return;
    f.near = near.data->is_set ? gb_value_number(&near) : 0;
    add_forms(&f);
    if (f.forms.len) {
        gb_each_piece_in(node, rule->head->places, visit, &f);
        if (!f.is_found && gb_param_bool(check, "required") && (!has.data->is_set || has_kind(node, &has)))
            gb_report_case(check, "missing", gb_kind_head(node), node, GB_ARGS(f.forms.items[0].text));
    }
    for (size_t i = 0; i < f.forms.len; i++) {
        free(f.forms.items[i].glyphs.items);
        gb_buf_release(&f.forms.items[i].normal);
    }
    gb_array_release(&f.forms);
    gb_array_release(&f.costs);
    free(f.draft.items);
    gb_buf_release(&f.normal);
}

const char *
gb_verify_fixed_text(const struct gb_image_param *params)
{
    return params[0].is_set || params[1].is_set || params[2].is_set ? NULL : "缺“texts”";
}
