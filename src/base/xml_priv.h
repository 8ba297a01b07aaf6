/* What the files of the XML reader share. */
#ifndef GB_BASE_XML_PRIV_H
#define GB_BASE_XML_PRIV_H

#include "base/xml.h"

/* Code point of a name of the DocBook 4.5 DTD, 0 for any other. */
uint32_t gb_xml_iso_entity(struct gb_str name);

/* What a sentence on a fault may speak of. */
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
 * Would libxml2 take unreasonably long for this document? Its work grows with the square of the attributes of
 * a tag and of the entities, and with tags times defaults and namespaces. Returns the offset of the first thing too large, or GB_NOT_FOUND.
 */
size_t gb_xml_too_costly(struct gb_str text);

#endif
