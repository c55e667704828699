"""Writes files of PyTorch's modules, and what the modules compute, for the tests of Load; see ../README.md."""

import json
import pathlib
import struct

import torch
from torch import nn

FOLDER = pathlib.Path(__file__).parent
TYPES = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16, "F64": torch.float64}
BATCH, STEPS = 2, 6


class Network(nn.Module):
    """Modules one behind the other; of a recurrent one the outputs, at the end the last step unless sequences are returned."""

    def __init__(self, returns_sequences=False, **modules):
        super().__init__()
        self.returns_sequences = returns_sequences
        for name, module in modules.items():
            setattr(self, name, module)

    def forward(self, x):
        for module in self.children():
            if isinstance(module, nn.LSTMCell):
                x = self.loop(module, x)
            elif isinstance(module, (nn.Conv1d, nn.PReLU, nn.BatchNorm1d)):        # features come before steps
                past = (module.kernel_size[0] - 1) * module.dilation[0] if isinstance(module, nn.Conv1d) else 0
                x = module(nn.functional.pad(x.transpose(1, 2), (past, 0))).transpose(1, 2)
            else:
                x = module(x)
                x = x[0] if isinstance(x, tuple) else x
        return x if self.returns_sequences else x[:, -1]

    @staticmethod
    def loop(cell, x):
        state, outputs = None, []
        for step in x.unbind(1):
            state = cell(step, state)
            outputs.append(state[0])
        return torch.stack(outputs, 1)


def recurrent(kind, *sizes, **options):
    return kind(*sizes, batch_first=True, **options)


class Bare(nn.LSTM):
    def forward(self, x):
        return super().forward(x)[0]


CASES = {
    "lstm": lambda: Network(lstm=recurrent(nn.LSTM, 3, 5), head=nn.Linear(5, 2)),
    "lstm_layers": lambda: Network(lstm=recurrent(nn.LSTM, 3, 5, num_layers=3), a_last=nn.Linear(5, 2)),
    "lstm_both_ways": lambda: Network(True, lstm=recurrent(nn.LSTM, 3, 4, num_layers=2, bidirectional=True), head=nn.Linear(8, 2)),
    "lstm_cell": lambda: Network(cell=nn.LSTMCell(3, 5), head=nn.Linear(5, 2)),
    "bare": lambda: Bare(3, 5, batch_first=True),
    "gru": lambda: Network(gru=recurrent(nn.GRU, 3, 5, num_layers=2), head=nn.Linear(5, 2)),
    "gru_both_ways": lambda: Network(True, gru=recurrent(nn.GRU, 3, 4, bidirectional=True), head=nn.Linear(8, 2)),
    "gru_no_bias": lambda: Network(gru=recurrent(nn.GRU, 3, 5, bias=False), head=nn.Linear(5, 2, bias=False)),
    "rnn_tanh": lambda: Network(rnn=recurrent(nn.RNN, 3, 5), head=nn.Linear(5, 2)),
    "rnn_relu": lambda: Network(rnn=recurrent(nn.RNN, 3, 5, nonlinearity="relu"), head=nn.Linear(5, 2)),
    "convolutions": lambda: Network(True, wide=nn.Conv1d(3, 4, 2), narrow=nn.Conv1d(4, 4, 3, dilation=2), head=nn.Linear(4, 2)),
    "slopes": lambda: Network(True, wide=nn.Linear(3, 4), slopes=nn.PReLU(4), head=nn.Linear(4, 2)),
    "batches": lambda: Network(True, wide=nn.Linear(3, 4, bias=False), norm=nn.BatchNorm1d(4), plain=nn.BatchNorm1d(4, affine=False), head=nn.Linear(4, 2)),
    "tokens": lambda: Network(words=nn.Embedding(7, 5), norm=nn.LayerNorm(5), rnn=recurrent(nn.LSTM, 5, 5, bias=False), out=nn.Linear(5, 3)),
    "numbered": lambda: Network(True, fc1=nn.Linear(3, 3), fc2=nn.Linear(3, 3), fc10=nn.Linear(3, 3)),
    "named": lambda: Network(True, inner=nn.Sequential(nn.Linear(3, 3)), head=nn.Linear(3, 3), body=nn.Linear(3, 3)),
}

ALL_TYPES = {"lstm", "gru", "tokens"}


def bytes_of(tensor):
    return tensor.view(torch.int16).numpy().tobytes() if tensor.dtype == torch.bfloat16 else tensor.numpy().tobytes()


def save(path, tensors, type_name):
    """The file that safetensors.torch.save_file writes: names in their order, data in the same."""
    header, data = {}, b""
    for name, tensor in sorted(tensors.items()):
        content = bytes_of(tensor.contiguous())
        dtype = {torch.int32: "I32", torch.int64: "I64"}.get(tensor.dtype, type_name)
        header[name] = {"dtype": dtype, "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(content)]}
        data += content
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def main():
    for name, create in CASES.items():
        torch.manual_seed(1)
        module = create().double().eval()
        with torch.no_grad():
            for parameter in module.parameters():
                parameter.uniform_(-1, 1)
            for buffer in module.buffers():
                if buffer.is_floating_point():
                    buffer.uniform_(0.5, 1.5)
        weights = module.state_dict()
        if name == "tokens":
            inputs = torch.randint(0, 7, (BATCH, STEPS), dtype=torch.int32)
        else:
            inputs = torch.rand(BATCH, STEPS, 3) * 2 - 1
        expected = {"inputs": inputs}
        for type_name, dtype in TYPES.items() if name in ALL_TYPES else [("F32", torch.float32)]:
            rounded = {key: value.to(dtype) if value.is_floating_point() else value for key, value in weights.items()}
            save(FOLDER / f"{name}.{type_name.lower()}.safetensors", rounded, type_name)
            module.load_state_dict({key: value.double() if value.is_floating_point() else value for key, value in rounded.items()})
            with torch.no_grad():
                outputs = module(inputs if name == "tokens" else inputs.double())
            expected[type_name] = outputs.float()
        save(FOLDER / f"{name}.expected.safetensors", expected, "F32")


if __name__ == "__main__":
    main()
