/*
 * Quantities: the scan over all texts, and the rules that tell what the judges found: UNT-001 to UNT-011, UNT-013, UNT-014,
 * UNT-017, UNT-018. GB/T 1.1—2020, 9.4.4, 9.4.5, 9.4.7 and 10.4.6; 2009, 8.6, 8.7, 8.9.
 */
#include "check/annexes/annex_priv.h"
#include "check/typography/quantities_priv.h"

enum {
    WINDOW = 60 * GB_HAN, /* how far around a number words are looked at */
    /* So many symbols without a gap are slips; more of them than with one, or very many, are a habit, or a loss by conversion. */
    FEW = 5,
    MANY = 12,
};

typedef GB_ARRAY(struct gb_quantity_fault) fault_array;

struct gb_quantities {
    bool is_made;
    size_t most; /* faults of one rule that are kept */
    const struct gb_quantity_fault *faults[GB_QUANTITY_RULE_COUNT];
    size_t n[GB_QUANTITY_RULE_COUNT];
    size_t n_left_out[GB_QUANTITY_RULE_COUNT]; /* more than are kept */
    size_t n_gaps, n_glued;
    /* While the scan runs. */
    fault_array found[GB_QUANTITY_RULE_COUNT];
    const struct gb_node *judged; /* the node that `is_silent` is about */
    bool is_silent;
    bool asked_days, defines_days;
    bool asked_symbols, is_symbol[128]; /* letters that the draft explains */
};

/* ---- What judges ask ---- */

/* How many of the asterisks that were put back stand before an offset. */
static size_t
stars_before(const struct gb_quantity_scan *scan, size_t at)
{
    GB_SEEK(size_t, i, scan->stars.len, scan->stars.items[i] < at);
    return i;
}

static bool
is_star(const struct gb_quantity_scan *scan, size_t at)
{
    size_t n = stars_before(scan, at);

    return n < scan->stars.len && scan->stars.items[n] == at;
}

static size_t
text_place(const struct gb_quantity_scan *scan, size_t at, bool is_end)
{
    at -= stars_before(scan, at);
    return is_end ? gb_joined_end(&scan->joined, at) : gb_joined_begin(&scan->joined, at);
}

uint32_t
gb_quantity_flags(const struct gb_quantity_scan *scan, size_t at)
{
    return gb_text_flags(scan->text, text_place(scan, at, false));
}

static bool
ends_sentence(uint32_t c)
{
    return c == 0x3002 || c == 0xFF1B || c == '\n';
}

struct gb_str
gb_quantity_before(const struct gb_quantity_scan *scan, size_t at)
{
    size_t begin = at, before, least = at > WINDOW ? at - WINDOW : 0;

    while (begin > least && !ends_sentence(gb_utf8_before(scan->s, begin, &before)))
        begin = before;
    return gb_str_sub(scan->s, begin, at);
}

struct gb_str
gb_quantity_behind(const struct gb_quantity_scan *scan, size_t at)
{
    size_t end = at, next, most = scan->s.len - at > WINDOW ? at + WINDOW : scan->s.len;

    while (end < most && !ends_sentence(gb_utf8_at(scan->s, end, &next)))
        end = next;
    return gb_str_sub(scan->s, at, end);
}

bool
gb_list_has(struct gb_str list, struct gb_str s)
{
    struct gb_str word;

    while (gb_str_cut(&list, ' ', &word)) {
        if (word.len && gb_str_has(s, word))
            return true;
    }
    return false;
}

/* Asked of every number: words are compared as they are read. */
bool
gb_list_starts(struct gb_str list, struct gb_str s)
{
    const char *p = list.ptr, *end = p + list.len;

    while (p < end) {
        if (*p == '-') {
            size_t n = 0;
            for (p++; p < end && *p != ' ' && n < s.len && *p == s.ptr[n]; n++)
                p++;
            if (p == end || *p == ' ')
                return true;
        }
        while (p < end && *p != ' ')
            p++;
        p++;
    }
    return false;
}

bool
gb_quantity_is_label(const struct gb_quantity_scan *scan, size_t at)
{
    GB_WORDS(labels, "第", "图", "表", "附录", "式", "章", "条", "型号", "代号", "编号", "代码", "步骤", "版本", "版",
             "注", "例", "序号", "规则", "No.", "电话");
    GB_WORDS(others, "仪表", "电表", "水表", "加注", "灌注", "浇注", "比例");
    struct gb_str before = gb_str_trim(gb_str_sub(scan->s, at > 4 * GB_HAN ? at - 4 * GB_HAN : 0, at));
    char last = before.len ? before.ptr[before.len - 1] : '\0';

    bool is_label = GB_ANY(GB_ITEMS(label, labels, GB_COUNT(labels)),
                           last == label->ptr[label->len - 1] && gb_str_ends(before, *label));
    for (size_t i = 0; is_label && i < GB_COUNT(others); i++)
        is_label = !gb_str_ends(before, others[i]);
    return is_label;
}

bool
gb_quantity_in_service(const struct gb_check *c)
{
    static const struct gb_str services =
        GB_STR("服务 管理 政务 业务 经办 办理 工作 培训 教育 养老 旅游 物业 运营 应急 评价 接待 客运 安全");
    struct gb_str title = c->doc->root->title.str;

    return title.len == 0 || gb_list_has(services, title);
}

bool
gb_quantity_defines_days(const struct gb_quantity_scan *scan)
{
    static const enum gb_node_kind kinds[] = {GB_NODE_PARA, GB_NODE_NOTE, GB_NODE_ITEM};
    static const struct gb_str words = GB_STR(
        "日指工作日 天指工作日 均指工作日 均为工作日 日均指自然日 均指自然日 均为自然日 日指自然日 天指自然日 “日”");
    struct gb_quantities *all = scan->all;

    for (size_t k = 0; k < GB_COUNT(kinds) && !all->asked_days && !all->defines_days; k++)
        all->defines_days =
            GB_ANY(GB_EACH_NODE(node, &scan->check->facts->of_kind[kinds[k]]), gb_list_has(words, node->text.str));
    all->asked_days = true;
    return all->defines_days;
}

/* "L—the length", "d为公称直径", "L≤5 000": the letter at the head of s is a quantity. */
static void
learn_symbol(struct gb_quantities *all, struct gb_str s)
{
    if (s.len && gb_is_letter(s.ptr[0]) &&
        GB_STARTS_WITH(gb_str_skip(s, 1), "—", "为", " 为", "≤", "≥", "＜", "＞", "<", ">"))
        all->is_symbol[(unsigned char)s.ptr[0]] = true;
}

static void
learn_symbols(const struct gb_facts *facts, struct gb_quantities *all)
{
    static const enum gb_node_kind kinds[] = {GB_NODE_PARA, GB_NODE_NOTE, GB_NODE_ITEM};

    for (size_t k = 0; k < GB_COUNT(kinds); k++) {
        GB_EACH_NODE(node, &facts->of_kind[kinds[k]])
            learn_symbol(all, node->text.str);
    }
    GB_EACH_NODE(table, &facts->of_kind[GB_NODE_TABLE]) {
        GB_EACH_CELL(cell, table)
            learn_symbol(all, cell->text.str);
    }
    all->asked_symbols = true;
}

bool
gb_quantity_is_symbol(const struct gb_quantity_scan *scan, char letter)
{
    if (!scan->all->asked_symbols)
        learn_symbols(scan->check->facts, scan->all);
    return gb_is_letter(letter) && scan->all->is_symbol[(unsigned char)letter];
}

void
gb_quantity_count_gap(struct gb_quantity_scan *scan, bool has_gap)
{
    size_t *n = has_gap ? &scan->all->n_gaps : &scan->all->n_glued;

    ++*n;
}

/* ---- Places that are left alone ---- */

static const struct {
    uint32_t open;
    struct gb_str close;
} quotes[GB_QUOTE_KINDS] = {{0x201C, GB_WORD("”")},
                            {0x300A, GB_WORD("》")},
                            {0x300C, GB_WORD("」")},
                            {0x2018, GB_WORD("’")}};

/* The closing mark of a quotation that opens before `at`; GB_NOT_FOUND where it is far or nowhere. Asked in ascending order. */
static size_t
closing_mark(struct gb_quantity_scan *scan, size_t kind, size_t at)
{
    enum { FARTHEST = 4 * WINDOW };
    size_t *next = &scan->next_close[kind];

    if (*next != GB_NOT_FOUND && *next < at)
        *next = gb_str_find(scan->s, quotes[kind].close, at);
    return *next != GB_NOT_FOUND && *next - at <= FARTHEST ? *next : GB_NOT_FOUND;
}

/* Follows quotations and titles up to `at`; text that was passed is not read again, and one that never closes reaches nowhere. */
static bool
is_quoted(struct gb_quantity_scan *scan, size_t at)
{
    size_t next;

    while (scan->followed < at) {
        uint32_t c = gb_utf8_at(scan->s, scan->followed, &next);
        for (size_t i = 0; c >= 0x2018 && c <= 0x300C && i < GB_COUNT(quotes); i++) {
            size_t close = quotes[i].open == c ? closing_mark(scan, i, next) : GB_NOT_FOUND;
            if (close != GB_NOT_FOUND)
                next = scan->closes = close;
        }
        scan->followed = next;
    }
    return at < scan->closes;
}

/* An address or a path: an unbroken run of ASCII with :// or @ in it. */
static bool
is_in_address(const struct gb_quantity_scan *scan, size_t at)
{
    size_t begin = at;

    while (begin > 0 && at - begin < WINDOW && scan->s.ptr[begin - 1] > ' ' && scan->s.ptr[begin - 1] < 0x7F)
        begin--;
    struct gb_str word = gb_str_sub(scan->s, begin, at);
    return GB_HAS_ONE_OF(word, "://", "@", "www.");
}

static bool
is_left_alone(struct gb_quantity_scan *scan, enum gb_quantity_rule rule, size_t begin, size_t end)
{
    enum { ALONE = GB_RUN_CODE | GB_RUN_LINK | GB_RUN_QUOTE };
    uint32_t flags = gb_quantity_flags(scan, begin) | gb_quantity_flags(scan, end - 1);

    return flags & ALONE || (flags & GB_RUN_MATH && rule != GB_QUANTITY_STYLE) || is_quoted(scan, begin) ||
           is_in_address(scan, begin);
}

/* Elements that only name things, examples, and samples of other documents. */
static bool
is_silent(const struct gb_node *node)
{
    return GB_ANY(GB_CHAIN(n, node, n->parent), n->kind == GB_NODE_EXAMPLE || gb_node_is_quotation(n) ||
                                                    n->encoding == GB_ENCODING_FENCE ||
                                                    (n->kind == GB_NODE_ANNEX && gb_annex_is_sample(n))) ||
           GB_AMONG(gb_zone_of(node), GB_ZONE_COVER, GB_ZONE_TOC, GB_ZONE_FOREWORD, GB_ZONE_REFERENCES, GB_ZONE_BIBLIO,
                    GB_ZONE_INDEX);
}

/* ---- What judges found ---- */

struct gb_quantity_fault *
gb_quantity_add(struct gb_quantity_scan *scan, enum gb_quantity_rule rule, const char *which, size_t begin, size_t end)
{
    struct gb_quantities *all = scan->all;
    struct gb_arena *arena = scan->check->arena;

    if (all->found[rule].len == all->most) {
        all->n_left_out[rule]++;
        return NULL;
    }
    if (all->judged != scan->node)
        all->is_silent = is_silent(scan->node);
    all->judged = scan->node;
    if (all->is_silent || is_left_alone(scan, rule, begin, end))
        return NULL;
    struct gb_quantity_fault *fault = gb_push(&all->found[rule]);
    *fault = (struct gb_quantity_fault){
        .node = scan->node,
        .text = scan->text,
        .begin = (uint32_t)text_place(scan, begin, false),
        .end = (uint32_t)text_place(scan, end, true),
        .which = which,
        .words = gb_arena_copy(arena, gb_str_sub(scan->s, begin, end)),
        .by = GB_STR(""),
        .at = begin,
    };
    return fault;
}

void
gb_quantity_change(struct gb_quantity_scan *scan, struct gb_quantity_fault *fault, size_t begin, size_t end,
                   struct gb_str by)
{
    struct gb_arena *arena = scan->check->arena;

    if (!fault || fault->n_edits == GB_QUANTITY_EDITS)
        return;
    struct gb_str kept = gb_str_sub(fault->words, fault->done, begin - fault->at);
    fault->by = gb_arena_printf(arena, "%.*s%.*s%.*s", GB_FMT(fault->by), GB_FMT(kept), GB_FMT(by));
    fault->done = end - fault->at;
    if (!fault->edits)
        fault->edits = gb_arena_new_array(arena, struct gb_quantity_edit, GB_QUANTITY_EDITS);
    bool is_end = begin < end;
    fault->edits[fault->n_edits++] = (struct gb_quantity_edit){
        (uint32_t)text_place(scan, begin, !is_end),
        (uint32_t)text_place(scan, end, true),
        gb_arena_copy(arena, by),
        is_end && is_star(scan, begin),
    };
}

/* ---- The scan ---- */

/* Has the quantity anything that a judge of its form would look at? */
static bool
is_plain(const struct gb_quantity *q)
{
    return q->n == 1 && !q->amounts[0].unit.n && q->amounts[0].digits <= 3 &&
           !(q->amounts[0].flags & (GB_AMOUNT_BARE | GB_AMOUNT_POWER));
}

/* Item d) of 7.2, as in 见7.2d）: no bracket was opened that this one closes. */
static bool
is_item_of_clause(struct gb_str s, const struct gb_amount *amount)
{
    const struct gb_measure_expression *unit = &amount->unit;
    size_t next, begin = amount->begin;

    if (unit->n != 1 || unit->end != amount->end + 1 || s.ptr[amount->end] < 'a' || s.ptr[amount->end] > 'z' ||
        gb_char_narrow(gb_char_at(s, unit->end)) != ')')
        return false;
    if (gb_str_ends(gb_str_sub(s, 0, begin), GB_STR("见")))
        return true;
    while (begin > 0) {
        uint32_t c = gb_char_narrow(gb_utf8_before(s, begin, &begin));
        if (c == ')')
            return true;
        if (c == '(') /* （按7.2d）） */
            return gb_utf8_at(s, unit->end, &next) && gb_char_narrow(gb_char_at(s, next)) == ')';
    }
    return true;
}

/* Takes off the units that are none here; false where the number is the name of something. */
static bool
settle(struct gb_quantity_scan *scan, struct gb_quantity *q)
{
    if (!is_plain(q) && (gb_quantity_is_label(scan, q->begin) || is_item_of_clause(scan->s, &q->amounts[q->n - 1])))
        return false;
    GB_EACH(struct gb_amount, amount, q->amounts, q->n) {
        const struct gb_measure *next = amount->unit.n ? amount->unit.uses[0].unit : NULL;
        while (next && !gb_measure_counts(scan, q, amount)) {
            next = amount->unit.n == 1 ? gb_measure_next(scan->units, next) : NULL;
            amount->unit.uses[0].unit = next ? next : amount->unit.uses[0].unit;
        }
        amount->unit.n = next ? amount->unit.n : 0;
    }
    return true;
}

/* The source between two bytes of the text is one asterisk. */
static bool
has_star_between(const struct gb_quantity_scan *scan, size_t at)
{
    bool is_left, is_right;
    uint32_t begin = gb_text_span(scan->text, at - 1, at, &is_left).end,
             end = gb_text_span(scan->text, at, at + 1, &is_right).begin;

    return is_left && is_right && end == begin + 1 &&
           gb_str_is(gb_source_text(scan->check->doc->source, (struct gb_span){begin, end}), "*");
}

/* Puts asterisks back between a number, or its unit, and a number: there emphasis begins or ends. */
static void
put_stars(struct gb_quantity_scan *scan)
{
    const struct gb_text *text = scan->text;
    size_t done = 0;

    scan->starred.len = 0;
    for (uint32_t i = 1; i < text->n_runs && scan->joined.gaps.len == 0; i++) {
        if (!((text->runs[i - 1].flags ^ text->runs[i].flags) & GB_RUN_EMPH) || text->runs[i].at <= text->off)
            continue;
        size_t at = text->runs[i].at - text->off;
        if (at >= scan->s.len || !gb_is_digit(scan->s.ptr[at]) || !has_star_between(scan, at))
            continue;
        gb_buf_add(&scan->starred, gb_str_sub(scan->s, done, at));
        *gb_push(&scan->stars) = (uint32_t)scan->starred.len;
        gb_buf_add_char(&scan->starred, '*');
        done = at;
    }
    if (scan->stars.len) {
        gb_buf_add(&scan->starred, gb_str_skip(scan->s, done));
        scan->s = gb_buf_str(&scan->starred);
    }
}

/* Where the unit of a line of a legend may stand: behind 单位为…（; of a cell: alone, behind a stroke or a line break below a name. */
static size_t
bare_unit_place(struct gb_str s, bool is_cell)
{
    if (!is_cell) {
        size_t words = gb_str_find(s, GB_STR("单位为"), 0),
               open = words == GB_NOT_FOUND ? words : gb_str_find(s, GB_STR("（"), words);
        return open == GB_NOT_FOUND ? open : open + strlen("（");
    }
    if (!gb_str_has_han(s))
        return 0;
    GB_WORDS(marks, "/", "\n", "（");
    for (size_t i = 0; i < GB_COUNT(marks); i++) {
        size_t at = gb_str_find(s, marks[i], 0);
        if (at == GB_NOT_FOUND)
            continue;
        at += marks[i].len; /* 施肥量/（kg/hm²）: brackets around a quotient */
        size_t next = at;
        return gb_char_narrow(at < s.len ? gb_utf8_at(s, at, &next) : 0) == '(' ? next : at;
    }
    return GB_NOT_FOUND;
}

static void
take_text(struct gb_quantity_scan *scan, const struct gb_node *node, const struct gb_text *text, bool is_cell)
{
    scan->node = node;
    scan->text = text;
    scan->is_cell = is_cell;
    scan->followed = scan->closes = 0;
    scan->stars.len = 0;
    memset(scan->next_close, 0, sizeof(scan->next_close));
    gb_join(text, &scan->joined);
    scan->s = scan->joined.str;
}

static void
scan_bare_unit(struct gb_quantity_scan *scan, const struct gb_node *node, const struct gb_text *text, bool is_cell)
{
    enum { LONGEST = 120 };
    size_t at = text->n_runs && text->str.len <= LONGEST ? bare_unit_place(text->str, is_cell) : GB_NOT_FOUND;

    if (at == GB_NOT_FOUND)
        return;
    take_text(scan, node, text, is_cell);
    if (scan->joined.gaps.len)
        return;
    at = gb_skip_any(scan->s, at, " $");
    struct gb_measure_expression unit = gb_measure_expression_at(scan->units, scan->s, at);
    struct gb_str behind = gb_str_trim(gb_str_skip(scan->s, unit.n ? unit.end : at));
    if (unit.n && (!behind.len || GB_STARTS_WITH(behind, "）", ")", "$")))
        gb_judge_bare_unit(scan, at);
}

/* 0x020A is a number, and no current. */
static bool
is_hexadecimal(struct gb_str s, size_t at)
{
    return at + 2 < s.len && s.ptr[at] == '0' && (s.ptr[at + 1] | 0x20) == 'x' && s.ptr[at + 2] >= '0' &&
           s.ptr[at + 2] <= '9';
}

static void
scan_text(struct gb_quantity_scan *scan, const struct gb_node *node, const struct gb_text *text, bool is_cell)
{
    struct gb_quantity q;

    if (!text->n_runs || !gb_may_hold_quantity(text->str))
        return;
    take_text(scan, node, text, is_cell);
    put_stars(scan);
    for (size_t at = 0; gb_quantity_next(scan->units, scan->s, &at, &q);) {
        if (!settle(scan, &q) || is_hexadecimal(scan->s, q.begin))
            continue;
        if (!gb_judge_units(scan, &q))
            gb_judge_form(scan, &q);
        gb_judge_number(scan, &q);
    }
}

static bool
is_in_capitals(struct gb_str cell)
{
    struct gb_str s = gb_str_trim(cell);

    return s.len > 1 && !GB_ANY(GB_ITEMS(byte, s.ptr, s.len), !gb_is_upper(*byte));
}

static bool
is_code(const struct gb_quantity_scan *scan, const struct gb_cell *cell)
{
    return is_in_capitals(cell->text.str) && !gb_measure_expression_at(scan->units, gb_str_trim(cell->text.str), 0).n;
}

/* CM beside RM in one row: codes, and no centimetres. MM beside it is a unit as well. */
static bool
is_among_codes(const struct gb_quantity_scan *scan, const struct gb_table *table, const struct gb_cell *cell)
{
    bool is_first = cell == table->cells, is_last = cell + 1 == table->cells + table->n_cells;

    return is_in_capitals(cell->text.str) && ((!is_first && cell[-1].row == cell->row && is_code(scan, &cell[-1])) ||
                                              (!is_last && cell[1].row == cell->row && is_code(scan, &cell[1])));
}

/* Units stand in heads of columns, of rows behind a name, and in the columns that are headed 单位. */
static void
scan_table(struct gb_quantity_scan *scan, const struct gb_node *node)
{
    uint64_t unit_columns = 0;

    GB_EACH_CELL(cell, node) {
        struct gb_str s = gb_str_trim(cell->text.str);
        uint64_t column = cell->column < 64 ? UINT64_C(1) << cell->column : 0;
        if (cell->row == 0 && GB_IS_ONE_OF(s, "单位", "计量单位"))
            unit_columns |= column;
        scan_text(scan, node, &cell->text, true);
        bool may_be_unit = cell->row == 0 || unit_columns & column || (cell->column == 0 && gb_str_has_han(s));
        if (may_be_unit && !is_among_codes(scan, node->u.table, cell))
            scan_bare_unit(scan, node, &cell->text, true);
    }
}

static void
scan_kind(struct gb_quantity_scan *scan, enum gb_node_kind kind)
{
    struct gb_nodes nodes = scan->check->facts->of_kind[kind];

    GB_EACH_NODE(node, &nodes) {
        scan_text(scan, node, &node->text, false);
        if (node->parent && node->parent->kind == GB_NODE_WHERE)
            scan_bare_unit(scan, node, &node->text, false);
        if (kind == GB_NODE_TABLE)
            scan_table(scan, node);
    }
}

static void
keep_faults(struct gb_quantities *all, struct gb_arena *arena)
{
    for (int i = 0; i < GB_QUANTITY_RULE_COUNT; i++) {
        all->n[i] = all->found[i].len;
        all->faults[i] = gb_arena_copy_bytes(arena, all->found[i].items, all->n[i] * sizeof(*all->found[i].items));
        gb_array_release(&all->found[i]);
    }
}

static const struct gb_quantities *
quantities_of(struct gb_check *c)
{
    static const char key;
    static const enum gb_node_kind kinds[] = {GB_NODE_PARA,     GB_NODE_ITEM,  GB_NODE_NOTE,
                                              GB_NODE_FOOTNOTE, GB_NODE_TERM,  GB_NODE_ABBR,
                                              GB_NODE_TABLE,    GB_NODE_WHERE, GB_NODE_CLAUSE};
    struct gb_quantities *all = gb_check_shared(c, &key, sizeof(*all));

    if (all->is_made)
        return all;
    all->most = gb_most_places(c);
    struct gb_quantity_scan scan = {.check = c, .units = gb_lexicon_measures(c->facts->lexicon), .all = all};
    for (size_t i = 0; i < GB_COUNT(kinds); i++)
        scan_kind(&scan, kinds[i]);
    gb_joined_release(&scan.joined);
    gb_buf_release(&scan.starred);
    gb_array_release(&scan.stars);
    keep_faults(all, c->arena);
    all->is_made = true;
    return all;
}

/* ---- The rules ---- */

/* An insertion stands behind the byte before it: a run that ends there is the unit's or the number's own. */
static struct gb_span
span_of_edit(const struct gb_text *text, const struct gb_quantity_edit *edit)
{
    bool is_exact;
    struct gb_span span = gb_text_span(text, edit->begin, edit->end, &is_exact);

    if (edit->begin == edit->end && edit->begin > 0) {
        uint32_t behind = gb_text_span(text, edit->begin - 1, edit->begin, &is_exact).end;
        return (struct gb_span){behind, edit->is_star ? span.begin : behind};
    }
    return span;
}

static void
fix_fault(struct gb_check *c, struct gb_finding *finding, const struct gb_quantity_fault *fault)
{
    for (uint32_t i = 0; i < fault->n_edits; i++)
        gb_fix(c, finding, span_of_edit(fault->text, &fault->edits[i]), fault->edits[i].by);
}

/* The words with all changes; empty where there are none. */
static struct gb_str
changed(const struct gb_check *c, const struct gb_quantity_fault *fault)
{
    struct gb_str rest = gb_str_skip(fault->words, fault->n_edits ? fault->done : fault->words.len);

    return gb_arena_printf(c->arena, "%.*s%.*s", GB_FMT(fault->by), GB_FMT(rest));
}

static void
report_all(struct gb_check *c, enum gb_quantity_rule rule)
{
    const struct gb_quantities *all = quantities_of(c);

    GB_EACH(const struct gb_quantity_fault, fault, all->faults[rule], all->n[rule])
        fix_fault(c,
                  gb_report_case(c, fault->which, GB_AT(fault), fault->node, GB_ARGS(fault->words, changed(c, fault))),
                  fault);
    gb_leave_out(c, all->n_left_out[rule]);
}

/* One finding, whose fix reaches all, for gaps before the sign of per cent, and for a draft whose symbols have lost all of theirs. */
static void
check_gap(struct gb_check *c)
{
    const struct gb_quantities *all = quantities_of(c);
    bool is_habit = (all->n_glued > FEW && all->n_glued > all->n_gaps) || all->n_glued > MANY;
    struct gb_str count = gb_count_text(c, all->n_glued);
    struct gb_finding *percent = NULL, *habit = NULL, *single;

    GB_EACH(const struct gb_quantity_fault, fault, all->faults[GB_QUANTITY_GAP], all->n[GB_QUANTITY_GAP]) {
        struct gb_finding **f = fault->which ? &percent : is_habit ? &habit : &single;
        single = NULL;
        *f = gb_report_one(c, *f,
                           fault->which ? fault->which
                           : is_habit   ? "habit"
                                        : NULL,
                           GB_AT(fault), fault->node, GB_ARGS(fault->words, changed(c, fault), count));
        fix_fault(c, *f, fault);
    }
    if (!is_habit)
        gb_leave_out(c, all->n_left_out[GB_QUANTITY_GAP]);
}

GB_CHECK_WHOLE(check_NONLEGAL, report_all(c, GB_QUANTITY_NONLEGAL))
#define X(id, name, cases) GB_CHECK_WHOLE(check_##id, report_all(c, GB_QUANTITY_##id))
GB_QUANTITY_RULES(X)
#undef X

const struct gb_check_def gb_quantity_checks[] = {
    {.name = "unit-gap", .whole = check_gap, .cases = "habit percent"},
    {.name = "nonlegal-unit",
     .hit = gb_hit_unit_alone,
     .finish = check_NONLEGAL,
     .cases = "convert",
     .params = GB_SEARCH_PARAMS "words:words"},
#define X(id, check_name, all_cases) {.name = check_name, .whole = check_##id, .cases = all_cases},
    GB_QUANTITY_RULES(X)
#undef X
        {0},
};
