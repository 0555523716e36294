#include "signals.h"

#include <signal.h>
#include <stddef.h>

static volatile sig_atomic_t caught;

static void note(int number) {
  (void)number;
  caught = 1;
}

void bp_signals_catch(void) {
  static const int requests[] = {SIGTERM, SIGINT, SIGUSR1};
  struct sigaction action = {.sa_handler = note, .sa_flags = (int)(SA_RESETHAND | SA_RESTART)};
  sigemptyset(&action.sa_mask);
  for (unsigned i = 0; i < sizeof requests / sizeof requests[0]; i++)
    sigaction(requests[i], &action, NULL);
}

int bp_signals_caught(void) {
  return caught != 0;
}
