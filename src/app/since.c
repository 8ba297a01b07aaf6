#include "app/since.h"

#include "app/fix/line_diff.h"
#include "app/files/path.h"
#include "base/hash.h"
#include "base/sort.h"

#include <stdlib.h>

/* A part of the draft from its head to the next one's. */
struct section {
    uint32_t begin; /* of the line of its head */
    bool is_whole;  /* one change counts for all of it */
    bool is_changed;
};

struct gb_changed {
    const struct gb_span *lines; /* that were changed or added, in order */
    uint32_t n_lines;
    struct section *sections; /* in order */
    uint32_t n_sections;
};

struct changes {
    GB_ARRAY(struct gb_span) lines;
    GB_ARRAY(struct section) sections;
};

/* ---- Sections ---- */

enum kind_of_section { NO_SECTION, LINES, WHOLE };

static const unsigned char kinds[GB_NODE_KIND_COUNT] = {
    [GB_NODE_COVER] = LINES,  [GB_NODE_TOC] = LINES,   [GB_NODE_TITLE] = LINES,    [GB_NODE_CLAUSE] = WHOLE,
    [GB_NODE_TERM] = WHOLE,   [GB_NODE_ANNEX] = WHOLE, [GB_NODE_FOREWORD] = WHOLE, [GB_NODE_INTRO] = WHOLE,
    [GB_NODE_BIBLIO] = WHOLE, [GB_NODE_INDEX] = WHOLE,
};

GB_ORDER(compare_sections, struct section, GB_KEY(begin))

static void
find_sections(struct changes *c, const struct gb_doc *doc)
{
    *gb_push(&c->sections) = (struct section){0};
    for (const struct gb_node *n = doc->root; n; n = gb_node_walk(n, doc->root)) {
        if (kinds[n->kind] != NO_SECTION)
            *gb_push(&c->sections) = (struct section){.begin = gb_source_line_begin(doc->source, n->span.begin),
                                                      .is_whole = kinds[n->kind] == WHOLE};
    }
    /* The first stays in front: it is what stands before all heads. */
    if (c->sections.len > 2)
        gb_sort(c->sections.items + 1, c->sections.len - 1, sizeof(struct section), compare_sections);
}

/* The last section that begins at the place or before it. */
static size_t
section_at(const struct section *sections, size_t n, uint32_t at)
{
    GB_SEEK(size_t, i, n, sections[i].begin <= at);
    return i ? i - 1 : 0;
}

/* ---- Lines ---- */

/* The lines of a file that are not blank. */
struct lines {
    GB_ARRAY(uint64_t) hashes;
    GB_ARRAY(uint32_t) numbers;
};

static void
take_lines(struct lines *lines, const struct gb_source_file *file)
{
    for (uint32_t n = 1; n <= file->n_lines; n++) {
        struct gb_str text = gb_source_line_text(file, n);
        if (!gb_str_trim(text).len)
            continue;
        *gb_push(&lines->hashes) = gb_hash_str(GB_HASH, text);
        *gb_push(&lines->numbers) = n;
    }
}

static void
release_lines(struct lines *lines)
{
    GB_RELEASE(&lines->hashes, &lines->numbers);
}

static void
mark_line(struct changes *c, struct gb_span line, bool with_section)
{
    *gb_push(&c->lines) = line;
    if (with_section)
        c->sections.items[section_at(c->sections.items, c->sections.len, line.begin)].is_changed = true;
}

/* Lines of `now` that are not in `old`, and those beside which lines were taken out. */
static void
compare_lines(struct changes *c, const struct gb_source_file *file, const struct lines *old, const struct lines *now)
{
    uint32_t n = (uint32_t)now->hashes.len, n_old = (uint32_t)old->hashes.len, next = 0;
    uint32_t *old_of = gb_alloc(((size_t)n + 1) * sizeof(*old_of));

    gb_line_diff(old->hashes.items, n_old, now->hashes.items, n, old_of);
    for (uint32_t i = 0; i <= n; i++) {
        bool is_end = i == n, is_new = !is_end && old_of[i] == GB_NO_LINE;
        if (is_new) {
            mark_line(c, gb_source_line_span(file, now->numbers.items[i]), true);
            continue;
        }
        bool is_cut = (is_end ? n_old : old_of[i]) != next && (i == 0 || old_of[i - 1] != GB_NO_LINE);
        if (is_cut && i > 0)
            mark_line(c, gb_source_line_span(file, now->numbers.items[i - 1]), true);
        if (is_cut && !is_end)
            mark_line(c, gb_source_line_span(file, now->numbers.items[i]), false);
        next = is_end ? n_old : old_of[i] + 1;
    }
    free(old_of);
}

/* Its text in the commit, under the name that it had there; *found is false for a new file. */
static bool
read_old(const struct gb_since *since, const char *path, struct gb_arena *arena, struct gb_str *bytes, bool *found,
         struct gb_error *error)
{
    const char *real = gb_path_real(arena, path), *old;

    *found = false;
    if (!real && !(real = gb_path_place(arena, path)))
        return true;
    if (!gb_git_read(since->git, since->commit, real, arena, bytes, found, error))
        return false;
    if (*found)
        return true;
    if (!gb_git_renamed(since->git, since->commit, real, arena, &old, error))
        return false;
    return !old || gb_git_read(since->git, since->commit, old, arena, bytes, found, error);
}

static bool
compare_file(struct changes *c, const struct gb_since *since, const struct gb_source_file *file, struct gb_error *error)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_source source;
    struct gb_str bytes = {0};
    struct lines old = {0}, now = {0};
    bool found, ok = read_old(since, file->path, &arena, &bytes, &found, error);

    gb_source_init(&source, &arena);
    if (ok && found)
        take_lines(&old, gb_source_add(&source, file->path, bytes));
    if (ok) {
        take_lines(&now, file);
        compare_lines(c, file, &old, &now);
    }
    release_lines(&old);
    release_lines(&now);
    gb_arena_release(&arena);
    return ok;
}

/* ---- Findings ---- */

const struct gb_changed *
gb_changed_new(const struct gb_since *since, const struct gb_doc *doc, struct gb_arena *arena, struct gb_error *error)
{
    struct gb_changed *changed = gb_arena_new(arena, struct gb_changed);
    struct changes c = {0};
    bool ok = true;

    find_sections(&c, doc);
    for (uint32_t i = 0; ok && i < doc->source->n_files; i++)
        ok = compare_file(&c, since, &doc->source->files[i], error);
    GB_KEEP(arena, &c.lines, changed->lines, changed->n_lines);
    GB_KEEP(arena, &c.sections, changed->sections, changed->n_sections);
    return ok ? changed : NULL;
}

const struct gb_changed *
gb_changed_copy(const struct gb_changed *changed, struct gb_arena *arena)
{
    struct gb_changed *copy = gb_arena_copy_bytes(arena, changed, sizeof(*changed));

    if (copy->n_lines)
        copy->lines = gb_arena_copy_bytes(arena, copy->lines, copy->n_lines * sizeof(*copy->lines));
    copy->sections = gb_arena_copy_bytes(arena, copy->sections, copy->n_sections * sizeof(*copy->sections));
    return copy;
}

/* Is one of the changed lines among those from `begin` to `end`? */
static bool
has_line(const struct gb_changed *changed, uint32_t begin, uint32_t end)
{
    GB_SEEK(uint32_t, i, changed->n_lines, changed->lines[i].end < begin);
    return i < changed->n_lines && changed->lines[i].begin <= end;
}

static bool
is_changed(const struct gb_changed *changed, const struct gb_report *report, struct gb_span span)
{
    uint32_t last = span.end > span.begin ? span.end - 1 : span.begin;
    uint32_t begin = gb_source_line_begin(report->source, span.begin), end = gb_source_line_end(report->source, last);

    if (has_line(changed, begin, end))
        return true;
    const struct section *s = &changed->sections[section_at(changed->sections, changed->n_sections, begin)];
    return s->is_whole && s->is_changed;
}

/* A fault that stands at several places is told at the first that has changed. */
static bool
move_to_change(const struct gb_changed *changed, const struct gb_report *report, struct gb_finding *f)
{
    if (is_changed(changed, report, f->at.span))
        return true;
    for (uint32_t i = 0; i < f->n_related; i++) {
        if (f->related[i].is_alike && is_changed(changed, report, f->related[i].at.span)) {
            gb_finding_move(f, i);
            return true;
        }
    }
    return false;
}

void
gb_changed_filter(const struct gb_changed *changed, struct gb_report *report)
{
    size_t kept = 0;

    report->is_since = true;
    GB_EACH_IN_PLACE(f, &report->findings) {
        if (move_to_change(changed, report, f))
            report->findings.items[kept++] = *f;
        else
            report->n_unchanged += !f->is_suppressed;
    }
    report->findings.len = kept;
    gb_report_finish(report);
}
