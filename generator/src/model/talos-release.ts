/** Which Talos this repository speaks, and where its images are. Apart from its model, which most runs do without. */
import type { Talos } from "./talos.ts";

/** The minor version of the pinned talosctl (tools/talosctl), and the Kubernetes it runs ("Support Matrix"). */
export const talosRelease = { minor: "v1.13", kubernetes: { from: 31, to: 36 } } as const;

/** Images of disks by schematic, version and platform. */
export const imageFactory = "https://factory.talos.dev/image/";

/** Machines read their addresses from a drive that Proxmox VE gives them; hardware has nobody that would tell it. */
type Platform = "nocloud" | "metal";

/** What a node is installed and upgraded from. */
export const installerImage = ({ schematic, version }: Talos, platform: Platform): string =>
  `factory.talos.dev/${platform}-installer/${schematic}:${version}`;
