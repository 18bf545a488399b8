// The files here are put together byte by byte, after the description of the format at
// https://github.com/huggingface/safetensors ("Format").

#include "engine/model/SafetensorsHeader.h"

#include <QtTest/QtTest>

#include <string>

using namespace n2m::model;

namespace {

std::string lengthBytes(std::uint64_t length) {
    std::string bytes;
    for (int byte = 0; byte < 8; ++byte)
        bytes.push_back(static_cast<char>(length >> (8 * byte)));
    return bytes;
}

std::string file(const std::string& header, std::size_t dataBytes) {
    return lengthBytes(header.size()) + header + std::string(dataBytes, '\1');
}

// The message, or nothing if the header is taken.
QString refusal(const std::string& bytes) {
    try {
        readSafetensorsHeader(bytes);
        return {};
    } catch (const std::runtime_error& error) {
        return QString::fromUtf8(error.what());
    }
}

const std::string good = R"({"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},)"
                         R"("b.weight":{"dtype":"BF16","shape":[],"data_offsets":[24,26]},)"
                         R"("empty":{"dtype":"I64","shape":[0,5],"data_offsets":[26,26]}}  )";

} // namespace

class SafetensorsHeaderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsWhatTheFormatSays() {
        const SafetensorsHeader header = readSafetensorsHeader(file(good, 26));
        QCOMPARE(header.tensors.size(), std::size_t(3));
        QCOMPARE(header.metadata.at("format"), std::string("pt"));
        QCOMPARE(header.dataStart, 8 + good.size());
        const TensorInfo& a = header.tensors.at("a");
        QVERIFY(a.type == DataType::F32);
        QVERIFY((a.shape == std::vector<std::int64_t>{2, 3}));
        QCOMPARE(a.elements(), std::int64_t(6));
        QCOMPARE(header.tensors.at("b.weight").elements(), std::int64_t(1));
        QCOMPARE(header.tensors.at("b.weight").begin, std::size_t(24));
        QCOMPARE(header.tensors.at("empty").elements(), std::int64_t(0));
    }

    void refuses_data() {
        QTest::addColumn<std::string>("bytes");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const std::string& bytes, const char* says) {
            QTest::newRow(name) << bytes << QString(says);
        };
        const auto tensor = [](const std::string& fields, std::size_t bytes) {
            return file("{\"x\":{" + fields + "}}", bytes);
        };
        row("empty", "", "is empty");
        row("short", "1234", "too short");
        row("endless header", lengthBytes(~std::uint64_t(0)) + "{}", "too long");
        row("header beyond the file", lengthBytes(1000) + "{}", "truncated");
        row("header beyond the limit", lengthBytes(100'000'001) + "{}", "too long");
        row("header of no bytes", lengthBytes(0) + "{}", "does not begin with {");
        row("a list", file("[1]", 0), "does not begin with {");
        row("cut JSON", file(R"({"x":{"dtype":"F32")", 0), "not valid JSON");
        row("text after the JSON", file("{} {}", 0), "not valid JSON");
        row("bad UTF-8", file("{\"\xff\":{}}", 0), "not valid JSON");
        row("deep nesting", file("{\"x\":" + std::string(1'000'000, '['), 0), "x");
        row("object in a tensor", tensor(R"("dtype":{"a":1})", 0), "an object is not expected in dtype");
        row("list in a shape", tensor(R"("shape":[[1]])", 0), "a list is not expected in shape");
        row("number for a tensor", file(R"({"x":1})", 0), "an object was expected");
        row("unknown field", tensor(R"("dtype":"F32","size":3)", 0), "unknown field \"size\"");
        row("no shape", tensor(R"("dtype":"F32","data_offsets":[0,4])", 4), "is missing");
        row("unknown type", tensor(R"("dtype":"F64","shape":[1],"data_offsets":[0,8])", 8), "data type F64");
        row("negative size", tensor(R"("dtype":"F32","shape":[-1],"data_offsets":[0,4])", 4), "negative");
        row("fraction", tensor(R"("dtype":"F32","shape":[1.5],"data_offsets":[0,4])", 4), "fraction");
        row("size beyond 64 bits", tensor(R"("dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,4])", 4),
            "too large");
        row("product beyond 64 bits",
            tensor(R"("dtype":"F32","shape":[4294967296,4294967296,4294967296],"data_offsets":[0,4])", 4), "too large");
        // 2^62 elements of 4 bytes: the product of shape and type is what overflows, to 0.
        row("bytes beyond 64 bits", tensor(R"("dtype":"F32","shape":[4611686018427387904],"data_offsets":[0,0])", 0),
            "does not fit");
        row("overflow behind a zero",
            tensor(R"("dtype":"F32","shape":[0,4294967296,4294967296],"data_offsets":[0,0])", 0), "too large");
        row("many dimensions",
            tensor(R"("dtype":"F32","shape":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],"data_offsets":[0,4])", 4),
            "more than 16");
        row("claims more than there is",
            tensor(R"("dtype":"F32","shape":[1000000000],"data_offsets":[0,4000000000])", 4), "only 4 bytes");
        row("size and offsets differ", tensor(R"("dtype":"F32","shape":[2],"data_offsets":[0,4])", 4), "does not fit");
        row("ends before it begins", tensor(R"("dtype":"F32","shape":[1],"data_offsets":[4,0])", 4),
            "before it begins");
        row("three offsets", tensor(R"("dtype":"F32","shape":[1],"data_offsets":[0,4,8])", 4), "more than 2");
        row("one offset", tensor(R"("dtype":"F32","shape":[1],"data_offsets":[4])", 4), "two numbers");
        row("dtype twice", tensor(R"("dtype":"F32","dtype":"F16")", 0), "is there twice");
        const std::string x = R"("x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]})";
        row("a name twice", file("{" + x + "," + x + "}", 4), "\"x\": is there twice");
        row("overlap", file("{" + x + R"(,"y":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})", 8), "overlaps");
        row("hole", file("{" + x + R"(,"y":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}})", 12), "unused bytes");
        row("bytes left over", file("{" + x + "}", 5), "unused bytes after");
        row("empty name", file(R"({"":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", 4), "name is empty");
        row("line break in a name", file(R"({"a\nb":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", 4), "control");
        row("metadata of numbers", file(R"({"__metadata__":{"a":1}})", 0), "__metadata__");
        row("metadata twice", file(R"({"__metadata__":{},"__metadata__":{}})", 0), "twice");
    }

    void refuses() {
        QFETCH(std::string, bytes);
        QFETCH(QString, says);
        const QString message = refusal(bytes);
        QVERIFY2(message.contains(says), qPrintable(message));
        QVERIFY(!message.contains('\n') && message.size() < 500);
    }

    void truncationAnywhereIsRefused() {
        const std::string whole = file(good, 26);
        QVERIFY(refusal(whole).isEmpty());
        for (std::size_t length = 0; length < whole.size(); ++length) {
            QVERIFY2(!refusal(whole.substr(0, length)).isEmpty(), qPrintable(QString::number(length)));
        }
    }
};

QTEST_GUILESS_MAIN(SafetensorsHeaderTest)
#include "SafetensorsHeaderTest.moc"
