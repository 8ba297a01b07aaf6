#include "base/html_entities.h"

#include "flow/flow.h"
#include "unit.h"

#include <stdint.h>

/* The helpers of the readers are private to flow/. */
enum { HTML = 1, HASH = 2, ESCAPES = 4, MARKDOWN = 8 };
struct gb_str gb_flow_label_text(struct gb_str label, unsigned marks, struct gb_arena *arena);
enum gb_flow_kind gb_flow_kind_of(enum gb_flow_kind by_shape, bool is_circle, struct gb_str text);

TEST(reads_labels)
{
    static const struct {
        const char *label, *text;
        unsigned marks;
    } rows[] = {
        {" 受理　", "受理", 0},
        {"a<br/>b<BR>c<br />d", "a\nb\nc\nd", HTML},
        {"<b>粗</b> &amp; &nbsp;x&#x4E00;&notit;", "粗 & \xc2\xa0x一&notit;", HTML},
        {"a < b > c", "a < b > c", HTML},
        {"&lt;b&gt;&#0;&#99999999999;&#128;", "<b>\xef\xbf\xbd\xef\xbf\xbd€", HTML},
        {"#quot;#35;1#unknown;#;# x;", "\"#1&unknown;#;# x;", HASH},
        {"#35;", "#35;", HTML},
        {"一\\n二\n 三 \n", "一\n二\n三", ESCAPES},
        {"**粗** *斜* __b__ \\*x", "粗 斜 b \\*x", MARKDOWN},
        {"*", "", MARKDOWN},
        {"<", "<", HTML},
        {"</", "</", HTML},
        {"&", "&", HTML},
    };
    struct gb_arena arena = GB_ARENA_ZERO;

    for (size_t i = 0; i < GB_COUNT(rows); i++) {
        struct gb_str got = gb_flow_label_text(gb_str_from(rows[i].label), rows[i].marks, &arena);
        assert_int_equal(got.len, strlen(rows[i].text));
        assert_memory_equal(got.ptr, rows[i].text, got.len);
    }
    gb_arena_release(&arena);
}

TEST(tells_kinds)
{
    static const struct {
        const char *text;
        bool is_circle;
        enum gb_flow_kind shape, kind;
    } rows[] = {
        {"开始", false, GB_FLOW_STEP, GB_FLOW_START},
        {"（ 开 始 ）", false, GB_FLOW_STEP, GB_FLOW_START},
        {"End", false, GB_FLOW_STEP, GB_FLOW_END},
        {"材料归档", false, GB_FLOW_STEP, GB_FLOW_STEP},
        {"材料归档", false, GB_FLOW_TERMINAL, GB_FLOW_END},
        {"申请人提出申请", false, GB_FLOW_TERMINAL, GB_FLOW_TERMINAL},
        {"启动程序完成", false, GB_FLOW_TERMINAL, GB_FLOW_END},
        {"A", true, GB_FLOW_TERMINAL, GB_FLOW_CONNECTOR},
        {"①", true, GB_FLOW_TERMINAL, GB_FLOW_CONNECTOR},
        {"甲", true, GB_FLOW_TERMINAL, GB_FLOW_CONNECTOR},
        {"始", true, GB_FLOW_TERMINAL, GB_FLOW_START},
        {"审", true, GB_FLOW_TERMINAL, GB_FLOW_TERMINAL},
        {"1", true, GB_FLOW_START, GB_FLOW_CONNECTOR},
        {"是", false, GB_FLOW_DECISION, GB_FLOW_DECISION},
        {"结束", false, GB_FLOW_NOTE, GB_FLOW_NOTE},
        {"", false, GB_FLOW_START, GB_FLOW_START},
    };

    for (size_t i = 0; i < GB_COUNT(rows); i++)
        assert_int_equal(gb_flow_kind_of(rows[i].shape, rows[i].is_circle, gb_str_from(rows[i].text)), rows[i].kind);
}
