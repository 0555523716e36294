"""Holds the ParaView files of a results directory against the published layout.

    check_layout.py DIR...

run_NNNN.hdf against VTKHDF 1.0 and run.vtkhdf against VTKHDF 2.0 for unstructured grids
(docs.vtk.org, VTK File Formats, VTKHDF), with the values that both have to show.
"""
import json
import sys

import h5py
import numpy as np

WEDGE = 26  # VTK_QUADRATIC_WEDGE, 15 nodes
PLACES = ("PointData", "CellData")


def need(condition, text):
    if not condition:
        sys.exit(text)


def check_root(root, version):
    need(tuple(root.attrs["Version"]) == version, "Version is %s" % root.attrs["Version"])
    kind = root.attrs.get_id("Type").get_type()
    need(not kind.is_variable_str(), "Type is of variable length")
    need(kind.get_cset() == h5py.h5t.CSET_ASCII, "Type is not ASCII")
    need(bytes(root.attrs["Type"]) == b"UnstructuredGrid", "Type is %s" % root.attrs["Type"])


def check_mesh(root):
    """One part: counts, offsets and connectivity agree."""
    for key in ("NumberOfPoints", "NumberOfCells", "NumberOfConnectivityIds"):
        need(root[key].shape == (1,) and root[key].dtype.kind == "i", key)
    points, cells = int(root["NumberOfPoints"][0]), int(root["NumberOfCells"][0])
    ids = int(root["NumberOfConnectivityIds"][0])
    need(root["Points"].shape == (points, 3) and root["Points"].dtype.kind == "f", "Points")
    need(root["Types"].shape == (cells,) and root["Types"].dtype == np.uint8, "Types")
    need(np.all(root["Types"][...] == WEDGE), "cells are no quadratic wedges")
    need(np.array_equal(root["Offsets"][...], 15 * np.arange(cells + 1)), "Offsets")
    node = root["Connectivity"][...]
    need(node.shape == (ids,) == (15 * cells,) and node.dtype.kind == "i", "Connectivity")
    need(np.array_equal(np.unique(node), np.arange(points)), "Connectivity leaves points out")
    check_wedges(root["Points"][...], node.reshape(cells, 15))
    return points, cells


def check_wedges(points, node):
    """VTK's order: the first triangle's normal points away from the second one, and a middle node
    lies nearer to the middle of its own edge than the edge is long."""
    x = points[node]
    normal = np.cross(x[:, 1] - x[:, 0], x[:, 2] - x[:, 0])
    need(np.all(np.einsum("ci,ci->c", normal, x[:, 3] - x[:, 0]) < 0.0), "wedges are turned")
    edges = ((0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3), (0, 3), (1, 4), (2, 5))
    for i, (a, b) in enumerate(edges):
        off = np.linalg.norm(x[:, 6 + i] - 0.5 * (x[:, a] + x[:, b]), axis=1)
        need(np.all(off < 0.25 * np.linalg.norm(x[:, a] - x[:, b], axis=1)), "edge %d" % i)


def check_series(directory):
    with open(directory + "/run.hdf.series", encoding="utf-8") as file:
        series = json.load(file)
    need(series["file-series-version"] == "1.0", "series version")
    need(len(series["files"]) > 1, "the check wants several steps")
    return series["files"]


def check_steps(root, times, points, cells):
    steps, n = root["Steps"], len(times)
    need(steps.attrs["NSteps"] == n, "NSteps")
    need(np.array_equal(steps["Values"][...], times), "Values are not the times")
    need(np.array_equal(steps["NumberOfParts"][...], np.ones(n)), "NumberOfParts")
    for key, shape in (("PartOffsets", (n,)), ("PointOffsets", (n,)), ("CellOffsets", (n, 1)),
                       ("ConnectivityIdOffsets", (n, 1))):
        need(steps[key].shape == shape and steps[key].dtype.kind == "i", key)
        need(not np.any(steps[key][...]), "%s: the mesh does not change" % key)
    for place, rows in zip(PLACES, (points, cells)):
        offsets = steps[place + "Offsets"]
        need(sorted(offsets) == sorted(root[place]), place + "Offsets has other arrays")
        for name in root[place]:
            need(np.array_equal(offsets[name][...], rows * np.arange(n)), "offsets of " + name)
            need(root[place][name].shape[0] == rows * n, "rows of " + name)


def check_values(root, one, step, points, cells):
    """The temporal file shows what the file of the step shows."""
    for place, rows in zip(PLACES, (points, cells)):
        need(sorted(root[place]) == sorted(one[place]), place)
        for name in root[place]:
            part = root[place][name][rows * step:rows * (step + 1)]
            need(np.array_equal(part, one[place][name][...]), "%s of step %d" % (name, step))


def main(directory):
    files = check_series(directory)
    with h5py.File(directory + "/run.vtkhdf", "r") as temporal:
        root = temporal["VTKHDF"]
        check_root(root, (2, 0))
        points, cells = check_mesh(root)
        check_steps(root, [entry["time"] for entry in files], points, cells)
        for step, entry in enumerate(files):
            with h5py.File(directory + "/" + entry["name"], "r") as link:
                one = link["VTKHDF"]
                check_root(one, (1, 0))
                need(check_mesh(one) == (points, cells), "mesh of " + entry["name"])
                check_values(root, one, step, points, cells)
    print("%d steps, %d points, %d cells: the layout holds" % (len(files), points, cells))


for name in sys.argv[1:]:
    main(name)
