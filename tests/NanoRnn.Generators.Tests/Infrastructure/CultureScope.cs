using System.Globalization;

namespace NanoRnn.Generators.Tests.Infrastructure;

/// <summary>Another culture, until it is disposed.</summary>
internal sealed class CultureScope : IDisposable
{
    private readonly CultureInfo _before = CultureInfo.CurrentCulture;
    private readonly CultureInfo _uiBefore = CultureInfo.CurrentUICulture;

    public CultureScope(CultureInfo culture)
    {
        CultureInfo.CurrentCulture = culture;
        CultureInfo.CurrentUICulture = culture;
    }

    /// <summary>A culture by name, or, for "hostile", one that writes every number unlike C# does, also on machines without ICU.</summary>
    public static CultureInfo Find(string name)
    {
        if (name != "hostile")
            return CultureInfo.GetCultureInfo(name);
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NegativeSign = "minus ";
        culture.NumberFormat.NumberDecimalSeparator = ";";
        culture.NumberFormat.NumberGroupSeparator = "!";
        culture.NumberFormat.PositiveInfinitySymbol = "forever";
        culture.NumberFormat.NaNSymbol = "nothing";
        return culture;
    }

    public void Dispose()
    {
        CultureInfo.CurrentCulture = _before;
        CultureInfo.CurrentUICulture = _uiBefore;
    }
}
