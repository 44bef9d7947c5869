// Loads an exported corpus into a Xapian database, compacted to one file.
#pragma once

#include <string>

namespace kyujin::bench {

// Prints `indexed`, the number of postings and the seconds it took. Errors: Xapian's and the
// standard library's exceptions.
void IndexPostings(const std::string& postings, const std::string& directory);

}  // namespace kyujin::bench
