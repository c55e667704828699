using System.Runtime.InteropServices;
using System.Text;

namespace NanoRnn.Deployed.Tests;

/// <summary>The constant tensors of an ONNX file, which is a protocol buffer: as much of it as they need.</summary>
internal static class OnnxInitializers
{
    private const int GraphOfModel = 7;
    private const int InitializerOfGraph = 5;
    private const int FloatsOfTensor = 4;
    private const int NameOfTensor = 8;
    private const int RawOfTensor = 9;

    public static Dictionary<string, float[]> Read(string path)
    {
        var tensors = new Dictionary<string, float[]>(StringComparer.Ordinal);
        foreach (var (_, graph) in Fields(File.ReadAllBytes(path)).Where(field => field.Number == GraphOfModel))
            foreach (var (_, tensor) in Fields(graph).Where(field => field.Number == InitializerOfGraph))
            {
                var parts = Fields(tensor).ToLookup(field => field.Number, field => field.Content);
                var floats = parts[RawOfTensor].Concat(parts[FloatsOfTensor]).FirstOrDefault();
                tensors.Add(Encoding.UTF8.GetString(parts[NameOfTensor].Single().Span), MemoryMarshal.Cast<byte, float>(floats.Span).ToArray());
            }

        return tensors;
    }

    /// <summary>The fields that are bytes; those that are numbers are skipped.</summary>
    private static IEnumerable<(int Number, ReadOnlyMemory<byte> Content)> Fields(ReadOnlyMemory<byte> message)
    {
        for (var place = 0; place < message.Length;)
        {
            var key = (int)Varint();
            switch (key & 7)
            {
                case 0:
                    Varint();
                    break;
                case 1:
                    place += sizeof(long);
                    break;
                case 2:
                    var length = (int)Varint();
                    yield return (key >> 3, message.Slice(place, length));
                    place += length;
                    break;
                default:
                    place += sizeof(int);
                    break;
            }

            ulong Varint()
            {
                var (value, shift) = (0ul, 0);
                while (true)
                {
                    var part = message.Span[place++];
                    value |= (ulong)(part & 0x7f) << shift;
                    if (part < 0x80)
                        return value;
                    shift += 7;
                }
            }
        }
    }
}
