// SPDX-License-Identifier: Apache-2.0
#include "analyzer/input/decoder.h"

#include <bzlib.h>
#include <lz4frame.h>
#include <lzma.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <limits>

namespace logdiag {
namespace {

// zlib and bzip2 count in 32 bits.
unsigned Narrow(std::size_t size) {
  return static_cast<unsigned>(
      std::min<std::size_t>(size, std::numeric_limits<unsigned>::max()));
}

class GzipDecoder : public Decoder {
 public:
  ~GzipDecoder() override { inflateEnd(&stream_); }

  bool Init() {
    constexpr int kGzipOnly = 16;  // as zlib's manual has it
    return inflateInit2(&stream_, MAX_WBITS + kGzipOnly) == Z_OK;
  }

  Step Decode(std::string_view* in, char* out, std::size_t size,
              std::size_t* made) override {
    // zlib does not write to its input, whatever the type says.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in->data()));
    stream_.avail_in = Narrow(in->size());
    stream_.next_out = reinterpret_cast<Bytef*>(out);
    stream_.avail_out = Narrow(size);
    const unsigned had = stream_.avail_in;
    const unsigned room = stream_.avail_out;
    const int code = inflate(&stream_, Z_NO_FLUSH);
    in->remove_prefix(had - stream_.avail_in);
    *made = room - stream_.avail_out;
    if (code == Z_STREAM_END) return Step::kEnd;
    if (code == Z_OK || code == Z_BUF_ERROR) return Step::kMore;
    return code == Z_MEM_ERROR ? Step::kTooLarge : Step::kDamaged;
  }

 private:
  z_stream stream_{};
};

class Bzip2Decoder : public Decoder {
 public:
  ~Bzip2Decoder() override { BZ2_bzDecompressEnd(&stream_); }

  bool Init() { return BZ2_bzDecompressInit(&stream_, 0, 0) == BZ_OK; }

  Step Decode(std::string_view* in, char* out, std::size_t size,
              std::size_t* made) override {
    stream_.next_in = const_cast<char*>(in->data());
    stream_.avail_in = Narrow(in->size());
    stream_.next_out = out;
    stream_.avail_out = Narrow(size);
    const unsigned had = stream_.avail_in;
    const unsigned room = stream_.avail_out;
    const int code = BZ2_bzDecompress(&stream_);
    in->remove_prefix(had - stream_.avail_in);
    *made = room - stream_.avail_out;
    if (code == BZ_STREAM_END) return Step::kEnd;
    if (code == BZ_OK) return Step::kMore;
    return code == BZ_MEM_ERROR ? Step::kTooLarge : Step::kDamaged;
  }

 private:
  bz_stream stream_{};
};

class XzDecoder : public Decoder {
 public:
  ~XzDecoder() override { lzma_end(&stream_); }

  bool Init() {
    return lzma_stream_decoder(&stream_, kMostDecoderBytes, 0) == LZMA_OK;
  }

  Step Decode(std::string_view* in, char* out, std::size_t size,
              std::size_t* made) override {
    stream_.next_in = reinterpret_cast<const std::uint8_t*>(in->data());
    stream_.avail_in = in->size();
    stream_.next_out = reinterpret_cast<std::uint8_t*>(out);
    stream_.avail_out = size;
    const lzma_ret code = lzma_code(&stream_, LZMA_RUN);
    in->remove_prefix(in->size() - stream_.avail_in);
    *made = size - stream_.avail_out;
    if (code == LZMA_STREAM_END) return Step::kEnd;
    if (code == LZMA_OK || code == LZMA_BUF_ERROR) return Step::kMore;
    return code == LZMA_MEMLIMIT_ERROR || code == LZMA_MEM_ERROR
               ? Step::kTooLarge
               : Step::kDamaged;
  }

 private:
  lzma_stream stream_ = LZMA_STREAM_INIT;
};

class ZstdDecoder : public Decoder {
 public:
  ~ZstdDecoder() override { ZSTD_freeDStream(stream_); }

  // Its own limit of the window is kMostDecoderBytes.
  bool Init() {
    stream_ = ZSTD_createDStream();
    return stream_ != nullptr;
  }

  Step Decode(std::string_view* in, char* out, std::size_t size,
              std::size_t* made) override {
    ZSTD_inBuffer from{in->data(), in->size(), 0};
    ZSTD_outBuffer to{out, size, 0};
    const std::size_t code = ZSTD_decompressStream(stream_, &to, &from);
    in->remove_prefix(from.pos);
    *made = to.pos;
    if (code == 0) return Step::kEnd;
    if (ZSTD_isError(code) == 0) return Step::kMore;
    const ZSTD_ErrorCode why = ZSTD_getErrorCode(code);
    return why == ZSTD_error_frameParameter_windowTooLarge ||
                   why == ZSTD_error_memory_allocation
               ? Step::kTooLarge
               : Step::kDamaged;
  }

 private:
  ZSTD_DStream* stream_ = nullptr;
};

class Lz4Decoder : public Decoder {
 public:
  ~Lz4Decoder() override { LZ4F_freeDecompressionContext(context_); }

  bool Init() {
    return LZ4F_isError(
               LZ4F_createDecompressionContext(&context_, LZ4F_VERSION)) == 0;
  }

  Step Decode(std::string_view* in, char* out, std::size_t size,
              std::size_t* made) override {
    std::size_t took = in->size();
    *made = size;
    const std::size_t code =
        LZ4F_decompress(context_, out, made, in->data(), &took, nullptr);
    if (LZ4F_isError(code) != 0) {
      *made = 0;
      return Step::kDamaged;
    }
    in->remove_prefix(took);
    return code == 0 ? Step::kEnd : Step::kMore;
  }

 private:
  LZ4F_dctx* context_ = nullptr;
};

template <typename T>
std::unique_ptr<Decoder> Made() {
  auto decoder = std::make_unique<T>();
  if (!decoder->Init()) return nullptr;
  return decoder;
}

}  // namespace

std::string_view CodecName(Codec codec) {
  switch (codec) {
    case Codec::kGzip:
      return "gzip";
    case Codec::kZstd:
      return "zstd";
    case Codec::kXz:
      return "xz";
    case Codec::kBzip2:
      return "bzip2";
    case Codec::kLz4:
      break;
  }
  return "lz4";
}

std::unique_ptr<Decoder> MakeDecoder(Codec codec) {
  switch (codec) {
    case Codec::kGzip:
      return Made<GzipDecoder>();
    case Codec::kZstd:
      return Made<ZstdDecoder>();
    case Codec::kXz:
      return Made<XzDecoder>();
    case Codec::kBzip2:
      return Made<Bzip2Decoder>();
    case Codec::kLz4:
      break;
  }
  return Made<Lz4Decoder>();
}

}  // namespace logdiag
