namespace NanoRnn.Mpi.Tests;

/// <summary>A test that starts processes with mpirun, and is skipped where there is none.</summary>
internal sealed class MpiFactAttribute : FactAttribute
{
    public MpiFactAttribute() => Skip = MpiRun.Obstacle;
}
