// SPDX-License-Identifier: Apache-2.0
#include "analyzer/scan/traceback_reader.h"

#include <algorithm>
#include <array>
#include <utility>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

constexpr std::size_t kMaxFirstFrames = 14;
constexpr std::size_t kMaxLastFrames = 6;
constexpr std::size_t kMaxOwnFrames = 3;
// A chain longer than this loses its middle.
constexpr std::size_t kMaxChain = 16;
constexpr std::size_t kMaxPrefix = 64;
constexpr int kMaxOthersInStack = 3;
constexpr int kMaxMessageLines = 24;
// A message is written at once; what comes later is not its rest.
constexpr std::int64_t kMaxMessageNs = 2'000'000'000;

// A crash handler prints the innermost frame first.
void TurnRound(Raised* raised) {
  std::reverse(raised->first_frames.begin(), raised->first_frames.end());
  std::reverse(raised->last_frames.begin(), raised->last_frames.end());
  std::reverse(raised->own_frames.begin(), raised->own_frames.end());
}

// Where Python keeps what pip and Debian installed, and its own library.
bool IsInstalled(std::string_view file) {
  constexpr std::array<std::string_view, 7> kPlaces = {
      "site-packages", "dist-packages", "/lib/python3",       "\\Lib\\",
      "\\lib\\",       "<frozen ",      "<__array_function__"};
  return std::any_of(
      kPlaces.begin(), kPlaces.end(),
      [&](std::string_view place) { return Contains(file, place); });
}

// The first line under a frame is its source; marks come below.
void AddCode(std::string_view text, std::vector<Frame>* own) {
  if (own->empty() || !own->back().code.empty()) return;
  own->back().code = Capped(TrimLeft(text));
}

void KeepOwn(const Frame& frame, bool innermost_first,
             std::vector<Frame>* own) {
  if (own->size() == kMaxOwnFrames) {
    if (innermost_first) return;
    own->erase(own->begin());
  }
  own->push_back(frame);
}

// What ends in a colon announces what the next line says.
void AddReason(std::string_view next, std::string* message) {
  constexpr std::size_t kLong = 160;  // a list, not a reason
  next = TrimLeft(next);
  if (!EndsWith(*message, ":") || next.empty() || next.size() > kLong) return;
  *message = Capped(*message + " " + std::string(next));
}

}  // namespace

TracebackReader::Use TracebackReader::Read(std::string_view line,
                                           const Record& record,
                                           std::vector<Event>* done) {
  const std::string_view text = Unwrap(TrimRight(line));
  const std::size_t header = text.find(kTracebackHeader);
  if (header != std::string_view::npos) {
    const bool margin = WithoutMargin(line).size() != line.size();
    return ReadHeader(text, header, margin, record, done);
  }
  const std::size_t fatal = text.find(kFatalHeader);
  if (fatal != std::string_view::npos) {
    return ReadFatal(text, fatal, record, done);
  }
  if (!ReadThreadName(text).empty()) return ReadThread(text, record, done);
  if (active() && IsBlankLine(text)) return Use::kOther;
  switch (state_) {
    case State::kIdle:
      return ReadIdle(text, record, done);
    case State::kThread:
      if (++others_ > kMaxOthersInStack) Cut(done);
      return Use::kOther;
    case State::kStack:
      return ReadStack(text, record, done);
    case State::kRaised:
      return ReadRaised(text, record, done);
    case State::kLinked:
      return ReadLinked(text, record, done);
  }
  return Use::kOther;
}

std::string_view TracebackReader::Unwrap(std::string_view line) const {
  if (!active()) return line;
  if (!prefix_.empty() && StartsWith(line, prefix_)) {
    line.remove_prefix(prefix_.size());
  }
  return in_group_ ? WithoutMargin(line) : line;
}

TracebackReader::Use TracebackReader::ReadHeader(std::string_view text,
                                                 std::size_t at, bool margin,
                                                 const Record& record,
                                                 std::vector<Event>* done) {
  std::string_view before = text.substr(0, at);
  const std::string_view name = ReadThreadName(before);
  if (!name.empty()) thread_ = Capped(name);
  constexpr std::string_view kGroup = "+ Exception Group ";
  const bool group = EndsWith(before, kGroup);
  if (group) before.remove_suffix(kGroup.size());
  const bool member = margin && in_group_ && state_ == State::kRaised;
  if (state_ != State::kLinked && !member) {
    std::string thread = std::move(thread_);
    Cut(done);
    Begin(record, text.substr(at));
    traceback_.thread = std::move(thread);
    // A bar that was open when it was printed is no prefix.
    const bool after_bar = Contains(before, "%|") && EndsWith(before, "]");
    traceback_.bare = IsBlankLine(before) || after_bar;
    if (!after_bar && before.size() <= kMaxPrefix)
      prefix_ = std::string(before);
  }
  thread_.clear();
  BeginStack();
  if (group && !group_) group_ = traceback_.chain.size();
  in_group_ = in_group_ || group;
  traceback_.last_line = record.line;
  // Where a warning prints the stack, its first frame can share the line; no
  // exception was raised then.
  if (auto frame = ReadFrame(text.substr(at + kTracebackHeader.size()))) {
    told_if_raised_ = true;
    AddFrame(*std::move(frame), record);
  }
  return Use::kMessage;
}

TracebackReader::Use TracebackReader::ReadFatal(std::string_view text,
                                                std::size_t at,
                                                const Record& record,
                                                std::vector<Event>* done) {
  Cut(done);
  Begin(record, text.substr(at));
  BeginStack();
  fatal_ = true;
  take_frames_ = false;
  traceback_.bare = IsBlankLine(text.substr(0, at));
  raised_.type = "Fatal Python error";
  raised_.message = Capped(text.substr(at + kFatalHeader.size()));
  raised_.line = record.line;
  raised_.offset = record.offset;
  return Use::kMessage;
}

TracebackReader::Use TracebackReader::ReadThread(std::string_view text,
                                                 const Record& record,
                                                 std::vector<Event>* done) {
  const std::string name = Capped(ReadThreadName(text));
  Cut(done);
  state_ = State::kThread;
  others_ = 0;
  thread_ = name;
  // Whatever stands before it may stand before the header too.
  prefix_.clear();
  traceback_.first_line = record.line;
  return Use::kMessage;
}

TracebackReader::Use TracebackReader::ReadIdle(std::string_view text,
                                               const Record& record,
                                               std::vector<Event>* done) {
  if (IsBareException(text)) return ReadBare(text, record, done);
  std::optional<Frame> frame = ReadFrame(text);
  if (!frame || !StartsWith(text, "  ")) return Use::kOther;
  Begin(record, text);
  BeginStack();
  told_if_raised_ = true;
  AddFrame(*std::move(frame), record);
  return Use::kSource;
}

// "Type: message" alone: somebody caught it and printed no more.
TracebackReader::Use TracebackReader::ReadBare(std::string_view text,
                                               const Record& record,
                                               std::vector<Event>* done) {
  const std::optional<ExceptionLine> line = ReadExceptionLine(text);
  Begin(record, text);
  Raised raised;
  raised.type = Capped(line->type);
  raised.message = Capped(line->message);
  raised.line = record.line;
  raised.offset = record.offset;
  traceback_.chain.push_back(std::move(raised));
  Event event = event_;
  event.what = std::exchange(traceback_, {});
  done->push_back(std::move(event));
  return Use::kMessage;
}

TracebackReader::Use TracebackReader::ReadStack(std::string_view text,
                                                const Record& record,
                                                std::vector<Event>* done) {
  bool current = false;
  if (fatal_ && IsStackHeader(text, &current)) {
    take_frames_ = current;
    return Use::kSource;
  }
  if (std::optional<Frame> frame = ReadFrame(text)) {
    AddFrame(*std::move(frame), record);
    return Use::kSource;
  }
  if (IsUnderFrame(text) || (in_group_ && IsGroupRule(text))) {
    AddCode(text, &raised_.own_frames);
    return Use::kSource;
  }
  if (fatal_) {
    const bool ends = StartsWith(text, "Extension modules:");
    if (ends) Cut(done);
    if (ends || StartsWith(text, "Python runtime state:")) return Use::kSource;
  } else if (const auto exception = ReadExceptionLine(text)) {
    if (has_frames_ || exception->strong) {
      return ReadException(*exception, text, record);
    }
  }
  const int bearable = fatal_ && has_frames_ ? 0 : kMaxOthersInStack;
  if (++others_ > bearable) Cut(done);
  return Use::kOther;
}

TracebackReader::Use TracebackReader::ReadException(
    const ExceptionLine& exception, std::string_view text,
    const Record& record) {
  raised_.type = Capped(exception.type);
  raised_.message = Capped(exception.message);
  raised_.line = record.line;
  raised_.offset = record.offset;
  PushRaised(raised_);
  // A group's own line comes first, but the group was raised last.
  if (!group_ || traceback_.chain.size() == *group_ + 1) Mark(record, text);
  traceback_.last_line = record.line;
  raised_ns_ = record.time_ns;
  weak_ = !exception.strong;
  others_ = 0;
  state_ = State::kRaised;
  return Use::kMessage;
}

TracebackReader::Use TracebackReader::ReadRaised(std::string_view text,
                                                 const Record& record,
                                                 std::vector<Event>* done) {
  if (IsChainLink(text)) {
    state_ = State::kLinked;
    others_ = 0;
    traceback_.last_line = record.line;
    return Use::kSource;
  }
  if (std::optional<Frame> frame = ReadFrame(text)) {
    // Either the line before was another thread's, or lines were lost.
    if (weak_) {
      TakeBack();
    } else {
      BeginStack();
    }
    AddFrame(*std::move(frame), record);
    return Use::kSource;
  }
  if (in_group_ && IsGroupRule(text)) return Use::kSource;
  const auto exception = ReadExceptionLine(text);
  if (weak_ && exception && exception->strong) {
    TakeBack();
    return ReadException(*exception, text, record);
  }
  const bool later = raised_ns_ && record.time_ns &&
                     *record.time_ns - *raised_ns_ > kMaxMessageNs;
  // What has a stamp of its own is no further line of a message without one.
  const bool stamped = !raised_ns_ && record.time_ns;
  if (later || stamped || ++others_ > kMaxMessageLines) {
    Cut(done);
  } else if (others_ == 1) {
    AddReason(text, &traceback_.chain.back().message);
  }
  return Use::kOther;
}

TracebackReader::Use TracebackReader::ReadLinked(std::string_view text,
                                                 const Record& record,
                                                 std::vector<Event>* done) {
  if (std::optional<Frame> frame = ReadFrame(text)) {
    BeginStack();
    AddFrame(*std::move(frame), record);
    return Use::kSource;
  }
  if (++others_ > kMaxOthersInStack) Cut(done);
  return Use::kOther;
}

// The last exception line was another thread's: back to the frames.
void TracebackReader::TakeBack() {
  if (!traceback_.chain.empty()) traceback_.chain.pop_back();
  raised_.type.clear();
  raised_.message.clear();
  raised_.line = 0;
  raised_.offset = 0;
  state_ = State::kStack;
}

void TracebackReader::Begin(const Record& record, std::string_view text) {
  traceback_ = {};
  traceback_.first_line = record.line;
  traceback_.last_line = record.line;
  Mark(record, text);
}

void TracebackReader::BeginStack() {
  state_ = State::kStack;
  raised_ = {};
  has_frames_ = false;
  others_ = 0;
}

void TracebackReader::Mark(const Record& record, std::string_view text) {
  event_.line = record.line;
  event_.offset = record.offset;
  event_.time_ns = record.time_ns;
  event_.source = record.source;
  event_.text = Capped(text);
}

void TracebackReader::AddFrame(Frame frame, const Record& record) {
  traceback_.last_line = record.line;
  has_frames_ = true;
  others_ = 0;
  if (!take_frames_) return;
  frame.log_line = record.line;
  if (!IsInstalled(frame.file)) KeepOwn(frame, fatal_, &raised_.own_frames);
  std::vector<Frame>& first = raised_.first_frames;
  std::vector<Frame>& last = raised_.last_frames;
  if (fatal_) {
    // Innermost first: the first ones read are the last ones called.
    if (last.size() < kMaxLastFrames) last.push_back(frame);
    if (first.size() == kMaxFirstFrames) first.erase(first.begin());
    first.push_back(std::move(frame));
    return;
  }
  if (first.size() < kMaxFirstFrames) first.push_back(frame);
  if (last.size() == kMaxLastFrames) last.erase(last.begin());
  last.push_back(std::move(frame));
}

void TracebackReader::PushRaised(Raised raised) {
  std::vector<Raised>& chain = traceback_.chain;
  if (chain.size() == kMaxChain) {
    chain.erase(chain.begin() + kMaxChain / 2);
    if (group_ && *group_ > kMaxChain / 2) --*group_;
  }
  chain.push_back(std::move(raised));
}

void TracebackReader::Cut(std::vector<Event>* done) {
  if (fatal_) TurnRound(&raised_);
  const bool unfinished = state_ == State::kStack && !told_if_raised_;
  if (unfinished) PushRaised(std::move(raised_));
  std::vector<Raised>& chain = traceback_.chain;
  if (group_ && *group_ + 1 < chain.size()) {
    const auto group = chain.begin() + static_cast<std::ptrdiff_t>(*group_);
    std::rotate(group, group + 1, chain.end());
  }
  if (state_ != State::kIdle && state_ != State::kThread && !chain.empty()) {
    event_.what = std::move(traceback_);
    done->push_back(std::move(event_));
  }
  *this = TracebackReader();
}

}  // namespace logdiag
