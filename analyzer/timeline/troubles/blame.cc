// SPDX-License-Identifier: Apache-2.0
#include "analyzer/timeline/troubles/blame.h"

#include "analyzer/support/text.h"

namespace logdiag {
namespace {

constexpr std::string_view kPackFolder = "custom_nodes";

bool IsSeparator(char c) { return c == '/' || c == '\\'; }

const Frame* Outermost(const Traceback& traceback) {
  if (traceback.chain.empty()) return nullptr;
  const Raised& last = traceback.chain.back();
  return last.first_frames.empty() ? nullptr : &last.first_frames.front();
}

bool AnyOfType(const Traceback& traceback, std::string_view type) {
  for (const Raised& raised : traceback.chain) {
    if (EndsWith(raised.type, type)) return true;
  }
  return false;
}

// The outermost frame is the top level of a script, in the main thread, and the
// traceback is whole.
bool IsTopLevel(const Traceback& traceback) {
  const Frame* frame = Outermost(traceback);
  return frame != nullptr && traceback.thread.empty() &&
         !traceback.chain.back().type.empty() &&
         (frame->function == "<module>" ||
          frame->function == "_run_module_as_main");
}

}  // namespace

std::string PackOfPath(std::string_view path) {
  const std::size_t found = path.rfind(kPackFolder);
  if (found == std::string_view::npos) return "";
  std::string_view rest = path.substr(found + kPackFolder.size());
  if (rest.empty() || !IsSeparator(rest.front())) return "";
  while (!rest.empty() && IsSeparator(rest.front())) rest.remove_prefix(1);
  std::size_t end = 0;
  while (end < rest.size() && !IsSeparator(rest[end])) ++end;
  return std::string(rest.substr(0, end));
}

std::string PackOf(const Traceback& traceback) {
  if (traceback.chain.empty()) return "";
  const Raised& first = traceback.chain.front();
  for (auto frame = first.last_frames.rbegin();
       frame != first.last_frames.rend(); ++frame) {
    std::string pack = PackOfPath(frame->file);
    if (!pack.empty()) return pack;
  }
  return "";
}

bool EndsInterpreter(const Traceback& traceback) {
  return traceback.bare && IsTopLevel(traceback);
}

bool EndsMain(const Traceback& traceback,
              const std::set<std::string, std::less<>>& mains) {
  return EndsInterpreter(traceback) &&
         mains.contains(BaseName(Outermost(traceback)->file));
}

bool FailsToImport(const Traceback& traceback) {
  return AnyOfType(traceback, "ImportError") ||
         AnyOfType(traceback, "ModuleNotFoundError");
}

bool IsKeyboardInterrupt(const Traceback& traceback) {
  return AnyOfType(traceback, "KeyboardInterrupt");
}

bool EndsByKeyboard(const Traceback& traceback) {
  return IsKeyboardInterrupt(traceback) && IsTopLevel(traceback);
}

bool IsPromptInterrupt(const Traceback& traceback) {
  return AnyOfType(traceback, "InterruptProcessingException");
}

}  // namespace logdiag
