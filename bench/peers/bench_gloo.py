"""Time of PyTorch's all-reduce over gloo between two processes on one machine: what its data-parallel training adds to a step.

usage: taskset -c 0 python3 bench_gloo.py 0 & taskset -c 1 python3 bench_gloo.py 1
"""
import sys
import time

import torch
import torch.distributed as dist

REPEATS = 5

torch.set_num_threads(1)
rank = int(sys.argv[1])
dist.init_process_group("gloo", init_method="tcp://127.0.0.1:29511", rank=rank, world_size=2)
for name, weights, steps in (("heavy_lstm128", 82576, 100), ("softmax10000", 2028816, 10)):
    gradients = torch.ones(weights)
    fastest = float("inf")
    for _ in range(REPEATS):
        start = time.perf_counter()
        for _ in range(steps):
            dist.all_reduce(gradients)
        fastest = min(fastest, (time.perf_counter() - start) / steps)
    if rank == 0:
        print(f"{name}: torch {torch.__version__}, gloo, {weights} floats: {1000 * fastest:.3f} ms")
