"""The list of golden cases."""
from dataclasses import dataclass

CELLS = ["SimpleRnn", "Lstm", "Gru", "GruBefore"]
SIZES = [1, 3, 7, 13, 16, 17, 20, 31, 33, 50, 64, 65, 100]
PAIRS = [(13, 7), (20, 33), (17, 50)]


@dataclass
class Case:
    """A network and the batch it is tried on; a layer is (kind, units, returns sequences, activation)."""
    name: str
    input_size: int
    layers: list
    loss: str = "MeanSquaredError"
    batch: int = 5
    steps: int = 9
    seed: int = 0

    @property
    def key(self):
        """Start of the keys of all number streams of the case."""
        return f"{self.name}/{self.seed}"

    @property
    def class_attributes(self):
        """The model as C# attributes."""
        texts = [f"[RnnModel(InputSize = {self.input_size})]"]
        for kind, units, sequences, activation in self.layers:
            options = [str(units)]
            if kind == "GruBefore":
                options.append("ResetAfter = false")
            if activation != ("Linear" if kind == "Dense" else "Tanh"):
                options.append(f"Activation = Activation.{activation}")
            if sequences:
                options.append("ReturnSequences = true")
            texts.append(f"[{kind.replace('GruBefore', 'Gru')}({', '.join(options)})]")
        return " ".join(texts)


def cell(kind, units, sequences, activation="Tanh"):
    return (kind, units, sequences, activation)


def dense(units, activation="Linear"):
    return ("Dense", units, False, activation)


def single_cells():
    """Every cell in every size, with one output per sequence and with outputs at every step."""
    for kind in CELLS:
        for i, units in enumerate(SIZES):
            j = i + CELLS.index(kind)
            shape = dict(batch=5 + j % 3, steps=[5, 9, 6][i % 3])
            yield Case(f"{kind}{units}Last", [1, 2, 3, 5][j % 4], [cell(kind, units, False), dense(1)], **shape)
            yield Case(f"{kind}{units}Every", [3, 1, 5, 2][j % 4], [cell(kind, units, True), dense(2)], **shape)


def stacks():
    """Every cell on every cell, alternately with the last state and with every step."""
    for i, below in enumerate(CELLS):
        for j, above in enumerate(CELLS):
            lower, upper = PAIRS[(i + j) % 3]
            every = (i + j) % 2 == 1
            layers = [cell(below, lower, True), cell(above, upper, every), dense(2 if every else 1)]
            yield Case(f"{below}{lower}{above}{upper}{'Every' if every else 'Last'}", 1 + (i + 2 * j) % 3, layers,
                       batch=5 + j % 2, steps=[5, 9][i % 2])


def heads():
    """Other ends than a linear Dense: classifiers, hidden dense layers, none at all; and relu cells."""
    last, every = False, True
    yield Case("LstmSoftmaxLast", 3, [cell("Lstm", 17, last), dense(5, "Softmax")], "CategoricalCrossentropy")
    yield Case("SimpleRnnSoftmaxEvery", 2, [cell("SimpleRnn", 20, every), dense(17, "Softmax")],
               "CategoricalCrossentropy", batch=6, steps=5)
    yield Case("GruSoftmaxEvery", 2, [cell("Gru", 20, every), dense(3, "Softmax")], "SparseCategoricalCrossentropy")
    yield Case("GruBeforeSoftmaxLast", 1, [cell("GruBefore", 13, last), dense(33, "Softmax")],
               "SparseCategoricalCrossentropy", batch=7)
    yield Case("SimpleRnnSigmoidLast", 2, [cell("SimpleRnn", 13, last), dense(1, "Sigmoid")], "BinaryCrossentropy")
    yield Case("LstmSigmoidEvery", 1, [cell("Lstm", 7, every), dense(3, "Sigmoid")], "BinaryCrossentropy", steps=6)
    yield Case("SimpleRnnReluLast", 1, [cell("SimpleRnn", 50, last, "Relu"), dense(1)], batch=6)
    yield Case("SimpleRnnReluEvery", 3, [cell("SimpleRnn", 17, every, "Relu"), dense(2)], batch=6)
    yield Case("SimpleRnnAlone", 2, [cell("SimpleRnn", 20, every)], batch=6, steps=4)
    yield Case("LstmAlone", 3, [cell("Lstm", 17, last)], batch=6)
    yield Case("GruAlone", 1, [cell("Gru", 13, every)], steps=4)
    yield Case("GruBeforeAlone", 5, [cell("GruBefore", 33, last)])
    yield Case("LstmHiddenDense", 2, [cell("Lstm", 13, last), dense(9, "Tanh"), dense(2)])
    yield Case("DenseBelowGru", 3, [dense(7, "Elu"), cell("Gru", 17, every), dense(20, "Softplus"), dense(1)])


def groups():
    """File name -> cases."""
    single = list(single_cells())
    result = {kind: [case for case in single if case.layers[0][0] == kind] for kind in CELLS}
    result["Stacks"] = list(stacks())
    result["Heads"] = list(heads())
    return result
