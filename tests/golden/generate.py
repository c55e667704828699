"""Writes the golden values (*.json beside this file) and the C# declarations of their models. See README.md.

Values are PyTorch's in float64, from weights and inputs that are exact float32 numbers. Each case is also run in float32:
a case in which float32 PyTorch itself strays from float64 by more than a third of what the tests allow (an Adam step
divides by a gradient that happens to be almost zero, say) moves on to its next seed.
"""
import json
import pathlib

import numpy as np
import torch

import cases
import declarations
import formula
from batches import Batch
from networks import ACTIVATIONS, Network

HERE = pathlib.Path(__file__).resolve().parent
STEPS = 3
SGD_RATE, ADAM_RATE = 0.05, 1e-3
OUTPUT_TOLERANCE, LOSS_TOLERANCE, WEIGHT_TOLERANCE = 1e-6, 1e-5, 1e-5  # as in GoldenTests.cs
FILES = {"SimpleRnn": "simple_rnn", "Lstm": "lstm", "Gru": "gru", "GruBefore": "gru_reset_before",
         "Stacks": "stacks", "Heads": "heads", "Bidirectional": "bidirectional", "Tokens": "tokens",
         "VariableLengths": "variable_lengths", "MoreLayers": "more_layers", "EncoderDecoders": "encoder_decoders", "Convolutions": "convolutions", "BatchNormalizations": "batch_normalizations",
         "Attention": "attention"}


def loss_of(case, network, batch):
    """Keras's losses, mean over the positions that count. None of the probabilities comes near Keras's clip at 1e-7."""
    functional = torch.nn.functional
    outputs, valid = network.forward(batch, is_training=True)
    outputs, targets = outputs[valid], batch.targets(tuple(outputs.shape))[valid]
    if case.loss == "MeanSquaredError":
        return functional.mse_loss(outputs, targets)
    if case.loss == "BinaryCrossentropy":
        return functional.binary_cross_entropy(outputs, targets)
    logarithms = torch.log(outputs)
    if case.loss == "CategoricalCrossentropy":
        return -(targets * logarithms).sum(-1).mean()
    return functional.nll_loss(logarithms, targets)


class KerasAdam:
    """Adam as Keras has it: epsilon is added to the root of the raw second moment (PyTorch corrects its bias before)."""

    def __init__(self, parameters, rate, beta1=0.9, beta2=0.999, epsilon=1e-7):
        self.parameters, self.rate, self.beta1, self.beta2, self.epsilon = parameters, rate, beta1, beta2, epsilon
        self.m = [torch.zeros_like(p) for p in parameters]
        self.v = [torch.zeros_like(p) for p in parameters]
        self.t = 0

    @torch.no_grad()
    def step(self):
        self.t += 1
        alpha = self.rate * (1 - self.beta2**self.t) ** 0.5 / (1 - self.beta1**self.t)
        for p, m, v in zip(self.parameters, self.m, self.v):
            m += (p.grad - m) * (1 - self.beta1)
            v += (p.grad**2 - v) * (1 - self.beta2)
            p -= alpha * m / (v.sqrt() + self.epsilon)


def network_of(case, dtype):
    network = Network(case, dtype)
    for full_name, shape, module, name in network.tensors():
        module.load(name, formula.weights(case.key, full_name, shape))
    return network


def run(case, dtype):
    """Outputs, and for each optimiser the losses before each step and after the last, and the weights after it."""
    batch = Batch(case, dtype)
    with torch.no_grad():
        outputs, _ = network_of(case, dtype).forward(batch)

    def train(optimiser_of):
        network = network_of(case, dtype)
        optimiser = optimiser_of(network.parameters())
        losses = []
        for _ in range(STEPS):
            for parameter in network.parameters():
                parameter.grad = None
            loss = loss_of(case, network, batch)
            loss.backward()
            losses.append(loss.item())
            optimiser.step()
        tensors = {full: module.read(name) for full, _, module, name in network.tensors()}
        losses.append(loss_of(case, network, batch).item())
        return losses, tensors

    return (outputs.double().numpy(),
            train(lambda parameters: torch.optim.SGD(parameters, lr=SGD_RATE)),
            train(lambda parameters: KerasAdam(parameters, ADAM_RATE)))


def strain(case, exact, rounded):
    """Largest differences between two runs, as fractions of what the tests allow: outputs, losses, weights."""
    scale = np.abs(exact[0]).max()
    outputs = (np.abs(exact[0] - rounded[0]) / np.maximum(np.abs(exact[0]), scale)).max() / OUTPUT_TOLERANCE
    losses, weights = 0.0, 0.0
    for (losses_a, tensors_a), (losses_b, tensors_b) in zip(exact[1:], rounded[1:]):
        losses = max(losses, max(abs(b / a - 1) for a, b in zip(losses_a, losses_b)) / LOSS_TOLERANCE)
        for name, a in tensors_a.items():
            bound = formula.bound_of(name, a.shape)
            weights = max(weights, np.abs(a - tensors_b[name]).max() / bound / WEIGHT_TOLERANCE)
    return outputs, losses, weights


def number(value):
    """Nine significant digits, the shortest way."""
    text = f"{value:.9g}"
    return text if any(c in text for c in ".en") else text + ".0"


def numbers(values):
    return "[" + ",".join(number(v) for v in np.asarray(values).reshape(-1)) + "]"


def tensor_json(name, values):
    flat = values.reshape(-1)
    return (f'{{"name":"{name}","shape":{json.dumps(list(values.shape))},'
            f'"elements":{numbers(flat[formula.sample_indices(flat.size)])},'
            f'"sum":{number(flat.sum())},"squares":{number((flat * flat).sum())},'
            f'"projection":{number(formula.projection(name, flat))}}}')


def training_json(losses, tensors):
    rows = ",\n  ".join(tensor_json(name, values) for name, values in tensors.items())
    return f'{{"losses":{numbers(losses)},"tensors":[\n  {rows}]}}'


def case_json(case, exact):
    outputs, sgd, adam = exact
    header = {"name": case.name, "key": case.key}
    if case.has_model:
        header["model"] = case.model
    header |= {"batch": case.batch, "timeSteps": case.steps, "inputSize": case.input_size}
    if case.lengths:
        header["hasLengths"] = True
    if case.target_steps:
        header["targetSteps"] = case.target_steps
    header |= {"loss": case.loss, "layers": [layer.description for layer in case.layers]}
    return (f'{json.dumps(header, separators=(",", ":"))[:-1]},\n "outputs":{numbers(outputs)},\n'
            f' "sgd":{training_json(*sgd)},\n "adam":{training_json(*adam)}}}')


def settled(case):
    """Runs a case, with the first seed that leaves float32 room; returns its exact values."""
    while True:
        if not Batch(case, torch.float64).is_usable:
            print(f"{case.name}: seed {case.seed} masks a whole sequence")
            case.seed += 1
            continue
        exact, rounded = run(case, torch.float64), run(case, torch.float32)
        fractions = strain(case, exact, rounded)
        if max(fractions) < 1 / 3:
            return exact, fractions
        print(f"{case.name}: seed {case.seed} strains float32 ({', '.join(f'{f:.2f}' for f in fractions)})")
        case.seed += 1


def activations_json():
    """Every activation, and its slope, on a grid that has both signs, both tails and no kink."""
    grid = torch.cat([torch.arange(-40, 40, dtype=torch.float64) / 8 + 1 / 32,
                      torch.tensor([-30.0, -12.0, -8.5, 8.5, 12.0, 30.0], dtype=torch.float64)]).requires_grad_()
    rows = [f'"x":{numbers(grid.detach())}']
    for name, function in ACTIVATIONS.items():
        if name == "Softmax":
            continue
        values = function(grid)
        slopes, = torch.autograd.grad(values.sum(), grid)
        rows.append(f'"{name}":{{"values":{numbers(values.detach())},\n "slopes":{numbers(slopes)}}}')
    return "{" + ",\n".join(rows) + "}\n"


def main():
    torch.set_num_threads(1)
    groups = cases.groups()
    worst = np.zeros(3)
    for group, members in groups.items():
        texts = []
        for case in members:
            exact, fractions = settled(case)
            worst = np.maximum(worst, fractions)
            texts.append(case_json(case, exact))
        (HERE / f"{FILES[group]}.json").write_text("[\n" + ",\n".join(texts) + "\n]\n", encoding="utf-8", newline="\n")
        print(f"{group}: {len(members)} cases")
    (HERE / "activations.json").write_text(activations_json(), encoding="utf-8", newline="\n")
    declarations.write([case for members in groups.values() for case in members if case.has_model],
                       HERE.parent / "NanoRnn.Tests.GoldenModels", HERE.parent / "NanoRnn.Tests" / "Golden")
    print("Largest float32 errors as fractions of the tolerances (outputs, losses, weights):",
          ", ".join(f"{w:.2f}" for w in worst))


if __name__ == "__main__":
    main()
