#include "engine/network/Layers.h"

#include <cmath>

namespace n2m::network {

namespace {

/// Normal with variance 1/fan-in keeps the variance of what flows through (LeCun et al., 1998).
torch::Tensor lecun(torch::IntArrayRef shape, std::int64_t fanIn) {
    return torch::randn(shape) * (1.0 / std::sqrt(static_cast<double>(fanIn)));
}

/// [out, kernel, in] as the channels-last [out, in, 1, kernel] that conv2d takes: a view.
torch::Tensor asKernel(const torch::Tensor& weight) {
    return weight.permute({0, 2, 1}).unsqueeze(2);
}

/// conv2d of height 1 on [B, T, C]: all views, no copies.
torch::Tensor convolve(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias,
                       std::int64_t stride, std::int64_t padding) {
    const torch::Tensor y = torch::conv2d(x.transpose(1, 2).unsqueeze(2), asKernel(weight), bias,
                                          at::IntArrayRef({1, stride}), at::IntArrayRef({0, padding}));
    return y.squeeze(2).transpose(1, 2);
}

} // namespace

torch::Tensor CastParameter::get(const torch::Tensor& parameter, torch::ScalarType type) {
    if (!parameter.defined() || parameter.scalar_type() == type) return parameter;
    if (torch::GradMode::is_enabled() || parameter.is_inference()) return parameter.to(type);
    if (!m_cast.defined() || m_cast.scalar_type() != type || m_source != parameter.data_ptr() ||
        m_version != static_cast<std::int64_t>(parameter._version())) {
        m_cast = parameter.detach().to(type);
        m_source = parameter.data_ptr();
        m_version = static_cast<std::int64_t>(parameter._version());
    }
    return m_cast;
}

Linear::Linear(std::int64_t in, std::int64_t out, bool withBias) {
    weight = register_parameter("weight", lecun({out, in}, in));
    if (withBias) bias = register_parameter("bias", torch::zeros({out}));
}

torch::Tensor Linear::forward(const torch::Tensor& x) {
    return torch::linear(x, m_weight.get(weight, x.scalar_type()), m_bias.get(bias, x.scalar_type()));
}

torch::Tensor Linear::multiply(const torch::Tensor& x) {
    return torch::linear(x, m_weight.get(weight, x.scalar_type()));
}

Convolution::Convolution(std::int64_t in, std::int64_t out, std::int64_t kernel, std::int64_t stride)
    : m_stride(stride)
    , m_padding(stride == 1 ? kernel / 2 : (stride + 1) / 2) {
    weight = register_parameter("weight", lecun({out, kernel, in}, in * kernel));
    bias = register_parameter("bias", torch::zeros({out}));
}

torch::Tensor Convolution::forward(const torch::Tensor& x) {
    return convolve(x, m_weight.get(weight, x.scalar_type()), m_bias.get(bias, x.scalar_type()), m_stride, m_padding);
}

UpConvolution::UpConvolution(std::int64_t in, std::int64_t out, std::int64_t stride)
    : m_stride(stride)
    , m_offset((stride + 1) / 2) {
    weight = register_parameter("weight", lecun({stride * out, 2, in}, 2 * in));
    bias = register_parameter("bias", torch::zeros({out}));
}

torch::Tensor UpConvolution::forward(const torch::Tensor& x, const torch::Tensor& skip) {
    const auto type = x.scalar_type();
    const torch::Tensor bands =
        convolve(x, m_weight.get(weight, type), m_bias.get(bias, type).repeat({m_stride}), 1, 1);
    const auto length = x.size(1) * m_stride;
    return bands.reshape({x.size(0), length + m_stride, bias.size(0)}).narrow(1, m_offset, length) + skip;
}

} // namespace n2m::network
