"""ballpad life: the list, single models, stored runs and comparisons."""
import math
import shutil

import cli

SAC, MISPRINT = "darveaux_sac305_motalab2013", "syed_strain_0153_syed2004"
LAYERS = ("--set", "output.layers=[12.7 um]")


def load(path):
    return cli.json.loads(path.read_text())


def rounded(value):
    """The same with every number to 14 digits."""
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [rounded(item) for item in value]
    return float(f"{value:.13e}") if isinstance(value, float) else value


class List(cli.Case):
    def models(self):
        return {m["name"]: m for m in cli.json.loads(self.ok("life", "--list", "--json"))["models"]}

    def test_each_set_of_constants_is_a_model(self):
        models = self.models()
        self.assertGreaterEqual(len(models), 25)
        value = {n: {c["name"]: c["value"] for c in m["constants"]} for n, m in models.items()}
        self.assertEqual(value[SAC], {"K1": 37.97, "K2": -2.8, "K3": 3.99e-6, "K4": 2.05})
        self.assertEqual(value["syed_strain_garofalo_syed2004"], {"C": 0.0513})
        self.assertEqual(value[MISPRINT], {"C": 0.0153})
        self.assertEqual([n["name"] for n in models[SAC]["needs"]], ["delta_w", "crack"])
        self.assertEqual([n["unit"] for n in models[SAC]["needs"]], ["Pa", "m"])
        self.assertEqual((models[SAC]["law"], models[SAC]["card"]), ("anand", "sac305_anand_motalab2012"))
        self.assertIsNone(models[SAC]["layer_um"])
        self.assertAlmostEqual(models["darveaux_snpb_12um7_darveaux2000"]["layer_um"], 12.7, places=9)
        for model in models.values():
            self.assertEqual("(unverified)" in model["source"], model["unverified"])
            self.assertEqual(model["unverified"], model["trust"] == "M")

    def test_for_people(self):
        out = self.ok("life", "--list")
        for name, model in self.models().items():
            line = next(line for line in out.splitlines() if line.startswith(name))
            self.assertEqual(line.endswith(" [unverified]"), model["unverified"])
        for text in ("K1 = 37.97 cycles/MPa^K2, K2 = -2.8, K3 = 3.99e-06 m/cycle/MPa^K4, K4 = 2.05\n", "layer 12.7 um", "inelastic work density per cycle", "factor of two"):
            self.assertIn(text, out)


class Model(cli.Case):
    def life(self, name, *given):
        words = [word for text in given for word in ("--given", text)]
        return cli.json.loads(self.ok("life", "--model", name, *words, "--json"))["life"][0]

    def test_worked_figures(self):
        """Published with three to five digits."""
        for name, given, published, digits in (
                (SAC, ("delta_w=0.2MPa", "crack=0.46mm"), 6560, 3), (SAC, ("delta_w=0.23 MPa", "crack=460um"), 4670, 3),
                ("syed_work_garofalo_syed2004", ("delta_w=200kPa",), 2632, 4),
                ("engelmaier_snpb_engelmaier1983", ("delta_gamma=0.065", "temp_mean=55degC", "dwell=15min"), 121.80, 5)):
            life = self.life(name, *given)
            self.assertEqual(float(f"{life['N']:.{digits}g}"), published)
            self.assertEqual((life["model"], life["unit"], life["warnings"]), (name, "cycles", []))

    def test_says_what_it_used(self):
        life = self.life(MISPRINT, "delta_eps=0.02")
        self.assertEqual(life["constants"], [{"name": "C", "value": 0.0153, "unit": "1/cycle"}])
        self.assertIn("0.0513", life["note"])
        self.assertEqual(life["warnings"], ["the constants of the model are unverified, recalled from its source"])
        out = self.ok("life", "--model", MISPRINT, "--given", "delta_eps=20")
        for text in ("C = 0.0153", "0.0513", "(unverified)", "warning: delta_eps is 20, outside what is usual"):
            self.assertIn(text, out)

    def test_the_same_under_mpirun_and_in_a_directory(self):
        words = ("life", "--model", SAC, "--given", "delta_w=0.2MPa", "--given", "crack=0.46mm", "--json")
        one = self.ok(*words)
        self.assertEqual(self.ok(*words, "-o", self.dir / "out", ranks=2), one)
        self.assertEqual((self.dir / "out/life.json").read_text(), one)
        self.assertEqual(self.ok(*words[:-1], "-q"), "")

DWELL = "load.programme=[{to: 45 degC, rate: 1 K/s}, {hold: 5 s}, {to: 25 degC, rate: 1 K/s}]"  # Engelmaier's models want one


class Stored(cli.Case):
    """One comparison serves all: a run takes seconds."""

    @classmethod
    def setUpClass(cls):
        cls.pair = cli.Path(cli.tempfile.mkdtemp(prefix="bp_cli_life_"))
        cls.addClassCleanup(shutil.rmtree, cls.pair, ignore_errors=True)
        other = cls.pair / "other.yaml"
        text = cli.Path(cli.SMALL).read_text()
        other.write_text(text.replace("diameter: 220 um", "diameter: 240 um"))
        code, cls.printed, err = cli.run("compare", cli.SMALL, other, "-o", cls.pair / "out", *LAYERS, "--set", DWELL, "--set",
                                         "life.weibull.shape=4.5", "--set", "life.weibull.sample=32", ranks=2)
        assert (code, err) == (0, ""), err
        cls.out = cls.pair / "out"

    def darveaux(self, work, crack):
        """Motalab's constants, work in MPa, crack in m."""
        return 37.97 * work**-2.8 + crack / (3.99e-6 * work**2.05)

    def rows(self, directory):
        result = cli.json.loads(self.ok("life", directory, "--json"))
        return {(r["model"], r["side"]): r for r in result["life"]}, result

    def test_summary_has_the_lives_of_the_fitted_law(self):
        summary = load(self.out / "small/summary.json")
        self.assertEqual([(r["model"], r["side"]) for r in summary["life"]], [(SAC, "package"), (SAC, "board")])
        for row in summary["life"]:
            work = summary["cycles"][-1][row["side"]]["delta_w_MPa"]
            self.assertAlmostEqual(row["N"] / self.darveaux(work, 250e-6), 1, places=12)
            self.assertEqual((row["unit"], row["use"]), ("cycles", "absolute"))
            self.assertAlmostEqual(row["crack_um"], 250, places=9)
            self.assertAlmostEqual(row["first_failure"] / (row["N"] * (math.log(2) / 32) ** (1 / 4.5)), 1, places=12)
            self.assertAlmostEqual(row["percentile"] / (row["N"] * (-math.log(0.99) / 32) ** (1 / 4.5)), 1, places=12)
        package, board = summary["life"]
        self.assertEqual((package["wetted_path_um"], board["wetted_path_um"]), (summary["joint"]["wetted_path_um"], None))
        self.assertTrue(any("not stated" in w for w in package["warnings"]))
        self.assertTrue(any("two full cycles" in w for w in package["warnings"]))

    def test_compare_prints_lives_and_their_ratio(self):
        for text in ("life, cycles", SAC + ", package", "ratio of lives, other over small", SAC + ", worse side",
                     "first failure of the sample", "percentile of the sample", "factor of two", "projected pad diameter",
                     "(wetted path of the package side, not used: 250 um)"):
            self.assertIn(text, self.printed)
        result = load(self.out / "compare.json")
        lives = [{r["side"]: r["N"] for r in case["life"]} for case in result["cases"]]
        ratios = {r["side"]: r for r in result["life_ratios"]}
        self.assertEqual({r["model"] for r in ratios.values()}, {SAC})
        for side in ("package", "board"):
            self.assertAlmostEqual(ratios[side]["ratio"], lives[1][side] / lives[0][side], places=12)
            self.assertEqual(ratios[side]["use"], "absolute")
        self.assertAlmostEqual(ratios["worse"]["ratio"], min(lives[1].values()) / min(lives[0].values()), places=12)

    def test_all_models_of_a_run(self):
        rows, result = self.rows(self.out / "small")
        stored = {(r["model"], r["side"]): r for r in load(self.out / "small/summary.json")["life"]}
        for key, row in stored.items():
            self.assertEqual(rounded(rows[key]), rounded(row))  # the same code on numbers that were MPa in between
        models = {m["name"]: m for m in cli.json.loads(self.ok("life", "--list", "--json"))["models"]}
        left = {r["model"]: r["reason"] for r in result["left_out"]}
        self.assertEqual({model for model, _ in rows} | set(left), set(models))
        self.assertFalse({model for model, _ in rows} & set(left))
        self.assertIn("stored no delta_eps_range", left["coffin_manson_snagcu_comsol"])
        self.assertIn("takes what no run has", left["weibull_first_failure_weibull1951"])
        for (model, side), row in rows.items():
            self.assertEqual(row["use"] == "absolute", model == SAC)
            self.assertEqual(row["N"] is None, model != SAC)
            self.assertGreater(row["N_for_ratios"], 0)
            self.assertEqual(any("exponent only" in w for w in row["warnings"]), model != SAC, msg=model)
            self.assertEqual(any("unverified" in w for w in row["warnings"]), models[model]["unverified"])
            self.assertEqual(side == "joint", model.startswith("engelmaier"))

    def test_layers_and_shear_come_from_the_history(self):
        rows, _ = self.rows(self.out / "small")
        lines = [line.split(",") for line in cli.rows(self.out / "small")]
        column = {name: [float(line[i]) for line in lines[1:]] for i, name in enumerate(lines[0])}
        cycle = column[next(n for n in column if n.split("_")[0] == "cycle")]
        inside = [i for i, c in enumerate(cycle) if c == max(cycle)]

        def named(prefix):
            return column[next(n for n in column if n.startswith(prefix))]

        def number(row, name):
            return next(n["value"] for n in row["numbers"] if n["name"] == name)

        work = named("package.12.7um.work")
        grown = work[inside[-1]] - work[inside[0] - 1]
        thin = rows["darveaux_snpb_12um7_darveaux2000", "package"]
        self.assertAlmostEqual(thin["layer_um"], 12.7, places=9)
        self.assertAlmostEqual(number(thin, "delta_w") / grown, 1, places=9)
        self.assertFalse(any("averages over" in w for w in thin["warnings"]))
        thick = rows["darveaux_snpb_38um1_darveaux2000", "package"]
        self.assertAlmostEqual(thick["layer_um"], 25, places=9)
        self.assertTrue(any("averages over 38.1 um, the run's are over 25 um" in w for w in thick["warnings"]))
        reported = named("package.25um.work")  # of the history, as the summary has it
        summary = load(self.out / "small/summary.json")["cycles"][-1]["package"]["delta_w_MPa"]
        self.assertAlmostEqual(1e-6 * (reported[inside[-1]] - reported[inside[0] - 1]) / summary, 1, places=9)
        shear = [named("solder.shear_strain")[i] for i in inside]
        joint = rows["engelmaier_sac_engelmaier2009", "joint"]
        self.assertAlmostEqual(number(joint, "delta_gamma") / (max(shear) - min(shear)), 1, places=9)
        self.assertAlmostEqual(number(joint, "temp_mean"), 308.15, places=9)  # 25 to 45 degC
        self.assertEqual(number(joint, "dwell"), 5)

    def test_comparison(self):
        out = self.ok("life", self.out, "-o", self.dir / "life")
        result = load(self.dir / "life/life.json")
        self.assertEqual([c["name"] for c in result["cases"]], ["small", "other"])
        one = {(r["model"], r["side"]): r for r in result["life_ratios"]}
        for (model, side), ratio in one.items():
            self.assertEqual(ratio["use"], "absolute" if model == SAC else "exponent only")
            if side == "worse":
                continue
            N = [next(r["N_for_ratios"] for r in case["life"] if (r["model"], r["side"]) == (model, side))
                 for case in result["cases"]]
            self.assertAlmostEqual(ratio["ratio"], N[1] / N[0], places=12)
        self.assertEqual({side for _, side in one}, {"package", "board", "worse", "joint"})
        for text in ("ratio of lives, other over small", "exponent only", "left out for other", "factor of two",
                     "warning: the constants of the model are unverified, recalled from its source ("):
            self.assertIn(text, out)

    def test_without_the_history(self):
        shutil.copytree(self.out / "small", self.dir / "copy")
        path = self.dir / "copy/results.h5"
        path.unlink()
        rows, result = self.rows(self.dir / "copy")
        self.assertAlmostEqual(rows["darveaux_snpb_12um7_darveaux2000", "package"]["layer_um"], 25, places=9)
        left = {r["model"]: r["reason"] for r in result["left_out"]}
        self.assertIn("stored no delta_gamma", left["engelmaier_sac_engelmaier2009"])
        done = cli.subprocess.run(cli.command(["life", self.dir / "copy"]), capture_output=True, text=True,
                                  env=cli.ENVIRONMENT)
        self.assertIn(f"ballpad: warning: {path}: is not there: lives are of the reported layer alone", done.stderr)
        path.write_text("no HDF5")
        code, out, err = cli.run("life", self.dir / "copy")
        self.assertEqual((code, out), (7, ""))
        self.assertIn("results.h5", err)
        self.assertTrue(err.endswith("; run the case again\n"))

    def test_of_another_version(self):
        (self.dir / "summary.json").write_text('{"schema": 2}')
        code, _, err = cli.run("life", self.dir)
        self.assertEqual((code, err), (6, f"ballpad: {self.dir}/summary.json: is not a summary of schema 1; run the case "
                                          "again with --force\n"))
        (self.dir / "compare.json").write_text('{"schema": 2}')
        code, _, err = cli.run("life", self.dir)
        self.assertEqual((code, err), (6, f"ballpad: {self.dir}/compare.json: is not a comparison of schema 1; run ballpad "
                                          "compare again\n"))
        (self.dir / "compare.json").write_text('{')
        code, _, err = cli.run("life", self.dir)
        self.assertEqual(code, 6)
        self.assertIn("compare.json:1: no comparison can be read: ", err)

    def test_a_summary_without_what_models_need(self):
        """As one of an earlier version: neither solder nor pads are known, and no cycle is full."""
        summary = load(self.out / "small/summary.json")
        del summary["life_basis"]
        (self.dir / "summary.json").write_text(cli.json.dumps(summary))
        rows, result = self.rows(self.dir)
        left = {r["model"]: r["reason"] for r in result["left_out"]}
        self.assertIn("stored no crack", left[SAC])
        self.assertEqual(rows["morrow_snagcu_comsol", "package"]["use"], "exponent only")
        summary["cycles"] = []
        (self.dir / "summary.json").write_text(cli.json.dumps(summary))
        rows, result = self.rows(self.dir)
        self.assertEqual(rows, {})
        self.assertIn({"model": SAC, "side": "joint", "reason": "the run has no full cycle"}, result["left_out"])


if __name__ == "__main__":
    cli.main()
