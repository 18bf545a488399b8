#include "engine/training/ProcessGroup.h"

#include "engine/base/Error.h"

#include <fmt/format.h>
#include <torch/utils.h>

#include <csignal>
#include <cstdio>
#include <filesystem>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef USE_C10D_GLOO
#include <torch/csrc/distributed/c10d/FileStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#endif

namespace n2m::training {

#ifdef USE_C10D_GLOO

struct ProcessGroup::Gloo {
    c10::intrusive_ptr<c10d::ProcessGroupGloo> group;
};

namespace {

c10::intrusive_ptr<c10d::ProcessGroupGloo> connect(const std::string& meetingPoint, int rank, int count) {
    const auto store = c10::make_intrusive<c10d::FileStore>(meetingPoint, count);
    const auto options = c10d::ProcessGroupGloo::Options::create();
    options->devices.push_back(c10d::ProcessGroupGloo::createDeviceForHostname("127.0.0.1"));
    options->threads = 1;
    return c10::make_intrusive<c10d::ProcessGroupGloo>(store, rank, count, options);
}

} // namespace

ProcessGroup::ProcessGroup(int count)
    : m_count(count) {
    if (count == 1) return;
    const std::string meetingPoint =
        (std::filesystem::temp_directory_path() / fmt::format("noise2music-train-{}", ::getpid())).string();
    std::filesystem::remove(meetingPoint);
    std::fflush(nullptr);
    const pid_t parent = ::getpid();
    for (int rank = 1; rank < count; ++rank) {
        const pid_t child = ::fork();
        if (child < 0) throw base::Failure("cannot start another training process");
        if (child == 0) {
            m_rank = rank;
            m_children.clear();
            ::prctl(PR_SET_PDEATHSIG, SIGTERM); // a helper ends with the first process
            if (::getppid() != parent) ::_exit(1);
            break;
        }
        m_children.push_back(child);
    }
    m_gloo = std::make_unique<Gloo>();
    m_gloo->group = connect(meetingPoint, m_rank, m_count);
    bool ready = true;
    any(ready); // everyone has met
    if (m_rank == 0) std::filesystem::remove(meetingPoint);
}

void ProcessGroup::average(std::vector<torch::Tensor>& tensors) {
    if (m_count == 1) return;
    const torch::NoGradGuard noGradients;
    std::int64_t total = 0;
    for (const torch::Tensor& tensor : tensors)
        if (tensor.defined()) total += tensor.numel();
    if (!m_message.defined() || m_message.numel() != total) m_message = torch::empty({total});
    std::int64_t offset = 0;
    for (torch::Tensor& tensor : tensors) {
        if (!tensor.defined()) continue;
        const torch::Tensor part = m_message.narrow(0, offset, tensor.numel()).view(tensor.sizes());
        part.copy_(tensor);
        tensor = part;
        offset += part.numel();
    }
    std::vector<torch::Tensor> message{m_message};
    m_gloo->group->allreduce(message)->wait();
    m_message.div_(m_count);
}

bool ProcessGroup::any(bool value) {
    if (m_count == 1) return value;
    std::vector<torch::Tensor> flag{torch::full({1}, value ? 1.0f : 0.0f)};
    m_gloo->group->allreduce(flag)->wait();
    return flag.front().item<float>() > 0.0f;
}

#else

struct ProcessGroup::Gloo {};

ProcessGroup::ProcessGroup(int count)
    : m_count(count) {
    if (count > 1) throw base::Failure("this build has no Gloo: train with one process (--processes 1)");
}

void ProcessGroup::average(std::vector<torch::Tensor>&) {}

bool ProcessGroup::any(bool value) {
    return value;
}

#endif

ProcessGroup::~ProcessGroup() {
    m_gloo.reset();
    for (const int child : m_children)
        ::waitpid(child, nullptr, 0);
}

} // namespace n2m::training
