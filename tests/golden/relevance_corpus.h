// The postings and queries of relevance/: made up by the rules of its README, so that what is
// relevant is known before anything is searched.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "engine/schema/feed_record.h"

namespace kyujin::test {

struct Concept {
  std::string id;
  std::vector<std::string> titles;
  std::string word;  // how other postings name it
};

struct JudgedPosting {
  schema::FeedRecord feed;
  size_t about = 0;           // place in the list of concepts
  std::set<size_t> mentions;  // concepts named in the description
};

struct JudgedQuery {
  int number = 0;
  std::string text;
  std::set<std::string> concepts[4];  // by grade; none of grade 0
};

std::vector<Concept> ReadConcepts();
std::vector<JudgedQuery> ReadQueries();
// The same postings on every call, by ascending number.
std::vector<JudgedPosting> MakeJudgedPostings(const std::vector<Concept>& concepts);
// 0 to 3.
int Grade(const JudgedQuery& query,
          const JudgedPosting& posting,
          const std::vector<Concept>& concepts);

}  // namespace kyujin::test
