#!/usr/bin/env bash
# Compiles the kernels for arm64 and shows that their innermost loops are multiply-adds and nothing else; with an emulator
# it runs them too, beside the same program for this processor, which must print the same.
#
#   Tests/Arm64/check.sh FOLDER      (make arm64)
#
# Embedded Swift is part of the toolchain for either processor, so no other system's libraries are needed; what needs an
# operating system (threads, files, plans) is left out.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$1
mkdir -p "$folder"
swiftc=${SWIFTC:-swiftc}
tools=$(dirname "$(readlink -f "$(command -v "$swiftc")")")
# A launcher of toolchains lies elsewhere than their tools.
tool() { if [ -x "$tools/$1" ]; then echo "$tools/$1"; else command -v "$1"; fi; }
kernels="Vector Transcendental Exponentials Philox Reductions SumTree DepthwiseTaps Pairs ImageShifts LastAxis Windows \
  OptimizerSteps Elementwise PatchMatrix CorrectlyRounded RadixSort Buffer HostCheck Stage Tiling Resampler RandomFill \
  StepClock PointwiseProgram"
sources="Products/Definition Products/Factor Products/Packing Products/Products Products/Lanes Shape Random \
  Operations/ConvolutionGeometry Operations/AxisMap"
files=$(for name in $sources $(printf 'Kernels/%s ' $kernels); do echo "Sources/Compute/$name.swift"; done)

# build TRIPLE OUT [FLAGS]
build() {
  local triple=$1 out=$2
  shift 2
  mkdir -p "$out"
  local flags=(-enable-experimental-feature Embedded -target "$triple" -swift-version 6 -wmo -O -parse-as-library
    -package-name gan_exp -Xcc -ffreestanding -I "$out" -I Sources/CHost -I Tests/Arm64/Glibc "$@")
  for width in 8 16; do
    "$swiftc" "${flags[@]}" -module-name ProductTiles$width -emit-module -emit-module-path "$out/ProductTiles$width.swiftmodule" \
      -emit-object -o "$out/tiles$width.o" Sources/ProductTiles$width/*.swift
  done
  # shellcheck disable=SC2086
  "$swiftc" "${flags[@]}" -module-name Compute -emit-object -o "$out/compute.o" $files Tests/Arm64/*.swift
  "$(tool clang)" --target="$triple" -ffreestanding -nostdlib -O1 -c Tests/Arm64/freestanding.c -o "$out/freestanding.o"
  "$(tool ld.lld)" -static "$out"/*.o -o "$out/check"
}

build aarch64-none-none-elf "$folder/arm64"
python3 Tests/Arm64/loops.py "$(tool llvm-objdump)" "$folder/arm64/tiles8.o"

emulator=$(command -v qemu-aarch64-static || command -v qemu-aarch64 || true)
if [ "$(uname -m)" = aarch64 ]; then emulator=env; fi
if [ -z "$emulator" ]; then
  echo "compiled for arm64, and not run: there is no emulator (apt-get install qemu-user-static)"
  exit 0
fi
"$emulator" "$folder/arm64/check" >"$folder/arm64.txt"
build x86_64-unknown-none-elf "$folder/x86-64" -Xcc -march=x86-64-v3
"$folder/x86-64/check" >"$folder/x86-64.txt"
cat "$folder/arm64.txt"
diff "$folder/arm64.txt" "$folder/x86-64.txt"
echo "the same bits on arm64 (run by $(basename "$emulator")) and x86-64"
