using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using NanoRnn.Generators.Parsing;

namespace NanoRnn.Generators.Tests.Infrastructure;

/// <summary>
/// Walks everything that is reachable from a cached value, and fails on what must not be cached: objects that keep a whole
/// compilation alive, and collections that do not compare by content.
/// </summary>
internal static class ObjectGraph
{
    private static readonly Type[] Banned =
        [typeof(ISymbol), typeof(SyntaxNode), typeof(SyntaxTree), typeof(Compilation), typeof(Location), typeof(SemanticModel), typeof(AttributeData)];

    /// <returns>The path of the first object that is not allowed, or null.</returns>
    public static string? FindBanned(object? root) => Find(root, "value", new HashSet<object>(ReferenceEqualityComparer.Instance));

    private static string? Find(object? value, string path, HashSet<object> seen)
    {
        if (value is null or string)
            return null;
        var type = value.GetType();
        if (type.IsPrimitive || type.IsEnum || (!type.IsValueType && !seen.Add(value)))
            return null;
        if (Banned.Any(banned => banned.IsInstanceOfType(value)))
            return $"{path} is a {type}";
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(EquatableArray<>))
            return ((IEnumerable)value).Cast<object>().Select((item, i) => Find(item, $"{path}[{i}]", seen)).FirstOrDefault(found => found is not null);
        if (value is IEnumerable or ITuple)
            return $"{path} is a {type}, which does not compare by content";
        if (!type.GetInterfaces().Contains(typeof(IEquatable<>).MakeGenericType(type)))
            return $"{path} is a {type}, which is not equatable";
        return Fields(type)
            .Select(field => Find(field.GetValue(value), $"{path}.{field.Name}", seen))
            .FirstOrDefault(found => found is not null);
    }

    private static IEnumerable<FieldInfo> Fields(Type type)
    {
        for (var current = type; current is not null; current = current.BaseType)
            foreach (var field in current.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                yield return field;
    }
}
