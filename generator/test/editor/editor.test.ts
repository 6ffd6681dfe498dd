/** What a person sees in an editor: asked of the language server that TypeScript 7 brings. */
import { rmSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ChartSpec, ComposedServiceSpec, ServiceSpec } from "../../src/model/service.ts";
import { Cluster } from "../../src/model/cluster.ts";
import { Environment } from "../../src/model/environment.ts";
import { ChartOverlay, ComposedServiceOverlay, ServiceOverlay } from "../../src/model/overlay.ts";
import { Tiers } from "../../src/model/tiers.ts";
import { createProject, valuesFile, type Project } from "../types/project.ts";
import { LanguageServer, type Position } from "./language-server.ts";
import { levelsOf, turnsOf, writeAllFields, type WrittenField } from "./levels.ts";

/** Some hundred questions in one test; a busy machine takes its time. */
const slow = 60_000;

let project: Project;
let server: LanguageServer;
let file: string;

beforeAll(async () => {
  project = createProject();
  server = await LanguageServer.start(project.root);
  file = path.join(project.root, valuesFile("edited"));
  server.open(file, "");
}, slow);
afterAll(async () => {
  await server.stop();
  rmSync(project.root, { recursive: true });
});

const imports = `import { because, cache, database, defineChart, defineCluster, defineComposedService, defineEnvironment, defineService, defineTiers, from, hostPath, job, overlay, postgresCluster, schedule, scratch, share, state, statefulSet, token } from "#rzp";\nexport default `;
/** A volume that can be mounted. */
const volume = "storage: { postgres: scratch() }, ";
/** A service whose parts all have the name that keys have here: an overlay speaks only of what is there. */
const overlayOf = (kind: string, ports: string): string =>
  `overlay("any", …);\ndeclare module "#rzp" { interface Registry { any: { kind: "${kind}"; ports: ${ports}; keys: never; login: false; storage: { postgres: "state" | "database" | "cache" | "share" | "scratch" | "token" | "host" }; routes: "postgres"; exposes: "postgres" } } }`;
const shapes = [
  { name: "defineService", schema: ServiceSpec, beside: volume },
  { name: "defineComposedService", schema: ComposedServiceSpec, beside: volume },
  { name: "defineChart", schema: ChartSpec, beside: "" },
  { name: "defineCluster", schema: Cluster, beside: "" },
  { name: "defineEnvironment", schema: Environment, beside: "" },
  { name: "defineTiers", schema: Tiers, beside: "" },
  { name: "an overlay", schema: ServiceOverlay, call: overlayOf("service", '"postgres"') },
  {
    name: "an overlay of several components",
    schema: ComposedServiceOverlay,
    call: overlayOf("composed", '{ postgres: "postgres" }'),
  },
  {
    name: "an overlay of a chart",
    schema: ChartOverlay,
    call: overlayOf("chart", '{ postgres: "postgres" }'),
  },
].map(({ name, schema, beside = "", call = `${name}(…)` }) => {
  const [before = "", after = ""] = `${imports}${call}`.split("…");
  return { name, schema, beside, before, after };
});

function positionOf(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split("\n");
  return { line: lines.length - 1, character: (lines.at(-1) ?? "").length };
}

/** What is offered at the place of `|` in the text, sorted: the language server promises no order. */
async function offered(marked: string): Promise<readonly string[]> {
  const offset = marked.indexOf("|");
  const text = marked.replace("|", "");
  server.change(file, text);
  const labels = await server.completion(file, positionOf(text, offset));
  return labels.map((label) => label.replace(/\?$/, "").replaceAll('"', "")).toSorted();
}

describe.for(shapes)("in $name", ({ schema, beside, before, after }) => {
  test(
    "every field says on hover what it is",
    async () => {
      const asked = new Set<string>();
      const mute = new Set<string>();
      for (let turn = 0; turn < turnsOf(schema); turn += 1) {
        const { text, fields } = writeAllFields(schema, before, after, turn);
        server.change(file, text);
        const isNew = ({ path: place, object, description }: WrittenField): boolean =>
          !asked.has(`${place} ${object} ${description}`);
        await Promise.all(
          fields.filter(isNew).map(async ({ path: place, object, offset, description }) => {
            asked.add(`${place} ${object} ${description}`);
            const shown = await server.hover(file, positionOf(text, offset));
            if (description === undefined || !shown.includes(description)) mute.add(place);
          }),
        );
      }
      expect([...mute]).toEqual([]);
      expect(asked.size).toBeGreaterThan(5);
    },
    slow,
  );

  test(
    "every field is offered where it is written",
    async () => {
      const levels = levelsOf(schema, before, after, beside);
      const missing: string[] = [];
      for (const { path: place, fields, ...text } of levels) {
        const labels = await offered(`${text.before}|${text.after}`);
        missing.push(
          ...fields.filter((field) => !labels.includes(field)).map((field) => `${place}.${field}`),
        );
      }
      expect(missing).toEqual([]);
      expect(levels.length).toBeGreaterThan(0);
    },
    slow,
  );
});

const oneComponent = (fields: string): string =>
  `${imports}defineService({ tier: "media", about: "a service", image: "a:1", ports: { http: 80, dns: { udp: 53 } }, ${fields} })`;

describe("in a service with one component", () => {
  test.for([
    ["health", `health: { tcp: true, port: "|" }`],
    ["metrics", `metrics: { port: "|" }`],
    ["routes", `routes: { web: { to: "|" } }`],
    [
      "rules of routes",
      `routes: { web: { to: "http", audience: "internal", rules: { api: { to: "|" } } } }`,
    ],
    ["exposes", `exposes: { dns: { ports: { 53: "|" } } }`],
    ["offers", `offers: { login: { port: "|", gives: ["host"] } }`],
  ])("own ports are offered in %s", async ([, fields = ""]) => {
    expect(await offered(oneComponent(fields))).toEqual(["dns", "http"]);
  });

  test("own volumes are offered where a sidecar mounts them", async () => {
    const labels = await offered(
      oneComponent(
        `storage: { config: state({ size: "1Gi" }), work: scratch() }, sidecars: { log: { image: "b:1", mounts: { | } } }`,
      ),
    );
    expect(labels).toEqual(["config", "work"]);
  });

  test("services are offered in consumes, and their ports", async () => {
    expect(await offered(oneComponent(`consumes: { | }`))).toEqual(
      [...project.services.keys()].toSorted(),
    );
    expect(await offered(oneComponent(`consumes: { immich: "|" }`))).toEqual([
      "learning/ml",
      "server/http",
      "server/metrics",
    ]);
    expect(await offered(oneComponent(`consumes: { sonarr: "|" }`))).toEqual(["http"]);
    expect(await offered(oneComponent(`consumes: { postgres: { | } }`))).toContain("login");
  });

  test("what a service offers is offered in from", async () => {
    expect(await offered(oneComponent(`env: { HOST: from("|", "host") }`))).toEqual(
      [...project.services.keys()].toSorted(),
    );
    expect(await offered(oneComponent(`env: { HOST: from("sonarr", "|") }`))).toEqual([
      "api-key",
      "host",
      "port",
      "url",
    ]);
  });

  test("names of the platform are offered", async () => {
    expect(await offered(`${imports}defineService({ tier: "|" })`)).toEqual([
      "data",
      "media",
      "network",
      "platform",
    ]);
    expect(await offered(oneComponent(`storage: { media: share("|") }`))).toEqual(["media"]);
    expect(await offered(oneComponent(`storage: { config: state({ class: "|" }) }`))).toEqual([
      "bulk",
      "standard",
    ]);
    expect(await offered(oneComponent(`reaches: { lan: { | } }`))).toEqual(["router"]);
    expect(await offered(oneComponent(`needs: ["|"]`))).toEqual(
      [...project.services.keys()].toSorted(),
    );
  });
});

const twoComponents = (fields: string, rest = ""): string =>
  `${imports}defineComposedService({ tier: "media", about: "a service", components: { server: { image: "a:1", ports: { http: 80, metrics: 81 }, ${fields} }, learning: { image: "b:1", ports: { ml: 82 } } }, storage: { library: state({ size: "1Gi" }), models: cache({ size: "1Gi" }) }, ${rest} })`;

describe("in a service with several components", () => {
  test.for([
    [
      "ports of the component in health",
      twoComponents(`health: { tcp: true, port: "|" }`),
      ["http", "metrics"],
    ],
    ["volumes of the service in mounts", twoComponents(`mounts: { | }`), ["library", "models"]],
    [
      "components with their ports in routes",
      twoComponents("", `routes: { web: { to: "|" } }`),
      ["learning/ml", "server/http", "server/metrics"],
    ],
    ["ports of a peer in consumes", twoComponents(`consumes: { "./learning": "|" }`), ["ml"]],
  ] as const)("offers %s", async ([, text, names]) => {
    expect(await offered(text)).toEqual(names);
  });

  test("offers peers beside other services in consumes", async () => {
    expect(await offered(twoComponents(`consumes: { | }`))).toEqual(
      expect.arrayContaining(["./learning", "./server", "sonarr"]),
    );
  });
});

describe("in an overlay", () => {
  test.for([
    ["volumes that are there", `overlay("immich", { storage: { | } })`, ["library", "models"]],
    [
      "components that are there",
      `overlay("immich", { components: { | } })`,
      ["learning", "server"],
    ],
    ["routes that are there", `overlay("immich", { routes: { | } })`, ["web"]],
  ] as const)("offers %s", async ([, text, names]) => {
    expect(await offered(`${imports}${text}`)).toEqual(names);
  });

  test("offers nothing that is identity", async () => {
    const labels = await offered(`${imports}overlay("sonarr", { | })`);
    expect(labels).toEqual(expect.arrayContaining(["image", "size", "replicas", "env", "remove"]));
    expect(labels).not.toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^(tier|about|ports|offers|pins|migrations)$/),
      ]),
    );
  });
});

describe("what a function takes", () => {
  test.for([
    ["state", `state({ | })`, "size"],
    ["share", `share("media", { | })`, "subPath"],
    ["token", `token({ | })`, "audience"],
    ["schedule", `schedule("0 4 * * *", { | })`, "endsWithin"],
    ["postgresCluster", `postgresCluster({ | })`, "instances"],
  ])("%s offers its fields", async ([, call, field]) => {
    const labels = await offered(`${imports}${call}`);
    expect(labels).toContain(field);
    expect(labels).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(holds|as)$/)]));
  });

  test("says on hover what a field is", async () => {
    const text = `${imports}state({ size: "1Gi", at: "/data" })`;
    server.change(file, text);
    expect(await server.hover(file, positionOf(text, text.indexOf("size:")))).toContain(
      "Size of the claim",
    );
  });
});
