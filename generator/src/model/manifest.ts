/** A rendered object: its text as Helm printed it, and what identifies it. */
export interface ManifestHeader {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Undefined for cluster-scoped objects. */
  readonly namespace: string | undefined;
}

export interface Manifest extends ManifestHeader {
  /** The document without `---`, ends with a line break. */
  readonly text: string;
  /** Made by an upstream chart: nobody here wrote it, and the values of the chart are the place to change it. */
  readonly vendored?: true;
}

/** A manifest and the file it goes to, in the folder of its release. */
export interface FiledManifest extends Manifest {
  readonly file: string;
}

/** An object as an upstream chart made it. */
export interface ChartObject extends ManifestHeader {
  readonly text: string;
}

/** What Helm printed of an upstream chart, read. */
export interface ChartObjects {
  readonly objects: readonly ChartObject[];
  /** Kinds of objects without a name, which no file can hold. */
  readonly nameless: readonly string[];
  /** Why documents are no objects. */
  readonly unreadable: readonly string[];
}
