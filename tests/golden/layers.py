"""What a case says about a layer, as C# attribute and in its file."""
from dataclasses import dataclass

CELLS = ["SimpleRnn", "Lstm", "Gru", "GruBefore"]
DEFAULT_ACTIVATIONS = {"Dense": "Linear", "Conv1D": "Linear", **{cell: "Tanh" for cell in CELLS}}


class Reference(str):
    """The name of a layer."""


@dataclass(frozen=True)
class Layer:
    """A layer; `options` holds what differs from the attribute's defaults, by C# name."""
    kind: str
    arguments: dict
    options: dict

    def named(self, name):
        """The same layer with a name."""
        return Layer(self.kind, self.arguments, {**self.options, "Name": Reference(name)})

    @property
    def name(self):
        """Its name; None for the default one."""
        return self.options.get("Name")

    @property
    def attends(self):
        return self.kind.endswith("Attention")

    @property
    def inputs(self):
        """The names of what it reads, None the layer above; None for that alone."""
        if self.attends:
            return [None, self.arguments["value"], self.options.get("Key", self.arguments["value"])]
        return list(self.arguments.values()) if self.kind == "Concatenate" else None

    @property
    def is_cell(self):
        return self.kind in CELLS

    @property
    def units(self):
        return self.arguments["units"]

    @property
    def activation(self):
        return self.options.get("Activation") or self.arguments.get("activation") or DEFAULT_ACTIVATIONS[self.kind]

    @property
    def sequences(self):
        return self.options.get("ReturnSequences", False)

    @property
    def merge(self):
        """How two directions become one; None for a single direction."""
        return self.options.get("MergeMode", "Concat") if "Direction" in self.options else None

    @property
    def attribute(self):
        """As C# attribute."""
        values = [_csharp(name, value) for name, value in self.arguments.items()]
        values += [f"{name} = {_csharp(name, value)}" for name, value in self.options.items()]
        return f"[{self.kind.replace('GruBefore', 'Gru')}{'(' + ', '.join(values) + ')' if values else ''}]"

    @property
    def description(self):
        """As a JSON object, which LayerDescription.cs reads."""
        options = {name: value for name, value in self.options.items() if name not in ("Direction", "MergeMode")}
        if self.merge:
            options["merge"] = self.merge
        named = {name[0].lower() + name[1:]: value for name, value in options.items() if name != "Key"}
        if self.inputs:
            return {"kind": self.kind, **named, "inputs": self.inputs}
        return {"kind": self.kind.replace("GruBefore", "Gru"), **self.arguments, **named}


def cell(kind, units, sequences, activation="Tanh", merge=None, backwards=False):
    """A recurrent layer; bidirectional if it has a merge mode."""
    options = {}
    if kind == "GruBefore":
        options["ResetAfter"] = False
    if activation != "Tanh":
        options["Activation"] = activation
    if merge:
        options["Direction"] = "Bidirectional"
    if merge and merge != "Concat":
        options["MergeMode"] = merge
    if backwards:
        options["GoBackwards"] = True
    if sequences:
        options["ReturnSequences"] = True
    return Layer(kind, {"units": units}, options)


def dense(units, activation="Linear"):
    return Layer("Dense", {"units": units}, {} if activation == "Linear" else {"Activation": activation})


def convolution(filters, kernel_size, padding="Valid", activation="Linear", **options):
    """A convolution over time; options are Strides, DilationRate, Groups, Positions and UseBias."""
    options = {"Padding": padding, "Activation": activation, **options}
    return Layer("Conv1D", {"filters": filters, "kernelSize": kernel_size},
                 {name: value for name, value in options.items() if value not in ("Valid", "Linear")})


def position_padding(kind, before, behind, **options):
    """ZeroPadding1D or ReflectionPadding1D; the option is Positions."""
    return Layer(f"{kind}Padding1D", {"before": before, "behind": behind}, options)


def pooling(kind, size, strides=None, padding="Valid"):
    """MaxPooling1D or AveragePooling1D."""
    options = {"Strides": strides, "Padding": padding}
    return Layer(f"{kind}Pooling1D", {"poolSize": size},
                 {name: value for name, value in options.items() if value not in (None, "Valid")})


def global_pooling(kind):
    """GlobalMaxPooling1D or GlobalAveragePooling1D."""
    return Layer(f"Global{kind}Pooling1D", {}, {})


def activation(function):
    return Layer("Activation", {"activation": function}, {})


def embedding(vocabulary, dimensions, mask_zero=False):
    arguments = {"vocabulary": vocabulary, "dimensions": dimensions}
    return Layer("Embedding", arguments, {"MaskZero": True} if mask_zero else {})


def masking():
    return Layer("Masking", {}, {})


def normalization():
    return Layer("LayerNormalization", {}, {})


def batch_normalization(**options):
    """Options are Momentum, Epsilon, Scale and Center."""
    return Layer("BatchNormalization", {}, options)


def repeat(count):
    return Layer("RepeatVector", {"count": count}, {})


def decoder(start_token, end_token, use_encoder_state=True):
    return Layer("Decoder", {"startToken": start_token, "endToken": end_token}, {} if use_encoder_state else {"UseEncoderState": False})


def attention(kind, value, key=None):
    """Attention or AdditiveAttention, by the names of its values and keys."""
    return Layer(kind, {"value": Reference(value)}, {"Key": Reference(key)} if key else {})


def concatenate(*inputs):
    return Layer("Concatenate", {f"input{i}": Reference(name) for i, name in enumerate(inputs)}, {})


def _csharp(name, value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Reference):
        return f'"{value}"'
    if isinstance(value, str):
        return f"{name[0].upper() + name[1:]}.{value}"
    return str(value)
