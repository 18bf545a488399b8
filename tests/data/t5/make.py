#!/usr/bin/env python3
"""Makes the fixtures of T5EncoderTest and TextEncoderTest: two tiny T5 with random weights in the Hugging Face layout, and
what the transformers library makes of a batch of tokens. Made once, with Debian's python3-torch 1.13.1 and, from PyPI,
transformers 4.30.2, tokenizers 0.13.3, sentencepiece 0.2.3, safetensors 0.8.0:

    /usr/bin/python3 -m venv --system-site-packages venv
    venv/bin/pip install transformers==4.30.2 tokenizers==0.13.3 'numpy<2' sentencepiece safetensors
    venv/bin/python tests/data/t5/make.py

v1_0: ReLU; a whole encoder-decoder with its tied weights written out, as some checkpoints have them.
v1_1: gated GELU; an encoder alone, as transformers saves it, with a spiece.model.
"""
import io
import os
import shutil

import sentencepiece
import torch
from safetensors.torch import save_file
from transformers import T5Config, T5EncoderModel, T5ForConditionalGeneration, T5Tokenizer

here = os.path.dirname(os.path.abspath(__file__))
common = dict(d_model=16, d_kv=6, d_ff=24, num_layers=2, num_heads=3, relative_attention_num_buckets=8,
              relative_attention_max_distance=20)
texts = ["a slow, sad piano ballad with soft strings", "Drum & bass, 174 bpm 🎹", ""]
captions = ["a slow sad piano ballad with soft strings", "fast drum and bass with a deep bass line",
            "bright piano, soft strings, 96 bpm", "a calm ballad with a deep, soft bass"] * 3


def randomise(model, seed):
    """Weights large enough that every part of the network shows in the result."""
    torch.manual_seed(seed)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "layer_norm" in name:
                parameter.copy_(1 + 0.3 * torch.randn_like(parameter))
            elif "relative_attention_bias" in name or "shared" in name:
                parameter.copy_(torch.randn_like(parameter))
            else:
                parameter.copy_(0.4 * torch.randn_like(parameter))
    return model.eval()


def golden(folder, encoder, tokens, mask):
    with torch.no_grad():
        embeddings = encoder(input_ids=tokens, attention_mask=mask).last_hidden_state
    save_file({"tokens": tokens, "mask": mask, "embeddings": embeddings.contiguous()},
              os.path.join(folder, "golden.safetensors"))


def batch(length):
    torch.manual_seed(length)
    tokens = torch.randint(3, 96, (2, length))
    mask = torch.ones(2, length, dtype=torch.int64)
    mask[1, length - 9:] = 0
    tokens[mask == 0] = 0
    return tokens, mask


folder = os.path.join(here, "v1_0")
shutil.rmtree(folder, ignore_errors=True)
os.makedirs(folder)
model = randomise(T5ForConditionalGeneration(T5Config(**common, vocab_size=96, feed_forward_proj="relu")), 1)
model.config.to_json_file(os.path.join(folder, "config.json"))
save_file({name: tensor.clone() for name, tensor in model.state_dict().items()},
          os.path.join(folder, "model.safetensors"), metadata={"format": "pt"})
golden(folder, model.encoder, *batch(50))

folder = os.path.join(here, "v1_1")
shutil.rmtree(folder, ignore_errors=True)
model = randomise(T5EncoderModel(T5Config(**common, vocab_size=296, feed_forward_proj="gated-gelu")), 2)
model.save_pretrained(folder, safe_serialization=True)
# The plain normalisation keeps the file small: that of T5 takes 230 kB.
spiece = io.BytesIO()
sentencepiece.SentencePieceTrainer.train(
    sentence_iterator=iter(captions), model_writer=spiece, minloglevel=2, vocab_size=292, model_type="unigram", byte_fallback=True,
    pad_id=0, eos_id=1, unk_id=2, bos_id=-1, normalization_rule_name="identity", num_threads=1)
with open(os.path.join(folder, "spiece.model"), "wb") as file:
    file.write(spiece.getvalue())
encoded = T5Tokenizer(os.path.join(folder, "spiece.model"), extra_ids=0)(texts, padding=True, return_tensors="pt")
golden(folder, model, encoded.input_ids, encoded.attention_mask)
print(encoded)
