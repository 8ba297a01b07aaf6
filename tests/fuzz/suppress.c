/* Comments that switch findings off: each line of the bytes is the inside of a comment in a draft with faults. */
#include "fuzz.h"

static const char *const lines[] = {
    "# 5 要求",    "登记应当在2 个工作日内完成.",
    "## 5.1 登记", "登记应在5天内完成，不得超过10天 。",
    "## 5.3 检查", "a)检查；",
    "c) 复查",     "见5.9和表3。",
};

void
gb_fuzz_suppress(struct gb_str bytes)
{
    struct gb_buf draft = {0};
    struct gb_str line;

    for (size_t i = 0; i < GB_COUNT(lines); i++) {
        gb_buf_puts(&draft, lines[i]);
        gb_buf_puts(&draft, "\n\n");
        if (gb_str_next_line(&bytes, &line)) {
            gb_buf_puts(&draft, "<!--");
            gb_buf_add(&draft, line);
            gb_buf_puts(&draft, "-->\n\n");
        }
    }
    gb_buf_add(&draft, bytes);
    gb_fuzz_draft(gb_buf_str(&draft), "draft.md");
    gb_buf_release(&draft);
}
