/* Who acts in a step of a procedure: 受理岗应核对材料. See procedure.h. */
#include "facts/procedures/procedure_priv.h"

#include "text/utf8.h"

GB_WORDS(part_ends, "，", "；", "。", "：", ",", ";", ":", "\n");

/* What follows a subject: a modal, a preposition, an adverb of time. */
GB_WORDS(behind_actor, "应", "宜", "可", "须", "在", "将", "对", "按", "根据", "负责", "收到", "接到", "于", "通过",
         "凭", "持", "填写", "提交", "提出", "先", "向", "当场", "及时", "尽快", "到", "不", "依据", "自");

size_t
gb_actor_at(const struct gb_lexicon *lexicon, struct gb_str part)
{
    GB_WORDS(persons, "员", "岗", "师", "护士", "医生", "窗口", "组"); /* 管理 behind 单位 may go on with its name */
    enum { LONGEST = 14 };
    const struct gb_han_words *heads = gb_rel_at(&lexicon->procedure_actors);
    bool is_noun;
    size_t at = 0;

    for (int i = 0; i < LONGEST && at < part.len; i++) {
        size_t len = gb_words_start(heads, gb_str_skip(part, at));
        if (len) {
            struct gb_str rest = gb_str_skip(part, at + len);
            size_t act = gb_act_at(lexicon, rest, &is_noun);
            bool is_person = GB_ENDS_ANY(gb_str_sub(part, 0, at + len), persons);
            bool is_name = act &&
                           gb_words_start(heads, gb_str_skip(rest, act)) && /* 前台|接待|人员, not 接待员|告知|业主 */
                           !GB_ENDS_WITH(gb_str_sub(part, 0, at + len), "员", "师");
            if (GB_STARTS_ANY(rest, behind_actor) || (act && !is_name) ||
                (!act && is_person && gb_verb_at(lexicon, rest)))
                return at + len;
            at += len;
        } else {
            gb_utf8_at(part, at, &at);
        }
    }
    return 0;
}

bool
gb_begins_with_post(const struct gb_lexicon *lexicon, struct gb_str text)
{
    return gb_words_start(gb_rel_at(&lexicon->procedure_actors), text) > 0;
}

bool
gb_ends_with_post(const struct gb_lexicon *lexicon, struct gb_str text)
{
    return gb_words_end(gb_rel_at(&lexicon->procedure_actors), text) > 0;
}

/* 收到申请人提交的材料后: who acts in a condition is not yet who does the step. */
static bool
is_condition(struct gb_str part)
{
    GB_WORDS(ends, "后", "时", "的");

    return GB_ENDS_ANY(part, ends);
}

struct gb_str
gb_first_actor(const struct gb_lexicon *lexicon, struct gb_str s)
{
    enum { MOST_PARTS = 8 };
    struct gb_str found = {NULL, 0};
    size_t begin = 0;

    for (int i = 0; i < MOST_PARTS && begin < s.len; i++) {
        size_t end = begin, len;
        while (end < s.len && !GB_STARTS_ANY(gb_str_skip(s, end), part_ends))
            gb_utf8_at(s, end, &end);
        struct gb_str part = gb_str_sub(s, begin, end);
        len = gb_actor_at(lexicon, part);
        if (len && !is_condition(part))
            return gb_str_sub(part, 0, len);
        if (len && !found.len)
            found = gb_str_sub(part, 0, len);
        if (end < s.len)
            gb_utf8_at(s, end, &end);
        begin = end;
    }
    return found;
}
