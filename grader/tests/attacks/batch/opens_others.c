// Tests that want to read and to change everything, each in a process of its own, as the system ends who asks for too much. They fail in
// any case, and say what they came to.
// as: my_tests.c
// points: 80
// tells: reached: nothing.
#include "mytests.h"
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const files[] = {"@OUT@/results/honest.json", "@OUT@/gradebook.sqlite", "@CLASS@/honest/header_alloc.c",
                                    "@KIT@/grader/labs/05-header-allocator/rubric.ini", "/etc/passwd", "/proc/self/maps"};

static int read_one(int i)
{
    return open(files[i], O_RDONLY);
}

static int change_one(int i)
{
    return open(files[i], O_WRONLY | O_TRUNC);
}

static int make_file(int i)
{
    static const char *const places[] = {"@OUT@/results/forged.json", "/forged", "/tmp/forged", "forged"};
    return open(places[i], O_WRONLY | O_CREAT, 0644);
}

static int make_folder(int i)
{
    static const char *const places[] = {"/many", "many"};
    return mkdir(places[i], 0755);
}

static int remove_one(int i)
{
    return unlink(files[i]);
}

static int speak(int i)
{
    static const int families[] = {AF_INET, AF_INET6, AF_UNIX, AF_NETLINK};
    return socket(families[i], SOCK_STREAM, 0);
}

static int signal_others(int i)
{
    static const pid_t processes[] = {-1, 1, 2};
    (void)i;
    return kill(processes[i], 0);
}

static const struct {
    const char *name;
    int (*attempt)(int);
    int times;
} attempts[] = {{"read", read_one, 6},        {"change", change_one, 6}, {"file", make_file, 4},
                {"folder", make_folder, 2},   {"remove", remove_one, 6}, {"socket", speak, 4},
                {"signal", signal_others, 3}};

START_TEST(reaches)
{
    char reached[256] = "";
    for (unsigned i = 0; i < sizeof attempts / sizeof *attempts; i++)
        for (int k = 0; k < attempts[i].times; k++) {
            pid_t child = fork();
            int status = 1;
            if (child == 0)
                _exit(attempts[i].attempt(k) >= 0 ? 0 : 1);
            if (waitpid(child, &status, 0) == child && status == 0)
                snprintf(reached + strlen(reached), sizeof reached - strlen(reached), " %s %d", attempts[i].name, k);
        }
    ck_abort_msg("reached:%s.", reached[0] ? reached : " nothing");
}
END_TEST

void my_tests(TCase *tcase)
{
    tcase_add_test(tcase, reaches);
}
