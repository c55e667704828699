using System.Diagnostics;
using System.Globalization;

namespace NanoRnn.Mpi;

/// <summary>
/// The processes that <c>mpirun</c> has started, as <see cref="TrainerOptions.Processes"/>, over Open MPI 4. A program has one, from its start
/// to its end; it is for one thread at a time, which need not always be the same.
/// </summary>
/// <remarks>
/// A process that dies ends the others: <c>mpirun</c> ends them, and where it does not, a call that waits longer than the time-out throws.
/// After an exception of a call the group is of no use, and <see cref="Dispose"/> ends all processes.
/// </remarks>
/// <example>
/// <code>
/// using var processes = MpiProcessGroup.StartIfLaunched();
/// using var trainer = new Trainer&lt;Forecaster&gt;(model, new TrainerOptions { Shards = 4, Processes = processes });
/// </code>
/// </example>
public sealed unsafe class MpiProcessGroup : IProcessGroup, IDisposable
{
    private const int TestsBeforeYield = 100;

    /// <summary>How long a process waits for the others by default.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(10);

    private readonly TimeSpan _timeout;

    /// <summary>The same processes, where nothing but the end is said: a process that waits for an exchange does not take it for that.</summary>
    private readonly nint _farewell;
    private nint _request;
    private bool _isBroken;
    private bool _isDisposed;
    private long _ticks;

    private MpiProcessGroup(TimeSpan timeout)
    {
        _timeout = timeout;
        LibMpi.Load();
        Check(LibMpi.InitThread(0, 0, LibMpi.ThreadSerialized, out var provided), "MPI_Init_thread");
        if (provided < LibMpi.ThreadSerialized)
            throw new MpiException("This Open MPI has been built without threads, and a process of .NET has several.");
        Check(LibMpi.CommSetErrhandler(LibMpi.World, LibMpi.ErrorsReturn), "MPI_Comm_set_errhandler");
        Check(LibMpi.CommRank(LibMpi.World, out var rank), "MPI_Comm_rank");
        Check(LibMpi.CommSize(LibMpi.World, out var size), "MPI_Comm_size");
        (Rank, Size) = (rank, size);
        Check(LibMpi.CommDup(LibMpi.World, out _farewell), "MPI_Comm_dup");
    }

    /// <inheritdoc/>
    public int Rank { get; }

    /// <inheritdoc/>
    public int Size { get; }

    /// <summary>How long this process has been in calls, which is mostly waiting.</summary>
    public TimeSpan ExchangeTime => TimeSpan.FromSeconds((double)_ticks / Stopwatch.Frequency);

    /// <summary>Bytes that this process has given to others.</summary>
    public long BytesSent { get; private set; }

    /// <summary>Whether <c>mpirun</c> has started this process.</summary>
    public static bool IsLaunched => Environment.GetEnvironmentVariable("OMPI_COMM_WORLD_SIZE") is not null;

    /// <summary>The processes that <c>mpirun</c> has started. Once in a program.</summary>
    /// <param name="timeout">
    /// How long a process may wait for the others before it throws, more than 0; default <see cref="DefaultTimeout"/>. Longer than any of them
    /// takes for one batch, or is busy between two.
    /// </param>
    /// <exception cref="DllNotFoundException">Open MPI is not installed; the message says what to install.</exception>
    /// <exception cref="MpiException">MPI cannot start.</exception>
    public static MpiProcessGroup Start(TimeSpan? timeout = null)
    {
        var limit = timeout ?? DefaultTimeout;
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(limit, TimeSpan.Zero, nameof(timeout));
        return new MpiProcessGroup(limit);
    }

    /// <summary>
    /// The processes that <c>mpirun</c> has started; null if it has started none, so that the program trains in one process. Open MPI need not be installed
    /// then.
    /// </summary>
    /// <inheritdoc cref="Start"/>
    public static MpiProcessGroup? StartIfLaunched(TimeSpan? timeout = null) => IsLaunched ? Start(timeout) : null;

    /// <inheritdoc/>
    public void BeginAllToAll(ReadOnlySpan<byte> sent, Span<byte> received)
    {
        var start = Stopwatch.GetTimestamp();
        CheckUse();
        var part = sent.Length / Size;
        if (_request != 0 || part * Size != sent.Length || received.Length != sent.Length)
            throw new ArgumentException($"Expected {Size} parts and room for as many, and no exchange under way; found {sent.Length} and {received.Length} bytes.", nameof(sent));
        fixed (byte* source = sent, target = received)
            Check(LibMpi.Ialltoall(source, part, LibMpi.Byte, target, part, LibMpi.Byte, LibMpi.World, out _request), "MPI_Ialltoall");
        BytesSent += (long)part * (Size - 1);
        _ticks += Stopwatch.GetTimestamp() - start;
    }

    /// <inheritdoc/>
    public void EndAllToAll()
    {
        CheckUse();
        if (_request == 0)
            throw new InvalidOperationException($"{nameof(EndAllToAll)} ends what {nameof(BeginAllToAll)} began, but nothing is under way.");
        Wait("MPI_Ialltoall");
    }

    /// <inheritdoc/>
    public void AllGather(ReadOnlySpan<byte> part, Span<byte> all)
    {
        CheckUse();
        if (_request != 0 || all.Length != (long)part.Length * Size)
            throw new ArgumentException($"Expected room for {Size} parts of {part.Length} bytes, and no exchange under way; found {all.Length}.", nameof(all));
        fixed (byte* source = part, target = all)
        {
            Check(LibMpi.Iallgather(source, part.Length, LibMpi.Byte, target, part.Length, LibMpi.Byte, LibMpi.World, out _request), "MPI_Iallgather");
            BytesSent += (long)part.Length * (Size - 1);
            Wait("MPI_Iallgather");
        }
    }

    /// <summary>
    /// Waits for the other processes to come to their end too, and ends MPI. Where they do not, because this one or another has failed, it ends
    /// all of them.
    /// </summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        try
        {
            if (!_isBroken && _request == 0)
            {
                Check(LibMpi.Ibarrier(_farewell, out _request), "MPI_Ibarrier");
                Wait("MPI_Ibarrier");
                Check(LibMpi.Finalize(), "MPI_Finalize");
                return;
            }
        }
        catch (MpiException failure)
        {
            Console.Error.WriteLine(failure.Message);
        }

        Console.Error.WriteLine(FormattableString.Invariant($"Process {Rank} of {Size} ends all processes."));
        _ = LibMpi.Abort(LibMpi.World, 1);
    }

    private void CheckUse()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_isBroken)
            throw new MpiException("An exchange has failed: these processes can no longer work together.");
    }

    private void Wait(string call)
    {
        var start = Stopwatch.GetTimestamp();
        for (var tests = 1; ; tests++)
        {
            Check(LibMpi.Test(ref _request, out var isDone, 0), call);
            if (isDone != 0)
                break;
            if (tests % TestsBeforeYield != 0)
                continue;

            // More processes than cores: one of those that are waited for may need this one.
            Thread.Yield();
            if (Stopwatch.GetElapsedTime(start) > _timeout)
                throw Fail(string.Create(CultureInfo.InvariantCulture, $"Process {Rank} of {Size} has waited {_timeout.TotalSeconds} s for the others in {call}: one of them has died, is stopped, or takes longer than the time-out of MpiProcessGroup.Start."));
        }

        _request = 0;
        _ticks += Stopwatch.GetTimestamp() - start;
    }

    private void Check(int code, string call)
    {
        if (code != LibMpi.Success)
            throw Fail($"{call} of process {Rank} failed with {LibMpi.NameOf(code)}.");
    }

    private MpiException Fail(string message)
    {
        _isBroken = true;
        return new MpiException(message);
    }
}
