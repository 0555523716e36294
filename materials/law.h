/* The contract of a constitutive law, for people who write one: a struct in laws/<name>.c and a
 * line in laws.def. A card may also make one, from a UMAT (umat.h).
 *
 * Symmetric tensors are Mandel 6-vectors (tensor.h), SI units. A law sees one point. update()
 * allocates nothing, does no input or output, has no state of its own, reads only `in`, writes only
 * `out`, and never returns a NaN: a step that it cannot take is BP_CUT, input outside the law's
 * sense is BP_BAD, and either says why (bp_law_begin(), bp_law_cut(), bp_law_bad()). Thermal
 * expansion is not its business: the strain that it gets is mechanical. Elastic constants change
 * with temperature, so the update is in total form, stress1 = C(T1) (strain1 - inelastic1). */
#ifndef BP_LAW_H
#define BP_LAW_H

#include "base.h"

typedef struct {
  const char *name, *unit, *help; /* unit "1" for pure numbers, SI otherwise; "K" is a difference or
                                     an activation temperature, "kelvin" a point on the scale,
                                     which a card may give in degC */
  double hard_min, hard_max;      /* outside: the card does not load */
  double fallback;                /* value when the card has none, or BP_REQUIRED */
} BpParamInfo;

#define BP_REQUIRED ((double)NAN) /* fallback of a constant that the card must give */

typedef struct {
  const char *name, *unit, *help;
  int size;       /* components */
  double initial; /* of each component, used unless the law has start() */
} BpStateInfo;

typedef struct {                   /* last accepted state and the trial increment */
  const double *param;             /* [nparam] at T1, SI */
  const double *strain0, *strain1; /* [6] mechanical */
  const double *stress0;           /* [6] Pa */
  const double *state0;            /* [nstate] */
  double t0, dt;                   /* s */
  double T0, T1;                   /* K */
  const void *context;             /* the law's own, BpLaw.context */
} BpLawIn;

/* Constants and state values of a point, at most. */
enum { BP_MAX_PARAMS = 64, BP_MAX_STATE = 256 };

typedef struct {   /* everything the law may write */
  double *stress1; /* [6] Pa */
  double *state1;  /* [nstate] */
  double *tangent; /* [36] Pa, d stress1 / d strain1 of this very update; NULL if not wanted */
  double work_inelastic; /* J/m3, integral of stress : d inelastic strain over the step, trapezoidal
                            in the stress; of a law with stored() what the step turns into heat */
  double dt_hint;        /* s, a step that the law would accept, with BP_CUT; 0 = no opinion */
  const char *reason;    /* with BP_CUT and BP_BAD: why, words that a user reads, a text that is
                            never freed; NULL with BP_OK */
} BpLawOut;

/* What an update begins with: nothing has gone wrong yet. */
static inline void bp_law_begin(BpLawOut *out) {
  out->work_inelastic = 0.0;
  out->dt_hint = 0.0;
  out->reason = NULL;
}

/* Refuses the step; dt_hint s, 0 = no opinion. */
static inline BpStatus bp_law_cut(BpLawOut *out, double dt_hint, const char *reason) {
  out->dt_hint = dt_hint;
  out->reason = reason;
  return BP_CUT;
}

/* Refuses the input. */
static inline BpStatus bp_law_bad(BpLawOut *out, const char *reason) {
  out->reason = reason;
  return BP_BAD;
}

/* Reasons that laws share. */
#define BP_REASON_NOT_FINITE "stress or state beyond all numbers"
#define BP_REASON_LARGE      "more than 50 % inelastic strain in one step"
#define BP_REASON_TIME       "a negative time or step, or a temperature of 0 K or less"

typedef struct {
  const char *name, *title, *source; /* key, one line, citation with equation numbers */
  const BpParamInfo *param;
  int nparam;
  const BpStateInfo *state;
  int nstate; /* number of rows of `state`; bp_law_state_size() gives the number of values */
  int rate;   /* 1: the state follows a smooth rate equation, so that the caller may combine earlier
                 states into state0 (a multistep formula); 0: state0 is that of the last step */
  int linear; /* 1: stress1 = C(T1) strain1, no state; the caller may keep C */
  int symmetric;  /* 1: the tangent is symmetric */
  int unified;    /* 1: creep and plasticity are one, so that neither can be added to it */
  int isothermal; /* 1: constants must not depend on temperature */
  BpStatus (*check)(const double *param, char *message,
                    size_t size); /* rules between constants; NULL if none */
  void (*start)(const double *param,
                double *state); /* initial state where it depends on constants; NULL if not */
  BpStatus (*update)(const BpLawIn *in, BpLawOut *out);
  double (*dissipation)(const BpLawIn *in,
                        const BpLawOut *out); /* J/m3 that the flow of an accepted step turns into
                                                 heat, with the forces of its end: (stress - back
                                                 stress) : d inelastic strain. NULL: stress : d
                                                 inelastic strain */
  double (*stored)(const double *param, const double *strain,
                   const double *state); /* J/m3 of recoverable energy. NULL: what the elastic
                                            strain holds, 1/2 stress : (strain - inelastic) */
  const void
      *context; /* of a law that a card makes (umat.h); whoever calls update() hands it over */
} BpLaw;

/* Names of states that every inelastic law has; the model reads them by name.
 * inelastic_strain [6] Mandel, stress = C (strain - inelastic_strain), deviatoric unless the law
 * says otherwise; accumulated_strain [1] integral of sqrt(2/3 de:de). */
#define BP_STATE_INELASTIC   "inelastic_strain"
#define BP_STATE_ACCUMULATED "accumulated_strain"

/* Names of states of laws that keep creep and plasticity apart; their sum is inelastic_strain. In a
 * law of creep alone the inelastic strain is the creep strain, in one of plasticity alone the
 * plastic strain. creep_work [1] J/m3, integral of stress : d creep strain. */
#define BP_STATE_CREEP       "creep_strain"
#define BP_STATE_PLASTIC     "plastic_strain"
#define BP_STATE_CREEP_SUM   "accumulated_creep_strain"
#define BP_STATE_PLASTIC_SUM "accumulated_plastic_strain"
#define BP_STATE_CREEP_WORK  "creep_work"

/* The table of laws, in the order of laws.def, ended by NULL. */
extern const BpLaw *const bp_laws[];

/* Law by name, NULL if there is none. */
const BpLaw *bp_law_find(const char *name);

/* Number of state values of a point, and offset of a state by name (-1 if the law has none such).
 */
int bp_law_state_size(const BpLaw *law);
int bp_law_state_offset(const BpLaw *law, const char *name);

/* 1 if the state is a symmetric tensor, a Mandel vector: six values that are pure numbers. Six
 * values of anything else are just six. */
static inline int bp_state_is_tensor(const BpStateInfo *state) {
  return state->size == 6 && strcmp(state->unit, "1") == 0;
}

/* Initial state of a point, from the rows' initial values and the law's start(). state
 * [bp_law_state_size()]. */
void bp_law_start(const BpLaw *law, const double *param, double *state);

#endif
