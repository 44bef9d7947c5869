// Names and numbers of the index format, shared by writers and readers. Every byte is specified in
// FORMAT.md.
#pragma once

#include <cstdint>
#include <string_view>

namespace kyujin::index {

inline constexpr std::string_view kTextFile = "text.glass";
inline constexpr std::string_view kColumnFile = "columns.bin";
inline constexpr std::string_view kCardFile = "cards.bin";
inline constexpr std::string_view kHitFile = "hits.bin";
inline constexpr std::string_view kCurrentFile = "CURRENT";
inline constexpr std::string_view kLockFile = "writer.lock";
// What a writer has in the index directory before it has its own name or none: the next one removes
// what was left.
inline constexpr std::string_view kScratchPrefix = "spool-";

inline constexpr std::string_view kColumnMagic = "KYJNCOLS";
inline constexpr std::string_view kTombstoneMagic = "KYJNDEAD";
inline constexpr std::string_view kChangeMagic = "KYJNCHNG";
inline constexpr size_t kSectionAlignment = 64;
inline constexpr size_t kSectionNameBytes = 40;

inline constexpr size_t kMaxCardBlockBytes = size_t{64} << 20;

// Positions of two texts of one field are this far apart, so that no phrase spans them.
inline constexpr uint32_t kTextGap = 100;

// Term blocks in text.glass: the sizes from which on a block is full, and the longest term that a
// key of Xapian's has room for. Postings are looked for term by term, and a block is searched from
// its beginning.
inline constexpr size_t kPostingBlockBytes = 2048;
inline constexpr size_t kPositionBlockBytes = 8192;
inline constexpr size_t kMaxTermBytes = 245;
// The metadata key of the number of documents in text.glass.
inline constexpr std::string_view kDocumentsKey = "D";

// A posting without a position: in memory while a shard is written, and in the section `position`.
inline constexpr uint64_t kNoPosition = UINT64_MAX;
inline constexpr uint32_t kNoPlace = UINT32_MAX;

// Low bits of a value of the stations list, and walk minutes in the stations list when the feed
// gives none.
inline constexpr unsigned kWalkBits = 8;
inline constexpr uint32_t kNoWalkMinutes = 0xFF;

}  // namespace kyujin::index
