/**
 * node slow-client.ts URL: asks for a large file and takes 16 KiB of it every 50 ms, for ever;
 * prints `reading` once the first bytes have come.
 */

import { connect } from 'node:net';

const url = new URL(process.argv[2] ?? '');
const socket = connect({ host: url.hostname, port: Number(url.port) });
socket.write(`GET ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\n\r\n`);
socket.once('readable', () => console.log('reading'));
setInterval(() => socket.read(16_384), 50);
socket.on('error', () => {});
