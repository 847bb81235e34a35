// SPDX-License-Identifier: Apache-2.0
// What C++20 has and the C++ library of emscripten 3.1.6 lacks; included before
// all else.
#ifndef LOGDIAG_WEB_CXX_GAPS_H_
#define LOGDIAG_WEB_CXX_GAPS_H_

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <system_error>
#include <type_traits>

namespace std {

#ifndef __cpp_lib_bit_cast
template <typename To, typename From>
To bit_cast(const From& from) {
  static_assert(sizeof(To) == sizeof(From));
  To to;
  memcpy(&to, &from, sizeof to);
  return to;
}
#endif

#if __cpp_lib_smart_ptr_for_overwrite < 202002L
template <typename Array>
unique_ptr<Array> make_unique_for_overwrite(size_t size) {
  return unique_ptr<Array>(new remove_extent_t<Array>[size]);
}
#endif

// By strtod, which also takes what from_chars must not: spaces, a plus, "0x".
inline from_chars_result from_chars(
    const char* first, const char* last, double& value,
    chars_format format = chars_format::general) {
  const char* const digits = first + (first != last && *first == '-' ? 1 : 0);
  const bool starts =
      digits != last && (*digits == '.' || (*digits >= '0' && *digits <= '9'));
  const char* const allowed =
      format == chars_format::fixed ? "0123456789." : "0123456789.eE+-";
  const string text(first, find_if(digits, last, [&](char c) {
                      return c == '\0' || strchr(allowed, c) == nullptr;
                    }));
  char* end = nullptr;
  const double read = starts ? strtod(text.c_str(), &end) : 0;
  if (!starts || end == text.c_str()) return {first, errc::invalid_argument};
  value = read;
  return {first + (end - text.c_str()), errc()};
}

}  // namespace std

#endif  // LOGDIAG_WEB_CXX_GAPS_H_
