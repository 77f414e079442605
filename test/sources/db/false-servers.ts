import { connect, createServer, type Server, type Socket } from 'node:net';

/** Servers on the loopback that do what honest ones should not. */
export interface FalseServer {
  readonly port: number;
  close(): void;
}

/** @param serve what is done with each connection */
export function listen(serve: (socket: Socket) => void): Promise<FalseServer> {
  const open = new Set<Socket>();
  const server: Server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => open.delete(socket));
    serve(socket);
  });
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () =>
      resolve({
        port: (server.address() as { port: number }).port,
        close() {
          server.close();
          for (const socket of open) socket.destroy();
        },
      }),
    ),
  );
}

/**
 * Stands between client and server until so many bytes of answers have passed.
 * @param then what is done to the client's socket after that, with the bytes that would have followed
 */
export function interrupting(
  port: number,
  after: number,
  then: (client: Socket, rest: Buffer) => void,
): Promise<FalseServer> {
  return listen((client) => {
    const server = connect(port, '127.0.0.1');
    let passed = 0;
    server.on('error', () => client.destroy());
    client.on('data', (bytes) => server.write(bytes));
    client.on('close', () => server.destroy());
    server.on('close', () => client.end());
    server.on('data', (bytes: Buffer) => {
      if (passed >= after) return;
      const rest = Math.max(0, bytes.length - (after - passed));
      client.write(bytes.subarray(0, bytes.length - rest));
      passed += bytes.length - rest;
      if (passed >= after) then(client, bytes.subarray(bytes.length - rest));
    });
  });
}

/** A packet of the protocol: length, number, body. */
export function packet(number: number, body: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUIntLE(body.length, 0, 3);
  head[3] = number;
  return Buffer.concat([head, body]);
}

/** An error instead of a greeting, as a server gives it that takes no more connections. */
export const TOO_MANY = packet(
  0,
  Buffer.concat([Buffer.from([0xff, 0x10, 0x04]), Buffer.from('#08004Too many connections')]),
);
