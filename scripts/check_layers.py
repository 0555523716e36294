#!/usr/bin/python3
"""Includes go down the layers of scripts/layers.txt, third-party headers stay in their home, tables list every file.

The build already hides the headers of forbidden layers; this check says why, and sees what the build cannot: `../`,
`_impl.h` of another layer, third-party headers out of place, two headers of one name, a file that no table lists.
"""
import re
import sys
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE_FOLDERS = ("solver", "mesh", "materials")
GENERATED = {"version_git.h": "base"}
PETSC_LAYERS = ("grid", "conduction", "linear", "heat", "model", "solve", "output", "app")

# header -> layers that may include it, and, where it is one file only, that file
HOMES = [
    ("gmshc.h", ("mesh",), "mesh/gmsh_late.h"),
    ("hdf5*.h", ("store",), None),
    ("petsc*.h", PETSC_LAYERS, None),
    ("mpi.h", ("store",) + PETSC_LAYERS, None),
    ("yaml.h", ("config", "materials"), None),
    ("udunits2.h", ("config",), None),
    ("jansson.h", ("report", "app"), None),
    ("gsl/*.h", ("mesh", "model", "study"), None),
    ("gcrypt.h", ("base",), None),
    ("xxhash.h", ("base", "store"), None),
]
C_LIBRARY = set(
    "assert complex ctype errno fenv float inttypes iso646 limits locale math setjmp signal stdalign stdarg stdatomic stdbool"
    " stddef stdint stdio stdlib stdnoreturn string tgmath time".split())
POSIX = set("dirent dlfcn fcntl fnmatch getopt glob libgen pthread spawn strings sys/resource sys/stat sys/statvfs sys/time sys/types"
            " sys/prctl sys/utsname sys/wait unistd".split())

# a line of the table names a file of the folder beside it
TABLES = [("materials/laws.def", "materials/laws"), ("mesh/pads.def", "mesh/pads"),
          ("solver/output/outputs.def", "solver/output/quantities"),
          ("solver/life/models.def", "solver/life/models"),
          ("solver/fe/elements.def", "solver/fe/elements")]

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
problems = []


def report(path, line, text):
    problems.append(f"{path.relative_to(ROOT)}:{line}: {text}")


def read_layers():
    """name -> (directory, names of the layers it may include); a layer may only name layers above its line."""
    layers = {}
    table = ROOT / "scripts/layers.txt"
    for number, line in enumerate(table.read_text().splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, directory, *may = line.split()
        if may == ["*"]:
            may = list(layers)
        for other in may:
            if other not in layers:
                report(table, number, f"layer '{name}' includes '{other}', which is not on a line above it")
        layers[name] = (ROOT / directory, set(may))
    return layers


def layer_of(path, layers):
    for name, (directory, _) in layers.items():
        if directory in path.parents:
            return name
    return None


def source_files():
    for folder in SOURCE_FOLDERS:
        yield from sorted(p for p in (ROOT / folder).rglob("*") if p.suffix in (".c", ".h", ".def"))


def owners_of_headers(layers):
    """basename -> layer; two headers of one name would make an include depend on the order of folders."""
    owner = dict(GENERATED)
    for path in source_files():
        if path.suffix == ".c":
            continue
        layer = layer_of(path, layers)
        if layer is None:
            report(path, 1, "lies in no layer of scripts/layers.txt")
        elif path.name in owner:
            report(path, 1, f"layer '{owner[path.name]}' has a header of this name too")
        else:
            owner[path.name] = layer
    return owner


def check_own(path, line, name, layer, layers, owner):
    if "/" in name:
        report(path, line, f"include '{name}' has a folder in it; headers are included by their name alone")
    elif name not in owner:
        report(path, line, f"no layer has a header '{name}'")
    elif owner[name] != layer and name.endswith("_impl.h"):
        report(path, line, f"'{name}' is inside layer '{owner[name]}'")
    elif owner[name] != layer and owner[name] not in layers[layer][1]:
        report(path, line, f"layer '{layer}' may not include '{name}' of layer '{owner[name]}'")


def check_foreign(path, line, name, layer):
    if name.endswith(".h") and name[:-2] in C_LIBRARY | POSIX:
        return
    for pattern, homes, only in HOMES:
        if fnmatch(name, pattern):
            if layer not in homes or (only and path != ROOT / only):
                report(path, line, f"<{name}> belongs to {only or 'layer ' + ', '.join(homes)}")
            return
    report(path, line, f"<{name}> has no home in scripts/check_layers.py")


def check_includes(layers):
    owner = owners_of_headers(layers)
    for path in source_files():
        layer = layer_of(path, layers)
        if layer is None:
            if path.suffix == ".c":
                report(path, 1, "lies in no layer of scripts/layers.txt")
            continue
        for number, text in enumerate(path.read_text().splitlines(), 1):
            found = INCLUDE.match(text)
            if found and found[1] == '"':
                check_own(path, number, found[2], layer, layers, owner)
            elif found:
                check_foreign(path, number, found[2], layer)


def check_tests():
    for path in sorted((ROOT / "tests").rglob("*.[ch]")):
        for number, text in enumerate(path.read_text().splitlines(), 1):
            found = INCLUDE.match(text)
            if found and ".." in found[2]:
                report(path, number, f"include '{found[2]}' climbs out of its folder")


def check_tables():
    for table, folder in TABLES:
        files = {p.stem: p for p in sorted((ROOT / folder).glob("*.c"))}
        lines = (ROOT / table).read_text().splitlines() if (ROOT / table).exists() else []
        listed = {m[1]: n for n, text in enumerate(lines, 1) if (m := re.match(r"BP_[A-Z]+\((\w+)\)", text))}
        for name, path in files.items():
            if name not in listed:
                report(path, 1, f"{table} does not list it")
        for name, number in listed.items():
            if name not in files:
                report(ROOT / table, number, f"{folder}/{name}.c does not exist")


def main():
    layers = read_layers()
    check_includes(layers)
    check_tests()
    check_tables()
    print("\n".join(problems), end="\n" if problems else "")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
