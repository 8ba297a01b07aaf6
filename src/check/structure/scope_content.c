/*
 * What the scope says, held against the chapters and the title: SCP-006, SCP-007. Both compare wordings, which authors vary: in doubt
 * they say nothing.
 */
#include "check/clause_priv.h"
#include "check/structure/elements_priv.h"
#include "check/structure/scope_priv.h"

/* ---- Likeness of two titles ---- */

typedef GB_ARRAY(uint32_t) character_array;

/* Characters of a title that gb_bare_title leaves. */
static void
spell(struct gb_str bare, character_array *out)
{
    out->len = 0;
    for (size_t at = 0; at < bare.len;)
        *gb_push(out) = gb_utf8_at(bare, at, &at);
}

/* How many pairs of neighbours of `a` stand in `b` as well. */
static size_t
shared_pairs(const character_array *a, const character_array *b)
{
    size_t n = 0;

    for (size_t i = 1; i < a->len; i++) {
        for (size_t k = 1; k < b->len; k++) {
            if (a->items[i - 1] == b->items[k - 1] && a->items[i] == b->items[k]) {
                n++;
                break;
            }
        }
    }
    return n;
}

/* Length of the longest common substring. */
static size_t
longest_common(const character_array *a, const character_array *b)
{
    size_t best = 0;

    for (size_t i = 0; i < a->len; i++) {
        for (size_t k = 0; k < b->len && a->len - i > best; k++) {
            size_t n = 0;
            while (i + n < a->len && k + n < b->len && a->items[i + n] == b->items[k + n])
                n++;
            best = n > best ? n : best;
        }
    }
    return best;
}

/* ---- SCP-006: aspects and chapters ---- */

/* An aspect that the scope names: bytes of the statement. */
struct aspect {
    size_t begin, end;
};

struct aspects {
    const struct gb_statement *statement;
    GB_ARRAY(struct aspect) items;
};

struct title {
    const struct gb_node *node;
    struct gb_str bare; /* without blanks and marks */
};

/* Titles of the chapters behind the references, of clauses and annexes. */
struct titles {
    GB_ARRAY(struct title) items;
    size_t n_chapters; /* they stand first */
    bool is_known;     /* each of the chapters has one */
};

enum { MOST_TITLES = 300 };

static void
add_title(struct gb_check *c, struct titles *titles, const struct gb_node *node, struct gb_str title)
{
    if (!title.len || titles->items.len >= MOST_TITLES)
        return;
    struct gb_str bare = gb_bare_title(c->arena, title);
    if (bare.len)
        *gb_push(&titles->items) = (struct title){node, bare};
}

static void
collect_titles(struct gb_check *c, struct titles *titles)
{
    const struct gb_facts *facts = c->facts;

    titles->is_known = true;
    for (uint32_t i = 0; i < facts->n_chapters; i++) {
        titles->is_known = titles->is_known && facts->chapters[i]->title.str.len;
        if (gb_element_of(facts->chapters[i]) >= GB_ELEMENT_TERMS)
            add_title(c, titles, facts->chapters[i], facts->chapters[i]->title.str);
    }
    titles->n_chapters = titles->items.len;
    for (uint32_t i = 0; i < facts->numbered.n && titles->items.len < MOST_TITLES; i++) {
        const struct gb_node *numbered = facts->numbered.items[i];
        if (!gb_node_is_chapter(numbered) && numbered->kind != GB_NODE_TERM)
            add_title(c, titles, numbered, numbered->title.str);
    }
    const struct gb_nodes *paras = &facts->of_kind[GB_NODE_PARA];
    for (uint32_t i = 0; i < paras->n && titles->items.len < MOST_TITLES; i++) {
        const struct gb_node *para = paras->items[i];
        if (gb_is_heading_left(facts, para)) /* a clause without its number: STR-020 */
            add_title(c, titles, para, para->text.str);
    }
}

GB_WORDS(separators, "、", "以及", "和", "及", "与", "，");

/* Words that close an enumeration without belonging to its last aspect. */
GB_WORDS(tails, "等内容", "等要求", "等方面的要求", "等方面", "等", "的要求", "要求", "的内容", "内容", "。", "的指导",
         "的指南", "的建议", "的信息", "的指示", "方面");

/* The end of [begin, end) without such words. */
static size_t
cut_tail(struct gb_str s, size_t begin, size_t end)
{
    for (size_t n; (n = GB_END(gb_str_sub(s, begin, end), tails)) > 0;)
        end -= n;
    return end;
}

/* Behind the last 的 of a stretch, and 过程中; its beginning where there is none. */
static size_t
behind_attribute(struct gb_str s)
{
    GB_WORDS(marks, "的", "过程中");
    size_t last = 0;

    for (size_t i = 0; i < GB_COUNT(marks); i++) {
        for (size_t at = gb_str_find(s, marks[i], 0); at != GB_NOT_FOUND && at + marks[i].len < s.len;
             at = gb_str_find(s, marks[i], at + marks[i].len))
            last = at + marks[i].len > last ? at + marks[i].len : last;
    }
    return last;
}

/* 标称电压3 kV～10 kV, 容量不大于2 L: a limit of the object, and no aspect of it. */
static bool
is_limit(struct gb_str s)
{
    uint32_t c = s.len ? gb_char_before(s, s.len) : 0;

    for (size_t at = 0; at < s.len;) {
        if (gb_char_digit(gb_utf8_at(s, at, &at)) >= 0)
            return !gb_char_is_han(c);
    }
    return false;
}

/* Before 等 of 登记、归档等阶段的…, or 各阶段: what follows closes the enumeration. 等级, 同等 hold another 等. */
static size_t
before_and_so_on(struct gb_str s, size_t begin, size_t end)
{
    GB_WORDS(words, "等级", "等效", "等同", "等离子", "等价", "等待");
    GB_WORDS(heads, "同", "平", "均", "高", "中", "优", "相", "分", "对", "不");
    GB_WORDS(closing, "各阶段", "各环节", "各步骤", "各工序", "各方面", "各项");
    struct gb_str mark = GB_STR("等"), part = gb_str_sub(s, begin, end);
    size_t at = gb_str_find(part, mark, 0);

    for (size_t i = 0; i < GB_COUNT(closing); i++) { /* 收尾各阶段的操作指示 */
        size_t found = gb_str_find(part, closing[i], 0);
        if (found != GB_NOT_FOUND)
            return begin + found;
    }

    if (at == GB_NOT_FOUND || at == 0 || GB_STARTS_ANY(gb_str_skip(part, at), words))
        return end;
    return GB_ENDS_ANY(gb_str_sub(part, 0, at), heads) ? end : begin + at;
}

/* The first one stands behind the object: 旧书回收的登记 names 登记. */
static void
add_aspect(struct aspects *a, size_t begin, size_t end, bool is_first)
{
    enum { TWO_HAN = 6, TWELVE_HAN = 36 };

    end = cut_tail(a->statement->str, begin, before_and_so_on(a->statement->str, begin, end));
    if (is_first)
        begin += behind_attribute(gb_str_sub(a->statement->str, begin, end));
    if (gb_str_starts(gb_str_sub(a->statement->str, begin, end),
                      GB_STR("其"))) /* 其表示方法: of what stands before it */
        return;
    if (end >= begin + TWO_HAN && end <= begin + TWELVE_HAN && !is_limit(gb_str_sub(a->statement->str, begin, end)))
        *gb_push(&a->items) = (struct aspect){begin, end};
}

/*
 * Where the object of the verb that ends at `from` ends: at the clause of the next verb or of a modal (…，必要时可扩展), or with
 * the sentence. In 宜设书架的登记 no comma parts the modal from it.
 */
static size_t
end_of_object(const struct gb_statement *s, size_t from)
{
    bool is_parted = s->modal > from && gb_str_has(gb_str_sub(s->str, from, s->modal), GB_STR("，"));
    size_t next, unused, end = is_parted ? s->modal : s->str.len, comma = GB_NOT_FOUND;

    if (gb_scope_verb(s->str, from, &next, &unused) && next < end)
        end = next;
    for (size_t at = gb_str_find(s->str, GB_STR("，"), from); at != GB_NOT_FOUND && at < end;
         at = gb_str_find(s->str, GB_STR("，"), at + 3))
        comma = at;
    return end < s->str.len && comma != GB_NOT_FOUND ? comma : end;
}

/* The chapter whose whole title stands here; it may hold 、 and 和. */
static size_t
whole_title(const struct titles *titles, struct gb_str rest)
{
    size_t longest = 0;

    for (size_t i = 0; i < titles->n_chapters; i++) {
        struct gb_str title = titles->items.items[i].node->title.str;
        if (title.len > longest && gb_str_starts(rest, title))
            longest = title.len;
    }
    return longest;
}

/* Length of the separator that stands here; 0 for none. 本坐标系与其他坐标系的转换: one aspect of two. */
static size_t
separator_at(struct gb_str rest)
{
    return GB_STARTS_WITH(rest, "与其他", "与其它") ? 0 : GB_START(rest, separators);
}

/* 管理和服务的 of 管理和服务的登记、归还: where the list begins, behind the last 的 before its first 、. */
static size_t
behind_object(struct gb_str s, size_t from)
{
    return from + behind_attribute(gb_str_sub(s, from, gb_str_find(s, GB_STR("、"), from)));
}

/* Cuts the object of the verb that ends at `from` into aspects. Titles that stand in it whole are left out: they are treated. */
static size_t
find_aspects(struct aspects *a, const struct titles *titles, size_t from)
{
    struct gb_str s = a->statement->str;
    size_t end = end_of_object(a->statement, from);
    size_t begin = behind_object(gb_str_sub(s, 0, end), from), n_whole = 0;
    GB_WORDS(closers, "等，", "等,", "等方面", "等内容", "等环节",
             "等阶段");                    /* 归档等，并…: whatever the sentence adds */
    GB_WORDS(openers, "，包括", "，包含"); /* 检查的方法，包括清点、核对: parts of what was named before */
    struct gb_str object = gb_str_sub(s, from, begin);
    bool is_first = true,
         is_title = false; /* what is left up to the next separator goes with a title: 登记和归档各阶段的指示 */

    if (GB_ENDS_WITH(gb_str_sub(s, from, end), "的术语和定义", "的术语和定义。", "的术语及定义", "的术语及定义。"))
        return 1; /* a vocabulary groups its terms as it likes */
    if (gb_str_ends(object, GB_STR("的")) && whole_title(titles, object) == object.len - GB_STR("的").len)
        return 1; /* 评估的方式、方法, where a chapter is titled 评估 */
    for (size_t at = begin; at < end;) {
        struct gb_str rest = gb_str_sub(s, at, end);
        size_t title = whole_title(titles, rest), mark = title ? 0 : separator_at(rest),
               opener = GB_START(rest, openers);
        if (GB_STARTS_ANY(rest, closers))
            end = at;
        else if (opener) {
            a->items.len = n_whole = 0;
            begin = at += opener;
            is_first = true;
            is_title = false;
        } else if (title) {
            if (!n_whole && gb_str_ends(gb_str_sub(s, begin, at), GB_STR("的")))
                a->items.len = 0; /* 水表、电表、气表读数的登记、上传: the list begins with 登记 */
            n_whole++;
            at += title;
            is_title = true;
        } else if (mark) {
            if (!is_title)
                add_aspect(a, begin, at, is_first);
            begin = at += mark;
            is_first = false;
            is_title = false;
        } else {
            gb_utf8_at(s, at, &at);
        }
    }
    if (!is_title)
        add_aspect(a, begin, end, is_first);
    return n_whole;
}

/* Does a title name the aspect: the one holds the other, or they share most of their pairs of characters? */
static bool
is_named(struct gb_check *c, const struct titles *titles, struct gb_str aspect)
{
    enum { PERCENT = 60, TWO_HAN = 6 };
    struct gb_str bare = gb_bare_title(c->arena, aspect);
    character_array own = {0}, other = {0};
    bool is_found = bare.len == 0;

    spell(bare, &own);
    for (size_t i = 0; i < titles->items.len && !is_found; i++) {
        struct gb_str title = titles->items.items[i].bare;
        is_found = gb_str_has(title, bare) || (title.len >= TWO_HAN && gb_str_has(bare, title));
        if (is_found || own.len < 2)
            continue;
        spell(title, &other);
        is_found = shared_pairs(&own, &other) * 100 >= PERCENT * (own.len - 1);
    }
    GB_RELEASE(&own, &other);
    return is_found;
}

/*
 * 质量控制, where a chapter is called 质量要求与符合性检查: what is done about it may go by another word; 报告编写, where one is called
 * 评估报告, says what is done with the thing itself.
 */
static bool
is_about(const struct titles *titles, struct gb_str aspect)
{
    GB_WORDS(ends, "控制", "管理", "保证", "保障", "评价", "评估", "检查", "检验", "监督", "监测");
    GB_WORDS(acts, "编写", "编制", "出具", "选择", "确定");
    enum { TWO_HAN = 6 };
    struct gb_str head = gb_str_sub(aspect, 0, TWO_HAN);
    bool is_act = GB_ENDS_ANY(aspect, acts);

    if (aspect.len != 2 * (size_t)TWO_HAN || !(is_act || GB_ENDS_ANY(aspect, ends)))
        return false;
    return GB_ANY(GB_ITEMS(item, titles->items.items, titles->n_chapters),
                  is_act ? gb_str_has(item->bare, head) : gb_str_starts(item->bare, head));
}

/* In 管理的指南 and 回收点的管理, 管理 may be meant: either side of the last 的 will do. */
static bool
is_treated(struct gb_check *c, const struct titles *titles, struct gb_str words)
{
    struct gb_str mark = GB_STR("的");
    size_t behind = behind_attribute(words);

    return is_named(c, titles, words) || is_about(titles, words) ||
           (behind && (is_named(c, titles, gb_str_skip(words, behind)) ||
                       is_named(c, titles, gb_str_sub(words, 0, behind - mark.len))));
}

/* Do the chapters speak of it, though not in a title? Once may be in passing. */
static bool
is_in_text(struct gb_check *c, const struct gb_node *scope, struct gb_str aspect)
{
    const struct gb_node *root = c->doc->root, *end = c->facts->bibliography;
    unsigned n = 0;

    for (const struct gb_node *k = scope->next; k && k != end; k = gb_node_walk(k, root)) {
        GB_EACH_FOUND(at, k->text.str, aspect, 0) {
            if (++n == 2)
                return true;
        }
    }
    return false;
}

/* 、使用和维护: two short aspects that one 和 joins are one thing, and no two that are missing. */
static bool
is_joined(struct gb_str s, const struct aspect *before, const struct aspect *behind)
{
    enum { SHORT = 4 * 3 };
    struct gb_str between = gb_str_sub(s, before->end, behind->begin);

    if (before->end - before->begin > SHORT || behind->end - behind->begin > SHORT ||
        !gb_str_ends(gb_str_sub(s, 0, before->begin), GB_STR("、")))
        return false;
    return GB_IS_ONE_OF(between, "和", "与", "及");
}

/* What the document gives, and no part of what it is about; 阶段之间的转换条件 stand in every chapter of a 规程 (GB/T 20001.6). */
static bool
is_form(struct gb_str words)
{
    return GB_IS_ONE_OF(words, "指导", "指南", "建议", "信息", "指示") ||
           GB_ENDS_WITH(words, "转换条件", "结束条件", "终止条件", "操作指示", "程序指示");
}

/* The one aspect of an object that no chapter treats, joined ones together; false: there is none, or more. */
static bool
find_odd(struct gb_check *c, const struct gb_scope *scope, struct aspects *a, const struct titles *titles,
         size_t n_named, struct aspect *out_odd)
{
    enum { LEAST = 3 };
    struct gb_str s = a->statement->str;
    size_t n = n_named + a->items.len, n_odd = 0;
    bool is_missing = false;

    for (size_t i = 0; i < a->items.len && n >= LEAST; i++) {
        const struct aspect *k = &a->items.items[i];
        struct gb_str words = gb_str_sub(s, k->begin, k->end);
        if (is_form(words)) /* 提供了建设标准体系的指导，包括总体原则、… */
            continue;
        if (is_treated(c, titles, words)) {
            n_named++;
            continue;
        }
        is_missing = is_missing || !is_in_text(c, scope->node, words);
        if (n_odd == 1 && is_joined(s, out_odd, k)) {
            out_odd->end = k->end;
            continue;
        }
        *out_odd = *k;
        n_odd++;
    }
    return n_odd == 1 && n_named >= LEAST - 1 && is_missing &&
           !is_in_text(c, scope->node, gb_str_sub(s, out_odd->begin, out_odd->end));
}

/*
 * Source: GB/T 1.1—2020, 8.5.1; 2009, 6.2.2. That the object of a verb is a list of chapters shows in most of its aspects being some; the
 * one that is none is reported.
 */
static void
check_aspects(struct gb_check *c)
{
    enum { MOST_VERBS = 6 };
    const struct gb_scope *scope = gb_scope_of(c);
    struct aspects a = {.statement = gb_scope_stated(scope)};
    struct titles titles = {0};
    struct aspect odd = {0};
    size_t verb, verb_end = a.statement ? a.statement->verb_end : 0;

    if (!a.statement || !gb_is_whole_draft(c))
        return;
    collect_titles(c, &titles);
    for (unsigned i = 0; i < MOST_VERBS && titles.is_known; i++) { /* the title of a chapter without one is NUM-002 */
        a.items.len = 0;
        size_t n_named = find_aspects(&a, &titles, verb_end);
        if (find_odd(c, scope, &a, &titles, n_named, &odd))
            gb_report(c, gb_at_words(a.statement, odd.begin, odd.end), a.statement->sentence->node,
                      GB_ARGS(gb_str_sub(a.statement->str, odd.begin, odd.end)));
        if (!gb_scope_verb(a.statement->str, verb_end, &verb, &verb_end))
            break;
    }
    GB_RELEASE(&a.items, &titles.items);
}

/* ---- SCP-007: object and title ---- */

/* The scope as it stands in the source, up to a length; without blanks and marks. */
static struct gb_str
whole_scope(struct gb_check *c, const struct gb_scope *scope)
{
    enum { MOST_BYTES = 4000 };
    struct gb_buf all = {0};

    for (size_t i = 0; i < scope->n && all.len < MOST_BYTES; i++)
        gb_buf_add(&all, gb_str_sub(scope->items[i].str, 0, MOST_BYTES));
    struct gb_str bare = gb_bare_title(c->arena, gb_buf_str(&all));
    gb_buf_release(&all);
    return bare;
}

/* A part of a title without the words that many titles end in: they say nothing of the object. */
static struct gb_str
specific(struct gb_str element)
{
    GB_WORDS(ends, "要求", "规范", "规程", "指南", "导则", "通则", "总则", "规则", "标准", "方法", "技术", "条件",
             "通用", "服务", "管理", "试验", "检测", "测试", "术语", "评价", "基本", "系统", "分类与代码",
             "分类与编码");

    for (size_t n; (n = GB_END(element, ends)) > 0;)
        element.len -= n;
    return element;
}

/* Does a part of the title, of those that blanks and 第n部分 cut it into, stand in the scope by half, or three characters of it? */
static bool
shares_an_element(struct gb_check *c, struct gb_str title, const character_array *scope)
{
    enum { SHORTEST = 2, THREE = 3 };
    character_array element = {0};
    bool is_shared = false;

    for (size_t at = 0, begin = 0; at < title.len && !is_shared;) {
        size_t here = at;
        uint32_t ch = gb_utf8_at(title, at, &at);
        bool is_end = gb_char_is_space(ch) || ch == 0xFF1A || ch == ':';
        if (!is_end && at < title.len)
            continue;
        struct gb_str bare = gb_bare_title(c->arena, gb_str_sub(title, begin, is_end ? here : at));
        spell(specific(bare), &element);
        size_t common = longest_common(&element, scope);
        is_shared = element.len >= SHORTEST && (common >= THREE || common * 2 >= element.len);
        begin = at;
    }
    gb_array_release(&element);
    return is_shared;
}

/*
 * The object that the first sentence names, before 的 and the first aspect: 医疗保险服务 of 规定了医疗保险服务的登记、办理. False without
 * one, or where it is too short, or no Chinese, to be told from another.
 */
static bool
find_object(const struct gb_statement *s, size_t *out_begin, size_t *out_end)
{
    enum { SHORTEST = 4 };
    size_t begin = s->verb_end, end = end_of_object(s, begin), at = begin;

    while (at < end && !separator_at(gb_str_sub(s->str, at, end)))
        gb_utf8_at(s->str, at, &at);
    size_t behind = behind_attribute(gb_str_sub(s->str, begin, at));
    if (!behind)
        return false;
    *out_begin = begin;
    *out_end = begin + behind - strlen("的");
    struct gb_str object = specific(gb_str_sub(s->str, *out_begin, *out_end));
    for (size_t i = 0; i < object.len;) {
        if (!gb_char_is_han(gb_utf8_at(object, i, &i)))
            return false;
    }
    return gb_str_han_length(object) >= SHORTEST && !gb_str_has(object, GB_STR("的"));
}

/* The title up to its last element, which tells an aspect of the object where there are several: 船舶图纸归档　第2部分：元数据. */
static struct gb_str
without_aspect(struct gb_str title)
{
    size_t part = gb_str_find(title, GB_STR("第"), 0), end = 0;

    for (size_t at = 0, here = 0; at < title.len; here = at) {
        uint32_t ch = gb_utf8_at(title, at, &at);
        end = here > 0 && gb_char_is_space(ch) && here <= part ? here : end;
    }
    return end ? gb_str_sub(title, 0, end) : title;
}

/* 测定 and its like are done with any object: what the title has of them is no likeness. */
static void
blank_measuring(character_array *title)
{
    for (size_t i = 1; i < title->len; i++) {
        if (title->items[i - 1] == U'测' && (title->items[i] == U'定' || title->items[i] == U'量'))
            title->items[i - 1] = 0;
    }
}

/* Has the object not even a word of two characters from the title, and the whole sentence none of three of what the title is about? */
static bool
is_other_object(struct gb_check *c, const struct gb_statement *s, struct gb_str title, size_t *out_begin,
                size_t *out_end)
{
    enum { SHORTEST = 4, TWO = 2, THREE = 3 };
    character_array own = {0}, about = {0}, object = {0}, sentence = {0};

    if (!find_object(s, out_begin, out_end))
        return false;
    spell(specific(gb_bare_title(c->arena, title)), &own);
    spell(specific(gb_bare_title(c->arena, without_aspect(title))), &about);
    blank_measuring(&own);
    blank_measuring(&about);
    spell(specific(gb_str_sub(s->str, *out_begin, *out_end)), &object);
    spell(gb_str_skip(s->str, *out_begin), &sentence);
    bool is_other =
        own.len >= SHORTEST && longest_common(&own, &object) < TWO && longest_common(&about, &sentence) < THREE;
    GB_RELEASE(&own, &about, &object, &sentence);
    return is_other;
}

/* 规定了枇杷的……, and the title is 枇杷等级规格: the object is named, and the title says more of it. */
static bool
begins_title(const struct gb_statement *s, struct gb_str title)
{
    size_t end = gb_str_find(s->str, GB_STR("的"), s->verb_end);

    return end != GB_NOT_FOUND && gb_str_han_length(gb_str_sub(s->str, s->verb_end, end)) >= 2 &&
           gb_str_starts(title, gb_str_sub(s->str, s->verb_end, end));
}

/*
 * Source: GB/T 1.1—2020, 8.5.1 and 6.1.1; 2009, 6.2.2. The title need not recur whole: half of one of its elements, or some of its pairs of
 * characters, are enough; 以下简称 gives it another name.
 */
static void
check_object(struct gb_check *c)
{
    enum { SHORTEST = 4, PERCENT = 40 };
    const struct gb_scope *scope = gb_scope_of(c);
    const struct gb_statement *s = gb_scope_stated(scope);
    const struct gb_text *title = gb_title_near_body(c->facts);
    character_array own = {0}, said = {0};

    if (!s || !title || !gb_is_whole_draft(c))
        return;
    if (begins_title(s, title->str))
        return;
    struct gb_str text = whole_scope(c, scope);
    size_t begin, end;
    spell(gb_bare_title(c->arena, title->str), &own);
    spell(text, &said);
    if (own.len >= SHORTEST && !gb_str_has(text, GB_STR("以下简称")) && !shares_an_element(c, title->str, &said) &&
        shared_pairs(&own, &said) * 100 < PERCENT * (own.len - 1)) {
        struct gb_str mark = GB_STR("。");
        end = end_of_object(s, s->verb_end);
        end -= gb_str_ends(gb_str_sub(s->str, 0, end), mark) ? mark.len : 0;
        struct gb_finding *f = gb_report(c, gb_at_words(s, s->verb_end, end), s->sentence->node,
                                         GB_ARGS(gb_str_sub(s->str, s->verb_end, end), title->str));
        gb_also(c, f, gb_at_text(title), gb_say(c, "名称", "the title"));
    } else if (!gb_str_has(s->str, GB_STR("以下简称")) && is_other_object(c, s, title->str, &begin, &end)) {
        struct gb_finding *f = gb_report(c, gb_at_words(s, begin, end), s->sentence->node,
                                         GB_ARGS(gb_str_sub(s->str, begin, end), title->str));
        gb_also(c, f, gb_at_text(title), gb_say(c, "名称", "the title"));
    }
    GB_RELEASE(&own, &said);
}

const struct gb_check_def gb_scope_content_checks[] = {
    {.name = "scope-aspects", .whole = check_aspects},
    {.name = "scope-object", .whole = check_object},
    {0},
};
