# SPDX-License-Identifier: BSD-3-Clause
# Checks that the code in README.md is the tested one: a block that follows
#   <!-- quoted from FILE: NAME -->
# equals the lines between [begin NAME] and [end NAME] in FILE.
#   cmake -D ROOT=<tree> -P quotes.cmake
cmake_minimum_required(VERSION 3.25)

# between(text from to out): what stands between the two, after `from`.
function(between text from to out)
  string(FIND "${text}" "${from}" begin)
  if(begin EQUAL -1)
    message(FATAL_ERROR "'${from}' is missing")
  endif()
  string(LENGTH "${from}" length)
  math(EXPR begin "${begin} + ${length}")
  string(SUBSTRING "${text}" ${begin} -1 rest)
  string(FIND "${rest}" "${to}" end)
  if(end EQUAL -1)
    message(FATAL_ERROR "'${to}' is missing after '${from}'")
  endif()
  string(SUBSTRING "${rest}" 0 ${end} rest)
  set(${out} "${rest}" PARENT_SCOPE)
endfunction()

file(READ "${ROOT}/README.md" readme)
set(marker "<!-- quoted from ([^ ]+): ([a-z_]+) -->")
string(REGEX MATCHALL "${marker}" quotes "${readme}")
if(NOT quotes)
  message(FATAL_ERROR "README.md quotes nothing")
endif()
foreach(quote IN LISTS quotes)
  string(REGEX REPLACE "${marker}" "\\1" file "${quote}")
  string(REGEX REPLACE "${marker}" "\\2" name "${quote}")
  between("${readme}" "${quote}\n```cpp\n" "```" quoted)
  file(READ "${ROOT}/${file}" source)
  between("${source}" "// [begin ${name}]\n" "// [end ${name}]" original)
  string(REGEX REPLACE " +$" "" original "${original}")
  if(NOT quoted STREQUAL original)
    message(FATAL_ERROR "README.md does not quote ${file} (${name}) as it is")
  endif()
endforeach()
