"""Wrong input: the exit code and every line on standard error, as bad_input.expect has them."""
from concurrent.futures import ThreadPoolExecutor

import cli


def blocks():
    text = (cli.HERE / "bad_input.expect").read_text()
    for block in text.split("\n\n"):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        if lines:
            yield lines


class BadInput(cli.Case):
    def expand(self, text, out):
        bad = cli.DATA / "tests/bad_input"
        return text.format(case=bad / "case", build=bad / "build", path=bad / "path", card=bad / "card", small=cli.SMALL, out=out,
                           sac="sac305_anand_motalab2012")

    def check(self, blocks, ranks=0):
        """Three at a time, as the start of a program is mostly waiting."""
        def run(numbered):
            return cli.run(*[self.expand(word, self.dir / f"{numbered[0]}").replace("|", " ") for word in numbered[1][0].split()],
                           ranks=ranks)

        with ThreadPoolExecutor(3) as pool:
            results = list(pool.map(run, enumerate(blocks)))
        for i, (lines, (code, out, err)) in enumerate(zip(blocks, results, strict=True)):
            with self.subTest(lines[0]):
                self.assertEqual(err, "".join(f"ballpad: {self.expand(line, self.dir / f'{i}')}\n" for line in lines[2:]))
                self.assertEqual(code, int(lines[1]))
                self.assertEqual(out, "")
                self.assertFalse((self.dir / f"{i}/ballpad.lock").exists())

    def test_says_what_is_expected(self):
        found = list(blocks())
        self.assertGreater(len(found), 35)  # an empty file is not a success
        self.check(found)

    def test_says_it_once_on_two_ranks(self):
        wanted = ("check {case}/several.yaml", "run {small}", "mesh {small} -o {small}/below",
                  "run {small} -o {out} -q -- -ksp_rtoll 1e-3", "run {small} -o {out} -q -- -ksp_type cgg", "point {sac} --path {path}/component.yaml")
        found = [lines for lines in blocks() if lines[0] in wanted]
        self.assertEqual(len(found), len(wanted))
        self.check(found, ranks=2)

    def test_a_gmsh_that_cannot_be_loaded(self):
        for name in ("libgmsh.so.4.8", "libgmsh.so.4.9", "libgmsh.so.4.10", "libgmsh.so.4.11"):
            (self.dir / name).write_bytes(b"")
        code, _, err = cli.run("mesh", "-q", cli.SMALL, "-o", self.dir / "out", LD_LIBRARY_PATH=str(self.dir))
        self.assertEqual(code, 7)
        self.assertRegex(err, r"^ballpad: Gmsh cannot be loaded: .*libgmsh.*; install it, or give a mesh with --mesh FILE\n$")

    def test_what_several_ranks_cannot_do(self):
        direct = ("check", "-q", cli.SMALL, "--set", "solver.linear=direct", "--set", "solver.deterministic=true")
        self.assertEqual(cli.run(*direct, ranks=2), (3, "", "ballpad: --set solver.deterministic: the direct solver does not give the same "
                         "bits twice on more than one rank; run on one rank, or with solver.linear: pmultigrid\n"))
        coarse = ("check", "-q", cli.SMALL, "--set", "solver.coarse=aggregates", "--set", "solver.deterministic=true")
        self.assertEqual(cli.run(*coarse, ranks=2), (3, "", "ballpad: --set solver.deterministic: a level of aggregates need not give the "
                         "same bits twice on more than one rank; run on one rank, or with solver.coarse: factor\n"))

    def test_check_reports_problems_in_json_too(self):
        code, out, _ = cli.run("check", "--json", cli.DATA / "tests/bad_input/case/several.yaml")
        result = cli.json.loads(out)
        self.assertEqual(code, 3)
        self.assertIs(result["valid"], False)
        self.assertEqual(len(result["problems"]), 3)
        self.assertIn(":6: unknown key 'pich' in package; did you mean 'pitch'?", result["problems"][1])


if __name__ == "__main__":
    cli.main()
