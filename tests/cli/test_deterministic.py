"""A run repeated, and a run killed and gone on with, give the same bits on any number of ranks: figures, history, fields,
checkpoints. ctest -L slow; needs h5py."""
import os
import signal
import time
import unittest

import h5py
import numpy

import cli

# as quick as it gets: what is compared is every bit, not how good it is
CASE = (cli.SMALL, "--set", "load.programme=[{to: 45 degC, rate: 1 K/s}, {to: 25 degC, rate: 1 K/s}]",
        "--set", "solver.newton_tolerance=1e-5", "--set", "output.checkpoint=3", "--set", "output.fields=steps",
        "--set", "solver.deterministic=true")
DIFFERENT = ("wall_time_s", "memory_MB_per_rank", "writing", "provenance")  # of every process
FILES = ("files/wall_time", "files/fields_time")


def values(path):
    """Every dataset of a file, but the times of the clock."""
    found = {}

    def add(name, item):
        if isinstance(item, h5py.Dataset) and name not in FILES and "provenance" not in name:
            found[name] = item[()].tobytes() if isinstance(item[()], numpy.ndarray) else item[()]
    with h5py.File(path, "r") as file:
        file.visititems(add)
    return found


class Deterministic(cli.Case):
    def figures(self, directory):
        summary = cli.json.loads((directory / "summary.json").read_text())
        fields = {p.name: values(p) for p in sorted((directory / "fields").glob("*.h5"))}
        self.assertGreater(len(fields), 10)
        return {k: v for k, v in summary.items() if k not in DIFFERENT}, cli.rows(directory), fields

    def run_on(self, ranks, name):
        directory = self.dir / f"{name}{ranks}"
        self.assertEqual(cli.run("run", "-q", *CASE, "-o", directory, ranks=ranks)[0::2], (0, ""))
        return self.figures(directory)

    def checkpoint_on(self, ranks, name):
        """What the first checkpoint holds: the run stops after its first step."""
        directory = self.dir / f"{name}{ranks}"
        code, _, err = cli.run("run", "-q", *CASE, "-o", directory, "--max-walltime", "1 ms", ranks=ranks)
        self.assertEqual(code, 75, msg=err)
        held = values(directory / "checkpoint_0001.h5")
        self.assertGreater(len(held), 20)
        return held

    def killed_on(self, ranks):
        directory = self.dir / f"killed{ranks}"
        job = cli.start("run", "-q", *CASE, "-o", directory, ranks=ranks)
        while job.poll() is None and not list(directory.glob("checkpoint_*.h5")):
            time.sleep(0.05)
        children = cli.Path(f"/proc/{job.pid}/task/{job.pid}/children").read_text().split()
        self.assertEqual(len(children), ranks, "it ended before it was killed")
        for child in children:
            os.kill(int(child), signal.SIGKILL)
        job.communicate()
        code, _, err = cli.run("run", "-q", *CASE, "-o", directory, "--resume", ranks=ranks)
        self.assertEqual(code, 0, msg=err)
        return self.figures(directory)

    def test_same_bits_every_time(self):
        for ranks in (2, 3, 4, 8):
            with self.subTest(ranks=ranks):
                once = self.run_on(ranks, "once")
                self.assertEqual(self.run_on(ranks, "again"), once)
                self.assertEqual(self.killed_on(ranks), once)
                self.assertEqual(self.checkpoint_on(ranks, "kept"), self.checkpoint_on(ranks, "kept_again"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
