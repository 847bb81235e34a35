// SPDX-License-Identifier: Apache-2.0
#include "analyzer/timeline/troubles/node_packs.h"

#include <array>
#include <cctype>
#include <string>

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

// Shorter names are found in too many others.
constexpr std::size_t kMinName = 5;
// File names are more alike between packs ("utils", "loader").
constexpr std::size_t kMinFileName = 10;
constexpr std::array<std::string_view, 4> kSharedWords = {"comfyui", "custom",
                                                          "nodes", "comfy"};

// Letters and digits in lower case, without the shared words.
std::string Essence(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0) {
      out += static_cast<char>(std::tolower(byte));
    }
  }
  for (const std::string_view word : kSharedWords) {
    const std::size_t at = out.find(word);
    if (at != std::string::npos && out.size() > word.size()) {
      out.erase(at, word.size());
    }
  }
  return out;
}

bool Related(const std::string& node, std::string_view other_name,
             std::size_t min_size) {
  const std::string other = Essence(other_name);
  if (node.size() < min_size || other.size() < min_size) return false;
  return Contains(node, other) || Contains(other, node);
}

std::string_view Stem(std::string_view path) {
  const std::size_t slash = path.find_last_of("/\\");
  if (slash != std::string_view::npos) path.remove_prefix(slash + 1);
  return path.substr(0, path.find('.'));
}

// The unknown node type that the lines of `failure` name; "" if none does.
std::string MissingNode(const Failure& failure) {
  for (const auto& [marker, seen] : failure.seen) {
    for (const auto& [name, value] :
         std::get<MarkerHit>(seen.first.what).captures) {
      if (name == "node") return value;
    }
  }
  // Before 2024-08 the look-up itself failed: KeyError: 'NodeType'.
  if (!failure.traceback || failure.traceback->chain.empty()) return "";
  const Raised& raised = failure.traceback->chain.front();
  if (raised.type != "KeyError" || raised.message.size() < 3) return "";
  return raised.message.substr(1, raised.message.size() - 2);
}

}  // namespace

bool MayComeFrom(std::string_view node, const Failure& import) {
  const std::string wanted = Essence(node);
  if (Related(wanted, import.pack, kMinName)) return true;
  if (!import.traceback) return false;
  for (const Raised& raised : import.traceback->chain) {
    for (const Frame& frame : raised.last_frames) {
      if (Related(wanted, Stem(frame.file), kMinFileName)) return true;
    }
  }
  return false;
}

void LinkMissingNodes(std::vector<Failure>* failures) {
  for (Failure& failure : *failures) {
    if (failure.kind != FailureKind::kRejected &&
        failure.kind != FailureKind::kException) {
      continue;
    }
    const std::string node = MissingNode(failure);
    if (node.empty()) continue;
    const Failure* from = nullptr;
    for (const Failure& import : *failures) {
      if (import.kind != FailureKind::kImport ||
          import.first_line > failure.first_line) {
        continue;
      }
      if (from == nullptr && MayComeFrom(node, import)) from = &import;
    }
    if (from == nullptr) continue;
    failure.pack = from->pack;
    failure.node = node;
    failure.seen.insert(from->seen.begin(), from->seen.end());
  }
}

}  // namespace logdiag
