using System.Diagnostics;

namespace NanoRnn.Fleet.Tests;

/// <summary>A mosquitto with the configuration of samples/Fleet, in a folder of its own: certificates, passwords, rules.</summary>
internal sealed class Mosquitto : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nanornn-mosquitto-");
    private readonly Process _process;

    public Mosquitto(int port, params IEnumerable<string> users)
    {
        var sample = System.IO.Path.Combine(
            typeof(Mosquitto).Assembly.GetCustomAttributes(typeof(System.Reflection.AssemblyMetadataAttribute), false).Cast<System.Reflection.AssemblyMetadataAttribute>().Single(item => item.Key == "RepositoryRoot").Value!,
            "samples", "Fleet", "mosquitto");
        foreach (var file in Directory.GetFiles(sample))
            File.Copy(file, In(System.IO.Path.GetFileName(file)));
        File.WriteAllText(In("mosquitto.conf"), File.ReadAllText(In("mosquitto.conf")).Replace("listener 8883", $"listener {port}", StringComparison.Ordinal));
        Run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=localhost",
            "-addext", "subjectAltName=DNS:localhost", "-keyout", In("server.key"), "-out", In("server.crt"));
        File.WriteAllText(In("passwords"), "");
        foreach (var user in users)
            Run(Find("mosquitto_passwd")!, "-b", In("passwords"), user, PasswordOf(user));
        _process = Process.Start(new ProcessStartInfo(Path!, ["-c", "mosquitto.conf"]) { WorkingDirectory = _folder.FullName, RedirectStandardError = true })!;
        _process.ErrorDataReceived += (_, line) => Log += line.Data + "\n";
        _process.BeginErrorReadLine();
    }

    public static string? Path => Find("mosquitto");

    public string Authority => In("server.crt");

    public string Log { get; private set; } = "";

    public static string PasswordOf(string user) => $"secret of {user}";

    public static string? Find(string program) =>
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin".Split(':').Select(folder => System.IO.Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private string In(string file) => System.IO.Path.Combine(_folder.FullName, file);

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program}: {errors}");
    }
}
