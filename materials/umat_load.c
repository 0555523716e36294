/* Opening the library of a UMAT and trying its routine, each in a child process first: code that we
 * do not know may crash, stop the program or hang. */
#define _GNU_SOURCE /* dladdr() */
#include "umat.h"

#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { GUARD = 64, PATIENCE = 60 /* s */, SURVIVED = 42 };

typedef struct {
  char message[128]; /* how the child ended */
} Result;

typedef void (*Work)(void *context);

/* In the child: faults end it at once, whoever handles them here (PETSc would stop all ranks), and
 * leave no core. */
static void run_child(Work work, void *context) {
  static const int fault[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGALRM, SIGTERM};
  const struct rlimit none = {0, 0};
  for (int i = 0; i < BP_COUNT(fault); i++)
    (void)signal(fault[i], SIG_DFL);
  (void)setrlimit(RLIMIT_CORE, &none);
  (void)alarm(PATIENCE);
  work(context);
  _exit(SURVIVED);
}

/* Does the work in a child process. BP_BAD, saying how it ended, if it does not come back. */
static BpStatus survive(Work work, void *context, Result *result) {
  int status = 0;
  (void)fflush(NULL); /* else a child that ends the program writes it a second time */
  const pid_t child = fork();
  if (child == 0)
    run_child(work, context);
  if (child < 0) {
    snprintf(result->message, sizeof result->message,
             "cannot be tried, there is no process for it");
    return BP_BAD;
  }
  while (waitpid(child, &status, 0) < 0 && errno == EINTR)
    continue;
  if (WIFEXITED(status) && WEXITSTATUS(status) == SURVIVED)
    return BP_OK;
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
    snprintf(result->message, sizeof result->message, "does not come back within %d s", PATIENCE);
  else if (WIFSIGNALED(status))
    snprintf(result->message, sizeof result->message, "crashes (signal %d)", WTERMSIG(status));
  else
    snprintf(result->message, sizeof result->message, "ends the program (exit code %d)",
             WEXITSTATUS(status));
  return BP_BAD;
}

static void open_library(void *context) {
  BpUmat *u = context;
  u->handle = dlopen(u->path, RTLD_NOW | RTLD_LOCAL);
}

void bp_umat_close(BpUmat *u) {
  if (u->handle)
    (void)dlclose(u->handle);
  u->handle = NULL;
}

BpStatus bp_umat_open(BpCardReader *reader, int line, BpUmat *u) {
  Result result;
  if (survive(open_library, u, &result) != BP_OK) {
    bp_card_problem(reader, line, "the library '%.200s' %s when it is loaded; rebuild it", u->path,
                    result.message);
    return BP_BAD;
  }
  open_library(u);
  if (!u->handle) {
    bp_card_problem(reader, line,
                    "the library of the UMAT cannot be opened: %.600s; build it with -shared -fPIC "
                    "and give its path from the card's folder, or an absolute one",
                    dlerror());
    return BP_BAD;
  }
  void *routine = dlsym(u->handle, u->symbol);
  if (!routine) {
    bp_card_problem(reader, line,
                    "the library '%.200s' has no symbol '%.60s'; Fortran's SUBROUTINE UMAT is "
                    "'umat_', another name goes in umat.symbol (nm -D lists them)",
                    u->path, u->symbol);
    return BP_BAD;
  }
  memcpy(&u->routine, &routine, sizeof routine); /* ISO C has no cast to a function */
  Dl_info info;
  u->file = bp_copy_text(dladdr(routine, &info) ? info.dli_fname : u->path);
  return BP_OK;
}

/* ---- the call at rest */

typedef struct {
  const BpMaterial *material;
  double T, param[BP_MAX_PARAMS];
  double state0[BP_MAX_STATE], state1[BP_MAX_STATE + GUARD], stress[6], tangent[36];
  BpStatus status;
} Probe;

static const double untouched = 1234567.0; /* behind the states */

/* A step short enough for creep to be nothing and long enough to divide by. */
static void call_at_rest(void *context) {
  static const double zero[6] = {0};
  Probe *p = context;
  const BpLaw *law = &p->material->umat->law;
  const BpLawIn in = {.param = p->param,
                      .strain0 = zero,
                      .strain1 = zero,
                      .stress0 = zero,
                      .state0 = p->state0,
                      .dt = 1e-6,
                      .T0 = p->T,
                      .T1 = p->T,
                      .context = law->context};
  BpLawOut out = {.stress1 = p->stress, .state1 = p->state1, .tangent = p->tangent};
  for (int i = bp_law_state_size(law); i < BP_MAX_STATE + GUARD; i++)
    p->state1[i] = untouched;
  p->status = law->update(&in, &out);
}

/* 1 if the tangent is the stiffness of E and nu to 0.1 %. */
static int is_of_card(const Probe *p) {
  const double young = p->param[0], poisson = p->param[1];
  double C[36], difference = 0.0, size = 0.0;
  bp_isotropic_stiffness(young / (3.0 - 6.0 * poisson), young / (2.0 + 2.0 * poisson), C);
  for (int i = 0; i < 36; i++) {
    difference = fmax(difference, fabs(p->tangent[i] - C[i]));
    size = fmax(size, fabs(C[i]));
  }
  return difference <= 1e-3 * size;
}

static const char *fault_of(const Probe *p) {
  const int nstate = bp_law_state_size(&p->material->umat->law);
  for (int i = nstate; i < BP_MAX_STATE + GUARD; i++)
    if (p->state1[i] != untouched)
      return "writes beyond its states; give their true number in umat.states";
  if (p->status != BP_OK)
    return "refuses a step without strain or returns what is not a number; look at the constants "
           "and states that it gets";
  if (bp_norm6(p->stress) > 1e-9 * p->param[0])
    return "has a stress without strain; look at umat.start";
  if (!is_of_card(p))
    return "does not begin with the stiffness of the card's E and nu, which must be its own; look "
           "at umat.stress_unit and the order and units of umat.props";
  return NULL;
}

BpStatus bp_umat_probe(BpCardReader *reader, int line, const BpMaterial *m) {
  Probe *p = BP_NEW(Probe, 1);
  Result result;
  p->material = m;
  p->T = 0.5 * (m->fitted[0] + m->fitted[1]);
  bp_material_param(m, p->T, p->param);
  bp_law_start(m->law, p->param, p->state0);
  const BpStatus alive = survive(call_at_rest, p, &result);
  const char *fault = NULL;
  if (alive == BP_OK) {
    call_at_rest(p);
    fault = fault_of(p);
  } else {
    bp_card_problem(reader, line,
                    "the UMAT '%.60s' of '%.200s' %s when it is called at rest; look "
                    "at the order of umat.props and the number of umat.states",
                    m->umat->symbol, m->umat->path, result.message);
  }
  if (fault)
    bp_card_problem(reader, line, "the UMAT '%.60s' of '%.200s' %s", m->umat->symbol, m->umat->path,
                    fault);
  free(p);
  return alive == BP_OK && !fault ? BP_OK : BP_BAD;
}
