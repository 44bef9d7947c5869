// BlockCompressor and BlockDecompressor: zstd with a shared dictionary and a checksum in every
// block, for the blocks of cards.bin. The only door
// to zstd's block interface.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace kyujin {

// Trains a dictionary of at most `max_bytes` from samples; returns "" when there are too few to
// learn from.
std::string TrainCompressionDictionary(const std::vector<std::string>& samples, size_t max_bytes);

// Thread rule: Confined to one thread.
class BlockCompressor {
 public:
  // An empty dictionary is none.
  explicit BlockCompressor(std::string_view dictionary, int level = 3);
  ~BlockCompressor();
  BlockCompressor(const BlockCompressor&) = delete;
  BlockCompressor& operator=(const BlockCompressor&) = delete;
  BlockCompressor(BlockCompressor&&) = delete;
  BlockCompressor& operator=(BlockCompressor&&) = delete;

  // Appends the compressed block to `out`.
  Status Compress(std::string_view block, std::string* out);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Thread rule: Thread-safe.
class BlockDecompressor {
 public:
  explicit BlockDecompressor(std::string_view dictionary);
  ~BlockDecompressor();
  BlockDecompressor(const BlockDecompressor&) = delete;
  BlockDecompressor& operator=(const BlockDecompressor&) = delete;
  BlockDecompressor(BlockDecompressor&&) = delete;
  BlockDecompressor& operator=(BlockDecompressor&&) = delete;

  // Replaces `out` by the block. Errors: kCorruption when the bytes are no block or it would exceed
  // `max_bytes`.
  Status Decompress(std::string_view compressed, size_t max_bytes, std::string* out) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kyujin
