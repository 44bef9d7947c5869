#include "server/alerts/alert_hub.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>

#include "server/alerts/alert_codec.h"

namespace kyujin::alerts {
namespace {

constexpr size_t kPage = 200;
// Proxies close what is silent for a minute.
constexpr std::chrono::seconds kSignOfLife{15};

std::string EventsOf(const store::AlertPage& page) {
  std::string events;
  for (const store::Alert& alert : page.alerts) {
    events += EncodeEvent(alert);
  }
  return events;
}

}  // namespace

void AlertHub::Add(AlertListener listener) {
  const MutexLock lock(mutex_);
  added_.push_back(std::move(listener));
  ++count_;
}

size_t AlertHub::listeners() const {
  const MutexLock lock(mutex_);
  return count_;
}

void AlertHub::TakeNew() {
  std::erase_if(heard_, [](const AlertListener& listener) { return !listener.is_open(); });
  const MutexLock lock(mutex_);
  fresh_ = added_.size();
  for (AlertListener& listener : added_) {
    heard_.push_back(std::move(listener));
  }
  added_.clear();
  count_ = heard_.size();
}

Status AlertHub::Poll() {
  const size_t waiting = fresh_;  // those the last call could not read for
  TakeNew();
  fresh_ = std::min(heard_.size(), fresh_ + waiting);
  if (heard_.empty()) {
    return {};
  }
  const store::Time now = clock_.Now();
  const int64_t hour = std::chrono::floor<std::chrono::hours>(now).time_since_epoch().count();
  KYUJIN_ASSIGN_OR_RETURN(const int64_t publication, store_.LastPublication());
  // Daily alerts come out at an hour.
  const bool has_news = publication != last_publication_ || hour != last_hour_;
  if (has_news) {
    fresh_ = heard_.size();
  }
  KYUJIN_RETURN_IF_ERROR(SendNews());
  last_publication_ = publication;
  last_hour_ = hour;
  if (now - last_sign_ >= kSignOfLife) {
    SendSignOfLife();
    last_sign_ = now;
  }
  return {};
}

Status AlertHub::SendNews() {
  std::map<std::string, std::vector<AlertListener*>> by_user_and_cursor;
  for (size_t i = heard_.size() - fresh_; i < heard_.size(); ++i) {
    AlertListener& listener = heard_[i];
    by_user_and_cursor[EncodeCursor(listener.cursor) + listener.user].push_back(&listener);
  }
  for (const auto& [key, listeners] : by_user_and_cursor) {
    KYUJIN_RETURN_IF_ERROR(SendTo(listeners.front()->user, listeners));
  }
  fresh_ = 0;
  return {};
}

Status AlertHub::SendTo(const std::string& user, const std::vector<AlertListener*>& listeners) {
  for (bool has_more = true; has_more;) {
    KYUJIN_ASSIGN_OR_RETURN(const store::AlertPage page,
                            store_.Alerts(user, listeners.front()->cursor, kPage));
    const auto events = std::make_shared<const std::string>(EventsOf(page));
    for (AlertListener* listener : listeners) {
      if (!events->empty()) {
        listener->send(events);
      }
      listener->cursor = page.next;
    }
    has_more = page.has_more;
  }
  return {};
}

void AlertHub::SendSignOfLife() {
  static const auto comment = std::make_shared<const std::string>(":\n\n");
  for (const AlertListener& listener : heard_) {
    listener.send(comment);
  }
}

}  // namespace kyujin::alerts
