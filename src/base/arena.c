#include "base/arena.h"

#include <malloc.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

enum {
    FIRST_BLOCK = 16 * 1024,
    LARGEST_BLOCK = 4 * 1024 * 1024,
    HUGE_PAGE = 2 * 1024 * 1024,
    MAPPED = HUGE_PAGE / 2,
    ALIGN = 16
};

struct gb_arena_block {
    struct gb_arena_block *older;
    size_t size; /* behind the head */
    size_t step; /* what the next block is measured by */
    bool is_mapped;
};

/* Under the address sanitizer a piece is followed by bytes that nobody may touch, as malloc's are. */
#if defined(__SANITIZE_ADDRESS__)
#define GUARDED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define GUARDED 1
#endif
#endif
#ifdef GUARDED
#include <sanitizer/asan_interface.h>
enum { GUARD = ALIGN };
#else
enum { GUARD = 0 };
#define ASAN_POISON_MEMORY_REGION(begin, size) ((void)(begin), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(begin, size) ((void)(begin), (void)(size))
#endif

static size_t
aligned(size_t size)
{
    return (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
}

enum { HEAD = (sizeof(struct gb_arena_block) + ALIGN - 1) / ALIGN * ALIGN };

static _Noreturn void
out_of_memory(void)
{
    fputs("gblint: out of memory\n", stderr);
    exit(2);
}

void
gb_memory_startup(void)
{
#ifdef __GLIBC__
    enum { LARGE = 4 * 1024 * 1024, KEPT = 64 * 1024 * 1024 };

    mallopt(M_MMAP_THRESHOLD, LARGE);
    mallopt(M_TRIM_THRESHOLD, KEPT);
#endif
}

void *
gb_alloc(size_t size)
{
    void *memory = malloc(size ? size : 1);

    if (!memory)
        out_of_memory();
    return memory;
}

void *
gb_alloc_zeroed(size_t size)
{
    void *memory = calloc(size ? size : 1, 1);

    if (!memory)
        out_of_memory();
    return memory;
}

void *
gb_realloc(void *old, size_t size)
{
    void *memory = realloc(old, size ? size : 1);

    if (!memory)
        out_of_memory();
    return memory;
}

void
gb_arena_release(struct gb_arena *arena)
{
    if (!arena)
        return;
    struct gb_arena_block *next;
    for (struct gb_arena_block *b = arena->block; b; b = next) {
        next = b->older;
        ASAN_UNPOISON_MEMORY_REGION(b, HEAD + b->size);
        if (b->is_mapped)
            munmap(b, HEAD + b->size);
        else
            free(b);
    }
    *arena = GB_ARENA_ZERO;
}

/*
 * Memory for a block; *size becomes what it has. Large ones come from the system itself: zeroed already, and of huge
 * pages where there are any. A long draft would spend a tenth of its time in page faults without them; a short one
 * would pay for pages it does not fill.
 */
static struct gb_arena_block *
alloc_block(size_t *size)
{
    if (*size < MAPPED) {
        struct gb_arena_block *block = gb_alloc(*size);
        block->is_mapped = false;
        return block;
    }
    /* Room for the alignment, and what is too much given back. */
    *size = (*size + HUGE_PAGE - 1) & ~(size_t)(HUGE_PAGE - 1);
    char *memory = mmap(NULL, *size + HUGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        out_of_memory();
    size_t before = -(uintptr_t)memory & (HUGE_PAGE - 1);
    if (before)
        munmap(memory, before);
    if (HUGE_PAGE - before)
        munmap(memory + before + *size, HUGE_PAGE - before);
    memory += before;
#ifdef MADV_HUGEPAGE
    madvise(memory, *size, MADV_HUGEPAGE);
#endif
    struct gb_arena_block *block = (struct gb_arena_block *)memory;
    block->is_mapped = true;
    return block;
}

/* At least `payload` bytes. */
static char *
new_block(struct gb_arena *arena, size_t payload)
{
    size_t size = HEAD + payload;
    struct gb_arena_block *block = alloc_block(&size);

    block->size = block->step = size - HEAD;
    block->older = arena->block;
    arena->block = block;
    return (char *)block + HEAD;
}

/* A large piece gets a block of its own, behind the one in use unless it leaves more room than that. */
static void *
alloc_large(struct gb_arena *arena, size_t size, bool *out_is_mapped)
{
    struct gb_arena_block *current = arena->block;
    char *own = new_block(arena, size);
    struct gb_arena_block *made = arena->block;
    size_t room = made->size - size;

    if (room > (size_t)(arena->end - arena->next)) {
        arena->next = own + size;
        arena->end = own + made->size;
    } else if (current) {
        made->older = current->older;
        current->older = made;
        arena->block = current;
    } else {
        made->step = FIRST_BLOCK;
    }
    *out_is_mapped = made->is_mapped;
    return own;
}

/* `size` is aligned. */
static void *
take_room(struct gb_arena *arena, size_t size, bool *out_is_mapped)
{
    if (size > (size_t)(arena->end - arena->next)) {
        size_t block = arena->block ? arena->block->step * 2 + HEAD : FIRST_BLOCK - HEAD;
        if (block > LARGEST_BLOCK - HEAD)
            block = LARGEST_BLOCK - HEAD;
        if (size > block / 4)
            return alloc_large(arena, size, out_is_mapped);
        arena->next = new_block(arena, block);
        arena->end = arena->next + arena->block->size;
    }
    void *memory = arena->next;
    arena->next += size;
    *out_is_mapped = arena->block->is_mapped;
    return memory;
}

static void *
take(struct gb_arena *arena, size_t size, bool *out_is_mapped)
{
    if (size > SIZE_MAX / 2)
        out_of_memory();
    size_t room = aligned(size ? size : 1) + GUARD;
    char *memory = take_room(arena, room, out_is_mapped);
    ASAN_POISON_MEMORY_REGION(memory + size, room - size);
    return memory;
}

void *
gb_arena_take(struct gb_arena *arena, size_t size)
{
    bool is_mapped;

    return take(arena, size, &is_mapped);
}

void *
gb_arena_alloc(struct gb_arena *arena, size_t size)
{
    bool is_mapped;

    void *memory = take(arena, size, &is_mapped);
    /* A mapping is zero as it comes. */
    return is_mapped ? memory : memset(memory, 0, size);
}

void *
gb_arena_copy_bytes(struct gb_arena *arena, const void *bytes, size_t size)
{
    void *copy = gb_arena_take(arena, size);

    return size ? memcpy(copy, bytes, size) : copy;
}

struct gb_str
gb_arena_copy(struct gb_arena *arena, struct gb_str text)
{
    char *copy = gb_arena_take(arena, text.len + 1);

    if (text.len)
        memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';
    return (struct gb_str){copy, text.len};
}

void *
gb_arena_more(struct gb_arena *arena, void *items, size_t n, size_t size)
{
    if (n & (n - 1))
        return items;
    void *more = gb_arena_alloc(arena, (n ? 2 * n : 1) * size);
    return n ? memcpy(more, items, n * size) : more;
}

struct gb_str
gb_arena_printf(struct gb_arena *arena, const char *format, ...)
{
    va_list args, again;

    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    size_t n = length > 0 ? (size_t)length : 0;
    char *text = gb_arena_take(arena, n + 1);
    vsnprintf(text, n + 1, format, again);
    va_end(again);
    return (struct gb_str){text, n};
}
