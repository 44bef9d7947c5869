#include <zlib.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "engine/base/byte_source.h"

namespace kyujin {
namespace {

constexpr size_t kInputBytes = 1U << 16;
// 15 bits of window, + 16: a gzip header is required.
constexpr int kGzipWindow = 15 + 16;

class GzipSource final : public ByteSource {
 public:
  GzipSource(std::unique_ptr<ByteSource> compressed, std::string name)
      : compressed_(std::move(compressed)), name_(std::move(name)), input_(kInputBytes) {
    KYUJIN_CHECK(inflateInit2(&stream_, kGzipWindow) == Z_OK);
  }
  ~GzipSource() override { inflateEnd(&stream_); }
  GzipSource(const GzipSource&) = delete;
  GzipSource& operator=(const GzipSource&) = delete;
  GzipSource(GzipSource&&) = delete;
  GzipSource& operator=(GzipSource&&) = delete;

  Result<size_t> Read(std::span<char> buffer) override {
    stream_.next_out = reinterpret_cast<Bytef*>(buffer.data());
    stream_.avail_out = static_cast<uInt>(std::min(buffer.size(), kInputBytes));
    const uInt room = stream_.avail_out;
    while (stream_.avail_out == room) {
      KYUJIN_RETURN_IF_ERROR(Refill());
      if (stream_.avail_in == 0) {
        if (inside_member_ || file_position() == 0) {
          return Corruption(Where() + "the gzip data end too early");
        }
        return size_t{0};
      }
      KYUJIN_RETURN_IF_ERROR(Inflate());
    }
    return size_t{room - stream_.avail_out};
  }
  [[nodiscard]] uint64_t file_position() const override {
    return compressed_->file_position() - stream_.avail_in;
  }

 private:
  [[nodiscard]] std::string Where() const {
    return name_ + ": byte " + std::to_string(file_position()) + ": ";
  }

  Status Refill() {
    if (stream_.avail_in > 0) {
      return {};
    }
    KYUJIN_ASSIGN_OR_RETURN(const size_t count, compressed_->Read(input_));
    stream_.next_in = reinterpret_cast<Bytef*>(input_.data());
    stream_.avail_in = static_cast<uInt>(count);
    return {};
  }

  Status Inflate() {
    inside_member_ = true;
    const int code = inflate(&stream_, Z_NO_FLUSH);
    if (code == Z_STREAM_END) {
      inside_member_ = false;
      inflateReset(&stream_);
      return {};
    }
    // Z_BUF_ERROR only says that more input is needed: the caller's loop brings it.
    if (code == Z_OK || code == Z_BUF_ERROR) {
      return {};
    }
    return Corruption(Where() + "the gzip data are broken: " +
                      (stream_.msg != nullptr ? stream_.msg : "unknown reason"));
  }

  std::unique_ptr<ByteSource> compressed_;
  std::string name_;
  std::vector<char> input_;
  z_stream stream_{};
  bool inside_member_ = false;
};

}  // namespace

std::unique_ptr<ByteSource> MakeGzipSource(std::unique_ptr<ByteSource> compressed,
                                           std::string name) {
  return std::make_unique<GzipSource>(std::move(compressed), std::move(name));
}

}  // namespace kyujin
