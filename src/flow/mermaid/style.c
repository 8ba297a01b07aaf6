/*
 * Statements of Mermaid that draw nothing: style, class, classDef, linkStyle, click, accTitle, accDescr. They are read, since a
 * fault in them breaks the chart, and style makes the node that it names.
 */
#include "flow/mermaid/parse_priv.h"

/* One or more parts, parted by commas. */
static bool
take_styles(struct parser *p)
{
    struct gb_str part;

    for (;;) {
        if (!take_run(p, STYLE, GB_MERMAID_IN_STYLE, &part, NULL))
            return false;
        if (!take(p, TOKEN_COMMA))
            return true;
    }
}

/* style id a:b; classDef id a:b; class ids name */
bool
gb_mermaid_take_style(struct parser *p, enum gb_mermaid_kind kind)
{
    struct gb_str id, name;
    struct gb_span place;

    advance(p);
    if (!expect(p, TOKEN_SPACE, GB_MERMAID_IN_STYLE) || !take_run(p, ID, GB_MERMAID_IN_STYLE, &id, &place) ||
        !expect(p, TOKEN_SPACE, GB_MERMAID_IN_STYLE))
        return false;
    if (kind == TOKEN_CLASS ? !take_run(p, ID, GB_MERMAID_IN_STYLE, &name, NULL) : !take_styles(p))
        return false;
    if (!is(p, SEPARATOR))
        return fail(p, GB_MERMAID_IN_STYLE);
    if (kind == TOKEN_STYLE)
        gb_mermaid_mention(p->graph, gb_mermaid_name(p->graph, id), place);
    advance(p);
    return true;
}

/* An index as the reference looks it up: no leading zero, and the edge is there. */
static bool
is_edge_index(const struct parser *p, struct gb_str number)
{
    size_t value = 0;

    if (number.len > 9 || (number.len > 1 && number.ptr[0] == '0'))
        return false;
    for (size_t i = 0; i < number.len; i++)
        value = value * 10 + (size_t)(number.ptr[i] - '0');
    return value < p->graph->build.edges.len;
}

/* default, or indexes parted by commas; *out_missing is the token of one that there is no edge for. */
static bool
take_edge_list(struct parser *p, struct gb_mermaid_token *out_missing)
{
    if (take(p, TOKEN_DEFAULT))
        return true;
    for (;;) {
        struct gb_mermaid_token token = p->token;
        if (!expect(p, TOKEN_NUM, GB_MERMAID_IN_STYLE))
            return false;
        if (!is_edge_index(p, text_of(p, token.begin, token.end)) && out_missing->kind == TOKEN_END)
            *out_missing = token;
        if (!take(p, TOKEN_COMMA))
            return true;
    }
}

/* linkStyle 0,1 interpolate basis a:b */
bool
gb_mermaid_take_link_style(struct parser *p)
{
    struct gb_mermaid_token missing = {.kind = TOKEN_END};
    struct gb_str curve;

    advance(p);
    if (!expect(p, TOKEN_SPACE, GB_MERMAID_IN_STYLE) || !take_edge_list(p, &missing) ||
        !expect(p, TOKEN_SPACE, GB_MERMAID_IN_STYLE))
        return false;
    bool has_styles = !take(p, TOKEN_INTERPOLATE);
    if (!has_styles) {
        if (!expect(p, TOKEN_SPACE, GB_MERMAID_IN_STYLE) || !take_run(p, CALLBACK, GB_MERMAID_IN_STYLE, &curve, NULL))
            return false;
        has_styles = take(p, TOKEN_SPACE);
    }
    if (has_styles && !take_styles(p))
        return false;
    if (!is(p, SEPARATOR))
        return fail(p, GB_MERMAID_IN_STYLE);
    if (missing.kind != TOKEN_END)
        return fail_with(p, missing.begin, missing.end, "linkStyle的序号从0起，图中没有这一条连线",
                         "linkStyle counts from 0: there is no line of this index");
    advance(p);
    return true;
}

/* Behind a callback or an address: one blank and a tip, one blank and a target, where they may stand. */
static bool
take_tip_and_target(struct parser *p, bool may_have_target)
{
    bool has_tip = false;

    while (take(p, TOKEN_SPACE)) {
        if (may_have_target && take(p, TOKEN_TARGET))
            return true;
        if (has_tip || !expect(p, TOKEN_STR, GB_MERMAID_IN_STYLE))
            return fail(p, GB_MERMAID_IN_STYLE);
        has_tip = true;
        if (!may_have_target)
            return true;
    }
    return true;
}

/* click id callback "tip"; click id call f(args) "tip"; click id [href] "address" "tip" _blank */
bool
gb_mermaid_take_click(struct parser *p)
{
    struct gb_str name;
    bool ok;

    advance(p);
    if (take(p, TOKEN_CALLBACK_NAME)) {
        (void)take(p, TOKEN_CALLBACK_ARGS);
        ok = take_tip_and_target(p, false);
    } else if (is(p, CALLBACK)) {
        ok = take_run(p, CALLBACK, GB_MERMAID_IN_STYLE, &name, NULL) && take_tip_and_target(p, false);
    } else {
        (void)take(p, TOKEN_HREF);
        ok = expect(p, TOKEN_STR, GB_MERMAID_IN_STYLE) && take_tip_and_target(p, true);
    }
    return ok && expect_separator(p, GB_MERMAID_IN_STYLE);
}

/* A subgraph lists the value as if it were a node: so does the reference. */
bool
gb_mermaid_take_accessible(struct parser *p, enum gb_mermaid_kind value)
{
    struct gb_mermaid_token token;

    if (p->token.kind != value)
        advance(p);
    token = p->token;
    if (!expect(p, value, GB_MERMAID_IN_STYLE))
        return false;
    struct gb_str words = trimmed(p, token);
    if (words.len)
        gb_mermaid_list(p->graph, gb_mermaid_name(p->graph, words));
    return true;
}
