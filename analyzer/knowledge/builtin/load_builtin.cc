// SPDX-License-Identifier: Apache-2.0
#include "analyzer/knowledge/builtin/builtin_bytes.h"
#include "analyzer/knowledge/catalogue_codec.h"
#include "analyzer/knowledge/language.h"
#include "analyzer/knowledge/loader.h"

namespace logdiag {

Result<Catalogue> LoadBuiltIn() { return DecodeCatalogue(BuiltInBytes()); }

std::vector<std::string> BuiltInLanguages() {
  std::vector<std::string> codes;
  for (const BuiltInWords& words : BuiltInLanguageBytes()) {
    codes.emplace_back(words.code);
  }
  return codes;
}

Result<Language> LoadBuiltInLanguage(std::string_view code) {
  for (const BuiltInWords& words : BuiltInLanguageBytes()) {
    if (words.code != code) continue;
    Result<Language> language = DecodeLanguage(words.bytes);
    if (language.ok()) language.value().code = std::string(code);
    return language;
  }
  return Language();
}

}  // namespace logdiag
