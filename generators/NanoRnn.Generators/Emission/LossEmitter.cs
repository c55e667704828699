using Microsoft.CodeAnalysis.CSharp;
using NanoRnn.Generators.Lowering.Expressions;
using NanoRnn.Generators.Lowering.Functions;
using NanoRnn.Generators.Parsing;
using NanoRnn.Generators.Planning;

namespace NanoRnn.Generators.Emission;

/// <summary>The user's losses: a structure each, of sixteen outputs whatever registers the processor has, and the members that name them.</summary>
internal static class LossEmitter
{
    private const string Prediction = "prediction";

    private const string Target = "target";

    /// <summary>The file with the structures.</summary>
    public static string Emit(ModelPlan model)
    {
        var writer = new SourceWriter();
        TypeEmitter.EmitNetwork(writer, model.Spec.Type, ["System", "System.Runtime.CompilerServices", "System.Runtime.Intrinsics"], () =>
        {
            writer.Summary("The user's losses, for sixteen outputs and their targets at a time.");
            using (writer.Block($"internal static class {MemberParser.Losses}"))
            {
                var functions = new FunctionEmitter(numbersInMemory: false);
                foreach (var loss in model.Losses)
                    EmitStructure(writer, loss, functions);
                functions.Emit(writer);
            }
        });
        return writer.ToString();
    }

    /// <summary>The members of the user's class.</summary>
    public static void EmitMembers(SourceWriter writer, ModelPlan model)
    {
        writer.Line();
        writer.Summary("The losses that methods of this class are, for <see cref=\"global::NanoRnn.TrainerOptions.Loss\"/>.");
        using (writer.Block($"public static class {MemberParser.Losses}"))
            foreach (var loss in model.Losses)
            {
                writer.Line();
                writer.Summary($"Mean of {loss.DisplayName} over all outputs.");
                writer.Line(
                    $"public static global::NanoRnn.Loss {Property(loss)} => {ModelEmitter.Library}.MethodLoss.Of<" +
                    $"{TypeEmitter.Network(model.Spec.Type)}.{MemberParser.Losses}.{Structure(loss)}>();");
            }
    }

    private static string Structure(LossFunction loss) => loss.Name + "Loss";

    private static string Property(LossFunction loss) => SyntaxFacts.GetKeywordKind(loss.Name) == SyntaxKind.None ? loss.Name : "@" + loss.Name;

    private static void EmitStructure(SourceWriter writer, LossFunction loss, FunctionEmitter functions)
    {
        writer.Line();
        writer.Summary($"The user's {loss.DisplayName}.");
        using (writer.Block($"internal readonly struct {Structure(loss)} : Nano::ILossFunction"))
        {
            writer.Line($"public static string Name => \"{loss.Name}\";");
            EmitMethod("Value", loss.Value);
            EmitMethod("Slope", loss.Slope);
        }

        void EmitMethod(string name, Func<Expr, Expr, Expr> expand)
        {
            var dialect = Dialect.Vector512;
            writer.Line();
            writer.Line(PassesEmitter.InlineOptimized);
            using (writer.Block($"public {dialect.Type} {name}({dialect.Type} {Prediction}, {dialect.Type} {Target})"))
            {
                var graph = new ExprGraph();
                var printer = new ExpressionPrinter(
                    writer, dialect.Direct, node => node.Operation == Operation.Leaf ? node.Name : null, functions.For(dialect));
                printer.Reserve(Prediction);
                printer.Reserve(Target);
                writer.Line($"return {printer.Print([expand(graph.Leaf(Prediction), graph.Leaf(Target))])[0]};");
            }
        }
    }
}
