/*
 * Numbers. Those that the draft does not give are counted from the structure, but only where fewer than half of the elements
 * of that sort (sections: of all, of that level, and of those from it down) have one: a draft that types its numbers may have
 * left one out on purpose, and its own title may be the section around its chapters.
 */
#include "read/build.h"
#include "read/docbook/docbook_priv.h"
#include "read/marks.h"

enum sort { SORT_SECTION, SORT_ANNEX, SORT_TABLE, SORT_FIGURE, SORT_FORMULA, SORT_COUNT };

static const struct {
    enum gb_block_kind kind;
    const char *before, *behind; /* around the number in a reference */
} sorts[SORT_COUNT] = {
    [SORT_SECTION] = {GB_BLOCK_HEADING, "", ""},         [SORT_ANNEX] = {GB_BLOCK_HEADING, "附录", ""},
    [SORT_TABLE] = {GB_BLOCK_TABLE, "表", ""},           [SORT_FIGURE] = {GB_BLOCK_FIGURE, "图", ""},
    [SORT_FORMULA] = {GB_BLOCK_FORMULA, "公式（", "）"},
};

static enum sort
sort_of(const struct gb_block *block)
{
    struct gb_annex_mark mark;
    enum sort sort = 0;

    if (block->kind == GB_BLOCK_HEADING && (block->flags & GB_BLOCK_ANNEX || gb_mark_annex(block->text.str, &mark)))
        return SORT_ANNEX;
    while (sort < SORT_COUNT && sorts[sort].kind != block->kind)
        sort++;
    return sort;
}

/* The number that is typed in the title: 5.1, A, the 1 of 表1; empty when there is none. */
static struct gb_str
typed_number(const struct gb_block *block, enum sort sort)
{
    enum { LARGEST = 99 };
    struct gb_str title = block->text.str;
    struct gb_annex_mark annex;
    struct gb_caption_mark caption;
    struct gb_number_mark number;

    switch (sort) {
    case SORT_ANNEX:
        if (gb_mark_annex(title, &annex) && annex.letter)
            return gb_str_sub(title, annex.letter_begin, annex.letter_end);
        break;
    case SORT_TABLE:
    case SORT_FIGURE:
        if (gb_mark_caption(title, &caption))
            return gb_str_sub(title, caption.number_begin, caption.number_end);
        break;
    case SORT_SECTION:
        if (gb_mark_number(title, &number) && number.num.part[0] <= LARGEST)
            return gb_str_sub(title, number.begin, number.end);
        break;
    default:
        break;
    }
    return GB_STR("");
}

/* Could the number be the beginning of the title: 5G, 3个月, 5 L水壶 in a chapter? */
static bool
is_doubtful(const struct gb_block *heading)
{
    struct gb_number_mark mark;

    return gb_mark_number(heading->text.str, &mark) && mark.num.n == 1 && !mark.num.letter &&
           (mark.is_glued || heading->level > 1);
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
    enum gb_fixed_title fixed = gb_mark_fixed(heading->text.str);

    return GB_AMONG(fixed, GB_FIXED_TOC, GB_FIXED_FOREWORD, GB_FIXED_INTRO, GB_FIXED_BIBLIO, GB_FIXED_INDEX) ||
           (heading->flags & GB_BLOCK_REFS && fixed != GB_FIXED_REFERENCES);
}

/* Elements of one sort or level, and those of them whose number the draft gives. */
struct share {
    unsigned n, n_typed, n_doubtful;
};

struct count {
    struct share of_sort[SORT_COUNT], of_level[UINT8_MAX + 1];
    bool is_typed_level[UINT8_MAX + 1];
    unsigned section[UINT8_MAX + 1]; /* by level */
    unsigned of[SORT_COUNT];         /* in the body, or in the annex that is open */
    char letter;                     /* of that annex, or 0 */
    uint8_t unnumbered;              /* level of the heading whose inside has no numbers, or 0 */
    uint8_t annex;                   /* level of the annex */
    uint8_t level;                   /* of the last heading */
};

/* Are numbers of this sort or level typed? One that may be a word is none as long as it is the only one. */
static bool
is_typed(const struct share *share)
{
    unsigned n_typed = share->n_typed + (share->n_doubtful > 1 ? share->n_doubtful : 0);

    return n_typed > 0 && 2 * n_typed >= share->n;
}

/* The number that the draft gives an element: as its label, or in its title. */
static struct gb_str
own_number(const struct gb_block *block, enum sort sort)
{
    if (block->label.str.len)
        return block->label.str;
    return sort == SORT_SECTION && is_doubtful(block) ? GB_STR("") : typed_number(block, sort);
}

/* Is it to have a number: a table or figure with a title, a formula that the flag tells so of until it is counted? */
static bool
is_formal(const struct gb_block *block, enum sort sort)
{
    return sort == SORT_FORMULA ? (block->flags & GB_BLOCK_COUNTED) != 0 : block->text.str.len > 0;
}

/* Is the heading one without number, or inside of such a one? */
static bool
stands_unnumbered(struct count *count, const struct gb_block *heading, enum sort sort)
{
    if (count->unnumbered && heading->level > count->unnumbered)
        return true;
    count->unnumbered = sort == SORT_SECTION && is_unnumbered(heading) ? heading->level : 0;
    return count->unnumbered > 0;
}

static void
find_typed(const struct gb_docbook *r, struct count *count)
{
    for (struct gb_block *block = r->blocks->root; block; block = next_block(block)) {
        enum sort sort = sort_of(block);
        if (sort == SORT_COUNT || (block->kind == GB_BLOCK_HEADING && stands_unnumbered(count, block, sort)))
            continue;
        struct share *share = sort == SORT_SECTION ? &count->of_level[block->level] : &count->of_sort[sort];
        share->n += block->kind == GB_BLOCK_HEADING || is_formal(block, sort);
        share->n_typed += own_number(block, sort).len > 0;
        share->n_doubtful += sort == SORT_SECTION && !block->label.str.len && is_doubtful(block);
    }
    count->unnumbered = 0;
    struct share below = {0};
    for (unsigned level = UINT8_MAX + 1; level-- > 0;) {
        const struct share *share = &count->of_level[level];
        below.n += share->n;
        below.n_typed += share->n_typed;
        below.n_doubtful += share->n_doubtful;
        count->is_typed_level[level] = is_typed(share) || is_typed(&below);
    }
    for (unsigned level = 0; level <= UINT8_MAX && is_typed(&below); level++)
        count->is_typed_level[level] = true;
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
    struct gb_annex_mark mark;
    struct gb_str label = heading->label.str;

    if (gb_mark_annex(heading->text.str, &mark) && mark.letter)
        return mark.letter;
    if (label.len && gb_is_upper(label.ptr[label.len - 1]))
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
    memset(&count->section[heading->level + 1], 0,
           sizeof(count->section) - (heading->level + 1u) * sizeof(count->section[0]));
    if (!is_typed(&count->of_sort[SORT_ANNEX]) && !own_number(heading, SORT_ANNEX).len && count->letter <= 'Z')
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
    return gb_buf_take(&buf, r->arena);
}

/* Counts an element on, from its own number where it has one. Has it none? */
static bool
count_on(unsigned *number, struct gb_str own)
{
    struct gb_number num;

    *number = own.len && gb_parse_single(own, &num) && num.n ? gb_number_last(&num) : *number + 1;
    return own.len == 0;
}

static void
count_section(struct gb_docbook *r, struct gb_block *heading, struct count *count)
{
    uint8_t level = heading->level;

    count->level = level;
    if (stands_unnumbered(count, heading, SORT_SECTION))
        return;
    if (count->letter && level <= count->annex) /* a chapter behind the annexes */
        count->letter = 0;
    bool is_open = count_on(&count->section[level], own_number(heading, SORT_SECTION));
    memset(&count->section[level + 1], 0, sizeof(count->section) - (level + 1u) * sizeof(count->section[0]));
    if (is_open && !count->is_typed_level[level])
        give_label(heading, section_number(r, count, level));
}

/* Entries of a glossary are numbered as subclauses of where they stand. */
static void
count_term(struct gb_docbook *r, struct gb_block *term, struct count *count)
{
    uint8_t level = (uint8_t)(count->level + 1);

    if (count->level == UINT8_MAX || count->is_typed_level[count->level] || count->unnumbered || term->label.str.len)
        return;
    count->section[level]++;
    give_label(term, section_number(r, count, level));
}

static void
count_element(struct gb_docbook *r, struct gb_block *block, enum sort sort, struct count *count)
{
    bool is_numbered = is_formal(block, sort);

    block->flags &= ~(uint32_t)GB_BLOCK_COUNTED;
    if (!is_numbered || !count_on(&count->of[sort], own_number(block, sort)) || is_typed(&count->of_sort[sort]))
        return;
    if (count->letter)
        give_label(block, gb_arena_printf(r->arena, "%c.%u", count->letter, count->of[sort]));
    else
        give_label(block, gb_arena_printf(r->arena, "%u", count->of[sort]));
}

/* A section without sections of its own, directly below 术语和定义, is a term entry. */
static void
find_terms(const struct gb_docbook *r)
{
    uint8_t terms = 0; /* level of the last heading of that kind above, or 0 */
    struct gb_block *last = NULL;

    for (struct gb_block *block = r->blocks->root->first; block; block = block->next) {
        if (block->kind != GB_BLOCK_HEADING)
            continue;
        if (last && block->level > last->level)
            last->flags &= ~(uint32_t)GB_BLOCK_TERM_ENTRY;
        if (block->level <= terms)
            terms = 0;
        enum gb_fixed_title fixed = gb_mark_fixed(block->text.str);
        if (GB_AMONG(fixed, GB_FIXED_TERMS, GB_FIXED_TERMS_SYMBOLS))
            terms = block->level;
        else if (terms && block->level == terms + 1 && fixed == GB_FIXED_NONE)
            block->flags |= GB_BLOCK_TERM_ENTRY;
        last = block;
    }
}

void
gb_docbook_finish_numbers(struct gb_docbook *r)
{
    struct count *count = gb_arena_new(r->arena, struct count);

    find_terms(r);
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

struct gb_str
gb_docbook_reference(struct gb_docbook *r, const struct gb_block *block)
{
    struct gb_str title = block->text.str, label = block->label.str;
    enum sort sort = sort_of(block);

    if (sort < SORT_COUNT) {
        if (!label.len)
            label = typed_number(block, sort);
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
