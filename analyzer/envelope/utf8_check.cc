// SPDX-License-Identifier: Apache-2.0
#include "analyzer/envelope/utf8_check.h"

#include <simdjson.h>

namespace logdiag {

bool IsUtf8(std::string_view text) {
  return simdjson::validate_utf8(text.data(), text.size());
}

}  // namespace logdiag
