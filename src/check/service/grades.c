/*
 * Grades by scores: EVL-005. DB32/T 2796—2015, 10.1.1. The intervals of one scale, in a paragraph, a list or a column of a table, cover it
 * without gap and overlap.
 */
#include "check/service/scoring_priv.h"

#include "check/wording/clause_types_priv.h"
#include "text/cursor.h"

/* Does a bound belong to its interval? 以下 leaves it open. */
enum inclusion { IS_IN, IS_OUT, IS_UNKNOWN };

struct interval {
    bool has_low, has_high;
    bool in_percent; /* 90%: of a rate by which grades are given */
    gb_score low, high;
    enum inclusion low_in, high_in;
    const struct gb_node *node;
    const struct gb_text *text;
    uint32_t begin, end; /* bytes of the text, from its first number to its last */
};

typedef GB_ARRAY(struct interval) interval_array;

/* ---- One interval ---- */

static const struct comparator {
    const char *word;
    bool is_low;
    enum inclusion in;
} comparators[] = {
    {"≥", true, IS_IN},        {"＞", true, IS_OUT},     {">", true, IS_OUT},        {"不低于", true, IS_IN},
    {"不少于", true, IS_IN},   {"不小于", true, IS_IN},  {"大于等于", true, IS_IN},  {"大于或等于", true, IS_IN},
    {"达到", true, IS_IN},     {"大于", true, IS_OUT},   {"高于", true, IS_OUT},     {"超过", true, IS_OUT},
    {"≤", false, IS_IN},       {"＜", false, IS_OUT},    {"<", false, IS_OUT},       {"不高于", false, IS_IN},
    {"不大于", false, IS_IN},  {"不超过", false, IS_IN}, {"小于等于", false, IS_IN}, {"小于或等于", false, IS_IN},
    {"低于", false, IS_OUT},   {"小于", false, IS_OUT},  {"少于", false, IS_OUT},    {"不足", false, IS_OUT},
    {"未达到", false, IS_OUT}, {"不满", false, IS_OUT},  {"未达", false, IS_OUT},
};

/* The longest comparator that ends the text. */
static const struct comparator *
comparator_before(struct gb_str before)
{
    const struct comparator *best = NULL;

    before = gb_str_trim(before);
    for (size_t i = 0; i < GB_COUNT(comparators); i++) {
        if (gb_str_ends(before, gb_str_from(comparators[i].word)) &&
            (!best || strlen(best->word) < strlen(comparators[i].word)))
            best = &comparators[i];
    }
    return best;
}

/* 80≤得分＜90: the sign behind a number speaks of what follows it, so that it turns round. */
static const struct comparator *
comparator_behind(struct gb_str behind)
{
    behind = gb_str_trim(behind);
    for (size_t i = 0; i < GB_COUNT(comparators); i++) {
        struct gb_str word = gb_str_from(comparators[i].word);
        if ((unsigned char)word.ptr[0] >= 0xE4 && (unsigned char)word.ptr[0] <= 0xE9)
            continue; /* Han: speaks of the number behind it */
        if (gb_str_starts(behind, word))
            return &comparators[i];
    }
    return NULL;
}

/* Steps behind one of the words, and the blanks before it; false where there is none. */
#define STEP_BEHIND(s, at, words) step_behind((s), (at), (words), GB_COUNT(words))

static bool
step_behind(struct gb_str s, size_t *at, const struct gb_str *words, size_t n)
{
    size_t begin = gb_skip_any(s, *at, " "), len = gb_str_start(gb_str_skip(s, begin), words, n);

    *at = len ? begin + len : *at;
    return len > 0;
}

static void
set_low(struct interval *iv, gb_score value, enum inclusion in)
{
    iv->has_low = true;
    iv->low = value;
    iv->low_in = in;
}

static void
set_high(struct interval *iv, gb_score value, enum inclusion in)
{
    iv->has_high = true;
    iv->high = value;
    iv->high_in = in;
}

/* （含）, （含80分）, （不含90）: what a bracket behind a number says of it. */
static enum inclusion
take_bracket(struct gb_str s, size_t *at, enum inclusion otherwise)
{
    GB_WORDS(in, "（含", "(含");
    GB_WORDS(out, "（不含", "(不含");
    bool is_in = STEP_BEHIND(s, at, in), is_out = !is_in && STEP_BEHIND(s, at, out);

    if (!is_in && !is_out)
        return otherwise;
    size_t end = gb_str_find(s, GB_STR("）"), *at), narrow = gb_str_find(s, GB_STR(")"), *at);
    if (end != GB_NOT_FOUND && end - *at <= 12)
        *at = end + strlen("）");
    else if (narrow != GB_NOT_FOUND && narrow - *at <= 12)
        *at = narrow + 1;
    return is_in ? IS_IN : IS_OUT;
}

/* One number with what stands around it. False where it is no score: 80%, 3年, 5项. */
static bool
read_bound(struct gb_str s, size_t *at, struct interval *iv, bool *in_range)
{
    GB_WORDS(above, "及以上", "（含）以上", "(含)以上", "含以上", "以上");
    GB_WORDS(up_to, "及以下");
    GB_WORDS(below, "以下");
    GB_WORDS(ranges, "～", "~", "—", "–", "－", "-", "至", "到");
    GB_WORDS(percents, "%", "％");
    GB_WORDS(scores, "分");
    GB_WORDS(others, "%", "％", "年", "月", "日", "天", "项", "次", "个", "人", "家", "级", "星", "类", "章", "条",
             "倍", "岁", "名", ".", "件", "小时", "米", "元");
    size_t begin = *at, end = *at, look;
    gb_score value;

    if (!gb_score_number(s, &end, &value))
        return false;
    const struct comparator *before = comparator_before(gb_str_sub(s, 0, begin));
    if (!iv->in_percent || !STEP_BEHIND(s, &end, percents))
        STEP_BEHIND(s, &end, scores);
    look = end;
    if (STEP_BEHIND(s, &look, others))
        return false;
    enum inclusion in = take_bracket(s, &end, IS_UNKNOWN);
    look = end;
    const struct comparator *behind = comparator_behind(gb_str_skip(s, end));
    if (STEP_BEHIND(s, &look, above)) {
        set_low(iv, value, in == IS_OUT ? IS_OUT : IS_IN);
        end = look;
    } else if (STEP_BEHIND(s, &look, up_to)) {
        set_high(iv, value, in == IS_OUT ? IS_OUT : IS_IN);
        end = look;
    } else if (STEP_BEHIND(s, &look, below)) {
        set_high(iv, value, in);
        end = look;
    } else if (before && before->is_low) {
        set_low(iv, value, before->in);
    } else if (before) {
        set_high(iv, value, before->in);
    } else if (*in_range) {
        set_high(iv, value, in == IS_UNKNOWN ? IS_IN : in);
        *in_range = false;
    } else if (STEP_BEHIND(s, &look, ranges)) {
        set_low(iv, value, in == IS_UNKNOWN ? IS_IN : in);
        *in_range = true;
        end = look;
    } else if (behind) {
        if (behind->is_low)
            set_high(iv, value, behind->in);
        else
            set_low(iv, value, behind->in);
    } else {
        return false;
    }
    *at = end;
    return true;
}

/* Adds the interval of a piece of text: all its numbers are bounds of it. */
static bool
add_interval(interval_array *scale, const struct gb_node *node, const struct gb_text *text, size_t begin, size_t end,
             bool in_percent)
{
    struct gb_str s = gb_str_sub(text->str, 0, end);
    struct interval iv = {.node = node, .text = text, .in_percent = in_percent};
    bool in_range = false, any = false;

    for (size_t at = begin, next; at < end;) {
        uint32_t c = gb_char_narrow(gb_utf8_at(s, at, &next));
        if (!gb_is_digit(c)) {
            at = next;
            continue;
        }
        size_t from = at;
        if (!read_bound(s, &at, &iv, &in_range))
            return false;
        if (!any)
            iv.begin = (uint32_t)from;
        iv.end = (uint32_t)at;
        any = true;
    }
    if (!any || in_range || (iv.has_low && iv.has_high && iv.low > iv.high))
        return false;
    *gb_push(scale) = iv;
    return true;
}

/* ---- A scale ---- */

GB_WORDS(grade_words, "优", "良", "合格", "及格", "中等", "差", "等级", "一级", "二级", "三级", "四级", "五级", "达标",
         "星", "一般", "A", "B", "C", "D", "满意", "一等", "二等", "三等");

static bool
has_grade(struct gb_str s)
{
    return GB_HAS_ANY(s, grade_words);
}

static gb_score
low_of(const struct interval *iv)
{
    return iv->has_low ? iv->low : -1;
}

GB_ORDER(compare_intervals, struct interval, GB_KEY(has_low) GB_KEY(low) GB_KEY(begin))

/* Scores of the draft are whole: it says so, or its tables have no other and take off no parts of one. */
enum whole { NOT_ASKED, NOT_WHOLE, LOOKS_WHOLE, SAYS_WHOLE };

static enum whole
read_whole(struct gb_check *c)
{
    const struct gb_scorings *all = gb_scorings_of(c);
    GB_WORDS(words, "取整", "整数", "四舍五入");

    GB_EACH(const struct gb_sentence, s, c->facts->sentences, c->facts->n_sentences) {
        if (GB_HAS_ANY(GB_WORDS_OF(s), words) && !gb_str_has(GB_WORDS_OF(s), GB_STR("小数"))) /* 四舍五入保留1位小数 */
            return SAYS_WHOLE;
    }
    GB_EACH(const struct gb_scoring, scoring, all->items, all->n) {
        if (GB_ANY(GB_EACH_CELL(cell, scoring->node), GB_HAS_ONE_OF(cell->text.str, ".5", "．5")))
            return NOT_WHOLE;
    }
    return all->n > 0 && all->items[0].n_scores > 0 ? LOOKS_WHOLE : NOT_WHOLE;
}

/* Asked for each pair of grades, read once. */
static enum whole
whole_scores(struct gb_check *c)
{
    static const char key;
    enum whole *known = gb_check_shared(c, &key, sizeof(*known));

    if (*known == NOT_ASKED)
        *known = read_whole(c);
    return *known;
}

static void
tell(struct gb_check *c, const char *which, const struct interval *lower, const struct interval *upper)
{
    const struct interval *later = lower->text == upper->text ? (lower->begin > upper->begin ? lower : upper)
                                   : GB_AT(lower).span.begin > GB_AT(upper).span.begin ? lower
                                                                                       : upper;
    const struct interval *earlier = later == lower ? upper : lower;
    struct gb_finding *f =
        gb_report_case(c, which, GB_AT(later), later->node, GB_ARGS(GB_WORDS_OF(earlier), GB_WORDS_OF(later)));

    gb_also(c, f, GB_AT(earlier), gb_say(c, "相邻的等级", "the grade beside it"));
}

/* Do the neighbours meet? `a` is the lower one. */
static void
judge_pair(struct gb_check *c, const struct interval *a, const struct interval *b)
{
    if (!a->has_high || !b->has_low) {
        tell(c, NULL, a, b);
        return;
    }
    if (a->high > b->low || (a->high == b->low && a->high_in == IS_IN && b->low_in == IS_IN)) {
        tell(c, NULL, a, b);
    } else if (a->high == b->low && a->high_in == IS_OUT && b->low_in == IS_OUT) {
        tell(c, "gap", a, b);
    } else if (a->high < b->low) {
        bool is_step = b->low - a->high == 1000 && a->high % 1000 == 0 && a->high_in != IS_OUT && b->low_in != IS_OUT;
        enum whole whole = is_step ? whole_scores(c) : NOT_WHOLE;
        if (whole != SAYS_WHOLE)
            tell(c, whole == LOOKS_WHOLE ? "whole" : is_step ? "step" : "gap", a, b);
    }
}

/* One below the other grades go up or down: the first one that goes the other way than all of them do. NULL: none. */
static const struct interval *
out_of_order(const interval_array *scale)
{
    bool goes_up = scale->len > 2 && low_of(&scale->items[scale->len - 1]) > low_of(&scale->items[0]);

    for (size_t i = 1; i < scale->len && scale->len > 2; i++) {
        if ((low_of(&scale->items[i]) > low_of(&scale->items[i - 1])) != goes_up)
            return &scale->items[i];
    }
    return NULL;
}

/*
 * Two grades never have one interval: then the scales are two, and nothing is known of either. `is_listed`: they stand one below the
 * other.
 */
static void
judge_scale(struct gb_check *c, interval_array *scale, bool is_listed)
{
    enum { MOST_GRADES = 12 };
    struct interval *items = scale->items, moved = {0}, before = {0};

    if (scale->len < 2 || scale->len > MOST_GRADES)
        return;
    const struct interval *out = is_listed ? out_of_order(scale) : NULL;
    if (out) {
        moved = out[0];
        before = out[-1];
    }
    gb_sort(items, scale->len, sizeof(*items), compare_intervals);
    for (size_t i = 1; i < scale->len; i++) {
        bool no_low = !items[i].has_low, two_open = !items[i - 1].has_high && !items[i].has_high && i + 1 < scale->len;
        if (no_low || two_open || (items[i].has_low && items[i - 1].has_low && items[i].low == items[i - 1].low))
            return;
    }
    for (size_t i = 1; i < scale->len; i++)
        judge_pair(c, &items[i - 1], &items[i]);
    if (out)
        tell(c, "order", &before, &moved);
}

/* ---- Where scales stand ---- */

/* 得分, 评分, 分数, 分为: words with 分 that tell of points where none may stand. */
static bool
speaks_of_scores(struct gb_str s)
{
    GB_WORDS(before, "得", "评", "总");
    GB_WORDS(behind, "数", "值", "以", "为", "～", "者");

    GB_EACH_FOUND(at, s, GB_STR("分"), 0) {
        if (GB_STARTS_ANY(gb_str_skip(s, at + GB_HAN), behind))
            return true;
        if (GB_ENDS_ANY(gb_str_sub(s, 0, at), before))
            return true;
    }
    return false;
}

/* Behind what a number is a score: 分 that is no beginning of 分钟, 分为三级. */
static bool
has_points(struct gb_str s)
{
    GB_EACH_FOUND(at, s, GB_STR("分"), 0) {
        struct gb_str before = gb_str_trim(gb_str_sub(s, 0, at)), behind = gb_str_skip(s, at + strlen("分"));
        if (before.len && gb_is_digit(before.ptr[before.len - 1]) && !GB_STARTS_WITH(behind, "钟", "之"))
            return true;
    }
    return false;
}

/* Is a column of scores headed 得分, 分数段 or 考核分/分? 分枝数, 水分 and 质量分数 head none. */
static bool
heads_scores(struct gb_str s)
{
    GB_WORDS(shares, "质量分数", "体积分数", "摩尔分数");
    GB_WORDS(substances, "水", "灰", "成", "养", "盐", "糖", "组", "部", "发", "百");

    GB_EACH_FOUND(at, s, GB_STR("分"), 0) {
        if (!gb_char_is_han(gb_char_at(s, at + GB_HAN)) && !GB_ENDS_ANY(gb_str_sub(s, 0, at), substances))
            return true;
    }
    return speaks_of_scores(s) && !GB_HAS_ANY(s, shares);
}

/* 合格（60分～79分）和不合格（60分以下）: the last two of a row; 及 of 90分及以上 is none. */
static bool
take_joint(struct gb_str s, size_t *at)
{
    GB_WORDS(joints, "以及", "和", "及", "与");
    GB_WORDS(ends, "）", ")", "分");
    struct gb_str before = gb_str_trim(gb_str_sub(s, 0, *at));
    size_t behind = *at;
    bool is_end = GB_ENDS_ANY(before, ends);
    if (!is_end || !STEP_BEHIND(s, &behind, joints) || gb_str_starts(gb_str_skip(s, behind), GB_STR("以")))
        return false;
    *at = behind;
    return true;
}

/* The grades of one paragraph: pieces between its marks, those without a grade joined to the next. 一级品的分值应不低于80分 is a limit. */
static void
read_paragraph(struct gb_check *c, const struct gb_node *node)
{
    enum { LONGEST = 1500, NAME = 4 * GB_HAN }; /* 优秀，得分≥90分 */
    GB_WORDS(marks, "，", "；", "。", "、", ",", ";", "：", "\n");
    struct gb_str s = node->text.str;
    interval_array scale = {0};
    bool ok = true;

    if (s.len > LONGEST || !(has_points(s) || speaks_of_scores(s)) || !has_grade(s))
        return;
    for (size_t begin = 0, at = 0, next; ok && at <= s.len; at = next) {
        size_t behind = at;
        next = at + 1;
        if (at < s.len && !STEP_BEHIND(s, &behind, marks) && !take_joint(s, &behind)) {
            gb_utf8_at(s, at, &next);
            continue;
        }
        struct gb_str piece = gb_str_sub(s, begin, at);
        bool numbers = gb_str_has_digit(piece);
        if (!numbers || !has_grade(piece)) {
            if (!numbers && (piece.len > NAME || !has_grade(piece)))
                begin = behind > at ? behind : next;
        } else {
            ok = (!gb_str_has(piece, GB_STR("应")) && add_interval(&scale, node, &node->text, begin, at, false)) ||
                 scale.len == 0; /* 按得分分为4个等级，…: what leads them in */
            begin = behind > at ? behind : next;
        }
        if (behind > at)
            next = behind;
    }
    if (ok)
        judge_scale(c, &scale, false);
    gb_array_release(&scale);
}

/* No scale is told without this word: in one of its items, in a cell, or in the text that leads it in. */
static bool
names_points(struct gb_str s)
{
    return gb_str_has(s, GB_STR("分"));
}

static bool
list_names_points(const struct gb_node *list)
{
    return (list->prev && names_points(list->prev->text.str)) ||
           GB_ANY(GB_CHAIN(n, list->first, n->next), names_points(n->text.str));
}

static bool
table_names_points(const struct gb_table *t)
{
    return GB_ANY(GB_ITEMS(cell, t->cells, t->n_cells),
                  names_points(cell->text.str) || (cell->row == 0 && gb_str_has(cell->text.str, GB_STR("率"))));
}

static void
read_list(struct gb_check *c, const struct gb_node *list)
{
    interval_array scale = {0};
    bool points = false, ok = list_names_points(list);

    for (const struct gb_node *n = list->first; n && ok; n = n->next) {
        struct gb_str s = n->text.str;
        if (n->kind != GB_NODE_ITEM)
            continue;
        points = points || has_points(s);
        ok = has_grade(s) && s.len < 200 && add_interval(&scale, n, &n->text, 0, s.len, false);
    }
    if (ok && scale.len && (points || (list->prev && speaks_of_scores(list->prev->text.str))))
        judge_scale(c, &scale, true);
    gb_array_release(&scale);
}

/* All intervals have two bounds but those at both ends: classes of goods (一级≥98%, 二级≥95%) are no scale. */
static bool
is_closed(const interval_array *scale)
{
    enum { FEWEST = 3, ENDS = 2 };
    size_t n_open = 0;

    for (size_t i = 0; i < scale->len; i++)
        n_open += !scale->items[i].has_low || !scale->items[i].has_high;
    return scale->len >= FEWEST && n_open <= ENDS;
}

/* A column in which all cells are intervals, beside one of grades. */
static void
read_column(struct gb_check *c, const struct gb_node *table, int column)
{
    const struct gb_table *t = table->u.table;
    interval_array scale = {0};
    bool points = false, grades = false, ok = true, is_rate = false;

    for (uint32_t i = 0; i < t->n_cells && ok; i++) {
        const struct gb_cell *cell = &t->cells[i];
        bool is_head = cell->row == 0 || cell->is_header;
        if (cell->column != column) {
            grades = grades || has_grade(cell->text.str);
        } else if (is_head) {
            is_rate = is_rate || gb_str_has(cell->text.str, GB_STR("率"));
            points = points || is_rate || heads_scores(cell->text.str);
        } else {
            points = points || has_points(cell->text.str);
            ok = cell->rows <= 1 && cell->text.str.len < 100 &&
                 add_interval(&scale, table, &cell->text, 0, cell->text.str.len, is_rate);
        }
    }
    if (ok && points && grades && (!is_rate || is_closed(&scale)))
        judge_scale(c, &scale, true);
    gb_array_release(&scale);
}

/* Grades that stand side by side: one row of intervals below a header of grades. */
static void
read_row(struct gb_check *c, const struct gb_node *table)
{
    const struct gb_table *t = table->u.table;
    interval_array scale = {0};
    bool points = false, grades = false, ok = true;

    for (uint32_t i = 0; i < t->n_cells && ok; i++) {
        const struct gb_cell *cell = &t->cells[i];
        points = points || has_points(cell->text.str) || gb_str_has(cell->text.str, GB_STR("得分"));
        if (cell->row == 0) {
            grades = grades || has_grade(cell->text.str);
        } else if (cell->column > 0) {
            ok = add_interval(&scale, table, &cell->text, 0, cell->text.str.len, false);
        }
    }
    if (ok && points && grades)
        judge_scale(c, &scale, false);
    gb_array_release(&scale);
}

static void
read_table(struct gb_check *c, const struct gb_node *table)
{
    enum { MOST_CELLS = 100, MOST_COLUMNS = 8 };
    const struct gb_table *t = table->u.table;

    if (!t || t->n_cells > MOST_CELLS || t->rows < 2 || t->columns > MOST_COLUMNS || !gb_table_is_own(table) ||
        !table_names_points(t))
        return;
    if (t->rows == 2) {
        read_row(c, table);
        return;
    }
    for (int column = 0; column < t->columns; column++)
        read_column(c, table, column);
}

static void
check_grades(struct gb_check *c)
{
    GB_EACH_NODE(para, &c->facts->of_kind[GB_NODE_PARA])
        read_paragraph(c, para);
    GB_EACH_NODE(list, &c->facts->of_kind[GB_NODE_LIST])
        read_list(c, list);
    GB_EACH_NODE(table, &c->facts->of_kind[GB_NODE_TABLE])
        read_table(c, table);
}

const struct gb_check_def gb_grade_checks[] = {
    {.name = "grade-intervals", .whole = check_grades, .cases = "gap step whole order"},
    {0},
};
