/** A rendered object: its text as Helm printed it, and what identifies it. */
export interface ManifestHeader {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Undefined for cluster-scoped objects. */
  readonly namespace: string | undefined;
}

export interface Manifest extends ManifestHeader {
  readonly environment: string;
  readonly service: string;
  /** The document without `---`, ends with a line break. */
  readonly text: string;
  /** Made by an upstream chart: nobody here wrote it, and the values of the chart are the place to change it. */
  readonly vendored?: true;
}
