import { Field, Int, ObjectType } from 'type-graphql';
import { connectionType } from '@storegraph/connection';
import { CacheControl, Key, NodeType } from '@storegraph/subgraph-server';

@CacheControl({ maxAge: 60 })
@Key('id')
@Key('sku')
@ObjectType('ProductVariant', {
  implements: NodeType,
  description: 'One kind of a product: the thing that is counted, priced and put in a cart.',
})
export class ProductVariantType extends NodeType {
  @Field(() => String, { description: 'Its stock keeping unit, the only one of its kind.' })
  sku!: string;

  @Field(() => String, { description: 'What it is called beside the product: `M / Black`.' })
  name!: string;

  @Field(() => Int, { description: 'Its place among the variants of the product.' })
  position!: number;

  @Field(() => Int, { description: 'What one weighs, in grams.' })
  weightGrams!: number;

  @Field(() => String, { nullable: true, description: 'Its barcode.' })
  barcode!: string | null;

  @Field(() => Boolean, { description: 'Whether it has to be sent.' })
  requiresShipping!: boolean;

  @Field(() => Boolean, { description: 'Whether tax is due on it.' })
  taxable!: boolean;

  @Field(() => Boolean, { description: 'Whether it is still sold; old orders show it even when not.' })
  active!: boolean;
}

export const { ConnectionType: ProductVariantConnection } = connectionType(() => ProductVariantType, {
  name: 'ProductVariant',
  of: 'variants',
});
