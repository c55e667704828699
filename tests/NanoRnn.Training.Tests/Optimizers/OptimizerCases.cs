namespace NanoRnn.Training.Tests.Optimizers;

/// <summary>Every optimizer with numbers that make it do all it can.</summary>
internal static class OptimizerCases
{
    private static readonly Dictionary<string, Optimizer> All = new()
    {
        ["sgd"] = Optimizer.Sgd(0.05),
        ["nesterov"] = Optimizer.Sgd(0.05, momentum: 0.9, nesterov: true),
        ["rmsprop"] = Optimizer.RmsProp(0.01, momentum: 0.5, centered: true, epsilon: float.Epsilon),
        ["adam"] = Optimizer.Adam(0.01, epsilon: float.Epsilon),
        ["amsgrad"] = Optimizer.Adam(0.01, amsgrad: true, epsilon: float.Epsilon),
        ["adamw"] = Optimizer.AdamW(0.01, weightDecay: 0.1) with { GradientAccumulationSteps = 2, UseEma = true, EmaOverwriteFrequency = 3 },
        ["nadam"] = Optimizer.Nadam(0.01, epsilon: float.Epsilon),
        ["adamax"] = Optimizer.Adamax(0.01, epsilon: float.Epsilon),
        ["adagrad"] = Optimizer.Adagrad(0.05, initialAccumulatorValue: 0, epsilon: float.Epsilon),
        ["adadelta"] = Optimizer.Adadelta(1, epsilon: 1e-6),
        ["lion"] = Optimizer.Lion(0.01),
        ["schedule"] = Optimizer.Adam() with { LearningRateSchedule = LearningRateSchedule.CosineDecay(0, 10, warmupTarget: 0.02, warmupSteps: 4) },
    };

    public static TheoryData<string> Names() => [.. All.Keys];

    public static Optimizer Create(string name) => All[name];
}
