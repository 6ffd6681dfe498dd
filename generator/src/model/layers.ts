/** The layers in which a platform starts. */

/** From first to last; a layer waits for the real health of the one before, the last one is not gated. */
export const layers = [
  "definitions",
  "controllers",
  "configuration",
  "platform",
  "databases",
  "applications",
] as const;

export type Layer = (typeof layers)[number];
