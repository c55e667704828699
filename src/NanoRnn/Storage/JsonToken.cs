namespace NanoRnn.Storage;

/// <summary>What a piece of JSON starts with or is.</summary>
internal enum JsonToken
{
    StartObject,
    EndObject,
    StartArray,
    EndArray,
    String,
    Number,
    True,
    False,
    Null,
}
