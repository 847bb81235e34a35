// SPDX-License-Identifier: Apache-2.0
// Lines that are JSON objects: docker's json-file, RunPod's log API (as
// server-sent events), the runpod package in a serverless worker, journalctl
// -o json, rows of an endpoint's log export, and loggers that write a time or
// an exception (pino, bunyan, structlog, python-json-logger).
#ifndef LOGDIAG_ENVELOPE_JSON_LINE_H_
#define LOGDIAG_ENVELOPE_JSON_LINE_H_

#include <string>

#include "analyzer/envelope/json_members.h"
#include "analyzer/envelope/piece.h"

namespace logdiag {

class JsonLine {
 public:
  // True if the text is an object of a known kind; the message is then the
  // text, and lives in this object until the next call. The text may itself be
  // in a buffer of this object.
  bool Peel(Piece* piece);

  // Lines of an event stream: "data: {...}" is peeled; "id: ...", "event: ...",
  // "retry: ...", and the empty lines between events are dropped.
  bool PeelEvent(Piece* piece);

 private:
  bool AcceptJsonFile(Piece* piece);
  bool AcceptApi(Piece* piece);
  bool AcceptJob(Piece* piece);
  bool AcceptJournal(Piece* piece);
  bool AcceptExport(Piece* piece);
  bool AcceptLogger(Piece* piece);
  // Makes `message`, and what was raised behind it, the text.
  void Accept(std::string_view message, Envelope envelope, Piece* piece);

  JsonMembers members_;
  std::string decoded_;  // the accepted message
  bool in_events_ = false;
};

}  // namespace logdiag

#endif  // LOGDIAG_ENVELOPE_JSON_LINE_H_
