/* The tables of native checks, one from each file of this room. A new file adds its line here. */
#include "rule/check.h"

#define TABLES(X) \
    X(adoption) \
    X(annex) \
    X(annex_mention) \
    X(annex_number) \
    X(bibliography) \
    X(citation) \
    X(citing) \
    X(content) \
    X(contents) \
    X(cover) \
    X(cover_code) \
    X(cover_level) \
    X(cover_stage) \
    X(cover_title) \
    X(element) \
    X(foreword) \
    X(foreword_fixed) \
    X(foreword_party) \
    X(foreword_relation) \
    X(hanging) \
    X(input) \
    X(introduction) \
    X(mention) \
    X(numbering) \
    X(placeholder) \
    X(provision) \
    X(reference) \
    X(reference_entry) \
    X(reference_form) \
    X(reference_order) \
    X(scope) \
    X(scope_content) \
    X(sequence) \
    X(source_form) \
    X(source_lines) \
    X(structure) \
    X(target) \
    X(title) \
    X(wording)

#define X(name) extern const struct gb_check_def gb_##name##_checks[];
TABLES(X)
#undef X

const struct gb_check_def *const gb_check_tables[] = {
#define X(name) gb_##name##_checks,
    TABLES(X)
#undef X
    NULL,
};
