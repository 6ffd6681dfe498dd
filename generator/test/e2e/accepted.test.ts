/** The API server accepts every object of every environment as it was rendered: strictly, and without a warning. */
import { beforeAll, expect, test } from "vitest";
import { applyAll, messageOf, type KubernetesObject } from "../../cluster/api.ts";
import { allDefinitions, applyDefinitions } from "../../cluster/definitions.ts";
import { useCluster } from "./local.ts";
import { renderedObjects, type RenderedObject } from "./rendered.ts";

const cluster = useCluster("prod", ({ api }, { crds }) =>
  applyDefinitions(api, allDefinitions(crds)),
);

let rendered: readonly RenderedObject[];

beforeAll(async () => {
  rendered = await renderedObjects();
  const namespaces = rendered.filter(({ object }) => object.kind === "Namespace");
  const names = new Set(rendered.map(({ object }) => object.metadata.namespace ?? "default"));
  for (const name of names) await applyAll(cluster().api, [namespace(name)]);
  for (const { object } of namespaces) await applyAll(cluster().api, [object]);
});

const namespace = (name: string): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name },
});

test("every object of every environment, with strict fields and no warning", async () => {
  const begin = performance.now();
  const answers = await Promise.all(
    rendered.map(async ({ file, object }) => ({ file, ...(await tryApply(object)) })),
  );
  const refused = answers.filter(({ status }) => status >= 300);
  const warned = answers.filter(({ warnings }) => warnings.length > 0);
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  process.stdout.write(
    `${answers.length - refused.length} of ${answers.length} objects accepted, ${warned.length} with warnings, in ${seconds} s\n`,
  );
  expect(refused.map(({ file, body }) => `${file}: ${messageOf(body)}`)).toEqual([]);
  expect(warned.map(({ file, warnings }) => `${file}: ${warnings.join("; ")}`)).toEqual([]);
  expect(answers.length).toBeGreaterThan(1_000);
});

const tryApply = (object: KubernetesObject) => cluster().api.apply(object, { dryRun: true });

/** Fields whose keys are people's own words, not names of fields. */
const ownWords =
  /^(?:annotations|labels|matchLabels|nodeSelector|data|stringData|inheritedMetadata|valuesObject)$/;

interface Typo {
  readonly kind: string;
  readonly field: string;
  readonly object: KubernetesObject;
}

/** Entries of a list are told apart by it: without it, the entry is told. */
const entryKey = "name";

/** Each field of an object below `spec`, misspelled alone. */
function* typosOf(object: KubernetesObject): Generator<Typo> {
  const spec = object["spec"];
  if (typeof spec !== "object" || spec === null) return;
  for (const [path, key] of fieldsOf(spec, ["spec"])) {
    const copy = structuredClone(object) as unknown as Record<string, unknown>;
    const parent = path.reduce<Record<string, unknown>>(
      (value, step) => value[step] as Record<string, unknown>,
      copy,
    );
    const wrong = `${key}${key.at(-1)}`;
    parent[wrong] = parent[key];
    delete parent[key];
    yield { kind: object.kind, field: wrong, object: copy as unknown as KubernetesObject };
  }
}

function* fieldsOf(value: object, path: string[]): Generator<[string[], string]> {
  for (const [key, child] of Object.entries(value)) {
    if (!Array.isArray(value) && key !== entryKey) yield [path, key];
    const isOpen = ownWords.test(key) || typeof child !== "object" || child === null;
    if (!isOpen) yield* fieldsOf(child as object, [...path, key]);
  }
}

test("40 misspelled fields, each told by object and field", async () => {
  const typos = new Map<string, Typo>();
  for (const { object, environment } of rendered) {
    if (environment !== "prod") continue;
    const own = [...typosOf(object)].filter(({ kind, field }) => !typos.has(`${kind} ${field}`));
    // Few of each kind, so that many kinds are tried.
    const known = [...typos.values()].filter(({ kind }) => kind === object.kind).length;
    for (const typo of own.slice(0, Math.max(0, 2 - known)))
      typos.set(`${typo.kind} ${typo.field}`, typo);
  }
  const planted = [...typos.values()].slice(0, 40);
  const answers = await Promise.all(planted.map(({ object }) => tryApply(object)));
  const told = answers.filter(({ status, body }, index) => {
    const { field = "", object } = planted[index] ?? {};
    return (
      status >= 400 &&
      messageOf(body).includes(field) &&
      messageOf(body).includes(object?.metadata.name ?? "")
    );
  });
  process.stdout.write(`${told.length} of ${planted.length} misspelled fields refused by name\n`);
  expect(
    answers.flatMap((answer, index) =>
      told.includes(answer)
        ? []
        : [
            `${planted[index]?.kind} ${planted[index]?.field}: ${answer.status} ${messageOf(answer.body)}`,
          ],
    ),
  ).toEqual([]);
  expect(planted).toHaveLength(40);
});
