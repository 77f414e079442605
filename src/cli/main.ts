#!/usr/bin/env node
import { systemClock } from '../support/clock.ts';
import { processIo } from './io.ts';
import { run } from './run.ts';

process.exitCode = await run(process.argv.slice(2), processIo, systemClock);
