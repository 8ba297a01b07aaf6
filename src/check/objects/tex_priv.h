/* As much of TeX as the checks on formulas read. Inside of check/ only. */
#ifndef GB_CHECK_OBJECTS_TEX_PRIV_H
#define GB_CHECK_OBJECTS_TEX_PRIV_H

#include "base/str.h"

/* Behind the group whose opening brace is at `at`: behind its closing one. */
size_t gb_tex_behind_group(struct gb_str s, size_t at);

/* Behind the subscript or \tag{…} at `at`; `at` itself where none is there. */
size_t gb_tex_behind_index(struct gb_str s, size_t at);

#endif
