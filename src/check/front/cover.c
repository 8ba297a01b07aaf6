/* What stands on the cover, and what is missing there: COV-001, COV-007 to COV-009, COV-020. */
#include "check/front/cover_priv.h"

#include "doc/identifier.h"

extern const struct gb_check_def gb_cover_checks[];

/* ---- The cover seen once ---- */

static const struct {
    size_t field;
    const char *zh, *en;
} items[] = {
#define X(id, field, zh, en) {offsetof(struct gb_cover, field), zh, en},
    GB_COVER_ITEMS(X)
#undef X
};

static const struct gb_text *
field_of(const struct gb_cover *cover, size_t field)
{
    return (const struct gb_text *)(const void *)((const char *)cover + field);
}

/* Fewer items are no cover whose gaps mean something: a number and a title as metadata, say. */
enum { FEWEST_PRESENT = 3 };

/* One item, or the line with both dates, is forgotten; of several at once a conversion has lost some. Metadata are typed. */
static bool
is_doubtful(const struct gb_cover_view *view, unsigned n_missing)
{
    const uint32_t dates = 1u << GB_COVER_ISSUED | 1u << GB_COVER_FORCE;

    return view->cover->has_picture || n_missing > 2 ||
           (n_missing == 2 && !view->is_metadata && view->missing != dates);
}

static void
look_at(struct gb_cover_view *view, const struct gb_check *c)
{
    const struct gb_facts *facts = c->facts;
    const struct gb_cover *cover = facts->cover->u.cover;
    unsigned n_missing = 0;

    view->node = facts->cover;
    view->cover = cover;
    view->authority = gb_authority_of_type(facts->type);
    view->is_metadata = facts->cover->encoding == GB_ENCODING_FRONT_MATTER && !facts->cover->first;
    for (unsigned i = 0; i < GB_COUNT(items); i++) {
        /* Who types metadata types the code, and the template prints what it stands for: DB33/T, 浙江省地方标准. */
        bool is_told = i == GB_COVER_BAND && view->is_metadata && view->authority != GB_AUTHORITY_UNKNOWN;
        if (is_told || field_of(cover, items[i].field)->str.len) {
            view->n_present++;
        } else {
            view->missing |= 1u << i;
            n_missing++;
        }
    }
    view->is_complete = n_missing == 0;
    view->is_doubtful = is_doubtful(view, n_missing);
    bool is_old = facts->edition == GB_EDITION_2009, is_sector = view->authority == GB_AUTHORITY_SECTOR;
    view->asks_english = is_old || is_sector || view->authority == GB_AUTHORITY_NATIONAL;
    /* 中华人民共和国国家生态环境标准 HJ is not filed like those of a sector. */
    bool is_filed = is_sector && !gb_str_has(cover->band.str, GB_STR("共和国国家"));
    view->asks_record = is_filed || (is_old && view->authority == GB_AUTHORITY_LOCAL);
    view->issued = gb_cover_date(cover->issued.str);
    view->in_force = gb_cover_date(cover->in_force.str);
}

const struct gb_cover_view *
gb_cover_view(struct gb_check *check)
{
    struct gb_cover_view *view = gb_check_shared(check, gb_cover_checks, sizeof(*view));

    if (!view->is_ready) {
        view->is_ready = true;
        if (gb_has_real_cover(check->facts))
            look_at(view, check);
    }
    return view;
}

const struct gb_text *
gb_cover_line(const struct gb_cover_view *view, const struct gb_text *field)
{
    if (!field->str.len)
        return NULL;
    for (const struct gb_node *n = view->node->first; n; n = n->next) {
        uintptr_t begin = (uintptr_t)n->text.str.ptr, at = (uintptr_t)field->str.ptr;
        if (n->kind == GB_NODE_PARA && at >= begin && at + field->str.len <= begin + n->text.str.len)
            return &n->text;
    }
    return NULL;
}

struct gb_at
gb_cover_place(const struct gb_cover_view *view, size_t field)
{
    static const size_t order[] = {
        GB_COVER_FIELD(ics),      GB_COVER_FIELD(ccs),       GB_COVER_FIELD(record),      GB_COVER_FIELD(band),
        GB_COVER_FIELD(code),     GB_COVER_FIELD(replaces),  GB_COVER_FIELD(title),       GB_COVER_FIELD(en),
        GB_COVER_FIELD(adoption), GB_COVER_FIELD(stage),     GB_COVER_FIELD(patent_call), GB_COVER_FIELD(issued),
        GB_COVER_FIELD(in_force), GB_COVER_FIELD(publisher),
    };
    size_t own = 0;

    while (order[own] != field)
        own++;
    for (size_t i = own + 1; i < GB_COUNT(order); i++) {
        if (field_of(view->cover, order[i])->str.len)
            return gb_at_text(field_of(view->cover, order[i]));
    }
    for (size_t i = own; i-- > 0;) {
        if (field_of(view->cover, order[i])->str.len)
            return gb_at_text(field_of(view->cover, order[i]));
    }
    return gb_at_head(view->node);
}

bool
gb_cover_is_published(const struct gb_cover_view *view)
{
    return view->issued.form >= GB_DATE_PLAIN && !view->cover->stage.str.len;
}

const struct gb_text *
gb_draft_title(const struct gb_facts *facts, const struct gb_node **out_node)
{
    if (facts->cover && facts->cover->u.cover->title.str.len) {
        *out_node = facts->cover;
        return &facts->cover->u.cover->title;
    }
    *out_node = facts->title;
    return facts->title && facts->title->title.str.len ? &facts->title->title : NULL;
}

/* The case of an item that is not there. */
static const char *
case_of_gap(const struct gb_cover_view *view)
{
    return view->authority == GB_AUTHORITY_ENTERPRISE ? "enterprise" : view->is_doubtful ? "lost" : NULL;
}

/* ---- COV-001: items missing ---- */

/* Source: GB/T 1.1—2020, 8.1. One report for all; the publishing body is COV-008's. */
static void
check_items(struct gb_check *c)
{
    const struct gb_cover_view *view = gb_cover_view(c);
    struct gb_buf names = {0};
    size_t first = GB_COUNT(items);

    if (!view->node || view->n_present < FEWEST_PRESENT)
        return;
    for (size_t i = 0; i < GB_COUNT(items); i++) {
        if (!(view->missing & 1u << i) || i == GB_COVER_PUBLISHER)
            continue;
        if (names.len)
            gb_buf_add(&names, gb_say(c, "、", ", "));
        gb_buf_add(&names, gb_say(c, items[i].zh, items[i].en));
        if (first == GB_COUNT(items))
            first = i;
    }
    if (first < GB_COUNT(items)) {
        struct gb_str list = gb_buf_take(&names, c->arena);
        gb_report_case(c, case_of_gap(view), gb_cover_place(view, items[first].field), view->node, GB_ARGS(list));
    }
    gb_buf_release(&names);
}

/* ---- COV-007, COV-020: dates ---- */

static bool
is_day(const struct gb_date *date)
{
    return date->form >= GB_DATE_PLAIN;
}

static void
check_date_form(struct gb_check *c, const struct gb_cover_view *view, const struct gb_text *text,
                const struct gb_date *date)
{
    struct gb_str right = gb_arena_printf(c->arena, "%04u-%02u-%02u", date->year, date->month, date->day);

    if (!is_day(date))
        return;
    if (!gb_date_is_valid(date)) {
        gb_report_case(c, "no-day", gb_at_text(text), view->node, GB_ARGS(text->str));
    } else if (date->form != GB_DATE_PLAIN && !(view->is_metadata && date->form == GB_DATE_OTHER)) {
        struct gb_at at = gb_at_text(text);
        struct gb_finding *f = gb_report_case(c, "form", at, view->node, GB_ARGS(text->str, right));
        if (date->form == GB_DATE_SPACED)
            gb_fix(c, f, at.span, right);
    }
}

/* Source: GB/T 1.1—2020, 8.1; GB/T 7408. */
static void
check_dates(struct gb_check *c)
{
    const struct gb_cover_view *view = gb_cover_view(c);

    if (!view->node)
        return;
    const struct gb_cover *cover = view->cover;
    check_date_form(c, view, &cover->issued, &view->issued);
    check_date_form(c, view, &cover->in_force, &view->in_force);
    if (!is_day(&view->issued) || !is_day(&view->in_force) || !gb_date_is_valid(&view->issued) ||
        !gb_date_is_valid(&view->in_force))
        return;
    unsigned issued = gb_date_number(&view->issued), in_force = gb_date_number(&view->in_force);
    const char *which = in_force < issued ? NULL : "same-day";
    if (in_force > issued || (in_force == issued && !gb_str_is(c->facts->type, "GB")))
        return;
    struct gb_finding *f = gb_report_case(c, which, gb_at_text(&cover->in_force), view->node,
                                          GB_ARGS(cover->in_force.str, cover->issued.str));
    gb_also(c, f, gb_at_text(&cover->issued), gb_say(c, "发布日期", "date of publication"));
}

/* Source: GB/T 1.1—2020, 8.1. A page's own date among other metadata is none of publication. */
static void
check_year(struct gb_check *c)
{
    const struct gb_cover_view *view = gb_cover_view(c);
    struct gb_identifier_shape shape;

    if (!view->node || !is_day(&view->issued) || !gb_date_is_valid(&view->issued) ||
        (view->is_metadata && !view->cover->in_force.str.len))
        return;
    const struct gb_text *code = &view->cover->code;
    if (!gb_identifier_next(code->str, 0, &shape) || shape.flags & GB_SHAPE_NO_YEAR ||
        shape.year.end - shape.year.begin != 4 || view->authority == GB_AUTHORITY_UNKNOWN)
        return;
    struct gb_str year = gb_extent_str(code->str, shape.year);
    struct gb_str issued = gb_arena_printf(c->arena, "%04u", view->issued.year);
    if (gb_str_eq(year, issued))
        return;
    struct gb_finding *f = gb_report(c, gb_at_part(code, shape.year.begin, shape.year.end), view->node,
                                     GB_ARGS(year, issued, view->cover->issued.str));
    gb_also(c, f, gb_at_text(&view->cover->issued), gb_say(c, "发布日期", "date of publication"));
}

/* ---- COV-008, COV-009: publishing body, filing number ---- */

static bool
ends_in_publishes(struct gb_str line, struct gb_buf *scratch)
{
    scratch->len = 0;
    gb_normalise(line, scratch);
    return gb_str_ends(gb_buf_str(scratch), GB_STR("发布"));
}

/* Of the lines from the first body's on, one says 发布. */
static bool
says_publishes(const struct gb_cover_view *view)
{
    const struct gb_text *publisher = &view->cover->publisher, *line = gb_cover_line(view, publisher);
    struct gb_buf scratch = {0};
    bool is_behind = false, says = line == NULL;

    for (const struct gb_node *n = view->node->first; n && !says; n = n->next) {
        is_behind = is_behind || &n->text == line;
        says = is_behind && (gb_str_has(n->text.str, GB_STR("发布")) || ends_in_publishes(n->text.str, &scratch));
    }
    gb_buf_release(&scratch);
    return says;
}

/* Source: GB/T 1.1—2020, 8.1. */
static void
check_publisher(struct gb_check *c)
{
    const struct gb_cover_view *view = gb_cover_view(c);

    if (!view->node || view->n_present < FEWEST_PRESENT)
        return;
    const struct gb_cover *cover = view->cover;
    if (!cover->publisher.str.len) {
        gb_report_case(c, case_of_gap(view), gb_cover_place(view, GB_COVER_FIELD(publisher)), view->node, GB_NO_ARGS);
        return;
    }
    if (!says_publishes(view))
        gb_report_case(c, "word", gb_at_text(&cover->publisher), view->node, GB_ARGS(cover->publisher.str));
}

/* Source: GB/T 1.1—2020, 8.1 and 10.3.1.5 (standards of a sector); GB/T 1.1—2009, 6.1.1 (all but national ones). */
static void
check_record(struct gb_check *c)
{
    const struct gb_cover_view *view = gb_cover_view(c);

    if (!view->node)
        return;
    bool old = c->facts->edition == GB_EDITION_2009;
    const struct gb_text *record = &view->cover->record;
    if (record->str.len) {
        const struct gb_text *line = gb_cover_line(view, record);
        const struct gb_text *where = line ? line : record;
        if (gb_str_has(where->str, GB_STR(":")) || gb_str_has(record->str, GB_STR("-"))) {
            struct gb_buf right = {0};
            gb_buf_puts(&right, line ? "备案号：" : "");
            for (size_t i = 0; i < record->str.len; i++) {
                if (record->str.ptr[i] == '-')
                    gb_buf_puts(&right, "—");
                else if (record->str.ptr[i] == ':') /* of an element with the word in it */
                    gb_buf_puts(&right, "：");
                else if (record->str.ptr[i] != ' ')
                    gb_buf_add_char(&right, record->str.ptr[i]);
            }
            struct gb_str text = gb_buf_take(&right, c->arena);
            gb_report_fix(c, "form", gb_at_text(where), view->node, text, GB_ARGS(where->str, text));
        }
        return;
    }
    bool asked = view->asks_record;
    bool usual = old && (view->authority == GB_AUTHORITY_ASSOCIATION || view->authority == GB_AUTHORITY_ENTERPRISE);
    if ((!asked && !usual) || view->n_present < FEWEST_PRESENT)
        return;
    bool lacks_more = !view->is_complete || (view->asks_english && !view->cover->en.str.len);
    const char *which = asked && !lacks_more ? NULL : "lost";
    gb_report_case(c, which, gb_cover_place(view, GB_COVER_FIELD(record)), view->node, GB_NO_ARGS);
}

const struct gb_check_def gb_cover_checks[] = {
    {.name = "cover-items", .whole = check_items, .cases = "lost enterprise"},
    {.name = "cover-dates", .whole = check_dates, .cases = "no-day form same-day"},
    {.name = "cover-year", .whole = check_year},
    {.name = "publisher", .whole = check_publisher, .cases = "lost enterprise word"},
    {.name = "filing-number", .whole = check_record, .cases = "lost form"},
    {NULL},
};
