/* The words of PlantUML's labels: its own markup (Creole), and tags in the manner of HTML. */
#include "base/buf.h"
#include "flow/plantuml/plantuml_priv.h"

/* A line of nothing but these draws a line through the box. */
static bool
is_ruler(struct gb_str line)
{
    if (line.len < 4 || !strchr("-=._", line.ptr[0]))
        return false;
    GB_FIND(byte, line.ptr, line.len, *byte != line.ptr[0]);
    return byte == NULL;
}

/* Without the marks of an item, or of a heading. */
static struct gb_str
without_bullet(struct gb_str line)
{
    size_t n = gb_skip_any(line, 0, "*#=");

    return n && n < line.len && line.ptr[n] == ' ' ? gb_str_skip(line, n + 1) : line;
}

/* Marks of type in pairs: ** bold, // slanted, __ underlined, "" monospaced, ~~ waved. That of an address is none. */
static bool
is_type_mark(struct gb_str s, size_t at)
{
    return at + 1 < s.len && s.ptr[at] == s.ptr[at + 1] && strchr("*/_\"~", s.ptr[at]) && s.ptr[at] &&
           !(s.ptr[at] == '/' && at > 0 && s.ptr[at - 1] == ':');
}

/* Where the words of a link, [[address words]], begin and end; false for brackets that are none. */
static bool
find_link(struct gb_str s, size_t at, size_t *out_begin, size_t *out_end)
{
    enum { LONGEST = 1000 };
    struct gb_str near = gb_str_sub(s, at, at + LONGEST);
    size_t end = gb_str_find(near, GB_STR("]]"), 2), blank = gb_str_find(near, GB_STR(" "), 2);

    if (end == GB_NOT_FOUND)
        return false;
    *out_begin = at + (blank < end ? blank + 1 : 2);
    *out_end = at + end;
    return true;
}

/* Length of a picture, <&name>, at the head of s; 0 for none. */
static size_t
picture_length(struct gb_str s)
{
    size_t end = 2;

    if (!gb_str_starts(s, GB_STR("<&")))
        return 0;
    while (end < s.len && (gb_is_lower(s.ptr[end]) || s.ptr[end] == '-'))
        end++;
    return end < s.len && s.ptr[end] == '>' ? end + 1 : 0;
}

static void
add_line(struct gb_buf *out, struct gb_str line)
{
    for (size_t i = 0; i < line.len;) {
        size_t begin, end, picture = picture_length(gb_str_skip(line, i));
        if (is_type_mark(line, i)) {
            i += 2;
        } else if (picture) {
            i += picture;
        } else if (line.ptr[i] == '[' && i + 1 < line.len && line.ptr[i + 1] == '[' &&
                   find_link(line, i, &begin, &end)) {
            gb_buf_add(out, gb_str_sub(line, begin, end));
            i = end + 2;
        } else {
            gb_buf_add_char(out, line.ptr[i++]);
        }
    }
}

struct gb_str
gb_uml_label_text(struct gb_str label, struct gb_arena *arena)
{
    static const char marks[] = "*/_\"~[<#=-.\\&\n";
    struct gb_buf buf = {0};
    struct gb_str rest = label, line;
    bool is_plain = true;

    for (size_t i = 0; i < label.len && is_plain; i++)
        is_plain = !memchr(marks, label.ptr[i], sizeof marks - 1);
    if (is_plain)
        return gb_flow_trim(label);
    while (gb_str_next_line(&rest, &line)) {
        line = gb_str_trim(line);
        if (is_ruler(line))
            continue;
        if (buf.len)
            gb_buf_add_char(&buf, '\n');
        add_line(&buf, without_bullet(line));
    }
    struct gb_str copy = gb_buf_take(&buf, arena);
    return gb_flow_label_text(copy, GB_FLOW_LABEL_HTML | GB_FLOW_LABEL_ESCAPES, arena);
}
