/** What containers ask for, by what they say and the environment's factor. */
import type { Component } from "../model/component.ts";
import type { EnvironmentFacts } from "../model/platform.ts";
import { defaultSize, sizePresets } from "../model/size-presets.ts";
import { bytes, scaleBytes, scaleCores } from "../model/units.ts";

/** Requests and limits of a container, final. */
export interface Requests {
  readonly cpu: string;
  readonly memory: string;
  readonly memoryLimit: string;
  readonly cpuLimit?: string | undefined;
  readonly scratch?: string | undefined;
}

/** Memory is limited to what is asked for unless a limit is said; the environment's factor leaves limits as they are. */
export function requestsOf(
  facts: EnvironmentFacts,
  { resources, size = defaultSize }: Pick<Component, "resources" | "size">,
): Requests {
  const factor = facts.environment.requests ?? 1;
  const wanted: NonNullable<Component["resources"]> = resources ?? sizePresets[size];
  const { cpu, memory, memoryLimit = memory, ...more } = wanted;
  return {
    cpu: scaleCores(cpu, factor),
    memory: scaleBytes(memory, factor),
    memoryLimit: larger(memory, memoryLimit),
    ...more,
  };
}

/** The same environment as if it asked for everything whole. */
export function withoutFactor(facts: EnvironmentFacts): EnvironmentFacts {
  const { requests: _, ...environment } = facts.environment;
  return { ...facts, environment };
}

const larger = (a: string, b: string) => (bytes(a) > bytes(b) ? a : b);

/** What a container asks for that only waits for another service. */
export const waitRequests = { cpu: "5m", memory: "8Mi", memoryLimit: "16Mi" } as const;
