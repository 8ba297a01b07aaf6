/* The tables of native checks, one from each file of this room. A new file adds its line here. */
#include "rule/check.h"

#define TABLES(X)                                                                                                      \
    X(abbreviation)                                                                                                    \
    X(ability)                                                                                                         \
    X(adoption)                                                                                                        \
    X(annex)                                                                                                           \
    X(annex_mention)                                                                                                   \
    X(annex_number)                                                                                                    \
    X(bibliography)                                                                                                    \
    X(bracket)                                                                                                         \
    X(character)                                                                                                       \
    X(citation)                                                                                                        \
    X(citing)                                                                                                          \
    X(clause_type)                                                                                                     \
    X(content)                                                                                                         \
    X(contents)                                                                                                        \
    X(contents_listed)                                                                                                 \
    X(contents_page)                                                                                                   \
    X(continuation)                                                                                                    \
    X(cover)                                                                                                           \
    X(cover_code)                                                                                                      \
    X(cover_level)                                                                                                     \
    X(cover_stage)                                                                                                     \
    X(cover_title)                                                                                                     \
    X(deduction)                                                                                                       \
    X(definition)                                                                                                      \
    X(digit)                                                                                                           \
    X(element)                                                                                                         \
    X(emphasis)                                                                                                        \
    X(end_matter)                                                                                                      \
    X(entry_mention)                                                                                                   \
    X(evaluation)                                                                                                      \
    X(figure)                                                                                                          \
    X(figure_caption)                                                                                                  \
    X(figure_key)                                                                                                      \
    X(flow)                                                                                                            \
    X(flow_drawing)                                                                                                    \
    X(flow_exit)                                                                                                       \
    X(flow_label)                                                                                                      \
    X(flow_part)                                                                                                       \
    X(flow_text)                                                                                                       \
    X(flow_way)                                                                                                        \
    X(footnote)                                                                                                        \
    X(foreword)                                                                                                        \
    X(foreword_fixed)                                                                                                  \
    X(foreword_party)                                                                                                  \
    X(foreword_relation)                                                                                               \
    X(formula)                                                                                                         \
    X(formula_legend)                                                                                                  \
    X(formula_symbol)                                                                                                  \
    X(front_matter)                                                                                                    \
    X(function)                                                                                                        \
    X(grade)                                                                                                           \
    X(hanging)                                                                                                         \
    X(input)                                                                                                           \
    X(instruction)                                                                                                     \
    X(introduction)                                                                                                    \
    X(list)                                                                                                            \
    X(list_form)                                                                                                       \
    X(list_item)                                                                                                       \
    X(list_marker)                                                                                                     \
    X(list_type)                                                                                                       \
    X(measure)                                                                                                         \
    X(mention)                                                                                                         \
    X(note)                                                                                                            \
    X(note_provision)                                                                                                  \
    X(numbering)                                                                                                       \
    X(paragraph_end)                                                                                                   \
    X(phrasing)                                                                                                        \
    X(picture)                                                                                                         \
    X(placeholder)                                                                                                     \
    X(procedure)                                                                                                       \
    X(procedure_content)                                                                                               \
    X(procedure_jump)                                                                                                  \
    X(procedure_order)                                                                                                 \
    X(procedure_step)                                                                                                  \
    X(provision)                                                                                                       \
    X(punctuation)                                                                                                     \
    X(quantity)                                                                                                        \
    X(quantity_number)                                                                                                 \
    X(reference)                                                                                                       \
    X(reference_entry)                                                                                                 \
    X(reference_form)                                                                                                  \
    X(reference_order)                                                                                                 \
    X(requirement)                                                                                                     \
    X(scope)                                                                                                           \
    X(scope_content)                                                                                                   \
    X(score)                                                                                                           \
    X(scoring)                                                                                                         \
    X(self_name)                                                                                                       \
    X(sentence)                                                                                                        \
    X(sequence)                                                                                                        \
    X(service)                                                                                                         \
    X(similar)                                                                                                         \
    X(source_character)                                                                                                \
    X(source_form)                                                                                                     \
    X(source_heading)                                                                                                  \
    X(source_bullet)                                                                                                   \
    X(source_page)                                                                                                     \
    X(source_lines)                                                                                                    \
    X(spacing)                                                                                                         \
    X(standard_number)                                                                                                 \
    X(structure)                                                                                                       \
    X(symbol)                                                                                                          \
    X(system_name)                                                                                                     \
    X(table)                                                                                                           \
    X(table_caption)                                                                                                   \
    X(table_unit)                                                                                                      \
    X(table_cell)                                                                                                      \
    X(table_mark)                                                                                                      \
    X(target)                                                                                                          \
    X(term_entry)                                                                                                      \
    X(term_lead_in)                                                                                                    \
    X(term_source)                                                                                                     \
    X(term_use)                                                                                                        \
    X(title)                                                                                                           \
    X(uniform)                                                                                                         \
    X(vague)                                                                                                           \
    X(variant)                                                                                                         \
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
