"""`ballpad point` and `ballpad materials`: a material point on its paths, the library, and what both print and write."""
import csv
import math

import cli

SAC = "sac305_anand_motalab2012"
HEAD = "time_s,temperature_K,strain,stress_Pa,inelastic_strain,work_J_per_m3,"
CARD = """name: {name}
law: {law}
source: {{authors: nobody, year: 2000, note: round numbers}}
trust: C
fitted: [0 degC, 100 degC]
hard: [-50 degC, 150 degC]
params: {params}
expansion: {{kind: instantaneous, value: 20 ppm/K}}
density: {{polynomial: [2000 kg/m3, -0.5 kg/m3/K], in: degC}}
"""


def test_at(temperature, rate, strain):
    return "--temperature", temperature, "--rate", rate, "--strain", strain


class Point(cli.Case):
    def json(self, *arguments, **how):
        return cli.json.loads(self.ok("point", *arguments, "--json", **how))

    def rows(self, *arguments):
        self.assertEqual(self.ok("point", *arguments, "--csv", self.dir / "p.csv"), "")
        with open(self.dir / "p.csv") as file:
            self.head = file.readline()
            file.seek(0)
            return [{key: float(x) for key, x in row.items()} for row in csv.DictReader(file)]

    def card(self, law, params):
        path = self.dir / f"{law}.yaml"
        path.write_text(CARD.format(name=law, law=law, params=params))
        return path

    def path(self, text):
        path = self.dir / "path.yaml"
        path.write_text(text)
        return path

    def near(self, value, expected, tolerance):
        self.assertLessEqual(abs(value / expected - 1), tolerance, msg=f"{value} for {expected}")


class Tension(Point):
    def test_published_stresses(self):
        # four digits are published: 0.1 % is what the table can tell
        for temperature, rate, strain, stress in (
                ("25degC", "1e-3/s", 0.3, 42.09), ("125degC", "1e-3/s", 0.3, 22.83), ("125 degC", "1e-5/s", 0.3, 13.04),
                ("-40degC", "1e-4/s", 0.3, 60.04), ("25degC", "1e-3/s", 0.005, 41.04), ("25degC", "1e-3/s", -0.005, -41.04)):
            self.near(self.json(SAC, *test_at(temperature, rate, strain))["stress_end_MPa"], stress, 1e-3)

    def test_json_says_what_was_used(self):
        result = self.json(SAC, *test_at("-40degC", "1e-4/s", 0.3), "--steps", 50)
        self.assertEqual((result["card"], result["law"], result["trust"], result["steps"]), (SAC, "anand", "S", 50))
        self.assertIn("Motalab", result["source"])
        self.assertEqual(result["warnings"], [f"card '{SAC}' is used at -40 degC, outside its fitted range (25 to 125 degC)"])
        self.assertAlmostEqual(result["time_end_s"], 3000, places=9)
        unverified = self.json("copper_rdl_bilinear_generic", *test_at("25degC", "1/s", 0.001))
        self.assertEqual(unverified["warnings"], ["card 'copper_rdl_bilinear_generic' holds unverified data (all)"])

    def test_columns(self):
        rows = self.rows(SAC, *test_at("25degC", "1e-3/s", 0.02), "--steps", 40)
        self.assertEqual(len(rows), 41)
        states = [f"inelastic_strain_{c}" for c in ("11", "22", "33", "23", "13", "12")]
        self.assertEqual(self.head.strip(), HEAD + ",".join(states + ["accumulated_strain", "resistance_Pa"]))
        self.assertEqual((rows[0]["time_s"], rows[0]["stress_Pa"], rows[0]["resistance_Pa"]), (0, 0, 21e6))
        for i, row in enumerate(rows):
            self.assertAlmostEqual(row["time_s"], 0.5 * i, places=9)
            self.assertAlmostEqual(row["strain"], 5e-4 * i, places=12)
            self.assertEqual(row["temperature_K"], 298.15)
            # uniaxial: the elastic part is stress/E, E 46.5 GPa; no change of volume by flow
            self.assertAlmostEqual(row["inelastic_strain"], row["strain"] - row["stress_Pa"] / 46.5e9, places=12)
            self.assertAlmostEqual(row["inelastic_strain_22"], -0.5 * row["inelastic_strain"], places=12)

    def test_elastic_laws_have_no_states(self):
        card = self.card("elastic", "{E: 10 GPa, nu: 0.25}")
        rows = self.rows(card, *test_at("20degC", "1/s", 0.001), "--steps", 4)
        self.assertEqual(self.head.strip() + ",", HEAD)
        self.assertAlmostEqual(rows[-1]["stress_Pa"], 10e6, places=3)
        self.assertEqual((rows[-1]["inelastic_strain"], rows[-1]["work_J_per_m3"]), (0, 0))

    def test_prints_for_people(self):
        out = self.ok("point", SAC, *test_at("25degC", "1e-3/s", 0.3))
        for word in (SAC, "Anand", "Motalab", "stress MPa", "in 1000 steps", "42.0"):
            self.assertIn(word, out)
        self.assertEqual(len(out.splitlines()), 6 + 11 + 2)
        self.assertEqual(self.ok("point", "-q", SAC, *test_at("25degC", "1e-3/s", 0.3)), "")

    def test_the_same_under_mpirun_and_in_a_directory(self):
        arguments = ("point", SAC, *test_at("25degC", "1e-3/s", 0.3), "--steps", 20, "--json")
        one = self.ok(*arguments)
        self.assertEqual(self.ok(*arguments, "-o", self.dir / "out", ranks=2), one)
        self.assertEqual((self.dir / "out/point.json").read_text(), one)
        self.assertTrue((self.dir / "out/point.csv").read_text().startswith(HEAD))


class Path(Point):
    def test_loop_of_shear(self):
        """The 0-D loop: work and strain of two cycles by another program, extrapolated to no step."""
        rows = self.rows(SAC, "--path", "shear_loop", "--steps", "1000")
        ends = [rows[1000 * i] for i in range(9)]
        self.near(1e-6 * ends[4]["work_J_per_m3"], 0.4379, 1e-3)
        self.near(1e-6 * (ends[8]["work_J_per_m3"] - ends[4]["work_J_per_m3"]), 0.5934, 1e-3)
        self.near(ends[4]["accumulated_strain"], 0.017612, 1e-3)
        self.near(ends[8]["accumulated_strain"] - ends[4]["accumulated_strain"], 0.021526, 1e-3)
        for end, shear in zip(ends[1:], (7.83, 2.82, -29.49, -22.38, 7.94, 2.85, -29.49, -22.38)):
            # given to 0.01 MPa, and by first order another 0.002
            self.assertLessEqual(abs(1e-6 * end["stress_Pa"] - shear), 0.007)
            self.assertEqual(end["stress_Pa"], end["stress_12_Pa"])
            self.assertAlmostEqual(end["strain"], 0.01 * (end["temperature_K"] - 298.15) / 165, places=10)

    def test_relaxation(self):
        """s' = -E A s^n at held strain: s^(1-n) = s0^(1-n) + (n - 1) E A t, n = 3."""
        young, rate = 10e3, 1e-8  # MPa, 1/s at 1 MPa
        card = self.card("norton", "{E: 10 GPa, nu: 0.25, A: 1e-8 /s, n: 3}")
        path = self.path("start: 20 degC\nsegments:\n  - {duration: 1 us, strain_11: 0.001, steps: 1}\n"
                         "  - {duration: 100 s, steps: 5000}\n")
        rows = self.rows(card, "--path", path)
        for i in range(500, 5001, 500):
            row = rows[1 + i]
            # backward Euler: E A s0^2 n/2 times the step of 20 ms, 3e-4
            self.near(1e-6 * row["stress_Pa"], (10.0**-2 + 2 * young * rate * (row["time_s"] - 1e-6)) ** -0.5, 5e-4)

    def test_hindered_expansion(self):
        card = self.card("elastic", "{E: 10 GPa, nu: 0.25}")
        path = self.path("start: 20 degC\nstrains: total\ncomponent: 22\nsteps: 3\nrepeat: 2\nsegments:\n"
                         "  - {duration: 1 s, strain_11: 0, strain_22: 0, temperature: 70 degC}\n"
                         "  - {duration: 1 s, stress_22: 0 MPa}\n  - {duration: 1 s, temperature: 20 degC}\n")
        rows = self.rows(card, "--path", path)
        self.assertEqual(len(rows), 19)
        hot, let_go = rows[3], rows[6]
        # held in the plane: -E/(1 - nu) alpha 50 K; then along 1 only: -E alpha 50 K
        self.near(hot["stress_Pa"], -10e9 / 0.75 * 20e-6 * 50, 1e-9)
        self.assertAlmostEqual(hot["strain"], 0, places=15)
        self.assertAlmostEqual(let_go["stress_Pa"], 0, places=3)
        self.near(let_go["stress_11_Pa"], -10e9 * 20e-6 * 50, 1e-9)
        self.near(let_go["strain_22"], 20e-6 * 50 * 1.25, 1e-9)  # free expansion and nu times that which is held
        self.assertAlmostEqual(rows[9]["stress_11_Pa"], 0, places=3)
        self.assertAlmostEqual(rows[12]["stress_Pa"] / hot["stress_Pa"], 1, places=9)  # the second time

    def test_shipped_paths_run(self):
        found = sorted(p.stem for p in (cli.DATA / "cases/points").glob("*.yaml"))
        self.assertGreaterEqual(len(found), 3)
        for name in found:
            out = self.ok("point", SAC, "--path", name, "--set", "steps=20")
            self.assertIn("stress from", out)

    def test_a_law_at_its_end(self):
        """An ideally plastic bar bears no more than its yield stress; the steps before are kept."""
        card = self.card("plastic", "{E: 10 GPa, nu: 0.25, yield: 10 MPa, Et: 0 MPa}")
        path = self.path("start: 20 degC\nsteps: 4\nsegments: [{duration: 4 s, stress_11: 15 MPa}]\n")
        code, out, err = cli.run("point", card, "--path", path, "--csv", self.dir / "p.csv", "--json")
        self.assertEqual((code, out), (5, ""))
        self.assertRegex(err, r"^ballpad: the law 'plastic' takes no further step after 2 s, however short: "
                              r"no strain gives the prescribed stresses; reduce rates, strains or stresses\n$")
        self.assertEqual(len((self.dir / "p.csv").read_text().splitlines()), 1 + 3)


class Materials(Point):
    def materials(self, *arguments):
        return cli.json.loads(self.ok("materials", *arguments, "--json"))

    def test_list(self):
        found = {m["name"]: m for m in self.materials()["materials"]}
        self.assertEqual(set(found), {p.stem for p in (cli.DATA / "materials/cards").glob("*.yaml")})
        sac = found[SAC]
        self.assertEqual((sac["law"], sac["trust"]), ("anand", "S"))
        self.assertIn("10.1109/ITHERM.2012.6231522", sac["source"])
        self.assertEqual(sac["range"], {"fitted_degC": [25, 125], "hard_degC": [-65, 217]})
        out = self.ok("materials")
        for name, m in found.items():
            line = next(line for line in out.splitlines() if line.startswith(name + " "))
            self.assertIn(f" {m['law']} ", line)
            self.assertEqual("unverified" in line, bool(m["unverified"]), msg=line)
            self.assertEqual(m["unverified"] == "all", m["trust"] == "M")

    def test_one_card(self):
        card = self.card("norton", "{E: {table: [[0 degC, 10 GPa], [100 degC, 8 GPa]], extrapolate: constant, floor: 9 GPa}, "
                                   "nu: 0.25, A: 1e-8 /s, n: 3}")
        out = self.ok("materials", card)
        for text in ("norton", "nobody (2000)", "round numbers", "0 to 100 degC", "-50 to 150 degC",
                     "10 GPa at 0 degC, 8 GPa at 100 degC; beyond, the values of its ends; at least 9 GPa",
                     "instantaneous: 20 ppm/K", "2000 kg/m3 - 0.5 kg/m3/K T, T in degC", "Poisson's ratio"):
            self.assertIn(text, out)
        number = {n["name"]: n for n in self.materials(card)["materials"][0]["numbers"]}
        self.near(number["E"]["value_at_25_degC"], 9.5e9, 1e-12)
        self.near(number["density"]["value_at_25_degC"], 1987.5, 1e-12)
        self.assertEqual((number["n"]["unit"], number["E"]["unit"], number["Q_over_R"]["unit"]), ("1", "Pa", "K"))
        self.assertEqual(number["Q_over_R"]["source"], "default of the law")
        self.assertIn("nobody", number["A"]["source"])

    def test_marks_what_is_unverified(self):
        """The whole card with trust M, else the keys that it lists."""
        card = self.card("elastic", "{E: 10 GPa, nu: 0.25}")
        text = card.read_text()
        for change, unverified in ((("trust: C", "trust: M"), {"E", "nu", "expansion", "density"}),
                                   (("trust: C", "trust: S\nunverified: [nu, density]"), {"nu", "density"}),
                                   (("trust: C", "trust: S"), set())):
            card.write_text(text.replace(*change))
            numbers = self.materials(card)["materials"][0]["numbers"]
            self.assertEqual({n["name"] for n in numbers if not n["verified"]}, unverified)
            self.assertEqual(self.ok("materials", card).count("[unverified]"), len(unverified))

    def test_published_points_of_a_card(self):
        check = self.materials(SAC)["materials"][0]["check"]
        found = {c["point"]: c for c in check}
        point = found["saturation at 25 degC, 0.001 /s"]
        self.assertEqual((point["published"], point["unit"], point["met"]), (42.09e6, "Pa", True))
        self.near(point["computed"], 42.09e6, 1e-3)
        wrong = self.card("elastic", "{E: 10 GPa, nu: 0.25}")
        wrong.write_text(wrong.read_text() + "check: [{temperature: 25 degC, young: 11 GPa, angle: 0 deg}]\n")
        self.assertIn("beyond its tolerance", self.ok("materials", wrong))
        self.assertIs(self.materials(wrong)["materials"][0]["check"][0]["met"], False)

    def test_saturation(self):
        """Norton: s = (rate/A)^(1/n); the table of SAC305 is published. What hardens on has none."""
        card = self.card("norton", "{E: 10 GPa, nu: 0.25, A: 1e-8 /s, n: 3}")
        elastic = self.card("elastic", "{E: 10 GPa, nu: 0.25}")
        hardening = self.card("plastic", "{E: 10 GPa, nu: 0.25, yield: 10 MPa, Et: 1 MPa}")
        out = self.ok("materials", "--compare", card, elastic, "copper_rdl_bilinear_generic")
        self.assertIn("unverified", out)
        table = self.materials("--compare", card, SAC, elastic, hardening)["saturation"]
        value = {(r["name"], r["temperature_degC"], r["rate_per_s"]): r for r in table}
        for (name, _, rate), row in value.items():
            if name == "norton":
                self.near(row["saturation_MPa"], (rate / 1e-8) ** (1 / 3), 1e-6)
            elif name != SAC:
                self.assertEqual((row["saturation_MPa"], row["why_not"]), (None, "no steady stress"))
        for temperature, rate, stress in ((-40, 1e-4, 60.04), (25, 1e-3, 42.09), (25, 1e-4, 36.13), (25, 1e-5, 30.44),
                                          (125, 1e-3, 22.83), (125, 1e-4, 17.76), (125, 1e-5, 13.04)):
            self.near(value[SAC, temperature, rate]["saturation_MPa"], stress, 1e-3)
            self.assertIs(value[SAC, temperature, rate]["extrapolated"], temperature < 0)
        cold = card.read_text().replace("hard: [-50", "hard: [-20")
        card.write_text(cold)
        row = self.materials("--compare", card)["saturation"][0]
        self.assertEqual((row["saturation_MPa"], row["why_not"]), (None, "outside the range of the card"))

    def test_law(self):
        result = self.materials("--law", "anand")
        self.assertIn(SAC, [m["name"] for m in result["materials"]])
        self.assertEqual({m["law"] for m in result["materials"]}, {"anand"})
        self.assertTrue(all(math.isfinite(r["saturation_MPa"]) for r in result["saturation"] if not r["why_not"]))
        self.assertIn("36.1", self.ok("materials", "--law", "anand"))

    def test_the_same_under_mpirun_and_in_a_directory(self):
        one = self.ok("materials", SAC, "--json")
        self.assertEqual(self.ok("materials", SAC, "--json", "-o", self.dir / "out", ranks=2), one)
        self.assertEqual((self.dir / "out/materials.json").read_text(), one)
        self.assertEqual(self.ok("materials", "-q"), "")


if __name__ == "__main__":
    cli.main()
