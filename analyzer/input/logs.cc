// SPDX-License-Identifier: Apache-2.0
#include "analyzer/input/logs.h"

#include <array>
#include <utility>

#include "analyzer/input/decoded_source.h"
#include "analyzer/support/text.h"

namespace logdiag {
namespace {

using Way = FileKind::Way;

// Each log gets a report, and an archive of a few kB can name a million.
constexpr std::uint64_t kMostLogs = 10'000;
constexpr std::uint64_t kMostLeftOut = 100;  // that are named; the rest counts

template <typename T, typename... Arguments>
T* Lay(std::vector<std::unique_ptr<ByteSource>>* layers,
       Arguments... arguments) {
  auto layer = std::make_unique<T>(arguments...);
  T* const top = layer.get();
  layers->push_back(std::move(layer));
  return top;
}

}  // namespace

class Logs::Member : public ByteSource {
 public:
  explicit Member(ArchiveMembers* members) : members_(members) {}
  Result<std::size_t> Read(char* buffer, std::size_t size) override {
    return members_->Read(buffer, size);
  }

 private:
  ArchiveMembers* members_;
};

// Notes whether the log was read whole.
class Logs::Watched : public OverSource {
 public:
  Watched(ByteSource* source, bool* whole)
      : OverSource(source), whole_(whole) {}
  Result<std::size_t> Read(char* buffer, std::size_t size) override {
    auto got = source_->Read(buffer, size);
    if (!got.ok()) *whole_ = false;
    return got;
  }

 private:
  bool* whole_;
};

Logs::Logs(const std::string& name, const InputOptions& options)
    : name_(name),
      unpacked_(options.max_bytes, &read_),
      text_(options.max_bytes, &read_) {}

Result<std::unique_ptr<Logs>> Logs::Open(const std::string& path,
                                         const InputOptions& options) {
  auto source = OpenFile(path, options.stop);
  if (!source.ok()) return source.error();
  return Of(std::move(source).value(), path, options);
}

Result<std::unique_ptr<Logs>> Logs::Of(std::unique_ptr<ByteSource> source,
                                       const std::string& name,
                                       const InputOptions& options) {
  std::unique_ptr<Logs> logs(new Logs(name, options));
  const Status prepared = logs->Prepare(std::move(source));
  if (!prepared.ok()) return prepared.error();
  return logs;
}

Status Logs::Prepare(std::unique_ptr<ByteSource> source) {
  file_.push_back(std::move(source));
  auto* top = Lay<MeteredSource>(&file_, file_.back().get(), &read_);
  FileKind kind = KindOf(top->head());
  const bool packed = kind.way == Way::kCompressed;
  if (packed) {
    auto* decoded = Lay<DecodedSource>(&file_, top, kind.codec);
    top = Lay<MeteredSource>(&file_, decoded, nullptr);
    kind = KindOf(top->head());
  }
  switch (kind.way) {
    case Way::kPlain:
      log_ = Lay<Watched>(&file_, Lay<LimitedSource>(&file_, top, &text_),
                          &whole_);
      return Ok{};
    case Way::kTar:
    case Way::kZip:
      // What is passed over in packed archives must be unpacked, too.
      members_ = std::make_unique<ArchiveMembers>(
          packed ? Lay<LimitedSource>(&file_, top, &unpacked_)
                 : static_cast<ByteSource*>(top));
      return Ok{};
    case Way::kCompressed:
    case Way::kNoLog:
      break;
  }
  return Error{name_, WhyNoLog(kind)};
}

void Logs::LeaveOut(const std::string& why) {
  if (++left_out_count_ > kMostLeftOut) return;
  left_out_.push_back({name_ + ":" + members_->name(), "left out: " + why});
}

void Logs::Drain() {
  // In an archive that can be read anywhere the next one is gone to.
  if (member_.empty() || file_.front()->CanReadAt()) return;
  std::array<char, 4096> bytes;
  for (;;) {
    const auto got = member_.back()->Read(bytes.data(), bytes.size());
    if (!got.ok() || got.value() == 0) return;
  }
}

std::optional<Logs::Log> Logs::OpenMember() {
  if (members_->encrypted()) {
    whole_ = false;
    LeaveOut("it needs a password; unpack it first");
    return std::nullopt;
  }
  auto* limited = Lay<LimitedSource>(
      &member_, Lay<Member>(&member_, members_.get()), &text_);
  auto* top = Lay<MeteredSource>(&member_, limited, nullptr);
  FileKind kind = KindOf(top->head());
  if (kind.way == Way::kCompressed) {
    auto* decoded = Lay<DecodedSource>(&member_, top, kind.codec);
    // In a budget with the packed bytes: all of it is what the file unpacks to.
    limited = Lay<LimitedSource>(&member_, decoded, &text_);
    top = Lay<MeteredSource>(&member_, limited, nullptr);
    kind = KindOf(top->head());
  }
  if (kind.way != Way::kPlain) {
    LeaveOut(WhyNoLog(kind));
    return std::nullopt;
  }
  ByteSource* log = Lay<Watched>(&member_, top, &whole_);
  if (!top->head().empty()) return Log{members_->name(), log};
  char byte = 0;
  const auto nothing = log->Read(&byte, 1);
  if (!nothing.ok()) LeaveOut("it cannot be read: " + nothing.error().message);
  return std::nullopt;
}

std::optional<Logs::Log> Logs::Next() {
  if (members_ == nullptr) {
    return log_ == nullptr
               ? std::nullopt
               : std::optional(Log{"", std::exchange(log_, nullptr)});
  }
  while (!error_) {
    Drain();
    member_.clear();
    // A log that hit its limit says so, and the others would say it again.
    error_ = text_.Exceeded(!whole_);
    if (error_ || !members_->Next()) break;
    if (given_ == kMostLogs) {
      error_ = Error{"", "it holds more than " + GroupDigits(kMostLogs) +
                             " logs, which is as many as are reported on"};
      break;
    }
    if (auto log = OpenMember()) {
      ++given_;
      return log;
    }
  }
  if (!error_) error_ = members_->error();
  if (left_out_count_ > kMostLeftOut) {
    left_out_.push_back({name_, GroupDigits(left_out_count_ - kMostLeftOut) +
                                    " more members were left out"});
    left_out_count_ = 0;
  }
  return std::nullopt;
}

std::vector<Error> Logs::TakeLeftOut() { return std::exchange(left_out_, {}); }

}  // namespace logdiag
