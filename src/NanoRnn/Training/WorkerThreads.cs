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
    }

    // The threads know the state alone, so that a trainer that is forgotten instead of disposed ends them too.
    ~WorkerThreads() => _state.Stop();

    /// <summary>Threads in all, the caller's included.</summary>
    public int Count { get; }

    /// <summary>Says that phases follow each other from now on.</summary>
    /// <exception cref="ObjectDisposedException">The threads have ended.</exception>
    public void Begin()
    {
        ObjectDisposedException.ThrowIf(_state.IsStopped, typeof(Trainer<>));
        _state.IsActive = true;
    }

    /// <summary>Says that the next phase may be long in coming.</summary>
    public void End() => _state.IsActive = false;

    /// <summary>Calls <paramref name="phase"/> with 0 … <see cref="Count"/> − 1, each on a thread of its own, and waits for all.</summary>
    /// <param name="phase">The work of one thread; it does not throw.</param>
    public void Run(Action<int> phase)
    {
        _state.Start(phase);
        phase(0);
        _state.Wait();
    }

    public void Dispose()
    {
        _state.Stop();
        GC.SuppressFinalize(this);
    }

    private sealed class State
    {
        private const int SpinsBeforeBlocking = 300;

        private readonly Worker[] _workers;
        private volatile Action<int>? _phase;
        private volatile int _phaseNumber;
        private int _unfinished;

        public State(int workers)
        {
            _workers = new Worker[workers];
            _unfinished = workers;
            for (var i = 0; i < workers; i++)
            {
                var worker = _workers[i] = new Worker(i + 1);
                new Thread(() => Work(worker)) { IsBackground = true, Name = "NanoRnn training" }.Start();
            }

            Wait();
        }

        public volatile bool IsActive;

        public volatile bool IsStopped;

        public void Start(Action<int> phase)
        {
            _phase = phase;
            Volatile.Write(ref _unfinished, _workers.Length);
            WakeForNextPhase();
        }

        public void Wait()
        {
            var spinner = default(SpinWait);
            while (Volatile.Read(ref _unfinished) > 0)
                spinner.SpinOnce(sleep1Threshold: -1);
            _phase = null;
        }

        public void Stop()
        {
            IsStopped = true;
            WakeForNextPhase();
        }

        private void WakeForNextPhase()
        {
            _phaseNumber++;
            Interlocked.MemoryBarrier();
            foreach (var worker in _workers)
                worker.Wake();
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
                    return;
                RunPhase(worker);
                Interlocked.Decrement(ref _unfinished);
            }
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
