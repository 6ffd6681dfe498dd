/**
 * What the model says of values. It is asked through this, as a run in which every value was judged before does
 * without the model: to load it takes longer than all that is left to do.
 */
import type { AuthoredService, ServiceKind } from "../model/service.ts";
import type { AuthoredOverlay } from "../model/tree.ts";
import type { Problem } from "./problem.ts";
import type { Rejection } from "./rejection.ts";

export interface Judged {
  /** As the model has it; absent when something is wrong with it. */
  readonly data?: unknown;
  readonly problems: readonly Problem[];
  readonly rejections: readonly Rejection[];
}

export type Described = "tiers" | "cluster" | "environment" | ServiceKind;

/** An overlay, and the service it is for. */
export interface Overlaid {
  readonly file: string;
  readonly service: string;
  readonly base: AuthoredService;
}

/** A service and what an environment changes of it. */
export interface Merging {
  readonly environment: string;
  readonly service: string;
  readonly base: AuthoredService;
  readonly overlay: AuthoredOverlay;
}

export interface Judge {
  /** What a file describes. */
  readonly value: (what: Described, value: unknown, file: string) => Judged;
  readonly overlay: (overlaid: Overlaid, value: unknown) => Judged;
  /** The service as it is in an environment: merged, and judged again. */
  readonly merged: (merging: Merging) => Judged;
  /** The same rejection, where the names of the tiers are known. */
  readonly withTiers: (rejection: Rejection, tiers: readonly string[]) => Rejection;
}
