/** What a person asked for. */
import type { Patience } from "./cluster/talos/nodes.ts";
import type { Timer } from "./timer.ts";

export interface Order {
  readonly root: string;
  /** Its name. */
  readonly cluster: string;
  /** Names of what may be lost. */
  readonly allow: readonly string[];
  /** The file of a backup. */
  readonly from?: string;
  /** Words after the name of the cluster. */
  readonly words?: readonly string[];
  /** What comes by standard input. */
  readonly input?: () => Promise<string>;
  /** Variables of the process: credentials, where the state is, the kubeconfig. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Takes what a command has to say. */
  readonly say: (text: string) => void;
  readonly phases: Timer;
  /** What to come to, and no further: `cluster` is all but Argo CD. */
  readonly until?: "cluster";
  /** How long nodes are waited for, and who hears of it, where that is not as usual. */
  readonly patience?: Partial<Patience>;
}
