/* The table of emitters. A new format is one row here and one file. */
#include "emit/emitters_priv.h"

const struct gb_emitter gb_emitters[] = {
    {"text", "txt", "", false, gb_terminal_begin, gb_terminal_draft, gb_terminal_end},
    {"concise", NULL, "", false, gb_concise_begin, gb_concise_draft, gb_concise_end},
    {"json", "json", ",", true, gb_report_json_begin, gb_report_json_draft, gb_report_json_end},
    {0},
};

const struct gb_emitter *
gb_emitter_find(struct gb_str name)
{
    for (const struct gb_emitter *e = gb_emitters; e->name; e++) {
        if (gb_str_is(name, e->name))
            return e;
    }
    return NULL;
}
