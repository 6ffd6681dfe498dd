/** The size presets. Memory request is the limit's lower half where a service idles well below its peak. */
import type { sizes } from "./workload.ts";

export interface SizePreset {
  readonly cpu: string;
  readonly memory: string;
  readonly memoryLimit: string;
}

export const sizePresets: Readonly<Record<(typeof sizes)[number], SizePreset>> = {
  tiny: { cpu: "10m", memory: "32Mi", memoryLimit: "64Mi" },
  small: { cpu: "50m", memory: "128Mi", memoryLimit: "512Mi" },
  medium: { cpu: "100m", memory: "512Mi", memoryLimit: "1Gi" },
  large: { cpu: "250m", memory: "1Gi", memoryLimit: "4Gi" },
  xlarge: { cpu: "500m", memory: "2Gi", memoryLimit: "8Gi" },
};
