/*
 * Sentences of the draft and their clause types; rule catalogue 4.2 and 4.3. One pass over the bytes of each text finds ends of
 * sentences, quotations and modals; a table says at which characters it stops.
 */
#include "facts/facts_priv.h"
#include "base/sort.h"
#include "facts/sentences/act_priv.h"
#include "facts/sentences/instruction_priv.h"
#include "facts/sentences/modal_priv.h"

#include "base/array.h"
#include "doc/joined.h"
#include "text/chars.h"
#include "text/utf8.h"

enum {
    DEEPEST = 16,                 /* open brackets that are remembered */
    LONGEST_QUOTE = 500 * GB_HAN, /* a bracket that closes later than this belongs to another one */
};

GB_NAME_OF(gb_clause_type_name, enum gb_clause_type, GB_CLAUSE_TYPES)

/* An open bracket, with what was found up to it. */
struct open {
    size_t at, n_ends, n_modals;
    uint8_t which;
};

/* A modal in the text that is being read. */
struct found {
    size_t begin;
    const struct gb_entry *entry;
};

/* Technical sentences without a modal from `first` on, and those of them in the imperative. */
struct doubts {
    size_t n_technical, n_imperative, first;
};

struct reader {
    struct gb_facts *facts;
    const struct gb_lexicon *lexicon;
    GB_ARRAY(struct gb_sentence) sentences;
    GB_ARRAY(struct gb_modal) modals;

    /* Of the text being read. */
    struct gb_joined joined;
    GB_ARRAY(struct gb_span) masks; /* code, formulas, quoted runs: in order, bytes of joined.str */
    GB_ARRAY(size_t) ends;          /* behind each sentence */
    GB_ARRAY(struct found) found;
    struct open open[DEEPEST];
    size_t n_open;
    bool in_list, in_definition, in_foreword;
    const struct gb_node *parent; /* of the last node that was asked whether it gives instructions, and the answer */
    bool gives_instructions, is_technical;

    /* Where no title promises instructions: of the chapter being read, and of the document. */
    struct doubts in_chapter, in_all;

    const struct gb_node *list; /* of the last item, and its lead-in */
    struct gb_sentence lead;
    bool has_lead;
};

/* ── one text ──────────────────────────────────────────────────────────── */

/* Stretches of the text that are not the draft's own words by their markup. */
static void
find_masks(struct reader *r, const struct gb_text *text)
{
    size_t end = text->off + text->str.len, gap = 0;

    r->masks.len = 0;
    for (uint32_t i = 0; i < text->n_runs; i++) {
        size_t from = text->runs[i].at, to = i + 1 < text->n_runs ? text->runs[i + 1].at : end;
        if (!(text->runs[i].flags & (GB_RUN_CODE | GB_RUN_MATH | GB_RUN_QUOTE)))
            continue;
        from = (from < text->off ? text->off : from) - text->off;
        to = (to > end ? end : to) - (to > text->off ? text->off : to);
        if (from >= to)
            continue;
        while (gap < r->joined.gaps.len && r->joined.gaps.items[gap] + gap < from)
            gap++;
        size_t begin = from - gap;
        while (gap < r->joined.gaps.len && r->joined.gaps.items[gap] + gap < to)
            gap++;
        *gb_push(&r->masks) = (struct gb_span){(uint32_t)begin, (uint32_t)(to - gap)};
    }
}

static void
add_end(struct reader *r, size_t begin, size_t end)
{
    if (r->ends.len && r->ends.items[r->ends.len - 1] == begin)
        r->ends.items[r->ends.len - 1] = end; /* ？！ */
    else
        *gb_push(&r->ends) = end;
}

static void
open_bracket(struct reader *r, uint8_t which, size_t at)
{
    if (r->n_open == DEEPEST)
        memmove(r->open, r->open + 1, --r->n_open * sizeof(*r->open));
    r->open[r->n_open++] = (struct open){at, r->ends.len, r->found.len, which};
}

/* What a bracket holds ends no sentence; what quotes and titles hold is not said by the draft. Returns false for one that opens nothing. */
static bool
close_bracket(struct reader *r, uint8_t which, size_t at)
{
    for (size_t i = r->n_open; i-- > 0;) {
        const struct open *open = &r->open[i];
        if (open->which != which)
            continue;
        if (at - open->at > LONGEST_QUOTE)
            return false;
        r->n_open = i;
        r->ends.len = open->n_ends < r->ends.len ? open->n_ends : r->ends.len;
        if (which != GB_BRACKET_ROUND && open->n_modals < r->found.len)
            r->found.len = open->n_modals;
        return true;
    }
    return false;
}

/* A half-width mark ends a sentence behind a Han character where none but Han or a blank follows. */
static bool
is_narrow_end(struct gb_str s, size_t at, size_t next)
{
    if (!gb_char_is_han(gb_char_before(s, at)))
        return false;
    if (next == s.len)
        return true;
    uint32_t c = gb_char_at(s, next);
    return c == ' ' || c == '\n' || gb_char_is_han(c);
}

/* A hard line break ends a sentence, unless it stands in the middle of running text. */
static bool
is_break_end(struct gb_str s, size_t at)
{
    while (at && s.ptr[at - 1] == ' ')
        at--;
    uint32_t c = gb_char_before(s, at);
    return !(gb_char_is_han(c) || c == 0xFF0C || c == 0x3001 || c == ',');
}

static void
stop_at(struct reader *r, const struct gb_stop_row *row, size_t at, size_t next)
{
    struct gb_str s = r->joined.str;

    switch (row->stop) {
    case GB_STOP_NONE:
        break;
    case GB_STOP_CORE: {
        size_t floor = 0;
        if (r->found.len) {
            const struct found *last = &r->found.items[r->found.len - 1];
            floor = last->begin + last->entry->word.n;
        }
        const struct gb_entry *entry =
            at < floor ? NULL
                       : gb_modal_at(r->lexicon, gb_lexicon_core(r->lexicon, row), s, floor, at, r->in_definition);
        if (entry)
            *gb_push(&r->found) = (struct found){at - entry->core, entry};
        break;
    }
    case GB_STOP_END:
        add_end(r, at, next);
        break;
    case GB_STOP_NARROW_END:
        if (is_narrow_end(s, at, next))
            add_end(r, at, next);
        break;
    case GB_STOP_SEMICOLON:
        if (r->in_list)
            add_end(r, at, next);
        break;
    case GB_STOP_OPEN:
        open_bracket(r, row->which, at);
        break;
    case GB_STOP_CLOSE:
        close_bracket(r, row->which, at);
        break;
    case GB_STOP_TOGGLE:
        if (!close_bracket(r, row->which, at))
            open_bracket(r, row->which, at);
        break;
    case GB_STOP_BREAK:
        if (is_break_end(s, at))
            add_end(r, at, next);
        break;
    }
}

/* Stops at the characters of the table between `at` and `end`. */
static void
scan(struct reader *r, size_t at, size_t end)
{
    const struct gb_lexicon *lexicon = r->lexicon;
    const unsigned char *s = (const unsigned char *)r->joined.str.ptr;

    while (at < end) {
        unsigned c = s[at];
        if (c >= 0xE0 && c < 0xF0) {
            if (gb_lexicon_stops(lexicon, s + at)) {
                uint32_t code_point = (c & 0xF) << 12 | (s[at + 1] & 0x3Fu) << 6 | (s[at + 2] & 0x3Fu);
                stop_at(r, gb_lexicon_stop(lexicon, code_point), at, at + GB_HAN);
            }
            at += GB_HAN;
        } else if (c < 0x80) {
            if (lexicon->ascii_stops[c >> 6] >> (c & 0x3F) & 1)
                stop_at(r, gb_lexicon_stop(lexicon, c), at, at + 1);
            at++;
        } else {
            at += c < 0xE0 ? 2 : 4;
        }
    }
}

static void
scan_text(struct reader *r)
{
    size_t at = 0, len = r->joined.str.len;

    r->ends.len = r->found.len = r->n_open = 0;
    for (size_t i = 0; i < r->masks.len; i++) {
        scan(r, at, r->masks.items[i].begin);
        at = r->masks.items[i].end;
    }
    scan(r, at, len);
    if (r->ends.len == 0 || r->ends.items[r->ends.len - 1] < len)
        *gb_push(&r->ends) = len;
}

/* ── sentences of a text ───────────────────────────────────────────────── */

/* Offsets of joined text to those of the text itself, asked in ascending order. */
struct mapper {
    const struct gb_joined *joined;
    size_t gap;
};

static uint32_t
map_begin(struct mapper *map, size_t at)
{
    while (map->gap < map->joined->gaps.len && map->joined->gaps.items[map->gap] <= at)
        map->gap++;
    return (uint32_t)(at + map->gap);
}

static uint32_t
map_end(const struct mapper *map, size_t at)
{
    size_t gap = map->gap;

    while (gap < map->joined->gaps.len && map->joined->gaps.items[gap] < at)
        gap++;
    return (uint32_t)(at + gap);
}

static size_t
skip_blanks(struct gb_str s, size_t at, size_t end)
{
    while (at < end) {
        size_t next;
        if (!gb_char_is_space(gb_utf8_at(s, at, &next)))
            break;
        at = next;
    }
    return at;
}

static size_t
trim_blanks(struct gb_str s, size_t begin, size_t end)
{
    while (end > begin) {
        size_t before;
        if (!gb_char_is_space(gb_utf8_before(s, end, &before)))
            break;
        end = before;
    }
    return end;
}

static bool
is_question(struct gb_str sentence)
{
    return gb_str_ends(sentence, GB_STR("？")) || gb_str_ends(sentence, GB_STR("?"));
}

/* 起草单位：…: names of bodies and persons, in the foreword. */
static bool
lists_parties(struct gb_str sentence)
{
    GB_WORDS(words, "起草单位", "起草人", "参编单位", "参编人", "参加单位", "起草人员", "编制单位", "编制人",
             "审查人员");

    if (!gb_str_has(sentence, GB_STR("：")) && !gb_str_has(sentence, GB_STR(":")))
        return false;
    return GB_HAS_ANY(sentence, words);
}

/*
 * 固定床轮，放下床挡。 among others of its kind: where many sentences of the chapter, or of the document, are in the imperative, the
 * rest is read like that of a procedure.
 */
static void
settle_doubts(struct reader *r, struct doubts *doubts, size_t share)
{
    bool is_procedure = doubts->n_imperative * share >= doubts->n_technical;

    for (size_t i = doubts->first; is_procedure && i < r->sentences.len; i++) {
        struct gb_sentence *sentence = &r->sentences.items[i];
        struct gb_str s = gb_str_sub(sentence->text->str, sentence->begin, sentence->end);
        struct gb_span verb = {0};
        if (sentence->flags & GB_SENTENCE_DOUBTFUL && !gb_str_has(s, GB_STR("负责"))) /* a duty is told */
            verb = gb_instruction_verb(r->lexicon, s, 0, s.len);
        if (verb.begin < verb.end)
            sentence->flags |= GB_SENTENCE_IMPERATIVE;
        sentence->flags &= (uint8_t)~GB_SENTENCE_DOUBTFUL;
    }
    *doubts = (struct doubts){.first = r->sentences.len};
}

static bool
gives_instructions(struct reader *r, const struct gb_node *node)
{
    if (r->parent != node->parent) {
        r->parent = node->parent;
        r->gives_instructions = gb_gives_instructions(r->facts, r->lexicon, node->parent);
        r->is_technical = gb_is_technical(node->parent);
    }
    return r->gives_instructions;
}

/*
 * 安装支架能承受…: the ability in the first clause is the predicate, unless an act finds it out, brings it about, or takes what is able, or the
 * clause is a condition: 确认设备能启动, 调节…使指针能…, 选取能代表总体的样本, 如可能，….
 */
static bool
is_able(const struct reader *r, struct gb_str sentence, size_t modal)
{
    GB_WORDS(aims, "使", "让", "至", "直到", "确保", "保证", "保持", "以便");
    size_t comma = gb_str_find(sentence, GB_STR("，"), 0);

    if (modal == GB_NOT_FOUND || modal >= comma || gb_begins(&r->lexicon->inst_finders, sentence))
        return false;
    struct gb_str act = gb_str_sub(sentence, 0, modal), clause = gb_str_sub(sentence, 0, comma);
    bool is_condition = clause.len < sentence.len &&
                        (gb_begins(&r->lexicon->inst_conditions, sentence) || gb_act_ends_in_time(r->lexicon, clause));
    bool takes =
        gb_words_has(gb_rel_at(&r->lexicon->inst_takers), act) && gb_str_has(gb_str_skip(clause, modal), GB_STR("的"));
    return !is_condition && !takes && !GB_HAS_ANY(act, aims);
}

/* `modal`: the place in the sentence of the first word of ability or possibility; GB_NOT_FOUND: none. */
static void
add_instruction(struct reader *r, const struct gb_node *node, struct gb_sentence *sentence, size_t begin, size_t end,
                size_t modal, struct mapper *map)
{
    if (node->kind != GB_NODE_PARA && node->kind != GB_NODE_ITEM)
        return;
    enum { LONGEST = 500 * GB_HAN }; /* an act is told in the first words */
    end = end - begin > LONGEST ? begin + LONGEST : end;
    struct gb_str sentence_text = gb_str_sub(r->joined.str, begin, end);
    if (is_able(r, sentence_text, modal) ||
        (modal != GB_NOT_FOUND &&
         gb_str_ends(gb_str_sub(sentence_text, 0, modal), GB_STR("，")))) /* 生石灰遇水放热，能灭菌 */
        return;
    if (!gives_instructions(r, node)) {
        r->in_chapter.n_technical += r->is_technical;
        r->in_all.n_technical += r->is_technical;
        if (!r->is_technical || !gb_may_instruct(r->lexicon, sentence_text))
            return;
        if (gb_is_imperative(r->lexicon, sentence_text)) {
            sentence->flags |= GB_SENTENCE_IMPERATIVE;
            r->in_chapter.n_imperative++;
            r->in_all.n_imperative++;
        } else if (modal == GB_NOT_FOUND) {
            sentence->flags |= GB_SENTENCE_DOUBTFUL;
        }
        return;
    }
    struct gb_span verb = gb_instruction_verb(r->lexicon, r->joined.str, begin, end);
    if (verb.begin == verb.end ||
        (modal != GB_NOT_FOUND && verb.begin > begin + modal && /* 收到请求后，服务器能返回… */
         !gb_str_has(gb_str_sub(r->joined.str, begin + modal, verb.begin), GB_STR("，"))))
        return;
    /* 登记机构根据申请发放证书，并公示: 并 goes on what somebody does. */
    if (gb_str_ends(gb_str_sub(r->joined.str, begin, verb.begin), GB_STR("，并")))
        return;
    sentence->type = GB_TYPE_INSTRUCTION;
    sentence->n_modals++;
    *gb_push(&r->modals) =
        (struct gb_modal){.begin = map_begin(map, verb.begin),
                          .end = map_end(map, verb.end),
                          .type = GB_TYPE_INSTRUCTION,
                          .word = gb_arena_copy(r->facts->arena, gb_str_sub(r->joined.str, verb.begin, verb.end))};
}

static void
add_modals(struct reader *r, struct gb_sentence *sentence, size_t first, size_t last, struct mapper *map)
{
    for (size_t i = first; i < last; i++) {
        const struct found *found = &r->found.items[i];
        uint32_t begin = map_begin(map, found->begin);
        *gb_push(&r->modals) = (struct gb_modal){.begin = begin,
                                                 .end = map_end(map, found->begin + found->entry->word.n),
                                                 .type = found->entry->type,
                                                 .is_negative = found->entry->is_negative,
                                                 .word = gb_rel_str(&found->entry->word)};
        if (found->entry->type > sentence->type)
            sentence->type = found->entry->type;
    }
    sentence->n_modals += (uint32_t)(last - first);
}

/* Type and modals of the sentence; `found` is the number of its first modal in r->found, and becomes that of the next sentence. */
static void
add_sentence(struct reader *r, const struct gb_node *node, const struct gb_text *text, size_t begin, size_t end,
             size_t *found, struct mapper *map)
{
    size_t first = *found, last = first;
    struct gb_str words = gb_str_sub(r->joined.str, begin, end);
    struct gb_sentence sentence = {.node = node,
                                   .text = text,
                                   .modals = (uint32_t)r->modals.len,
                                   .type = GB_TYPE_STATEMENT};
    enum gb_clause_type strongest = GB_TYPE_STATEMENT;

    while (last < r->found.len && r->found.items[last].begin < end) {
        enum gb_clause_type type = r->found.items[last++].entry->type;
        strongest = type > strongest ? type : strongest;
    }
    *found = last;
    sentence.begin = map_begin(map, begin);
    if (r->in_foreword && lists_parties(words)) {
        sentence.flags |= GB_SENTENCE_PARTIES;
    } else if (!is_question(words)) {
        if (strongest == GB_TYPE_STATEMENT)
            add_instruction(r, node, &sentence, begin, end,
                            first < last ? r->found.items[first].begin - begin : GB_NOT_FOUND, map);
        add_modals(r, &sentence, first, last, map);
    }
    sentence.end = map_end(map, end);
    *gb_push(&r->sentences) = sentence;
}

static void
read_text(struct reader *r, const struct gb_node *node, const struct gb_text *text)
{
    struct mapper map = {&r->joined, 0};
    size_t begin = 0, found = 0;

    if (!text->str.len)
        return;
    if (text->n_runs > 1) {
        gb_join(text, &r->joined);
    } else { /* a line break is a run of its own */
        r->joined.str = text->str;
        r->joined.gaps.len = 0;
    }
    find_masks(r, text);
    scan_text(r);
    for (size_t i = 0; i < r->ends.len; i++) {
        size_t from = skip_blanks(r->joined.str, begin, r->ends.items[i]);
        size_t to = trim_blanks(r->joined.str, from, r->ends.items[i]);
        if (from < to)
            add_sentence(r, node, text, from, to, &found, &map);
        begin = r->ends.items[i];
    }
}

/* ── lead-ins ──────────────────────────────────────────────────────────── */

static bool
ends_in_colon(struct gb_str sentence)
{
    return gb_str_ends(sentence, GB_STR("：")) || gb_str_ends(sentence, GB_STR(":"));
}

/* What stands between a lead-in and its list does not part them. */
static bool
is_aside(const struct gb_node *node)
{
    return node->kind == GB_NODE_COMMENT || node->kind == GB_NODE_NOTE || node->kind == GB_NODE_FOOTNOTE;
}

/* The last sentence of a paragraph or item that a list, table or figure follows. */
static bool
is_lead_in(const struct gb_node *node, struct gb_str sentence)
{
    GB_WORDS(promises, "下列", "以下", "如下");
    const struct gb_node *next = node->kind == GB_NODE_ITEM ? node->first : node->next;

    while (next && is_aside(next))
        next = next->next;
    if (!next || (next->kind != GB_NODE_LIST && next->kind != GB_NODE_TABLE && next->kind != GB_NODE_FIGURE))
        return false;
    if (ends_in_colon(sentence))
        return true;
    if (!gb_str_ends(sentence, GB_STR("。")))
        return false;
    if (GB_HAS_ANY(sentence, promises))
        return true;
    return next->kind == GB_NODE_LIST;
}

/* Finds the lead-in of a list: the last sentence before it, or of the item that holds it. */
static void
find_lead(struct reader *r, const struct gb_node *list, const uint32_t *first_sentence)
{
    const struct gb_node *lead = list->prev;

    if (r->list == list)
        return;
    r->list = list;
    r->has_lead = false;
    while (lead && is_aside(lead))
        lead = lead->prev;
    if (!lead && list->parent->kind == GB_NODE_ITEM)
        lead = list->parent;
    if (!lead || (lead->kind != GB_NODE_PARA && lead->kind != GB_NODE_ITEM))
        return;
    uint32_t from = first_sentence[lead->id], to = first_sentence[lead->id + 1];
    if (from < to && r->sentences.items[to - 1].flags & GB_SENTENCE_LEAD_IN) {
        r->lead = r->sentences.items[to - 1];
        r->has_lead = true;
    }
}

/* The item around a paragraph, or the item itself. */
static const struct gb_node *
item_of(const struct gb_node *node)
{
    if (node->kind == GB_NODE_PARA)
        node = node->parent;
    return node->kind == GB_NODE_ITEM ? node : NULL;
}

/* 登记内容如下：: the items are no acts, though they begin with verbs. */
static bool
leads_to_things(const struct reader *r)
{
    struct gb_str lead = gb_str_sub(r->lead.text->str, r->lead.begin, r->lead.end);

    return gb_words_in(gb_rel_at(&r->lexicon->lead_things), lead) &&
           !gb_words_in(gb_rel_at(&r->lexicon->lead_acts), lead);
}

static void
inherit(struct reader *r, const struct gb_node *node, size_t from, const uint32_t *first_sentence)
{
    const struct gb_node *item = item_of(node);

    if (!item || item->parent->kind != GB_NODE_LIST)
        return;
    find_lead(r, item->parent, first_sentence);
    for (size_t i = from; r->has_lead && i < r->sentences.len; i++) {
        struct gb_sentence *sentence = &r->sentences.items[i];
        sentence->flags |= r->lead.flags & GB_SENTENCE_PARTIES;
        if (sentence->flags & (GB_SENTENCE_IMPERATIVE | GB_SENTENCE_DOUBTFUL) && leads_to_things(r))
            sentence->flags &= (uint8_t) ~(GB_SENTENCE_IMPERATIVE | GB_SENTENCE_DOUBTFUL);
        if (sentence->type != GB_TYPE_STATEMENT &&
            !(sentence->type == GB_TYPE_INSTRUCTION && (r->lead.type != GB_TYPE_STATEMENT || leads_to_things(r))))
            continue;
        if (sentence->type == GB_TYPE_INSTRUCTION) { /* its verb, the first of its modals, makes none here */
            sentence->modals++;
            sentence->n_modals--;
        }
        sentence->type = r->lead.type;
        sentence->flags |= GB_SENTENCE_INHERITS;
    }
}

/* ── the document ──────────────────────────────────────────────────────── */

static void
read_node(struct reader *r, const struct gb_node *node, uint32_t *first_sentence)
{
    size_t from = r->sentences.len;

    r->in_list = item_of(node) != NULL;
    r->in_definition = node->kind == GB_NODE_PARA && node->parent->kind == GB_NODE_TERM;
    if (node->kind == GB_NODE_TABLE) {
        for (uint32_t i = 0; node->u.table && i < node->u.table->n_cells; i++)
            read_text(r, node, &node->u.table->cells[i].text);
        return;
    }
    read_text(r, node, &node->text);
    for (size_t i = from; node->kind == GB_NODE_ABBR && i < r->sentences.len; i++) {
        if (r->sentences.items[i].type != GB_TYPE_PERMISSION) /* 可外借图书 is a noun; TRM-030 wants the others */
            continue;
        r->sentences.items[i].type = GB_TYPE_STATEMENT;
        r->sentences.items[i].n_modals = 0;
    }
    if (r->sentences.len == from || (node->kind != GB_NODE_PARA && node->kind != GB_NODE_ITEM))
        return;
    inherit(r, node, from, first_sentence);
    struct gb_sentence *last = &r->sentences.items[r->sentences.len - 1];
    if (is_lead_in(node, gb_str_sub(last->text->str, last->begin, last->end)))
        last->flags |= GB_SENTENCE_LEAD_IN;
}

/* Elements whose text is no text of the standard. */
static bool
is_mute(enum gb_node_kind kind)
{
    return kind == GB_NODE_COVER || kind == GB_NODE_TOC || kind == GB_NODE_BIBLIO || kind == GB_NODE_INDEX;
}

static const enum gb_node_kind speaking[] = {GB_NODE_PARA,     GB_NODE_ITEM,  GB_NODE_NOTE,  GB_NODE_EXAMPLE,
                                             GB_NODE_FOOTNOTE, GB_NODE_WHERE, GB_NODE_TABLE, GB_NODE_ABBR};

/* The nodes that hold text, merged in document order from the lists by kind. */
struct merge {
    const struct gb_nodes *lists[GB_COUNT(speaking)];
    uint32_t at[GB_COUNT(speaking)];
};

static const struct gb_node *
next_node(struct merge *merge)
{
    size_t best = GB_COUNT(speaking);
    const struct gb_node *node = NULL;

    for (size_t i = 0; i < GB_COUNT(speaking); i++) {
        if (merge->at[i] == merge->lists[i]->n)
            continue;
        const struct gb_node *other = merge->lists[i]->items[merge->at[i]];
        if (!node || other->id < node->id) {
            node = other;
            best = i;
        }
    }
    if (node)
        merge->at[best]++;
    return node;
}

void
gb_find_sentences(struct gb_facts *facts, const struct gb_lexicon *lexicon)
{
    enum { CHAPTER_SHARE = 6, ALL_SHARE = 5 }; /* one sentence in the imperative for so many */
    struct reader r = {.facts = facts, .lexicon = lexicon};
    struct merge merge = {0};
    uint32_t *first = gb_arena_new_array(facts->arena, uint32_t, facts->n_nodes + 1), id = 0;
    const struct gb_node *node, *root = facts->of_kind[GB_NODE_DOC].items[0], *element = root->first;

    for (size_t i = 0; i < GB_COUNT(speaking); i++)
        merge.lists[i] = &facts->of_kind[speaking[i]];
    while ((node = next_node(&merge))) {
        while (id <= node->id)
            first[id++] = (uint32_t)r.sentences.len;
        while (element && element->next && element->next->id <= node->id) {
            element = element->next;
            settle_doubts(&r, &r.in_chapter, CHAPTER_SHARE);
        }
        r.in_foreword = element && element->kind == GB_NODE_FOREWORD;
        if (!element || !is_mute(element->kind))
            read_node(&r, node, first);
        first[id] = (uint32_t)r.sentences.len;
    }
    settle_doubts(&r, &r.in_chapter, CHAPTER_SHARE);
    settle_doubts(&r, &r.in_all, ALL_SHARE);
    while (id <= facts->n_nodes)
        first[id++] = (uint32_t)r.sentences.len;
    facts->first_sentence = first;
    GB_KEEP(facts->arena, &r.sentences, facts->sentences, facts->n_sentences);
    facts->modals = gb_arena_copy_bytes(facts->arena, r.modals.items, r.modals.len * sizeof(*r.modals.items));
    GB_RELEASE(&r.modals, &r.masks, &r.ends, &r.found);
    gb_joined_release(&r.joined);
}

/* ── look-up ───────────────────────────────────────────────────────────── */

const struct gb_sentence *
gb_sentence_at(const struct gb_facts *facts, const struct gb_node *node, const struct gb_text *text, size_t at)
{
    uint32_t n;
    const struct gb_sentence *all = gb_sentences_of(facts, node, &n);

    /* Cells lie in one array, in the order of their sentences. */
    GB_SEEK(uint32_t, i, n, node->kind == GB_NODE_TABLE && all[i].text != text ? all[i].text < text : all[i].end <= at);
    return i < n && all[i].text->str.ptr == text->str.ptr && all[i].begin <= at ? &all[i] : NULL;
}
