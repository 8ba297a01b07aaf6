/* The card of a finding: what is wrong, what to do, by which clause of the standard, and why. */
#include "emit/finding_priv.h"
#include "emit/html/html_priv.h"

enum { MOST_EDIT = 120, MOST_EDITS = 3, MOST_RELATED = 20 };

/* Level, rule, line; a place in another file of the draft names it. */
static void
put_head(struct gb_html *h, uint32_t index, const struct gb_finding *f)
{
    const struct gb_range *range = &h->findings[index].range;

    gb_out_puts(h->out, "<b>");
    gb_out_puts(h->out, gb_level_word(f->level, h->e->english));
    gb_html_put(h->out, "</b> <a href=\"#r-", f->rule->code, "\">");
    gb_html_put(h->out, "", f->rule->code, "</a> ");
    if (f->is_known)
        gb_out_printf(h->out, "<i class=\"k\">%s</i> ", gb_html_say(h, "基线已有", "known"));
    if (range->start.file != h->report->source->files)
        gb_html_put(h->out, "<i class=\"file\">", gb_str_from(range->start.file->path), "</i> ");
    gb_out_puts(h->out, "<a href=\"#");
    gb_html_finding_id(h, index);
    gb_out_printf(h->out, gb_html_say(h, "\">第%u行</a>", "\">line %u</a>"), range->start.line);
}

static void
put_para(struct gb_html *h, const char *open, struct gb_str text)
{
    if (text.len)
        gb_html_put(h->out, open, text, "</p>");
}

/* Line ends are seen by a sign. */
static void
put_changed(struct gb_html *h, const char *tag, struct gb_str text)
{
    struct gb_str line;
    size_t shown = 0;

    gb_out_printf(h->out, "<%s>", tag);
    for (bool is_first = true; shown < MOST_EDIT && text.len; is_first = false) {
        bool ends = memchr(text.ptr, '\n', text.len) != NULL;
        gb_str_next_line(&text, &line);
        gb_out_puts(h->out, is_first ? "" : "<wbr>");
        gb_html_short(h->out, line, MOST_EDIT - shown);
        gb_out_puts(h->out, ends ? "↵" : "");
        shown += line.len + 1;
    }
    gb_out_printf(h->out, "</%s>", tag);
}

/* What the fix takes out and puts in. */
static void
put_fix(struct gb_html *h, const struct gb_finding *f)
{
    if (!f->n_edits)
        return;
    gb_out_puts(h->out, "<p class=\"fix\">");
    gb_out_puts(h->out,
                f->fix_safe ? gb_html_say(h, "可自动修正", "fix") : gb_html_say(h, "建议修改", "fix, to be looked at"));
    for (uint32_t i = 0; i < f->n_edits && i < MOST_EDITS; i++) {
        const struct gb_edit *edit = &f->edits[i];
        gb_out_char(h->out, ' ');
        if (edit->span.begin < edit->span.end)
            put_changed(h, "del", GB_FRESH(&h->words, gb_add_source_text(&h->words, h->report->source, edit->span)));
        if (edit->text.len)
            put_changed(h, "ins", edit->text);
    }
    if (f->n_edits > MOST_EDITS)
        gb_out_puts(h->out, " …");
    gb_out_puts(h->out, "</p>");
}

static void
put_place(struct gb_html *h, const struct gb_related *related)
{
    const struct gb_source *source = gb_source_of(h->report, related);
    struct gb_range range = gb_range_of(source, related->at);
    bool is_here = source == h->report->source;
    const struct gb_node *target = is_here ? gb_html_block_at(h, range) : NULL;

    gb_out_puts(h->out, "<p class=\"rel\">");
    if (target)
        gb_html_open_link(h, target);
    if (!is_here)
        gb_html_put(h->out, "", gb_str_from(range.start.file->path), " ");
    gb_out_printf(h->out, gb_html_say(h, "第%u行", "line %u"), range.start.line);
    gb_out_puts(h->out, target ? "</a>" : "");
    if (related->message.len)
        gb_html_put(h->out, gb_html_say(h, "：", ": "), related->message, "");
    gb_out_puts(h->out, "</p>");
}

static void
put_related(struct gb_html *h, const struct gb_finding *f)
{
    for (uint32_t i = 0; i < f->n_related && i < MOST_RELATED; i++)
        put_place(h, &f->related[i]);
    if (f->n_related > MOST_RELATED)
        gb_out_puts(h->out, "<p class=\"rel\">…</p>");
}

/* The clause is said where it is not that of the section that the card stands in. */
static void
put_clause(struct gb_html *h, uint32_t index, struct gb_str clause)
{
    const struct gb_node *part = h->facts ? gb_html_block_at(h, h->findings[index].range) : NULL;

    while (part && !(gb_html_is_part(part) && (part->num.n || part->num.letter)))
        part = part->parent;
    if (!gb_str_eq(clause, part ? gb_number_text(&part->num, h->arena) : GB_STR("")))
        gb_html_put_attribute(h->out, "data-clause", clause);
}

/* No more elements than need be: a large draft has thousands of cards. What all findings of a rule share is said once, in gb_html_rules. */
void
gb_html_card(struct gb_html *h, uint32_t index)
{
    const struct gb_finding *f = &h->report->findings.items[index];

    gb_out_puts(h->out, "<div class=\"card ");
    gb_out_puts(h->out, gb_level_name(f->level));
    gb_out_puts(h->out, f->is_known ? " known\" id=\"" : "\" id=\"");
    gb_html_finding_id(h, index);
    gb_out_char(h->out, '"');
    put_clause(h, index, f->clause);
    gb_out_char(h->out, '>');
    put_head(h, index, f);
    put_para(h, "<p>", f->message);
    put_para(h, "<p class=\"rem\">", f->remedy);
    put_para(h, "<p class=\"src\">", f->source);
    put_fix(h, f);
    put_related(h, f);
    gb_out_puts(h->out, "</div>");
}
