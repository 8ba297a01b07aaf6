/*
 * What a draft says of itself, computed once and shared by all checks: edition, kind, stage, profile, and indexes
 * over the tree. Rule catalogue, section 3.
 */
#ifndef GB_FACTS_FACTS_H
#define GB_FACTS_FACTS_H

#include "diag/report.h"
#include "doc/node.h"
#include "facts/citations/citation.h"
#include "facts/flow.h"
#include "facts/foreword.h"
#include "facts/citations/identifier.h"
#include "facts/lexicon.h"
#include "facts/mentions/mention.h"
#include "facts/procedures/procedure.h"
#include "facts/citations/registry.h"
#include "facts/sentences/sentence.h"
#include "facts/terms/term.h"
#include "facts/terms/term_bank.h"
#include "facts/terms/variant.h"

#define GB_EDITIONS(X) X(2009, "2009") X(2020, "2020")
enum gb_edition { GB_EDITION_2009, GB_EDITION_2020, GB_EDITION_COUNT };

#define GB_STAGES(X)                                                                                                   \
    X(UNKNOWN, "", "")                                                                                                 \
    X(DRAFT, "草", "draft")                                                                                            \
    X(COMMENT, "征", "comment")                                                                                        \
    X(REVIEW, "送", "review")                                                                                          \
    X(APPROVAL, "报", "approval")

enum gb_stage {
#define X(id, zh, en) GB_STAGE_##id,
    GB_STAGES(X)
#undef X
        GB_STAGE_COUNT
};

extern const char *const gb_edition_names[GB_EDITION_COUNT];
/* In Chinese and in English; that of UNKNOWN is empty. */
extern const char *const gb_stage_names[2][GB_STAGE_COUNT];

/* What the option, the config or the command says; zeroed: nothing. */
struct gb_facts_options {
    bool has_edition;
    enum gb_edition edition;
    enum gb_stage stage;                /* UNKNOWN: take it from the cover */
    const char *profile;                /* NULL: infer */
    bool english;                       /* language of the phrases below */
    const struct gb_registry *registry; /* NULL: none */
    const struct gb_term_bank *bank;    /* NULL: none */
    uint32_t as_of, today;              /* days as 20180901; as_of 0: the publication date of the draft, else today */
};

/* Kinds of evidence for an edition, strongest first: rows of the table in catalogue section 3. */
enum gb_evidence_rank {
    GB_EVIDENCE_BASIS,     /* drafting statement */
    GB_EVIDENCE_LEAD_IN,   /* of the references */
    GB_EVIDENCE_SELF_NAME, /* one for each paragraph, up to GB_SELF_NAMES for an edition */
    GB_EVIDENCE_ANNEX,     /* nature of an annex */
    GB_EVIDENCE_CHAPTERS,  /* a chapter without entries says so */
    GB_EVIDENCE_CCS,
    GB_EVIDENCE_DATE,
};

enum { GB_SELF_NAMES = 3 };

struct gb_evidence {
    enum gb_edition edition;
    enum gb_evidence_rank rank;
    struct gb_at at;
    struct gb_str what; /* the words themselves */
};

/* Nodes in document order. */
struct gb_nodes {
    const struct gb_node *const *items;
    uint32_t n;
};

/* A loop over some nodes: GB_EACH_NODE(table, &facts->of_kind[GB_NODE_TABLE]) { … } */
#define GB_EACH_NODE(node, nodes)                                                                                      \
    for (const struct gb_node *const *node##_at = (nodes)->items,                                                      \
                                     *const *node##_end = node##_at ? node##_at + (nodes)->n : node##_at, *node;       \
         node##_at < node##_end && (node = *node##_at, true); node##_at++)

struct gb_parts;

struct gb_facts {
    struct gb_arena *arena;
    const struct gb_lexicon *lexicon; /* that the facts were found with */
    enum gb_edition edition;
    bool edition_is_forced, edition_is_assumed;
    const struct gb_evidence *evidence; /* in document order */
    uint32_t n_evidence;
    enum gb_stage stage;
    struct gb_str type;      /* GB, GB/T, GB/Z, DB32/T, T/, Q/, LD/T …; empty if the draft has no number */
    struct gb_str function;  /* 术语 符号 分类 试验 规范 规程 指南, else empty */
    bool gives_instructions; /* 规程 or 试验; so is a part without function of its own, by the title of the whole */
    struct gb_str profile;   /* "gb11", or those inferred joined by "," */
    struct gb_str profile_why, edition_why;
    bool is_engineering;                /* the profile: 1 总则, 2 术语, 3 基本规定; annexes without nature */
    struct gb_str code;                 /* the draft's own number in normal form, e.g. DB32/T 2796—2015 */
    const struct gb_registry *registry; /* NULL: none was given */
    struct gb_bank_view *bank;          /* NULL: none was given */
    uint32_t as_of;                     /* day on which the registry is asked: 20150910 */

    /* Elements of the draft, NULL where it has none (the first of several). */
    const struct gb_node *cover, *toc, *foreword, *intro, *title, *scope, *references, *terms, *symbols, *first_annex,
        *bibliography, *index;

    /* All nodes of a kind, and all that bear a number (clauses, terms, annexes) or speak: a check that looks for such nodes reads these, a
     * walk over the whole tree costs a cache miss for each of its nodes. */
    struct gb_nodes of_kind[GB_NODE_KIND_COUNT];
    struct gb_nodes numbered;
    struct gb_nodes
        speaking; /* whose texts are the draft's own words; none of cover, contents, title, bibliography, index */
    uint32_t n_nodes;
    const struct gb_node *const *chapters; /* clauses that are children of the document, in order */
    uint32_t n_chapters;

    const struct gb_foreword *foreword_says; /* never NULL */

    /* Sentences in document order, and their modals. */
    const struct gb_sentence *sentences;
    uint32_t n_sentences;
    const struct gb_modal *modals;
    const uint32_t *first_sentence; /* by node->id, and one more at the end: those of a node are [id], … [id + 1] */

    /* Documents: the draft itself (code empty without a number); identifiers in document order, cover and lists included;
     * the entries of both lists in document order; citations, which leave out cover, foreword, lists and the draft itself. */
    struct gb_identifier own;
    const struct gb_identifier *identifiers;
    uint32_t n_identifiers;
    const struct gb_reference *entries;
    uint32_t n_entries;
    const uint32_t *entries_sorted; /* indexes of those with a serial, by gb_identifier_cmp */
    uint32_t n_entries_sorted;
    const struct gb_citation *citations;
    uint32_t n_citations;
    /* Mentions of parts of the draft in document order; facts/mentions/mention.h finds those of one part. */
    const struct gb_mention *mentions;
    uint32_t n_mentions;
    const uint32_t *first_mention;      /* by node->id: index of the first that names the node, or GB_NO_MENTION */
    const struct gb_parts *parts;       /* by number */
    const struct gb_terms *vocabulary;  /* never NULL */
    const struct gb_variants *variants; /* names that seem to stand for the same; never NULL */
    struct gb_procedures procedures;    /* written as text */
    struct gb_charts charts;            /* flowcharts; found when the pictures have been read (gb_find_charts) */
};

/* Fills facts from the tree, and numbers its nodes; all it points to lives in doc->arena. */
void gb_facts_compute(struct gb_facts *facts, const struct gb_doc *doc, const struct gb_lexicon *lexicon,
                      const struct gb_facts_options *options);

/* The sentence that leads in a list, whatever its type; NULL: none. */
const struct gb_sentence *gb_list_lead_in(const struct gb_facts *facts, const struct gb_node *list);

/* The sentences of a node (not of its children); *out_n of them. */
static inline const struct gb_sentence *
gb_sentences_of(const struct gb_facts *facts, const struct gb_node *node, uint32_t *out_n)
{
    *out_n = facts->first_sentence[node->id + 1] - facts->first_sentence[node->id];
    return facts->sentences + facts->first_sentence[node->id];
}

/* Loop over the modals of a sentence. */
#define GB_EACH_MODAL(m, facts, sentence)                                                                              \
    GB_EACH(const struct gb_modal, m, (facts)->modals + (sentence)->modals, (sentence)->n_modals)

/* The first modal of the type that the sentence has; NULL: it has the type by another sign. */
static inline const struct gb_modal *
gb_strongest_modal(const struct gb_facts *facts, const struct gb_sentence *sentence)
{
    GB_FIND(m, facts->modals + sentence->modals, sentence->n_modals, m->type == sentence->type);
    return m;
}

/* Index of the first identifier in the node or behind it; facts->n_identifiers without. They stand in document order. */
uint32_t gb_first_identifier(const struct gb_facts *facts, const struct gb_node *node);

/* The sentence that holds byte `at` of a text; NULL where none does (a title has no sentences). */
const struct gb_sentence *gb_sentence_at(const struct gb_facts *facts, const struct gb_node *node,
                                         const struct gb_text *text, size_t at);

/* Stage that a mark names: 征求意见稿, 送审稿. */
enum gb_stage gb_stage_of_mark(struct gb_str mark);

/* Is the profile among those of the draft? gb11 is the base of all. */
bool gb_facts_has_profile(const struct gb_facts *facts, struct gb_str profile);

/* The place of bytes [begin, end) of a text. */
struct gb_at gb_at_part(const struct gb_text *text, size_t begin, size_t end);

#endif
