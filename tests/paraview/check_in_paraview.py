"""Opens what write_results left and holds it against closed forms and the mesh report.

    pvpython check_in_paraview.py DIR mesh.json

ParaView integrates over straight-sided tetrahedra between the nodes: exact for the volume of flat
layers and for linear fields. Its arrays are double precision, its sums lose a few digits: 1e-9.
The round regions of a joint lose 1.1 % that way; they are integrated here with VTK's own shape
functions instead, by a rule that is exact for their polynomials.
"""
import json
import sys

import numpy as np
from paraview import servermanager, simple
from vtkmodules.util.numpy_support import vtk_to_numpy
from vtkmodules.vtkCommonDataModel import VTK_QUADRATIC_WEDGE, vtkQuadraticWedge

LENGTH, WIDTH, LOW, HIGH = 300e-6, 150e-6, -350e-6, 400e-6
SOLDER, MATERIAL = 60e-6, 6  # thickness and number of the solder
COPPER_AND_PAD = 5e-6 + 25e-6
A = ((1e-2, 2e-2, 0.0), (0.0, -1e-2, 3e-2), (1e-2, 0.0, 2e-2))
B = (1e-6, 2e-6, -3e-6)
WORK, TEMPERATURE = 8e5, 490.15
ARRAYS = {
    "displacement": (True, 3), "temperature": (True, 1), "stress": (False, 6),
    "von_mises": (False, 1), "inelastic_strain": (False, 6),
    "accumulated_inelastic_strain": (False, 1), "work_density": (False, 1), "material": (False, 1),
}


def close(what, value, expected, scale=None):
    if abs(value - expected) > 1e-9 * abs(expected if scale is None else scale):
        sys.exit("%s is %.15g, not %.15g" % (what, value, expected))


def integrals(source, time):
    total = simple.IntegrateVariables(Input=source)
    total.UpdatePipeline(time)
    return total


def check_arrays(reader):
    """What there is, its components, and no values that are not there."""
    for name, (at_points, components) in ARRAYS.items():
        array = (reader.PointData if at_points else reader.CellData).GetArray(name)
        if array is None or array.GetNumberOfComponents() != components:
            sys.exit("array %s is missing or has another size" % name)


def check_step(reader, time, factor):
    reader.UpdatePipeline(time)
    check_arrays(reader)
    volume = LENGTH * WIDTH * (HIGH - LOW)
    center = (0.0, 0.5 * WIDTH, 0.5 * (LOW + HIGH))
    total = integrals(reader, time)
    close("volume", total.CellData["Volume"].GetRange(0)[0], volume)
    close("temperature", total.PointData["temperature"].GetRange(0)[0], TEMPERATURE * volume)
    for i in range(3):
        mean = B[i] + sum(A[i][j] * center[j] for j in range(3))
        close("displacement %d" % i, total.PointData["displacement"].GetRange(i)[0],
              factor * mean * volume, factor * 1e-6 * volume)
    close("work", total.CellData["work_density"].GetRange(0)[0],
          WORK * LENGTH * WIDTH * (SOLDER + COPPER_AND_PAD))
    solder = simple.Threshold(Input=reader, Scalars=["CELLS", "material"],
                              LowerThreshold=MATERIAL, UpperThreshold=MATERIAL)
    close("volume of the solder", integrals(solder, time).CellData["Volume"].GetRange(0)[0],
          LENGTH * WIDTH * SOLDER)


def grid_of(reader):
    """The cells, all of which must be wedges of second order, as node numbers and positions."""
    grid = servermanager.Fetch(reader)
    if set(vtk_to_numpy(grid.GetCellTypesArray())) != {VTK_QUADRATIC_WEDGE}:
        sys.exit("there are other cells than quadratic wedges")
    node = vtk_to_numpy(grid.GetCells().GetConnectivityArray()).reshape(-1, 15)
    return grid, node, vtk_to_numpy(grid.GetPoints().GetData())


def check_range(reader, place, name, expected):
    """expected: lowest and highest value of each component"""
    array = getattr(reader, place).GetArray(name)
    for i, (low, high) in enumerate(expected):
        got = array.GetRange(i)
        scale = max(abs(low), abs(high))
        close("lowest %s" % name, got[0], low, scale)
        close("highest %s" % name, got[1], high, scale)


def check_ranges(reader, factor):
    """A linear field is largest in corners of the box; x runs from -LENGTH/2, y from 0."""
    corners = [(x, y, z) for x in (-0.5 * LENGTH, 0.5 * LENGTH) for y in (0.0, WIDTH) for z in (LOW, HIGH)]
    u = [[factor * (B[i] + sum(A[i][j] * c[j] for j in range(3))) for c in corners] for i in range(3)]
    check_range(reader, "PointData", "displacement", [(min(v), max(v)) for v in u])
    check_range(reader, "PointData", "temperature", [(TEMPERATURE, TEMPERATURE)])
    check_range(reader, "CellData", "work_density", [(0.0, WORK)])


def volumes(grid, node, xyz):
    """Of each material, by the shape functions of VTK. det J has degree 5 in the plane and in height."""
    x, w = np.polynomial.legendre.leggauss(5)
    x, w = 0.5 * (x + 1.0), 0.5 * w
    wedge, cell_volume = vtkQuadraticWedge(), np.zeros(len(node))
    for a, wa in zip(x, w):
        for b, wb in zip(x, w):
            for c, wc in zip(x, w):
                derivatives = [0.0] * 45
                # a square folded to the triangle
                wedge.InterpolateDerivs((a, b * (1.0 - a), c), derivatives)
                jacobian = np.einsum("dn,cnk->cdk", np.reshape(derivatives, (3, 15)), xyz[node])
                cell_volume += wa * wb * wc * (1.0 - a) * np.linalg.det(jacobian)
    material = vtk_to_numpy(grid.GetCellData().GetArray("material"))
    return [abs(cell_volume[material == i].sum()) for i in range(10)]


def open_run(directory, times):
    reader = simple.OpenDataFile(directory + "/run.hdf.series")
    if reader is None:
        sys.exit("%s/run.hdf.series does not open" % directory)
    if list(reader.TimestepValues) != times:
        sys.exit("times of %s are %s" % (directory, list(reader.TimestepValues)))
    reader.UpdatePipeline(times[0])
    return reader


def check_block(directory):
    reader = open_run(directory, [0.0, 1800.0])
    grid_of(reader)
    for time, factor in ((0.0, 1.0), (1800.0, 2.0)):
        check_step(reader, time, factor)
        check_ranges(reader, factor)


def check_uneven(directory, block):
    """Written by one rank of several: what the others wrote together."""
    one, other = open_run(directory, [0.0]), open_run(block, [0.0, 1800.0])
    grids = [grid_of(reader)[0] for reader in (one, other)]
    for place, name in (("GetPointData", "displacement"), ("GetCellData", "material")):
        pair = [vtk_to_numpy(getattr(grid, place)().GetArray(name)) for grid in grids]
        if not np.array_equal(*pair):
            sys.exit("%s of %s is another one" % (name, directory))


def check_joint(directory, report):
    with open(report, encoding="utf-8") as file:
        regions = json.load(file)["regions"]
    reader = open_run(directory, [0.0, 1800.0])
    found = volumes(*grid_of(reader))
    if len(regions) != len(found):
        sys.exit("the report has %d regions" % len(regions))
    for i, region in enumerate(regions):
        close("volume of " + region["name"], 1e9 * found[i], region["volume_mm3"])
        part = simple.Threshold(Input=reader, Scalars=["CELLS", "material"], LowerThreshold=i - 0.5, UpperThreshold=i + 0.5)
        straight = 1e9 * integrals(part, 0.0).CellData["Volume"].GetRange(0)[0]
        if abs(straight / region["volume_mm3"] - 1.0) > 0.02:
            sys.exit("ParaView integrates %g mm3 of %s" % (straight, region["name"]))


def main(directory, report):
    check_block(directory + "/block")
    check_block(directory + "/packed")
    check_uneven(directory + "/uneven", directory + "/block")
    check_joint(directory + "/joint", report)
    print("all integrals hold")


main(*sys.argv[1:])
