using System.Runtime.InteropServices;

namespace NanoRnn.Package.Tests;

/// <summary>A test that builds packages and applications; runs when the environment variable NANORNN_SLOW_TESTS is 1.</summary>
public sealed class SlowFactAttribute : FactAttribute
{
    public SlowFactAttribute() => Skip = SlowTests.FindObstacle("Builds packages and applications");

    /// <summary>Whether what is tested is there on x64 only.</summary>
    public bool OnX64
    {
        get;
        set
        {
            field = value;
            if (value && RuntimeInformation.ProcessArchitecture != Architecture.X64)
                Skip = "Tests code for x64.";
        }
    }
}
