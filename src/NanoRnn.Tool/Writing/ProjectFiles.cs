using System.Reflection;

namespace NanoRnn.Tool.Writing;

/// <summary>A console project that runs an imported model and compares it with its check.</summary>
internal static class ProjectFiles
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="NanoRnn" Version="{version}" />
          </ItemGroup>
          <ItemGroup>
            <Content Include="{file}.safetensors;check.json" CopyToOutputDirectory="PreserveNewest" />
          </ItemGroup>
        </Project>

        """;

    private const string Program = """
        using System.Text.Json;{using}

        // Runs the model on the inputs of check.json, and compares it with what the source model gives for them.
        var model = {name}.Load(Path.Combine(AppContext.BaseDirectory, "{file}.safetensors"));
        using var check = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "check.json")));
        var inputs = check.RootElement.GetProperty("inputs").EnumerateArray().Select(value => value.{get}()).ToArray();
        var expected = check.RootElement.GetProperty("outputs").EnumerateArray().Select(value => value.GetDouble()).ToArray();

        var outputs = new float[expected.Length];
        model.Predict(inputs, outputs);
        Console.WriteLine($"outputs: {string.Join(' ', outputs.Take(8))}{(outputs.Length > 8 ? " …" : "")}");

        // Of floats, relative to outputs that are larger than 1.
        var error = outputs.Zip(expected, (actual, value) => Math.Abs(actual - value) / Math.Max(1, Math.Abs(value))).Max();
        Console.WriteLine($"largest difference from the source model: {error:G2}");
        return error <= 1e-4 ? 0 : 1;

        """;

    /// <summary>Writes all files of an import.</summary>
    /// <param name="files">What was imported.</param>
    /// <param name="folder">The folder, which is made.</param>
    /// <param name="space">The class's namespace; null for none.</param>
    public static void Write(ImportedFiles files, string folder, string? space)
    {
        Directory.CreateDirectory(folder);
        var version = typeof(ProjectFiles).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
        WriteText($"{files.Name}.cs", files.Text);
        File.WriteAllBytes(Path.Combine(folder, $"{files.FileName}.safetensors"), files.Weights);
        File.WriteAllBytes(Path.Combine(folder, "check.json"), files.Check.Write());
        WriteText("Program.cs", Fill(Program));
        WriteText($"{files.Name}.csproj", Fill(Project));

        void WriteText(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);

        string Fill(string text) => text.Replace("{version}", version, StringComparison.Ordinal).Replace("{file}", files.FileName, StringComparison.Ordinal)
            .Replace("{name}", files.Name, StringComparison.Ordinal).Replace("{get}", files.Model.InputSize > 0 ? "GetSingle" : "GetInt32", StringComparison.Ordinal)
            .Replace("{using}", space is null ? "" : $"\nusing {space};", StringComparison.Ordinal);
    }
}
