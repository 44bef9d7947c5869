#include "engine/text/system_segmenter.h"

#include <fmt/format.h>
#include <mecab.h>

#include <algorithm>
#include <array>
#include <limits>

#include "engine/text/mecab_tokenizer.h"
#include "engine/text/utf8.h"

namespace kyujin::text {
namespace {

// Costs are those of a path from begin to end of a sentence. The margin is about that of one more
// word in ipadic, so that neighbours in a sentence do not win either.
constexpr int64_t kMargin = 3000;
constexpr int64_t kLowestCost = -20'000;
constexpr int64_t kHighestCost = 20'000;

class MecabSegmenter : public SystemSegmenter {
 public:
  MecabSegmenter(std::unique_ptr<MeCab::Model> model, std::shared_ptr<const MecabModel> ours)
      : model_(std::move(model)),
        tagger_(model_->createTagger()),
        lattice_(model_->createLattice()),
        tokenizer_(std::move(ours)) {}

  std::vector<Leaf> Cut(const std::string& word) override {
    tokenizer_.Tokenize(word, &morphemes_);
    std::vector<Leaf> leaves;
    for (const Morpheme& morpheme : morphemes_) {
      Leaf leaf;
      leaf.text = word.substr(morpheme.begin, morpheme.end - morpheme.begin);
      leaf.base = morpheme.base;
      leaf.is_known = morpheme.is_known;
      leaf.is_numeral = morpheme.word_class == WordClass::kNumeral;
      leaf.is_counter = morpheme.word_class == WordClass::kCounter;
      leaves.push_back(std::move(leaf));
    }
    return leaves;
  }

  std::vector<Leaf> CutInTwo(const std::string& word) override {
    size_t best = 0;
    int64_t best_cost = std::numeric_limits<int64_t>::max();
    for (size_t at = DecodeUtf8Char(word).size; at < word.size();
         at += DecodeUtf8Char(std::string_view(word).substr(at)).size) {
      lattice_->set_sentence(word.data(), word.size());
      lattice_->set_boundary_constraint(at, MECAB_TOKEN_BOUNDARY);
      if (tagger_->parse(lattice_.get()) && lattice_->eos_node()->cost < best_cost) {
        best_cost = lattice_->eos_node()->cost;
        best = at;
      }
    }
    if (best == 0) {
      return {};
    }
    std::vector<Leaf> leaves = Cut(word.substr(0, best));
    const std::vector<Leaf> rest = Cut(word.substr(best));
    leaves.insert(leaves.end(), rest.begin(), rest.end());
    const bool all_known =
        std::all_of(leaves.begin(), leaves.end(), [](const Leaf& leaf) { return leaf.is_known; });
    return all_known ? leaves : std::vector<Leaf>();
  }

  int16_t WinningCost(const std::string& word,
                      uint16_t left_id,
                      uint16_t right_id,
                      int margins) override {
    lattice_->set_sentence(word.data(), word.size());
    if (!tagger_->parse(lattice_.get())) {
      return 0;
    }
    const int64_t cut = lattice_->eos_node()->cost;
    const int64_t contexts =
        model_->transition_cost(0, left_id) + model_->transition_cost(right_id, 0);
    return static_cast<int16_t>(
        std::clamp(cut - contexts - kMargin * margins, kLowestCost, kHighestCost));
  }

 private:
  std::unique_ptr<MeCab::Model> model_;
  std::unique_ptr<MeCab::Tagger> tagger_;
  std::unique_ptr<MeCab::Lattice> lattice_;
  MecabTokenizer tokenizer_;
  std::vector<Morpheme> morphemes_;
};

}  // namespace

Result<std::unique_ptr<SystemSegmenter>> SystemSegmenter::Open(
    const std::string& system_dictionary) {
  KYUJIN_ASSIGN_OR_RETURN(std::shared_ptr<const MecabModel> ours,
                          MecabModel::Load(system_dictionary, ""));
  std::array<std::string, 5> arguments = {"mecab", "-r", "/dev/null", "-d", system_dictionary};
  std::array<char*, 5> pointers{};
  std::transform(arguments.begin(), arguments.end(), pointers.begin(), [](std::string& argument) {
    return argument.data();
  });
  std::unique_ptr<MeCab::Model> model(
      MeCab::createModel(static_cast<int>(pointers.size()), pointers.data()));
  if (model == nullptr) {
    return Corruption(
        fmt::format("MeCab dictionary {}: {}", system_dictionary, MeCab::getLastError()));
  }
  return std::unique_ptr<SystemSegmenter>(
      std::make_unique<MecabSegmenter>(std::move(model), std::move(ours)));
}

}  // namespace kyujin::text
