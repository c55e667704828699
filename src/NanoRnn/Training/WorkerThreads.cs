using System.Runtime.CompilerServices;

namespace NanoRnn;

/// <summary>
/// Threads that help the caller with the phases of one training step. Inside a step they wait for the next phase spinning, for a
/// moment; between steps they are blocked and cost nothing. Allocates nothing after construction.
/// </summary>
internal sealed class WorkerThreads : IDisposable
{
    private readonly State _state;

    /// <summary>Starts the threads, and returns when each has allocated all that it ever will.</summary>
    /// <param name="count">Threads in all, the caller's included.</param>
    public WorkerThreads(int count)
    {
        Count = count;
        _state = new State(count - 1);
        _state.StartThreads();
    }

    // The threads know the state alone, so that a trainer that is forgotten instead of disposed ends them too.
    ~WorkerThreads() => _state.Stop();

    /// <summary>Threads in all, the caller's included.</summary>
    public int Count { get; }

    /// <exception cref="ObjectDisposedException">The threads have ended.</exception>
    public void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_state.IsStopped, typeof(Trainer<>));

    /// <summary>Says that phases follow each other from now on.</summary>
    /// <exception cref="ObjectDisposedException">The threads have ended.</exception>
    public void Begin()
    {
        // Whoever stops the threads does it before looking whether they are active: one of the two sees the other.
        _state.Activate();
        if (!_state.IsStopped)
            return;
        End();
        ThrowIfDisposed();
    }

    /// <summary>Says that the next phase may be long in coming.</summary>
    public void End() => _state.IsActive = false;

    /// <summary>Calls <paramref name="phase"/> with 0 … <see cref="Count"/> − 1, each on a thread of its own, and waits for all.</summary>
    /// <param name="phase">The work of one thread; it does not throw.</param>
    /// <exception cref="ObjectDisposedException">The threads were ended meanwhile; none is at work any more.</exception>
    public void Run(Action<int> phase)
    {
        _state.Start(phase);
        phase(0);
        _state.Wait();
        ThrowIfDisposed();
    }

    /// <summary>Ends the threads, and phases that another thread is at, and waits until nothing is at work any more.</summary>
    public void Dispose()
    {
        _state.Stop();
        _state.WaitForOthers();
        GC.SuppressFinalize(this);
    }

    private sealed class State(int workers)
    {
        private const int SpinsBeforeBlocking = 300;

        private readonly Worker[] _workers = new Worker[workers];
        private volatile Action<int>? _phase;
        private volatile int _phaseNumber;
        private volatile int _caller;
        private int _unfinished;
        private int _alive;

        public volatile bool IsActive;

        public volatile bool IsStopped;

        public void StartThreads()
        {
            _unfinished = workers;
            for (var i = 0; i < workers; i++)
            {
                var worker = _workers[i] = new Worker(i + 1);
                new Thread(() => Work(worker)) { IsBackground = true, Name = "NanoRnn training" }.Start();
                Interlocked.Increment(ref _alive);
            }

            Wait();
        }

        public void Activate()
        {
            _caller = Environment.CurrentManagedThreadId;
            IsActive = true;
            Interlocked.MemoryBarrier();
        }

        public void Start(Action<int> phase)
        {
            _phase = phase;
            Volatile.Write(ref _unfinished, workers);
            WakeForNextPhase();
        }

        /// <summary>Waits until every thread has done the phase, or all have ended.</summary>
        public void Wait()
        {
            var spinner = default(SpinWait);
            while (Volatile.Read(ref _unfinished) > 0 && !(IsStopped && Volatile.Read(ref _alive) == 0))
                spinner.SpinOnce(sleep1Threshold: -1);
            _phase = null;
        }

        public void Stop()
        {
            IsStopped = true;
            WakeForNextPhase();
        }

        /// <summary>Waits until the thread that calls phases, if it is another, has noticed that there are none any more.</summary>
        public void WaitForOthers()
        {
            var spinner = default(SpinWait);
            while (IsActive && _caller != Environment.CurrentManagedThreadId)
                spinner.SpinOnce();
        }

        private void WakeForNextPhase()
        {
            // Whoever ends the threads is not whoever starts the phases. It is a barrier too, between the number and the flags of blocked threads.
            Interlocked.Increment(ref _phaseNumber);
            foreach (var worker in _workers)
                worker?.Wake();
        }

        private void Work(Worker worker)
        {
            // The first wait of a thread allocates, also where it need not block.
            worker.Signal.WaitOne(0);
            Interlocked.Decrement(ref _unfinished);
            for (var seen = 0; ; seen++)
            {
                var spinner = default(SpinWait);
                while (_phaseNumber == seen)
                {
                    if (IsActive && spinner.Count < SpinsBeforeBlocking)
                        spinner.SpinOnce(sleep1Threshold: -1);
                    else
                        Block(worker, seen);
                }

                if (IsStopped)
                    break;
                RunPhase(worker);
                Interlocked.Decrement(ref _unfinished);
            }

            Interlocked.Decrement(ref _alive);
        }

        // A frame of its own: while the thread waits, nothing on its stack keeps the phase, and with it the trainer, alive.
        [MethodImpl(MethodImplOptions.NoInlining)]
        private void RunPhase(Worker worker) => _phase!(worker.Index);

        private void Block(Worker worker, int seen)
        {
            Interlocked.Exchange(ref worker.IsBlocked, 1);

            // A phase that came just now either leaves the flag to be taken back, or has taken it and will signal.
            if (_phaseNumber != seen && Interlocked.Exchange(ref worker.IsBlocked, 0) == 1)
                return;
            worker.Signal.WaitOne();
        }
    }

    private sealed class Worker(int index)
    {
        public int IsBlocked;

        public int Index => index;

        public AutoResetEvent Signal { get; } = new(false);

        public void Wake()
        {
            if (Interlocked.Exchange(ref IsBlocked, 0) == 1)
                Signal.Set();
        }
    }
}
