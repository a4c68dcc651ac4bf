import { endEarly } from './end-early.ts';
import { runProgram } from './program.ts';
import { processTerminal } from './terminal.ts';

endEarly(process);
process.exitCode = await runProgram(process.argv.slice(2), processTerminal(process));
