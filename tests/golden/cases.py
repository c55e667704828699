"""The list of golden cases."""
from dataclasses import dataclass, replace

from layers import (CELLS, activation, attention, batch_normalization, cell, concatenate, convolution, decoder, dense, embedding, global_pooling, masking, normalization,
                    pooling, position_padding, repeat)

SIZES = [1, 3, 7, 13, 16, 17, 20, 31, 33, 50, 64, 65, 100]
PAIRS = [(13, 7), (20, 33), (17, 50)]
REFERENCE_ONLY = "-"


@dataclass
class Case:
    """A network and the batch it is tried on; `model` is the name of its class, REFERENCE_ONLY if it has none."""
    name: str
    input_size: int
    layers: list
    loss: str = "MeanSquaredError"
    batch: int = 5
    steps: int = 9
    seed: int = 0
    lengths: bool = False
    target_steps: int = 0
    model: str = ""

    def __post_init__(self):
        self.model = self.model or self.name

    @property
    def has_model(self):
        return self.model != REFERENCE_ONLY

    @property
    def is_stream(self):
        """Whether its model can take one step after the other, all of them features."""
        return all((layer.kind in [*CELLS, "Dense"] or layer.options.get("Padding") == "Causal") and layer.merge is None for layer in self.layers)

    @property
    def key(self):
        """Start of the keys of all number streams of the case."""
        return f"{self.name}/{self.seed}"

    @property
    def vocabulary(self):
        """Number of different input tokens; 0 if the inputs are floats."""
        return self.layers[0].arguments.get("vocabulary", 0)

    @property
    def is_masked(self):
        """Whether steps of its inputs are padding, here and there."""
        return self.layers[0].kind == "Masking" or "MaskZero" in self.layers[0].options

    @property
    def decoder(self):
        return next((layer for layer in self.layers if layer.kind == "Decoder"), None)

    @property
    def class_attributes(self):
        """The model as C# attributes."""
        model = "[RnnModel]" if self.vocabulary else f"[RnnModel(InputSize = {self.input_size})]"
        return " ".join([model] + [layer.attribute for layer in self.layers])


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
    yield Case("LstmHiddenSoftplus", 2, [cell("Lstm", 13, last), dense(7, "Softplus"), dense(2)])


def bidirectional():
    """Every cell in both directions, stacked, and with other merges than concatenation; and backwards alone."""
    for i, kind in enumerate(CELLS[:3]):
        for j, units in enumerate([3, 16, 20]):
            shape = dict(batch=5 + (i + j) % 2, steps=[9, 5, 6][(i + j) % 3])
            last, every = (cell(kind, units, sequences, merge="Concat") for sequences in [False, True])
            yield Case(f"Bidirectional{kind}{units}Last", [2, 3, 1][j], [last, dense(1)], **shape)
            yield Case(f"Bidirectional{kind}{units}Every", [3, 1, 2][j], [every, dense(2)], **shape)
    yield Case("BidirectionalLstm13Gru7Last", 3,
               [cell("Lstm", 13, True, merge="Concat"), cell("Gru", 7, False, merge="Concat"), dense(2)])
    for kind, merge in zip(CELLS, ["Sum", "Multiply", "Average"]):
        yield Case(f"Bidirectional{kind}{merge}", 2, [cell(kind, 7, kind != "Lstm", merge=merge), dense(2)],
                   steps=5, model=REFERENCE_ONLY)
    yield Case("Backwards", 2, [cell("Lstm", 7, True, backwards=True), cell("Gru", 5, False, backwards=True), dense(1)],
               steps=6, model=REFERENCE_ONLY)


def tokens():
    """Models that begin with an embedding."""
    yield Case("EmbeddingLstm", 1, [embedding(11, 5), cell("Lstm", 13, False), dense(7, "Softmax")],
               "SparseCategoricalCrossentropy", batch=6, steps=7)
    yield Case("EmbeddingMasked", 1,
               [embedding(8, 3, mask_zero=True), cell("Gru", 3, True, merge="Concat"), dense(5, "Softmax")],
               "SparseCategoricalCrossentropy", batch=6, steps=8)


def variable_lengths(cases):
    """Other cases' networks on sequences with lengths of their own, or with masked steps."""
    networks = {case.name: case for case in cases}
    for name in ["Lstm13Last", "Lstm13Every", "Gru13Last", "Gru13Every", "BidirectionalLstm16Last",
                 "BidirectionalLstm16Every", "BidirectionalGru16Last", "BidirectionalGru16Every", "BidirectionalLstm13Gru7Last",
                 "EmbeddingLstm", "Translator", "BatchNormalizedLstm", "BatchNormalizedConv"]:
        yield replace(networks[name], name=f"{name}Lengths", lengths=True)
    yield Case("MaskedLstmGru", 2, [masking(), cell("Lstm", 5, True), cell("Gru", 3, True), dense(2)], batch=6, steps=8)


def more_layers():
    """Layers that are neither cells nor dense."""
    yield Case("NormalizedLstmEvery", 2, [cell("Lstm", 13, True), normalization(), dense(2)], steps=6)
    yield Case("NormalizedGruStack", 3,
               [cell("Gru", 17, True), normalization(), cell("Gru", 5, False), normalization(), dense(1)])
    yield Case("ActivationLayer", 2,
               [cell("SimpleRnn", 7, True), activation("Softplus"), dense(3), activation("Softmax")],
               "SparseCategoricalCrossentropy", steps=5)
    yield Case("Autoencoder", 2, [cell("Lstm", 5, False), repeat(4), cell("Lstm", 3, True), dense(2)], batch=6, steps=6)


def convolutions():
    """Convolutions over time with every padding, dilated, with strides; pooling of some steps and of all."""
    yield Case("ConvCausalLstm", 3, [convolution(16, 3, "Causal", "Relu"), cell("Lstm", 13, True), dense(2)], steps=7)
    yield Case("ConvDilatedGru", 1,
               [convolution(7, 2, "Causal", "Tanh", DilationRate=2), convolution(5, 3, "Causal", DilationRate=4), cell("Gru", 7, True), dense(1)],
               batch=6, steps=9)
    yield Case("ConvValidMaxLstm", 2, [convolution(13, 4, activation="Elu"), pooling("Max", 2), cell("Lstm", 7, False), dense(1)], steps=11)
    yield Case("ConvSameStrides", 4,
               [convolution(20, 3, "Same", "Sigmoid", Strides=2), pooling("Average", 3, 1, "Same"), convolution(5, 2), global_pooling("Average"), dense(2)],
               steps=10)
    yield Case("ConvSameDilated", 2, [convolution(17, 4, "Same", "Tanh", DilationRate=2), dense(3)], steps=8)
    yield Case("ConvEmbeddingMax", 1,
               [embedding(9, 5), convolution(13, 3, "Same", "Softplus"), pooling("Max", 3, 2, "Same"), convolution(6, 1), global_pooling("Max"), dense(4, "Softmax")],
               "SparseCategoricalCrossentropy", batch=6, steps=9)
    yield Case("ConvGroups", 6,
               [convolution(6, 3, "Causal", "Tanh", Groups=6), convolution(9, 2, "Same", Groups=3, UseBias=False), cell("Gru", 7, True), dense(2)], steps=7)
    yield Case("ConvPositions", 13,
               [position_padding("Reflection", 2, 3), convolution(5, 4, activation="Softplus", Strides=2, Positions=18),
                position_padding("Zero", 1, 1, Positions=8), convolution(17, 3, "Same", "Relu", Positions=10, DilationRate=2),
                convolution(4, 10, Positions=10, UseBias=False), cell("Lstm", 7, True), dense(2)], steps=5)
    yield Case("ConvBidirectional", 2, [convolution(5, 2), cell("Gru", 4, True, merge="Concat"), global_pooling("Max"), dense(1)], steps=6)


def batch_normalizations():
    """Batch normalization of inputs, between layers, behind the last state, and where steps do not count."""
    yield Case("BatchNormalizedLstm", 3, [batch_normalization(), cell("Lstm", 13, True), batch_normalization(Momentum=0.9, Epsilon=0.1), dense(2)], steps=6)
    yield Case("BatchNormalizedConv", 2,
               [convolution(20, 3, "Causal", UseBias=False), batch_normalization(Scale=False), activation("Tanh"), cell("Gru", 7, False), batch_normalization(Center=False), dense(1)],
               batch=6, steps=7)
    yield Case("BatchNormalizedStrides", 4,
               [convolution(17, 3, "Same", UseBias=False, Strides=2), batch_normalization(), activation("Softplus"), cell("Gru", 4, True, merge="Concat"), batch_normalization(Center=False),
                global_pooling("Average"), batch_normalization(Scale=False, Center=False), dense(2)],
               batch=6, steps=9)


def encoder_decoders():
    """Decoders with teacher forcing: of tokens from tokens, and of tokens from floats."""
    yield Case("Translator", 1,
               [embedding(9, 5), cell("Lstm", 13, True), cell("Lstm", 7, False), decoder(6, 7),
                embedding(8, 4), cell("Lstm", 13, True), cell("Lstm", 7, True), dense(8, "Softmax")],
               "SparseCategoricalCrossentropy", batch=6, steps=7, target_steps=5)
    yield Case("Describer", 2,
               [cell("Gru", 5, False), decoder(4, 5), embedding(6, 3), cell("Gru", 5, True), dense(6, "Softmax")],
               "SparseCategoricalCrossentropy", steps=6, target_steps=4)


def attentions():
    """Decoders that attend, and attention without one."""
    dot = [embedding(9, 5), cell("Lstm", 13, True).named("encoder"), decoder(6, 7), embedding(8, 4), cell("Lstm", 13, True).named("state"),
           attention("Attention", "encoder").named("context"), concatenate("context", "state"), dense(8, "Softmax")]
    tokens_of = dict(loss="SparseCategoricalCrossentropy", batch=6, steps=7, target_steps=5)
    yield Case("DotTranslator", 1, dot, **tokens_of)
    yield Case("DotTranslatorOfLengths", 1, dot, **tokens_of, lengths=True, model="DotTranslator")
    yield Case("AdditiveTranslator", 1,
               [embedding(9, 5, mask_zero=True), cell("Gru", 5, True, merge="Concat").named("encoder"), dense(7).named("key"),
                decoder(6, 7, use_encoder_state=False), embedding(8, 4), cell("Gru", 6, True).named("state"), dense(7).named("query"),
                attention("AdditiveAttention", "encoder", "key").named("context"), concatenate("context", "state"), dense(8, "Softmax")],
               "SparseCategoricalCrossentropy", batch=6, steps=7, target_steps=5)
    yield Case("AdditiveDescriber", 2,
               [convolution(17, 3, activation="Relu", Strides=2).named("frames"), decoder(4, 5, use_encoder_state=False), embedding(6, 3), cell("Lstm", 5, True),
                dense(17).named("query"), attention("AdditiveAttention", "frames"), dense(6, "Softmax")],
               "SparseCategoricalCrossentropy", steps=9, target_steps=4)
    yield Case("SelfAttention", 2,
               [cell("Gru", 20, True).named("steps"), dense(20).named("query"), attention("Attention", "steps"), global_pooling("Average"), dense(2)], steps=7)


def groups():
    """File name -> cases."""
    single = list(single_cells())
    result = {kind: [case for case in single if case.layers[0].kind == kind] for kind in CELLS}
    result["Stacks"] = list(stacks())
    result["Heads"] = list(heads())
    described = {"Bidirectional": list(bidirectional()), "Tokens": list(tokens()), "MoreLayers": list(more_layers()),
                 "Convolutions": list(convolutions()), "BatchNormalizations": list(batch_normalizations()),
                 "EncoderDecoders": list(encoder_decoders()), "Attention": list(attentions())}
    described["VariableLengths"] = list(variable_lengths(single + sum(described.values(), [])))
    return {**result, **described}
