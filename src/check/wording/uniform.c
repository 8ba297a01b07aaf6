/* One wording for one thing: forms of a word of which a draft uses several, WRD-017; names of products, ELM-010. */
#include "check/wording/wording_priv.h"

struct place {
    const struct gb_node *node;
    struct gb_at at;
};

/* One form of a word, and where it stands. */
struct form {
    struct gb_str word, group; /* of the rule's list; forms of one word share the group */
    GB_ARRAY(struct place) places;
};

struct forms {
    struct form *items;
    size_t n;
};

enum { MOST_PLACES = 100 };

/* The forms of the rule, made at its first hit. */
static struct forms *
forms_of(struct gb_check *c, const void *key, bool has_groups)
{
    struct forms *forms = gb_check_shared(c, key, sizeof(*forms));
    const struct gb_str *words;
    size_t step = has_groups ? 2 : 1;

    if (forms->items)
        return forms;
    forms->n = gb_param_words(c, "words", &words);
    forms->items = gb_arena_new_array(c->arena, struct form, forms->n + 1);
    for (size_t i = 0; i < forms->n; i++) {
        forms->items[i].word = words[step * i];
        forms->items[i].group = words[step * i + step - 1];
    }
    return forms;
}

static void
add_place(struct forms *forms, const struct gb_found *found)
{
    if (found->word >= forms->n)
        return;
    struct form *form = &forms->items[found->word];
    *gb_push(&form->places) = (struct place){found->node, gb_at_found(found)};
}

static void
relate_places(struct gb_check *c, struct gb_finding *f, const struct form *form, size_t from)
{
    for (size_t i = from; i < form->places.len && i < from + MOST_PLACES; i++)
        gb_also(c, f, form->places.items[i].at, form->word);
}

static void
release_forms(struct forms *forms)
{
    for (size_t i = 0; i < forms->n; i++)
        gb_array_release(&forms->items[i].places);
}

/* ---- WRD-017 ---- */

static const char variant_key;

static void
hit_variant(struct gb_check *c, const struct gb_found *found)
{
    add_place(forms_of(c, &variant_key, true), found);
}

/* The form that a draft uses most; of equally many, the usual one, which gives the group its name. */
static const struct form *
main_form(const struct forms *forms, struct gb_str group)
{
    const struct form *best = NULL;

    GB_EACH(const struct form, form, forms->items, forms->n) {
        if (!gb_str_eq(form->group, group) || form->places.len == 0)
            continue;
        if (!best || form->places.len > best->places.len ||
            (form->places.len == best->places.len && gb_str_eq(form->word, group)))
            best = form;
    }
    return best;
}

/* Source: GB/T 1.1—2020, 5.4.1; 2009, 4.2. Each place of the rarer form is to be changed. */
static void
finish_variants(struct gb_check *c)
{
    struct forms *forms = forms_of(c, &variant_key, true);

    for (size_t i = 0; i < forms->n; i++) {
        const struct form *form = &forms->items[i], *most = main_form(forms, form->group);
        if (form->places.len == 0 || form == most)
            continue;
        struct gb_finding *f =
            gb_report(c, form->places.items[0].at, form->places.items[0].node, GB_ARGS(form->word, most->word));
        relate_places(c, f, form, 1);
        relate_places(c, f, most, 0);
        for (size_t k = 0; k < form->places.len; k++)
            gb_fix(c, f, form->places.items[k].at.span, most->word);
    }
    release_forms(forms);
}

/* ---- ELM-010 ---- */

static const char name_key;

/* A footnote on the name says what 9.13.1 asks for. */
static void
hit_trade_name(struct gb_check *c, const struct gb_found *found)
{
    struct gb_str behind = gb_found_behind(found);

    if (gb_node_child(found->node, GB_NODE_FOOTNOTE) || !gb_holds_provisions(c, found->node) ||
        GB_STARTS_WITH(behind, "公司", "有限", "科技", "集团", "（中国）", "网络技术"))
        return;
    if (found->word == GB_NOT_FOUND)
        gb_report_case(c, "sign", gb_at_found(found), found->node, GB_ARGS(gb_found_str(found)));
    else
        add_place(forms_of(c, &name_key, false), found);
}

/* One finding for each name. Source: GB/T 1.1—2020, 9.13.1; 2009, 8.3. */
static void
finish_trade_names(struct gb_check *c)
{
    struct forms *forms = forms_of(c, &name_key, false);

    GB_EACH(const struct form, form, forms->items, forms->n) {
        if (form->places.len == 0)
            continue;
        struct gb_finding *f = gb_report(c, form->places.items[0].at, form->places.items[0].node, GB_ARGS(form->word));
        relate_places(c, f, form, 1);
    }
    release_forms(forms);
}

const struct gb_check_def gb_uniform_checks[] = {
    {.name = "variants", .hit = hit_variant, .finish = finish_variants, .params = GB_SEARCH_PARAMS "words:pairs"},
    {.name = "trade-names",
     .hit = hit_trade_name,
     .finish = finish_trade_names,
     .cases = "sign",
     .params = GB_SEARCH_PARAMS "words:words"},
    {0},
};
