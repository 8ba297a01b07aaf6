/* Steps of a process that the text beside a flowchart names, and the nodes that show them: what text.c compares. */
#ifndef GB_CHECK_FLOW_STEPS_PRIV_H
#define GB_CHECK_FLOW_STEPS_PRIV_H

#include "check/flow/flow_priv.h"
#include "facts/procedures/procedure.h"

enum { GB_MOST_STEPS = 40 };

struct gb_flow_step {
    const struct gb_node *node;
    const struct gb_text *text;
    size_t begin, end;                   /* the name in the text */
    uint32_t vertex;                     /* that it is shown as; GB_NO_VERTEX */
    bool is_sentence;                    /* who does what: its node is the one whose words it has */
    bool is_shown;                       /* it has the words of a node, maybe of several */
    const struct gb_procedure_step *row; /* of a table: its other cells; else NULL */
};

/* Steps in one place, in their order. */
struct gb_flow_steps {
    struct gb_flow_step items[GB_MOST_STEPS];
    size_t n;
    bool is_sentence; /* named as stages in a sentence: meant as the whole process */
};

/* Add the steps of one place: the first list of three steps and more that a paragraph names (A、B、C等阶段, A→B→C); the lettered or numbered
 * items of a list, dashes have no order; the titles of `first` and the clauses behind it. */
void gb_flow_steps_of_sentence(const struct gb_lexicon *lexicon, const struct gb_node *para, struct gb_flow_steps *out);
void gb_flow_steps_of_list(const struct gb_node *list, struct gb_flow_steps *out);
void gb_flow_steps_of_titles(const struct gb_node *first, struct gb_flow_steps *out);
/* The steps of a procedure: 第一步 …, untitled clauses, rows of a table. */
void gb_flow_steps_of_procedure(const struct gb_procedure *procedure, struct gb_flow_steps *out);

/* Each step takes the node that is most like it; one node serves one step. Returns how many found one. */
size_t gb_flow_steps_match(const struct gb_flow_graph *g, struct gb_flow_steps *steps);

/* Is the node one that a step of the text may be: no connector, document or data? */
bool gb_flow_is_step(const struct gb_flow_graph *g, uint32_t vertex);

/*
 * How many limits of time a text names: 5个工作日, 10日, 2小时. Number and unit of the last one, the latter the same for 分钟 and 小时; the
 * bytes that it takes up.
 */
unsigned gb_flow_read_limit(struct gb_str text, unsigned *out_value, unsigned *out_unit, size_t *out_begin,
                            size_t *out_end);

/* 公示结果 of 公示结果（10个工作日） and of 10日内公示结果 */
struct gb_str gb_flow_bare_text(struct gb_str s);

/* The part of a sentence, between two marks, that has the words at `at`. */
void gb_flow_part_around(struct gb_str s, size_t at, size_t *out_begin, size_t *out_end);

/*
 * Steps that the chart does not show, where it shows nearly all of them (`n_matched` have their box): one finding, at the first. Is there
 * one? Boxes on the way of which no word stands in a text that tells the steps one by one: the same. Where nearly all boxes are told:
 * what an item says of another thing than a box does.
 */
bool gb_flow_judge_missing(struct gb_check *c, const struct gb_chart *chart, const struct gb_flow_steps *steps,
                           size_t n_matched);
void gb_flow_judge_extra(struct gb_check *c, const struct gb_chart *chart, const struct gb_flow_steps *steps);
void gb_flow_judge_names(struct gb_check *c, const struct gb_chart *chart, const struct gb_flow_steps *steps);

/*
 * Does another actor of the chart do it in the text? The chart names who acts by the lane of a box, or in its label before what is done.
 * Of a step with its box (was it told?), and of all that an item tells, `but` for a box.
 */
bool gb_flow_judge_actor(struct gb_check *c, const struct gb_chart *chart, const struct gb_flow_step *step);
void gb_flow_judge_told_actors(struct gb_check *c, const struct gb_chart *chart, const struct gb_node *item,
                               uint32_t but);

#endif
