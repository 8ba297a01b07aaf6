/* What the two files on the foreword share. Inside of facts/ only. */
#ifndef GB_FACTS_FOREWORD_PRIV_H
#define GB_FACTS_FOREWORD_PRIV_H

#include "facts/foreword.h"

/* The item that a statement belongs to, by its key alone. */
enum gb_foreword_item gb_foreword_item_of(struct gb_str key);

#endif
