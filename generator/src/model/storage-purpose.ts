/** For which purpose a volume's storage class is. Apart from the model of volumes, which most runs do without. */

/** Every cluster has a class for it. */
export const standardPurpose = "standard";

/** In: a volume as it is written. Out: the purpose it says, or the one it has unless it says another. */
export const storagePurpose = ({ class: said }: { readonly class?: string | undefined }): string =>
  said ?? standardPurpose;
