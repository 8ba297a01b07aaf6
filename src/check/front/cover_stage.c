/* What the cover of a draft says of its stage: COV-015, COV-016. */
#include "check/front/cover_priv.h"

/* ---- COV-015: the call for patents ---- */

/* Metadata with fewer items name the draft; the style sheet makes the rest of the cover. */
enum { FEWEST_METADATA = 6 };

/* All lines of the cover, or the field that the metadata give, under normalisation. */
static void
cover_words(const struct gb_cover_view *view, struct gb_buf *out)
{
    gb_normalise(view->cover->patent_call.str, out);
    for (const struct gb_node *n = view->node->first; n; n = n->next)
        gb_normalise(n->text.str, out);
}

/* The call behind the mark of the stage, where the cover consists of lines. */
static void
offer_call(struct gb_check *c, const struct gb_cover_view *view, struct gb_finding *f, struct gb_str call)
{
    const struct gb_text *line = gb_cover_line(view, &view->cover->stage);
    bool exact;

    if (!line)
        return;
    struct gb_span span = gb_text_whole(line, &exact);
    if (exact)
        gb_fix(c, f, (struct gb_span){span.end, span.end}, gb_arena_printf(c->arena, "\n\n%.*s", GB_FMT(call)));
}

/* Source: GB/T 1.1—2020, 8.1 and D.1; GB/T 1.1—2009, 6.1.1 and C.1. */
static void
check_call(struct gb_check *c)
{
    const struct gb_cover_view *view = gb_cover_view(c);
    enum gb_stage stage = c->facts->stage;
    struct gb_str call = gb_param_text(c, "sentence");
    struct gb_buf words = {0}, wanted = {0};

    if (!view->node || stage == GB_STAGE_UNKNOWN || !view->cover->title.str.len)
        return;
    cover_words(view, &words);
    gb_normalise(call, &wanted);
    bool is_there = gb_str_has(gb_buf_str(&words), gb_buf_str(&wanted));
    const struct gb_text *own = &view->cover->patent_call;
    gb_buf_release(&words);
    gb_buf_release(&wanted);
    if (stage == GB_STAGE_APPROVAL) {
        if (own->str.len)
            gb_report_case(c, "final", gb_at_text(own), view->node, GB_NO_ARGS);
        return;
    }
    if (is_there || gb_cover_is_published(view))
        return;
    bool is_generated = view->is_metadata && view->n_present < FEWEST_METADATA;
    const char *which = stage == GB_STAGE_DRAFT ? "draft"
                        : is_generated          ? "generated"
                        : own->str.len          ? "differs"
                                                : NULL;
    struct gb_at at = own->str.len                 ? gb_at_text(own)
                      : view->cover->stage.str.len ? gb_at_text(&view->cover->stage)
                                                   : gb_cover_place(view, GB_COVER_FIELD(patent_call));
    struct gb_finding *f = gb_report_case(c, which, at, view->node, GB_ARGS(call, own->str));
    if (own->str.len)
        gb_fix(c, f, at.span, call);
    else
        offer_call(c, view, f, call);
}

/* ---- COV-016: the mark of the stage ---- */

static const struct gb_str names[GB_STAGE_COUNT] = {
    [GB_STAGE_DRAFT] = GB_WORD("工作组讨论稿"),
    [GB_STAGE_COMMENT] = GB_WORD("征求意见稿"),
    [GB_STAGE_REVIEW] = GB_WORD("送审稿"),
};

/* Good practice of the templates: the mark stands below the title, and goes when the text is published. */
static void
check_mark(struct gb_check *c)
{
    const struct gb_cover_view *view = gb_cover_view(c);
    enum gb_stage stage = c->facts->stage;

    if (!view->node || stage == GB_STAGE_UNKNOWN || !view->cover->title.str.len)
        return;
    const struct gb_text *mark = &view->cover->stage;
    if (stage == GB_STAGE_APPROVAL) {
        if (mark->str.len && view->issued.form >= GB_DATE_PLAIN && gb_date_is_valid(&view->issued))
            gb_report_case(c, "published", gb_at_text(mark), view->node, GB_ARGS(mark->str, view->cover->issued.str));
        return;
    }
    if (mark->str.len) {
        enum gb_stage own = gb_stage_of_mark(mark->str);
        if (own != stage && own != GB_STAGE_UNKNOWN)
            gb_report_case(c, "differs", gb_at_text(mark), view->node, GB_ARGS(mark->str, names[stage]));
    } else if (!view->is_metadata && !gb_cover_is_published(view)) {
        gb_report(c, gb_at_text(&view->cover->title), view->node, GB_ARGS(names[stage]));
    }
}

const struct gb_check_def gb_cover_stage_checks[] = {
    {.name = "patent-call", .whole = check_call, .cases = "draft generated differs final", .params = "sentence:text"},
    {.name = "stage-mark", .whole = check_mark, .cases = "differs published"},
    {NULL},
};
