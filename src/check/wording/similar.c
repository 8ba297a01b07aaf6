/*
 * Provisions that say the same: in equal words twice, in nearly equal words, or once as requirement and once as recommendation:
 * WRD-018, WRD-019. GB/T 1.1—2020, 5.4.1 and 9.1.
 *
 * No sentence is held against all others: those that share their least pairs of characters, by hash, are; and of these the first few.
 */
#include "check/wording/clause_types_priv.h"
#include "check/wording/wording_priv.h"

#include "base/hash.h"

enum {
    SHORTEST = 12,          /* pairs of characters; shorter provisions are alike by their nature */
    LONGEST = 300,          /* pairs that are compared */
    LEAST = 10,             /* pairs by which a sentence is found */
    MOST_SENTENCES = 20000, /* of a draft: behind them nothing is compared */
};

/* ---- Sets of pairs of neighbouring characters ---- */

static uint32_t
mix(uint32_t x)
{
    x ^= x >> 15;
    x *= 0x2C1B3C6Du;
    x ^= x >> 12;
    x *= 0x297A2D39u;
    return x ^ x >> 15;
}

/* Is it a Han character, so that three bytes are one? */
static bool
is_han_byte(char c)
{
    return (unsigned char)c >= 0xE4 && (unsigned char)c <= 0xE9;
}

struct pairs {
    uint32_t items[LONGEST];
    size_t n;
    uint32_t least[LEAST]; /* ascending */
    uint64_t digits;       /* of the digits and Latin letters in order */
};

static void
note_least(struct pairs *pairs, uint32_t hash)
{
    for (size_t i = 0; hash < pairs->least[LEAST - 1] && i < LEAST; i++) {
        if (hash == pairs->least[i])
            return;
        if (hash < pairs->least[i]) {
            uint32_t next = pairs->least[i];
            pairs->least[i] = hash;
            hash = next;
        }
    }
}

/* Marks and blanks are passed over; digits make no pairs. */
static void
read_pairs(struct gb_str s, struct pairs *out)
{
    uint32_t before = 0;

    out->n = 0;
    out->digits = 0;
    for (size_t i = 0; i < LEAST; i++)
        out->least[i] = UINT32_MAX;
    for (size_t at = 0; at < s.len && out->n < LONGEST;) {
        if (!is_han_byte(s.ptr[at])) {
            if ((unsigned char)s.ptr[at] < 0x80 && s.ptr[at] > ' ')
                out->digits = out->digits * 31 + (unsigned char)s.ptr[at];
            at++;
            continue;
        }
        const unsigned char *p = (const unsigned char *)s.ptr + at;
        uint32_t now = (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2];
        if (before) {
            uint32_t hash = mix(before * 0x9E3779B1u + now);
            out->items[out->n++] = hash;
            note_least(out, hash);
        }
        before = now;
        at += GB_HAN;
    }
}

static int
compare_hashes(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

/* What both have in common, of what either has. Sorts both. */
static double
likeness(struct pairs *a, struct pairs *b)
{
    size_t common = 0;

    gb_sort(a->items, a->n, sizeof(*a->items), compare_hashes);
    gb_sort(b->items, b->n, sizeof(*b->items), compare_hashes);
    for (size_t i = 0, k = 0; i < a->n && k < b->n;) {
        if (a->items[i] == b->items[k]) {
            common++;
            i++;
            k++;
        } else if (a->items[i] < b->items[k]) {
            i++;
        } else {
            k++;
        }
    }
    size_t all = a->n + b->n - common;
    return all ? (double)common / (double)all : 0;
}

/* ---- A table of sentences by hashes ---- */

struct slot {
    uint32_t key, value; /* key 0: empty; value: index of a provision */
};

struct table {
    struct slot *slots;
    uint32_t mask;
};

static struct table
table_for(size_t n)
{
    uint32_t size = 64;

    while (size < 2 * n)
        size *= 2;
    struct table table = {gb_alloc(size * sizeof(struct slot)), size - 1};
    memset(table.slots, 0, size * sizeof(struct slot));
    return table;
}

/* The first that came under the key; puts `value` there where none did. */
static bool
first_under(struct table *table, uint32_t key, uint32_t value, uint32_t *out_first)
{
    key |= 1;
    for (uint32_t i = mix(key) & table->mask;; i = (i + 1) & table->mask) {
        if (table->slots[i].key == 0) {
            table->slots[i] = (struct slot){key, value};
            return false;
        }
        if (table->slots[i].key == key) {
            *out_first = table->slots[i].value;
            return true;
        }
    }
}

/* ---- WRD-018 ---- */

/* A provision whose own words say of whom or what it is: not one whose subject is the title, or stands in another sentence. */
static bool
is_whole(const struct gb_facts *facts, const struct gb_provision *p)
{
    GB_WORDS(openers, "其", "该", "上述", "并", "且", "还", "在", "按", "对", "根据", "依据", "采用", "如", "当", "若");
    const struct gb_sentence *s = p->sentence;

    if (s->n_modals == 0 || s->flags & (GB_SENTENCE_INHERITS | GB_SENTENCE_LEAD_IN) || s->type < GB_TYPE_PERMISSION ||
        s->type == GB_TYPE_INSTRUCTION || s->end - s->begin <= SHORTEST * GB_HAN)
        return false;
    if (facts->modals[s->modals].begin < s->begin + 2 * GB_HAN)
        return false;
    return !GB_STARTS_ANY(GB_WORDS_OF(s), openers);
}

/* How alike they are, and whether their digits are the same: what was copied is all of both. */
static double
compare(const struct gb_provision *now, const struct gb_provision *before, struct pairs *pairs, bool *out_is_twin)
{
    struct pairs other;

    *out_is_twin = true;
    if (gb_str_eq(GB_WORDS_OF(now->sentence), GB_WORDS_OF(before->sentence)))
        return 1;
    read_pairs(GB_WORDS_OF(before->sentence), &other);
    *out_is_twin = pairs->digits == other.digits;
    return likeness(pairs, &other);
}

/* 读者的数据元应符合表A.2的规定: a pattern for things that have a table or annex each. */
static bool
points_at_own_part(const struct gb_provision *p)
{
    GB_WORDS(words, "符合表", "符合附录", "符合图", "见表", "见图", "见附录", "按表", "按附录", "按公式", "按式",
             "按图");

    return GB_HAS_ANY(GB_WORDS_OF(p->sentence), words);
}

/* 特级…不符合率不大于5%, 一级…不符合率不大于8%: each thing has its own value. */
static bool
has_own_subject(const struct gb_facts *facts, const struct gb_provision *now, const struct gb_provision *before)
{
    const struct gb_sentence *a = now->sentence, *b = before->sentence;
    struct gb_str subject = gb_str_sub(a->text->str, a->begin, facts->modals[a->modals].begin);

    return !gb_str_eq(subject, gb_str_sub(b->text->str, b->begin, facts->modals[b->modals].begin));
}

static bool
report_pair(struct gb_check *c, const struct gb_provision *now, const struct gb_provision *before, struct pairs *pairs)
{
    bool is_twin;

    bool is_one_clause = now->clause == before->clause;

    /* 应 and 宜 in equal sentences are WRD-019. */
    if (now->sentence->type != before->sentence->type ||
        (is_one_clause && now->sentence->node == before->sentence->node))
        return false;
    double like = compare(now, before, pairs, &is_twin);
    if (!is_twin && (like >= 1 || points_at_own_part(now) || has_own_subject(c->facts, now, before)))
        return false; /* of two things in the same words: 重复步骤a)…, 重复步骤b)… */
    if (like < gb_param_number(c, is_one_clause ? "near" : "similar") || (is_one_clause && !is_twin))
        return false;
    bool is_double = is_twin && !is_one_clause && like >= gb_param_number(c, "double");
    struct gb_finding *f =
        gb_report_case(c, is_double ? NULL : "similar", gb_sentence_place(now->sentence), now->sentence->node,
                       GB_ARGS(before->clause->number.str, now->clause->number.str));
    gb_also(c, f, gb_sentence_place(before->sentence), before->clause->number.str);
    return true;
}

/* Source: GB/T 1.1—2020, 5.4.1; 2009, 4.2. */
static void
check_similar(struct gb_check *c)
{
    const struct gb_provisions *all = gb_provisions_of(c);
    uint32_t before;
    struct pairs pairs;

    size_t n = GB_HOW_MANY(GB_ITEMS(item, all->items, all->n), is_whole(c->facts, item));
    n = n < MOST_SENTENCES ? n : MOST_SENTENCES;
    struct table table = table_for(n * LEAST);
    for (size_t i = 0; i < all->n && n > 0; i++) {
        const struct gb_provision *p = &all->items[i];
        if (!is_whole(c->facts, p))
            continue;
        n--;
        read_pairs(GB_WORDS_OF(p->sentence), &pairs);
        if (pairs.n < SHORTEST - 1)
            continue;
        bool is_told = false;
        for (size_t k = 0; k < LEAST; k++) {
            /* Two of them at a time: one alone is in too many sentences. */
            uint32_t key = pairs.least[k] ^ mix(pairs.least[(k + 1) % LEAST]);
            if (first_under(&table, key, (uint32_t)i, &before) && !is_told)
                is_told = report_pair(c, p, &all->items[before], &pairs);
        }
    }
    free(table.slots);
}

/* ---- WRD-019 ---- */

enum { SHORT = 6 * GB_HAN, SHORTEST_ACT = 4 * GB_HAN }; /* of acts: a short one is the same only in the same words */

/* What a provision asks for: the words behind its first modal up to the next comma, and whom it asks. */
struct demand {
    struct gb_str act, subject;
    const struct gb_node *titled; /* the subject is the title of this clause */
};

/* An act under a condition, or with a reference to what differs, is not the same act. */
static bool
is_plain(struct gb_str s)
{
    return !GB_HAS_ONE_OF(s, "如", "若", "当", "时，", "情况", "除", "的，", "后，");
}

/* "。" is no part of an act. */
static struct gb_str
bare(struct gb_str act)
{
    return gb_str_ends(act, GB_STR("。")) ? gb_str_sub(act, 0, act.len - GB_HAN) : act;
}

/* The act alone: what most sentences fail at. */
static bool
read_act(const struct gb_check *c, const struct gb_provision *p, struct demand *out)
{
    enum { LONG = 60 * GB_HAN };
    const struct gb_sentence *s = p->sentence;
    const struct gb_modal *m = &c->facts->modals[s->modals];

    if (m->is_negative || s->flags & GB_SENTENCE_INHERITS || s->end - s->begin > LONG ||
        s->node->kind != GB_NODE_PARA || (m->type != GB_TYPE_REQUIREMENT && m->type != GB_TYPE_RECOMMENDATION))
        return false;
    struct gb_str behind = gb_words_behind(c, s, m->end);
    out->act = bare(gb_first_clause(behind));
    if (s->flags & GB_SENTENCE_LEAD_IN &&
        out->act.len + 2 * GB_HAN > behind.len) /* nothing but what the list goes on with */
        return false;
    bool is_value = out->act.len >= 3 * GB_HAN && gb_str_has_digit(out->act) &&
                    m->begin - s->begin >= 6 * GB_HAN; /* 高度应不大于3 m of a named thing */
    if (out->act.len < SHORT && s->n_modals == 1 &&
        !is_value) /* 表面应平整，无裂纹…: what follows the comma belongs to the act */
        out->act = bare(behind);
    bool is_long = is_value || out->act.len >= SHORT || (out->act.len >= SHORTEST_ACT && !gb_str_has_digit(out->act));
    return is_long && (s->n_modals == 1 || m[1].begin >= m->end + out->act.len);
}

static bool
read_demand(const struct gb_check *c, const struct gb_provision *p, struct demand *out)
{
    const struct gb_modal *m = &c->facts->modals[p->sentence->modals];

    if (!read_act(c, p, out))
        return false;
    out->subject = gb_words_before(c, p->sentence, m->begin);
    out->titled = out->subject.len == 0 && gb_node_is_titled(p->clause) ? p->clause : NULL;
    return is_plain(out->subject);
}

/* Verb and head of the object: the first two and the last two characters. */
static uint32_t
key_of(const struct demand *demand)
{
    struct gb_str act = demand->act;
    uint64_t hash = gb_hash_str(GB_HASH, gb_str_sub(act, 0, 2 * GB_HAN));

    return (uint32_t)gb_hash_str(hash, gb_str_skip(act, act.len - 2 * GB_HAN));
}

static bool
is_same_subject(const struct demand *a, const struct demand *b)
{
    if (a->titled || b->titled)
        return a->titled && b->titled && gb_str_eq(a->titled->title.str, b->titled->title.str);
    return gb_str_eq(a->subject, b->subject);
}

static bool
is_same_act(struct gb_check *c, const struct demand *a, const struct demand *b)
{
    struct pairs x, y;

    if (gb_str_eq(a->act, b->act))
        return true;
    read_pairs(a->act, &x);
    read_pairs(b->act, &y);
    return x.digits == y.digits && likeness(&x, &y) >= gb_param_number(c, "similar");
}

static void
report_contradiction(struct gb_check *c, const struct gb_provision *now, const struct gb_provision *before)
{
    const struct gb_modal *m = &c->facts->modals[now->sentence->modals],
                          *other = &c->facts->modals[before->sentence->modals];
    struct gb_finding *f =
        gb_report(c, gb_at_part(now->sentence->text, m->begin, m->end), now->sentence->node,
                  GB_ARGS(now->clause->number.str, m->word, before->clause->number.str, other->word));

    gb_also(c, f, gb_at_part(before->sentence->text, other->begin, other->end), before->clause->number.str);
}

static enum gb_clause_type
first_type(const struct gb_check *c, const struct gb_provision *p)
{
    return c->facts->modals[p->sentence->modals].type;
}

/* Source: GB/T 1.1—2020, 9.1; 2009, 7.1.2. The same act of the same subject, required here and recommended there. */
static void
check_strength(struct gb_check *c)
{
    const struct gb_provisions *all = gb_provisions_of(c);
    struct demand now, then;
    uint32_t before;

    size_t n_advice = GB_HOW_MANY(GB_ITEMS(item, all->items, all->n),
                                  item->sentence->n_modals > 0 && first_type(c, item) == GB_TYPE_RECOMMENDATION);
    if (n_advice == 0)
        return;
    struct table table = table_for(all->n < MOST_SENTENCES ? all->n : MOST_SENTENCES);
    size_t n = 0;
    for (size_t i = 0; i < all->n && n < MOST_SENTENCES; i++) {
        const struct gb_provision *p = &all->items[i];
        if (p->sentence->n_modals == 0 || !read_act(c, p, &now))
            continue;
        n++;
        if (!first_under(&table, key_of(&now), (uint32_t)i, &before) ||
            first_type(c, &all->items[before]) == first_type(c, p) || !read_demand(c, p, &now) ||
            !read_demand(c, &all->items[before], &then))
            continue;
        if (all->items[before].clause == p->clause &&
            (!now.subject.len || !gb_str_eq(now.act, then.act))) /* 应…，宜… of degree */
            continue;
        if (now.act.len < SHORT && (now.subject.len < 3 * GB_HAN || !gb_str_eq(now.act, then.act)))
            continue;
        if (is_same_subject(&now, &then) && is_same_act(c, &now, &then))
            report_contradiction(c, p, &all->items[before]);
    }
    free(table.slots);
}

const struct gb_check_def gb_similar_checks[] = {
    {.name = "similar-provisions",
     .whole = check_similar,
     .cases = "similar",
     .params = "similar:number double:number near:number"},
    {.name = "strength", .whole = check_strength, .params = "similar:number"},
    {0},
};
