/*
 * Documents of one series have one structure: SYS-001. GB/T 1.1—2020, 5.4.1; 2009, 4.2; DB32/T 2796—2015, 7.1.3. The titles of the chapters
 * behind chapter 3 are held against those of the member that is nearest to all.
 */
#include "series/series_priv.h"

/* Chapters compared; more of them make no other picture. To find the nearest member so many are tried. */
enum { MOST_CHAPTERS = 40, MOST_TRIED = 40 };

static const double differs = 0.6, is_near = 0.8;

struct chapters {
    const struct gb_fact *items;
    uint32_t n;
};

static struct chapters
chapters_of(const struct gb_series *series, uint32_t member)
{
    struct chapters c;

    c.items = gb_summary_facts(series->members[member].summary, GB_FACT_CHAPTER, &c.n);
    c.n = c.n > MOST_CHAPTERS ? MOST_CHAPTERS : c.n;
    return c;
}

/* Length of the longest common sequence; with `matched`, which chapters of b are in it. */
static uint32_t
common(const struct chapters *a, const struct chapters *b, bool *matched)
{
    uint8_t table[MOST_CHAPTERS + 1][MOST_CHAPTERS + 1] = {0};

    for (uint32_t i = a->n; i-- > 0;) {
        for (uint32_t k = b->n; k-- > 0;) {
            if (gb_str_eq(a->items[i].key, b->items[k].key))
                table[i][k] = (uint8_t)(table[i + 1][k + 1] + 1);
            else
                table[i][k] = table[i + 1][k] > table[i][k + 1] ? table[i + 1][k] : table[i][k + 1];
        }
    }
    for (uint32_t i = 0, k = 0; matched && i < a->n && k < b->n;) {
        if (gb_str_eq(a->items[i].key, b->items[k].key)) {
            matched[k] = true;
            i++;
            k++;
        } else if (table[i + 1][k] >= table[i][k + 1]) {
            i++;
        } else {
            k++;
        }
    }
    return table[0][0];
}

static double
similarity(const struct chapters *a, const struct chapters *b, bool *matched)
{
    return a->n + b->n ? 2.0 * common(a, b, matched) / (a->n + b->n) : 1;
}

/* The member that is nearest to the others; of equals the first. */
static uint32_t
medoid(const struct gb_series *series, const struct gb_group *group)
{
    uint32_t step = group->n > MOST_TRIED ? group->n / MOST_TRIED : 1, best = group->members[0];
    double most = -1;

    for (uint32_t i = 0; i < group->n; i += step) {
        struct chapters mine = chapters_of(series, group->members[i]);
        double sum = 0;
        for (uint32_t k = 0; k < group->n; k += step) {
            struct chapters other = chapters_of(series, group->members[k]);
            sum += k == i ? 0 : similarity(&mine, &other, NULL);
        }
        if (sum > most + 1e-9) {
            most = sum;
            best = group->members[i];
        }
    }
    return best;
}

static const struct gb_fact *
find_chapter(const struct chapters *chapters, struct gb_str key)
{
    GB_FIND(chapter, chapters->items, chapters->n, gb_str_eq(chapter->key, key));
    return chapter;
}

/* The chapters as one line: 经办条件、业务流程. */
static struct gb_str
list_titles(struct gb_series *series, const struct chapters *chapters)
{
    struct gb_buf list = {0};

    for (uint32_t i = 0; i < chapters->n && i < 10; i++)
        gb_buf_printf(&list, "%s%.*s", i ? "、" : "", GB_FMT(chapters->items[i].text));
    return gb_buf_take(&list, series->arena);
}

/* A title that both have, but at another place in their order. */
static void
tell_moved(struct gb_series *series, uint32_t member, const struct chapters *mine, uint32_t model,
           const struct chapters *models, const bool *matched)
{
    for (uint32_t i = 0; i < mine->n; i++) {
        const struct gb_fact *chapter = &mine->items[i],
                             *there = matched[i] ? NULL : find_chapter(models, chapter->key);
        if (!there || there->number == chapter->number)
            continue;
        struct gb_finding *f =
            gb_tell(series, "SYS-001", "moved", member, chapter->at, chapter->clause,
                    GB_ARGS(chapter->text, chapter->clause, gb_member_name(series, model), there->clause));
        gb_relate_member(series, member, f, model, there->at, there->text);
    }
}

/* Of two, that which is like the general part is the model; GB_NO_MEMBER: it tells nothing. */
static uint32_t
model_by_general(const struct gb_series *series, const struct gb_group *group)
{
    if (group->general == GB_NO_MEMBER || group->n != 2)
        return GB_NO_MEMBER;
    struct chapters general = chapters_of(series, group->general), first = chapters_of(series, group->members[0]),
                    second = chapters_of(series, group->members[1]);
    double a = similarity(&general, &first, NULL), b = similarity(&general, &second, NULL);

    if (general.n < 2 || (a > b ? a : b) < is_near || (a > b ? a - b : b - a) < 1e-9)
        return GB_NO_MEMBER;
    return group->members[a > b ? 0 : 1];
}

static void
judge_member(struct gb_series *series, const struct gb_group *group, uint32_t model, uint32_t member, bool is_told)
{
    struct chapters models = chapters_of(series, model), mine = chapters_of(series, member);
    bool matched[MOST_CHAPTERS] = {0};
    double like = similarity(&models, &mine, matched);
    uint32_t first = 0;

    if (mine.n < 2 || models.n < 2)
        return;
    if (like >= is_near) {
        tell_moved(series, member, &mine, model, &models, matched);
        return;
    }
    while (first + 1 < mine.n && matched[first])
        first++;
    const struct gb_fact *at = &mine.items[first];
    struct gb_str percent = gb_arena_printf(series->arena, "%d", (int)(like * 100 + 0.5));
    /* Of two nobody can say which is the model, unless the general part tells. */
    const char *which = like < differs && (group->n > 2 || is_told) ? NULL : "near";
    struct gb_finding *f = gb_tell(series, "SYS-001", which, member, at->at, at->clause,
                                   GB_ARGS(gb_member_name(series, model), percent, list_titles(series, &models)));
    gb_relate_member(series, member, f, model, models.items[0].at, gb_series_say(series, "该文件的章", "its chapters"));
}

void
gb_check_structure(struct gb_series *series)
{
    gb_group_array groups = {0};

    gb_series_groups(series, &groups);
    GB_EACH_IN(group, &groups) {
        uint32_t by_general = model_by_general(series, group),
                 model = by_general == GB_NO_MEMBER ? medoid(series, group) : by_general;
        for (uint32_t k = 0; k < group->n; k++) {
            if (group->members[k] != model)
                judge_member(series, group, model, group->members[k], by_general != GB_NO_MEMBER);
        }
    }
    gb_array_release(&groups);
}
