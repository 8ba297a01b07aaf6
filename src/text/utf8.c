/*
 * Checking, counting and stepping of UTF-8. Every draft goes through the check once, so the two things
 * that drafts consist of, three-byte characters and ASCII, are looked at eight bytes at a time.
 */
#include "text/utf8.h"

#include <endian.h>

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define HAS_AVX2 1
#endif

#define HIGH_BITS UINT64_C(0x8080808080808080)
#define LOW_BITS UINT64_C(0x0101010101010101)

/* The marks of one, of two three-byte sequences in the low bytes of a word. */
#define ONE_MASK UINT64_C(0xC0C0F0)
#define ONE_MARK UINT64_C(0x8080E0)
#define TWO_MASK UINT64_C(0xC0C0F0C0C0F0)
#define TWO_MARK UINT64_C(0x8080E08080E0)

static uint64_t
load_word(const unsigned char *p)
{
    uint64_t word;

    memcpy(&word, p, sizeof(word));
    return le64toh(word);
}

/* Is the lead byte in the low byte, one of E0 to EF, one of the two that restrict what follows: E0 or ED? */
static bool
is_special_lead(uint64_t lead)
{
    return 0x2001u >> (lead & 0x1F) & 1;
}

/* What the second byte of a sequence may be, where that is not all of 80-BF. */
static bool
is_second_byte(unsigned char lead, unsigned char second)
{
    switch (lead) {
    case 0xE0: /* else overlong */
        return second >= 0xA0 && second <= 0xBF;
    case 0xED: /* else a surrogate */
        return second >= 0x80 && second <= 0x9F;
    case 0xF0: /* else overlong */
        return second >= 0x90 && second <= 0xBF;
    case 0xF4: /* else beyond U+10FFFF */
        return second >= 0x80 && second <= 0x8F;
    default:
        return (second & 0xC0) == 0x80;
    }
}

size_t
gb_utf8_valid(const char *ptr, size_t len)
{
    const unsigned char *p = (const unsigned char *)ptr;

    if (len == 0)
        return 0;
    if (p[0] < 0x80)
        return 1;
    if (p[0] < 0xC2 || p[0] > 0xF4)
        return 0;
    size_t n = p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
    if (len < n || !is_second_byte(p[0], p[1]))
        return 0;
    for (size_t i = 2; i < n; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    }
    return n;
}

#ifdef HAS_AVX2

/*
 * What is wrong in 32 bytes, or unusual: a lead that is none of E1 to EC, EE, EF; a follower that has no such lead one or two bytes
 * before it; a byte behind a lead that is no follower. The two bytes before p are looked at as well.
 */
__attribute__((target("avx2"))) static inline __m256i
unusual_in(const unsigned char *p)
{
    const __m256i *at = (const __m256i *)(const void *)p;
    __m256i bytes = _mm256_loadu_si256(at), before_lead = _mm256_set1_epi8((char)0xDF);
    __m256i one = _mm256_subs_epu8(_mm256_loadu_si256((const __m256i *)(const void *)(p - 1)), before_lead);
    __m256i two = _mm256_subs_epu8(_mm256_loadu_si256((const __m256i *)(const void *)(p - 2)), before_lead);
    __m256i is_free = _mm256_cmpeq_epi8(_mm256_or_si256(one, two), _mm256_setzero_si256());
    __m256i is_follower = _mm256_cmpgt_epi8(_mm256_set1_epi8((char)0xC0), bytes);
    __m256i from_c0 = _mm256_sub_epi8(bytes, _mm256_set1_epi8((char)0xC0));
    __m256i low = _mm256_cmpeq_epi8(_mm256_min_epu8(from_c0, _mm256_set1_epi8(0x20)), from_c0); /* C0 to E0 */
    __m256i high = _mm256_cmpeq_epi8(_mm256_max_epu8(bytes, _mm256_set1_epi8((char)0xF0)), bytes);
    __m256i surrogate = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8((char)0xED));

    return _mm256_or_si256(_mm256_or_si256(_mm256_cmpeq_epi8(is_free, is_follower), low),
                           _mm256_or_si256(high, surrogate));
}

/* Length of a beginning that is ASCII and three-byte characters; where something else stands is left to others. */
__attribute__((target("avx2"))) static size_t
check_blocks(const unsigned char *p, size_t len)
{
    enum { BLOCK = 128, BEFORE = 2 };
    size_t done = 0;

    while (done < BEFORE && done < len) {
        size_t n = gb_utf8_valid((const char *)p + done, len - done);
        if (n == 0)
            return done;
        done += n;
    }
    for (; len - done >= BLOCK; done += BLOCK) {
        __m256i a = _mm256_or_si256(unusual_in(p + done), unusual_in(p + done + 32));
        __m256i b = _mm256_or_si256(unusual_in(p + done + 64), unusual_in(p + done + 96));
        a = _mm256_or_si256(a, b);
        if (!_mm256_testz_si256(a, a))
            break;
    }
    /* Back to where a character begins: its followers may be behind the last block. */
    while (done > 0 && (p[done - 1] & 0xC0) == 0x80)
        done--;
    return done > 0 && p[done - 1] >= 0xC0 ? done - 1 : done;
}

#endif

/* As many bytes as a vector machine can pass over at once. */
static size_t
check_fast(const unsigned char *p, size_t len)
{
#ifdef HAS_AVX2
    if (__builtin_cpu_supports("avx2"))
        return check_blocks(p, len);
#endif
    (void)p, (void)len;
    return 0;
}

size_t
gb_utf8_check(struct gb_str text)
{
    enum { STRIDE = 128 }; /* what stopped the fast way stands in them */
    const unsigned char *p = (const unsigned char *)text.ptr;
    size_t left = text.len, retry = left;

    while (left > 0) {
        size_t n = 0;
        if (left <= retry) {
            n = check_fast(p, left);
            p += n;
            left -= n;
            retry = left > STRIDE ? left - STRIDE : 0;
            if (n > 0)
                continue;
        }
        if (left >= 8) {
            uint64_t word = load_word(p);
            if ((word & TWO_MASK) == TWO_MARK && !is_special_lead(word) && !is_special_lead(word >> 24)) {
                p += 6;
                left -= 6;
                continue;
            }
            if ((word & HIGH_BITS) == 0)
                n = 8;
            else if ((word & ONE_MASK) == ONE_MARK && !is_special_lead(word))
                n = 3;
            else
                n = (size_t)__builtin_ctzll(word & HIGH_BITS) / 8;
        }
        if (n == 0)
            n = gb_utf8_valid((const char *)p, left);
        if (n == 0)
            break;
        p += n;
        left -= n;
    }
    return text.len - left;
}

bool
gb_is_one_of(uint32_t c, const char *characters)
{
    struct gb_str list = gb_str_from(characters);

    return GB_ANY(for (size_t at = 0; at < list.len;), gb_utf8_at(list, at, &at) == c);
}

size_t
gb_utf8_count(struct gb_str s)
{
    const unsigned char *p = (const unsigned char *)s.ptr;
    size_t i = 0, followers = 0;

    for (; i + 8 <= s.len; i += 8) {
        uint64_t word = load_word(p + i);
        uint64_t bits = (word >> 7) & ~(word >> 6) & LOW_BITS;
        followers += (size_t)(bits * LOW_BITS >> 56);
    }
    for (; i < s.len; i++)
        followers += (p[i] & 0xC0) == 0x80;
    return s.len - followers;
}
