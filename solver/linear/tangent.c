#include "tangent.h"

#include "halo.h"

#include <stdlib.h>

typedef struct {
  Mat diagonal, off; /* this rank's square part and the part that multiplies other ranks' unknowns
                        (NULL on one rank) */
  Mat whole;
  int blocked; /* 1: of 3 x 3 blocks (BAIJ), 0: of values (AIJ) */
  BpBlocks blocks;
  BpGhostBlocks ghost_blocks;
  BpSmoother smoother;
  BpHalo halo;
  int first_shared, end_shared; /* lines with couplings to other ranks */
  Vec ghosts, residual;
  VecScatter scatter;
} Tangent;

/* This rank's parts of the matrix, and the block columns of other ranks that `off` has. */
static PetscErrorCode get_parts(Tangent *t, const PetscInt **ghost_block) {
  PetscBool sequential, parallel, of_values;
  PetscCall(PetscObjectTypeCompare((PetscObject)t->whole, MATSEQBAIJ, &sequential));
  PetscCall(PetscObjectTypeCompare((PetscObject)t->whole, MATMPIBAIJ, &parallel));
  PetscCall(PetscObjectTypeCompare((PetscObject)t->whole, MATMPIAIJ, &of_values));
  t->blocked = sequential || parallel;
  t->diagonal = t->whole;
  if (parallel)
    PetscCall(MatMPIBAIJGetSeqBAIJ(t->whole, &t->diagonal, &t->off, ghost_block));
  else if (of_values)
    PetscCall(MatMPIAIJGetSeqAIJ(t->whole, &t->diagonal, &t->off, ghost_block));
  return 0;
}

/* Points into the arrays of a sequential matrix. */
static PetscErrorCode borrow_structure(Mat A, int blocked, BpBlocks *blocks) {
  const PetscBool by_blocks = blocked ? PETSC_TRUE : PETSC_FALSE;
  PetscInt n;
  const PetscInt *start, *column;
  PetscBool done;
  PetscCall(MatGetRowIJ(A, 0, PETSC_FALSE, by_blocks, &n, &start, &column, &done));
  PetscCheck(done, PETSC_COMM_SELF, PETSC_ERR_PLIB, "no access to the rows of a block matrix");
  *blocks = (BpBlocks){.block = blocked ? 3 : 1, .nrows = (int)n, .start = start, .column = column};
  PetscCall(MatRestoreRowIJ(A, 0, PETSC_FALSE, by_blocks, &n, &start, &column, &done));
  return 0;
}

static PetscErrorCode borrow_values(Mat A, BpBlocks *blocks) {
  PetscScalar *value;
  const PetscScalar *read;
  if (blocks->block == 1) {
    PetscCall(MatSeqAIJGetArrayRead(A, &read));
    blocks->value = read;
    return MatSeqAIJRestoreArrayRead(A, &read);
  }
  PetscCall(MatSeqBAIJGetArray(A, &value));
  blocks->value = value;
  return MatSeqBAIJRestoreArray(A, &value);
}

static PetscErrorCode multiply(Mat shell, Vec x, Vec y) {
  Tangent *t;
  const double *in, *ghosts;
  double *out;
  PetscCall(MatShellGetContext(shell, &t));
  if (t->off)
    PetscCall(VecScatterBegin(t->scatter, x, t->ghosts, INSERT_VALUES, SCATTER_FORWARD));
  PetscCall(VecGetArrayRead(x, &in));
  PetscCall(VecGetArray(y, &out));
  bp_blocks_multiply(&t->blocks, in, out, 0);
  PetscCall(VecRestoreArrayRead(x, &in));
  if (t->off) {
    PetscCall(VecScatterEnd(t->scatter, x, t->ghosts, INSERT_VALUES, SCATTER_FORWARD));
    PetscCall(VecGetArrayRead(t->ghosts, &ghosts));
    bp_blocks_multiply(&t->ghost_blocks.blocks, ghosts, out, 1);
    PetscCall(VecRestoreArrayRead(t->ghosts, &ghosts));
  }
  PetscCall(VecRestoreArray(y, &out));
  PetscCall(
      PetscLogFlops(2.0 * t->blocks.block * t->blocks.block * t->blocks.start[t->blocks.nrows]));
  return 0;
}

static PetscErrorCode sweep_forward(Tangent *t, const double *b) {
  BpSmoother *s = &t->smoother;
  if (!t->off) {
    bp_smoother_forward(s, b, 0, s->nlines);
    return 0;
  }
  PetscCall(bp_halo_receive(&t->halo, BP_UP, s->work + (size_t)s->lanes * (size_t)s->nrows));
  bp_smoother_forward(s, b, 0, t->first_shared);
  PetscCall(bp_halo_wait(&t->halo));
  bp_smoother_forward(s, b, t->first_shared, t->end_shared);
  PetscCall(bp_halo_send(&t->halo, BP_UP, s->work));
  bp_smoother_forward(s, b, t->end_shared, s->nlines);
  return bp_halo_wait(&t->halo);
}

static PetscErrorCode sweep_backward(Tangent *t) {
  BpSmoother *s = &t->smoother;
  if (!t->off) {
    bp_smoother_backward(s, 0, s->nlines);
    return 0;
  }
  PetscCall(bp_halo_receive(&t->halo, BP_DOWN, s->work + (size_t)s->lanes * (size_t)s->nrows));
  bp_smoother_backward(s, t->end_shared, s->nlines);
  PetscCall(bp_halo_wait(&t->halo));
  bp_smoother_backward(s, t->first_shared, t->end_shared);
  PetscCall(bp_halo_send(&t->halo, BP_DOWN, s->work));
  bp_smoother_backward(s, 0, t->first_shared);
  return bp_halo_wait(&t->halo);
}

/* x += M^-1 (b - A x), M the symmetric Gauss-Seidel sweep over the unknowns of all ranks. The
 * arguments are those of PETSc's MatSOR. NOLINTNEXTLINE(readability-function-size) */
static PetscErrorCode sweep(Mat shell, Vec b, PetscReal omega, MatSORType flag, PetscReal shift,
                            PetscInt its, PetscInt local_its, Vec x) {
  Tangent *t;
  const double *in;
  double *out;
  PetscCall(MatShellGetContext(shell, &t));
  PetscCheck(
      omega == 1.0 && shift == 0.0 && local_its == 1 &&
          (flag & SOR_LOCAL_SYMMETRIC_SWEEP) == SOR_LOCAL_SYMMETRIC_SWEEP,
      PETSC_COMM_SELF, PETSC_ERR_SUP,
      "the smoother makes local symmetric sweeps with omega 1; leave -pc_sor_* at their defaults");
  for (PetscInt i = 0; i < its; i++) {
    const int from_zero = i == 0 && (flag & SOR_ZERO_INITIAL_GUESS);
    if (!from_zero) {
      PetscCall(multiply(shell, x, t->residual));
      PetscCall(VecAYPX(t->residual, -1.0, b));
    }
    PetscCall(VecGetArrayRead(from_zero ? b : t->residual, &in));
    PetscCall(from_zero ? VecGetArrayWrite(x, &out) : VecGetArray(x, &out));
    PetscCall(sweep_forward(t, in));
    PetscCall(sweep_backward(t));
    bp_smoother_take(&t->smoother, out, !from_zero);
    PetscCall(from_zero ? VecRestoreArrayWrite(x, &out) : VecRestoreArray(x, &out));
    PetscCall(VecRestoreArrayRead(from_zero ? b : t->residual, &in));
    PetscCall(
        PetscLogFlops(2.0 * t->blocks.block * t->blocks.block * t->blocks.start[t->blocks.nrows]));
  }
  return 0;
}

static PetscErrorCode destroy(Mat shell) {
  Tangent *t;
  PetscCall(MatShellGetContext(shell, &t));
  bp_smoother_free(&t->smoother);
  if (t->off)
    PetscCall(bp_halo_destroy(&t->halo));
  PetscCall(VecDestroy(&t->ghosts));
  PetscCall(VecDestroy(&t->residual));
  PetscCall(VecScatterDestroy(&t->scatter));
  free(t);
  return 0;
}

/* Values of other ranks that the off-diagonal part needs, block by block. */
static PetscErrorCode create_scatter(Tangent *t, const PetscInt *ghost_block) {
  PetscInt n;
  Vec x;
  IS from;
  PetscCall(MatGetSize(t->off, NULL, &n));
  PetscCall(VecCreateSeq(PETSC_COMM_SELF, n, &t->ghosts));
  PetscCall(ISCreateBlock(PETSC_COMM_SELF, t->blocks.block, n / t->blocks.block, ghost_block,
                          PETSC_COPY_VALUES, &from));
  PetscCall(MatCreateVecs(t->whole, &x, NULL));
  PetscCall(VecScatterCreate(x, from, t->ghosts, NULL, &t->scatter));
  PetscCall(VecDestroy(&x));
  PetscCall(ISDestroy(&from));
  return 0;
}

/* The part of the matrix that multiplies other ranks' unknowns, and the order of a sweep that goes
 * on over the borders: shared lines at a time that follows from the rank's colour. */
static PetscErrorCode connect_ranks(Tangent *t, const PetscInt *ghost_block, BpSweep *sweep_order) {
  BpHalo *halo = &t->halo;
  BpBlocks *off = &t->ghost_blocks.blocks;
  PetscInt n;
  PetscCall(create_scatter(t, ghost_block));
  PetscCall(borrow_structure(t->off, t->blocked, off));
  PetscCall(MatGetSize(t->off, NULL, &n));
  PetscCall(bp_halo_create(t->whole, (int)n / off->block, ghost_block, halo));
  t->ghost_blocks.nghosts = halo->nghosts;
  t->ghost_blocks.before = halo->before;
  unsigned char *shared = BP_NEW(unsigned char, off->nrows);
  int *place = BP_NEW(int, off->nrows);
  for (int i = 0; i < off->nrows; i++)
    shared[i] = off->start[i + 1] > off->start[i];
  bp_sweep_gather(sweep_order, shared,
                  halo->ncolors > 1 ? (double)halo->color / (halo->ncolors - 1) : 0.0);
  t->first_shared = sweep_order->first_shared;
  t->end_shared = sweep_order->end_shared;
  for (int i = 0; i < off->nrows; i++)
    place[sweep_order->order[i]] = i;
  bp_halo_reorder(halo, place);
  free(shared);
  free(place);
  return 0;
}

PetscErrorCode bp_tangent_create(Mat whole, BpSweep *sweep_order, Mat *shell) {
  Tangent *t = BP_NEW(Tangent, 1);
  PetscInt m, n;
  const PetscInt *ghost_block = NULL;
  t->whole = whole;
  PetscCall(get_parts(t, &ghost_block));
  PetscCall(borrow_structure(t->diagonal, t->blocked, &t->blocks));
  if (t->off)
    PetscCall(connect_ranks(t, ghost_block, sweep_order));
  PetscCall(MatCreateVecs(whole, &t->residual, NULL));
  bp_smoother_create(&t->blocks, t->off ? &t->ghost_blocks : NULL, sweep_order, &t->smoother);
  PetscCall(MatGetLocalSize(whole, &m, &n));
  PetscCall(MatCreateShell(PetscObjectComm((PetscObject)whole), m, n, PETSC_DETERMINE,
                           PETSC_DETERMINE, t, shell));
  PetscCall(MatShellSetOperation(*shell, MATOP_MULT, (void (*)(void))multiply));
  PetscCall(MatShellSetOperation(*shell, MATOP_SOR, (void (*)(void))sweep));
  PetscCall(MatShellSetOperation(*shell, MATOP_DESTROY, (void (*)(void))destroy));
  PetscCall(MatSetOption(*shell, MAT_SPD, PETSC_TRUE));
  return 0;
}

PetscErrorCode bp_tangent_update(Mat shell) {
  Tangent *t;
  PetscCall(MatShellGetContext(shell, &t));
  PetscCall(borrow_values(t->diagonal, &t->blocks));
  if (t->off)
    PetscCall(borrow_values(t->off, &t->ghost_blocks.blocks));
  int bad = bp_smoother_update(&t->blocks, t->off ? &t->ghost_blocks : NULL, &t->smoother) != BP_OK;
  const MPI_Comm comm = PetscObjectComm((PetscObject)shell);
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, &bad, 1, MPI_INT, MPI_MAX, comm));
  PetscCheck(!bad, comm, PETSC_ERR_MAT_CH_ZRPVT,
             "the matrix is not positive definite along a column of the mesh");
  PetscCall(MatAssemblyBegin(shell, MAT_FINAL_ASSEMBLY));
  PetscCall(MatAssemblyEnd(shell, MAT_FINAL_ASSEMBLY));
  return 0;
}
