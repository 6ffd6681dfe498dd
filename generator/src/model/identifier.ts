/** Names that stand in TypeScript without quotes. */
export const isIdentifier = (name: string) => /^[A-Za-z_$][\w$]*$/.test(name);

/** A key of an object as it is written in TypeScript. */
export const propertyName = (name: string) => (isIdentifier(name) ? name : JSON.stringify(name));
