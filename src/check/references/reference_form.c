/* The form of entries of the normative references: REF-011; that of the bibliography is REF-026, in bibliography.c. */
#include "check/references/references_priv.h"

/* What may be wrong with an entry, and how messages say it, in the order in which it is written. */
#define FAULTS(X)                                                                                                      \
    X(MARK, "有序号“%.*s”", "it is numbered “%.*s”")                                                                   \
    X(FIRST, "名称在编号之前", "the title stands before the number")                                                   \
    X(GAP, "编号与名称之间没有空格", "no blank between number and title")                                              \
    X(MARK_BETWEEN, "编号与名称之间是“%.*s”", "“%.*s” between number and title")                                       \
    X(JOINED, "还写有另一个文件", "another document stands in it")                                                     \
    X(NO_TITLE, "没有名称", "it has no title")                                                                         \
    X(BOOK, "名称加了书名号", "the title is in 《》")                                                                  \
    X(END, "末尾有“%.*s”", "it ends in “%.*s”")

enum fault {
#define X(id, zh, en) FAULT_##id,
    FAULTS(X)
#undef X
        FAULT_COUNT
};

static const struct {
    const char *zh, *en;
} fault_words[] = {
#define X(id, zh, en) {zh, en},
    FAULTS(X)
#undef X
};

/* An entry, and for each fault that it has the text that shows it. */
struct form {
    const struct gb_reference *entry;
    unsigned faults; /* bits */
    struct gb_text at[FAULT_COUNT];
    struct gb_text title; /* as it should be */
};

static void
set_fault(struct form *form, enum fault fault, struct gb_text at)
{
    form->faults |= 1u << fault;
    form->at[fault] = at;
}

static bool
has_fault(const struct form *form, enum fault fault)
{
    return form->faults >> fault & 1;
}

/* ---- Looking at an entry ---- */

struct gb_text
gb_entry_end_mark(const struct gb_text *text)
{
    GB_WORDS(marks, "。", "；", "，", "、", ";", ",", ".", "．");
    struct gb_text t = gb_text_trim(text);

    for (size_t i = 0; i < GB_COUNT(marks); i++) {
        size_t end = t.str.len - marks[i].len, before;
        if (!gb_str_ends(t.str, marks[i]) || end == 0)
            continue;
        /* A full stop may belong to a word: Inc., etc. */
        uint32_t c = gb_utf8_before(t.str, end, &before);
        if (gb_str_is(marks[i], ".") && !gb_char_is_han(c) && c != 0xFF09 && c != 0x300B)
            break;
        return gb_text_slice(&t, end, t.str.len);
    }
    return gb_text_slice(&t, t.str.len, t.str.len);
}

/* Is the one a part of the other's bytes? */
static bool
lies_in(const struct gb_text *part, const struct gb_text *whole)
{
    return part->str.ptr >= whole->str.ptr && part->str.ptr + part->str.len <= whole->str.ptr + whole->str.len;
}

/* What stands between number and title. A comma behind a foreign number is the form of its publisher. */
static void
look_between(struct form *form, const struct gb_node *ref)
{
    GB_WORDS(marks, "：", ":", "，", ",", "、");
    size_t begin = (size_t)(ref->code.str.ptr + ref->code.str.len - ref->text.str.ptr);
    size_t end = (size_t)(form->title.str.ptr - ref->text.str.ptr), next;

    if (gb_publisher_is_foreign(form->entry->id.publisher))
        return;
    for (size_t i = 0; i < GB_COUNT(marks); i++) {
        size_t at = begin;
        while (at < end && ref->text.str.ptr[at] == ' ')
            at++;
        if (gb_str_starts(gb_str_skip(ref->text.str, at), marks[i])) {
            struct gb_str behind = gb_str_trim(gb_str_skip(ref->text.str, at + marks[i].len));
            struct gb_identifier_shape shape;
            if (gb_identifier_at(behind, 0, &shape)) { /* GB/T 2423.1、GB/T 2423.2 */
                set_fault(form, FAULT_JOINED, ref->text);
                form->title = gb_text_slice(&form->title, 0, 0);
                return;
            }
            set_fault(form, FAULT_MARK_BETWEEN, gb_text_slice(&ref->text, at, at + marks[i].len));
            struct gb_text title = gb_text_slice(&ref->text, at + marks[i].len, ref->text.str.len);
            form->title = gb_text_trim(&title);
            return;
        }
    }
    /* What is neither word nor book mark belongs to the number. */
    uint32_t c = gb_utf8_at(form->title.str, 0, &next);
    if (begin == end && (gb_char_is_han(c) || c == 0x300A) &&
        !GB_STARTS_WITH(form->title.str, "系列", "所有部分", "至"))
        set_fault(form, FAULT_GAP, ref->code);
}

/* 《名称》, and nothing behind it but an end mark. */
static void
look_for_book_marks(struct form *form)
{
    struct gb_str s = form->title.str;
    size_t open = strlen("《"), close = gb_str_find(s, GB_STR("》"), 0);

    if (!gb_str_starts(s, GB_STR("《")) || close == GB_NOT_FOUND || close + strlen("》") != s.len)
        return;
    set_fault(form, FAULT_BOOK, form->title);
    form->title = gb_text_slice(&form->title, open, close);
}

/* Does a number stand behind the title? */
static bool
is_title_first(struct gb_str s)
{
    size_t close = gb_str_find(s, GB_STR("》"), 0);
    struct gb_identifier_shape shape;

    return gb_str_starts(s, GB_STR("《")) && close != GB_NOT_FOUND && gb_identifier_next(s, close, &shape) &&
           shape.begin <= close + strlen("》（") + 1;
}

static void
look_at(struct form *form)
{
    const struct gb_node *ref = form->entry->node;
    struct gb_text end = gb_entry_end_mark(&ref->text);

    form->title = form->entry->title;
    if (ref->marker.str.len)
        set_fault(form, FAULT_MARK, ref->marker.n_runs ? ref->marker : ref->text);
    if (!form->entry->id.serial.len) {
        if (is_title_first(ref->text.str))
            set_fault(form, FAULT_FIRST, ref->text);
        return;
    }
    if (end.str.len) {
        set_fault(form, FAULT_END, end);
        if (lies_in(&end, &form->title)) {
            form->title = gb_text_slice(&form->title, 0, (size_t)(end.str.ptr - form->title.str.ptr));
            form->title = gb_text_trim(&form->title);
        }
    }
    if (!form->title.str.len) {
        set_fault(form, FAULT_NO_TITLE, ref->code);
        return;
    }
    if (lies_in(&ref->code, &ref->text) && lies_in(&form->title, &ref->text))
        look_between(form, ref);
    look_for_book_marks(form);
}

/* ---- Reporting ---- */

static void
fix_fault(struct gb_check *c, struct gb_finding *f, const struct form *form, enum fault fault)
{
    const struct gb_node *ref = form->entry->node;
    struct gb_span span = gb_text_whole(&form->at[fault], NULL);
    uint32_t mark = (uint32_t)strlen("《");

    switch (fault) {
    case FAULT_MARK:
        if (ref->marker.n_runs) /* else the markup counts */
            gb_fix(c, f, (struct gb_span){span.begin, gb_text_whole(&ref->text, NULL).begin}, GB_STR(""));
        if (ref->encoding == GB_ENCODING_ORDERED) /* the items of a list become one paragraph */
            gb_fix_unsafe(f);
        break;
    case FAULT_GAP:
        if (!has_fault(form, FAULT_BOOK)) /* there the blank takes the place of 《 */
            gb_fix(c, f, (struct gb_span){span.end, span.end}, GB_STR("　"));
        break;
    case FAULT_MARK_BETWEEN:
        gb_fix(c, f, span, GB_STR("　"));
        break;
    case FAULT_BOOK:
        gb_fix(c, f, (struct gb_span){span.begin, span.begin + mark},
               has_fault(form, FAULT_GAP) ? GB_STR("　") : GB_STR(""));
        gb_fix(c, f, (struct gb_span){span.end - mark, span.end}, GB_STR(""));
        break;
    case FAULT_END:
        gb_fix(c, f, span, GB_STR(""));
        break;
    default:
        break;
    }
}

static void
say_fault(struct gb_check *c, const struct form *form, enum fault fault, struct gb_buf *out)
{
    const char *words = gb_say(c, fault_words[fault].zh, fault_words[fault].en).ptr;
    const char *slot = strstr(words, "%.*s");
    struct gb_str at = fault == FAULT_MARK ? form->entry->node->marker.str : form->at[fault].str;

    if (out->len)
        gb_buf_add(out, gb_say(c, "，", ", "));
    if (!slot) {
        gb_buf_puts(out, words);
        return;
    }
    gb_buf_add(out, (struct gb_str){words, (size_t)(slot - words)});
    gb_buf_add(out, at);
    gb_buf_puts(out, slot + strlen("%.*s"));
}

/* One finding for an entry: at the words of its only fault, else at the whole entry. */
static void
report_entry(struct gb_check *c, const struct form *form)
{
    const struct gb_node *ref = form->entry->node;
    struct gb_at at = gb_at_text(&ref->text);
    struct gb_buf said = {0};
    unsigned n = 0;

    for (int fault = 0; fault < FAULT_COUNT; fault++) {
        if (!has_fault(form, (enum fault)fault))
            continue;
        say_fault(c, form, (enum fault)fault, &said);
        struct gb_at here = gb_at_text(&form->at[fault]);
        at = n++ ? at : here;
        at.span.begin = here.span.begin < at.span.begin ? here.span.begin : at.span.begin;
        at.span.end = here.span.end > at.span.end ? here.span.end : at.span.end;
        at.by_line = at.by_line || here.by_line;
    }
    struct gb_str title = form->title.str.len ? form->title.str : gb_say(c, "名称", "title");
    struct gb_str should =
        form->entry->id.serial.len
            ? gb_arena_printf(c->arena, "%.*s　%.*s", GB_FMT(gb_str_trim(ref->code.str)), GB_FMT(title))
            : gb_say(c, "编号　名称", "number　title");
    struct gb_finding *f =
        gb_report(c, at, ref, GB_ARGS(gb_entry_name(c, form->entry), gb_buf_take(&said, c->arena), should));
    for (int fault = 0; fault < FAULT_COUNT; fault++) {
        if (has_fault(form, (enum fault)fault))
            fix_fault(c, f, form, (enum fault)fault);
    }
    gb_buf_release(&said);
}

typedef GB_ARRAY(struct form) form_array;

/* One finding for a fault of the whole list, at its first entry with it; taken off the entries. */
static void
report_list(struct gb_check *c, form_array *forms, enum fault fault, const char *which)
{
    enum { MOST_NAMED = 20 };
    struct gb_finding *f = NULL;
    unsigned n = 0;

    GB_EACH(struct form, form, forms->items, forms->len) {
        if (!has_fault(form, fault))
            continue;
        struct gb_at at = gb_at_text(&form->at[fault]);
        if (n++ == 0)
            f = gb_report_case(c, which, at, form->entry->node, GB_ARGS(form->at[fault].str));
        else if (n <= MOST_NAMED)
            gb_also(c, f, at, gb_say(c, "同样", "the same"));
        fix_fault(c, f, form, fault);
        form->faults &= ~(1u << fault);
    }
}

/* Faults that a whole list has are one. A blank or title that most entries lack was lost on the way into the file. */
static void
judge_lists(struct gb_check *c, form_array *forms)
{
    static const struct {
        enum fault fault;
        const char *which;
        bool is_lost; /* most entries are enough */
    } whole[] = {
        {FAULT_MARK, "marks", false}, {FAULT_BOOK, "books", false},     {FAULT_END, "ends", false},
        {FAULT_GAP, "gaps", true},    {FAULT_NO_TITLE, "titles", true},
    };
    enum { FEWEST = 3 };

    for (size_t k = 0; k < GB_COUNT(whole); k++) {
        size_t n = GB_HOW_MANY(GB_ITEMS(form, forms->items, forms->len), has_fault(form, whole[k].fault));
        if (whole[k].is_lost ? 2 * n > forms->len : n == forms->len && n >= FEWEST)
            report_list(c, forms, whole[k].fault, whole[k].which);
    }
}

/* Bullets of the markup lay the list out; the printed list has none. In DocBook a list is the form for entries. */
static void
report_bullets(struct gb_check *c, const form_array *forms)
{
    for (size_t i = 0; i < forms->len && c->doc->blanks_matter; i++) {
        const struct gb_node *ref = forms->items[i].entry->node;
        if (ref->encoding == GB_ENCODING_BULLET) {
            gb_report_case(c, "bullets", gb_at_text(&ref->text), ref, GB_NO_ARGS);
            return;
        }
    }
}

/* Source: GB/T 1.1—2020, 8.6.3.1 and 10.3.4. */
static void
check_entry_form(struct gb_check *c)
{
    form_array forms = {0};

    GB_EACH_REFERENCE(entry, c->facts, GB_LIST_REFERENCES) {
        enum gb_encoding encoding = entry->node->encoding;
        if (encoding == GB_ENCODING_TABLE || encoding == GB_ENCODING_MARKER)
            continue;
        struct form *form = gb_push(&forms);
        *form = (struct form){.entry = entry};
        look_at(form);
    }
    judge_lists(c, &forms);
    for (size_t i = 0; i < forms.len; i++) {
        if (forms.items[i].faults)
            report_entry(c, &forms.items[i]);
    }
    report_bullets(c, &forms);
    gb_array_release(&forms);
}

const struct gb_check_def gb_reference_form_checks[] = {
    {.name = "entry-form", .whole = check_entry_form, .cases = "marks books ends gaps titles bullets"},
    {0},
};
