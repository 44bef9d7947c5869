// DirectoryWatch: waits until something in a folder changes, or somebody wakes it. Uses inotify
// where the file system supports it; elsewhere each wait ends after a short time, so that the
// caller looks for itself.
#pragma once

#include <filesystem>

namespace kyujin::app {

// Thread rule: **Thread-safe**: one thread waits, any thread wakes.
class DirectoryWatch {
 public:
  explicit DirectoryWatch(const std::filesystem::path& directory);
  ~DirectoryWatch();
  DirectoryWatch(const DirectoryWatch&) = delete;
  DirectoryWatch& operator=(const DirectoryWatch&) = delete;
  DirectoryWatch(DirectoryWatch&&) = delete;
  DirectoryWatch& operator=(DirectoryWatch&&) = delete;

  // Returns after a file was moved into the folder, after Wake(), or after some time: less than 100
  // ms without inotify, about a second with it.
  void Wait();
  void Wake();

 private:
  int wake_descriptor_;    // eventfd
  int notify_descriptor_;  // inotify; -1 where there is none
};

}  // namespace kyujin::app
