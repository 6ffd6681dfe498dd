/** What the simulation knows: pods that ask, nodes that have. */
import type { Room } from "../release/resources/amounts.ts";

export interface Node {
  readonly name: string;
  readonly room: Room;
  /** How many pods it takes. */
  readonly pods: number;
  readonly zone: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  /** Key to effect. */
  readonly taints: Readonly<Record<string, string>>;
}

/** A claim that can be used from one zone or one node only, once it is bound. */
export interface BoundVolume {
  readonly claim: string;
  readonly reach: "zone" | "node";
}

/** Which pods are alike. Names are `<namespace>/<component>`. */
export interface PodSet {
  readonly name: string;
  readonly asks: Room;
  readonly priority: number;
  /** Labels its node must have. */
  readonly nodes: Readonly<Record<string, string>>;
  /** Key of a taint to its effect, or `any`. */
  readonly tolerates: Readonly<Record<string, string>>;
  /** Softly, as everything RZP renders spreads. */
  readonly spread: "hosts" | "zones" | undefined;
  /** Sets it shares no node with, and those it must share one with. */
  readonly apartFrom: readonly string[];
  readonly together: readonly string[];
  /** Ports it takes of its node: `8123/TCP`. */
  readonly hostPorts: readonly string[];
  /** Where it is written. */
  readonly origin: Origin;
}

export interface Origin {
  readonly environment: string;
  readonly service: string;
  readonly file: string;
  readonly keys: readonly string[];
  /** The field that says what it asks for; undefined where nothing does. */
  readonly sizedBy: "resources" | "size" | "requests" | undefined;
  /** What it would ask for without the environment's factor, where that is another amount. */
  readonly scaled?: { readonly by: number; readonly whole: Room };
}

export interface Pod {
  readonly name: string;
  readonly set: PodSet;
  /** The node of a DaemonSet's pod. */
  readonly node: string | undefined;
  readonly volumes: readonly BoundVolume[];
}
