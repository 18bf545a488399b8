#include "engine/network/UNet.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <torch/utils.h>

#include <cmath>
#include <stdexcept>

namespace n2m::network {

namespace {

/// [B, base]: sines and cosines of 1000 t.
torch::Tensor sinusoids(const torch::Tensor& t, std::int64_t width) {
    const auto half = width / 2;
    const auto options = torch::TensorOptions().device(t.device()).dtype(torch::kFloat);
    const torch::Tensor frequency =
        torch::exp(torch::arange(half, options) * (-std::log(10000.0) / static_cast<double>(half)));
    const torch::Tensor angle = 1000.0 * t.to(torch::kFloat).unsqueeze(1) * frequency;
    return torch::cat({angle.sin(), angle.cos()}, 1);
}

/// Changes the length of [B, F, C]: means where it becomes shorter by an integer factor, else linear interpolation.
torch::Tensor resample(const torch::Tensor& x, std::int64_t length) {
    const auto from = x.size(1);
    if (from == length) return x;
    if (from % length == 0)
        return x.reshape({x.size(0), length, from / length, x.size(2)}).to(torch::kFloat).mean(2).to(x.scalar_type());
    const auto options = torch::TensorOptions().device(x.device()).dtype(torch::kFloat);
    const torch::Tensor position = ((torch::arange(length, options) + 0.5) * (static_cast<double>(from) / length) - 0.5)
                                       .clamp(0.0, static_cast<double>(from - 1));
    const torch::Tensor left = position.floor().to(torch::kLong);
    const torch::Tensor right = (left + 1).clamp_max(from - 1);
    const torch::Tensor weight = (position - left).to(x.scalar_type()).unsqueeze(1);
    return torch::lerp(x.index_select(1, left), x.index_select(1, right), weight.unsqueeze(0));
}

[[noreturn]] void refuse(const std::string& reason) {
    throw std::invalid_argument("network input: " + reason);
}

std::string shapeOf(const torch::Tensor& x) {
    return x.defined() ? fmt::format("[{}]", fmt::join(x.sizes(), ", ")) : "nothing";
}

void requireShape(const char* name, const torch::Tensor& x, std::int64_t batch, std::int64_t channels,
                  std::int64_t length) {
    if (!x.defined() || x.dim() != 3 || x.size(0) != batch || x.size(1) != channels || x.size(2) != length)
        refuse(fmt::format("{} is {}, must be [{}, {}, {}]", name, shapeOf(x), batch, channels, length));
}

} // namespace

Conditioning Conditioning::to(const torch::Device& device) const {
    const auto move = [&](const torch::Tensor& tensor) { return tensor.defined() ? tensor.to(device) : tensor; };
    return {move(text), move(textMask), move(textPresent), move(stacked), move(aligned), nullptr};
}

UNet::UNet(const UNetConfig& config, bool zeroPlan)
    : m_config(config) {
    config.validate();
    const int entering = config.patch * (config.dataChannels + config.stackedChannels);
    m_entry = register_module("entry", std::make_shared<Convolution>(entering, config.base, 3));
    m_time = register_module("time", std::make_shared<Linear>(config.base, config.base));
    if (config.pooledText)
        m_pooledText = register_module("pooled_text", std::make_shared<Linear>(config.textWidth, config.base, false));
    const int depth = config.depth();
    m_aligned.resize(static_cast<std::size_t>(depth) + 1);
    for (int level = 0; level <= depth && config.alignedChannels > 0; ++level)
        if (config.alignedAt == AlignedAt::EveryLevel || level == depth)
            m_aligned[static_cast<std::size_t>(level)] =
                register_module(fmt::format("aligned{}", level),
                                std::make_shared<Linear>(config.alignedChannels, config.channelsAt(level)));
    for (int level = 1; level <= depth; ++level) {
        const auto index = static_cast<std::size_t>(level - 1);
        const int above = config.channelsAt(level - 1), here = config.channelsAt(level), stride = config.strides[index];
        BlockShape shape{.channels = here,
                         .kernel = config.kernels[index],
                         .embedding = config.base,
                         .selfAttention = config.selfAttention[index],
                         .crossAttention = config.crossAttention[index],
                         .rotary = config.rotaryPositions,
                         .heads = config.heads,
                         .textWidth = config.textWidth};
        Level made;
        made.down = register_module(fmt::format("down{}", level),
                                    std::make_shared<Convolution>(above, here, 2 * stride, stride));
        for (int block = 1; block <= config.blocks[index]; ++block)
            made.downBlocks.push_back(
                register_module(fmt::format("down{}_block{}", level, block), std::make_shared<Block>(shape)));
        shape.channels = above;
        made.up = register_module(fmt::format("up{}", level), std::make_shared<UpConvolution>(here, above, stride));
        for (int block = 1; block <= config.blocks[index]; ++block)
            made.upBlocks.push_back(
                register_module(fmt::format("up{}_block{}", level, block), std::make_shared<Block>(shape)));
        m_levels.push_back(std::move(made));
    }
    m_exit = register_module("exit", std::make_shared<Convolution>(config.base, config.patch * config.dataChannels, 3));
    if (config.refinementChannels > 0)
        m_refinement = register_module(
            "refinement", std::make_shared<Refinement>(config.dataChannels + config.stackedChannels,
                                                       config.dataChannels, config.refinementChannels, config.base));

    const torch::NoGradGuard guard;
    m_exit->weight.zero_();
    if (zeroPlan && config.stackedChannels > 0)
        m_entry->weight.view({config.base, 3, config.patch, config.dataChannels + config.stackedChannels})
            .narrow(3, config.dataChannels, config.stackedChannels)
            .zero_();
    for (const auto& aligned : m_aligned) {
        if (zeroPlan && aligned) aligned->weight.zero_();
    }
}

torch::Tensor UNet::forward(const torch::Tensor& x, const torch::Tensor& t, const Conditioning& conditioning) {
    check(x, t, conditioning);
    ConditioningCache* cache = torch::GradMode::is_enabled() ? nullptr : conditioning.cache.get();
    const TextContext text = textContext(conditioning, cache);
    const torch::Tensor time = embedding(t, text);

    const torch::Tensor rows = rowsOf(x, conditioning);
    const std::int64_t batch = x.size(0), length = x.size(2);
    torch::Tensor y = m_entry->forward(rows.reshape({batch, length / m_config.patch, m_config.patch * rows.size(2)}));
    y = addAligned(y, 0, conditioning, cache);
    std::vector<torch::Tensor> skips;
    int level = 0;
    for (const Level& at : m_levels) {
        skips.push_back(y);
        y = addAligned(at.down->forward(y), ++level, conditioning, cache);
        for (const auto& block : at.downBlocks)
            y = block->forward(y, time, text);
    }
    for (auto at = m_levels.rbegin(); at != m_levels.rend(); ++at) {
        y = at->up->forward(y, skips.back());
        skips.pop_back();
        for (const auto& block : at->upBlocks)
            y = block->forward(y, time, text);
    }
    // The exit's channels are the steps of a patch, each with its data channels, so that unfolding is a view.
    y = m_exit->forward(y).reshape({batch, length, x.size(1)});
    if (m_refinement) y = m_refinement->forward(rows, y, time);
    return y.transpose(1, 2).to(torch::kFloat).contiguous();
}

/// x_t and the channels stacked with it, [B, T, channels].
torch::Tensor UNet::rowsOf(const torch::Tensor& x, const Conditioning& conditioning) const {
    const torch::Tensor all = m_config.stackedChannels > 0 ? torch::cat({x, conditioning.stacked}, 1) : x;
    return all.transpose(1, 2).to(m_computeType, false, false, torch::MemoryFormat::Contiguous);
}

TextContext UNet::textContext(const Conditioning& conditioning, ConditioningCache* cache) const {
    TextContext text;
    text.cache = cache;
    if (m_config.textWidth == 0 || !conditioning.text.defined()) return text;
    text.visible = conditioning.textMask.defined()
                       ? conditioning.textMask
                       : torch::ones({conditioning.text.size(0), conditioning.text.size(1)},
                                     torch::TensorOptions().device(conditioning.text.device()).dtype(torch::kBool));
    if (conditioning.textPresent.defined())
        text.visible = text.visible.logical_and(conditioning.textPresent.unsqueeze(1));
    const torch::Tensor unseen = text.visible.logical_not();
    // Filled with zero, not multiplied by it: padding and hidden texts may hold anything, NaN too.
    text.tokens = conditioning.text.masked_fill(unseen.unsqueeze(2), 0.0).to(m_computeType);
    text.bias = torch::zeros_like(unseen, m_computeType).masked_fill(unseen, -3e4);
    text.bias = text.bias.unsqueeze(1).unsqueeze(1);
    return text;
}

torch::Tensor UNet::embedding(const torch::Tensor& t, const TextContext& text) {
    torch::Tensor sum = m_time->forward(sinusoids(t, m_config.base));
    if (m_pooledText && text.tokens.defined()) {
        sum = sum + cached(text.cache, m_pooledText.get(), [&] {
                  const torch::Tensor count = text.visible.sum(1, true).clamp_min(1).to(torch::kFloat);
                  return m_pooledText->forward(text.tokens.to(torch::kFloat).sum(1) / count);
              });
    }
    return torch::silu(sum);
}

torch::Tensor UNet::addAligned(const torch::Tensor& x, int level, const Conditioning& conditioning,
                               ConditioningCache* cache) {
    const auto& layer = m_aligned[static_cast<std::size_t>(level)];
    if (!layer) return x;
    return x + cached(cache, layer.get(), [&] {
               const torch::Tensor rows = conditioning.aligned.transpose(1, 2).to(m_computeType, false, false,
                                                                                  torch::MemoryFormat::Contiguous);
               // Averaging commutes with the projection: the order with less work is taken.
               return rows.size(1) > x.size(1) ? layer->forward(resample(rows, x.size(1)))
                                               : resample(layer->forward(rows), x.size(1));
           });
}

void UNet::check(const torch::Tensor& x, const torch::Tensor& t, const Conditioning& conditioning) const {
    if (!x.defined() || x.dim() != 3 || x.size(0) < 1 || x.size(1) != m_config.dataChannels || x.size(2) < 1 ||
        x.size(2) % m_config.lengthMultiple() != 0)
        refuse(fmt::format("x is {}, must be [batch, {}, a multiple of {}]", shapeOf(x), m_config.dataChannels,
                           m_config.lengthMultiple()));
    const auto batch = x.size(0);
    if (!t.defined() || t.dim() != 1 || t.size(0) != batch)
        refuse(fmt::format("t is {}, must be [{}]", shapeOf(t), batch));
    if (m_config.stackedChannels > 0)
        requireShape("stacked", conditioning.stacked, batch, m_config.stackedChannels, x.size(2));
    if (m_config.alignedChannels > 0)
        requireShape("aligned", conditioning.aligned, batch, m_config.alignedChannels,
                     conditioning.aligned.defined() && conditioning.aligned.dim() == 3 ? conditioning.aligned.size(2)
                                                                                       : 1);
    if (m_config.textWidth == 0 || !conditioning.text.defined()) return;
    const torch::Tensor &text = conditioning.text, &mask = conditioning.textMask, &present = conditioning.textPresent;
    if (text.dim() != 3 || text.size(0) != batch || text.size(1) < 1 || text.size(2) != m_config.textWidth)
        refuse(fmt::format("text is {}, must be [{}, tokens, {}]", shapeOf(text), batch, m_config.textWidth));
    if (mask.defined() && (mask.scalar_type() != torch::kBool || mask.sizes() != text.sizes().slice(0, 2)))
        refuse(fmt::format("the text mask is {}, must be bool [{}, {}]", shapeOf(mask), batch, text.size(1)));
    if (present.defined() && (present.scalar_type() != torch::kBool || present.dim() != 1 || present.size(0) != batch))
        refuse(fmt::format("textPresent is {}, must be bool [{}]", shapeOf(present), batch));
}

} // namespace n2m::network
