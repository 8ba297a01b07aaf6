/*
 * Annexes as the text mentions them: in which order, at all, and with which force: ANX-003, ANX-004, ANX-005. A clause, figure,
 * table or formula of an annex (A.1, 图A.1) mentions the annex too.
 */
#include "check/annexes/annex_priv.h"
#include "check/structure/elements_priv.h"
#include "check/references/mentions_priv.h"

#include "facts/summary/exchange.h"

enum { LETTERS = 26 };

/* What is known of the mentions of one annex. */
struct annex_mentions {
    const struct gb_node *annex;    /* NULL: none with that letter, or its letter is not certain */
    const struct gb_mention *first; /* the first that counts, and the first that may count; NULL */
    const struct gb_mention *first_possible;
};

struct all_annexes {
    bool is_known;
    struct annex_mentions of[LETTERS];
};

/* The annex that a mention names, by the letter of its number. */
static int
letter_of(const struct gb_mention *mention)
{
    char letter = mention->num.letter;

    return gb_is_upper(letter) && !(mention->flags & GB_MENTION_EXTERNAL) ? letter - 'A' : -1;
}

static bool
is_inside_of(const struct gb_mention *mention, const struct gb_node *annex)
{
    return gb_node_inside(mention->node, GB_NODE_ANNEX) == annex;
}

/* Lists of changes in the foreword go by the chapters of two editions: they order nothing. */
static bool
counts_for_order(const struct gb_mention *mention)
{
    return gb_mention_is_sure(mention) && !gb_node_inside(mention->node, GB_NODE_FOREWORD);
}

static void
find_mentions(struct gb_check *c, struct all_annexes *all)
{
    const struct gb_annexes *annexes = gb_annexes_of(c);

    for (size_t i = 0; i < annexes->n; i++) {
        char letter = annexes->items[i].node->num.letter;
        if (gb_annex_is_sure(&annexes->items[i]) && gb_is_upper(letter))
            all->of[letter - 'A'].annex = annexes->items[i].node;
    }
    GB_EACH(const struct gb_mention, mention, c->facts->mentions, c->facts->n_mentions) {
        int letter = letter_of(mention);
        if (letter < 0 || !all->of[letter].annex || is_inside_of(mention, all->of[letter].annex))
            continue;
        struct annex_mentions *of = &all->of[letter];
        if (!of->first_possible && !gb_node_inside(mention->node, GB_NODE_FOREWORD))
            of->first_possible = mention;
        if (!of->first && counts_for_order(mention))
            of->first = mention;
    }
}

static const struct all_annexes *
all_of(struct gb_check *c)
{
    static const char key;
    struct all_annexes *all = gb_check_shared(c, &key, sizeof(*all));

    if (!all->is_known) {
        all->is_known = true;
        find_mentions(c, all);
    }
    return all;
}

/* ---- ANX-003 ---- */

/* The annexes in the order in which a reader comes upon them. */
struct order {
    const struct annex_mentions *list[LETTERS];
    size_t n;
    uint32_t known; /* letters in the list: one bit each */
};

/* Takes the annexes that are mentioned first from index `begin` of the mentions up to `end`. */
static void
add_mentioned(const struct gb_facts *facts, const struct all_annexes *all, uint32_t begin, uint32_t end,
              struct order *out)
{
    for (uint32_t i = begin; i < end; i++) {
        const struct gb_mention *m = &facts->mentions[i];
        int letter = letter_of(m);
        if (letter < 0 || !all->of[letter].first || out->known >> letter & 1 || !counts_for_order(m) ||
            is_inside_of(m, all->of[letter].annex))
            continue;
        out->known |= UINT32_C(1) << letter;
        out->list[out->n++] = &all->of[letter];
    }
}

/* Index of the first mention that stands at or behind a node. */
static uint32_t
mentions_from(const struct gb_facts *facts, uint32_t id)
{
    GB_SEEK(uint32_t, i, facts->n_mentions, facts->mentions[i].node->id < id);
    return i;
}

/* Mentions in annexes come behind those of the text, in the order that the annexes will have. */
static void
find_order(const struct gb_check *c, const struct all_annexes *all, struct order *out)
{
    const struct gb_facts *facts = c->facts;

    add_mentioned(facts, all, 0, mentions_from(facts, facts->first_annex->id), out);
    for (size_t i = 0; i < out->n; i++) {
        const struct gb_node *annex = out->list[i]->annex, *behind = gb_node_walk_past(annex, c->doc->root);
        add_mentioned(facts, all, mentions_from(facts, annex->id),
                      behind ? mentions_from(facts, behind->id) : facts->n_mentions, out);
    }
}

/*
 * Each annex in the place that its first mention gives it. Those that are not mentioned keep theirs; a mention that may be one leaves
 * it open which comes first.
 */
static void
fix_order(struct gb_check *c, struct gb_finding *finding, const struct all_annexes *all)
{
    const struct gb_nodes *annexes = &c->facts->of_kind[GB_NODE_ANNEX];
    struct order order = {0};
    gb_edit_array edits = {0};
    size_t next = 0;

    if (!gb_wants_fix(c, finding) || !c->facts->first_annex)
        return;
    find_order(c, all, &order);
    const struct gb_node **now = gb_arena_new_array(c->arena, const struct gb_node *, annexes->n);
    for (uint32_t i = 0; i < annexes->n; i++) {
        int letter = annexes->items[i]->num.letter - 'A';
        bool is_ordered =
            letter >= 0 && letter < LETTERS && all->of[letter].annex == annexes->items[i] && order.known >> letter & 1;
        now[i] = is_ordered ? order.list[next++]->annex : annexes->items[i];
        if (is_ordered && all->of[letter].first_possible != all->of[letter].first)
            return;
    }
    if (gb_exchange_annexes(c->doc, c->facts, now, &edits))
        gb_fix_edits(c, finding, edits.items, edits.len);
    gb_array_release(&edits);
}

/*
 * Annexes stand in the order in which they are mentioned first. One finding for each step back in the letters, at the mention
 * that comes too early. Source: GB/T 1.1—2020, 9.6.2; GB/T 1.1—2009, 5.2.7.
 */
static void
check_order(struct gb_check *c)
{
    const struct all_annexes *all = all_of(c);
    const struct annex_mentions *order[LETTERS];
    size_t n = 0, n_told = 0;

    for (size_t i = 0; i < LETTERS; i++) { /* by first mention */
        if (!all->of[i].first)
            continue;
        size_t k = n++;
        for (; k > 0 && order[k - 1]->first > all->of[i].first; k--)
            order[k] = order[k - 1];
        order[k] = &all->of[i];
    }
    for (size_t i = 1; i < n; i++) {
        const struct annex_mentions *early = order[i - 1], *late = order[i];
        if (early->annex->num.letter < late->annex->num.letter || late->first_possible <= early->first)
            continue;
        struct gb_str early_name = gb_arena_printf(c->arena, "附录%c", early->annex->num.letter);
        struct gb_str late_name = gb_arena_printf(c->arena, "附录%c", late->annex->num.letter);
        struct gb_finding *finding =
            gb_report(c, gb_mention_at(early->first), early->first->node, GB_ARGS(early_name, late_name));
        gb_also(c, finding, gb_mention_at(late->first), late_name);
        if (n_told++ == 0) /* it puts all of them in order */
            fix_order(c, finding, all);
    }
}

/* ---- ANX-004 ---- */

/* GB/T 8629—2017中表B.1: what stands before the word is the dated number of another document. */
static bool
is_behind_year(struct gb_str before)
{
    enum { YEAR = 4 };
    GB_WORDS(joints, "附", "的", "中");
    GB_WORDS(dashes, "—", "-");

    before = gb_str_trim(before);
    for (size_t i = 0; i < GB_COUNT(joints); i++) {
        if (gb_str_ends(before, joints[i]))
            before = gb_str_trim(gb_str_sub(before, 0, before.len - joints[i].len));
    }
    return before.len - gb_skip_digits_back(before, before.len) == YEAR &&
           GB_ENDS_ANY(gb_str_sub(before, 0, before.len - YEAR), dashes);
}

/* 附录A为规范性附录, 附录B、附录C为资料性附录: the foreword of old lists what annexes there are, and mentions none for its content. */
static bool
lists_natures(const struct gb_facts *facts, struct gb_str s, size_t at, uint32_t place)
{
    enum { FARTHEST = 100 };
    const struct gb_node *foreword = facts->foreword;

    if (!foreword || !foreword->next || place < foreword->span.begin || place >= foreword->next->span.begin)
        return false;
    struct gb_str rest = gb_str_sub(s, at, at + FARTHEST);
    return gb_str_has(gb_str_sub(rest, 0, gb_str_find(rest, GB_STR("。"), 0)), GB_STR("性附录"));
}

/* Letters behind 附录, 图 or 表 anywhere outside of contents and annexes' own heads: a mention in whatever form. One bit each. */
static uint32_t
letters_in_source(const struct gb_check *c, const struct all_annexes *all)
{
    GB_WORDS(words, "录", "图", "表", "见", "按", "～", "、");
    const struct gb_facts *facts = c->facts;
    const struct gb_source *source = c->doc->source;
    uint32_t letters = 0;

    for (uint32_t f = 0; f < source->n_files; f++) {
        struct gb_str s = source->files[f].text;
        for (size_t w = 0; w < GB_COUNT(words); w++) {
            for (size_t at = gb_str_find(s, words[w], 0); at != GB_NOT_FOUND; at = gb_str_find(s, words[w], at + 1)) {
                size_t next = at + words[w].len;
                uint32_t letter = ' ';
                while (next < s.len && gb_char_is_space(letter))
                    letter = gb_char_narrow(gb_utf8_at(s, next, &next));
                struct gb_str before = gb_str_trim(gb_str_sub(s, 0, at));
                bool is_annex = w == 0 && gb_str_ends(before, GB_STR("附")) && !gb_str_ends(before, GB_STR("性附"));
                if (is_annex && (letter == U'。' || letter == U'，' || letter == U'；' || letter == U'、'))
                    return UINT32_MAX; /* 见附录 。: its letter was lost */
                if (letter < 'A' || letter > 'Z' || !all->of[letter - 'A'].annex)
                    continue;
                const struct gb_node *annex = all->of[letter - 'A'].annex,
                                     *behind = gb_node_walk_past(annex, c->doc->root);
                uint32_t place = source->files[f].base + (uint32_t)at;
                bool is_own = place >= annex->span.begin && (!behind || place < behind->span.begin);
                bool is_contents = facts->toc && facts->toc->next && place >= facts->toc->span.begin &&
                                   place < facts->toc->next->span.begin;
                if (!is_own && !is_contents && !is_behind_year(gb_str_sub(s, 0, at)) &&
                    !lists_natures(facts, s, at, place))
                    letters |= UINT32_C(1) << (letter - 'A');
            }
        }
    }
    return letters;
}

/*
 * Each annex is mentioned in the text. Source: GB/T 1.1—2020, 9.6.1.2; GB/T 1.1—2009, 5.2.7.
 */
static void
check_mentioned(struct gb_check *c)
{
    enum { SHORT = 25 };
    const struct all_annexes *all = all_of(c);
    uint32_t silent = 0;
    bool is_searched = false;

    bool any = false;
    for (size_t i = 0; i < LETTERS; i++)
        any = any || all->of[i].first_possible;
    /* A short draft whose text mentions no annex at all has its text elsewhere. */
    if (!gb_is_whole_draft(c) || c->doc->is_partial || gb_is_excerpt(c->facts) ||
        (!any && c->facts->n_sentences < SHORT))
        return;
    size_t n_silent = 0, n_astray = gb_mentions_astray(c->facts, GB_MENTION_ANNEX, 0);
    for (size_t i = 0; i < LETTERS; i++)
        n_silent += all->of[i].annex && !all->of[i].first && !all->of[i].first_possible;
    for (size_t i = 0; i < LETTERS && n_silent > n_astray; i++) {
        const struct gb_node *annex = all->of[i].annex;
        if (!annex || all->of[i].first || all->of[i].first_possible)
            continue;
        if (!is_searched)
            silent = letters_in_source(c, all);
        is_searched = true;
        if (!(silent >> i & 1))
            gb_report(c, gb_at_head(annex), annex, GB_ARGS(gb_arena_printf(c->arena, "附录%c", annex->num.letter)));
    }
}

/* ---- ANX-005 ---- */

/* With which force a mention names an annex. UNSURE: its wording says neither. */
enum force { FORCE_UNSURE, FORCE_INFORMATIVE, FORCE_NORMATIVE };

/* Does a comma or semicolon part the words between? Then the modal before it may be that of another statement. */
static bool
is_parted(struct gb_str between)
{
    return GB_HAS_ONE_OF(between, "，", "；", ",");
}

/* The last modal before the mention in its sentence: it governs the verb before the mention. NULL: there is none. */
static const struct gb_modal *
modal_before(const struct gb_facts *facts, const struct gb_sentence *sentence, const struct gb_mention *mention)
{
    const struct gb_modal *found = NULL;

    GB_EACH_MODAL(modal, facts, sentence) {
        if (modal->end <= mention->begin)
            found = modal;
    }
    return found;
}

GB_WORDS(orders, "规定的", "的规定", "要求的", "的要求");

/* 按附录A测定，结果应…: an act that is told before the modal. Not 按附录A填写的表，…应…, which only names a thing. */
static bool
is_act_before_modal(const struct gb_facts *facts, const struct gb_mention *mention, const struct gb_sentence *sentence)
{
    if (!sentence->n_modals)
        return false;
    struct gb_str s = gb_str_sub(mention->text->str, mention->end, facts->modals[sentence->modals].begin);
    size_t comma = gb_str_find(s, GB_STR("，"), 0);
    return comma != GB_NOT_FOUND && !gb_str_has(gb_str_sub(s, GB_START(s, orders), comma), GB_STR("的"));
}

/* By 按 or 符合 the reader has to follow it, if a modal says so. */
static enum force
force_of_following(const struct gb_facts *facts, const struct gb_mention *mention, const struct gb_sentence *sentence)
{
    const struct gb_modal *modal = modal_before(facts, sentence, mention);
    enum gb_clause_type type = modal ? modal->type : sentence->type;
    bool is_inherited = sentence->flags & GB_SENTENCE_INHERITS;

    if (modal && (modal->is_negative || is_parted(gb_str_sub(mention->text->str, modal->end, mention->begin))))
        return FORCE_UNSURE;
    if (!modal && is_act_before_modal(facts, mention, sentence))
        type = GB_TYPE_STATEMENT;
    else if (!modal && !is_inherited && type != GB_TYPE_INSTRUCTION && type != GB_TYPE_STATEMENT)
        return FORCE_UNSURE; /* 按附录A填写的表应…: the modal is that of something else */
    switch (type) {
    case GB_TYPE_REQUIREMENT:
    case GB_TYPE_INSTRUCTION:
        return FORCE_NORMATIVE;
    case GB_TYPE_RECOMMENDATION:
        return gb_str_is(facts->function, "指南") ? FORCE_NORMATIVE : FORCE_INFORMATIVE;
    case GB_TYPE_PERMISSION:
        return FORCE_INFORMATIVE;
    default:
        return gb_str_is(facts->function, "规范") && mention->verb == GB_VERB_FOLLOW ? FORCE_NORMATIVE : FORCE_UNSURE;
    }
}

/* 经附录A规定的装置试验后，……应……; 在附录A规定的装置上安装……: what an order speaks of. */
static bool
is_used_by_order(const struct gb_mention *mention, const struct gb_sentence *sentence)
{
    return (sentence->type == GB_TYPE_REQUIREMENT || sentence->type == GB_TYPE_INSTRUCTION) &&
           GB_STARTS_ANY(gb_str_skip(mention->text->str, mention->end), orders);
}

static enum force
force_of(const struct gb_facts *facts, const struct gb_mention *mention)
{
    enum { NOT_TEXT = GB_MENTION_IN_CELL | GB_MENTION_IN_TITLE | GB_MENTION_NEGATED };

    if (!gb_mention_is_sure(mention) || mention->flags & NOT_TEXT || mention->sentence == GB_NO_SENTENCE)
        return FORCE_UNSURE;
    enum gb_zone zone = gb_zone_of(mention->node);
    if (mention->node->kind == GB_NODE_NOTE || mention->node->kind == GB_NODE_FOOTNOTE || zone == GB_ZONE_INTRO ||
        zone == GB_ZONE_INFORMATIVE_ANNEX)
        return FORCE_INFORMATIVE;
    const struct gb_sentence *sentence = &facts->sentences[mention->sentence];
    switch (mention->verb) {
    case GB_VERB_SEE:
    case GB_VERB_SEE_ALSO:
        return sentence->type == GB_TYPE_STATEMENT ? FORCE_INFORMATIVE : FORCE_UNSURE;
    case GB_VERB_FOLLOW:
    case GB_VERB_COMPLY:
        return force_of_following(facts, mention, sentence);
    default:
        return is_used_by_order(mention, sentence) ? FORCE_NORMATIVE : FORCE_UNSURE;
    }
}

/* What the mentions of an annex say of its nature: those outside of itself and of the foreword. */
struct nature {
    const struct gb_mention *normative, *informative; /* the first of each */
    bool has_unsure;
};

struct natures {
    bool is_known;
    struct nature of[LETTERS];
};

static void
read_natures(const struct gb_facts *facts, const struct all_annexes *all, struct natures *out)
{
    GB_EACH(const struct gb_mention, mention, facts->mentions, facts->n_mentions) {
        int letter = letter_of(mention);
        if (letter < 0 || !all->of[letter].annex || is_inside_of(mention, all->of[letter].annex) ||
            gb_node_inside(mention->node, GB_NODE_FOREWORD))
            continue;
        struct nature *nature = &out->of[letter];
        enum force force = force_of(facts, mention);
        nature->has_unsure = nature->has_unsure || force == FORCE_UNSURE;
        if (force == FORCE_NORMATIVE && !nature->normative)
            nature->normative = mention;
        if (force == FORCE_INFORMATIVE && !nature->informative)
            nature->informative = mention;
    }
}

static const struct natures *
natures_of(struct gb_check *c)
{
    static const char key;
    struct natures *natures = gb_check_shared(c, &key, sizeof(*natures));

    if (!natures->is_known)
        read_natures(c->facts, all_of(c), natures);
    natures->is_known = true;
    return natures;
}

bool
gb_annex_is_bound(struct gb_check *c, const struct gb_node *annex)
{
    const struct all_annexes *all = all_of(c);

    for (size_t i = 0; i < LETTERS; i++) {
        if (all->of[i].annex == annex)
            return natures_of(c)->of[i].normative;
    }
    return false;
}

/*
 * What a requirement or instruction mentions is normative, what is only referred to is informative, and the annex is labelled
 * so. 2009 lets 见 name a normative annex. Source: GB/T 1.1—2020, 9.6.1.2; GB/T 1.1—2009, 6.3.6, 6.4.1.1.
 */
static void
check_nature(struct gb_check *c)
{
    const struct gb_facts *facts = c->facts;
    const struct all_annexes *all = all_of(c);
    const struct natures *natures = natures_of(c);
    size_t n_astray = gb_mentions_astray(facts, GB_MENTION_ANNEX, 0); /* one of them may be the mention that binds */

    for (size_t i = 0; i < LETTERS; i++) {
        const struct gb_node *annex = all->of[i].annex;
        const struct nature *nature = &natures->of[i];
        const struct gb_mention *mention = NULL;
        if (annex && annex->nature == GB_NATURE_INFORMATIVE)
            mention = nature->normative;
        else if (annex && annex->nature == GB_NATURE_NORMATIVE && facts->edition == GB_EDITION_2020 &&
                 !nature->normative && !nature->has_unsure && n_astray == 0)
            mention = nature->informative;
        if (!mention)
            continue;
        struct gb_str label = annex->u.nature_text ? annex->u.nature_text->str : GB_STR("");
        if (!label.len) /* an attribute of the markup */
            label = gb_annex_nature_words(annex->nature, facts->edition);
        struct gb_finding *finding = gb_report_case(c, annex->nature == GB_NATURE_INFORMATIVE ? NULL : "informative",
                                                    gb_mention_at(mention), mention->node,
                                                    GB_ARGS(gb_mention_name(c->arena, mention),
                                                            gb_arena_printf(c->arena, "%c", annex->num.letter), label));
        gb_also(c, finding, gb_at_head(annex), gb_arena_printf(c->arena, "附录%c", annex->num.letter));
    }
}

const struct gb_check_def gb_annex_mention_checks[] = {
    {.name = "annex-order", .whole = check_order},
    {.name = "annex-mentioned", .whole = check_mentioned},
    {.name = "annex-nature", .whole = check_nature, .cases = "informative"},
    {0},
};
