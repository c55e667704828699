namespace NanoRnn.Tests.Cells;

[RnnModel(InputSize = 1)] [CustomRnn(typeof(ProductCells), nameof(ProductCells.Product), ProductCells.Units, Name = "rnn")] internal sealed partial class OfProduct;
[RnnModel(InputSize = 1)] [CustomRnn(typeof(ProductCells), nameof(ProductCells.Sum), ProductCells.Units, Name = "rnn")] internal sealed partial class OfSum;
[RnnModel(InputSize = 1)] [CustomRnn(typeof(ProductCells), nameof(ProductCells.Difference), ProductCells.Units, Name = "rnn")] internal sealed partial class OfDifference;
[RnnModel(InputSize = 1)] [CustomRnn(typeof(ProductCells), nameof(ProductCells.GateProduct), ProductCells.Units, Name = "rnn")] internal sealed partial class OfGateProduct;
[RnnModel(InputSize = 1)] [CustomRnn(typeof(ProductCells), nameof(ProductCells.GateSum), ProductCells.Units, Name = "rnn")] internal sealed partial class OfGateSum;
[RnnModel(InputSize = 1)] [CustomRnn(typeof(ProductCells), nameof(ProductCells.GateDifference), ProductCells.Units, Name = "rnn")] internal sealed partial class OfGateDifference;
