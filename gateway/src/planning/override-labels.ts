import { createHash } from 'node:crypto';
import { Kind, type DocumentNode } from 'graphql';

/** Which labelled overrides hold for an operation; labels that are not there do not. */
export type OverrideConditions = (operationText: string) => Map<string, boolean>;

const PERCENT = /^percent\((\d{1,3}(?:\.\d{1,8})?)\)$/;

/**
 * Decides `@override(label: "percent(20)")`: the field is asked of its new subgraph by 20 % of operations. Which ones
 * depends on their text, so that one operation is always planned alike. Labels of other forms stay off.
 */
export function createOverrideConditions(supergraph: DocumentNode): OverrideConditions {
  const shares = new Map<string, number>();
  for (const label of labelsIn(supergraph)) {
    const percent = PERCENT.exec(label)?.[1];
    if (percent) shares.set(label, Number(percent) / 100);
  }
  return (operationText) =>
    new Map([...shares].map(([label, share]) => [label, chanceOf(`${label} ${operationText}`) < share]));
}

function labelsIn({ definitions }: DocumentNode): Set<string> {
  const labels = new Set<string>();
  for (const definition of definitions)
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION)
      for (const { directives } of definition.fields ?? [])
        for (const argument of directives?.flatMap((directive) => directive.arguments ?? []) ?? [])
          if (argument.name.value === 'overrideLabel' && argument.value.kind === Kind.STRING)
            labels.add(argument.value.value);
  return labels;
}

/** A number from 0 (included) to 1 (excluded). */
function chanceOf(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE() / 2 ** 32;
}
