/* Parts of a case that come in lists: what a user's mesh is made of and held by, probes, averages.
 * Included by config.h. */
#ifndef BP_CASE_PARTS_H
#define BP_CASE_PARTS_H

#define BP_NAME 64 /* bytes of a name: region, shape, profile */
#define BP_PATH 512

/* Material of a physical volume of a user's mesh. */
typedef struct {
  char name[BP_NAME]; /* of the volume */
  char card[BP_PATH];
  double stress_free; /* K; 0: load.start */
  char joined[8];     /* "yes": becomes part of the body at load.start; "no" or "" */
} BpMeshMaterial;

/* What is prescribed on a physical surface, curve or point of a user's mesh. Loads and
 * displacements are multiplied by a factor that is linear in time between the given times. */
typedef struct {
  char on[BP_NAME];
  char (*fixed)[BP_NAME]; /* [nfixed] "ux", "uy", "uz" */
  int nfixed;
  double displacement[3]; /* m; 0: not given, a displacement of 0 is among the fixed ones */
  char symmetry[8];       /* "yes": no displacement along the normal of a plane surface */
  double pressure;        /* Pa, against the surface */
  double *traction;       /* [ntraction] 3 or none, Pa, in the model's axes */
  int ntraction;
  double foundation;  /* N/m3, force per area and displacement along the normal */
  double temperature; /* K, prescribed; 0: not given */
  double flux;        /* W/m2 into the body */
  double convection;  /* W/m2/K */
  double emissivity;  /* of a grey body */
  double ambient;     /* K, of convection and radiation; 0: not given */
  double *times;      /* [ntimes] s; none: a factor of 1 at all times */
  int ntimes;
  double *factors; /* [nfactors] as many */
  int nfactors;
} BpBoundaryCase;

/* Bits of the components that are prescribed, a plane of symmetry's apart. */
unsigned bp_boundary_components(const BpBoundaryCase *boundary);

/* 1 if the component along an axis is held or moved for itself: all three at rest are no direction.
 */
int bp_boundary_is_along(const BpBoundaryCase *boundary, int axis);

/* The factor at a time, s. Temperatures are load.start + factor (value - load.start). */
double bp_boundary_factor(const BpBoundaryCase *boundary, double time);

/* 1 where an entry prescribes something of heat. */
int bp_boundary_is_thermal(const BpBoundaryCase *boundary);

/* Heat that arises in a region. */
typedef struct {
  char region[BP_NAME];
  double power;   /* W, of the whole region as it is meshed; 0: density is given */
  double density; /* W/m3 */
  double *times;  /* [ntimes] s; none: a factor of 1 at all times */
  int ntimes;
  double *factors; /* [nfactors] as many */
  int nfactors;
} BpHeatSourceCase;

/* Temperatures at the nodes of a user's mesh, from its file. */
typedef struct {
  char name[BP_NAME];
  char unit[8];  /* "degC" or "K", of the values in the file */
  double *times; /* [ntimes] s; none: a factor of 1 at all times */
  int ntimes;
  double *factors; /* [nfactors] as many */
  int nfactors;
} BpHeatFieldCase;

/* Heat conduction: load.heat. */
typedef struct {
  char solve[BP_NAME]; /* "none": temperature is that of the programme everywhere; "alone": heat,
                          without mechanics; "coupled": mechanics at the temperatures of heat;
                          "prescribed": at those of a field */
  BpHeatFieldCase field;
  char steady[8];              /* "yes": the steady state; of "alone" */
  double tolerance;            /* K, error of a step */
  double first_step, max_step; /* s */
  double convection;           /* W/m2/K, of the chamber, on the outside of a cell or array */
  double emissivity;           /* of that outside */
  char power_region[BP_NAME];  /* that the programme's power arises in */
  BpHeatSourceCase *source;    /* [nsources] */
  int nsources;
} BpHeatCase;

/* A value at a point. */
typedef struct {
  char name[BP_NAME];
  double *at; /* [nat] 3, m, in the shape that the mesh has */
  int nat;
  char quantity[BP_NAME]; /* key in the table of probes */
  char region[BP_NAME];   /* "": of the region that the point lies in */
  double *times;          /* [ntimes] s, ends of steps; none: the end of the run */
  int ntimes;
} BpProbeCase;

/* A mean over a region of a user's mesh, or over what lies near one of its surfaces. */
typedef struct {
  char name[BP_NAME]; /* "package" and "board" are the sides of a joint, for the lives */
  char region[BP_NAME];
  char on[BP_NAME]; /* surface; "": the whole region */
  double distance;  /* m */
} BpAverageCase;

#endif
