/** What a fix says, written as it says, leaves no mistake behind. */
import { expect, test } from "vitest";
import { checkRepository, createRepository } from "../support/repository.ts";
import { reasonPlaceholder } from "../../src/model/primitives.ts";
import { environments } from "./cases/environments.ts";
import { references } from "./cases/references.ts";
import { rules } from "./cases/rules.ts";
import { signIns } from "./cases/sign-in.ts";
import { applyChanges, blocky, devSonarr, immich, prowlarr } from "./change.ts";
import type { Cases, Change } from "./change.ts";

/** In: a mistake, and what a person does who reads its fix. Nothing may be left to tell. */
async function mended(change: Cases[string] | undefined, by: (fix: string) => readonly Change[]) {
  using repository = createRepository();
  applyChanges(repository, change ?? []);
  const [problem, ...others] = await checkRepository(repository.root);
  expect(others).toEqual([]);
  applyChanges(repository, by(problem?.fix ?? ""));
  expect(await checkRepository(repository.root)).toEqual([]);
}

const overlay = (service: string, spec: string) =>
  `import { overlay } from "#rzp";\nexport default overlay("${service}", { ${spec} });\n`;
const partOf = (fix: string, pattern: RegExp): string => pattern.exec(fix)?.[1] ?? "";

test("an edge to what does not run here is taken out with the variables that read from it", () =>
  mended(references["consumes-service-that-variables-read-not-enabled-here"], (fix) => [
    {
      in: partOf(fix, /in (\S+)$/),
      text: overlay("prowlarr", partOf(fix, /(remove: \[.*?\])/)),
    },
  ]));

test("a need of what does not run here is taken out", () =>
  mended({ in: prowlarr, replace: "  reaches:", by: '  needs: ["vector"],\n  reaches:' }, (fix) => [
    { in: partOf(fix, /say in (\S+):/), text: overlay("prowlarr", partOf(fix, /(remove: .*)$/)) },
  ]));

test("a service that is left out is taken back", () =>
  mended(references["consumes-service-left-out-here"], (fix) => [
    {
      in: partOf(fix, /without in (\S+),/),
      replace: `, without: ["${partOf(fix, /take "(\w+)" out/)}"]`,
      by: "",
    },
  ]));

test("an edge to what is stopped is taken out with the variables that read from it", () =>
  mended(references["consumes-stopped-service"], (fix) => [
    {
      in: partOf(fix, /in (\S+)$/).replace("<environment>", "prod"),
      text: overlay("sonarr", partOf(fix, /(remove: \[.*?\])/)),
    },
  ]));

test("where all that use it are stopped too, nobody misses what is stopped", async () => {
  using repository = createRepository();
  for (const name of ["prowlarr", "sonarr", "recyclarr"])
    repository.write(`environments/prod/${name}.ts`, overlay(name, "stopped: true"));
  expect(await checkRepository(repository.root)).toEqual([]);
});

const added = (fix: string): string => partOf(fix, /add (.*?)(?: to |, and |$)/);

test.for([
  ["from-without-consumes", prowlarr, 'consumes: { sonarr: "http" '],
  ["from-itself", prowlarr, 'consumes: { sonarr: "http" '],
  ["from-misspelt-service-that-is-not-consumed", prowlarr, 'consumes: { sonarr: "http" '],
  ["from-peer-without-consumes", immich, 'consumes: { postgres: { login: "immich" } '],
] as const)("what is read and not consumed is consumed: %s", ([name, file, consumes]) =>
  mended(references[name], (fix) => {
    const word = partOf(fix, /write "(\w+)", and/);
    return [
      { in: file, replace: consumes, by: `${consumes.trimEnd()}, ${added(fix)} ` },
      ...(word === "" ? [] : [{ in: file, replace: "postgress", by: word }]),
    ];
  }),
);

test.for(["consumes-itself-as-a-component", "from-itself-as-a-component-that-consumes-itself"])(
  "a service of one component calls its own pods by its name: %s",
  (name) =>
    mended(references[name], (fix) => [
      { in: prowlarr, replace: '"./main"', by: partOf(fix, /write ("\w+")/) },
    ]),
);

test.for([
  ["from-a-protocol-of-a-port-with-one-number", "dns-udp-host"],
  ["from-a-port-with-two-numbers", "dns-host"],
] as const)("a port of two protocols is read by the names it has: %s", ([name, key]) =>
  mended(references[name], (fix) => [
    { in: immich, replace: `"${key}"`, by: partOf(fix, /write ("dns-[\w-]+")/) },
  ]),
);

test("what consumes nothing yet gets its first entry", () =>
  mended(
    [
      ...[references["from-peer-without-consumes"] ?? []].flat(),
      { in: immich, replace: '      consumes: { postgres: { login: "immich" } },\n', by: "" },
      { in: immich, replace: 'DB_URL: from("postgres", "url"), ', by: "" },
    ],
    (fix) => [
      { in: immich, replace: "    server: {\n", by: `    server: {\n      ${added(fix)},\n` },
    ],
  ));

test.for(["overlay-removes-an-edge-that-variables-read", "overlay-with-resources-over-a-size"])(
  "an overlay takes out what does not go with it: %s",
  (name) =>
    mended(environments[name], (fix) => [
      {
        in: devSonarr,
        replace: name.includes("edge") ? '"consumes.postgres"' : "remove: [",
        by: `${name.includes("edge") ? "" : "remove: ["}${partOf(fix, /remove: \[(.*?)\]/)}${name.includes("edge") ? "" : ", "}`,
      },
    ]),
);

const nameservers = 'nameservers: ["127.0.0.1", "9.9.9.9"]';
/** Each environment has a name of its own for it. */
const hosts = ["media-sonarr", "dev-media-sonarr"]
  .map((namespace) => `"sonarr.${namespace}.svc.cluster.local": "10.0.10.77"`)
  .join(", ");
const nameOfSonarr = references["name-of-the-cluster-and-name-servers-outside"];

test("what calls a name of the cluster asks the cluster, or has its address in hosts", async () => {
  await mended(nameOfSonarr, (fix) => [
    { in: prowlarr, replace: nameservers, by: fix.startsWith("remove nameservers") ? "" : fix },
  ]);
  await mended(nameOfSonarr, (fix) => [
    {
      in: prowlarr,
      replace: nameservers,
      by: `${nameservers}, ${partOf(fix, /address in (hosts)/)}: { ${hosts} }`,
    },
  ]);
});

test.for(["10.96.0.10", "10.0.10.1"])(
  "a name server that may know names of the cluster: %s",
  (by) => mended(nameOfSonarr, () => [{ in: prowlarr, replace: "9.9.9.9", by }]),
);

test("what calls the host of a route consumes the gateway", () =>
  mended(references["host-of-a-route-without-a-way-to-the-gateway"], (fix) => [
    {
      in: blocky,
      replace: "  replicas:",
      by: `  ${partOf(fix, /add (consumes: .*?);/)},\n  replicas:`,
    },
  ]));

test.for([0, 1])("an overlay says who asks for a password, way %i", (way) =>
  mended(signIns["sso-without-provider"], (fix) => {
    const texts = [...fix.matchAll(/^import .*\n.*$/gm)].map(([text]) => text);
    const text = (texts[way] ?? "").replace(reasonPlaceholder, "only seen at home");
    return [{ in: partOf(fix, /write in (\S+):/), text: `${text}\n` }];
  }),
);

const photosOfBlocky = rules["part-of-the-host-of-a-service-that-is-called-otherwise"];

test.for<[string, RegExp, string]>([
  ["another host", /write (host: "blocky")/, ""],
  ["the reason", /write (host: because\(.*\))$/, "because, "],
])("two services have one host no more without a word: %s", ([, pattern, imports]) =>
  mended(photosOfBlocky, (fix) => [
    {
      in: blocky,
      replace: 'host: "photos"',
      by: partOf(fix, pattern).replace(reasonPlaceholder, "one page to people"),
    },
    { in: blocky, replace: "import { ", by: `import { ${imports}` },
  ]),
);
