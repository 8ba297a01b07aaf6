/* What checks tell: places, findings with level, message, source and clause number, their fixes. */
#include "rule/run_priv.h"

struct gb_at
gb_piece_at(const struct gb_piece *piece, size_t begin, size_t end)
{
    return gb_at_part(piece->text, gb_joined_begin(piece->joined, begin), gb_joined_end(piece->joined, end));
}

struct gb_at
gb_at_text(const struct gb_text *text)
{
    bool is_exact = true;
    struct gb_span span = gb_text_whole(text, &is_exact);

    return (struct gb_at){span, !is_exact};
}

struct gb_at
gb_at_span(struct gb_span span)
{
    return (struct gb_at){span, false};
}

struct gb_at
gb_at_lines(struct gb_span span)
{
    return (struct gb_at){span, true};
}

struct gb_at
gb_at_head(const struct gb_node *node)
{
    const struct gb_text *texts[] = {node->kind == GB_NODE_ITEM ? &node->marker : &node->head, &node->head,
                                     &node->title, &node->number, &node->text};

    GB_FIND(text, texts, GB_COUNT(texts), (*text)->str.len && (*text)->n_runs);
    return text ? gb_at_text(*text) : gb_at_lines(node->span);
}

/* ---- Findings ---- */

/* What a text of a rule is filled in with: the arguments of the finding for {0} … {9}, what the draft calls itself for {self}. */
struct filling {
    const struct gb_str *args;
    size_t n;
    struct gb_str self;
};

/* What stands for the brace that `text` begins with, and how long it is there; NULL: it is a brace of the text. */
static const struct gb_str *
find_filling(const struct filling *filling, struct gb_str text, size_t *out_len)
{
    static const struct gb_str none = {0};
    struct gb_str self = GB_STR("{self}");

    *out_len = gb_str_starts(text, self) ? self.len : strlen("{0}");
    if (*out_len == self.len)
        return &filling->self;
    if (text.len < *out_len || text.ptr[2] != '}' || !gb_is_digit(text.ptr[1]))
        return NULL;
    size_t which = (size_t)(text.ptr[1] - '0');
    return which < filling->n ? &filling->args[which] : &none;
}

/* Writes the words on one line, as a reader sees them: no message has a line end of the draft; `out` NULL: only counts. */
static size_t
put_words(struct gb_str words, char *out)
{
    size_t len = 0;

    if (words.len && !memchr(words.ptr, '\n', words.len)) {
        if (out)
            memcpy(out, words.ptr, words.len);
        return words.len;
    }
    for (size_t i = 0; i < words.len; i++) {
        if (words.ptr[i] == '\n' && gb_is_tight_break(words, i))
            continue;
        if (out)
            out[len] = words.ptr[i] == '\n' ? ' ' : words.ptr[i];
        len++;
    }
    return len;
}

/* Writes the template with what it is filled in with; `out` NULL: only counts. */
static size_t
put_filled(struct gb_str template, const struct filling *filling, char *out)
{
    const char *at = template.ptr, *end = at + template.len, *brace;
    size_t len = 0;

    for (; (brace = memchr(at, '{', (size_t)(end - at))); at = brace) {
        size_t width;
        const struct gb_str *by = find_filling(filling, (struct gb_str){brace, (size_t)(end - brace)}, &width);
        size_t before = (size_t)(brace - at) + !by;
        if (out)
            memcpy(out + len, at, before);
        len += before;
        if (by)
            len += put_words(*by, out ? out + len : NULL);
        brace += by ? width : 1;
    }
    if (out)
        memcpy(out + len, at, (size_t)(end - at));
    return len + (size_t)(end - at);
}

static struct gb_str
fill(struct gb_str template, const struct filling *filling, struct gb_arena *arena)
{
    if (!memchr(template.ptr, '{', template.len))
        return template;
    size_t len = put_filled(template, filling, NULL);
    char *out = gb_arena_alloc(arena, len + 1);
    put_filled(template, filling, out);
    return (struct gb_str){out, len};
}

struct gb_str
gb_page_shown(struct gb_str text, struct gb_arena *arena)
{
    struct gb_str args[10];

    for (size_t i = 0; i < GB_COUNT(args); i++)
        args[i] = GB_STR("……");
    return fill(text, &(struct filling){args, GB_COUNT(args), GB_STR("本文件")}, arena);
}

static const struct gb_image_case *
find_case(const struct gb_rule *rule, const char *which)
{
    const struct gb_image_case *cases = gb_image_at(rule->image, rule->data->cases);

    GB_FIND(row, cases, which ? rule->data->cases.n : 0, gb_str_is(gb_image_str(rule->image, row->name), which));
    return row;
}

static struct gb_str
words_of(const struct gb_ruleset *rules, const struct gb_rule *rule, const struct gb_words *own,
         const struct gb_words *inherited)
{
    const struct gb_words *words = own && own->in[GB_ZH].n ? own : inherited;

    return gb_image_str(rule->image, words->in[rules->english ? GB_EN : GB_ZH]);
}

/* One finding with all that follows from the rule and the draft; NULL when the case is off, or enough was told. */
static struct gb_finding *
add_finding(const struct gb_ruleset *rules, const struct gb_rule *rule, const char *which, const struct gb_facts *facts,
            struct gb_report *report, struct gb_at at, struct gb_str clause, const struct gb_str *args, size_t n_args)
{
    const struct gb_image_case *c = find_case(rule, which);
    uint8_t level = rule->level[facts->edition];

    if (c && c->level[facts->edition] != GB_LEVEL_INHERIT && c->level[facts->edition] < level)
        level = c->level[facts->edition];
    if (level == GB_LEVEL_OFF)
        return NULL;
    bool is_lowered = rule->data->stages && facts->stage != GB_STAGE_UNKNOWN &&
                      !(rule->data->stages >> facts->stage & 1) && level > GB_LEVEL_INFO;
    struct gb_finding *f =
        gb_report_add(report, gb_rule_info_of(rules, rule), is_lowered ? GB_LEVEL_INFO : (enum gb_level)level);
    if (!f)
        return NULL;
    f->at = at;
    f->clause = clause;
    struct filling filling = {args, n_args, facts->edition == GB_EDITION_2009 ? GB_STR("本标准") : GB_STR("本文件")};
    f->message = fill(words_of(rules, rule, c ? &c->message : NULL, &rule->data->message), &filling, report->arena);
    f->remedy = fill(words_of(rules, rule, c ? &c->remedy : NULL, &rule->data->remedy), &filling, report->arena);
    f->source = gb_image_str(rule->image, rule->data->source_line[facts->edition]);
    return f;
}

struct gb_finding *
gb_report_case(struct gb_check *check, const char *which, struct gb_at at, const struct gb_node *node,
               const struct gb_str *args, size_t n_args)
{
    const struct gb_node *clause = node ? gb_node_clause(node) : NULL;
    struct gb_rule_run *run = check->run;

    if (check->is_done)
        return NULL;
    check->is_done = check->rule->head->is_once;
    return add_finding(run->rules, check->rule, which, check->facts, run->report, at,
                       clause ? clause->number.str : GB_STR(""), args, n_args);
}

struct gb_finding *
gb_report(struct gb_check *check, struct gb_at at, const struct gb_node *node, const struct gb_str *args, size_t n_args)
{
    return gb_report_case(check, NULL, at, node, args, n_args);
}

struct gb_finding *
gb_ruleset_report(const struct gb_ruleset *rules, const char *code, const char *which, const struct gb_facts *facts,
                  struct gb_report *report, struct gb_at at, struct gb_str clause, const struct gb_str *args,
                  size_t n_args)
{
    const struct gb_rule *rule = gb_ruleset_find(rules, gb_str_from(code));

    struct gb_switches switches = gb_find_switches(rules, facts);

    if (!rule || !gb_rule_is_on(rules, rule, facts, &switches))
        return NULL;
    return add_finding(rules, rule, which, facts, report, at, clause, args, n_args);
}

void
gb_also(struct gb_check *check, struct gb_finding *finding, struct gb_at at, struct gb_str message)
{
    if (finding)
        gb_finding_relate(check->run->report, finding, at, message);
}

/* Number of the innermost clause that a place is in; "" outside of all. */
static struct gb_str
clause_at(const struct gb_facts *facts, uint32_t offset)
{
    GB_SEEK(uint32_t, i, facts->numbered.n, facts->numbered.items[i]->span.begin <= offset);
    const struct gb_node *last = i ? facts->numbered.items[i - 1] : NULL, *top = last ? gb_node_top(last) : NULL;

    if (!last || (top->next && top->next->span.begin <= offset)) /* in the bibliography behind it */
        return GB_STR("");
    return gb_node_clause(last)->number.str;
}

void
gb_also_there(struct gb_check *check, struct gb_finding *finding, struct gb_at at)
{
    if (!finding || finding->n_related >= GB_MOST_PLACES)
        return;
    struct gb_related *related = gb_finding_relate(check->run->report, finding, at, GB_STR(""));
    related->is_alike = true;
    related->clause = clause_at(check->facts, at.span.begin);
}

struct gb_finding *
gb_report_one(struct gb_check *check, struct gb_finding *first, const char *which, struct gb_at at,
              const struct gb_node *node, const struct gb_str *args, size_t n_args)
{
    if (!first)
        return gb_report_case(check, which, at, node, args, n_args);
    gb_also_there(check, first, at);
    return first;
}

bool
gb_wants_fix(const struct gb_check *check, const struct gb_finding *finding)
{
    return finding && check->run->report->wants_fixes && check->rule->data->fix != GB_FIX_NONE && !finding->at.by_line;
}

void
gb_fix(struct gb_check *check, struct gb_finding *finding, struct gb_span span, struct gb_str text)
{
    if (!gb_wants_fix(check, finding))
        return;
    if (finding->n_edits == 0)
        finding->fix_safe = check->rule->data->fix == GB_FIX_SAFE;
    gb_finding_edit(check->run->report, finding, span, text);
}

struct gb_finding *
gb_report_fix(struct gb_check *check, const char *which, struct gb_at at, const struct gb_node *node, struct gb_str by,
              const struct gb_str *args, size_t n_args)
{
    struct gb_finding *finding = gb_report_case(check, which, at, node, args, n_args);

    gb_fix(check, finding, at.span, by);
    return finding;
}

void
gb_fix_part(struct gb_check *check, struct gb_finding *finding, const struct gb_text *text, size_t begin, size_t end,
            struct gb_str by)
{
    bool is_exact = false;
    struct gb_span span = gb_text_span(text, begin, end, &is_exact);

    if (is_exact)
        gb_fix(check, finding, span, by);
}

void
gb_fix_markup(struct gb_check *check, struct gb_finding *finding, struct gb_span span, struct gb_str text)
{
    uint32_t before = finding ? finding->n_edits : 0;

    gb_fix(check, finding, span, text);
    if (finding && finding->n_edits > before)
        finding->edits[before].is_markup = true;
}

void
gb_fix_edits(struct gb_check *check, struct gb_finding *finding, const struct gb_edit *edits, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        uint32_t before = finding ? finding->n_edits : 0;
        gb_fix(check, finding, edits[i].span, edits[i].text);
        if (finding && finding->n_edits > before)
            finding->edits[before] = edits[i];
    }
}

void
gb_fix_unsafe(struct gb_finding *finding)
{
    if (finding)
        finding->fix_safe = false;
}
