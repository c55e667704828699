using NanoRnn.Limits;

switch (args)
{
    case ["padding"]:
        PaddingRun.Print(Console.WriteLine);
        return 0;
    case ["stack"]:
        StackRun.Print(Console.WriteLine);
        return 0;
    default:
        Console.Error.WriteLine("usage: padding | stack");
        return 2;
}
