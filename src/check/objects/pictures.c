/* The files of pictures: FIG-014. GB/T 1.1—2020, 9.7.1.1; 2009, 7.3.2. One outside of the project, or closed, is INP-005. */
#include "check/objects/figures_priv.h"

static const char *
case_of(const struct gb_picture *picture)
{
    static const char *const cases[] = {
        [GB_PICTURE_MISSING] = NULL, [GB_PICTURE_NO_FOLDER] = "folder", [GB_PICTURE_SMALL] = "small"};

    return cases[picture->fault];
}

/* More of a sort come from one cause, as a rule: the pictures were left behind, or drawn in one way. */
static void
judge_sort(struct gb_check *c, enum gb_picture_fault fault)
{
    enum { FEW = 3 };
    const struct gb_doc *doc = c->doc;
    struct gb_finding *f = NULL;
    unsigned n_told = 0;

    unsigned n = GB_HOW_MANY(GB_ITEMS(p, doc->pictures, doc->n_pictures), p->fault == fault);
    GB_EACH(const struct gb_picture, picture, doc->pictures, doc->n_pictures) {
        if (picture->fault != fault)
            continue;
        struct gb_text file = gb_text_trim(&picture->of->file);
        if (n_told++ == 0 || n <= FEW)
            f = gb_report_case(c, case_of(picture), gb_at_text(&file), picture->figure,
                               GB_ARGS(file.str, gb_arena_printf(c->arena, "%u", picture->width)));
        else
            gb_also_there(c, f, gb_at_text(&file));
    }
}

static void
check_files(struct gb_check *c)
{
    judge_sort(c, GB_PICTURE_MISSING);
    judge_sort(c, GB_PICTURE_NO_FOLDER);
    judge_sort(c, GB_PICTURE_SMALL);
}

const struct gb_check_def gb_picture_checks[] = {
    {.name = "picture-files", .whole = check_files, .cases = "folder small"},
    {0},
};
