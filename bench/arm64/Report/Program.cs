using NanoRnn.Arm64.Report;

try
{
    switch (args)
    {
        case ["substitutions", var coreLibrary]:
            Console.Write(Substitutions.Create(coreLibrary));
            return 0;
        case ["table", var objectFile]:
            Console.Write(Table.Create(objectFile));
            return 0;
        default:
            Console.Error.WriteLine("usage: NanoRnn.Arm64.Report substitutions CORELIB | table OBJECT");
            return 2;
    }
}
catch (InvalidDataException exception)
{
    Console.Error.WriteLine($"failed: {exception.Message}");
    return 1;
}
