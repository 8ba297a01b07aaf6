/*
 * Single entries of the normative references: REF-010, REF-012, REF-013, REF-017, REF-018, and the year of any
 * identifier: REF-028. Their form is judged in reference_form.c.
 */
#include "check/references/references_priv.h"

static struct gb_at
at_code(const struct gb_reference *entry)
{
    return gb_at_text(entry->node->code.str.len ? &entry->node->code : &entry->node->text);
}

/* ---- Deleting an entry ---- */

/* Takes the entry out with its line, and with the blank line behind it where one stands before it too. Only where the markup
 * goes by lines, and nothing else stands on this one. */
static void
delete_entry(struct gb_check *check, struct gb_finding *finding, const struct gb_node *ref)
{
    struct gb_at at = gb_at_text(&ref->text);
    const struct gb_node *neighbours[] = {ref->prev, ref->next};
    uint32_t begin = gb_source_line_begin(check->doc->source, at.span.begin);
    uint32_t end = gb_source_line_end(check->doc->source, at.span.end);

    if (!check->doc->blanks_matter || at.by_line || ref->first || ref->encoding == GB_ENCODING_TABLE)
        return;
    if (GB_ANY(GB_ITEMS(other, neighbours, GB_COUNT(neighbours)),
               *other && (*other)->span.end > begin && (*other)->span.begin < end))
        return;
    const struct gb_source_file *file = gb_source_file_at(check->doc->source, begin);
    struct gb_str text = file->text;
    struct gb_str rest = gb_str_skip(text, end - file->base), before = gb_str_sub(text, 0, begin - file->base), line;
    if (gb_str_trim(gb_str_sub(text, at.span.end - file->base, end - file->base)).len)
        return;
    gb_str_next_line(&rest, &line); /* the end of the entry's own */
    bool follows_blank = GB_ENDS_WITH(before, "\n\n", "\n\r\n");
    struct gb_str behind = rest;
    if (follows_blank && gb_str_next_line(&behind, &line) && gb_str_trim(line).len == 0)
        rest = behind;
    end = file->base + (uint32_t)(rest.ptr - text.ptr);
    gb_fix(check, finding, (struct gb_span){begin, end}, GB_STR(""));
}

/* ---- REF-010: one entry for a document ---- */

enum { MOST_YEARS = 32 };

/* Entries of one document that no other of them repeats. */
struct editions {
    const struct gb_reference *items[MOST_YEARS];
    size_t n;
};

static bool
is_same_scope(const struct gb_identifier *a, const struct gb_identifier *b)
{
    return gb_str_eq(a->code, b->code) && gb_extent_is_empty(a->at.all_parts) == gb_extent_is_empty(b->at.all_parts);
}

static void
report_twin(struct gb_check *c, const struct gb_reference *entry, const struct gb_reference *twin)
{
    const char *which = NULL;

    if (!gb_str_eq(entry->id.year, twin->id.year))
        which = "dated-undated";
    else if (entry->list != twin->list)
        which = "both-lists";
    struct gb_finding *f =
        gb_report_case(c, which, at_code(entry), entry->node, GB_ARGS(gb_entry_name(c, entry), gb_entry_name(c, twin)));
    gb_also(c, f, at_code(twin), gb_say(c, "另一条", "the other entry"));
    if (!which && entry->list == GB_LIST_REFERENCES)
        delete_entry(c, f, entry->node);
}

/* Holds an entry against the ones of the same document before it. Two dates are two documents; dated and undated may both
 * be meant. */
static void
compare_edition(struct gb_check *c, struct editions *editions, const struct gb_reference *entry)
{
    const struct gb_reference *undated = NULL;

    for (size_t i = 0; i < editions->n; i++) {
        const struct gb_reference *other = editions->items[i];
        if (!is_same_scope(&entry->id, &other->id))
            continue;
        if (gb_str_eq(entry->id.year, other->id.year)) {
            report_twin(c, entry, other);
            return;
        }
        bool is_pair = (entry->id.year.len == 0) != (other->id.year.len == 0);
        if (is_pair && entry->list == GB_LIST_REFERENCES && other->list == GB_LIST_REFERENCES)
            undated = other;
    }
    if (undated)
        report_twin(c, entry, undated);
    if (editions->n < MOST_YEARS)
        editions->items[editions->n++] = entry;
}

/* Source: GB/T 1.1—2020, 8.6.3.1. */
static void
check_duplicates(struct gb_check *c)
{
    const struct gb_facts *facts = c->facts;
    const struct gb_identifier *last = NULL;
    struct editions editions = {.n = 0};

    for (uint32_t i = 0; i < facts->n_entries_sorted; i++) {
        const struct gb_reference *entry = &facts->entries[facts->entries_sorted[i]];
        if (entry->is_loose)
            continue;
        if (last && gb_identifier_cmp(last, &entry->id) != 0)
            editions.n = 0;
        compare_edition(c, &editions, entry);
        last = &entry->id;
    }
}

/* ---- REF-012: foreign titles ---- */

/* Latin words inside of brackets: the original title, or as much of it as a short name is. */
static bool
has_bracketed_latin(struct gb_str s)
{
    enum { FEWEST = 2 };
    unsigned letters = 0, depth = 0;

    for (size_t at = 0; at < s.len;) {
        uint32_t c = gb_utf8_at(s, at, &at), narrow = gb_char_narrow(c);
        if (narrow == '(' || narrow == '[')
            depth++;
        else if ((narrow == ')' || narrow == ']') && depth)
            depth--;
        else if (depth && gb_char_is_latin(c) && ++letters >= FEWEST)
            return true;
    }
    return false;
}

/* Source: GB/T 1.1—2020, 8.6.3.1: translation, then the original title in brackets. */
static void
check_foreign_titles(struct gb_check *c)
{
    GB_EACH_REFERENCE(entry, c->facts, GB_LIST_REFERENCES) {
        if (!entry->id.serial.len || !gb_publisher_is_foreign(entry->id.publisher) || !entry->title.str.len)
            continue;
        const char *which = !gb_str_has_han(entry->title.str) ? "untranslated" : NULL;
        if (which || !has_bracketed_latin(entry->title.str))
            gb_report_case(c, which, gb_at_text(&entry->title), entry->node, GB_ARGS(gb_entry_name(c, entry)));
    }
}

/* ---- REF-013: all parts ---- */

#define ALL_PARTS "（所有部分）"

/* What is written for （所有部分） behind the number; longer ones first. */
GB_WORDS(other_forms, "系列国家标准", "系列行业标准", "系列标准", "系列", "（系列标准）", "（系列）", "（全部）",
         "(全部)", "（全部部分）", "（各部分）", "所有部分", "全部部分", "(系列标准)", "(系列)", "(各部分)",
         "(全部部分)");

/* The form that stands at `at`, blanks before it passed over: its end, or 0. */
static size_t
other_form_at(struct gb_str s, size_t at, size_t *out_begin)
{
    *out_begin = at = gb_str_skip_space(s, at);
    for (size_t i = 0; i < GB_COUNT(other_forms); i++) {
        if (gb_str_starts(gb_str_skip(s, at), other_forms[i]))
            return gb_is_digit(gb_str_at(s, at + other_forms[i].len)) ? 0 : at + other_forms[i].len; /* 系列1集装箱 */
    }
    return 0;
}

/* 系列 … behind the number that ends at `end` of the text. */
static void
report_form(struct gb_check *c, const struct gb_node *node, const struct gb_text *text, struct gb_str code, size_t end)
{
    size_t begin, form = other_form_at(text->str, end, &begin);

    if (!form)
        return;
    struct gb_finding *f =
        gb_report(c, gb_at_part(text, begin, form), node, GB_ARGS(code, gb_str_sub(text->str, begin, form)));
    gb_fix(c, f, gb_text_span(text, end, form, NULL), GB_STR(ALL_PARTS));
}

/* 第1部分 in a title: its begin, or GB_NOT_FOUND. */
static size_t
find_part(struct gb_str title)
{
    enum { LONGEST = 9 }; /* 第123部分, 第十二部分 */

    GB_EACH_FOUND(at, title, GB_STR("第"), 0) {
        size_t part = gb_str_find(title, GB_STR("部分"), at);
        if (part != GB_NOT_FOUND && part > at + strlen("第") && part - at - strlen("第") <= LONGEST)
            return at;
    }
    return GB_NOT_FOUND;
}

/* ～24421.4, ~GB/T 24421.4, —24421.4 behind the number of an entry. */
static bool
begins_range(struct gb_str title)
{
    GB_WORDS(signs, "～", "~", "至", "∼", "〜", "—", "-", "–");
    enum { DASHES = 5 }; /* from here on: a year would be read as such, a number with a dot is none */

    for (size_t i = 0; i < GB_COUNT(signs); i++) {
        struct gb_str rest = gb_str_trim(gb_str_skip(title, signs[i].len));
        if (gb_str_starts(title, signs[i]) && rest.len) {
            uint32_t c = gb_char_at(rest, 0);
            size_t serial = 0;
            while (serial < rest.len &&
                   (gb_char_digit((unsigned char)rest.ptr[serial]) >= 0 || rest.ptr[serial] == '.'))
                serial++;
            if (i >= DASHES)
                return gb_str_has(gb_str_sub(rest, 1, serial), GB_STR("."));
            return gb_char_digit(c) >= 0 || gb_char_is_latin(c);
        }
    }
    return false;
}

static void
judge_parts(struct gb_check *c, const struct gb_reference *entry)
{
    const struct gb_node *ref = entry->node;
    const struct gb_text *text = &ref->text;
    const char *title = entry->title.str.ptr;
    size_t code_end;

    if (!entry->id.serial.len || title < text->str.ptr || title > text->str.ptr + text->str.len)
        return;
    code_end = (size_t)(ref->code.str.ptr + ref->code.str.len - text->str.ptr);
    if (code_end > text->str.len)
        return;
    if (gb_extent_is_empty(entry->id.at.all_parts)) {
        report_form(c, ref, text, gb_entry_name(c, entry), code_end);
        if (begins_range(entry->title.str))
            gb_report_case(c, "range", at_code(entry), ref, GB_ARGS(gb_entry_name(c, entry)));
        return;
    }
    size_t part = find_part(entry->title.str), end = entry->title.str.len, begin = part, before;
    if (part == GB_NOT_FOUND)
        return;
    while (gb_char_is_space(gb_utf8_before(entry->title.str, begin, &before))) /* with the blank before it */
        begin = before;
    struct gb_finding *f = gb_report_case(c, "part", gb_at_part(&entry->title, part, end), ref,
                                          GB_ARGS(gb_entry_name(c, entry), gb_str_sub(entry->title.str, part, end)));
    gb_fix(c, f, gb_text_span(&entry->title, begin, end, NULL), GB_STR(""));
}

/* Source: GB/T 1.1—2020, 8.6.3.1 and 9.5.4.1.2. In running text only where the series is cited beyond doubt: often it is
 * spoken of. */
static void
check_all_parts(struct gb_check *c)
{
    const struct gb_facts *facts = c->facts;

    for (uint32_t i = 0; i < facts->n_entries; i++) {
        if (!facts->entries[i].is_loose)
            judge_parts(c, &facts->entries[i]);
    }
    GB_EACH(const struct gb_citation, citation, facts->citations, facts->n_citations) {
        const struct gb_identifier *id = citation->id;
        if (citation->force == GB_CITED_NORMATIVE && citation->flags & (GB_CITATION_VERB | GB_CITATION_LEAD_IN) &&
            id->text && !(id->flags & (GB_IDENTIFIER_BARE | GB_IDENTIFIER_MEMBER)) &&
            gb_extent_is_empty(id->at.all_parts))
            report_form(c, id->node, id->text, gb_str_sub(id->text->str, id->at.begin, id->at.end), id->at.end);
    }
}

/* ---- REF-017: publishers that may not be cited ---- */

/* Two local codes of one province, or of provinces that the entry's option joins. */
static bool
is_same_region(struct gb_check *c, struct gb_str a, struct gb_str b)
{
    const struct gb_str *groups;
    struct gb_str of_a = gb_str_sub(a, 2, 4), of_b = gb_str_sub(b, 2, 4);

    if (gb_str_eq(of_a, of_b))
        return true;
    size_t n = gb_param_words(c, "joined", &groups);
    return GB_ANY(GB_ITEMS(group, groups, n), gb_str_has(*group, of_a) && gb_str_has(*group, of_b));
}

/* Does the cover name the region of the code? Then it is the draft's own number that is wrong: COV-014. */
static bool
is_on_cover(struct gb_check *c, struct gb_str local)
{
    const struct gb_node *cover = c->facts->cover;
    struct gb_str province = gb_param_pair(c, "provinces", gb_str_sub(local, 2, 4));

    return cover && province.len &&
           (gb_str_has(cover->u.cover->band.str, province) || gb_str_has(cover->u.cover->publisher.str, province));
}

/* The case for an entry in a draft of that publisher; "" where it may be listed. */
static const char *
forbidden_kind(struct gb_check *c, const struct gb_identifier *own, const struct gb_identifier *id)
{
    switch (id->publisher) {
    case GB_PUBLISHER_LOCAL:
        if (own->publisher == GB_PUBLISHER_ENTERPRISE)
            return "";
        if (own->publisher == GB_PUBLISHER_LOCAL)
            return is_same_region(c, own->base, id->base) || is_on_cover(c, id->base) ? "" : "region";
        return NULL;
    case GB_PUBLISHER_ENTERPRISE:
        return own->publisher == GB_PUBLISHER_ENTERPRISE ? "" : "enterprise";
    case GB_PUBLISHER_GROUP:
        return own->publisher == GB_PUBLISHER_ENTERPRISE || own->publisher == GB_PUBLISHER_GROUP ? "" : "group";
    default:
        return "";
    }
}

/* Source: GB/T 1.1—2020, 8.6.3.2 and 9.5.4.4.1; 2009, 6.2.3. A draft without a number may be of any kind. */
static void
check_source_kind(struct gb_check *c)
{
    const struct gb_facts *facts = c->facts;

    if (!facts->own.code.len || facts->own.publisher == GB_PUBLISHER_OTHER)
        return;
    GB_EACH_REFERENCE(entry, facts, GB_LIST_REFERENCES) {
        const char *which = entry->id.serial.len ? forbidden_kind(c, &facts->own, &entry->id) : "";
        if (!which || which[0])
            gb_report_case(c, which, at_code(entry), entry->node, GB_ARGS(gb_entry_name(c, entry), facts->own.code));
    }
}

/* ---- REF-018: the draft itself ---- */

/* Source: GB/T 1.1—2020, 8.6.1. Another part, or an earlier edition, is another document. */
static void
check_self_reference(struct gb_check *c)
{
    const struct gb_facts *facts = c->facts;

    if (!facts->own.serial.len)
        return;
    GB_EACH_REFERENCE(entry, facts, GB_LIST_REFERENCES) {
        bool is_other_year = entry->id.year.len && facts->own.year.len && !gb_str_eq(entry->id.year, facts->own.year);
        if (!entry->id.serial.len || gb_identifier_cmp(&facts->own, &entry->id) != 0 || is_other_year ||
            !gb_extent_is_empty(entry->id.at.all_parts))
            continue;
        delete_entry(c, gb_report(c, at_code(entry), entry->node, GB_ARGS(gb_entry_name(c, entry))), entry->node);
    }
}

/* ---- REF-028: dash or colon before the year ---- */

/* The mark that the publisher writes before the year; NULL where it has a form of its own. */
static const char *
separator_of(const struct gb_identifier *id)
{
    switch (id->publisher) {
    case GB_PUBLISHER_ISO:
    case GB_PUBLISHER_ISO_IEC:
    case GB_PUBLISHER_IEC:
        return ":";
    case GB_PUBLISHER_FOREIGN:
        return gb_str_is(id->base, "EN") ? ":" : NULL;
    case GB_PUBLISHER_ITU:
    case GB_PUBLISHER_OTHER:
        return NULL;
    default:
        return "—";
    }
}

/* Source: GB/T 1.1—2020, 8.1; for ISO and IEC their own form. Other dashes for 一字线 are TYP-003. */
static void
check_date_separator(struct gb_check *c)
{
    GB_EACH(const struct gb_identifier, id, c->facts->identifiers, c->facts->n_identifiers) {
        const char *wanted = id->year.len == 4 && id->text ? separator_of(id) : NULL;
        if (!wanted || id->flags & (GB_IDENTIFIER_QUOTED | GB_IDENTIFIER_MEMBER) ||
            gb_text_flags(id->text, id->at.begin) & GB_RUN_CODE ||
            gb_str_starts(gb_str_skip(id->text->str, id->at.end), GB_STR("年")))
            continue;
        struct gb_str is = gb_extent_str(id->text->str, id->at.separator);
        bool is_colon = GB_HAS_ONE_OF(is, ":", "：");
        if (is_colon == (wanted[0] == ':') || gb_zone_of(id->node) == GB_ZONE_COVER) /* there it is COV-004, COV-017 */
            continue;
        struct gb_at at = gb_at_part(id->text, id->at.separator.begin, id->at.separator.end);
        struct gb_finding *f = gb_report_case(c, wanted[0] == ':' ? "foreign" : NULL, at, id->node,
                                              GB_ARGS(gb_str_sub(id->text->str, id->at.begin, id->at.end),
                                                      gb_identifier_text(c->arena, id)));
        gb_fix(c, f, at.span, gb_str_from(wanted));
    }
}

const struct gb_check_def gb_reference_entry_checks[] = {
    {.name = "duplicate-reference", .whole = check_duplicates, .cases = "both-lists dated-undated"},
    {.name = "foreign-title", .whole = check_foreign_titles, .cases = "untranslated"},
    {.name = "all-parts", .whole = check_all_parts, .cases = "range part"},
    {.name = "source-kind",
     .whole = check_source_kind,
     .cases = "region group enterprise",
     .params = "joined:words provinces:pairs"},
    {.name = "self-reference", .whole = check_self_reference},
    {.name = "date-separator", .whole = check_date_separator, .cases = "foreign"},
    {0},
};
