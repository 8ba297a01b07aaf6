/* What stands before chapter 1: foreword, introduction, title; of cover and contents where they begin and end. */
#include "read/build.h"

#include "base/buf.h"
#include "text/chars.h"
#include "text/utf8.h"

/* ── does the body begin here? ─────────────────────────────────────────── */

/* Does the scope come later, with or without its number, or, where `is_first` asks for it, as chapter 1? */
static bool
scope_follows(const struct gb_builder *b, size_t i, bool is_first)
{
    enum { LOOK_AHEAD = 400 };

    for (size_t k = i + 1; k < b->n && k <= i + LOOK_AHEAD; k++) {
        struct gb_str line = b->units[k].text.str;
        struct gb_number_mark mark;
        if (!gb_unit_is_text(&b->units[k]))
            continue;
        bool has_number = gb_mark_number(line, &mark);
        if (has_number && mark.num.letter) /* A.1 范围, a clause of an annex */
            continue;
        if (gb_mark_fixed(has_number ? gb_str_skip(line, mark.rest) : line) == GB_FIXED_SCOPE)
            return !is_first || (has_number && mark.num.n == 1 && mark.num.part[0] == 1);
    }
    return false;
}

/* 2024年旧书回收…: a title, no chapter 20. */
static bool
begins_with_year(struct gb_str s)
{
    enum { DIGITS = 4 };

    return gb_skip_digits(gb_str_sub(s, 0, DIGITS), 0) == DIGITS && gb_str_starts(gb_str_skip(s, DIGITS), GB_STR("年"));
}

static bool
in_front_matter(const struct gb_builder *b)
{
    return b->zone == GB_ZONE_FOREWORD || b->zone == GB_ZONE_INTRO;
}

static bool
heading_opens_body(const struct gb_builder *b, size_t i)
{
    const struct gb_unit *u = &b->units[i];
    enum gb_fixed_title fixed = gb_mark_fixed(u->text.str);
    struct gb_number_mark mark;
    struct gb_annex_mark annex;

    if (u->block->flags & GB_BLOCK_SECTION && fixed != GB_FIXED_FOREWORD && fixed != GB_FIXED_INTRO &&
        fixed != GB_FIXED_TOC && !(u->block->flags & GB_BLOCK_ANNEX) && u->block->label.str.len)
        return true;
    bool is_numbered = gb_mark_number(u->text.str, &mark);
    if (is_numbered && mark.form == GB_NUMBER_CHINESE) /* 一、范围 */
        fixed = gb_mark_fixed(gb_str_skip(u->text.str, mark.rest));
    if (fixed == GB_FIXED_SCOPE || fixed == GB_FIXED_REFERENCES || fixed == GB_FIXED_TERMS ||
        fixed == GB_FIXED_TERMS_SYMBOLS)
        return true;
    /* 0 引言 and 0.1 belong to the introduction. */
    if (is_numbered && mark.num.part[0] == 0)
        return false;
    if (!is_numbered || mark.form == GB_NUMBER_CHINESE || !gb_opens_clause(b, i, &mark))
        return gb_opens_annex(b, i, &annex);
    fixed = gb_mark_fixed(gb_str_skip(u->text.str, mark.rest));
    if (fixed == GB_FIXED_FOREWORD || fixed == GB_FIXED_INTRO)
        return false;
    /* 1.1 or 1 below 引言 is a clause of it, wrongly numbered, as long as chapter 1 is still to come. */
    if (in_front_matter(b) && scope_follows(b, i, mark.num.n == 1))
        return false;
    return !mark.num.letter;
}

/* A line with a number, not a heading. */
static bool
number_opens_body(const struct gb_builder *b, size_t i, struct gb_number_mark *mark)
{
    struct gb_str rest = gb_str_skip(b->units[i].text.str, mark->rest);
    enum gb_fixed_title fixed = gb_mark_fixed(rest);
    uint16_t first = mark->num.part[0];

    if (mark->num.n == 1 && first == 1) {
        size_t next = i + 1;
        if (rest.len == 0)
            return next < b->n && gb_mark_fixed(b->units[next].text.str) == GB_FIXED_SCOPE;
        return fixed == GB_FIXED_SCOPE || gb_opens_clause(b, i, mark);
    }
    /* 2 规范性引用文件 behind the foreword, and no scope to come: chapter 1 is lost. */
    if (mark->num.n == 1 && first == 2 && fixed == GB_FIXED_REFERENCES && (in_front_matter(b) || b->has_title) &&
        !scope_follows(b, i, true))
        return true;
    bool is_excerpt = first > 0 && b->n_open == 0 && !b->toc && gb_opens_clause(b, i, mark);
    return is_excerpt && !scope_follows(b, i, true);
}

/* The first chapter, however it is written. */
static bool
opens_body(const struct gb_builder *b, size_t i)
{
    const struct gb_unit *u = &b->units[i];
    struct gb_number_mark mark;
    struct gb_annex_mark annex, nature;

    if (!gb_unit_is_text(u) || u->is_quoted || begins_with_year(u->text.str))
        return false;
    if (gb_unit_is_heading(u))
        return heading_opens_body(b, i);
    if (gb_mark_entry(u->text.str).has_leader)
        return false;
    if (!b->doc->has_numbers && gb_is_bare_scope(b, i))
        return true;
    if (gb_mark_number(u->text.str, &mark))
        return !mark.num.letter && number_opens_body(b, i, &mark);
    if (!gb_opens_annex(b, i, &annex))
        return false;
    if (annex.nature != GB_NATURE_NONE)
        return true;
    /* 附录A, then （规范性附录）: an excerpt, whose chapters are not in it. */
    size_t next = i + 1;
    return (b->zone == GB_ZONE_COVER || in_front_matter(b)) && annex.letter && next < b->n &&
           gb_mark_nature(b->units[next].text.str, &nature) && !scope_follows(b, i, true);
}

/* ── title before chapter 1 ─────────────────────────────────────────────── */

/* 安全提醒：…, 注意事项：…: what stands for a notice, whatever its words. */
static bool
is_like_notice(struct gb_str line)
{
    GB_WORDS(words, "提示", "提醒", "警", "须知", "注意", "危险");
    enum { LONGEST = 10 };
    size_t colon = gb_str_find(line, GB_STR("："), 0);
    struct gb_str label = gb_str_sub(line, 0, colon == GB_NOT_FOUND ? 0 : colon);

    return gb_str_han_length(label) <= LONGEST && GB_HAS_ANY(label, words);
}

/* Is the run of units (the body title, perhaps) like the title of the cover? Plain lines count only when they are. */
static bool
resembles_cover_title(const struct gb_builder *b, struct gb_str text)
{
    if (!b->cover || !b->cover->u.cover->title.str.len)
        return false;
    struct gb_buf a = {0}, c = {0};
    gb_normalise(text, &a);
    gb_normalise(b->cover->u.cover->title.str, &c);
    struct gb_str x = gb_buf_str(&a), y = gb_buf_str(&c);
    bool same = x.len > 0 && (gb_str_has(y, x) || gb_str_has(x, y));
    if (!same && x.len > 6 && y.len > 6) { /* one or two characters differ */
        unsigned limit = (unsigned)(x.len > y.len ? y.len : x.len) / 3;
        same = gb_str_distance(x, y, limit) <= limit;
    }
    gb_buf_release(&a);
    gb_buf_release(&c);
    return same;
}

/* 编号：Q/JSD 201—2024, 日期：2024-03-01: what a document without a cover says of itself. */
static bool
is_field(struct gb_str line)
{
    GB_WORDS(colons, "：", ":");
    enum { FEWEST = 2, LONGEST = 5 };
    size_t at = 0;

    while (at < LONGEST * GB_HAN && gb_char_is_han(gb_char_at(line, at)))
        at += GB_HAN;
    size_t colon = GB_START(gb_str_skip(line, at), colons);
    struct gb_str value = gb_str_trim(gb_str_skip(line, at + colon));
    return at >= FEWEST * GB_HAN && colon && !gb_str_starts(line, GB_STR("第")) && value.len &&
           gb_is_alnum(value.ptr[0]);
}

/* How many units from i on are the title's headings directly before chapter 1; 0 when i is none of them. */
static size_t
title_run(const struct gb_builder *b, size_t i)
{
    enum { LOOK_AHEAD = 16, MOST_SENTENCES = 3 };
    size_t n = 0, n_sentences = 0;

    for (size_t k = i; k < b->n && k < i + LOOK_AHEAD && n < 4; k++) {
        const struct gb_unit *u = &b->units[k];
        bool is_stamp = n > 0 && u->kind == GB_BLOCK_IMAGE && resembles_cover_title(b, b->units[i].text.str);
        if (is_stamp)
            continue;
        if (opens_body(b, k))
            return n;
        if (n > 0 && gb_unit_is_line(u) && (is_like_notice(u->text.str) || is_field(u->text.str)))
            continue; /* a notice stands between title and chapter 1 */
        /* Loose text does as well, against the rules: STR-018. */
        if (n > 0 && n_sentences < MOST_SENTENCES && gb_unit_is_line(u) && gb_is_whole(b, k) &&
            gb_ends_with(u->text.str, "。") && resembles_cover_title(b, b->units[i].text.str)) {
            n_sentences++;
            continue;
        }
        if (!gb_unit_is_text(u) || u->is_quoted || u->item || gb_ends_with(u->text.str, "。；：") ||
            u->text.str.len == 0 || gb_str_han_length(u->text.str) > 60 || gb_mark_fixed(u->text.str) != GB_FIXED_NONE)
            return 0;
        n++;
    }
    return 0;
}

/* 石磨保养规程 before chapter 1, in a text without a cover: as titles of standards end, and no sentence. */
static bool
ends_like_title(const struct gb_builder *b, struct gb_str line)
{
    GB_WORDS(ends, "规范", "规程", "要求", "指南", "导则", "通则", "方法", "标准", "条件", "术语");
    enum { SHORTEST = 4 };

    return !b->cover && gb_str_han_length(line) >= SHORTEST && GB_ENDS_ANY(line, ends);
}

/* The title as the last line of the foreword's or introduction's paragraph, in a text without blank lines. */
bool
gb_is_title_line(const struct gb_builder *b, size_t i)
{
    const struct gb_unit *u = &b->units[i], *before = i > 0 ? u - 1 : NULL;

    if (i > 1 && gb_is_page_number(before->text.str))
        before--;
    return (b->zone == GB_ZONE_FOREWORD || b->zone == GB_ZONE_INTRO) && !u->is_first && !u->item && before &&
           gb_ends_with(before->text.str, "。") && !gb_ends_with(u->text.str, "。；：，、") && title_run(b, i) > 0 &&
           resembles_cover_title(b, u->text.str);
}

static void
take_title(struct gb_builder *b, size_t n)
{
    struct gb_node *title = gb_add(b, b->root, GB_NODE_TITLE, gb_unit_encoding(&b->units[b->i]), &b->units[b->i].text);

    b->has_title = true;
    title->depth = gb_unit_is_heading(&b->units[b->i]) ? b->units[b->i].block->level : 0;
    while (n > 0) {
        const struct gb_unit *u = &b->units[b->i];
        b->i++;
        if (!gb_unit_is_text(u))
            continue;
        n--;
        if (gb_is_foreign(u->text.str)) {
            title->en = u->text;
        } else if (title->title.str.len) {
            title->title = gb_join_titles(b, &title->title, u);
            title->flags |= GB_NODE_SPLIT;
        } else {
            size_t code = gb_code_before_title(u->text.str);
            title->title = gb_text_between(&u->text, code, u->text.str.len);
            if (code && !b->root->code.str.len)
                b->root->code = gb_text_slice(&u->text, 0, code);
        }
    }
}

/* ── the walk before the body ──────────────────────────────────────────── */

/* Does text stand on the line below in the same paragraph, and no further line of a contents list? */
static bool
leads_text(const struct gb_builder *b)
{
    enum { SHORTEST = 10 };
    const struct gb_unit *next = b->i + 1 < b->n ? &b->units[b->i + 1] : NULL;
    struct gb_number_mark number;

    if (!next || next->block != b->units[b->i].block ||
        (gb_str_han_length(next->text.str) < SHORTEST && !gb_str_starts(next->text.str, GB_STR("本"))))
        return false;
    struct gb_entry_mark entry = gb_mark_entry(next->text.str);
    return !entry.has_leader && entry.page_begin == entry.page_end && !gb_mark_number(next->text.str, &number);
}

static bool
take_front_element(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];
    struct gb_number_mark mark;
    struct gb_text title = u->text;

    if (!gb_unit_is_text(u) || u->item || u->is_quoted)
        return false;
    /* 0 引言: a number before it is a fault of its own (NUM-017). */
    if (gb_mark_number(u->text.str, &mark))
        title = gb_text_slice(&u->text, mark.rest, u->text.str.len);
    enum gb_fixed_title fixed = gb_mark_fixed(title.str);
    if (fixed != GB_FIXED_TOC && fixed != GB_FIXED_FOREWORD && fixed != GB_FIXED_INTRO)
        return false;
    if (fixed != GB_FIXED_TOC && !gb_unit_is_heading(u) && !gb_is_whole(b, b->i) && !leads_text(b))
        return false;
    if (fixed == GB_FIXED_TOC) {
        gb_open_toc(b, &u->text, gb_unit_encoding(u))->title = u->text;
        b->toc->depth = gb_unit_is_heading(u) ? u->block->level : 0;
        b->i++;
        return true;
    }
    struct gb_node *node = gb_add(b, b->root, fixed == GB_FIXED_FOREWORD ? GB_NODE_FOREWORD : GB_NODE_INTRO,
                                  gb_unit_encoding(u), &u->text);
    if (gb_str_starts(title.str, GB_STR("."))) /* left by a converter */
        title = gb_text_slice(&title, 1, title.str.len);
    node->title = title;
    node->depth = gb_unit_is_heading(u) ? u->block->level : 0;
    if (gb_mark_number(u->text.str, &mark)) {
        node->num = mark.num;
        node->number = gb_text_slice(&u->text, mark.begin, mark.end);
    }
    gb_close_lists(b);
    b->at = node;
    b->n_open = 0;
    b->zone = fixed == GB_FIXED_FOREWORD ? GB_ZONE_FOREWORD : GB_ZONE_INTRO;
    if (fixed == GB_FIXED_FOREWORD)
        b->foreword = node;
    else
        b->intro = node;
    b->i++;
    return true;
}

/* 0.1 背景 in the introduction; any number in the foreword. */
static bool
take_front_clause(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];
    struct gb_node *element = b->zone == GB_ZONE_INTRO ? b->intro : b->foreword;
    struct gb_number_mark mark;

    if (!gb_unit_is_text(u) || u->item || u->is_quoted || !element || !gb_mark_number(u->text.str, &mark) ||
        mark.form != GB_NUMBER_ARABIC || mark.num.letter || (mark.num.n < 2 && !gb_unit_is_heading(u)))
        return false;
    struct gb_text rest = gb_text_slice(&u->text, mark.rest, u->text.str.len);
    bool titled = gb_unit_is_heading(u) ? !gb_ends_with(rest.str, "。；") : gb_looks_like_title(rest.str);
    if (!titled && !(b->zone == GB_ZONE_INTRO && mark.num.part[0] == 0))
        return false;
    struct gb_node *clause = gb_add(b, element, GB_NODE_CLAUSE, gb_unit_encoding(u), &u->text);
    clause->num = mark.num;
    clause->number = gb_text_slice(&u->text, mark.begin, mark.end);
    clause->depth = gb_unit_is_heading(u) ? u->block->level : 0;
    gb_close_lists(b);
    b->at = clause;
    if (titled) {
        clause->title = rest;
        b->i++;
    } else {
        b->units[b->i].text = rest;
        gb_take_paragraph(b, clause);
    }
    return true;
}

/* Content of foreword, introduction, or what stands loose before chapter 1. */
static void
take_front_content(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];

    if (gb_take_object(b))
        return;
    if (!gb_unit_is_text(u)) {
        if (u->starts_item)
            gb_take_item(b);
        else
            b->i++;
        return;
    }
    if (u->text.str.len == 0) {
        b->i++;
        return;
    }
    if (gb_take_furniture(b) || gb_take_caption(b) || gb_take_note(b) || gb_take_item(b))
        return;
    gb_take_paragraph(b, NULL);
}

/* The mark of a contents whose entries the reader makes itself. */
static void
take_toc_mark(struct gb_builder *b)
{
    if (!b->toc) {
        gb_open_toc(b, NULL, GB_ENCODING_MARKER)->span = b->units[b->i].block->span;
        b->zone = GB_ZONE_COVER; /* no entries follow */
        b->at = b->root;
    }
    b->i++;
}

/* 前言 behind contents whose entries a conversion dropped: what it says follows, and no other title. */
static bool
opens_foreword(const struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];
    size_t next = b->i + 1;

    if (!gb_unit_is_text(u) || gb_mark_fixed(u->text.str) != GB_FIXED_FOREWORD)
        return false;
    if (next >= b->n || !gb_unit_is_text(&b->units[next]))
        return false;
    struct gb_str words = b->units[next].text.str;
    return gb_str_starts(words, GB_STR("本")) && gb_str_has(words, GB_STR("按照")) && gb_str_has(words, GB_STR("GB/T"));
}

/* What stands in the contents; false where they end. */
static bool
take_contents(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];

    /* A title without number in the list inside of an entry: which clause that is, nobody can tell. It stays as text. */
    bool is_nameless =
        u->starts_item && u->list_level > 1 && b->toc && b->toc->last && !gb_ends_with(u->text.str, "。；：");
    if ((!opens_body(b, b->i) && gb_take_furniture(b)) || (!opens_foreword(b) && gb_take_entry(b)))
        return true;
    if (is_nameless) {
        gb_add_para(b, b->toc, &u->text, gb_unit_encoding(u));
        b->i++;
        return true;
    }
    b->zone = GB_ZONE_COVER;
    b->at = b->root;
    b->toc = (struct gb_node *)gb_node_child(b->root, GB_NODE_TOC); /* when another in English follows */
    return false;
}

/* The body opens here: what stands before it is over. */
static void
leave_front(struct gb_builder *b)
{
    if (b->toc)
        gb_note_chapters(b);
    if (b->zone != GB_ZONE_COVER && b->zone < GB_ZONE_FOREWORD)
        return;
    b->at = b->root;
    b->zone = GB_ZONE_BODY;
    gb_close_lists(b);
}

static void
take_title_of_draft(struct gb_builder *b, size_t run)
{
    gb_close_lists(b);
    take_title(b, run);
    b->zone = GB_ZONE_COVER;
    b->at = b->root;
}

/* A logo. */
static void
take_cover_picture(struct gb_builder *b)
{
    struct gb_node *cover = gb_open_cover(b, GB_ENCODING_PICTURE);

    gb_node_detach(gb_add_para(b, cover, &b->units[b->i].text, GB_ENCODING_PICTURE));
    cover->u.cover->has_picture = true;
    b->i++;
}

/* The title before the body, the cover, the text of foreword and introduction. */
static void
take_front_text(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];
    bool is_text = gb_unit_is_text(u) && u->text.str.len > 0 && !u->item, is_heading = gb_unit_is_heading(u);
    bool cover_ended = b->zone == GB_ZONE_FOREWORD || b->zone == GB_ZONE_INTRO || b->toc;
    bool is_on_cover = b->zone == GB_ZONE_COVER && !cover_ended;
    bool opens_cover = b->cover || GB_STARTS_WITH(u->text.str, "ICS", "CCS");
    bool is_cover_item = opens_cover && u->item && gb_unit_is_text(u) && u->text.str.len > 0; /* - ICS 03.080.30 */
    bool is_metadata = b->cover && b->cover->encoding == GB_ENCODING_FRONT_MATTER && !b->cover->first;
    bool may_be_title = is_heading && (cover_ended || is_metadata || !b->cover || !b->cover->u.cover->title.str.len);
    size_t run = is_text ? title_run(b, b->i) : 0;

    if (run > 0 && (may_be_title || resembles_cover_title(b, u->text.str) ||
                    (cover_ended && run == 1 && ends_like_title(b, u->text.str)))) {
        take_title_of_draft(b, run);
    } else if (is_on_cover && (is_text || is_cover_item) && !b->has_title) {
        struct gb_buf scratch = {0};
        gb_take_cover_unit(b, &scratch);
        gb_buf_release(&scratch);
    } else if (is_on_cover && u->kind == GB_BLOCK_TABLE && gb_take_cover_table(b)) {
        ; /* all of it was the cover */
    } else if (is_on_cover && u->kind == GB_BLOCK_IMAGE) {
        take_cover_picture(b);
    } else if (cover_ended && is_heading && resembles_cover_title(b, u->text.str)) {
        take_title_of_draft(b, 1);
    } else if (!take_front_clause(b)) {
        take_front_content(b);
    }
}

bool
gb_take_front(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];

    if (u->kind == GB_BLOCK_TOC) {
        take_toc_mark(b);
    } else if ((b->zone == GB_ZONE_TOC && take_contents(b)) || take_front_element(b)) {
        ; /* taken */
    } else if (!b->toc && gb_has_printed_entry(u)) {
        gb_open_toc(b, NULL, GB_ENCODING_LOST)->span = gb_text_whole(&u->text, NULL);
    } else if (opens_body(b, b->i)) {
        leave_front(b);
        return false;
    } else if (u->kind == GB_BLOCK_COMMENT) {
        gb_take_remnant(b);
    } else {
        take_front_text(b);
    }
    return true;
}
