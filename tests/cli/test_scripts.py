"""scripts/plot on a made-up history whose loops, work and changes are known."""
import math
import os
import re
import subprocess

import cli

PLOT = cli.DATA / "scripts/plot"
STEPS = 40  # of a cycle
# a loop strain = a sin, stress = b cos encloses pi a b; each cycle is smaller than the one before
STRAIN, STRESS = (0.02, 0.018, 0.017), (30e6, 28e6, 27.9e6)
WORK = [math.pi * a * b for a, b in zip(STRAIN, STRESS)]


def write_history(directory):
    """A cooling of two rows, then the cycles; provenance in front."""
    directory.mkdir()
    rows, time, work = [(0.0, 0.0, -1, 0.0, 0.0, 0.0), (10.0, 10.0, 0, 0.0, STRESS[0], 0.0)], 10.0, 0.0
    for c, (a, b) in enumerate(zip(STRAIN, STRESS)):
        for i in range(1, STEPS + 1):
            angle, dt = 2 * math.pi * i / STEPS, 5.0 + c
            time += dt
            rows.append((time, dt, c + 1, a * math.sin(angle), b * math.cos(angle), work + WORK[c] * i / STEPS))
        work += WORK[c]
    names = "time_s,dt_s,cycle,package.25um.shear_strain,package.25um.shear_stress_Pa,package.25um.work_J_per_m3"
    text = "".join(",".join(f"{v:.17g}" for v in row) + "\n" for row in rows)
    (directory / "history.csv").write_text(f"{names}\n{text}")


def area(points):
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(points, points[1:] + points[:1]))) / 2


class Plot(cli.Case):
    def setUp(self):
        super().setUp()
        self.run_dir = self.dir / "run"
        write_history(self.run_dir)

    def plot(self, *arguments):
        done = subprocess.run([str(PLOT), *map(str, arguments)], capture_output=True, text=True, env=cli.ENVIRONMENT)
        return done.returncode, done.stdout, done.stderr

    def curves(self, *arguments):
        out = self.dir / "out.gp"
        self.assertEqual(self.plot(self.run_dir, "-o", out, *arguments), (0, f"{out}\n", ""))
        blocks = re.findall(r"^\$curve_\d+ << END\n(.*?)END$", out.read_text(), re.M | re.S)
        return [[tuple(map(float, line.split())) for line in block.splitlines()] for block in blocks]

    def test_loops_enclose_their_work(self):
        loops = self.curves("--only", "hysteresis")
        self.assertEqual(len(loops), 3)
        for loop, a, b in zip(loops, STRAIN, STRESS):
            self.assertEqual(len(loop), STEPS + 1)
            # % times MPa. The first point is where the cycle before ended, which was a little higher: 0.5 % of the area;
            # a polygon of 40 sides has 0.4 % less than its ellipse
            self.assertLess(abs(area(loop) / (1e-4 * math.pi * a * b) - 1), 0.01)

    def test_work_and_its_changes(self):
        (work,) = self.curves("--only", "work")
        for (cycle, value), (i, expected) in zip(work, enumerate(WORK)):
            self.assertEqual(cycle, i + 1)
            self.assertLess(abs(value / (1e-6 * expected) - 1), 1e-8)  # nine digits are written
        self.assertEqual(len(work), 3)
        changes, steady = self.curves("--only", "convergence")
        self.assertEqual([c for c, _ in changes], [2, 3])
        for (_, value), before, now in zip(changes, WORK, WORK[1:]):
            self.assertLess(abs(value / abs(now / before - 1) - 1), 1e-8)
        self.assertEqual({y for _, y in steady}, {0.01})

    def test_steps_are_those_that_were_made(self):
        (steps,) = self.curves("--only", "steps")
        self.assertEqual(len(steps), 1 + 3 * STEPS)  # the joining has none
        self.assertEqual([dt for _, dt in steps], [10.0] + [5.0 + c for c in range(3) for _ in range(STEPS)])

    def test_pictures_of_a_comparison(self):
        other = self.dir / "pair/b"
        (self.dir / "pair").mkdir()
        write_history(self.dir / "pair/a")
        write_history(other)
        (self.dir / "pair/compare.json").write_text('{"cases": [{"name": "a"}, {"name": "b"}]}')
        self.assertEqual(self.plot(self.dir / "pair")[0], 0)
        self.assertIn("b, cycle 3", (self.dir / "pair/plot_history.svg").read_text())
        for end, magic in ((".png", b"\x89PNG"), (".pdf", b"%PDF")):
            out = self.dir / f"out{end}"
            self.assertEqual(self.plot(self.dir / "pair", "-o", out), (0, f"{out}\n", ""))
            self.assertTrue(out.read_bytes().startswith(magic))
        self.assertEqual([name for name in os.listdir(self.dir) if ".tmp" in name], [])

    def test_mistakes(self):
        for arguments, code, text in (
                ((self.dir,), 1, "history.csv: No such file or directory; give the directory of a run or of a comparison"),
                ((self.run_dir, "--side", "board"), 1, "has no shear_strain of 'board'; there are package.25um"),
                ((self.run_dir, "-o", "x.jpg"), 2, "'x.jpg' is no name of a picture; end it with .svg, .png, .pdf or .gp"),
                ((self.run_dir, "--side", "solder", "--only", "work"), 2, "work is stored for layers"),
                ((self.run_dir, "-o", "/dev/null/x.gp"), 1, "/dev/null/x.gp: Not a directory")):
            got = self.plot(*arguments)
            self.assertEqual(got[0], code, msg=got[2])
            self.assertIn(text, got[2])
        (self.run_dir / "history.csv").write_text("a,b\n1,2\n3,x\n")
        self.assertIn("history.csv: is no history of ballpad", self.plot(self.run_dir)[2])


if __name__ == "__main__":
    cli.main()
