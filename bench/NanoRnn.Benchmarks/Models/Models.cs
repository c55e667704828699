namespace NanoRnn.Benchmarks.Models;

// One input, one layer, Dense(1) on every step. Each says how its session is stepped, since sessions share no interface.

[RnnModel(InputSize = 1)]
[SimpleRnn(8, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Rnn8 : IInferenceModel<Rnn8.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1)]
[SimpleRnn(16, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Rnn16 : IInferenceModel<Rnn16.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1)]
[SimpleRnn(32, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Rnn32 : IInferenceModel<Rnn32.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1)]
[SimpleRnn(64, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Rnn64 : IInferenceModel<Rnn64.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1)]
[SimpleRnn(128, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Rnn128 : IInferenceModel<Rnn128.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1)]
[SimpleRnn(256, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Rnn256 : IInferenceModel<Rnn256.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1)]
[Lstm(8, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Lstm8 : IInferenceModel<Lstm8.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1)]
[Lstm(16, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Lstm16 : IInferenceModel<Lstm16.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1)]
[Lstm(32, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Lstm32 : IInferenceModel<Lstm32.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1)]
[Lstm(64, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Lstm64 : IInferenceModel<Lstm64.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1)]
[Lstm(128, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Lstm128 : IInferenceModel<Lstm128.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1)]
[Lstm(256, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Lstm256 : IInferenceModel<Lstm256.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1)]
[Gru(8, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Gru8 : IInferenceModel<Gru8.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1)]
[Gru(16, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Gru16 : IInferenceModel<Gru16.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1)]
[Gru(32, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Gru32 : IInferenceModel<Gru32.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1)]
[Gru(64, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Gru64 : IInferenceModel<Gru64.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1)]
[Gru(128, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Gru128 : IInferenceModel<Gru128.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1)]
[Gru(256, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Gru256 : IInferenceModel<Gru256.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}
