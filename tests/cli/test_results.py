"""What the commands leave behind: files, JSON, and what happens to a directory that is in use or holds another case."""
import fcntl
import os
import signal
import socket
import time

import cli

REGIONS = {"die", "passivation", "dielectric1", "dielectric2", "wiring", "dielectric3", "solder", "board_pad", "mask",
           "board"}
# one Newton iteration is too few for any step: the run ends at the joining or the first step
HOPELESS = ("--set", "solver.newton_iterations=1", "--set", "solver.min_step=0.5 s")


def load(path):
    return cli.json.loads(path.read_text())


class Check(cli.Case):
    def test_says_what_a_run_will_take(self):
        result = cli.json.loads(self.ok("check", "--json", cli.SMALL))
        self.assertIs(result["valid"], True)
        self.assertEqual(result["problems"], [])
        self.assertEqual(result["pad"], "flat")
        self.assertGreater(result["dofs"], 5000)
        self.assertLess(result["dofs"], 3 * result["nodes"])
        self.assertGreater(result["min_quality"], 0.0)
        # quadratic arcs of eight to a half circle miss an area by 4e-5, see mesh/plan.c
        self.assertLess(result["volume_error"], 1e-4)
        for key in ("expected_steps", "expected_memory_bytes", "expected_time_s"):
            self.assertGreater(result[key], 0.0)

    def test_expects_more_of_a_finer_mesh(self):
        coarse, fine = (cli.json.loads(self.ok("check", "--json", cli.SMALL, "--set", f"mesh.level={level}"))
                        for level in (0, 2))
        for key in ("dofs", "expected_time_s"):
            self.assertGreater(fine[key], 2 * coarse[key])
        # what every rank takes whatever it does, and no less for each unknown
        self.assertGreater(fine["expected_memory_bytes"] - coarse["expected_memory_bytes"],
                           1000 * (fine["dofs"] - coarse["dofs"]))

    def test_prints_for_people(self):
        out = self.ok("check", "flat")
        self.assertIn("a valid case", out)
        for word in ("free unknowns", "about", "memory", "time"):
            self.assertIn(word, out)
        self.assertEqual(self.ok("check", "-q", "flat"), "")

    def test_prints_a_complete_case_that_reads_the_same(self):
        first = self.ok("check", "--print-config", cli.SMALL, "--set", "mesh.level=1")
        self.assertIn("level: 1\n", first)
        copy = self.dir / "copy.yaml"
        copy.write_text(first)
        self.assertEqual(self.ok("check", "--print-config", copy), first)

    def test_writes_where_it_is_told(self):
        out = self.ok("check", "--json", cli.SMALL, "-o", self.dir / "a/b")
        self.assertEqual((self.dir / "a/b/check.json").read_text(), out)


class Mesh(cli.Case):
    def test_writes_mesh_and_measures(self):
        out = self.ok("mesh", cli.SMALL, "-o", self.dir, "--json")
        mesh = load(self.dir / "mesh.json")
        self.assertEqual(cli.json.loads(out), mesh)
        self.assertEqual({r["name"] for r in mesh["regions"]}, REGIONS)
        for region in mesh["regions"]:
            if region["exact_mm3"] is not None:
                self.assertLessEqual(abs(region["volume_mm3"] / region["exact_mm3"] - 1), mesh["volume_error"] + 1e-15)
        text = (self.dir / "mesh.msh").read_text()
        head = text[text.index("$Nodes"):].split()
        self.assertEqual(int(head[2]), mesh["nodes"])
        self.assertIn('"wetted_package"', text)
        self.assertEqual(sorted(os.listdir(self.dir)), ["mesh.json", "mesh.msh"])

    def test_keeps_the_mesh_of_another_case(self):
        self.ok("mesh", "-q", cli.SMALL, "-o", self.dir)
        before = (self.dir / "mesh.msh").read_bytes()
        self.ok("mesh", "-q", cli.SMALL, "-o", self.dir, "--set", "load.cycles=2")  # the mesh does not depend on it
        other = ("mesh", "-q", cli.SMALL, "-o", self.dir, "--set", "package.pitch=0.52 mm")
        code, _, err = cli.run(*other)
        self.assertEqual(code, 6)
        self.assertEqual(err, f"ballpad: {self.dir}: mesh.json there is of another case, or its cards or mesh were "
                              "changed; choose another directory, or replace what is there with --force\n")
        self.assertEqual((self.dir / "mesh.msh").read_bytes(), before)
        self.ok(*other, "--force")
        self.assertNotEqual((self.dir / "mesh.msh").read_bytes(), before)


class Directory(cli.Case):
    def lock(self, text):
        path = self.dir / "ballpad.lock"
        path.write_text(text)
        return path

    def mesh(self):
        return cli.run("mesh", "-q", cli.SMALL, "-o", self.dir)

    def test_is_not_shared_with_a_job_that_lives(self):
        path = self.lock(f"{socket.gethostname()} {os.getpid()} 2026-01-02T03:04:05Z\n")
        with open(path, "r+") as held:
            fcntl.lockf(held, fcntl.LOCK_EX)
            code, _, err = self.mesh()
        self.assertEqual(code, 7)
        self.assertEqual(err, f"ballpad: {self.dir}: is in use by process {os.getpid()} on {socket.gethostname()} since "
                              "2026-01-02T03:04:05Z; wait for it, choose another directory, or remove "
                              f"{path} if that job is dead\n")
        self.assertTrue(path.exists())

    def test_is_not_taken_from_another_host(self):
        self.lock("elsewhere 17 2026-01-02T03:04:05Z\n")
        code, _, err = self.mesh()
        self.assertEqual(code, 7)
        self.assertIn("is in use by process 17 on elsewhere since 2026-01-02T03:04:05Z", err)

    def test_is_taken_over_from_a_dead_owner(self):
        path = self.lock(f"{socket.gethostname()} {os.getpid()} 2026-01-02T03:04:05Z\n")
        self.assertEqual(self.mesh()[::2], (0, ""))
        self.assertFalse(path.exists())


class Run(cli.Case):
    def setUp(self):
        super().setUp()
        self.tiny, self.out = cli.write_tiny(self.dir), self.dir / "out"

    def wait_for_steps(self, job, directory):
        log = directory / "run.log"
        for _ in range(1200):
            if job.poll() is not None or (log.exists() and "\nstep    1 " in log.read_text()):
                return
            time.sleep(0.05)

    def test_stops_on_request_with_readable_results(self):
        for request in (signal.SIGTERM, signal.SIGINT, signal.SIGUSR1):
            self.stop_by(request, self.dir / request.name)

    def stop_by(self, request, directory):
        job = cli.start("run", "-q", self.tiny, "--set", "load.cycles=20", "-o", directory)
        self.wait_for_steps(job, directory)
        second = cli.run("run", "-q", self.tiny, "--set", "load.cycles=20", "-o", directory)
        job.send_signal(request)
        _, err = job.communicate(timeout=300)
        self.assertEqual(job.returncode, 75)
        self.assertIn("stopped on request after step ", err)
        self.assertIn("; go on with --resume\n", err)
        self.assertEqual(second[0], 7)
        self.assertIn(f"is in use by process {job.pid} on", second[2])
        summary = load(directory / "summary.json")
        self.assertIs(summary["converged"], False)
        self.assertGreater(summary["steps"]["accepted"], 0)
        self.assertLess(len(summary["cycles"]), 20)
        rows = cli.rows(directory)[1:]
        self.assertEqual(len(rows), summary["steps"]["accepted"] + 1)  # and the joining
        self.assertTrue(list((directory / "fields").glob("step_*.h5")))
        self.assertFalse((directory / "ballpad.lock").exists())

    def test_ends_with_the_last_good_state_where_nothing_converges(self):
        code, out, err = cli.run("run", self.tiny, "-o", self.out, "--json", *HOPELESS)
        self.assertEqual(code, 5)
        self.assertIn("not converged: ", err)
        self.assertIn("is stored", err)
        summary = cli.json.loads(out)
        self.assertEqual(summary, load(self.out / "summary.json"))
        self.assertIs(summary["converged"], False)
        self.assertGreater(summary["steps"]["rejected"], 0)
        self.assertTrue((self.out / "fields/step_0000.h5").exists())
        events = [cli.json.loads(line) for line in (self.out / "run.log.jsonl").read_text().splitlines()]
        rejected = [e for e in events if e["event"] == "rejected"]
        self.assertEqual(len(rejected), summary["steps"]["rejected"])
        for event in rejected:
            self.assertTrue(event["reason"])
        self.assertIn("step rejected at t 0.00 s", (self.out / "run.log").read_text())

    def faulty_card(self, symbol):
        """A card of a routine of tests/umat/faults.c, and its library."""
        library = cli.Path(cli.BALLPAD).parent / "tests/umat/libfaults.so"
        card = self.dir / "faulty.yaml"
        card.write_text(f"name: faulty\nlaw: umat:{library}\nsource: {{authors: nobody, year: unknown}}\ntrust: C\n"
                        "fitted: [0 degC, 100 degC]\nhard: [0 degC, 100 degC]\n"
                        "expansion: {kind: instantaneous, value: 20 ppm/K}\n"
                        f"umat: {{symbol: {symbol}, props: {{E: Pa}}, states: 5}}\n"
                        "params: {E: 10 GPa, nu: 0.25}\n")
        return card, library

    def test_keeps_the_last_good_state_where_a_law_fails(self):
        """A law that is right for 10 s, then returns what is not a number, or softens."""
        for symbol, why, latest in (("fails_late_", "solder: umat:{}: the UMAT returns what is not a number; [0-9.e-]+ s would do", 10.0),
                                    ("softens_late_", r"the tangent is not positive definite: solder softens \(umat:{}\)", 20.0)):
            with self.subTest(symbol):
                card, library = self.faulty_card(symbol)
                out = self.dir / symbol
                code, _, err = cli.run("run", "-q", self.tiny, "-o", out, "--set", f"model.materials.solder.card={card}",
                                       "--set", "solver.min_step=0.5 s")
                summary = load(out / "summary.json")
                last, steps = summary["steps"]["ends_s"][-1], summary["steps"]["accepted"]
                self.assertRegex(err, f"^ballpad: {out}: not converged: dt below 0.5 s at t = {last:g} s: {why.format(library)}; the last good "
                                      f"state, t = {last:g} s after step {steps}, is stored\n$")
                self.assertEqual(code, 5)
                self.assertIs(summary["converged"], False)
                self.assertLessEqual(last, latest)  # a first guess that is right needs no tangent
                self.assertEqual(len(cli.rows(out)), steps + 2)  # names and the joining
                self.assertTrue(list((out / "fields").glob("step_*.h5")))

    def test_the_factor_keeps_off_standard_output(self):
        for ranks, prefix in ((1, "mg_coarse_"), (2, "mg_coarse_redundant_")):
            out = self.ok("run", "-q", self.tiny, "-o", self.dir / prefix, "--set", "solver.coarse=factor", "--", "-help", ranks=ranks)
            self.assertIn(f"-{prefix}mat_cholmod_print <now 0 : formerly 3>", out)

    def test_says_why_a_law_refuses_a_step(self):
        """A law that begins with half a second, against a first step of a second."""
        card, library = self.faulty_card("begins_slowly_")
        out = self.dir / "out"
        self.ok("run", "-q", self.tiny, "-o", out, "--set", f"model.materials.solder.card={card}", "--set", "output.fields=none")
        lines = [line for line in (out / "run.log").read_text().splitlines() if line.startswith("step rejected")]
        self.assertEqual(len(lines), 1)
        why = f"solder: umat:{library}: the UMAT asks for a smaller step (PNEWDT); 0.5 s would do"
        self.assertTrue(lines[0].startswith(f"step rejected at t 0.00 s, dt 1 s: {why}; next dt "), lines[0])
        events = [cli.json.loads(line) for line in (out / "run.log.jsonl").read_text().splitlines()]
        self.assertEqual([e["reason"] for e in events if e["event"] == "rejected"], [why])
        for name in ("results.h5", "summary.json"):  # what nobody checked stays marked wherever it was used
            self.assertIn(b"pad: card 'copper_rdl_bilinear_generic' holds unverified data", (out / name).read_bytes())
        self.assertIn(b"finite-element practice (unverified)", (out / "results.h5").read_bytes())

    def test_keeps_the_results_of_another_case(self):
        self.assertEqual(cli.run("run", "-q", self.tiny, "-o", self.out, *HOPELESS)[0], 5)
        before = (self.out / "summary.json").read_text()
        code, _, err = cli.run("run", "-q", self.tiny, "-o", self.out)
        self.assertEqual(code, 6)
        self.assertEqual(err, f"ballpad: {self.out}: summary.json there is of another case, or its cards or mesh were "
                              "changed; choose another directory, or replace what is there with --force\n")
        self.assertEqual((self.out / "summary.json").read_text(), before)
        again = cli.run("run", "-q", self.tiny, "-o", self.out, *HOPELESS)
        self.assertEqual(again[0], 5)  # the same case may run again

    def test_refuses_a_mesh_of_another_case(self):
        self.ok("mesh", "-q", cli.SMALL, "-o", self.dir / "mesh", "--set", "package.board.thickness=60 um")
        code, _, err = cli.run("run", "-q", cli.SMALL, "-o", self.dir / "run", "--mesh", self.dir / "mesh/mesh.msh")
        self.assertEqual(code, 4)
        self.assertIn("mesh.msh: region 'board' has a volume of 0.0075 mm3 and 0.01 mm3 in the case", err)


class Compare(cli.Case):
    def compare(self, *more):
        return self.ok("compare", cli.SMALL, cli.SMALL, "-o", self.dir, *more, ranks=2)

    def test_of_a_case_with_itself(self):
        out = self.compare()
        result = load(self.dir / "compare.json")
        first, second = result["cases"]
        self.assertEqual((first["name"], second["name"]), ("small", "small_2"))
        self.assertEqual(first["steps"]["ends_s"], second["steps"]["ends_s"])
        self.assertEqual(result["ratios"][0]["quantity"], "joint.delta_w_MPa")
        for ratio in result["ratios"]:
            if ratio["ratio"] is not None:
                # the same steps on the same mesh: what is left is where Newton stops
                self.assertLess(abs(ratio["ratio"] - 1), 1e-7, msg=ratio["quantity"])
        self.assertIn("no difference to small", out)
        self.assertIn("steady (change at most 1 %)", out)
        self.assertIn("not estimated", out)
        self.reuses()
        self.keeps_other_cases()

    def reuses(self):
        started = time.monotonic()
        out = self.compare()
        self.assertIn(f"small: finished and unchanged, results re-used from {self.dir}/small\n", out)
        self.assertIn(f"small_2: finished and unchanged, results re-used from {self.dir}/small_2\n", out)
        again = cli.json.loads(self.compare("--json"))
        self.assertEqual(again, load(self.dir / "compare.json"))
        self.assertLess(time.monotonic() - started, 60)

    def keeps_other_cases(self):
        other = ("compare", "-q", cli.SMALL, cli.SMALL, "-o", self.dir, "--set", "solver.time_tolerance=0.8")
        code, _, err = cli.run(*other)
        self.assertEqual(code, 6)
        self.assertIn(f"{self.dir}/small: summary.json there is of another case", err)


if __name__ == "__main__":
    cli.main()
