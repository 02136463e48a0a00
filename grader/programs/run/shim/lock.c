// SPDX-License-Identifier: MIT
/*
 * lock.c - one thread at a time is in the allocator (shim.h).
 */
#include "shim.h"

#include <pthread.h>
#include <unistd.h>

#define THREAD_OWN static __thread __attribute__((tls_model("initial-exec")))

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int holder;
THREAD_OWN bool inside;
THREAD_OWN int number; /* gettid(), once it has been called */

bool lock_take(void)
{
    if (inside)
        return false;
    inside = true;
    pthread_mutex_lock(&lock);
    if (number == 0)
        number = gettid();
    holder = number;
    return true;
}

void lock_give(void)
{
    holder = 0;
    pthread_mutex_unlock(&lock);
    inside = false;
}

void lock_hold(void)
{
    pthread_mutex_lock(&lock);
}

void lock_release(void)
{
    pthread_mutex_unlock(&lock);
}

void lock_renew(void)
{
    pthread_mutex_init(&lock, NULL);
    number = 0;
}

bool lock_is_ours(void)
{
    return inside;
}

int lock_holder(void)
{
    return holder;
}
