/** What was asked for on the command line. */
import { parseArgs } from "node:util";
import { nearest } from "../problems/suggest.ts";
import { keptByNpm } from "./npm-options.ts";
import type { ProblemFormat } from "../problems/format.ts";
import { commands, optionsOf } from "./usage.ts";
import type { Command } from "./usage.ts";

/** Commands that take a name; no command takes two. */
const takesName: ReadonlySet<Command> = new Set(["explain", "new-service", "remove", "vendor"]);
const everywhere = "help";

export interface Invocation {
  readonly command: Command;
  readonly names: readonly string[];
  readonly format: ProblemFormat;
  readonly check: boolean;
  readonly noCache: boolean;
  readonly unconfirmed: boolean;
  readonly coverage: boolean;
  readonly environment: string | undefined;
  readonly concern: string | undefined;
  readonly image: string | undefined;
  readonly port: number | undefined;
  readonly to: string | undefined;
  readonly remove: boolean;
  readonly missing: boolean;
  readonly generate: boolean;
  /** File that says what is in the store; `-` is standard input. */
  readonly have: string | undefined;
  /** What `secrets` prints its answer for: a file of values, or the backend's own tool. */
  readonly valuesFor: "dotenv" | "infisical" | undefined;
}

const optionTypes = {
  check: { type: "boolean" },
  "no-cache": { type: "boolean" },
  unconfirmed: { type: "boolean" },
  coverage: { type: "boolean" },
  help: { type: "boolean", short: "h" },
  format: { type: "string" },
  environment: { type: "string" },
  concern: { type: "string" },
  image: { type: "string" },
  port: { type: "string" },
  to: { type: "string" },
  remove: { type: "boolean" },
  missing: { type: "boolean" },
  generate: { type: "boolean" },
  have: { type: "string" },
} as const;

/** What is wrong, and of which command, where that is known. */
interface Misuse {
  readonly problem: string;
  readonly command?: Command;
}

/** In: arguments without node and script, the environment npm gave. Out: the invocation, or a sentence that says what is wrong. */
export function parseArguments(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): { invocation: Invocation } | Misuse {
  const said = commands.find((candidate) => candidate === argv[0]);
  const parsed = parseCommand(argv, env);
  return "problem" in parsed && said !== undefined ? { ...parsed, command: said } : parsed;
}

function parseCommand(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): { invocation: Invocation } | { problem: string } {
  const read = readArguments(argv);
  if ("problem" in read) return read;
  const { values, positionals } = read;
  const [word = "help", ...rest] = positionals;
  const command = values.help === true ? "help" : commands.find((candidate) => candidate === word);
  if (command === undefined) return { problem: unknownCommand(word) };
  // `render --help` is help with the name of a command.
  const names = values.help === true ? positionals : rest;
  const given = Object.keys(values);
  const misuse =
    misuseOfNpm(command, { names, given, env }) ??
    misuseOf(command, names, given) ??
    misuseTogether(given) ??
    misuseOfSecrets(values);
  return misuse === undefined ? invocationOf(command, names, values) : { problem: misuse };
}

/** Node throws what is said wrongly; whatever else is thrown here is a bug. */
function readArguments(argv: readonly string[]) {
  try {
    const parsed = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: optionTypes,
      tokens: true,
    });
    const twice = saidTwice(parsed.tokens);
    return twice === undefined ? parsed : { problem: twice };
  } catch (error) {
    return { problem: unknownOption(error instanceof Error ? error.message : String(error)) };
  }
}

type Values = Exclude<ReturnType<typeof readArguments>, { problem: string }>["values"];

function unknownCommand(word: string): string {
  const near = nearest(word, commands);
  return `There is no command \`${word}\`.${near === undefined ? "" : ` Did you mean \`${near}\`?`}`;
}

interface Given {
  readonly names: readonly string[];
  /** Options. */
  readonly given: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

function misuseOfNpm(command: Command, { names, given, env }: Given): string | undefined {
  const takes = takesName.has(command) ? 1 : 0;
  return keptByNpm(
    {
      command,
      name: names.slice(0, takes)[0],
      // What npm leaves of an option's value stands where a name would.
      left: names.slice(takes),
      options: optionsOf(command).filter((option) => !given.includes(option)),
    },
    env,
  );
}

function invocationOf(
  command: Command,
  names: readonly string[],
  values: Values,
): { invocation: Invocation } | { problem: string } {
  const valuesFor =
    command === "secrets" ? valueFormats.find((name) => name === values.format) : undefined;
  const format = formatOf(command, valuesFor === undefined ? values.format : "human");
  if (typeof format === "object") return format;
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536))
    return { problem: `--port is a number from 1 to 65535, not \`${values.port}\`.` };
  return {
    invocation: {
      command,
      names,
      format,
      port,
      check: values.check ?? false,
      noCache: values["no-cache"] ?? false,
      unconfirmed: values.unconfirmed ?? false,
      coverage: values.coverage ?? false,
      environment: values.environment,
      concern: values.concern,
      image: values.image,
      to: values.to,
      remove: values.remove ?? false,
      missing: values.missing ?? false,
      generate: values.generate ?? false,
      have: values.have,
      valuesFor,
    },
  };
}

/** Of two values one would be taken in silence. */
function saidTwice(
  tokens: readonly { readonly kind: string; readonly name?: string; readonly value?: unknown }[],
): string | undefined {
  const valued = tokens.filter(({ kind, value }) => kind === "option" && value !== undefined);
  const [again] = [...Map.groupBy(valued, ({ name }) => name)].filter(([, all]) => all.length > 1);
  if (again === undefined) return undefined;
  const [name, all] = again;
  return `--${name} is said ${all.length} times: ${all.map(({ value }) => String(value)).join(", ")}. Say it once.`;
}

/** In: arguments that could not be parsed, the command where it is known. Out: the format for a program that was asked for, if the command has it. */
export function machineFormatIn(
  argv: readonly string[],
  command: Command | undefined,
): ProblemFormat | undefined {
  const [, said] = /(?:^|\0)--format[=\0]([a-z]+)/.exec(argv.join("\0")) ?? [];
  const taken = command !== undefined && answers.has(command) ? answerFormats : formats;
  return taken.find((format) => format === said && format !== "human");
}

function formatOf(command: Command, said = "human"): ProblemFormat | { problem: string } {
  const taken = answers.has(command) ? answerFormats : formats;
  const more = command === "secrets" ? valueFormats : [];
  return (
    taken.find((candidate) => candidate === said) ?? {
      problem: `\`${command}\` takes --format ${alternatives([...taken, ...more])}, not \`${said}\`.`,
    }
  );
}

/** Node tells an unknown option in words for programmers. */
function unknownOption(message: string): string {
  const [, dashes, word] = /^Unknown option '(--?)([^']+)'/.exec(message) ?? [];
  if (word === undefined) return message;
  const near = nearest(word, [...new Set(commands.flatMap(optionsOf)), everywhere]);
  return `There is no option ${dashes}${word}.${near === undefined ? "" : ` Did you mean --${near}?`}`;
}

/** What was said that the command does not take: ignoring it would do something else than was meant. */
function misuseOf(
  command: Command,
  names: readonly string[],
  options: readonly string[],
): string | undefined {
  if (command === "help") return undefined;
  const taken = optionsOf(command);
  const strange = options.find((option) => !taken.includes(option) && option !== everywhere);
  if (strange !== undefined)
    return `\`${command}\` does not take --${strange}; it takes ${taken.map((option) => `--${option}`).join(", ") || "no options"}.`;
  if (names.length === (takesName.has(command) ? 1 : 0)) return undefined;
  const [first = "", ...rest] = names;
  const meant =
    rest.length === 0 && taken.includes("environment")
      ? `. If it is an environment: npm run ${command} -- --environment ${first}`
      : "";
  return !takesName.has(command)
    ? `\`${command}\` takes no name: ${names.join(" ")}${meant}`
    : `\`${command}\` takes one name: npm run ${command} sonarr. Options come after a --, or npm keeps them.`;
}

const formats: readonly ProblemFormat[] = ["human", "json", "github", "sarif"];
const alternatives = (words: readonly string[]) =>
  `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
/** What these print is no list of problems. */
const answers: ReadonlySet<Command> = new Set([
  "list",
  "explain",
  "backup",
  "dr-plan",
  "capacity",
  "secrets",
  "bootstrap",
]);
const answerFormats: readonly ProblemFormat[] = ["human", "json"];
/** Formats of the list of secrets, beside those for people and programs. */
const valueFormats = ["dotenv", "infisical"] as const;

/** Of these two one would be taken in silence. */
const apart: readonly (readonly [string, string])[] = [
  ["unconfirmed", "coverage"],
  ["unconfirmed", "environment"],
  ["remove", "to"],
];

function misuseTogether(given: readonly string[]): string | undefined {
  const both = apart.find((pair) => pair.every((option) => given.includes(option)));
  return both && `--${both[0]} and --${both[1]} do not go together: say one of them.`;
}

/** Fresh values for what is there already would lock services out of their databases. */
function misuseOfSecrets(given: {
  readonly missing?: boolean | undefined;
  readonly generate?: boolean | undefined;
  readonly have?: string | undefined;
}): string | undefined {
  if (given.generate === true && given.missing !== true)
    return "--generate makes values for what is missing: write --missing --generate --have <file>.";
  if (given.missing === true && given.have === undefined)
    return "--missing compares with what is in the store, which RZP cannot reach: write --missing --have <file>. The file lists what is there (docs/guide-secrets.md); - is standard input, and /dev/null a store that is empty.";
  if (given.have !== undefined && given.missing !== true)
    return "--have says what is there, for --missing: write --missing --have <file>.";
  return undefined;
}
