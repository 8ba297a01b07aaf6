/* Which drafts a run judges: the operands, folders walked, drafts in several files joined. */
#ifndef GB_APP_FILES_INPUT_H
#define GB_APP_FILES_INPUT_H

#include "app/baseline.h"
#include "app/config/config.h"
#include "app/files/overlay.h"
#include "read/block.h"

struct gb_since;

/* One draft. */
struct gb_input {
    const char *const *paths; /* its files in order; "-" is standard input */
    uint32_t n_paths;
    bool is_named;     /* on the command line, not found in a folder */
    const char *shown; /* name of the first file in messages */
    const struct gb_settings *settings;
    struct gb_series_spec *series;           /* that it belongs to; NULL: it is judged singly */
    const struct gb_baseline_part *baseline; /* what is known of it; NULL: there is no baseline */
    const struct gb_overlay *overlay;        /* what is read in place of the work tree; NULL: nothing is */
    const struct gb_since *since;            /* what its changes are told from; NULL: all findings are told */
};

struct gb_inputs {
    struct gb_arena arena;
    GB_ARRAY(struct gb_input) list;
    uint32_t n_failed; /* operands and folders that could not be used, already told on standard error */
};

/* Fills inputs from the operands ("." when there are none); sorted inside a folder, else in their order. */
void gb_inputs_collect(struct gb_inputs *inputs, const struct gb_options *options, struct gb_configs *configs);
/* One file more; one that is not named only when it looks like a draft and no config excludes it. */
void gb_inputs_add(struct gb_inputs *inputs, const struct gb_options *options, struct gb_configs *configs,
                   const char *path, bool is_named);
/* The one draft of a command that takes no more; NULL after telling why there is none. `many` is said where operands are not one. */
struct gb_input *gb_input_only(struct gb_inputs *inputs, const struct gb_options *options, struct gb_configs *configs,
                               const char *many);
/* Is one of the outputs a file of one of the drafts? Such an output must not be written. */
bool gb_inputs_hold(const struct gb_inputs *inputs, const struct gb_output_spec *outputs, size_t n);
void gb_inputs_release(struct gb_inputs *inputs);

/* Has the path the extension of a draft? */
bool gb_is_draft_name(const char *path);

enum gb_format { GB_FORMAT_MARKDOWN, GB_FORMAT_DOCBOOK, GB_FORMAT_OTHER };

/* By extension, then by content. OTHER: an .xml file whose root is not of DocBook. */
enum gb_format gb_format_of(const char *path, struct gb_str text);

/* Opens files that a draft includes, each once and inside the root of its project only. `root` is a real path or NULL;
 * the struct is borrowed by the includer. */
struct gb_include_root {
    const char *root;
    bool english; /* language of the reasons why a file is not opened */
    const struct gb_overlay *overlay;
};

struct gb_includer gb_includer_for(const struct gb_include_root *root);

#endif
