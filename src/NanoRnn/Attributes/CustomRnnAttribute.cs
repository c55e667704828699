namespace NanoRnn;

/// <summary>A recurrent layer with a cell of the user's own, described by a method with <see cref="CellAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class CustomRnnAttribute : RecurrentLayerAttribute
{
    /// <summary>A cell described by a method of the model class, of a base class, or of a type around the class.</summary>
    /// <param name="cell">Name of the method, such as <c>nameof(Forecaster.MinimalGatedUnit)</c>.</param>
    /// <param name="units">Number of units, at least 1.</param>
    public CustomRnnAttribute(string cell, int units)
        : base(units) => Cell = cell;

    /// <summary>A cell described by a method of another class of the project.</summary>
    /// <param name="type">The class that has the method.</param>
    /// <param name="cell">Name of the method, such as <c>nameof(Cells.MinimalGatedUnit)</c>.</param>
    /// <param name="units">Number of units, at least 1.</param>
    public CustomRnnAttribute(Type type, string cell, int units)
        : base(units) => (Type, Cell) = (type, cell);

    /// <summary>The class that has the method; <see langword="null"/> if it is the model's.</summary>
    public Type? Type { get; }

    /// <summary>Name of the method that describes the cell.</summary>
    public string Cell { get; }

    /// <summary>Activation that <see cref="CellBuilder.Gate"/> applies. Default sigmoid.</summary>
    public Activation RecurrentActivation { get; set; } = Activation.Sigmoid;

    /// <summary>
    /// Name of a <c>static float F(float x)</c> of the model class to use instead of <see cref="RecurrentActivation"/>; see
    /// <see cref="RecurrentLayerAttribute.ActivationMethod"/>. Default <see langword="null"/>: none.
    /// </summary>
    public string? RecurrentActivationMethod { get; set; }
}
