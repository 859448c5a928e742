import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { AssumedSize, Inaccessible, Policy, refuse, toMoneyType } from '@storegraph/subgraph-server';
import type { Context } from '../context.js';
import { quoteOf, type QuoteLine } from './quote.js';
import { PriceQuote, PriceQuoteLineInput } from './quote.type.js';

const MOST_LINES = 500;

@Resolver()
export class QuoteResolver {
  @Inaccessible()
  @Policy([['service']])
  @AssumedSize(MOST_LINES)
  @Query(() => [PriceQuote], {
    nullable: 'items',
    description: 'What cart lines cost, in their order; null for what does not exist or may not be sold.',
  })
  priceQuotes(
    @Arg('lines', () => [PriceQuoteLineInput], { description: 'The lines.' }) lines: PriceQuoteLineInput[],
    @Ctx() context: Context,
  ): Promise<(PriceQuote | null)[]> {
    if (lines.length > MOST_LINES) refuse('BAD_USER_INPUT', `at most ${MOST_LINES} lines`);
    return Promise.all(
      lines.map(({ variantId, quantity, customizationValueIds }) =>
        quoteLine({ variantId, quantity, customizationValueIds: customizationValueIds ?? [] }, context),
      ),
    );
  }
}

async function quoteLine(line: QuoteLine, { loaders, deps }: Context): Promise<PriceQuote | null> {
  if (line.quantity < 1) return null;
  const variant = await loaders.variant.load(line.variantId);
  if (!variant?.active) return null;
  const [product, options, prices] = await Promise.all([
    loaders.product.load(variant.productId),
    loaders.optionsOfProduct.load(variant.productId),
    loaders.pricesOfVariant.load(variant.id),
  ]);
  if (!product?.listed) return null;
  const quote = quoteOf(line, { variant, product, options, prices });
  const { token, expiresAt } = await deps.signQuote(quote);
  return {
    ...quote,
    unitPrice: toMoneyType(quote.unitPrice),
    customizations: quote.customizations.map((one) => ({
      ...one,
      priceAdjustment: toMoneyType(one.priceAdjustment),
    })),
    expiresAt,
    token,
  };
}
