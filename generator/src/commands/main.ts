/** Arguments -> command -> exit code. Where the process begins and ends: cli.ts. */
import { machineFormatIn, parseArguments } from "./arguments.ts";
import type { Invocation } from "./arguments.ts";
import { commands, usage, usageOf } from "./usage.ts";
import type { Command } from "./usage.ts";
import { InternalError } from "../problems/problem.ts";
import type { Problem } from "../problems/problem.ts";

/** 0 done, 1 findings or out of date, 2 a mistake or a missing tool. */
type ExitCode = 0 | 1 | 2;

/** In: arguments without node and script. Out: the exit code, when all has been said. */
export async function main(argv: readonly string[]): Promise<ExitCode> {
  const parsed = parseArguments(argv, process.env);
  if ("problem" in parsed) {
    const { problem, command } = parsed;
    const format = machineFormatIn(argv, command);
    if (format !== undefined) {
      const { printProblems } = await import("../print-problems.ts");
      printProblems("", [wrongUsage(problem, command)], format);
    }
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

const wrongUsage = (message: string, command: Command | undefined): Problem => ({
  code: "COMMAND_USAGE",
  severity: "error",
  place: { file: "" },
  message,
  fix: command === undefined ? "node generator/rzp.js help" : `npm run ${command} -- --help`,
});

/** Each command is loaded when it is asked for: a run without changes should not wait for the others. */
async function run(invocation: Invocation): Promise<ExitCode> {
  switch (invocation.command) {
    case "render":
      return (await import("./render.ts")).render(invocation);
    case "check":
      return (await import("./check.ts")).check(invocation);
    case "list":
      return (await import("./list.ts")).list(invocation);
    case "explain":
      return (await import("./explain.ts")).explain(invocation);
    case "types":
      return (await import("./types.ts")).types();
    case "new-service":
      return (await import("./new-service.ts")).newService(invocation);
    case "vendor":
      return (await import("./vendor.ts")).vendor(invocation);
    case "bootstrap":
      return (await import("./bootstrap.ts")).bootstrap(invocation);
    case "secrets":
      return (await import("./secrets.ts")).secrets(invocation);
    case "backup":
      return (await import("./backup.ts")).backup(invocation);
    case "dr-plan":
      return (await import("./dr-plan.ts")).drPlan(invocation);
    case "capacity":
      return (await import("./capacity.ts")).capacity(invocation);
    case "remove":
      return (await import("./remove.ts")).remove(invocation);
    default:
      throw new InternalError(`no command ${invocation.command}`);
  }
}
