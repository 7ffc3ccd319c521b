#pragma once

#include <QAbstractListModel>
#include <functional>
#include <utility>
#include <vector>

namespace portcullis::hmi {

/// A list for QML over plain rows: each role is a name and how to read it from a row.
/// Threading: GUI thread.
template <class Row>
class RowModel final : public QAbstractListModel {
 public:
  struct Role {
    QByteArray name;
    std::function<QVariant(const Row&)> read;
  };

  explicit RowModel(std::vector<Role> roles, QObject* parent = nullptr)
      : QAbstractListModel(parent), roles_(std::move(roles)) {}

  /// Keeps the screen's delegates where the number of rows stays.
  void set_rows(std::vector<Row> rows) {
    if (rows.size() == rows_.size()) {
      rows_ = std::move(rows);
      if (!rows_.empty()) {
        Q_EMIT dataChanged(index(0), index(static_cast<int>(rows_.size()) - 1));
      }
      return;
    }
    beginResetModel();
    rows_ = std::move(rows);
    endResetModel();
  }
  [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }

  [[nodiscard]] int rowCount(const QModelIndex& parent) const override {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
  }
  [[nodiscard]] QVariant data(const QModelIndex& at, int role) const override {
    const int number = role - Qt::UserRole;
    if (at.row() < 0 || at.row() >= static_cast<int>(rows_.size()) || number < 0 ||
        number >= static_cast<int>(roles_.size())) {
      return {};
    }
    return roles_[static_cast<std::size_t>(number)].read(rows_[static_cast<std::size_t>(at.row())]);
  }
  [[nodiscard]] QHash<int, QByteArray> roleNames() const override {
    QHash<int, QByteArray> names;
    int number = Qt::UserRole;
    for (const Role& role : roles_) names.insert(number++, role.name);
    return names;
  }

 private:
  std::vector<Role> roles_;
  std::vector<Row> rows_;
};

}  // namespace portcullis::hmi
