namespace NanoRnn.Benchmarks.Models;

// The models of Models.cs with weights of Float16.

[RnnModel(InputSize = 1, Precision = Precision.Float16)]
[SimpleRnn(8, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Rnn8Float16 : IInferenceModel<Rnn8Float16.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.Float16)]
[SimpleRnn(16, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Rnn16Float16 : IInferenceModel<Rnn16Float16.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.Float16)]
[SimpleRnn(32, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Rnn32Float16 : IInferenceModel<Rnn32Float16.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.Float16)]
[SimpleRnn(64, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Rnn64Float16 : IInferenceModel<Rnn64Float16.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.Float16)]
[SimpleRnn(128, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Rnn128Float16 : IInferenceModel<Rnn128Float16.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.Float16)]
[SimpleRnn(256, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Rnn256Float16 : IInferenceModel<Rnn256Float16.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.Float16)]
[Lstm(8, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Lstm8Float16 : IInferenceModel<Lstm8Float16.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.Float16)]
[Lstm(16, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Lstm16Float16 : IInferenceModel<Lstm16Float16.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.Float16)]
[Lstm(32, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Lstm32Float16 : IInferenceModel<Lstm32Float16.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.Float16)]
[Lstm(64, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Lstm64Float16 : IInferenceModel<Lstm64Float16.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.Float16)]
[Lstm(128, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Lstm128Float16 : IInferenceModel<Lstm128Float16.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.Float16)]
[Lstm(256, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Lstm256Float16 : IInferenceModel<Lstm256Float16.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.Float16)]
[Gru(8, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Gru8Float16 : IInferenceModel<Gru8Float16.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.Float16)]
[Gru(16, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Gru16Float16 : IInferenceModel<Gru16Float16.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.Float16)]
[Gru(32, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Gru32Float16 : IInferenceModel<Gru32Float16.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.Float16)]
[Gru(64, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Gru64Float16 : IInferenceModel<Gru64Float16.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.Float16)]
[Gru(128, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Gru128Float16 : IInferenceModel<Gru128Float16.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}

[RnnModel(InputSize = 1, Precision = Precision.Float16)]
[Gru(256, ReturnSequences = true)]
[Dense(1)]
internal sealed partial class Gru256Float16 : IInferenceModel<Gru256Float16.Steps>
{
    public Steps Start() => new(CreateSession());

    internal readonly struct Steps(Session session) : ISteps
    {
        public void Step(ReadOnlySpan<float> x, Span<float> y) => session.Step(x, y);
    }
}
