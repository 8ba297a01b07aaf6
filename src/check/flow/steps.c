/* The steps that a text names in a sentence, in lettered items or in the titles of clauses, and the nodes of a chart that show them. */
#include "check/flow/steps_priv.h"

#include "check/objects/figures_priv.h"

#include <math.h>

enum { LONGEST_NAME = 14 };

/* ---- Steps in a sentence ---- */

/* Length of what parts two steps at `at`: 、 or an arrow or dash; 0: none. *out_arrow: not 、. */
static size_t
joint_at(struct gb_str s, size_t at, bool *out_arrow)
{
    GB_WORDS(arrows, "→", "——", "—", "－", "–", "->", "--", "⇒");

    if (gb_str_starts(gb_str_skip(s, at), GB_STR("、"))) {
        *out_arrow = false;
        return strlen("、");
    }
    size_t len = GB_START(gb_str_skip(s, at), arrows);
    if (len)
        *out_arrow = true;
    return len;
}

/* Begins of a list: behind 包括, 分为, 按, ：, “ and the like, inside of the words before its first joint. */
static size_t
list_begin(struct gb_str s, size_t from, size_t joint)
{
    static const char *const openers[] = {"依次完成", "依次进行", "依次经过", "依次开展", "依次办理", "包括", "分为",
                                          "包含",     "依次为",   "依次是",   "按照",     "按",       "为",   "经过",
                                          "经",       "：",       "“",        "，",       "。",       "；",   "（",
                                          "由",       "\n",       "是",       "依次"};
    size_t begin = from;

    for (size_t i = 0; i < GB_COUNT(openers); i++) {
        struct gb_str opener = gb_str_from(openers[i]);
        for (size_t at = gb_str_find(s, opener, begin); at != GB_NOT_FOUND && at + opener.len < joint;
             at = gb_str_find(s, opener, at + 1))
            begin = at + opener.len;
    }
    return begin;
}

/* End of the last step: before 等, 四个阶段, a mark. */
static size_t
list_end(struct gb_str s, size_t from)
{
    GB_WORDS(stops, "等", "，", "。", "；", "”", "的", "（", "\n", "阶段", "环节", "步骤", "共", "构成", "组成");
    GB_WORDS(counters, "三个", "四个", "五个", "六个", "七个", "八个", "几个", "各");
    struct gb_str last = gb_str_sub(s, from, GB_UNTIL(s, from, stops));

    last.len -= GB_END(last, counters);
    size_t end = last.len - (gb_str_ends(last, GB_STR("个")) ? GB_HAN : 0);
    size_t number = gb_skip_digits_back(last, end); /* 归档4个环节 */
    return from + (number < end ? number : last.len);
}

/* The 和 before the last one: 制证和发证 are two. */
static size_t
last_joint(struct gb_str s, size_t begin, size_t end, size_t *out_width)
{
    GB_WORDS(words, "以及", "和", "及", "与");

    for (size_t i = 0; i < GB_COUNT(words); i++) {
        size_t at = gb_str_find(gb_str_sub(s, begin, end), words[i], 0);
        if (at == GB_NOT_FOUND)
            continue;
        *out_width = words[i].len;
        if (gb_str_han_length(gb_str_sub(s, begin, begin + at)) >= 2 &&
            gb_str_han_length(gb_str_sub(s, begin + at + words[i].len, end)) >= 2)
            return begin + at;
    }
    return GB_NOT_FOUND;
}

/* Behind the last step: 等阶段, 等四个环节, 五个步骤. */
static bool
names_stages(struct gb_str s, size_t end)
{
    GB_WORDS(words, "阶段", "环节", "步骤", "程序", "流程");
    enum { NEAR = 24 };

    return GB_HAS_ANY(gb_str_sub(s, end, end + NEAR), words);
}

static bool
add_step(struct gb_flow_steps *steps, const struct gb_node *node, const struct gb_text *text, size_t begin, size_t end)
{
    size_t han = gb_str_han_length(gb_str_sub(text->str, begin, end));

    if (han < 2 || han > LONGEST_NAME || steps->n == GB_MOST_STEPS)
        return false;
    steps->items[steps->n++] =
        (struct gb_flow_step){.node = node, .text = text, .begin = begin, .end = end, .vertex = GB_NO_VERTEX};
    return true;
}

/* 按受理、审核、发证的顺序办理 */
static bool
is_told_behind(struct gb_str behind)
{
    GB_WORDS(words, "的顺序", "的次序", "的先后", "的步骤", "顺序", "次序");

    return GB_STARTS_ANY(behind, words);
}

/* 接单员、配餐员和送餐员按图1的流程办理: most of them name who acts. */
static bool
are_actors(const struct gb_lexicon *lexicon, const struct gb_flow_steps *steps)
{
    size_t n = 0;

    GB_EACH(const struct gb_flow_step, step, steps->items, steps->n)
        n += gb_ends_with_post(lexicon, GB_WORDS_OF(step));
    return 2 * n > steps->n;
}

void
gb_flow_steps_of_sentence(const struct gb_lexicon *lexicon, const struct gb_node *para, struct gb_flow_steps *out)
{
    const struct gb_text *text = &para->text;
    struct gb_str s = text->str;
    bool is_arrow = false, is_next_arrow;

    for (size_t at = 0; at < s.len && out->n < 3; at++) {
        size_t joint = joint_at(s, at, &is_arrow);
        if (!joint)
            continue;
        out->n = 0;
        size_t begin = gb_utf8_ceil(s, list_begin(s, at > 60 ? at - 60 : 0, at)), end = at;
        bool is_told = gb_tells_in_order(gb_str_sub(s, 0, begin));
        while (add_step(out, para, text, begin, end)) {
            size_t width = joint_at(s, end, &is_next_arrow);
            if (!width || is_next_arrow != is_arrow)
                break;
            begin = end + width;
            size_t stop = list_end(s, begin);
            for (end = begin; end < stop && !joint_at(s, end, &is_next_arrow);)
                gb_utf8_at(s, end, &end);
            size_t last = end == stop ? last_joint(s, begin, end, &width) : GB_NOT_FOUND;
            if (last != GB_NOT_FOUND && add_step(out, para, text, begin, last))
                begin = last + width;
            size_t order = gb_in_order_end(gb_str_sub(s, begin, end));
            if (order) { /* 由医师、护士依次完成登记、征询: what came before were no steps */
                out->n = 0;
                begin += order;
                is_told = true;
            }
        }
        if (out->n >= 3 && !is_told) {
            struct gb_str behind = gb_str_skip(s, out->items[out->n - 1].end);
            is_told = is_told_behind(behind) ||
                      (gb_says_composed(gb_str_sub(s, 0, out->items[0].begin)) && gb_composed_end(behind));
        }
        if (out->n >= 3 && !are_actors(lexicon, out) &&
            (is_arrow || is_told || names_stages(s, out->items[out->n - 1].end))) {
            out->is_sentence = true;
            return;
        }
        at = end > at ? end : at;
        out->n = 0;
    }
    out->n = out->n >= 3 && out->is_sentence ? out->n : 0;
}

/* ---- Steps in items and titles ---- */

/* The name at the head of an item: up to the first mark. */
static size_t
name_end(struct gb_str s)
{
    GB_WORDS(stops, "：", ":", "，", "。", "；", "（", "(", "——");

    return GB_UNTIL(s, 0, stops);
}

/* 受理窗口当场核对材料，出具回执: an item without a name. */
static bool
add_sentence(struct gb_flow_steps *steps, const struct gb_node *item)
{
    enum { LONGEST = 600 };
    size_t len = item->text.str.len;

    if (steps->n == GB_MOST_STEPS || len > LONGEST ||
        gb_str_han_length(gb_str_sub(item->text.str, 0, len)) <= LONGEST_NAME)
        return false;
    steps->items[steps->n++] = (struct gb_flow_step){
        .node = item, .text = &item->text, .end = len, .vertex = GB_NO_VERTEX, .is_sentence = true};
    return true;
}

void
gb_flow_steps_of_list(const struct gb_node *list, struct gb_flow_steps *out)
{
    for (const struct gb_node *item = list->first; item; item = item->next) {
        if (item->kind != GB_NODE_ITEM)
            continue;
        struct gb_str marker = item->marker.str;
        if (!marker.len || !(gb_is_lower(marker.ptr[0]) || gb_is_digit(marker.ptr[0])))
            break;
        if (!add_step(out, item, &item->text, 0, name_end(item->text.str)) && !add_sentence(out, item))
            break;
    }
}

void
gb_flow_steps_of_titles(const struct gb_node *first, struct gb_flow_steps *out)
{
    for (const struct gb_node *n = first; n && n->kind == GB_NODE_CLAUSE && n->title.str.len; n = n->next) {
        if (!add_step(out, n, &n->title, 0, n->title.str.len))
            break;
    }
}

void
gb_flow_steps_of_procedure(const struct gb_procedure *p, struct gb_flow_steps *out)
{
    GB_WORDS(conditions, "后", "时", "的", "前");

    GB_EACH(const struct gb_procedure_step, step, p->steps, p->n_steps) {
        const struct gb_step_text *text = step->texts;
        size_t begin, end;

        /* 第一步，收到申请后，… and clauses without titles have no name */
        if (!step->name.len || p->form == GB_PROCEDURE_UNTITLED || GB_ENDS_ANY(step->name, conditions)) {
            add_sentence(out, text->node);
            continue;
        }
        size_t from = (size_t)(step->name.ptr - text->str.ptr);
        gb_step_place(text, from, from + step->name.len, &begin, &end);
        if (add_step(out, text->node, text->text, begin, end) && p->form == GB_PROCEDURE_TABLE)
            out->items[out->n - 1].row = step;
    }
}

/* ---- Steps and nodes ---- */

static double
likeness(struct gb_str a, struct gb_str b)
{
    struct gb_han_name x = gb_han_name_read(a), y = gb_han_name_read(b);

    return gb_str_same(a, b) ? 1 : gb_name_likeness(&x, &y);
}

bool
gb_flow_is_step(const struct gb_flow_graph *g, uint32_t v)
{
    enum gb_flow_kind kind = gb_flow_vertex_kind(g, v);

    return g->vertices[v].is_in_flow && kind != GB_FLOW_CONNECTOR && kind != GB_FLOW_FORK && kind != GB_FLOW_DOCUMENT &&
           kind != GB_FLOW_IO;
}

/* A short name in a longer text: 受理 in 受理申请, or its two characters in their order, 制证 in 制作读者证. */
static bool
holds_name(struct gb_str text, struct gb_str name)
{
    size_t first, at;

    if (gb_str_han_length(name) > 3 || gb_str_han_length(text) > LONGEST_NAME)
        return false;
    if (gb_str_has(text, name))
        return true;
    gb_utf8_at(name, 0, &first);
    at = gb_str_starts(text, gb_str_sub(name, 0, first)) ? gb_str_find(text, gb_str_skip(name, first), first)
                                                         : GB_NOT_FOUND;
    return at != GB_NOT_FOUND && gb_str_han_length(name) == 2;
}

static bool
is_taken(const struct gb_flow_steps *steps, uint32_t vertex)
{
    return GB_ANY(GB_ITEMS(step, steps->items, steps->n), step->vertex == vertex);
}

/* A step without a node takes the only one that holds its short name. */
static uint32_t
match_short(const struct gb_flow_graph *g, const struct gb_flow_steps *steps, struct gb_str name)
{
    uint32_t found = GB_NO_VERTEX;

    for (uint32_t v = 0; v < g->n_vertices; v++) {
        if (!gb_flow_is_step(g, v) || is_taken(steps, v) || !holds_name(gb_flow_vertex_text(g, v), name))
            continue;
        if (found != GB_NO_VERTEX)
            return GB_NO_VERTEX;
        found = v;
    }
    return found;
}

unsigned
gb_flow_read_limit(struct gb_str s, unsigned *out_value, unsigned *out_unit, size_t *out_begin, size_t *out_end)
{
    static const struct {
        const char *word;
        unsigned unit, part; /* times so many */
    } units[] = {
        {"个工作日", 1, 1}, {"工作日", 1, 1}, {"个自然日", 2, 1}, {"自然日", 2, 1},  {"日", 2, 1},
        {"天", 2, 1},       {"d", 2, 1},      {"小时", 3, 60},    {"个小时", 3, 60}, {"h", 3, 60},
        {"分钟", 3, 1},     {"min", 3, 1},    {"个月", 5, 1},
    };
    GB_WORDS(others, "月", "每"); /* 3月5日: a day; 每5日: how often */
    unsigned n = 0;

    for (size_t at = 0, next; at < s.len; at = next) {
        int digit = gb_char_digit(gb_utf8_at(s, at, &next));
        if (digit < 0)
            continue;
        size_t end = at;
        unsigned value = 0;
        while (end < s.len && value < 100000 && (digit = gb_char_digit(gb_utf8_at(s, end, &next))) >= 0) {
            value = value * 10 + (unsigned)digit;
            end = next;
        }
        size_t unit_at = gb_skip_any(s, end, " ");
        next = end > at ? end : next;
        for (size_t i = 0; i < GB_COUNT(units); i++) {
            size_t behind = unit_at + strlen(units[i].word);
            if (!gb_str_starts(gb_str_skip(s, unit_at), gb_str_from(units[i].word)) ||
                (gb_is_letter(s.ptr[behind - 1]) && gb_is_letter(gb_str_at(s, behind)))) /* 60 dB */
                continue;
            if (GB_ENDS_ANY(gb_str_trim(gb_str_sub(s, 0, at)), others))
                break;
            *out_value = value * units[i].part, *out_unit = units[i].unit, *out_begin = at, *out_end = behind;
            n++;
            break;
        }
    }
    return n;
}

struct gb_str
gb_flow_bare_text(struct gb_str s)
{
    GB_WORDS(brackets, "（", "(");
    GB_WORDS(within, "之内", "以内", "内");
    unsigned value, unit;
    size_t begin, end, inside;

    s = gb_str_trim(s);
    if (gb_flow_read_limit(s, &value, &unit, &begin, &end) == 1 && begin == 0 &&
        (inside = GB_START(gb_str_skip(s, end), within)) > 0)
        s = gb_str_skip(s, end + inside);
    return gb_str_trim(gb_str_sub(s, 0, GB_UNTIL(s, 0, brackets)));
}

void
gb_flow_part_around(struct gb_str s, size_t at, size_t *out_begin, size_t *out_end)
{
    GB_WORDS(marks, "，", "。", "；", "：", "、");
    size_t begin = at;

    while (begin > 0 && !GB_ENDS_ANY(gb_str_sub(s, 0, begin), marks))
        begin--;
    *out_begin = begin;
    *out_end = GB_UNTIL(s, at, marks);
}

/*
 * The only node whose words the text of the step has; its place becomes that of the words. Where an item before the last says in
 * which case the process ends (不属实的，书面答复), that is no step.
 */
static void
match_words(const struct gb_flow_graph *g, struct gb_flow_steps *steps, struct gb_flow_step *step)
{
    enum { SHORTEST = 4 };
    struct gb_str s = step->text->str;
    uint32_t found = GB_NO_VERTEX;
    size_t begin = 0, end = 0;

    for (uint32_t v = 0; v < g->n_vertices; v++) {
        bool is_end = g->vertices[v].n_out == 0 && step != &steps->items[steps->n - 1];
        struct gb_str words =
            gb_flow_is_step(g, v) && !is_end ? gb_flow_bare_text(gb_flow_vertex_text(g, v)) : GB_STR("");
        size_t at = gb_str_han_length(words) < SHORTEST ? GB_NOT_FOUND : gb_str_find(s, words, 0);
        if (at == GB_NOT_FOUND)
            continue;
        step->is_shown = true;
        if (found != GB_NO_VERTEX || is_taken(steps, v))
            return;
        found = v;
        begin = at;
        end = at + words.len;
    }
    if (found != GB_NO_VERTEX) {
        step->vertex = found;
        step->begin = begin;
        step->end = end;
    }
}

size_t
gb_flow_steps_match(const struct gb_flow_graph *g, struct gb_flow_steps *steps)
{
    static const double least = 0.6;
    size_t n = 0;

    for (size_t i = 0; i < steps->n; i++) {
        double best = least - 1e-9;
        for (uint32_t v = 0; v < g->n_vertices && !steps->items[i].is_sentence; v++) {
            if (!gb_flow_is_step(g, v))
                continue;
            struct gb_str name = GB_WORDS_OF(&steps->items[i]), shown = gb_flow_vertex_text(g, v),
                          bare = gb_flow_bare_text(shown);
            double how = likeness(name, shown);
            if (bare.len < shown.len)
                how = fmax(how, 0.99 * likeness(name, bare));
            if (how > best && !is_taken(steps, v)) {
                best = how;
                steps->items[i].vertex = v;
            }
        }
    }
    for (size_t i = 0; i < steps->n; i++) {
        if (steps->items[i].vertex == GB_NO_VERTEX && !steps->items[i].is_sentence)
            steps->items[i].vertex = match_short(g, steps, GB_WORDS_OF(&steps->items[i]));
        if (steps->items[i].vertex == GB_NO_VERTEX && !steps->items[i].row && !steps->is_sentence &&
            (steps->items[i].node->kind == GB_NODE_ITEM || steps->items[i].node->kind == GB_NODE_PARA))
            match_words(g, steps, &steps->items[i]);
        n += steps->items[i].vertex != GB_NO_VERTEX;
    }
    return n;
}
