/* Elements: shape functions, quadrature, and an element's strains, force and stiffness from given
 * stress and tangent. Pure C: arrays in, arrays out. Symmetric tensors are Mandel 6-vectors.
 *
 * Arrays over the nodes of an element are component-major and padded with zeros to whole vector
 * registers: displacement u [3 pad], u[d * pad + n]; gradients of all points g [npoints][3][pad],
 * dN_n/dx_d in 1/m at g[(q * 3 + d) * pad + n]. */
#ifndef BP_FE_H
#define BP_FE_H

#include "base.h"
#include "meshio.h"

enum {
  BP_FE_MAX_NODES = 20,
  BP_FE_MAX_PAD = 24,
  BP_FE_MAX_POINTS = 27,
  BP_FE_MAX_DOFS = 3 * BP_FE_MAX_NODES,
  BP_FE_MAX_GRADIENTS = BP_FE_MAX_POINTS * 3 * BP_FE_MAX_PAD
};

/* Reference coordinates (r, s, t): r, s, t >= 0, r + s + t <= 1; a triangle r, s >= 0, r + s <= 1
 * times t in [-1, 1]; all in [-1, 1]. */
typedef enum { BP_TETRAHEDRON, BP_WEDGE, BP_HEXAHEDRON } BpShape;

/* An element of elements.def. */
typedef struct {
  BpCellType cell; /* name, order and numbers of nodes are those of bp_cell_info() */
  BpShape shape;
  int nnodes, pad, npoints;
  const double (*point)[3], *weight; /* [npoints] quadrature; weights sum to the reference volume */
  int degree[2];           /* what the rule is exact for: polynomials of that degree (tetrahedron),
                              in the plane and along t (wedge), in each coordinate (hexahedron) */
  const char *source;      /* of the rule */
  int point_degree[2];     /* what point_basis reproduces, in the same sense */
  int jacobian_degree[2];  /* of det(dx/dxi), in the same sense */
  int mean_dilatation;     /* 1: the volumetric strain is the element's mean (B-bar), so that it
                              does not lock where the material is nearly incompressible */
  const double (*node)[3]; /* [vertices] reference coordinates */

  /* Shape functions N [nnodes] and reference derivatives dN [nnodes][3] at xi; either may be NULL.
   */
  void (*shapes)(const double xi[3], double *N, double (*dN)[3]);

  /* value [npoints] at xi of the functions that carry point data into the element: sum over points
   * of value times data. They interpolate where there are as many functions as points, and are the
   * least-squares fit under the rule otherwise; they sum to 1. */
  void (*point_basis)(const double xi[3], double *value);

  /* Gradients g and volumes [npoints] (m3) at the points of an element with nodes xyz [nnodes][3],
   * m. BP_BAD if a Jacobian is not positive. */
  BpStatus (*gradients)(const double (*xyz)[3], double *g, double *volume);

  /* Strain at all points, strain [6 npoints], of displacement u [3 pad], m. */
  void (*strains)(const double *g, const double *volume, const double *u, double *strain);

  /* Adds the internal force of all points, B^T stress dV, N, to f [3 pad]; stress [6 npoints]. */
  void (*add_force)(const double *g, const double *volume, const double *stress, double *f);

  /* Stiffness, sum over points of B^T D B dV, N/m. D is [36] at point q at D + q * stride (stride
   * 0: one D for all points) and must be symmetric. K is [3 nnodes][3 nnodes], unknown 3 n + d of
   * node n. */
  void (*stiffness)(const double *g, const double *volume, const double *D, int stride, double *K);
} BpElement;

/* The table of elements, in the order of elements.def, ended by NULL. */
extern const BpElement *const bp_elements[];

/* Element of a volume cell type, NULL if there is none. */
const BpElement *bp_element(BpCellType cell);

/* value [npoints] at xi of the functions that make the linear least-squares fit under the rule:
 * without the oscillations of quadratic ones, which the pressure has where a material flows at
 * constant volume. */
void bp_element_linear_basis(const BpElement *element, const double xi[3], double *value);

/* det(dx/dxi) at xi of an element with nodes xyz; J [3][3] receives dx_i/dxi_j if not NULL. */
double bp_element_jacobian(const BpElement *element, const double (*xyz)[3], const double xi[3],
                           double (*J)[3]);

/* Position at xi. */
void bp_element_position(const BpElement *element, const double (*xyz)[3], const double xi[3],
                         double x[3]);

/* Middle of the reference element. */
void bp_element_center(const BpElement *element, double xi[3]);

/* How far xi is outside of the reference element, in reference units; negative inside. */
double bp_element_outside(const BpElement *element, const double xi[3]);

/* Finds xi with position x by Newton's method. BP_BAD if it does not converge, which happens for
 * points well outside of a curved element only. */
BpStatus bp_element_locate(const BpElement *element, const double (*xyz)[3], const double x[3],
                           double xi[3]);

/* Bounds of det(dx/dxi) over a whole curved element: it is a polynomial, and the coefficients of
 * its Bernstein form bound it. Source: Johnen, Remacle, Geuzaine, J. Comput. Phys. 233 (2013) 359.
 */
enum { BP_BOUND_SIMPLEX = 20, BP_BOUND_LINE = 6, BP_BOUND_SAMPLES = 216 };

typedef struct {
  const BpElement *element;
  int dim; /* of the simplex that is a factor of the element: 3, 2 or 1; the rest are lines */
  int nsimplex, nline;
  double at[BP_BOUND_SIMPLEX][3]; /* lattice of the simplex, reference coordinates */
  double simplex[BP_BOUND_SIMPLEX * BP_BOUND_SIMPLEX]; /* samples -> Bernstein coefficients */
  double line[BP_BOUND_LINE * BP_BOUND_LINE];
} BpJacobianBound;

void bp_jacobian_bound_init(const BpElement *element, BpJacobianBound *bound);

/* lower is never above the true minimum, upper is the largest sampled value. */
void bp_jacobian_bounds(const BpJacobianBound *bound, const double (*xyz)[3], double *lower,
                        double *upper);

/* A face of an element, with quadrature for loads and exchange: exact for a shape function times
 * the normal of a curved face. */
typedef struct {
  BpCellType cell;
  int nnodes, npoints;
  int degree; /* of polynomials (triangle) or in each coordinate that the rule is exact for */
  const double (*point)[2], *weight; /* [npoints]; triangle r, s >= 0, r + s <= 1, or [-1, 1]^2 */
  void (*shapes)(const double xi[2], double *N, double (*dN)[2]);
} BpFaceElement;

enum { BP_FACE_MAX_NODES = 8, BP_FACE_MAX_POINTS = 9 };

/* Face element of a surface cell type, NULL if there is none. */
const BpFaceElement *bp_face_element(BpCellType cell);

/* The same by its number of nodes: 3, 4, 6 or 8. */
const BpFaceElement *bp_face_of_nodes(int nnodes);

/* Position at xi, and the normal times the area per reference area (n dA/dxi), which points out of
 * the cell for the node order of bp_cell_face_nodes(). Either may be NULL. */
void bp_face_geometry(const BpFaceElement *face, const double (*xyz)[3], const double xi[2],
                      double x[3], double normal[3]);

/* Position at (r, s) of a face with so many nodes. */
void bp_face_position(int nnodes, const double (*xyz)[3], double r, double s, double x[3]);

/* Area of such a face with nodes xyz [nnodes][3], m2; normal receives the integral of its unit
 * normal, m2, whose third component is the plan area. 3 x 3 points, those of the square folded onto
 * the triangle (Duffy, SIAM J. Numer. Anal. 19 (1982) 1260): exact where the face is plane. */
double bp_face_area(int nnodes, const double (*xyz)[3], double normal[3]);

#endif
