#include "base/json.h"

#include "unit.h"

static void
expect(struct gb_out *out, const char *want)
{
    gb_out_char(out, '\0');
    assert_string_equal(out->buf.ptr, want);
    gb_out_release(out);
    *out = GB_OUT_ZERO;
}

/* {"a":"…","b":[1,{}],"c":true} */
static void
write_sample(struct gb_json *json)
{
    gb_json_open(json, "{");
    gb_json_field(json, "a", GB_STR("字"));
    gb_json_given(json, "none", GB_STR(""));
    gb_json_key(json, "b");
    gb_json_open(json, "[");
    gb_json_number(json, 1);
    gb_json_open(json, "{");
    gb_json_close(json, "}]");
    gb_json_key(json, "c");
    gb_json_bool(json, true);
    gb_json_close(json, "}");
}

TEST(writes_compact)
{
    struct gb_out out = GB_OUT_ZERO;
    struct gb_json json;

    gb_json_init(&json, &out, GB_JSON_COMPACT);
    write_sample(&json);
    expect(&out, "{\"a\":\"字\",\"b\":[1,{}],\"c\":true}");
}

TEST(writes_lines_down_to_a_depth)
{
    struct gb_out out = GB_OUT_ZERO;
    struct gb_json json;

    gb_json_init(&json, &out, 1);
    write_sample(&json);
    expect(&out, "{\n \"a\":\"字\",\n \"b\":[1,{}],\n \"c\":true\n}");
    gb_json_init(&json, &out, GB_JSON_PRETTY);
    write_sample(&json);
    expect(&out, "{\n \"a\":\"字\",\n \"b\":[\n  1,\n  {}\n ],\n \"c\":true\n}");
}

TEST(escapes)
{
    struct gb_out out = GB_OUT_ZERO;
    struct gb_json json;

    gb_json_init(&json, &out, GB_JSON_COMPACT);
    gb_json_str(&json, GB_STR("a\"b\\c\n\r\t\x01\x7F\0/"));
    expect(&out, "\"a\\\"b\\\\c\\n\\r\\t\\u0001\\u007f\\u0000/\"");
    gb_json_init(&json, &out, GB_JSON_COMPACT);
    gb_json_str(&json, (struct gb_str){0});
    expect(&out, "\"\"");
}

static void
add_length(void *data, struct gb_str bytes)
{
    *(size_t *)data += bytes.len;
}

TEST(hands_on_in_pieces)
{
    size_t written = 0;
    struct gb_out out = {.write = add_length, .data = &written};
    struct gb_json json;

    gb_json_init(&json, &out, GB_JSON_COMPACT);
    gb_json_open(&json, "[");
    for (uint64_t i = 0; i < 100000; i++)
        gb_json_number(&json, 123456789);
    gb_json_close(&json, "]");
    assert_true(out.buf.cap < 256 * 1024);
    gb_out_flush(&out);
    assert_int_equal(written, 100000 * 10 + 1);
    gb_out_release(&out);
}
