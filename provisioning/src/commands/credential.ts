/** Keeps credentials of `infra`, and tells which are there. Values come by standard input, and are told to nobody. */
import type { Problem } from "../../../generator/src/problems/problem.ts";
import { clusterFile } from "../../../generator/src/model/paths.ts";
import { choice, problemAt } from "../../../generator/src/problems/report.ts";
import { isProblem, toolProblem } from "../../../generator/src/tools/problems.ts";
import { openStore } from "../credential-stores/choose.ts";
import { knownCredentials } from "../credential-stores/known.ts";
import type { CredentialStore } from "../credential-stores/store.ts";
import type { Facts } from "../facts.ts";
import type { Order } from "../order.ts";

type Problems = Promise<readonly Problem[]>;

const usage = "npm run infra -- credential <cluster> list | set <name>";

export async function keepCredential(order: Order, facts: Facts): Problems {
  const [word = "list", name = "", ...more] = order.words ?? [];
  if ((word !== "list" && word !== "set") || more.length > 0) return [wrongUsage(word)];
  const store = openStore(order, facts);
  if (store === undefined) return [noStore(facts.name)];
  if (isProblem(store)) return [store];
  return word === "list" ? list(order, facts, store) : set(order, facts, { store, name });
}

async function list({ environment, say }: Order, facts: Facts, store: CredentialStore): Problems {
  const kept = await store.read();
  if (isProblem(kept)) return [kept];
  const known = knownCredentials(facts);
  const width = Math.max(...known.map(({ name }) => name.length));
  say(`${store.place}\n`);
  for (const { name, variable = "" } of known) {
    const wins = (environment[variable] ?? "") === "" ? "" : `, and ${variable} is set, which wins`;
    say(`  ${name.padEnd(width)}  ${kept.has(name) ? "is there" : "is not there"}${wins}\n`);
  }
  const strangers = [...kept.keys()].filter((one) => !known.some(({ name }) => name === one));
  for (const stranger of strangers) say(`  ${stranger.padEnd(width)}  is for nothing\n`);
  return [];
}

async function set(
  { say, input = async () => "" }: Order,
  facts: Facts,
  { store, name }: { readonly store: CredentialStore; readonly name: string },
): Problems {
  const names = knownCredentials(facts).map((known) => known.name);
  if (!names.includes(name)) return [unknown(facts.name, name, names)];
  // A terminal and `echo` end it with a line end, which no token has; a key for SSH needs its own.
  const given = (await input()).replace(/\r?\n$/, "");
  if (given === "") return [nothing(facts.name, name)];
  const value = given.includes("\n") ? `${given}\n` : given;
  const problem = await store.set(name, value);
  if (problem !== undefined) return [problem];
  say(`${name} is in ${store.place}\n`);
  return [];
}

const wrongUsage = (word: string): Problem =>
  toolProblem("TOOL_USAGE", {
    file: "package.json",
    message: `credentials are listed or set, and "${word}" is neither.`,
    expected: usage,
    fix: usage,
  });

const noStore = (cluster: string): Problem =>
  problemAt("CREDENTIALS_UNREADABLE", clusterFile(cluster), ["credentials"], {
    message: `${cluster} keeps credentials nowhere: they are exported`,
    expected: 'credentials: "file" or "infisical" among its facts',
    fix: `write credentials: "file" in ${clusterFile(cluster)}`,
  });

const unknown = (cluster: string, name: string, names: readonly string[]): Problem =>
  problemAt("CREDENTIALS_UNREADABLE", clusterFile(cluster), ["credentials"], {
    message:
      name === "" ? "no credential is named" : `\`infra\` looks for no credential \`${name}\``,
    ...choice(name, names, `npm run infra -- credential ${cluster} list`),
  });

const nothing = (cluster: string, name: string): Problem =>
  problemAt("CREDENTIALS_UNREADABLE", clusterFile(cluster), ["credentials"], {
    message: "nothing came by standard input",
    expected: `the value of ${name}`,
    fix: `npm run infra -- credential ${cluster} set ${name} < <file>`,
  });
