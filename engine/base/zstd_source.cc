#include <zstd.h>

#include <utility>
#include <vector>

#include "engine/base/byte_source.h"

namespace kyujin {
namespace {

constexpr size_t kInputBytes = 1U << 16;
// 2^27 = 128 MiB: what `zstd --ultra` needs without --long, and no more.
constexpr int kMaxWindowLog = 27;

class ZstdSource final : public ByteSource {
 public:
  ZstdSource(std::unique_ptr<ByteSource> compressed, std::string name)
      : compressed_(std::move(compressed)),
        name_(std::move(name)),
        bytes_(kInputBytes),
        stream_(ZSTD_createDCtx()) {
    KYUJIN_CHECK(stream_ != nullptr);
    ZSTD_DCtx_setParameter(stream_, ZSTD_d_windowLogMax, kMaxWindowLog);
  }
  ~ZstdSource() override { ZSTD_freeDCtx(stream_); }
  ZstdSource(const ZstdSource&) = delete;
  ZstdSource& operator=(const ZstdSource&) = delete;
  ZstdSource(ZstdSource&&) = delete;
  ZstdSource& operator=(ZstdSource&&) = delete;

  Result<size_t> Read(std::span<char> buffer) override {
    ZSTD_outBuffer output{buffer.data(), buffer.size(), 0};
    while (output.pos == 0) {
      // After a full buffer the decoder may still hold text although all input is consumed.
      if (input_.pos == input_.size && !decoder_holds_text_) {
        KYUJIN_ASSIGN_OR_RETURN(const size_t count, compressed_->Read(bytes_));
        input_ = {bytes_.data(), count, 0};
        if (count == 0) {
          if (inside_frame_ || file_position() == 0) {
            return Corruption(Where() + "the zstd data end too early");
          }
          return size_t{0};
        }
      }
      const size_t code = ZSTD_decompressStream(stream_, &output, &input_);
      if (ZSTD_isError(code) != 0) {
        return Corruption(Where() + "the zstd data are broken or need a window above 128 MiB: " +
                          ZSTD_getErrorName(code));
      }
      inside_frame_ = code != 0;
      decoder_holds_text_ = inside_frame_ && output.pos == output.size;
    }
    return output.pos;
  }
  [[nodiscard]] uint64_t file_position() const override {
    return compressed_->file_position() - (input_.size - input_.pos);
  }

 private:
  [[nodiscard]] std::string Where() const {
    return name_ + ": byte " + std::to_string(file_position()) + ": ";
  }

  std::unique_ptr<ByteSource> compressed_;
  std::string name_;
  std::vector<char> bytes_;
  ZSTD_DCtx* stream_;
  ZSTD_inBuffer input_{nullptr, 0, 0};
  bool inside_frame_ = false;
  bool decoder_holds_text_ = false;
};

}  // namespace

std::unique_ptr<ByteSource> MakeZstdSource(std::unique_ptr<ByteSource> compressed,
                                           std::string name) {
  return std::make_unique<ZstdSource>(std::move(compressed), std::move(name));
}

}  // namespace kyujin
