using NanoRnn.Behaviour;

switch (args)
{
    case ["bits"]:
        BitDigests.Print(Console.WriteLine);
        return 0;
    case ["allocations"]:
        Allocations.Print(Console.Out);
        return 0;
    case ["save", var path]:
        SaveLoop.Run(path, Console.Out);
        return 0;
    default:
        Console.Error.WriteLine("usage: bits | allocations | save <file>");
        return 2;
}
