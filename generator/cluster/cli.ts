#!/usr/bin/env node
/** `npm run cluster -- up|down|status`. */
import { parseArgs } from "node:util";
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
  const unknown = Object.keys(values).find((name) => name !== "environment" && name !== "watch");
  if (!Object.hasOwn(commands, word) || more.length > 0 || unknown !== undefined) {
    return [wrongUsage(unknown === undefined ? word : `--${unknown}`, Object.keys(commands))];
  }
  try {
    return await commands[word as keyof typeof commands](values);
  } catch (error) {
    if (error instanceof NotStarted || isOfTheSystem(error)) return [notStarted(error)];
    if (error instanceof ForeignFolder) return [foreign(error.message, "Move it away.")];
    throw error;
  }
});

/** A full disk, a folder that may not be written: Node says so with a code (errno(3)). */
function isOfTheSystem(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}
