"""`run --from` repeats a run from what its results hold, and says what stands in its way. Provenance in every file."""
import shutil
import unittest

import cli

CARD = cli.DATA / "materials/cards/sac305_anand_motalab2012.yaml"
# as quick as it gets: what is compared is that the same is computed
QUICK = ("--set", "load.programme=[{to: 45 degC, rate: 1 K/s}, {to: 25 degC, rate: 1 K/s}]",
         "--set", "solver.newton_tolerance=1e-5")
EPOCH, DATE = "1700000000", "2023-11-14T22:13:20Z"
OWN = ("wall_time_s", "memory_MB_per_rank", "writing", "provenance", "case")  # of a process, not of a case
FACTS = {"version", "git", "build", "petsc", "gmsh", "hdf5", "mpi", "host", "started", "command", "ranks", "petsc_options",
         "name", "case_file", "case_hash", "case", "mesh_hash", "mesh", "card.solder", "source.solder", "library.solder"}


def load(path):
    return cli.json.loads(path.read_text())


def setUpModule():
    """A run with everything that has a path of its own: a card, a library, a mesh."""
    From.kept = cli.Path(cli.tempfile.mkdtemp(prefix="bp_cli_"))
    unittest.addModuleCleanup(shutil.rmtree, From.kept, ignore_errors=True)
    umats = cli.Path(cli.BALLPAD).parent / "tests/umat"
    for name in ("libnorton_creep.so", "norton_creep.yaml"):
        shutil.copy(umats / name, From.kept)
    From.card, From.mesh = From.kept / "norton_creep.yaml", From.kept / "mesh/mesh.msh"
    for arguments in (("mesh", cli.SMALL, "-o", From.kept / "mesh"),
                      ("run", cli.SMALL, "-o", From.kept / "run", "--mesh", From.mesh, "--set",
                       f"materials.solder.card={From.card}", *QUICK)):
        cli.ENVIRONMENT["SOURCE_DATE_EPOCH"] = EPOCH
        code, _, err = cli.run(*arguments, "-q")
        del cli.ENVIRONMENT["SOURCE_DATE_EPOCH"]
        assert (code, err) == (0, ""), err
    From.summary = load(From.kept / "run/summary.json")


class From(cli.Case):
    def repeat(self, *more, source=None):
        return cli.run("run", "-q", "--from", source or self.kept / "run/results.h5", "-o", self.dir / "again", *more)

    def restored(self, path):
        data = path.read_bytes()
        self.addCleanup(path.write_bytes, data)
        return data


class Repeats(From):
    def test_the_same_figures_and_hash(self):
        self.assertEqual(self.repeat(source=self.kept / "run"), (0, "", ""))
        again = load(self.dir / "again/summary.json")
        self.assertEqual({k: v for k, v in again.items() if k not in OWN},
                         {k: v for k, v in self.summary.items() if k not in OWN})
        self.assertEqual(again["case_hash"], self.summary["case_hash"])
        self.assertEqual(cli.rows(self.dir / "again"), cli.rows(self.kept / "run"))
        self.assertEqual(again["provenance"]["case"], self.summary["provenance"]["case"])
        self.assertEqual(again["name"], "small")

    def test_with_a_key_changed(self):
        code, _, err = self.repeat("--set", "output.fields=none", "--set", "output.layer=20 um")
        self.assertEqual((code, err), (0, ""))
        again = load(self.dir / "again/summary.json")
        self.assertNotEqual(again["case_hash"], self.summary["case_hash"])
        self.assertAlmostEqual(again["joint"]["layer_thickness_um"], 20.0, places=9)


class Refuses(From):
    def refuses(self, code, text, **how):
        got = self.repeat(**how)
        self.assertEqual((got[0], got[1]), (code, ""), msg=got[2])
        self.assertIn(text, got[2])
        self.assertFalse((self.dir / "again").exists())

    def test_a_card_that_is_another_one(self):
        data = self.restored(self.card)
        self.card.write_bytes(data + b"\n# later\n")
        self.refuses(6, f"ballpad: {self.card}: is not the card of solder that the results were made with (sha256 ")

    def test_a_card_that_is_gone(self):
        self.restored(self.card)
        self.card.unlink()
        self.refuses(3, f"materials.solder: {self.card}: cannot be read: No such file or directory")

    def test_a_library_that_is_another_one(self):
        library = self.kept / "libnorton_creep.so"
        data = self.restored(library)
        library.write_bytes(data + b"later")  # behind the end of what is loaded
        self.refuses(6, "is not the library of solder that the results were made with (sha256 ")

    def test_a_mesh_that_is_another_one_or_gone(self):
        data = self.restored(self.mesh)
        self.mesh.write_bytes(data + b"\n")
        self.refuses(6, f"ballpad: {self.mesh}: is not the mesh that the results were made with (sha256 ")
        self.mesh.unlink()
        self.refuses(7, f"ballpad: {self.mesh}: cannot be read; give the path of a mesh file")

    def test_what_are_no_results(self):
        self.refuses(6, "plain.h5: has no check sum: an older ballpad or another program wrote it; give the results.h5 of a run of "
                     "this version", source=self.no_results("plain.h5"))

    def no_results(self, name):
        path = self.dir / name
        path.write_bytes(b"\x89HDF\r\n\x1a\n" + 100 * b"\0")
        return path


class Provenance(From):
    def test_of_a_mesh(self):
        facts = load(self.kept / "mesh/mesh.json")["provenance"]
        self.assertLessEqual(FACTS - {"library.solder"}, set(facts))
        self.assertEqual(facts["started"], DATE)
        self.assertEqual(facts["mesh"], self.summary["provenance"]["mesh"])

    def test_in_summary_and_every_hdf5_file(self):
        facts = self.summary["provenance"]
        self.assertLessEqual(FACTS, set(facts))
        self.assertEqual(facts["started"], DATE)
        self.assertIn(f"--set materials.solder.card={self.card}", facts["command"])
        self.assertEqual(facts["case_hash"], self.summary["case_hash"])
        for name, path in (("library.solder", self.kept / "libnorton_creep.so"), ("mesh_file", self.mesh),
                           ("card.solder", self.card)):
            self.assertTrue(facts[name].endswith(" sha256:" + cli.hashlib.sha256(path.read_bytes()).hexdigest()), msg=name)
        for path in (self.kept / "run/results.h5", *(self.kept / "run/fields").iterdir()):
            data = path.read_bytes()
            for name in ("case", "case_hash", "host", "started", "command"):
                self.assertIn(facts[name].encode(), data, msg=f"{name} in {path.name}")


if __name__ == "__main__":
    cli.main()
