#!/usr/bin/env python3
"""NAFEMS LE11, cylinder, taper and sphere: a quarter of the body of revolution, MSH 2.2, lengths in m, with the temperature at
its nodes. nafems-le11.msh: hex20 2, -wedge15: wedge15 2, -tet10: tet10 2; 1 is coarse.

    nafems-le11.py KIND N > FILE
"""
import itertools
import math
import sys

KIND, N = sys.argv[1], int(sys.argv[2])
ROUND, ALONG, ACROSS = 3 * N, (4 * N, 2 * N, N), 2 * N  # cells around the axis, along sphere, taper and cylinder, across
GRADE = 1.5  # cells are smaller towards A, where the sphere's inner wall meets z = 0
GMSH = {"hex20": 17, "wedge15": 18, "tet10": 11, "quad8": 16, "tri6": 9}
# corners of the cell's edges in Gmsh's order of its middle nodes
EDGES = {"hex20": [(0, 1), (0, 3), (0, 4), (1, 2), (1, 5), (2, 3), (2, 6), (3, 7), (4, 5), (4, 7), (5, 6), (6, 7)],
         "wedge15": [(0, 1), (0, 2), (0, 3), (1, 2), (1, 4), (2, 5), (3, 4), (3, 5), (4, 5)],
         "tet10": [(0, 1), (1, 2), (2, 0), (3, 0), (2, 3), (1, 3)],
         "quad8": [(0, 1), (1, 2), (2, 3), (3, 0)], "tri6": [(0, 1), (1, 2), (2, 0)]}


def wall(u, outer):
    """(r, z) on the inner or outer wall: u from 0 to 1 on the sphere, to 2 on the taper, to 3 on the cylinder."""
    if u <= 1:
        radius, end = (1.4, math.pi / 6) if outer else (1.0, math.pi / 4)
        return radius * math.cos(u * end), radius * math.sin(u * end)
    low, high = (((1.4 * math.cos(math.pi / 6), 0.7), (1.0, 1.39)) if outer else
                 ((math.sqrt(0.5), math.sqrt(0.5)), (math.sqrt(0.5), 1.39)))
    if u <= 2:
        return tuple(a + (u - 1) * (b - a) for a, b in zip(low, high))
    return high[0], 1.39 + (u - 2) * 0.4


def between(share, c):
    """At c halves of cells: middles are half-way between corners."""
    return 0.5 * (share(c // 2) + share((c + 1) // 2))


def along(j):
    before = 0
    for part, n in enumerate(ALONG):
        if j <= before + n:
            share = (j - before) / n
            return part + (share ** GRADE if part == 0 else share)
        before += n


def place(p):
    """Of a point of the lattice, in halves of cells: across, along, around."""
    i, j, k = p
    u, s = between(along, j), between(lambda c: (c / ACROSS) ** GRADE, i)
    (r0, z0), (r1, z1) = wall(u, False), wall(u, True)
    turn = 0.25 * math.pi * k / ROUND
    r, z = r0 + s * (r1 - r0), z0 + s * (z1 - z0)
    return r * math.cos(turn), r * math.sin(turn), z


tags = {}


def tag(p):
    return tags.setdefault(p, len(tags) + 1)


def with_middles(kind, corner):
    return [tag(p) for p in corner] + [tag(tuple((a + b) // 2 for a, b in zip(corner[m], corner[n]))) for m, n in EDGES[kind]]


def cells():
    for k, j, i in itertools.product(range(ROUND), range(sum(ALONG)), range(ACROSS)):
        box = [(2 * (i + a), 2 * (j + b), 2 * (k + c)) for c in (0, 1) for a, b in ((0, 0), (1, 0), (1, 1), (0, 1))]
        box = box[4:] + box[:4]  # around the axis, y points against across x along
        if KIND == "hex20":
            yield box
        elif KIND == "wedge15":
            yield [box[n] for n in (0, 1, 2, 4, 5, 6)]
            yield [box[n] for n in (0, 2, 3, 4, 6, 7)]
        else:  # six tetrahedra around the diagonal, alike in all boxes
            low = (2 * i, 2 * j, 2 * k)
            for order in itertools.permutations(range(3)):
                way = [low]
                for d in order:
                    way.append(tuple(c + 2 * (n == d) for n, c in enumerate(way[-1])))
                even = order in ((0, 1, 2), (1, 2, 0), (2, 0, 1))
                yield way if not even else [way[0], way[2], way[1], way[3]]


def faces(corner):
    """Faces of a cell on the planes of the body: 0 y = 0, 1 x = 0, 2 z = 0, 3 the cylinder's end."""
    for plane, (d, end) in enumerate(((2, 0), (2, 2 * ROUND), (1, 0), (1, 2 * sum(ALONG)))):
        face = [p for p in corner if p[d] == end]
        if len(face) == 4:  # around
            a, b = [e for e in range(3) if e != d]
            low = min(p[a] for p in face), min(p[b] for p in face)
            face.sort(key=lambda p: ((p[a] > low[0]) ^ (p[b] > low[1])) + 2 * (p[b] > low[1]))
        if len(face) > 2:
            yield plane, face


NAMES = ("along_x", "along_y", "bottom", "top")
elements = []
for corner in cells():
    elements.append((GMSH[KIND], 10, with_middles(KIND, corner)))
    for plane, face in faces(corner):
        kind = "quad8" if len(face) == 4 else "tri6"
        elements.append((GMSH[kind], 1 + plane, with_middles(kind, face)))
places = {n: place(p) for p, n in tags.items()}
print("$MeshFormat\n2.2 0 8\n$EndMeshFormat\n$PhysicalNames\n5")
for n, name in enumerate(NAMES):
    print(f'2 {1 + n} "{name}"')
print(f'3 10 "body"\n$EndPhysicalNames\n$Nodes\n{len(places)}')
for n, p in places.items():
    print(n, *(f"{c:.10g}" for c in p))
print(f"$EndNodes\n$Elements\n{len(elements)}")
for n, (kind, group, nodes) in enumerate(elements):
    print(1 + n, kind, 2, group, group, *nodes)
print(f'$EndElements\n$NodeData\n1\n"temperature"\n1\n0\n3\n0\n1\n{len(places)}')
for n, (x, y, z) in places.items():
    print(n, f"{math.hypot(x, y) + z:.10g}")
print("$EndNodeData")
