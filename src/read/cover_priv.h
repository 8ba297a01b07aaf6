/* The cover, line by line: between cover.c and cover_lines.c only. */
#ifndef GB_READ_COVER_PRIV_H
#define GB_READ_COVER_PRIV_H

#include "read/build.h"

/* Reads one line into the open cover; false when nothing is recognised: then it may be a title. */
bool gb_read_cover_line(struct gb_builder *b, const struct gb_text *line, struct gb_buf *scratch);

/* 社区助餐服务规范（征求意见稿）: takes the mark, and gives the line without it. */
struct gb_text gb_cover_without_stage(struct gb_cover *cover, const struct gb_text *line, struct gb_buf *scratch);

/* The first value counts. */
void gb_cover_set(struct gb_text *field, const struct gb_text *value);
void gb_cover_add_publisher(struct gb_cover *cover, const struct gb_text *name);

#endif
