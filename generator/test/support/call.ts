/**
 * Calls a command in this process, as `cli.ts` calls it in one of its own: to start Node and load the generator
 * takes longer than what most commands do. While a call lasts, whatever runs for it sees its folder and its
 * environment, and what it prints is kept: calls may overlap.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { main } from "../../src/commands/main.ts";

export interface CommandResult {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

interface Call {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  stdout: string;
  stderr: string;
}

const calls = new AsyncLocalStorage<Call>();
const { env } = process;
const cwd = process.cwd.bind(process);

Object.defineProperty(process, "env", { get: () => calls.getStore()?.env ?? env });
process.cwd = () => calls.getStore()?.cwd ?? cwd();
for (const name of ["stdout", "stderr"] as const) {
  const stream = process[name];
  const write = stream.write.bind(stream) as (...args: readonly unknown[]) => boolean;
  stream.write = (...args: readonly unknown[]) => {
    const call = calls.getStore();
    if (call === undefined) return write(...args);
    call[name] += String(args[0]);
    return true;
  };
}

/** In: arguments, the folder it is called in, and its environment. Out: what a process would have left; a bug is thrown. */
export async function callCommand(
  args: readonly string[],
  context: Pick<Call, "cwd" | "env">,
): Promise<CommandResult> {
  const call: Call = { ...context, stdout: "", stderr: "" };
  const exitCode = await calls.run(call, () => main(args));
  return { exitCode, stdout: withoutEnd(call.stdout), stderr: withoutEnd(call.stderr) };
}

/** As one reads it, and as execa gives what a process prints. */
const withoutEnd = (text: string) => text.replace(/\n$/, "");
