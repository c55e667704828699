"""The formula behind every weight, input, token, length and target of the golden cases.

tests/NanoRnn.Tests/Golden/GoldenFormula.cs is the same formula in C#; neither side stores these numbers.

A number stream has a text key. Its 64-bit seed is the FNV-1a hash of the key; number i (from 0) is output i of
SplitMix64 started at that seed, of which the top 24 bits, minus 2^23, divided by 2^23, times a bound, are rounded to
float32. Every step is exact or correctly rounded, so both languages get the same bits.
"""
import numpy as np

SAMPLES = 16  # elements of each tensor that a golden file stores


def seed_of(key):
    """FNV-1a, 64 bits, of the key's UTF-8 bytes."""
    value = 0xCBF29CE484222325
    for byte in key.encode("utf-8"):
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return value


def uniform(key, shape, bound=1.0):
    """Float32 numbers in [-bound, bound), in row-major order."""
    count = int(np.prod(shape))
    with np.errstate(over="ignore"):
        z = np.uint64(seed_of(key)) + np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z ^= z >> np.uint64(31)
    steps = (z >> np.uint64(40)).astype(np.int64) - 2**23
    return (steps / 2.0**23 * bound).astype(np.float32).reshape(shape)


def bound_of(tensor, shape):
    """Bound of a tensor's elements: 1/4 for biases, 1 for scales and embeddings, 1/√rows for matrices and convolutions' kernels."""
    if tensor.endswith(("bias", "beta", "moving_mean", "moving_variance")):
        return 0.25
    return 1.0 if tensor.endswith(("gamma", "embeddings")) else 1.0 / np.sqrt(np.float64(np.prod(shape[:-1])))


def weights(key, tensor, shape):
    """The tensor a case starts from; variances lie around 1."""
    values = uniform(f"{key}/{tensor}", shape, bound_of(tensor, shape))
    return values + np.float32(1) if tensor.endswith("variance") else values


def inputs(key, batch, steps, features):
    """The batch of a case, batch x time x features."""
    return uniform(f"{key}/inputs", (batch, steps, features))


def tokens(key, batch, steps, vocabulary):
    """The batch of a case that takes tokens, batch x time."""
    return choices(f"{key}/tokens", (batch, steps), vocabulary)


def lengths(key, batch, steps):
    """Steps of each sequence of a batch, at least one."""
    return choices(f"{key}/lengths", (batch,), steps) + 1


def padding(key, batch, steps):
    """Which steps of a batch are set to zero, some 30 of 100."""
    return uniform(f"{key}/padding", (batch, steps)) < np.float32(-0.4)


def targets(key, loss, shape):
    """Targets for outputs of the given shape: numbers, zeros and ones, one-hot rows, or class indices."""
    if loss == "SparseCategoricalCrossentropy" or loss == "CategoricalCrossentropy":
        index = choices(f"{key}/targets", shape[:-1], shape[-1])
        return index if loss.startswith("Sparse") else np.eye(shape[-1], dtype=np.float32)[index]
    draws = uniform(f"{key}/targets", shape)
    return (draws >= 0).astype(np.float32) if loss == "BinaryCrossentropy" else draws


def target_tokens(key, batch, steps, start_token, end_token):
    """What a decoder is to make: tokens below its start token, the end token behind them."""
    result = choices(f"{key}/targets", (batch, steps), start_token)
    result[:, -1] = end_token
    return result


def choices(key, shape, count):
    """Integers from 0 to below count."""
    return np.floor((uniform(key, shape).astype(np.float64) + 1.0) * 0.5 * count).astype(np.int64)


def sample_indices(count):
    """Which elements of a flattened tensor are stored: all, or SAMPLES evenly spread ones with the first and last."""
    if count <= SAMPLES:
        return np.arange(count)
    return np.arange(SAMPLES) * (count - 1) // (SAMPLES - 1)


def projection(tensor, values):
    """Inner product of a flattened tensor with numbers in [-1, 1): every element matters, and so does its place."""
    return float(np.dot(uniform(f"projection/{tensor}", values.size).astype(np.float64), values))
