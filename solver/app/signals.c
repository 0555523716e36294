#include "signals.h"

#include <signal.h>
#include <stddef.h>

static volatile sig_atomic_t caught;

static void note(int number) {
  (void)number;
  caught = 1;
}

static void catch_with(int flags) {
  static const int requests[] = {SIGTERM, SIGINT, SIGUSR1};
  struct sigaction action = {.sa_handler = note, .sa_flags = flags};
  sigemptyset(&action.sa_mask);
  for (unsigned i = 0; i < sizeof requests / sizeof requests[0]; i++)
    sigaction(requests[i], &action, NULL);
}

void bp_signals_catch(void) {
  catch_with((int)(SA_RESETHAND | SA_RESTART));
}

void bp_signals_hold(void) {
  catch_with(SA_RESTART);
}

int bp_signals_caught(void) {
  return caught != 0;
}
