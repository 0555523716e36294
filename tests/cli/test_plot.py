"""`--plot`: pictures of a material point and of cards, their data against what the commands print, and what goes wrong."""
import csv
import os
import re
import subprocess
import xml.etree.ElementTree as ElementTree

import cli

SAC = "sac305_anand_motalab2012"
TEST = "--temperature", "25degC", "--rate", "1e-3/s", "--strain", "0.3"
ALONE = {"OMPI_MCA_ess_singleton_isolated": "1"}  # without mpirun's daemon, which PATH would have to name


def elements(root, name):
    """Of any namespace."""
    return [e for e in root.iter() if e.tag.rpartition("}")[2] == name]


class Plot(cli.Case):
    def curves(self, *arguments):
        """Panel, curve -> points, from the script that a name with .gp asks for."""
        self.ok(*arguments, "--plot", self.dir / "p.gp", "-q")
        self.script = (self.dir / "p.gp").read_text()
        found = {}
        for panel, curve, data in re.findall(r"^\$curve_(\d+)_(\d+) << END\n(.*?)^END$", self.script, re.M | re.S):
            found[int(panel), int(curve)] = [tuple(map(float, line.split())) for line in data.splitlines() if line]
        return found

    def drawing(self, *arguments):
        """The picture as SVG, and its texts."""
        self.ok(*arguments, "--plot", self.dir / "p.svg", "-q")
        root = ElementTree.parse(self.dir / "p.svg").getroot()
        return root, ["".join(e.itertext()).strip() for e in elements(root, "text")]

    def points_of_paths(self, root):
        """Points of each curve that is drawn: gnuplot puts each into a group of its own with its paths."""
        groups = [g for g in elements(root, "g") if g.get("id", "").startswith("gnuplot_plot_")]
        return [sum(len(re.findall("[ML]", p.get("d"))) for p in elements(g, "path")) for g in groups]

    def near(self, value, expected, tolerance):
        self.assertLessEqual(abs(value / expected - 1), tolerance, msg=f"{value} for {expected}")

    def card(self, name, law, params, title="round numbers"):
        path = self.dir / f"{name}.yaml"
        path.write_text(f"name: {name}\ntitle: \"{title}\"\nlaw: {law}\nsource: {{authors: nobody, year: 2000}}\ntrust: C\n"
                        f"fitted: [0 degC, 100 degC]\nhard: [-50 degC, 150 degC]\nparams: {params}\n"
                        "expansion: {kind: instantaneous, value: 20 ppm/K}\n")
        return path


class PointPictures(Plot):
    def test_published_stress_is_in_the_picture(self):
        curve = self.curves("point", SAC, *TEST)
        self.assertEqual(set(curve), {(1, 1)})
        self.assertEqual(len(curve[1, 1]), 1001)
        self.assertEqual(curve[1, 1][0], (0, 0))
        strain, stress = curve[1, 1][-1]
        self.near(strain, 30, 1e-11)  # 12 digits are written
        self.near(stress, 42.09, 1e-3)  # four digits are published
        self.assertEqual(stress, max(y for _, y in curve[1, 1]))

    def test_data_are_those_of_the_table(self):
        """Every panel of a path in which all vary: strain, stress, inelastic strain, temperature, time."""
        curve = self.curves("point", SAC, "--path", "thermal_cycling", "--set", "steps=40", "--csv", self.dir / "p.csv")
        with open(self.dir / "p.csv") as file:
            rows = [{key: float(x) for key, x in row.items()} for row in csv.DictReader(file)]
        steps = 5 * 40
        self.assertEqual(len(rows), 3 * steps + 1)
        # the loop is drawn over the mechanical strain: without expansion, 22.5 ppm/K
        loop = [(100 * (r["strain"] - 22.5e-6 * (r["temperature_K"] - 298.15)), 1e-6 * r["stress_Pa"]) for r in rows]

        def course(key, size=1.0, origin=0.0):  # the path takes 3.1 h
            return [(r["time_s"] / 60, (r[key] - origin) / size) for r in rows]

        expected = {(1, 1): loop[:steps + 1], (1, 2): loop[steps:2 * steps + 1], (1, 3): loop[2 * steps:],
                    (2, 1): course("temperature_K", origin=273.15), (3, 1): course("stress_Pa", 1e6),
                    (4, 1): course("inelastic_strain", 0.01)}
        self.assertEqual(set(curve), set(expected))
        for place, points in expected.items():
            self.assertEqual(len(curve[place]), len(points), msg=str(place))
            for (x, y), (u, v) in zip(curve[place], points):
                self.assertAlmostEqual(x, u, delta=1e-10 * max(1, abs(u)))  # both are written in 12 digits
                self.assertAlmostEqual(y, v, delta=1e-9 * max(1, abs(v)))

    def test_long_curves_are_thinned(self):
        """Of 20001 points only those remain that can be told apart; the ends and the peak stay."""
        curve = self.curves("point", SAC, *TEST, "--steps", 20000)[1, 1]
        self.assertLess(len(curve), 6000)
        self.assertGreater(len(curve), 1000)
        self.assertEqual(curve[0], (0, 0))
        self.near(curve[-1][0], 30, 1e-11)
        for (x, y), (u, v) in zip(curve, curve[1:]):
            self.assertLess((u - x) / 30, 2 / 2000)
            self.assertLess((v - y) / 42.09, 0.05)  # what one step of the test takes in its elastic part

    def test_svg(self):
        root, texts = self.drawing("point", SAC, "--path", "thermal_cycling")
        for text in (f"{SAC}, thermal_cycling.yaml", "mechanical strain 11 (%)", "stress 11 (MPa)", "time (min)",
                     "temperature (\u00b0C)", "inelastic strain 11 (%)", "cycle 1", "cycle 2", "cycle 3"):
            self.assertIn(text, texts)
        drawn = self.points_of_paths(root)
        self.assertEqual(len(drawn), 6)
        for count, cycles in zip(drawn, (1, 1, 1, 3, 3, 3)):
            # gnuplot leaves out points that fall together; a sample in the legend has two
            self.assertGreater(count, 50 * cycles)
            self.assertLessEqual(count, 1000 * cycles + 3)

    def test_titles_of_a_tension_test(self):
        _, texts = self.drawing("point", SAC, "--temperature", "125degC", "--rate", "1e-5/s", "--strain", "0.02")
        for text in (f"{SAC}, 125 \u00b0C, 1e-05 /s", "strain (%)", "stress (MPa)"):
            self.assertIn(text, texts)

    def test_only_panels_that_tell_something(self):
        _, texts = self.drawing("point", SAC, "--path", "relaxation")
        self.assertIn("inelastic strain 11 (%)", texts)
        self.assertNotIn("temperature (\u00b0C)", texts)

    def test_bitmap_and_paper(self):
        for ending, begin, end in ((".png", b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"), (".pdf", b"%PDF-1.", b"%%EOF\n")):
            self.ok("point", SAC, *TEST, "--plot", self.dir / ("p" + ending), "-q")
            data = (self.dir / ("p" + ending)).read_bytes()
            self.assertTrue(data.startswith(begin) and data.endswith(end), msg=ending)
            self.assertFalse((self.dir / f"p{ending}.tmp").exists())

    def test_the_same_under_mpirun(self):
        out = self.ok("point", SAC, *TEST, "--plot", self.dir / "one.svg")
        self.assertEqual(self.ok("point", SAC, *TEST, "--plot", self.dir / "two.svg", ranks=2), out)
        self.assertIn("stress from", out)
        self.assertEqual((self.dir / "one.svg").read_bytes(), (self.dir / "two.svg").read_bytes())

    def test_what_there_is_of_a_path_that_came_to_a_halt(self):
        card = self.card("ideal", "plastic", "{E: 10 GPa, nu: 0.25, yield: 10 MPa, Et: 0 MPa}")
        path = self.dir / "path.yaml"
        path.write_text("start: 20 degC\nsteps: 4\nsegments: [{duration: 4 s, stress_11: 15 MPa}]\n")
        code, _, _ = cli.run("point", card, "--path", path, "--plot", self.dir / "p.gp")
        self.assertEqual(code, 5)
        self.assertEqual((self.dir / "p.gp").read_text().count("7.5\n"), 2)  # at 2 s, over strain and over time

    def test_the_script_draws_by_itself(self):
        self.curves("point", SAC, *TEST)
        how = re.search(r"^#   gnuplot -e \"(.*)\" FILE.gp$", self.script, re.M)[1]
        subprocess.run(["gnuplot", "-e", how.replace("FILE.pdf", str(self.dir / "own.pdf")), str(self.dir / "p.gp")], check=True)
        self.assertTrue((self.dir / "own.pdf").read_bytes().startswith(b"%PDF"))


class CardPictures(Plot):
    def labels(self):
        """Panel -> its labels in the legend."""
        plots = re.findall(r"^set ylabel '(.*)' noenhanced\n(?:set .*\n|unset .*\n)*plot ((?:.*\\\n)*.*)$", self.script, re.M)
        return {axis: re.findall(r" title '(.*?)' noenhanced", plot) for axis, plot in plots}

    def test_constants_over_temperature(self):
        card = self.card("elastic", "elastic", "{E: {table: [[0 degC, 10 GPa], [100 degC, 8 GPa]], extrapolate: linear, floor: 1 GPa}, "
                                               "nu: {polynomial: [0.25, 5e-4 /K], in: degC}}")
        curve = self.curves("materials", card)
        self.assertEqual(list(self.labels()), ["E (GPa)", "nu", "expansion (ppm/K)"])
        for panel, value in ((1, lambda T: 10 - 0.02 * T), (2, lambda T: 0.25 + 5e-4 * T), (3, lambda T: 20)):
            points = curve[panel, 1]
            self.assertAlmostEqual(points[0][0], -50, places=9)
            self.assertAlmostEqual(points[-1][0], 150, places=9)
            for T, y in points:
                self.near(y, value(T), 1e-10)
        self.assertEqual(self.script.count("rectangle from first 0, graph 0 to first 100, graph 1"), 3)

    def test_a_solder(self):
        """Saturation is a published table; the tension curves pass through published points."""
        curve = self.curves("materials", SAC)
        labels = self.labels()
        self.assertEqual(list(labels), ["E (GPa)", "expansion (ppm/K)", "stress (MPa)", "saturation stress (MPa)"])
        self.assertEqual(labels["stress (MPa)"][0], "-40 \u00b0C, 10\u207b\u00b3 /s, extrapolated")
        tension = dict(zip(labels["stress (MPa)"], (curve[3, i] for i in range(1, 7))))
        for label, strain, stress in (("25 \u00b0C, 10\u207b\u00b3 /s", 0.5, 41.04), ("125 \u00b0C, 10\u207b\u2075 /s", 1.0, 12.94)):
            # 200 steps to 2 %, backward Euler: to 0.2 % by halving the step
            self.near(next(y for x, y in tension[label] if abs(x - strain) < 1e-9), stress, 5e-3)
        saturation = dict(zip(labels["saturation stress (MPa)"], (curve[4, i] for i in (1, 2, 3))))
        for label, rate, stress in (("-40 \u00b0C, extrapolated", 1e-4, 60.04), ("25 \u00b0C", 1e-3, 42.09), ("125 \u00b0C", 1e-5, 13.04)):
            self.near(next(y for x, y in saturation[label] if abs(x / rate - 1) < 1e-9), stress, 1e-3)

    def test_rates_that_do_not_matter(self):
        """Bilinear: E up to the yield stress, Et beyond; one curve for each temperature, and no saturation."""
        card = self.card("copper", "plastic", "{E: 100 GPa, nu: 0.3, yield: {table: [[25 degC, 200 MPa], [125 degC, 100 MPa]], "
                                              "extrapolate: linear}, Et: 1 GPa}")
        curve = self.curves("materials", card)
        labels = self.labels()
        self.assertEqual(list(labels), ["yield (MPa)", "expansion (ppm/K)", "stress (MPa)"])
        self.assertEqual(labels["stress (MPa)"], ["-40 \u00b0C, extrapolated", "25 \u00b0C", "125 \u00b0C, extrapolated"])
        for c, stress in ((1, 265), (2, 200), (3, 100)):
            self.assertAlmostEqual(curve[3, c][-1][0], 2, places=9)
            self.near(curve[3, c][-1][1], stress + 1e3 * (0.02 - stress / 100e3), 1e-9)

    def test_numbers_of_one_unit_share_a_panel(self):
        self.curves("materials", "fr4_tg_generic")
        labels = self.labels()
        self.assertEqual(list(labels), ["E1, E2, E3, G12 ... (GPa)", "expansion (ppm/K)"])
        self.assertEqual(labels["expansion (ppm/K)"], ["expansion_1", "expansion_2", "expansion_3", "fitted range"])

    def test_comparison(self):
        """Norton: s = (rate/A)^(1/n) at every temperature and rate; a card without a steady stress is left out."""
        norton = self.card("norton", "norton", "{E: 10 GPa, nu: 0.25, A: 1e-8 /s, n: 3}")
        elastic = self.card("elastic", "elastic", "{E: 10 GPa, nu: 0.25}")
        curve = self.curves("materials", "--compare", norton, SAC, elastic)
        self.assertEqual(set(curve), {(p, c) for p in range(1, 7) for c in (1, 2)})
        for panel, rate in ((1, 1e-3), (2, 1e-4), (3, 1e-5)):
            self.assertEqual((curve[panel, 1][0][0], curve[panel, 1][-1][0]), (-50, 150))
            for _, y in curve[panel, 1]:
                self.near(y, (rate / 1e-8) ** (1 / 3), 1e-6)
        for panel in (4, 5, 6):
            self.near(curve[panel, 1][0][0], 1e-7, 1e-9)
            self.near(curve[panel, 1][-1][0], 0.1, 1e-9)
            for rate, y in curve[panel, 1]:
                self.near(y, (rate / 1e-8) ** (1 / 3), 1e-6)
        for panel, rate, stress in ((4, 1e-4, 60.04), (5, 1e-3, 42.09), (6, 1e-5, 13.04)):
            self.near(next(y for x, y in curve[panel, 2] if abs(x / rate - 1) < 1e-9), stress, 1e-3)
        done = subprocess.run(cli.command(["materials", "--compare", norton, elastic, "--plot", self.dir / "p.gp"]),
                              capture_output=True, text=True, env=cli.ENVIRONMENT)
        self.assertEqual(done.stderr, "ballpad: warning: card 'elastic' has no steady stress and is not in the picture\n")
        root, texts = self.drawing("materials", "--compare", norton, SAC)
        self.assertEqual(texts.count("saturation stress (MPa)"), 6)
        self.assertEqual([texts.count(text) for text in ("norton", SAC, "fitted range")], [1, 1, 1])
        self.assertIn("-40 \u00b0C, extrapolated", texts)
        self.assertEqual(len(self.points_of_paths(root)), 6 * 2 + 1)  # one key of the fitted range

    def test_unverified_data_are_marked(self):
        _, texts = self.drawing("materials", "--compare", SAC, "sac305_anand_chang2006")
        self.assertIn("sac305_anand_chang2006 [unverified]", texts)
        _, texts = self.drawing("materials", "copper_rdl_bilinear_generic")
        self.assertTrue(any(text.endswith("[unverified]") for text in texts))

    def test_texts_stand_as_they_are(self):
        """Nothing in a title is taken for a command, for mark-up or for the end of a text."""
        title = "a_b^c {x} <i> & 'q' `touch here` $(touch here) @m % \\\\n"
        card = self.card("x", "elastic", "{E: 10 GPa, nu: 0.25}", title)
        _, texts = self.drawing("materials", card)
        self.assertIn("x: " + title.replace("\\\\", "\\"), texts)
        self.assertFalse((self.dir / "here").exists() or os.path.exists("here"))

    def test_a_card_of_every_law(self):
        cards = {m["law"]: m["name"] for m in cli.json.loads(self.ok("materials", "--json"))["materials"]}
        self.assertGreaterEqual(len(cards), 7)
        for law, name in cards.items():
            with self.subTest(law):
                root, texts = self.drawing("materials", name)
                self.assertGreater(len(self.points_of_paths(root)), 0)
                self.assertIn("fitted range", texts)


class Failures(Plot):
    def fails(self, code, message, *arguments, **environment):
        done = subprocess.run(cli.command(arguments), capture_output=True, text=True,
                              env=dict(cli.ENVIRONMENT, **ALONE, **environment))
        errors = [line for line in done.stderr.splitlines() if not line.startswith("ballpad: warning: ")]
        self.assertEqual((errors, done.stdout, done.returncode), ([f"ballpad: {message}"], "", code))

    def gnuplot(self, script):
        """PATH with a program of this name that does something else."""
        folder = self.dir / "bin"
        folder.mkdir(exist_ok=True)
        (folder / "gnuplot").write_text("#!/bin/sh\n" + script)
        (folder / "gnuplot").chmod(0o755)
        return str(folder) + ":/usr/bin:/bin"

    def test_usage(self):
        names = "end it with .svg, .png, .pdf or .gp"
        for name in ("p.jpg", "p", ".svg", "plots/.png", "p.svg.txt"):
            self.fails(2, f"--plot: '{name}' is no name of a picture; {names}", "point", SAC, *TEST, "--plot", name)
            self.fails(2, f"--plot: '{name}' is no name of a picture; {names}", "materials", SAC, "--plot", name)
        self.fails(2, "materials: --plot draws one card or a comparison; add NAME, --compare NAME... or --law LAW",
                   "materials", "--plot", "p.svg")
        self.fails(2, "unknown option '--plot'; 'ballpad mesh --help' lists the options", "mesh", "flat", "--plot", "p.svg")

    def test_nothing_to_draw(self):
        self.fails(3, "--plot: no card has a steady stress; choose cards of viscoplasticity or creep",
                   "materials", "--compare", "silicon_hopcroft2010", "--plot", self.dir / "p.svg")
        self.fails(3, "--plot: no card has a steady stress; choose cards of viscoplasticity or creep",
                   "materials", "--law", "prony", "--plot", self.dir / "p.svg")
        self.assertFalse((self.dir / "p.svg").exists())

    def test_no_gnuplot(self):
        picture = self.dir / "p.svg"
        for arguments in (("point", SAC, *TEST), ("materials", SAC), ("materials", "--compare", SAC)):
            self.fails(7, f"{picture}: there is no gnuplot to draw it; install it (Debian: gnuplot-nox), or choose a name that ends "
                          "with .gp for its script and data", *arguments, "--plot", picture, PATH=str(self.dir))
        self.assertEqual(list(self.dir.iterdir()), [])
        done = subprocess.run(cli.command(["point", SAC, *TEST, "-q", "--plot", self.dir / "p.gp"]),
                              env=dict(cli.ENVIRONMENT, **ALONE, PATH=str(self.dir)))
        self.assertEqual(done.returncode, 0)

    def test_gnuplot_that_fails(self):
        """What it says is passed on; the picture that was there stays."""
        picture = self.dir / "p.png"
        picture.write_text("old")
        for script, said in (("echo half a picture; echo; echo '  line 0: no such' >&2; echo terminal >&2; exit 1\n", "line 0: no such terminal"),
                             ("cat >/dev/null\n", "it says nothing"), ("echo half a picture; kill -9 $$\n", "it was ended by signal 9")):
            self.fails(7, f"{picture}: gnuplot did not draw it: {said}; choose a name that ends with .gp and look at its script",
                       "point", SAC, *TEST, "--plot", picture, PATH=self.gnuplot(script))
            self.assertEqual(picture.read_text(), "old")
            self.assertEqual({p.name for p in self.dir.iterdir()}, {"p.png", "bin"})

    def test_gnuplot_that_is_no_program(self):
        path = self.gnuplot("")
        (self.dir / "bin/gnuplot").chmod(0o644)
        self.fails(7, f"{self.dir}/p.pdf: gnuplot cannot be started: Permission denied; choose a name that ends with .gp for its script "
                      "and data", "point", SAC, *TEST, "--plot", self.dir / "p.pdf", PATH=path.split(":")[0])

    def test_no_place(self):
        for name in ("p.svg", "p.gp"):
            self.fails(7, f"{self.dir}/none/{name}: cannot be written: No such file or directory; make room or choose another file",
                       "point", SAC, *TEST, "--plot", self.dir / "none" / name)

    def test_settings_of_the_user_do_not_matter(self):
        (self.dir / ".gnuplot").write_text("set terminal dumb\nset logscale y\n")
        self.ok("point", SAC, *TEST, "-q", "--plot", self.dir / "one.svg")
        done = subprocess.run(cli.command(["point", SAC, *TEST, "-q", "--plot", self.dir / "two.svg"]),
                              env=dict(cli.ENVIRONMENT, HOME=str(self.dir), GNUTERM="dumb"))
        self.assertEqual(done.returncode, 0)
        self.assertEqual((self.dir / "one.svg").read_bytes(), (self.dir / "two.svg").read_bytes())


if __name__ == "__main__":
    cli.main()
