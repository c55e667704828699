namespace NanoRnn;

/// <summary>
/// A vector in a method with <see cref="CellAttribute"/>, one element per unit; operators work on each element. There is never an
/// object of this class, and its operators cannot be called.
/// </summary>
public sealed class CellValue
{
    private CellValue()
    {
    }

    /// <summary>A constant in all elements.</summary>
    /// <param name="value">The number, a constant.</param>
    /// <exception cref="NotSupportedException">Always.</exception>
    public static implicit operator CellValue(float value) => throw Error();

    /// <summary>The sum.</summary>
    /// <param name="a">The first vector.</param>
    /// <param name="b">The second vector.</param>
    /// <exception cref="NotSupportedException">Always.</exception>
    public static CellValue operator +(CellValue a, CellValue b) => throw Error();

    /// <summary>The difference.</summary>
    /// <param name="a">The first vector.</param>
    /// <param name="b">The second vector.</param>
    /// <exception cref="NotSupportedException">Always.</exception>
    public static CellValue operator -(CellValue a, CellValue b) => throw Error();

    /// <summary>The product of elements.</summary>
    /// <param name="a">The first vector.</param>
    /// <param name="b">The second vector.</param>
    /// <exception cref="NotSupportedException">Always.</exception>
    public static CellValue operator *(CellValue a, CellValue b) => throw Error();

    /// <summary>The quotient of elements.</summary>
    /// <param name="a">The first vector.</param>
    /// <param name="b">The second vector.</param>
    /// <exception cref="NotSupportedException">Always.</exception>
    public static CellValue operator /(CellValue a, CellValue b) => throw Error();

    /// <summary>The negative.</summary>
    /// <param name="a">The vector.</param>
    /// <exception cref="NotSupportedException">Always.</exception>
    public static CellValue operator -(CellValue a) => throw Error();

    private static NotSupportedException Error() =>
        new("A method with [Cell] describes a cell to the compiler; it cannot be called.");
}
