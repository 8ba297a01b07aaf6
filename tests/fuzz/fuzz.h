/*
 * Fuzz targets: each takes any bytes through one reader or loader of gblint, and checks what must hold whatever the bytes
 * are. libFuzzer drives them in a build of ./dev fuzz; replay.c runs them on stored inputs in every build.
 */
#ifndef GB_TESTS_FUZZ_H
#define GB_TESTS_FUZZ_H

#include "app/draft.h"
#include "flow/flow.h"

/* One function gb_fuzz_NAME in a file of that name, or in the one named behind it. */
#define GB_FUZZ_TARGETS(X)                                                                                             \
    X(mermaid) /* flow.c */                                                                                            \
    X(dot)                                                                                                             \
    X(plantuml)                                                                                                        \
    X(drawio)                                                                                                          \
    X(bpmn)                                                                                                            \
    X(svg)                                                                                                             \
    X(arrows)                                                                                                          \
    X(png)                                                                                                             \
    X(source)                                                                                                          \
    X(markdown)                                                                                                        \
    X(docbook)                                                                                                         \
    X(lint)                                                                                                            \
    X(lint_docbook) /* lint.c */                                                                                       \
    X(suppress)                                                                                                        \
    X(fix)                                                                                                             \
    X(fix_docbook) /* fix.c */                                                                                         \
    X(yaml)                                                                                                            \
    X(pack)                                                                                                            \
    X(config)                                                                                                          \
    X(baseline)                                                                                                        \
    X(registry)                                                                                                        \
    X(bank)                                                                                                            \
    X(manifest)                                                                                                        \
    X(facts)

#define X(name) void gb_fuzz_##name(struct gb_str bytes);
GB_FUZZ_TARGETS(X)
#undef X

/* Ends the program, also where assert() is compiled out. */
#define GB_HOLDS(condition) ((condition) ? (void)0 : gb_fuzz_fail(__FILE__, __LINE__, #condition))
_Noreturn void gb_fuzz_fail(const char *file, int line, const char *condition);

/* The bytes in memory of their own that ends with them, so that a look behind them is seen. */
struct gb_str gb_fuzz_exact(struct gb_str bytes);
void gb_fuzz_forget(struct gb_str exact);

/* A number below n that follows from the bytes: for options that a target tries. `salt` parts several of them. */
uint32_t gb_fuzz_choice(struct gb_str bytes, uint32_t salt, uint32_t n);

/* All rules, in Chinese. */
const struct gb_ruleset *gb_fuzz_rules(void);

/* A path under which the bytes can be read as a file. Good until the next call. */
const char *gb_fuzz_file(struct gb_str bytes);

/* check.c: what holds of every result. */
void gb_check_utf8(struct gb_str text);
void gb_check_source(const struct gb_source *source);
/* Runs lie in order and in the source, and the bytes of those that are exact are the source's. */
void gb_check_text(const struct gb_source *source, const struct gb_text *text);
void gb_check_blocks(const struct gb_blocks *blocks);
void gb_check_doc(const struct gb_doc *doc);
void gb_check_report(const struct gb_report *report);
void gb_check_flow(const struct gb_flow *flow, struct gb_str text);
/* Well formed to the last byte. */
void gb_check_json(struct gb_str text);
void gb_check_xml(struct gb_str text);

/* lint.c: judges the bytes as a draft of that name, and writes it in all formats. */
void gb_fuzz_draft(struct gb_str bytes, const char *name);

#endif
