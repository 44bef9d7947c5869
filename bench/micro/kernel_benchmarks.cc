#include <benchmark/benchmark.h>

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "bench/micro/micro_benchmarks.h"
#include "bench/micro/random_set.h"
#include "engine/base/kernels.h"
#include "engine/search/top_docs.h"

namespace kyujin::bench {
namespace {

constexpr uint32_t kHalf = 5'000;  // of 10,000
constexpr uint32_t kTenth = 1'000;

// Sets and columns that all kernel cases share.
struct KernelInput {
  explicit KernelInput(uint32_t count)
      : documents(count),
        a(RandomSet(count, kHalf, 1)),
        b(RandomSet(count, kTenth, 2)),
        out(count),
        bytes(count),
        halves(count),
        words(count),
        totals(count) {
    corpus::Random random(3);
    for (uint32_t i = 0; i < count; ++i) {
      bytes[i] = static_cast<uint8_t>(random.Next());
      halves[i] = static_cast<uint16_t>(random.Next());
      words[i] = static_cast<uint32_t>(random.Next());
    }
    members.fill(0x5A);
  }

  uint32_t documents;
  Bitmap a;
  Bitmap b;
  Bitmap out;
  std::vector<uint8_t> bytes;
  std::vector<uint16_t> halves;
  std::vector<uint32_t> words;
  std::vector<uint64_t> totals;
  std::array<uint8_t, 32> members{};
};

using Body = std::function<void(const Kernels&, KernelInput*)>;

struct KernelCase {
  const char* name;
  Body body;
};

std::vector<KernelCase> KernelCases() {
  const auto words_of = [](const KernelInput* in) { return in->a.view().words().size(); };
  return {
      {"and_into",
       [=](const Kernels& k, KernelInput* in) {
         k.and_into(in->out.words().data(), in->a.words().data(), words_of(in));
       }},
      {"or_into",
       [=](const Kernels& k, KernelInput* in) {
         k.or_into(in->out.words().data(), in->a.words().data(), words_of(in));
       }},
      {"and_not_into",
       [=](const Kernels& k, KernelInput* in) {
         k.and_not_into(in->out.words().data(), in->a.words().data(), words_of(in));
       }},
      {"count",
       [=](const Kernels& k, KernelInput* in) {
         benchmark::DoNotOptimize(k.count(in->a.words().data(), words_of(in)));
       }},
      {"and_count",
       [=](const Kernels& k, KernelInput* in) {
         benchmark::DoNotOptimize(
             k.and_count(in->a.words().data(), in->b.words().data(), words_of(in)));
       }},
      {"range8",
       [](const Kernels& k, KernelInput* in) {
         k.range8(in->bytes.data(), in->documents, 20, 90, in->out.words().data());
       }},
      {"range16",
       [](const Kernels& k, KernelInput* in) {
         k.range16(in->halves.data(), in->documents, 900, 9'000, in->out.words().data());
       }},
      {"range32",
       [](const Kernels& k, KernelInput* in) {
         k.range32(in->words.data(), in->documents, 200'000, 2'000'000'000, in->out.words().data());
       }},
      {"member8",
       [](const Kernels& k, KernelInput* in) {
         k.member8(in->bytes.data(), in->documents, in->members.data(), in->out.words().data());
       }},
      {"add_chosen",
       [=](const Kernels& k, KernelInput* in) {
         k.add_chosen(in->a.words().data(),
                      in->b.words().data(),
                      words_of(in),
                      in->words.data(),
                      in->totals.data());
       }},
      {"count_bits32",
       [](const Kernels& k, KernelInput* in) {
         k.count_bits32(in->words.data(), in->documents, in->totals.data());
       }},
  };
}

void CountDocuments(benchmark::State* state, uint64_t documents) {
  state->SetItemsProcessed(state->iterations() * static_cast<int64_t>(documents));
}

}  // namespace

void RegisterKernelBenchmarks(uint32_t documents) {
  const auto input = std::make_shared<KernelInput>(documents);
  std::vector<const Kernels*> all = {&PortableKernels()};
  if (HasAvx2()) {
    all.push_back(&Avx2Kernels());
  }
  for (const KernelCase& one : KernelCases()) {
    for (const Kernels* kernels : all) {
      const std::string name = "kernel/" + std::string(one.name) + "/" + std::string(kernels->name);
      benchmark::RegisterBenchmark(name.c_str(), [=](benchmark::State& state) {
        for (auto iteration : state) {
          static_cast<void>(iteration);
          one.body(*kernels, input.get());
          benchmark::ClobberMemory();
        }
        CountDocuments(&state, input->documents);
      })->Unit(benchmark::kMicrosecond);
    }
  }
}

void RegisterTopDocsBenchmarks(uint32_t documents) {
  benchmark::RegisterBenchmark("top_docs/31", [documents](benchmark::State& state) {
    corpus::Random random(4);
    std::vector<uint64_t> keys(documents);
    for (uint64_t& key : keys) {
      key = random.Next();
    }
    constexpr size_t kPage = 31;
    for (auto iteration : state) {
      static_cast<void>(iteration);
      search::TopDocs top(kPage, std::nullopt);
      for (uint32_t doc = 0; doc < documents; ++doc) {
        top.Add({keys[doc], doc, 0, doc});
      }
      benchmark::DoNotOptimize(top.Take());
    }
    CountDocuments(&state, documents);
  })->Unit(benchmark::kMicrosecond);
}

}  // namespace kyujin::bench
