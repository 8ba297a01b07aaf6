/* The loader's own state and the functions that its files share. */
#ifndef GB_RULE_LOADER_PRIV_H
#define GB_RULE_LOADER_PRIV_H

#include "base/array.h"
#include "rule/kind_priv.h"

/* An entry whose page (why, examples) is still to be read. */
struct gb_loader_page {
    size_t rule;
    const struct gb_yaml *entry;
    const char *path;
};

struct gb_loader {
    struct gb_loader_options options;
    struct gb_arena arena;                  /* YAML trees */
    struct gb_buf bytes;                    /* the image grows here and may move; the header comes first */
    GB_ARRAY(struct gb_image_rule) rules;   /* until the end their `params` counts in the array below */
    GB_ARRAY(struct gb_image_param) params; /* of all rules, together: what the program reads at start */
    GB_ARRAY(struct gb_image_head) heads;   /* made at the end */
    GB_ARRAY(struct gb_image_list) lists;
    GB_ARRAY(struct gb_image_profile) profiles;
    GB_ARRAY(struct gb_loader_page) pages; /* read at the end */
    GB_ARRAY(struct gb_image_base) bases;  /* their texts are in the arena until the end: slices are set then */
    GB_ARRAY(struct gb_str) base_texts;
    GB_ARRAY(struct gb_slice) scratch; /* slices being gathered; used as a stack */
    const char *path;                  /* of the file being read */
    struct gb_slice path_slice, pack;
    struct gb_str code; /* of the entry being read */
    struct gb_error *error;
};

/* ---- Faults: all return false ---- */

bool gb_load_fail(struct gb_loader *l, const struct gb_yaml *node, const char *zh, const char *en, ...)
    __attribute__((format(printf, 3, 5), format(printf, 4, 5)));
/* An unknown key or value, what it is in both languages, with the nearest of the known ones. */
bool gb_load_unknown(struct gb_loader *l, const struct gb_yaml *node, const char *zh, const char *en,
                     const char *const *names, size_t n);
bool gb_load_unknown_list(struct gb_loader *l, const struct gb_yaml *node);

/* ---- Bytes of the image ---- */

/* n elements of a size, aligned to four bytes. */
struct gb_slice gb_load_put(struct gb_loader *l, const void *bytes, size_t size, size_t n);
/* Text, followed by a NUL that its length does not count. */
struct gb_slice gb_load_put_text(struct gb_loader *l, struct gb_str text);
/* Valid until something is put. */
struct gb_str gb_load_text_at(const struct gb_loader *l, struct gb_slice slice);
/* The text of number i in a slice of slices. */
struct gb_str gb_load_text_in(const struct gb_loader *l, struct gb_slice slices, size_t i);
void gb_load_gather(struct gb_loader *l, struct gb_slice slice);
/* The slices gathered since `mark`, a length of scratch, as a slice of slices. */
struct gb_slice gb_load_put_gathered(struct gb_loader *l, size_t mark);

/* ---- Values; `what` names them in faults ---- */

bool gb_load_text(struct gb_loader *l, const struct gb_yaml *node, const char *what, struct gb_slice *out);
/* One text or a list of them; a map of texts: key, value by turns. */
bool gb_load_texts(struct gb_loader *l, const struct gb_yaml *node, const char *what, struct gb_slice *out);
bool gb_load_pairs(struct gb_loader *l, const struct gb_yaml *node, const char *what, struct gb_slice *out);
/* {zh: …, en: …}; in a user's pack also one text for both. */
bool gb_load_words(struct gb_loader *l, const struct gb_yaml *node, const char *what, struct gb_words *out);
bool gb_load_choice(struct gb_loader *l, const struct gb_yaml *node, const char *what, const char *const *names,
                    size_t n, size_t *out);
/* The place of a key among those of its map. */
bool gb_load_key(struct gb_loader *l, const struct gb_yaml *key, const char *const *names, size_t n, size_t *out);
/* A level, or a map by edition, one left out of which is OFF: one byte for each. */
bool gb_load_level(struct gb_loader *l, const struct gb_yaml *node, uint8_t *out);
bool gb_load_index(struct gb_str word, const char *const *names, size_t n, size_t *out);

/* ---- Parts of entries ---- */

/* *out_base is where the offsets of the list count from; valid until something is put. */
const struct gb_image_list *gb_load_find_list(const struct gb_loader *l, struct gb_str name, const char **out_base);
void gb_load_gather_list(struct gb_loader *l, const char *base, struct gb_slice words);

/* *out_params: one for each parameter of the schema, in the loader's arena. `with` may be NULL. */
bool gb_load_params(struct gb_loader *l, const struct gb_yaml *with, const char *schema,
                    struct gb_image_param **out_params);

/* `node` may be NULL. */
bool gb_load_examples(struct gb_loader *l, const struct gb_yaml *entry, const struct gb_yaml *node,
                      struct gb_image_rule *rule);

/* Adds a rule, but for its page. */
bool gb_load_entry(struct gb_loader *l, const struct gb_yaml *node);
bool gb_load_page(struct gb_loader *l, const struct gb_loader_page *page);

#endif
