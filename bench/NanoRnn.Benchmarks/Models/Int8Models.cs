namespace NanoRnn.Benchmarks.Models;

// The models of Models.cs with weights of Int8.

[RnnModel(InputSize = 1, Precision = Precision.Int8)]
[SimpleRnn(8, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Rnn8Int8 : IInferenceModel<Rnn8Int8.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.Int8)]
[SimpleRnn(16, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Rnn16Int8 : IInferenceModel<Rnn16Int8.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.Int8)]
[SimpleRnn(32, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Rnn32Int8 : IInferenceModel<Rnn32Int8.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.Int8)]
[SimpleRnn(64, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Rnn64Int8 : IInferenceModel<Rnn64Int8.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.Int8)]
[SimpleRnn(128, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Rnn128Int8 : IInferenceModel<Rnn128Int8.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.Int8)]
[SimpleRnn(256, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Rnn256Int8 : IInferenceModel<Rnn256Int8.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.Int8)]
[Lstm(8, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Lstm8Int8 : IInferenceModel<Lstm8Int8.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.Int8)]
[Lstm(16, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Lstm16Int8 : IInferenceModel<Lstm16Int8.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.Int8)]
[Lstm(32, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Lstm32Int8 : IInferenceModel<Lstm32Int8.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.Int8)]
[Lstm(64, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Lstm64Int8 : IInferenceModel<Lstm64Int8.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.Int8)]
[Lstm(128, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Lstm128Int8 : IInferenceModel<Lstm128Int8.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.Int8)]
[Lstm(256, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Lstm256Int8 : IInferenceModel<Lstm256Int8.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.Int8)]
[Gru(8, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Gru8Int8 : IInferenceModel<Gru8Int8.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.Int8)]
[Gru(16, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Gru16Int8 : IInferenceModel<Gru16Int8.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.Int8)]
[Gru(32, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Gru32Int8 : IInferenceModel<Gru32Int8.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.Int8)]
[Gru(64, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Gru64Int8 : IInferenceModel<Gru64Int8.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.Int8)]
[Gru(128, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Gru128Int8 : IInferenceModel<Gru128Int8.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.Int8)]
[Gru(256, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Gru256Int8 : IInferenceModel<Gru256Int8.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}
