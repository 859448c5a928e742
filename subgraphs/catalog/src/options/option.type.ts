import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { AssumedSize, CacheControl, Decimal, MoneyType } from '@storegraph/subgraph-server';

@CacheControl({ inheritMaxAge: true })
@ObjectType('OptionValue', { description: 'One thing to choose: a size, a colour, an engraving.' })
export class OptionValueType {
  @Field(() => ID, { description: 'Identifies the value.' })
  id!: string;

  @Field(() => String, { description: 'What is chosen: `Size`.' })
  name!: string;

  @Field(() => String, { description: 'How: `M`.' })
  value!: string;

  @Field(() => String, { nullable: true, description: 'The colour to show, as `#1a2b3c`.' })
  hex!: string | null;

  @Field(() => MoneyType, {
    nullable: true,
    description: 'What a customization adds to the price; null for what tells variants apart.',
  })
  priceAdjustment!: MoneyType | null;
}

@CacheControl({ inheritMaxAge: true })
@ObjectType('ProductOption', {
  description: 'Something a shopper chooses, with what there is to choose from.',
})
export class ProductOptionType {
  @Field(() => ID, { description: 'Identifies the option.' })
  id!: string;

  @Field(() => String, { description: 'What is chosen: `Size`.' })
  name!: string;

  @Field(() => Boolean, { description: 'Whether it has to be chosen before the product can be bought.' })
  required!: boolean;

  @AssumedSize(5)
  @Field(() => [OptionValueType], { description: 'What there is to choose from, in order.' })
  values!: OptionValueType[];
}

@InputType({ description: 'One value of an option that tells variants apart.' })
export class OptionValueInput {
  @Field(() => String, { description: 'The value, such as `M`; 1 to 255 characters.' })
  value!: string;

  @Field(() => String, { nullable: true, description: 'The colour to show, as `#1a2b3c`.' })
  hex?: string | null;
}

@InputType({ description: 'An option that tells variants apart.' })
export class ProductOptionInput {
  @Field(() => String, { description: 'Its name, such as `Size`; 1 to 255 characters.' })
  name!: string;

  @Field(() => [OptionValueInput], { description: 'Its values, in the order they are shown.' })
  values!: OptionValueInput[];
}

@InputType({ description: 'One value of a customization.' })
export class CustomizationValueInput {
  @Field(() => String, { description: 'The value, such as `Linen`; 1 to 255 characters.' })
  value!: string;

  @Field(() => String, { nullable: true, description: 'The colour to show, as `#1a2b3c`.' })
  hex?: string | null;

  @Field(() => Decimal, {
    nullable: true,
    description: "What it adds to the price, in the product's currency; 0 unless given.",
  })
  priceAdjustment?: string | null;
}

@InputType({ description: 'Something chosen for one line of the cart, such as a gift wrap.' })
export class CustomizationInput {
  @Field(() => String, { description: 'Its name, such as `Gift wrap`; 1 to 255 characters.' })
  name!: string;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether the product cannot be bought without choosing one.',
  })
  required!: boolean;

  @Field(() => [CustomizationValueInput], { description: 'Its values, in the order they are shown.' })
  values!: CustomizationValueInput[];
}

@InputType({ description: 'Which value of which option a variant has.' })
export class OptionChoiceInput {
  @Field(() => String, { description: 'The option, such as `Size`.' })
  name!: string;

  @Field(() => String, { description: 'The value, such as `M`.' })
  value!: string;
}
