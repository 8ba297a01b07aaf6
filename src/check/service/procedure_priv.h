/* What the checks on procedures written as text share. DB32/T 2796—2015, 7.3.4.5. Inside of check/ only. */
#ifndef GB_CHECK_SERVICE_PROCEDURE_PRIV_H
#define GB_CHECK_SERVICE_PROCEDURE_PRIV_H

#include "facts/procedures/procedure.h"
#include "rule/check.h"

typedef void gb_procedure_function(struct gb_check *check, const struct gb_procedure *procedure);

/* Calls the function on each procedure; on those of a service alone. */
void gb_each_procedure(struct gb_check *check, gb_procedure_function *judge);
void gb_each_service_procedure(struct gb_check *check, gb_procedure_function *judge);

static inline bool
gb_is_service_procedure(const struct gb_procedure *procedure)
{
    return procedure->flags & GB_PROCEDURE_SERVICE;
}

/* The steps are written one by one, not named in a sentence. */
static inline bool
gb_has_step_texts(const struct gb_procedure *procedure)
{
    return procedure->form != GB_PROCEDURE_STAGES && procedure->form != GB_PROCEDURE_RUNNING;
}

/* Bytes [begin, end) of a step's text. */
struct gb_at gb_at_step(const struct gb_step_text *text, size_t begin, size_t end);
/* The words by which a step is known: its name, else the first clause of its text. */
struct gb_at gb_at_step_head(const struct gb_procedure_step *step);
struct gb_str gb_step_words(const struct gb_procedure_step *step);

/* Are most of the stages that a sentence names the titles of clauses behind it? It is an overview then. */
bool gb_stages_are_treated(struct gb_check *check, const struct gb_procedure *procedure);

/* A list whose items are only names that clauses behind it treat. */
bool gb_list_is_overview(struct gb_check *check, const struct gb_procedure *procedure);

/* The stage below 程序指示 in which the node lies, or what else stands right below; NULL: it lies in none. */
const struct gb_node *gb_instructed_stage(const struct gb_node *node);

/* 准备阶段 and 准备环节 name 准备. */
struct gb_str gb_stage_core(struct gb_str stage);

/* Title of the clause, else the words of the lead-in; cut where they are long. */
struct gb_str gb_procedure_title(struct gb_check *check, const struct gb_procedure *procedure);
/* Words as messages quote them, cut where they are long. */
struct gb_str gb_step_quote(struct gb_check *check, struct gb_str text);

#endif
