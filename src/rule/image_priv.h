/*
 * The form of loaded packs: one blob of integers and offsets that needs no relocation, so that the built-in packs lie
 * in the program as a constant and cost nothing at start. Offsets count bytes from the blob's begin.
 */
#ifndef GB_RULE_IMAGE_PRIV_H
#define GB_RULE_IMAGE_PRIV_H

#include "base/buf.h"
#include "base/error.h"
#include "base/yaml.h"
#include "rule/page.h"
#include "rule/place.h"

enum { GB_IMAGE_MAGIC = 0x31524247, GB_LEVEL_INHERIT = 0xFF };

/* n bytes, or n elements, at an offset of the image. */
struct gb_slice {
    uint32_t off, n;
};

enum gb_language { GB_ZH, GB_EN, GB_LANGUAGE_COUNT };

struct gb_words {
    struct gb_slice in[GB_LANGUAGE_COUNT];
};

#define GB_PARAM_TYPES(X)                                                                                              \
    X(NUMBER, "number")                                                                                                \
    X(BOOL, "bool")                                                                                                    \
    X(TEXT, "text")                                                                                                    \
    X(WORDS, "words")       /* a list of texts, or {list: NAME} */                                                     \
    X(PAIRS, "pairs")       /* a map of texts, or {list: NAME} */                                                      \
    X(PATTERN, "pattern")   /* a regular expression */                                                                 \
    X(PATTERNS, "patterns") /* a list of them */                                                                       \
    X(PLACES, "places")     /* names of node kinds, zones, parts */                                                    \
    X(CONTEXTS, "contexts") /* quotes, titles, code … */                                                             \
    X(NODE, "node")         /* one kind of node or one role */

enum gb_param_type {
#define X(id, name) GB_PARAM_##id,
    GB_PARAM_TYPES(X)
#undef X
};

struct gb_places {
    /* Bits by gb_node_kind, gb_zone, gb_part; 0: not named, the kind's default. */
    uint32_t kinds, zones, parts;
};

/* One parameter that an entry gives; `index` is its place in the schema. */
struct gb_image_param {
    uint32_t is_set, type, index;
    uint32_t number[2]; /* a double; BOOL, CONTEXTS, NODE: the first word */
    struct gb_places places;
    struct gb_slice text;  /* TEXT, PATTERN */
    struct gb_slice words; /* of gb_slice: WORDS, PATTERNS; PAIRS two each; lists resolved */
    struct gb_slice lists; /* of gb_slice: names of the lists that words are of, with the rule's own last */
    struct gb_slice note;  /* what words do */
};

struct gb_image_source {
    struct gb_slice doc, clause;
    uint32_t edition; /* 0: none */
    uint32_t mark;    /* C, N, M or 0 */
};

struct gb_image_case {
    struct gb_slice name;
    uint8_t level[4];                /* by edition; INHERIT */
    struct gb_words message, remedy; /* n 0: inherited */
};

struct gb_image_example {
    uint32_t kind, line, column, is_docbook;
    struct gb_slice fragments; /* of gb_slice: context, text; two each */
    struct gb_slice at, args;  /* of gb_slice */
    struct gb_slice files;     /* of gb_slice: name, text; two each */
};

/* What the program reads of every rule when it starts; heads of all rules lie together. */
struct gb_image_head {
    uint8_t level[4]; /* by edition; OFF: does not apply */
    uint8_t is_report, is_off;
    uint8_t in_base; /* on in every profile */
    uint8_t is_native;
    uint8_t is_slow, is_once;
    uint8_t has_patterns; /* among its parameters */
    uint8_t does_search;  /* found by the literal pass: its check has `hit` */
    uint8_t opens;        /* each match of its pattern begins with a key */
    uint8_t pad[3];
    uint32_t check_index;    /* in the kinds, or among all native checks */
    struct gb_slice params;  /* of gb_image_param, in the order of the schema */
    struct gb_places places; /* these three follow from the parameters of a kind: */
    uint32_t contexts;       /* excepted ones, bits by gb_context */
    uint32_t of;             /* kind of node, or 0x100 + role */
};

/* What is read when the rule speaks. */
struct gb_image_rule {
    struct gb_image_head head;
    struct gb_slice code, name, pack, file, check;
    uint32_t line, column;
    uint8_t stages; /* bits by gb_stage; 0: all */
    uint8_t fix;    /* enum gb_fix_kind */
    uint8_t pad[2];
    struct gb_slice sources;         /* of gb_image_source */
    struct gb_slice source_line[2];  /* by edition, as shown with a finding */
    struct gb_slice profiles, folds; /* of gb_slice */
    struct gb_words title, message, remedy, why;
    struct gb_slice cases;   /* of gb_image_case */
    struct gb_slice keys;    /* of gb_slice: literals one of which every match of the pattern holds */
    struct gb_slice openers; /* of gb_slice: literals with one of which every match begins; none: not known */
    struct gb_slice examples;
};

/* A named list: of rules/words, or "WRD-009.exempt" of a rule; one of a user pack replaces or extends that of its name. */
struct gb_image_list {
    struct gb_slice name, words;
    uint32_t is_pairs, extends, line;
};

struct gb_image_profile {
    struct gb_slice name;
    struct gb_words title;
    struct gb_slice off, on; /* of gb_slice: codes or groups */
};

/* A base document for examples: name "2020.md", text. */
struct gb_image_base {
    struct gb_slice name, text;
};

struct gb_image {
    uint32_t magic, size;
    struct gb_slice rules, heads; /* as many heads as rules */
    struct gb_slice lists, profiles, bases;
    /* Of uint32_t: see literal_priv.h; ids are 2 * rule + (1 for a key of its pattern). */
    struct gb_slice literals;
};

/* The packs that are compiled into the program, and the lexicon of their lists; defined by the file that the generator writes. */
extern const uint64_t gb_builtin_image[], gb_builtin_lexicon[];

/*
 * What is made of the built-in image along with it, since making it at every start would take a tenth of the time of a short
 * draft: code of patterns, sets of words. A table of rows in the order of what they are made of, behind a row that has their
 * number in `of`, and then the bytes.
 */
struct gb_made {
    uint32_t of, variant; /* offset in gb_builtin_image; of a pattern's code: is it anchored? */
    uint32_t off, size;   /* bytes from the first row */
};

extern const uint64_t gb_builtin_codes[], gb_builtin_sets[];

/* What a table has for this place in the built-in image; NULL for any other place, and for what was not made. */
const void *gb_made_of(const uint64_t *table, const void *place, uint32_t variant);

static inline const void *
gb_image_at(const struct gb_image *image, struct gb_slice slice)
{
    return (const char *)image + slice.off;
}

static inline struct gb_str
gb_image_str(const struct gb_image *image, struct gb_slice slice)
{
    return (struct gb_str){(const char *)image + slice.off, slice.n};
}

/* i-th text of a slice of slices. */
static inline struct gb_str
gb_image_word(const struct gb_image *image, struct gb_slice words, size_t i)
{
    const struct gb_slice *all = gb_image_at(image, words);

    return gb_image_str(image, all[i]);
}

/* The list of that name in the last of the images that has it; NULL: none does. */
const struct gb_image_list *gb_find_list(const struct gb_image *const *images, size_t n, struct gb_str name,
                                         const struct gb_image **out_image);
/* Its words, and how many; none where there is no such list. */
size_t gb_list_words(const struct gb_image *const *images, size_t n, struct gb_str name, struct gb_arena *arena,
                     const struct gb_str **out_words);

/* Collects packs and makes an image of them. */
struct gb_loader;

struct gb_loader_options {
    bool is_builtin;                     /* stricter: all texts in both languages, examples, keys, ruling 2 */
    const struct gb_image *const *below; /* images whose lists, profiles and rules may be referred to */
    size_t n_below;
};

struct gb_loader *gb_loader_new(const struct gb_loader_options *options);
void gb_loader_free(struct gb_loader *loader);

/*
 * Adds one file; `pack` is the pack's name. Lists that rules refer to must be added before them. The role is told by
 * the content: a list of entries is a pack. False and *error on a fault.
 */
bool gb_loader_add(struct gb_loader *loader, const char *path, const char *pack, struct gb_str text,
                   struct gb_error *error);
/* A file of lists (rules/words), of profiles, and a base document. */
bool gb_loader_add_lists(struct gb_loader *loader, const char *path, struct gb_str text, struct gb_error *error);
bool gb_loader_add_profiles(struct gb_loader *loader, const char *path, struct gb_str text, struct gb_error *error);
void gb_loader_add_base(struct gb_loader *loader, const char *name, struct gb_str text);

/* The image; it belongs to the caller and is freed by free(). NULL and *error on a fault that only shows at the end. */
struct gb_image *gb_loader_finish(struct gb_loader *loader, struct gb_error *error);

/* A parameter read from a config: an image of its own with this one parameter behind the header. */
struct gb_image *gb_load_param(const struct gb_yaml *value, const char *schema, const char *key,
                               const struct gb_loader_options *options, const char *path,
                               struct gb_image_param *out_param, struct gb_error *error);

/* Schema strings "limit:number words:words": place of a key, its type, or false. */
bool gb_schema_find(const char *schema, struct gb_str key, size_t *out_index, enum gb_param_type *out_type);
size_t gb_schema_count(const char *schema);

/* Lets a parameter act on places, contexts, of, is_once; kind NULL: a native check. */
struct gb_kind_def;
void gb_apply_param(const struct gb_image_param *param, const struct gb_kind_def *kind, struct gb_image_head *head);

/* Native checks of all tables as one array, ended by NULL; a check_index counts in it. */
const struct gb_check_def **gb_check_defs(struct gb_arena *arena);

#endif
