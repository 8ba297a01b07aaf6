/* Decides whether a number is a mention, and of what. See mention_scan_priv.h. */
#include "facts/mentions/mention_scan_priv.h"

/* Right behind the name of another document, with 中 or 的 at most. */
bool
gb_is_behind_document(const struct gb_scan *scan, size_t begin)
{
    return scan->document_end != GB_NOT_FOUND &&
           gb_is_of_document(gb_scan_words(scan), scan->s, scan->document_end, begin);
}

/* GB 4943.1和5.7: 和 makes it the draft's own, but not in GB/T 1.1和1.2, whose code is left out. */
bool
gb_is_beside_document(const struct gb_scan *scan, const struct gb_token *token)
{
    return scan->document_end != GB_NOT_FOUND && scan->document_part != token->num.part[0] &&
           gb_joint_between(gb_scan_words(scan), scan->s, scan->document_end, token->begin) == GB_JOINT_AND;
}

/* ── deciding ──────────────────────────────────────────────────────────── */

static bool
is_part(const struct gb_scan *scan, const struct gb_candidate *candidate)
{
    return gb_find_part(scan->scanner->facts, candidate->kind, &candidate->token.num) != NULL;
}

enum gb_joint
gb_joint_before(const struct gb_scan *scan, size_t begin)
{
    return scan->last_end == GB_NOT_FOUND ? GB_JOINT_NONE
                                          : gb_joint_between(gb_scan_words(scan), scan->s, scan->last_end, begin);
}

/* A number that is joined to what ends there, may be one of a clause, and is no quantity: 、6.3, 和5.4. */
static bool
read_joined(const struct gb_scan *scan, size_t end, struct gb_token *out)
{
    struct gb_str s = scan->s;
    size_t next, at = gb_skip_blanks(s, end);
    const struct gb_listed_word *joint = gb_listed_at(gb_scan_words(scan), s, at, GB_WORDS_JOINTS);

    if (!joint || (joint->value != GB_JOINT_AND && joint->value != GB_JOINT_RANGE))
        return false;
    at = gb_skip_blanks(s, at + joint->str.n);
    if (!gb_is_digit(gb_narrow_at(s, at, &next)))
        return false;
    *out = gb_read_token(s, at);
    return gb_may_be_clause(out) && !gb_is_unit_at(gb_scan_words(scan), s, out->end);
}

/* 对5.1、6.3和第8章, 对4章、5.2: a number behind this one that is a clause of the draft as well. Quantities rarely come so. */
static bool
leads_clauses(const struct gb_scan *scan, const struct gb_verb_found *found, size_t end)
{
    struct gb_token second;

    return gb_str_is(gb_str_sub(scan->s, found->begin, found->end), "对") && read_joined(scan, end, &second) &&
           second.num.n > 1 && gb_find_part(scan->scanner->facts, GB_MENTION_CLAUSE, &second.num);
}

/* 检验项目为5.1、5.2和5.4: several numbers that are the items of an inspection. */
static bool
names_items(const struct gb_scan *scan, const struct gb_token *token)
{
    GB_WORDS(verbs, "项目为", "项目是", "项目有", "项目：", "项目:", "项目包括", "项目应为", "项目应包括");
    struct gb_str s = scan->s;
    struct gb_token second;

    return GB_ENDS_ANY(gb_str_sub(s, 0, gb_skip_blanks_back(s, token->begin)), verbs) &&
           read_joined(scan, token->end, &second) && second.num.n == token->num.n;
}

/* 7 behind 见: a chapter, if nothing follows that would make it a quantity. */
static bool
judge_integer(struct gb_scan *scan, struct gb_candidate *candidate, const struct gb_verb_found *found, bool is_strong)
{
    enum gb_mention_verb verb = found->verb;
    struct gb_str s = scan->s;
    size_t next, suffix_end, behind = gb_skip_blanks(s, candidate->token.end);
    uint32_t c = behind < s.len ? gb_utf8_at(s, behind, &next) : 0;

    candidate->kind = GB_MENTION_CHAPTER;
    if (gb_suffix_at(scan, gb_behind_joined_numbers(scan, candidate->token.end), &suffix_end) ==
        GB_SUFFIX_CHAPTER) /* 为5章的全部内容, but not 分为5章 */
        return is_strong || (verb == GB_VERB_AS && is_part(scan, candidate) &&
                             (gb_mention_behind(gb_scan_words(scan), s, suffix_end) == GB_BEHIND_PROVISION ||
                              leads_clauses(scan, found, suffix_end)));
    candidate->is_doubtful = true;
    if (candidate->joint == GB_JOINT_NONE && verb == GB_VERB_SEE && is_part(scan, candidate) &&
        gb_mention_behind(gb_scan_words(scan), s, behind) == GB_BEHIND_PROVISION) /* 见4的规定 */
        return true;
    return candidate->joint == GB_JOINT_NONE && (verb == GB_VERB_SEE || verb == GB_VERB_SEE_ALSO) &&
           (c == 0 || c == U'。' || c == U'，' || c == U'；' || c == U'、' || (scan->depth > 0 && c == U'）'));
}

/* Only numbers in the whole text, as in a cell that lists clauses, or in its brackets. */
static bool
stands_alone(const struct gb_scan *scan, const struct gb_token *token, size_t last)
{
    size_t prev, next, begin = gb_skip_blanks_back(scan->s, token->begin), end = gb_skip_blanks(scan->s, last);

    return (begin == 0 && end == scan->s.len) ||
           (begin > 0 && end < scan->s.len && gb_char_narrow(gb_utf8_before(scan->s, begin, &prev)) == '(' &&
            gb_char_narrow(gb_utf8_at(scan->s, end, &next)) == ')');
}

/*
 * 按5.9签订协议, where chapter 5 has a 5.1: no factor, grade or rate. Those stand before 计算, 折算, 级 …, and most are smaller than
 * the numbers of the chapters behind scope, references and terms.
 */
static bool
is_followed(const struct gb_scan *scan, const struct gb_token *token, size_t last)
{
    enum { FIRST_OF_CORE = 4 };
    static const char values[] = "计算折换取收修考估选乘加减除扣付配稀放缩级版类型号档比与和至到为左以的";
    struct gb_number first = {.n = 2, .part = {token->num.part[0], 1}};
    size_t at = gb_skip_blanks(scan->s, last), next = at;
    uint32_t c = at < scan->s.len ? gb_utf8_at(scan->s, at, &next) : 0;

    return !token->num.letter && token->num.n == 2 && token->num.part[0] >= FIRST_OF_CORE && gb_char_is_han(c) &&
           !gb_str_has(gb_str_from(values), gb_str_sub(scan->s, at, next)) &&
           gb_find_part(scan->scanner->facts, GB_MENTION_CLAUSE, &first);
}

/* Does the draft have the first of the numbers that this one is of: 4.1.1 for 4.1.16? */
static bool
has_first_of_kin(const struct gb_scan *scan, const struct gb_token *token)
{
    struct gb_number first = token->num;

    first.part[first.n - 1] = 1;
    return gb_find_part(scan->scanner->facts, GB_MENTION_CLAUSE, &first) != NULL;
}

/* What a clause is about: its title, or its first words up to a colon or bracket (硫酸溶液 of 硫酸溶液：c=1 mol/L). Empty: none short enough. */
static struct gb_str
name_of_clause(const struct gb_node *clause)
{
    enum { LONGEST = 20 * GB_HAN };
    struct gb_str s = clause->title.str.len || !clause->first ? clause->title.str : clause->first->text.str;
    size_t at = 0, next = 0;

    while (at < s.len && at <= LONGEST && gb_char_is_han(gb_utf8_at(s, at, &next)))
        at = next;
    return gb_str_sub(s, 0, at <= LONGEST ? at : 0);
}

/* 硫酸溶液（5.6） where 5.2 is 硫酸溶液: what stands before the bracket is the name of a clause beside the one that is mentioned. */
static bool
stands_behind_name_of_kin(const struct gb_scan *scan, const struct gb_token *token)
{
    enum { FARTHEST = 40, SHORTEST = 2 * GB_HAN };
    struct gb_number first = token->num;
    size_t bracket = gb_skip_blanks_back(scan->s, token->begin), end;
    unsigned n = 0;

    if (!stands_alone(scan, token, token->end) || bracket == 0)
        return false;
    gb_utf8_before(scan->s, bracket, &end);
    first.part[first.n - 1] = 1;
    for (const struct gb_node *c = gb_find_part(scan->scanner->facts, GB_MENTION_CLAUSE, &first); c && n < FARTHEST;
         c = c->next, n++) {
        struct gb_str name = name_of_clause(c);
        if (name.len >= SHORTEST && gb_str_ends(gb_str_sub(scan->s, 0, end), name))
            return true;
    }
    return false;
}

/* 贮备溶液（4.1.16）, 仪器同4.2: no number of another kind stands so in a draft with such clauses. */
static bool
is_kin(const struct gb_scan *scan, const struct gb_token *token, const struct gb_verb_found *found,
       enum gb_behind behind)
{
    enum { FIRST_OF_CORE = 4 };

    if (behind != GB_BEHIND_OPEN || token->num.letter || token->num.part[0] < FIRST_OF_CORE ||
        !has_first_of_kin(scan, token))
        return false;
    if (token->num.n > 2 && found->verb != GB_VERB_NONE) /* 写明6.1.4的质量 */
        return true;
    return (token->num.n > 2 ? stands_alone(scan, token, token->end) : stands_behind_name_of_kin(scan, token)) ||
           gb_str_is(gb_str_sub(scan->s, found->begin, found->end), "同");
}

/*
 * 5.1—5.3, 6.1-6.4 at the head of a sentence or in a cell: clauses of the draft, the second behind the first, and no unit behind. Values
 * have another sign between them, and rarely both numbers of clauses.
 */
static bool
is_own_range(const struct gb_scan *scan, const struct gb_token *token)
{
    enum { FIRST_OF_CORE = 4 };
    const struct gb_facts *facts = scan->scanner->facts;
    struct gb_str s = scan->s;
    size_t at = gb_skip_blanks(s, token->end), next = at;
    uint32_t c = at < s.len ? gb_utf8_at(s, at, &next) : 0;
    bool is_body = token->num.letter || token->num.part[0] >= FIRST_OF_CORE;

    if (!is_body || token->num.n < 1 || (c != '-' && c != U'—' && c != U'–' && c != U'－'))
        return false;
    next = gb_skip_blanks(s, next);
    if (next >= s.len || (!gb_is_digit((uint32_t)(unsigned char)s.ptr[next]) && !gb_is_upper(s.ptr[next])))
        return false;
    struct gb_token last = gb_read_token(s, next);
    struct gb_number before = last.num;
    if (last.is_huge || last.num.n != token->num.n || last.num.letter != token->num.letter ||
        last.num.part[last.num.n - 1] <= token->num.part[token->num.n - 1])
        return false;
    before.part[before.n - 1] = token->num.part[token->num.n - 1];
    return gb_number_cmp(&before, &token->num) == 0 && !gb_is_unit_at(gb_scan_words(scan), s, last.end) &&
           gb_find_part(facts, GB_MENTION_CLAUSE, &token->num) && gb_find_part(facts, GB_MENTION_CLAUSE, &last.num);
}

/* 5.2, A.1, or 7 behind 见: is it a mention, and how sure? */
bool
gb_judge_bare(struct gb_scan *scan, struct gb_candidate *candidate)
{
    struct gb_str s = scan->s;
    const struct gb_token *token = &candidate->token;
    size_t last = gb_behind_joined_numbers(scan, token->end), suffix_end;
    bool is_joined = candidate->joint == GB_JOINT_AND || candidate->joint == GB_JOINT_RANGE;

    if (!gb_may_be_clause(token) || (!is_joined && gb_is_value_before(gb_scan_words(scan), s, token->begin)))
        return false;
    struct gb_verb_found found = gb_verb_before(gb_scan_words(scan), s, token->begin);
    enum gb_mention_verb verb = found.verb;
    bool is_inside =
        candidate->joint == GB_JOINT_INSIDE && scan->scanner->out->items.items[scan->last].kind == GB_MENTION_CHAPTER;
    bool is_strong = verb > GB_VERB_AS || (verb == GB_VERB_AS && found.is_negated) || is_joined || is_inside ||
                     (candidate->joint == GB_JOINT_COMMA && scan->depth > 0) || gb_is_beside_document(scan, token);
    if (!token->num.letter && token->num.n == 1)
        return judge_integer(scan, candidate, &found, is_strong);
    enum gb_suffix suffix = gb_suffix_at(scan, last, &suffix_end);
    if (suffix == GB_SUFFIX_NONE && gb_is_unit_at(gb_scan_words(scan), s, last) && !candidate->item_end)
        return false;
    bool exists = is_part(scan, candidate);
    if (suffix == GB_SUFFIX_OTHER && !exists) /* 按6.1项毒性物质运输 */
        return false;
    if (gb_is_behind_document(scan, token->begin) || gb_is_behind_document_word(gb_scan_words(scan), s, token->begin))
        return true;
    enum gb_behind behind = candidate->item_end ? GB_BEHIND_PROVISION : gb_mention_behind(gb_scan_words(scan), s, last);
    /* 按1.5计算 is a factor, unless there is such a clause. */
    if (is_strong && (behind != GB_BEHIND_OTHER || exists || token->num.n > 2))
        return true;
    if (verb == GB_VERB_FOLLOW && behind == GB_BEHIND_OTHER && is_followed(scan, token, last))
        return true;
    if (token->num.letter && gb_has_annex(scan->scanner->facts, token->num.letter))
        return true;
    /* 蓝牙5.2的要求: what the number belongs to stands before it. */
    size_t prev, before = gb_skip_blanks_back(s, token->begin);
    bool is_free = verb == GB_VERB_AS || before == 0 || !gb_char_is_han(gb_utf8_before(s, before, &prev)) ||
                   gb_listed_before(gb_scan_words(scan), s, before, GB_WORDS_TIES);
    if (is_free && behind == GB_BEHIND_PROVISION && (token->num.n > 2 || verb == GB_VERB_AS || exists))
        return true;
    if (!exists && is_kin(scan, token, &found, behind))
        return true;
    if (exists && (leads_clauses(scan, &found, token->end) || names_items(scan, token)))
        return true;
    /* 检验项目为4.2～4.8规定的项目: the first one is there, and both are spoken of as provisions. */
    if (exists && behind == GB_BEHIND_PROVISION && last > token->end)
        return true;
    if (exists && (candidate->item_end || is_own_range(scan, token))) /* 6.1.2中第c）项情况 */
        return true;
    candidate->is_doubtful = true;
    return exists && (token->num.n > 2 || verb != GB_VERB_NONE || stands_alone(scan, token, last));
}

/* 图3-1, 图3–1, 表2-1: numbers by chapter; with a hyphen a range without its word as well. */
static bool
is_number_by_chapter(const struct gb_scan *scan, const struct gb_candidate *candidate)
{
    struct gb_number number = candidate->token.num;
    size_t next;
    uint32_t c = gb_narrow_at(scan->s, candidate->token.end, &next);

    if (number.n != 1 || (c != '-' && c != U'–'))
        return false;
    struct gb_token behind = gb_read_token(scan->s, next);
    if (behind.num.n == 0 || behind.num.letter)
        return false;
    number.part[number.n++] = behind.num.part[0];
    return c == '-' || number.part[1] <= number.part[0] || gb_find_part(scan->scanner->facts, candidate->kind, &number);
}

/* 图1, 表A.2, 公式（3）, 附录B, 注1, 步骤3. */
bool
gb_judge_kind(struct gb_scan *scan, struct gb_candidate *candidate, const struct gb_listed_word *word,
              size_t word_begin)
{
    struct gb_str s = scan->s;
    const struct gb_token *token = &candidate->token;
    size_t last = gb_behind_joined_numbers(scan, token->end);

    candidate->kind = (enum gb_mention_kind)word->value;
    candidate->begin = word_begin;
    if (token->is_huge || token->has_zero || (token->num.n > 0 && token->num.part[token->num.n - 1] == 0))
        return false;
    if (word->value == GB_MENTION_ANNEX) {
        if (!token->num.letter || (gb_str_starts(gb_str_skip(s, word_begin), GB_STR("附件")) &&
                                   !gb_has_annex(scan->scanner->facts, token->num.letter)))
            return false;
        if (token->num.n > 0) /* 附录A.1 */
            candidate->kind = GB_MENTION_CLAUSE;
        return true;
    }
    if (token->num.n == 0 ||
        (candidate->kind == GB_MENTION_CLAUSE && (!gb_may_be_clause(token) || token->num.n + !!token->num.letter < 2)))
        return false;
    /* 表1个, 图2张; 表 1 mm is none, but 图1 a）is. */
    if (gb_is_unit_at(gb_scan_words(scan), s, last)) {
        struct gb_candidate probe = *candidate;
        gb_take_markers(scan, &probe);
        if (!probe.item_end)
            return false;
    }
    if (is_number_by_chapter(scan, candidate))
        return false;
    if (candidate->kind == GB_MENTION_NOTE || candidate->kind == GB_MENTION_EXAMPLE ||
        candidate->kind == GB_MENTION_STEP)
        return word_begin > 0 && token->num.n == 1;
    if (!gb_is_free_kind_word(scan, word_begin))
        candidate->is_doubtful = !is_part(scan, candidate);
    return true;
}

/*
 * The caption of a figure or table, or the head of an annex, that the reader left as text: it begins the paragraph, which does not
 * end as a sentence.
 */
bool
gb_is_caption(const struct gb_scan *scan, const struct gb_candidate *candidate)
{
    size_t prev, next, end = gb_skip_blanks_back(scan->s, scan->s.len);
    bool has_caption = candidate->kind == GB_MENTION_FIGURE || candidate->kind == GB_MENTION_TABLE ||
                       candidate->kind == GB_MENTION_ANNEX;

    if (!has_caption || scan->node->kind != GB_NODE_PARA || gb_skip_blanks(scan->s, 0) != candidate->begin)
        return false;
    uint32_t last = gb_utf8_before(scan->s, end, &prev);
    uint32_t behind = candidate->end < end ? gb_utf8_at(scan->s, candidate->end, &next) : 0;
    return last != U'。' && last != U'；' && last != U'：' && last != U'，' &&
           (behind == 0 || behind == ' ' || behind == 0x3000 || behind == U'（' || behind == '(');
}

/* 第5章, 第5.2条, 第3步. */
bool
gb_judge_ordinal(struct gb_scan *scan, struct gb_candidate *candidate, size_t word_begin)
{
    struct gb_str s = scan->s;
    const struct gb_token *token = &candidate->token;
    size_t own_end, last_end, last = gb_behind_joined_numbers(scan, token->end);
    enum gb_suffix own = gb_suffix_at(scan, token->end, &own_end), suffix = gb_suffix_at(scan, last, &last_end);

    if (token->num.letter && token->num.n == 0)
        return false;
    if (token->is_huge || token->has_zero || token->num.part[token->num.n - 1] == 0)
        return false;
    candidate->begin = word_begin;
    candidate->end = own == GB_SUFFIX_NONE ? token->end : own_end;
    if (token->num.n > 1 || token->num.letter) {
        candidate->kind = GB_MENTION_CLAUSE;
        return gb_may_be_clause(token) && suffix != GB_SUFFIX_OTHER &&
               (suffix != GB_SUFFIX_NONE || !gb_is_unit_at(gb_scan_words(scan), s, last));
    }
    /* 第5条 is a law's; 第1部分, 第3次 are none. */
    if (suffix != GB_SUFFIX_CHAPTER && suffix != GB_SUFFIX_STEP) {
        /* 第5章至第7章: the word stands behind each; 第5至第7章: only behind the last. */
        size_t first = gb_skip_blanks(s, token->end), next;
        size_t behind = gb_skip_listed(gb_scan_words(scan), s, first, GB_WORDS_ORDINAL_JOINTS),
               second = gb_skip_blanks(s, behind);
        if (behind == first || !gb_is_digit(gb_narrow_at(s, second, &next)) ||
            gb_suffix_at(scan, gb_read_token(s, second).end, &next) != GB_SUFFIX_CHAPTER)
            return false;
        suffix = GB_SUFFIX_CHAPTER;
    }
    candidate->kind = suffix == GB_SUFFIX_CHAPTER ? GB_MENTION_CHAPTER : GB_MENTION_STEP;
    return true;
}

/* A number that is joined to the mention before it, without words of its own: 图1和2, 附录A、B, 公式（1）～（3）, 第5、6章. */
bool
gb_judge_joined(struct gb_scan *scan, struct gb_candidate *candidate)
{
    const struct gb_mention *last = &scan->scanner->out->items.items[scan->last];
    const struct gb_token *token = &candidate->token;
    struct gb_str s = scan->s;
    size_t end;

    switch (last->kind) {
    case GB_MENTION_ANNEX: {
        uint32_t behind = token->end < s.len ? gb_char_at(s, token->end) : 0;
        candidate->kind = GB_MENTION_ANNEX;
        return token->num.letter && token->num.n == 0 && !gb_is_digit(behind) && behind != '-' &&
               !gb_is_unit_at(gb_scan_words(scan), s, token->end);
    }
    case GB_MENTION_FORMULA:
        candidate->kind = GB_MENTION_FORMULA;
        return token->num.n > 0 && gb_take_brackets(s, candidate);
    case GB_MENTION_FIGURE:
    case GB_MENTION_TABLE:
    case GB_MENTION_NOTE:
        candidate->kind = last->kind;
        if (gb_suffix_at(scan, gb_behind_joined_numbers(scan, token->end), &end) == GB_SUFFIX_CHAPTER)
            return false; /* 表1和7章 */
        return candidate->joint != GB_JOINT_COMMA && token->num.n == last->num.n &&
               token->num.letter == last->num.letter && !token->is_huge && !token->has_zero &&
               !gb_is_unit_at(gb_scan_words(scan), s, gb_behind_joined_numbers(scan, token->end));
    case GB_MENTION_CHAPTER:
        candidate->kind = GB_MENTION_CHAPTER;
        if (token->num.letter || token->num.n != 1 ||
            gb_suffix_at(scan, gb_behind_joined_numbers(scan, token->end), &end) != GB_SUFFIX_CHAPTER)
            return false;
        gb_suffix_at(scan, token->end, &candidate->end);
        return true;
    default:
        return false;
    }
}
