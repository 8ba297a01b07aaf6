/* By whose rules a draft was drafted: its profiles, as asked or inferred; rule catalogue, section 3. */
#include "facts/facts_priv.h"
#include "facts/foreword.h"

#include "base/array.h"
#include "text/chars.h"

#include <stdlib.h>

/* ---- Documents with rules of their own ---- */

static bool
names_gb11(const struct gb_facts *facts)
{
    GB_WORDS(names, "GB/T1.1", "GBT1.1", "GB1.1", "GB/1.1");

    return gb_foreword_says(facts->foreword_says, GB_FOREWORD_BASIS, names, GB_COUNT(names));
}

/* Is its number of one of these codes, and not of a longer one? */
static bool
is_of_code(const struct gb_facts *facts, const struct gb_str *codes, size_t n)
{
    struct gb_str code = facts->code.len ? facts->code : facts->type;

    GB_FIND(row, codes, n,
            gb_str_starts(code, *row) &&
                (code.len == row->len || !(code.ptr[row->len] >= 'A' && code.ptr[row->len] <= 'Z')));
    return row != NULL;
}

/* The lead-in of the normative references has these words. */
static bool
leads_references_in(const struct gb_facts *facts, struct gb_str words)
{
    const struct gb_node *first = facts->references ? facts->references->first : NULL;

    GB_FIND_NEXT(lead, first, lead->next, lead->kind != GB_NODE_COMMENT);
    return lead && lead->kind == GB_NODE_PARA && gb_str_has(lead->text.str, words);
}

/* 为贯彻《…法》，…，制定本标准: how the forewords of standards begin that a law asks for. */
static bool
carries_out_law(const struct gb_foreword *foreword)
{
    GB_FIND(s, foreword->statements, foreword->n_statements,
            gb_str_has(s->key, GB_STR("为贯彻")) && gb_str_has(s->key, GB_STR("制定本")));
    return s != NULL;
}

/* Codes whose documents are drafted by rules of their own, and words of such forewords. */
static bool
has_other_rules(const struct gb_facts *facts)
{
    GB_WORDS(codes, "GBZ", "HJ", "SL", "JTG", "JTJ", "JTS", "CJJ", "JGJ", "TSG", "GJB", "WS", "CECS", "DBJ", "T/CECS");
    GB_WORDS(words, "住房和城乡建设部", "住房城乡建设部", "关于印发", "工程建设标准", "强制性条文",
             "国家卫生健康标准委员会");

    return is_of_code(facts, codes, GB_COUNT(codes)) || carries_out_law(facts->foreword_says) ||
           gb_foreword_says(facts->foreword_says, GB_FOREWORD_ITEM_COUNT, words, GB_COUNT(words));
}

/* 食品安全国家标准 is the band of their covers, and opens their titles. */
static bool
is_of_food_safety(const struct gb_facts *facts, struct gb_str title)
{
    GB_WORDS(bands, "食品安全国家标准", "食品安全地方标准");
    const struct gb_cover *cover = facts->cover ? facts->cover->u.cover : NULL;

    return GB_STARTS_ANY(title, bands) || (cover && GB_IS_ANY(cover->band.str, bands));
}

/* HJ, and emission limits and the like with another code, whose references are led in as HJ 565 has it. */
static bool
is_of_environment(const struct gb_facts *facts)
{
    GB_WORDS(codes, "HJ");

    return is_of_code(facts, codes, GB_COUNT(codes)) || leads_references_in(facts, GB_STR("内容引用了下列文件"));
}

/* Verification regulations and calibration specifications: JJF 1002 and JJF 1071. */
static bool
is_of_metrology(const struct gb_facts *facts)
{
    GB_WORDS(codes, "JJF", "JJG");

    return is_of_code(facts, codes, GB_COUNT(codes));
}

/* 0: none is told, as in 20XX. */
static unsigned
year_of(struct gb_str s)
{
    for (size_t at = 0, end; at < s.len; at = end + 1) {
        struct gb_str digits = gb_str_sub(s, at, end = gb_skip_digits(s, at));
        if (digits.len >= 4 && GB_STARTS_WITH(digits, "19", "20"))
            return (unsigned)atoi((char[]){digits.ptr[0], digits.ptr[1], digits.ptr[2], digits.ptr[3], 0});
    }
    return 0;
}

/* The edition that it was drafted by is told by its words, and is no earlier one. */
static bool
tells_edition(const struct gb_facts *facts)
{
    GB_FIND(e, facts->evidence, facts->n_evidence,
            e->rank <= GB_EVIDENCE_LEAD_IN || (e->rank == GB_EVIDENCE_SELF_NAME && e->edition == GB_EDITION_2020));
    return e != NULL;
}

/* Drafted by an edition before 2009: by its statement on the rules, its lead-in, or its year. */
static bool
is_earlier(const struct gb_facts *facts, bool is_gb11)
{
    GB_WORDS(editions, "GB/T1.1—2000", "GB/T1.1—1993", "GB1.1—1987", "GB/T1.1—1987");

    if (facts->edition_is_forced)
        return false;
    if (gb_foreword_says(facts->foreword_says, GB_FOREWORD_ITEM_COUNT, editions, GB_COUNT(editions)))
        return true;
    if (is_gb11 || tells_edition(facts))
        return false;
    if (leads_references_in(facts, GB_STR("成为本")))
        return true;
    size_t dash = gb_str_find(facts->code, GB_STR("—"), 0);
    unsigned year = dash == GB_NOT_FOUND ? 0 : year_of(gb_str_skip(facts->code, dash));
    if (year == 0 && facts->cover)
        year = year_of(facts->cover->u.cover->issued.str);
    return year > 0 && year < 2010;
}

/* Standards of construction engineering begin with 1 总则 and have neither scope nor normative references. Excerpts show their numbers. */
static const struct gb_node *
engineering_sign(const struct gb_facts *facts)
{
    enum { FEW = 2 };
    uint32_t n = 0;

    if (!facts->n_chapters || facts->scope || facts->references)
        return NULL;
    const struct gb_node *first = facts->chapters[0];
    if (gb_str_same(first->title.str, GB_STR("总则")))
        return first;
    GB_EACH_NODE(node, &facts->numbered) {
        n += gb_number_skips_section(&node->num);
        if (n == FEW || (n && node == first))
            return node;
    }
    return NULL;
}

/* ---- Documents of some kinds ---- */

/* Does one of its lists of documents name DB32/T 2796? */
static bool
lists_db32_2796(const struct gb_facts *facts)
{
    GB_FIND(entry, facts->entries, facts->n_entries,
            gb_str_is(entry->id.base, "DB32") && gb_str_is(entry->id.serial, "2796"));
    return entry != NULL;
}

/* Title or scope says 经办 or 办理 with 流程 or 业务, and the document is of a kind that describes the business itself. */
static bool
is_service_business(const struct gb_facts *facts, struct gb_str title)
{
    bool handles = GB_HAS_ONE_OF(title, "经办", "办理");
    bool business = GB_HAS_ONE_OF(title, "流程", "业务");

    if (GB_HAS_ONE_OF(title, "工作指南", "管理规范", "标准体系", "术语"))
        return false;
    for (const struct gb_node *n = facts->scope ? facts->scope->first : NULL; n; n = n->next) {
        handles = handles || GB_HAS_ONE_OF(n->text.str, "经办", "办理");
        business = business || GB_HAS_ONE_OF(n->text.str, "流程", "业务");
    }
    return handles && business;
}

/* GB/T 4706.1—2024的该章适用, GB 9706.1—2020的第4章适用: chapter by chapter the draft changes another document. */
static bool
changes_other(const struct gb_facts *facts)
{
    enum { FEW = 3 };
    GB_WORDS(own, "本章", "章适用于", "章不适用于"); /* of the draft itself */
    uint32_t n = 0;

    for (uint32_t i = 0; i < facts->n_chapters; i++) {
        const struct gb_node *para = gb_node_child(facts->chapters[i], GB_NODE_PARA);
        n += para &&
             GB_HAS_ONE_OF(para->text.str, "章适用", "章不适用", "章均适用", "该章由下", "该章，除", "该章除") &&
             !GB_HAS_ANY(para->text.str, own);
    }
    return n >= FEW;
}

/* ---- The profiles of a draft ---- */

/* Adds a profile that was inferred, and why. */
static void
infer(struct gb_buf *names, struct gb_buf *why, const char *name, const char *reason, bool english)
{
    if (names->len)
        gb_buf_puts(names, ",");
    if (why->len)
        gb_buf_puts(why, english ? "; " : "；");
    gb_buf_puts(names, name);
    gb_buf_puts(why, reason);
}

void
gb_decide_profile(struct gb_facts *facts, struct gb_str title, const struct gb_facts_options *options)
{
    bool en = options->english;

    if (options->profile) {
        facts->profile = gb_arena_copy(facts->arena, gb_str_from(options->profile));
        facts->profile_why = en ? GB_STR("as asked") : GB_STR("按选项");
        facts->is_engineering = gb_facts_has_profile(facts, GB_STR("engineering"));
        return;
    }
    if (gb_str_has(title, GB_STR("修改单"))) { /* no standard of its own: what it changes stands elsewhere */
        facts->profile = GB_STR("amendment");
        facts->profile_why = en ? GB_STR("the title says so") : GB_STR("名称写明");
        return;
    }
    struct gb_buf names = {0}, why = {0};
    const struct gb_node *sign = engineering_sign(facts);
    if (sign && sign->title.str.len)
        infer(&names, &why, "engineering", en ? "chapter 1 is 总则" : "第1章为总则", en);
    else if (sign)
        infer(&names, &why, "engineering", en ? "clauses have numbers like 3.0.1" : "条的编号形如3.0.1", en);
    facts->is_engineering = sign != NULL;
    if (gb_str_starts(facts->code, GB_STR("DB32")))
        infer(&names, &why, "db32-2796", en ? "the number is DB32" : "编号属DB32", en);
    else if (lists_db32_2796(facts))
        infer(&names, &why, "db32-2796", en ? "it cites DB32/T 2796" : "引用了DB32/T 2796", en);
    if (is_service_business(facts, title))
        infer(&names, &why, "service-business",
              en ? "title or scope speaks of handling a business" : "名称或范围写明经办业务", en);
    bool is_gb11 = names_gb11(facts);
    if (is_earlier(facts, is_gb11))
        infer(&names, &why, "earlier", en ? "drafted before 2009" : "按2009版之前的规则起草", en);
    if (!is_gb11 && is_of_food_safety(facts, title))
        infer(&names, &why, "food-safety", en ? "a standard of food safety" : "属食品安全标准", en);
    if (!is_gb11 && is_of_environment(facts))
        infer(&names, &why, "environment", en ? "a standard of environmental protection" : "属生态环境标准", en);
    if (!is_gb11 && is_of_metrology(facts))
        infer(&names, &why, "metrology", en ? "a specification of metrology" : "属计量技术规范", en);
    if (!is_gb11 && has_other_rules(facts))
        infer(&names, &why, "other-rules", en ? "its kind has rules of its own" : "该类文件另有编写规则", en);
    if (changes_other(facts))
        infer(&names, &why, "particular", en ? "it changes chapters of another document" : "逐章增改另一文件", en);
    facts->profile = names.len ? gb_buf_take(&names, facts->arena) : GB_STR("gb11");
    facts->profile_why = why.len ? gb_buf_take(&why, facts->arena) : en ? GB_STR("the default") : GB_STR("默认");
}

bool
gb_facts_has_profile(const struct gb_facts *facts, struct gb_str profile)
{
    struct gb_str rest = facts->profile, name;
    bool has = gb_str_is(profile, "gb11");

    while (!has && gb_str_cut(&rest, ',', &name))
        has = gb_str_eq(name, profile);
    return has;
}
