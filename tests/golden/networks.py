"""The layers, computed by PyTorch's own modules and seen through Keras's tensors.

Only the GRU with the reset gate before the recurrent product is written out, because PyTorch does not have it.
"""
import numpy as np
import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

KERAS_NAMES = {"SimpleRnn": "simple_rnn", "Lstm": "lstm", "Gru": "gru", "GruBefore": "gru", "Dense": "dense",
               "Conv1D": "conv1d", "Embedding": "embedding", "LayerNormalization": "layer_normalization",
               "BatchNormalization": "batch_normalization",
               "AdditiveAttention": "additive_attention"}
GATES = {"SimpleRnn": 1, "Lstm": 4, "Gru": 3, "GruBefore": 3}
ACTIVATIONS = {
    "Linear": lambda x: x,
    "Relu": torch.relu,
    "LeakyRelu": lambda x: torch.nn.functional.leaky_relu(x, 0.2),
    "Elu": torch.nn.functional.elu,
    "Selu": torch.selu,
    "Softplus": lambda x: torch.nn.functional.softplus(x, threshold=1e9),
    "Softsign": torch.nn.functional.softsign,
    "Tanh": torch.tanh,
    "Sigmoid": torch.sigmoid,
    "HardSigmoid": lambda x: torch.nn.functional.relu6(x + 3) / 6,  # hardsigmoid's own slope is a float32 1/6
    "Silu": torch.nn.functional.silu,
    "Gelu": torch.nn.functional.gelu,
    "Exponential": torch.exp,
    "Softmax": lambda x: torch.softmax(x, -1),
}
MERGES = {
    "Concat": lambda a, b: torch.cat([a, b], -1),
    "Sum": lambda a, b: a + b,
    "Multiply": lambda a, b: a * b,
    "Average": lambda a, b: (a + b) / 2,
}


class Module:
    """A layer with its tensors in Keras's layout.

    `shapes` maps their names to shapes; `parameters` to the PyTorch parameters that hold them, all trained: two for the
    GRU's pair of biases, otherwise one.
    """

    def __init__(self):
        self.shapes, self.parameters = {}, {}

    def load(self, name, values):
        """Sets a tensor from a NumPy array in Keras's layout."""
        tensor = torch.from_numpy(values)
        parts = self.parameters[name]
        for index, part in enumerate(parts):
            part.data.copy_(self._converted(tensor[index] if len(parts) == 2 else tensor))

    def read(self, name):
        """A tensor as a NumPy array of doubles in Keras's layout."""
        parts = [self._converted_back(part.detach()) for part in self.parameters[name]]
        return (torch.stack(parts) if len(parts) == 2 else parts[0]).double().contiguous().numpy().copy()

    def _converted(self, keras):
        return keras

    def _converted_back(self, tensor):
        return tensor


class Dense(Module):
    def __init__(self, layer, inputs, dtype):
        super().__init__()
        self.features, self._activation = layer.units, layer.activation
        self._linear = torch.nn.Linear(inputs, layer.units, dtype=dtype)
        self.shapes = {"kernel": (inputs, layer.units), "bias": (layer.units,)}
        self.parameters = {"kernel": [self._linear.weight], "bias": [self._linear.bias]}

    def forward(self, x):
        return ACTIVATIONS[self._activation](self._linear(x))

    def _converted(self, keras):
        return keras.t() if keras.dim() == 2 else keras

    _converted_back = _converted


def pad_steps(x, size, layer, dilation=1, strides=1):
    """Batch × features × time, with the zeros of a padding; Keras's same padding has one more behind where it cannot have as many before."""
    span = dilation * (size - 1) + 1
    outputs = -(-x.shape[-1] // strides)
    both = max((outputs - 1) * strides + span - x.shape[-1], 0)
    before = {"Valid": 0, "Causal": span - 1, "Same": both // 2}[layer.options.get("Padding", "Valid")]
    behind = both - before if layer.options.get("Padding") == "Same" else 0
    return before, behind


class Conv1D(Module):
    """torch.nn.Conv1d, over time, or over the positions of each step."""

    def __init__(self, layer, inputs, dtype):
        super().__init__()
        filters, size, groups = layer.arguments["filters"], layer.arguments["kernelSize"], layer.options.get("Groups", 1)
        self.layer, self.features, self._positions = layer, filters, layer.options.get("Positions")
        inputs //= self._positions or 1
        bias = layer.options.get("UseBias", True)
        self._conv = torch.nn.Conv1d(inputs, self.features, size, stride=layer.options.get("Strides", 1),
                                     dilation=layer.options.get("DilationRate", 1), groups=groups, bias=bias, dtype=dtype)
        self.shapes = {"kernel": (size, inputs // groups, self.features), **({"bias": (self.features,)} if bias else {})}
        self.parameters = {"kernel": [self._conv.weight], **({"bias": [self._conv.bias]} if bias else {})}
        if self._positions:
            self.features = self._run(torch.zeros(1, self._positions, inputs, dtype=dtype)).numel()

    def forward(self, x):
        if not self._positions:
            return self._run(x)
        return self._run(x.reshape(-1, self._positions, x.shape[-1] // self._positions)).reshape(*x.shape[:-1], self.features)

    def _run(self, x):
        x = x.transpose(1, 2)
        padding = pad_steps(x, self.layer.arguments["kernelSize"], self.layer, *self._conv.dilation, *self._conv.stride)
        return ACTIVATIONS[self.layer.activation](self._conv(torch.nn.functional.pad(x, padding)).transpose(1, 2))

    def _converted(self, keras):
        return keras.permute(2, 1, 0) if keras.dim() == 3 else keras

    _converted_back = _converted


class PositionPadding(Module):
    """torch's pad over the positions of each step."""

    def __init__(self, layer, inputs, dtype):
        super().__init__()
        self._positions, self._around = layer.options.get("Positions", inputs), (layer.arguments["before"], layer.arguments["behind"])
        self._mode = "reflect" if layer.kind.startswith("Reflection") else "constant"
        self.features = inputs // self._positions * (self._positions + sum(self._around))

    def forward(self, x):
        channels = x.shape[-1] // self._positions
        padded = torch.nn.functional.pad(x.reshape(-1, self._positions, channels).transpose(1, 2), self._around, self._mode)
        return padded.transpose(1, 2).reshape(*x.shape[:-1], self.features)


class Pooling(Module):
    """The largest or the mean of some steps, or of all; what a padding adds does not count."""

    def __init__(self, layer, inputs, dtype):
        super().__init__()
        self.features, self.layer, self._is_mean = inputs, layer, "Average" in layer.kind

    def forward(self, x):
        if self.layer.kind.startswith("Global"):
            return x.mean(1) if self._is_mean else x.max(1).values
        x, size = x.transpose(1, 2), self.layer.arguments["poolSize"]
        strides = self.layer.options.get("Strides", size)
        padding = pad_steps(x, size, self.layer, strides=strides)
        pad, functional = torch.nn.functional.pad, torch.nn.functional
        if not self._is_mean:
            return functional.max_pool1d(pad(x, padding, value=-float("inf")), size, strides).transpose(1, 2)
        counts = functional.avg_pool1d(pad(torch.ones_like(x), padding), size, strides)
        return (functional.avg_pool1d(pad(x, padding), size, strides) / counts).transpose(1, 2)


class Activation(Module):
    def __init__(self, layer, inputs, dtype):
        super().__init__()
        self.features, self._activation = inputs, layer.activation

    def forward(self, x):
        return ACTIVATIONS[self._activation](x)


class Embedding(Module):
    def __init__(self, layer, inputs, dtype):
        super().__init__()
        rows, self.features = layer.arguments["vocabulary"], layer.arguments["dimensions"]
        self.forward = torch.nn.Embedding(rows, self.features, dtype=dtype)
        self.shapes = {"embeddings": (rows, self.features)}
        self.parameters = {"embeddings": [self.forward.weight]}


class LayerNormalization(Module):
    def __init__(self, layer, inputs, dtype):
        super().__init__()
        self.features = inputs
        self.forward = torch.nn.LayerNorm(inputs, eps=float(np.float32(1e-3)), dtype=dtype)
        self.shapes = {"gamma": (inputs,), "beta": (inputs,)}
        self.parameters = {"gamma": [self.forward.weight], "beta": [self.forward.bias]}


class BatchNormalization(Module):
    """torch's batch_norm over the steps that count; moving averages as Keras has them, of the biased variance."""

    def __init__(self, layer, inputs, dtype):
        super().__init__()
        self.features = inputs
        self._epsilon, self._momentum = float(np.float32(layer.options.get("Epsilon", 1e-3))), float(np.float32(layer.options.get("Momentum", 0.99)))
        names = [name for name, option in [("gamma", "Scale"), ("beta", "Center")] if layer.options.get(option, True)]
        self._trained = {name: torch.nn.Parameter(torch.zeros(inputs, dtype=dtype)) for name in names}
        self._mean, self._variance = torch.zeros(inputs, dtype=dtype), torch.zeros(inputs, dtype=dtype)
        self.shapes = {name: (inputs,) for name in [*names, "moving_mean", "moving_variance"]}
        self.parameters = {**{name: [tensor] for name, tensor in self._trained.items()}, "moving_mean": [self._mean], "moving_variance": [self._variance]}

    def forward(self, x, lengths, is_training):
        weights = self._trained.get("gamma"), self._trained.get("beta")
        functional = torch.nn.functional.batch_norm
        if not is_training:
            return functional(x.reshape(-1, self.features), self._mean, self._variance, *weights, False, 0, self._epsilon).reshape(x.shape)
        counts = torch.ones(x.shape[:-1], dtype=torch.bool) if lengths is None else torch.arange(x.shape[1]) < lengths[:, None]
        rows = x[counts]
        with torch.no_grad():
            self._mean.lerp_(rows.mean(0), 1 - self._momentum)
            self._variance.lerp_(rows.var(0, unbiased=False), 1 - self._momentum)
        result = torch.zeros_like(x)
        result[counts] = functional(rows, None, None, *weights, True, 0, self._epsilon)
        return result


class RepeatVector(Module):
    def __init__(self, layer, inputs, dtype):
        super().__init__()
        self.features, self._count = inputs, layer.arguments["count"]

    def forward(self, x):
        return x[:, None].expand(-1, self._count, -1)


class Attention(Module):
    """Keras's Attention and AdditiveAttention: the mean of values, weighed by a softmax over their steps."""

    def __init__(self, layer, inputs, dtype):
        super().__init__()
        query, self.features, _ = inputs
        self._scale = None
        if layer.kind == "AdditiveAttention":
            self._scale = torch.nn.Parameter(torch.zeros(query, dtype=dtype))
            self.shapes, self.parameters = {"scale": (query,)}, {"scale": [self._scale]}

    def forward(self, query, value, key, lengths):
        if self._scale is None:
            scores = query @ key.transpose(1, 2)
        else:
            scores = (self._scale * torch.tanh(query[:, :, None] + key[:, None])).sum(-1)
        if lengths is not None:
            scores = scores.masked_fill(torch.arange(key.shape[1]) >= lengths[:, None, None], -float("inf"))
        return torch.softmax(scores, -1) @ value


class Concatenate(Module):
    def __init__(self, layer, inputs, dtype):
        super().__init__()
        self.features = sum(inputs)

    def forward(self, *inputs):
        return torch.cat(inputs, -1)


class Recurrent(Module):
    """A recurrent layer, in one direction or in both."""

    def __init__(self, layer, inputs, dtype):
        super().__init__()
        self.layer, self._units, self._kind = layer, layer.units, layer.kind
        self.features = layer.units * (2 if layer.merge == "Concat" else 1)
        width = GATES[layer.kind] * layer.units
        options = dict(batch_first=True, bidirectional=layer.merge is not None, dtype=dtype)
        if layer.kind == "SimpleRnn":
            options["nonlinearity"] = layer.activation.lower()
            self._module = torch.nn.RNN(inputs, layer.units, **options)
        elif layer.kind == "GruBefore":
            self._module = GruResetBefore(inputs, layer.units, dtype)
        else:
            self._module = {"Lstm": torch.nn.LSTM, "Gru": torch.nn.GRU}[layer.kind](inputs, layer.units, **options)
        for prefix, suffix in [("forward.", ""), ("backward.", "_reverse")] if layer.merge else [("", "")]:
            self.shapes.update({f"{prefix}kernel": (inputs, width), f"{prefix}recurrent_kernel": (layer.units, width),
                                f"{prefix}bias": (2, width) if layer.kind == "Gru" else (width,)})
            self.parameters.update({prefix + name: parts for name, parts in self._parameters(suffix).items()})

    def forward(self, x, lengths, state):
        """All outputs, or the last one; and the last state. A state of None is zeros."""
        if self.layer.options.get("GoBackwards"):
            assert lengths is None
            x = x.flip(1)
        steps = x.shape[1]
        if lengths is not None:
            x = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        y, state = self._module(x, state)
        h = state[0] if self._kind == "Lstm" else state
        if not self.layer.sequences:
            y = torch.cat(list(h), -1)
        elif lengths is not None:
            y, _ = pad_packed_sequence(y, batch_first=True, total_length=steps)
        return (MERGES[self.layer.merge](*y.split(self._units, -1)) if self.layer.merge else y), state

    def _parameters(self, suffix):
        module = self._module
        if self._kind == "GruBefore":
            return {"kernel": [module.kernel], "recurrent_kernel": [module.recurrent], "bias": [module.bias]}
        kernel, recurrent, bias, second = (
            getattr(module, f"{name}_l0{suffix}") for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"))
        if self._kind != "Gru":  # Keras has one bias, PyTorch two that are added: the second stays zero
            second.data.zero_()
            second.requires_grad_(False)
        biases = [bias, second] if self._kind == "Gru" else [bias]
        return {"kernel": [kernel], "recurrent_kernel": [recurrent], "bias": biases}

    def _converted(self, keras):
        if self._kind == "GruBefore":
            return keras
        torches = keras.t() if keras.dim() == 2 else keras
        return self._update_and_reset_swapped(torches)

    def _converted_back(self, tensor):
        if self._kind == "GruBefore":
            return tensor
        swapped = self._update_and_reset_swapped(tensor)
        return swapped.t() if swapped.dim() == 2 else swapped

    def _update_and_reset_swapped(self, tensor):
        """Keras stores a GRU's gates as z|r|h, PyTorch as r|z|n."""
        if self._kind != "Gru":
            return tensor
        first, second, third = tensor.split(self._units)
        return torch.cat([second, first, third])


class GruResetBefore(torch.nn.Module):
    """Keras's GRU(reset_after=False): hh = tanh(x W_h + b_h + (r * h) U_h), h = z h + (1 - z) hh."""

    def __init__(self, inputs, units, dtype):
        super().__init__()
        self.units = units
        self.kernel = torch.nn.Parameter(torch.zeros(inputs, 3 * units, dtype=dtype))
        self.recurrent = torch.nn.Parameter(torch.zeros(units, 3 * units, dtype=dtype))
        self.bias = torch.nn.Parameter(torch.zeros(3 * units, dtype=dtype))

    def forward(self, x, state):
        kz, kr, kh = self.kernel.split(self.units, dim=1)
        uz, ur, uh = self.recurrent.split(self.units, dim=1)
        bz, br, bh = self.bias.split(self.units)
        h = torch.zeros(x.shape[0], self.units, dtype=x.dtype) if state is None else state[0]
        states = []
        for t in range(x.shape[1]):
            z = torch.sigmoid(x[:, t] @ kz + bz + h @ uz)
            r = torch.sigmoid(x[:, t] @ kr + br + h @ ur)
            candidate = torch.tanh(x[:, t] @ kh + bh + (r * h) @ uh)
            h = z * h + (1 - z) * candidate
            states.append(h)
        return torch.stack(states, dim=1), h[None]


MODULES = {"Dense": Dense, "Activation": Activation, "Embedding": Embedding, "LayerNormalization": LayerNormalization,
           "BatchNormalization": BatchNormalization,
           "RepeatVector": RepeatVector, "Conv1D": Conv1D, "ZeroPadding1D": PositionPadding, "ReflectionPadding1D": PositionPadding, "Attention": Attention, "AdditiveAttention": Attention, "Concatenate": Concatenate,
           **{f"{place}{kind}Pooling1D": Pooling for place in ["", "Global"] for kind in ["Max", "Average"]}, **{kind: Recurrent for kind in GATES}}


class Network:
    """Layers, each of which reads the one above or those that it names, named as Keras names them."""

    def __init__(self, case, dtype):
        self._decoder, self._modules, self._names, counts = case.decoder, [], [], {}
        self._layers = [layer for layer in case.layers if layer.kind != "Masking"]  # masked steps are not in the batch
        features, named = case.input_size, {}
        for layer in self._layers:
            if layer.kind == "Decoder":
                self._modules.append(None)
                self._names.append(None)
                continue
            inputs = [features if name is None else named[name] for name in layer.inputs] if layer.inputs else features
            module = MODULES[layer.kind](layer, inputs, dtype)
            base = KERAS_NAMES.get(layer.kind)
            if not layer.name:
                counts[base] = counts.get(base, -1) + 1
            self._modules.append(module)
            self._names.append(layer.name or (base if counts[base] == 0 else f"{base}_{counts[base]}"))
            features = named[layer.name] = module.features

    def tensors(self):
        """(full name, shape, module, short name) of every tensor."""
        return [(f"{layer}.{name}", shape, module, name) for layer, module in zip(self._names, self._modules) if module
                for name, shape in module.shapes.items()]

    def parameters(self):
        """All trained PyTorch parameters."""
        return [part for module in self._modules if module for parts in module.parameters.values() for part in parts if part.requires_grad]

    def forward(self, batch, is_training=False):
        """Outputs, at their steps, and which of them count."""
        x, lengths, is_over_inputs, states, decodes, named = batch.inputs, batch.lengths, True, [], False, {}
        for layer, module in zip(self._layers, self._modules):
            if module is None:
                start = torch.full_like(batch.target_tokens[:, :1], self._decoder.arguments["startToken"])
                x = torch.cat([start, batch.target_tokens[:, :-1]], 1)
                lengths, is_over_inputs, decodes = None, False, True
                if "UseEncoderState" in self._decoder.options:
                    states = []
            elif isinstance(module, Recurrent):
                x, state = module.forward(x, lengths, states.pop(0) if decodes and states else None)
                if not decodes:
                    states.append(state)
                if not module.layer.sequences:
                    lengths, is_over_inputs = None, False
            elif layer.kind == "BatchNormalization":
                x = module.forward(x, lengths if is_over_inputs else None, is_training)
            elif layer.attends:
                (value, value_lengths), (key, _) = (named[name] for name in layer.inputs[1:])
                x = module.forward(x, value, key, value_lengths)
            else:
                x = module.forward(*(named[name][0] for name in layer.inputs)) if layer.inputs else module.forward(x)
                is_over_inputs = is_over_inputs and x.dim() == 3
            named[layer.name] = x, lengths
        return batch.spread(x, is_over_inputs)
