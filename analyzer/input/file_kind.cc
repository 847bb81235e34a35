// SPDX-License-Identifier: Apache-2.0
#include "analyzer/input/file_kind.h"

#include <algorithm>
#include <cstdint>

namespace logdiag {
namespace {

using std::string_view_literals::operator""sv;
using Way = FileKind::Way;

// The formats' own documents give these; file(1) agrees. They are no knowledge
// about logs, which would be a pattern: nobody has to add one of his own.
struct Magic {
  std::size_t offset;
  std::string_view bytes;
  FileKind kind;
};

constexpr FileKind NoLog(std::string_view what, std::string_view todo = "") {
  return {Way::kNoLog, Codec::kGzip, what, todo};
}

constexpr FileKind Packed(Codec codec, std::string_view what) {
  return {Way::kCompressed, codec, what, ""};
}

constexpr std::string_view kUnpack = "unpack it first";
constexpr std::string_view kModel = "give the log of the program that loads it";

constexpr Magic kMagics[] = {
    {0, "\x1f\x8b\x08"sv, Packed(Codec::kGzip, "gzip data")},
    {0, "\x28\xb5\x2f\xfd"sv, Packed(Codec::kZstd, "zstd data")},
    {0, "\xfd\x37zXZ\0"sv, Packed(Codec::kXz, "xz data")},
    {0, "\x04\x22\x4d\x18"sv, Packed(Codec::kLz4, "lz4 data")},
    {0, "PK\x03\x04"sv, {Way::kZip, Codec::kGzip, "a zip archive", ""}},
    {0, "PK\x05\x06"sv, {Way::kZip, Codec::kGzip, "a zip archive", ""}},
    {0, "PK\x07\x08"sv, {Way::kZip, Codec::kGzip, "a zip archive", ""}},
    // Archives and compressors that are not read.
    {0, "7z\xbc\xaf\x27\x1c"sv, NoLog("a 7-Zip archive", kUnpack)},
    {0, "Rar!\x1a\x07"sv, NoLog("a RAR archive", kUnpack)},
    {0, "\x1f\x9d"sv, NoLog("compress data (.Z)", kUnpack)},
    {0, "LZIP\x01"sv, NoLog("lzip data", kUnpack)},
    {0, "\x02\x21\x4c\x18"sv, NoLog("lz4 data of the old format", kUnpack)},
    {0, "\xff\x06\0\0sNaPpY"sv, NoLog("snappy data", kUnpack)},
    {0, "!<arch>\n"sv, NoLog("an ar archive", kUnpack)},
    // Logs that only their own programs read.
    {0, "LPKSHHRH"sv,
     NoLog("a journal of systemd",
           "export it: journalctl -o short-iso-precise --file FILE")},
    {0, "ElfFile\0"sv, NoLog("an event log of Windows", "export it as text")},
    // Images, sound, films.
    {0, "\x89PNG\r\n\x1a\n"sv, NoLog("a PNG image")},
    {0, "\xff\xd8\xff"sv, NoLog("a JPEG image")},
    {0, "GIF87a"sv, NoLog("a GIF image")},
    {0, "GIF89a"sv, NoLog("a GIF image")},
    {8, "WEBPVP8"sv, NoLog("a WebP image")},
    {8, "WAVEfmt "sv, NoLog("a WAV file")},
    {0, "\x1a\x45\xdf\xa3"sv, NoLog("a Matroska or WebM film")},
    {0, "fLaC\0"sv, NoLog("a FLAC file")},
    // Documents, tables, data bases.
    {0, "%PDF-"sv, NoLog("a PDF document", "save its text")},
    {0, "SQLite format 3\0"sv, NoLog("an SQLite database")},
    {0, "PAR1\x15"sv, NoLog("a Parquet table")},
    // Models.
    {0, "GGUF\x01\0\0\0"sv, NoLog("a GGUF model", kModel)},
    {0, "GGUF\x02\0\0\0"sv, NoLog("a GGUF model", kModel)},
    {0, "GGUF\x03\0\0\0"sv, NoLog("a GGUF model", kModel)},
    {0, "\x89HDF\r\n\x1a\n"sv, NoLog("an HDF5 file", kModel)},
    {0, "\x93NUMPY"sv, NoLog("a NumPy array")},
};

std::string_view At(std::string_view head, std::size_t offset,
                    std::size_t size) {
  return head.substr(std::min(offset, head.size()), size);
}

std::uint64_t Little(std::string_view bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) {
    value = value << 8 | static_cast<unsigned char>(bytes[i]);
  }
  return value;
}

// A program or what one left when it died; e_type is behind the 16 bytes that
// tell, in the sixth, the order of the rest.
FileKind ElfKind(std::string_view head) {
  constexpr std::uint64_t kCore = 4;
  const bool little = At(head, 5, 1) == "\x01"sv;
  const std::uint64_t type = Little(At(head, little ? 16 : 17, 1));
  return type == kCore ? NoLog("a core dump", "give the log beside it")
                       : NoLog("a program or library");
}

// The header's own sum of its bytes, in which it counts itself as blanks. Old
// tars have no magic, and nothing else has this.
bool IsTar(std::string_view head) {
  constexpr std::size_t kHeader = 512, kSum = 148, kSumSize = 8;
  if (head.size() < kHeader || head[0] == '\0') return false;
  std::uint64_t sum = ' ' * kSumSize;
  for (std::size_t i = 0; i < kHeader; ++i) {
    if (i < kSum || i >= kSum + kSumSize)
      sum += static_cast<unsigned char>(head[i]);
  }
  std::uint64_t told = 0;
  std::size_t digits = 0;
  for (const char c : At(head, kSum, kSumSize)) {
    if (c >= '0' && c <= '7') {
      told = told * 8 + static_cast<std::uint64_t>(c - '0');
      ++digits;
    } else if (digits > 0) {
      break;
    } else if (c != ' ') {
      return false;
    }
  }
  return digits > 0 && told == sum;
}

// A box of less than 256 bytes that names the brand.
bool IsMp4(std::string_view head) {
  return At(head, 0, 3) == "\0\0\0"sv && At(head, 4, 4) == "ftyp"sv;
}

// A length of 8 bytes, then JSON of that length that begins with a name.
bool IsSafetensors(std::string_view head) {
  constexpr std::uint64_t kMostHeader = 100'000'000;  // as the format has it
  const std::uint64_t size = Little(At(head, 0, 8));
  return size >= 2 && size <= kMostHeader && At(head, 8, 2) == "{\""sv;
}

// Pickles of protocol 2 and later say so, and then begin a frame, a value or a
// name; torch's old files are some of them in a row.
bool IsPickle(std::string_view head) {
  if (head.size() < 4 || head[0] != '\x80') return false;
  return head[1] >= 2 && head[1] <= 5 &&
         "\x8a\x95}](c\x8c\x80Xq"sv.find(head[2]) != std::string_view::npos;
}

// The letters, digits and blanks of EBCDIC are where ASCII text has few or no
// bytes, and its blank and line ends are where ASCII has '@' and controls.
bool IsEbcdic(std::string_view head) {
  constexpr std::size_t kLeastToJudge = 32;
  if (head.size() < kLeastToJudge) return false;
  std::size_t blanks = 0, words = 0;
  for (const char c : head) {
    if (c == ' ' || c == '\n') return false;
    const auto byte = static_cast<unsigned char>(c);
    if (byte == 0x40) ++blanks;
    if (byte >= 0x81 && (byte & 0x0f) <= 9) ++words;
  }
  return blanks * 20 >= head.size() && (blanks + words) * 10 >= head.size() * 7;
}

// "BZh", the level, and the magic of a block or of the end.
bool IsBzip2(std::string_view head) {
  return At(head, 0, 3) == "BZh"sv && At(head, 3, 1) >= "1"sv &&
         At(head, 3, 1) <= "9"sv &&
         (At(head, 4, 6) == "1AY&SY"sv ||
          At(head, 4, 6) == "\x17\x72\x45\x38\x50\x90"sv);
}

}  // namespace

FileKind KindOf(std::string_view head) {
  if (At(head, 0, 4) == "\x7f\x45LF"sv) return ElfKind(head);
  if (IsBzip2(head)) return Packed(Codec::kBzip2, "bzip2 data");
  for (const Magic& magic : kMagics) {
    if (At(head, magic.offset, magic.bytes.size()) == magic.bytes) {
      return magic.kind;
    }
  }
  if (IsTar(head)) return {Way::kTar, Codec::kGzip, "a tar archive", ""};
  if (IsMp4(head)) return NoLog("an MP4 film or image");
  if (IsSafetensors(head)) return NoLog("a safetensors model", kModel);
  if (IsPickle(head)) return NoLog("a pickle, as of a model", kModel);
  if (IsEbcdic(head)) {
    return NoLog("EBCDIC text", "convert it first: iconv -f IBM1047 -t UTF-8");
  }
  return {};
}

std::string WhyNoLog(const FileKind& kind) {
  const std::string what(kind.what);
  if (kind.way != Way::kNoLog) return "it holds " + what + "; unpack it first";
  const std::string todo(kind.todo);
  return "this is no log but " + what + (todo.empty() ? "" : "; " + todo);
}

}  // namespace logdiag
