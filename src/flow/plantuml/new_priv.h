/* The reader of the newer syntax: what its files share. A function that reads a statement stands behind its keyword. */
#ifndef GB_FLOW_PLANTUML_NEW_PRIV_H
#define GB_FLOW_PLANTUML_NEW_PRIV_H

#include "flow/plantuml/plantuml_priv.h"

struct gb_uml_reader {
    struct gb_uml_graph *graph;
    struct gb_uml_text text;
    struct gb_uml_line line;
    struct gb_uml_cursor c;      /* behind the keyword */
    enum gb_uml_frame_kind kind; /* that the keyword tells, where statements of two kinds are read alike */
};

#define GB_UML_NO_WORDS ((struct gb_uml_words){.str = {NULL, 0}})

/* ---- new.c ---- */

/* From the begin of the line to the cursor, without blanks: the keyword. */
struct gb_span gb_uml_keyword(const struct gb_uml_reader *r);
bool gb_uml_take(struct gb_uml_reader *r, const char *words);
/* The line is no statement. */
void gb_uml_fail_line(struct gb_uml_reader *r);
/* Words behind a statement that has ended are a fault; a semicolon is none. */
void gb_uml_expect_end(struct gb_uml_reader *r);
/*
 * The innermost frame, which must be of this kind; NULL when none is open. Where another is, that is told, and those inside of one of
 * the kind are closed first.
 */
struct gb_uml_frame *gb_uml_need(struct gb_uml_reader *r, enum gb_uml_frame_kind kind);

/* ---- step.c ---- */

/*
 * The end of words that begin at the cursor: *out_end is where they end, *out_stereotype a row or -1. What is given back is the row of
 * the mark that ends them, or GB_UML_NO_END.
 */
enum { GB_UML_NO_END = 8 };
size_t gb_uml_find_step_end(struct gb_uml_reader *r, size_t *out_end, int *out_stereotype);
void gb_uml_fail_open_step(struct gb_uml_reader *r, size_t begin);
/* False, and nothing taken, when no arrow stands at the cursor. */
bool gb_uml_read_arrow(struct gb_uml_reader *r);
void gb_uml_read_step(struct gb_uml_reader *r);
void gb_uml_read_item(struct gb_uml_reader *r);
void gb_uml_read_start(struct gb_uml_reader *r);
void gb_uml_read_end(struct gb_uml_reader *r);
void gb_uml_read_detach(struct gb_uml_reader *r);
void gb_uml_read_connector(struct gb_uml_reader *r);

/* ---- ways.c ---- */

void gb_uml_read_if(struct gb_uml_reader *r);
/* `inbound`: the words ahead of it, on the way from the question before. */
void gb_uml_read_elseif(struct gb_uml_reader *r, struct gb_uml_words inbound);
void gb_uml_read_elseif_plain(struct gb_uml_reader *r);
void gb_uml_read_else(struct gb_uml_reader *r);
void gb_uml_read_endif(struct gb_uml_reader *r);
void gb_uml_read_switch(struct gb_uml_reader *r);
void gb_uml_read_case(struct gb_uml_reader *r);
void gb_uml_read_endswitch(struct gb_uml_reader *r);
void gb_uml_read_while(struct gb_uml_reader *r);
void gb_uml_read_endwhile(struct gb_uml_reader *r);
void gb_uml_read_repeat(struct gb_uml_reader *r);
void gb_uml_read_backward(struct gb_uml_reader *r);
void gb_uml_read_repeat_while(struct gb_uml_reader *r);
void gb_uml_read_break(struct gb_uml_reader *r);
/* Of the reader's kind: fork or split. */
void gb_uml_read_bar(struct gb_uml_reader *r);
void gb_uml_read_again(struct gb_uml_reader *r);
void gb_uml_read_end_bar(struct gb_uml_reader *r);
void gb_uml_read_end_merge(struct gb_uml_reader *r);

#endif
