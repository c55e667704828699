using NanoRnn.Tests.Shared;
using NanoRnn.Training.Tests.Data;

namespace NanoRnn.Training.Tests.Streaming;

/// <summary>A stream of windows has the bits of <c>Predict</c> on each of them.</summary>
public class WindowSessionTests
{
    [Fact]
    public void StepsHaveTheBitsOfPredict()
    {
        var model = new Forecaster(seed: 1);
        using var session = model.CreateWindowSession();
        Assert.Equal((5, 2, 1), (session.TimeSteps, session.InputSize, session.OutputLength));
        AssertPredicts(model, session, Numbers(2 * 23));

        session.Reset();
        Assert.Equal(0, session.Count);
        AssertPredicts(model, session, Numbers(2 * 7));
    }

    [Fact]
    public void ModelsThatNeedTheirWholeInputHaveWindows()
    {
        var model = new Tagger(seed: 1);
        using var session = model.CreateWindowSession(timeSteps: 4);
        Assert.Equal(4 * 3, session.OutputLength);
        AssertPredicts(model, session, Numbers(2 * 11));
    }

    [Fact]
    public void TokensHaveWindows()
    {
        var model = new LanguageModel(seed: 1);
        using var session = model.CreateWindowSession(timeSteps: 3);
        AssertPredicts(model, session, [1, 2, 3, 4, 5, 6, 7, 0, 10]);
        Assert.Throws<ArgumentException>(() => session.Step([11], new float[33]));
        Assert.Equal([7, 0, 10], session.Window);
    }

    [Fact]
    public void WhatIsKnownIsPushed()
    {
        var model = new Forecaster(seed: 1);
        using var session = model.CreateWindowSession();
        var numbers = Numbers(2 * 23);
        session.Push(numbers.AsSpan(0, 2 * 3));
        Assert.Equal(numbers.AsSpan(0, 6), session.Window);
        session.Push(numbers.AsSpan(6, 2 * 17));
        session.Push([]);
        Assert.Equal(numbers.AsSpan(2 * 15, 10), session.Window);
        var (y, expected) = (new float[1], new float[1]);
        Assert.True(session.Step(numbers.AsSpan(40, 2), y));
        model.Predict(numbers.AsSpan(2 * 16, 10), expected);
        Assert.Equal(expected, y);
    }

    [Fact]
    public void StepsAllocateNothing()
    {
        var model = new Forecaster(seed: 1);
        using var session = model.CreateWindowSession();
        var (x, y) = (new float[2], new float[1]);
        session.Push(Numbers(8));
        session.Step(x, y);
        Assert.Equal(0, AllocatedBytes.Of(() => session.Step(x, y)));

        var arena = MemoryArena.AllocatePinned(8 * 10 + MemoryArena.Alignment);
        using var given = model.CreateWindowSession(arena: arena);
        AssertPredicts(model, given, Numbers(2 * 9));
    }

    [Fact]
    public void MistakesAreNamed()
    {
        AssertMessage("LanguageModel has no TimeSteps of its own", () => new LanguageModel().CreateWindowSession());
        Assert.Throws<ArgumentOutOfRangeException>(() => new Forecaster().CreateWindowSession(timeSteps: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Forecaster().CreateWindowSession(timeSteps: int.MaxValue));
        var session = new Forecaster().CreateWindowSession();
        AssertMessage("Expected one time step of 2 numbers, found 1", () => session.Step([1f], new float[1]));
        AssertMessage("Expected 1 floats, found 2", () => session.Step([1f, 2f], new float[2]));
        AssertMessage("Expected time steps of 2 numbers, found 3", () => session.Push([1f, 2f, 3f]));
        Assert.Equal(0, session.Count);
        session.Dispose();
        Assert.Throws<ObjectDisposedException>(() => session.Step([1f, 2f], new float[1]));
        Assert.Throws<ObjectDisposedException>(() => session.Push([1f, 2f]));
        Assert.Throws<ObjectDisposedException>(session.Reset);
        Assert.Throws<ObjectDisposedException>(() => session.Window.Length);

        static void AssertMessage(string expected, Action action) =>
            Assert.Contains(expected, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);
    }

    private static void AssertPredicts<TInput>(ISequencePredictor<TInput> model, WindowSession<TInput> session, TInput[] inputs)
        where TInput : unmanaged
    {
        var (y, expected) = (new float[session.OutputLength], new float[session.OutputLength]);
        for (var step = 0; step < inputs.Length / session.InputSize; step++)
        {
            y.AsSpan().Fill(-7);
            var isFull = session.Step(inputs.AsSpan(step * session.InputSize, session.InputSize), y);
            Assert.Equal(step >= session.TimeSteps - 1, isFull);
            if (isFull)
                model.Predict(inputs.AsSpan((step - session.TimeSteps + 1) * session.InputSize, session.TimeSteps * session.InputSize), expected);
            else
                expected.AsSpan().Fill(-7);
            Assert.Equal(expected, y);
        }
    }

    private static float[] Numbers(int count)
    {
        var random = new RandomGenerator(3);
        var numbers = new float[count];
        foreach (ref var number in numbers.AsSpan())
            number = random.NextUniform(-1, 1);
        return numbers;
    }
}
