// SPDX-License-Identifier: Apache-2.0
// The members of a JSON object that envelopes and loggers use.
#ifndef LOGDIAG_ENVELOPE_JSON_MEMBERS_H_
#define LOGDIAG_ENVELOPE_JSON_MEMBERS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "analyzer/support/timestamp.h"

namespace logdiag {

class JsonMembers {
 public:
  enum Member : std::size_t {
    kLog,
    kStream,
    kTime,
    kTs,
    kSource,
    kLine,
    kMessage,
    kRequestId,
    kLevel,
    kLevelNumber,  // of Python
    kJournalMessage,
    kJournalTime,
    kIdentifier,
    kTransport,
    kPriority,
    kWorker,
    kError,
    kCount,
  };

  JsonMembers();
  ~JsonMembers();

  // Reads the members of the object `text`. False if it is none, or has none of
  // them. Of two members with one meaning the first one counts.
  bool Read(std::string_view text);

  // A null counts as there, with an empty text.
  bool Has(Member member) const { return present_[member]; }
  // Of a string, of journald's bytes, or the digits of a number; "" for others.
  const std::string& operator[](Member member) const { return text_[member]; }

  // The whole of a member as a stamp.
  std::optional<Stamp> StampOf(Member member) const;
  // A whole number, as such or in a string.
  std::optional<std::int64_t> NumberOf(Member member) const;
  // What was raised: the first member of an exception's or traceback's name
  // with a text, in the object or in one within it; "" if there is none.
  const std::string& trace() const { return trace_; }

 private:
  struct Reader;

  std::unique_ptr<Reader> reader_;
  std::array<std::string, kCount> text_;
  std::array<bool, kCount> present_{};
  std::string trace_;
};

}  // namespace logdiag

#endif  // LOGDIAG_ENVELOPE_JSON_MEMBERS_H_
