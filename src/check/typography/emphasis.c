/*
 * Emphasis in running text, and the marks of it that the markup left in the text: TYP-021; 第1部分： TYP-020. Source:
 * GB/T 1.1—2020, annex F and 7.1.3.
 */
#include "check/typography/typography_priv.h"

/* ---- TYP-021 ---- */

static size_t
run_end(const struct gb_text *text, uint32_t i)
{
    size_t end = i + 1 < text->n_runs ? text->runs[i + 1].at : text->off + text->str.len;

    return end > text->off ? end - text->off : 0;
}

static bool
is_emphasis(uint32_t flags)
{
    return flags & (GB_RUN_STRONG | GB_RUN_EMPH) && !(flags & (GB_RUN_CODE | GB_RUN_MATH | GB_RUN_LINK));
}

/* At the head of the text or of a line: a label, a key word, a clause that is all in bold. */
static bool
is_at_head(struct gb_str s, size_t at)
{
    size_t prev;

    while (at > 0) {
        uint32_t c = gb_utf8_before(s, at, &prev);
        if (c == '\n' || c == U'。' || c == U'：' || c == U'；')
            return true;
        if (!gb_char_is_space(c))
            return false;
        at = prev;
    }
    return true;
}

/* The marks of Markdown around the words: their length on either side; 0 where there are none, or others. */
static uint32_t
marks_around(const struct gb_source *source, struct gb_span span)
{
    const struct gb_source_file *file = gb_source_file_at(source, span.begin);
    struct gb_str text = file->text;
    size_t begin = span.begin - file->base, end = span.end - file->base;
    uint32_t n = 0;

    while (n < 3 && begin > n && end + n < text.len &&
           (text.ptr[begin - n - 1] == '*' || text.ptr[begin - n - 1] == '_') &&
           text.ptr[end + n] == text.ptr[begin - n - 1])
        n++;
    return n;
}

/* The marks are taken off on both sides. */
static void
fix_emphasis(struct gb_check *c, struct gb_finding *f, struct gb_at at)
{
    uint32_t n = at.by_line ? 0 : marks_around(c->doc->source, at.span);

    if (!n)
        return;
    gb_fix_markup(c, f, (struct gb_span){at.span.begin - n, at.span.begin}, GB_STR(""));
    gb_fix_markup(c, f, (struct gb_span){at.span.end, at.span.end + n}, GB_STR(""));
}

/* Those of one line are told together. */
static void
judge_runs(struct gb_check *c, const struct gb_node *node)
{
    enum { MOST_PLACES = 1000 };
    const struct gb_text *text = &node->text;
    struct gb_finding *f = NULL;
    unsigned told = 0;

    for (uint32_t i = 0; i < text->n_runs && told < MOST_PLACES; i++) {
        uint32_t first = i;
        if (text->runs[i].flags & GB_RUN_BREAK)
            f = NULL;
        if (!is_emphasis(text->runs[i].flags) || text->runs[i].at < text->off)
            continue;
        while (i + 1 < text->n_runs && is_emphasis(text->runs[i + 1].flags))
            i++;
        size_t begin = text->runs[first].at - text->off, end = run_end(text, i);
        if (end > text->str.len)
            break;
        struct gb_str words = gb_str_sub(text->str, begin, end);
        bool is_bold_number =
            text->runs[first].flags & GB_RUN_STRONG && gb_str_has_digit(words); /* variables are in italics by right */
        if ((!gb_has_han(words) && !is_bold_number) || is_at_head(text->str, begin))
            continue;
        struct gb_at at = gb_at_part(text, begin, end);
        f = gb_report_one(c, f, NULL, at, node, GB_ARGS(words));
        fix_emphasis(c, f, at);
        told++;
    }
}

/* **注：**旧书: the marks around a marker stayed in the text, though the note is one. */
static void
judge_marker(struct gb_check *c, const struct gb_node *note)
{
    bool is_exact;
    struct gb_span span = gb_text_whole(&note->marker, &is_exact);

    if (!note->marker.str.len || !is_exact ||
        gb_text_flags(&note->marker, 0) & (GB_RUN_STRONG | GB_RUN_EMPH | GB_RUN_CODE))
        return;
    const struct gb_source_file *file = gb_source_file_at(c->doc->source, span.begin);
    struct gb_str rest = gb_str_skip(file->text, span.end - file->base);
    size_t begin = span.begin - file->base;
    GB_WORDS(colons, "：", ":");
    uint32_t colon = (uint32_t)GB_START(rest, colons);

    if (!colon || !gb_str_ends(gb_str_sub(file->text, 0, begin), GB_STR("**")) ||
        !gb_str_starts(gb_str_skip(rest, colon), GB_STR("**")))
        return;
    struct gb_finding *f = gb_report_case(c, "literal", gb_at_text(&note->marker), note, GB_ARGS(note->marker.str));
    gb_fix_markup(c, f, (struct gb_span){span.begin - 2, span.begin}, GB_STR(""));
    gb_fix_markup(c, f, (struct gb_span){span.end + colon, span.end + colon + 2}, GB_STR(""));
}

/* Terms stand out where they are defined; key words at the head of a paragraph or item. */
static void
check_emphasis(struct gb_check *c)
{
    static const enum gb_node_kind kinds[] = {GB_NODE_PARA, GB_NODE_ITEM, GB_NODE_NOTE};
    const struct gb_facts *facts = c->facts;

    for (size_t k = 0; k < GB_COUNT(kinds); k++) {
        GB_EACH_NODE(node, &facts->of_kind[kinds[k]]) {
            if (node->text.n_runs < 2)
                continue;
            enum gb_zone zone = gb_zone_of(node);
            if (zone != GB_ZONE_COVER && zone != GB_ZONE_TOC && zone != GB_ZONE_TERMS &&
                node->encoding != GB_ENCODING_FENCE)
                judge_runs(c, node);
        }
    }
    static const enum gb_node_kind noted[] = {GB_NODE_NOTE, GB_NODE_EXAMPLE};
    for (size_t k = 0; k < GB_COUNT(noted); k++) {
        GB_EACH_NODE(note, &facts->of_kind[noted[k]])
            judge_marker(c, note);
    }
    struct gb_slips slips = gb_slips_of(c, GB_SLIP_STAR);
    for (size_t i = 0; i + 1 < slips.n; i += 2) {
        const struct gb_slip *open = &slips.items[i], *close = open + 1;
        struct gb_str words = gb_str_sub(open->text->str, open->end, close->begin);
        struct gb_finding *f =
            gb_report_case(c, "literal", gb_at_part(open->text, open->begin, close->end), open->node, GB_ARGS(words));
        gb_fix_slip(c, f, open);
        gb_fix_slip(c, f, close);
    }
}

/* ** in the text, for beside Chinese marks CommonMark takes it for no emphasis: two of them with Chinese text between. */
size_t
gb_scan_star(struct gb_typography *typ, size_t at)
{
    enum { LONGEST = 300 };
    struct gb_str s = typ->s, near = gb_str_sub(s, at + 2, at + 2 + LONGEST);
    size_t close = gb_str_starts(gb_str_skip(s, at), GB_STR("**")) ? gb_str_find(near, GB_STR("**"), 0) : GB_NOT_FOUND;

    if (close == GB_NOT_FOUND || close == 0 || gb_is_markup_text(typ, at) || !gb_has_han(gb_str_sub(near, 0, close)))
        return at + 1;
    close += at + 2;
    if (gb_str_ends(gb_str_sub(s, 0, at), GB_STR("“")) &&
        gb_str_ends(gb_str_sub(s, 0, close), GB_STR("“"))) /* “**街”“**路” */
        return close + 2;
    gb_add_slip(typ, GB_SLIP_STAR, at, at + 2, NULL, GB_STR(""), true);
    gb_add_slip(typ, GB_SLIP_STAR, close, close + 2, NULL, GB_STR(""), true);
    return close + 2;
}

/* ---- TYP-020 ---- */

/* 第1部分 or 第三部分 ends here: where it begins, or GB_NOT_FOUND. */
static size_t
begin_of_part(struct gb_str s, size_t at)
{
    enum { LONGEST = 4 };
    size_t begin = at, prev;
    unsigned n = 0;

    for (; n <= LONGEST && begin > 0; begin = prev, n++) {
        uint32_t c = gb_utf8_before(s, begin, &prev);
        if (c == U'第' && n)
            return prev;
        if (!gb_is_digit(c) && c != ' ' && c != 'X' && c != U'×')
            break;
    }
    return GB_NOT_FOUND;
}

static size_t
end_of_blanks(struct gb_str s, size_t at)
{
    size_t next;

    while (at < s.len && s.ptr[at] != '\n' && gb_char_is_space(gb_utf8_at(s, at, &next)))
        at = next;
    return at;
}

/*
 * A full-width colon and no blank between the number of a part and its title. In a sentence, where other words follow (第1部分的规定),
 * and at the end there is no title.
 */
static void
hit_part(struct gb_check *c, const struct gb_found *found)
{
    static const char key;
    size_t *told = gb_check_shared(c, &key, sizeof(*told));
    struct gb_str s = found->text->str;
    size_t colon = end_of_blanks(s, found->end), end, begin = begin_of_part(s, found->begin);
    uint32_t mark = gb_char_at(s, colon);
    bool has_colon = mark == ':' || mark == U'：';

    if (begin == GB_NOT_FOUND || *told >= gb_most_places(c))
        return;
    end = has_colon ? end_of_blanks(s, colon + (mark == ':' ? 1 : strlen("："))) : colon;
    struct gb_str between = gb_str_sub(s, found->end, end);
    bool is_title = gb_char_is_han(gb_char_at(s, end)) || gb_is_letter(gb_char_at(s, end));
    if (gb_str_is(between, "：") || !is_title || (!has_colon && !between.len))
        return;
    ++*told;
    gb_report_fix(c, NULL,
                  between.len ? gb_at_part(found->text, found->end, end) : gb_at_part(found->text, begin, found->end),
                  found->node, GB_STR("："), GB_ARGS(gb_str_sub(s, begin, found->end)));
}

const struct gb_check_def gb_emphasis_checks[] = {
    {.name = "emphasis-in-text", .whole = check_emphasis, .cases = "literal"},
    {.name = "part-colon", .hit = hit_part, .params = GB_SEARCH_PARAMS "words:words"},
    {0},
};
