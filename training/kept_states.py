"""The states of layers that do not learn, worked out once and kept on disk."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from training.corpora import Item
from training.losses import tensors
from training.network import PADDING, Network


class States:
    """States below the cut of a network's encoder for all windows of a run, in half precision.

    They are in one file beside a count of those done: a run that is begun again with the same windows goes on where it stopped.
    """

    def __init__(self, network: Network, items: list[Item], folder: Path, batch: int = 16) -> None:
        self.width = network.encoder.width
        order = sorted(range(len(items)), key=lambda n: (len(items[n].ids), n))
        starts = np.r_[0, np.cumsum([len(items[n].ids) for n in order])]
        self._at = {id(items[n]): int(starts[i]) for i, n in enumerate(order)}
        folder.mkdir(parents=True, exist_ok=True)
        path, count = folder / "states.f16", folder / "done.txt"
        shape = (int(starts[-1]), self.width)
        there = path.exists() and path.stat().st_size == shape[0] * shape[1] * 2 and count.exists()
        self._states = np.memmap(path, np.float16, "r+" if there else "w+", shape=shape)
        done, began = int(count.read_text()) if there else 0, time.time()
        for at in range(done, len(order), batch):
            part = [items[n] for n in order[at : at + batch]]
            ids, _ = tensors(part)
            states = network.encoder.lower(ids, (ids > PADDING).long()).numpy().astype(np.float16)
            for row, item in enumerate(part):
                first = self._at[id(item)]
                self._states[first : first + len(item.ids)] = states[row, : len(item.ids)]
            if at % (20 * batch) == 0 or at + batch >= len(order):
                self._states.flush()
                count.write_text(str(at + len(part)))
                print(
                    f"states of {at + len(part)}/{len(order)} windows, {time.time() - began:.0f} s",
                    flush=True,
                )

    def of(self, part: list[Item]) -> Tensor:
        """[windows, tokens, width], padded with 0."""
        longest = max(len(item.ids) for item in part)
        found = np.zeros((len(part), longest, self.width), dtype=np.float32)
        for row, item in enumerate(part):
            first = self._at[id(item)]
            found[row, : len(item.ids)] = self._states[first : first + len(item.ids)]
        return torch.from_numpy(found)
