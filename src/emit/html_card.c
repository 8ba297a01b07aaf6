/* The card of a finding: what is wrong, what to do, by which clause of the standard, and why. */
#include "emit/html_priv.h"

#include <inttypes.h>

enum { MOST_QUOTE = 150, MOST_EDIT = 120, MOST_EDITS = 3, MOST_RELATED = 20 };

static const char *
level_word(const struct gb_html *h, enum gb_level level)
{
    static const char *const zh[] = {"", "提示", "警告", "错误"}, *const en[] = {"", "info", "warning", "error"};

    return h->options->english ? en[level] : zh[level];
}

static void
put_head(struct gb_html *h, uint32_t index, const struct gb_finding *f)
{
    gb_out_puts(h->out, "<p class=\"hd\"><b class=\"lv\">");
    gb_out_puts(h->out, level_word(h, f->level));
    gb_out_puts(h->out, "</b> <span class=\"rule\">");
    gb_html_text(h->out, f->rule->code);
    gb_out_puts(h->out, "</span> <span class=\"ti\">");
    gb_html_text(h->out, f->rule->title);
    gb_out_puts(h->out, "</span>");
    if (f->is_known)
        gb_out_printf(h->out, " <span class=\"k\">%s</span>", gb_html_say(h, "基线已有", "known"));
    gb_out_puts(h->out, " <a class=\"perma\" href=\"#");
    gb_html_finding_id(h, index);
    gb_out_puts(h->out, "\">");
    gb_out_puts(h->out, gb_html_say(h, "第", "line "));
    gb_out_number(h->out, h->findings[index].range.start.line);
    gb_out_puts(h->out, gb_html_say(h, "行", ""));
    gb_out_puts(h->out, "</a></p>");
}

static void
put_para(struct gb_html *h, const char *class, struct gb_str text)
{
    if (!text.len)
        return;
    gb_out_puts(h->out, "<p class=\"");
    gb_out_puts(h->out, class);
    gb_out_puts(h->out, "\">");
    gb_html_text(h->out, text);
    gb_out_puts(h->out, "</p>");
}

/* The words themselves; a finding in another file of the draft names it. */
static void
put_quote(struct gb_html *h, uint32_t index)
{
    const struct gb_range *range = &h->findings[index].range;
    bool is_elsewhere = range->start.file != h->report->source->files;

    if (range->span.begin == range->span.end && !is_elsewhere)
        return;
    gb_out_puts(h->out, "<p class=\"qu\">");
    if (is_elsewhere) {
        gb_html_text(h->out, gb_str_from(range->start.file->path));
        gb_out_puts(h->out, gb_html_say(h, "：", ": "));
    }
    gb_out_puts(h->out, "<q>");
    gb_html_quote(h, range->span, MOST_QUOTE);
    gb_out_puts(h->out, "</q></p>");
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
    gb_out_puts(h->out, f->fix_safe ? gb_html_say(h, "可自动修正", "fix") : gb_html_say(h, "建议修改", "fix, to be looked at"));
    for (uint32_t i = 0; i < f->n_edits && i < MOST_EDITS; i++) {
        const struct gb_edit *edit = &f->edits[i];
        gb_out_char(h->out, ' ');
        if (edit->span.begin < edit->span.end) {
            h->words.len = 0;
            gb_add_source_text(&h->words, h->report->source, edit->span);
            put_changed(h, "del", gb_buf_str(&h->words));
        }
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

    gb_out_puts(h->out, "<li>");
    if (target) {
        gb_out_puts(h->out, "<a href=\"#");
        if (h->nodes[target->id].id.len) {
            gb_html_text(h->out, h->nodes[target->id].id);
        } else {
            gb_out_char(h->out, 'd');
            gb_out_number(h->out, h->draft);
            gb_out_puts(h->out, "-b");
            gb_out_number(h->out, target->id);
        }
        gb_out_puts(h->out, "\">");
    }
    if (!is_here) {
        gb_html_text(h->out, gb_str_from(range.start.file->path));
        gb_out_char(h->out, ' ');
    }
    gb_out_puts(h->out, gb_html_say(h, "第", "line "));
    gb_out_number(h->out, range.start.line);
    gb_out_puts(h->out, gb_html_say(h, "行", ""));
    if (target)
        gb_out_puts(h->out, "</a>");
    if (related->message.len) {
        gb_out_puts(h->out, gb_html_say(h, "：", ": "));
        gb_html_text(h->out, related->message);
    }
    gb_out_puts(h->out, "</li>");
}

static void
put_related(struct gb_html *h, const struct gb_finding *f)
{
    if (!f->n_related)
        return;
    gb_out_puts(h->out, "<ul class=\"rel\">");
    for (uint32_t i = 0; i < f->n_related && i < MOST_RELATED; i++)
        put_place(h, &f->related[i]);
    if (f->n_related > MOST_RELATED)
        gb_out_puts(h->out, "<li>…</li>");
    gb_out_puts(h->out, "</ul>");
}

/* Below the clause of the standard: the words, the fix, other places, the reason. Cards stay short until one is read. */
static void
put_details(struct gb_html *h, uint32_t index, const struct gb_finding *f)
{
    gb_out_puts(h->out, f->source.len ? "<details><summary class=\"src\">" : "<details><summary>");
    gb_html_text(h->out, f->source.len ? f->source : gb_str_from(gb_html_say(h, "详情", "Details")));
    gb_out_puts(h->out, "</summary>");
    put_quote(h, index);
    put_fix(h, f);
    put_related(h, f);
    put_para(h, "why", f->rule->why);
    gb_out_puts(h->out, "</details>");
}

void
gb_html_card(struct gb_html *h, uint32_t index)
{
    const struct gb_finding *f = &h->report->findings.items[index];
    struct gb_str level = gb_str_from(gb_level_name(f->level));
    const char *dash = memchr(f->rule->code.ptr, '-', f->rule->code.len);

    gb_out_puts(h->out, "<aside role=\"note\" class=\"card ");
    gb_out_add(h->out, level);
    gb_out_puts(h->out, f->is_known ? " known\" data-known id=\"" : "\" id=\"");
    gb_html_finding_id(h, index);
    gb_out_char(h->out, '"');
    gb_html_put_attribute(h->out, "data-rule", f->rule->code);
    gb_html_put_attribute(h->out, "data-group", dash ? gb_str_sub(f->rule->code, 0, (size_t)(dash - f->rule->code.ptr)) : f->rule->code);
    gb_html_put_attribute(h->out, "data-level", level);
    gb_html_put_attribute(h->out, "data-clause", f->clause);
    gb_out_printf(h->out, " data-line=\"%u\" data-key=\"%016" PRIx64 "\">", h->findings[index].range.start.line, h->keys[index]);
    put_head(h, index, f);
    put_para(h, "msg", f->message);
    put_para(h, "rem", f->remedy);
    put_details(h, index, f);
    gb_out_puts(h->out, "</aside>\n");
}
