import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { CacheControl, Key, MoneyType, NodeType, Shareable } from '@storegraph/subgraph-server';
import { ProductStatus } from './product.js';

registerEnumType(ProductStatus, {
  name: 'ProductStatus',
  description: 'Whether shoppers find a product.',
  valuesConfig: {
    DRAFT: { description: 'It is being prepared; only its seller and staff see it.' },
    ACTIVE: { description: 'Everyone finds it.' },
    ARCHIVED: { description: 'It is no longer offered; old orders still show it.' },
  },
});

@Shareable()
@CacheControl({ inheritMaxAge: true })
@ObjectType('Seo', { description: 'What search engines are told about a page.' })
export class Seo {
  @Field(() => String, { nullable: true, description: 'The title of the page in search results.' })
  title!: string | null;

  @Field(() => String, { nullable: true, description: 'The text below the title.' })
  description!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The address under which this content is to be known, when it has several.',
  })
  canonicalUrl!: string | null;

  @Field(() => Boolean, { description: 'Whether search engines are asked to leave it out.' })
  noIndex!: boolean;
}

@CacheControl({ inheritMaxAge: true })
@ObjectType({ description: 'From the cheapest to the dearest variant.' })
export class PriceRange {
  @Field(() => MoneyType, { description: 'What the cheapest variant costs.' })
  min!: MoneyType;

  @Field(() => MoneyType, { description: 'What the dearest variant costs.' })
  max!: MoneyType;
}

@CacheControl({ maxAge: 60 })
@Key('id')
@Key('slug')
@ObjectType('Product', {
  implements: NodeType,
  description: 'Something the shop offers, in one or more variants.',
})
export class ProductType extends NodeType {
  @Field(() => String, { description: 'Names it in addresses: `single-speed-bike`.' })
  slug!: string;

  @Field(() => String, { description: 'What it is called.' })
  name!: string;

  @Field(() => ProductStatus, { description: 'Whether shoppers find it.' })
  status!: ProductStatus;

  @Field(() => Boolean, { description: 'Whether the shop shows it off.' })
  featured!: boolean;

  @Field(() => [String], { description: 'Words it is grouped by.' })
  tags!: string[];

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether some variant can be bought now, as lists know it; null before anything was counted.',
  })
  inStock!: boolean | null;

  @Field(() => Int, { description: 'Grows with every change; give it as `expectedVersion` when you save.' })
  version!: number;

  @Field(() => Date, { description: 'When it was created.' })
  createdAt!: Date;

  @Field(() => Date, { description: 'When it last changed.' })
  updatedAt!: Date;
}
