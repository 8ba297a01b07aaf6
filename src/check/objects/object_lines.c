/* Lines of the markup that stand on the wrong side of a figure or table, and the edits that move them. */
#include "check/objects/objects_priv.h"

bool
gb_line_of_text(struct gb_check *c, const struct gb_text *text, struct gb_span *out)
{
    const struct gb_source *source = c->doc->source;
    bool is_exact = false;

    if (source->n_files != 1 || !text->str.len || !text->n_runs)
        return false;
    struct gb_span span = gb_text_whole(text, &is_exact);
    *out = (struct gb_span){gb_source_line_begin(source, span.begin), gb_source_line_end(source, span.begin)};
    return is_exact && span.end <= out->end &&
           gb_str_eq(gb_str_trim(gb_source_text(source, *out)), gb_str_trim(gb_source_text(source, span)));
}

/* Is the line before, or behind, this place blank or none? */
static bool
is_free_before(struct gb_str s, uint32_t line)
{
    uint32_t begin = line ? line - 1 : 0;

    while (begin > 0 && s.ptr[begin - 1] != '\n')
        begin--;
    return line == 0 || gb_str_trim(gb_str_sub(s, begin, line)).len == 0;
}

static bool
is_free_behind(struct gb_str s, uint32_t line_end)
{
    size_t begin = gb_str_find(s, GB_STR("\n"), line_end);
    size_t end = begin == GB_NOT_FOUND ? begin : gb_str_find(s, GB_STR("\n"), begin + 1);

    return begin == GB_NOT_FOUND || gb_str_trim(gb_str_sub(s, begin, end)).len == 0;
}

void
gb_fix_lines_up(struct gb_check *c, struct gb_finding *f, struct gb_span lines, uint32_t to)
{
    struct gb_str s = c->doc->source->files[0].text, words = gb_str_trim(gb_str_sub(s, lines.begin, lines.end));
    uint32_t begin = lines.begin;

    while (begin > to && gb_is_space(s.ptr[begin - 1]))
        begin--;
    if (begin <= to)
        return;
    struct gb_edit *edits = gb_arena_new_array(c->arena, struct gb_edit, 2);
    edits[0] = (struct gb_edit){.span = {to, to}, .is_markup = true, .is_move = true};
    edits[0].text = gb_arena_printf(c->arena, "%s%.*s\n\n", is_free_before(s, to) ? "" : "\n", GB_FMT(words));
    edits[1] = (struct gb_edit){.span = {begin, lines.end}, .text = GB_STR(""), .is_markup = true};
    gb_fix_edits(c, f, edits, 2);
}

void
gb_fix_lines_down(struct gb_check *c, struct gb_finding *f, struct gb_span lines, uint32_t to)
{
    struct gb_str s = c->doc->source->files[0].text, words = gb_str_trim(gb_str_sub(s, lines.begin, lines.end));
    uint32_t end = lines.end;

    while (end < to && gb_is_space(s.ptr[end]))
        end++;
    if (end >= to)
        return;
    struct gb_edit *edits = gb_arena_new_array(c->arena, struct gb_edit, 2);
    edits[0] = (struct gb_edit){.span = {lines.begin, end}, .text = GB_STR(""), .is_markup = true};
    edits[1] = (struct gb_edit){.span = {to, to}, .is_markup = true, .is_move = true};
    edits[1].text = gb_arena_printf(c->arena, "\n\n%.*s%s", GB_FMT(words), is_free_behind(s, to) ? "" : "\n");
    gb_fix_edits(c, f, edits, 2);
}

void
gb_fix_line_above(struct gb_check *c, struct gb_finding *f, uint32_t to, struct gb_str words)
{
    const struct gb_source *source = c->doc->source;

    if (source->n_files != 1)
        return;
    bool is_free = is_free_before(source->files[0].text, to); /* else it is a line of a paragraph, broken by hand */
    gb_fix_markup(c, f, (struct gb_span){to, to},
                  gb_arena_printf(c->arena, "%.*s%s", GB_FMT(words), is_free ? "\n\n" : "  \n"));
}
