/* Habits of a draft that those of one series share: GB/T 1.1—2020, 5.4.1. Taken down only where the draft itself is of one mind. */
#include "facts/summary_priv.h"

#include "text/chars.h"
#include "text/utf8.h"

/* A habit needs this many places, and nine of ten of them. */
enum { LEAST = 4, SHARE = 9, OF = 10 };

static bool
is_habit(uint32_t n, uint32_t all)
{
    return all >= LEAST && n * OF >= all * SHARE;
}

static void
take_feature(struct gb_taker *t, const char *name, const char *value, const struct gb_node *node,
             const struct gb_text *text, size_t begin, size_t end)
{
    struct gb_fact *fact = gb_take(t, GB_FACT_FEATURE, node, text, begin, end);

    fact->key = gb_str_from(name);
    fact->value = gb_str_from(value);
}

/* 本文件, 本标准: where the draft uses one of them. The evidence for the edition was found by it. */
static void
take_self_name(struct gb_taker *t)
{
    const struct gb_evidence *first = NULL;

    GB_EACH(const struct gb_evidence, e, t->facts->evidence, t->facts->n_evidence) {
        if (e->rank != GB_EVIDENCE_SELF_NAME)
            continue;
        if (first && first->edition != e->edition)
            return;
        first = first ? first : e;
    }
    if (!first)
        return;
    struct gb_fact *fact = gb_push(&t->list);
    *fact = (struct gb_fact){.kind = GB_FACT_FEATURE, .at = first->at};
    fact->key = GB_STR("自称");
    fact->value = first->edition == GB_EDITION_2020 ? GB_STR("本文件") : GB_STR("本标准");
    fact->text = gb_arena_copy(t->arena, first->what);
}

static void
take_edition(struct gb_taker *t)
{
    if (t->facts->edition_is_assumed || !t->facts->n_evidence)
        return;
    struct gb_fact *fact = gb_push(&t->list);
    *fact = (struct gb_fact){.kind = GB_FACT_FEATURE, .at = t->facts->evidence[0].at};
    fact->key = GB_STR("所依据的GB/T 1.1版本");
    fact->value = t->facts->edition == GB_EDITION_2020 ? GB_STR("2020") : GB_STR("2009");
    fact->text = gb_arena_copy(t->arena, t->facts->evidence[0].what);
}

/* Marks of the lists: letters or dashes. */
static void
take_markers(struct gb_taker *t)
{
    const struct gb_node *first[2] = {0};
    uint32_t n[2] = {0};

    GB_EACH_NODE(node, &t->facts->of_kind[GB_NODE_LIST]) {
        const struct gb_node *item = gb_node_child(node, GB_NODE_ITEM);
        if (!item || node->parent->kind == GB_NODE_ITEM || !item->marker.str.len)
            continue;
        uint32_t c = gb_char_narrow(gb_utf8_at(item->marker.str, 0, &(size_t){0}));
        int which = c == 'a' ? 0 : c == 0x2014 || c == 0x2015 || c == 0x2500 ? 1 : -1;
        if (which < 0)
            continue;
        first[which] = first[which] ? first[which] : item;
        n[which]++;
    }
    for (int i = 0; i < 2; i++) {
        if (is_habit(n[i], n[0] + n[1]))
            take_feature(t, "列项标记", i ? "破折号" : "字母", first[i], &first[i]->marker, 0,
                         first[i]->marker.str.len);
    }
}

/* Subclauses with or without titles, on the level below chapters. */
static void
take_titles(struct gb_taker *t)
{
    const struct gb_node *first[2] = {0};
    uint32_t n[2] = {0};

    for (uint32_t i = 0; i < t->facts->n_chapters; i++) {
        const struct gb_node *chapter = t->facts->chapters[i];
        for (const struct gb_node *k = chapter->role == GB_ROLE_NONE ? chapter->first : NULL; k; k = k->next) {
            if (k->kind != GB_NODE_CLAUSE || !k->number.n_runs)
                continue;
            bool titled = gb_node_is_titled(k);
            first[titled] = first[titled] ? first[titled] : k;
            n[titled]++;
        }
    }
    for (int i = 0; i < 2; i++) {
        if (is_habit(n[i], n[0] + n[1]))
            take_feature(t, "条题", i ? "有条题" : "无条题", first[i], &first[i]->number, 0, first[i]->number.str.len);
    }
}

/* A blank between Han and Latin letters or digits, or none. */
static void
take_spacing(struct gb_taker *t)
{
    const struct gb_sentence *first[2] = {0};
    size_t places[2] = {0};
    uint32_t n[2] = {0};

    GB_EACH(const struct gb_sentence, s, t->facts->sentences, t->facts->n_sentences) {
        struct gb_str str = gb_str_sub(s->text->str, s->begin, s->end);
        for (size_t k = 3; k < str.len; k++) {
            unsigned char c = (unsigned char)str.ptr[k];
            bool is_blank = c == ' ' && k + 1 < str.len;
            unsigned char behind = is_blank ? (unsigned char)str.ptr[k + 1] : c, lead = (unsigned char)str.ptr[k - 3];
            if (!((behind | 0x20) >= 'a' && (behind | 0x20) <= 'z' && behind >= 'A') || lead < 0xE4 || lead > 0xE9 ||
                (unsigned char)str.ptr[k - 1] < 0x80)
                continue;
            if (!first[is_blank]) {
                first[is_blank] = s;
                places[is_blank] = s->begin + k - 3;
            }
            n[is_blank]++;
        }
    }
    for (int i = 0; i < 2; i++) {
        if (is_habit(n[i], n[0] + n[1]))
            take_feature(t, "汉字与字母之间", i ? "空格" : "不空格", first[i]->node, first[i]->text, places[i],
                         places[i] + 4 + (size_t)i);
    }
}

void
gb_take_features(struct gb_taker *t)
{
    take_edition(t);
    take_self_name(t);
    take_markers(t);
    take_titles(t);
    take_spacing(t);
}
