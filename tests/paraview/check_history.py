"""Runs docs/examples/read_history.py on made-up results, and on what it must refuse.

    check_history.py DIR      a scratch directory
"""
import os
import subprocess
import sys

import h5py
import numpy as np

SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../docs/examples/read_history.py")
CYCLE = [-1, 0, 0, 1, 1, 2, 2]
WORK = [0.0, 1e5, 3e5, 5e5, 9e5, 1.1e6, 1.45e6]  # J/m3: 0.6 MPa in cycle 1, 0.55 in cycle 2
STRAIN = [0.0, 0.1, 0.2, 0.3, 0.25, 0.28, 0.22]
STRESS = [0.0, 1e6, 2e6, -3e6, 4e6, -5e6, 6e6]


def write(path, schema=1, steps=1):
    with h5py.File(path, "w") as file:
        if schema is not None:
            file.attrs["schema"] = schema
        file.create_group("provenance").attrs.update({"version": "9.9", "git": "abc", "case_hash": "0f"})
        for name, reported in (("package.10um", 0), ("package.25um", 1), ("board.25um", 1)):
            file.create_group("averages/" + name).attrs["reported"] = reported
        file["history/time"] = 10.0 * np.arange(7)
        file["history/time"].attrs["unit"] = "s"
        file["history/cycle"] = CYCLE
        for name, value in (("work", WORK), ("shear_strain", STRAIN), ("shear_stress", STRESS)):
            file["history/package.25um." + name] = value
        file["mesh/Region"] = [0, 1, 1]
        file["mesh/Region"].attrs["names"] = ["die", "solder"]
        file.create_group("steps")
        for i in range(steps):
            file[f"steps/{i:04d}/CellData/von_mises"] = [9e9, 2e6, (3 + i) * 1e6]
            file[f"steps/{i:04d}"].attrs["title"] = f"step {i}"
        file["steps/time"] = np.arange(float(steps))


def run(*arguments):
    done = subprocess.run([sys.executable, SCRIPT, *arguments], capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def need(text, lines):
    for line in lines:
        if line not in text:
            sys.exit(f"'{line}' is missing in\n{text}")


def check_reading(path):
    write(path, steps=2)
    code, out, err = run(path)
    if code or err:
        sys.exit(f"exit code {code}: {err}")
    need(out, ("version    9.9", "rows       7, to 60.0 s", "cycle 1: 0.6 MPa of work in package.25um",
               "cycle 2: 0.55 MPa of work in package.25um", "last loop: shear strain 0.22 to 0.28, stress -5 to 6 MPa",
               "2 steps with fields, the last: step 1", "in 2 cells of solder: at most 4 MPa"))
    write(path, steps=0)
    need(run(path)[1], ("no fields are stored",))


def check_refusals(path):
    for schema, text in ((0, "is of schema 0, this script reads schema 1"), (2, "is of schema 2, this script reads schema 1"),
                         (None, "is no results.h5 of ballpad")):
        write(path, schema)
        code, out, err = run(path)
        if code != 1 or out:
            sys.exit(f"schema {schema} is read: {out}")
        need(err, (f"{path}: {text}",))
    with open(path, "w", encoding="utf-8") as file:
        file.write("no HDF5")
    need(run(path)[2], (f"{path}: cannot be read as HDF5",))


def check_picture(path, picture):
    write(path)
    if os.path.exists(picture):
        os.remove(picture)
    code, out, _ = run(path, picture)
    drawn = os.path.exists(picture)
    if code or not drawn and "no picture: matplotlib is not installed" not in out:
        sys.exit(f"no picture: {out}")


def main(directory):
    path = os.path.join(directory, "made_up.h5")
    check_reading(path)
    check_refusals(path)
    check_picture(path, os.path.join(directory, "history.png"))
    print("the example reads what it should, and nothing else")


main(sys.argv[1])
