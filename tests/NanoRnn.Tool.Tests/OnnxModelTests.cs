using NanoRnn.Deployed.Tests;
using NanoRnn.Tool.Formats;
using NanoRnn.Tool.Tests.Infrastructure;
using NanoRnn.Tool.Writing;

namespace NanoRnn.Tool.Tests;

/// <summary>ONNX files as exporters write them: imported, compiled, run and compared.</summary>
public sealed class OnnxModelTests
{
    [ModelsFact]
    public void Try()
    {
        foreach (var path in Directory.GetFiles(ModelsFactAttribute.PathOf(), "*.onnx", SearchOption.AllDirectories).Order())
        {
            try
            {
                var graph = OnnxReader.Read(File.ReadAllBytes(path)).Graph!;
                var data = Path.Combine(Path.GetDirectoryName(path)!, "test_data_set_0");
                if (Directory.Exists(data))
                    NodeTestFile.FillInputs(graph, data);
                var files = ModelImporter.Import(graph, "Imported", null, Path.GetFileName(path), []);
                using var model = new CompiledModel(files);
                Console.WriteLine($"OK {path} {model.CheckError():G3}\n{files.Text}");
            }
            catch (Exception exception)
            {
                Console.WriteLine($"FAIL {path} {exception.GetType().Name} {exception.Message}\n{exception.StackTrace?.Split('\n')[0]}");
            }
        }
    }
}
