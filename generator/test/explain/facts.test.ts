/**
 * Causes are exact: take any optional fact out of a service's file, and everything whose causes include it is gone
 * or another one, everything else is the very same, and what is new says that the fact is not there.
 */
import { beforeAll, describe, expect, test } from "vitest";
import { consequencesOf } from "../../src/explain/consequences.ts";
import type { Consequence } from "../../src/explain/consequence.ts";
import { evaluateFiles } from "../../src/load/evaluate.ts";
import type { Evaluation } from "../../src/load/evaluate.ts";
import { authoredFiles, readTree } from "../../src/load/tree.ts";
import { asTree, isTree } from "../../src/model/data.ts";
import { serviceFile } from "../../src/model/paths.ts";
import { buildPlatform } from "../../src/pipeline.ts";
import { projectRoot } from "../support/repository.ts";
import { without } from "../support/without.ts";

type Path = readonly string[];

const environment = "prod";
const cluster = "home";
// The environment alone, without its overlays: what they say is in no file of a service.
const whole = readTree(projectRoot);
const tree = {
  ...whole,
  environments: [environment],
  clusters: [cluster],
  overlays: new Map<string, string[]>(),
};
let evaluation: Evaluation;
beforeAll(async () => {
  evaluation = await evaluateFiles(tree.root, authoredFiles(tree));
});

/** Undefined when the file makes no sense any more. */
async function consequences(
  service: string,
  value: unknown,
): Promise<ReadonlyMap<string, Consequence> | undefined> {
  const values = new Map([...evaluation.values, [serviceFile(service), value]]);
  const { value: platform } = await buildPlatform(tree, { values, problems: [] });
  const release = platform?.releases.find(
    ({ service: { name }, facts }) => name === service && facts.name === environment,
  );
  if (release === undefined) return undefined;
  const all = [...consequencesOf(release)].flatMap(([concern, own]) =>
    own.map((one) => [`${concern}: ${one.about}`, one] as const),
  );
  expect(new Set(all.map(([about]) => about)).size, "each is about something else").toBe(
    all.length,
  );
  return new Map(all);
}

/** Maps that stand for one value: what is in them is no fact by itself. */
const isOneValue = (value: unknown) =>
  ["secret", "from", "cluster", "lan", "pod", "file", "writes", "because"].some(
    (key) => key in asTree(value),
  );

/** Every path to something in the file. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  if (!isTree(value) || isOneValue(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    [...path, key],
    ...pathsOf(inner, [...path, key]),
  ]);
}

/** A fact, and what makes no sense without it: readers of what is no longer consumed, a volume and its mounts. */
function withReaders(spec: unknown, fact: Path): Path[] {
  const [verb, provider = ""] = fact.slice(-2);
  const components = Object.entries(asTree(asTree(spec)["components"]));
  if (components.length > 0 && (verb === "storage" || verb === "mounts"))
    return [
      ["storage", provider],
      ...components.flatMap(([name, component]) =>
        provider in asTree(asTree(component)["mounts"])
          ? [["components", name, "mounts", provider]]
          : [],
      ),
    ];
  if (verb !== "consumes") return [fact];
  const component = fact.slice(0, -2);
  const readers = ["env", "files"].flatMap((field) => {
    const entries = [...component, field].reduce<unknown>((from, key) => asTree(from)[key], spec);
    return Object.entries(asTree(entries)).flatMap(([name, value]) =>
      asTree(value)["from"] === provider ? [[...component, field, name]] : [],
    );
  });
  return [fact, ...readers];
}

/** Together with what is said of secrets that then nobody reads. */
function withSecrets(spec: unknown, facts: readonly Path[]): Path[] {
  const left = JSON.stringify(facts.reduce<unknown>(without, spec));
  const unread = Object.keys(asTree(asTree(spec)["secrets"])).filter(
    (key) => !left.includes(`{"secret":"${key}"}`),
  );
  return [...facts, ...unread.map((key) => ["secrets", key])];
}

const isWithin = (inner: Path, outer: Path) => outer.every((key, index) => inner[index] === key);
const isSame = (a: Consequence | undefined, b: Consequence | undefined) => a?.says === b?.says;

/** What does not hold of one fact, in words; nothing when its causes are exact. */
function mistakes(
  service: string,
  facts: readonly Path[],
  before: ReadonlyMap<string, Consequence>,
  after: ReadonlyMap<string, Consequence>,
): string[] {
  const file = serviceFile(service);
  const ofFile = ({ causes }: Consequence) => causes.filter((cause) => cause.file === file);
  return [
    ...[...before].flatMap(([about, one]) => {
      const said = ofFile(one).filter(({ absent }) => absent === undefined);
      if (said.some(({ path }) => facts.some((fact) => isWithin(path, fact))))
        return isSame(one, after.get(about))
          ? [`${about} stays the same without it: ${one.says}`]
          : [];
      // A cause may be a map of which only a part is gone, or something that is not said in what is gone.
      const unsaid = ofFile(one).filter(({ absent }) => absent === true);
      if (
        unsaid.some(({ path }) => facts.some((fact) => isWithin(path, fact))) ||
        said.some(({ path }) => facts.some((fact) => isWithin(fact, path))) ||
        isSame(one, after.get(about))
      )
        return [];
      return [`${about} does not name it: "${one.says}", then "${after.get(about)?.says}"`];
    }),
    ...[...after].flatMap(([about, one]) => {
      if (isSame(one, before.get(about))) return [];
      const names = ofFile(one).some(({ path, absent }) =>
        facts.some((fact) =>
          absent === true
            ? isWithin(fact, path) || isWithin(path, fact)
            : // Of a map, or of a list of facts, others are left.
              before.has(about) && (isWithin(fact, path) || isSibling(path, fact)),
        ),
      );
      return names ? [] : [`${about} does not say that it is not there: "${one.says}"`];
    }),
  ];
}

const isSibling = (a: Path, b: Path) =>
  a.length === b.length && a.slice(0, -1).every((key, index) => b[index] === key);

/** What the model requires, and what other facts of the same file or of other services refer to. */
const isRequired =
  /^(tier|about|chart|components|storage|ports)$|(^|\.)(image|pods|apiVersion|kind|requests\.(cpu|memory)|resources\.(cpu|memory)|holds|size|at|share|host|to|audience|login|health\.(http|exec)|metrics\.\w+)$|(^|\.)restored(\.(files\.atLeast|newest\.within))?$|(^|\.)(health|ports\.[\w-]+|ports)$/;
const leftOut: Readonly<Record<string, readonly string[]>> = {
  // Others read its key.
  sonarr: ["offers", "offers.api-key", "consumes"],
  immich: [
    "components.server",
    "components.server.mounts",
    "components.server.consumes",
    "components.learning",
    "components.learning.mounts",
  ],
  // Another variable names the two.
  qbittorrent: ["sidecars.vpn.env.POD_NETWORK", "sidecars.vpn.env.SERVICE_NETWORK"],
  // Others read its password.
  valkey: [
    "runs.as",
    "storage.data.restored.files",
    "env",
    "env.VALKEY_PASSWORD",
    "runAs.user",
    "offers",
    "offers.password",
  ],
  mosquitto: [
    "health.tcp",
    "storage.data.restored.newest",
    "storage.passwords",
    "offers",
    "offers.password",
    "exposes.mqtt.clients",
  ],
  // What it writes names the store, and a file with the password.
  vector: [
    "runs.as",
    "files./etc/vector/secrets/openobserve_password",
    "health.port",
    "consumes",
    "consumes.openobserve",
  ],
  // With no runs it would need health; two of its variables name who is consumed.
  recyclarr: [
    "runs",
    "runs.as",
    "runs.cron",
    "runs.endsWithin",
    "storage.config.restored.files",
    "consumes",
  ],
  "cert-manager": [],
  metallb: [],
  // With no runs they would need health; what one writes names the store.
  dashboards: ["runs", "runs.as", "runs.cron", "runs.endsWithin", "consumes"],
  "restore-drill": [
    "components.main.runs",
    "components.main.runs.as",
    "components.main.runs.cron",
    "components.main.runs.endsWithin",
  ],
  postgres: [
    "runs",
    "runs.as",
    "runs.instances",
    "storage.data",
    "offers",
    "offers.login.port",
    "offers.login.gives",
  ],
};

// A deployment, several components, a sidecar; a StatefulSet, a container of `init`, a DaemonSet, a schedule, a database.
const simple = ["sonarr", "immich", "qbittorrent"];
const others = ["valkey", "mosquitto", "vector", "recyclarr", "postgres"];
// Charts, one on nodes' networks; what shows dashboards, what drills.
const charts = ["cert-manager", "metallb"];
const ofCluster = ["dashboards", "restore-drill"];

/** Without it the service is another one. */
const itself: Readonly<Record<string, string>> = { "restore-drill": "components.main" };

describe.each([...simple, ...others, ...charts, ...ofCluster])("%s", (service) => {
  test("has exact causes for every optional fact", { timeout: 120_000 }, async () => {
    const authored = evaluation.values.get(serviceFile(service));
    const { spec } = asTree(authored);
    const before = await consequences(service, authored);
    if (before === undefined) throw new Error(`${service} has mistakes as it is`);
    const found: Record<string, string[]> = {};
    const needed: string[] = [];
    for (const fact of pathsOf(spec)) {
      if (fact.join(".") === itself[service]) continue;
      const facts = withSecrets(spec, withReaders(spec, fact));
      const after = await consequences(service, {
        ...asTree(authored),
        spec: facts.reduce<unknown>(without, spec),
      });
      if (after === undefined) needed.push(fact.join("."));
      else {
        const wrong = mistakes(service, facts, before, after);
        if (wrong.length > 0) found[fact.join(".")] = wrong;
      }
    }
    expect(found).toEqual({});
    expect(needed.filter((fact) => !isRequired.test(fact))).toEqual(leftOut[service]);
  });
});

// With several components and volumes, databases, backups, an exporter, the node's network, a drill.
const pinnable = [
  "sonarr",
  "immich",
  "postgres",
  "velero",
  "mosquitto",
  "metallb",
  "restore-drill",
];

// What bears the name of the namespace: policies, volumes, series, names of Services, classes. A word that stands in other places, too.
test.each([...pinnable, "argo-cd"])(
  "%s names the pin where its namespace is told",
  async (service) => {
    const authored = asTree(evaluation.values.get(serviceFile(service)));
    const told = (spec: object) => consequences(service, { ...authored, spec });
    const pins = { namespace: service === "argo-cd" ? "argocd" : "media" };
    const spec = { ...asTree(authored["spec"]), pins };
    const [before, after] = [await told(spec), await told(without(spec, ["pins"]))];
    if (before === undefined || after === undefined) throw new Error("it has mistakes");
    expect(mistakes(service, [["pins"]], before, after)).toEqual([]);
  },
);
