/*
 * What a native check uses: one function, called on each node of the kinds it asks for, and one row in the table of
 * its file. Levels, messages and options come from the rule's entry in rules/.
 */
#ifndef GB_RULE_CHECK_H
#define GB_RULE_CHECK_H

#include "base/array.h"
#include "base/buf.h"
#include "base/sort.h"
#include "facts/facts.h"
#include "facts/words.h"
#include "rule/place.h"
#include "text/chars.h"
#include "text/utf8.h"

/* One active rule during the walk over one document. */
struct gb_check {
    const struct gb_doc *doc;
    const struct gb_facts *facts;
    struct gb_arena *arena; /* the document's; for text that findings keep */

    /* What rule/ alone uses. */
    struct gb_rule_run *run;
    const struct gb_rule *rule;
    const struct gb_exempt *exempt;   /* NULL: not asked for yet */
    const struct gb_openers *openers; /* the same */
    uint32_t piece;                   /* serial of the piece that `end` and `is_marked` are about */
    size_t end;                       /* behind the last word found in it */
    size_t from;                      /* where its pattern may be tried next */
    bool is_marked;                   /* its pattern is to run on it */
    bool is_done;                     /* `once` and reported */
    uint32_t failures;                /* texts on which its pattern was given up */
    bool is_on;
};

typedef void gb_check_function(struct gb_check *check, const struct gb_node *node);
typedef void gb_whole_function(struct gb_check *check);

/* What a pattern found: bytes [begin, end) of the text and its groups from 1 (ptr NULL: not set). */
enum { GB_MATCH_GROUPS = 8 };
struct gb_match {
    size_t begin, end;
    struct gb_str groups[GB_MATCH_GROUPS];
    size_t n_groups;
};

/* A word, or a match of the pattern, that the search over all texts found for a check with `hit`. */
struct gb_found {
    const struct gb_node *node;
    const struct gb_text *text; /* one of the node's; begin and end are bytes of it */
    size_t begin, end;
    enum gb_part part;
    enum gb_zone zone;
    struct gb_str str;     /* the text without soft line breaks, as it was searched */
    struct gb_match match; /* bytes of str */
    size_t word;           /* index in `words`; GB_NOT_FOUND for the pattern */
};

/* What was found, and the text before it and behind it. */
static inline struct gb_str
gb_found_str(const struct gb_found *found)
{
    return gb_str_sub(found->str, found->match.begin, found->match.end);
}

static inline struct gb_str
gb_found_before(const struct gb_found *found)
{
    return gb_str_sub(found->str, 0, found->match.begin);
}

static inline struct gb_str
gb_found_behind(const struct gb_found *found)
{
    return gb_str_skip(found->str, found->match.end);
}

typedef void gb_hit_function(struct gb_check *check, const struct gb_found *found);

/* Parameters of a check with `hit`, first in its `params`; more may follow. rules/README.md says what they mean. */
#define GB_SEARCH_PARAMS "pattern:pattern keys:words in:places except:contexts exempt:words once:bool case:pairs "

#define GB_ON(kind) (UINT32_C(1) << GB_NODE_##kind)

/* Row of a native check. */
struct gb_check_def {
    const char *name;          /* as `check:` in the pack says */
    gb_whole_function *whole;  /* called once, before the walk */
    gb_check_function *run;    /* in place of whole: called on nodes, in document order, the document first */
    uint32_t on;               /* with run: GB_ON(CLAUSE) | GB_ON(ANNEX) … */
    gb_hit_function *hit;      /* in place of both: params = GB_SEARCH_PARAMS "words:words …" */
    gb_whole_function *finish; /* with hit: called once behind the walk, to tell of all hits at once */
    const char *cases;         /* names that gb_report_case may use, separated by blanks; NULL: none */
    /* Keys of `with:`, each with its type: "limit:number words:words same:bool"; NULL: none.
     * Types: number bool text words pairs pattern patterns */
    const char *params;
};

/* A `whole` that is one call, in which `c` is the check: GB_CHECK_WHOLE(check_layers, gb_each_graph(c, judge_layers)) */
#define GB_CHECK_WHOLE(name, call)                                                                                     \
    static void name(struct gb_check *c)                                                                               \
    {                                                                                                                  \
        call;                                                                                                          \
    }

/* Tables of all files of check/, ended by a NULL name. Gathered in check/checks.c. */
extern const struct gb_check_def *const gb_check_tables[];

/*
 * Memory of the run over one document, zeroed at first, that the checks of one file share: what several rules need is
 * computed once. It lives in the document's arena. The key is the address of anything that is only this file's.
 */
void *gb_check_shared(struct gb_check *check, const void *key, size_t size);

/* Options of the rule: defaults from its entry, overridden by the config. The key must be in `params`. */
double gb_param_number(const struct gb_check *check, const char *key);
bool gb_param_bool(const struct gb_check *check, const char *key);
struct gb_str gb_param_text(const struct gb_check *check, const char *key);
/* Words of a list (inline or from rules/words/): how many, and the i-th. */
size_t gb_param_words(const struct gb_check *check, const char *key, const struct gb_str **out_words);
/* What a list of pairs has for a word; NULL where it has no such word. */
struct gb_str gb_param_pair(const struct gb_check *check, const char *key, struct gb_str word);
/* Has the text one of the words of a list, does it begin with one, end in one, is it one? */
#define GB_PARAM_ASKS(name, ask)                                                                                       \
    static inline bool name(const struct gb_check *check, const char *key, struct gb_str s)                            \
    {                                                                                                                  \
        const struct gb_str *words;                                                                                    \
        size_t n = gb_param_words(check, key, &words);                                                                 \
        return ask(s, words, n);                                                                                       \
    }
GB_PARAM_ASKS(gb_param_has, gb_str_has_any)
GB_PARAM_ASKS(gb_param_starts, gb_str_starts_any)
GB_PARAM_ASKS(gb_param_ends, gb_str_ends_any)
GB_PARAM_ASKS(gb_param_is, gb_str_is_any)
/* A list of Han words as a set, for asking which of them begins or ends at a place; made when it is first asked for. */
const struct gb_han_words *gb_param_set(struct gb_check *check, const char *key);

/* First match of a parameter of type pattern at or after `from`. Where a limit stops it, the text is counted as not checked. */
bool gb_param_match(struct gb_check *check, const char *key, struct gb_str text, size_t from, struct gb_match *out);

/* Places. */
struct gb_at gb_at_text(const struct gb_text *text);
struct gb_at gb_at_span(struct gb_span span);
static inline struct gb_at
gb_at_found(const struct gb_found *found)
{
    return gb_at_part(found->text, found->begin, found->end);
}
/* Of anything that has text, begin and end: its place, and its words. */
#define GB_AT(it) gb_at_part((it)->text, (it)->begin, (it)->end)
#define GB_WORDS_OF(it) gb_str_sub((it)->text->str, (it)->begin, (it)->end)
/* The head of a node: number and title of a clause, caption of a table, marker of an item, text of a paragraph. */
struct gb_at gb_at_head(const struct gb_node *node);
/* A place that only names lines. */
struct gb_at gb_at_lines(struct gb_span span);

/*
 * Reports the rule at a place of `node` (whose clause number the finding takes; NULL: none). The message is the entry's, with
 * {0} {1} … replaced by the arguments. Returns the finding, or NULL when the rule is off for this case or has told
 * all that a report takes; valid until the next report. gb_report_case takes level, message and remedy from the entry's `cases:` where it has that name.
 *
 *     gb_report(c, gb_at_head(n), n, GB_ARGS(n->number.str, n->title.str));
 */
#define GB_ARGS(...) (const struct gb_str[]){__VA_ARGS__}, GB_COUNT(((const struct gb_str[]){__VA_ARGS__}))
#define GB_NO_ARGS NULL, 0

struct gb_finding *gb_report(struct gb_check *check, struct gb_at at, const struct gb_node *node,
                             const struct gb_str *args, size_t n_args);
struct gb_finding *gb_report_case(struct gb_check *check, const char *which, struct gb_at at,
                                  const struct gb_node *node, const struct gb_str *args, size_t n_args);

/* Reports, and offers to put `by` in the place of what is marked. */
struct gb_finding *gb_report_fix(struct gb_check *check, const char *which, struct gb_at at, const struct gb_node *node,
                                 struct gb_str by, const struct gb_str *args, size_t n_args);

/* One finding for all places of a fault: reports the first of them, for which `first` is NULL, and adds each other one to it. */
struct gb_finding *gb_report_one(struct gb_check *check, struct gb_finding *first, const char *which, struct gb_at at,
                                 const struct gb_node *node, const struct gb_str *args, size_t n_args);

/* Adds to a finding just reported; all accept NULL for it and do nothing. The message is text in the run's language. */
void gb_also(struct gb_check *check, struct gb_finding *finding, struct gb_at at, struct gb_str message);
/* One more place of the same fault: a report takes GB_MOST_PLACES of them. */
void gb_also_there(struct gb_check *check, struct gb_finding *finding, struct gb_at at);
/*
 * A fix: offered when the entry says `fix: safe` or `unsafe`, and only where the finding's place is exact. The text is what a reader
 * shall see: characters that the markup of the file would take for its own are escaped. Text that holds markup on
 * purpose (a line of Markdown with its `##`, a line copied from the file) goes to gb_fix_markup.
 */
void gb_fix(struct gb_check *check, struct gb_finding *finding, struct gb_span span, struct gb_str text);
/* The same of bytes [begin, end) of a text, where their place is exact. */
void gb_fix_part(struct gb_check *check, struct gb_finding *finding, const struct gb_text *text, size_t begin,
                 size_t end, struct gb_str by);
/*
 * Will a fix of this finding be taken? Most runs show none: a check asks before it works one out, unless that is no more work
 * than the question.
 */
bool gb_wants_fix(const struct gb_check *check, const struct gb_finding *finding);
void gb_fix_markup(struct gb_check *check, struct gb_finding *finding, struct gb_span span, struct gb_str text);
/* Edits that are ready, in their order; nothing of the finding's own may lie between them. */
void gb_fix_edits(struct gb_check *check, struct gb_finding *finding, const struct gb_edit *edits, size_t n);
/* For one finding the fix is less certain than the entry says. */
void gb_fix_unsafe(struct gb_finding *finding);

/* So many places at fault the report takes of a rule: who writes them down before he tells of them needs no more. */
size_t gb_most_places(const struct gb_check *check);

/* `n` more places at fault that the check saw and did not keep: told with those that are more than a report takes. */
void gb_leave_out(struct gb_check *check, size_t n);

/* Adds to the list of what was not checked. */
void gb_not_checked(struct gb_check *check, struct gb_str what, struct gb_str why);

/* A number in digits, for an argument. */
struct gb_str gb_count_text(const struct gb_check *check, size_t n);

/* Text in the language of the run. */
struct gb_str gb_say(const struct gb_check *check, const char *zh, const char *en);

#endif
