#!/usr/bin/env bash
# Compiles step kernels to ARM64 code on an x64 machine and reads the code with llvm-mca: cycles per step as a model of the core sees
# them, beside limits of the core. Prints a table in Markdown. It installs nothing; nothing is executed on ARM64.
set -u
cd -- "$(dirname -- "${BASH_SOURCE[0]}")" || exit 1

if [[ $# -gt 0 ]]; then
    cat >&2 <<'END'
usage: bench/arm64/report.sh
Environment: LLVM_SUFFIX (-19 takes llvm-mca-19 and llvm-objdump-19; default: llvm-mca and llvm-objdump).
Exit status: 0 done, 1 something failed, 2 wrong usage, 3 skipped because something is not installed.
END
    exit 2
fi

missing() {  # what to install
    echo "missing: $1 (skipped: the report on ARM64; see bench/README.md)" >&2
    exit 3
}

failed() {
    echo "failed: $1" >&2
    exit 1
}

command -v dotnet > /dev/null || missing "dotnet, the .NET 10 SDK"
[[ $(uname -sm) == 'Linux x86_64' ]] || missing "Linux on x64, which the compiler package is for"
for tool in "llvm-mca${LLVM_SUFFIX:-}" "llvm-objdump${LLVM_SUFFIX:-}"; do
    command -v "$tool" > /dev/null || missing "$tool (package llvm, or llvm-19 with LLVM_SUFFIX=-19)"
done
"llvm-objdump${LLVM_SUFFIX:-}" --version | grep -qw aarch64 || missing "llvm-objdump${LLVM_SUFFIX:-} that can read aarch64"

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
out=$(dirname "$PWD")/out/arm64
mkdir -p "$out"

# ---- the kernels

echo "== building" >&2
for project in Kernels Report; do
    dotnet build $project -c Release -v quiet -nologo --artifacts-path "$out/dotnet" >&2 || failed "building $project"
done
kernels=$out/dotnet/bin/Kernels/release
report=$out/dotnet/bin/Report/release/NanoRnn.Arm64.Report.dll

# ---- the table

echo "== compiling for ARM64" >&2
dotnet "$report" ../../tools/arm64/Ilc "$kernels/Kernels.dll" "$out" > "$out/rows.md" || exit
{
    echo "- $(date -u +%Y-%m-%d), NanoRnn commit $(git rev-parse --short HEAD 2> /dev/null || echo unknown)," \
        "ilc $(dotnet msbuild ../../tools/arm64/Ilc -getProperty:IlcVersion)," \
        "$("llvm-mca${LLVM_SUFFIX:-}" --version | sed -n 's/.*\(LLVM version .*\)/\1/p')"
    cat "$out/rows.md"
} > "$out/table.md"
cat "$out/table.md"
