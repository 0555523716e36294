"""compare --ensemble on the small case: members, ratios against summaries and histories, re-use, a member that fails.
ctest -L slow."""
import cli

LAWS = ("sac305_anand_motalab2012", "sac387_garofalo_schubert2003")
MEMBER = f"materials.solder.card={LAWS[1]}"
STALLED = "solver.newton_iterations=1"


class Ensemble(cli.Case):
    """One ensemble for all."""
    root = None

    @classmethod
    def setUpClass(cls):
        cls.root = cli.Path(cli.tempfile.mkdtemp(prefix="bp_ensemble_"))
        cls.addClassCleanup(cli.shutil.rmtree, cls.root, ignore_errors=True)
        text = cli.Path(cli.SMALL).read_text().replace("{hold: 5 s}, ", "")
        text = text.replace("{time_tolerance: 0.9}", "{time_tolerance: 0.9, newton_tolerance: 1e-5}")  # as quick as it gets
        (cls.root / "flat.yaml").write_text(text)
        (cls.root / "bare.yaml").write_text(text.replace("shape: flat", "shape: flat_bare"))
        cls.out = cls.root / "out"
        code, cls.stdout, err = cls.compare()
        if (code, err) != (0, ""):
            raise RuntimeError(err)
        cls.json = cli.json.loads((cls.out / "ensemble.json").read_text())

    @classmethod
    def compare(cls, *more):
        return cli.run("compare", cls.root / "flat.yaml", cls.root / "bare.yaml", "-o", cls.out, "--vary", "package.ball.rule=equal_volume", "--vary", "model.kind=cell",
                       "--vary", "materials.solder.card=" + ",".join(LAWS), *more)

    def summary(self, member, case):
        return cli.json.loads((self.out / member / case / "summary.json").read_text())

    def growth(self, member, case, column):
        """Of an accumulated column in the last full cycle."""
        lines = [line.split(",") for line in cli.rows(self.out / member / case)]
        at, cycle = lines[0].index(column), lines[0].index("cycle")
        before = [line for line in lines[1:] if float(line[cycle]) < 1]
        return float(lines[-1][at]) - float(before[-1][at])

    def test_members_differ_in_what_they_set_alone(self):
        self.assertEqual([m["name"] for m in self.json["members"]], ["as_given", MEMBER])
        self.assertEqual([(m["key"], m["value"]) for m in self.json["members"]], [(None, None), ("materials.solder.card", LAWS[1])])
        for member, law in zip(("as_given", MEMBER), LAWS):
            for case in ("flat", "bare"):
                self.assertEqual(self.summary(member, case)["life_basis"]["solder_card"], law)
            ends = [self.summary(member, case)["steps"]["ends_s"] for case in ("flat", "bare")]
            self.assertEqual(*ends)
            meshes = [self.summary(member, case)["mesh"]["nodes"] for case in ("flat", "bare")]
            self.assertEqual(len(set(meshes)), 1)
            self.assertTrue((self.out / member / "compare.json").exists())

    def test_every_choice_has_a_ratio(self):
        levels = {f["name"]: f["levels"] for f in self.json["factors"]}
        self.assertEqual(levels, {"package.ball.rule": ["equal_volume"], "materials.solder.card": list(LAWS), "model.kind": ["cell"],
                                  "metric": ["work", "strain"], "layer": ["10 um", "12.7 um", "25 um", "common"],
                                  "side": ["package", "board", "worse"]})
        self.assertEqual(len(self.json["ratios"]), 2 * 2 * 4 * 3)
        self.assertTrue(all(r["ratio"] > 0 for r in self.json["ratios"]))

    def test_ratios_are_those_of_the_runs(self):
        def value(member, case, metric, layer, side):
            if side == "worse":
                return max(value(member, case, metric, layer, s) for s in ("package", "board"))
            if layer in ("25 um", "common"):
                cycle = self.summary(member, case)["cycles"][-1][side]
                return (cycle["common"] if layer == "common" else cycle)["delta_w_MPa" if metric == "work" else "delta_eps"]
            column = f"{side}.{layer.replace(' ', '')}.{'work_J_per_m3' if metric == 'work' else 'strain'}"
            return self.growth(member, case, column)
        for r in self.json["ratios"]:
            choice = (r["metric"], r["layer"], r["side"])
            expected = value(r["member"], "bare", *choice) / value(r["member"], "flat", *choice)
            self.assertAlmostEqual(r["ratio"], expected, delta=1e-9 * expected, msg=choice)  # digits of history.csv

    def test_verdict_is_that_of_the_ratios(self):
        verdict = self.json["verdicts"][0]
        ratios = [r["ratio"] for r in self.json["ratios"]]
        less, more = sum(r < 0.999 for r in ratios), sum(r > 1.001 for r in ratios)
        self.assertEqual([verdict[k] for k in ("less", "same", "more", "missing")], [less, len(ratios) - less - more, more, 0])
        self.assertEqual(verdict["holds"], len(ratios) in (less, more))
        self.assertEqual((verdict["low"], verdict["high"]), (min(ratios), max(ratios)))
        page = (self.out / "report.html").read_text()
        for said in (self.stdout, page):
            self.assertIn(verdict["text"], said)
            self.assertIn("model.kind was not varied: all runs are of cell", said)
        self.assertIn(f"materials.solder.card: {LAWS[0]} (as given), {LAWS[1]}", self.stdout)

    def test_lives_are_marked(self):
        uses = [{r["use"] for r in m["life_ratios"]} for m in self.json["members"]]
        self.assertIn("absolute", uses[0])
        self.assertTrue(all("use" in r for m in self.json["members"] for r in m["life_ratios"]))

    def test_finished_runs_are_used_again(self):
        code, out, err = self.compare("--no-report")
        self.assertEqual((code, err, out.count("results re-used")), (0, "", 4))
        again = cli.json.loads((self.out / "ensemble.json").read_text())["ratios"]
        for now, then in zip(again, self.json["ratios"], strict=True):  # a unit to JSON and back rounds once
            self.assertAlmostEqual(now.pop("ratio"), then["ratio"], delta=1e-14)
            self.assertEqual(now, {k: v for k, v in then.items() if k != "ratio"})

    def test_goes_on_without_a_member_that_fails(self):
        code, out, err = self.compare("--vary", STALLED, "--no-report")
        self.assertEqual(code, 5, msg=err)
        self.assertIn(f"missing: {STALLED}: not converged", out)
        found = cli.json.loads((self.out / "ensemble.json").read_text())
        failed = [r for r in found["ratios"] if r["member"] == STALLED]
        self.assertEqual([r["ratio"] for r in failed], [None] * 24)
        self.assertEqual(found["verdicts"][0]["missing"], 24)
        self.assertEqual(next(m["finished"] for m in found["members"] if m["name"] == STALLED), False)


if __name__ == "__main__":
    cli.main()
