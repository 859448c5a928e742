import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { AssumedSize, Inaccessible, MoneyType } from '@storegraph/subgraph-server';

@Inaccessible()
@InputType({ description: 'What a cart line asks the price of.' })
export class PriceQuoteLineInput {
  @Field(() => ID, { description: 'The variant.' })
  variantId!: string;

  @Field(() => Int, { description: 'How many; larger quantities may cost less apiece.' })
  quantity!: number;

  @Field(() => [ID], { nullable: true, description: 'What was chosen of its customizations.' })
  customizationValueIds?: string[] | null;
}

@Inaccessible()
@ObjectType({ description: 'A customization within a quote.' })
export class QuotedCustomization {
  @Field(() => ID, { description: 'The chosen value.' })
  valueId!: string;

  @Field(() => String, { description: 'What was chosen: `Gift wrap`.' })
  name!: string;

  @Field(() => String, { description: 'How: `Linen`.' })
  value!: string;

  @Field(() => MoneyType, { description: 'What it adds to the price of one piece.' })
  priceAdjustment!: MoneyType;
}

@Inaccessible()
@ObjectType({ description: 'What one piece of a cart line costs for the next quarter of an hour.' })
export class PriceQuote {
  @Field(() => ID, { description: 'The variant.' })
  variantId!: string;

  @Field(() => ID, { description: 'Its product.' })
  productId!: string;

  @Field(() => ID, { nullable: true, description: 'Who sells it; null for the shop itself.' })
  sellerId!: string | null;

  @Field(() => String, { description: 'The SKU of the variant.' })
  sku!: string;

  @Field(() => String, { description: 'What the product is called now.' })
  productName!: string;

  @Field(() => String, { description: 'What the variant is called now.' })
  variantName!: string;

  @Field(() => MoneyType, { description: 'The price of one piece with everything that was chosen.' })
  unitPrice!: MoneyType;

  @AssumedSize(5)
  @Field(() => [QuotedCustomization], { description: 'What was chosen.' })
  customizations!: QuotedCustomization[];

  @Field(() => Int, { description: 'What one weighs, in grams.' })
  weightGrams!: number;

  @Field(() => Boolean, { description: 'Whether it has to be sent.' })
  requiresShipping!: boolean;

  @Field(() => Boolean, { description: 'Whether tax is due on it.' })
  taxable!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'Why it cannot be bought like this; null when it can.',
  })
  problem!: string | null;

  @Field(() => Date, { description: 'Until when the price holds.' })
  expiresAt!: Date;

  @Field(() => String, { description: 'The whole quote, signed: a compact JWS.' })
  token!: string;
}
