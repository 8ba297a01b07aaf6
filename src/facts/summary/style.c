/* Habits of a draft that those of one series share: GB/T 1.1—2020, 5.4.1. Taken down only where the draft itself is of one mind. */
#include "facts/summary/summary_priv.h"

#include "text/chars.h"
#include "text/utf8.h"

/* A habit needs this many places, and nine of ten of them. */
enum { LEAST = 4, SHARE = 9, OF = 10 };

/* Two ways to have it: how often each was met, and where first. */
struct tally {
    struct {
        uint32_t n;
        const struct gb_node *node;
        const struct gb_text *text;
        size_t begin, end;
    } of[2];
};

static void
count(struct tally *tally, bool which, const struct gb_node *node, const struct gb_text *text, size_t begin, size_t end)
{
    uint32_t n = ++tally->of[which].n;

    if (n > 1)
        return;
    tally->of[which].node = node;
    tally->of[which].text = text;
    tally->of[which].begin = begin;
    tally->of[which].end = end;
}

/* The habit, if there is one: `values` are the names of both ways. */
static void
take_habit(struct gb_taker *t, const char *name, const char *const values[2], const struct tally *tally)
{
    uint32_t all = tally->of[0].n + tally->of[1].n;

    for (int i = 0; i < 2 && all >= LEAST; i++) {
        if (tally->of[i].n * OF < all * SHARE)
            continue;
        struct gb_fact *fact =
            gb_take(t, GB_FACT_FEATURE, tally->of[i].node, tally->of[i].text, tally->of[i].begin, tally->of[i].end);
        fact->key = gb_str_from(name);
        fact->value = gb_str_from(values[i]);
    }
}

/* What the draft says of itself. */
static void
take_evidence(struct gb_taker *t, const struct gb_evidence *evidence, struct gb_str name, struct gb_str value)
{
    *gb_push(&t->list) = (struct gb_fact){.kind = GB_FACT_FEATURE,
                                          .at = evidence->at,
                                          .key = name,
                                          .value = value,
                                          .text = gb_arena_copy(t->arena, evidence->what)};
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
    if (first)
        take_evidence(t, first, GB_STR("自称"),
                      first->edition == GB_EDITION_2020 ? GB_STR("本文件") : GB_STR("本标准"));
}

static void
take_edition(struct gb_taker *t)
{
    if (!t->facts->edition_is_assumed && t->facts->n_evidence)
        take_evidence(t, t->facts->evidence, GB_STR("所依据的GB/T 1.1版本"),
                      t->facts->edition == GB_EDITION_2020 ? GB_STR("2020") : GB_STR("2009"));
}

/* Marks of the lists: letters or dashes. */
static void
take_markers(struct gb_taker *t)
{
    struct tally tally = {0};

    GB_EACH_NODE(node, &t->facts->of_kind[GB_NODE_LIST]) {
        const struct gb_node *item = gb_node_child(node, GB_NODE_ITEM);
        if (!item || node->parent->kind == GB_NODE_ITEM || !item->marker.str.len)
            continue;
        uint32_t c = gb_char_narrow(gb_utf8_at(item->marker.str, 0, &(size_t){0}));
        int which = c == 'a' ? 0 : c == 0x2014 || c == 0x2015 || c == 0x2500 ? 1 : -1;
        if (which < 0)
            continue;
        count(&tally, which, item, &item->marker, 0, item->marker.str.len);
    }
    take_habit(t, "列项标记", (const char *const[]){"字母", "破折号"}, &tally);
}

/* Subclauses with or without titles, on the level below chapters. */
static void
take_titles(struct gb_taker *t)
{
    struct tally tally = {0};

    for (uint32_t i = 0; i < t->facts->n_chapters; i++) {
        const struct gb_node *chapter = t->facts->chapters[i];
        for (const struct gb_node *k = chapter->role == GB_ROLE_NONE ? chapter->first : NULL; k; k = k->next) {
            if (k->kind != GB_NODE_CLAUSE || !k->number.n_runs)
                continue;
            count(&tally, gb_node_is_titled(k), k, &k->number, 0, k->number.str.len);
        }
    }
    take_habit(t, "条题", (const char *const[]){"无条题", "有条题"}, &tally);
}

/* A blank between Han and Latin letters or digits, or none. */
static void
take_spacing(struct gb_taker *t)
{
    struct tally tally = {0};

    GB_EACH(const struct gb_sentence, s, t->facts->sentences, t->facts->n_sentences) {
        struct gb_str str = gb_str_sub(s->text->str, s->begin, s->end);
        for (size_t k = 3; k < str.len; k++) {
            unsigned char c = (unsigned char)str.ptr[k];
            bool is_blank = c == ' ' && k + 1 < str.len;
            unsigned char behind = is_blank ? (unsigned char)str.ptr[k + 1] : c, lead = (unsigned char)str.ptr[k - 3];
            if (!((behind | 0x20) >= 'a' && (behind | 0x20) <= 'z' && behind >= 'A') || lead < 0xE4 || lead > 0xE9 ||
                (unsigned char)str.ptr[k - 1] < 0x80)
                continue;
            count(&tally, is_blank, s->node, s->text, s->begin + k - 3, s->begin + k + 1 + is_blank);
        }
    }
    take_habit(t, "汉字与字母之间", (const char *const[]){"不空格", "空格"}, &tally);
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
