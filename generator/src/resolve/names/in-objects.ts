/** Names in objects and patches that others go by: those of certificates and gateways, and those external-dns publishes. */
import { asTree } from "../../model/data.ts";
import { concernName } from "../../model/names.ts";
import type { Release } from "../../model/platform.ts";
import { at } from "../../model/reading.ts";
import type { Keys } from "../../model/reading.ts";
import { ownObjects } from "../../release/objects.ts";
import { annotationOf } from "../../release/network/public-names.ts";

export interface NameInObject {
  readonly keys: Keys;
  /** `Certificate phish`, `patch service/web`. */
  readonly by: string;
  readonly name: string;
  /** Whether a record is written for it, which only `routes` and `exposes` say. */
  readonly publishes: boolean;
  /** Whether it is that of a load balancer, which leads past the gateways. */
  readonly exposed?: true;
}

/** In: a release. Out: each name in what its file brings or patches, with where it is written. */
export function namesInObjects(release: Release): NameInObject[] {
  const { name, spec } = release.service;
  const exposed = Object.keys(spec.exposes ?? {}).map((key) => `service/${concernName(name, key)}`);
  const isOwnRoute = (kind: string, called: string) =>
    kind.endsWith("route") && spec.routes?.[called] !== undefined;
  return [
    ...ownObjects(release.service).flatMap((own) =>
      namesOf(release, own.object, own.kind.toLowerCase()).map(({ keys, ...more }) => ({
        ...more,
        keys: [...own.path, ...keys],
        by: `${own.kind} ${own.name}`,
      })),
    ),
    ...Object.entries(spec.patches ?? {}).flatMap(([key, patch]) => {
      const [kind = "", called = ""] = key.split("/");
      // Which names a derived route answers to is told of the rendered object.
      return namesOf(release, patch, isOwnRoute(kind, called) ? "" : kind).map((found) => ({
        ...found,
        keys: ["patches", key, ...found.keys],
        by: `patch ${key}`,
        // Who may come to it says `exposes`, and only its name is another one.
        ...(found.publishes &&
          exposed.includes(key) && { publishes: false, exposed: true as const }),
      }));
    }),
  ];
}

/** Where names stand, by kind in small letters; `*` is any of a list or a map. */
const places: Readonly<Record<string, readonly (readonly string[])[]>> = {
  certificate: [
    ["spec", "commonName"],
    ["spec", "dnsNames", "*"],
  ],
  gateway: [["spec", "listeners", "*", "hostname"]],
  listenerset: [["spec", "listeners", "*", "hostname"]],
  xlistenerset: [["spec", "listeners", "*", "hostname"]],
  grpcroute: [["spec", "hostnames", "*"]],
  httproute: [["spec", "hostnames", "*"]],
  tlsroute: [["spec", "hostnames", "*"]],
};

/** Those of a Gateway's infrastructure come to be on the Service of its proxies. */
const annotations = [
  ["metadata", "annotations", "*"],
  ["spec", "infrastructure", "annotations", "*"],
];

function namesOf(release: Release, tree: unknown, kind: string): Omit<NameInObject, "by">[] {
  const hostname = annotationOf(release.facts, "hostname");
  const isRecord = ({ keys }: TextAt) => {
    const key = String(keys.at(-1));
    return key === hostname || /external-dns[^/]*\/(internal-)?hostname$/.test(key);
  };
  const published = [
    ...annotations.flatMap((path) => textsAt(tree, path)).filter(isRecord),
    ...(kind === "dnsendpoint" ? textsAt(tree, ["spec", "endpoints", "*", "dnsName"]) : []),
  ];
  const asked = (places[kind] ?? []).flatMap((path) => textsAt(tree, path));
  return [
    ...asked.map((found) => ({ ...found, publishes: false })),
    ...published.map((found) => ({ ...found, publishes: true })),
  ].flatMap(({ value, ...more }) =>
    value.split(",").map((name) => ({ ...more, name: name.trim().toLowerCase() })),
  );
}

interface TextAt {
  readonly keys: Keys;
  readonly value: string;
}

function textsAt(value: unknown, [key, ...rest]: readonly string[]): TextAt[] {
  if (key === undefined) return typeof value === "string" ? [{ keys: [], value }] : [];
  const inside = key === "*" ? entriesOf(value) : [[key, at(value, key)] as const];
  return inside.flatMap(([own, one]) =>
    textsAt(one, rest).map((found) => ({ ...found, keys: [own, ...found.keys] })),
  );
}

const entriesOf = (value: unknown): (readonly [string | number, unknown])[] =>
  Array.isArray(value) ? [...value.entries()] : Object.entries(asTree(value));
