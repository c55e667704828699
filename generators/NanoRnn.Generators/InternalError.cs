using System.Diagnostics;
using NanoRnn.Generators.Diagnostics;

namespace NanoRnn.Generators;

/// <summary>An exception of the generator's own, as a diagnostic at the one model that it stops.</summary>
internal static class InternalError
{
    private static readonly string[] Rooms = ["Parsing", "Lowering", "Differentiation", "Planning", "Emission"];

    /// <summary>Does something for one model. That the compiler has no more use for it is no fault.</summary>
    /// <param name="model">The class's name.</param>
    /// <param name="place">Where the diagnostic belongs.</param>
    /// <param name="work">What is to be done.</param>
    /// <param name="stopped">The result if that fails.</param>
    public static T Guard<T>(string model, Func<SourcePlace> place, Func<T> work, Func<DiagnosticInfo, T> stopped)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return stopped(Describe(exception, place(), model));
        }
    }

    private static DiagnosticInfo Describe(Exception exception, SourcePlace place, string model)
    {
        var cause = exception is TypeInitializationException { InnerException: { } inner } ? inner : exception;
        var message = string.Join(" ", cause.Message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
        return DiagnosticInfo.Create(DiagnosticDescriptors.InternalError, place, model, FindRoom(cause), cause.GetType().Name, message.TrimEnd('.'));
    }

    /// <summary>The room that the exception comes from, and the method in it.</summary>
    private static string FindRoom(Exception exception)
    {
        foreach (var frame in new StackTrace(exception).GetFrames() ?? [])
            if (frame.GetMethod() is { DeclaringType: { } type } method && Array.Find(Rooms, room => IsIn(type, room)) is { } room)
                return $"{room} ({type.Name}.{method.Name})";
        return "the generator";
    }

    private static bool IsIn(Type type, string room) =>
        $"{type.Namespace}.".StartsWith($"{typeof(InternalError).Namespace}.{room}.", StringComparison.Ordinal);
}
