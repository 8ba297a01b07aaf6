/* Sentences on broken XML for people who write drafts, and the guard against documents made to be slow. */
#include "base/xml_priv.h"

#include <libxml/xmlerror.h>
#include <stdio.h>

/* In the sentences: %h what stands at the place, %o the open element, %l the line of its start tag, %p the parser's words. */
static const struct sentence {
    int code;
    const char *zh, *en;
} sentences[] = {
    {XML_ERR_TAG_NAME_MISMATCH,
     "第%l行的<%o>还没有结束就遇到“%h”：在它之前补上</%o>，或改正其中一个标签",
     "“%h” comes before the end of <%o> of line %l: add </%o> before it, or correct one of the tags"},
    {XML_ERR_TAG_NOT_FINISHED, "文件到此结束，第%l行的<%o>还没有结束：补上</%o>，或检查文件是否完整",
     "the file ends inside <%o> of line %l: add </%o>, or check that the file is complete"},
    {XML_ERR_DOCUMENT_END, "根元素结束之后还有内容“%h”：把它移到根元素之内，或删去",
     "“%h” stands behind the end of the root element: move it inside, or remove it"},
    {XML_ERR_DOCUMENT_EMPTY, "文件不是以元素开头的XML：“%h”", "the file is no XML that begins with an element: “%h”"},
    {XML_ERR_NAME_REQUIRED, "“%h”不是标签也不是实体：文字中的&要写成&amp;，<要写成&lt;",
     "“%h” is neither a tag nor an entity: write &amp; for & and &lt; for < in text"},
    {XML_ERR_ENTITYREF_SEMICOL_MISSING, "“%h”缺分号：实体要写成&名称;，文字中的&要写成&amp;",
     "“%h” lacks its semicolon: an entity is &name;, and & in text is written &amp;"},
    {XML_ERR_INVALID_CHARREF, "字符引用“%h”不代表可用的字符", "the character reference “%h” stands for no usable character"},
    {XML_ERR_INVALID_HEX_CHARREF, "字符引用“%h”写错：十六进制要写成&#x4E00;",
     "the character reference “%h” is wrong: a hexadecimal one is written &#x4E00;"},
    {XML_ERR_INVALID_DEC_CHARREF, "字符引用“%h”写错：十进制要写成&#19968;",
     "the character reference “%h” is wrong: a decimal one is written &#19968;"},
    {XML_ERR_INVALID_CHAR, "“%h”处有XML不允许的控制字符：删去", "“%h”: a control character that XML does not allow: remove it"},
    {XML_ERR_LT_IN_ATTRIBUTE, "“%h”中属性值没有结束，或含有<：补上引号，或把<写成&lt;",
     "an attribute value in “%h” is not closed or holds <: add the quote, or write &lt;"},
    {XML_ERR_ATTRIBUTE_NOT_STARTED, "“%h”中属性值没有用引号括起：写成 名称=\"值\"",
     "an attribute value in “%h” is not quoted: write name=\"value\""},
    {XML_ERR_ATTRIBUTE_NOT_FINISHED, "“%h”中属性值的引号没有结束", "an attribute value in “%h” lacks its closing quote"},
    {XML_ERR_ATTRIBUTE_WITHOUT_VALUE, "“%h”中的属性没有值：写成 名称=\"值\"",
     "an attribute in “%h” has no value: write name=\"value\""},
    {XML_ERR_ATTRIBUTE_REDEFINED, "“%h”中同一属性写了两次：删去一个", "“%h” has the same attribute twice: remove one"},
    {XML_ERR_SPACE_REQUIRED, "“%h”中两个属性之间缺空格", "a blank is missing between two attributes of “%h”"},
    {XML_ERR_GT_REQUIRED, "标签“%h”没有以>结束", "the tag “%h” lacks its >"},
    {XML_ERR_LTSLASH_REQUIRED, "第%l行的<%o>还没有结束：补上</%o>", "<%o> of line %l is not closed: add </%o>"},
    {XML_ERR_MISPLACED_CDATA_END, "文字中不能有“]]>”：写成]]&gt;", "text must not hold “]]>”: write ]]&gt;"},
    {XML_ERR_CDATA_NOT_FINISHED, "CDATA没有以]]>结束", "a CDATA section lacks its ]]>"},
    {XML_ERR_COMMENT_NOT_FINISHED, "注释没有以-->结束", "a comment lacks its -->"},
    {XML_ERR_HYPHEN_IN_COMMENT, "注释里不能有“--”：改用破折号或一个连字符",
     "a comment must not hold “--”: use a dash or a single hyphen"},
    {XML_ERR_PI_NOT_FINISHED, "处理指令没有以?>结束", "a processing instruction lacks its ?>"},
    {XML_ERR_RESERVED_XML_NAME, "“<?xml …?>”只能在文件开头：删去，或移到第一行第一列",
     "“<?xml …?>” must stand at the very start of the file: remove it or move it there"},
    {XML_ERR_DOCTYPE_NOT_FINISHED, "DOCTYPE声明没有以>结束", "the DOCTYPE declaration lacks its >"},
    {XML_NS_ERR_UNDEFINED_NAMESPACE, "“%h”的命名空间前缀没有声明：在根元素上补xmlns:前缀",
     "the namespace prefix in “%h” is not declared: add its xmlns: to the root element"},
    {0, "XML写法有误，解析器报告“%p”：“%h”", "the XML is broken, the parser says “%p”: “%h”"},
};

static const char *
copy_words(const char *from, const struct gb_xml_words *words, char *out)
{
    size_t used = 0, room = GB_XML_SENTENCE - 1;

    for (; *from && used < room; from++) {
        char number[16];
        struct gb_str add = {from, 1};
        if (*from == '%' && from[1]) {
            snprintf(number, sizeof(number), "%u", words->line);
            switch (*++from) {
            case 'h':
                add = words->here;
                break;
            case 'o':
                add = words->open;
                break;
            case 'l':
                add = gb_str_from(number);
                break;
            default:
                add = gb_str_trim(gb_str_from(words->parser));
                break;
            }
        }
        if (add.len > room - used)
            break;
        memcpy(out + used, add.ptr, add.len);
        used += add.len;
    }
    out[used] = '\0';
    return out;
}

void
gb_xml_explain(int code, const struct gb_xml_words *words, char *zh, char *en)
{
    const struct sentence *s = sentences;

    while (s->code && s->code != code)
        s++;
    copy_words(s->zh, words, zh);
    copy_words(s->en, words, en);
}

/* More attributes on one tag than any draft has. */
enum { MAX_ATTRIBUTES = 1000 };
/* libxml2's tables of entities and names do not grow beyond 16384 buckets. */
enum { MAX_DECLARATIONS = 20000, MAX_DECLARED = 1024 * 1024 };
/* Comparisons that the document may cost; 1e9 of them take about a second. */
#define MAX_WORK UINT64_C(1000000000)
enum { LIBXML_DEPTH = 256 };

struct cost {
    uint64_t declarations, declared; /* their bytes in all */
    uint64_t tags, namespaces, defaults; /* namespaces: the most on one tag; defaults: attributes with a default value */
};

/* Length of what `rest` begins with up to and with `end`, or all of it. */
static size_t
length_to(struct gb_str rest, struct gb_str end)
{
    size_t at = gb_str_find(rest, end, 0);

    return at == GB_NOT_FOUND ? rest.len : at + end.len;
}

/* What stands between two "<" and is no longer than this cannot hold attributes enough to matter. */
enum { SHORT_TAG = 64 };

/* Counts one tag; returns its length or more, 0 for too many attributes. */
static size_t
weigh_tag(struct gb_str rest, struct cost *cost)
{
    unsigned attributes = 0, namespaces = 0;
    char quote = 0;
    size_t i = 1;
    size_t look = rest.len < SHORT_TAG ? rest.len : SHORT_TAG;
    const char *next = look > 1 ? memchr(rest.ptr + 1, '<', look - 1) : NULL;

    if (next || look < SHORT_TAG) {
        cost->tags++;
        return next ? (size_t)(next - rest.ptr) : rest.len;
    }
    for (; i < rest.len && rest.ptr[i] != '<'; i++) {
        char c = rest.ptr[i];
        if (quote) {
            if (c == quote)
                quote = 0;
        } else if (c == '>') {
            i++;
            break;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '=') {
            if (++attributes > MAX_ATTRIBUTES)
                return 0;
        } else if (c == 'x' && gb_str_starts(gb_str_skip(rest, i), GB_STR("xmlns"))) {
            namespaces++;
        }
    }
    cost->tags++;
    if (namespaces > cost->namespaces)
        cost->namespaces = namespaces;
    return i;
}

/* <!ENTITY …, <!ATTLIST … of an internal subset, up to the next "<". */
static size_t
weigh_declaration(struct gb_str rest, struct cost *cost)
{
    const char *next = memchr(rest.ptr + 1, '<', rest.len - 1);
    size_t length = next ? (size_t)(next - rest.ptr) : rest.len;

    if (gb_str_starts(rest, GB_STR("<!DOCTYPE")))
        return length;
    cost->declarations++;
    cost->declared += length;
    for (size_t i = 0; gb_str_starts(rest, GB_STR("<!ATTLIST")) && i < length; i++)
        cost->defaults += rest.ptr[i] == '"' || rest.ptr[i] == '\'';
    return length;
}

static size_t
weigh_markup(struct gb_str rest, struct cost *cost)
{
    if (rest.len < 2 || (rest.ptr[1] != '!' && rest.ptr[1] != '?'))
        return weigh_tag(rest, cost);
    if (rest.ptr[1] == '?')
        return length_to(rest, GB_STR("?>"));
    if (gb_str_starts(rest, GB_STR("<!--")))
        return length_to(rest, GB_STR("-->"));
    if (gb_str_starts(rest, GB_STR("<![CDATA[")))
        return length_to(rest, GB_STR("]]>"));
    return weigh_declaration(rest, cost);
}

static bool
is_too_much(const struct cost *cost)
{
    uint64_t defaults = cost->defaults / 2; /* quotes were counted */

    return cost->declarations > MAX_DECLARATIONS || cost->declared > MAX_DECLARED ||
           cost->tags * cost->namespaces * LIBXML_DEPTH > MAX_WORK * 8 ||
           (defaults > 8 && cost->tags * defaults * defaults > MAX_WORK);
}

size_t
gb_xml_too_costly(struct gb_str text)
{
    struct cost cost = {0};
    const char *open;

    for (size_t at = 0; (open = memchr(text.ptr + at, '<', text.len - at)); ) {
        at = (size_t)(open - text.ptr);
        size_t length = weigh_markup(gb_str_skip(text, at), &cost);
        if (length == 0 || is_too_much(&cost))
            return at;
        at += length;
        if (at >= text.len)
            break;
    }
    return GB_NOT_FOUND;
}
