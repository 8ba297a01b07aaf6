#include "app/page.h"

#include "app/app.h"
#include "app/files/output.h"

int
gb_write_outputs(const struct gb_options *options, void (*write)(void *data, struct gb_out *out, const char *format),
                 void *data)
{
    int status = GB_STATUS_CLEAN;
    struct gb_error error;

    GB_EACH_IN(spec, &options->outputs) {
        struct gb_output output;
        bool ok = gb_output_open(&output, spec->path, options->english, &error);

        if (ok) {
            write(data, &output.out, spec->format);
            ok = gb_output_close(&output, options->english, &error);
        }
        if (!ok) {
            gb_error_print(&error);
            status = GB_STATUS_FAILED;
        }
    }
    return status;
}

void
gb_page_json(struct gb_json *json, const struct gb_page *page)
{
    gb_json_begin(json, "level", "{");
    for (int i = 0; i < GB_EDITION_COUNT; i++) {
        if (page->level[i] != GB_LEVEL_OFF)
            gb_json_field(json, gb_edition_names[i], gb_str_from(gb_level_name(page->level[i])));
    }
    gb_json_close(json, "}");
    gb_json_field(json, "pack", page->pack);
    gb_json_field(json, "state", page->is_on ? GB_STR("on") : GB_STR("off"));
    gb_json_field(json, "kind", page->is_report ? GB_STR("report") : GB_STR("finding"));
    gb_json_begin(json, "source", "[");
    GB_EACH(const struct gb_page_source, source, page->sources, page->n_sources) {
        gb_json_open(json, "{");
        gb_json_field(json, "doc", source->doc);
        if (source->edition)
            gb_json_count(json, "edition", source->edition);
        gb_json_given(json, "clause", source->clause);
        if (source->mark)
            gb_json_field(json, "mark", (struct gb_str){&source->mark, 1});
        gb_json_close(json, "}");
    }
    gb_json_close(json, "]");
}

void
gb_page_source_text(struct gb_out *out, const struct gb_page_source *source)
{
    gb_out_add(out, source->doc);
    if (source->edition)
        gb_out_printf(out, "—%u", source->edition);
    if (source->clause.len)
        gb_out_printf(out, ", %.*s", GB_FMT(source->clause));
}
