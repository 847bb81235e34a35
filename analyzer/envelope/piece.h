// SPDX-License-Identifier: Apache-2.0
// What the peelers work on: the rest of a line, and what its envelopes said.
#ifndef LOGDIAG_ENVELOPE_PIECE_H_
#define LOGDIAG_ENVELOPE_PIECE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "analyzer/model/record.h"
#include "analyzer/support/timestamp.h"

namespace logdiag {

enum class Envelope : std::uint8_t {
  kDockerStamps,      // RunPod console download, `docker logs -t`
  kRfc3339,           // other stamps with a zone
  kRunPodSystem,      // whole seconds with Z
  kRunPodApi,         // server-sent events
  kRunPodExport,      // endpoint logs as a table
  kRunPodBuild,       // image build
  kBuildKit,          // image build, as docker prints it
  kRunPodJob,         // runpod-python: "INFO | job | ..." or JSON
  kRunPodRootLogger,  // "file.py   :12  stamp ..."
  kJsonFile,          // docker's json-file driver
  kCri,
  kKubectl,
  kCompose,
  kSupervisord,
  kSyslog,       // journald short and short-iso, kern.log, syslog
  kJournalJson,  // journalctl -o json
  kDmesg,
  kManagerFile,  // ComfyUI-Manager's log file
  kDesktop,      // ComfyUI Desktop
  kBracketed,    // other bracketed stamps with a zone
  kErrorReport,  // "## Logs" of an error report
  kNaiveStamps,  // other stamps without a zone
  kComfyUiLevel,
  kPythonLogging,
  kLogger,       // other loggers with a stamp: vLLM, SwarmUI
  kLearned,      // a prefix learned by its regularity
  kLineNumbers,  // of an editor, grep -n, cat -n
  kJsonLogger,   // JSON of other loggers
};
inline constexpr std::size_t kEnvelopeCount = 28;

// A short name for reports, such as "docker-stamps".
std::string_view EnvelopeName(Envelope envelope);

// One record, or a part of one, in the making. Views are valid as long as the
// line and the peeler's buffers are untouched.
struct Piece {
  static constexpr std::size_t kMaxDepth = 8;

  std::string_view text;  // what is still in its envelopes
  std::optional<std::int64_t> time_ns;
  std::int64_t resolution_ns = 0;
  Clock clock = Clock::kNone;
  Source source = Source::kContainer;
  Level level = Level::kNone;
  // Envelopes peeled so far, outermost first.
  std::array<Envelope, kMaxDepth> envelopes{};
  std::size_t depth = 0;
  // The line holds nothing but envelope (a cursor, a table's head).
  bool dropped = false;
  // The record goes on in the next piece of the same stream.
  bool partial = false;
  bool open_kill = false;      // partial only if the figures of a kill follow
  bool second_stream = false;  // stderr, where the envelope says so
  // No LF ended this record.
  bool unterminated = false;
  // Written by a logger that repeats what others have printed.
  bool is_copy = false;
  // Where another record begins on the same line; empty if none does.
  std::string_view rest;

  bool Has(Envelope envelope) const {
    for (std::size_t i = 0; i < depth; ++i) {
      if (envelopes[i] == envelope) return true;
    }
    return false;
  }
};

// Notes that an envelope was peeled.
void AddEnvelope(Envelope envelope, Piece* piece);

// Takes `size` bytes and one blank behind them off the front, and notes whose
// they were.
void TakeFront(std::size_t size, Envelope envelope, Piece* piece);

// Offers a time. The outermost precise UTC time wins; an inner one is taken
// only if it knows more: a zone where there was none, or parts of a second.
void OfferTime(std::int64_t time_ns, std::int64_t resolution_ns, Clock clock,
               Piece* piece);
void OfferTime(const Stamp& stamp, Piece* piece);

// Offers a level. The innermost one wins.
void OfferLevel(Level level, Piece* piece);

}  // namespace logdiag

#endif  // LOGDIAG_ENVELOPE_PIECE_H_
