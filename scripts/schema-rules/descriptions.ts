import { Kind, parse, type ASTNode, type StringValueNode } from 'graphql';
import type { Finding } from './finding.js';
import { isRootType } from './subgraph-view.js';

/**
 * Every type, field, argument, input field and enum value of the composed graph has a description. The three
 * root types explain themselves, and names with `__` belong to federation.
 */
export function everythingIsDescribed(supergraphSdl: string): Finding[] {
  return parse(supergraphSdl).definitions.flatMap((node) => {
    if (!('name' in node) || !node.name || node.name.value.includes('__')) return [];
    if (node.kind === Kind.DIRECTIVE_DEFINITION) return [];
    return undescribed(node, { at: node.name.value, isExempt: isRootType(node.name.value) });
  });
}

interface Place {
  at: string;
  isExempt?: boolean;
}

function undescribed(node: Describable & ASTNode, { at, isExempt = false }: Place): Finding[] {
  const own: Finding[] =
    isExempt || node.description?.value.trim()
      ? []
      : [{ rule: 'everything-is-described', at, message: 'has no description' }];
  const parts = [...(node.fields ?? []), ...(node.values ?? [])].flatMap((part) =>
    undescribed(part, { at: `${at}.${part.name.value}` }),
  );
  const args = (node.arguments ?? []).flatMap((argument) =>
    'description' in argument ? undescribed(argument, { at: `${at}(${argument.name.value}:)` }) : [],
  );
  return [...own, ...parts, ...args];
}

type Named = Describable & ASTNode & { name: { value: string } };

interface Describable {
  description?: StringValueNode;
  fields?: readonly Named[];
  values?: readonly Named[];
  arguments?: readonly Named[];
}
