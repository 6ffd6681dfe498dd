/** The room a restore drill needs: once a month the largest service that keeps data is restored beside the original. */
import type { Release } from "../model/platform.ts";
import { sum } from "../release/resources/amounts.ts";
import type { Pod } from "./model.ts";

export interface Reserve {
  /** `prod/immich` */
  readonly service: string;
  readonly pods: readonly Pod[];
}

/** One drill at a time on a cluster, so one service: the one that asks for most memory, then for most processor time. */
export function reserveOf(
  asked: readonly { readonly release: Release; readonly pods: readonly Pod[] }[],
): Reserve | undefined {
  const largest = asked
    .map(({ release, pods }) => ({
      release,
      // What runs on every node keeps nothing.
      pods: pods.filter(({ node }) => node === undefined),
    }))
    .filter(({ release, pods }) => keepsData(release) && pods.length > 0)
    .map((one) => ({ ...one, asks: sum(one.pods.map(({ set }) => set.asks)) }))
    .toSorted((a, b) => b.asks.memory - a.asks.memory || b.asks.cpu - a.asks.cpu)[0];
  if (largest === undefined) return undefined;
  const { release, pods } = largest;
  return {
    service: `${release.facts.name}/${release.service.name}`,
    pods: pods.map(copyOf),
  };
}

const keepsData = ({ service }: Release) =>
  service.volumes.some(({ volume }) => volume.holds === "state" || volume.holds === "database");

/** A copy has claims of its own, bound to nothing yet, needs no device, is in no network of a node, and knows its neighbours among the copies only. */
function copyOf({ name, set }: Pod): Pod {
  return {
    name: drill(name),
    node: undefined,
    volumes: [],
    set: {
      ...set,
      name: drill(set.name),
      asks: { ...set.asks, devices: {} },
      apartFrom: set.apartFrom.map(drill),
      together: set.together.map(drill),
      hostPorts: [],
    },
  };
}

const drill = (name: string) => `restore drill of ${name}`;
