/*
 * One thing is regulated in one document: SYS-009. GB/T 1.1—2020, 5.4.2; DB32/T 2796—2015, 6.1.3. Titles that say the same but for the word
 * on their kind (规范, 制度, 办法), or texts that are mostly one.
 */
#include "series/series_priv.h"
#include "base/sort.h"

enum { SHORTEST = 3 * 3 }; /* of a title */

static const double alike_titles = 0.8, alike_texts = 0.6;

/* The title without the words on the kind of document. */
static struct gb_str
element_of(struct gb_str title)
{
    GB_WORDS(ends, "管理规范", "管理制度", "管理办法", "管理规定", "管理规程", "规范", "制度", "办法", "规定", "规程",
             "要求", "指南", "标准", "细则");

    GB_FIND(end, ends, GB_COUNT(ends), title.len > end->len + 3 && gb_str_ends(title, *end));
    return end ? gb_str_sub(title, 0, title.len - end->len) : title;
}

/* Share of the pairs of neighbouring characters that two titles have in common, each counted once. */
static double
bigrams_alike(struct gb_str a, struct gb_str b)
{
    size_t n = 0, m = 0, same = 0;

    for (size_t i = 0; i + 6 <= a.len; i += 3) {
        n++;
        same += gb_str_has(b, gb_str_sub(a, i, i + 6));
    }
    for (size_t i = 0; i + 6 <= b.len; i += 3)
        m++;
    return gb_str_eq(a, b) ? 1 : n + m ? 2.0 * (double)same / (double)(n + m) : 0;
}

/* Parts of one document have titles alike; an edition has that of the one before. */
static bool
are_family(const struct gb_series *series, uint32_t a, uint32_t b)
{
    const struct gb_summary *left = series->members[a].summary, *right = series->members[b].summary;

    return left->serial.len && gb_str_eq(left->base, right->base) &&
           gb_str_eq(gb_serial_head(left->serial), gb_serial_head(right->serial));
}

static void
tell_twins(struct gb_series *series, const char *which, uint32_t first, uint32_t later, double like)
{
    uint32_t told = gb_tells_first(series, first, later) ? first : later, beside = told == first ? later : first;
    const struct gb_summary *mine = series->members[told].summary, *other = series->members[beside].summary;
    struct gb_finding *f = gb_tell(series, "SYS-009", which, told, mine->title_at, GB_STR(""),
                                   GB_ARGS(mine->title, gb_member_name(series, beside), other->title,
                                           gb_arena_printf(series->arena, "%d", (int)(like * 100 + 0.5))));

    gb_relate_member(series, told, f, beside, other->title_at, other->title);
}

/* The row of the table that is numbered behind the members; NULL: i is a member. */
static const struct gb_manifest_row *
row_at(const struct gb_series *series, uint32_t i)
{
    return i < series->n_members ? NULL : &series->manifest->rows[i - series->n_members];
}

/* A row whose draft is not in the run: its title is all that is known. */
static void
tell_row(struct gb_series *series, uint32_t other, const struct gb_manifest_row *row)
{
    const struct gb_manifest_row *beside = row_at(series, other);
    struct gb_str title = beside ? beside->fields[GB_MANIFEST_TITLE] : series->members[other].summary->title;
    struct gb_str name = beside ? beside->fields[GB_MANIFEST_NUMBER] : gb_member_name(series, other);
    struct gb_finding *f = gb_tell_row(series, "SYS-009", NULL, row, GB_MANIFEST_TITLE,
                                       GB_ARGS(row->fields[GB_MANIFEST_TITLE], name, title));

    if (beside)
        gb_relate_row(series, GB_NO_MEMBER, f, beside, GB_MANIFEST_TITLE, title);
    else
        gb_relate_member(series, GB_NO_MEMBER, f, other, series->members[other].summary->title_at, title);
}

/* Rows of one number, or of parts of one. */
static bool
are_editions(const struct gb_manifest_row *a, const struct gb_manifest_row *b)
{
    return a->has_identifier && b->has_identifier && gb_str_eq(a->id.base, b->id.base) &&
           gb_str_eq(gb_serial_head(a->id.serial), gb_serial_head(b->id.serial));
}

/* The titles of rows without a draft of that number, numbered behind the members. */
static void
add_rows(struct gb_series *series, gb_keyed_array *titles)
{
    const struct gb_manifest *m = series->manifest;
    bool *is_read = gb_alloc_zeroed(m->n_rows + 1);
    gb_keyed_array by_key = {0};

    gb_series_by_key(series, &by_key);
    for (uint32_t i = 0; i < series->n_members; i++) {
        if (series->members[i].row)
            is_read[series->members[i].row - m->rows] = true;
    }
    for (uint32_t i = 0; i < m->n_rows; i++) {
        const struct gb_manifest_row *row = &m->rows[i];
        struct gb_str title = gb_bare_text(series->arena, row->fields[GB_MANIFEST_TITLE]),
                      key = gb_arena_printf(series->arena, "%.*s %.*s", GB_FMT(row->id.base), GB_FMT(row->id.serial));
        if (!is_read[i] && title.len > SHORTEST && !gb_row_is_out_of_force(row) &&
            (!row->has_identifier || gb_series_find(&by_key, key) == GB_NO_MEMBER))
            *gb_push(titles) = (struct gb_keyed){element_of(title), series->n_members + i};
    }
    gb_array_release(&by_key);
    free(is_read);
}

static bool
is_judged(const struct gb_series *series, uint32_t member)
{
    return series->members[member].summary->title_key.len > SHORTEST && !gb_member_is_out_of_force(series, member);
}

/* Share of equal hashes; 0 where there is too little text. */
static double
likeness_of_texts(const struct gb_summary *a, const struct gb_summary *b)
{
    enum { LEAST = 48 };
    unsigned both = 0, same = 0;

    for (size_t i = 0; i < GB_SKETCH; i++) {
        if (a->sketch[i] == UINT32_MAX || b->sketch[i] == UINT32_MAX)
            continue;
        both++;
        same += a->sketch[i] == b->sketch[i];
    }
    return both >= LEAST ? (double)same / both : 0;
}

/* One hash of the sketch and who has it: texts with a hash in common lie together. */
struct hashed {
    uint32_t hash, member;
};

GB_ORDER(compare_hashed, struct hashed, GB_KEY(hash) GB_KEY(member))

/* For each member the first one whose text is like it, by a few places of the sketch: alike texts agree in most of them. */
static void
find_alike(const struct gb_series *series, uint32_t *like)
{
    enum { PLACES = 8 };
    struct hashed *list = gb_alloc(sizeof(*list) * (series->n_members + 1));

    for (size_t place = 0; place < PLACES; place++) {
        uint32_t n = 0;
        for (uint32_t i = 0; i < series->n_members; i++) {
            uint32_t hash = series->members[i].summary->sketch[place * (GB_SKETCH / PLACES)];
            if (hash != UINT32_MAX)
                list[n++] = (struct hashed){hash, i};
        }
        gb_sort(list, n, sizeof(*list), compare_hashed);
        for (uint32_t i = 1, head = 0; i < n; i++) {
            if (list[i].hash != list[head].hash)
                head = i;
            uint32_t first = list[head].member, here = list[i].member;
            if (first < here && (like[here] == GB_NO_MEMBER || first < like[here]) &&
                !are_family(series, first, here) &&
                likeness_of_texts(series->members[first].summary, series->members[here].summary) >= alike_texts)
                like[here] = first;
        }
    }
    free(list);
}

void
gb_check_twins(struct gb_series *series)
{
    uint32_t *like = gb_alloc(sizeof(*like) * (series->n_members + 1));
    gb_keyed_array titles = {0};

    for (uint32_t i = 0; i < series->n_members; i++) {
        like[i] = GB_NO_MEMBER;
        if (is_judged(series, i))
            *gb_push(&titles) = (struct gb_keyed){element_of(series->members[i].summary->title_key), i};
    }
    if (series->manifest)
        add_rows(series, &titles);
    gb_keyed_sort(&titles);
    /* Titles that are alike begin alike, as a rule: each is held against its neighbour. */
    bool *told = gb_alloc_zeroed(series->n_members + (series->manifest ? series->manifest->n_rows : 0) + 1);
    for (size_t i = 1; i < titles.len; i++) {
        uint32_t a = titles.items[i - 1].member, b = titles.items[i].member;
        double share = bigrams_alike(titles.items[i - 1].key, titles.items[i].key);
        uint32_t first = a < b ? a : b, later = a < b ? b : a;
        const struct gb_manifest_row *row = row_at(series, later), *other = row_at(series, first);
        bool is_kin = row ? other && are_editions(row, other) : are_family(series, a, b);
        if (told[later] || is_kin || share < (row ? 1 : alike_titles) || (share < 1 && titles.items[i].key.len < 8 * 3))
            continue;
        told[later] = true;
        if (row)
            tell_row(series, first, row);
        else
            tell_twins(series, NULL, first, later, share);
    }
    find_alike(series, like);
    for (uint32_t i = 0; i < series->n_members; i++) {
        if (like[i] != GB_NO_MEMBER && !told[i] && is_judged(series, i))
            tell_twins(series, "text", like[i], i,
                       likeness_of_texts(series->members[like[i]].summary, series->members[i].summary));
    }
    gb_array_release(&titles);
    free(told);
    free(like);
}
