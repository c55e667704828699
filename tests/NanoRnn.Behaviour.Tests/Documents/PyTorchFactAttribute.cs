using System.Diagnostics;

namespace NanoRnn.Behaviour.Tests.Documents;

/// <summary>A test that runs a program of PyTorch's, with the Python that Linux distributions install it for.</summary>
internal sealed class PyTorchFactAttribute : FactAttribute
{
    private const string Python = "/usr/bin/python3";

    /// <summary>The part of the package safetensors that is used, for machines without it.</summary>
    private const string Reader =
        """
        import json, struct, torch

        def load_file(path):
            with open(path, "rb") as file:
                header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
                data = bytearray(file.read())
            header.pop("__metadata__", None)
            return {name: torch.frombuffer(data, dtype=torch.float32, offset=entry["data_offsets"][0],
                        count=(entry["data_offsets"][1] - entry["data_offsets"][0]) // 4).reshape(entry["shape"])
                    for name, entry in header.items()}
        """;

    private static readonly Lazy<bool> HasPyTorch = new(() => File.Exists(Python) && Run("import torch", ".").ExitCode == 0);

    public PyTorchFactAttribute()
    {
        if (!HasPyTorch.Value)
            Skip = $"Needs PyTorch in {Python}; on Debian apt install python3-torch.";
    }

    /// <summary>Runs a program and returns what it prints; fails when it fails.</summary>
    public static async Task<string> RunAsync(string program, string folder)
    {
        if (Run("import safetensors", folder).ExitCode != 0)
        {
            Directory.CreateDirectory(Path.Combine(folder, "safetensors"));
            await File.WriteAllTextAsync(Path.Combine(folder, "safetensors", "torch.py"), Reader);
        }

        var (exitCode, printed, errors) = Run(program, folder);
        Assert.True(exitCode == 0, errors);
        return printed;
    }

    private static (int ExitCode, string Printed, string Errors) Run(string program, string folder)
    {
        var info = new ProcessStartInfo(Python, ["-c", program]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        using var process = Process.Start(info)!;
        var errors = process.StandardError.ReadToEndAsync();
        var printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, printed, errors.GetAwaiter().GetResult());
    }
}
