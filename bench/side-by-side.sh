#!/usr/bin/env bash
# Measures NanoRnn beside other libraries: one run, one core, one thread, the same weights. Prints a table in Markdown.
# It installs nothing; bench/peers/README.md says what it can use.
set -u
started_in=$PWD
cd -- "$(dirname -- "${BASH_SOURCE[0]}")" || exit 1

usage() {
    cat >&2 <<'END'
usage: bench/side-by-side.sh [infer|train|limits|all] [--core N] [--width 512|256|128] [--peer COMMAND]...
  --core N        the core to run on (default: the first allowed one)
  --width BITS    the widest vectors NanoRnn may use; 128 takes fused multiply-add away as well, on x64
  --peer COMMAND  a further program, called with infer or train and a folder of models; see bench/peers/README.md
Environment: PEERS_PYTHON (a python3 that has torch), NODE_PATH.
Exit status: 0 all measured, 1 something failed, 2 wrong usage, 3 something was skipped because it is not installed.
END
    exit 2
}

mode=all
core=
width=
further_peers=()
while [[ $# -gt 0 ]]; do
    case $1 in
        infer | train | limits | all) mode=$1; shift ;;
        --core | --width | --peer)
            [[ $# -ge 2 ]] || usage
            case $1 in
                --core) core=$2 ;;
                --width) width=$2 ;;
                --peer) further_peers+=("$2") ;;
            esac
            shift 2 ;;
        *) usage ;;
    esac
done

width_note=
width_setting=()
case $width in
    '') ;;
    512) width_note='at most 512 bits' ;;
    256) width_note='at most 256 bits (DOTNET_EnableAVX512=0)'; width_setting=(DOTNET_EnableAVX512=0) ;;
    128)
        width_note='at most 128 bits (DOTNET_EnableAVX2=0)'
        [[ $(uname -m) == x86_64 ]] && width_note='at most 128 bits, without fused multiply-add (DOTNET_EnableAVX2=0)'
        width_setting=(DOTNET_EnableAVX2=0) ;;
    *) usage ;;
esac

models=$PWD/out/models
rows=out/rows.jsonl
program=NanoRnn.Benchmarks/bin/Release/net10.0/NanoRnn.Benchmarks.dll
mkdir -p out/bin
: > "$rows"
status=0

wants() { [[ $mode == all || $mode == "$1" ]]; }

missing() {  # what it stops, what to install
    echo "missing: $2 (skipped: $1; see bench/peers/README.md)" >&2
    [[ $status == 1 ]] || status=3
}

failed() {
    echo "failed: $1" >&2
    status=1
}

has_flags() {  # of the processor
    local flag
    for flag; do grep -m1 '^flags' /proc/cpuinfo | grep -qw "$flag" || return 1; done
}

# ---- one core, one thread

if ! command -v taskset > /dev/null; then
    echo "missing: taskset (util-linux)" >&2
    exit 3
fi
[[ -n $core ]] || core=$(taskset -cp $$ | sed 's/.*: *//; s/[-,].*//')
if ! taskset -c "$core" true; then exit 2; fi

# Settings of the surrounding shell must not slow anybody: an inherited OPENBLAS_CORETYPE=Haswell, for one, makes torch several
# times slower on a core with AVX-512.
for name in "${!OPENBLAS_@}" "${!ATEN_@}" "${!DNNL_@}" "${!ONEDNN_@}" "${!OMP_@}" "${!GOMP_@}" "${!DOTNET_Enable@}" "${!DOTNET_T@}"; do
    unset "$name"
done
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 PYTHONDONTWRITEBYTECODE=1
# torch's own loops use AVX2 unless told otherwise.
if has_flags avx512f avx512dq avx512bw avx512vl; then export ATEN_CPU_CAPABILITY=avx512; fi

measure() {  # name, command...
    local name=$1
    shift
    echo "== $name (core $core)" >&2
    taskset -c "$core" "$@" >> "$rows" || failed "$name"
}

# ---- what is installed

find_python() {  # torch may belong to another python3 than the first in PATH
    local candidate
    while read -r candidate; do
        if "$candidate" -c 'import numpy, torch' 2> /dev/null; then
            python=$candidate
            return 0
        fi
    done < <([[ -n ${PEERS_PYTHON:-} ]] && echo "$PEERS_PYTHON"; type -ap python3)
    return 1
}

uses_openblas() {
    "$python" -c 'import torch; a = torch.rand(64, 64); a @ a
import sys; sys.exit("openblas" not in open("/proc/self/maps").read())'
}

onednn_version() {
    printf '#include <oneapi/dnnl/dnnl_version.h>\nDNNL_VERSION_MAJOR.DNNL_VERSION_MINOR.DNNL_VERSION_PATCH\n' |
        g++ -E -P -x c++ - 2> /dev/null | tail -1 | tr -d ' '
}

echo "== building NanoRnn" >&2
if ! dotnet build NanoRnn.Benchmarks -c Release -v quiet -nologo >&2; then
    failed "building NanoRnn"
    exit $status
fi

python=
onednn=
ort=
limits=
if command -v gcc > /dev/null && command -v g++ > /dev/null; then compiler=yes; else compiler=; fi

if [[ $mode != limits ]]; then
    if ! find_python; then
        missing "torch, and other peers' inference, which runs the models torch exports" "python3 with torch and numpy"
    elif ! uses_openblas; then
        echo "note: torch does not use OpenBLAS here; its figures may be several times worse" >&2
    fi
    if [[ -z $compiler || -z $(onednn_version) ]]; then
        missing "oneDNN" "g++ and oneDNN 2.x with headers"
    elif g++ -std=c++17 -O3 -march=native -Wall -Wextra peers/bench_onednn.cpp -o out/bin/bench_onednn -ldnnl; then
        onednn=yes
    else
        failed "building bench_onednn.cpp"
    fi
fi

if wants infer; then
    if ! command -v node > /dev/null || ! (cd peers && node -e 'require("onnxruntime-node")' 2> /dev/null); then
        missing "ONNX Runtime" "node with onnxruntime-node (in bench/peers or on NODE_PATH)"
    else
        ort=yes
    fi
fi

if [[ -z $compiler ]] || ! has_flags avx2 fma; then
    missing "the limits of the machine" "gcc, on an x64 processor with AVX2"
elif gcc -std=gnu11 -O3 -march=native -Wall -Wextra peers/limits.c -o out/bin/limits; then
    limits=yes
else
    failed "building limits.c"
fi

exported=
if [[ -n $python ]] && wants infer; then
    echo "== exporting models" >&2
    if "$python" peers/export_models.py "$models" > /dev/null; then exported=yes; else failed "exporting the models"; fi
fi

# ---- the parts

measure_limits() {
    if [[ -n $limits ]]; then measure "limits of the machine" out/bin/limits; fi
}

measure_own() {  # infer or train
    local folder=()
    [[ -n $exported ]] && folder=("$models")
    measure "NanoRnn $1" env "${width_setting[@]}" dotnet "$program" rows "$1" "${folder[@]}"
}

measure_further_peers() {  # infer or train
    local peer
    for peer in "${further_peers[@]}"; do
        measure "$peer $1" env -C "$started_in" bash -c "$peer"' "$@"' peer "$1" "$models"
    done
}

# ---- the run: limits twice and NanoRnn three times, around the peers, since clocks drift

measure_limits
if wants infer; then
    measure_own infer
    [[ -n $exported && -n $onednn ]] && measure "oneDNN infer" out/bin/bench_onednn infer "$models"
    [[ -n $exported && -n $ort ]] && measure "ONNX Runtime infer" node peers/bench_ort.cjs "$models"
    measure_own infer
    if [[ -n $exported ]]; then
        measure "PyTorch infer" "$python" peers/bench_torch.py infer "$models"
        measure_further_peers infer
    fi
    measure_own infer
fi
if wants train; then
    measure_own train
    [[ -n $onednn ]] && measure "oneDNN train" out/bin/bench_onednn train
    measure_own train
    [[ -n $python ]] && measure "PyTorch train" "$python" peers/bench_torch.py train
    measure_further_peers train
    measure_own train
fi
if [[ $mode != limits ]]; then measure_limits; fi

# ---- the table

{
    echo "- $(date -u +%Y-%m-%d), $(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -1), family" \
        "$(sed -n 's/^cpu family[^:]*: *//p' /proc/cpuinfo | head -1), model" \
        "$(sed -n 's/^model\t[^:]*: *//p' /proc/cpuinfo | head -1); core $core, one thread"
    echo "- NanoRnn: commit $(git rev-parse --short HEAD 2> /dev/null || echo unknown)," \
        ".NET $(dotnet --list-runtimes | sed -n 's/^Microsoft.NETCore.App \(10\.[^ ]*\).*/\1/p' | tail -1)${width_note:+, vectors of $width_note}"
    [[ -n $onednn ]] && echo "- oneDNN: $(onednn_version)"
    [[ -n $ort ]] && echo "- ONNX Runtime: $(cd peers && node -p 'require("onnxruntime-node/package.json").version'), called from Node $(node --version)"
    [[ -n $python ]] && echo "- PyTorch: $("$python" -c 'import torch; print(torch.__version__)')"
    for peer in "${further_peers[@]}"; do echo "- also: $peer"; done
    echo
    dotnet "$program" table "$rows"
} > out/table.md || failed "the table"
cat out/table.md
exit $status
