// SPDX-License-Identifier: Apache-2.0
#include "analyzer/knowledge/error_list.h"

#include <utility>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

// Some messages quote what is wrong.
constexpr std::size_t kMaxMessage = 2000;

std::string MoreErrors(std::size_t count) {
  return GroupDigits(count) + (count == 1 ? " more error" : " more errors");
}

}  // namespace

std::string Quoted(std::string_view text) {
  return "\"" + Printable(text, kMaxQuoted) + "\"";
}

std::string_view FileOf(std::string_view where) {
  constexpr std::string_view kDigits = "0123456789";
  std::string_view file = where;
  for (int part = 0; part < 2; ++part) {
    const std::size_t colon = file.rfind(':');
    if (colon == file.npos || colon + 1 == file.size() ||
        file.find_first_not_of(kDigits, colon + 1) != file.npos) {
      return where;
    }
    file = file.substr(0, colon);
  }
  return file;
}

bool ErrorList::IsFull(std::string_view where) const {
  if (kept_ >= kMaxInAll) return true;
  const auto count = of_file_.find(FileOf(where));
  return count != of_file_.end() && count->second.kept >= kMaxPerFile;
}

void ErrorList::Add(Error error) {
  const std::string_view file = FileOf(error.where);
  auto count = of_file_.find(file);
  if (kept_ >= kMaxInAll && count == of_file_.end()) {
    ++in_others_;
    return;
  }
  if (count == of_file_.end()) {
    count = of_file_.emplace(std::string(file), Count()).first;
  }
  if (kept_ >= kMaxInAll || count->second.kept >= kMaxPerFile) {
    ++count->second.left_out;
    return;
  }
  error.message = Printable(error.message, kMaxMessage);
  ++count->second.kept;
  ++kept_;
  errors_->push_back(std::move(error));
}

void ErrorList::TellRest() {
  for (const auto& [file, count] : of_file_) {
    if (count.left_out == 0) continue;
    errors_->push_back(
        {file, MoreErrors(count.left_out) + " in this file; mend these first"});
  }
  if (in_others_ == 0) return;
  errors_->push_back(
      {"", MoreErrors(in_others_) + " in other files; mend these first"});
}

}  // namespace logdiag
