"""Cases of kind mesh: known values at their probes, ranks, and what is said of meshes that do not fit their case."""
import shutil

import cli

FOLDER = cli.DATA / "cases/verification"

# case -> probe -> (expected, tolerance in its unit); reasons in docs/verification.md
KNOWN = {
    "nafems-le10": {"D": (-5.38, 0.11)},
    "nafems-le10-wedge15": {"D": (-5.38, 0.11)},
    "nafems-le10-tet10": {"D": (-5.38, 0.11)},
    "nafems-le11": {"A": (-105.0, 2.1)},
    "nafems-le11-wedge15": {"A": (-105.0, 2.1)},
    "nafems-le11-tet10": {"A": (-105.0, 2.1)},
    "nafems-t3": {"target": (36.60, 0.1)},
    "nafems-t4": {"target": (18.25, 0.1)},
    "thick-cylinder-lame": {"inner_radial": (-200.0, 4.0), "inner_hoop": (333.333, 4.0), "radial": (-20.408, 2.0),
                            "hoop": (153.741, 2.0)},
    "thick-cylinder-plastic": {"radial": (-1.541, 0.14), "hoop": (11.607, 0.14), "inner_hoop": (13.713, 0.14),
                               "limit_radial": (-3.691, 0.19), "limit_hoop": (24.021, 0.19)},
    "thick-cylinder-creep": {"radial": (-34.343, 2.0), "hoop": (229.779, 2.0), "axial": (97.718, 2.0)},
}

# what is changed in the LE10 case -> exit code and the messages
FAULTS = [
    (["model.materials={plat: nafems_elastic.yaml}", "model.boundary=[{on: tap, pressure: 1 MPa}, {on: middle_line, pressure: 1 MPa}]"],
     4, ["physical volume 'plate' has no material; add it to model.materials",
         "the mesh has no physical volume 'plat'; did you mean 'plate'?",
         "the mesh has no physical surface, curve or point 'tap'; did you mean 'top'?",
         "'middle_line' is no surface, and the case prescribes pressure"]),
    (["model.boundary=[{on: outer, symmetry: yes}]"], 4, ["'outer' is no plane, and the case makes it one of symmetry"]),
    (["model.boundary=[{on: along_x, symmetry: yes}]"], 4, ["leave the body ('plate', 96 cells around (1625, 1375, 0) mm) free to move along x and z and turn about y; fix more"]),
    (["model.boundary=[{on: top}, {fixed: [ux]}, {on: top, fixed: [uxx]}, {on: top, fixed: [ux], ux: 1 mm},"
      "{on: top, traction: [1 MPa]}, {on: top, uz: 1 mm, times: [0 s]},"
      "{on: top, uz: 1 mm, times: [1 s, 1 s], factors: [0, 1]}]", "model.materials={plate: {stress_free: 20 degC}}",
      "output.probes=[{name: D, at: [1 m], quantity: syy}, {name: D, at: [1 m, 1 m, 0 m], quantity: uz, times: [2 s, 1 s]}]",
      "output.averages=[{name: a, region: plat}, {name: a}]"],
     3, ["model.boundary: entry 1 prescribes nothing; give it fixed, ux", "entry 2 names no part of the mesh",
         "entry 3 fixes a component that is none; write fixed: [ux, uy, uz]", "entry 4 fixes a component that it also moves",
         "entry 5 has a traction without three components", "entry 6 has not as many factors as times",
         "entry 7 has times that do not increase", "model.materials.plate has no card; write plate: {card: NAME}",
         "output.probes: entry 1 is not complete", "output.probes: entry 2 has times that do not increase",
         "output.averages: entry 1 names a region that model.materials does not have",
         "output.averages: entry 2 is not complete"]),
    (["model.materials={}"], 3, ["model.materials gives no volume a material"]),
    (["model.kind=cell"], 3, ["model.file has no meaning for model.kind: cell; remove it or write kind: mesh"]),
    (["output.probes=[{name: D, at: [1 m, 1 m, 9 m], quantity: uz}, {name: D, at: [2 m, 0 m, 0 m], quantity: sy}]"], 4,
     ["'D' at (1000, 1000, 9000) mm is outside of the mesh; move it", "there is no quantity 'sy'; did you mean"]),
    (["model.file=nothing.msh"], 7, ["nothing.msh: cannot be read; give the path of a mesh file"]),
]

# the same in the T4 case
HEAT_FAULTS = [
    (["model.boundary=[{on: cold, temperature: 0 degC}]"], 4, ["the mesh has no physical surface, curve or point 'cold'"]),
    (["model.materials={plate: pcb_elastic_comsol}"], 3,
     ["model.materials.plate: card 'pcb_elastic_comsol' gives no conductivity, which heat needs; add it to the card or choose another"]),
    (["load.heat.steady=no"], 3, ["card 'nafems_t4' gives no heat_capacity, which heat needs"]),
    (["output.probes=[{name: A, at: [0.6 m, 0.2 m, 0.05 m], quantity: ux}]"], 3,
     ["output.probes: 'A' asks for ux, and load.heat.solve is alone, which knows the temperature only; write quantity: temperature"]),
]


# the same in the LE11 case
FIELD = "load.heat.field"
FIELD_FAULTS = [
    ([f"{FIELD}.name=temperatur"], 4, ["the mesh has no scalar field 'temperatur' at its nodes ($NodeData), which load.heat.field names; did "
                                       "you mean 'temperature'?"]),
    (["load.heat.field={times: [0 s, 1 s], factors: [0, -200]}"], 4,
     ["field 'temperature' is no temperature at (", ") mm: it leads to absolute zero or below; correct load.heat.field.unit or its factors"]),
    (["load.heat.field={times: [0 s, 1 s], factors: [1]}"], 3, ["load.heat.field needs as many factors as times, in increasing order"]),
    (["model.boundary=[{on: bottom, fixed: [ux, uy, uz], temperature: 5 degC}]"], 3,
     ["model.boundary: entry 1 prescribes heat, and load.heat.solve: prescribed gives the temperature of every node; leave one of them away"]),
    (["load.heat.sources=[{region: body, power: 1 W}]"], 3,
     ["load.heat.sources has heat arise, and load.heat.solve: prescribed gives the temperature of every node; leave one of them away"]),
    (["load.programme=[{hold: 1 s, power: 1 W}]"], 3,
     ["the load has power, and load.heat.solve: prescribed gives the temperature of every node; leave the power away, or write solve: coupled"]),
]


class UserMesh(cli.Case):
    def probes(self, case, ranks=0, *more):
        out = self.ok("run", FOLDER / f"{case}.yaml", "--json", "-o", self.dir / f"{case}{ranks}", *more, ranks=ranks)
        self.heat = cli.json.loads(out)["heat"]
        return cli.json.loads(out)["probes"]

    def test_known_values(self):
        for case, known in KNOWN.items():
            found = {p["name"]: p for p in self.probes(case)}
            self.assertEqual(found.keys() & known.keys(), known.keys())
            self.assertEqual(self.heat is not None, "target" in known)
            if self.heat:
                self.assertGreater(self.heat["energy"]["in"], 400.0)
                self.assertLess(self.heat["energy"]["worst_imbalance"], 1e-8)
            for name, (expected, tolerance) in known.items():
                with self.subTest(f"{case} {name}"):
                    self.assertEqual(found[name]["unit"], "degC" if name == "target" else "MPa")
                    self.assertAlmostEqual(found[name]["value"], expected, delta=tolerance)

    def test_values_do_not_depend_on_ranks(self):
        plate = [self.probes("nafems-t4", ranks)[0]["value"] for ranks in (1, 2)]
        self.assertAlmostEqual(plate[0] / plate[1], 1.0, delta=1e-8)
        one = self.probes("nafems-le10-wedge15")[0]["value"]
        for ranks in (2, 4):
            self.assertAlmostEqual(self.probes("nafems-le10-wedge15", ranks)[0]["value"] / one, 1.0, delta=1e-8)

    def test_heat_alone_goes_on_after_a_stop(self):
        case = ("run", "-q", FOLDER / "nafems-t3.yaml", "--set", "output.checkpoint=7")
        self.ok(*case, "-o", self.dir / "whole")
        for done in (1, 2):
            code, _, err = cli.run(*case, "-o", self.dir / "parts", "--resume", "--max-walltime", "1 ms")
            self.assertEqual(code, 75, msg=err)
            self.assertIn(f"checkpoint_{done:04d}.h5", [p.name for p in (self.dir / "parts").iterdir()])
        self.ok(*case, "-o", self.dir / "parts", "--resume")
        figures = []
        for name in ("whole", "parts"):
            summary = cli.json.loads((self.dir / name / "summary.json").read_text())
            summary["heat"].pop("time_share")
            figures.append(([summary[key] for key in ("converged", "steps", "heat", "probes")], cli.rows(self.dir / name)))
        self.assertEqual(*figures)
        self.assertEqual(list((self.dir / "parts").glob("checkpoint_*")), [])

    def test_faults_are_named(self):
        faults = [("nafems-le10-wedge15", *fault) for fault in FAULTS] + [("nafems-t4", *fault) for fault in HEAT_FAULTS]
        faults += [("nafems-le11", *fault) for fault in FIELD_FAULTS]
        for case, overrides, code, messages in faults:
            with self.subTest(overrides):
                arguments = [part for text in overrides for part in ("--set", text)]
                found, _, err = cli.run("run", FOLDER / f"{case}.yaml", "-o", self.dir / "fault", *arguments)
                for message in messages:
                    self.assertIn(message, err)
                self.assertEqual(found, code)
                shutil.rmtree(self.dir / "fault", ignore_errors=True)

    def test_a_field_of_temperatures(self):
        """Half of it makes half of the stress, in K as in degC, on two ranks as on one."""
        full = self.probes("nafems-le11")[0]["value"]
        half = ("--set", "load.heat.field={times: [0 s, 1 s], factors: [0, 0.5]}")
        self.assertAlmostEqual(self.probes("nafems-le11", 2, *half)[0]["value"] / full, 0.5, delta=1e-8)
        lines = (FOLDER / "nafems-le11.msh").read_text().split("\n")
        at = lines.index('"temperature"') + 7
        for i in range(at, lines.index("$EndNodeData")):
            node, value = lines[i].split()
            lines[i] = f"{node} {float(value) + 273.15!r}"
        (self.dir / "kelvin.msh").write_text("\n".join(lines))
        kelvin = ("--mesh", self.dir / "kelvin.msh", "--set", "load.heat.field.unit=K", "--force")
        self.assertAlmostEqual(self.probes("nafems-le11", 0, *kelvin)[0]["value"] / full, 1.0, delta=1e-8)
        del lines[at]
        lines[at - 1] = str(int(lines[at - 1]) - 1)
        (self.dir / "kelvin.msh").write_text("\n".join(lines))
        code, _, err = cli.run("run", FOLDER / "nafems-le11.yaml", "-o", self.dir / "less", *kelvin)
        self.assertEqual(code, 4)
        self.assertRegex(err, r"field 'temperature' has no value at 1 of \d+ nodes; save it at all nodes, also those of the middles of edges\n")
        code, _, err = cli.run("check", "flat", "--set", "load.heat.solve=prescribed")
        self.assertEqual(code, 3)
        self.assertIn("load.heat.solve: prescribed takes the temperatures from the file of a mesh, and the model is a cell; write coupled, or "
                      "model.kind: mesh\n", err)

    def change_mesh(self, change):
        lines = (FOLDER / "nafems-le10-wedge15.msh").read_text().split("\n")
        (self.dir / "changed.msh").write_text("\n".join(change(lines)))
        return cli.run("run", FOLDER / "nafems-le10-wedge15.yaml", "--mesh", self.dir / "changed.msh", "-o", self.dir / "run")

    def test_bad_cells_are_named(self):
        def mirror(lines):
            first, last = lines.index("$Nodes"), lines.index("$EndNodes")
            return [" ".join([x, y, str(-float(z))]) if first < i < last and len(line.split()) == 3 else line
                    for i, line in enumerate(lines) for x, y, z in [(line.split() + ["0", "0", "0"])[:3]]]

        code, _, err = self.change_mesh(mirror)
        self.assertEqual(code, 4)
        self.assertIn("cell 0 (wedge15 of 'plate') at (", err)
        self.assertIn(" mm is inverted or folded; remesh", err)

        def pull_middle(lines):
            at = next(i for i, line in enumerate(lines) if len(line.split()) == 3 and line.split()[2] == "-0.15")
            return lines[:at] + ["9 9 9"] + lines[at + 1:]

        code, _, err = self.change_mesh(pull_middle)
        self.assertEqual(code, 4)
        self.assertIn("the middle node of an edge at (9000, 9000, 9000) mm is off by", err)

    def test_a_strongly_curved_cell_is_named(self):
        """A tetrahedron whose Jacobian is positive at its corners and points of integration, and negative in between."""
        corners = [(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1)]
        edges = [(0, 1), (1, 2), (2, 0), (3, 0), (2, 3), (1, 3)]
        moved = {3: (-0.3, 0.1, 0.3), 4: (0.1, 0, 0.2), 5: (-0.2, 0.3, -0.1)}
        nodes = corners + [tuple((corners[a][k] + corners[b][k]) / 2 + moved.get(i, (0, 0, 0))[k] for k in range(3))
                           for i, (a, b) in enumerate(edges)]
        (self.dir / "curved.msh").write_text(
            "$MeshFormat\n2.2 0 8\n$EndMeshFormat\n$PhysicalNames\n2\n2 2 \"base\"\n3 1 \"part\"\n$EndPhysicalNames\n$Nodes\n10\n"
            + "".join(f"{i + 1} {x} {y} {z}\n" for i, (x, y, z) in enumerate(nodes))
            + "$EndNodes\n$Elements\n2\n1 9 2 2 1 1 3 2 7 6 5\n2 11 2 1 1 1 2 3 4 5 6 7 8 9 10\n$EndElements\n")
        case = self.dir / "curved.yaml"
        case.write_text("model:\n  kind: mesh\n  file: curved.msh\n  unit: 1 mm\n  boundary: [{on: base, fixed: [ux, uy, uz]}]\n"
                        "  materials: {part: {card: silicon_elastic_hopcroft2010, stress_free: 20 degC}}\n")
        process = cli.start("check", case)
        _, err = process.communicate()
        self.assertEqual(process.returncode, 0)
        self.assertRegex(err, r"ballpad: warning: .*curved\.msh: cell 0 at \(0\.15, 0\.35, 0\.35\) mm is strongly curved: no positive bound "
                              r"of its Jacobian was found \(-0\.28 of the largest value\)\n")

        found = cli.json.loads(self.ok("check", "--json", case))
        self.assertTrue(any("cell 0 at (0.15, 0.35, 0.35) mm is strongly curved" in text for text in found["warnings"]))

    def test_check_says_in_json_what_is_wrong_with_a_mesh(self):
        self.box(self.NAMES)
        (self.dir / "box.yaml").write_text(f"model: {{kind: mesh, file: box.msh, unit: 1 mm, {self.HALVES}, boundary: [{{on: foot, fixed: [ux]}}]}}\n")
        code, out, err = cli.run("check", "--json", self.dir / "box.yaml")
        found = cli.json.loads(out)
        self.assertEqual((code, found["valid"]), (4, False))
        self.assertEqual(len(found["problems"]), 1)
        self.assertIn("free to move along y and z", found["problems"][0])
        self.assertIn(found["problems"][0], err)

    def test_check_has_no_pad_to_show(self):
        case = FOLDER / "nafems-le10.yaml"
        for option in (["--claims"], ["--plot", self.dir / "section.svg"]):
            code, _, err = cli.run("check", case, *option)
            self.assertEqual(code, 3)
            self.assertIn(": --claims and --plot are of the pad of a cell; leave them away for a mesh\n", err)

    def box(self, names, points=(), cells=(4, 2, 2), apart=False):
        """A box of hexahedra in MSH 2.2, its halves in x named left and right, its end x = 0 foot, and nodes named. With
        `apart` the halves have nodes of their own where they meet."""
        n = [c + 1 for c in cells]
        own = lambda cell: apart * (2 * cell >= cells[0]) * n[0] * n[1] * n[2]
        tag = lambda i, j, k: 1 + i + n[0] * (j + n[1] * k)
        nodes = [f"{tag(i, j, k) + half * n[0] * n[1] * n[2]} {i} {j} {k}" for half in range(1 + apart)
                 for k in range(n[2]) for j in range(n[1]) for i in range(n[0])]
        ring = ((0, 0), (1, 0), (1, 1), (0, 1))
        elements = [f"15 2 {100 + p} 1 {1 + p}" for p in range(len(points))]
        elements += ["3 2 3 1 " + " ".join(str(tag(0, j + a, k + b)) for a, b in ring) for k in range(cells[2]) for j in range(cells[1])]
        elements += [f"5 2 {1 + (2 * i >= cells[0])} 1 " + " ".join(str(own(i) + tag(i + a, j + b, k + c)) for c in (0, 1) for a, b in ring)
                     for k in range(cells[2]) for j in range(cells[1]) for i in range(cells[0])]
        names = [*names, *(f'0 {100 + p} "{name}"' for p, name in enumerate(points))]
        lines = ["$MeshFormat", "2.2 0 8", "$EndMeshFormat", "$PhysicalNames", len(names), *names, "$EndPhysicalNames", "$Nodes",
                 len(nodes), *nodes, "$EndNodes", "$Elements", len(elements),
                 *(f"{1 + i} {text}" for i, text in enumerate(elements)), "$EndElements", ""]
        (self.dir / "box.msh").write_text("\n".join(map(str, lines)))

    def solve_box(self, model, output="{}"):
        (self.dir / "box.yaml").write_text(f"model: {{kind: mesh, file: box.msh, unit: 1 mm, {model}}}\nload: {self.LOAD}\noutput: {output}\n")
        return cli.run("run", self.dir / "box.yaml", "--json", "--force", "-o", self.dir / "box")

    LOAD = "{start: 20 degC, cooling: {to: 20 degC, hold: 1 s}, programme: [{hold: 1 s}], cycles: 1}"
    NAMES = ['3 1 "left"', '3 2 "right"', '2 3 "foot"']
    HALVES = "materials: {left: cu3sn_elastic_fields, right: copper_rdl_bilinear_generic}"
    FOOT = "{on: foot, fixed: [ux, uy, uz]}"

    RIGHT = "('right', 8 cells around (3, 1, 1) mm)"
    ALL = "free to move along x, y and z and turn about x, y and z; "

    def test_a_loose_part_is_named(self):
        self.box(self.NAMES, apart=True)
        code, _, err = self.solve_box(f"{self.HALVES}, boundary: [{self.FOOT}]")
        self.assertIn(f"box.msh: a part of the mesh {self.RIGHT} shares no node with the rest, and the supports of model.boundary leave it "
                      f"{self.ALL}join it to its neighbours (one node at one place), or fix more components, or add a foundation\n", err)
        self.assertEqual(code, 4)
        self.assertFalse((self.dir / "box/results.h5").exists())

    def test_a_part_without_a_steady_temperature_is_named(self):
        self.box(self.NAMES, apart=True)
        (self.dir / "box.yaml").write_text(
            "model: {kind: mesh, file: box.msh, unit: 1 mm, materials: {left: silicon_elastic_hopcroft2010, right: silicon_elastic_hopcroft2010},"
            " boundary: [{on: foot, temperature: 30 degC}]}\n"
            "load: {start: 20 degC, cooling: {to: 20 degC, hold: 1 s}, programme: [{hold: 1 s}], cycles: 1,"
            " heat: {solve: alone, steady: yes, sources: [{region: right, power: 1 mW}]}}\n")
        code, _, err = cli.run("run", self.dir / "box.yaml", "-q", "-o", self.dir / "box")
        self.assertIn(f"box.msh: a part of the mesh {self.RIGHT} shares no node with the rest, and nothing on it has temperature, convection or "
                      "radiation, so that it has no steady state; join it", err)
        self.assertEqual(code, 4)

    def test_what_is_loose_before_the_joining_is_named(self):
        """It is where something strains it then: else it stays where it is."""
        self.box(self.NAMES)
        halves = "materials: {left: {card: cu3sn_elastic_fields, joined: yes}, right: {card: copper_rdl_bilinear_generic%s}}"
        code, _, err = self.solve_box(f"{halves % ', stress_free: 30 degC'}, boundary: [{self.FOOT}]")
        self.assertIn(f"box.msh: before the joining, the supports of model.boundary leave the body {self.RIGHT} {self.ALL}"
                      "fix more components there, or let it be joined too (joined: yes)\n", err)
        self.assertEqual(code, 4)
        code, _, err = self.solve_box(f"{halves % ''}, boundary: [{self.FOOT}]")
        self.assertEqual(code, 0, err)

    def test_a_loose_part_of_a_cell_is_named(self):
        """The board's pad gets nodes of its own; of the half cell it is held by the mirror alone."""
        self.ok("mesh", "-q", cli.SMALL, "-o", self.dir)
        lines = (self.dir / "mesh.msh").read_text().split("\n")
        pad, mirror_group = (next(line.split()[1] for line in lines if line.endswith(f'"{name}"')) for name in ("board_pad", "mirror"))
        mirror = False
        nodes, end, elements = (lines.index(word) for word in ("$Nodes", "$EndNodes", "$Elements"))
        blocks, count, low, high = map(int, lines[nodes + 1].split())
        place, at = {}, nodes + 2
        while at < end:
            n = int(lines[at].split()[3])
            place.update(zip(lines[at + 1:at + 1 + n], lines[at + 1 + n:at + 1 + 2 * n]))
            at += 1 + 2 * n
        at = next(i for i in range(elements, len(lines)) if lines[i].startswith(f"3 {pad} 18 "))
        own = {}
        for i in range(at + 1, at + 1 + int(lines[at].split()[3])):
            tag, *cell = lines[i].split()
            lines[i] = " ".join([tag, *(own.setdefault(node, str(high + 1 + len(own))) for node in cell)])
        for i in range(elements, at):  # its faces on the mirror, which belong to no other cell
            tag, *face = lines[i].split()
            if mirror and len(face) in (6, 8) and all(node in own for node in face):
                lines[i] = " ".join([tag, *(own[node] for node in face)])
            elif len(face) == 3:
                mirror = lines[i].split()[1] == mirror_group
        block = [f"3 {pad} 0 {len(own)}", *own.values(), *(place[node] for node in own)]
        lines[end:end] = block
        lines[nodes + 1] = f"{blocks + 1} {count + len(own)} {low} {high + len(own)}"
        (self.dir / "loose.msh").write_text("\n".join(lines))
        code, _, err = cli.run("run", "-q", cli.SMALL, "--mesh", self.dir / "loose.msh", "-o", self.dir / "run")
        self.assertRegex(err, r"loose\.msh: a part of the mesh \('board_pad', \d+ cells around \(0, 0\.0625, 0\.1359\) mm\) shares no node with "
                              r"the rest, and the sides, mirrors and die_back leave it free to move along x and z and turn about y; join it to "
                              r"its neighbours \(one node at one place\), or name the faces that hold it as docs/cli\.md has them\n")
        self.assertEqual(code, 4)

    def test_names_must_be_one_for_one(self):
        for names, message in ((['3 1 "left"', '3 2 "left"'], "two physical groups have the name 'left'; give each its own"),
                               ([*self.NAMES, '3 1 "middle"'], "physical group 1 has two names; give it one"),
                               (self.NAMES[:2], "the mesh has no physical surface, curve or point 'foot'")):
            with self.subTest(message):
                self.box(names)
                code, _, err = self.solve_box(f"{self.HALVES}, boundary: [{self.FOOT}]")
                self.assertIn(message, err)
                self.assertEqual(code, 4)

    def test_planes_must_leave_three_directions(self):
        self.box(self.NAMES)
        lines = (self.dir / "box.msh").read_text().split("\n")
        first, last = lines.index("$Nodes") + 2, lines.index("$EndNodes")
        for i in range(first, last):
            tag, x, y, z = lines[i].split()
            lines[i] = f"{tag} {float(x) + 0.5 * float(y)} {y} {z}"
        (self.dir / "box.msh").write_text("\n".join(lines))
        plane = "{on: foot, symmetry: yes}"
        code, _, err = self.solve_box(f"{self.HALVES}, boundary: [{plane}, {{on: foot, fixed: [uy, ux]}}]")
        self.assertIn("model.boundary holds displacements in too many directions: beside a plane of symmetry that is not normal to an axis, "
                      "three independent ones in all are possible", err)
        self.assertEqual(code, 4)
        code, _, err = self.solve_box(f"{self.HALVES}, boundary: [{plane}, {self.FOOT}]")
        self.assertEqual(code, 0, err)

    def test_there_are_limits(self):
        points = [f"p{i}" for i in range(32)]
        self.box(self.NAMES, points)
        held = ", ".join(f"{{on: {p}, fixed: [ux]}}" for p in points)
        code, _, err = self.solve_box(f"{self.HALVES}, boundary: [{self.FOOT}, {held}]")
        self.assertIn("the case names 33 surfaces, curves and points; at most 32 are allowed: join some in one physical group", err)
        self.assertEqual(code, 4)
        materials = ", ".join(f"v{i}: cu3sn_elastic_fields" for i in range(65))
        code, _, err = self.solve_box(f"materials: {{{materials}}}, boundary: [{self.FOOT}]")
        self.assertIn("model.materials has 65 volumes; at most 64 are allowed", err)
        self.assertEqual(code, 3)

    def test_a_probe_on_an_interface_says_whose_side_it_is(self):
        self.box(self.NAMES)
        pulled = f"{self.HALVES}, boundary: [{self.FOOT}, {{on: foot, traction: [0 MPa, 0 MPa, 0 MPa]}}]"
        place = "at: [2 mm, 1 mm, 1 mm]"
        code, _, err = self.solve_box(pulled, f"{{probes: [{{name: A, {place}, quantity: sxx}}]}}")
        self.assertIn("output.probes: 'A' is on the border of several regions, where sxx jumps; write region: NAME", err)
        self.assertEqual(code, 4)
        probes = [f"{{name: {name}, {place}, quantity: {what}}}" for name, what in (("u", "ux"), ("l", "sxx, region: left"), ("r", "sxx, region: right"))]
        code, out, err = self.solve_box(pulled, f"{{probes: [{', '.join(probes)}]}}")
        self.assertEqual(code, 0, err)
        self.assertEqual([p["name"] for p in cli.json.loads(out)["probes"]], ["u", "l", "r"])

    def test_tetrahedra_of_first_order_are_warned_about(self):
        lines = ["$MeshFormat", "2.2 0 8", "$EndMeshFormat", "$PhysicalNames", "2", '3 1 "left"', '2 3 "foot"', "$EndPhysicalNames",
                 "$Nodes", "4", "1 0 0 0", "2 0 1 0", "3 0 0 1", "4 1 0 0", "$EndNodes", "$Elements", "2",
                 "1 2 2 3 1 1 2 3", "2 4 2 1 1 1 2 3 4", "$EndElements", ""]
        (self.dir / "box.msh").write_text("\n".join(lines))
        code, out, err = self.solve_box(f"materials: {{left: cu3sn_elastic_fields}}, boundary: [{self.FOOT}]")
        self.assertEqual(code, 0, err)
        self.assertIn("box.msh: 1 tetrahedra of first order: they are far too stiff in bending and where a material flows at constant "
                      "volume; mesh with Mesh.ElementOrder = 2", "\n".join(cli.json.loads(out)["warnings"]))

    def test_compare_refuses_them(self):
        case = FOLDER / "nafems-le10.yaml"
        code, _, err = cli.run("compare", case, case, "-o", self.dir / "pair")
        self.assertEqual(code, 3)
        self.assertIn("compare works on cells, which share their planar mesh", err)

    def test_the_complete_case_reads_back(self):
        text = self.ok("check", "--print-config", FOLDER / "nafems-le10.yaml")
        (self.dir / "again.yaml").write_text(text)
        self.assertEqual(self.ok("check", "--print-config", self.dir / "again.yaml"), text)


if __name__ == "__main__":
    cli.main()
