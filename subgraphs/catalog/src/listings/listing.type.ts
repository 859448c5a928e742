import { ArgsType, Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ConnectionArguments, countedConnectionType } from '@storegraph/connection';
import { AssumedSize, CacheControl, Cost, Decimal } from '@storegraph/subgraph-server';
import { ProductStatus } from '../products/product.js';
import { ProductType } from '../products/product.type.js';
import { ProductSort } from './product-list.js';

registerEnumType(ProductSort, {
  name: 'ProductSort',
  description: 'In which order products are listed.',
  valuesConfig: {
    RELEVANCE: { description: 'What fits the words best first; without words, what sells best.' },
    NEWEST: { description: 'The latest first.' },
    PRICE_ASC: { description: 'The cheapest first.' },
    PRICE_DESC: { description: 'The dearest first, by their cheapest variant.' },
    NAME: { description: 'By name, from A on.' },
    BEST_SELLING: { description: 'What was bought most first.' },
    TOP_RATED: { description: 'The best rated first; a handful of stars counts less than many.' },
  },
});

@InputType({ description: 'Products with certain values of one option.' })
export class OptionFilter {
  @Field(() => String, { description: 'The option, such as `Size`.' })
  name!: string;

  @Field(() => [String], { description: 'Any of these values.' })
  values!: string[];
}

@InputType({ description: 'Which products to list; everything given has to be true.' })
export class ProductFilter {
  @Field(() => String, {
    nullable: true,
    description: 'Words to look for in name, brand, category, tags, options, SKU and description.',
  })
  query?: string | null;

  @Field(() => ID, { nullable: true, description: 'In this category or below it.' })
  category?: string | null;

  @Field(() => [ID], { nullable: true, description: 'Of any of these brands.' })
  brands?: string[] | null;

  @Field(() => ID, { nullable: true, description: 'Sold by this seller.' })
  seller?: string | null;

  @Field(() => [String], { nullable: true, description: 'With all of these tags.' })
  tags?: string[] | null;

  @Field(() => Decimal, {
    nullable: true,
    description: "Some variant costs at least this, in the shop's currency.",
  })
  priceMin?: string | null;

  @Field(() => Decimal, {
    nullable: true,
    description: "Some variant costs at most this, in the shop's currency.",
  })
  priceMax?: string | null;

  @Field(() => [OptionFilter], { nullable: true, description: 'With these values of their options.' })
  options?: OptionFilter[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True for what can be bought now, false for the rest.',
  })
  inStock?: boolean | null;

  @Field(() => Float, { nullable: true, description: 'Rated at least this on average, from 1 to 5.' })
  ratingMin?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the shop shows them off.' })
  featured?: boolean | null;

  @Field(() => ProductStatus, {
    nullable: true,
    description: 'In this state; for staff, and for a seller among their own.',
  })
  status?: ProductStatus | null;
}

@ArgsType()
export class ProductsArguments extends ConnectionArguments {
  @Field(() => ProductFilter, { nullable: true, description: 'Which; all unless given.' })
  filter?: ProductFilter | null;

  @Field(() => ProductSort, { defaultValue: ProductSort.RELEVANCE, description: 'In which order.' })
  sort!: ProductSort;
}

@ArgsType()
export class OwnedProductsArguments extends ConnectionArguments {
  @Field(() => ProductSort, { defaultValue: ProductSort.BEST_SELLING, description: 'In which order.' })
  sort!: ProductSort;
}

@CacheControl({ inheritMaxAge: true })
@ObjectType({ description: 'One value listed products share.' })
export class FacetValue {
  @Field(() => String, {
    description: 'The value to filter by: an id, a tag, an option value, `25.00-50.00`.',
  })
  value!: string;

  @Field(() => String, { description: 'What to show for it.' })
  label!: string;

  @Field(() => Int, { description: 'How many products have it.' })
  count!: number;
}

@CacheControl({ inheritMaxAge: true })
@ObjectType('Facet', { description: 'One way to narrow a list down.' })
export class FacetType {
  @Field(() => String, { description: 'What it is: `category`, `brand`, `price`, `tag` or `option:Size`.' })
  key!: string;

  @Field(() => String, { description: 'What to show for it.' })
  label!: string;

  @AssumedSize(20)
  @Field(() => [FacetValue], {
    description: 'Its values, counted as if none of them were chosen; the most frequent ones.',
  })
  values!: FacetValue[];
}

const { ConnectionType } = countedConnectionType(() => ProductType, { name: 'Product', of: 'products' });

@CacheControl({ inheritMaxAge: true })
@ObjectType('ProductConnection', {
  description: 'A page of products, with what they share and how many there are in all.',
})
export class ProductConnection extends ConnectionType {
  @Cost(10)
  @AssumedSize(10)
  @Field(() => [FacetType], { description: 'What the products of the whole list share.' })
  facets!: FacetType[];
}
