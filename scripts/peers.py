"""What scripts/bench runs: ballpad over the first steps of one problem, and CalculiX over the same ones."""
import csv
import glob
import json
import math
import os
import re
import signal
import subprocess
import tempfile
import time

import h5py

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PEERS = os.path.join(ROOT, "tests/perf/peers")
REGIONS = ["die", "passivation", "dielectric1", "dielectric2", "wiring", "dielectric3", "solder", "board_pad", "mask", "board"]
CARDS = dict(die="silicon", passivation="nitride", dielectric1="polymer", dielectric2="polymer", wiring="copper",
             dielectric3="polymer", solder="solder", board_pad="copper", mask="mask", board="board")
NEUTRAL_DISTANCE_MM = 3.18
START_K = 398.15


def environment(ranks=1):
    more = {"OMPI_MCA_mpi_yield_when_idle": "1"} if ranks > (os.cpu_count() or 1) else {}
    return dict(os.environ, OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1", OPENBLAS_NUM_THREADS="1", **more)


def steps_of(directory):
    """Events of the accepted steps so far."""
    try:
        with open(os.path.join(directory, "run.log.jsonl"), encoding="utf-8") as log:
            events = [json.loads(line) for line in log if line.endswith("\n")]
    except FileNotFoundError:
        return []
    return [e for e in events if e["event"] == "step"]


def run_until(command, out, steps, ranks):
    """Runs a command and asks it to end (SIGUSR1, which mpirun passes on) when so many steps are done; it ends after the next one.
    Returns what it said last."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        process = subprocess.Popen(command, cwd=PEERS, env=environment(ranks), stdout=subprocess.DEVNULL, stderr=said)
        while process.poll() is None and len(steps_of(out)) <= steps:
            time.sleep(0.05)
        process.send_signal(signal.SIGUSR1)
        process.wait()
        said.seek(0)
        return said.read()[-2000:]


def run_ballpad(level, steps, ranks=2, linear="pmultigrid", keep=None, more=()):
    """The first steps of the problem; figures over exactly these. keep: directory that stays; more: further arguments.
    The peak memory counts the checkpoint that a stopped run leaves."""
    with tempfile.TemporaryDirectory(prefix="ballpad-bench-") as scratch:
        out = keep or scratch
        command = ["mpirun", "--oversubscribe", "--bind-to", "none", "-n", str(ranks), os.path.join(ROOT, "build/ballpad"), "run",
                   "case.yaml", "-o", out, "-q", "--force", "--set", f"mesh.level={level}", "--set", f"solver.linear={linear}", *more]
        for before in (1, 0):  # asked so early that the wanted step is the last; too early, once in a while, then once more
            said = run_until(command, out, steps - before, ranks)
            events = steps_of(out)
            if len(events) > steps:
                break
        if len(events) <= steps:
            raise RuntimeError(f"{' '.join(command)}: ended after {len(events) - 1} of {steps} steps\n{said}")
        with open(os.path.join(out, "summary.json"), encoding="utf-8") as file:
            summary = json.load(file)
        part = events[1:steps + 1]
        return {"program": "ballpad", "level": level, "ranks": ranks, "linear": linear, "dofs": summary["mesh"]["dofs"],
                "steps": len(part), "newton": sum(e["newton"] for e in part), "linear_iterations": sum(e["linear"] for e in part),
                "all_linear": summary["steps"]["linear_iterations"],
                "seconds": part[-1]["wall_s"] - events[0]["wall_s"], "MB_per_rank": summary["memory_MB_per_rank"],
                "ends": [(e["time_s"], e["temperature_K"]) for e in part]}


# ---- CalculiX

def card(name):
    """Constants of a card of tests/perf/peers, in MPa, s and 1/K."""
    with open(os.path.join(PEERS, f"{name}.yaml"), encoding="utf-8") as file:
        text = file.read()
    unit = {"GPa": 1e3, "MPa": 1.0, "ppm/K": 1e-6, "/s": 1.0, "": 1.0}
    found = re.findall(r"(\w+): ([\d.e+-]+) ?(GPa|MPa|ppm/K|/s|)(?=[,}])", text)
    return {key: float(value) * unit[u] for key, value, u in found}


def material_lines(region):
    c = card(CARDS[region])
    yield f"*MATERIAL,NAME=M{region}\n*ELASTIC\n{c['E']},{c['nu']}\n*EXPANSION,ZERO={START_K}\n{c['value']:.12g}"
    if "yield" in c:  # total strain tangent Et: plastic modulus E Et/(E - Et)
        plastic = c["E"] * c["Et"] / (c["E"] - c["Et"])
        yield f"*PLASTIC,HARDENING=KINEMATIC\n{c['yield']},0.\n{c['yield'] + plastic:.12g},1."
    if "A" in c:
        yield f"*CREEP,LAW=NORTON\n{c['A']:.12g},{c['n']},0."
    yield f"*SOLID SECTION,ELSET=E{region},MATERIAL=M{region}"


def read_msh(path):
    """Nodes in mm, wedges by region and nodes by side, from our MSH 4.1 file."""
    with open(path, encoding="ascii") as file:
        lines = iter(file.read().split("\n"))
    names, nodes, cells, sides = {}, {}, {}, {}
    for line in lines:
        if line == "$PhysicalNames":
            for _ in range(int(next(lines))):
                dim, tag, name = next(lines).split()
                names[int(dim), int(tag)] = name.strip('"')
        elif line == "$Nodes":
            for _ in range(int(next(lines).split()[0])):
                count = int(next(lines).split()[3])
                tags = [int(next(lines)) for _ in range(count)]
                for tag in tags:
                    nodes[tag] = [1e3 * float(x) for x in next(lines).split()]
        elif line == "$Elements":
            for _ in range(int(next(lines).split()[0])):
                dim, entity, kind, count = (int(x) for x in next(lines).split())
                rows = [[int(x) for x in next(lines).split()] for _ in range(count)]
                name = names[dim, entity]  # entities have the number of their name
                if dim == 3:
                    cells.setdefault(name, []).extend(row for row in rows)
                else:
                    sides.setdefault(name, set()).update(n for row in rows for n in row[1:])
    return nodes, cells, sides


# Gmsh's fifteen-node prism: edges 01 02 03 12 14 25 34 35 45; CalculiX: 01 12 20, 34 45 53, 03 14 25
GMSH_TO_CALCULIX = [0, 1, 2, 3, 4, 5, 6, 9, 7, 12, 14, 13, 8, 10, 11]


def write_input(path, mesh, ends):
    nodes, cells, sides = mesh
    alpha = {"side_die": card("silicon")["value"], "side_board": card("board")["value"]}
    with open(path, "w", encoding="ascii") as out:
        out.write("*NODE,NSET=NALL\n")
        for tag, x in nodes.items():
            out.write(f"{tag},{x[0]:.12g},{x[1]:.12g},{x[2]:.12g}\n")
        for region in REGIONS:
            out.write(f"*ELEMENT,TYPE=C3D15,ELSET=E{region}\n")
            for row in cells[region]:
                n = [row[1 + i] for i in GMSH_TO_CALCULIX]
                out.write(",".join(map(str, [row[0], *n[:9]])) + ",\n" + ",".join(map(str, n[9:])) + "\n")
        for region in REGIONS:
            out.write("\n".join(material_lines(region)) + "\n")
        out.write(f"*INITIAL CONDITIONS,TYPE=TEMPERATURE\nNALL,{START_K}\n")
        moved = sides["side_die"] | sides["side_board"]
        support = next(iter(sides["die_back"] - moved - sides["mirror"]))
        out.write("*BOUNDARY\n" + "".join(f"{n},2,2\n" for n in sides["mirror"] - moved) + f"{support},3,3\n")
        last = 0.0
        for i, (t, T) in enumerate(ends):
            out.write(f"*STEP,INC=100\n*VISCO,DIRECT,CETOL=1.\n{t - last:.12g},{t - last:.12g}\n*TEMPERATURE\nNALL,{T:.12g}\n*BOUNDARY\n")
            for side, a in alpha.items():
                for n in sides[side]:
                    x = nodes[n]
                    for d, at in ((1, x[0] + NEUTRAL_DISTANCE_MM), (2, x[1])):
                        out.write(f"{n},{d},{d},{a * (T - START_K) * at:.12g}\n")
            if i == len(ends) - 1:
                out.write("*NODE PRINT,NSET=NALL\nU\n")
            out.write("*END STEP\n")
            last = t


def read_displacements(path):
    result = {}
    with open(path, encoding="ascii") as file:
        for line in file:
            words = line.split()
            if len(words) == 4 and words[0].isdigit():
                result[int(words[0])] = [float(w) for w in words[1:]]
    return result


def difference(directory, nodes, moved):
    """Difference of the displacements, root mean square over that of the displacements; motion in z as a whole left out.
    C3D15 integrates curved wedges with nine points, ballpad with eighteen, so it is not zero."""
    with h5py.File(os.path.join(directory, "fields/mesh.h5")) as file:
        points = file["Points"][()]
    with h5py.File(sorted(glob.glob(os.path.join(directory, "fields/step_*.h5")))[-1]) as file:
        u = file["PointData/displacement"][()]
    place = {tuple(round(1e6 * c) for c in x): i for i, x in enumerate((1e3 * points).tolist())}  # to the nanometre
    pairs = [(moved[n], (1e3 * u[place[tuple(round(1e6 * c) for c in x)]]).tolist()) for n, x in nodes.items()]
    shift = sum(a[2] - b[2] for a, b in pairs) / len(pairs)
    apart = sum((a[d] - b[d] - (shift if d == 2 else 0.0)) ** 2 for a, b in pairs for d in range(3))
    return math.sqrt(apart / sum(c * c for _, b in pairs for c in b))


def run_calculix(level, ends, scratch, threads):
    """CalculiX over the given step ends, on the mesh that ballpad makes."""
    subprocess.run([os.path.join(ROOT, "build/ballpad"), "mesh", "case.yaml", "-o", scratch, "-q", "--force", "--set",
                    f"mesh.level={level}"], cwd=PEERS, env=environment(), check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    mesh = read_msh(os.path.join(scratch, "mesh.msh"))
    write_input(os.path.join(scratch, "job.inp"), mesh, ends)
    start = time.monotonic()
    with open(os.path.join(scratch, "job.out"), "w+", encoding="utf-8") as out:
        process = subprocess.Popen(["ccx", "job"], cwd=scratch, stdout=out, stderr=subprocess.STDOUT,
                                   env=dict(os.environ, OMP_NUM_THREADS=str(threads), OPENBLAS_NUM_THREADS="1"))
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - start
        out.seek(0)
        said = out.read()
    moved = read_displacements(os.path.join(scratch, "job.dat")) if process.returncode == 0 else {}
    if len(moved) != len(mesh[0]):
        raise RuntimeError("CalculiX did not end well:\n" + said[-2000:])
    return {"program": "CalculiX", "level": level, "threads": threads, "steps": len(ends), "seconds": seconds,
            "equations": [int(n) for n in re.findall(r"number of equations\s+(\d+)", said)][:1],
            "iterations": said.count("\n iteration "),
            "peak_MB": usage.ru_maxrss / 1024}, mesh[0], moved


def read_history(directory, until):
    """Last row of history.csv that is not later than a time."""
    with open(os.path.join(directory, "history.csv"), encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if float(row["time_s"]) <= until * (1.0 + 1e-12)]
    return {key: float(value) for key, value in rows[-1].items() if value}
