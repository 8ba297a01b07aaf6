/* What term entries, lists of abbreviations and declared short forms say. See term.h. */
#include "facts/terms/term_priv.h"

#include "doc/joined.h"
#include "text/chars.h"

/* ---- designations ---- */

/* 一 维单元: a conversion put a blank behind the first character. Where it stands; 0: there is none. */
static size_t
blank_behind_first(struct gb_str s)
{
    size_t at = 0, next = 0;
    uint32_t first = s.len ? gb_utf8_at(s, 0, &at) : 0;

    return gb_char_is_han(first) && at < s.len && s.ptr[at] == ' ' && at + 1 < s.len &&
                   gb_char_is_han(gb_utf8_at(s, at + 1, &next))
               ? at
               : 0;
}

static struct gb_str
words_of(const struct gb_facts *facts, const struct gb_text *text)
{
    struct gb_joined joined = {0};

    gb_join(text, &joined);
    struct gb_str words = gb_str_eq(joined.str, text->str) ? text->str : gb_arena_copy(facts->arena, joined.str);
    gb_joined_release(&joined);
    size_t blank = blank_behind_first(words);
    if (blank)
        words = gb_arena_printf(facts->arena, "%.*s%.*s", (int)blank, words.ptr, (int)(words.len - blank - 1),
                                words.ptr + blank + 1);
    return words;
}

static void
add_designation(struct gb_term_reader *r, const struct gb_node *node, struct gb_text text,
                enum gb_designation_status status)
{
    struct gb_term *term = &r->terms.items[r->terms.len - 1];

    text = gb_text_trim(&text);
    if (!text.str.len)
        return;
    *gb_push(&r->designations) = (struct gb_designation){.text = text,
                                                         .words = words_of(r->facts, &text),
                                                         .node = node,
                                                         .status = status,
                                                         .term = (uint32_t)r->terms.len - 1,
                                                         .first_use = GB_NO_USE,
                                                         .last_use = GB_NO_USE};
    term->n++;
}

static struct gb_term *
add_term(struct gb_term_reader *r, enum gb_term_kind kind, const struct gb_node *node)
{
    struct gb_term *term = gb_push(&r->terms);

    *term = (struct gb_term){.kind = kind, .node = node, .first = (uint32_t)r->designations.len};
    return term;
}

static bool
is_separator(uint32_t c)
{
    return c == ';' || c == '|' || c == '(' || c == ')' || c == ',' || c == 0x3001; /* 、 */
}

/* The Chinese part of a designation with its English behind it. */
static struct gb_text
without_english(const struct gb_text *text)
{
    struct gb_str s = text->str;
    uint32_t last = 0;
    size_t next;

    if (!gb_str_has_han(s))
        return *text;
    for (size_t at = 0; at < s.len; at = next) {
        uint32_t c = gb_utf8_at(s, at, &next);
        if (gb_char_is_latin(c) && last && gb_char_is_space(last) && !gb_str_has_han(gb_str_skip(s, at)))
            return gb_text_slice(text, 0, at);
        last = c;
    }
    return *text;
}

/* Cuts a text that may hold several designations: ；二手书 or （RFID；射频标签）. */
static void
add_designations(struct gb_term_reader *r, const struct gb_node *node, const struct gb_text *text,
                 enum gb_designation_status status)
{
    struct gb_str s = text->str;
    size_t begin = 0, next;

    for (size_t at = 0; at <= s.len; at = next) {
        bool is_end = at == s.len;
        next = at + 1;
        if (!is_end && !is_separator(gb_char_narrow(gb_utf8_at(s, at, &next))))
            continue;
        struct gb_text part = gb_text_slice(text, begin, at);
        part = without_english(&part);
        bool is_short = status == GB_DESIGNATION_ADMITTED && !gb_str_has_han(part.str);
        if (gb_str_has_han(part.str) || (part.str.len && gb_char_is_latin(gb_char_at(part.str, 0))))
            add_designation(r, node, part, is_short ? GB_DESIGNATION_SHORT : status);
        begin = next;
    }
}

/* ---- term entries ---- */

static const struct {
    struct gb_str label;
    enum gb_designation_status status;
} labels[] = {
    {GB_WORD("许用术语"), GB_DESIGNATION_ADMITTED},     {GB_WORD("许用"), GB_DESIGNATION_ADMITTED},
    {GB_WORD("同义词"), GB_DESIGNATION_ADMITTED},       {GB_WORD("又称"), GB_DESIGNATION_ADMITTED},
    {GB_WORD("也称"), GB_DESIGNATION_ADMITTED},         {GB_WORD("亦称"), GB_DESIGNATION_ADMITTED},
    {GB_WORD("又名"), GB_DESIGNATION_ADMITTED},         {GB_WORD("简称"), GB_DESIGNATION_SHORT},
    {GB_WORD("缩略语"), GB_DESIGNATION_SHORT},          {GB_WORD("缩写"), GB_DESIGNATION_SHORT},
    {GB_WORD("拒用术语"), GB_DESIGNATION_DEPRECATED},   {GB_WORD("拒用"), GB_DESIGNATION_DEPRECATED},
    {GB_WORD("被取代术语"), GB_DESIGNATION_DEPRECATED}, {GB_WORD("被取代"), GB_DESIGNATION_DEPRECATED},
    {GB_WORD("已取代"), GB_DESIGNATION_DEPRECATED},     {GB_WORD("曾用术语"), GB_DESIGNATION_DEPRECATED},
    {GB_WORD("曾用名"), GB_DESIGNATION_DEPRECATED},     {GB_WORD("曾称"), GB_DESIGNATION_DEPRECATED},
    {GB_WORD("旧称"), GB_DESIGNATION_DEPRECATED},       {GB_WORD("不推荐使用"), GB_DESIGNATION_DEPRECATED},
    {GB_WORD("废弃"), GB_DESIGNATION_DEPRECATED},       {GB_WORD("DEPRECATED"), GB_DESIGNATION_DEPRECATED},
};

/* "许用术语：跳蚤市场": where the words begin, 0 when the line has no such label. */
static size_t
behind_label(struct gb_str s, enum gb_designation_status *out_status)
{
    for (size_t i = 0; i < GB_COUNT(labels); i++) {
        if (!gb_str_starts(s, labels[i].label))
            continue;
        size_t at = labels[i].label.len, next;
        uint32_t c = at < s.len ? gb_char_narrow(gb_utf8_at(s, at, &next)) : 0;
        if (c != ':' && c != ' ')
            continue;
        *out_status = labels[i].status;
        return next;
    }
    return 0;
}

/* "鬼市（拒用）": the words, or an empty text. */
static struct gb_text
before_mark(const struct gb_text *line, enum gb_designation_status *out_status)
{
    struct gb_str s = line->str;

    for (size_t i = 0; i < GB_COUNT(labels); i++) {
        size_t at = gb_str_find(s, labels[i].label, 1), before, next;
        if (at == GB_NOT_FOUND || at + labels[i].label.len >= s.len)
            continue;
        uint32_t open = gb_char_narrow(gb_utf8_before(s, at, &before));
        uint32_t close = gb_char_narrow(gb_utf8_at(s, at + labels[i].label.len, &next));
        if (open == '(' && close == ')' && next == s.len) {
            *out_status = labels[i].status;
            return gb_text_slice(line, 0, before);
        }
    }
    return gb_text_slice(line, 0, 0);
}

static bool
ends_sentence(struct gb_str s)
{
    size_t at = s.len;

    for (uint32_t c; at > 0;) {
        c = gb_utf8_before(s, at, &at);
        if (c == 0x3002 || c == ';' || c == 0xFF1B || c == ':' || c == 0xFF1A)
            return true;
        if (!gb_char_is_space(c) && c != ']' && c != 0xFF3D && c != ')' && c != 0xFF09)
            return false;
    }
    return false;
}

/* A line of designations between the term and its definition; true when it was one. */
static bool
take_designation_line(struct gb_term_reader *r, const struct gb_node *para)
{
    enum { LONGEST = 20 };
    enum gb_designation_status status = GB_DESIGNATION_ADMITTED;
    struct gb_text line = gb_text_trim(&para->text);
    size_t from = behind_label(line.str, &status);

    if (from > 0) {
        if (ends_sentence(line.str) || gb_str_han_length(line.str) > 2 * LONGEST)
            return false;
        line = gb_text_slice(&line, from, line.str.len);
        add_designations(r, para, &line, status);
        return true;
    }
    const struct gb_node *next = para->next;
    if (ends_sentence(line.str) || gb_str_has(line.str, GB_STR("，")) || gb_str_has(line.str, GB_STR("\n")))
        return false;
    struct gb_text marked = before_mark(&line, &status);
    if (marked.str.len) {
        add_designations(r, para, &marked, status);
        return true;
    }
    struct gb_text words = without_english(&line);
    if (!next || next->kind != GB_NODE_PARA || !ends_sentence(next->text.str) || gb_str_han_length(words.str) > LONGEST)
        return false;
    add_designations(r, para, &words, GB_DESIGNATION_ADMITTED);
    return true;
}

/* 〈建筑〉 at the head of a definition. */
static void
read_domain(struct gb_term *term, struct gb_str s)
{
    static const struct {
        struct gb_str open, close;
    } marks[] = {{GB_WORD("〈"), GB_WORD("〉")},
                 {GB_WORD("<"), GB_WORD(">")},
                 {GB_WORD("＜"), GB_WORD("＞")},
                 {GB_WORD("《"), GB_WORD("》")}};

    for (size_t i = 0; i < GB_COUNT(marks); i++) {
        size_t close = gb_str_starts(s, marks[i].open) ? gb_str_find(s, marks[i].close, 0) : GB_NOT_FOUND;
        if (close == GB_NOT_FOUND || close > 60)
            continue;
        term->domain = gb_str_sub(s, marks[i].open.len, close);
        term->definition_from = (uint32_t)(close + marks[i].close.len);
        return;
    }
}

static void
read_entry(struct gb_term_reader *r, const struct gb_node *node)
{
    const struct gb_node *definition = NULL, *source = NULL;

    add_term(r, GB_TERM_ENTRY, node);
    add_designation(r, node, node->title, GB_DESIGNATION_PREFERRED);
    for (uint32_t i = 0; node->u.names && i < node->u.names->n; i++) {
        const struct gb_name *name = &node->u.names->items[i];
        add_designations(r, node, &name->text,
                         gb_str_is(name->role, "deprecated")     ? GB_DESIGNATION_DEPRECATED
                         : gb_str_is(name->role, "abbreviation") ? GB_DESIGNATION_SHORT
                                                                 : GB_DESIGNATION_ADMITTED);
    }
    for (const struct gb_node *n = node->first; n; n = n->next) {
        if (n->kind == GB_NODE_SOURCE && !source)
            source = n;
        if (n->kind == GB_NODE_PARA && !definition && !take_designation_line(r, n))
            definition = n;
    }
    struct gb_term *term = &r->terms.items[r->terms.len - 1];
    term->en = node->en;
    term->source = source;
    term->definition = definition;
    if (definition)
        read_domain(term, definition->text.str);
}

void
gb_read_term_entries(struct gb_term_reader *r)
{
    GB_EACH_NODE(node, &r->facts->of_kind[GB_NODE_TERM]) {
        if (node->title.str.len && !gb_node_child(node, GB_NODE_TERM))
            read_entry(r, node);
    }
}

/* ---- abbreviations and symbols ---- */

/* OPAC and V2X are abbreviations, t and Δp symbols; where the title of the list says only one of both, it decides. */
static enum gb_term_kind
kind_of_short_form(struct gb_str form, struct gb_str title)
{
    bool abbreviations = gb_str_has(title, GB_STR("缩略语")) || gb_str_has(title, GB_STR("缩写")),
         symbols = gb_str_has(title, GB_STR("符号")) || gb_str_has(title, GB_STR("代号"));
    unsigned capitals = 0, others = 0;

    if (abbreviations != symbols)
        return abbreviations ? GB_TERM_ABBREVIATION : GB_TERM_SYMBOL;
    for (size_t at = 0; at < form.len;) {
        uint32_t c = gb_char_narrow(gb_utf8_at(form, at, &at));
        capitals += gb_is_upper(c);
        others += !(c < 0x80 && (gb_char_is_latin(c) || gb_char_digit(c) >= 0 || c == '-' || c == '/'));
    }
    return capitals >= 2 && others == 0 ? GB_TERM_ABBREVIATION : GB_TERM_SYMBOL;
}

/* 联机公共目录 of 联机公共目录（Online Public Access Catalogue）. */
static struct gb_text
chinese_of(const struct gb_text *text)
{
    struct gb_str s = text->str;
    size_t at = 0, next;

    for (; at < s.len; at = next) {
        uint32_t c = gb_char_narrow(gb_utf8_at(s, at, &next));
        if (c == '(' || c == ';' || c == ',' || c == 0x3002 || (c < 0x80 && at == 0))
            break;
    }
    return gb_text_slice(text, 0, at);
}

static void
add_short_form(struct gb_term_reader *r, const struct gb_node *node, const struct gb_text *form,
               const struct gb_text *meaning, struct gb_str title)
{
    struct gb_text full = chinese_of(meaning);

    add_term(r, kind_of_short_form(form->str, title), node)->definition = node;
    add_designation(r, node, *form, GB_DESIGNATION_SHORT);
    if (gb_str_has_han(full.str) && r->terms.items[r->terms.len - 1].kind == GB_TERM_ABBREVIATION)
        add_designation(r, node, full, GB_DESIGNATION_PREFERRED);
}

/* A short form without Chinese characters or blanks. */
static bool
is_short_form(struct gb_str s)
{
    enum { LONGEST = 20 };

    return s.len && s.len <= LONGEST && !gb_str_has_han(s) && !gb_str_has(s, GB_STR(" ")) &&
           gb_char_digit((unsigned char)s.ptr[0]) < 0;
}

/* A table in such a chapter: its first column, or the one behind serial numbers. */
static void
read_table(struct gb_term_reader *r, const struct gb_node *node, struct gb_str title)
{
    const struct gb_table *table = node->u.table;

    for (uint32_t i = 0; table && i + 1 < table->n_cells; i++) {
        const struct gb_cell *cell = &table->cells[i], *next = cell + 1;
        struct gb_text form = gb_text_trim(&cell->text);
        if (!cell->is_header && cell->column <= 1 && next->row == cell->row && is_short_form(form.str) &&
            gb_str_has_han(next->text.str))
            add_short_form(r, node, &form, &next->text, title);
    }
}

void
gb_read_abbreviations(struct gb_term_reader *r)
{
    const struct gb_nodes *abbrs = &r->facts->of_kind[GB_NODE_ABBR], *tables = &r->facts->of_kind[GB_NODE_TABLE];

    for (uint32_t i = 0; i < abbrs->n; i++) {
        const struct gb_node *node = abbrs->items[i], *clause = gb_node_clause(node);
        add_short_form(r, node, &node->title, &node->text, clause ? clause->title.str : GB_STR(""));
    }
    for (uint32_t i = 0; i < tables->n; i++) {
        const struct gb_node *clause = gb_node_clause(tables->items[i]);
        if (clause && (clause->role == GB_ROLE_SYMBOLS || clause->role == GB_ROLE_TERMS_SYMBOLS))
            read_table(r, tables->items[i], clause->title.str);
    }
}

/* ---- declared short forms ---- */

/* Characters at which the full form before （以下简称…） cannot begin. */
static bool
ends_words(uint32_t c)
{
    return gb_is_one_of(c, "，。；：,;:\n、（(）)“”的由向对在是将应按把从于为到给被该了");
}

/*
 * Where the run of words that ends at `end` begins. In 桥梁、塔架等结构用钢板 it is 结构用钢板: 等 ends the list before it, but not in
 * 质量、安全等级.
 */
static size_t
run_begin(struct gb_str s, size_t end)
{
    GB_WORDS(others, "级", "离子", "效", "同", "价", "待", "值", "距", "温", "压");
    GB_WORDS(heads, "同", "平", "均", "高", "中", "初", "优", "相", "对");
    enum { LONGEST = 30 * GB_HAN };
    size_t at = end, before, behind_etc = GB_NOT_FOUND;

    while (at > 0 && end - at < LONGEST) {
        uint32_t c = gb_utf8_before(s, at, &before);
        if (ends_words(c))
            return c == U'、' && behind_etc != GB_NOT_FOUND ? behind_etc : at;
        if (c == U'等' && behind_etc == GB_NOT_FOUND && !GB_STARTS_ANY(gb_str_skip(s, at), others) &&
            !GB_ENDS_ANY(gb_str_sub(s, 0, before), heads))
            behind_etc = at;
        at = before;
    }
    return at;
}

/* 人社部 of 人力资源和社会保障部: where the last stretch begins that has the characters of the short form in their order. */
static size_t
letters_begin(struct gb_str run, struct gb_str form)
{
    size_t left = form.len, at = run.len;

    while (left > 0) {
        size_t previous, before;
        uint32_t want = gb_utf8_before(form, left, &previous);
        if (at == 0)
            return GB_NOT_FOUND;
        if (gb_utf8_before(run, at, &before) == want)
            left = previous;
        at = before;
    }
    return at;
}

/* 一家, 两名: how many, before a name; its length. */
static size_t
count_at(struct gb_str s)
{
    GB_WORDS(numbers, "一", "两", "三", "多", "各", "每", "某");
    GB_WORDS(counters, "家", "名", "个", "位", "所", "处", "类", "种", "台", "座");

    return GB_STARTS_ANY(s, numbers) && GB_STARTS_ANY(gb_str_skip(s, GB_HAN), counters) ? 2 * GB_HAN : 0;
}

size_t
gb_leading_verb(const struct gb_lexicon *lexicon, struct gb_str s)
{
    const struct gb_rel *sets[] = {&lexicon->verbs, &lexicon->prepositions, &lexicon->adverbs};

    GB_FIND(set, sets, GB_COUNT(sets), gb_begins(*set, s));
    return set ? gb_words_start(gb_rel_at(*set), s) : 0;
}

/* Verbs and the like before a name belong to the sentence: 委托|社会保险经办机构. */
static size_t
behind_verbs(const struct gb_lexicon *lexicon, struct gb_str run, size_t keep)
{
    size_t at = 0;

    for (size_t len = 1; len > 0; at += len) {
        struct gb_str rest = gb_str_skip(run, at);
        len = gb_leading_verb(lexicon, rest);
        len = len ? len : count_at(rest);
        if (at + len >= run.len - keep)
            return at;
    }
    return at;
}

/* The full form that a short one in the bracket at `open` stands for. */
static struct gb_text
full_form(const struct gb_facts *facts, const struct gb_text *text, size_t open, struct gb_str form)
{
    enum { SHORTEST = 5 * GB_HAN, LONGEST = 40 * GB_HAN };
    size_t begin = run_begin(text->str, open);
    struct gb_str run = gb_str_sub(text->str, begin, open);

    if (run.len > form.len && gb_str_ends(run, form))
        return gb_text_slice(text, begin + behind_verbs(facts->lexicon, run, form.len), open);
    /* The letters may lie beyond a character that ends a run: 人力资源和社会保障部. */
    size_t letters = run.len > form.len ? letters_begin(run, form) : GB_NOT_FOUND;
    if (letters != GB_NOT_FOUND)
        return gb_text_slice(text, begin + letters, open);
    /* 长者 of 年满60周岁的老年人: a name that shares nothing with it stands for all of it. */
    while (open - begin < LONGEST && gb_str_ends(gb_str_sub(text->str, 0, begin), GB_STR("的")))
        begin = run_begin(text->str, begin - GB_HAN);
    begin += behind_verbs(facts->lexicon, gb_str_sub(text->str, begin, open), GB_HAN);
    return gb_text_slice(text, open - begin < SHORTEST ? open : begin, open);
}

/* The words in quotes, or up to the closing bracket, at `at`; empty when there are none. */
static struct gb_text
declared_words(const struct gb_text *text, size_t at)
{
    enum { LONGEST = 24 * GB_HAN };
    struct gb_str s = text->str;
    size_t begin = at, next;
    bool is_quoted = false;

    for (; begin < s.len; begin = next) {
        uint32_t c = gb_char_narrow(gb_utf8_at(s, begin, &next));
        is_quoted = is_quoted || c == 0x201C || c == '"' || c == 0x300C || c == 0x2018;
        if (c != 0x201C && c != '"' && c != 0x300C && c != 0x2018 && c != ':' && c != ' ' && c != U'为')
            break;
    }
    for (size_t end = begin; end < s.len && end - begin < LONGEST; end = next) {
        uint32_t c = gb_char_narrow(gb_utf8_at(s, end, &next));
        if (c == 0x201D || c == '"' || c == 0x300D || c == 0x2019 || (!is_quoted && (c == ')' || c == ',')))
            return gb_text_slice(text, begin, end);
        if (c == 0x3002 || c == '\n')
            break;
    }
    return gb_text_slice(text, 0, 0);
}

/* The opening bracket before （以下简称 or （简称; GB_NOT_FOUND when none stands right before it. */
static size_t
bracket_before(struct gb_str s, size_t at)
{
    GB_WORDS(before, "以下", "下文", "以下统一");
    size_t open;

    for (size_t i = 0; i < GB_COUNT(before); i++) {
        if (gb_str_ends(gb_str_sub(s, 0, at), before[i]))
            at -= before[i].len;
    }
    return at > 0 && gb_char_narrow(gb_utf8_before(s, at, &open)) == '(' ? open : GB_NOT_FOUND;
}

static void
read_declared(void *data, const struct gb_node *node, const struct gb_text *text, unsigned flags)
{
    struct gb_term_reader *r = data;
    struct gb_str word = GB_STR("简称");

    (void)flags;
    GB_EACH_FOUND(at, text->str, word, 0) {
        size_t open = bracket_before(text->str, at);
        if (open == GB_NOT_FOUND)
            continue;
        struct gb_text form = declared_words(text, at + word.len);
        if (form.str.len < 2)
            continue;
        struct gb_text full = full_form(r->facts, text, open, form.str);
        add_term(r, GB_TERM_DECLARED, node);
        add_designation(r, node, form, GB_DESIGNATION_SHORT);
        add_designation(r, node, full, GB_DESIGNATION_PREFERRED);
    }
}

void
gb_read_declared_forms(struct gb_term_reader *r)
{
    gb_each_term_text(r->facts, read_declared, r);
}
