# SPDX-License-Identifier: Apache-2.0
# Flags of what runs on a machine, and not in a browser.
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

# As RE2 has it for its users: headers that are compiled once need one set of
# flags.
target_compile_options(logdiag_options INTERFACE -pthread)
target_link_options(logdiag_options INTERFACE -pthread)

# Hostile text is what it reads all day. FORTIFY needs optimisation, and hides
# from the sanitizers what it checks itself.
target_compile_options(logdiag_options INTERFACE
  -fstack-protector-strong
  $<$<NOT:$<BOOL:${LOGDIAG_SANITIZE}>>:-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2>
  $<$<STREQUAL:${CMAKE_SYSTEM_PROCESSOR},x86_64>:-fcf-protection>)
target_link_options(logdiag_options INTERFACE
  -Wl,-z,relro,-z,now
  $<IF:$<BOOL:${LOGDIAG_STATIC}>,-static-pie,-pie>
  $<$<BOOL:${LOGDIAG_SANITIZE}>:-fsanitize=address,undefined>
  $<$<BOOL:${LOGDIAG_FUZZ}>:-fsanitize=fuzzer-no-link>)
