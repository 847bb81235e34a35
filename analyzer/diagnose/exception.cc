// SPDX-License-Identifier: Apache-2.0
#include "analyzer/diagnose/exception.h"

#include <algorithm>
#include <string>

namespace logdiag {
namespace {

bool IsMachinery(const Frame& frame, const Catalogue& catalogue,
                 RegexCache* regexes) {
  const std::string text = frame.file + ":" + frame.function;
  return std::any_of(catalogue.frames.begin(), catalogue.frames.end(),
                     [&](const FrameRule& rule) {
                       return rule.machinery &&
                              regexes->Search(rule.frame, text);
                     });
}

std::optional<Frame> PlaceOf(const Raised& raised, const Catalogue& catalogue,
                             RegexCache* regexes) {
  for (auto frame = raised.own_frames.rbegin();
       frame != raised.own_frames.rend(); ++frame) {
    if (!IsMachinery(*frame, catalogue, regexes)) return *frame;
  }
  if (!raised.own_frames.empty()) return raised.own_frames.back();
  if (!raised.last_frames.empty()) return raised.last_frames.back();
  return std::nullopt;
}

}  // namespace

std::vector<Frame> StackOf(const Failure& failure) {
  if (!failure.traceback || failure.traceback->chain.empty()) return {};
  const Raised& first = failure.traceback->chain.front();
  std::vector<Frame> stack = first.first_frames;
  for (const Frame& frame : first.last_frames) {
    const bool known = std::any_of(
        stack.begin(), stack.end(),
        [&](const Frame& f) { return f.log_line == frame.log_line; });
    if (!known) stack.push_back(frame);
  }
  return stack;
}

std::optional<Exception> ExceptionOf(const Failure& failure,
                                     const Catalogue& catalogue,
                                     RegexCache* regexes) {
  if (!failure.traceback || failure.traceback->chain.empty()) {
    return std::nullopt;
  }
  const Raised& first = failure.traceback->chain.front();
  if (first.type.empty()) return std::nullopt;
  Exception exception;
  exception.type = first.type;
  exception.message = first.message;
  exception.line = first.line;
  exception.place = PlaceOf(first, catalogue, regexes);
  exception.pack = failure.pack;
  exception.node = failure.node;
  return exception;
}

}  // namespace logdiag
