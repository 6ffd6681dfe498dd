/** Where backups lie: each location has a place of its own, whatever cluster it is on. */
import { text } from "../model/reading.ts";
import type { Release } from "../model/platform.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";
import { ownObjects } from "../release/objects.ts";

interface Place {
  readonly release: Release;
  /** Of the object, in the service's file. */
  readonly key: string;
  readonly path: readonly string[];
  readonly bucket: string;
  /** Its store too: two stores may each have a bucket of that name. */
  readonly store: string;
  readonly prefix: string;
}

/**
 * Velero takes every backup it finds in its place for its own, and removes those that are too old; folders it does not
 * know make the whole place invalid to it. Problems: NAME_TAKEN.
 */
export function checkPlaces(releases: readonly Release[]): Problem[] {
  const byBucket = Map.groupBy(
    releases.flatMap(placesOf),
    ({ store, bucket }) => `${store} ${bucket}`,
  );
  return [...byBucket.values()].flatMap((places) =>
    places.flatMap((place, index) => {
      const other = places.find(
        (one, at) => one !== place && isWithin(one, place) && (at < index || !isWithin(place, one)),
      );
      return other === undefined ? [] : [taken(place, other, places)];
    }),
  );
}

/** Those that are written to. What a cluster only reads may be another's. */
function placesOf(release: Release): Place[] {
  return ownObjects(release.service).flatMap(({ key, path, object }): Place[] => {
    const bucket = text(object, "spec", "objectStorage", "bucket");
    return object.kind !== "BackupStorageLocation" ||
      bucket === undefined ||
      text(object, "spec", "accessMode") === "ReadOnly"
      ? []
      : [
          {
            release,
            path,
            key,
            bucket,
            store: `${text(object, "spec", "provider")} ${text(object, "spec", "config", "s3Url")}`,
            prefix: text(object, "spec", "objectStorage", "prefix") ?? "",
          },
        ];
  });
}

const isWithin = (inner: Pick<Place, "prefix">, outer: Pick<Place, "prefix">): boolean =>
  outer.prefix === "" || `${inner.prefix}/`.startsWith(`${outer.prefix}/`);

function taken(place: Place, other: Place, places: readonly Place[]): Problem {
  const { release, key, path, bucket, prefix } = place;
  const { facts, service } = release;
  const own = `write prefix: "${freePrefix(place, places)}" in objectStorage of ${key} for ${facts.name}`;
  const shown = (one: Place) => (one.prefix === "" ? "all of it" : `its folder ${one.prefix}`);
  return problemAt(
    "NAME_TAKEN",
    service.file,
    [...path, "spec", "objectStorage", prefix === "" ? "bucket" : "prefix"],
    {
      message: `bucket ${bucket} is written to by ${nameOf(place)}, ${shown(place)}, and by ${nameOf(other)}, ${shown(other)}`,
      found: JSON.stringify(prefix === "" ? bucket : prefix),
      expected: "a folder that nobody else writes to",
      fix: other.prefix === "" ? `${own}, and another for ${nameOf(other)}` : own,
      related: [{ file: other.release.service.file, note: `${nameOf(other)} has it` }],
    },
    facts.name,
  );
}

const nameOf = ({ key, release: { facts, service } }: Place) =>
  `${key} of ${service.name} in ${facts.name}`;

/** Named as the environment, or with the location where that is taken. */
function freePrefix(place: Place, places: readonly Place[]): string {
  const { name } = place.release.facts;
  const others = places.filter((one) => one !== place);
  const isFree = (prefix: string) =>
    !others.some(
      (one) => one.prefix !== "" && (isWithin({ prefix }, one) || isWithin(one, { prefix })),
    );
  const own = `${name}-${place.key}`;
  const first = [name, own].find(isFree);
  if (first !== undefined) return first;
  for (let suffix = 2; ; suffix++) if (isFree(`${own}-${suffix}`)) return `${own}-${suffix}`;
}
