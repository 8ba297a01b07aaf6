/*
 * The table of a system: each document in one of its four parts, SYS-004; its rows complete, unique and equal to the documents, SYS-005. DB32/T
 * 2796—2015, 6.1.1, 6.1.2, 6.2, 7.3.5.2; rule catalogue, 8.6.
 */
#include "series/series_priv.h"
#include "base/sort.h"

#include <stdio.h>
#include <unistd.h>

/* The parts, and the content that 6.2.1 to 6.2.4 list of each: a word of it in a title is enough. */
static const struct part {
    const char *name;
    struct {
        const char *content;
        const char *words[6];
    } expected[6];
} parts[] = {
    {"通用基础",
     {{"标准化管理规范", {"标准化", "管理规范"}},
      {"标准体系表及编制导则", {"体系表", "编制导则", "标准体系"}},
      {"术语", {"术语", "词汇"}},
      {"符号与标志", {"符号", "标志", "标识", "代码"}},
      {"视觉识别系统", {"视觉识别", "形象"}}}},
    {"服务保障",
     {{"部门、岗位职责", {"职责", "岗位"}},
      {"信息管理", {"信息"}},
      {"财务管理", {"财务", "资金", "会计"}},
      {"设施设备管理", {"设施", "设备"}},
      {"安全应急与后勤管理", {"安全", "应急", "后勤"}}}},
    {"服务提供",
     {{"服务规范", {"服务规范", "服务要求", "服务质量规范"}},
      {"经办业务流程规范", {"流程", "规程", "经办", "办理"}},
      {"服务质量控制", {"质量控制", "监督", "检查", "考核", "质量"}},
      {"运行管理", {"运行", "管理"}},
      {"评价改进", {"评价", "改进"}}}},
    {"工作要求", {{"财务管理制度", {"财务", "资金"}}, {"安全管理制度", {"安全"}}, {"风险管理制度", {"风险", "内控"}}}},
};

/* The parts that a cell names, as bits. */
static unsigned
parts_in(struct gb_str cell)
{
    unsigned found = 0;

    for (unsigned i = 0; i < GB_COUNT(parts); i++)
        found |= gb_str_has(cell, gb_str_from(parts[i].name)) ? 1u << i : 0;
    return found;
}

/* Those that a row names. */
static unsigned
parts_used(const struct gb_manifest *m)
{
    unsigned used = 0;

    GB_EACH(const struct gb_manifest_row, row, m->rows, m->n_rows)
        used |= parts_in(row->fields[GB_MANIFEST_SUBSYSTEM]);
    return used;
}

/* ---- SYS-004 ---- */

static void
judge_part(struct gb_series *series, const struct gb_manifest_row *row)
{
    struct gb_str cell = row->fields[GB_MANIFEST_SUBSYSTEM], title = row->fields[GB_MANIFEST_TITLE];
    unsigned found = parts_in(cell);

    if (!cell.len)
        gb_tell_row(series, "SYS-004", NULL, row, title.len ? GB_MANIFEST_TITLE : GB_MANIFEST_NUMBER,
                    GB_ARGS(title.len ? title : row->fields[GB_MANIFEST_NUMBER]));
    else if (!found)
        gb_tell_row(series, "SYS-004", "unknown", row, GB_MANIFEST_SUBSYSTEM, GB_ARGS(cell));
    else if (found & (found - 1))
        gb_tell_row(series, "SYS-004", "two", row, GB_MANIFEST_SUBSYSTEM, GB_ARGS(cell));
}

static bool
has_content(const struct gb_manifest *m, unsigned part, const char *const *words)
{
    for (uint32_t i = 0; i < m->n_rows; i++) {
        if (!(parts_in(m->rows[i].fields[GB_MANIFEST_SUBSYSTEM]) >> part & 1))
            continue;
        for (size_t k = 0; k < 6 && words[k]; k++) {
            if (gb_str_has(m->rows[i].fields[GB_MANIFEST_TITLE], gb_str_from(words[k])))
                return true;
        }
    }
    return false;
}

/* Parts without documents, and content that 6.2 lists without a document. */
static void
judge_parts(struct gb_series *series)
{
    const struct gb_manifest *m = series->manifest;
    struct gb_manifest_row header = {.line = 1, .span = m->header};
    unsigned used = parts_used(m);

    for (unsigned i = 0; i < GB_COUNT(parts); i++) {
        struct gb_buf missing = {0};
        if (!(used >> i & 1)) {
            gb_tell_row(series, "SYS-004", "empty", &header, GB_MANIFEST_SUBSYSTEM,
                        GB_ARGS(gb_str_from(parts[i].name)));
            continue;
        }
        for (size_t k = 0; k < GB_COUNT(parts[i].expected) && parts[i].expected[k].content; k++) {
            if (!has_content(m, i, parts[i].expected[k].words))
                gb_buf_printf(&missing, "%s%s", missing.len ? "、" : "", parts[i].expected[k].content);
        }
        if (missing.len)
            gb_tell_row(series, "SYS-004", "content", &header, GB_MANIFEST_SUBSYSTEM,
                        GB_ARGS(gb_str_from(parts[i].name), gb_buf_take(&missing, series->arena)));
    }
}

/* ---- SYS-005 ---- */

static const struct {
    enum gb_manifest_column columns[2]; /* one of them is enough */
    const char *zh, *en;
} required[] = {
    {{GB_MANIFEST_NUMBER, GB_MANIFEST_NUMBER}, "编号", "number"},
    {{GB_MANIFEST_TITLE, GB_MANIFEST_TITLE}, "名称", "title"},
    {{GB_MANIFEST_PUBLISHED, GB_MANIFEST_EFFECTIVE}, "日期", "date"},
    {{GB_MANIFEST_STATUS, GB_MANIFEST_STATUS}, "状态", "status"},
};

static void
judge_fields(struct gb_series *series, const struct gb_manifest_row *row)
{
    struct gb_buf missing = {0};

    for (size_t i = 0; i < GB_COUNT(required); i++) {
        if (!row->fields[required[i].columns[0]].len && !row->fields[required[i].columns[1]].len)
            gb_buf_printf(&missing, "%s%s", missing.len ? (series->english ? ", " : "、") : "",
                          series->english ? required[i].en : required[i].zh);
    }
    struct gb_str name =
        row->fields[GB_MANIFEST_TITLE].len ? row->fields[GB_MANIFEST_TITLE] : row->fields[GB_MANIFEST_NUMBER];
    if (missing.len)
        gb_tell_row(series, "SYS-005", NULL, row,
                    row->fields[GB_MANIFEST_NUMBER].len ? GB_MANIFEST_NUMBER : GB_MANIFEST_TITLE,
                    GB_ARGS(name, gb_buf_take(&missing, series->arena)));
    /* Rules and systems bear numbers of a scheme of their own. */
    if (row->fields[GB_MANIFEST_NUMBER].len && !row->has_identifier && !row->is_requirement)
        gb_tell_row(series, "SYS-005", "form", row, GB_MANIFEST_NUMBER, GB_ARGS(row->fields[GB_MANIFEST_NUMBER]));
    if (row->state == GB_MANIFEST_UNKNOWN_STATE)
        gb_tell_row(series, "SYS-005", "status", row, GB_MANIFEST_STATUS, GB_ARGS(row->fields[GB_MANIFEST_STATUS]));
    if (row->file && access(row->file, F_OK))
        gb_tell_row(series, "SYS-005", "file", row, GB_MANIFEST_FILE, GB_ARGS(row->fields[GB_MANIFEST_FILE]));
    gb_buf_release(&missing);
}

/* Two rows of one number; where they name two parts of the system, that is the fault. */
static void
judge_numbers(struct gb_series *series)
{
    const struct gb_manifest *m = series->manifest;
    gb_keyed_array list = {0};

    for (uint32_t i = 0; i < m->n_rows; i++) {
        const struct gb_manifest_row *row = &m->rows[i];
        if (row->fields[GB_MANIFEST_NUMBER].len)
            *gb_push(&list) = (struct gb_keyed){row->has_identifier ? gb_identifier_text(series->arena, &row->id)
                                                                    : row->fields[GB_MANIFEST_NUMBER],
                                                i};
    }
    gb_keyed_sort(&list);
    for (size_t i = 1; i < list.len; i++) {
        const struct gb_manifest_row *row = &m->rows[list.items[i].member],
                                     *before = &m->rows[list.items[i - 1].member];
        if (!gb_str_eq(list.items[i].key, list.items[i - 1].key))
            continue;
        unsigned mine = parts_in(row->fields[GB_MANIFEST_SUBSYSTEM]),
                 other = parts_in(before->fields[GB_MANIFEST_SUBSYSTEM]);
        bool two_parts = mine && other && mine != other &&
                         gb_str_eq(row->fields[GB_MANIFEST_TITLE], before->fields[GB_MANIFEST_TITLE]);
        struct gb_finding *f = two_parts ? gb_tell_row(series, "SYS-004", "two", row, GB_MANIFEST_SUBSYSTEM,
                                                       GB_ARGS(row->fields[GB_MANIFEST_SUBSYSTEM]))
                                         : gb_tell_row(series, "SYS-005", "double", row, GB_MANIFEST_NUMBER,
                                                       GB_ARGS(row->fields[GB_MANIFEST_NUMBER]));
        gb_relate_row(series, GB_NO_MEMBER, f, before, two_parts ? GB_MANIFEST_SUBSYSTEM : GB_MANIFEST_NUMBER,
                      before->fields[two_parts ? GB_MANIFEST_SUBSYSTEM : GB_MANIFEST_NUMBER]);
    }
    gb_array_release(&list);
}

/* What the table says of a draft, and what its cover says. */
static void
judge_draft(struct gb_series *series, uint32_t member)
{
    const struct gb_member *m = &series->members[member];
    const struct gb_summary *s = m->summary;
    const struct gb_manifest_row *row = m->row;

    if (!row) {
        gb_tell(series, "SYS-005", "unlisted", member, s->number_at, GB_STR(""),
                GB_ARGS(gb_member_name(series, member)));
        return;
    }
    if (row->has_identifier && s->serial.len) {
        bool same = gb_str_eq(row->id.base, s->base) && gb_str_eq(row->id.serial, s->serial) &&
                    (!row->id.year.len || !s->year.len || gb_str_eq(row->id.year, s->year));
        struct gb_finding *f = same ? NULL
                                    : gb_tell_row(series, "SYS-005", "number", row, GB_MANIFEST_NUMBER,
                                                  GB_ARGS(row->fields[GB_MANIFEST_NUMBER], s->number));
        gb_relate_member(series, GB_NO_MEMBER, f, member, s->number_at, s->number);
    }
    struct gb_str title = row->fields[GB_MANIFEST_TITLE];
    struct gb_str key = gb_bare_text(series->arena, title);
    /* Of a part the table may give the title of the part alone; and a date may have been read as part of a title. */
    if (title.len && s->title_key.len && !gb_str_starts(s->title_key, key) && !gb_str_ends(s->title_key, key)) {
        struct gb_finding *f =
            gb_tell_row(series, "SYS-005", "title", row, GB_MANIFEST_TITLE, GB_ARGS(title, s->title));
        gb_relate_member(series, GB_NO_MEMBER, f, member, s->title_at, s->title);
    }
}

/* The table itself, and the guide by which it was made, are documents of the system. */
static void
judge_guide(struct gb_series *series)
{
    const struct gb_manifest *m = series->manifest;
    struct gb_manifest_row header = {.line = 1, .span = m->header};

    if (m->n_rows &&
        !GB_ANY(GB_ITEMS(row, m->rows, m->n_rows), gb_str_has(row->fields[GB_MANIFEST_TITLE], GB_STR("体系"))))
        gb_tell_row(series, "SYS-005", "guide", &header, GB_MANIFEST_TITLE, GB_NO_ARGS);
}

/* All rows are of one series, or parts of one number: the table of a series says nothing of the parts of a system. */
static bool
is_of_one_series(const struct gb_manifest *m)
{
    for (uint32_t i = 0; i < m->n_rows; i++) {
        const struct gb_manifest_row *first = &m->rows[0], *row = &m->rows[i];
        bool has_name = row->fields[GB_MANIFEST_SERIES].len &&
                        gb_str_eq(row->fields[GB_MANIFEST_SERIES], first->fields[GB_MANIFEST_SERIES]);
        struct gb_str head = row->has_identifier ? gb_serial_head(row->id.serial) : GB_STR("");
        bool is_part = first->has_identifier && head.len && head.len < row->id.serial.len &&
                       gb_str_eq(row->id.base, first->id.base) && gb_str_eq(head, gb_serial_head(first->id.serial));
        if (!has_name && !is_part)
            return false;
    }
    return m->n_rows > 1;
}

/* A manifest without the column is no table of a system either. */
static bool
is_of_system(const struct gb_manifest *m)
{
    unsigned used = parts_used(m);

    return m->columns >> GB_MANIFEST_SUBSYSTEM & 1 && ((used & (used - 1)) || !is_of_one_series(m));
}

void
gb_check_table(struct gb_series *series)
{
    const struct gb_manifest *m = series->manifest;

    if (!m)
        return;
    bool is_system = is_of_system(m);
    for (uint32_t i = 0; i < m->n_rows; i++) {
        if (is_system)
            judge_part(series, &m->rows[i]);
        judge_fields(series, &m->rows[i]);
    }
    if (is_system) {
        judge_parts(series);
        judge_guide(series);
    }
    judge_numbers(series);
    for (uint32_t i = 0; i < series->n_members; i++)
        judge_draft(series, i);
}
