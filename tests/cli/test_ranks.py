"""One run on 1, 2 and 4 ranks, and from a mesh file: the reported figures agree.

    test_ranks.py all    a longer cycle on 1, 2, 3, 4 and 8 ranks instead; says how well they agree
"""
import sys

import cli

KEYS = ("schema", "case", "pad", "version", "git", "ranks", "wall_time_s", "converged", "mesh", "steps", "cycles", "joint",
        "error", "life", "probes", "memory_MB_per_rank")


def numbers(value, path=""):
    """Every number of a JSON value with its path."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from numbers(item, f"{path}.{key}")
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from numbers(item, f"{path}[{i}]")
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield path, value


def figures(summary):
    return {path: x for key in ("cycles", "joint", "mesh") for path, x in numbers(summary[key], key)}


class Ranks(cli.Case):
    def run_on(self, ranks, *more):
        out = self.ok("run", cli.SMALL, "-o", self.dir / f"run{ranks}{len(more)}", "--json", *more, ranks=ranks)
        return cli.json.loads(out)

    def check_form(self, summary):
        for key in KEYS:
            self.assertIn(key, summary)
        self.assertEqual(summary["schema"], 1)
        self.assertIs(summary["converged"], True)
        self.assertEqual([c["index"] for c in summary["cycles"]], [1])
        self.assertEqual(summary["joint"]["delta_w_MPa"],
                         max(summary["cycles"][0][side]["delta_w_MPa"] for side in ("package", "board")))
        self.assertEqual(summary["error"], {"mesh": None, "time": None})
        self.assertIsNone(summary["joint"]["cycle_change"])
        self.assertEqual(len(summary["steps"]["ends_s"]), summary["steps"]["accepted"])
        self.assertGreater(summary["memory_MB_per_rank"], 10)
        self.assertGreater(summary["cycles"][0]["package"]["delta_w_MPa"], 0)
        # a ball of 220 um: pi/6 d3
        self.assertAlmostEqual(summary["joint"]["solder_volume_mm3"], 0.00557527978, places=9)

    def test_figures_do_not_depend_on_ranks(self):
        one = self.run_on(1)
        self.check_form(one)
        reference = figures(one)
        self.assertGreater(len(reference), 20)
        for ranks in (2, 4):
            other = figures(self.run_on(ranks))
            self.assertEqual(other.keys(), reference.keys())
            for path, x in reference.items():
                self.assertLessEqual(abs(other[path] - x), 1e-8 * abs(x), msg=f"{path} on {ranks} ranks")

        self.nor_on_where_the_mesh_comes_from(one, reference)

    def nor_on_where_the_mesh_comes_from(self, built, reference):
        self.ok("mesh", "-q", cli.SMALL, "-o", self.dir)
        self.assertEqual(built["mesh"]["dofs"], cli.json.loads((self.dir / "mesh.json").read_text())["dofs"])
        other = figures(self.run_on(2, "--mesh", self.dir / "mesh.msh"))
        for path, x in reference.items():
            self.assertLessEqual(abs(other[path] - x), 1e-8 * abs(x), msg=path)


class AllRanks(Ranks):
    """A ring under the ball, a cycle with dwells, steps as fine as a user's."""
    CASE = ("--set", "load.programme=[{to: 45 degC, rate: 1 K/s}, {hold: 20 s}, {to: 25 degC, rate: 1 K/s}, {hold: 20 s}]",
            "--set", "solver.time_tolerance=0.1", "--set", "output.fields=none", "--set", "package.pad.shape=embossed",
            "--set", "package.pad.concave.radius=115 um", "--set", "package.pad.ring={inner_radius: 50 um, outer_radius: 74 um}")

    def test_figures_do_not_depend_on_ranks(self):
        reference = figures(self.run_on(1, *self.CASE))
        self.assertGreater(len(reference), 30)
        for ranks in (2, 3, 4, 8):
            other = figures(self.run_on(ranks, *self.CASE))
            self.assertEqual(other.keys(), reference.keys())
            off = {path: abs(other[path] - x) / abs(x) for path, x in reference.items() if x}
            worst = max(off, key=off.get)
            print(f"{ranks} ranks: {off[worst]:.1e} at most ({worst}), {len(off)} figures", flush=True)
            self.assertLessEqual(off[worst], 1e-8, msg=f"{worst} on {ranks} ranks")
            self.assertEqual([path for path, x in reference.items() if not x and other[path]], [])


if __name__ == "__main__":
    sys.argv[1:] = ["AllRanks" if sys.argv[1:] == ["all"] else "Ranks"]
    cli.main()
