/* What the kernel withholds from a process that has entered; each case in a child of its own. */
#include "app/files/confine.h"

#define UNIT_OWN_MAIN
#include "unit.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char root[64];

static const char *
in(const char *name)
{
    static char paths[4][128];
    static unsigned next;
    char *path = paths[next++ % 4];

    snprintf(path, sizeof(paths[0]), "%s/%s", root, name);
    return path;
}

/* 0 when the file can be opened, else errno. */
static int
try_open(const char *name, int flags)
{
    int fd = open(in(name), flags | O_CLOEXEC, 0666);

    if (fd < 0)
        return errno;
    close(fd);
    return 0;
}

static bool
can_read(const char *name)
{
    return try_open(name, O_RDONLY) == 0;
}

static bool
is_denied(const char *name, int flags)
{
    return try_open(name, flags) == EACCES;
}

static bool
inside_only(void)
{
    return can_read("project/d.md") && can_read("project/sub/p.svg") && is_denied("secret", O_RDONLY) &&
           is_denied("project/link", O_RDONLY);
}

static bool
no_writing(void)
{
    return is_denied("project/d.md", O_WRONLY) && is_denied("project/new", O_WRONLY | O_CREAT) &&
           unlink(in("project/d.md")) != 0 && errno == EACCES && mkdir(in("out/folder"), 0777) != 0 &&
           errno == EACCES && symlink("/etc", in("out/link")) != 0 && errno == EACCES;
}

/* As an output is written: beside the old one, then in its place. */
static bool
replacing(void)
{
    return try_open("out/new", O_WRONLY | O_CREAT | O_EXCL) == 0 && rename(in("out/new"), in("out/old")) == 0 &&
           unlink(in("out/old")) == 0;
}

static bool
no_program(void)
{
    char *const argv[] = {"true", NULL}, *const env[] = {NULL};

    execve("/bin/true", argv, env);
    return errno == EACCES;
}

static bool
no_connection(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons(9),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    /* Kernels before 6.7 withhold no connections: then there is nobody at that port. */
    return fd < 0 || (connect(fd, (struct sockaddr *)&address, sizeof(address)) != 0 &&
                      (errno == EACCES || errno == ECONNREFUSED));
}

static void *
look_outside(void *data)
{
    *(bool *)data = is_denied("secret", O_RDONLY);
    return data;
}

static bool
threads_too(void)
{
    pthread_t thread;
    bool denied = false;

    return pthread_create(&thread, NULL, look_outside, &denied) == 0 && pthread_join(thread, NULL) == 0 && denied;
}

static void
enter_and(bool (*holds)(void))
{
    pid_t child = fork();
    int status;

    if (child == 0) {
        struct gb_confine confine = gb_confine_begin();
        if (confine.ruleset < 0)
            _exit(2);
        gb_confine_allow_reading(&confine, in("project"));
        gb_confine_allow_reading(&confine, in("none"));
        gb_confine_allow_writing(&confine, in("out"));
        _exit(gb_confine_enter(&confine) && holds() ? 0 : 1);
    }
    assert_true(child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status));
    if (WEXITSTATUS(status) == 2) {
        printf("skipped: this kernel has no Landlock\n");
        skip();
    }
    assert_int_equal(WEXITSTATUS(status), 0);
}

#define CASES(X) X(inside_only) X(no_writing) X(replacing) X(no_program) X(no_connection) X(threads_too)

#define X(name)                                                                                                        \
    static void test_##name(void **state)                                                                              \
    {                                                                                                                  \
        (void)state;                                                                                                   \
        enter_and(name);                                                                                               \
    }
CASES(X)
#undef X

static int
make_files(void **state)
{
    (void)state;
    snprintf(root, sizeof(root), "/tmp/gblint-XXXXXX");
    if (!mkdtemp(root) || mkdir(in("project"), 0777) || mkdir(in("project/sub"), 0777) || mkdir(in("out"), 0777))
        return -1;
    return try_open("project/d.md", O_WRONLY | O_CREAT) || try_open("project/sub/p.svg", O_WRONLY | O_CREAT) ||
           try_open("secret", O_WRONLY | O_CREAT) || try_open("out/old", O_WRONLY | O_CREAT) ||
           symlink("../secret", in("project/link"));
}

static int
remove_files(void **state)
{
    static const char *const files[] = {"project/d.md", "project/sub/p.svg", "project/link",
                                        "secret",       "out/old",           "out/new"};
    static const char *const folders[] = {"project/sub", "project", "out", "."};

    (void)state;
    for (size_t i = 0; i < GB_COUNT(files); i++)
        unlink(in(files[i]));
    for (size_t i = 0; i < GB_COUNT(folders); i++)
        rmdir(i + 1 < GB_COUNT(folders) ? in(folders[i]) : root);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define X(name) cmocka_unit_test(test_##name),
        CASES(X)
#undef X
    };

    return cmocka_run_group_tests(tests, make_files, remove_files);
}
