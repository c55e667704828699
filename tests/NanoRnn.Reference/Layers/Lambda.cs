namespace NanoRnn.Reference;

internal sealed record LambdaDescription(Func<double, double> Function) : LayerDescription("lambda")
{
    public override ReferenceLayer Create(string name, int inputs) => new ReferenceLambda(inputs, this);
}

/// <summary>y = f(x), a function of the model's own.</summary>
internal sealed class ReferenceLambda(int inputs, LambdaDescription options) : ReferenceLayer(inputs)
{
    public override ReferenceSequence Run(ReferenceSequence input, ReferenceRun run) => 
        input.Select(x => new ReferenceFunction(Activation.Linear, options.Function).ApplyAll(x, run.Probe));
}
