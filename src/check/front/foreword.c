/*
 * The foreword as a whole: the order of its items (FWD-002), what does not belong into it (FWD-012, FWD-014), and what the
 * document calls itself there (FWD-016).
 */
#include "check/front/foreword_priv.h"

/* ---- Which forewords are judged ---- */

const struct gb_foreword *
gb_foreword_judged(struct gb_check *c)
{
    const struct gb_facts *facts = c->facts;
    const struct gb_foreword *foreword = facts->foreword_says;

    return foreword->node && foreword->n_statements ? foreword : NULL;
}

/* A sentence that a page end cut in two, so that neither half was understood. */
static bool
is_cut(const struct gb_foreword_statement *s)
{
    GB_WORDS(ends, "。", "：", "；", ".", "）");

    if (s->kind != GB_FOREWORD_OTHER || s->flags & GB_FOREWORD_ENTRY || gb_str_han_length(s->key) < 4)
        return false;
    if (GB_ENDS_ANY(s->key, ends))
        return false;
    return gb_self_name_at(s->key, 0) > 0 || gb_str_han_length(s->key) > 8;
}

bool
gb_foreword_is_whole(const struct gb_foreword *foreword)
{
    static const enum gb_foreword_item kinds[] = {GB_FOREWORD_BASIS,         GB_FOREWORD_PATENT,   GB_FOREWORD_OWNER,
                                                  GB_FOREWORD_ORGANISATIONS, GB_FOREWORD_DRAFTERS, GB_FOREWORD_HISTORY};
    const struct gb_foreword_statement *const *first = foreword->first;
    unsigned n = 0;

    for (size_t i = 0; i < GB_COUNT(kinds); i++)
        n += first[kinds[i]] != NULL;
    if (n < 3 && !(first[GB_FOREWORD_OWNER] && first[GB_FOREWORD_PATENT]))
        return false;
    GB_FIND(statement, foreword->statements, foreword->n_statements, is_cut(statement));
    return statement == NULL;
}

bool
gb_is_revision(const struct gb_facts *facts)
{
    struct gb_identifier_shape shape;

    return facts->foreword_says->n_replaced > 0 ||
           (facts->cover && gb_identifier_next(facts->cover->u.cover->replaces.str, 0, &shape));
}

/* ---- Places ---- */

struct gb_at
gb_foreword_at(const struct gb_foreword_statement *s, size_t begin, size_t end)
{
    struct gb_span bytes = gb_foreword_bytes(s, begin, end);

    return gb_at_part(s->text, bytes.begin, bytes.end);
}

const struct gb_foreword_statement *
gb_foreword_last(const struct gb_foreword *foreword)
{
    for (uint32_t i = foreword->n_statements; i > 0; i--) {
        if (foreword->statements[i - 1].kind != GB_FOREWORD_OTHER)
            return &foreword->statements[i - 1];
    }
    return &foreword->statements[foreword->n_statements - 1];
}

/* Quotation marks and the brackets of titles around the place that a text was read to. */
struct quotes {
    bool in_quotation, in_title;
};

static void
pass_quote(struct quotes *quotes, uint32_t c)
{
    if (c == 0x201C || c == 0x201D)
        quotes->in_quotation = c == 0x201C;
    else if (c == 0x300A || c == 0x300B)
        quotes->in_title = c == 0x300A;
}

bool
gb_is_quoted(struct gb_str key, size_t at)
{
    struct quotes quotes = {0};

    for (size_t i = 0; i < at;)
        pass_quote(&quotes, gb_utf8_at(key, i, &i));
    return quotes.in_quotation || quotes.in_title;
}

/* ---- FWD-002: order ---- */

static const uint8_t ranks[GB_FOREWORD_ITEM_COUNT] = {
    [GB_FOREWORD_BASIS] = 1,         [GB_FOREWORD_PARTS] = 2,    [GB_FOREWORD_REPLACEMENT] = 3,
    [GB_FOREWORD_INTERNATIONAL] = 4, [GB_FOREWORD_PATENT] = 5,   [GB_FOREWORD_OWNER] = 6,
    [GB_FOREWORD_ORGANISATIONS] = 7, [GB_FOREWORD_DRAFTERS] = 8, [GB_FOREWORD_HISTORY] = 9,
};

/* In 2009 the parts of the document are named before the rules of drafting. */
static uint8_t
rank_of(enum gb_edition edition, enum gb_foreword_item kind)
{
    if (edition == GB_EDITION_2009 && (kind == GB_FOREWORD_BASIS || kind == GB_FOREWORD_PARTS))
        return (uint8_t)(ranks[GB_FOREWORD_BASIS] + ranks[GB_FOREWORD_PARTS] - ranks[kind]);
    return ranks[kind];
}

enum { RANKS = 10 };

/* Statements of one item that stand together, with their entries. */
struct block {
    const struct gb_foreword_statement *first;
    uint8_t rank;
    bool is_kept;    /* of the longest run of blocks in order */
    uint32_t before; /* the block before it in the longest run that ends with it; itself: none */
};

typedef GB_ARRAY(struct block) block_array;

static void
collect_blocks(const struct gb_foreword *foreword, enum gb_edition edition, block_array *out)
{
    GB_EACH(const struct gb_foreword_statement, s, foreword->statements, foreword->n_statements) {
        uint8_t rank = rank_of(edition, s->kind);
        if (!gb_foreword_is_plain(s) || rank == 0)
            continue;
        if (out->len && out->items[out->len - 1].rank == rank)
            continue;
        *gb_push(out) = (struct block){.first = s, .rank = rank};
    }
}

/* Marks the longest run of blocks whose ranks do not fall: what is not in it stands wrong. The earlier blocks of two such runs stay. */
static void
mark_run(block_array *blocks)
{
    uint32_t length[RANKS] = {0}, last[RANKS] = {0};
    struct block *items = blocks->items;
    size_t best = 0;

    for (uint32_t i = 0; i < blocks->len; i++) {
        size_t from = 0;
        for (size_t r = 1; r <= items[i].rank; r++)
            from = length[r] > length[from] || (length[r] == length[from] && last[r] < last[from]) ? r : from;
        items[i].before = length[from] ? last[from] : i;
        if (length[from] + 1 > length[items[i].rank]) {
            length[items[i].rank] = length[from] + 1;
            last[items[i].rank] = i;
        }
    }
    for (size_t r = 1; r < RANKS; r++) {
        if (length[r] > length[best] || (length[r] == length[best] && last[r] < last[best]))
            best = r;
    }
    for (uint32_t i = last[best]; blocks->len; i = items[i].before) {
        items[i].is_kept = true;
        if (items[i].before == i)
            break;
    }
}

static struct gb_str
name_of(enum gb_foreword_item kind)
{
    static const struct gb_str names[] = {
#define X(id, zh) GB_WORD(zh),
        GB_FOREWORD_ITEMS(X)
#undef X
    };

    return names[kind];
}

/* Does the block begin a line of its own? *out_begin: that line. */
static bool
begins_line(const struct gb_doc *doc, const struct gb_foreword_statement *s, uint32_t *out_begin)
{
    struct gb_at at = GB_AT(s);

    *out_begin = gb_source_line_begin(doc->source, at.span.begin);
    return !at.by_line && doc->blanks_matter && s->node->kind == GB_NODE_PARA && *out_begin == at.span.begin;
}

/* Moves the lines of a block before another one. */
static void
offer_move(struct gb_check *c, struct gb_finding *f, const block_array *blocks, size_t moved, size_t target)
{
    const struct gb_doc *doc = c->doc;
    uint32_t begin, end, to;

    if (moved + 1 >= blocks->len || !begins_line(doc, blocks->items[moved].first, &begin) ||
        !begins_line(doc, blocks->items[moved + 1].first, &end) ||
        !begins_line(doc, blocks->items[target].first, &to) || end <= begin)
        return;
    struct gb_str text = gb_source_text(doc->source, (struct gb_span){begin, end});
    gb_fix(c, f, (struct gb_span){to, to}, text);
    gb_fix(c, f, (struct gb_span){begin, end}, GB_STR(""));
}

/* The block stands behind one that comes later, or before one that comes earlier. */
static void
report_block(struct gb_check *c, const block_array *blocks, size_t i)
{
    const struct block *items = blocks->items, *block = &items[i];
    size_t other = GB_NOT_FOUND;

    for (size_t k = 0; k < i && other == GB_NOT_FOUND; k++)
        other = items[k].is_kept && items[k].rank > block->rank ? k : GB_NOT_FOUND;
    bool is_late = other != GB_NOT_FOUND;
    for (size_t k = i + 1; !is_late && k < blocks->len; k++)
        other = items[k].is_kept && items[k].rank < block->rank ? k : other;
    if (other == GB_NOT_FOUND)
        return;
    struct gb_finding *f = gb_report_case(c, is_late ? NULL : "early", GB_AT(block->first), block->first->node,
                                          GB_ARGS(name_of(block->first->kind), name_of(items[other].first->kind)));
    gb_also(c, f, GB_AT(items[other].first),
            is_late ? gb_say(c, "应在它之前", "it comes before this") : gb_say(c, "应在它之后", "it comes after this"));
    if (is_late)
        offer_move(c, f, blocks, i, other);
}

/* 归口 in a statement before that of 提出: one item, whose parts have their order as well. */
static void
check_owner_order(struct gb_check *c, const struct gb_foreword *foreword)
{
    const struct gb_foreword_statement *keeper = NULL;

    GB_EACH(const struct gb_foreword_statement, s, foreword->statements, foreword->n_statements) {
        bool is_owner = s->kind == GB_FOREWORD_OWNER && gb_foreword_is_plain(s);
        bool proposes = is_owner && gb_key_has(s->key, "提出"), keeps = is_owner && gb_key_has(s->key, "归口");
        if (keeps && !proposes && !keeper)
            keeper = s;
        if (!proposes)
            continue;
        if (!keeps && keeper) {
            struct gb_finding *f =
                gb_report_case(c, "early", GB_AT(keeper), keeper->node, GB_ARGS(GB_STR("归口"), GB_STR("提出")));
            gb_also(c, f, GB_AT(s), gb_say(c, "应在它之后", "it comes after this"));
        }
        return;
    }
}

/* Source: GB/T 1.1—2020, 8.3; 2009, 6.1.3. A foreword put together from pages is not judged. */
static void
check_foreword_order(struct gb_check *c)
{
    enum { MOST_BLOCKS = 64 };
    const struct gb_foreword *foreword = gb_foreword_judged(c);
    block_array blocks = {0};

    if (!foreword || foreword->is_divided)
        return;
    check_owner_order(c, foreword);
    collect_blocks(foreword, c->facts->edition, &blocks);
    if (blocks.len && blocks.len <= MOST_BLOCKS) {
        mark_run(&blocks);
        for (size_t i = 0; i < blocks.len; i++) {
            if (!blocks.items[i].is_kept)
                report_block(c, &blocks, i);
        }
    }
    gb_array_release(&blocks);
}

/* ---- FWD-012: provisions ---- */

/* What a foreword does not hold, and whether in 2009 as well. */
static const struct {
    const char *zh, *en;
    bool is_old;
} forbidden[] = {
    [GB_TYPE_REQUIREMENT] = {"要求", "requirement", true},
    [GB_TYPE_INSTRUCTION] = {"指示", "instruction", false},
    [GB_TYPE_RECOMMENDATION] = {"推荐", "recommendation", true},
    [GB_TYPE_PERMISSION] = {"允许", "permission", false},
};

/* Of the publisher: what may be done with the paper, not with the document's subject. */
static bool
is_notice(struct gb_str key)
{
    return GB_HAS_ONE_OF(key, "版权", "著作权", "翻印", "复制");
}

/*
 * Source: GB/T 1.1—2020, 8.3; 2009, 6.1.3. Only statements of no item and those on editions: lists of changes and names of
 * organisations hold the words for other reasons. The request for comments on patents belongs to the cover of a draft.
 */
static void
check_foreword_provisions(struct gb_check *c)
{
    const struct gb_foreword *foreword = gb_foreword_judged(c);
    enum gb_edition edition = c->facts->edition;
    const struct gb_sentence *sentences = NULL;
    const struct gb_node *node = NULL;
    uint32_t n = 0, k = 0;

    for (uint32_t i = 0; foreword && i < foreword->n_statements; i++) {
        const struct gb_foreword_statement *s = &foreword->statements[i];
        if (s->node != node) {
            node = s->node;
            sentences = gb_sentences_of(c->facts, node, &n);
            k = 0;
        }
        while (k < n && sentences[k].text == s->text && sentences[k].end <= s->begin)
            k++;
        for (; k < n && sentences[k].text == s->text && sentences[k].begin < s->end; k++) {
            const struct gb_sentence *sentence = &sentences[k];
            enum gb_clause_type type = sentence->type;
            bool is_forbidden = forbidden[type].zh && (forbidden[type].is_old || edition == GB_EDITION_2020);
            bool asks = gb_key_has(s->key, "反馈") && type != GB_TYPE_REQUIREMENT; /* 请将意见反馈至…… */
            if ((s->kind != GB_FOREWORD_OTHER && s->kind != GB_FOREWORD_HISTORY) || !gb_foreword_is_plain(s) ||
                is_notice(s->key) || asks || !is_forbidden)
                continue;
            gb_report(c, gb_at_part(s->text, sentence->begin, sentence->end), node,
                      GB_ARGS(GB_WORDS_OF(sentence), gb_say(c, forbidden[type].zh, forbidden[type].en)));
        }
    }
}

/* ---- FWD-014: what is no item any more ---- */

/* Deletes a sentence; one that is a paragraph of its own goes with its line and the blank ones behind it. */
static void
offer_deletion(struct gb_check *c, struct gb_finding *f, const struct gb_foreword *foreword, uint32_t i)
{
    const struct gb_doc *doc = c->doc;
    const struct gb_foreword_statement *s = &foreword->statements[i];
    struct gb_span span = GB_AT(s).span;
    uint32_t begin, next;

    if (begins_line(doc, s, &begin) && i + 1 < foreword->n_statements &&
        begins_line(doc, &foreword->statements[i + 1], &next) && next > span.end &&
        gb_source_line_end(doc->source, span.begin) == span.end)
        span = (struct gb_span){begin, next};
    else if (!doc->blanks_matter && s->begin == 0 && s->end == s->text->str.len)
        return; /* an empty paragraph would be left */
    gb_fix(c, f, span, GB_STR(""));
}

/* Source: GB/T 1.1—2020, 8.3: a) to h) is all that the foreword holds; 2009, 6.1.3. */
static void
check_foreword_outdated(struct gb_check *c)
{
    static const char *const cases[] = {"annexes", "explained", "effective", "thanks", "disclaimer"};
    const struct gb_foreword *foreword = gb_foreword_judged(c);
    const struct gb_str *hints;
    size_t n_hints = gb_param_words(c, "hints", &hints);
    struct gb_match match;

    for (uint32_t i = 0; foreword && i < foreword->n_statements; i++) {
        const struct gb_foreword_statement *s = &foreword->statements[i];
        bool is_owner = s->kind == GB_FOREWORD_OWNER;
        if (!gb_foreword_is_plain(s) || (s->kind != GB_FOREWORD_OTHER && !is_owner) ||
            (n_hints && !gb_str_has_any(s->key, hints, n_hints)))
            continue;
        for (size_t k = 0; k < GB_COUNT(cases); k++) {
            if (!gb_param_match(c, cases[k], s->key, 0, &match) || gb_is_quoted(s->key, match.begin))
                continue;
            struct gb_at at = is_owner ? gb_foreword_at(s, match.begin, match.end) : GB_AT(s);
            struct gb_finding *f =
                gb_report_case(c, cases[k], at, s->node, GB_ARGS(gb_str_sub(s->key, match.begin, match.end)));
            if (k == 0)
                offer_deletion(c, f, foreword, i);
            break;
        }
    }
}

/* ---- FWD-016: the name ---- */

struct gb_str
gb_self_name_of(const struct gb_check *c)
{
    if (c->facts->edition == GB_EDITION_2020)
        return GB_STR("本文件");
    if (gb_str_is(c->facts->type, "GB/Z"))
        return GB_STR("本指导性技术文件");
    struct gb_buf key = {0};
    gb_foreword_key(c->doc->root->title.str, &key);
    struct gb_str title = gb_buf_take(&key, c->arena);
    struct gb_span number;
    GB_EACH_FOUND(at, title, GB_STR("第"), 0) {
        if (gb_part_at(title, at, &number))
            return GB_STR("本部分");
    }
    return GB_STR("本标准");
}

/* Words behind 本文件 where it is the draft that speaks of itself: other sentences have it in their fixed form. */
static bool
is_subject(struct gb_str key, size_t end)
{
    GB_WORDS(words, "由", "起草", "主要起草", "参加起草", "的起草", "代替", "按照", "依据", "为首次", "所代替",
             "及其所", "的主要起草", "首次", "是", "的附录");
    struct gb_str rest = gb_str_skip(key, end);

    return GB_STARTS_ANY(rest, words);
}

/* Which case a name at `at` is, in *out_which; false where it is right, or none. */
static bool
is_wrong_name(struct gb_str key, size_t at, enum gb_edition edition, const char **out_which, size_t *out_len)
{
    GB_WORDS(usual, "本标准", "本部分", "本指导性技术文件", "本标准化指导性技术文件");
    struct gb_str rest = gb_str_skip(key, at);
    bool is_new = gb_str_starts(rest, GB_STR("本文件"));

    *out_len = gb_self_name_at(key, at);
    *out_which = NULL;
    if (!*out_len)
        return false;
    if (edition == GB_EDITION_2020)
        return !is_new;
    if (is_new)
        return at == 0 && is_subject(key, *out_len);
    if (GB_STARTS_ANY(rest, usual))
        return false;
    *out_which = "kind";
    return at == 0 && is_subject(key, *out_len);
}

/* Once for a statement, with an edit for each of the first names in it. */
static void
check_names(struct gb_check *c, const struct gb_foreword_statement *s, struct gb_str own)
{
    enum { MOST_EDITS = 16 };
    enum gb_edition edition = c->facts->edition;
    struct quotes quotes = {0};
    struct gb_finding *f = NULL;

    for (size_t at = 0, next, n = 0; at < s->key.len && n < MOST_EDITS; at = next) {
        uint32_t character = gb_utf8_at(s->key, at, &next);
        const char *which;
        size_t len;
        pass_quote(&quotes, character);
        if (character != 0x672C /* 本 */ || quotes.in_quotation || quotes.in_title ||
            !is_wrong_name(s->key, at, edition, &which, &len))
            continue;
        struct gb_at place = gb_foreword_at(s, at, at + len);
        if (!f)
            f = gb_report_case(c, which, place, s->node, GB_ARGS(gb_str_sub(s->key, at, at + len), own));
        if (!f)
            return;
        gb_fix(c, f, place.span, own);
        n++;
    }
}

/* A part that calls itself 本部分 in the foreword, or a technical guidance document, does so where its owner and authors are named; 本标准 may be all parts elsewhere. */
static void
check_name_of_part(struct gb_check *c, const struct gb_foreword *foreword, const struct gb_foreword_statement *s,
                   struct gb_str own)
{
    struct gb_str other = GB_STR("本标准");
    bool names_parties =
        s->kind == GB_FOREWORD_OWNER || s->kind == GB_FOREWORD_ORGANISATIONS || s->kind == GB_FOREWORD_DRAFTERS;

    if (!names_parties || !gb_str_starts(s->key, other) || !is_subject(s->key, other.len) ||
        !gb_foreword_says(foreword, GB_FOREWORD_ITEM_COUNT, &own, 1))
        return;
    gb_report_fix(c, "part", gb_foreword_at(s, 0, other.len), s->node, own, GB_ARGS(other, own));
}

/* Source: GB/T 1.1—2020, 9.5.2; 2009, 8.1.2.1. The fixed sentences are FWD-001 and FWD-007. */
static void
check_foreword_names(struct gb_check *c)
{
    const struct gb_foreword *foreword = gb_foreword_judged(c);
    const struct gb_str *fixed;
    size_t n = gb_param_words(c, "basis", &fixed);
    struct gb_str own = gb_self_name_of(c);
    bool is_new = c->facts->edition == GB_EDITION_2020;

    for (uint32_t i = 0; foreword && i < foreword->n_statements; i++) {
        const struct gb_foreword_statement *s = &foreword->statements[i];
        bool is_notice = s->kind == GB_FOREWORD_PATENT && !(s->flags & GB_FOREWORD_ENTRY);
        bool is_fixed = s->kind == GB_FOREWORD_BASIS && (is_new || gb_key_has(s->key, "GB/T1.1—2020"));
        if (is_notice || (is_fixed && !(is_new && n && gb_basis_differs_in_name(s, fixed[0]))))
            continue;
        check_names(c, s, own);
        if (gb_str_is(own, "本部分") || gb_str_is(own, "本指导性技术文件"))
            check_name_of_part(c, foreword, s, own);
    }
}

const struct gb_check_def gb_foreword_checks[] = {
    {.name = "foreword-order", .whole = check_foreword_order, .cases = "early"},
    {.name = "foreword-provisions", .whole = check_foreword_provisions},
    {.name = "foreword-outdated",
     .whole = check_foreword_outdated,
     .cases = "annexes explained effective thanks disclaimer",
     .params = "hints:words annexes:pattern explained:pattern effective:pattern thanks:pattern "
               "disclaimer:pattern"},
    {.name = "foreword-names", .whole = check_foreword_names, .cases = "kind part", .params = "basis:words"},
    {0},
};
