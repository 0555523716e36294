"""What scripts/render draws: the cut of a joint along the mirror plane y = 0, its colours, its legend.

Values of cells are averaged to nodes inside one material only. A scale is common to all that stands in a picture; it
ends where one value in two hundred lies beyond it: at the corner of the pad the values have no limit, they grow with
every finer mesh.
"""
import math
import os
import sys
from collections import namedtuple

from paraview import servermanager, simple

WIDTH, HEIGHT, LEGEND = 820, 620, 300  # px of a panel and of the legend
DIELECTRIC3 = 5  # numbers of regions, docs/results.md
SOLDER, COPPER = (6,), (4, 7)
MATERIALS = (
    # name in the legend, numbers of its regions, colour
    ("board", (9,), (0.80, 0.85, 0.76)),
    ("solder mask", (8,), (0.55, 0.70, 0.55)),
    ("solder", SOLDER, (0.62, 0.64, 0.68)),
    ("copper", COPPER, (0.80, 0.56, 0.38)),
    ("polymer", (2, 3, 5), (0.95, 0.88, 0.66)),
    ("passivation", (1,), (0.42, 0.47, 0.56)),
    ("silicon", (0,), (0.80, 0.83, 0.88)),
)
# regions that are coloured by an array, its title and unit, its factor from SI
Picture = namedtuple("Picture", "name regions array title unit factor")
PICTURES = {p.name: p for p in (
    Picture("material", (), None, "materials", None, 1.0),
    Picture("work", SOLDER, "work_density", "inelastic work\nper volume\nof the solder", "MPa", 1e-6),
    Picture("strain", SOLDER, "accumulated_inelastic_strain", "accumulated\nequivalent\ninelastic strain\nof the solder",
            "%", 100.0),
    Picture("copper", COPPER, "accumulated_inelastic_strain", "accumulated\nequivalent\nplastic strain\nof the copper",
            "%", 100.0),
    Picture("mises", SOLDER, "von_mises", "von Mises stress\nin the solder", "MPa", 1e-6),
)}
DARK = [0.15, 0.15, 0.18]


def only(source, regions):
    """The cells of some regions."""
    parts = [simple.Threshold(Input=source, Scalars=["CELLS", "material"], LowerThreshold=n - 0.5, UpperThreshold=n + 0.5)
             for n in regions]
    return simple.AppendDatasets(Input=parts) if len(parts) > 1 else parts[0]


def cut(source):
    """The plane y = 0, moved a little into the body, whose face it is in a half model."""
    plane = simple.Slice(Input=source)
    plane.SliceType.Origin = [0.0, 1e-9, 0.0]
    plane.SliceType.Normal = [0.0, 1.0, 0.0]
    plane.UpdatePipeline()
    return plane if plane.GetDataInformation().GetNumberOfCells() > 0 else None


def points_of(plane):
    points = servermanager.Fetch(plane).GetPoints()
    return [points.GetPoint(i) for i in range(points.GetNumberOfPoints())]


class Joint:
    """A run: what is cut of it, at a time that can be changed."""

    def __init__(self, directory, picture):
        self.name = os.path.basename(os.path.normpath(directory))
        self.picture = picture
        self.reader = simple.OpenDataFile(os.path.join(directory, "run.hdf.series"))
        self.times = list(self.reader.TimestepValues)
        self.fields = simple.ForceTime(Input=self.reader, ForcedTime=self.times[-1])
        self.at(self.times[-1])
        self.need("material", picture.array)
        self.outlines, self.coloured, self.plain = [], [], []
        for _, regions, colour in MATERIALS:
            shown = set(regions) <= set(picture.regions)
            for number in regions:
                self.add((number,), None if shown else colour)

    def need(self, *arrays):
        for name in arrays:
            if name and self.fields.CellData.GetArray(name) is None:
                sys.exit("render: the fields of %s hold no %s; see output.quantities in its case" % (self.name, name))

    def add(self, regions, colour):
        """The cut of a region with its outline, drawn in a colour or (None) by its values."""
        part = only(self.fields, regions)
        outline = cut(simple.ExtractSurface(Input=part))
        if outline is None:
            return
        self.outlines.append(outline)
        if colour:
            self.plain.append((cut(part), colour))
            return
        shown = simple.Calculator(Input=part, ResultArrayName=self.picture.name, AttributeType="Cell Data",
                                  Function="%g*%s" % (self.picture.factor, self.picture.array))
        self.coloured.append(cut(simple.CellDatatoPointData(Input=shown)))

    def at(self, time):
        """Moves to the stored step that is nearest."""
        self.time = min(self.times, key=lambda t: abs(t - time))
        self.fields.ForcedTime = self.time
        self.fields.UpdatePipeline()
        temperature = self.fields.PointData.GetArray("temperature")
        self.kelvin = temperature.GetRange(0)[0] if temperature else None

    def moment(self):
        after = "after %.0f min" % (self.time / 60.0)
        return after if self.kelvin is None else "%.0f \u00b0C %s" % (self.kelvin - 273.15, after)

    def values(self):
        found = []
        for plane in self.coloured:
            plane.UpdatePipeline()
            array = servermanager.Fetch(plane).GetPointData().GetArray(self.picture.name)
            found += [array.GetTuple1(i) for i in range(array.GetNumberOfTuples())]
        return found

    def heights(self):
        """Lowest and highest z of the solder."""
        return cut(only(self.fields, SOLDER)).GetDataInformation().GetBounds()[4:6]

    def pad_edge(self):
        """x and z of the upper edge of the hole in the uppermost dielectric, on the right: there the free surface of the
        solder ends."""
        at = points_of(cut(only(self.fields, (DIELECTRIC3,))))
        x = min(p[0] for p in at if p[0] > 0.0)
        return x, max(p[2] for p in at if p[0] > 0.0 and p[0] < x + 1e-7)


def scale_end(values):
    """Upper end of the scale: exceeded by one value in two hundred, two digits."""
    values = sorted(values)
    end = values[int(0.995 * (len(values) - 1))] if values else 0.0
    if end <= 0.0:
        return 1.0
    step = 10.0 ** (math.floor(math.log10(end)) - 1)
    return step * math.ceil(end / step)


def common_window(joints):
    """x and z of the centre and half the height of what shows the solder of every joint, m."""
    heights = [joint.heights() for joint in joints]
    low, high = min(h[0] for h in heights), max(h[1] for h in heights)
    return 0.0, 0.5 * (low + high), 0.75 * (high - low)


def new_view(size, layout, place):
    view = simple.CreateView("RenderView")
    view.ViewSize = size
    view.OrientationAxesVisibility = 0
    view.UseColorPaletteForBackground = 0
    view.Background = [1.0, 1.0, 1.0]
    layout.AssignView(place, view)
    return view


def write(view, text, x, y, size=20, bold=0):
    source = simple.Text(Text=text)
    shown = simple.Show(source, view)
    shown.WindowLocation = "Any Location"
    shown.Position = [x, y]
    shown.FontSize = size
    shown.Bold = bold
    shown.Color = DARK
    return source


def draw_line(view, source, width):
    shown = simple.Show(source, view)
    shown.AmbientColor = shown.DiffuseColor = DARK
    shown.Ambient, shown.Diffuse = 1.0, 0.0
    shown.LineWidth = width


def draw_scale_bar(view, window, length):
    """A length at the lower right; window is x, z of the centre and half the height, m."""
    x, z, half = window
    right = x + half * WIDTH / HEIGHT * 0.94
    low = z - 0.88 * half
    bar = simple.Line(Point1=[right - length, -1e-4, low], Point2=[right, -1e-4, low])
    draw_line(view, bar, 5.0)
    middle = 0.5 + (right - 0.5 * length - x) / (2.0 * half * WIDTH / HEIGHT)
    write(view, "%g \u00b5m" % (length * 1e6), middle - 0.05, 0.075, 18)


def draw_joint(view, joint, table, window, bar):
    for plane, colour in joint.plain:
        shown = simple.Show(plane, view)
        shown.ColorArrayName = ["POINTS", ""]
        shown.AmbientColor = shown.DiffuseColor = list(colour)
        shown.Ambient, shown.Diffuse, shown.Specular = 1.0, 0.0, 0.0
    for plane in joint.coloured:
        shown = simple.Show(plane, view)
        simple.ColorBy(shown, ("POINTS", joint.picture.name))
        shown.LookupTable = table
        shown.Ambient, shown.Diffuse, shown.Specular = 1.0, 0.0, 0.0
        shown.SetScalarBarVisibility(view, False)
    for lines in joint.outlines:
        draw_line(view, lines, 1.2)
    view.CameraParallelProjection = 1
    view.CameraFocalPoint = [window[0], 0.0, window[1]]
    view.CameraPosition = [window[0], -0.01, window[1]]
    view.CameraViewUp = [0.0, 0.0, 1.0]
    view.CameraParallelScale = window[2]
    draw_scale_bar(view, window, bar)


def put_bar(view, table, low, length):
    bar = simple.GetScalarBar(table, view)
    bar.Title, bar.ComponentTitle = "", ""
    bar.WindowLocation = "Any Location"
    bar.Position, bar.ScalarBarLength = [0.12, low], length
    bar.ScalarBarThickness = 28
    bar.LabelFontSize, bar.LabelColor = 18, DARK
    bar.Visibility = 1
    return bar


def draw_scale(view, table, picture):
    write(view, "%s\n(%s)" % (picture.title, picture.unit), 0.08, 0.78, 20)
    bar = put_bar(view, table, 0.11, 0.62)
    bar.AutomaticLabelFormat, bar.LabelFormat, bar.RangeLabelFormat = 0, "%-#.3g", "%-#.3g"
    write(view, "brightest: this and more", 0.08, 0.03, 15)


def draw_materials(view, picture):
    table = simple.GetColorTransferFunction("legend_" + picture.name)
    table.InterpretValuesAsCategories = 1
    listed = [m for m in MATERIALS if not set(m[1]) <= set(picture.regions)]
    table.Annotations = [text for i, m in enumerate(listed) for text in (str(i), m[0])]
    table.IndexedColors = [value for m in listed for value in m[2]]
    put_bar(view, table, 0.2, 0.62).TextPosition = "Ticks left/bottom, annotations right/top"


def color_table(name):
    table = simple.GetColorTransferFunction(name)
    table.ApplyPreset("Viridis (matplotlib)", True)
    table.AutomaticRescaleRangeMode = "Never"
    return table


def make_layout(name, columns):
    """Two rows of panels and a column for the legend; returns the places [row][column]."""
    layout = simple.CreateLayout(name)
    layout.SetSize(columns * WIDTH + LEGEND, 2 * HEIGHT)
    place = [[0] * (columns + 1), [0] * (columns + 1)]
    cells = {0: layout.SplitVertical(0, 0.5)}
    for row, cell in ((0, cells[0]), (1, cells[0] + 1)):
        left = columns * WIDTH + LEGEND
        for column in range(columns):
            cell = layout.SplitHorizontal(cell, WIDTH / left)
            place[row][column] = cell
            cell += 1
            left -= WIDTH
        place[row][columns] = cell
    return layout, place


class Page:
    """Joints side by side: above the whole joint, below the edge of the package-side pad, enlarged."""

    def __init__(self, directories, picture):
        self.joints = [Joint(d, picture) for d in directories]
        self.table = color_table(picture.name)
        self.layout, place = make_layout(picture.name, len(self.joints))
        self.moments = []
        window = common_window(self.joints)
        for column, joint in enumerate(self.joints):
            whole = new_view([WIDTH, HEIGHT], self.layout, place[0][column])
            draw_joint(whole, joint, self.table, window, 1e-4)
            write(whole, joint.name, 0.03, 0.935, 26, 1)
            if picture.array:
                self.moments.append(write(whole, joint.moment(), 0.66, 0.94, 18))
            close = new_view([WIDTH, HEIGHT], self.layout, place[1][column])
            x, z = joint.pad_edge()
            draw_joint(close, joint, self.table, (x - 30e-6, z + 4e-6, 36e-6), 1e-5)
        upper, lower = (new_view([LEGEND, HEIGHT], self.layout, row[-1]) for row in place)
        if picture.array:
            draw_scale(upper, self.table, picture)
        draw_materials(lower if picture.array else upper, picture)

    def at(self, time):
        for joint in self.joints:
            joint.at(time)
        for text, joint in zip(self.moments, self.joints):
            text.Text = joint.moment()

    def values(self):
        return [v for joint in self.joints for v in joint.values()]

    def save(self, path, end):
        """end: of the scale."""
        self.table.RescaleTransferFunction(0.0, end)
        size = [len(self.joints) * WIDTH + LEGEND, 2 * HEIGHT]
        simple.SaveScreenshot(path, self.layout, SeparatorWidth=6, SeparatorColor=[1.0, 1.0, 1.0], ImageResolution=size)
