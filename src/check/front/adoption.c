/* Degree of correspondence to an international document, on the cover and in the foreword: COV-017. GB/T 1.2—2020. */
#include "check/front/cover_priv.h"

#include "doc/identifier.h"

enum degree { DEGREE_NONE, DEGREE_IDT, DEGREE_MOD, DEGREE_NEQ };

static const struct {
    struct gb_str word;
    enum degree degree;
} degrees[] = {
    {GB_WORD("IDT"), DEGREE_IDT},      {GB_WORD("MOD"), DEGREE_MOD},      {GB_WORD("NEQ"), DEGREE_NEQ},
    {GB_WORD("等同采用"), DEGREE_IDT}, {GB_WORD("修改采用"), DEGREE_MOD}, {GB_WORD("非等效采用"), DEGREE_NEQ},
    {GB_WORD("等同"), DEGREE_IDT},     {GB_WORD("修改"), DEGREE_MOD},     {GB_WORD("非等效"), DEGREE_NEQ},
};

/* The first degree that the text names, of the first `n` rows of the table; at *out_at. */
static enum degree
degree_in(struct gb_str s, size_t n, size_t *out_at)
{
    for (size_t i = 0; i < n; i++) {
        *out_at = gb_str_find(s, degrees[i].word, 0);
        if (*out_at != GB_NOT_FOUND)
            return degrees[i].degree;
    }
    return DEGREE_NONE;
}

struct adoption {
    const struct gb_text *text;
    enum degree degree;
    struct gb_identifier_shape shape; /* of the document adopted, in the text */
};

static bool
find_foreign(struct gb_str s, size_t from, struct gb_identifier_shape *out)
{
    return GB_ANY(for (size_t at = from; gb_identifier_next(s, at, out); at = out->end), out->flags & GB_SHAPE_FOREIGN);
}

/*
 * The draft itself adopts: 本文件等同采用ISO 9001:2015; 本标准使用翻译法等同采用…; 与ISO …的一致性程度为非等效. Not the list of
 * Chinese documents that correspond to those cited.
 */
static bool
states_adoption(const struct gb_node *node, size_t begin, size_t end, struct adoption *out)
{
    GB_WORDS(selves, "本文件", "本标准", "本部分", "本指导性技术文件");
    enum { DEGREES = 6, NEAREST = 60 };
    struct gb_str whole = gb_str_sub(node->text.str, 0, end), s = gb_str_skip(whole, begin);
    size_t self = GB_NOT_FOUND, at, consistency = gb_str_find(s, GB_STR("一致性程度"), 0);

    for (size_t i = 0; i < GB_COUNT(selves) && self == GB_NOT_FOUND; i++)
        self = gb_str_find(s, selves[i], 0);
    if (self == GB_NOT_FOUND || GB_HAS_ONE_OF(s, "对应关系", "代替"))
        return false;
    *out = (struct adoption){.text = &node->text};
    out->degree = degree_in(s, DEGREES, &at);
    if (out->degree != DEGREE_NONE && at > self) {
        /* The document stands right behind the verb. */
        return find_foreign(whole, begin + at, &out->shape) && out->shape.begin <= begin + at + NEAREST;
    }
    if (consistency == GB_NOT_FOUND || consistency < self)
        return false;
    out->degree = degree_in(gb_str_skip(s, consistency), GB_COUNT(degrees), &at);
    return out->degree != DEGREE_NONE && find_foreign(whole, begin + self, &out->shape) &&
           out->shape.begin < begin + consistency;
}

/* Lines without blank ones between are one paragraph: each sentence is judged alone. */
static bool
adoption_in(const struct gb_node *foreword, struct adoption *out)
{
    struct gb_str mark = GB_STR("。");

    for (const struct gb_node *n = foreword; n; n = gb_node_walk(n, foreword)) {
        struct gb_str s = n->text.str;
        for (size_t begin = 0, end; n->kind == GB_NODE_PARA && begin < s.len; begin = end) {
            size_t stop = gb_str_find(s, mark, begin);
            end = stop == GB_NOT_FOUND ? s.len : stop + mark.len;
            if (states_adoption(n, begin, end, out))
                return true;
        }
    }
    return false;
}

/* Serial numbers agree, and the years where both are given. */
static bool
is_same(struct gb_str a, const struct gb_identifier_shape *x, struct gb_str b, const struct gb_identifier_shape *y)
{
    struct gb_buf first = {0}, second = {0};

    gb_identifier_put_digits(a, x->serial, &first);
    gb_identifier_put_digits(b, y->serial, &second);
    bool same = gb_str_eq(gb_buf_str(&first), gb_buf_str(&second));
    if (same && !gb_extent_is_empty(x->year) && !gb_extent_is_empty(y->year)) {
        first.len = second.len = 0;
        gb_identifier_put_digits(a, x->year, &first);
        gb_identifier_put_digits(b, y->year, &second);
        same = gb_str_eq(gb_buf_str(&first), gb_buf_str(&second));
    }
    gb_buf_release(&first);
    gb_buf_release(&second);
    return same;
}

static void
compare(struct gb_check *c, const struct gb_cover_view *view, const struct adoption *stated)
{
    const struct gb_text *mark = &view->cover->adoption;
    struct gb_identifier_shape shape;
    struct gb_finding *f = NULL;
    size_t at;

    struct gb_str own = gb_str_sub(stated->text->str, stated->shape.begin, stated->shape.end);
    if (find_foreign(mark->str, 0, &shape) && !is_same(mark->str, &shape, stated->text->str, &stated->shape))
        f = gb_report_case(c, "document", gb_at_part(mark, shape.begin, shape.end), view->node,
                           GB_ARGS(gb_str_sub(mark->str, shape.begin, shape.end), own));
    enum degree degree = degree_in(mark->str, 3, &at);
    if (!f && degree != DEGREE_NONE && degree != stated->degree)
        f = gb_report_case(c, "degree", gb_at_part(mark, at, at + 3), view->node,
                           GB_ARGS(gb_str_sub(mark->str, at, at + 3)));
    gb_also(c, f, gb_at_text(stated->text), gb_say(c, "前言中的说明", "what the foreword says"));
}

/* Source: GB/T 1.1—2020, 8.1 and 10.3.1.3; GB/T 1.1—2009, 6.1.1. */
static void
check_adoption(struct gb_check *c)
{
    enum { FEWEST_METADATA = 6 };
    const struct gb_cover_view *view = gb_cover_view(c);
    const struct gb_node *foreword = c->facts->foreword;
    struct adoption stated;

    if (!view->node || !foreword)
        return;
    const struct gb_text *mark = &view->cover->adoption;
    bool is_stated = adoption_in(foreword, &stated);
    if (is_stated && mark->str.len) {
        compare(c, view, &stated);
    } else if (is_stated) {
        struct gb_str own = gb_str_sub(stated.text->str, stated.shape.begin, stated.shape.end);
        bool is_lost = view->is_doubtful || (view->is_metadata && view->n_present < FEWEST_METADATA);
        struct gb_finding *f = gb_report_case(c, is_lost ? "lost" : NULL,
                                              gb_cover_place(view, GB_COVER_FIELD(adoption)), view->node, GB_ARGS(own));
        gb_also(c, f, gb_at_text(stated.text), gb_say(c, "前言中的说明", "what the foreword says"));
    } else if (mark->str.len && foreword->first) {
        for (const struct gb_node *n = foreword; n; n = gb_node_walk(n, foreword)) {
            struct gb_identifier_shape shape;
            if (find_foreign(n->text.str, 0, &shape) &&
                gb_param_has(c, "relations", n->text.str)) /* in words that are not known here */
                return;
        }
        struct gb_finding *f = gb_report_case(c, "foreword", gb_at_text(mark), view->node, GB_ARGS(mark->str));
        gb_also(c, f, gb_at_head(foreword), gb_say(c, "前言", "the foreword"));
    }
}

const struct gb_check_def gb_adoption_checks[] = {
    {.name = "adoption-mark",
     .whole = check_adoption,
     .cases = "document degree lost foreword",
     .params = "relations:words"},
    {NULL},
};
