// SPDX-License-Identifier: Apache-2.0
#include "analyzer/input/file_kind.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "tests/input/packed.h"

namespace logdiag {
namespace {

using namespace std::string_view_literals;
using Way = FileKind::Way;

struct Case {
  std::string_view head;
  std::string_view what;
};

TEST(FileKind, TellsWhatIsNoLog) {
  const Case cases[] = {
      {"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"sv, "a PNG image"},
      {"\xff\xd8\xff\xe0\0\x10JFIF\0"sv, "a JPEG image"},
      {"RIFF\x10\0\0\0WEBPVP8L"sv, "a WebP image"},
      {"RIFF\x10\0\0\0WAVEfmt "sv, "a WAV file"},
      {"\0\0\0\x20"
       "ftypisom\0\0\2\0"sv,
       "an MP4 film or image"},
      {"\x7f\x45LF\2\1\1\0\0\0\0\0\0\0\0\0\4\0\x3e\0"sv, "a core dump"},
      {"\x7f\x45LF\1\2\1\0\0\0\0\0\0\0\0\0\0\4\0\x02"sv, "a core dump"},
      {"\x7f\x45LF\2\1\1\0\0\0\0\0\0\0\0\0\3\0\x3e\0"sv,
       "a program or library"},
      {"SQLite format 3\0\x10\0"sv, "an SQLite database"},
      {"%PDF-1.7\n"sv, "a PDF document"},
      {"GGUF\3\0\0\0\1\0"sv, "a GGUF model"},
      {"\x88\x01\0\0\0\0\0\0{\"a.weight\":{\"dtype\":\"F16\""sv,
       "a safetensors model"},
      {"\x80\x02\x8a\nl\xfc\x9c\x46\xf9 j\xa8P\x19."sv,
       "a pickle, as of a model"},
      {"\x80\4\x95\x10\0\0\0\0\0\0\0"sv, "a pickle, as of a model"},
      {"7z\xbc\xaf\x27\x1c\0\4"sv, "a 7-Zip archive"},
      {"LPKSHHRH\0\0"sv, "a journal of systemd"},
      // "ERROR 42 IN STEP 7, RUN STOPPED. " of an IBM mainframe.
      {"\xc5\xd9\xd9\xd6\xd9\x40\xf4\xf2\x40\xc9\xd5\x40\xe2\xe3\xc5\xd7\x40"
       "\xf7\x6b\x40\xd9\xe4\xd5\x40\xe2\xe3\xd6\xd7\xd7\xc5\xc4\x4b\x40\x15"sv,
       "EBCDIC text"},
  };
  for (const Case& test : cases) {
    const FileKind kind = KindOf(test.head);
    EXPECT_EQ(kind.way, Way::kNoLog) << test.what;
    EXPECT_EQ(kind.what, test.what);
  }
}

TEST(FileKind, TellsWhatIsPacked) {
  for (const Codec codec : kCodecs) {
    const FileKind kind = KindOf(Pack(codec, "got prompt\n"));
    EXPECT_EQ(kind.way, Way::kCompressed);
    EXPECT_EQ(kind.codec, codec);
  }
  EXPECT_EQ(KindOf(Pack(Codec::kBzip2, "")).way, Way::kCompressed);
  EXPECT_EQ(KindOf(Tar({{"a.log", "a\n"}})).way, Way::kTar);
  EXPECT_EQ(KindOf(Zip({{"a.log", "a\n"}})).way, Way::kZip);
  EXPECT_EQ(KindOf(Zip({})).way, Way::kZip);
}

TEST(FileKind, AnOldTarHasNoMagic) {
  std::string tar = Tar({{"a.log", "a\n"}});
  // "ustar", its version and the owner's names are gone; the sum stays right.
  unsigned removed = 0;
  for (std::size_t i = 257; i < 345; ++i) {
    removed += static_cast<unsigned char>(tar[i]);
    tar[i] = '\0';
  }
  const unsigned sum =
      static_cast<unsigned>(std::stoul(tar.substr(148, 6), nullptr, 8));
  std::string digits(6, '0');
  unsigned rest = sum - removed;
  for (std::size_t i = 6; i-- > 0; rest /= 8) {
    digits[i] = static_cast<char>('0' + rest % 8);
  }
  tar.replace(148, 6, digits);
  EXPECT_EQ(KindOf(tar).way, Way::kTar);
  tar[0] = 'b';
  EXPECT_EQ(KindOf(tar).way, Way::kPlain);
}

TEST(FileKind, LogsThatBeginAlikeArePlain) {
  for (const std::string_view head :
       {""sv, "G"sv, "got prompt\n"sv, "PK is the key\n"sv,
        "BZh9 is a name\n"sv, "GGUF model loaded\n"sv, "7z: not found\n"sv,
        "Rar!\n"sv, "PAR1 and PAR2 opened\n"sv, "\xef\xbb\xbfgot prompt\n"sv,
        "\xff\xfeg\0o\0t\0"sv, "g\0o\0t\0 \0p\0r\0"sv, "{\"log\":\"a\\n\"}"sv,
        "12345678{\"log\":\"text\"}\n"sv, "\x80 is no letter\n"sv,
        "\0\0\0\0\0\0\0\0{\"log\":1}"sv,
        // A line of UTF-8 without a blank.
        "\xd0\x9e\xd1\x88\xd0\xb8\xd0\xb1\xd0\xba\xd0\xb0\xd0\x9e\xd1\x88\xd0"
        "\xb8\xd0\xb1\xd0\xba\xd0\xb0\xd0\x9e\xd1\x88\xd0\xb8\xd0\xb1\xd0\xba\n"
        ""sv}) {
    EXPECT_EQ(KindOf(head).way, Way::kPlain) << head;
  }
  EXPECT_EQ(KindOf(std::string(600, '0')).way, Way::kPlain);
  EXPECT_EQ(KindOf(std::string(600, '\0')).way, Way::kPlain);
}

}  // namespace
}  // namespace logdiag
