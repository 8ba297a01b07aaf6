/*
 * Ids, numbers and the words of references. Numbers that the draft does not give are counted from the structure, but only
 * where no element of that sort has one: a draft that types its numbers may have left one out on purpose.
 */
#include "read/docbook_priv.h"

/* Ids. */

static uint32_t
hash(struct gb_str s)
{
    uint32_t h = 2166136261u;

    for (size_t i = 0; i < s.len; i++)
        h = (h ^ (unsigned char)s.ptr[i]) * 16777619u;
    return h;
}

static void
link_id(struct gb_docbook *r, uint32_t index)
{
    uint32_t *bucket = &r->buckets[hash(r->ids.items[index].name) & (r->n_buckets - 1)];

    r->ids.items[index].next = *bucket;
    *bucket = index + 1;
}

static void
grow_buckets(struct gb_docbook *r)
{
    if (r->ids.len < r->n_buckets)
        return;
    r->n_buckets = r->n_buckets ? r->n_buckets * 2 : 64;
    r->buckets = gb_realloc(r->buckets, r->n_buckets * sizeof(*r->buckets));
    memset(r->buckets, 0, r->n_buckets * sizeof(*r->buckets));
    for (uint32_t i = 0; i < r->ids.len; i++)
        link_id(r, i);
}

static struct gb_docbook_id *
find_id(const struct gb_docbook *r, struct gb_str name)
{
    uint32_t i = r->n_buckets ? r->buckets[hash(name) & (r->n_buckets - 1)] : 0;

    while (i && !gb_str_eq(r->ids.items[i - 1].name, name))
        i = r->ids.items[i - 1].next;
    return i ? &r->ids.items[i - 1] : NULL;
}

/* A name of XML without a colon; letters beyond ASCII are not looked at. */
static bool
is_name(struct gb_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        bool is_letter = (unsigned char)c >= 0x80 || c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        bool is_inside = is_letter || c == '-' || c == '.' || (c >= '0' && c <= '9');
        if (i == 0 ? !is_letter : !is_inside)
            return false;
    }
    return true;
}

static void
report_id(struct gb_docbook *r, struct gb_span span, struct gb_str name, const char *zh, const char *en)
{
    gb_docbook_fault(r, GB_FAULT_MALFORMED, span, gb_arena_printf(r->arena, zh, GB_FMT(name)),
                     gb_arena_printf(r->arena, en, GB_FMT(name)));
}

void
gb_docbook_add_id(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct gb_xml_attr attr;
    uint32_t file = r->files[r->n_files - 1];

    /* asciidoctor writes empty ids for titles without words. */
    if (!gb_xml_attr(tag, "id", &attr) || attr.value.len == 0)
        return;
    struct gb_str name = gb_arena_copy(r->arena, gb_str_trim(attr.value));
    const struct gb_docbook_id *other = find_id(r, name);
    if (other && other->file == file && !tag->is_expanded) {
        report_id(r, attr.span, name, "id“%.*s”用了两次：改掉一个", "the id “%.*s” is used twice: change one");
        return;
    }
    if (!is_name(name) && !tag->is_expanded)
        report_id(r, attr.span, name, "id“%.*s”不是XML名称：以字母或_开头，不含空格和冒号",
                  "the id “%.*s” is no XML name: begin with a letter or _, without blanks and colons");
    grow_buckets(r);
    *gb_push(&r->ids) =
        (struct gb_docbook_id){.name = name, .label = gb_docbook_attr(r, tag, "xreflabel"), .file = file};
    gb_docbook_top(r)->id = (uint32_t)r->ids.len;
    link_id(r, (uint32_t)r->ids.len - 1);
}

/* Numbers typed in titles. */

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t
skip_blanks(struct gb_str s, size_t at)
{
    for (;;) {
        struct gb_str rest = gb_str_skip(s, at);
        if (rest.len && (rest.ptr[0] == ' ' || rest.ptr[0] == '\n'))
            at++;
        else if (gb_str_starts(rest, GB_STR("\xE3\x80\x80")))
            at += 3;
        else
            return at;
    }
}

/* Length of a number such as 5, 5.1.2, A.1 at the start; 0 for none, also for 5G, 2020 and 5.1. of a sentence. */
static size_t
number_length(struct gb_str s)
{
    size_t i = 0;
    unsigned parts = 0;

    if (s.len > 2 && s.ptr[0] >= 'A' && s.ptr[0] <= 'Z' && s.ptr[1] == '.')
        i = 2;
    for (;;) {
        size_t begin = i;
        while (i < s.len && is_digit(s.ptr[i]))
            i++;
        if (i == begin || i - begin > 3)
            return 0;
        parts++;
        if (i + 1 >= s.len || s.ptr[i] != '.' || !is_digit(s.ptr[i + 1]))
            break;
        i++;
    }
    bool is_glued_latin = i < s.len && ((s.ptr[i] >= 'A' && s.ptr[i] <= 'Z') || (s.ptr[i] >= 'a' && s.ptr[i] <= 'z'));
    return parts == 1 && is_glued_latin ? 0 : i;
}

/* Behind 表, 图, 附录 … and blanks. */
static size_t
behind(struct gb_str s, const char *word)
{
    struct gb_str name = gb_str_from(word);

    return gb_str_starts(s, name) ? skip_blanks(s, name.len) : 0;
}

/* A word and a number: 表1, 图 A.1, 附录A. Returns the length of both. */
static size_t
caption_length(struct gb_str s, const char *word)
{
    size_t at = behind(s, word);
    size_t number = at ? number_length(gb_str_skip(s, at)) : 0;

    return number ? at + number : 0;
}

static size_t
annex_length(struct gb_str s)
{
    size_t first = behind(s, "附");
    size_t second = first ? behind(gb_str_skip(s, first), "录") : 0;
    size_t at = first + second;

    return second && at < s.len && s.ptr[at] >= 'A' && s.ptr[at] <= 'Z' ? at + 1 : 0;
}

/* Counting. */

enum sort { SORT_SECTION, SORT_ANNEX, SORT_TABLE, SORT_FIGURE, SORT_FORMULA, SORT_COUNT };

static const struct {
    enum gb_block_kind kind;
    const char *word;             /* before a number typed in the title */
    const char *before, *behind;  /* around the number in a reference */
} sorts[SORT_COUNT] = {
    [SORT_SECTION] = {GB_BLOCK_HEADING, "", "", ""},
    [SORT_ANNEX] = {GB_BLOCK_HEADING, "附录", "附录", ""},
    [SORT_TABLE] = {GB_BLOCK_TABLE, "表", "表", ""},
    [SORT_FIGURE] = {GB_BLOCK_FIGURE, "图", "图", ""},
    [SORT_FORMULA] = {GB_BLOCK_FORMULA, "公式", "公式（", "）"},
};

static enum sort
sort_of(const struct gb_block *block)
{
    enum sort sort = 0;

    if (block->kind == GB_BLOCK_HEADING && (block->flags & GB_BLOCK_ANNEX || annex_length(block->text.str)))
        return SORT_ANNEX;
    while (sort < SORT_COUNT && sorts[sort].kind != block->kind)
        sort++;
    return sort;
}

/* Next block in the order of the document. */
static struct gb_block *
next_block(struct gb_block *block)
{
    if (block->first)
        return block->first;
    while (block && !block->next)
        block = block->parent;
    return block ? block->next : NULL;
}

/* Titles without a number in any standard. */
static bool
is_unnumbered(const struct gb_block *heading)
{
    static const char *const titles[] = {"前言", "引言", "参考文献", "索引", "目次", "目录"};
    char joined[64];
    size_t n = 0;
    struct gb_str title = heading->text.str;

    for (size_t i = 0; i < title.len && n < sizeof(joined); ) {
        size_t next = skip_blanks(title, i);
        if (next == i)
            joined[n++] = title.ptr[next++];
        i = next;
    }
    for (size_t i = 0; i < GB_COUNT(titles); i++) {
        if (gb_str_is((struct gb_str){joined, n}, titles[i]))
            return true;
    }
    return (heading->flags & GB_BLOCK_REFS) && !gb_str_has(title, GB_STR("规范性引用文件"));
}

struct count {
    bool is_typed[SORT_COUNT];    /* the draft gives numbers of this sort itself */
    unsigned section[UINT8_MAX + 1]; /* by level */
    unsigned of[SORT_COUNT];      /* in the body, or in the annex that is open */
    char letter;                  /* of that annex, or 0 */
    uint8_t unnumbered;           /* level of the heading whose inside has no numbers, or 0 */
    uint8_t annex;                /* level of the annex */
    uint8_t level;                /* of the last heading */
};

static bool
has_typed_number(const struct gb_block *block, enum sort sort)
{
    struct gb_str title = block->text.str;

    if (block->label.str.len)
        return true;
    if (sort == SORT_ANNEX)
        return annex_length(title) > 0;
    if (sort == SORT_SECTION)
        return number_length(title) > 0;
    return sort != SORT_FORMULA && caption_length(title, sorts[sort].word);
}

static void
find_typed(const struct gb_docbook *r, struct count *count)
{
    for (struct gb_block *block = r->blocks->root; block; block = next_block(block)) {
        enum sort sort = sort_of(block);
        if (sort < SORT_COUNT && has_typed_number(block, sort))
            count->is_typed[sort] = true;
    }
}

static void
give_label(struct gb_block *block, struct gb_str label)
{
    block->label = (struct gb_text){.str = label};
    block->flags |= GB_BLOCK_COUNTED;
}

/* Letter of an annex: typed, or the next. */
static char
annex_letter(const struct gb_block *heading, const struct count *count)
{
    size_t typed = annex_length(heading->text.str);
    struct gb_str label = heading->label.str;

    if (typed)
        return heading->text.str.ptr[typed - 1];
    if (label.len && label.ptr[label.len - 1] >= 'A' && label.ptr[label.len - 1] <= 'Z')
        return label.ptr[label.len - 1];
    return count->letter ? (char)(count->letter + 1) : 'A';
}

static void
count_annex(struct gb_docbook *r, struct gb_block *heading, struct count *count)
{
    count->letter = annex_letter(heading, count);
    count->annex = count->level = heading->level;
    count->unnumbered = 0;
    memset(count->of, 0, sizeof(count->of));
    memset(&count->section[heading->level], 0, sizeof(count->section) - heading->level * sizeof(count->section[0]));
    if (!count->is_typed[SORT_ANNEX] && count->letter <= 'Z')
        give_label(heading, gb_arena_printf(r->arena, "%c", count->letter));
}

/* 5.1.2, or A.1.2 from the letter of the annex down. */
static struct gb_str
section_number(struct gb_docbook *r, const struct count *count, uint8_t level)
{
    struct gb_buf buf = {0};

    if (count->letter)
        gb_buf_add_char(&buf, count->letter);
    for (unsigned i = count->letter ? count->annex + 1u : 1u; i <= level; i++)
        gb_buf_printf(&buf, buf.len ? ".%u" : "%u", count->section[i]);
    struct gb_str number = gb_buf_take(&buf, r->arena);
    gb_buf_release(&buf);
    return number;
}

static void
count_section(struct gb_docbook *r, struct gb_block *heading, struct count *count)
{
    uint8_t level = heading->level;

    count->level = level;
    if (count->unnumbered && level > count->unnumbered)
        return;
    count->unnumbered = 0;
    if (is_unnumbered(heading)) {
        count->unnumbered = level;
        return;
    }
    count->section[level]++;
    memset(&count->section[level + 1], 0, sizeof(count->section) - (level + 1u) * sizeof(count->section[0]));
    if (!count->is_typed[SORT_SECTION])
        give_label(heading, section_number(r, count, level));
}

/* Entries of a glossary are numbered as subclauses of where they stand. */
static void
count_term(struct gb_docbook *r, struct gb_block *term, struct count *count)
{
    uint8_t level = (uint8_t)(count->level + 1);

    if (count->level == UINT8_MAX || count->is_typed[SORT_SECTION] || count->unnumbered || term->label.str.len)
        return;
    count->section[level]++;
    give_label(term, section_number(r, count, level));
}

static void
count_element(struct gb_docbook *r, struct gb_block *block, enum sort sort, struct count *count)
{
    /* Until here the flag tells a formula that is to have a number. */
    bool is_formal = sort == SORT_FORMULA ? (block->flags & GB_BLOCK_COUNTED) : block->text.str.len > 0;

    block->flags &= ~(uint32_t)GB_BLOCK_COUNTED;
    if (!is_formal || count->is_typed[sort])
        return;
    count->of[sort]++;
    if (count->letter)
        give_label(block, gb_arena_printf(r->arena, "%c.%u", count->letter, count->of[sort]));
    else
        give_label(block, gb_arena_printf(r->arena, "%u", count->of[sort]));
}

static void
count_all(struct gb_docbook *r)
{
    struct count *count = gb_arena_new(r->arena, struct count);

    find_typed(r, count);
    for (struct gb_block *block = r->blocks->root; block; block = next_block(block)) {
        enum sort sort = sort_of(block);
        if (sort == SORT_SECTION)
            count_section(r, block, count);
        else if (sort == SORT_ANNEX)
            count_annex(r, block, count);
        else if (block->kind == GB_BLOCK_TERM)
            count_term(r, block, count);
        else if (sort < SORT_COUNT)
            count_element(r, block, sort, count);
    }
}

/* References. */

/* What a reference to the block says: the number, with 表 or 附录 before it. */
static struct gb_str
words_for(struct gb_docbook *r, const struct gb_block *block)
{
    struct gb_str title = block->text.str, label = block->label.str;
    enum sort sort = sort_of(block);

    if (sort < SORT_COUNT) {
        size_t at = behind(title, sorts[sort].word);
        if (sort == SORT_ANNEX && !label.len && annex_length(title))
            label = gb_str_sub(title, annex_length(title) - 1, annex_length(title));
        if (!label.len)
            label = gb_str_sub(title, at, at + number_length(gb_str_skip(title, at)));
        if (label.len)
            label = gb_arena_printf(r->arena, "%s%.*s%s", sorts[sort].before, GB_FMT(label), sorts[sort].behind);
        return label;
    }
    if (block->kind == GB_BLOCK_REF && gb_str_starts(title, GB_STR("["))) {
        size_t end = gb_str_find(title, GB_STR("]"), 0);
        return end == GB_NOT_FOUND ? label : gb_str_sub(title, 0, end + 1);
    }
    return block->kind == GB_BLOCK_FOOTNOTE ? GB_STR("") : label;
}

static struct gb_str
reference_words(struct gb_docbook *r, struct gb_str name)
{
    const struct gb_docbook_id *id = find_id(r, name);

    if (!id)
        return GB_STR("");
    if (id->label.str.len)
        return id->label.str;
    return id->block ? words_for(r, id->block) : GB_STR("");
}

/* Puts words into the empty runs of one text. */
static void
fill_references(struct gb_docbook *r, struct gb_text *text, const struct gb_docbook_xref *xrefs, size_t n)
{
    struct gb_run *runs = gb_arena_copy_bytes(r->arena, text->runs, text->n_runs * sizeof(*runs));
    struct gb_buf buf = {0};
    size_t x = 0, taken = 0;

    for (uint32_t i = 0; i < text->n_runs; i++) {
        size_t end = i + 1 < text->n_runs ? text->runs[i + 1].at : text->str.len;
        runs[i].at = (uint32_t)buf.len;
        if (x < n && xrefs[x].run == i)
            gb_buf_add(&buf, reference_words(r, xrefs[x++].id));
        else
            gb_buf_add(&buf, gb_str_sub(text->str, taken, end));
        taken = end;
    }
    text->runs = runs;
    text->str = gb_buf_take(&buf, r->arena);
    gb_buf_release(&buf);
}

static int
by_text(const void *a, const void *b)
{
    const struct gb_docbook_xref *x = a, *y = b;

    if (x->text != y->text)
        return (uintptr_t)x->text < (uintptr_t)y->text ? -1 : 1;
    return x->run < y->run ? -1 : x->run > y->run;
}

static void
fill_all(struct gb_docbook *r)
{
    struct gb_docbook_xref *xrefs = r->xrefs.items;
    size_t n = r->xrefs.len, first = 0;

    if (n)
        qsort(xrefs, n, sizeof(*xrefs), by_text);
    while (first < n) {
        size_t end = first + 1;
        while (end < n && xrefs[end].text == xrefs[first].text)
            end++;
        if (xrefs[first].text)
            fill_references(r, xrefs[first].text, xrefs + first, end - first);
        first = end;
    }
}

void
gb_docbook_finish_numbers(struct gb_docbook *r)
{
    count_all(r);
    fill_all(r);
}
