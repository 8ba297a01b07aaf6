/* The fixed sentences of the foreword: on the rules of drafting (FWD-001) and on patents (FWD-007). */
#include "check/front/foreword_priv.h"

#include "check/terms/terms_priv.h"

/* ---- Comparing ---- */

/*
 * Where a text and a fixed sentence part, both as keys: what both have before `begin` and behind the ends agrees. Equal: the
 * ranges are empty.
 */
struct difference {
    size_t begin; /* in both */
    size_t end, fixed_end;
};

static struct difference
find_difference(struct gb_str key, struct gb_str fixed)
{
    struct difference d = {0};

    gb_difference(key, fixed, &d.begin, &d.end);
    d.fixed_end = fixed.len - (key.len - d.end);
    return d;
}

/* Ten characters of a key from the difference on, five before it. */
static struct gb_str
difference_excerpt(struct gb_str key, size_t at)
{
    enum { BEFORE = 5, FROM = 10 };
    size_t begin = at, end = at;

    for (unsigned i = 0; i < BEFORE && begin > 0; i++)
        gb_utf8_before(key, begin, &begin);
    for (unsigned i = 0; i < FROM && end < key.len; i++)
        gb_utf8_at(key, end, &end);
    return gb_str_sub(key, begin, end);
}

/* A fixed sentence as a key, in the document's arena. */
static struct gb_str
key_of(struct gb_check *c, struct gb_str text)
{
    struct gb_buf buf = {0};

    gb_foreword_key(text, &buf);
    return gb_buf_take(&buf, c->arena);
}

/* The sentence's own characters for a range of its key. */
static struct gb_str
fixed_part(struct gb_str fixed, size_t begin, size_t end)
{
    struct gb_span bytes = gb_key_bytes(fixed, begin, end);

    return begin < end ? gb_str_sub(fixed, bytes.begin, bytes.end) : GB_STR("");
}

/* The differing words of a statement; with nothing to mark, the character before. */
static struct gb_at
place_of(const struct gb_foreword_statement *s, size_t begin, size_t end)
{
    if (begin == end && begin > 0)
        gb_utf8_before(s->key, begin, &begin);
    return gb_foreword_at(s, begin, end);
}

/* ---- FWD-001: the rules that the document was drafted by ---- */

/* 和GB/T 20001.5—2017《…》、GB/T 1.2 …: documents that the draft follows besides. */
static bool
is_more_documents(struct gb_str s)
{
    GB_WORDS(joints, "和", "、", "与", "及", "以及", "，", "并", "GB", "T/", "DB");
    struct gb_identifier_shape shape;

    return s.len == 0 || (GB_STARTS_ANY(s, joints) && (gb_identifier_next(s, 0, &shape) || gb_key_has(s, "《")));
}

/* The fixed sentence, in which other documents may be named beside GB/T 1.1. `name` is how the document calls itself. */
static bool
is_fixed_basis(struct gb_str key, struct gb_str fixed, struct gb_str name)
{
    static const struct gb_str head = {"本文件按照", sizeof("本文件按照") - 1};
    static const struct gb_str by = {"按照", sizeof("按照") - 1}, tail = {"的规定起草", sizeof("的规定起草") - 1};
    size_t close = gb_str_find(fixed, tail, 0);
    struct gb_str core = gb_str_sub(fixed, head.len, close);

    if (!gb_str_starts(key, name) || !gb_str_starts(gb_str_skip(key, name.len), by))
        return false;
    size_t begin = name.len + by.len, at = gb_str_find(key, core, begin);
    struct gb_str s = gb_str_ends(key, GB_STR("。")) ? gb_str_sub(key, 0, key.len - strlen("。")) : key;
    if (at == GB_NOT_FOUND || !gb_str_ends(s, tail) || s.len < at + core.len + tail.len)
        return false;
    return is_more_documents(gb_str_sub(key, begin, at)) &&
           is_more_documents(gb_str_sub(s, at + core.len, s.len - tail.len));
}

bool
gb_basis_differs_in_name(const struct gb_foreword_statement *s, struct gb_str fixed)
{
    struct gb_buf buf = {0};
    size_t len = gb_self_name_at(s->key, 0);
    struct gb_str name = gb_str_sub(s->key, 0, len);

    gb_foreword_key(fixed, &buf);
    bool differs = len && !gb_str_is(name, "本文件") && is_fixed_basis(s->key, gb_buf_str(&buf), name);
    gb_buf_release(&buf);
    return differs;
}

static bool
names_gb11(struct gb_str key)
{
    return GB_HAS_ONE_OF(key, "GB/T1.1", "GBT1.1", "GB1.1");
}

/* 2020: the words are fixed. */
static void
check_basis_2020(struct gb_check *c, const struct gb_foreword_statement *s, struct gb_str fixed)
{
    struct gb_str key = key_of(c, fixed), arena_name = GB_STR("本文件");
    struct gb_identifier_shape shape;

    if (is_fixed_basis(s->key, key, arena_name) || gb_basis_differs_in_name(s, fixed))
        return;
    /* Other rules altogether, or a number that a conversion lost. */
    if (!names_gb11(s->key) && (gb_identifier_next(s->key, 0, &shape) || !gb_key_has(s->key, "标准化工作导则")))
        return;
    struct difference d = find_difference(s->key, key);
    struct gb_at at = 2 * (d.end - d.begin) > s->key.len ? GB_AT(s) : place_of(s, d.begin, d.end);
    struct gb_finding *f =
        gb_report_case(c, "wording", at, s->node,
                       GB_ARGS(fixed, difference_excerpt(s->key, d.begin), difference_excerpt(key, d.begin)));
    gb_fix(c, f, gb_foreword_at(s, d.begin, d.end).span, fixed_part(fixed, d.begin, d.fixed_end));
    /* What else the sentence says would be lost. */
    struct gb_str lost = gb_str_sub(s->key, d.begin, d.end);
    size_t first = gb_str_find(lost, GB_STR("《"), 0);
    if (gb_key_has(lost, "，") || (first != GB_NOT_FOUND && gb_str_find(lost, GB_STR("《"), first + 1) != GB_NOT_FOUND))
        gb_fix_unsafe(f);
}

/* 2009: the clause asks to name GB/T 1.1; 本标准按照GB/T 1.1—2009给出的规则起草。 is what is usual. */
static void
check_basis_2009(struct gb_check *c, const struct gb_foreword_statement *s, struct gb_str fixed)
{
    size_t name = gb_self_name_at(s->key, 0);
    struct gb_str year = GB_STR("GB/T1.1—2009");
    bool is_usual = name && gb_str_starts(gb_str_skip(s->key, name), GB_STR("按照")) &&
                    GB_ENDS_WITH(s->key, "给出的规则起草。", "给出的规则起草");

    if (!names_gb11(s->key))
        return;
    if (gb_key_has(s->key, "GB/T1.1—2020")) {
        gb_report_case(c, "edition", GB_AT(s), s->node, GB_ARGS(fixed));
        return;
    }
    if (is_usual && gb_key_has(s->key, year.ptr))
        return;
    struct gb_finding *f = gb_report_case(c, "usual", GB_AT(s), s->node, GB_ARGS(fixed));
    if (name && gb_str_ends(s->key, GB_STR("。")))
        gb_fix(c, f, gb_foreword_at(s, name, s->key.len).span, gb_str_skip(fixed, strlen("本标准")));
    gb_fix_unsafe(f);
}

/* 本标准按照标准化的规则起草。: rules that it does not name. */
static bool
names_no_rules(struct gb_str key)
{
    struct gb_identifier_shape shape;

    return !names_gb11(key) && !gb_identifier_next(key, 0, &shape) && !gb_key_has(key, "《") &&
           !gb_key_has(key, "标准化工作导则") && !gb_key_has(key, "编写规定");
}

/* Source: GB/T 1.1—2020, 8.3 a); 2009, 6.1.3 b). */
static void
check_drafting_basis(struct gb_check *c)
{
    const struct gb_foreword *foreword = gb_foreword_judged(c);
    enum gb_edition edition = c->facts->edition;
    const struct gb_str *fixed;

    if (!foreword || !gb_param_words(c, edition == GB_EDITION_2020 ? "text-2020" : "text-2009", &fixed))
        return;
    GB_EACH(const struct gb_foreword_statement, s, foreword->statements, foreword->n_statements) {
        if (s->kind != GB_FOREWORD_BASIS || s->flags & GB_FOREWORD_CELL)
            continue;
        if (names_no_rules(s->key) && s == foreword->first[GB_FOREWORD_BASIS])
            gb_report(c, GB_AT(s), s->node, GB_ARGS(fixed[0]));
        else if (edition == GB_EDITION_2020)
            check_basis_2020(c, s, fixed[0]);
        else
            check_basis_2009(c, s, fixed[0]);
    }
    if (!foreword->first[GB_FOREWORD_BASIS] && gb_foreword_is_whole(foreword))
        gb_report(c, gb_at_head(foreword->node), foreword->node, GB_ARGS(fixed[0]));
}

/* ---- FWD-007: patents ---- */

/* A patent is known: the draft says so in words of its own, or in those of annex D, D.3. */
static bool
names_patent(struct gb_str text)
{
    return GB_HAS_ONE_OF(text, "提请注意", "专利持有人", "专利权人", "专利号", "必要专利", "声明符合本");
}

static bool
is_identified(const struct gb_facts *facts)
{
    const struct gb_foreword *foreword = facts->foreword_says;

    GB_FIND(s, foreword->statements, foreword->n_statements, gb_key_has(s->key, "专利") && names_patent(s->key));
    GB_FIND_NEXT(n, facts->intro, gb_node_walk(n, facts->intro),
                 gb_key_has(n->text.str, "专利") && (names_patent(n->text.str) || gb_key_has(n->text.str, "涉及")));
    return s || n;
}

/* The sentences of the notice, joined. */
struct notice {
    struct gb_buf key;
    const struct gb_foreword_statement *first, *last;
};

static void
read_notice(const struct gb_foreword *foreword, struct notice *out)
{
    GB_EACH(const struct gb_foreword_statement, s, foreword->statements, foreword->n_statements) {
        bool goes_on = out->last && out->last == s - 1 && gb_key_has(s->key, "识别"); /* patents, without the word */
        if ((s->kind != GB_FOREWORD_PATENT && !goes_on) || !gb_foreword_is_plain(s))
            continue;
        if (out->last && out->last != s - 1)
            continue; /* another sentence on patents, elsewhere */
        gb_buf_add(&out->key, s->key);
        out->first = out->first ? out->first : s;
        out->last = s;
    }
}

/* Puts the notice before the item that it comes before: as a paragraph, or into the line. */
static void
offer_notice(struct gb_check *c, struct gb_finding *f, const struct gb_foreword *foreword, struct gb_str fixed)
{
    const struct gb_doc *doc = c->doc;

    GB_EACH(const struct gb_foreword_statement, s, foreword->statements, foreword->n_statements) {
        if (s->kind <= GB_FOREWORD_PATENT || !gb_foreword_is_plain(s))
            continue;
        struct gb_at at = GB_AT(s);
        bool is_line = gb_source_line_begin(doc->source, at.span.begin) == at.span.begin;
        if (at.by_line || s->node->kind != GB_NODE_PARA || (s->begin == 0 && !(doc->blanks_matter && is_line)))
            return;
        struct gb_str text = s->begin == 0 ? gb_arena_printf(doc->arena, "%.*s\n\n", GB_FMT(fixed)) : fixed;
        gb_fix(c, f, (struct gb_span){at.span.begin, at.span.begin}, text);
        return;
    }
}

/* Reports where the notice parts from the sentences; one edit where they stand in one paragraph. */
static void
report_notice(struct gb_check *c, const struct notice *notice, const char *which, struct gb_str fixed)
{
    struct gb_str key = gb_arena_copy(c->arena, gb_buf_str(&notice->key));
    struct gb_str wanted = key_of(c, fixed);
    struct difference d = find_difference(key, wanted);
    const struct gb_foreword_statement *s = notice->first, *last;
    size_t skipped = 0, skipped_last;

    while (s < notice->last && skipped + s->key.len <= d.begin)
        skipped += (s++)->key.len;
    size_t begin = d.begin - skipped, end = d.end - skipped;
    for (last = s, skipped_last = skipped; last < notice->last && skipped_last + last->key.len < d.end;)
        skipped_last += (last++)->key.len;
    struct gb_at at = place_of(s, begin > s->key.len ? s->key.len : begin, end > s->key.len ? s->key.len : end);
    struct gb_finding *f =
        gb_report_case(c, which, at, s->node,
                       GB_ARGS(fixed, difference_excerpt(key, d.begin), difference_excerpt(wanted, d.begin)));
    if (last->node == s->node) {
        struct gb_span from = gb_foreword_at(s, begin, begin).span,
                       to = gb_foreword_at(last, d.end - skipped_last, d.end - skipped_last).span;
        gb_fix(c, f, (struct gb_span){from.begin, to.end}, fixed_part(fixed, d.begin, d.fixed_end));
    }
}

/* A full stop that a conversion lost makes no other sentence. */
static bool
is_same(struct gb_str key, struct gb_str fixed)
{
    return gb_str_starts(fixed, key) && fixed.len - key.len <= strlen("。");
}

/* Source: GB/T 1.1—2020, 8.3 e), D.2; 2009, 6.1.3 e), C.2. */
static void
check_patent_notice(struct gb_check *c)
{
    static const char *const keys[] = {[GB_EDITION_2009] = "text-2009", [GB_EDITION_2020] = "text-2020"};
    const struct gb_facts *facts = c->facts;
    const struct gb_foreword *foreword = gb_foreword_judged(c);
    enum gb_edition other_edition = facts->edition == GB_EDITION_2020 ? GB_EDITION_2009 : GB_EDITION_2020;
    const struct gb_str *own, *other;
    struct notice notice = {0};

    if (!foreword || is_identified(facts) || !gb_param_words(c, keys[facts->edition], &own) ||
        !gb_param_words(c, keys[other_edition], &other))
        return;
    read_notice(foreword, &notice);
    if (!notice.first) {
        if (gb_foreword_is_whole(foreword)) {
            struct gb_finding *f = gb_report(c, gb_at_head(foreword->node), foreword->node, GB_ARGS(own[0]));
            offer_notice(c, f, foreword, own[0]);
        }
    } else if (is_same(gb_buf_str(&notice.key), key_of(c, other[0]))) {
        report_notice(c, &notice, "edition", own[0]);
    } else if (!is_same(gb_buf_str(&notice.key), key_of(c, own[0]))) {
        report_notice(c, &notice, "wording", own[0]);
    }
    gb_buf_release(&notice.key);
}

const struct gb_check_def gb_foreword_fixed_checks[] = {
    {.name = "drafting-basis",
     .whole = check_drafting_basis,
     .cases = "wording usual edition",
     .params = "text-2009:words text-2020:words"},
    {.name = "patent-notice",
     .whole = check_patent_notice,
     .cases = "wording edition",
     .params = "text-2009:words text-2020:words"},
    {0},
};
