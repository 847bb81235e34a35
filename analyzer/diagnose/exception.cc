// SPDX-License-Identifier: Apache-2.0
#include "analyzer/diagnose/exception.h"

#include <algorithm>
#include <string>
#include <vector>

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

const Frame* OwnPlaceOf(const Raised& raised, const Catalogue& catalogue,
                        RegexCache* regexes) {
  for (auto frame = raised.own_frames.rbegin();
       frame != raised.own_frames.rend(); ++frame) {
    if (!IsMachinery(*frame, catalogue, regexes)) return &*frame;
  }
  return raised.own_frames.empty() ? nullptr : &raised.own_frames.back();
}

// What libraries raised among themselves is placed where own code called them,
// which the exceptions tell that followed from it.
std::optional<Frame> PlaceOf(const std::vector<Raised>& chain,
                             const Raised* raised, const Catalogue& catalogue,
                             RegexCache* regexes) {
  const Raised* end = chain.data() + chain.size();
  for (const Raised* at = raised; at != end; ++at) {
    const Frame* own = OwnPlaceOf(*at, catalogue, regexes);
    if (own != nullptr) return *own;
  }
  if (!raised->last_frames.empty()) return raised->last_frames.back();
  return std::nullopt;
}

}  // namespace

const Raised* RaisedOf(const Failure& failure,
                       const std::vector<Evidence>& evidence) {
  if (!failure.traceback || failure.traceback->chain.empty()) return nullptr;
  const Raised* best = &failure.traceback->chain.front();
  double heaviest_db = 0;
  for (const Raised& raised : failure.traceback->chain) {
    for (const Evidence& item : evidence) {
      if (item.quote.line != raised.line || item.weight_db <= heaviest_db) {
        continue;
      }
      heaviest_db = item.weight_db;
      best = &raised;
    }
  }
  return best;
}

std::vector<Frame> StackOf(const Raised* raised) {
  if (raised == nullptr) return {};
  std::vector<Frame> stack = raised->first_frames;
  for (const Frame& frame : raised->last_frames) {
    const bool known = std::any_of(
        stack.begin(), stack.end(),
        [&](const Frame& f) { return f.log_line == frame.log_line; });
    if (!known) stack.push_back(frame);
  }
  return stack;
}

std::optional<Exception> ExceptionOf(const Failure& failure,
                                     const Raised* raised,
                                     const Catalogue& catalogue,
                                     RegexCache* regexes) {
  if (raised == nullptr || raised->type.empty()) return std::nullopt;
  Exception exception;
  exception.type = raised->type;
  exception.message = raised->message;
  exception.line = raised->line;
  exception.place =
      PlaceOf(failure.traceback->chain, raised, catalogue, regexes);
  exception.pack = failure.pack;
  exception.node = failure.node;
  return exception;
}

}  // namespace logdiag
