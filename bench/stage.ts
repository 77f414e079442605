import { STAGES, type StageName } from './stages/index.ts';

/** The process of one stage: `stage.js <name> <folder of the month>`; its result is the last line of its output. */

const [name, folder] = process.argv.slice(2) as [StageName, string];
console.log(JSON.stringify(await STAGES[name].run(folder)));
