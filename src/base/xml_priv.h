/* What the files of the XML reader share. */
#ifndef GB_BASE_XML_PRIV_H
#define GB_BASE_XML_PRIV_H

#include "base/arena.h"
#include "base/array.h"
#include "base/strmap.h"
#include "base/xml.h"

enum { GB_XML_MAX_DEPTH = 200 };

/* What is wrong with a document; xml_fault.c has a sentence for each. */
enum gb_xml_slip {
    GB_XML_SLIP_MISMATCH,
    GB_XML_SLIP_OPEN_AT_END,
    GB_XML_SLIP_BEHIND_ROOT,
    GB_XML_SLIP_NO_ROOT,
    GB_XML_SLIP_STRAY_MARK, /* & or < that begins nothing */
    GB_XML_SLIP_SEMICOLON,
    GB_XML_SLIP_ENTITY, /* not declared, in a document that says it needs no DTD */
    GB_XML_SLIP_ENTITY_LOOP,
    GB_XML_SLIP_CHARACTER_REFERENCE,
    GB_XML_SLIP_VALUE_OPEN,
    GB_XML_SLIP_VALUE_UNQUOTED,
    GB_XML_SLIP_VALUE_ABSENT,
    GB_XML_SLIP_ATTRIBUTE_TWICE,
    GB_XML_SLIP_NO_BLANK,
    GB_XML_SLIP_TAG_OPEN,
    GB_XML_SLIP_CDATA_END, /* ]]> in text */
    GB_XML_SLIP_CDATA_OPEN,
    GB_XML_SLIP_COMMENT_OPEN,
    GB_XML_SLIP_HYPHENS, /* -- in a comment */
    GB_XML_SLIP_INSTRUCTION_OPEN,
    GB_XML_SLIP_DECLARATION, /* <?xml … ?> elsewhere than at the start */
    GB_XML_SLIP_DOCTYPE,
    GB_XML_SLIP_PREFIX,
    GB_XML_SLIP_OTHER,
};

/* What a document and the entities inside it share. */
struct gb_xml_shared {
    struct gb_arena arena;
    struct gb_strmap names; /* of entities that the document declares: their index */
    GB_ARRAY(struct gb_xml_declared) entities;
    unsigned unknown; /* references to names that nobody declared */
    unsigned references;
    size_t expanded;
    bool is_spent;
};

/* An open element. */
struct gb_xml_open {
    size_t begin; /* of its start tag */
    struct gb_str uri;
};

struct gb_xml {
    struct gb_str text;
    uint32_t base;
    const struct gb_xml_events *events;
    void *data;
    struct gb_xml_shared *shared;
    const struct gb_xml *outer; /* whose entity this is the text of; NULL: a document */
    struct XML_ParserStruct *parser;
    GB_ARRAY(struct gb_xml_binding) bindings; /* namespaces, the innermost last */
    size_t cursor;                            /* all before it has been handed over */
    struct gb_xml_open open[GB_XML_MAX_DEPTH];
    unsigned depth;
    bool is_stopped;
    bool knows_prefix_fault;
    unsigned level;           /* of entities inside entities */
    struct gb_span reference; /* with level > 0: all events stand here */
};

/* xml.c: entities that the document declares. */
enum gb_xml_entity {
    GB_XML_ENTITY_UNKNOWN,
    GB_XML_ENTITY_INSIDE,  /* *out_content is its text, with references in it */
    GB_XML_ENTITY_OUTSIDE, /* in another file */
};
enum gb_xml_entity gb_xml_find_entity(const struct gb_xml *xml, struct gb_str name, struct gb_str *out_content);
/* From here on it has no text: it has been reported. */
void gb_xml_forget_entity(struct gb_xml *xml, struct gb_str name);
/* The text of an entity that has tags in it, read as a document of its own at the place of the reference. */
void gb_xml_read_inside(struct gb_xml *outer, struct gb_str content, struct gb_span reference);

/* xml_scan.c */
struct gb_span gb_xml_span(const struct gb_xml *xml, size_t begin, size_t end);
/* [begin, end) cut to its first line and to a few characters; at least one character where there is one. */
size_t gb_xml_shown_end(const struct gb_xml *xml, size_t begin, size_t end);
void gb_xml_report(struct gb_xml *xml, enum gb_xml_fault_kind kind, bool is_whole, struct gb_span span, const char *zh,
                   const char *en);
/* Reports what is wrong with [begin, end). */
void gb_xml_explain_at(struct gb_xml *xml, enum gb_xml_slip slip, bool is_whole, size_t begin, size_t end);
/* The end of the name at an offset. */
size_t gb_xml_name_end(const struct gb_xml *xml, size_t at);
/* Hands over everything from the cursor to the next tag, or to `limit`. */
void gb_xml_hand_over(struct gb_xml *xml, size_t limit);

/* xml_entities.c: code point of a name of the DocBook 4.5 DTD, 0 for any other. */
uint32_t gb_xml_iso_entity(struct gb_str name);

/* xml_fault.c: what a sentence on a fault may speak of. */
struct gb_xml_words {
    struct gb_str here; /* the bytes at the place, cut to a few */
    struct gb_str open; /* name of the innermost open element, or empty */
    unsigned line;      /* of its start tag, from 1 */
};

enum { GB_XML_SENTENCE = 600 };

/* Writes the sentence in both languages; each has GB_XML_SENTENCE bytes. */
void gb_xml_explain(enum gb_xml_slip slip, const struct gb_xml_words *words, char *zh, char *en);

/* What is wrong, when expat has stopped with an error code at `at`, in what begins at `begin`. */
enum gb_xml_slip gb_xml_slip_of(int code, const struct gb_xml *xml, size_t begin, size_t at);

/*
 * xml_cost.c: would this document take unreasonably long? The work grows with the square of the attributes of a tag and of the
 * declarations, and with tags times defaults and namespaces. Returns the offset of the first thing too large, or GB_NOT_FOUND.
 */
size_t gb_xml_too_costly(struct gb_str text);

#endif
