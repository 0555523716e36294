"""report.html of a comparison: well-formed, the numbers of compare.json, everything in it; and what Chromium makes of it.

The tests with a browser are skipped where chromium is not installed.
"""
import base64
import html.parser
import os
import re
import shutil
import subprocess

import cli

VOID = {"meta", "img", "link", "br", "hr", "input", "source"}
CASE = """package:
  die: {{thickness: 80 um}}
  wiring: {{wall_ratio: 1}}
  pad: {{shape: {shape}}}
  ball: {{diameter: 220 um}}
  board: {{thickness: 80 um}}
load:
  start: 40 degC
  cooling: {{to: 25 degC, rate: 1 K/s, hold: 5 s}}
  programme: [{{to: 45 degC, rate: 1 K/s}}, {{hold: 5 s}}, {{to: 25 degC, rate: 1 K/s}}]
  cycles: 1
solver: {{time_tolerance: 0.9}}
output: {{layers: []}}
"""
NASTY = "em<b>&\"o's\""  # a case may be called so
# one black pixel
PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==")
CHROMIUM = shutil.which("chromium")


class Reader(html.parser.HTMLParser):
    """Balanced elements, identifiers, addresses, tables as lists of rows, text."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.ids, self.addresses, self.tables, self.problems, self.said = [], [], [], {}, [], []
        self.caption = self.cell = self.rows = None
        self.feed(text)
        self.close()
        self.problems += [f"{tag} is not closed" for tag in self.open]

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if len(values) < len(attributes):
            self.problems.append(f"{tag} has an attribute twice")
        self.ids += [values["id"]] if "id" in values else []
        self.addresses += [values[key] for key in ("src", "href", "data", "action", "xlink:href") if key in values]
        if tag == "img" and not values.get("alt"):
            self.problems.append("img without alt")
        if tag == "th" and values.get("scope") not in ("row", "col", "rowgroup"):
            self.problems.append("th without scope")
        if tag not in VOID:
            self.open.append(tag)
        if tag == "table":
            self.rows = []
        elif tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th", "caption"):
            self.cell = ""

    def handle_startendtag(self, tag, attributes):
        if "svg" not in self.open:
            self.problems.append(f"{tag}/ outside of svg")

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"/{tag} closes nothing at {self.getpos()}")
        if tag in ("td", "th"):
            self.rows[-1].append(self.cell)
        elif tag == "caption":
            self.caption = self.cell
        elif tag == "table":
            self.tables[self.caption] = self.rows

    def handle_data(self, data):
        self.said.append(data)
        if self.cell is not None:
            self.cell += data

    def text(self):
        return " ".join("".join(self.said).split())


class Report(cli.Case):
    """One comparison for all."""
    root = None

    @classmethod
    def setUpClass(cls):
        if Report.root is None:
            Report.prepare()

    @classmethod
    def prepare(cls):
        cls.root = cli.Path(cli.tempfile.mkdtemp(prefix="bp_report_"))
        cli.unittest.addModuleCleanup(shutil.rmtree, cls.root, ignore_errors=True)
        for name, shape in (("flat", "flat"), (NASTY, "embossed")):
            (cls.root / f"{name}.yaml").write_text(CASE.format(shape=shape))
        cls.out = cls.root / "out"
        cls.out.mkdir()
        (cls.out / "picture_work_density.png").write_bytes(PNG)
        code, cls.stdout, err = cls.compare()
        if (code, err) != (0, ""):
            raise RuntimeError(err)
        cls.html = (cls.out / "report.html").read_text()
        cls.page = Reader(cls.html)
        cls.json = cli.json.loads((cls.out / "compare.json").read_text())

    @classmethod
    def compare(cls, *more, **environment):
        """Exit code, output, errors that are no warnings of cards."""
        command = cli.command(["compare", cls.root / "flat.yaml", cls.root / f"{NASTY}.yaml", "-o", cls.out, *more])
        done = subprocess.run(command, capture_output=True, text=True, env=dict(cli.ENVIRONMENT, **environment), timeout=500)
        lines = [line for line in done.stderr.splitlines() if ": card '" not in line]
        return done.returncode, done.stdout, "".join(line + "\n" for line in lines)


class Content(Report):
    def test_is_well_formed(self):
        self.assertTrue(self.html.startswith("<!DOCTYPE html>\n<html lang=\"en\">"))
        self.assertEqual(self.page.problems, [])
        self.assertEqual(len(set(self.page.ids)), len(self.page.ids))
        for address in self.page.addresses:
            self.assertTrue(address.startswith("data:") or address[1:] in self.page.ids, msg=address[:80])
        self.assertEqual([], re.findall(r"<(?:script|link|iframe|object|embed)\b|@import|url\(|\son\w+=", self.html))
        self.assertNotIn("://", self.page.text())

    def test_names_are_texts(self):
        self.assertIn(f"Solder joints compared: flat, {NASTY}", self.page.text())
        self.assertNotIn("<b>", self.html)

    def test_numbers_are_those_of_compare_json(self):
        rows = self.page.tables["Numbers of the last full cycle"]
        self.assertEqual(rows[0], ["", "unit", "flat", NASTY])
        cases = self.json["cases"]
        cycles = [case["cycles"][-1] for case in cases]
        expected = {
            "pad": [case["pad"] for case in cases],
            "free unknowns": [str(case["mesh"]["dofs"]) for case in cases],
            "work per cycle (worse side)": ["%.6g" % case["joint"]["delta_w_MPa"] for case in cases],
            "common region: work": ["%.6g" % cycle["board"]["common"]["delta_w_MPa"] for cycle in cycles],  # the last row of that name
            "volume of the layer": ["%.5g" % case["volumes"]["board"]["layer_volume_mm3"] for case in cases],
            "wetted copper, package side": ["%.6g" % case["joint"]["wetted_area_mm2"] for case in cases],
        }
        found = {row[0]: row[2:] for row in rows}
        for label, values in expected.items():
            self.assertEqual(found[label], values, msg=label)

    def test_ratios_are_those_of_compare_json(self):
        caption = next(c for c in self.page.tables if c.startswith(f"{NASTY} over flat"))
        rows = self.page.tables[caption][1:]
        self.assertEqual(len(rows), len(self.json["ratios"]))
        for row, ratio in zip(rows, self.json["ratios"]):
            value = "\u2013" if ratio["ratio"] is None else "%.4f" % ratio["ratio"]
            self.assertEqual(row, [ratio["quantity"], value, "not estimated", "not estimated", ratio["text"] + "."])

    def test_lives_are_there_by_every_model(self):
        text = self.page.text()
        for model in cli.json.loads(self.ok("life", "--list", "--json"))["models"]:
            self.assertIn(model["name"], text)

        rows = self.page.tables["Life in cycles where it may be stated, and times that of the first case"]
        row = next(row for row in rows if row[0] == "darveaux_sac305_motalab2013")
        lives = [next(r["N"] for r in case["life"] if (r["model"], r["side"]) == (row[0], "package")) for case in self.json["cases"]]
        self.assertEqual(row[1:], ["package"] + ["%.4g, \u00d7%.4g" % (N, N / lives[0]) for N in lives])

    def test_answers_apart(self):
        text = self.page.text()
        for words in ("Are wetted area and path larger?", "What do cushion, well and ring do to the work?",
                      "Does the ring shield what it surrounds?",
                      "not known: no case among those compared has the pad concave, flat_bare",
                      "solder within 25 \u00b5m of wetted copper"):
            self.assertIn(words, text)
        area = self.page.tables["Wetted copper of the package side"]
        # closed forms: a disc of 125 um; walls of 5 um at radii of 50 (the ring's inner wall, 5 um of copper before 55),
        # 82.8 and, twice as high, 110 um
        disc, walls = 3.141592653589793 * 0.125**2, 2 * 3.141592653589793 * 0.005 * (0.050 + 0.0828 + 2 * 0.110)
        self.assertAlmostEqual(float(area[1][1]), disc, delta=1e-6)
        self.assertAlmostEqual(float(area[2][1]), disc + walls, delta=1e-6)
        self.assertEqual([row[4] for row in area[1:]], ["250", "290"])
        self.assertNotIn("arrest", text)

    def test_annuli_are_those_of_the_history(self):
        rows = self.page.tables["Work per cycle by annulus, last full cycle"][1:]
        for row, name in zip(rows, ("flat", NASTY)):
            text = (self.out / name / "history.csv").read_text()
            lines = [line.split(",") for line in text.splitlines()]
            cycle = lines[0].index("cycle")
            start = max(i for i, line in enumerate(lines) if i > 0 and float(line[cycle]) < 1)
            for value, part in zip(row[1:], ("inner", "ring", "rim")):
                column = lines[0].index(f"package.{part}.work_J_per_m3")
                expected = 1e-6 * (float(lines[-1][column]) - float(lines[start][column]))
                self.assertAlmostEqual(float(value) / expected, 1, delta=1e-5)

    def test_flags_and_origin(self):
        cards = self.page.tables["The card of every region"]
        board = next(row for row in cards if row[0] == "board")
        self.assertEqual(board[1:6], ["all", "fr4_generic", "orthotropic", "M", "all"])
        runs = {row[0]: row[1:] for row in self.page.tables["The runs"]}
        self.assertEqual(runs["case_hash"], [case["case_hash"] for case in self.json["cases"]])
        own = {row[0]: row[1] for row in self.page.tables["This page"]}
        self.assertIn(" compare ", own["command"])
        self.assertEqual(own["ranks"], "1")
        self.assertIn("not known to be steady", self.page.text())

    def test_holds_pictures_and_plots(self):
        pictures = [a for a in self.page.addresses if a.startswith("data:image/png;base64,")]
        self.assertEqual([base64.b64decode(p.partition(",")[2]) for p in pictures], [PNG])
        self.assertIn("work density", self.page.text())
        self.assertEqual(self.html.count("<svg "), 2)  # a section of each pad
        plots = [base64.b64decode(a.partition(",")[2]) for a in self.page.addresses if a.startswith("data:image/svg+xml")]
        titles = ("Hysteresis, package side", "Hysteresis, board side", "Work per cycle, package side", "Work per cycle, board side",
                  "Temperature programme", "Time steps")
        if shutil.which("gnuplot"):
            self.assertEqual(len(plots), len(titles))
            for plot, title in zip(plots, titles):
                self.assertIn(title.encode(), plot)


class Writing(Report):
    def test_is_left_alone_on_request(self):
        (self.out / "report.html").write_text("old")
        self.assertEqual(self.compare("--no-report")[::2], (0, ""))
        self.assertEqual((self.out / "report.html").read_text(), "old")
        self.assertEqual(self.compare()[::2], (0, ""))
        self.assertNotEqual((self.out / "report.html").read_text(), "old")

    def test_is_the_same_again(self):
        text = []
        for _ in range(2):
            code, out, err = self.compare(SOURCE_DATE_EPOCH="86400")
            self.assertEqual((code, err), (0, ""))
            self.assertEqual(out.count("results re-used"), 2)
            text.append((self.out / "report.html").read_text())
        self.assertEqual(text[0], text[1])
        self.assertIn("1970-01-02T00:00:00Z", text[0])

    def test_says_what_is_missing(self):
        """No gnuplot, no history, a picture that is none: warnings, and a page that says so."""
        (self.out / "picture_broken.png").write_text("no picture")
        history = self.out / "flat/results.h5"
        history.rename(self.root / "results.h5")
        code, _, err = self.compare(PATH=str(self.root), OMPI_MCA_ess_singleton_isolated="1")
        (self.root / "results.h5").rename(history)
        os.remove(self.out / "picture_broken.png")
        self.assertEqual(code, 0)
        self.assertIn("ballpad: warning: report.html has no plots: there is no gnuplot to draw it; install it (Debian: gnuplot-nox)\n", err)
        self.assertEqual(err.count("no plots"), 1)
        self.assertIn("ballpad: warning: report.html has no history of flat: ", err)
        self.assertIn(f"ballpad: warning: {self.out}/picture_broken.png: cannot be read as a PNG picture, report.html leaves it out\n", err)
        page = Reader((self.out / "report.html").read_text())
        self.assertEqual(page.problems, [])
        self.assertIn("Hysteresis, package side: not drawn, there is no gnuplot to draw it.", page.text())
        self.assertIn(f"{NASTY} over flat: not known, one of them has no such numbers.", page.text())
        self.assertFalse([a for a in page.addresses if a.startswith("data:image/svg+xml")])

    def test_cannot_be_written(self):
        (self.out / "report.html").unlink()
        (self.out / "report.html").mkdir()
        code, _, err = self.compare()
        (self.out / "report.html").rmdir()
        self.assertEqual(code, 7)
        self.assertIn("report.html", err)


@cli.unittest.skipUnless(CHROMIUM, "chromium is not installed (Debian: chromium)")
class Browser(Report):
    # the page measures itself, in a copy in which a script may run, and tells the page around it
    MEASURE = """<script>addEventListener("load", () => {
      const box = [...document.querySelectorAll(".wide")];
      parent.postMessage(JSON.stringify({inner: innerWidth, page: document.documentElement.scrollWidth,
        images: [...document.images].map(i => i.naturalWidth), cut: box.filter(b => b.scrollWidth > b.clientWidth + 1).length,
        boxes: box.length, headings: document.querySelectorAll("h2").length,
        fetched: performance.getEntriesByType("resource").map(e => e.name), colour: getComputedStyle(document.body).color,
        sections: [...document.querySelectorAll("svg")].map(s => s.getBoundingClientRect().height)}), "*");
    });</script></body>"""
    # a window is at least 500 pixels wide, a frame is not
    FRAME = """<!DOCTYPE html><body><iframe src="page.html" style="border: 0; width: {}px; height: 800px"></iframe>
      <script>addEventListener("message", e => document.body.dataset.found = e.data);</script></body>"""

    def browse(self, text, *options, name="page.html"):
        """Standard output and standard error of Chromium on a page."""
        path = self.dir / name
        path.write_text(text)
        done = subprocess.run([CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
                               "--no-first-run", f"--user-data-dir={self.dir}/profile", "--enable-logging=stderr", "--v=0",
                               "--virtual-time-budget=5000", *options, f"file://{path}"],
                              capture_output=True, text=True, timeout=120, env=dict(os.environ, HOME=str(self.dir)))
        self.assertEqual(done.returncode, 0, msg=done.stderr)
        return done.stdout, done.stderr

    def open_to_scripts(self):
        return re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", self.html).replace("</body>", self.MEASURE)

    def measure(self, width, text):
        (self.dir / "page.html").write_text(text)
        dom, err = self.browse(self.FRAME.format(width), "--dump-dom", name="frame.html")
        found = re.search(r'data-found="([^"]*)"', dom)
        self.assertIsNotNone(found, msg=err)
        return cli.json.loads(found[1].replace("&quot;", '"'))

    def test_fits_phone_and_desktop(self):
        text = self.open_to_scripts()
        for width in (360, 1280):
            found = self.measure(width, text)
            self.assertEqual(found["inner"], width)
            self.assertLessEqual(found["page"], width)
            self.assertEqual(found["headings"], 11)
            self.assertTrue(all(size > 0 for size in found["images"]), msg=found)
            self.assertEqual(len(found["images"]), 1 + (6 if shutil.which("gnuplot") else 0))
            self.assertEqual(found["colour"], "rgb(26, 26, 26)")
            self.assertTrue(all(height > 100 for height in found["sections"]))
        wide = text.replace("<main>", "<main><div style=\"width: 400px\">x</div>")  # what would stick out is seen
        self.assertGreater(self.measure(360, wide)["page"], 360)

    def test_nothing_is_cut_on_paper(self):
        """The rules of paper at the width of A4 between its margins, 182 mm: every table has its room."""
        text = self.open_to_scripts()
        self.assertIn("@media print", text)
        found = self.measure(688, text.replace("@media print", "@media all"))
        self.assertEqual(found["inner"], 688)
        self.assertLessEqual(found["page"], 688)
        self.assertGreater(found["boxes"], 10)
        self.assertEqual(found["cut"], 0)
        self.browse(self.html, "--no-pdf-header-footer", f"--print-to-pdf={self.dir}/page.pdf")
        pdf = (self.dir / "page.pdf").read_bytes()
        self.assertTrue(pdf.startswith(b"%PDF-"))
        self.assertGreaterEqual(len(re.findall(rb"/Type\s*/Page\b", pdf)), 3)

    def test_console_is_silent(self):
        _, err = self.browse(self.html, "--dump-dom")
        self.assertNotIn("CONSOLE", err)
        _, err = self.browse(self.html.replace("</body>", "<script>x</script></body>"), "--dump-dom")
        self.assertIn("CONSOLE", err)  # the policy of the page allows no script, and the test would see it

    def test_nothing_is_fetched(self):
        text = self.open_to_scripts()
        self.assertEqual(self.measure(1280, text)["fetched"], [])
        address = "http:" + "//localhost:9/x.png"
        fetching = text.replace("<main>", f'<main><img alt="" src="{address}">')
        self.assertEqual(self.measure(1280, fetching)["fetched"], [address])  # the test would see it

    def test_screenshot(self):
        self.browse(self.html, "--window-size=1280,4000", f"--screenshot={self.dir}/page.png")
        self.assertGreater((self.dir / "page.png").stat().st_size, 100000)  # an empty page takes a tenth


if __name__ == "__main__":
    cli.main()
