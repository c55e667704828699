namespace NanoRnn.Generators.Tests;

/// <summary>Every kind of class that can be a model.</summary>
internal static class ValidTypes
{
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>
    {
        ["plain"] = "/// <summary>A model.</summary>\n[RnnModel(InputSize = 1), Lstm(5), Dense(1)] public sealed partial class Model;",
        ["with a body"] = "[RnnModel(InputSize = 1), Dense(1)] sealed partial class Model { }",
        ["internal"] = "[RnnModel(InputSize = 1), Dense(1)] internal sealed partial class Model;",
        ["unsealed"] = "/// <summary>A model.</summary>\n[RnnModel(InputSize = 1), Dense(1)] public partial class Model; sealed class Derived : Model;",
        ["private nested"] = "partial class Outer { [RnnModel(InputSize = 1), Dense(5)] private sealed partial class Model; public object Make() => new Model(); }",
        ["public nested"] = """
            /// <summary>Holds a model.</summary>
            public static partial class Outer
            {
                /// <summary>A model.</summary>
                [RnnModel(InputSize = 1), Dense(5)] public sealed partial class Model;
            }
            """,
        ["protected nested"] = "partial class Outer { [RnnModel(InputSize = 1), Dense(5)] protected partial class Model; }",
        ["nested three deep"] = "partial class A { partial struct B { partial interface C { [RnnModel(InputSize = 1), Dense(5)] partial class Model; } } }",
        ["nested in generic class"] = "partial class Outer<T> where T : struct { [RnnModel(InputSize = 1), Dense(5)] partial class Model { T _own = default; public T Own => _own; } }",
        ["nested in generic interface"] = "partial interface IOuter<T, @out> { [RnnModel(InputSize = 1), Dense(5)] partial class Model; }",
        ["nested in struct"] = "partial struct Outer { [RnnModel(InputSize = 1), Dense(5)] partial class Model; }",
        ["nested in readonly ref struct"] = "readonly ref partial struct Outer { [RnnModel(InputSize = 1), Dense(5)] partial class Model; }",
        ["nested in record"] = "partial record Outer(int X) { [RnnModel(InputSize = 1), Dense(5)] partial class Model; }",
        ["nested in record class"] = "partial record class Outer(int X) { [RnnModel(InputSize = 1), Dense(5)] partial class Model; }",
        ["nested in record struct"] = "readonly partial record struct Outer(int X) { [RnnModel(InputSize = 1), Dense(5)] partial class Model; }",
        ["nested in class with primary constructor"] = "partial class Outer(int x) { public int X => x; [RnnModel(InputSize = 1), Dense(5)] partial class Model; }",
        ["nested in another model"] = "[RnnModel(InputSize = 1), Dense(5)] partial class Outer { [RnnModel(InputSize = 3), Dense(4)] public partial class Inner; }",
        ["generic"] = "[RnnModel(InputSize = 1), Dense(5)] partial class Model<T>;",
        ["generic with constraints"] = "[RnnModel(InputSize = 1), Dense(5)] partial class Model<T, @in> where T : class, new() where @in : unmanaged;",
        ["generic with attributes"] = "[System.AttributeUsage(System.AttributeTargets.All)] class MarkAttribute : System.Attribute; [RnnModel(InputSize = 1), Dense(5)] partial class Model<[Mark] T>;",
        ["record"] = "[RnnModel(InputSize = 1), Dense(5)] partial record Model;",
        ["sealed record class"] = "[RnnModel(InputSize = 1), Dense(5)] sealed partial record class Model { public string Title { get; init; } = \"\"; }",
        ["namespace block"] = "namespace A.B { namespace C { [RnnModel(InputSize = 1), Dense(5)] partial class Model; } }",
        ["file-scoped namespace"] = "namespace A.B.C;\n[RnnModel(InputSize = 1), Dense(5)] partial class Model;",
        ["keyword names"] = "namespace @event.@namespace; partial class @struct<@int> { [RnnModel(InputSize = 1), Dense(5)] partial class @class; }",
        ["contextual keyword names"] = "namespace @record.var; [RnnModel(InputSize = 1), Dense(5)] partial class @async;",
        ["keyword type parameter"] = "[RnnModel(InputSize = 1), Dense(5)] partial class Model<@class>;",
        ["names of letters other than Latin"] = "namespace Prévisions.天気; partial class Ωmega { [RnnModel(InputSize = 1), Dense(5)] partial class Прогноз; }",
        ["namespaces named as the framework's"] = "namespace MyApp.Math { [RnnModel(InputSize = 1), Dense(5)] partial class Model; } namespace MyApp.Numerics { [RnnModel(InputSize = 1), Dense(5)] partial class Model; } namespace MyApp.Runtime.Intrinsics { [RnnModel(InputSize = 1), Dense(5)] partial class Model; }",
        ["namespace named as the library's"] = "namespace MyApp.NanoRnn.CompilerServices { [global::NanoRnn.RnnModel(InputSize = 1), global::NanoRnn.Dense(5)] partial class Model; }",
        ["namespace in the library's"] = "namespace NanoRnn.Own; [RnnModel(InputSize = 1), Dense(5)] partial class Model;",
        ["own members"] = """
            /// <summary>A model.</summary>
            [RnnModel(InputSize = 1), Dense(1)]
            public sealed partial class Model : System.IEquatable<Model>
            {
                private readonly int _length = 3;
                /// <summary>Own.</summary>
                public Model() : this(42) { }
                /// <summary>Own.</summary>
                public Model(string title) : this() => Title = title;
                /// <summary>Own.</summary>
                public string Title { get; } = "none";
                /// <summary>Own.</summary>
                public float[] Predict(float[] sequence) { var y = new float[OutputSize]; Predict(sequence, y); return y; }
                /// <summary>Own.</summary>
                public void Save(System.IO.FileInfo file) => Save(file.FullName);
                /// <summary>Own.</summary>
                public void Predict<T>(System.ReadOnlySpan<float> a, System.Span<float> b) where T : class { }
                /// <inheritdoc/>
                public bool Equals(Model? other) => other?._length == _length;
                /// <inheritdoc/>
                public override bool Equals(object? other) => Equals(other as Model);
                /// <inheritdoc/>
                public override int GetHashCode() => _length;
                static Model() { }
            }
            """,
        ["own base class and interface"] = "abstract class Base { protected Base(int x = 3) => X = x; public int X { get; } } interface IOwn { void Save(string path); } [RnnModel(InputSize = 1), Dense(5)] partial class Model : Base, IOwn;",
        ["own attributes"] = "[System.Serializable, RnnModel(InputSize = 1), System.Diagnostics.DebuggerDisplay(\"model\"), Dense(5), System.ComponentModel.Description(\"x\")] partial class Model;",
        ["several declarations"] = "/// <summary>A model.</summary>\n[RnnModel(InputSize = 1), Dense(2)] public sealed partial class Model; partial class Model { private int _a; private int B() => _a++; } sealed partial class Model { private int C() => B(); internal int D => C(); }",
        ["attribute suffix and arguments by name"] = "[RnnModelAttribute(InputSize = 1), LstmAttribute(units: 5), NanoRnn.DenseAttribute(2, Name = \"x\")] partial class Model;",
        ["constants"] = "static class Sizes { public const int Units = 2 * 3; public const bool Yes = true; public const string Name = \"n\"; } [RnnModel(InputSize = Sizes.Units), Lstm(Sizes.Units + 1, ReturnSequences = Sizes.Yes, Name = Sizes.Name + \"1\")] partial class Model { const int X = 3; }",
    };

    /// <summary>Sources that bring their own using directives.</summary>
    public static readonly IReadOnlyDictionary<string, string> WithoutUsings = new Dictionary<string, string>
    {
        ["qualified"] = "[NanoRnn.RnnModel(InputSize = 1), NanoRnn.Dense(5)] partial class Model;",
        ["alias-qualified"] = "[global::NanoRnn.RnnModel(InputSize = 1), global::NanoRnn.Dense(5)] partial class Model;",
        ["alias of a namespace"] = "using N = NanoRnn; [N::RnnModel(InputSize = 1), N.Dense(5)] partial class Model;",
        ["alias of an attribute"] = "using L = NanoRnn.LstmAttribute; using M = NanoRnn.RnnModelAttribute; [M(InputSize = 1), L(5)] partial class Model;",
        ["global alias of an attribute"] = "global using L = NanoRnn.LstmAttribute; global using M = NanoRnn.RnnModelAttribute; [M(InputSize = 1), L(5)] partial class Model;",
        ["own usings and aliases"] = "using NanoRnn; using System; using System.Collections.Generic; using Vector512 = System.String; using Unsafe = System.Int32; [RnnModel(InputSize = 1), Dense(5)] partial class Model { List<Vector512> Own { get; } = []; Unsafe Size => Own.Count; Type Kind => typeof(Unsafe); public override string ToString() => $\"{Own} {Size} {Kind}\"; }",
        ["usings in the namespace"] = "namespace A { using NanoRnn; [RnnModel(InputSize = 1), Dense(5)] partial class Model; }",
    };
}
