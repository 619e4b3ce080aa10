# Uses the distribution's packages if they are new enough, and pinned releases otherwise. Debian and
# Ubuntu: apt install libcli11-dev libspdlog-dev libgtest-dev
include(FetchContent)

find_package(CLI11 2.1 QUIET)
if(NOT CLI11_FOUND)
  message(STATUS "CLI11 >= 2.1 isn't installed: fetching 2.4.2")
  FetchContent_Declare(cli11
    URL https://github.com/CLIUtils/CLI11/archive/v2.4.2.tar.gz
    URL_HASH SHA256=f2d893a65c3b1324c50d4e682c0cdc021dd0477ae2c048544f39eed6654b699a)
  FetchContent_MakeAvailable(cli11)
endif()

find_package(spdlog 1.10 QUIET)
if(NOT spdlog_FOUND)
  message(STATUS "spdlog >= 1.10 isn't installed: fetching 1.13.0")
  FetchContent_Declare(spdlog
    URL https://github.com/gabime/spdlog/archive/v1.13.0.tar.gz
    URL_HASH SHA256=534f2ee1a4dcbeb22249856edfb2be76a1cf4f708a20b0ac2ed090ee24cfdbc9)
  FetchContent_MakeAvailable(spdlog)
endif()

find_package(GTest 1.11 QUIET)
if(NOT GTest_FOUND)
  message(STATUS "GoogleTest >= 1.11 isn't installed: fetching 1.14.0")
  FetchContent_Declare(googletest
    URL https://github.com/google/googletest/archive/refs/tags/v1.14.0.tar.gz
    URL_HASH SHA256=8ad598c73ad796e0d8280b082cebd82a630d73e73cd3c70057938a6501bba5d7)
  FetchContent_MakeAvailable(googletest)
endif()
