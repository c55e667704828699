using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using NanoRnn.Reduced;

// Digests of everything that the models of reduced precision compute: lines that must be the same whatever the processor can do.
var width = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 1;
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"width {width}"));
foreach (var family in Families.All)
{
    foreach (var (precision, convert) in family.Reduced)
    {
        foreach (var (activity, values) in convert(family.Create(3).Weights).Compute())
        {
            var digest = Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(values.AsSpan())))[..16];
            Console.WriteLine($"{family.Name} {precision} {activity}: {digest}");
        }
    }
}
