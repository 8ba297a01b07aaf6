/*
 * What is wrong in the order of clause numbers. The numbers of the body, and of each annex, are read
 * once in document order. Where one does not go on from what stands before it, the number behind tells which is at fault: the
 * one that does not fit there, a number that is missing, a parent whose heading is lost. Each fault is one finding, and what
 * only follows from it is none.
 */
#include "check/clause_priv.h"
#include "check/structure/numbers_priv.h"
#include "check/structure/sequence_priv.h"

struct sequence {
    const struct gb_check *check;
    GB_ARRAY(struct gb_sequence_item) items;
    struct gb_numbers sorted; /* the certain items; made when it is first asked for */
    struct gb_number state;   /* the number that what follows goes on from */
    struct gb_number stray;   /* the last number that follows from a fault */
    struct gb_number fault;   /* the number at fault itself */
    bool is_begun, has_stray, is_prefix_stray, is_sorted;
    bool has_chapter;                  /* the draft has the head of one */
    uint8_t chapter_depth;             /* of chapter headings in the markup; 0: other headings share it, or it varies */
    struct gb_sequence_faults *faults; /* all that are found */
};

/* ---- Numbers ---- */

static struct gb_number
cut(const struct gb_number *num, unsigned n)
{
    struct gb_number result = {.letter = num->letter, .n = (uint8_t)n};

    memcpy(result.part, num->part, n * sizeof(num->part[0]));
    return result;
}

static bool
begins_with(const struct gb_number *num, const struct gb_number *prefix)
{
    return num->letter == prefix->letter && num->n >= prefix->n &&
           memcmp(num->part, prefix->part, prefix->n * sizeof(num->part[0])) == 0;
}

static bool
is_same(const struct gb_number *a, const struct gb_number *b)
{
    return a->n == b->n && begins_with(a, b);
}

static bool
is_below(const struct gb_number *num, const struct gb_number *above)
{
    return num->n > above->n && begins_with(num, above);
}

/* Next number of n parts: the next sibling of the one that is open at that depth, or the first child. False: too deep. */
static bool
successor(const struct gb_number *state, unsigned n, struct gb_number *out)
{
    if (n == 0 || n > state->n + 1u || n > GB_MAX_COMPONENTS)
        return false;
    *out = cut(state, n > state->n ? state->n : n);
    if (n > state->n)
        out->part[out->n++] = 1;
    else
        out->part[n - 1]++;
    return true;
}

/* In how many parts two numbers of one length differ. */
static unsigned
count_different(const struct gb_number *a, const struct gb_number *b)
{
    unsigned n = 0;

    for (unsigned i = 0; i < a->n; i++)
        n += a->part[i] != b->part[i];
    return n;
}

static bool
goes_on(const struct gb_number *state, const struct gb_number *num)
{
    unsigned n = num->n;

    if (n == 0 || n > state->n + 1u || num->letter != state->letter)
        return false;
    unsigned last = n > state->n ? 1 : (uint16_t)(state->part[n - 1] + 1u);
    return num->part[n - 1] == last && memcmp(num->part, state->part, (n - 1) * sizeof(num->part[0])) == 0;
}

/* ---- Numbers of the draft ---- */

static void
sort(struct sequence *s)
{
    s->sorted.items.len = 0;
    for (size_t i = 0; i < s->items.len; i++) {
        if (!s->items.items[i].is_doubtful)
            gb_numbers_add(&s->sorted, &s->items.items[i].num, &s->items.items[i]);
    }
    gb_numbers_sort(&s->sorted);
    s->is_sorted = true;
}

/* The first or, where that is `but`, second item with the number, doubtful ones left out; NULL. */
static const struct gb_sequence_item *
find_but(struct sequence *s, const struct gb_number *num, const struct gb_sequence_item *but)
{
    if (!s->is_sorted)
        sort(s);
    for (size_t i = gb_numbers_seek(&s->sorted, num); i < s->sorted.items.len; i++) {
        const struct gb_sequence_item *found = s->sorted.items.items[i].what;
        if (!is_same(&found->num, num))
            break;
        if (found != but)
            return found;
    }
    return NULL;
}

static const struct gb_sequence_item *
find(struct sequence *s, const struct gb_number *num)
{
    return find_but(s, num, NULL);
}

/* The next certain number behind the item that is no subdivision of it, nor of what it should be. */
static const struct gb_number *
next_beyond(const struct sequence *s, const struct gb_sequence_item *item, const struct gb_number *expected)
{
    enum { LOOK_AHEAD = 200 };
    const struct gb_sequence_item *end = s->items.items + s->items.len;

    for (const struct gb_sequence_item *i = item + 1; i < end && i <= item + LOOK_AHEAD; i++) {
        if (i->is_given)
            return NULL;
        if (!i->is_doubtful && !is_below(&i->num, &item->num) && !(expected && is_below(&i->num, expected)))
            return &i->num;
    }
    return NULL;
}

/* Do subdivisions of what the number should be stand right behind it? Then it should be that. */
static bool
is_divided_as(const struct sequence *s, const struct gb_sequence_item *item, const struct gb_number *expected)
{
    return item + 1 < s->items.items + s->items.len && !item[1].is_doubtful && is_below(&item[1].num, expected);
}

/* 5.2.1, 5.2.4, 5.2.3: behind 5.2.4 the reader left 5.2.3 a paragraph, which goes on from what 5.2.4 should be. */
static bool
is_followed_as(const struct sequence *s, const struct gb_sequence_item *item, const struct gb_number *expected)
{
    return item + 1 < s->items.items + s->items.len && item[1].is_doubtful && item[1].num.n == expected->n &&
           goes_on(expected, &item[1].num);
}

/* ---- Faults ---- */

/* Where the text between the item and the certain number before it begins. */
static uint32_t
end_before(const struct sequence *s, const struct gb_sequence_item *item)
{
    const struct gb_sequence_item *before = item;

    while (before > s->items.items && before[-1].is_doubtful)
        before--;
    return before > s->items.items ? before[-1].node->span.end : item->node->span.begin;
}

static void
report(struct sequence *s, const struct gb_sequence_fault *fault)
{
    /* Behind a gap the numbers go on; of a wrong number, others may follow. */
    if (fault->kind != GB_SEQUENCE_MISSING) {
        s->fault = s->stray = fault->item->num;
        s->has_stray = true;
        s->is_prefix_stray = fault->kind == GB_SEQUENCE_PREFIX;
    }
    struct gb_arena *arena = s->check->arena;
    struct gb_sequence_fault *kept = gb_push(&s->faults->list);
    *kept = *fault;
    kept->item = gb_arena_copy_bytes(arena, fault->item, sizeof(*fault->item));
    kept->other = fault->other ? gb_arena_copy_bytes(arena, fault->other, sizeof(*fault->other)) : NULL;
}

/*
 * A line of the text before the item that begins with the missing number, but for one of its parts: 8.2 between 7.1 and 7.3. In plain
 * text it fits nowhere, and the reader has left it to the paragraph.
 */
static bool
report_line_of_other(struct sequence *s, const struct gb_sequence_item *item, const struct gb_number *missing)
{
    struct gb_span between = {end_before(s, item), item->node->span.begin};
    struct gb_str rest, line;

    if (missing->n + (missing->letter != 0) < 2 || between.begin >= between.end)
        return false;
    rest = gb_source_text(s->check->doc->source, between);
    for (const char *begin = rest.ptr; gb_str_next_line(&rest, &line);) {
        struct gb_number num;
        size_t end;
        if (!gb_number_at_head(line, &num, &end) || num.n != missing->n || num.letter != missing->letter ||
            gb_number_last(&num) != gb_number_last(missing) || count_different(&num, missing) != 1 || end >= line.len ||
            !gb_char_is_space(gb_utf8_at(line, end, &(size_t){0})))
            continue;
        struct gb_sequence_item stray = {.node = item->node, .num = num, .is_doubtful = true};
        uint32_t at = between.begin + (uint32_t)(line.ptr - begin);
        report(s, &(struct gb_sequence_fault){.kind = GB_SEQUENCE_PREFIX,
                                              .item = &stray,
                                              .expected = *missing,
                                              .parent = cut(missing, missing->n - 1u),
                                              .at = {at, at + (uint32_t)end}});
        return true;
    }
    return false;
}

/* Numbers from `first` to before the item's own at that depth are missing, unless they stand somewhere all the same. */
static void
report_missing(struct sequence *s, const struct gb_sequence_item *item, const struct gb_number *first,
               const struct gb_number *last)
{
    enum { MOST = 8 };
    struct gb_number num = *first;

    for (unsigned i = 0; i < MOST && gb_number_last(&num) <= gb_number_last(last); i++, num.part[num.n - 1]++) {
        if (find(s, &num) || gb_number_stands(s->check->doc->source, &num, end_before(s, item), item->node->span.begin))
            return;
    }
    if (gb_number_last(first) != gb_number_last(last) || !report_line_of_other(s, item, first))
        report(s, &(struct gb_sequence_fault){
                      .kind = GB_SEQUENCE_MISSING, .item = item, .expected = *first, .last = *last});
}

/* Its parent is open, but it does not go on from its sibling. */
static void
judge_sibling(struct sequence *s, const struct gb_sequence_item *item, const struct gb_number *expected)
{
    const struct gb_number *next = next_beyond(s, item, expected);
    const struct gb_sequence_item *other = find_but(s, &item->num, item);
    bool is_divided = is_divided_as(s, item, expected) || is_followed_as(s, item, expected);
    bool fits_instead = is_divided || (next && goes_on(expected, next)),
         fits_without = next && goes_on(&s->state, next);
    bool fits_with = !is_divided && next && goes_on(&item->num, next);
    struct gb_sequence_fault fault = {.kind = other ? GB_SEQUENCE_DUPLICATE : GB_SEQUENCE_ORDER,
                                      .item = item,
                                      .other = other,
                                      .expected = *expected};

    if (gb_number_last(&item->num) < gb_number_last(expected)) {
        /* One that is no double fills a gap that was reported. */
        if (other && other < item) {
            report(s, &fault);
            s->state = fits_instead ? *expected : s->state;
        } else {
            s->stray = item->num;
            s->has_stray = true;
        }
    } else if ((fits_instead || fits_without) && !fits_with) {
        report(s, &fault);
        s->state = fits_instead ? *expected : s->state;
    } else {
        struct gb_number last = item->num;
        last.part[last.n - 1]--;
        report_missing(s, item, expected, &last);
        s->state = item->num;
    }
}

/* The nearest ancestor of the number that stands nowhere in the draft, counted from above. */
static struct gb_number
first_lost(struct sequence *s, const struct gb_number *num)
{
    for (unsigned n = 1; n < num->n; n++) {
        struct gb_number above = cut(num, n);
        if (!find(s, &above))
            return above;
    }
    return cut(num, num->n - 1u);
}

/* Its parent is not open: it went by, comes later, or its heading is lost. */
static void
judge_orphan(struct sequence *s, const struct gb_sequence_item *item)
{
    struct gb_number expected = {0}, parent = cut(&item->num, item->num.n - 1u);
    bool has_expected = successor(&s->state, item->num.n, &expected);
    const struct gb_number *next = next_beyond(s, item, has_expected ? &expected : NULL);
    bool is_divided = has_expected && is_divided_as(s, item, &expected);
    bool fits_instead = is_divided || (has_expected && next && goes_on(&expected, next));
    bool is_elsewhere = item->num.letter != s->state.letter || find(s, &parent);
    /* The first child of a lost parent would be 1. */
    bool is_slip = has_expected && gb_number_last(&item->num) > 1 &&
                   gb_number_last(&item->num) == gb_number_last(&expected) &&
                   count_different(&item->num, &expected) == 1;

    if (is_elsewhere || is_slip || is_divided || (fits_instead && !goes_on(&item->num, next))) {
        struct gb_number here = has_expected ? cut(&expected, expected.n - 1u) : s->state;
        report(s, &(struct gb_sequence_fault){
                      .kind = GB_SEQUENCE_PREFIX, .item = item, .expected = expected, .parent = here});
        s->state = fits_instead ? expected : s->state;
        return;
    }
    if (!s->has_chapter) { /* all heads are lost, and not some numbers */
        s->state = item->num;
        return;
    }
    struct gb_number lost = first_lost(s, &item->num), first = lost, after;
    if (successor(&s->state, lost.n, &after) && begins_with(&after, &(struct gb_number){.letter = lost.letter}) &&
        memcmp(after.part, lost.part, (lost.n - 1u) * sizeof(lost.part[0])) == 0 &&
        gb_number_last(&after) < gb_number_last(&lost))
        first = after;
    report_missing(s, item, &first, &lost);
    s->state = item->num;
}

/* Does the number follow from a fault that was reported? Then it is taken, and the state goes on as far as it can. */
static bool
follows_fault(struct sequence *s, const struct gb_number *num)
{
    struct gb_number next;

    if (!s->has_stray || (!goes_on(&s->stray, num) && !is_below(num, &s->fault)))
        return false;
    s->stray = *num;
    if (!successor(&s->state, num->n, &next))
        return true;
    bool is_sibling = begins_with(num, &(struct gb_number){.letter = next.letter}) &&
                      memcmp(num->part, next.part, (next.n - 1u) * sizeof(next.part[0])) == 0;
    if (is_sibling && gb_number_last(num) > gb_number_last(&next))
        s->state = *num;
    else if (!is_sibling && s->is_prefix_stray && num->n == s->fault.n)
        s->state = next; /* it stands in the place of that one */
    return true;
}

/* Where the number of a doubtful item stands. */
static const struct gb_text *
text_of(const struct gb_node *node)
{
    return node->kind == GB_NODE_TERM ? &node->head : &node->text;
}

/* A paragraph like the untitled clause before it: its number differs from what is due in one part only. */
static bool
is_like_untitled(const struct sequence *s, const struct gb_sequence_item *item, const struct gb_number *expected)
{
    enum { LEAST = 3 };
    const struct gb_node *node = item->node, *clause = gb_node_clause(node->parent);
    struct gb_str text = node->text.str;
    size_t unused;

    return node->kind == GB_NODE_PARA && clause && gb_number_cmp(&clause->num, &s->state) == 0 &&
           !gb_node_is_titled(clause) && item->num.n == s->state.n && item->num.n + (item->num.letter != 0) >= LEAST &&
           count_different(&item->num, expected) == 1 && gb_is_one_of(gb_last_char(text, &unused), "。：");
}

static bool
is_doubtful_chapter(const struct sequence *s, size_t place)
{
    const struct gb_sequence_item *item = place < s->items.len ? &s->items.items[place] : NULL;

    return item && item->is_doubtful && item->num.n == 1 && !item->num.letter;
}

/* A heading with a number no chapter can have, where and how chapters stand. Several in a row are the words of a lost table. */
static bool
is_like_chapter(const struct sequence *s, const struct gb_sequence_item *item)
{
    enum { LARGEST = 99 };
    size_t end, place = (size_t)(item - s->items.items);
    struct gb_number num;

    if (item->num.n != 1 || item->num.letter || item->num.part[0] > LARGEST || !s->chapter_depth ||
        item->node->depth != s->chapter_depth || (place && is_doubtful_chapter(s, place - 1)) ||
        is_doubtful_chapter(s, place + 1) || !gb_number_at_head(text_of(item->node)->str, &num, &end))
        return false;
    struct gb_str title = gb_str_skip(text_of(item->node)->str, end);
    return gb_char_is_space(gb_char_at(title, 0)) && gb_title_is_plain(title) && gb_str_han_length(title) >= 2;
}

/* The same digits with a dot more or less: 5.11 is 5.1.1 in its place. The state goes on from that. */
static bool
lacks_a_dot(struct sequence *s, const struct gb_number *num)
{
    char digits[GB_NUMBER_DIGITS], others[GB_NUMBER_DIGITS];
    size_t len = gb_number_digits(num, digits);
    struct gb_number due;

    for (unsigned n = 1; successor(&s->state, n, &due); n++) {
        if (n != num->n && gb_number_digits(&due, others) == len && memcmp(digits, others, len) == 0) {
            s->state = due;
            return true;
        }
    }
    return false;
}

/* A heading or line that the reader did not take: at fault when the number behind goes on as if it were the right one. */
static void
judge_doubtful(struct sequence *s, const struct gb_sequence_item *item)
{
    struct gb_number expected;

    if (!s->is_begun || !successor(&s->state, item->num.n, &expected) || item->num.letter != s->state.letter ||
        lacks_a_dot(s, &item->num))
        return;
    const struct gb_number *next = next_beyond(s, item, &expected);
    bool is_needed =
        is_divided_as(s, item, &expected) || (next && goes_on(&expected, next) && !goes_on(&s->state, next));
    bool is_sibling = memcmp(item->num.part, expected.part, (expected.n - 1u) * sizeof(expected.part[0])) == 0;
    bool is_too_far = is_sibling && gb_number_last(&item->num) > gb_number_last(&expected);
    bool is_clause_heading = item->node->encoding == GB_ENCODING_HEADING && item->num.n + (item->num.letter != 0) > 1;
    if (is_same(&item->num, &expected)) {
        s->state = is_needed ? expected : s->state;
        return;
    }
    if (!is_needed && !(is_too_far && (is_clause_heading || is_like_chapter(s, item))) &&
        !is_like_untitled(s, item, &expected))
        return;
    const struct gb_sequence_item *other = find(s, &item->num);
    report(s, &(struct gb_sequence_fault){
                  .kind = !is_sibling ? GB_SEQUENCE_PREFIX
                          : other     ? GB_SEQUENCE_DUPLICATE
                                      : GB_SEQUENCE_ORDER,
                  .item = item,
                  .other = other,
                  .expected = expected,
                  .parent = cut(&expected, expected.n - 1u),
              });
    s->state = expected;
}

enum { DEEPEST = 6 };

/* 5.1.3A behind 5.1.3: put in by an amendment, so that no number after it changes. */
static bool
is_inserted(const struct sequence *s, const struct gb_sequence_item *item)
{
    struct gb_str head = item->node->head.str, number = item->node->number.str;
    size_t at = gb_str_find(head, number, 0);

    if (!s->is_begun || !is_same(&s->state, &item->num) || at == GB_NOT_FOUND)
        return false;
    struct gb_str behind = gb_str_skip(head, at + number.len);
    return behind.len > 0 && behind.ptr[0] >= 'A' && behind.ptr[0] <= 'Z' &&
           (behind.len == 1 || !gb_is_letter(behind.ptr[1]));
}

static void
judge(struct sequence *s, const struct gb_sequence_item *item)
{
    struct gb_number expected;

    if (item->is_doubtful) {
        judge_doubtful(s, item);
    } else if (item->is_given || !s->is_begun || goes_on(&s->state, &item->num)) {
        s->state = item->num;
        s->is_begun = true;
    } else if (is_inserted(s, item)) {
        /* It takes no number of the others. */
    } else if (item->num.n + (item->num.letter != 0) > DEEPEST || follows_fault(s, &item->num) ||
               lacks_a_dot(s, &item->num)) {
        /* Too deep is a fault of its own, NUM-006, and so is a lost dot, MDC-015. */
    } else if (successor(&s->state, item->num.n, &expected) && expected.letter == item->num.letter &&
               memcmp(expected.part, item->num.part, (expected.n - 1u) * sizeof(expected.part[0])) == 0) {
        judge_sibling(s, item, &expected);
    } else if (item->num.n > 1 || item->num.letter) {
        judge_orphan(s, item);
    } else {
        s->state = item->num;
    }
}

/* ---- The walk ---- */

/* A page number that was taken for a chapter: nothing but a number, and the real chapter comes later. */
static bool
is_lone_number(const struct gb_node *node)
{
    enum { LOOK_AHEAD = 100 };
    unsigned seen = 0;

    if (node->title.str.len || node->first || !gb_node_is_chapter(node))
        return false;
    for (const struct gb_node *n = node->next; n && seen < LOOK_AHEAD; n = n->next, seen++) {
        if (n->kind == GB_NODE_CLAUSE && gb_number_cmp(&n->num, &node->num) == 0)
            return true;
    }
    return false;
}

/* A heading in the terms chapter is taken for a term without number; "11 总则" is no such. */
static bool
is_doubtful_term(const struct gb_node *node)
{
    struct gb_number num;
    size_t end;

    return node->kind == GB_NODE_TERM && node->flags & GB_NODE_GIVEN && node->encoding == GB_ENCODING_HEADING &&
           gb_number_at_head(node->head.str, &num, &end) && num.n == 1 && !num.letter;
}

static bool
can_be_doubtful(const struct gb_node *node)
{
    return ((node->kind == GB_NODE_PARA || node->kind == GB_NODE_ITEM) && node->encoding != GB_ENCODING_QUOTE) ||
           is_doubtful_term(node);
}

/* 1.0.1, as standards of construction number a chapter without sections. */
static bool
has_zero(const struct gb_number *num)
{
    return GB_ANY(GB_ITEMS(part, num->part, num->n), *part == 0);
}

/* 5.3.2 5.3.1 b)完成后，…: behind the number of its own clause a paragraph begins with a mention. */
static bool
is_behind_number(const struct sequence *s, const struct gb_node *node)
{
    const struct gb_source *source = s->check->doc->source;
    const struct gb_node *clause = node->parent;

    return node->kind == GB_NODE_PARA && clause->kind == GB_NODE_CLAUSE && node == clause->first &&
           gb_source_line(source, clause->span.begin) == gb_source_line(source, node->span.begin);
}

static void
add_doubtful(struct sequence *s, const struct gb_node *node)
{
    struct gb_number num;
    size_t end;

    if (!gb_number_at_head(text_of(node)->str, &num, &end) ||
        (node->encoding != GB_ENCODING_HEADING && num.n < 2 && !num.letter) || has_zero(&num) ||
        is_behind_number(s, node))
        return;
    *gb_push(&s->items) = (struct gb_sequence_item){.node = node, .num = num, .is_doubtful = true};
}

static void
add_node(struct sequence *s, const struct gb_node *node)
{
    if (can_be_doubtful(node)) {
        add_doubtful(s, node);
    } else if ((node->kind == GB_NODE_CLAUSE || node->kind == GB_NODE_TERM) && node->num.n > 0 &&
               !has_zero(&node->num) && !is_lone_number(node)) {
        s->has_chapter = s->has_chapter || (node->num.n == 1 && !node->num.letter);
        *gb_push(&s->items) = (struct gb_sequence_item){
            .node = node,
            .num = node->num,
            .is_given = (node->flags & GB_NODE_GIVEN) != 0,
        };
    }
}

static void
run(struct sequence *s)
{
    for (size_t i = 0; i < s->items.len; i++)
        judge(s, &s->items.items[i]);
    s->items.len = 0;
    s->has_stray = s->is_sorted = false;
}

/* The depth that all chapters have and no other clause has; 0 for none. */
static uint8_t
depth_of_chapters(const struct gb_check *c)
{
    const struct gb_nodes *numbered = &c->facts->numbered;
    uint8_t depth = 0;

    for (const struct gb_node *n = gb_clause_first(c->doc->root); n; n = gb_clause_next(n)) {
        if (n->depth == 0 || (depth && n->depth != depth))
            return 0;
        depth = n->depth;
    }
    for (uint32_t i = 0; depth && i < numbered->n; i++) {
        const struct gb_node *n = numbered->items[i];
        if (n->kind != GB_NODE_ANNEX && n->num.n > 1 && n->depth == depth)
            return 0;
    }
    return depth;
}

static void
run_over(struct sequence *s)
{
    const struct gb_node *root = s->check->doc->root;
    uint32_t letters = 0; /* of the annexes before */

    s->chapter_depth = depth_of_chapters(s->check);
    /* The scope is chapter 1; what begins with another chapter may be a piece of a draft. */
    s->is_begun = s->check->facts->scope && s->check->facts->scope == s->check->facts->chapters[0];
    for (const struct gb_node *top = root->first; top; top = top->next) {
        for (const struct gb_node *n = top->kind == GB_NODE_CLAUSE ? top : NULL; n; n = gb_node_walk(n, top))
            add_node(s, n);
    }
    run(s);
    for (const struct gb_node *annex = root->first; annex; annex = annex->next) {
        if (annex->kind != GB_NODE_ANNEX)
            continue;
        /* With a letter that was given, or that two annexes have, nothing is known of what its numbers should be. */
        uint32_t letter = UINT32_C(1) << (annex->num.letter & 31);
        s->is_begun = !(annex->flags & GB_NODE_GIVEN) && annex->encoding != GB_ENCODING_LOST && !(letters & letter);
        letters |= letter;
        s->state = (struct gb_number){.letter = annex->num.letter};
        for (const struct gb_node *n = gb_node_walk(annex, annex); n; n = gb_node_walk(n, annex))
            add_node(s, n);
        run(s);
    }
    GB_RELEASE(&s->items, &s->sorted.items);
}

/* ---- What others ask ---- */

const struct gb_sequence_faults *
gb_sequence_faults_of(struct gb_check *c)
{
    static const char key;
    struct gb_sequence_faults *faults = gb_check_shared(c, &key, sizeof(*faults));
    struct sequence s = {.check = c, .faults = faults};

    if (!faults->is_known && s.check->doc->has_numbers) {
        run_over(&s);
        struct gb_sequence_fault *found = faults->list.items;
        faults->list.items = gb_arena_copy_bytes(s.check->arena, found, faults->list.len * sizeof(*found));
        free(found);
    }
    faults->is_known = true;
    return faults;
}

struct gb_at
gb_at_sequence_item(const struct gb_sequence_item *item)
{
    struct gb_number num;
    size_t end = 0;

    if (!item->is_doubtful || !gb_number_at_head(text_of(item->node)->str, &num, &end))
        return gb_at_number(item->node);
    return gb_at_part(text_of(item->node), 0, end);
}
