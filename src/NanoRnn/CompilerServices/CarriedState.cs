using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NanoRnn.CompilerServices;

/// <summary>States that go from one training batch to the next.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CarriedState
{
    /// <summary>A state before a batch's first step: what the batch before it has left, or zero.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="offset">Where the state lies among all states of a sequence.</param>
    /// <param name="state">Receives the rows.</param>
    /// <param name="rowLength">Floats of a row.</param>
    /// <param name="first">Number of the first sequence.</param>
    /// <param name="rows">Sequences.</param>
    public static void Start(TrainingWorkspace workspace, int offset, ref float state, int rowLength, nint first, nint rows)
    {
        if (workspace.CarriesState)
            RowOperations.Copy(ref Place(workspace, offset, rowLength, first), rowLength, ref state, rowLength, rowLength, rows);
        else
            RowOperations.Clear(ref state, rows * rowLength);
    }

    /// <summary>Keeps a state after a batch's last step, if the workspace carries it on.</summary>
    public static void Keep(TrainingWorkspace workspace, int offset, ref float state, int rowLength, nint first, nint rows)
    {
        if (workspace.CarriesState)
            RowOperations.Copy(ref state, rowLength, ref Place(workspace, offset, rowLength, first), rowLength, rowLength, rows);
    }

    private static ref float Place(TrainingWorkspace workspace, int offset, int rowLength, nint first) =>
        ref Unsafe.Add(ref workspace.States.Reference, (nint)offset * workspace.Rows + first * rowLength);
}
