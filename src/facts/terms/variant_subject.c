/*
 * Names by which sentences call what they are about: what stands before 应, 宜, 可, and the titles of clauses. Of any noun, not
 * only those with a head of variant.c. Words that say the same (入驻企业, 进驻企业), characters that are mixed up (坐席员,
 * 座席员), names drawn together (安全检查员, 安检员) and names without the word that the title of the draft has (检定装置 in
 * 水表检定规程) are told of as variants.
 */
#include "facts/terms/term_priv.h"

enum {
    NONE = UINT32_MAX,
    SHORTEST = 3 * GB_HAN,
    LONGEST = 12 * GB_HAN,
    MOST_SUBJECTS = 4096,
    RUNS_USUAL = 3, /* before a modal */
};

/* Short names of so many subjects that are looked for: few have one. */
#define MOST_SHORTS(n) ((n) / 4 + 16)

/* ---- collecting ---- */

static void
add_subject(struct gb_variant_reader *v, const struct gb_node *node, const struct gb_text *text, size_t begin,
            size_t end)
{
    struct gb_str words = gb_str_sub(text->str, begin, end);
    uint32_t which = (uint32_t)v->subjects.len, found, place = (uint32_t)v->subject_places.len;

    if (which >= v->most_subjects || gb_text_flags(text, begin) & (GB_RUN_CODE | GB_RUN_MATH | GB_RUN_QUOTE) ||
        !gb_index_add(&v->subject_index, words, which, &found))
        return;
    if (found == which)
        *gb_push(&v->subjects) = (struct gb_subject){.words = words, .first = place, .last = place};
    *gb_push(&v->subject_places) = (struct gb_subject_place){{node, text, (uint32_t)begin, (uint32_t)end}, NONE};
    struct gb_subject *subject = &v->subjects.items[found];
    if (subject->n++)
        v->subject_places.items[subject->last].next = place;
    subject->last = place;
}

/* The runs of Han characters in [begin, end) of a text, parted at 的, 和, 在 …; of two characters only listed persons: 病人. */
static void
add_runs(struct gb_term_reader *r, const struct gb_node *node, const struct gb_text *text, size_t begin, size_t end)
{
    const struct gb_han_words *listed = gb_rel_at(&r->facts->lexicon->variant_synonym_words);
    struct gb_str s = gb_str_sub(text->str, 0, end);
    size_t next = begin, run = begin;
    uint32_t before = 0, c = begin < end ? gb_utf8_at(s, begin, &next) : 0;

    for (size_t at = begin, after; at < end; at = next, next = after) {
        after = end;
        uint32_t behind = next < end ? gb_utf8_at(s, next, &after) : 0;
        bool is_end =
            (c == U'者' && before == U'或') || (!gb_variant_ends_word(before, c) && gb_variant_ends_run(c, behind));
        size_t stop = is_end ? at : next;
        struct gb_str words = gb_str_sub(s, run, stop);
        bool is_name =
            words.len >= SHORTEST || (words.len == 2 * GB_HAN && gb_words_start(listed, words) == words.len &&
                                      gb_variant_post_of(words) < GB_POSTS);
        if ((is_end || next == end) && is_name && stop - run <= LONGEST)
            add_subject(&r->variants, node, text, run, stop);
        run = is_end ? next : run;
        before = c;
        c = behind;
    }
}

/* Where the clause begins in which the modal stands: behind the last ， ； ：. */
static size_t
clause_before(struct gb_str s, size_t begin, size_t end)
{
    size_t from = begin;

    for (size_t at = begin, next; at < end; at = next) {
        uint32_t c = gb_utf8_at(s, at, &next);
        if (c == U'，' || c == U'；' || c == U'：' || c == U'。')
            from = next;
    }
    return from;
}

static bool
is_read(const struct gb_facts *facts, const struct gb_node *node)
{
    const struct gb_node *top = gb_node_top(node);

    return top != facts->references && !GB_AMONG(top->kind, GB_NODE_COVER, GB_NODE_TOC, GB_NODE_FOREWORD, GB_NODE_INTRO,
                                                 GB_NODE_BIBLIO, GB_NODE_INDEX, GB_NODE_TITLE);
}

static bool
is_short_title(const struct gb_node *clause)
{
    return clause->title.str.len >= SHORTEST && clause->title.str.len <= LONGEST;
}

void
gb_variant_collect_subjects(struct gb_term_reader *r)
{
    const struct gb_facts *facts = r->facts;
    struct gb_variant_reader *v = &r->variants;
    const struct gb_nodes *clauses = &facts->of_kind[GB_NODE_CLAUSE];

    uint32_t room = 0;
    GB_EACH_NODE(clause, clauses)
        room += is_short_title(clause);
    for (uint32_t i = 0; i < facts->n_sentences; i++)
        room += facts->sentences[i].n_modals ? RUNS_USUAL : 0;
    v->most_subjects = room < MOST_SUBJECTS ? room : MOST_SUBJECTS;
    gb_index_init(&v->subject_index, facts->arena, v->most_subjects);
    for (uint32_t i = 0; i < facts->n_sentences && v->subjects.len < v->most_subjects; i++) {
        const struct gb_sentence *sentence = &facts->sentences[i];
        if (sentence->n_modals == 0 || !is_read(facts, sentence->node))
            continue;
        size_t end = facts->modals[sentence->modals].begin;
        if (end - sentence->begin >= 2 * GB_HAN)
            add_runs(r, sentence->node, sentence->text, clause_before(sentence->text->str, sentence->begin, end), end);
    }
    for (uint32_t i = 0; i < clauses->n && v->subjects.len < v->most_subjects; i++) {
        if (is_short_title(clauses->items[i]) && is_read(facts, clauses->items[i]))
            add_runs(r, clauses->items[i], &clauses->items[i]->title, 0, clauses->items[i]->title.str.len);
    }
}

/* ---- forms that stand for each other ---- */

/* The usual form: each listed word replaced by the one that the list prefers. */
static struct gb_str
usual_form(const struct gb_lexicon *lexicon, struct gb_arena *arena, struct gb_str s)
{
    const struct gb_han_words *set = gb_rel_at(&lexicon->variant_synonym_words);
    const struct gb_rel *synonyms = &lexicon->variant_synonyms;

    for (size_t at = 0; at < s.len; at += GB_HAN) {
        size_t len = gb_words_start(set, gb_str_skip(s, at));
        for (uint32_t i = 0; len && i + 1 < synonyms->n; i += 2) {
            if (!gb_str_eq(gb_str_sub(s, at, at + len), gb_variant_listed(synonyms, i)))
                continue;
            struct gb_str by = gb_variant_listed(synonyms, i + 1);
            s = gb_variant_replaced(arena, s, at, len, by);
            len = by.len;
            break;
        }
        at += len ? len - GB_HAN : 0;
    }
    return s;
}

static void
add_member(struct gb_term_reader *r, uint32_t group, struct gb_str words, size_t shortest, enum gb_likeness likeness)
{
    struct gb_variant_reader *v = &r->variants;
    uint32_t subject;

    for (uint32_t i = v->groups.items[group].first; i != NONE; i = v->members.items[i].next) {
        if (gb_str_eq(v->members.items[i].words, words))
            return;
    }
    bool is_subject = gb_index_get(&v->subject_index, words, &subject);
    if (words.len < shortest && !is_subject)
        return;
    *gb_push(&v->members) = (struct gb_subject_member){.words = words,
                                                       .form = NONE,
                                                       .next = v->groups.items[group].first,
                                                       .likeness = likeness,
                                                       .subject = is_subject ? subject : NONE};
    v->groups.items[group].first = (uint32_t)v->members.len - 1;
}

static uint32_t
group_of(struct gb_term_reader *r, struct gb_str usual)
{
    struct gb_variant_reader *v = &r->variants;
    uint32_t which = (uint32_t)v->groups.len, found;

    if (!gb_index_add(&v->group_index, usual, which, &found))
        return NONE;
    if (found == which)
        *gb_push(&v->groups) = (struct gb_subject_group){NONE};
    return found;
}

/* The group of a name that has a listed word, with all its forms. */
static void
add_listed(struct gb_term_reader *r, struct gb_str words)
{
    const struct gb_rel *synonyms = &r->facts->lexicon->variant_synonyms;
    struct gb_arena *arena = r->facts->arena;
    struct gb_str usual = usual_form(r->facts->lexicon, arena, words);

    if (usual.len == 2 * GB_HAN && gb_str_ends(words, usual)) /* 救援 of 应急救援: an act, and no name */
        return;
    uint32_t group = group_of(r, usual);
    if (group == NONE || r->variants.groups.items[group].first != NONE)
        return;
    add_member(r, group, usual, 2 * GB_HAN, GB_SAME); /* 游客 for 旅游者 */
    for (uint32_t i = 0; i + 1 < synonyms->n; i += 2) {
        size_t at = gb_str_find(usual, gb_variant_listed(synonyms, i + 1), 0);
        if (at < usual.len && at % GB_HAN == 0)
            add_member(r, group,
                       gb_variant_replaced(arena, usual, at, gb_variant_listed(synonyms, i + 1).len,
                                           gb_variant_listed(synonyms, i)),
                       SHORTEST, GB_SAME);
    }
}

/* ---- ends that say the same ---- */

/* Length of the listed end of a name that stands for others: 管理区 and 管理区域 are one, 管理单位 and 管理机构 may be two. */
static size_t
listed_end(const struct gb_lexicon *lexicon, struct gb_str words, const struct gb_rel *ends)
{
    size_t end = gb_words_end(gb_rel_at(ends), words), stem = words.len - end;

    return end && stem >= 2 * GB_HAN && !gb_words_end(gb_rel_at(&lexicon->variant_own_ends), words) &&
                   (!gb_variant_has_head(lexicon, gb_str_skip(words, stem)) ||
                    !gb_variant_is_open_stem(lexicon, gb_str_sub(words, 0, stem)))
               ? end
               : 0;
}

/* The name with the word at `at` replaced by each of the list that says the same. */
static void
add_replacements(struct gb_term_reader *r, uint32_t group, struct gb_str words, size_t at, size_t len,
                 const struct gb_word_pairs *pairs, enum gb_likeness likeness)
{
    struct gb_str own = gb_str_sub(words, at, at + len), usual = gb_pairs_usual(pairs, own);
    uint32_t pair = 0;

    for (struct gb_str by; (by = gb_pairs_next(pairs, &pair, own, usual)).len > 0;)
        add_member(r, group, gb_variant_replaced(r->facts->arena, words, at, len, by), SHORTEST, likeness);
}

/* The same for each listed word in the name, but for an end that stands for no other. */
static void
add_replaced_words(struct gb_term_reader *r, uint32_t group, struct gb_str words, const struct gb_rel *listed,
                   const struct gb_word_pairs *pairs, enum gb_likeness likeness)
{
    size_t stop = words.len - gb_words_end(gb_rel_at(&r->facts->lexicon->variant_own_ends), words);

    for (size_t at = 0, len; at < stop; at += len ? len : GB_HAN) {
        len = gb_words_start(gb_rel_at(listed), gb_str_skip(words, at));
        if (len)
            add_replacements(r, group, words, at, len, pairs, likeness);
    }
}

/* 安检员 for 安全检查员: of two words of two characters the first ones. No word otherwise: of persons, or where it is a name as well. */
static struct gb_str
drawn_together(const struct gb_variant_reader *v, struct gb_arena *arena, struct gb_str words)
{
    enum { WORDS = 4 * GB_HAN };
    uint32_t found;
    char drawn[LONGEST];

    if (words.len <= WORDS)
        return (struct gb_str){NULL, 0};
    memcpy(drawn, words.ptr, GB_HAN);
    memcpy(drawn + GB_HAN, words.ptr + 2 * GB_HAN, GB_HAN);
    memcpy(drawn + 2 * GB_HAN, words.ptr + WORDS, words.len - WORDS);
    struct gb_str s = {drawn, words.len - 2 * GB_HAN};
    return gb_variant_post_of(words) < GB_POSTS || gb_index_get(&v->subject_index, s, &found)
               ? gb_arena_copy(arena, s)
               : (struct gb_str){NULL, 0};
}

/* 低温仓 for 低温库, 安检员 for 安全检查员. */
static void
add_subject_forms(struct gb_term_reader *r, struct gb_str words)
{
    const struct gb_rel *like = &r->facts->lexicon->variant_like_character_set;
    struct gb_str drawn = drawn_together(&r->variants, r->facts->arena, words);
    uint32_t group = drawn.len || gb_words_in(gb_rel_at(like), words) ? group_of(r, words) : NONE;

    if (group == NONE)
        return;
    add_member(r, group, words, SHORTEST, GB_OWN);
    add_replaced_words(r, group, words, like, &r->variants.like_characters, GB_ALIKE);
    if (drawn.len)
        add_member(r, group, drawn, SHORTEST, GB_SAME);
}

/*
 * A defined term with its other names, wherever they stand: listed words, other ends, 用 put in (施工用升降机); for information
 * where a word or end is one that often says the same (核实笔录 for 核验笔录).
 */
static void
add_term_forms(struct gb_term_reader *r, struct gb_str words)
{
    enum { PART = 2 * GB_HAN };
    const struct gb_lexicon *lexicon = r->facts->lexicon;
    const struct gb_variant_reader *v = &r->variants;
    size_t end = listed_end(lexicon, words, &lexicon->variant_end_words),
           likely_end = listed_end(lexicon, words, &lexicon->variant_likely_end_words);

    if (gb_words_in(gb_rel_at(&lexicon->variant_synonym_words), words))
        add_listed(r, words);
    uint32_t group = words.len >= SHORTEST ? group_of(r, words) : NONE;
    if (group == NONE)
        return;
    add_member(r, group, words, SHORTEST, GB_SAME);
    if (end)
        add_replacements(r, group, words, words.len - end, end, &v->ends, GB_SAME);
    add_replaced_words(r, group, words, &lexicon->variant_like_character_set, &v->like_characters, GB_ALIKE);
    for (size_t at = PART; at + PART <= words.len; at += GB_HAN)
        add_member(r, group, gb_variant_replaced(r->facts->arena, words, at, 0, GB_STR("用")), SHORTEST, GB_SAME);
    if (likely_end)
        add_replacements(r, group, words, words.len - likely_end, likely_end, &v->likely_ends, GB_LIKELY);
    add_replaced_words(r, group, words, &lexicon->variant_likely_word_set, &v->likely_words, GB_LIKELY);
}

/* The defined terms of the draft; a vocabulary has names near each other as its subject. */
static void
add_terms_forms(struct gb_term_reader *r)
{
    enum { MOST_TERMS = 400 };

    for (size_t i = 0; r->designations.len < MOST_TERMS && i < r->designations.len; i++) {
        const struct gb_designation *designation = &r->designations.items[i];
        if (designation->status == GB_DESIGNATION_PREFERRED &&
            r->terms.items[designation->term].kind == GB_TERM_ENTRY && designation->words.len >= 2 * GB_HAN &&
            designation->words.len <= LONGEST && gb_variant_is_han(designation->words))
            add_term_forms(r, designation->words);
    }
}

/* ---- short names ---- */

/* 工作人员, 管理人员, 提供方: what anybody may be called. */
static bool
is_general(const struct gb_lexicon *lexicon, struct gb_str words)
{
    for (size_t head = GB_HAN; head <= 2 * GB_HAN && head + 2 * GB_HAN <= words.len; head += GB_HAN) {
        struct gb_str stem = gb_str_sub(words, 0, words.len - head);
        if (gb_words_end(gb_rel_at(&lexicon->variant_open_stems), stem) == stem.len)
            return true;
        if (head == GB_HAN && gb_variant_post_of(words) < GB_POSTS &&
            gb_variant_posts[gb_variant_post_of(words)].group == GB_POST_PARTY &&
            gb_words_has(gb_rel_at(&lexicon->verbs), stem))
            return true;
    }
    return false;
}

/*
 * 检定装置 for 水表检定装置 in 水表检定规程: what is left out is the subject of the draft. Of persons the short name may be another
 * sentence's subject. Where several names end alike, the short one is none of them.
 */
static void
add_short_names(struct gb_term_reader *r, uint32_t which)
{
    enum { PART = 2 * GB_HAN };
    struct gb_variant_reader *v = &r->variants;
    const struct gb_lexicon *lexicon = r->facts->lexicon;
    struct gb_str words = v->subjects.items[which].words;
    bool is_used = v->subjects.items[which].n >= 2;

    for (size_t at = PART; at + SHORTEST <= words.len && v->shorts.len < MOST_SHORTS(v->subjects.len); at += GB_HAN) {
        struct gb_str left_out = gb_str_sub(words, 0, at), rest = gb_str_skip(words, at);
        uint32_t index = (uint32_t)v->shorts.len, found, subject;
        bool is_post = gb_variant_post_of(rest) < GB_POSTS,
             is_subject = gb_index_get(&v->subject_index, rest, &subject);
        if (!is_post && !is_subject)
            continue;
        bool is_of_title = gb_variant_is_of_title(r->facts, left_out) && !gb_variant_is_of_title(r->facts, words);
        if ((!is_of_title && !(is_post && is_subject)) || is_general(lexicon, rest) ||
            gb_variant_is_kind_word(lexicon, left_out) || !gb_index_add(&v->short_index, rest, index, &found))
            continue;
        if (found == index)
            *gb_push(&v->shorts) = (struct gb_short_name){rest, which, NONE, is_of_title, !is_used};
        else
            v->shorts.items[found].is_ambiguous = true;
    }
}

/* How many names may begin a group; notes which. */
static size_t
most_groups(struct gb_term_reader *r)
{
    struct gb_variant_reader *v = &r->variants;
    const struct gb_han_words *listed = gb_rel_at(&r->facts->lexicon->variant_synonym_words);
    size_t n = 2 * r->designations.len;

    GB_EACH_IN_PLACE(subject, &v->subjects) {
        subject->is_listed = gb_words_in(listed, subject->words);
        n += (subject->is_listed ? 1u : 0u) + (subject->n >= 2 ? 1u : 0u);
    }
    return n;
}

/* How many words the index has to take, at most; the forms are made here. */
size_t
gb_variant_subject_forms(struct gb_term_reader *r)
{
    struct gb_variant_reader *v = &r->variants;
    size_t n = v->subjects.len;

    gb_pairs_init(&v->ends, &r->facts->lexicon->variant_ends, r->facts->arena);
    gb_pairs_init(&v->likely_ends, &r->facts->lexicon->variant_likely_ends, r->facts->arena);
    gb_pairs_init(&v->like_characters, &r->facts->lexicon->variant_like_characters, r->facts->arena);
    gb_pairs_init(&v->likely_words, &r->facts->lexicon->variant_likely_words, r->facts->arena);
    gb_index_init(&v->group_index, r->facts->arena, most_groups(r));
    gb_index_init(&v->short_index, r->facts->arena, MOST_SHORTS(n));
    add_terms_forms(r);
    for (size_t i = 0; i < n; i++) {
        const struct gb_subject *subject = &v->subjects.items[i];
        if (subject->is_listed)
            add_listed(r, subject->words);
        add_short_names(r, (uint32_t)i);
        if (subject->n >= 2)
            add_subject_forms(r, subject->words);
    }
    return v->members.len + v->shorts.len;
}

/* The value in the index of words of a name that the pass over the texts shall look for. */
static uint32_t
add_form(struct gb_term_reader *r, struct gb_str words)
{
    struct gb_variant_reader *v = &r->variants;
    uint32_t form = (uint32_t)v->forms.len, found;

    if (!gb_index_add(&r->index, words, GB_INDEX_FORM | form, &found))
        return NONE;
    if (found == (GB_INDEX_FORM | form))
        *gb_push(&v->forms) = (struct gb_term_form){.words = words, .designation = NONE};
    return found;
}

void
gb_variant_add_subject_forms(struct gb_term_reader *r)
{
    struct gb_variant_reader *v = &r->variants;

    GB_EACH_IN_PLACE(member, &v->members) {
        if (member->likeness != GB_OWN)
            member->form = add_form(r, member->words);
    }
    for (uint32_t i = 0; i < v->shorts.len; i++)
        v->shorts.items[i].form = v->shorts.items[i].is_ambiguous ? NONE : add_form(r, v->shorts.items[i].words);
}

bool
gb_variant_is_subject_form(const struct gb_term_reader *r, uint32_t value)
{
    return !(value & GB_INDEX_HEAD) && value & GB_INDEX_FORM &&
           r->variants.forms.items[value & ~GB_INDEX_FORM].designation == NONE;
}

/* ---- pairs ---- */

struct judging {
    const struct gb_facts *facts;
    struct gb_term_reader *r;
};

/* Nothing before it says whose or which it is: 高风险项目的经营者, 县级登记机构. */
static bool
stands_unqualified(const struct gb_variant_place *place)
{
    size_t other;
    struct gb_str s = place->text->str;
    uint32_t before = place->begin ? gb_char_before(s, place->begin) : 0;

    return before != U'的' &&
           (gb_variant_ends_run(before, gb_utf8_at(s, place->begin, &other)) || gb_variant_is_counted(s, place->begin));
}

/* 办理会员证, 挑出瑕疵书: what is done with it. */
static bool
stands_behind_verb(const struct gb_lexicon *lexicon, const struct gb_variant_place *place)
{
    struct gb_str before = gb_str_sub(place->text->str, 0, place->begin);

    return gb_words_end(gb_rel_at(&lexicon->verbs), before) > 0 ||
           gb_words_end(gb_rel_at(&lexicon->instructions), before) > 0 || GB_ENDS_WITH(before, "出", "入", "回");
}

/* 抢险物资 in 应急抢险物资, which is a form as well. */
static bool
lies_within_longer(const struct judging *j, const struct gb_subject_group *group, const struct gb_variant_place *place)
{
    const struct gb_subject_member *members = j->r->variants.members.items;

    for (uint32_t i = group->first; i != NONE; i = members[i].next) {
        if (members[i].words.len > place->end - place->begin && gb_variant_lies_within(place, members[i].words))
            return true;
    }
    return false;
}

static struct gb_variant_form
subject_form(const struct judging *j, const struct gb_subject *subject)
{
    struct gb_variant_place *places = gb_arena_new_array(j->facts->arena, struct gb_variant_place, subject->n);
    uint32_t n = 0;

    for (uint32_t i = subject->first; i != NONE; i = j->r->variants.subject_places.items[i].next)
        places[n++] = j->r->variants.subject_places.items[i].place;
    return (struct gb_variant_form){subject->words, places, n};
}

/* All places of a form, of a short one those where it is the whole name; of a defined name those where it is used. */
static struct gb_variant_form
places_of(const struct judging *j, const struct gb_subject_group *group, const struct gb_subject_member *member,
          bool *out_given)
{
    struct gb_variant_form form = {member->words, NULL, 0};

    if (member->likeness == GB_OWN) {
        *out_given = false;
        return subject_form(j, &j->r->variants.subjects.items[member->subject]);
    }
    *out_given = member->form != NONE && !(member->form & (GB_INDEX_FORM | GB_INDEX_HEAD));
    if (member->form == NONE || member->form & GB_INDEX_HEAD)
        return form;
    if (*out_given)
        return gb_variant_form_of_uses(j->facts, j->r, member->form);
    const struct gb_term_form *found = &j->r->variants.forms.items[member->form & ~GB_INDEX_FORM];
    if (found->designation != NONE) /* told of as a form of that term */
        return form;
    struct gb_variant_place *places =
        gb_arena_new_array(j->facts->arena, struct gb_variant_place, found->places.len + 1);
    GB_EACH_IN(place, &found->places) {
        if (lies_within_longer(j, group, place))
            continue;
        if (member->words.len > SHORTEST ||
            ((stands_unqualified(place) || stands_behind_verb(j->facts->lexicon, place)) &&
             gb_variant_ends_name(j->facts->lexicon, place->text->str, place->end)))
            places[form.n_places++] = *place;
    }
    form.places = places;
    return form;
}

/* Heads of items of one list, titles beside each other: who lists both tells them apart. */
static bool
stand_beside(const struct gb_variant_form *a, const struct gb_variant_form *b)
{
    for (uint32_t i = 0; i < a->n_places && i < GB_VARIANT_MOST_PLACES; i++) {
        const struct gb_variant_place *x = &a->places[i];
        for (uint32_t k = 0; k < b->n_places && k < GB_VARIANT_MOST_PLACES; k++) {
            const struct gb_variant_place *y = &b->places[k];
            if (x->node != y->node && x->node->parent == y->node->parent &&
                ((x->node->kind == GB_NODE_ITEM && y->node->kind == GB_NODE_ITEM && x->begin == 0 && y->begin == 0) ||
                 (x->text == &x->node->title && y->text == &y->node->title)))
                return true;
        }
    }
    return false;
}

static void
add_pair(struct judging *j, enum gb_variant_kind kind, struct gb_variant_form kept, struct gb_variant_form other,
         bool is_certain)
{
    *gb_push(&j->r->variants.subject_pairs) = (struct gb_variant){kind, is_certain, kept, other};
}

/* 手工采样用滤膜 says what the 滤膜 is for. */
static bool
says_purpose(const struct gb_lexicon *lexicon, const struct gb_variant_form *form, struct gb_str kept)
{
    struct gb_str use = GB_STR("用");

    return form->words.len == kept.len + use.len && gb_str_has(form->words, use) && !gb_str_has(kept, use) &&
           !stands_unqualified(form->places) && !stands_behind_verb(lexicon, form->places);
}

/* One of a group against the one to keep. */
static void
judge_member(struct judging *j, const struct gb_variant_form *kept, bool is_given, const struct gb_variant_form *form,
             enum gb_likeness likeness)
{
    bool is_apart = is_given || likeness == GB_ALIKE ? gb_variant_is_contrasted(j->facts, form, kept->words)
                                                     : gb_variant_are_told_apart(form, kept);
    bool is_rarer = likeness == GB_ALIKE ? 2 * form->n_places <= kept->n_places + is_given
                                         : form->n_places <= kept->n_places || kept->n_places == 0;

    if (is_apart || says_purpose(j->facts->lexicon, form, kept->words) ||
        (likeness >= GB_ALIKE && (!is_rarer || stand_beside(form, kept))))
        return;
    add_pair(j, GB_VARIANT_FILLED, *kept, *form, likeness != GB_LIKELY && (kept->n_places >= 2 || is_given));
}

/* Of the forms of a group the one that is defined, or stands most often, is kept. */
static void
judge_group(struct judging *j, const struct gb_subject_group *group)
{
    const struct gb_subject_member *members = j->r->variants.members.items, *keeper = NULL;
    struct gb_variant_form kept = {0};
    bool is_given = false, is_named = false, given;

    for (uint32_t i = group->first; i != NONE; i = members[i].next) {
        struct gb_variant_form form = places_of(j, group, &members[i], &given);
        is_named = is_named || given || (form.n_places && members[i].subject != NONE);
        bool is_better = form.n_places > kept.n_places || (form.n_places == kept.n_places && form.n_places &&
                                                           form.places->node->id < kept.places->node->id);
        /* A defined name that is not used is the one to keep as well. */
        if ((form.n_places || given) && (given > is_given || (given == is_given && is_better))) {
            kept = form;
            keeper = &members[i];
            is_given = given;
        }
    }
    for (uint32_t i = group->first; i != NONE && is_named; i = members[i].next) {
        struct gb_variant_form form = places_of(j, group, &members[i], &given);
        if (&members[i] != keeper && !given && form.n_places)
            judge_member(j, &kept, is_given, &form,
                         members[i].likeness > keeper->likeness ? members[i].likeness : keeper->likeness);
    }
}

/*
 * Was the full name just said: in the same clause, or in a title above? Behind it the short one is the usual way to go on.
 */
static bool
stands_near(const struct gb_variant_place *place, const struct gb_variant_form *full)
{
    const struct gb_node *clause = gb_node_clause(place->node);

    for (const struct gb_node *n = clause; n; n = n->parent) {
        if (gb_str_has(n->title.str, full->words))
            return true;
    }
    for (uint32_t k = 0; k < full->n_places && k < GB_VARIANT_MOST_PLACES; k++) {
        if (gb_node_clause(full->places[k].node) == clause)
            return true;
    }
    return false;
}

/* Places where the short name stands for itself, far from the full one. */
static struct gb_variant_form
short_form(const struct judging *j, const struct gb_term_form *found, const struct gb_variant_form *full)
{
    struct gb_variant_place *places = gb_arena_new_array(j->facts->arena, struct gb_variant_place, found->places.len);
    struct gb_variant_form form = {found->words, places, 0};

    for (size_t i = 0; i < found->places.len && i < GB_VARIANT_MOST_PLACES; i++) {
        const struct gb_variant_place *place = &found->places.items[i];
        if (is_read(j->facts, place->node) && stands_unqualified(place) && !stands_near(place, full))
            places[form.n_places++] = *place;
    }
    return form;
}

/* Two sentences far from the full name are about what has the short one. */
static bool
is_subject_far(const struct judging *j, struct gb_str words, const struct gb_variant_form *full)
{
    GB_WORDS(modals, "应", "宜", "可", "不应", "不宜");
    uint32_t which, n = 0;

    if (!gb_index_get(&j->r->variants.subject_index, words, &which))
        return false;
    const struct gb_subject *subject = &j->r->variants.subjects.items[which];
    for (uint32_t i = subject->first; i != NONE && n < 2; i = j->r->variants.subject_places.items[i].next) {
        const struct gb_variant_place *place = &j->r->variants.subject_places.items[i].place;
        struct gb_str behind = gb_str_skip(place->text->str, place->end);
        n += GB_STARTS_ANY(behind, modals) && stands_unqualified(place) && !stands_near(place, full);
    }
    return n >= 2;
}

static void
judge_shortened(struct judging *j, const struct gb_short_name *name)
{
    const struct gb_subject *full = &j->r->variants.subjects.items[name->full];

    if (name->is_ambiguous || name->form == NONE || !gb_variant_is_subject_form(j->r, name->form))
        return;
    struct gb_variant_form kept = subject_form(j, full);
    struct gb_variant_form form = short_form(j, &j->r->variants.forms.items[name->form & ~GB_INDEX_FORM], &kept);
    /* 登记表 for 旧书登记表: a thing is often called so. */
    bool is_party = gb_variant_has_head(j->facts->lexicon, form.words);
    if (form.n_places < (is_party ? 1 : 2) || gb_variant_stands_with(&form, full->words))
        return;
    add_pair(j, GB_VARIANT_SHORTENED, kept, form,
             name->is_of_title && (is_party || is_subject_far(j, name->words, &kept)));
}

/* ---- two names that differ in their end, or in a word within ---- */

static void
judge_two(struct judging *j, uint32_t first, uint32_t second, bool is_certain)
{
    const struct gb_subject *a = &j->r->variants.subjects.items[first], *b = &j->r->variants.subjects.items[second];
    uint32_t which;
    bool a_given = gb_is_designation(j->r, a->words, &which), b_given = gb_is_designation(j->r, b->words, &which);

    if ((a_given && b_given) || a->n + b->n < 3)
        return;
    bool is_first = a_given != b_given ? a_given : a->n >= b->n;
    struct gb_variant_form kept = subject_form(j, is_first ? a : b), other = subject_form(j, is_first ? b : a);
    if (!gb_variant_are_told_apart(&kept, &other) && !stand_beside(&kept, &other))
        add_pair(j, GB_VARIANT_FILLED, kept, other, is_certain && (kept.n_places >= 2 || a_given || b_given));
}

/* 布草间 and 布草房: the name with each word of the list that says the same as its own, where that is a name as well. */
static void
judge_word(struct judging *j, const struct gb_word_pairs *pairs, uint32_t which, size_t at, size_t len, bool is_certain)
{
    const struct gb_variant_reader *v = &j->r->variants;
    struct gb_str words = v->subjects.items[which].words, own = gb_str_sub(words, at, at + len),
                  behind = gb_str_skip(words, at + len), usual = gb_pairs_usual(pairs, own);
    char other[2 * LONGEST];

    memcpy(other, words.ptr, at);
    uint32_t pair = 0;
    for (struct gb_str by; (by = gb_pairs_next(pairs, &pair, own, usual)).len > 0;) {
        uint32_t found;
        if (by.len > LONGEST)
            continue;
        memcpy(other + at, by.ptr, by.len);
        memcpy(other + at + by.len, behind.ptr, behind.len);
        if (gb_index_get(&v->subject_index, (struct gb_str){other, at + by.len + behind.len}, &found) &&
            (gb_str_eq(by, usual) || found < which))
            judge_two(j, found, which, is_certain);
    }
}

static void
find_ends(struct judging *j, const struct gb_word_pairs *pairs, const struct gb_rel *ends, bool is_certain)
{
    const struct gb_variant_reader *v = &j->r->variants;

    for (uint32_t i = 0; i < v->subjects.len; i++) {
        struct gb_str words = v->subjects.items[i].words;
        size_t end = listed_end(j->facts->lexicon, words, ends);
        if (end)
            judge_word(j, pairs, i, words.len - end, end, is_certain);
    }
}

/* 巡查记录表 and 巡检记录表: words that often say the same. */
static void
find_likely_words(struct judging *j)
{
    const struct gb_lexicon *lexicon = j->facts->lexicon;
    const struct gb_variant_reader *v = &j->r->variants;

    for (uint32_t i = 0; i < v->subjects.len; i++) {
        struct gb_str words = v->subjects.items[i].words;
        for (size_t at = 0; at < words.len && words.len >= 4 * GB_HAN; at += GB_HAN) {
            size_t len = gb_words_start(gb_rel_at(&lexicon->variant_likely_word_set), gb_str_skip(words, at));
            if (len)
                judge_word(j, &j->r->variants.likely_words, i, at, len, false);
        }
    }
}

/* 装卸|作业|区, 适配|服务|机构: without a word that names no other thing behind an act. */
static void
find_fillings(struct judging *j)
{
    enum { PART = 2 * GB_HAN };
    const struct gb_variant_reader *v = &j->r->variants;
    const struct gb_lexicon *lexicon = j->facts->lexicon;
    char shorter[LONGEST];

    for (uint32_t i = 0; i < v->subjects.len; i++) {
        struct gb_str words = v->subjects.items[i].words;
        for (size_t at = PART, end; at < words.len; at += GB_HAN) {
            uint32_t found;
            end = at + gb_words_start(gb_rel_at(&lexicon->variant_fillings), gb_str_skip(words, at));
            if (end == at || end == words.len || gb_str_is(gb_str_sub(words, at, end), "管理") ||
                gb_variant_makes_kind(lexicon, gb_str_sub(words, 0, at)))
                continue;
            memcpy(shorter, words.ptr, at);
            memcpy(shorter + at, words.ptr + end, words.len - end);
            if (gb_index_get(&v->subject_index, (struct gb_str){shorter, words.len - (end - at)}, &found))
                judge_two(j, found, i, true);
        }
    }
}

void
gb_find_subject_variants(struct gb_term_reader *r)
{
    struct judging j = {r->facts, r};

    for (uint32_t i = 0; i < r->variants.groups.len; i++)
        judge_group(&j, &r->variants.groups.items[i]);
    for (uint32_t i = 0; i < r->variants.shorts.len; i++)
        judge_shortened(&j, &r->variants.shorts.items[i]);
    const struct gb_lexicon *lexicon = r->facts->lexicon;
    find_ends(&j, &r->variants.ends, &lexicon->variant_end_words, true);
    find_ends(&j, &r->variants.likely_ends, &lexicon->variant_likely_end_words, false);
    find_likely_words(&j);
    find_fillings(&j);
}

void
gb_variant_release_subjects(struct gb_variant_reader *v)
{
    GB_RELEASE(&v->subjects, &v->subject_places, &v->groups, &v->members, &v->shorts, &v->subject_pairs);
}
