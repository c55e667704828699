using NanoRnn.CompilerServices;

namespace NanoRnn.Storage;

/// <summary>Finds the module of PyTorch's for each layer of a model.</summary>
/// <remarks>
/// <para>A file has its tensors by their names, so where they stand says nothing. A layer's module is the one with its shapes; several layers
/// of the same shapes have theirs by their names, or, where those of the modules differ in numbers alone, in the order of the numbers.</para>
/// <para>The compiler reads files too, so it compiles for netstandard2.0.</para>
/// </remarks>
internal sealed class PyTorchMatching
{
    private readonly List<PyTorchLayer> _layers = [];
    private readonly List<PyTorchModule> _modules;
    private readonly List<SafeTensorsEntry> _found;
    private readonly string _modelName;
    private readonly string _source;

    /// <param name="modelName">What to call the model in messages.</param>
    /// <param name="tensors">Its tensors.</param>
    /// <param name="description">Its layers; see <see cref="ModelDescription"/>.</param>
    /// <param name="source">What to call the file in messages.</param>
    /// <param name="found">What the file has.</param>
    public PyTorchMatching(
        string modelName, IReadOnlyList<TensorLayout> tensors, string description, string source, List<SafeTensorsEntry> found)
    {
        (_modelName, _source, _found) = (modelName, source, found);
        _modules = PyTorchModule.Group(found);
        foreach (var layer in ModelDescription.LayersOf(description))
        {
            if (new PyTorchLayer(layer, tensors) is { Tensors.Count: > 0 } known)
                _layers.Add(known);
        }
    }

    /// <summary>The layers with their modules.</summary>
    /// <exception cref="ModelFileException">The modules are not the layers, or may be in several ways.</exception>
    public List<PyTorchLayer> Run()
    {
        foreach (var layer in _layers)
        {
            if (layer.Refusal is { } refusal)
                throw Error($"the file is PyTorch's, and '{layer.Name}' of {_modelName} {refusal}");
        }

        foreach (var layer in _layers)
        {
            if (layer.Module is null)
                FindModules(layer.Signature);
        }

        foreach (var module in _modules)
        {
            if (!module.IsTaken)
                throw Mismatch($"no layer of {_modelName} has the module '{FileText.Escape(module.Name)}' of {module.Signature}");
        }

        return _layers;
    }

    /// <summary>Finds the modules of all layers of the same shapes.</summary>
    private void FindModules(string signature)
    {
        // In plain loops: this is a part of every program that loads a model.
        var layers = new List<PyTorchLayer>();
        foreach (var layer in _layers)
        {
            if (layer.Signature == signature)
                layers.Add(layer);
        }

        var modules = new List<PyTorchModule>();
        foreach (var module in _modules)
        {
            if (module.Signature == signature)
                modules.Add(module);
        }

        if (modules.Count != layers.Count)
            throw Mismatch($"expected {(layers.Count == 1 ? "a module" : $"{layers.Count} modules")} of {signature} for {Names(layers)}, found {modules.Count}");
        if (!TryOrderByNames(modules, layers))
            OrderByNumbers(modules, layers);
        for (var i = 0; i < layers.Count; i++)
        {
            layers[i].Module = modules[i];
            modules[i].IsTaken = true;
        }
    }

    /// <summary>Puts modules of the same shapes in the order of the layers that are called as they are, if there is one for each.</summary>
    private static bool TryOrderByNames(List<PyTorchModule> modules, List<PyTorchLayer> layers)
    {
        var named = new List<PyTorchModule>();
        foreach (var layer in layers)
        {
            PyTorchModule? own = null;
            foreach (var module in modules)
            {
                if (module.Name != layer.Name)
                    continue;
                if (own is not null)
                    return false;
                own = module;
            }

            if (own is null)
                return false;
            named.Add(own);
        }

        for (var i = 0; i < modules.Count; i++)
            modules[i] = named[i];
        return true;
    }

    /// <summary>Puts modules whose names differ in numbers alone in the order of these.</summary>
    private void OrderByNumbers(List<PyTorchModule> modules, List<PyTorchLayer> layers)
    {
        for (var i = 1; i < modules.Count; i++)
        {
            var module = modules[i];
            var place = i;
            for (; place > 0; place--)
            {
                var order = PyTorchModule.CompareNumbers(modules[place - 1].Name, module.Name);
                if (order is null or 0)
                {
                    throw Mismatch(
                        $"which of the modules '{FileText.Escape(modules[place - 1].Name)}' and '{FileText.Escape(module.Name)}' of {module.Signature} is which " +
                        $"of the layers {Names(layers)} cannot be known; give the layers the modules' names (Name = \"…\")");
                }

                if (order < 0)
                    break;
                modules[place] = modules[place - 1];
            }

            modules[place] = module;
        }
    }

    private static string Names(List<PyTorchLayer> layers)
    {
        var names = new string[layers.Count];
        for (var i = 0; i < names.Length; i++)
            names[i] = $"'{layers[i].Name}'";
        return FileText.List(names);
    }

    private ModelFileException Error(string message) => SafeTensorsReader.Error(_source, message + ".");

    /// <summary>An error that says what the file has and what the model wants.</summary>
    private ModelFileException Mismatch(string message)
    {
        var tensors = new string[_found.Count];
        for (var i = 0; i < tensors.Length; i++)
            tensors[i] = PyTorchLayer.Describe(_found[i].Name, _found[i].Shape);
        var wanted = new string[_layers.Count];
        for (var i = 0; i < wanted.Length; i++)
            wanted[i] = $"for '{_layers[i].Name}' {_layers[i].Signature}";
        return Error($"{message}. The file has {FileText.List(tensors)}. {_modelName} wants {FileText.List(wanted)}");
    }
}
