/** A first values.ts for a service nobody knows: what follows from its image and port, and what to look at. */
import { exporterFacts, exporterLine, exporterOfImage } from "../../release/exporters.ts";
import { repositoryOf } from "../../release/images/references.ts";
import type { Tiers } from "../../model/tiers.ts";

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
}

/** Out: a complete file. Health is a TCP connection where no path is known; a program that a known exporter asks has it beside it; its page is behind the sign-in of the gateway where there is one. One that is known to have no page has no route, and a Redis has a place for its data. */
export function unknownServiceFile({
  name,
  tier,
  image,
  port,
  signsIn,
}: UnknownService): UnknownFile {
  const text = (value: string) => JSON.stringify(value);
  const known = exporterOfImage(image);
  const path = known?.health.http;
  const key = known === undefined ? undefined : exporterFacts(known).needs;
  const data = known?.exporter === "valkey" ? dataOfRedis : undefined;
  const isWeb = known === undefined || path !== undefined;
  const lines = [
    `import { defineService, scratch${key === undefined ? "" : ", secret"}${data === undefined ? "" : ", state"} } from "#rzp";`,
    "",
    "export default defineService({",
    `  tier: ${text(tier)},`,
    `  about: ${text(`${name}, from the image ${repositoryOf(image)}`)},`,
    `  image: ${text(image)},`,
    '  size: "small",',
    `  ports: { ${isWeb ? "http" : known.asks}: ${port} },`,
    `  health: { ${path === undefined ? "tcp: true" : `http: ${text(path)}`} },`,
    ...(known === undefined ? [] : [`  ${exporterLine(known.exporter)},`]),
    ...(data ?? ['  storage: { temporary: scratch({ at: "/tmp" }) },']),
    ...(key === undefined
      ? []
      : [
          `  // Give ${name} this one too, in its settings or its environment: until then it refuses the exporter.`,
          `  secrets: { ${text(key)}: { generate: "hex", about: "What the exporter asks it with" } },`,
        ]),
    ...(isWeb
      ? [
          `  routes: { web: { host: ${text(name)}, to: "http", audience: "internal"${signsIn ? ', signIn: "sso"' : ""} } },`,
        ]
      : []),
    "});",
    "",
  ];
  return { text: lines.join("\n"), hasRoute: isWeb, isProgramKnown: known !== undefined };
}

/** Redis and Valkey write their memory to /data now and then, and take no more writes where they cannot. */
const dataOfRedis = [
  "  storage: {",
  "    // /data is where the official images keep it; others may have another folder. If all of it may be lost: cache({ … }), which no backup has.",
  '    data: state({ at: "/data", size: "1Gi", restored: { files: { atLeast: 1 } } }),',
  '    temporary: scratch({ at: "/tmp" }),',
  "  },",
];

/** The tier of what nobody knows: among those of the last layer the one that gives way first. */
export function tierOfUnknown(tiers: Tiers): string | undefined {
  const last = Object.entries(tiers).filter(([, { layer }]) => layer === "applications");
  return last.toSorted(([, a], [, b]) => a.priority - b.priority)[0]?.[0];
}
