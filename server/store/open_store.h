// OpenStore: from what --store says to a store that is ready: made when it is new, brought up to
// this version's schema when it is older.
//
// Thread rule: **Immutable.**
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "engine/base/clock.h"
#include "engine/base/result.h"
#include "server/store/store.h"

namespace kyujin::store {

// Whether a file is read through for damage first: a second or so per gigabyte.
enum class StoreCheck { kNone, kQuick };

// Opens `sqlite:PATH` or `postgresql://…`. `clock` must outlive the store. Errors: kInvalidArgument
// for anything else; kUnavailable when it cannot be reached, or was written by a newer version;
// kCorruption when the file is damaged.
Result<std::unique_ptr<Store>> OpenStore(std::string_view spec,
                                         const Clock& clock,
                                         StoreCheck check = StoreCheck::kNone);

// Returns the store used without --store: a SQLite file beside, never inside, the index directory.
std::string DefaultStore(const std::filesystem::path& index);

// Whether `spec` names a file inside the index directory, where publishing removes what it does not
// know.
bool StandsInside(std::string_view spec, const std::filesystem::path& index);

}  // namespace kyujin::store
