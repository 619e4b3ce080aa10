#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <ctime>
#include <regex>
#include <string>

#include "hpserver/log/journal.h"
#include "hpserver/log/local_syslog.h"
#include "hpserver/log/remote_syslog.h"
#include "hpserver/log/severity.h"

namespace hpserver {
namespace {

using namespace std::chrono_literals;

const LogSource kSource{.program = "my-server", .facility = Facility::local3};

LogRecord record_of(std::string_view text, Severity severity = Severity::warning) {
  // Sunday, 2 August 2026, 03:04:05.006007 UTC.
  const auto time = std::chrono::sys_days{std::chrono::August / 2 / 2026} + 3h + 4min + 5s + 6007us;
  return {.severity = severity, .time = time, .text = text};
}

std::string pid() {
  return std::to_string(::getpid());
}

template <typename Protocol>
std::string datagram_of(const LogRecord& record) {
  Protocol protocol(kSource);
  std::string datagram;
  protocol.append(datagram, record);
  return datagram;
}

TEST(Severity, IsHalfOfAPriority) {
  EXPECT_EQ(priority_of(Facility::daemon, Severity::informational), 30);
  EXPECT_EQ(priority_of(Facility::local7, Severity::debug), 191);
  EXPECT_EQ(priority_of(Facility::user, Severity::emergency), 8);
}

TEST(Severity, KnowsTheNamesOfFacilities) {
  EXPECT_EQ(facility_of("daemon"), Facility::daemon);
  EXPECT_EQ(facility_of("local7"), Facility::local7);
  EXPECT_EQ(facility_of("local8"), std::nullopt);
  EXPECT_EQ(facility_of(""), std::nullopt);
}

TEST(LocalSyslog, HasThePriorityTheTimeAndTheTagButNoHost) {
  const std::string datagram = datagram_of<LocalSyslog>(record_of("draining"));
  // Local time, whatever the time zone here is; a one-digit day has a leading blank.
  const std::regex shape("<156>(Aug|Jul)( [ 123][0-9]) [0-9]{2}:[0-9]{2}:05 my-server\\[" + pid() +
                         "\\]: draining");
  EXPECT_TRUE(std::regex_match(datagram, shape)) << datagram;
}

TEST(RemoteSyslog, HasTheFieldsOfRfc5424) {
  const std::string datagram = datagram_of<RemoteSyslog>(record_of("draining", Severity::error));
  const std::regex shape("<155>1 2026-08-02T03:04:05\\.006007Z [!-~]+ my-server " + pid() +
                         " - - draining");
  EXPECT_TRUE(std::regex_match(datagram, shape)) << datagram;
}

TEST(RemoteSyslog, HasAProgramWithoutBlanksOfFortyEightBytes) {
  RemoteSyslog protocol({.program = "my server" + std::string(100, 'x')});
  std::string datagram;
  protocol.append(datagram, record_of("a"));
  // The truncated part had 48 bytes, including its blank.
  EXPECT_NE(datagram.find(" myserver" + std::string(39, 'x') + ' '), std::string::npos) << datagram;
}

TEST(RemoteSyslog, TellsOneSecondFromTheNext) {
  RemoteSyslog protocol(kSource);
  std::string first;
  std::string second;
  LogRecord record = record_of("a");
  protocol.append(first, record);
  record.time += 1s;
  protocol.append(second, record);
  EXPECT_NE(first.find("T03:04:05."), std::string::npos);
  EXPECT_NE(second.find("T03:04:06."), std::string::npos);
}

// An injection would begin a line of its own.
TEST(LogProtocol, KeepsOneRecordOneLine) {
  const LogRecord record = record_of("a\n<0>Jan  1 00:00:00 kernel: b\r\n");
  for (const std::string& datagram :
       {datagram_of<LocalSyslog>(record), datagram_of<RemoteSyslog>(record)}) {
    EXPECT_EQ(datagram.find_first_of("\r\n"), std::string::npos);
    EXPECT_NE(datagram.find("a\\x0a<0>Jan"), std::string::npos);
  }
}

TEST(LogProtocol, CutsLongTextOff) {
  const std::string long_text(100'000, 'x');
  for (const std::string& datagram : {datagram_of<LocalSyslog>(record_of(long_text)),
                                      datagram_of<RemoteSyslog>(record_of(long_text))}) {
    EXPECT_LT(datagram.size(), std::size_t{8} * 1024);
    EXPECT_TRUE(datagram.ends_with("x..."));
  }
}

TEST(Journal, HasAFieldPerLine) {
  EXPECT_EQ(datagram_of<Journal>(record_of("draining")),
            "MESSAGE=draining\nPRIORITY=4\nSYSLOG_FACILITY=19\nSYSLOG_IDENTIFIER=my-server\n"
            "SYSLOG_PID=" +
                pid() + "\n");
}

// The text's length precedes it, so `PRIORITY=0` in a text isn't a field.
TEST(Journal, CountsTheBytesOfATextWithSeveralLines) {
  const std::string datagram = datagram_of<Journal>(record_of("a\nPRIORITY=0"));
  const std::string begin =
      std::string("MESSAGE\n\x0c\0\0\0\0\0\0\0a\nPRIORITY=0\nPRIORITY=4\n", 40);
  EXPECT_EQ(datagram.substr(0, begin.size()), begin);
}

}  // namespace
}  // namespace hpserver
