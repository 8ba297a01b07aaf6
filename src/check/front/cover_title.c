/* The title of the document in both languages: COV-006, COV-010 to COV-013. GB/T 1.1—2020, 6.1, 8.1 and 10.3.1.2. */
#include "check/front/cover_priv.h"

/* ---- The title ---- */

/* Where the words of the title end: blanks and a bracket at its end, （试行）, left out. */
static size_t
words_end(struct gb_str title)
{
    struct gb_str s = gb_str_trim(title);
    size_t prev, at = s.len;

    if (!at || gb_char_narrow(gb_utf8_before(s, at, &prev)) != ')')
        return (size_t)(s.ptr - title.ptr) + at;
    while (at > 0 && gb_char_narrow(gb_utf8_before(s, at, &prev)) != '(')
        at = prev;
    struct gb_str rest = gb_str_trim(gb_str_sub(s, 0, at > 0 ? prev : s.len));
    return (size_t)(rest.ptr - title.ptr) + rest.len;
}

/* Longest of the words that `s` ends with. */
static struct gb_str
ending(struct gb_check *c, const char *key, struct gb_str s)
{
    const struct gb_str *words;
    size_t n = gb_param_words(c, key, &words);
    struct gb_str best = {0};

    for (size_t i = 0; i < n; i++) {
        if (words[i].len > best.len && gb_str_ends(s, words[i]))
            best = words[i];
    }
    return best;
}

/* Not the translation of a foreign document, nor a chapter of a draft. */
static bool
is_judged(struct gb_check *c)
{
    const struct gb_facts *facts = c->facts;

    return facts->n_chapters > 0 && (!facts->type.len || gb_authority_of_type(facts->type) != GB_AUTHORITY_UNKNOWN);
}

/* ---- COV-006: English title ---- */

struct word {
    struct gb_str str;
    bool is_first;       /* of an element of the title */
    bool is_behind_word; /* and a blank: nothing else parts them */
};

/* Next Latin word; out->is_first when an em dash, or the number of a part, stands before it. */
static bool
next_word(struct gb_str s, size_t *at, struct word *out)
{
    bool is_first = *at == 0;

    for (; *at < s.len && !gb_is_letter(s.ptr[*at]); ++*at)
        is_first = is_first || GB_STARTS_WITH(gb_str_skip(s, *at), "—", ":");
    size_t begin = *at;
    while (gb_is_alnum(gb_str_at(s, *at)) || gb_str_at(s, *at) == '\'' || gb_str_at(s, *at) == '-')
        ++*at;
    bool is_behind_word = !is_first && begin > 1 && gb_is_letter(s.ptr[begin - 2]);
    *out = (struct word){gb_str_sub(s, begin, *at), is_first, is_behind_word};
    return *at > begin;
}

static bool
is_small(struct gb_str word)
{
    return word.len && !GB_ANY(GB_ITEMS(byte, word.ptr, word.len), !gb_is_lower(*byte));
}

static bool
is_particle(struct gb_str word)
{
    GB_WORDS(particles, "of", "for", "and", "the", "in", "on", "to", "with", "by", "a", "an", "or", "at", "from");

    return GB_IS_ANY(word, particles);
}

/*
 * Do capitals stand at words inside of the elements? Proper names have them too: only where nearly all words have one, and none of
 * three is small, or where one stands at a word that is part of no name (Specification For, Service Specification). In a title all
 * in capitals each word is an acronym: then there is no small letter at all.
 */
static bool
has_wrong_capitals(struct gb_check *c, struct gb_str title)
{
    enum { ENOUGH = 3, SHORTEST = 3 };
    unsigned n_capitals = 0, n_small = 0;
    bool any_small = false, is_common_large = false;
    struct word word;

    for (size_t at = 0; next_word(title, &at, &word);) {
        any_small = any_small || GB_ANY(GB_ITEMS(byte, word.str.ptr, word.str.len), gb_is_lower(*byte));
        is_common_large = is_common_large || (word.is_behind_word && gb_param_is(c, "common", word.str));
        if (word.is_first || is_particle(word.str) || word.str.len < SHORTEST)
            continue;
        n_capitals += gb_str_is_capitalised(word.str);
        n_small += is_small(word.str);
    }
    if (!any_small)
        return title.len > 20;
    return (n_capitals >= ENOUGH && n_small * 5 <= n_capitals) || (is_common_large && n_capitals > 0);
}

/* A first word of an element with a small letter; its place in the title. */
static bool
small_first_word(struct gb_str title, size_t *out_begin, size_t *out_end)
{
    enum { SHORTEST = 3 };
    struct word word;

    for (size_t at = 0; next_word(title, &at, &word);) {
        if (word.is_first && is_small(word.str) && word.str.len >= SHORTEST &&
            !(word.str.ptr > title.ptr && word.str.ptr[-1] == ')')) {
            *out_begin = (size_t)(word.str.ptr - title.ptr);
            *out_end = *out_begin + word.str.len;
            return true;
        }
    }
    return false;
}

/* A hyphen or short dash between blanks, or two of them, where an em dash should join elements; GB_NOT_FOUND without. */
static size_t
spaced_dash(struct gb_str title, size_t *out_end)
{
    GB_WORDS(marks, " - ", " – ", "--", " -- ");

    for (size_t i = 0; i < GB_COUNT(marks); i++) {
        size_t at = gb_str_find(title, marks[i], 1);
        if (at != GB_NOT_FOUND) {
            *out_end = at + marks[i].len;
            return at;
        }
    }
    return GB_NOT_FOUND;
}

/* Source: GB/T 1.1—2020, 8.1 and 10.3.1.2; GB/T 1.1—2009, 6.1.1. */
static void
check_english(struct gb_check *c)
{
    enum { FEWEST_PRESENT = 4 };
    const struct gb_cover_view *view = gb_cover_view(c);
    size_t begin, end;

    if (!view->node || view->authority == GB_AUTHORITY_UNKNOWN)
        return;
    bool asked = view->asks_english,
         lacks_more = !view->is_complete || (view->asks_record && !view->cover->record.str.len);
    const struct gb_text *en = &view->cover->en;
    if (!en->str.len) {
        if (view->n_present >= FEWEST_PRESENT && view->cover->title.str.len)
            gb_report_case(c,
                           asked && !lacks_more ? NULL
                           : asked              ? "lost"
                                                : "optional",
                           gb_cover_place(view, GB_COVER_FIELD(en)), view->node, GB_NO_ARGS);
        return;
    }
    if (has_wrong_capitals(c, en->str))
        gb_report_case(c, asked ? "capitals" : "form-optional", gb_at_text(en), view->node, GB_ARGS(en->str));
    else if (small_first_word(en->str, &begin, &end))
        gb_report_case(c, asked ? "small" : "form-optional", gb_at_part(en, begin, end), view->node,
                       GB_ARGS(gb_str_sub(en->str, begin, end)));
    else if ((begin = spaced_dash(en->str, &end)) != GB_NOT_FOUND)
        gb_report_case(c, "dash", gb_at_part(en, begin, end), view->node, GB_ARGS(gb_str_sub(en->str, begin, end)));
}

/* ---- COV-010: elements ---- */

/* Segments between blanks; blanks beside Latin letters or digits are no sign of a new one, a line end neither. */
struct segments {
    unsigned n, n_single, n_parts; /* without the part's; those of one character; those of parts */
};

static struct segments
count_segments(struct gb_str title)
{
    struct segments out = {0};
    size_t begin = 0, end = words_end(title);

    for (size_t at = 0; at < end;) {
        size_t here = at, next = at, prev;
        uint32_t c = gb_utf8_at(title, at, &next);
        at = next;
        bool is_blank = c != '\n' && gb_char_is_space(c);
        if (is_blank && c != 0x3000 && here > 0 && next < end) {
            uint32_t before = gb_utf8_before(title, here, &prev), behind = gb_utf8_at(title, next, &(size_t){0});
            is_blank = before >= 0x2E80 && behind >= 0x2E80; /* full-width characters on both sides */
        }
        if (!is_blank && at < end)
            continue;
        struct gb_str segment = gb_str_trim(gb_str_sub(title, begin, is_blank ? here : end));
        begin = at;
        if (!segment.len)
            continue;
        if (gb_str_starts(segment, GB_STR("第")) && gb_str_has(gb_str_sub(segment, 0, 24), GB_STR("部分"))) {
            out.n_parts++;
            continue;
        }
        out.n++;
        out.n_single += gb_utf8_count(segment) == 1;
    }
    return out;
}

/* A title put together from several headings: where they were cut need not be where an element ends. */
static bool
is_put_together(const struct gb_text *title)
{
    for (uint32_t i = 0; i < title->n_runs; i++) {
        bool is_before = i + 1 < title->n_runs && title->runs[i + 1].at <= title->off;
        if (is_before || title->runs[i].at >= title->off + title->str.len) /* of the lines beside it */
            continue;
        if (title->runs[i].flags & (GB_RUN_BREAK | GB_RUN_HARD) || title->runs[i].flags & GB_RUN_DECODED)
            return true;
    }
    return gb_str_has(title->str, GB_STR("\n"));
}

/* Does the foreword, or the cover, say that a foreign document is adopted? Titles are then translated as they are. */
static bool
is_adopted(const struct gb_facts *facts)
{
    if (facts->cover && facts->cover->u.cover->adoption.str.len)
        return true;
    GB_FIND_NEXT(n, facts->foreword, gb_node_walk(n, facts->foreword),
                 gb_str_has(n->text.str, GB_STR("采用")) && GB_HAS_ONE_OF(n->text.str, "ISO", "IEC", "ITU"));
    return n != NULL;
}

/* Source: GB/T 1.1—2020, 6.1.1. */
static void
check_elements(struct gb_check *c)
{
    enum { FOREIGN_SEGMENTS = 4, FOREIGN_LENGTH = 24 }; /* translated titles have four long ones */
    const struct gb_node *node;
    const struct gb_text *title = gb_draft_title(c->facts, &node);

    if (!title || !is_judged(c) || is_put_together(title))
        return;
    struct segments segments = count_segments(title->str);
    unsigned most = (unsigned)gb_param_number(c, "most"), n = segments.n + (segments.n_parts > 0);
    if (n <= most || segments.n_single * 2 >= segments.n)
        return;
    struct gb_str number = gb_count_text(c, n);
    bool is_foreign =
        is_adopted(c->facts) || (segments.n == FOREIGN_SEGMENTS && gb_str_han_length(title->str) >= FOREIGN_LENGTH);
    const char *which = is_foreign ? "adopted" : segments.n <= most ? "part" : NULL;
    gb_report_case(c, which, gb_at_text(title), node, GB_ARGS(title->str, number));
}

/* ---- COV-011: the title names its own category ---- */

/* Source: GB/T 1.1—2020, 6.1.4.1. 排放标准 and the like are criteria, no category. */
static void
check_category(struct gb_check *c)
{
    const struct gb_node *node;
    const struct gb_text *title = gb_draft_title(c->facts, &node);

    if (!title || !is_judged(c))
        return;
    size_t end = words_end(title->str);
    struct gb_str words = gb_str_sub(title->str, 0, end), category = ending(c, "categories", words);
    if (!category.len || ending(c, "criteria", words).len || words.len <= category.len ||
        gb_str_has(gb_str_sub(words, 0, end - category.len),
                   GB_STR("标准"))) /* of standards on standards it is the subject */
        return;
    bool is_plain = gb_str_is(category, "标准");
    struct gb_at at = gb_at_part(title, end - category.len, end);
    struct gb_finding *f = gb_report_case(c, is_plain ? NULL : "level", at, node, GB_ARGS(category, title->str));
    if (is_plain)
        gb_fix(c, f, at.span, GB_STR("规范"));
}

/* ---- COV-012: word of the function ---- */

/* 第2部分：… and what follows it is judged as well; its words end the title. */
static void
check_function(struct gb_check *c)
{
    const struct gb_node *node;
    const struct gb_text *title = gb_draft_title(c->facts, &node);

    if (!title || !is_judged(c))
        return;
    size_t end = words_end(title->str);
    struct gb_str words = gb_str_sub(title->str, 0, end), word = ending(c, "synonyms", words);
    if (word.len) {
        gb_report(c, gb_at_part(title, end - word.len, end), node, GB_ARGS(word));
        return;
    }
    word = ending(c, "accepted", words);
    if (word.len) {
        gb_report_case(c, "accepted", gb_at_part(title, end - word.len, end), node, GB_ARGS(word));
        return;
    }
    if (!gb_param_has(c, "functions", words) && gb_param_ends(c, "activities", words))
        gb_report_case(c, "none", gb_at_part(title, 0, end), node, GB_ARGS(title->str));
}

/* ---- COV-013: details that narrow the scope ---- */

static bool
scope_has(const struct gb_facts *facts, struct gb_str word)
{
    GB_FIND_NEXT(n, facts->scope, gb_node_walk(n, facts->scope), gb_str_has(n->text.str, word));
    return n != NULL;
}

/* 2024年 */
static bool
find_year(struct gb_str title, size_t *out_begin, size_t *out_end)
{
    GB_WORDS(centuries, "19", "20");
    GB_WORDS(units, "年", "版");

    for (size_t i = 0; i + 4 < title.len; i++) {
        struct gb_str rest = gb_str_skip(title, i), behind = gb_str_skip(rest, 4);
        if (GB_STARTS_ANY(rest, centuries) && gb_skip_digits(rest, 2) >= 4 && GB_STARTS_ANY(behind, units) &&
            !gb_str_starts(behind, GB_STR("年版"))) {
            *out_begin = i;
            *out_end = i + 4 + strlen("年");
            return true;
        }
    }
    return false;
}

static void
report_detail(struct gb_check *c, const struct gb_node *node, const struct gb_text *title, size_t begin, size_t end)
{
    struct gb_str word = gb_str_sub(title->str, begin, end);

    if (!scope_has(c->facts, word))
        gb_report(c, gb_at_part(title, begin, end), node, GB_ARGS(word));
}

/* Source: GB/T 1.1—2020, 6.1.3. */
static void
check_narrowing(struct gb_check *c)
{
    static const char *const keys[] = {"provinces", "cities"};
    const struct gb_node *node;
    const struct gb_text *title = gb_draft_title(c->facts, &node);
    size_t begin, end;

    if (!title || !c->facts->scope || !is_judged(c))
        return;
    if (find_year(title->str, &begin, &end))
        report_detail(c, node, title, begin, end);
    for (size_t k = 0; k < GB_COUNT(keys); k++) {
        const struct gb_str *pairs;
        size_t n = gb_param_words(c, keys[k], &pairs);
        for (size_t i = 0; i < n; i++) {
            begin = gb_str_find(title->str, pairs[2 * i + 1], 0);
            if (begin != GB_NOT_FOUND) {
                report_detail(c, node, title, begin, begin + pairs[2 * i + 1].len);
                return;
            }
        }
    }
}

const struct gb_check_def gb_cover_title_checks[] = {
    {.name = "english-title",
     .whole = check_english,
     .cases = "lost optional capitals small form-optional dash",
     .params = "common:words"},
    {.name = "title-elements", .whole = check_elements, .cases = "adopted part", .params = "most:number"},
    {.name = "title-category", .whole = check_category, .cases = "level", .params = "categories:words criteria:words"},
    {.name = "title-function",
     .whole = check_function,
     .cases = "accepted none",
     .params = "synonyms:words accepted:words functions:words activities:words"},
    {.name = "title-narrows", .whole = check_narrowing, .params = "provinces:pairs cities:pairs"},
    {NULL},
};
