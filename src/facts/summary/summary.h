/*
 * What one draft says that another may contradict: number, title, chapters, terms, citations, values, style. Taken down in one pass when
 * the draft's other facts are there, into an arena of its own, so that the draft itself can be given back. The rules on series and systems
 * (series/) read nothing else. Rule catalogue, 8.5 and 8.6.
 */
#ifndef GB_FACTS_SUMMARY_SUMMARY_H
#define GB_FACTS_SUMMARY_SUMMARY_H

#include "facts/facts.h"

/*
 * Kinds of facts with the names of their fields in JSON, "" for those that a kind does not use:
 *   X(id, kind, key, value, about, number)
 */
#define GB_FACT_KINDS(X)                                                                                               \
    X(CHAPTER, "chapter", "key", "", "", "number")                                                                     \
    X(CLAUSE, "clause", "key", "", "", "strength")                                                                     \
    X(TERM, "term", "term", "definition", "domain", "sourced")                                                         \
    X(SYMBOL, "symbol", "term", "definition", "", "")                                                                  \
    X(CITATION, "citation", "document", "year", "nature", "normative")                                                 \
    X(VALUE, "value", "object", "unit", "condition", "amount")                                                         \
    X(FEATURE, "feature", "name", "is", "", "")                                                                        \
    X(EXCUSE, "excuse", "rule", "reason", "", "")

enum gb_fact_kind {
#define X(id, kind, key, value, about, number) GB_FACT_##id,
    GB_FACT_KINDS(X)
#undef X
        GB_FACT_KIND_COUNT
};

/* How a value bounds: the number of days of 不超过3天 is at most 3; 3天～5天 and 4天±1天 are ranges. */
enum gb_bound { GB_BOUND_EXACT, GB_BOUND_MOST, GB_BOUND_LEAST, GB_BOUND_RANGE };

/*
 * One fact. Strings are normalised for comparison (catalogue 4.1), but for `text`, which is as written.
 *   chapter  key: Han, letters, digits of the title; number: of the chapter
 *   clause   a titled clause; key: its title behind that of its chapter; number: the strongest enum gb_clause_type in it
 *   term     key: designation; value: definition; about: domain; number: 1 where a source is named, 2 where nothing says that the
 *            definition was changed; source: the document named, as the key of a citation; more: the definition
 *   symbol   symbol or abbreviation; key and value as of a term
 *   citation key: code without /T, and serial; value: year or empty; about: GB/T 1.1 or the like; number: 1 when it is normative;
 *            more: its entry in chapter 2
 *   value    key: what the value is of; about: condition and titles above; number and value: amount and unit; bound; upper: end of a range
 *   feature  a habit of style: key its name, value how this draft has it
 *   excuse   findings of that rule (or group, or ALL) that begin in `at` are excused by the draft
 */
struct gb_fact {
    enum gb_fact_kind kind : 8;
    enum gb_bound bound : 8;
    bool is_generic; /* value: the words tell no object of their own: 办结时限 */
    struct gb_at at, more;
    struct gb_str clause; /* number of the clause it stands in */
    struct gb_str key, value, about, text, source;
    double number, upper;
};

enum { GB_SKETCH = 64 };

struct gb_summary {
    const char *path; /* of the draft's first file, as messages show it */
    uint64_t hash;    /* of the text: tells whether the file has changed since */
    enum gb_edition edition;
    enum gb_stage stage;
    bool is_standard;
    struct gb_str type, function, profile;
    struct gb_str number;             /* GB/T 1.1—2020; empty without */
    struct gb_str base, serial, year; /* GB, 1.1, 2020 */
    struct gb_str title, title_key;
    struct gb_at number_at, title_at;
    uint32_t issued; /* 20200331; 0: not told */
    uint32_t as_of;
    const struct gb_fact *facts; /* by kind, then in document order */
    uint32_t n_facts;
    uint32_t first[GB_FACT_KIND_COUNT + 1]; /* those of kind k are [first[k], first[k + 1]) */
    /* Least hashes of its text: the share of equal ones estimates likeness; UINT32_MAX: none. */
    uint32_t sketch[GB_SKETCH];
};

/* Takes down what the draft says, and what it excuses; nothing of the result points into the draft. */
struct gb_summary gb_summary_take(const struct gb_doc *doc, const struct gb_facts *facts, const struct gb_fact *excuses,
                                  size_t n_excuses, struct gb_arena *arena);

/* Gives the summary its facts: by kind, within one kind in the order given. */
void gb_summary_sort(struct gb_summary *summary, const struct gb_fact *facts, size_t n_facts, struct gb_arena *arena);

/* The facts of a kind; *out_n of them. */
static inline const struct gb_fact *
gb_summary_facts(const struct gb_summary *summary, enum gb_fact_kind kind, uint32_t *out_n)
{
    *out_n = summary->first[kind + 1] - summary->first[kind];
    return summary->facts + summary->first[kind];
}

/* A hash of the bytes of all files. */
uint64_t gb_source_hash(const struct gb_source *source);

/* Han characters, letters and digits of a text under N; in the arena. */
struct gb_str gb_bare_text(struct gb_arena *arena, struct gb_str text);

#endif
