/* Forms of the defined terms: 助餐服务点 for 助餐点, 经办部门 for 经办机构. See variant.h. */
#include "facts/terms/term_priv.h"
#include "text/chars.h"

enum { NONE = UINT32_MAX, PART = 2 * GB_HAN };

struct gb_variant_form
gb_variant_form_of_uses(const struct gb_facts *facts, const struct gb_term_reader *r, uint32_t which)
{
    const struct gb_designation *designation = &r->designations.items[which];
    struct gb_variant_place *places =
        gb_arena_new_array(facts->arena, struct gb_variant_place, designation->n_uses + 1);
    uint32_t n = 0;

    for (uint32_t i = designation->first_use; i != GB_NO_USE && n < designation->n_uses; i = r->uses.items[i].next) {
        const struct gb_term_use *use = &r->uses.items[i];
        if (!(use->flags & GB_USE_OWN))
            places[n++] = (struct gb_variant_place){use->node, use->text, use->begin, use->end};
    }
    return (struct gb_variant_form){designation->words, places, n};
}

struct gb_variant_form
gb_variant_form_of(struct gb_arena *arena, struct gb_str words, const struct gb_variant_place *places, size_t n)
{
    return (struct gb_variant_form){words, gb_arena_copy_bytes(arena, places, n * sizeof(*places)), (uint32_t)n};
}

bool
gb_variant_stands_apart(struct gb_str s, struct gb_str words, struct gb_str name)
{
    size_t inside = gb_str_find(name, words, 0);

    GB_EACH_FOUND(at, s, words, 0) {
        if (inside == GB_NOT_FOUND || at < inside || !gb_str_starts(gb_str_skip(s, at - inside), name))
            return true;
    }
    return false;
}

bool
gb_variant_is_counted(struct gb_str s, size_t at)
{
    GB_WORDS(classifiers, "个", "名", "位", "张", "份", "件", "台", "套", "条", "辆", "本", "册", "枚", "块", "根",
             "只", "把", "组", "处", "间", "盒", "袋", "桶", "次", "遍");
    struct gb_str before = gb_str_sub(s, 0, at);
    size_t len = GB_END(before, classifiers);

    before.len -= len;
    return len && (gb_str_ends(before, GB_STR("每")) || (before.len && gb_is_digit(before.ptr[before.len - 1])));
}

bool
gb_variant_goes_on(struct gb_str s, size_t begin, size_t end, struct gb_str other)
{
    struct gb_str comma = GB_STR("，"), before = gb_str_sub(s, 0, begin), behind = gb_str_skip(s, end);

    return (gb_str_ends(before, comma) && gb_str_ends(gb_str_sub(before, 0, before.len - comma.len), other)) ||
           (gb_str_starts(behind, comma) && gb_str_starts(gb_str_skip(behind, comma.len), other));
}

/* The place stands for itself, not behind the other name with which it goes on. */
static bool
goes_on(const struct gb_variant_place *place, struct gb_str other)
{
    return gb_variant_goes_on(place->text->str, place->begin, place->end, other);
}

/* Is something said of what stands before the place: 应, 由? */
static bool
is_said_of(struct gb_str s, size_t end)
{
    return GB_STARTS_WITH(gb_str_skip(s, end), "应", "宜", "可", "不", "由", "的", "为", "是");
}

/* Two names in one sentence at [a, a + a_len) and, behind it, [b, …): between them no comma, or the same is said of both. */
static bool
are_opposed(struct gb_str s, size_t a, size_t a_len, size_t b, size_t b_len)
{
    struct gb_str between = gb_str_sub(s, a + a_len, b);

    return !GB_HAS_ONE_OF(between, "，", "；") || (is_said_of(s, a + a_len) && is_said_of(s, b + b_len));
}

bool
gb_variant_is_contrasted(const struct gb_facts *facts, const struct gb_variant_form *form, struct gb_str other)
{
    GB_WORDS(words, "不同", "区别", "分别", "分开", "除外");

    for (uint32_t i = 0; i < form->n_places && i < GB_VARIANT_MOST_PLACES; i++) {
        const struct gb_variant_place *place = &form->places[i];
        const struct gb_sentence *sentence = gb_sentence_at(facts, place->node, place->text, place->begin);
        struct gb_str s = sentence ? gb_str_sub(sentence->text->str, 0, sentence->end) : GB_STR("");
        size_t inside = gb_str_find(form->words, other, 0), len = place->end - place->begin;
        GB_EACH_FOUND(at, s, other, sentence ? sentence->begin : 0) {
            bool is_within =
                inside != GB_NOT_FOUND && at >= inside && gb_str_starts(gb_str_skip(s, at - inside), form->words);
            if (!is_within && (GB_HAS_ANY(gb_str_skip(s, sentence->begin), words) ||
                               (at < place->begin ? are_opposed(s, at, other.len, place->begin, len)
                                                  : are_opposed(s, place->begin, len, at, other.len))))
                return true;
        }
    }
    return false;
}

bool
gb_variant_lies_within(const struct gb_variant_place *place, struct gb_str name)
{
    struct gb_str s = place->text->str;
    size_t before = gb_str_find(name, gb_str_sub(s, place->begin, place->end), 0);

    return before <= place->begin && gb_str_starts(gb_str_skip(s, place->begin - before), name);
}

bool
gb_variant_stands_with(const struct gb_variant_form *form, struct gb_str other)
{
    uint32_t n = form->n_places < GB_VARIANT_MOST_PLACES ? form->n_places : GB_VARIANT_MOST_PLACES;

    return GB_ANY(GB_ITEMS(place, form->places, n), gb_str_has(place->text->str, other) &&
                                                        !gb_variant_lies_within(place, other) &&
                                                        !goes_on(place, other));
}

bool
gb_variant_are_told_apart(const struct gb_variant_form *a, const struct gb_variant_form *b)
{
    return (!gb_str_has(a->words, b->words) && gb_variant_stands_with(a, b->words)) ||
           (!gb_str_has(b->words, a->words) && gb_variant_stands_with(b, a->words));
}

/* Are there two forms of the term with other heads? Then the heads mean something. Forms of a term stand together. */
static bool
has_third_head(const struct gb_term_reader *r, size_t which)
{
    const struct gb_term_form *forms = r->variants.forms.items;

    for (size_t i = which > GB_BODIES ? which - GB_BODIES : 0; i < r->variants.forms.len && i < which + GB_BODIES;
         i++) {
        if (i != which && forms[i].kind == GB_VARIANT_HEAD && forms[i].designation == forms[which].designation &&
            forms[i].places.len)
            return true;
    }
    return false;
}

/* Nothing before it says whose or which it is: 企业的监测部门, 县级经办部门. */
static bool
stands_unqualified(const struct gb_term_form *form)
{
    GB_EACH_IN(place, &form->places) {
        uint32_t before = gb_char_before(place->text->str, place->begin);
        if (gb_char_is_han(before) && !gb_is_one_of(before, "由向对与和及或在经给从应为是至到使让"))
            return false;
    }
    return true;
}

/* How a form of the term is told of: *out_certain. False: not at all. */
static bool
judge_form(const struct gb_term_reader *r, size_t which, const struct gb_variant_form *kept, bool *out_certain)
{
    const struct gb_term_form *form = &r->variants.forms.items[which];
    struct gb_variant_form other = {form->words, form->places.items, (uint32_t)form->places.len};
    bool is_rarer = kept->n_places >= 2 && form->places.len * 2 <= kept->n_places;

    if (gb_variant_is_contrasted(r->facts, &other, kept->words))
        return false;
    *out_certain = form->is_certain;
    if (form->kind == GB_VARIANT_SWAPPED) {
        *out_certain = form->is_certain && is_rarer;
        return form->is_certain || stands_unqualified(form); /* 由政务部门签发: no name */
    }
    if (form->kind != GB_VARIANT_HEAD)
        return true;
    /* 经办部门 may be a part of the 经办机构: the draft is about it, or its name says more than an activity. */
    struct gb_str head = gb_variant_bodies[gb_variant_body_of(kept->words)];
    *out_certain = form->is_certain && stands_unqualified(form) &&
                   (kept->words.len - head.len >= 2 * PART || gb_variant_scope_names(r->facts, kept->words));
    return is_rarer && !has_third_head(r, which) && !gb_variant_stands_with(&other, kept->words);
}

void
gb_find_form_variants(struct gb_term_reader *r)
{
    for (size_t i = 0; i < r->variants.forms.len; i++) {
        const struct gb_term_form *form = &r->variants.forms.items[i];
        if (form->places.len == 0 || form->designation == NONE)
            continue;
        struct gb_variant_form kept = gb_variant_form_of_uses(r->facts, r, form->designation);
        bool is_certain;
        if (!judge_form(r, i, &kept, &is_certain))
            continue;
        *gb_push(&r->variants.form_pairs) =
            (struct gb_variant){form->kind, is_certain, kept,
                                gb_variant_form_of(r->facts->arena, form->words, form->places.items, form->places.len)};
    }
}
