/** Rules of secrets. */
export const secretRules = {} as const;
