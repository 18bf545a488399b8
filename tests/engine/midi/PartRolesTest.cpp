#include "engine/midi/PartRoles.h"

#include <QtTest/QtTest>

using namespace n2m;
using namespace n2m::midi;
using plan::Part;

namespace {

// A part of eight notes in a row around a pitch, or of as many chords of three.
Part line(int pitch, int program = 0, bool chords = false, double length = 0.4) {
    Part part{Part::Role::Accompaniment, program, {}};
    for (int n = 0; n < 8; ++n)
        for (const int above : chords ? std::vector<int>{0, 4, 7} : std::vector<int>{0})
            part.notes.push_back({n * 0.5, n * 0.5 + length, pitch + above + n % 3, 90});
    return part;
}

// A letter for each role: L, A, B, D.
std::string rolesOf(std::vector<Part> parts, std::vector<std::string> names) {
    names.resize(parts.size());
    assignRoles(parts, names);
    std::string line;
    for (const Part& part : parts)
        line += "LABD"[static_cast<int>(part.role)];
    return line;
}

} // namespace

class PartRolesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesDecide() {
        QCOMPARE(rolesOf({line(80), line(60), line(70, 0, true)}, {"BRIDGE", "MELODY", "PIANO"}), std::string("ALA"));
        QCOMPARE(rolesOf({line(60), line(50), line(72)}, {"Bass", "Bassoon", "Flute"}), std::string("BAL"));
        QCOMPARE(rolesOf({line(72), line(60, 52)}, {"Flute", "Solo voice"}), std::string("AL"));
    }

    void programsAndRegistersDecide() {
        QCOMPARE(rolesOf({line(40, 33), line(60, 0, true), line(76, 73)}, {}), std::string("BAL"));
        QCOMPARE(rolesOf({line(76, 40), line(69, 40), line(60, 41), line(45, 42)}, {}), std::string("LAAB")); // quartet
        QCOMPARE(rolesOf({line(72, 0, true), line(48, 0, true)}, {}), std::string("LA")); // right hand, left hand
    }

    // High chords, or a bell that sounds but now and then, are not the lead if there is a line.
    void aLineLeads() {
        QCOMPARE(rolesOf({line(80, 48, true), line(64, 73)}, {}), std::string("AL"));
        QCOMPARE(rolesOf({line(64, 73), line(96, 14, false, 0.05)}, {}), std::string("LA"));
    }

    void aPartAloneLeads() {
        QCOMPARE(rolesOf({line(45, 0, true)}, {}), std::string("L"));
        Part drums = line(36);
        drums.role = Part::Role::Drums;
        QCOMPARE(rolesOf({drums, line(60)}, {}), std::string("DL"));
        QCOMPARE(rolesOf({drums}, {"melody"}), std::string("D"));
        QCOMPARE(rolesOf({}, {}), std::string());
    }

    void countsNotesAtOnce() {
        QCOMPARE(polyphony(line(60)), 1.0);
        QVERIFY(std::abs(polyphony(line(60, 0, true)) - 3.0) < 1e-9);
        QCOMPARE(polyphony({}), 0.0);
    }
};

QTEST_GUILESS_MAIN(PartRolesTest)
#include "PartRolesTest.moc"
