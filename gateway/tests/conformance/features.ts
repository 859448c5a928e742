import type { Feature } from './feature.js';
import { compositeKeys } from './composite-keys/pairs.js';
import { conditions } from './conditions/pairs.js';
import { entityCall } from './entity-call/pairs.js';
import { enums } from './enums/pairs.js';
import { federation1 } from './federation-1/pairs.js';
import { fragments } from './fragments/pairs.js';
import { inaccessible } from './inaccessible/pairs.js';
import { inputObjects } from './input-objects/pairs.js';
import { interfaceObject } from './interface-object/pairs.js';
import { interfaces } from './interfaces/pairs.js';
import { introspection } from './introspection/pairs.js';
import { multipleKeys } from './multiple-keys/pairs.js';
import { mutations } from './mutations/pairs.js';
import { nullKeys } from './null-keys/pairs.js';
import { nullPropagation } from './null-propagation/pairs.js';
import { override } from './override/pairs.js';
import { provides } from './provides/pairs.js';
import { requires } from './requires/pairs.js';
import { requiresArguments } from './requires-arguments/pairs.js';
import { requiresChains } from './requires-chains/pairs.js';
import { requiresFragments } from './requires-fragments/pairs.js';
import { scalars } from './scalars/pairs.js';
import { selfReferences } from './self-references/pairs.js';
import { shareable } from './shareable/pairs.js';
import { sharedRoots } from './shared-roots/pairs.js';
import { takenNames } from './taken-names/pairs.js';
import { typeMismatch } from './type-mismatch/pairs.js';
import { typeNames } from './type-names/pairs.js';
import { unions } from './unions/pairs.js';
import { valueTypes } from './value-types/pairs.js';

/** Every feature, by what stands after “understands”. */
export const FEATURES: Readonly<Record<string, Feature>> = {
  'composite keys': compositeKeys,
  conditions: conditions,
  'entity call': entityCall,
  enums: enums,
  'federation 1': federation1,
  fragments: fragments,
  inaccessible: inaccessible,
  'input objects': inputObjects,
  'interface object': interfaceObject,
  interfaces: interfaces,
  introspection: introspection,
  'multiple keys': multipleKeys,
  mutations: mutations,
  'null keys': nullKeys,
  'null propagation': nullPropagation,
  override: override,
  provides: provides,
  requires: requires,
  'requires arguments': requiresArguments,
  'requires chains': requiresChains,
  'requires fragments': requiresFragments,
  scalars: scalars,
  'self references': selfReferences,
  shareable: shareable,
  'shared roots': sharedRoots,
  'taken names': takenNames,
  'type mismatch': typeMismatch,
  'type names': typeNames,
  unions: unions,
  'value types': valueTypes,
};
