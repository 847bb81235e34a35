// SPDX-License-Identifier: Apache-2.0
#include "analyzer/envelope/syslog_front.h"

#include "analyzer/support/loose_stamp.h"
#include "analyzer/support/text.h"

namespace logdiag {
namespace {

constexpr std::size_t kLongestHostOrUnit = 128;

}  // namespace

Source SourceOfUnit(std::string_view unit) {
  if (unit == "kernel") return Source::kKernel;
  if (StartsWith(unit, "systemd")) return Source::kSupervisor;
  if (unit == "CRON" || unit == "cron" || unit == "sshd" || unit == "sudo")
    return Source::kSystem;
  if (unit == "dockerd" || unit == "containerd" || unit == "kubelet")
    return Source::kSystem;
  return Source::kContainer;
}

bool PeelSyslogOrigin(const Stamp& stamp, Piece* piece) {
  const std::string_view text = piece->text;
  const std::size_t host = stamp.size + 1;
  const std::string_view head = text.substr(0, host + 2 * kLongestHostOrUnit);
  if (head.size() <= host || head[stamp.size] != ' ' || head[host] == ' ')
    return false;
  const std::size_t host_end = head.find(' ', host);
  if (host_end == std::string_view::npos) return false;
  const std::size_t unit = host_end + 1;
  const std::size_t unit_end = head.find_first_of("[: ", unit);
  if (unit_end == std::string_view::npos || unit_end == unit ||
      head[unit_end] == ' ') {
    return false;
  }
  const std::string_view name = head.substr(unit, unit_end - unit);
  std::size_t colon = unit_end;
  if (head[colon] == '[') {
    ++colon;
    while (colon < head.size() && IsDigit(head[colon])) ++colon;
    if (colon == unit_end + 1 || colon >= head.size() || head[colon] != ']')
      return false;
    ++colon;
  } else if (name != "kernel" && stamp.has_zone) {
    // Behind a stamp with a zone, "word word: text" may be a plain message.
    return false;
  }
  if (colon >= head.size() || head[colon] != ':') return false;
  if (colon + 1 < text.size() && text[colon + 1] != ' ') return false;
  OfferTime(stamp, piece);
  piece->source = SourceOfUnit(name);
  TakeFront(colon + 1, Envelope::kSyslog, piece);
  return true;
}

bool PeelSyslog(Piece* piece) {
  const std::optional<Stamp> stamp = ReadSyslogStamp(piece->text);
  return stamp && PeelSyslogOrigin(*stamp, piece);
}

bool PeelLocalSyslog(Piece* piece) {
  const std::optional<Stamp> stamp = ReadLooseStamp(piece->text);
  return stamp && !stamp->has_year && stamp->has_date &&
         PeelSyslogOrigin(*stamp, piece);
}

}  // namespace logdiag
