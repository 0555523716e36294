"""`check --claims`: the table, its JSON, both ball rules, and what it ends with."""
import xml.etree.ElementTree

import cli

CLAIMS = [1, 3, 4, 5, 7, 9, 10, 12, 13, 14, 15, 16, 17, 18, 19, 21]


class Claims(cli.Case):
    def test_flat_fails_the_independent_claims(self):
        result = cli.json.loads(self.ok("check", "--claims", "--json", cli.DATA / "cases/flat.yaml"))
        self.assertEqual([c["claim"] for c in result["claims"]], CLAIMS)
        by_number = {c["claim"]: c for c in result["claims"]}
        for number in (1, 10, 17):
            self.assertIs(by_number[number]["holds"], False)
            self.assertIn("no passivation is exposed", by_number[number]["text"])
            self.assertEqual(by_number[number]["measured"]["metal_on_passivation_um2"], 0)
        self.assertEqual(result["tolerances"], {"equal_area": 0.1, "vertical_deg": 5.0, "cylindrical": 0.02})

    def test_table_shows_measures_and_tolerances(self):
        out = self.ok("check", "--claims", cli.DATA / "cases/claims/not-03.yaml", "--set", "claims.vertical=4 deg")
        self.assertIn("    3  does not hold  the convex portion is not annular: rings 1, gaps 4", out)
        self.assertRegex(out, r"convex_outer_radius_um +77\.78")
        self.assertIn("substantially vertical: within 4 deg", out)

    def test_claims_are_left_out_unless_asked_for(self):
        result = cli.json.loads(self.ok("check", "--json", cli.SMALL))
        self.assertNotIn("claims", result)
        code, _, err = cli.run("check", "--claims", "--print-config", cli.SMALL)
        self.assertEqual((code, err), (2, "ballpad: --print-config and --claims exclude each other; keep one\n"))

    def test_displaced_films_have_no_one_axis(self):
        code, _, err = cli.run("check", "--claims", "embossed", "--set", "package.overlay.second.x=2 um")
        self.assertEqual(code, 3)
        self.assertIn(": claims are measured around one axis; leave the overlay away for --claims\n", err)
        self.assertIn("embossed", self.ok("check", "-q", "embossed", "--json", "--set", "package.overlay.second.x=2 um"))

    def test_wiring_is_proven(self):
        claim = cli.DATA / "cases/claims/claim-01.yaml"
        # the straight part of the trace alone: 1.7241e-8 ohm m over 26.3 um, 30 x 5 um wide and thick
        wiring = cli.json.loads(self.ok("check", "--json", claim))["wiring"]
        self.assertIs(wiring["connected"], True)
        self.assertGreater(wiring["resistance_mohm"], 3.018)
        self.assertLess(wiring["resistance_mohm"], 2.5 * 3.018)
        cut = cli.json.loads(self.ok("check", "--claims", "--json", claim, "--set", "package.wiring.trace.reach=165 um"))
        self.assertIs(cut["wiring"]["connected"], False)
        self.assertIsNone(cut["wiring"]["resistance_mohm"])
        self.assertTrue(176 < cut["wiring"]["ends_at_um"][0] < 190)
        self.assertTrue(155 < cut["wiring"]["begins_at_um"][0] < 165)
        self.assertTrue(any("the wiring is not connected: the metal from the chip pad ends at (" in w for w in cut["warnings"]))
        one = cut["claims"][0]
        self.assertEqual((one["claim"], one["holds"]), (1, False))
        self.assertIn("no way through copper leads from the chip pads to the ball pad", one["text"])

    def test_wiring_in_words(self):
        claim = cli.DATA / "cases/claims/claim-01.yaml"
        out = self.ok("check", claim, "--set", "materials.wiring=copper_elastic_xu2022")
        self.assertIn("wiring            connects chip and ball pad, resistance not known\n", out)
        out = self.ok("check", claim, "--set", "package.dielectrics.first.via_radius=0 um")
        self.assertRegex(out, r"\nwiring            NOT CONNECTED: from the chip pad to \(.*\) um, from \(.*\) um to the ball pad\n")
        self.assertNotIn("\nwiring ", self.ok("check", cli.SMALL))

    def test_traces_of_compared_cases(self):
        traced = self.dir / "traced.yaml"
        text = (cli.DATA / "tests/cli/small.yaml").read_text()
        traced.write_text(text.replace("{thickness: 10 um, wall_ratio: 2}", "{thickness: 10 um, wall_ratio: 0.2, trace: {width: 30 um}}"))
        self.assertNotEqual(traced.read_text(), text)
        (self.dir / "small").write_text("")  # where a directory should be: it ends before it solves
        process = cli.start("compare", cli.SMALL, traced, "-o", self.dir)
        _, err = process.communicate()
        self.assertEqual(process.returncode, 7)
        self.assertIn("ballpad: warning: traced: its trace is not that of small: around the ball pad their meshes differ, and errors "
                      "cancel less in the ratios; give both the same package.wiring.trace\n", err)

    def test_section_is_drawn(self):
        picture = self.dir / "section.svg"
        self.ok("check", "-q", "embossed", "--plot", picture)
        text = picture.read_text()
        root = xml.etree.ElementTree.fromstring(text)
        self.assertEqual(root.tag, "{http://www.w3.org/2000/svg}svg")
        paths = [e for e in root.iter() if e.tag.endswith("}path") and e.get("fill", "none") != "none"]
        self.assertGreaterEqual(len(paths), 5)  # four films and the solder
        for word in ("embossed: well down to the passivation", "silicon", "D2, with the ring", "wetted copper"):
            self.assertIn(word, text)
        code, _, err = cli.run("check", "embossed", "--plot", self.dir / "section.png")
        self.assertEqual(code, 2)
        self.assertIn("a section is drawn as SVG", err)
        code, _, err = cli.run("check", "-q", "embossed", "--plot", self.dir / "no/section.svg")
        self.assertEqual(code, 7)
        self.assertIn("cannot be written: No such file or directory", err)

    def test_both_ball_rules_are_reported(self):
        flat = cli.json.loads(self.ok("check", "--json", "flat"))["solder"]
        pad = cli.json.loads(self.ok("check", "--json", "embossed", "--set", "package.ball.rule=equal_standoff"))["solder"]
        self.assertEqual((flat["rule"], pad["rule"]), ("equal_volume", "equal_standoff"))
        for key in ("solder_volume_mm3", "standoff_um"):  # it is the reference of the rule
            self.assertAlmostEqual(flat["equal_volume"][key] / flat["equal_standoff"][key], 1.0, places=12)
        self.assertAlmostEqual(pad["equal_standoff"]["standoff_um"], flat["equal_volume"]["standoff_um"], places=9)
        self.assertEqual(pad["equal_volume"]["solder_volume_mm3"], flat["equal_volume"]["solder_volume_mm3"])
        given = cli.json.loads(self.ok("check", "--json", "embossed", "--set", "package.ball.rule=equal_standoff",
                                       "--set", "package.ball.standoff=180 um"))["solder"]
        self.assertAlmostEqual(given["equal_standoff"]["standoff_um"], 180.0, places=9)


if __name__ == "__main__":
    cli.main()
