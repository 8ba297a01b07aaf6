/*
 * Mentions in running text: each row of tests/mentions/…tsv is a text and the mentions in it. The text is set into
 * tests/mentions/base.md in the place of @@. A mention is written as it stands in the text, its number in [ ], its marker in
 * { }, then kind, verb and flags; several are parted by " / ":
 *
 *     应符合第5章和附录B的规定。 → 第[5]章 chapter comply / 附录[B] annex comply joined
 *
 * A mention that names no part of base.md, and is not of another document, has the flag "lost".
 */
#include "base/buf.h"
#include "facts/facts.h"
#include "read/block.h"
#include "rule/rule.h"

#include <stdio.h>

static const struct {
    enum gb_mention_flag flag;
    const char *name;
} flags[] = {
    {GB_MENTION_EXTERNAL, "external"}, {GB_MENTION_DOUBTFUL, "doubtful"}, {GB_MENTION_BRACKETED, "bracketed"},
    {GB_MENTION_QUOTED, "quoted"},     {GB_MENTION_NEGATED, "negated"},   {GB_MENTION_JOINED, "joined"},
    {GB_MENTION_RANGE_FIRST, "from"},  {GB_MENTION_RANGE_LAST, "to"},     {GB_MENTION_IMPLIED, "implied"},
    {GB_MENTION_IN_CELL, "cell"},      {GB_MENTION_IN_TITLE, "title"},
};

static GB_NAME_OF(kind_name, enum gb_mention_kind, GB_MENTION_KINDS)

    static GB_NAME_OF(verb_name, enum gb_mention_verb, GB_MENTION_VERBS)

        static void put_mention(struct gb_buf *out, const struct gb_mention *mention)
{
    for (uint32_t i = mention->begin; i <= mention->end; i++) {
        if (i == mention->num_end && mention->num_end > mention->num_begin)
            gb_buf_add_char(out, ']');
        if (i == mention->item_end && mention->item_end > mention->item_begin)
            gb_buf_add_char(out, '}');
        if (i == mention->end)
            break;
        if (i == mention->num_begin && mention->num_end > mention->num_begin)
            gb_buf_add_char(out, '[');
        if (i == mention->item_begin && mention->item_end > mention->item_begin)
            gb_buf_add_char(out, '{');
        char c = mention->text->str.ptr[i];
        gb_buf_add_char(out, c == '\n' ? '~' : c);
    }
    gb_buf_printf(out, " %s", kind_name(mention->kind));
    if (mention->verb != GB_VERB_NONE)
        gb_buf_printf(out, " %s", verb_name(mention->verb));
    for (size_t i = 0; i < GB_COUNT(flags); i++) {
        if (mention->flags & flags[i].flag)
            gb_buf_printf(out, " %s", flags[i].name);
    }
    if (!mention->target && !(mention->flags & GB_MENTION_EXTERNAL) && (mention->num.n || mention->num.letter))
        gb_buf_puts(out, " lost");
}

/* The mentions whose place in the source is in [begin, end). */
static void
put_mentions(struct gb_buf *out, const struct gb_facts *facts, uint32_t begin, uint32_t end)
{
    GB_EACH(const struct gb_mention, m, facts->mentions, facts->n_mentions) {
        struct gb_span span = gb_text_span(m->text, m->begin, m->end, NULL);
        if (span.begin < begin || span.begin >= end)
            continue;
        gb_buf_puts(out, out->len ? " / " : "");
        put_mention(out, m);
    }
}

static void
find_mentions(struct gb_str base, struct gb_str text, const struct gb_lexicon *lexicon, struct gb_buf *out)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_source source;
    struct gb_blocks blocks;
    struct gb_facts facts;
    struct gb_buf document = {0};
    struct gb_facts_options options = {.has_edition = true, .edition = GB_EDITION_2020};
    size_t place = gb_str_find(base, GB_STR("@@"), 0);

    gb_buf_add(&document, gb_str_sub(base, 0, place));
    for (size_t i = 0; i < text.len; i++) { /* \n is a line end */
        bool is_break = text.ptr[i] == '\\' && i + 1 < text.len && text.ptr[i + 1] == 'n';
        gb_buf_add_char(&document, is_break ? '\n' : text.ptr[i]);
        i += is_break;
    }
    uint32_t end = (uint32_t)document.len;
    gb_buf_add(&document, gb_str_skip(base, place + 2));
    gb_source_init(&source, &arena);
    gb_source_add(&source, "base.md", gb_buf_str(&document));
    gb_blocks_init(&blocks, &source);
    gb_read_markdown(&blocks, 0);
    gb_facts_compute(&facts, gb_build_clauses(&blocks), lexicon, &options);
    out->len = 0;
    put_mentions(out, &facts, (uint32_t)place, end);
    gb_blocks_release(&blocks);
    gb_buf_release(&document);
    gb_arena_release(&arena);
}

static bool
read_file(const char *path, struct gb_buf *out)
{
    FILE *file = fopen(path, "rb");
    char chunk[4096];
    size_t n;

    if (!file)
        return false;
    while ((n = fread(chunk, 1, sizeof(chunk), file)) > 0)
        gb_buf_add(out, (struct gb_str){chunk, n});
    fclose(file);
    return true;
}

/* Number of rows that fail. */
static unsigned
check_rows(const char *path, struct gb_str base, struct gb_str rows, const struct gb_lexicon *lexicon, unsigned *n_rows)
{
    struct gb_buf got = {0};
    struct gb_str line;
    unsigned n_failed = 0;

    for (unsigned number = 1; gb_str_next_line(&rows, &line); number++) {
        if (line.len == 0 || line.ptr[0] == '#')
            continue;
        size_t tab = gb_str_find(line, GB_STR("\t"), 0);
        struct gb_str text = gb_str_sub(line, 0, tab == GB_NOT_FOUND ? line.len : tab);
        struct gb_str want = tab == GB_NOT_FOUND ? GB_STR("") : gb_str_skip(line, tab + 1);
        ++*n_rows;
        find_mentions(base, text, lexicon, &got);
        if (gb_str_eq(gb_buf_str(&got), want))
            continue;
        n_failed++;
        printf("%s:%u: %.*s\n    want: %.*s\n    got:  %.*s\n", path, number, GB_FMT(text), GB_FMT(want),
               GB_FMT(gb_buf_str(&got)));
    }
    gb_buf_release(&got);
    return n_failed;
}

/* Arguments: base document, then files of rows. */
int
main(int argc, char **argv)
{
    struct gb_ruleset_options options = {0};
    struct gb_error error;
    struct gb_buf base = {0};
    unsigned n_failed = 0, n_rows = 0;

    gb_markdown_startup();
    struct gb_ruleset *rules = gb_ruleset_new(&options, &error);
    if (!rules || argc < 3 || !read_file(argv[1], &base)) {
        fprintf(stderr, "usage: mentions BASE ROWS…\n");
        return 2;
    }
    for (int i = 2; i < argc; i++) {
        struct gb_buf rows = {0};
        if (!read_file(argv[i], &rows)) {
            perror(argv[i]);
            return 2;
        }
        n_failed += check_rows(argv[i], gb_buf_str(&base), gb_buf_str(&rows), gb_ruleset_lexicon(rules), &n_rows);
        gb_buf_release(&rows);
    }
    gb_buf_release(&base);
    gb_ruleset_free(rules);
    printf("%u rows, %u failed\n", n_rows, n_failed);
    return n_failed > 0;
}
