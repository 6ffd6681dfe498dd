/** Objects as an API server keeps them: by path, with uid, finalizers that hold what is deleted, and owners. */

export interface Stored {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace: string;
    uid: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    finalizers?: string[];
    deletionTimestamp?: string;
    ownerReferences?: { uid: string; kind: string; name: string }[];
  };
  // What a kind holds is known to the controllers that read it.
  // eslint-disable-next-line typescript/no-explicit-any
  [field: string]: any;
}

export class Store {
  readonly objects = new Map<string, Stored>();
  private count = 0;

  add(collection: string, object: Stored): Stored {
    const stored = structuredClone(object);
    stored.metadata.uid = `uid-${(this.count += 1)}`;
    this.objects.set(`${collection}/${stored.metadata.name}`, stored);
    return stored;
  }

  get(path: string): Stored | undefined {
    return this.objects.get(path);
  }

  /** All of a collection, by path. */
  of(collection: string): [string, Stored][] {
    return [...this.objects].filter(
      ([path]) => path.slice(0, path.lastIndexOf("/")) === collection,
    );
  }

  /** It goes at once, unless somebody holds it. */
  remove(path: string): void {
    const object = this.objects.get(path);
    if (object === undefined) return;
    if ((object.metadata.finalizers ?? []).length > 0)
      object.metadata.deletionTimestamp ??= new Date().toISOString();
    else this.drop(path, object);
  }

  /** Lets go of a finalizer; the last one lets it go. */
  release(path: string, finalizer: string): void {
    const object = this.objects.get(path);
    if (object?.metadata.deletionTimestamp === undefined) return;
    object.metadata.finalizers =
      object.metadata.finalizers?.filter((held) => held !== finalizer) ?? [];
    if (object.metadata.finalizers.length === 0) this.drop(path, object);
  }

  private drop(path: string, { metadata }: Stored): void {
    this.objects.delete(path);
    for (const [owned, { metadata: of }] of this.objects)
      if (of.ownerReferences?.some(({ uid }) => uid === metadata.uid) === true) this.remove(owned);
  }
}

/** `a=b`, `a!=b`, `a`, `!a`, joined by commas (Kubernetes, "Labels and Selectors"). */
export function selects(selector: string, labels: Readonly<Record<string, string>> = {}): boolean {
  return selector
    .split(",")
    .filter((part) => part !== "")
    .every((part) => {
      const [, key = "", sign, value] = /^([^!=]+)(!=|=)(.*)$/.exec(part) ?? [];
      if (sign === "!=") return labels[key] !== value;
      if (sign === "=") return labels[key] === value;
      return part.startsWith("!") ? !(part.slice(1) in labels) : part in labels;
    });
}
