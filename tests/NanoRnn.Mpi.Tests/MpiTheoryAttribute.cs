namespace NanoRnn.Mpi.Tests;

/// <summary>A test that starts processes with mpirun, and is skipped where there is none.</summary>
internal sealed class MpiTheoryAttribute : TheoryAttribute
{
    public MpiTheoryAttribute() => Skip = MpiRun.Obstacle;
}
