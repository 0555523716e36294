"""The shipped models of a whole array: valid, of the size that their files say."""
import cli

MODELS = cli.DATA / "cases/models"


class Models(cli.Case):
    def test_every_model_checks_well(self):
        most = {"octant": 260000, "power": 260000, "quarter": 510000, "strip": 150000}
        self.assertEqual(sorted(path.stem for path in MODELS.glob("*.yaml")), sorted(most))
        for name, unknowns in most.items():
            with self.subTest(name):
                result = cli.json.loads(self.ok("check", "--json", MODELS / f"{name}.yaml"))
                self.assertIs(result["valid"], True)
                self.assertEqual(result["problems"], [])
                self.assertLess(result["volume_error"], 1e-4)
                self.assertGreater(result["min_quality"], 0.1)
                self.assertLess(result["dofs"], unknowns)
                self.assertLess(result["expected_memory_bytes"], 24e9)

    def test_what_does_not_fit_is_refused_with_what_does(self):
        code, _, err = cli.run("check", MODELS / "octant.yaml", "--set", "package.array.rows=8")
        self.assertEqual(code, 3)
        self.assertIn("take model.kind: quarter", err)
        code, _, err = cli.run("check", MODELS / "octant.yaml", "--set", "package.pad.ring.gaps={count: 3, orientation: 20 deg}")
        self.assertEqual(code, 3)
        self.assertIn("take model.kind: quarter, which does not cut it", err)


    def test_what_is_offered_fits(self):
        gaps = "package.pad.ring.gaps={count: 3, orientation: 20 deg}"
        middle = ["package.array={columns: 9, rows: 9}", "model.detailed=[{column: 9, row: 5}]"]
        for model, refused, offer, fits in (
                ("octant", [gaps], "take model.kind: quarter, which does not cut it", ["model.kind=quarter"]),
                ("strip", [gaps], "take model.kind: quarter, which does not cut it", ["model.kind=quarter"]),
                ("strip", [gaps], "turn them by a multiple of 60 deg", ["package.pad.ring.gaps.orientation=60 deg"]),
                ("quarter", [gaps, *middle], "or take another joint or model.kind: cell", ["model.detailed=[{column: 9, row: 6}]"]),
                ("quarter", [gaps, *middle], "or take another joint or model.kind: cell", ["model.kind=cell", "model.detailed=[]"]),
                ("strip", ["package.wiring.trace.width=30 um"], "take model.kind: cell", ["model.kind=cell", "model.detailed=[]"]),
                ("strip", ["package.pitch=0.45 mm", "package.board.mask_opening_radius=155 um"], "take model.kind: octant", ["model.kind=octant"])):
            with self.subTest(model=model, fits=fits):
                case = ["check", "--json", MODELS / f"{model}.yaml"]
                for text in refused:
                    case += ["--set", text]
                code, _, err = cli.run(*case)
                self.assertEqual(code, 3)
                self.assertIn(offer, err)
                for text in fits:
                    case += ["--set", text]
                self.assertIs(cli.json.loads(self.ok(*case))["valid"], True)


if __name__ == "__main__":
    cli.main()
