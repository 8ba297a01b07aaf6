/* Annex heads: 附录, letter, nature and title on one line or several, any of them lost. */
#include "read/build.h"

#include "text/chars.h"

/* 附件2（规范性） 登记表: an annex by another name, which stays in its title. */
static bool
is_attachment(struct gb_str line, struct gb_annex_mark *mark)
{
    enum { LONGEST = 12 }; /* bytes of 附件 and its number */
    size_t bracket = gb_str_find(line, GB_STR("（"), 0);
    struct gb_annex_mark nature;

    bracket = bracket == GB_NOT_FOUND ? gb_str_find(line, GB_STR("("), 0) : bracket;
    if (!gb_str_starts(line, GB_STR("附件")) || bracket > LONGEST ||
        !gb_mark_nature(gb_str_skip(line, bracket), &nature))
        return false;
    *mark = (struct gb_annex_mark){.nature = nature.nature, .title = 0};
    return true;
}

/* A line, and no heading, that begins as the head of an annex does. */
static bool
is_annex_line(const struct gb_builder *b, size_t i)
{
    return i < b->n && gb_unit_is_line(&b->units[i]) && gb_str_starts(b->units[i].text.str, GB_STR("附录"));
}

bool
gb_opens_annex(const struct gb_builder *b, size_t i, struct gb_annex_mark *mark)
{
    const struct gb_unit *u = &b->units[i];
    bool is_heading = gb_unit_is_heading(u);

    if ((!is_heading && !gb_unit_is_line(u)) || (u->item && (u->is_first || u->starts_item)) || u->is_quoted)
        return false;
    if (is_heading && (u->block->flags & GB_BLOCK_ANNEX)) {
        if (!gb_mark_annex(u->text.str, mark))
            *mark = (struct gb_annex_mark){.nature = u->block->nature, .title = 0};
        return true;
    }
    if (is_heading && is_attachment(u->text.str, mark))
        return true;
    if (gb_mark_annex(u->text.str, mark)) {
        if (is_heading || mark->nature != GB_NATURE_NONE)
            return true;
        struct gb_annex_mark nature;
        size_t k = i + 1;
        bool goes_on = !u->is_first && !u->after_hard_break;
        if (goes_on && !(k < b->n && mark->letter && mark->title == u->text.str.len &&
                         gb_mark_nature(b->units[k].text.str, &nature)))
            return false;
        bool title_here = mark->title < u->text.str.len;
        if (gb_mark_entry(u->text.str).has_leader)
            return false;
        if (k < b->n && gb_mark_nature(b->units[k].text.str, &nature))
            return true;
        if (title_here) { /* 附录A：登记表, or 附录A 登记表 that stands alone */
            struct gb_str head = gb_str_trim(gb_str_sub(u->text.str, 0, mark->title));
            bool colon = gb_ends_with(head, "：:");
            bool alone = u->is_first && !(k < b->n && b->units[k].block == u->block);
            /* 附录A：张三 and 附录B：李四 below it say who wrote them: no annex is empty. */
            if (colon && (is_annex_line(b, k) || (i > 0 && is_annex_line(b, i - 1))))
                return false;
            return mark->letter && (colon || (alone && b->zone >= GB_ZONE_BODY && b->last_chapter > 0));
        }
        return mark->letter && gb_title_follows(b, i) && (b->last_chapter > 0 || b->zone >= GB_ZONE_BODY);
    }
    /* 附录 is lost, its nature is left. */
    return (b->last_chapter > 0 || b->annex) && u->is_first && gb_mark_nature(u->text.str, mark) &&
           (mark->title < u->text.str.len || gb_title_follows(b, i)) && b->zone >= GB_ZONE_BODY;
}

/* 与本标准中规范性引用的国际文件有一致性对应关系的我国文件: a line alone below the nature, without a mark of a sentence. */
static bool
is_long_title(const struct gb_builder *b, size_t i)
{
    enum { LONGEST = 45 };
    const struct gb_unit *u = &b->units[i];
    bool is_alone = gb_is_whole(b, i);

    return gb_unit_is_line(u) && is_alone && gb_str_han_length(u->text.str) <= LONGEST &&
           gb_str_han_length(u->text.str) > 2 && !gb_ends_sentence(u->text.str) &&
           !gb_str_has(u->text.str, GB_STR("，")) && !gb_str_has(u->text.str, GB_STR("。")) &&
           !gb_str_has(u->text.str, GB_STR("；")) && !gb_str_has(u->text.str, GB_STR("："));
}

/* A.1 试样 below the nature: the first clause, and the title is lost. */
static bool
begins_clause(const struct gb_node *annex, struct gb_str line)
{
    struct gb_number_mark number;

    return gb_mark_number(line, &number) && number.num.letter == annex->num.letter && number.num.n > 0;
}

void
gb_set_nature_text(struct gb_builder *b, struct gb_node *node, const struct gb_text *line,
                   const struct gb_annex_mark *mark)
{
    if (mark->nature_end == mark->nature_begin)
        return;
    node->u.nature_text = gb_arena_new(b->arena, struct gb_text);
    *node->u.nature_text = gb_text_slice(line, mark->nature_begin, mark->nature_end);
}

/* Nature and title that stand on the lines below the head. */
static void
take_annex_head(struct gb_builder *b, struct gb_node *annex, struct gb_annex_mark mark)
{
    for (unsigned pieces = 0; pieces < 3; pieces++) {
        size_t k = b->i;
        if (k >= b->n)
            return;
        const struct gb_unit *u = &b->units[k];
        struct gb_annex_mark nature, other;
        bool is_clause = u->block->flags & GB_BLOCK_SECTION && u->block->level > annex->depth;
        if (!gb_unit_is_text(u) || u->item || is_clause)
            return;
        if (mark.nature == GB_NATURE_NONE && annex->title.str.len == 0 && gb_mark_nature(u->text.str, &nature)) {
            mark = nature;
            annex->nature = nature.nature;
            annex->flags |= nature.is_old_nature ? GB_NODE_OLD_NATURE : 0u;
            gb_set_nature_text(b, annex, &u->text, &nature);
            if (nature.title < u->text.str.len)
                annex->title = gb_text_slice(&u->text, nature.title, u->text.str.len);
        } else if (annex->title.str.len == 0 && !gb_mark_annex(u->text.str, &other) &&
                   (gb_title_follows(b, k - 1) ||
                    (mark.nature != GB_NATURE_NONE && is_long_title(b, k) && !begins_clause(annex, u->text.str)))) {
            annex->title = u->text;
        } else {
            return;
        }
        annex->flags |= GB_NODE_SPLIT;
        b->i = k + 1;
        if (annex->title.str.len > 0)
            return;
    }
}

void
gb_take_annex(struct gb_builder *b, const struct gb_annex_mark *mark)
{
    const struct gb_unit *u = &b->units[b->i];
    const struct gb_block *block = u->block;
    bool is_heading = gb_unit_is_heading(u);

    gb_close_lists(b);
    struct gb_node *annex = gb_add(b, b->root, GB_NODE_ANNEX, gb_unit_encoding(u), &u->text);
    annex->depth = is_heading ? block->level : 0;
    annex->nature = mark->nature;
    if (annex->nature == GB_NATURE_NONE)
        annex->nature = block->nature;
    annex->flags |= mark->is_old_nature ? GB_NODE_OLD_NATURE : 0u;
    annex->num.letter = mark->letter;
    if (mark->letter) {
        annex->number = gb_text_slice(&u->text, mark->letter_begin, mark->letter_end);
    } else if (block->label.str.len > 0) {
        annex->num.letter = block->label.str.ptr[block->label.str.len - 1];
        annex->number = block->label;
        annex->flags |= block->flags & GB_BLOCK_COUNTED ? GB_NODE_GIVEN | GB_NODE_COUNTED : 0u;
    } else {
        char letter = (char)('A' + (b->n_annexes < 26 ? b->n_annexes : 25));
        annex->num.letter = letter;
        annex->number = gb_given(b, (struct gb_str){&letter, 1});
        annex->flags |= GB_NODE_GIVEN | (block->flags & GB_BLOCK_ANNEX ? GB_NODE_COUNTED : 0u);
    }
    gb_set_nature_text(b, annex, &u->text, mark);
    if (mark->title < u->text.str.len)
        annex->title = gb_text_slice(&u->text, mark->title, u->text.str.len);
    if (!annex->head.n_runs) /* an empty title: the element tells the place */
        annex->span = (struct gb_span){block->span.begin, block->span.begin};
    b->annex = annex;
    b->n_annexes++;
    b->n_open = 0;
    b->terms = b->refs = NULL;
    b->figure = b->formula = NULL;
    b->at = annex;
    b->zone = GB_ZONE_ANNEX;
    b->i++;
    if (annex->title.str.len == 0)
        take_annex_head(b, annex, *mark);
}
