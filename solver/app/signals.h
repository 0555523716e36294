/* Requests to stop: SIGTERM, SIGINT and SIGUSR1 (which mpirun passes on) end the run after the
 * step; a second one ends the program at once. */
#ifndef BP_SIGNALS_H
#define BP_SIGNALS_H

/* From now on. */
void bp_signals_catch(void);

/* The same for a process whose parent passes requests on, so that the same one may come twice: a
 * second one does nothing. */
void bp_signals_hold(void);

/* 1 once a request came to this rank. */
int bp_signals_caught(void);

#endif
