// SPDX-License-Identifier: Apache-2.0
#include "analyzer/support/calendar_words.h"

#include <array>
#include <string>
#include <utility>

namespace logdiag {

int MonthOf(std::string_view word) {
  using Name = std::pair<std::string_view, int>;
  // The letters that tell each month from the others.
  constexpr std::array<Name, 40> kNames = {{{"jan", 1},
                                            {"ene", 1},
                                            {"gen", 1},
                                            {"feb", 2},
                                            {"fev", 2},
                                            {"f\xc3\xa9v", 2},
                                            {"mar", 3},
                                            {"m\xc3\xa4r", 3},
                                            {"mrt", 3},
                                            {"maa", 3},
                                            {"apr", 4},
                                            {"avr", 4},
                                            {"abr", 4},
                                            {"may", 5},
                                            {"mai", 5},
                                            {"mag", 5},
                                            {"mei", 5},
                                            {"jun", 6},
                                            {"juin", 6},
                                            {"giu", 6},
                                            {"jul", 7},
                                            {"juil", 7},
                                            {"lug", 7},
                                            {"aug", 8},
                                            {"ao\xc3\xbb", 8},
                                            {"aou", 8},
                                            {"ago", 8},
                                            {"ag", 8},
                                            {"sep", 9},
                                            {"set", 9},
                                            {"oct", 10},
                                            {"okt", 10},
                                            {"out", 10},
                                            {"ott", 10},
                                            {"nov", 11},
                                            {"dec", 12},
                                            {"dez", 12},
                                            {"dic", 12},
                                            {"d\xc3\xa9"
                                             "c",
                                             12},
                                            {"des", 12}}};
  if (word.size() < 2 || word.size() > 12) return 0;
  std::string lower(word);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  for (const auto& [name, month] : kNames) {
    if (lower.compare(0, name.size(), name) != 0) continue;
    // "ag" is whole; the others may go on.
    if (name.size() > 2 || lower.size() == name.size()) return month;
  }
  return 0;
}

bool IsWeekday(std::string_view word) {
  constexpr std::array<std::string_view, 7> kDays = {"Mon", "Tue", "Wed", "Thu",
                                                     "Fri", "Sat", "Sun"};
  for (const std::string_view day : kDays) {
    if (word.substr(0, 3) == day) return true;
  }
  return false;
}

std::optional<int> ZoneOf(std::string_view word) {
  constexpr std::array<std::pair<std::string_view, int>, 14> kZones = {
      {{"UTC", 0},
       {"GMT", 0},
       {"CET", 60},
       {"CEST", 120},
       {"EET", 120},
       {"EEST", 180},
       {"MSK", 180},
       {"JST", 540},
       {"EST", -300},
       {"EDT", -240},
       {"MDT", -360},
       {"PST", -480},
       {"PDT", -420},
       {"MST", -420}}};
  for (const auto& [name, minutes] : kZones) {
    if (word == name) return minutes;
  }
  return std::nullopt;
}

}  // namespace logdiag
