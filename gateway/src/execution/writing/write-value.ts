import type { GraphQLEnumType, GraphQLLeafType } from 'graphql';
import { isEnumType } from 'graphql';
import { stringText, valueText } from './json-text.js';
import type { WriteValue } from './write-state.js';

const MAX_INT = 2_147_483_647;

/** Writes a scalar or enum value after a look at whether it is one: subgraphs serialise, and may be wrong. */
export function leafWriter(type: GraphQLLeafType): WriteValue {
  const textOf = isEnumType(type) ? enumText(type) : (SCALARS[type.name] ?? anyText);
  return (value, state) => {
    if (value === null || value === undefined) return null;
    const text = textOf(value);
    if (text !== null) return text;
    state.gap();
    return undefined;
  };
}

type TextOf = (value: unknown) => string | null;

const anyText: TextOf = valueText;

const SCALARS: Readonly<Record<string, TextOf>> = {
  String: (value) => (typeof value === 'string' ? stringText(value) : null),
  ID: (value) =>
    typeof value === 'string' ? stringText(value) : Number.isInteger(value) ? String(value) : null,
  Boolean: (value) => (typeof value === 'boolean' ? String(value) : null),
  Int: (value) =>
    Number.isInteger(value) && Math.abs(value as number) <= MAX_INT + Number((value as number) < 0)
      ? String(value)
      : null,
  Float: (value) => (typeof value === 'number' && Number.isFinite(value) ? String(value) : null),
};

function enumText(type: GraphQLEnumType): TextOf {
  const texts = new Map<unknown, string>(type.getValues().map(({ name }) => [name, `"${name}"`]));
  return (value) => texts.get(value) ?? null;
}

/** A list, item by item. One that was fetched once for several equal entities is written once. */
export function listWriter(item: WriteValue, isItemNonNull: boolean): WriteValue {
  return (value, state) => {
    if (value === null || value === undefined) return null;
    if (!Array.isArray(value)) {
      state.gap();
      return undefined;
    }
    const known = state.textOf(value, item);
    if (known !== undefined) return known;
    const gapsBefore = state.gaps;
    let text = '';
    let isBroken = false;
    for (let index = 0; index < value.length; index += 1) {
      const before = state.gaps;
      let written = item(value[index], state);
      if (written === null && isItemNonNull) {
        state.gap();
        written = undefined;
      }
      if (state.gaps > before) state.within(before, index);
      if (typeof written !== 'string') {
        isBroken ||= isItemNonNull;
        written = 'null';
      }
      text += index === 0 ? written : `,${written}`;
    }
    if (isBroken) return undefined;
    text = `[${text}]`;
    if (state.gaps === gapsBefore) state.remember(value, item, text);
    return text;
  };
}
