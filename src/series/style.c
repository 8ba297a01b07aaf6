/*
 * Documents of one series have one style: SYS-002. GB/T 1.1—2020, 5.4.1; 2009, 4.2; DB32/T 2796—2015, 7.1.3. Of a habit in which
 * they differ the minority is told.
 */
#include "series/series_priv.h"
#include "base/sort.h"

GB_ORDER(compare_stated, struct gb_stated, GB_KEY_STR(fact->key) GB_KEY(member))

/* What is compared: the value of a habit; of a clause how binding it is. */
static struct gb_str
value_of(const struct gb_fact *fact)
{
    static const char *const names[] = {
        [GB_TYPE_STATEMENT] = "",     [GB_TYPE_PERMISSION] = "可",  [GB_TYPE_RECOMMENDATION] = "宜",
        [GB_TYPE_INSTRUCTION] = "应", [GB_TYPE_REQUIREMENT] = "应",
    };

    if (fact->kind != GB_FACT_CLAUSE)
        return fact->value;
    return gb_str_from(names[(int)fact->number]);
}

/* Documents that were published before the edition of 2020 are not yet revised: they are no minority. */
static bool
is_old(const struct gb_series *series, uint32_t member)
{
    uint32_t issued = series->members[member].summary->issued;

    return issued && issued < 20201001;
}

static bool
is_counted(const struct gb_series *series, const struct gb_stated *stated)
{
    return value_of(stated->fact).len && (stated->fact->kind == GB_FACT_CLAUSE || !is_old(series, stated->member));
}

/* One habit, stated by several members. */
static void
judge_run(struct gb_series *series, const struct gb_stated *items, size_t n, const char *which)
{
    const struct gb_stated *model = NULL;
    uint32_t most = 0, all = 0;

    for (size_t i = 0; i < n; i++) {
        bool seen = GB_ANY(GB_ITEMS(before, items, i), gb_str_eq(value_of(before->fact), value_of(items[i].fact)));
        uint32_t same =
            seen || !is_counted(series, &items[i])
                ? 0
                : GB_HOW_MANY(GB_ITEMS(item, items, n),
                              is_counted(series, item) && gb_str_eq(value_of(item->fact), value_of(items[i].fact)));
        all += same;
        if (same > most) {
            most = same;
            model = &items[i];
        }
    }
    /* Without a majority nobody is told, but of two the later one. */
    if (!model || most == all || (2 * most <= all && all > 2))
        return;
    for (size_t i = 0; i < n; i++) {
        const struct gb_fact *fact = items[i].fact;
        struct gb_str value = value_of(fact), usual = value_of(model->fact);
        if (!is_counted(series, &items[i]) || gb_str_eq(value, usual))
            continue;
        struct gb_finding *f =
            gb_tell(series, "SYS-002", which, items[i].member, fact->at, fact->clause,
                    GB_ARGS(fact->kind == GB_FACT_CLAUSE ? fact->text : fact->key, value, usual,
                            gb_arena_printf(series->arena, "%u", most), gb_member_name(series, model->member)));
        gb_relate_member(series, items[i].member, f, model->member, model->fact->at, model->fact->text);
    }
}

static void
judge_kind(struct gb_series *series, const struct gb_group *group, enum gb_fact_kind kind, const char *which)
{
    enum { MOST = 2000 };
    gb_stated_array all = {0};

    gb_series_collect(series, group, kind, &all);
    gb_sort(all.items, all.len, sizeof(all.items[0]), compare_stated);
    GB_EACH_RUN(begin, end, all.len, gb_str_eq(all.items[end].fact->key, all.items[begin].fact->key)) {
        if (end - begin >= 2 && end - begin <= MOST)
            judge_run(series, all.items + begin, end - begin, which);
    }
    gb_array_release(&all);
}

void
gb_check_style(struct gb_series *series)
{
    gb_group_array groups = {0};

    gb_series_groups(series, &groups);
    GB_EACH_IN(group, &groups) {
        judge_kind(series, group, GB_FACT_FEATURE, NULL);
        judge_kind(series, group, GB_FACT_CLAUSE, "strength");
    }
    gb_array_release(&groups);
}
