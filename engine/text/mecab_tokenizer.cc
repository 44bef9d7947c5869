#include "engine/text/mecab_tokenizer.h"

#include <fmt/format.h>
#include <mecab.h>
#include <zlib.h>

#include <array>
#include <bit>
#include <cctype>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <utility>

#include "engine/base/recent_map.h"

namespace kyujin::text {
namespace {

bool IsUtf8Charset(std::string_view charset) {
  std::string letters;
  for (const char c : charset) {
    if (c != '-' && c != '_') {
      letters.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
    }
  }
  return letters == "utf8";
}

// Continues the CRC-32 `sum` over the bytes of `file`; nothing if it cannot be read.
std::optional<uint64_t> ContinueChecksum(uint64_t sum, const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::vector<char> buffer(size_t{256} * 1024);
  while (in) {
    in.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    sum = crc32_z(
        sum, reinterpret_cast<const Bytef*>(buffer.data()), static_cast<z_size_t>(in.gcount()));
  }
  return in.eof() ? std::optional(sum) : std::nullopt;
}

// The files of a system dictionary that decide how text is cut.
constexpr std::array<std::string_view, 4> kSystemFiles = {
    "sys.dic", "matrix.bin", "char.bin", "unk.dic"};

Result<std::vector<std::filesystem::path>> DictionaryFiles(const std::string& dictionary_path,
                                                           const std::string& user_path) {
  std::vector<std::filesystem::path> files;
  std::error_code ignored;
  for (const std::string_view name : kSystemFiles) {
    files.push_back(std::filesystem::path(dictionary_path) / name);
    if (!std::filesystem::is_regular_file(files.back(), ignored)) {
      return NotFound(fmt::format(
          "MeCab dictionary {}: no file {}; install mecab-ipadic-utf8 or name another folder",
          dictionary_path,
          name));
    }
  }
  if (!user_path.empty()) {
    files.emplace_back(user_path);
    if (!std::filesystem::is_regular_file(files.back(), ignored)) {
      return NotFound(fmt::format("MeCab user dictionary {}: no such file", user_path));
    }
  }
  return files;
}

// A compiled dictionary starts with its own size, masked. Checked here because MeCab 0.996 leaks
// what it has opened when it refuses a file.
bool IsCompiledDictionary(const std::filesystem::path& file) {
  constexpr uint32_t kMask = 0xEF718F77;
  std::ifstream in(file, std::ios::binary);
  std::array<char, sizeof(uint32_t)> bytes{};
  in.read(bytes.data(), bytes.size());
  std::error_code failed;
  const auto size = std::filesystem::file_size(file, failed);
  return in && !failed && (std::bit_cast<uint32_t>(bytes) ^ kMask) == size;
}

// Contents, not times or places: the same dictionary installed elsewhere has the same identity.
Result<std::string> Identity(const std::vector<std::filesystem::path>& files) {
  uint64_t checksum = 0;
  uint64_t bytes = 0;
  for (const std::filesystem::path& file : files) {
    if (file.extension() == ".dic" && !IsCompiledDictionary(file)) {
      return Corruption(fmt::format("MeCab dictionary {}: not a compiled dictionary, or cut short",
                                    file.string()));
    }
    const std::optional<uint64_t> sum = ContinueChecksum(checksum, file);
    if (!sum) {
      return Internal(fmt::format("MeCab dictionary {}: cannot be read", file.string()));
    }
    checksum = *sum;
    std::error_code ignored;
    bytes += std::filesystem::file_size(file, ignored);
  }
  return fmt::format(
      "mecab-{}/{}-{}-{:08x}", MeCab::Model::version(), files.size(), bytes, checksum);
}

}  // namespace

struct MecabModel::Impl {
  std::unique_ptr<MeCab::Model> model;
  std::string identity;
};

MecabModel::MecabModel(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
MecabModel::~MecabModel() = default;

Result<std::shared_ptr<const MecabModel>> MecabModel::Load(
    const std::string& dictionary_path, const std::string& user_dictionary_path) {
  KYUJIN_ASSIGN_OR_RETURN(const std::vector<std::filesystem::path> files,
                          DictionaryFiles(dictionary_path, user_dictionary_path));
  auto impl = std::make_unique<Impl>();
  KYUJIN_ASSIGN_OR_RETURN(impl->identity, Identity(files));
  // The empty resource file keeps settings of the machine and of the person away.
  std::vector<std::string> arguments = {"mecab", "-r", "/dev/null", "-d", dictionary_path};
  if (!user_dictionary_path.empty()) {
    arguments.insert(arguments.end(), {"-u", user_dictionary_path});
  }
  std::vector<char*> pointers;
  pointers.reserve(arguments.size());
  for (std::string& argument : arguments) {
    pointers.push_back(argument.data());
  }
  impl->model.reset(MeCab::createModel(static_cast<int>(pointers.size()), pointers.data()));
  if (impl->model == nullptr) {
    return Corruption(fmt::format("MeCab dictionary {} {}: {}",
                                  dictionary_path,
                                  user_dictionary_path,
                                  MeCab::getLastError()));
  }
  for (const auto* info = impl->model->dictionary_info(); info != nullptr; info = info->next) {
    if (!IsUtf8Charset(info->charset)) {
      return Corruption(fmt::format(
          "MeCab dictionary {}: charset is {}, must be UTF-8", info->filename, info->charset));
    }
  }
  return std::shared_ptr<const MecabModel>(new MecabModel(std::move(impl)));
}

std::string_view MecabModel::identity() const {
  return impl_->identity;
}

namespace {

WordClass ClassOfFeature(std::string_view feature) {
  for (const PartOfSpeech& part : PartsOfSpeech()) {
    if (feature.starts_with(part.feature)) {
      return part.word_class;
    }
  }
  return WordClass::kWord;
}

// The seventh field of ipadic's features, empty for unknown words.
std::string_view BaseForm(const char* feature) {
  constexpr int kFieldsBefore = 6;
  const char* at = feature;
  for (int commas = 0; commas < kFieldsBefore; ++at) {
    if (*at == '\0') {
      return {};
    }
    commas += *at == ',' ? 1 : 0;
  }
  const std::string_view base(at, std::strcspn(at, ","));
  return base == "*" ? std::string_view() : base;
}

}  // namespace

struct MecabTokenizer::Impl {
  struct Cut {
    std::vector<Morpheme> morphemes;
    int64_t cost = 0;
  };

  static constexpr uint8_t kPlaceBit = 0x80;
  static constexpr uint8_t kClassBits = 0x3F;

  // A context id of the dictionary belongs to one part of speech, so its class, and whether its
  // words are places, is found once.
  uint8_t ClassOf(const MeCab::Node& node) {
    constexpr uint8_t kUnknown = 0xFF;
    // Many stations and quarters are filed under the latter.
    constexpr std::string_view kPlaceFeature = "名詞,固有名詞,地域";
    constexpr std::string_view kNameFeature = "名詞,固有名詞,一般";
    if (node.lcAttr >= classes.size()) {
      classes.resize(size_t{node.lcAttr} + 1, kUnknown);
    }
    uint8_t& known = classes[node.lcAttr];
    if (known == kUnknown) {
      const std::string_view feature = node.feature;
      const bool is_place = feature.starts_with(kPlaceFeature) || feature.starts_with(kNameFeature);
      known = static_cast<uint8_t>(static_cast<unsigned>(ClassOfFeature(feature)) |
                                   (is_place ? kPlaceBit : 0U));
    }
    return known;
  }

  int64_t Parse(std::string_view sentence, std::vector<Morpheme>* morphemes);

  std::shared_ptr<const MecabModel> model;  // outlives the two below
  std::unique_ptr<MeCab::Tagger> tagger;
  std::unique_ptr<MeCab::Lattice> lattice;
  std::vector<uint8_t> classes;  // by left context id
  uint64_t tokenized_bytes = 0;
  std::optional<RecentMap<Cut>> recent;
};

MecabTokenizer::MecabTokenizer(std::shared_ptr<const MecabModel> model, size_t memory_bytes)
    : impl_(std::make_unique<Impl>()) {
  if (memory_bytes > 0) {
    impl_->recent.emplace(memory_bytes);
  }
  impl_->tagger.reset(model->impl_->model->createTagger());
  impl_->lattice.reset(model->impl_->model->createLattice());
  impl_->model = std::move(model);
  KYUJIN_CHECK(impl_->tagger != nullptr && impl_->lattice != nullptr);
}

MecabTokenizer::~MecabTokenizer() = default;
MecabTokenizer::MecabTokenizer(MecabTokenizer&&) noexcept = default;
MecabTokenizer& MecabTokenizer::operator=(MecabTokenizer&&) noexcept = default;

uint64_t MecabTokenizer::tokenized_bytes() const {
  return impl_->tokenized_bytes;
}

int64_t MecabTokenizer::Tokenize(std::string_view sentence, std::vector<Morpheme>* morphemes) {
  if (!impl_->recent) {
    return impl_->Parse(sentence, morphemes);
  }
  if (const Impl::Cut* known = impl_->recent->Find(sentence)) {
    morphemes->assign(known->morphemes.begin(), known->morphemes.end());
    return known->cost;
  }
  const int64_t cost = impl_->Parse(sentence, morphemes);
  impl_->recent->Add(sentence, {*morphemes, cost}, morphemes->size() * sizeof(Morpheme));
  return cost;
}

int64_t MecabTokenizer::Impl::Parse(std::string_view sentence, std::vector<Morpheme>* morphemes) {
  morphemes->clear();
  tokenized_bytes += sentence.size();
  lattice->set_sentence(sentence.data(), sentence.size());
  if (!tagger->parse(lattice.get())) {
    // Not seen on pieces of this size. The whole piece is then one word, for postings and queries
    // alike, rather than text that silently cannot be found.
    morphemes->push_back({0, static_cast<uint32_t>(sentence.size())});
    return 0;
  }
  constexpr std::string_view kZero = "〇";
  constexpr std::string_view kNumberFeature = "名詞,数";
  for (const MeCab::Node* node = lattice->bos_node(); node != nullptr; node = node->next) {
    if (node->stat == MECAB_BOS_NODE || node->stat == MECAB_EOS_NODE) {
      continue;
    }
    const auto begin = static_cast<uint32_t>(node->surface - sentence.data());
    const std::string_view surface(node->surface, node->length);
    const bool is_zero =
        surface == kZero &&
        std::strncmp(node->feature, kNumberFeature.data(), kNumberFeature.size()) == 0;
    Morpheme morpheme = {begin, begin + node->length, is_zero, node->stat == MECAB_NOR_NODE};
    const uint8_t word_class = ClassOf(*node);
    morpheme.word_class = static_cast<WordClass>(word_class & kClassBits);
    morpheme.is_place = (word_class & kPlaceBit) != 0;
    if (morpheme.word_class == WordClass::kInflected) {
      morpheme.base = BaseForm(node->feature);
    }
    morphemes->push_back(morpheme);
  }
  return lattice->eos_node()->cost;
}

}  // namespace kyujin::text
