/*
 * Forms near a defined term that no list knows: a character or a word replaced, put in or left out (寄件柜 for 寄存柜, 受理服务窗口
 * for 受理窗口). The pass over the texts looks at the places where two characters of a term stand without the rest of it; a form is
 * told of when it is rare, stands nowhere beside the term, is listed nowhere as a thing of its own, and the characters that
 * are not the term's are said nowhere else: another thing has its word elsewhere as well (移交清单, 退还清单 in 退还).
 */
#include "facts/terms/term_priv.h"
#include "text/chars.h"

enum {
    NONE = UINT32_MAX,
    PART = 2 * GB_HAN,
    SHORTEST = 3 * GB_HAN,
    LONGEST = 12 * GB_HAN,
    MOST_NAMES = 400,  /* more make a vocabulary, in which forms near each other are the subject */
    MOST_CHAINED = 8,  /* names with one beginning that are looked at */
    MOST_FORMS = 64,   /* of all names together */
    MOST_PLACES = 100, /* of one form */
    MOST_PUT_IN = 3,   /* characters */
};

/* ---- names ---- */

/* Puts a name, which is to be added next, at the head of the chain of those with the same two characters. */
static void
chain(struct gb_term_reader *r, struct gb_near_name *name, enum gb_near_way way, struct gb_str two)
{
    struct gb_variant_reader *v = &r->variants;
    uint32_t which = (uint32_t)v->near_anchors.len, found;

    gb_index_add(&v->near_index, two, which, &found);
    if (found == which)
        *gb_push(&v->near_anchors) = (struct gb_near_anchor){{NONE, NONE, NONE}};
    uint32_t *first = &v->near_anchors.items[found].first[way];
    name->next[way] = *first;
    *first = (uint32_t)v->near_names.len;
}

/* Names that begin like this one: where they are used, a form of it may stand. */
static void
mark_shorter(struct gb_term_reader *r, struct gb_str words)
{
    uint32_t which;

    for (size_t len = PART; len < words.len; len += GB_HAN) {
        if (gb_is_designation(r, gb_str_sub(words, 0, len), &which))
            r->designations.items[which].begins_other = true;
    }
}

static void
add_name(struct gb_term_reader *r, struct gb_str words, uint32_t designation)
{
    struct gb_variant_reader *v = &r->variants;
    struct gb_near_name name = {.words = words, .designation = designation};

    chain(r, &name, GB_NEAR_BEGIN, gb_str_sub(words, 0, PART));
    chain(r, &name, GB_NEAR_END, gb_str_skip(words, words.len - PART));
    if (words.len == SHORTEST) {
        chain(r, &name, GB_NEAR_GAP, gb_arena_printf(r->facts->arena, "%.3s%.3s", words.ptr, words.ptr + PART));
        v->near_has_gaps = true;
    }
    *gb_push(&v->near_names) = name;
    mark_shorter(r, words);
}

void
gb_near_add_names(struct gb_term_reader *r)
{
    struct gb_variant_reader *v = &r->variants;

    if (r->designations.len == 0 || r->designations.len >= MOST_NAMES)
        return;
    gb_index_init(&v->near_index, r->facts->arena, 3 * r->designations.len);
    for (uint32_t i = 0; i < r->designations.len; i++) {
        const struct gb_designation *designation = &r->designations.items[i];
        struct gb_str words = designation->words;
        if (designation->status != GB_DESIGNATION_PREFERRED || !designation->is_searched ||
            r->terms.items[designation->term].kind != GB_TERM_ENTRY || words.len < SHORTEST || words.len > LONGEST ||
            !gb_variant_is_han(words))
            continue;
        add_name(r, words, i);
    }
    gb_index_merge_filter(&r->index, &v->near_index);
}

/* ---- shapes ---- */

/* What stands at a place, and how it differs from a name. */
struct near {
    const struct gb_near_name *name;
    struct gb_str s; /* the text */
    size_t begin, end;
    size_t at, len, own_len; /* the characters that differ: in the text, and how many bytes the name has there */
};

static bool
matches(struct gb_str s, size_t at, struct gb_str words)
{
    return at + words.len <= s.len && memcmp(s.ptr + at, words.ptr, words.len) == 0;
}

/* Do the characters go on a name, and end no run of words? */
static bool
are_of_name(struct gb_str s, size_t at, size_t len)
{
    for (size_t end = at + len, next; at < end; at = next) {
        uint32_t c = gb_utf8_at(s, at, &next);
        if (next > end || gb_variant_ends_run(c, next < s.len ? gb_char_at(s, next) : 0))
            return false;
    }
    return true;
}

/* The name's first characters stand at `begin`, and then others. */
static bool
near_from_begin(struct near *near, struct gb_str s, size_t begin)
{
    struct gb_str words = near->name->words;
    size_t p = PART;

    while (p < words.len && begin + p + GB_HAN <= s.len && memcmp(s.ptr + begin + p, words.ptr + p, GB_HAN) == 0)
        p += GB_HAN;
    if (p >= words.len)
        return false;
    size_t at = begin + p, left = words.len - p;
    near->s = s;
    near->begin = begin;
    near->at = at;
    for (size_t out = GB_HAN; out < left && out <= PART; out += GB_HAN) {
        if (matches(s, at, gb_str_skip(words, p + out)) && words.len - out >= SHORTEST) {
            near->len = 0;
            near->own_len = out;
            near->end = at + left - out;
            return true;
        }
    }
    for (size_t in = GB_HAN; in <= MOST_PUT_IN * GB_HAN; in += GB_HAN) {
        bool is_replaced = in < left && in <= PART && matches(s, at + in, gb_str_skip(words, p + in));
        if ((is_replaced || matches(s, at + in, gb_str_skip(words, p))) && are_of_name(s, at, in)) {
            near->len = in;
            near->own_len = is_replaced ? in : 0;
            near->end = at + in + left - near->own_len;
            return true;
        }
    }
    return false;
}

/* The name's last characters stand at `at`, and before these others than its own; at most its first one is there. */
static bool
near_from_end(struct near *near, struct gb_str s, size_t at)
{
    struct gb_str words = near->name->words;
    size_t end = at + PART, q = PART;

    while (q < words.len && end >= q + GB_HAN &&
           memcmp(s.ptr + end - q - GB_HAN, words.ptr + words.len - q - GB_HAN, GB_HAN) == 0)
        q += GB_HAN;
    if (q >= words.len)
        return false;
    /* The name's first character, and then none, or as many as the name has there; more where it has none. */
    size_t left = words.len - q, own = left - GB_HAN;
    for (size_t in = own ? 0 : GB_HAN; in <= PART && own <= PART; in += own ? own : GB_HAN) {
        size_t len = q + in + GB_HAN;
        if (len >= SHORTEST && len <= end && matches(s, end - len, gb_str_sub(words, 0, GB_HAN)) &&
            are_of_name(s, end - len, in + GB_HAN)) {
            *near = (struct near){near->name, s, end - len, end, end - len + GB_HAN, in, own};
            return true;
        }
        if (in && in == own)
            break;
    }
    near->s = s;
    near->end = end;
    if (left == GB_HAN && q >= SHORTEST && end >= q + GB_HAN && are_of_name(s, end - q - GB_HAN, GB_HAN)) {
        near->begin = near->at = end - q - GB_HAN;
        near->len = near->own_len = GB_HAN;
        return true;
    }
    if (left >= PART && q >= SHORTEST) {
        near->begin = near->at = end - q;
        near->len = 0;
        near->own_len = left;
        return true;
    }
    return false;
}

/* The first and the last of the name's three characters stand at `at`, and another between them. */
static bool
near_in_gap(struct near *near, struct gb_str s, size_t at)
{
    if (matches(s, at, near->name->words) || !are_of_name(s, at, SHORTEST))
        return false;
    *near = (struct near){near->name, s, at, at + SHORTEST, at + GB_HAN, GB_HAN, GB_HAN};
    return true;
}

/* ---- places ---- */

/* Does a name begin there: behind a mark, 由, 和; a verb as well? */
static bool
begins_name(const struct gb_lexicon *lexicon, struct gb_str s, size_t at, bool behind_verb)
{
    const struct gb_rel *sets[] = {&lexicon->verbs, &lexicon->instructions, &lexicon->prepositions, &lexicon->adverbs};
    struct gb_str before = gb_str_sub(s, 0, at);
    uint32_t c = at ? gb_char_before(s, at) : 0;

    if (!gb_char_is_han(c) || gb_variant_ends_run(c, gb_char_at(s, at)) || gb_variant_is_counted(s, at))
        return true;
    return behind_verb && GB_ANY(GB_ITEMS(set, sets, GB_COUNT(sets)), gb_words_end(gb_rel_at(*set), before) > GB_HAN);
}

/* A title, or the head of an item: a thing of its own. */
static bool
is_listed(const struct gb_node *node, const struct gb_text *text, struct gb_variant_place place)
{
    GB_WORDS(stops, "：", "；", "。", ":", ";", "——");
    struct gb_str behind = gb_str_skip(text->str, place.end);

    if (place.begin != 0 || (text != &node->title && node->kind != GB_NODE_ITEM))
        return false;
    return !behind.len || GB_STARTS_ANY(behind, stops);
}

static struct gb_near_form *
form_of(struct gb_variant_reader *v, const struct gb_near_name *name, struct gb_str words)
{
    uint32_t which = (uint32_t)(name - v->near_names.items);

    GB_EACH(struct gb_near_form, form, v->near_forms.items, v->near_forms.len) {
        if (form->name == which && gb_str_eq(form->words, words))
            return form;
    }
    return NULL;
}

static void
add_near(struct gb_term_reader *r, const struct near *near, const struct gb_near_text *text)
{
    struct gb_variant_reader *v = &r->variants;
    const struct gb_lexicon *lexicon = r->facts->lexicon;
    const struct gb_designation *designation = &r->designations.items[near->name->designation];
    struct gb_str words = gb_str_sub(near->s, near->begin, near->end);
    uint32_t which;

    /* 服务器 behind other words than the term's is what many things are called; 化系统 is the end of 自动化系统. */
    bool is_short = near->len == 0 && near->at == near->begin;
    bool is_replaced = near->len > 0 && near->own_len > 0;
    bool begins = begins_name(lexicon, near->s, near->begin, !is_short || words.len > SHORTEST);
    bool has_begin = near->at - near->begin >= PART; /* of the term: whatever stands before it is no part of a word */
    if (r->terms.items[designation->term].node == text->entry || (!begins && !is_short && !has_begin) ||
        !gb_variant_ends_name(lexicon, near->s, near->end) || gb_is_designation(r, words, &which))
        return;
    struct gb_variant_place place = {text->node, text->text, (uint32_t)gb_joined_begin(text->joined, near->begin),
                                     (uint32_t)gb_joined_end(text->joined, near->end)};
    if (gb_text_flags(text->text, place.begin) & (GB_RUN_CODE | GB_RUN_MATH | GB_RUN_QUOTE))
        return;
    struct gb_near_form *form = form_of(v, near->name, words);
    if (!form && v->near_forms.len >= MOST_FORMS)
        return;
    if (!form) {
        form = gb_push(&v->near_forms);
        *form = (struct gb_near_form){.words = gb_arena_copy(r->facts->arena, words),
                                      .name = (uint32_t)(near->name - v->near_names.items),
                                      .at = (uint32_t)(near->at - near->begin),
                                      .len = (uint32_t)near->len,
                                      .own_len = (uint32_t)near->own_len};
    }
    form->is_dropped = form->is_dropped || (!begins && is_short) || form->places.len >= MOST_PLACES ||
                       is_listed(text->node, text->text, place) ||
                       (gb_str_has(text->text->str, near->name->words) &&
                        !(is_replaced && gb_variant_goes_on(near->s, near->begin, near->end, near->name->words)));
    form->is_qualified = form->is_qualified || !begins || gb_char_before(near->s, near->begin) == U'的';
    if (!form->is_dropped)
        *gb_push(&form->places) = place;
}

static void
take_chain(struct gb_term_reader *r, struct gb_str s, size_t at, const struct gb_near_text *text,
           const struct gb_near_anchor *anchor, enum gb_near_way way)
{
    static bool (*const readers[])(struct near *, struct gb_str, size_t) = {near_from_begin, near_from_end,
                                                                            near_in_gap};
    uint32_t which = anchor->first[way];

    for (unsigned n = 0; which != NONE && n < MOST_CHAINED; n++) {
        struct near near = {.name = &r->variants.near_names.items[which]};
        which = near.name->next[way];
        if (readers[way](&near, s, at))
            add_near(r, &near, text);
    }
}

static void
take_at(struct gb_term_reader *r, struct gb_str s, size_t at, const struct gb_near_text *text)
{
    const struct gb_variant_reader *v = &r->variants;
    uint32_t which;

    if (!gb_index_get(&v->near_index, gb_str_sub(s, at, at + PART), &which))
        return;
    take_chain(r, s, at, text, &v->near_anchors.items[which], GB_NEAR_BEGIN);
    take_chain(r, s, at, text, &v->near_anchors.items[which], GB_NEAR_END);
}

void
gb_near_take_gap(struct gb_term_reader *r, struct gb_str s, size_t at, const struct gb_near_text *text)
{
    const struct gb_variant_reader *v = &r->variants;
    char two[PART];
    uint32_t which;

    if (at + SHORTEST > s.len)
        return;
    memcpy(two, s.ptr + at, GB_HAN);
    memcpy(two + GB_HAN, s.ptr + at + PART, GB_HAN);
    if (gb_index_get(&v->near_index, (struct gb_str){two, PART}, &which))
        take_chain(r, s, at, text, &v->near_anchors.items[which], GB_NEAR_GAP);
}

void
gb_near_take(struct gb_term_reader *r, struct gb_str s, struct gb_near_found found, const struct gb_near_text *text)
{
    size_t end = found.at + (found.len > GB_HAN ? found.len - GB_HAN : 0);

    if (found.len && !(found.value & (GB_INDEX_HEAD | GB_INDEX_FORM))) {
        if (!r->designations.items[found.value].begins_other)
            return;
        end = found.at;
    } else if (found.len && !(found.value & GB_INDEX_HEAD) &&
               r->variants.forms.items[found.value & ~GB_INDEX_FORM].kind != GB_VARIANT_HEAD) {
        return; /* told of as it is; another head may be that of another name: 寄存机构 */
    }
    for (size_t next = found.at; next <= end && next + PART <= s.len;) {
        size_t here = next, behind;
        uint32_t c = gb_utf8_at(s, here, &next);
        if (next < s.len && gb_index_may_begin(&r->variants.near_index, c, gb_utf8_at(s, next, &behind)))
            take_at(r, s, here, text);
    }
}

/* ---- judging ---- */

/* A form that is judged: near a term, or one that a list knows. */
struct judged {
    const struct gb_near_form *form;
    struct gb_variant *listed;
    struct gb_str words, news[2]; /* two characters each, at least one of them not the term's */
    bool is_novel;
};

struct judging {
    struct judged items[2 * MOST_FORMS];
    size_t n;
};

/* A form of two terms is one of neither: 结构分析 beside 结构热分析 and 结构耦合分析. */
static bool
is_of_two(const struct gb_variant_reader *v, const struct gb_near_form *form)
{
    return GB_ANY(GB_EACH_IN(other, &v->near_forms), other != form && gb_str_eq(other->words, form->words));
}

/* Two words put in at one place make two kinds: 智能水位传感器, 智能雨量传感器. */
static bool
has_other_filling(const struct gb_variant_reader *v, const struct gb_near_form *form)
{
    return GB_ANY(GB_EACH_IN(other, &v->near_forms),
                  other != form && other->name == form->name && other->at == form->at && !other->own_len && other->len);
}

static bool
is_shortened(const struct gb_near_form *form)
{
    return form->len == 0 && form->at == 0;
}

/* What can be said without looking at the texts again. */
static bool
may_be_variant(const struct gb_term_reader *r, const struct gb_near_form *form)
{
    const struct gb_variant_reader *v = &r->variants;
    const struct gb_lexicon *lexicon = r->facts->lexicon;
    const struct gb_han_words *contrasts = gb_rel_at(&lexicon->variant_contrasts); /* 进水口, 出水口; 供水管, 供气管 */
    const struct gb_near_name *name = &v->near_names.items[form->name];
    size_t n = form->places.len, n_kept = r->designations.items[name->designation].n_uses;
    struct gb_str own = gb_str_sub(name->words, form->at, form->at + form->own_len),
                  other = gb_str_sub(form->words, form->at, form->at + form->len);

    if (form->is_dropped || n == 0 || n_kept == 0 || is_of_two(v, form) ||
        (gb_variant_scope_names(r->facts, form->words) &&
         !(is_shortened(form) && gb_variant_scope_names(r->facts, name->words))))
        return false;
    if (is_shortened(form))
        return n <= 2 * n_kept && !form->is_qualified && !gb_variant_is_kind_word(lexicon, own);
    if (n > 2 && n * 3 > n_kept)
        return false;
    if (form->len == 0)
        return !gb_variant_is_kind_word(lexicon, own);
    if (form->own_len == 0 && has_other_filling(v, form))
        return false;
    if (form->own_len == 0)
        return !gb_words_has(contrasts, other) && !gb_variant_is_kind_word(lexicon, other);
    bool is_kind = gb_words_has(contrasts, other), is_own_kind = gb_words_has(contrasts, own);
    return form->at == 0 ? !is_kind && !is_own_kind : !is_kind || !is_own_kind;
}

/* What of the words at [at, at + len) is not the term's, with what stands beside it. */
static void
add_judged(struct judging *j, struct judged judged, size_t at, size_t len)
{
    struct gb_str words = judged.words;
    size_t from = at && len != PART ? at - GB_HAN : at, to = len > PART ? at + len - PART : len ? at : from;

    if (j->n == GB_COUNT(j->items))
        return;
    judged.is_novel = len > 0;
    judged.news[0] = gb_str_sub(words, from, from + PART);
    judged.news[1] = to + PART <= words.len ? gb_str_sub(words, to, to + PART) : judged.news[0];
    j->items[j->n++] = judged;
}

/* Do the characters stand elsewhere than in the form? */
static void
look_for_news(void *data, const struct gb_node *node, const struct gb_text *text, unsigned flags)
{
    struct judging *j = data;

    (void)node, (void)flags;
    GB_EACH(struct judged, judged, j->items, j->n) {
        for (size_t i = 0; i < GB_COUNT(judged->news) && judged->is_novel; i++)
            judged->is_novel = !gb_variant_stands_apart(text->str, judged->news[i], judged->words);
    }
}

static void
tell(struct gb_term_reader *r, const struct judged *judged)
{
    const struct gb_near_form *form = judged->form;
    const struct gb_lexicon *lexicon = r->facts->lexicon;
    uint32_t which = r->variants.near_names.items[form->name].designation;
    struct gb_variant_form kept = gb_variant_form_of_uses(r->facts, r, which);
    struct gb_str other = gb_str_sub(form->words, form->at, form->at + form->len);
    bool is_weakly_filled = form->own_len == 0 && gb_words_has(gb_rel_at(&lexicon->variant_fillings), other) &&
                            !gb_variant_makes_kind(lexicon, gb_str_sub(form->words, 0, form->at));

    /* 预热稳定时间 for 预热时间: a word between two words. */
    bool is_filled = form->own_len == 0 && form->len == PART && form->at >= PART && kept.words.len - form->at >= PART &&
                     kept.n_places > 1;
    if (form->len && !is_weakly_filled && !is_filled && !judged->is_novel)
        return;
    /* One character of a long name; of a short one it may be the word that makes a kind: 消防通道, 消毒通道. */
    bool is_inside = form->at > 0 && form->len == form->own_len && form->len == GB_HAN && kept.words.len >= 3 * PART;
    bool is_certain = (is_inside || is_weakly_filled) && kept.n_places >= 2 && !form->is_qualified &&
                      form->places.len * 2 <= kept.n_places;
    *gb_push(&r->variants.near_pairs) =
        (struct gb_variant){is_shortened(form) ? GB_VARIANT_SHORTENED : GB_VARIANT_FILLED, is_certain, kept,
                            gb_variant_form_of(r->facts->arena, form->words, form->places.items, form->places.len)};
}

/* Does the word of two characters at the difference say the same as the other one, and not only often? */
static bool
is_sure_word(const struct gb_term_reader *r, struct gb_str own, size_t p, size_t q)
{
    const struct gb_lexicon *lexicon = r->facts->lexicon;

    for (size_t at = p >= GB_HAN ? p - GB_HAN : p; at <= p; at += GB_HAN) {
        size_t len = gb_words_start(gb_rel_at(&lexicon->variant_likely_word_set), gb_str_skip(own, at));
        if (len && at + len >= own.len - q)
            return !gb_words_has(gb_rel_at(&lexicon->variant_loose_words),
                                 gb_pairs_usual(&r->variants.likely_words, gb_str_sub(own, at, at + len)));
    }
    return false;
}

/* The rarer names that a list holds to be likely ones of a defined term, by a word before its head. */
static void
judge_listed(struct gb_term_reader *r, struct judging *j)
{
    GB_EACH(struct gb_variant, pair, r->variants.subject_pairs.items, r->variants.subject_pairs.len) {
        struct gb_str own = pair->kept.words, words = pair->other.words;
        uint32_t which;
        size_t p = 0, q = 0;
        if (pair->is_certain || pair->kind != GB_VARIANT_FILLED || pair->kept.n_places < 2 * pair->other.n_places ||
            own.len != words.len || own.len < SHORTEST || !gb_variant_is_han(own) ||
            (pair->kept.n_places < 3 && !gb_is_designation(r, own, &which)))
            continue;
        while (p < own.len && memcmp(own.ptr + p, words.ptr + p, GB_HAN) == 0)
            p += GB_HAN;
        while (q < own.len - p && memcmp(own.ptr + own.len - q - GB_HAN, words.ptr + own.len - q - GB_HAN, GB_HAN) == 0)
            q += GB_HAN;
        if (q > 0 && own.len - p - q <= PART && is_sure_word(r, own, p, q))
            add_judged(j, (struct judged){.listed = pair, .words = words}, p, own.len - p - q);
    }
}

void
gb_find_near_variants(struct gb_term_reader *r)
{
    struct gb_variant_reader *v = &r->variants;
    struct judging j = {.n = 0};

    judge_listed(r, &j);
    GB_EACH(struct gb_near_form, form, v->near_forms.items, v->near_forms.len) {
        if (may_be_variant(r, form))
            add_judged(&j, (struct judged){.form = form, .words = form->words}, form->at, form->len);
    }
    GB_FIND(asked, j.items, j.n, asked->is_novel);
    if (asked)
        gb_each_term_text(r->facts, look_for_news, &j);
    for (size_t i = 0; i < j.n; i++) {
        if (j.items[i].listed)
            j.items[i].listed->is_certain = j.items[i].is_novel;
        else
            tell(r, &j.items[i]);
    }
    GB_EACH(struct gb_near_form, form, v->near_forms.items, v->near_forms.len)
        gb_array_release(&form->places);
    GB_RELEASE(&v->near_names, &v->near_anchors, &v->near_forms);
}
