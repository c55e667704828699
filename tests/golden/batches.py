"""The batch of a case, and which of its steps count."""
import numpy as np
import torch

import formula


class Batch:
    """Inputs and, for a decoder, target tokens.

    Steps that do not count, behind a sequence's length or masked, are taken out: the others move to the front, and to
    PyTorch's packed sequences they are a shorter sequence. `spread` moves outputs back.
    """

    def __init__(self, case, dtype):
        if case.vocabulary:
            x = formula.tokens(case.key, case.batch, case.steps, case.vocabulary)
        else:
            x = formula.inputs(case.key, case.batch, case.steps, case.input_size)
        valid = np.ones((case.batch, case.steps), dtype=bool)
        if case.is_masked:
            x[formula.padding(case.key, case.batch, case.steps)] = 0
            valid = (x != 0).reshape(case.batch, case.steps, -1).any(-1)
        if case.lengths:
            valid &= np.arange(case.steps) < formula.lengths(case.key, case.batch, case.steps)[:, None]
        self._case, self._dtype, self._valid = case, dtype, torch.from_numpy(valid)
        self._order = np.argsort(~valid, axis=1, kind="stable")
        x = np.take_along_axis(x, self._order if case.vocabulary else self._order[..., None], axis=1)
        self.inputs = torch.from_numpy(x) if case.vocabulary else torch.from_numpy(x).to(dtype)
        self.lengths = None if valid.all() else torch.from_numpy(valid.sum(1))
        self.target_tokens = case.decoder and torch.from_numpy(formula.target_tokens(
            case.key, case.batch, case.target_steps, *case.decoder.arguments.values()))

    @property
    def is_usable(self):
        """PyTorch takes no empty sequences."""
        return self.lengths is None or bool((self.lengths > 0).all())

    def spread(self, outputs, is_over_inputs):
        """Outputs at the steps they belong to, zeros elsewhere; and which positions count."""
        if not is_over_inputs:
            return outputs, torch.ones(outputs.shape[:-1], dtype=torch.bool)
        back = torch.from_numpy(np.argsort(self._order, axis=1))[..., None].expand_as(outputs)
        return outputs.gather(1, back) * self._valid[..., None], self._valid

    def targets(self, shape):
        """Targets for outputs of the given shape."""
        if self.target_tokens is not None:
            return self.target_tokens
        result = torch.from_numpy(formula.targets(self._case.key, self._case.loss, shape))
        return result if self._case.loss == "SparseCategoricalCrossentropy" else result.to(self._dtype)
