/**
 * node slow-client.ts URL: requests a large file and reads 16 KiB of it every 50 ms, forever;
 * prints `reading` once the first bytes have arrived.
 */

import { connect } from 'node:net';

const url = new URL(process.argv[2] ?? '');
const socket = connect({ host: url.hostname, port: Number(url.port) });
socket.write(`GET ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\n\r\n`);
socket.once('readable', () => console.log('reading'));
setInterval(() => socket.read(16_384), 50);
socket.on('error', () => {});
