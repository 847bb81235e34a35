// SPDX-License-Identifier: Apache-2.0
// What stands where in a diagnosis, no report shows a secret of it.

#include "reports/words/presentable.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/support/secret_finder.h"
#include "reports/catalogue_report.h"
#include "reports/report.h"
#include "tests/reports/sample_diagnoses.h"

namespace logdiag {
namespace {

struct Position {
  std::string name;
  std::function<void(Diagnosis*, const std::string&)> put;
};

// A sentence of ours that holds `text` of the log.
Sentence Says(std::string_view text) {
  return {"It says {text}", {{"text", std::string(text)}}};
}

const std::vector<Position>& Positions() {
  static const std::vector<Position> kPositions = {
      {"headline",
       [](Diagnosis* d, const std::string& text) {
         d->incident->quote.text = text;
         d->evidence[0].quote.text = text;
       }},
      {"context line",
       [](Diagnosis* d, const std::string& text) {
         d->incident->context = {{9, 900, {}, text}};
         d->timeline.tail = {{412, 0, {}, text}};
       }},
      {"exception message",
       [](Diagnosis* d, const std::string& text) {
         d->summary = Says(text);
         d->values["message"] = text;
         d->evidence[0].says = Says(text);
         d->exception->message = text;
         d->exception->place->code = text;
       }},
      {"command line",
       [](Diagnosis* d, const std::string& text) {
         d->facts["flags"] = {text, 4, 0, text};
       }},
      {"path",
       [](Diagnosis* d, const std::string& text) {
         d->incident->node = text;
         d->exception->place->file = text;
         d->stack = {{text, 3, text}};
         d->findings = {{"unknown", {7, 0, {}, text}, false, 1, text}};
       }},
      {"pack name",
       [](Diagnosis* d, const std::string& text) {
         d->incident->pack = text;
         d->timeline.milestones = {{5, 0, 1, 1, "sampling", "died", text}};
       }},
      {"captured fact",
       [](Diagnosis* d, const std::string& text) {
         d->facts["gpu"] = {text, 3};
         d->incident->work = {text};
       }},
      {"given fact",
       [](Diagnosis* d, const std::string& text) {
         Fact given{text};
         given.given = true;
         d->facts["gpu"] = given;
         d->against = {{{}, Says(text), -5, true}};
       }},
      {"file name",
       [](Diagnosis* d, const std::string& text) { d->source.path = text; }},
      {"unknown shape",
       [](Diagnosis* d, const std::string& text) {
         d->coverage.unknown_examples = {{8, 0, {}, text}};
         d->coverage.partial = true;
         d->coverage.partial_why = text;
       }},
      {"rival",
       [](Diagnosis* d, const std::string& text) {
         d->rivals = {{"process/segfault",
                       Confidence::kPossible,
                       0.3,
                       {{{9, 0, {}, text}, Says(text), 5}},
                       {{{9, 0, {}, text}, Says(text), -5}}}};
         d->suppressed = {{"fewer-frames", Says(text)}};
       }},
  };
  return kPositions;
}

// The parts of `text` that must not be shown. A few bytes may stand anywhere.
std::vector<std::string> SecretsIn(const SecretRule& rule,
                                   std::string_view text) {
  constexpr std::size_t kTelling = 5;
  std::vector<std::string> secrets;
  SecretFinder finder({&rule});
  for (const SecretSpan& span : finder.Find(text)) {
    std::string hidden(
        text.substr(span.begin + span.keep, span.size - span.keep));
    if (hidden.size() >= kTelling) secrets.push_back(std::move(hidden));
  }
  return secrets;
}

void ExpectHidden(const Diagnosis& diagnosis,
                  const std::vector<std::string>& secrets,
                  const std::string& name) {
  const std::string markdown =
      WriteMarkdown(diagnosis, SampleCatalogue(), {.file_heading = true});
  for (const std::string& report :
       {markdown, WriteMarkdown(diagnosis, SampleCatalogue(), {.full = true}),
        WriteText(diagnosis, SampleCatalogue(), {.full = true}),
        WriteIssue(diagnosis, SampleCatalogue(), {}),
        WriteJson(diagnosis, SampleCatalogue(), {}, true)}) {
    for (const std::string& secret : secrets) {
      EXPECT_EQ(report.find(secret), std::string::npos) << name << report;
    }
  }
}

TEST(Presentable, HidesEverySampleInEveryPosition) {
  for (const SecretRule& rule : SampleCatalogue().secrets) {
    for (const std::string_view sample : rule.samples) {
      const std::vector<std::string> secrets = SecretsIn(rule, sample);
      Diagnosis everywhere = VramError();
      for (const Position& position : Positions()) {
        position.put(&everywhere, std::string(sample));
      }
      ExpectHidden(everywhere, secrets, rule.id + " everywhere\n");
    }
    const std::string sample = rule.samples.front();
    for (const Position& position : Positions()) {
      Diagnosis diagnosis = VramError();
      position.put(&diagnosis, sample);
      ExpectHidden(diagnosis, SecretsIn(rule, sample),
                   rule.id + " as " + position.name + "\n");
      EXPECT_GE(
          Presentable(diagnosis, SampleCatalogue(), true).coverage.redacted, 1U)
          << rule.id.view() << " as " << position.name;
    }
  }
}

TEST(Presentable, HidesSecretsThatColoursSplit) {
  Diagnosis diagnosis = VramError();
  diagnosis.summary = Says(
      "HF_TOKEN=\x1b[31mswo\x1b[0mrdfish9 and hf_\x1b[1m"
      "AbCdEfGhIjKlMnOpQrStUvWxYzAbCdEfGh");
  ExpectHidden(diagnosis, {"rdfish", "AbCdEf"}, "");
}

TEST(Presentable, WhatOneTextTellsIsHiddenInAll) {
  Diagnosis diagnosis = VramError();
  diagnosis.summary = Says("sw0rdfish was refused");
  diagnosis.facts["flags"] = {"--password sw0rdfish", 4};
  ExpectHidden(diagnosis, {"sw0rdfish"}, "");
}

TEST(Presentable, CountsByKind) {
  Diagnosis diagnosis = VramError();
  diagnosis.summary = Says("password=abc /home/ann/x password=abd");
  const Coverage coverage =
      Presentable(diagnosis, SampleCatalogue(), true).coverage;
  EXPECT_EQ(coverage.redacted, 3U);
  EXPECT_EQ(coverage.redacted_kinds.at("password"), 2U);
  EXPECT_EQ(coverage.redacted_kinds.at("user"), 1U);
  EXPECT_NE(WriteMarkdown(diagnosis, SampleCatalogue(), {})
                .find("hidden: passwords: 2, user names: 1"),
            std::string::npos);
}

TEST(Presentable, EveryKindHasWords) {
  for (const SecretRule& rule : SampleCatalogue().secrets) {
    EXPECT_TRUE(SampleCatalogue().texts.contains("redacted." + rule.kind))
        << rule.kind.view();
  }
}

TEST(Presentable, LeavesAllAsItIsIfAskedTo) {
  Diagnosis diagnosis = VramError();
  diagnosis.summary = Says("password=abc");
  const Diagnosis shown = Presentable(diagnosis, SampleCatalogue(), false);
  EXPECT_EQ(shown.summary, Says("password=abc"));
  EXPECT_EQ(shown.coverage.redacted, 0U);
}

TEST(Explanations, HideSecrets) {
  const Cause& cause = SampleCatalogue().causes.front();
  EvidenceItem item;
  item.says = "it says so";
  Explanation explanation;
  explanation.cause = &cause;
  explanation.failed = true;
  explanation.eligible = true;
  explanation.secrets.values = {{"open sesame 7", "password", "", 0, true}};
  Term term;
  term.item = &item;
  term.spoke = Evidence{{3, 0, {}, "password=abc"}, Says("open sesame 7"), 5};
  explanation.terms = {term};
  const std::string shown =
      WriteExplanation(SampleCatalogue(), explanation, true);
  EXPECT_NE(shown.find("password=[redacted 3]"), std::string::npos) << shown;
  EXPECT_EQ(shown.find("sesame"), std::string::npos) << shown;
  EXPECT_NE(
      WriteExplanation(SampleCatalogue(), explanation, false).find("sesame"),
      std::string::npos);
}

}  // namespace
}  // namespace logdiag
