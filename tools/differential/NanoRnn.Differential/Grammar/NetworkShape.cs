namespace NanoRnn.Differential.Grammar;

/// <summary>What a layer would be given, as far as the layers before it say: rules read it and change it to what the layer gives.</summary>
internal sealed class NetworkShape(Dice dice, bool inDecoder, int inputSize = 0)
{
    /// <summary>At every step of the input.</summary>
    public const string Every = "every";

    /// <summary>At every step, the last one first.</summary>
    public const string EveryReversed = "every, reversed";

    /// <summary>One vector for the sequence.</summary>
    public const string Once = "once";

    public Dice Dice => dice;

    /// <summary>How steps begin that are windows of others.</summary>
    public const string Windows = "windows ";

    /// <summary>Whether the layer is in a decoder, which goes step by step.</summary>
    public bool InDecoder => inDecoder;

    /// <summary>Layers so far.</summary>
    public int Count { get; set; }

    /// <summary>Features of one step; 0 where no rule needs to know.</summary>
    public int Features { get; set; } = inputSize;

    /// <summary>When the layer is given something.</summary>
    public string Steps { get; set; } = Every;

    /// <summary>Whether the layer is given a sequence, not one vector.</summary>
    public bool IsSequence => Steps != Once;

    /// <summary>Whether a step may be skipped, and no layer has skipped one yet.</summary>
    public bool IsMasked
    {
        get;
        set
        {
            field = value;
            SkipsSteps |= value;
        }
    }

    /// <summary>Whether steps may be skipped anywhere in the model.</summary>
    public bool SkipsSteps { get; private set; }

    /// <summary>Whether the layer is given windows of steps, of which there are fewer than steps.</summary>
    public bool HasWindows => Steps.StartsWith(Windows, StringComparison.Ordinal);

    /// <summary>Whether the layer is given the model's own features.</summary>
    public bool ReadsInput { get; set; } = !inDecoder;

    /// <summary>Whether the layer is given probabilities of classes.</summary>
    public bool HasClasses { get; set; }

    /// <summary>Whether something other than dropout has come.</summary>
    public bool HasWork { get; set; }

    /// <summary>What may be read by name; nothing where every layer reads the one above.</summary>
    public List<LayerOutput> Outputs { get; } = [];

    /// <summary>A number of units: in a graph often that of another layer, so that the two can be merged.</summary>
    public int Size() => Outputs.Count > 0 && dice.Chance(0.5) ? dice.Pick<LayerOutput>([.. Outputs]).Features : dice.Size();

    /// <summary>The layer with a padding, and what that makes of the steps.</summary>
    public LayerTerm InWindows(LayerTerm layer)
    {
        // Of so many steps as a repeated vector has there may be too few.
        var paddings = char.IsDigit(Steps[0]) ? ["Same", "Causal"] : (string[])["Valid", "Same", "Causal", "Causal"];
        layer = layer.With("Padding", $"Padding.{dice.Pick(paddings)}");
        var (size, strides) = layer.Kind == "Conv1D" ? (layer.Arguments[1], "1") : (layer.Arguments[0], layer.Arguments[0]);
        strides = layer.Options.FirstOrDefault(option => option.Name == "Strides").Value ?? strides;
        if (strides == "1" && (size == "1" || !layer.Options.Contains(("Padding", "Padding.Valid"))))
            return layer;
        var geometry = string.Join(", ", layer.Options.Where(option => option.Name is "DilationRate" or "Padding").Select(option => option.Value));
        Steps = char.IsDigit(Steps[0]) ? $"{Steps} / {strides}" : $"{Windows}{size} every {strides} {geometry} of {Steps}";
        return layer;
    }

    /// <summary>What the layer is given, where several can be read by name.</summary>
    public LayerOutput? Input { get; private set; }

    /// <summary>The layer is given this.</summary>
    public void Read(LayerOutput output) => (Input, Features, Steps, HasClasses) = (output, output.Features, output.Steps, output.HasClasses);
}
