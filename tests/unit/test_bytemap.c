/*
 * The way from the text of a Markdown draft back to its bytes, on random documents.
 *
 * Each word of a document is there only once: 㐀 and a number in Chinese digits. So a run that claims the wrong place is
 * found by what it says, and a word that was lost is found missing. The documents are the same in every run.
 */
#include "base/buf.h"

#include "read/block.h"
#include "blocks.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

enum { DOCUMENTS = 4500, WORD_DIGITS = 4, WORD_LEN = 3 + 3 * WORD_DIGITS, WORDS_MOST = 2000, DEPTH_MOST = 3 };

static const char word_mark[] = "㐀";
static const char *const digits[] = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};

/* ---- the documents ---- */

struct writer {
    uint64_t state;
    unsigned n_words, n_notes;
    GB_ARRAY(char *) lines;
    struct gb_buf text; /* inline text in the making; '\n' parts lines */
};

static unsigned
draw(struct writer *w, unsigned n)
{
    w->state ^= w->state << 13;
    w->state ^= w->state >> 7;
    w->state ^= w->state << 17;
    return (unsigned)((w->state >> 33) % n);
}

static void
put(struct writer *w, const char *text)
{
    gb_buf_puts(&w->text, text);
}

static void
put_word(struct writer *w)
{
    unsigned n = w->n_words++;

    put(w, word_mark);
    for (unsigned i = 0, scale = 1000; i < WORD_DIGITS; i++, scale /= 10)
        put(w, digits[n / scale % 10]);
}

/* "%" in a form stands for a word, "#" for the number of a footnote. */
static void
put_form(struct writer *w, const char *form)
{
    for (; *form; form++) {
        if (*form == '%')
            put_word(w);
        else if (*form == '#')
            gb_buf_printf(&w->text, "%u", draw(w, 4));
        else
            gb_buf_add_char(&w->text, *form);
    }
}

static const char *const phrases[] = {
    "%",
    "%",
    "%",
    "%，",
    "%。",
    "（%）",
    "% ",
    " % ",
    "**%**",
    "*%*",
    "_%_",
    "***%***",
    "**%*",
    "*%**",
    "**%，**%",
    "*%*%",
    "**%*%*%**",
    "__%__",
    "`%`",
    "`` %`% ``",
    "` % `",
    "`",
    "\\*%\\*",
    "\\_",
    "\\\\",
    "\\%",
    "&amp;",
    "&lt;%&gt;",
    "&#20013;",
    "&nbsp;",
    "&bogus;",
    "& ",
    "&amp",
    "[%](u)",
    "[%](u \"t\")",
    "[%](<u v> 't')",
    "[%](u\n\"t\") ",
    "[% *%*](u(v)w)",
    "[%][甲]",
    "[甲]",
    "[%][]",
    "[%]",
    "[",
    "]",
    "! ",
    "<",
    ">",
    "*",
    "_",
    "**",
    "<http://a.b/c?d&amp;e>",
    "<a@b.cn>",
    "[^#]",
    "[^无]",
    "  \n%",
    "\\\n%",
    "\n%",
    "\n%",
    "\n   %",
    "<b>%</b>",
    "<br>",
    "<br/>%",
    "<span class=\"x\">%</span>",
    "<sup>%</sup>",
    "<!-- % -->",
    "<未知>",
    "<abc>",
    "$ x_{%} * y_2 $",
    "$%_a*b*$",
    "$5",
    "~~%~~",
    "==%==",
    "![](a_b.png)",
    "a  b",
    "\t",
    "　%",
    "1.25",
    "GB/T 1.1—2020",
    "\n![%](c\\_d.png)\n",
    "x*y*z",
    "a_b_c",
    "%：",
    "\"%\"",
};

static const char *const cell_phrases[] = {
    "%",      "%", "%，%", "**%**", "`%`",  "`%\\|%`", "%\\|%", "\\|",  "\\*%",         "&lt;%",
    "[%](u)", "",  " ",    "<br>%", "*%*%", "$x_%$",   "%\\\\", "[^#]", "<sub>%</sub>",
};

static void
put_phrases(struct writer *w, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        put_form(w, phrases[draw(w, (unsigned)GB_COUNT(phrases))]);
}

static void
put_line(struct writer *w, const char *format, ...)
{
    char line[4096];
    va_list args;

    va_start(args, format);
    vsnprintf(line, sizeof(line), format, args);
    va_end(args);
    *gb_push(&w->lines) = strdup(line);
}

/* The inline text becomes lines of their own, without empty ones inside. */
static void
end_text(struct writer *w)
{
    gb_buf_add_char(&w->text, '\0');
    for (char *line = strtok(w->text.ptr, "\n"); line; line = strtok(NULL, "\n"))
        put_line(w, "%s", line);
    w->text.len = 0;
}

static void
write_para(struct writer *w)
{
    put_word(w);
    put_phrases(w, 1 + draw(w, 8));
    end_text(w);
}

static void
write_heading(struct writer *w)
{
    static const char *const ends[] = {"", " #", " ##  ", "#", " \\#"};
    char marks[8] = "######";

    marks[1 + draw(w, 4)] = '\0';
    put(w, marks);
    put(w, draw(w, 4) ? " " : "\t ");
    put_word(w);
    put_form(w, phrases[draw(w, 12)]);
    put(w, ends[draw(w, (unsigned)GB_COUNT(ends))]);
    end_text(w);
}

static void
write_setext(struct writer *w)
{
    write_para(w);
    put_line(w, "%s", draw(w, 2) ? "===" : "---");
    if (draw(w, 2))
        write_para(w);
}

static void
write_code(struct writer *w)
{
    static const char *const forms[] = {"    %", "\t%", "  % `x", "% *x* &amp;", "", " \t%", "graph TD"};
    bool is_fenced = draw(w, 4) != 0;
    const char *fence = draw(w, 2) ? "```" : "~~~~";

    if (is_fenced)
        put_line(w, "%s%s", fence, draw(w, 2) ? "mermaid" : "");
    for (unsigned n = 1 + draw(w, 3); n; n--) {
        put(w, is_fenced ? "" : "    ");
        put_form(w, forms[draw(w, (unsigned)GB_COUNT(forms))]);
        gb_buf_add_char(&w->text, '\0');
        put_line(w, "%s", w->text.ptr);
        w->text.len = 0;
    }
    if (is_fenced)
        put_line(w, "%s", fence);
}

static void
write_row(struct writer *w, unsigned columns, bool has_outer)
{
    put(w, has_outer ? "|" : "");
    for (unsigned i = 0; i < columns; i++) {
        put(w, i ? "|" : "");
        put(w, draw(w, 3) ? " " : "");
        if (i == 0)
            put_word(w);
        put_form(w, cell_phrases[draw(w, (unsigned)GB_COUNT(cell_phrases))]);
        put(w, draw(w, 3) ? " " : "");
    }
    put(w, has_outer ? "|" : "");
    end_text(w);
}

static void
write_table(struct writer *w)
{
    unsigned columns = 2 + draw(w, 3);

    if (draw(w, 2)) {
        put_form(w, "表 1 %");
        end_text(w);
    }
    write_row(w, columns, true);
    put(w, "|");
    for (unsigned i = 0; i < columns; i++)
        put(w, draw(w, 2) ? "---|" : ":-:|");
    end_text(w);
    for (unsigned n = draw(w, 4); n; n--) {
        unsigned n_cells = columns;
        if (draw(w, 4) == 0)
            n_cells = columns + 1 - draw(w, 3);
        write_row(w, n_cells ? n_cells : 1, draw(w, 4) != 0);
    }
}

static void
write_other(struct writer *w)
{
    static const char *const forms[] = {
        "<!-- % -->",
        "<!-- %\n% -->",
        "---",
        "[甲]: http://u.v/w \"t\"",
        "[甲]: http://u.v/w\n%",
        "<div style=\"text-align: center;\">%</div>",
        "<center>%</center>\n%",
        "<table><tr><td rowspan=2>%<td>%&lt;</tr><tr><td>%<br>%</td></tr></table>",
        "% <table><tr><td>%</td></tr></table> %",
        "<table>\n<tr>\n  <td>%</td>\n</tr>\n</table>\n%",
        "$$ x_{%} $$ （1）",
        "$$\nx_{%} + y*z*\n\\tag{2}\n$$",
        "%\n$$ a $$\n%",
        "<p>%\n%</p>",
        "<details>\n<summary>%</summary>",
        "</details>",
        "![%](a.png)\n图 1 %",
        "<h2>%<b>%</b></h2>",
        "[TOC]",
        "<div>\n%",
        "</div>",
        "<img src=\"x.png\" alt=\"%\"/>",
    };

    put_form(w, forms[draw(w, (unsigned)GB_COUNT(forms))]);
    end_text(w);
}

static void write_blocks(struct writer *w, unsigned n, unsigned depth);

/* A block whose lines are led by marks: the first one's, and the others', which may be left out (lazy lines). */
static void
write_container(struct writer *w, unsigned depth)
{
    static const struct {
        const char *first, *rest, *lazy;
    } forms[] = {
        {"> ", "> ", ""},   {">", ">", "> "},  {"> ", ">\t", ""},      {"- ", "  ", ""},     {"-\t", "\t", "  "},
        {"1. ", "   ", ""}, {"* ", "  ", " "}, {"-   ", "    ", "\t"}, {"10) ", "    ", ""}, {"  - ", "    ", ""},
    };
    unsigned form = draw(w, (unsigned)GB_COUNT(forms));
    size_t first = w->lines.len;
    bool is_lazy = draw(w, 4) == 0;

    write_blocks(w, 1 + draw(w, 2), depth + 1);
    for (size_t i = first; i < w->lines.len; i++) {
        const char *mark = i == first ? forms[form].first : forms[form].rest;
        char *line = w->lines.items[i];
        if (i > first && is_lazy && draw(w, 3) == 0 && line[0])
            mark = forms[form].lazy;
        size_t len = strlen(mark) + strlen(line) + 1;
        char *led = malloc(len);
        assert_non_null(led);
        snprintf(led, len, "%s%s", mark, line);
        free(line);
        w->lines.items[i] = led;
    }
}

static void
write_footnote(struct writer *w)
{
    if (w->n_notes > 3)
        return;
    gb_buf_printf(&w->text, "[^%u]: ", w->n_notes++);
    put_word(w);
    put_form(w, phrases[draw(w, 16)]);
    end_text(w);
    if (draw(w, 3) == 0) {
        put_form(w, "    %");
        end_text(w);
    }
}

static void
write_block(struct writer *w, unsigned depth)
{
    switch (draw(w, 16)) {
    case 0:
        write_heading(w);
        break;
    case 1:
        write_setext(w);
        break;
    case 2:
        write_code(w);
        break;
    case 3:
    case 4:
        write_table(w);
        break;
    case 5:
    case 6:
    case 7:
        write_other(w);
        break;
    case 8:
    case 9:
    case 10:
        if (depth < DEPTH_MOST)
            write_container(w, depth);
        else
            write_para(w);
        break;
    case 11:
        if (depth == 0)
            write_footnote(w);
        break;
    default:
        write_para(w);
        break;
    }
}

static void
write_blocks(struct writer *w, unsigned n, unsigned depth)
{
    for (unsigned i = 0; i < n; i++) {
        if (i && draw(w, 6))
            put_line(w, "%s", draw(w, 5) ? "" : "  ");
        write_block(w, depth);
    }
}

static struct gb_str
write_document(struct writer *w, struct gb_arena *arena)
{
    static const char *const ends[] = {"\n", "\n", "\n", "\r\n", "\r"};
    const char *end = ends[draw(w, (unsigned)GB_COUNT(ends))];

    write_blocks(w, 2 + draw(w, 8), 0);
    w->text.len = 0;
    for (size_t i = 0; i < w->lines.len; i++) {
        put(w, w->lines.items[i]);
        if (i + 1 < w->lines.len || draw(w, 4))
            put(w, end);
        free(w->lines.items[i]);
    }
    gb_array_release(&w->lines);
    struct gb_str text = gb_arena_copy(arena, gb_buf_str(&w->text));
    gb_buf_release(&w->text);
    return text;
}

/* ---- the check ---- */

struct tally {
    unsigned documents;
    unsigned long runs, approx_runs, bytes, exact_bytes, unequal, unordered;
    unsigned long words, exact_words, approx_words, wrong_words, lost_words, picture_words, double_words;
};

struct check {
    struct tally *tally;
    struct gb_buf why;
    const struct gb_source *source;
    unsigned char seen[WORDS_MOST];
    uint32_t place[WORDS_MOST];
};

/* Notes a failure; shown with the document when GB_TEST_SHOW is set. */
static void
fail_at(struct check *c, unsigned long *count, const char *what, uint32_t place)
{
    ++*count;
    gb_buf_printf(&c->why, "%s at byte %u\n", what, place);
}

/* The number of the word at the start of s, or -1. */
static int
word_number(struct gb_str s)
{
    int n = 0;

    if (s.len < WORD_LEN || memcmp(s.ptr, word_mark, 3) != 0)
        return -1;
    for (size_t i = 3; i < WORD_LEN; i += 3) {
        int digit = 0;
        while (digit < 10 && memcmp(s.ptr + i, digits[digit], 3) != 0)
            digit++;
        if (digit == 10)
            return -1;
        n = n * 10 + digit;
    }
    return n < WORDS_MOST ? n : -1;
}

static void
check_runs(struct check *c, const struct gb_text *text)
{
    struct gb_str source = c->source->files[0].text;

    for (uint32_t i = 0; i < text->n_runs; i++) {
        const struct gb_run *run = &text->runs[i];
        uint32_t whole = text->off + (uint32_t)text->str.len;
        uint32_t end = i + 1 < text->n_runs ? text->runs[i + 1].at : whole > run->at ? whole : run->at;
        uint32_t len = end - run->at;
        c->tally->runs++;
        c->tally->bytes += len;
        if (run->flags & GB_RUN_APPROX) {
            c->tally->approx_runs++;
            continue;
        }
        c->tally->exact_bytes += len;
        if (run->src.end > source.len || run->src.begin > run->src.end || (i && run->src.begin < run[-1].src.begin)) {
            fail_at(c, &c->tally->unordered, "run out of order", run->src.begin);
        }
        if (!(run->flags & GB_RUN_EXACT) || text->off || end > text->str.len)
            continue;
        /* The last run may go on behind the text, where blanks were cut off. */
        uint32_t src_end = i + 1 == text->n_runs ? run->src.begin + len : run->src.end;
        if (!gb_str_eq(gb_str_sub(text->str, run->at, end), gb_str_sub(source, run->src.begin, src_end))) {
            fail_at(c, &c->tally->unequal, "run unequal", run->src.begin);
        }
    }
}

static void
check_text(struct check *c, const struct gb_text *text)
{
    check_runs(c, text);
    for (size_t at = 0; (at = gb_str_find(text->str, GB_STR(word_mark), at)) != GB_NOT_FOUND; at += WORD_LEN) {
        int n = word_number(gb_str_sub(text->str, at, text->str.len));
        bool is_exact;
        struct gb_span span = gb_text_span(text, at, at + WORD_LEN, &is_exact);
        if (n < 0)
            continue;
        if (c->seen[n])
            fail_at(c, &c->tally->double_words, "word twice", span.begin);
        c->seen[n] = 1;
        if (!is_exact) {
            fail_at(c, &c->tally->approx_words, "word approximate", c->place[n]);
        } else if (span.begin == c->place[n] && span.end == span.begin + WORD_LEN) {
            c->tally->exact_words++;
        } else {
            fail_at(c, &c->tally->wrong_words, "word wrong", span.begin);
        }
    }
}

static void
check_block(struct check *c, const struct gb_block *block)
{
    check_text(c, &block->text);
    check_text(c, &block->label);
    check_text(c, &block->info);
    for (uint32_t i = 0; block->kind == GB_BLOCK_TABLE && block->table && i < block->table->n_cells; i++)
        check_text(c, &block->table->cells[i].text);
    if (block->kind == GB_BLOCK_COMMENT || !block->parent)
        return;
    /* Comments stand behind the text they are in; all else is in order, each block inside of its parent. */
    const struct gb_block *next = block->next;
    while (next && next->kind == GB_BLOCK_COMMENT)
        next = next->next;
    bool is_inside = block->parent->span.begin <= block->span.begin && block->span.end <= block->parent->span.end;
    if (block->span.begin > block->span.end || !is_inside || (next && next->span.begin < block->span.begin)) {
        fail_at(c, &c->tally->unordered, "block out of order", block->span.begin);
    }
}

static void
check_document(unsigned number, struct tally *tally)
{
    struct writer writer = {.state = 88172645463325252ull + number * 7919ull};
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_source source;
    struct gb_blocks blocks;

    for (unsigned i = 0; i < 8; i++)
        draw(&writer, 2);
    struct gb_str text = write_document(&writer, &arena);
    gb_source_init(&source, &arena);
    gb_source_add(&source, "random.md", text);
    gb_blocks_init(&blocks, &source);
    gb_read_markdown(&blocks, 0);

    struct check check = {.tally = tally, .source = &source};
    struct gb_str bytes = source.files[0].text;
    for (size_t at = 0; (at = gb_str_find(bytes, GB_STR(word_mark), at)) != GB_NOT_FOUND; at += 3) {
        int n = word_number(gb_str_sub(bytes, at, bytes.len));
        assert_true(n >= 0);
        check.place[n] = (uint32_t)at;
    }
    for (const struct gb_block *b = blocks.root; b;) {
        check_block(&check, b);
        if (b->first) {
            b = b->first;
            continue;
        }
        while (b && !b->next)
            b = b->parent;
        b = b ? b->next : NULL;
    }
    for (unsigned i = 0; i < writer.n_words; i++) {
        if (check.seen[i])
            continue;
        /* The text of a picture in the middle of a line, or in a cell, is no text of the draft. */
        if (check.place[i] >= 2 && memcmp(bytes.ptr + check.place[i] - 2, "![", 2) == 0)
            tally->picture_words++;
        else
            fail_at(&check, &tally->lost_words, "word lost", check.place[i]);
    }
    tally->words += writer.n_words;
    tally->documents++;
    if (check.why.len && getenv("GB_TEST_SHOW")) {
        struct gb_buf dump = {0};
        blocks_dump(&blocks, &dump);
        fprintf(stderr, "---- document %u\n%.*s\n----\n%.*s%.*s\n", number, GB_FMT(bytes), GB_FMT(gb_buf_str(&dump)),
                GB_FMT(gb_buf_str(&check.why)));
        gb_buf_release(&dump);
    }
    gb_buf_release(&check.why);
    gb_blocks_release(&blocks);
    gb_arena_release(&arena);
}

TEST(maps_random_documents)
{
    struct tally t = {0};

    for (unsigned i = 0; i < DOCUMENTS; i++)
        check_document(i, &t);
    printf("%u documents: %lu words: %lu exact, %lu approximate, %lu wrong, %lu lost, %lu twice, %lu in pictures\n",
           t.documents, t.words, t.exact_words, t.approx_words, t.wrong_words, t.lost_words, t.double_words,
           t.picture_words);
    printf("%lu runs, %lu approximate; %lu of %lu bytes mapped; %lu runs unequal, %lu out of order\n", t.runs,
           t.approx_runs, t.exact_bytes, t.bytes, t.unequal, t.unordered);
    assert_int_equal(t.wrong_words, 0);
    assert_int_equal(t.lost_words, 0);
    assert_int_equal(t.double_words, 0);
    assert_int_equal(t.unequal, 0);
    assert_int_equal(t.unordered, 0);
    assert_true(t.approx_words * 500 <= t.words);
    assert_true((t.bytes - t.exact_bytes) * 500 <= t.bytes);
}

__attribute__((constructor)) static void
start(void)
{
    gb_markdown_startup();
}
