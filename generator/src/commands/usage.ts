/** How commands are called: the one place that knows their lines and options. */

/** What each command does, by the ways to call it. */
const lines = {
  render: {
    render: "render all environments into kubernetes/; writes only what changed",
    "render -- --check": "exit 1 and a list when rendered files are out of date",
  },
  check: {
    check: "every mistake in the authored files, then every finding on what they render to",
  },
  list: { list: "services, tiers, environments, versions, ports, what each consumes" },
  explain: {
    "explain <service>":
      "everything that follows from its facts: the fact, the rule, exceptions with reasons",
  },
  "new-service": {
    "new-service <name>":
      "add a service: known ones complete, others with -- --image <image> --port <port>",
  },
  remove: { "remove <service>": "take a service out of the tree; lists the data that stays" },
  vendor: {
    "vendor <service>":
      "keep a copy of its upstream chart here, rendered and checked like the rest",
  },
  bootstrap: {
    "bootstrap -- --environment prod":
      "prints what is done by hand once: Argo CD, the root of an environment, identities",
  },
  backup: {
    "backup -- --environment prod":
      "every volume: how it is backed up, when, and the worst that can be lost",
  },
  "dr-plan": {
    "dr-plan -- --environment prod":
      "how an environment comes back when its cluster is lost, and how long that takes",
  },
  capacity: { capacity: "every pod on the nodes of its cluster, and again with each node gone" },
  secrets: {
    "secrets -- --environment prod":
      "every secret that must be in the store: for whom, generated or filled in by hand",
  },
  types: { types: "write the generated types and documentation" },
  help: {},
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

export type Command = keyof typeof lines;
export const commands = Object.keys(lines) as readonly Command[];

interface Option {
  /** As it is written: `--port <port>`. */
  readonly written: string;
  readonly option: string;
  /** What it means to each command that takes it. */
  readonly of: Readonly<Partial<Record<Command, string>>>;
}

const problemFormat = "human|json|github|sarif: how problems are printed";
const answerFormat = "human|json: how the answer is printed";
const uncached = "render everything again";

export const options: readonly Option[] = [
  { option: "check", written: "--check", of: { render: "write nothing, compare only" } },
  {
    option: "environment",
    written: "--environment <name>",
    of: {
      "new-service":
        "where it runs (dev unless said, or the only one); a service that is there runs there too",
      list: "only this one",
      explain: "only this one",
      bootstrap: "the one that is new",
      backup: "only this one",
      "dr-plan": "the one that is lost",
      capacity: "only its cluster",
      secrets: "whose",
    },
  },
  {
    option: "concern",
    written: "--concern <name>",
    of: { explain: "only what it says of this: Network, Routes, …" },
  },
  {
    option: "missing",
    written: "--missing --have <file>",
    of: { secrets: "only what is not in that list of what is there (- is standard input)" },
  },
  {
    option: "generate",
    written: "--generate",
    of: { secrets: "with fresh values, printed this once" },
  },
  {
    option: "image",
    written: "--image <image>",
    of: { "new-service": "image of a service that is not known" },
  },
  { option: "port", written: "--port <port>", of: { "new-service": "and its port" } },
  {
    option: "to",
    written: "--to <folder>",
    of: { vendor: "where the copy is kept (charts/vendor unless said)" },
  },
  {
    option: "remove",
    written: "--remove",
    of: { vendor: "no copy any more, Argo CD fetches the chart" },
  },
  {
    option: "unconfirmed",
    written: "--unconfirmed",
    of: { list: "facts of services no source was found for" },
  },
  {
    option: "coverage",
    written: "--coverage",
    of: { list: "who is watched how, and how much of all that runs" },
  },
  {
    option: "no-cache",
    written: "--no-cache",
    of: {
      render: uncached,
      check: uncached,
      "new-service": uncached,
      remove: uncached,
      vendor: uncached,
    },
  },
  {
    option: "format",
    written: "--format <format>",
    of: {
      render: problemFormat,
      check: problemFormat,
      "new-service": problemFormat,
      remove: problemFormat,
      vendor: problemFormat,
      bootstrap: answerFormat,
      list: answerFormat,
      explain: answerFormat,
      backup: answerFormat,
      "dr-plan": answerFormat,
      capacity: answerFormat,
      secrets: "human|json|dotenv|infisical: how the list is printed",
    },
  },
];

/** Out: the options that mean something to a command, but for --help, which all take. */
export function optionsOf(command: Command): readonly string[] {
  return options
    .filter(({ of }) => command in of)
    .flatMap(({ option }) => (option === "missing" ? ["missing", "have"] : [option]));
}

const width = 40;
const row = (left: string, right: string) => `  ${left.padEnd(width - 1)} ${right}`;
const callRows = (command: Command) =>
  Object.entries(lines[command]).map(([call, says]) => row(`npm run ${call}`, says));

/** All commands and options. */
export const usage = `${[
  "rzp: one typed file per service, everything else derived",
  "",
  ...commands.flatMap(callRows),
  "",
  "Options, after --:",
  ...options.flatMap(({ written, of }) =>
    [...Map.groupBy(Object.entries(of), ([, says]) => says)].map(([says, of_], index) =>
      row(index === 0 ? written : "", `${of_.map(([command]) => command).join(", ")}: ${says}`),
    ),
  ),
].join("\n")}\n`;

/** How one command is called, and its options. */
export function usageOf(command: Command): string {
  const mine = options.flatMap(({ written, of }) =>
    of[command] === undefined ? [] : [row(written, of[command])],
  );
  return `${[
    ...callRows(command),
    ...(mine.length === 0 ? [] : ["", "Options, after --:", ...mine]),
    "",
    "All commands: docs/cli.md",
  ].join("\n")}\n`;
}
