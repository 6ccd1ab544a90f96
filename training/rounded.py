"""Training with the rounding of the shipped encoder, so that it learns to live with it (Jacob et al. 2018, arXiv:1712.05877).

The shipped graph multiplies whole numbers of eight bits: weights by output, rounded once, and states by window, rounded as they
come. Here both are rounded in the same way and kept as fractions; the gradient takes no notice of the rounding.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

STEPS = 255
"""Of a range of states; weights have half as many on each side of 0."""


def rounded_states(states: Tensor) -> Tensor:
    """States [windows, tokens, width] as eight bits of each window's range would have them; 0 stays 0."""
    with torch.no_grad():
        least = states.amin((1, 2), keepdim=True).clamp(max=0)
        most = states.amax((1, 2), keepdim=True).clamp(min=0)
        step = ((most - least) / STEPS).clamp(min=1e-12)
        zero = (-least / step).round()
        lost = ((states / step).round().add(zero).clamp(0, STEPS) - zero) * step - states
    return states + lost


def rounded_weights(weight: Tensor) -> Tensor:
    """Weights [outputs, inputs] as eight bits of each output's range would have them."""
    with torch.no_grad():
        step = (weight.abs().amax(1, keepdim=True) / (STEPS // 2)).clamp(min=1e-12)
        lost = (weight / step).round() * step - weight
    return weight + lost


def round_products(encoder: nn.Module) -> None:
    """Make every product of an encoder's layers one of rounded numbers, from now on."""
    for module in encoder.modules():
        if isinstance(module, nn.Linear):
            module.forward = lambda states, own=module: F.linear(  # type: ignore[method-assign,misc]
                rounded_states(states), rounded_weights(own.weight), own.bias
            )
