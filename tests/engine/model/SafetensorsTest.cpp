#include "engine/model/Safetensors.h"
#include "engine/base/AtomicFile.h"

#include <QtTest/QtTest>

#include <torch/nn/modules/linear.h>
#include <torch/utils.h>

#include <filesystem>
#include <fstream>

#include <sys/stat.h>

using namespace n2m::base;
using namespace n2m::model;

namespace {

std::string bytesOfFile(const std::filesystem::path& file) {
    return readTextFile(file, 1 << 24);
}

template <typename Action> QString messageOf(Action action) {
    try {
        action();
        return {};
    } catch (const std::runtime_error& error) {
        return QString::fromUtf8(error.what());
    }
}

struct Network : torch::nn::Module {
    torch::nn::Linear linear{nullptr};
    torch::Tensor count;
    Network() {
        linear = register_module("linear", torch::nn::Linear(3, 2));
        count = register_buffer("count", torch::zeros({1}, torch::kLong));
    }
};

} // namespace

class SafetensorsTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::filesystem::path path(const char* name) const { return m_folder.filePath(name).toStdString(); }

private Q_SLOTS:
    void keepsValuesTypesAndMetadata() {
        const auto f32 = torch::randn({3, 4, 5}), f16 = torch::randn({7}).to(torch::kHalf);
        const auto bf16 = torch::randn({2, 2}).to(torch::kBFloat16), i64 = torch::arange(5);
        const auto u8 = torch::arange(7).to(torch::kByte);
        const auto scalar = torch::tensor(2.5f), nothing = torch::empty({0, 3});
        // "a" has an odd number of 2-byte elements: the wider types must be before it to stay aligned.
        writeSafetensors(path("types.safetensors"),
                         {{"a", f16},
                          {"b", f32},
                          {"c", bf16},
                          {"d", i64},
                          {"e", scalar},
                          {"f", nothing},
                          {"g", f32.transpose(0, 2)},
                          {"h", u8}},
                         {{"stage", "generator"}, {"steps", "12"}});
        const SafetensorsFile file(path("types.safetensors"));
        QCOMPARE(file.names().size(), std::size_t(8));
        QCOMPARE(file.metadata().at("steps"), std::string("12"));
        QVERIFY(torch::equal(file.tensor("a"), f16) && file.tensor("a").scalar_type() == torch::kHalf);
        QVERIFY(torch::equal(file.tensor("b"), f32) && file.tensor("b").scalar_type() == torch::kFloat);
        QVERIFY(torch::equal(file.tensor("c"), bf16) && file.tensor("c").scalar_type() == torch::kBFloat16);
        QVERIFY(torch::equal(file.tensor("d"), i64) && file.tensor("d").scalar_type() == torch::kLong);
        QVERIFY(torch::equal(file.tensor("e"), scalar) && file.tensor("e").dim() == 0);
        QVERIFY(file.tensor("f").sizes() == nothing.sizes());
        QVERIFY(torch::equal(file.tensor("g"), f32.transpose(0, 2)));
        QVERIFY(torch::equal(file.tensor("h"), u8) && file.tensor("h").scalar_type() == torch::kByte);
        QVERIFY(file.contains("a") && !file.contains("z"));
        QVERIFY(messageOf([&] { file.tensor("z"); }).contains("types.safetensors: tensor \"z\" is missing"));
    }

    // A file of 26 data bytes put together by hand, with its tensor at an address that floats do not like.
    void readsUnalignedTensors() {
        const std::string header = R"({"h":{"dtype":"F16","shape":[1],"data_offsets":[0,2]},)"
                                   R"("x":{"dtype":"F32","shape":[2],"data_offsets":[2,10]}})";
        const float values[2] = {1.5f, -3.0f};
        const std::uint16_t half = 0x3c00; // 1.0
        const std::uint64_t length = header.size();
        std::ofstream(path("odd.safetensors"), std::ios::binary)
            .write(reinterpret_cast<const char*>(&length), 8)
            .write(header.data(), static_cast<std::streamsize>(header.size()))
            .write(reinterpret_cast<const char*>(&half), 2)
            .write(reinterpret_cast<const char*>(values), 8);
        const SafetensorsFile file(path("odd.safetensors"));
        QVERIFY(torch::equal(file.tensor("x"), torch::tensor({1.5f, -3.0f})));
        QCOMPARE(file.tensor("h").to(torch::kFloat).item<float>(), 1.0f);
    }

    void tensorsAreViewsThatOutliveTheFile() {
        torch::Tensor a, b;
        writeSafetensors(path("view.safetensors"), {{"x", torch::arange(1000, torch::kFloat)}});
        {
            const SafetensorsFile file(path("view.safetensors"));
            a = file.tensor("x"), b = file.tensor("x");
            QCOMPARE(a.data_ptr(), b.data_ptr()); // no copy
        }
        std::filesystem::remove(path("view.safetensors"));
        QCOMPARE(a.sum().item<float>(), 499500.0f);
        a.zero_(); // on private pages: no crash
        QCOMPARE(b.sum().item<float>(), 0.0f);
    }

    void writesTheSameBytesAndConverts() {
        const std::map<std::string, torch::Tensor> tensors{{"w", torch::tensor({1.0f, 1.0f / 3.0f})},
                                                           {"n", torch::arange(3)}};
        writeSafetensors(path("one.safetensors"), tensors, {{"b", "2"}, {"a", "1"}}, torch::kHalf);
        writeSafetensors(path("two.safetensors"), tensors, {{"a", "1"}, {"b", "2"}}, torch::kHalf);
        QVERIFY(bytesOfFile(path("one.safetensors")) == bytesOfFile(path("two.safetensors")));
        const SafetensorsFile file(path("one.safetensors"));
        QVERIFY(file.info("w").type == DataType::F16 && file.info("n").type == DataType::I64);
        QVERIFY(torch::equal(file.tensor("w"), tensors.at("w").to(torch::kHalf)));
        // The layout of the format, byte by byte: the header is a multiple of 8, then int64 0 1 2, then 1.0 and 1/3.
        const std::string bytes = bytesOfFile(path("one.safetensors"));
        QCOMPARE(bytes.size() % 8, std::size_t(4));
        QCOMPARE(bytes.substr(bytes.size() - 4), std::string("\x00\x3c\x55\x35", 4));
        QCOMPARE(bytes[bytes.size() - 4 - 16], '\1');
    }

    void replacesWholeFilesOnly() {
        const auto file = path("atomic.safetensors");
        writeSafetensors(file, {{"x", torch::ones({4})}});
        const std::string before = bytesOfFile(file);
        const QString message = messageOf([&] {
            writeSafetensors(file, {{"x", torch::ones({4})}, {"y", torch::ones({4}, torch::kBool)}});
        });
        QVERIFY2(message.contains("atomic.safetensors: tensor \"y\""), qPrintable(message));
        QVERIFY(bytesOfFile(file) == before);
        {
            AtomicFile abandoned(file);
            abandoned.write("half");
        }
        QVERIFY(bytesOfFile(file) == before);
        for (const auto& entry : std::filesystem::directory_iterator(m_folder.path().toStdString())) {
            QVERIFY2(entry.path().extension() != ".part", entry.path().c_str());
        }
        QVERIFY(messageOf([&] { writeSafetensors(path("none/x.safetensors"), {}); }).contains("No such file"));
        std::filesystem::create_directory(path("folder.safetensors"));
        QVERIFY(messageOf([&] { writeSafetensors(path("folder.safetensors"), {}); }).contains("Is a directory"));
    }

    void refusesWhatIsNoFile() {
        QVERIFY(messageOf([&] { SafetensorsFile(path("missing")); }).contains("missing: cannot be read: No such file"));
        QVERIFY(messageOf([&] { SafetensorsFile(m_folder.path().toStdString()); }).contains("is a folder"));
        std::ofstream(path("empty")).close();
        QVERIFY(messageOf([&] { SafetensorsFile(path("empty")); }).contains("empty: is empty"));
        QCOMPARE(mkfifo(path("pipe").c_str(), 0600), 0);
        QVERIFY(messageOf([&] { SafetensorsFile(path("pipe")); }).contains("not a regular file"));
    }

    void loadsParameters() {
        Network source, target;
        source.count.fill_(7);
        writeSafetensors(path("net.safetensors"), parametersOf(source), {}, torch::kBFloat16);
        loadParameters(target, SafetensorsFile(path("net.safetensors")));
        QVERIFY(torch::equal(target.linear->weight, source.linear->weight.to(torch::kBFloat16).to(torch::kFloat)));
        QVERIFY(target.linear->weight.requires_grad());
        QCOMPARE(target.count.item<std::int64_t>(), std::int64_t(7));
    }

    void refusesParametersThatDoNotFit() {
        Network network;
        const torch::Tensor before = network.linear->bias.detach().clone();
        const auto refused = [&](auto change) {
            auto tensors = parametersOf(network);
            tensors.at("linear.bias") = torch::full({2}, 9.0f);
            change(tensors);
            writeSafetensors(path("bad.safetensors"), tensors);
            return messageOf([&] { loadParameters(network, SafetensorsFile(path("bad.safetensors"))); });
        };
        const QString prefix = QString::fromStdString(path("bad.safetensors").string()) + ": tensor ";
        QCOMPARE(refused([](auto& t) { t.erase("linear.weight"); }), prefix + "\"linear.weight\" is missing");
        QCOMPARE(refused([](auto& t) { t["other"] = torch::ones({1}); }),
                 prefix + "\"other\": the network has no tensor of that name");
        QCOMPARE(refused([](auto& t) {
                     t["linear.weight"] = torch::ones({3, 2});
                 }),
                 prefix + "\"linear.weight\": has shape [3, 2], the network wants [2, 3]");
        QCOMPARE(refused([](auto& t) { t["count"] = torch::ones({1}); }),
                 prefix + "\"count\": has type Float, the network wants Long");
        QVERIFY(torch::equal(network.linear->bias, before)); // all or nothing
    }
};

QTEST_GUILESS_MAIN(SafetensorsTest)
#include "SafetensorsTest.moc"
