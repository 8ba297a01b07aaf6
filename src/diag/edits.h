/*
 * Changes to the files of a draft: those that fit together are gathered, then each file's stored bytes are written anew.
 * What no edit touches stays as it is, byte for byte, in whatever charset, with its byte order mark and line ends.
 */
#ifndef GB_DIAG_EDITS_H
#define GB_DIAG_EDITS_H

#include "diag/report.h"

/* What edits are for: a rule's fix, or another change that has a name. */
struct gb_edit_cause {
    struct gb_str name; /* outlives the edits and their traces */
    bool is_unsafe;
};

struct gb_caused_edit {
    struct gb_edit edit;
    struct gb_edit_cause cause;
};

/* Stored bytes [begin, end) that edits have made; empty where they took something out. */
struct gb_trace {
    size_t begin, end;
    struct gb_edit_cause cause;
};

struct gb_traces {
    GB_ARRAY(struct gb_trace) list; /* in order */
};

struct gb_edits {
    const struct gb_source *source;
    GB_ARRAY(struct gb_caused_edit) list;
    unsigned char *taken; /* what is said of each byte of the source */
    bool is_sorted;
};

enum gb_edit_fault {
    GB_EDIT_GOOD,
    GB_EDIT_OVERLAPS, /* one taken before touches the same place */
    GB_EDIT_PROTECTED,
    GB_EDIT_OUTSIDE,     /* lies in no file, or in two */
    GB_EDIT_UNDECODED,   /* touches bytes that could not be decoded */
    GB_EDIT_UNENCODABLE, /* the file's charset has no code for a character of it */
};

/* Appends the text of an edit with the line ends that most lines of the file have. */
void gb_edit_add_text(struct gb_buf *out, const struct gb_source_file *file, struct gb_str text);

void gb_edits_init(struct gb_edits *edits, const struct gb_source *source);
void gb_edits_release(struct gb_edits *edits);

/* Nothing may be taken that lies in the span or reaches into it, but for moves. An insertion at one of its ends may. */
void gb_edits_protect(struct gb_edits *edits, struct gb_span span);

/*
 * Takes `n` edits that belong together: all of them, or none, and then says why. An insertion does not fit beside
 * anything else at its place: their order would be chance. Texts must outlive the edits.
 */
enum gb_edit_fault gb_edits_add(struct gb_edits *edits, const struct gb_edit *list, size_t n,
                                struct gb_edit_cause cause);

/* Is anything of the file changed? */
bool gb_edits_touch(struct gb_edits *edits, const struct gb_source_file *file);

/*
 * The file with all edits in it: its bytes as they are to be stored, and the text that they should be read as. Line ends in
 * the edits become those of the file.
 */
void gb_edits_apply(struct gb_edits *edits, const struct gb_source_file *file, struct gb_buf *out_stored,
                    struct gb_buf *out_text);

/* Where the edits will lie in the stored bytes that gb_edits_apply makes; the traces of former edits move along. */
void gb_edits_trace(struct gb_edits *edits, const struct gb_source_file *file, struct gb_traces *traces);

#endif
