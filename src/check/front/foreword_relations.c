/* What the document says of others: parts (FWD-003), replaced and foreign documents (FWD-004 to FWD-006, FWD-015), editions (FWD-011). */
#include "check/front/foreword_priv.h"

/* ---- FWD-003: parts ---- */

/* Value of the last 第…部分 of a title, 0 without; *out_number as written. */
static unsigned
part_of_title(struct gb_arena *arena, struct gb_str title, struct gb_str *out_number)
{
    struct gb_buf key = {0};
    unsigned value = 0;
    struct gb_span number;

    gb_foreword_key(title, &key);
    struct gb_str s = gb_buf_take(&key, arena);
    GB_EACH_FOUND(at, s, GB_STR("第"), 0) {
        if (!gb_part_at(s, at, &number))
            continue;
        *out_number = gb_str_sub(s, number.begin, number.end);
        value = gb_part_value(*out_number);
    }
    return value;
}

static bool
is_part(const struct gb_foreword *foreword, const struct gb_foreword_part *part, unsigned own)
{
    return gb_part_value(gb_str_sub(foreword->statements[part->statement].key, part->begin, part->end)) == own;
}

/* 是……的第2部分 in a sentence; in 2009 an entry of the list of parts does as well. */
static const struct gb_foreword_statement *
own_part(const struct gb_foreword *foreword, unsigned own, enum gb_edition edition)
{
    GB_EACH(const struct gb_foreword_part, part, foreword->parts.items, foreword->parts.n) {
        const struct gb_foreword_statement *s = &foreword->statements[part->statement];
        bool is_list = !gb_foreword_is_plain(s) || s->flags & GB_FOREWORD_LEADS || part->begin == strlen("第");
        if (!is_part(foreword, part, own) || gb_is_quoted(s->key, part->begin))
            continue;
        if (edition == GB_EDITION_2009 || !is_list || gb_key_has(s->key, "的第"))
            return s;
    }
    return NULL;
}

/* 本文件是……的第2部分 in a sentence of its own, where the title has another number. */
static const struct gb_foreword_part *
other_part(const struct gb_foreword *foreword, unsigned own)
{
    GB_EACH(const struct gb_foreword_part, part, foreword->parts.items, foreword->parts.n) {
        const struct gb_foreword_statement *s = &foreword->statements[part->statement];
        struct gb_str before = gb_str_sub(s->key, 0, part->begin);
        bool is_own = gb_self_name_at(s->key, 0) && GB_HAS_ONE_OF(before, "是", "为");
        if (is_own && !is_part(foreword, part, own) && !gb_is_quoted(s->key, part->begin) &&
            GB_ENDS_WITH(before, "的第", "的"))
            return part;
    }
    return NULL;
}

/* Source: GB/T 1.1—2020, 8.3 b); 2009, 6.1.3 a). */
static void
check_parts(struct gb_check *c)
{
    const struct gb_foreword *foreword = gb_foreword_judged(c);
    const struct gb_facts *facts = c->facts;
    struct gb_str number;
    unsigned own = part_of_title(c->arena, c->doc->root->title.str, &number);

    if (!own && facts->title)
        own = part_of_title(c->arena, facts->title->title.str, &number);

    if (!foreword || !own || !gb_foreword_is_whole(foreword))
        return;
    const struct gb_foreword_statement *said = own_part(foreword, own, facts->edition);
    const struct gb_foreword_part *other = other_part(foreword, own);
    if (other) {
        const struct gb_foreword_statement *s = &foreword->statements[other->statement];
        gb_report_case(c, "other", gb_foreword_at(s, other->begin, other->end), s->node,
                       GB_ARGS(number, gb_str_sub(s->key, other->begin, other->end)));
    } else if (!said)
        gb_report(c, gb_at_head(foreword->node), foreword->node, GB_ARGS(number));
    else if (facts->edition == GB_EDITION_2020 && foreword->parts.n < 2)
        gb_report_case(c, "list", GB_AT(said), said->node, GB_ARGS(number));
}

/* ---- FWD-004: the document replaces another ---- */

/* What a revision says of the changes, in whatever words. */
static bool
tells_changes(const struct gb_foreword *foreword)
{
    GB_WORDS(words, "相比", "变化", "修改", "差异", "修订", "改动", "更改", "增加", "删除", "不变", "调整", "相较",
             "比较", "区别", "不同");

    return gb_foreword_says(foreword, GB_FOREWORD_REPLACEMENT, words, GB_COUNT(words)) ||
           gb_foreword_says(foreword, GB_FOREWORD_INTERNATIONAL, words, GB_COUNT(words)) ||
           gb_foreword_says(foreword, GB_FOREWORD_OTHER, words, GB_COUNT(words));
}

/* 内容有较大变化。 and no other statement on changes: what they are is told nowhere. */
static bool
tells_no_more(const struct gb_foreword *foreword, const struct gb_foreword_statement *s)
{
    GB_WORDS(words, "变化", "修改", "改动", "修订", "调整");
    struct gb_str key = gb_str_ends(s->key, GB_STR("。")) ? gb_str_sub(s->key, 0, s->key.len - strlen("。")) : s->key;
    bool is_bare = GB_ENDS_ANY(key, words) && !GB_HAS_ONE_OF(key, "没有", "无", "未");
    for (uint32_t i = 0; i < foreword->n_statements && is_bare; i++) {
        const struct gb_foreword_statement *other = &foreword->statements[i];
        is_bare = other == s || (other->kind != GB_FOREWORD_REPLACEMENT && other->kind != GB_FOREWORD_OTHER);
    }
    return is_bare && !(s->flags & GB_FOREWORD_LEADS);
}

/* 主要技术变化如下： and then the next item. */
static bool
lacks_list(const struct gb_foreword *foreword, const struct gb_foreword_statement *s)
{
    const struct gb_foreword_statement *end = foreword->statements + foreword->n_statements;

    if (tells_no_more(foreword, s))
        return true;

    return s->flags & GB_FOREWORD_LEADS &&
           (s + 1 == end || (gb_foreword_is_plain(s + 1) && (s + 1)->kind > GB_FOREWORD_REPLACEMENT));
}

/* 本文件替代GB/T …: the word of the standard is 代替. `at` is where the number begins. */
static void
check_verb(struct gb_check *c, const struct gb_foreword_statement *s, size_t at)
{
    GB_WORDS(others, "替代", "取代");

    if (!gb_str_ends_any(gb_str_sub(s->key, 0, at), others, GB_COUNT(others)))
        return;
    size_t begin = at - others[0].len;
    gb_report_fix(c, "verb", gb_foreword_at(s, begin, at), s->node, GB_STR("代替"),
                  GB_ARGS(gb_str_sub(s->key, begin, at)));
}

/* The documents that one statement replaces: [begin, end) of foreword->replaced. */
struct replaced_by {
    uint32_t begin, end;
};

static void
check_replacing_statement(struct gb_check *c, const struct gb_foreword *foreword, const struct gb_foreword_statement *s,
                          struct replaced_by by, bool tells)
{
    const struct gb_replaced *untitled = NULL;

    for (uint32_t k = by.begin; k < by.end && !untitled; k++)
        untitled = foreword->replaced[k].has_title ? NULL : &foreword->replaced[k];
    struct gb_str code = untitled ? gb_str_sub(s->key, untitled->shape.begin, untitled->shape.end) : GB_STR("");
    if (by.begin < by.end && !tells)
        gb_report_case(c, untitled ? "both" : "changes", GB_AT(s), s->node, GB_ARGS(code));
    else if (untitled)
        gb_report_case(c, "title", gb_foreword_at(s, untitled->shape.begin, untitled->shape.end), s->node,
                       GB_ARGS(code));
    else if (lacks_list(foreword, s))
        gb_report_case(c, "list", GB_AT(s), s->node, GB_ARGS(code));
    else if (by.begin < by.end)
        check_verb(c, s, foreword->replaced[by.begin].shape.begin);
}

/* 与GB/T …—2015相比，主要技术变化如下：, and nothing that says what is replaced. The document in *out. */
static const struct gb_foreword_statement *
comparing_statement(const struct gb_foreword *foreword, struct gb_str *out)
{
    GB_WORDS(words, "相比", "相较", "比较");
    struct gb_identifier_shape shape;

    GB_EACH(const struct gb_foreword_statement, s, foreword->statements, foreword->n_statements) {
        for (size_t k = 0; k < GB_COUNT(words) && gb_foreword_is_plain(s); k++) {
            size_t at = gb_str_find(s->key, words[k], 0);
            if (at == GB_NOT_FOUND || !gb_str_has(gb_str_skip(s->key, at), GB_STR("变化")) ||
                !gb_identifier_next(s->key, 0, &shape) || shape.begin > at || shape.flags & GB_SHAPE_FOREIGN)
                continue;
            *out = gb_str_sub(s->key, shape.begin, shape.end);
            return s;
        }
    }
    return NULL;
}

/* Source: GB/T 1.1—2020, 8.3 c); 2009, 6.1.3 c). That the cover lacks the line is COV-005. */
static void
check_replacement(struct gb_check *c)
{
    GB_WORDS(verbs, "代替", "替代", "取代");
    GB_WORDS(revised, "代替", "替代", "取代", "修订", "废止");
    const struct gb_facts *facts = c->facts;
    const struct gb_foreword *foreword = gb_foreword_judged(c);
    struct gb_identifier_shape shape;
    struct replaced_by by = {0, 0};
    struct gb_str compared;

    if (!foreword)
        return;
    bool tells =
        !foreword->first[GB_FOREWORD_BASIS] || tells_changes(foreword); /* a piece of a foreword tells no more */
    for (uint32_t i = 0; i < foreword->n_statements; i++) {
        const struct gb_foreword_statement *s = &foreword->statements[i];
        by.begin = by.end;
        while (by.end < foreword->n_replaced && foreword->replaced[by.end].statement == i)
            by.end++;
        if (s->kind == GB_FOREWORD_REPLACEMENT && gb_foreword_is_plain(s))
            check_replacing_statement(c, foreword, s, by, tells);
    }
    if (!gb_foreword_is_whole(foreword) || gb_foreword_says(foreword, GB_FOREWORD_REPLACEMENT, verbs, GB_COUNT(verbs)))
        return;
    bool is_on_cover = facts->cover && gb_identifier_next(facts->cover->u.cover->replaces.str, 0, &shape);
    const struct gb_foreword_statement *s = comparing_statement(foreword, &compared);
    if (s && (is_on_cover || !gb_foreword_says(foreword, GB_FOREWORD_ITEM_COUNT, revised, GB_COUNT(revised)))) {
        gb_report_case(c, "compared", GB_AT(s), s->node, GB_ARGS(compared));
    } else if (is_on_cover) {
        struct gb_str code = gb_str_sub(facts->cover->u.cover->replaces.str, shape.begin, shape.end);
        struct gb_finding *f = gb_report(c, gb_at_head(foreword->node), foreword->node, GB_ARGS(code));
        gb_also(c, f, gb_at_text(&facts->cover->u.cover->replaces), gb_say(c, "封面上的代替", "on the cover"));
    }
}

/* ---- FWD-005: the list of changes ---- */

/* A place in this document or the earlier one: 见5.2, 第4章, 附录A, 表1, 2010年版的4.3; or what has a name of its own. */
static bool
cites_place(struct gb_check *c, struct gb_str key)
{
    struct gb_match match;

    return gb_param_match(c, "places", key, 0, &match);
}

enum { VAGUE = 12 }; /* characters of an entry that tells nothing: 完善了部分内容 */

/* The case that an entry of the list is, NULL: it is in order. */
static const char *
case_of_change(struct gb_check *c, const struct gb_foreword_statement *s, bool half_tell_act)
{
    struct gb_match match;
    bool is_added = gb_param_starts(c, "added", s->key), is_deleted = gb_param_starts(c, "deleted", s->key);

    if (!cites_place(c, s->key))
        return gb_str_han_length(s->key) <= VAGUE && !gb_key_has(s->key, "“") ? "vague" : "place";
    bool names_old = gb_param_match(c, "old", s->key, 0, &match);
    bool names_new = gb_param_match(c, "new", s->key, 0, &match);
    if (is_added && names_old && !names_new)
        return "added";
    if (is_deleted && names_new && !names_old)
        return "deleted";
    if (half_tell_act && !gb_param_has(c, "acts", s->key))
        return "act";
    return c->facts->edition == GB_EDITION_2020 && gb_str_starts(s->key, GB_STR("修改了")) ? "word" : NULL;
}

static bool
is_change(const struct gb_foreword_statement *s)
{
    return s->kind == GB_FOREWORD_REPLACEMENT && s->flags & GB_FOREWORD_ENTRY &&
           !(s->flags & (GB_FOREWORD_NESTED | GB_FOREWORD_CELL)) && !gb_str_ends(s->key, GB_STR("："));
}

/*
 * Source: GB/T 1.1—2020, 8.3 c). Where no entry of the list names a place, the list is one finding; where fewer than half say what was
 * done, a line above may have said it.
 */
static void
check_changes(struct gb_check *c)
{
    const struct gb_foreword *foreword = gb_foreword_judged(c);
    struct gb_finding *f = NULL;
    uint32_t n = 0, n_placed = 0, n_acts = 0;

    for (uint32_t i = 0; foreword && i < foreword->n_statements; i++) {
        const struct gb_foreword_statement *s = &foreword->statements[i];
        if (!is_change(s))
            continue;
        n++;
        n_placed += cites_place(c, s->key);
        n_acts += gb_param_has(c, "acts", s->key);
    }
    for (uint32_t i = 0; n && i < foreword->n_statements; i++) {
        const struct gb_foreword_statement *s = &foreword->statements[i];
        const char *which = is_change(s) ? case_of_change(c, s, 2 * n_acts >= n) : NULL;
        bool is_list = which && !cites_place(c, s->key) && 2 * n_placed < n && n > 1;
        if (!which)
            continue;
        if (is_list && f) {
            gb_also_there(c, f, GB_AT(s));
            continue;
        }
        struct gb_finding *own = gb_report_case(c, is_list ? "places" : which, GB_AT(s), s->node, GB_ARGS(s->key));
        f = is_list ? own : f;
    }
}

/* ---- FWD-006: international documents ---- */

/* 采用 and directly behind it a foreign number, and nothing but its title: no degree of correspondence is told. */
static bool
lacks_degree(struct gb_check *c, const struct gb_foreword_statement *s, struct gb_match *out)
{
    struct gb_match match;

    return gb_param_match(c, "adopted", s->key, 0, out) && !gb_param_match(c, "degree", s->key, 0, &match);
}

/* Do the foreword or an annex tell the differences? Changes against the replaced document are another matter, and so are editorial ones. */
static bool
tells_differences(const struct gb_facts *facts, const struct gb_foreword *foreword)
{
    GB_WORDS(differences, "差异", "不同之处", "有所不同", "不同点", "技术性改动", "变化", "技术内容");
    GB_WORDS(titles, "差异", "对照", "变化", "对比");

    return GB_ANY(GB_EACH_NODE(annex, &facts->of_kind[GB_NODE_ANNEX]), GB_HAS_ANY(annex->title.str, titles)) ||
           gb_foreword_says(foreword, GB_FOREWORD_INTERNATIONAL, differences, GB_COUNT(differences)) ||
           gb_foreword_says(foreword, GB_FOREWORD_OTHER, differences, GB_COUNT(differences)) ||
           gb_foreword_says(foreword, GB_FOREWORD_ITEM_COUNT, differences, 1);
}

/* Source: GB/T 1.1—2020, 8.3 d), GB/T 1.2; 2009, 6.1.3 d). */
static void
check_international(struct gb_check *c)
{
    const struct gb_foreword *foreword = gb_foreword_judged(c);
    struct gb_match match;

    if (!foreword || !foreword->first[GB_FOREWORD_INTERNATIONAL])
        return;
    bool is_told = tells_differences(c->facts, foreword);
    GB_EACH(const struct gb_foreword_statement, s, foreword->statements, foreword->n_statements) {
        if (s->kind != GB_FOREWORD_INTERNATIONAL || !gb_foreword_is_plain(s) || !gb_self_name_at(s->key, 0))
            continue;
        bool lacks = lacks_degree(c, s, &match),
             is_untitled = !lacks && gb_param_match(c, "untitled", s->key, 0, &match);
        if (lacks || is_untitled || (!is_told && gb_param_match(c, "modified", s->key, 0, &match)))
            gb_report_case(c,
                           lacks         ? NULL
                           : is_untitled ? "title"
                                         : "differences",
                           gb_foreword_at(s, match.begin, match.end), s->node,
                           GB_ARGS(gb_str_sub(s->key, match.begin, match.end)));
    }
}

/* ---- FWD-011: editions ---- */

enum { MOST_REPLACED = 64 }; /* documents that are looked up one by one */

static bool
is_history_lead(const struct gb_foreword_statement *s)
{
    return s->kind == GB_FOREWORD_HISTORY && gb_foreword_is_plain(s) && gb_key_has(s->key, "历次");
}

/* Entries of the list: [*out_begin, *out_end) of the statements. */
static bool
history_list(const struct gb_foreword *foreword, uint32_t *out_begin, uint32_t *out_end)
{
    for (uint32_t i = 0; i < foreword->n_statements; i++) {
        if (!is_history_lead(&foreword->statements[i]))
            continue;
        for (*out_begin = *out_end = i + 1; *out_end < foreword->n_statements; ++*out_end) {
            const struct gb_foreword_statement *s = &foreword->statements[*out_end];
            if (s->kind != GB_FOREWORD_HISTORY || !(s->flags & GB_FOREWORD_ENTRY))
                break;
        }
        return *out_end > *out_begin;
    }
    return false;
}

/* Year behind the dash of a number in normal form, empty without. */
static struct gb_str
year_of(struct gb_str code)
{
    size_t dash = gb_str_find(code, GB_STR("—"), 0);

    return dash == GB_NOT_FOUND ? GB_STR("") : gb_str_skip(code, dash + strlen("—"));
}

static bool
is_present(const struct gb_facts *facts, struct gb_str entry)
{
    GB_WORDS(words, "本次", "本文件", "此次", "本标准", "现修订", "次修订");
    struct gb_str year = year_of(facts->code);

    return GB_HAS_ANY(entry, words) || (year.len && gb_str_has(entry, year));
}

/* Does an entry, or the sentence itself, name the replaced document or its year? */
static bool
is_in_history(const struct gb_foreword *foreword, const struct gb_replaced *replaced)
{
    const struct gb_foreword_statement *by = &foreword->statements[replaced->statement];
    struct gb_str year = gb_extent_str(by->key, replaced->shape.year);
    struct gb_str serial = gb_extent_str(by->key, replaced->shape.serial);

    GB_FIND(s, foreword->statements, foreword->n_statements,
            s->kind == GB_FOREWORD_HISTORY && ((year.len && gb_str_has(s->key, year)) || gb_str_has(s->key, serial)));
    return s != NULL;
}

/* False where something is missing, which no more is said of. The list in the form of 2020: 2010年首次发布为……; ……；本次为第一次修订。 In 2009 only what was replaced is listed. */
static bool
check_history_list(struct gb_check *c, const struct gb_foreword *foreword, uint32_t begin, uint32_t end)
{
    GB_WORDS(first_words, "首次", "第一次发布", "发布为", "年发布");
    const struct gb_facts *facts = c->facts;
    const struct gb_foreword_statement *first = &foreword->statements[begin], *last = &foreword->statements[end - 1];

    if (facts->edition == GB_EDITION_2009) {
        if (facts->code.len && year_of(facts->code).len && begin + 1 < end && gb_str_same(facts->code, last->key))
            gb_report_case(c, "own", GB_AT(last), last->node, GB_ARGS(last->key));
        return true;
    }
    if (!GB_HAS_ANY(first->key, first_words)) {
        gb_report_case(c, "entries", GB_AT(first), first->node, GB_ARGS(first->key));
        return false;
    }
    if (!is_present(facts, last->key)) {
        gb_report_case(c, "present", GB_AT(last), last->node, GB_ARGS(last->key));
        return false;
    }
    return true;
}

/* Source: GB/T 1.1—2020, 8.3 h); 2009, 6.1.3 h). */
static void
check_history(struct gb_check *c)
{
    const struct gb_foreword *foreword = gb_foreword_judged(c);
    uint32_t begin, end;

    if (!foreword)
        return;
    bool is_revision = gb_is_revision(c->facts);
    if (!foreword->first[GB_FOREWORD_HISTORY]) {
        const struct gb_foreword_statement *last = gb_foreword_last(foreword);
        if (gb_foreword_is_whole(foreword) && (is_revision || c->facts->edition == GB_EDITION_2020))
            gb_report_case(c, is_revision ? NULL : "first", GB_AT(last), last->node, GB_NO_ARGS);
        return;
    }
    if (!history_list(foreword, &begin, &end))
        return;
    if (!check_history_list(c, foreword, begin, end))
        return;
    for (uint32_t i = 0; i < foreword->n_replaced && i < MOST_REPLACED; i++) {
        const struct gb_replaced *r = &foreword->replaced[i];
        struct gb_str code = gb_str_sub(foreword->statements[r->statement].key, r->shape.begin, r->shape.end);
        if (gb_extent_is_empty(r->shape.year) || is_in_history(foreword, r))
            continue;
        const struct gb_foreword_statement *s = &foreword->statements[begin];
        gb_report_case(c, "chain", GB_AT(s), s->node, GB_ARGS(s->key, code));
        return;
    }
}

/* ---- FWD-015: cover and foreword ---- */

static bool
is_replaced_in_foreword(const struct gb_foreword *foreword, struct gb_str cover,
                        const struct gb_identifier_shape *shape)
{
    struct gb_str serial = gb_extent_str(cover, shape->serial), year = gb_extent_str(cover, shape->year);

    GB_FIND(r, foreword->replaced, foreword->n_replaced,
            gb_str_same(gb_extent_str(foreword->statements[r->statement].key, r->shape.serial), serial) &&
                gb_str_same(gb_extent_str(foreword->statements[r->statement].key, r->shape.year), year));
    return r != NULL;
}

/* Source: GB/T 1.1—2020, 8.1, 8.3 c); 2009, 6.1.1, 6.1.3 c). The foreword may give more: the line on the cover is short. */
static void
check_replaced_agree(struct gb_check *c)
{
    const struct gb_foreword *foreword = gb_foreword_judged(c);
    struct gb_identifier_shape shape;

    if (!foreword || !c->facts->cover || !foreword->n_replaced)
        return;
    const struct gb_text *cover = &c->facts->cover->u.cover->replaces;
    size_t from = 0;
    for (unsigned n = 0; n < MOST_REPLACED && gb_identifier_next(cover->str, from, &shape); n++, from = shape.end) {
        if (foreword->n_replaced > MOST_REPLACED || is_replaced_in_foreword(foreword, cover->str, &shape))
            continue;
        const struct gb_replaced *r = &foreword->replaced[0];
        const struct gb_foreword_statement *s = &foreword->statements[r->statement];
        struct gb_finding *f = gb_report(c, gb_foreword_at(s, r->shape.begin, r->shape.end), s->node,
                                         GB_ARGS(gb_str_sub(cover->str, shape.begin, shape.end),
                                                 gb_str_sub(s->key, r->shape.begin, r->shape.end)));
        gb_also(c, f, gb_at_part(cover, shape.begin, shape.end), gb_say(c, "封面上的代替", "on the cover"));
        return;
    }
}

const struct gb_check_def gb_foreword_relation_checks[] = {
    {.name = "parts-statement", .whole = check_parts, .cases = "list other"},
    {.name = "replacement-statement", .whole = check_replacement, .cases = "title changes both list compared verb"},
    {
        .name = "change-list",
        .whole = check_changes,
        .cases = "place vague places added deleted act word",
        .params = "places:pattern old:pattern new:pattern added:words deleted:words acts:words",
    },
    {
        .name = "international-relation",
        .whole = check_international,
        .cases = "title differences",
        .params = "adopted:pattern degree:pattern untitled:pattern modified:pattern",
    },
    {.name = "edition-history", .whole = check_history, .cases = "first own entries present chain"},
    {.name = "replaced-agree", .whole = check_replaced_agree},
    {0},
};
