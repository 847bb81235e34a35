// SPDX-License-Identifier: Apache-2.0
#include "analyzer/knowledge/yaml_node.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <optional>
#include <sstream>

namespace logdiag {
namespace {

// What is worked out for each pair of them must stay small; more belong into
// files of their own anyway.
constexpr std::size_t kMaxEntries = 5000;

constexpr std::string_view kNoAliases =
    "aliases are not used here; write the value out";

// Builds the tree bottom up: open lists and maps wait on a stack. yaml-cpp's
// own nodes would lose duplicate keys.
class TreeBuilder : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override {
    Add(At(mark, YamlNode::Kind::kNull));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    throw YAML::ParserException(mark, std::string(kNoAliases));
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                const std::string& value) override {
    RefuseTag(mark, tag);
    YamlNode node = At(mark, YamlNode::Kind::kScalar);
    node.text = value;
    node.quoted = tag == "!";
    Add(std::move(node));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag,
                       YAML::anchor_t, YAML::EmitterStyle::value) override {
    RefuseTag(mark, tag);
    open_.push_back({At(mark, YamlNode::Kind::kList), {}});
  }
  void OnSequenceEnd() override { Close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag,
                  YAML::anchor_t, YAML::EmitterStyle::value) override {
    RefuseTag(mark, tag);
    open_.push_back({At(mark, YamlNode::Kind::kMap), {}});
  }
  void OnMapEnd() override { Close(); }

  YamlNode Take() { return std::move(root_); }

 private:
  struct Open {
    YamlNode node;
    std::optional<YamlNode> key;  // of a map: waits for its value
  };

  static YamlNode At(const YAML::Mark& mark, YamlNode::Kind kind) {
    YamlNode node;
    node.kind = kind;
    node.line = std::max(mark.line, 0) + 1;
    node.column = std::max(mark.column, 0) + 1;
    return node;
  }

  static void RefuseTag(const YAML::Mark& mark, const std::string& tag) {
    if (tag.empty() || tag == "?" || tag == "!") return;
    throw YAML::ParserException(mark, "tags are not used here; remove it");
  }

  static YAML::Mark MarkOf(const YamlNode& node) {
    YAML::Mark mark;
    mark.line = node.line - 1;
    mark.column = node.column - 1;
    return mark;
  }

  void Close() {
    YamlNode node = std::move(open_.back().node);
    open_.pop_back();
    Add(std::move(node));
  }

  void Add(YamlNode node) {
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    Open& parent = open_.back();
    if (parent.node.items.size() + parent.node.entries.size() >= kMaxEntries) {
      throw YAML::ParserException(
          MarkOf(node),
          "one list or map holds more than 5,000 entries; split it");
    }
    if (parent.node.kind == YamlNode::Kind::kList) {
      parent.node.items.push_back(std::move(node));
    } else if (!parent.key) {
      parent.key = std::move(node);
    } else {
      parent.node.entries.push_back({*std::move(parent.key), std::move(node)});
      parent.key.reset();
    }
  }

  std::vector<Open> open_;
  YamlNode root_;
};

std::string Place(std::string_view path, const YAML::Mark& mark) {
  return std::string(path) + ":" + std::to_string(std::max(mark.line, 0) + 1) +
         ":" + std::to_string(std::max(mark.column, 0) + 1);
}

}  // namespace

Result<YamlNode> ParseYaml(const std::string& text, std::string_view path) {
  try {
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    TreeBuilder builder;
    parser.HandleNextDocument(builder);
    YamlNode root = builder.Take();
    TreeBuilder second;
    if (parser.HandleNextDocument(second)) {
      return Error{
          std::string(path) + ":" + std::to_string(second.Take().line) + ":1",
          "a second document begins here; keep one document a file"};
    }
    return root;
  } catch (const YAML::Exception& error) {
    // This message of the parser quotes the file.
    const bool alias = error.msg.starts_with(YAML::ErrorMsg::UNKNOWN_ANCHOR);
    return Error{Place(path, error.mark),
                 "cannot read this YAML: " +
                     (alias ? std::string(kNoAliases) : error.msg)};
  }
}

}  // namespace logdiag
