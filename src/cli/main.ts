#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { systemClock } from '../support/clock.ts';
import { processIo } from './io.ts';
import { run } from './run.ts';

// Little of what a month goes through lives on: by itself the heap grows to four times of it before it is looked through
// again. Measured in docs/performance.md.
setFlagsFromString('--heap-growing-percent=60');

// Whoever reads the output may stop (`bg1c status | head`): the work goes on to its end without a reader.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });

process.exitCode = await run(process.argv.slice(2), processIo, systemClock);
