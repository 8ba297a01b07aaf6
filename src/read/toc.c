/* The contents (目次): their entries, from lines, from lines that a conversion ran together, from the rows of a table. */
#include "read/build.h"

#include "text/chars.h"
#include "text/utf8.h"

/* Is what the line names listed already? Then it is the thing itself, and the contents ended before it. */
static bool
entry_is_known(const struct gb_node *toc, const struct gb_node *entry)
{
    enum { FIRST_ENTRIES = 3, SEARCHED = 300 };
    unsigned n = 0;

    if (entry->num.n > 0) {
        /* Among entries with pages a number without one that does not grow is the chapter; where no entry has a page, one in the
         * wrong place (TOC-001) is told from it by not being listed yet. */
        for (const struct gb_node *e = toc->last; e && n < SEARCHED; e = e->prev) {
            if (e->num.n == 0)
                continue;
            if (n++ == 0 && (entry->num.letter || e->num.letter || gb_number_cmp(&entry->num, &e->num) > 0))
                return false;
            if (e->page.str.len || gb_number_cmp(&entry->num, &e->num) == 0)
                return true;
        }
        return false;
    }
    enum gb_fixed_title fixed = gb_mark_fixed(entry->title.str);
    for (const struct gb_node *e = toc->first; e && n < FIRST_ENTRIES; e = e->next, n++) {
        if (e->num.n > 0 || e->num.letter || entry->num.letter)
            continue;
        if (gb_str_same(e->title.str, entry->title.str) ||
            (fixed != GB_FIXED_NONE && gb_mark_fixed(e->title.str) == fixed))
            return true;
    }
    return false;
}

/* Reads a line of the contents; false when it is none. Is it attached? Not yet. */
static bool
read_entry(struct gb_builder *b, const struct gb_unit *u, struct gb_node *entry)
{
    struct gb_number_mark number;
    struct gb_annex_mark annex;
    struct gb_caption_mark caption;

    struct gb_entry_mark mark = gb_mark_entry(u->text.str);
    struct gb_text title = gb_text_between(&u->text, 0, mark.text_end);
    bool has_page = mark.page_end > mark.page_begin;
    if (has_page)
        entry->page = gb_text_slice(&u->text, mark.page_begin, mark.page_end);
    entry->head = u->text;
    entry->span = gb_text_whole(&u->text, NULL);
    entry->title = title;
    if (gb_mark_annex(title.str, &annex) && (annex.letter || annex.nature != GB_NATURE_NONE)) {
        entry->num.letter = annex.letter;
        entry->nature = annex.nature;
        entry->flags |= annex.is_old_nature ? GB_NODE_OLD_NATURE : 0u;
        entry->number = gb_text_slice(&title, annex.letter_begin, annex.letter_end);
        gb_set_nature_text(b, entry, &title, &annex);
        entry->title = gb_text_slice(&title, annex.title, title.str.len);
        return true;
    }
    enum gb_fixed_title fixed = gb_mark_fixed(title.str);
    if (fixed == GB_FIXED_FOREWORD || fixed == GB_FIXED_INTRO || fixed == GB_FIXED_BIBLIO || fixed == GB_FIXED_INDEX)
        return true;
    if (gb_mark_number(title.str, &number) && number.form == GB_NUMBER_ARABIC) {
        entry->num = number.num;
        entry->number = gb_text_slice(&title, number.begin, number.end);
        entry->title = gb_text_slice(&title, number.rest, title.str.len);
        return !gb_ends_with(title.str, "。；");
    }
    if (gb_mark_number(title.str, &number)) { /* 第一章 范围 */
        entry->num = number.num;
        entry->number = gb_text_slice(&title, number.begin, number.end);
        entry->title = gb_text_slice(&title, number.rest, title.str.len);
        return has_page || mark.has_leader;
    }
    if (gb_mark_caption(title.str, &caption))
        return true;
    return has_page || mark.has_leader;
}

struct gb_node *
gb_open_toc(struct gb_builder *b, const struct gb_text *head, enum gb_encoding encoding)
{
    b->toc = gb_add(b, b->root, GB_NODE_TOC, encoding, head);
    b->zone = GB_ZONE_TOC;
    b->at = b->toc;
    return b->toc;
}

/* "4.2　型号", "附录A", 参考文献: what an entry may begin with that has no leader. */
static bool
begins_entry(struct gb_str s)
{
    struct gb_number_mark number;
    struct gb_annex_mark annex;

    if (gb_str_starts(s, GB_STR("参考文献")) || (gb_mark_annex(s, &annex) && annex.letter))
        return true;
    if (!gb_mark_number(s, &number) || number.form != GB_NUMBER_ARABIC || number.is_glued)
        return false;
    return number.rest < s.len && gb_char_is_han(gb_char_at(s, number.rest));
}

/* Is `rest` the entry that comes next behind `first`: 2 behind 1, 1 behind 前言? */
static bool
follows_entry(struct gb_str first, struct gb_str rest)
{
    struct gb_number_mark own = {0}, next;

    if (!begins_entry(rest) || (!begins_entry(first) && gb_mark_fixed(first) == GB_FIXED_NONE))
        return false;
    gb_mark_number(first, &own);
    return !gb_mark_number(rest, &next) ||
           (gb_number_cmp(&own.num, &next.num) < 0 && next.num.part[0] <= own.num.part[0] + 1);
}

/*
 * Where the first of several entries ends that have blanks before their pages, or no pages: 前言 Ⅲ 1　范围 1 2　规范性引用文件 1,
 * 前言 1　范围 2　规范性引用文件. Else the length.
 */
static size_t
behind_blank_entry(struct gb_str line)
{
    enum { LONGEST = 60 * GB_HAN };

    for (size_t at = 0, end; at < line.len; at = end) {
        at = gb_skip_any(line, at, " \t\n\r");
        for (end = at; end < line.len && !gb_is_space(line.ptr[end]);)
            end++;
        struct gb_str first = gb_str_sub(line, 0, at < LONGEST ? at : LONGEST);
        bool is_page = at > 0 && end < line.len && gb_is_page_number(gb_str_sub(line, at, end));
        if (is_page && gb_str_han_length(first) >= 2 && begins_entry(gb_str_trim(gb_str_skip(line, end))))
            return end;
        if (!is_page && at > 0 && at < LONGEST && follows_entry(gb_str_trim(first), gb_str_skip(line, at)))
            return at;
    }
    return line.len;
}

/* Where the first of several entries on one line ends: behind its leader and page, before more text. Else the length. */
static size_t
behind_entry(struct gb_str line)
{
    enum { FEWEST_DOTS = 3 };
    unsigned dots = 0;

    for (size_t at = 0, next; at < line.len; at = next) {
        uint32_t c = gb_utf8_at(line, at, &next);
        if (c == '.' || c == 0x2026 || c == 0x00B7) {
            dots += c == 0x2026 ? FEWEST_DOTS : 1;
            continue;
        }
        if (gb_char_is_space(c))
            continue;
        if (dots >= FEWEST_DOTS) { /* the page, then a blank */
            size_t end = at;
            while (end < line.len && !gb_is_space(line.ptr[end]))
                end++;
            if (gb_is_page_number(gb_str_sub(line, at, end)))
                return end < line.len ? end : line.len;
        }
        dots = 0;
    }
    return behind_blank_entry(line);
}

/* The title of an entry whose number stands alone on its line is the next line, known by its page or leader. */
static void
take_entry_title(struct gb_builder *b, struct gb_node *entry)
{
    struct gb_unit *next = b->i + 1 < b->n ? &b->units[b->i + 1] : NULL;

    if (!entry->num.n || entry->title.str.len || !next || !gb_unit_is_line(next))
        return;
    struct gb_node *title = gb_node_new(b->arena, GB_NODE_ENTRY, entry->encoding);
    struct gb_unit piece = *next;
    size_t cut = behind_entry(next->text.str);
    piece.text = gb_text_between(&next->text, 0, cut);
    struct gb_entry_mark mark = gb_mark_entry(piece.text.str);
    if ((!mark.has_leader && mark.page_begin == mark.page_end) || !read_entry(b, &piece, title) || title->num.n)
        return;
    entry->title = title->title;
    entry->page = title->page;
    entry->span.end = title->span.end;
    if (cut < next->text.str.len) { /* more entries in its line */
        piece.text = gb_text_slice(&next->text, cut, next->text.str.len);
        next->text = gb_text_trim(&piece.text);
        return;
    }
    b->i++;
}

/* The last line of an entry's block holds nothing but a number: the page, which a converter wrapped. */
static bool
is_wrapped_page(const struct gb_builder *b, const struct gb_unit *line)
{
    const struct gb_unit *behind = line + 1 < b->units + b->n ? line + 1 : NULL;

    return line->block == line[-1].block && (!behind || behind->block != line->block) &&
           gb_is_page_number(line->text.str);
}

/*
 * 附录A（规范性附 / 录）　浸渍剥离试验 …… 8, 1　范围 …… / …… 1: an entry that was wrapped in its nature or its leader goes on in the next
 * line, which takes it in. Elsewhere a line without page has lost it, and the next one its number.
 */
static bool
wraps(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];
    struct gb_unit *next = b->i + 1 < b->n ? &b->units[b->i + 1] : NULL;
    struct gb_annex_mark annex;
    struct gb_caption_mark caption;

    if (!next || !gb_unit_is_line(u) || !gb_unit_is_line(next) || !next->text.str.len)
        return false;
    struct gb_entry_mark own = gb_mark_entry(u->text.str);
    if (own.page_end > own.page_begin)
        return false;
    bool is_page = is_wrapped_page(b, next);
    if (own.has_leader) {
        if (gb_str_has_han(next->text.str))
            return false;
    } else if (!is_page) {
        struct gb_str line = next->text.str;
        bool is_bare_annex = gb_mark_annex(u->text.str, &annex) && annex.letter && annex.title >= u->text.str.len;
        struct gb_entry_mark rest = gb_mark_entry(line);
        if ((rest.page_end == rest.page_begin && !rest.has_leader) || begins_entry(line) ||
            gb_mark_caption(line, &caption) ||
            gb_mark_fixed(gb_str_trim(gb_str_sub(line, 0, rest.text_end))) != GB_FIXED_NONE ||
            !(is_bare_annex || gb_has_open_bracket(u->text.str)))
            return false;
    }
    struct gb_text joined = gb_text_join(b->arena, &u->text, &next->text, is_page ? " " : "");
    struct gb_entry_mark both = gb_mark_entry(joined.str);
    if (own.has_leader && (both.page_end == both.page_begin || both.text_end != own.text_end))
        return false;
    next->text = joined;
    b->i++;
    return true;
}

/* A line without number and page in a paragraph of entries: both were lost. */
static bool
is_among_entries(const struct gb_builder *b, const struct gb_unit *u)
{
    enum { LONGEST = 30 };

    return b->toc->first && b->i > 0 && u[-1].block == u->block && gb_unit_is_line(u) &&
           !gb_ends_with(u->text.str, "。；：，") && gb_str_han_length(u->text.str) <= LONGEST;
}

/* 1. 范围, which the markup takes for an item of a list: the number is that of the entry. The level of the list; 0: it is none such. */
static unsigned
restore_number(const struct gb_builder *b, struct gb_unit *u)
{
    const struct gb_text *label = u->item ? &u->item->label : NULL;
    unsigned level = u->list_level;

    if (!u->starts_item || !(u->item->parent->flags & GB_BLOCK_ORDERED) || !gb_str_ends(label->str, GB_STR(".")) ||
        gb_ends_with(u->text.str, "。；："))
        return 0;
    struct gb_text number = gb_text_slice(label, 0, label->str.len - 1);
    u->text = gb_text_join(b->arena, &number, &u->text, " ");
    u->item = NULL;
    u->list_level = 0;
    u->starts_item = false;
    return level;
}

/* 1. 登记 in the list inside of 4. 服务要求 is 4.1. */
static void
nest_entry(struct gb_builder *b, struct gb_node *entry, unsigned level)
{
    const struct gb_node *last = b->toc->last;

    if (level < 2 || level > GB_COUNT(entry->num.part) || entry->num.n != 1 || !last || last->num.letter ||
        last->num.n < level - 1)
        return;
    uint16_t own = entry->num.part[0];
    entry->num = last->num;
    entry->num.n = (uint8_t)level;
    entry->num.part[level - 1] = own;
    entry->number = gb_given(b, gb_number_text(&entry->num, b->arena));
}

static bool
take_entry_line(struct gb_builder *b)
{
    unsigned level = restore_number(b, &b->units[b->i]);
    while (wraps(b))
        continue;
    struct gb_unit *u = &b->units[b->i];
    struct gb_node *entry = gb_node_new(b->arena, GB_NODE_ENTRY, gb_unit_encoding(u));

    if (!gb_unit_is_text(u) || u->text.str.len == 0)
        return false;
    size_t cut = behind_entry(u->text.str);
    if (cut < u->text.str.len) { /* entries run together: the rest is the next one */
        struct gb_unit piece = *u;
        piece.text = gb_text_between(&u->text, 0, cut);
        if (!read_entry(b, &piece, entry))
            return false;
        gb_node_append(b->toc, entry);
        entry->flags |= GB_NODE_APPROX;
        u->text = gb_text_between(&u->text, cut, u->text.str.len);
        return true;
    }
    if (!read_entry(b, u, entry) && !is_among_entries(b, u))
        return false;
    nest_entry(b, entry, level);
    take_entry_title(b, entry);
    u = &b->units[b->i];
    bool has_page = entry->page.str.len > 0;
    struct gb_entry_mark mark = gb_mark_entry(u->text.str);
    if (!has_page && !mark.has_leader) {
        /* A heading without page or leader is the real one, once the list has begun; so is what is listed already. */
        if (gb_unit_is_heading(u) && (b->toc->first || entry->num.n == 0))
            return false;
        if (entry_is_known(b->toc, entry))
            return false;
        /* 前言 behind entries with pages, before a sentence: the foreword, which the contents do not list. */
        enum gb_fixed_title fixed = gb_mark_fixed(entry->title.str);
        size_t next = b->i + 1;
        const struct gb_node *last = b->toc->last;
        while (last && last->kind == GB_NODE_COMMENT)
            last = last->prev;
        if ((fixed == GB_FIXED_FOREWORD || fixed == GB_FIXED_INTRO) && last && last->page.str.len && next < b->n &&
            gb_ends_with(b->units[next].text.str, "。"))
            return false;
    }
    bool exact;
    gb_text_whole(&u->text, &exact);
    entry->flags |= exact ? 0u : GB_NODE_APPROX;
    gb_node_append(b->toc, entry);
    b->i++;
    return true;
}

/* The row of a table that stands for the contents: number and title in one cell or two, then the page. NULL when it is none. */
static struct gb_node *
entry_of_row(struct gb_builder *b, const struct gb_cell *cells, uint32_t n)
{
    struct gb_node *entry = gb_node_new(b->arena, GB_NODE_ENTRY, GB_ENCODING_TABLE);
    struct gb_unit piece = b->units[b->i];
    bool has_text = false, is_entry = false;

    for (uint32_t i = 0; i < n; i++) {
        struct gb_text cell = gb_text_trim(&cells[i].text);
        if (cell.str.len == 0)
            continue;
        if (!has_text) {
            piece.text = cell;
            is_entry = read_entry(b, &piece, entry);
            has_text = true;
        } else if (gb_is_page_number(cell.str)) {
            entry->page = cell;
            is_entry = true;
        } else if (entry->num.n && entry->title.str.len == 0) {
            entry->title = cell;
        }
    }
    return is_entry ? entry : NULL;
}

/* Contents that a conversion made a table of. */
static bool
take_entry_table(struct gb_builder *b)
{
    const struct gb_table *grid = b->units[b->i].block->table;
    uint32_t rows = 0, read = 0;
    bool is_first_pass = true;

    for (;;) {
        for (uint32_t i = 0, end; i < grid->n_cells; i = end) {
            for (end = i + 1; end < grid->n_cells && grid->cells[end].row == grid->cells[i].row;)
                end++;
            struct gb_node *entry = entry_of_row(b, &grid->cells[i], end - i);
            rows += is_first_pass;
            read += is_first_pass && entry;
            if (!is_first_pass && entry)
                gb_node_append(b->toc, entry);
        }
        if (!is_first_pass || read * 2 <= rows)
            break;
        is_first_pass = false;
    }
    if (is_first_pass)
        return false;
    b->i++;
    return true;
}

bool
gb_take_entry(struct gb_builder *b)
{
    return take_entry_line(b) || (b->units[b->i].kind == GB_BLOCK_TABLE && take_entry_table(b));
}

bool
gb_has_printed_entry(const struct gb_unit *u)
{
    if (!gb_unit_is_line(u))
        return false;
    struct gb_entry_mark mark = gb_mark_entry(u->text.str);
    return mark.has_leader && mark.page_end > mark.page_begin;
}
