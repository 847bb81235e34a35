// SPDX-License-Identifier: Apache-2.0
// The encoded catalogue that the build made from patterns/ and reports/texts.
#ifndef LOGDIAG_KNOWLEDGE_BUILTIN_BUILTIN_BYTES_H_
#define LOGDIAG_KNOWLEDGE_BUILTIN_BUILTIN_BYTES_H_

#include <span>
#include <string_view>

namespace logdiag {

// As EncodeCatalogue wrote it; lives as long as the program.
std::string_view BuiltInBytes();

// By code, as EncodeLanguage wrote them.
struct BuiltInWords {
  std::string_view code;
  std::string_view bytes;
};
std::span<const BuiltInWords> BuiltInLanguageBytes();

}  // namespace logdiag

#endif  // LOGDIAG_KNOWLEDGE_BUILTIN_BUILTIN_BYTES_H_
