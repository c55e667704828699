using System.Runtime.InteropServices;
using NanoRnn.CompilerServices;

namespace NanoRnn.Differential.Files;

/// <summary>What a file's tensors are worth to a model, by docs/files.md and docs/precision.md, or that they are not its tensors.</summary>
internal static class WeightDecoder
{
    private const string ScaleSuffix = "_scale";

    /// <summary>The weights of each of the model's tensors, or null if the file is none of its.</summary>
    public static Dictionary<string, float[]>? Decode(Dictionary<string, StoredTensor> file, ModelLayout model)
    {
        var weights = new Dictionary<string, float[]>(StringComparer.Ordinal);
        var used = 0;
        foreach (var tensor in model.Tensors)
        {
            if (!file.TryGetValue(tensor.Name, out var stored) || !stored.Shape.SequenceEqual(tensor.Shape.Select(size => (long)size)))
                return null;
            used++;
            var columns = tensor.Shape[^1];
            float[]? values;
            if (stored.Type == "I8" && tensor.ElementType == ElementType.I8)
            {
                if (!file.TryGetValue(tensor.Name + ScaleSuffix, out var scales) || scales is not { Type: "F32", Shape: [var count] } || count != columns)
                    return null;
                used++;
                values = Scale(MemoryMarshal.Cast<byte, sbyte>(stored.Data), FloatsOf(scales));
            }
            else
            {
                values = (stored.Type, tensor.ElementType) switch
                {
                    ("F32", ElementType.F32) => FloatsOf(stored),
                    ("F32", ElementType.BF16) => Array.ConvertAll(FloatsOf(stored), RoundToBFloat16),
                    ("F32", ElementType.F16) => Array.ConvertAll(FloatsOf(stored), x => (float)(Half)x),
                    ("F32", ElementType.I8) => Quantize(FloatsOf(stored), columns),
                    ("BF16", ElementType.BF16) => Array.ConvertAll(
                        MemoryMarshal.Cast<byte, ushort>(stored.Data).ToArray(), bits => BitConverter.UInt32BitsToSingle((uint)bits << 16)),
                    ("F16", ElementType.F16) => Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(stored.Data).ToArray(), half => (float)half),
                    _ => null,
                };
            }

            if (values is null || !values.All(float.IsFinite))
                return null;
            weights.Add(tensor.Name, values);
        }

        return used == file.Count ? weights : null;
    }

    private static float[] FloatsOf(StoredTensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.Data).ToArray();

    private static float[]? Scale(ReadOnlySpan<sbyte> integers, float[] scales)
    {
        if (integers.Contains(sbyte.MinValue) || !scales.All(float.IsFinite))
            return null;
        var values = new float[integers.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = integers[i] * scales[i % scales.Length];
        return values;
    }

    /// <summary>Each column's largest magnitude becomes 127.</summary>
    private static float[]? Quantize(float[] values, int columns)
    {
        if (!values.All(float.IsFinite))
            return null;
        var quantized = new float[values.Length];
        for (var column = 0; column < columns; column++)
        {
            var largest = 0f;
            for (var i = column; i < values.Length; i += columns)
                largest = Math.Max(largest, Math.Abs(values[i]));
            var scale = largest / 127;
            for (var i = column; i < values.Length; i += columns)
                quantized[i] = scale == 0 ? 0 : (int)Math.Round((double)Math.Clamp(values[i] / scale, -127, 127)) * scale;
        }

        return quantized;
    }

    /// <summary>To the nearest number with 8 bits of fraction, of two to the even one.</summary>
    private static float RoundToBFloat16(float value)
    {
        if (!float.IsFinite(value))
            return value;
        var bits = BitConverter.SingleToUInt32Bits(value);
        var below = bits & 0xFFFF_0000;
        var rest = bits & 0xFFFF;
        var up = rest > 0x8000 || (rest == 0x8000 && (below & 0x1_0000) != 0);
        return BitConverter.UInt32BitsToSingle(up ? below + 0x1_0000 : below);
    }
}
