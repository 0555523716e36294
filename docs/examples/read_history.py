#!/usr/bin/python3
"""Reads the results.h5 of a run: where it comes from, the work per cycle, the hysteresis loop, the last fields.

    read_history.py DIR/results.h5 [PICTURE.png]

Needs h5py (Debian: python3-h5py). Draws the loop and the work where matplotlib is installed and a picture is named, else
prints. Everything in the file is SI; every dataset says its unit itself.
"""
import sys

import h5py

SCHEMA = 1


def open_results(path):
    """The file, if it is one that this script understands."""
    try:
        file = h5py.File(path, "r")
    except OSError as error:
        sys.exit(f"{path}: cannot be read as HDF5: {error}")
    if "schema" not in file.attrs or "history" not in file:
        sys.exit(f"{path}: is no results.h5 of ballpad")
    if file.attrs["schema"] != SCHEMA:
        sys.exit(f"{path}: is of schema {file.attrs['schema']}, this script reads schema {SCHEMA}; see docs/results.md")
    return file


def reported_layer(file, side):
    """Name of the layer that makes the reported numbers of a side, "package.25um"."""
    for name, average in file["averages"].items():
        if average.attrs["reported"] and name.startswith(side + "."):
            return name
    sys.exit(f"{file.filename}: no layer is reported at the {side}")


def work_per_cycle(file, layer):
    """(cycle, J/m3) of the full cycles: what the accumulated work grows by."""
    cycle, work = file["history/cycle"][:], file[f"history/{layer}.work"][:]
    rows = {}  # of each cycle its last row
    for i, c in enumerate(cycle):
        rows[int(c)] = i
    return [(c, work[i] - work[rows[c - 1]]) for c, i in rows.items() if c > 0 and c - 1 in rows]


def loop(file, layer):
    """Shear strain (1) and stress (Pa) of the last cycle, with the row before it."""
    cycle = file["history/cycle"][:]
    first = max(list(cycle).index(cycle[-1]) - 1, 0)
    return tuple(file[f"history/{layer}.{what}"][first:] for what in ("shear_strain", "shear_stress"))


def print_run(file, layer):
    facts = file["provenance"].attrs
    for name in ("version", "git", "case_file", "case_hash", "started"):
        if name in facts:
            print(f"{name:10} {facts[name]}")
    print(f"{'rows':10} {len(file['history/time'])}, to {file['history/time'][-1]:.1f} {file['history/time'].attrs['unit']}")
    for cycle, work in work_per_cycle(file, layer):
        print(f"cycle {cycle}: {1e-6 * work:.4g} MPa of work in {layer}")
    strain, stress = loop(file, layer)
    print(f"last loop: shear strain {min(strain):.4g} to {max(strain):.4g}, stress {1e-6 * min(stress):.4g} to "
          f"{1e-6 * max(stress):.4g} MPa")


def print_fields(file):
    steps = sorted(name for name in file["steps"] if name.isdigit())
    if not steps:
        print("no fields are stored")
        return
    step, region = file["steps"][steps[-1]], file["mesh/Region"]
    solder = region[:] == list(region.attrs["names"]).index("solder")
    print(f"{len(steps)} steps with fields, the last: {step.attrs['title']}")
    if "von_mises" in step["CellData"]:
        stress = step["CellData/von_mises"][:][solder]
        print(f"von Mises stress in {solder.sum()} cells of solder: at most {1e-6 * stress.max():.4g} MPa")


def draw(file, layer, path):
    try:
        import matplotlib
    except ImportError:
        print("no picture: matplotlib is not installed")
        return
    matplotlib.use("Agg")
    from matplotlib import pyplot
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(9, 4), layout="constrained")
    strain, stress = loop(file, layer)
    left.plot(100 * strain, 1e-6 * stress)
    left.set(xlabel="shear strain (%)", ylabel="shear stress (MPa)", title=f"last cycle, {layer}")
    work = work_per_cycle(file, layer)
    right.plot([c for c, _ in work], [1e-6 * w for _, w in work], "o-")
    right.set(xlabel="cycle", ylabel="work per cycle (MPa)", ylim=(0, None))
    figure.savefig(path)
    print(path)


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__.strip())
    with open_results(sys.argv[1]) as file:
        layer = reported_layer(file, "package")
        print_run(file, layer)
        print_fields(file)
        if len(sys.argv) == 3:
            draw(file, layer, sys.argv[2])


if __name__ == "__main__":
    main()
