#!/usr/bin/env bash
# Imports the recurrent models of a folder such as that of NANORNN_MODELS, and times them beside ONNX Runtime, on one core, in one run:
#   bench/imported/run.sh FOLDER
# Its table is that of docs/import.md. Half a minute.
set -euo pipefail
models=$(realpath "${1:?the folder of models}")
cd "$(dirname "$0")"
dotnet build ../../src/NanoRnn.Tool -c Release -v quiet --nologo
rm -rf models
import() {
  dotnet ../../src/NanoRnn.Tool/bin/Release/net10.0/NanoRnn.Tool.dll import "$models/$2" --name "$1" --namespace NanoRnn.Imported --out "models/$1" > /dev/null
}
import DtlnMask dtln/model_1.onnx
import DtlnFilter dtln/model_2.onnx
import LstmStep exported/lstm_state.onnx
import BothWays exported/lstm2bi_dyn.onnx
import Grus exported/gru2.onnx
import ReluRnn exported/rnnrelu.onnx
dotnet build Imported.csproj -c Release -v quiet --nologo
taskset -c 0 dotnet bin/Release/net10.0/Imported.dll "$models"
