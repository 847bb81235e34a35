// SPDX-License-Identifier: Apache-2.0
// What the page in the browser calls: a log, which is read through the browser,
// is diagnosed once, and written as often as the page asks. Requests are JSON,
// see page.js; answers are bytes that stay until the next call.
#include <emscripten.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/analyze.h"
#include "analyzer/input/byte_source.h"
#include "analyzer/input/file_kind.h"
#include "analyzer/knowledge/language.h"
#include "analyzer/knowledge/loader.h"
#include "analyzer/model/given.h"
#include "analyzer/support/text.h"
#include "reports/formats.h"

// clang-format off
EM_JS(int, ReadOfLog, (double offset, char* buffer, int size), {
  return Module.readLog(offset, buffer, size);
});
EM_JS(void, TellProgress, (double bytes), { Module.tellProgress(bytes); });
// clang-format on

namespace logdiag {
namespace {

using Json = nlohmann::json;

// As the command line has them.
constexpr int kExitOk = 0;
constexpr int kExitPartial = 4;

// The file that the page was given, as the browser reads it.
class BrowserFile : public ByteSource {
 public:
  explicit BrowserFile(std::uint64_t size) : size_(size) {}

  Result<std::size_t> Read(char* buffer, std::size_t size) override {
    auto got = ReadAt(at_, buffer, size);
    if (got.ok()) at_ += got.value();
    return got;
  }
  std::optional<std::uint64_t> Size() const override { return size_; }
  bool CanReadAt() const override { return true; }
  Result<std::size_t> ReadAt(std::uint64_t offset, char* buffer,
                             std::size_t size) override {
    const int got =
        ReadOfLog(static_cast<double>(offset), buffer, static_cast<int>(size));
    if (got >= 0) return static_cast<std::size_t>(got);
    return Error{"", "the browser cannot read on" + AtByte(offset)};
  }

 private:
  std::uint64_t size_;
  std::uint64_t at_ = 0;
};

Given GivenIn(const Json& request) {
  Given given;
  const auto number = [&](const char* name) -> std::optional<std::int64_t> {
    const auto found = request.find(name);
    if (found == request.end() || !found->is_number()) return std::nullopt;
    return found->get<std::int64_t>();
  };
  if (const auto code = number("exit_code")) {
    given.exit_code = ExitCodeOf(static_cast<int>(*code));
  }
  if (const auto killed = request.find("oom_killed"); killed != request.end()) {
    given.oom_killed = *killed == true;
  }
  given.ram_limit_mb = number("ram_limit_mb");
  given.vram_mb = number("vram_mb");
  given.gpu = request.value("gpu", "");
  return given;
}

template <typename T>
T Named(const std::vector<std::pair<std::string, T>>& names,
        const std::string& name, T otherwise) {
  for (const auto& [known, value] : names) {
    if (known == name) return value;
  }
  return otherwise;
}

class Page {
 public:
  // False if there is no diagnosis; the answer says why.
  bool Diagnose(const Json& request) {
    diagnosis_.reset();
    if (!catalogue_) {
      Result<Catalogue> built_in = LoadBuiltIn();
      if (!built_in.ok()) return Refuse(built_in.error());
      catalogue_ = std::move(built_in).value();
    }
    BrowserFile file(request.value("size", std::uint64_t{0}));
    std::string head(kHeadBytes, '\0');
    const auto got = file.ReadAt(0, head.data(), head.size());
    if (!got.ok()) return Refuse(got.error());
    head.resize(got.value());
    const FileKind kind = KindOf(head);
    if (kind.way != FileKind::Way::kPlain) return Refuse({"", WhyNoLog(kind)});
    AnalyzeOptions options;
    options.given = GivenIn(request.value("given", Json::object()));
    options.on_progress = [](std::uint64_t bytes) {
      TellProgress(static_cast<double>(bytes));
    };
    Result<Diagnosis> diagnosis =
        Analyze(&file, request.value("name", "-"), *catalogue_, options);
    if (!diagnosis.ok()) return Refuse(diagnosis.error());
    diagnosis_ = std::move(diagnosis).value();
    answer_.clear();
    return true;
  }

  void Write(const Json& request) {
    answer_.clear();
    if (!diagnosis_) return;
    const std::string code = request.value("language", "en");
    if (language_.code.view() != code) {
      Result<Language> words = LoadBuiltInLanguage(code);
      language_ = words.ok() ? std::move(words).value() : Language();
      language_.code = code;
    }
    ReportOptions options;
    if (!language_.texts.empty()) options.language = &language_;
    options.full = request.value("full", false);
    options.target =
        Named(TargetNames(), request.value("target", ""), Target::kAny);
    options.tool_version = LOGDIAG_VERSION;
    options.exit_code = diagnosis_->coverage.partial ? kExitPartial : kExitOk;
    const Format format =
        Named(FormatNames(), request.value("format", ""), Format::kMarkdown);
    const Wrapping wrapping = WrappingOf(format);
    answer_ = std::string(wrapping.begin) +
              WriteReport(format, *diagnosis_, *catalogue_, options) +
              std::string(wrapping.end);
  }

  const std::string& answer() const { return answer_; }

 private:
  bool Refuse(const Error& error) {
    answer_ = error.message;
    return false;
  }

  std::optional<Catalogue> catalogue_;
  std::optional<Diagnosis> diagnosis_;
  Language language_;
  std::string answer_;
};

Page& ThePage() {
  static Page page;
  return page;
}

Json Parsed(const char* request) {
  Json json = Json::parse(request, nullptr, false);
  return json.is_object() ? json : Json::object();
}

}  // namespace
}  // namespace logdiag

extern "C" {

EMSCRIPTEN_KEEPALIVE int logdiag_diagnose(const char* request) {
  return logdiag::ThePage().Diagnose(logdiag::Parsed(request)) ? 1 : 0;
}

EMSCRIPTEN_KEEPALIVE void logdiag_write(const char* request) {
  logdiag::ThePage().Write(logdiag::Parsed(request));
}

EMSCRIPTEN_KEEPALIVE const char* logdiag_answer() {
  return logdiag::ThePage().answer().data();
}

EMSCRIPTEN_KEEPALIVE int logdiag_answer_size() {
  return static_cast<int>(logdiag::ThePage().answer().size());
}
}
