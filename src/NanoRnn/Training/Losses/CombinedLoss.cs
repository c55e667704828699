using System.Numerics.Tensors;
using NanoRnn.CompilerServices;

namespace NanoRnn;

/// <summary><see cref="Loss.Combined"/>: the loss of each output by itself, position after position.</summary>
internal sealed class CombinedLoss : Loss
{
    private readonly (string Output, Loss Loss, double Weight)[] _losses;

    /// <summary>The losses with the places of their outputs and targets; none before <see cref="For"/>.</summary>
    private readonly Part[] _parts;

    /// <param name="losses">Output, loss and weight of each.</param>
    public CombinedLoss((string Output, Loss Loss, double Weight)[] losses)
        : this(losses, [])
    {
        if (losses.Length == 0)
            throw new ArgumentException("Expected one or more losses.", nameof(losses));
        foreach (var (output, loss, weight) in losses)
        {
            ArgumentException.ThrowIfNullOrEmpty(output, nameof(losses));
            ArgumentNullException.ThrowIfNull(loss, nameof(losses));
            if (!double.IsFinite(weight) || weight < 0)
                throw new ArgumentException(FormattableString.Invariant($"The weight of '{output}' is {weight}; expected a finite number that is not negative."), nameof(losses));
        }
    }

    private CombinedLoss((string Output, Loss Loss, double Weight)[] losses, Part[] parts)
        : base("Combined")
    {
        (_losses, _parts) = (losses, parts);
        foreach (var part in parts)
            ChecksClasses |= part.Loss.ChecksClasses;
    }

    internal override bool ChecksClasses { get; }

    internal override int TargetsPerPosition(int outputSize) => _parts.Length == 0 ? outputSize : _parts[^1].TargetEnd;

    internal override long CountTerms(int positions, int outputSize) => positions;

    internal override string? FindMismatch(ModelLayout layout)
    {
        for (var i = 0; i < _losses.Length; i++)
        {
            var (name, loss, _) = _losses[i];
            if (Array.FindIndex(_losses, item => item.Output == name) < i)
                return $"{Name} has two losses of '{name}'.";
            if (layout.FindOutput(name) is not { } output)
                return $"{Name} has a loss of '{name}', but {layout.ModelName} has {layout.OutputNames}.";
            if (loss.IsOfSequences || loss is CombinedLoss)
                return $"{Name} cannot have {loss}, the loss of '{name}': it is not one of single positions.";
            if (loss.FindMismatch(layout.Of(output)) is { } mismatch)
                return $"The loss of '{name}' does not fit. {mismatch}";
        }

        return null;
    }

    /// <summary>The same with the places of a model's outputs, which lie side by side; as it is where the model has no such outputs.</summary>
    internal override Loss For(ModelLayout layout)
    {
        if (FindMismatch(layout) is not null)
            return this;
        var parts = new Part[_losses.Length];
        var (count, targets) = (0, 0);

        // Targets lie in the order of the outputs, whatever the order of the losses is.
        foreach (var output in layout.Outputs)
        {
            var index = Array.FindIndex(_losses, item => item.Output == output.Name);
            if (index < 0)
                continue;
            var (_, loss, weight) = _losses[index];
            var size = loss.TargetsPerPosition(output.Length);
            parts[count++] = new Part(output.Name, loss, (float)weight, output.Start, output.Length, targets, size);
            targets += size;
        }

        return new CombinedLoss(_losses, parts);
    }

    /// <summary>The loss of each output as a metric of its own.</summary>
    internal override Metric[] CreateMetrics() => Array.ConvertAll(_parts, part => (Metric)new OutputLossMetric(part));

    internal override (float Target, int Classes)? FindNoClass(ReadOnlySpan<float> target, int outputSize)
    {
        foreach (var part in _parts)
        {
            if (part.Loss.FindNoClass(part.TargetIn(target), part.Length) is { } found)
                return found;
        }

        return null;
    }

    internal override bool FindTargets(string output, out int start, out int length, out Loss loss)
    {
        (start, length, loss) = (0, 0, this);
        var index = Array.FindIndex(_parts, part => part.Output == output);
        if (index < 0)
            return false;
        (start, length, loss) = (_parts[index].TargetStart, _parts[index].TargetSize, _parts[index].Loss);
        return true;
    }

    internal override double SumAndGradient(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int outputSize, Span<float> gradients, bool isFused)
    {
        if (_parts.Length == 0)
            throw new InvalidOperationException($"{Name} is computed by a trainer, which knows where outputs and targets lie; compute the loss of each output by itself.");
        var (sum, positions, targetSize) = (0.0, outputs.Length / outputSize, TargetsPerPosition(outputSize));
        gradients.Clear();
        for (var position = 0; position < positions; position++)
        {
            var output = outputs.Slice(position * outputSize, outputSize);
            var target = targets.Slice(position * targetSize, targetSize);
            foreach (var part in _parts)
            {
                if (gradients.IsEmpty)
                {
                    sum += part.Weight * part.Evaluate(output, target);
                    continue;
                }

                var gradient = gradients.Slice(position * outputSize + part.Start, part.Length);
                sum += part.Weight * part.Evaluate(output, target, gradient);
                TensorPrimitives.Multiply(gradient, part.Weight / positions, gradient);
            }
        }

        return sum;
    }

    /// <summary>The loss of one output.</summary>
    internal sealed record Part(string Output, Loss Loss, float Weight, int Start, int Length, int TargetStart, int TargetSize)
    {
        public int TargetEnd => TargetStart + TargetSize;

        public ReadOnlySpan<float> TargetIn(ReadOnlySpan<float> target) => target.Slice(TargetStart, TargetSize);

        /// <summary>The mean loss of one position, and its gradient where that is wanted.</summary>
        public double Evaluate(ReadOnlySpan<float> output, ReadOnlySpan<float> target, Span<float> gradient = default)
        {
            var own = output.Slice(Start, Length);
            var sum = gradient.IsEmpty
                ? Loss.Sum(own, TargetIn(target), Length)
                : Loss.SumAndGradient(own, TargetIn(target), Length, gradient, isFused: false);
            return sum / Loss.CountTerms(1, Length);
        }
    }
}
