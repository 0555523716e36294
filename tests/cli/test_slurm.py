"""The templates of scripts/slurm on a SLURM of one node, controller and node on the loopback.

Ends with 77 (skipped) and says why where it cannot run: no root, no SLURM, no munge.
"""
import grp
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time

import cli

NEEDED = ("slurmctld", "slurmd", "munged", "sbatch", "scontrol", "squeue", "runuser")
STUDY = """case: {case}
factors:
  - {{key: load.start, values: [40 degC, 50 degC, 60 degC]}}
"""
SETTINGS = """ClusterName=ballpad
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={port}
SlurmdPort={node_port}
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket={munge}/munge.socket
CredType=cred/munge
StateSaveLocation={dir}/state
SlurmdSpoolDir={dir}/spool
SlurmctldPidFile={dir}/slurmctld.pid
SlurmdPidFile={dir}/slurmd.pid
SlurmctldLogFile={dir}/slurmctld.log
SlurmdLogFile={dir}/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
ReturnToService=2
MaxArraySize=3
NodeName={host} NodeAddr=127.0.0.1 CPUs=2 RealMemory=1000 State=UNKNOWN
PartitionName=main Nodes={host} Default=YES MaxTime=INFINITE State=UP
"""


def why_not():
    missing = [name for name in NEEDED if not shutil.which(name)]
    if missing:
        return "not installed: " + " ".join(missing) + " (apt install slurm-wlm munge)"
    return "" if os.geteuid() == 0 else "SLURM's daemons need root"


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_until(condition, seconds, what):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"{what} after {seconds} s")
        time.sleep(0.5)


class Slurm(cli.Case):
    """Controller and node of its own for the test."""

    def setUp(self):
        super().setUp()
        self.dir.chmod(0o755)
        self.munge, self.study, self.out = self.dir / "munge", self.dir / "study.yaml", self.dir / "out"
        for name in ("munge", "state", "spool"):
            (self.dir / name).mkdir()
        self.addCleanup(self.stop)
        self.start_munge()
        settings = SETTINGS.format(host=socket.gethostname(), dir=self.dir, munge=self.munge, port=free_port(), node_port=free_port())
        (self.dir / "slurm.conf").write_text(settings)
        self.environment = dict(cli.ENVIRONMENT, SLURM_CONF=str(self.dir / "slurm.conf"), BALLPAD=cli.BALLPAD)
        self.call("slurmctld")
        self.call("slurmd")
        wait_until(lambda: "idle" in self.call("sinfo", "-h", "-o", "%T", fails=True), 60, "no idle node")

    def start_munge(self):
        user = pwd.getpwnam("munge")
        key = self.munge / "munge.key"
        key.write_bytes(os.urandom(1024))
        for path, mode in ((key, 0o400), (self.munge, 0o755)):
            path.chmod(mode)
            os.chown(path, user.pw_uid, grp.getgrgid(user.pw_gid).gr_gid)
        m = self.munge
        subprocess.run(["runuser", "-u", "munge", "--", "munged", f"--key-file={key}", f"--socket={m}/munge.socket",
                        f"--pid-file={m}/munged.pid", f"--log-file={m}/munged.log", f"--seed-file={m}/munged.seed"],
                       check=True, timeout=60)

    def stop(self):
        """By the process numbers that the daemons wrote themselves."""
        for path in (self.dir / "slurmd.pid", self.dir / "slurmctld.pid", self.munge / "munged.pid"):
            if path.exists():
                pid = int(path.read_text())
                os.kill(pid, signal.SIGTERM)
                for _ in range(100):
                    if not os.path.exists(f"/proc/{pid}"):
                        break
                    time.sleep(0.1)

    def call(self, *words, fails=False):
        done = subprocess.run(words, capture_output=True, text=True, env=self.environment, cwd=self.dir, timeout=120)
        if not fails:
            self.assertEqual(done.returncode, 0, msg=f"{words}: {done.stderr}")
        return done.stdout

    def submit(self, *options):
        return self.call(str(cli.DATA / "scripts/slurm/submit_study"), str(self.study), str(self.out), "--mem-per-cpu=100",
                         f"--chdir={self.dir}", *options)

    def finished(self):
        return sorted(p.parent.name for p in self.out.glob("point_*/summary.json") if json.loads(p.read_text())["converged"])

    def outputs(self):
        return "".join(p.read_text() for p in sorted(self.dir.glob("*.out")))

    def wait_for_jobs(self, seconds):
        wait_until(lambda: not self.call("squeue", "-h").strip(), seconds, "jobs are still there")


class Array(Slurm):
    def test_an_array_runs_the_study_and_goes_on_when_stopped(self):
        """Four points and room for three tasks: two tasks of two. One is told to stop and is requeued."""
        self.study.write_text(STUDY.format(case=cli.SMALL).replace("60 degC", "60 degC, 70 degC"))
        said = self.submit()
        self.assertIn("4 points in 2 tasks of 2", said)
        running = lambda: any(self.out.glob("point_*/run.log.jsonl"))
        wait_until(running, 120, "nothing runs")
        job = said.split("jobs ")[1].split(",")[0]
        self.call("scancel", "--signal=USR1", "--batch", f"{job}_0")
        wait_until(lambda: "goes back into the queue" in self.outputs(), 120, "task 0 is not stopped")
        self.wait_for_jobs(600)
        self.assertEqual(self.finished(), [f"point_000{i}" for i in range(4)])
        said = self.outputs()
        self.assertIn("4 points: 4 finished", said)  # the job that collects
        for i in range(4):
            self.assertEqual(said.count(f"point_000{i}: finished"), 1, f"point {i} was run twice")
        self.assertTrue((self.out / "study.csv").exists())


if __name__ == "__main__":
    reason = why_not()
    if reason:
        print(f"skipped: {reason}")
        sys.exit(77)
    cli.main()
