namespace NanoRnn;

/// <summary>
/// A loss of the user's: a <c>static float F(float prediction, float target)</c> of the model class, whose mean over all outputs is the loss
/// <c>Model.Losses.F</c>, for <see cref="TrainerOptions.Loss"/>. It is compiled with its derivative, not called; see the page on functions for
/// what it may contain.
/// </summary>
/// <param name="method">Name of the method, such as <c>nameof(Forecaster.Asymmetric)</c>; of the class, a base class, or a type around the class.</param>
/// <example>
/// <code>
/// [RnnModel(InputSize = 1)]
/// [Lstm(16)]
/// [Dense(1)]
/// [Loss(nameof(Forecaster.Asymmetric))]
/// sealed partial class Forecaster
/// {
///     public static float Asymmetric(float prediction, float target) =>
///         prediction &lt; target ? 3 * (target - prediction) : prediction - target;
/// }
///
/// var trainer = new Trainer&lt;Forecaster&gt;(model, new TrainerOptions { TimeSteps = 24, Loss = Forecaster.Losses.Asymmetric });
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LossAttribute(string method) : Attribute
{
    /// <summary>Name of the method.</summary>
    public string Method { get; } = method;
}
