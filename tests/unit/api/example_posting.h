// Postings of the API tests, made up.
#pragma once

#include <string_view>

#include "engine/schema/job_posting.h"
#include "engine/schema/place_resolver.h"
#include "engine/schema/posting_deriver.h"

namespace kyujin::api {

inline Date Day(std::string_view text) {
  const auto date = Date::Parse(text);
  KYUJIN_CHECK(date.has_value());
  return *date;
}

// A posting with every member of a hit.
inline schema::FeedRecord FullRecord() {
  schema::FeedRecord feed;
  feed.Set("kjno", "13010-12345678");
  feed.Set("uktkymd_seireki", "2026/11/20");
  feed.Set("kjyukoymd", "2027/01/31");
  feed.Set("kjkbn1_n", "一般");
  feed.Set("kjkbn2_n", "フルタイム");
  feed.Set("jgshmei", "株式会社　あおぞら介護");
  feed.Set("sksu", "訪問介護員");
  feed.Set("shigoto_ny", "ご自宅での生活援助です。　　　＊未経験の方も歓迎");
  feed.Set("koyokeitai_n", "正社員");
  feed.Set("shgbsjusho1_n", "東京都渋谷区");
  feed.Set("shgbsjusho", "東京都渋谷区神南１丁目１－１");
  feed.Set("shgbs_myre", "ＪＲ渋谷駅　から　徒歩8分");
  feed.Set("skgybrui1_c", "050-01");
  feed.Set("chgnkeitai_n", "月給");
  feed.Set("khkykagen", "230000");
  feed.Set("khkyjgn", "270000");
  feed.Set("sikg_aplusbkagen", "250000");
  feed.Set("sikg_aplusbjgn", "300000");
  feed.Set("ktizangydi_kagen", "30000");
  feed.Set("ktizangydi_jgn", "40000");
  feed.Set("ktizangydaitkjk", "時間外手当は、時間外労働の有無に関わらず２０時間分を支給");
  feed.Set("shgjn1_open_close", "(1)9時00分～18時00分");
  feed.Set("shgjn2_open_close", "(2)22時00分～7時00分");
  feed.Set("jkgi_umu_n", "あり");
  feed.Set("jkgi_thkinjn_ji_n", "月平均10時間");
  feed.Set("nenkankjsu_n", "120日");
  feed.Set("nenreisegnari_jgn", "59");
  feed.Set("saiyoninzu_n", "2");
  feed.Set("tenkin_knsi_n", "なし");
  feed.Set("mitei_tag", "値");
  return feed;
}

inline schema::JobPosting Derive(schema::FeedRecord feed) {
  const schema::PlaceResolver places;
  const schema::PostingDeriver deriver(places);
  schema::JobPosting posting;
  schema::Rejection rejection;
  KYUJIN_CHECK(deriver.Derive(std::move(feed), &posting, &rejection));
  return posting;
}

}  // namespace kyujin::api
