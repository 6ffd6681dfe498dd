/**
 * Text with every field of a shape of the model in it, and every place where fields are written: so
 * that the editor can be asked about each, without a list of fields that could fall behind.
 */
import { z } from "zod";
import { asType, docOf, fieldsOf, loosenedOf, unwrap } from "../../src/scaffold/types/schemas.ts";

/** A field as it stands in the text. */
export interface WrittenField {
  readonly path: string;
  /** The object it stands in, by its own fields: at one path there may be several. */
  readonly object: string;
  readonly offset: number;
  readonly description: string | undefined;
}

/** A place where fields are written, and which may be. */
export interface Level {
  readonly path: string;
  readonly fields: readonly string[];
  /** Text of an object without any field there, around the place of the cursor. */
  readonly before: string;
  readonly after: string;
}

/**
 * Writes every field of the shape, each with some value: only its name is asked about. Where a field
 * can be one of several objects it is the one of this turn; enough turns have them all.
 */
export function writeAllFields(
  schema: z.ZodType,
  before: string,
  after: string,
  turn: number,
): { text: string; fields: readonly WrittenField[] } {
  const fields: WrittenField[] = [];
  let text = before;
  const write = (part: z.ZodType, path: string): void => {
    const shapes = shapesOf(part);
    const shape = shapes[turn % shapes.length];
    if (shape === undefined) {
      text += valueOf(part);
      return;
    }
    text += shape.open;
    for (const [name, field] of shape.fields) {
      if (shape.isFixed)
        fields.push({
          path: `${path}.${name}`,
          object: shape.fields.map(([other]) => other).join(),
          offset: text.length,
          description: docOf(field).description,
        });
      text += `${keyText(name)}: `;
      write(field, `${path}.${name}`);
      text += ",\n";
    }
    text += shape.close;
  };
  write(schema, "");
  return { text: text + after, fields };
}

/** How many turns have them all: the most objects any field has to choose from. */
export function turnsOf(schema: z.ZodType): number {
  const shapes = shapesOf(schema);
  return Math.max(
    shapes.length,
    ...shapes.flatMap((shape) => shape.fields.map(([, field]) => turnsOf(field))),
  );
}

/** A word that says which object it is must be there; all else may be anything. */
function valueOf(schema: z.ZodType): string {
  const inner = unwrap(schema);
  return inner instanceof z.ZodLiteral ? JSON.stringify([...inner.values][0]) : "null!";
}

/** Every place in the shape where fields are written, at any depth. `beside` stands beside all of them. */
export function levelsOf(
  schema: z.ZodType,
  before: string,
  after: string,
  beside = "",
  path = "",
): readonly Level[] {
  // Of objects that begin alike all fields are offered, as long as nothing says which one it is.
  const alike = Map.groupBy(shapesOf(schema), (shape) => shape.open);
  return [...alike.values()].flatMap((shapes) => {
    const [first] = shapes;
    if (first === undefined) return [];
    const fields = [...new Map(shapes.flatMap((shape) => shape.fields))];
    const [open, close] = [`${before}${first.open}`, `${first.close}${after}`];
    const here = first.isFixed
      ? [{ path: path || ".", fields: fields.map(([name]) => name), before: open, after: close }]
      : [];
    const deeper = fields.flatMap(([name, field]) =>
      levelsOf(field, `${open}${beside}${keyText(name)}: `, close, "", `${path}.${name}`),
    );
    return [...here, ...deeper];
  });
}

interface Shape {
  readonly open: string;
  readonly close: string;
  /** Fixed fields are the model's; a record's keys are anybody's. */
  readonly isFixed: boolean;
  readonly fields: readonly (readonly [string, z.ZodType])[];
}

/** The ways to write a value that has fields; none for one without. */
function shapesOf(schema: z.ZodType): readonly Shape[] {
  const inner = unwrap(schema);
  const loosened = loosenedOf(inner);
  if (loosened !== undefined) {
    return shapesOf(loosened).map((shape) => ({
      ...shape,
      open: `because(${shape.open}`,
      close: `${shape.close}, "for this test")`,
    }));
  }
  if (inner instanceof z.ZodUnion)
    return inner.options.flatMap((option) => shapesOf(asType(option)));
  if (inner instanceof z.ZodRecord) {
    return [
      {
        open: "{\n",
        close: "}",
        isFixed: false,
        fields: [[exampleKey(asType(inner.keyType)), asType(inner.valueType)]],
      },
    ];
  }
  if (!(inner instanceof z.ZodObject)) return [];
  const fields = fieldsOf(inner);
  // References are made by functions: nobody writes their fields.
  return fields.every(([name]) =>
    ["secret", "from", "key", "cluster", "pod", "file"].includes(name),
  )
    ? []
    : [{ open: "{\n", close: "}", isFixed: true, fields }];
}

/** A key that is legal there: `postgres` is a service that gives logins, and a volume of these tests. */
function exampleKey(keyType: z.ZodType): string {
  return (
    ["postgres", "/some", "443", "a/b"].find((key) => keyType.safeParse(key).success) ?? "some"
  );
}

const keyText = (name: string): string =>
  /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
