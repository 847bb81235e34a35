// SPDX-License-Identifier: Apache-2.0
// Python tracebacks, read line by line.
#ifndef LOGDIAG_SCAN_TRACEBACK_READER_H_
#define LOGDIAG_SCAN_TRACEBACK_READER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/event.h"
#include "analyzer/model/record.h"
#include "analyzer/scan/traceback_grammar.h"

namespace logdiag {

// Reads one traceback at a time, with all the exceptions that it chains, and
// crash handler stacks ("Fatal Python error"; frames innermost first there).
// Needs no blank lines and bears other threads' lines in between: up to three
// in a row where frames are expected, and up to 24 after an exception, where
// its message may go on (a link to the next exception shows that it did).
//
// A traceback that no exception line ends (cut by the end of the log, by a new
// process, or by other text) ends with a Raised of type "". Frames without a
// header (the log begins in the middle), and a frame on the header's own line
// (a warning that shows its stack), are only told of when an exception follows.
// The exceptions of a group come before the group.
//
// An exception line alone, without frames, is told of at once.
//
// The event carries line, offset, time and text of the last exception line;
// of the header if there is none. Memory is bounded for any input.
class TracebackReader {
 public:
  // What a line is to the traceback.
  enum class Use {
    kOther,    // no part of it, or the rest of a message
    kMessage,  // a part that holds words for people: header, exception
    kSource,   // a part that holds none: frames, code, links
  };

  // The next line (no '\n' in it) of `record`. Appends a traceback to `done`
  // if the line shows that it is over.
  Use Read(std::string_view line, const Record& record,
           std::vector<Event>* done);
  // The traceback is over, whatever follows.
  void Cut(std::vector<Event>* done);

  // True if the next line must be read even if it looks like nothing.
  bool active() const { return state_ != State::kIdle; }
  // True after an exception line: what follows may be the rest of its message.
  bool awaits_more() const { return state_ == State::kRaised; }

 private:
  enum class State {
    kIdle,
    kThread,  // "Exception in thread" seen, header expected
    kStack,   // frames, then an exception line
    kRaised,  // an exception line was the last part
    kLinked,  // a chain link was; the next header expected
  };

  std::string_view Unwrap(std::string_view line) const;
  Use ReadHeader(std::string_view text, std::size_t at, bool margin,
                 const Record& record, std::vector<Event>* done);
  Use ReadFatal(std::string_view text, std::size_t at, const Record& record,
                std::vector<Event>* done);
  Use ReadThread(std::string_view text, const Record& record,
                 std::vector<Event>* done);
  Use ReadIdle(std::string_view text, const Record& record,
               std::vector<Event>* done);
  Use ReadBare(std::string_view text, const Record& record,
               std::vector<Event>* done);
  Use ReadStack(std::string_view text, const Record& record,
                std::vector<Event>* done);
  Use ReadException(const ExceptionLine& exception, std::string_view text,
                    const Record& record);
  Use ReadRaised(std::string_view text, const Record& record,
                 std::vector<Event>* done);
  Use ReadLinked(std::string_view text, const Record& record,
                 std::vector<Event>* done);

  void TakeBack();
  void Begin(const Record& record, std::string_view text);
  void BeginStack();
  void AddFrame(Frame frame, const Record& record);
  void PushRaised(Raised raised);
  void Mark(const Record& record, std::string_view text);

  State state_ = State::kIdle;
  Event event_;  // where and what to show; `what` is set at the end
  Traceback traceback_;
  Raised raised_;       // being read
  std::string thread_;  // of "Exception in thread", for the next header
  std::string prefix_;  // before the header; may stand before every line
  int others_ = 0;      // lines in a row that are no part
  bool weak_ = false;   // the last exception line may be another's text
  bool told_if_raised_ = false;  // says nothing unless an exception follows
  bool fatal_ = false;
  bool take_frames_ = true;  // of this stack of a fatal error
  bool has_frames_ = false;
  std::optional<std::size_t> group_;  // index of the group in the chain
  bool in_group_ = false;
  std::optional<std::int64_t> raised_ns_;
};

}  // namespace logdiag

#endif  // LOGDIAG_SCAN_TRACEBACK_READER_H_
