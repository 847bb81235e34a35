// SPDX-License-Identifier: Apache-2.0
#include "analyzer/envelope/stamp_front.h"

#include <algorithm>
#include <array>

#include "analyzer/envelope/logger_level.h"
#include "analyzer/envelope/syslog_front.h"
#include "analyzer/support/text.h"

namespace logdiag {
namespace {

// "stdout F message" behind the stamp of the container runtime.
bool PeelCri(const Stamp& stamp, Piece* piece) {
  const std::string_view text = piece->text.substr(stamp.size);
  const bool is_stdout = StartsWith(text, " stdout ");
  if ((!is_stdout && !StartsWith(text, " stderr ")) || text.size() < 9)
    return false;
  const char tag = text[8];
  if (tag != 'F' && tag != 'P') return false;
  // More tags may follow, ":"-separated.
  const std::size_t end = std::min(text.find(' ', 8), text.size());
  if (end > 9 && text[9] != ':') return false;
  OfferTime(stamp, piece);
  TakeFront(stamp.size + end, Envelope::kCri, piece);
  piece->partial = tag == 'P';
  piece->second_stream = !is_stdout;
  return true;
}

bool PeelBuild(const Stamp& stamp, Piece* piece) {
  const std::string_view text = piece->text.substr(stamp.size);
  const std::size_t level =
      StartsWith(text, " ") ? BracketedLevelSize(text.substr(1)) : 0;
  if (level == 0 || stamp.resolution_ns != 1'000'000 || piece->depth > 0)
    return false;
  OfferTime(stamp, piece);
  OfferLevel(LevelOf(text.substr(2, level - 2)), piece);
  TakeFront(stamp.size + 1 + level, Envelope::kRunPodBuild, piece);
  piece->source = Source::kBuild;
  return true;
}

// "[ 3/9] RUN", "[stage 3/9] RUN": the instruction of a step, which nothing but
// a build prints.
bool IsInstruction(std::string_view text) {
  constexpr std::array<std::string_view, 6> kInstructions = {
      "FROM ", "RUN ", "COPY ", "ADD ", "WORKDIR ", "ARG "};
  const std::size_t end = text.find("] ");
  if (!StartsWith(text, "[") || end == std::string_view::npos) return false;
  const std::string_view inside = text.substr(1, end - 1);
  if (StartsWith(inside, "internal")) return true;
  const std::string_view rest = text.substr(end + 2);
  return Contains(inside, "/") &&
         std::any_of(kInstructions.begin(), kInstructions.end(),
                     [&](std::string_view s) { return StartsWith(rest, s); });
}

bool IsSupervisordMessage(std::string_view text) {
  constexpr std::array<std::string_view, 18> kStarts = {"supervisord started",
                                                        "spawned: '",
                                                        "success: ",
                                                        "exited: ",
                                                        "stopped: ",
                                                        "gave up: ",
                                                        "reaped ",
                                                        "waiting for ",
                                                        "received SIG",
                                                        "Set uid ",
                                                        "Included ",
                                                        "RPC interface",
                                                        "Server '",
                                                        "Supervisor ",
                                                        "For [program:",
                                                        "killing '",
                                                        "spawnerr: ",
                                                        "daemonizing"};
  return std::any_of(kStarts.begin(), kStarts.end(),
                     [&](std::string_view s) { return StartsWith(text, s); });
}

// Size of an error report's stamp at the start of `text`; 0 if there is none.
// `*word` becomes the level, where one is stated.
std::size_t ReportStampSize(std::string_view text, Stamp* stamp,
                            Level* word = nullptr) {
  if (text.size() < 25 || (text[19] != '.' && text[19] != ',')) return 0;
  const std::optional<Stamp> read = ReadIsoStamp(text);
  if (!read || read->has_zone || !StartsWith(text.substr(read->size), " - "))
    return 0;
  *stamp = *read;
  if (text[10] == 'T') return read->resolution_ns == 1000 ? read->size + 3 : 0;
  // " - name - LEVEL - "
  const std::size_t name = read->size + 3;
  const std::size_t dash = text.substr(0, name + 64).find(" - ", name);
  if (dash == std::string_view::npos) return 0;
  const std::size_t level = LevelWordSize(text.substr(dash + 3));
  if (level == 0 || !StartsWith(text.substr(dash + 3 + level), " -")) return 0;
  if (word != nullptr) *word = LevelOf(text.substr(dash + 3, level));
  return std::min(dash + 3 + level + 3, text.size());
}

// Offset of the next stamp of an error report at or behind `from`.
std::size_t FindReportStamp(std::string_view text, std::size_t from) {
  for (;;) {
    const std::size_t dash = text.find(" - ", from);
    if (dash == std::string_view::npos) return dash;
    Stamp stamp;
    for (const std::size_t size : {26u, 23u}) {
      if (dash >= size && ReportStampSize(text.substr(dash - size), &stamp) > 0)
        return dash - size;
    }
    from = dash + 1;
  }
}

}  // namespace

bool PeelZonedStamp(Piece* piece) {
  const std::optional<Stamp> stamp = ReadIsoStamp(piece->text);
  if (!stamp || !stamp->has_zone) return false;
  const std::string_view after = piece->text.substr(stamp->size);
  if (!after.empty() && after[0] != ' ') return false;
  if (PeelCri(*stamp, piece) || PeelBuild(*stamp, piece)) return true;
  if (PeelSyslogOrigin(*stamp, piece)) return true;
  OfferTime(*stamp, piece);
  const bool system = stamp->size == 20 && piece->depth == 0;
  if (system) piece->source = Source::kSystem;
  TakeFront(stamp->size, system ? Envelope::kRunPodSystem : Envelope::kRfc3339,
            piece);
  return true;
}

bool PeelBuildStep(Piece* piece, bool* in_build) {
  const std::string_view text = piece->text;
  std::size_t i = 1;
  while (i < text.size() && IsDigit(text[i])) ++i;
  if (i == 1 || i >= text.size() || text[i] != ' ') return false;
  const bool runpod = piece->source == Source::kBuild;
  const std::string_view message = text.substr(i + 1);
  if (piece->depth == 0 &&
      (IsInstruction(message) || StartsWith(message, "building with "))) {
    *in_build = true;
  }
  if (!runpod && (!*in_build || piece->depth > 0)) return false;
  std::size_t end = i + 1;
  while (end < text.size() && IsDigit(text[end])) ++end;
  if (end > i + 1 && end < text.size() && text[end] == '.') {
    ++end;
    while (end < text.size() && IsDigit(text[end])) ++end;
    if (end == text.size() || text[end] == ' ') i = end;
  }
  piece->source = Source::kBuild;
  TakeFront(i, runpod ? Envelope::kRunPodBuild : Envelope::kBuildKit, piece);
  return true;
}

bool PeelSupervisord(Piece* piece) {
  const std::string_view text = piece->text;
  if (text.size() < 29 || text[10] != ' ' || text[19] != ',' ||
      text[23] != ' ') {
    return false;
  }
  constexpr std::array<std::string_view, 7> kLevels = {
      "INFO ", "WARN ", "ERRO ", "CRIT ", "DEBG ", "TRAC ", "BLAT "};
  const std::string_view level = text.substr(24, 5);
  if (std::find(kLevels.begin(), kLevels.end(), level) == kLevels.end() ||
      !IsSupervisordMessage(text.substr(29))) {
    return false;
  }
  const std::optional<Stamp> stamp = ReadIsoStamp(text);
  if (!stamp) return false;
  OfferTime(*stamp, piece);
  OfferLevel(LevelOf(level.substr(0, 4)), piece);
  TakeFront(28, Envelope::kSupervisord, piece);
  piece->source = Source::kSupervisor;
  return true;
}

bool PeelErrorReport(Piece* piece, std::string* joined) {
  Stamp stamp;
  const std::string_view text = piece->text;
  Level level = Level::kNone;
  const std::size_t front = ReportStampSize(text, &stamp, &level);
  if (front == 0) return false;
  OfferLevel(level, piece);
  OfferTime(stamp, piece);
  piece->text = text.substr(front);
  const bool per_write = stamp.resolution_ns == 1000;
  AddEnvelope(per_write ? Envelope::kErrorReport : Envelope::kPythonLogging,
              piece);
  std::size_t begin = front;  // of the write at hand
  bool is_joined = false;
  for (;;) {
    const std::size_t next = FindReportStamp(text, begin);
    if (next == std::string_view::npos) break;
    Stamp later;
    const std::size_t size = ReportStampSize(text.substr(next), &later);
    const std::string_view before = text.substr(begin, next - begin);
    const std::string_view after = text.substr(next + size);
    const bool redraw = after.empty() || after[0] == '\r';
    if (!per_write || (Contains(before, "\r") && !redraw)) {
      piece->rest = text.substr(next);
      piece->unterminated = per_write;
      if (!is_joined) piece->text = before;
      break;
    }
    if (!is_joined) joined->clear();
    is_joined = true;
    joined->append(before);
    begin = next + size;
  }
  if (is_joined) {
    const std::size_t end = text.size() - piece->rest.size();
    joined->append(text.substr(begin, end - begin));
    piece->text = *joined;
  }
  return true;
}

bool PeelNaiveStamp(Piece* piece) {
  const std::optional<Stamp> stamp = ReadIsoStamp(piece->text);
  if (!stamp || stamp->has_zone || stamp->size < 19) return false;
  const std::string_view after = piece->text.substr(stamp->size);
  if (!after.empty() && after[0] != ' ') return false;
  OfferTime(*stamp, piece);
  const std::size_t dash = StartsWith(after, " - ") ? 2 : 0;
  TakeFront(stamp->size + dash, Envelope::kNaiveStamps, piece);
  return true;
}

}  // namespace logdiag
