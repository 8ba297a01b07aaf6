/* Formulas: their numbers, their legends and what stands in them: EQN-001, EQN-003, EQN-004. */
#include "check/objects/objects_priv.h"

#include "check/changes_priv.h"
#include "check/clause_priv.h"
#include "check/structure/elements_priv.h"
#include "check/objects/formula_priv.h"
#include "check/references/lost_parts_priv.h"
#include "check/references/mentions_priv.h"
#include "check/objects/tex_priv.h"

/* ---- EQN-001: the numbers in their order ---- */

/* ） at the end of the line, or of the element of HTML in it. */
static bool
closes_line(struct gb_str s)
{
    size_t width = gb_str_starts(s, GB_STR(")")) ? 1 : gb_str_starts(s, GB_STR("）")) ? strlen("）") : 0;
    struct gb_str behind = gb_str_trim(gb_str_skip(s, width));

    return width && (!behind.len || behind.ptr[0] == '<');
}

/* （2a）, \tag{2a} or label="2a" in the lines of a formula: bytes [*out_begin, end) of s; end 0: none. */
static size_t
lettered_number(struct gb_str s, size_t *out_begin)
{
    for (size_t at = 1; at + 1 < s.len; at++) {
        if (s.ptr[at] < 'a' || s.ptr[at] > 'h' || s.ptr[at - 1] < '0' || s.ptr[at - 1] > '9')
            continue;
        size_t begin = gb_skip_digits_back(s, at - 1);
        struct gb_str before = gb_str_sub(s, 0, begin), behind = gb_str_skip(s, at + 1);
        bool is_tag = (gb_str_ends(before, GB_STR("\\tag{")) && behind.ptr[0] == '}') ||
                      (gb_str_ends(before, GB_STR("label=\"")) && behind.ptr[0] == '"');
        if (is_tag || (closes_line(behind) && GB_ENDS_WITH(before, "（", "("))) {
            *out_begin = begin;
            return at + 1;
        }
    }
    return 0;
}

/* （2a） and nothing else in the first line with words behind `end`: its bytes in *out. */
static bool
find_lettered_line(struct gb_str text, size_t end, struct gb_span *out)
{
    end = gb_skip_any(text, end, "\n\r ");
    struct gb_str line = gb_str_trim(gb_str_sub(text, end, gb_str_find(text, GB_STR("\n"), end)));
    enum { LONGEST = 12 };
    size_t begin, behind = line.len <= LONGEST && (GB_STARTS_WITH(line, "（", "(")) ? lettered_number(line, &begin) : 0;

    if (behind)
        *out = (struct gb_span){(uint32_t)(end + begin), (uint32_t)(end + behind)};
    return behind > 0;
}

/* The number stands in the line of the formula, or alone on the line behind it. */
static bool
find_lettered(struct gb_check *c, const struct gb_node *formula, struct gb_span *out)
{
    const struct gb_source *source = c->doc->source;
    const struct gb_source_file *file = &source->files[0];
    size_t end, begin = 0, line = formula->span.begin;

    if (source->n_files != 1 || formula->num.n || !gb_object_is_own(formula) || formula->span.end > file->text.len)
        return false;
    for (end = formula->span.end; end < file->text.len && file->text.ptr[end] != '\n'; end++) {
    }
    size_t behind = lettered_number(gb_str_sub(file->text, line, end), &begin);
    *out = (struct gb_span){(uint32_t)(line + begin), (uint32_t)(line + behind)};
    return behind > 0 || find_lettered_line(file->text, end, out);
}

/* Formulas from the first with a letter on count through: each with a letter is told, the first has the new numbers of all. */
struct lettered {
    const struct gb_node *formula;
    struct gb_span span;
};

struct relettering {
    GB_ARRAY(struct lettered) lettered;
    struct gb_changes changes;
    unsigned last, n; /* the last number given; how many */
};

static void
change_lettered(struct gb_check *c, struct relettering *r, struct gb_span span)
{
    static const char *const labels[] = {"式（", "式("};
    struct gb_str words = gb_source_text(c->doc->source, span);
    struct gb_str by = gb_arena_printf(c->arena, "%u", ++r->last);

    *gb_push(&r->changes.list) = (struct gb_edit){.span = span, .text = by};
    for (size_t i = 0; i < GB_COUNT(labels) && r->n < GB_MOST_OBJECT_PLACES; i++)
        gb_change_written(c, &r->changes, labels[i], words, by);
    r->n++;
}

static void
judge_letters(struct gb_check *c)
{
    struct relettering r = {0};
    struct gb_span span;

    GB_EACH_NODE(formula, &c->facts->of_kind[GB_NODE_FORMULA]) {
        bool is_counted = gb_object_has_number(formula) && formula->num.n == 1 && !formula->num.letter;
        if (find_lettered(c, formula, &span)) {
            *gb_push(&r.lettered) = (struct lettered){formula, span};
            change_lettered(c, &r, span);
        } else if (is_counted && !r.lettered.len) {
            r.last = formula->num.part[0];
        } else if (is_counted) {
            gb_change_number(c, &r.changes, formula, true, gb_arena_printf(c->arena, "%u", ++r.last));
            r.n++;
        }
    }
    if (r.n >= GB_MOST_OBJECT_PLACES) /* better left to --renumber */
        gb_drop_changes(&r.changes);
    GB_EACH(const struct lettered, l, r.lettered.items, r.lettered.len) {
        struct gb_finding *f = gb_report_case(c, "letter", gb_at_span(l->span), l->formula,
                                              GB_ARGS(gb_source_text(c->doc->source, l->span)));
        if (l == r.lettered.items)
            gb_apply_changes(c, f, &r.changes);
    }
    gb_array_release(&r.lettered);
}

/* （6-1）: a number that follows the chapter, though the formulas of the body are counted through. One finding for all. */
static void
judge_chaptered(struct gb_check *c)
{
    struct gb_finding *f = NULL;

    GB_EACH_NODE(formula, &c->facts->of_kind[GB_NODE_FORMULA]) {
        if (!gb_object_has_number(formula) || formula->num.n != 2 || formula->num.letter ||
            !gb_object_is_own(formula) || gb_node_inside(formula, GB_NODE_ANNEX))
            continue;
        f = gb_report_one(c, f, "chapter", gb_at_number(formula), formula, GB_ARGS(formula->number.str));
    }
}

/* The formula that a mention leads in, where it bears no number: 按公式（3）计算：. A picture may hold its number. */
static const struct gb_node *
led_in(const struct gb_mention *m)
{
    const struct gb_node *next =
        m->node->kind == GB_NODE_PARA || m->node->kind == GB_NODE_ITEM ? gb_object_behind(m->node) : NULL;

    if (m->node->kind == GB_NODE_ITEM && m->node->first)
        next = m->node->first;
    return next && next->kind == GB_NODE_FORMULA && !next->num.n && next->text.str.len && gb_object_is_own(next) ? next
                                                                                                                 : NULL;
}

/* Does the mention name a number that the formula it leads in does not bear? */
static const struct gb_node *
unnumbered(struct gb_check *c, const struct gb_mention *m)
{
    struct gb_span span;
    const struct gb_node *formula =
        m->kind == GB_MENTION_FORMULA && !m->target && gb_mention_is_sure(m) ? led_in(m) : NULL;

    return formula && !find_lettered(c, formula, &span) && !gb_formula_number_stands(c, &m->num) ? formula : NULL;
}

static void
report_unnumbered(struct gb_check *c, const struct gb_node *formula, const struct gb_mention *m)
{
    const struct gb_source *source = c->doc->source;
    struct gb_str number = gb_number_text(&m->num, c->arena);
    struct gb_at at = gb_at_text(&formula->text);
    struct gb_finding *f = gb_report_case(c, "unnumbered", at, formula, GB_ARGS(number));
    struct gb_span span = formula->span;
    bool is_line = gb_source_line(source, span.begin) == gb_source_line(source, span.end - 1);

    gb_also(c, f, gb_mention_at(m), gb_say(c, "提及的是它", "this mentions it"));
    if (!at.by_line && is_line && c->doc->blanks_matter)
        gb_fix(c, f, (struct gb_span){span.end, span.end}, gb_arena_printf(c->arena, " （%.*s）", GB_FMT(number)));
}

/*
 * A formula that is mentioned bears a number; what mentions it follows from the same slip. Where none of several does, a conversion
 * lost the numbers.
 */
static void
judge_mentioned(struct gb_check *c)
{
    enum { MOST = 8, MOST_LOOKED_AT = 64 }; /* each is looked for in the whole source */
    const struct gb_facts *facts = c->facts;
    const struct gb_nodes *all = &facts->of_kind[GB_NODE_FORMULA];
    const struct gb_mention *found[MOST];
    size_t n = 0, n_numbered = 0, n_vain = 0;

    GB_EACH_NODE(formula, all)
        n_numbered += gb_object_has_number(formula);
    for (uint32_t i = 0; all->n && i < facts->n_mentions && n < MOST && n_vain < MOST_LOOKED_AT; i++) {
        n_vain += facts->mentions[i].kind == GB_MENTION_FORMULA && !facts->mentions[i].target;
        const struct gb_node *formula = unnumbered(c, &facts->mentions[i]);
        if (formula && !(n && led_in(found[n - 1]) == formula))
            found[n++] = &facts->mentions[i];
    }
    for (size_t i = 0; i < n && (n == 1 || n <= n_numbered); i++)
        report_unnumbered(c, led_in(found[i]), found[i]);
}

/* Formulas without number are none of the run. Source: GB/T 1.1—2020, 9.9.2; 2009, 8.8.3. */
static void
check_sequence(struct gb_check *c)
{
    static const struct gb_object_run run = {GB_NODE_FORMULA, GB_MENTION_FORMULA, NULL, NULL};

    gb_judge_object_run(c, &run);
    judge_letters(c);
    judge_chaptered(c);
    judge_mentioned(c);
}

/* ---- TeX ---- */

/* Environments of cases and conditions, in which words are right. */
static bool
has_conditions(struct gb_str s)
{
    GB_WORDS(words, "cases", "array", "\\left\\{", "otherwise", "\\rightarrow", "\\longrightarrow", "\\to");

    return GB_HAS_ANY(s, words);
}

/* ---- EQN-003: words in formulas ---- */

/* Words of conditions, and of what leads a formula in, or an example that a conversion took for one. */
static bool
is_condition(struct gb_str words)
{
    GB_WORDS(all, "其他", "式中", "如果", "否则", "公式", "其中", "示例", "单位", "若", "或者", "并且");
    GB_WORDS(first, "或", "且", "和", "为", "即", "式");

    return GB_HAS_ANY(words, all) || GB_STARTS_ANY(words, first) ||
           (gb_str_starts(words, GB_STR("当")) && !gb_str_starts(words, GB_STR("当量"))) ||
           gb_str_ends(words, GB_STR("时"));
}

/* 直线型 \qquad y = a + bx: words that a gap parts from the formula say when it holds. */
static bool
is_label(struct gb_str behind)
{
    GB_WORDS(gaps, "qquad", "quad", "hspace");
    size_t at = gb_skip_any(behind, 0, "} ");
    size_t command = gb_skip_any(behind, at, "\\");
    return command > at && GB_STARTS_ANY(gb_str_skip(behind, command), gaps);
}

/* The first two or more Han characters outside of subscripts; *out_end is behind them. */
static size_t
find_words(struct gb_str s, size_t *out_end)
{
    size_t begin = 0, n = 0, next;

    for (size_t at = 0; at < s.len; at = next) {
        next = gb_tex_behind_index(s, at);
        if (next > at) {
            n = 0;
            continue;
        }
        uint32_t ch = gb_utf8_at(s, at, &next);
        if (gb_char_is_han(ch)) {
            begin = n++ ? begin : at;
            *out_end = next;
        } else if (n >= 2) {
            break;
        } else {
            n = 0;
        }
    }
    return n >= 2 ? begin : GB_NOT_FOUND;
}

/* Not a single symbol or a reaction. */
static bool
is_formula_text(struct gb_str s)
{
    return gb_relation_in(s) != GB_NOT_FOUND || gb_str_has(s, GB_STR("＝"));
}

/* Capitals that are names of functions or sets. */
static bool
is_function_name(struct gb_str name)
{
    GB_WORDS(all, "MAX", "MIN", "SUM", "INT", "LOG", "EXP", "LN", "SIN", "COS", "AND", "OR", "IF", "MOD", "XOR",
             "ROUND");

    return GB_IS_ANY(name, all);
}

/* An abbreviation in capitals for the quantity on the left: BMI =, \mathrm{COD} =. Bytes [*out_begin, end); end 0: none. */
static size_t
abbreviation(struct gb_str s, size_t *out_begin)
{
    GB_WORDS(upright, "\\mathrm{", "\\text{", "\\rm{", "\\textrm{", "\\operatorname{", "\\mathit{");
    size_t at = gb_skip_any(s, 0, " \n{$");
    bool is_upright = GB_STARTS_ANY(gb_str_skip(s, at), upright);
    if (is_upright)
        at = gb_str_find(s, GB_STR("{"), at) + 1;
    *out_begin = at;
    while (at < s.len && gb_is_upper(s.ptr[at]))
        at++;
    size_t end = at, least = is_upright ? 2 : 3;
    at = gb_skip_any(s, at, " }");
    return end - *out_begin >= least && at < s.len && s.ptr[at] == '=' &&
                   !is_function_name(gb_str_sub(s, *out_begin, end))
               ? end
               : 0;
}

/* Behind the capitals from `begin` on; *out_is_word: not each of them is the symbol of a chemical element. */
static size_t
skip_capitals(struct gb_str s, size_t begin, bool *out_is_word)
{
    size_t end = begin;

    for (*out_is_word = false; end < s.len && gb_is_upper(s.ptr[end]); end++)
        *out_is_word = *out_is_word || !strchr("BCFHIKNOPSUVWY", s.ptr[end]);
    return end;
}

/* The same in upright letters anywhere else in it, \mathrm{TOC}; no reaction, no substance in brackets: letters of which each is an element. */
static size_t
inner_abbreviation(struct gb_str s, size_t *out_begin)
{
    struct gb_str open = GB_STR("\\mathrm{");

    for (size_t at = 0, next; at < s.len; at = next) {
        next = gb_tex_behind_index(s, at);
        if (next > at)
            continue;
        next = at + 1;
        if (!gb_str_starts(gb_str_skip(s, at), open) || (at > 0 && s.ptr[at - 1] == '('))
            continue;
        bool is_word;
        size_t begin = at + open.len, end = skip_capitals(s, begin, &is_word);
        if (is_word && end >= begin + 2 && end < s.len && s.ptr[end] == '}' &&
            !is_function_name(gb_str_sub(s, begin, end))) {
            *out_begin = begin;
            return end;
        }
    }
    return 0;
}

/* The legend behind the formula, with no more than a few other formulas between; NULL: there is none. */
static const struct gb_node *
legend_behind(const struct gb_node *formula)
{
    enum { MOST_BETWEEN = 10 };
    const struct gb_node *n = gb_object_behind(formula);

    for (int i = 0; i < MOST_BETWEEN && n && n->kind == GB_NODE_FORMULA; i++)
        n = gb_object_behind(n);
    return n && n->kind == GB_NODE_WHERE ? n : NULL;
}

/* NPV of the line NPV——净现值；: capitals of which not each is an element. Empty: the line explains a symbol. */
static struct gb_str
abbreviation_of_line(struct gb_str line)
{
    enum { SHORTEST = 3 };
    bool is_word;
    size_t begin = gb_skip_any(line, 0, "$ {*"), end = skip_capitals(line, begin, &is_word);
    struct gb_str name = gb_str_sub(line, begin, end);
    bool is_whole = end < line.len && !gb_is_alnum(line.ptr[end]);
    return is_word && is_whole && name.len >= SHORTEST && !is_function_name(name) ? name : gb_str_sub(line, 0, 0);
}

/* The same anywhere in the formula, by what its legend explains. */
static size_t
explained_abbreviation(const struct gb_node *formula, size_t *out_begin)
{
    const struct gb_node *where = legend_behind(formula);
    struct gb_str s = formula->text.str;

    for (const struct gb_node *line = where ? where->first : NULL; line; line = line->next) {
        struct gb_str name = abbreviation_of_line(line->text.str);
        size_t at = name.len ? gb_str_find(s, name, 0) : GB_NOT_FOUND;
        if (at == GB_NOT_FOUND || (at > 0 && gb_is_alnum(s.ptr[at - 1])) ||
            (at + name.len < s.len && gb_is_alnum(s.ptr[at + name.len])))
            continue;
        *out_begin = at;
        return at + name.len;
    }
    return 0;
}

/* Source: GB/T 1.1—2020, 9.9.3.1; 2009, 8.8.2. */
static void
judge_formula_words(struct gb_check *c, const struct gb_node *formula)
{
    struct gb_str s = formula->text.str;
    size_t end = 0, begin = find_words(s, &end);

    if (!is_formula_text(s) || has_conditions(s) || !gb_object_is_own(formula))
        return;
    if (begin != GB_NOT_FOUND) {
        if (!is_condition(gb_str_sub(s, begin, end)) && !is_label(gb_str_skip(s, end)))
            gb_report(c, gb_at_part(&formula->text, begin, end), formula, GB_ARGS(gb_str_sub(s, begin, end)));
        return;
    }
    end = abbreviation(s, &begin);
    end = end ? end : inner_abbreviation(s, &begin);
    end = end ? end : explained_abbreviation(formula, &begin);
    if (end)
        gb_report_case(c, "abbreviation", gb_at_part(&formula->text, begin, end), formula,
                       GB_ARGS(gb_str_sub(s, begin, end)));
}

/* How long the Han name at the head of a line is, before a sign of equality; 0: none. */
static size_t
named_left_side(struct gb_str s)
{
    size_t at = 0, next, n = 0;

    for (; at < s.len && gb_char_is_han(gb_utf8_at(s, at, &next)); at = next)
        n++;
    return n >= 2 && n <= 15 && gb_char_narrow(gb_char_at(s, gb_str_skip_space(s, at))) == '=' ? at : 0;
}

/*
 * A formula in words that stands as a paragraph of its own: 满意率 = 满意人数 / 总人数 × 100%. One sign of equality, a sign of
 * calculation, words on both sides, and no mark of a sentence.
 */
static void
judge_line_of_words(struct gb_check *c, const struct gb_node *para)
{
    GB_WORDS(signs, "/", "÷", "×", "／", "+", "－", "＋", "−", "*");
    GB_WORDS(marks, "，", "。", "；", "：", "、", "“", "\n", "http", "《");
    struct gb_str s = para->text.str;
    bool has_sign = s.len && (memchr(s.ptr, '=', s.len) || gb_str_has(s, GB_STR("＝")));
    size_t end = has_sign ? named_left_side(s) : 0;

    if (!end || GB_HAS_ANY(s, marks))
        return;
    struct gb_str right = gb_str_skip(s, end);
    if (!GB_HAS_ANY(right, signs) || gb_str_han_length(right) < 4 || gb_str_han_length(s) > 50 ||
        !gb_object_is_own(para) || para->parent->kind == GB_NODE_WHERE || para->parent->kind == GB_NODE_FIGURE)
        return;
    gb_report(c, gb_at_part(&para->text, 0, end), para, GB_ARGS(gb_str_sub(s, 0, end)));
}

static void
check_words(struct gb_check *c)
{
    enum { LONGEST = 200 };

    GB_EACH_NODE(formula, &c->facts->of_kind[GB_NODE_FORMULA])
        judge_formula_words(c, formula);
    GB_EACH_NODE(para, &c->facts->of_kind[GB_NODE_PARA]) {
        if (para->text.str.len < LONGEST)
            judge_line_of_words(c, para);
    }
}

/* ---- EQN-004: units in formulas ---- */

/* Does a symbol stand right of the first sign of equality? A result in numbers has its unit with it. */
static bool
has_symbol_right(struct gb_str s, struct gb_span unit)
{
    size_t equals = gb_str_find(s, GB_STR("="), 0), end = gb_str_sub(s, 0, gb_str_find(s, GB_STR("\\tag"), 0)).len;

    for (size_t at = equals, next; at < end; at = next) {
        next = at == unit.begin ? unit.end : gb_tex_behind_index(s, at);
        if (next > at)
            continue;
        next = at + 1;
        if (gb_opens_upright(gb_str_skip(s, at)) && at > unit.begin) {
            size_t close = gb_str_find(s, GB_STR("}"), at); /* one more unit, or a word */
            next = close < end ? close : end;
        } else if (s.ptr[at] == '\\') {
            next = gb_skip_letters(s, next);
            continue;
        }
        if (gb_is_letter(s.ptr[at]))
            return true;
    }
    return false;
}

/* Source: GB/T 1.1—2020, 9.9.3.1; 2009, 8.8.2. */
static void
check_units(struct gb_check *c, const struct gb_node *formula)
{
    struct gb_str s = formula->text.str;
    size_t begin, end = gb_formula_unit(gb_lexicon_measures(c->facts->lexicon), s, &begin);

    if (!end || !gb_object_is_own(formula) || has_conditions(s) || gb_str_find(s, GB_STR("="), 0) > begin ||
        !has_symbol_right(s, (struct gb_span){(uint32_t)begin, (uint32_t)end}))
        return;
    gb_report(c, gb_at_part(&formula->text, begin, end), formula, GB_ARGS(gb_str_sub(s, begin, end)));
}

const struct gb_check_def gb_formula_checks[] = {
    {.name = "formula-sequence", .whole = check_sequence, .cases = "chapter double missing letter unnumbered"},
    {.name = "formula-unit", .run = check_units, .on = GB_ON(FORMULA)},
    {.name = "formula-words", .whole = check_words, .cases = "abbreviation"},
    {0},
};
