namespace NanoRnn.Benchmarks.Models;

// The models of Models.cs with weights of BFloat16.

[RnnModel(InputSize = 1, Precision = Precision.BFloat16)]
[SimpleRnn(8, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Rnn8BFloat16 : IInferenceModel<Rnn8BFloat16.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.BFloat16)]
[SimpleRnn(16, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Rnn16BFloat16 : IInferenceModel<Rnn16BFloat16.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.BFloat16)]
[SimpleRnn(32, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Rnn32BFloat16 : IInferenceModel<Rnn32BFloat16.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.BFloat16)]
[SimpleRnn(64, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Rnn64BFloat16 : IInferenceModel<Rnn64BFloat16.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.BFloat16)]
[SimpleRnn(128, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Rnn128BFloat16 : IInferenceModel<Rnn128BFloat16.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.BFloat16)]
[SimpleRnn(256, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Rnn256BFloat16 : IInferenceModel<Rnn256BFloat16.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.BFloat16)]
[Lstm(8, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Lstm8BFloat16 : IInferenceModel<Lstm8BFloat16.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.BFloat16)]
[Lstm(16, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Lstm16BFloat16 : IInferenceModel<Lstm16BFloat16.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.BFloat16)]
[Lstm(32, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Lstm32BFloat16 : IInferenceModel<Lstm32BFloat16.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.BFloat16)]
[Lstm(64, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Lstm64BFloat16 : IInferenceModel<Lstm64BFloat16.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.BFloat16)]
[Lstm(128, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Lstm128BFloat16 : IInferenceModel<Lstm128BFloat16.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.BFloat16)]
[Lstm(256, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Lstm256BFloat16 : IInferenceModel<Lstm256BFloat16.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.BFloat16)]
[Gru(8, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Gru8BFloat16 : IInferenceModel<Gru8BFloat16.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.BFloat16)]
[Gru(16, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Gru16BFloat16 : IInferenceModel<Gru16BFloat16.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.BFloat16)]
[Gru(32, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Gru32BFloat16 : IInferenceModel<Gru32BFloat16.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.BFloat16)]
[Gru(64, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Gru64BFloat16 : IInferenceModel<Gru64BFloat16.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.BFloat16)]
[Gru(128, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Gru128BFloat16 : IInferenceModel<Gru128BFloat16.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.BFloat16)]
[Gru(256, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Gru256BFloat16 : IInferenceModel<Gru256BFloat16.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}
