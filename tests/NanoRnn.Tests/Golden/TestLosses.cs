using NanoRnn.Reference;

namespace NanoRnn.Tests.Golden;

/// <summary>The library's losses by the reference's names.</summary>
internal static class TestLosses
{
    public static Loss ToLoss(this ReferenceLoss loss) => loss switch
    {
        ReferenceLoss.MeanSquaredError => Loss.MeanSquaredError,
        ReferenceLoss.MeanAbsoluteError => Loss.MeanAbsoluteError,
        ReferenceLoss.Huber => Loss.Huber(),
        ReferenceLoss.BinaryCrossentropy => Loss.BinaryCrossentropy,
        ReferenceLoss.CategoricalCrossentropy => Loss.CategoricalCrossentropy,
        _ => Loss.SparseCategoricalCrossentropy,
    };
}
