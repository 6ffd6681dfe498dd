/** The model as a judge: stages ask it through `problems/judge.ts`. */
import { mergedByModel } from "./overlay/by-model.ts";
import type { Judge } from "./problems/judge.ts";
import { overlayByModel, valueByModel, withTiers } from "./validate/by-model.ts";

export const model: Judge = {
  value: valueByModel,
  overlay: overlayByModel,
  merged: mergedByModel,
  withTiers,
};
