import { Prisma } from '@storegraph/catalog-db';
import { optionTerm } from '../options/option.js';
import { textQuery, type ProductFilter } from './product-list.js';

/** A text query (see `textQuery`) as PostgreSQL reads it. */
export function searchOf(query: string): Prisma.Sql {
  return Prisma.sql`to_tsquery('english', ${query})`;
}

const ANYTHING = Prisma.sql`true`;

/** Conditions on `products p` a shopper cannot change by choosing facet values. */
export function fixedConditions(filter: ProductFilter): Prisma.Sql[] {
  const { query, categoryId, sellerId, inStock, ratingMin, featured, status } = filter;
  const words = query === null ? null : textQuery(query);
  const conditions: (Prisma.Sql | false)[] = [
    status === null ? Prisma.sql`p.listed` : Prisma.sql`p.status = ${status}::product_status`,
    words !== null && Prisma.sql`p.search @@ ${searchOf(words)}`,
    categoryId !== null &&
      Prisma.sql`p.category_id = ANY (ARRAY(
        SELECT d.id FROM categories c JOIN categories d ON d.lft BETWEEN c.lft AND c.rgt WHERE c.id = ${categoryId}))`,
    sellerId !== null && Prisma.sql`p.seller_id = ${sellerId}`,
    inStock !== null && (inStock ? Prisma.sql`p.in_stock` : Prisma.sql`p.in_stock IS NOT TRUE`),
    ratingMin !== null && Prisma.sql`p.rating_average >= ${ratingMin}`,
    featured !== null && Prisma.sql`p.featured = ${featured}`,
  ];
  return conditions.filter((condition) => condition !== false);
}

/** One condition for each facet, always true where nothing of it is chosen. */
export function chosenConditions(filter: ProductFilter) {
  const { brandIds, tags, priceMinMinor, priceMaxMinor, options } = filter;
  const terms = options.map(({ name, values }) => values.map((value) => optionTerm(name, value)));
  return {
    brand: brandIds.length > 0 ? Prisma.sql`p.brand_id = ANY (${[...brandIds]}::text[])` : ANYTHING,
    tag: tags.length > 0 ? Prisma.sql`p.tags @> ${[...tags]}::text[]` : ANYTHING,
    price: every([
      priceMinMinor !== null && Prisma.sql`p.price_max_minor >= ${priceMinMinor}`,
      priceMaxMinor !== null && Prisma.sql`p.price_min_minor <= ${priceMaxMinor}`,
    ]),
    option: every(terms.map((anyOf) => Prisma.sql`p.option_terms && ${anyOf}::text[]`)),
  };
}

function every(conditions: readonly (Prisma.Sql | false)[]): Prisma.Sql {
  const present = conditions.filter((condition) => condition !== false);
  return present.length > 0 ? Prisma.sql`(${Prisma.join(present, ' AND ')})` : ANYTHING;
}

/** All conditions of a filter. */
export function conditionsOf(filter: ProductFilter): Prisma.Sql[] {
  const chosen = Object.values(chosenConditions(filter)).filter((condition) => condition !== ANYTHING);
  return [...fixedConditions(filter), ...chosen];
}
