"""Studies: the plan, points that run side by side and are stopped or killed on the way, and what is collected."""
import csv
import json
import os
import signal
import time

import cli

# as quick as it gets: what is looked at is what was run, not how good it is
QUICK = ("--set", "load.programme=[{to: 45 degC, rate: 1 K/s}, {to: 25 degC, rate: 1 K/s}]",
         "--set", "output.checkpoint=3", "--set", "output.fields=none")
# runs of a second, of a model of a few cells
TINY = """case: tiny.yaml
factors:
  - {{key: load.cooling.hold, values: [10 s, 12 s]}}
  - {{key: load.start, range: [40 degC, 60 degC], points: 2}}
"""
TINY_QUICK = ("--set", "output.checkpoint=3", "--set", "output.fields=none")
GRID = """case: {case}
factors:
  - {{key: package.wiring.thickness, values: [10 um, 12 um]}}
  - {{key: load.start, range: [40 degC, 60 degC], points: 2}}
"""


def load(path):
    return json.loads(path.read_text())


def steps(directory):
    log = directory / "run.log.jsonl"
    return log.read_text().count('"event": "step"') if log.exists() else 0


class Study(cli.Case):
    def setUp(self):
        super().setUp()
        self.study, self.out = self.dir / "study.yaml", self.dir / "out"

    def write(self, text=GRID):
        self.study.write_text(text.format(case=cli.SMALL))

    def plan(self, *more):
        return self.ok("study", "plan", self.study, "-o", self.out, *QUICK, *more)

    def run_study(self, *more, **how):
        return cli.run("study", "run", self.study, "-o", self.out, *more, **how)

    def start(self, *more):
        return cli.start("study", "run", self.study, "-o", self.out, *more)

    def collect(self):
        return self.ok("study", "collect", self.study, "-o", self.out)

    def rows(self):
        with (self.out / "study.csv").open(newline="") as file:
            return list(csv.DictReader(file))

    def finished(self):
        """Points that are done, with the time of their summaries: a second run would write them again."""
        return {p.parent.name: p.stat().st_mtime_ns for p in self.out.glob("point_*/summary.json") if load(p)["converged"]}

    def assert_error(self, result, code, text):
        self.assertEqual(result[0], code, msg=result[2])
        self.assertIn(text, result[2])


class Plan(Study):
    def test_has_a_directory_and_a_hash_for_each_point(self):
        self.write()
        self.assertIn("4 points (grid)", self.plan())
        manifest = load(self.out / "manifest.json")
        self.assertEqual([p["index"] for p in manifest["points"]], [0, 1, 2, 3])
        self.assertEqual([list(p["values"].values()) for p in manifest["points"]],
                         [["10 um", "40 degC"], ["10 um", "60 degC"], ["12 um", "40 degC"], ["12 um", "60 degC"]])
        self.assertEqual(len({p["content_hash"] for p in manifest["points"]}), 4)
        for point in manifest["points"]:
            text = self.ok("check", "--print-config", self.out / point["directory"] / "case.yaml")
            self.assertIn(f"thickness: {point['values']['package.wiring.thickness']}", text)

    def test_shipped_ones_can_be_built(self):
        expected = {"ring_radius": (64, 65), "ring_gaps": (21, 22), "copper_thickness": (7, 14), "dielectric_stiffness": (5, 10)}
        studies = cli.DATA / "cases" / "studies"
        self.assertEqual({p.parent.name for p in studies.glob("*/study.yaml")}, set(expected))
        for name, counts in expected.items():
            self.ok("study", "plan", name, "-q", "-o", self.dir / name)
            manifest = load(self.dir / name / "manifest.json")
            self.assertEqual((manifest["design_points"], len(manifest["points"])), counts, msg=name)
            self.assertEqual([p["reason"] for p in manifest["points"] if p["reason"]], [], msg=name)
            self.assertEqual(len({p["content_hash"] for p in manifest["points"]}), counts[1], msg=name)
            self.assertTrue((studies / name / "README.md").exists(), msg=name)

    def test_rings_have_one_plan_area(self):
        """pi (77.8^2 - 55^2) um2, that of cases/embossed.yaml, in every pair of radii."""
        self.ok("study", "plan", "ring_radius", "-q", "-o", self.dir / "ring_radius")
        for point in load(self.dir / "ring_radius" / "manifest.json")["points"]:
            inner, outer = (1e6 * point["si"][f"package.pad.ring.{which}_radius"] for which in ("inner", "outer"))
            self.assertAlmostEqual(outer**2 - inner**2, 77.8**2 - 55**2, delta=2e-4 * 3028)  # as the file says: 0.02 %

    def test_what_is_set_gives_way_to_the_command_line(self):
        self.write(GRID + "set: {{load.cycles: 2, load.dwell: 5 min}}\n")
        self.plan("--set", "load.cycles=3")
        self.assertEqual(load(self.out / "manifest.json")["set"].splitlines(),
                         ["load.cycles=2", "load.dwell=5 min", *QUICK[1::2], "load.cycles=3"])
        case = (self.out / "point_0003/case.yaml").read_text()
        self.assertIn("  cycles: 3\n", case)
        self.assertIn("  dwell: 5 min\n", case)

    def test_made_again_is_the_same(self):
        self.write()
        self.plan()
        first = (self.out / "manifest.json").read_bytes()
        self.plan()
        self.assertEqual((self.out / "manifest.json").read_bytes(), first)

    def test_keeps_a_point_that_cannot_be_built(self):
        self.write("case: {case}\nfactors: [{{key: package.pad.ring.outer_radius, values: [10 um, 85 um]}}]\n")
        out = self.plan()
        self.assertIn("point_0000 cannot be built: ", out)
        self.assertIn("must be smaller than package.pad.ring.outer_radius, 10 um", out)
        points = load(self.out / "manifest.json")["points"]
        self.assertIn("must be smaller", points[0]["reason"])
        self.assertIsNone(points[1]["reason"])

    def test_of_which_nothing_can_be_built_is_refused(self):
        self.write("case: {case}\nfactors: [{{key: package.pad.ring.outer_radius, values: [10 um, 15 um]}}]\n")
        self.assert_error(cli.run("study", "plan", self.study, "-o", self.out), 3, "none of the 2 points can be built")

    def test_changed_before_a_run_is_made_anew(self):
        self.write()
        self.plan()
        self.write(GRID.replace("12 um", "13 um"))
        self.assert_error(self.run_study("--index", "0"), 6, "is not what")
        self.plan()
        self.assertIn("13 um", (self.out / "manifest.json").read_text())

    def test_is_found_from_any_directory(self):
        (self.dir / "base.yaml").write_text(cli.Path(cli.SMALL).read_text())
        self.study.write_text("case: base.yaml\nfactors: [{key: load.cycles, range: [1, 3], points: 3}]\n")
        self.ok("study", "plan", "study.yaml", "-o", "out", cwd=self.dir)
        self.assert_error(cli.run("study", "collect", self.study, "-o", self.out), 7, "no point is finished")
        (self.dir / "base.yaml").write_text(cli.Path(cli.SMALL).read_text() + "# changed\n")
        self.assert_error(cli.run("study", "collect", self.study, "-o", self.out), 6, "was changed since; plan again")

    def test_works_under_mpirun(self):
        self.write()
        self.ok("study", "plan", self.study, "-o", self.out, *QUICK, ranks=2)
        self.assertEqual(len(load(self.out / "manifest.json")["points"]), 4)


class Usage(Study):
    def test_wrong_arguments(self):
        self.write()
        self.plan()
        study, out = str(self.study), str(self.out)
        for arguments, code, text in (
                (("study", "pla", study, "-o", out), 2, "'pla' is neither plan, run nor collect"),
                (("study", "run", "-o", out), 2, "study run: STUDY is missing"),
                (("study", "run", study), 2, "no directory for the results"),
                (("study", "plan", study, "-o", out, "-j", "2"), 2, "study plan: --jobs is of study run"),
                (("study", "run", study, "-o", out, "--set", "a=b"), 2, "give --set to study plan"),
                (("study", "run", study, "-o", out, "-j", "0"), 2, "'0' is no number of processes"),
                (("study", "run", study, "-o", out, "--index", "x"), 2, "'x' is no number of a point"),
                (("study", "run", study, "-o", out, "--range", "3"), 2, "'3' is no range of points"),
                (("study", "run", study, "-o", out, "--range", "2:2"), 2, "'2:2' is no range of points"),
                (("study", "run", study, "-o", out, "--index", "0", "--range", "0:1"), 2, "exclude each other"),
                (("study", "run", study, "-o", out, "-j", "2", "--group-size", "2"), 2, "exclude each other"),
                (("study", "run", study, "-o", out, "--index", "4"), 2, "--index 4 is outside the plan; its points are 0 to 3"),
                (("study", "run", study, "-o", out, "--range", "2:5"), 2, "--range 2:5 reaches outside the plan"),
                (("study", "run", study, "-o", out, "--max-walltime", "3 m"), 2, "--max-walltime: "),
                (("study", "run", study, "-o", out, "--max-walltime", "0 s"), 2, "it must be greater than 0"),
                (("study", "run", study, "-o", out + "x"), 7, "manifest.json: is not there; 'ballpad study plan"),
                (("study", "collect", study, "-o", out), 7, "no point is finished"),
                (("study", "plan", out + "x", "-o", out), 3, "cannot be read")):
            with self.subTest(arguments[1:]):
                self.assert_error(cli.run(*arguments), code, text)

    def test_group_size_divides_the_ranks(self):
        self.write()
        self.plan()
        self.assert_error(self.run_study("--group-size", "2", ranks=3), 2, "does not divide the 3 ranks")

    def test_a_study_that_went_away(self):
        self.write()
        self.plan()
        self.study.unlink()
        self.assert_error(self.run_study(), 7, "it must stay where it was when the study was planned")

    def test_an_edited_plan(self):
        self.write()
        self.plan()
        manifest = self.out / "manifest.json"
        manifest.write_text(manifest.read_text().replace("12 um", "13 um"))
        self.assert_error(self.run_study(), 6, "was edited after it was made")

    def test_an_edited_case(self):
        self.write()
        self.plan()
        case = self.out / "point_0001/case.yaml"
        case.write_text(case.read_text().replace("10 um", "11 um"))
        self.assert_error(self.run_study("--index", "1"), 5, "this file or one of its cards was changed after it was planned")


class Run(Study):
    def setUp(self):
        super().setUp()
        cli.write_tiny(self.dir)

    def write(self, text=TINY):
        super().write(text)

    def plan(self, *more):
        return self.ok("study", "plan", self.study, "-o", self.out, *TINY_QUICK, *more)

    def wait_for(self, job, condition):
        while job.poll() is None and not condition():
            time.sleep(0.01)

    def test_killed_and_stopped_it_goes_on(self):
        self.write()
        self.plan()
        job = self.start("-j", "2")
        # steps 0 to 4: the checkpoint of step 3 is there
        self.wait_for(job, lambda: all(steps(self.out / f"point_000{i}") >= 5 for i in (0, 1)))
        job.kill()
        job.communicate(timeout=300)

        job = self.start("-j", "2")
        self.wait_for(job, lambda: len(self.finished()) >= 1 and steps(self.out / "point_0002") >= 1)
        first = self.finished()
        job.send_signal(signal.SIGUSR1)
        out, err = job.communicate(timeout=300)
        self.assertEqual((job.returncode, err), (75, ""), msg=out)
        self.assertIn("left", out)
        for point in ("point_0000", "point_0001"):
            if point in first:
                self.assertIn('"event": "resume"', (self.out / point / "run.log.jsonl").read_text(), f"{point} began anew")

        code, out, err = self.run_study("-j", "2")
        self.assertEqual((code, err), (0, ""))
        self.assertIn("4 points: 4 finished", out)
        done = self.finished()
        self.assertEqual(len(done), 4)
        for name, when in first.items():
            self.assertEqual(done[name], when, f"{name} was run twice")
        code, out, _ = self.run_study("--json")
        self.assertEqual((code, json.loads(out)["finished"]), (0, 4))
        self.assertEqual(self.finished(), done)
        self.looks_as_collected()
        self.is_the_same_as_single_runs()
        self.is_refused_when_changed()

    def looks_as_collected(self):
        out = self.collect()
        self.assertIn("4 points: 4 finished", out)
        rows = self.rows()
        for i, row in enumerate(rows):
            summary = load(self.out / f"point_000{i}/summary.json")
            self.assertEqual((row["index"], row["state"], row["reason"]), (str(i), "finished", ""))
            self.assertEqual(float(row["load.cooling.hold_s"]), (10, 12)[i // 2])
            self.assertEqual(float(row["load.start_K"]), (313.15, 333.15)[i % 2])
            # a few ulp: a file in MPa, SI in memory
            self.assertAlmostEqual(float(row["joint.delta_w_MPa"]) / summary["joint"]["delta_w_MPa"], 1.0, delta=1e-14)
            self.assertAlmostEqual(float(row["board.delta_eps"]) / summary["cycles"][-1]["board"]["delta_eps"], 1.0, delta=1e-14)
        effects = [e for e in load(self.out / "study.json")["effects"] if e["figure"] == "joint.delta_w_MPa"]
        values = [float(row["joint.delta_w_MPa"]) for row in rows]
        means = [(values[0] + values[1]) / 2, (values[2] + values[3]) / 2, (values[0] + values[2]) / 2, (values[1] + values[3]) / 2]
        for effect, mean in zip(effects, means):
            self.assertAlmostEqual(effect["mean"] / mean, 1.0, delta=1e-14)
        for picture in ("effects.svg", "curves.svg", "contours.svg"):
            self.assertIn("<svg", (self.out / picture).read_text())
        self.assertTrue((self.out / "study.h5").read_bytes().startswith(b"\x89HDF"))

    def is_the_same_as_single_runs(self):
        """Points that went on, beside others: what `run` gives alone, and a group of two ranks."""
        wanted = load(self.out / "point_0000/summary.json")["joint"]["delta_w_MPa"]
        alone = self.dir / "alone"
        self.ok("run", "-q", self.out / "point_0000/case.yaml", "-o", alone)
        self.assertAlmostEqual(load(alone / "summary.json")["joint"]["delta_w_MPa"] / wanted, 1.0, delta=1e-8)
        other = self.dir / "other"
        self.ok("study", "plan", self.study, "-o", other, *TINY_QUICK)
        code, _, err = cli.run("study", "run", self.study, "-o", other, "--range", "0:1", "--group-size", "2", ranks=2)
        self.assertEqual((code, err), (0, ""))
        summary = load(other / "point_0000/summary.json")
        self.assertEqual(summary["ranks"], 2)
        self.assertAlmostEqual(summary["joint"]["delta_w_MPa"] / wanted, 1.0, delta=1e-8)

    def is_refused_when_changed(self):
        """Results of another version, and another plan, in the directory."""
        path = self.out / "point_0003/summary.json"
        kept = path.read_text()
        path.write_text(kept.replace(load(path)["build"], "0.0.9 abc"))
        self.assert_error(self.run_study(), 6, "holds results of version 0.1.0 (0.0.9 abc), not of ")
        self.assert_error(cli.run("study", "collect", self.study, "-o", self.out), 6, "holds results of version")
        path.write_text(kept.replace(load(path)["case_hash"], "0" * 64))
        self.assert_error(self.run_study(), 6, "holds results of another case than the plan's")
        path.write_text(kept)
        self.write(TINY.replace("12 s", "13 s"))
        self.assert_error(self.run_study(), 6, "was changed since; plan again")
        again = cli.run("study", "plan", self.study, "-o", self.out, *TINY_QUICK)
        self.assert_error(again, 6, "is another plan, and its runs have begun")
        self.plan("--force")
        self.assertEqual(self.run_study("--index", "1")[0], 0)
        self.assert_error(self.run_study("--index", "3"), 6, "holds results of another case than the plan's")

    def test_a_point_that_fails_does_not_stop_the_others(self):
        self.write("case: tiny.yaml\nfactors: [{{key: solver.newton_iterations, values: [1, 20]}}]\n")
        self.plan("--set", "solver.min_step=1 s")
        code, out, err = self.run_study()
        self.assertEqual(code, 5, msg=err)
        self.assertIn("2 points: 1 finished, 1 failed", out)
        self.assertIn("not converged", err)
        failure = self.out / "point_0000/failure.json"
        self.assertIn("not converged", load(failure)["reason"])
        when = failure.stat().st_mtime_ns
        self.assertEqual(self.run_study()[0], 5)
        self.assertEqual(failure.stat().st_mtime_ns, when, "it was tried again")
        self.assertIn("point_0000 failed: ", self.collect())
        row = self.rows()[0]
        self.assertEqual((row["state"], row["joint.delta_w_MPa"]), ("failed", ""))
        self.assertIn("not converged", row["reason"])

    def test_two_jobs_never_run_the_same_point(self):
        self.write("case: tiny.yaml\nfactors: [{{key: load.start, values: [40 degC, 50 degC, 60 degC]}}]\n")
        self.plan()
        jobs = [self.start("--range", "0:3"), self.start("-j", "1")]
        ends = [job.communicate(timeout=400) for job in jobs]
        for job, (_, err) in zip(jobs, ends):
            self.assertIn(job.returncode, (0, 7))  # 7: the other one is still at a point
            self.assertEqual(err, "")
        said = sorted(line for out, _ in ends for line in out.splitlines() if line.endswith(": finished") and "points" not in line)
        self.assertEqual(said, [f"point_000{i}: finished" for i in range(3)])
        self.assertEqual(len(self.finished()), 3)

    def test_a_process_that_dies_leaves_its_reason(self):
        self.write("case: tiny.yaml\nfactors: [{{key: load.start, values: [40 degC]}}]\n")
        self.plan()
        job = self.start()
        self.wait_for(job, lambda: steps(self.out / "point_0000") >= 1)
        child = cli.Path(f"/proc/{job.pid}/task/{job.pid}/children").read_text().split()
        self.assertEqual(len(child), 1)
        os.kill(int(child[0]), signal.SIGKILL)
        out, err = job.communicate(timeout=300)
        self.assertEqual(job.returncode, 5, msg=out)
        self.assertIn("its process was ended by signal 9, Killed", err)
        self.assertIn("signal 9", load(self.out / "point_0000/failure.json")["reason"])
        self.assertEqual(self.run_study()[0], 0)  # no fault of the case: tried again
        self.assertFalse((self.out / "point_0000/failure.json").exists())

    def test_walltime_stops_it(self):
        self.write()
        self.plan()
        code, out, err = self.run_study("--max-walltime", "0.1 s")
        self.assertEqual((code, err), (75, ""))
        self.assertIn("left", out)


class Collect(Study):
    def holds_the_same(self, rows):
        """study.h5 against study.csv, number by number."""
        try:
            import h5py
        except ImportError:
            print("study.h5 is not read: h5py is not installed", flush=True)
            return
        with h5py.File(self.out / "study.h5") as file:
            self.assertEqual(file.attrs["design"], "grid")
            self.assertEqual(file["figures/joint.delta_w_MPa"].attrs["unit"], "MPa")
            self.assertEqual(file["factors/load.start"].attrs["unit"], "K")
            self.assertEqual(bytes(file["points/directory"][7]), b"point_0007")
            for dataset, column in (("figures/joint.delta_w_MPa", "joint.delta_w_MPa"), ("factors/load.start", "load.start_K"),
                                    ("figures/board.delta_eps.common", "board.delta_eps.common")):
                self.assertEqual([float(x) for x in file[dataset]], [float(row[column]) for row in rows])

    def has_lives_and_common_regions(self):
        self.collect()
        row, summary = self.rows()[0], load(self.out / "point_0000/summary.json")
        self.assertAlmostEqual(float(row["board.delta_eps.common"]) / summary["cycles"][-1]["board"]["common"]["delta_eps"], 1.0,
                               delta=1e-14)
        life = [r for r in summary["life"] if r["side"] == "package"]
        self.assertTrue(life)
        for r in life:
            self.assertAlmostEqual(float(row[f"life.{r['model']}.package.N"]) / r["N"], 1.0, delta=1e-14)

    def test_a_thousand_points(self):
        """Summaries of one run with numbers of our own: all of them are in the table."""
        self.write("case: {case}\nfactors:\n  - {{key: load.start, range: [30 degC, 69 degC], points: 40}}\n"
                   "  - {{key: package.wiring.thickness, range: [10 um, 12 um], points: 25}}\n")
        self.plan()
        self.assertEqual(self.run_study("--index", "0")[0], 0)
        self.has_lives_and_common_regions()
        pattern = load(self.out / "point_0000/summary.json")
        points = load(self.out / "manifest.json")["points"]
        self.assertEqual(len(points), 1000)
        for point in points:
            pattern.update(case_hash=point["content_hash"], name=point["directory"])
            pattern["joint"]["delta_w_MPa"] = 0.1 + 1e-3 * point["index"]
            (self.out / point["directory"] / "summary.json").write_text(json.dumps(pattern))
        started = time.monotonic()
        self.collect()
        print(f"collected 1000 points in {time.monotonic() - started:.1f} s", flush=True)
        rows = self.rows()
        self.holds_the_same(rows)
        self.assertEqual([row["index"] for row in rows], [str(i) for i in range(1000)])
        for i, row in enumerate(rows):
            self.assertAlmostEqual(float(row["joint.delta_w_MPa"]), 0.1 + 1e-3 * i, delta=1e-12)
        shares = {tuple(s["keys"]): s for s in load(self.out / "study.json")["indices"] if s["figure"] == "joint.delta_w_MPa"}
        # 25 i + j over 40 x 25: variances of equal steps are 25^2 (40^2 - 1)/12 and (25^2 - 1)/12
        start, wiring = 25 ** 2 * (40 ** 2 - 1), 25 ** 2 - 1
        self.assertAlmostEqual(shares[("load.start",)]["first_order"], start / (start + wiring), delta=1e-9)
        self.assertAlmostEqual(shares[("package.wiring.thickness",)]["total"], wiring / (start + wiring), delta=1e-9)


if __name__ == "__main__":
    cli.main()
