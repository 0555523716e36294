"""Opens what write_results left and integrates it against closed forms.

    pvbatch check_in_paraview.py DIR

ParaView integrates over straight-sided tetrahedra between the nodes: exact for the volume of flat
layers and for linear fields. Its arrays are double precision, its sums lose a few digits: 1e-9.
"""
import sys

from paraview import simple

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


def main(directory):
    reader = simple.OpenDataFile(directory + "/run.hdf.series")
    if reader is None:
        sys.exit("run.hdf.series does not open")
    if list(reader.TimestepValues) != [0.0, 1800.0]:
        sys.exit("times are %s" % list(reader.TimestepValues))
    check_step(reader, 0.0, 1.0)
    check_step(reader, 1800.0, 2.0)
    print("all integrals hold")


main(sys.argv[1])
