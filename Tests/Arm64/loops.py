"""The innermost loops of products: what they are made of, read from the machine code.

    python3 Tests/Arm64/loops.py OBJDUMP OBJECT

A loop is what lies between a branch backwards and its target. Those with multiply-adds are listed; none may call anything, and
none may keep sums in memory.
"""

import re
import subprocess
import sys

text = subprocess.run([sys.argv[1], "-d", "--no-show-raw-insn", sys.argv[2]], capture_output=True, text=True, check=True).stdout
code = [(int(place, 16), word, rest) for place, word, rest in
        re.findall(r"^\s*([0-9a-f]+):\s+(\S+)[ \t]*(.*)$", text, re.M)]
loops, faults = [], 0
for number, (place, word, rest) in enumerate(code):
    target = re.search(r"0x([0-9a-f]+)", rest)
    if not (word.startswith("b.") or word in ("b", "cbz", "cbnz", "tbz", "tbnz")) or not target:
        continue
    start = int(target.group(1), 16)
    if start > place:
        continue
    body = [line for line in code[: number + 1] if line[0] >= start]
    adds = sum(line[1] == "fmla" for line in body)
    # Innermost: no other branch backwards within.
    inner = any(line[1].startswith("b.") and (hit := re.search(r"0x([0-9a-f]+)", line[2]))
                and start < int(hit.group(1), 16) <= line[0] for line in body[:-1])
    if adds and not inner:
        loops.append((adds, len(body), [line for line in body]))
for adds, length, body in sorted(loops, key=lambda loop: -loop[0]):
    calls = [line for line in body if line[1] in ("bl", "blr")]
    spills = [line for line in body if "[sp" in line[2] or line[1].startswith("st")]
    faults += bool(calls or spills)
    loads = sum(line[1].startswith("ld") for line in body)
    print(f"a loop of {length} instructions: {adds} fmla, {loads} loads, {len(spills)} stores, {len(calls)} calls")
if not loops or faults:
    sys.exit("products are not loops of multiply-adds" if not loops else f"{faults} loops call or store")
