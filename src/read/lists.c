/* Lists and their items. */
#include "read/build.h"

#include "text/chars.h"
#include "text/utf8.h"

void
gb_close_lists(struct gb_builder *b)
{
    b->n_lists = 0;
}

/* The marker of a unit: written in its text, or the bullet of the markup. *in_text is where the text begins. */
struct marker {
    enum gb_item_form form;
    unsigned value;
    struct gb_text as_written;
    size_t text;
    bool is_bullet, is_double, is_ordered;
};

/* The value of the last item of the list that is open on the level of the markup. */
static unsigned
last_value(const struct gb_builder *b, uint8_t level)
{
    for (unsigned k = b->n_lists; k-- > 0;) {
        if (b->lists[k].level == level)
            return b->lists[k].value;
    }
    return 0;
}

/* "- 1) …": the markup has a list inside of its bullet; who typed it means one item, on the level of the bullet. */
static uint8_t
level_of(const struct gb_unit *u)
{
    const struct gb_block *list = u->item ? u->item->parent : NULL, *bullet = list ? list->parent : NULL;
    struct gb_item_mark mark;

    if (!bullet || bullet->kind != GB_BLOCK_ITEM || bullet->first != list || list->first != list->last ||
        u->list_level < 2 || !(list->flags & GB_BLOCK_ORDERED) || bullet->parent->flags & GB_BLOCK_ORDERED ||
        !gb_mark_item(u->item->label.str, &mark))
        return u->list_level;
    return (uint8_t)(u->list_level - 1);
}

/* "1. " at the head of a line. */
static bool
mark_counted(struct gb_str line, struct gb_item_mark *out)
{
    enum { MOST_DIGITS = 2 };
    size_t digits = gb_skip_digits(line, 0), rest = digits + 1;

    if (digits == 0 || digits > MOST_DIGITS || rest >= line.len || line.ptr[digits] != '.' || line.ptr[rest] != ' ')
        return false;
    *out = (struct gb_item_mark){.form = GB_ITEM_DIGIT,
                                 .value = gb_take_digits(line, &(size_t){0}, MOST_DIGITS),
                                 .end = rest,
                                 .rest = gb_skip_any(line, rest, " ")};
    return true;
}

/*
 * "1. 锁体；" in one paragraph with "b) 柜锁：", which leads it in: pandoc writes a list inside of a) so, and to CommonMark both are lines
 * of a text.
 */
static bool
mark_inner_item(const struct gb_builder *b, size_t i, struct gb_item_mark *out)
{
    enum { LOOK_BACK = 12 };
    const struct gb_unit *u = &b->units[i];
    struct gb_item_mark mark;

    if (u->is_first || !gb_unit_is_line(u) || !mark_counted(u->text.str, out))
        return false;
    unsigned due = out->value;
    for (size_t k = i; k-- > 0 && i - k <= LOOK_BACK && b->units[k].block == u->block;) {
        struct gb_str line = b->units[k].text.str;
        if (gb_mark_item(line, &mark))
            return due == 1 && mark.form == GB_ITEM_ALPHA && gb_ends_with(line, "：:");
        if (mark_counted(line, &mark) && mark.value + 1 == due)
            due = mark.value;
    }
    return false;
}

/* 一一 that was read for ——, at the head of one line after another: 一一对应 begins a sentence. */
static bool
mark_misread_dash(const struct gb_builder *b, size_t i, struct gb_item_mark *out)
{
    struct gb_str dash = GB_STR("一一"), line = b->units[i].text.str;

    if (!gb_str_starts(line, dash) || line.len == dash.len || !gb_unit_is_line(&b->units[i]))
        return false;
    size_t k = i + 1;
    *out = (struct gb_item_mark){.form = GB_ITEM_DASH, .end = dash.len, .rest = gb_str_skip_space(line, dash.len)};
    return (i > 0 && gb_str_starts(b->units[i - 1].text.str, dash)) ||
           (k < b->n && gb_str_starts(b->units[k].text.str, dash));
}

/* The letter of "a.  登记；" with two blanks behind its dot; 0 for any other line. */
static char
spaced_letter(const struct gb_unit *u)
{
    struct gb_str line = u->text.str;

    return gb_unit_is_line(u) && line.len > 4 && gb_is_lower(line.ptr[0]) && memcmp(line.ptr + 1, ".  ", 3) == 0
               ? line.ptr[0]
               : 0;
}

/* "a.  登记；" and then "b.  上架。": pandoc writes lists with letters so, and to CommonMark they are lines of a text. */
static bool
mark_spaced_letter(const struct gb_builder *b, size_t i, struct gb_item_mark *out)
{
    enum { LOOK = 8 };
    char letter = spaced_letter(&b->units[i]);
    size_t rest = letter ? gb_skip_any(b->units[i].text.str, 2, " ") : 0;

    *out = (struct gb_item_mark){.form = GB_ITEM_ALPHA, .value = (unsigned)(letter - 'a') + 1, .end = 2, .rest = rest};
    for (size_t k = 1; letter && k <= LOOK; k++) {
        size_t near = letter == 'a' ? i + k : i - k;
        if (near < b->n && spaced_letter(&b->units[near]) == (letter == 'a' ? 'b' : letter - 1))
            return true;
    }
    return false;
}

/* Is there a text before unit i, and does it end in a colon? */
static bool
is_behind_colon(const struct gb_builder *b, size_t i)
{
    return i > 0 && gb_unit_is_text(&b->units[i - 1]) && gb_ends_with(b->units[i - 1].text.str, "：:");
}

/*
 * "1 库房应防潮；" behind a lead-in, and what goes on such a list: standards for engineering construction give their items a number without a
 * bracket. The title of a chapter ends in no mark.
 */
static bool
mark_plain_item(const struct gb_builder *b, size_t i, struct gb_item_mark *out)
{
    const struct gb_unit *u = &b->units[i];
    struct gb_number_mark mark;
    bool begins = u->is_first || (i > 0 && gb_ends_with(b->units[i - 1].text.str, "；;。：:"));
    if (!b->has_general || u->item || !begins || !gb_unit_is_line(u) || !gb_is_digit(gb_char_at(u->text.str, 0)) ||
        !gb_mark_number(u->text.str, &mark) || mark.num.n != 1 || mark.is_glued || mark.rest >= u->text.str.len)
        return false;

    unsigned value = mark.num.part[0];
    bool is_due = value == 1 && is_behind_colon(b, i);
    for (unsigned k = 0; k < b->n_lists; k++)
        is_due = is_due || (b->lists[k].form == GB_ITEM_PLAIN && b->lists[k].value + 1 == value);
    bool goes_on = i + 1 < b->n && b->units[i + 1].block == u->block;
    *out = (struct gb_item_mark){GB_ITEM_PLAIN, value, mark.begin, mark.end, mark.rest};
    return is_due && (goes_on || gb_ends_with(u->text.str, "；;。：:"));
}

/* "- -登记；", "* －登记；": the dash of the draft behind the bullet of the markup. */
static bool
mark_dash_in_bullet(const struct gb_unit *u, struct gb_item_mark *out)
{
    struct gb_str line = u->text.str;
    size_t next = 0;
    bool is_dash = u->starts_item && line.len && gb_char_narrow(gb_utf8_at(line, 0, &next)) == '-';

    *out = (struct gb_item_mark){.form = GB_ITEM_DASH, .end = next, .rest = next};
    return is_dash && next < line.len && gb_char_is_han(gb_utf8_at(line, next, &(size_t){0}));
}

bool
gb_marks_item(const struct gb_builder *b, size_t i, struct gb_item_mark *out)
{
    return gb_mark_item(b->units[i].text.str, out) || mark_inner_item(b, i, out) || mark_misread_dash(b, i, out) ||
           mark_spaced_letter(b, i, out) || mark_plain_item(b, i, out) || mark_dash_in_bullet(&b->units[i], out);
}

static bool
read_marker(const struct gb_builder *b, size_t i, struct marker *out)
{
    const struct gb_unit *u = &b->units[i];
    struct gb_item_mark mark;
    struct marker marker = {0};
    bool has_mark = u->text.str.len > 0 && !u->is_quoted && gb_marks_item(b, i, &mark);

    if (u->starts_item && u->item) {
        const struct gb_block *list = u->item->parent;
        marker.is_bullet = true;
        marker.is_ordered = list->flags & GB_BLOCK_ORDERED;
        marker.as_written = u->item->label;
        struct gb_str label = u->item->label.str;
        struct gb_item_mark own;
        bool is_roman = gb_str_is(list->numeration, "lowerroman"); /* i), v) and x) are no letters */
        if (label.len && gb_is_digit(label.ptr[0])) {
            marker.form = GB_ITEM_DIGIT;
            marker.value = gb_take_digits(label, &(size_t){0}, 4);
            /* "1." of the markup is printed as a) on the first level, as 1) inside it. */
            if (!gb_mark_item(label, &own) && u->list_level == 1 && marker.value > 0 && marker.value <= 26)
                marker.form = GB_ITEM_ALPHA;
        } else if (label.len && !is_roman && gb_mark_item(label, &own)) {
            marker.form = own.form;
            marker.value = own.value;
        } else if (marker.is_ordered && label.len == 0) { /* <ol> counts for itself */
            marker.value = list->first == u->item ? 1 : last_value(b, u->list_level) + 1;
            marker.form = u->list_level == 1 && marker.value <= 26 ? GB_ITEM_ALPHA : GB_ITEM_DIGIT;
        } else {
            marker.form = gb_str_is(label, "·") ? GB_ITEM_DOT : GB_ITEM_DASH;
            if (!is_roman && label.len >= 2 && gb_is_lower(label.ptr[0]) && label.ptr[1] == ')') {
                marker.form = GB_ITEM_ALPHA;
                marker.value = (unsigned)(label.ptr[0] - 'a') + 1;
            }
        }
        if (has_mark && !(marker.is_ordered && mark.form >= GB_ITEM_DASH)) {
            marker.form = mark.form;
            marker.value = mark.value;
            marker.as_written = gb_text_slice(&u->text, mark.begin, mark.end);
            marker.text = mark.rest;
            marker.is_double = true;
        }
        *out = marker;
        return true;
    }
    if (!has_mark)
        return false;
    marker.form = mark.form;
    marker.value = mark.value;
    marker.as_written = gb_text_slice(&u->text, mark.begin, mark.end);
    marker.text = mark.rest;
    *out = marker;
    return true;
}

/* The sign of the markup that the item stands behind: - * + are one kind of marker; 0 where it has another. */
static char
bullet_of(const struct marker *m)
{
    struct gb_str s = m->as_written.str;

    return m->is_bullet && s.len == 1 && strchr("-*+", s.ptr[0]) ? s.ptr[0] : 0;
}

/* Two lists of the markup on one level: the one that the last item of the other leads in is meant to stand inside it. */
static bool
leads_in_list(const struct gb_open_list *outer, const struct marker *m)
{
    bool is_other = m->form != outer->form || (bullet_of(m) && outer->bullet && bullet_of(m) != outer->bullet);

    return is_other && m->value <= 1 && !outer->item->first && gb_ends_with(outer->item->text.str, "：:");
}

/*
 * The list that an item without number goes on, where list k is the innermost one of its form: the one on the level of k that has its sign;
 * where none has, k, unless the last item of k leads in a list: then -1.
 */
static int
list_of_bullet(const struct gb_builder *b, const struct marker *m, int k)
{
    for (int outer = k; outer >= 0 && bullet_of(m); outer--) {
        if (b->lists[outer].level == b->lists[k].level && b->lists[outer].bullet == bullet_of(m))
            return outer;
    }
    return m->is_bullet && leads_in_list(&b->lists[k], m) ? -1 : k;
}

/* Index of the open list that the marker goes on in, or -1. */
static int
list_for(const struct gb_builder *b, const struct marker *m, uint8_t level)
{
    for (int k = (int)b->n_lists - 1; k >= 0; k--) {
        const struct gb_open_list *list = &b->lists[k];
        if (m->is_bullet && list->level && list->level < level)
            return -1;
        if (m->is_bullet && list->level && list->level != level)
            continue;
        if (list->form != m->form)
            continue;
        if (m->form >= GB_ITEM_DASH)
            return list_of_bullet(b, m, k);
        if (m->value == list->value + 1)
            return k;
        /* A number missed or repeated goes on the same list, unless an outer one goes on exactly; 1) begins anew. */
        if (m->value != 1 || (m->is_bullet && list->level == level)) {
            for (int outer = k - 1; outer >= 0; outer--) {
                if (b->lists[outer].form == m->form && m->value == b->lists[outer].value + 1)
                    return outer;
            }
            return k;
        }
    }
    return -1;
}

const char *
gb_list_marker_name(enum gb_item_form form)
{
    static const char *const names[] = {"alpha", "digit", "digit", "dash", "dot"};
    return names[form];
}

/* Adds the item of unit u; head is the item as written, marker and text. */
static void
add_item(struct gb_builder *b, struct gb_open_list *open, const struct gb_unit *u, const struct marker *m,
         const struct gb_text *head, const struct gb_text *text)
{
    struct gb_node *item =
        gb_add(b, open->list, GB_NODE_ITEM, gb_unit_encoding(u), head->str.len ? head : &m->as_written);

    item->depth = gb_unit_is_heading(u) ? u->block->level : 0;
    item->marker = m->as_written;
    item->num = (struct gb_number){.n = m->value > 0, .part = {(uint16_t)m->value}};
    item->text = *text;
    if (m->is_double)
        item->flags |= GB_NODE_DOUBLE;
    if (open->list->first == item)
        open->list->span = item->span;
    else if (item->span.end > open->list->span.end) /* an item without words has no place */
        open->list->span.end = item->span.end;
    open->item = item;
    open->value = m->value;
}

/* No marker with a letter or number is without one. */
static bool
has_closing_bracket(struct gb_str s)
{
    return (s.len && memchr(s.ptr, ')', s.len)) || gb_str_has(s, GB_STR("）"));
}

/*
 * Items that a conversion ran together: "编号；b）日期；c）经手人。". Offset in the text of an item at which the next one of its
 * list begins, behind the mark that ends the one before it; GB_NOT_FOUND when there is none.
 */
static size_t
find_next_item(struct gb_str text, enum gb_item_form form, unsigned value, struct gb_item_mark *out)
{
    uint32_t before = 0;

    if (form >= GB_ITEM_DASH || !has_closing_bracket(text))
        return GB_NOT_FOUND;
    for (size_t at = 0, next; at < text.len; at = next) {
        uint32_t c = gb_char_narrow(gb_utf8_at(text, at, &next));
        if (gb_char_is_space(c))
            continue;
        bool is_behind_end = before == ';' || before == 0x3002;
        if (is_behind_end && gb_mark_item(gb_str_skip(text, at), out) && out->form == form && out->value == value &&
            gb_str_han_length(gb_str_skip(text, at + out->rest)) > 1)
            return at;
        before = c;
    }
    return GB_NOT_FOUND;
}

struct gb_text
gb_cut_list_off(const struct gb_text *text, struct gb_text *out_list)
{
    GB_WORDS(colons, "：", ":");
    struct gb_item_mark mark, next;

    if (!has_closing_bracket(text->str))
        return *text;
    for (size_t i = 0; i < GB_COUNT(colons); i++) {
        size_t colon = gb_str_find(text->str, colons[i], 0);
        if (colon == GB_NOT_FOUND)
            continue;
        size_t behind = colon + colons[i].len;
        struct gb_text rest = gb_text_slice(text, behind, text->str.len);
        if (!gb_mark_item(rest.str, &mark) || mark.value != 1 || mark.form >= GB_ITEM_DASH ||
            find_next_item(gb_str_skip(rest.str, mark.rest), mark.form, 2, &next) == GB_NOT_FOUND)
            continue;
        *out_list = gb_text_trim(&rest);
        return gb_text_slice(text, 0, behind);
    }
    return *text;
}

/* Adds the item, and those that stand behind it in the same text. `text` holds the first marker too. */
static void
add_items(struct gb_builder *b, struct gb_open_list *open, const struct gb_unit *u, struct marker m,
          struct gb_text whole)
{
    for (;;) {
        struct gb_text text = gb_text_slice(&whole, m.text, whole.str.len);
        struct gb_item_mark mark;
        size_t cut = find_next_item(text.str, m.form, m.value + 1, &mark);
        if (cut == GB_NOT_FOUND) {
            add_item(b, open, u, &m, &whole, &text);
            return;
        }
        struct gb_text head = gb_text_slice(&whole, 0, m.text + cut), own = gb_text_slice(&text, 0, cut);
        head = gb_text_trim(&head);
        own = gb_text_trim(&own);
        add_item(b, open, u, &m, &head, &own);
        whole = gb_text_slice(&text, cut, text.str.len);
        m = (struct marker){.form = mark.form,
                            .value = mark.value,
                            .text = mark.rest,
                            .as_written = gb_text_slice(&whole, mark.begin, mark.end)};
    }
}

static bool list_goes_on(const struct gb_builder *b, size_t i);

/* Does the paragraph at unit k stand between two items of the innermost list, whose items have no number? */
static bool
parts_bare_items(const struct gb_builder *b, size_t k)
{
    const struct gb_open_list *open = &b->lists[b->n_lists - 1];
    struct marker m;

    if (open->form < GB_ITEM_DASH || k >= b->n)
        return false;
    k = gb_next_past_page(b, k + 1);
    return k < b->n && read_marker(b, k, &m) && m.form == open->form;
}

/*
 * Items often have no end mark, so that its lack alone does not tell that one was cut: it must hold a whole sentence or leave one open,
 * fill a line where the item before it has a mark or the next one stands behind what follows, or the list must go on there.
 */
static bool
is_cut_item(const struct gb_builder *b)
{
    enum { FULL_LINE = 30 };
    const struct gb_node *item = b->lists[b->n_lists - 1].item;
    struct gb_str text = item->text.str;
    size_t k = gb_next_past_page(b, b->i);

    return gb_str_has(text, GB_STR("。")) || gb_has_open_bracket(text) || gb_is_left_open(text) ||
           (gb_str_han_length(text) >= FULL_LINE &&
            ((item->prev && gb_ends_with(item->prev->text.str, "；;。")) || parts_bare_items(b, k))) ||
           list_goes_on(b, k + 1);
}

static struct gb_open_list *
open_list(struct gb_builder *b, struct gb_node *parent, const struct gb_unit *u, const struct marker *m, uint8_t level)
{
    if (b->n_lists == GB_MAX_LISTS)
        b->n_lists--;
    struct gb_node *list = gb_add(b, parent, GB_NODE_LIST, gb_unit_encoding(u), NULL);
    list->marker = gb_given(b, gb_str_from(gb_list_marker_name(m->form)));
    struct gb_open_list *open = &b->lists[b->n_lists++];
    *open =
        (struct gb_open_list){.list = list, .form = m->form, .level = m->is_bullet ? level : 0, .bullet = bullet_of(m)};
    return open;
}

/* The open list with signs, whose last item asks for another one; NULL for none. */
static struct gb_open_list *
unfinished_list(struct gb_builder *b)
{
    if (!b->n_lists)
        return NULL;
    struct gb_open_list *open = &b->lists[b->n_lists - 1];
    bool is_open = open->form >= GB_ITEM_DASH && !open->item->first && gb_ends_with(open->item->text.str, "；;");
    return is_open ? open : NULL;
}

/* Did the list lose the sign of an item before? */
static bool
has_lost_sign(const struct gb_open_list *open)
{
    GB_FIND_NEXT(item, open->list->first, item->next, item->encoding == GB_ENCODING_LOST);
    return item != NULL;
}

/* In a list with signs, a line of its own behind one that ends in ；, in the same paragraph: its sign was lost. */
bool
gb_is_broken_off(const struct gb_builder *b, size_t i)
{
    const struct gb_unit *u = &b->units[i];

    return i > 0 && b->n_lists && b->lists[b->n_lists - 1].form >= GB_ITEM_DASH && u->after_hard_break &&
           gb_ends_with(b->units[i - 1].text.str, "；;") && gb_ends_with(u->text.str, "；;。");
}

/* The sign of the next item, behind such lines without one; false where none follows. */
static bool
find_next_sign(const struct gb_builder *b, size_t k, struct marker *out)
{
    enum { MOST_LOST = 8 };

    for (int i = 0; i < MOST_LOST && k < b->n && b->units[k].after_hard_break && !read_marker(b, k, out) &&
                    gb_ends_with(b->units[k].text.str, "；;");
         i++)
        k++;
    return k < b->n && read_marker(b, k, out) && out->form >= GB_ITEM_DASH;
}

/*
 * Conversions lose single signs of a list: a line that ends in ； is an item between two others, and between a lead-in and an item; one that
 * ends in 。 is the last item of a list that lost a sign before.
 */
static bool
take_item_without_sign(struct gb_builder *b)
{
    GB_WORDS(labels, "注", "示例", "说明");
    const struct gb_unit *u = &b->units[b->i];
    struct marker next, none = {0};
    struct gb_number_mark number;
    size_t k = gb_next_past_page(b, b->i + 1);

    if (u->item || u->is_quoted || (!u->is_first && !u->after_hard_break) || !gb_unit_is_line(u) ||
        (k < b->n && b->units[k].block == u->block && !b->units[k].after_hard_break))
        return false;
    bool is_before_item = find_next_sign(b, k, &next);
    struct gb_open_list *open = unfinished_list(b);
    if (open) {
        if (!(is_before_item && gb_ends_with(u->text.str, "；;")) && !gb_is_broken_off(b, b->i) &&
            (!has_lost_sign(open) || !gb_ends_with(u->text.str, "。") || GB_STARTS_ANY(u->text.str, labels) ||
             gb_opens_clause(b, b->i, &number)))
            return false;
    } else {
        const struct gb_node *lead = b->at->last;
        if (b->n_lists || !is_before_item || !gb_ends_with(u->text.str, "；;") || !lead || lead->kind != GB_NODE_PARA ||
            !gb_ends_with(lead->text.str, "：:"))
            return false;
        open = open_list(b, b->at, u, &next, 0);
    }
    none.form = open->form;
    struct gb_text text = gb_take_lines(b, true);
    add_item(b, open, u, &none, &text, &text);
    open->item->encoding = GB_ENCODING_LOST;
    return true;
}

/*
 * Conversions read the dots of a list as dots here and dashes of the markup there: an item that ends in ； leads in nothing, so
 * that the next one without number stands beside it.
 */
static bool
goes_on_with_other_sign(const struct gb_builder *b, const struct marker *m)
{
    if (!b->n_lists || m->form < GB_ITEM_DASH)
        return false;
    const struct gb_open_list *open = &b->lists[b->n_lists - 1];
    return open->form >= GB_ITEM_DASH && open->level == 0 && !open->item->first &&
           gb_ends_with(open->item->text.str, "；;");
}

/* Is the unit to be placed next behind a colon, or below an item that is set as a heading, too? */
static bool
is_led_in(const struct gb_builder *b)
{
    return (b->n_lists && b->lists[b->n_lists - 1].item->depth > 0) || is_behind_colon(b, b->i);
}

bool
gb_take_item(struct gb_builder *b)
{
    struct gb_unit *u = &b->units[b->i];
    uint8_t level = level_of(u);
    struct marker m;

    if (!read_marker(b, b->i, &m))
        return take_item_without_sign(b);
    /* A heading "b) 日期：" is an item only where it goes on a list or is led in. */
    int index = list_for(b, &m, level);
    if (gb_unit_is_heading(u) && !m.is_bullet && (index < 0 || b->lists[index].value + 1 != m.value) &&
        (m.value != 1 || !is_led_in(b)))
        return false;
    if (m.form == GB_ITEM_DOT && !m.is_bullet && gb_unit_is_heading(u))
        return false;

    if (index < 0 && goes_on_with_other_sign(b, &m))
        index = (int)b->n_lists - 1;
    if (index < 0) {
        struct gb_node *parent = b->at;
        /* A list opens inside the item before it when its kind differs (or the markup nests it). */
        while (b->n_lists > 0) {
            struct gb_open_list *outer = &b->lists[b->n_lists - 1];
            bool nested_by_markup = m.is_bullet && outer->level && outer->level < level;
            bool nested_by_kind =
                !(m.is_bullet && outer->level) && outer->form != m.form && (m.form != GB_ITEM_ALPHA || outer->level);
            bool nested_by_lead = outer->level == level && leads_in_list(outer, &m);
            if (nested_by_markup || nested_by_kind || nested_by_lead) {
                parent = outer->item;
                break;
            }
            b->n_lists--;
        }
        index = (int)(open_list(b, parent, u, &m, level) - b->lists);
    }
    b->n_lists = (unsigned)index + 1;

    struct gb_text text = u->text;
    if (gb_unit_is_line(u))
        text = gb_take_lines(b, true);
    else
        b->i++;
    add_items(b, &b->lists[index], u, m, text);
    if (!u->item && is_cut_item(b))
        gb_join_pieces(b, b->lists[index].item, false);
    return true;
}

/* Does the open list go on behind unit i, before anything that ends it? */
static bool
list_goes_on(const struct gb_builder *b, size_t i)
{
    enum { LOOK_AHEAD = 12 };
    struct marker m;
    struct gb_number_mark number;
    struct gb_annex_mark annex;

    for (size_t k = i; k < b->n && k < i + LOOK_AHEAD; k++) {
        const struct gb_unit *u = &b->units[k];
        if (gb_item_is_clause(b, k))
            return false;
        if (read_marker(b, k, &m)) {
            bool is_nested = m.form == GB_ITEM_DIGIT; /* 1) below a): the list goes on behind it, if at all */
            for (unsigned l = 0; l < b->n_lists; l++)
                is_nested = is_nested && b->lists[l].form != m.form;
            if (is_nested)
                continue;
            if (m.is_bullet && u->list_level) /* a) behind a paragraph begins a list of its own */
                return m.value != 1 && list_for(b, &m, level_of(u)) >= 0 && m.form < GB_ITEM_DASH;
            if (m.form >= GB_ITEM_DASH)
                continue;
            GB_FIND(open, b->lists, b->n_lists, open->form == m.form && m.value == open->value + 1);
            return open != NULL;
        }
        if (gb_unit_is_heading(u) || gb_opens_clause(b, k, &number) || gb_opens_annex(b, k, &annex))
            return false;
    }
    return false;
}

/* Behind the notes and examples that begin with unit i, does the innermost list, whose items have no number, go on? */
struct gb_node *
gb_item_of_note(const struct gb_builder *b, size_t i)
{
    enum { MOST_NOTES = 4 };
    struct gb_note_mark note;
    struct marker m;

    if (!b->n_lists || b->units[i].item || b->lists[b->n_lists - 1].form < GB_ITEM_DASH)
        return NULL;
    for (size_t n = 0;
         n < MOST_NOTES && i < b->n && gb_unit_is_line(&b->units[i]) && gb_mark_note(b->units[i].text.str, &note); n++)
        i++;
    const struct gb_open_list *open = &b->lists[b->n_lists - 1];
    return i < b->n && !b->units[i].item && read_marker(b, i, &m) && m.form == open->form ? open->item : NULL;
}

/*
 * The last item of a list, which leads in what stands below it, as the one before it does: c）精度： and a paragraph. One that is set as a
 * heading has its text below it.
 */
static bool
leads_in_text(const struct gb_node *item)
{
    const struct gb_node *before = item->prev;

    if (item->depth > 0 && !gb_ends_with(item->text.str, "。；;"))
        return true;
    return !item->first && before && before->first && gb_ends_with(item->text.str, "：:") &&
           gb_ends_with(before->text.str, "：:");
}

struct gb_node *
gb_content_parent(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];

    if (b->n_lists == 0)
        return b->at;
    if (u->item) {
        /* Inside a list of the markup: the open item of that level. */
        for (unsigned k = b->n_lists; k-- > 0;) {
            if (b->lists[k].level == level_of(u)) {
                b->n_lists = k + 1;
                return b->lists[k].item;
            }
        }
    }
    struct gb_node *item = b->lists[b->n_lists - 1].item;
    if (!u->item && (list_goes_on(b, b->i + 1) || leads_in_text(item)))
        return item;
    gb_close_lists(b);
    return b->at;
}
