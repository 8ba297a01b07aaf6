/*
 * XML as a stream of events with the exact place of each: tags, text, comments, instructions.
 *
 * expat judges whether the document is well formed. What is handed over comes from the bytes of the document themselves,
 * so that places are right by construction. No network, no DTD, no external entity is ever touched.
 */
#ifndef GB_BASE_XML_H
#define GB_BASE_XML_H

#include "base/str.h"

struct gb_xml;

/* A start or end tag. It lives as long as the call that shows it. */
struct gb_xml_tag {
    struct gb_xml *xml;
    struct gb_str name; /* without prefix */
    struct gb_str uri;  /* of the namespace, empty where there is none */
    struct gb_str raw;  /* as written, from < to >; the end of <x/> is shown with the same bytes */
    size_t attrs;       /* where attributes begin in raw */
    struct gb_span span;
    bool is_expanded; /* it stands in an entity: the span is that of the reference */
};

struct gb_xml_attr {
    struct gb_str prefix, name;
    struct gb_str value; /* as written between the quotes */
    struct gb_span span; /* of the value */
    bool is_expanded;
};

/* A piece of text: the bytes of the document at `span`, or what a reference there stands for. */
struct gb_xml_piece {
    struct gb_str str;
    struct gb_span span;
    bool is_exact; /* str is the very bytes of the span */
};

enum gb_xml_fault_kind {
    GB_XML_MALFORMED,
    GB_XML_LIMIT,
    GB_XML_EXTERNAL, /* an entity in another file: not read */
};

struct gb_xml_fault {
    enum gb_xml_fault_kind kind;
    struct gb_span span;
    bool is_whole;        /* nothing after it is read */
    struct gb_str zh, en; /* one sentence without end mark */
};

/* Called in the order of the document; comment and instruction may be NULL. What they are given dies with the call. */
struct gb_xml_events {
    void (*start)(void *data, const struct gb_xml_tag *tag);
    void (*end)(void *data, const struct gb_xml_tag *tag);
    void (*text)(void *data, const struct gb_xml_piece *piece);
    void (*comment)(void *data, struct gb_str inside, struct gb_span span);
    void (*instruction)(void *data, struct gb_str target, struct gb_str rest, struct gb_span span);
    void (*fault)(void *data, const struct gb_xml_fault *fault);
};

/*
 * Reads a whole document: checked UTF-8 whatever its declaration says. Spans are `base` + offset into text.
 * After a fault with is_whole no further event comes; elements that are still open get no end event.
 */
void gb_xml_read(struct gb_str text, uint32_t base, const struct gb_xml_events *events, void *data);

/* No further event comes. To be called from a start event. */
void gb_xml_stop(struct gb_xml *xml);

/* The first attribute of that name, whatever its prefix; false when there is none. */
bool gb_xml_attr(const struct gb_xml_tag *tag, const char *name, struct gb_xml_attr *out_attr);

/* The next attribute from *at on, which begins at tag->attrs and moves behind it; declarations of namespaces (prefix xmlns)
 * among them. False when there is none. */
bool gb_xml_next_attr(const struct gb_xml_tag *tag, size_t *at, struct gb_xml_attr *out_attr);

/* Hands over the pieces of an attribute's value with references resolved. */
void gb_xml_attr_pieces(const struct gb_xml_tag *tag, const struct gb_xml_attr *attr,
                        void (*piece)(void *data, const struct gb_xml_piece *piece), void *data);

#endif
