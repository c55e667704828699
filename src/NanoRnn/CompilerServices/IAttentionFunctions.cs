using System.ComponentModel;
using System.Runtime.Intrinsics;

namespace NanoRnn.CompilerServices;

/// <summary>The functions of attention, of sixteen numbers at a time whatever registers the processor has: generated, as those of every layer.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IAttentionFunctions
{
    /// <summary>eˣ.</summary>
    static abstract Vector512<float> Exp(Vector512<float> x);

    /// <summary>tanh x.</summary>
    static abstract Vector512<float> Tanh(Vector512<float> x);
}
