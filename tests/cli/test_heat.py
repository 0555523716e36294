"""Heat in a run of a cell: an even temperature against the temperatures of a chamber, resuming, ranks, power."""
import cli

COUPLED = ("--set", "load.heat.solve=coupled", "--set", "load.heat.convection=200 W/m2/K")


class Heat(cli.Case):
    def summary(self, name, *more, ranks=0):
        return cli.json.loads(self.ok("run", cli.SMALL, "--json", "-o", self.dir / name, *more, ranks=ranks))

    def test_a_cell_in_a_chamber(self):
        coupled = self.summary("coupled", *COUPLED)
        heat = coupled["heat"]
        self.assertAlmostEqual(heat["power_share"], 0.5 * (0.5 / 5.0) ** 2, delta=1e-12)  # half a cell of 0.5 mm, die of 5 mm
        self.assertAlmostEqual(heat["board_convection_factor"], 9.0, delta=1e-12)  # board of 15 mm
        self.assertLess(heat["energy"]["worst_imbalance"], 1e-8)
        times = ", ".join(f"{t!r} s" for t in coupled["steps"]["ends_s"])  # the same steps, whose error then cancels
        even = self.summary("even", "--set", f"solver.times=[{times}]")
        work = [s["cycles"][-1]["package"]["delta_w_MPa"] for s in (even, coupled)]
        self.assertLess(abs(work[0] / work[1] - 1.0), heat["uniform_error"])
        stopped, _, _ = cli.run("run", cli.SMALL, "-q", "-o", self.dir / "again", *COUPLED, "--max-walltime", "1s")
        self.assertEqual(stopped, 75)
        again = self.summary("again", *COUPLED, "--resume")
        for one in (again, coupled):  # of each process
            self.assertTrue(0.0 < one["heat"].pop("time_share") < 1.0)
        self.assertEqual((again["cycles"], again["heat"]), (coupled["cycles"], heat))
        two = self.summary("two", *COUPLED, ranks=2)
        self.assertAlmostEqual(two["cycles"][-1]["package"]["delta_w_MPa"] / work[1], 1.0, delta=1e-7)

    def test_a_shock_is_not_even(self):
        heat = self.summary("shock", "--set", "load.heat.solve=coupled", "--set", "load.heat.convection=5000 W/m2/K", "--set",
                            "load.programme=[{to: 45 degC, rate: 20 K/s}, {hold: 5 s}, {to: 25 degC, rate: 20 K/s}]")["heat"]
        self.assertIs(heat["uniform_is_enough"], False)
        self.assertGreater(heat["largest_difference_K"], 0.5)

    def test_power_of_the_package(self):
        heat = self.summary("power", *COUPLED, "--set", "load.start=26 degC", "--set",
                            "load.programme=[{hold: 20 s, power: 0.5 W}, {hold: 1 s}]")["heat"]
        self.assertGreater(heat["energy"]["in"], 0.499 * heat["power_share"] * 20.0)
        self.assertLess(heat["energy"]["worst_imbalance"], 1e-8)


if __name__ == "__main__":
    cli.main()
