// SPDX-License-Identifier: Apache-2.0
// Lines that begin with a date: platform stamps with a zone, and the naive
// stamps of supervisord, error reports and loggers.
#ifndef LOGDIAG_ENVELOPE_STAMP_FRONT_H_
#define LOGDIAG_ENVELOPE_STAMP_FRONT_H_

#include <string>

#include "analyzer/envelope/piece.h"

namespace logdiag {

// Stamps with a zone at the front: RunPod's system log (whole seconds) and
// build log ("[INFO] #25 5.1 "), CRI ("stdout F "), journald short-iso ("host
// unit[1]: "), kubectl and others.
bool PeelZonedStamp(Piece* piece);

// The step number and seconds of BuildKit, "#25 5.1 ", in a build log.
// `*in_build` is set by the first line that only an image build prints; steps
// are peeled from there on.
bool PeelBuildStep(Piece* piece, bool* in_build);

// "2025-10-23 16:28:13,007 INFO spawned: ...": the words behind the level must
// be supervisord's, because Python loggers share the shape.
bool PeelSupervisord(Piece* piece);

// Stamps of an error report's "## Logs", "2025-01-01T10:00:00.123456 - " and
// "2024-09-01 10:00:00,123 - root - INFO - ". The report stamps each write, so
// one line holds several: redraws and print()'s parts are put together again
// (the text then lives in `*joined`); another writer's text behind a bar goes
// to piece->rest.
bool PeelErrorReport(Piece* piece, std::string* joined);

// Any naive stamp, for logs of which most lines begin with one.
bool PeelNaiveStamp(Piece* piece);

}  // namespace logdiag

#endif  // LOGDIAG_ENVELOPE_STAMP_FRONT_H_
