/* What the files of the XML reader share. */
#ifndef GB_BASE_XML_PRIV_H
#define GB_BASE_XML_PRIV_H

#include "base/xml.h"

enum { GB_XML_MAX_DEPTH = 200 }; /* libxml2's own limit is 256 */

/* What a document and the entities inside it share. */
struct gb_xml_shared {
    struct _xmlDoc *entities;    /* those that the document declares */
    struct _xmlEntity *empty;    /* the one that libxml2 is shown in place of any */
    struct _xmlEntity *unread;   /* the same for parameter entities */
    unsigned unknown;            /* references to names that nobody declared */
    unsigned references;
    size_t expanded;
    bool is_spent;
};

struct gb_xml {
    struct gb_str text;
    uint32_t base;
    const struct gb_xml_events *events;
    void *data;
    struct gb_xml_shared *shared;
    struct _xmlParserCtxt *parser;
    const unsigned char *fed;    /* the bytes that it was given */
    size_t cursor;               /* all before it has been handed over */
    size_t open[GB_XML_MAX_DEPTH]; /* start tags of the open elements */
    unsigned depth;
    bool is_stopped;
    bool knows_prefix_fault;
    unsigned level;              /* of entities inside entities */
    struct gb_span reference;    /* with level > 0: all events stand here */
};

/* xml.c: entities that the document declares. */
enum gb_xml_entity {
    GB_XML_ENTITY_UNKNOWN,
    GB_XML_ENTITY_INSIDE,        /* *out_content is its text, with references in it */
    GB_XML_ENTITY_OUTSIDE,       /* in another file */
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
/* Reports an error code of libxml2 at a place. */
void gb_xml_explain_at(struct gb_xml *xml, int code, bool is_whole, size_t begin, size_t end, const char *parser);
/* Hands over everything from the cursor to the next tag, or to `limit`. */
void gb_xml_hand_over(struct gb_xml *xml, size_t limit);

/* xml_entities.c: code point of a name of the DocBook 4.5 DTD, 0 for any other. */
uint32_t gb_xml_iso_entity(struct gb_str name);

/* xml_fault.c: what a sentence on a fault may speak of. */
struct gb_xml_words {
    struct gb_str here;    /* the bytes at the place, cut to a few */
    struct gb_str open;    /* name of the innermost open element, or empty */
    unsigned line;         /* of its start tag, from 1 */
    const char *parser;    /* libxml2's own message, for faults that have no sentence */
};

enum { GB_XML_SENTENCE = 600 };

/* Writes the sentence for an error code of libxml2 in both languages; each has GB_XML_SENTENCE bytes. */
void gb_xml_explain(int code, const struct gb_xml_words *words, char *zh, char *en);

/*
 * Would libxml2 take unreasonably long for this document? Its work grows with the square of the attributes of a tag and of the
 * declarations, and with tags times defaults and namespaces. Returns the offset of the first thing too large, or GB_NOT_FOUND.
 */
size_t gb_xml_too_costly(struct gb_str text);

#endif
