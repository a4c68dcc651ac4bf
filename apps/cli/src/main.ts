import { processTerminal } from './terminal.ts';
import { runProgram } from './program.ts';

process.exitCode = await runProgram(process.argv.slice(2), processTerminal(process));
