/** What the command line understands, and what it says to what it does not. */
import { describe, expect, test } from "vitest";
import { parseArguments } from "./arguments.ts";
import { commands, optionsOf, usage, usageOf } from "./usage.ts";

const parse = (line: string) => parseArguments(line.split(" ").filter(Boolean));

test("without options nothing is asked for beside the command", () => {
  expect(parse("render")).toEqual({
    invocation: {
      command: "render",
      names: [],
      format: "human",
      port: undefined,
      check: false,
      noCache: false,
      unconfirmed: false,
      coverage: false,
      environment: undefined,
      concern: undefined,
      image: undefined,
      to: undefined,
      remove: false,
      missing: false,
      generate: false,
      have: undefined,
      valuesFor: undefined,
    },
  });
});

test.for([
  { line: "render --check --no-cache", gives: { command: "render", check: true, noCache: true } },
  { line: "check --format sarif", gives: { command: "check", format: "sarif" } },
  { line: "list --environment prod --coverage", gives: { environment: "prod", coverage: true } },
  { line: "list --unconfirmed", gives: { unconfirmed: true } },
  {
    line: "new-service a --image b:1 --port 65535",
    gives: { names: ["a"], image: "b:1", port: 65_535 },
  },
  { line: "vendor a --to charts/kept", gives: { names: ["a"], to: "charts/kept" } },
  { line: "vendor a --remove", gives: { names: ["a"], remove: true } },
  {
    line: "secrets --missing --generate --have - --format infisical",
    gives: {
      missing: true,
      generate: true,
      have: "-",
      format: "human",
      valuesFor: "infisical",
    },
  },
])("$line", ({ line, gives }) => {
  expect(parse(line)).toMatchObject({ invocation: gives });
});

describe("help", () => {
  test.for(["", "help", "--help", "render -h", "rendr --help", "help me"])("`%s`", (line) => {
    expect(parse(line)).toMatchObject({ invocation: { command: "help" } });
  });

  test("names every command", () => {
    for (const command of commands.filter((name) => name !== "help"))
      expect(usage).toContain(`npm run ${command} `);
  });

  test.for(commands.filter((name) => name !== "help"))(
    "of `%s` alone has its options",
    (command) => {
      expect(parse(`${command} --help`)).toMatchObject({ invocation: { names: [command] } });
      const text = usageOf(command);
      expect(text).toContain(`npm run ${command}`);
      for (const option of optionsOf(command)) expect(text).toContain(`--${option}`);
      for (const other of commands.filter((name) => name !== command && name !== "help"))
        expect(text).not.toContain(`npm run ${other} `);
    },
  );
});

test.for([
  [
    "capacity --environment prod --environment dev",
    "--environment is said 2 times: prod, dev. Say it once.",
  ],
  ["secrets --have a --missing --have a", "--have is said 2 times: a, a. Say it once."],
])("`%s`", ([line, says]) => {
  expect(parse(line ?? "")).toMatchObject({ problem: says });
});

test("a switch that is said twice means the same", () => {
  expect(parse("render --check --check")).toMatchObject({ invocation: { check: true } });
});

describe("options that npm kept for itself", () => {
  test.for([
    {
      line: "render",
      env: { npm_config_check: "true" },
      says: "npm kept --check for itself: write npm run render -- --check",
    },
    {
      line: "list prod",
      env: { npm_config_environment: "true" },
      says: "npm kept --environment for itself: write npm run list -- --environment prod",
    },
    {
      line: "explain sonarr json",
      env: { npm_config_format: "true" },
      says: "npm kept --format for itself: write npm run explain sonarr -- --format json",
    },
    {
      line: "explain sonarr",
      env: { npm_config_concern: "true" },
      says: "npm kept --concern for itself: write npm run explain sonarr -- --concern <concern>",
    },
    {
      line: "new-service notes",
      env: { npm_config_environment: "prod", npm_config_port: "80" },
      says: "npm kept --environment, --port for itself: write npm run new-service notes -- --environment prod --port 80",
    },
  ])("`$line`", ({ line, env, says }) => {
    expect(parseArguments(line.split(" "), env)).toMatchObject({ problem: says });
  });

  test.for([
    { line: "render --check", env: { npm_config_check: "true" } },
    { line: "check", env: { npm_config_check: "true" } },
    { line: "render", env: { npm_config_check: "", npm_config_cache: "/root/.npm" } },
  ])("none: `$line`", ({ line, env }) => {
    expect(parseArguments(line.split(" "), env)).toHaveProperty("invocation");
  });
});

describe("refuses", () => {
  test.for([
    {
      line: "rendr",
      says: "There is no command `rendr`. Did you mean `render`?",
    },
    { line: "frobnicate", says: "There is no command `frobnicate`." },
    { line: "render --chekc", says: "There is no option --chekc. Did you mean --check?" },
    { line: "render --xylophone", says: "There is no option --xylophone." },
    { line: "list -e prod", says: "There is no option -e." },
    {
      line: "list --unconfirmed --coverage",
      says: "--unconfirmed and --coverage do not go together: say one of them.",
    },
    {
      line: "list --environment prod --unconfirmed",
      says: "--unconfirmed and --environment do not go together: say one of them.",
    },
    {
      line: "vendor velero --remove --to charts/x",
      says: "--remove and --to do not go together: say one of them.",
    },
    {
      line: "render --port 80",
      says: "`render` does not take --port; it takes --check, --no-cache, --format.",
    },
    { line: "types --check", says: "`types` does not take --check; it takes no options." },
    {
      line: "types --format json",
      says: "`types` does not take --format; it takes no options.",
    },
    {
      line: "bootstrap dev",
      says: "`bootstrap` takes no name: dev. If it is an environment: npm run bootstrap -- --environment dev",
    },
    { line: "list --format sarif", says: "`list` takes --format human or json, not `sarif`." },
    { line: "check sonarr radarr", says: "`check` takes no name: sonarr radarr" },
    {
      line: "remove",
      says: "`remove` takes one name: npm run remove sonarr. Options come after a --, or npm keeps them.",
    },
    {
      line: "check --format xml",
      says: "`check` takes --format human, json, github or sarif, not `xml`.",
    },
    {
      line: "secrets --format sarif",
      says: "`secrets` takes --format human, json, dotenv or infisical, not `sarif`.",
    },
    {
      line: "secrets --generate",
      says: "--generate makes values for what is missing: write --missing --generate --have <file>.",
    },
    {
      line: "secrets --missing",
      says: "--missing compares with what is in the store, which RZP cannot reach: write --missing --have <file>. The file lists what is there (docs/guide-secrets.md); - is standard input, and /dev/null a store that is empty.",
    },
    {
      line: "secrets --have list.txt",
      says: "--have says what is there, for --missing: write --missing --have <file>.",
    },
    ...["0", "65536", "1.5", "http"].map((port) => ({
      line: `new-service a --port ${port}`,
      says: `--port is a number from 1 to 65535, not \`${port}\`.`,
    })),
  ])("`$line`", ({ line, says }) => {
    expect(parse(line)).toMatchObject({ problem: says });
  });

  test("with the command, where there is one", () => {
    expect(parse("render --port 80")).toMatchObject({ command: "render" });
    expect(parse("render --xylophone")).toMatchObject({ command: "render" });
    expect(parse("rendr")).not.toHaveProperty("command");
  });

  test("an option without its value, in Node's words", () => {
    expect(parse("list --environment")).toMatchObject({
      problem: expect.stringContaining("--environment"),
    });
  });
});

test("a bug while they are read is thrown, and not told as a mistake of who called", () => {
  const failing = new Proxy(
    {},
    {
      get: () => {
        throw new TypeError("ours");
      },
    },
  );
  expect(() => parseArguments(["render"], failing)).toThrow("ours");
});
