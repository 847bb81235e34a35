// SPDX-License-Identifier: Apache-2.0
#include "analyzer/envelope/learned_prefix.h"

#include <algorithm>
#include <map>
#include <set>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

using Kind = PrefixField::Kind;

constexpr std::size_t kLinesToLearn = 8;
constexpr std::size_t kShare = 7;  // of ten
// So many values of one field are still "the same few".
constexpr std::size_t kFew = 4;

bool IsBlankOrIndented(std::string_view line) {
  return line.empty() || line[0] == ' ' || line[0] == '\t';
}

// What the values of one field have in common.
struct Column {
  PrefixField field;  // of the first line
  std::set<std::string, std::less<>> values;
  bool one_length = true;
  bool all_digits = true;
  bool all_mixed = true;  // letters and digits, as ids have
  bool any_digit = false;

  void Add(const PrefixField& next) {
    if (values.empty()) field = next;
    one_length = one_length && next.value.size() == field.value.size();
    const auto digits = static_cast<std::size_t>(
        std::count_if(next.value.begin(), next.value.end(), IsDigit));
    any_digit = any_digit || digits > 0;
    all_digits = all_digits && digits == next.value.size();
    all_mixed = all_mixed && digits > 0 && digits < next.value.size();
    values.emplace(next.value);
  }

  bool IsRegular(std::size_t lines, bool timed) const {
    if (field.kind != Kind::kWord) return true;
    const bool few = values.size() <= std::max(kFew, lines / 8);
    // A counter is a part of the message.
    if (all_digits && values.size() > 1 && !timed) return false;
    if (field.by_colon) return few && values.size() > 1;
    // A row of a table begins with a name, too.
    return few || (timed && one_length && all_mixed && field.value.size() >= 6);
  }
};

struct Matched {
  std::vector<PrefixField> fields;  // that have the form, all or the first ones
  std::size_t body = 0;             // behind all of them; 0 if some are missing
};

Matched Match(std::string_view line, const std::vector<std::string>& form) {
  PrefixLexer lexer(line);
  Matched matched;
  PrefixField field;
  while (matched.fields.size() < form.size() && lexer.Next(&field)) {
    const std::string& key = form[matched.fields.size()];
    if (matched.fields.size() + 1 == form.size()) {
      matched.body = field.BodyBehind(key);
      if (matched.body == 0) break;
    } else if (field.Key() != key) {
      break;
    }
    matched.fields.push_back(field);
  }
  return matched;
}

}  // namespace

void LearnedPrefix::Learn(const std::vector<std::string>& lines) {
  std::map<Form, std::size_t> forms;
  std::size_t counted = 0;
  for (const std::string& line : lines) {
    if (IsBlankOrIndented(line)) continue;
    ++counted;
    PrefixLexer lexer(line);
    PrefixField field;
    Form form;
    while (lexer.Next(&field)) {
      form.push_back(field.LastKey());
      if (field.may_end) ++forms[form];
      form.back() = field.Key();
    }
  }
  if (counted < kLinesToLearn) return;
  std::vector<Form> candidates;
  for (const auto& [form, count] : forms) {
    if (count >= kLinesToLearn && count * 10 >= counted * kShare)
      candidates.push_back(form);
  }
  std::stable_sort(
      candidates.begin(), candidates.end(),
      [](const Form& a, const Form& b) { return a.size() > b.size(); });
  for (const Form& form : candidates) {
    if (!IsRegular(form, lines)) continue;
    form_ = form;
    break;
  }
  if (!form_.empty()) LearnColumn(lines);
}

void LearnedPrefix::LearnColumn(const std::vector<std::string>& lines) {
  if (form_.back()[0] != static_cast<char>(Kind::kLevel)) return;
  for (const std::string& line : lines) {
    const Matched matched = Match(line, form_);
    if (matched.body == 0 || matched.fields.back().bracket != 0) continue;
    const std::size_t next = line.find_first_not_of(' ', matched.body);
    if (next == std::string::npos) continue;
    const std::size_t column = next - matched.fields.back().begin;
    if (column_ == 0 || column < column_) column_ = column;
  }
}

bool LearnedPrefix::IsRegular(const Form& form,
                              const std::vector<std::string>& lines) {
  std::vector<Column> columns(form.size());
  std::set<std::string_view> bodies;
  std::size_t matched = 0;
  std::size_t filled = 0;
  for (const std::string& line : lines) {
    const Matched front = Match(line, form);
    if (front.body == 0) continue;
    ++matched;
    for (std::size_t i = 0; i < form.size(); ++i)
      columns[i].Add(front.fields[i]);
    const std::string_view body = std::string_view(line).substr(front.body);
    if (!body.empty()) ++filled;
    bodies.insert(body);
  }
  if (filled * 2 < matched || bodies.size() < 3) return false;
  const auto timed = std::any_of(
      columns.begin(), columns.end(),
      [](const Column& column) { return column.field.kind == Kind::kTime; });
  const bool barred = std::any_of(
      columns.begin(), columns.end(),
      [](const Column& column) { return column.field.HasBar('|'); });
  const auto brackets = std::count_if(
      columns.begin(), columns.end(),
      [](const Column& column) { return column.field.bracket != 0; });
  const bool named =
      std::any_of(columns.begin(), columns.end(),
                  [](const Column& column) { return column.any_digit; });
  if (!timed && (!named || (!barred && brackets < 2))) return false;
  return std::all_of(columns.begin(), columns.end(), [&](const Column& column) {
    return column.IsRegular(matched, timed);
  });
}

bool LearnedPrefix::Peel(Piece* piece) const {
  if (form_.empty() || piece->Has(Envelope::kLearned)) return false;
  const Matched matched = Match(piece->text, form_);
  std::size_t body = matched.body;
  std::optional<Stamp> stamp;
  Level level = Level::kNone;
  for (const PrefixField& field : matched.fields) {
    if (field.stamp) stamp = field.stamp;
    if (field.level != Level::kNone) level = field.level;
    if (matched.body == 0 && stamp && field.may_end)
      body = field.BodyBehind(field.LastKey());
  }
  if (body == 0) return false;
  if (matched.body != 0 && column_ > 0) {
    const std::size_t next =
        std::min(piece->text.find_first_not_of(' ', body), piece->text.size());
    body =
        std::max(body, std::min(matched.fields.back().begin + column_, next));
  }
  if (stamp) OfferTime(*stamp, piece);
  OfferLevel(level, piece);
  piece->text.remove_prefix(body);
  AddEnvelope(Envelope::kLearned, piece);
  return true;
}

}  // namespace logdiag
