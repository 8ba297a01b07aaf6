/* Widths of words by character class, and lines of about equal length. */
#include "flow/draw/wrap.h"

#include "text/chars.h"
#include "text/utf8.h"

enum { MAX_LINES = 8, EDGE_CELLS = 20, EDGE_LINES = 3 };

/* Cells of a line in a node, by what leaves room for it in the shape. */
static const uint8_t node_cells[] = {
    [GB_FLOW_STEP] = 22,     [GB_FLOW_DECISION] = 16, [GB_FLOW_START] = 22,    [GB_FLOW_END] = 22,
    [GB_FLOW_TERMINAL] = 22, [GB_FLOW_IO] = 20,       [GB_FLOW_DOCUMENT] = 22, [GB_FLOW_SUBPROCESS] = 20,
    [GB_FLOW_FORK] = 22,     [GB_FLOW_CONNECTOR] = 8, [GB_FLOW_NOTE] = 24,
};

uint32_t
gb_flow_cells(struct gb_str line)
{
    uint32_t cells = 0;

    for (size_t at = 0; at < line.len;)
        cells += gb_char_width(gb_utf8_at(line, at, &at), 2);
    return cells;
}

static bool
is_word(uint32_t c)
{
    return c > ' ' && c < 0x7F && c != '/' && c != '-';
}

static bool
is_closing(uint32_t c)
{
    static const uint32_t marks[] = {U'，', U'。', U'、', U'；', U'：', U'？', U'！', U'）', U'》', U'”',  U'’',
                                     U'】', ',',   '.',   ';',   ':',   '?',   '!',   ')',   U'〉', U'」', U'…'};

    return GB_ANY(GB_ITEMS(mark, marks, GB_COUNT(marks)), *mark == c);
}

/* End of the line that begins at `from`: near `aim` cells, at the latest behind `max`; not before a closing mark. */
static size_t
line_end(struct gb_str s, size_t from, uint32_t aim, uint32_t max)
{
    size_t good = from, at = from;
    uint32_t cells = 0, last = 0;

    while (at < s.len) {
        size_t next;
        uint32_t c = gb_utf8_at(s, at, &next);
        uint32_t width = gb_char_width(c, 2);
        bool breaks = at > from && !is_closing(c) && !(is_word(c) && is_word(last)) && last != U'（' && last != '(';
        if (breaks) {
            good = at;
            if (cells >= aim)
                return at;
        }
        if (cells + width > max && !is_closing(c))
            return good > from ? good : at > from ? at : next;
        cells += width;
        last = c;
        at = next;
    }
    return at;
}

struct gb_flow_lines
gb_flow_wrap(struct gb_str text, uint32_t max_cells, uint32_t max_lines, struct gb_arena *arena)
{
    struct gb_flow_lines out = {.lines = gb_arena_new_array(arena, struct gb_str, max_lines)};
    struct gb_str given;

    text = gb_str_trim(text);
    while (gb_str_next_line(&text, &given)) {
        given = gb_str_trim(given);
        uint32_t cells = gb_flow_cells(given);
        uint32_t n = cells == 0 ? 1 : (cells + max_cells - 1) / max_cells;
        uint32_t aim = (cells + n - 1) / n;
        size_t at = 0;
        do {
            if (out.n == max_lines) {
                out.is_cut = true;
                return out;
            }
            size_t end = line_end(given, at, aim, max_cells);
            struct gb_str line = gb_str_trim(gb_str_sub(given, at, end));
            uint32_t width = gb_flow_cells(line);
            out.lines[out.n++] = line;
            out.cells = width > out.cells ? width : out.cells;
            at = end;
        } while (at < given.len);
    }
    return out;
}

struct gb_flow_lines
gb_flow_node_lines(const struct gb_flow_node *node, struct gb_arena *arena)
{
    return gb_flow_wrap(node->text, node_cells[node->kind], MAX_LINES, arena);
}

struct gb_flow_lines
gb_flow_edge_lines(const struct gb_flow_edge *edge, struct gb_arena *arena)
{
    return gb_flow_wrap(edge->text, EDGE_CELLS, EDGE_LINES, arena);
}
