/*
 * How the text words its citations: laws, vague and open-ended references, drafts, titles repeated: REF-015, 016, 019 to
 * 021, 023, 024. What is cited and what is listed is compared in citations.c.
 */
#include "check/references/citations_priv.h"

/* ---- words around a place of a text ---- */

/* The sentence's own bytes; the whole text where none is known. */
static struct gb_str
sentence_str(const struct gb_text *text, const struct gb_sentence *sentence)
{
    return sentence ? gb_str_sub(text->str, sentence->begin, sentence->end) : text->str;
}

static const struct gb_sentence *
sentence_of(struct gb_check *check, const struct gb_found *found)
{
    return gb_sentence_at(check->facts, found->node, found->text, found->begin);
}

/* About [begin, end) of the text, without half characters. */
static struct gb_str
clip(struct gb_str s, size_t begin, size_t end)
{
    return gb_str_sub(s, gb_utf8_floor(s, begin), gb_utf8_ceil(s, end));
}

static bool
is_provision(const struct gb_sentence *sentence)
{
    return sentence && (sentence->type == GB_TYPE_REQUIREMENT || sentence->type == GB_TYPE_INSTRUCTION);
}

/* ---- REF-015: laws cited normatively ---- */

/* The text without what may stand between a word of citing and a 《title》: other titles, 、 and 和, 国家. */
static struct gb_str
before_titles(struct gb_str s)
{
    enum { LONGEST_TITLE = 200 };
    GB_WORDS(between, "、", "和", "及", "与", "以", "或", " ", "国家", "现行", "本", "省", "法律", "法规", "有关",
             "相关");

    for (bool any = true; any;) {
        any = false;
        if (gb_str_ends(s, GB_STR("》"))) {
            size_t open = s.len, least = s.len > LONGEST_TITLE ? s.len - LONGEST_TITLE : 0;
            while (open > least && !gb_str_starts(gb_str_skip(s, open), GB_STR("《")))
                open--;
            any = open > least;
            s = gb_str_sub(s, 0, any ? open : s.len);
            if (!any)
                return s;
        }
        for (size_t i = 0; i < GB_COUNT(between); i++) {
            if (gb_str_ends(s, between[i])) {
                s.len -= between[i].len;
                any = true;
            }
        }
    }
    return s;
}

/* A standard is known by its number, whatever its title says: GB 5749《…规定》, 《…规定》（GB 5749）. */
static bool
has_number(struct gb_str s, size_t begin, size_t end)
{
    enum { NEAR = 32 };
    GB_WORDS(joints, "和", "、", "及", "与", "或");
    struct gb_identifier_shape shape;
    struct gb_str title = clip(s, begin > NEAR ? begin - NEAR : 0, end + NEAR);
    size_t own = begin - (size_t)(title.ptr - s.ptr), own_end = own + (end - begin);

    for (size_t at = 0; gb_identifier_next(title, at, &shape); at = shape.end) {
        bool touches = shape.end + 4 >= own && shape.begin <= own_end + strlen("（");
        struct gb_str between =
            shape.begin >= own_end ? gb_str_sub(title, own_end, shape.begin) : gb_str_sub(title, shape.end, own);
        if (touches && !GB_HAS_ANY(between, joints)) /* GB 5749和《…规定》 are two documents */
            return true;
    }
    return false;
}

/* 必须 tells what a law demands from outside; the draft demands nothing itself. */
static bool
is_outer_constraint(const struct gb_facts *facts, const struct gb_sentence *sentence)
{
    bool any = false;

    GB_EACH_MODAL(modal, facts, sentence) {
        if (modal->type != GB_TYPE_REQUIREMENT)
            continue;
        if (!GB_IS_ONE_OF(modal->word, "必须", "须"))
            return false;
        any = true;
    }
    return any;
}

/* 第十六条第二款: what stands behind the title and is part of it. */
static size_t
behind_article(struct gb_str s, size_t at)
{
    enum { LONGEST = 8 };
    GB_WORDS(ends, "条", "款", "项", "章", "节");

    while (gb_str_starts(gb_str_skip(s, at), GB_STR("第"))) {
        size_t end = at;
        for (int n = 0; n < LONGEST && end < s.len && !GB_STARTS_ANY(gb_str_skip(s, end), ends); n++)
            gb_utf8_at(s, end, &end);
        if (!GB_STARTS_ANY(gb_str_skip(s, end), ends))
            return at;
        at = end + ends[0].len;
    }
    return at;
}

static void
hit_law(struct gb_check *check, const struct gb_found *found)
{
    GB_WORDS(behind, "的规定", "的要求", "的有关", "的相关", "规定", "要求", "执行", "等法律", "等有关", "等相关",
             "等规定");
    const struct gb_sentence *sentence = sentence_of(check, found);
    struct gb_str s = found->str;

    if (found->node->kind == GB_NODE_REF || !is_provision(sentence) || is_outer_constraint(check->facts, sentence) ||
        has_number(s, found->match.begin, found->match.end))
        return;
    bool is_cited = gb_param_ends(check, "verbs", before_titles(gb_str_sub(s, 0, found->match.begin))) ||
                    GB_STARTS_ANY(gb_str_skip(s, behind_article(s, gb_str_skip_space(s, found->match.end))), behind);
    if (is_cited)
        gb_report(check, gb_at_found(found), found->node, GB_ARGS(gb_str_sub(s, found->match.begin, found->match.end)));
}

/* A law, regulation or order as entry of chapter 2. Source: GB/T 1.1—2020, 9.5.4.4.3. */
static bool
is_law(struct gb_check *check, const struct gb_reference *entry)
{
    struct gb_match match;

    return !entry->is_loose && entry->list == GB_LIST_REFERENCES && entry->id.code.len == 0 &&
           gb_param_match(check, "entry", entry->node->text.str, 0, &match);
}

static void
finish_laws(struct gb_check *check)
{
    GB_EACH(const struct gb_reference, entry, check->facts->entries, check->facts->n_entries) {
        if (is_law(check, entry))
            gb_report_case(check, "entry", gb_at_text(&entry->node->text), entry->node, GB_ARGS(entry->node->text.str));
    }
}

/* ---- REF-016: laws in general ---- */

/* Source: GB/T 1.1—2020, 9.5.4.4.3. A sentence that begins with the verb is an order as well: 遵守国家法律法规。 */
static void
hit_legal_compliance(struct gb_check *check, const struct gb_found *found)
{
    const struct gb_sentence *sentence = sentence_of(check, found);

    if (!sentence)
        return;
    bool is_order = is_provision(sentence) || gb_str_skip_space(found->text->str, sentence->begin) == found->begin;
    gb_report_case(check, is_order ? NULL : "statement", gb_at_found(found), found->node, GB_ARGS(gb_found_str(found)));
}

/* ---- REF-019: documents that nobody can get ---- */

/* The draft has no number itself yet, or is before approval: drafts of one series name each other so. */
static bool
is_among_drafts(const struct gb_facts *facts)
{
    bool is_unnumbered = facts->own.at.flags & (GB_SHAPE_NO_SERIAL | GB_SHAPE_NO_YEAR);
    bool is_early = facts->stage != GB_STAGE_UNKNOWN && facts->stage < GB_STAGE_APPROVAL;

    return facts->stage != GB_STAGE_APPROVAL && (is_unnumbered || is_early);
}

/* （报批稿） in a list, elsewhere behind a title or number: a stage may be what the text speaks of. */
static void
hit_draft_source(struct gb_check *check, const struct gb_found *found)
{
    bool in_list = found->zone == GB_ZONE_REFERENCES || found->zone == GB_ZONE_BIBLIO;
    struct gb_str before = gb_found_before(found);
    bool is_behind_name = gb_str_ends(before, GB_STR("》")) || (before.len && gb_is_digit(before.ptr[before.len - 1]));

    if (!in_list && !is_behind_name)
        return;
    gb_report(check, gb_at_found(found), found->node, GB_ARGS(gb_found_str(found)));
}

/* Source: GB/T 1.1—2020, 9.5.4.4.2. Entries whose number or year is ××××. */
static void
finish_draft_sources(struct gb_check *check)
{
    const struct gb_facts *facts = check->facts;
    const char *which = is_among_drafts(facts) ? "drafts" : "number";

    GB_EACH(const struct gb_reference, entry, facts->entries, facts->n_entries) {
        if (entry->is_loose || !(entry->id.at.flags & (GB_SHAPE_NO_SERIAL | GB_SHAPE_NO_YEAR)))
            continue;
        gb_report_case(check, which, gb_reference_at(entry), entry->node, GB_ARGS(entry->node->code.str));
    }
}

/* ---- REF-020: references that name nothing ---- */

struct vague {
    const struct gb_node *clause; /* the last that was told of */
};

/* 第5章, 第二部分: behind 第. */
static bool
is_ordinal_of_part(struct gb_str s, size_t at)
{
    GB_WORDS(parts, "章", "条", "部");
    size_t begin = at;

    gb_take_numeral(s, &at);
    return at > begin && GB_STARTS_ANY(gb_str_skip(s, at), parts);
}

/* 表1, 图 A.2, 式（3）: behind the word. */
static bool
is_object_number(struct gb_str s, size_t at)
{
    uint32_t c = gb_char_at(s, gb_str_skip_space(s, at));

    return gb_is_digit(c) || gb_is_upper(c) || c == U'（';
}

/* 5.2: behind its first digit. */
static bool
is_clause_number(struct gb_str s, size_t at)
{
    at = gb_skip_digits(s, at);
    if (at + 1 >= s.len || s.ptr[at] != '.' || !gb_is_digit(s.ptr[at + 1]))
        return false;
    at = gb_skip_any(s, at, ".0123456789");
    /* 1.5 mm, 2.5% and 0.5～0.8 are values. */
    struct gb_str rest = gb_str_trim(gb_str_skip(s, at));
    unsigned char c = rest.len ? (unsigned char)rest.ptr[0] : 0;
    bool is_letter = gb_is_letter(c);
    bool is_item = is_letter && GB_STARTS_WITH(gb_str_skip(rest, 1), ")", "）");
    return is_item || (!is_letter && c != '%' && !GB_STARTS_WITH(rest, "℃", "倍"));
}

static bool
names_part(struct gb_str s)
{
    for (size_t at = 0, next; at < s.len; at = next) {
        uint32_t c = gb_utf8_at(s, at, &next);
        bool is_part = false;

        if (c == U'第')
            is_part = is_ordinal_of_part(s, next);
        else if (c == U'表' || c == U'图' || c == U'式')
            is_part = is_object_number(s, next);
        else if (gb_is_digit(c))
            is_part = is_clause_number(s, next);
        else if (gb_is_lower(c))
            is_part = GB_STARTS_WITH(gb_str_skip(s, next), ")", "）");
        if (is_part)
            return true;
    }
    return false;
}

/* A document, a clause, a table, the draft itself is named: the reference is not vague. */
static bool
names_something(struct gb_check *check, struct gb_str s)
{
    struct gb_identifier_shape shape;

    return gb_param_has(check, "named", s) || names_part(s) || gb_identifier_next(s, 0, &shape);
}

/*
 * The part of the sentence that tells of the place: between its commas where a modal of its own stands there, as in 包装应符合有关标准的规定，
 * 标志应符合GB/T 191的规定; else all of it.
 */
static struct gb_str
part_around(const struct gb_found *found, struct gb_str sentence)
{
    struct gb_str comma = GB_STR("，");
    size_t at = (size_t)(found->text->str.ptr + found->begin - sentence.ptr), begin = 0,
           end = gb_str_find(sentence, comma, at);

    for (size_t next = gb_str_find(sentence, comma, 0); next < at;
         next = gb_str_find(sentence, comma, next + comma.len))
        begin = next + comma.len;
    struct gb_str part = gb_str_sub(sentence, begin, end);
    return GB_HAS_ONE_OF(part, "应", "宜") ? part : sentence;
}

/* 标准要求, 标准、规范: two nouns. */
static bool
has_two_nouns(struct gb_str nouns)
{
    return nouns.len > strlen("标准、");
}

/* Source: GB/T 1.1—2020, 9.5.1, 9.5.4.1. Once for each clause. */
static void
hit_vague_reference(struct gb_check *check, const struct gb_found *found)
{
    struct vague *last = gb_check_shared(check, &hit_vague_reference, sizeof(*last));
    const struct gb_sentence *sentence = sentence_of(check, found);
    const struct gb_node *clause = gb_node_clause(found->node);
    bool is_modified = found->match.n_groups > 0 && found->match.groups[0].len > 0;
    bool is_double = found->match.n_groups > 1 && has_two_nouns(found->match.groups[1]);

    /* Cells say 符合要求, 按规定 of what they are about. */
    bool is_required = gb_str_ends(gb_found_before(found), GB_STR("应"));

    if (!sentence || (clause && clause == last->clause) || !(is_modified || is_double) ||
        (found->part == GB_PART_CELL && !is_required))
        return;
    struct gb_str whole = sentence_str(found->text, sentence);
    if (gb_param_has(check, "listed", whole) || names_something(check, part_around(found, whole)))
        return;
    last->clause = clause;
    gb_report(check, gb_at_found(found), found->node, GB_ARGS(gb_found_str(found)));
}

/* ---- REF-021: 等有关标准 ---- */

static const uint32_t not_text = GB_CITATION_INTRO | GB_CITATION_NOTE | GB_CITATION_EXAMPLE | GB_CITATION_SOURCE |
                                 GB_CITATION_INFORMATIVE_ANNEX | GB_CITATION_SCOPE;

static size_t
end_of(const struct gb_identifier *id)
{
    return gb_extent_is_empty(id->at.all_parts) ? id->at.end : id->at.all_parts.end;
}

/* Source: GB/T 1.1—2020, 9.5.4.2.1. */
static void
check_open_ended(struct gb_check *check)
{
    enum { LONGEST_TAIL = 60 };

    GB_EACH(const struct gb_citation, c, check->facts->citations, check->facts->n_citations) {
        struct gb_str s = c->id->text->str;
        size_t begin = gb_str_skip_space(s, end_of(c->id));
        struct gb_match match;
        if (c->flags & not_text || !gb_str_starts(gb_str_skip(s, begin), GB_STR("等")) ||
            !gb_param_match(check, "open", clip(s, begin, begin + LONGEST_TAIL), 0, &match) || match.begin > 0)
            continue;
        gb_report(check, gb_at_part(c->id->text, begin, begin + match.end), c->id->node,
                  GB_ARGS(gb_str_sub(s, begin, begin + match.end), gb_citation_written(c)));
    }
}

/* ---- REF-023: the title repeated ---- */

/* Source: GB/T 1.1—2020, 9.5.4.1. Tables may list documents with their titles. */
static void
check_title_repeated(struct gb_check *check)
{
    const uint32_t left_out = GB_CITATION_INTRO | GB_CITATION_EXAMPLE | GB_CITATION_SOURCE | GB_CITATION_CELL;

    GB_EACH(const struct gb_citation, c, check->facts->citations, check->facts->n_citations) {
        struct gb_str s = c->id->text->str;
        size_t from = end_of(c->id), begin = gb_str_skip_space(s, from);
        if (c->flags & left_out || c->id->flags & GB_IDENTIFIER_MEMBER ||
            !gb_str_starts(gb_str_skip(s, begin), GB_STR("《")))
            continue;
        size_t close = gb_str_find(s, GB_STR("》"), begin);
        if (close == GB_NOT_FOUND)
            continue;
        size_t end = close + strlen("》");
        struct gb_finding *f = gb_report(check, gb_at_part(c->id->text, begin, end), c->id->node,
                                         GB_ARGS(gb_citation_written(c), gb_str_sub(s, begin, end)));
        gb_fix(check, f, gb_text_span(c->id->text, from, end, NULL), GB_STR(""));
    }
}

/* ---- REF-024: copied text ---- */

/*
 * Source: GB/T 1.1—2020, 9.5.1 and 9.5.4.3. What a draft copies shows only beside the text that it was copied from; at the
 * stages that have time to look it up the report says that nobody did.
 */
static void
check_copied_text(struct gb_check *check)
{
    const struct gb_facts *facts = check->facts;

    if (facts->n_citations && (facts->stage == GB_STAGE_COMMENT || facts->stage == GB_STAGE_REVIEW))
        gb_not_checked(check,
                       gb_say(check, "抄录其他文件的内容（REF-024）", "text copied from other documents (REF-024)"),
                       gb_say(check, "没有可供比对的文件原文", "there is no text of other documents to compare with"));
}

const struct gb_check_def gb_citing_checks[] = {
    {.name = "law-cited",
     .hit = hit_law,
     .finish = finish_laws,
     .cases = "entry",
     .params = GB_SEARCH_PARAMS "words:words verbs:words entry:pattern"},
    {.name = "legal-compliance",
     .hit = hit_legal_compliance,
     .cases = "statement",
     .params = GB_SEARCH_PARAMS "words:words"},
    {.name = "draft-source",
     .hit = hit_draft_source,
     .finish = finish_draft_sources,
     .cases = "drafts number",
     .params = GB_SEARCH_PARAMS "words:words"},
    {.name = "vague-reference",
     .hit = hit_vague_reference,
     .params = GB_SEARCH_PARAMS "words:words named:words listed:words"},
    {.name = "open-ended-citation", .whole = check_open_ended, .params = "open:pattern"},
    {.name = "title-repeated", .whole = check_title_repeated},
    {.name = "copied-text", .whole = check_copied_text},
    {0},
};
