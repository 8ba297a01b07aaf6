#include "check/terms/terms_priv.h"

bool
gb_is_joint(uint32_t c)
{
    static const uint32_t joints[] = {U'的', U'和', U'与', U'及', U'或', U'由', U'对', U'在', U'为', U'是', U'将',
                                      U'向', U'以', U'用', U'等', U'被', U'从', U'把', U'使', U'中', U'内', U'时',
                                      U'所', U'于', U'应', U'宜', U'可', U'并', U'按', U'各', U'该', U'其'};

    return GB_ANY(GB_ITEMS(joint, joints, GB_COUNT(joints)), *joint == c);
}

void
gb_difference(struct gb_str was, struct gb_str wanted, size_t *out_begin, size_t *out_end)
{
    size_t begin = 0, end = was.len, to = wanted.len;

    while (begin < end && begin < to && was.ptr[begin] == wanted.ptr[begin])
        begin++;
    begin = gb_utf8_floor(was, begin);
    while (end > begin && to > begin && was.ptr[end - 1] == wanted.ptr[to - 1])
        end--, to--;
    *out_begin = begin;
    *out_end = gb_utf8_ceil(was, end);
}
