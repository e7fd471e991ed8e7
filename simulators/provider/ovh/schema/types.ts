import type { ENUMS } from './enums';
import type { MODELS } from './models';

export type ModelName = keyof typeof MODELS;
type EnumName = keyof typeof ENUMS;

/** The TypeScript type of a type name of the schema: `long` is a number, `dedicated.server.Task[]?` a list or null. */
export type TypeOf<Name extends string> = Name extends `${infer Rest}!`
  ? TypeOf<Rest>
  : Name extends `${infer Rest}?`
    ? TypeOf<Rest> | null
    : Name extends `${infer Rest}[]`
      ? readonly TypeOf<Rest>[]
      : Name extends ModelName
        ? Model<Name>
        : Name extends EnumName
          ? (typeof ENUMS)[Name][number]
          : Name extends 'long'
            ? number
            : Name extends 'boolean'
              ? boolean
              : Name extends 'map'
                ? Readonly<Record<string, string>>
                : string;

/** An answer of the API, by the name of its model. */
export type Model<Name extends ModelName> = {
  readonly [Field in keyof (typeof MODELS)[Name]]: (typeof MODELS)[Name][Field] extends string
    ? TypeOf<(typeof MODELS)[Name][Field]>
    : never;
};
