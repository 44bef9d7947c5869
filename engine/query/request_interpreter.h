// RequestInterpreter: puts what the words of `q` mean (interpreter.h) among the parameters of a
// request, as if it had been sent so. Private to engine/query.
//
// Thread rule: functions only. **Immutable.**
#pragma once

#include <vector>

#include "engine/query/checked_parameter.h"
#include "engine/query/request_draft.h"

namespace kyujin::query {

// Moves what is understood out of the words of `q` into the parameters that say the same, and notes
// the chips in `*draft`, with how the request reads without interpretation. Does nothing under
// interpret=off and q_mode=or. Requires: `*checked` has all parameters, in the order of
// SearchParameters().
void InterpretRequest(std::vector<CheckedParameter>* checked, RequestDraft* draft);

}  // namespace kyujin::query
