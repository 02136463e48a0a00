// SPDX-License-Identifier: MIT
/*
 * tools.h - what every attacker brings along: system calls without the C library, and the grader's own page in hand.
 *
 * attacks.sh puts wire/channel.h and this text between the base of a submission and the attack. The C library's
 * functions are refused when a submission is linked, so an attack on the sandbox has to talk to the kernel itself.
 */
#include <linux/futex.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>

/* Makes system call NUMBER; returns what the kernel returns, -errno on failure. */
static inline long ask_kernel(long number, long a, long b, long c, long d, long e, long f)
{
#if defined(__x86_64__)
    long result;
    register long r10 __asm__("r10") = d;
    register long r8 __asm__("r8") = e;
    register long r9 __asm__("r9") = f;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
    return result;
#elif defined(__aarch64__)
    register long x8 __asm__("x8") = number;
    register long x0 __asm__("x0") = a;
    register long x1 __asm__("x1") = b;
    register long x2 __asm__("x2") = c;
    register long x3 __asm__("x3") = d;
    register long x4 __asm__("x4") = e;
    register long x5 __asm__("x5") = f;
    __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory");
    return x0;
#endif
}

#define KERNEL_1(number, a) ask_kernel(number, (long)(a), 0, 0, 0, 0, 0)
#define KERNEL_2(number, a, b) ask_kernel(number, (long)(a), (long)(b), 0, 0, 0, 0)
#define KERNEL_3(number, a, b, c) ask_kernel(number, (long)(a), (long)(b), (long)(c), 0, 0, 0)
#define KERNEL_4(number, a, b, c, d) ask_kernel(number, (long)(a), (long)(b), (long)(c), (long)(d), 0, 0)

/* Fills N bytes at TO in a way that watched memory does not see. */
static inline void fill_unseen(void *to, unsigned char value, size_t n)
{
#if defined(__x86_64__)
    __asm__ volatile("rep stosb" : "+D"(to), "+c"(n) : "a"(value) : "memory");
#elif defined(__aarch64__)
    for (unsigned char *byte = to; n > 0; n--, byte++)
        __asm__ volatile("strb %w0, [%1]" : : "r"(value), "r"(byte) : "memory");
#endif
}

/* --- signals --- */

/* The kernel's own struct, which is not the C library's. */
struct kernel_action {
    void (*handler)(int);
    unsigned long flags;
    void (*restorer)(void);
    unsigned long mask;
};

#if defined(__x86_64__)
__asm__(".text\nattack_restorer:\n\tmovq $15, %rax\n\tsyscall\n");
extern void attack_restorer(void);
#endif

static inline void catch_signal(int number, void (*handler)(int))
{
    struct kernel_action action = {.handler = handler, .flags = SA_NODEFER};
#if defined(__x86_64__)
    action.flags |= 0x04000000; /* SA_RESTORER */
    action.restorer = attack_restorer;
#endif
    KERNEL_4(SYS_rt_sigaction, number, &action, 0, sizeof action.mask);
}

/* --- the grader's page, see channel.h --- */

#define CHANNEL ((struct channel *)CHANNEL_ADDRESS)

/* Hands the move to the judge with a message of the attacker's own making. */
static inline void forge(enum say say, uint64_t result)
{
    CHANNEL->result = result;
    CHANNEL->say = say;
    CHANNEL->turn = TURN_JUDGE;
    KERNEL_3(SYS_futex, &CHANNEL->turn, FUTEX_WAKE, 1);
}

/* The same, and never comes back: the judge is sure to read this message and not the one that would follow. */
_Noreturn static inline void forge_and_stay(enum say say)
{
    forge(say, 0);
    for (;;)
        continue;
}

/* Uses up a moment of computing. */
static inline void dawdle(void)
{
    for (volatile int i = 0; i < 1000000; i++)
        continue;
}
