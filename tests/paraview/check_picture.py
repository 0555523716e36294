"""Looks at a picture of scripts/render of one run: its size, and that something is on it.

    check_picture.py FILE.png
"""
import struct
import sys
import zlib

with open(sys.argv[1], "rb") as file:
    data = file.read()
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
