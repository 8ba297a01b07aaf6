/* What stands inside clauses: paragraphs, lists, notes and examples. */
#include "read/build.h"

#include "text/chars.h"
#include "text/utf8.h"

static size_t find_next_item(struct gb_str text, enum gb_item_form form, unsigned value, struct gb_item_mark *out);

/* ── paragraphs ────────────────────────────────────────────────────────── */

/* A block of code is code as a span of it is: read for nothing. */
static struct gb_text
as_code(struct gb_arena *arena, const struct gb_text *text)
{
    struct gb_run *runs = gb_arena_new_array(arena, struct gb_run, text->n_runs + 1);
    struct gb_text code = *text;

    for (uint32_t i = 0; i < text->n_runs; i++) {
        runs[i] = text->runs[i];
        runs[i].flags |= GB_RUN_CODE;
    }
    code.runs = runs;
    return code;
}

struct gb_node *
gb_add_para(struct gb_builder *b, struct gb_node *parent, const struct gb_text *text, enum gb_encoding encoding)
{
    struct gb_node *para = gb_add(b, parent, GB_NODE_PARA, encoding, text);

    para->text = encoding == GB_ENCODING_FENCE ? as_code(b->arena, text) : *text;
    return para;
}

/*
 * The lines of one paragraph from unit b->i on, up to one that begins something of its own. Behind an item in plain text the
 * next paragraph has no mark: there a short line that ends a sentence ends the item.
 */
static struct gb_text
take_lines(struct gb_builder *b, bool is_item)
{
    const struct gb_unit *first = &b->units[b->i];
    const struct gb_text *last = &first->text;

    b->i++;
    while (b->i < b->n && b->units[b->i].block == first->block && gb_unit_is_line(first) &&
           !gb_is_structural(b, b->i)) {
        if (is_item && gb_ends_with(last->str, "。") && gb_has_room(b, b->i - 1))
            break;
        last = &b->units[b->i].text;
        b->i++;
    }
    if (last == &first->text)
        return first->text;
    /* Not from the text of the first line: a slice of many runs has those of its own line only. */
    const struct gb_text *whole = &first->block->text;
    size_t end = (size_t)(last->str.ptr + last->str.len - whole->str.ptr);
    bool is_restored = first->text.str.ptr < whole->str.ptr || first->text.str.ptr > whole->str.ptr + whole->str.len;
    if (!is_restored)
        return gb_text_slice(whole, (size_t)(first->text.str.ptr - whole->str.ptr), end);
    /* A number that the markup took for an item's stands before it again, in a text of its own. */
    struct gb_text rest = gb_text_slice(whole, (size_t)(first[1].text.str.ptr - whole->str.ptr), end);
    return gb_text_join(b->arena, &first->text, &rest, "\n");
}

static bool
is_plain_line(const struct gb_builder *b, size_t k)
{
    const struct gb_unit *u = &b->units[k];

    return gb_unit_is_line(u) && !u->item && !u->is_quoted && u->is_first && u->text.str.len > 0 &&
           !gb_is_structural(b, k) && gb_mark_fixed(u->text.str) == GB_FIXED_NONE &&
           !(u->block->flags & (GB_BLOCK_BOLD | GB_BLOCK_CENTER));
}

/* The unit behind page marks, page numbers and running heads. */
static size_t
next_past_page(const struct gb_builder *b, size_t k)
{
    while (k < b->n) {
        const struct gb_unit *u = &b->units[k];
        struct gb_str code = b->cover ? b->cover->u.cover->code.str : (struct gb_str){0};
        bool is_furniture = u->is_furniture;
        is_furniture = is_furniture || ((gb_unit_is_line(u) || gb_unit_is_heading(u)) && u->is_first &&
                            (gb_is_page_number(u->text.str) || (code.len && gb_str_same(u->text.str, code))));
        if (!gb_unit_is_silent(u) && !is_furniture)
            break;
        k++;
    }
    return k;
}

/* "值域：…": a short label, with which a paragraph begins, not the second half of one. */
static bool
begins_with_label(struct gb_str s)
{
    enum { LONGEST = 6 };
    size_t han = 0;

    for (size_t at = 0; at < s.len && han <= LONGEST;) {
        uint32_t c = gb_char_narrow(gb_utf8_at(s, at, &at));
        if (c == ':')
            return han > 1;
        if (!gb_char_is_han(c) && !gb_char_is_space(c))
            return false;
        han += gb_char_is_han(c);
    }
    return false;
}

static bool
has_open_bracket(struct gb_str s)
{
    int depth = 0;

    for (size_t at = 0; at < s.len;) {
        uint32_t c = gb_char_narrow(gb_utf8_at(s, at, &at));
        depth += (c == '(' || c == 0x300A) - (c == ')' || c == 0x300B);
    }
    return depth > 0;
}

/*
 * Does the paragraph at unit k go on a sentence that a blank line or a page cut? The first half ends without a mark and reads
 * like prose (or is a note, which always ends with one); some piece behind it ends the sentence.
 */
static bool
continues_text(const struct gb_builder *b, struct gb_str first, bool is_note, size_t k)
{
    enum { SHORTEST = 8, MOST_PIECES = 4 };

    if (gb_ends_sentence(first) || gb_ends_with(first, "”》>|}"))
        return false;
    bool is_prose = gb_str_has(first, GB_STR("，")) || gb_str_has(first, GB_STR("。")) || gb_str_has(first, GB_STR("应")) ||
                    gb_str_has(first, GB_STR("宜")) || gb_str_has(first, GB_STR("（"));
    /* A bracket that is not closed tells it too. */
    is_prose = is_prose || has_open_bracket(first);
    if (!is_note && (!is_prose || gb_str_han_length(first) < SHORTEST))
        return false;
    if (k < b->n && begins_with_label(b->units[k].text.str) && !gb_str_has(first, GB_STR("。")))
        return false;
    for (unsigned pieces = 0; pieces < MOST_PIECES && k < b->n; pieces++) {
        if (!is_plain_line(b, k))
            return false;
        struct gb_str line = b->units[k].text.str;
        if (gb_ends_with(line, "。；"))
            return true;
        if (gb_ends_sentence(line))
            return false;
        size_t behind = k + 1;
        while (behind < b->n && b->units[behind].block == b->units[k].block)
            behind++;
        k = next_past_page(b, behind);
    }
    return false;
}

/* Joins the pieces of a cut sentence to its first one; page marks and comments between them are placed on the way. */
static void
join_pieces(struct gb_builder *b, struct gb_node *node, bool is_note)
{
    size_t k;

    while (!gb_ends_with(node->text.str, "。；：") &&
           (k = next_past_page(b, b->i), continues_text(b, node->text.str, is_note, k))) {
        while (b->i < k) {
            if (b->units[b->i].kind == GB_BLOCK_COMMENT)
                gb_take_comment(b);
            else if (!gb_take_furniture(b))
                b->i++;
        }
        struct gb_text rest = take_lines(b, false);
        node->text = gb_text_join(b->arena, &node->text, &rest, "\n");
        node->flags |= GB_NODE_JOINED;
    }
}

static bool
is_lost_list(const struct gb_builder *b, size_t i)
{
    unsigned items = 0;

    for (size_t k = i; k < b->n && k < i + 40; k++) {
        const struct gb_unit *u = &b->units[k];
        if (gb_unit_is_silent(u))
            continue;
        if (!gb_unit_is_line(u) || u->item || u->is_quoted || !u->is_first || gb_is_structural(b, k))
            return false;
        if (k + 1 < b->n && b->units[k + 1].block == u->block)
            return false;
        if (gb_ends_with(u->text.str, "；;")) {
            items++;
        } else {
            return items >= 1 && gb_ends_with(u->text.str, "。") && !gb_str_has(u->text.str, GB_STR("；"));
        }
    }
    return false;
}

/* "1 应防潮；": the items of standards for engineering construction have a number without a bracket. */
static bool
reads_as_item(const struct gb_unit *u, unsigned value, struct gb_number_mark *mark)
{
    return gb_mark_number(u->text.str, mark) && mark->form == GB_NUMBER_ARABIC && mark->num.n == 1 && !mark->num.letter &&
           !mark->is_glued && mark->num.part[0] == value && mark->rest < u->text.str.len;
}

/* Paragraphs that end in ； behind a lead-in: their markers are numbers without a bracket, or were lost. */
static void
take_lost_list(struct gb_builder *b, struct gb_node *parent)
{
    struct gb_number_mark mark;
    bool more = true, is_numbered = reads_as_item(&b->units[b->i], 1, &mark);
    struct gb_node *list = gb_add(b, parent, GB_NODE_LIST, is_numbered ? GB_ENCODING_PARAGRAPH : GB_ENCODING_LOST, NULL);
    unsigned value = 1;

    if (is_numbered)
        list->marker = gb_given(b, gb_str_from("digit"));

    while (more && b->i < b->n) {
        const struct gb_unit *u = &b->units[b->i];
        if (gb_unit_is_silent(u)) {
            b->i++;
            continue;
        }
        struct gb_node *item = gb_add(b, list, GB_NODE_ITEM, list->encoding, &u->text);
        item->text = u->text;
        if (is_numbered && reads_as_item(u, value++, &mark)) {
            item->num = mark.num;
            item->marker = gb_text_slice(&u->text, mark.begin, mark.end);
            item->text = gb_text_slice(&u->text, mark.rest, u->text.str.len);
        }
        if (!list->first->prev && list->first == item)
            list->span = item->span;
        more = gb_ends_with(u->text.str, "；;");
        b->i++;
    }
}

/* No marker with a letter or number is without one. */
static bool
has_closing_bracket(struct gb_str s)
{
    return (s.len && memchr(s.ptr, ')', s.len)) || gb_str_has(s, GB_STR("）"));
}

/*
 * "步骤如下：a）登记；b）上架。" in one paragraph: the lead-in, and the list in *out_list. All of the text where it holds no list
 * of at least two items.
 */
static struct gb_text
cut_list_off(const struct gb_text *text, struct gb_text *out_list)
{
    static const char *const colons[] = {"：", ":"};
    struct gb_item_mark mark, next;

    if (!has_closing_bracket(text->str))
        return *text;
    for (size_t i = 0; i < GB_COUNT(colons); i++) {
        size_t colon = gb_str_find(text->str, gb_str_from(colons[i]), 0);
        if (colon == GB_NOT_FOUND)
            continue;
        size_t behind = colon + strlen(colons[i]);
        struct gb_text rest = gb_text_slice(text, behind, text->str.len);
        if (!gb_mark_item(rest.str, &mark) || mark.value != 1 || mark.form >= GB_ITEM_DASH ||
            find_next_item(gb_str_skip(rest.str, mark.rest), mark.form, 2, &next) == GB_NOT_FOUND)
            continue;
        *out_list = gb_text_trim(&rest);
        return gb_text_slice(text, 0, behind);
    }
    return *text;
}

void
gb_take_paragraph(struct gb_builder *b, struct gb_node *parent)
{
    const struct gb_unit *u = &b->units[b->i];
    enum gb_encoding encoding = gb_unit_encoding(u);

    if (!gb_unit_is_line(u)) { /* a heading, or an element with text */
        struct gb_node *para = gb_add_para(b, parent ? parent : gb_content_parent(b), &u->text, encoding);
        para->depth = gb_unit_is_heading(u) ? u->block->level : 0;
        b->i++;
        return;
    }
    if (!parent)
        parent = gb_content_parent(b);
    bool in_item = u->item != NULL;
    struct gb_text text = take_lines(b, false), list = {0};
    if (!in_item && !u->is_quoted)
        text = cut_list_off(&text, &list);
    struct gb_node *para = gb_add_para(b, parent, &text, encoding);
    para->depth = 0;

    if (list.str.len) { /* the last line is what is left of the paragraph */
        b->i--;
        b->units[b->i].text = list;
        gb_take_item(b);
        return;
    }
    if (!in_item)
        join_pieces(b, para, false);
    if (parent->kind == GB_NODE_TERM)
        gb_split_source(b, para);
    size_t k = gb_next_unit(b, b->i);
    if (!in_item && gb_ends_with(para->text.str, "：:") && k < b->n && is_lost_list(b, k)) {
        b->i = k;
        take_lost_list(b, parent);
    }
}

/* ── lists ─────────────────────────────────────────────────────────────── */

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

static bool
read_marker(const struct gb_builder *b, size_t i, struct marker *out)
{
    const struct gb_unit *u = &b->units[i];
    struct gb_item_mark mark;
    struct marker marker = {0};
    bool has_mark = u->text.str.len > 0 && !u->is_quoted && gb_mark_item(u->text.str, &mark);

    if (u->starts_item && u->item) {
        const struct gb_block *list = u->item->parent;
        marker.is_bullet = true;
        marker.is_ordered = list->flags & GB_BLOCK_ORDERED;
        marker.as_written = u->item->label;
        struct gb_str label = u->item->label.str;
        struct gb_item_mark own;
        if (label.len && label.ptr[0] >= '0' && label.ptr[0] <= '9') {
            marker.form = GB_ITEM_DIGIT;
            for (size_t k = 0; k < label.len && k < 4 && label.ptr[k] >= '0' && label.ptr[k] <= '9'; k++)
                marker.value = marker.value * 10 + (unsigned)(label.ptr[k] - '0');
            /* "1." of the markup is printed as a) on the first level, as 1) inside it. */
            if (!gb_mark_item(label, &own) && u->list_level == 1 && marker.value > 0 && marker.value <= 26)
                marker.form = GB_ITEM_ALPHA;
        } else if (label.len && gb_mark_item(label, &own)) {
            marker.form = own.form;
            marker.value = own.value;
        } else if (marker.is_ordered && label.len == 0) { /* <ol> counts for itself */
            marker.value = list->first == u->item ? 1 : last_value(b, u->list_level) + 1;
            marker.form = u->list_level == 1 && marker.value <= 26 ? GB_ITEM_ALPHA : GB_ITEM_DIGIT;
        } else {
            marker.form = gb_str_is(label, "·") ? GB_ITEM_DOT : GB_ITEM_DASH;
            if (label.len >= 2 && label.ptr[0] >= 'a' && label.ptr[0] <= 'z' && label.ptr[1] == ')') {
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

/* The open list around list k, on its level, that has the sign of the marker where k has another; else k. */
static int
list_of_bullet(const struct gb_builder *b, const struct marker *m, int k)
{
    for (int outer = k; outer >= 0 && bullet_of(m) && b->lists[outer].level == b->lists[k].level; outer--) {
        if (b->lists[outer].bullet == bullet_of(m))
            return outer;
    }
    return k;
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
            return m->is_bullet && list->level == level && leads_in_list(list, m) ? -1 : list_of_bullet(b, m, k);
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

static const char *
list_marker_name(enum gb_item_form form)
{
    static const char *const names[] = {"alpha", "digit", "dash", "dot"};
    return names[form];
}

/* Adds the item of unit u; head is the item as written, marker and text. */
static void
add_item(struct gb_builder *b, struct gb_open_list *open, const struct gb_unit *u, const struct marker *m,
         const struct gb_text *head, const struct gb_text *text)
{
    struct gb_node *item = gb_add(b, open->list, GB_NODE_ITEM, gb_unit_encoding(u), head->str.len ? head : &m->as_written);

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

/* Adds the item, and those that stand behind it in the same text. `text` holds the first marker too. */
static void
add_items(struct gb_builder *b, struct gb_open_list *open, const struct gb_unit *u, struct marker m, struct gb_text whole)
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
        m = (struct marker){.form = mark.form, .value = mark.value, .text = mark.rest,
                            .as_written = gb_text_slice(&whole, mark.begin, mark.end)};
    }
}

static bool list_goes_on(const struct gb_builder *b, size_t i);

/*
 * Items often have no end mark, so that its lack alone does not tell that one was cut: it must hold a whole sentence, or the
 * list must go on behind what follows.
 */
static bool
is_cut_item(const struct gb_builder *b)
{
    struct gb_str text = b->lists[b->n_lists - 1].item->text.str;

    return gb_str_has(text, GB_STR("。")) || has_open_bracket(text) || list_goes_on(b, next_past_page(b, b->i) + 1);
}

bool
gb_take_item(struct gb_builder *b)
{
    struct gb_unit *u = &b->units[b->i];
    struct marker m;

    if (!read_marker(b, b->i, &m))
        return false;
    /* A heading "b) 日期：" is an item only where it goes on a list. */
    int index = list_for(b, &m, u->list_level);
    if (gb_unit_is_heading(u) && !m.is_bullet && (index < 0 || b->lists[index].value + 1 != m.value))
        return false;
    if (m.form == GB_ITEM_DOT && !m.is_bullet && gb_unit_is_heading(u))
        return false;

    if (index < 0) {
        struct gb_node *parent = b->at;
        /* A list opens inside the item before it when its kind differs (or the markup nests it). */
        while (b->n_lists > 0) {
            struct gb_open_list *outer = &b->lists[b->n_lists - 1];
            bool nested_by_markup = m.is_bullet && outer->level && outer->level < u->list_level;
            bool nested_by_kind = !(m.is_bullet && outer->level) && outer->form != m.form &&
                                  (m.form != GB_ITEM_ALPHA || outer->level);
            bool nested_by_lead = outer->level == u->list_level && leads_in_list(outer, &m);
            if (nested_by_markup || nested_by_kind || nested_by_lead) {
                parent = outer->item;
                break;
            }
            b->n_lists--;
        }
        if (b->n_lists == GB_MAX_LISTS)
            b->n_lists--;
        struct gb_node *list = gb_add(b, parent, GB_NODE_LIST, gb_unit_encoding(u), NULL);
        list->marker = gb_given(b, gb_str_from(list_marker_name(m.form)));
        index = (int)b->n_lists++;
        b->lists[index] = (struct gb_open_list){
            .list = list, .form = m.form, .level = m.is_bullet ? u->list_level : 0, .bullet = bullet_of(&m)};
    }
    b->n_lists = (unsigned)index + 1;

    struct gb_text text = u->text;
    if (gb_unit_is_line(u))
        text = take_lines(b, true);
    else
        b->i++;
    add_items(b, &b->lists[index], u, m, text);
    if (!u->item && is_cut_item(b))
        join_pieces(b, b->lists[index].item, false);
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
            if (m.is_bullet && u->list_level) /* a) behind a paragraph begins a list of its own */
                return m.value != 1 && list_for(b, &m, u->list_level) >= 0 && m.form < GB_ITEM_DASH;
            if (m.form >= GB_ITEM_DASH)
                continue;
            for (unsigned l = 0; l < b->n_lists; l++) {
                if (b->lists[l].form == m.form && m.value == b->lists[l].value + 1)
                    return true;
            }
            return false;
        }
        if (gb_unit_is_heading(u) || gb_opens_clause(b, k, &number) || gb_opens_annex(b, k, &annex))
            return false;
    }
    return false;
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
            if (b->lists[k].level == u->list_level) {
                b->n_lists = k + 1;
                return b->lists[k].item;
            }
        }
    }
    if (list_goes_on(b, b->i + 1) && !u->item)
        return b->lists[b->n_lists - 1].item;
    gb_close_lists(b);
    return b->at;
}

/* ── notes and examples ────────────────────────────────────────────────── */

/* An example that {示例结束} ends takes the paragraphs up to there. */
static bool
take_marked_example(struct gb_builder *b, struct gb_node *example)
{
    enum { LOOK_AHEAD = 30 };
    size_t end = b->i;

    while (end < b->n && end < b->i + LOOK_AHEAD && !gb_str_starts(b->units[end].text.str, GB_STR("{示例结束}"))) {
        if (gb_unit_is_heading(&b->units[end]))
            return false;
        end++;
    }
    if (end >= b->n || !gb_str_starts(b->units[end].text.str, GB_STR("{示例结束}")))
        return false;
    while (b->i < end) {
        const struct gb_unit *u = &b->units[b->i];
        if (gb_unit_is_line(u) && example->text.str.len == 0)
            example->text = take_lines(b, false);
        else if (gb_unit_is_line(u))
            gb_take_paragraph(b, example);
        else
            b->i++;
    }
    b->i = end + 1;
    return true;
}

/* The node behind which a note stands: a table or figure just before it takes it. */
bool
gb_take_note(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];
    struct gb_note_mark mark;

    if (u->text.str.len == 0 || !gb_mark_note(u->text.str, &mark))
        return false;
    bool is_heading = gb_unit_is_heading(u);
    if (!mark.has_colon && !mark.is_example)
        return false;
    enum gb_encoding encoding = gb_unit_encoding(u);
    bool is_of_figure = b->figure && !mark.is_example && gb_next_unit(b, b->figure_end) >= b->i;
    struct gb_node *parent = is_of_figure ? b->figure : gb_content_parent(b);
    struct gb_node *note = gb_add(b, parent, mark.is_example ? GB_NODE_EXAMPLE : GB_NODE_NOTE, encoding, &u->text);
    note->num = mark.num;
    note->depth = is_heading ? u->block->level : 0;
    note->marker = gb_text_slice(&u->text, mark.begin, mark.end);
    if (mark.num.n)
        note->number = gb_text_slice(&u->text, mark.number_begin, mark.number_end);
    if (is_heading) {
        note->text = gb_text_slice(&u->text, mark.rest, u->text.str.len);
        b->i++;
    } else {
        b->in_example = mark.is_example;
        struct gb_text text = take_lines(b, false);
        b->in_example = false;
        note->text = gb_text_slice(&text, mark.rest, text.str.len);
        note->head = text;
        note->span = gb_text_whole(&text, NULL);
        if (!u->item && !mark.is_example)
            join_pieces(b, note, true);
    }
    if (is_of_figure)
        b->figure_end = b->i;
    if (mark.is_example && take_marked_example(b, note))
        return true;
    /* "示例：" alone: the block below it is the example. */
    if (note->text.str.len == 0 && b->i < b->n) {
        const struct gb_unit *next = &b->units[b->i];
        b->in_example = mark.is_example;
        if (gb_unit_is_line(next) && !gb_is_structural(b, b->i) && !next->item) {
            struct gb_text text = take_lines(b, false);
            note->text = text;
        } else if (next->kind == GB_BLOCK_CODE && !gb_is_chart(next->block, NULL)) {
            gb_add_para(b, note, &next->text, GB_ENCODING_FENCE);
            b->i++;
        } else if (next->is_quoted && gb_unit_is_line(next)) {
            gb_take_paragraph(b, note);
        }
        b->in_example = false;
    }
    return true;
}

void
gb_take_comment(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];
    struct gb_node *parent = b->n_lists ? b->lists[b->n_lists - 1].item : b->at;
    struct gb_node *comment = gb_add(b, parent, GB_NODE_COMMENT,
                                     GB_ENCODING_HTML, &u->block->text);

    comment->text = u->block->text;
    comment->span = u->block->span;
    struct gb_str inside = gb_str_trim(u->block->text.str);
    if (gb_str_starts(inside, GB_STR("gblint-")))
        comment->flags |= GB_NODE_SUPPRESSION;
    b->i++;
}

/* ── elements with blocks inside ───────────────────────────────────────── */

static enum gb_node_kind
kind_of_container(const struct gb_block *block)
{
    return block->kind == GB_BLOCK_EXAMPLE ? GB_NODE_EXAMPLE : GB_NODE_NOTE;
}

static void place_list(struct gb_builder *b, struct gb_node *parent, const struct gb_block *list, unsigned depth);

enum { DEEPEST_CONTENT = 64 };

static void
place_children(struct gb_builder *b, struct gb_node *parent, const struct gb_block *first, unsigned depth)
{
    for (const struct gb_block *block = first; block; block = block->next) {
        switch (block->kind) {
        case GB_BLOCK_PARA:
        case GB_BLOCK_HEADING:
        case GB_BLOCK_REF:
            gb_add_para(b, parent, &block->text, GB_ENCODING_PARAGRAPH);
            break;
        case GB_BLOCK_CODE:
            gb_add_para(b, parent, &block->text, GB_ENCODING_FENCE);
            break;
        case GB_BLOCK_LIST:
            if (depth < DEEPEST_CONTENT)
                place_list(b, parent, block, depth + 1);
            break;
        case GB_BLOCK_FORMULA: {
            struct gb_node *formula = gb_add(b, parent, GB_NODE_FORMULA, GB_ENCODING_PARAGRAPH, &block->text);
            formula->text = block->text;
            break;
        }
        case GB_BLOCK_TABLE: {
            struct gb_node *table = gb_add(b, parent, GB_NODE_TABLE, GB_ENCODING_TABLE, &block->text);
            table->u.table = block->table;
            table->span = block->span;
            break;
        }
        case GB_BLOCK_COMMENT: {
            struct gb_node *comment = gb_add(b, parent, GB_NODE_COMMENT, GB_ENCODING_HTML, &block->text);
            comment->text = block->text;
            break;
        }
        default:
            if (block->first && depth < DEEPEST_CONTENT)
                place_children(b, parent, block->first, depth + 1);
            break;
        }
    }
}

static void
place_list(struct gb_builder *b, struct gb_node *parent, const struct gb_block *list, unsigned depth)
{
    struct gb_node *node = gb_add(b, parent, GB_NODE_LIST, GB_ENCODING_BULLET, NULL);

    node->span = list->span;
    for (const struct gb_block *block = list->first; block; block = block->next) {
        struct gb_item_mark mark = {.form = GB_ITEM_DASH};
        struct gb_node *item = gb_add(b, node, GB_NODE_ITEM, GB_ENCODING_BULLET, &block->label);
        item->marker = block->label;
        gb_mark_item(block->label.str, &mark);
        item->num = (struct gb_number){.n = mark.value > 0, .part = {(uint16_t)mark.value}};
        if (!node->marker.str.len)
            node->marker = gb_given(b, gb_str_from(list_marker_name(mark.form)));
        const struct gb_block *first = block->first;
        if (first && first->kind == GB_BLOCK_PARA) {
            item->text = first->text;
            item->head = first->text;
            item->span = gb_text_whole(&first->text, NULL);
            first = first->next;
        }
        place_children(b, item, first, depth);
    }
}

void
gb_place_blocks(struct gb_builder *b, struct gb_node *parent, const struct gb_block *first)
{
    place_children(b, parent, first, 0);
}

void
gb_take_container(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];
    const struct gb_block *block = u->block, *first = block->first;
    struct gb_node *note = gb_add(b, gb_content_parent(b), kind_of_container(block), GB_ENCODING_ELEMENT, NULL);
    struct gb_note_mark mark;

    note->span = block->span;
    note->marker = block->info.str.len ? block->info : gb_given(b, GB_STR("注"));
    if (block->kind == GB_BLOCK_EXAMPLE)
        note->marker = gb_given(b, GB_STR("示例"));
    if (first && first->kind == GB_BLOCK_PARA) {
        struct gb_text text = first->text;
        if (gb_mark_note(text.str, &mark) && mark.has_colon) { /* the marker is typed as well */
            note->num = mark.num;
            note->marker = gb_text_slice(&text, mark.begin, mark.end);
            text = gb_text_slice(&text, mark.rest, text.str.len);
        }
        note->text = text;
        note->head = first->text;
        first = first->next;
    }
    if (block->label.str.len > 0) {
        note->number = block->label;
        gb_parse_single(block->label.str, &note->num);
    }
    gb_place_blocks(b, note, first);
    b->i++;
}
