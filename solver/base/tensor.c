#include "tensor.h"

void bp_rotation6(const double R[3][3], double Q[36]) {
  for (int c = 0; c < 6; c++) {
    double unit[6] = {0}, a[3][3], ra[3][3], rar[3][3], column[6];
    unit[c] = 1.0;
    bp_unmandel(unit, a);
    for (int i = 0; i < 3; i++)
      for (int j = 0; j < 3; j++)
        ra[i][j] = R[i][0] * a[0][j] + R[i][1] * a[1][j] + R[i][2] * a[2][j];
    for (int i = 0; i < 3; i++)
      for (int j = 0; j < 3; j++)
        rar[i][j] = ra[i][0] * R[j][0] + ra[i][1] * R[j][1] + ra[i][2] * R[j][2];
    bp_mandel((const double(*)[3])rar, column);
    for (int r = 0; r < 6; r++)
      Q[6 * r + c] = column[r];
  }
}
