// SPDX-License-Identifier: Apache-2.0
// Reads the front of a line as fields and separators, whatever program wrote
// it: "2025-11-10 16:10:09 | info | 5ho7q5ww | ", "[pod-7f9c] [worker 3] | ".
#ifndef LOGDIAG_ENVELOPE_PREFIX_LEXER_H_
#define LOGDIAG_ENVELOPE_PREFIX_LEXER_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "analyzer/model/record.h"
#include "analyzer/support/timestamp.h"

namespace logdiag {

struct PrefixField {
  enum class Kind : char { kTime = 'T', kLevel = 'L', kWord = 'W' };

  Kind kind = Kind::kWord;
  std::string_view value;      // without its brackets
  std::string_view separator;  // behind it, up to the next field
  std::size_t begin = 0;       // of the field, in the line
  std::size_t separator_at = 0;
  char bracket = 0;        // '[' or '(', 0 for none
  bool ends_line = false;  // nothing but the separator follows
  bool may_end = false;    // a prefix can end here
  bool by_colon = false;   // only a colon says so
  std::optional<Stamp> stamp;
  Level level = Level::kNone;

  // Two fields of the same form have the same key: kind, bracket and
  // separator, runs of blanks as one.
  std::string Key() const;
  // The key as the last field of a prefix: of the separator only the first sign
  // and one blank belong to it, the rest begins the message.
  std::string LastKey() const;
  // Where the message begins, if `key` is the LastKey() of a prefix that ends
  // with this field; 0 if the field has another form.
  std::size_t BodyBehind(std::string_view key) const;
  // `sign` stands behind it, with a blank behind the sign.
  bool HasBar(char sign) const;
};

class PrefixLexer {
 public:
  // Longer prefixes are not looked for.
  static constexpr std::size_t kMaxBytes = 200;
  static constexpr std::size_t kMaxFields = 8;

  explicit PrefixLexer(std::string_view line) : line_(line) {}

  // False where no further field stands.
  bool Next(PrefixField* field);

 private:
  bool ReadBracketed(PrefixField* field);
  bool ReadBare(PrefixField* field);
  void ReadSeparator(PrefixField* field);

  std::string_view line_;
  std::size_t at_ = 0;
  std::size_t fields_ = 0;
  bool level_seen_ = false;
};

}  // namespace logdiag

#endif  // LOGDIAG_ENVELOPE_PREFIX_LEXER_H_
