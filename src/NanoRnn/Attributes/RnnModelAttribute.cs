namespace NanoRnn;

/// <summary>
/// Marks a partial class as a recurrent network. The layers are further attributes on the same declaration, in
/// source order; the generator turns them into the class's members.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class RnnModelAttribute : Attribute
{
    /// <summary>Number of features of one time step of the input, at least 1. Not for models that begin with an embedding.</summary>
    public int InputSize { get; set; }
}
