/*
 * The kind fixed-text: a sentence in its fixed words (rule catalogue, section 5). A text that holds the sentence is
 * right; one that is near it, or near a variant of it, is compared character by character under normalisation N, so
 * that the finding stands at what differs and the fix changes no more than that.
 */
#include "rule/align_priv.h"
#include "rule/ruleset_priv.h"

#include "text/chars.h"

#include <stdlib.h>

#define OWN_TEXT "……" /* stands for words of the draft's own */

enum {
    SET_WORDS = 64,     /* 4096 pairs of neighbours */
    MOST_GLYPHS = 2000, /* of a draft's text that are compared one by one */
    MOST_NEAR = 30,     /* texts compared in one node: a draft has the sentence once */
    MOST_JOINED = 3,    /* paragraphs that a sentence may be spread over */
};

/* Beyond this share of differing characters the sentence is replaced as a whole. */
static const double most_edited = 0.25;
/* Beyond this share the text is no form of the sentence; it only has the words that tell its purpose. */
static const double most_different = 0.8;

/* Pairs of neighbouring characters of a text, as bits of their hash: how alike texts are is counted from them. */
struct pairs {
    uint64_t bits[SET_WORDS];
    unsigned n;
};

/* One form of the sentence. */
struct form {
    struct gb_str text;
    const char *which; /* case of a variant; NULL: a right form */
    struct gb_str normal;
    struct pairs pairs;
    struct gb_wording wording;
};

/* The forms of a rule, made when it first meets its place in a draft. */
struct forms {
    struct form *items;
    size_t n;
    bool is_ready;
};

struct fixed {
    struct gb_check *check;
    struct gb_value texts[2]; /* the right forms, those of all editions and those of the draft's */
    struct gb_value like, unlike;
    double near;
    const struct forms *forms; /* NULL until a text is not right as it is written */
    bool is_found;
    unsigned n_near;
    struct gb_buf normal;   /* of the text in hand */
    struct gb_glyphs draft; /* its first characters, with bytes of the source */
    bool is_exact;
    const struct gb_node *done; /* last paragraph that was judged together with the one before */
    struct gb_aligner aligner;
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
find_pairs(const struct gb_glyphs *glyphs, struct pairs *out)
{
    *out = (struct pairs){0};
    for (size_t i = 1; i < glyphs->len; i++) {
        if (glyphs->items[i - 1].c != GB_OWN_WORDS && glyphs->items[i].c != GB_OWN_WORDS)
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
read_form(struct gb_str text, struct gb_glyphs *out)
{
    struct gb_normal n = {.s = text};

    for (uint32_t c = gb_normal_next(&n); c; c = gb_normal_next(&n)) {
        bool is_own = gb_str_starts(gb_str_skip(text, n.begin), GB_STR(OWN_TEXT));
        if (is_own)
            gb_normal_next(&n);
        *gb_push(out) = (struct gb_glyph){is_own ? GB_OWN_WORDS : c, (uint32_t)n.begin, (uint32_t)n.at};
    }
}

static void
add_form(struct forms *forms, struct gb_arena *arena, struct gb_str text, const char *which)
{
    struct form *form = &forms->items[forms->n];
    struct gb_glyphs glyphs = {0};
    struct gb_buf normal = {0};

    if (!text.len)
        return;
    forms->n++;
    gb_normalise(text, &normal);
    read_form(text, &glyphs);
    *form = (struct form){.text = text, .which = which, .normal = gb_buf_take(&normal, arena)};
    form->wording.glyphs =
        (struct gb_glyphs){gb_arena_copy_bytes(arena, glyphs.items, glyphs.len * sizeof(*glyphs.items)), glyphs.len,
                           glyphs.len};
    find_pairs(&glyphs, &form->pairs);
    gb_wording_prepare(&form->wording, arena);
    gb_buf_release(&normal);
    free(glyphs.items);
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
        *gb_push(&f->draft) = (struct gb_glyph){c, span.begin, span.end};
        f->is_exact = f->is_exact && is_exact;
    }
}

/* ---- Comparing ---- */

/* Offset of a part of a sentence in a text: its beginning is looked for, then the rest compared. */
static size_t
find_part(struct gb_str draft, struct gb_str part, size_t from)
{
    enum { BEGINNING = 48 };
    struct gb_str beginning = gb_str_sub(part, 0, BEGINNING);
    size_t at = gb_str_find(draft, beginning, from);

    while (at != GB_NOT_FOUND && !gb_str_starts(gb_str_skip(draft, at), part))
        at = gb_str_find(draft, beginning, at + 1);
    return at;
}

/* Does the text hold the sentence? OWN_TEXT stands for anything. */
static bool
holds(struct gb_str draft, struct gb_str form)
{
    size_t at = 0;

    for (size_t from = 0; from < form.len;) {
        size_t own = gb_str_find(form, GB_STR(OWN_TEXT), from);
        struct gb_str part = gb_str_sub(form, from, own);
        at = part.len ? find_part(draft, part, at) : at;
        if (at == GB_NOT_FOUND)
            return false;
        at += part.len;
        from = own == GB_NOT_FOUND ? form.len : own + strlen(OWN_TEXT);
    }
    return true;
}

static double
share(size_t distance, const struct form *form)
{
    return (double)distance / (double)form->wording.glyphs.len;
}

/* The nearest of the right forms, or of the variants. NULL where there is none. */
static const struct form *
nearest(struct fixed *f, bool is_variant, struct gb_alignment *out)
{
    const struct form *best = NULL;
    double best_share = 0;

    GB_EACH(const struct form, form, f->forms->items, f->forms->n) {
        if (is_variant != (form->which != NULL))
            continue;
        double now = share(gb_align_distance(&f->aligner, &form->wording, &f->draft), form);
        if (best && now >= best_share)
            continue;
        best = form;
        best_share = now;
    }
    if (best)
        gb_align(&f->aligner, &best->wording, &f->draft, out);
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
excerpt(struct gb_arena *arena, const struct gb_glyphs *glyphs, size_t at)
{
    enum { BEFORE = 5, FROM = 10 };
    struct gb_buf out = {0};

    for (size_t i = at > BEFORE ? at - BEFORE : 0; i < glyphs->len && i < at + FROM; i++) {
        char bytes[4];
        if (glyphs->items[i].c == GB_OWN_WORDS)
            gb_buf_puts(&out, OWN_TEXT);
        else
            gb_buf_add(&out, (struct gb_str){bytes, gb_utf8_put(bytes, glyphs->items[i].c)});
    }
    return gb_buf_take(&out, arena);
}

static struct gb_str
form_part(const struct form *form, size_t from, size_t to)
{
    if (from == to)
        return GB_STR("");
    return gb_str_sub(form->text, form->wording.glyphs.items[from].begin, form->wording.glyphs.items[to - 1].end);
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
             const struct gb_alignment *a)
{
    struct gb_arena *arena = f->check->arena;
    const struct gb_hunk *first = &a->hunks.items[0], *last = &a->hunks.items[a->hunks.len - 1];
    struct gb_finding *finding = gb_report_case(f->check, which, place_of(f, first->begin, last->end), piece->node,
                                                GB_ARGS(form->text, excerpt(arena, &f->draft, first->begin),
                                                        excerpt(arena, &form->wording.glyphs, first->from)));

    GB_EACH_IN(hunk, &a->hunks) {
        gb_fix(f->check, finding, source_of(f, hunk->begin, hunk->end), form_part(form, hunk->from, hunk->to));
    }
}

/* The sentence, at [begin, end) of the draft, is another one: what both have at its ends stays. */
static void
report_whole(struct fixed *f, const struct gb_piece *piece, const struct form *form, const char *which, size_t begin,
             size_t end)
{
    struct gb_arena *arena = f->check->arena;
    const struct gb_glyph *is = f->draft.items, *should = form->wording.glyphs.items;
    size_t from = 0, to = form->wording.glyphs.len, first = begin, last = end;

    while (first < last && from < to && is[first].c == should[from].c)
        first++, from++;
    while (last > first && to > from && is[last - 1].c == should[to - 1].c)
        last--, to--;
    struct gb_finding *finding = gb_report_case(f->check, which, place_of(f, begin, end), piece->node,
                                                GB_ARGS(form->text, excerpt(arena, &f->draft, first),
                                                        excerpt(arena, &form->wording.glyphs, from)));
    /* Words around the sentence are the draft's own. */
    if (!gb_str_has(form->text, GB_STR(OWN_TEXT)) && end - begin <= 2 * form->wording.glyphs.len)
        gb_fix(f->check, finding, source_of(f, first, last), form_part(form, from, to));
}

/* A variant in its own words is that case; with a slip of its own it is a slip. */
static void
report(struct fixed *f, const struct gb_piece *piece)
{
    struct gb_alignment right = {0}, other = {0};
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
    GB_RELEASE(&right.hunks, &other.hunks);
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
    GB_FIND(form, f->forms->items, f->forms->n, likeness(&pairs, &form->pairs) >= f->near);
    return form != NULL;
}

/* Does the text hold one of the right forms, or one of the variants, word for word? */
static bool
holds_one(const struct fixed *f, bool is_variant)
{
    GB_FIND(form, f->forms->items, f->forms->n,
            is_variant == (form->which != NULL) && holds(gb_buf_str(&f->normal), form->normal));
    return form != NULL;
}

/* Share of the nearest form that the draft lacks. */
static double
distance_now(struct fixed *f)
{
    double least_share = 1;

    GB_EACH(const struct form, form, f->forms->items, f->forms->n) {
        double now = share(gb_align_distance(&f->aligner, &form->wording, &f->draft), form);
        least_share = now < least_share ? now : least_share;
    }
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

/* The forms that hold in the draft's edition. */
static const struct forms *
forms_of(const struct fixed *f)
{
    struct gb_arena *arena = f->check->arena;
    const struct gb_rule *rule = gb_check_rule(f->check);
    struct forms *forms = gb_check_shared(f->check, rule, sizeof(*forms));

    if (forms->is_ready)
        return forms;
    struct gb_value variants = gb_rule_param(rule, "variants");
    size_t most = gb_value_count(&f->texts[0]) + gb_value_count(&f->texts[1]) + gb_value_count(&variants);
    forms->items = gb_arena_new_array(arena, struct form, most + 1);
    for (size_t k = 0; k < GB_COUNT(f->texts); k++) {
        for (size_t i = 0; i < gb_value_count(&f->texts[k]); i++)
            add_form(forms, arena, gb_value_word(&f->texts[k], i), NULL);
    }
    for (size_t i = 0; forms->n && i < gb_value_count(&variants); i++)
        add_form(forms, arena, gb_value_word(&variants, 2 * i), gb_value_word(&variants, 2 * i + 1).ptr);
    forms->is_ready = true;
    return forms;
}

/* Most drafts have the sentence as it stands in the rule: nothing need be made ready for comparing. */
static bool
is_right_as_written(const struct fixed *f, struct gb_str str)
{
    for (size_t k = 0; k < GB_COUNT(f->texts); k++) {
        for (size_t i = 0; i < gb_value_count(&f->texts[k]); i++) {
            struct gb_str text = gb_value_word(&f->texts[k], i);
            if (text.len && holds(str, text))
                return true;
        }
    }
    return false;
}

static void
visit(void *data, const struct gb_piece *piece)
{
    struct fixed *f = data;

    if (f->done && piece->node->id <= f->done->id)
        return;
    if (is_right_as_written(f, piece->str)) {
        f->is_found = true;
        return;
    }
    if (!f->forms)
        f->forms = forms_of(f);
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
    GB_FIND_NEXT(n, top->first, gb_node_walk(n, top), n->kind == (enum gb_node_kind)kind->data->number[0]);
    return n != NULL;
}

/* The first right form, which is what the draft lacks. */
static struct gb_str
first_text(const struct fixed *f)
{
    return gb_value_word(&f->texts[!gb_value_count(&f->texts[0])], 0);
}

static void
judge(struct fixed *f, const struct gb_node *node)
{
    const struct gb_rule *rule = gb_check_rule(f->check);
    struct gb_value near = gb_rule_param(rule, "near"), has = gb_rule_param(rule, "has");

    f->like = gb_rule_param(rule, "like");
    f->unlike = gb_rule_param(rule, "unlike");
    f->near = near.data->is_set ? gb_value_number(&near) : 0;
    gb_each_piece_in(node, rule->head->places, visit, f);
    if (!f->is_found && gb_param_bool(f->check, "required") && (!has.data->is_set || has_kind(node, &has)))
        gb_report_case(f->check, "missing", gb_kind_head(node), node, GB_ARGS(first_text(f)));
    gb_aligner_release(&f->aligner);
    free(f->draft.items);
    gb_buf_release(&f->normal);
}

void
gb_run_fixed_text(struct gb_check *check, const struct gb_node *node)
{
    static const char *const by_edition[] = {
        [GB_EDITION_2009] = "texts-2009",
        [GB_EDITION_2020] = "texts-2020",
    };
    const struct gb_rule *rule = gb_check_rule(check);

    if (!gb_kind_is_of(check, node))
        return;
    struct fixed f = {.check = check,
                      .texts = {gb_rule_param(rule, "texts"), gb_rule_param(rule, by_edition[check->facts->edition])}};
    if (gb_value_count(&f.texts[0]) + gb_value_count(&f.texts[1]) > 0)
        judge(&f, node);
}

const char *
gb_verify_fixed_text(const struct gb_image_param *params)
{
    return params[0].is_set || params[1].is_set || params[2].is_set ? NULL
                                                                    : GB_ERROR_SAY("缺“texts”", "“texts” is missing");
}
