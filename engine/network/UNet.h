#pragma once

#include "engine/network/Block.h"
#include "engine/network/ConditioningCache.h"
#include "engine/network/Refinement.h"
#include "engine/network/UNetConfig.h"

#include <torch/nn/module.h>

#include <memory>
#include <vector>

namespace n2m::network {

/// The conditioning of a U-Net: its inputs in addition to x_t and t. Tensors are fp32 unless said otherwise and on the
/// network's device. Tensors that the configuration does not use are ignored.
struct Conditioning {
    torch::Tensor text;        ///< [B, L, W] token embeddings; undefined = text hidden for every sample
    torch::Tensor textMask;    ///< bool [B, L], true = a token, false = padding; undefined = no padding
    torch::Tensor textPresent; ///< bool [B]; false = text hidden: cross-attention gives zero, pooled text is zero
    torch::Tensor stacked;     ///< [B, stackedChannels, T]
    torch::Tensor aligned;     ///< [B, alignedChannels, F]: spans the same time as x_t, at any rate

    /// Set it to a new ConditioningCache for the steps of one sampling, so that results that depend on these tensors
    /// alone are computed once. Ignored while gradients are recorded.
    std::shared_ptr<ConditioningCache> cache;

    /// The same tensors on another device, without the cache.
    Conditioning to(const torch::Device& device) const;
};

/// The 1D U-Net of Noise2Music (Huang et al., 2023, §3.3; the readings in the project's specification).
///
/// Entry convolution (kernel 3); per depth a strided convolution, then blocks at (T_I, C_I); per depth on the way up a
/// transposed convolution to (T_{I−1}, C_{I−1}), the skip added, then blocks there; exit convolution (kernel 3); a
/// Refinement where the configuration has one.
/// The time: sines and cosines of 1000·t at base/2 frequencies from 1 to 1/10000, a linear layer, the pooled text's
/// projection added, a Swish (without it this layer and each block's own linear layer would be one).
/// The aligned input enters after the last down-sampling, before the blocks there (Bottom), or after the entry and
/// every down-sampling (EveryLevel), through a linear layer per level.
///
/// Starts as the identity on its residual stream: see Block; the exit convolution starts at zero. The same torch seed
/// gives the same weights. Parameters are fp32; torch's own to(kBFloat16) may halve them for inference.
/// One thread at a time.
class UNet : public torch::nn::Module {
public:
    /// `zeroPlan`: the weights of stacked and aligned channels start at zero (measured: plans need it).
    /// Throws base::InvalidInput for a configuration that cannot be built (UNetConfig::validate).
    explicit UNet(const UNetConfig& config, bool zeroPlan = false);

    /// x [B, dataChannels, T], t [B] in [0, 1] → fp32 [B, dataChannels, T]. T is a multiple of
    /// config().lengthMultiple(). Throws std::invalid_argument for shapes that do not fit or an input that the
    /// configuration needs and is missing.
    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& t, const Conditioning& conditioning);

    /// The type of the activations and of the weights in use: kFloat (the default) or kBFloat16 (kHalf on CUDA).
    void setComputeType(torch::ScalarType type) { m_computeType = type; }
    torch::ScalarType computeType() const { return m_computeType; }
    const UNetConfig& config() const { return m_config; }

private:
    struct Level {
        std::shared_ptr<Convolution> down;
        std::vector<std::shared_ptr<Block>> downBlocks;
        std::shared_ptr<UpConvolution> up;
        std::vector<std::shared_ptr<Block>> upBlocks;
    };

    void check(const torch::Tensor& x, const torch::Tensor& t, const Conditioning& conditioning) const;
    torch::Tensor rowsOf(const torch::Tensor& x, const Conditioning& conditioning) const;
    TextContext textContext(const Conditioning& conditioning, ConditioningCache* cache) const;
    torch::Tensor embedding(const torch::Tensor& t, const TextContext& text);
    torch::Tensor addAligned(const torch::Tensor& x, int level, const Conditioning& conditioning,
                             ConditioningCache* cache);

    UNetConfig m_config;
    torch::ScalarType m_computeType = torch::kFloat;
    std::shared_ptr<Convolution> m_entry, m_exit;
    std::shared_ptr<Refinement> m_refinement; ///< null where there is none
    std::shared_ptr<Linear> m_time, m_pooledText;
    std::vector<Level> m_levels;                    ///< from the top
    std::vector<std::shared_ptr<Linear>> m_aligned; ///< per level from 0; empty pointers where nothing enters
};

} // namespace n2m::network
