namespace NanoRnn.Tests.Runtime;

/// <summary>A state that its gates keep is the same after a million steps.</summary>
public class LongStreamTests
{
    private const int Steps = 1_000_000;

    /// <summary>Bias of a gate that is open, and of one that is closed: the logistic function rounds to 1, or its product with 1 is lost.</summary>
    private const float Open = 40, Closed = -200;

    [Fact]
    public void LstmKeepsItsState()
    {
        var model = CloseLstm(new LongLstm(), m => m.Weights);
        using var session = model.CreateSession();
        AssertKept(session.SetState, session.GetState, session.Step, [0, 0, 0, 1, 0.3f, -7e-20f], inputs: 1);
    }

    [Fact]
    public void LstmOfBFloat16KeepsItsState()
    {
        var model = LongLstmOfBFloat16.From(CloseLstm(new LongLstm(), m => m.Weights).Weights);
        using var session = model.CreateSession();
        AssertKept(session.SetState, session.GetState, session.Step, [0, 0, 0, 1, 0.3f, -7e-20f], inputs: 1);
    }

    [Fact]
    public void LstmOfInt8KeepsItsState()
    {
        var model = LongLstmOfInt8.From(CloseLstm(new LongLstmOfFour(), m => m.Weights).Weights);
        using var session = model.CreateSession();
        AssertKept(session.SetState, session.GetState, session.Step, [0, 0, 0, 0, 1, 0.3f, -7e-20f, -2], inputs: 4);
    }

    [Fact]
    public void GruKeepsItsState()
    {
        var model = OpenUpdate(new LongGru(), m => m.Weights);
        using var session = model.CreateSession();
        AssertKept(session.SetState, session.GetState, session.Step, [1, 0.3f, -7e-20f], inputs: 1);
    }

    [Fact]
    public void GruThatResetsBeforeKeepsItsState()
    {
        var model = OpenUpdate(new LongGruResetBefore(), m => m.Weights);
        using var session = model.CreateSession();
        AssertKept(session.SetState, session.GetState, session.Step, [1, 0.3f, -7e-20f], inputs: 1);
    }

    [Fact]
    public void GruOfBFloat16KeepsItsState()
    {
        var model = LongGruOfBFloat16.From(OpenUpdate(new LongGru(), m => m.Weights).Weights);
        using var session = model.CreateSession();
        AssertKept(session.SetState, session.GetState, session.Step, [1, 0.3f, -7e-20f], inputs: 1);
    }

    [Fact]
    public void GruOfInt8KeepsItsState()
    {
        var model = LongGruOfInt8.From(OpenUpdate(new LongGruOfFour(), m => m.Weights).Weights);
        using var session = model.CreateSession();
        AssertKept(session.SetState, session.GetState, session.Step, [1, 0.3f, -7e-20f, -0.9f], inputs: 4);
    }

    /// <summary>Input gates closed, forget gates open, nothing from inputs and states.</summary>
    private static TModel CloseLstm<TModel>(TModel model, Func<TModel, WeightCollection> weights)
    {
        var units = weights(model)["lstm.recurrent_kernel"].Shape[0];
        Clear(weights(model), "lstm");
        weights(model)["lstm.bias"].CopyFrom([.. Repeat(Closed, units), .. Repeat(Open, units), .. Repeat(0.5f, units), .. Repeat(0, units)]);
        return model;
    }

    /// <summary>Update gates open, nothing from inputs and states.</summary>
    private static TModel OpenUpdate<TModel>(TModel model, Func<TModel, WeightCollection> weights)
    {
        var units = weights(model)["gru.recurrent_kernel"].Shape[0];
        Clear(weights(model), "gru");
        var bias = new float[weights(model)["gru.bias"].Count];
        bias.AsSpan(0, units).Fill(Open);
        bias.AsSpan(2 * units, units).Fill(0.5f);
        weights(model)["gru.bias"].CopyFrom(bias);
        return model;
    }

    private static void Clear(WeightCollection weights, string layer)
    {
        foreach (var kernel in new[] { weights[layer + ".kernel"], weights[layer + ".recurrent_kernel"] })
            kernel.CopyFrom(new float[kernel.Count]);
    }

    private static IEnumerable<float> Repeat(float value, int count) => Enumerable.Repeat(value, count);

    private delegate void SetState(ReadOnlySpan<float> state);

    private delegate void GetState(Span<float> state);

    private delegate void Step(ReadOnlySpan<float> x, Span<float> y);

    private static void AssertKept(SetState setState, GetState getState, Step step, float[] state, int inputs)
    {
        float[] x = new float[inputs], y = new float[inputs == 4 ? 4 : 3], kept = new float[state.Length];
        setState(state);
        for (var i = 0; i < Steps; i++)
        {
            x[0] = i % 7 - 3;
            step(x, y);
        }

        getState(kept);
        // Only what the cell carries; its output comes first where it carries more.
        var carried = state.Length > y.Length ? y.Length : 0;
        Assert.Equal(state[carried..], kept[carried..]);
    }
}
