/** A first values.ts for a service nobody knows: what follows from its image and port, and what to look at. */
import { exporterFacts, exporterLine, exporterOfImage } from "../../release/exporters.ts";
import { repositoryOf } from "../../release/images/references.ts";
import type { Tiers } from "../../model/tiers.ts";
import { knownImage } from "./known-images.ts";
import type { KnownImage } from "./known-images.ts";

export interface UnknownService {
  readonly name: string;
  readonly tier: string;
  readonly image: string;
  readonly port: number;
  /** Whether there is an environment that can ask for a password at the gateway. */
  readonly signsIn: boolean;
}

export interface UnknownFile {
  readonly text: string;
  readonly hasRoute: boolean;
  /** Whether the program in its image is known: what its port is called, its health and its exporter then are no guesses. */
  readonly isProgramKnown: boolean;
  /** Whether it is known to keep data, and nobody knows where: its file has no place for it. */
  readonly losesData: boolean;
  /** What it lacks to be of use, in words that follow `without`; undefined where it lacks nothing that is known. */
  readonly lacks: string | undefined;
}

/** Out: a complete file. Health is a TCP connection where no path is known; a program that a known exporter asks has it beside it; its page is behind the sign-in of the gateway where there is one. One that is known to have no page has no route, and data has a place where its image is known to keep it. */
export function unknownServiceFile({
  name,
  tier,
  image,
  port,
  signsIn,
}: UnknownService): UnknownFile {
  const text = (value: string) => JSON.stringify(value);
  const known = knownImage(image);
  const asked = exporterOfImage(image);
  const path = asked?.health.http;
  const ownPort = known?.port ?? asked?.asks;
  const isWeb = ownPort === undefined || path !== undefined;
  const losesData = !isWeb && known?.data === undefined;
  const env = known?.env ?? [];
  const isKeyGiven = env.some((line) => line.includes(`secret("${password}")`));
  const given = isKeyGiven ? password : undefined;
  const key = asked === undefined ? given : exporterFacts(asked).needs;
  const used = [
    "defineService",
    "scratch",
    ...(key === undefined ? [] : ["secret"]),
    ...(known?.data === undefined ? [] : [holderOf(ownPort)]),
  ];
  const lines = [
    `import { ${used.toSorted().join(", ")} } from "#rzp";`,
    "",
    "export default defineService({",
    `  tier: ${text(tier)},`,
    `  about: ${text(`${name}, from the image ${repositoryOf(image)}`)},`,
    `  image: ${text(image)},`,
    '  size: "small",',
    ...(known?.lacks === undefined ? [] : [`  // Without ${known.lacks}.`]),
    ...(known?.args === undefined ? [] : [`  args: ${JSON.stringify(known.args)},`]),
    `  ports: { ${isWeb ? "http" : ownPort}: ${port} },`,
    `  health: { ${path === undefined ? "tcp: true" : `http: ${text(path)}`} },`,
    ...(asked === undefined ? [] : [`  ${exporterLine(asked.exporter)},`]),
    ...storageLines(known, holderOf(ownPort), losesData),
    ...(env.length === 0 ? [] : [`  env: { ${env.join(", ")} },`]),
    ...(key === undefined
      ? []
      : keyLines(name, key, { isGiven: isKeyGiven, isAsked: asked !== undefined })),
    ...(isWeb
      ? [
          `  routes: { web: { host: ${text(name)}, to: "http", audience: "internal"${signsIn ? ', signIn: "sso"' : ""} } },`,
        ]
      : []),
    "});",
    "",
  ];
  return {
    text: lines.join("\n"),
    hasRoute: isWeb,
    isProgramKnown: ownPort !== undefined,
    losesData,
    lacks: known?.lacks,
  };
}

function keyLines(
  name: string,
  key: string,
  { isGiven, isAsked }: { readonly isGiven: boolean; readonly isAsked: boolean },
): string[] {
  const about = isGiven
    ? `Of its first user${isAsked ? "; the exporter asks it with this" : ""}`
    : "What the exporter asks it with";
  return [
    ...(isGiven
      ? []
      : [
          `  // Give ${name} this one too, in its settings or its environment: until then it refuses the exporter.`,
        ]),
    `  secrets: { ${JSON.stringify(key)}: { generate: "hex", about: "${about}" } },`,
  ];
}

/** What `env` of a known image calls the password of its first user. */
const password = "password";

/** Programs, by what their port is called, whose files are a database's: a copy of some of them while it writes the others would be of no use. */
const databases: readonly (string | undefined)[] = ["postgres", "mysql", "mongodb"];
const holderOf = (port: string | undefined): string =>
  databases.includes(port) ? "database" : "state";

function storageLines(known: KnownImage | undefined, holder: string, losesData: boolean): string[] {
  const data = (at: string) =>
    `data: ${holder}({ at: "${at}", size: "1Gi", restored: { files: { atLeast: 1 } } })`;
  const writes = Object.entries(known?.writes ?? {}).map(
    ([volume, folder]) => `    ${volume}: scratch({ at: "${folder}" }),`,
  );
  const temporary = 'temporary: scratch({ at: "/tmp" })';
  if (losesData)
    return [
      "  storage: {",
      `    // Nobody knows where this image keeps its data, and without a volume there it cannot write any: the root file system is read-only. Add one: ${data("/…")}.`,
      ...writes,
      `    ${temporary},`,
      "  },",
    ];
  if (known?.data === undefined) return [`  storage: { ${temporary} },`];
  return [
    "  storage: {",
    `    // ${known.data} is where this image keeps its data. If all of it may be lost: cache({ … }), which no backup has.`,
    `    ${data(known.data)},`,
    ...writes,
    `    ${temporary},`,
    "  },",
  ];
}

/** The tier of what nobody knows: among those of the last layer the one that gives way first. */
export function tierOfUnknown(tiers: Tiers): string | undefined {
  const last = Object.entries(tiers).filter(([, { layer }]) => layer === "applications");
  return last.toSorted(([, a], [, b]) => a.priority - b.priority)[0]?.[0];
}
