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
