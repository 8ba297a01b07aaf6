/* The citation graph: what the identifiers of the text cite, with what force, and which entry lists it. See citation.h. */
#include "facts/facts_priv.h"

#include "base/array.h"
#include "base/sort.h"
#include "text/chars.h"

/* ---- place ---- */

/* GB/T … 界定的 … below the title of the terms or of a part of them, not in an entry. */
static bool
is_in_lead_in(const struct gb_facts *facts, const struct gb_identifier *id, const struct gb_node *clause)
{
    return (clause == facts->terms || clause->parent == facts->terms) && id->node->kind == GB_NODE_PARA &&
           gb_str_has(id->text->str, GB_STR("界定"));
}

/* What a note may not hold, these may: they are read as text. */
static bool
may_require(const struct gb_node *note, bool in_object)
{
    /* Footnotes of tables and figures may hold requirements (GB/T 1.1—2020, 9.12.2). */
    if (note->kind == GB_NODE_FOOTNOTE)
        return in_object;
    /* 警告, 重要提示 are no notes. */
    return note->kind == GB_NODE_NOTE && note->marker.str.len && !gb_str_starts(note->marker.str, GB_STR("注"));
}

/* Where a citation stands, from the node up. False: identifiers are no citations there. */
static bool
place_of(const struct gb_facts *facts, const struct gb_identifier *id, uint16_t *out_flags)
{
    uint16_t flags = id->cell != GB_NO_CELL ? GB_CITATION_CELL : 0;
    bool is_term = false, in_object = false;

    for (const struct gb_node *n = id->node; n; n = n->parent) {
        switch (n->kind) {
        case GB_NODE_COVER:
        case GB_NODE_TOC:
        case GB_NODE_FOREWORD:
        case GB_NODE_TITLE:
        case GB_NODE_BIBLIO:
        case GB_NODE_INDEX:
            return false;
        case GB_NODE_INTRO:
            flags |= GB_CITATION_INTRO;
            break;
        case GB_NODE_TABLE:
        case GB_NODE_FIGURE:
            in_object = true;
            break;
        case GB_NODE_NOTE:
        case GB_NODE_FOOTNOTE:
            flags |= GB_CITATION_NOTE;
            break;
        case GB_NODE_EXAMPLE:
            flags |= GB_CITATION_EXAMPLE;
            break;
        case GB_NODE_SOURCE:
            flags |= GB_CITATION_SOURCE;
            break;
        case GB_NODE_TERM:
            is_term = true;
            break;
        case GB_NODE_ANNEX:
            flags |= n->nature == GB_NATURE_INFORMATIVE ? GB_CITATION_INFORMATIVE_ANNEX : 0;
            break;
        case GB_NODE_CLAUSE:
            if (n->role == GB_ROLE_REFERENCES)
                return false;
            if (n->role == GB_ROLE_SCOPE)
                flags |= GB_CITATION_SCOPE;
            if (!is_term && is_in_lead_in(facts, id, n))
                flags |= GB_CITATION_LEAD_IN;
            break;
        default:
            break;
        }
    }
    if (may_require(id->node, in_object))
        flags &= (uint16_t)~GB_CITATION_NOTE;
    *out_flags = flags;
    return true;
}

/* ---- wording ---- */

enum wording {
    WORDING_NONE,
    WORDING_BINDING,  /* 按 GB/T … */
    WORDING_SEE,      /* 见 GB/T … */
    WORDING_SEE_ALSO, /* 参见 GB/T … */
    WORDING_GIVES,    /* GB/T … 给出了 */
};

struct graph {
    struct gb_facts *facts;
    const struct gb_lexicon *lexicon;
    GB_ARRAY(struct gb_citation) found;
    enum wording last; /* of the identifier before */
};

/* 意见, 常见: no word of citing. */
static bool
is_inside_word(struct gb_str s, size_t at)
{
    GB_WORDS(heads, "意", "常", "可", "罕", "预", "少", "听", "会");

    return GB_ENDS_ANY(gb_str_sub(s, 0, at), heads);
}

static enum wording
wording_of(const struct graph *graph, const struct gb_identifier *id)
{
    const struct gb_lexicon *lexicon = graph->lexicon;
    struct gb_str s = id->text->str;

    if (id->flags & GB_IDENTIFIER_JOINED)
        return graph->last;
    struct gb_str before = gb_str_sub(s, 0, gb_before_identifier(lexicon, s, id->at.begin));
    if (gb_ends(&lexicon->cite_see_also, before))
        return WORDING_SEE_ALSO;
    size_t see = gb_words_end(gb_rel_at(&lexicon->cite_see), before);
    if (see && !is_inside_word(before, before.len - see))
        return WORDING_SEE;
    if (gb_ends(&lexicon->cite_binding, before))
        return WORDING_BINDING;
    struct gb_str behind = gb_str_skip(s, gb_skip_any(s, id->at.end, " \n"));
    return gb_begins(&lexicon->cite_gives, behind) ? WORDING_GIVES : WORDING_NONE;
}

/* The column of a table that names methods: 试验方法, 检验方法. */
static bool
is_in_method_column(const struct gb_identifier *id)
{
    const struct gb_table *table = id->node->u.table;
    const struct gb_cell *own = &table->cells[id->cell];

    GB_FIND(head, table->cells, table->n_cells,
            (head->row > 0 && !head->is_header) ||
                (head->column <= own->column && own->column < head->column + head->columns && head->row < own->row &&
                 gb_str_has(head->text.str, GB_STR("方法"))));
    return head && (head->row == 0 || head->is_header);
}

/* 5 试剂或材料, 6 仪器设备: what is listed there is what its document makes it: 水，GB/T 6682，三级. GB/T 20001.4. */
static bool
is_among_materials(const struct gb_node *node)
{
    GB_WORDS(parts, "试剂", "仪器");
    GB_WORDS(titles, "材料", "试验材料", "设备", "试验设备", "装置", "试验装置");

    return GB_ANY(GB_CHAIN(n, node, n->parent),
                  n->kind == GB_NODE_CLAUSE && n->title.str.len &&
                      (GB_HAS_ANY(n->title.str, parts) ||
                       GB_ANY(GB_ITEMS(title, titles, GB_COUNT(titles)), gb_str_same(n->title.str, *title))));
}

/* ---- force ---- */

static void
set_force(struct gb_citation *citation, enum gb_citation_force force, bool is_certain)
{
    citation->force = force;
    if (is_certain)
        citation->flags |= GB_CITATION_CERTAIN;
}

/* GB/T … 中的图形可表示为…: what may be done is said of the document; its use is not allowed. */
static bool
is_before_modal(const struct gb_facts *facts, const struct gb_citation *citation)
{
    const struct gb_sentence *sentence = citation->sentence;

    return sentence->n_modals && citation->id->at.begin < facts->modals[sentence->modals].begin;
}

/* 结果应包含误差，宜采用GB/T …的格式: the words that cite have a modal of their own, weaker than that of the sentence. */
static enum gb_clause_type
type_of(const struct gb_facts *facts, const struct gb_citation *citation)
{
    const struct gb_sentence *sentence = citation->sentence;
    size_t at = citation->id->at.begin;

    if (!sentence)
        return GB_TYPE_STATEMENT;
    const struct gb_modal *modals = facts->modals + sentence->modals;
    GB_SEEK(uint32_t, n, sentence->n_modals, modals[n].begin < at);
    const struct gb_modal *own = n ? &modals[n - 1] : NULL;
    bool is_soft = own && GB_AMONG(own->type, GB_TYPE_RECOMMENDATION, GB_TYPE_PERMISSION);
    return is_soft && !gb_str_has(gb_str_sub(sentence->text->str, own->end, at), GB_STR("，")) ? own->type
                                                                                               : sentence->type;
}

/* What the sentence says of it. GB/T 1.1—2020, 9.5.4.2.1. */
static void
force_by_sentence(const struct graph *graph, struct gb_citation *citation, enum wording wording)
{
    const struct gb_facts *facts = graph->facts;
    enum gb_clause_type type = type_of(facts, citation);
    bool is_provision = type == GB_TYPE_REQUIREMENT || type == GB_TYPE_INSTRUCTION;
    bool is_guide = gb_str_is(facts->function, "指南"), is_2009 = facts->edition == GB_EDITION_2009;

    if (wording == WORDING_SEE_ALSO) {
        set_force(citation, GB_CITED_INFORMATIVE, !is_provision);
    } else if (wording == WORDING_SEE) {
        if (is_2009)
            set_force(citation, GB_CITED_NORMATIVE, false);
        else /* 代码见GB/T 2260 in a cell may give the values of a field */
            set_force(citation, is_provision ? GB_CITED_NORMATIVE : GB_CITED_INFORMATIVE,
                      !is_provision && !(citation->flags & GB_CITATION_CELL));
    } else if (is_provision || wording == WORDING_BINDING) {
        bool is_described = citation->flags & GB_CITATION_SCOPE || gb_node_inside(citation->id->node, GB_NODE_TERM);
        bool is_weak = !is_provision && type != GB_TYPE_STATEMENT && !is_guide && !is_2009;
        set_force(citation, is_weak ? GB_CITED_INFORMATIVE : GB_CITED_NORMATIVE, !is_weak && !is_described);
    } else if (type == GB_TYPE_RECOMMENDATION || type == GB_TYPE_PERMISSION) {
        bool is_normative = is_2009 ? type == GB_TYPE_RECOMMENDATION || !is_before_modal(facts, citation)
                                    : is_guide && type == GB_TYPE_RECOMMENDATION;
        set_force(citation, is_normative ? GB_CITED_NORMATIVE : GB_CITED_INFORMATIVE, is_normative);
    } else if (wording == WORDING_GIVES && !is_2009) {
        set_force(citation, GB_CITED_INFORMATIVE, !(citation->flags & GB_CITATION_SCOPE));
    }
}

/* The place decides before the wording does. */
static void
find_force(const struct graph *graph, struct gb_citation *citation, enum wording wording)
{
    enum { ALWAYS_INFORMATIVE = GB_CITATION_NOTE | GB_CITATION_SOURCE | GB_CITATION_EXAMPLE };
    uint32_t flags = citation->flags;
    bool has_wording = wording != WORDING_NONE;

    if (flags & GB_CITATION_LEAD_IN)
        set_force(citation, GB_CITED_NORMATIVE, true);
    else if (flags & GB_CITATION_INTRO)
        set_force(citation, GB_CITED_INFORMATIVE, false);
    else if (flags & ALWAYS_INFORMATIVE)
        set_force(citation, GB_CITED_INFORMATIVE, true);
    else if (flags & GB_CITATION_INFORMATIVE_ANNEX)
        set_force(citation, GB_CITED_INFORMATIVE, citation->sentence && (has_wording || !(flags & GB_CITATION_CELL)));
    else if (flags & GB_CITATION_CELL && !has_wording && is_in_method_column(citation->id))
        set_force(citation, GB_CITED_NORMATIVE, true);
    else if (!has_wording && citation->sentence && citation->sentence->type == GB_TYPE_STATEMENT &&
             is_among_materials(citation->id->node))
        set_force(citation, GB_CITED_NORMATIVE, true);
    else if (citation->sentence || has_wording)
        force_by_sentence(graph, citation, wording);
}

/* ---- what of it is cited ---- */

/* 5.2, 5, A.1: its end; *out_dots of them. */
static size_t
take_number(struct gb_str s, size_t at, unsigned *out_dots)
{
    size_t end = at;

    *out_dots = 0;
    if (end + 1 < s.len && gb_is_upper(s.ptr[end]) && s.ptr[end + 1] == '.')
        end += 2;
    size_t digits = gb_skip_digits(s, end);
    if (digits == end || digits - end > 3)
        return at;
    *out_dots = end > at;
    while (digits + 1 < s.len && s.ptr[digits] == '.' && gb_is_digit(s.ptr[digits + 1])) {
        digits = gb_skip_digits(s, digits + 1);
        ++*out_dots;
    }
    return digits;
}

/* A number by itself is a clause only where no noun or unit follows: 中5.2的规定, not 中3种方法, 中2.5 kPa. */
static bool
is_clause_behind(struct gb_str s, size_t end, unsigned dots)
{
    GB_WORDS(plain, "章", "条", "的规定", "的要求", "规定", "的方法", "。", "，", "；", "）", "、");
    GB_WORDS(dotted, "的", "和", "及", "与", "或", "～", "至", "中", "要求", "描述", "给出", "进行", "执行", "表", ")",
             "编", "测", "检", "试", "方法");
    size_t at = gb_skip_any(s, end, " \n");
    struct gb_str rest = gb_str_skip(s, at);
    if (at == s.len || GB_STARTS_ANY(rest, plain))
        return true;
    return dots && GB_STARTS_ANY(rest, dotted);
}

/*
 * The clause, table, figure or annex of the document that is cited: 中5.2, 第5章, 附录A, 表1 right behind it, with only
 * 中, 的, 规定的 between. GB/T 1.1—2020, 9.5.4.1.1.
 */
static struct gb_extent
find_target(const struct gb_identifier *id)
{
    GB_WORDS(links, "中", "的", "规定", "给出", "之", "里", " ", "\n", "\u3000", "标准");
    GB_WORDS(blanks, " ", "\n", "\u3000");
    struct gb_str s = id->text->str;
    size_t from = id->at.end, at = GB_SKIP(s, from, links), end = at;
    struct gb_str between = gb_str_sub(s, from, at), rest = gb_str_skip(s, at);
    struct gb_extent none = {id->at.end, id->at.end};
    unsigned dots;

    if (gb_str_starts(rest, GB_STR("第"))) {
        size_t number = GB_SKIP(s, at + strlen("第"), blanks);
        end = GB_SKIP(s, take_number(s, number, &dots), blanks);
        struct gb_str noun = gb_str_skip(s, end);
        bool is_clause = gb_str_starts(noun, GB_STR("章")) || gb_str_starts(noun, GB_STR("条"));
        return end > number && is_clause ? (struct gb_extent){(uint32_t)at, (uint32_t)(end + strlen("章"))} : none;
    }
    if (gb_str_starts(rest, GB_STR("附录"))) {
        end = GB_SKIP(s, at + strlen("附录"), blanks);
        bool is_letter = end < s.len && gb_is_upper(s.ptr[end]);
        return is_letter ? (struct gb_extent){(uint32_t)at, (uint32_t)end + 1} : none;
    }
    if (gb_str_starts(rest, GB_STR("表")) || gb_str_starts(rest, GB_STR("图"))) {
        size_t number = GB_SKIP(s, at + strlen("表"), blanks);
        end = take_number(s, number, &dots);
        return end > number ? (struct gb_extent){(uint32_t)at, (uint32_t)end} : none;
    }
    end = take_number(s, at, &dots);
    bool is_linked = gb_str_has(between, GB_STR("中")) || gb_str_has(between, GB_STR("的"));
    if (end == at || !is_linked || !is_clause_behind(s, end, dots))
        return none;
    return (struct gb_extent){(uint32_t)at, (uint32_t)end};
}

/* ---- the graph ---- */

/* ISO 9001质量管理体系认证, GB 2312编码: the name of something else. */
static bool
names_something_else(const struct graph *graph, const struct gb_identifier *id)
{
    struct gb_str s = id->text->str;
    size_t at = gb_skip_any(s, id->at.end, " ");

    return gb_begins(&graph->lexicon->cite_no_document, gb_str_skip(s, at));
}

/* Takes the entry of its list that fits best: the very year before another one, the document before its series. */
static void
match(const struct gb_facts *facts, struct gb_citation *citation, uint32_t index, unsigned best[GB_LIST_COUNT])
{
    const struct gb_reference *entry = &facts->entries[index];
    bool is_same = gb_identifier_cmp(&entry->id, citation->id) == 0;
    unsigned rank = 1 + (is_same ? 2U : 0) + (gb_str_eq(entry->id.year, citation->id->year) ? 1U : 0);

    if (rank > best[entry->list]) {
        best[entry->list] = rank;
        citation->matches[entry->list] = index;
    }
}

static void
find_matches(const struct gb_facts *facts, struct gb_citation *citation)
{
    enum {
        MOST_PARTS = 500
    }; /* no series has so many: in a list of one endless series only the documents themselves count */
    size_t n_same, n_kin;
    const uint32_t *same = gb_references_same(facts, citation->id, &n_same);
    const uint32_t *kin = gb_references_kin(facts, citation->id, &n_kin);
    unsigned best[GB_LIST_COUNT] = {0};

    for (size_t i = 0; i < GB_LIST_COUNT; i++)
        citation->matches[i] = GB_NO_REFERENCE;
    for (size_t i = 0; i < n_same && i < MOST_PARTS; i++)
        match(facts, citation, same[i], best);
    for (size_t i = 0; i < n_kin && n_kin <= MOST_PARTS; i++) {
        if (gb_reference_covers(&facts->entries[kin[i]], citation->id))
            match(facts, citation, kin[i], best);
    }
}

uint32_t
gb_first_citation(const struct gb_facts *facts, uint32_t id)
{
    GB_SEEK(uint32_t, i, facts->n_citations, facts->citations[i].id->node->id < id);
    return i;
}

void
gb_find_citations(struct gb_facts *facts, const struct gb_lexicon *lexicon)
{
    struct graph graph = {.facts = facts, .lexicon = lexicon};

    GB_EACH(const struct gb_identifier, id, facts->identifiers, facts->n_identifiers) {
        struct gb_citation citation = {.id = id};
        if (!place_of(facts, id, &citation.flags))
            continue;
        enum wording wording = wording_of(&graph, id);
        graph.last = wording;
        if (id->flags & (GB_IDENTIFIER_QUOTED | GB_IDENTIFIER_SECOND) || gb_is_own_identifier(facts, id) ||
            names_something_else(&graph, id))
            continue;
        citation.sentence = gb_sentence_at(facts, id->node, id->text, id->at.begin);
        citation.flags |= wording != WORDING_NONE && wording != WORDING_GIVES ? GB_CITATION_VERB : 0;
        find_force(&graph, &citation, wording);
        citation.target = find_target(id);
        find_matches(facts, &citation);
        *gb_push(&graph.found) = citation;
    }
    GB_KEEP(facts->arena, &graph.found, facts->citations, facts->n_citations);
}
