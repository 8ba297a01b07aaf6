/*
 * Where definitions are taken from: TRM-011 to TRM-013. Source: GB/T 1.1—2020, 8.7.3.4, 9.5.4.3; 2009, 6.3.2; DB32/T 2796—2015,
 * 7.3.1.3.
 */
#include "check/references/references_priv.h"
#include "check/terms/terms_priv.h"

/* ---- What a source says ---- */

struct source {
    const struct gb_node *node;
    struct gb_text text;            /* with its brackets */
    const struct gb_identifier *id; /* the document; NULL: none that is known */
    unsigned n_ids;
    struct gb_str number; /* of the entry there, empty without */
    bool says_source;     /* 来源： */
    bool says_definition; /* 定义3.4 */
    bool is_modified;
    bool is_known;        /* nothing else stands in it */
    bool has_narrow_mark; /* , or : */
    bool lacks_colon;     /* [来源GB/T …] */
    bool lacks_comma;     /* [来源：GB/T …  3.4] */
};

static bool
is_number_character(uint32_t c)
{
    return gb_char_digit(c) >= 0 || c == '.' || gb_is_upper(c) || c == '-';
}

/* 3.4 or A.1 in the words behind the document. */
static struct gb_str
number_in(struct gb_str s, size_t *out_begin)
{
    size_t at = 0, next, end;

    for (; at < s.len; at = next) {
        uint32_t c = gb_char_narrow(gb_utf8_at(s, at, &next));
        if (gb_char_digit(c) >= 0 ||
            (gb_is_upper(c) && next < s.len && gb_char_narrow(gb_utf8_at(s, next, &end)) == '.'))
            break;
    }
    for (end = at; end < s.len; end = next) {
        if (!is_number_character(gb_char_narrow(gb_utf8_at(s, end, &next))))
            break;
    }
    *out_begin = at;
    return gb_str_sub(s, at, end);
}

/* Only marks, 定义, 第…条, 有修改 around the number: the form is understood. */
static bool
is_understood(struct gb_str s)
{
    GB_WORDS(parts, "定义", "有修改", "，", ",", "、", " ", "　", "]", "］", "】", "）", ")", "。", "的", "中", "术语",
             "\n", "条款", "条目", "修改", "改写", "有改动", "第", "条", "章");

    for (size_t at = 0, n; at < s.len; at += n) {
        n = GB_START(gb_str_skip(s, at), parts);
        if (!n)
            return false;
    }
    return true;
}

static void
read_documents(const struct gb_facts *facts, const struct gb_node *node, struct source *out)
{
    for (uint32_t i = gb_first_identifier(facts, node); i < facts->n_identifiers && facts->identifiers[i].node == node;
         i++) {
        if (out->n_ids++ == 0)
            out->id = &facts->identifiers[i];
    }
}

static struct source
read_source(const struct gb_facts *facts, const struct gb_node *node)
{
    struct source out = {.node = node, .text = gb_text_trim(&node->text)};
    struct gb_str s = out.text.str;
    size_t number_at;

    read_documents(facts, node, &out);
    out.says_source = gb_str_has(gb_str_sub(s, 0, 12), GB_STR("来源"));
    out.lacks_colon = out.says_source && !gb_str_has(gb_str_sub(s, 0, 20), GB_STR("：")) && !gb_str_has(s, GB_STR(":"));
    out.is_modified = GB_HAS_ONE_OF(s, "修改", "改写", "改动", "MOD", "modified");
    if (!out.id)
        return out;
    size_t from = out.id->at.end - (size_t)(s.ptr - node->text.str.ptr);
    struct gb_str rest = gb_str_skip(s, from);
    out.number = number_in(rest, &number_at);
    out.says_definition = gb_str_has(gb_str_sub(rest, 0, number_at), GB_STR("定义"));
    out.has_narrow_mark =
        gb_str_has(rest, GB_STR(",")) || (out.says_source && gb_str_has(gb_str_sub(s, 0, from), GB_STR(":")));
    out.lacks_comma = out.number.len > 0 && gb_str_trim(gb_str_sub(rest, 0, number_at)).len == 0;
    out.is_known =
        is_understood(gb_str_sub(rest, 0, number_at)) && is_understood(gb_str_skip(rest, number_at + out.number.len));
    return out;
}

/* ---- TRM-011 ---- */

/* The source in the form of the edition. */
static struct gb_str
wanted_form(struct gb_check *c, const struct source *source)
{
    struct gb_str id = gb_str_sub(source->id->text->str, source->id->at.begin, source->id->at.end);

    if (c->facts->edition == GB_EDITION_2009)
        return gb_arena_printf(c->arena, "[%.*s，定义%.*s]", GB_FMT(id), GB_FMT(source->number));
    return gb_arena_printf(c->arena, "[来源：%.*s，%.*s%s]", GB_FMT(id), GB_FMT(source->number),
                           source->is_modified ? "，有修改" : "");
}

static void
report_form(struct gb_check *c, const char *which, const struct source *source)
{
    bool can_fix = source->is_known && source->number.len && source->n_ids == 1 &&
                   !(source->is_modified && c->facts->edition == GB_EDITION_2009);
    struct gb_str wanted = can_fix ? wanted_form(c, source) : GB_STR("");
    struct gb_str example = can_fix                                ? wanted
                            : c->facts->edition == GB_EDITION_2009 ? GB_STR("[GB/T ×××××—××××，定义×.×]")
                                                                   : GB_STR("[来源：GB/T ×××××—××××，×.×]");
    struct gb_finding *f =
        gb_report_case(c, which, gb_at_text(&source->text), source->node, GB_ARGS(source->text.str, example));

    if (can_fix)
        gb_replace_part(c, f, &source->text, wanted);
}

static bool
is_undated(const struct gb_identifier *id)
{
    return id->year.len == 0 && !(id->at.flags & (GB_SHAPE_NO_YEAR | GB_SHAPE_NO_SERIAL));
}

/* [来源：3.5，有修改]: the number of an entry, and no document. */
static bool
names_entry_alone(struct gb_str s)
{
    size_t colon = gb_str_find(s, GB_STR("："), 0);
    struct gb_str words = colon == GB_NOT_FOUND ? GB_STR("") : gb_str_trim(gb_str_skip(s, colon + GB_HAN));
    size_t end = gb_skip_any(words, 0, "0123456789.");

    return end > 0 && GB_STARTS_WITH(gb_str_skip(words, end), "，", "]", "］");
}

/* A source in square brackets. */
static void
judge_source(struct gb_check *c, const struct source *source)
{
    bool is_2020 = c->facts->edition == GB_EDITION_2020;
    const struct gb_identifier *id = source->id;

    if (!id && names_entry_alone(source->text.str))
        report_form(c, NULL, source);
    if (!id || id->at.flags & GB_SHAPE_NO_SERIAL)
        return;
    if (is_undated(id) && source->n_ids == 1 && id->publisher != GB_PUBLISHER_OTHER) {
        gb_report_case(c, "undated", gb_at_part(id->text, id->at.begin, id->at.end), source->node,
                       GB_ARGS(gb_str_sub(id->text->str, id->at.begin, id->at.end)));
        return;
    }
    if (!source->is_known || source->n_ids != 1)
        return;
    if (!source->number.len)
        gb_report_case(c, "number", gb_at_text(&source->text), source->node, GB_ARGS(source->text.str));
    else if (gb_str_starts(source->text.str, GB_STR("【")))
        report_form(c, "bracket", source);
    else if (is_2020 && (!source->says_source || source->says_definition || source->lacks_colon || source->lacks_comma))
        report_form(c, NULL, source);
    else if (!is_2020 && (source->says_source || !source->says_definition))
        report_form(c, "old", source);
    else if (source->has_narrow_mark)
        report_form(c, "narrow", source);
}

/* （引自GB/T 20000.1）, 来源：GB/T 20000.1—2014，5.3 as a paragraph of its own. */
static bool
is_loose_source(struct gb_str s)
{
    GB_WORDS(heads, "（引自", "(引自", "（来源", "(来源", "（摘自", "(摘自", "来源：", "来源:", "来源于", "源自",
             "引自", "摘自", "（GB", "(GB");

    return GB_STARTS_ANY(s, heads);
}

/* The same at the end of the definition: …场所。（引自GB/T 20000.1） */
static size_t
loose_source_at_end(struct gb_str s)
{
    size_t stop = gb_str_find(s, GB_STR("。"), 0);
    size_t at = gb_skip_any(s, stop == GB_NOT_FOUND ? s.len : stop + strlen("。"), "\n ");

    return at < s.len && is_loose_source(gb_str_skip(s, at)) ? at : GB_NOT_FOUND;
}

static void
judge_loose_source(struct gb_check *c, const struct gb_node *para, size_t at)
{
    struct source source = read_source(c->facts, para);
    struct gb_text words = gb_text_slice(&para->text, at, para->text.str.len);

    words = gb_text_trim(&words);
    if (!source.id || source.id->at.begin < at)
        return;
    source.text = words;
    report_form(c, "bracket", &source);
}

static void
check_source_form(struct gb_check *c, const struct gb_node *term)
{
    for (const struct gb_node *n = term->first; n; n = n->next) {
        if (n->kind == GB_NODE_SOURCE) {
            struct source source = read_source(c->facts, n);
            judge_source(c, &source);
        } else if (n->kind == GB_NODE_PARA) {
            size_t at = is_loose_source(gb_str_trim(n->text.str)) ? 0 : loose_source_at_end(n->text.str);
            if (at != GB_NOT_FOUND)
                judge_loose_source(c, n, at);
        }
    }
}

/* ---- TRM-012, TRM-013: held against the term bank ---- */

static void
compare_text(struct gb_str s, struct gb_buf *out)
{
    struct gb_buf normal = {0};

    gb_normalise(s, &normal);
    struct gb_str all = gb_buf_str(&normal);
    for (size_t at = 0, next; at < all.len; at = next) {
        uint32_t c = gb_utf8_at(all, at, &next);
        /* Numbers of entries in brackets and the marks at the end are no change. */
        if (c == 0xFF08 && next < all.len && gb_char_digit(gb_utf8_at(all, next, &(size_t){0})) >= 0) {
            size_t close = gb_str_find(all, GB_STR("）"), next);
            next = close == GB_NOT_FOUND ? next : close + strlen("）");
        } else if (!gb_char_is_cjk_punct(c)) {
            gb_buf_add(out, gb_str_sub(all, at, next));
        }
    }
    gb_buf_release(&normal);
}

/* Edit distance of two texts in characters; both are cut to a length that keeps it cheap. */
static size_t
distance(struct gb_str a, struct gb_str b, size_t *out_longest)
{
    enum { MOST = 300 };
    uint32_t x[MOST], y[MOST];
    size_t row[MOST + 1], n = 0, m = 0;

    for (size_t at = 0; at < a.len && n < MOST;)
        x[n++] = gb_utf8_at(a, at, &at);
    for (size_t at = 0; at < b.len && m < MOST;)
        y[m++] = gb_utf8_at(b, at, &at);
    for (size_t k = 0; k <= m; k++)
        row[k] = k;
    for (size_t i = 1; i <= n; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t k = 1; k <= m; k++) {
            size_t change = corner + (x[i - 1] != y[k - 1]);
            corner = row[k];
            size_t least = row[k] < row[k - 1] ? row[k] + 1 : row[k - 1] + 1;
            row[k] = change < least ? change : least;
        }
    }
    *out_longest = n > m ? n : m;
    return row[m];
}

/* Rule catalogue, 8.3: up to one character in twenty is a matter of typing. */
static bool
are_alike(struct gb_str a, struct gb_str b)
{
    struct gb_buf x = {0}, y = {0};
    size_t longest, changed;

    compare_text(a, &x);
    compare_text(b, &y);
    changed = distance(gb_buf_str(&x), gb_buf_str(&y), &longest);
    gb_buf_release(&x);
    gb_buf_release(&y);
    return changed * 20 <= longest;
}

/* The entry of the bank that defines the term: of the same source where the draft names one, else any; NULL without. */
static const struct gb_bank_entry *
bank_definition(struct gb_check *c, const struct gb_term *term, const struct source *source)
{
    const struct gb_facts *facts = c->facts;
    const struct gb_str *prefixes;
    size_t n = gb_param_words(c, "prefixes", &prefixes);
    struct gb_str words = gb_term_name(facts->vocabulary, term)->words;
    const struct gb_bank_entry *entry = gb_bank_find(facts->bank, words), *any = NULL;

    for (size_t i = 0; i < n && !entry; i++) {
        if (gb_str_starts(words, prefixes[i]) && words.len >= prefixes[i].len + 2 * GB_HAN)
            entry = gb_bank_find(facts->bank, gb_str_skip(words, prefixes[i].len));
    }
    for (; entry; entry = entry->next) {
        if (!entry->definition.len || entry->status == GB_BANK_DEPRECATED)
            continue;
        any = any ? any : entry;
        if (source && source->id &&
            gb_str_has(entry->source,
                       gb_str_sub(source->id->text->str, source->id->at.serial.begin, source->id->at.serial.end)))
            return entry;
    }
    return source ? NULL : any;
}

static bool
has_old_mark(const struct gb_node *term)
{
    GB_FIND_NEXT(n, term->first, n->next, n->kind == GB_NODE_NOTE && gb_str_has(n->text.str, GB_STR("改写")));
    return n != NULL;
}

static void
say_not_checked(struct gb_check *c)
{
    gb_not_checked(c,
                   gb_say(c, "术语的定义与其来源是否一致（TRM-012、TRM-013）",
                          "definitions against their sources (TRM-012, TRM-013)"),
                   gb_say(c, "没有带定义的术语库，用--terms给出",
                          "no term bank with definitions, give one with --terms"));
}

/* With a source: a changed definition says 有修改, or in 2009 has a note 改写. */
static void
check_modified_mark(struct gb_check *c, const struct gb_node *node)
{
    const struct gb_facts *facts = c->facts;
    const struct gb_term *term = gb_term_of_node(facts, node);

    if (!facts->bank || !term || !term->definition)
        return;
    struct source source = {0};
    if (term->source)
        source = read_source(facts, term->source);
    const struct gb_bank_entry *entry = bank_definition(c, term, term->source ? &source : NULL);
    struct gb_text own = gb_defining_text(term);
    if (!entry)
        return;
    bool is_same = are_alike(own.str, entry->definition);
    bool is_marked = source.is_modified || has_old_mark(node);
    if (!term->source && is_same && entry->source.len && !has_old_mark(node))
        gb_report_case(c, "no-source", gb_at_text(&own), node, GB_ARGS(node->title.str, entry->source));
    else if (term->source && !is_same && !is_marked)
        gb_report(c, gb_at_text(&source.text), term->source, GB_ARGS(node->title.str, entry->definition));
    else if (term->source && is_same && is_marked)
        gb_report_case(c, "equal", gb_at_text(&source.text), term->source, GB_ARGS(node->title.str));
}

/* ---- TRM-013: taken over, but not said from where ---- */

/* The old mark of a changed definition is a note: 注：改写GB/T 20000.1—2014，定义5.3。 */
static bool
is_old_mark(const struct gb_node *node)
{
    return node->kind == GB_NODE_NOTE && gb_str_starts(gb_str_trim(node->text.str), GB_STR("改写"));
}

static void
judge_words_of_origin(struct gb_check *c, const struct gb_node *term, const struct gb_node *node)
{
    const struct gb_facts *facts = c->facts;
    const struct gb_str *words;
    size_t n = gb_param_words(c, "words", &words);
    uint32_t first = gb_first_identifier(facts, node);

    if (first >= facts->n_identifiers || facts->identifiers[first].node != node)
        return;
    for (size_t i = 0; i < n; i++) {
        size_t at = gb_str_find(node->text.str, words[i], 0);
        if (at == GB_NOT_FOUND || at > facts->identifiers[first].at.begin ||
            facts->identifiers[first].at.begin - at > words[i].len + 12)
            continue;
        const struct gb_extent id = {facts->identifiers[first].at.begin, facts->identifiers[first].at.end};
        gb_report_case(c, "words", gb_at_part(&node->text, at, id.end), node,
                       GB_ARGS(term->title.str, gb_str_sub(node->text.str, at, id.end)));
        return;
    }
}

/* Defined in another way than the bank has it, and no source. */
static void
judge_redefinition(struct gb_check *c, const struct gb_node *node)
{
    const struct gb_term *term = gb_term_of_node(c->facts, node);

    if (!c->facts->bank || !term || !term->definition || term->domain.len || has_old_mark(node))
        return;
    const struct gb_bank_entry *entry = bank_definition(c, term, NULL);
    struct gb_text own = gb_defining_text(term);
    if (entry && !are_alike(own.str, entry->definition))
        gb_report(c, gb_at_text(&own), node,
                  GB_ARGS(node->title.str, entry->source.len ? entry->source : gb_say(c, "术语库", "the term bank")));
}

static void
check_origin(struct gb_check *c, const struct gb_node *term)
{
    const struct gb_facts *facts = c->facts;

    if (term->kind == GB_NODE_DOC) {
        if (!facts->bank && (facts->foreword || facts->of_kind[GB_NODE_TERM].n))
            say_not_checked(c);
        return;
    }
    if (gb_node_child(term, GB_NODE_SOURCE))
        return;
    judge_redefinition(c, term);
    for (const struct gb_node *n = term->first; n; n = n->next) {
        bool is_loose = n->kind == GB_NODE_PARA && is_loose_source(gb_str_trim(n->text.str));
        if ((n->kind == GB_NODE_PARA || n->kind == GB_NODE_NOTE) && !is_loose &&
            !(is_old_mark(n) && facts->edition == GB_EDITION_2009))
            judge_words_of_origin(c, term, n);
    }
}

const struct gb_check_def gb_term_source_checks[] = {
    {.name = "source-forms", .run = check_source_form, .on = GB_ON(TERM), .cases = "old bracket undated number narrow"},
    {.name = "modified-mark",
     .run = check_modified_mark,
     .on = GB_ON(TERM),
     .cases = "no-source equal",
     .params = "prefixes:words"},
    {.name = "origin",
     .run = check_origin,
     .on = GB_ON(TERM) | GB_ON(DOC),
     .cases = "words",
     .params = "words:words prefixes:words"},
    {0},
};
