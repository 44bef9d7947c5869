// The parts of a random record, one function per section of the feed; used by random_feed.cc only.
//
// Thread rule: Thread-compatible.
#pragma once

#include "tests/testing/random_feed.h"

namespace kyujin::test {

// Kind, full or part time, employment, renewal, industry, occupation, employees, positions.
void AddKind(RandomRecord* record, RandomSource* random);
// Workplace or employer's address only, stations and the way from them.
void AddPlace(RandomRecord* record, RandomSource* random);
// a, b, a+b and c of every wage type.
void AddWage(RandomRecord* record, RandomSource* random);
// Shifts, work systems, overtime, days off.
void AddHours(RandomRecord* record, RandomSource* random);
// Age, licences, experience, education, insurances.
void AddRequirements(RandomRecord* record, RandomSource* random);
// The fields that decide conditions and nothing else.
void AddConditions(RandomRecord* record, RandomSource* random);
// The texts that words are looked for in.
void AddTexts(RandomRecord* record, RandomSource* random);

}  // namespace kyujin::test
