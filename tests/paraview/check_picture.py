"""Looks at a picture of scripts/render of one run: its size, and that something is on it. Of a movie, of half the size,
it counts the frames: the run has two steps.

    check_picture.py FILE.png|FILE.gif
"""
import struct
import sys
import zlib

with open(sys.argv[1], "rb") as file:
    data = file.read()
if sys.argv[1].endswith(".gif"):
    width, height = struct.unpack("<HH", data[6:10])
    # each frame has a block of control, 21 F9 04, before its image
    frames = data.count(b"\x21\xf9\x04")
    if (data[:6], width, height, frames) != (b"GIF89a", (820 + 300) // 2, 620, 2):
        sys.exit("begins with %s, size %d x %d, %d frames" % (data[:6], width, height, frames))
    sys.exit(0)
if data[:8] != b"\x89PNG\r\n\x1a\n":
    sys.exit("no PNG")
width, height, depth, kind = struct.unpack(">IIBB", data[16:26])
if (width, height, depth, kind) != (820 + 300, 2 * 620, 8, 2):
    sys.exit("size or type is %s" % ((width, height, depth, kind),))
pixels, at = b"", 8
while at < len(data):
    length, name = struct.unpack(">I4s", data[at:at + 8])
    if name == b"IDAT":
        pixels += data[at + 8:at + 8 + length]
    at += 12 + length
rows = zlib.decompress(pixels)
stride = 3 * width + 1
different = len({rows[i:i + stride] for i in range(0, len(rows), stride)})
# an empty page has a handful of different rows
if different < height // 4:
    sys.exit("only %d different rows of pixels" % different)
print("%d different rows of pixels" % different)
