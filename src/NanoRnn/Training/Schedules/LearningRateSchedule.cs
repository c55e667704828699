namespace NanoRnn;

/// <summary>
/// The learning rate as a function of the number of steps: <c>Optimizer.Adam() with { LearningRateSchedule = … }</c>. Names, formulas and
/// defaults are Keras's where Keras has such a schedule. Derive from it for one of your own.
/// </summary>
/// <remarks>
/// A schedule has no state and can be shared. Those of the library compute in double precision with the same bits everywhere; one of your
/// own should not call <see cref="Math.Pow"/>, <see cref="Math.Cos"/> and the like if that matters.
/// </remarks>
public abstract class LearningRateSchedule
{
    /// <summary><c>initialLearningRate·decayRate^(step/decaySteps)</c>.</summary>
    /// <param name="initialLearningRate">Finite and not negative.</param>
    /// <param name="decaySteps">Steps in which the rate becomes <paramref name="decayRate"/> times what it was, at least 1.</param>
    /// <param name="decayRate">Finite and positive.</param>
    /// <param name="staircase">Whether the rate changes every <paramref name="decaySteps"/> steps instead of every step.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static LearningRateSchedule ExponentialDecay(
        double initialLearningRate, int decaySteps, double decayRate, bool staircase = false) =>
        new ExponentialDecaySchedule(initialLearningRate, decaySteps, decayRate, staircase);

    /// <summary><c>initialLearningRate/(1 + decayRate·step/decaySteps)</c>.</summary>
    /// <param name="initialLearningRate">Finite and not negative.</param>
    /// <param name="decaySteps">At least 1.</param>
    /// <param name="decayRate">Finite and not negative.</param>
    /// <param name="staircase">Whether the rate changes every <paramref name="decaySteps"/> steps instead of every step.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static LearningRateSchedule InverseTimeDecay(
        double initialLearningRate, int decaySteps, double decayRate, bool staircase = false) =>
        new InverseTimeDecaySchedule(initialLearningRate, decaySteps, decayRate, staircase);

    /// <summary>The first value up to the first boundary, that step included, then the second value, and so on.</summary>
    /// <param name="boundaries">Steps, each greater than the one before, at least one.</param>
    /// <param name="values">One more learning rate, finite and not negative.</param>
    /// <exception cref="ArgumentException">There is not one value more than boundaries, or those do not rise.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is negative or not finite.</exception>
    public static LearningRateSchedule PiecewiseConstantDecay(ReadOnlySpan<int> boundaries, ReadOnlySpan<double> values) =>
        new PiecewiseConstantDecaySchedule(boundaries.ToArray(), values.ToArray());

    /// <summary>
    /// <c>(initialLearningRate − endLearningRate)·(1 − step/decaySteps)^power + endLearningRate</c>, and the latter after
    /// <paramref name="decaySteps"/>.
    /// </summary>
    /// <param name="initialLearningRate">Finite and not negative.</param>
    /// <param name="decaySteps">At least 1.</param>
    /// <param name="endLearningRate">Finite and not negative.</param>
    /// <param name="power">Finite and positive; 1 is a line.</param>
    /// <param name="cycle">Whether <paramref name="decaySteps"/> becomes its first multiple that is not below the step, so that the rate rises again.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static LearningRateSchedule PolynomialDecay(
        double initialLearningRate, int decaySteps, double endLearningRate = 0.0001, double power = 1, bool cycle = false) =>
        new PolynomialDecaySchedule(initialLearningRate, decaySteps, endLearningRate, power, cycle);

    /// <summary>
    /// Half a cosine (Loshchilov and Hutter 2016): <c>initialLearningRate·((1 − alpha)·½(1 + cos(π·step/decaySteps)) + alpha)</c>. With a
    /// <paramref name="warmupTarget"/> the rate first rises to it along a line, in <paramref name="warmupSteps"/> steps, and decays from it.
    /// </summary>
    /// <param name="initialLearningRate">Finite and not negative.</param>
    /// <param name="decaySteps">Steps of the decay alone, at least 1.</param>
    /// <param name="alpha">The share that is left at the end, from 0 to 1.</param>
    /// <param name="warmupTarget">Finite and not negative, or null for no warm-up.</param>
    /// <param name="warmupSteps">Not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static LearningRateSchedule CosineDecay(
        double initialLearningRate, int decaySteps, double alpha = 0, double? warmupTarget = null, int warmupSteps = 0)
    {
        var decay = new CosineDecaySchedule(warmupTarget ?? initialLearningRate, decaySteps, alpha);
        return warmupTarget is null ? decay : WarmUp(decay, warmupSteps, initialLearningRate);
    }

    /// <summary>
    /// <see cref="CosineDecay"/> that starts again, each time for <paramref name="tMul"/> times as many steps and from
    /// <paramref name="mMul"/> times the rate.
    /// </summary>
    /// <param name="initialLearningRate">Finite and not negative.</param>
    /// <param name="firstDecaySteps">Steps of the first decay, at least 1.</param>
    /// <param name="tMul">At least 1.</param>
    /// <param name="mMul">Finite and not negative.</param>
    /// <param name="alpha">The share that is left at the end of each, from 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static LearningRateSchedule CosineDecayRestarts(
        double initialLearningRate, int firstDecaySteps, double tMul = 2, double mMul = 1, double alpha = 0) =>
        new CosineDecayRestartsSchedule(initialLearningRate, firstDecaySteps, tMul, mMul, alpha);

    /// <summary>A line up to where a schedule starts, and then the schedule, which begins to count its steps there.</summary>
    /// <param name="schedule">What comes after.</param>
    /// <param name="warmupSteps">Steps of the line, not negative.</param>
    /// <param name="initialLearningRate">The rate of the first step, finite and not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static LearningRateSchedule WarmUp(LearningRateSchedule schedule, int warmupSteps, double initialLearningRate = 0) =>
        new WarmUpSchedule(schedule, warmupSteps, initialLearningRate);

    /// <summary>A line up to a rate that stays.</summary>
    /// <param name="learningRate">The rate after it, finite and not negative.</param>
    /// <param name="warmupSteps">Steps of the line, not negative.</param>
    /// <param name="initialLearningRate">The rate of the first step, finite and not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static LearningRateSchedule WarmUp(double learningRate, int warmupSteps, double initialLearningRate = 0) =>
        WarmUp(PolynomialDecay(learningRate, decaySteps: 1, endLearningRate: learningRate), warmupSteps, initialLearningRate);

    /// <summary>
    /// One cycle (Smith and Topin 2017), as PyTorch's OneCycleLR: half a cosine from <c>maxLearningRate/divFactor</c> up to
    /// <paramref name="maxLearningRate"/>, and another down to <c>maxLearningRate/(divFactor·finalDivFactor)</c>. It does not move the
    /// momentum.
    /// </summary>
    /// <param name="maxLearningRate">Finite and not negative.</param>
    /// <param name="totalSteps">Steps of the training, at least 2; the last rate stays after them.</param>
    /// <param name="pctStart">The share of steps that rise, from 0 to less than 1.</param>
    /// <param name="divFactor">Finite and positive.</param>
    /// <param name="finalDivFactor">Finite and positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static LearningRateSchedule OneCycle(
        double maxLearningRate, int totalSteps, double pctStart = 0.3, double divFactor = 25, double finalDivFactor = 1e4) =>
        new OneCycleSchedule(maxLearningRate, totalSteps, pctStart, divFactor, finalDivFactor);

    /// <summary>The learning rate of a step.</summary>
    /// <param name="iteration">Optimizer steps that have been taken before it, from 0.</param>
    /// <returns>Finite and not negative.</returns>
    public abstract double GetLearningRate(long iteration);
}
