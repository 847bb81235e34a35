// SPDX-License-Identifier: Apache-2.0
// What a log holds that must not be shown, from its bytes to its reports.

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/event.h"
#include "reports/report.h"
#include "tests/golden/fixture.h"

namespace logdiag {
namespace {

constexpr std::string_view kToken = "hf_AbCdEfGhIjKlMnOpQrStUvWxYzAbCdEfGh";

// A prompt that ended in an exception with this message, after these lines.
std::string LogWith(const std::string& message, const std::string& front = "") {
  return "Total VRAM 24081 MB, total RAM 64000 MB\n"
         "To see the GUI go to: http://127.0.0.1:8188\n" +
         front +
         "got prompt\n"
         "!!! Exception during processing !!! " +
         message +
         "\n"
         "Traceback (most recent call last):\n"
         "  File \"/workspace/ComfyUI/execution.py\", line 515, in execute\n"
         "    output = await get_output_data(obj)\n"
         "  File \"/workspace/ComfyUI/custom_nodes/ComfyUI-Kettle/nodes.py\", "
         "line 7, in boil\n"
         "    raise RuntimeError(message)\n"
         "RuntimeError: " +
         message + "\n\nPrompt executed in 3.20 seconds\n";
}

// Both reports of a log.
std::string Reports(const std::string& log) {
  const Diagnosis diagnosis = DiagnoseText(log);
  return WriteMarkdown(diagnosis, BuiltIn(), {}) +
         WriteJson(diagnosis, BuiltIn(), {}, true);
}

void ExpectNone(const std::string& reports, std::string_view part) {
  EXPECT_EQ(reports.find(part), std::string::npos) << part << "\n" << reports;
}

// Blanks and words, as a message has them.
std::string Filler(std::size_t size) {
  std::string filler;
  while (filler.size() < size) filler += "kettle ";
  return filler.substr(0, size - 1) + " ";
}

TEST(Secrets, AreHiddenBeforeTextsAreCut) {
  struct Case {
    std::string secret;
    std::size_t named;  // bytes of it that tell nothing
  };
  const Case cases[] = {
      {std::string(kToken), 3},
      {"https://ann:Sw0rdfish-Sw0rdfish@host.example/x", 12},
      {"Bearer Sw0rdfish0Sw0rdfish1Sw0rdfish2", 7},
      {"--password 'Sw0rdfish and chips, please'", 12},
      {"/home/wilhelmina.margarethe/ComfyUI", 6},
      {"wilhelmina.margarethe@mail.example.org", 0},
  };
  constexpr std::size_t kTold = 3;  // so much of a secret would be too much
  for (const Case& c : cases) {
    const std::string told = c.secret.substr(c.named, kTold);
    for (const std::size_t left : {1, 2, 3, 4, 6, 9, 14, 20, 27, 35, 44, 58}) {
      const std::string message =
          Filler(kMaxEventText - left) + c.secret + " and more of it";
      const std::string reports = Reports(LogWith(message));
      ASSERT_NE(reports.find("kettle kettle"), std::string::npos) << reports;
      ExpectNone(reports, told);
    }
  }
}

TEST(Secrets, ALogThatWasCutByOthersLeaksNoHalf) {
  const std::string reports =
      Reports(LogWith("refused " + std::string(kToken.substr(0, 30)),
                      "HF_TOKEN=" + std::string(kToken) + "\n"));
  ExpectNone(reports, "AbCdEf");
}

TEST(Secrets, AValueNamedOnceIsHiddenEverywhere) {
  // The line that names it stands far from those that are shown.
  std::string front = "HF_TOKEN=sw0rd-fish\n";
  for (int i = 0; i < 100; ++i) {
    front += "loaded part " + std::to_string(i) + " of the kettle\n";
  }
  const std::string reports = Reports(LogWith("sw0rd-fish was refused", front));
  ExpectNone(reports, "sw0rd");
  EXPECT_NE(reports.find("[redacted 10] was refused"), std::string::npos);
}

TEST(Secrets, NoLineOfAPrivateKeyIsShown) {
  const std::vector<std::string> key = {
      "-----BEGIN OPENSSH PRIVATE KEY-----",
      "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtz",
      "c2gtZWQyNTUxOQAAACBExampleExampleExampleExampleExampleExampleExa",
      "AAAAEExampleExampleExampleExampleExample", "ZXhhbXBsZQ=="};
  // Shown are the last lines before the failure, so each is among them once.
  for (std::size_t after = 0; after < 6; ++after) {
    std::string front;
    for (const std::string& line : key) front += line + "\n";
    front += "-----END OPENSSH PRIVATE KEY-----\n";
    for (std::size_t i = 0; i < after; ++i) front += "warming up the kettle\n";
    const std::string log = front + LogWith("it boiled over");
    for (const std::string& text :
         {log, LogWith("it boiled over", front), log + front,
          log + front.substr(0, front.find("-----END"))}) {
      const std::string reports = Reports(text);
      for (const std::string& line : key) ExpectNone(reports, line);
    }
  }
}

TEST(Secrets, NoLineOfAPrivateKeyIsShownBehindNames) {
  std::string log;
  for (const std::string_view line :
       {"-----BEGIN RSA PRIVATE KEY-----", "EXAMPLEexample0123",
        "ZXhhbXBsZQ==", "-----END RSA PRIVATE KEY-----"}) {
    log.append("kettle-1 says: ").append(line).append("\n");
  }
  const std::string reports = Reports(LogWith("it boiled over") + log);
  ExpectNone(reports, "EXAMPLEexample0123");
  ExpectNone(reports, "ZXhhbXBsZQ");
}

TEST(Secrets, GivenFactsAndFileNamesAreHidden) {
  Diagnosis diagnosis = DiagnoseText(LogWith("it boiled over"));
  diagnosis.source.path = "/home/ann/" + std::string(kToken) + ".log";
  diagnosis.facts["gpu"] = {"card token=abcdefg", 0, 0, {}, true};
  const std::string reports = WriteMarkdown(diagnosis, BuiltIn(), {}) +
                              WriteJson(diagnosis, BuiltIn(), {}, true);
  ExpectNone(reports, "AbCdEf");
  ExpectNone(reports, "abcdefg");
  ExpectNone(reports, "ann/");
}

TEST(Secrets, FixturesHoldNoneButPersonsAndAddresses) {
  for (const Fixture& fixture : AllFixtures()) {
    const std::string json = ReadFile(fixture.folder + "/expected.json");
    for (const std::string_view kind :
         {"\"token\":", "\"password\":", "\"private-key\":", "\"signature\":",
          "\"cookie\":", "\"unknown\":"}) {
      EXPECT_EQ(json.find(kind, json.find("redacted_kinds")), std::string::npos)
          << fixture.name << " " << kind;
    }
  }
}

}  // namespace
}  // namespace logdiag
