using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;

namespace NanoRnn.Mpi;

/// <summary>What is called of Open MPI 4. Its handles are addresses of objects in the library.</summary>
internal static unsafe partial class LibMpi
{
    public const int Success = 0;

    /// <summary>Any thread may call, one at a time.</summary>
    public const int ThreadSerialized = 2;

    private const string Name = "libmpi";
    private const int MaxErrorString = 256;
    private static readonly string[] FileNames = ["libmpi.so.40", "libmpi.so", "libmpi.40.dylib", "libmpi.dylib"];
    private static nint _library;

    static LibMpi() => NativeLibrary.SetDllImportResolver(typeof(LibMpi).Assembly, Resolve);

    /// <summary>All processes.</summary>
    public static nint World { get; private set; }

    /// <summary>The type of a byte.</summary>
    public static nint Byte { get; private set; }

    /// <summary>Errors are codes that calls return.</summary>
    public static nint ErrorsReturn { get; private set; }

    /// <summary>Loads the library, which must come before all else.</summary>
    /// <exception cref="DllNotFoundException">It is not installed.</exception>
    public static void Load()
    {
        _library = Find();
        World = NativeLibrary.GetExport(_library, "ompi_mpi_comm_world");
        Byte = NativeLibrary.GetExport(_library, "ompi_mpi_byte");
        ErrorsReturn = NativeLibrary.GetExport(_library, "ompi_mpi_errors_return");
    }

    [LibraryImport(Name, EntryPoint = "MPI_Init_thread")]
    public static partial int InitThread(nint argumentCount, nint arguments, int required, out int provided);

    [LibraryImport(Name, EntryPoint = "MPI_Comm_set_errhandler")]
    public static partial int CommSetErrhandler(nint communicator, nint handler);

    [LibraryImport(Name, EntryPoint = "MPI_Comm_rank")]
    public static partial int CommRank(nint communicator, out int rank);

    [LibraryImport(Name, EntryPoint = "MPI_Comm_size")]
    public static partial int CommSize(nint communicator, out int size);

    [LibraryImport(Name, EntryPoint = "MPI_Comm_dup")]
    public static partial int CommDup(nint communicator, out nint copy);

    [LibraryImport(Name, EntryPoint = "MPI_Ialltoall")]
    public static partial int Ialltoall(
        byte* sent, int sentCount, nint sentType, byte* received, int receivedCount, nint receivedType, nint communicator, out nint request);

    [LibraryImport(Name, EntryPoint = "MPI_Iallgather")]
    public static partial int Iallgather(
        byte* sent, int sentCount, nint sentType, byte* received, int receivedCount, nint receivedType, nint communicator, out nint request);

    [LibraryImport(Name, EntryPoint = "MPI_Ibarrier")]
    public static partial int Ibarrier(nint communicator, out nint request);

    [LibraryImport(Name, EntryPoint = "MPI_Test")]
    public static partial int Test(ref nint request, out int isDone, nint status);

    [LibraryImport(Name, EntryPoint = "MPI_Abort")]
    public static partial int Abort(nint communicator, int code);

    [LibraryImport(Name, EntryPoint = "MPI_Finalize")]
    public static partial int Finalize();

    /// <summary>The name and meaning of an error, such as <c>MPI_ERR_COMM: invalid communicator</c>.</summary>
    public static string NameOf(int code)
    {
        Span<byte> text = stackalloc byte[MaxErrorString];
        fixed (byte* start = text)
        {
            return ErrorString(code, start, out var length) == Success
                ? Encoding.UTF8.GetString(text[..length])
                : string.Create(CultureInfo.InvariantCulture, $"error {code}, which MPI has no name for");
        }
    }

    [LibraryImport(Name, EntryPoint = "MPI_Error_string")]
    private static partial int ErrorString(int code, byte* text, out int length);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? paths) => name == Name ? _library : 0;

    private static nint Find()
    {
        foreach (var file in FileNames)
        {
            if (NativeLibrary.TryLoad(file, out var library))
                return library;
        }

        throw new DllNotFoundException(
            $"Open MPI was not found ({string.Join(", ", FileNames)}). Install it: apt install openmpi-bin (Debian, Ubuntu), dnf install openmpi (Fedora), " +
            "brew install open-mpi (macOS); where it is in a folder of its own, as with module load, LD_LIBRARY_PATH has to name that.");
    }
}
