import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Connection, createConnection } from 'mysql2/promise';

/** A MariaDB of our own: in a folder of its own, on a port of the loopback, gone after the tests. */
export interface TestServer {
  readonly port: number;
  readonly socket: string;
  /** A connection that may do anything. */
  root(database?: string): Promise<Connection>;
  /** `mysql://bg1c:…@127.0.0.1:…/database` of an account that may only read what bg1c needs. */
  url(database: string): string;
  stop(): Promise<void>;
}

export const READER = { user: 'bg1c', password: 'читать#1' };

const BINARY = ['/usr/sbin/mariadbd', '/usr/libexec/mariadbd', '/usr/sbin/mysqld'].find((path) =>
  existsSync(path),
);
const INSTALLER = ['/usr/bin/mariadb-install-db'].find((path) => existsSync(path));

/** Debian: apt-get install mariadb-server. */
export const HAS_SERVER = BINARY !== undefined && INSTALLER !== undefined;

/** Begins the name of a suite that needs the server, so that a skip says why. */
export const NEEDS_SERVER = HAS_SERVER ? '' : 'SKIPPED, no mariadb-server on this machine: ';

export async function startServer(): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'bg1c-mariadb-'));
  const owner = serverOwner();
  if (owner) {
    execFileSync('chown', [`${owner.uid}:${owner.gid}`, folder]);
    chmodSync(folder, 0o755);
  }
  const data = join(folder, 'data');
  const socket = join(folder, 's');
  // A temporary folder of its own: servers that are set up at the same time take away each other's tables there.
  const options = { stdio: 'ignore', env: { ...process.env, TMPDIR: folder }, ...owner } as const;
  execFileSync(
    INSTALLER!,
    ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db'],
    options,
  );
  const port = await freePort();
  const server = spawn(
    BINARY!,
    [
      '--no-defaults',
      `--datadir=${data}`,
      `--socket=${socket}`,
      `--pid-file=${join(folder, 'pid')}`,
      '--bind-address=127.0.0.1',
      `--port=${port}`,
      '--innodb-flush-log-at-trx-commit=0',
      '--innodb-doublewrite=0',
      '--sync-binlog=0',
      '--character-set-server=utf8mb4',
      '--skip-name-resolve',
      '--max-allowed-packet=64M',
    ],
    options,
  );
  const root = (database?: string): Promise<Connection> =>
    createConnection({
      socketPath: socket,
      user: 'root',
      multipleStatements: true,
      ...(database !== undefined && { database }),
    });
  try {
    await (await answering(root, server)).end();
  } catch (error) {
    server.kill('SIGKILL');
    throw error;
  }
  return {
    port,
    socket,
    root,
    url: (database) =>
      `mysql://${READER.user}:${encodeURIComponent(READER.password)}@127.0.0.1:${port}/${database}`,
    async stop() {
      const gone = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The server refuses to run as root: then it runs as the user of Debian's package. */
function serverOwner(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const [, , uid, gid] = /^mysql:.*$/m.exec(readFileSync('/etc/passwd', 'utf8'))?.[0].split(':') ?? [];
  return { uid: Number(uid ?? 65534), gid: Number(gid ?? 65534) };
}

async function answering(root: () => Promise<Connection>, server: ChildProcess): Promise<Connection> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await root();
    } catch (error) {
      if (server.exitCode !== null || attempt > 300) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
