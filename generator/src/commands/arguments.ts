/** What was asked for on the command line. */
import { parseArgs } from "node:util";
import { nearest } from "../problems/suggest.ts";
import { keptByNpm } from "./npm-options.ts";
import type { ProblemFormat } from "../problems/format.ts";

export const commands = [
  "render",
  "check",
  "list",
  "explain",
  "new-service",
  "remove",
  "vendor",
  "bootstrap",
  "capacity",
  "secrets",
  "types",
  "help",
] as const;
type Command = (typeof commands)[number];

/** How many names a command takes, and which options beside --format and --help mean something to it. */
const shapes: Readonly<
  Record<Command, { readonly names: 0 | 1; readonly options: readonly string[] }>
> = {
  render: { names: 0, options: ["check", "no-cache"] },
  check: { names: 0, options: ["no-cache"] },
  list: { names: 0, options: ["environment", "unconfirmed"] },
  explain: { names: 1, options: ["environment"] },
  "new-service": { names: 1, options: ["environment", "image", "port", "no-cache"] },
  remove: { names: 1, options: ["no-cache"] },
  vendor: { names: 1, options: ["to", "remove", "no-cache"] },
  bootstrap: { names: 0, options: ["environment"] },
  capacity: { names: 0, options: ["environment"] },
  secrets: { names: 0, options: ["environment", "missing", "have", "generate"] },
  types: { names: 0, options: [] },
  help: { names: 0, options: [] },
};
const everywhere = ["format", "help"];

export interface Invocation {
  readonly command: Command;
  readonly names: readonly string[];
  readonly format: ProblemFormat;
  readonly check: boolean;
  readonly noCache: boolean;
  readonly unconfirmed: boolean;
  readonly environment: string | undefined;
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

export const usage = `rzp: one typed file per service, everything else derived

  npm run render                          render all environments into kubernetes/; writes only what changed
  npm run render -- --check               exit 1 and a list when rendered files are out of date
  npm run check                           every mistake in the authored files, and every finding on what they render to
  npm run list                            services, tiers, environments, versions, ports, what each consumes
  npm run explain <service>               everything that follows from its facts: the fact, the rule, exceptions with reasons
  npm run new-service <name>              add a service: known ones complete, others with -- --image <image> --port <port>
  npm run remove <service>                take a service out of the tree; lists the data that stays
  npm run vendor <service>                keep a copy of its upstream chart here, rendered and checked like the rest
  npm run bootstrap -- --environment prod prints what is done by hand once: Argo CD, the root of an environment, identities
  npm run capacity                        every pod on the nodes of its cluster, and again with each node gone
  npm run secrets -- --environment prod   every secret that must be in the store: for whom, generated or filled in by hand
  npm run types                           write the generated types and documentation

Options, after --:
  --format human|json|github|sarif        how problems are printed
  --format human|json|dotenv|infisical    secrets: how the list is printed
  --environment <name>                    new-service: where it runs (dev unless said); list, explain: only
                                          this one; bootstrap: the one that is new; capacity: only
                                          its cluster; secrets: whose
  --missing --have <file>                 secrets: only what is not in that list of what is there (- is standard input)
  --generate                              secrets: with fresh values, printed this once
  --to <folder>                           vendor: where the copy is kept (charts/vendor unless said)
  --remove                                vendor: no copy any more, Argo CD fetches the chart
  --unconfirmed                           list: facts of services no source was found for
  --no-cache                              render everything again
`;

const optionTypes = {
  check: { type: "boolean" },
  "no-cache": { type: "boolean" },
  unconfirmed: { type: "boolean" },
  help: { type: "boolean", short: "h" },
  format: { type: "string" },
  environment: { type: "string" },
  image: { type: "string" },
  port: { type: "string" },
  to: { type: "string" },
  remove: { type: "boolean" },
  missing: { type: "boolean" },
  generate: { type: "boolean" },
  have: { type: "string" },
} as const;

/** In: arguments without node and script, the environment npm gave. Out: the invocation, or a sentence that says what is wrong. */
export function parseArguments(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): { invocation: Invocation } | { problem: string } {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: optionTypes,
    });
    const [word = "help", ...names] = positionals;
    const command =
      values.help === true ? "help" : commands.find((candidate) => candidate === word);
    if (command === undefined) {
      const near = nearest(word, commands);
      return {
        problem: `There is no command \`${word}\`.${near === undefined ? "" : ` Did you mean \`${near}\`?`}`,
      };
    }
    const given = Object.keys(values);
    const { options, names: takes } = shapes[command];
    const kept = keptByNpm(
      {
        command,
        // What npm leaves of an option's value stands where a name would.
        name: takes === 0 ? undefined : names[0],
        options: options.filter((option) => !given.includes(option)),
      },
      env,
    );
    const misuse = kept ?? misuseOf(command, names, given) ?? misuseOfSecrets(values);
    if (misuse !== undefined) return { problem: misuse };
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
        environment: values.environment,
        image: values.image,
        to: values.to,
        remove: values.remove ?? false,
        missing: values.missing ?? false,
        generate: values.generate ?? false,
        have: values.have,
        valuesFor,
      },
    };
  } catch (error) {
    return { problem: unknownOption(error instanceof Error ? error.message : String(error)) };
  }
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
  const [, word] = /^Unknown option '--?([^']+)'/.exec(message) ?? [];
  if (word === undefined) return message;
  const near = nearest(word, [
    ...new Set(Object.values(shapes).flatMap(({ options }) => options)),
    ...everywhere,
  ]);
  return `There is no option --${word}.${near === undefined ? "" : ` Did you mean --${near}?`}`;
}

/** What was said that the command does not take: ignoring it would do something else than was meant. */
function misuseOf(
  command: Command,
  names: readonly string[],
  options: readonly string[],
): string | undefined {
  const shape = shapes[command];
  if (command === "help") return undefined;
  const [strange] = options.filter(
    (option) => !shape.options.includes(option) && !everywhere.includes(option),
  );
  if (strange !== undefined)
    return `\`${command}\` does not take --${strange}; it takes ${[...shape.options, "format"].map((option) => `--${option}`).join(", ")}.`;
  if (names.length === shape.names) return undefined;
  const [first = "", ...rest] = names;
  const meant =
    rest.length === 0 && shape.options.includes("environment")
      ? `. Did you mean: npm run ${command} -- --environment ${first}`
      : "";
  return shape.names === 0
    ? `\`${command}\` takes no name: ${names.join(" ")}${meant}`
    : `\`${command}\` takes one name: npm run ${command} sonarr. Options come after a --, or npm keeps them.`;
}

const formats: readonly ProblemFormat[] = ["human", "json", "github", "sarif"];
const alternatives = (words: readonly string[]) =>
  `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
/** What these print is no list of problems. */
const answers: ReadonlySet<Command> = new Set(["list", "explain", "capacity", "secrets"]);
const answerFormats: readonly ProblemFormat[] = ["human", "json"];
/** Formats of the list of secrets, beside those for people and programs. */
const valueFormats = ["dotenv", "infisical"] as const;

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
