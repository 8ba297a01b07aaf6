/*
 * How the numbers of documents are written, wherever they stand: dash, blanks, letters, letters for digits, 《 》 around them.
 * TYP-003 to TYP-006, TYP-018. Source: GB/T 1.1—2020, 8.1 footnote 1 and 10.3.1.4; 2009, 6.1.1.
 */
#include "check/typography/typography_priv.h"

#include "doc/identifier.h"

/* A page, a picture or a program that is named for the document. */
static bool
is_file_name(const struct gb_identifier *id)
{
    struct gb_str rest = gb_str_skip(id->text->str, id->at.end);
    size_t n = 1;

    if (gb_text_flags(id->text, id->at.begin) & GB_RUN_LINK && gb_str_has(id->text->str, GB_STR("://")))
        return true;
    while (n < rest.len && gb_is_alnum(rest.ptr[n]))
        n++;
    return rest.len > 2 && (rest.ptr[0] == '.' || rest.ptr[0] == '_') && n > 2 && gb_is_letter(rest.ptr[1]);
}

/* DB 3200-1 is the number of something else. */
static bool
has_hyphen_gap(const struct gb_identifier *id)
{
    struct gb_str gap = gb_str_sub(id->text->str, id->at.code.end, id->at.serial.begin);

    return gap.len && memchr(gap.ptr, '-', gap.len);
}

/* Written by the draft itself, and at a place of its own. */
static bool
is_judged(const struct gb_identifier *id)
{
    return id->text && id->node && !has_hyphen_gap(id) &&
           !(id->flags & (GB_IDENTIFIER_MEMBER | GB_IDENTIFIER_QUOTED)) && !is_file_name(id);
}

/*
 * The i-th identifier of the draft, or NULL: those of its texts and, where the cover came as metadata and has no lines, the
 * draft's own.
 */
static const struct gb_identifier *
identifier_at(struct gb_check *c, uint32_t i)
{
    static const char key;
    const struct gb_facts *facts = c->facts;
    const struct gb_node *cover = facts->cover;

    if (i < facts->n_identifiers)
        return &facts->identifiers[i];
    if (i > facts->n_identifiers || !cover || cover->first || !facts->own.code.len || !facts->own.text)
        return NULL;
    struct gb_identifier *own = gb_check_shared(c, &key, sizeof(*own));
    *own = facts->own;
    own->node = cover;
    return own;
}

static struct gb_str
part_of(const struct gb_identifier *id, struct gb_extent part)
{
    return gb_extent_str(id->text->str, part);
}

static struct gb_str
whole(const struct gb_identifier *id)
{
    return gb_str_sub(id->text->str, id->at.begin, id->at.end);
}

static bool
is_chinese_publisher(const struct gb_identifier *id)
{
    return !gb_publisher_is_foreign(id->publisher) && !(id->at.flags & GB_SHAPE_FOREIGN);
}

/* ---- TYP-003: the dash before the year ---- */

static struct gb_str
trim_blanks(struct gb_str s)
{
    size_t prev;

    s = gb_str_skip(s, gb_str_skip_space(s, 0));
    while (s.len && gb_char_is_space(gb_utf8_before(s, s.len, &prev)))
        s.len = prev;
    return s;
}

/* Dated, by a publisher of this country. A colon is REF-028's. */
static bool
has_dash(const struct gb_identifier *id)
{
    struct gb_str dash = trim_blanks(part_of(id, id->at.separator));

    return is_judged(id) && is_chinese_publisher(id) && !GB_IS_ONE_OF(dash, ":", "：") &&
           !gb_extent_is_empty(id->at.year);
}

/* GB 501572013: serial and year have nothing between them. */
static bool
lost_dash(const struct gb_identifier *id)
{
    return !gb_extent_is_empty(id->at.year) && gb_extent_is_empty(id->at.separator);
}

static bool
is_other_dash(const struct gb_identifier *id)
{
    return !gb_str_is(trim_blanks(part_of(id, id->at.separator)), "—");
}

static struct gb_at
at_dash(const struct gb_identifier *id)
{
    if (lost_dash(id))
        return gb_at_part(id->text, id->at.begin, id->at.end);
    return gb_at_part(id->text, id->at.separator.begin, id->at.separator.end);
}

/* Where nearly all numbers of a long draft have the fault, that is one habit and told once. */
static bool
is_habit(uint32_t wrong, uint32_t n)
{
    enum { LEAST = 12, PERCENT = 90 };

    return wrong >= LEAST && wrong * 100 >= n * PERCENT;
}

static bool
has_other_dash(struct gb_check *c, bool *out_any)
{
    const struct gb_identifier *id;
    uint32_t n = 0, wrong = 0;

    for (uint32_t i = 0; (id = identifier_at(c, i)); i++) {
        bool is_dated = has_dash(id);
        n += is_dated;
        wrong += is_dated && is_other_dash(id);
    }
    *out_any = wrong > 0;
    return is_habit(wrong, n);
}

static void
check_number_dash(struct gb_check *c)
{
    const struct gb_identifier *id;
    bool any = false, together = has_other_dash(c, &any);
    struct gb_finding *f = NULL;
    uint32_t told = 0;

    for (uint32_t i = 0; any && told < gb_most_places(c) && (id = identifier_at(c, i)); i++) {
        if (!(has_dash(id) && is_other_dash(id)))
            continue;
        if (!f || !together)
            f = gb_report_case(c,
                               together        ? "all"
                               : lost_dash(id) ? "lost"
                                               : NULL,
                               at_dash(id), id->node, GB_ARGS(whole(id), part_of(id, id->at.separator)));
        else
            gb_also_there(c, f, at_dash(id));
        told++;
        if (!lost_dash(id))
            gb_fix_part(c, f, id->text, id->at.separator.begin, id->at.separator.end, GB_STR("—"));
    }
}

/* ---- TYP-004: blanks ---- */

static size_t
blank_at(struct gb_str s, size_t at)
{
    size_t next;

    if (at >= s.len || (unsigned char)s.ptr[at] - (unsigned)'!' <= '~' - '!')
        return 0;
    return gb_char_is_space(gb_utf8_at(s, at, &next)) ? next - at : 0;
}

/* Blanks that a wrapped line leaves are none. */
static bool
has_line_end(struct gb_str s)
{
    return s.len && memchr(s.ptr, '\n', s.len);
}

/* T/ABC JL 092: the letters of a society's field stand apart. */
static bool
parts_letters(const struct gb_identifier *id, size_t begin, size_t end)
{
    struct gb_str s = id->text->str;

    return id->publisher == GB_PUBLISHER_GROUP && begin > id->at.code.begin && end < id->at.code.end &&
           gb_is_upper(s.ptr[begin - 1]) && gb_is_upper(s.ptr[end]);
}

/* The next blanks from *at on, before `end`, that do not belong there: [*at, *out_end). */
static bool
find_inner_blank(const struct gb_identifier *id, size_t *at, size_t end, size_t *out_end)
{
    struct gb_str s = id->text->str;
    size_t next;

    for (; *at < end; *at = next) {
        gb_utf8_at(s, *at, &next);
        size_t blank = blank_at(s, *at);
        if (!blank)
            continue;
        *out_end = *at + blank;
        while (*out_end < end && (blank = blank_at(s, *out_end)))
            *out_end += blank;
        if (!parts_letters(id, *at, *out_end))
            return true;
    }
    return false;
}

/* Blanks inside of code, serial and year; of foreign and enterprise codes only around the serial (ISO/IEC TR, Q/ABC 01). */
static bool
has_inner_blank(const struct gb_identifier *id)
{
    size_t at = id->at.code.begin, end;
    bool is_free =
        !is_chinese_publisher(id) || id->publisher == GB_PUBLISHER_ENTERPRISE || id->publisher == GB_PUBLISHER_OTHER;

    if (!is_free && find_inner_blank(id, &at, id->at.code.end, &end) && !has_line_end(part_of(id, id->at.code)))
        return true;
    at = id->at.serial.begin;
    return is_chinese_publisher(id) && find_inner_blank(id, &at, id->at.end, &end) &&
           !has_line_end(gb_str_sub(id->text->str, id->at.serial.begin, id->at.end));
}

/* Q/ABC FWTG101: letters of a company's part stand right before the serial. */
static bool
has_company_part(const struct gb_identifier *id)
{
    return id->publisher == GB_PUBLISHER_ENTERPRISE && gb_str_has(part_of(id, id->at.code), GB_STR(" "));
}

/* No blank, or several, between code and serial. DB11/307 is written without. */
static bool
has_wrong_gap(const struct gb_check *c, const struct gb_identifier *id)
{
    struct gb_str s = id->text->str, gap = gb_str_sub(s, id->at.code.end, id->at.serial.begin);
    bool ends_in_slash = id->at.code.end > 0 && s.ptr[id->at.code.end - 1] == '/';

    if (id->flags & GB_IDENTIFIER_BARE || ends_in_slash || lost_dash(id) || has_line_end(gap) ||
        id->at.flags & GB_SHAPE_LETTERS)
        return false;
    /* DBJ50/T-249—2016 has the number of the province there. */
    if (!gap.len && (has_company_part(id) || GB_STARTS_WITH(id->code, "DBJ", "DGJ", "DG")))
        return false;
    if (!gap.len) {
        size_t n = 0;
        bool has_slash = id->code.len != id->base.len || memchr(id->code.ptr, '/', id->code.len);
        /* GB18030 and ISO9001 may be the name of something else: a year, or an entry of the lists, tells. */
        if (is_chinese_publisher(id) && !has_slash && gb_extent_is_empty(id->at.year))
            gb_references_same(c->facts, id, &n);
        return (has_slash && is_chinese_publisher(id)) || !gb_extent_is_empty(id->at.year) || n > 0;
    }
    return gap.len > blank_at(gap, 0) && trim_blanks(gap).len == 0 && c->doc->blanks_matter;
}

static void
fix_blanks(struct gb_check *c, struct gb_finding *f, const struct gb_identifier *id, bool has_gap)
{
    size_t at = id->at.code.begin, end;

    if (has_inner_blank(id)) {
        for (; is_chinese_publisher(id) && find_inner_blank(id, &at, id->at.code.end, &end); at = end)
            gb_fix_part(c, f, id->text, at, end, GB_STR(""));
    }
    if (has_gap)
        gb_fix_part(c, f, id->text, id->at.code.end, id->at.serial.begin, GB_STR(" "));
    if (has_inner_blank(id)) {
        at = id->at.serial.begin;
        for (; find_inner_blank(id, &at, id->at.end, &end); at = end)
            gb_fix_part(c, f, id->text, at, end, GB_STR(""));
    }
}

/* DB 32: the band of a local standard, alone on a line of the cover. */
static bool
is_spread_band(struct gb_str s, size_t *out_begin, size_t *out_end)
{
    size_t at = 2, blanks;

    s = gb_str_trim(s);
    if (!gb_str_starts(s, GB_STR("DB")) || !(blanks = blank_at(s, at)))
        return false;
    *out_begin = at;
    while ((blanks = blank_at(s, at)))
        at += blanks;
    *out_end = at;
    size_t digits = gb_skip_digits(s, at) - at;
    struct gb_str rest = gb_str_skip(s, at + digits);
    return (digits == 2 || digits == 4) && (!rest.len || gb_str_is(rest, "/T"));
}

static void
check_band(struct gb_check *c)
{
    const struct gb_node *cover = c->facts->cover;

    for (const struct gb_node *line = cover ? cover->first : NULL; line; line = line->next) {
        size_t begin, end;
        struct gb_text text = gb_text_trim(&line->text);
        if (line->kind != GB_NODE_PARA || !is_spread_band(text.str, &begin, &end))
            continue;
        struct gb_str parts[] = {gb_str_sub(text.str, 0, begin), gb_str_skip(text.str, end)};
        struct gb_str wanted = gb_arena_printf(c->arena, "%.*s%.*s", GB_FMT(parts[0]), GB_FMT(parts[1]));
        struct gb_finding *f = gb_report(c, gb_at_text(&text), line, GB_ARGS(text.str, wanted));
        gb_fix_part(c, f, &text, begin, end, GB_STR(""));
    }
}

/* Code and number as they should stand: the bytes, but for the blanks. */
static struct gb_str
with_right_blanks(const struct gb_check *c, const struct gb_identifier *id)
{
    struct gb_str s = id->text->str;
    struct gb_buf out = {0};
    bool is_foreign = !is_chinese_publisher(id);
    size_t next;

    for (size_t at = id->at.begin; at < id->at.end; at = next) {
        uint32_t ch = gb_utf8_at(s, at, &next);
        if (at == id->at.serial.begin && !(id->flags & GB_IDENTIFIER_BARE))
            gb_buf_add_char(&out, ' ');
        bool is_gap = at >= id->at.code.end && at < id->at.serial.begin;
        if (!gb_char_is_space(ch) || (is_foreign && !is_gap) || parts_letters(id, at, next))
            gb_buf_add(&out, gb_str_sub(s, at, next));
    }
    return gb_buf_take(&out, c->arena);
}

/* What is wrong with the blanks of a number. */
enum blank_fault { BLANKS_RIGHT, BLANKS_INSIDE, BLANKS_GAP };

/* Of a number that is judged. */
static enum blank_fault
judge_blanks(const struct gb_check *c, const struct gb_identifier *id)
{
    return has_inner_blank(id) ? BLANKS_INSIDE : has_wrong_gap(c, id) ? BLANKS_GAP : BLANKS_RIGHT;
}

static bool
lacks_gaps(struct gb_check *c, bool *out_any)
{
    const struct gb_identifier *id;
    uint32_t n = 0, wrong = 0;

    for (uint32_t i = 0; (id = identifier_at(c, i)); i++) {
        bool counts = is_judged(id);
        enum blank_fault fault = counts ? judge_blanks(c, id) : BLANKS_RIGHT;
        n += counts;
        wrong += fault == BLANKS_GAP;
        *out_any = *out_any || fault;
    }
    return is_habit(wrong, n);
}

static void
check_number_blanks(struct gb_check *c)
{
    const struct gb_identifier *id;
    bool any = false, together = lacks_gaps(c, &any);
    struct gb_finding *all = NULL;
    uint32_t told = 0;

    check_band(c);
    for (uint32_t i = 0; any && told < gb_most_places(c) && (id = identifier_at(c, i)); i++) {
        enum blank_fault fault = is_judged(id) ? judge_blanks(c, id) : BLANKS_RIGHT;
        struct gb_at at = fault ? gb_at_part(id->text, id->at.begin, id->at.end) : (struct gb_at){0};
        if (!fault)
            continue;
        told++;
        if (together && fault == BLANKS_GAP && all) {
            gb_also_there(c, all, at);
            fix_blanks(c, all, id, true);
            continue;
        }
        const char *which = fault == BLANKS_INSIDE ? NULL : together ? "all" : "gap";
        struct gb_finding *f = gb_report_case(c, which, at, id->node, GB_ARGS(whole(id), with_right_blanks(c, id)));
        fix_blanks(c, f, id, has_wrong_gap(c, id));
        all = together && fault == BLANKS_GAP ? f : all;
    }
}

/* ---- TYP-005: letters and slash ---- */

static bool
has_wide_letter(struct gb_str s)
{
    size_t next;

    for (size_t at = 0; at < s.len; at = next) {
        uint32_t c = gb_utf8_at(s, at, &next);
        if (c != 0xFF0F && gb_char_narrow(c) != c && c != 0x3000)
            return true;
    }
    return false;
}

/* What the characters of the code should be, one edit each. Returns whether there is one. */
static bool
judge_code(struct gb_check *c, struct gb_finding *f, const struct gb_identifier *id)
{
    struct gb_str s = id->text->str;
    size_t next, end = id->at.code.end;
    bool is_national = is_chinese_publisher(id), is_wrong = false, has_slash = false;

    for (size_t at = id->at.code.begin; at < end; at = next) {
        uint32_t ch = gb_utf8_at(s, at, &next);
        struct gb_str wanted = {NULL, 0};
        if (ch == 0xFF0F || ch == 0x2215 || ch == 0x2044 || ch == '\\' || (is_national && ch == '-'))
            wanted = GB_STR("/");
        else if (is_national && gb_is_lower(ch))
            wanted = gb_arena_printf(c->arena, "%c", (int)(ch - 'a' + 'A'));
        has_slash = has_slash || ch == '/' || (wanted.ptr && wanted.ptr[0] == '/');
        is_wrong = is_wrong || wanted.ptr;
        if (f && wanted.ptr)
            gb_fix_part(c, f, id->text, at, next, wanted);
    }
    /* GBT: the letter behind the base is the nature. */
    bool lost_slash = is_national && !has_slash && id->code.len != id->base.len;
    if (f && lost_slash)
        gb_fix_part(c, f, id->text, end - 1, end - 1, GB_STR("/"));
    return is_wrong || lost_slash;
}

static void
check_number_glyphs(struct gb_check *c)
{
    const struct gb_identifier *id;

    for (uint32_t i = 0, told = 0; told < gb_most_places(c) && (id = identifier_at(c, i)); i++) {
        if (!is_judged(id) || id->flags & GB_IDENTIFIER_BARE || has_wide_letter(part_of(id, id->at.code)) ||
            !judge_code(c, NULL, id))
            continue;
        struct gb_finding *f = gb_report(c, gb_at_part(id->text, id->at.code.begin, id->at.code.end), id->node,
                                         GB_ARGS(part_of(id, id->at.code), id->code));
        judge_code(c, f, id);
        told++;
    }
}

/* ---- TYP-006: letters for digits ---- */

void
gb_report_misread(struct gb_check *c)
{
    const struct gb_identifier *id;

    for (uint32_t i = 0, told = 0; told < gb_most_places(c) && (id = identifier_at(c, i)); i++) {
        if (!(id->at.flags & GB_SHAPE_MISREAD) || !is_judged(id))
            continue;
        struct gb_str right = gb_identifier_text(c->arena, id);
        struct gb_finding *f =
            gb_report(c, gb_at_part(id->text, id->at.begin, id->at.end), id->node, GB_ARGS(whole(id), right));
        if (gb_extent_is_empty(id->at.all_parts))
            gb_fix_part(c, f, id->text, id->at.begin, id->at.end, right);
        told++;
    }
    gb_report_slips(c, GB_SLIP_MISREAD, false);
}

/* ---- TYP-018: 《 》 around a number ---- */

static void
check_book_marks(struct gb_check *c)
{
    const struct gb_identifier *id;

    for (uint32_t i = 0, told = 0; told < gb_most_places(c) && (id = identifier_at(c, i)); i++) {
        size_t open = strlen("《"), end = gb_extent_is_empty(id->at.all_parts) ? id->at.end : id->at.all_parts.end;
        if (!is_judged(id) || id->at.begin < open ||
            !gb_str_ends(gb_str_sub(id->text->str, 0, id->at.begin), GB_STR("《")) ||
            !gb_str_starts(gb_str_skip(id->text->str, end), GB_STR("》")))
            continue;
        size_t begin = id->at.begin - open, behind = end + strlen("》");
        struct gb_finding *f = gb_report(c, gb_at_part(id->text, begin, behind), id->node, GB_ARGS(whole(id)));
        gb_fix_part(c, f, id->text, begin, id->at.begin, GB_STR(""));
        gb_fix_part(c, f, id->text, end, behind, GB_STR(""));
        told++;
    }
}

/* 《某某公司》, 《某某项目》: names of bodies and projects are no titles. */
static void
hit_named_body(struct gb_check *c, const struct gb_found *found)
{
    struct gb_str s = found->text->str;
    size_t close = found->end, open = found->begin;

    while (open > 0 && found->begin - open < 120 && !gb_str_starts(gb_str_skip(s, open), GB_STR("《")))
        open--;
    struct gb_str name = gb_str_sub(s, open + strlen("《"), close);
    if (!gb_str_starts(gb_str_skip(s, open), GB_STR("《")) || !gb_str_starts(gb_str_skip(s, close), GB_STR("》")) ||
        GB_HAS_ONE_OF(name, "《", "》"))
        return;
    gb_report_case(c, "body", gb_at_part(found->text, open, close + strlen("》")), found->node, GB_ARGS(name));
}

const struct gb_check_def gb_standard_number_checks[] = {
    {.name = "number-dash", .whole = check_number_dash, .cases = "all lost"},
    {.name = "number-blanks", .whole = check_number_blanks, .cases = "gap all"},
    {.name = "number-glyphs", .whole = check_number_glyphs},
    {.name = "book-marks",
     .hit = hit_named_body,
     .finish = check_book_marks,
     .cases = "body",
     .params = GB_SEARCH_PARAMS "words:words"},
    {0},
};
