/** Where a command reads and writes: injected, so that tests run the commands themselves. */
export interface Io {
  cwd: string;
  out(text: string): void;
  err(text: string): void;
  /** True when a person watches: progress is shown. */
  interactive: boolean;
}

export const processIo: Io = {
  cwd: process.cwd(),
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  interactive: Boolean(process.stderr.isTTY) && !process.env.CI,
};
