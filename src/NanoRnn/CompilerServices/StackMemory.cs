using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NanoRnn.CompilerServices;

/// <summary>Scratch memory on the stack, which the runtime aligns to 16 bytes only.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class StackMemory
{
    /// <summary>Floats to allocate beyond those that are used.</summary>
    public const int Slack = BufferLimits.StackSlack;

    /// <summary>The first float on a cache line. The memory must not move: it lies on the stack.</summary>
    public static ref float Align(Span<float> memory)
    {
        ref var first = ref MemoryMarshal.GetReference(memory);
        nuint address;
        unsafe
        {
            address = (nuint)Unsafe.AsPointer(ref first);
        }

        return ref Unsafe.AddByteOffset(ref first, (64 - address % 64) % 64);
    }
}
