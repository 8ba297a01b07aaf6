/*
 * One set of names for the parts of a system of standards, and one count of them: SYS-011. GB/T 1.1—2020, 5.4.1; DB32/T
 * 2796—2015, 6.1.1, 6.2, 7.3. Only in a document that describes a system.
 */
#include "check/clause_priv.h"

enum { MOST_NAMES = 12 };

/* Names in one enumeration with the count behind them: A、B和C三个体系. */
struct enumeration {
    const struct gb_sentence *sentence;
    const struct gb_text *text;
    struct gb_str names[MOST_NAMES]; /* of the text */
    unsigned n, count;
    uint32_t count_begin, digit_end, count_end; /* bytes of the text: 四个体系, 三大类; its numeral alone */
};

typedef GB_ARRAY(struct enumeration) enumeration_array;

static const char *const numerals[] = {"", "", "二", "三", "四", "五", "六", "七", "八", "九", "十"};

/* The count in front of `at`: 四, 4, 两; 0 where there is none. */
static unsigned
numeral_before(struct gb_str s, size_t at, size_t *out_begin)
{
    for (unsigned i = 2; i < GB_COUNT(numerals); i++) {
        struct gb_str word = gb_str_from(numerals[i]);
        if (at >= word.len && gb_str_ends(gb_str_sub(s, 0, at), word)) {
            *out_begin = at - word.len;
            return i;
        }
    }
    if (at >= 1 && s.ptr[at - 1] >= '2' && s.ptr[at - 1] <= '9' &&
        (at < 2 || s.ptr[at - 2] < '0' || s.ptr[at - 2] > '9')) {
        *out_begin = at - 1;
        return (unsigned)(s.ptr[at - 1] - '0');
    }
    if (!gb_str_ends(gb_str_sub(s, 0, at), GB_STR("两")))
        return 0;
    *out_begin = at - strlen("两");
    return 2;
}

/* Where the first name of an enumeration begins: behind the verb that leads it in, or the last mark. */
static size_t
begin_of_names(struct gb_str s)
{
    GB_WORDS(leads, "分成", "分为", "包括", "划分为", "应按", "宜按", "按照", "由", "，", "。", "：", "；", ",");
    size_t begin = 0;

    for (size_t i = 0; i < GB_COUNT(leads); i++) {
        GB_EACH_FOUND(at, s, leads[i], 0)
            begin = at + leads[i].len > begin ? at + leads[i].len : begin;
    }
    return begin;
}

static size_t
next_joint(struct gb_str s, size_t from, size_t *out_len)
{
    GB_WORDS(joints, "、", "和", "及", "与");
    size_t best = s.len;

    *out_len = 0;
    for (size_t i = 0; i < GB_COUNT(joints); i++) {
        size_t at = gb_str_find(s, joints[i], from);
        if (at != GB_NOT_FOUND && at < best) {
            best = at;
            *out_len = joints[i].len;
        }
    }
    return best;
}

/* Cuts A、B和C; false where the words are no such enumeration. */
static bool
cut_names(struct gb_str s, struct enumeration *e)
{
    enum { LONGEST = 16 * 3, SHORTEST = 2 * 3 };
    bool listed = false;

    for (size_t at = 0; at <= s.len;) {
        size_t len, end = next_joint(s, at, &len);
        struct gb_str name = gb_str_trim(gb_str_sub(s, at, end));
        if (name.len < SHORTEST || name.len > LONGEST || e->n == MOST_NAMES)
            return false;
        e->names[e->n++] = name;
        listed = listed || (len && gb_str_starts(gb_str_skip(s, end), GB_STR("、")));
        if (!len)
            break;
        at = end + len;
    }
    return e->n >= 2 && listed;
}

/* 四个体系, 三大类, 四个子体系 behind an enumeration. */
static bool
read_enumeration(const struct gb_sentence *sentence, struct enumeration *out)
{
    GB_WORDS(units, "个体系", "个子体系", "大类", "个分体系", "大体系", "个标准体系", "大子体系");
    struct gb_str s = GB_WORDS_OF(sentence);
    struct enumeration e = {.sentence = sentence, .text = sentence->text};

    if (!GB_HAS_ONE_OF(s, "体系", "大类"))
        return false;
    for (size_t i = 0; i < GB_COUNT(units); i++) {
        size_t at = gb_str_find(s, units[i], 0), begin;
        if (at == GB_NOT_FOUND)
            continue;
        e.count = numeral_before(s, at, &begin);
        if (!e.count)
            continue;
        e.count_begin = sentence->begin + (uint32_t)begin;
        e.count_end = sentence->begin + (uint32_t)(at + units[i].len);
        e.digit_end = sentence->begin + (uint32_t)at;
        struct gb_str before = gb_str_sub(s, 0, begin);
        /* 等四个体系 names some of them only. */
        if (gb_str_ends(before, GB_STR("等")))
            return false;
        e.n = 0;
        if (!cut_names(gb_str_skip(before, begin_of_names(before)), &e))
            return false;
        *out = e;
        return true;
    }
    return false;
}

/* ---- The titles ---- */

/* Without the words that every part has: 通用基础标准体系 is 通用基础. */
static struct gb_str
core_of(struct gb_str title)
{
    GB_WORDS(ends, "标准子体系", "标准体系", "子体系", "体系", "标准", "类");

    title = gb_str_trim(title);
    GB_FIND(end, ends, GB_COUNT(ends), title.len > end->len + 3 && gb_str_ends(title, *end));
    return end ? gb_str_sub(title, 0, title.len - end->len) : title;
}

static bool
is_system_clause(const struct gb_node *clause)
{
    struct gb_str title = gb_str_trim(clause->title.str);

    return clause->role == GB_ROLE_NONE &&
           GB_IS_ONE_OF(title, "体系结构", "体系构成", "标准体系结构", "标准体系构成", "标准体系", "标准体系的构成");
}

/* 构成, 概述: what the parts have in common. */
static bool
is_on_all(struct gb_str title)
{
    return GB_IS_ONE_OF(title, "构成", "组成", "概述", "总则", "层次", "总体结构", "结构", "一般要求", "总体要求");
}

/* Where a subclause says which part it describes: its title, or the head of its text. */
struct part {
    const struct gb_text *text;
    struct gb_str name;
};

/* 通用基础子体系 of 通用基础子体系应包括术语. */
static struct part
part_of(const struct gb_node *clause)
{
    struct gb_str end = GB_STR("体系");
    const struct gb_node *para = gb_node_child(clause, GB_NODE_PARA);

    if (gb_node_is_titled(clause) || !para)
        return (struct part){&clause->title, gb_str_trim(clause->title.str)};
    size_t at = gb_str_find(para->text.str, end, 0);
    bool is_named = at != GB_NOT_FOUND && GB_STARTS_WITH(gb_str_skip(para->text.str, at + end.len), "应", "宜", "包括",
                                                         "包含", "主要", "由", "是");
    return (struct part){&para->text, is_named ? gb_str_sub(para->text.str, 0, at + end.len) : GB_STR("")};
}

/* The subclauses that describe the parts: all of them end in 体系, or all in 标准. */
static unsigned
parts_of(const struct gb_node *clause, struct part *parts)
{
    GB_WORDS(ends, "体系", "标准");
    unsigned n = 0, n_ends[GB_COUNT(ends)] = {0};

    for (const struct gb_node *k = gb_clause_first(clause); k; k = gb_clause_next(k)) {
        struct part part = part_of(k);
        if (n == 0 && (is_on_all(part.name) || !core_of(part.name).len || gb_str_is(part.name, "标准体系")))
            continue;
        if (n == MOST_NAMES)
            return 0;
        for (size_t i = 0; i < GB_COUNT(ends); i++)
            n_ends[i] += gb_str_ends(part.name, ends[i]);
        parts[n++] = part;
    }
    return n > 1 && (n_ends[0] == n || n_ends[1] == n) ? n : 0;
}

/* ---- The rule ---- */

/* The same but for a field in front or a word behind: 经办服务保障 and 服务保障. */
static bool
names_are_near(struct gb_str a, struct gb_str b)
{
    a = core_of(a);
    b = core_of(b);
    return a.len && b.len && (gb_str_has(a, b) || gb_str_has(b, a));
}

/* The place of words of the text. */
static struct gb_at
at_words(const struct gb_text *text, struct gb_str words)
{
    size_t begin = (size_t)(words.ptr - text->str.ptr);

    return gb_at_part(text, begin, begin + words.len);
}

static struct gb_at
at_count(const struct enumeration *e)
{
    return gb_at_part(e->text, e->count_begin, e->count_end);
}

static struct gb_str
count_words(const struct enumeration *e)
{
    return gb_str_sub(e->text->str, e->count_begin, e->count_end);
}

/* An enumeration that states another number than it names. */
static void
judge_own_count(struct gb_check *c, const struct enumeration *e)
{
    if (e->n == e->count)
        return;
    struct gb_finding *f = gb_report_case(c, "own", at_count(e), e->sentence->node,
                                          GB_ARGS(count_words(e), gb_arena_printf(c->arena, "%u", e->n)));
    if (e->n < GB_COUNT(numerals))
        gb_fix(c, f, gb_at_part(e->text, e->count_begin, e->digit_end).span, gb_str_from(numerals[e->n]));
}

/* Names and titles in pairs: those of which the words differ. */
static void
judge_names(struct gb_check *c, const struct enumeration *e, const struct part *parts, unsigned n)
{
    unsigned differ = 0, foreign = 0;
    const struct part *first = NULL;
    struct gb_str name = {0};

    if (e->n != n)
        return;
    for (unsigned i = 0; i < n; i++) {
        if (gb_str_eq(core_of(e->names[i]), core_of(parts[i].name)))
            continue;
        bool near = names_are_near(e->names[i], parts[i].name);
        if (!first || (!near && !foreign)) {
            first = &parts[i];
            name = e->names[i];
        }
        differ++;
        foreign += !near;
    }
    /* All names differ: then the clause below treats other things. */
    if (!differ || foreign == n)
        return;
    struct gb_finding *f = gb_report_case(c, foreign ? NULL : "near", at_words(e->text, name), e->sentence->node,
                                          GB_ARGS(name, first->name));
    for (unsigned i = 0; i < n; i++) {
        if (!gb_str_eq(core_of(e->names[i]), core_of(parts[i].name))) {
            gb_also(c, f, at_words(parts[i].text, parts[i].name), parts[i].name);
            gb_fix(c, f, at_words(e->text, e->names[i]).span, core_of(parts[i].name));
        }
    }
}

/* Do the enumerations name the same things, as far as they go? */
static bool
speak_of_the_same(const struct enumeration *a, const struct enumeration *b)
{
    unsigned same = 0;

    for (unsigned i = 0; i < a->n; i++) {
        for (unsigned k = 0; k < b->n; k++)
            same += names_are_near(a->names[i], b->names[k]);
    }
    return same >= 2 && 2 * same >= a->n;
}

/* 除…外, 其中: the draft says why the counts differ. */
static bool
is_explained(const struct enumeration *e)
{
    struct gb_str s = gb_str_sub(e->text->str, e->sentence->begin, e->sentence->end);

    return GB_HAS_ONE_OF(s, "除", "其中", "不含", "以外");
}

static void
judge_counts(struct gb_check *c, const enumeration_array *all)
{
    for (size_t i = 1; i < all->len; i++) {
        const struct enumeration *e = &all->items[i], *first = &all->items[0];
        if (e->count == first->count || e->n != e->count || first->n != first->count || is_explained(e) ||
            is_explained(first) || !speak_of_the_same(e, first))
            continue;
        struct gb_finding *f =
            gb_report_case(c, "counts", at_count(e), e->sentence->node, GB_ARGS(count_words(e), count_words(first)));
        gb_also(c, f, at_count(first), count_words(first));
    }
}

/* Another clause whose titles are the names of the enumeration, all of them or all but one: its parts; 0: it treats other things. */
static unsigned
parts_like(const struct gb_node *clause, const struct enumeration *e, struct part *parts)
{
    unsigned n = 0, n_equal = 0;

    for (const struct gb_node *k = gb_clause_first(clause); k; k = gb_clause_next(k)) {
        if (!gb_node_is_titled(k) || n == e->n)
            return 0;
        parts[n] = part_of(k);
        n_equal += gb_str_eq(core_of(e->names[n]), core_of(parts[n].name));
        n++;
    }
    return n == e->n && n_equal >= 2 && n_equal + 1 >= n ? n : 0;
}

static void
check_system_names(struct gb_check *c)
{
    const struct gb_facts *facts = c->facts;
    const struct gb_nodes *clauses = &facts->of_kind[GB_NODE_CLAUSE];
    const struct gb_node *system = NULL;
    struct part parts[MOST_NAMES];
    enumeration_array all = {0};
    unsigned n = 0;

    GB_EACH_NODE(clause, clauses) {
        if (n || !is_system_clause(clause))
            continue;
        system = clause;
        n = parts_of(clause, parts);
    }
    if (!system)
        return;
    GB_EACH(const struct gb_sentence, s, facts->sentences, facts->n_sentences) {
        struct enumeration e;
        if (read_enumeration(s, &e) && GB_AMONG(gb_zone_of(s->node), GB_ZONE_BODY, GB_ZONE_NORMATIVE_ANNEX))
            *gb_push(&all) = e;
    }
    GB_EACH_IN(e, &all)
        judge_own_count(c, e);
    for (uint32_t i = 0; all.len && !n && i < clauses->n; i++)
        n = parts_like(clauses->items[i], &all.items[0], parts);
    if (all.len && n)
        judge_names(c, &all.items[0], parts, n);
    judge_counts(c, &all);
    gb_array_release(&all);
}

const struct gb_check_def gb_system_name_checks[] = {
    {.name = "system-names", .whole = check_system_names, .cases = "near own counts"},
    {0},
};
