/**
 * What the restore drill is told: which services it restores from which backups, and what must be true of their
 * data. RZP writes it, the program in generator/drill reads it. Times are seconds.
 */

export interface DrillPlan {
  /** The drill's own service: the label of its pods, and what its CronJob and its results are called after. */
  readonly service: string;
  /** Where everything is restored: the drill's own namespace. */
  readonly namespace: string;
  /** Where Velero is: its objects, and the ConfigMap with the modifiers of what is restored. */
  readonly velero: { readonly namespace: string; readonly modifiers: string };
  /** What checks a volume: the image, and the ConfigMap with this program. */
  readonly checker: {
    readonly image: string;
    readonly configMap: string;
    readonly key: string;
    readonly priority: string;
  };
  readonly targets: readonly DrillTarget[];
}

/** A service with data in an environment. */
export interface DrillTarget {
  readonly environment: string;
  readonly service: string;
  /** The namespace it was backed up from. */
  readonly namespace: string;
  /** How long all of it may take. */
  readonly within: number;
  readonly volumes: readonly DrillVolume[];
  /** Only of a service that is started on its restored volumes. */
  readonly starts?: DrillStart;
}

export interface DrillVolume {
  readonly claim: string;
  /** As it is declared: `5Gi`. */
  readonly size: string;
  /** Labels by which the claim is found, where an operator names it; `claim` is what it is called here. */
  readonly found?: Readonly<Record<string, string>>;
  /** Only a pod has it that an autoscaler adds, so it may never have been made. */
  readonly mayBeMissing?: true;
  /** What is in it is a PostgreSQL cluster: the image it ran with, libraries its server must load. */
  readonly postgres?: { readonly image: string; readonly preload: readonly string[] };
  /** Velero Schedule whose backups hold it; those of any that has the namespace without. */
  readonly schedule?: string;
  /** A completed backup that is older than this is as good as none. */
  readonly notOlder: number;
  /** Labels of the pods through which Velero fills it (file system backup); it does so by itself without. */
  readonly throughPods?: Readonly<Record<string, string>>;
  /** User and group of the files. */
  readonly user: number;
  readonly group: number;
  readonly checks: readonly DrillCheck[];
}

/** What must be true of a volume. Paths are relative to it; of a PostgreSQL cluster the path of rows is a database. */
export type DrillCheck =
  | { readonly is: "files"; readonly atLeast: number; readonly bytes: number }
  | { readonly is: "newest"; readonly path: string; readonly within: number }
  | { readonly is: "whole"; readonly path: string }
  /** Databases with at least one row each. */
  | { readonly is: "databases"; readonly names: readonly string[] }
  | { readonly is: "checksums"; readonly path: string }
  | {
      readonly is: "rows";
      readonly path: string;
      readonly atLeast: Readonly<Record<string, number>>;
    }
  | {
      readonly is: "newest-row";
      readonly path: string;
      readonly table: string;
      readonly column: string;
      readonly within: number;
    };

/** How a service is started on what was restored, and asked. */
export interface DrillStart {
  readonly workloads: readonly {
    readonly resource: "deployments" | "statefulsets";
    readonly name: string;
  }[];
  readonly http?: {
    /** Labels of the pods that answer. */
    readonly pods: Readonly<Record<string, string>>;
    readonly port: number;
    readonly path: string;
  };
}

/** A rule of Velero's resource modifiers (its documentation, "Restore Resource Modifiers"). */
export interface DrillModifier {
  readonly conditions: {
    readonly groupResource: string;
    readonly namespaces: readonly string[];
    readonly resourceNameRegex?: string;
    readonly labelSelector?: { readonly matchLabels: Readonly<Record<string, string>> };
    readonly matches?: readonly { readonly path: string; readonly value: string }[];
  };
  readonly patches?: readonly {
    readonly operation: "replace";
    readonly path: string;
    readonly value: string;
  }[];
  readonly strategicPatches?: readonly { readonly patchData: string }[];
}
