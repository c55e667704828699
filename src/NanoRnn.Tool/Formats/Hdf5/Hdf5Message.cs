namespace NanoRnn.Tool.Formats.Hdf5;

/// <summary>What an object's header says of it.</summary>
/// <param name="Type">Which kind of message.</param>
/// <param name="Start">Where its data begin.</param>
/// <param name="Length">Their bytes.</param>
internal readonly record struct Hdf5Message(Hdf5MessageType Type, long Start, long Length)
{
    public long End => Start + Length;
}
