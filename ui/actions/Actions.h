#pragma once

#include <QAction>
#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QString>

#include <functional>
#include <vector>

class QSettings;

namespace n2m::ui {

/// The registry of the program's actions and their keys. Menus, buttons and context menus show these actions, the
/// studio connects them. GUI thread; owns the actions.
class Actions : public QObject {
    Q_OBJECT

public:
    struct Entry {
        QString id;    ///< as settings keep it: "clip.star"
        QString group; ///< for people: "Clip"
        QList<QKeySequence> defaults;
        QAction* action = nullptr;
    };

    explicit Actions(QObject* parent = nullptr);

    /// Throws std::logic_error for an id that is not in the list.
    QAction* operator[](const QString& id) const;
    const std::vector<Entry>& entries() const { return m_entries; }

    /// The action that has one of these keys, other than `except`; nullptr = the keys are free.
    const Entry* conflict(const QList<QKeySequence>& keys, const QString& except) const;
    void setKeys(const QString& id, const QList<QKeySequence>& keys);
    void resetKeys(const QString& id);

    /// Only keys that differ from the defaults are kept.
    void save(QSettings& settings) const;
    void load(QSettings& settings);

private:
    void add(const QString& group, const QString& id, const QString& text, const QList<QKeySequence>& keys,
             const QString& iconName = {});
    void showKeys(const Entry& entry);
    Entry& find(const QString& id);

    std::vector<Entry> m_entries;
};

/// The first key of an action as people write it; empty without one.
QString keyText(const QAction& action);
/// Sets the tool tip of `widget` to `text` (by default the action's) and the key of `action`, and follows its changes.
/// Both may be destroyed at any time.
void tellKey(QWidget& widget, const QAction& action, const QString& text = {});

} // namespace n2m::ui
