namespace NanoRnn.Fleet.Tests;

/// <summary>A test that needs mosquitto and openssl; skipped with a message where they are not.</summary>
public sealed class MosquittoFactAttribute : FactAttribute
{
    public MosquittoFactAttribute() => Skip = Mosquitto.Path is null || Mosquitto.Find("openssl") is null
        ? "Runs mosquitto, which is not on this machine, or openssl is not: apt-get install mosquitto openssl."
        : null;
}
