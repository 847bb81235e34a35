// SPDX-License-Identifier: Apache-2.0
#include "analyzer/cli/outputs.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include "analyzer/cli/catalogue.h"
#include "analyzer/cli/terminal.h"

namespace logdiag {
namespace {

namespace fs = std::filesystem;

struct Extension {
  std::string_view name;
  Format format;
};
constexpr auto kExtensions = std::to_array<Extension>({
    {".md", Format::kMarkdown},
    {".html", Format::kHtml},
    {".htm", Format::kHtml},
    {".txt", Format::kText},
    {".json", Format::kJson},
    {".ndjson", Format::kNdjson},
    {".sarif", Format::kSarif},
    {".xml", Format::kJUnit},
});

std::string Known() {
  std::string known;
  for (const Extension& extension : kExtensions) {
    known += known.empty() ? "" : " ";
    known += extension.name;
  }
  return known;
}

Error Because(const std::string& file, int error) {
  return {file, std::string("cannot be written: ") + std::strerror(error)};
}

// Why `file` cannot be written, as far as one can tell before; Ok if nothing
// speaks against it.
Status Writable(const std::string& file, const std::vector<std::string>& logs) {
  std::error_code ignored;
  const fs::path path(file);
  for (const std::string& log : logs) {
    if (fs::equivalent(path, log, ignored)) {
      return Error{file, "is the log itself; give another name after -o"};
    }
  }
  if (fs::exists(path, ignored) && !fs::is_regular_file(path, ignored)) {
    return Error{file, "is no ordinary file"};
  }
  const fs::path folder = path.has_parent_path() ? path.parent_path() : ".";
  if (access(folder.c_str(), W_OK | X_OK) != 0) return Because(file, errno);
  return Ok{};
}

// All of `text`; 0, or the number of the error.
int WriteAll(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

// No terminal.
ReportOptions ForFile(ReportOptions options) {
  options.colour = false;
  options.width = ReportOptions().width;
  return options;
}

}  // namespace

Result<Format> FormatByName(const std::string& file) {
  std::string extension = fs::path(file).extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](char c) {
                   return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
                 });
  for (const Extension& known : kExtensions) {
    if (known.name == extension) return known.format;
  }
  return Error{file, "its extension names no format; use one of " + Known()};
}

Status WriteWhole(const std::string& file, const std::string& text) {
  const fs::path path(file);
  // Beside it, since names are only changed within a file system.
  const std::string temporary =
      (path.parent_path() / ("." + path.filename().string() + "." +
                             std::to_string(getpid()) + ".part"))
          .string();
  constexpr mode_t kMode = 0666;  // less the umask
  const int descriptor =
      open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kMode);
  if (descriptor < 0) return Because(file, errno);
  int error = WriteAll(descriptor, text);
  // Some disks tell only now that they are full.
  if (close(descriptor) != 0 && error == 0) error = errno;
  if (error == 0 && std::rename(temporary.c_str(), file.c_str()) != 0) {
    error = errno;
  }
  if (error == 0) return Ok{};
  unlink(temporary.c_str());
  return Because(file, error);
}

int WriteOnePage(
    const Options& options, const ReportOptions& report,
    const std::function<std::string(Format, const ReportOptions&)>& text) {
  bool good = true;
  for (const std::string& file : options.outputs) {
    const Result<Format> format = FormatByName(file);
    const Status written =
        format.ok() ? WriteWhole(file, text(format.value(), ForFile(report)))
                    : Status(format.error());
    if (written.ok()) continue;
    PrintError(written.error());
    good = false;
  }
  if (options.outputs.empty() || options.format) {
    good = Print(text(FormatOf(options), report)) && good;
  }
  return good ? kExitOk : kExitPartial;
}

bool Outputs::Open(const Options& options) {
  // A file that grows past its limit is an error to tell, no death.
  std::signal(SIGXFSZ, SIG_IGN);
  prints_ = options.outputs.empty() || options.format.has_value();
  printed_ = FormatOf(options);
  bool good = true;
  const auto refuse = [&](const Error& error) {
    PrintError(error);
    good = false;
  };
  for (const std::string& name : options.outputs) {
    const Result<Format> format = FormatByName(name);
    const Status writable = Writable(name, options.files);
    const bool twice =
        std::any_of(files_.begin(), files_.end(),
                    [&](const File& file) { return file.name == name; });
    if (!format.ok()) {
      refuse(format.error());
    } else if (!writable.ok()) {
      refuse(writable.error());
    } else if (twice) {
      refuse({name, "is given twice"});
    } else {
      files_.push_back({name, format.value(), ""});
      // A form is Markdown, too, and no name says so.
      if (printed_ == Format::kIssue && format.value() == Format::kMarkdown) {
        files_.back().format = Format::kIssue;
        prints_ = false;
      }
    }
  }
  return good;
}

bool Outputs::Add(const Diagnosis& diagnosis, const Catalogue& catalogue,
                  const ReportOptions& options) {
  const auto piece = [&](Format format, const ReportOptions& how) {
    const Wrapping wrapping = WrappingOf(format);
    std::string text(added_ > 0 ? wrapping.between : wrapping.begin);
    return text + WriteReport(format, diagnosis, catalogue, how);
  };
  ReportOptions printed = options;
  printed.number = added_ + 1;
  const ReportOptions in_file = ForFile(printed);
  for (File& file : files_) file.text += piece(file.format, in_file);
  const bool good = !prints_ || Print(piece(printed_, printed));
  ++added_;
  return good;
}

bool Outputs::Close() {
  if (added_ == 0) return true;
  bool good = !prints_ || Print(std::string(WrappingOf(printed_).end));
  for (File& file : files_) {
    file.text += WrappingOf(file.format).end;
    const Status written = WriteWhole(file.name, file.text);
    if (written.ok()) continue;
    PrintError(written.error());
    good = false;
  }
  files_.clear();
  return good;
}

}  // namespace logdiag
