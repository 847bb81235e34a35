// SPDX-License-Identifier: Apache-2.0
// Errors as values: nothing throws across a file boundary.
#ifndef LOGDIAG_SUPPORT_RESULT_H_
#define LOGDIAG_SUPPORT_RESULT_H_

#include <string>
#include <utility>
#include <variant>

namespace logdiag {

// `where` is a path, or `file:line:column` (1-based) for text that people
// write; `message` says what is wrong and what to do about it.
struct Error {
  std::string where;
  std::string message;
  // The line in question with a mark under the place; "" or whole lines.
  std::string excerpt = {};

  std::string ToString() const {
    return where.empty() ? message : where + ": " + message;
  }
};

// A value or an Error. Reading the side that is not there is a bug (it throws
// std::bad_variant_access, which nothing catches).
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}      // NOLINT: implicit
  Result(Error error) : state_(std::move(error)) {}  // NOLINT: implicit

  bool ok() const { return std::holds_alternative<T>(state_); }
  const T& value() const& { return std::get<T>(state_); }
  T& value() & { return std::get<T>(state_); }
  T&& value() && { return std::get<T>(std::move(state_)); }
  const Error& error() const { return std::get<Error>(state_); }

 private:
  std::variant<T, Error> state_;
};

// The result of an action that returns nothing.
struct Ok {};
using Status = Result<Ok>;

}  // namespace logdiag

#endif  // LOGDIAG_SUPPORT_RESULT_H_
