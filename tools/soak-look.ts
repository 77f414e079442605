import { problemsOf, stateOf } from './soak-state.ts';

/**
 * Looks at a world in a process of its own and prints what it saw: the database engine keeps a closed journal open for a
 * while, and a world whose journal this process holds must not be copied or replaced.
 *
 *     node --import tsx tools/soak-look.ts <world> <documents of the month>
 */
const [, , root, count] = process.argv;
console.log(JSON.stringify({ state: stateOf(root!), problems: problemsOf(root!, Number(count)) }));
