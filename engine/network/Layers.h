#pragma once

#include <torch/nn/module.h>

#include <cstdint>

/// \file
/// The layers of the U-Net. Inside the network activations are contiguous [batch, time, channels]: what oneDNN calls
/// channels-last, so that convolutions, linear layers and norms all run without a copy (measured: docs in UNet.h).
///
/// A layer computes in the type of its input. Parameters may be of any floating type (fp32 master weights in training);
/// they are cast per call, through autograd. Without gradients the cast is kept until the parameter changes.
/// Layers belong to one thread, like the module that owns them.

namespace n2m::network {

/// A parameter in the type of the activations. Keeps the cast copy between calls when no gradient is recorded.
class CastParameter {
public:
    /// `parameter` in `type`; the copy is renewed when the parameter was written to or replaced.
    torch::Tensor get(const torch::Tensor& parameter, torch::ScalarType type);

private:
    torch::Tensor m_cast;
    const void* m_source = nullptr;
    std::int64_t m_version = -1;
};

/// y = x Wᵀ + b over the last dimension. Weight [out, in], normal with variance 1/in; bias zero.
class Linear : public torch::nn::Module {
public:
    Linear(std::int64_t in, std::int64_t out, bool bias = true);
    torch::Tensor forward(const torch::Tensor& x);
    /// x Wᵀ without the bias, for callers that add it themselves.
    torch::Tensor multiply(const torch::Tensor& x);

    torch::Tensor weight, bias; ///< bias is undefined where there is none

private:
    CastParameter m_weight, m_bias;
};

/// A 1D convolution over time, [B, T, in] → [B, T', out], odd kernels centred ("same"), and with a stride:
/// kernel 2·stride, padding ⌈stride/2⌉, so that T' = T/stride.
/// The weight is kept [out, kernel, in]: contiguous, and in memory exactly oneDNN's channels-last layout.
class Convolution : public torch::nn::Module {
public:
    Convolution(std::int64_t in, std::int64_t out, std::int64_t kernel, std::int64_t stride = 1);
    torch::Tensor forward(const torch::Tensor& x);

    torch::Tensor weight, bias;

private:
    std::int64_t m_stride, m_padding;
    CastParameter m_weight, m_bias;
};

/// The transposed convolution that mirrors a strided Convolution: kernel 2·stride, T' = T·stride.
/// Computed as an ordinary convolution of kernel 2 to stride·out channels, whose output read as [B, (T+1)·stride, out]
/// is the transposed convolution before its ends are cut: an output sample i·stride + r sees inputs i−1 and i only.
/// LibTorch 1.13 has no fast bf16 transposed convolution. Weight [stride·out, 2, in], bias [out].
class UpConvolution : public torch::nn::Module {
public:
    UpConvolution(std::int64_t in, std::int64_t out, std::int64_t stride);
    /// [B, T, in] → [B, T·stride, out] plus `skip`, which has the output's shape.
    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& skip);

    torch::Tensor weight, bias;

private:
    std::int64_t m_stride, m_offset;
    CastParameter m_weight, m_bias;
};

} // namespace n2m::network
