/* Which item of the foreword a statement belongs to, by its words; GB/T 1.1—2020, 8.3; 2009, 6.1.3. */
#include "facts/foreword_priv.h"

#include "base/buf.h"
#include "text/chars.h"
#include "text/utf8.h"

/*
 * A key with a sketch of the characters in it, so that most words need not be searched: a foreword may be as long as
 * the draft.
 */
struct sketch {
    struct gb_str key;
    uint64_t seen[4];
};

/* The bit of a character: by its last two bytes, or by the one that it has. */
static unsigned
sketch_bit(const char *ptr)
{
    const unsigned char *p = (const unsigned char *)ptr;

    return p[0] < 0xE0 ? p[0] : (p[1] * 7u + p[2]) & 255;
}

static struct sketch
sketch_of(struct gb_str key)
{
    struct sketch s = {.key = key};

    for (size_t at = 0, next; at < key.len; at = next) {
        gb_utf8_at(key, at, &next);
        unsigned bit = sketch_bit(key.ptr + at);
        s.seen[bit >> 6] |= UINT64_C(1) << (bit & 63);
    }
    return s;
}

static bool
has_word(const struct sketch *s, struct gb_str word)
{
    unsigned first = sketch_bit(word.ptr),
             last = sketch_bit(word.ptr + word.len - ((word.ptr[word.len - 1] & 0x80) ? 3 : 1));

    return s->seen[first >> 6] >> (first & 63) & 1 && s->seen[last >> 6] >> (last & 63) & 1 && gb_str_has(s->key, word);
}

static bool
has(const struct sketch *s, const char *word)
{
    return has_word(s, gb_str_from(word));
}

static bool
has_any(const struct sketch *s, const struct gb_str *words, size_t n)
{
    GB_FIND(word, words, n, has_word(s, *word));
    return word != NULL;
}

/* ---- Keys ---- */

static uint32_t
next_of_key(struct gb_normal *normal)
{
    uint32_t c = gb_normal_next(normal);

    return c == 0xFF0F ? '/' : c;
}

void
gb_foreword_key(struct gb_str text, struct gb_buf *out)
{
    struct gb_normal normal = {.s = text};

    gb_buf_reserve(out, text.len);
    for (uint32_t c = next_of_key(&normal); c; c = next_of_key(&normal)) {
        char bytes[4];
        gb_buf_add(out, (struct gb_str){bytes, gb_utf8_put(bytes, c)});
    }
}

struct gb_span
gb_key_bytes(struct gb_str text, size_t begin, size_t end)
{
    struct gb_normal normal = {.s = text};
    struct gb_span span = {(uint32_t)text.len, (uint32_t)text.len};
    bool has_begin = false;
    size_t at = 0;

    for (uint32_t c = next_of_key(&normal); c; c = next_of_key(&normal)) {
        char bytes[4];
        size_t len = gb_utf8_put(bytes, c);
        if (!has_begin && at >= begin) {
            has_begin = true;
            span.begin = span.end = (uint32_t)normal.begin;
        }
        if (has_begin && at < end)
            span.end = (uint32_t)normal.at;
        at += len;
        if (at >= end && has_begin)
            break;
    }
    return span;
}

struct gb_span
gb_foreword_bytes(const struct gb_foreword_statement *s, size_t begin, size_t end)
{
    struct gb_span span = gb_key_bytes(gb_str_sub(s->text->str, s->begin, s->end), begin, end);

    return (struct gb_span){span.begin + s->begin, span.end + s->begin};
}

/* ---- Words ---- */

GB_WORDS(self_names, "本标准化指导性技术文件", "本指导性技术文件", "本技术文件", "本文件", "本标准", "本部分", "本规范",
         "本规程", "本指南", "本导则", "本办法", "本细则", "本准则", "本通则", "本规则", "本技术规范", "本技术要求");

/* Words that go on behind the name: 本标准体系, 本标准化, 本标准件, 本规范性, 本部分内容. */
GB_WORDS(self_name_goes_on, "体系", "化", "件", "性", "物", "样品", "内容", "溶液", "曲线", "器", "装置", "偏差", "差",
         "气体", "品", "值", "针", "夹", "名", "头", "格式", "系统", "库", "集", "箱", "尺", "件");

size_t
gb_self_name_at(struct gb_str key, size_t at)
{
    size_t len = GB_START(gb_str_skip(key, at), self_names);

    return len && !GB_START(gb_str_skip(key, at + len), self_name_goes_on) ? len : 0;
}

GB_WORDS(modifiers, "的", "主要", "参加", "参与", "负责", "第一", "联合", "牵头", "其他", "共同", "技术", "所有");

static const struct label {
    struct gb_str word;
    enum gb_foreword_item kind;
    bool needs_colon; /* a verb where none follows */
} labels[] = {
    {GB_WORD("起草单位"), GB_FOREWORD_ORGANISATIONS, false},
    {GB_WORD("起草部门"), GB_FOREWORD_ORGANISATIONS, false},
    {GB_WORD("编制单位"), GB_FOREWORD_ORGANISATIONS, false},
    {GB_WORD("编写单位"), GB_FOREWORD_ORGANISATIONS, false},
    {GB_WORD("参编单位"), GB_FOREWORD_ORGANISATIONS, false},
    {GB_WORD("主编单位"), GB_FOREWORD_ORGANISATIONS, false},
    {GB_WORD("制定单位"), GB_FOREWORD_ORGANISATIONS, false},
    {GB_WORD("制订单位"), GB_FOREWORD_ORGANISATIONS, false},
    {GB_WORD("协作单位"), GB_FOREWORD_ORGANISATIONS, false},
    {GB_WORD("单位"), GB_FOREWORD_ORGANISATIONS, true}, /* 参加单位 */
    {GB_WORD("起草人员"), GB_FOREWORD_DRAFTERS, false},
    {GB_WORD("起草人"), GB_FOREWORD_DRAFTERS, false},
    {GB_WORD("起草组"), GB_FOREWORD_DRAFTERS, true},
    {GB_WORD("编制人员"), GB_FOREWORD_DRAFTERS, false},
    {GB_WORD("编制人"), GB_FOREWORD_DRAFTERS, false},
    {GB_WORD("编制组"), GB_FOREWORD_DRAFTERS, true},
    {GB_WORD("编写人员"), GB_FOREWORD_DRAFTERS, false},
    {GB_WORD("编写人"), GB_FOREWORD_DRAFTERS, false},
    {GB_WORD("编写组"), GB_FOREWORD_DRAFTERS, true},
    {GB_WORD("参编人员"), GB_FOREWORD_DRAFTERS, false},
    {GB_WORD("审查人员"), GB_FOREWORD_DRAFTERS, false},
    {GB_WORD("审查人"), GB_FOREWORD_DRAFTERS, false},
    {GB_WORD("审查组"), GB_FOREWORD_DRAFTERS, true},
    {GB_WORD("审核人"), GB_FOREWORD_DRAFTERS, false},
    {GB_WORD("复核人"), GB_FOREWORD_DRAFTERS, false},
    {GB_WORD("修改人"), GB_FOREWORD_DRAFTERS, false},
    {GB_WORD("批准人"), GB_FOREWORD_DRAFTERS, false},
    {GB_WORD("人员"), GB_FOREWORD_DRAFTERS, true},
    {GB_WORD("提出并归口单位"), GB_FOREWORD_OWNER, false},
    {GB_WORD("提出和归口单位"), GB_FOREWORD_OWNER, false},
    {GB_WORD("提出及归口单位"), GB_FOREWORD_OWNER, false},
    {GB_WORD("提出、归口单位"), GB_FOREWORD_OWNER, false},
    {GB_WORD("归口管理单位"), GB_FOREWORD_OWNER, false},
    {GB_WORD("归口管理部门"), GB_FOREWORD_OWNER, false},
    {GB_WORD("归口单位"), GB_FOREWORD_OWNER, false},
    {GB_WORD("归口部门"), GB_FOREWORD_OWNER, false},
    {GB_WORD("提出单位"), GB_FOREWORD_OWNER, false},
    {GB_WORD("提出部门"), GB_FOREWORD_OWNER, false},
    {GB_WORD("归口"), GB_FOREWORD_OWNER, true},
    {GB_WORD("提出"), GB_FOREWORD_OWNER, true},
};

GB_WORDS(label_ends, "：", "为：", "是：", "有：", "为", "是");

/* The label that a key begins with: its length with the colon, and its kind. */
static size_t
label_of(struct gb_str key, enum gb_foreword_item *out_kind)
{
    size_t at = GB_SKIP(key, gb_self_name_at(key, 0), modifiers);

    for (size_t i = 0; i < GB_COUNT(labels); i++) {
        /* 单位：, and nothing before it, opens an address. */
        if (!gb_str_start(gb_str_skip(key, at), &labels[i].word, 1) || (!at && gb_str_is(labels[i].word, "单位")))
            continue;
        size_t end = at + labels[i].word.len;
        size_t colon = GB_START(gb_str_skip(key, end), label_ends);
        if (labels[i].needs_colon && !(colon && gb_str_ends(gb_str_sub(key, 0, end + colon), GB_STR("："))))
            continue;
        *out_kind = labels[i].kind;
        return end + colon;
    }
    return 0;
}

size_t
gb_foreword_label(const struct gb_foreword_statement *statement)
{
    enum gb_foreword_item kind;

    return label_of(statement->key, &kind);
}

/* ---- Kinds ---- */

static bool
names_gb11(const struct sketch *s)
{
    GB_WORDS(names, "GB/T1.1", "GBT1.1", "GB1.1", "GB/1.1");

    return has_any(s, names, GB_COUNT(names));
}

/* 本标准按照……起草: the rules that it was drafted by, also where they are others, or their number is lost. */
static bool
is_basis(const struct sketch *s)
{
    GB_WORDS(by, "按照", "按", "依据", "依照", "根据", "参照", "遵照", "遵循", "以", "的编写", "的编制", "的起草",
             "编写", "起草", "编制");
    GB_WORDS(verbs, "起草", "编写", "编制", "制定", "制订");
    size_t name = gb_self_name_at(s->key, 0);
    bool says = has_any(s, verbs, GB_COUNT(verbs));

    if (has(s, "代替"))
        return false;
    if (names_gb11(s))
        return says || has(s, "规定") || has(s, "规则") || has(s, "要求");
    return name && GB_START(gb_str_skip(s->key, name), by) &&
           (gb_str_ends(s->key, GB_STR("起草。")) || has(s, "规则起草"));
}

/* 由……提出, where the verb ends its clause. */
static bool
is_proposed(struct gb_str key)
{
    GB_WORDS(behind, "。", "，", "、", "；", "并", "和", "及", "与", "（", "，");
    struct gb_str verb = GB_STR("提出");

    GB_EACH_FOUND(at, key, verb, 0) {
        size_t end = at + verb.len;
        if (end == key.len || GB_START(gb_str_skip(key, end), behind))
            return true;
    }
    return false;
}

static bool
begins_with_name_or_by(struct gb_str key)
{
    size_t name = gb_self_name_at(key, 0);

    return name > 0 || GB_STARTS_WITH(key, "由", "提出", "归口");
}

static bool
is_drafted_by(struct gb_str key)
{
    size_t name = gb_self_name_at(key, 0);
    struct gb_str s = gb_str_ends(key, GB_STR("。")) ? gb_str_sub(key, 0, key.len - strlen("。")) : key;

    if (!gb_str_starts(gb_str_skip(key, name), GB_STR("由")))
        return false;
    return GB_ENDS_WITH(s, "起草", "编制", "编写", "制定", "制订");
}

/* Does it name a document of a foreign publisher? */
static bool
names_foreign(const struct sketch *s)
{
    GB_WORDS(publishers, "ISO", "IEC", "ITU", "CISPR", "OIML", "ASTM", "ASME", "IEEE", "CODEX", "JIS", "DIN", "UIC",
             "BS", "ANSI", "RFC", "EN", "国际标准", "国际文件", "UL", "SAE");

    return has_any(s, publishers, GB_COUNT(publishers));
}

static bool
is_international(const struct sketch *s)
{
    GB_WORDS(degrees, "采用", "一致性程度", "等效", "IDT", "MOD", "NEQ", "相比", "差异", "编辑性", "转化", "对照",
             "对应");
    GB_WORDS(consulted, "参考", "参照"); /* with a number: 参考国际标准 tells how the work was done */
    GB_WORDS(phrases, "等同采用", "修改采用", "非等效", "翻译法", "最小限度的编辑性", "一致性对应关系", "起草法",
             "技术差异", "技术性差异", "下列编辑性", "以下编辑性", "编辑性改动如下", "编辑性修改如下", "结构变化",
             "结构调整如下", "结构编号");

    struct gb_identifier_shape shape;
    bool is_consulted = has_any(s, consulted, GB_COUNT(consulted)) && gb_identifier_next(s->key, 0, &shape);
    return has_any(s, phrases, GB_COUNT(phrases)) ||
           (names_foreign(s) && (is_consulted || has_any(s, degrees, GB_COUNT(degrees))));
}

static bool
is_replacement(const struct sketch *s)
{
    GB_WORDS(verbs, "代替", "替代", "取代", "废止");
    GB_WORDS(changes, "变化", "修改", "差异", "区别", "修订", "改动", "不同", "更改", "增加", "删除");
    GB_WORDS(compared, "相比", "相较", "比较", "本次修订", "主要修订", "修订的主要", "主要变化", "主要技术变化");
    bool names_itself = gb_self_name_at(s->key, 0) > 0 || has(s, "本标准") || has(s, "本文件") || has(s, "本部分");

    bool explains = has(s, "“代替”"); /* 本文件写明“代替”的部分，以本文件的条款为准 */

    return (names_itself && !explains && has_any(s, verbs, GB_COUNT(verbs))) ||
           (has_any(s, compared, GB_COUNT(compared)) && has_any(s, changes, GB_COUNT(changes)) && !names_foreign(s));
}

size_t
gb_part_at(struct gb_str key, size_t at, struct gb_span *out_number)
{
    enum { LONGEST = 18 }; /* bytes of the number: 第二十一部分, 第2-1部分 */
    struct gb_str ordinal = GB_STR("第"), part = GB_STR("部分");

    if (!gb_str_starts(gb_str_skip(key, at), ordinal))
        return 0;
    size_t begin = at + ordinal.len, end = gb_str_find(gb_str_sub(key, 0, begin + LONGEST + part.len), part, begin);
    if (end == GB_NOT_FOUND || end == begin)
        return 0;
    for (size_t i = begin; i < end;) {
        uint32_t c = gb_utf8_at(key, i, &i);
        if (gb_char_digit(c) < 0 && !gb_han_digit(c) && c != '-' && c != U'—' && c != U'百' && c != U'○' && c != U'〇')
            return 0;
    }
    *out_number = (struct gb_span){(uint32_t)begin, (uint32_t)end};
    return end + part.len - at;
}

unsigned
gb_part_value(struct gb_str number)
{
    unsigned value = 0, unit = 0;

    for (size_t at = 0; at < number.len;) {
        uint32_t c = gb_utf8_at(number, at, &at);
        int digit = gb_char_digit(c);
        unsigned han = gb_han_digit(c);
        if (digit >= 0) {
            unit = (unit * 10 + (unsigned)digit) % 100000;
        } else if (han == 10) {
            value += (unit ? unit : 1) * 10;
            unit = 0;
        } else if (c < 0x80 || c == U'—') { /* 2-1 is no 21 */
            value += (unit + 1) * 1000;
            unit = 0;
        } else if (han) {
            unit = han;
        }
    }
    return value + unit;
}

static bool
is_about_parts(const struct sketch *s)
{
    GB_WORDS(phrases, "以下部分", "下列部分", "系列标准", "系列文件", "系列国家标准", "系列地方标准", "系列团体标准",
             "系列行业标准");
    GB_WORDS(wholes, "的第", "卷第"); /* 第5卷第1部分 */
    struct gb_span number;

    if (has_any(s, phrases, GB_COUNT(phrases)))
        return true;
    bool divides = has(s, "分为") || has(s, "分成") || has(s, "共分") || has(s, "包括");
    if (has(s, "个部分") || has(s, "部分组成") || has(s, "部分构成") || (divides && has(s, "部分")))
        return true;
    if (gb_part_at(s->key, 0, &number))
        return true;
    for (size_t i = 0; i < GB_COUNT(wholes); i++) {
        GB_EACH_FOUND(at, s->key, wholes[i], 0) {
            if (gb_part_at(s->key, at + strlen("的"), &number))
                return true;
        }
    }
    return false;
}

static bool
is_history(const struct sketch *s)
{
    GB_WORDS(words, "历次版本", "历次发布", "首次发布", "首次制定", "首次制订", "首次颁布", "第一次发布", "次修订。",
             "次修订，", "次修订；");

    return has_any(s, words, GB_COUNT(words));
}

/* 专利 outside of 《专利权质押评估服务》, the title of a document. */
static bool
is_about_patents(const struct sketch *s)
{
    size_t from = 0, open;

    if (!has(s, "专利"))
        return false;
    while ((open = gb_str_find(s->key, GB_STR("《"), from)) != GB_NOT_FOUND) {
        size_t close = gb_str_find(s->key, GB_STR("》"), open);
        if (gb_str_has(gb_str_sub(s->key, from, open), GB_STR("专利")) || close == GB_NOT_FOUND)
            return true;
        from = close;
    }
    return gb_str_has(gb_str_skip(s->key, from), GB_STR("专利"));
}

enum gb_foreword_item
gb_foreword_item_of(struct gb_str key)
{
    struct sketch s = sketch_of(key);
    enum gb_foreword_item kind;

    if (label_of(key, &kind))
        return kind;
    if (is_history(&s))
        return GB_FOREWORD_HISTORY;
    if (is_basis(&s))
        return GB_FOREWORD_BASIS;
    if (begins_with_name_or_by(key) && (has(&s, "归口") || is_proposed(key)))
        return GB_FOREWORD_OWNER;
    if (is_drafted_by(key))
        return GB_FOREWORD_ORGANISATIONS;
    if (is_about_patents(&s))
        return GB_FOREWORD_PATENT;
    if (is_replacement(&s))
        return GB_FOREWORD_REPLACEMENT;
    if (is_international(&s))
        return GB_FOREWORD_INTERNATIONAL;
    return is_about_parts(&s) ? GB_FOREWORD_PARTS : GB_FOREWORD_OTHER;
}
