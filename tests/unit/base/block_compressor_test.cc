#include "engine/base/block_compressor.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/testing/random_seed.h"

namespace kyujin {
namespace {

constexpr size_t kMaxBytes = size_t{1} << 20;

std::vector<std::string> MakeSamples(std::mt19937_64* random, size_t count) {
  constexpr std::string_view kWords[] = {
      "介護スタッフ", "月給", "東京都渋谷区", "正社員", "週休二日制", "駅から徒歩", "円"};
  std::vector<std::string> samples(count);
  for (std::string& sample : samples) {
    for (int i = 0; i < 60; ++i) {
      sample += kWords[(*random)() % std::size(kWords)];
      sample += std::to_string((*random)() % 1'000);
    }
  }
  return samples;
}

std::string Compressed(std::string_view dictionary, std::string_view block) {
  std::string bytes;
  EXPECT_TRUE(BlockCompressor(dictionary).Compress(block, &bytes).has_value());
  return bytes;
}

TEST(BlockCompressorTest, BlocksComeBack) {
  std::mt19937_64 random(test::RandomSeed());
  const std::vector<std::string> samples = MakeSamples(&random, 600);
  const std::string trained = TrainCompressionDictionary(samples, 16'384);
  ASSERT_FALSE(trained.empty());
  ASSERT_LE(trained.size(), 16'384U);
  for (const std::string& dictionary : {std::string(), trained}) {
    BlockCompressor compressor(dictionary);
    const BlockDecompressor decompressor(dictionary);
    for (size_t i = 0; i < 50; ++i) {
      const std::string& block = i == 0 ? std::string() : samples[i];
      std::string bytes = "before";
      ASSERT_TRUE(compressor.Compress(block, &bytes).has_value());
      ASSERT_EQ(bytes.substr(0, 6), "before");
      std::string back = "old content";
      ASSERT_TRUE(
          decompressor.Decompress(std::string_view(bytes).substr(6), kMaxBytes, &back).has_value());
      ASSERT_EQ(back, block);
    }
  }
  EXPECT_LT(Compressed(trained, samples[1]).size(), Compressed("", samples[1]).size());
}

TEST(BlockCompressorTest, TooFewSamplesGiveNoDictionary) {
  EXPECT_EQ(TrainCompressionDictionary({}, 16'384), "");
  EXPECT_EQ(TrainCompressionDictionary({"a"}, 16'384), "");
  EXPECT_EQ(TrainCompressionDictionary(std::vector<std::string>(20), 16'384), "");
}

TEST(BlockDecompressorTest, TruncatedBlocksAreCorrupt) {
  std::mt19937_64 random(1);
  const std::string bytes = Compressed("", MakeSamples(&random, 1).front());
  std::string out;
  for (size_t size = 0; size < bytes.size(); ++size) {
    const Status status =
        BlockDecompressor("").Decompress(std::string_view(bytes).substr(0, size), kMaxBytes, &out);
    ASSERT_FALSE(status.has_value()) << size;
    ASSERT_EQ(status.error().code, ErrorCode::kCorruption);
  }
  const Status status = BlockDecompressor("").Decompress(bytes + "x", kMaxBytes, &out);
  ASSERT_FALSE(status.has_value()) << "bytes after the block";
}

TEST(BlockDecompressorTest, EveryFlippedBitIsFound) {
  std::mt19937_64 random(2);
  const std::string block = MakeSamples(&random, 1).front();
  const std::string bytes = Compressed("", block);
  const BlockDecompressor decompressor("");
  std::string out;
  for (size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    std::string broken = bytes;
    broken[bit / 8] = static_cast<char>(broken[bit / 8] ^ (1 << (bit % 8)));
    const Status status = decompressor.Decompress(broken, kMaxBytes, &out);
    // A bit that zstd itself ignores (the unused one of the header) may pass, wrong content not.
    ASSERT_TRUE(!status.has_value() || out == block) << "bit " << bit;
    ASSERT_TRUE(status.has_value() || status.error().code == ErrorCode::kCorruption);
  }
}

TEST(BlockDecompressorTest, AnotherDictionaryIsCorruption) {
  std::mt19937_64 random(3);
  const std::vector<std::string> samples = MakeSamples(&random, 600);
  const std::string trained = TrainCompressionDictionary(samples, 16'384);
  std::string out;
  EXPECT_FALSE(BlockDecompressor("")
                   .Decompress(Compressed(trained, samples[0]), kMaxBytes, &out)
                   .has_value());
}

TEST(BlockDecompressorTest, BombsAreRefusedBeforeTheyTakeMemory) {
  const std::string bomb = Compressed("", std::string(size_t{64} << 20, '0'));
  ASSERT_LT(bomb.size(), 20'000U);
  std::string out;
  const Status status = BlockDecompressor("").Decompress(bomb, kMaxBytes, &out);
  ASSERT_FALSE(status.has_value());
  EXPECT_EQ(status.error().code, ErrorCode::kCorruption);
  EXPECT_LE(out.capacity(), kMaxBytes);
  const std::string exact = Compressed("", std::string(kMaxBytes, '0'));
  EXPECT_TRUE(BlockDecompressor("").Decompress(exact, kMaxBytes, &out).has_value());
  EXPECT_FALSE(BlockDecompressor("").Decompress(exact, kMaxBytes - 1, &out).has_value());
}

TEST(BlockDecompressorTest, RandomBytesAreCorruption) {
  std::mt19937_64 random(test::RandomSeed());
  std::string out;
  for (int run = 0; run < 2'000; ++run) {
    std::string bytes(random() % 60, '\0');
    for (char& byte : bytes) {
      byte = static_cast<char>(random());
    }
    if (run % 2 == 0) {
      bytes.insert(0, "\x28\xB5\x2F\xFD");  // zstd's magic number
    }
    const Status status = BlockDecompressor("").Decompress(bytes, kMaxBytes, &out);
    ASSERT_TRUE(status.has_value() || status.error().code == ErrorCode::kCorruption);
  }
}

}  // namespace
}  // namespace kyujin
