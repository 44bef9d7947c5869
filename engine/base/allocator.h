// The allocator of our programs: mimalloc in place of the C library's, for all of the process
// (sanitizers bring their own). Linking this module is enough for that.
#pragma once

namespace kyujin {

// Asks for memory in pages of 2 MiB from now on: searches, builds and saved queries walk through
// hundreds of megabytes, and with small pages finding the page costs as much as the memory itself.
// Memory grows in larger steps. Call it first in main(). Thread rule: Confined to one thread.
void UseLargePages();

}  // namespace kyujin
