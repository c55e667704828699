using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using NanoRnn.Reference;

namespace NanoRnn.Differential.Running;

/// <summary>Writes safetensors files of 32-bit floats, without the library.</summary>
internal static class SafeTensorsFile
{
    public static byte[] Write(IEnumerable<ReferenceTensor> tensors)
    {
        var (header, data) = (new StringBuilder("{"), new MemoryStream());
        foreach (var tensor in tensors)
        {
            var begin = data.Length;
            foreach (var value in tensor.Values)
                data.Write(MemoryMarshal.AsBytes([(float)value]));
            header.Append(header.Length > 1 ? "," : "").Append(
                $"\"{tensor.Name}\":{{\"dtype\":\"F32\",\"shape\":[{string.Join(',', tensor.Shape)}],\"data_offsets\":[{begin},{data.Length}]}}");
        }

        var text = Encoding.ASCII.GetBytes(header.Append('}').ToString());
        var length = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)text.Length);
        return [.. length, .. text, .. data.ToArray()];
    }
}
