#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <memory>
#include <string>

#include "bench/command.h"
#include "engine/base/date.h"
#include "engine/index/snapshot.h"
#include "engine/schema/facet_value.h"
#include "engine/text/analyzer.h"

namespace kyujin::bench {
namespace {

using schema::Facet;
using schema::JobPosting;

struct ExportArguments {
  std::string index;
  std::string output;
};

constexpr std::array kOrders{
    std::pair{"new", schema::SortOrder::kNew},
    std::pair{"wage_min", schema::SortOrder::kWageMinAllowances},
    std::pair{"wage_max", schema::SortOrder::kWageMaxAllowances},
    std::pair{"deadline", schema::SortOrder::kDeadline},
    std::pair{"holidays", schema::SortOrder::kHolidays},
};

std::optional<uint32_t> LowerBound(const JobPosting& posting) {
  return posting.wage.fixed_allowances ? std::optional(posting.wage.fixed_allowances->min)
                                       : std::nullopt;
}

// Tabs and line breaks separate; inside a text they are spaces to every analyzer.
void AppendText(std::string_view text, std::string* line) {
  for (const char c : text) {
    *line += c == '\t' || c == '\n' || c == '\r' ? ' ' : c;
  }
}

// Writes postings as the other engines of a comparison load them: one line each. The first line
// names the columns and says what they are: `text:NAME:WEIGHT`, `facet:NAME`, `facet_list:NAME`
// (codes separated by spaces), `sort:NAME` (ascending keys), `amount:NAME` (−1 is none).
class Exporter {
 public:
  Exporter(const index::Snapshot& snapshot, Date today, std::ofstream* output)
      : snapshot_(snapshot), today_(today), output_(*output) {}

  Status Run() {
    output_ << Header();
    for (uint32_t s = 0; s < snapshot_.segments().size(); ++s) {
      const index::Segment& segment = *snapshot_.segments()[s];
      for (DocId doc = 0; doc < segment.documents(); ++doc) {
        KYUJIN_ASSIGN_OR_RETURN(const JobPosting posting, snapshot_.ReadPosting({s, doc}));
        if (!posting.deadline || *posting.deadline >= today_) {
          output_ << Line(posting, segment.columns(), doc);
        }
      }
    }
    output_.flush();
    return output_ ? Status() : Status(Internal("the output cannot be written"));
  }

 private:
  static std::string Header() {
    std::string header = "number";
    for (const schema::SearchFieldSpec& field : schema::SearchFields()) {
      header += fmt::format("\ttext:{}:{}", field.name, field.weight);
    }
    for (const schema::FacetSpec& facet : schema::Facets()) {
      header += fmt::format(
          "\t{}:{}", facet.id == Facet::kConditions ? "facet_list" : "facet", facet.name);
    }
    for (const auto& order : kOrders) {
      header += fmt::format("\tsort:{}", order.first);
    }
    return header +
           "\tamount:monthly\tamount:hourly\tamount:holidays_days\tamount:walk\tamount:days_ago\n";
  }

  std::string Line(const JobPosting& posting, const index::SegmentColumns& columns, DocId doc) {
    std::string line = posting.number.ToString();
    std::array<std::string, schema::kSearchFieldCount> texts;
    for (const schema::FeedRecord::Value& value : posting.feed.values()) {
      const schema::SearchField field = schema::GetFeedField(value.tag).search_field;
      if (field != schema::SearchField::kNone) {
        std::string& text = texts[static_cast<size_t>(field)];
        AppendText(value.text, &text);
        text += "。 ";
      }
    }
    for (const std::string& text : texts) {
      line += '\t';
      line += text;
    }
    for (const schema::FacetSpec& facet : schema::Facets()) {
      line += '\t' + Codes(facet.id, posting);
    }
    for (const auto& order : kOrders) {
      line += fmt::format("\t{}", columns.KeyOf(order.second)(doc));
    }
    const auto bound = [&](schema::WageType type) {
      return posting.wage.type == type ? LowerBound(posting).value_or(0) : 0;
    };
    line += fmt::format("\t{}\t{}\t{}\t{}\t{}\n",
                        bound(schema::WageType::kMonthly),
                        bound(schema::WageType::kHourly),
                        posting.annual_holidays ? int{*posting.annual_holidays} : -1,
                        posting.walk_minutes ? int{*posting.walk_minutes} : -1,
                        DaysAgo(posting).value_or(UINT32_MAX));
    return line;
  }

  [[nodiscard]] std::optional<uint32_t> DaysAgo(const JobPosting& posting) const {
    return posting.received && *posting.received <= today_
               ? std::optional(static_cast<uint32_t>(today_.days() - posting.received->days()))
           : posting.received ? std::optional(0U)
                              : std::nullopt;
  }

  [[nodiscard]] std::string Codes(Facet facet, const JobPosting& posting) const {
    switch (facet) {
      case Facet::kPref:
        return posting.prefecture == 0 ? "unknown" : fmt::format("{:02}", posting.prefecture);
      case Facet::kCity:
        return posting.municipality == 0 ? "unknown" : fmt::format("{:05}", posting.municipality);
      case Facet::kOccupationMajor:
        return schema::FacetValueCode(facet, posting.occupation.major);
      case Facet::kOccupationMiddle:
        return schema::FacetValueCode(facet, posting.occupation.middle);
      case Facet::kIndustry:
        return schema::FacetValueCode(facet, schema::IndustryFacetValue(posting.industry));
      case Facet::kEmployment:
        return schema::FacetValueCode(facet, posting.employment);
      case Facet::kFullPart:
        return schema::FacetValueCode(facet, static_cast<schema::FacetValue>(posting.full_part));
      case Facet::kWageType:
        return schema::FacetValueCode(facet, static_cast<schema::FacetValue>(posting.wage.type));
      case Facet::kConditions:
        return ConditionCodes(posting);
      case Facet::kWageHistogram:
        return schema::FacetValueCode(
            facet, schema::WageFacetValue(posting.wage.type, LowerBound(posting)));
      case Facet::kWalkMinutes:
        return schema::FacetValueCode(facet, schema::WalkFacetValue(posting.walk_minutes));
      case Facet::kHolidays:
        return schema::FacetValueCode(facet, schema::HolidaysFacetValue(posting.annual_holidays));
      case Facet::kReceived:
        return schema::FacetValueCode(facet, schema::ReceivedFacetValue(DaysAgo(posting)));
    }
    return "";
  }

  [[nodiscard]] std::string ConditionCodes(const JobPosting& posting) const {
    std::string codes;
    for (const schema::ConditionSpec& spec : schema::Conditions()) {
      const bool is_new = spec.id == schema::Condition::kNew;
      const auto days_ago = DaysAgo(posting);
      const bool holds = is_new ? days_ago && *days_ago <= schema::kNewDays
                                : (posting.conditions_yes & schema::ConditionBit(spec.id)) != 0;
      if (holds) {
        codes += codes.empty() ? "" : " ";
        codes += spec.code;
      }
    }
    return codes;
  }

  const index::Snapshot& snapshot_;
  Date today_;
  std::ofstream& output_;
};

Status Export(const ExportArguments& arguments) {
  KYUJIN_ASSIGN_OR_RETURN(const std::shared_ptr<const text::AnalyzerModel> model,
                          text::AnalyzerModel::Load());
  KYUJIN_ASSIGN_OR_RETURN(const std::shared_ptr<const index::Snapshot> snapshot,
                          index::Snapshot::Open(arguments.index, model->version()));
  KYUJIN_ASSIGN_OR_RETURN(const Date today, Date::Parse(snapshot->as_of().substr(0, 10)));
  std::ofstream output(arguments.output, std::ios::binary | std::ios::trunc);
  if (!output) {
    return Internal("cannot create " + arguments.output);
  }
  return Exporter(*snapshot, today, &output).Run();
}

int RunExport(const ExportArguments& arguments) {
  const Status status = Export(arguments);
  if (!status.has_value()) {
    std::fprintf(stderr, "kyujin-bench: %s\n", status.error().message.c_str());
    return kFailed;
  }
  return kDone;
}

}  // namespace

void AddExportCommand(CLI::App* app, Command* chosen) {
  const auto arguments = std::make_shared<ExportArguments>();
  CLI::App* command = app->add_subcommand(
      "export", "write an index's open postings as lines for other engines (bench/peers)");
  command->add_option("--index", arguments->index, "index directory")->required();
  command->add_option("--output", arguments->output, "file to write")->required();
  command->callback(
      [arguments, chosen] { *chosen = [arguments] { return RunExport(*arguments); }; });
}

}  // namespace kyujin::bench
