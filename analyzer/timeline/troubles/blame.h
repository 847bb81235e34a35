// SPDX-License-Identifier: Apache-2.0
// Whose code a traceback names.
#ifndef LOGDIAG_TIMELINE_TROUBLES_BLAME_H_
#define LOGDIAG_TIMELINE_TROUBLES_BLAME_H_

#include <functional>
#include <set>
#include <string>
#include <string_view>

#include "analyzer/model/event.h"

namespace logdiag {

// The custom node pack a path lies in: the folder or file name after
// "custom_nodes/". "" if it lies in none.
std::string PackOfPath(std::string_view path);

// The pack of the innermost frame that lies in one, of the exception that was
// raised first. "" if none does.
std::string PackOf(const Traceback& traceback);

// True if the traceback was printed by an interpreter that ended with it: it is
// bare, not of a thread, and its outermost frame is the top level of a script.
bool EndsInterpreter(const Traceback& traceback);

// True if it ended one of `mains`, the files of the main scripts of programs
// that are known.
bool EndsMain(const Traceback& traceback,
              const std::set<std::string, std::less<>>& mains);

// True if a module could not be imported: that is never the word of another
// process's death.
bool FailsToImport(const Traceback& traceback);

// True if it is the operator's Ctrl-C at the top level of a script ("^C" may
// stand before its header).
bool EndsByKeyboard(const Traceback& traceback);

// True if it is the operator's Ctrl-C.
bool IsKeyboardInterrupt(const Traceback& traceback);

// True if it is ComfyUI's way to unwind an interrupted prompt.
bool IsPromptInterrupt(const Traceback& traceback);

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_TROUBLES_BLAME_H_
