# Compiles files together, so that the headers that they share are read once: it takes a quarter of
# the time. -DHPSERVER_UNITY=OFF compiles each file by itself.
option(HPSERVER_UNITY "Compile the native code part by part, not file by file" ON)

# compile_in_units(target regex…): the sources whose path begins as a regex says are a unit; what
# matches none stays alone. Names in unnamed namespaces have to be unique within a unit. Other than
# those of CMake's UNITY_BUILD, units are the same text wherever the project stands: ccache finds
# them again.
function(compile_in_units target)
  if(NOT HPSERVER_UNITY)
    return()
  endif()
  get_target_property(sources ${target} SOURCES)
  list(FILTER sources INCLUDE REGEX "\\.cc$")
  foreach(part ${ARGN})
    set(parts ${sources})
    list(FILTER parts INCLUDE REGEX "^${part}")
    if(NOT parts)
      continue()
    endif()
    list(REMOVE_ITEM sources ${parts})
    # Listed still, not compiled.
    set_source_files_properties(${parts} PROPERTIES HEADER_FILE_ONLY ON)
    list(TRANSFORM parts PREPEND "#include \"")
    list(JOIN parts "\"\n" text)
    string(MAKE_C_IDENTIFIER "${part}" name)
    set(unit ${CMAKE_CURRENT_BINARY_DIR}/${target}-units/${name}.cc)
    file(CONFIGURE OUTPUT ${unit} CONTENT "${text}\"\n" @ONLY)
    target_sources(${target} PRIVATE ${unit})
  endforeach()
  target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
endfunction()

# compile_core(target): the rooms of the core in five units.
function(compile_core target)
  compile_in_units(${target}
    "hpserver/(base|daemon|os|pool|storage)/"
    "hpserver/(completion|event|metrics|poller)/"
    "hpserver/(connection|link|log|socket|transport)/"
    "hpserver/concurrency/"
    "hpserver/(protocol|proxy)/")
endfunction()
