"""Owns the network in training: Whisper's shape with only the token rows in use, and a CTC head beside it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn


@dataclass(frozen=True)
class Shape:
    """The size of the network."""

    width: int = 160
    heads: int = 2
    encoder_layers: int = 4
    decoder_layers: int = 2
    feed: int = 640
    mels: int = 80
    positions: int = 1500
    text_positions: int = 448


def sinusoids(length: int, width: int) -> Tensor:
    """Whisper's encoder positions [length, width]: sines, then cosines."""
    step = math.log(10_000) / (width // 2 - 1)
    rates = torch.exp(-step * torch.arange(width // 2))
    angles = torch.arange(length)[:, None] * rates[None]
    return torch.cat([angles.sin(), angles.cos()], dim=1)


class Attention(nn.Module):
    """Multi-head attention with Whisper's parameter names."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.q_proj, self.v_proj, self.out_proj = (nn.Linear(shape.width, shape.width) for _ in range(3))
        self.k_proj = nn.Linear(shape.width, shape.width, bias=False)

    def forward(self, x: Tensor, memory: Tensor, causal: bool = False) -> Tensor:
        """`x` [batch, n, width] looks at `memory` [batch, m, width]."""
        q, k, v = (
            project(y).unflatten(-1, (self.heads, -1)).transpose(1, 2)
            for project, y in ((self.q_proj, x), (self.k_proj, memory), (self.v_proj, memory))
        )
        # PyTorch's attention on the CPU is faster in float32 than in bfloat16, all other parts are not.
        with torch.autocast("cpu", enabled=False):
            seen = F.scaled_dot_product_attention(q.float(), k.float(), v.float(), is_causal=causal)
        out: Tensor = self.out_proj(seen.transpose(1, 2).flatten(2))
        return out


class Layer(nn.Module):
    """One layer of the encoder, or of the decoder if it looks at a memory."""

    def __init__(self, shape: Shape, decoder: bool) -> None:
        super().__init__()
        self.self_attn = Attention(shape)
        self.self_attn_layer_norm = nn.LayerNorm(shape.width)
        if decoder:
            self.encoder_attn = Attention(shape)
            self.encoder_attn_layer_norm = nn.LayerNorm(shape.width)
        self.fc1, self.fc2 = nn.Linear(shape.width, shape.feed), nn.Linear(shape.feed, shape.width)
        self.final_layer_norm = nn.LayerNorm(shape.width)

    def forward(self, x: Tensor, memory: Tensor | None = None) -> Tensor:
        """`x` [batch, n, width]; causal where there is a memory."""
        y = self.self_attn_layer_norm(x)
        x = x + self.self_attn(y, y, causal=memory is not None)
        if memory is not None:
            x = x + self.encoder_attn(self.encoder_attn_layer_norm(x), memory)
        out: Tensor = x + self.fc2(F.gelu(self.fc1(self.final_layer_norm(x))))
        return out


class Encoder(nn.Module):
    """Features [batch, 80, frames] to states [batch, frames / 2, width]: 20 ms each, for any even number of frames."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.conv1 = nn.Conv1d(shape.mels, shape.width, 3, padding=1)
        self.conv2 = nn.Conv1d(shape.width, shape.width, 3, stride=2, padding=1)
        self.embed_positions = nn.Embedding(shape.positions, shape.width)
        self.embed_positions.weight.requires_grad_(False).copy_(sinusoids(shape.positions, shape.width))
        self.layers = nn.ModuleList(Layer(shape, decoder=False) for _ in range(shape.encoder_layers))
        self.layer_norm = nn.LayerNorm(shape.width)

    def forward(self, features: Tensor) -> Tensor:
        """Encode."""
        x = F.gelu(self.conv2(F.gelu(self.conv1(features)))).transpose(1, 2)
        x = x + self.embed_positions.weight[: x.shape[1]]
        for layer in self.layers:
            x = layer(x)
        out: Tensor = self.layer_norm(x)
        return out


class Decoder(nn.Module):
    """Token rows [batch, n] and a memory to states [batch, n, width]."""

    def __init__(self, shape: Shape, rows: int) -> None:
        super().__init__()
        self.embed_tokens = nn.Embedding(rows, shape.width)
        self.embed_positions = nn.Embedding(shape.text_positions, shape.width)
        nn.init.normal_(self.embed_tokens.weight, std=0.05)
        nn.init.normal_(self.embed_positions.weight, std=0.01)
        self.layers = nn.ModuleList(Layer(shape, decoder=True) for _ in range(shape.decoder_layers))
        self.layer_norm = nn.LayerNorm(shape.width)

    def forward(self, rows: Tensor, memory: Tensor) -> Tensor:
        """Decode with teacher forcing."""
        x = self.embed_tokens(rows) + self.embed_positions.weight[: rows.shape[1]]
        for layer in self.layers:
            x = layer(x, memory)
        out: Tensor = self.layer_norm(x)
        return out


class Mini(nn.Module):
    """The whole network. Token rows 0..used-1 are real tokens; the last row stands for every other token at once.

    That row's score counts as often as there are such tokens, so the softmax is exactly that of the exported model, in
    which all of them share the row, at a fiftieth of the cost.
    """

    def __init__(self, shape: Shape, used: int, text: int, vocabulary: int) -> None:
        """`used` tokens of `vocabulary` are in use, the first `text` of them in transcripts."""
        super().__init__()
        self.encoder = Encoder(shape)
        self.decoder = Decoder(shape, used + 1)
        self.ctc = nn.Linear(shape.width, text + 1)  # class `text` is CTC's blank
        crowd = torch.zeros(used + 1)
        crowd[used] = math.log(vocabulary - used)
        self.register_buffer("crowd", crowd, persistent=False)

    def losses(
        self, features: Tensor, rows: Tensor, labels: Tensor, spoken: list[list[int]], ends: list[int]
    ) -> tuple[Tensor, Tensor, Tensor]:
        """The decoder's cross entropy, the encoder's CTC loss and the share of tokens right.

        `rows` and `labels` [batch, n] (-100: do not learn); `spoken` are the rows of each transcript and `ends` the
        frames at which the speech ends.
        """
        memory = self.encoder(features)
        states = self.decoder(rows, memory)
        logits = (states @ self.decoder.embed_tokens.weight.T).float()
        entropy = F.cross_entropy((logits + self.crowd).flatten(0, 1), labels.flatten())
        right = (logits.detach().argmax(-1) == labels)[labels >= 0].float().mean()
        # 40 ms per step is enough for CTC, and it need not look at the padding.
        steps = [max(2, min(memory.shape[1] // 2, end // 4 + 4)) for end in ends]
        most = min(memory.shape[1], -(-max(steps) // 25) * 50)
        scores = self.ctc(memory[:, :most:2]).float().log_softmax(-1).transpose(0, 1)
        lengths = [len(s) for s in spoken]
        flat = torch.tensor([row for s in spoken for row in s], dtype=torch.long)
        ctc = F.ctc_loss(
            scores, flat, torch.tensor(steps), torch.tensor(lengths), blank=self.ctc.out_features - 1,
            zero_infinity=True,
        )  # fmt: skip
        return entropy, ctc, right
