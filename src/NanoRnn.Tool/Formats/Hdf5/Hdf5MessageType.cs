namespace NanoRnn.Tool.Formats.Hdf5;

/// <summary>Kinds of messages in the headers of objects, by the format's numbers.</summary>
internal enum Hdf5MessageType
{
    Dataspace = 1,
    LinkInfo = 2,
    Datatype = 3,
    Link = 6,
    Layout = 8,
    Filters = 11,
    Attribute = 12,
    Continuation = 16,
    SymbolTable = 17,
}
