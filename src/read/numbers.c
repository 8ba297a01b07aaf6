/*
 * Numbers: does one that stands at the head of a line continue what is open, and so open a clause? The first rules of the
 * builder: the number decides, and only a number that fits.
 */
#include "read/build.h"

#include "text/chars.h"
#include "text/utf8.h"

/* 5.1 or 5.0.1: the first clause of chapter 5. */
static bool
is_first_of(const struct gb_number *num, unsigned chapter)
{
    return !num->letter && num->n >= 2 && num->part[0] == chapter &&
           (num->part[1] == 1 || (gb_number_skips_section(num) && num->part[2] == 1));
}

/* The item that begins with the list of this one, as 4. does in "4. 3. 1 标题"; NULL: it stands in none. */
static const struct gb_block *
item_around(const struct gb_block *item)
{
    const struct gb_block *list = item->parent, *outer = list->parent;

    return outer && outer->kind == GB_BLOCK_ITEM && outer->first == list && list->first == item ? outer : NULL;
}

/*
 * 4.1 of "4. 1 标题", which the markup takes for item 4. of a list, and 4.3.1 of "4. 3. 1 标题", for lists in lists. In a list that
 * counts, the number is that of the item.
 */
static bool
read_item_number(const struct gb_unit *u, struct gb_number *out)
{
    struct gb_number_mark mark;
    struct gb_number first, num = {0};
    const struct gb_block *top = u->item;

    if (!u->starts_item || !u->item || u->list_level >= GB_MAX_COMPONENTS)
        return false;
    num.n = u->list_level;
    for (const struct gb_block *item = u->item; item; item = item_around(item)) {
        top = item;
        if (num.n == 0 || !(item->parent->flags & GB_BLOCK_ORDERED) || !gb_str_ends(item->label.str, GB_STR(".")) ||
            !gb_parse_single(item->label.str, &first) || first.letter || first.n != 1)
            return false;
        num.part[--num.n] = first.part[0];
    }
    if (num.n > 0 || !gb_str_eq(top->parent->first->label.str, top->label.str))
        return false;
    num.n = u->list_level;
    if (!gb_mark_number(u->text.str, &mark) || mark.num.letter || mark.form != GB_NUMBER_ARABIC || mark.is_glued ||
        mark.has_final_dot || mark.num.n + num.n >= GB_MAX_COMPONENTS || mark.rest >= u->text.str.len ||
        gb_continues_sentence(gb_str_skip(u->text.str, mark.rest), (unsigned)mark.num.n + num.n, false))
        return false;
    memcpy(num.part + num.n, mark.num.part, mark.num.n * sizeof(num.part[0]));
    num.n = (uint8_t)(num.n + mark.num.n);
    *out = num;
    return true;
}

/* Does a number at some unit behind i confirm that a chapter `chapter` begins at i: its first clause, or the next chapter? */
static bool
is_confirmed(const struct gb_builder *b, size_t i, unsigned chapter)
{
    enum { LOOK_AHEAD = 60 };

    for (size_t k = i + 1; k < b->n && k <= i + LOOK_AHEAD; k++) {
        const struct gb_unit *u = &b->units[k];
        struct gb_number_mark mark;
        if (!gb_unit_is_text(u) || u->is_quoted || !gb_mark_number(u->text.str, &mark) || mark.num.letter)
            continue;
        if (read_item_number(u, &mark.num))
            mark.rest = u->text.str.len;
        if (is_first_of(&mark.num, chapter))
            return true;
        if (mark.num.n >= 2 && mark.num.part[0] + 1u == chapter && mark.num.part[1] > 0)
            return false;
        struct gb_str rest = gb_str_skip(u->text.str, mark.rest);
        if (mark.num.n == 1 && mark.num.part[0] == chapter + 1 && (gb_unit_is_heading(u) || !b->chapter_level) &&
            (rest.len ? gb_looks_like_title(rest) : gb_title_follows(b, k)))
            return true;
    }
    return false;
}

/* The next dotted number behind i is the first clause of the chapter: 5.1 below 5. */
static bool
has_first_clause(const struct gb_builder *b, size_t i, unsigned chapter)
{
    enum { LOOK_AHEAD = 60 };

    for (size_t k = i + 1; k < b->n && k <= i + LOOK_AHEAD; k++) {
        const struct gb_unit *u = &b->units[k];
        struct gb_number_mark mark;
        if (gb_unit_is_text(u) && gb_mark_number(u->text.str, &mark) && mark.num.n > 1)
            return !mark.num.letter && mark.num.part[0] == chapter && mark.num.part[1] <= 1;
        if (gb_unit_is_heading(u) && gb_mark_number(u->text.str, &mark))
            return false;
    }
    return false;
}

/* FNAME2 名称 Text（50）: begins with the name of a field, as rows of tables on data do. */
static bool
names_field(struct gb_str s)
{
    enum { SHORTEST = 4 };
    size_t n = 0;

    while (n < s.len && (gb_is_letter(s.ptr[n]) || s.ptr[n] == '_' || gb_is_digit(s.ptr[n])))
        n++;
    return n >= SHORTEST && gb_is_letter(s.ptr[0]) && n < s.len && s.ptr[n] == ' ';
}

/*
 * The rows of a table that a conversion lost come as headings "1 名称", "2 名称" …: they count anew where chapters are open. A
 * chapter shows itself by its first clause, the next chapter, or its place in the contents.
 */
static bool
counts_anew(const struct gb_builder *b, size_t i, const struct gb_number_mark *mark, enum gb_fit fit)
{
    enum { LARGEST_STEP = 3 };
    unsigned part = mark->num.part[0];
    struct gb_str title = gb_str_skip(b->units[i].text.str, mark->rest);
    bool begins =
        fit == GB_FIT_BACK && b->last_chapter > 2 && (part == 1 || (part + 1u < b->last_chapter && names_field(title)));
    bool goes_on = b->stray_number > 0 && part > b->stray_number && part <= b->stray_number + LARGEST_STEP;

    if (!begins && !goes_on)
        return false;
    return !has_first_clause(b, i, part) &&
           !gb_is_in_contents(b, &mark->num, gb_str_skip(b->units[i].text.str, mark->rest));
}

/* A heading below a clause that is open, whose number leaves many out: an excerpt, or headings that were lost. */
static bool
skips_siblings(const struct gb_builder *b, size_t i, const struct gb_number_mark *mark)
{
    enum { LARGEST_STEP = 30 };
    struct gb_str rest = gb_str_skip(b->units[i].text.str, mark->rest);
    const struct gb_node *parent = gb_find_parent(b, &mark->num);

    unsigned part = gb_number_last(&mark->num);
    return parent && part > parent->last_part && part - parent->last_part <= LARGEST_STEP &&
           (rest.len ? gb_looks_like_title(rest) : b->terms && gb_title_follows(b, i)) &&
           !gb_continues_sentence(rest, mark->num.n, mark->is_glued);
}

static struct gb_str
next_text(const struct gb_builder *b, size_t i)
{
    size_t k = i + 1;

    return k < b->n ? b->units[k].text.str : (struct gb_str){0};
}

/*
 * 22 结构 and then GB 4706.1—2005的该章适用, 7.12 增加：: a draft that takes over chapters and clauses of another document, and says of them what
 * it changes, has the numbers of that document, however many it leaves out.
 */
static bool
changes_other(const struct gb_builder *b, size_t i, const struct gb_number_mark *mark)
{
    GB_WORDS(changes, "增加：", "修改：", "代替：", "替换：", "删除", "该条");
    struct gb_str rest = gb_str_skip(b->units[i].text.str, mark->rest);
    const struct gb_node *parent = gb_find_parent(b, &mark->num);

    if (mark->num.letter || mark->form != GB_NUMBER_ARABIC || b->annex)
        return false;
    if (mark->num.n == 1)
        return b->last_chapter > 0 && mark->num.part[0] > b->last_chapter && mark->num.part[0] <= GB_LARGEST_CHAPTER &&
               gb_looks_like_title(rest) && gb_str_has(next_text(b, i), GB_STR("的该章"));
    return parent && gb_number_last(&mark->num) > parent->last_part &&
           GB_STARTS_ANY(rest.len ? rest : next_text(b, i), changes);
}

static bool
heading_opens(const struct gb_builder *b, size_t i, const struct gb_number_mark *mark, enum gb_fit fit)
{
    const struct gb_unit *u = &b->units[i];
    bool is_chapter = mark->num.n == 1 && !mark->num.letter;

    if (fit == GB_FIT_NONE && is_chapter) /* far on, but a chapter by its place and its first clause: an excerpt */
        return !b->annex && u->block->level == b->chapter_level && mark->num.part[0] > b->last_chapter &&
               !mark->has_final_dot && mark->num.part[0] <= GB_LARGEST_CHAPTER &&
               (has_first_clause(b, i, mark->num.part[0]) || changes_other(b, i, mark));
    if (fit == GB_FIT_NONE)
        return skips_siblings(b, i, mark) || changes_other(b, i, mark);
    if (b->zone == GB_ZONE_BIBLIO && !is_chapter && b->n_open == 0) /* it divides the bibliography: STR-010 */
        return false;
    if (mark->form == GB_NUMBER_CHINESE && !is_chapter)
        return false;
    if (!is_chapter)
        return !(fit == GB_FIT_BACK && mark->num.letter && !b->annex);
    if (b->annex)
        return fit == GB_FIT_NEXT && (!b->chapter_level || u->block->level <= b->chapter_level);
    if (b->last_chapter == 0 && fit == GB_FIT_GAP)
        return !mark->has_final_dot;
    if (counts_anew(b, i, mark, fit) || gb_stands_further_below(b, i, mark))
        return false;
    /* Behind the first chapters a lone number is a chapter when it stands where chapters stand, or goes on exactly. */
    bool level_fits = !b->chapter_level || u->block->level == b->chapter_level;
    bool has_odd_dot = mark->has_final_dot && !b->chapters_have_dot;
    if (fit == GB_FIT_NEXT)
        return level_fits || !has_odd_dot;
    return level_fits && !mark->has_final_dot;
}

/* No letter, digit or sign of a row that holds more than a name. */
static bool
is_in_han(struct gb_str title)
{
    GB_FIND(byte, title.ptr, title.len, (unsigned char)*byte < 0x80 && *byte != ' ');
    return !byte && !gb_str_has(title, GB_STR("：")) && !gb_str_has(title, GB_STR("，"));
}

/* In a draft whose chapters are plain lines: a short line that stands alone, or is set in bold, with text below it. */
static bool
is_plain_title(const struct gb_builder *b, size_t i, struct gb_str title)
{
    enum { LONGEST = 15 };
    size_t k = i + 1;

    if (gb_str_han_length(title) > LONGEST || k >= b->n)
        return false;
    if (b->units[i].block->flags & GB_BLOCK_BOLD)
        return true;
    return gb_unit_is_line(&b->units[k]) && gb_ends_sentence(b->units[k].text.str);
}

/* 5.2 与村级组织的合作, alone between sentences that have ended: it goes on none of them. */
static bool
is_title_in_full(const struct gb_builder *b, size_t i, struct gb_str rest, enum gb_fit fit)
{
    GB_WORDS(heads, "与", "和", "及");
    const struct gb_unit *u = &b->units[i];
    size_t k = i + 1;

    return fit == GB_FIT_NEXT && gb_is_whole(b, i) && !u->item && i > 0 && GB_STARTS_ANY(rest, heads) &&
           gb_looks_like_title(rest) && gb_ends_with(b->units[i - 1].text.str, "。；") && k < b->n &&
           b->units[k].is_first;
}

/* 8 and then 8.1 …: the head of the chapter, whatever is left of it. */
static bool
first_clause_follows(const struct gb_builder *b, size_t i, unsigned chapter)
{
    struct gb_number_mark mark;

    return gb_mark_number(next_text(b, i), &mark) && mark.num.n <= 3 && is_first_of(&mark.num, chapter) &&
           (mark.num.n == 2 || gb_number_skips_section(&mark.num));
}

/* 6.2 and then 6.2.1 */
static bool
first_child_follows(const struct gb_builder *b, size_t i, const struct gb_number *num)
{
    struct gb_number_mark mark;

    return gb_mark_number(next_text(b, i), &mark) && gb_number_is_child(&mark.num, num) &&
           gb_number_last(&mark.num) == 1;
}

/* **4.3 归档：** in bold alone, and a sentence below it that is no item. */
static bool
is_bold_above_sentence(const struct gb_builder *b, size_t i)
{
    struct gb_item_mark item;
    struct gb_str next = next_text(b, i);

    return b->units[i].block->flags & GB_BLOCK_BOLD && gb_is_whole(b, i) && gb_ends_with(next, "。") &&
           !gb_mark_item(next, &item);
}

bool
gb_is_title_with_mark(const struct gb_builder *b, size_t i, struct gb_str rest, const struct gb_number *num)
{
    GB_WORDS(leads, "包括", "包含", "如下", "下列", "分为", "符合");
    enum { LONGEST = 15 };
    bool is_chapter = num->n == 1 && !num->letter;
    size_t prev;

    if (!gb_ends_with(rest, "。；：，:;") || rest.len > 6 * LONGEST || gb_str_han_length(rest) > LONGEST ||
        !(is_chapter ? first_clause_follows(b, i, num->part[0])
                     : first_child_follows(b, i, num) || is_bold_above_sentence(b, i)))
        return false;
    gb_utf8_before(rest, rest.len, &prev);
    struct gb_str title = gb_str_sub(rest, 0, prev);
    return gb_looks_like_title(title) && (is_chapter || !GB_ENDS_ANY(title, leads));
}

/* Does the number before this one begin a line above, in the same annex? Then items or the lines of a sample count. */
static bool
counts_on_from_line(const struct gb_builder *b, size_t i, unsigned part)
{
    enum { LOOK_BACK = 200 };

    for (size_t k = i; k-- > 0 && i - k < LOOK_BACK;) {
        struct gb_number_mark mark;
        if (gb_str_starts(b->units[k].text.str, GB_STR("附")) && gb_str_has(b->units[k].text.str, GB_STR("录")))
            return false;
        if (gb_mark_number(b->units[k].text.str, &mark) && mark.num.n == 1 && !mark.num.letter &&
            mark.num.part[0] + 1u == part)
            return true;
    }
    return false;
}

/* 10 附则 behind an annex, where chapters are plain lines: the next chapter, in a wrong place (STR-009). */
static bool
goes_on_behind_annex(const struct gb_builder *b, size_t i, const struct gb_number_mark *mark, struct gb_str rest)
{
    enum { LEAST_CHAPTERS = 4 };

    return b->last_chapter >= LEAST_CHAPTERS && mark->num.part[0] == b->last_chapter + 1u && !b->chapter_level &&
           b->units[i].is_first && !mark->has_final_dot && gb_looks_like_title(rest) && is_plain_title(b, i, rest) &&
           !counts_on_from_line(b, i, mark->num.part[0]);
}

/*
 * 2 规范性引用文件, alone on its line behind the foreword where chapter 1 is lost, or behind another chapter 2; 4 术语和定义 behind chapter 2:
 * the words are those of the chapter, whatever its number.
 */
static bool
is_lone_element(const struct gb_builder *b, size_t i, struct gb_str rest, enum gb_fit fit)
{
    const struct gb_unit *u = &b->units[i];
    enum gb_fixed_title fixed = gb_mark_fixed(rest);
    bool is_element = fixed == GB_FIXED_REFERENCES || fixed == GB_FIXED_TERMS || fixed == GB_FIXED_TERMS_SYMBOLS;

    return is_element && (fit == GB_FIT_GAP || (fit == GB_FIT_SAME && b->n_open > 0)) && !b->chapter_level &&
           !b->annex && u->is_first &&
           !(i + 1 < b->n && b->units[i + 1].block == u->block && !b->units[i + 1].is_first);
}

/* The next number of the same level or the first of the next deeper one. */
static bool
goes_on_from(const struct gb_number *num, const struct gb_number *next)
{
    struct gb_number expected = *num;

    if (next->letter || next->n < num->n)
        return false;
    if (num->n == 1 && gb_number_skips_section(next))
        return is_first_of(next, num->part[0]);
    if (next->n > num->n)
        return gb_number_is_child(next, num) && next->part[num->n] == 1;
    expected.part[num->n - 1]++;
    return gb_number_cmp(&expected, next) == 0;
}

enum { FAR_AHEAD = 200 };

/* The unit behind the last one to be looked at from i; less where the text has made it look ahead too often. */
static size_t
far_from(const struct gb_builder *b, size_t i)
{
    enum { PER_UNIT = 8, LEAST = 20000 };
    size_t end = b->n - i > FAR_AHEAD + 1 ? i + FAR_AHEAD + 1 : b->n;

    if (*b->looked > PER_UNIT * b->n + LEAST)
        return i;
    *b->looked += end - i;
    return end;
}

/* Does a line further below go on from the number at i? */
static bool
is_gone_on_from(const struct gb_builder *b, size_t i, const struct gb_number *num)
{
    for (size_t k = i + 1, end = far_from(b, i); k < end; k++) {
        struct gb_number_mark next;
        bool is_text = gb_unit_is_text(&b->units[k]);
        if (is_text && gb_mark_number(b->units[k].text.str, &next) && goes_on_from(num, &next.num))
            return true;
    }
    return false;
}

/* An excerpt without headings whose first line is a clause: its number goes on further below. */
static bool
opens_excerpt(const struct gb_builder *b, size_t i, const struct gb_number *num)
{
    enum { LARGEST_PART = 99 }; /* 35.240 is of the ICS */

    return i == 0 && !(num->n > 1 && num->part[1] > LARGEST_PART) && is_gone_on_from(b, i, num);
}

/* 4 缩略语, 5 登记 before 5.1: the chapter that such an excerpt begins with. */
static bool
opens_chapter_excerpt(const struct gb_builder *b, size_t i, const struct gb_number_mark *mark)
{
    struct gb_str rest = gb_str_skip(b->units[i].text.str, mark->rest);

    if (mark->has_final_dot || !gb_looks_like_title(rest) || !opens_excerpt(b, i, &mark->num))
        return false;
    return gb_mark_fixed(rest) != GB_FIXED_NONE || first_clause_follows(b, i, mark->num.part[0]);
}

/* A.1.1 where the head of the annex is lost: A.1.2 or A.2.1 follows. */
static bool
opens_lost_annex(const struct gb_builder *b, size_t i, const struct gb_number *num)
{
    for (size_t k = i + 1, end = far_from(b, i); k < end; k++) {
        struct gb_number_mark next;
        if (gb_unit_is_text(&b->units[k]) && gb_mark_number(b->units[k].text.str, &next) &&
            next.num.letter == num->letter)
            return gb_number_cmp(&next.num, num) > 0;
    }
    return false;
}

/* A number whose parent is not in the text. */
static bool
orphan_opens(const struct gb_builder *b, size_t i, const struct gb_number_mark *mark)
{
    struct gb_str rest = gb_str_skip(b->units[i].text.str, mark->rest);
    bool has_text = gb_str_han_length(rest) >= 2;

    if (b->n_open == 0) {
        bool is_first = gb_number_skips_section(&mark->num) && is_first_of(&mark->num, 1);
        return (has_text || (!rest.len && gb_title_follows(b, i))) &&
               (opens_excerpt(b, i, &mark->num) || (is_first && is_gone_on_from(b, i, &mark->num)));
    }
    if (!rest.len && goes_on_from(&b->open[b->n_open - 1]->num, &mark->num))
        return gb_title_follows(b, i);
    if (mark->num.letter && (b->annex || b->open[0]->num.n > 1) && opens_lost_annex(b, i, &mark->num))
        return has_text;
    if (mark->num.part[0] == b->open[0]->num.part[0])
        return has_text;
    /* 3.1.1 behind 2.0.5, where the heads of the chapters are lost: the first clauses of the next chapter. */
    return has_text && b->open[0]->num.n > 1 && mark->num.n > 2 && is_first_of(&mark->num, mark->num.part[0]) &&
           is_gone_on_from(b, i, &mark->num);
}

/* "7 SheetNumber 分幅号" on the line behind "6 AdminRegion 行政区划", which opened no chapter: rows of a table that lost its form. */
static bool
follows_row(const struct gb_builder *b, size_t i, unsigned chapter)
{
    const struct gb_unit *above = i > 0 ? &b->units[i - 1] : NULL;
    struct gb_number_mark mark;

    return above && above->block == b->units[i].block && gb_mark_number(above->text.str, &mark) && mark.num.n == 1 &&
           !mark.num.letter && mark.num.part[0] + 1u == chapter &&
           (b->n_open == 0 || b->open[0]->head.str.ptr != above->text.str.ptr);
}

/* 总则：张三 李四, where the preface says who wrote the chapter. */
static bool
names_writers(struct gb_str title)
{
    size_t at = gb_str_find(title, GB_STR("："), 0);

    return at != GB_NOT_FOUND && gb_mark_fixed(gb_str_sub(title, 0, at)) == GB_FIXED_NONE &&
           gb_str_trim(gb_str_skip(title, at)).len > GB_STR("：").len && gb_str_han_length(gb_str_skip(title, at)) >= 2;
}

/*
 * 8 登记 and then 8.1 behind chapter 6, or behind another chapter 8; 7、登记 and then 7.1: a chapter with a fault in its number, where
 * chapters are plain lines.
 */
static bool
stands_above_first_clause(const struct gb_builder *b, size_t i, const struct gb_number_mark *mark, enum gb_fit fit)
{
    const struct gb_unit *u = &b->units[i];
    bool is_again =
        fit == GB_FIT_SAME && b->n_open > 0 && (b->open[0]->last_part > 0 || b->open[0]->first) && !mark->has_final_dot;
    bool is_head = u->is_first || (i > 0 && gb_ends_with(b->units[i - 1].text.str, "。"));

    return (is_again || fit == GB_FIT_GAP || fit == GB_FIT_NEXT) && b->last_chapter > 0 && !b->chapter_level &&
           is_head && gb_looks_like_title(gb_str_skip(u->text.str, mark->rest)) &&
           first_clause_follows(b, i, mark->num.part[0]);
}

/* Does another number of one part stand between the head of the chapter and i? Then 4 归还 in chapter 4 is the fourth of a list. */
static bool
counts_in_chapter(const struct gb_builder *b, size_t i)
{
    enum { LOOK_BACK = 200 };

    for (size_t k = i; k-- > 0 && i - k < LOOK_BACK;) {
        struct gb_number_mark mark;
        if (b->n_open > 0 && b->units[k].text.str.ptr == b->open[0]->head.str.ptr)
            return false;
        if (gb_mark_number(b->units[k].text.str, &mark) && mark.num.n == 1)
            return true;
    }
    return true;
}

/*
 * 6 归还 behind chapter 4, where chapters are plain lines: one number is left out; 4 归还 behind chapter 4: it is used again. A title alone
 * between sentences that have ended, so far on that the chapters have shown themselves.
 */
static bool
opens_out_of_sequence(const struct gb_builder *b, size_t i, const struct gb_number_mark *mark, struct gb_str title)
{
    enum { SURE = 3 };
    const struct gb_unit *u = &b->units[i];
    bool is_expected = !b->chapter_lines || gb_is_due_in_contents(b, title);
    bool is_alone = i > 0 && gb_is_whole(b, i);

    bool is_near = mark->num.part[0] == b->last_chapter + 2 || mark->num.part[0] == b->last_chapter;

    return is_near && b->last_chapter >= SURE && !b->chapter_level && is_expected && is_alone &&
           gb_str_han_length(title) >= 2 && is_in_han(title) && gb_ends_sentence(u[-1].text.str) &&
           is_plain_title(b, i, title) && (mark->num.part[0] > b->last_chapter || !counts_in_chapter(b, i));
}

/*
 * 5.2 归还 or 3.2 归还 behind 4.1, where clauses are plain lines: but for the chapter it is the next. A title alone behind a sentence; chapter
 * 5 begins further below.
 */
static bool
misses_chapter(const struct gb_builder *b, size_t i, const struct gb_number *num, struct gb_str title)
{
    const struct gb_node *chapter = b->n_open > 0 ? b->open[0] : NULL;
    struct gb_number head = {.n = 1, .part = {(uint16_t)b->last_chapter}},
                     own = {.n = 2, .part = {head.part[0], num->part[1]}};

    if (!chapter || chapter->num.n != 1 || num->n != 2 || num->letter || b->annex || b->chapter_level ||
        num->part[0] > b->last_chapter + 1 || gb_fit(b, &own) != GB_FIT_NEXT || i == 0 || !gb_is_whole(b, i) ||
        !is_in_han(title) || !is_plain_title(b, i, title) || !gb_ends_sentence(b->units[i - 1].text.str))
        return false;
    return num->part[0] < b->last_chapter || is_gone_on_from(b, i, &head);
}

/* Nothing is left open above line i: a sentence that has ended, a caption, a table. */
static bool
is_closed_above(const struct gb_builder *b, size_t i)
{
    struct gb_caption_mark caption;

    const struct gb_unit *above = i > 0 ? &b->units[i - 1] : NULL;
    return above &&
           (!gb_unit_is_line(above) || gb_ends_sentence(above->text.str) || gb_mark_caption(above->text.str, &caption));
}

/*
 * 7.1.5 给出的结果应……; 5.2 与轴相配的孔应……, inside of a block as well: the next clause, whose subject has an attribute; what stands
 * before it is whole.
 */
static bool
opens_with_attribute(const struct gb_builder *b, size_t i, const struct gb_number_mark *mark, struct gb_str rest)
{
    GB_WORDS(attributes, "给出的", "规定的", "所");
    GB_WORDS(partners, "与", "和", "及");
    const struct gb_unit *u = &b->units[i];
    struct gb_number_mark other;
    size_t partner = GB_START(rest, partners);

    if ((!u->is_first && !partner) || u->item || mark->is_glued || mark->num.n < 2 || !gb_ends_with(rest, "。"))
        return false;
    bool is_attribute = partner ? !gb_mark_number(gb_str_skip(rest, partner), &other) : GB_STARTS_ANY(rest, attributes);
    return is_attribute && gb_has_modal(rest) && is_closed_above(b, i);
}

static bool
line_opens(const struct gb_builder *b, size_t i, const struct gb_number_mark *mark, enum gb_fit fit)
{
    const struct gb_unit *u = &b->units[i];
    struct gb_str rest = gb_str_skip(u->text.str, mark->rest);
    bool is_chapter = mark->num.n == 1 && !mark->num.letter;

    if (mark->form == GB_NUMBER_CHINESE)
        return false;
    if (!u->item && changes_other(b, i, mark))
        return true;
    if (gb_continues_sentence(rest, mark->num.n, mark->is_glued) && !is_title_in_full(b, i, rest, fit) &&
        (fit != GB_FIT_NEXT || !opens_with_attribute(b, i, mark, rest)))
        return false;
    if (!is_chapter) {
        if (fit == GB_FIT_NEXT || fit == GB_FIT_GAP)
            return true;
        /* **B.2 记录** behind A.1: the letter is a fault (ANX-007), and makes no paragraph of it. */
        if (fit == GB_FIT_BACK && mark->num.letter && mark->num.n == 1 && b->annex && u->block->flags & GB_BLOCK_BOLD)
            return mark->num.part[0] == b->annex->last_part + 1 && gb_looks_like_title(rest);
        if (fit == GB_FIT_SAME) /* alone on its line: of a term */
            return gb_str_han_length(rest) >= 2 || (b->terms && !rest.len && gb_title_follows(b, i));
        return (fit == GB_FIT_ORPHAN && orphan_opens(b, i, mark)) || misses_chapter(b, i, &mark->num, rest);
    }
    if (b->n_open == 0 && b->last_chapter == 0 && !b->annex && fit == GB_FIT_GAP && !u->item &&
        opens_chapter_excerpt(b, i, mark))
        return true;
    if (b->annex)
        return !u->item && goes_on_behind_annex(b, i, mark, rest);
    if (!u->item && !mark->has_final_dot && is_lone_element(b, i, rest, fit))
        return true;
    if (!u->item && stands_above_first_clause(b, i, mark, fit))
        return true;
    if (u->item || (mark->has_final_dot && !b->chapters_have_dot) || fit == GB_FIT_NONE || fit == GB_FIT_BACK)
        return false;
    if (gb_stands_further_below(b, i, mark))
        return false;
    if (rest.len == 0)
        return fit == GB_FIT_NEXT && (gb_title_follows(b, i) || first_clause_follows(b, i, mark->num.part[0])) &&
               (gb_mark_fixed(next_text(b, i)) != GB_FIXED_NONE || first_clause_follows(b, i, mark->num.part[0]) ||
                is_confirmed(b, i, mark->num.part[0]) || gb_is_in_contents(b, &mark->num, next_text(b, i)));
    if (fit == GB_FIT_NEXT && gb_is_title_with_mark(b, i, rest, &mark->num))
        return true;
    if (!gb_looks_like_title(rest) && !(mark->form == GB_NUMBER_WORD))
        return false;
    if (names_writers(rest))
        return false;
    if (gb_mark_fixed(rest) != GB_FIXED_NONE && fit == GB_FIT_NEXT)
        return true;
    if (gb_is_in_contents(b, &mark->num, rest))
        return true;
    if (counts_anew(b, i, mark, fit) || follows_row(b, i, mark->num.part[0]))
        return false;
    if (fit != GB_FIT_NEXT)
        return opens_out_of_sequence(b, i, mark, rest);
    /* Where the heads of chapters are lost, what counts below 3.1.5 are its items. */
    if (b->n_open > 0 && b->open[0]->num.n > 1 && counts_on_from_line(b, i, mark->num.part[0]))
        return false;
    /* Contents that name another chapter here want more than the next number, which rows of a table have as well. */
    if (b->chapter_lines && !has_first_clause(b, i, mark->num.part[0]))
        return is_plain_title(b, i, rest) && !b->chapter_level && is_in_han(rest);
    return is_confirmed(b, i, mark->num.part[0]) ||
           (b->last_chapter > 0 && !b->chapter_level && is_plain_title(b, i, rest));
}

/* "3 1" below chapter 3 is 3.1; "421 型号" after 4.2 is 4.2.1: dots that were lost. */
static bool
restore_dots(const struct gb_builder *b, struct gb_str line, struct gb_number_mark *mark)
{
    struct gb_number num = {0};

    if (mark->num.n != 1 || mark->num.letter || mark->form != GB_NUMBER_ARABIC || b->n_open == 0)
        return false;
    struct gb_str rest = gb_str_skip(line, mark->rest);
    struct gb_number_mark next;
    if (mark->num.part[0] == b->last_chapter && !mark->is_glued && rest.len && gb_mark_number(rest, &next) &&
        !next.num.letter && next.form == GB_NUMBER_ARABIC && next.num.n + 1 < GB_MAX_COMPONENTS) {
        num = (struct gb_number){.n = (uint8_t)(next.num.n + 1), .part = {mark->num.part[0]}};
        memcpy(num.part + 1, next.num.part, next.num.n * sizeof(num.part[0]));
        if (gb_fit(b, &num) != GB_FIT_NEXT)
            return false;
        mark->end = mark->rest + next.end;
        mark->is_glued = next.is_glued;
        mark->rest += next.rest;
        mark->num = num;
        return true;
    }
    /* Digits, each a part of its own, that go on exactly. */
    unsigned value = mark->num.part[0];
    if (value < 10 || value == b->last_chapter + 1)
        return false;
    uint16_t reversed[4];
    uint8_t n = 0;
    for (; value; value /= 10)
        reversed[n++] = (uint16_t)(value % 10);
    for (uint8_t k = 0; k < n; k++)
        num.part[k] = reversed[n - 1 - k];
    num.n = n;
    if (n < 2 || gb_fit(b, &num) != GB_FIT_NEXT)
        return false;
    mark->num = num;
    return true;
}

bool
gb_item_is_clause(const struct gb_builder *b, size_t i)
{
    const struct gb_unit *u = &b->units[i];
    struct gb_number num;

    if (b->annex || !read_item_number(u, &num) || num.part[0] != b->last_chapter)
        return false;
    enum gb_fit fit = gb_fit(b, &num);
    return fit == GB_FIT_NEXT || ((b->terms || u->list_level > 1) && fit == GB_FIT_GAP);
}

void
gb_restore_item_number(struct gb_builder *b)
{
    struct gb_unit *u = &b->units[b->i];

    if (!gb_item_is_clause(b, b->i))
        return;
    for (const struct gb_block *item = u->item; item; item = item_around(item))
        u->text = gb_text_join(b->arena, &item->label, &u->text, "");
    u->item = NULL;
    u->list_level = 0;
    u->starts_item = false;
}

/*
 * Does the line go on the one before it, whose sentence has not ended? No, where that one is a reference or the row of a table, or
 * where the number goes on exactly, and the line before ends far from the margin or in no word that a mention follows: then the
 * sentence only lacks its mark.
 */
static bool
goes_on_sentence(const struct gb_builder *b, size_t i, const struct gb_number_mark *mark)
{
    const struct gb_unit *u = &b->units[i];
    struct gb_number_mark before;

    if (u->is_first || u->after_hard_break || i == 0 || b->units[i - 1].block != u->block)
        return false;
    struct gb_str previous = b->units[i - 1].text.str, rest = gb_str_skip(u->text.str, mark->rest);
    if (gb_ends_sentence(previous) || gb_ends_with(previous, "]］|") || gb_mark_code(previous) > 0 ||
        gb_mark_number(previous, &before) || gb_looks_like_title(previous) || gb_mark_fixed(rest) != GB_FIXED_NONE)
        return false;
    bool is_chapter = mark->num.n == 1 && !mark->num.letter;
    if (gb_fit(b, &mark->num) != GB_FIT_NEXT)
        return true;
    return is_chapter ? !gb_is_in_contents(b, &mark->num, rest) && !first_clause_follows(b, i, mark->num.part[0])
                      : !gb_has_room(b, i - 1) && gb_is_left_open(previous);
}

bool
gb_opens_clause(const struct gb_builder *b, size_t i, struct gb_number_mark *mark)
{
    const struct gb_unit *u = &b->units[i];
    struct gb_number_mark read;

    if (u->is_quoted || !gb_mark_number(u->text.str, &read) || gb_mark_code(u->text.str) > 0) /* 3GPP TS 36.321 */
        return false;
    bool is_heading = gb_unit_is_heading(u);
    if (!is_heading && !gb_unit_is_line(u))
        return false;
    if (is_heading && gb_unit_encoding(u) == GB_ENCODING_HEADING && u->item)
        is_heading = false;
    /* Inside an item only a line that goes on exactly opens a clause: it was meant to stand behind the list. */
    bool in_item = !is_heading && u->item && !u->starts_item;
    if (in_item && u->is_first)
        return false;
    if (!is_heading && goes_on_sentence(b, i, &read))
        return false;
    if (in_item && read.num.n < 2) {
        *mark = read;
        return gb_fit(b, &read.num) == GB_FIT_NEXT && !read.num.letter && !read.is_glued &&
               (gb_mark_fixed(gb_str_skip(u->text.str, read.rest)) != GB_FIXED_NONE ||
                first_clause_follows(b, i, read.num.part[0]));
    }
    if ((is_heading || u->block->flags & GB_BLOCK_BOLD) && restore_dots(b, u->text.str, &read)) {
        *mark = read;
        return true;
    }
    for (;;) {
        enum gb_fit fit = gb_fit(b, &read.num);
        if (in_item && fit != GB_FIT_NEXT)
            return false;
        if (is_heading ? heading_opens(b, i, &read, fit) : line_opens(b, i, &read, fit)) {
            *mark = read;
            return true;
        }
        if (!gb_mark_number_shorten(u->text.str, &read))
            return false;
    }
}

bool
gb_counts_from_start(const struct gb_builder *b, size_t i)
{
    enum { LEAST_CHAPTERS = 3, LARGEST_CLAUSE = 3 };
    struct gb_number_mark mark, next;

    if (!b->has_general || b->last_chapter < LEAST_CHAPTERS || !gb_mark_number(b->units[i].text.str, &mark) ||
        mark.num.letter || !gb_number_skips_section(&mark.num) || mark.num.part[0] != 1 ||
        mark.num.part[2] > LARGEST_CLAUSE)
        return false;
    struct gb_str rest = gb_str_skip(b->units[i].text.str, mark.rest);
    if (gb_str_han_length(rest) < 2 || gb_continues_sentence(rest, mark.num.n, mark.is_glued))
        return false;
    for (size_t k = i + 1, end = far_from(b, i); k < end; k++) {
        if (gb_unit_is_text(&b->units[k]) && gb_mark_number(b->units[k].text.str, &next) && !next.num.letter &&
            next.num.n > 1 && next.num.part[0] < b->last_chapter)
            return gb_number_cmp(&next.num, &mark.num) > 0;
    }
    return false;
}

bool
gb_counts_anew_behind(const struct gb_builder *b, size_t i)
{
    for (size_t k = i + 1, end = far_from(b, i); k < end; k++) {
        struct gb_number_mark mark;
        if (gb_unit_is_text(&b->units[k]) && gb_mark_number(b->units[k].text.str, &mark) && !mark.num.letter &&
            (mark.num.n > 1 || gb_unit_is_heading(&b->units[k])))
            return mark.num.part[0] < b->last_chapter;
    }
    return true;
}
