/** Where version 0.3.0 kept the core's files: existing projects follow them by id. */

interface Room {
  /** Below `include/hpserver/` for headers, below `src/` for sources. */
  readonly was: string;
  /** Below `hpserver/` for both. */
  readonly is: string;
  readonly names: string;
}

function stayed(room: string, names: string): Room {
  return { was: room, is: room, names };
}

const kRooms: readonly Room[] = [
  stayed('base', 'clock error result token trace'),
  stayed(
    'completion',
    'aio_port aio_requests completion_port real_time_signal uring_buffers uring_files uring_port',
  ),
  stayed(
    'concurrency',
    'accepting_threads half_sync_half_async half_sync_half_async_processes half_sync_half_reactive ' +
      'handle_set leader_followers leading_accept leading_accept_processes loop member ' +
      'one_loop_server per_connection_server prethreaded process_per_connection server ' +
      'server_options server_signals sharded sharded_processes single thread_crew ' +
      'thread_per_connection thread_set worker_loops',
  ),
  stayed(
    'concurrency/process',
    'process_pool process_server restart_delay worker_notice worker_process worker_processes ' +
      'worker_status',
  ),
  stayed(
    'event',
    'event_handler event_loop proactor reactor signal_source timer timer_heap timer_wheel waker ' +
      'watch',
  ),
  {
    was: 'net',
    is: 'connection',
    names:
      'buffer_pool channel connection connection_budget connection_set connection_share crew ' +
      'input_buffer output_queue segment service_set transport workspace',
  },
  {
    was: 'net',
    is: 'link',
    names: 'frame_queue framed_stream out_of_band peer_link relay resolver upstream_pool',
  },
  {
    was: 'net',
    is: 'socket',
    names: 'address fd_passing listen socket socket_options spare_descriptor vector_io',
  },
  {
    was: 'net',
    is: 'transport',
    names:
      'accept_relief accept_turns acceptor blocking_acceptor blocking_io blocking_loop ' +
      'blocking_transport completion_acceptor completion_transport flight io_unit make_proactor ' +
      'make_reactor readiness_transport',
  },
  stayed(
    'os',
    'event_fd fd fd_flags file file_lock limits mapped_file message_pipe pipe reap reaper ' +
      'shared_memory socket_pair spawn splice syscall tap uring_ring',
  ),
  stayed(
    'poller',
    'epoll_poller fd_table make_poller poll_bits poll_poller poller select_poller sigio_poller ' +
      'time_left uring_poller uring_watches wait_gate',
  ),
  stayed('pool', 'arena block_pool object_pool poison thread_pool'),
  stayed('protocol/frame', 'codec responder service session'),
  stayed(
    'protocol/http',
    'access_log body_sink exchange_id handler loop_link middleware request request_head ' +
      'request_parser responder response response_parser router service session static_files ' +
      'upstream_gateway upstream_handler',
  ),
  stayed('protocol/http/file', 'byte_range content_coding media_type precondition'),
  stayed('protocol/http/message', 'date field_syntax status uri'),
  { was: 'service', is: 'connection', names: 'service' },
  stayed('storage', 'file_cache storage'),
];

/** The old ids → the present ones. */
export const kMovedCoreFiles: Readonly<Record<string, string>> = Object.fromEntries(
  kRooms.flatMap(({ was, is, names }) =>
    names.split(' ').flatMap((name) => [
      [`core/include/hpserver/${was}/${name}.h`, `core/hpserver/${is}/${name}.h`],
      [`core/src/${was}/${name}.cc`, `core/hpserver/${is}/${name}.cc`],
    ]),
  ),
);
