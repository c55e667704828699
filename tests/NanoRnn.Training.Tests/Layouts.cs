using NanoRnn.CompilerServices;

namespace NanoRnn.Training.Tests;

/// <summary>The layouts of models, which show them to the library alone.</summary>
internal static class Layouts
{
    public static ModelLayout Of<TModel>()
        where TModel : class, IRnnModel<TModel> => TModel.Layout;
}
