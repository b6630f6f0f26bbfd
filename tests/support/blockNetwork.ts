import { Socket, type SocketConnectOpts } from 'node:net';

/** No test may leave the machine: every connection to anything but loopback fails at once, saying where it wanted to go. */
const connect = Socket.prototype.connect as (...parameters: unknown[]) => Socket;

Socket.prototype.connect = function blocked(this: Socket, ...parameters: unknown[]): Socket {
  const host = hostOf(parameters);
  if (host !== null && !isLoopback(host)) {
    queueMicrotask(() =>
      this.destroy(new Error(`A test tried to reach ${host}: the network is blocked in tests`)),
    );
    return this;
  }
  return connect.apply(this, parameters);
} as typeof Socket.prototype.connect;

function hostOf(parameters: unknown[]): string | null {
  // net.connect hands over one normalised array [options, callback].
  const first = Array.isArray(parameters[0]) ? (parameters[0] as unknown[])[0] : parameters[0];
  if (typeof first === 'number') return typeof parameters[1] === 'string' ? parameters[1] : 'localhost';
  if (typeof first === 'object' && first !== null) {
    const options = first as Partial<SocketConnectOpts> & { path?: string; host?: string };
    return options.path ? null : (options.host ?? 'localhost');
  }
  return null; // a path: a local pipe
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host.startsWith('127.') || host.endsWith('.localhost');
