/** Where the server's own lines go, and what a line per request looks like. */

import type { ChoiceQuestion, MultiQuestion } from '../../src/spec/question.ts';

export const targets: MultiQuestion = {
  kind: 'multi',
  key: 'log.targets',
  group: 'Logs',
  depth: 'custom',
  title: 'Where the log goes',
  help: "Where the server's own lines go: to all of these at once.",
  explanation:
    'A daemon has no terminal, so chapter 7 of the book gives its lines to syslogd. Whatever is ' +
    'chosen, no line holds a client up: one that its reader has no room for is lost, counted, and ' +
    'the count is told as soon as one gets through.',
  default: ['stderr'],
  choices: [
    {
      value: 'stderr',
      label: 'standard error',
      tradeoff: 'Whoever starts the server keeps its lines: a terminal, a container, systemd.',
      explanation:
        'The server writes lines and knows no files. A terminal shows them in colour; systemd and ' +
        'containers collect them. The setting log may name a file instead.',
    },
    {
      value: 'file',
      label: 'a file',
      tradeoff: 'Lines stand in a file of their own, which somebody has to rotate.',
      explanation:
        'Lines are appended to the file that the setting log names. SIGHUP and SIGUSR1 open it ' +
        'anew after it was moved away, as logrotate does it; worker processes do so too.',
    },
    {
      value: 'syslog',
      label: 'syslog',
      tradeoff: "The machine's log daemon sorts lines by facility and level, and keeps them.",
      explanation:
        'Datagrams to /dev/log, as syslog(3) sends them: chapter 7 of the book. The setting ' +
        'log-facility says under which facility, log-level is the mask. When the daemon is started ' +
        'anew, the server finds it again; it never waits for it, as syslog(3) may.',
    },
    {
      value: 'udp',
      label: 'a log server',
      tradeoff: 'Lines of many machines in one place; what the network loses is lost.',
      explanation:
        'Datagrams of RFC 5424 over UDP to the host that the setting log-udp names. Its name is ' +
        'resolved at the start: one that is unknown keeps the server from starting.',
    },
    {
      value: 'journald',
      label: 'journald',
      tradeoff: 'Lines keep their level and their breaks; only where systemd runs.',
      explanation:
        "Datagrams in journald's own protocol: journalctl -p warning finds lines by their level, " +
        'and several lines of one message stay one entry. Under systemd, standard error goes to ' +
        'the journal too, without the level: choose one of the two.',
    },
  ],
};

export const access: ChoiceQuestion = {
  kind: 'choice',
  key: 'log.access',
  group: 'Logs',
  depth: 'custom',
  title: 'A line per request',
  help: 'Whether each request gets a line from the start, and in which format.',
  explanation:
    'The access log is how chapter 7 of the book has a daemon account for what it did. The setting ' +
    'access-log says where its lines go, or "off". They are formatted where the request was ' +
    'answered and written elsewhere, so that nobody waits for a disk; what clients wrote is escaped.',
  default: 'off',
  choices: [
    {
      value: 'off',
      label: 'off',
      tradeoff: 'Costs nothing; the setting access-log turns on a short line of its own.',
      explanation:
        'No request is noted unless the setting access-log names a file: then each gets peer, ' +
        'method, target, status, bytes and microseconds, parted by blanks.',
    },
    {
      value: 'common',
      label: 'common',
      tradeoff: 'What every log analyser reads; says nothing of referer and agent.',
      explanation:
        "Apache's common format: host, time, request line with its protocol, status, bytes. A " +
        'client that went before its answer has 499, as nginx says it.',
    },
    {
      value: 'combined',
      label: 'combined',
      tradeoff: 'As common, with referer and agent: the usual choice for web servers.',
      explanation:
        "Apache's combined format, which goaccess, AWStats and most collectors know by name. " +
        'Quotes, backslashes and what is not printable are escaped as Apache escapes them.',
    },
    {
      value: 'json',
      label: 'JSON',
      tradeoff: 'An object per line, with duration, request id and route; longer lines.',
      explanation:
        'Time, peer, method, target, protocol, status, bytes, duration in seconds, referer, agent, ' +
        'request id and route: for collectors that index fields. Every line is valid JSON, whatever ' +
        'a client sent.',
    },
  ],
};
