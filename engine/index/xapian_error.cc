#include "engine/index/xapian_error.h"

#include <xapian.h>

#include <new>
#include <string>

namespace kyujin::index {

Error CurrentXapianError(const std::filesystem::path& path, ErrorCode code) {
  try {
    throw;
  } catch (const Xapian::Error& error) {
    return {code, path.string() + ": " + error.get_description()};
  } catch (const std::filesystem::filesystem_error& error) {
    return {code, error.what()};
  } catch (const std::bad_alloc&) {
    return {ErrorCode::kResourceExhausted, path.string() + ": out of memory"};
  }
}

}  // namespace kyujin::index
