/** The size presets. Memory request is the limit's lower half where a service idles well below its peak. */
import "./meta.ts";
import { z } from "zod";

/** Names of the presets, from small to large; their numbers are below. */
export const sizes = ["tiny", "small", "medium", "large", "xlarge"] as const;
export const Size = z.enum(sizes).meta({
  id: "Size",
  description: "A preset of requests and memory limit: tiny, small, medium, large, xlarge.",
});

export interface SizePreset {
  readonly cpu: string;
  readonly memory: string;
  readonly memoryLimit: string;
}

/** Requests and memory limit of each preset. */
export const sizePresets: Readonly<Record<(typeof sizes)[number], SizePreset>> = {
  tiny: { cpu: "10m", memory: "32Mi", memoryLimit: "64Mi" },
  small: { cpu: "50m", memory: "128Mi", memoryLimit: "512Mi" },
  medium: { cpu: "100m", memory: "512Mi", memoryLimit: "1Gi" },
  large: { cpu: "250m", memory: "1Gi", memoryLimit: "4Gi" },
  xlarge: { cpu: "500m", memory: "2Gi", memoryLimit: "8Gi" },
};
