/* What a pass over the texts looks for besides designations: heads, and forms of the defined terms. See variant.h. */
#include "facts/terms/term_priv.h"
#include "text/chars.h"

/* More terms than these make a vocabulary, in which forms near each other are the subject. */
enum { MOST_TERMS = 400 };

static const char *const kinds[] = {
    [GB_HEAD_BODY] = "body",
    [GB_HEAD_PERSON] = "person",
    [GB_HEAD_PLACE] = "place",
    [GB_HEAD_POST] = "post",
};

static enum gb_head_kind
kind_of_head(struct gb_str name)
{
    for (size_t i = 0; i < GB_COUNT(kinds); i++) {
        if (gb_str_is(name, kinds[i]))
            return (enum gb_head_kind)i;
    }
    return GB_HEAD_PLACE;
}

/* Behind a head of one character they tell that the name ends: 承运方应, not 承运方案. The index holds both together. */
GB_WORDS(joints, "应", "宜", "可", "的", "和", "与", "在", "对", "按", "不", "，", "、", "；", "。");

/* The head of a value of the index: behind the listed heads with their kinds stand those of things. */
static struct gb_str
head_at(const struct gb_lexicon *lexicon, uint32_t i, enum gb_head_kind *out_kind)
{
    if (i >= lexicon->variant_heads.n) {
        *out_kind = GB_HEAD_THING;
        return gb_variant_listed(&lexicon->variant_things, i - lexicon->variant_heads.n);
    }
    *out_kind = kind_of_head(gb_variant_listed(&lexicon->variant_heads, i + 1));
    return gb_variant_listed(&lexicon->variant_heads, i);
}

static size_t
single_heads(const struct gb_lexicon *lexicon)
{
    size_t n = 0;

    for (uint32_t i = 0; i + 1 < lexicon->variant_heads.n; i += 2)
        n += gb_variant_listed(&lexicon->variant_heads, i).len == GB_HAN;
    return n;
}

size_t
gb_variant_most_words(const struct gb_term_reader *r)
{
    const struct gb_lexicon *lexicon = r->facts->lexicon;
    size_t per_term = (lexicon->variant_weak.n + 1u) * 12u + GB_POSTS + 3u;

    return lexicon->variant_heads.n / 2 + lexicon->variant_things.n + single_heads(lexicon) * GB_COUNT(joints) +
           (r->designations.len < MOST_TERMS ? r->designations.len * per_term : 0);
}

struct gb_str
gb_variant_replaced(struct gb_arena *arena, struct gb_str s, size_t at, size_t len, struct gb_str by)
{
    struct gb_str behind = gb_str_skip(s, at + len);
    struct gb_str out = {gb_arena_take(arena, at + by.len + behind.len + 1), at + by.len + behind.len};
    char *to = (char *)out.ptr;

    memcpy(to, s.ptr, at);
    memcpy(to + at, by.ptr, by.len);
    memcpy(to + at + by.len, behind.ptr, behind.len);
    to[out.len] = 0;
    return out;
}

static void
add_form(struct gb_term_reader *r, uint32_t designation, struct gb_str words, enum gb_variant_kind kind,
         bool is_certain)
{
    uint32_t found;

    if (!gb_index_add(&r->index, words, GB_INDEX_FORM | (uint32_t)r->variants.forms.len, &found) ||
        found != (GB_INDEX_FORM | r->variants.forms.len))
        return;
    *gb_push(&r->variants.forms) =
        (struct gb_term_form){.words = words, .designation = designation, .kind = kind, .is_certain = is_certain};
}

/* The kind of head that a term ends with; false for other terms. */
static bool
head_of(const struct gb_lexicon *lexicon, struct gb_str words, enum gb_head_kind *out_kind)
{
    for (uint32_t i = 0; i + 1 < lexicon->variant_heads.n; i += 2) {
        if (gb_str_ends(words, gb_variant_listed(&lexicon->variant_heads, i))) {
            *out_kind = kind_of_head(gb_variant_listed(&lexicon->variant_heads, i + 1));
            return true;
        }
    }
    return false;
}

bool
gb_variant_has_head(const struct gb_lexicon *lexicon, struct gb_str words)
{
    enum gb_head_kind kind;

    return head_of(lexicon, words, &kind);
}

const struct gb_str gb_variant_bodies[GB_BODIES] = {GB_WORD("机构"), GB_WORD("部门"), GB_WORD("单位"), GB_WORD("企业")};

size_t
gb_variant_body_of(struct gb_str words)
{
    size_t i = 0;

    while (i < GB_BODIES && !gb_str_ends(words, gb_variant_bodies[i]))
        i++;
    return i;
}

/* 经办部门 for 经办机构. */
static void
add_heads(struct gb_term_reader *r, uint32_t which, struct gb_str words)
{
    size_t own = gb_variant_body_of(words);

    for (size_t i = 0; own < GB_BODIES && i < GB_BODIES; i++) {
        size_t len = gb_variant_bodies[own].len;
        if (i != own)
            add_form(r, which, gb_variant_replaced(r->facts->arena, words, words.len - len, len, gb_variant_bodies[i]),
                     GB_VARIANT_HEAD, i < GB_BODIES - 1 && own < GB_BODIES - 1);
    }
}

const struct gb_variant_post gb_variant_posts[GB_POSTS] = {
    {GB_WORD("人员"), GB_POST_STAFF}, {GB_WORD("工人"), GB_POST_STAFF}, {GB_WORD("小组"), GB_POST_TEAM},
    {GB_WORD("岗位"), GB_POST_DESK},  {GB_WORD("员"), GB_POST_STAFF},   {GB_WORD("工"), GB_POST_STAFF},
    {GB_WORD("方"), GB_POST_PARTY},   {GB_WORD("者"), GB_POST_PARTY},   {GB_WORD("人"), GB_POST_PARTY},
    {GB_WORD("组"), GB_POST_TEAM},    {GB_WORD("岗"), GB_POST_DESK}};

size_t
gb_variant_post_of(struct gb_str words)
{
    size_t i = 0;

    while (i < GB_POSTS && !gb_str_ends(words, gb_variant_posts[i].word))
        i++;
    return i;
}

bool
gb_variant_is_open_stem(const struct gb_lexicon *lexicon, struct gb_str stem)
{
    return gb_words_end(gb_rel_at(&lexicon->variant_open_stems), stem) > 0;
}

bool
gb_variant_makes_kind(const struct gb_lexicon *lexicon, struct gb_str stem)
{
    return gb_variant_is_open_stem(lexicon, stem) || gb_variant_is_kind_word(lexicon, stem);
}

/* 讲解人员 for 讲解员. */
static void
add_posts(struct gb_term_reader *r, uint32_t which, struct gb_str words)
{
    enum { SHORTEST = 2 * GB_HAN };
    size_t own = gb_variant_post_of(words);

    if (own == GB_POSTS || words.len < gb_variant_posts[own].word.len + SHORTEST)
        return;
    struct gb_str stem = gb_str_sub(words, 0, words.len - gb_variant_posts[own].word.len);
    for (size_t i = 0; i < GB_POSTS; i++) {
        if (i != own && gb_variant_posts[i].group == gb_variant_posts[own].group)
            add_form(r, which,
                     gb_variant_replaced(r->facts->arena, words, stem.len, words.len, gb_variant_posts[i].word),
                     GB_VARIANT_POST, !gb_variant_is_open_stem(r->facts->lexicon, stem));
    }
}

/* 助餐服务点 for 助餐点: a place by its last character. */
static void
add_fillings(struct gb_term_reader *r, uint32_t which, struct gb_str words)
{
    GB_WORDS(places, "点", "站", "厅", "室", "台", "亭");
    GB_WORDS(fillings, "服务", "工作", "业务");
    size_t head = GB_END(words, places);

    for (size_t i = 0; head && words.len >= head + 2 * GB_HAN && i < GB_COUNT(fillings); i++) {
        struct gb_str stem = gb_str_sub(words, 0, words.len - head);
        if (!gb_str_ends(stem, fillings[i]))
            add_form(r, which, gb_variant_replaced(r->facts->arena, words, stem.len, 0, fillings[i]), GB_VARIANT_FILLED,
                     true);
    }
}

/* 管理 makes others: 施工人员, 施工管理人员; 检测机构, 检测管理机构. Behind a longer stem a body stays the same. */
static bool
is_same_with(enum gb_head_kind kind, struct gb_str filling, size_t stem)
{
    enum { SHORT = 3 * GB_HAN };

    return !gb_str_is(filling, "管理") || (kind != GB_HEAD_PERSON && stem >= SHORT);
}

bool
gb_variant_is_han(struct gb_str words)
{
    for (size_t at = 0; at < words.len; at += GB_HAN) {
        if ((unsigned char)words.ptr[at] < 0xE4 || (unsigned char)words.ptr[at] > 0xE9)
            return false;
    }
    return words.len % GB_HAN == 0;
}

/* The weak words put in between two parts of at least two characters, or taken out from there. */
static void
add_forms_of(struct gb_term_reader *r, uint32_t which)
{
    enum { PART = 2 * GB_HAN, LONGEST = 12 * GB_HAN };
    const struct gb_lexicon *lexicon = r->facts->lexicon;
    struct gb_arena *arena = r->facts->arena;
    struct gb_str words = r->designations.items[which].words;
    enum gb_head_kind kind = GB_HEAD_PLACE;

    if (words.len > LONGEST || !gb_variant_is_han(words))
        return;
    add_posts(r, which, words);
    add_fillings(r, which, words);
    if (words.len < 2 * PART)
        return;
    bool has_head = head_of(lexicon, words, &kind);
    for (uint32_t w = 0; w < lexicon->variant_weak.n; w++) {
        struct gb_str weak = gb_variant_listed(&lexicon->variant_weak, w);
        for (size_t at = PART; at + PART <= words.len; at += GB_HAN) {
            struct gb_str begin = gb_str_sub(words, 0, at), end = gb_str_skip(words, at);
            bool is_there = gb_str_starts(end, weak), is_same = is_same_with(kind, weak, at);
            if (has_head && !gb_str_ends(begin, weak) && !is_there && end.len <= 3 * GB_HAN)
                add_form(r, which, gb_variant_replaced(arena, words, at, 0, weak), GB_VARIANT_FILLED, is_same);
            if (has_head && is_there && end.len - weak.len >= PART)
                add_form(r, which, gb_variant_replaced(arena, words, at, weak.len, GB_STR("")), GB_VARIANT_FILLED,
                         is_same);
        }
    }
    add_heads(r, which, words);
    /* 初次审核, 审核初次; 追溯信息平台, 信息追溯平台; 信息管理系统, 管理信息系统. */
    bool has_rest = words.len > 2 * PART;
    for (size_t at = 0; at + 2 * PART + (has_rest ? GB_HAN : 0) <= words.len; at += PART) {
        struct gb_str first = gb_str_sub(words, at, at + PART),
                      left = gb_variant_replaced(arena, words, at, PART, GB_STR(""));
        if (!gb_str_starts(gb_str_skip(left, at), first))
            add_form(r, which, gb_variant_replaced(arena, left, at + PART, 0, first), GB_VARIANT_SWAPPED, has_rest);
    }
}

void
gb_variant_add_words(struct gb_term_reader *r)
{
    const struct gb_rel *heads = &r->facts->lexicon->variant_heads;
    uint32_t found;

    for (uint32_t i = 0; i + 1 < heads->n; i += 2) {
        struct gb_str head = gb_variant_listed(heads, i);
        if (head.len > GB_HAN)
            gb_index_add(&r->index, head, GB_INDEX_HEAD | i, &found);
        char *words =
            head.len == GB_HAN ? gb_arena_new_array(r->facts->arena, char, 2 * GB_HAN * GB_COUNT(joints)) : NULL;
        for (size_t k = 0; words && k < GB_COUNT(joints); k++, words += 2 * GB_HAN) {
            memcpy(words, head.ptr, GB_HAN);
            memcpy(words + GB_HAN, joints[k].ptr, GB_HAN);
            gb_index_add(&r->index, (struct gb_str){words, 2 * GB_HAN}, GB_INDEX_HEAD | i, &found);
        }
    }
    for (uint32_t i = 0; i < r->facts->lexicon->variant_things.n; i++)
        gb_index_add(&r->index, gb_variant_listed(&r->facts->lexicon->variant_things, i),
                     GB_INDEX_HEAD | (heads->n + i), &found);
    if (r->designations.len >= MOST_TERMS)
        return;
    for (uint32_t i = 0; i < r->designations.len; i++) {
        const struct gb_designation *designation = &r->designations.items[i];
        if (designation->status == GB_DESIGNATION_PREFERRED && r->terms.items[designation->term].kind == GB_TERM_ENTRY)
            add_forms_of(r, i);
    }
}

/* ---- the words before a head ---- */

/* Characters that end a run of words, with those behind which they do not: 应 in 应急. By code point. */
/* clang-format off */
#define ENDS(X) \
    X(U'不', "动良合") X(U'与', "会者") X(U'且', "") X(U'为', "") X(U'之', "") X(U'也', "") X(U'了', "") \
    X(U'于', "") X(U'从', "业") X(U'以', "") X(U'使', "用者馆") X(U'其', "") X(U'内', "部容设科业") \
    X(U'则', "") X(U'到', "期岗") X(U'前', "台端置") X(U'及', "时格") X(U'可', "靠行再编用持") \
    X(U'各', "") X(U'同', "业行级") X(U'后', "勤台续方") X(U'向', "导") X(U'和', "谐平") \
    X(U'在', "线职岗校建") X(U'如', "") X(U'宜', "居") X(U'对', "象外口比账") X(U'将', "军") \
    X(U'已', "") X(U'并', "联网购") X(U'应', "急用力变答征收付届") X(U'当', "事地班") X(U'或', "") \
    X(U'所', "属有") X(U'把', "手") X(U'按', "键摩") X(U'无', "障人线菌形") X(U'时', "间效限") \
    X(U'是', "否") X(U'有', "关限害效色机线") X(U'未', "成") X(U'本', "地级科土省市县") X(U'某', "") \
    X(U'此', "") X(U'每', "") X(U'用', "户人水电地工") X(U'由', "来") X(U'的', "确士") X(U'等', "级") \
    X(U'经', "办营济销纪费验理贸典") X(U'给', "水排药付养") X(U'而', "") X(U'至', "") X(U'若', "") \
    X(U'被', "保") X(U'让', "方人者") X(U'该', "") X(U'这', "")
/* clang-format on */

bool
gb_variant_ends_word(uint32_t before, uint32_t c)
{
    return (c == U'应' && before == U'供') || (c == U'则' && gb_is_one_of(before, "准规原守细总附法通")) ||
           (c == U'所' && gb_is_one_of(before, "场厕处住居诊究务易出儿"));
}

bool
gb_variant_ends_run(uint32_t c, uint32_t behind)
{
    if (c < 0x4E00 || c > 0x9FFF)
        return true;
    switch (c) {
#define X(character, set)                                                                                              \
    case character:                                                                                                    \
        return !gb_is_one_of(behind, set);
        ENDS(X)
#undef X
    default:
        return false;
    }
}

bool
gb_variant_ends_name(const struct gb_lexicon *lexicon, struct gb_str s, size_t at)
{
    GB_WORDS(places, "上", "中", "内", "外", "下", "时", "前", "后", "间", "处");
    const struct gb_rel *sets[] = {&lexicon->verbs, &lexicon->instructions, &lexicon->adverbs};
    struct gb_str behind = gb_str_skip(s, at);
    size_t next;
    uint32_t c = gb_char_at(s, at);

    if (!behind.len || !gb_char_is_han(c) || GB_STARTS_ANY(behind, places))
        return true;
    gb_utf8_at(s, at, &next);
    if (!gb_variant_ends_word(gb_char_before(s, at), c) && gb_variant_ends_run(c, gb_char_at(s, next)))
        return true;
    return GB_ANY(GB_ITEMS(set, sets, GB_COUNT(sets)), gb_words_start(gb_rel_at(*set), behind) > GB_HAN);
}

size_t
gb_variant_head_len(const struct gb_term_reader *r, uint32_t value)
{
    enum gb_head_kind kind;

    return head_at(r->facts->lexicon, value & ~GB_INDEX_HEAD, &kind).len;
}

void
gb_variant_add_head(struct gb_term_reader *r, uint32_t value, struct gb_str s, size_t at, size_t len,
                    struct gb_variant_place place, unsigned flags)
{
    enum { LONGEST = 14 * GB_HAN };
    enum gb_head_kind kind;
    size_t begin = at, before, other;
    uint32_t behind = gb_utf8_at(s, at, &other);

    if (gb_str_starts(gb_str_skip(s, at + len - GB_HAN), GB_STR("人员")) && len > GB_HAN) /* 工人 of 加工人员 */
        return;
    while (begin > 0 && at - begin < LONGEST) {
        uint32_t c = gb_utf8_before(s, begin, &before);
        uint32_t own = gb_char_before(s, before);
        if ((c == U'者' && own == U'或') || (!gb_variant_ends_word(own, c) && gb_variant_ends_run(c, behind)))
            break;
        begin = before;
        behind = c;
    }
    head_at(r->facts->lexicon, value & ~GB_INDEX_HEAD, &kind);
    struct gb_str run = gb_str_sub(s, begin, at + len);
    bool is_borrowed = run.ptr >= place.text->str.ptr && run.ptr < place.text->str.ptr + place.text->str.len;
    *gb_push(&r->variants.heads) = (struct gb_head_place){
        .place = place,
        .run = is_borrowed ? run : gb_arena_copy(r->facts->arena, run),
        .head_len = (uint32_t)len,
        .kind = kind,
        .is_key = (flags & GB_USE_IN_TITLE) != 0,
        .is_front = (flags & GB_USE_FRONT) != 0,
    };
}
