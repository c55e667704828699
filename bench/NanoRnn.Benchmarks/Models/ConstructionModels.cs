namespace NanoRnn.Benchmarks.Models;

[RnnModel(InputSize = 1)]
[Lstm(1024)]
internal sealed partial class Lstm1024;

[RnnModel(InputSize = 1)]
[Lstm(4096)]
internal sealed partial class Lstm4096;
