"""Draws finished runs side by side, cut along the mirror plane y = 0 (see scripts/render).

Above the whole joint, below the edge of the package-side pad, enlarged. The solder is coloured by
one quantity on a scale common to all runs; values of cells are averaged to nodes inside the solder
only. The scale ends where one value in two hundred of the cut lies beyond it: at the corner of the
pad the values have no limit, they grow with every finer mesh.
"""
import argparse
import math
import os
import sys

from paraview import servermanager, simple
from vtkmodules.vtkCommonCore import vtkLogger

vtkLogger.SetStderrVerbosity(vtkLogger.VERBOSITY_WARNING)

WIDTH, HEIGHT, LEGEND = 820, 620, 300  # px of a panel and of the legend
SOLDER, DIELECTRIC3 = 6, 5  # numbers of regions, docs/results.md
MATERIALS = (
    # name in the legend, numbers of its regions, colour
    ("board", (9,), (0.80, 0.85, 0.76)),
    ("solder mask", (8,), (0.55, 0.70, 0.55)),
    ("copper", (4, 7), (0.80, 0.56, 0.38)),
    ("polymer", (2, 3, 5), (0.95, 0.88, 0.66)),
    ("passivation", (1,), (0.42, 0.47, 0.56)),
    ("silicon", (0,), (0.80, 0.83, 0.88)),
)
QUANTITIES = {  # array: title, unit, factor from SI
    "accumulated_inelastic_strain": ("accumulated\ninelastic strain", "%", 100.0),
    "work_density": ("inelastic work\nper volume", "MPa", 1e-6),
    "von_mises": ("von Mises stress", "MPa", 1e-6),
}
DARK = [0.15, 0.15, 0.18]


def arguments():
    parser = argparse.ArgumentParser(prog="render", description=__doc__.split("\n")[0])
    parser.add_argument("dir", nargs="+", help="results of a run")
    parser.add_argument("-o", "--out", required=True, metavar="FILE.png")
    parser.add_argument("-q", "--quantity", choices=sorted(QUANTITIES),
                        default="accumulated_inelastic_strain")
    parser.add_argument("-t", "--time", type=float, help="s; default is the last step")
    return parser.parse_args()


def only(source, region):
    return simple.Threshold(Input=source, Scalars=["CELLS", "material"],
                            LowerThreshold=region - 0.5, UpperThreshold=region + 0.5)


def cut(source):
    """The plane y = 0, moved a little into the body, whose face it is in a half model."""
    plane = simple.Slice(Input=source)
    plane.SliceType.Origin = [0.0, 1e-9, 0.0]
    plane.SliceType.Normal = [0.0, 1.0, 0.0]
    return plane


def outline(region):
    """Lines in which the cut meets the region's surface."""
    return cut(simple.ExtractSurface(Input=region))


class Joint:
    """One run at one time: the cuts to draw, and where to look."""

    def __init__(self, directory, quantity, time):
        series = os.path.join(directory, "run.hdf.series")
        if not os.path.exists(series):
            sys.exit("render: %s has no fields (run.hdf.series)" % directory)
        self.name = os.path.basename(os.path.normpath(directory))
        reader = simple.OpenDataFile(series)
        times = list(reader.TimestepValues)
        self.time = times[-1] if time is None else min(times, key=lambda t: abs(t - time))
        self.fields = simple.ForceTime(Input=reader, ForcedTime=self.time)
        self.fields.UpdatePipeline()
        self.kelvin = self.fields.PointData["temperature"].GetRange(0)[0]
        factor = QUANTITIES[quantity][2]
        solder = only(self.fields, SOLDER)
        shown = simple.Calculator(Input=solder, ResultArrayName="shown",
                                  AttributeType="Cell Data", Function="%g*%s" % (factor, quantity))
        self.solder = cut(simple.CellDatatoPointData(Input=shown))
        self.solder.UpdatePipeline()
        self.outlines = [outline(solder)]
        self.others = [self.material(numbers) for _, numbers, _ in MATERIALS]

    def material(self, numbers):
        """Cut through the regions of a material, None where there are none."""
        parts = [only(self.fields, n) for n in numbers]
        group = simple.AppendDatasets(Input=parts) if len(parts) > 1 else parts[0]
        plane = cut(group)
        plane.UpdatePipeline()
        if plane.GetDataInformation().GetNumberOfCells() == 0:
            return None
        self.outlines += [outline(part) for part in parts]
        return plane

    def values(self):
        array = servermanager.Fetch(self.solder).GetPointData().GetArray("shown")
        return [array.GetTuple1(i) for i in range(array.GetNumberOfTuples())]

    def pad_edge(self):
        """x and z of the upper edge of the hole in the uppermost dielectric, on the right: there the
        free surface of the solder ends."""
        hole = cut(only(self.fields, DIELECTRIC3))
        hole.UpdatePipeline()
        points = servermanager.Fetch(hole).GetPoints()
        at = [points.GetPoint(i) for i in range(points.GetNumberOfPoints())]
        x = min(p[0] for p in at if p[0] > 0.0)
        return x, max(p[2] for p in at if p[0] > 0.0 and p[0] < x + 1e-7)


def common_end(joints):
    """Upper end of the scale: exceeded by one value in two hundred, two digits."""
    values = sorted(v for joint in joints for v in joint.values())
    end = values[int(0.995 * (len(values) - 1))]
    if end <= 0.0:
        return 1.0
    step = 10.0 ** (math.floor(math.log10(end)) - 1)
    return step * math.ceil(end / step)


def common_window(joints):
    """x and z of the centre and half the height of what shows the solder of every joint, m."""
    bounds = [joint.solder.GetDataInformation().GetBounds() for joint in joints]
    low, high = min(b[4] for b in bounds), max(b[5] for b in bounds)
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
    for plane, (_, _, colour) in zip(joint.others, MATERIALS):
        if plane is None:
            continue
        shown = simple.Show(plane, view)
        shown.ColorArrayName = ["POINTS", ""]
        shown.AmbientColor = shown.DiffuseColor = list(colour)
        shown.Ambient, shown.Diffuse, shown.Specular = 1.0, 0.0, 0.0
    shown = simple.Show(joint.solder, view)
    simple.ColorBy(shown, ("POINTS", "shown"))
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


def draw_scale(view, table, quantity):
    title, unit, _ = QUANTITIES[quantity]
    write(view, "%s\n(%s)" % (title, unit), 0.08, 0.84, 20)
    bar = simple.GetScalarBar(table, view)
    bar.Title, bar.ComponentTitle = "", ""
    bar.WindowLocation = "Any Location"
    bar.Position, bar.ScalarBarLength = [0.12, 0.08], 0.7
    bar.ScalarBarThickness = 28
    bar.LabelFontSize, bar.LabelColor = 18, DARK
    bar.AutomaticLabelFormat, bar.LabelFormat, bar.RangeLabelFormat = 0, "%-#.3g", "%-#.3g"
    bar.Visibility = 1


def draw_materials(view):
    table = simple.GetColorTransferFunction("legend")
    table.InterpretValuesAsCategories = 1
    names, colours = [], []
    for i, (name, _, colour) in enumerate(MATERIALS):
        names += [str(i), name]
        colours += list(colour)
    table.Annotations = names
    table.IndexedColors = colours
    bar = simple.GetScalarBar(table, view)
    bar.Title, bar.ComponentTitle = "", ""
    bar.WindowLocation = "Any Location"
    bar.Position, bar.ScalarBarLength = [0.12, 0.2], 0.62
    bar.ScalarBarThickness = 28
    bar.LabelFontSize, bar.LabelColor = 18, DARK
    bar.TextPosition = "Ticks left/bottom, annotations right/top"
    bar.Visibility = 1


def color_table(end):
    table = simple.GetColorTransferFunction("shown")
    table.ApplyPreset("Viridis (matplotlib)", True)
    table.RescaleTransferFunction(0.0, end)
    table.AutomaticRescaleRangeMode = "Never"
    return table


def make_layout(columns):
    """Two rows of panels and a column for the legend; returns the places [row][column]."""
    layout = simple.CreateLayout("picture")
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


def main():
    wanted = arguments()
    joints = [Joint(d, wanted.quantity, wanted.time) for d in wanted.dir]
    end = common_end(joints)
    table = color_table(end)
    layout, place = make_layout(len(joints))
    window = common_window(joints)
    for column, joint in enumerate(joints):
        whole = new_view([WIDTH, HEIGHT], layout, place[0][column])
        draw_joint(whole, joint, table, window, 1e-4)
        write(whole, joint.name, 0.03, 0.935, 26, 1)
        write(whole, "%.0f \u00b0C after %.0f min" % (joint.kelvin - 273.15, joint.time / 60.0),
              0.66, 0.94, 18)
        close = new_view([WIDTH, HEIGHT], layout, place[1][column])
        x, z = joint.pad_edge()
        draw_joint(close, joint, table, (x - 30e-6, z + 4e-6, 36e-6), 1e-5)
    table.RescaleTransferFunction(0.0, end)
    draw_scale(new_view([LEGEND, HEIGHT], layout, place[0][-1]), table, wanted.quantity)
    draw_materials(new_view([LEGEND, HEIGHT], layout, place[1][-1]))
    simple.SaveScreenshot(wanted.out, layout, SeparatorWidth=6, SeparatorColor=[1.0, 1.0, 1.0],
                          ImageResolution=[len(joints) * WIDTH + LEGEND, 2 * HEIGHT])


main()
