// SPDX-License-Identifier: Apache-2.0
#include "reports/story/issue.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "reports/story/head.h"
#include "reports/story/parts.h"
#include "reports/story/proof.h"

namespace logdiag {
namespace {

Block Section(const Page& page, const char* key) {
  return SectionHeading(page, std::string("issue.") + key);
}

// What the failing work loaded and asked for, in order.
Blocks Steps(const Page& page) {
  List list;
  list.numbered = true;
  if (page.diagnosis.incident) {
    for (const std::string& item : page.diagnosis.incident->work) {
      list.items.push_back({LogSpan(item), {}});
    }
  }
  if (page.diagnosis.exception && !page.diagnosis.exception->node.empty()) {
    Slots slots;
    slots.Put("node",
              CodeSpans(LogText(page.diagnosis.exception->node).shown()));
    list.items.push_back({page.words.Say("issue.node", slots), {}});
  }
  if (list.items.empty()) {
    return {{Paragraph{page.words.Say("issue.no-steps")}}};
  }
  return {{std::move(list)}};
}

// The frames as Python prints them, innermost last.
Blocks Stack(const Page& page) {
  const auto& frames = page.diagnosis.stack;
  if (frames.empty()) return {};
  std::string text;
  for (const Frame& frame : frames) {
    text += fmt::format("File \"{}\", line {}, in {}\n",
                        LogText(frame.file).shown(), frame.line,
                        LogText(frame.function).shown());
  }
  const auto& exception = page.diagnosis.exception;
  if (exception) {
    text += LogText(exception->type + ": " + exception->message).shown() + "\n";
  }
  return {{Code{std::move(text), "text"}}};
}

}  // namespace

Document TellIssue(const Page& page) {
  Document document;
  document.title = Title(page);
  Blocks& core = document.core;
  core.push_back(Section(page, "actual"));
  AddAll(Lead(page), &core);
  core.push_back(Section(page, "expected"));
  core.push_back({Paragraph{page.words.Say("issue.fill-in")}});
  core.push_back(Section(page, "steps"));
  AddAll(Steps(page), &core);
  const Blocks stack = Stack(page);
  if (!stack.empty()) {
    core.push_back(Section(page, "stack"));
    AddAll(stack, &core);
  }
  Blocks proof = Proof(page);
  if (!proof.empty()) {
    proof.front() = Section(page, "log");
    AddAll(std::move(proof), &core);
  }
  const Blocks environment = Environment(page);
  if (!environment.empty()) {
    core.push_back(Section(page, "system"));
    AddAll(environment, &core);
  }
  core.push_back({Paragraph{page.words.Say("issue.by")}});
  return document;
}

}  // namespace logdiag
