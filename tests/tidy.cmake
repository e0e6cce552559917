# SPDX-License-Identifier: BSD-3-Clause
# Checks the rules of the tree that no compiler checks.
#   cmake -D ROOT=<tree> -P tidy.cmake             lists violations, fails if any
#   cmake -D SELF_TEST=<empty dir> -P tidy.cmake   seeds each violation there and
#                                                  checks that it is found
cmake_minimum_required(VERSION 3.25)

set(LINES_MAX 500)
set(EXAMPLE_LINES_MAX 100)

# say(file text): notes a violation.
function(say file text)
  message(NOTICE "${file}: ${text}")
  set_property(GLOBAL APPEND PROPERTY violations "${file}")
endfunction()

# forbid(pattern why): the current file (file, content) may not match.
function(forbid pattern why)
  if(content MATCHES "${pattern}")
    say("${file}" "${why}: '${CMAKE_MATCH_0}'")
  endif()
endfunction()

# allow_include(pattern where): headers that match the pattern are for files
# whose path matches `where`.
function(allow_include pattern where)
  if(NOT file MATCHES "${where}")
    forbid("#include [<\"]${pattern}[^\n]*" "not to be included here")
  endif()
endfunction()

# The character before and after a word; CMake has no \b.
set(word_start "(^|[^A-Za-z0-9_])")
set(word_end "([^A-Za-z0-9_]|$)")

# What every text file keeps to.
function(check_text file content)
  forbid("${word_start}(TO[D]O|FIX[M]E|XX[X]|HAC[K])${word_end}"
         "unfinished business")
  forbid("(^|[^A-Za-z0-9_.])/(wor[k]|far[m]|roo[t]|hom[e])/[^\n]*"
         "path of one machine")
  forbid("/tm[p]/(wt|bash_)[^\n]*" "path of one machine")
  forbid("deb\\.debia[n]\\.org|registry\\.npmj[s]|pypi\\.or[g]"
         "host of a package registry")
  forbid("${word_start}R[1-9][0-9]?${word_end}"
         "number of a rule instead of its name")
  forbid("${word_start}(desig[n]|cl[i]|styl[e]|venue_protoco[l])\\.md"
         "document that is not in the tree")
endfunction()

# Who may include what, and who may read the clock.
function(check_dependencies file content)
  # In an actor's folder only the file that is named like it knows CAF.
  set(shell "^$")
  if(file MATCHES "^actors/([a-z_]+)/")
    set(shell "^actors/${CMAKE_MATCH_1}/${CMAKE_MATCH_1}\\.[ch]pp$")
  endif()
  allow_include(
    "caf/" "^tests/|^actors/[^/]*$|^actors/(transport|daemon)/|${shell}\
|^messages/(inspect|type_ids)\\.hpp$")
  allow_include("rapidjson/" "^(messages/wire/[a-z_]+\\.cpp$|tests/)")
  allow_include("msgpack" "^(messages/(wire|signing)/[a-z_]+\\.cpp$|tests/)")
  allow_include("libwebsockets" "^(actors/transport/|tests/)")
  allow_include("(secp256k1|cryptopp/|crypto\\+\\+/)"
                "^(messages/signing/[a-z_]+\\.cpp$|tests/)")
  allow_include("sqlite3" "^(actors/journal/[a-z_]+\\.cpp$|tests/)")
  allow_include("(hlx/)?actors/" "^(actors|tests)/")
  allow_include("tests/" "^tests/")
  forbid("sleep_(for|until)|${word_start}(u|nano)?sleep\\("
         "sleep instead of a condition or a timer")
  if(NOT file MATCHES "^(actors/(transport|daemon)/|tests/)")
    forbid("(system|steady|high_resolution)_clock::now|gettimeofday\
|clock_gettime|${word_start}(std::)?time\\((nullptr|NULL|0)\\)"
           "clock read among the decisions")
    forbid("random_device|getrandom|getentropy|arc4random\
|${word_start}s?rand\\(" "randomness among the decisions")
    forbid("std::(mutex|thread|jthread|condition_variable)"
           "thread among the decisions")
  endif()
endfunction()

# What every C++ file keeps to.
function(check_source file content)
  if(NOT content MATCHES "^// SPDX-License-Identifier: BSD-3-Clause\n")
    say("${file}" "the first line is not the SPDX licence line")
  endif()
  if(file MATCHES "\\.hpp$" AND NOT content MATCHES "\n#pragma once\n")
    say("${file}" "no #pragma once")
  endif()
  string(REGEX REPLACE "[^\n]+" "" newlines "${content}")
  string(LENGTH "${newlines}" lines)
  set(lines_max ${LINES_MAX})
  if(file MATCHES "^tests/examples/")
    set(lines_max ${EXAMPLE_LINES_MAX})
  endif()
  if(lines GREATER lines_max)
    say("${file}" "${lines} lines, at most ${lines_max}")
  endif()
  check_dependencies("${file}" "${content}")
endfunction()

# A .cpp that no CMakeLists.txt names is dead: by its bare name in the one of
# its own folder, or with a folder in any.
function(check_orphan file listings)
  get_filename_component(name "${file}" NAME)
  get_filename_component(dir "${file}" DIRECTORY)
  get_filename_component(parent "${dir}" NAME)
  string(REPLACE "." "\\." pattern "${name}")
  set(own "")
  if(EXISTS "${ROOT}/${dir}/CMakeLists.txt")
    file(READ "${ROOT}/${dir}/CMakeLists.txt" own)
  endif()
  if(NOT own MATCHES "(^|[ \n(])${pattern}([ \n)]|$)"
     AND NOT listings MATCHES "(^|[^A-Za-z0-9_])${parent}/${pattern}")
    say("${file}" "named in no CMakeLists.txt")
  endif()
endfunction()

# Every type that travels has its place in the vocabulary.
function(check_vocabulary)
  if(NOT EXISTS "${ROOT}/messages/type_ids.hpp")
    return()
  endif()
  file(READ "${ROOT}/messages/README.md" vocabulary)
  file(STRINGS "${ROOT}/messages/type_ids.hpp" entries REGEX "CAF_ADD_TYPE_ID")
  foreach(entry IN LISTS entries)
    string(REGEX MATCH "hlx::([a-z_]+)" type "${entry}")
    if(NOT vocabulary MATCHES "`${CMAKE_MATCH_1}`")
      say("messages/README.md" "has no row for ${CMAKE_MATCH_1}")
    endif()
  endforeach()
endfunction()

function(check_tree)
  file(
    GLOB_RECURSE files
    RELATIVE "${ROOT}"
    "${ROOT}/actors/*" "${ROOT}/cmake/*" "${ROOT}/messages/*"
    "${ROOT}/tests/*")
  file(GLOB top LIST_DIRECTORIES false RELATIVE "${ROOT}" "${ROOT}/*"
       "${ROOT}/.ci/*" "${ROOT}/.clang*")
  set(listings "")
  foreach(file IN LISTS files)
    if(file MATCHES "(CMakeLists\\.txt|\\.cmake)$")
      file(READ "${ROOT}/${file}" content)
      string(APPEND listings "${content}")
    endif()
  endforeach()
  check_vocabulary()
  foreach(file IN LISTS files top)
    if(NOT file MATCHES "\\.(cpp|hpp|md|txt|cmake|in|conf|example|service)$"
       AND NOT file MATCHES "^(run|\\.ci/run)$"
       OR file MATCHES "^tests/golden/")
      continue()
    endif()
    file(READ "${ROOT}/${file}" content)
    check_text("${file}" "${content}")
    if(file MATCHES "\\.[ch]pp$")
      check_source("${file}" "${content}")
    endif()
    if(file MATCHES "\\.cpp$")
      check_orphan("${file}" "${listings}")
    endif()
  endforeach()
endfunction()

# Keeps the seeds below from breaking the rules themselves.
set(no "")

# seed(file line...): writes a file of the self-test that breaks one rule.
function(seed file)
  string(REPLACE ";" "\n" lines "${ARGN}")
  file(WRITE "${SELF_TEST}/${file}"
       "// SPDX-License-Identifier: BSD-3-Clause\n${lines}\n")
  get_filename_component(dir "${file}" DIRECTORY)
  get_filename_component(name "${file}" NAME)
  file(APPEND "${SELF_TEST}/${dir}/CMakeLists.txt" "${name}\n")
  set_property(GLOBAL APPEND PROPERTY seeded "${file}")
endfunction()

function(run_self_test)
  file(REMOVE_RECURSE "${SELF_TEST}")
  set(spdx "// SPDX-License-Identifier: BSD-3-Clause\n")
  # Nothing is wrong with these.
  set(clean actors/timer/timer.cpp actors/transport/loop.cpp
            messages/wire/decode.cpp messages/inspect.hpp messages/type_ids.hpp
            tests/clock_test.cpp)
  seed(actors/timer/timer.cpp "#include <caf/actor.hpp>")
  seed(actors/transport/loop.cpp "#include <libwebsockets.h>"
       "auto t = std::chrono::steady_clock::now()")
  seed(messages/wire/decode.cpp "#include <rapidjson/reader.h>" "int XXXL")
  seed(messages/inspect.hpp "#pragma once" "#include <caf/none.hpp>")
  seed(tests/clock_test.cpp "std::random_device seed")
  # One violation each.
  seed(actors/timer/wheel.cpp "#include <caf/actor.hpp>")
  seed(messages/orders.cpp "#include <caf/actor.hpp>")
  seed(messages/wire/frame.hpp "#pragma once" "#include <rapidjson/reader.h>")
  seed(actors/timer/socket.cpp "#include <libwebsockets.h>")
  seed(messages/wire/sign.cpp "#include <secp256k1.h>")
  seed(messages/hash.cpp "#include <cryptopp/keccak.h>")
  seed(messages/upward.cpp "#include \"hlx/actors/interfaces.hpp\"")
  seed(actors/venue.cpp "#include \"tests/venue/venue.hpp\"")
  seed(actors/timer/now.cpp "auto t = std::chrono::system_clock::now()")
  seed(messages/dice.cpp "std::random_device seed")
  seed(actors/timer/lock.cpp "std::mutex lock")
  seed(tests/slow_test.cpp "std::this_thread::sleep_for(1s)")
  seed(tests/lazy_test.cpp "  usleep(10)")
  seed(tests/later.cpp "// TO${no}DO: later")
  seed(tests/path.cpp "// see /ho${no}me/me/notes")
  seed(tests/rule.cpp "// R${no}12 says so")
  seed(tests/document.cpp "// see desi${no}gn.md")
  seed(tests/unguarded.hpp "int x")
  string(REPEAT "\n" ${LINES_MAX} padding)
  seed(tests/long.cpp "${padding}")
  string(REPEAT "\n" ${EXAMPLE_LINES_MAX} padding)
  seed(tests/examples/long.cpp "${padding}")
  file(WRITE "${SELF_TEST}/tests/licence.cpp" "int x;\n")
  file(APPEND "${SELF_TEST}/tests/CMakeLists.txt" "licence.cpp\n")
  file(WRITE "${SELF_TEST}/tests/orphan.cpp" "${spdx}int x;\n")
  set_property(GLOBAL APPEND PROPERTY seeded tests/licence.cpp tests/orphan.cpp)

  seed(messages/type_ids.hpp "#pragma once"
       "CAF_ADD_TYPE_ID(hlx_messages, (hlx::new_message))")
  set_property(GLOBAL APPEND PROPERTY seeded messages/README.md)
  file(WRITE "${SELF_TEST}/messages/README.md" "| `old_message` |\n")

  set(ROOT "${SELF_TEST}")
  check_tree()
  get_property(expected GLOBAL PROPERTY seeded)
  list(REMOVE_ITEM expected ${clean})
  get_property(found GLOBAL PROPERTY violations)
  list(SORT expected)
  list(SORT found)
  if(NOT expected STREQUAL found)
    message(FATAL_ERROR "expected ${expected}\nfound    ${found}")
  endif()
endfunction()

if(SELF_TEST)
  run_self_test()
  return()
endif()
check_tree()
get_property(violations GLOBAL PROPERTY violations)
if(violations)
  message(FATAL_ERROR "the rules of the tree are broken")
endif()
