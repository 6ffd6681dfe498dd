#!/usr/bin/env node
/** `npm run cluster -- up|down|status`. */
import { parseArgs } from "node:util";
import { ExecaError } from "execa";
import { repositoryRoot } from "../src/commands/repository-paths.ts";
import { runCommand } from "../src/tools/command.ts";
import { NotStarted } from "./cluster.ts";
import { down, status, up } from "./commands.ts";
import { ForeignFolder } from "./folder.ts";
import { foreign, notStarted, wrongUsage } from "./problems.ts";

const commands = { up, down, status } as const;

await runCommand(repositoryRoot(), async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    strict: false,
    options: { environment: { type: "string" }, watch: { type: "boolean" } },
  });
  const [word = "", ...more] = positionals;
  const options: readonly string[] = word === "up" ? ["environment", "watch"] : [];
  const unknown = Object.keys(values).find((name) => !options.includes(name));
  const wrong = Object.hasOwn(commands, word)
    ? (more[0] ?? (unknown === undefined ? undefined : `--${unknown}`))
    : word;
  if (wrong !== undefined) return [wrongUsage(wrong, Object.keys(commands))];
  // Without a value after it.
  if (values["environment"] === true) return [wrongUsage("--environment", [])];
  try {
    return await commands[word as keyof typeof commands](values);
  } catch (error) {
    if (error instanceof NotStarted || isFromOutside(error)) return [notStarted(error)];
    if (error instanceof ForeignFolder) return [foreign(error.message, "Move it away.")];
    throw error;
  }
});

/** A full disk, a folder that may not be written, an API server that does not answer, a git that is missing or fails. */
function isFromOutside(error: unknown): error is Error {
  return error instanceof ExecaError || (error instanceof Error && "syscall" in error);
}
