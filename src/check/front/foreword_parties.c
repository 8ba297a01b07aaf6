/* Who proposed and wrote the document: FWD-008 to FWD-010. */
#include "check/front/foreword_priv.h"

#include "base/strmap.h"

/* Names that the drafter has still to fill in. */
static bool
is_placeholder(struct gb_str s)
{
    return GB_HAS_ONE_OF(s, "×", "XX", "xx", "…", "***", "___");
}

/* Ends in 。, or in a mark that other rules speak of. Entries may follow ：. */
static bool
is_closed(const struct gb_foreword_statement *s)
{
    GB_WORDS(marks, "。", ".", "．", "：", "；", "、", "，", "）");

    return GB_ENDS_ANY(s->key, marks);
}

/* No full stop at the end of a paragraph. Where words without an item follow, a page end may have cut the sentence. */
static void
check_end(struct gb_check *c, const struct gb_foreword *foreword, const struct gb_foreword_statement *s)
{
    const struct gb_foreword_statement *next = s + 1;
    bool is_last = next == foreword->statements + foreword->n_statements;

    if (s->node->kind != GB_NODE_PARA || s->end != s->text->str.len || is_closed(s) ||
        (s->node->flags & GB_NODE_JOINED) || (!is_last && next->kind == GB_FOREWORD_OTHER))
        return;
    struct gb_at at = GB_AT(s);
    struct gb_finding *f = gb_report_case(c, "end", at, s->node, GB_ARGS(s->key));
    gb_fix(c, f, (struct gb_span){at.span.end, at.span.end}, GB_STR("。"));
}

/* ---- FWD-008: who proposed it, who keeps it ---- */

/* A label in the place of the sentence: 归口单位：……. */
static bool
check_label_of_owner(struct gb_check *c, const struct gb_foreword_statement *s)
{
    size_t label = gb_foreword_label(s);
    struct gb_str name = gb_str_skip(s->key, label);

    if (!label)
        return false;
    if (gb_str_ends(name, GB_STR("。")))
        name = gb_str_sub(name, 0, name.len - strlen("。"));
    bool owns = gb_key_has(gb_str_sub(s->key, 0, label), "归口"),
         proposes = gb_key_has(gb_str_sub(s->key, 0, label), "提出");
    struct gb_str verb = owns && proposes ? GB_STR("提出并归口") : owns ? GB_STR("归口") : GB_STR("提出");
    enum gb_edition edition = c->facts->edition;
    struct gb_str self = edition == GB_EDITION_2020 ? GB_STR("本文件") : GB_STR("本标准");
    struct gb_str sentence = gb_arena_printf(c->arena, "%.*s由%.*s%.*s。", GB_FMT(self), GB_FMT(name), GB_FMT(verb));
    struct gb_finding *f =
        gb_report_case(c, "label", GB_AT(s), s->node, GB_ARGS(gb_str_sub(s->key, 0, label), sentence));
    if (name.len && !is_placeholder(name))
        gb_fix(c, f, GB_AT(s).span, sentence);
    gb_fix_unsafe(f);
    return true;
}

/* Where the name of a national committee that begins at `at` ends: before a bracket, a mark, a verb or the next committee. */
static size_t
committee_end(struct gb_str key, size_t at)
{
    GB_WORDS(ends, "（", "、", "，", "。", "；", "提出", "归口", "全国", "负责", "共同");

    for (size_t i = at + strlen("全国"), next; i < key.len; i = next) {
        if (GB_STARTS_ANY(gb_str_skip(key, i), ends))
            return i;
        gb_utf8_at(key, i, &next);
    }
    return key.len;
}

/* （SAC/TC264）: no gap before the number. */
static void
check_committee_gap(struct gb_check *c, const struct gb_foreword_statement *s)
{
    struct gb_str code = GB_STR("SAC/TC"), all = gb_str_sub(s->text->str, 0, s->end);
    size_t begin = gb_str_find(all, code, s->begin);

    if (begin == GB_NOT_FOUND)
        return;
    size_t number = begin + code.len, end = gb_skip_digits(all, number);
    if (end == number)
        return;
    struct gb_finding *f = gb_report_case(c, "gap", gb_at_part(s->text, begin, end), s->node,
                                          GB_ARGS(gb_str_sub(all, begin, end), gb_str_sub(all, number, end)));
    gb_fix_part(c, f, s->text, number, number, GB_STR(" "));
}

/* Committees of standardisation have a number: （SAC/TC 264）. The first without one. Source: 2020, 8.3 f). */
static bool
check_committees(struct gb_check *c, const struct gb_foreword_statement *s)
{
    struct gb_str nation = GB_STR("全国");

    for (size_t at = gb_str_find(s->key, nation, 0); at != GB_NOT_FOUND;) {
        size_t end = committee_end(s->key, at);
        struct gb_str name = gb_str_sub(s->key, at, end), behind = gb_str_skip(s->key, end);
        bool is_committee = gb_key_has(name, "标准化技术委员会") || gb_key_has(name, "标准化委员会");
        size_t close = gb_str_find(behind, GB_STR("）"), 0);
        struct gb_str number = gb_str_starts(behind, GB_STR("（")) ? gb_str_sub(behind, 0, close) : GB_STR("");
        bool has_number = gb_key_has(number, "SAC") ||
                          (number.len && gb_str_han_length(number) == 0 && gb_key_has(number, "/")); /* lost: （ / ） */
        if (is_committee && !has_number) {
            size_t stop = gb_str_find(name, GB_STR("委员会"), 0) + strlen("委员会");
            for (size_t more = gb_str_find(name, GB_STR("委员会"), stop); more != GB_NOT_FOUND;
                 more = gb_str_find(name, GB_STR("委员会"), stop))
                stop = more + strlen("委员会");
            gb_report_case(c, "number", gb_foreword_at(s, at, at + stop), s->node, GB_ARGS(gb_str_sub(name, 0, stop)));
            return true;
        }
        at = gb_str_find(s->key, nation, end > at ? end : at + nation.len);
    }
    check_committee_gap(c, s);
    return false;
}

/* Is it said who keeps the document? In 2009 the proposer alone was enough; enterprises keep their own documents. */
static void
check_owner_is_named(struct gb_check *c, const struct gb_foreword *foreword)
{
    GB_WORDS(words, "归口");
    const struct gb_facts *facts = c->facts;
    const struct gb_foreword_statement *proposer = foreword->first[GB_FOREWORD_OWNER];
    /* Forewords of mandatory standards name no drafters. */
    bool is_complete = (foreword->first[GB_FOREWORD_ORGANISATIONS] && foreword->first[GB_FOREWORD_DRAFTERS]) ||
                       (proposer && gb_str_is(facts->type, "GB"));

    if (gb_foreword_says(foreword, GB_FOREWORD_ITEM_COUNT, words, GB_COUNT(words)) || gb_str_is(facts->type, "Q/") ||
        !is_complete || !gb_foreword_is_whole(foreword) || (proposer && facts->edition == GB_EDITION_2009))
        return;
    struct gb_at at = proposer ? GB_AT(proposer) : gb_at_head(foreword->node);
    gb_report_case(c, "missing", at, foreword->node,
                   GB_ARGS(facts->edition == GB_EDITION_2020 ? GB_STR("本文件") : GB_STR("本标准")));
}

/* Source: GB/T 1.1—2020, 8.3 f); 2009, 6.1.3 f). */
static void
check_owner(struct gb_check *c)
{
    const struct gb_foreword *foreword = gb_foreword_judged(c);

    if (!foreword)
        return;
    GB_EACH(const struct gb_foreword_statement, s, foreword->statements, foreword->n_statements) {
        if (s->kind != GB_FOREWORD_OWNER || !gb_foreword_is_plain(s))
            continue;
        bool ends_in_verb = GB_ENDS_WITH(s->key, "提出", "归口");
        if (!check_label_of_owner(c, s) && !check_committees(c, s) && ends_in_verb)
            check_end(c, foreword, s);
    }
    check_owner_is_named(c, foreword);
}

/* ---- Names in a list ---- */

static struct gb_str
part_str(const struct gb_foreword *foreword, const struct gb_foreword_part *part)
{
    return gb_str_sub(foreword->statements[part->statement].key, part->begin, part->end);
}

/* Names of one statement: [begin, end) of the list. */
struct names {
    const struct gb_foreword *foreword;
    const struct gb_foreword_statement *statement;
    const struct gb_foreword_part *items;
    uint32_t n;
};

/* The names of the next statement that has any, from *at on. */
static bool
next_names(const struct gb_foreword *foreword, const struct gb_foreword_parts *all, uint32_t *at, struct names *out)
{
    uint32_t begin = *at;

    if (begin == all->n)
        return false;
    while (*at < all->n && all->items[*at].statement == all->items[begin].statement)
        ++*at;
    *out =
        (struct names){foreword, &foreword->statements[all->items[begin].statement], all->items + begin, *at - begin};
    return true;
}

/* A Latin letter or digit beside the mark: a comma of a foreign name (Co., Ltd.). */
static bool
is_latin_mark(struct gb_str key, size_t begin, size_t end)
{
    uint32_t before = gb_char_before(key, begin), after = gb_char_at(key, end);

    return gb_char_is_latin(before) || gb_char_is_latin(after) || before == '.';
}

/* ， or ； where 、 should stand. A group with its label (；参加单位：) begins anew. */
static bool
check_separators(struct gb_check *c, const struct names *names)
{
    struct gb_str key = names->statement->key;
    struct gb_finding *f = NULL;
    enum { MOST_EDITS = 32 };

    for (uint32_t i = 0, n = 0; i + 1 < names->n && n < MOST_EDITS; i++) {
        size_t begin = names->items[i].end, end = names->items[i + 1].begin;
        struct gb_str mark = gb_str_sub(key, begin, end), next = part_str(names->foreword, &names->items[i + 1]);
        if (gb_str_is(mark, "、") || next.len == 0 || gb_key_has(next, "：") || gb_key_has(next, "单位") ||
            gb_key_has(next, "组长") || is_latin_mark(key, begin, end) || gb_str_starts(next, GB_STR("等")))
            continue;
        struct gb_at at = gb_foreword_at(names->statement, begin, end);
        if (!f)
            f = gb_report_case(c, "separator", at, names->statement->node, GB_ARGS(mark));
        if (!f)
            return true;
        gb_fix(c, f, at.span, GB_STR("、"));
        n++;
    }
    gb_fix_unsafe(f);
    return f != NULL;
}

static bool
check_empty_names(struct gb_check *c, const struct names *names)
{
    for (uint32_t i = 0; i < names->n; i++) {
        size_t begin = names->items[i].begin, end = names->items[i].end;
        if (begin != end || names->n < 2)
            continue;
        size_t from = i > 0 ? names->items[i - 1].end : begin;
        size_t to = i + 1 < names->n ? names->items[i + 1].begin : end;
        gb_report_case(c, "empty", gb_foreword_at(names->statement, from, to), names->statement->node,
                       GB_ARGS(gb_str_sub(names->statement->key, from, to)));
        return true;
    }
    return false;
}

/* The first name that stands there a second time. */
static bool
check_double_names(struct gb_check *c, const struct names *names)
{
    struct gb_strmap seen = {0};
    bool is_new = true;

    for (uint32_t i = 0; i < names->n && is_new; i++) {
        const struct gb_foreword_part *name = &names->items[i];
        struct gb_str str = part_str(names->foreword, name);
        if (!str.len || is_placeholder(str))
            continue;
        const struct gb_foreword_part *twin = &names->items[gb_strmap_add(&seen, str, i, &is_new)];
        if (is_new)
            continue;
        struct gb_finding *f = gb_report_case(c, "double", gb_foreword_at(names->statement, name->begin, name->end),
                                              names->statement->node, GB_ARGS(str));
        gb_also(c, f, gb_foreword_at(names->statement, twin->begin, twin->end), gb_say(c, "前一处", "the first one"));
    }
    gb_strmap_release(&seen);
    return !is_new;
}

/* The label, where it is another than the usual one. */
static bool
check_label(struct gb_check *c, const struct gb_foreword_statement *s, const char *usual, const struct gb_str *accepted,
            size_t n)
{
    size_t label = gb_foreword_label(s), name = gb_self_name_at(s->key, 0);
    struct gb_str word = gb_str_sub(s->key, name, label);
    enum gb_edition edition = c->facts->edition;

    if (gb_str_ends(word, GB_STR("：")))
        word = gb_str_sub(word, 0, word.len - strlen("："));
    if (!label || (name && gb_str_is(word, usual)))
        return false;
    struct gb_str self = name                         ? gb_str_sub(s->key, 0, name)
                         : edition == GB_EDITION_2020 ? GB_STR("本文件")
                                                      : GB_STR("本标准");
    bool is_accepted = gb_str_is_any(word, accepted, n);
    struct gb_str wanted = gb_arena_printf(c->arena, "%.*s%s：", GB_FMT(self), usual);
    bool is_bare = name == 0 && (is_accepted || gb_str_is(word, usual));
    struct gb_finding *f =
        gb_report_case(c,
                       is_bare       ? "bare"
                       : is_accepted ? "label"
                                     : "other",
                       gb_foreword_at(s, 0, label), s->node, GB_ARGS(gb_str_sub(s->key, 0, label), wanted));
    if (is_bare || is_accepted)
        gb_fix(c, f, gb_foreword_at(s, 0, label).span, wanted);
    return is_bare;
}

/* Mandatory national standards name no authors; where the others are named, these should be. */
static void
check_is_named(struct gb_check *c, const struct gb_foreword *foreword, enum gb_foreword_item kind,
               enum gb_foreword_item other)
{
    const struct gb_str words[] = {kind == GB_FOREWORD_DRAFTERS ? GB_STR("起草人") : GB_STR("起草单位")};
    bool is_new = c->facts->edition == GB_EDITION_2020;

    if (foreword->first[kind] || gb_foreword_says(foreword, GB_FOREWORD_ITEM_COUNT, words, GB_COUNT(words)) ||
        !foreword->first[GB_FOREWORD_OWNER] || !foreword->first[other] || !gb_foreword_is_whole(foreword) ||
        gb_str_is(c->facts->type, "GB"))
        return;
    gb_report_case(c, "missing", GB_AT(foreword->first[other]), foreword->node,
                   GB_ARGS(is_new ? GB_STR("本文件") : GB_STR("本标准")));
}

/* ---- FWD-009: organisations ---- */

/* 甲公司 乙研究院: a blank behind the end of a name, where the next begins. */
static bool
check_blanks_between_bodies(struct gb_check *c, const struct names *names)
{
    const struct gb_foreword_statement *s = names->statement;

    for (uint32_t i = 0; i < names->n; i++) {
        struct gb_span list = gb_foreword_bytes(s, names->items[i].begin, names->items[i].end);
        struct gb_str text = s->text->str;
        for (size_t at = list.begin, next; at < list.end; at = next) {
            uint32_t ch = gb_utf8_at(text, at, &next);
            size_t behind = next;
            if (!gb_char_is_space(ch) || ch == '\n')
                continue;
            while (behind < list.end && gb_char_is_space(gb_utf8_at(text, behind, &next)) && text.ptr[behind] != '\n')
                behind = next;
            struct gb_str before = gb_str_sub(text, list.begin, at), rest = gb_str_sub(text, behind, list.end);
            next = behind;
            bool is_end = gb_param_ends(c, "ends", before);
            if (!is_end || gb_str_han_length(rest) < 4 || !gb_char_is_han(gb_utf8_at(rest, 0, &(size_t){0})))
                continue;
            gb_report_case(c, "separator", gb_at_part(s->text, at, behind), s->node, GB_ARGS(GB_STR(" ")));
            return true;
        }
    }
    return false;
}

static void
check_organisations(struct gb_check *c)
{
    GB_WORDS(labels, "主要起草单位", "的起草单位", "的主要起草单位", "负责起草单位", "起草单位为", "起草单位是");
    const struct gb_foreword *foreword = gb_foreword_judged(c);
    struct names names;

    if (!foreword)
        return;
    for (uint32_t at = 0; next_names(foreword, &foreword->organisations, &at, &names);) {
        if (!gb_foreword_is_plain(names.statement))
            continue;
        if (!check_separators(c, &names) && !check_blanks_between_bodies(c, &names) && !check_empty_names(c, &names) &&
            !check_double_names(c, &names) && !check_label(c, names.statement, "起草单位", labels, GB_COUNT(labels)))
            check_end(c, foreword, names.statement);
    }
    check_is_named(c, foreword, GB_FOREWORD_ORGANISATIONS, GB_FOREWORD_DRAFTERS);
}

/* ---- FWD-010: persons ---- */

/* The name without what stands in brackets: 张三（组长）. */
static struct gb_str
bare_name(struct gb_str name)
{
    return gb_str_sub(name, 0, gb_str_find(name, GB_STR("（"), 0));
}

/* Only Han characters, without the point of 买买提·艾力. */
static bool
is_han_only(struct gb_str name)
{
    for (size_t at = 0; at < name.len;) {
        if (!gb_char_is_han(gb_utf8_at(name, at, &at)))
            return false;
    }
    return name.len > 0;
}

/* Length in bytes of the surname that begins at `at`. */
static size_t
surname_at(struct gb_check *c, struct gb_str name, size_t at)
{
    const struct gb_str *surnames;
    size_t n = gb_param_words(c, "surnames", &surnames), longest = 0;

    for (size_t i = 0; i < n; i++) {
        if (surnames[i].len > longest && gb_str_starts(gb_str_skip(name, at), surnames[i]))
            longest = surnames[i].len;
    }
    return longest;
}

/*
 * Two names without a mark between: five to seven characters that begin with a surname, and another begins behind the second or
 * third. Names of minorities may be as long, but do not begin so. *out_at: the byte between.
 */
static bool
holds_two_names(struct gb_check *c, struct gb_str name, size_t *out_at)
{
    size_t length = name.len / GB_HAN;

    if (!is_han_only(name) || name.len % GB_HAN || length < 5 || length > 7 || !surname_at(c, name, 0))
        return false;
    for (size_t cut = 3; cut >= 2; cut--) {
        size_t rest = length - cut;
        if (rest >= 2 && rest <= 4 && surname_at(c, name, cut * GB_HAN)) {
            *out_at = cut * GB_HAN;
            return true;
        }
    }
    return false;
}

static bool
check_run_together(struct gb_check *c, const struct names *names)
{
    GB_EACH(const struct gb_foreword_part, part, names->items, names->n) {
        struct gb_str name = bare_name(part_str(names->foreword, part));
        size_t at;
        if (is_placeholder(name) || !holds_two_names(c, name, &at))
            continue;
        struct gb_at place = gb_foreword_at(names->statement, part->begin, part->begin + name.len);
        struct gb_finding *f = gb_report_case(c, "run-together", place, names->statement->node, GB_ARGS(name));
        struct gb_span cut = gb_foreword_bytes(names->statement, part->begin + at, part->begin + name.len);
        struct gb_span edit = gb_at_part(names->statement->text, cut.begin, cut.begin).span;
        gb_fix(c, f, edit, GB_STR("、"));
        gb_fix_unsafe(f);
        return true;
    }
    return false;
}

/* 张三 李四 王某: blanks in place of marks. Inside of a name of two characters a blank is only for looks. */
static bool
check_blanks(struct gb_check *c, const struct names *names)
{
    const struct gb_foreword_statement *s = names->statement;
    struct gb_span list = gb_foreword_bytes(s, names->items[0].begin, names->items[0].end);
    size_t first = GB_NOT_FOUND, first_end = 0, begin = list.begin, next;
    unsigned n = 0;

    if (names->n != 1)
        return false;
    for (size_t at = list.begin; at <= list.end; at = next) {
        next = at + 1;
        bool is_blank = at < list.end && gb_char_is_space(gb_utf8_at(s->text->str, at, &next));
        if (at < list.end && !is_blank)
            continue;
        struct gb_str name = gb_str_sub(s->text->str, begin, at);
        size_t length = name.len / GB_HAN;
        if (name.len && (!is_han_only(name) || length < 2 || length > 4))
            return false;
        n += name.len > 0;
        if (is_blank && first == GB_NOT_FOUND) {
            first = at;
            first_end = next;
        }
        begin = next;
    }
    if (n < 3)
        return false;
    gb_report_case(c, "separator", gb_at_part(s->text, first, first_end), s->node, GB_ARGS(GB_STR(" ")));
    return true;
}

static void
check_drafters(struct gb_check *c)
{
    GB_WORDS(labels, "起草人", "起草人员", "主要起草人员", "的主要起草人", "的起草人", "主要起草人为");
    const struct gb_foreword *foreword = gb_foreword_judged(c);
    struct names names;

    if (!foreword)
        return;
    for (uint32_t at = 0; next_names(foreword, &foreword->drafters, &at, &names);) {
        if (!gb_foreword_is_plain(names.statement))
            continue;
        if (!check_separators(c, &names) && !check_empty_names(c, &names) && !check_blanks(c, &names) &&
            !check_run_together(c, &names) && !check_double_names(c, &names) &&
            !check_label(c, names.statement, "主要起草人", labels, GB_COUNT(labels)))
            check_end(c, foreword, names.statement);
    }
    check_is_named(c, foreword, GB_FOREWORD_DRAFTERS, GB_FOREWORD_ORGANISATIONS);
}

const struct gb_check_def gb_foreword_party_checks[] = {
    {.name = "foreword-owner", .whole = check_owner, .cases = "label number gap missing end"},
    {.name = "foreword-organisations",
     .whole = check_organisations,
     .cases = "separator empty double bare label other missing end",
     .params = "ends:words"},
    {
        .name = "foreword-drafters",
        .whole = check_drafters,
        .cases = "separator empty double run-together bare label other missing end",
        .params = "surnames:words",
    },
    {0},
};
