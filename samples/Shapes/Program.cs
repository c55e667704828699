using Shapes;

(string Name, string Title, Action<TextWriter> Run)[] shapes =
[
    ("regression", Regression.Title, output => Regression.Run(output)),
    ("reber", Reber.Title, output => Reber.Run(output)),
    ("tagging", Tagging.Title, output => Tagging.Run(output)),
];

var wanted = Array.Find(shapes, shape => args is [var name] && name == shape.Name);
if (wanted.Run is not null)
{
    wanted.Run(Console.Out);
    return 0;
}

// Without a name this is a question; with a wrong one it is a mistake.
var isMistake = args.Length > 0;
var writer = isMistake ? Console.Error : Console.Out;
if (isMistake)
    writer.WriteLine($"There is no program '{string.Join(' ', args)}'.");
writer.WriteLine("Usage: dotnet run -c Release --project samples/Shapes -- <name>");
foreach (var (name, title, _) in shapes)
    writer.WriteLine($"  {name,-12}{title}");
return isMistake ? 2 : 0;
