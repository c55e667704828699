using System.Runtime.InteropServices;
using System.Security.Cryptography;
using NanoRnn.CompilerServices;
using NanoRnn.Training.Tests.Losses;
using NanoRnn.Training.Tests.Optimizers;

namespace NanoRnn.Training.Tests;

/// <summary>
/// Digests of results that must not depend on the machine. Run also with DOTNET_EnableAVX512=0, DOTNET_EnableAVX2=0 and
/// DOTNET_EnableHWIntrinsic=0.
/// </summary>
public class SameBitsTests
{
    [Theory]
    [InlineData("amsgrad", "E996823606F76903")]
    [InlineData("adamw", "D054876A34C14BA2")]
    [InlineData("nadam", "46E4C3E1954629E7")]
    [InlineData("adamax", "103FDA392FB7BB58")]
    [InlineData("adagrad", "945B009AFC6F9441")]
    [InlineData("adadelta", "DA6074438CEE919A")]
    [InlineData("lion", "E9951B0CAB726C03")]
    [InlineData("schedule", "F57A44516D02B7D0")]
    public void Optimizer(string name, string digest)
    {
        var layout = Layouts.Of<Classifier>();
        var random = new RandomGenerator(8);
        var (weights, gradients) = (new float[layout.WeightLength], new float[layout.WeightLength]);
        var state = new OptimizerState(OptimizerCases.Create(name), layout, arena: null);
        for (var step = 0; step < 50; step++)
        {
            foreach (ref var gradient in gradients.AsSpan())
                gradient = (float)random.NextNormal();
            state.Apply(weights, gradients);
        }

        AssertDigest<float>(digest, weights);
    }

    [Fact]
    public void Schedules()
    {
        LearningRateSchedule[] schedules =
        [
            LearningRateSchedule.ExponentialDecay(0.1, 7, 0.9), LearningRateSchedule.PolynomialDecay(0.1, 30, power: 0.7),
            LearningRateSchedule.CosineDecayRestarts(0.1, 5, 1.5, 0.9, 0.1), LearningRateSchedule.OneCycle(0.1, 40),
        ];
        var rates = new List<double>();
        foreach (var schedule in schedules)
        {
            for (var step = 0; step < 50; step++)
                rates.Add(schedule.GetLearningRate(step));
        }

        AssertDigest<double>("C841D6BF33B10A01", CollectionsMarshal.AsSpan(rates));
    }

    [Fact]
    public void Losses()
    {
        var results = new List<float>();
        foreach (var name in LossCase.Keys)
        {
            var random = new RandomGenerator(8);
            var (test, outputs, gradients) = (LossCase.Get(name), new float[3 * 38], new float[3 * 38]);
            foreach (ref var output in outputs.AsSpan())
                output = random.NextFloat();
            var targets = new float[outputs.Length / 6 * test.Loss.TargetsPerPosition(6)];
            foreach (ref var target in targets.AsSpan())
                target = test.Data == LossData.Classes ? random.NextInt(6) : random.NextFloat();
            results.Add((float)test.Loss.SumAndGradient(outputs, targets, 6, gradients, isFused: false));
            results.AddRange(gradients);
        }

        AssertDigest<float>("BB7A29B8FD585E29", CollectionsMarshal.AsSpan(results));
    }

    [Fact]
    public void MethodLosses()
    {
        var results = new List<float>();
        foreach (var name in MethodLossCase.Keys)
        {
            var (outputs, targets) = MethodLossCase.CreateData(16 * 70 + 5);
            var gradients = new float[outputs.Length];
            results.Add((float)MethodLossCase.Get(name).Loss.SumAndGradient(outputs, targets, 5, gradients, isFused: false));
            results.AddRange(gradients);
        }

        AssertDigest<float>("E04EA02BF81A6CD7", CollectionsMarshal.AsSpan(results));
    }

    private static void AssertDigest<T>(string expected, ReadOnlySpan<T> values)
        where T : struct => Assert.Equal(expected, Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(values)))[..16]);
}
