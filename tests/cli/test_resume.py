"""Runs that are stopped or killed go on with --resume, and end with the figures of a run that was left alone.

With a number as its argument (ctest -L slow), only the test that kills, at so many moments.
"""
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import unittest

import cli

KILLS = int(sys.argv[1]) if len(sys.argv) > 1 else 0
# as quick as it gets: what is compared is every bit, not how good it is; a checkpoint after every third step
QUICK = ("--set", "load.programme=[{to: 45 degC, rate: 1 K/s}, {to: 25 degC, rate: 1 K/s}]",
         "--set", "solver.newton_tolerance=1e-5", "--set", "output.checkpoint=3",
         "--set", "output.fields=" + ("steps" if KILLS else "dwells"))
JOINT = (cli.SMALL, *QUICK, "--set", "load.cooling.hold=0 s")
DIFFERENT = ("wall_time_s", "memory_MB_per_rank", "ranks", "writing", "provenance")  # of every process; the rest is the same in every bit


def load(path):
    return cli.json.loads(path.read_text())


def figures(directory):
    """All that a run says, but what differs from one process to the next."""
    summary = {key: value for key, value in load(directory / "summary.json").items() if key not in DIFFERENT}
    return summary, cli.rows(directory), sorted(p.name for p in (directory / "fields").iterdir())


def checkpoints(directory):
    return sorted(directory.glob("checkpoint_*.h5"))


def steps(directory):
    log = directory / "run.log.jsonl"
    return log.read_text().count('"event": "step"') if log.exists() else 0


def setUpModule():
    """The run that is left alone: of a joint, or of a model of a few cells and three cycles."""
    kept = cli.Path(cli.tempfile.mkdtemp(prefix="bp_cli_"))
    unittest.addModuleCleanup(shutil.rmtree, kept, ignore_errors=True)
    kept.chmod(0o755)  # other users start runs too
    Resume.case = JOINT if KILLS else (cli.write_tiny(kept), *QUICK, "--set", "load.cycles=3")
    Resume.whole = kept / "whole"
    started = time.monotonic()
    code, _, err = cli.run("run", "-q", *Resume.case, "-o", Resume.whole)
    Resume.duration = time.monotonic() - started
    assert (code, err) == (0, ""), err
    Resume.expected = figures(Resume.whole)


class Resume(cli.Case):

    def start(self, directory, *more):
        return cli.start("run", "-q", *self.case, "-o", directory, *more)

    def go_on(self, directory, *more, **how):
        return cli.run("run", "-q", *self.case, "-o", directory, "--resume", *more, **how)

    def wait_for_steps(self, job, directory, count):
        while job.poll() is None and steps(directory) < count:
            time.sleep(0.01)

    def stop_after(self, directory, count, request):
        """A run that got a signal after so many steps; its exit code and its errors."""
        job = self.start(directory)
        self.wait_for_steps(job, directory, count)
        job.send_signal(request)
        _, err = job.communicate(timeout=300)
        return job.returncode, err

    def ends_alike(self, directory, *more, **how):
        self.assertEqual(self.go_on(directory, *more, **how), (0, "", ""))
        self.assertEqual(figures(directory), self.expected)
        self.assertEqual(checkpoints(directory), [])


class Stopped(Resume):
    def test_by_a_signal_it_goes_on(self):
        directory = self.dir / "run"
        code, err = self.stop_after(directory, 6, signal.SIGUSR1)
        self.assertEqual(code, 75)
        self.assertRegex(err, r"stopped on request after step \d+ at t = .* s; go on with --resume\n")
        done = load(directory / "summary.json")["steps"]["accepted"]
        self.assertEqual(checkpoints(directory)[-1].name, f"checkpoint_{done:04d}.h5")
        self.ends_alike(directory)
        self.assertIn(f"goes on after step {done}, ", (directory / "run.log").read_text())

    def test_by_the_clock_step_by_step(self):
        """Each process makes one step; together they make the run, and their times add up."""
        directory, times = self.dir / "run", []
        for done in range(1, 3):
            code, _, err = self.go_on(directory, "--max-walltime", "1 ms")
            self.assertEqual(code, 75, msg=err)
            summary = load(directory / "summary.json")
            self.assertEqual(summary["steps"]["accepted"], done)
            times.append(summary["wall_time_s"])
        self.assertGreater(times[1], times[0])
        self.ends_alike(directory)
        self.assertGreater(load(directory / "summary.json")["wall_time_s"], times[1])


class Finished(Resume):
    def test_it_says_so_again(self):
        before = (self.whole / "summary.json").read_text()
        self.assertEqual(self.go_on(self.whole, "--json"), (0, before, ""))
        self.assertEqual(self.go_on(self.whole), (0, "", ""))
        out = self.ok("run", *self.case, "-o", self.whole, "--resume")
        self.assertTrue(out.startswith("tiny: finished already, nothing to go on with\n"))
        self.assertIn("work per cycle", out)
        self.assertEqual((self.whole / "summary.json").read_text(), before)


class Refused(Resume):
    def setUp(self):
        super().setUp()
        self.run_dir = self.dir / "run"
        code, err = self.stop_after(self.run_dir, 6, signal.SIGTERM)
        self.assertEqual(code, 75, msg=err)
        self.newest = checkpoints(self.run_dir)[-1]

    def damage(self, path):
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)

    def refuses(self, *what):
        code, out, err = self.go_on(self.run_dir)
        self.assertEqual((code, out), (6, ""))
        for text in what:
            self.assertIn(text, err)

    def test_another_case_damage_and_what_is_missing(self):
        self.of_another_case()
        self.damaged()
        self.without_results()
        self.of_another_version()
        self.without_permission()

    def of_another_version(self):
        version = load(self.run_dir / "summary.json")["version"]
        other = version[:-1] + ("1" if version[-1] != "1" else "2")
        both = [(path, path.read_bytes()) for path in checkpoints(self.run_dir)]
        for path, _ in both:
            subprocess.run([os.environ["FORGE"], str(path), version, other], check=True, env=cli.ENVIRONMENT)
        self.refuses(f"{self.newest}: was written by version {other} and this program is version {version}; go on with that one, "
                     "or start without --resume")
        for path, data in both:
            path.write_bytes(data)

    def without_permission(self):
        """As a user who may read everything and write nothing: an error, and what was there stands."""
        how = {"user": 65534, "group": 65534} if os.geteuid() == 0 else {}
        before = {path.name: path.read_bytes() for path in self.run_dir.iterdir() if path.is_file()}
        self.dir.chmod(0o555)
        self.run_dir.chmod(0o555)
        self.addCleanup(self.dir.chmod, 0o755)
        self.addCleanup(self.run_dir.chmod, 0o755)
        for directory, text in ((self.run_dir, "cannot be written: Permission denied; choose a directory that you may write"),
                                (self.dir / "new", "cannot be made: Permission denied; choose a directory that you may write")):
            try:
                done = subprocess.run(cli.command(["run", "-q", *self.case, "-o", directory, "--resume"]), capture_output=True, text=True,
                                      env=cli.ENVIRONMENT, timeout=300, **how)
            except PermissionError:
                self.skipTest("the program lies where no other user can start it")
            self.assertEqual(done.returncode, 7, msg=done.stderr)
            self.assertIn(f"ballpad: {directory}: {text}\n", done.stderr)
        self.assertEqual({path.name: path.read_bytes() for path in self.run_dir.iterdir() if path.is_file()}, before)

    def of_another_case(self):
        code, _, err = self.go_on(self.run_dir, "--set", "output.layer=20 um")
        self.assertEqual(code, 6)
        self.assertIn("summary.json there is of another case", err)
        summary = self.run_dir / "summary.json"
        text = summary.read_text()
        summary.unlink()
        code, _, err = self.go_on(self.run_dir, "--set", "output.layer=20 um")
        self.assertEqual(code, 6)
        self.assertEqual(err, f"ballpad: {self.newest}: is of another case, or its cards or mesh were changed; go on with "
                              "the case as it was, or start without --resume\n")
        summary.write_text(text)

    def damaged(self):
        both = [(path, path.read_bytes()) for path in checkpoints(self.run_dir)]
        self.assertEqual(len(both), 2)
        self.damage(both[1][0])
        copy = self.dir / "copy"
        shutil.copytree(self.run_dir, copy)
        self.damage(both[0][0])
        self.refuses(f"{self.newest}: is damaged or cut off, and so is every checkpoint there; start without --resume")
        done = subprocess.run(cli.command(["run", *self.case, "-o", copy, "--resume"]), capture_output=True, text=True,
                              env=cli.ENVIRONMENT, timeout=300)
        self.assertEqual(done.returncode, 0)
        self.assertIn(f"ballpad: warning: {copy / self.newest.name}: is damaged or cut off; the run goes on from "
                      f"{copy / both[0][0].name}\n", done.stderr)
        summary, *files = figures(copy)
        summary["warnings"] = [w for w in summary["warnings"] if "is damaged" not in w]
        self.assertEqual((summary, *files), self.expected)
        for path, data in both:
            path.write_bytes(data)

    def without_results(self):
        results = self.run_dir / "results.h5"
        data = results.read_bytes()
        results.unlink()
        self.refuses(f"{results}: ", "the checkpoint is of no use without it; start without --resume")
        results.write_bytes(data[:-100])
        self.refuses("the checkpoint is of no use without it")


class Lost(Resume):
    def test_directory_removed_during_the_run(self):
        directory = self.dir / "run"
        job = self.start(directory)
        self.wait_for_steps(job, directory, 4)
        while directory.exists():
            shutil.rmtree(directory, ignore_errors=True)
        _, err = job.communicate(timeout=300)
        self.assertEqual(job.returncode, 7, msg=err)
        self.assertIn("no such file or directory", err)

    def test_disk_that_fills_up(self):
        disk = self.dir / "disk"
        disk.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(disk)]
        if subprocess.run(mount, capture_output=True).returncode != 0:
            self.skipTest("mounting a small tmpfs is not allowed here")
        self.addCleanup(subprocess.run, ["umount", str(disk)], check=True)
        code, _, err = cli.run("run", "-q", *self.case, "-o", disk)
        self.assertEqual(code, 7)
        self.assertIn("no space left on device; make room or choose another directory", err)
        subprocess.run(["mount", "-o", "remount,size=200m", str(disk)], check=True)
        self.ends_alike(disk)


class Compared(Resume):
    def compare(self, directory, *more):
        return cli.run("compare", "-q", *JOINT[:1], *JOINT, "-o", directory, *more)

    def test_goes_on_in_the_case_that_was_stopped(self):
        directory = self.dir / "pair"
        code, _, err = self.compare(directory, "--max-walltime", "1 ms")
        self.assertEqual(code, 75, msg=err)
        code, _, err = self.compare(directory, "--resume", "--max-walltime", "1 ms")
        self.assertEqual((code, load(directory / "small/summary.json")["steps"]["accepted"]), (75, 2), msg=err)
        self.assertEqual(self.compare(directory, "--resume"), (0, "", ""))
        cases = load(directory / "compare.json")["cases"]
        # the second one, the same joint, was never stopped
        self.assertEqual(cases[1]["steps"]["ends_s"], cases[0]["steps"]["ends_s"])
        self.assertEqual(cases[0]["cycles"], cases[1]["cycles"])


class Killed(Resume):
    def test_at_random_moments_it_goes_on(self):
        """Kills the processes of a run until it is through, then those of the next run."""
        seed, moments, kills, runs = random.randrange(10**6), KILLS or 2, 0, 0
        print(f"seed {seed}", flush=True)
        random.seed(seed)
        while kills < moments:
            runs += 1
            kills += self.kill_until_done(self.dir / f"run{runs}", moments - kills)
            shutil.rmtree(self.dir / f"run{runs}")
        print(f"{kills} kills in {runs} runs", flush=True)

    def kill_until_done(self, directory, most):
        kills = 0
        while True:
            job = self.start(directory, "--resume")
            patience = random.uniform(0.01, 0.7) * self.duration if kills < most else 300
            try:
                _, err = job.communicate(timeout=patience)
            except subprocess.TimeoutExpired:
                job.kill()
                job.communicate()
                kills += 1
                continue
            self.assertEqual(job.returncode, 0, msg=err)
            self.assertEqual(figures(directory), self.expected)
            return kills


if __name__ == "__main__":
    sys.argv[1:] = ["Killed"] if KILLS else []
    cli.main()
