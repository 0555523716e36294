#include "study_jobs.h"

#include "lock.h"
#include "signals.h"
#include "study_state.h"
#include "units.h"

#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

typedef struct {
  pid_t pid; /* 0: idle */
  int point;
} Worker;

typedef struct {
  BpArgs *args;
  BpStudyJob job;
  Worker *worker; /* [count] */
  int count, busy;
  int point[2], next;
  int requests;    /* to stop */
  double deadline; /* s of seconds_now(); HUGE_VAL: none */
  sigset_t signals, before;
} Jobs;

int bp_study_jobs_wanted(const BpArgs *args) {
  return args->command == BP_COMMAND_STUDY && args->nfiles > 0 &&
         !(args->given & (BP_OPTION_HELP | BP_OPTION_VERSION)) &&
         strcmp(args->file[0], "run") == 0 && !getenv("OMPI_COMM_WORLD_SIZE") &&
         !getenv("PMI_SIZE") && !getenv("PMIX_RANK");
}

static double seconds_now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int is_talking(const Jobs *j) {
  return !(j->args->given & (BP_OPTION_QUIET | BP_OPTION_JSON));
}

/* ---- the process of a point */

/* Its command line: that of the study, for this point alone and what is left of the time. */
static void become_worker(Jobs *j, int point) {
  BpArgs *args = j->args;
  prctl(PR_SET_PDEATHSIG, SIGKILL); /* nobody would take note of what it does */
  setpgid(0, 0);                    /* a terminal's Ctrl-C comes through the parent */
  bp_signals_hold();
  sigprocmask(SIG_SETMASK, &j->before, NULL);
  args->worker = 1;
  args->range = NULL;
  args->jobs = NULL;
  args->index = bp_format("%d", point);
  if (isfinite(j->deadline))
    args->walltime = bp_format("%.3f s", fmax(j->deadline - seconds_now(), 1e-3));
  free(j->worker);
  bp_study_close(&j->job);
}

/* 1 in the process of the point. */
static int start(Jobs *j, int point) {
  int i = 0;
  while (j->worker[i].pid != 0)
    i++;
  fflush(NULL);
  const pid_t pid = fork();
  if (pid == 0) {
    become_worker(j, point);
    return 1;
  }
  if (pid < 0) { /* the point is left; what runs may end */
    perror("ballpad: no further process can be made");
    j->requests++;
    return 0;
  }
  j->worker[i] = (Worker){pid, point};
  j->busy++;
  return 0;
}

/* ---- its end */

/* A process that was killed could not keep the reason itself. */
static void note_end(const Jobs *j, int point, int status) {
  const int crashed =
      WIFSIGNALED(status) || (WIFEXITED(status) && WEXITSTATUS(status) == BP_EXIT_INTERNAL);
  if (crashed && j->requests < 2) {
    char *text = WIFSIGNALED(status)
                     ? bp_format("its process was ended by signal %d, %s; run it again, with more "
                                 "memory where that was the reason",
                                 WTERMSIG(status), strsignal(WTERMSIG(status)))
                     : bp_format("internal error; see run.log");
    bp_study_keep_failure(&j->job, point, BP_EXIT_INTERNAL, text);
    fprintf(stderr, "ballpad: %s: %s\n", j->job.plan->point[point].directory, text);
    free(text);
  }
  if (is_talking(j))
    bp_study_print_end(stdout, &j->job, point);
}

static void reap(Jobs *j) {
  int status;
  for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;)
    for (int i = 0; i < j->count; i++)
      if (j->worker[i].pid == pid) {
        j->worker[i].pid = 0;
        j->busy--;
        note_end(j, j->worker[i].point, status);
      }
}

/* The first request stops the points after their step, the second one at once. */
static void pass_on(Jobs *j) {
  j->requests++;
  for (int i = 0; i < j->count; i++)
    if (j->worker[i].pid != 0)
      kill(j->worker[i].pid, j->requests > 1 ? SIGKILL : SIGUSR1);
}

static void wait_for_news(Jobs *j) {
  const int number = sigwaitinfo(&j->signals, NULL);
  if (number == SIGCHLD)
    reap(j);
  else if (number > 0)
    pass_on(j);
}

/* ---- all of them */

static int is_over(const Jobs *j) {
  return j->requests > 0 || seconds_now() >= j->deadline;
}

/* 1 if a process may change something: what is done, failed for good or at work elsewhere is passed
 * over here, without one. Those of another case or version say so. */
static int is_worth(const Jobs *j, int point) {
  BpStudyLook look = bp_study_look(&j->job, point, NULL);
  char *dir = bp_study_path(&j->job, point, NULL);
  const int force = (j->args->given & BP_OPTION_FORCE) != 0;
  int worth = look.is_foreign || look.state == BP_POINT_PLANNED ||
              (look.state == BP_POINT_FAILED && (force || !look.is_final));
  worth = worth && !j->job.plan->point[point].reason && !bp_lock_is_taken(dir);
  free(dir);
  free(look.reason);
  return worth;
}

/* Every point in its turn. 1 in the process of a point. */
static int run_all(Jobs *j) {
  for (;;) {
    while (j->busy < j->count && j->next <= j->point[1] && !is_over(j)) {
      const int point = j->next++;
      if (is_worth(j, point) && start(j, point))
        return 1;
    }
    if (j->busy == 0)
      return 0;
    wait_for_news(j);
  }
}

static void read_deadline(Jobs *j, BpProblems *problems) {
  char message[512];
  double limit = HUGE_VAL;
  const char *text = j->args->walltime;
  if (text && bp_units_read(text, "s", &limit, message, sizeof message) != BP_OK)
    bp_problem(problems, BP_EXIT_USAGE, NULL, 0, "--max-walltime: %s", message);
  else if (limit <= 0.0)
    bp_problem(problems, BP_EXIT_USAGE, NULL, 0,
               "--max-walltime: '%.60s' is out of range; it must be greater than 0", text);
  j->deadline = seconds_now() + limit;
  bp_units_free();
}

static void open_signals(Jobs *j) {
  static const int waited[] = {SIGCHLD, SIGTERM, SIGINT, SIGUSR1};
  sigemptyset(&j->signals);
  for (int i = 0; i < BP_COUNT(waited); i++)
    sigaddset(&j->signals, waited[i]);
  sigprocmask(SIG_BLOCK, &j->signals, &j->before);
}

static BpExit conclude(const Jobs *j) {
  const BpStudyCount count = bp_study_count(&j->job, j->point);
  if (is_talking(j))
    bp_study_print_count(stdout, &count);
  else if (j->args->given & BP_OPTION_JSON)
    bp_study_print_json(stdout, &count);
  return bp_study_exit(&count, is_over(j));
}

int bp_study_jobs(BpArgs *args, BpExit *code) {
  BpProblems problems = {0};
  Jobs j = {.args = args, .count = args->jobs ? bp_args_whole(args->jobs) : 1};
  read_deadline(&j, &problems);
  if (problems.count == 0)
    bp_study_open(args, &j.job, &problems);
  *code = bp_problems_exit(&problems);
  bp_problems_print(&problems, stderr);
  bp_problems_free(&problems);
  if (*code == BP_EXIT_OK) {
    bp_study_selected(args, &j.job, j.point);
    j.next = j.point[0];
    j.worker = BP_NEW(Worker, j.count);
    open_signals(&j);
    if (run_all(&j))
      return 0;
    *code = conclude(&j);
    free(j.worker);
  }
  bp_study_close(&j.job);
  return 1;
}
