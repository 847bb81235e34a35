// SPDX-License-Identifier: Apache-2.0
// Typed, strict access to the keys of one YAML map.
#ifndef LOGDIAG_KNOWLEDGE_MAP_READER_H_
#define LOGDIAG_KNOWLEDGE_MAP_READER_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/knowledge/error_list.h"
#include "analyzer/knowledge/names.h"
#include "analyzer/knowledge/yaml_node.h"
#include "analyzer/model/catalogue.h"
#include "analyzer/support/regex.h"
#include "analyzer/support/result.h"

namespace logdiag {

// What a sum of evidence stands, and far beyond what any line is worth.
inline constexpr Range kDecibans{-100, 100};
// Every other figure: bytes, seconds and counts are less.
inline constexpr Range kFigures{-1e15, 1e15};

// Where the errors of one file go.
class ErrorSink {
 public:
  // `path` as people are to see it. `errors` must outlive the sink.
  ErrorSink(std::string path, ErrorList* errors)
      : path_(std::move(path)), errors_(errors) {}

  void Fail(const YamlNode& at, std::string message);
  std::string Place(const YamlNode& at) const;  // "path:line:column"

 private:
  std::string path_;
  ErrorList* errors_;
};

// The plain, finite number that `node` is.
std::optional<double> AsNumber(const YamlNode& node);
// False for anything but a scalar, and for plain numbers, truth values and
// dates: those must be quoted to count as text, so that every YAML library
// reads the same.
bool IsText(const YamlNode& node);
// The text of `node`; "" and an error if it is not text. `what` names the value
// in the error.
std::string ReadText(const YamlNode& node, std::string_view what,
                     ErrorSink* sink);

// Reports characters in `text`, the text of `at`, that nobody sees or that
// steer a terminal, and lines in it unless these are allowed.
void CheckShown(const YamlNode& at, std::string_view text, bool lines,
                ErrorSink* sink);

// Reports a `{` in `text`, the text of `at`, that opens no {placeholder}.
void CheckTemplate(const YamlNode& at, std::string_view text, ErrorSink* sink);

// Every getter notes its key as known; a key that is not there gives the empty
// value, without an error unless the getter's name says Required. A value of
// the wrong type is an error, and counts as not there.
class MapReader {
 public:
  // `what` names the map in errors ("a marker"). `map` and `sink` must outlive
  // the reader. Anything but a map is an error, and reads as an empty map.
  MapReader(const YamlNode& map, std::string_view what, ErrorSink* sink);

  // False if there was no map to read.
  bool ok() const { return ok_; }
  bool Has(std::string_view key) const;
  // The value of `key`; nullptr if absent.
  const YamlNode* Find(std::string_view key);
  const YamlNode* Required(std::string_view key);

  // One line, of characters that people see: reports show it.
  std::string Text(std::string_view key);
  std::string RequiredText(std::string_view key);  // and not empty
  std::string RequiredTemplate(std::string_view key);
  // Text that compiles as a regex. `*compiled`, if given, gets the result.
  std::string Pattern(std::string_view key,
                      std::optional<Regex>* compiled = nullptr);
  std::string OneOf(std::string_view key, Names names);
  // Within `limits`, both of which count.
  double Number(std::string_view key, double absent,
                const Range& limits = kFigures);
  int Integer(std::string_view key, int absent);
  bool Flag(std::string_view key);  // `true` or `false`
  Range Interval(std::string_view key, const Range& limits = kFigures);
  std::vector<KnownText> List(std::string_view key);  // of text, not empty
  // Nodes of a list, or the one node that stands in its place.
  std::vector<const YamlNode*> OneOrMore(std::string_view key);
  std::vector<KnownText> TextOrList(std::string_view key);
  std::vector<KnownText> NamesOf(std::string_view key, Names names);

  // Reports keys nobody asked for, and keys given twice. Call last.
  void Finish();

 private:
  const YamlNode* OfKind(std::string_view key, YamlNode::Kind kind,
                         std::string_view wanted);

  const YamlNode& map_;
  std::string what_;
  ErrorSink* sink_;
  bool ok_;
  std::vector<std::string_view> known_;
};

}  // namespace logdiag

#endif  // LOGDIAG_KNOWLEDGE_MAP_READER_H_
