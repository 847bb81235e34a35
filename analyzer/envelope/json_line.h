// Lines that are JSON objects: docker's json-file, RunPod's log API (as
// server-sent events), the runpod package in a serverless worker, journalctl
// -o json, and rows of an endpoint's log export.
#ifndef LOGDIAG_ENVELOPE_JSON_LINE_H_
#define LOGDIAG_ENVELOPE_JSON_LINE_H_

#include <memory>

#include "analyzer/envelope/piece.h"

namespace logdiag {

class JsonLine {
 public:
  JsonLine();
  ~JsonLine();

  // True if the text is an object of a known kind; the message is then the
  // text, and lives in this object until the next call. The text may itself be
  // in a buffer of this object.
  bool Peel(Piece* piece);

  // Lines of an event stream: "data: {...}" is peeled; "id: ...", "event: ...",
  // "retry: ...", and the empty lines between events are dropped.
  bool PeelEvent(Piece* piece);

 private:
  struct Parts;
  struct Reader;

  // Reads the known members of the object `text` to `parts_`.
  bool Read(std::string_view text);
  bool AcceptJsonFile(Piece* piece);
  bool AcceptApi(Piece* piece);
  bool AcceptJob(Piece* piece);
  bool AcceptJournal(Piece* piece);
  bool AcceptExport(Piece* piece);
  // Makes `message` the text.
  void Accept(std::string_view message, Envelope envelope, Piece* piece);

  std::unique_ptr<Reader> reader_;
  std::unique_ptr<Parts> parts_;
  bool in_events_ = false;
};

}  // namespace logdiag

#endif  // LOGDIAG_ENVELOPE_JSON_LINE_H_
