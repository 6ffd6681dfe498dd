/** argv -> command -> exit code. Ends the process, as tools/command.ts does for outside tools. */
import { bugReport } from "./problems/bug-report.ts";
import module from "node:module";
import { compiledFolder } from "./cache/folder.ts";
import { parseArguments } from "./commands/arguments.ts";
import { commands, usage, usageOf } from "./commands/usage.ts";
import type { Invocation } from "./commands/arguments.ts";
import { InternalError } from "./problems/problem.ts";

/** 0 done, 1 findings or out of date, 2 a mistake or a missing tool, 70 a bug. */
type ExitCode = 0 | 1 | 2 | 70;

async function main(argv: readonly string[]): Promise<ExitCode> {
  const parsed = parseArguments(argv, process.env);
  if ("problem" in parsed) {
    const { problem, command } = parsed;
    process.stderr.write(
      command === undefined
        ? `${problem}\n\n${usage}`
        : `${problem}\nHow it is called: npm run ${command} -- --help\n`,
    );
    return 2;
  }
  if (parsed.invocation.command === "help") {
    const [asked] = parsed.invocation.names;
    const command = commands.find((candidate) => candidate === asked && candidate !== "help");
    process.stdout.write(command === undefined ? usage : usageOf(command));
    return 0;
  }
  return run(parsed.invocation);
}

/** Each command is loaded when it is asked for: a run without changes should not wait for the others. */
async function run(invocation: Invocation): Promise<ExitCode> {
  switch (invocation.command) {
    case "render":
      return (await import("./commands/render.ts")).render(invocation);
    case "check":
      return (await import("./commands/check.ts")).check(invocation);
    case "list":
      return (await import("./commands/list.ts")).list(invocation);
    case "explain":
      return (await import("./commands/explain.ts")).explain(invocation);
    case "types":
      return (await import("./commands/types.ts")).types();
    case "new-service":
      return (await import("./commands/new-service.ts")).newService(invocation);
    case "vendor":
      return (await import("./commands/vendor.ts")).vendor(invocation);
    case "bootstrap":
      return (await import("./commands/bootstrap.ts")).bootstrap(invocation);
    case "secrets":
      return (await import("./commands/secrets.ts")).secrets(invocation);
    case "backup":
      return (await import("./commands/backup.ts")).backup(invocation);
    case "dr-plan":
      return (await import("./commands/dr-plan.ts")).drPlan(invocation);
    case "capacity":
      return (await import("./commands/capacity.ts")).capacity(invocation);
    case "remove":
      return (await import("./commands/remove.ts")).remove(invocation);
    default:
      throw new InternalError(`no command ${invocation.command}`);
  }
}

module.enableCompileCache(compiledFolder);

// A reader that has seen enough (`| head`) is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(bugReport(error, process));
  process.exitCode = 70;
}
