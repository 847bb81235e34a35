// SPDX-License-Identifier: Apache-2.0
#include "analyzer/knowledge/catalogue_codec.h"

#include <bit>
#include <cstdint>
#include <map>
#include <optional>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

#include "analyzer/knowledge/hardware_fields.h"
#include "analyzer/knowledge/language.h"

namespace logdiag {
namespace {

// Then the size of the texts (LEB128), the texts end to end, each once, and
// the rows, which name a text by its place and size: so reading the rows
// touches no text, and most texts are never looked at.
constexpr std::string_view kMagic = "logdiag-catalogue-6\n";

// Writer and Reader take the same calls, so that one list of fields serves
// both directions and they cannot drift apart.
template <typename Archive, typename T>
void Fields(Archive& archive, T& capture) requires
    std::is_same_v<std::remove_const_t<T>, FactCapture> {
  archive(capture.group, capture.fact, capture.weak);
}

template <typename Archive, typename T>
void Fields(Archive& archive,
            T& marker) requires std::is_same_v<std::remove_const_t<T>, Marker> {
  archive(marker.id, marker.role, marker.literals, marker.regex, marker.phase,
          marker.stage, marker.work, marker.program, marker.own, marker.needs,
          marker.facts, marker.fixed_fact, marker.fixed_value, marker.samples,
          marker.nots, marker.named, marker.midline, marker.in_data,
          marker.markup, marker.says, marker.origin);
}

template <typename Archive, typename T>
void Fields(Archive& archive, T& dialect) requires
    std::is_same_v<std::remove_const_t<T>, Dialect> {
  archive(dialect.id, dialect.name, dialect.mains, dialect.work_bars,
          dialect.other_bars, dialect.unit, dialect.server, dialect.origin);
}

template <typename Archive, typename T>
void Fields(Archive& archive,
            T& range) requires std::is_same_v<std::remove_const_t<T>, Range> {
  archive(range.min, range.max);
}

template <typename Archive, typename T>
void Fields(Archive& archive, T& when) requires
    std::is_same_v<std::remove_const_t<T>, Condition> {
  archive(when.markers, when.absent, when.scope, when.count, when.exception,
          when.frame, when.label, when.outcomes, when.phases, when.kinds,
          when.ends, when.bar, when.bar_done, when.restart_gap_s,
          when.silence_s, when.same_point_deaths, when.host_changed, when.fact,
          when.fact_matches, when.fact_range, when.fact_per, when.exit_codes,
          when.programs);
}

template <typename Archive, typename T>
void Fields(Archive& archive, T& item) requires
    std::is_same_v<std::remove_const_t<T>, EvidenceItem> {
  archive(item.when, item.weight_db, item.establishes, item.excludes, item.own,
          item.says, item.why);
}

template <typename Archive, typename T>
void Fields(Archive& archive, T& avoidance) requires
    std::is_same_v<std::remove_const_t<T>, Avoidance> {
  archive(avoidance.remedy, avoidance.says);
}

template <typename Archive, typename T>
void Fields(Archive& archive, T& objection) requires
    std::is_same_v<std::remove_const_t<T>, Objection> {
  archive(objection.when, objection.says);
}

template <typename Archive, typename T>
void Fields(Archive& archive,
            T& cause) requires std::is_same_v<std::remove_const_t<T>, Cause> {
  archive(cause.id, cause.title, cause.headlines, cause.summary, cause.explain,
          cause.outcomes, cause.prior_db, cause.evidence, cause.explains,
          cause.rivals, cause.remedies, cause.later, cause.avoid, cause.confirm,
          cause.references, cause.origin);
}

template <typename Archive, typename T>
void Fields(Archive& archive, T& machine) requires
    std::is_same_v<std::remove_const_t<T>, MachineKind> {
  archive(machine.id, machine.when, machine.origin);
}

template <typename Archive, typename T>
void Fields(Archive& archive,
            T& remedy) requires std::is_same_v<std::remove_const_t<T>, Remedy> {
  archive(remedy.id, remedy.name, remedy.action, remedy.text, remedy.command,
          remedy.risk, remedy.check, remedy.when, remedy.unless,
          remedy.programs, remedy.not_programs, remedy.only_on, remedy.not_on,
          remedy.origin);
}

template <typename Archive, typename T>
void Fields(Archive& archive, T& rule) requires
    std::is_same_v<std::remove_const_t<T>, FrameRule> {
  archive(rule.id, rule.frame, rule.phase, rule.own, rule.bystander,
          rule.machinery, rule.samples, rule.origin);
}

template <typename Archive, typename T>
void Fields(Archive& archive, T& rule) requires
    std::is_same_v<std::remove_const_t<T>, QuotationRule> {
  archive(rule.id, rule.kind, rule.regex, rule.samples, rule.nots, rule.origin);
}

template <typename Archive, typename T>
void Fields(Archive& archive, T& kind) requires
    std::is_same_v<std::remove_const_t<T>, DocumentKind> {
  archive(kind.id, kind.name, kind.opening, kind.unless, kind.holds,
          kind.typical, kind.share, kind.samples, kind.origin);
}

template <typename Archive, typename T>
void Fields(Archive& archive, T& fact) requires
    std::is_same_v<std::remove_const_t<T>, WitnessFact> {
  archive(fact.fact, fact.regex, fact.value, fact.bytes, fact.of_end);
}

template <typename Archive, typename T>
void Fields(Archive& archive, T& kind) requires
    std::is_same_v<std::remove_const_t<T>, WitnessKind> {
  archive(kind.id, kind.name, kind.signs, kind.begins, kind.ended, kind.runs,
          kind.is_log, kind.facts, kind.samples, kind.origin);
}

template <typename Archive, typename T>
void Fields(Archive& archive, T& rule) requires
    std::is_same_v<std::remove_const_t<T>, SecretRule> {
  archive(rule.id, rule.kind, rule.literals, rule.regex, rule.unless,
          rule.unless_name, rule.check, rule.shown_as, rule.spreads,
          rule.continues, rule.samples, rule.lookalikes, rule.origin);
}

class Writer {
 public:
  template <typename... Values>
  void operator()(const Values&... values) {
    (Put(values), ...);
  }

  void PutSize(std::uint64_t size) { Append(size, &rows_); }
  std::string Take() {
    std::string bytes;
    Append(texts_.size(), &bytes);
    return bytes + texts_ + rows_;
  }

 private:
  static void Append(std::uint64_t size, std::string* bytes) {  // LEB128
    for (; size >= 0x80; size >>= 7) {
      bytes->push_back(static_cast<char>((size & 0x7F) | 0x80));
    }
    bytes->push_back(static_cast<char>(size));
  }
  void Put(std::string_view text) {
    PutSize(text.size());
    if (text.empty()) return;
    const auto [place, fresh] = places_.try_emplace(std::string(text));
    if (fresh) {
      place->second = texts_.size();
      texts_ += text;
    }
    PutSize(place->second);
  }
  void Put(bool flag) { PutSize(flag ? 1 : 0); }
  // Exit codes may be negative.
  void Put(int number) { PutSize(static_cast<std::uint32_t>(number)); }
  void Put(Role role) { PutSize(static_cast<std::uint64_t>(role)); }
  void Put(double number) {
    auto bits = std::bit_cast<std::uint64_t>(number);
    for (int i = 0; i < 8; ++i, bits >>= 8) {
      rows_.push_back(static_cast<char>(bits & 0xFF));
    }
  }
  template <typename T>
  void Put(const std::optional<T>& value) {
    Put(value.has_value());
    if (value) Put(*value);
  }
  template <typename T>
  void Put(const std::vector<T>& values) {
    PutSize(values.size());
    for (const T& value : values) Put(value);
  }
  template <typename T>
  requires(std::is_class_v<T> && !TextLike<T>) void Put(const T& value) {
    Fields(*this, value);
  }

  std::string texts_;
  std::unordered_map<std::string, std::size_t> places_;  // in texts_
  std::string rows_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {
    const std::size_t size = GetCount();
    texts_ = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
  }

  template <typename... Values>
  void operator()(Values&... values) {
    (Get(values), ...);
  }

  // All bytes were there, and all were used.
  bool Complete() const { return ok_ && bytes_.empty(); }

  // A count of things that take a byte or more each; 0 once bytes ran out.
  std::size_t GetCount() {
    const std::uint64_t count = GetSize();
    if (count > bytes_.size()) ok_ = false;
    return ok_ ? static_cast<std::size_t>(count) : 0;
  }

 private:
  std::uint64_t GetSize() {
    std::uint64_t size = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (bytes_.empty()) break;
      const auto byte = static_cast<unsigned char>(bytes_.front());
      bytes_.remove_prefix(1);
      size |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return size;
    }
    ok_ = false;
    return 0;
  }

  std::string_view GetText() {
    const std::uint64_t size = GetSize();
    const std::uint64_t place = size == 0 ? 0 : GetSize();
    if (place > texts_.size() || size > texts_.size() - place) ok_ = false;
    return ok_ ? texts_.substr(place, size) : std::string_view();
  }
  void Get(std::string& text) { text = GetText(); }
  void Get(KnownText& text) { text = KnownText::Borrow(GetText()); }
  void Get(bool& flag) { flag = GetSize() != 0; }
  void Get(int& number) { number = static_cast<int>(GetSize()); }
  void Get(Role& role) {
    const std::uint64_t number = GetSize();
    if (number > static_cast<std::uint64_t>(kLastRole)) {
      ok_ = false;
      return;
    }
    role = static_cast<Role>(number);
  }
  void Get(double& number) {
    if (bytes_.size() < 8) {
      ok_ = false;
      return;
    }
    std::uint64_t bits = 0;
    for (std::size_t i = 8; i-- > 0;) {
      bits = (bits << 8) | static_cast<unsigned char>(bytes_[i]);
    }
    bytes_.remove_prefix(8);
    number = std::bit_cast<double>(bits);
  }
  template <typename T>
  void Get(std::optional<T>& value) {
    bool there = false;
    Get(there);
    if (there) Get(value.emplace());
  }
  template <typename T>
  void Get(std::vector<T>& values) {
    values.resize(GetCount());
    for (T& value : values) Get(value);
  }
  template <typename T>
  requires std::is_class_v<T>
  void Get(T& value) { Fields(*this, value); }

  std::string_view bytes_;  // not read yet
  std::string_view texts_;
  bool ok_ = true;
};

constexpr std::string_view kLanguageMagic = "logdiag-language-1\n";

using TextMap = std::map<KnownText, KnownText, std::less<>>;

void PutTexts(const TextMap& texts, Writer* writer) {
  writer->PutSize(texts.size());
  for (const auto& [key, text] : texts) (*writer)(key, text);
}

void GetTexts(Reader* reader, TextMap* texts) {
  for (std::size_t left = reader->GetCount(); left > 0; --left) {
    KnownText key;
    KnownText text;
    (*reader)(key, text);
    // Written in order, so each belongs at the end.
    texts->emplace_hint(texts->end(), std::move(key), std::move(text));
  }
}

}  // namespace

std::string EncodeCatalogue(const Catalogue& catalogue) {
  Writer writer;
  writer(catalogue.dialects, catalogue.markers, catalogue.frames,
         catalogue.causes, catalogue.remedies, catalogue.machines,
         catalogue.secrets, catalogue.quotations, catalogue.documents,
         catalogue.witnesses, catalogue.hardware);
  PutTexts(catalogue.texts, &writer);
  writer.PutSize(catalogue.regex_needs.size());
  for (const auto& [regex, words] : catalogue.regex_needs) writer(regex, words);
  writer(catalogue.version);
  return std::string(kMagic) + writer.Take();
}

Result<Catalogue> DecodeCatalogue(std::string_view bytes) {
  const Error broken{"", "the built-in patterns are damaged; build again"};
  if (!bytes.starts_with(kMagic)) return broken;
  Reader reader(bytes.substr(kMagic.size()));
  Catalogue catalogue;
  reader(catalogue.dialects, catalogue.markers, catalogue.frames,
         catalogue.causes, catalogue.remedies, catalogue.machines,
         catalogue.secrets, catalogue.quotations, catalogue.documents,
         catalogue.witnesses, catalogue.hardware);
  GetTexts(&reader, &catalogue.texts);
  for (std::size_t left = reader.GetCount(); left > 0; --left) {
    KnownText regex;
    std::vector<KnownText> words;
    reader(regex, words);
    catalogue.regex_needs.emplace_hint(catalogue.regex_needs.end(),
                                       std::move(regex), std::move(words));
  }
  reader(catalogue.version);
  if (!reader.Complete()) return broken;
  return catalogue;
}

std::string EncodeLanguage(const Language& language) {
  Writer writer;
  writer(language.code);
  PutTexts(language.texts, &writer);
  PutTexts(language.sentences, &writer);
  return std::string(kLanguageMagic) + writer.Take();
}

Result<Language> DecodeLanguage(std::string_view bytes) {
  const Error broken{"", "the built-in words are damaged; build again"};
  if (!bytes.starts_with(kLanguageMagic)) return broken;
  Reader reader(bytes.substr(kLanguageMagic.size()));
  Language language;
  reader(language.code);
  GetTexts(&reader, &language.texts);
  GetTexts(&reader, &language.sentences);
  if (!reader.Complete()) return broken;
  return language;
}

}  // namespace logdiag
