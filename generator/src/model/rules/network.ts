/** Rules of network. */
export const networkRules = {} as const;
