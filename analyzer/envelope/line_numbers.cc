// SPDX-License-Identifier: Apache-2.0
#include "analyzer/envelope/line_numbers.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

constexpr std::size_t kNumberedToLearn = 8;
constexpr std::size_t kLongestNumber = 9;
// The last one stands for none: the date of a stamp follows the number at once.
constexpr std::string_view kNumberSigns = "\t:| \x01";
constexpr char kGluedToDate = '\x01';
constexpr std::size_t kYearDigits = 4;

struct Number {
  std::uint64_t value = 0;
  char sign = 0;
  std::size_t size = 0;  // with the sign
};

// "1182025-04-02T12:00:01": a number and a date with nothing between them.
bool ReadGlued(std::string_view text, Number* number) {
  std::size_t end = 0;
  while (end < text.size() && IsDigit(text[end])) ++end;
  const std::string_view rest = text.substr(end);
  if (end <= kYearDigits || end > kLongestNumber + kYearDigits ||
      rest.size() < 7 || rest[0] != '-' || rest[3] != '-' ||
      (rest[6] != 'T' && rest[6] != ' ') ||
      text.substr(end - kYearDigits, 2) != "20") {
    return false;
  }
  number->size = end - kYearDigits;
  for (std::size_t at = 0; at < number->size; ++at)
    number->value = number->value * 10 + static_cast<unsigned>(text[at] - '0');
  number->sign = kGluedToDate;
  return true;
}

// The number at the start of `text`; its sign is 0 if there is none.
Number ReadLineNumber(std::string_view text) {
  Number number;
  if (ReadGlued(text, &number)) return number;
  std::size_t at = std::min(text.find_first_not_of(' '), text.size());
  const std::size_t begin = at;
  while (at < text.size() && IsDigit(text[at]) && at < begin + kLongestNumber)
    number.value = number.value * 10 + static_cast<unsigned>(text[at++] - '0');
  if (at == begin || at == text.size()) return number;
  std::size_t sign = at;
  if (text[at] == ' ' && at + 1 < text.size() && text[at + 1] == '|') ++sign;
  if (kNumberSigns.find(text[sign]) == std::string_view::npos) return number;
  // "16:08:37" and "2 of 3" are no line numbers; two blanks are a column.
  number.sign = text[sign];
  number.size = sign + 1;
  if (number.sign == ' ' && number.size < text.size() &&
      text[number.size] == ' ') {
    ++number.size;
  } else if (number.sign == ' ') {
    number.sign = 0;
  }
  return number;
}

}  // namespace

void LineNumbers::Learn(const std::vector<std::string_view>& lines) {
  std::array<std::size_t, kNumberSigns.size()> rises{};
  std::array<std::size_t, kNumberSigns.size()> falls{};
  std::size_t filled = 0;
  Number last;
  for (const std::string_view line : lines) {
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    ++filled;
    const Number number = ReadLineNumber(line);
    if (number.sign == 0) continue;
    const std::size_t sign = kNumberSigns.find(number.sign);
    if (number.sign == last.sign) {
      if (number.value > last.value) ++rises[sign];
      if (number.value < last.value) ++falls[sign];
    }
    last = number;
  }
  if (filled < kNumberedToLearn) return;
  for (std::size_t i = 0; i < kNumberSigns.size(); ++i) {
    if (std::max(rises[i], falls[i]) * 100 >= (filled - 1) * 95)
      sign_ = kNumberSigns[i];
  }
}

bool LineNumbers::Peel(Piece* piece) const {
  if (sign_ == 0 || piece->depth > 0) return false;
  const Number number = ReadLineNumber(piece->text);
  if (number.sign != sign_) return false;
  piece->text.remove_prefix(number.size);
  AddEnvelope(Envelope::kLineNumbers, piece);
  return true;
}

}  // namespace logdiag
