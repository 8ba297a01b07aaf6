/* Characters that are none of the 通用规范汉字: WRD-027. GB/T 1.1—2020, 9.4.1. */
#include "check/structure/elements_priv.h"

enum {
    MANY = 200, /* so many: the draft is written in traditional characters */
    NEAR = 200, /* bytes before a character in which a quotation begins */
};

/* Characters side by side. */
struct stretch {
    const struct gb_node *node;
    const struct gb_text *text;
    size_t begin, end;
};

struct finder {
    GB_ARRAY(struct stretch) found;
    const struct gb_text *judged; /* the text that is_foreign is about */
    bool is_foreign;
};

static struct finder *
finder_of(struct gb_check *c)
{
    static const char key;

    return gb_check_shared(c, &key, sizeof(struct finder));
}

static bool
is_kana_or_hangul(uint32_t c)
{
    return (c >= 0x3041 && c <= 0x30FF) || (c >= 0xAC00 && c <= 0xD7A3);
}

/* Japanese and Korean text has characters of its own. */
static bool
is_foreign(struct finder *f, const struct gb_text *text)
{
    if (f->judged == text)
        return f->is_foreign;
    f->judged = text;
    f->is_foreign = false;
    for (size_t at = 0; at < text->str.len && !f->is_foreign;)
        f->is_foreign = is_kana_or_hangul(gb_utf8_at(text->str, at, &at));
    return f->is_foreign;
}

/* Inside of “…” or 《…》: words and titles of others. The mark next to the left tells. */
static bool
is_quoted(struct gb_str s, size_t at)
{
    for (size_t least = at > NEAR ? at - NEAR : 0; at > least;) {
        uint32_t c = gb_utf8_before(s, at, &at);
        if (gb_is_one_of(c, "“《「『”》」』"))
            return gb_is_one_of(c, "“《「『");
    }
    return false;
}

/* Names of persons and bodies keep their characters; so do the lists of documents. */
static bool
names_others(const struct gb_facts *facts, const struct gb_node *node, const struct gb_text *text, size_t at)
{
    const struct gb_node *top = node;

    for (const struct gb_node *n = node; n->parent; n = n->parent) {
        if (GB_AMONG(n->kind, GB_NODE_EXAMPLE, GB_NODE_REF, GB_NODE_SOURCE) || gb_node_is_quotation(n))
            return true;
        top = n;
    }
    if (GB_AMONG(top->kind, GB_NODE_TOC, GB_NODE_BIBLIO, GB_NODE_INDEX, GB_NODE_COVER) ||
        top->role == GB_ROLE_REFERENCES)
        return true;
    const struct gb_sentence *s = top->kind == GB_NODE_FOREWORD ? gb_sentence_at(facts, node, text, at) : NULL;
    return s && s->flags & GB_SENTENCE_PARTIES;
}

/* A cell with one character, as in tables of characters. */
static bool
is_specimen(const struct gb_node *node, const struct gb_text *text)
{
    return node->kind == GB_NODE_TABLE && gb_str_han_length(gb_str_trim(text->str)) <= 1;
}

/* The search finds each character; those side by side are told together. */
static void
hit_character(struct gb_check *c, const struct gb_found *found)
{
    const uint32_t judged = GB_ON(TITLE) | GB_ON(CLAUSE) | GB_ON(PARA) | GB_ON(ITEM) | GB_ON(NOTE) | GB_ON(FOOTNOTE) |
                            GB_ON(TERM) | GB_ON(ABBR) | GB_ON(TABLE) | GB_ON(FIGURE) | GB_ON(WHERE) | GB_ON(ANNEX);
    struct finder *f = finder_of(c);
    const struct gb_node *node = found->node;
    const struct gb_text *text = found->text;
    size_t begin = found->begin, end = found->end;
    struct stretch *last = f->found.len ? &f->found.items[f->found.len - 1] : NULL;

    if (!(judged >> node->kind & 1))
        return;
    if (last && last->text == text && last->end == begin) {
        last->end = end;
        return;
    }
    if (gb_text_flags(text, begin) & (GB_RUN_CODE | GB_RUN_MATH | GB_RUN_QUOTE) || is_specimen(node, text) ||
        is_foreign(f, text) || is_quoted(text->str, begin) || names_others(c->facts, node, text, begin))
        return;
    *gb_push(&f->found) = (struct stretch){node, text, begin, end};
}

static struct gb_str
form_of(struct gb_check *c, const struct stretch *x, bool *out_is_certain)
{
    struct gb_str s = GB_WORDS_OF(x);
    struct gb_buf out = {0};

    *out_is_certain = true;
    for (size_t at = 0; at < s.len;) {
        bool is_certain = true;
        char bytes[4];
        uint32_t form = gb_char_standard(gb_utf8_at(s, at, &at), &is_certain);
        gb_buf_add(&out, (struct gb_str){bytes, gb_utf8_put(bytes, form)});
        *out_is_certain = *out_is_certain && is_certain;
    }
    return gb_buf_take(&out, c->arena);
}

static struct gb_finding *
report_stretch(struct gb_check *c, const struct stretch *x, const char *which, struct gb_str count)
{
    bool is_certain;
    struct gb_str form = form_of(c, x, &is_certain);

    return gb_report_case(c, which, GB_AT(x), x->node, GB_ARGS(GB_WORDS_OF(x), form, count));
}

/* Changes those stretches whose form is certain, or the others. Gives whether there are any. */
static bool
fix_stretches(struct gb_check *c, struct gb_finding *finding, const struct stretch *list, size_t n, bool certain)
{
    bool is_any = false, is_certain;

    for (size_t i = 0; i < n; i++) {
        struct gb_str form = form_of(c, &list[i], &is_certain);
        if (is_certain != certain)
            continue;
        gb_fix(c, finding, gb_at_part(list[i].text, list[i].begin, list[i].end).span, form);
        is_any = true;
    }
    return is_any;
}

/* What is not certain is changed by itself where nothing else is, so that the rest can be mended safely. */
static void
fix_characters(struct gb_check *c, struct gb_finding *finding, const struct stretch *list, size_t n)
{
    if (!gb_wants_fix(c, finding) || fix_stretches(c, finding, list, n, true))
        return;
    fix_stretches(c, finding, list, n, false);
    gb_fix_unsafe(finding);
}

/* One finding where the draft is written in traditional characters. */
static void
finish_characters(struct gb_check *c)
{
    struct finder *f = finder_of(c);
    const struct stretch *list = f->found.items;
    size_t n = f->found.len;
    struct gb_str count = gb_count_text(c, n);

    if (n > MANY)
        fix_characters(c, report_stretch(c, list, "many", count), list, n);
    for (size_t i = 0; n <= MANY && i < n; i++)
        fix_characters(c, report_stretch(c, &list[i], NULL, count), &list[i], 1);
    gb_array_release(&f->found);
}

const struct gb_check_def gb_character_checks[] = {
    {.name = "standard-characters",
     .hit = hit_character,
     .finish = finish_characters,
     .cases = "many",
     .params = GB_SEARCH_PARAMS "words:words"},
    {0},
};
