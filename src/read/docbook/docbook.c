/*
 * The DocBook reader: events of the XML in, blocks out. What an element means is in the table of
 * elements.c; its handlers are in sections.c, blocks.c, inline.c, media.c, info.c, terms.c and table.c. It
 * knows DocBook 4.5 and 5.x by the local names of the elements, and no rule of standards.
 */
#include "read/docbook/docbook_priv.h"

#include <stdio.h>

/* Texts beyond this are not read; as for Markdown. */
enum { MAX_BYTES = 16 * 1024 * 1024 };
/* Faults of one document that are reported singly. */
enum { MAX_MALFORMED = 200 };
/* What blocks may cost in memory before the reader stops; those of a draft of 10 MB cost 100 MB. */
enum { MAX_MEMORY = 300 * 1024 * 1024, BLOCK_COST = 512, ELEMENT_COST = 64 };

struct gb_docbook_frame *
gb_docbook_top(struct gb_docbook *r)
{
    return &r->frames.items[r->frames.len - 1];
}

/* The lowest frame is the document; the elements stand above it. */
struct gb_docbook_frame *
gb_docbook_above(struct gb_docbook *r)
{
    return r->frames.len > 2 ? &r->frames.items[r->frames.len - 2] : NULL;
}

struct gb_docbook_frame *
gb_docbook_nearest(struct gb_docbook *r, const struct gb_docbook_kind *kind)
{
    for (size_t i = r->frames.len - 1; i > 0; i--) {
        if (r->frames.items[i].element->kind == kind)
            return &r->frames.items[i];
    }
    return NULL;
}

void
gb_docbook_fault(struct gb_docbook *r, enum gb_fault_kind kind, struct gb_span span, struct gb_str zh, struct gb_str en)
{
    if ((kind == GB_FAULT_MALFORMED || kind == GB_FAULT_ID) && r->n_malformed++ >= MAX_MALFORMED)
        return;
    *gb_push(&r->blocks->faults) = (struct gb_fault){.kind = kind,
                                                     .span = span,
                                                     .zh = gb_arena_copy(r->arena, zh),
                                                     .en = gb_arena_copy(r->arena, en)};
}

/* A fault behind which nothing is read. */
static void
end_fault(struct gb_docbook *r, enum gb_fault_kind kind, struct gb_span span, struct gb_str zh, struct gb_str en)
{
    r->n_malformed = 0;
    gb_docbook_fault(r, kind, span, zh, en);
    r->blocks->faults.items[r->blocks->faults.len - 1].is_whole = true;
}

void
gb_docbook_skip(struct gb_docbook *r)
{
    gb_docbook_top(r)->is_skipped = true;
}

/* Attributes. */

struct attr_source {
    const struct gb_xml_tag *tag;
    const struct gb_xml_attr *attr;
};

static void
put_attr_piece(void *data, const struct gb_xml_piece *piece)
{
    gb_docbook_put(data, piece);
}

static void
fill_attr(struct gb_docbook *r, const void *data)
{
    const struct attr_source *from = data;

    gb_xml_attr_pieces(from->tag, from->attr, put_attr_piece, r);
}

struct gb_text
gb_docbook_attr(struct gb_docbook *r, const struct gb_xml_tag *tag, const char *name)
{
    struct gb_xml_attr attr;

    if (!gb_xml_attr(tag, name, &attr))
        return (struct gb_text){0};
    const struct attr_source from = {tag, &attr};
    return gb_docbook_aside(r, false, fill_attr, &from);
}

bool
gb_docbook_attr_is(const struct gb_xml_tag *tag, const char *name, const char *value)
{
    struct gb_xml_attr attr;

    return gb_xml_attr(tag, name, &attr) && gb_str_is(gb_str_trim(attr.value), value);
}

unsigned
gb_docbook_attr_number(const struct gb_xml_tag *tag, const char *name, unsigned limit, unsigned otherwise)
{
    struct gb_xml_attr attr;
    unsigned value = 0;

    if (!gb_xml_attr(tag, name, &attr))
        return otherwise;
    struct gb_str digits = gb_str_trim(attr.value);
    for (size_t i = 0; i < digits.len; i++) {
        if (digits.ptr[i] < '0' || digits.ptr[i] > '9' || value > limit)
            return otherwise;
        value = value * 10 + (unsigned)(digits.ptr[i] - '0');
    }
    return digits.len && value <= limit ? value : otherwise;
}

/* Blocks. */

static void
spend(struct gb_docbook *r, size_t bytes)
{
    r->memory += bytes;
    if (r->memory <= MAX_MEMORY || r->is_full)
        return;
    r->is_full = true;
    end_fault(r, GB_FAULT_LIMIT, r->place, GB_STR("元素过多：从这里起没有检查"),
              GB_STR("too many elements: nothing from here on was checked"));
}

struct gb_block *
gb_docbook_new_block(struct gb_docbook *r, struct gb_block *parent, enum gb_block_kind kind)
{
    spend(r, BLOCK_COST);
    r->blocks->has_front_matter = r->blocks->has_front_matter || kind == GB_BLOCK_META;
    return gb_block_new(r->blocks, parent, kind);
}

void
gb_docbook_append(struct gb_block *parent, struct gb_block *block)
{
    block->parent = parent;
    if (parent->last)
        parent->last->next = block;
    else
        parent->first = block;
    parent->last = block;
}

void
gb_docbook_name_block(struct gb_docbook *r, struct gb_block *block)
{
    uint32_t id = gb_docbook_top(r)->id;

    if (id && !r->ids.items[id - 1].block)
        r->ids.items[id - 1].block = block;
}

struct gb_block *
gb_docbook_block_in(struct gb_docbook *r, const struct gb_xml_tag *tag, enum gb_block_kind kind,
                    struct gb_block *container)
{
    struct gb_block *block = gb_docbook_new_block(r, container, kind);

    block->span = tag->span;
    block->label = gb_docbook_attr(r, tag, "label");
    gb_docbook_top(r)->block = block;
    gb_docbook_name_block(r, block);
    return block;
}

struct gb_block *
gb_docbook_block(struct gb_docbook *r, const struct gb_xml_tag *tag, enum gb_block_kind kind)
{
    return gb_docbook_block_in(r, tag, kind, gb_docbook_container(r));
}

/* xi:include: the blocks of the other file take its place. */

static void read_file(struct gb_docbook *r, uint32_t file);

static void
refuse_include(struct gb_docbook *r, enum gb_fault_kind kind, struct gb_span span, const char *zh, const char *en)
{
    gb_docbook_fault(r, kind, span, gb_str_from(zh), gb_str_from(en));
}

/* Is the file one of those that are being read? */
static bool
is_open_file(const struct gb_docbook *r, uint32_t file)
{
    const struct gb_source_file *files = r->blocks->source->files;

    GB_FIND(word, r->files, r->n_files, strcmp(files[*word].path, files[file].path) == 0);
    return word != NULL;
}

static bool
include(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct gb_text href = gb_docbook_attr(r, tag, "href");
    struct gb_span place = href.str.len ? gb_text_whole(&href, NULL) : tag->span;
    struct gb_error why = {.message = ""};
    struct gb_source *source = r->blocks->source;
    uint32_t file;

    if (!href.str.len) {
        refuse_include(r, GB_FAULT_MALFORMED, place, "xi:include没有href：写明要包含的文件",
                       "xi:include has no href: name the file to include");
    } else if (gb_docbook_attr_is(tag, "parse", "text")) {
        refuse_include(r, GB_FAULT_UNREADABLE, place, "parse=\"text\"的包含不读取：没有检查",
                       "an include with parse=\"text\" is not read: it was not checked");
    } else if (gb_docbook_attr_is(tag, "xpointer", "") || gb_docbook_attr(r, tag, "xpointer").str.len) {
        refuse_include(r, GB_FAULT_UNREADABLE, place, "带xpointer的包含不读取：把那一部分放在单独的文件里",
                       "an include with an xpointer is not read: keep that part in a file of its own");
    } else if (r->n_files >= GB_DOCBOOK_MAX_FILES) {
        refuse_include(r, GB_FAULT_LIMIT, place, "文件相互包含超过8层：没有检查",
                       "files include each other more than 8 deep: not checked");
    } else if (!r->includer ||
               !r->includer->open(r->includer->data, source, source->files[r->files[r->n_files - 1]].path, href.str,
                                  &file, &why)) {
        const char *reason = why.message[0] ? why.message : "no files are opened here";
        gb_docbook_fault(r, GB_FAULT_UNREADABLE, place,
                         gb_arena_printf(r->arena, "包含的文件“%.*s”没有读取：%s", GB_FMT(href.str), reason),
                         gb_arena_printf(r->arena, "the included file “%.*s” was not read: %s", GB_FMT(href.str),
                                         reason));
    } else if (is_open_file(r, file)) {
        refuse_include(r, GB_FAULT_MALFORMED, place, "文件经过一次或几次包含又包含了自己：删去这个包含",
                       "the file includes itself, directly or through others: remove this include");
    } else {
        read_file(r, file);
        return true;
    }
    return false;
}

static void
start_include(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    gb_docbook_end_para(r, 0);
    /* The fallback inside is read only when the file is not. */
    if (include(r, tag))
        gb_docbook_skip(r);
}

const struct gb_docbook_kind gb_docbook_transparent = {NULL, NULL, 0},
                             gb_docbook_include = {start_include, NULL, GB_DOCBOOK_HEAD | GB_DOCBOOK_INFO},
                             gb_docbook_fallback = {NULL, NULL, GB_DOCBOOK_HEAD | GB_DOCBOOK_INFO};

/* Events. */

static const struct gb_docbook_element unknown_element = {.kind = &gb_docbook_transparent};

static void
on_start(void *data, const struct gb_xml_tag *tag)
{
    struct gb_docbook *r = data;

    r->place = tag->span;
    spend(r, ELEMENT_COST);
    if (r->is_full) {
        gb_xml_stop(tag->xml);
        return;
    }
    struct gb_docbook_frame frame = *gb_docbook_top(r);
    const struct gb_docbook_element *element = gb_docbook_element(r, tag->name);
    bool in_info = frame.element->kind == &gb_docbook_info;

    /* Formulas have names of their own. */
    if (element && gb_str_eq(tag->uri, GB_STR("http://www.w3.org/1998/Math/MathML")) &&
        element->kind != &gb_docbook_math && element->kind != &gb_docbook_alt)
        element = NULL;
    frame.element = element ? element : &unknown_element;
    frame.own = NULL;
    frame.tag = tag->span;
    frame.id = 0;
    frame.block = NULL;
    frame.state = NULL;
    frame.is_section = frame.is_headed = false;
    *gb_push(&r->frames) = frame;
    if (frame.is_skipped)
        return;
    const struct gb_docbook_kind *kind = frame.element->kind;
    if (in_info && !(kind->flags & GB_DOCBOOK_INFO)) {
        gb_docbook_skip(r);
        return;
    }
    gb_docbook_add_id(r, tag);
    if (!(kind->flags & GB_DOCBOOK_HEAD) && !in_info)
        gb_docbook_need_heading(r);
    if (kind->flags & GB_DOCBOOK_BLOCK)
        gb_docbook_end_para(r, 0);
    if (kind->start)
        kind->start(r, tag);
}

/* Closes the innermost element. */
static void
pop(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct gb_docbook_frame *top = gb_docbook_top(r);
    const struct gb_docbook_kind *kind = top->element->kind;

    if (kind->end && (!top->is_skipped || top->state))
        kind->end(r, tag);
    gb_docbook_close_flow(r);
    r->frames.len--;
}

static void
on_end(void *data, const struct gb_xml_tag *tag)
{
    struct gb_docbook *r = data;

    if (!r->is_full)
        pop(r, tag);
}

static void
on_text(void *data, const struct gb_xml_piece *piece)
{
    struct gb_docbook *r = data;
    const struct gb_docbook_frame *top = gb_docbook_top(r);

    if (r->is_full || top->is_skipped || top->element->kind == &gb_docbook_info)
        return;
    if (top->is_section && gb_str_trim(piece->str).len)
        gb_docbook_need_heading(r);
    gb_docbook_put(r, piece);
}

static void
on_comment(void *data, struct gb_str inside, struct gb_span span)
{
    struct gb_docbook *r = data;
    struct gb_block *block;

    r->place = span;
    if (r->is_full || gb_docbook_top(r)->is_skipped)
        return;
    block = gb_docbook_new_block(r, gb_docbook_margin(r), GB_BLOCK_COMMENT);
    block->span = span;
    /* A comment inside an entity has no bytes of its own. */
    if (span.end - span.begin == inside.len + 7) {
        block->text = gb_docbook_raw_text(r, inside, span.begin + 4);
    } else {
        struct gb_run *run = gb_arena_new(r->arena, struct gb_run);
        *run = (struct gb_run){0, GB_RUN_DECODED, span};
        block->text = (struct gb_text){gb_arena_copy(r->arena, inside), run, 1, 0};
        r->blocks->n_exact++;
    }
}

static void
on_instruction(void *data, struct gb_str target, struct gb_str rest, struct gb_span span)
{
    static const struct {
        const char *name;
        enum gb_block_kind kind; /* ROOT: a line break */
    } known[] = {
        {"asciidoc-br", GB_BLOCK_ROOT},        {"linebreak", GB_BLOCK_ROOT},   {"lb", GB_BLOCK_ROOT},
        {"asciidoc-pagebreak", GB_BLOCK_PAGE}, {"pagebreak", GB_BLOCK_PAGE},   {"hard-pagebreak", GB_BLOCK_PAGE},
        {"custom-pagebreak", GB_BLOCK_PAGE},   {"asciidoc-hr", GB_BLOCK_RULE},
    };
    struct gb_docbook *r = data;

    (void)rest;
    r->place = span;
    if (r->is_full || gb_docbook_top(r)->is_skipped)
        return;
    for (size_t i = 0; i < GB_COUNT(known); i++) {
        if (!gb_str_is(target, known[i].name))
            continue;
        if (known[i].kind == GB_BLOCK_ROOT)
            gb_docbook_break(r, span);
        else
            gb_docbook_new_block(r, gb_docbook_container(r), known[i].kind)->span = span;
    }
}

static void
on_fault(void *data, const struct gb_xml_fault *fault)
{
    static const enum gb_fault_kind kinds[] = {
        [GB_XML_MALFORMED] = GB_FAULT_MALFORMED,
        [GB_XML_LIMIT] = GB_FAULT_LIMIT,
        [GB_XML_EXTERNAL] = GB_FAULT_UNREADABLE,
    };
    struct gb_docbook *r = data;

    if (fault->is_whole)
        end_fault(r, kinds[fault->kind], fault->span, fault->zh, fault->en);
    else
        gb_docbook_fault(r, kinds[fault->kind], fault->span, fault->zh, fault->en);
}

static void
read_file(struct gb_docbook *r, uint32_t number)
{
    static const struct gb_xml_events events = {on_start, on_end, on_text, on_comment, on_instruction, on_fault};
    const struct gb_source_file file = r->blocks->source->files[number];
    struct gb_xml_tag end = {.span = {file.base + (uint32_t)file.text.len, file.base + (uint32_t)file.text.len}};
    size_t depth = r->frames.len;

    /* INP-001 speaks of a file in an unknown charset. */
    if (file.charset == GB_CHARSET_UNKNOWN)
        return;
    if (file.text.len > MAX_BYTES) {
        end_fault(r, GB_FAULT_LIMIT, (struct gb_span){file.base, file.base}, GB_STR("文件超过16 MB：没有检查"),
                  GB_STR("the file is larger than 16 MB: it was not checked"));
        return;
    }
    r->files[r->n_files++] = number;
    gb_xml_read(file.text, file.base, &events, r);
    /* After a fault elements are still open. */
    while (r->frames.len > depth)
        pop(r, &end);
    r->n_files--;
}

void
gb_read_docbook(struct gb_blocks *blocks, uint32_t file, const struct gb_includer *includer)
{
    struct gb_docbook r = {.blocks = blocks, .arena = blocks->arena, .includer = includer};

    if (!blocks->format.len)
        blocks->format = GB_STR("docbook");
    gb_docbook_name_elements(&r.names);
    *gb_push(&r.frames) = (struct gb_docbook_frame){.element = &unknown_element};
    gb_docbook_open_blocks(&r, blocks->root);
    read_file(&r, file);
    gb_docbook_close_flow(&r);
    gb_docbook_finish_titles(&r);
    gb_docbook_finish_numbers(&r);
    gb_docbook_finish_references(&r);
    gb_docbook_finish_tables(&r);
    gb_docbook_free_flows(&r);
    GB_RELEASE(&r.frames, &r.ids, &r.xrefs, &r.tables);
    gb_strmap_release(&r.names);
    free(r.buckets);
}
