/*
 * draw.io: pages of an mxfile, plain or packed (Base64 of raw DEFLATE of percent codes: told by looking), a chart for each. Cells
 * become nodes and groups here, edges in edge.c.
 */
#include "flow/drawio/drawio_priv.h"

#include "base/inflate.h"
#include "text/utf8.h"

enum { MOST_PAGES = 200 };

struct gb_span
gb_drawio_span(const struct gb_drawio_page *page, int32_t element, const char *attr)
{
    const struct gb_tree_attr *found = gb_tree_attr(page->tree, element, attr);

    if (!page->is_exact)
        return page->place;
    return found && found->value.len ? found->span : page->tree->elements[element].span;
}

struct gb_span
gb_drawio_words_span(const struct gb_drawio_page *page, const struct gb_drawio_cell *cell)
{
    return gb_drawio_span(page, cell->wrapper, cell->wrapper == cell->element ? "value" : "label");
}

/* ---- Cells ---- */

/* NULL for none. */
static struct gb_drawio_cell *
cell_at(const struct gb_drawio_page *page, int32_t cell)
{
    return cell >= 0 ? &page->cells.items[cell] : NULL;
}

static int32_t
wrapper_of(const struct gb_tree *tree, int32_t element)
{
    int32_t parent = tree->elements[element].parent;

    return parent >= 0 && (gb_tree_is(tree, parent, "UserObject") || gb_tree_is(tree, parent, "object")) ? parent
                                                                                                         : element;
}

static void
add_cell(struct gb_drawio_page *page, int32_t element)
{
    const struct gb_tree *tree = page->tree;
    int32_t wrapper = wrapper_of(tree, element), geometry = gb_tree_child(tree, element, "mxGeometry");
    struct gb_drawio_cell *cell = gb_push(&page->cells);

    *cell = (struct gb_drawio_cell){
        .element = element, .wrapper = wrapper, .parent = -1, .label = -1, .around = -1, .node = -1, .group = -1};
    cell->id = gb_tree_value(tree, wrapper, "id");
    cell->value = wrapper == element ? gb_tree_value(tree, element, "value") : gb_tree_value(tree, wrapper, "label");
    cell->style = gb_tree_value(tree, element, "style");
    cell->is_vertex = gb_str_is(gb_tree_value(tree, element, "vertex"), "1");
    cell->is_edge = !cell->is_vertex && gb_str_is(gb_tree_value(tree, element, "edge"), "1");
    cell->is_hidden = gb_str_is(gb_tree_value(tree, element, "visible"), "0");
    if (cell->is_vertex) {
        cell->form = gb_drawio_form_of(cell->style);
        if (geometry >= 0) {
            gb_tree_number(tree, geometry, "x", &cell->box.x);
            gb_tree_number(tree, geometry, "y", &cell->box.y);
            cell->has_box = gb_tree_number(tree, geometry, "width", &cell->box.w) && cell->box.w > 0 &&
                            gb_tree_number(tree, geometry, "height", &cell->box.h) && cell->box.h > 0;
        }
    }
    gb_tree_names_add(&page->ids, cell->id, (int32_t)page->cells.len - 1);
}

struct gb_flow_point
gb_drawio_origin(const struct gb_drawio_page *page, int32_t parent)
{
    if (parent < 0 || !page->cells.items[parent].is_vertex)
        return (struct gb_flow_point){0, 0};
    return (struct gb_flow_point){page->cells.items[parent].box.x, page->cells.items[parent].box.y};
}

/* Puts a cell into its parent, which has its place already. */
static void
place(struct gb_drawio_page *page, struct gb_drawio_cell *cell)
{
    const struct gb_tree *tree = page->tree;
    const struct gb_drawio_cell *parent = cell_at(page, cell->parent);
    int32_t geometry = gb_tree_child(tree, cell->element, "mxGeometry");

    cell->is_placed = true;
    if (!parent)
        return;
    cell->is_hidden =
        cell->is_hidden || parent->is_hidden || gb_str_is(gb_tree_value(tree, parent->element, "collapsed"), "1");
    cell->is_label = cell->is_vertex && parent->is_edge;
    if (!cell->is_vertex || !parent->is_vertex)
        return;
    struct gb_flow_box *box = &cell->box;
    if (geometry >= 0 && gb_str_is(gb_tree_value(tree, geometry, "relative"), "1")) {
        int32_t offset = gb_tree_child(tree, geometry, "mxPoint");
        double x = 0, y = 0;
        if (offset >= 0) {
            gb_tree_number(tree, offset, "x", &x);
            gb_tree_number(tree, offset, "y", &y);
        }
        *box = (struct gb_flow_box){box->x * parent->box.w + x, box->y * parent->box.h + y, box->w, box->h};
    }
    box->x += parent->box.x;
    box->y += parent->box.y;
}

/* Parents first, each cell once; where they go round in a circle one of them has none. */
static void
place_all(struct gb_drawio_page *page)
{
    GB_ARRAY(int32_t) chain = {0};
    bool *is_open = gb_arena_new_array(page->arena, bool, page->cells.len + 1);

    for (size_t i = 0; i < page->cells.len; i++) {
        chain.len = 0;
        for (int32_t at = (int32_t)i; at >= 0 && !page->cells.items[at].is_placed; at = page->cells.items[at].parent) {
            if (is_open[at]) {
                page->cells.items[chain.items[chain.len - 1]].parent = -1;
                break;
            }
            is_open[at] = true;
            *gb_push(&chain) = at;
        }
        while (chain.len) {
            int32_t cell = chain.items[--chain.len];
            place(page, &page->cells.items[cell]);
            *gb_push(&page->order) = cell;
        }
    }
    gb_array_release(&chain);
}

static void
find_cells(struct gb_drawio_page *page)
{
    int32_t end = gb_tree_end(page->tree, page->model);

    gb_tree_names_init(&page->ids, (size_t)(end - page->model), page->arena);
    for (int32_t e = page->model; e < end; e++) {
        if (gb_tree_is(page->tree, e, "mxCell"))
            add_cell(page, e);
    }
    for (size_t i = 0; i < page->cells.len; i++) {
        struct gb_drawio_cell *cell = &page->cells.items[i];
        cell->parent = gb_tree_names_find(&page->ids, gb_tree_value(page->tree, cell->element, "parent"));
        if (cell->parent == (int32_t)i)
            cell->parent = -1;
    }
    place_all(page);
    for (size_t i = page->cells.len; i-- > 0;) {
        struct gb_drawio_cell *cell = &page->cells.items[i];
        struct gb_drawio_cell *parent = cell_at(page, cell->parent);
        if (parent && cell->is_label && !cell->is_hidden) {
            cell->label = parent->label;
            parent->label = (int32_t)i;
        } else if (parent && cell->is_vertex && !cell->is_hidden) {
            parent->n_inside++;
        }
    }
}

/* ---- Nodes and groups ---- */

static enum gb_flow_group_kind
group_kind(const struct gb_drawio_page *page, const struct gb_drawio_cell *cell)
{
    const struct gb_drawio_cell *parent = cell_at(page, cell->parent);

    if (!gb_str_is(cell->form.name, "swimlane") && !gb_str_is(cell->form.name, "tableRow"))
        return gb_str_is(cell->form.name, "table") ? GB_FLOW_POOL : GB_FLOW_CONTAINER;
    return parent && parent->is_vertex ? GB_FLOW_LANE : GB_FLOW_POOL;
}

static void
add_group(struct gb_drawio_page *page, struct gb_drawio_cell *cell)
{
    struct gb_flow_group *group = gb_flow_add_group(&page->build);

    group->id = cell->id;
    group->title = cell->value;
    group->text = gb_drawio_words(cell->value, cell->style, page->arena);
    group->kind = group_kind(page, cell);
    group->parent = cell->around;
    group->span = gb_drawio_words_span(page, cell);
    group->box = cell->box;
    group->has_box = cell->has_box;
    cell->group = (int32_t)page->build.groups.len - 1;
}

static void
add_node(struct gb_drawio_page *page, struct gb_drawio_cell *cell)
{
    struct gb_flow_node *node = gb_flow_add_node(&page->build);

    node->id = cell->id;
    node->label = cell->value;
    node->text = gb_drawio_words(cell->value, cell->style, page->arena);
    node->shape = cell->form.name;
    node->kind = gb_flow_kind_of(cell->form.kind, cell->form.is_circle && cell->box.w == cell->box.h, node->text);
    node->group = cell->around;
    node->span = gb_drawio_span(page, cell->wrapper, "id");
    node->words = gb_drawio_words_span(page, cell);
    node->box = cell->box;
    node->has_box = cell->has_box;
    node->is_declared = true;
    cell->node = (int32_t)page->build.nodes.len - 1;
}

/* A mark on a box (an icon, a port) is a part of it. */
static bool
is_part(const struct gb_drawio_page *page, const struct gb_drawio_cell *cell)
{
    const struct gb_drawio_cell *parent = cell_at(page, cell->parent);

    return parent && parent->is_vertex && !parent->form.is_frame && !gb_flow_trim(cell->value).len;
}

/* Lanes are frames with nothing in them too; shut, they are boxes. */
static bool
is_frame(const struct gb_drawio_page *page, const struct gb_drawio_cell *cell)
{
    bool is_shut = gb_str_is(gb_tree_value(page->tree, cell->element, "collapsed"), "1");

    return cell->form.is_frame && (cell->n_inside || (cell->form.is_lane && !is_shut));
}

/* Frames from the outermost in. */
static void
add_groups(struct gb_drawio_page *page)
{
    for (size_t i = 0; i < page->order.len; i++) {
        struct gb_drawio_cell *cell = &page->cells.items[page->order.items[i]];
        const struct gb_drawio_cell *parent = cell_at(page, cell->parent);
        if (parent)
            cell->around = parent->group >= 0 ? parent->group : parent->around;
        if (cell->is_vertex && !cell->is_hidden && !cell->is_label && is_frame(page, cell))
            add_group(page, cell);
    }
}

static void
add_nodes(struct gb_drawio_page *page)
{
    GB_EACH(struct gb_drawio_cell, cell, page->cells.items, page->cells.len) {
        if (cell->is_vertex && !cell->is_hidden && !cell->is_label && cell->group < 0 && !is_part(page, cell))
            add_node(page, cell);
    }
}

/* ---- Pages ---- */

static struct gb_flow
read_page(struct gb_drawio_page *page, enum gb_flow_format format, int32_t diagram, const struct gb_tree *file)
{
    gb_flow_build_init(&page->build, format, page->arena);
    if (diagram >= 0 && gb_tree_value(file, diagram, "name").len) {
        const struct gb_tree_attr *name = gb_tree_attr(file, diagram, "name");
        page->build.flow.title = gb_flow_label_text(name->value, 0, page->arena);
        page->build.flow.title_span = page->place.begin == UINT32_MAX ? page->place : name->span;
    }
    if (page->tree && page->tree->has_fault) {
        const struct gb_flow_problem *fault = &page->tree->fault;
        gb_flow_add_fault(&page->build, fault->kind, page->is_exact ? fault->span : page->place, fault->zh, fault->en);
    }
    if (page->tree && page->model >= 0) {
        find_cells(page);
        add_groups(page);
        add_nodes(page);
        gb_drawio_add_edges(page);
        gb_flow_settle_words(&page->build);
        gb_flow_finish(&page->build);
    }
    GB_RELEASE(&page->cells, &page->order);
    return gb_flow_build_take(&page->build);
}

struct pages {
    GB_ARRAY(struct gb_flow) charts;
    enum gb_flow_format format;
    bool is_exact;
    struct gb_span place;
    size_t n_parts; /* elements and attributes of all pages so far */
    size_t n_bytes; /* unpacked */
    struct gb_arena *arena;
};

/* The model of a page: XML in it, or text that has to be unpacked. NULL, and a sentence, when that cannot be done. */
static const struct gb_tree *
unpack(struct pages *pages, struct gb_str text, const char **out_zh, const char **out_en)
{
    struct gb_arena *arena = pages->arena;
    struct gb_str packed, data = gb_str_trim(text);

    if (pages->n_parts >= GB_TREE_MOST || pages->n_bytes >= GB_INFLATE_MOST) {
        *out_zh = "前面各页过大，这一页未读取";
        *out_en = "the pages before it are too large, this one was not read";
        return NULL;
    }
    if (!gb_str_starts(data, GB_STR("<")) && !gb_str_starts(data, GB_STR("%3C"))) {
        enum gb_inflate_result result = GB_INFLATE_DAMAGED;
        if (gb_base64_decode(data, arena, &packed))
            result = gb_inflate(packed, GB_INFLATE_RAW, arena, &data);
        if (result != GB_INFLATED) {
            *out_zh = result == GB_INFLATE_TOO_LARGE ? "页面展开后超过64 MB，未读取" : "页面的数据已损坏，不能解压";
            *out_en = result == GB_INFLATE_TOO_LARGE ? "the page is larger than 64 MB when unpacked and was not read"
                                                     : "the data of the page are damaged and cannot be unpacked";
            return NULL;
        }
    }
    data = gb_percent_decode(data, arena);
    if (gb_utf8_check(data) != data.len) {
        *out_zh = "页面的数据不是UTF-8";
        *out_en = "the data of the page are no UTF-8";
        return NULL;
    }
    struct gb_tree *tree = gb_arena_new(arena, struct gb_tree);
    gb_tree_read(tree, data, arena);
    pages->n_bytes += data.len;
    pages->n_parts += tree->n + tree->n_attrs;
    return tree;
}

static int32_t
model_in(const struct gb_tree *tree)
{
    for (int32_t e = 0; e < (int32_t)tree->n; e++) {
        if (gb_tree_is(tree, e, "mxGraphModel"))
            return e;
    }
    return -1;
}

static void
add_page(struct pages *pages, const struct gb_tree *file, int32_t diagram)
{
    struct gb_drawio_page page = {.arena = pages->arena,
                                  .tree = file,
                                  .is_exact = pages->is_exact,
                                  .place = pages->place};
    const char *zh = NULL, *en = NULL;

    page.model = gb_tree_child(file, diagram, "mxGraphModel");
    if (page.model < 0) {
        struct gb_str text = gb_tree_text(file, diagram, pages->arena);
        if (!gb_str_trim(text).len)
            return;
        page.is_exact = false;
        if (pages->is_exact)
            page.place = file->elements[diagram].span;
        page.tree = unpack(pages, text, &zh, &en);
        page.model = page.tree ? model_in(page.tree) : -1;
    }
    struct gb_flow flow = read_page(&page, pages->format, diagram, file);
    if (zh) {
        struct gb_flow_problem *problem = gb_arena_new(pages->arena, struct gb_flow_problem);
        *problem = (struct gb_flow_problem){GB_FLOW_UNREADABLE, page.place, gb_str_from(zh), gb_str_from(en)};
        flow.problems = problem;
        flow.n_problems = 1;
        flow.is_partial = true;
    }
    if (flow.n_nodes || flow.n_problems)
        *gb_push(&pages->charts) = flow;
}

/* One that says why there is none. */
static void
add_fault(struct pages *pages, const struct gb_tree *tree)
{
    struct gb_flow_build build;
    struct gb_flow_problem fault = {GB_FLOW_UNREADABLE, pages->place, GB_STR("文件中没有draw.io的图"),
                                    GB_STR("there is no drawing of draw.io in the file")};

    gb_flow_build_init(&build, pages->format, pages->arena);
    if (tree->has_fault) {
        fault = tree->fault;
        if (!pages->is_exact)
            fault.span = pages->place;
    }
    gb_flow_add_fault(&build, fault.kind, fault.span, fault.zh, fault.en);
    *gb_push(&pages->charts) = gb_flow_build_take(&build);
}

struct gb_flows
gb_drawio_read(struct gb_str xml, enum gb_flow_format format, bool is_exact, struct gb_span place,
               struct gb_arena *arena)
{
    struct pages pages = {.format = format, .is_exact = is_exact, .place = place, .arena = arena};
    struct gb_tree tree = {.n = 0};

    if (xml.len)
        gb_tree_read(&tree, xml, arena);
    if (tree.n && gb_tree_is(&tree, 0, "mxGraphModel")) {
        struct gb_drawio_page page = {.arena = arena, .tree = &tree, .is_exact = is_exact, .place = place};
        *gb_push(&pages.charts) = read_page(&page, format, -1, &tree);
    } else {
        for (int32_t e = tree.n ? tree.elements[0].first : -1; e >= 0; e = tree.elements[e].next) {
            if (gb_tree_is(&tree, e, "diagram") && pages.charts.len < MOST_PAGES)
                add_page(&pages, &tree, e);
        }
    }
    bool is_empty = tree.n && (gb_tree_is(&tree, 0, "mxfile") || gb_tree_is(&tree, 0, "mxGraphModel"));
    if (!pages.charts.len && (tree.has_fault || !is_empty)) {
        add_fault(&pages, &tree);
    } else if (!pages.charts.len) {
        struct gb_flow_build build;
        gb_flow_build_init(&build, format, arena);
        *gb_push(&pages.charts) = gb_flow_build_take(&build);
    }
    struct gb_flows flows;
    GB_KEEP(arena, &pages.charts, flows.charts, flows.n);
    return flows;
}

struct gb_flows
gb_flow_read_drawio(struct gb_str text, struct gb_arena *arena)
{
    struct gb_str drawing;

    if (gb_png_drawing(text, arena, &drawing))
        return gb_drawio_read(drawing, GB_FLOW_DRAWIO, false, (struct gb_span){UINT32_MAX, UINT32_MAX}, arena);
    return gb_drawio_read(text, GB_FLOW_DRAWIO, true, (struct gb_span){0, 0}, arena);
}
