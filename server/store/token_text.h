// Token texts: made of 256 bits of the system's randomness, known by their SHA-256 only.
//
// Thread rule: **Immutable.**
#pragma once

#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "server/store/store_rows.h"

namespace kyujin::store {

// Returns a new token, `kyj_` and 43 characters of base64url. Errors: kUnavailable when the system
// has no randomness.
Result<std::string> NewTokenText();

// Whether `text` has the form of a token: else the database need not be asked.
bool IsTokenText(std::string_view text);

// Returns `text` with every token in it, also one that was never given out, replaced by "[token]":
// whoever sends one in the wrong place shall not find it in logs and answers.
std::string WithoutTokens(std::string_view text);

// Returns SHA-256 of `bytes`.
Digest DigestOf(std::string_view bytes);

}  // namespace kyujin::store
