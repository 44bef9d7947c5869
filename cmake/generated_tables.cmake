# kyujin_generate_tables(<variable> <name> <file of dict/>...)
# Compiles tables of dict/ to <name>_data.cc by generate_<name>.py, and puts the source's path into <variable>. A broken
# line there stops the build and is named.
function(kyujin_generate_tables variable name)
  set(source "${CMAKE_CURRENT_BINARY_DIR}/${name}_data.cc")
  set(generator "${CMAKE_SOURCE_DIR}/cmake/generate_${name}.py")
  list(TRANSFORM ARGN PREPEND "${CMAKE_SOURCE_DIR}/dict/" OUTPUT_VARIABLE files)
  add_custom_command(
    OUTPUT "${source}"
    COMMAND Python3::Interpreter "${generator}" "${CMAKE_SOURCE_DIR}/dict" "${source}"
    DEPENDS "${generator}"
            "${CMAKE_SOURCE_DIR}/cmake/cpp_source.py"
            "${CMAKE_SOURCE_DIR}/cmake/dictionary_files.py"
            "${CMAKE_SOURCE_DIR}/cmake/generate_code_tables.py"
            ${files}
    COMMENT "Tables of dict/: ${name}"
    VERBATIM)
  set(${variable} "${source}" PARENT_SCOPE)
endfunction()
