"""The shipped models of a whole array: valid, of the size that their files say."""
import cli

MODELS = cli.DATA / "cases/models"


class Models(cli.Case):
    def test_every_model_checks_well(self):
        most = {"octant": 250000, "quarter": 500000, "strip": 150000}
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


if __name__ == "__main__":
    cli.main()
