"""Pads whose difference goes to zero give the same work, on one planar mesh.

A ring of 0.05 um on a pad is no ring: embossed is concave, convex is flat, to 0.1 %. A well through dielectrics that go to
zero is no well: concave tends to flat. Level 0, one short cycle; the first two cases share circles and levels. Steps are
short enough for both: one that Newton refuses in one of them alone makes errors of time that do not cancel (0.6 % were seen).
"""
import cli

PADS = cli.DATA / "cases/pads"
LOAD = """
load:
  start: 125 degC
  cooling: {to: 25 degC, rate: 5 K/s, hold: 5 s}
  programme: [{to: 125 degC, rate: 5 K/s}, {hold: 5 s}, {to: 25 degC, rate: 5 K/s}]
  cycles: 1
solver: {time_tolerance: 0.9, max_step: 2 s}
output: {layers: [], fields: none}
"""
WORK = "package.delta_w_MPa"


class Limits(cli.Case):
    def work(self, pad, reference, package):
        """Work per cycle in the layer at the package, pad over reference; the ratio of the stand-offs."""
        files = []
        for shape in (reference, pad):
            files.append(self.dir / f"{shape}.yaml")
            rows = "".join(f"  {key}: {value}\n" for key, value in package.items())
            files[-1].write_text(f"package:\n  pad: {{shape: {shape}, ring: {{height: 0.05 um}}}}\n{rows}{LOAD}")
        self.ok("compare", "-q", "--no-report", "--force", *files, "-o", self.dir / "out")
        result = cli.json.loads((self.dir / "out/compare.json").read_text())
        times = [[row.split(",")[0] for row in cli.rows(self.dir / "out" / shape)] for shape in (reference, pad)]
        self.assertEqual(times[0], times[1])
        ratio = {r["quantity"]: r["ratio"] for r in result["ratios"]}
        print(f"{pad} / {reference} {package}: {ratio[WORK]:.6f}, common region {ratio[WORK + '.common']:.6f}", flush=True)
        return ratio[WORK]

    def test_a_ring_of_no_height_is_no_ring(self):
        self.assertAlmostEqual(self.work("embossed", "concave", {}), 1.0, delta=1e-3)
        self.assertAlmostEqual(self.work("convex", "flat", {}), 1.0, delta=1e-3)

    def test_a_well_of_no_depth_is_no_well(self):
        off = []
        for thickness in (1.0, 0.25, 0.0625):
            films = {"dielectrics": f"{{first: {{thickness: {thickness} um}}, second: {{thickness: {thickness} um}}}}"}
            off.append(abs(self.work("concave", "flat", films) - 1.0))
        self.assertGreater(off[0], 2.0 * off[1])
        self.assertGreater(off[1], 2.0 * off[2])
        self.assertLess(off[2], 2e-3)


if __name__ == "__main__":
    cli.main()
