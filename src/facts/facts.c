/* Edition, kind and stage of a draft; rule catalogue, section 3. */
#include "facts/facts_priv.h"

#include "base/buf.h"
#include "base/sort.h"
#include "text/chars.h"
#include "text/utf8.h"

const char *const gb_edition_names[] = {GB_EDITIONS(GB_NAMED)};

const char *const gb_stage_names[][GB_STAGE_COUNT] = {
#define X(id, zh, en) zh,
    {GB_STAGES(X)},
#undef X
#define X(id, zh, en) en,
    {GB_STAGES(X)},
#undef X
};

/* ── elements ──────────────────────────────────────────────────────────── */

static void
find_elements(struct gb_facts *facts, const struct gb_doc *doc)
{
    GB_ARRAY(const struct gb_node *) chapters = {0};

    const struct gb_node **const by_kind[GB_NODE_KIND_COUNT] = {
        [GB_NODE_COVER] = &facts->cover,         [GB_NODE_TOC] = &facts->toc,     [GB_NODE_FOREWORD] = &facts->foreword,
        [GB_NODE_INTRO] = &facts->intro,         [GB_NODE_TITLE] = &facts->title, [GB_NODE_ANNEX] = &facts->first_annex,
        [GB_NODE_BIBLIO] = &facts->bibliography, [GB_NODE_INDEX] = &facts->index,
    };
    const struct gb_node **const by_role[] = {
        [GB_ROLE_SCOPE] = &facts->scope,     [GB_ROLE_REFERENCES] = &facts->references,
        [GB_ROLE_TERMS] = &facts->terms,     [GB_ROLE_TERMS_SYMBOLS] = &facts->terms,
        [GB_ROLE_SYMBOLS] = &facts->symbols,
    };

    for (const struct gb_node *n = doc->root->first; n; n = n->next) {
        const struct gb_node **slot = n->kind == GB_NODE_CLAUSE ? by_role[n->role] : by_kind[n->kind];
        if (n->kind == GB_NODE_CLAUSE)
            *gb_push(&chapters) = n;
        if (slot && !*slot)
            *slot = n;
    }
    GB_KEEP(facts->arena, &chapters, facts->chapters, facts->n_chapters);
}

/* ── nodes by kind ─────────────────────────────────────────────────────── */

static bool
is_mute(enum gb_node_kind element)
{
    return GB_AMONG(element, GB_NODE_COVER, GB_NODE_TOC, GB_NODE_TITLE, GB_NODE_BIBLIO, GB_NODE_INDEX);
}

static bool
speaks(enum gb_node_kind kind)
{
    static const bool speaking[GB_NODE_KIND_COUNT] = {
        [GB_NODE_CLAUSE] = true,  [GB_NODE_PARA] = true,     [GB_NODE_ITEM] = true,  [GB_NODE_NOTE] = true,
        [GB_NODE_EXAMPLE] = true, [GB_NODE_FOOTNOTE] = true, [GB_NODE_ABBR] = true,  [GB_NODE_TABLE] = true,
        [GB_NODE_FIGURE] = true,  [GB_NODE_WHERE] = true,    [GB_NODE_ANNEX] = true,
    };

    return speaking[kind];
}

/* One walk: it costs more than what it finds takes to keep. */
static void
index_nodes(struct gb_facts *facts, const struct gb_doc *doc)
{
    enum { NUMBERED = GB_NODE_KIND_COUNT, SPEAKING, LISTS };
    GB_ARRAY(const struct gb_node *) lists[LISTS] = {0};
    struct gb_nodes *out[LISTS];
    bool is_silent = true;

    for (struct gb_node *node = doc->root; node; node = (struct gb_node *)gb_node_walk(node, doc->root)) {
        node->id = facts->n_nodes++;
        *gb_push(&lists[node->kind]) = node;
        if (GB_AMONG(node->kind, GB_NODE_CLAUSE, GB_NODE_TERM, GB_NODE_ANNEX))
            *gb_push(&lists[NUMBERED]) = node;
        if (node->parent == doc->root)
            is_silent = is_mute(node->kind);
        if (!is_silent && speaks(node->kind))
            *gb_push(&lists[SPEAKING]) = node;
    }
    for (size_t i = 0; i < GB_NODE_KIND_COUNT; i++)
        out[i] = &facts->of_kind[i];
    out[NUMBERED] = &facts->numbered;
    out[SPEAKING] = &facts->speaking;
    for (size_t i = 0; i < LISTS; i++)
        GB_KEEP(facts->arena, &lists[i], out[i]->items, out[i]->n);
}

/* ── code and type ─────────────────────────────────────────────────────── */

/* The draft's own number. One that cannot be read (its serial lost) keeps its characters, in half width without blanks. */
static void
read_code(struct gb_facts *facts, const struct gb_doc *doc, const struct gb_lexicon *lexicon)
{
    const struct gb_text *code = &doc->root->code;

    if (code->str.len == 0)
        return;
    if (gb_identifier_parse(facts->arena, lexicon, code, &facts->own)) {
        facts->code = gb_identifier_text(facts->arena, &facts->own);
        facts->type = facts->own.code;
    } else {
        struct gb_buf closed = {0};
        gb_normalise(code->str, &closed);
        facts->code = facts->type = gb_buf_take(&closed, facts->arena);
    }
    /* Associations and enterprises: the sign alone. */
    if (GB_STARTS_WITH(facts->type, "T/", "Q/"))
        facts->type = gb_str_sub(facts->type, 0, strlen("T/"));
}

/* 镉 of 痕量金属的测定　第3部分：镉: what is measured, and not what all parts have in common. */
static bool
is_part_of_test(struct gb_str part)
{
    GB_WORDS(common, "则", "术语", "要求", "指南", "样", "制备", "处理");

    if (!gb_str_starts(part, GB_STR("第")) || !gb_str_has(part, GB_STR("部分")))
        return false;
    return !GB_ENDS_ANY(part, common);
}

/*
 * 氰化物的测定　连续流动法, 硬度的测定（10 IRHD～100 IRHD）, 金属的测定　第3部分：镉: the word ends an element of the title, and another
 * names the method or what is measured.
 */
static bool
names_method(struct gb_str title)
{
    GB_WORDS(words, "的测定", "试验方法", "测试方法", "分析方法", "检验方法");

    for (size_t i = 0; i < GB_COUNT(words); i++) {
        size_t at = gb_str_find(title, words[i], 0), next;
        if (at == GB_NOT_FOUND || at + words[i].len >= title.len)
            continue;
        struct gb_str rest = gb_str_skip(title, at + words[i].len);
        uint32_t c = gb_utf8_at(rest, 0, &next);
        bool is_apart = gb_char_is_space(c);
        if ((is_apart &&
             (gb_str_ends(title, GB_STR("法")) || is_part_of_test(gb_str_skip(rest, gb_str_skip_space(rest, 0))))) ||
            gb_char_narrow(c) == '(')
            return true;
    }
    return false;
}

/* 安全要求和试验方法 sets requirements first: no standard of test methods. Nor is 要求及使用指南 a guide. */
static bool
joins_requirements(struct gb_str before)
{
    GB_WORDS(joints, "和", "与", "及", "、");
    GB_WORDS(uses, "使用", "应用", "实施");

    before.len -= GB_END(before, uses);
    size_t joint = GB_END(before, joints);

    return joint &&
           GB_ENDS_WITH(gb_str_sub(before, 0, before.len - joint), "要求", "限值", "限量", "条件", "指标", "规格");
}

static struct gb_str
function_of(struct gb_str title)
{
    static const struct {
        const char *word, *function;
    } words[] = {
        {"术语", "术语"},     {"词汇", "术语"},     {"符号", "符号"},     {"分类与代码", "分类"}, {"分类", "分类"},
        {"编码", "分类"},     {"代码", "分类"},     {"试验方法", "试验"}, {"测定", "试验"},       {"测试方法", "试验"},
        {"检验方法", "试验"}, {"分析方法", "试验"}, {"试验", "试验"},     {"规范", "规范"},       {"规程", "规程"},
        {"指南", "指南"},     {"导则", "指南"},
    };
    struct gb_str best = {0};
    size_t best_end = 0;

    /* The word that ends last decides: 服务规范 编制指南 is a guide. */
    for (size_t i = 0; i < GB_COUNT(words); i++) {
        struct gb_str word = gb_str_from(words[i].word);
        GB_EACH_FOUND(at, title, word, 0) {
            size_t end = at + word.len;
            if (end > best_end && title.len - end <= strlen("（试行）")) {
                best_end = end;
                best = joins_requirements(gb_str_sub(title, 0, at)) ? GB_STR("") : gb_str_from(words[i].function);
            }
        }
    }
    return best.len || !names_method(title) ? best : GB_STR("试验");
}

/* The title of the whole decides where that of the part does not: on what it gives, and that it is a vocabulary. */
static void
decide_function(struct gb_facts *facts, struct gb_str title)
{
    struct gb_str function = function_of(title);
    struct gb_str of_all = function.len ? function : function_of(gb_title_of_whole(title));

    facts->function = gb_str_is(of_all, "术语") ? of_all : function;
    facts->gives_instructions = GB_IS_ONE_OF(of_all, "规程", "试验");
}

/* ── edition ───────────────────────────────────────────────────────────── */

typedef GB_ARRAY(struct gb_evidence) evidence_array;

static void
add_evidence(evidence_array *found, enum gb_edition edition, enum gb_evidence_rank rank, const struct gb_text *text,
             size_t begin, size_t end)
{
    *gb_push(found) =
        (struct gb_evidence){edition, rank, gb_at_part(text, begin, end), gb_str_sub(text->str, begin, end)};
}

static void
search_words(evidence_array *found, const struct gb_text *text, const char *word, enum gb_edition edition,
             enum gb_evidence_rank rank)
{
    struct gb_str needle = gb_str_from(word);
    size_t at = gb_str_find(text->str, needle, 0);

    if (at != GB_NOT_FOUND)
        add_evidence(found, edition, rank, text, at, at + needle.len);
}

/* The drafting statement: names GB/T 1.1 with its year, and says 起草, 编写 or 编制. */
static void
evidence_of_foreword(evidence_array *found, const struct gb_node *foreword)
{
    static const struct {
        struct gb_str year;
        enum gb_edition edition;
    } years[] = {{{"2020", 4}, GB_EDITION_2020}, {{"2009", 4}, GB_EDITION_2009}};
    enum { FARTHEST = 12 }; /* bytes from "1.1" to the year: blanks and a dash of any kind */

    for (const struct gb_node *n = foreword; n; n = gb_node_walk(n, foreword)) {
        struct gb_str s = n->text.str;
        size_t begin = gb_str_find(s, GB_STR("GB"), 0), serial = gb_str_find(s, GB_STR("1.1"), 0);
        bool drafts = GB_HAS_ONE_OF(s, "起草", "编写", "编制");
        if (!drafts || begin == GB_NOT_FOUND || serial == GB_NOT_FOUND)
            continue;
        for (size_t next = begin; next != GB_NOT_FOUND && next < serial; next = gb_str_find(s, GB_STR("GB"), next + 1))
            begin = next;
        if (gb_str_find(s, GB_STR("代替"), 0) < begin) /* an edition of GB/T 1.1 itself says what it replaces */
            continue;
        for (size_t i = 0; i < GB_COUNT(years); i++) {
            size_t year = gb_str_find(s, years[i].year, serial);
            if (begin < serial && year != GB_NOT_FOUND && year <= serial + FARTHEST) {
                /* A year that the title of the other edition belies is a slip: other evidence decides. */
                if (years[i].edition == GB_EDITION_2020 || !gb_str_has(s, GB_STR("标准化文件的结构和起草规则")))
                    add_evidence(found, years[i].edition, GB_EVIDENCE_BASIS, &n->text, begin, year + years[i].year.len);
                break;
            }
        }
    }
}

static bool
is_fixed_sentence(struct gb_str s)
{
    GB_WORDS(parts, "对于本文件的应用是必不可少的", "适用于本文件", "构成本文件必不可少的条款", "本文件的发布机构",
             "请注意本文件的某些内容", "本文件没有");

    return GB_HAS_ANY(s, parts);
}

/* What a draft calls itself: 本文件 since 2020, before that by its kind. */
static bool
is_self_name(struct gb_str s, enum gb_edition *out_edition, size_t *out_len)
{
    static const struct {
        struct gb_str name;
        enum gb_edition edition;
    } names[] = {
        {{"本文件", 9}, GB_EDITION_2020},      {{"本标准", 9}, GB_EDITION_2009},
        {{"本部分", 9}, GB_EDITION_2009},      {{"本指导性技术文件", 24}, GB_EDITION_2009},
        {{"本规范规定", 15}, GB_EDITION_2009}, {{"本规程规定", 15}, GB_EDITION_2009},
    };
    for (size_t i = 0; i < GB_COUNT(names); i++) {
        if (gb_str_starts(s, names[i].name)) {
            *out_edition = names[i].edition;
            *out_len = names[i].name.len;
            return true;
        }
    }
    return false;
}

/* The first self names of each edition, one for a paragraph, are evidence enough. One search for 本 finds them all. */
static void
evidence_of_text(evidence_array *found, const struct gb_nodes *nodes, size_t n_seen[GB_EDITION_COUNT])
{
    struct gb_str own = GB_STR("本");

    GB_EACH_NODE(n, nodes) {
        struct gb_str text = n->text.str;
        bool is_seen[GB_EDITION_COUNT] = {false};
        if (n_seen[GB_EDITION_2009] == GB_SELF_NAMES && n_seen[GB_EDITION_2020] == GB_SELF_NAMES)
            return;
        if (n->parent && n->parent->kind == GB_NODE_COVER)
            continue;
        GB_EACH_FOUND(at, text, own, 0) {
            enum gb_edition edition;
            size_t len;
            if (!is_self_name(gb_str_skip(text, at), &edition, &len) || is_seen[edition] ||
                n_seen[edition] == GB_SELF_NAMES || (edition == GB_EDITION_2020 && is_fixed_sentence(text)))
                continue;
            add_evidence(found, edition, GB_EVIDENCE_SELF_NAME, &n->text, at, at + len);
            is_seen[edition] = true;
            n_seen[edition]++;
        }
    }
}

static unsigned
date_number(struct gb_str date)
{
    unsigned parts[3] = {0}, n = 0;
    bool in_number = false;

    for (size_t at = 0; at < date.len && n <= 3;) {
        int digit = gb_char_digit(gb_utf8_at(date, at, &at));
        if (digit < 0) {
            in_number = false;
            continue;
        }
        if (!in_number && n == 3)
            break;
        n += !in_number;
        in_number = true;
        parts[n - 1] = (parts[n - 1] * 10 + (unsigned)digit) % 100000;
    }
    return n == 0 ? 0 : parts[0] * 10000 + parts[1] * 100 + parts[2];
}

static void
collect_evidence(evidence_array *found, const struct gb_facts *facts, const struct gb_doc *doc)
{
    if (facts->foreword)
        evidence_of_foreword(found, facts->foreword);
    if (facts->references) {
        for (const struct gb_node *n = facts->references->first; n; n = n->next) {
            if (n->kind == GB_NODE_PARA) {
                search_words(found, &n->text, "构成本文件必不可少的条款", GB_EDITION_2020, GB_EVIDENCE_LEAD_IN);
                search_words(found, &n->text, "对于本文件的应用是必不可少的", GB_EDITION_2009, GB_EVIDENCE_LEAD_IN);
                search_words(found, &n->text, "没有规范性引用文件", GB_EDITION_2020, GB_EVIDENCE_CHAPTERS);
            }
        }
    }
    static const enum gb_node_kind speaking[] = {GB_NODE_PARA, GB_NODE_ITEM, GB_NODE_NOTE, GB_NODE_FOOTNOTE};
    size_t n_seen[GB_EDITION_COUNT] = {0};
    for (size_t i = 0; i < GB_COUNT(speaking); i++)
        evidence_of_text(found, &facts->of_kind[speaking[i]], n_seen);
    for (const struct gb_node *n = doc->root->first; n; n = n->next) {
        if (n->kind == GB_NODE_ANNEX && n->u.nature_text && n->nature != GB_NATURE_NONE)
            add_evidence(found, n->flags & GB_NODE_OLD_NATURE ? GB_EDITION_2009 : GB_EDITION_2020, GB_EVIDENCE_ANNEX,
                         n->u.nature_text, 0, n->u.nature_text->str.len);
    }
    if (facts->terms) {
        for (const struct gb_node *n = facts->terms->first; n; n = n->next) {
            if (n->kind == GB_NODE_PARA)
                search_words(found, &n->text, "没有需要界定的术语和定义", GB_EDITION_2020, GB_EVIDENCE_CHAPTERS);
        }
    }
    if (facts->cover) {
        const struct gb_cover *cover = facts->cover->u.cover;
        const struct gb_text *ccs = &cover->ccs;
        if (ccs->str.len) {
            /* The label stands before the value on its line, or it is not there. */
            struct gb_span span = gb_text_whole(ccs, NULL);
            struct gb_str line = gb_source_line_text(gb_source_file_at(doc->source, span.begin),
                                                     gb_source_line(doc->source, span.begin));
            bool labelled = gb_str_has(line, GB_STR("CCS"));
            if (!doc->has_front_matter && !gb_str_is(doc->format, "docbook"))
                add_evidence(found, labelled ? GB_EDITION_2020 : GB_EDITION_2009, GB_EVIDENCE_CCS, ccs, 0,
                             ccs->str.len);
        }
        unsigned date = date_number(cover->issued.str);
        if (date >= 20201001 && date < 21000000)
            add_evidence(found, GB_EDITION_2020, GB_EVIDENCE_DATE, &cover->issued, 0, cover->issued.str.len);
        else if (date >= 20100101 && date <= 20200930)
            add_evidence(found, GB_EDITION_2009, GB_EVIDENCE_DATE, &cover->issued, 0, cover->issued.str.len);
    }
}

GB_ORDER(by_place, struct gb_evidence, GB_KEY(at.span.begin))

static void
decide_edition(struct gb_facts *facts, const struct gb_doc *doc, const struct gb_facts_options *options)
{
    evidence_array found = {0};
    const struct gb_evidence *best = NULL;

    collect_evidence(&found, facts, doc);
    gb_sort(found.items, found.len, sizeof(*found.items), by_place);
    GB_KEEP(facts->arena, &found, facts->evidence, facts->n_evidence);
    for (uint32_t i = 0; i < facts->n_evidence; i++) {
        if (!best || facts->evidence[i].rank < best->rank)
            best = &facts->evidence[i];
    }
    if (options->has_edition) {
        facts->edition = options->edition;
        facts->edition_is_forced = true;
        facts->edition_why = options->english ? GB_STR("as asked") : GB_STR("按选项");
    } else if (best) {
        facts->edition = best->edition;
        facts->edition_why =
            gb_arena_printf(facts->arena, options->english ? "by “%.*s”" : "依据“%.*s”", GB_FMT(best->what));
    } else {
        facts->edition = GB_EDITION_2020;
        facts->edition_is_assumed = true;
        facts->edition_why =
            options->english ? GB_STR("nothing in the draft tells") : GB_STR("文中无版本线索，按现行版");
    }
}

/* ── stage ─────────────────────────────────────────────────────────────── */

enum gb_stage
gb_stage_of_mark(struct gb_str mark)
{
    static const struct {
        const char *mark;
        enum gb_stage stage;
    } marks[] = {
        {"征求意见", GB_STAGE_COMMENT}, {"送审", GB_STAGE_REVIEW},       {"预审", GB_STAGE_REVIEW},
        {"报批", GB_STAGE_APPROVAL},    {"草案", GB_STAGE_DRAFT},        {"讨论稿", GB_STAGE_DRAFT},
        {"草", GB_STAGE_DRAFT},         {"征", GB_STAGE_COMMENT},        {"送", GB_STAGE_REVIEW},
        {"报", GB_STAGE_APPROVAL},      {"draft", GB_STAGE_DRAFT},       {"comment", GB_STAGE_COMMENT},
        {"review", GB_STAGE_REVIEW},    {"approval", GB_STAGE_APPROVAL},
    };
    struct gb_buf closed = {0};
    enum gb_stage stage = GB_STAGE_UNKNOWN;
    gb_normalise(mark, &closed);
    for (size_t i = 0; closed.len && i < GB_COUNT(marks) && stage == GB_STAGE_UNKNOWN; i++) {
        if (gb_str_has(gb_buf_str(&closed), gb_str_from(marks[i].mark)))
            stage = marks[i].stage;
    }
    gb_buf_release(&closed);
    return stage;
}

static enum gb_stage
stage_of(const struct gb_facts *facts)
{
    if (!facts->cover)
        return GB_STAGE_UNKNOWN;
    const struct gb_cover *cover = facts->cover->u.cover;
    enum gb_stage stage = gb_stage_of_mark(cover->stage.str);
    if (stage != GB_STAGE_UNKNOWN)
        return stage;
    return date_number(cover->issued.str) > 19000000 ? GB_STAGE_APPROVAL : GB_STAGE_UNKNOWN;
}

/* The day whose documents the draft had to know. */
static uint32_t
as_of(const struct gb_facts *facts, const struct gb_facts_options *options)
{
    unsigned issued = facts->cover ? date_number(facts->cover->u.cover->issued.str) : 0;

    if (options->as_of)
        return options->as_of;
    return issued >= 19000101 && issued <= 21991231 ? issued : options->today;
}

static size_t
text_size(const struct gb_doc *doc)
{
    size_t size = 0;

    for (uint32_t i = 0; i < doc->source->n_files; i++)
        size += doc->source->files[i].text.len;
    return size;
}

void
gb_facts_compute(struct gb_facts *facts, const struct gb_doc *doc, const struct gb_lexicon *lexicon,
                 const struct gb_facts_options *options)
{
    *facts = (struct gb_facts){.arena = doc->arena, .lexicon = lexicon};
    find_elements(facts, doc);
    index_nodes(facts, doc);
    read_code(facts, doc, lexicon);
    gb_find_references(facts, lexicon);
    struct gb_str title = doc->root->title.str;
    decide_function(facts, title);
    decide_edition(facts, doc, options);
    facts->stage = options->stage != GB_STAGE_UNKNOWN ? options->stage : stage_of(facts);
    facts->foreword_says = gb_foreword_read(facts, doc);
    gb_decide_profile(facts, title, options);
    facts->registry = options->registry;
    facts->bank = options->bank ? gb_bank_view_new(options->bank, text_size(doc), facts->arena) : NULL;
    facts->as_of = as_of(facts, options);
    gb_find_sentences(facts, lexicon);
    gb_find_identifiers(facts, lexicon);
    gb_find_citations(facts, lexicon);
    gb_find_mentions(facts);
    gb_find_terms(facts);
    gb_find_procedures(facts);
}

struct gb_at
gb_at_part(const struct gb_text *text, size_t begin, size_t end)
{
    bool is_exact = true;
    struct gb_span span = gb_text_span(text, begin, end, &is_exact);

    return (struct gb_at){span, !is_exact};
}
