#include "engine/training/ProcessGroup.h"

#include <QtTest/QtTest>

#include <sys/wait.h>
#include <unistd.h>

using n2m::training::ProcessGroup;

class ProcessGroupTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aGroupOfOneChangesNothing() {
        ProcessGroup group(1);
        std::vector<torch::Tensor> tensors{torch::full({4}, 3.0f)};
        group.average(tensors);
        QCOMPARE(tensors[0][2].item<float>(), 3.0f);
        QVERIFY(group.any(true));
        QVERIFY(!group.any(false));
    }

    // Runs in a process of its own, since the group forks: three ranks bring 0, 1 and 2, and all get 1.
    void averagesOverProcesses() {
        const pid_t child = ::fork();
        if (child == 0) {
            bool right = true;
            {
                ProcessGroup group(3);
                std::vector<torch::Tensor> tensors{torch::full({5}, static_cast<float>(group.rank())),
                                                   torch::full({2, 2}, 10.0f * static_cast<float>(group.rank()))};
                group.average(tensors);
                right =
                    torch::equal(tensors[0], torch::ones({5})) && torch::equal(tensors[1], torch::full({2, 2}, 10.0f));
                right = right && group.any(group.rank() == 2) && !group.any(false);
                // A wrong result in a helper process must reach the test: say it to the first.
                right = !group.any(!right);
                if (group.rank() != 0) ::_exit(0);
            }
            ::_exit(right ? 0 : 1);
        }
        int status = -1;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 0);
    }
};

QTEST_GUILESS_MAIN(ProcessGroupTest)
#include "ProcessGroupTest.moc"
