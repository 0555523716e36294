"""What the tests of the command line share. Standard library only.

A test calls the program as a user does and looks at exit code, both streams and the files. BALLPAD is the program, DATA
the source tree; `run(..., ranks=n)` goes through mpirun.
"""
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
DATA = HERE.parent.parent
BALLPAD = os.environ.get("BALLPAD", "ballpad")
SMALL = str(HERE / "small.yaml")

# ranks that wait give their core away: tests run beside each other
ENVIRONMENT = dict(os.environ, BALLPAD_DATA=str(DATA), OPENBLAS_NUM_THREADS="1", LC_ALL="C",
                   OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1", OMPI_MCA_mpi_yield_when_idle="1")


def command(arguments, ranks=0):
    launcher = ["mpirun", "--quiet", "--oversubscribe", "--bind-to", "none", "-n", str(ranks)] if ranks else []
    return launcher + [BALLPAD] + [str(a) for a in arguments]


def run(*arguments, ranks=0, cwd=None, **environment):
    """Exit code, standard output, standard error without warnings."""
    done = subprocess.run(command(arguments, ranks), capture_output=True, text=True, env=dict(ENVIRONMENT, **environment), cwd=cwd,
                          timeout=500)
    errors = [line for line in done.stderr.splitlines() if not line.startswith("ballpad: warning: ")]
    return done.returncode, done.stdout, "".join(line + "\n" for line in errors)


def rows(directory):
    """Lines of history.csv: the names of the columns, then the rows."""
    return (directory / "history.csv").read_text().splitlines()


def start(*arguments, ranks=0):
    """The program in the background."""
    return subprocess.Popen(command(arguments, ranks), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT)


TINY_CASE = """# Solder between two pieces of copper, 0.2 x 0.1 mm: a run of a second. Its numbers mean nothing.
model:
  kind: mesh
  file: tiny.msh
  unit: 1 mm
  materials:
    pad: copper_rdl_bilinear_generic
    solder: {card: sac305_anand_motalab2012, joined: yes}
    land: {card: copper_rdl_bilinear_generic, joined: yes}
  boundary:
    - {on: foot, fixed: [ux, uy, uz]}
    - {on: head, fixed: [ux, uy]}
load:
  start: 40 degC
  cooling: {to: 25 degC, rate: 1 K/s, hold: 5 s}
  programme: [{to: 45 degC, rate: 1 K/s}, {hold: 5 s}, {to: 25 degC, rate: 1 K/s}]
  cycles: 1
solver: {time_tolerance: 0.9}
output:
  layers: []
  averages:
    - {name: package, region: solder, on: upper, distance: 25 um}
    - {name: board, region: solder, on: lower, distance: 25 um}
"""


def tiny_mesh():
    """Twenty-node hexahedra in MSH 2.2: 2 x 1 of them in the plan; one layer of copper, two of solder, one of copper."""
    edges = ((0, 1), (0, 3), (0, 4), (1, 2), (1, 5), (2, 3), (2, 6), (3, 7), (4, 5), (4, 7), (5, 6), (6, 7))
    corners = ((0, 0, 0), (2, 0, 0), (2, 2, 0), (0, 2, 0), (0, 0, 2), (2, 0, 2), (2, 2, 2), (0, 2, 2))
    height = (0, 0.005, 0.01, 0.035, 0.06, 0.085, 0.11, 0.1125, 0.115)  # of every half layer
    nodes, lines = {}, []

    def node(*at):
        return nodes.setdefault(at, len(nodes) + 1)

    def element(kind, group, own):
        lines.append(" ".join(map(str, (len(lines) + 1, kind, 2, group, group, *own))))

    for i in (0, 2):
        for k in (0, 2, 4, 6):
            own = [(i + a, b, k + c) for a, b, c in corners]
            middles = [tuple((own[a][d] + own[b][d]) // 2 for d in range(3)) for a, b in edges]
            element(17, 1 if k == 0 else 3 if k == 6 else 2, [node(*at) for at in own + middles])
        for k, group in ((0, 4), (2, 5), (6, 6), (8, 7)):
            plan = ((0, 0), (2, 0), (2, 2), (0, 2), (1, 0), (2, 1), (1, 2), (0, 1))
            element(16, group, [node(i + a, b, k) for a, b in plan])
    names = [(3, "pad"), (3, "solder"), (3, "land"), (2, "foot"), (2, "upper"), (2, "lower"), (2, "head")]
    text = ["$MeshFormat", "2.2 0 8", "$EndMeshFormat", "$PhysicalNames", str(len(names))]
    text += [f'{dim} {i + 1} "{name}"' for i, (dim, name) in enumerate(names)] + ["$EndPhysicalNames", "$Nodes", str(len(nodes))]
    text += [f"{number} {0.05 * i:.17g} {0.05 * j:.17g} {height[k]:.17g}" for (i, j, k), number in nodes.items()]
    return "\n".join(text + ["$EndNodes", "$Elements", str(len(lines)), *lines, "$EndElements", ""])


def write_tiny(directory):
    """The smallest model with solder, where it does not matter what is solved; its case file."""
    (directory / "tiny.msh").write_text(tiny_mesh())
    (directory / "tiny.yaml").write_text(TINY_CASE)
    return directory / "tiny.yaml"


class Case(unittest.TestCase):
    """A test with a directory of its own, `self.dir`, removed at the end."""
    maxDiff = None

    def setUp(self):
        self.dir = Path(tempfile.mkdtemp(prefix="bp_cli_"))
        self.addCleanup(shutil.rmtree, self.dir, ignore_errors=True)

    def ok(self, *arguments, **how):
        """Runs the program, which must succeed without a complaint; its standard output."""
        code, out, err = run(*arguments, **how)
        self.assertEqual((code, err), (0, ""), msg=" ".join(map(str, arguments)))
        return out


def main():
    unittest.main(argv=[sys.argv[0], "-v", *sys.argv[1:]])
