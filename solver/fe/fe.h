/* Elements: shape functions, quadrature, and the element's strain, force and stiffness from given
 * stress and tangent. Pure C: arrays in, arrays out. Symmetric tensors are Mandel 6-vectors. */
#ifndef BP_FE_H
#define BP_FE_H

#include "base.h"

/* Fifteen-node wedge. Reference coordinates: (r, s) in the triangle r, s >= 0, r + s <= 1, and t in
 * [-1, 1]. Node order is that of meshio.h: 6 vertices, then the mid-edge nodes of
 * (01)(12)(20)(34)(45)(53)(03)(14)(25). */
enum {
  BP_WEDGE_NODES = 15,
  BP_WEDGE_VERTICES = 6,
  BP_WEDGE_DOFS = 45,
  BP_WEDGE_POINTS = 18, /* 6 in the triangle (degree 4) times 3 in t (degree 5): exact for the patch
                           test on curved wedges */
  BP_FE_PAD = 16        /* nodes padded to whole vector registers */
};

/* Quadrature points and weights of the wedge; weights sum to the reference volume, 1. Point index =
 * 6 * layer + in-plane point, layers from t < 0 to t > 0. source  in the plane: Dunavant, Int. J.
 * Numer. Methods Eng. 21 (1985) 1129, degree 4; along t: Gauss-Legendre */
extern const double bp_wedge_point[BP_WEDGE_POINTS][3];
extern const double bp_wedge_weight[BP_WEDGE_POINTS];

/* Shape functions N [15] and their reference derivatives dN [15][3] at xi = (r, s, t); either may
 * be NULL. */
void bp_wedge_shape(const double xi[3], double *N, double (*dN)[3]);

/* Values at xi of the 18 functions that are 1 at one quadrature point and 0 at the others (degree 2
 * in the plane and along t): what interpolates point data inside the element. */
void bp_wedge_point_basis(const double xi[3], double value[BP_WEDGE_POINTS]);

/* det(dx/dxi) at xi of a wedge with nodes xyz [15][3]; J [3][3] receives dx_i/dxi_j if not NULL. */
double bp_wedge_jacobian(const double (*xyz)[3], const double xi[3], double (*J)[3]);

/* Position at xi. */
void bp_wedge_position(const double (*xyz)[3], const double xi[3], double x[3]);

/* Bounds of det J over the whole curved wedge. det J is a polynomial of degree 4 in the plane and 5
 * along t; its Bernstein coefficients bound it. Source: Johnen, Remacle, Geuzaine, J. Comput. Phys.
 * 233 (2013) 359. */
typedef struct {
  double plane[15][15], line[6][6]; /* samples -> Bernstein coefficients */
} BpJacobianBound;

void bp_jacobian_bound_init(BpJacobianBound *bound);

/* lower is never above the true minimum, upper is the largest sampled value. */
void bp_wedge_jacobian_bounds(const BpJacobianBound *bound, const double (*xyz)[3], double *lower,
                              double *upper);

/* Shape-function gradients at one point, component-major and padded with zeros: g[d][n] =
 * dN_n/dx_d, 1/m, and the volume of the point, m3. */
typedef struct {
  double g[3][BP_FE_PAD];
  double volume;
} BpGradient;

/* Gradients at the 18 points of a wedge with nodes xyz [15][3], m. BP_BAD if a Jacobian is not
 * positive. */
BpStatus bp_wedge_gradients(const double (*xyz)[3], BpGradient gradient[BP_WEDGE_POINTS]);

/* Strain at a point: u[d][n] displacement of node n, component-major and padded, m. */
void bp_fe_strain(const BpGradient *gradient, const double u[3][BP_FE_PAD], double strain[6]);

/* Adds the internal force of one point, B^T stress dV, N: f[d][n], component-major. */
void bp_fe_add_force(const BpGradient *gradient, const double stress[6], double f[3][BP_FE_PAD]);

/* Element stiffness, sum over points of B^T D B dV, N/m. D is [36] at point q at D + q * stride
 * (stride 0: one D for all points). K is [45][45], unknown 3 n + d of node n. D must be symmetric.
 */
void bp_fe_stiffness(const BpGradient gradient[BP_WEDGE_POINTS], const double *D, int stride,
                     double *K);

/* Quadratic triangle (6 nodes) and serendipity quadrilateral (8 nodes) in space: position at (r,
 * s), the triangle's coordinates as above, the quadrilateral's in [-1, 1]^2. */
void bp_face_position(int nnodes, const double (*xyz)[3], double r, double s, double x[3]);

#endif
