/** `npm run secrets -- --environment prod`: what must be in the store of secrets. Values are printed, and nowhere else. */
import { readFileSync } from "node:fs";
import { devNull } from "node:os";
import path from "node:path";
import type { Identity, SecretBackend } from "../argocd/secret-backends/backend.ts";
import { backendOf } from "../argocd/secret-backends/choose.ts";
import { environmentFile } from "../model/paths.ts";
import type { Problem } from "../problems/problem.ts";
import { neededSecrets } from "../release/secrets/needed.ts";
import type { NeededSecret } from "../release/secrets/needed.ts";
import { existingSecrets } from "../scaffold/listings/existing-secrets.ts";
import { freshSecret } from "../scaffold/listings/fresh-secret.ts";
import {
  secretHeadings,
  secretRows,
  secretsDotenv,
  secretsJson,
} from "../scaffold/listings/secrets.ts";
import type { ListedSecret } from "../scaffold/listings/secrets.ts";
import { unknownEnvironment } from "../scaffold/unknown-names.ts";
import type { Invocation } from "./arguments.ts";
import { askedPlatform } from "./platform.ts";
import { printProblems } from "../print-problems.ts";
import { say } from "./say.ts";
import { secretTiers } from "./secret-tiers.ts";
import { table } from "./table.ts";

/** Exit code: 0 listed, generated, or nothing is missing; 1 something is missing; 2 a mistake. */
export async function secrets(invocation: Invocation): Promise<0 | 1 | 2> {
  const platform = await askedPlatform(invocation);
  if (platform === undefined) return 2;
  const { tree } = platform;
  const stop = (problem: Problem) => {
    printProblems(tree.root, [problem], invocation.format);
    return 2 as const;
  };
  const name = invocation.environment ?? "";
  const releases = platform.releases.filter(({ facts }) => facts.name === name);
  const facts = releases[0]?.facts;
  if (facts === undefined) return stop(unknownEnvironment(name, tree));
  const backend = backendOf(facts);
  if (invocation.valuesFor === "infisical" && backend.tool === undefined)
    return stop(noTool(name, facts.environment.secrets.backend));
  const there = invocation.have === undefined ? [] : readList(invocation.have);
  if (!Array.isArray(there)) return stop(there);

  const listed = neededSecrets(releases)
    .filter((secret) => !invocation.missing || !isThere(secret, there))
    .map((secret) => ({ secret, value: invocation.generate ? freshValue(secret) : undefined }));
  process.stdout.write(textOf(invocation, backend, listed));
  if (invocation.format === "human" && invocation.valuesFor === undefined) {
    const lines = [
      lastLine(invocation, backend, listed),
      ...identityLines(backend.identities(secretTiers(releases)), name),
    ];
    say(`\n${lines.join("\n")}\n`, invocation.format);
  }
  return invocation.missing && !invocation.generate && listed.length > 0 ? 1 : 0;
}

const freshValue = ({ form }: NeededSecret) => (form === undefined ? undefined : freshSecret(form));

/** A folder is there when anything is in it. */
const isThere = ({ path: wanted, key }: NeededSecret, there: readonly string[]) =>
  key === undefined
    ? there.some((found) => found.startsWith(`${wanted}/`))
    : there.includes(wanted);

function textOf(
  { format, valuesFor, generate }: Invocation,
  { tool }: SecretBackend,
  listed: readonly ListedSecret[],
): string {
  if (valuesFor === "dotenv") return secretsDotenv(listed);
  if (valuesFor === "infisical")
    return (
      (generate ? tool?.loading(listed) : tool?.asking(listed.map(({ secret }) => secret))) ?? ""
    );
  return format === "json" ? secretsJson(listed) : table([secretHeadings, ...secretRows(listed)]);
}

function lastLine(
  { missing, generate }: Invocation,
  { tool }: SecretBackend,
  listed: readonly ListedSecret[],
): string {
  if (tool === undefined)
    return "The store is External Secrets' fake provider: it has a throw-away value for each.";
  if (listed.length === 0) return "Nothing is missing.";
  const byHand = listed.filter(({ secret }) => secret.form === undefined).length;
  const counts = `${listed.length - byHand} generated, ${byHand} by hand`;
  if (generate) return `${counts}. These values are kept nowhere: put them into the store now.`;
  return missing ? `Missing: ${counts}.` : `${counts}.`;
}

/** They are on the cluster and in no store, so no list says whether they are there. */
const identityLines = (identities: readonly Identity[], environment: string) =>
  identities.length === 0
    ? []
    : [
        `On the cluster there must be too (npm run bootstrap -- --environment ${environment} says how):`,
        ...identities.map(
          ({ name, namespace, keys }) =>
            `Secret ${name} in namespace ${namespace}, keys ${keys.join(" and ")}`,
        ),
      ];

function readList(file: string): string[] | Problem {
  try {
    // Where npm was called, not where the repository begins.
    const from = file === "-" ? 0 : path.resolve(process.env["INIT_CWD"] ?? process.cwd(), file);
    const text = readFileSync(from, "utf8");
    // Only who names the device says that the store is empty; a file without a line is what a failed script leaves.
    if (text.trim() === "" && from !== devNull) return noList(file, "it is empty");
    const found = existingSecrets(text);
    return Array.isArray(found) ? found : noList(file, `line ${found.line} ${found.why}`);
  } catch (error) {
    return noList(file, error instanceof Error ? error.message : String(error));
  }
}

/** What came to nothing may be a script that failed. */
const noList = (file: string, why: string): Problem => ({
  code: "SECRETS_LIST_UNREADABLE",
  severity: "error",
  place: { file },
  message: `there is no list of what is in the store: ${why}`,
  expected:
    "a path a line, or NAME=… below # and its folder, as a dotenv file has it; - for standard input",
  fix: "give the list; where the store is empty write --have /dev/null",
});

function noTool(environment: string, backend: string): Problem {
  return {
    code: "SECRETS_NO_TOOL",
    severity: "error",
    place: { file: environmentFile(environment) },
    message: `${environment} has the backend ${backend}, which is not loaded with Infisical's tool`,
    expected: "--format human, json or dotenv",
    fix: "choose another --format, or another --environment",
  };
}
