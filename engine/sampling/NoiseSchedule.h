#pragma once

namespace n2m::sampling {

enum class NoiseScheduleKind { Cosine, Linear };

/// The noise schedule gives the shares of data and noise in x_t at a time t in [0, 1]: x_t = α_t x_0 + σ_t ε with
/// α_t² + σ_t² = 1. A value; safe to use from any thread. Times outside [0, 1] count as the nearer end.
/// diffusion/NoiseTensors.h has the same formulas for tensors.
///
///  - cosine (Noise2Music, §3.1): α_t = cos(a t + b), b = arctan(e^-10), a = arctan(e^10) − b; λ runs from 20 to −20.
///  - linear (DDPM, Ho et al., 2020, in continuous time): ln α_t² = −1000 (β_0 t + (β_1 − β_0) t²/2), β from 0.0001 to
///    0.02; λ runs from +infinity (σ_0 = 0) to about −10.05.
class NoiseSchedule {
public:
    explicit NoiseSchedule(NoiseScheduleKind kind)
        : m_kind(kind) {}

    NoiseScheduleKind kind() const { return m_kind; }

    double alpha(double t) const;
    double sigma(double t) const;  ///< exact for tiny t too, unlike 1 − α², which cancels
    double lambda(double t) const; ///< ln(α_t²/σ_t²); +infinity where σ_t is 0
    /// The inverse of lambda(): the time at which lambda() has this value, or the nearer end of [0, 1].
    double time(double lambda) const;

    static double firstAngle();                          ///< b of the cosine schedule
    static double angleSpan();                           ///< a of the cosine schedule
    static constexpr double firstRate = 1000.0 * 0.0001; ///< 1000 β_0 of the linear schedule
    static constexpr double lastRate = 1000.0 * 0.02;    ///< 1000 β_1 of the linear schedule

private:
    NoiseScheduleKind m_kind;
};

} // namespace n2m::sampling
