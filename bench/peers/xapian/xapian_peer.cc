// The same postings and requests in plain Xapian: its matcher, BM25, value slots and match spies,
// with our analyzer's tokens. Compared by ../compare.py, which speaks to it over standard input: a
// line "pass" asks for one pass over the requests.
//
// usage: xapian_peer index POSTINGS.tsv INDEX_DIR
//        xapian_peer search INDEX_DIR REQUESTS.tsv POSTINGS.tsv
#include <xapian.h>

#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "bench/peers/xapian/peer_indexer.h"
#include "bench/peers/xapian/peer_searcher.h"

int main(int argc, char** argv) try {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() == 3 && arguments[0] == "index") {
    kyujin::bench::IndexPostings(arguments[1], arguments[2]);
    return 0;
  }
  if (arguments.size() == 4 && arguments[0] == "search") {
    kyujin::bench::AnswerRequests(arguments[1], arguments[2], arguments[3]);
    return 0;
  }
  std::fprintf(stderr,
               "usage: xapian_peer index POSTINGS INDEX | search INDEX REQUESTS POSTINGS\n");
  return 2;
} catch (const Xapian::Error& error) {
  std::fprintf(stderr, "xapian_peer: %s\n", error.get_description().c_str());
  return 1;
} catch (const std::exception& error) {
  std::fprintf(stderr, "xapian_peer: %s\n", error.what());
  return 1;
}
