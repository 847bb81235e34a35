// SPDX-License-Identifier: Apache-2.0
// The words of a report in another language than the catalogue's own.
#ifndef LOGDIAG_MODEL_LANGUAGE_H_
#define LOGDIAG_MODEL_LANGUAGE_H_

#include <map>

#include "analyzer/model/known_text.h"

namespace logdiag {

struct Language {
  KnownText code;  // "ca"
  // Texts of the report by key, as Catalogue::texts.
  std::map<KnownText, KnownText, std::less<>> texts;
  // Sentences of causes, remedies and evidence by what they are in English.
  std::map<KnownText, KnownText, std::less<>> sentences;

  bool operator==(const Language&) const = default;
};

}  // namespace logdiag

#endif  // LOGDIAG_MODEL_LANGUAGE_H_
