/* One job for each output directory: a file there names the owner and is locked while it lives. */
#ifndef BP_LOCK_H
#define BP_LOCK_H

#include "base.h"

typedef struct {
  int file; /* descriptor */
  char *path;
} BpLock;

/* Takes DIR/ballpad.lock, also from an owner that is dead. Another job that lives, here or perhaps
 * on another host, is a problem that names it, and so is a directory that cannot be written
 * (BP_EXIT_IO). */
BpStatus bp_lock_take(const char *dir, BpLock *lock, BpProblems *problems);

/* 1 if another job that lives, here or perhaps on another host, has the lock of DIR. */
int bp_lock_is_taken(const char *dir);

/* Removes the file and its lock; nothing if none was taken. */
void bp_lock_release(BpLock *lock);

#endif
