import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { CurrencyCode, Decimal, Json, resultUnion } from '@storegraph/subgraph-server';
import { CustomizationInput, OptionChoiceInput, ProductOptionInput } from '../options/option.type.js';
import { SkuTaken, SlugTaken } from '../taken.type.js';
import { Conflict, InvalidInput, NotFound } from '../user-errors.type.js';
import { ProductVariantType } from '../variants/variant.type.js';
import { ProductStatus } from './product.js';
import { ProductType } from './product.type.js';

@InputType({ description: 'What search engines are told about a page.' })
export class SeoInput {
  @Field(() => String, {
    nullable: true,
    description: 'The title in search results, at most 255 characters.',
  })
  title?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The text below the title, at most 1,000 characters.',
  })
  description?: string | null;

  @Field(() => String, { nullable: true, description: 'The address this content is to be known under.' })
  canonicalUrl?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether search engines are asked to leave it out.' })
  noIndex?: boolean | null;
}

@InputType({ description: 'A variant of a product.' })
export class VariantInput {
  @Field(() => String, { description: 'Its SKU, the only one of its kind; 1 to 255 characters.' })
  sku!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What it is called beside the product; made of its option values unless given.',
  })
  name?: string | null;

  @Field(() => [OptionChoiceInput], {
    defaultValue: [],
    description: 'One value of each option the product has.',
  })
  optionValues!: OptionChoiceInput[];

  @Field(() => Decimal, { description: "What one costs, in the product's currency; more than nothing." })
  price!: string;

  @Field(() => Decimal, { nullable: true, description: 'A former price, above the price.' })
  compareAtPrice?: string | null;

  @Field(() => Int, { nullable: true, description: 'What one weighs, in grams.' })
  weightGrams?: number | null;

  @Field(() => String, { nullable: true, description: 'Its barcode, at most 64 characters.' })
  barcode?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it has to be sent; true unless given.' })
  requiresShipping?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether tax is due on it; true unless given.' })
  taxable?: boolean | null;

  @Field(() => Int, { nullable: true, description: 'Its place among the variants; last unless given.' })
  position?: number | null;
}

@InputType({ description: 'A price for a currency or a larger quantity.' })
export class QuantityPriceInput {
  @Field(() => CurrencyCode, { description: 'The currency.' })
  currency!: string;

  @Field(() => Int, { defaultValue: 1, description: 'From how many pieces on.' })
  minQuantity!: number;

  @Field(() => Decimal, { description: 'What one piece costs then.' })
  price!: string;

  @Field(() => Decimal, { nullable: true, description: 'A former price, above the price.' })
  compareAtPrice?: string | null;
}

@InputType({ description: 'A product to create, or what to change of one; what is left out stays.' })
export class SaveProductInput {
  @Field(() => ID, { nullable: true, description: 'The product to change; none to create one.' })
  id?: string | null;

  @Field(() => Int, { nullable: true, description: 'Refuse when it has another version than this.' })
  expectedVersion?: number | null;

  @Field(() => String, { nullable: true, description: 'Its name, 1 to 255 characters; needed to create.' })
  name?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Names it in addresses; made of the name unless given.',
  })
  slug?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Its description as HTML; whatever is unsafe to show is taken out.',
  })
  description?: string | null;

  @Field(() => ProductStatus, {
    nullable: true,
    description: 'Whether shoppers find it; a draft unless given.',
  })
  status?: ProductStatus | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the shop shows it off; for staff.' })
  featured?: boolean | null;

  @Field(() => Json, {
    nullable: true,
    description: 'Your own free metadata, at most 20,000 characters of JSON.',
  })
  metadata?: unknown;

  @Field(() => SeoInput, { nullable: true, description: 'What search engines are told, as a whole.' })
  seo?: SeoInput | null;

  @Field(() => ID, { nullable: true, description: 'Its category; null for none.' })
  categoryId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Its brand; null for none.' })
  brandId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Whose product it is; for staff. A seller creates their own.',
  })
  sellerId?: string | null;

  @Field(() => [String], { nullable: true, description: 'Words it is grouped by, all of them; at most 250.' })
  tags?: string[] | null;

  @Field(() => [ProductOptionInput], {
    nullable: true,
    description: 'What tells its variants apart, all of it; what keeps its name keeps its id.',
  })
  options?: ProductOptionInput[] | null;

  @Field(() => [CustomizationInput], {
    nullable: true,
    description: 'What can be chosen for a line in the cart, all of it; what keeps its name keeps its id.',
  })
  customizations?: CustomizationInput[] | null;

  @Field(() => [VariantInput], {
    nullable: true,
    description: 'Variants to add, or to change when their SKU is known; others stay.',
  })
  variants?: VariantInput[] | null;
}

@InputType({ description: 'A variant to add to a product, or to change.' })
export class SaveVariantInput extends VariantInput {
  @Field(() => ID, { nullable: true, description: 'The variant to change; none to add one.' })
  id?: string | null;

  @Field(() => ID, { nullable: true, description: 'The product to add it to; needed to add one.' })
  productId?: string | null;

  @Field(() => Int, { nullable: true, description: 'Refuse when the product has another version than this.' })
  expectedVersion?: number | null;

  @Field(() => [QuantityPriceInput], {
    nullable: true,
    description: 'Its prices for other currencies and larger quantities, all of them.',
  })
  prices?: QuantityPriceInput[] | null;
}

@InputType({ description: 'A product to take out of the shop.' })
export class DeleteProductInput {
  @Field(() => ID, { description: 'The product.' })
  id!: string;

  @Field(() => Int, { nullable: true, description: 'Refuse when it has another version than this.' })
  expectedVersion?: number | null;
}

@InputType({ description: 'A variant that is no longer sold.' })
export class DeleteVariantInput {
  @Field(() => ID, { description: 'The variant.' })
  id!: string;

  @Field(() => Int, { nullable: true, description: 'Refuse when the product has another version than this.' })
  expectedVersion?: number | null;
}

@ObjectType({ description: 'The product is saved.' })
export class SaveProductSuccess {
  @Field(() => ProductType, { description: 'The product as it is now.' })
  product!: ProductType;
}

@ObjectType({ description: 'The product is out of the shop.' })
export class DeleteProductSuccess {
  @Field(() => ProductType, { description: 'The archived product.' })
  product!: ProductType;
}

@ObjectType({ description: 'The variant is saved.' })
export class SaveVariantSuccess {
  @Field(() => ProductVariantType, { description: 'The variant as it is now.' })
  variant!: ProductVariantType;
}

@ObjectType({ description: 'The variant is no longer sold.' })
export class DeleteVariantSuccess {
  @Field(() => ProductType, { description: 'The product without it.' })
  product!: ProductType;
}

export const SaveProductResult = resultUnion({
  name: 'SaveProductResult',
  description: 'What became of a product to save.',
  types: () => [SaveProductSuccess, InvalidInput, NotFound, Conflict, SlugTaken, SkuTaken] as const,
});

export const DeleteProductResult = resultUnion({
  name: 'DeleteProductResult',
  description: 'What became of a product to delete.',
  types: () => [DeleteProductSuccess, InvalidInput, NotFound, Conflict] as const,
});

export const SaveVariantResult = resultUnion({
  name: 'SaveVariantResult',
  description: 'What became of a variant to save.',
  types: () => [SaveVariantSuccess, InvalidInput, NotFound, Conflict, SkuTaken] as const,
});

export const DeleteVariantResult = resultUnion({
  name: 'DeleteVariantResult',
  description: 'What became of a variant to delete.',
  types: () => [DeleteVariantSuccess, InvalidInput, NotFound, Conflict] as const,
});
