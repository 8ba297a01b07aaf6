/*
 * Scoring tables: which tables are such, and what they have to show: EVL-001, EVL-002, EVL-004. DB32/T 2796—2015,
 * 10.1.1. Sums are in scores.c, deductions in deductions.c, grades in grades.c.
 */
#include "check/service/scoring_priv.h"

#include "check/wording/clause_types_priv.h"
#include "facts/clause_column.h"
#include "text/cursor.h"

/* ---- Numbers ---- */

bool
gb_score_number(struct gb_str s, size_t *at, gb_score *out)
{
    struct gb_cursor cur = cursor_at(s, *at);
    gb_score value = 0, unit = 1000;
    unsigned digits = 0;

    if (!gb_is_digit(cur.c))
        return false;
    for (; gb_is_digit(cur.c) && digits < 9; advance(&cur), digits++)
        value = value * 10 + (cur.c - '0');
    if (gb_is_digit(cur.c))
        return false;
    value *= 1000;
    struct gb_cursor point = cur;
    advance(&point);
    if (cur.c == '.' && gb_is_digit(point.c)) {
        for (cur = point; gb_is_digit(cur.c); advance(&cur)) {
            unit /= 10;
            value += (gb_score)(cur.c - '0') * unit;
        }
    }
    *at = cur.at;
    *out = value;
    return true;
}

bool
gb_score_read(struct gb_str text, gb_score *out, bool *out_percent)
{
    struct gb_cursor cur = cursor_at(text, 0);
    bool bracket, percent;

    skip_blanks(&cur);
    bracket = cur.c == '(';
    if (bracket)
        advance(&cur);
    size_t at = cur.at;
    if (!gb_score_number(text, &at, out))
        return false;
    cursor_set(&cur, at);
    skip_blanks(&cur);
    percent = cur.c == '%';
    if (cur.c == U'分' || percent)
        advance(&cur);
    skip_blanks(&cur);
    if (bracket && cur.c == ')')
        advance(&cur);
    skip_blanks(&cur);
    if (out_percent)
        *out_percent = percent;
    return cur.c == 0;
}

struct gb_str
gb_score_text(struct gb_arena *arena, gb_score score)
{
    long long whole = (long long)(score / 1000), part = (long long)(score % 1000);

    if (!part)
        return gb_arena_printf(arena, "%lld", whole);
    struct gb_str text = gb_arena_printf(arena, "%lld.%03lld", whole, part);
    while (text.ptr[text.len - 1] == '0')
        text.len--;
    return text;
}

/* ---- The table ---- */

enum column_kind {
    COLUMN_SCORE,
    COLUMN_WEIGHT,
    COLUMN_METHOD,
    COLUMN_BASIS,
    COLUMN_ITEM,
    COLUMN_CONTENT,
    COLUMN_OTHER
};

/* A header is of the first kind that has a word in it. */
static enum column_kind
kind_of_header(struct gb_str text)
{
    if (GB_HAS_ONE_OF(text, "实得", "得分", "自评", "评分值", "扣分值", "备注", "质量分数", "体积分数", "摩尔分数",
                      "物质的量分数"))
        return COLUMN_OTHER;
    if (GB_HAS_ONE_OF(text, "评分", "扣分", "计分", "打分", "赋分", "评价方法", "考核方法", "评价方式", "考核方式",
                      "检查方法"))
        return COLUMN_METHOD;
    if (GB_HAS_ONE_OF(text, "分值", "标准分", "满分", "分数", "配分") || gb_str_is(gb_str_trim(text), "分"))
        return COLUMN_SCORE;
    if (GB_HAS_ONE_OF(text, "权重", "权数", "比重"))
        return COLUMN_WEIGHT;
    if (GB_HAS_ONE_OF(text, "条款", "条文", "章条", "依据", "对应条"))
        return COLUMN_BASIS;
    if (GB_HAS_ONE_OF(text, "内容", "要求", "要点", "细则", "标准", "说明", "指标解释", "二级指标", "三级指标"))
        return COLUMN_CONTENT;
    return GB_HAS_ONE_OF(text, "项目", "指标", "要素", "类别", "事项", "维度", "因素") ? COLUMN_ITEM : COLUMN_OTHER;
}

static void
place_column(struct gb_scoring *s, enum column_kind kind, int column)
{
    int *place = NULL;

    if (kind == COLUMN_SCORE && s->n_scores < GB_SCORE_COLUMNS)
        s->scores[s->n_scores++] = column;
    else if (kind == COLUMN_WEIGHT && s->n_weights < GB_SCORE_COLUMNS)
        s->weights[s->n_weights++] = column;
    else if (kind == COLUMN_METHOD)
        place = &s->method;
    else if (kind == COLUMN_BASIS)
        place = &s->basis;
    else if (kind == COLUMN_ITEM && s->item < 0)
        place = &s->item;
    else if (kind == COLUMN_ITEM || kind == COLUMN_CONTENT)
        place = &s->content; /* the second of two items is what is looked at: 一级指标, 二级指标 */
    if (place && *place < 0)
        *place = column;
}

/* Rows of the header: those whose cells are marked so, at least the first. */
static uint32_t
end_of_header(const struct gb_table *t)
{
    uint32_t i = 0;

    while (i < t->n_cells && (t->cells[i].row == 0 || t->cells[i].is_header))
        i++;
    return i;
}

/* Scores by which eye, nose and tongue judge a product are no evaluation of a service or of work. */
static bool
is_sensory(const struct gb_node *node, uint32_t header_end)
{
    GB_WORDS(words, "感官", "色泽", "气味", "滋味", "口感", "香气", "质地", "汤色", "风味", "外观", "品评");
    const struct gb_table *t = node->u.table;

    if (GB_HAS_ANY(node->title.str, words))
        return true;
    return GB_ANY(for (uint32_t i = 0; i < t->n_cells; i++),
                  (i < header_end || t->cells[i].column == 0) && GB_HAS_ANY(t->cells[i].text.str, words));
}

static enum gb_score_row_kind
kind_of_row(const struct gb_table *t, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i < end; i++) {
        struct gb_str text = t->cells[i].text.str;
        if (text.len > 60)
            continue;
        if (GB_HAS_ONE_OF(text, "加分", "附加分", "奖励分"))
            return GB_SCORE_BONUS;
        if (text.len <= 24 && gb_str_has(text, GB_STR("小计")))
            return GB_SCORE_SUBTOTAL;
        if (text.len <= 24 && GB_HAS_ONE_OF(text, "合计", "总计", "总分", "共计", "总和"))
            return GB_SCORE_TOTAL;
    }
    return GB_SCORE_ITEM;
}

static void
cut_rows(struct gb_scoring *s, struct gb_arena *arena, uint32_t at)
{
    const struct gb_table *t = s->table;

    s->rows = gb_arena_new_array(arena, struct gb_score_row, (size_t)t->rows + 1);
    while (at < t->n_cells && s->n_rows < t->rows) {
        uint32_t begin = at;
        while (at < t->n_cells && t->cells[at].row == t->cells[begin].row)
            at++;
        s->rows[s->n_rows++] = (struct gb_score_row){begin, at, kind_of_row(t, begin, at)};
    }
}

/* Is the table one that scores? Columns of scores or weights beside items; or it is called so. */
static bool
read_table(const struct gb_node *node, struct gb_arena *arena, struct gb_scoring *out)
{
    const struct gb_table *t = node->u.table;
    struct gb_scoring s = {.node = node,
                           .table = t,
                           .item = GB_NO_COLUMN,
                           .content = GB_NO_COLUMN,
                           .method = GB_NO_COLUMN,
                           .basis = GB_NO_COLUMN};

    if (!t || t->n_cells == 0 || t->columns < 2 || t->rows < 2 || node->encoding == GB_ENCODING_LOST)
        return false;
    uint32_t header = end_of_header(t);
    bool hints = GB_ANY(GB_ITEMS(cell, t->cells, header), GB_HAS_ONE_OF(cell->text.str, "分", "权"));
    if (!hints || header == t->n_cells)
        return false;
    for (uint32_t i = 0; i < header; i++) {
        enum column_kind kind = kind_of_header(t->cells[i].text.str);
        place_column(&s, kind, t->cells[i].column);
        if (kind == COLUMN_BASIS && GB_HAS_ONE_OF(t->cells[i].text.str, "内容", "要求")) /* 评价内容（条款） */
            place_column(&s, COLUMN_CONTENT, t->cells[i].column);
    }
    bool scores = s.n_scores || s.n_weights;
    if (s.item < 0 && s.content < 0 && s.n_weights && s.weights[0] > 0 && gb_str_has(node->title.str, GB_STR("权重")))
        s.item = 0; /* 表2 评价方式的权重: whatever these are the weights of */
    bool called = GB_HAS_ONE_OF(node->title.str, "评分表", "评价表", "考核表", "打分表", "考评表") && s.method >= 0;
    if (!(scores || called) || (s.item < 0 && s.content < 0) || is_sensory(node, header) || !gb_table_is_own(node))
        return false;
    cut_rows(&s, arena, header);
    *out = s;
    return true;
}

const struct gb_scorings *
gb_scorings_of(struct gb_check *check)
{
    static const char key;
    struct gb_scorings *all = gb_check_shared(check, &key, sizeof(*all));
    GB_ARRAY(struct gb_scoring) found = {0};
    struct gb_scoring one;

    if (all->is_made)
        return all;
    GB_EACH_NODE(node, &check->facts->of_kind[GB_NODE_TABLE]) {
        if (read_table(node, check->arena, &one))
            *gb_push(&found) = one;
    }
    GB_KEEP(check->arena, &found, all->items, all->n);
    all->is_made = true;
    return all;
}

const struct gb_cell *
gb_score_cell(const struct gb_scoring *s, const struct gb_score_row *row, int column)
{
    GB_FIND(cell, s->table->cells + row->begin, row->end - row->begin, cell->column == column);
    return cell;
}

const struct gb_cell *
gb_score_header(const struct gb_scoring *s, int column)
{
    GB_FIND(cell, s->table->cells, s->table->n_cells, cell->column == column);
    return cell ? cell : &s->table->cells[0];
}

/* ---- EVL-001 ---- */

/* GB/T 24421.4的评分标准, 评分标准见GB/T …: the document stands beside the word, with no comma between. */
static bool
names_document(const struct gb_facts *facts, const struct gb_found *found)
{
    enum { NEAR = 60 };

    for (uint32_t i = gb_first_citation(facts, found->node->id); i < facts->n_citations; i++) {
        const struct gb_identifier *id = facts->citations[i].id;
        if (id->node != found->node)
            return false;
        if (id->text != found->text)
            continue;
        size_t from = id->at.end <= found->begin ? id->at.end : found->end;
        size_t to = id->at.end <= found->begin ? found->begin : id->at.begin;
        struct gb_str between = gb_str_sub(found->text->str, from, to);
        if (from <= to && to - from <= NEAR && !GB_HAS_ONE_OF(between, "，", "；", "。"))
            return true;
    }
    return false;
}

/* The same sentence leads to a part of the draft, or to one that follows: 见表C.1, 下列. */
static bool
leads_on(const struct gb_facts *facts, const struct gb_sentence *s)
{
    struct gb_str str = GB_WORDS_OF(s);
    uint32_t index = (uint32_t)(s - facts->sentences);

    if (GB_HAS_ONE_OF(str, "附录", "下列", "以下", "下表", "见表") || s->flags & GB_SENTENCE_LEAD_IN)
        return true;
    GB_SEEK(uint32_t, i, facts->n_mentions, facts->mentions[i].node->id < s->node->id);
    return GB_ANY(for (; i < facts->n_mentions && facts->mentions[i].node == s->node; i++),
                  facts->mentions[i].sentence == index);
}

/* A requirement that speaks of a scoring standard, in a draft that neither has nor cites one. */
static void
hit_scoring_absent(struct gb_check *c, const struct gb_found *found)
{
    const struct gb_facts *facts = c->facts;
    const struct gb_sentence *s = gb_sentence_at(facts, found->node, found->text, found->begin);

    if (!s || s->type != GB_TYPE_REQUIREMENT || gb_scorings_of(c)->n || names_document(facts, found) ||
        leads_on(facts, s))
        return;
    gb_report(c, gb_at_found(found), found->node, GB_ARGS(gb_found_str(found)));
}

/* ---- EVL-002 ---- */

/* 登记（20分）; 每缺1项扣5分 tells no score of the item, unless the table is one of deductions. */
static bool
has_score_in_items(const struct gb_scoring *s)
{
    bool deducts = s->method >= 0 && gb_str_has(gb_score_header(s, s->method)->text.str, GB_STR("扣"));

    for (uint32_t i = 0; i < s->table->n_cells; i++) {
        struct gb_str text = s->table->cells[i].text.str;
        gb_score score;
        for (size_t at = 0; at < text.len;) {
            size_t end = at, next;
            if (gb_score_number(text, &end, &score) && gb_str_starts(gb_str_skip(text, end), GB_STR("分")) &&
                (deducts || !GB_ENDS_WITH(gb_str_trim(gb_str_sub(text, 0, at)), "扣", "扣除", "扣减")))
                return true;
            gb_utf8_at(text, at, &next);
            at = end > at ? end : next;
        }
    }
    return false;
}

/* 评分依据, 依据: what the score is given by; 依据条款 only names the clause. */
static bool
tells_method(const struct gb_scoring *s)
{
    return s->basis >= 0 && s->basis != s->content && !gb_str_has(gb_score_header(s, s->basis)->text.str, GB_STR("条"));
}

/* 评价指标及分值: the points are the weights of indicators, and the table is not what the score is given by. */
static bool
lists_indicators(const struct gb_scoring *s)
{
    struct gb_str title = s->node->title.str;

    return gb_str_has(title, GB_STR("指标")) &&
           (!gb_str_has(title, GB_STR("评分")) || gb_str_ends(title, GB_STR("评分指标")));
}

static void
check_scoring_columns(struct gb_check *c)
{
    const struct gb_scorings *all = gb_scorings_of(c);

    GB_EACH(const struct gb_scoring, s, all->items, all->n) {
        struct gb_buf missing = {0};
        bool scored = s->n_scores || s->n_weights;
        const struct gb_cell *at = gb_score_header(s, s->n_scores    ? s->scores[0]
                                                      : s->n_weights ? s->weights[0]
                                                                     : s->method);
        if (scored && (!s->n_scores || lists_indicators(s)))
            continue; /* how they are measured is told elsewhere */
        if (!scored && !has_score_in_items(s))
            gb_buf_puts(&missing, "分值");
        if (s->item < 0)
            gb_buf_puts(&missing, missing.len ? "、评价项目" : "评价项目");
        if (s->content < 0 && s->basis < 0 && s->method < 0)
            gb_buf_puts(&missing, missing.len ? "、评价内容" : "评价内容");
        if (s->method < 0 && !tells_method(s))
            gb_buf_puts(&missing, missing.len ? "、评分方法" : "评分方法");
        if (missing.len)
            gb_report(c, gb_at_text(&at->text), s->node,
                      GB_ARGS(gb_object_name(c, s->node), gb_buf_take(&missing, c->arena)));
    }
}

/* ---- EVL-004 ---- */

/* The clauses that mentions inside of a table name, and how many of its rows have one. */
struct trace {
    const struct gb_scoring *scoring;
    const struct gb_mention *first; /* of the table's */
    uint32_t n;
};

static struct trace
trace_of(const struct gb_facts *facts, const struct gb_scoring *s)
{
    struct trace trace = {.scoring = s};
    GB_SEEK(uint32_t, i, facts->n_mentions, facts->mentions[i].node->id < s->node->id);
    if (i < facts->n_mentions)
        trace.first = &facts->mentions[i];
    while (i + trace.n < facts->n_mentions && facts->mentions[i + trace.n].node == s->node)
        trace.n++;
    return trace;
}

/* Nothing is in it, or a dash says so. */
static bool
is_blank_cell(const struct gb_cell *cell)
{
    struct gb_str text = gb_text_trim(&cell->text).str;

    return !text.len || GB_IS_ONE_OF(text, "—", "——", "-", "/", "／", "无");
}

/* 7.1～7.3: several clauses, of which no mention tells. */
static bool
has_range(struct gb_str s)
{
    GB_WORDS(marks, "～", "~", "至", "—", "–", "-");

    for (size_t i = 0; i < GB_COUNT(marks); i++) {
        for (size_t at = gb_str_find(s, marks[i], 0); at != GB_NOT_FOUND; at = gb_str_find(s, marks[i], at + 1)) {
            struct gb_str before = gb_str_sub(s, at > 4 ? at - 4 : 0, at),
                          behind = gb_str_sub(s, at + marks[i].len, at + marks[i].len + 4);
            if (gb_str_has(before, GB_STR(".")) && gb_str_has(behind, GB_STR(".")))
                return true;
        }
    }
    return false;
}

/* 4.1和4.2的落实: of a number before words no mention tells. */
static bool
begins_with_clause(const struct gb_facts *facts, struct gb_str s)
{
    struct gb_number number;
    size_t end = 0;

    return gb_read_clause_number(s, &end, &number) && end < s.len && gb_find_part(facts, GB_MENTION_CLAUSE, &number);
}

/* Does the row name a clause, of this draft or another? A basis that is written but names a document counts. */
static bool
row_is_traced(const struct gb_facts *facts, const struct trace *trace, const struct gb_score_row *row)
{
    const struct gb_scoring *s = trace->scoring;
    const struct gb_cell *basis = s->basis >= 0 ? gb_score_cell(s, row, s->basis) : NULL;

    if (basis && s->basis != s->content)
        return !is_blank_cell(basis);
    for (uint32_t k = row->begin; k < row->end; k++) {
        struct gb_str words = s->table->cells[k].text.str;
        if (has_range(words) || begins_with_clause(facts, words))
            return true;
        if (GB_ANY(GB_ITEMS(mention, trace->first, trace->n), mention->text == &s->table->cells[k].text))
            return true;
    }
    return false;
}

/* An item with a score of its own whose basis is not covered by a cell above. */
static bool
is_scored_item(const struct gb_scoring *s, const struct gb_score_row *row)
{
    const struct gb_cell *cell = s->n_scores ? gb_score_cell(s, row, s->scores[s->n_scores - 1]) : NULL;
    gb_score score;

    if (row->kind != GB_SCORE_ITEM || !cell || !gb_score_read(cell->text.str, &score, NULL))
        return false;
    return s->basis < 0 || s->basis == s->content || gb_score_cell(s, row, s->basis);
}

static const struct gb_text *
name_of_row(const struct gb_scoring *s, const struct gb_score_row *row)
{
    const int columns[] = {s->content, s->item};

    for (size_t i = 0; i < GB_COUNT(columns); i++) {
        const struct gb_cell *cell = columns[i] >= 0 ? gb_score_cell(s, row, columns[i]) : NULL;
        if (cell && !gb_cell_is_empty(cell))
            return &cell->text;
    }
    return &s->table->cells[row->begin].text;
}

/* Rows without a basis, in a table where most have one. */
static void
tell_untraced(struct gb_check *c, const struct trace *trace)
{
    const struct gb_scoring *s = trace->scoring;
    uint32_t n = 0, traced = 0;

    for (uint32_t i = 0; i < s->n_rows; i++) {
        if (!is_scored_item(s, &s->rows[i]))
            continue;
        n++;
        traced += row_is_traced(c->facts, trace, &s->rows[i]);
    }
    if (2 * traced <= n)
        return;
    for (uint32_t i = 0; i < s->n_rows; i++) {
        if (!is_scored_item(s, &s->rows[i]) || row_is_traced(c->facts, trace, &s->rows[i]))
            continue;
        const struct gb_text *name = name_of_row(s, &s->rows[i]);
        gb_report(c, gb_at_text(name), s->node, GB_ARGS(name->str));
    }
}

/* 5、7 in the column of the basis: chapters, of which no mention tells. */
static uint32_t
cite_chapters(struct gb_check *c, const struct gb_scoring *s, uint8_t *cited)
{
    uint32_t n = 0;

    for (uint32_t i = 0; s->basis >= 0 && i < s->n_rows; i++) {
        const struct gb_cell *cell = gb_score_cell(s, &s->rows[i], s->basis);
        struct gb_str words = cell ? cell->text.str : GB_STR("");
        unsigned value = 0;
        for (size_t at = 0; at <= words.len; at++) {
            char character = at < words.len ? words.ptr[at] : ' ';
            if (character == '.')
                break;
            if (character >= '0' && character <= '9') {
                value = value < 1000 ? value * 10 + (unsigned)(character - '0') : value;
                continue;
            }
            struct gb_number number = {.n = 1, .part = {(uint16_t)value}};
            const struct gb_node *chapter = value ? gb_find_part(c->facts, GB_MENTION_CLAUSE, &number) : NULL;
            n += chapter && !cited[chapter->id];
            if (chapter)
                cited[chapter->id] = 1;
            value = 0;
        }
    }
    return n;
}

/* The clauses with requirements of the technical chapters, of which the table should speak; those on evaluation itself are left out. */
static void
tell_coverage(struct gb_check *c, const struct trace *trace)
{
    const struct gb_provisions *provisions = gb_provisions_of(c);
    const struct gb_node *own = gb_node_clause(trace->scoring->node), *last = NULL;
    uint8_t *cited = gb_alloc(c->facts->n_nodes + 1);
    struct gb_buf open = {0};
    uint32_t n = 0, n_open = 0, targets = 0;

    memset(cited, 0, c->facts->n_nodes + 1);
    for (uint32_t i = 0; i < trace->n; i++) {
        if (trace->first[i].target &&
            !(trace->first[i].flags & GB_MENTION_EXTERNAL)) { /* （5.1） is doubtful elsewhere */
            targets += !cited[trace->first[i].target->id];
            cited[trace->first[i].target->id] = 1;
        }
    }
    targets += cite_chapters(c, trace->scoring, cited);
    GB_EACH(const struct gb_provision, p, provisions->items, provisions->n) {
        if (p->sentence->type != GB_TYPE_REQUIREMENT || p->clause == last || !p->clause || p->top == own ||
            p->clause->kind != GB_NODE_CLAUSE || GB_HAS_ONE_OF(p->top->title.str, "评价", "考核"))
            continue;
        last = p->clause;
        n++;
        if (GB_ANY(GB_CHAIN(k, p->clause, k->parent), cited[k->id])) /* itself, or as a part of what is named */
            continue;
        if (n_open++ < 10)
            gb_buf_printf(&open, "%s%.*s", open.len ? "、" : "", GB_FMT(p->clause->number.str));
    }
    double share = n ? (double)(n - n_open) / n : 1;
    if (targets >= 3 && n >= 5 && share < gb_param_number(c, "coverage")) {
        if (n_open > 10)
            gb_buf_puts(&open, "等");
        struct gb_arena *arena = c->arena;
        gb_report_case(c, "coverage", gb_at_text(&gb_score_header(trace->scoring, trace->scoring->scores[0])->text),
                       trace->scoring->node,
                       GB_ARGS(gb_arena_printf(arena, "%u", n_open), gb_arena_printf(arena, "%u", n),
                               gb_buf_take(&open, arena)));
    }
    gb_buf_release(&open);
    free(cited);
}

static void
check_score_trace(struct gb_check *c)
{
    const struct gb_scorings *all = gb_scorings_of(c);

    for (size_t i = 0; i < all->n; i++) {
        struct trace trace = trace_of(c->facts, &all->items[i]);
        if (!all->items[i].n_scores)
            continue;
        tell_untraced(c, &trace);
        if (all->n == 1 && trace.n)
            tell_coverage(c, &trace);
    }
}

const struct gb_check_def gb_scoring_checks[] = {
    {.name = "scoring-absent", .hit = hit_scoring_absent, .params = GB_SEARCH_PARAMS "words:words"},
    {.name = "scoring-columns", .whole = check_scoring_columns},
    {.name = "score-trace", .whole = check_score_trace, .cases = "coverage", .params = "coverage:number"},
    {0},
};
