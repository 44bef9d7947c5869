// Result<T>: how every function of the engine says that it could not do its work. Exceptions stay
// at the edges (third-party libraries, threads); no exception crosses a module border.
//
// Thread rule: Immutable.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>

namespace kyujin {

// What kind of failure it was; server/api alone maps it to HTTP.
enum class ErrorCode {
  kInvalidArgument,    // the caller's input is wrong; the message is meant for them
  kNotFound,           // there is no such thing
  kGone,               // there was such a thing
  kCorruption,         // bytes on disk are not what the format allows
  kUnavailable,        // cannot be done now (lock held, version mismatch, missing index)
  kDeadlineExceeded,   // the time for this request is over
  kResourceExhausted,  // a limit on size or number was reached
  kInternal,           // a fault of ours or of the machine (I/O errors included)
};

// `message` names the input, the place and the way out. Messages of kInternal and kCorruption are
// for logs and operators, never for clients.
struct [[nodiscard]] Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string message;
};

// Returns the stable lower-case name of `code`, e.g. "invalid_argument".
std::string_view ErrorCodeName(ErrorCode code);

// Found by argument-dependent lookup when value() is called on a failed Result.
// NOLINTNEXTLINE(readability-identifier-naming): the name is Boost's
[[noreturn]] void throw_exception_from_error(const Error& error,
                                             const boost::source_location& where);

// Holds a T or an Error. Use only has_value(), operator*, operator-> and error(), so that a move to
// std::expected stays a change of one file.
template <class T>
using Result = boost::system::result<T, Error>;

using Status = Result<void>;

inline Error InvalidArgument(std::string message) {
  return {ErrorCode::kInvalidArgument, std::move(message)};
}
inline Error NotFound(std::string message) {
  return {ErrorCode::kNotFound, std::move(message)};
}
inline Error Corruption(std::string message) {
  return {ErrorCode::kCorruption, std::move(message)};
}
inline Error Unavailable(std::string message) {
  return {ErrorCode::kUnavailable, std::move(message)};
}
inline Error DeadlineExceeded(std::string message) {
  return {ErrorCode::kDeadlineExceeded, std::move(message)};
}
inline Error ResourceExhausted(std::string message) {
  return {ErrorCode::kResourceExhausted, std::move(message)};
}
inline Error Internal(std::string message) {
  return {ErrorCode::kInternal, std::move(message)};
}

// Returns `error` with "context: " put before its message.
Error WithContext(std::string_view context, Error error);

}  // namespace kyujin

#define KYUJIN_CONCAT_INNER(a, b) a##b
#define KYUJIN_CONCAT(a, b) KYUJIN_CONCAT_INNER(a, b)

// Returns from the enclosing function with the error of `expression` (a Status or Result), if it
// has one.
#define KYUJIN_RETURN_IF_ERROR(expression)                                   \
  do {                                                                       \
    if (auto&& kyujin_status_ = (expression); !kyujin_status_.has_value()) { \
      return kyujin_status_.error();                                         \
    }                                                                        \
  } while (false)

// Declares or assigns `target` from the Result `expression`, or returns its error.
#define KYUJIN_ASSIGN_OR_RETURN(target, expression) \
  KYUJIN_ASSIGN_OR_RETURN_INNER(KYUJIN_CONCAT(kyujin_result_, __LINE__), target, expression)
// NOLINTBEGIN(bugprone-macro-parentheses): `target` may be a declaration
#define KYUJIN_ASSIGN_OR_RETURN_INNER(result, target, expression) \
  auto result = (expression);                                     \
  if (!result.has_value()) {                                      \
    return result.error();                                        \
  }                                                               \
  target = std::move(*result)
// NOLINTEND(bugprone-macro-parentheses)

// Stops the program when `condition` is false, in every build: a mistake in our code, never
// reachable from input.
#define KYUJIN_CHECK(condition) \
  ((condition) ? static_cast<void>(0) : ::kyujin::CheckFailed(#condition, __FILE__, __LINE__))

namespace kyujin {
[[noreturn]] void CheckFailed(const char* condition, const char* file, int line);
}  // namespace kyujin
