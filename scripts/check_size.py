#!/usr/bin/python3
"""Files and functions stay small enough to be read at one go.

The limits of functions are those of .clang-tidy, so that they stand in one place; clang-tidy counts arguments and sees
the library's sources only, this check sees the tests too.
"""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE_LINES, TEST_LINES = 320, 550
EXCEPTIONS = {}  # path -> (lines allowed, reason)
FOLDERS = {"solver": SOURCE_LINES, "mesh": SOURCE_LINES, "materials": SOURCE_LINES, "scripts": SOURCE_LINES, "tests": TEST_LINES}
SUFFIXES = (".c", ".h", ".py", ".sh", "")
problems = []


def report(path, line, text):
    problems.append(f"{path.relative_to(ROOT)}:{line}: {text}")


def function_limit():
    text = (ROOT / ".clang-tidy").read_text()
    return int(re.search(r"readability-function-size\.LineThreshold,\s*value:\s*(\d+)", text)[1])


def check_file(path, lines, limit):
    allowed, reason = EXCEPTIONS.get(str(path.relative_to(ROOT)), (limit, "the budget of its folder"))
    if len(lines) > allowed:
        report(path, allowed + 1, f"{len(lines)} lines, more than {allowed} ({reason}); split it")


def functions(lines):
    """First line and length of each function: clang-format starts its definition and its closing brace in column 1."""
    start, head = None, ""
    for number, line in enumerate(lines, 1):
        if start is None and re.match(r"[A-Za-z_]", line):
            start, head = number, line
        elif start is not None:
            head += " " + line.strip()
        if start is None:
            continue
        if line.startswith("}"):
            if re.match(r"[^={;]*\)\s*\{", head):
                yield start, number - start + 1
            start = None
        elif line.rstrip().endswith(";") and "{" not in head:
            start = None


def check_functions(path, lines, limit):
    for start, length in functions(lines):
        if length > limit:
            report(path, start, f"function of {length} lines, more than {limit}; split it")


def main():
    limit = function_limit()
    for folder, budget in FOLDERS.items():
        for path in sorted((ROOT / folder).rglob("*")):
            if not path.is_file() or path.suffix not in SUFFIXES or "__pycache__" in path.parts:
                continue
            lines = path.read_text().splitlines()
            check_file(path, lines, budget)
            if path.suffix == ".c":
                check_functions(path, lines, limit)
    print("\n".join(problems), end="\n" if problems else "")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
