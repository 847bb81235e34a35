// SPDX-License-Identifier: Apache-2.0
// Rows of an endpoint's log export: values separated by commas, tabs,
// semicolons or bars, among them a stamp, a worker's id and the message.
#ifndef LOGDIAG_ENVELOPE_EXPORT_TABLE_H_
#define LOGDIAG_ENVELOPE_EXPORT_TABLE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/envelope/piece.h"

namespace logdiag {

class ExportTable {
 public:
  // Decides from the first lines of a log whether it is such a table: either
  // it begins with a row of column names, or most lines have the same shape.
  void Learn(const std::vector<std::string_view>& lines);

  // Peels a row down to its message, in which "\n" becomes a line feed and
  // which lives in this object until the next call. Drops the row of names.
  bool Peel(Piece* piece);

 private:
  struct Layout {
    char separator = 0;
    std::size_t time = 0;
    std::size_t worker = 0;
    std::size_t message = 0;
    std::size_t columns = 0;
    bool operator==(const Layout&) const = default;
  };

  static std::optional<Layout> FromNames(std::string_view line);
  static std::optional<Layout> FromRow(std::string_view line, char separator);

  std::optional<Layout> layout_;
  std::string names_;    // the row of column names, if there is one
  std::string message_;  // of the last row
};

}  // namespace logdiag

#endif  // LOGDIAG_ENVELOPE_EXPORT_TABLE_H_
