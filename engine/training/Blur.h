#pragma once

#include <torch/types.h>

namespace n2m::training {

/// The blurs of conditioning augmentation (Noise2Music, §3.4 and appendix).

/// Low-rate audio [1, time] with a 1D Gaussian kernel of size 10, standard deviation in samples.
torch::Tensor blurAudio(const torch::Tensor& audio, double deviation);

/// A spectrogram [bands, frames] with a 2D Gaussian kernel of 5 × 5, standard deviation in bins.
torch::Tensor blurSpectrogram(const torch::Tensor& spectrogram, double deviation);

} // namespace n2m::training
