using Tutorials;

(string Name, string Title, Action<TextWriter> Run)[] tutorials =
[
    ("sum", SumOfSequence.Title, SumOfSequence.Run),
    ("parameters", ParameterCounts.Title, ParameterCounts.Run),
    ("by-hand", OutputByHand.Title, OutputByHand.Run),
    ("train-and-test", TrainAndTest.Title, TrainAndTest.Run),
];

var wanted = Array.Find(tutorials, tutorial => args is [var name] && name == tutorial.Name);
if (wanted.Run is not null)
{
    wanted.Run(Console.Out);
    return 0;
}

// Without a name this is a question; with a wrong one it is a mistake.
var isMistake = args.Length > 0;
var writer = isMistake ? Console.Error : Console.Out;
if (isMistake)
    writer.WriteLine($"There is no tutorial '{string.Join(' ', args)}'.");
writer.WriteLine("Usage: dotnet run -c Release --project samples/Tutorials -- <name>");
foreach (var (name, title, _) in tutorials)
    writer.WriteLine($"  {name,-16}{title}");
return isMistake ? 2 : 0;
