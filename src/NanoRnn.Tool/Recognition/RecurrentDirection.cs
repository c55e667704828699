namespace NanoRnn.Tool.Recognition;

/// <summary>In which directions a layer goes through the steps of its input.</summary>
internal enum RecurrentDirection
{
    Forward,
    Backward,
    Both,
}
