"""The layers, computed by PyTorch's own modules and seen through Keras's tensors.

Only the GRU with the reset gate before the recurrent product is written out, because PyTorch does not have it.
"""
import torch

KERAS_NAMES = {"SimpleRnn": "simple_rnn", "Lstm": "lstm", "Gru": "gru", "GruBefore": "gru", "Dense": "dense"}
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


class Layer:
    """A layer with its tensors in Keras's layout: `shapes` maps their names to shapes."""

    def __init__(self, kind, name, inputs, units, sequences, activation, dtype):
        self.kind, self.sequences, self.activation = kind, sequences, activation
        self.units, self.name = units, name
        if kind == "Dense":
            self.module = torch.nn.Linear(inputs, units, dtype=dtype)
            self.shapes = {"kernel": (inputs, units), "bias": (units,)}
            return
        width = GATES[kind] * units
        self.shapes = {"kernel": (inputs, width), "recurrent_kernel": (units, width),
                       "bias": (2, width) if kind == "Gru" else (width,)}
        if kind == "SimpleRnn":
            self.module = torch.nn.RNN(inputs, units, nonlinearity=activation.lower(), batch_first=True, dtype=dtype)
        elif kind == "Lstm":
            self.module = torch.nn.LSTM(inputs, units, batch_first=True, dtype=dtype)
        elif kind == "Gru":
            self.module = torch.nn.GRU(inputs, units, batch_first=True, dtype=dtype)
        else:
            self.module = GruResetBefore(inputs, units, dtype)

    def parameters(self):
        """Name in Keras -> PyTorch parameters that hold it (two for the GRU's pair of biases), all trained."""
        module = self.module
        if self.kind == "Dense":
            return {"kernel": [module.weight], "bias": [module.bias]}
        if self.kind == "GruBefore":
            return {"kernel": [module.kernel], "recurrent_kernel": [module.recurrent], "bias": [module.bias]}
        biases = [module.bias_ih_l0, module.bias_hh_l0] if self.kind == "Gru" else [module.bias_ih_l0]
        return {"kernel": [module.weight_ih_l0], "recurrent_kernel": [module.weight_hh_l0], "bias": biases}

    def load(self, name, values):
        """Sets a tensor from a NumPy array in Keras's layout."""
        tensor = torch.from_numpy(values)
        parts = self.parameters()[name]
        for index, part in enumerate(parts):
            part.data.copy_(self._converted(tensor[index] if len(parts) == 2 else tensor))
        if self.kind in ("SimpleRnn", "Lstm"):  # Keras has one bias, PyTorch two that are added: the second stays zero
            self.module.bias_hh_l0.data.zero_()
            self.module.bias_hh_l0.requires_grad_(False)

    def read(self, name):
        """A tensor as a NumPy array of doubles in Keras's layout."""
        parts = [self._converted_back(part.detach()) for part in self.parameters()[name]]
        return (torch.stack(parts) if len(parts) == 2 else parts[0]).double().contiguous().numpy()

    def forward(self, x):
        """batch x time x features to the same or, for the last state, batch x features."""
        if self.kind == "Dense":
            return ACTIVATIONS[self.activation](self.module(x))
        y = self.module(x)[0]
        return y if self.sequences else y[:, -1]

    def _converted(self, keras):
        if self.kind == "GruBefore":
            return keras
        torches = keras.t() if keras.dim() == 2 else keras
        return self._update_and_reset_swapped(torches)

    def _converted_back(self, tensor):
        if self.kind == "GruBefore":
            return tensor
        swapped = self._update_and_reset_swapped(tensor)
        return swapped.t() if swapped.dim() == 2 else swapped

    def _update_and_reset_swapped(self, tensor):
        """Keras stores a GRU's gates as z|r|h, PyTorch as r|z|n."""
        if self.kind != "Gru":
            return tensor
        first, second, third = tensor.split(self.units)
        return torch.cat([second, first, third])


class GruResetBefore(torch.nn.Module):
    """Keras's GRU(reset_after=False): hh = tanh(x W_h + b_h + (r * h) U_h), h = z h + (1 - z) hh."""

    def __init__(self, inputs, units, dtype):
        super().__init__()
        self.units = units
        self.kernel = torch.nn.Parameter(torch.zeros(inputs, 3 * units, dtype=dtype))
        self.recurrent = torch.nn.Parameter(torch.zeros(units, 3 * units, dtype=dtype))
        self.bias = torch.nn.Parameter(torch.zeros(3 * units, dtype=dtype))

    def forward(self, x):
        kz, kr, kh = self.kernel.split(self.units, dim=1)
        uz, ur, uh = self.recurrent.split(self.units, dim=1)
        bz, br, bh = self.bias.split(self.units)
        h = torch.zeros(x.shape[0], self.units, dtype=x.dtype)
        states = []
        for t in range(x.shape[1]):
            z = torch.sigmoid(x[:, t] @ kz + bz + h @ uz)
            r = torch.sigmoid(x[:, t] @ kr + br + h @ ur)
            candidate = torch.tanh(x[:, t] @ kh + bh + (r * h) @ uh)
            h = z * h + (1 - z) * candidate
            states.append(h)
        return torch.stack(states, dim=1), h


class Network:
    """Layers in a row, named as Keras names them."""

    def __init__(self, input_size, layers, dtype):
        self.layers, counts = [], {}
        for kind, units, sequences, activation in layers:
            base = KERAS_NAMES[kind]
            count = counts.get(base, 0)
            counts[base] = count + 1
            name = base if count == 0 else f"{base}_{count}"
            self.layers.append(Layer(kind, name, input_size, units, sequences, activation, dtype))
            input_size = units

    def tensors(self):
        """(full name, shape, layer, short name) of every tensor."""
        return [(f"{layer.name}.{name}", shape, layer, name)
                for layer in self.layers for name, shape in layer.shapes.items()]

    def parameters(self):
        """All trained PyTorch parameters."""
        return [part for layer in self.layers for parts in layer.parameters().values() for part in parts]

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x
