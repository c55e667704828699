using System.Text;

namespace Edge;

/// <summary>Messages to whoever runs the program, on standard error.</summary>
internal static class Message
{
    public static void Write(string text) => StandardStream.Write(StandardStream.Error, Encoding.UTF8.GetBytes($"edge: {text}\n"));
}
