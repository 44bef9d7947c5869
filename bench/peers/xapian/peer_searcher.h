// Answers the requests of a comparison in Xapian, one pass for every line on standard input.
#pragma once

#include <string>

namespace kyujin::bench {

// `postings` is the export: its first line names the columns. Errors: as IndexPostings.
void AnswerRequests(const std::string& directory,
                    const std::string& requests,
                    const std::string& postings);

}  // namespace kyujin::bench
