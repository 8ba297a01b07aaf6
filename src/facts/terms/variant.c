/* Which names stand for the same: pairs of what the pass over the texts collected. See variant.h. */
#include "base/sort.h"
#include "facts/terms/term_priv.h"
#include "text/chars.h"

/* Nouns that have a head, by the words before it. */
struct phrase {
    struct gb_str words, core; /* core: core_of, once it was asked for */
    uint32_t head_len;
    enum gb_head_kind kind : 8;
    bool is_key;                 /* in a title or the scope, or defined */
    bool is_declared;            /* a designation: somebody said that it is called so */
    uint32_t n_seen;             /* places where it may be the whole name */
    uint32_t n;                  /* places where it is */
    uint32_t first, last;        /* of these: indexes of head places, NONE */
    uint32_t n_longer, longer;   /* other phrases that end with it, and one of them */
    struct gb_variant_form form; /* once it was asked for */
    uint32_t next, last_of_key;  /* phrases with one key: the next one; of the first of them the last one */
};

struct matching {
    const struct gb_facts *facts;
    struct gb_term_reader *r;
    struct gb_arena arena; /* for what is needed only here */
    struct gb_term_index index, cores;
    GB_ARRAY(struct phrase) phrases;
    uint32_t most_phrases; /* names are met again: this is room for all readings of most drafts */
    uint32_t *next_place;  /* of head places: the next one of the same phrase */
    GB_ARRAY(struct gb_variant) out;
};

enum { NONE = UINT32_MAX, PART = 2 * GB_HAN };

static const struct gb_str nothing;

/* ---- phrases ---- */

/* The next shorter reading of a run: without the verb at its head. False when too little is left before the head. */
static bool
next_reading(const struct matching *m, struct gb_str *run, uint32_t head_len)
{
    size_t len = gb_leading_verb(m->facts->lexicon, *run);

    if (len == 0 || run->len - len < head_len + PART)
        return false;
    *run = gb_str_skip(*run, len);
    return true;
}

static uint32_t
phrase_of(struct matching *m, struct gb_str words, const struct gb_head_place *place)
{
    uint32_t which = (uint32_t)m->phrases.len, found;

    bool is_known = which < m->most_phrases ? gb_index_add(&m->index, words, which, &found)
                                            : gb_index_get(&m->index, words, &found);
    if (!is_known)
        return NONE;
    if (found == which)
        *gb_push(&m->phrases) = (struct phrase){
            .words = words, .head_len = place->head_len, .kind = place->kind, .first = NONE, .last = NONE};
    return found;
}

static bool
has_modifier(const struct gb_head_place *place)
{
    return place->run.len >= place->head_len + PART;
}

static void
count_readings(struct matching *m, const struct gb_head_place *place)
{
    struct gb_str run = place->run;

    if (!has_modifier(place))
        return;
    do {
        uint32_t which = phrase_of(m, run, place);
        if (which == NONE)
            return;
        m->phrases.items[which].n_seen++;
    } while (next_reading(m, &run, place->head_len));
}

/* 社保 as 社会保险: adds the full words where s begins with short ones; length of these. */
static size_t
add_full(const struct gb_lexicon *lexicon, struct gb_str s, struct gb_buf *out)
{
    const struct gb_rel *list = &lexicon->variant_contractions;

    if (!gb_words_start(gb_rel_at(&lexicon->variant_contracted), s))
        return 0;
    for (uint32_t i = 0; i + 1 < list->n; i += 2) {
        struct gb_str word = gb_variant_listed(list, i), full = gb_variant_listed(list, i + 1);
        if (gb_str_starts(s, word)) {
            struct gb_str rest = gb_str_ends(full, word) ? gb_str_sub(full, 0, full.len - word.len) : nothing;
            bool is_full = rest.len && gb_str_ends((struct gb_str){out->ptr, out->len}, rest); /* 住房|公积金 */
            gb_buf_add(out, is_full ? word : full);
            return word.len;
        }
    }
    return 0;
}

/* The words without 管理, 服务 … that stand behind the first two characters and before the head; empty when nothing is left out. */
static struct gb_str
core_of(struct matching *m, struct phrase *phrase)
{
    const struct gb_rel *weak = &m->facts->lexicon->variant_weak;
    struct gb_str words = phrase->words;
    size_t head = words.len - phrase->head_len;
    struct gb_buf core = {0};

    if (phrase->core.len)
        return phrase->core;

    for (size_t at = 0; at < head;) {
        size_t skip = add_full(m->facts->lexicon, gb_str_sub(words, at, head), &core);
        if (skip) {
            at += skip;
            continue;
        }
        for (uint32_t i = 0; at >= PART && i < weak->n && !skip; i++) {
            struct gb_str word = gb_variant_listed(weak, i);
            skip = at + word.len <= head && gb_str_starts(gb_str_skip(words, at), word) ? word.len : 0;
        }
        if (!skip)
            gb_buf_add(&core, gb_str_sub(words, at, at + GB_HAN));
        at += skip ? skip : GB_HAN;
    }
    gb_buf_add(&core, gb_str_skip(words, head));
    phrase->core = gb_buf_take(&core, &m->arena);
    return phrase->core;
}

/* The cores of names that were met more than once: of a name met once they tell where it begins. */
static void
index_cores(struct matching *m)
{
    uint32_t found;

    gb_index_init(&m->cores, &m->arena, m->phrases.len);
    for (uint32_t i = 0; i < m->phrases.len; i++) {
        if (m->phrases.items[i].n_seen > 1)
            gb_index_add(&m->cores, core_of(m, &m->phrases.items[i]), i, &found);
    }
}

static bool
is_known(struct matching *m, struct phrase *phrase)
{
    uint32_t found;

    return phrase->n_seen > 1 || gb_index_get(&m->cores, core_of(m, phrase), &found);
}

/* The longest reading that was met before, or one like it; else the shortest, as for papers, with which something is done: 出具报告. */
static void
choose_reading(struct matching *m, uint32_t index)
{
    const struct gb_head_place *place = &m->r->variants.heads.items[index];
    struct gb_str run = place->run;
    uint32_t which = NONE;

    m->next_place[index] = NONE;
    if (!has_modifier(place) || place->is_front)
        return;
    do {
        if (!gb_index_get(&m->index, run, &which))
            return;
    } while ((place->kind == GB_HEAD_THING || !is_known(m, &m->phrases.items[which])) &&
             next_reading(m, &run, place->head_len));
    struct phrase *phrase = &m->phrases.items[which];
    if (phrase->first == NONE)
        phrase->first = index;
    else
        m->next_place[phrase->last] = index;
    phrase->last = index;
    phrase->n++;
    phrase->is_key =
        phrase->is_key || place->is_key || (m->facts->scope && gb_node_clause(place->place.node) == m->facts->scope);
}

bool
gb_variant_scope_names(const struct gb_facts *facts, struct gb_str words)
{
    if (gb_variant_is_of_title(facts, words))
        return true;
    for (const struct gb_node *n = facts->scope ? facts->scope->first : NULL; n; n = n->next) {
        if (gb_str_has(n->text.str, words))
            return true;
    }
    return false;
}

bool
gb_variant_is_of_title(const struct gb_facts *facts, struct gb_str words)
{
    return gb_str_has(facts->of_kind[GB_NODE_DOC].items[0]->title.str, words) ||
           (facts->title && gb_str_has(facts->title->title.str, words));
}

/* Does the document's title have the short name, and not as the end of the full one? */
static bool
title_has_alone(const struct gb_facts *facts, struct gb_str shorter, struct gb_str full)
{
    struct gb_str title = facts->of_kind[GB_NODE_DOC].items[0]->title.str;

    return gb_str_has(title, shorter) && !gb_str_has(title, full);
}

/* ---- pairs ---- */

static const struct gb_variant_form *
form_of(const struct matching *m, struct phrase *phrase)
{
    size_t before = phrase->words.len - phrase->head_len;

    if (phrase->form.places)
        return &phrase->form;
    struct gb_variant_place *places = gb_arena_new_array(m->facts->arena, struct gb_variant_place, phrase->n);
    phrase->form = (struct gb_variant_form){phrase->words, places, phrase->n};
    for (uint32_t i = phrase->first; i != NONE; i = m->next_place[i], places++) {
        *places = m->r->variants.heads.items[i].place;
        /* Across a line end the bytes of the words before the head are not told by their length. */
        if (places->begin >= before &&
            memcmp(places->text->str.ptr + places->begin - before, phrase->words.ptr, before) == 0)
            places->begin -= (uint32_t)before;
    }
    return &phrase->form;
}

static bool
are_contrasted(const struct matching *m, struct phrase *a, struct phrase *b)
{
    return gb_variant_is_contrasted(m->facts, form_of(m, a), b->words) ||
           gb_variant_is_contrasted(m->facts, form_of(m, b), a->words);
}

static bool
are_told_apart(const struct matching *m, struct phrase *a, struct phrase *b)
{
    return gb_variant_are_told_apart(form_of(m, a), form_of(m, b));
}

static void
add_pair(struct matching *m, enum gb_variant_kind kind, struct phrase *kept, struct phrase *other, bool is_certain)
{
    *gb_push(&m->out) = (struct gb_variant){kind, is_certain, *form_of(m, kept), *form_of(m, other)};
}

static bool
is_better(const struct phrase *a, const struct phrase *b)
{
    if (a->is_declared != b->is_declared)
        return a->is_declared;
    return a->is_key != b->is_key ? a->is_key : a->n > b->n;
}

/* ---- phrases with one key ---- */

/* Against which of the phrases with its key each of them is judged. */
enum against { AGAINST_BEST, AGAINST_FIRST, AGAINST_ONLY_OTHER };

typedef struct gb_str key_function(struct matching *m, struct phrase *phrase);
typedef void pair_function(struct matching *m, struct phrase *kept, struct phrase *other);

static void
judge_chain(struct matching *m, struct phrase *first, enum against against, pair_function *judge)
{
    struct phrase *phrases = m->phrases.items, *fixed = first;

    if (against == AGAINST_ONLY_OTHER && phrases[first->next].next != NONE)
        return;
    for (uint32_t i = first->next; against == AGAINST_BEST && i != NONE; i = phrases[i].next)
        fixed = is_better(&phrases[i], fixed) ? &phrases[i] : fixed;
    for (uint32_t i = (uint32_t)(first - phrases); i != NONE; i = phrases[i].next) {
        bool is_kept = is_better(&phrases[i], fixed);
        if (&phrases[i] != fixed)
            judge(m, is_kept ? &phrases[i] : fixed, is_kept ? fixed : &phrases[i]);
    }
}

/* An empty key has no others. */
static void
pair_by(struct matching *m, key_function *key_of, enum against against, pair_function *judge)
{
    struct gb_term_index keys = {.n_words = 0};

    for (uint32_t i = 0; i < m->phrases.len; i++) {
        struct phrase *phrase = &m->phrases.items[i];
        struct gb_str key = phrase->n ? key_of(m, phrase) : nothing;
        uint32_t found;
        phrase->next = NONE;
        phrase->last_of_key = i;
        if (key.len && !keys.word_slots)
            gb_index_init(&keys, &m->arena, m->phrases.len);
        if (!key.len || !gb_index_add(&keys, key, i, &found) || found == i)
            continue;
        struct phrase *first = &m->phrases.items[found];
        m->phrases.items[first->last_of_key].next = i;
        first->last_of_key = i;
    }
    for (uint32_t i = 0; i < m->phrases.len; i++) {
        struct phrase *phrase = &m->phrases.items[i];
        if (phrase->next != NONE && phrase->last_of_key != i)
            judge_chain(m, phrase, against, judge);
    }
}

static bool
has_management(const struct phrase *a, const struct phrase *b)
{
    struct gb_str word = GB_STR("管理");

    return gb_str_has(a->words, word) != gb_str_has(b->words, word);
}

static struct gb_str
filled_key(struct matching *m, struct phrase *phrase)
{
    struct gb_str core = phrase->kind == GB_HEAD_POST ? nothing : core_of(m, phrase);

    return core.len < phrase->head_len + PART ? nothing : core;
}

/*
 * 社会保险经办机构, 社会保险经办管理服务机构: a stem of four characters and more, or a name that is defined, and the other form
 * is the rarer one.
 */
static void
judge_filled(struct matching *m, struct phrase *kept, struct phrase *other)
{
    size_t stem = kept->core.len - kept->head_len;
    bool is_long = stem >= 2 * PART, is_person = kept->kind == GB_HEAD_PERSON && has_management(kept, other);

    if (other->is_declared || are_contrasted(m, kept, other))
        return;
    bool is_certain = !is_person && kept->kind != GB_HEAD_THING && kept->n >= 2 &&
                      (is_long ? other->n <= kept->n : kept->is_declared && other->n * 2 <= kept->n);
    add_pair(m, GB_VARIANT_FILLED, kept, other, is_certain);
}

/* How many phrases end with this one; 委托|检测机构 is no other name of it. */
static void
count_longer(struct matching *m, uint32_t index)
{
    struct phrase *phrase = &m->phrases.items[index];
    uint32_t shorter;

    if (phrase->n == 0 || phrase->kind == GB_HEAD_POST || phrase->kind == GB_HEAD_THING)
        return;
    for (size_t at = GB_HAN; at + phrase->head_len + PART <= phrase->words.len; at += GB_HAN) {
        if (!gb_index_get(&m->index, gb_str_skip(phrase->words, at), &shorter))
            continue;
        m->phrases.items[shorter].n_longer++;
        m->phrases.items[shorter].longer = index;
    }
}

/* 唯一识别, 委托: what is done with the body, and no part of its name. */
static bool
is_verb_alone(const struct gb_lexicon *lexicon, struct gb_str words)
{
    struct gb_str rest = gb_str_starts(words, GB_STR("唯一")) ? gb_str_skip(words, strlen("唯一")) : words;

    return rest.len > 0 && gb_leading_verb(lexicon, rest) == rest.len;
}

bool
gb_variant_is_kind_word(const struct gb_lexicon *lexicon, struct gb_str words)
{
    return gb_ends(&lexicon->variant_qualifiers, words) && !gb_ends(&lexicon->variant_no_qualifiers, words);
}

/* 检验机构资质: a name that is a part of a longer word says little. One place where it stands for itself is enough. */
static bool
stands_for_itself(const struct matching *m, const struct phrase *phrase)
{
    GB_WORDS(joints, "应", "宜", "可", "的", "和", "与", "及", "或", "在", "对", "按", "不", "由", "将", "向", "为",
             "是");

    for (uint32_t i = phrase->first; i != NONE; i = m->next_place[i]) {
        const struct gb_variant_place *place = &m->r->variants.heads.items[i].place;
        struct gb_str behind = gb_str_skip(place->text->str, place->end);
        if (!behind.len || !gb_char_is_han(gb_char_at(behind, 0)) || GB_STARTS_ANY(behind, joints))
            return true;
    }
    return false;
}

/*
 * 经办机构 for 社会保险经办机构, and no （以下简称“经办机构”）: the only longer name that ends with it is in the title or the scope,
 * where the short one is not, and no sentence has both.
 */
static void
find_shortened(struct matching *m)
{
    for (uint32_t i = 0; i < m->phrases.len; i++)
        count_longer(m, i);
    for (uint32_t i = 0; i < m->phrases.len; i++) {
        struct phrase *shorter = &m->phrases.items[i], *full;
        if (shorter->n == 0 || shorter->n_longer != 1 || shorter->is_declared || shorter->is_key)
            continue;
        full = &m->phrases.items[shorter->longer];
        struct gb_str left_out = gb_str_sub(full->words, 0, full->words.len - shorter->words.len);
        if (left_out.len < PART || is_verb_alone(m->facts->lexicon, left_out) ||
            gb_variant_is_kind_word(m->facts->lexicon, left_out) ||
            gb_variant_is_contrasted(m->facts, form_of(m, shorter), full->words) ||
            title_has_alone(m->facts, shorter->words, full->words))
            continue;
        bool in_scope = gb_variant_scope_names(m->facts, full->words) || full->is_declared;
        bool is_certain = in_scope && full->n >= 2 && full->kind == GB_HEAD_BODY && stands_for_itself(m, shorter) &&
                          shorter->words.len - shorter->head_len >= PART;
        if (is_certain || full->n + shorter->n >= 2)
            add_pair(m, GB_VARIANT_SHORTENED, full, shorter, is_certain);
    }
}

/* ---- another head ---- */

static struct gb_str
body_key(struct matching *m, struct phrase *phrase)
{
    (void)m;
    return gb_variant_body_of(phrase->words) == GB_BODIES
               ? nothing
               : gb_str_sub(phrase->words, 0, phrase->words.len - phrase->head_len);
}

/* 经办机构 and, in other paragraphs and less often, 经办部门. A body may have departments of its name: nothing is certain. */
static void
judge_bodies(struct matching *m, struct phrase *kept, struct phrase *other)
{
    if (other->is_declared || other->is_key || kept->n < 2 || other->n * 2 > kept->n || are_told_apart(m, kept, other))
        return;
    add_pair(m, GB_VARIANT_HEAD, kept, other, false);
}

/* ---- ends of names for persons, and parts in another order ---- */

/* 管理 of 管理员; of 计量管理员 the words before it tell whom. */
static bool
is_open(const struct gb_lexicon *lexicon, struct gb_str stem)
{
    size_t len = gb_words_end(gb_rel_at(&lexicon->variant_open_stems), stem);

    return len && (stem.len - len < PART || gb_variant_is_open_stem(lexicon, gb_str_sub(stem, 0, stem.len - len)));
}

/* 讲解 of 讲解员 and 讲解人员, with the last word of their group. */
static struct gb_str
post_key(struct matching *m, struct phrase *phrase)
{
    size_t post = gb_variant_post_of(phrase->words), last = GB_POSTS - 1;

    if (post == GB_POSTS ||
        is_open(m->facts->lexicon, gb_str_sub(phrase->words, 0, phrase->words.len - gb_variant_posts[post].word.len)))
        return nothing;
    while (gb_variant_posts[last].group != gb_variant_posts[post].group)
        last--;
    size_t stem = phrase->words.len - gb_variant_posts[post].word.len;
    return stem < PART ? nothing
                       : gb_arena_printf(&m->arena, "%.*s%.*s", (int)stem, phrase->words.ptr,
                                         GB_FMT(gb_variant_posts[last].word));
}

static void
judge_posts(struct matching *m, struct phrase *kept, struct phrase *other)
{
    struct gb_str stem =
        gb_str_sub(kept->words, 0, kept->words.len - gb_variant_posts[gb_variant_post_of(kept->words)].word.len);
    bool is_whole = !gb_variant_is_open_stem(m->facts->lexicon, stem); /* 计量管理员, 计量管理人员: likely */

    if (!other->is_declared && !are_told_apart(m, kept, other))
        add_pair(m, GB_VARIANT_POST, kept, other, is_whole && (kept->n >= 2 || kept->is_declared));
}

static int
compare_characters(const void *a, const void *b)
{
    return memcmp(a, b, GB_HAN);
}

/* 受理服务窗口 and 服务受理窗口, 运营企业 and 营运企业: the characters before the head, sorted. */
static struct gb_str
order_key(struct matching *m, struct phrase *phrase)
{
    struct gb_str words = phrase->words;
    size_t stem = words.len - phrase->head_len;

    if (phrase->kind == GB_HEAD_POST || stem < PART || !gb_variant_is_han(words))
        return nothing;
    char *key = gb_arena_copy_bytes(&m->arena, words.ptr, words.len);
    gb_sort(key, stem / GB_HAN, GB_HAN, compare_characters);
    return (struct gb_str){key, words.len};
}

static void
judge_order(struct matching *m, struct phrase *kept, struct phrase *other)
{
    if (!other->is_declared && !are_contrasted(m, kept, other))
        add_pair(m, GB_VARIANT_SWAPPED, kept, other, kept->n >= 2 && kept->kind != GB_HEAD_THING);
}

/* 评价报告 and 评估报告, 查阅申请单 and 查阅申请表: each word, and the end, as the usual one of those that often say the same. */
static struct gb_str
likely_key(struct matching *m, struct phrase *phrase)
{
    const struct gb_lexicon *lexicon = m->facts->lexicon;
    const struct gb_variant_reader *v = &m->r->variants;
    struct gb_str words = phrase->words;
    size_t end = gb_words_end(gb_rel_at(&lexicon->variant_likely_end_words), words);
    struct gb_buf key = {0};

    if (phrase->kind == GB_HEAD_POST || phrase->kind == GB_HEAD_PERSON || words.len < 2 * PART)
        return nothing;
    for (size_t at = 0, len; at < words.len - end; at += len) {
        len = gb_words_start(gb_rel_at(&lexicon->variant_likely_word_set), gb_str_sub(words, at, words.len - end));
        struct gb_str own = gb_str_sub(words, at, at + (len ? len : GB_HAN));
        gb_buf_add(&key, len ? gb_pairs_usual(&v->likely_words, own) : own);
        len = own.len;
    }
    if (end)
        gb_buf_add(&key, gb_pairs_usual(&v->likely_ends, gb_str_skip(words, words.len - end)));
    return gb_buf_take(&key, &m->arena);
}

/* One is used, the other stands once or twice in other paragraphs. */
static void
judge_likely(struct matching *m, struct phrase *kept, struct phrase *other)
{
    if (!other->is_declared && kept->n >= 2 && other->n * 2 <= kept->n && !are_told_apart(m, kept, other))
        add_pair(m, GB_VARIANT_FILLED, kept, other, false);
}

GB_ORDER(by_place, struct gb_variant,
         GB_KEY(other.places->node->id) GB_KEY(other.places->begin) GB_KEY_STR(other.words))

static void
mark_phrases(struct matching *m)
{
    GB_EACH(struct phrase, phrase, m->phrases.items, m->phrases.len) {
        uint32_t which;
        phrase->is_declared = gb_is_designation(m->r, phrase->words, &which);
    }
}

static bool
are_names_of(const struct gb_variant *a, const struct gb_variant_form *kept, const struct gb_variant_form *other)
{
    return gb_str_eq(a->kept.words, kept->words) && gb_str_eq(a->other.words, other->words);
}

/* Pairs found in another way. Those that are likely by their heads, and certain by what the sentences are about, become certain. */
static void
take_pairs(struct matching *m, const struct gb_variant *pairs, size_t n)
{
    enum { MOST = 200 };

    GB_EACH(const struct gb_variant, pair, pairs, n < MOST ? n : MOST) {
        GB_FIND(known, m->out.items, m->out.len, are_names_of(known, &pair->kept, &pair->other));
        if (known)
            known->is_certain = known->is_certain || (pair->is_certain && known->kind == pair->kind);
        else if (!GB_ANY(GB_EACH_IN(v, &m->out), are_names_of(v, &pair->other, &pair->kept)))
            *gb_push(&m->out) = *pair;
    }
}

void
gb_find_variants(struct gb_facts *facts, struct gb_term_reader *r)
{
    struct matching m = {.facts = facts, .r = r};
    uint32_t n = (uint32_t)r->variants.heads.len;
    struct gb_variants *variants = gb_arena_new(facts->arena, struct gb_variants);

    if (n > 0) {
        m.next_place = gb_arena_new_array(&m.arena, uint32_t, n);
        m.most_phrases = 2 * n;
        gb_index_init(&m.index, &m.arena, m.most_phrases);
        for (uint32_t i = 0; i < n; i++)
            count_readings(&m, &r->variants.heads.items[i]);
        index_cores(&m);
        for (uint32_t i = 0; i < n; i++)
            choose_reading(&m, i);
        mark_phrases(&m);
        pair_by(&m, filled_key, AGAINST_BEST, judge_filled);
        find_shortened(&m);
        pair_by(&m, body_key, AGAINST_ONLY_OTHER,
                judge_bodies); /* three heads behind the same words are three things */
        pair_by(&m, post_key, AGAINST_FIRST, judge_posts);
        pair_by(&m, order_key, AGAINST_FIRST, judge_order);
        pair_by(&m, likely_key, AGAINST_FIRST, judge_likely);
    }
    gb_find_form_variants(r);
    for (size_t i = 0; i < r->variants.form_pairs.len; i++)
        *gb_push(&m.out) = r->variants.form_pairs.items[i];
    gb_find_subject_variants(r);
    gb_find_near_variants(r);
    take_pairs(&m, r->variants.subject_pairs.items, r->variants.subject_pairs.len);
    take_pairs(&m, r->variants.near_pairs.items, r->variants.near_pairs.len);
    gb_sort(m.out.items, m.out.len, sizeof(*m.out.items), by_place);
    GB_KEEP(facts->arena, &m.out, variants->items, variants->n);
    facts->variants = variants;
    for (size_t i = 0; i < r->variants.forms.len; i++)
        gb_array_release(&r->variants.forms.items[i].places);
    GB_RELEASE(&r->variants.forms, &r->variants.form_pairs, &r->variants.near_pairs, &r->variants.heads);
    gb_variant_release_subjects(&r->variants);
    gb_array_release(&m.phrases);
    gb_arena_release(&m.arena);
}
