/* What a draft calls itself: WRD-014. In the foreword this is FWD-016. GB/T 1.1—2020, 9.5.2; 2009, 8.1.2.1. */
#include "check/annexes/annex_priv.h"
#include "check/structure/elements_priv.h"

/* 日本标准, 文本文件, 基本规范: the 本 belongs to the word before it. */
static bool
is_part_of_word(struct gb_str before)
{
    GB_WORDS(ends, "日", "文", "样", "成", "基", "版", "脚", "标", "读", "课", "剧", "副", "原", "书", "账", "资", "根",
             "蓝", "正", "底", "译", "范", "刻", "供");

    return GB_STARTS_ANY(gb_str_skip(before, before.len < GB_HAN ? before.len : before.len - GB_HAN), ends);
}

/* The sentence around byte `at`, no longer than matters. */
static struct gb_str
around(struct gb_str s, size_t at)
{
    enum { NEAR = 60 * GB_HAN };
    size_t begin = at > NEAR ? at - NEAR : 0, end = s.len - at > NEAR ? at + NEAR : s.len;

    return gb_str_sub(s, begin, end);
}

/* 下列术语和定义适用于本标准 and the lead-in of the references are fixed sentences, judged as such (REF-001, TRM-001, TRM-028). */
static bool
is_lead_in(const struct gb_found *found)
{
    const struct gb_node *node = found->node, *chapter = node->parent;
    struct gb_str before = gb_found_before(found);

    return (gb_str_ends(before, GB_STR("适用于")) && gb_str_has(around(before, before.len), GB_STR("下列"))) ||
           (node->kind == GB_NODE_PARA && chapter->kind == GB_NODE_CLAUSE && chapter->role != GB_ROLE_NONE &&
            chapter->role != GB_ROLE_SCOPE);
}

static bool
speaks_for_others(const struct gb_node *node)
{
    return GB_ANY(GB_CHAIN(n, node, n->parent), n->kind == GB_NODE_EXAMPLE || gb_node_is_quotation(n) ||
                                                    (n->kind == GB_NODE_ANNEX && gb_annex_is_sample(n)));
}

/* Sentences of 2009 that say 本文件 themselves: on references, terms and patents. */
static bool
is_fixed_2009(struct gb_str s)
{
    return GB_HAS_ONE_OF(s, "对于本文件的应用是必不可少的", "版本适用于本文件", "定义适用于本文件",
                         "缩略语适用于本文件", "符号适用于本文件", "本文件的发布机构", "本文件的某些内容",
                         "修改单）适用于本文件");
}

/*
 * Does the draft use the names of 2009 elsewhere, foreword included? One that says 本文件 throughout is drafted by another edition than
 * was taken for its own: that is STR-021.
 */
static bool
has_old_names(const struct gb_facts *facts)
{
    GB_FIND(evidence, facts->evidence, facts->n_evidence,
            evidence->rank == GB_EVIDENCE_SELF_NAME && evidence->edition == GB_EDITION_2009);
    return evidence || facts->edition_is_forced;
}

/* Source: GB/T 1.1—2020, 9.5.2; 2009, 8.1.2.1. */
static void
hit_self_name(struct gb_check *c, const struct gb_found *found)
{
    enum gb_edition edition = c->facts->edition;
    struct gb_str word = gb_found_str(found);
    bool is_new = gb_str_is(word, "本文件"), is_usual = GB_IS_ONE_OF(word, "本标准", "本部分", "本指导性技术文件");

    if (is_new == (edition == GB_EDITION_2020) && (is_new || is_usual))
        return; /* the names of the edition itself */
    if (!gb_self_name_at(found->str, found->match.begin) || is_part_of_word(gb_found_before(found)) ||
        is_lead_in(found) || speaks_for_others(found->node) ||
        (is_new && (!has_old_names(c->facts) || is_fixed_2009(around(found->str, found->match.begin)))))
        return;
    struct gb_at at = gb_at_found(found);
    struct gb_str own = gb_self_name_of(c);
    bool is_other_kind = edition == GB_EDITION_2009 && !is_new;
    gb_fix(c, gb_report_case(c, is_other_kind ? "kind" : NULL, at, found->node, GB_ARGS(word, own)), at.span, own);
}

const struct gb_check_def gb_self_name_checks[] = {
    {.name = "self-name", .hit = hit_self_name, .cases = "kind", .params = GB_SEARCH_PARAMS "words:words"},
    {0},
};
