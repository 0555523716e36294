"""Pictures and movies of finished runs, side by side, for ParaView's pvbatch (see scripts/render)."""
import argparse
import csv
import json
import os
import sys
import tempfile

from vtkmodules.vtkCommonCore import vtkLogger

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import render_scene as scene  # noqa: E402

vtkLogger.SetStderrVerbosity(vtkLogger.VERBOSITY_WARNING)

USUAL = ("material", "work", "strain", "copper")
EPILOG = """\
DIR is the directory of a run or of a comparison, whose cases then stand side by side on one scale.
Without -o the pictures go into DIR: picture_material.png, picture_work.png, picture_strain.png, picture_copper.png.

  scripts/render out/pair                                  the four pictures of a comparison
  scripts/render out/flat out/embossed -o joint.png        one picture (strain) of two runs
  scripts/render out/pair --movie cycle.gif -q work        the last cycle, a frame for each stored step

A movie has the steps that output.fields stores: set it to `steps` for a smooth one. It is an animated GIF, or WebP or
PNG by the ending of its name, made by python3-pil, which Debian's ParaView brings along."""


def arguments():
    parser = argparse.ArgumentParser(prog="render", description=__doc__, epilog=EPILOG,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dir", nargs="+", help="results of a run or of a comparison")
    parser.add_argument("-o", "--out", metavar="FILE.png|DIR", help="a picture, or a directory for several")
    parser.add_argument("-q", "--quantity", choices=sorted(scene.PICTURES), action="append",
                        help="what is shown; repeatable. Of the solder: work, strain, mises; of the copper: copper")
    parser.add_argument("-t", "--time", type=float, metavar="S", help="s, the nearest stored step; default is the last")
    parser.add_argument("--movie", metavar="FILE.gif", help="a movie instead of pictures (.gif, .webp, .png)")
    parser.add_argument("--cycle", type=int, metavar="N", help="of the movie; default is the last one")
    parser.add_argument("--frame", type=float, default=0.6, metavar="S", help="s that a frame of the movie stands (0.6)")
    wanted = parser.parse_args()
    several = wanted.quantity and len(wanted.quantity) > 1
    if several and (wanted.movie or (wanted.out or "").endswith(".png")):
        parser.error("one file shows one quantity; give -q once, or -o a directory")
    if wanted.movie and wanted.quantity == ["material"]:
        parser.error("materials do not move; choose another -q")
    if wanted.movie and (wanted.out or wanted.time is not None):
        parser.error("--movie goes with neither -o nor -t")
    if wanted.movie and not wanted.movie.endswith((".gif", ".webp", ".png")):
        parser.error("--movie: '%s' is no name of a movie; end it with .gif, .webp or .png" % wanted.movie)
    if len(wanted.dir) > 1 and not (wanted.out or wanted.movie):
        parser.error("where do the pictures of several results go? Add -o FILE.png or -o DIR")
    return wanted


def runs_in(directory):
    """Directories of the runs: of a comparison those of its cases."""
    compared = os.path.join(directory, "compare.json")
    if os.path.exists(compared):
        with open(compared, encoding="utf-8") as file:
            found = [os.path.join(directory, case["name"]) for case in json.load(file)["cases"]]
    else:
        found = [directory]
    for run in found:
        if not os.path.exists(os.path.join(run, "run.hdf.series")):
            sys.exit("render: %s has no fields (run.hdf.series)" % run)
    return found


def cycles_of(run):
    """Cycle by time, from history.csv: that of each accepted step."""
    with open(os.path.join(run, "history.csv"), encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return [(float(row["time_s"]), int(float(row["cycle"]))) for row in rows]


def frames(run, times, cycle):
    """Stored times of a cycle (None: the last one) with that of its beginning."""
    history = cycles_of(run)
    known = {c for _, c in history if c >= 0}
    cycle = max(known, default=-1) if cycle is None else cycle
    if cycle not in known:
        sys.exit("render: %s has no cycle %d; it has %s" % (run, cycle, ", ".join(map(str, sorted(known))) or "none"))
    inside = [t for t, c in history if c == cycle]
    before = [t for t in times if t < inside[0]]
    return before[-1:] + [t for t in times if inside[0] <= t <= inside[-1]]


def assemble(files, path, seconds):
    """Pictures to one animated file, half as large."""
    from PIL import Image  # only movies need it
    pages = []
    for name in files:
        with Image.open(name) as page:
            pages.append(page.convert("RGB").resize((page.width // 2, page.height // 2), Image.LANCZOS))
    if path.endswith(".gif"):
        # one palette for all frames: a palette for each would flicker; the last frame has the most colours, rare ones too
        palette = pages[-1].quantize(256, method=Image.Quantize.MAXCOVERAGE)
        pages = [page.quantize(palette=palette, dither=Image.Dither.NONE) for page in pages]
    pages[0].save(path, save_all=True, append_images=pages[1:], duration=int(1000 * seconds), loop=0)


def draw_movie(wanted, runs):
    page = scene.Page(runs, scene.PICTURES[(wanted.quantity or ["strain"])[0]])
    times = frames(runs[0], page.joints[0].times, wanted.cycle)
    if len(times) < 2:
        sys.exit("render: %s has %d stored steps in this cycle; run it with output.fields: steps" % (runs[0], len(times)))
    values = []
    for time in times:
        page.at(time)
        values += page.values()
    end = scene.scale_end(values)
    with tempfile.TemporaryDirectory() as folder:
        files = [os.path.join(folder, "%04d.png" % i) for i in range(len(times))]
        for name, time in zip(files, times):
            page.at(time)
            page.save(name, end)
        assemble(files, wanted.movie, wanted.frame)
    print(wanted.movie)


def draw_pictures(wanted, runs):
    one = wanted.out if (wanted.out or "").endswith(".png") else None
    folder = wanted.out or wanted.dir[0]
    for name in wanted.quantity or (["strain"] if one else USUAL):
        page = scene.Page(runs, scene.PICTURES[name])
        if wanted.time is not None:
            page.at(wanted.time)
        path = one or os.path.join(folder, "picture_%s.png" % name)
        if not one:
            os.makedirs(folder, exist_ok=True)
        page.save(path, scene.scale_end(page.values()))
        print(path)


def main():
    wanted = arguments()
    runs = [run for directory in wanted.dir for run in runs_in(directory)]
    if wanted.movie:
        draw_movie(wanted, runs)
    else:
        draw_pictures(wanted, runs)


main()
