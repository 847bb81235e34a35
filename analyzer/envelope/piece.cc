// SPDX-License-Identifier: Apache-2.0
#include "analyzer/envelope/piece.h"

namespace logdiag {

std::string_view EnvelopeName(Envelope envelope) {
  constexpr std::array<std::string_view, kEnvelopeCount> kNames = {
      "docker-stamps",
      "rfc3339-stamps",
      "runpod-system",
      "runpod-api",
      "runpod-export",
      "runpod-build",
      "buildkit",
      "runpod-job",
      "runpod-logger",
      "json-file",
      "cri",
      "kubectl",
      "compose",
      "supervisord",
      "syslog",
      "journald-json",
      "dmesg",
      "manager-file",
      "comfyui-desktop",
      "bracketed-stamps",
      "error-report",
      "local-stamps",
      "comfyui-level",
      "python-logging",
      "logger-stamps",
      "learned-prefix",
      "line-numbers",
      "json-logger"};
  return kNames[static_cast<std::size_t>(envelope)];
}

void AddEnvelope(Envelope envelope, Piece* piece) {
  if (piece->depth < Piece::kMaxDepth)
    piece->envelopes[piece->depth++] = envelope;
}

void TakeFront(std::size_t size, Envelope envelope, Piece* piece) {
  piece->text.remove_prefix(size);
  if (!piece->text.empty() && piece->text[0] == ' ')
    piece->text.remove_prefix(1);
  AddEnvelope(envelope, piece);
}

namespace {

// True if `clock` knows a date or a year that `than` does not.
bool KnowsMore(Clock clock, Clock than) {
  if (clock == Clock::kMonotonic) return false;
  return (than == Clock::kNoDate && clock != Clock::kNoDate) ||
         (than == Clock::kNoYear && clock != Clock::kNoYear &&
          clock != Clock::kNoDate);
}

}  // namespace

void OfferTime(std::int64_t time_ns, std::int64_t resolution_ns, Clock clock,
               Piece* piece) {
  const bool better =
      !piece->time_ns || KnowsMore(clock, piece->clock) ||
      (clock == Clock::kUtc &&
       (piece->clock != Clock::kUtc || (piece->resolution_ns >= kNsPerSecond &&
                                        resolution_ns < piece->resolution_ns)));
  if (!better) return;
  piece->time_ns = time_ns;
  piece->resolution_ns = resolution_ns;
  piece->clock = clock;
}

void OfferTime(const Stamp& stamp, Piece* piece) {
  const Clock clock = !stamp.has_date   ? Clock::kNoDate
                      : !stamp.has_year ? Clock::kNoYear
                      : stamp.has_zone  ? Clock::kUtc
                                        : Clock::kLocal;
  OfferTime(stamp.time_ns, stamp.resolution_ns, clock, piece);
}

void OfferLevel(Level level, Piece* piece) {
  if (level != Level::kNone) piece->level = level;
}

}  // namespace logdiag
