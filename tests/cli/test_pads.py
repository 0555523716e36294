"""The shipped pads: one case for each shape of the table, each valid, all on one planar mesh."""
import cli

PADS = cli.DATA / "cases/pads"


def shapes():
    """Names in the table of pad shapes."""
    lines = (cli.DATA / "mesh/pads.def").read_text().splitlines()
    return sorted(line[len("BP_PAD("):-1] for line in lines if line.startswith("BP_PAD("))


class Pads(cli.Case):
    def test_every_shape_has_a_case(self):
        self.assertEqual(sorted(path.stem for path in PADS.glob("*.yaml")), sorted([*shapes(), "dimples"]))
        self.assertEqual(len(shapes()), 7)

    def test_every_case_checks_well(self):
        for shape in shapes():
            with self.subTest(shape):
                result = cli.json.loads(self.ok("check", "--json", PADS / f"{shape}.yaml"))
                self.assertIs(result["valid"], True)
                self.assertEqual(result["pad"], shape)
                self.assertEqual(result["problems"], [])
                self.assertLess(result["volume_error"], 1e-4)
                self.assertGreater(result["min_quality"], 0.1)

    def test_dimples_stand_for_the_ring(self):
        result = cli.json.loads(self.ok("check", "--json", PADS / "dimples.yaml"))
        self.assertEqual(result["pad"], "embossed")
        self.assertLess(result["volume_error"], 1e-4)
        self.assertGreater(result["min_quality"], 0.1)

    def test_different_dimples_have_plans_of_their_own(self):
        (self.dir / "concave").write_text("")  # where a directory should be: it ends before it solves
        process = cli.start("compare", PADS / "concave.yaml", PADS / "dimples.yaml", "-o", self.dir)
        _, err = process.communicate()
        self.assertEqual(process.returncode, 7)
        self.assertIn("dimples: its dimples are not those of concave: their meshes are not alike, and errors cancel less in the ratios; "
                      "give both the same package.pad.dimples, which pads without a ring take for the plan alone\n", err)

    def test_the_pair_is_that_of_the_first_cases(self):
        for shape in ("flat", "embossed"):
            with self.subTest(shape):
                here = cli.json.loads(self.ok("check", "--json", PADS / f"{shape}.yaml"))
                there = cli.json.loads(self.ok("check", "--json", cli.DATA / f"cases/{shape}.yaml"))
                for key in ("nodes", "cells", "dofs", "volume_error", "min_quality"):
                    self.assertEqual(here[key], there[key])

    def test_gaps_are_meshed_or_refused(self):
        gaps = "package.pad.ring.gaps"
        case = PADS / "embossed.yaml"
        self.ok("check", "-q", case, "--set", f"{gaps}.count=4")
        self.ok("check", "-q", case, "--set", f"{gaps}.count=4", "--set", f"{gaps}.orientation=10 deg")
        code, _, err = cli.run("check", case, "--set", f"{gaps}.count=4", "--set", f"{gaps}.orientation=10 deg",
                               "--set", "model.symmetry=half")
        self.assertEqual(code, 3)
        self.assertIn("turn them by 0 or 45 deg", err)


if __name__ == "__main__":
    cli.main()
