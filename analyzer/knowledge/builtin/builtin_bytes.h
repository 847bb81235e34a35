// The encoded catalogue that the build made from patterns/ and reports/texts.
#ifndef LOGDIAG_KNOWLEDGE_BUILTIN_BUILTIN_BYTES_H_
#define LOGDIAG_KNOWLEDGE_BUILTIN_BUILTIN_BYTES_H_

#include <string_view>

namespace logdiag {

// As EncodeCatalogue wrote it; lives as long as the program.
std::string_view BuiltInBytes();

}  // namespace logdiag

#endif  // LOGDIAG_KNOWLEDGE_BUILTIN_BUILTIN_BYTES_H_
