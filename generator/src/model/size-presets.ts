/** What each size is. Memory asked for is memory that may be used, so that a full node never kills a container that kept its word. */

/** Names of the presets, from small to large. */
export const sizes = ["tiny", "small", "medium", "large", "xlarge"] as const;
type Size = (typeof sizes)[number];

export interface SizePreset {
  readonly cpu: string;
  /** Asked for, and the limit. */
  readonly memory: string;
}

/** The preset of a container that says none. */
export const defaultSize: Size = "small";

/** Requests of each preset. */
export const sizePresets: Readonly<Record<Size, SizePreset>> = {
  tiny: { cpu: "10m", memory: "64Mi" },
  small: { cpu: "50m", memory: "512Mi" },
  medium: { cpu: "100m", memory: "1Gi" },
  large: { cpu: "250m", memory: "4Gi" },
  xlarge: { cpu: "500m", memory: "8Gi" },
};
