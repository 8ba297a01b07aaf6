/*
 * Names that a draft seems to have for one and the same: 社会保险经办机构 and 经办机构, 受理窗口 and 受理服务窗口. Found by what
 * stands before a head (机构, 窗口 …) and by forms of the defined terms. GB/T 1.1—2020, 5.4.1.
 */
#ifndef GB_FACTS_TERMS_VARIANT_H
#define GB_FACTS_TERMS_VARIANT_H

#include "doc/node.h"

enum gb_variant_kind {
    GB_VARIANT_FILLED,    /* 管理, 服务 … put in or left out: 经办管理服务机构 */
    GB_VARIANT_SHORTENED, /* the beginning left out, no short form given: 经办机构 */
    GB_VARIANT_SWAPPED,   /* 初次审核, 审核初次; 追溯信息平台, 信息追溯平台 */
    GB_VARIANT_HEAD,      /* 经办机构, 经办部门 */
    GB_VARIANT_POST,      /* 讲解员, 讲解人员; 承运人, 承运方 */
};

struct gb_variant_place {
    const struct gb_node *node;
    const struct gb_text *text;
    uint32_t begin, end; /* bytes of text */
};

/* One form and where it stands, in document order. */
struct gb_variant_form {
    struct gb_str words;
    const struct gb_variant_place *places;
    uint32_t n_places;
};

/* The form to keep (defined, in the title or scope, or used more), and the other one. */
struct gb_variant {
    enum gb_variant_kind kind : 8;
    bool is_certain; /* false: likely, for a person to judge */
    struct gb_variant_form kept, other;
};

struct gb_variants {
    const struct gb_variant *items; /* by the first place of the other form */
    uint32_t n;
};

struct gb_facts;

#endif
