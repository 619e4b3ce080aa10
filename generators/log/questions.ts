/** Where the server's own lines go, and the format of a line per request. */

import type { ChoiceQuestion, MultiQuestion } from '../../src/spec/question.ts';

export const targets: MultiQuestion = {
  kind: 'multi',
  key: 'log.targets',
  group: 'Logs',
  depth: 'custom',
  title: 'Log destinations',
  help: "Where the server's own log lines go; you can choose several.",
  explanation:
    'A daemon has no terminal, so in chapter 7 of the book its lines go to syslogd. Whatever you ' +
    'choose, no line ever delays a client: if there is no room for one, it is dropped and ' +
    'counted, and the count is reported as soon as a line gets through.',
  default: ['stderr'],
  choices: [
    {
      value: 'stderr',
      label: 'standard error',
      tradeoff: 'Lines are kept by whatever starts the server: a terminal, a container, systemd.',
      explanation:
        'The server only writes lines; it opens no files. A terminal shows them in colour; ' +
        'systemd and containers collect them. The setting log may name a file instead.',
    },
    {
      value: 'file',
      label: 'a file',
      tradeoff: 'Lines go to a separate file, which you have to rotate.',
      explanation:
        'Lines are appended to the file named by the setting log. After logrotate has moved the ' +
        'file away, SIGHUP or SIGUSR1 makes the server reopen it, in worker processes too.',
    },
    {
      value: 'syslog',
      label: 'syslog',
      tradeoff: "The machine's log daemon sorts lines by facility and level, and keeps them.",
      explanation:
        'The server sends datagrams to /dev/log, as syslog(3) does (chapter 7 of the book). The ' +
        'setting log-facility names the facility, and log-level is the mask. If the log daemon ' +
        'restarts, the server finds it again; unlike syslog(3), it never waits for the daemon.',
    },
    {
      value: 'udp',
      label: 'a log server',
      tradeoff: 'Lines of many machines in one place; lines the network drops are lost.',
      explanation:
        'The server sends RFC 5424 datagrams over UDP to the host named by the setting log-udp. ' +
        'The name is resolved at startup: an unknown name keeps the server from starting.',
    },
    {
      value: 'journald',
      label: 'journald',
      tradeoff: 'Entries keep their level and their line breaks; requires systemd.',
      explanation:
        "The server speaks journald's own protocol: journalctl -p warning finds lines by level, " +
        'and a message of several lines stays one entry. Under systemd, standard error goes to the ' +
        'journal too, but without the level: choose one of the two.',
    },
  ],
};

export const access: ChoiceQuestion = {
  kind: 'choice',
  key: 'log.access',
  group: 'Logs',
  depth: 'custom',
  title: 'Access log',
  help: 'Whether each request is logged by default, and in which format.',
  explanation:
    'In chapter 7 of the book, the access log is how a daemon accounts for its work. The setting ' +
    'access-log says where its lines go, or "off". Lines are formatted by the thread that ' +
    'answers and written by another, so no client waits for a disk; text sent by clients is ' +
    'escaped.',
  default: 'off',
  choices: [
    {
      value: 'off',
      label: 'off',
      tradeoff: 'Costs nothing; the setting access-log can still turn on lines in a short format.',
      explanation:
        'Requests are logged only if the setting access-log names a file. Each line then has ' +
        'peer, method, target, status, bytes and microseconds, separated by spaces.',
    },
    {
      value: 'common',
      label: 'common',
      tradeoff: 'Understood by every log analyser; omits referer and user agent.',
      explanation:
        "Apache's common format: host, time, request line with its protocol, status, bytes. If a " +
        'client leaves before its answer, the status is 499, as in nginx.',
    },
    {
      value: 'combined',
      label: 'combined',
      tradeoff: 'Common plus referer and user agent: the usual choice for web servers.',
      explanation:
        "Apache's combined format, which goaccess, AWStats and most collectors know by name. " +
        'Quotes, backslashes and unprintable characters are escaped as Apache escapes them.',
    },
    {
      value: 'json',
      label: 'JSON',
      tradeoff: 'One object per line, with duration, request id and route; longer lines.',
      explanation:
        'Time, peer, method, target, protocol, status, bytes, duration in seconds, referer, agent, ' +
        'request id and route: for collectors that index fields. Every line is valid JSON, whatever ' +
        'a client sent.',
    },
  ],
};
