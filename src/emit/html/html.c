/*
 * The report as one HTML page: each draft as it reads, findings marked in place with their cards beside them. It loads nothing, its
 * policy lets nothing run but its two scripts, and it is a document without them. Same bytes for the same drafts.
 *
 * What script and tests may rely on, for draft 1 and its finding 12:
 *
 *   body[data-level]                          the lowest level that the run shows, where filters begin; the page has all levels
 *   section#overview                          the run: counts; several drafts: a table with a row for each. It comes first
 *   article.draft#d1[data-path]               one draft, in it header.picture, nav.tree, div.text
 *   nav.tree ol > li > a[href="#d1-c5.1"]     the clause tree; span.n.error|warning|info counts; lower levels in details
 *   section.clause#d1-c5.1[data-clause="5.1"] a part, nested as the tree is; without a number #d1-foreword, #d1-n12 and no data-clause;
 *                                             where two have one number the second is #d1-c5.1-2
 *   mark.LEVEL[data-f="d1-f12"][data-rule][data-line]
 *                                             words of a finding, those of its range that can be seen; several where the range runs over
 *                                             several texts or partly over another's; with class "at" where nothing of it can be
 *                                             seen: the text is the quote (its first 240 bytes). data-line: of its start. Never less than one
 *   div.card.LEVEL#d1-f12[data-clause]        before the block that the finding stands in, in document order; 12 counts findings in the
 *                                             order of the JSON format, from 1; data-clause only where it is not that of the nearest
 *                                             section around that has one. Small: a large draft has thousands of cards
 *   .card > b, a, i.k, i.file, a              level, rule, known to the baseline, file other than the draft's first, line; then
 *   .card > p, p.rem, p.src, p.fix, p.rel     message, remedy, clause of the standard, fix (del, ins), other places
 *   article[data-keys][data-known-keys]       gb_fingerprints of d1-f1, d1-f2 … and of d1-k1 …, 16 hex digits each
 *   mark.known[data-f="d1-k3"], div.card.known#d1-k3
 *                                             the same for what the baseline has; not in counts, strip, tree and drawings
 *   div.b > div.card, div.b > div.many > div.card
 *                                             a block with cards: they come first in it, the style sheet sets them beside or below
 *   section#rules div#r-NUM-012 dt (.rule, b), dd.why, dd.src
 *                                             what all findings of a rule share, behind the drafts
 *   div.chart > svg.gf a[href="#d1-f12"]      the marks of a flowchart
 *   svg.strip a[href="#d1-f12"]               bars of findings along the draft
 *   button, input, select                     none: controls are the script's own
 */
#include "emit/emitters_priv.h"
#include "emit/html/html_priv.h"

#include "diag/fingerprint.h"
#include "emit/html_page.h"

#include <inttypes.h>

enum { MOST_NAME = 200 };

/* The overview stands first and is known last: rows and articles are kept until the end. */
struct kept {
    struct gb_out rows, articles, name; /* of the only draft */
    struct gb_html_rules rules;
    uint32_t drafts;
    uint64_t picture_bytes;
};

void
gb_html_begin(const struct gb_emit *e)
{
    *e->kept = gb_alloc_zeroed(sizeof(struct kept));
}

/* ---- A draft ---- */

static struct gb_str
title_of(const struct gb_html *h)
{
    const struct gb_node *root = h->doc->root;

    if (root && root->title.str.len)
        return root->title.str;
    return gb_str_from(h->report->source->files[0].path);
}

static void
put_name(struct gb_html *h)
{
    const struct gb_node *root = h->doc->root;

    if (root && root->code.str.len)
        gb_html_put(h->out, "<span class=\"code\">", root->code.str, "</span> ");
    gb_out_markup(h->out, title_of(h));
}

static void
put_plain_name(struct gb_html *h, struct gb_out *out)
{
    if (h->doc->root && h->doc->root->code.str.len)
        gb_html_put(out, "", h->doc->root->code.str, " ");
    gb_html_short(out, title_of(h), MOST_NAME);
    gb_out_puts(out, " · ");
}

static void
put_row(struct gb_html *h)
{
    gb_out_printf(h->out, "<tr><th scope=\"row\"><a href=\"#d%u\">", h->draft);
    put_name(h);
    gb_html_put(h->out, "</a></th><td class=\"path\">", gb_str_from(h->report->source->files[0].path),
                "</td><td class=\"r\">");
    if (h->report->score)
        gb_html_points(h->out, h->report->score->value);
    gb_out_puts(h->out, "</td><td>");
    gb_html_counts(h->out, h->report->counts, h->e->english);
    gb_out_puts(h->out, "</td></tr>\n");
}

/* The keys of findings, 16 digits each, in the order of their numbers: once here they are shorter than with each card. */
static void
put_keys(struct gb_html *h, const char *name, bool is_known)
{
    gb_out_printf(h->out, " %s=\"", name);
    for (size_t i = 0; i < h->report->findings.len; i++) {
        if (h->findings[i].number && h->report->findings.items[i].is_known == is_known)
            gb_out_printf(h->out, "%016" PRIx64, h->keys[i]);
    }
    gb_out_char(h->out, '"');
}

static void
put_article(struct gb_html *h)
{
    struct gb_str path = gb_str_from(h->report->source->files[0].path);

    gb_out_printf(h->out, "<article class=\"draft\" id=\"d%u\"", h->draft);
    gb_html_put_attribute(h->out, "data-path", GB_FRESH(&h->words, gb_add_clean(&h->words, path)));
    put_keys(h, "data-keys", false);
    if (h->report->n_known)
        put_keys(h, "data-known-keys", true);
    gb_out_puts(h->out, ">\n<header class=\"picture\">\n<h1>");
    put_name(h);
    gb_out_puts(h->out, "</h1>\n");
    gb_html_summary(h);
    gb_out_puts(h->out, "</header>\n");
    if (h->facts)
        gb_html_nav(h);
    gb_out_puts(h->out, "<div class=\"text\" lang=\"zh-CN\">\n");
    if (h->facts)
        gb_html_tree(h);
    else
        gb_html_front(h);
    gb_out_puts(h->out, "</div>\n</article>\n");
}

static void
set_up_nodes(struct gb_html *h)
{
    uint32_t n = h->facts->n_nodes;

    h->nodes = gb_arena_new_array(h->arena, struct gb_html_node, n + 1);
    for (uint32_t i = 0; i < n; i++)
        h->nodes[i].first = GB_HTML_NO_FINDING;
    for (uint32_t i = h->facts->charts.n; i-- > 0;)
        h->nodes[h->facts->charts.items[i].figure->id].chart = i + 1;
}

void
gb_html_draft(const struct gb_emit *e)
{
    struct kept *kept = *e->kept;
    struct gb_arena arena = GB_ARENA_ZERO;
    uint64_t *keys = gb_fingerprints(e->report);
    struct gb_html h = {.e = e,
                        .out = &kept->articles,
                        .report = e->report,
                        .doc = e->doc,
                        .arena = &arena,
                        .keys = keys,
                        .facts = e->doc->root ? e->facts : NULL,
                        .draft = ++kept->drafts,
                        .picture_bytes = &kept->picture_bytes};

    if (h.facts)
        set_up_nodes(&h);
    gb_html_find_places(&h);
    if (h.facts)
        gb_html_find_parts(&h);
    put_article(&h);
    gb_html_keep_rules(&kept->rules, &h);
    h.out = &kept->rows;
    put_row(&h);
    if (kept->drafts == 1)
        put_plain_name(&h, &kept->name);
    gb_buf_release(&h.words);
    gb_arena_release(&arena);
    free(keys);
}

/* ---- The page ---- */

static void
put_head(const struct gb_emit *e, const struct kept *kept)
{
    struct gb_out *out = e->out;

    gb_out_printf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
                  gb_say_of(e, "zh-CN", "en"));
    gb_out_puts(out,
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '" PAGE_STYLE_HASH
                "'; script-src '" PAGE_EARLY_HASH "' '" PAGE_SCRIPT_HASH
                "'; img-src data:; base-uri 'none'; form-action 'none'\">\n"
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                "<meta name=\"color-scheme\" content=\"light dark\">\n"
                "<meta name=\"generator\" content=\"gblint " GB_VERSION "\">\n");
    gb_out_puts(out, "<title>");
    if (kept->drafts == 1)
        gb_out_add(out, gb_buf_str(&kept->name.buf));
    gb_out_printf(out, "%s</title>\n<style>", gb_say_of(e, "标准草案检查报告", "Report on draft standards"));
    gb_out_puts(out, page_style);
    gb_out_puts(out, "</style>\n<script>");
    gb_out_puts(out, page_early);
    gb_out_puts(out, "</script>\n</head>\n");
}

static void
put_overview(const struct gb_emit *e, const struct kept *kept)
{
    struct gb_out *out = e->out;
    bool has_rows = kept->drafts > 1;

    gb_out_printf(out, "<section id=\"overview\">\n<p class=\"run\"><b>%s</b> gblint " GB_VERSION " ",
                  gb_say_of(e, "标准草案检查报告", "Report on draft standards"));
    if (has_rows) /* then there are several */
        gb_out_printf(out, gb_say_of(e, "%u份草案 ", "%u drafts "), kept->drafts);
    if (!kept->drafts)
        gb_out_puts(out, gb_say_of(e, "没有检查任何文件", "No file was checked"));
    gb_html_counts(out, e->totals->counts, e->english);
    gb_out_puts(out, "</p>\n");
    if (has_rows) {
        gb_out_printf(
            out,
            "<div class=\"scroll\" tabindex=\"0\"><table class=\"drafts\"><tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th>"
            "<th scope=\"col\">%s</th><th scope=\"col\">%s</th></tr>\n",
            gb_say_of(e, "草案", "Draft"), gb_say_of(e, "文件", "File"), gb_say_of(e, "得分", "Score"),
            gb_say_of(e, "问题", "Findings"));
        gb_out_add(out, gb_buf_str(&kept->rows.buf));
        gb_out_puts(out, "</table></div>\n");
    }
    gb_out_puts(out, "</section>\n");
}

void
gb_html_end(const struct gb_emit *e)
{
    struct kept *kept = *e->kept;
    struct gb_out *out = e->out;

    put_head(e, kept);
    gb_out_printf(out, "<body data-level=\"%s\">\n<main>\n", gb_level_name(e->level));
    put_overview(e, kept);
    gb_out_add(out, gb_buf_str(&kept->articles.buf));
    gb_html_put_rules(out, &kept->rules, e->english);
    gb_out_puts(out, "</main>\n<script>");
    gb_out_puts(out, page_script);
    gb_out_puts(out, "</script>\n</body>\n</html>\n");
    gb_out_release(&kept->rows);
    gb_out_release(&kept->articles);
    gb_out_release(&kept->name);
    free(kept);
}
