#!/usr/bin/env bash
# Publishes samples/Edge for each level of x64 processor, and its forecasts alone, and prints sizes, start-up, memory and time per value.
#   run.sh [FOLDER]      where to publish (default artifacts/edge)
# v4 needs a processor with AVX-512, and all need clang or gcc.
set -euo pipefail
root=$(git -C "$(dirname "$0")" rev-parse --show-toplevel)
folder=${1:-$root/artifacts/edge}

publish() { # project, level, name
  dotnet publish "$1" -c Release -r linux-x64 -p:NanoRnnCpu="$2" --artifacts-path "$folder/build/$3" -o "$folder/$3" -v quiet >&2
}

publish "$root/samples/Edge" baseline baseline
publish "$root/samples/Edge" v3 v3
publish "$root/tests/NanoRnn.Aot.Inference" v3 inference
binaries=("edge baseline=$folder/baseline/edge" "edge v3=$folder/v3/edge")
if grep -q avx512vl /proc/cpuinfo; then
  publish "$root/samples/Edge" v4 v4
  binaries+=("edge v4=$folder/v4/edge")
fi
binaries+=("forecasts alone, v3=$folder/inference/inference")

grep -m 1 'model name' /proc/cpuinfo
dotnet build "$root/bench/edge/Figures" -c Release -v quiet >&2
dotnet run -c Release --no-build --project "$root/bench/edge/Figures" -- "${binaries[@]}"
