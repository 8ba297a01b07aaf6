/* The functions of each emitter, for the table in emit.c. */
#ifndef GB_EMIT_EMITTERS_PRIV_H
#define GB_EMIT_EMITTERS_PRIV_H

#include "emit/emit.h"

#define GB_EMITTER_DRAFT(name)                                                                                         \
    void gb_##name##_draft(struct gb_out *out, const struct gb_emit_options *options, const struct gb_report *report,  \
                           const struct gb_doc *doc)
#define GB_EMITTER_END(name)                                                                                           \
    void gb_##name##_end(struct gb_out *out, const struct gb_emit_options *options, const struct gb_totals *totals)
#define GB_EMITTER_FUNCTIONS(name)                                                                                     \
    void gb_##name##_begin(struct gb_out *out, const struct gb_emit_options *options);                                 \
    GB_EMITTER_DRAFT(name);                                                                                            \
    GB_EMITTER_END(name)

GB_EMITTER_DRAFT(terminal);
GB_EMITTER_END(terminal);
GB_EMITTER_DRAFT(concise);
GB_EMITTER_DRAFT(github);
GB_EMITTER_FUNCTIONS(report_json);
GB_EMITTER_FUNCTIONS(sarif);
GB_EMITTER_FUNCTIONS(junit);
GB_EMITTER_FUNCTIONS(checkstyle);
GB_EMITTER_FUNCTIONS(gitlab);
GB_EMITTER_FUNCTIONS(rdjson);
GB_EMITTER_FUNCTIONS(comments);
GB_EMITTER_FUNCTIONS(html);

#endif
