// SPDX-License-Identifier: Apache-2.0
// Other languages than English: reports/texts/<code>.yaml holds the texts of a
// report, patterns/languages/<code>/*.yaml the sentences of the patterns.
#ifndef LOGDIAG_KNOWLEDGE_LANGUAGE_H_
#define LOGDIAG_KNOWLEDGE_LANGUAGE_H_

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/catalogue.h"
#include "analyzer/model/language.h"
#include "analyzer/support/result.h"

namespace logdiag {

// Codes ("ca") of the languages that `patterns` or `texts` hold words of, in
// order.
std::vector<std::string> LanguagesIn(const std::string& patterns,
                                     const std::string& texts);

// Adds the words of `language->code` in the two folders; a sentence that is
// there already is replaced. Returns every error found, as AddFolders does.
std::vector<Error> AddLanguage(const std::string& patterns,
                               const std::string& texts, Language* language);

// What a report may say in sentences of the patterns: titles, summaries,
// evidence, steps. Each once.
std::vector<KnownText> SentencesOf(const Catalogue& catalogue);

// What is wrong with `language` as the words of a whole catalogue: texts and
// sentences that are missing, are not needed, or name other placeholders than
// the English. Messages for people.
std::vector<std::string> CompareWords(const Catalogue& catalogue,
                                      const Language& language);

// The codes built in, and the words of one of them: "" if it is not there.
std::vector<std::string> BuiltInLanguages();
Result<Language> LoadBuiltInLanguage(std::string_view code);

std::string EncodeLanguage(const Language& language);
// `bytes` must outlive the language.
Result<Language> DecodeLanguage(std::string_view bytes);

}  // namespace logdiag

#endif  // LOGDIAG_KNOWLEDGE_LANGUAGE_H_
