using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NanoRnn.CompilerServices;

/// <summary>States that go from one training batch to the next, and from one range of steps on the tape to the next.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CarriedState
{
    /// <summary>A state before the tape's first step: what the range or the batch before has left, or zero.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="offset">Where the state lies among all states of a sequence.</param>
    /// <param name="state">Receives the rows.</param>
    /// <param name="rowLength">Floats of a row.</param>
    /// <param name="first">Number of the first sequence.</param>
    /// <param name="rows">Sequences.</param>
    public static void Start(TrainingWorkspace workspace, int offset, ref float state, int rowLength, nint first, nint rows)
    {
        if (workspace.TapeRange > 0 || workspace.CarriesState)
            RowOperations.Copy(ref Place(workspace, workspace.TapeRange, offset, rowLength, first), rowLength, ref state, rowLength, rowLength, rows);
        else
            RowOperations.Clear(ref state, rows * rowLength);
    }

    /// <summary>A state before the tape's first step: what the range before has left, or the one that all sequences begin with.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="offset">Where the state lies among all states of a sequence.</param>
    /// <param name="initial">A row, with which the first range begins.</param>
    /// <param name="state">Receives the rows.</param>
    /// <param name="rowLength">Floats of a row.</param>
    /// <param name="first">Number of the first sequence.</param>
    /// <param name="rows">Sequences.</param>
    public static void StartFrom(TrainingWorkspace workspace, int offset, ref float initial, ref float state, int rowLength, nint first, nint rows)
    {
        if (workspace.TapeRange > 0)
            Start(workspace, offset, ref state, rowLength, first, rows);
        else
            RowOperations.Copy(ref initial, 0, ref state, rowLength, rowLength, rows);
    }

    /// <summary>
    /// Keeps a state after the tape's last step, for the range that follows. After the last of them it is kept for the next batch, if the
    /// workspace carries it on, in the place of the state before this range, which nobody reads any more.
    /// </summary>
    public static void Keep(TrainingWorkspace workspace, int offset, ref float state, int rowLength, nint first, nint rows)
    {
        var isLast = workspace.EndStep == workspace.TimeSteps;
        if (workspace.IsRepeating || (isLast && !workspace.CarriesState))
            return;
        var range = isLast ? workspace.TapeRange : workspace.TapeRange + 1;
        RowOperations.Copy(ref state, rowLength, ref Place(workspace, range, offset, rowLength, first), rowLength, rowLength, rows);
    }

    private static ref float Place(TrainingWorkspace workspace, int range, int offset, int rowLength, nint first)
    {
        var before = (nint)(workspace.HasFirstStates ? range : range - 1) * workspace.StateLength + offset;
        return ref Unsafe.Add(ref workspace.States.Reference, before * workspace.Rows + first * rowLength);
    }
}
