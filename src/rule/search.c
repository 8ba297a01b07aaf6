/* One pass over a text for the words of all rules, and from them to the rules whose patterns may match in it. */
#include "rule/run_priv.h"
#include "text/utf8.h"

/* Characters by ten of their bits: of most it tells that they are not among them. */
struct characters {
    uint64_t bits[16];
};

/* Words in which a hit does not count. */
struct gb_exempt {
    struct gb_value words;
    size_t shortest;              /* bytes of the shortest of them */
    struct characters characters; /* all of theirs: beside most hits stands none */
};

/* Literals with which the matches of a pattern begin. */
struct gb_openers {
    const struct gb_str *items;
    size_t n;
    struct characters heads; /* their first characters */
};

static bool
looks_here(const struct gb_check *check, const struct gb_piece *piece)
{
    const struct gb_places *places = &check->rule->head->places;

    return check->is_on && gb_has_bit(places->kinds, piece->node->kind) && gb_has_bit(places->zones, piece->zone) &&
           gb_has_bit(places->parts, piece->part);
}

/* A Latin word counts only as a whole: "ISO" is not in "ISOMER". */
static bool
is_part_of_word(struct gb_str s, size_t begin, size_t end)
{
    return (begin > 0 && gb_is_alnum(s.ptr[begin]) && gb_is_alnum(s.ptr[begin - 1])) ||
           (end < s.len && gb_is_alnum(s.ptr[end - 1]) && gb_is_alnum(s.ptr[end]));
}

/* Ten bits of a character, of its last two bytes. */
static unsigned
character_key(const char *last)
{
    unsigned third = (unsigned char)last[0], second = third < 0x80 ? third : (unsigned char)last[-1];

    return (third & 0xF) << 6 | (second & 0x3F);
}

static bool
has_character(const struct characters *characters, const char *last)
{
    unsigned key = character_key(last);

    return characters->bits[key / 64] >> (key % 64) & 1;
}

static void
add_character(struct characters *characters, const char *last)
{
    unsigned key = character_key(last);

    characters->bits[key / 64] |= UINT64_C(1) << (key % 64);
}

static const struct gb_exempt *
exempt_of(struct gb_check *check)
{
    struct gb_exempt *exempt;

    if (check->exempt)
        return check->exempt;
    exempt = gb_arena_new(check->arena, struct gb_exempt);
    exempt->words = gb_rule_value(check->rule, GB_SEARCH_EXEMPT);
    exempt->shortest = SIZE_MAX;
    for (size_t i = 0, n = gb_value_count(&exempt->words); i < n; i++) {
        struct gb_str word = gb_value_word(&exempt->words, i);
        exempt->shortest = word.len < exempt->shortest ? word.len : exempt->shortest;
        for (size_t at = 0; at < word.len;) {
            gb_utf8_at(word, at, &at);
            add_character(&exempt->characters, word.ptr + at - 1);
        }
    }
    return check->exempt = exempt;
}

/* Where one of the words holds the hit and more, one of its characters stands beside it. */
static bool
may_be_exempt(const struct gb_exempt *exempt, struct gb_str s, size_t begin, size_t end)
{
    size_t next = end;

    if (end - begin >= exempt->shortest || (begin > 0 && has_character(&exempt->characters, s.ptr + begin - 1)))
        return true;
    if (end < s.len)
        gb_utf8_at(s, end, &next);
    return next > end && has_character(&exempt->characters, s.ptr + next - 1);
}

/* Does the hit lie inside one of the words that the entry exempts? */
static bool
is_exempt(const struct gb_exempt *exempt, struct gb_str s, size_t begin, size_t end)
{
    size_t n = gb_value_count(&exempt->words);

    if (!n || !may_be_exempt(exempt, s, begin, end))
        return false;
    for (size_t i = 0; i < n; i++) {
        struct gb_str word = gb_value_word(&exempt->words, i);
        size_t from = end > word.len ? end - word.len : 0;
        for (size_t at = from; word.len && at <= begin && at + word.len <= s.len; at++) {
            if (s.ptr[at] == word.ptr[0] && s.ptr[at + word.len - 1] == word.ptr[word.len - 1] &&
                memcmp(s.ptr + at, word.ptr, word.len) == 0)
                return true;
        }
    }
    return false;
}

/* Does it stand where the rule does not look? The range of the hit is that of its text. */
static bool
is_excepted(struct gb_rule_run *run, struct gb_check *check, const struct gb_found *found)
{
    uint32_t contexts = check->rule->head->contexts;

    if (is_exempt(exempt_of(check), found->str, found->match.begin, found->match.end))
        return true;
    if (!contexts)
        return false;
    if (!run->has_stretches)
        gb_find_stretches(run->piece.text, &run->stretches);
    run->has_stretches = true;
    return run->stretches.items.len && gb_in_stretch(&run->stretches, contexts, found->begin, found->end);
}

static void
begin_piece(struct gb_rule_run *run, struct gb_check *check)
{
    if (check->piece == run->serial)
        return;
    check->piece = run->serial;
    check->end = check->from = 0;
    check->is_marked = false;
}

/* Hands a hit, of which `match` and `word` are set, to the rule's check unless it stands where the rule does not look. */
static void
call_hit(struct gb_rule_run *run, struct gb_check *check, struct gb_found *found)
{
    const struct gb_joined *joined = run->piece.joined;
    const struct gb_rule *rule = check->rule;

    found->begin = found->match.begin;
    found->end = found->match.end;
    if (joined->gaps.len) {
        found->begin = gb_joined_begin(joined, found->begin);
        found->end = gb_joined_end(joined, found->end);
    }
    if (found->end > found->begin && !is_excepted(run, check, found))
        (rule->native ? rule->native->hit : rule->kind->hit)(check, found);
}

static void
call_match(struct gb_rule_run *run, struct gb_check *check, const struct gb_match *match)
{
    struct gb_found found = run->found;

    if (match->end == match->begin)
        return;
    found.match = *match;
    found.word = GB_NOT_FOUND;
    call_hit(run, check, &found);
}

/* The pattern is tried at a key with which a match may begin. */
static void
try_pattern(struct gb_rule_run *run, struct gb_check *check, size_t at)
{
    uint32_t before = run->matcher.failures;
    struct gb_match match;

    if (at < check->from || check->failures >= GB_MOST_FAILURES)
        return;
    check->from = at + 1;
    if (gb_pattern_match_at(check->rule->pattern, &run->matcher, run->piece.str, at, &match)) {
        check->from = match.end > at ? match.end : at + 1;
        call_match(run, check, &match);
    }
    check->failures += run->matcher.failures - before;
}

static void
on_key(struct gb_rule_run *run, struct gb_check *check, size_t at)
{
    if (check->rule->opens) {
        try_pattern(run, check, at);
        return;
    }
    if (!check->is_marked)
        *gb_push(&run->marked) = (uint32_t)(check - run->checks);
    check->is_marked = true;
}

static void
on_literal(void *data, const struct gb_literal_hit *hit)
{
    struct gb_rule_run *run = data;
    struct gb_check *check = &run->checks[run->table->first + hit->id / 2];

    if (check->rule->in_extra != run->table->is_extra || !looks_here(check, &run->piece))
        return;
    begin_piece(run, check);
    if (hit->id & 1) {
        on_key(run, check, hit->begin);
        return;
    }
    if (hit->begin < check->end || is_part_of_word(run->piece.str, hit->begin, hit->end))
        return;
    check->end = hit->end;
    run->found.match.begin = hit->begin;
    run->found.match.end = hit->end;
    run->found.word = hit->word;
    call_hit(run, check, &run->found);
}

static const struct gb_openers *
openers_of(struct gb_check *check)
{
    const struct gb_rule *rule = check->rule;
    struct gb_arena *arena = check->arena;

    if (check->openers)
        return check->openers;
    struct gb_openers *openers = gb_arena_new(arena, struct gb_openers);
    struct gb_str *items = gb_arena_new_array(arena, struct gb_str, rule->data->openers.n);
    for (size_t i = 0, next; i < rule->data->openers.n; i++) {
        items[i] = gb_image_word(rule->image, rule->data->openers, i);
        gb_utf8_at(items[i], 0, &next);
        add_character(&openers->heads, items[i].ptr + next - 1);
    }
    openers->items = items;
    openers->n = rule->data->openers.n;
    return check->openers = openers;
}

/* The pattern is tried at its openers: the library would try it at each character. */
static void
run_at_openers(struct gb_rule_run *run, struct gb_check *check)
{
    const struct gb_openers *openers = openers_of(check);
    struct gb_str str = run->piece.str;

    for (size_t at = 0, next; at < str.len; at = next) {
        gb_utf8_at(str, at, &next);
        if (!has_character(&openers->heads, str.ptr + next - 1))
            continue;
        for (size_t i = 0; i < openers->n; i++) {
            if (gb_str_starts(gb_str_skip(str, at), openers->items[i])) {
                try_pattern(run, check, at);
                break;
            }
        }
    }
}

static void
run_pattern(struct gb_rule_run *run, struct gb_check *check)
{
    struct gb_str str = run->piece.str;
    struct gb_match match;
    size_t from = 0;

    while (gb_check_match(check, check->rule->pattern, str, from, &match)) {
        call_match(run, check, &match);
        from = gb_utf8_ceil(str, match.end > from ? match.end : from + 1);
    }
}

void
gb_search_piece(void *data, const struct gb_piece *piece)
{
    struct gb_rule_run *run = data;

    run->piece = *piece;
    run->found.node = piece->node;
    run->found.text = piece->text;
    run->found.part = piece->part;
    run->found.zone = piece->zone;
    run->found.str = piece->str;
    run->serial++;
    run->has_stretches = false;
    run->marked.len = 0;
    for (size_t i = 0; i < run->rules->tables.len; i++) {
        run->table = &run->rules->tables.items[i];
        gb_literals_scan(run->table->words, piece->str, on_literal, run);
    }
    for (size_t i = 0; i < run->marked.len; i++) {
        struct gb_check *check = &run->checks[run->marked.items[i]];
        if (check->rule->has_openers)
            run_at_openers(run, check);
        else
            run_pattern(run, check);
    }
    for (size_t i = 0; i < run->slow.len; i++) {
        if (looks_here(&run->checks[run->slow.items[i]], piece))
            run_pattern(run, &run->checks[run->slow.items[i]]);
    }
}
