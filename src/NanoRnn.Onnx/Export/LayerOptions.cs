using System.Globalization;
using NanoRnn.Storage;

namespace NanoRnn.Onnx.Export;

/// <summary>Options of a described layer by their types.</summary>
internal static class LayerOptions
{
    /// <summary>Whether an option is set.</summary>
    public static bool Is(this LayerDescription layer, string option) => layer.Is(option, "true");

    /// <summary>Whether an option has a value.</summary>
    public static bool Is(this LayerDescription layer, string option, string value) => layer.Find(option) == value;

    /// <summary>The value of an option that is a number of things.</summary>
    public static int Number(this LayerDescription layer, string option) => int.Parse(layer.Find(option)!, CultureInfo.InvariantCulture);
}
