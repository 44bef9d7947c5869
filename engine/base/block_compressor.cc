#include "engine/base/block_compressor.h"

#include <fmt/format.h>
#include <zdict.h>
#include <zstd.h>

namespace kyujin {
namespace {

// A context per thread: creating one costs more than decompressing a block.
ZSTD_DCtx* ThreadContext() {
  struct Free {
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
  };
  thread_local const std::unique_ptr<ZSTD_DCtx, Free> context(ZSTD_createDCtx());
  return context.get();
}

}  // namespace

std::string TrainCompressionDictionary(const std::vector<std::string>& samples, size_t max_bytes) {
  std::string joined;
  std::vector<size_t> sizes;
  sizes.reserve(samples.size());
  for (const std::string& sample : samples) {
    joined += sample;
    sizes.push_back(sample.size());
  }
  std::string dictionary(max_bytes, '\0');
  const size_t size = ZDICT_trainFromBuffer(dictionary.data(),
                                            dictionary.size(),
                                            joined.data(),
                                            sizes.data(),
                                            static_cast<unsigned>(sizes.size()));
  if (ZDICT_isError(size) != 0) {
    return {};
  }
  dictionary.resize(size);
  return dictionary;
}

struct BlockCompressor::Impl {
  struct FreeContext {
    void operator()(ZSTD_CCtx* freed) const { ZSTD_freeCCtx(freed); }
  };
  struct FreeDictionary {
    void operator()(ZSTD_CDict* freed) const { ZSTD_freeCDict(freed); }
  };
  std::unique_ptr<ZSTD_CDict, FreeDictionary> dictionary;  // outlives the context that refers to it
  std::unique_ptr<ZSTD_CCtx, FreeContext> context{ZSTD_createCCtx()};
};

BlockCompressor::BlockCompressor(std::string_view dictionary, int level)
    : impl_(std::make_unique<Impl>()) {
  ZSTD_CCtx* context = impl_->context.get();
  ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level);
  // Without it a flipped bit in a literal would come out as another letter.
  ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
  if (!dictionary.empty()) {
    impl_->dictionary.reset(ZSTD_createCDict(dictionary.data(), dictionary.size(), level));
    ZSTD_CCtx_refCDict(context, impl_->dictionary.get());
  }
}

BlockCompressor::~BlockCompressor() = default;

Status BlockCompressor::Compress(std::string_view block, std::string* out) {
  const size_t start = out->size();
  out->resize(start + ZSTD_compressBound(block.size()));
  const size_t size = ZSTD_compress2(
      impl_->context.get(), out->data() + start, out->size() - start, block.data(), block.size());
  if (ZSTD_isError(size) != 0) {
    out->resize(start);
    return Internal(fmt::format("compression failed: {}", ZSTD_getErrorName(size)));
  }
  out->resize(start + size);
  return {};
}

struct BlockDecompressor::Impl {
  struct Free {
    void operator()(ZSTD_DDict* freed) const { ZSTD_freeDDict(freed); }
  };
  std::unique_ptr<ZSTD_DDict, Free> dictionary;
};

BlockDecompressor::BlockDecompressor(std::string_view dictionary)
    : impl_(std::make_unique<Impl>()) {
  if (!dictionary.empty()) {
    impl_->dictionary.reset(ZSTD_createDDict(dictionary.data(), dictionary.size()));
  }
}

BlockDecompressor::~BlockDecompressor() = default;

Status BlockDecompressor::Decompress(std::string_view compressed,
                                     size_t max_bytes,
                                     std::string* out) const {
  const auto size = ZSTD_getFrameContentSize(compressed.data(), compressed.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > max_bytes) {
    return Corruption("not a compressed block of an allowed size");
  }
  out->resize(size);
  const size_t written =
      impl_->dictionary
          ? ZSTD_decompress_usingDDict(ThreadContext(),
                                       out->data(),
                                       out->size(),
                                       compressed.data(),
                                       compressed.size(),
                                       impl_->dictionary.get())
          : ZSTD_decompressDCtx(
                ThreadContext(), out->data(), out->size(), compressed.data(), compressed.size());
  if (ZSTD_isError(written) != 0 || written != size) {
    return Corruption("compressed block cannot be read");
  }
  return {};
}

}  // namespace kyujin
