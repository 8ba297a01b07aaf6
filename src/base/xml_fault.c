/* Sentences on broken XML for people who write drafts. */
#include "base/xml_priv.h"

#include <expat.h>
#include <stdio.h>

/* In the sentences: %h what stands at the place, %o the open element, %l the line of its start tag. */
static const struct {
    const char *zh, *en;
} sentences[] = {
    [GB_XML_SLIP_MISMATCH] =
        {"第%l行的<%o>还没有结束就遇到“%h”：在它之前补上</%o>，或改正其中一个标签",
         "“%h” comes before the end of <%o> of line %l: add </%o> before it, or correct one of the tags"},
    [GB_XML_SLIP_OPEN_AT_END] = {"文件到此结束，第%l行的<%o>还没有结束：补上</%o>，或检查文件是否完整",
                                 "the file ends inside <%o> of line %l: add </%o>, or check that the file is complete"},
    [GB_XML_SLIP_BEHIND_ROOT] = {"根元素结束之后还有内容“%h”：把它移到根元素之内，或删去",
                                 "“%h” stands behind the end of the root element: move it inside, or remove it"},
    [GB_XML_SLIP_NO_ROOT] = {"文件不是以元素开头的XML：“%h”", "the file is no XML that begins with an element: “%h”"},
    [GB_XML_SLIP_STRAY_MARK] = {"“%h”不是标签也不是实体：文字中的&要写成&amp;，<要写成&lt;",
                                "“%h” is neither a tag nor an entity: write &amp; for & and &lt; for < in text"},
    [GB_XML_SLIP_SEMICOLON] = {"“%h”缺分号：实体要写成&名称;，文字中的&要写成&amp;",
                               "“%h” lacks its semicolon: an entity is &name;, and & in text is written &amp;"},
    [GB_XML_SLIP_ENTITY] =
        {"实体“%h”没有定义，而XML声明说standalone=\"yes\"：改成字符本身，或删去standalone",
         "the entity “%h” is not defined, and the XML declaration says standalone=\"yes\": write the character, or drop standalone"},
    [GB_XML_SLIP_ENTITY_LOOP] = {"实体“%h”包含了自己：改正它的定义",
                                 "the entity “%h” holds itself: correct its definition"},
    [GB_XML_SLIP_CHARACTER_REFERENCE] =
        {"字符引用“%h”写错，或不代表可用的字符：写成&#19968;或&#x4E00;",
         "the character reference “%h” is wrong, or stands for no usable character: write &#19968; or &#x4E00;"},
    [GB_XML_SLIP_VALUE_OPEN] = {"“%h”中属性值没有结束，或含有<：补上引号，或把<写成&lt;",
                                "an attribute value in “%h” is not closed or holds <: add the quote, or write &lt;"},
    [GB_XML_SLIP_VALUE_UNQUOTED] = {"“%h”中属性值没有用引号括起：写成 名称=\"值\"",
                                    "an attribute value in “%h” is not quoted: write name=\"value\""},
    [GB_XML_SLIP_VALUE_ABSENT] = {"“%h”中的属性没有值：写成 名称=\"值\"",
                                  "an attribute in “%h” has no value: write name=\"value\""},
    [GB_XML_SLIP_ATTRIBUTE_TWICE] = {"“%h”中同一属性写了两次：删去一个",
                                     "“%h” has the same attribute twice: remove one"},
    [GB_XML_SLIP_NO_BLANK] = {"“%h”中两个属性之间缺空格", "a blank is missing between two attributes of “%h”"},
    [GB_XML_SLIP_TAG_OPEN] = {"标签“%h”没有以>结束", "the tag “%h” lacks its >"},
    [GB_XML_SLIP_CDATA_END] = {"文字中不能有“]]>”：写成]]&gt;", "text must not hold “]]>”: write ]]&gt;"},
    [GB_XML_SLIP_CDATA_OPEN] = {"CDATA没有以]]>结束", "a CDATA section lacks its ]]>"},
    [GB_XML_SLIP_COMMENT_OPEN] = {"注释没有以-->结束", "a comment lacks its -->"},
    [GB_XML_SLIP_HYPHENS] = {"注释里不能有“--”：改用破折号或一个连字符",
                             "a comment must not hold “--”: use a dash or a single hyphen"},
    [GB_XML_SLIP_INSTRUCTION_OPEN] = {"处理指令没有以?>结束", "a processing instruction lacks its ?>"},
    [GB_XML_SLIP_DECLARATION] = {"“<?xml …?>”只能在文件开头：删去，或移到第一行第一列",
                                 "“<?xml …?>” must stand at the very start of the file: remove it or move it there"},
    [GB_XML_SLIP_DOCTYPE] = {"DOCTYPE声明“%h”写错，或没有以>结束",
                             "the DOCTYPE declaration “%h” is wrong, or lacks its >"},
    [GB_XML_SLIP_PREFIX] = {"“%h”的命名空间前缀没有声明：在根元素上补xmlns:前缀",
                            "the namespace prefix in “%h” is not declared: add its xmlns: to the root element"},
    [GB_XML_SLIP_OTHER] = {"XML写法有误：“%h”", "the XML is broken: “%h”"},
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
            default:
                add = gb_str_from(number);
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
gb_xml_explain(enum gb_xml_slip slip, const struct gb_xml_words *words, char *zh, char *en)
{
    copy_words(sentences[slip].zh, words, zh);
    copy_words(sentences[slip].en, words, en);
}

/* What is wrong, when the parser knows but the place. */

static enum gb_xml_slip
slip_in_reference(const struct gb_xml *xml, size_t at)
{
    if (at + 1 < xml->text.len && xml->text.ptr[at + 1] == '#')
        return GB_XML_SLIP_CHARACTER_REFERENCE;
    return gb_xml_name_end(xml, at + 1) == at + 1 ? GB_XML_SLIP_STRAY_MARK : GB_XML_SLIP_SEMICOLON;
}

/* In a value that begins with the quote at `i`: sets *out_end behind its closing quote, or says what is wrong before `at`. */
static enum gb_xml_slip
slip_in_value(const struct gb_xml *xml, size_t i, size_t at, size_t *out_end)
{
    struct gb_str text = xml->text;
    const char *close = memchr(text.ptr + i + 1, text.ptr[i], at - i - 1);
    const char *amp = memrchr(text.ptr + i, '&', at - i);

    if (close) {
        *out_end = (size_t)(close - text.ptr) + 1;
        return GB_XML_SLIP_OTHER;
    }
    if (at == text.len || text.ptr[at] == '<' || !amp)
        return GB_XML_SLIP_VALUE_OPEN;
    return slip_in_reference(xml, (size_t)(amp - text.ptr));
}

/* In a tag from `begin` that is right up to `at`. */
static enum gb_xml_slip
slip_in_tag(const struct gb_xml *xml, size_t begin, size_t at)
{
    struct gb_str text = xml->text;
    size_t i = gb_xml_name_end(xml, begin + 1);

    while (i < at) {
        size_t from = i;
        while (i < at && gb_is_space(text.ptr[i]))
            i++;
        size_t name = i;
        i = gb_xml_name_end(xml, i);
        if (i == name || i > at)
            return from == name && from > begin + 1 && i > at ? GB_XML_SLIP_NO_BLANK : GB_XML_SLIP_TAG_OPEN;
        while (i < at && gb_is_space(text.ptr[i]))
            i++;
        if (i >= text.len || text.ptr[i] != '=')
            return GB_XML_SLIP_VALUE_ABSENT;
        for (i++; i < at && gb_is_space(text.ptr[i]);)
            i++;
        if (i >= at)
            return i < text.len ? GB_XML_SLIP_VALUE_UNQUOTED : GB_XML_SLIP_VALUE_OPEN;
        size_t end = 0;
        enum gb_xml_slip slip = slip_in_value(xml, i, at, &end);
        if (!end)
            return slip;
        if (end == at && at < text.len && gb_xml_name_end(xml, at) > at)
            return GB_XML_SLIP_NO_BLANK;
        i = end;
    }
    return GB_XML_SLIP_TAG_OPEN;
}

static enum gb_xml_slip
slip_in_token(const struct gb_xml *xml, size_t begin, size_t at, bool is_unclosed)
{
    struct gb_str rest = gb_str_skip(xml->text, begin);

    if (gb_str_starts(rest, GB_STR("&")))
        return slip_in_reference(xml, begin);
    if (gb_str_starts(rest, GB_STR("<!--")))
        return is_unclosed ? GB_XML_SLIP_COMMENT_OPEN : GB_XML_SLIP_HYPHENS;
    if (gb_str_starts(rest, GB_STR("<![CDATA[")))
        return GB_XML_SLIP_CDATA_OPEN;
    if (gb_str_starts(rest, GB_STR("<?")))
        return GB_XML_SLIP_INSTRUCTION_OPEN;
    if (gb_str_starts(rest, GB_STR("<!")))
        return GB_XML_SLIP_DOCTYPE;
    if (gb_str_starts(rest, GB_STR("</")))
        return GB_XML_SLIP_TAG_OPEN;
    if (gb_str_starts(rest, GB_STR("<")))
        return gb_xml_name_end(xml, begin + 1) == begin + 1 ? GB_XML_SLIP_STRAY_MARK
                                                            : slip_in_tag(xml, begin, is_unclosed ? xml->text.len : at);
    if (at >= 2 && gb_str_starts(gb_str_skip(xml->text, at - 2), GB_STR("]]>")))
        return GB_XML_SLIP_CDATA_END;
    return xml->depth ? GB_XML_SLIP_OTHER : GB_XML_SLIP_NO_ROOT;
}

enum gb_xml_slip
gb_xml_slip_of(int code, const struct gb_xml *xml, size_t begin, size_t at)
{
    switch (code) {
    case XML_ERROR_TAG_MISMATCH:
        return GB_XML_SLIP_MISMATCH;
    case XML_ERROR_NO_ELEMENTS:
        return xml->depth ? GB_XML_SLIP_OPEN_AT_END : GB_XML_SLIP_NO_ROOT;
    case XML_ERROR_JUNK_AFTER_DOC_ELEMENT:
        return GB_XML_SLIP_BEHIND_ROOT;
    case XML_ERROR_DUPLICATE_ATTRIBUTE:
        return GB_XML_SLIP_ATTRIBUTE_TWICE;
    case XML_ERROR_UNDEFINED_ENTITY:
        return GB_XML_SLIP_ENTITY;
    case XML_ERROR_RECURSIVE_ENTITY_REF:
        return GB_XML_SLIP_ENTITY_LOOP;
    case XML_ERROR_BAD_CHAR_REF:
        return GB_XML_SLIP_CHARACTER_REFERENCE;
    case XML_ERROR_UNCLOSED_CDATA_SECTION:
        return GB_XML_SLIP_CDATA_OPEN;
    case XML_ERROR_MISPLACED_XML_PI:
        return GB_XML_SLIP_DECLARATION;
    default:
        return slip_in_token(xml, begin, at, code == XML_ERROR_UNCLOSED_TOKEN);
    }
}
