/** The size presets, as a person names them; their numbers are in size-presets.ts. */
import "./meta.ts";
import { z } from "zod";
import { sizes } from "./size-presets.ts";

export const Size = z.enum(sizes).meta({
  id: "Size",
  description: "A preset of requests and memory limit: tiny, small, medium, large, xlarge.",
});
export type Size = z.infer<typeof Size>;
