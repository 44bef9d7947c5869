#include "server/app/directory_watch.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cstdint>

#include "engine/base/result.h"

namespace kyujin::app {
namespace {

constexpr int kPollingMs = 50;
// Even with inotify: events are lost when the folder itself is replaced.
constexpr int kNotifiedMs = 1'000;

int WatchFolder(const std::filesystem::path& directory) {
  const int descriptor = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  if (descriptor >= 0 && inotify_add_watch(descriptor, directory.c_str(), IN_MOVED_TO) < 0) {
    close(descriptor);
    return -1;
  }
  return descriptor;
}

// What the events say does not matter: the caller looks for itself.
void Drain(int descriptor) {
  std::array<char, 4'096> events{};
  while (descriptor >= 0 && read(descriptor, events.data(), events.size()) > 0) {
  }
}

}  // namespace

DirectoryWatch::DirectoryWatch(const std::filesystem::path& directory)
    : wake_descriptor_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)),
      notify_descriptor_(WatchFolder(directory)) {
  KYUJIN_CHECK(wake_descriptor_ >= 0);
}

DirectoryWatch::~DirectoryWatch() {
  close(wake_descriptor_);
  if (notify_descriptor_ >= 0) {
    close(notify_descriptor_);
  }
}

void DirectoryWatch::Wait() {
  // poll() passes over negative descriptors.
  std::array<pollfd, 2> descriptors{
      {{wake_descriptor_, POLLIN, 0}, {notify_descriptor_, POLLIN, 0}}};
  poll(descriptors.data(), descriptors.size(), notify_descriptor_ >= 0 ? kNotifiedMs : kPollingMs);
  Drain(wake_descriptor_);
  Drain(notify_descriptor_);
}

void DirectoryWatch::Wake() {
  const uint64_t one = 1;
  // Fails only when the counter is full, and then the waiting thread wakes anyway.
  [[maybe_unused]] const ssize_t written = write(wake_descriptor_, &one, sizeof(one));
}

}  // namespace kyujin::app
